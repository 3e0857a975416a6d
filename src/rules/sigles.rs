//! Acronyms that the glossary lacks, said together.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::LazyLock,
};

use rayon::prelude::*;
use regex::Regex;

use super::Rules;
use crate::{
    diag::{Code, Diagnostic, nearest},
    french,
    model::Fiche,
    parse::{LETTER, motif},
    site::{capitals, occurrences},
    source::{SitePath, Span},
};

/// Longer words in capitals shout rather than abbreviate.
const LONGEST: usize = 8;
/// Places shown besides the first.
const OTHERS: usize = 3;
/// Acronyms that the message names.
const NAMED: usize = 20;

static WORD: LazyLock<Regex> = LazyLock::new(|| motif(&format!("{LETTER}+")));

/// Reads the titles, keys and texts of fiches, then the tables, in the order of the site.
pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    if !jury.is_sure(&SitePath::new("content/glossaire.toml")) {
        return;
    }
    let reader = AcronymReader { jury, names: names(jury) };
    let mut unknown = Unknown::default();
    for atelier in &jury.site.ateliers {
        let of_fiches: Vec<Vec<UnknownAcronym>> =
            atelier.fiches.par_iter().with_max_len(64).map(|fiche| reader.fiche(fiche)).collect();
        of_fiches.into_iter().for_each(|found| unknown.add(found));
        for place in &atelier.blocs {
            let id = &place.bloc.id.value;
            let address = format!("{}/{}/{id}", atelier.synthese.id, place.thematique);
            let mut found = Vec::new();
            for texte in &place.bloc.textes {
                reader.read(&texte.value, &texte.span, Some(&address), &mut found);
            }
            unknown.add(found);
        }
    }
    unknown.report(jury, diags);
}

/// An acronym that the glossary lacks, and its place.
type UnknownAcronym = (String, Span);

struct AcronymReader<'a> {
    jury: &'a Rules<'a>,
    /// Names of people, schools and towns, folded: « TRIGNAC » is Trignac.
    names: BTreeSet<String>,
}

impl AcronymReader<'_> {
    fn fiche(&self, fiche: &Fiche) -> Vec<UnknownAcronym> {
        let mut found = Vec::new();
        if let Some(titre) = fiche.titre.as_ref().filter(|t| !is_all_capitals(&t.value)) {
            self.read(&titre.value, &titre.span, None, &mut found);
        }
        let filed = fiche.mots_cles.iter().chain(&fiche.sous_thematiques);
        let said = filed.chain(&fiche.points_forts).chain(&fiche.irritants);
        for text in said {
            self.read(&text.value, &text.span, None, &mut found);
        }
        for text in &fiche.corps.blocs {
            self.read(&text.value, &text.span, None, &mut found);
        }
        found
    }

    fn read(&self, text: &str, span: &Span, place: Option<&str>, found: &mut Vec<UnknownAcronym>) {
        let glossaire = &self.jury.site.glossaire;
        if !may_hold_an_acronym(text) {
            return;
        }
        let known = occurrences(text, glossaire, place);
        for range in acronyms(text) {
            let word = singular(&text[range.clone()]);
            let next = known.partition_point(|k| k.range.end <= range.start);
            let is_covered = known.get(next).is_some_and(|k| k.range.start < range.end);
            if is_covered || !glossaire.senses_of(word).is_empty() {
                continue;
            }
            if !self.names.contains(&french::fold(word)) {
                found.push((word.to_string(), self.exactly(word, span)));
            }
        }
    }

    /// The first place of a word in what is written in the file, else the whole text.
    fn exactly(&self, word: &str, span: &Span) -> Span {
        let file = self.jury.snapshot.text(&span.file);
        let written = file.and_then(|text| text.get(span.range())).unwrap_or_default();
        let whole_word = |at: &usize| {
            let after = &written[at + word.len()..];
            !written[..*at].ends_with(char::is_alphanumeric)
                && !after.strip_prefix('s').unwrap_or(after).starts_with(char::is_alphanumeric)
        };
        match written.match_indices(word).map(|(at, _)| at).find(whole_word) {
            Some(at) => Span::new(&span.file, span.start + at..span.start + at + word.len()),
            None => span.clone(),
        }
    }
}

