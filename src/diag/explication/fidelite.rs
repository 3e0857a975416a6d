//! The proof of the text against the document received, and what is good to know of a fiche.

use super::{Exemple, Explication};

pub(super) const TEXTE_PERDU: Explication = Explication {
    titre: "Un texte du document reçu n’est publié nulle part",
    texte: "Le site s’engage à publier tout ce que l’atelier a écrit, ou à dire pourquoi il ne le \
            fait pas. Ce passage manque : le message montre sa ligne dans le document et l’endroit \
            où il devrait être. Publiez-le à sa place, ou écartez-le dans « synthese.toml » en \
            donnant la raison.",
    exemple: Exemple::Texte {
        fichier: "tableaux/enseigner-apprendre.toml",
        mauvais: r#"textes = ["Enseigner"]"#,
        bon: r#"textes = ["Enseigner"]

[[diagnostic.mention]]
id = "mention-radio"
textes = ["Radio"]"#,
    },
};

pub(super) const TEXTE_ALTERE: Explication = Explication {
    titre: "Ce texte n’est pas celui qui a été reçu",
    texte: "Le texte d’une synthèse est publié mot pour mot, fautes comprises : seules les \
            apostrophes et les espaces sont mises en forme. Même une bonne correction ferait dire \
            à l’atelier ce qu’il n’a pas écrit. Remettez le texte reçu, que le message vous donne.",
    exemple: Exemple::Texte {
        fichier: "retex/tablettes.md",
        mauvais: r#"titre = "Prêts de tablettes""#,
        bon: r#"titre = "Prêt de tablettes""#,
    },
};

pub(super) const TEXTE_HORS_SOURCE: Explication = Explication {
    titre: "Ce texte n’est pas dans le document reçu",
    texte: "Les tableaux d’une synthèse ne contiennent que ce que l’atelier a écrit. Une idée \
            ajoutée passerait pour la sienne. Retirez ce texte d’ici et, si l’idée est bonne, \
            écrivez une contribution : une fiche sans « lignes », signée et datée.",
    exemple: Exemple::Texte {
        fichier: "tableaux/enseigner-apprendre.toml",
        mauvais: r#"textes = ["Bien"]

[[diagnostic.point_fort]]
id = "point-fort-invente"
textes = ["Tout le monde est ravi"]"#,
        bon: r#"textes = ["Bien"]"#,
    },
};

pub(super) const TEXTE_DEPLACE: Explication = Explication {
    titre: "Ce texte n’est pas à sa place",
    texte: "Le document reçu contient bien ce texte, mais dans une autre colonne, une autre \
            thématique ou sur une autre ligne. Un point fort rangé parmi les irritants change le \
            sens de la synthèse. Le message dit où il va : déplacez-le.",
    exemple: Exemple::Texte {
        fichier: "tableaux/enseigner-apprendre.toml",
        mauvais: r#"[[diagnostic.irritant]]
id = "point-fort-bien""#,
        bon: r#"[[diagnostic.point_fort]]
id = "point-fort-bien""#,
    },
};

pub(super) const EXCLUSION_SANS_OBJET: Explication = Explication {
    titre: "Cette exclusion n’écarte rien",
    texte: "Une exclusion dit pourquoi un passage du document n’est pas publié, et paraît dans la \
            page de provenance. Celui-ci est déjà publié, ou n’est pas à cette ligne : le lecteur \
            serait trompé sur ce qui manque. Supprimez l’exclusion, ou corrigez son texte et sa \
            ligne.",
    exemple: Exemple::Texte {
        fichier: "essai-2021/synthese.toml",
        mauvais: r#"titre = "Retours"
lignes = [1]

[[exclusions]]
ligne = 5
texte = "L'ENT a servi à tous."
raison = "Phrase de modèle.""#,
        bon: r#"titre = "Retours"
lignes = [1]"#,
    },
};

pub(super) const LIGNE_INVALIDE: Explication = Explication {
    titre: "Ces numéros de lignes ne conviennent pas",
    texte: "« lignes » donne la place du texte dans le document reçu : c’est elle qui permet de \
            vérifier qu’il est fidèle. Ici, un numéro dépasse la fin du document, tombe sur une \
            ligne vide ou appartient à un autre texte. Quand le programme trouve la vraie place, \
            il vous la donne.",
    exemple: Exemple::Texte {
        fichier: "retex/tablettes.md",
        mauvais: "lignes = [50, 51]",
        bon: "lignes = [5, 7]",
    },
};

