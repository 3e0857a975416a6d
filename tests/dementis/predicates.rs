//! What makes each denial true, read in the data, apart from the code that wrote the sentence.

use std::collections::BTreeSet;

use super::{
    Claim, PLAN,
    case::{Bloc, Case, Fiche, after, count, edge, part},
};

/// What a site denies and what its data say.
type Predicate = fn(&Case) -> Vec<Claim>;

/// Predicates, by the names that the list gives them.
pub(super) const PREDICATES: [(&str, Predicate); 15] = [
    ("rien_du_sujet", nothing_of_the_subject),
    ("rien_au_tableau", nothing_in_the_table),
    ("sans_colonne", no_column),
    ("sans_lien", nothing_tied),
    ("reste_du_plan", rest_of_the_plan),
    ("rangee_ambigue", ambiguous_rows),
    ("dates_devinees", guessed_dates),
    ("listes_separees", separate_lists),
    ("fils_de_l_editeur", threads),
    ("sans_fiche", mentions_without_fiche),
    ("fiches_sans_lien", fiches_without_link),
    ("rien_de_publie", nothing_published),
    ("sans_document", no_document),
    ("contribution", contributions),
    ("n_en_dit_rien", silent_voices),
];

fn nothing_of_the_subject(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (html, s, sujet) in case.subjects() {
        let at = |what: &str| format!("{s}, {sujet}: {what}");
        let silent = !case.speaks(s, sujet);
        let said = html.contains("ne contient rien sur cette thématique");
        claims.push((at("rien sur cette thématique"), said, silent));
        let lacks = |table: &&String| {
            case.has_subjects(s, table) && case.blocs((s, table, sujet)).is_empty() && !silent
        };
        let missing: Vec<&String> = case.tables[s].iter().filter(lacks).collect();
        let plans = missing.iter().filter(|table| **table == PLAN).count();
        let said = html.matches("ne contient pas de plan d’action pour cette").count();
        claims.push(count(at("plan"), said, plans));
        let said = html.matches("ne contient rien dans ce tableau pour cette").count();
        claims.push(count(at("tableaux"), said, missing.len() - plans));
    }
    for (html, at) in case.at("syntheses/*/") {
        for one in html.split("<div class=\"t").skip(1) {
            let Some(sujet) = after(one, "thematiques/").first().copied() else { continue };
            let said = one.contains("Aucun retour d’expérience dans c");
            claims.push((format!("{at:?} {sujet}"), said, case.presented(at[0], sujet) == 0));
        }
    }
    for (html, at) in case.at("thematiques/*/") {
        let said = html.contains("Aucun atelier n’en parle encore.");
        let silent = !case.tables.keys().any(|s| case.speaks(s, at[0]));
        claims.push((format!("{at:?}"), said, silent && case.tables.len() != 1));
    }
    claims
}

fn nothing_in_the_table(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    let reading = format!("syntheses/*/{PLAN}/lecture/");
    let plans = case.at(&reading).into_iter().map(|(html, at)| (html, at[0], PLAN));
    let tables = case.at("syntheses/*/*/").into_iter().map(|(html, at)| (html, at[0], at[1]));
    for (html, s, table) in plans.chain(tables) {
        if !case.tables[s].iter().any(|own| own == table) || !case.has_subjects(s, table) {
            continue;
        }
        let listed =
            after(part(html, "ne contient rien dans ce tableau pour :", "</ul>"), "thematiques/");
        let subjects = case.at("syntheses/*/*/").into_iter().filter(|(_, at)| at[0] == s);
        for sujet in
            subjects.map(|(_, at)| at[1]).filter(|t| !case.tables[s].iter().any(|own| own == t))
        {
            let empty = case.blocs((s, table, sujet)).is_empty();
            let any = case.blocs.iter().any(|b| b.synthese == s && b.table == table);
            let here = listed.contains(&sujet);
            if any || here {
                claims.push((format!("{s}/{table}: {sujet}"), here, empty));
            }
        }
    }
    claims
}