/// Each acronym and its places, in reading order.
#[derive(Default)]
struct Unknown(BTreeMap<String, Vec<Span>>);

impl Unknown {
    fn add(&mut self, found: Vec<UnknownAcronym>) {
        for (word, here) in found {
            let places = self.0.entry(word).or_default();
            if !places.contains(&here) {
                places.push(here);
            }
        }
    }

    /// One message for the publisher, who alone writes the glossary.
    fn report(self, jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
        let known: Vec<&str> = jury.site.glossaire.iter().map(|s| s.sigle.value.as_str()).collect();
        let Some((first, places)) = self.0.iter().next() else { return };
        let words: Vec<String> =
            self.0.keys().take(NAMED).map(|word| format!("« {word} »")).collect();
        let more = self.0.len().saturating_sub(NAMED);
        let message = match (self.0.len(), more) {
            (1, _) => format!("{} n’est pas dans le glossaire", words[0]),
            (_, 0) => format!("{} ne sont pas dans le glossaire", words.join(", ")),
            (_, more) => format!(
                "{} et {} ne sont pas dans le glossaire",
                words.join(", "),
                french::count(more, "autre sigle", "autres sigles")
            ),
        };
        let mut diagnostic = Diagnostic::new(Code::SigleInconnu, message);
        if let Some(place) = places.first() {
            diagnostic = diagnostic.at(place, "");
        }
        let others = places.iter().skip(1).chain(self.0.values().skip(1).filter_map(|p| p.first()));
        diagnostic = diagnostic.also_at(others.take(OTHERS));
        // Two short acronyms are near without being mistaken for each other.
        for word in self.0.keys().take(NAMED).filter(|word| word.chars().count() >= 4) {
            if let Some(near) = nearest(word, known.iter().copied()) {
                let said = format!("« {word} » : vouliez-vous dire « {near} » ?");
                diagnostic = diagnostic.help(said);
            }
        }
        let id = crate::source::slugify(first);
        diags.push(diagnostic.help(format!(
            "ajoutez à content/glossaire.toml [[sens]], puis id = \"{id}\", sigle = \"{first}\" et developpement = \"…\""
        )));
    }
}

/// The words of the names that the fiches give.
fn names(jury: &Rules<'_>) -> BTreeSet<String> {
    let fiches = jury.site.ateliers.iter().flat_map(|a| &a.fiches);
    let given = fiches.flat_map(|f| f.etablissement.iter().chain(&f.commune).chain(&f.auteurs));
    // « IME Clémence Royer » names IME too, which the glossary must explain.
    let ordinary = |word: &&str| !is_all_capitals(word);
    let words = given.flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
    words.filter(ordinary).map(french::fold).collect()
}

fn is_all_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

/// A French plural s is not of the acronym.
fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|w| w.chars().count() >= 2).unwrap_or(word)
}

/// True when a word of a text begins with a capital and has another, or a digit: most texts have none, and are not
/// cut into words.
fn may_hold_an_acronym(text: &str) -> bool {
    let opens_a_word = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
    capitals(text).filter(opens_a_word).any(|at| {
        let word = text[at..].chars().take_while(|c| char::is_alphanumeric(*c));
        word.skip(1).any(|c| c.is_ascii_digit() || c.is_uppercase())
    })
}

/// The words of a text that look like acronyms.
fn acronyms(text: &str) -> Vec<Range<usize>> {
    let words: Vec<Range<usize>> = WORD.find_iter(text).map(|word| word.range()).collect();
    let mut found = Vec::new();
    let mut piece = BlankFree::default();
    for (n, range) in words.iter().enumerate() {
        let word = singular(&text[range.clone()]);
        if !looks_like_one(word) || is_a_surname(text, &words, n) || is_in_a_phrase(text, &words, n)
        {
            continue;
        }
        if !piece.octets.contains(&range.start) {
            piece = BlankFree::around(text, range);
        }
        if !piece.is_address {
            found.push(range.clone());
        }
    }
    found
}

