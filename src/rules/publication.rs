//! Mentions that the law asks of `site.toml` and of the pages that it requires.

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::PageOfficielle,
    parse,
    site::officielles,
    source::{Passage, SitePath, Spanned},
};

pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let site = jury.site;
    // A key that could not be read is not missing.
    let settings = SitePath::new(parse::SETTINGS);
    let is_read = jury.is_sure(&settings);
    for page in PageOfficielle::ALL {
        if is_read {
            officielles::judge(&site.config, *page, diags);
        }
        if let Some(complement) = site.complement(*page) {
            to_complete(&complement.corps.blocs, diags);
        }
    }
    if site.config.htaccess && site.config.allow_override.is_empty() && is_read {
        diags.push(
            Diagnostic::new(
                Code::HtaccessInactif,
                "aucun réglage du fichier .htaccess n’est actif : « allow_override » ne dit pas ce que l’hébergeur permet",
            )
            .in_file(&settings, None)
            .help("s’il permet tout, comme il est d’usage, ajoutez : allow_override = [\"FileInfo\", \"Indexes\"]"),
        );
    }
    if site.config.url.is_none() && is_read {
        diags.push(
            Diagnostic::new(
                Code::UrlDuSiteAbsente,
                "« url » n’est pas donnée : ni plan du site pour les moteurs, ni flux, ni adresses canoniques, ni liens dans la page 404",
            )
            .in_file(&settings, None)
            .help("quand l’adresse publique sera connue, ajoutez : url = \"https://…\""),
        );
    }
}

/// Finds « à compléter » in the text that an editor adds to a page that the law asks for.
fn to_complete(blocs: &[Spanned<Passage>], diags: &mut Vec<Diagnostic>) {
    let says = |bloc: &&Spanned<Passage>| french::fold(&bloc.value).contains("a completer");
    let places: Vec<_> = blocs.iter().filter(says).collect();
    let Some((first, others)) = places.split_first() else { return };
    let count = french::count(places.len(), "mention reste", "mentions restent");
    let told =
        Diagnostic::new(Code::MentionACompleter, format!("{count} à compléter dans cette page"))
            .at(&first.span, "")
            .help("la loi demande ces renseignements, que vous seul avez");
    diags.push(told.also_at(others.iter().take(3).map(|other| &other.span)));
}
