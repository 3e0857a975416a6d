//! The web server of the preview: HTTP/1.1, GET and HEAD only, a thread for each connection.
//!
//! Ours rather than a crate's: those without an async runtime wait for an idle connection without end, and keep
//! no count of them. Reading the head of a request, where mistakes are dangerous, is `httparse`'s.

mod board;
mod connection;
mod guard;
mod head;
mod waiting;

use std::{
    io,
    net::{IpAddr, SocketAddr, TcpListener},
    sync::Arc,
    thread,
    time::Duration,
};

pub use board::Board;
use waiting::Waiting;

/// Connections beyond which one is closed: that which has been idle for longest, else the oldest stream of news.
const MANY: usize = 96;
/// Memory of a thread's calls, of which the system gives what is used: a page is made there when it is asked for.
const STACK: usize = 2 * 1024 * 1024;
/// Rest after the system refused a connection, most often because too many files are open.
const REST: Duration = Duration::from_millis(10);

/// A place where browsers may come.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes a port; 0 takes any that is free.
    ///
    /// # Errors
    /// When the port is taken, when there is no right to it, or when the address is not of this machine.
    pub fn bind(address: IpAddr, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((address, port))?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers with what the board shows, from threads of its own, until the program ends.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(self, board: Arc<Board>) -> io::Result<()> {
        let accept = move || accept(&self.listener, &board);
        thread::Builder::new().name("http".into()).spawn(accept).map(drop)
    }
}

fn accept(listener: &TcpListener, board: &Arc<Board>) {
    let waiting = Arc::new(Waiting::default());
    loop {
        let Ok((stream, _)) = listener.accept() else {
            waiting.close_oldest();
            thread::sleep(REST);
            continue;
        };
        let (stream, board, own) = (Arc::new(stream), Arc::clone(board), Arc::clone(&waiting));
        let count = waiting.begin();
        if count > MANY {
            waiting.close_oldest();
        }
        if count > 2 * MANY {
            // Those that were closed need a moment to go.
            thread::sleep(REST);
        }
        let converse = move || {
            connection::converse(&stream, &board, &own);
            own.end();
        };
        if thread::Builder::new().stack_size(STACK).spawn(converse).is_err() {
            waiting.end();
            waiting.close_oldest();
        }
    }
}
