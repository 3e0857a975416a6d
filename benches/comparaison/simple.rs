//! A plain site of Hugo, made from the same corpus: its front matter and its Markdown, nothing computed.
//!
//! Templates are those of `benches/hugo-simple`, in Hugo's own idiom. What it must publish is read from the same
//! sources, and looked for in what it wrote.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use toml::{Table, Value};

use crate::{Outcome, dossier, said};

/// A way to build that site.
pub(crate) struct Variant {
    /// Its name in the table, and in the folders.
    pub(crate) name: &'static str,
    pub(crate) slug: &'static str,
    /// What `--config` takes.
    config: &'static str,
    /// The most fiches that a feed has; `None` when each list has a feed, of all its fiches.
    feed: Option<usize>,
}

/// As Hugo has it, then with lists and a feed as long as ours.
pub(crate) const VARIANTS: [Variant; 2] = [
    Variant { name: "Hugo, its defaults", slug: "hugo-defaut", config: "hugo.toml", feed: None },
    Variant {
        name: "Hugo, lists and feed as ours",
        slug: "hugo-comme-retex",
        config: "hugo.toml,comme-retex.toml",
        feed: Some(50),
    },
];

impl Variant {
    /// What Hugo is asked.
    pub(crate) fn arguments<'a>(&self, source: &'a str, out: &'a str) -> Vec<&'a str> {
        let [level, error, rest @ ..] = crate::hugo::arguments(source, out);
        [level, error, "--config", self.config].into_iter().chain(rest).collect()
    }
}

/// The taxonomies: their folder, which is their key in the front matter, and their title.
const TAXONOMIES: [(&str, &str); 4] = [
    ("thematiques", "Thématiques"),
    ("niveaux", "Niveaux"),
    ("mots_cles", "Mots-clés"),
    ("types", "Types de lien"),
];

/// What the site must hold.
pub(crate) struct Expected {
    fiches: Vec<Fiche>,
    /// The fiches of each list, by folder: all of them, and those of each value of a criterion.
    lists: BTreeMap<String, BTreeSet<String>>,
}

struct Fiche {
    /// Its folder in the site.
    folder: String,
    /// The lists where it is.
    lists: Vec<String>,
    /// What its page holds: title, paragraphs, authors, points, addresses of its links.
    texts: Vec<String>,
}

/// Writes the site to `to`: the templates, and content made from that of `corpus`.
///
/// # Errors
/// When the disk refuses, or a source is not as the corpus writes them.
pub(crate) fn convert(corpus: &Path, to: &Path) -> Outcome<Expected> {
    dossier::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/hugo-simple"), to)?;
    let (from, to) = (corpus.join("content"), to.join("content"));
    index(&to, "Accueil", "")?;
    index(&to.join("retex"), "Toutes les fiches", "")?;
    for (folder, title) in TAXONOMIES {
        index(&to.join(folder), title, "")?;
    }
    let mut fiches = Vec::new();
    for name in
        dossier::files(&from)?.into_keys().filter(|name| name.extension() == Some("md".as_ref()))
    {
        let slug = name.file_stem().unwrap_or_default().to_string_lossy();
        if name.starts_with("thematiques") {
            let (header, body) = read(&from.join(&name))?;
            index(&to.join("thematiques").join(&*slug), string(&header, "titre"), &body)?;
        } else {
            fiches.push((from.join(&name), format!("retex/{slug}")));
        }
    }
    let one = |(path, folder): (_, String)| fiche(path, folder, &to);
    let fiches: Vec<Fiche> = fiches.into_par_iter().map(one).collect::<Outcome<_>>()?;
    let mut lists: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for fiche in &fiches {
        for list in fiche.lists.iter().cloned().chain(["retex".to_string()]) {
            lists.entry(list).or_default().insert(fiche.folder.clone());
        }
    }
    Ok(Expected { fiches, lists })
}

/// Writes a fiche: the keys that have a meaning of their own for Hugo get its names, the others stay.
fn fiche(path: impl AsRef<Path>, folder: String, to: &Path) -> Outcome<Fiche> {
    let (mut header, body) = read(path.as_ref())?;
    let mut rename = |old: &str, new: &str, list: bool| {
        let value = header.remove(old).unwrap_or(Value::String(String::new()));
        header.insert(new.into(), if list { Value::Array(vec![value]) } else { value });
    };
    rename("titre", "title", false);
    rename("thematique", "thematiques", true);
    let links = header.get("liens").and_then(Value::as_array).into_iter().flatten();
    let links: Vec<&Table> = links.filter_map(Value::as_table).collect();
    let kinds: BTreeSet<&str> = links.iter().map(|link| string(link, "type")).collect();
    let kinds = Value::Array(kinds.into_iter().map(|kind| Value::String(kind.into())).collect());

    let mut texts = vec![string(&header, "title").to_string()];
    texts.extend(links.iter().map(|link| format!("href=\"{}\"", string(link, "url"))));
    for key in ["auteurs", "points_forts", "irritants"] {
        texts.extend(strings(&header, key).map(str::to_string));
    }
    let prose = body.split("```").next().unwrap_or_default();
    texts.extend(prose.split("\n\n").map(|text| text.trim().to_string()));
    header.insert("types".into(), kinds);
    let mut lists = Vec::new();
    for (taxonomy, _) in TAXONOMIES {
        lists.extend(strings(&header, taxonomy).map(|value| format!("{taxonomy}/{value}")));
    }
    write(&to.join(format!("{folder}.md")), &header, &body)?;
    Ok(Fiche { folder, lists, texts })
}

