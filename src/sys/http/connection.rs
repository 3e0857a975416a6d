//! One connection: its requests one after the other, each answered from what is served at that moment.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    board::Board,
    guard,
    head::{self, Head, LARGEST},
    waiting::{State, Waiting},
};
use crate::apercu::{self, Answer, Follower, Reply};

/// How long a connection may say nothing between two requests.
const IDLE: Duration = Duration::from_secs(60);
/// How long a request that has begun may take to come.
const HEAD: Duration = Duration::from_secs(10);
/// How long a browser may take nothing of what it is given.
const WRITE: Duration = Duration::from_secs(20);
/// Between two signs of life in a stream of news: what finds that a page is gone.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How long the whole site is waited for.
const WHOLE: Duration = Duration::from_secs(60);
/// How long what is left of a refused request is read, so that the refusal arrives.
const REST: Duration = Duration::from_millis(500);

/// The fields of every answer: the policy of a published site, but for a frame in its own pages; that nothing is kept
/// without asking again; that nothing is for the pages of another origin.
const ALWAYS: &str = "Cache-Control: no-cache\r\n\
    Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: strict-origin-when-cross-origin\r\n";

/// Answers until one of the two sides has had enough.
pub(super) fn converse(stream: &Arc<TcpStream>, board: &Board, waiting: &Waiting) {
    // An error is that of a connection: it ends, and nobody has to know.
    let _ = stream.set_nodelay(true);
    let _ = stream.set_write_timeout(Some(WRITE));
    let mut received = Vec::new();
    while let Ok(Some(head)) = next(stream, &mut received, waiting) {
        let goes_on = match head {
            Ok(head) => {
                received.drain(..head.bytes);
                answer(stream, board, &head, waiting)
            }
            Err((status, words)) => refuse(stream, status, words),
        };
        if !matches!(goes_on, Ok(true)) {
            break;
        }
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// The next request, or why it is refused; `None` when there is no other.
fn next(
    stream: &Arc<TcpStream>,
    received: &mut Vec<u8>,
    waiting: &Waiting,
) -> io::Result<Option<Result<Head, head::Refusal>>> {
    let mut begun = None;
    let mut piece = [0; 4096];
    loop {
        if !received.is_empty() {
            begun.get_or_insert_with(Instant::now);
            match head::read(received) {
                Ok(Some(head)) => return Ok(Some(Ok(head))),
                Ok(None) => {}
                Err(refusal) => return Ok(Some(Err(refusal))),
            }
        }
        let patience = match begun {
            None => IDLE,
            Some(begun) => match HEAD.checked_sub(begun.elapsed()) {
                Some(left) if !left.is_zero() => left,
                _ => return Ok(Some(Err((408, "La requête tarde trop.")))),
            },
        };
        stream.set_read_timeout(Some(patience))?;
        let number = begun.is_none().then(|| waiting.join(stream, State::Silent));
        let read = (&**stream).read(&mut piece);
        if let Some(number) = number {
            waiting.leave(number);
        }
        match read {
            Ok(0) => return Ok(None),
            Ok(n) => received.extend_from_slice(&piece[..n]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // The time is counted above; silence between two requests is an end.
            Err(_) if begun.is_some() && received.len() < LARGEST => {}
            Err(error) => return Err(error),
        }
    }
}

/// Answers one request. Whether the connection goes on.
fn answer(
    stream: &Arc<TcpStream>,
    board: &Board,
    head: &Head,
    waiting: &Waiting,
) -> io::Result<bool> {
    if let Some(words) = guard::refusal(head, stream.local_addr()?) {
        return refuse(stream, 403, &words);
    }
    match now_or_soon(board, &head.target) {
        Answer::Later => refuse(stream, 503, "L’aperçu se prépare : revenez dans un instant."),
        Answer::Reply(reply) => {
            write(stream, &reply, head)?;
            Ok(!head.last)
        }
        Answer::Events(page) => {
            let number = waiting.join(stream, State::Told);
            let told = tell(stream, board, page, head.only_head);
            waiting.leave(number);
            told.map(|()| false)
        }
    }
}

/// The answer, waited for when only the whole site can tell.
fn now_or_soon(board: &Board, target: &str) -> Answer {
    let end = Instant::now() + WHOLE;
    loop {
        let served = board.now();
        let answer = apercu::answer(&served, target);
        let left = end.saturating_duration_since(Instant::now());
        if !matches!(answer, Answer::Later) || left.is_zero() {
            return answer;
        }
        board.other_than(&served, left);
    }
}

fn write(mut stream: &TcpStream, reply: &Reply, head: &Head) -> io::Result<()> {
    let mark = reply.mark.as_ref().map(|mark| format!("\"{mark}\""));
    let known = match (&head.known, &mark) {
        (Some(known), Some(mark)) => {
            reply.status == 200
                && known.split(',').any(|one| one.trim().trim_start_matches("W/") == mark)
        }
        _ => false,
    };
    let status = if known { 304 } else { reply.status };
    let mut text = format!("HTTP/1.1 {status} {}\r\n{ALWAYS}", reason(status));
    if let Some(mark) = mark {
        text.push_str(&format!("ETag: {mark}\r\n"));
    }
    if let Some(location) = &reply.location {
        text.push_str(&format!("Location: {location}\r\n"));
    }
    if head.last {
        text.push_str("Connection: close\r\n");
    }
    if !known {
        let length = reply.body.len();
        text.push_str(&format!("Content-Type: {}\r\nContent-Length: {length}\r\n", reply.kind));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    if !known && !head.only_head {
        // One write for both: the body of a page is small.
        bytes.extend_from_slice(&reply.body);
    }
    stream.write_all(&bytes)
}

/// Refuses a request, whose end nobody knows: the connection goes with it.
fn refuse(mut stream: &TcpStream, status: u16, words: &str) -> io::Result<bool> {
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let text = format!(
        "HTTP/1.1 {status} {}\r\n{ALWAYS}{allow}Connection: close\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n{words}\n",
        reason(status),
        words.len() + 1
    );
    stream.write_all(text.as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(REST))?;
    // A connection closed with unread bytes takes the answer away with it.
    let end = Instant::now() + REST;
    let mut piece = [0; 4096];
    while Instant::now() < end && stream.read(&mut piece)? > 0 {}
    Ok(false)
}

/// Tells a page what is new, for as long as it is open.
fn tell(
    mut stream: &TcpStream,
    board: &Board,
    mut page: Follower,
    only_head: bool,
) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 {}\r\n{ALWAYS}Connection: close\r\nContent-Type: text/event-stream\r\n\r\n",
        reason(200)
    );
    stream.write_all(head.as_bytes())?;
    if only_head {
        return Ok(());
    }
    loop {
        match board.news(&mut page, HEARTBEAT) {
            Some(news) => stream.write_all(news.as_bytes())?,
            None => stream.write_all(b":\n\n")?,
        }
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}
