//! Files as the disk gives them: what is missing, what cannot be read, what is misnamed.

use super::{Exemple, Explication};

pub(super) const CONTENU_ABSENT: Explication = Explication {
    titre: "Il n’y a pas de dossier « content » à cet endroit",
    texte: "Le programme cherche les textes du site dans un dossier « content », et il ne le \
            trouve pas là où la commande a été lancée. Le plus souvent, il suffit de changer de \
            dossier. Placez-vous dans celui qui contient « content », puis recommencez.",
    exemple: Exemple::Situation {
        mauvais: "La commande est lancée depuis « Documents », alors que le site est dans « \
                  Documents/retex ».",
        bon: "La commande est lancée depuis « Documents/retex », qui contient « content ».",
    },
};

pub(super) const FICHIER_NON_UTF8: Explication = Explication {
    titre: "Les accents de ce fichier ne peuvent pas être lus",
    texte: "Le fichier a été enregistré dans un ancien codage des caractères : publié ainsi, il \
            montrerait « Ã© » à la place de « é ». Rien n’en est lu, et rien n’est compté comme \
            perdu en attendant. Ouvrez-le dans votre éditeur de texte et enregistrez-le de nouveau \
            en choisissant l’encodage « UTF-8 ».",
    exemple: Exemple::Situation {
        mauvais: "La fiche « tablettes.md » est enregistrée en « Windows-1252 » ou en « ISO-8859-1 \
                  ».",
        bon: "La même fiche est enregistrée en « UTF-8 ».",
    },
};

pub(super) const SIGNE_INVISIBLE: Explication = Explication {
    titre: "Un signe que l’on ne voit pas s’est glissé dans ce texte",
    texte: "Un texte copié d’un PDF, d’une page ou d’un courriel apporte des signes sans dessin : \
            traits d’union conditionnels, espaces sans chasse, marques de sens d’écriture, restes \
            d’une conversion. Ils coupent un mot pour la recherche, mettent des lettres dans un autre \
            ordre, ou rendent un fichier illisible pour un programme. « retex check --corriger » les \
            retire ; à la main, effacez le mot et tapez-le de nouveau.",
    exemple: Exemple::Situation {
        mauvais: "Dans « radio.md », un trait d’union conditionnel (U+00AD), venu d’un PDF, se cache \
                  entre « ra » et « dio ».",
        bon: "Le mot « radio » est tapé de nouveau, et la recherche le trouve.",
    },
};

pub(super) const SIGNE_ILLISIBLE: Explication = Explication {
    titre: "Un signe de ce texte ne se lira pas",
    texte: "Une conversion a perdu une lettre et a mis « � » à sa place, ou bien le signe n’a de dessin \
            que dans une police, comme les puces et les icônes d’un traitement de texte : chez le \
            lecteur, ce sera un carré vide. Nul ne peut deviner ce qui était écrit. Retrouvez-le dans \
            le document d’où vient le texte, et tapez-le ; à la place d’une puce, écrivez un tiret.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Les \u{fffd}l\u{fffd}ves parlent chaque semaine.",
        bon: "Les élèves parlent chaque semaine.",
    },
};

pub(super) const FICHIER_TROP_LOURD: Explication = Explication {
    titre: "Ce fichier est beaucoup trop gros",
    texte: "Une fiche tient en quelques lignes : un texte de plusieurs mégaoctets est presque \
            toujours un document collé par erreur. Il n’est pas lu, pour que le site reste léger à \
            consulter. Gardez l’essentiel dans la fiche et donnez un lien vers le document \
            complet.",
    exemple: Exemple::Situation {
        mauvais: "« compte-rendu.md » contient le compte rendu entier d’un séminaire, images \
                  comprises.",
        bon: "« compte-rendu.md » résume le séminaire en trois lignes et donne le lien vers le \
              document.",
    },
};

pub(super) const LIEN_SYMBOLIQUE: Explication = Explication {
    titre: "Ce fichier est un raccourci vers un autre",
    texte: "Un raccourci (un lien symbolique) mène à un fichier qui se trouve ailleurs : sur un \
            autre ordinateur, ce fichier n’existe pas, et il n’était peut-être pas fait pour être \
            publié. Le raccourci n’est donc pas suivi. Copiez le fichier lui-même à cet endroit.",
    exemple: Exemple::Situation {
        mauvais: "« retex/radio.md » est un raccourci vers « Bureau/radio.md ».",
        bon: "« retex/radio.md » est le fichier lui-même, copié depuis le bureau.",
    },
};

pub(super) const NOM_DE_FICHIER: Explication = Explication {
    titre: "Ce nom de fichier ne peut pas devenir une adresse",
    texte: "Le nom du fichier devient l’adresse de la page, que les lecteurs copient et \
            s’envoient. Il s’écrit en minuscules sans accent, avec des chiffres et des tirets, \
            sans espace. Celui d’une image peut avoir des espaces et des accents, mais pas de signe \
            comme « # » ou « % ». Renommez le fichier ; le message propose un nom qui convient.",
    exemple: Exemple::Situation {
        mauvais: "La fiche est enregistrée sous le nom « Webradio_CM2.md ».",
        bon: "La fiche est enregistrée sous le nom « webradio-cm2.md ».",
    },
};

