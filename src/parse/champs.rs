//! The keys of every file, defined once: the reader demands and refuses by them, the JSON Schemas, the
//! guide of contributors and the models of new files are made from them.

use crate::model::{EtatAccessibilite, EtatSynthese, Nature, Niveau, Preuve, Tableau, TypeLien};

/// A group of keys: a file, or a table in it.
#[derive(Debug)]
pub struct Groupe {
    /// What it describes, in a few words.
    pub sens: &'static str,
    /// Its keys, in the order in which an editor writes them.
    pub champs: &'static [Champ],
}

/// A key.
#[derive(Debug)]
pub struct Champ {
    /// As it is written.
    pub nom: &'static str,
    /// What its value looks like.
    pub forme: Forme,
    /// Whether a group without it is refused.
    pub obligatoire: bool,
    /// What it is for: a sentence without its final point, which follows « clé : ».
    pub sens: &'static str,
    /// A value, as TOML writes it.
    pub exemple: &'static str,
}

/// The form of a value.
#[derive(Clone, Copy, Debug)]
pub enum Forme {
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
    Groupe(&'static Groupe),
    /// A list of tables: `[[cle]]`.
    Groupes(&'static Groupe),
}

/// A closed vocabulary.
#[derive(Clone, Copy, Debug)]
pub enum Vocabulaire {
    /// Levels of pupils.
    Niveau,
    /// Kinds of links.
    TypeLien,
    /// Natures of proofs.
    Preuve,
    /// Natures of blocs.
    Nature,
    /// How far a transcription is.
    Etat,
    /// How far the site conforms to the RGAA.
    Accessibilite,
}

impl Vocabulaire {
    /// Each word as an editor writes it and as a reader sees it, in the order of the vocabulary.
    pub fn mots(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Niveau => Niveau::ALL.iter().map(|w| (w.slug(), w.label())).collect(),
            Self::TypeLien => TypeLien::ALL.iter().map(|w| (w.slug(), w.label())).collect(),
            Self::Preuve => Preuve::ALL.iter().map(|w| (w.slug(), w.label())).collect(),
            Self::Nature => Nature::ALL.iter().map(|w| (w.slug(), w.label())).collect(),
            Self::Etat => EtatSynthese::ALL.iter().map(|w| (w.slug(), w.label())).collect(),
            Self::Accessibilite => {
                EtatAccessibilite::ALL.iter().map(|w| (w.slug(), w.label())).collect()
            }
        }
    }
}

impl Groupe {
    /// The key of this name.
    pub fn champ(&self, nom: &str) -> Option<&'static Champ> {
        self.champs.iter().find(|champ| champ.nom == nom)
    }

    /// The names of the keys, in order.
    pub fn noms(&self) -> impl Iterator<Item = &'static str> {
        self.champs.iter().map(|champ| champ.nom)
    }
}

const fn facultatif(
    nom: &'static str,
    forme: Forme,
    sens: &'static str,
    exemple: &'static str,
) -> Champ {
    Champ { nom, forme, obligatoire: false, sens, exemple }
}

const fn obligatoire(
    nom: &'static str,
    forme: Forme,
    sens: &'static str,
    exemple: &'static str,
) -> Champ {
    Champ { nom, forme, obligatoire: true, sens, exemple }
}

const LIGNES: &str = "Les lignes de ce texte dans source.txt, le document reçu";

