//! The one reader of TOML tables: yields every error of a table, with its span.
//!
//! A table is read by its [`KeyGroup`]: accessors demand its compulsory keys, [`Reader::finish`] refuses
//! the others. A derive would stop at the first error and lose the places of the keys.

mod addresses;
mod inconnues;
mod open;
mod values;

use std::ops::Range;

use toml::{
    Spanned as TomlSpanned,
    de::{DeTable, DeValue},
};

use super::{
    jours::{NoDay, YEARS},
    keys::{Key, KeyForm, KeyGroup},
    limits, syntax,
};
pub(super) use addresses::written_address;
use values::as_integer;

use crate::{
    diag::{Code, Diagnostic, Place},
    french,
    model::{Date, Destination},
    source::{SitePath, Slug, Span, Spanned, slugify},
};

/// Reads a whole TOML text, whose keys are those of `groupe`, found at `offset` of its file. `root` is where a missing key is shown.
pub(super) fn read<T>(
    groupe: &'static KeyGroup,
    path: &SitePath,
    text: &str,
    offset: usize,
    root: Span,
    diags: &mut Vec<Diagnostic>,
    body: impl FnOnce(&mut Reader<'_, '_>) -> T,
) -> T {
    let (table, errors) = DeTable::parse_recoverable(text);
    // Nearly every file is read at once.
    let recovered = (!errors.is_empty()).then(|| syntax::recover(text, groupe));
    for mistake in recovered.iter().flat_map(|recovered| &recovered.mistakes) {
        diags.push(told(mistake, path, offset));
    }
    let table = match &recovered {
        Some(recovered) => DeTable::parse_recoverable(&recovered.text).0,
        None => table,
    };
    let (mut unheard, said) = (Vec::new(), diags.len());
    let mut reader = Reader {
        groupe,
        around: None,
        path,
        offset,
        text,
        recovered: recovered.as_ref(),
        table: table.get_ref(),
        place: root,
        asked: Vec::new(),
        broken: recovered.as_ref().is_some_and(syntax::Recovered::has_blanks),
        diags: if recovered.as_ref().is_none_or(|r| r.trusted) { diags } else { &mut unheard },
    };
    let value = body(&mut reader);
    reader.finish();
    if let Some(recovered) = &recovered {
        // One message for a line: what else is wrong in it is seen when it can be read.
        let mut at = 0;
        diags.retain(|diagnostic| {
            at += 1;
            at <= said || !is_told(diagnostic, recovered, offset)
        });
    }
    value
}

/// A mistake of syntax as a diagnostic, with the line to write when it can be guessed.
fn told(mistake: &syntax::Mistake, path: &SitePath, offset: usize) -> Diagnostic {
    let span = |range: &Range<usize>| Span::new(path, offset + range.start..offset + range.end);
    let diagnostic =
        Diagnostic::new(mistake.code, mistake.message.as_str()).at(&span(&mistake.range), "");
    match &mistake.mended {
        Some(mended) => diagnostic.attempt(&span(&mistake.line), mended.as_str(), true),
        None => diagnostic,
    }
    .otherwise(mistake.aide.as_str())
}

/// True for what is said of a line that has its own message.
fn is_told(diagnostic: &Diagnostic, recovered: &syntax::Recovered, offset: usize) -> bool {
    match &diagnostic.place {
        Place::Span(span) if span.start >= offset => {
            recovered.is_told(&(span.start - offset..span.end - offset))
        }
        _ => false,
    }
}

/// Place where a file's missing keys are shown: its first line.
pub(super) fn top_of(path: &SitePath, text: &str) -> Span {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    Span::new(path, 0..end)
}

/// One table being read.
pub(super) struct Reader<'a, 't> {
    groupe: &'static KeyGroup,
    /// The group that holds this one.
    around: Option<&'static KeyGroup>,
    path: &'a SitePath,
    offset: usize,
    text: &'a str,
    /// The text that is read, when it is not as it is written.
    recovered: Option<&'a syntax::Recovered>,
    table: &'a DeTable<'t>,
    place: Span,
    asked: Vec<&'static str>,
    broken: bool,
    diags: &'a mut Vec<Diagnostic>,
}

