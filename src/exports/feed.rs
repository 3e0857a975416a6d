//! Site → files that are not pages: the site map, the feed and robots.txt, all of which need the
//! site's public address.

use crate::{
    french,
    markdown::{plain, plain_en},
    output::Emit,
    pages::Plan,
    site::{Site, address, titre_affiche},
    source::{OutputPath, escape},
};

/// The files that `url` makes possible.
const MAP: &str = "sitemap.xml";
const ROBOTS: &str = "robots.txt";
const FEED: &str = "atom.xml";

/// Gives the files that `url` makes possible; none without it.
pub(super) fn public_files(site: &Site, plan: &Plan, emit: Emit<'_>) {
    let Some(base) = &site.config.url else { return };
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in plan.adresses() {
        let url = crate::site::address::absolute(base, &page);
        map.push_str(&format!("  <url><loc>{}</loc></url>\n", xml(&url)));
    }
    map.push_str("</urlset>\n");
    emit(OutputPath::new(MAP), map.into_bytes().into());

    let map_url = crate::site::address::absolute(base, &OutputPath::new(MAP));
    let robots = format!("User-agent: *\nAllow: /\n\nSitemap: {map_url}\n");
    emit(OutputPath::new(ROBOTS), robots.into_bytes().into());
    if let Some(feed) = feed(site, base) {
        emit(OutputPath::new(FEED), feed.into_bytes().into());
    }
}

/// Entries of the feed: it says what is new, the lists hold the rest.
const NEWEST: usize = 50;

/// Dated fiches, the [`NEWEST`], newest first; the feed's own date is that of the newest (RFC 4287). No clock: without
/// a dated fiche, no feed, and no page says that there is one.
fn feed(site: &Site, base: &url::Url) -> Option<String> {
    let mut dated: Vec<_> = site.fiches().filter_map(|(a, f)| Some((f.jour()?, a, f))).collect();
    dated.sort_by(|(a, _, x), (b, _, y)| b.cmp(a).then_with(|| x.id.cmp(&y.id)));
    dated.truncate(NEWEST);
    let home = crate::site::address::absolute(base, &address::accueil());
    let own = crate::site::address::absolute(base, &OutputPath::new(FEED));
    let (updated, ..) = dated.first()?;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n  <title>{}</title>\n  <id>{}</id>\n  <link href=\"{}\"/>\n  <link rel=\"self\" href=\"{}\"/>\n  <updated>{updated}T00:00:00Z</updated>\n",
        xml(&plain(&site.config.titre)),
        xml(&home),
        xml(&home),
        xml(&own),
    );
    for (date, atelier, fiche) in dated {
        let url = xml(&crate::site::address::absolute(base, &address::fiche(&fiche.id)));
        let author = if fiche.auteurs.is_empty() {
            atelier.synthese.titre.clone()
        } else {
            french::enumerate(&fiche.auteurs)
        };
        let text = fiche
            .corps
            .blocs
            .first()
            .map_or_else(String::new, |b| french::first_words(&b.value, 300));
        let langue = atelier.langue_de(fiche);
        let said = langue.map_or_else(String::new, |l| format!(" xml:lang=\"{}\"", l.tag()));
        out.push_str(&format!(
            "  <entry>\n    <title{said}>{}</title>\n    <id>{url}</id>\n    <link href=\"{url}\"/>\n    <updated>{date}T00:00:00Z</updated>\n    <author><name>{}</name></author>\n    <summary{said}>{}</summary>\n  </entry>\n",
            xml(&plain_en(langue, &titre_affiche(fiche))),
            xml(&plain(&author)),
            xml(&plain_en(langue, &text)),
        ));
    }
    out.push_str("</feed>\n");
    Some(out)
}

fn xml(text: &str) -> String {
    // XML 1.0 forbids nearly all control characters and U+FFFE, and advises against the like of them (« Char »).
    let is_said = |c: &char| {
        matches!(c, '\n' | '\t') || !c.is_control() && !french::signes::is_no_character(*c)
    };
    let mut out = String::with_capacity(text.len());
    escape(&text.chars().filter(is_said).collect::<String>(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the text, what is written is XML, and says it but for the signs that XML cannot say.
    #[test]
    fn every_text_can_be_written() {
        let astral = "\u{1f3eb}\u{1fffe}\u{e0041}\u{f0000}\u{10ffff}".chars();
        let all: String = ('\0'..='\u{ffff}').chain(astral).collect();
        let is_said = |c: &char| {
            matches!(c, '\n' | '\t') || !c.is_control() && !french::signes::is_no_character(*c)
        };
        let expected: String = all.chars().filter(is_said).collect();
        let written = format!("<a b=\"{}\">{}]]&gt;</a>", xml(&all), xml(&all));
        let read = roxmltree::Document::parse(&written);
        let text = read.as_ref().ok().and_then(|read| read.root_element().text());
        assert_eq!(text, Some(format!("{expected}]]>").as_str()), "{:?}", read.as_ref().err());
        // Alone, each: a sign may not hide what the next one breaks.
        for c in all.chars() {
            let alone = format!("<a b=\"{0}\">{0}</a>", xml(&c.to_string()));
            assert!(roxmltree::Document::parse(&alone).is_ok(), "{c:?}");
        }
    }
}
