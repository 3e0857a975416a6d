//! Lines of a conflict or of a header, which make all else in a text not worth saying.

use super::{Kind, Leaf, Sign};
use crate::parse::motifs::Motif;

/// Marks of a conflict between two versions of a text; nothing else is then worth saying.
pub(super) fn conflict(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) -> bool {
    static MARK: Motif = Motif::new(r"(?m)^ *(<{7}(?: .*)?|={7})[^\S\n]*$");
    static BEGINNING: Motif = Motif::new("(?m)^<{7}");
    let aide = "deux versions du texte se suivent : gardez la bonne, puis supprimez les lignes qui \
                commencent par <<<<<<<, ======= ou >>>>>>>";
    let message = "ce signe d’une fusion inachevée sera publié tel quel";
    if let Some(mark) = MARK.first(&leaf.mask).and_then(|groups| groups.get(1)) {
        let length = leaf.written[mark.range()].trim_end().len();
        signs.push(leaf.sign(mark.start()..mark.start() + length, message, aide));
        return true;
    }
    // Seven quotations, one in the other.
    let line_start = leaf.body[..leaf.start].rfind('\n').map_or(0, |at| at + 1);
    if leaf.body[line_start..leaf.start].trim_end() != ">>>>>>>" {
        return false;
    }
    if !BEGINNING.is_in(&leaf.body[..line_start]) {
        let range = line_start..leaf.start + leaf.written.lines().next().map_or(0, str::len);
        signs.push(Sign { range, ..leaf.sign(0..0, message, aide) });
    }
    true
}

/// A header of another tool, or a second one, left in the body; nothing else is then worth saying.
pub(super) fn header(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) -> bool {
    static OF_YAML: Motif = Motif::new(r"^\s*(?:[\pL\pN_-]+\s*:|- |$)");
    static FENCE: Motif = Motif::new(r"(?m)^[^\S\n]*\+\+\+[^\S\n]*$");
    static OF_TOML: Motif = Motif::new(r"(?m)\A\s*\+\+\+\s*\z|^\s*[\pL\pN_-]+\s*=");
    let yaml = leaf.kind == Kind::Underlined
        && leaf.first
        && leaf.body[..leaf.start].lines().rfind(|line| !line.trim().is_empty()).map(str::trim)
            == Some("---")
        && leaf.written.lines().all(|line| OF_YAML.is_in(line));
    let toml = leaf.kind == Kind::Paragraph
        && leaf.written.contains("+++")
        && FENCE.is_in(leaf.written)
        && OF_TOML.is_in(leaf.written);
    if !yaml && !toml {
        return false;
    }
    let message = "ces lignes d’en-tête seront publiées avec le texte";
    let aide = "l’en-tête est au début du fichier, entre deux lignes +++ : recopiez-y ce qui lui \
                manque, comme « cle = \"valeur\" », puis supprimez ces lignes";
    signs.push(leaf.sign(0..leaf.written.trim_end().len(), message, aide));
    true
}
