//! Images: what is missing, what cannot be shown, what is not published of them.

use super::{Exemple, Explication};

pub(super) const IMAGE_SANS_ALTERNATIVE: Explication = Explication {
    titre: "Cette image n’a pas de texte de remplacement",
    texte: "Une personne aveugle, ou dont la connexion est trop lente, lit ce texte à la place de \
            l’image. La loi le demande à tout site public. Écrivez entre les crochets, en quelques \
            mots, ce que l’image apporte.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "![](radio/studio.png)",
        bon: "![Deux élèves au micro](radio/studio.png)",
    },
};

pub(super) const IMAGE_INTROUVABLE: Explication = Explication {
    titre: "Cette image n’est pas là",
    texte: "L’image n’a pas été ajoutée avec la fiche, ou son nom diffère d’une lettre. Une image prise sur un autre site n’est pas montrée non plus : elle \
            pourrait disparaître, et ce site saurait qui lit la page. Copiez l’image à côté du \
            texte, dans un dossier qui porte le nom de la fiche.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "![Deux élèves au micro](radio/studio.jpg)",
        bon: "![Deux élèves au micro](radio/studio.png)",
    },
};

pub(super) const IMAGE_TROP_LOURDE: Explication = Explication {
    titre: "Cette image est lourde pour ce qu’elle montre",
    texte: "Au-delà de 500 Ko, une image met longtemps à paraître sur un téléphone ou dans une \
            école au réseau lent. Une photo réduite à 1 600 pixels de large, enregistrée en « jpg \
            », suffit presque toujours. Réduisez-la avec votre logiciel d’images, puis remplacez \
            le fichier.",
    exemple: Exemple::Situation {
        mauvais: "« radio/studio.jpg » est la photo sortie de l’appareil : 4 000 pixels de large, \
                  3,8 Mo.",
        bon: "« radio/studio.jpg » est réduite à 1 600 pixels de large : 240 Ko.",
    },
};

pub(super) const IMAGE_ILLISIBLE: Explication = Explication {
    titre: "Ce fichier n’est pas l’image que son nom annonce",
    texte: "Les navigateurs montrent les images PNG, JPEG, GIF et WebP. Le fichier est d’un autre \
            format sous un de ces noms, comme la photo HEIC d’un iPhone renommée « .jpg », ou il \
            lui manque la fin, parce que la copie s’est arrêtée. Le lecteur verrait un carré vide. \
            Le message dit ce qu’est le fichier et ce qu’il faut en faire ; en général, ouvrez \
            l’original et exportez-le de nouveau.",
    exemple: Exemple::Situation {
        mauvais: "« radio/studio.jpg » est une photo HEIC dont on a changé le nom.",
        bon: "« radio/studio.jpg » est cette photo, ouverte puis exportée en JPEG.",
    },
};

pub(super) const IMAGE_TROP_GRANDE: Explication = Explication {
    titre: "Cette image a trop de pixels pour être montrée",
    texte: "Pour montrer une image, un navigateur garde en mémoire chacun de ses pixels, quel que \
            soit le poids du fichier. Au-delà de 40 millions, un téléphone n’y parvient pas et ferme \
            la page. Un écran n’en montre d’ailleurs que 1 600 en largeur : réduisez l’image, ou \
            découpez-en la partie utile.",
    exemple: Exemple::Situation {
        mauvais: "« radio/affiche.png » fait 20 000 pixels de large et autant de haut.",
        bon: "« radio/affiche.png » est réduite à 1 600 pixels de large.",
    },
};

pub(super) const IMAGES_TROP_NOMBREUSES: Explication = Explication {
    titre: "Les images de ce texte sont trop nombreuses ou trop lourdes",
    texte: "Une page qui montre plus de 30 images, ou plus de 10 Mo d’images, ne finit pas de venir \
            sur un téléphone ou dans une école au réseau lent. Gardez celles qui apportent quelque \
            chose, réduisez-les à 1 600 pixels de large, ou répartissez-les entre plusieurs textes.",
    exemple: Exemple::Situation {
        mauvais: "La fiche « voyage.md » montre les 48 photos d’un voyage.",
        bon: "La fiche montre les cinq photos dont parle son texte, et donne un lien vers l’album.",
    },
};

pub(super) const IMAGE_NETTOYEE: Explication = Explication {
    titre: "Le fichier de cette image dit plus que l’image",
    texte: "Un téléphone écrit dans chaque photo l’heure, l’appareil et souvent l’endroit où elle a \
            été prise : celui de l’école, ou d’un domicile. Le site publie l’image sans ces \
            renseignements, et sans les textes, les vignettes et les restes que son fichier cache. \
            Le dépôt où vous enregistrez le site garde pourtant le fichier tel quel, et qui lit le \
            dépôt peut les lire : retirez-les aussi du fichier, en l’exportant de nouveau. Sous \
            Windows : clic droit, Propriétés, Détails, « Supprimer les propriétés et les \
            informations personnelles ».",
    exemple: Exemple::Situation {
        mauvais: "« radio/studio.jpg » est la photo telle que le téléphone l’a enregistrée, avec le \
                  lieu et le jour.",
        bon: "« radio/studio.jpg » est la même photo, exportée sans métadonnées.",
    },
};
