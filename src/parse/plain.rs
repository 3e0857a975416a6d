//! Texts of headers, which are published as they are written: Markdown in them is said.

use super::{motifs::Motif, reader::Reader};
use crate::{
    diag::{Code, Diagnostic},
    source::Spanned,
};

/// Says the Markdown of values.
pub(super) fn say_markdown<'s>(
    texts: impl Iterator<Item = &'s Spanned<String>>,
    r: &mut Reader<'_, '_>,
) {
    texts.filter_map(signs_of_markdown).for_each(|said| r.push(said));
}

/// Says the Markdown of a value, which is published as it is written.
fn signs_of_markdown(text: &Spanned<String>) -> Option<Diagnostic> {
    static BEGINS: Motif = Motif::new(r"^\s*(?:(?:#{1,6}|[-*+•>])\s+)+(?<texte>[^\s0-9].*)$");
    static AROUND: Motif = Motif::new(
        r"(?:^|[\s\x{a0}(«’'])(?<signe>(?<debut>\*{1,3}|_{2,3}|`|~~)(?<texte>[^\s*_`~](?:[^*_`~]*[^\s*_`~])?)(?<fin>\*{1,3}|_{2,3}|`|~~))(?:$|[\s\x{a0}).,;:!?»…])",
    );
    static LINK: Motif = Motif::new(r"\[[^\[\]]+\]\([^\s()]+\)");
    let mut better = text.value.clone();
    if let Some(rest) = BEGINS.first(&better).and_then(|groups| Some(groups.name("texte")?.start()))
    {
        better.replace_range(..rest, "");
    }
    while let Some(groups) = AROUND.first(&better)
        && let (Some(whole), Some(inside)) = (groups.name("signe"), groups.name("texte"))
        && groups.name("debut").map(|sign| sign.as_str())
            == groups.name("fin").map(|sign| sign.as_str())
    {
        let inside = inside.as_str().to_string();
        better.replace_range(whole.range(), &inside);
    }
    let message = "ces signes seront publiés tels quels : l’en-tête n’est pas du Markdown";
    let said = Diagnostic::new(Code::PublieTelQuel, message).at(&text.span, "");
    if LINK.is_in(&better) {
        let aide =
            "n’écrivez ici que des mots : un lien est dans le texte, ou dans une clé « liens »";
        return Some(said.help(aide));
    }
    if better == text.value {
        return None;
    }
    let aide = format!("écrivez ce texte sans eux : {better}");
    let is_plain = !better.contains(['"', '\\', '\n']);
    let written = text.value.len() + 2 == text.span.range().len();
    Some(match is_plain && written {
        true => said.fix(&text.span, format!("\"{better}\"")).help(aide),
        false => said.help(aide),
    })
}
