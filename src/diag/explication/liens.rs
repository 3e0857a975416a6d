//! Rapprochements, links and what else Markdown can get wrong.

use super::{Exemple, Explication};

pub(super) const BLOC_INCONNU: Explication = Explication {
    titre: "Ce rapprochement ne mène nulle part",
    texte: "Un rapprochement relie une fiche ou un bloc à un autre bloc, nommé par sa thématique \
            et son identifiant. Ici, aucun bloc ne porte ce nom : le lecteur arriverait dans le \
            vide. Reprenez l’identifiant proposé, ou copiez-le dans le fichier du tableau.",
    exemple: Exemple::Texte {
        fichier: "retex/tablettes.md",
        mauvais: r#"vers = "egal-acces/mention-tablette""#,
        bon: r#"vers = "egal-acces/mention-tablettes""#,
    },
};

pub(super) const PREUVE_FAUSSE: Explication = Explication {
    titre: "La preuve annoncée ne tient pas",
    texte: "Tout rapprochement dit sur quoi il repose, et cette preuve est vérifiée : le lecteur \
            peut s’y fier. Ici, les textes ne sont pas identiques, ou le nom annoncé n’est pas \
            dans les deux. Vérifiez que « vers » désigne le bon bloc, ou choisissez une preuve \
            plus modeste, comme « position » ou « editeur ».",
    exemple: Exemple::Texte {
        fichier: "tableaux/egal-acces.toml",
        mauvais: r#"rapprochements = [{ vers = "mention-sans-fiche", preuve = "texte-identique" }]"#,
        bon: r#"rapprochements = [{ vers = "point-fort-pret", preuve = "position", raison = "Même rang." }]"#,
    },
};

pub(super) const PREUVE_INCOMPLETE: Explication = Explication {
    titre: "Il manque à cette preuve ce qui la rend vérifiable",
    texte: "Certaines preuves demandent une précision : « nom » le nom commun aux deux textes, « \
            editeur » et « position » une raison. Elle est publiée à côté du rapprochement, pour \
            que chacun puisse en juger. Ajoutez-la en une phrase.",
    exemple: Exemple::Texte {
        fichier: "retex/tablettes.md",
        mauvais: r#"preuve = "editeur""#,
        bon: r#"preuve = "editeur"
raison = "La fiche et le tableau parlent du même prêt de tablettes.""#,
    },
};

pub(super) const RAPPROCHEMENT_CIRCULAIRE: Explication = Explication {
    titre: "Des rapprochements tournent en rond",
    texte: "Un bloc est relié à lui-même, ou une suite de rapprochements revient à son point de \
            départ. De l’irritant à l’action, la chaîne avance dans un seul sens : une boucle \
            ferait tourner le lecteur sans fin. Supprimez le rapprochement de trop, en général \
            celui qui revient en arrière.",
    exemple: Exemple::Texte {
        fichier: "tableaux/travailler-ensemble.toml",
        mauvais: r#"[[projections.besoin]]
id = "besoin-temps-commun"
textes = ["Un temps commun pour préparer"]
rapprochements = [{ vers = "besoin-temps-commun", preuve = "editeur", raison = "Même idée." }]"#,
        bon: r#"[[projections.besoin]]
id = "besoin-temps-commun"
textes = ["Un temps commun pour préparer"]"#,
    },
};

pub(super) const RAPPROCHEMENT_EN_DOUBLE: Explication = Explication {
    titre: "Le même rapprochement est écrit deux fois",
    texte: "Deux rapprochements ont les mêmes extrémités : le lecteur verrait deux fois le même \
            lien et croirait à deux relations. Gardez celui dont la preuve est la plus forte. Si \
            les deux raisons sont utiles, réunissez-les en une seule.",
    exemple: Exemple::Texte {
        fichier: "retex/ime-clemence-royer.md",
        mauvais: r#"[[rapprochements]]
vers = "egal-acces/diagnostic-mention-ime"
preuve = "nom"
nom = "Clémence Royer"

[[rapprochements]]
vers = "egal-acces/diagnostic-mention-ime"
preuve = "editeur"
raison = "Le tableau cite cette fiche.""#,
        bon: r#"[[rapprochements]]
vers = "egal-acces/diagnostic-mention-ime"
preuve = "nom"
nom = "Clémence Royer""#,
    },
};

