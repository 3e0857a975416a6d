//! Lines of a conflict or of a header, which make all else in a text not worth saying.

use super::{Kind, Leaf, Line, Sign};

/// Marks of a conflict between two versions of a text; nothing else is then worth saying.
pub(super) fn conflict(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) -> bool {
    let aide = "deux versions du texte se suivent : gardez la bonne, puis supprimez les lignes qui \
                commencent par <<<<<<<, ======= ou >>>>>>>";
    let message = "ce signe d’une fusion inachevée sera publié tel quel";
    let is_mark = |line: &Line<'_>| {
        line.mask.starts_with("<<<<<<< ") || matches!(line.mask, "<<<<<<<" | "=======")
    };
    if let Some(line) = leaf.lines().into_iter().find(is_mark) {
        signs.push(leaf.sign(line.range(), message, aide));
        return true;
    }
    // Seven quotations, one in the other.
    let line_start = leaf.body[..leaf.start].rfind('\n').map_or(0, |at| at + 1);
    let is_said = |before: &str| before.starts_with("<<<<<<<") || before.contains("\n<<<<<<<");
    if leaf.body[line_start..leaf.start].trim_end() == ">>>>>>>" {
        if is_said(&leaf.body[..line_start]) {
            return true;
        }
        let range = line_start..leaf.start + leaf.written.lines().next().map_or(0, str::len);
        signs.push(Sign { range, ..leaf.sign(0..0, message, aide) });
        return true;
    }
    false
}

/// A header of another tool, or a second one, left in the body; nothing else is then worth saying.
pub(super) fn header(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) -> bool {
    let is_key = |line: &&str, sign: char| {
        let key = line.split_once(sign).map(|(key, _)| key.trim());
        key.is_some_and(|key| {
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            !key.is_empty() && key.chars().all(plain)
        })
    };
    let lines = || leaf.written.lines().filter(|line| !line.trim().is_empty());
    let before = leaf.body[..leaf.start].trim_end();
    let yaml = leaf.kind == Kind::Underlined
        && leaf.first
        && before.lines().next_back().is_some_and(|line| line.trim() == "---")
        && lines().all(|line| is_key(&line, ':') || line.trim_start().starts_with("- "));
    let fences = || lines().filter(|line| line.trim() == "+++").count();
    let toml = leaf.kind == Kind::Paragraph
        && leaf.written.contains("+++")
        && fences() > 0
        && (leaf.written.trim() == "+++" || lines().any(|line| is_key(&line, '=')));
    if !yaml && !toml {
        return false;
    }
    let message = "ces lignes d’en-tête seront publiées avec le texte";
    let aide = "l’en-tête est au début du fichier, entre deux lignes +++ : recopiez-y ce qui lui \
                manque, comme « cle = \"valeur\" », puis supprimez ces lignes";
    signs.push(leaf.sign(0..leaf.written.trim_end().len(), message, aide));
    true
}
