//! Text as HTML and XML write it.

/// Writes a text for the content of an element or for a double-quoted attribute.
pub fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// A text as [`escape`] writes it.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn marks_are_escaped() {
        let mut out = String::from("é ");
        escape("<b> & \"c\" 'd'", &mut out);
        assert_eq!(out, "é &lt;b&gt; &amp; &quot;c&quot; 'd'");
    }
}
