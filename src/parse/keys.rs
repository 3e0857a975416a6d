//! The keys of every file, defined once: the reader demands and refuses by them, the JSON Schemas, the
//! guide of contributors and the models of new files are made from them.

use KeyForm::{
    Adresse, Destination, Drapeau, Groupes, Identifiant, Jour, Mot, Mots, Nombre, Nombres,
    Pourcentage, Texte, Textes,
};

use crate::model::{
    EtatAccessibilite, EtatSynthese, Forme, Nature, Niveau, Permission, Preuve, Resultat, TypeLien,
};

/// A group of keys: a file, or a table in it.
#[derive(Debug)]
pub struct KeyGroup {
    /// Thing that the group describes, in a few words.
    pub sens: &'static str,
    /// Keys, in the order in which an editor writes them.
    pub champs: &'static [Key],
    /// Form of the keys whose names it leaves open.
    pub autres: Option<KeyForm>,
}

/// A key.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub nom: &'static str,
    /// Form of the value.
    pub forme: KeyForm,
    /// A group without a compulsory key is refused.
    pub obligatoire: bool,
    /// Use of the key: a sentence without its final point, which follows « clé : ».
    pub sens: &'static str,
    /// A value, as TOML writes it.
    pub exemple: &'static str,
}

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub enum KeyForm {
    /// A text that is not empty.
    Texte,
    /// A list of such texts.
    Textes,
    /// A whole number from 1.
    Nombre,
    /// A list of such numbers.
    Nombres,
    /// `true` or `false`.
    Drapeau,
    /// A day: `2021-03-04`.
    Jour,
    /// A whole number from 0 to 100.
    Pourcentage,
    /// A web address.
    Adresse,
    /// A web address, or the identifier of a page of the site.
    Destination,
    /// `[a-z0-9]+(-[a-z0-9]+)*`.
    Identifiant,
    /// A word of a closed vocabulary.
    Mot(Vocabulaire),
    /// A list of such words.
    Mots(Vocabulaire),
    /// A table: `[cle]`.
    Groupe(&'static KeyGroup),
    /// A list of tables: `[[cle]]`.
    Groupes(&'static KeyGroup),
}

/// A closed vocabulary: each word as an editor writes it and as a reader sees it.
pub type Vocabulaire = &'static [(&'static str, &'static str)];

impl KeyGroup {
    /// The key of this name.
    pub fn champ(&self, nom: &str) -> Option<&'static Key> {
        self.champs.iter().find(|champ| champ.nom == nom)
    }

    /// The names of the keys, in order.
    pub fn noms(&self) -> impl Iterator<Item = &'static str> {
        self.champs.iter().map(|champ| champ.nom)
    }
}

const fn groupe(sens: &'static str, champs: &'static [Key]) -> KeyGroup {
    KeyGroup { sens, champs, autres: None }
}

const fn ouvert(sens: &'static str, forme: KeyForm, champs: &'static [Key]) -> KeyGroup {
    KeyGroup { sens, champs, autres: Some(forme) }
}

type Str = &'static str;

const fn facultatif(nom: Str, forme: KeyForm, sens: Str, exemple: Str) -> Key {
    Key { nom, forme, obligatoire: false, sens, exemple }
}

const fn obligatoire(nom: Str, forme: KeyForm, sens: Str, exemple: Str) -> Key {
    Key { nom, forme, obligatoire: true, sens, exemple }
}

pub use groupes::*;

/// Every group, a key a line.
#[rustfmt::skip]
mod groupes {
    use super::*;

    const LIGNES: &str = "Les lignes de ce texte dans source.txt, le document reçu";

