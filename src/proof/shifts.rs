//! Claims whose lines moved: the lines where their texts are now, and what is said of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    claims::{self, ClaimKind, Claims, LineClaim, Moved, OwnLines, Sought},
    document::marked,
    headers,
    leftovers::{at_lines, list},
    lookup::Lookup,
    moves::Alignment,
    prose::no_such_line,
};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::Rapprochement,
    parse::{NOM_RETIRE, SourceDocument},
    site::Atelier,
    source::Span,
};

/// Lists of lines that are no longer right.
#[derive(Default)]
pub(super) struct Shifts {
    /// The right lines, by the places of the lists.
    pub(super) moved: Moved,
    /// Rows that the document has no longer.
    pub(super) gone: BTreeSet<Span>,
    /// Diagnostics about them, each with the place of its list.
    pub(super) said: Vec<(Span, Diagnostic)>,
    /// Where each line is now.
    pub(super) lines: LineMap,
}

/// Lines of a document, by those that were claimed for them.
#[derive(Default)]
pub(super) struct LineMap(BTreeMap<usize, usize>);

impl LineMap {
    /// True when a line is no longer where it was.
    pub(super) fn is_shifted(&self) -> bool {
        self.0.iter().any(|(old, new)| old != new)
    }

    /// Where a line is: where its neighbour says, when nothing tells it.
    pub(super) fn now(&self, ligne: usize) -> usize {
        let before = self.0.range(..=ligne).next_back();
        match before.or_else(|| self.0.range(ligne..).next()) {
            Some((old, new)) => (ligne + new).saturating_sub(*old),
            None => ligne,
        }
    }
}

impl Shifts {
    /// Shifts of a synthèse and its document.
    pub(super) fn of(atelier: &Atelier, source: &SourceDocument) -> Self {
        let written = Claims::of(atelier);
        let lookup = Lookup::of(source);
        // Headers follow their blocs, then all follow the document.
        let repairs = headers::repairs(&written, &lookup);
        let claims = Claims::of(&claims::with_lines(atelier, &repairs));
        let aligned = Alignment::of(&claims, &lookup);
        let mut shifts = Self::default();
        let mut anchors: Vec<Vec<usize>> = vec![Vec::new(); claims.all.len()];
        for (rank, anchor) in claims.anchors.iter().enumerate() {
            anchors[anchor.claim].push(rank);
        }
        let prose: Vec<Vec<usize>> = anchors.iter().map(|own| lines_of(&aligned, own)).collect();
        shifts.lines = line_map(&aligned, &prose);
        for (rank, claim) in claims.all.iter().enumerate() {
            let new = match claim.kind {
                ClaimKind::Row => shifts.row(claim, &anchors[rank], &aligned),
                _ if prose[rank].is_empty() => continue,
                ClaimKind::Prose if prose[rank].iter().all(|l| claim.lignes.contains(l)) => {
                    continue;
                }
                ClaimKind::Prose => prose[rank].clone(),
                ClaimKind::Exclusion => prose[rank][..1].to_vec(),
                ClaimKind::Headings => {
                    let (old, new) = (claim.lignes[0], prose[rank][0]);
                    claim.lignes.iter().map(|ligne| (ligne + new).saturating_sub(old)).collect()
                }
            };
            if new != written.all[rank].lignes && !new.is_empty() {
                shifts.moved.insert(claim.span.clone(), new);
            }
        }
        shifts.say(&written.all, &repairs, &lookup, source);
        shifts.withdrawals(atelier, source);
        shifts.edges(atelier, source);
        shifts
    }

    /// The lines of a row now; those that are nowhere are left out.
    fn row(&mut self, claim: &LineClaim, anchors: &[usize], aligned: &Alignment<'_>) -> Vec<usize> {
        let mut to: BTreeMap<usize, usize> = BTreeMap::new();
        for anchor in anchors {
            if let Some(spot) = &aligned.placed[*anchor] {
                to.insert(aligned.claims.anchors[*anchor].ligne, spot.at.0);
            }
        }
        let is_free = |ligne: &usize| {
            let line = aligned.lookup.line(*ligne);
            line.is_some_and(|line| line.in_table) && !aligned.rows.contains(ligne)
        };
        if to.is_empty() {
            let is_taken = claim.lignes.iter().any(|ligne| aligned.rows.contains(ligne));
            let count = aligned.lookup.count();
            let is_empty = |l: &usize| *l <= count && aligned.lookup.line(*l).is_none();
            if is_taken || claim.lignes.iter().all(is_empty) {
                self.gone.insert(claim.span.clone());
            }
            return Vec::new();
        }
        for ligne in &claim.lignes {
            let known = to.contains_key(ligne);
            let guess = [self.lines.now(*ligne), *ligne].into_iter().find(is_free);
            if let Some(guess) = guess.filter(|guess| !known && !to.values().any(|l| l == guess)) {
                to.insert(*ligne, guess);
            }
        }
        let same = repeated(aligned, anchors);
        for own in &claim.own {
            let old = &own.lignes.value;
            let new: Vec<usize> = old.iter().filter_map(|l| to.get(l).copied()).collect();
            // Another bloc of the same text may be the one that is there.
            let is_alone = same.get(&(own.bloc.colonne, own.bloc.texte.as_str())) == Some(&1);
            let astray = is_alone.then(|| strayed(own, &to, aligned)).flatten();
            let new = astray.unwrap_or(new);
            if new.len() == old.len() && new != *old {
                self.moved.insert(own.lignes.span.clone(), new);
            }
        }
        // In the order of its blocs, whose lines may have changed places.
        claim.lignes.iter().filter_map(|ligne| to.get(ligne).copied()).collect()
    }

