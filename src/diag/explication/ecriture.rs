//! What was meant in a text and did not come, and words that a reader lacks.

use super::{Exemple, Explication};

pub(super) const PUBLIE_TEL_QUEL: Explication = Explication {
    titre: "Des signes seront publiés tels quels",
    texte: "Étoiles, dièses, barres ou puces devaient donner du gras, un titre, un tableau ou une \
            liste. Il leur manque une espace, une ligne, ou ce sont les signes d’un autre outil : \
            le lecteur les verrait dans le texte, et un lecteur d’écran les lirait un à un. \
            Écrivez ce qui est proposé ; pour publier un signe, mettez « \\ » devant lui.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "** Le matériel **",
        bon: "**Le matériel**",
    },
};

pub(super) const FORME_INATTENDUE: Explication = Explication {
    titre: "Ce texte prend une forme que rien n’annonce",
    texte: "Une ligne de tirets sous une phrase en fait un titre, quatre espaces devant un \
            paragraphe en font du code, deux étoiles entre des nombres disparaissent et donnent de \
            l’italique. Rien ne le montre dans le fichier, mais la page surprendrait. Suivez le \
            conseil, le plus souvent une ligne vide ou quelques espaces.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Une séance dure 3*4*5 minutes.",
        bon: "Une séance dure 3 × 4 × 5 minutes.",
    },
};

pub(super) const LIEN_SANS_TEXTE: Explication = Explication {
    titre: "Ce lien n’a pas de mots",
    texte: "Rien ne se voit entre les crochets : un lecteur passe à côté du lien, et un lecteur \
            d’écran annonce un lien sans pouvoir dire lequel. Écrivez-y le titre de la page à \
            laquelle il mène.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "L’émission : [](https://radio.exemple.fr/mars).",
        bon: "L’émission : [le journal de mars](https://radio.exemple.fr/mars).",
    },
};

pub(super) const LIEN_VAGUE: Explication = Explication {
    titre: "Les mots de ce lien ne disent pas où il mène",
    texte: "Avec un lecteur d’écran, on parcourt une page de lien en lien, sans le texte qui les \
            entoure : « ici, ici, en savoir plus » n’y veut rien dire. L’œil aussi va d’un lien à \
            l’autre. Mettez entre les crochets les mots qui nomment la page.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Pour écouter l’émission de mars, cliquez [ici](https://radio.exemple.fr/mars).",
        bon: "Écoutez [l’émission de mars](https://radio.exemple.fr/mars).",
    },
};

pub(super) const TITRE_VIDE: Explication = Explication {
    titre: "Ce titre n’a pas de mots",
    texte: "Une ligne de dièses sans texte donne un titre vide : rien ne se voit, mais un lecteur \
            d’écran l’annonce et le sommaire en garde la place. Écrivez le titre, ou supprimez la \
            ligne.",
    exemple: Exemple::Texte { fichier: "retex/radio.md", mauvais: "##", bon: "## Le matériel" },
};

pub(super) const COLONNE_SANS_TITRE: Explication = Explication {
    titre: "Une colonne de ce tableau n’a pas de titre",
    texte: "Un lecteur d’écran lit chaque cellule avec le titre de sa colonne, et sur un téléphone \
            ce titre se lit à côté de chaque valeur. Sans lui, on ne sait plus de quoi il s’agit. \
            Donnez un titre à chaque colonne ; le coin, au-dessus des titres de lignes, peut \
            rester vide.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "|   |   |",
        bon: "| Matériel | Nombre |",
    },
};

pub(super) const ALTERNATIVE_VAGUE: Explication = Explication {
    titre: "Ce texte de remplacement ne dit rien de l’image",
    texte: "Qui ne voit pas l’image entend ce texte à sa place : « IMG 1234 » ou « photo » le \
            laisse sans rien. Dites en quelques mots ce que l’image apporte, comme au téléphone.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "![IMG_1234.jpg](radio/studio.png)",
        bon: "![Deux élèves au micro](radio/studio.png)",
    },
};