/// « ENT », « CM2 », « B2i », « DGESCo »: more capitals and digits than small letters, two capitals
/// or a digit between letters. « XXe » is a number, « YouTube » a name.
fn looks_like_one(word: &str) -> bool {
    if !word.starts_with(char::is_uppercase) {
        return false;
    }
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let small = word.chars().count() - capitals - digits;
    let digit_inside = word.chars().next_back().is_some_and(char::is_alphabetic) && digits > 0;
    let is_roman = {
        let number = word.trim_end_matches(char::is_lowercase);
        !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
    };
    (capitals >= 2 || digit_inside)
        && capitals + digits > small
        && word.chars().count() <= LONGEST
        && !is_roman
}

/// Three words in capitals that follow each other, with only spaces, apostrophes or hyphens between,
/// are a phrase that somebody writes loud.
fn is_in_a_phrase(text: &str, words: &[Range<usize>], n: usize) -> bool {
    let loud = |range: &Range<usize>| {
        let word = &text[range.clone()];
        word.chars().any(char::is_uppercase) && is_all_capitals(word)
    };
    let joined = |a: &Range<usize>, b: &Range<usize>| {
        text[a.end..b.start].chars().all(|c| c.is_whitespace() || matches!(c, '\'' | '’' | '-'))
    };
    let tied =
        |pair: &[Range<usize>]| loud(&pair[0]) && loud(&pair[1]) && joined(&pair[0], &pair[1]);
    // Two are enough: a text written loud is not read again for each of its words.
    let after = words[n..].windows(2).take(2).take_while(|pair| tied(pair)).count();
    let before = words[..=n].windows(2).rev().take(2).take_while(|pair| tied(pair)).count();
    before + after >= 2
}

/// « Camille EXEMPLE »: a word of five letters or more after a first name. The first word of a
/// sentence is no first name: « Ressource CANOPE ».
fn is_a_surname(text: &str, words: &[Range<usize>], n: usize) -> bool {
    let Some(before) = n.checked_sub(1).map(|n| &words[n]) else { return false };
    let first_name = &text[before.clone()];
    let ahead = text[..before.start].trim_end();
    let opens_sentence = ahead.is_empty() || ahead.ends_with(['.', ':', '!', '?', '…']);
    words[n].len() >= 5
        && text[words[n].clone()].chars().all(char::is_uppercase)
        && &text[before.end..words[n].start] == " "
        && first_name.starts_with(char::is_uppercase)
        && first_name.chars().skip(1).any(char::is_lowercase)
        && !opens_sentence
}

/// Text between two blanks. It may hold several acronyms.
#[derive(Default)]
struct BlankFree {
    octets: Range<usize>,
    is_address: bool,
}

impl BlankFree {
    fn around(text: &str, range: &Range<usize>) -> Self {
        let before = text[..range.start].rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = text[range.start..].split(char::is_whitespace).next().unwrap_or_default();
        let octets = range.start - before.len()..range.start + after.len();
        let piece = &text[octets.clone()];
        Self { is_address: piece.contains("://") || piece.contains('@'), octets }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        acronyms(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn an_acronym_of_an_address_is_none() {
        let within = |text: &str| {
            let at = text.find("ABC").unwrap();
            BlankFree::around(text, &(at..at + 3)).is_address
        };
        assert!(within("voir https://a.fr/ABC ici") && within("ABC@a.fr") && within("x@ABC"));
        for space in [' ', '\u{a0}', '\u{202f}', '\u{3000}'] {
            assert!(!within(&format!("voir https://a.fr{space}ABC{space}a@b.fr")), "{space:?}");
        }
    }

    #[test]
    fn what_looks_like_an_acronym() {
        assert_eq!(
            found("L'ENT, le B2i et les ERUNs (CM2), DGESCo"),
            ["ENT", "B2i", "ERUNs", "CM2", "DGESCo"]
        );
    }

    #[test]
    fn what_does_not() {
        for text in [
            "Au XXe siècle, Louis XIV et Henri IV",
            "YouTube et Capytale, une feuille A4",
            "UNE RADIO DANS LA CLASSE",
            "https://a.fr/ENT a@ENT.fr",
            "ATTENTION à l'écran",
            "le 6E",
            "réalisés par Camille EXEMPLE",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