pub(super) const NATURES_INCOMPATIBLES: Explication = Explication {
    titre: "Ces deux sortes de textes ne se relient pas",
    texte: "Une chaîne va de l’irritant au besoin, du besoin à l’axe, de l’axe à l’action, puis à \
            qui la mène, quand, et à quoi l’on verra qu’elle réussit. Ce rapprochement unit deux \
            textes que rien ne relie dans cette chaîne, comme une échéance et un point fort : le \
            lecteur n’y verrait aucun sens. Vérifiez « vers », où l’identifiant voisin était \
            peut-être voulu, ou supprimez le rapprochement.",
    exemple: Exemple::Texte {
        fichier: "tableaux/responsable-souverain.toml",
        mauvais: r#"[[plan.temporalite]]
id = "temporalite-rentree"
textes = ["Dès la rentrée"]
rapprochements = [{ vers = "point-fort-logiciels-libres", preuve = "position", raison = "Même rang." }]"#,
        bon: r#"[[plan.temporalite]]
id = "temporalite-rentree"
textes = ["Dès la rentrée"]"#,
    },
};

pub(super) const URL_INVALIDE: Explication = Explication {
    titre: "Cette adresse ne peut pas être suivie",
    texte: "Une adresse complète commence par « https:// », nomme un site et ne contient pas \
            d’espace. Les autres ne mènent nulle part, ou pourraient agir sur l’ordinateur du \
            lecteur. Si l’adresse a été reçue avec une espace, réparez-la dans « url » et gardez \
            celle qui a été reçue dans « url_source ».",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"url = "https://exemple.fr/radio du matin""#,
        bon: r#"url = "https://exemple.fr/radio%20du%20matin"
url_source = "https://exemple.fr/radio du matin""#,
    },
};

pub(super) const URL_AVEC_IDENTIFIANTS: Explication = Explication {
    titre: "Cette adresse contient un nom d’utilisateur ou un mot de passe",
    texte: "Publiée, l’adresse donnerait à tout le monde l’accès à un compte, et le mot de passe \
            resterait dans l’historique des fichiers. Retirez tout ce qui précède le signe « @ ». \
            Par prudence, changez aussi ce mot de passe : il a peut-être déjà été vu.",
    exemple: Exemple::Texte {
        fichier: "retex/cahier-de-textes.md",
        mauvais: r#"url = "https://prof.martin:azerty44@cahier.exemple.fr/5e-b""#,
        bon: r#"url = "https://cahier.exemple.fr/5e-b""#,
    },
};

pub(super) const URL_TROMPEUSE: Explication = Explication {
    titre: "Cette adresse n’est pas celle qu’elle paraît",
    texte: "Le lecteur croit ouvrir un site et en ouvre un autre : les mots du lien montrent une \
            adresse et le lien en suit une autre, ou une lettre du nom vient d’un alphabet dont \
            les lettres ressemblent aux nôtres. Les messages d’hameçonnage font ainsi. Donnez au \
            lien l’adresse qu’il montre, ou dites en mots où il mène.",
    exemple: Exemple::Texte {
        fichier: "retex/lien.md",
        mauvais: "Lire [https://education.gouv.fr](https://exemple.fr/programme).",
        bon: "Lire [le programme commenté](https://exemple.fr/programme).",
    },
};

