//! Site served now, and the wait for the next.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use crate::serve::{Follower, Served};

/// One writer puts up what is served; readers take it whole.
#[derive(Debug)]
pub struct Board {
    served: Mutex<Arc<Served>>,
    changed: Condvar,
}

impl Board {
    /// With what is served first.
    pub fn new(served: Served) -> Self {
        Self { served: Mutex::new(Arc::new(served)), changed: Condvar::new() }
    }

    /// Site served now.
    pub fn now(&self) -> Arc<Served> {
        Arc::clone(&self.lock())
    }

    /// Puts up something else and tells those who wait.
    pub fn put(&self, served: Served) {
        let old = std::mem::replace(&mut *self.lock(), Arc::new(served));
        self.changed.notify_all();
        // A large site takes a moment to be forgotten, 30 ms for ten thousand fiches: nobody waits for it. Without a
        // thread for it, it is forgotten here.
        drop(thread::Builder::new().spawn(move || drop(old)));
    }

    /// Waits for something that an open page does not know, at most `patience`.
    pub(super) fn news(&self, page: &mut Follower, patience: Duration) -> Option<String> {
        let mut news = None;
        let held = self.lock();
        let waited = self.changed.wait_timeout_while(held, patience, |served| {
            news = page.news(served);
            news.is_none()
        });
        drop(waited);
        news
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Served>> {
        // What is held is replaced whole: a thread that died has left nothing half done.
        self.served.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