pub(super) const LIGNES_SANS_SOURCE: Explication = Explication {
    titre: "Il n’y a pas de document reçu où chercher ces lignes",
    texte: "« lignes » renvoie au fichier « source.txt » de l’atelier, et ce fichier n’est pas là. \
            Sans lui, la synthèse est un recueil de contributions, et le site ne peut rien \
            promettre sur sa fidélité. Ajoutez le document reçu, ou supprimez la clé.",
    exemple: Exemple::Texte {
        fichier: "retex/jardin.md",
        mauvais: r#"thematique = "egal-acces"
lignes = [12]"#,
        bon: r#"thematique = "egal-acces""#,
    },
};

pub(super) const EMPREINTE_DIFFERENTE: Explication = Explication {
    titre: "Le document reçu a été modifié",
    texte: "L’empreinte, une suite de chiffres et de lettres calculée sur « source.txt », prouve \
            que le document n’a pas changé depuis sa réception. Elle ne correspond plus : \
            quelqu’un a touché au fichier, ne serait-ce qu’à une espace. Remettez-le tel qu’il a \
            été reçu ; pour retirer un nom à la demande d’une personne, passez par « retraits ». \
            Sous Windows, l’outil qui copie les fichiers depuis la forge change parfois leurs fins \
            de ligne, qui ne se voient pas : le message le dit alors, et donne la ligne de « \
            .gitattributes » qui l’en empêche.",
    exemple: Exemple::Situation {
        mauvais: "Une faute d’accord a été corrigée dans « source.txt », et l’empreinte de « \
                  synthese.toml » est restée la même.",
        bon: "« source.txt » est de nouveau le document reçu, avec sa faute.",
    },
};

pub(super) const RETRAIT_INVALIDE: Explication = Explication {
    titre: "Ce retrait ne correspond pas au document",
    texte: "Quand une personne demande que son nom disparaisse, « [nom retiré] » le remplace dans \
            le document, et un retrait note la ligne, la date et le motif, jamais le nom. Ici, \
            l’un des deux manque ou la ligne n’est pas la bonne. Mettez-les d’accord : le lecteur \
            saura que le texte a changé, et pourquoi.",
    exemple: Exemple::Texte {
        fichier: "synthese.toml",
        mauvais: r#"[[retraits]]
ligne = 48
date = 2024-01-15
motif = "À la demande de la personne.""#,
        bon: r#"[[retraits]]
ligne = 49
date = 2024-01-15
motif = "À la demande de la personne.""#,
    },
};

pub(super) const TITRE_EN_DOUBLE: Explication = Explication {
    titre: "Deux fiches portent le même titre",
    texte: "Dans une liste ou dans les résultats de recherche, le lecteur ne saurait pas laquelle \
            ouvrir. Les fiches sont publiées tout de même. Précisez l’un des titres : \
            l’établissement, le niveau ou la discipline suffit souvent ; le titre d’une fiche de \
            la synthèse, lui, ne change pas.",
    exemple: Exemple::Texte {
        fichier: "retex/webradio-lycee.md",
        mauvais: r#"titre = "Une webradio""#,
        bon: r#"titre = "Une webradio au lycée professionnel""#,
    },
};

pub(super) const DONNEE_PERSONNELLE: Explication = Explication {
    titre: "Ce texte désigne peut-être une personne",
    texte: "Publié, un courriel, un téléphone, un numéro d’élève (INE), une date de naissance ou le \
            nom d’un élève est recopié en quelques jours par des robots, et il devient très \
            difficile de l’effacer. Le règlement sur la protection des données (RGPD) demande \
            l’accord de la personne. Donnez plutôt le site de l’établissement, ou un lien vers sa \
            page de contact.",
    exemple: Exemple::Texte {
        fichier: "retex/atelier-podcast.md",
        mauvais: "Pour en savoir plus : claire.durand@courriel.exemple ou 06 00 00 00 00.",
        bon: "Pour en savoir plus : [la page de contact du collège](https://college.exemple.fr/contact).",
    },
};

pub(super) const NUMERO_SENSIBLE: Explication = Explication {
    titre: "Ce texte contient un numéro de sécurité sociale ou de compte",
    texte: "Un numéro de sécurité sociale désigne une personne toute sa vie, et un numéro de \
            compte (IBAN) suffit à frauder : rien n’est publié tant qu’il est là. Retirez-le de ce \
            fichier. Comme il reste dans l’historique des fichiers, dites-le aussi au délégué à \
            la protection des données.",
    exemple: Exemple::Texte {
        fichier: "retex/numero.md",
        mauvais: "Les dons vont au compte FR76 3000 6000 0112 3456 7890 189 de la coopérative.",
        bon: "Les dons vont à la coopérative de l’école.",
    },
};