pub(super) const FICHIER_IGNORE: Explication = Explication {
    titre: "Ce fichier ne sera pas publié",
    texte: "Le fichier est bien dans « content », mais rien ne l’attend à cet endroit, ou aucun \
            texte ne montre cette image. Il resterait invisible, sans que personne s’en aperçoive. \
            Déplacez-le dans le bon dossier, montrez l’image dans un texte, ou supprimez le \
            fichier.",
    exemple: Exemple::Situation {
        mauvais: "Une fiche est rangée dans « content/retex/radio.md ».",
        bon: "La fiche est rangée avec son atelier : « \
              content/syntheses/loire-atlantique-2020/retex/radio.md ».",
    },
};

pub(super) const LIMITE_DEPASSEE: Explication = Explication {
    titre: "C’est plus que ce que le site accepte",
    texte: "Une liste, un titre ou un texte dépasse de loin ce qu’un lecteur parcourt : c’est en \
            général un collage de trop. Gardez l’essentiel, publiez le reste ailleurs et \
            donnez-en l’adresse. Les limites protègent aussi le site : un seul fichier ne peut ni \
            bloquer la vérification, ni remplir le serveur.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"mots_cles = ["oral", "écrit", "radio", "son", "micro", "ondes", "…"]"#,
        bon: r#"mots_cles = ["oral", "radio"]"#,
    },
};

pub(super) const FICHIER_MANQUANT: Explication = Explication {
    titre: "Il manque un fichier indispensable",
    texte: "Certains fichiers décrivent tout un dossier : « site.toml » le site, « synthese.toml » \
            un atelier, « theme.toml » un thème. Sans eux, le programme ne sait ni nommer les \
            pages ni les relier entre elles. Créez le fichier nommé par le message ; deux ou trois \
            lignes suffisent.",
    exemple: Exemple::Situation {
        mauvais: "Le dossier « content/syntheses/nantes-2024 » contient des fiches, mais pas de « \
                  synthese.toml ».",
        bon: "Le dossier contient aussi « synthese.toml », avec le titre, le territoire et l’année \
              de l’atelier.",
    },
};

pub(super) const URL_DU_SITE_ABSENTE: Explication = Explication {
    titre: "L’adresse publique du site n’est pas encore connue",
    texte: "Le site se publie et se lit sans elle. Il lui manque seulement ce qui a besoin d’une \
            adresse complète : le plan destiné aux moteurs de recherche, le flux des nouveautés et \
            l’adresse de référence de chaque page. Quand l’adresse sera connue, ajoutez-la dans « \
            site.toml ».",
    exemple: Exemple::Texte {
        fichier: "site.toml",
        mauvais: r#"description = "Un petit site complet, pour les essais.""#,
        bon: r#"description = "Un petit site complet, pour les essais."
url = "https://exemple.fr/a/b/""#,
    },
};

pub(super) const CONFORMITE_SANS_AUDIT: Explication = Explication {
    titre: "La conformité déclarée n’est pas celle d’un audit",
    texte: "« Partiellement conforme » et « totalement conforme » sont le résultat d’un audit : au \
            moins 50 % des critères du RGAA respectés, ou tous. Sans audit valable, la loi n’a qu’une \
            mention, « non conforme », et toutes les pages la portent. Donnez l’auteur, le jour et \
            le taux de l’audit, ou revenez à « non-conforme ».",
    exemple: Exemple::Texte {
        fichier: "site.toml",
        mauvais: r#"[accessibilite]
etat = "partiellement-conforme""#,
        bon: r#"[accessibilite]
etat = "partiellement-conforme"
organisme_audit = "Nom de l'organisme"
date_audit = 2021-03-04
taux = 62"#,
    },
};

pub(super) const MENTION_A_COMPLETER: Explication = Explication {
    titre: "Une page obligatoire reste à compléter",
    texte: "La loi demande à un site public de dire qui l’édite, qui l’héberge, ce qu’il fait des \
            données personnelles et où en est son accessibilité. Une page dit encore « à compléter » \
            à la place d’un de ces renseignements, et le lecteur le voit. Vous seul les avez : nul ne \
            les invente à votre place. Remplissez dans « site.toml » les clés que nomme le message \
            ou, si ces mots sont dans le texte d’une page, remplacez-les.",
    exemple: Exemple::Situation {
        mauvais: "Le groupe [mentions] de « site.toml » n’a pas de clé « hebergeur ».",
        bon: "Il dit le nom, l’adresse et le téléphone de l’hébergeur, et les mentions légales aussi.",
    },
};
