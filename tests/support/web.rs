//! A small web on this machine: every host, behind one proxy, and a log of what each was asked.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use super::root;

/// An answer of a host.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// Status, headers, page.
    Status(u16, Vec<(&'static str, String)>, String),
    /// The same, later.
    Slow(u64, Box<Answer>),
    /// Nothing, as long as anybody waits.
    Hang,
    /// The connection is closed before the answer.
    Cut,
    /// The connection is closed in the middle of the page.
    CutInside,
    /// A page without end.
    Endless,
    /// What no browser reads.
    Garbage,
}

impl Answer {
    /// A page that says something of its own.
    pub(crate) fn page() -> Self {
        Self::Status(200, Vec::new(), "<title>Page</title>".into())
    }

    /// A status without a page.
    pub(crate) fn code(code: u16) -> Self {
        Self::Status(code, Vec::new(), String::new())
    }

    /// A redirection.
    pub(crate) fn to(code: u16, place: &str) -> Self {
        Self::Status(code, vec![("Location", place.to_string())], String::new())
    }
}

/// A request that a host got.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Request {
    pub(crate) host: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) agent: String,
    /// Rank among equal requests, from 0.
    pub(crate) nth: usize,
}

#[derive(Default)]
struct Log {
    requests: Vec<Request>,
    under_way: BTreeMap<String, usize>,
    most: BTreeMap<String, usize>,
    endless_bytes: usize,
}

/// Hosts that the proxy does not reach, and what it says.
const REFUSALS: [(&str, u16); 2] = [("refuse", 407), ("absent", 502)];

type Handler = dyn Fn(&Request) -> Answer + Send + Sync;

/// The web.
pub(crate) struct Web {
    pub(crate) port: u16,
    log: Arc<Mutex<Log>>,
}

impl Web {
    /// A web whose hosts answer as `handler` says, but for those that its proxy does not reach.
    pub(crate) fn start(handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        Self::on("127.0.0.1:0", handler)
    }

    /// The same, on an address of this machine.
    pub(crate) fn on(
        address: &str,
        handler: impl Fn(&Request) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address)
            .unwrap_or_else(|e| panic!("{address} is needed on this machine: {e}"));
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Mutex::new(Log::default()));
        let handler: Arc<Handler> = Arc::new(handler);
        let shared = Arc::clone(&log);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (log, handler) = (Arc::clone(&shared), Arc::clone(&handler));
                thread::spawn(move || {
                    // A client that goes away ends the talk.
                    let _ = talk(stream, &log, &*handler);
                });
            }
        });
        Self { port, log }
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log.lock().unwrap().requests.clone()
    }

    /// For each host, the most requests that it had at once.
    pub(crate) fn most_at_once(&self) -> BTreeMap<String, usize> {
        self.log.lock().unwrap().most.clone()
    }

    /// Bytes of endless pages that were taken.
    pub(crate) fn endless_bytes(&self) -> usize {
        self.log.lock().unwrap().endless_bytes
    }
}

/// Anything that is read and written: a socket, or TLS over it.
trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