/// The header of `retex/<slug>.md`.
pub static FICHE: Groupe = Groupe {
    sens: "L’en-tête d’une fiche RETEX",
    champs: &[
        facultatif(
            "titre",
            Forme::Texte,
            "Le titre de la fiche ; sans lui, les premiers mots du texte en tiennent lieu",
            "\"Webradio en maternelle\"",
        ),
        obligatoire(
            "thematique",
            Forme::Identifiant,
            "La thématique : le nom d’un fichier du dossier « thematiques », sans « .md »",
            "\"enseigner-apprendre\"",
        ),
        facultatif(
            "lignes",
            Forme::Nombres,
            "Pour un texte de la synthèse seulement, ses lignes dans source.txt ; une contribution n’a pas cette clé",
            "[35, 37]",
        ),
        facultatif(
            "niveaux",
            Forme::Mots(Vocabulaire::Niveau),
            "Les niveaux d’enseignement concernés",
            "[\"maternelle\", \"elementaire\"]",
        ),
        facultatif(
            "mots_cles",
            Forme::Textes,
            "Quelques mots qui aident à retrouver la fiche",
            "[\"webradio\", \"langage\"]",
        ),
        facultatif(
            "sous_thematiques",
            Forme::Textes,
            "Des sous-thématiques, en mots libres",
            "[\"oral\"]",
        ),
        facultatif(
            "points_forts",
            Forme::Textes,
            "Ce qui a marché dans cette expérience, un texte par idée",
            "[\"Les élèves prennent la parole\"]",
        ),
        facultatif(
            "irritants",
            Forme::Textes,
            "Ce qui a gêné, un texte par idée",
            "[\"Le bruit de la classe\"]",
        ),
        facultatif(
            "etablissement",
            Forme::Texte,
            "L’école ou l’établissement",
            "\"Collège Rosa-Parks\"",
        ),
        facultatif("commune", Forme::Texte, "La commune", "\"Nantes\""),
        facultatif(
            "date",
            Forme::Jour,
            "Le jour où la fiche a été écrite : année, mois, jour, sans guillemets",
            "2021-03-04",
        ),
        facultatif(
            "auteurs",
            Forme::Textes,
            "Qui a écrit la fiche : un nom, une fonction ou une équipe, avec l’accord de chacun",
            "[\"L’équipe de cycle 1\"]",
        ),
        facultatif(
            "brouillon",
            Forme::Drapeau,
            "true tant que la fiche ne doit pas être publiée",
            "true",
        ),
        facultatif(
            "anciennes_adresses",
            Forme::Textes,
            "Les adresses qu’a eues la fiche, qui y conduisent encore",
            "[\"retex/ancien-nom\"]",
        ),
        facultatif(
            "liens",
            Forme::Groupes(&LIEN),
            "Une ressource en ligne : un groupe [[liens]] pour chacune",
            "",
        ),
        facultatif(
            "rapprochements",
            Forme::Groupes(&RAPPROCHEMENT),
            "Un texte des tableaux dont cette fiche parle : un groupe [[rapprochements]] pour chacun",
            "",
        ),
    ],
};

/// `[[liens]]`.
pub static LIEN: Groupe = Groupe {
    sens: "Une ressource en ligne d’une fiche",
    champs: &[
        obligatoire(
            "url",
            Forme::Texte,
            "L’adresse complète, comme dans la barre du navigateur",
            "\"https://exemple.fr/webradio\"",
        ),
        facultatif(
            "type",
            Forme::Mot(Vocabulaire::TypeLien),
            "Ce que l’on trouve à cette adresse",
            "\"article\"",
        ),
        facultatif("titre", Forme::Texte, "Le nom de la ressource", "\"Le carnet de la webradio\""),
        facultatif(
            "url_source",
            Forme::Texte,
            "L’adresse telle que reçue, quand « url » en remplace les espaces par %20",
            "\"https://exemple.fr/mon fichier.pdf\"",
        ),
        facultatif(
            "url_archive",
            Forme::Adresse,
            "Une copie datée dans une archive du Web",
            "\"https://archive.exemple.fr/2021/webradio\"",
        ),
    ],
};