    /// The header of `retex/<slug>.md`.
    pub static FICHE: KeyGroup = groupe("L’en-tête d’une fiche RETEX", &[
        facultatif("titre", Texte, "Le titre de la fiche ; sans lui, les premiers mots du texte en tiennent lieu", "\"Webradio en maternelle\""),
        obligatoire("thematique", Identifiant, "La thématique : le nom d’un fichier du dossier « thematiques », sans « .md »", "\"enseigner-apprendre\""),
        facultatif("lignes", Nombres, "Pour un texte de la synthèse seulement, ses lignes dans source.txt ; une contribution n’a pas cette clé", "[35, 37]"),
        facultatif("langue", Texte, "La langue de la fiche, quand ce n’est pas celle de la synthèse : br pour le breton, en pour l’anglais, oc pour l’occitan", "\"br\""),
        facultatif("niveaux", Mots(Niveau::MOTS), "Les niveaux d’enseignement concernés", "[\"maternelle\", \"elementaire\"]"),
        facultatif("mots_cles", Textes, "Quelques mots qui aident à retrouver la fiche", "[\"webradio\", \"langage\"]"),
        facultatif("sous_thematiques", Textes, "Des sous-thématiques, en mots libres", "[\"oral\"]"),
        facultatif("points_forts", Textes, "Ce qui a marché dans cette expérience, un texte par idée", "[\"Les élèves prennent la parole\"]"),
        facultatif("irritants", Textes, "Ce qui a gêné, un texte par idée", "[\"Le bruit de la classe\"]"),
        facultatif("etablissement", Texte, "L’école ou l’établissement", "\"Collège Rosa-Parks\""),
        facultatif("commune", Texte, "La commune", "\"Nantes\""),
        facultatif("date", Jour, "Le jour où la fiche a été écrite : année, mois, jour, sans guillemets", "2021-03-04"),
        facultatif("auteurs", Textes, "Qui a écrit la fiche : un nom, une fonction ou une équipe, avec l’accord de chacun", "[\"L’équipe de cycle 1\"]"),
        facultatif("brouillon", Drapeau, "true tant que la fiche ne doit pas être publiée", "true"),
        facultatif("anciennes_adresses", Textes, "Les adresses qu’a eues la fiche, qui y conduisent encore", "[\"retex/ancien-nom\"]"),
        facultatif("liens", Groupes(&LIEN), "Une ressource en ligne : un groupe [[liens]] pour chacune", ""),
        facultatif("rapprochements", Groupes(&RAPPROCHEMENT), "Un texte des tableaux dont cette fiche parle : un groupe [[rapprochements]] pour chacun", ""),
    ]);

    /// `[[liens]]`.
    pub static LIEN: KeyGroup = groupe("Une ressource en ligne d’une fiche", &[
        obligatoire("url", Texte, "L’adresse complète, comme dans la barre du navigateur", "\"https://exemple.fr/webradio\""),
        facultatif("type", Mot(TypeLien::MOTS), "Ce que l’on trouve à cette adresse", "\"article\""),
        facultatif("titre", Texte, "Le nom de la ressource", "\"Le carnet de la webradio\""),
        facultatif("url_source", Texte, "L’adresse telle que reçue, quand « url » en remplace les espaces par %20", "\"https://exemple.fr/mon fichier.pdf\""),
        facultatif("url_archive", Adresse, "Une copie datée dans une archive du Web", "\"https://archive.exemple.fr/2021/webradio\""),
    ]);

    /// `[[rapprochements]]`, in a fiche or a bloc.
    pub static RAPPROCHEMENT: KeyGroup = groupe("Un rapprochement proposé avec un texte des tableaux", &[
        facultatif("enonce", Nombre, "Dans un tableau seulement, l’énoncé du bloc d’où part le rapprochement", "2"),
        obligatoire("vers", Texte, "Le bloc visé : « identifiant », « thématique/identifiant » ou, dans une autre synthèse, « synthèse:thématique/identifiant »", "\"enseigner-apprendre/pf-1\""),
        obligatoire("preuve", Mot(Preuve::MOTS), "Ce qui permet de rapprocher ces deux textes", "\"nom\""),
        facultatif("raison", Texte, "Pourquoi les rapprocher ; obligatoire pour les preuves « editeur » et « position »", "\"Les deux textes parlent de la même webradio\""),
        facultatif("nom", Texte, "Le nom propre commun aux deux textes, pour la preuve « nom »", "\"Rosa Parks\""),
        facultatif("lignes", Nombres, "Les lignes de source.txt qui écrivent ce lien, pour la preuve « ecrit »", "[112]"),
        facultatif("citation", Texte, "Les mots du document qui écrivent ce lien, pour la preuve « ecrit »", "\"ce besoin répond au premier irritant\""),
    ]);

