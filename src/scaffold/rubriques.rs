//! A form cut at its headings. A heading counts once and only when it is one of ours; any other is of the text, or is
//! said: an answer under a heading that nobody reads would be lost.

use std::borrow::Cow;

use super::{fiche::suggestion, texte::ligne};
use crate::{
    diag::nearest,
    french,
    model::questions::{AnswerForm, QUESTIONS},
};

/// Each question that is answered, in the order of the form, and its answer.
pub(super) type Answers = Vec<(usize, String)>;

/// A line that may begin an answer.
struct HeadingLine {
    line: usize,
    /// Number of `#`; 0 for a line in bold.
    niveau: usize,
    mots: String,
}

/// The answers of a form, and what of it is not taken.
///
/// # Errors
/// Why it cannot be cut, in French.
pub(super) fn answers(text: &str) -> Result<(Answers, Vec<String>), Vec<String>> {
    let mut restes = Vec::new();
    let text = with_headings(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut open = Vec::new();
    let (found, titres) = loop {
        let titres = headings(&lines, &open);
        let found = ours(&titres)?;
        let Some(fence) = fence_over_a_question(&lines, &open, &found) else {
            break (found, titres);
        };
        open.push(fence);
    };
    if found.is_empty() {
        let first = QUESTIONS[0].label;
        return Err(vec![format!(
            "ce fichier n’est pas le formulaire rempli : aucune rubrique comme « ### {first} »"
        )]);
    }
    let strangers: Vec<String> =
        titres.iter().filter_map(|titre| stranger(titre, &titres, &found)).collect();
    if !strangers.is_empty() {
        return Err(strangers);
    }
    let before = ligne(&lines[..found[0].0].join(" "));
    if !before.is_empty() {
        restes.push(format!(
            "ce qui précède la première rubrique n’est pas repris : {}",
            french::first_words(&before, 120)
        ));
    }
    let ends = found.iter().skip(1).map(|(line, _)| *line).chain([lines.len()]);
    let cut = found.iter().zip(ends).map(|((start, q), end)| {
        let mut answer = lines[start + 1..end].join("\n");
        if let Some(mark) = open.iter().find(|at| (*start..end).contains(at)) {
            answer =
                format!("{}\n{}\n", answer.trim_end(), fence(lines[*mark]).unwrap_or_default());
        }
        (*q, sans_commentaires(&answer, &mut restes))
    });
    let cut = cut.collect();
    Ok((cut, restes))
}

/// A form copied as the forge shows it: its headings have lost their signs.
fn with_headings(text: &str) -> Cow<'_, str> {
    let is_label = |line: &str| labelled(line).is_some();
    let has_headings = text.lines().any(|line| heading(line).is_some_and(|(_, m)| is_label(&m)));
    if has_headings || text.lines().filter(|line| is_label(line)).count() < 3 {
        return Cow::Borrowed(text);
    }
    let lines = text.lines().map(|line| match is_label(line) {
        true => format!("### {}", line.trim()),
        false => line.to_string(),
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

/// The question that has this label.
fn labelled(words: &str) -> Option<usize> {
    let said = french::fold(&ligne(words));
    QUESTIONS.iter().position(|q| french::fold(&ligne(q.label)) == said)
}

/// The questions that have a heading: its line, and the question. That of the form's own level comes first, then any
/// other that says the same.
fn ours(titres: &[HeadingLine]) -> Result<Vec<(usize, usize)>, Vec<String>> {
    let which = |titre: &HeadingLine| labelled(&titre.mots);
    let level = titres.iter().find(|t| t.niveau > 0 && which(t).is_some()).map_or(0, |t| t.niveau);
    let mut found = Vec::new();
    for (index, q) in QUESTIONS.iter().enumerate() {
        let all: Vec<&HeadingLine> = titres.iter().filter(|t| which(t) == Some(index)).collect();
        let own: Vec<&HeadingLine> = all.iter().copied().filter(|t| t.niveau == level).collect();
        match if own.is_empty() { all } else { own }.as_slice() {
            [] => {}
            [one] => found.push((one.line, index)),
            _ => {
                return Err(vec![format!(
                    "la rubrique « {} » est là deux fois : supprimez celle qui n’est pas la bonne",
                    q.label
                )]);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Why a heading that is none of ours is not one of the text.
fn stranger(
    titre: &HeadingLine,
    titres: &[HeadingLine],
    found: &[(usize, usize)],
) -> Option<String> {
    let at = found.partition_point(|(line, _)| *line <= titre.line);
    // Before the first one, a heading is of ours only by its words.
    let (line, owner) = *found.get(at.saturating_sub(1))?;
    let level = titres.iter().find(|t| t.line == line)?.niveau;
    if line == titre.line || titre.niveau == 0 || titre.niveau != level {
        return None;
    }
    let missing: Vec<usize> =
        (0..QUESTIONS.len()).filter(|q| found.iter().all(|(_, f)| f != q)).collect();
    let label = |q: &usize| QUESTIONS[*q].label;
    let near = near(&titre.mots, &missing.iter().map(label).collect::<Vec<_>>());
    if at == 0 && near.is_none() {
        return None;
    }
    let is_of_the_text = at > 0 && QUESTIONS[owner].forme == AnswerForm::Texte;
    // A text is followed by the next question: one that lacks there may be this heading.
    let next = found.get(at).map_or(QUESTIONS.len(), |(_, q)| *q);
    let lacks_here = missing.iter().any(|q| (owner..next).contains(q));
    if is_of_the_text && near.is_none() && !lacks_here {
        return None;
    }
    let signs = "#".repeat(titre.niveau);
    let mut said = format!(
        "« {signs} {} » n’est pas une rubrique du formulaire. ",
        french::first_words(&titre.mots, 60)
    );
    match near {
        Some(label) => said.push_str(&format!("Écrivez « {signs} {label} »")),
        None if missing.is_empty() => said.push_str("Supprimez cette ligne"),
        None => {
            let labels: Vec<&str> = missing.iter().map(label).collect();
            said.push_str(&suggestion(&titre.mots, "Celles qui manquent", &labels));
        }
    }
    if is_of_the_text {
        said.push_str(&format!(
            " ; si c’est un titre de votre texte, écrivez « {signs}# {} »",
            french::first_words(&titre.mots, 60)
        ));
    }
    Some(said)
}

/// The label that a heading may mean: nearly the same, or one word of it in common.
fn near<'l>(mots: &str, labels: &[&'l str]) -> Option<&'l str> {
    let words = |text: &str| -> Vec<String> {
        let folded = french::fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric());
        words.map(|word| word.trim_end_matches('s').to_string()).filter(|w| w.len() >= 4).collect()
    };
    let said = words(mots);
    let shares = |label: &&&str| words(label).iter().any(|word| said.contains(word));
    nearest(mots, labels.iter().copied()).or_else(|| labels.iter().find(shares).copied())
}

/// The headings outside of code. A fence of `open` begins none.
fn headings(lines: &[&str], open: &[usize]) -> Vec<HeadingLine> {
    let mut found = Vec::new();
    let mut code = OpenFence::default();
    for (line, text) in lines.iter().enumerate() {
        let is_none = code.0.is_none() && open.contains(&line);
        if is_none || !code.holds(text) {
            found.extend(heading(text).map(|(niveau, mots)| HeadingLine { line, niveau, mots }));
        }
    }
    found
}

/// The fence over the heading of a question that has no other: nobody closed it.
fn fence_over_a_question(
    lines: &[&str],
    open: &[usize],
    found: &[(usize, usize)],
) -> Option<usize> {
    let (mut code, mut start) = (OpenFence::default(), 0);
    for (line, text) in lines.iter().enumerate() {
        let is_begun = code.0.is_some();
        if !is_begun {
            start = line;
        }
        let is_none = !is_begun && open.contains(&line);
        if is_none || !code.holds(text) || !is_begun || code.0.is_none() {
            continue;
        }
        let asked = heading(text).filter(|(n, _)| *n > 0).and_then(|(_, mots)| labelled(&mots));
        if asked.is_some_and(|q| found.iter().all(|(_, f)| *f != q)) {
            return Some(start);
        }
    }
    None
}

/// Fence of the block of code that is open, line after line.
#[derive(Default)]
pub(super) struct OpenFence<'t>(Option<&'t str>);

impl<'t> OpenFence<'t> {
    /// True when a line is of a block of code, its fences too.
    pub(super) fn holds(&mut self, line: &'t str) -> bool {
        match (self.0, fence(line)) {
            (Some(mark), Some(other)) if other.starts_with(mark) && line.trim() == other => {
                self.0 = None;
            }
            (None, Some(mark)) => self.0 = Some(mark),
            (None, None) => return false,
            _ => {}
        }
        true
    }
}

/// The signs of a fence of code that a line begins with.
fn fence(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    let sign = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = text.chars().take_while(|c| *c == sign).count();
    (line.len() - text.len() <= 3 && count >= 3 && !(sign == '`' && text[count..].contains('`')))
        .then(|| &text[..count])
}

/// Level and words of a heading, or of a line in bold; what some add around the words is taken off.
fn heading(line: &str) -> Option<(usize, String)> {
    let text = line.trim_start_matches(' ');
    if line.len() - text.len() > 3 {
        return None;
    }
    let niveau = text.chars().take_while(|c| *c == '#').count();
    let bold = text.trim().strip_prefix("**").and_then(|t| t.strip_suffix("**"));
    let words = match bold {
        Some(words) if niveau == 0 => words,
        _ if (1..=6).contains(&niveau) => text[niveau..].trim().trim_end_matches('#'),
        _ => return None,
    };
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':'));
    let numbered = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let words = numbered.strip_prefix(['.', ')']).filter(|_| numbered != words).unwrap_or(words);
    // « ###Niveaux » is read by nobody as a heading; « #radio » is a word.
    let is_glued = niveau > 0 && text[niveau..].starts_with(|c: char| !c.is_whitespace());
    (!words.is_empty() && (!is_glued || labelled(words).is_some())).then(|| (niveau, ligne(words)))
}

