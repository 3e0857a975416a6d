//! Things that a published page may not hold: scripts and styles of its own, what is asked elsewhere.

use html5gum::StartTag;

use super::elements::attribute;

/// Attributes and elements that set a style, run code, load something from another host, or lead where no link may.
pub(super) fn forbidden(tag: &StartTag<()>, found: &mut Vec<String>) {
    let name = || String::from_utf8_lossy(&tag.name);
    for (key, value) in &tag.attributes {
        let (key, value) = (key.as_slice(), value.as_slice());
        if key == b"style" || key == b"ping" || key == b"srcdoc" || key.starts_with(b"on") {
            found.push(format!("{} {}", name(), String::from_utf8_lossy(key)));
        }
        let is_sent = matches!(key, b"action" | b"formaction");
        let leaves = (is_sent || is_asked(tag, key)) && leaves(value);
        if leaves || is_address(key) && !has_allowed_scheme(value) {
            found.push(format!("{} « {} »", name(), String::from_utf8_lossy(value)));
        }
    }
    let is_code = match tag.name.as_slice() {
        b"script" => {
            attribute(tag, b"type") != Some("application/ld+json")
                && attribute(tag, b"src").is_none()
        }
        b"style" | b"iframe" | b"base" | b"embed" | b"applet" | b"frame" | b"frameset" => true,
        // A redirection of this site leads to one of its pages, as its link does.
        b"meta" => match attribute(tag, b"http-equiv").map(str::to_ascii_lowercase).as_deref() {
            None => false,
            Some("refresh") => {
                attribute(tag, b"content").is_none_or(|content| leaves(content.as_bytes()))
            }
            Some(_) => true,
        },
        _ => false,
    };
    if is_code {
        found.push(name().into_owned());
    }
}

/// Schemes that an address of a page may have; most have none.
const SCHEMES: [&[u8]; 4] = [b"https", b"http", b"mailto", b"tel"];

/// True when an attribute's value is an address (HTML standard, « attributes »: valid URL).
#[rustfmt::skip]
fn is_address(key: &[u8]) -> bool {
    matches!(key, b"href" | b"xlink:href" | b"src" | b"action" | b"formaction" | b"cite"
        | b"data" | b"poster" | b"background" | b"manifest")
}

/// True when a browser finds in an address no scheme, or an allowed one. It drops the blanks before the scheme,
/// and the tabs and line ends inside it (URL standard, « basic URL parser »).
fn has_allowed_scheme(value: &[u8]) -> bool {
    let kept = value.iter().skip_while(|byte| **byte <= b' ');
    let kept = kept.filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r'));
    let begun: Vec<u8> = kept
        .take_while(|byte| !matches!(byte, b'/' | b'?' | b'#'))
        .map(u8::to_ascii_lowercase)
        .collect();
    match begun.iter().position(|byte| *byte == b':') {
        Some(end) => SCHEMES.contains(&&begun[..end]),
        None => true,
    }
}

/// True when a browser fetches what an attribute names without its reader asking (HTML standard, « fetch »; SVG 2
/// for the last). `<link rel="canonical">` and its like say an address and load nothing.
fn is_asked(tag: &StartTag<()>, key: &[u8]) -> bool {
    let element = tag.name.as_slice();
    match key {
        b"src" | b"srcset" | b"imagesrcset" | b"poster" | b"background" => true,
        b"data" => element == b"object",
        b"href" if element == b"link" => {
            !matches!(attribute(tag, b"rel"), Some("canonical" | "alternate"))
        }
        b"href" | b"xlink:href" => matches!(element, b"use" | b"image" | b"feimage"),
        _ => false,
    }
}

/// True when the target is elsewhere, or inside the page, which a strict policy refuses too.
fn leaves(value: &[u8]) -> bool {
    let mut addresses = value.split(|byte| matches!(byte, b' ' | b',' | b'\n' | b'\t'));
    addresses.any(|address| {
        address.starts_with(b"//")
            || address.starts_with(b"data:")
            || address.windows(3).any(|w| w == b"://")
    })
}
