//! Links that come twice: in one fiche, or from one fiche to another.

use rayon::prelude::*;

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    model::Fiche,
    source::Span,
};

/// The links of a fiche's header: those of its text point at passages, and may repeat them.
pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let mut by_address: Vec<(String, (&Fiche, &Span))> = Vec::new();
    for fiche in jury.fiches() {
        let first_of_fiche = by_address.len();
        for lien in &fiche.liens {
            let Some(url) = &lien.url else { continue };
            let span = &lien.texte.span;
            let address = normalized(url);
            let mine = &by_address[first_of_fiche..];
            if let Some((_, (_, first))) = mine.iter().find(|(known, _)| *known == address) {
                // A document received may well give an address twice.
                if !fiche.est_de_la_synthese() {
                    diags.push(
                        Diagnostic::new(Code::LienEnDouble, "cette fiche donne deux fois ce lien")
                            .at(span, "")
                            .also(first, "la première fois")
                            .help("supprimez l’un des deux groupes [[liens]]"),
                    );
                }
                continue;
            }
            by_address.push((address, (fiche, span)));
        }
    }
    // Stable: of one address, in the order of the site.
    by_address.par_sort_by(|(a, _), (b, _)| a.cmp(b));
    let shared = by_address.chunk_by(|(a, _), (b, _)| a == b);
    for uses in shared.filter(|uses| uses.len() > 1) {
        // A link that a document received shares with itself is not to be changed; the first of the
        // fiches that an editor may change is the one to look at.
        let contribution = uses.iter().rposition(|(_, (fiche, _))| !fiche.est_de_la_synthese());
        let Some(last) = contribution else { continue };
        let (_, (_, span)) = uses[last];
        let mut diagnostic = Diagnostic::new(
            Code::LienPartage,
            "une autre fiche donne déjà ce lien",
        )
        .at(span, "")
        .help("si les fiches racontent la même expérience, n’en gardez qu’une ; sinon, ne changez rien");
        for (n, (_, (_, other))) in uses.iter().enumerate().filter(|(n, _)| *n != last).take(3) {
            diagnostic = diagnostic.also(other, if n == 0 { "la première" } else { "" });
        }
        diags.push(diagnostic);
    }
}

/// An address without what does not change where it leads: the case of its scheme and host, which
/// [`url::Url`] has lowered, and a final slash.
fn normalized(url: &url::Url) -> String {
    let text = url.as_str();
    text.strip_suffix('/').unwrap_or(text).to_string()
}
