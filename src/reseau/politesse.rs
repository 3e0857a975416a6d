//! The turn of each request: one at a time for a host, and a pause before the next.

use std::{
    collections::HashMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Most requests under way, all hosts together.
const AT_ONCE: usize = 16;

/// Turns of all hosts.
#[derive(Debug)]
pub(super) struct Politesse {
    tours: Mutex<Tours>,
    freed: Condvar,
    pause: Duration,
}

#[derive(Debug, Default)]
struct Tours {
    /// For each host, the moment when it may be asked again; nothing while it is asked.
    hosts: HashMap<String, Option<Instant>>,
    under_way: usize,
}

impl Politesse {
    pub(super) fn new(pause: Duration) -> Self {
        Self { tours: Mutex::default(), freed: Condvar::new(), pause }
    }

    /// Makes a request when its turn comes, and not before `wait`.
    pub(super) fn turn<T>(&self, host: &str, wait: Duration, request: impl FnOnce() -> T) -> T {
        let not_before = Instant::now() + wait;
        let mut tours = self.lock();
        loop {
            let now = Instant::now();
            let ready = match tours.hosts.get(host) {
                Some(None) => None,
                Some(Some(at)) => Some((*at).max(not_before)),
                None => Some(not_before),
            };
            match ready {
                Some(at) if at <= now && tours.under_way < AT_ONCE => break,
                Some(at) if at > now => {
                    let waited = self.freed.wait_timeout(tours, at - now);
                    tours = waited.unwrap_or_else(PoisonError::into_inner).0;
                }
                _ => tours = self.freed.wait(tours).unwrap_or_else(PoisonError::into_inner),
            }
        }
        tours.hosts.insert(host.to_string(), None);
        tours.under_way += 1;
        drop(tours);
        let answer = request();
        let mut tours = self.lock();
        tours.hosts.insert(host.to_string(), Some(Instant::now() + self.pause));
        tours.under_way -= 1;
        drop(tours);
        self.freed.notify_all();
        answer
    }

    fn lock(&self) -> MutexGuard<'_, Tours> {
        self.tours.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
