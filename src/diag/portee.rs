//! Messages of some files or of a change, apart from those of the rest of the site.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Diagnostic, Place, Tally};
use crate::{
    french,
    source::{OutputPath, SitePath, Snapshot},
};

/// Part of the site that a check is about.
#[derive(Debug, Default)]
pub struct Portee {
    /// Files that are named, or that a change adds, alters or removes.
    pub fichiers: BTreeSet<SitePath>,
    /// Messages before the change; `None` when files are named and nothing is compared.
    pub avant: Option<Vec<Diagnostic>>,
}

/// Number of the messages that are not of a check's part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ailleurs {
    /// Those messages, by gravity.
    pub bilan: Tally,
    /// A change leaves them as they were; otherwise files were named.
    pub inchanges: bool,
}

impl Ailleurs {
    /// The phrase about them, without a final point; `None` when there is none. Errors elsewhere do not hold a change
    /// back, but they do hold the site back.
    pub fn phrase(&self) -> Option<String> {
        let Tally { erreurs, avertissements, remarques } = self.bilan;
        let all = erreurs + avertissements + remarques;
        let mut said = french::count(all, "message", "messages");
        said.push_str(" sur le reste du site");
        if self.inchanges {
            said.push_str(", que cette proposition ne change pas");
        }
        match erreurs {
            0 => {}
            1 => said.push_str(
                " ; l’un est une erreur, et le site ne pourra pas être publié tant qu’elle y est",
            ),
            n => said.push_str(&format!(
                " ; {} sont des erreurs, et le site ne pourra pas être publié tant qu’elles y sont",
                french::number(n)
            )),
        }
        (all > 0).then(|| french::bind_spaces(&said))
    }
}

impl Portee {
    /// The messages of this part, those in its files first, and the number of the others. `pages` are those made of
    /// its files.
    pub fn partage(
        &self,
        list: Vec<Diagnostic>,
        snapshot: &Snapshot,
        pages: &BTreeSet<&OutputPath>,
    ) -> (Vec<Diagnostic>, Ailleurs) {
        let (mut own, others): (Vec<_>, Vec<_>) =
            list.into_iter().partition(|said| self.holds(&said.place));
        let (caused, rest): (Vec<_>, Vec<_>) = match &self.avant {
            Some(before) => {
                let mut known = Known::of(before, &self.fichiers);
                others.into_iter().partition(|said| !known.take(said, &self.fichiers))
            }
            None => others.into_iter().partition(|said| self.is_named(said, snapshot, pages)),
        };
        own.extend(caused);
        (own, Ailleurs { bilan: Tally::of(&rest), inchanges: self.avant.is_some() })
    }

    fn holds(&self, place: &Place) -> bool {
        place.file().is_some_and(|file| self.fichiers.contains(file))
    }

    /// True of a message elsewhere that points into one of the files, names it, or is about a reference to it.
    fn is_named(
        &self,
        said: &Diagnostic,
        snapshot: &Snapshot,
        pages: &BTreeSet<&OutputPath>,
    ) -> bool {
        let points = said.spans().any(|span| self.fichiers.contains(&span.file));
        let leads = match &said.place {
            Place::Output(page) => pages.iter().any(|made| made.as_str() == page),
            Place::Span(span) => {
                let text = snapshot.text(&span.file);
                let reference = text.and_then(|text| text.get(span.range())).unwrap_or_default();
                let reference = reference.split(['#', '?']).next().unwrap_or_default();
                span.file.join(reference).is_some_and(|file| self.fichiers.contains(&file))
            }
            Place::Site | Place::File(..) => false,
        };
        let texts = || [&said.message].into_iter().chain(&said.helps);
        points
            || leads
            || self.fichiers.iter().any(|file| texts().any(|text| holds_word(text, file.as_str())))
    }
}

/// True when a path stands in a text, whole.
fn holds_word(text: &str, path: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    text.match_indices(path).any(|(at, _)| {
        !text[..at].ends_with(goes_on) && !text[at + path.len()..].starts_with(goes_on)
    })
}

/// A message wherever its lines moved: its code, its file, its words without their numbers, a file that it points into.
type Trait = (Code, SitePath, String, SitePath);

/// Messages before a change, each to be found again once.
struct Known(BTreeMap<Trait, usize>);

impl Known {
    fn of(before: &[Diagnostic], changed: &BTreeSet<SitePath>) -> Self {
        let mut known = BTreeMap::new();
        for one in before.iter().flat_map(|said| traits(said, changed)) {
            *known.entry(one).or_default() += 1;
        }
        Self(known)
    }

