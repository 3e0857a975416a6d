//! Refusals: forms that a Markdown body may not hold, or holds by mistake, and the advice on each.

use std::{ops::Range, sync::Arc};

use unicase::UniCase;

use super::{
    Index,
    dropped::{Cause, Dropped},
    html::{LeftOpen, OpenElements, holds_blocks},
    reading::MarkdownNote,
    tel_quel, unread,
};
use crate::{
    diag::{Code, Diagnostic},
    french,
    parse::{adresse, links::begins_as_address},
    source::Spanned,
};

/// Notes without a definition that are looked for in a text.
const LOOKED_FOR: usize = 200;

impl Index<'_> {
    /// Says what is wrong at a place of the Markdown, and what to do.
    pub(super) fn say(
        &mut self,
        code: Code,
        message: impl Into<String>,
        range: Range<usize>,
        aide: impl Into<String>,
    ) {
        self.push(Diagnostic::new(code, message).help(aide), range);
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic, range: Range<usize>) {
        self.diags.push(diagnostic.at(&self.span(range), ""));
    }

    /// An image without words for who does not see it.
    pub(super) fn no_alternative(&mut self, range: Range<usize>) {
        let message = "cette image n’a pas de texte de remplacement";
        let aide = "écrivez entre crochets ce que l’image apporte : ![élèves au micro](…)";
        self.say(Code::ImageSansAlternative, message, range, aide);
    }

    /// Raw HTML elements that a paragraph, or the element of Markdown around them, leaves open.
    pub(super) fn left_open(&mut self, end: fn(&mut OpenElements) -> Vec<LeftOpen>) {
        for LeftOpen { name, range } in end(&mut self.html) {
            let place = match holds_blocks(name) {
                true => "plus bas, seul sur sa ligne, après une ligne vide",
                false => "dans le même paragraphe",
            };
            let message = format!("<{name}> n’est pas fermé");
            self.say(Code::HtmlRefuse, message, range, format!("ajoutez </{name}> {place}"));
        }
    }

    /// Raw HTML that is not published.
    pub(super) fn refused(&mut self, message: String, helps: &[&'static str], range: Range<usize>) {
        let diagnostic = Diagnostic::new(Code::HtmlRefuse, message).at(&self.span(range), "");
        self.diags.push(helps.iter().fold(diagnostic, |told, help| told.help(*help)));
    }

    /// A comment, which no page keeps: who wrote it may have meant it for readers.
    pub(super) fn comment(&mut self, range: Range<usize>) {
        let aide =
            "rien à faire, sauf si vous vouliez que ce texte soit lu : retirez alors <!-- et -->";
        self.say(Code::CommentaireRetire, "ce commentaire n’est pas publié", range, aide);
    }

    /// A comment that its paragraph does not close: Markdown leaves it as text, and its editor meant it hidden.
    pub(super) fn open_comment(&mut self, text: &str, range: &Range<usize>) {
        if self.in_code || !text.contains("<!--") {
            return;
        }
        let written = self.corps.markdown().get(range.clone()).unwrap_or_default();
        let Some(at) = written.find("<!--") else { return };
        let before = self.corps.markdown().get(..range.start + at).unwrap_or_default();
        if before.ends_with('\\') {
            return;
        }
        let place = range.start + at..range.start + at + "<!--".len();
        let message = "ce commentaire n’est pas fermé dans son paragraphe : il serait publié";
        let aide =
            "placez-le à part, entre deux lignes vides, et finissez-le par --> ; ou retirez-le";
        self.refused(message.into(), &[aide], place);
    }

    /// An address typed as such, that signs of emphasis cut.
    pub(super) fn cut_address(&mut self, emphasis: &Range<usize>) {
        let markdown = self.corps.markdown();
        let before = markdown.get(..emphasis.start).unwrap_or_default();
        let near = before.len() - before.chars().rev().take(200).map(char::len_utf8).sum::<usize>();
        let word = before[near..].rsplit(char::is_whitespace).next().unwrap_or_default();
        let begun = before.len() - word.trim_start_matches('(').len();
        let is_known = self.understood.iter().rev().take(1).any(|u| u.end > begun);
        if !begins_as_address(&before[begun..]) || is_known {
            return;
        }
        let end = markdown[emphasis.start..].find(char::is_whitespace);
        let end = end.map_or(markdown.len(), |at| emphasis.start + at);
        let message = "cette adresse sera coupée : ses signes mettent la suite en forme";
        let aide = "écrivez-la entre chevrons : <https://…>";
        self.say(Code::LienMalEcrit, message, begun..end, aide);
    }

    /// Words that Markdown drops.
    pub(super) fn dropped(&mut self, dropped: Vec<Dropped>, markdown: &str) {
        for Dropped { range, cause } in dropped {
            let words = french::first_words(&markdown[range.clone()], 60);
            let advice = match cause {
                Cause::Comment => {
                    let aide = "rien à faire, sauf si vous vouliez que ce texte soit lu";
                    let message = "ce commentaire n’est pas publié";
                    self.say(Code::CommentaireRetire, message, range, aide);
                    continue;
                }
                Cause::Cell => {
                    "cette ligne a plus de cases que le tableau n’a de titres de colonnes : ajoutez un titre, ou écrivez \\| une barre qui ne sépare pas deux cases"
                }
                Cause::Definition => {
                    "une ligne qui commence par [mot]: donne l’adresse d’un lien, et aucun lien ne s’en sert ; écrivez sans crochets, par exemple « Durée : 2 h »"
                }
                Cause::Title => {
                    "le titre d’un lien ou d’une image n’est lu par presque personne : placez ces mots dans le texte, et ne gardez que l’adresse entre les parenthèses"
                }
                Cause::CodeInfo => {
                    "après les trois accents graves, n’écrivez que le nom du langage ; placez ces mots dans le texte, avant le code"
                }
                Cause::Unknown => {
                    "Markdown ne lit pas ces mots à cet endroit : placez-les dans un paragraphe à part"
                }
            };
            let message = format!("« {words} » ne serait pas publié");
            self.say(Code::TexteNonPublie, message, range, advice);
        }
    }

    /// Judges the words of a link, once they are read.
    pub(super) fn end_of_link(&mut self) {
        let Some((url, range, start)) = self.open_link.take() else { return };
        if !self.received
            && let Some(words) = self.leaf.get(start..)
        {
            let said = adresse::judge_words(words, &url, &self.span(range));
            self.diags.extend(said);
        }
    }

    /// Judges an address that can be followed, at its own place when it is found there.
    pub(super) fn followed(&mut self, url: &url::Url, dest: &str, range: Range<usize>) {
        let place = self.place_of(dest, &range).unwrap_or(range);
        let written = Spanned { value: dest.to_string(), span: self.span(place) };
        self.diags.extend(adresse::judge(url, &written, self.received, ""));
    }

    /// Place of the address of a link in what writes it, when it stands there as it is.
    fn place_of(&self, dest: &str, link: &Range<usize>) -> Option<Range<usize>> {
        let at = link.start + self.corps.markdown().get(link.clone())?.rfind(dest)?;
        Some(at..at + dest.len())
    }

    /// A link to another site, whose address is written otherwise.
    pub(super) fn meant(&mut self, why: String, dest: &str, address: &str, range: Range<usize>) {
        let at = self.place_of(dest, &range);
        let place = at.clone().unwrap_or(range);
        let mut diagnostic =
            Diagnostic::new(Code::UrlInvalide, why).help(format!("écrivez : {address}"));
        if at.is_some() {
            diagnostic = diagnostic.fix(&self.span(place.clone()), address);
        }
        self.push(diagnostic, place);
    }

    /// A heading more than one level below the one before it; the page's own title is of level 1,
    /// and a `#` in a text is published as `##`.
    pub(super) fn skipped_level(&mut self, level: u8, range: Range<usize>) {
        let before = self.corps.titres.last().map_or(1, |titre| titre.niveau.max(2));
        if level <= before + 1 {
            return;
        }
        let body = &self.corps.texte[self.offset..];
        let hashes = body
            .get(range.clone())
            .map_or(0, |text| text.bytes().take_while(|b| *b == b'#').count());
        let wanted = "#".repeat(usize::from(before) + 1);
        let end = range.start + body.get(range.clone()).map_or(0, |text| text.trim_end().len());
        let message = if self.corps.titres.is_empty() {
            "le premier titre d’un texte est un titre de niveau 2".to_string()
        } else {
            format!("ce titre est de niveau {level}, celui qui le précède de niveau {before}")
        };
        let aide = format!(
            "commencez cette ligne par « {wanted} » : un lecteur d’écran lit les titres comme un sommaire, où un niveau ne se saute pas"
        );
        let mut diagnostic = Diagnostic::new(Code::TitreSaute, message).help(aide);
        if hashes == usize::from(level) && !self.received {
            let marks = self.span(range.start..range.start + hashes);
            diagnostic = diagnostic.fix(&marks, wanted);
        }
        self.push(diagnostic, range.start..end);
    }

    /// A footnote: two of one name cannot be told apart, one that nothing calls is read by nobody.
    pub(super) fn note(&mut self, note: &MarkdownNote<'_>) {
        let name = note.name.as_str();
        let label = |range: &Range<usize>| range.start..range.start + format!("[^{name}]:").len();
        let call = format!("[^{name}]");
        let known = UniCase::new(name.to_string());
        if let Some(first) = self.notes.get(&known) {
            let (first, second) = match first.start < note.range.start {
                true => (first.clone(), note.range.clone()),
                false => (note.range.clone(), first.clone()),
            };
            let diagnostic = Diagnostic::new(
                Code::NoteEnDouble,
                format!("la note « {name} » est écrite deux fois"),
            )
            .at(&self.span(label(&second)), "")
            .also(&self.span(label(&first)), "la première")
            .help("donnez-lui un autre numéro, ici et là où elle est appelée");
            self.diags.push(diagnostic);
        } else if !note.is_called {
            let message = format!("aucun texte n’appelle la note « {name} »");
            let aide = format!("écrivez {call} là où la note doit être appelée, ou supprimez-la");
            self.say(Code::NoteInutilisee, message, label(&note.range), aide);
        }
        self.notes.entry(known).or_insert(note.range.clone());
        if note.events.is_empty() {
            let message = format!("la note « {name} » ne dit rien");
            let aide = "écrivez son texte après les deux-points, ou retirez la note et son appel";
            self.say(Code::NoteVide, message, label(&note.range), aide);
        }
    }

    /// Calls of footnotes that nothing defines.
    pub(super) fn undefined_notes(
        &mut self,
        leaf: &str,
        range: &Range<usize>,
        understood: &[Range<usize>],
    ) {
        let mut from = 0;
        for note in unread::footnotes(leaf) {
            if self.defined.contains(&UniCase::new(note.to_string())) {
                continue;
            }
            self.undefined += 1;
            // Each look goes through the whole text: enough of them are told as well as can be.
            let is_among_first = self.undefined <= LOOKED_FOR;
            let call = format!("[^{note}]");
            // A note whose line is badly written is said there.
            if leaf.starts_with(&format!("{call} :")) {
                continue;
            }
            let aide = if is_among_first && self.corps.markdown().contains(&format!("\n{call} :")) {
                format!("sa ligne est là, où les deux-points touchent le crochet : {call}: …")
            } else {
                format!("ajoutez une ligne à la fin du texte : {call}: …")
            };
            let written = self.corps.markdown().get(range.clone());
            let rest = written.and_then(|text| text.get(from..)).filter(|_| is_among_first);
            let at = rest.and_then(|text| text.find(&call)).map(|at| from + at);
            from = at.map_or(from, |at| at + call.len());
            let is_escaped = at.is_some_and(|at| written.is_some_and(|w| w[..at].ends_with('\\')));
            let at = at.map(|at| range.start + at);
            let is_code = |at: usize| {
                let next = understood.partition_point(|u| u.end <= at);
                understood.get(next).is_some_and(|u| u.start <= at)
            };
            // Written otherwise than it reads: each of its signs is escaped.
            let is_spelled = is_among_first && at.is_none();
            if is_escaped || is_spelled || at.is_some_and(is_code) {
                continue;
            }
            let message = format!("la note « {note} » n’est écrite nulle part");
            let place = at.map_or(range.clone(), |at| at..at + call.len());
            self.say(Code::NoteIndefinie, message, place, aide);
        }
    }

    /// `[texte](adresse)` that Markdown left as text.
    pub(super) fn unread_links(
        &mut self,
        leaf: &str,
        range: &Range<usize>,
        understood: &[Range<usize>],
    ) {
        if !leaf.contains("](") {
            return;
        }
        let texte = Arc::clone(&self.corps.texte);
        let Some(written) = texte.get(self.offset + range.start..self.offset + range.end) else {
            return;
        };
        for link in unread::links(written) {
            let place = |r: &Range<usize>| range.start + r.start..range.start + r.end;
            let whole = place(&link.whole);
            // The text of a paragraph begins after the sign that escapes its first bracket.
            if texte[..self.offset + whole.start].ends_with('\\') {
                continue;
            }
            // In the order of the text, none over another.
            let next = understood.partition_point(|u| u.end <= whole.start);
            if understood.get(next).is_some_and(|u| u.start < whole.end) {
                continue;
            }
            let address = &written[link.address.clone()];
            let text = link_text(&written[link.whole.clone()]);
            let is_image = written[..link.whole.start].ends_with('!');
            let message = match is_image {
                true => "cette image ne sera pas montrée : son nom sera publié, crochets compris",
                false => "ce lien sera publié tel quel, crochets compris",
            };
            let mut diagnostic = Diagnostic::new(Code::LienMalEcrit, message);
            let aide = match unread::with_its_spaces(address) {
                Some(better) => {
                    let aide = format!("une adresse n’a pas d’espace ; écrivez : {better}");
                    diagnostic = diagnostic.fix(&self.span(place(&link.address)), better);
                    aide
                }
                None if is_image && link.closed && address.contains(' ') => {
                    format!("ce nom contient une espace ; écrivez : ![{text}](<{address}>)")
                }
                None if !link.closed && tel_quel::is_address(address) => format!(
                    "fermez la parenthèse après l’adresse : {})",
                    &written[link.whole.clone()]
                ),
                None if !link.closed => {
                    "fermez la parenthèse après l’adresse : [texte](adresse)".into()
                }
                None if tel_quel::is_address(text) => {
                    format!("le texte et l’adresse sont inversés ; écrivez : [{address}]({text})")
                }
                None => {
                    "un lien s’écrit [texte](adresse), l’adresse sans espace ni autre mot".into()
                }
            };
            self.push(diagnostic.help(aide), whole);
        }
    }
}