fn talk(mut stream: TcpStream, log: &Mutex<Log>, handler: &Handler) -> io::Result<()> {
    let Some(head) = head(&mut stream)? else { return Ok(()) };
    let Some(target) = head.strip_prefix("CONNECT ") else {
        for (name, code) in REFUSALS {
            if head.contains(&format!(" http://{name}.exemple/")) {
                return write!(stream, "HTTP/1.1 {code} No\r\nContent-Length: 0\r\n\r\n");
            }
        }
        return serve(&mut stream, None, Some(head), log, handler);
    };
    let target = target.split(' ').next().unwrap_or_default();
    let (host, port) = target.rsplit_once(':').unwrap_or((target, "80"));
    let refusal = REFUSALS.iter().find(|(name, _)| host.strip_suffix(".exemple") == Some(name));
    // As the settings of most proxies have it, a tunnel leads to HTTPS alone.
    if let Some((_, code)) = refusal.or((port != "443").then_some(&("http", 403))) {
        return write!(stream, "HTTP/1.1 {code} No\r\nContent-Length: 0\r\n\r\n");
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    let tls = ServerConnection::new(Arc::new(certificate(host))).map_err(io::Error::other)?;
    serve(&mut StreamOwned::new(tls, stream), Some(host), None, log, handler)
}

/// `inconnu.exemple` has a certificate of an authority that nobody knows, all others that of `sur.exemple`.
fn certificate(host: &str) -> ServerConfig {
    let folder = root().join("tests/liens/certificats");
    let name = if host == "inconnu.exemple" { "inconnu.pem" } else { "serveur.pem" };
    let chain = CertificateDer::from_pem_file(folder.join(name)).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("serveur.cle.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    config.unwrap().with_no_client_auth().with_single_cert(vec![chain], key).unwrap()
}

/// The authority of `sur.exemple`.
pub(crate) fn authority() -> std::path::PathBuf {
    root().join(Path::new("tests/liens/certificats/autorite.pem"))
}

/// The head of a request; nothing at the end of a talk.
fn head(wire: &mut dyn Wire) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match wire.read(&mut byte) {
            Ok(1) => bytes.push(byte[0]),
            _ => return Ok(None),
        }
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

fn serve(
    wire: &mut dyn Wire,
    host: Option<&str>,
    mut first: Option<String>,
    log: &Mutex<Log>,
    handler: &Handler,
) -> io::Result<()> {
    loop {
        let head = match first.take() {
            Some(head) => head,
            None => match head(wire)? {
                Some(head) => head,
                None => return Ok(()),
            },
        };
        let header = |name: &str| {
            head.lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map_or(String::new(), |(_, value)| value.to_string())
        };
        let mut words = head.split(' ');
        let method = words.next().unwrap_or_default().to_string();
        let target = words.next().unwrap_or_default();
        // A proxy gets the whole address.
        let path = target
            .strip_prefix("http://")
            .map_or(target, |rest| rest.find('/').map_or("/", |at| &rest[at..]));
        let mut request = Request {
            method,
            path: path.to_string(),
            host: host.map_or_else(|| header("host"), str::to_string),
            agent: header("user-agent"),
            nth: 0,
        };
        {
            let mut log = log.lock().unwrap();
            request.nth = log.requests.iter().filter(|r| same(r, &request)).count();
            log.requests.push(request.clone());
            let now = log.under_way.entry(request.host.clone()).or_default();
            *now += 1;
            let now = *now;
            let most = log.most.entry(request.host.clone()).or_default();
            *most = (*most).max(now);
        }
        let mut reply = handler(&request);
        if let Answer::Slow(ms, later) = reply {
            thread::sleep(Duration::from_millis(ms));
            reply = *later;
        }
        // Long enough for another to be seen; the client may be back before a thread is told that its answer is written.
        thread::sleep(Duration::from_millis(2));
        *log.lock().unwrap().under_way.get_mut(&request.host).unwrap() -= 1;
        if !answer(wire, reply, request.method == "HEAD", log)? {
            return Ok(());
        }
    }
}

fn same(a: &Request, b: &Request) -> bool {
    (&a.host, &a.method, &a.path) == (&b.host, &b.method, &b.path)
}

/// Writes an answer; tells whether the talk goes on.
fn answer(
    wire: &mut dyn Wire,
    answer: Answer,
    head_only: bool,
    log: &Mutex<Log>,
) -> io::Result<bool> {
    match answer {
        Answer::Status(code, headers, body) => {
            let mut text = format!("HTTP/1.1 {code} X\r\nContent-Length: {}\r\n", body.len());
            headers.iter().for_each(|(key, value)| text.push_str(&format!("{key}: {value}\r\n")));
            text.push_str("\r\n");
            if !head_only {
                text.push_str(&body);
            }
            wire.write_all(text.as_bytes())?;
            wire.flush()?;
            Ok(true)
        }
        Answer::Slow(_, later) => self::answer(wire, *later, head_only, log),
        Answer::Hang => {
            // Until the client goes away.
            let _ = head(wire);
            Ok(false)
        }
        Answer::Cut => Ok(false),
        Answer::CutInside => {
            wire.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")?;
            if !head_only {
                wire.write_all(b"<title>")?;
            }
            Ok(head_only)
        }
        Answer::Endless => {
            wire.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            let piece = "mots sans fin ".repeat(1_000);
            // A gibibyte would be far too much.
            for _ in 0..80_000 {
                wire.write_all(piece.as_bytes())?;
                log.lock().unwrap().endless_bytes += piece.len();
            }
            Ok(false)
        }
        Answer::Garbage => {
            wire.write_all(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")?;
            Ok(false)
        }
    }
}
