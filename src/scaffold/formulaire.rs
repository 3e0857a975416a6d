//! The form by which somebody without git proposes a fiche: its questions and the two forges' files.
//! The questions are here once, so that what is asked and what is read (`reponses.rs`) stay in step.

use crate::model::Niveau;

/// Form of an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerForm {
    Ligne,
    /// A day.
    Jour,
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
pub(super) struct Question {
    pub(super) cle: &'static str,
    pub(super) label: &'static str,
    pub(super) aide: &'static str,
    pub(super) forme: AnswerForm,
    obligatoire: bool,
}

pub(super) const QUESTIONS: [Question; 12] = [
    Question {
        cle: "titre",
        label: "Titre de la fiche",
        aide: "Quelques mots, par exemple : Webradio en maternelle.",
        forme: AnswerForm::Ligne,
        obligatoire: true,
    },
    Question {
        cle: "thematique",
        label: "Thématique",
        aide: "Une seule : celle dont l’expérience parle le plus.",
        forme: AnswerForm::Thematique,
        obligatoire: true,
    },
    Question {
        cle: "texte",
        label: "L’expérience en deux ou trois lignes",
        aide: "Ce qui a été fait, avec qui, ce qui en reste. Ni nom ni photographie d’élève.",
        forme: AnswerForm::Texte,
        obligatoire: true,
    },
    Question {
        cle: "niveaux",
        label: "Niveaux",
        aide: "Cochez les niveaux concernés.",
        forme: AnswerForm::Niveaux,
        obligatoire: false,
    },
    Question {
        cle: "liens",
        label: "Liens",
        aide: "Une adresse complète par ligne, par exemple : https://exemple.fr/webradio",
        forme: AnswerForm::Liste,
        obligatoire: false,
    },
    Question {
        cle: "points_forts",
        label: "Points forts",
        aide: "Ce qui a marché, une idée par ligne.",
        forme: AnswerForm::Liste,
        obligatoire: false,
    },
    Question {
        cle: "irritants",
        label: "Irritants",
        aide: "Ce qui a gêné, une idée par ligne.",
        forme: AnswerForm::Liste,
        obligatoire: false,
    },
    Question {
        cle: "etablissement",
        label: "École ou établissement",
        aide: "Par exemple : Collège Rosa-Parks.",
        forme: AnswerForm::Ligne,
        obligatoire: false,
    },
    Question {
        cle: "commune",
        label: "Commune",
        aide: "Par exemple : Nantes.",
        forme: AnswerForm::Ligne,
        obligatoire: false,
    },
    Question {
        cle: "auteurs",
        label: "Auteurs",
        aide: "Un par ligne : un nom, une fonction ou une équipe. Ils seront publiés avec la fiche.",
        forme: AnswerForm::Liste,
        obligatoire: false,
    },
    Question {
        cle: "date",
        label: "Date",
        aide: "Le jour où ce texte a été écrit, par exemple : 15 mars 2024.",
        forme: AnswerForm::Jour,
        obligatoire: false,
    },
    Question {
        cle: "engagements",
        label: "Avant d’envoyer",
        aide: "Cette demande est publique dès son envoi, comme le sera la fiche.",
        forme: AnswerForm::Engagements,
        obligatoire: true,
    },
];

pub(super) const ENGAGEMENTS: [&str; 3] = [
    "Aucun élève n’est nommé ni reconnaissable.",
    "Les personnes que la fiche nomme sont d’accord.",
    "J’ai écrit ce texte, ou j’ai le droit de le publier.",
];

/// `.github/ISSUE_TEMPLATE/fiche-retex.yml`. A JSON string is a YAML string, whatever it holds.
pub fn formulaire_github(thematiques: &[String]) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut text = String::from(
        "name: Nouvelle fiche RETEX\ndescription: Proposer un retour d’expérience sans connaître git\ntitle: \"Nouvelle fiche : \"\nbody:\n",
    );
    for q in &QUESTIONS {
        let kind = match q.forme {
            AnswerForm::Ligne | AnswerForm::Jour => "input",
            AnswerForm::Texte | AnswerForm::Liste => "textarea",
            AnswerForm::Thematique => "dropdown",
            AnswerForm::Niveaux | AnswerForm::Engagements => "checkboxes",
        };
        text.push_str(&format!(
            "  - type: {kind}\n    id: {}\n    attributes:\n      label: {}\n      description: {}\n",
            q.cle,
            quoted(q.label),
            quoted(q.aide)
        ));
        match q.forme {
            AnswerForm::Thematique => {
                text.push_str("      options:\n");
                for titre in thematiques {
                    text.push_str(&format!("        - {}\n", quoted(titre)));
                }
            }
            AnswerForm::Niveaux => {
                text.push_str("      options:\n");
                for niveau in Niveau::ALL {
                    text.push_str(&format!("        - label: {}\n", quoted(niveau.label())));
                }
            }
            AnswerForm::Engagements => {
                text.push_str("      options:\n");
                for promise in ENGAGEMENTS {
                    text.push_str(&format!(
                        "        - label: {}\n          required: true\n",
                        quoted(promise)
                    ));
                }
            }
            _ => text.push_str(&format!("    validations:\n      required: {}\n", q.obligatoire)),
        }
        if q.forme == AnswerForm::Thematique {
            text.push_str("    validations:\n      required: true\n");
        }
    }
    text
}

/// `.gitlab/issue_templates/Nouvelle fiche RETEX.md`.
pub fn formulaire_gitlab(thematiques: &[String]) -> String {
    let mut text = String::new();
    for q in &QUESTIONS {
        let must = if q.obligatoire { " Obligatoire." } else { "" };
        text.push_str(&format!("### {}\n\n<!-- {}{must} -->\n", q.label, q.aide));
        let boxes: Vec<&str> = match q.forme {
            AnswerForm::Thematique => thematiques.iter().map(String::as_str).collect(),
            AnswerForm::Niveaux => Niveau::ALL.iter().map(|n| n.label()).collect(),
            AnswerForm::Engagements => ENGAGEMENTS.to_vec(),
            _ => Vec::new(),
        };
        text.push('\n');
        for label in &boxes {
            text.push_str(&format!("- [ ] {label}\n"));
        }
        if !boxes.is_empty() {
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_the_questions_are_keys_of_a_fiche() {
        for q in QUESTIONS.iter().filter(|q| !matches!(q.cle, "texte" | "engagements")) {
            assert!(crate::parse::keys::FICHE.champ(q.cle).is_some(), "{}", q.cle);
        }
    }
}
