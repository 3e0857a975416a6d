//! What is printed: the sites, then the table of medians and ratios.

use std::fmt::Write as _;

use crate::{
    defaut,
    mesure::Mesure,
    passe::{Pass, Site},
    simple::VARIANTS,
};

/// The files and bytes of a site, and how Hugo's text compares.
pub(crate) fn site(site: &Site) -> String {
    let mut out = format!(
        "\n{} fiches: {} read; retex writes {}.\n",
        site.fiches,
        weight(site.sources),
        weight(site.written),
    );
    let Some(hugo) = &site.hugo else { return out };
    let _ =
        writeln!(out, "  Hugo: {} read, {} written.", weight(hugo.sources), weight(hugo.written));
    for (kind, pages) in &hugo.texte {
        let different = pages.different.len();
        let equal = pages.pages - different;
        let _ = writeln!(out, "  Text of {kind} pages: {equal} equal, {different} different.");
        for said in pages.different.iter().take(3) {
            let _ = writeln!(out, "    {said}");
        }
    }
    out
}

/// Fails unless the text of each page that Hugo makes too is that of retex.
pub(crate) fn equal(sites: &[Site]) -> Result<(), String> {
    let kinds = sites.iter().filter_map(|site| site.hugo.as_ref()).flat_map(|h| h.texte.values());
    match kinds.map(|kind| kind.different.len()).sum() {
        0_usize => Ok(()),
        n => Err(format!("{n} pages have not the same text")),
    }
}

fn weight((files, bytes): (usize, u64)) -> String {
    format!("{files} files, {:.1} MB", bytes as f64 / 1e6)
}

