//! Web addresses of keys: what stands around them, those that are several, and the one that was meant.

use super::Reader;
use crate::{
    diag::{Code, Diagnostic},
    parse::{
        adresse,
        links::{begins_as_address, repaired, web_address},
        valeur::quoted,
    },
    source::Spanned,
};

impl Reader<'_, '_> {
    /// A web address that can be followed, with the advice on it; or its refusal.
    pub(super) fn address(&mut self, text: &Spanned<String>) -> Result<url::Url, Diagnostic> {
        let url = written_address(&text.value).map_err(|why| self.refused_address(why, text))?;
        self.diags.extend(adresse::judge(&url, text, false, "\""));
        Ok(url)
    }

    /// Refusal of an address, with the one that was meant.
    pub(in crate::parse) fn refused_address(
        &self,
        why: Diagnostic,
        text: &Spanned<String>,
    ) -> Diagnostic {
        let mut diagnostic = why.at(&text.span, "");
        if let Some((name, address)) = named(&text.value)
            && self.groupe.champ("titre").is_some()
            && self.table.contains_key("url")
            && !self.table.contains_key("titre")
        {
            let aide = std::mem::take(&mut diagnostic.helps).join(" ; ");
            let lines = format!("{}\ntitre = {}", quoted(&address), quoted(&name));
            return diagnostic.attempt(&text.span, lines, true).otherwise(aide);
        }
        let sinon = diagnostic.helps.join(" ; ");
        let meant = meant_addresses(&text.value);
        let quoted: Vec<String> = meant.iter().map(|address| quoted(address)).collect();
        match quoted.as_slice() {
            [] => {
                // No better address holds: only what is no address is left to say.
                let is_one =
                    |aide: &String| aide.starts_with("écrivez") || aide.starts_with("vouliez");
                match diagnostic.helps.iter().any(|aide| is_one(aide) && aide.contains("://")) {
                    true => {
                        diagnostic.helps.clear();
                        diagnostic.help(
                            "donnez une adresse qui s’ouvre de partout : https://exemple.fr/page",
                        )
                    }
                    false => diagnostic,
                }
            }
            [address] => {
                diagnostic.helps.clear();
                // The whole address is there, but for what stands for its spaces.
                let spaced = text.value.replace(char::is_whitespace, "%20");
                let is_there = spaced.contains(meant[0].as_str());
                diagnostic.attempt(&text.span, address.as_str(), is_there).otherwise(sinon)
            }
            several => {
                let title = self.title();
                let key = self.table.keys().next().map_or("", |key| key.get_ref());
                if !title.starts_with("[[") || self.table.len() > 1 {
                    return diagnostic;
                }
                diagnostic.helps.clear();
                let groups = several.join(&format!("\n\n{title}\n{key} = "));
                diagnostic.attempt(&text.span, groups, true).otherwise(sinon)
            }
        }
    }
}

/// An address as a key gives it, where what stands around it is no part of it.
///
/// # Errors
/// A diagnostic without its place.
pub(in crate::parse) fn written_address(text: &str) -> Result<url::Url, Diagnostic> {
    let refused =
        |message: &str, aide: &str| Err(Diagnostic::new(Code::UrlInvalide, message).help(aide));
    if meant_addresses(text).len() > 1 {
        return refused(
            "il y a ici plusieurs adresses",
            "écrivez-les une par une, chacune sous son titre [[liens]]",
        );
    }
    if text.trim() != text {
        return refused(
            "il y a une espace au bord de cette adresse",
            "effacez-la : l’adresse touche les guillemets",
        );
    }
    if named(text).is_some() {
        return refused(
            "il y a ici d’autres mots que l’adresse",
            "n’écrivez que l’adresse entre les guillemets ; ces mots vont dans « titre »",
        );
    }
    if text.starts_with(['<', '(', '[', '«', '“']) && text.ends_with(['>', ')', ']', '»', '”'])
    {
        return refused(
            "les signes autour de cette adresse ne sont pas à elle",
            "n’écrivez que l’adresse entre les guillemets",
        );
    }
    // Its scheme is not what keeps it from others.
    if !text.contains("://") && is_private(text.trim_start_matches('/')) {
        return refused(
            "cette adresse ne s’ouvre que sur votre ordinateur ou votre réseau",
            "donnez une adresse qui s’ouvre de partout, ou retirez ce lien",
        );
    }
    web_address(text)
}

/// The one address of a text, and the words that name it: « Le mur : https://… », `[Le mur](https://…)`.
fn named(text: &str) -> Option<(String, String)> {
    let begins = |at: &usize| ["https://", "http://"].iter().any(|b| text[*at..].starts_with(b));
    let mut places = text.match_indices("http").map(|(at, _)| at).filter(begins);
    let (at, None) = (places.next()?, places.next()) else { return None };
    let around = |c: char| c.is_whitespace() || "[]()<>:«»-–—|,;\u{a0}".contains(c);
    let rest = &text[at..];
    let end = rest.find(|c: char| c.is_whitespace() || ">)]".contains(c)).unwrap_or(rest.len());
    let (before, after) = (text[..at].trim_matches(around), rest[end..].trim_matches(around));
    let is_name = |name: &str| name.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let is_before = is_name(before) && after.is_empty();
    (is_before && web_address(&rest[..end]).is_ok()).then(|| (before.into(), rest[..end].into()))
}

fn is_private(host: &str) -> bool {
    url::Url::parse(&format!("http://{host}")).is_ok_and(|url| adresse::is_private(&url))
}

/// The addresses that were meant by what is none: without the signs around them, with the beginning that was left out.
/// Those that nobody else could open are not made to look better.
fn meant_addresses(text: &str) -> Vec<String> {
    let around = |c: char| c.is_whitespace() || "<>()[]«»“”\"'".contains(c);
    let bare = |piece: &str| -> String {
        let piece = piece.trim_matches(around).trim_end_matches([',', ';']);
        piece.trim_end_matches(around).to_string()
    };
    let begins = |word: &str| begins_as_address(word.trim_start_matches(around));
    // Each piece that begins as an address does is one; the others go on with the last.
    let mut pieces: Vec<String> = Vec::new();
    for word in text.trim().split_inclusive(|c: char| c.is_whitespace() || c == ',' || c == ';') {
        match pieces.last_mut().filter(|_| !begins(word)) {
            Some(last) => last.push_str(word),
            None => pieces.push(word.to_string()),
        }
    }
    let address = |piece: &String| {
        let piece = bare(piece).replace(char::is_whitespace, "%20");
        let piece = match web_address(&piece) {
            Ok(_) => piece,
            Err(_) => repaired(&piece).filter(|better| {
                better.strip_prefix("https://").is_some_and(|host| !is_private(host))
            })?,
        };
        web_address(&piece).ok().map(|_| piece)
    };
    // « et » between two of them.
    let last = pieces.len().saturating_sub(1);
    for piece in &mut pieces[..last] {
        let bare = piece.trim_end();
        let word = [" et", " ou", " puis"].iter().find_map(|word| bare.strip_suffix(word));
        *piece = word.unwrap_or(piece).to_string();
    }
    let found: Option<Vec<String>> = pieces.iter().map(address).collect();
    found.unwrap_or_default()
}
