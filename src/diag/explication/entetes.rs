//! The header of a fiche and the tables: how they are written, and what they may hold.

use super::{Exemple, Explication};

pub(super) const ENTETE_ABSENT: Explication = Explication {
    titre: "La fiche ne commence pas par son en-tête",
    texte: "L’en-tête, entre deux lignes « +++ », donne le titre, la thématique et les niveaux. \
            Sans lui, la fiche ne peut être rangée dans aucune liste et personne ne la trouverait. \
            Ajoutez-le tout en haut du fichier, avant le texte.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Une radio d'école, animée par les CM2.",
        bon: r#"+++
titre = "Une radio d'école"
thematique = "enseigner-apprendre"
+++
Une radio d'école, animée par les CM2."#,
    },
};

pub(super) const ENTETE_NON_FERME: Explication = Explication {
    titre: "La seconde ligne « +++ » manque",
    texte: "L’en-tête s’écrit entre deux lignes « +++ ». Sans la seconde, le texte de la fiche est \
            pris pour des réglages, et rien n’est publié. Ajoutez une ligne « +++ » juste après la \
            dernière clé.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"thematique = "enseigner-apprendre"

Une radio d'école, animée par les CM2."#,
        bon: r#"thematique = "enseigner-apprendre"
+++
Une radio d'école, animée par les CM2."#,
    },
};

pub(super) const TOML_INVALIDE: Explication = Explication {
    titre: "Une ligne de réglages ne peut pas être lue",
    texte: "Dans l’en-tête d’une fiche et dans les tableaux, chaque ligne a la forme « clé = \
            valeur » et chaque texte est entre guillemets droits. Un signe oublié ou un guillemet \
            de traitement de texte suffit à rendre la ligne illisible. Le message montre l’endroit \
            et, le plus souvent, la ligne à écrire.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"thematique : "enseigner-apprendre""#,
        bon: r#"thematique = "enseigner-apprendre""#,
    },
};

pub(super) const CLE_MANQUANTE: Explication = Explication {
    titre: "Il manque une information obligatoire",
    texte: "Quelques clés ne peuvent pas être devinées : une fiche a toujours une thématique, un \
            bloc de tableau un identifiant et un texte. Sans elles, le lecteur ne pourrait ni \
            trouver ce texte ni savoir d’où il vient. Ajoutez la clé que nomme le message, en \
            suivant l’exemple qu’il donne.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"titre = "Une radio d'école"
mots_cles = ["radio"]"#,
        bon: r#"titre = "Une radio d'école"
thematique = "enseigner-apprendre"
mots_cles = ["radio"]"#,
    },
};

pub(super) const CLE_INCONNUE: Explication = Explication {
    titre: "Cette clé n’existe pas",
    texte: "Une clé que le programme ne connaît pas est presque toujours une faute de frappe. Si \
            elle était acceptée, l’information disparaîtrait du site sans que personne le voie. \
            Corrigez son nom : le plus proche est proposé ; ou supprimez la ligne.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"iritants = ["Le bruit"]"#,
        bon: r#"irritants = ["Le bruit"]"#,
    },
};

pub(super) const CLE_EN_DOUBLE: Explication = Explication {
    titre: "La même clé est écrite deux fois",
    texte: "Dans un en-tête ou un groupe, chaque clé ne sert qu’une fois : le programme ne peut \
            pas choisir à votre place entre deux valeurs. Cela arrive souvent en copiant une fiche \
            pour en écrire une autre. Gardez une seule des deux lignes ; s’il s’agit d’une liste, \
            réunissez leurs valeurs.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"titre = "Une radio d'école"
titre = "La radio de l'école""#,
        bon: r#"titre = "Une radio d'école""#,
    },
};

pub(super) const CLE_MAL_TYPEE: Explication = Explication {
    titre: "Cette valeur n’a pas la forme attendue",
    texte: "Une date et un nombre s’écrivent sans guillemets, un texte avec des guillemets droits, \
            une liste entre crochets, même pour un seul mot. Lue de travers, l’information serait \
            fausse ou perdue. Le message dit la forme attendue : réécrivez la valeur ainsi.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"date = "1er mars 2022""#,
        bon: "date = 2022-03-01",
    },
};

pub(super) const DATE_IMPOSSIBLE: Explication = Explication {
    titre: "Ce jour n’existe dans aucun calendrier",
    texte: "La date est bien écrite, mais le mois n’a pas tant de jours, ou l’année pas tant de \
            mois. Le lecteur se fie à cette date pour savoir si l’expérience est récente. \
            Vérifiez-la et corrigez-la : elle s’écrit année, mois, jour.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "date = 2022-02-30",
        bon: "date = 2022-02-28",
    },
};

pub(super) const DATE_FUTURE: Explication = Explication {
    titre: "Cette date est dans l’avenir",
    texte: "Une fiche raconte une expérience déjà vécue : une date après aujourd’hui vient en \
            général d’une faute de frappe dans l’année. Le site est publié tout de même, mais la \
            fiche passerait longtemps pour la plus récente. Vérifiez l’année, le mois et le jour.",
    exemple: Exemple::Texte {
        fichier: "retex/club-robotique.md",
        mauvais: "date = 2203-11-15",
        bon: "date = 2023-11-15",
    },
};

