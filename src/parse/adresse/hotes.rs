//! Hosts of addresses: those that pass for another, those that nobody else can reach.

use std::{borrow::Cow, sync::LazyLock};

use regex::RegexSet;
use url::{Host, Url};

use crate::parse::{
    motifs::motifs,
    mots::{among, words},
};

/// The host of a web address as it is written, in small letters, without user nor port.
pub(super) fn written_host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let place = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let port = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    port.map_or(host, |(host, _)| host).to_lowercase()
}

/// True when a host as it is written passes for another: a part of it mixes scripts that no word mixes, or is made of
/// letters of another script that look like ours.
pub(super) fn is_lookalike(host: &str) -> bool {
    // What a browser shows of « xn-- ».
    let host = &*match host.contains("xn--") {
        true => Cow::Owned(url::quirks::domain_to_unicode(host)),
        false => Cow::Borrowed(host),
    };
    let parts: Vec<&str> = host.split(['.', '。', '．', '｡']).collect();
    let ends_in_ascii = parts.last().is_some_and(|last| last.is_ascii());
    let passes = |part: &&str| {
        !part.is_ascii() && (mixes(part) || is_odd(part) || ends_in_ascii && is_confusable(part))
    };
    parts.iter().any(passes)
}

/// Services that stand for another address, and may end before it.
const RACCOURCIS: &str = "bit.ly, bitly.com, tinyurl.com, t.co, goo.gl, ow.ly, is.gd, v.gd, buff.ly, cutt.ly, \
    rebrand.ly, rb.gy, shorturl.at, t.ly, tiny.cc, urlr.me, urlz.fr, url-r.fr, lc.cx, lstu.fr, \
    huit.re, frama.link, link.infini.fr, short.gy, dub.sh, s.42l.fr, acortar.link";

/// True when an address says nothing of where it leads.
pub(super) fn is_shortened(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    among(RACCOURCIS, host) && url.path().len() > 1
}

/// Scripts told apart, our own first: letters of the others are never taken for ours. Those of East Asia are not among
/// them: Latin letters are common beside theirs.
static SCRIPTS: LazyLock<RegexSet> = LazyLock::new(|| {
    let east = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\u{3000}-\u{30ff}\u{ff70}";
    motifs(&[
        r"[\p{Latin}µ]",
        r"\p{Greek}",
        r"\p{Cyrillic}",
        &format!(r"[^\PL\p{{Latin}}µ\p{{Greek}}\p{{Cyrillic}}{east}]"),
    ])
});

/// True when letters of several scripts stand in one part of a host.
fn mixes(part: &str) -> bool {
    SCRIPTS.matches(part).iter().count() > 1
}

/// True when a part has a letter of phonetics, or without its dot, among letters of every day.
fn is_odd(part: &str) -> bool {
    let is_phonetic =
        |c: char| matches!(c, 'ı' | 'ȷ' | 'ſ' | '\u{250}'..='\u{2af}' | '\u{1d00}'..='\u{1dbf}');
    let others = part.chars().filter(|c| !is_phonetic(*c));
    part.contains(is_phonetic) && others.clone().all(|c| c.is_ascii())
}

/// Letters of Cyrillic and Greek that are drawn as Latin ones.
const CONFUSABLE: &str = "асԁеһіїјӏорԛѕԝхуҽпгѵѡαικνορυωηγτχϲϳ";

/// True when each letter of a part is of another script and drawn as one of ours.
fn is_confusable(part: &str) -> bool {
    part.chars().filter(|c| c.is_alphabetic()).all(|c| CONFUSABLE.contains(c))
}

/// Ends of the names that a network gives to itself.
const LOCAL: &str = ".localhost, .local, .localdomain, .lan, .intranet, .intra, .internal, .corp, .home, \
    .home.arpa, .private";

/// True when an address names a machine of the network where it was written, or that machine itself.
pub(in crate::parse) fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || words(LOCAL).any(|end| name.ends_with(end))
        }
        Some(Host::Ipv4(ip)) => is_private_v4(ip),
        Some(Host::Ipv6(ip)) => {
            let first = ip.segments()[0];
            let is_local = first & 0xffc0 == 0xfe80 || first & 0xfe00 == 0xfc00;
            let inside = ip.to_ipv4_mapped();
            ip.is_loopback() || ip.is_unspecified() || is_local || inside.is_some_and(is_private_v4)
        }
        None => false,
    }
}

fn is_private_v4(ip: std::net::Ipv4Addr) -> bool {
    // Shared by the customers of an access provider (RFC 6598).
    let is_shared = matches!(ip.octets(), [100, 64..=127, ..]);
    ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.octets()[0] == 0 || is_shared
}

/// The host that the words of a link show and where it does not lead.
pub(super) fn other_host(words: &str, url: &Url) -> Option<String> {
    let leads = bare(url.host_str()?);
    let is_within = |one: &str, other: &str| {
        one == other || one.strip_suffix(other).is_some_and(|rest| rest.ends_with('.'))
    };
    shown_hosts(words).find(|host| !is_within(host, &leads) && !is_within(&leads, host))
}