    /// One diagnostic for each claim that moved, with the lists of its blocs; for each bloc when its row stays.
    /// `repairs`: the headers that were wrong before anything moved.
    fn say(
        &mut self,
        claims: &[LineClaim],
        repairs: &Moved,
        lookup: &Lookup<'_>,
        source: &SourceDocument,
    ) {
        let mut told: Vec<(&LineClaim, Option<&OwnLines>, Vec<Rewritten<'_>>)> = Vec::new();
        for claim in claims {
            let find = |span| Some((span, self.moved.get(span)?));
            let own = claim.own.iter().filter_map(|own| Some((own, find(&own.lignes.span)?)));
            match find(&claim.span) {
                Some(whole) => {
                    let lists = std::iter::once(whole).chain(own.map(|(_, list)| list));
                    told.push((claim, None, lists.collect()));
                }
                None => told.extend(own.map(|(own, list)| (claim, Some(own), vec![list]))),
            }
        }
        let count = told.len();
        let shifted = told.iter().filter(|(claim, ..)| !repairs.contains_key(&claim.span));
        let drift = drift(shifted.filter_map(|(claim, own, lists)| {
            let old = own.map_or(&claim.lignes, |own| &own.lignes.value);
            Some((*old.first()?, *lists.first()?.1.first()?))
        }));
        for (claim, own, lists) in told {
            let Some((place, lines)) = lists.first() else { continue };
            let (thing, key) = match claim.kind {
                ClaimKind::Row if own.is_none() => ("cette rangée", "lignes"),
                ClaimKind::Headings => ("cette ligne de titres", "lignes_colonnes"),
                ClaimKind::Exclusion => ("ce texte", "ligne"),
                ClaimKind::Row | ClaimKind::Prose => ("ce texte", "lignes"),
            };
            let (written, invalid) = match own.map(|own| &own.lignes.value) {
                Some(own) => (own, astray(own, claim)),
                None => (&claim.lignes, invalid(claim, lookup, source)),
            };
            let is_repaired = own.is_none() && repairs.contains_key(&claim.span);
            let invalid = invalid.or_else(|| forgotten(written, lines).filter(|_| is_repaired));
            let taken = || taken(claim, claims, &self.moved);
            let invalid = invalid.or_else(|| (count == 1).then(taken).flatten());
            let invalid = invalid.map(|message| (Code::LigneInvalide, message));
            let old = Old { thing, key, lines: written, place, invalid };
            let diagnostic = old.moved(drift && !is_repaired, lines, source);
            let write = |lines: &[usize]| match lines {
                [one] if claim.kind == ClaimKind::Exclusion => one.to_string(),
                many => list(many),
            };
            let fixed = lists
                .iter()
                .fold(diagnostic, |diagnostic, (span, lines)| diagnostic.fix(span, write(lines)));
            self.said.push((claim.span.clone(), fixed));
        }
    }

    /// Withdrawals, which say the line of a mark.
    fn withdrawals(&mut self, atelier: &Atelier, source: &SourceDocument) {
        let marked = marked(source);
        let retraits = &atelier.synthese.retraits;
        let said: BTreeSet<usize> =
            retraits.iter().map(|r| self.lines.now(r.ligne.value)).collect();
        let free: Vec<usize> = marked.difference(&said).copied().collect();
        for retrait in retraits {
            let old = retrait.ligne.value;
            let new = match (self.lines.now(old), free.as_slice()) {
                (now, _) if marked.contains(&now) => now,
                (_, [only]) if !marked.contains(&old) => *only,
                _ => continue,
            };
            if new != old {
                let span = &retrait.ligne.span;
                let list = Old::of("ce nom retiré", "ligne", std::slice::from_ref(&old), span);
                let unmarked = format!("la ligne {old} de la source ne porte pas « {NOM_RETIRE} »");
                let list = Old { invalid: Some((Code::RetraitInvalide, unmarked)), ..list };
                let diagnostic = list.moved(!self.moved.is_empty(), &[new], source);
                self.said.push((span.clone(), diagnostic.fix(span, new.to_string())));
                self.moved.insert(span.clone(), vec![new]);
            }
        }
    }

    /// Edges that say on which lines the document writes them.
    fn edges(&mut self, atelier: &Atelier, source: &SourceDocument) {
        let of_blocs = atelier.blocs.iter().flat_map(|place| &place.bloc.rapprochements);
        let of_fiches = atelier.fiches.iter().flat_map(|fiche| &fiche.rapprochements);
        let written = of_blocs.chain(of_fiches);
        for (edge, lignes) in written.filter_map(|e| Some((e, e.lignes.as_ref()?))) {
            let Some(new) = self.lines_of_edge(edge, &lignes.value, source) else { continue };
            if new == lignes.value {
                continue;
            }
            let old = Old::of("ce rapprochement", "lignes", &lignes.value, &lignes.span);
            let diagnostic = old.moved(!self.moved.is_empty(), &new, source);
            self.said.push((lignes.span.clone(), diagnostic.fix(&lignes.span, list(&new))));
            self.moved.insert(lignes.span.clone(), new);
        }
    }

    fn lines_of_edge(
        &self,
        edge: &Rapprochement,
        lignes: &[usize],
        source: &SourceDocument,
    ) -> Option<Vec<usize>> {
        let now: Vec<usize> = lignes.iter().map(|ligne| self.lines.now(*ligne)).collect();
        let Some(citation) = &edge.citation else { return Some(now) };
        let wanted = french::canonical(&citation.value);
        let says =
            |ligne: &usize| source.ligne(*ligne).is_some_and(|l| l.texte().contains(&wanted));
        if lignes.iter().any(says) && !now.iter().any(says) {
            return None;
        }
        now.iter().any(says).then_some(now)
    }
}

/// Blocs of a row by their columns and texts: how many say the same.
fn repeated<'c>(aligned: &Alignment<'c>, anchors: &[usize]) -> HashMap<(usize, &'c str), usize> {
    let mut count = HashMap::new();
    for anchor in anchors {
        let Sought::Row(cells) = &aligned.claims.anchors[*anchor].sought else { continue };
        for cell in cells {
            *count.entry((cell.colonne, cell.texte.as_str())).or_default() += 1;
        }
    }
    count
}