/// The pages that arrange the plans, the nature that they follow and its words.
const RANGED: [(&str, &str, &str, &str, &str); 2] = [
    (
        "acteurs",
        "acteur",
        "nomment des acteurs sans dire qui",
        "n’est reconnue comme celle des acteurs",
        "sans acteur qui leur soit rattaché",
    ),
    (
        "calendrier",
        "temporalite",
        "donnent des dates sans dire quelles",
        "n’est reconnue comme celle des dates",
        "sans date qui leur soit rattachée",
    ),
];

fn no_column(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    let plans = case.tables.values().flatten().any(|table| table == PLAN);
    for (page, nature, _, words, _) in RANGED {
        let html = &case.pages[&format!("{page}/")];
        let any = case.blocs.iter().any(|b| b.table == PLAN && b.nature == nature);
        claims.push((format!("{page}: {words}"), html.contains(words), plans && !any));
        let said = html.contains("Aucun plan d’action n’est encore publié");
        claims.push((format!("{page}: no plan"), said, !plans));
    }
    claims
}

/// A nature of a plan beside its actions, as the edges and the rows of the data leave them.
#[derive(Default)]
struct Beside {
    tied: usize,
    actions_alone: usize,
    alone: usize,
    ambiguous: usize,
}

fn beside(case: &Case, s: &str, sujet: &str, nature: &str) -> Beside {
    let rows = case.blocs((s, PLAN, sujet));
    let several = rows.iter().filter_map(|b| b.rangees.first()).max() > Some(&1);
    let of = |nature: &str| rows.iter().copied().filter(|b| b.nature == nature).collect::<Vec<_>>();
    let (actions, own) = (of("action"), of(nature));
    let meets = |a: &Bloc, b: &Bloc| a.id != b.id && !a.rangees.is_disjoint(&b.rangees);
    let (mut found, mut held, mut seen) = (Beside::default(), BTreeSet::new(), BTreeSet::new());
    for one in &own {
        let tied = actions.iter().filter(|action| edge(one, action).is_some());
        let tied: Vec<&str> = tied.map(|a| a.id.as_str()).collect();
        let near: Vec<&str> =
            actions.iter().filter(|a| meets(one, a)).map(|a| a.id.as_str()).collect();
        if !tied.is_empty() {
            found.tied += 1;
            held.extend(tied);
        } else if several && near.len() > 1 && own.iter().any(|o| meets(one, o)) {
            found.ambiguous += usize::from(seen.insert(&one.rangees));
            held.extend(near);
        } else {
            found.alone += 1;
        }
    }
    found.actions_alone = actions.len() - held.len();
    found
}

/// The workshops and thématiques, the whole of a workshop among them, whose plan has a text of this nature.
fn with_nature<'a>(case: &'a Case, nature: &str) -> BTreeSet<(&'a str, &'a str)> {
    let here = case.blocs.iter().filter(|b| b.table == PLAN && b.nature == nature);
    here.map(|b| (b.synthese.as_str(), b.sujet.as_str())).collect()
}

/// The pages that arrange the plans by a nature: that of the site, or those of its workshops.
fn ranged(case: &Case, page: &str) -> String {
    let several = case.tables.len() > 1;
    let pages = if several { case.at(&format!("{page}/*/")) } else { case.at(&format!("{page}/")) };
    pages.into_iter().map(|(html, _)| html).collect()
}