/// One line of the table.
struct Row {
    name: &'static str,
    /// The files that it wrote, and their bytes.
    written: (usize, u64),
    /// What it used in each pass.
    of: Vec<Mesure>,
    /// What its time is compared with, in each pass.
    ratio: Option<(&'static str, Vec<f64>)>,
}

/// What the table begins with.
const HEAD: &str = "\n| fiches | program | files written | MB written | time, s | processor, s | peak memory, MiB | ratio of times |\n\
    |---:|---|---:|---:|---:|---:|---:|---|\n";

/// The table: medians of the passes; each ratio is the median of the ratios within a pass, with the
/// least and the greatest of them.
pub(crate) fn table(sites: &[Site], passes: &[(usize, Pass)]) -> String {
    let mut out = String::from(HEAD);
    for (at, site) in sites.iter().enumerate() {
        for row in rows(site, &of_site(passes, at)) {
            out.push_str(&row.line(site.fiches));
        }
    }
    out + &growth(sites, passes)
}

impl Row {
    fn line(&self, fiches: usize) -> String {
        let of = |f: fn(&Mesure) -> f64| median(self.of.iter().map(f));
        let ratio = self.ratio.as_ref();
        let ratio = ratio.map(|(of, all)| format!("{} {of}", spread(all))).unwrap_or_default();
        let memory = match self.name {
            // It holds all that it writes: a measure of nothing.
            RAW => "–".to_string(),
            _ => format!("{:.0}", of(memory)),
        };
        let (files, bytes) = self.written;
        format!(
            "| {fiches} | {} | {files} | {:.1} | {:.2} | {:.2} | {memory} | {ratio} |\n",
            self.name,
            bytes as f64 / 1e6,
            of(wall),
            of(|m| m.cpu.as_secs_f64()),
        )
    }
}

/// The files and bytes of the default site of each program.
pub(crate) fn default_site(site: &defaut::Site) -> String {
    let [ours, theirs] = site.sources.map(weight);
    let mut out = format!("\n{} fiches: retex reads {ours}; Hugo {theirs}.\n", site.fiches);
    let hugo = VARIANTS.iter().map(|variant| variant.name).zip(&site.variants);
    for (name, written) in [("retex", &site.retex)].into_iter().chain(hugo) {
        let (all, xml) = (weight(written.all), weight(written.xml));
        let _ = writeln!(out, "  {name}: {all} written; of which feeds and site map {xml}.");
    }
    out
}

/// The table of the default sites.
pub(crate) fn default_table(sites: &[defaut::Site], passes: &[(usize, defaut::Pass)]) -> String {
    let mut out = String::from(HEAD);
    for (at, site) in sites.iter().enumerate() {
        let passes = of_site(passes, at);
        let of = passes.iter().map(|pass| pass.retex).collect();
        let retex = Row { name: "retex, cold", written: site.retex.all, of, ratio: None };
        out.push_str(&retex.line(site.fiches));
        for (v, (variant, written)) in VARIANTS.iter().zip(&site.variants).enumerate() {
            let of: Vec<Mesure> = passes.iter().map(|pass| pass.variants[v]).collect();
            let ratio = of.iter().zip(&passes).map(|(hugo, p)| wall(hugo) / wall(&p.retex));
            let ratio = Some(("× retex, cold", ratio.collect()));
            let row = Row { name: variant.name, written: written.all, of, ratio };
            out.push_str(&row.line(site.fiches));
        }
    }
    out
}

const RAW: &str = "raw cost";

fn rows(site: &Site, passes: &[&Pass]) -> Vec<Row> {
    let all = |f: fn(&Pass) -> Mesure| passes.iter().map(|p| f(p)).collect::<Vec<_>>();
    let ratio = |f: fn(&Pass) -> f64| passes.iter().map(|p| f(p)).collect::<Vec<_>>();
    let changed = passes.iter().map(|p| p.changed).max().unwrap_or_default();
    let mut rows = vec![
        Row { name: RAW, written: site.written, of: all(|p| p.raw), ratio: None },
        Row {
            name: "retex, cold",
            written: site.written,
            of: all(|p| p.cold),
            ratio: Some(("× raw cost", ratio(|p| wall(&p.cold) / wall(&p.raw)))),
        },
        Row {
            name: "retex, no-op",
            written: (0, 0),
            of: all(|p| p.same),
            ratio: Some(("× cold", ratio(|p| wall(&p.same) / wall(&p.cold)))),
        },
        Row {
            name: "retex, one fiche edited",
            written: changed,
            of: all(|p| p.edit),
            ratio: Some(("× cold", ratio(|p| wall(&p.edit) / wall(&p.cold)))),
        },
    ];
    if let Some(hugo) = &site.hugo {
        let of = passes.iter().filter_map(|p| p.hugo).collect();
        let ratio = passes.iter().filter_map(|p| Some(wall(&p.hugo?) / wall(&p.cold))).collect();
        let ratio = Some(("× retex, cold", ratio));
        rows.push(Row { name: "Hugo, cold", written: hugo.written, of, ratio });
    }
    rows
}

/// How time and memory grow from each size to the next.
fn growth(sites: &[Site], passes: &[(usize, Pass)]) -> String {
    let mut out = String::new();
    for (at, pair) in sites.windows(2).enumerate() {
        let (less, more) = (of_site(passes, at), of_site(passes, at + 1));
        let mut line = |name: &str, f: &dyn Fn(&Pass) -> Option<Mesure>| {
            let ratio = |g: fn(&Mesure) -> f64| {
                let pairs = less.iter().zip(&more);
                let pairs = pairs.filter_map(|(less, more)| Some(g(&f(more)?) / g(&f(less)?)));
                pairs.collect::<Vec<_>>()
            };
            let time = ratio(wall);
            if !time.is_empty() {
                let _ = writeln!(
                    out,
                    "{name}, from {} to {} fiches: time × {}, memory × {}.",
                    pair[0].fiches,
                    pair[1].fiches,
                    spread(&time),
                    spread(&ratio(memory)),
                );
            }
        };
        line("\nretex, cold", &|p| Some(p.cold));
        line("Hugo, cold", &|p| p.hugo);
    }
    out
}

fn of_site<P>(passes: &[(usize, P)], at: usize) -> Vec<&P> {
    passes.iter().filter(|(of, _)| *of == at).map(|(_, pass)| pass).collect()
}

fn wall(mesure: &Mesure) -> f64 {
    mesure.wall.as_secs_f64()
}

/// In MiB.
fn memory(mesure: &Mesure) -> f64 {
    mesure.memory as f64 / f64::from(1 << 20)
}

/// « 2.51 [2.40–2.77] »: the median, the least, the greatest.
fn spread(all: &[f64]) -> String {
    let least = all.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{:.2} [{least:.2}–{greatest:.2}]", median(all.iter().copied()))
}

/// The middle value, or the mean of the two in the middle; 0 of nothing.
fn median(all: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = all.collect();
    all.sort_by(f64::total_cmp);
    match all.len() {
        0 => 0.0,
        n if n % 2 == 1 => all[n / 2],
        n => f64::midpoint(all[n / 2 - 1], all[n / 2]),
    }
}