    /// `site.toml`.
    pub static SITE: KeyGroup = groupe("Le site : ce que tout lecteur voit sur chaque page", &[
        obligatoire("titre", Texte, "Le nom du site", "\"Retours d’expérience\""),
        obligatoire("description", Texte, "Une phrase qui dit ce qu’est le site", "\"Ce que les ateliers ont dit du numérique éducatif.\""),
        facultatif("accroche", Texte, "Le grand titre de l’accueil, à la place du nom du site", "\"Ce que des écoles, collèges et lycées ont essayé avec le numérique\""),
        facultatif("langue", Texte, "La langue des textes dont ni la synthèse, ni la fiche, ni le bloc ne disent la leur ; les mots du site lui-même restent en français", "\"fr\""),
        facultatif("editeur", Texte, "L’organisme qui publie le site", "\"Académie de Nantes\""),
        facultatif("contact", Texte, "L’adresse électronique ou la page où écrire à l’éditeur", "\"adresse@exemple.fr\""),
        facultatif("url", Adresse, "L’adresse publique du site", "\"https://exemple.fr/retex/\""),
        facultatif("depot", Adresse, "L’adresse du dépôt, pour « Modifier cette fiche », « Signaler une erreur » et la page « Proposer une expérience »", "\"https://forge.exemple.fr/groupe/retex\""),
        facultatif("branche", Texte, "La branche du dépôt qui est publiée", "\"main\""),
        facultatif("theme", Texte, "Le thème graphique", "\"defaut\""),
        facultatif("htaccess", Drapeau, "true pour écrire un fichier .htaccess, si le serveur est Apache : sécurité et durées de cache", "true"),
        facultatif("allow_override", Mots(Permission::MOTS), "Pour .htaccess, ce que l’hébergeur permet par « AllowOverride » ; le reste y est en commentaire", "[\"FileInfo\", \"Indexes\"]"),
        facultatif("mentions", KeyForm::Groupe(&MENTIONS), "Ce que la loi demande de dire du site, et que vous seul savez : qui en répond, qui l’héberge", ""),
        facultatif("accessibilite", KeyForm::Groupe(&ACCESSIBILITE), "La déclaration d’accessibilité", ""),
    ]);

    /// `[mentions]`.
    pub static MENTIONS: KeyGroup = groupe("Ce que disent les mentions légales, les données personnelles et le contact", &[
        facultatif("adresse", Texte, "L’adresse postale de l’éditeur", "\"1 rue de l’Exemple, 44000 Nantes\""),
        facultatif("telephone", Texte, "Le téléphone de l’éditeur", "\"01 99 00 00 00\""),
        facultatif("directeur_publication", Texte, "Qui dirige la publication : un nom et une fonction", "\"Prénom Nom, fonction\""),
        facultatif("hebergeur", Texte, "L’organisme chez qui le site est hébergé", "\"Nom de l’hébergeur\""),
        facultatif("hebergeur_adresse", Texte, "L’adresse postale de l’hébergeur", "\"2 rue de l’Exemple, 44000 Nantes\""),
        facultatif("hebergeur_telephone", Texte, "Le téléphone de l’hébergeur", "\"01 99 00 00 01\""),
        facultatif("responsable_traitement", Texte, "Qui décide de ce qui est fait des données personnelles", "\"Nom de l’organisme\""),
        facultatif("delegue_protection", Texte, "Comment joindre le délégué à la protection des données", "\"dpd@exemple.fr\""),
        facultatif("traitements", Textes, "Ce que vous faites des données personnelles, un texte par usage : sa finalité, sa base légale, sa durée, ses destinataires", "[\"Les messages reçus servent à répondre, par mission d’intérêt public ; ils sont gardés un an, par le seul secrétariat.\"]"),
        facultatif("journal", Texte, "Ce que l’hébergeur garde de chaque visite, pourquoi et combien de temps", "\"Adresses IP et pages lues, pour la sécurité du serveur, gardées un mois.\""),
    ]);

