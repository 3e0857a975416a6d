//! Who is answered. A page of another site can send requests here from the browser of whoever reads it, under a
//! name of its own that leads to this machine, or from inside a script, an image or a frame: it gets nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::head::Head;

/// The port of an address that names none.
const HTTP: u16 = 80;

/// The refusal of a request that came in `here`, in a few words, when it is not to be answered.
pub(super) fn refusal(head: &Head, here: SocketAddr) -> Option<String> {
    let here = SocketAddr::new(here.ip().to_canonical(), here.port());
    if !is_ours(&head.host, here) {
        return Some(format!("L’aperçu ne répond qu’à son adresse : ouvrez http://{here}/"));
    }
    (comes_from_elsewhere(head) || embeds(head)).then(|| {
        let host = &head.host;
        format!("L’aperçu ne se lit que dans ses propres pages : ouvrez http://{host}/")
    })
}

/// Tells a host that is the very address of the connection, or a name of this machine that no other can take.
fn is_ours(host: &str, here: SocketAddr) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (name, port.parse().ok()),
        _ => (host, Some(HTTP)),
    };
    let address = match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(inside) => inside.parse().ok().map(IpAddr::V6),
        None => name.parse().ok().map(IpAddr::V4),
    };
    let own = [here.ip(), Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    let is_own = address.is_some_and(|address| own.contains(&address.to_canonical()));
    port == Some(here.port()) && (is_own || name == "localhost")
}

/// Tells the request of a page of another origin, as it says itself.
fn comes_from_elsewhere(head: &Head) -> bool {
    let own = format!("http://{}", head.host);
    head.origin.as_ref().is_some_and(|origin| !origin.eq_ignore_ascii_case(&own))
}

/// Tells what a page of another origin wants for itself, as the browser says. To follow a link of such a page to
/// here is everyone's right.
fn embeds(head: &Head) -> bool {
    let is_foreign = !matches!(head.site.as_deref(), None | Some("same-origin" | "none"));
    let is_visit =
        (head.mode.as_deref(), head.dest.as_deref()) == (Some("navigate"), Some("document"));
    is_foreign && !is_visit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(here: &str, fields: &str) -> bool {
        let text = format!("GET / HTTP/1.1\r\n{fields}\r\n\r\n");
        let head = super::super::head::read(text.as_bytes()).unwrap().unwrap();
        refusal(&head, here.parse().unwrap()).is_some()
    }

    #[test]
    fn names_of_the_preview() {
        for (here, is_ours, hosts) in [
            ("127.0.0.1:3000", true, "localhost:3000|LOCALHOST:3000|127.0.0.1:3000"),
            ("[::1]:3000", true, "[::1]:3000|[0:0::1]:3000"),
            ("192.0.2.7:3000", true, "192.0.2.7:3000|localhost:3000"),
            ("[::ffff:192.0.2.7]:3000", true, "192.0.2.7:3000"),
            ("[2001:db8::7]:3000", true, "[2001:db8::7]:3000"),
            ("127.0.0.1:80", true, "localhost|127.0.0.1"),
            ("[::1]:80", true, "[::1]"),
            ("127.0.0.1:3000", false, "|:3000|localhost|localhost:|localhost:3001|localhost:+3000"),
            (
                "127.0.0.1:3000",
                false,
                "localhost:68536|localhost.:3000|a.localhost:3000|192.0.2.7:3000",
            ),
            (
                "127.0.0.1:3000",
                false,
                "127.0.0.2:3000|::1:3000|exemple.fr:3000|localhost.exemple.fr:3000",
            ),
            ("127.0.0.1:3000", false, "127.0.0.1.exemple.fr:3000|a@localhost:3000"),
            ("192.0.2.7:3000", false, "exemple.fr:3000|192.0.2.8:3000|0.0.0.0:3000"),
        ] {
            for host in hosts.split('|') {
                let refused = is_refused(here, &format!("Host: {host}"));
                assert_eq!(refused, !is_ours, "{here}: {host}");
            }
        }
    }

    #[test]
    fn who_asks() {
        let fields = |text: &str| format!("Host: localhost:3000\r\n{}", text.replace('|', "\r\n"));
        for fine in [
            "Accept: */*",
            "Origin: http://localhost:3000",
            "Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: none|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document",
            "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document",
            "Sec-Fetch-Site: same-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: document",
        ] {
            assert!(!is_refused("127.0.0.1:3000", &fields(fine)), "{fine}");
        }
        for foreign in [
            "Origin: http://exemple.fr",
            "Origin: http://localhost:3001",
            "Origin: http://127.0.0.1:3000",
            "Origin: https://localhost:3000",
            "Origin: null",
            "Origin: ",
            "Origin: http://exemple.fr|Origin: http://localhost:3000",
            "Origin: http://exemple.fr|Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: autre",
            "Sec-Fetch-Site: cross-site|Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: same-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: script",
            "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate|Sec-Fetch-Dest: iframe",
            "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: no-cors|Sec-Fetch-Dest: document",
            "Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate",
        ] {
            assert!(is_refused("127.0.0.1:3000", &fields(foreign)), "{foreign}");
        }
    }
}
