//! Headers of the groups of rows: the lines that one forgets, or names by mistake, told by where its blocs stand.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    claims::{CellText, ClaimKind, Claims, LineClaim, Moved, Stretch},
    lookup::Lookup,
};

/// The right lines of the headers that are wrong while their blocs are right.
pub(super) fn repairs(claims: &Claims, lookup: &Lookup<'_>) -> Moved {
    let rows = claims.all.iter().filter(|claim| claim.kind == ClaimKind::Row);
    rows.filter_map(|claim| Some((claim.span.clone(), right_lines(claim, claims, lookup)?)))
        .collect()
}

/// Lines where the blocs of a header stand, when it names others.
fn right_lines(claim: &LineClaim, claims: &Claims, lookup: &Lookup<'_>) -> Option<Vec<usize>> {
    let tables = [ClaimKind::Row, ClaimKind::Headings];
    let others = claims.all.iter().filter(|o| o.span != claim.span && tables.contains(&o.kind));
    let taken: BTreeSet<usize> = others.flat_map(|other| other.lignes.iter().copied()).collect();
    let is_row = |ligne: &usize| {
        lookup.line(*ligne).is_some_and(|line| line.in_table) && !taken.contains(ligne)
    };
    let named = named(claim, lookup);
    let (there, all) = named.values().fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    // Blocs that are not where they say tell nothing of their header.
    if all == 0 || 2 * there < all {
        return None;
    }
    let sure = named.iter().filter(|(ligne, (there, all))| is_row(ligne) && 2 * there >= *all);
    let mut sure: BTreeSet<usize> = sure.map(|(ligne, _)| *ligne).collect();
    let written = *claim.lignes.first()?;
    let first = first_line(claim, lookup, &is_row);
    if first == Some(written) && sure.iter().all(|ligne| claim.lignes.contains(ligne)) {
        return None;
    }
    sure.extend(first.filter(|_| !claim.on_first.is_empty()));
    let groups: BTreeSet<Option<&str>> = sure.iter().map(|ligne| group(*ligne, lookup)).collect();
    let goes_on = |ligne: &&usize| is_row(ligne) && groups.contains(&group(**ligne, lookup));
    let kept: Vec<usize> = claim.lignes.iter().filter(goes_on).copied().collect();
    sure.extend(kept);
    let leads = first.filter(|first| sure.remove(first));
    let right: Vec<usize> = leads.into_iter().chain(sure).collect();
    (right != claim.lignes && !right.is_empty()).then_some(right)
}

/// For each line that blocs name, how many of them stand there, and how many name it.
fn named(claim: &LineClaim, lookup: &Lookup<'_>) -> BTreeMap<usize, (usize, usize)> {
    let mut named: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for own in &claim.own {
        let last = own.lignes.value.len().saturating_sub(1);
        for (rank, ligne) in own.lignes.value.iter().enumerate() {
            let stretch = match rank {
                _ if last == 0 => Stretch::Whole,
                0 => Stretch::Start,
                _ if rank == last => Stretch::End,
                _ => continue,
            };
            let (there, all) = named.entry(*ligne).or_default();
            *all += 1;
            *there += usize::from(lookup.has(*ligne, &CellText { stretch, ..own.bloc.clone() }));
        }
    }
    named
}

/// The line of the blocs that name none: the one written, unless most of them are on another and nearly none is there.
fn first_line(
    claim: &LineClaim,
    lookup: &Lookup<'_>,
    is_row: &impl Fn(&usize) -> bool,
) -> Option<usize> {
    let written = *claim.lignes.first()?;
    let (blocs, count) = (&claim.on_first, claim.on_first.len());
    let there = |ligne: usize| blocs.iter().filter(|bloc| lookup.has(ligne, bloc)).count();
    if count == 0 || 4 * there(written) > count {
        return Some(written);
    }
    let rows = lookup.lines.iter().map(|line| line.numero).filter(is_row);
    let likely = rows.map(|ligne| (there(ligne), ligne)).filter(|(n, _)| 2 * n > count);
    let best = likely.max_by_key(|(n, ligne)| (*n, usize::MAX - ligne.abs_diff(written)));
    best.map(|(_, ligne)| ligne).or(Some(written))
}

/// The words in the first cell of a row or, where it is empty, of the row that it goes on with.
fn group<'a>(ligne: usize, lookup: &'a Lookup<'_>) -> Option<&'a str> {
    let rank = lookup.lines.binary_search_by_key(&ligne, |line| line.numero).ok()?;
    let rows = lookup.lines[..=rank].iter().rev().take_while(|line| line.in_table);
    rows.map(|line| lookup.first_cell(line.numero)).find(|cell| cell.is_some()).flatten()
}
