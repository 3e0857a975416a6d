//! Code blocks coloured by syntect, as a dozen CSS classes. The only file that names it.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::source::escape;

/// Beyond this many lines a block is left plain: colouring costs more bytes than the code.
const LONGEST: usize = 400;

/// A block with a longer line, in bytes, is left plain: the regular expressions of a language may look at each
/// sign of a line from each other.
const LONGEST_LINE: usize = 500;

/// Compiled-in data, the same for everyone: not state.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// TextMate scopes and the class each gets; the first that fits the innermost scope wins.
static CLASSES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    const NAMES: [(&str, &str); 12] = [
        ("comment", "c-comment"),
        ("string", "c-string"),
        ("constant", "c-constant"),
        ("keyword.operator", "c-operator"),
        ("keyword", "c-keyword"),
        ("storage", "c-keyword"),
        ("entity.name.tag", "c-tag"),
        ("entity.other.attribute-name", "c-attribute"),
        ("entity.name", "c-name"),
        ("support", "c-name"),
        ("variable.parameter", "c-variable"),
        ("markup", "c-markup"),
    ];
    NAMES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect()
});

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let token = language.split([' ', ',', '{']).next().unwrap_or("");
    SYNTAXES.find_syntax_by_token(token)
}

/// True when a language can be coloured.
pub(super) fn knows(language: &str) -> bool {
    syntax(language).is_some() || matches!(language, "text" | "texte" | "txt" | "plain")
}

/// Names and extensions of the languages, for suggestions.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    SYNTAXES.syntaxes().iter().flat_map(|s| s.file_extensions.iter().map(String::as_str))
}

/// The block as HTML.
pub(super) fn block(language: &str, code: &str, out: &mut String) {
    out.push_str("<pre class=\"code\" tabindex=\"0\"><code>");
    let is_short =
        || code.lines().count() <= LONGEST && code.lines().all(|line| line.len() <= LONGEST_LINE);
    match syntax(language).filter(|_| is_short()) {
        Some(syntax) => coloured(syntax, code, out),
        None => escape(code, out),
    }
    out.push_str("</code></pre>\n");
}

fn coloured(syntax: &SyntaxReference, code: &str, out: &mut String) {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut run = Run { class: None, out };
    for line in code.split_inclusive('\n') {
        let Ok(operations) = state.parse_line(line, &SYNTAXES) else {
            run.push(None, line);
            continue;
        };
        let mut at = 0;
        for (offset, operation) in operations {
            run.push(class_of(&stack), &line[at..offset]);
            at = offset;
            // A grammar that pops too much only loses colour.
            if stack.apply(&operation).is_err() {
                stack = ScopeStack::new();
            }
        }
        run.push(class_of(&stack), &line[at..]);
    }
    run.push(None, "");
    run.close();
}

/// Text of one class, written as one element.
struct Run<'a> {
    class: Option<&'static str>,
    out: &'a mut String,
}

impl Run<'_> {
    fn push(&mut self, class: Option<&'static str>, text: &str) {
        if text.is_empty() {
            return;
        }
        if class != self.class {
            self.close();
            if let Some(class) = class {
                self.out.push_str(&format!("<span class=\"{class}\">"));
            }
            self.class = class;
        }
        escape(text, self.out);
    }

    fn close(&mut self) {
        if self.class.take().is_some() {
            self.out.push_str("</span>");
        }
    }
}

fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack.scopes.iter().rev().find_map(|scope| {
        CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_never_a_style() {
        let mut out = String::new();
        block("python", "# a <b>\nx = \"é\"\n", &mut out);
        assert!(out.contains("<span class=\"c-comment\"># a &lt;b&gt;\n</span>"), "{out}");
        assert!(!out.contains("style"));
        let mut plain = String::new();
        block("inconnu", "a < b", &mut plain);
        assert_eq!(plain, "<pre class=\"code\" tabindex=\"0\"><code>a &lt; b</code></pre>\n");
    }
}
