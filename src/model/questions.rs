//! The questions that a form asks of somebody who proposes a fiche: those of the forges and the one of the site.

/// Form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerForm {
    /// One line.
    Ligne,
    /// A day.
    Jour,
    /// Paragraphs.
    Texte,
    /// One item a line.
    Liste,
    /// One of the site's thématiques.
    Thematique,
    /// Boxes to tick, one per level.
    Niveaux,
    /// Promises to tick; nothing of the answer is kept.
    Engagements,
}

/// A question.
#[derive(Debug)]
pub struct Question {
    /// Key of a fiche that holds the answer; two are none: `texte`, `engagements`.
    pub cle: &'static str,
    /// Words that name it.
    pub label: &'static str,
    /// Sentence that says how to answer.
    pub aide: &'static str,
    /// Form of the answer.
    pub forme: AnswerForm,
    /// True when nothing is accepted without an answer.
    pub obligatoire: bool,
    /// Sentence said of an answer that lacks; empty where none is compulsory.
    pub manque: &'static str,
    /// Longest answer, or longest line of a list, in characters.
    pub max: usize,
}

/// Every question, in the order in which it is asked.
pub const QUESTIONS: [Question; 12] = [
    Question {
        cle: "titre",
        label: "Titre de la fiche",
        aide: "Quelques mots, par exemple : Webradio en maternelle.",
        forme: AnswerForm::Ligne,
        obligatoire: true,
        manque: "le titre manque, ou n’a ni lettre latine ni chiffre",
        max: 300,
    },
    Question {
        cle: "thematique",
        label: "Thématique",
        aide: "Une seule : celle dont l’expérience parle le plus.",
        forme: AnswerForm::Thematique,
        obligatoire: true,
        manque: "la thématique manque",
        max: 300,
    },
    Question {
        cle: "texte",
        label: "L’expérience en deux ou trois lignes",
        aide: "Ce qui a été fait, avec qui, ce qui en reste. Ni nom ni photographie d’élève.",
        forme: AnswerForm::Texte,
        obligatoire: true,
        manque: "le texte manque : deux ou trois lignes suffisent",
        max: 20_000,
    },
    Question {
        cle: "niveaux",
        label: "Niveaux",
        aide: "Cochez les niveaux concernés.",
        forme: AnswerForm::Niveaux,
        obligatoire: false,
        manque: "",
        max: 0,
    },
    Question {
        cle: "liens",
        label: "Liens",
        aide: "Une adresse complète par ligne, par exemple : https://exemple.fr/webradio",
        forme: AnswerForm::Liste,
        obligatoire: false,
        manque: "",
        max: 2000,
    },
    Question {
        cle: "points_forts",
        label: "Points forts",
        aide: "Ce qui a marché, une idée par ligne.",
        forme: AnswerForm::Liste,
        obligatoire: false,
        manque: "",
        max: 2000,
    },
    Question {
        cle: "irritants",
        label: "Irritants",
        aide: "Ce qui a gêné, une idée par ligne.",
        forme: AnswerForm::Liste,
        obligatoire: false,
        manque: "",
        max: 2000,
    },
    Question {
        cle: "etablissement",
        label: "École ou établissement",
        aide: "Par exemple : Collège Rosa-Parks.",
        forme: AnswerForm::Ligne,
        obligatoire: false,
        manque: "",
        max: 300,
    },
    Question {
        cle: "commune",
        label: "Commune",
        aide: "Par exemple : Nantes.",
        forme: AnswerForm::Ligne,
        obligatoire: false,
        manque: "",
        max: 300,
    },
    Question {
        cle: "auteurs",
        label: "Auteurs",
        aide: "Un par ligne : un nom, une fonction ou une équipe. Ils seront publiés avec la fiche.",
        forme: AnswerForm::Liste,
        obligatoire: false,
        manque: "",
        max: 300,
    },
    Question {
        cle: "date",
        label: "Date",
        aide: "Le jour où ce texte a été écrit, par exemple : 15 mars 2024.",
        forme: AnswerForm::Jour,
        obligatoire: false,
        manque: "",
        max: 300,
    },
    Question {
        cle: "engagements",
        label: "Avant d’envoyer",
        aide: "Cette demande est publique dès son envoi, comme le sera la fiche.",
        forme: AnswerForm::Engagements,
        obligatoire: true,
        manque: "cette case n’est pas cochée",
        max: 0,
    },
];

/// Longest list of answers.
pub const LISTE_MAX: usize = 50;

/// Sentence about an address that cannot be followed, `{}` standing for it, then what one looks like.
pub const ADRESSE_INCOMPLETE: (&str, &str) = (
    "« {} » n’est pas une adresse complète",
    "une adresse complète ressemble à https://exemple.fr/page",
);

/// Sentence about a compulsory answer that lacks.
pub fn manque(cle: &str) -> &'static str {
    QUESTIONS.iter().find(|q| q.cle == cle).map_or("", |q| q.manque)
}

/// Promises without which nothing is published.
pub const ENGAGEMENTS: [&str; 3] = [
    "Aucun élève n’est nommé ni reconnaissable.",
    "Les personnes que la fiche nomme sont d’accord.",
    "J’ai écrit ce texte, ou j’ai le droit de le publier.",
];
