//! `synonymes.toml`: groups of words that the search takes for one another.

use std::collections::HashMap;

use super::{
    keys,
    reader::{Reader, read, top_of},
};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::GroupeSynonymes,
    source::{SitePath, Span, Spanned},
};

pub(super) fn synonymes(
    path: &SitePath,
    text: &str,
    diags: &mut Vec<Diagnostic>,
) -> Vec<GroupeSynonymes> {
    let top = top_of(path, text);
    let groupes: Vec<GroupeSynonymes> =
        read(&keys::SYNONYMES, path, text, 0, top, diags, |r| r.tables("groupes", groupe));
    twice(&groupes, diags);
    groupes
}

fn groupe(r: &mut Reader<'_, '_>) -> Option<GroupeSynonymes> {
    let before = r.said();
    let mots = r.texts("mots");
    if mots.is_empty() && r.holds("mots") && r.said() == before {
        let message = "ce groupe de synonymes n’a aucun mot";
        let aide = "écrivez-y deux mots au moins, ou retirez ce groupe";
        r.say(Code::SynonymeSansEffet, &r.place().clone(), message, aide);
    }
    for mot in mots.iter().filter(|mot| mot.value.split_whitespace().count() > 1) {
        let message = format!("« {} » est de plusieurs mots", mot.value);
        let aide = "n’en gardez qu’un : la recherche compare les mots un par un";
        r.say(Code::SynonymeSansEffet, &mot.span, message, aide);
    }
    match mots.as_slice() {
        [] => None,
        [alone] => {
            let message = format!("« {} » est seul dans son groupe", alone.value);
            let aide = "ajoutez le mot qu’un lecteur écrirait à sa place, ou retirez ce groupe";
            r.say(Code::SynonymeSansEffet, &alone.span, message, aide);
            None
        }
        _ => Some(GroupeSynonymes { mots }),
    }
}

/// Says each word that stands twice, accents and capitals aside: it would tie two groups into one.
fn twice(groupes: &[GroupeSynonymes], diags: &mut Vec<Diagnostic>) {
    let mut known: HashMap<String, &Span> = HashMap::new();
    for Spanned { value, span } in groupes.iter().flat_map(|groupe| &groupe.mots) {
        if let Some(first) = known.insert(french::fold(value), span) {
            let message = format!("« {value} » est déjà dans un groupe de synonymes");
            diags.push(
                Diagnostic::new(Code::SynonymeEnDouble, message)
                    .at(span, "")
                    .also(first, "ici")
                    .help("n’en gardez qu’un, ou réunissez les deux groupes"),
            );
        }
    }
}
