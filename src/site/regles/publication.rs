//! What a public site must say of itself: what the law asks of `site.toml` and of the pages that it requires.

use crate::{
    diag::{Code, Diagnostic, Place, Severity},
    fr,
    model::PageOfficielle,
    site::{Site, officielles},
    source::{Passage, SitePath, Spanned},
};

/// What a public site must have.
pub fn settings(site: &Site, diags: &mut Vec<Diagnostic>) {
    let settings = SitePath::new("content/site.toml");
    let of_settings =
        |d: &&Diagnostic| matches!(&d.place, Place::Span(span) if span.file == settings);
    let told = diags.iter().any(|d| of_settings(&d));
    // A key that could not be read is not missing.
    let unread = diags.iter().filter(of_settings).any(|d| d.severity == Severity::Erreur);
    for page in PageOfficielle::ALL {
        if !unread {
            officielles::judge(&site.config, *page, diags);
        }
        if let Some(complement) = site.complement(*page) {
            to_complete(&complement.corps.blocs, diags);
        }
    }
    if site.config.url.is_none() && !told {
        diags.push(
            Diagnostic::new(
                Code::UrlDuSiteAbsente,
                "« url » n’est pas donnée : ni plan du site pour les moteurs, ni flux, ni adresses canoniques",
            )
            .in_file(&settings, None)
            .aide("quand l’adresse publique sera connue, ajoutez : url = \"https://…\""),
        );
    }
}

/// Whether what an editor adds to a page that the law asks for still says « à compléter ».
fn to_complete(blocs: &[Spanned<Passage>], diags: &mut Vec<Diagnostic>) {
    let says = |bloc: &&Spanned<Passage>| fr::fold(&bloc.value).contains("a completer");
    let places: Vec<_> = blocs.iter().filter(says).collect();
    let Some((first, others)) = places.split_first() else { return };
    let count = fr::count(places.len(), "mention reste", "mentions restent");
    let mut diagnostic =
        Diagnostic::new(Code::MentionACompleter, format!("{count} à compléter dans cette page"))
            .at(&first.span, "")
            .aide("la loi demande ces renseignements, que vous seul avez");
    for other in others.iter().take(3) {
        diagnostic = diagnostic.also(&other.span, "");
    }
    diags.push(diagnostic);
}