pub(super) const SIGLE_INCONNU: Explication = Explication {
    titre: "Ce sigle n’est pas dans le glossaire",
    texte: "Un parent, ou un collègue d’une autre académie, ne connaît pas tous nos sigles. Ceux \
            du glossaire sont expliqués au bas de chaque page où ils paraissent. Ajoutez celui-ci \
            au glossaire, ou écrivez les mots en entier la première fois ; si c’est un simple mot \
            en capitales, il n’y a rien à faire.",
    exemple: Exemple::Texte {
        fichier: "retex/inclusion-ulis.md",
        mauvais: "Les élèves de l'ULIS ont monté le film.",
        bon: "Les élèves de l'unité localisée pour l'inclusion scolaire (ULIS) ont monté le film.",
    },
};

pub(super) const TEXTE_LONG: Explication = Explication {
    titre: "Ce texte dépasse deux ou trois lignes",
    texte: "Une fiche donne envie d’aller voir : au-delà de 700 caractères, peu de lecteurs vont \
            au bout. Ce n’est pas une faute, et le texte paraît en entier. Gardez l’essentiel, ce \
            que vous avez fait et ce que cela a changé, et mettez le reste derrière un lien.",
    exemple: Exemple::Situation {
        mauvais: "La fiche raconte la séquence séance par séance, sur une page entière.",
        bon: "La fiche dit en trois lignes ce que les élèves ont produit, et un lien mène au récit \
              complet.",
    },
};

pub(super) const FICHE_SANS_LIEN: Explication = Explication {
    titre: "Cette fiche ne renvoie à aucune ressource",
    texte: "Les lecteurs aiment voir ou entendre ce qui a été fait : un article, une vidéo, un mur \
            d’élèves. La fiche se publie très bien sans. Si une ressource publique existe, \
            ajoutez-la dans un groupe « [[liens]] », avec son adresse et son type.",
    exemple: Exemple::Texte {
        fichier: "retex/court-metrage.md",
        mauvais: r#"titre = "Un court métrage en quatrième""#,
        bon: r#"titre = "Un court métrage en quatrième"

[[liens]]
url = "https://college.exemple.fr/court-metrage"
type = "video""#,
    },
};

pub(super) const CONTRIBUTION_NON_SIGNEE: Explication = Explication {
    titre: "Cette contribution ne dit pas qui l’a écrite, ou quand",
    texte: "Une contribution n’est pas dans le document de l’atelier : c’est sa signature et sa \
            date qui permettent au lecteur de savoir d’où elle vient. Ajoutez « auteurs » et « \
            date » dans l’en-tête. Un nom d’équipe ou d’établissement convient, si personne ne \
            souhaite être nommé.",
    exemple: Exemple::Texte {
        fichier: "retex/tutorat-lyceens.md",
        mauvais: r#"titre = "Des lycéens tuteurs de sixièmes"
thematique = "travailler-ensemble""#,
        bon: r#"titre = "Des lycéens tuteurs de sixièmes"
thematique = "travailler-ensemble"
auteurs = ["L'équipe de vie scolaire"]
date = 2023-06-12"#,
    },
};

pub(super) const SUITE_NON_ECRITE: Explication = Explication {
    titre: "Aucune suite n’est écrite dans la synthèse",
    texte: "Cet irritant n’est relié à aucun besoin, cet axe à aucune action, ou cette action ni à \
            un acteur ni à un indicateur. Ce n’est pas une faute : l’atelier n’a peut-être rien \
            écrit, et la page le dit ainsi, « aucune suite écrite dans la synthèse ». Si vous \
            voyez la suite ailleurs dans le tableau, proposez un rapprochement avec sa preuve.",
    exemple: Exemple::Texte {
        fichier: "tableaux/egal-acces.toml",
        mauvais: r#"[[projections.irritant]]
id = "irritant-connexion-familles"
textes = ["Des familles sans connexion"]"#,
        bon: r#"[[projections.irritant]]
id = "irritant-connexion-familles"
textes = ["Des familles sans connexion"]
rapprochements = [{ vers = "besoin-acces-reseau", preuve = "position", raison = "Même rang." }]"#,
    },
};