pub(super) const VALEUR_VIDE: Explication = Explication {
    titre: "Un texte est vide",
    texte: "Une clé sans texte, ou une fiche sans titre ni texte, laisserait un blanc ou une puce \
            seule dans la page. Le lecteur, surtout s’il écoute la page, croirait qu’il manque \
            quelque chose. Écrivez le texte, ou supprimez la clé si elle est facultative.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"points_forts = ["Les élèves parlent", ""]"#,
        bon: r#"points_forts = ["Les élèves parlent"]"#,
    },
};

pub(super) const VALEUR_INCONNUE: Explication = Explication {
    titre: "Ce mot n’est pas dans la liste permise",
    texte: "Quelques clés, comme les niveaux ou le type d’un lien, n’acceptent que les mots d’une \
            liste, pour que chaque fiche se retrouve à la bonne page. Ces mots s’écrivent en \
            minuscules et sans accent. Le message donne le plus proche, ou la liste entière.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"niveaux = ["Élémentaire", "terminale"]"#,
        bon: r#"niveaux = ["elementaire", "lycee"]"#,
    },
};

pub(super) const IDENTIFIANT_INVALIDE: Explication = Explication {
    titre: "Cet identifiant ne peut pas servir d’adresse",
    texte: "L’identifiant d’un bloc devient son adresse permanente, celle que l’on cite dans un \
            compte rendu. Il s’écrit en minuscules sans accent, avec des chiffres et des tirets, \
            sans espace. Un identifiant qui convient est proposé.",
    exemple: Exemple::Texte {
        fichier: "tableaux/egal-acces.toml",
        mauvais: r#"id = "Mention sans fiche""#,
        bon: r#"id = "mention-sans-fiche""#,
    },
};

pub(super) const IDENTIFIANT_EN_DOUBLE: Explication = Explication {
    titre: "Le même identifiant sert deux fois",
    texte: "Deux blocs du même nom auraient la même adresse, et un lien n’arriverait jamais qu’au \
            premier. Cela compte pour toute la synthèse, même d’un fichier à l’autre. Gardez \
            l’identifiant du plus ancien, qui a peut-être déjà été cité, et changez celui du \
            nouveau.",
    exemple: Exemple::Texte {
        fichier: "tableaux/enseigner-apprendre.toml",
        mauvais: r#"id = "point-fort-pret"
textes = ["Bien"]"#,
        bon: r#"id = "point-fort-bien"
textes = ["Bien"]"#,
    },
};

pub(super) const IDENTIFIANT_RESERVE: Explication = Explication {
    titre: "Le site garde ce nom pour lui",
    texte: "Quelques noms servent aux pages que le site fait lui-même : « par » pour les listes \
            par niveau ou par thématique, « page-2 » et les suivants pour la suite d’une longue \
            liste. Un bloc ou une fiche de ce nom prendrait leur place. Choisissez un nom qui \
            décrit le contenu.",
    exemple: Exemple::Texte {
        fichier: "tableaux/gouvernance-anticipation.toml",
        mauvais: r#"id = "page-2"
textes = ["Réunir les élus et les directeurs d'école chaque trimestre"]"#,
        bon: r#"id = "action-reunir-elus-directeurs"
textes = ["Réunir les élus et les directeurs d'école chaque trimestre"]"#,
    },
};

pub(super) const ADRESSE_EN_DOUBLE: Explication = Explication {
    titre: "Deux pages auraient la même adresse",
    texte: "Cette adresse est déjà celle d’une autre page : l’une des deux effacerait l’autre. Le \
            cas se présente avec une ancienne adresse qui sert encore, ou une page qui porte le \
            nom d’une page du site, comme « glossaire ». Choisissez une autre adresse.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"anciennes_adresses = ["retex/essai-2021/tablettes"]"#,
        bon: r#"anciennes_adresses = ["retex/essai-2021/ma-radio"]"#,
    },
};

pub(super) const ADRESSE_INVALIDE: Explication = Explication {
    titre: "Cette ancienne adresse ne peut pas servir",
    texte: "Une ancienne adresse renvoie les lecteurs qui l’avaient gardée vers la page \
            d’aujourd’hui. Seul compte le chemin, sans le nom du site, qui peut changer. \
            Écrivez-le en minuscules, sans espace ni « .html ».",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"anciennes_adresses = ["https://exemple.fr/Ma radio.html"]"#,
        bon: r#"anciennes_adresses = ["retex/ma-radio"]"#,
    },
};

pub(super) const THEMATIQUE_INCONNUE: Explication = Explication {
    titre: "Cette thématique n’existe pas",
    texte: "Une fiche nomme sa thématique par le nom de son fichier, sans accent et avec des \
            tirets. Sans thématique connue, elle ne paraîtrait dans aucun des grands sujets du \
            site. Reprenez le nom proposé, ou l’un des fichiers du dossier « thematiques ».",
    exemple: Exemple::Texte {
        fichier: "retex/tablettes.md",
        mauvais: r#"thematique = "egal-access""#,
        bon: r#"thematique = "egal-acces""#,
    },
};

pub(super) const SENS_AMBIGU: Explication = Explication {
    titre: "Un sigle a deux sens que rien ne distingue",
    texte: "Deux entrées du glossaire portent le même sigle, et le site ne peut pas deviner \
            laquelle montrer au lecteur. Parfois c’est une entrée copiée dont le sigle n’a pas été \
            changé. Si le sigle a vraiment deux sens, dites où chacun s’applique avec la clé « ou \
            ».",
    exemple: Exemple::Texte {
        fichier: "glossaire.toml",
        mauvais: r#"id = "erun"
sigle = "ENT""#,
        bon: r#"id = "erun"
sigle = "ERUN""#,
    },
};