/// `[[rapprochements]]`, in a fiche or a bloc.
pub static RAPPROCHEMENT: Groupe = Groupe {
    sens: "Un rapprochement proposé avec un texte des tableaux",
    champs: &[
        facultatif(
            "enonce",
            Forme::Nombre,
            "Dans un tableau seulement, l’énoncé du bloc d’où part le rapprochement",
            "2",
        ),
        obligatoire(
            "vers",
            Forme::Texte,
            "Le bloc visé : « identifiant », ou « thématique/identifiant »",
            "\"enseigner-apprendre/pf-1\"",
        ),
        obligatoire(
            "preuve",
            Forme::Mot(Vocabulaire::Preuve),
            "Ce qui permet de rapprocher ces deux textes",
            "\"nom\"",
        ),
        facultatif(
            "raison",
            Forme::Texte,
            "Pourquoi les rapprocher ; obligatoire pour les preuves « editeur » et « position »",
            "\"Les deux textes parlent de la même webradio\"",
        ),
        facultatif(
            "nom",
            Forme::Texte,
            "Le nom propre commun aux deux textes, pour la preuve « nom »",
            "\"Rosa Parks\"",
        ),
    ],
};

/// `site.toml`.
pub static SITE: Groupe = Groupe {
    sens: "Le site : ce que tout lecteur voit sur chaque page",
    champs: &[
        obligatoire("titre", Forme::Texte, "Le nom du site", "\"Retours d’expérience\""),
        obligatoire(
            "description",
            Forme::Texte,
            "Une phrase qui dit ce qu’est le site",
            "\"Ce que les ateliers ont dit du numérique éducatif.\"",
        ),
        facultatif(
            "editeur",
            Forme::Texte,
            "L’organisme qui publie le site",
            "\"Académie de Nantes\"",
        ),
        facultatif(
            "contact",
            Forme::Texte,
            "L’adresse électronique ou la page où écrire à l’éditeur",
            "\"adresse@exemple.fr\"",
        ),
        facultatif(
            "url",
            Forme::Adresse,
            "L’adresse publique du site",
            "\"https://exemple.fr/retex/\"",
        ),
        facultatif(
            "depot",
            Forme::Adresse,
            "L’adresse du dépôt, pour « Modifier cette fiche » et « Signaler une erreur »",
            "\"https://forge.exemple.fr/groupe/retex\"",
        ),
        facultatif("branche", Forme::Texte, "La branche du dépôt qui est publiée", "\"main\""),
        facultatif("theme", Forme::Texte, "Le thème graphique", "\"defaut\""),
        facultatif(
            "htaccess",
            Forme::Drapeau,
            "true pour écrire un fichier .htaccess, si le serveur est Apache : sécurité et durées de cache",
            "true",
        ),
        facultatif(
            "mentions",
            Forme::Groupe(&MENTIONS),
            "Ce que la loi demande de dire du site, et que vous seul savez : qui en répond, qui l’héberge",
            "",
        ),
        facultatif(
            "accessibilite",
            Forme::Groupe(&ACCESSIBILITE),
            "La déclaration d’accessibilité",
            "",
        ),
    ],
};