/// Fails unless each fiche has its page, with its text, criteria and links; each list its fiches, all of them;
/// each taxonomy its values; and unless the home page, the feeds and the site map are there.
///
/// # Errors
/// What is missing, and where.
pub(crate) fn check(expected: &Expected, variant: &Variant, out: &Path) -> Outcome<()> {
    expected.fiches.par_iter().try_for_each(|fiche| {
        let page = page(out, &fiche.folder)?;
        let links = hrefs(&page, "<a href=\"");
        let list = fiche.lists.iter().find(|list| !links.contains(*list));
        let text = fiche.texts.iter().find(|text| !page.contains(*text));
        list.or(text).map_or(Ok(()), |missing| Err(format!("{}: no « {missing} »", fiche.folder)))
    })?;
    expected.lists.par_iter().try_for_each(|(list, fiches)| {
        same(list, &listed(out, list)?, fiches)?;
        variant.feed.map_or_else(|| feed(out, list, fiches.len()), |_| Ok(()))
    })?;
    for (taxonomy, _) in TAXONOMIES {
        let under = |list: &&String| list.split('/').next() == Some(taxonomy) && list.contains('/');
        let values: BTreeSet<String> = expected.lists.keys().filter(under).cloned().collect();
        variant.feed.map_or_else(|| feed(out, taxonomy, values.len()), |_| Ok(()))?;
        same(taxonomy, &hrefs(&page(out, taxonomy)?, "<li class=\"valeur\"><a href=\""), &values)?;
    }
    let home = hrefs(&page(out, "")?, "<li class=\"fiche\"><a href=\"");
    if home.len() != expected.fiches.len().min(10) {
        return Err(format!("the home page shows {} fiches", home.len()));
    }
    let all = expected.fiches.len();
    feed(out, "", variant.feed.map_or(all, |most| most.min(all)))?;
    let map = hrefs(&file(&out.join("sitemap.xml"))?, "<loc>");
    let fiches = expected.fiches.iter().map(|fiche| &fiche.folder);
    let missing = fiches.chain(expected.lists.keys()).find(|folder| !map.contains(*folder));
    missing.map_or(Ok(()), |missing| Err(format!("the site map has no « {missing} »")))
}

/// The fiches of a list, of all its pages.
fn listed(out: &Path, list: &str) -> Outcome<BTreeSet<String>> {
    let mut fiches = BTreeSet::new();
    let mut folder = list.to_string();
    for next in 2.. {
        let page = page(out, &folder)?;
        fiches.extend(hrefs(&page, "<li class=\"fiche\"><a href=\""));
        folder = format!("{list}/page/{next}");
        // The last page links to no other.
        if !hrefs(&page, "href=\"").contains(&folder) {
            break;
        }
    }
    Ok(fiches)
}

fn same(list: &str, found: &BTreeSet<String>, expected: &BTreeSet<String>) -> Outcome<()> {
    match found.symmetric_difference(expected).next() {
        Some(one) => {
            Err(format!("{list}: {} links, {} due; « {one} »", found.len(), expected.len()))
        }
        None => Ok(()),
    }
}

/// Fails unless the feed of a list has so many fiches.
fn feed(out: &Path, list: &str, due: usize) -> Outcome<()> {
    match file(&out.join(list).join("index.xml"))?.matches("<item>").count() {
        found if found == due => Ok(()),
        found => Err(format!("the feed of « {list} » has {found} fiches, {due} due")),
    }
}

/// The folders of the site that a page links to after some markup.
fn hrefs(html: &str, before: &str) -> BTreeSet<String> {
    let ends = html.split(before).skip(1);
    let ends = ends.filter_map(|rest| rest.split(['"', '<']).next());
    let folder = |href: &str| {
        let href = href.trim_start_matches("https://exemple.fr").trim_matches('/');
        percent_decode_str(href).decode_utf8_lossy().into_owned()
    };
    ends.map(folder).collect()
}

fn page(out: &Path, folder: &str) -> Outcome<String> {
    file(&out.join(folder).join("index.html"))
}

fn file(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(said(path))
}

/// The header and the body of a source.
fn read(path: &Path) -> Outcome<(Table, String)> {
    let text = file(path)?;
    let mut parts = text.splitn(3, "+++\n").skip(1);
    let (header, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let header = header.parse().map_err(|error| format!("{}: {error}", path.display()))?;
    Ok((header, body.to_string()))
}

fn index(folder: &Path, title: &str, body: &str) -> Outcome<()> {
    let header = Table::from_iter([("title".to_string(), Value::String(title.into()))]);
    write(&folder.join("_index.md"), &header, body)
}

fn write(path: &Path, header: &Table, body: &str) -> Outcome<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(said(folder))?;
    }
    fs::write(path, format!("+++\n{header}+++\n{body}")).map_err(said(path))
}

fn string<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn strings<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a str> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}
