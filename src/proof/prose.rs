//! Titles, method texts, fiches and exclusions: texts found one after the other on lines of prose.

use std::{
    collections::BTreeSet,
    ops::{Deref, Range},
};

use super::{Fate, Leftover, Misplaced, Tiling, missing_lines};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Intitule, Lien},
    parse::SourceDocument,
    site::Atelier,
    source::{Span, Spanned},
};

impl Tiling<'_> {
    pub(super) fn titles(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        let synthese = &atelier.synthese;
        let titles = synthese.retex.iter().chain(synthese.tableaux.values().map(|t| &t.intitule));
        for title in titles.chain(atelier.tableaux.iter().filter_map(|file| file.retex.as_ref())) {
            self.one("titre", title, diags);
        }
    }

    /// The title of the document, which that of the synthèse publishes when its words are the same.
    pub(super) fn titre(&mut self, titre: &str) {
        let wanted = french::canonical(titre);
        let is_it = |tile: &usize| {
            !self.tiles[*tile].in_table && self.is_free(*tile) && self.text(*tile) == wanted
        };
        self.titre = (0..self.tiles.len()).find(is_it);
        if let Some(tile) = self.titre {
            self.set_all(tile, Fate::Published);
        }
    }

    /// The captions of received images.
    pub(super) fn legendes(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        for legende in atelier.synthese.images.iter().filter_map(|image| image.legende.as_ref()) {
            self.one("légende", legende, diags);
        }
    }

    fn one(&mut self, quoi: &'static str, intitule: &Intitule, diags: &mut Vec<Diagnostic>) {
        let Intitule { titre, lignes } = intitule;
        self.claimed(&[ProsePart::text(quoi, titre)], lignes, &titre.span, diags);
    }

    /// Texts that must say their lines; those that do not are told at their place.
    fn claimed(
        &mut self,
        parts: &[ProsePart],
        lignes: &Option<Spanned<Vec<usize>>>,
        place: &Span,
        diags: &mut Vec<Diagnostic>,
    ) {
        if let Some(lignes) = lignes {
            return self.prose(parts, lignes);
        }
        diags.push(missing_lines(place));
        self.leftovers.extend(parts.iter().map(|part| part.left(Vec::new(), true)));
    }

    pub(super) fn methode(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        let Some((corps, lignes)) = &atelier.synthese.methode else { return };
        let parts: Vec<ProsePart> =
            corps.blocs.iter().map(|bloc| ProsePart::text("texte de méthode", bloc)).collect();
        self.claimed(&parts, lignes, &corps.span, diags);
    }

    pub(super) fn textes(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        for texte in &atelier.synthese.textes {
            let titre = texte.titre.iter().map(|titre| ProsePart::text("titre", titre));
            let blocs = texte.corps.blocs.iter().map(|bloc| ProsePart::text("texte reçu", bloc));
            let parts: Vec<ProsePart> = titre.chain(blocs).collect();
            self.claimed(&parts, &texte.lignes, &texte.corps.span, diags);
        }
    }

    pub(super) fn fiches(&mut self, atelier: &Atelier) {
        for fiche in &atelier.fiches {
            let Some(lignes) = &fiche.lignes else { continue };
            let mut parts = Vec::new();
            if let Some(titre) = &fiche.titre {
                parts.push(ProsePart {
                    separated: true,
                    ..ProsePart::text("titre de la fiche", titre)
                });
            }
            parts.extend(fiche.corps.blocs.iter().map(|b| ProsePart::text("texte de la fiche", b)));
            for lien in &fiche.liens {
                parts.extend(self.label(lien, &lignes.value));
                parts
                    .push(ProsePart::text("lien", lien.url_source.as_ref().unwrap_or(&lien.texte)));
            }
            self.prose(&parts, lignes);
        }
    }

    /// The words that the document shows in place of an address: a title that its lines do not have is the editor's.
    fn label(&self, lien: &Lien, lignes: &[usize]) -> Option<ProsePart> {
        let titre = lien.titre.as_ref()?;
        let wanted = french::canonical(titre);
        let mut tiles = lignes.iter().flat_map(|ligne| self.on(*ligne, None));
        let is_there = tiles.any(|tile| self.text(tile) == wanted);
        let span = lien.texte.span.clone();
        let titre = Spanned { value: titre.clone(), span };
        is_there.then(|| ProsePart::text("titre du lien", &titre))
    }

    /// Consumes texts one after the other on lines of prose.
    fn prose(&mut self, parts: &[ProsePart], lignes: &Spanned<Vec<usize>>) {
        let mut tiles = Vec::new();
        let mut why = no_line(lignes);
        for numero in &lignes.value {
            let here = self.on(*numero, None);
            if here.is_empty() {
                why = why.or_else(|| Some(self.no_such_line(*numero, &lignes.span)));
            } else if self.tiles[here[0]].in_table {
                let wrong = Diagnostic::new(
                    Code::LigneInvalide,
                    format!("la ligne {numero} de la source est celle d’un tableau"),
                );
                why = why.or_else(|| Some(wrong.at(&lignes.span, "")));
            } else {
                tiles.extend(here);
            }
        }
        let buffer = Buffer::of(self, &tiles);
        let mut cursor = 0;
        let mut right = BTreeSet::new();
        let mut texts = Vec::new();
        for part in parts {
            match buffer.find(&french::canonical(&part.texte), cursor) {
                Some(range) => {
                    buffer.mark(self, range.clone(), Fate::Published);
                    for (tile, _) in buffer.origin[range.clone()].iter().flatten() {
                        self.published_by.entry(*tile).or_insert_with(|| part.span.clone());
                    }
                    right.extend(buffer.lines(self, range.clone()));
                    cursor = range.end;
                    if part.separated {
                        cursor = buffer.consume_separator(self, cursor);
                    }
                }
                None => texts.push(part.left(tiles.clone(), false)),
            }
        }
        if why.is_some() || texts.len() == parts.len() {
            let lignes = lignes.clone();
            self.misplaced.push(Misplaced { texts, in_table: false, lignes, right, why });
        } else {
            self.leftovers.extend(texts);
        }
    }

    pub(super) fn no_such_line(&self, numero: usize, span: &Span) -> Diagnostic {
        Diagnostic::new(Code::LigneInvalide, no_such_line(self.source, numero)).at(span, "")
    }

    pub(super) fn exclusions(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        for exclusion in &atelier.synthese.exclusions {
            let tiles = self.on(exclusion.ligne.value, None);
            if tiles.is_empty() {
                diags.push(self.no_such_line(exclusion.ligne.value, &exclusion.ligne.span));
                continue;
            }
            let buffer = Buffer::of(self, &tiles);
            let texte = french::canonical(&exclusion.texte.value);
            if let Some(range) = buffer.find(&texte, 0) {
                buffer.mark(self, range, Fate::Excluded);
                continue;
            }
            let ligne = exclusion.ligne.value;
            let (message, aide) = if buffer.text.contains(&texte) {
                (
                    "ce texte est déjà publié : il n’y a rien à exclure".to_string(),
                    "supprimez cette exclusion",
                )
            } else {
                let message = format!("ce texte n’est pas à la ligne {ligne} de la source");
                (message, "vérifiez la ligne et le texte, ou supprimez cette exclusion")
            };
            diags.push(
                Diagnostic::new(Code::ExclusionSansObjet, message)
                    .at(&exclusion.texte.span, "")
                    .also(&self.source.span_of_line(ligne), "la ligne de la source")
                    .help(aide),
            );
        }
    }
}