/// `[mentions]`.
pub static MENTIONS: Groupe = Groupe {
    sens: "Ce que disent les mentions légales, les données personnelles et le contact",
    champs: &[
        facultatif(
            "adresse",
            Forme::Texte,
            "L’adresse postale de l’éditeur",
            "\"1 rue de l’Exemple, 44000 Nantes\"",
        ),
        facultatif("telephone", Forme::Texte, "Le téléphone de l’éditeur", "\"01 99 00 00 00\""),
        facultatif(
            "directeur_publication",
            Forme::Texte,
            "Qui dirige la publication : un nom et une fonction",
            "\"Prénom Nom, fonction\"",
        ),
        facultatif(
            "hebergeur",
            Forme::Texte,
            "L’organisme chez qui le site est hébergé",
            "\"Nom de l’hébergeur\"",
        ),
        facultatif(
            "hebergeur_adresse",
            Forme::Texte,
            "L’adresse postale de l’hébergeur",
            "\"2 rue de l’Exemple, 44000 Nantes\"",
        ),
        facultatif(
            "hebergeur_telephone",
            Forme::Texte,
            "Le téléphone de l’hébergeur",
            "\"01 99 00 00 01\"",
        ),
        facultatif(
            "responsable_traitement",
            Forme::Texte,
            "Qui décide de ce qui est fait des données personnelles",
            "\"Nom de l’organisme\"",
        ),
        facultatif(
            "delegue_protection",
            Forme::Texte,
            "Comment joindre le délégué à la protection des données",
            "\"dpd@exemple.fr\"",
        ),
        facultatif(
            "traitements",
            Forme::Textes,
            "Ce que vous faites des données personnelles, un texte par usage : sa finalité, sa base légale, sa durée, ses destinataires",
            "[\"Les messages reçus servent à répondre, par mission d’intérêt public ; ils sont gardés un an, par le seul secrétariat.\"]",
        ),
        facultatif(
            "journal",
            Forme::Texte,
            "Ce que l’hébergeur garde de chaque visite, pourquoi et combien de temps",
            "\"Adresses IP et pages lues, pour la sécurité du serveur, gardées un mois.\"",
        ),
    ],
};

/// `[accessibilite]`, in the order of the compulsory model.
pub static ACCESSIBILITE: Groupe = Groupe {
    sens: "La déclaration d’accessibilité",
    champs: &[
        facultatif(
            "etat",
            Forme::Mot(Vocabulaire::Accessibilite),
            "L’état de conformité au RGAA, « non-conforme » tant qu’un audit n’en a pas établi un meilleur",
            "\"non-conforme\"",
        ),
        facultatif(
            "schema",
            Forme::Destination,
            "Où lire le schéma pluriannuel de mise en accessibilité : une adresse, ou le nom d’une page du dossier « pages », sans « .md »",
            "\"https://exemple.fr/schema\"",
        ),
        facultatif(
            "plan_action",
            Forme::Destination,
            "Où lire le plan d’action de l’année en cours et le bilan de l’année précédente",
            "\"https://exemple.fr/plan\"",
        ),
        facultatif(
            "organisme_audit",
            Forme::Texte,
            "Qui a fait l’audit ; va avec « date_audit » et « taux »",
            "\"Nom de l’organisme\"",
        ),
        facultatif("date_audit", Forme::Jour, "Le jour de l’audit", "2021-03-04"),
        facultatif(
            "taux",
            Forme::Pourcentage,
            "La part des critères du RGAA que l’audit a trouvés respectés, en pour cent : au moins 50 pour « partiellement-conforme », 100 pour « totalement-conforme »",
            "62",
        ),
        facultatif(
            "non_conformites",
            Forme::Textes,
            "Ce qui n’est pas accessible, un texte par cas",
            "[\"Les tableaux de plus de neuf colonnes n’ont pas de résumé.\"]",
        ),
        facultatif(
            "derogations",
            Forme::Textes,
            "Ce qui n’est pas accessible parce que la charge serait disproportionnée, et pourquoi",
            "[\"Les enregistrements de l’atelier n’ont pas de transcription.\"]",
        ),
        facultatif(
            "non_soumis",
            Forme::Textes,
            "Ce que la loi n’oblige pas à rendre accessible",
            "[\"Les documents bureautiques publiés avant le 23 septembre 2018.\"]",
        ),
        facultatif(
            "date_declaration",
            Forme::Jour,
            "Le jour où la déclaration a été établie ou mise à jour",
            "2021-03-04",
        ),
        facultatif(
            "technologies",
            Forme::Textes,
            "Les technologies employées, en plus de HTML, CSS, SVG et JavaScript",
            "[\"PDF\"]",
        ),
        facultatif(
            "environnement_test",
            Forme::Textes,
            "Les navigateurs et les technologies d’assistance des vérifications",
            "[\"Firefox et NVDA\"]",
        ),
        facultatif(
            "outils",
            Forme::Textes,
            "Les outils de l’évaluation",
            "[\"Un analyseur de contrastes\"]",
        ),
        facultatif(
            "pages_verifiees",
            Forme::Textes,
            "Les pages que l’audit a vérifiées",
            "[\"Accueil\", \"Contact\", \"Mentions légales\"]",
        ),
    ],
};