fn nothing_tied(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (page, nature, words, ..) in RANGED {
        let all = with_nature(case, nature);
        let linked = |(s, t): &(&str, &str)| {
            let beside = beside(case, s, t, nature);
            beside.tied + beside.ambiguous > 0
        };
        let html = ranged(case, page);
        if case.tables.len() == 1 {
            let none = !all.is_empty() && !all.iter().any(linked);
            claims.push((format!("{page}: {words}"), html.contains(words), none));
        }
        let lists = html.split("<div class=\"avis\">").skip(1).map(|l| part(l, "<ul>", "</ul>"));
        let listed: Vec<String> = lists.map(str::to_string).collect();
        for one in &all {
            let link = format!("syntheses/{}/{PLAN}/lecture/index.html#partie--{}\"", one.0, one.1);
            let said = listed.iter().any(|list| list.contains(&link));
            claims.push((format!("{page}: {one:?} sans lien"), said, !linked(one)));
        }
    }
    claims
}

fn groups(case: &Case, page: &str) -> Vec<(String, String, String)> {
    let html = ranged(case, page);
    let groups = html
        .split("<section class=\"groupe")
        .skip(1)
        .map(|g| g.split("</section>").next().unwrap_or(""));
    let read = |g: &str| {
        let (s, t) = (after(g, "syntheses/")[0], after(g, "#partie--")[0]);
        (s.to_string(), t.to_string(), g.to_string())
    };
    groups.map(read).collect()
}

