//! The world: the disk. The only folder, with `cli`, that may touch it.
#![expect(clippy::disallowed_methods, reason = "this is where files are read and written")]

mod inputs;
mod manifest;
mod scan;
mod sources;
mod sync;

pub use inputs::inputs;
pub use manifest::MANIFEST;
pub use scan::{scan, today};
pub use sources::write_source;
pub use sync::{Staging, SyncError, SyncReport, made_from, sync};