/// The address that the words of a link show and to which it does not write.
pub(super) fn other_recipient(words: &str, url: &Url) -> Option<String> {
    let shown = words.trim().trim_start_matches("mailto:").to_lowercase();
    let (name, domain) = shown.split_once('@')?;
    let is_address =
        !name.is_empty() && domain.contains('.') && !shown.contains(char::is_whitespace);
    let written = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy();
    let writes = written.split(',').any(|to| to.trim().to_lowercase() == shown);
    (is_address && !writes).then_some(shown)
}

/// The hosts of the addresses among words: those that begin as an address does, or the one word that there is.
fn shown_hosts(words: &str) -> impl Iterator<Item = String> {
    let is_alone = words.split_whitespace().nth(1).is_none();
    let signs = |c: char| "<>«»()[]\"'’“”.,;:!?…".contains(c);
    let address = move |word: &str| {
        let word = word.trim_matches(signs);
        let begins =
            |start: &str| word.get(..start.len()).is_some_and(|w| w.eq_ignore_ascii_case(start));
        let is_whole = ["https://", "http://"].iter().any(|scheme| begins(scheme));
        let is_short = begins("www.") || is_alone && !word.contains('@');
        match (is_whole, is_short) {
            (true, _) => Some(word.to_string()),
            (false, true) => super::super::links::without_scheme(word),
            _ => None,
        }
    };
    words.split_whitespace().filter_map(address).filter_map(|address| {
        // The host, as the address where the link leads writes it.
        let url = Url::parse(&format!("https://{}", written_host(&address))).ok()?;
        let host = bare(url.host_str()?);
        host.contains('.').then_some(host)
    })
}

fn bare(host: &str) -> String {
    host.trim_start_matches("www.").trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_pass_for_another() {
        let lookalikes = "exаmple.fr аррӏе.com gοogle.com ɡoogle.fr education.gоuv.fr paypaı.com νιχ.fr \
            www.ехо.org exemple.ոet xn--ggle-55da.com www.xn--80ak6aa92e.com";
        for host in lookalikes.split(' ') {
            assert!(is_lookalike(host), "{host}");
        }
        let others = "exemple.fr école.fr xn--cole-9oa.fr пример.рф почта.com ουτοπία.gr 日本語tokyo.jp \
            œuvre-ñ.example مثال.com";
        for host in others.split(' ') {
            assert!(!is_lookalike(host), "{host}");
        }
        assert_eq!(written_host("https://moi@EXEMPLE.fr:8080/a:b"), "exemple.fr");
    }

    #[test]
    fn hosts_that_nobody_reaches() {
        let private = |host: &str| is_private(&Url::parse(&format!("https://{host}/a")).unwrap());
        let unreached = "localhost localhost:8080 127.0.0.1 127.1 10.0.0.1 192.168.1.1 172.16.0.1 \
            172.31.255.1 169.254.1.1 0.0.0.0 [::1] [fe80::1] [fd00::1] [::ffff:10.0.0.1] \
            nas.local serveur.lan ent.intranet x.localhost 0x7f.1";
        for host in unreached.split(' ') {
            assert!(private(host), "{host}");
        }
        let reached = "exemple.fr 172.32.0.1 11.0.0.1 192.169.1.1 [2001:db8::1] local.fr lan.fr";
        for host in reached.split(' ') {
            assert!(!private(host), "{host}");
        }
    }

    #[test]
    fn words_that_lie() {
        let lies = |words: &str, to: &str| other_host(words, &Url::parse(to).unwrap());
        let gouv = Some("education.gouv.fr".to_string());
        assert_eq!(lies("https://education.gouv.fr", "https://exemple.fr"), gouv);
        assert_eq!(lies("education.gouv.fr", "https://exemple.fr/a"), gouv);
        assert_eq!(lies("voir www.education.gouv.fr/a.", "https://exemple.fr"), gouv);
        assert_eq!(lies("HTTPS://Education.gouv.fr", "https://education.gouv.fr.exemple.fr"), gouv);
        for (words, to) in [
            ("https://exemple.fr", "https://www.exemple.fr/a"),
            ("exemple.fr", "https://blog.exemple.fr"),
            ("https://école.fr", "https://xn--cole-9oa.fr/"),
            ("la page", "https://exemple.fr"),
            ("tablettes.pdf", "https://exemple.fr/tablettes.pdf"),
            ("voir exemple.org", "https://exemple.fr"),
        ] {
            assert_eq!(lies(words, to), None, "{words}");
        }
        let to = Url::parse("mailto:contact@exemple.fr?subject=a").unwrap();
        assert_eq!(other_recipient("contact@exemple.fr", &to), None);
        assert_eq!(other_recipient("nous écrire", &to), None);
        assert_eq!(other_recipient("dpd@exemple.fr", &to), Some("dpd@exemple.fr".into()));
    }
}