/// `glossaire.toml`.
pub static GLOSSAIRE: Groupe = Groupe {
    sens: "Le glossaire",
    champs: &[facultatif("sens", Forme::Groupes(&SENS), "Un sens d’un sigle", "")],
};

/// `[[sens]]`.
pub static SENS: Groupe = Groupe {
    sens: "Un sens d’un sigle",
    champs: &[
        obligatoire("id", Forme::Identifiant, "Son adresse dans le glossaire", "\"ent\""),
        obligatoire("sigle", Forme::Texte, "Le sigle", "\"ENT\""),
        facultatif(
            "developpement",
            Forme::Texte,
            "Ce que le sigle abrège",
            "\"espace numérique de travail\"",
        ),
        facultatif("a_confirmer", Forme::Drapeau, "true quand l’éditeur n’en est pas sûr", "true"),
        facultatif(
            "acteur",
            Forme::Drapeau,
            "true quand le sigle désigne une personne, une fonction ou un organisme",
            "true",
        ),
        facultatif(
            "note",
            Forme::Texte,
            "Ce qu’il faut savoir d’autre",
            "\"Le sens n’est pas donné par la synthèse.\"",
        ),
        facultatif(
            "ou",
            Forme::Textes,
            "Les blocs où le sigle a ce sens, quand il en a plusieurs",
            "[\"synthese/thematique/bloc\"]",
        ),
        facultatif(
            "synthese",
            Forme::Texte,
            "La synthèse dont le document donne ce développement",
            "\"loire-atlantique-2020\"",
        ),
        facultatif("lignes", Forme::Nombres, "Les lignes de ce document qui le donnent", "[12]"),
    ],
};

/// The header of `thematiques/<id>.md`.
pub static THEMATIQUE: Groupe = Groupe {
    sens: "L’en-tête d’une thématique",
    champs: &[
        obligatoire("numero", Forme::Nombre, "Son rang", "1"),
        obligatoire(
            "titre",
            Forme::Texte,
            "Son titre entier",
            "\"Garantir un égal accès au numérique pour tous\"",
        ),
        facultatif("titre_court", Forme::Texte, "Un titre court, pour les menus", "\"Égal accès\""),
    ],
};

/// The header of `pages/<id>.md`.
pub static PAGE: Groupe = Groupe {
    sens: "L’en-tête d’une page du site",
    champs: &[obligatoire("titre", Forme::Texte, "Le titre de la page", "\"Mentions légales\"")],
};

/// The header of `methode.md`.
pub static METHODE: Groupe = Groupe {
    sens: "L’en-tête de la méthode",
    champs: &[facultatif("lignes", Forme::Nombres, LIGNES, "[2, 11]")],
};

