//! Themes and finished pages: what is said to the author of a theme.

use super::{Exemple, Explication};

pub(super) const THEME_INCONNU: Explication = Explication {
    titre: "Ce thème n’existe pas, ou il est son propre parent",
    texte: "Un thème est un dossier de « themes », et il peut en compléter un autre, son parent. \
            Le nom donné n’est celui d’aucun dossier, ou bien les parents tournent en rond. \
            Corrigez le nom dans « site.toml », ou retirez « parent » de l’un des thèmes.",
    exemple: Exemple::Texte {
        fichier: "site.toml",
        mauvais: r#"theme = "default""#,
        bon: r#"theme = "defaut""#,
    },
};

pub(super) const CONTRAT_INCONNU: Explication = Explication {
    titre: "Ce thème a été écrit pour une autre version du programme",
    texte: "Le contrat est la liste de ce que les gabarits reçoivent. Un thème fait pour un autre \
            contrat donnerait des pages incomplètes, sans prévenir. Comparez ses gabarits à ceux \
            du thème « defaut », mettez-les à jour, puis écrivez le numéro de contrat demandé.",
    exemple: Exemple::Texte {
        fichier: "themes/nantes/theme.toml",
        mauvais: "contrat = 2",
        bon: "contrat = 1",
    },
};

pub(super) const GABARIT_EN_ERREUR: Explication = Explication {
    titre: "Ce gabarit ne peut pas être lu ou appliqué",
    texte: "Une accolade manque, un bloc n’est pas fermé, ou le gabarit complète un fichier absent \
            : aucune page ne peut en sortir. Le message montre l’endroit ; le détail, donné par le \
            moteur de gabarits, est en anglais. Corrigez la ligne, en comparant au besoin avec le \
            gabarit du même nom du thème « defaut ».",
    exemple: Exemple::Texte {
        fichier: "themes/local/templates/texte.html",
        mauvais: "<h1>{{ page.titre }</h1>",
        bon: "<h1>{{ page.titre }}</h1>",
    },
};

pub(super) const GABARIT_VARIABLE_INCONNUE: Explication = Explication {
    titre: "Ce gabarit demande une information que la page n’a pas",
    texte: "Chaque gabarit reçoit « page » et « vue », dont les champs dépendent du genre de page. \
            Celui-ci nomme un champ qui n’existe pas : la page paraîtrait avec un vide. Choisissez \
            l’un des champs que donne le message, ou retirez ces accolades.",
    exemple: Exemple::Texte {
        fichier: "themes/local/templates/texte.html",
        mauvais: "<p>{{ vue.auteur }}</p>
{{ vue.html | safe }}",
        bon: "{{ vue.html | safe }}",
    },
};

pub(super) const GABARIT_ORPHELIN: Explication = Explication {
    titre: "Ce gabarit ne remplace rien et rien ne l’emploie",
    texte: "Un gabarit de votre thème remplace celui du même nom dans le thème « defaut ». \
            Celui-ci ne porte le nom d’aucun autre et n’est appelé nulle part : vos changements ne \
            se verraient pas. Renommez-le, ou supprimez-le.",
    exemple: Exemple::Situation {
        mauvais: "Le gabarit est enregistré sous le nom « text.html ».",
        bon: "Le gabarit est enregistré sous le nom « texte.html », comme celui qu’il remplace.",
    },
};

pub(super) const PAGE_INFIDELE: Explication = Explication {
    titre: "Une page ne montre pas tout le texte de la synthèse",
    texte: "Quel que soit le thème, le texte, les liens et les titres de la synthèse paraissent en \
            entier : les pages terminées sont relues une à une. Ici, un gabarit en oublie une \
            partie, ou ne garde pas l’ancre où on la cherche. Partez du gabarit du thème « defaut \
            » et complétez-le, plutôt que de le réécrire.",
    exemple: Exemple::Texte {
        fichier: "themes/local/templates/fiche.html",
        mauvais: r#"{% extends "base.html" %}
{% block contenu %}
<h1 id="{{ vue.ancre_titre }}">{{ vue.titre | safe }}</h1>
{% endblock contenu %}"#,
        bon: r#"{% extends "defaut/fiche.html" %}
{% block contenu %}
{{ super() }}
{% endblock contenu %}"#,
    },
};