    /// `[accessibilite]`, in the order of the compulsory model.
    pub static ACCESSIBILITE: KeyGroup = groupe("La déclaration d’accessibilité", &[
        facultatif("etat", Mot(EtatAccessibilite::MOTS), "L’état de conformité au RGAA, « non-conforme » tant qu’un audit n’en a pas établi un meilleur", "\"non-conforme\""),
        facultatif("schema", Destination, "Où lire le schéma pluriannuel de mise en accessibilité : une adresse, ou le nom d’une page du dossier « pages », sans « .md »", "\"https://exemple.fr/schema\""),
        facultatif("plan_action", Destination, "Où lire le plan d’action de l’année en cours et le bilan de l’année précédente", "\"https://exemple.fr/plan\""),
        facultatif("organisme_audit", Texte, "Qui a fait l’audit ; va avec « date_audit » et « taux »", "\"Nom de l’organisme\""),
        facultatif("date_audit", Jour, "Le jour de l’audit", "2021-03-04"),
        facultatif("taux", Pourcentage, "La part des critères du RGAA que l’audit a trouvés respectés, en pour cent : au moins 50 pour « partiellement-conforme », 100 pour « totalement-conforme »", "62"),
        facultatif("non_conformites", Textes, "Ce qui n’est pas accessible, un texte par cas", "[\"Les tableaux de plus de neuf colonnes n’ont pas de résumé.\"]"),
        facultatif("derogations", Textes, "Ce qui n’est pas accessible parce que la charge serait disproportionnée, et pourquoi", "[\"Les enregistrements de l’atelier n’ont pas de transcription.\"]"),
        facultatif("non_soumis", Textes, "Ce que la loi n’oblige pas à rendre accessible", "[\"Les documents bureautiques publiés avant le 23 septembre 2018.\"]"),
        facultatif("date_declaration", Jour, "Le jour où la déclaration a été établie ou mise à jour", "2021-03-04"),
        facultatif("technologies", Textes, "Les technologies employées, en plus de HTML, CSS, SVG et JavaScript", "[\"PDF\"]"),
        facultatif("environnement_test", Textes, "Les navigateurs et les technologies d’assistance des vérifications", "[\"Firefox et NVDA\"]"),
        facultatif("outils", Textes, "Les outils de l’évaluation", "[\"Un analyseur de contrastes\"]"),
        facultatif("pages_verifiees", Textes, "Les pages que l’audit a vérifiées", "[\"Accueil\", \"Contact\", \"Mentions légales\"]"),
    ]);

    /// `glossaire.toml`.
    pub static GLOSSAIRE: KeyGroup = groupe("Le glossaire", &[
        facultatif("sens", Groupes(&SENS), "Un sens d’un sigle", ""),
    ]);

    /// `[[sens]]`.
    pub static SENS: KeyGroup = groupe("Un sens d’un sigle", &[
        obligatoire("id", Identifiant, "Son adresse dans le glossaire", "\"ent\""),
        obligatoire("sigle", Texte, "Le sigle", "\"ENT\""),
        facultatif("developpement", Texte, "Ce que le sigle abrège", "\"espace numérique de travail\""),
        facultatif("a_confirmer", Drapeau, "true quand l’éditeur n’en est pas sûr", "true"),
        facultatif("acteur", Drapeau, "true quand le sigle désigne une personne, une fonction ou un organisme", "true"),
        facultatif("note", Texte, "Ce qu’il faut savoir d’autre", "\"Le sens n’est pas donné par la synthèse.\""),
        facultatif("ou", Textes, "Les blocs où le sigle a ce sens, quand il en a plusieurs", "[\"synthese/thematique/bloc\"]"),
        facultatif("synthese", Texte, "La synthèse dont le document donne ce développement", "\"loire-atlantique-2020\""),
        facultatif("lignes", Nombres, "Les lignes de ce document qui le donnent", "[12]"),
    ]);

