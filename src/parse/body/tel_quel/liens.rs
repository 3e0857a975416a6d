//! Addresses, as far as their form tells.

use crate::parse::motifs::Motif;

/// True when a text is the address of a page or of a file, as opposed to words.
pub(in super::super) fn is_address(text: &str) -> bool {
    static ADDRESS: Motif = Motif::new(
        r"(?ix) ^ (?:
            (?: https?:// | mailto: | www\. | \.\.?/ ) [^\s\x00]*
            | [^\s\x00]* \. (?: md | html? | pdf | png | jpe?g | gif | svg | webp | od[ts] | docx? | mp[34] )
            | [^\s\x00/]{2,} \. [a-z]{2,6} / [^\s\x00]*  # exemple.fr/page
        ) $",
    );
    ADDRESS.is_in(text)
}

/// An address as a link has it.
pub(super) fn whole(address: &str) -> String {
    static WITHOUT_SCHEME: Motif = Motif::new(r"(?i)^(?:www\.|[^\s/.][^\s/]+\.[a-z]{2,6}/)");
    match WITHOUT_SCHEME.is_in(address) {
        true => format!("https://{address}"),
        false => address.to_string(),
    }
}

/// True when an address leads somewhere for certain, as far as its form tells.
pub(super) fn is_web(address: &str) -> bool {
    static WEB: Motif = Motif::new(r"^https?://[^/()\[\]<>\\]*\.[^()\[\]<>\\]*[^()\[\]<>\\,;.]$");
    WEB.is_in(address)
}