    /// True of a message that was there; the next one alike must have been there too.
    fn take(&mut self, said: &Diagnostic, changed: &BTreeSet<SitePath>) -> bool {
        let mut was_there = true;
        for one in traits(said, changed) {
            match self.0.get_mut(&one) {
                Some(left) if *left > 0 => *left -= 1,
                _ => was_there = false,
            }
        }
        was_there
    }
}

/// Traits of a message: its own, and one for each changed file that it points into. A finished page counts for nothing:
/// what all pages say is told of the first, and the first may be another one.
fn traits(said: &Diagnostic, changed: &BTreeSet<SitePath>) -> Vec<Trait> {
    let file = said.place.file().cloned().unwrap_or_else(|| SitePath::new(""));
    let words = without_numbers(&said.message);
    let seen: BTreeSet<&SitePath> = said
        .secondary
        .iter()
        .map(|label| &label.span.file)
        .filter(|f| changed.contains(*f))
        .collect();
    let points = [&file].into_iter().chain(seen);
    points.map(|other| (said.code, file.clone(), words.clone(), other.clone())).collect()
}

/// Words without those that are numbers: a line that moved, one more of what was already many.
fn without_numbers(text: &str) -> String {
    let is_number = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
    };
    text.split_whitespace().filter(|word| !is_number(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    const MINE: &str = "content/a.md";
    const OTHER: &str = "content/b.md";

    fn at(file: &str, message: &str) -> Diagnostic {
        let span = Span::new(&SitePath::new(file), 0..1);
        Diagnostic::new(Code::LienPartage, message).at(&span, "")
    }

    fn shown(before: &[Diagnostic], now: Vec<Diagnostic>) -> (Vec<String>, usize) {
        let fichiers = [SitePath::new(MINE)].into();
        let portee = Portee { fichiers, avant: Some(before.to_vec()) };
        let (own, rest) = portee.partage(now, &Snapshot::default(), &BTreeSet::new());
        (own.into_iter().map(|said| said.message).collect(), rest.bilan.remarques)
    }

    #[test]
    fn a_change_says_what_it_causes() {
        let before = [at(OTHER, "vieux"), at(OTHER, "dès la ligne 12")];
        let moved = at(OTHER, "dès la ligne 14");
        let now = vec![at(OTHER, "neuf"), at(OTHER, "vieux"), moved, at(MINE, "à moi")];
        assert_eq!(shown(&before, now), (vec!["à moi".into(), "neuf".into()], 2));
        // A second message alike is not the first, and a name that holds a number is not a number.
        let (own, rest) = shown(&before, vec![at(OTHER, "vieux"), at(OTHER, "vieux")]);
        assert_eq!((own, rest), (vec!["vieux".into()], 1));
        let (own, _) = shown(&[at(OTHER, "x « fiche-1 »")], vec![at(OTHER, "x « fiche-2 »")]);
        assert_eq!(own.len(), 1);
    }

    #[test]
    fn a_message_that_comes_to_point_into_the_change_is_its_own() {
        let mine = Span::new(&SitePath::new(MINE), 0..1);
        let now = || at(OTHER, "deux fois").also(&mine, "ici aussi");
        assert_eq!(shown(&[at(OTHER, "deux fois")], vec![now()]).0.len(), 1);
        assert_eq!(shown(&[now()], vec![now()]), (vec![], 1));
        // A word less is no news.
        assert_eq!(shown(&[now()], vec![at(OTHER, "deux fois")]), (vec![], 1));
    }

    #[test]
    fn files_alone_are_told_of_what_names_them() {
        let portee = Portee { fichiers: [SitePath::new(MINE)].into(), avant: None };
        let snapshot = Snapshot::of_texts([(OTHER, "a.md#x")]);
        let reference = Span::new(&SitePath::new(OTHER), 0..6);
        let named = |text: &str| {
            let list = vec![at(OTHER, text)];
            portee.partage(list, &snapshot, &BTreeSet::new()).0.len()
        };
        assert_eq!(
            (named("dans content/a.md"), named("dans content/a.md-bis"), named("")),
            (1, 0, 0)
        );
        let list = vec![at(OTHER, "ancre").at(&reference, "")];
        assert_eq!(portee.partage(list, &snapshot, &BTreeSet::new()).0.len(), 1);
    }
}
