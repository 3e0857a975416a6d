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

const fn asked(
    cle: &'static str,
    label: &'static str,
    forme: AnswerForm,
    max: usize,
    manque: &'static str,
    aide: &'static str,
) -> Question {
    Question { cle, label, aide, forme, obligatoire: !manque.is_empty(), manque, max }
}

use AnswerForm::{Engagements, Jour, Ligne, Liste, Niveaux, Texte, Thematique};

/// Every question, in the order in which it is asked.
#[rustfmt::skip]
pub const QUESTIONS: [Question; 12] = [
    asked("titre", "Titre de la fiche", Ligne, 300, "le titre manque, ou n’a ni lettre latine ni chiffre",
        "Quelques mots, par exemple : Webradio en maternelle."),
    asked("thematique", "Thématique", Thematique, 300, "la thématique manque",
        "Une seule : celle dont l’expérience parle le plus."),
    asked("texte", "L’expérience en deux ou trois lignes", Texte, 20_000, "le texte manque : deux ou trois lignes suffisent",
        "Ce qui a été fait, avec qui, ce qui en reste. Ni nom ni photographie d’élève."),
    asked("niveaux", "Niveaux", Niveaux, 0, "",
        "Cochez les niveaux concernés."),
    asked("liens", "Liens", Liste, 2000, "",
        "Une adresse complète par ligne, par exemple : https://exemple.fr/webradio"),
    asked("points_forts", "Points forts", Liste, 2000, "",
        "Ce qui a marché, une idée par ligne."),
    asked("irritants", "Irritants", Liste, 2000, "",
        "Ce qui a gêné, une idée par ligne."),
    asked("etablissement", "École ou établissement", Ligne, 300, "",
        "Par exemple : Collège Rosa-Parks."),
    asked("commune", "Commune", Ligne, 300, "",
        "Par exemple : Nantes."),
    asked("auteurs", "Auteurs", Liste, 300, "",
        "Un par ligne : un nom, une fonction ou une équipe. Ils seront publiés avec la fiche."),
    asked("date", "Date", Jour, 300, "",
        "Le jour où ce texte a été écrit, par exemple : 15 mars 2024."),
    asked("engagements", "Avant d’envoyer", Engagements, 0, "cette case n’est pas cochée",
        "Cette demande est publique dès son envoi, comme le sera la fiche."),
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
