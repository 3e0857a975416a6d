//! The watch: when sources may have changed, gathered until a moment of calm. The system tells it through `notify`;
//! where it cannot, they are looked at each second.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::{Duration, Instant},
};

use notify::{
    ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, recommended_watcher,
};

use super::scan::{HEALTH, ROOTS};

/// Calm required before a change is told. Editors write a file in several steps.
const CALM: Duration = Duration::from_millis(25);
/// Longest wait of a change, when there is no calm.
const LONGEST: Duration = Duration::from_millis(500);
/// Between two looks, when the system tells nothing.
const LOOK: Duration = Duration::from_secs(1);
/// After a folder appears: what was put in it before the system watched it would be told by nobody.
const CONFIRM: Duration = Duration::from_millis(300);

/// A site being watched.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    means: Means,
    confirm: Option<Instant>,
}

#[derive(Debug)]
enum Means {
    System { watcher: RecommendedWatcher, events: Receiver<notify::Result<Event>> },
    Polling(Polling),
}

/// Why everything is looked at each second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Polling {
    /// It was asked for.
    Asked,
    /// The system allows no more folders to be watched.
    Limit,
    /// The system cannot watch these folders.
    Unable,
}

impl Watch {
    /// Begins to watch the site at `root`, with the system's help unless `polling` is asked for.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn start(root: &Path, polling: bool) -> io::Result<Self> {
        // The system names what changed by its whole path.
        let root = root.canonicalize()?;
        let means = if polling {
            Means::Polling(Polling::Asked)
        } else {
            listen(&root).unwrap_or_else(|error| Means::Polling(reason(&error)))
        };
        Ok(Self { root, means, confirm: None })
    }

    /// Why everything is looked at each second, if it is.
    pub fn polling(&self) -> Option<Polling> {
        match &self.means {
            Means::System { .. } => None,
            Means::Polling(why) => Some(*why),
        }
    }

    /// Waits for a change, at most `patience`. Tells that something may have changed.
    pub fn next(&mut self, patience: Duration) -> bool {
        let confirm = self.confirm.map(|at| at.saturating_duration_since(Instant::now()));
        let Means::System { events, .. } = &mut self.means else {
            thread::sleep(LOOK.min(patience));
            return true;
        };
        let first = match events.recv_timeout(confirm.unwrap_or(patience).min(patience)) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => {
                return confirm.is_some() && self.confirm.take().is_some();
            }
            // The system's side is gone.
            Err(RecvTimeoutError::Disconnected) => return self.give_up(Polling::Unable),
        };
        let mut gathered = Gathered::default();
        gathered.add(first, &self.root);
        let end = Instant::now() + LONGEST;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            match events.recv_timeout(CALM.min(left)) {
                Ok(event) => gathered.add(event, &self.root),
                Err(_) => break,
            }
        }
        self.told(gathered)
    }

    fn told(&mut self, gathered: Gathered) -> bool {
        if let Some(why) = gathered.failed {
            return self.give_up(why);
        }
        if gathered.folders {
            self.confirm = Some(Instant::now() + CONFIRM);
        }
        // A root that was removed and put back is another folder: it has to be watched anew.
        for folder in gathered.roots {
            if let Means::System { watcher, .. } = &mut self.means
                && let Err(error) = follow(watcher, &self.root.join(folder))
            {
                return self.give_up(reason(&error));
            }
        }
        gathered.changed
    }

    fn give_up(&mut self, why: Polling) -> bool {
        self.means = Means::Polling(why);
        self.confirm = None;
        true
    }
}

/// Sum of several events.
#[derive(Debug, Default)]
struct Gathered {
    changed: bool,
    /// Roots that came or went.
    roots: BTreeSet<&'static str>,
    folders: bool,
    failed: Option<Polling>,
}

impl Gathered {
    fn add(&mut self, event: notify::Result<Event>, root: &Path) {
        let event = match event {
            Ok(event) => event,
            // A folder may go while it is being taken up.
            Err(error) if is_absence(&error) => return self.changed = true,
            Err(error) => return self.failed = Some(reason(&error)),
        };
        // Events were lost.
        if event.need_rescan() {
            self.changed = true;
        }
        for path in event.paths {
            match path.strip_prefix(root) {
                // The site itself, or what lies beside its sources, is none of ours.
                Ok(inside) if inside == Path::new(HEALTH) => self.changed = true,
                Ok(inside) => {
                    let Some(root) = ROOTS.iter().find(|folder| inside.starts_with(folder)) else {
                        continue;
                    };
                    self.changed = true;
                    self.folders |= path.is_dir();
                    if inside == Path::new(root) {
                        self.roots.insert(root);
                    }
                }
                Err(_) => self.changed = true,
            }
        }
    }
}

/// Asks the system to tell.
fn listen(root: &Path) -> notify::Result<Means> {
    let (tell, events) = channel();
    let mut watcher = recommended_watcher(move |event: notify::Result<Event>| {
        // Reading is no change: our own reading would wake us for ever.
        if event.as_ref().is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            return;
        }
        // Nobody listens any more when the program ends.
        let _ = tell.send(event);
    })?;
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in ROOTS {
        follow(&mut watcher, &root.join(folder))?;
    }
    Ok(Means::System { watcher, events })
}

/// Watches a folder and those below, if it is there. A link is not followed: the scan refuses it.
fn follow(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<()> {
    if !folder.symlink_metadata().is_ok_and(|m| m.is_dir()) {
        return Ok(());
    }
    match watcher.watch(folder, RecursiveMode::Recursive) {
        Err(error) if is_absence(&error) => Ok(()),
        done => done,
    }
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn reason(error: &notify::Error) -> Polling {
    match error.kind {
        ErrorKind::MaxFilesWatch => Polling::Limit,
        _ => Polling::Unable,
    }
}
