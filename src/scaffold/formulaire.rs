//! The form by which somebody without git proposes a fiche: the two forges' files, and what comes back.
//! The questions are here once, so that what is asked and what is read stay in step.

use super::{fiche::Demande, texte::ligne};
use crate::{
    french,
    model::{
        Niveau,
        questions::{AnswerForm, ENGAGEMENTS, QUESTIONS},
    },
};

/// Longest form that is read, in bytes.
const TAILLE_MAX: usize = 256 * 1024;

/// Answer that GitHub writes to a question left empty.
const SANS_REPONSE: &str = "_No response_";

/// `.github/ISSUE_TEMPLATE/fiche-retex.yml`. A JSON string is a YAML string, whatever it holds.
pub fn formulaire_github(thematiques: &[String]) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let mut text = String::from(
        "name: Nouvelle fiche RETEX\ndescription: Proposer un retour d’expérience sans connaître git\ntitle: \"Nouvelle fiche : \"\nbody:\n",
    );
    for q in &QUESTIONS {
        let kind = match q.forme {
            AnswerForm::Ligne => "input",
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

/// The fiche that a filled form asks for. A heading counts once and only when it is one of ours: an answer may hold
/// any other, and one that repeats ours makes the form ambiguous, which is said.
///
/// # Errors
/// Why it cannot be read, in French.
pub fn depuis(bytes: &[u8]) -> Result<Demande, Vec<String>> {
    if bytes.len() > TAILLE_MAX {
        return Err(vec![format!("ce formulaire dépasse {} Kio", TAILLE_MAX / 1024)]);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| vec!["ce formulaire n’est pas un texte en UTF-8".to_string()])?;
    let text = sans_commentaires(text.trim_start_matches('\u{feff}'));
    let mut answers: Vec<(usize, String)> = Vec::new();
    for line in text.lines() {
        if let Some(found) = question(line) {
            if answers.iter().any(|(q, _)| *q == found) {
                return Err(vec![format!(
                    "la rubrique « {} » est là deux fois : supprimez celle qui n’est pas la bonne",
                    QUESTIONS[found].label
                )]);
            }
            answers.push((found, String::new()));
        } else if let Some((_, answer)) = answers.last_mut() {
            answer.push_str(line);
            answer.push('\n');
        }
    }
    if answers.is_empty() {
        let first = QUESTIONS[0].label;
        return Err(vec![format!(
            "ce fichier n’est pas le formulaire rempli : aucune rubrique comme « ### {first} »"
        )]);
    }
    let mut faults = Vec::new();
    promises(&answers, &mut faults);
    let demande = demande(&answers, &mut faults);
    if faults.is_empty() { Ok(demande) } else { Err(faults) }
}

/// Nothing is published of who has not promised.
fn promises(answers: &[(usize, String)], faults: &mut Vec<String>) {
    let Some(at) = QUESTIONS.iter().position(|q| q.forme == AnswerForm::Engagements) else {
        return;
    };
    let label = QUESTIONS[at].label;
    let answer = answers.iter().find(|(q, _)| *q == at).map_or("", |(_, answer)| answer.as_str());
    let made: Vec<String> = ticked(answer).iter().map(|text| french::fold(text)).collect();
    for promise in ENGAGEMENTS {
        if !made.contains(&french::fold(&ligne(promise))) {
            faults.push(format!("« {label} » : {} : {promise}", QUESTIONS[at].manque));
        }
    }
}

/// The addresses of an answer, however they were typed: bare, `<…>`, `[texte](…)`, with commas between.
fn addresses(answer: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in answer.lines().map(item) {
        let mut rest = line.as_str();
        while let Some(at) = rest.find("](") {
            let inside = &rest[at + 2..];
            let end = inside.find(')').unwrap_or(inside.len());
            found.push(inside[..end].trim().to_string());
            rest = inside.get(end + 1..).unwrap_or("");
        }
        if line.contains("](") {
            continue;
        }
        let words = line.split([' ', ',', ';']).map(|word| word.trim_matches(['<', '>']));
        found.extend(words.filter(|word| !word.is_empty()).map(ToOwned::to_owned));
    }
    found
}

fn demande(answers: &[(usize, String)], faults: &mut Vec<String>) -> Demande {
    let mut demande = Demande::default();
    for (index, answer) in answers {
        let answer = answer.trim();
        if answer == SANS_REPONSE {
            continue;
        }
        let q = &QUESTIONS[*index];
        let lines = || answer.lines().map(item).filter(|l| !l.is_empty()).collect();
        match q.cle {
            "titre" => demande.titre = ligne(answer),
            "thematique" => {
                let ticked = ticked(answer);
                demande.thematique = match ticked.as_slice() {
                    [one] => one.clone(),
                    [] if answer.contains("- [ ]") => String::new(),
                    [] => ligne(answer),
                    _ => {
                        faults.push(format!("« {} » : cochez une seule case", q.label));
                        String::new()
                    }
                };
            }
            "texte" => demande.texte = answer.to_string(),
            "niveaux" => demande.niveaux = ticked(answer),
            "liens" => demande.liens = addresses(answer),
            "points_forts" => demande.points_forts = lines(),
            "irritants" => demande.irritants = lines(),
            "etablissement" => demande.etablissement = ligne(answer),
            "commune" => demande.commune = ligne(answer),
            "auteurs" => demande.auteurs = lines(),
            _ => {}
        }
    }
    demande
}

/// The question whose heading this line is.
fn question(line: &str) -> Option<usize> {
    let title = line.strip_prefix("### ").or_else(|| line.strip_prefix("## "))?;
    let title = french::fold(&ligne(title));
    QUESTIONS.iter().position(|q| french::fold(&ligne(q.label)) == title)
}

/// The labels of the boxes that are ticked.
fn ticked(answer: &str) -> Vec<String> {
    let boxed = |line: &str| {
        let rest = line.trim_start().strip_prefix(['-', '*'])?.trim_start();
        let label = rest.strip_prefix("[x]").or_else(|| rest.strip_prefix("[X]"))?;
        Some(ligne(label))
    };
    answer.lines().filter_map(boxed).collect()
}

/// A line of a list, without its bullet.
fn item(line: &str) -> String {
    let line = ligne(line);
    let text = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(&line);
    if text == SANS_REPONSE { String::new() } else { text.to_string() }
}

/// The explanations of a GitLab template are comments, which the forge does not show.
fn sans_commentaires(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        let Some(end) = rest[start..].find("-->") else { break };
        kept.push_str(&rest[..start]);
        rest = &rest[start + end + "-->".len()..];
    }
    kept.push_str(rest);
    kept
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

    #[test]
    fn addresses_however_typed() {
        let found =
            addresses("- https://a.fr, <https://b.fr>\n[c](https://c.fr) et [d](https://d.fr)\n");
        assert_eq!(found, ["https://a.fr", "https://b.fr", "https://c.fr", "https://d.fr"]);
    }

    #[test]
    fn a_heading_of_ours_in_an_answer_is_said() {
        let form = "### Titre de la fiche\n\na\n### Thématique\n\nb\n### Thématique\n\nc\n";
        assert!(depuis(form.as_bytes()).is_err_and(|why| why[0].contains("deux fois")));
        assert!(depuis(&[0xff]).is_err());
        assert!(depuis(b"").is_err());
    }
}