/// `synthese.toml`.
pub static SYNTHESE: Groupe = Groupe {
    sens: "La synthèse d’un atelier",
    champs: &[
        obligatoire(
            "titre",
            Forme::Texte,
            "Le titre de la synthèse",
            "\"Synthèse, Loire-Atlantique, 2020\"",
        ),
        obligatoire(
            "territoire",
            Forme::Texte,
            "Le territoire de l’atelier",
            "\"Loire-Atlantique\"",
        ),
        obligatoire("annee", Forme::Nombre, "L’année de l’atelier", "2020"),
        facultatif("licence", Forme::Texte, "La licence des textes", "\"Licence Ouverte 2.0\""),
        facultatif(
            "etat",
            Forme::Mot(Vocabulaire::Etat),
            "« en-cours » tant que la transcription n’est pas finie",
            "\"en-cours\"",
        ),
        facultatif("sha256", Forme::Texte, "L’empreinte du document tel que reçu", "\"910713d0…\""),
        facultatif(
            "retex",
            Forme::Groupe(&INTITULE),
            "Le titre de la partie qui réunit les fiches",
            "",
        ),
        facultatif(
            "diagnostic",
            Forme::Groupe(&ENTETE),
            "Le titre et les colonnes du diagnostic",
            "",
        ),
        facultatif(
            "projections",
            Forme::Groupe(&ENTETE),
            "Le titre et les colonnes des besoins et axes",
            "",
        ),
        facultatif("plan", Forme::Groupe(&ENTETE), "Le titre et les colonnes du plan d’action", ""),
        facultatif(
            "exclusions",
            Forme::Groupes(&EXCLUSION),
            "Un texte du document reçu qui n’est pas publié",
            "",
        ),
        facultatif(
            "retraits",
            Forme::Groupes(&RETRAIT),
            "Un nom retiré à la demande d’une personne, sans le dire",
            "",
        ),
    ],
};

/// A heading of the source.
pub static INTITULE: Groupe = Groupe {
    sens: "Un titre du document reçu",
    champs: &[
        obligatoire("titre", Forme::Texte, "Le titre, tel que reçu", "\"Retours d’expérience\""),
        facultatif("lignes", Forme::Nombres, LIGNES, "[13]"),
    ],
};

/// A table's title and columns.
pub static ENTETE: Groupe = Groupe {
    sens: "Le titre et les colonnes d’un tableau",
    champs: &[
        obligatoire("titre", Forme::Texte, "Le titre, tel que reçu", "\"Plan d’action\""),
        facultatif("lignes", Forme::Nombres, LIGNES, "[63]"),
        facultatif(
            "lignes_colonnes",
            Forme::Nombres,
            "Les lignes des titres de colonnes dans source.txt",
            "[65]",
        ),
        facultatif("colonnes", Forme::Groupes(&COLONNE), "Les colonnes, de gauche à droite", ""),
    ],
};

/// A column.
pub static COLONNE: Groupe = Groupe {
    sens: "Une colonne d’un tableau",
    champs: &[
        obligatoire("texte", Forme::Texte, "Le titre de la colonne, tel que reçu", "\"Irritants\""),
        facultatif(
            "natures",
            Forme::Mots(Vocabulaire::Nature),
            "Ce que la colonne contient",
            "[\"irritant\"]",
        ),
    ],
};

/// `[[exclusions]]`.
pub static EXCLUSION: Groupe = Groupe {
    sens: "Un texte du document reçu qui n’est pas publié",
    champs: &[
        obligatoire("ligne", Forme::Nombre, "Sa ligne dans source.txt", "4"),
        obligatoire("texte", Forme::Texte, "Le texte, tel que reçu", "\"Page 2\""),
        obligatoire("raison", Forme::Texte, "Pourquoi il n’est pas publié", "\"Numéro de page.\""),
    ],
};

/// `[[retraits]]`.
pub static RETRAIT: Groupe = Groupe {
    sens: "Un nom retiré à la demande d’une personne",
    champs: &[
        obligatoire("ligne", Forme::Nombre, "La ligne de source.txt", "4"),
        obligatoire("date", Forme::Jour, "Le jour du retrait", "2021-03-04"),
        obligatoire(
            "motif",
            Forme::Texte,
            "Pourquoi, sans dire le nom",
            "\"Demande de la personne.\"",
        ),
    ],
};

/// `tableaux/<thematique>.toml`.
pub static TABLEAUX: Groupe = Groupe {
    sens: "Les tableaux d’une thématique",
    champs: &[
        facultatif(
            "retex",
            Forme::Groupe(&INTITULE),
            "Le titre de la partie qui réunit ses fiches",
            "",
        ),
        facultatif("diagnostic", Forme::Groupe(&DIAGNOSTIC), "Sa ligne du diagnostic", ""),
        facultatif("projections", Forme::Groupe(&PROJECTIONS), "Sa ligne des besoins et axes", ""),
        facultatif("plan", Forme::Groupe(&PLAN), "Sa ligne du plan d’action", ""),
    ],
};

