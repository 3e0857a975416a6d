//! The world: the disk and the network. The only folder, with `cli`, that may touch it.
#![expect(clippy::disallowed_methods, reason = "this is where files are read and written")]

mod inputs;
mod refused;
mod manifest;
mod folder;
mod git;
mod mounts;
mod journal;
mod scan;
mod sources;
mod sync;
mod watch;
mod http;

pub use git::{RevisionError, scan_revision};
pub use http::{Board, Server};
pub use inputs::inputs;
pub use journal::Journal;
pub use manifest::MANIFEST;
pub use refused::{SyncError, WriteError};
pub use scan::{scan, today};
pub use sources::{Before, Written, make_folder, write_sources};
pub use sync::{Staging, SyncReport, made_from, sync};
pub use watch::{Polling, Watch};