/// The line of a bloc that names another of its row, when only one has its text.
fn strayed(
    own: &OwnLines,
    to: &BTreeMap<usize, usize>,
    aligned: &Alignment<'_>,
) -> Option<Vec<usize>> {
    let [old] = own.lignes.value[..] else { return None };
    let has = |ligne: &usize| aligned.lookup.has(*ligne, &own.bloc);
    if to.get(&old).is_some_and(has) {
        return None;
    }
    let mut there = to.values().copied().filter(has);
    match (there.next(), there.next()) {
        (Some(only), None) => Some(vec![only]),
        _ => None,
    }
}

/// The lines of the texts of a claim, in order.
fn lines_of(aligned: &Alignment<'_>, anchors: &[usize]) -> Vec<usize> {
    let spots = anchors.iter().filter_map(|anchor| aligned.placed[*anchor].as_ref());
    let lines = spots.flat_map(|spot| {
        let own = spot.bytes.iter().map(|(numero, _)| *numero);
        own.chain([spot.at.0])
    });
    lines.collect::<BTreeSet<usize>>().into_iter().collect()
}

/// A list of lines by its place, and the right lines.
type Rewritten<'a> = (&'a Span, &'a Vec<usize>);

/// Where each claimed line is, as far as the texts of one line tell it.
fn line_map(aligned: &Alignment<'_>, found: &[Vec<usize>]) -> LineMap {
    let mut map = BTreeMap::new();
    for (rank, anchor) in aligned.claims.anchors.iter().enumerate() {
        let claim = &aligned.claims.all[anchor.claim];
        if let Some(spot) = aligned.placed[rank].as_ref()
            && claim.kind != ClaimKind::Prose
        {
            map.entry(anchor.ligne).or_insert(spot.at.0);
        }
    }
    for (claim, found) in aligned.claims.all.iter().zip(found) {
        let lines: BTreeSet<usize> = claim.lignes.iter().copied().collect();
        if claim.kind == ClaimKind::Prose && lines.len() == found.len() {
            lines.into_iter().zip(found).for_each(|(old, new)| {
                map.entry(old).or_insert(*new);
            });
        }
    }
    LineMap(map)
}