impl<'t> Reader<'_, 't> {
    /// Place of the table.
    pub(super) fn place(&self) -> &Span {
        &self.place
    }

    /// Reports something about the table.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diags.push(diagnostic);
    }

    /// Says what is wrong with a text of the table, and what to do.
    pub(super) fn say(
        &mut self,
        code: Code,
        span: &Span,
        message: impl Into<String>,
        aide: impl Into<String>,
    ) {
        self.push(Diagnostic::new(code, message).at(span, "").help(aide));
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let (value, span) = self.get(key)?;
        self.as_text(key, &value, span)
    }

    /// A list of texts, none of them empty.
    pub(super) fn texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let expected = "une liste de textes, même pour un seul : [\"…\"]";
        self.list(key, expected, |reader, value, span| reader.as_text(key, value, span))
    }

    /// A list of texts without their places.
    pub(super) fn plain_texts(&mut self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value).collect()
    }

    /// A whole number, from 1.
    pub(super) fn number(&mut self, key: &'static str) -> Option<Spanned<usize>> {
        let (value, span) = self.get(key)?;
        self.as_number(key, &value, span)
    }

    /// A whole number from 0 to 100.
    pub(super) fn percentage(&mut self, key: &'static str) -> Option<Spanned<usize>> {
        let (value, span) = self.get(key)?;
        let expected = "un nombre entier de 0 à 100, sans guillemets ni %";
        self.typed(key, expected, &value, span, |value| as_integer(value).filter(|n| *n <= 100))
    }

    /// A list of numbers with the place of the list, none when the key is absent.
    pub(super) fn numbers(&mut self, key: &'static str) -> Option<Spanned<Vec<usize>>> {
        let (_, span) = self.get(key)?;
        let expected = "une liste de nombres, même pour un seul : [12]";
        let value = self.list(key, expected, |reader, value, span| {
            reader.as_number(key, value, span).map(|n| n.value)
        });
        Some(Spanned { value, span })
    }

    /// `true` or `false`; absent is `false`.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some((value, span)) = self.get(key) else { return false };
        let read = |value: &DeValue<'t>| value.as_bool();
        self.typed(key, "true ou false, sans guillemets", &value, span, read)
            .is_some_and(|flag| flag.value)
    }

    /// A day, written without quotes: `2021-03-04`.
    pub(super) fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        let (value, span) = self.get(key)?;
        let expected = "une date sans guillemets, comme 2021-03-04";
        let read = |value: &DeValue<'t>| value.as_datetime()?.date;
        let Spanned { value, span } = self.typed(key, expected, &value, span, read)?;
        if !YEARS.contains(&value.year) {
            let (message, aide) = NoDay::Impossible.told();
            self.say(Code::DateImpossible, &span, message, aide);
            return None;
        }
        let value = Date { year: value.year, month: value.month, day: value.day };
        Some(Spanned { value, span })
    }

    /// A word of the vocabulary of a key.
    pub(super) fn word<V>(
        &mut self,
        key: &'static str,
        from_slug: fn(&str) -> Option<V>,
    ) -> Option<Spanned<V>> {
        let text = self.text(key)?;
        self.as_word(key, text, from_slug)
    }

    /// A list of words of the vocabulary of a key, in its order, each once.
    pub(super) fn words<V: Ord>(
        &mut self,
        key: &'static str,
        from_slug: fn(&str) -> Option<V>,
    ) -> Vec<V> {
        let texts = self.texts(key);
        let words = texts.into_iter().filter_map(|text| self.as_word(key, text, from_slug));
        let mut words: Vec<V> = words.map(|word| word.value).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// An identifier.
    pub(super) fn slug(&mut self, key: &'static str) -> Option<Spanned<Slug>> {
        let text = self.text(key)?;
        let slug = Slug::new(&text.value).or_else(|| {
            // It goes on under a name that can be one, so that what it holds is not missed.
            let better = slugify(&text.value);
            let diagnostic = no_slug(&text);
            self.push(if better.is_empty() {
                diagnostic
            } else {
                let said = format!("écrivez par exemple « {better} »");
                diagnostic.attempt(&text.span, format!("\"{better}\""), true).saying(said)
            });
            Slug::new(&better)
        });
        slug.map(|value| Spanned { value, span: text.span })
    }

    /// An identifier of something written elsewhere, which will be looked for there: one that cannot be an
    /// identifier is kept as the nearest that can.
    pub(super) fn reference(&mut self, key: &'static str) -> Option<Spanned<Slug>> {
        let text = self.text(key)?;
        let slug = Slug::new(&text.value).or_else(|| Slug::new(&slugify(&text.value)));
        if slug.is_none() {
            self.push(no_slug(&text));
        }
        slug.map(|value| Spanned { value, span: text.span })
    }

    /// A web address.
    pub(super) fn url(&mut self, key: &'static str) -> Option<url::Url> {
        let text = self.text(key)?;
        self.address(&text).map_err(|why| self.push(why)).ok()
    }

    /// A web address, or a page of the site: whether there is one is seen with the whole site.
    pub(super) fn destination(&mut self, key: &'static str) -> Option<Destination> {
        let text = self.text(key)?;
        if let Some(value) = Slug::new(&text.value) {
            return Some(Destination::Page(Spanned { value, span: text.span }));
        }
        let other = "ou écrivez le nom d’une page du dossier « pages », sans « .md »";
        let address = self.address(&text).map_err(|why| self.push(why.help(other)));
        address.ok().map(Destination::Adresse)
    }

    /// Number of diagnostics so far: more later means that something was wrong in between.
    pub(super) fn said(&self) -> usize {
        self.diags.len()
    }

    /// True when the key is written, whatever its value.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// A sub-table: `[key]`.
    pub(super) fn table<T>(
        &mut self,
        key: &'static str,
        body: impl FnOnce(&mut Reader<'_, 't>) -> T,
    ) -> Option<T> {
        let (value, span) = self.get(key)?;
        match value.as_table() {
            Some(table) => {
                let place = self.header_of(key, span);
                Some(self.nested(self.below(key), table, place, body))
            }
            None => {
                self.mistyped(key, &format!("un groupe de clés : [{key}]"), &value, &span);
                None
            }
        }
    }

    /// A list of tables: `[[key]]`, or inline.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        mut body: impl FnMut(&mut Reader<'_, 't>) -> Option<T>,
    ) -> Vec<T> {
        let expected = format!("une liste de groupes, avec des crochets doubles : [[{key}]]");
        let groupe = self.below(key);
        if let Some(value) = self.table.get(key).map(|value| value.get_ref().clone())
            && let Some(items) = value.as_array()
            && !items.is_empty()
            && !items.iter().any(|item| item.get_ref().is_table())
            && let Some((value, span)) = self.get(key)
        {
            self.mistyped(key, &expected, &value, &span);
            return Vec::new();
        }
        self.list(key, &expected, |reader, value, span| match value.as_table() {
            Some(table) => reader.nested(groupe, table, span, &mut body),
            None => {
                reader.mistyped(key, &expected, value, &span);
                None
            }
        })
    }

    fn nested<T>(
        &mut self,
        groupe: &'static KeyGroup,
        table: &DeTable<'t>,
        place: Span,
        body: impl FnOnce(&mut Reader<'_, 't>) -> T,
    ) -> T {
        let mut reader = Reader {
            groupe,
            around: Some(self.groupe),
            path: self.path,
            offset: self.offset,
            text: self.text,
            recovered: self.recovered,
            table,
            place,
            asked: Vec::new(),
            broken: self.broken,
            diags: self.diags,
        };
        let value = body(&mut reader);
        reader.finish();
        value
    }

    fn header_of(&self, key: &str, fallback: Span) -> Span {
        match self.table.get_key_value(key) {
            Some((key, _)) => self.span(key.span()),
            None => fallback,
        }
    }

    /// The value of a key of the group; says that it is missing when it is compulsory.
    fn get(&mut self, key: &'static str) -> Option<(DeValue<'t>, Span)> {
        let champ = self.groupe.champ(key);
        debug_assert!(champ.is_some(), "« {key} » is read and not defined");
        let first = !self.asked.contains(&key);
        self.asked.push(key);
        let Some(value) = self.table.get(key) else {
            // After a syntax error the key may be there and unread: one error is enough.
            let wanted = |c: &&Key| c.obligatoire && first && !self.broken;
            if let Some(champ) = champ.filter(wanted).filter(|_| !self.is_misspelt(key)) {
                let missing = format!("il manque la clé « {key} »");
                let aide = format!("ajoutez, par exemple : {key} = {}", champ.exemple);
                self.say(Code::CleManquante, &self.place.clone(), missing, aide);
            }
            return None;
        };
        Some((value.get_ref().clone(), self.span(value.span())))
    }

    /// The definition of the tables below a key.
    fn below(&self, key: &str) -> &'static KeyGroup {
        match self.groupe.champ(key).map(|champ| champ.forme) {
            Some(KeyForm::Groupe(groupe) | KeyForm::Groupes(groupe)) => groupe,
            _ => self.groupe,
        }
    }

    fn list<T>(
        &mut self,
        key: &'static str,
        expected: &str,
        mut item: impl FnMut(&mut Self, &DeValue<'t>, Span) -> Option<T>,
    ) -> Vec<T> {
        let Some((value, span)) = self.get(key) else { return Vec::new() };
        let Some(array) = value.as_array() else {
            self.mistyped(key, expected, &value, &span);
            return Vec::new();
        };
        let most = limits::items(key);
        if array.len() > most {
            self.push(limits::exceeded(
                &format!("« {key} » compte {}", french::count(array.len(), "élément", "éléments")),
                most,
                &span,
                "gardez les principaux",
            ));
        }
        let read = |v: &TomlSpanned<DeValue<'t>>| {
            let span = self.span(v.span());
            item(self, v.get_ref(), span)
        };
        // Most items are right: with room for them all, none is left over.
        let mut items = Vec::with_capacity(array.len());
        items.extend(array.iter().take(most).filter_map(read));
        items
    }

    /// Refuses the keys that the group does not have.
    fn finish(self) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if self.groupe.champ(name).is_some() || self.groupe.autres.is_some() {
                continue;
            }
            let span = self.span(key.span());
            if self.around.is_some_and(|around| around.champ(name).is_some()) {
                let message = format!("la clé « {name} » n’est pas à sa place");
                let diagnostic = Diagnostic::new(Code::CleInconnue, message).at(&span, "");
                self.diags.push(diagnostic.help(format!(
                    "elle n’est pas de ce groupe : écrivez-la plus haut, avant {}",
                    self.title()
                )));
                continue;
            }
            self.diags.push(self.unknown_key(name, &span));
        }
        debug_assert!(
            self.broken || self.groupe.noms().all(|name| self.asked.contains(&name)),
            "a key of « {} » is never read",
            self.groupe.sens
        );
    }

    /// The line that begins the table.
    fn title(&self) -> &str {
        let place = self.text.get(self.place.start - self.offset..).unwrap_or("");
        place.lines().next().unwrap_or("").trim()
    }

    /// The text at a place of the file.
    fn written(&self, span: &Span) -> &str {
        self.text.get(span.start - self.offset..span.end - self.offset).unwrap_or("")
    }

    fn span(&self, range: Range<usize>) -> Span {
        let range = self.recovered.map_or(range.clone(), |recovered| recovered.written(range));
        Span::new(self.path, self.offset + range.start..self.offset + range.end)
    }
}

/// A text that is no identifier.
fn no_slug(text: &Spanned<String>) -> Diagnostic {
    let message = format!("« {} » ne peut pas être un identifiant", text.value);
    Diagnostic::new(Code::IdentifiantInvalide, message)
        .at(&text.span, "minuscules sans accent, chiffres et tirets")
}