/// The number before these words.
fn number(html: &str, words: &str) -> usize {
    let before = html.split_once(words).map_or("", |(before, _)| before);
    let digits = before.trim_end().rsplit(' ').nth(1).unwrap_or("");
    digits.rsplit('>').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn rest_of_the_plan(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (page, nature, _, _, words) in RANGED {
        for (s, t, html) in groups(case, page) {
            let beside = beside(case, &s, &t, nature);
            claims.push(count(
                format!("{page} {s} {t}"),
                number(&html, words),
                beside.actions_alone,
            ));
            let said = number(&html, "sans action rattachée");
            claims.push(count(format!("{page} {s} {t} alone"), said, beside.alone));
        }
    }
    claims
}

fn ambiguous_rows(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (page, nature, ..) in RANGED {
        for (s, t, html) in groups(case, page) {
            let said = html.matches("sans dire lesquels vont ensemble").count();
            claims.push(count(
                format!("{page} {s} {t}"),
                said,
                beside(case, &s, &t, nature).ambiguous,
            ));
        }
    }
    claims
}

fn letters(html: &str) -> String {
    let texts = html.split('<').filter_map(|piece| piece.split('>').nth(1));
    texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect()
}

/// Each date of the calendar is one of the plan, or several of one row.
fn guessed_dates(case: &Case) -> Vec<Claim> {
    let html = ranged(case, "calendrier");
    let said = html.contains("aucune n’est devinée");
    let mut all_written = true;
    for (s, t, group) in groups(case, "calendrier") {
        for entry in group.split("<li>").skip(1).map(|entry| part(entry, "<div>", "</div>")) {
            let mut shown = letters(&format!("<div>{entry}"));
            for date in case.blocs((&s, PLAN, &t)).iter().filter(|b| b.nature == "temporalite") {
                shown = shown.replacen(&letters(&format!(">{}", date.texte)), "", 1);
            }
            all_written &= shown.is_empty();
        }
    }
    let tied = !groups(case, "calendrier").is_empty();
    vec![("calendrier".into(), said, tied && all_written)]
}

/// The parts of pages that read one thématique of one table.
fn readings(case: &Case) -> Vec<(String, String, String, String)> {
    let mut found = Vec::new();
    for (html, s, sujet) in case.subjects() {
        for section in html.split("<section").skip(1).map(|x| part(x, "", "</section>")) {
            let table = after(section, "labelledby=\"sujet--").first().map_or("", |t| t);
            found.push((s.to_string(), table.to_string(), sujet.to_string(), section.to_string()));
        }
    }
    for (html, at) in case.at(&format!("syntheses/*/{PLAN}/lecture/")) {
        for section in html.split("<section").skip(1).map(|x| part(x, "", "</section>")) {
            let sujet = after(section, "labelledby=\"partie--").first().map_or("", |t| t);
            found.push((at[0].to_string(), PLAN.into(), sujet.to_string(), section.to_string()));
        }
    }
    found.retain(|(_, table, sujet, _)| !table.is_empty() && !sujet.is_empty());
    found
}

fn separate_lists(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (s, table, sujet, html) in readings(case) {
        let rows = case.blocs((&s, &table, &sujet));
        let free = |b: &&&Bloc| !rows.iter().any(|o| o.id != b.id && edge(b, o).is_some());
        for ending in [", sans dire lesquels", ", sans dire à quoi"] {
            let Some((before, _)) = html.split_once(ending) else { continue };
            let said = before.rsplit('>').next().unwrap_or("");
            for n in said.split([' ', ',']).collect::<Vec<_>>().windows(2) {
                let Ok(number) = n[0].parse::<usize>() else { continue };
                let fold = n[1].trim_end_matches('s').replace('é', "e");
                let there = rows.iter().filter(|b| b.nature == fold).filter(free).count();
                claims.push(count(format!("{s} {table} {sujet}: {}", n[1]), number, there));
            }
        }
    }
    claims
}

fn threads(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (s, table, sujet, html) in readings(case) {
        let rows: Vec<_> = case.blocs((&s, &table, &sujet));
        let rows: Vec<_> = rows.into_iter().filter(|b| b.nature != "intitule").collect();
        let pairs =
            rows.iter().enumerate().flat_map(|(n, a)| rows[..n].iter().map(move |b| (a, b)));
        let edges: Vec<bool> = pairs.filter_map(|(a, b)| edge(a, b)).collect();
        let (written, proposed) = (edges.contains(&true), edges.contains(&false));
        let mut say = |words: &str, truth: bool| {
            if html.contains(words) {
                claims.push((format!("{s} {table} {sujet}: {words}"), true, truth));
            }
        };
        say("ne dit pas ce qui va ensemble", proposed && !written);
        let marked = part(&html, "<tbody>", "</tbody>").contains('┈');
        say("ne le dit pas.", proposed && written && marked);
    }
    for (path, html) in case.pages.iter().filter(|(_, html)| html.contains("« ┈ » signale ce que"))
    {
        let proposed = case.blocs.iter().flat_map(|b| &b.vers).any(|(_, written)| !written);
        claims.push((path.clone(), html.contains("ne dit pas. Chaque texte"), proposed));
    }
    claims
}

fn mentions_without_fiche(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (html, at) in case.at("syntheses/*/*/") {
        let here = |b: &&Bloc| b.synthese == at[0] && b.table == at[1] && b.nature == "mention";
        let free = |b: &&Bloc| !b.vers.iter().any(|(to, _)| to.contains("retex/"));
        let there = case.blocs.iter().filter(here).filter(free).count();
        if case.tables[at[0]].iter().any(|table| table == at[1]) {
            let said = html.matches("sans fiche sur ce site").count();
            claims.push(count(format!("{at:?}"), said, there));
        }
    }
    claims
}

fn fiches_without_link(case: &Case) -> Vec<Claim> {
    let pages = case.pages.iter().filter(|(path, _)| path.starts_with("liens/"));
    let html: String = pages.map(|(_, html)| html.as_str()).collect();
    let said = part(&html, "id=\"liens--sans\"", "</section>");
    let one = |f: &Fiche| {
        let link = format!("retex/{}/{}/", f.synthese, f.id);
        (format!("liens: {link}"), said.contains(&link), f.links == 0)
    };
    let none = html.contains("Aucun lien vers une ressource n’est encore donné.");
    let total: usize = case.fiches.iter().map(|f| f.links).sum();
    case.fiches.iter().map(one).chain([("liens".into(), none, total == 0)]).collect()
}

fn nothing_published(case: &Case) -> Vec<Claim> {
    let said = |page: &str, words: &str, truth: bool| {
        (format!("{page}: {words}"), case.pages[page].contains(words), truth)
    };
    vec![
        said("retex/", "Aucune expérience n’est encore publiée.", case.fiches.is_empty()),
        said("donnees/", "Aucune donnée n’est encore publiée.", case.tables.is_empty()),
        said(
            "thematiques/",
            "Aucune thématique n’est encore décrite.",
            case.at("thematiques/*/").is_empty(),
        ),
        said(
            "provenance/",
            "encore aucun document reçu",
            case.tables.len() < 2 && !case.tables.keys().any(|s| case.has_document(s)),
        ),
    ]
}

fn no_document(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (path, html) in &case.pages {
        let at: Vec<&str> = path.split('/').collect();
        let own = match at.as_slice() {
            ["syntheses", s, ""] => Some(*s),
            ["syntheses", s, table, ""] if case.tables[*s].iter().any(|own| own == table) => {
                Some(*s)
            }
            ["provenance", s, ""] if case.tables.contains_key(*s) => Some(*s),
            ["provenance", ""] if case.tables.len() == 1 => {
                case.tables.keys().next().map(String::as_str)
            }
            _ => None,
        };
        let said = html.contains("Ce recueil n’a pas de document source");
        let truth = own.is_some_and(|s| !case.has_document(s));
        claims.push((path.clone(), said, truth));
    }
    if case.tables.len() > 1 {
        let said = case.pages["provenance/"].matches("Recueil, sans document reçu").count();
        let there = case.tables.keys().filter(|s| !case.has_document(s)).count();
        claims.push(count("provenance".into(), said, there));
    }
    claims
}

fn contributions(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    let outside = "ne vient pas d’un document reçu";
    for f in &case.fiches {
        let html = &case.pages[&format!("retex/{}/{}/", f.synthese, f.id)];
        claims.push((f.id.clone(), html.contains(outside), !f.received));
        let whole = html.contains("Mots de la synthèse reçue, sans changement");
        claims.push((format!("{}: received", f.id), whole, f.received));
        let file = &case.pages[&format!("syntheses/{}/{}/", f.synthese, f.sujet)];
        let here = |o: &&Fiche| o.synthese == f.synthese && o.sujet == f.sujet && !o.received;
        let there = case.fiches.iter().filter(here).count();
        claims.push(count(format!("{}: file", f.id), file.matches(outside).count(), there));
    }
    claims
}

fn silent_voices(case: &Case) -> Vec<Claim> {
    let mut claims = Vec::new();
    let alone = if case.tables.len() == 1 { case.tables.keys().next() } else { None };
    let pages = case.at("syntheses/*/").into_iter().map(|(html, at)| (html, Some(at[0])));
    let others =
        ["", "thematiques/"].map(|page| (case.pages[page].as_str(), alone.map(String::as_str)));
    for (html, s) in pages.chain(others) {
        for one in html.split("<li class=\"t").skip(1) {
            let one = one.split("</li>").next().unwrap_or("");
            let (Some(s), Some(sujet)) = (s, after(one, "thematiques/").first().copied()) else {
                continue;
            };
            let rows = case.blocs.iter().filter(|b| b.synthese == s && b.sujet == sujet);
            let (titles, others): (Vec<&Bloc>, Vec<&Bloc>) =
                rows.partition(|b| b.nature == "intitule");
            let fiches = case.presented(s, sujet);
            let mut say = |words: &str, truth: bool| {
                if one.contains(words) {
                    claims.push((format!("{s} {sujet}: {words}"), true, truth));
                }
            };
            say("n’en dit rien.", titles.is_empty() && others.is_empty() && fiches == 0);
            // A title may also be that of the fiches, which the data do not give.
            say("n’en donne que l’intitulé.", others.is_empty() && fiches == 0);
            say("n’en donne qu’une expérience.", others.is_empty() && fiches == 1);
        }
    }
    claims
}
