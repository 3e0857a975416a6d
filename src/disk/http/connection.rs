//! One connection: one request, answered from what is served at that moment.

use std::{
    io::{
        self,
        ErrorKind::{Interrupted, TimedOut, WouldBlock},
        Read, Write,
    },
    net::{Shutdown, TcpStream},
    time::{Duration, Instant},
};

use super::{
    board::Board,
    guard,
    head::{self, Head},
};
use crate::serve::{self, Answer, Follower, Reply};

/// Time that a request may take to come.
const HEAD: Duration = Duration::from_secs(10);
/// Longest time for a browser to take nothing it is given.
const WRITE: Duration = Duration::from_secs(20);
/// Between two signs of life in a stream of news: what finds that a page is gone.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Reading time for the rest of a refused request, so that the refusal arrives.
const REST: Duration = Duration::from_millis(500);

/// The fields of every answer: the policy of a published site, but for a frame in its own pages; that nothing is kept
/// without asking again; that nothing is for the pages of another origin.
const ALWAYS: &str = "Cache-Control: no-cache\r\n\
    Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: strict-origin-when-cross-origin\r\n\
    Connection: close\r\n";

/// Answers the request of a connection, and ends it.
pub(super) fn converse(stream: &TcpStream, board: &Board) {
    // An error is that of a connection: nobody has to know.
    let _ = stream.set_nodelay(true);
    let _ = stream.set_write_timeout(Some(WRITE));
    let _ = match request(stream) {
        Ok(Some(Ok(head))) => answer(stream, board, &head),
        Ok(Some(Err((status, words)))) => refuse(stream, status, words),
        Ok(None) | Err(_) => Ok(()),
    };
    let _ = stream.shutdown(Shutdown::Both);
}

/// Reads a request, or why it is refused; `None` when nothing comes.
fn request(mut stream: &TcpStream) -> io::Result<Option<Result<Head, head::HeadRefusal>>> {
    let (begun, mut received, mut piece) = (Instant::now(), Vec::new(), [0; 4096]);
    loop {
        let left = HEAD.saturating_sub(begun.elapsed());
        if left.is_zero() {
            let late = Err((408, "La requête tarde trop."));
            return Ok(Some(late).filter(|_| !received.is_empty()));
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut piece) {
            Ok(0) => return Ok(None),
            Ok(n) => received.extend_from_slice(&piece[..n]),
            // The time is counted above.
            Err(error) if matches!(error.kind(), Interrupted | TimedOut | WouldBlock) => continue,
            Err(error) => return Err(error),
        }
        match head::read(&received) {
            Ok(None) => {}
            Ok(Some(head)) => return Ok(Some(Ok(head))),
            Err(refusal) => return Ok(Some(Err(refusal))),
        }
    }
}

fn answer(stream: &TcpStream, board: &Board, head: &Head) -> io::Result<()> {
    if let Some(words) = guard::refusal(head, stream.local_addr()?) {
        return refuse(stream, 403, &words);
    }
    match serve::answer(&board.now(), &head.target) {
        Answer::Reply(reply) => write(stream, &reply, head),
        Answer::Events(page) => tell(stream, board, page, head.only_head),
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

/// Refuses a request, whose end nobody knows.
fn refuse(mut stream: &TcpStream, status: u16, words: &str) -> io::Result<()> {
    let allow = if status == 405 { "Allow: GET, HEAD\r\n" } else { "" };
    let text = format!(
        "HTTP/1.1 {status} {}\r\n{ALWAYS}{allow}\
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
    Ok(())
}

/// Tells a page what is new, for as long as it is open.
fn tell(
    mut stream: &TcpStream,
    board: &Board,
    mut page: Follower,
    only_head: bool,
) -> io::Result<()> {
    let head =
        format!("HTTP/1.1 200 {}\r\n{ALWAYS}Content-Type: text/event-stream\r\n\r\n", reason(200));
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