    /// `synonymes.toml`.
    pub static SYNONYMES: KeyGroup = groupe("Les mots que la recherche prend l’un pour l’autre", &[
        facultatif("groupes", Groupes(&SYNONYME), "Des mots qui veulent dire à peu près la même chose", ""),
    ]);

    /// `[[groupes]]`.
    pub static SYNONYME: KeyGroup = groupe("Des mots qui veulent dire à peu près la même chose", &[
        obligatoire("mots", Textes, "Ces mots, deux au moins, chacun d’un seul tenant et dans un seul groupe", "[\"prof\", \"enseignant\"]"),
    ]);

    /// The header of `thematiques/<id>.md`.
    pub static THEMATIQUE: KeyGroup = groupe("L’en-tête d’une thématique", &[
        obligatoire("numero", Nombre, "Son rang", "1"),
        obligatoire("titre", Texte, "Son titre entier", "\"Garantir un égal accès au numérique pour tous\""),
        facultatif("titre_court", Texte, "Un titre court, pour les menus", "\"Égal accès\""),
        facultatif("demarche", Identifiant, "La démarche dont elle est un sujet, quand le site en réunit plusieurs", "\"etats-generaux-2020\""),
        facultatif("autres_noms", Textes, "Les autres noms que des documents lui donnent", "[\"Fracture numérique\"]"),
    ]);

    /// The header of `pages/<id>.md`.
    pub static PAGE: KeyGroup = groupe("L’en-tête d’une page du site", &[
        obligatoire("titre", Texte, "Le titre de la page", "\"Mentions légales\""),
    ]);

    /// The header of `methode.md`.
    pub static METHODE: KeyGroup = groupe("L’en-tête de la méthode", &[
        facultatif("lignes", Nombres, LIGNES, "[2, 11]"),
    ]);

    /// The header of `textes/<slug>.md`.
    pub static TEXTE_RECU: KeyGroup = groupe("L’en-tête d’un autre texte reçu", &[
        facultatif("titre", Texte, "Son titre dans le document reçu", "\"Participants\""),
        facultatif("lignes", Nombres, LIGNES, "[7, 9]"),
    ]);

    /// `synthese.toml`.
    pub static SYNTHESE: KeyGroup = groupe("La synthèse d’un atelier", &[
        obligatoire("titre", Texte, "Le titre de la synthèse", "\"Synthèse, Loire-Atlantique, 2020\""),
        obligatoire("territoire", Texte, "Le territoire de l’atelier", "\"Loire-Atlantique\""),
        obligatoire("annee", Nombre, "L’année de l’atelier", "2020"),
        facultatif("demarche", Identifiant, "La démarche de l’atelier, dont les thématiques sont les siennes", "\"etats-generaux-2020\""),
        facultatif("langue", Texte, "La langue des textes reçus, quand ce n’est pas celle du site", "\"br\""),
        facultatif("licence", Texte, "La licence des textes", "\"Licence Ouverte 2.0\""),
        facultatif("a_la_une", KeyForm::Textes, "Les fiches que l’accueil montre d’abord quand elles sont nombreuses : le nom de leur fichier, sans « .md »", "[\"webradio-maternelle\"]"),
        facultatif("etat", Mot(EtatSynthese::MOTS), "« en-cours » tant que la transcription n’est pas finie", "\"en-cours\""),
        facultatif("sha256", Texte, "L’empreinte du document tel que reçu", "\"910713d0…\""),
        facultatif("source", KeyForm::Groupe(&SOURCE), "Le document reçu", ""),
        facultatif("retex", KeyForm::Groupe(&INTITULE), "Le titre de la partie qui réunit les fiches", ""),
        facultatif("tableaux", Groupes(&ENTETE), "Un tableau : son titre et ses colonnes", ""),
        facultatif("exclusions", Groupes(&EXCLUSION), "Un texte du document reçu qui n’est pas publié", ""),
        facultatif("images", Groupes(&IMAGE_RECUE), "Une image reçue avec le document, dans le dossier « images » de la synthèse", ""),
        facultatif("retraits", Groupes(&RETRAIT), "Un nom retiré à la demande d’une personne, sans le dire", ""),
    ]);

