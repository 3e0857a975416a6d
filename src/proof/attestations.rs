//! The glossary: a source expands an acronym where the editor says so.

use std::cell::OnceCell;

use super::{
    leftovers::list,
    shifts::{LineMap, Old},
    words::WordIndex,
};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Attestation, Sens},
    parse::SourceDocument,
    site::Site,
};

/// Lines that hold the rarest word of a development, beyond which it is not looked for.
const MANY: usize = 40;

/// Checks each sense that names its lines, with the lines of each synthèse now.
pub(super) fn attested(site: &Site, lines: &[LineMap], diags: &mut Vec<Diagnostic>) {
    let words: Vec<OnceCell<WordIndex>> = lines.iter().map(|_| OnceCell::new()).collect();
    for sens in site.glossaire.iter() {
        let Some(attestation) = &sens.attestation else { continue };
        let rank =
            site.ateliers.iter().position(|a| a.synthese.id.as_str() == attestation.synthese.value);
        let source = rank.and_then(|rank| Some((rank, site.ateliers[rank].source.as_ref()?)));
        diags.extend(match source {
            Some((rank, source)) => judge(sens, attestation, (source, &lines[rank]), &words[rank]),
            None => Some(
                Diagnostic::new(
                    Code::ValeurInconnue,
                    format!(
                        "« {} » n’est pas une synthèse avec sa source",
                        attestation.synthese.value
                    ),
                )
                .at(&attestation.synthese.span, "")
                .help("écrivez le nom d’un dossier de « syntheses » qui contient source.txt"),
            ),
        });
    }
}

fn judge(
    sens: &Sens,
    attestation: &Attestation,
    (source, lines): (&SourceDocument, &LineMap),
    words: &OnceCell<WordIndex>,
) -> Option<Diagnostic> {
    let developpement = sens.developpement.as_ref()?;
    let wanted = french::fold(&developpement.value);
    let lignes = &attestation.lignes;
    let says = |ligne: &usize| {
        let line = source.ligne(*ligne).map(|line| &source.texte[line.octets.clone()]);
        line.is_some_and(|text| french::fold(text).contains(&wanted))
    };
    if lignes.value.iter().any(says) {
        return None;
    }
    let now: Vec<usize> = lignes.value.iter().map(|ligne| lines.now(*ligne)).collect();
    let words = words.get_or_init(|| {
        let text = |octets: &std::ops::Range<usize>| &source.texte[octets.clone()];
        WordIndex::of(source.lignes.iter().map(|line| text(&line.octets)))
    });
    // A word that many lines have leaves no certain place.
    let holders = words.holders(&developpement.value).unwrap_or_default();
    let near = holders.iter().take(MANY).map(|rank| rank + 1);
    let all: Vec<usize> = near.filter(|l| holders.len() < MANY && says(l)).collect();
    let new = match all.as_slice() {
        _ if now.iter().any(says) => Some(now),
        [only] => Some(vec![*only]),
        _ => None,
    };
    let Some(new) = new else {
        return Some(
            Diagnostic::new(
                Code::PreuveFausse,
                "la source n’écrit pas ce développement à cet endroit",
            )
            .at(&developpement.span, "")
            .help("vérifiez « lignes », ou retirez « synthese » et « lignes » de cette entrée"),
        );
    };
    let old = Old::of("ce développement", "lignes", &lignes.value, &lignes.span);
    Some(old.moved(lines.is_shifted(), &new, source).fix(&lignes.span, list(&new)))
}
