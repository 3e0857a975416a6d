//! A site as the denials of its pages are judged: its pages, and what its data files say.

use std::collections::{BTreeMap, BTreeSet};

use retex::source::Snapshot;
use serde_json::Value;

use super::{Claim, OF_ALL};
use crate::support::{assert_clean, build};

pub(super) struct Bloc {
    pub(super) synthese: String,
    pub(super) table: String,
    pub(super) sujet: String,
    pub(super) nature: String,
    pub(super) id: String,
    pub(super) rangees: BTreeSet<u64>,
    pub(super) texte: String,
    /// Other ends of its edges; true when the document writes it.
    pub(super) vers: Vec<(String, bool)>,
    pub(super) recu: bool,
}

pub(super) struct Fiche {
    pub(super) synthese: String,
    pub(super) sujet: String,
    pub(super) id: String,
    pub(super) received: bool,
    pub(super) links: usize,
}

/// A site: its pages with plain spaces, and what its data files say.
pub(super) struct Case {
    pub(super) name: &'static str,
    pub(super) pages: BTreeMap<String, String>,
    pub(super) tables: BTreeMap<String, Vec<String>>,
    pub(super) blocs: Vec<Bloc>,
    pub(super) fiches: Vec<Fiche>,
}

fn list(value: &Value, key: &str) -> Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key}")).clone()
}

fn word(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key}")).to_string()
}

pub(super) fn case(name: &'static str, snapshot: &Snapshot) -> Case {
    let built = build(snapshot);
    assert_clean(&built, snapshot);
    let plain = |html: &str| html.replace(['\u{a0}', '\u{202f}'], " ");
    let at = |path: &str| path.trim_end_matches("index.html").to_string();
    let pages = built.tree.pages().map(|(path, html)| (at(path.as_str()), plain(html))).collect();
    let mut case =
        Case { name, pages, tables: BTreeMap::new(), blocs: Vec::new(), fiches: Vec::new() };
    for (_, bytes) in built.tree.iter().filter(|(p, _)| p.as_str().ends_with("/donnees.json")) {
        case.read(&serde_json::from_slice(bytes).unwrap());
    }
    case
}

impl Case {
    fn read(&mut self, data: &Value) {
        let synthese = word(&data["synthese"], "id");
        let mut tables = Vec::new();
        for table in list(data, "tableaux") {
            tables.push(word(&table, "id"));
            self.blocs.extend(list(&table, "blocs").iter().map(|b| {
                Bloc {
                    synthese: synthese.clone(),
                    table: word(&table, "id"),
                    sujet: word(b, "thematique"),
                    nature: word(b, "nature"),
                    id: word(b, "id"),
                    texte: list(b, "enonces").iter().filter_map(Value::as_str).collect(),
                    rangees: list(b, "rangees").iter().filter_map(Value::as_u64).collect(),
                    vers: Vec::from_iter(
                        list(b, "rapprochements")
                            .iter()
                            .map(|r| (word(r, "vers"), word(r, "preuve") == "ecrit")),
                    ),
                    recu: !list(b, "lignes").is_empty(),
                }
            }));
        }
        self.fiches.extend(list(data, "fiches").iter().map(|f| Fiche {
            synthese: synthese.clone(),
            sujet: word(f, "thematique"),
            id: word(f, "id"),
            received: word(f, "origine") == "synthese",
            links: list(f, "liens").len(),
        }));
        self.tables.insert(synthese, tables);
    }