/// The row of a table.
pub fn ligne_de(tableau: Tableau) -> &'static Groupe {
    match tableau {
        Tableau::Diagnostic => &DIAGNOSTIC,
        Tableau::Projections => &PROJECTIONS,
        Tableau::Plan => &PLAN,
    }
}

const fn blocs(nom: &'static str, sens: &'static str) -> Champ {
    facultatif(nom, Forme::Groupes(&BLOC), sens, "")
}

const LIGNES_DE_TABLEAU: Champ = facultatif("lignes", Forme::Nombres, LIGNES, "[66]");

const INTITULES: Champ = blocs("intitule", "L’intitulé de la thématique dans ce tableau");
const SOUS_THEMATIQUES: Champ = blocs("sous_thematique", "Une sous-thématique");
const IRRITANTS: Champ = blocs("irritant", "Un irritant");
const AXES: Champ = blocs("axe", "Un axe d’amélioration");

/// Its row of the first table.
pub static DIAGNOSTIC: Groupe = Groupe {
    sens: "La ligne d’une thématique dans le diagnostic",
    champs: &[
        LIGNES_DE_TABLEAU,
        INTITULES,
        SOUS_THEMATIQUES,
        blocs("mention", "Un retour d’expérience cité"),
        IRRITANTS,
        blocs("point_fort", "Un point fort"),
    ],
};

/// Its row of the second table.
pub static PROJECTIONS: Groupe = Groupe {
    sens: "La ligne d’une thématique dans les besoins et axes",
    champs: &[
        LIGNES_DE_TABLEAU,
        INTITULES,
        SOUS_THEMATIQUES,
        IRRITANTS,
        blocs("besoin", "Un besoin"),
        AXES,
    ],
};

/// Its row of the third table.
pub static PLAN: Groupe = Groupe {
    sens: "La ligne d’une thématique dans le plan d’action",
    champs: &[
        LIGNES_DE_TABLEAU,
        INTITULES,
        SOUS_THEMATIQUES,
        AXES,
        blocs("action", "Une action"),
        blocs("acteur", "Un acteur"),
        blocs("temporalite", "Une temporalité"),
        blocs("indicateur", "Un indicateur"),
    ],
};

/// A bloc of a table.
pub static BLOC: Groupe = Groupe {
    sens: "Un bloc d’un tableau : un repère du document reçu",
    champs: &[
        obligatoire(
            "id",
            Forme::Identifiant,
            "Son adresse, unique dans la synthèse et jamais réemployée",
            "\"temps-formation-pairs\"",
        ),
        facultatif(
            "lignes",
            Forme::Nombres,
            "Ses lignes dans source.txt, quand ce ne sont pas celles de la ligne du tableau",
            "[108, 112]",
        ),
        obligatoire(
            "textes",
            Forme::Textes,
            "Ses énoncés, tels que reçus",
            "[\"Proposer des temps de formation\"]",
        ),
        facultatif(
            "rapprochements",
            Forme::Groupes(&RAPPROCHEMENT),
            "Un autre bloc dont celui-ci est proche",
            "",
        ),
    ],
};

/// `theme.toml`.
pub static THEME: Groupe = Groupe {
    sens: "Un thème graphique",
    champs: &[
        facultatif("nom", Forme::Texte, "Le nom du thème", "\"Académie\""),
        obligatoire(
            "contrat",
            Forme::Nombre,
            "Le contrat de gabarits pour lequel il est écrit",
            "1",
        ),
        facultatif("parent", Forme::Texte, "Le thème qu’il complète", "\"defaut\""),
    ],
};
