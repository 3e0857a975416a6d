//! Lists stay light at any size, and lead to everything; a workshop's own tables are never cut.

use std::collections::{BTreeMap, BTreeSet};

use retex::{
    html::{PageScan, scan},
    site::ajouts,
    source::Snapshot,
};
use url::Url;

use crate::support::{Build, assert_clean, base, build, many, published, set, with_many_additions};

const FICHES: usize = 430;
/// What README promises of each page that lists, in bytes.
const HEAVIEST: usize = 64_000;
const HOME: &str = "https://exemple.fr/";

fn clean(snapshot: &Snapshot) -> Build {
    let built = build(snapshot);
    assert_clean(&built, snapshot);
    built
}

fn scans(built: &Build) -> BTreeMap<String, PageScan> {
    built.tree.pages().map(|(path, html)| (path.to_string(), scan(html))).collect()
}

fn html<'a>(built: &'a Build, path: &str) -> &'a str {
    let mut pages = built.tree.pages();
    pages.find(|(p, _)| p.as_str() == path).unwrap_or_else(|| panic!("no page {path}")).1
}

/// The pages that a page leads to, in its order, each time.
fn targets(page: &str, scan: &PageScan) -> Vec<String> {
    let here = Url::parse(HOME).unwrap().join(page).unwrap();
    let inside = scan.links.iter().filter_map(|(link, _)| {
        let target = here.join(link).unwrap();
        let path = target.as_str().strip_prefix(HOME)?;
        Some(path.split(['#', '?']).next().unwrap().to_string())
    });
    inside.collect()
}

fn is_fiche(path: &str) -> bool {
    path.starts_with("retex/essai-2021/")
}

/// Every page that one comes to from another without passing through a fiche, whose neighbours would lead
/// from one to the next.
fn walk(
    pages: &BTreeMap<String, PageScan>,
    from: &str,
    through: fn(&str) -> bool,
) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([from.to_string()]);
    let mut left = vec![from.to_string()];
    while let Some(page) = left.pop() {
        let Some(scan) = pages.get(&page) else { continue };
        for target in targets(&page, scan) {
            if reached.insert(target.clone()) && through(&target) {
                left.push(target);
            }
        }
    }
    reached
}

/// What a list says over its pages, one after the other: `seen` picks what it says of one.
fn over_pages(
    pages: &BTreeMap<String, PageScan>,
    folder: &str,
    seen: impl Fn(&str, &PageScan) -> Vec<String>,
) -> Vec<Vec<String>> {
    let name = |n: usize| match n {
        1 => format!("{folder}/index.html"),
        _ => format!("{folder}/page-{n}/index.html"),
    };
    let all = (1..).map(name).map_while(|path| Some(seen(&path, pages.get(&path)?)));
    all.collect()
}

fn fiches_of(path: &str, scan: &PageScan) -> Vec<String> {
    targets(path, scan).into_iter().filter(|target| is_fiche(target)).collect()
}

#[test]
fn no_page_grows_with_the_site() {
    let built = clean(&many(FICHES));
    let heavy = built.tree.pages().filter(|(_, html)| html.len() > HEAVIEST);
    let heavy: Vec<String> = heavy.map(|(path, html)| format!("{path}: {}", html.len())).collect();
    assert!(heavy.is_empty(), "{heavy:?}");
    let feed = built.tree.iter().find(|(path, _)| path.as_str() == "atom.xml").unwrap().1;
    let feed = String::from_utf8(feed.to_vec()).unwrap();
    assert_eq!(feed.matches("<entry>").count(), 50);
}

#[test]
fn every_fiche_is_reached_by_links_alone() {
    let pages = scans(&clean(&many(FICHES)));
    let all: BTreeSet<&String> = pages.keys().filter(|path| is_fiche(path)).collect();
    assert_eq!(all.len(), FICHES + 2);
    for (from, through) in [
        ("index.html", (|path| !is_fiche(path)) as fn(&str) -> bool),
        // Where search sends a reader without JavaScript: by the lists of thématiques alone.
        ("plan-du-site/index.html", |path| path.starts_with("retex/par/thematique/")),
        ("liens/index.html", |path| path.starts_with("liens/")),
    ] {
        let reached = walk(&pages, from, through);
        let lost: Vec<_> = all.iter().filter(|path| !reached.contains(**path)).collect();
        assert!(lost.is_empty(), "{} from {from}: {:?}…", lost.len(), lost.first());
    }
}