    /// The pages at an address, and what stands for each star of it.
    pub(super) fn at<'a>(&'a self, pattern: &str) -> Vec<(&'a str, Vec<&'a str>)> {
        let wanted: Vec<&str> = pattern.split('/').collect();
        let fits = |(path, html): (&'a String, &'a String)| {
            let own: Vec<&str> = path.split('/').collect();
            let same = own.len() == wanted.len()
                && own.iter().zip(&wanted).all(|(own, wanted)| *wanted == "*" || own == wanted);
            let stars = own.iter().zip(&wanted).filter(|(_, wanted)| **wanted == "*");
            same.then(|| (html.as_str(), stars.map(|(own, _)| *own).collect()))
        };
        self.pages.iter().filter_map(fits).collect()
    }

    pub(super) fn blocs<'a>(&'a self, (s, table, sujet): (&str, &str, &str)) -> Vec<&'a Bloc> {
        let here = |b: &&Bloc| b.synthese == s && b.table == table && b.sujet == sujet;
        self.blocs.iter().filter(here).collect()
    }

    pub(super) fn speaks(&self, s: &str, sujet: &str) -> bool {
        self.blocs.iter().any(|b| b.synthese == s && b.sujet == sujet)
            || self.fiches_of(s, sujet) > 0
    }

    pub(super) fn fiches_of(&self, s: &str, sujet: &str) -> usize {
        self.fiches.iter().filter(|f| f.synthese == s && f.sujet == sujet).count()
    }

    /// Fiches that a workshop itself presents: what joined its document since is not of them.
    pub(super) fn presented(&self, s: &str, sujet: &str) -> usize {
        let here = self.fiches.iter().filter(|f| f.synthese == s && f.sujet == sujet);
        here.filter(|f| f.received || !self.has_document(s)).count()
    }

    pub(super) fn has_document(&self, s: &str) -> bool {
        self.blocs.iter().any(|b| b.synthese == s && b.recu)
            || self.fiches.iter().any(|f| f.synthese == s && f.received)
    }

    /// The pages that give all that one workshop says of a thématique: its meeting file, and that of the thématique.
    pub(super) fn subjects(&self) -> Vec<(&str, &str, &str)> {
        let files = self.at("syntheses/*/*/");
        let mut found: Vec<_> = files
            .into_iter()
            .filter(|(_, at)| !self.tables[at[0]].iter().any(|table| table == at[1]))
            .map(|(html, at)| (html, at[0], at[1]))
            .collect();
        for (html, at) in self.at("thematiques/*/") {
            let all: Vec<&String> = self.tables.keys().collect();
            let voices: Vec<_> = all.iter().filter(|s| self.speaks(s, at[0])).collect();
            match (voices.as_slice(), all.as_slice()) {
                ([s], _) => found.push((html, s, at[0])),
                ([], [s]) => found.push((html, s, at[0])),
                _ => {}
            }
        }
        found
    }

    /// True of a table whose rows, if any, do not all belong to the whole workshop.
    pub(super) fn has_subjects(&self, s: &str, table: &str) -> bool {
        let mut rows = self.blocs.iter().filter(|b| b.synthese == s && b.table == table).peekable();
        rows.peek().is_none() || rows.any(|b| b.sujet != OF_ALL)
    }
}

fn names(target: &str, bloc: &Bloc) -> bool {
    let rest = target.strip_prefix(bloc.id.as_str());
    rest.is_some_and(|n| n.trim_start_matches('-').chars().all(|c| c.is_ascii_digit()))
}

pub(super) fn edge(a: &Bloc, b: &Bloc) -> Option<bool> {
    let of = |a: &Bloc, b: &Bloc| {
        let found = a.vers.iter().filter(|(to, _)| names(to, b)).map(|(_, written)| *written);
        found.max()
    };
    of(a, b).max(of(b, a))
}

/// A number that a page says, none being silence, beside that of the data.
pub(super) fn count(place: String, said: usize, there: usize) -> Claim {
    let truth = if said == there { said > 0 } else { said == 0 };
    (format!("{place}: {said} said, {there} in the data"), said > 0, truth)
}

/// The values of what follows each opening, up to a quote or a slash.
pub(super) fn after<'a>(html: &'a str, opening: &str) -> Vec<&'a str> {
    html.split(opening).skip(1).filter_map(|rest| rest.split(['"', '/', '#']).next()).collect()
}

pub(super) fn part<'a>(html: &'a str, from: &str, to: &str) -> &'a str {
    html.split_once(from).map_or("", |(_, rest)| rest.split(to).next().unwrap_or(""))
}
