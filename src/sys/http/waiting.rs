//! The connections that are open, and those of which nothing is expected but a request: when there are too
//! many, the oldest of these goes, so that a browser that comes is never kept waiting by those who say nothing.
//! Without any of them, the oldest page that is told the news goes; if it is still open, it comes back.

use std::{
    collections::BTreeMap,
    net::{Shutdown, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    open: AtomicUsize,
    idle: Mutex<Idle>,
}

/// The state of a connection that asks for nothing; the first go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// It says nothing.
    Silent,
    /// It is told the news of a page.
    Told,
}

/// A connection in one of these states: the numbers say which came first.
type Number = (State, u64);

#[derive(Debug, Default)]
struct Idle {
    last: u64,
    streams: BTreeMap<Number, Arc<TcpStream>>,
}

impl Waiting {
    /// A connection begins. How many there are with it.
    pub(super) fn begin(&self) -> usize {
        self.open.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A connection has ended.
    pub(super) fn end(&self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
    }

    /// A connection asks for nothing from now on. Its number, for [`Waiting::leave`].
    pub(super) fn join(&self, stream: &Arc<TcpStream>, state: State) -> Number {
        let mut idle = self.idle();
        idle.last += 1;
        let number = (state, idle.last);
        idle.streams.insert(number, Arc::clone(stream));
        number
    }

    /// It does no more.
    pub(super) fn leave(&self, number: Number) {
        self.idle().streams.remove(&number);
    }

    /// Closes the first of the connections that ask for nothing; its thread notices and ends.
    pub(super) fn close_oldest(&self) {
        if let Some((_, stream)) = self.idle().streams.pop_first() {
            // It may be closed already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