#[test]
fn pages_of_a_list_hold_it_once_and_in_order() {
    let snapshot = many(FICHES);
    let built = clean(&snapshot);
    let pages = scans(&built);
    let site = built.site.as_ref().unwrap();

    let wanted: Vec<String> =
        site.fiches().map(|(_, f)| format!("retex/essai-2021/{}/index.html", f.id.slug)).collect();
    let lists = over_pages(&pages, "retex", fiches_of);
    assert_eq!(
        lists.iter().map(Vec::len).collect::<Vec<_>>(),
        [50, 50, 50, 50, 50, 50, 50, 50, 32]
    );
    assert_eq!(lists.concat(), wanted);

    let addresses = |fiche: &retex::model::Fiche| {
        let all: Vec<String> = fiche.liens.iter().map(|l| l.texte.value.clone()).collect();
        all
    };
    let given = |link: &String| link.starts_with("https://ressource.exemple/");
    let wanted: BTreeSet<String> =
        site.fiches().flat_map(|(_, f)| addresses(f)).filter(given).collect();
    let lists = over_pages(&pages, "liens", |_, scan| {
        scan.links.iter().map(|(link, _)| link.clone()).filter(given).collect()
    });
    assert!(lists.len() > 2 && lists.iter().all(|list| list.len() <= 100));
    assert_eq!(lists.concat().len(), wanted.len());
    assert_eq!(lists.concat().into_iter().collect::<BTreeSet<_>>(), wanted);

    let words = over_pages(&pages, "retex/par/mot-cle", |path, scan| {
        let all = targets(path, scan).into_iter();
        all.filter(|target| {
            target.starts_with("retex/par/mot-cle/")
                && !target.contains("/page-")
                && target.len() > "retex/par/mot-cle/index.html".len()
        })
        .collect()
    });
    assert_eq!(words.len(), 2);
    assert!(words.concat().iter().collect::<BTreeSet<_>>().len() >= FICHES + 10);
}

#[test]
fn a_page_of_a_list_says_which_one_it_is() {
    let built = clean(&many(FICHES));
    let all = html(&built, "retex/page-4/index.html");
    let (_, pages) = all.split_once("aria-label=\"Pages de la liste\"").unwrap();
    let (pages, _) = pages.split_once("</nav>").unwrap();
    let named: Vec<&str> =
        pages.split("Page ").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(named, ["1", "2", "3", "4", "5", "6", "9"]);
    assert!(pages.contains("<a href=\"index.html\" aria-current=\"page\">Page 4</a>"), "{pages}");
    assert!(all.contains("page 4 sur 9</title>") || all.contains("page 4 sur 9 —"), "{all:.900}");
}

/// Beyond the most used of those that divide the list, keywords are on their own page.
#[test]
fn a_list_offers_what_divides_it() {
    let built = clean(&many(FICHES));
    let words = |path: &str| html(&built, path).matches("par/mot-cle/").count();
    let (first, second) = (words("retex/index.html"), words("retex/page-2/index.html"));
    assert!((2..=61).contains(&first) && second == 0, "{first}, {second}");
    assert!(
        html(&built, "retex/page-2/index.html")
            .contains("<a href=\"../index.html\">Choisir par niveau, thématique ou mot-clé</a>")
    );
    // A keyword of one fiche is on the page of all, and on that of the fiche.
    assert!(!html(&built, "retex/index.html").contains(">propre "));
    let own = html(&built, "retex/par/mot-cle/propre-400/index.html");
    assert!(
        own.contains("1 expérience sur 432") || own.contains("1\u{a0}expérience sur 432"),
        "{own}"
    );
    assert!(own.contains(">partagé 1 <small>") && own.contains("Tous les mots-clés ("));

    let built = clean(&published());
    let offered = html(&built, "retex/index.html");
    assert!(
        !offered.contains("par/mot-cle/webradio/") && offered.contains("par/mot-cle/familles/")
    );
    assert!(html(&built, "retex/par/mot-cle/index.html").contains("webradio/index.html"));
}

/// A page of the list, full, weighs less than a photograph's thumbnail.
#[test]
fn a_page_of_fifty_cards_is_light() {
    let built = clean(&many(FICHES));
    for path in
        ["retex/index.html", "retex/page-2/index.html", "retex/par/niveau/college/index.html"]
    {
        let html = html(&built, path);
        let shown = ["<li class=\"carte t", "<li><a href=\"../essai-2021/fiche-f"];
        let shown: usize = shown.iter().map(|card| html.matches(card).count()).sum();
        assert_eq!(shown, 50, "{path}");
        assert!(html.len() <= 40_000, "{path}: {}", html.len());
    }
}