pub(super) const URL_SECRETE: Explication = Explication {
    titre: "Cette adresse donne plus qu’une page à lire",
    texte: "Elle contient un mot de passe, une clé ou un jeton, ou elle ouvre un document à qui \
            veut le modifier : publiée, elle donne ce droit à tout le monde. Donnez l’adresse \
            publique de la page, ou son lien de lecture. Changez ensuite ce secret, car il reste \
            dans l’historique des fichiers.",
    exemple: Exemple::Texte {
        fichier: "retex/secret.md",
        mauvais: r#"url = "https://mur.exemple.fr/sixieme?token=a1b2c3""#,
        bon: r#"url = "https://mur.exemple.fr/sixieme""#,
    },
};

pub(super) const URL_PRIVEE: Explication = Explication {
    titre: "Cette adresse ne s’ouvre que chez vous",
    texte: "« localhost », « 192.168.1.20 » ou « serveur.lan » désignent votre ordinateur, ou une \
            machine du réseau de votre établissement : ailleurs, le lien ne mène à rien. Donnez \
            une adresse qui s’ouvre aussi de chez un lecteur, ou retirez le lien.",
    exemple: Exemple::Texte {
        fichier: "retex/reseau.md",
        mauvais: r#"url = "http://192.168.1.20/webradio""#,
        bon: r#"url = "https://webradio.exemple.fr/""#,
    },
};

pub(super) const URL_NON_SECURISEE: Explication = Explication {
    titre: "Cette adresse commence par « http: »",
    texte: "Avec « http: », la page voyage sans protection : n’importe qui sur le réseau peut la \
            lire ou la modifier, et bien des établissements la bloquent. Presque tous les sites \
            répondent aussi en « https: ». Essayez l’adresse avec un « s » et, si elle s’ouvre, \
            écrivez-la ainsi.",
    exemple: Exemple::Texte {
        fichier: "retex/herbier-numerique.md",
        mauvais: r#"url = "http://herbier.exemple.fr/sixieme""#,
        bon: r#"url = "https://herbier.exemple.fr/sixieme""#,
    },
};

pub(super) const URL_DE_PISTAGE: Explication = Explication {
    titre: "Cette adresse suit ses lecteurs à la trace",
    texte: "Des mots comme « utm_source », « fbclid » ou « gclid » ont été ajoutés par une lettre \
            d’information ou un réseau social, pour savoir d’où vient chaque visiteur. Le site \
            promet à ses lecteurs de ne pas les suivre. Supprimez ces mots : l’adresse mène à la \
            même page sans eux.",
    exemple: Exemple::Texte {
        fichier: "retex/classe-inversee.md",
        mauvais: r#"url = "https://exemple.fr/classe-inversee?utm_source=lettre&utm_medium=courriel""#,
        bon: r#"url = "https://exemple.fr/classe-inversee""#,
    },
};

pub(super) const LIEN_EN_DOUBLE: Explication = Explication {
    titre: "La même ressource est donnée deux fois dans cette fiche",
    texte: "Deux liens de la fiche ont la même adresse : le lecteur ouvrirait deux fois la même \
            page. Souvent, l’un des deux a été copié et son adresse n’a pas été changée. Corrigez \
            l’adresse, ou gardez le lien dont le titre est le plus clair.",
    exemple: Exemple::Texte {
        fichier: "retex/escape-game.md",
        mauvais: r#"[[liens]]
url = "https://jeux.exemple.fr/le-tresor"
type = "jeu"

[[liens]]
url = "https://jeux.exemple.fr/le-tresor"
type = "site""#,
        bon: r#"[[liens]]
url = "https://jeux.exemple.fr/le-tresor"
type = "jeu""#,
    },
};

pub(super) const LIEN_PARTAGE: Explication = Explication {
    titre: "Deux fiches renvoient à la même ressource",
    texte: "Ce n’est pas une faute : deux équipes ont pu s’appuyer sur le même article ou le même \
            outil. C’est bon à savoir, car leurs fiches ont sans doute quelque chose à se dire. \
            Vous pouvez les relier par un lien dans leur texte.",
    exemple: Exemple::Texte {
        fichier: "retex/defi-lecture.md",
        mauvais: "Chaque classe publie ses critiques sur le mur commun.",
        bon: "Chaque classe publie ses critiques sur le mur commun, comme dans [les Monadéfis](monadefis.md).",
    },
};

