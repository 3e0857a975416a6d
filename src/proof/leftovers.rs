//! Leftovers, which matched nothing: texts altered, moved or invented, and source text that is lost.

use std::ops::Range;

use super::{
    ALIKE, Fate, Leftover, Misplaced, Tile, Tiling, blocs::is_short, losses::is_address,
    prose::whole, words::WordIndex,
};
use crate::{
    diag::{Code, Diagnostic},
    french::{
        self,
        difference::{difference, likeness},
    },
    source::{SitePath, Span},
};

/// Tiles of its lines that a text is compared with, one by one.
const NEAR: usize = 40;

impl Tiling<'_> {
    /// Texts that the source has on other lines than those claimed: said once for all of them.
    pub(super) fn pair_misplaced(
        &mut self,
        is_heard: impl Fn(&Span) -> bool,
        diags: &mut Vec<Diagnostic>,
    ) {
        if self.misplaced.is_empty() {
            return;
        }
        let words = self.words();
        for Misplaced { texts, in_table, lignes, mut right, why } in
            std::mem::take(&mut self.misplaced)
        {
            let mut place = None;
            for mut text in texts {
                let elsewhere = self.free_elsewhere(&text.texte, &words, |tile| {
                    tile.in_table == in_table && !lignes.value.contains(&tile.ligne)
                });
                match elsewhere {
                    Some((tile, range)) => {
                        right.insert(self.tiles[tile].ligne);
                        place.get_or_insert(self.span(tile, range.clone()));
                        self.take(tile, range, text.separated);
                    }
                    None => {
                        text.said |= why.is_some();
                        self.leftovers.push(text);
                    }
                }
            }
            let mut told = why;
            if let Some(place) = &place {
                let message =
                    format!("ce texte n’est pas {} de la source", at_lines(&lignes.value));
                let moved = || Diagnostic::new(Code::TexteDeplace, message).at(&lignes.span, "");
                told = Some(told.unwrap_or_else(moved).also(place, "sa place"));
            }
            let told = told.map(|diagnostic| {
                let right: Vec<usize> = right.into_iter().collect();
                diagnostic.help(match right.as_slice() {
                    [] => "vérifiez cette clé : les lignes de source.txt se comptent à partir de 1"
                        .to_string(),
                    right => format!("écrivez : lignes = {}", list(right)),
                })
            });
            if let Some(told) = told {
                self.wrong_lines.insert(lignes.span.clone());
                diags.extend(Some(told).filter(|_| is_heard(&lignes.span)));
            }
        }
    }

    pub(super) fn pair_leftovers(
        &mut self,
        is_heard: impl Fn(&Span) -> bool,
        diags: &mut Vec<Diagnostic>,
    ) {
        if self.leftovers.is_empty() {
            return;
        }
        let words = self.words();
        for leftover in std::mem::take(&mut self.leftovers) {
            let diagnostic = self.explain(&leftover, &words);
            if !leftover.said && is_heard(&leftover.span) {
                if matches!(diagnostic.code, Code::TexteAltere | Code::TexteHorsSource) {
                    self.altered.insert(leftover.span.clone());
                }
                diags.push(diagnostic);
            }
        }
    }

    fn words(&self) -> WordIndex {
        WordIndex::of((0..self.tiles.len()).map(|tile| self.text(tile)))
    }

    /// The same text, free, on a tile that `fits`; the whole of it in a table.
    fn free_elsewhere(
        &self,
        wanted: &str,
        words: &WordIndex,
        fits: impl Fn(&Tile) -> bool,
    ) -> Option<(usize, Range<usize>)> {
        let all: Vec<usize> = match words.holders(wanted) {
            Some(holders) => holders.to_vec(),
            None => (0..self.tiles.len()).collect(),
        };
        all.into_iter().filter(|tile| fits(&self.tiles[*tile])).find_map(|tile| {
            let range = free_occurrence(self.text(tile), &self.tiles[tile].fate, wanted)?;
            let whole = !self.tiles[tile].in_table || range.len() == self.text(tile).len();
            whole.then_some((tile, range))
        })
    }

    /// Marks a text found out of place, with the « : » that goes with it.
    pub(super) fn take(&mut self, tile: usize, range: Range<usize>, separated: bool) {
        let mark = self.text(tile)[range.end..].starts_with(':');
        let end = range.end + usize::from(separated && mark);
        self.set(tile, range.start..end, Fate::Altered);
    }

    /// Tiles that a text may be an altered form of: those of its lines, the likeliest of them where they are many.
    fn likely(&self, leftover: &Leftover, words: &WordIndex) -> Vec<usize> {
        if leftover.near.len() <= NEAR {
            return leftover.near.clone();
        }
        let nearest = words.nearest(&leftover.texte);
        nearest.into_iter().filter(|tile| leftover.near.contains(tile)).collect()
    }

    fn explain(&mut self, leftover: &Leftover, words: &WordIndex) -> Diagnostic {
        // The free text of its own lines that is most like it.
        let likely = self.likely(leftover, words);
        if let Some(told) = self.of_bloc(leftover) {
            return told;
        }
        if let Some(tile) = self.whole_of(leftover, &likely) {
            return self.part_of(leftover, tile);
        }
        let near = likely.iter().flat_map(|t| self.free_runs(*t));
        let near = near.filter(|(t, range)| !is_address(&self.text(*t)[range.clone()]));
        if let Some((tile, range, _)) = most_alike(self, near, &leftover.texte) {
            return self.altered(leftover, tile, range);
        }
        // A few letters of a cell that a paragraph has too tell nothing.
        let is_loose = leftover.row.is_some() && !leftover.said && is_short(&leftover.texte);
        let tells = |tile: &Tile| tile.in_table || !is_loose;
        match self.free_elsewhere(&leftover.texte, words, tells) {
            Some((tile, range)) => self.moved(leftover, tile, range),
            None if self.parts_of(leftover).len() > 1 => self.joined(leftover),
            None => match self.copied(leftover, words) {
                Some(tile) => self.altered(leftover, tile, 0..self.text(tile).len()),
                None => self.unknown(leftover, likely, words),
            },
        }
    }

    /// A text that puts together several of its own cell.
    fn joined(&mut self, leftover: &Leftover) -> Diagnostic {
        let mut places = self.merged(leftover);
        places.dedup();
        let places = at_lines(&places);
        let message =
            format!("ce texte en réunit plusieurs de la source, {places} : le document le coupe");
        Diagnostic::new(Code::TexteAltere, message)
            .at(&leftover.span, french::uncapitalized(leftover.quoi))
            .help("un repère (▶, <p>, </p>, <ul>) ou le bord d’une case coupe un texte : écrivez un bloc pour chacun")
    }

    /// The segment of its own cell that a text is a part of, unless that is published.
    pub(super) fn whole_of(&self, leftover: &Leftover, likely: &[usize]) -> Option<usize> {
        let texte = &leftover.texte;
        likely.iter().copied().find(|tile| {
            let (text, fate) = (self.text(*tile), &self.tiles[*tile].fate);
            self.tiles[*tile].in_table
                && text.len() > texte.len()
                && fate.iter().all(|f| matches!(f, Fate::Free | Fate::Altered))
                && holds_whole(text, texte)
        })
    }

    /// A text that the document does not part from what is around it.
    pub(super) fn part_of(&mut self, leftover: &Leftover, tile: usize) -> Diagnostic {
        let (text, ligne) = (self.text(tile), self.tiles[tile].ligne);
        let place = self.span(tile, 0..text.len());
        self.set_all(tile, Fate::Altered);
        let whole = french::typography(text);
        let beginning = french::first_words(&whole, 80);
        Diagnostic::new(
            Code::TexteAltere,
            format!("ce texte est une partie de « {beginning} », ligne {ligne} de la source : le document ne le coupe pas ici"),
        )
        .at(&leftover.span, french::uncapitalized(leftover.quoi))
        .also(&place, "texte reçu, d’un seul tenant")
        .help("ce qui coupe un texte : un repère (▶, <p>, </p>, <ul>) ou le bord d’une case")
        .help(format!("remettez le texte reçu, dans un seul bloc : « {whole} »"))
        .help("pour le partager en énoncés, donnez-en plusieurs à ce bloc : textes = [\"…\", \"…\"]")
    }

    /// A text that stands otherwise on its own lines.
    pub(super) fn altered(
        &mut self,
        leftover: &Leftover,
        tile: usize,
        range: Range<usize>,
    ) -> Diagnostic {
        let quoi = french::uncapitalized(leftover.quoi);
        let received = self.text(tile)[range.clone()].trim();
        let received = if leftover.separated { received.trim_end_matches(':') } else { received };
        let place = self.span(tile, range.start..range.start + received.len());
        let ligne = self.tiles[tile].ligne;
        self.set(tile, range, Fate::Altered);
        let altered = Diagnostic::new(
            Code::TexteAltere,
            format!("ce texte n’est pas celui de la ligne {ligne} de la source"),
        )
        .at(&leftover.span, quoi.as_str())
        .also(&place, "texte reçu");
        if received == leftover.texte {
            return Diagnostic::new(
                Code::TexteDeplace,
                format!("ce texte n’est pas à son rang : la ligne {ligne} de la source suit un autre ordre"),
            )
            .at(&leftover.span, quoi)
            .also(&place, "sa place")
            .help("suivez l’ordre de la source, avec un bloc entier pour chaque repère");
        }
        let mut merged = self.merged(leftover);
        if !merged.is_empty() {
            let count = merged.len() + 1;
            merged.push(ligne);
            merged.sort_unstable();
            merged.dedup();
            let places: Vec<String> = merged.iter().map(|l| format!("ligne {l}")).collect();
            return altered.help(format!(
                "la source en fait {count} textes ({}) : écrivez un bloc pour chacun",
                french::enumerate(&places)
            ));
        }
        altered
            .help(describe(received, &leftover.texte))
            .help(format!("remettez le texte reçu : « {} »", french::typography(received)))
    }

    /// The same text, free, somewhere else.
    fn moved(&mut self, leftover: &Leftover, tile: usize, range: Range<usize>) -> Diagnostic {
        let quoi = french::uncapitalized(leftover.quoi);
        let place = self.span(tile, range.clone());
        let (ligne, owner) = (self.tiles[tile].ligne, self.owner(tile));
        self.take(tile, range, leftover.separated);
        let advice = owner.unwrap_or_else(|| match &leftover.row {
            Some(_) if self.tiles[tile].in_table => format!(
                "si c’est bien ce texte, ajoutez {ligne} à « lignes » de son groupe, et à ce bloc : lignes = [{ligne}]"
            ),
            Some(_) => "cette ligne n’est pas celle d’un tableau : publiez-la dans methode.md, « textes » ou une fiche".into(),
            None => format!("si c’est bien ce texte, ajoutez {ligne} à « lignes »"),
        });
        Diagnostic::new(
            Code::TexteDeplace,
            format!("ce texte n’est pas à sa place : la source l’a à la ligne {ligne}"),
        )
        .at(&leftover.span, quoi)
        .also(&place, "sa place")
        .help(advice)
    }

    /// A text that is nowhere: the nearest, if any, even one that is already published.
    fn unknown(&self, leftover: &Leftover, likely: Vec<usize>, words: &WordIndex) -> Diagnostic {
        let quoi = french::uncapitalized(leftover.quoi);
        let own = likely.into_iter();
        let all = own.chain(words.nearest(&leftover.texte));
        let all = all.map(|t| (t, 0..self.text(t).len()));
        let Some((tile, range, likeness)) = most_alike(self, all, &leftover.texte) else {
            let holders = words.holders(&leftover.texte).unwrap_or_default().iter();
            let mut some = holders.copied().take(NEAR);
            if let Some(tile) = some.find(|tile| holds_whole(self.text(*tile), &leftover.texte)) {
                return self.inside(leftover, tile);
            }
            return Diagnostic::new(Code::TexteHorsSource, "ce texte n’est pas dans la source")
                .at(&leftover.span, quoi)
                .help(
                    "pour ajouter une idée, écrivez une contribution : une fiche sans « lignes »",
                );
        };
        let (ligne, place) = (self.tiles[tile].ligne, self.span(tile, range));
        if likeness >= 1.0 {
            return Diagnostic::new(
                Code::TexteHorsSource,
                "ce texte est publié plus de fois que la source ne le dit",
            )
            .at(&leftover.span, quoi)
            .also(&place, "déjà publié")
            .help(format!("la ligne {ligne} de la source a ce texte, mais il est déjà publié : supprimez l’un des deux"));
        }
        let nearest = french::first_words(&french::typography(self.text(tile)), 120);
        Diagnostic::new(Code::TexteHorsSource, "ce texte n’est pas dans la source")
            .at(&leftover.span, quoi)
            .also(&place, "texte le plus proche")
            .help(format!("texte le plus proche, ligne {ligne} de la source : « {nearest} »"))
    }

    /// A text that is nowhere but inside another, which is published or in another cell.
    fn inside(&self, leftover: &Leftover, tile: usize) -> Diagnostic {
        let (text, ligne) = (self.text(tile), self.tiles[tile].ligne);
        let beginning = french::first_words(&french::typography(text), 80);
        Diagnostic::new(
            Code::TexteHorsSource,
            format!("ce texte n’est qu’une partie de « {beginning} », ligne {ligne} de la source"),
        )
        .at(&leftover.span, french::uncapitalized(leftover.quoi))
        .also(&self.span(tile, 0..text.len()), "le texte entier")
        .help("publiez le texte entier, là où le document le place, ou retirez cette partie")
    }

    /// Segments of its cell, free, that a text holds whole.
    fn parts_of(&self, leftover: &Leftover) -> Vec<usize> {
        let inside = |t: &usize| {
            self.tiles[*t].in_table && self.is_free(*t) && leftover.texte.contains(self.text(*t))
        };
        leftover.near.iter().copied().filter(inside).collect()
    }

    /// Takes the other segments of its cell that a text put together into one; the line of each.
    fn merged(&mut self, leftover: &Leftover) -> Vec<usize> {
        let others = self.parts_of(leftover);
        for tile in &others {
            self.set_all(*tile, Fate::Altered);
        }
        others.into_iter().map(|tile| self.tiles[tile].ligne).collect()
    }

    /// Ranges of a tile that nothing consumed, spaces at their ends aside.
    pub(super) fn free_runs(&self, tile: usize) -> Vec<(usize, Range<usize>)> {
        let (text, fate) = (self.text(tile), &self.tiles[tile].fate);
        let mut runs = Vec::new();
        let mut start = None;
        for i in 0..=fate.len() {
            let free = fate.get(i) == Some(&Fate::Free);
            match (free, start) {
                (true, None) => start = Some(i),
                (false, Some(from)) => {
                    let run = &text[from..i];
                    let trimmed = run.trim();
                    if !trimmed.is_empty() {
                        let lead = run.len() - run.trim_start().len();
                        runs.push((tile, from + lead..from + lead + trimmed.len()));
                    }
                    start = None;
                }
                _ => {}
            }
        }
        runs
    }

    /// True when nothing of the document is published, left out or claimed.
    pub(super) fn is_untouched(&self) -> bool {
        let free = |tile: &Tile| tile.fate.iter().all(|fate| *fate == Fate::Free);
        let mut others = self.tiles.iter().enumerate().filter(|(n, _)| Some(*n) != self.titre);
        !self.tiles.is_empty() && self.is_whole() && others.all(|(_, tile)| free(tile))
    }

    /// The one thing to say of a document that nobody has begun to transcribe.
    pub(super) fn unbegun(&self, synthese: &SitePath) -> Diagnostic {
        let lines = self.lignes();
        let first = lines.first().copied().unwrap_or(1);
        let count = french::count(lines.len(), "ligne attend", "lignes attendent");
        let text = self.tiles.first().map_or("", |_| self.text(0));
        let beginning = french::first_words(&french::typography(text), 60);
        Diagnostic::new(
            Code::TextePerdu,
            format!("rien de ce document n’est encore transcrit : {count} dans source.txt"),
        )
        .in_file(synthese, None)
        .help(format!("commencez par la première, ligne {first}, « {beginning} » : un titre va dans synthese.toml, un retour d’expérience dans « retex », une rangée de tableau dans « tableaux »"))
        .help("chaque texte dit sa place : lignes = [numéro de la ligne dans source.txt] ; « retex check » dit ensuite ce qui manque")
        .help("tant que la transcription n’est pas finie, etat = \"en-cours\" dans synthese.toml permet de publier")
    }

    /// Place of a tile of a table in the source, in words.
    pub(super) fn owner(&self, tile: usize) -> Option<String> {
        let t = &self.tiles[tile];
        let (thematique, tableau) = self.owners.get(&t.ligne)?;
        let (id, colonnes) = self.columns.get(tableau)?;
        let key = |(cle, _): &(String, _)| format!("[[{id}.{cle}]]");
        let keys: Vec<String> = colonnes.get(t.colonne)?.cles.iter().map(key).collect();
        Some(format!("sa place : {} dans {thematique}.toml", keys.join(" ou ")))
    }
}

