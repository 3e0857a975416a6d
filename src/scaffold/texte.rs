//! Somebody's words → TOML strings and Markdown that say them and do nothing else.

use crate::french::signes::sans_invisibles;

/// One line: the signs that nobody sees gone, blanks joined.
pub(super) fn ligne(text: &str) -> String {
    let text = sans_invisibles(text.trim_start_matches('\u{feff}'));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as TOML writes it. The writer of the `toml` crate escapes; a line is made first, so that no value
/// ever spans two lines and none can hold a « +++ » that would close the header.
pub(super) fn chaine(text: &str) -> String {
    toml::Value::String(ligne(text)).to_string()
}

/// A list of texts as TOML writes it.
pub(super) fn liste<T: AsRef<str>>(texts: &[T]) -> String {
    let items: Vec<String> = texts.iter().map(|t| chaine(t.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// A text as Markdown that shows its words: paragraphs and bullets are kept, everything else that Markdown
/// would read (heading, link, image, HTML, code, table, note) is escaped.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut blank = true;
    for written in text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}']) {
        let line = ligne(written);
        if line.is_empty() {
            if !blank {
                out.push('\n');
            }
            blank = true;
            continue;
        }
        blank = false;
        match line.split_once(' ').filter(|(mark, _)| matches!(*mark, "-" | "*" | "•")) {
            Some((_, rest)) => {
                out.push_str("- ");
                neutral(rest, &mut out);
            }
            None => neutral(&line, &mut out),
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The words of a line that begins a block or goes on with one.
fn neutral(line: &str, out: &mut String) {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && line[digits..].starts_with(['.', ')']);
    let marked = line.starts_with(['#', '>', '-', '+', '=', ':']);
    for (at, c) in line.char_indices() {
        let opens_block = (at == 0 && marked) || (at == digits && numbered);
        let next = line[at + c.len_utf8()..].chars().next();
        let opens_inline = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '|')
            || (c == '&' && next.is_some_and(|n| n == '#' || n.is_ascii_alphanumeric()));
        if opens_block || opens_inline {
            out.push('\\');
        }
        out.push(c);
        // « [^1] » would be taken for the call of a note that nobody wrote.
        if c == '[' && next == Some('^') {
            out.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_says_the_words_and_nothing_else() {
        let check = |text, expected| assert_eq!(markdown(text), expected);
        check("+++\n# a", "\\+++\n\\# a\n");
        check("- # a\n• b", "- \\# a\n- b\n");
        check("\n\na\r\n\r\n\r\n    b\n", "a\n\nb\n");
        check("<b> [a](b) ![c](d) &lt; A & B", "\\<b> \\[a\\](b) !\\[c\\](d) \\&lt; A & B\n");
        check("1986. Une année", "1986\\. Une année\n");
        check("a[^1]\n---", "a\\[ ^1\\]\n\\---\n");
        check("\u{0}\u{202e}", "");
    }
}