pub(super) const LIEN_MAL_ECRIT: Explication = Explication {
    titre: "Ce lien restera un simple texte",
    texte: "Un lien s’écrit [texte](adresse) : le texte entre crochets, puis, sans rien qui les sépare, \
            l’adresse entre parenthèses et sans espace. Écrit autrement, ses signes paraissent tels \
            quels et rien n’est cliquable. Renommez le fichier sans espace, ou écrivez « %20 » à la \
            place de chaque espace si l’adresse est celle d’un autre site.",
    exemple: Exemple::Texte {
        fichier: "retex/jardin-connecte.md",
        mauvais: "Voir [le relevé des températures](mon releve.md).",
        bon: "Voir [le relevé des températures](mon-releve.md).",
    },
};

pub(super) const LIEN_INTERNE_MORT: Explication = Explication {
    titre: "Ce lien ne mène à aucune page",
    texte: "Un lien vers une autre page du site est le chemin de son fichier, à partir de celui où \
            il est écrit. Ici, aucun fichier ne porte ce nom, ou ce fichier n’est pas une page, \
            comme une image ou les réglages du site : le lecteur tomberait sur une page absente. \
            Corrigez le nom ; le message propose le plus proche, ou dit quoi viser.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Voir [les tablettes](tablette.md).",
        bon: "Voir [les tablettes](tablettes.md).",
    },
};

pub(super) const ANCRE_MORTE: Explication = Explication {
    titre: "Ce lien vise un endroit qui n’existe pas dans la page",
    texte: "Ce qui suit le signe « # » nomme un titre de la page visée, en minuscules et avec des \
            tirets, ou un bloc d’un tableau. Si le nom est faux, le lecteur arrive en haut de la \
            page et cherche en vain. Reprenez le nom proposé.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Voir [le temps](../tableaux/egal-acces.toml#irritant-tems).",
        bon: "Voir [le temps](../tableaux/egal-acces.toml#irritant-temps).",
    },
};

pub(super) const TITRE_SAUTE: Explication = Explication {
    titre: "Un niveau de titre est sauté",
    texte: "Les titres s’emboîtent comme un sommaire : après « # » vient « ## », puis « ### ». Qui \
            écoute la page avec un lecteur d’écran se repère à ces niveaux et croirait avoir \
            manqué une partie. Ajoutez ou retirez des signes « # » pour ne descendre que d’un \
            niveau à la fois.",
    exemple: Exemple::Texte {
        fichier: "retex/atelier-parents.md",
        mauvais: "## L'accueil des familles

#### Le matériel prêté",
        bon: "## L'accueil des familles

### Le matériel prêté",
    },
};

pub(super) const HTML_REFUSE: Explication = Explication {
    titre: "Cette balise n’est pas permise dans un texte",
    texte: "Le texte s’écrit en Markdown, avec des signes simples que le site met en page pour \
            tous les écrans et pour les lecteurs d’écran. Une balise venue d’ailleurs pourrait \
            casser la page ou y cacher un programme. Écrivez « ** » autour d’un mot pour le mettre \
            en gras, et retirez les autres balises.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"Une <font color="red">radio</font> et une <b>classe</b>.

<div class="encadre">
Un encadré.
</div>"#,
        bon: "Une radio et une **classe**.

Un encadré.",
    },
};

pub(super) const NOTE_INDEFINIE: Explication = Explication {
    titre: "Une note est appelée, mais n’est écrite nulle part",
    texte: "L’appel « [^1] » renvoie à une note au bas du texte. Comme elle n’existe pas, il \
            paraîtrait tel quel et le lecteur chercherait ce qu’il annonce. Écrivez la note à la \
            fin du texte, ou retirez l’appel.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Une contribution, ajoutée après l'atelier, avec un appel de note qui ne mène à rien[^1].",
        bon: "Une contribution, ajoutée après l'atelier, sans appel de note.",
    },
};