pub(super) const PAGE_LIEN_MORT: Explication = Explication {
    titre: "Un lien du thème ne mène nulle part",
    texte: "Les liens des pages terminées sont suivis un par un. Celui-ci, écrit dans un gabarit, \
            est faux sur toutes les pages qui s’en servent. Un lien est relatif à la page et finit \
            par un nom de fichier, pour que le site se lise aussi depuis une clé USB.",
    exemple: Exemple::Texte {
        fichier: "themes/local/templates/texte.html",
        mauvais: r#"<p><a href="../aide/index.html">Aide</a></p>"#,
        bon: r#"<p><a href="../glossaire/index.html">Aide</a></p>"#,
    },
};

pub(super) const PAGE_ANCRE_MORTE: Explication = Explication {
    titre: "Un lien du thème vise un endroit absent de la page",
    texte: "Le gabarit écrit un lien vers « # » suivi d’un nom, mais aucun élément de la page ne \
            porte ce nom. Qui navigue au clavier presserait Entrée sans que rien se passe. \
            Corrigez le lien, ou donnez cet « id » à l’élément visé.",
    exemple: Exemple::Texte {
        fichier: "themes/local/templates/texte.html",
        mauvais: r##"<p><a href="#sommaire">Aller au sommaire</a></p>"##,
        bon: r##"<p><a href="#page--contenu">Aller au contenu</a></p>"##,
    },
};

pub(super) const STYLE_EXTERIEUR: Explication = Explication {
    titre: "Une feuille de style demande un fichier à un autre site",
    texte: "Une police ou une image prise ailleurs dirait à cet autre site qui lit le vôtre, et \
            quand. La règle de sécurité conseillée la bloquerait de toute façon. Copiez ce fichier \
            dans le dossier « static » du thème, si sa licence le permet, et nommez-le par un \
            chemin relatif.",
    exemple: Exemple::Texte {
        fichier: "themes/local/static/charte.css",
        mauvais: r#"@font-face { font-family: "Nantes"; src: url(https://polices.exemple.fr/nantes.woff2) }"#,
        bon: r#"@font-face { font-family: "Nantes"; src: url(nantes.woff2) }"#,
    },
};

pub(super) const PAGE_CODE_INTERDIT: Explication = Explication {
    titre: "Une page contient du code, ou charge un fichier d’un autre site",
    texte: "Un style, un programme ou une image d’ailleurs dans la page casserait la règle de \
            sécurité la plus stricte, et la promesse faite aux lecteurs de ne pas les suivre. Les \
            hébergeurs prudents bloquent de telles pages. Placez styles et programmes dans le \
            dossier « static » du thème.",
    exemple: Exemple::Texte {
        fichier: "themes/local/templates/texte.html",
        mauvais: r#"{% block contenu %}<p style="color: red">{{ vue.html | safe }}</p>{% endblock contenu %}"#,
        bon: r#"{% block contenu %}<div class="alerte">{{ vue.html | safe }}</div>{% endblock contenu %}"#,
    },
};

pub(super) const PAGE_ID_EN_DOUBLE: Explication = Explication {
    titre: "Un identifiant sert deux fois dans la même page",
    texte: "Un lien n’arriverait qu’au premier des deux, et un lecteur d’écran s’y perdrait. Un \
            gabarit l’écrit deux fois, ou un titre du texte porte le nom d’un bloc de la page. \
            Donnez un autre nom à celui que vous avez ajouté.",
    exemple: Exemple::Texte {
        fichier: "themes/local/templates/texte.html",
        mauvais: r#"<h1 id="titre">{{ page.titre }}</h1>
<div id="titre">{{ vue.html | safe }}</div>"#,
        bon: r#"<h1 id="titre">{{ page.titre }}</h1>
<div id="texte">{{ vue.html | safe }}</div>"#,
    },
};
