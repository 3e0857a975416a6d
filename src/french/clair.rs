//! Texts shown where their signs act, a terminal or the log of a forge: each sign that commands it, that turns what
//! is around it or that nobody sees is written by its number, « ⟨U+202E⟩ ».

use std::borrow::Cow;

use super::signes::{replaced, signes};

/// A text as it is shown, with what leads from its places to those of the text it was.
#[derive(Debug)]
pub struct Clair<'a> {
    /// The text shown.
    pub texte: Cow<'a, str>,
    /// Ends of the signs that were written by their numbers: in the text it was, then in this one.
    fins: Vec<(usize, usize)>,
}

impl<'a> Clair<'a> {
    /// The text as it is shown, its lines left as they are.
    pub fn of(texte: &'a str) -> Self {
        Self::without(texte, false)
    }

    /// Place in this text of a place of the text it was. Inside a sign, it is the place of that sign’s end.
    pub fn place(&self, at: usize) -> usize {
        match self.fins.iter().take_while(|(was, _)| *was <= at).last() {
            Some((was, is)) => is + (at - was),
            None => at,
        }
    }

    fn without(texte: &'a str, lines: bool) -> Self {
        let mut acting: Vec<(usize, char)> = signes(texte)
            .filter(|s| s.instead().is_some())
            .map(|s| (s.octets.start, s.signe))
            .collect();
        let seen = acting.len();
        acting.extend(passed_over(texte, lines));
        if acting.len() > seen {
            acting.sort_unstable();
        }
        if acting.is_empty() {
            return Self { texte: Cow::Borrowed(texte), fins: Vec::new() };
        }
        let mut out = String::with_capacity(texte.len() + 8 * acting.len());
        let mut fins = Vec::with_capacity(acting.len());
        let mut kept = 0;
        for (at, c) in acting {
            out.push_str(&texte[kept..at]);
            out.push_str(&numero(c));
            kept = at + c.len_utf8();
            fins.push((kept, out.len()));
        }
        out.push_str(&texte[kept..]);
        Self { texte: Cow::Owned(out), fins }
    }
}

/// The signs that a text may hold and that act on a terminal all the same: the mark of the order of bytes, a return
/// that begins the line again; the ends of lines and the tabs of a name.
fn passed_over(texte: &str, lines: bool) -> impl Iterator<Item = (usize, char)> {
    let mark = texte.starts_with('\u{feff}').then_some((0, '\u{feff}'));
    let ends = texte.match_indices(['\n', '\r', '\t']).filter_map(move |(at, sign)| {
        let alone = sign == "\r" && !texte[at + 1..].starts_with('\n');
        (lines || alone).then(|| (at, char::from(texte.as_bytes()[at])))
    });
    mark.into_iter().chain(ends)
}

/// The number of a sign, between marks that no text of a site has.
fn numero(c: char) -> String {
    format!("⟨U+{:04X}⟩", u32::from(c))
}

/// A text of one or several lines as it is shown.
pub fn en_clair(texte: &str) -> Cow<'_, str> {
    Clair::of(texte).texte
}

/// A name as it is shown: it stays on its line.
pub fn nom(texte: &str) -> Cow<'_, str> {
    Clair::without(texte, true).texte
}

/// A phrase as it is shown: on one line, whatever the lines it was written on.
pub fn phrase(texte: &str) -> String {
    en_clair(texte).replace("\r\n", " ").replace(['\n', '\t'], " ")
}

/// A text that begins no command of a forge, which reads the logs of what it runs: GitHub obeys a line that begins
/// with `::`, whatever the blanks before it, and `##[` wherever it stands.
pub fn inerte(texte: &str) -> Cow<'_, str> {
    if !texte.contains("::") && !texte.contains("##[") {
        return Cow::Borrowed(texte);
    }
    let mut out = String::with_capacity(texte.len() + 16);
    for line in texte.split_inclusive('\n') {
        let begun = line.trim_start();
        match begun.strip_prefix("::") {
            Some(rest) => {
                out.push_str(&line[..line.len() - begun.len()]);
                out.push_str(&numero(':'));
                out.push(':');
                out.push_str(rest);
            }
            None => out.push_str(line),
        }
    }
    Cow::Owned(out.replace("##[", &format!("##{}", numero('['))))
}

/// A JSON document of which no sign acts: those that nobody sees are escaped, as the standard lets any be
/// (RFC 8259, section 7). They can only be inside its texts.
pub fn json(document: String) -> String {
    let escaped = replaced(&document, |signe| {
        let mut units = [0; 2];
        signe.signe.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
    });
    escaped.replace("##[", "##\\u005b")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_act_are_told_by_their_numbers() {
        for (text, shown) in [
            ("été :\tœuvre\r\n👩\u{200d}🏫", "été :\tœuvre\r\n👩\u{200d}🏫"),
            ("\u{1b}]0;X\u{7}", "⟨U+001B⟩]0;X⟨U+0007⟩"),
            ("a\u{202e}b\u{9b}c\u{2028}d\u{7f}", "a⟨U+202E⟩b⟨U+009B⟩c⟨U+2028⟩d⟨U+007F⟩"),
            ("\u{feff}a\rb\u{feff}\r\n", "⟨U+FEFF⟩a⟨U+000D⟩b⟨U+FEFF⟩\r\n"),
            ("caf\u{fffd} \u{f0b7}", "caf\u{fffd} \u{f0b7}"),
        ] {
            assert_eq!(en_clair(text), shown);
            assert_eq!(en_clair(shown), shown);
        }
        assert_eq!(nom("a\n::error::b\tc"), "a⟨U+000A⟩::error::b⟨U+0009⟩c");
        assert_eq!(phrase("a\r\n::error::b\tc\u{7}"), "a ::error::b c⟨U+0007⟩");
    }

    #[test]
    fn places_follow_what_is_shown() {
        let text = "é\u{202e}a\u{1b}b";
        let clair = Clair::of(text);
        for sign in ["é", "a", "b"] {
            let at = clair.place(text.find(sign).unwrap());
            assert!(clair.texte[at..].starts_with(sign), "{sign}");
        }
        assert_eq!(clair.place(text.len()), clair.texte.len());
    }

    #[test]
    fn no_line_is_a_command() {
        assert_eq!(inerte("a::b\nc"), "a::b\nc");
        assert_eq!(inerte("a\n  ::error::b\n"), "a\n  ⟨U+003A⟩:error::b\n");
        assert_eq!(inerte("a ##[error]b"), "a ##⟨U+005B⟩error]b");
    }

    #[test]
    fn a_document_says_the_same_once_read() {
        let text = "##[a]\u{202e}é\u{1b}\u{e0041}\u{7f}👩\u{200d}🏫";
        let document = json(serde_json::to_string(text).unwrap());
        assert!(document.chars().all(|c| !c.is_control() && c != '\u{202e}' && c != '\u{e0041}'));
        assert!(!document.contains("##["));
        assert_eq!(serde_json::from_str::<String>(&document).unwrap(), text);
    }
}
