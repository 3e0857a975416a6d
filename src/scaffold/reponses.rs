//! A form as somebody filled it in → the fiche that it asks for, and what could not be taken. Nothing written is
//! left aside in silence.

use super::{
    fiche::{Demande, LienDemande},
    liens, pieces, rubriques,
    texte::ligne,
    ticket::Ticket,
};
use crate::{
    french::{self, signes::sans_invisibles},
    model::questions::{AnswerForm, ENGAGEMENTS, QUESTIONS, Question, manque},
    parse::among,
    source::Date,
};

/// Longest form that is read, in bytes.
const TAILLE_MAX: usize = 256 * 1024;

/// Answers that say nothing, folded, without what surrounds their letters.
const VIDES: &str = "n/a, na, n.a, none, no response, pas de reponse, aucune reponse, aucun, aucune, aucun lien, \
    neant, ras, r.a.s, rien, rien a signaler, sans objet, non renseigne, non, non concerne, \
    non concernee, pas concerne, pas concernee, nc, n.c, s/o, nsp, ne sais pas, je ne sais pas, \
    vide, x, a completer, aucun irritant, aucun point fort, pas d'irritant, pas d’irritant";

/// Marks of a box that is ticked, folded.
const COCHES: &str = "x, xx, yes, ok, v, oui, ✓, ✔, ✔\u{fe0f}, ✅, √, ☑, ☒, ×, ✗, ✘, *";

/// Content of a form.
#[derive(Debug)]
pub struct Reponses {
    /// The fiche that it asks for.
    pub demande: Demande,
    /// Parts that could not be taken, in French, a sentence each.
    pub restes: Vec<String>,
}

/// The fiche that a filled form asks for: the text of a ticket, or the ticket as a forge describes it.
///
/// # Errors
/// Why it cannot be read, in French.
pub fn depuis(bytes: &[u8]) -> Result<Reponses, Vec<String>> {
    if bytes.len() > TAILLE_MAX {
        return Err(vec![format!("ce formulaire dépasse {} Kio", TAILLE_MAX / 1024)]);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| vec!["ce formulaire n’est pas un texte en UTF-8".to_string()])?;
    let ticket = Ticket::read(text.trim_start_matches('\u{feff}'))?;
    let text = sans_invisibles(&ticket.texte).replace("\r\n", "\n").replace('\r', "\n");
    let (answers, mut restes) = rubriques::answers(&text)?;
    let mut faults = Vec::new();
    let mut demande = Demande { date: ticket.jour, est_markdown: true, ..Demande::default() };
    for (q, answer) in &answers {
        let answer = pieces::without(answer, &mut restes);
        taken(&QUESTIONS[*q], &answer, &mut demande, (&mut restes, &mut faults));
    }
    let at = QUESTIONS.iter().position(|q| q.forme == AnswerForm::Engagements);
    if at.is_some_and(|at| answers.iter().all(|(q, _)| *q != at)) {
        promises(&[], &mut faults);
    }
    if faults.is_empty() { Ok(Reponses { demande, restes }) } else { Err(faults) }
}

/// Puts an answer where it goes in the fiche.
fn taken(
    q: &Question,
    answer: &str,
    demande: &mut Demande,
    (restes, faults): (&mut Vec<String>, &mut Vec<String>),
) {
    if is_empty(answer) && q.forme != AnswerForm::Engagements {
        return;
    }
    match q.cle {
        "titre" => demande.titre = ligne(answer),
        "thematique" => demande.thematique = thematique(q, answer, restes, faults),
        "texte" => demande.texte = answer.trim_matches('\n').to_string(),
        "niveaux" => {
            let boxes = Boxes::of(q, answer, faults);
            demande.niveaux = boxes.ticked;
            demande.niveaux.extend(
                boxes.others.iter().flat_map(|line| {
                    line.split([',', ';']).map(ligne).filter(|word| !is_empty(word))
                }),
            );
        }
        "liens" => demande.liens = addresses(q, answer, faults),
        "points_forts" => demande.points_forts = items(answer),
        "irritants" => demande.irritants = items(answer),
        "etablissement" => demande.etablissement = ligne(answer),
        "commune" => demande.commune = ligne(answer),
        "auteurs" => demande.auteurs = items(answer),
        "date" => match Date::said(answer) {
            Some(date) => demande.date = Some(date),
            None => faults.push(format!(
                "« {} » : « {} » n’est pas un jour ; écrivez par exemple : 15 mars 2024",
                q.label,
                french::first_words(&ligne(answer), 60)
            )),
        },
        _ => {
            let boxes = Boxes::of(q, answer, faults);
            promises(&boxes.ticked, faults);
            boxes.others.iter().for_each(|line| restes.push(lost(q, line)));
        }
    }
}

fn lost(q: &Question, line: &str) -> String {
    format!("sous « {} », ceci n’est pas repris : {}", q.label, french::first_words(line, 120))
}

/// True when an answer says that there is none.
fn is_empty(answer: &str) -> bool {
    let said = french::fold(&ligne(answer));
    let said = said.trim_matches(|c: char| !c.is_alphanumeric());
    (said.is_empty() || among(VIDES, said)) && !answer.contains("[")
}