/// Text between the brackets of a link.
fn link_text(link: &str) -> &str {
    link.split_once("](").map_or("", |(text, _)| text.trim_start_matches('['))
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{mended, read},
        *,
    };

    fn codes(header: &str, markdown: &str) -> Vec<Code> {
        read(header, markdown).1.iter().map(|d| d.code).collect()
    }

    #[test]
    fn what_is_refused() {
        for (markdown, code) in [
            ("a <sup onclick=x>b</sup>", Code::HtmlRefuse),
            ("a <br onclick=x> b", Code::HtmlRefuse),
            ("a</b>", Code::HtmlRefuse),
            ("é\u{a0}(https://a.fr/__init__.py", Code::LienMalEcrit),
        ] {
            assert_eq!(codes("", markdown), [code], "{markdown}");
        }
        for markdown in [
            "a[^1] `[^1]` \\[^1] `[^2]` \\[^3] \\[\\^4\\]\n\n[^1]: b",
            "a `<!--` \\<!-- b",
            "a \\[f](g h)",
            "\\[f](g h)",
            "<https://a.fr/__init__.py> [a](https://b.fr)*c* www.d.fr *e*",
            "a[^1]\n\n[^1]: b <kbd>c</kbd> [d](mailto:e@f.fr)",
        ] {
            assert_eq!(codes("", markdown), [], "{markdown}");
        }
    }

    #[test]
    fn what_is_certain_is_mended() {
        let text = "### A\n\n[b](https://c.fr/d e.pdf) `[f](g h)`\n";
        assert_eq!(mended("", text), "## A\n\n[b](https://c.fr/d%20e.pdf) `[f](g h)`\n");
        assert_eq!(codes("", text), [Code::TitreSaute, Code::LienMalEcrit]);
        let received = "+++\nlignes = [1]\n+++\n";
        assert_eq!(mended(received, "### A\n\n[b](c d)\n"), "### A\n\n[b](c d)\n");
        assert_eq!(codes(received, "### A\n\n[b](c d)\n"), [Code::TitreSaute]);
        assert_eq!(codes("", "# A\n\n## B\n\n### C\n\n## D\n"), []);
    }
}
