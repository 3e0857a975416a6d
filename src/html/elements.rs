//! Elements by what they do to the text around them.

use html5gum::StartTag;

/// True when an element has no end tag (HTML standard, « void elements »).
#[rustfmt::skip]
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(name, b"area" | b"base" | b"br" | b"col" | b"embed" | b"hr" | b"img" | b"input"
        | b"link" | b"meta" | b"source" | b"track" | b"wbr")
}

/// True when an element's text is not seen by a reader, or not until something happens.
#[rustfmt::skip]
pub(super) fn is_unseen(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"template" | b"dialog" | b"select" | b"datalist"
        | b"noscript" | b"noframes" | b"iframe" | b"canvas" | b"object")
}

/// True when an element does not part words around it.
#[rustfmt::skip]
pub(super) fn is_inline(name: &[u8]) -> bool {
    matches!(name, b"a" | b"abbr" | b"b" | b"bdi" | b"cite" | b"code" | b"data" | b"del" | b"dfn"
        | b"em" | b"i" | b"ins" | b"kbd" | b"mark" | b"q" | b"small" | b"span" | b"strong"
        | b"sub" | b"sup")
}

/// True when every document has it, written or not.
pub(super) fn is_implied(name: &[u8]) -> bool {
    matches!(name, b"html" | b"head" | b"body")
}

/// The value of an attribute. A page is a text: so is each of its values.
pub(super) fn attribute<'t>(tag: &'t StartTag<()>, name: &[u8]) -> Option<&'t str> {
    tag.attributes.get(name).map(|value| std::str::from_utf8(value).unwrap_or_default())
}
