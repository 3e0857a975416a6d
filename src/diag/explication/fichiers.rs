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
            sans espace. Renommez le fichier ; le message propose un nom qui convient.",
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

pub(super) const PAGE_OBLIGATOIRE_ABSENTE: Explication = Explication {
    titre: "Il manque une page qu’un site public doit avoir",
    texte: "La loi demande à un site public de dire qui l’édite, comment le joindre, ce qu’il fait \
            des données personnelles et où en est son accessibilité. Les lecteurs cherchent ces \
            pages au bas du site. Créez le fichier nommé par le message, avec un titre et un court \
            texte.",
    exemple: Exemple::Situation {
        mauvais: "Le dossier « content/pages » ne contient pas « contact.md ».",
        bon: "Le dossier contient « contact.md », qui donne une adresse où écrire à l’équipe.",
    },
};

pub(super) const MENTION_A_COMPLETER: Explication = Explication {
    titre: "Une page obligatoire reste à compléter",
    texte: "Le site a une adresse publique, et une page que la loi demande dit encore « à \
            compléter ». Le lecteur le verrait. Seul l’éditeur du site peut donner ces \
            renseignements : nul ne les invente à sa place. Remplacez chaque « à compléter » par \
            ce qui est vrai ; si une rubrique n’a pas d’objet, dites-le.",
    exemple: Exemple::Situation {
        mauvais: "« content/pages/mentions-legales.md » dit « Hébergeur : à compléter ».",
        bon: "La page donne le nom, l’adresse et le téléphone de l’hébergeur.",
    },
};