/// Words about a bloc that names a line of another row.
fn astray(own: &[usize], claim: &LineClaim) -> Option<String> {
    let is_away = own.iter().any(|ligne| !claim.lignes.contains(ligne));
    is_away.then(|| "ce bloc n’est pas sur les lignes de sa rangée".to_string())
}

/// Words about the lines that the header of a group forgets, when it has no other fault.
fn forgotten(written: &[usize], right: &[usize]) -> Option<String> {
    let missing: Vec<usize> = right.iter().copied().filter(|l| !written.contains(l)).collect();
    let is_whole = !missing.is_empty() && written.iter().all(|ligne| right.contains(ligne));
    let numbers = french::enumerate(&missing);
    let there = if missing.len() == 1 { "la ligne" } else { "les lignes" };
    is_whole.then(|| format!("cette rangée oublie {there} {numbers}, où des blocs ont leur texte"))
}

/// Words about a row that claims the line of another, which stays there.
fn taken(claim: &LineClaim, claims: &[LineClaim], moved: &Moved) -> Option<String> {
    let rows =
        claims.iter().filter(|other| other.kind == ClaimKind::Row && claim.kind == other.kind);
    let mut others =
        rows.filter(|other| other.span != claim.span && !moved.contains_key(&other.span));
    others.find_map(|other| {
        let ligne = claim.lignes.iter().find(|ligne| other.lignes.contains(ligne))?;
        let name = other.span.file.as_str().rsplit('/').next()?.trim_end_matches(".toml");
        Some(format!("la ligne {ligne} est déjà celle de « {name} »"))
    })
}

/// Words about the first line of a claim that cannot be one of its kind.
fn invalid(claim: &LineClaim, lookup: &Lookup<'_>, source: &SourceDocument) -> Option<String> {
    claim.lignes.iter().find_map(|numero| match (lookup.line(*numero), claim.kind) {
        (None, _) => Some(no_such_line(source, *numero)),
        (Some(line), ClaimKind::Row) if !line.in_table => {
            Some(format!("la ligne {numero} de la source n’est pas celle d’un tableau"))
        }
        (Some(line), ClaimKind::Prose) if line.in_table => {
            Some(format!("la ligne {numero} de la source est celle d’un tableau"))
        }
        _ => None,
    })
}

/// True when lines of the document moved, most of them the same way: texts that only took each other's place did not.
fn drift(moves: impl Iterator<Item = (usize, usize)>) -> bool {
    let (mut down, mut up) = (0_usize, 0_usize);
    for (old, new) in moves {
        down += usize::from(new > old);
        up += usize::from(new < old);
    }
    down.max(up) > down.min(up) + 1
}

/// A list of lines that is not right.
pub(super) struct Old<'a> {
    /// Name of what is there.
    thing: &'static str,
    /// Key of the list.
    key: &'static str,
    lines: &'a [usize],
    place: &'a Span,
    /// Words about a line that cannot be right, whatever moved.
    invalid: Option<(Code, String)>,
}

impl<'a> Old<'a> {
    /// A list of lines that could be right.
    pub(super) fn of(
        thing: &'static str,
        key: &'static str,
        lines: &'a [usize],
        place: &'a Span,
    ) -> Self {
        Self { thing, key, lines, place, invalid: None }
    }

    /// Diagnostic that gives the right lines: those of a document whose lines moved, or its own.
    pub(super) fn moved(self, drift: bool, new: &[usize], source: &SourceDocument) -> Diagnostic {
        let Self { thing, key, lines, place, invalid } = self;
        let line = new.iter().find(|ligne| !lines.contains(ligne)).or(new.first());
        let there = source.span_of_line(line.copied().unwrap_or(0));
        if drift {
            let now = at_lines(new);
            let message =
                format!("les lignes de source.txt ont bougé : {thing} est maintenant {now}");
            return Diagnostic::new(Code::TexteDeplace, message)
                .at(place, "")
                .also(&there, "sa place")
                .help("« retex check --corriger » écrit les nouveaux numéros");
        }
        let written = match new {
            [one] if key == "ligne" => one.to_string(),
            many => list(many),
        };
        let away = || format!("{thing} n’est pas {} de la source", at_lines(lines));
        let (code, message) = invalid.unwrap_or_else(|| (Code::TexteDeplace, away()));
        Diagnostic::new(code, message)
            .at(place, "")
            .also(&there, "sa place")
            .help(format!("écrivez : {key} = {written}"))
    }
}
