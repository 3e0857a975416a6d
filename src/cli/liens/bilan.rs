//! Words of `retex liens`: what would be asked, and what was seen. Markdown, for a merge request too.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use crate::{
    french,
    liens::Constat,
    model::{EtatLien, Sante, Vie},
    source::Date,
};

/// The addresses that would be asked.
pub(super) fn a_blanc(wanted: &[Url]) -> String {
    let mut out = format!("{} à demander :\n", counted(wanted.iter().map(Url::as_str)));
    for url in wanted {
        out.push_str(&format!("- {url}\n"));
    }
    french::bind_spaces(&out)
}

/// « 42 adresses sur 31 sites ».
fn counted<'a>(addresses: impl Iterator<Item = &'a str>) -> String {
    let addresses: Vec<&str> = addresses.collect();
    let hosts: BTreeSet<String> = addresses
        .iter()
        .filter_map(|address| Some(Url::parse(address).ok()?.host_str()?.to_string()))
        .collect();
    format!(
        "{} sur {}",
        french::count(addresses.len(), "adresse", "adresses"),
        french::count(hosts.len(), "site", "sites")
    )
}

/// Answers that a round has seen, the gravest first.
pub(super) fn dit(
    sante: &Sante,
    seen: BTreeMap<String, Constat>,
    left: usize,
    day: Date,
) -> String {
    let of = |vie: Vie| -> Vec<(&String, &EtatLien)> {
        let known = seen.keys().filter_map(|address| sante.0.get_key_value(address));
        known.filter(|(_, etat)| vie_du_jour(etat, day) == vie).collect()
    };
    let (dead, absent, moved) = (of(Vie::Mort), of(Vie::Absent), of(Vie::Deplace));
    let (alive, unknown) = (of(Vie::Vivant), of(Vie::Inconnu));
    let counts: Vec<String> = [
        (alive.len(), "répond", "répondent"),
        (moved.len(), "conduit ailleurs", "conduisent ailleurs"),
        (absent.len(), "n’a pas répondu", "n’ont pas répondu"),
        (dead.len(), "ne répond plus", "ne répondent plus"),
        (unknown.len(), "reste inconnue", "restent inconnues"),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, one, many)| french::count(n, one, many))
    .collect();
    let mut out = format!("{}, le {}", counted(seen.keys().map(String::as_str)), day.french());
    out.push_str(&match counts.is_empty() {
        true => ".\n".to_string(),
        false => format!(" : {}.\n", french::enumerate(&counts)),
    });
    let lists = [
        ("Ne répondent plus", dead),
        ("N’ont pas répondu", absent),
        ("Conduisent ailleurs", moved),
        ("Restent inconnues", unknown),
    ];
    for (title, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        out.push_str(&format!("\n{title} :\n"));
        list.iter().for_each(|(address, etat)| out.push_str(&line(address, etat)));
    }
    if left > 0 {
        let left = french::count(left, "adresse", "adresses");
        out.push_str(&format!("\nIl reste {left} : relancez la commande pour continuer.\n"));
    }
    french::bind_spaces(&out)
}

/// State of an address, unless that day said nothing of it.
fn vie_du_jour(etat: &EtatLien, day: Date) -> Vie {
    if etat.resultat.est_indecis() && etat.vu() != Some(day) { Vie::Inconnu } else { etat.vie() }
}

fn line(address: &str, etat: &EtatLien) -> String {
    let mut why = etat.resultat.label().to_string();
    if let Some(code) = etat.code {
        why.push_str(&format!(", {code}"));
    }
    if let Some(vers) = &etat.vers {
        why = vers.clone();
    }
    let since = match (etat.vie(), etat.en_panne) {
        (Vie::Mort | Vie::Absent, Some(day)) => format!(", depuis le {}", day.french()),
        _ => String::new(),
    };
    let copie = etat.copie.as_ref().map_or(String::new(), |c| format!(" ; copie : {c}"));
    format!("- {address} : {why}{since}{copie}\n")
}
