//! The web server of the preview: HTTP/1.1, GET and HEAD only, a thread for each connection, a connection for each
//! request.
//!
//! Ours rather than a crate's: those without an async runtime wait for an idle connection without end, and keep
//! no count of them. Reading the head of a request, where mistakes are dangerous, is `httparse`'s.

mod board;
mod connection;
mod guard;
mod head;

use std::{
    collections::BTreeMap,
    io,
    net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

pub use board::Board;

/// Connections beyond which the oldest is closed: it says nothing, or tells the news to a page, which comes back.
const MANY: usize = 96;
/// Memory of a thread's calls.
const STACK: usize = 256 * 1024;
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

    /// Listen address.
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
    let open = Arc::new(OpenStreams::default());
    for number in 0.. {
        let Ok((stream, _)) = listener.accept() else {
            open.close_oldest();
            thread::sleep(REST);
            continue;
        };
        let (stream, board, own) = (Arc::new(stream), Arc::clone(board), Arc::clone(&open));
        open.add(number, Arc::clone(&stream));
        let converse = move || {
            connection::converse(&stream, &board);
            own.streams().remove(&number);
        };
        if thread::Builder::new().stack_size(STACK).spawn(converse).is_err() {
            open.streams().remove(&number);
            open.close_oldest();
        }
    }
}

/// The connections that are open, numbered as they came.
#[derive(Debug, Default)]
struct OpenStreams(Mutex<BTreeMap<u64, Arc<TcpStream>>>);

impl OpenStreams {
    fn add(&self, number: u64, stream: Arc<TcpStream>) {
        let mut streams = self.streams();
        streams.insert(number, stream);
        let many = streams.len() > MANY;
        drop(streams);
        if many {
            self.close_oldest();
        }
    }

    /// Closes the oldest; its thread notices and ends.
    fn close_oldest(&self) {
        if let Some((_, stream)) = self.streams().pop_first() {
            // It may be closed already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn streams(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<TcpStream>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