/// The title of a thématique: the only box that is ticked, or what is written.
fn thematique(
    q: &Question,
    answer: &str,
    restes: &mut Vec<String>,
    faults: &mut Vec<String>,
) -> String {
    let boxes = Boxes::of(q, answer, faults);
    match (boxes.ticked.as_slice(), boxes.others.as_slice()) {
        ([one], others) => {
            others.iter().for_each(|line| restes.push(lost(q, line)));
            one.clone()
        }
        ([], others) => ligne(&others.join(" ")),
        _ => {
            faults.push(format!("« {} » : cochez une seule case", q.label));
            String::new()
        }
    }
}

/// Nothing is published of who has not promised.
fn promises(ticked: &[String], faults: &mut Vec<String>) {
    let made: Vec<String> = ticked.iter().map(|text| french::fold(text)).collect();
    for promise in ENGAGEMENTS {
        if !made.contains(&french::fold(&ligne(promise))) {
            let promise = promise.trim_end_matches('.');
            faults.push(format!("« Avant d’envoyer » : {} : {promise}", manque("engagements")));
        }
    }
}

/// The boxes of an answer, and its other lines.
#[derive(Default)]
struct Boxes {
    ticked: Vec<String>,
    others: Vec<String>,
}

impl Boxes {
    fn of(q: &Question, answer: &str, faults: &mut Vec<String>) -> Self {
        let mut boxes = Self::default();
        for line in answer.lines().map(ligne).filter(|line| !line.is_empty()) {
            let text = liens::unmarked(&line);
            let Some((mark, label)) = boxed(text) else {
                boxes.others.push(text.to_string());
                continue;
            };
            let mark = french::fold(mark.trim());
            if among(COCHES, &mark) {
                boxes.ticked.push(ligne(label));
            } else if !mark.is_empty() {
                faults.push(format!(
                    "« {} » : « [{mark}] » n’est ni cochée, ni vide ; écrivez [x] ou [ ] devant « {} »",
                    q.label,
                    ligne(label)
                ));
            }
        }
        boxes
    }
}

/// The mark of a box and what follows it.
fn boxed(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix(['☐', '⬜']) {
        return Some(("", rest));
    }
    if text.starts_with(['☑', '☒', '✅', '✔', '✓']) {
        let end = text.chars().next().map_or(0, char::len_utf8);
        return Some((&text[..end], text[end..].trim_start_matches('\u{fe0f}')));
    }
    if let Some((mark, label)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && (mark.trim().is_empty() || among(COCHES, &french::fold(mark.trim())))
    {
        return Some((mark, label));
    }
    let (mark, label) = text.strip_prefix('[')?.split_once(']')?;
    (mark.chars().count() <= 5 && !label.starts_with(['(', '['])).then_some((mark, label))
}

/// The items of a list: one a line; a line that goes on with an item is of this item.
fn items(answer: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in answer.lines() {
        let whole = ligne(line);
        let text = liens::unmarked(&whole);
        let is_marked = text.len() < whole.len();
        match found.last_mut() {
            Some(last) if is_open && !is_marked && !whole.is_empty() => {
                last.push(' ');
                last.push_str(&whole);
            }
            _ if !whole.is_empty() => found.push(text.to_string()),
            _ => {}
        }
        is_open = (is_marked || is_open) && !whole.is_empty();
    }
    found.retain(|item| !is_empty(item));
    found
}

fn addresses(q: &Question, answer: &str, faults: &mut Vec<String>) -> Vec<LienDemande> {
    let (found, others) = liens::of(answer);
    for line in others.iter().filter(|line| !is_empty(line)) {
        faults.push(format!(
            "« {} » : « {} » n’a pas d’adresse complète, comme https://exemple.fr/page",
            q.label,
            french::first_words(line, 60)
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_say_nothing() {
        let nothing = "|N/A|-|—|Aucun|- Aucune.|néant|RAS|R.A.S.|_Pas de réponse_|_No response_|None|…|/|Non.|S/O";
        for nothing in nothing.split('|') {
            assert!(is_empty(nothing), "{nothing}");
        }
        for said in ["Non-lecteurs", "Aucun élève", "Nantes", "5", "[ ]", "Les aucuns"] {
            assert!(!is_empty(said), "{said}");
        }
    }

    #[test]
    fn boxes_however_ticked() {
        let q = &QUESTIONS[3];
        let mut faults = Vec::new();
        for mark in ["x", "X", " x ", "ok", "OK", "v", "✓", "✔", "oui", "х"] {
            let boxes =
                Boxes::of(q, &format!("- [{mark}] Collège\n* [] Lycée\n[ ] a\n"), &mut faults);
            assert_eq!(boxes.ticked.len(), usize::from(mark != "х"), "{mark}");
        }
        assert!(faults.len() == 1 && faults[0].contains("ni vide"), "{faults:?}");
        assert_eq!(Boxes::of(q, "(x) Collège\n( ) Lycée", &mut faults).ticked, ["Collège"]);
        assert_eq!(Boxes::of(q, "☑ Collège\n☐ Lycée", &mut faults).ticked, ["Collège"]);
    }

    #[test]
    fn items_of_a_list() {
        let check = |answer, wanted: &[&str]| assert_eq!(items(answer), wanted, "{answer}");
        check("- a\n* b\n1. c\n2) d\n• e\n", &["a", "b", "c", "d", "e"]);
        check("a\nb\n\nN/A\n", &["a", "b"]);
        check("- a\n  suite\n- b\n\nc\n", &["a suite", "b", "c"]);
        check("2024 : a\n-5 degrés", &["2024 : a", "-5 degrés"]);
    }
}
