//! The form by which somebody without git proposes a fiche: the two forges' files, made from the questions of
//! `model/questions.rs`, which `reponses.rs` reads back.

use crate::model::{
    Niveau,
    questions::{AnswerForm, ENGAGEMENTS, QUESTIONS},
};

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
        let options: Option<Vec<&str>> = match q.forme {
            AnswerForm::Thematique => Some(thematiques.iter().map(String::as_str).collect()),
            AnswerForm::Niveaux => Some(Niveau::MOTS.iter().map(|(_, label)| *label).collect()),
            AnswerForm::Engagements => Some(ENGAGEMENTS.to_vec()),
            _ => None,
        };
        let title = if q.forme == AnswerForm::Thematique { "" } else { "label: " };
        text.push_str(if options.is_some() { "      options:\n" } else { "" });
        for option in options.iter().flatten() {
            text.push_str(&format!("        - {title}{}\n", quoted(option)));
            if q.forme == AnswerForm::Engagements {
                text.push_str("          required: true\n");
            }
        }
        if options.is_none() || q.forme == AnswerForm::Thematique {
            text.push_str(&format!("    validations:\n      required: {}\n", q.obligatoire));
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