/// Words about a line that is empty, or beyond the end.
pub(super) fn no_such_line(source: &SourceDocument, numero: usize) -> String {
    let count = source.texte.lines().count();
    if numero > count {
        let lines = french::count(count, "ligne", "lignes");
        return format!("la source n’a que {lines} : pas de ligne {numero}");
    }
    format!("la ligne {numero} de la source est vide")
}

/// Diagnostic about an empty list of lines.
pub(super) fn no_line(lignes: &Spanned<Vec<usize>>) -> Option<Diagnostic> {
    lignes.value.is_empty().then(|| {
        Diagnostic::new(Code::LigneInvalide, "aucune ligne n’est donnée").at(&lignes.span, "")
    })
}

/// A text to be found in prose.
struct ProsePart {
    quoi: &'static str,
    texte: String,
    span: Span,
    /// The separator (« : ») is consumed with the text.
    separated: bool,
}

impl ProsePart {
    fn text(quoi: &'static str, text: &Spanned<impl Deref<Target = str>>) -> Self {
        Self { quoi, texte: text.value.to_string(), span: text.span.clone(), separated: false }
    }

    fn left(&self, near: Vec<usize>, said: bool) -> Leftover {
        let texte = french::canonical(&self.texte);
        Leftover {
            row: None,
            span: self.span.clone(),
            texte,
            quoi: self.quoi,
            near,
            separated: self.separated,
            said,
        }
    }
}

