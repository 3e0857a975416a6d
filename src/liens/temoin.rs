//! The witness of a host: its answer to an address that surely does not exist. A page that looks like it is no page.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

use crate::model::cle;

/// Fewer words are those of a page that a script fills: nothing can be told from them.
const WORDS: usize = 20;
/// Share of the words that two answers have in common, in percent, for them to be one.
const ALIKE: usize = 90;

/// Words of a page, as hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Empreinte(BTreeSet<u64>);

/// Answer of a host to an address that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Temoin {
    /// It says that there is no such page.
    Franc,
    /// It leads elsewhere: the key of that address.
    Renvoi(String),
    /// It answers with a page.
    Page(Empreinte),
}

impl Empreinte {
    /// Words of a page, markup, styles and scripts aside.
    pub fn de(html: &str) -> Self {
        let mut words = BTreeSet::new();
        let mut rest = html;
        while !rest.is_empty() {
            let (text, tag) = rest.split_once('<').unwrap_or((rest, ""));
            let letters = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1);
            words.extend(letters.map(|word| xxh3_64(word.to_lowercase().as_bytes())));
            rest = ["script", "style"]
                .iter()
                .find_map(|name| after(tag, name))
                .unwrap_or_else(|| tag.split_once('>').map_or("", |(_, rest)| rest));
        }
        Self(words)
    }

    /// True when two pages say the same, and say something.
    pub fn ressemble(&self, other: &Self) -> bool {
        let common = self.0.intersection(&other.0).count();
        let all = self.0.union(&other.0).count();
        common >= WORDS && 100 * common >= ALIKE * all
    }
}

/// Rest of a page after an element whose content is not text.
fn after<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let begins = tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let end = |found: &str| tag.find(found).map(|at| &tag[at + found.len()..]);
    begins.then(|| {
        end(&format!("</{name}>")).or_else(|| end(&format!("</{}>", name.to_uppercase())))
    })?
}

/// An address of the same host that surely does not exist.
pub fn adresse_temoin(url: &Url) -> Option<Url> {
    let name = xxh3_64(url.host_str()?.as_bytes());
    let mut witness = url.join(&format!("/retex-page-qui-n-existe-pas-{name:016x}")).ok()?;
    witness.set_fragment(None);
    Some(witness)
}

impl Temoin {
    /// True when the end of a visit is where addresses that do not exist lead too.
    pub fn mene_a(&self, url: &Url) -> bool {
        matches!(self, Self::Renvoi(end) if *end == cle(url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_compared_by_their_words() {
        let words = |n: usize| {
            (0..n).map(|i| format!("mot{} ", "abcdefghij".repeat(i + 1))).collect::<String>()
        };
        let page = |text: &str| Empreinte::de(&format!("<html><style>a b</style><p>{text}</p>"));
        assert!(page(&words(40)).ressemble(&page(&format!("{} page-12", words(40)))));
        assert!(!page(&words(40)).ressemble(&page(&words(60))), "other words");
        assert!(!page(&words(10)).ressemble(&page(&words(10))), "too few words");
        assert_eq!(Empreinte::de("<SCRIPT>let aa = 1</SCRIPT>bb").0.len(), 1);
    }
}