/// All that the page of a contribution holds but its title and its text: the frame of the site, its citation, what to read next.
#[test]
fn a_fiche_weighs_little_more_than_its_text() {
    let mut snapshot = many(FICHES);
    let path = "content/syntheses/essai-2021/retex/fiche-court.md";
    let fiche = "+++\ntitre = \"T\"\nthematique = \"egal-acces\"\nniveaux = [\"college\"]\nmots_cles = [\"partagé 1\"]\ndate = 2021-03-04\nauteurs = [\"Équipe\"]\npoints_forts = [\"F\"]\nirritants = [\"I\"]\n[[liens]]\nurl = \"https://ressource.exemple/\"\n+++\nUn.\n";
    set(&mut snapshot, path, fiche);
    let built = clean(&snapshot);
    let html = html(&built, "retex/essai-2021/fiche-court/index.html");
    assert!(html.contains("property=\"og:url\"") && html.contains("À lire ensuite"), "{html}");
    assert!(html.len() <= 5_000, "{}", html.len());
}

/// Sections of other pages show the first fiches and lead to all: the page of a list where they begin.
#[test]
fn sections_lead_to_what_they_leave_out() {
    let mut snapshot = many(FICHES);
    let pages = scans(&clean(&snapshot));
    let sections = ["thematiques/egal-acces", "syntheses/essai-2021/egal-acces"];
    for section in sections {
        let path = format!("{section}/index.html");
        assert_eq!(fiches_of(&path, &pages[&path]).iter().collect::<BTreeSet<_>>().len(), 12);
        let list = "retex/par/thematique/egal-acces/index.html".to_string();
        assert!(targets(&path, &pages[&path]).contains(&list), "{path}");
    }

    // With several workshops, in the list of the territory.
    for folder in ["content/syntheses", "content/thematiques"] {
        for file in published().below(folder).cloned().collect::<Vec<_>>() {
            snapshot.insert(file);
        }
    }
    let pages = scans(&clean(&snapshot));
    let path = "syntheses/essai-2021/enseigner-apprendre/index.html";
    let shown = fiches_of(path, &pages[path]);
    let links = targets(path, &pages[path]);
    let list = links.iter().find(|link| link.starts_with("retex/par/territoire/essai/")).unwrap();
    assert!(list.contains("/page-"), "{list}");
    assert!(fiches_of(list, &pages[list]).contains(&shown[0]), "{list}");
}

/// Provenance gives every addition of the editor: by pages of their own, when they are many.
#[test]
fn every_addition_is_published() {
    let pages = scans(&clean(&published()));
    assert!(!pages.keys().any(|path| path.starts_with("provenance/loire")));

    let built = clean(&with_many_additions());

    let proof = html(&built, "provenance/index.html");
    assert!(proof.contains("provenance/loire-atlantique-2020") || proof.contains("un par un"));
    assert_eq!(proof.matches("Irritant ajouté").count(), 30);
    let given = |path: &str, _: &PageScan| {
        let items = html(&built, path).split("<li>").skip(1);
        let said = items.map(|item| item.split("</li>").next().unwrap().to_string());
        said.filter(|item| item.ends_with(')')).collect()
    };
    let lists = over_pages(&scans(&built), "provenance/loire-atlantique-2020", given);
    let site = built.site.as_ref().unwrap();
    let wanted = ajouts(site, &site.ateliers[0]);
    assert_eq!(lists.concat().len(), wanted.len());
    assert!(lists.len() == wanted.len().div_ceil(200) && wanted.len() > 500);
    for n in 0..500 {
        let text = format!("Irritant ajouté numéro {n}.");
        assert_eq!(lists.concat().iter().filter(|item| item.contains(&text)).count(), 1, "{text}");
    }
}

/// A hundred fiches more change nothing in a table.
#[test]
fn tables_are_never_cut() {
    let (small, large) = (clean(&base()), clean(&many(FICHES)));
    let mut tables = 0;
    for atelier in &small.site.as_ref().unwrap().ateliers {
        for tableau in atelier.synthese.tableaux.keys() {
            let path = format!(
                "syntheses/{}/{}/index.html",
                atelier.synthese.id,
                atelier.synthese.id_du_tableau(*tableau)
            );
            assert_eq!(html(&small, &path), html(&large, &path));
            tables += 1;
        }
    }
    assert!(tables > 0);
}

/// A fiche whose acronym is everywhere is not named with all the others.
#[test]
fn the_glossary_stays_short() {
    let built = clean(&many(FICHES));
    let page = html(&built, "glossaire/index.html");
    assert_eq!(page.matches("../retex/essai-2021/").count(), 20);
    assert!(page.contains("autres retours d’expérience"));
}

/// A synthèse of nine fiches is shown whole wherever it stands.
#[test]
fn a_small_synthese_is_shown_whole() {
    let pages = scans(&clean(&published()));
    let fiches = |path: &str| {
        let all = targets(path, &pages[path]).into_iter();
        all.filter(|t| t.starts_with("retex/loire-atlantique-2020/")).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(fiches("syntheses/loire-atlantique-2020/index.html"), 9);
    assert_eq!(fiches("plan-du-site/index.html"), 9);
    assert!(!pages.contains_key("liens/page-2/index.html"));
}