/// Differences between a published text and the one received, in words.
fn describe(received: &str, published: &str) -> String {
    let changes = difference(&french::canonical(received), &french::canonical(published));
    let said = changes.iter().take(3).map(|c| match (c.avant.as_str(), c.apres.as_str()) {
        ("", added) => format!("« {} » est en trop", french::first_words(added, 60)),
        (lost, "") => format!("il manque « {} »", french::first_words(lost, 60)),
        (lost, added) => format!(
            "la source dit « {} », et non « {} »",
            french::first_words(lost, 60),
            french::first_words(added, 60)
        ),
    });
    let mut said: Vec<String> = said.collect();
    if changes.len() > 3 {
        said.push("…".into());
    }
    said.join(" ; ")
}

/// A list of lines as a file writes them.
pub(super) fn list(lines: &[usize]) -> String {
    format!("{lines:?}")
}

/// « à la ligne 9 », « aux lignes 9 et 12 ».
pub(super) fn at_lines(numbers: &[usize]) -> String {
    match numbers {
        [one] => format!("à la ligne {one}"),
        many => format!("aux lignes {}", french::enumerate(many)),
    }
}

/// True when a text holds these words, none of them cut.
fn holds_whole(text: &str, wanted: &str) -> bool {
    whole(text, wanted).next().is_some()
}

fn free_occurrence(text: &str, fate: &[Fate], wanted: &str) -> Option<Range<usize>> {
    whole(text, wanted).find(|range| fate[range.clone()].iter().all(|f| *f == Fate::Free))
}

fn most_alike(
    tiling: &Tiling<'_>,
    candidates: impl Iterator<Item = (usize, Range<usize>)>,
    wanted: &str,
) -> Option<(usize, Range<usize>, f32)> {
    let scored = candidates.map(|(tile, range)| {
        let score = likeness(&tiling.text(tile)[range.clone()], wanted);
        (tile, range, score)
    });
    // The first of equals: the order of the source.
    scored.filter(|(_, _, score)| *score >= ALIKE).reduce(|a, b| if b.2 > a.2 { b } else { a })
}