pub(super) const NOTE_INUTILISEE: Explication = Explication {
    titre: "Une note n’est appelée nulle part",
    texte: "La note est écrite au bas du texte, mais aucun appel n’y renvoie : elle paraîtrait \
            seule, et le lecteur ne saurait pas à quoi elle se rapporte. Le numéro de l’appel a \
            peut-être changé, ou la phrase a été supprimée. Ajoutez l’appel à l’endroit voulu, ou \
            supprimez la note.",
    exemple: Exemple::Texte {
        fichier: "retex/correspondance-etwinning.md",
        mauvais: "Les élèves écrivent à leurs correspondants italiens.

[^2]: Une lettre par mois, en français et en italien.",
        bon: "Les élèves écrivent à leurs correspondants italiens[^2].

[^2]: Une lettre par mois, en français et en italien.",
    },
};

pub(super) const NOTE_EN_DOUBLE: Explication = Explication {
    titre: "Deux notes portent le même numéro",
    texte: "Un appel de note mène à une seule note : de deux qui portent le même nom, l’une ne \
            serait jamais lue. Donnez un autre numéro à la seconde, et changez aussi l’appel qui \
            lui correspond dans le texte.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: "Une émission par semaine[^1], un invité par mois.

[^1]: Le vendredi.

[^1]: Un parent d’élève.",
        bon: "Une émission par semaine[^1], un invité par mois[^2].

[^1]: Le vendredi.

[^2]: Un parent d’élève.",
    },
};

pub(super) const LANGAGE_INCONNU: Explication = Explication {
    titre: "Ce bloc de code paraîtra sans couleurs",
    texte: "Après les trois accents graves, un mot dit dans quel langage le code est écrit, pour \
            le colorer. Celui-ci n’est pas connu : ce n’est pas grave, le code paraît en noir. Si \
            c’est une faute de frappe, corrigez-la.",
    exemple: Exemple::Texte { fichier: "retex/radio.md", mauvais: "```pyton", bon: "```python" },
};

pub(super) const COMMENTAIRE_RETIRE: Explication = Explication {
    titre: "Ce commentaire n’est pas publié",
    texte: "Un commentaire HTML est un mot laissé à qui relit le fichier. Le site ne le publie \
            pas : il serait dans le code de la page, où chacun peut le lire. Si ce \
            texte est pour les lecteurs, retirez les signes qui l’entourent.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"<!-- Pensez à demander l'accord des familles. -->"#,
        bon: r#"Pensez à demander l'accord des familles."#,
    },
};

pub(super) const TEXTE_NON_PUBLIE: Explication = Explication {
    titre: "Des mots du texte ne paraîtraient pas",
    texte: "Chaque mot d’un texte doit être sur sa page. Ceux-ci n’y seraient pas : Markdown les \
            prend pour de la mise en forme. C’est le cas d’une case de tableau au-delà de la \
            dernière colonne, d’une ligne « [Durée]: 2 h », qui donne à Markdown l’adresse d’un \
            lien, ou du titre caché d’un lien. Écrivez ces mots là où un lecteur les verra.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"[Durée]: 2h"#,
        bon: r#"Durée : 2 h"#,
    },
};

pub(super) const NOTE_VIDE: Explication = Explication {
    titre: "Cette note ne dit rien",
    texte: "Le lecteur qui suit l’appel d’une note arriverait devant une ligne vide. Le texte \
            d’une note suit ses deux-points, sur la même ligne ; ses autres paragraphes sont \
            décalés de quatre espaces.",
    exemple: Exemple::Texte {
        fichier: "retex/radio.md",
        mauvais: r#"[^1]:"#,
        bon: r#"[^1]: Le studio est prêté par la commune."#,
    },
};
