//! The pages that the law asks for: what `site.toml` lacks is shown and said, and nothing else is.

use retex::{
    diag::{Code, Severity},
    model::PageOfficielle,
    site::officielles::manquants,
    source::Snapshot,
};

use crate::support::{base, build, edit, published, set, text};

const SETTINGS: &str = "content/site.toml";
const MARK: &str = "[à compléter]";

/// The page of a site as it is written.
fn page(snapshot: &Snapshot, page: PageOfficielle) -> String {
    let wanted = format!("{}/index.html", page.slug());
    let built = build(snapshot);
    let found = built.tree.pages().find(|(path, _)| path.as_str() == wanted);
    found.map(|(_, html)| html.to_string()).unwrap_or_else(|| panic!("no page {wanted}"))
}

/// The keys that a page lacks, those of the file and those of a group.
fn lacks(snapshot: &Snapshot, page: PageOfficielle) -> Vec<&'static str> {
    let (own, group) = manquants(&build(snapshot).site.unwrap().config, page);
    own.into_iter().chain(group.into_iter().flat_map(|(_, keys)| keys)).collect()
}

/// The base site after an audit, with everything that it then has to say.
fn audited() -> Snapshot {
    let mut snapshot = base();
    edit(
        &mut snapshot,
        SETTINGS,
        "[accessibilite]",
        "[accessibilite]\netat = \"partiellement-conforme\"\norganisme_audit = \"Essai\"\n\
         date_audit = 2021-03-01\ntaux = 62\nnon_conformites = [\"a\"]\nenvironnement_test = [\"d\"]\n\
         outils = [\"e\"]\npages_verifiees = [\"f\"]",
    );
    snapshot
}

#[test]
fn a_site_that_says_everything_shows_nothing_to_complete() {
    for snapshot in [base(), audited()] {
        assert!(build(&snapshot).diagnostics.is_empty());
        for official in PageOfficielle::ALL {
            assert!(!page(&snapshot, *official).contains(MARK), "{official:?}");
        }
    }
}

/// Each line of `[mentions]` and `[accessibilite]` taken away alone: the pages that are said to lack the key
/// are those that show the mark.
#[test]
fn what_is_missing_is_shown_where_it_is_said() {
    let full = audited();
    let settings = text(&full, SETTINGS).to_string();
    let keys = ["editeur", "contact"].into_iter().chain(
        settings.lines().skip_while(|l| !l.starts_with('[')).filter_map(|l| l.split(" = ").next()),
    );
    // An audit goes as a whole; its state too.
    let of_audit = ["etat", "organisme_audit", "date_audit", "taux"];
    let mut tried = 0;
    for key in
        keys.filter(|key| !key.is_empty() && !key.starts_with('[') && !of_audit.contains(key))
    {
        let line = settings.lines().find(|l| l.starts_with(&format!("{key} = "))).unwrap();
        let mut snapshot = full.clone();
        set(&mut snapshot, SETTINGS, &settings.replace(&format!("{line}\n"), ""));
        let lacking: Vec<_> =
            PageOfficielle::ALL.iter().filter(|p| !lacks(&snapshot, **p).is_empty()).collect();
        assert!(!lacking.is_empty(), "{key} is not compulsory");
        let built = build(&snapshot);
        assert_eq!(built.diagnostics.len(), lacking.len(), "{key}: one warning for each page");
        for official in PageOfficielle::ALL {
            let shown = page(&snapshot, *official).contains(MARK);
            assert_eq!(shown, lacking.contains(&official), "{key} on {official:?}");
        }
        tried += 1;
    }
    assert_eq!(tried, 19);
}

#[test]
fn the_law_has_one_mention_without_an_audit() {
    for (snapshot, mention) in [
        (published(), "Accessibilité\u{a0}: non conforme"),
        (audited(), "Accessibilité\u{a0}: partiellement conforme"),
    ] {
        let built = build(&snapshot);
        for (path, html) in
            built.tree.pages().filter(|(_, html)| html.contains("id=\"page--pied\""))
        {
            assert!(html.contains(mention), "{path}");
        }
        assert!(page(&snapshot, PageOfficielle::Accessibilite).contains(mention));
    }
}

/// A site without a page of its own still has what the law asks for, and may link to it.
#[test]
fn official_pages_need_no_file() {
    let mut snapshot = base();
    snapshot.files.retain(|path, _| !path.as_str().starts_with("content/pages/"));
    let fiche = "content/syntheses/essai-2021/retex/radio.md";
    let linked =
        format!("{}\n\nVoir [Contact](../../../pages/contact.md).\n", text(&snapshot, fiche));
    set(&mut snapshot, fiche, &linked);
    assert!(build(&snapshot).diagnostics.is_empty());
    for official in PageOfficielle::ALL {
        assert!(page(&snapshot, *official).contains("<h1>"), "{official:?}");
    }
}

/// The published site invents nothing: what its publisher alone knows is said to be missing.
#[test]
fn the_published_site_waits_for_its_publisher() {
    let built = build(&published());
    let said = built.diagnostics.iter().filter(|d| d.code == Code::MentionACompleter);
    assert_eq!(said.clone().count(), 4);
    assert!(said.into_iter().all(|d| d.severity == Severity::Warning));
}
