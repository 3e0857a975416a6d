//! The head of a request: read strictly, or refused.

/// Largest head that is read.
pub(super) const LARGEST: usize = 16 * 1024;
/// Most fields a head may have.
const FIELDS: usize = 64;

/// Head of a request.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// True when the body is unwanted.
    pub(super) only_head: bool,
    /// The path and the query, as sent; begins with `/`.
    pub(super) target: String,
    /// The marks of what the browser has kept.
    pub(super) known: Option<String>,
    /// The name and the port by which the server was called, in small letters.
    pub(super) host: String,
    /// The origin of the page that asks.
    pub(super) origin: Option<String>,
    /// The nearness of that page, as the browser says: `Sec-Fetch-Site`.
    pub(super) site: Option<String>,
    /// The way in which it asks: `Sec-Fetch-Mode`.
    pub(super) mode: Option<String>,
    /// The use that it has for it: `Sec-Fetch-Dest`.
    pub(super) dest: Option<String>,
}

/// Why a request is refused: the status, and a few words.
pub(super) type HeadRefusal = (u16, &'static str);

/// Reads a head; `None` when more must come.
pub(super) fn read(bytes: &[u8]) -> Result<Option<Head>, HeadRefusal> {
    let mut fields = [httparse::EMPTY_HEADER; FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) if bytes.len() < LARGEST => return Ok(None),
        Ok(httparse::Status::Partial) | Err(httparse::Error::TooManyHeaders) => {
            return Err((431, "La requête est trop longue."));
        }
        Err(httparse::Error::Version) => return Err((505, "Il faut HTTP/1.1.")),
        Err(_) => return Err((400, "La requête est incompréhensible.")),
    }
    let only_head = match request.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Err((405, "L’aperçu se lit seulement.")),
    };
    let target = request.path.filter(|path| path.starts_with('/'));
    let target = target.ok_or((400, "L’adresse doit commencer par « / »."))?.to_string();

    let mut head = Head { only_head, target, ..Head::default() };
    let http_1_0 = request.version == Some(0);
    let mut hosts = 0;
    for field in request.headers.iter() {
        let value = std::str::from_utf8(field.value).unwrap_or_default().trim();
        match field.name.to_ascii_lowercase().as_str() {
            "host" => {
                hosts += 1;
                head.host = value.to_ascii_lowercase();
            }
            "origin" => say(&mut head.origin, value),
            "sec-fetch-site" => say(&mut head.site, value),
            "sec-fetch-mode" => say(&mut head.mode, value),
            "sec-fetch-dest" => say(&mut head.dest, value),
            "if-none-match" => head.known = Some(value.to_string()),
            // What follows the head would be taken for another request.
            "content-length" if value == "0" => {}
            "content-length" | "transfer-encoding" => {
                return Err((400, "Une lecture n’a pas de contenu."));
            }
            _ => {}
        }
    }
    if hosts > 1 || (hosts == 0 && !http_1_0) {
        return Err((400, "Il faut un champ « Host », et un seul."));
    }
    Ok(Some(head))
}

/// Adds what a field says. One that comes twice says what no value is.
fn say(said: &mut Option<String>, value: &str) {
    *said = Some(match said.take() {
        Some(before) => format!("{before}, {value}"),
        None => value.to_string(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Result<Option<Head>, HeadRefusal> {
        read(text.as_bytes())
    }

    #[test]
    fn a_request() {
        let head =
            ask("GET /a?b HTTP/1.1\r\nHost: [::1]:80\r\nIf-None-Match: \"1\"\r\n\r\nGET").unwrap();
        let head = head.unwrap();
        assert_eq!((head.target.as_str(), head.host.as_str()), ("/a?b", "[::1]:80"));
        assert_eq!(head.known.as_deref(), Some("\"1\""));
        assert!(!head.only_head);
        assert!(ask("HEAD / HTTP/1.0\r\n\r\n").unwrap().unwrap().only_head);
        assert_eq!(ask("GET / HTTP/1.1\r\nHost"), Ok(None));
    }

    #[test]
    fn refusals() {
        let long = format!("GET /{} HTTP/1.1\r\n", "a".repeat(LARGEST));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(FIELDS + 1));
        for (text, status) in [
            ("POST / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
            ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
            ("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
            ("\u{16}\u{3}\u{1} bonjour\r\n\r\n", 400),
            (&long, 431),
            (&many, 431),
        ] {
            assert_eq!(ask(text).unwrap_err().0, status, "{text:?}");
        }
    }
}
