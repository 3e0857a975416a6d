//! Signs that a pattern says: the table `signes.toml`, and what runs it over a leaf.

use std::{ops::Range, sync::LazyLock};

use regex::Captures;
use serde::Deserialize;

use super::{
    Kind, Leaf, Sign, before,
    liens::{is_address, is_web, whole},
};
use crate::{diag::Code, parse::motifs::Motif};

/// Signs of the table.
#[derive(Default, Deserialize)]
struct Table {
    /// Links, which are looked for among addresses.
    lien: MarkedSign,
    signe: Vec<MarkedSign>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("signes.toml")).unwrap_or_default());

/// A sign, and the forms it takes.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkedSign {
    amorce: Vec<String>,
    message: String,
    #[serde(default)]
    aide: String,
    /// Message of a link that is an image.
    image: Option<String>,
    #[serde(default)]
    dans: Vec<Kind>,
    formes: Vec<SignForm>,
}

/// A form of a sign; `signes.toml` says what each field is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignForm {
    motif: Motif,
    #[serde(default)]
    ecrit: bool,
    avant: Option<Motif>,
    apres: Option<Motif>,
    sauf: Option<Motif>,
    #[serde(default)]
    dans: Vec<Kind>,
    plus_haut: Option<String>,
    #[serde(default)]
    suivi: bool,
    message: Option<String>,
    aide: Option<String>,
    correction: Option<String>,
    #[serde(default)]
    incertain: bool,
}

/// Says the links of a leaf that are none, and hides them.
pub(super) fn links(leaf: &mut Leaf<'_>, signs: &mut Vec<Sign>) {
    for (range, sign) in TABLE.lien.found(leaf, &seen(leaf)) {
        signs.push(Sign { code: Code::LienMalEcrit, ..sign });
        leaf.hide(range);
    }
}

/// Says the other signs of a leaf.
pub(super) fn judge(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    let seen = seen(leaf);
    for signe in &TABLE.signe {
        signs.extend(signe.found(leaf, &seen).into_iter().map(|(_, sign)| sign));
    }
}

/// The bytes that a leaf has: most signs are told to be missing without a search.
fn seen(leaf: &Leaf<'_>) -> [bool; 256] {
    let mut seen = [false; 256];
    leaf.mask.bytes().for_each(|byte| seen[usize::from(byte)] = true);
    seen
}

impl MarkedSign {
    /// Places of a leaf that have this sign, in whatever form: none lies over another.
    fn found(&self, leaf: &Leaf<'_>, seen: &[bool; 256]) -> Vec<(Range<usize>, Sign)> {
        let begins = |piece: &String| {
            let first = piece.bytes().next().is_some_and(|byte| seen[usize::from(byte)]);
            first && (piece.len() == 1 || leaf.mask.contains(piece))
        };
        let mut found: Vec<(Range<usize>, Sign)> = Vec::new();
        if !is_among(&self.dans, leaf) || !self.amorce.iter().any(begins) {
            return found;
        }
        for forme in self.formes.iter().filter(|forme| is_among(&forme.dans, leaf)) {
            for (range, groups) in forme.places(leaf) {
                let is_free =
                    found.iter().all(|(o, _)| o.end <= range.start || range.end <= o.start);
                if is_free && forme.fits(leaf, &range, &groups) {
                    found.push((range.clone(), self.said(forme, leaf, range, &groups)));
                }
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }

    fn said(
        &self,
        forme: &SignForm,
        leaf: &Leaf<'_>,
        range: Range<usize>,
        groups: &Captures<'_>,
    ) -> Sign {
        let written = &leaf.written[range.clone()];
        let fill = |text: &str| forme.fill(text, leaf, groups).replace("{signe}", written);
        let is_image = written.starts_with('!') || leaf.written[..range.start].ends_with('!');
        let message = self.image.as_ref().filter(|_| is_image);
        let message = message.or(forme.message.as_ref()).unwrap_or(&self.message);
        let better = forme.correction.as_deref().map(fill);
        let aide = fill(forme.aide.as_ref().unwrap_or(&self.aide))
            .replace("{correction}", better.as_deref().unwrap_or_default());
        let place = groups.name("faute").map_or(range.clone(), |fault| fault.range());
        let sign = leaf.sign(range, fill(message), aide);
        let is_known = |group: regex::Match<'_>| is_web(&whole(&leaf.written[group.range()]));
        let is_certain = !forme.incertain
            && groups.name("adresse").is_none_or(is_known)
            && !written.starts_with('!')
            && !written.contains('\n');
        match better {
            Some(better) if is_certain => sign.fix(leaf.place(place), better),
            _ => sign,
        }
    }
}

fn is_among(kinds: &[Kind], leaf: &Leaf<'_>) -> bool {
    kinds.is_empty() || kinds.contains(&leaf.kind)
}

impl SignForm {
    fn text<'l>(&self, leaf: &'l Leaf<'_>) -> &'l str {
        if self.ecrit { leaf.written } else { &leaf.mask }
    }

    /// Places that have the pattern, and what its groups hold there.
    fn places<'l>(&self, leaf: &'l Leaf<'_>) -> Vec<(Range<usize>, Captures<'l>)> {
        let Some(regex) = self.motif.regex() else { return Vec::new() };
        let named = regex.capture_names().flatten().any(|name| name == "signe");
        let text = self.text(leaf);
        let place = |groups: Captures<'l>| {
            let sign = if named { groups.name("signe") } else { groups.get(0) }?;
            let length = leaf.written[sign.range()].trim_end().len();
            Some((sign.start()..sign.start() + length, groups))
        };
        regex.captures_iter(text).filter_map(place).collect()
    }

    /// True when what stands around a place, and in it, does not excuse it.
    fn fits(&self, leaf: &Leaf<'_>, range: &Range<usize>, groups: &Captures<'_>) -> bool {
        let before = before(self.text(leaf), range.start).map(String::from).unwrap_or_default();
        let above = &leaf.body[..leaf.start + range.start];
        let below = &leaf.body[leaf.start + leaf.written.len()..];
        !(self.ecrit && leaf.is_opaque(range.start))
            && self.avant.as_ref().is_none_or(|avant| avant.is_in(&before))
            && self.apres.as_ref().is_none_or(|apres| apres.is_in(&leaf.mask[range.end..]))
            && !self.sauf.as_ref().is_some_and(|sauf| sauf.is_in(&leaf.written[range.clone()]))
            && !self.plus_haut.as_ref().is_some_and(|text| above.contains(text))
            && !(self.suivi && below.trim().is_empty())
            && groups.name("adresse").is_none_or(|group| is_address(&leaf.written[group.range()]))
    }

    /// A text, with what the groups hold as it is written.
    fn fill(&self, text: &str, leaf: &Leaf<'_>, groups: &Captures<'_>) -> String {
        let names =
            self.motif.regex().into_iter().flat_map(|regex| regex.capture_names().flatten());
        names.fold(text.to_string(), |text, name| {
            let group = groups.name(name).map_or("", |group| leaf.written[group.range()].trim());
            match name {
                "adresse" => text.replace("{adresse}", &whole(group)),
                _ => text.replace(&format!("{{{name}}}"), group),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let table: Table = toml::from_str(include_str!("signes.toml")).unwrap();
        for forme in table.signe.iter().chain([&table.lien]).flat_map(|signe| &signe.formes) {
            let around = [&forme.avant, &forme.apres, &forme.sauf].into_iter().flatten();
            for motif in around.chain([&forme.motif]) {
                assert!(motif.regex().is_some(), "{}", motif.pattern);
            }
        }
    }
}