/// Several tiles as one text, joined by spaces.
struct Buffer {
    text: String,
    /// For each byte, its tile and byte there; `None` for a joining space.
    origin: Vec<Option<(usize, usize)>>,
    free: Vec<bool>,
}

impl Buffer {
    fn of(tiling: &Tiling<'_>, tiles: &[usize]) -> Self {
        let mut buffer = Self { text: String::new(), origin: Vec::new(), free: Vec::new() };
        for (i, tile) in tiles.iter().enumerate() {
            if i > 0 {
                buffer.text.push(' ');
                buffer.origin.push(None);
                buffer.free.push(true);
            }
            let text = tiling.text(*tile);
            buffer.text.push_str(text);
            buffer.origin.extend((0..text.len()).map(|b| Some((*tile, b))));
            buffer.free.extend(tiling.tiles[*tile].fate.iter().map(|f| *f == Fate::Free));
        }
        buffer
    }

    fn find(&self, wanted: &str, from: usize) -> Option<Range<usize>> {
        let tail = self.text.get(from..)?;
        let found = tail.match_indices(wanted).map(|(at, _)| from + at..from + at + wanted.len());
        let mut whole = found.filter(|r| !wanted.is_empty() && whole_words(&self.text, r));
        whole.find(|r| self.free[r.clone()].iter().all(|f| *f))
    }

    /// The lines of the source that a range comes from.
    fn lines(&self, tiling: &Tiling<'_>, range: Range<usize>) -> BTreeSet<usize> {
        self.origin[range].iter().flatten().map(|(tile, _)| tiling.tiles[*tile].ligne).collect()
    }

    fn mark(&self, tiling: &mut Tiling<'_>, range: Range<usize>, fate: Fate) {
        for (tile, byte) in self.origin[range].iter().flatten() {
            tiling.tiles[*tile].fate[*byte] = fate;
        }
    }

    /// The `:` after a received title, when text follows on the same line.
    fn consume_separator(&self, tiling: &mut Tiling<'_>, from: usize) -> usize {
        let rest = &self.text[from..];
        let lead = rest.len() - rest.trim_start().len();
        let at = from + lead;
        if rest[lead..].starts_with(':') && self.text[at + 1..].trim_start().len() > 1 {
            self.mark(tiling, at..at + 1, Fate::Published);
            at + 1
        } else {
            from
        }
    }
}

/// Places of words in a text, none of them cut.
pub(super) fn whole(text: &str, wanted: &str) -> impl Iterator<Item = Range<usize>> {
    let found = text.match_indices(wanted).map(|(at, found)| at..at + found.len());
    found.filter(move |range| !range.is_empty() && whole_words(text, range))
}

fn whole_words(text: &str, range: &Range<usize>) -> bool {
    let inner = &text[range.clone()];
    let letter = |c: char| c.is_alphanumeric();
    let cut_before = text[..range.start].ends_with(letter) && inner.starts_with(letter);
    let cut_after = text[range.end..].starts_with(letter) && inner.ends_with(letter);
    !cut_before && !cut_after
}