/// The explanations of a GitLab template are comments, which the forge does not show. What somebody wrote inside one is
/// said; a comment in a block of code is code.
fn sans_commentaires(text: &str, restes: &mut Vec<String>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut code = OpenFence::default();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let line = &rest[..end];
        let is_code = code.holds(line);
        let comment = line.find("<!--").filter(|at| !is_code && !in_code(&line[..*at]));
        match comment.and_then(|at| Some((at, rest[at..].find("-->")?))) {
            Some((at, length)) => {
                kept.push_str(&rest[..at]);
                let inside = ligne(&rest[at + "<!--".len()..at + length]);
                match QUESTIONS.iter().find(|q| inside.starts_with(&ligne(q.aide))) {
                    Some(q) => added_in_help(&inside, q.aide, restes),
                    None if inside.is_empty() => {}
                    None => restes.push(format!(
                        "ceci est dans un commentaire, que personne ne voit, et n’est pas repris : {}",
                        french::first_words(&inside, 120)
                    )),
                }
                rest = &rest[at + length + "-->".len()..];
            }
            None => {
                kept.push_str(line);
                rest = &rest[end..];
            }
        }
    }
    kept
}

/// Says what somebody wrote in the comment that helps, instead of under it.
fn added_in_help(inside: &str, aide: &str, restes: &mut Vec<String>) {
    let added = inside[ligne(aide).len()..].trim().trim_start_matches("Obligatoire.").trim();
    if !added.is_empty() {
        restes.push(format!(
            "ceci est écrit dans l’explication d’une rubrique, entre <!-- et -->, et n’est pas repris : {}",
            french::first_words(added, 120)
        ));
    }
}

/// True when what precedes opens a piece of code that it does not close.
pub(super) fn in_code(before: &str) -> bool {
    before.matches('`').count() % 2 == 1
}
