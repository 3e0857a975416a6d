//! The language of a text: a tag of BCP 47.

/// Names that people write in place of a tag, without accents or capitals, and the tag of each.
#[rustfmt::skip]
const NOMS: [(&str, &str); 22] = [
    ("allemand", "de"), ("alsacien", "gsw"), ("anglais", "en"), ("arabe", "ar"), ("basque", "eu"),
    ("breton", "br"), ("catalan", "ca"), ("corse", "co"), ("english", "en"), ("espagnol", "es"),
    ("francais", "fr"), ("french", "fr"), ("hebreu", "he"), ("italien", "it"),
    ("neerlandais", "nl"), ("occitan", "oc"), ("ourdou", "ur"), ("persan", "fa"),
    ("portugais", "pt"), ("roumain", "ro"), ("turc", "tr"), ("ukrainien", "uk"),
];

/// Languages written from right to left.
const DROITE_A_GAUCHE: [&str; 8] = ["ar", "dv", "fa", "he", "ps", "sd", "ur", "yi"];

/// A well-formed tag: letters, digits and hyphens, whatever the sources hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Langue(String);

impl Langue {
    /// The language of this tag: two or three letters, then parts of two to eight letters or digits
    /// (RFC 5646, without its private and grandfathered tags).
    pub fn new(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let first = parts.next()?;
        let is_language =
            (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_lowercase());
        let is_part = |part: &str| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        (is_language && parts.all(is_part)).then(|| Self(tag.to_string()))
    }

    /// The tag that was meant by what is none, when it can be only one.
    pub fn meant(written: &str) -> Option<&'static str> {
        let folded = crate::source::slugify(written);
        NOMS.iter().find(|(name, _)| *name == folded).map(|(_, tag)| *tag)
    }

    /// The tag that a locale of a computer stands for: `fr_FR` is `fr-FR`.
    pub fn of_locale(written: &str) -> Option<Self> {
        let mut parts = written.trim().split(['_', '-']);
        let mut tag = parts.next()?.to_ascii_lowercase();
        for part in parts {
            tag.push('-');
            match part.len() {
                2 => tag.push_str(&part.to_ascii_uppercase()),
                _ => tag.push_str(part),
            }
        }
        Self::new(&tag)
    }

    /// The tag, which needs no escaping.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// True for French, of whatever country.
    pub fn is_french(&self) -> bool {
        self.language() == "fr"
    }

    /// True when it is written from right to left.
    pub fn is_rtl(&self) -> bool {
        DROITE_A_GAUCHE.contains(&self.language())
    }

    /// First part of the tag.
    fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags() {
        for tag in ["fr", "br", "gsw", "fr-FR", "zh-Hant-TW", "ca-valencia"] {
            assert!(Langue::new(tag).is_some(), "{tag}");
        }
        for wrong in
            ["", "f", "fr_FR", "français", "FR", "fr-", "fr--FR", "breton", "fr\"x", "en x"]
        {
            assert_eq!(Langue::new(wrong), None, "{wrong}");
        }
        assert!(Langue::new("fr-CA").unwrap().is_french());
        assert!(!Langue::new("frp").unwrap().is_french());
        assert!(Langue::new("ar-DZ").unwrap().is_rtl());
        assert!(!Langue::new("br").unwrap().is_rtl());
    }

    #[test]
    fn what_was_meant() {
        assert_eq!(Langue::meant("Français"), Some("fr"));
        assert_eq!(Langue::meant("Breton"), Some("br"));
        assert_eq!(Langue::meant("klingon"), None);
        assert_eq!(Langue::of_locale("fr_FR").unwrap().tag(), "fr-FR");
        assert_eq!(Langue::of_locale("EN").unwrap().tag(), "en");
        for (_, tag) in NOMS {
            assert!(Langue::new(tag).is_some(), "{tag}");
        }
    }
}
