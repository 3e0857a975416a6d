//! The world: the disk and the network. The only folder, with `cli`, that may touch it.
#![expect(clippy::disallowed_methods, reason = "this is where files are read and written")]

mod scan;
mod sources;
mod sync;
mod watch;
mod live;
mod http;

pub use http::{Board, Server};
pub use live::Sources;
pub use scan::{scan, today};
pub use sources::write_source;
pub use sync::{MANIFEST, SyncError, SyncReport, sync};
pub use watch::{Change, Polling, Watch};