    /// `[[images]]`.
    pub static IMAGE_RECUE: KeyGroup = groupe("Une image reçue avec le document", &[
        obligatoire("fichier", Texte, "Le nom de l’image, dans le dossier « images » de la synthèse", "\"courbe.png\""),
        obligatoire("empreinte", Texte, "L’empreinte SHA-256 de l’image telle que reçue", "\"910713d0…\""),
        obligatoire("alternative", Texte, "Ce que l’image apporte à qui ne la voit pas", "\"Courbe des auditeurs, de 12 à 85\""),
        obligatoire("place", Texte, "Le texte qu’elle accompagne : « retex/fiche », « textes/texte » ou « methode »", "\"retex/journal-parle\""),
        facultatif("legende", Texte, "Sa légende dans le document reçu", "\"Figure 1 – Auditeurs\""),
        facultatif("lignes", Nombres, "Les lignes de la légende dans source.txt", "[34]"),
    ]);

    /// `[source]`.
    pub static SOURCE: KeyGroup = groupe("Le document reçu", &[
        facultatif("forme", Mot(Forme::MOTS), "Les signes qui en font la mise en forme, et non le texte", "\"tabulations\""),
    ]);

    /// A heading of the source.
    pub static INTITULE: KeyGroup = groupe("Un titre du document reçu", &[
        obligatoire("titre", Texte, "Le titre, tel que reçu", "\"Retours d’expérience\""),
        facultatif("lignes", Nombres, LIGNES, "[13]"),
    ]);

    /// A table's title and columns.
    pub static ENTETE: KeyGroup = groupe("Le titre et les colonnes d’un tableau", &[
        obligatoire("id", Identifiant, "Son nom dans les fichiers de « tableaux » et dans son adresse ; les tableaux habituels sont diagnostic, projections et plan-action", "\"plan-action\""),
        obligatoire("titre", Texte, "Le titre, tel que reçu", "\"Plan d’action\""),
        facultatif("lignes", Nombres, LIGNES, "[63]"),
        facultatif("lignes_colonnes", Nombres, "Les lignes des titres de colonnes dans source.txt", "[65]"),
        facultatif("colonnes", Groupes(&COLONNE), "Les colonnes, de gauche à droite", ""),
    ]);

    /// A column.
    pub static COLONNE: KeyGroup = groupe("Une colonne d’un tableau", &[
        obligatoire("texte", Texte, "Le titre de la colonne, tel que reçu", "\"Irritants\""),
        facultatif("natures", Mots(Nature::MOTS), "Ce que la colonne contient, quand c’est l’une des natures connues", "[\"irritant\"]"),
        facultatif("cle", Identifiant, "Le nom de ses blocs dans les fichiers de « tableaux » ; sans elle, celui de sa nature", "\"cout\""),
        facultatif("exclure", Texte, "Pourquoi la colonne entière n’est pas publiée", "\"Colonne de travail, restée vide.\""),
    ]);

    /// `[[exclusions]]`.
    pub static EXCLUSION: KeyGroup = groupe("Un texte du document reçu qui n’est pas publié", &[
        obligatoire("ligne", Nombre, "Sa ligne dans source.txt", "4"),
        obligatoire("texte", Texte, "Le texte, tel que reçu", "\"Page 2\""),
        obligatoire("raison", Texte, "Pourquoi il n’est pas publié", "\"Numéro de page.\""),
    ]);

