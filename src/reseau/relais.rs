//! Plain HTTP through a proxy: the whole address in the first line (RFC 9112, « absolute-form »). Many proxies open a
//! tunnel, the only way of ureq, to HTTPS alone.

use std::{
    io::{self, Read, Write},
    net::{TcpStream, ToSocketAddrs},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use ureq::{Proxy, ProxyProtocol};
use url::Url;

use crate::{
    liens::Verbe,
    model::{Resultat, cle},
};

/// Longest head of an answer, in bytes.
const HEAD: usize = 64 * 1024;
/// Most headers of an answer.
const HEADERS: usize = 128;

/// A proxy that is asked for plain HTTP.
#[derive(Debug)]
pub(super) struct Relais {
    address: (String, u16),
    authorization: String,
    agent: String,
    delai: Duration,
}

/// Answer of a host: its status, its headers of interest, the beginning of its page.
#[derive(Debug)]
pub(super) struct Relayed {
    pub(super) code: u16,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<String>,
    pub(super) page: String,
    /// The proxy that says that it is itself which answers: Squid's header.
    by_proxy: bool,
}

impl Relais {
    /// The proxy, when it is spoken to without encryption.
    pub(super) fn par(proxy: &Proxy, agent: &str, delai: Duration) -> Option<Self> {
        let authorization = proxy.username().map_or(String::new(), |name| {
            let secret = format!("{name}:{}", proxy.password().unwrap_or_default());
            format!("Proxy-Authorization: Basic {}\r\n", STANDARD.encode(secret))
        });
        (proxy.protocol() == ProxyProtocol::Http).then(|| Self {
            address: (proxy.host().to_string(), proxy.port()),
            authorization,
            agent: agent.to_string(),
            delai,
        })
    }

    /// Asks for an address; at most `most` bytes of the page are read.
    ///
    /// # Errors
    /// When nobody answers, or what comes is no answer.
    pub(super) fn ask(&self, url: &Url, verbe: Verbe, most: usize) -> io::Result<Relayed> {
        let end = Instant::now() + self.delai;
        let left = || {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { io::Result::Ok(left) }
        };
        let (host, port) = &self.address;
        let place = (host.as_str(), *port).to_socket_addrs()?.next();
        let mut stream = TcpStream::connect_timeout(
            &place.ok_or_else(|| io::Error::from(io::ErrorKind::HostUnreachable))?,
            left()?,
        )?;
        stream.set_write_timeout(Some(left()?))?;
        stream.write_all(self.request(url, verbe).as_bytes())?;
        let (mut bytes, mut piece) = (Vec::new(), [0; 8 * 1024]);
        let (mut head, mut wanted) = (None, HEAD);
        while bytes.len() < wanted {
            stream.set_read_timeout(Some(left()?))?;
            let read = match stream.read(&mut piece) {
                // What came before a cut, or before the time is out, is enough to look at.
                Ok(0) => break,
                Err(_) if head.is_some() => break,
                read => read?,
            };
            bytes.extend_from_slice(&piece[..read]);
            if head.is_none()
                && let Some((found, length)) = parse(&mut bytes)?
            {
                let size = if verbe == Verbe::Head { 0 } else { most };
                wanted = length + size.min(found.1);
                head = Some((found.0, length));
            }
        }
        let (answer, length) = head.ok_or(io::ErrorKind::UnexpectedEof)?;
        let page = bytes.get(length..wanted.min(bytes.len())).unwrap_or_default();
        Ok(Relayed { page: String::from_utf8_lossy(page).into_owned(), ..answer })
    }

    fn request(&self, url: &Url, verbe: Verbe) -> String {
        let method = if verbe == Verbe::Head { "HEAD" } else { "GET" };
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        let host = url.host_str().unwrap_or_default();
        format!(
            "{method} {} HTTP/1.1\r\nHost: {host}{port}\r\nUser-Agent: {}\r\nAccept: */*\r\nConnection: close\r\n{}\r\n",
            cle(url),
            self.agent,
            self.authorization
        )
    }
}

/// An answer and the length of its page, with the length of its head; nothing as long as the head is not whole.
type HeadRead = ((Relayed, usize), usize);

/// Reads the head that begins the bytes; those of an answer before the answer are dropped.
fn parse(bytes: &mut Vec<u8>) -> io::Result<Option<HeadRead>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut answer = httparse::Response::new(&mut headers);
    let length = match answer.parse(bytes).map_err(|_| io::ErrorKind::InvalidData)? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial => return Ok(None),
    };
    let code = answer.code.unwrap_or_default();
    let header = |name: &str| {
        let found = answer.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name));
        found.map(|h| String::from_utf8_lossy(h.value).into_owned())
    };
    let size = header("content-length").and_then(|n| n.trim().parse().ok()).unwrap_or(usize::MAX);
    let (location, retry_after) = (header("location"), header("retry-after"));
    if (100..200).contains(&code) {
        bytes.drain(..length);
        return parse(bytes);
    }
    let by_proxy = header("x-squid-error").is_some();
    let relayed = Relayed { code, location, retry_after, page: String::new(), by_proxy };
    Ok(Some(((relayed, size), length)))
}

impl Relayed {
    /// Failure that the proxy tells of: it wants a name, or finds nobody there.
    pub(super) fn failure(&self) -> Option<Resultat> {
        match self.code {
            407 => Some(Resultat::Mandataire),
            502 | 504 => Some(Resultat::Injoignable),
            503 if self.by_proxy => Some(Resultat::Injoignable),
            403 if self.by_proxy => Some(Resultat::Mandataire),
            _ => None,
        }
    }
}