    /// `[[retraits]]`.
    pub static RETRAIT: KeyGroup = groupe("Un nom retiré à la demande d’une personne", &[
        obligatoire("ligne", Nombre, "La ligne de source.txt", "4"),
        obligatoire("date", Jour, "Le jour du retrait", "2021-03-04"),
        obligatoire("motif", Texte, "Pourquoi, sans dire le nom", "\"Demande de la personne.\""),
    ]);

    /// `tableaux/<thematique>.toml`.
    pub static TABLEAUX: KeyGroup = ouvert("Les tableaux d’une thématique", KeyForm::Groupe(&LIGNE_DE_TABLEAU), &[
        facultatif("retex", KeyForm::Groupe(&INTITULE), "Le titre de la partie qui réunit ses fiches", ""),
    ]);

    /// The part of a thématique in a table: its keys are those of the columns.
    pub static LIGNE_DE_TABLEAU: KeyGroup = ouvert("La part d’une thématique dans un tableau", Groupes(&BLOC), &[
        facultatif("lignes", Nombres, LIGNES, "[66]"),
    ]);

    /// A bloc of a table.
    pub static BLOC: KeyGroup = groupe("Un bloc d’un tableau : un repère du document reçu", &[
        obligatoire("id", Identifiant, "Son adresse, unique dans la synthèse et jamais réemployée", "\"temps-formation-pairs\""),
        facultatif("lignes", Nombres, "Ses lignes dans source.txt, quand ce n’est pas la première de sa thématique dans ce tableau", "[108, 112]"),
        facultatif("rangee", Nombre, "Sans document reçu : sa rangée dans le tableau de la thématique, de haut en bas", "2"),
        facultatif("rangees", Nombres, "Les rangées sur lesquelles sa case est fusionnée", "[1, 2]"),
        obligatoire("textes", Textes, "Ses énoncés, tels que reçus", "[\"Proposer des temps de formation\"]"),
        facultatif("langue", Texte, "La langue du bloc, quand ce n’est pas celle de la synthèse", "\"en\""),
        facultatif("rapprochements", Groupes(&RAPPROCHEMENT), "Un autre bloc dont celui-ci est proche", ""),
    ]);

    /// `liens.toml`.
    pub static SANTE: KeyGroup = groupe("La santé des liens externes, écrite par « retex liens »", &[
        facultatif("adresses", Groupes(&ETAT_LIEN), "Une adresse : un groupe [[adresses]] pour chacune", ""),
    ]);

    /// `[[adresses]]` of `liens.toml`.
    pub static ETAT_LIEN: KeyGroup = groupe("L’état d’une adresse", &[
        obligatoire("adresse", Texte, "L’adresse, sans ce qui suit « # »", "\"https://exemple.fr/webradio\""),
        obligatoire("resultat", Mot(Resultat::MOTS), "La réponse du dernier jour où elle a été demandée", "\"repond\""),
        facultatif("code", Nombre, "Le code HTTP de cette réponse", "404"),
        facultatif("repondait", Jour, "Le dernier jour où elle a répondu", "2026-03-12"),
        facultatif("en_panne", Jour, "Le premier jour où elle n’a pas répondu, depuis", "2026-04-12"),
        facultatif("derniere_panne", Jour, "Le dernier jour où elle n’a pas répondu", "2026-05-12"),
        facultatif("pannes", Nombre, "Le nombre de jours différents où elle n’a pas répondu", "2"),
        facultatif("vers", Adresse, "L’adresse où elle conduit maintenant", "\"https://exemple.fr/radio\""),
        facultatif("copie", Adresse, "Une copie trouvée dans une archive du Web", "\"https://archive.exemple.fr/2021/webradio\""),
    ]);

    /// `theme.toml`.
    pub static THEME: KeyGroup = groupe("Un thème graphique", &[
        facultatif("nom", Texte, "Le nom du thème", "\"Académie\""),
        obligatoire("contrat", Nombre, "Le contrat de gabarits pour lequel il est écrit", "1"),
        facultatif("parent", Texte, "Le thème qu’il complète", "\"defaut\""),
    ]);
}
