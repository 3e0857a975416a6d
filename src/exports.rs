//! Files that are not pages: the search index, the data, what programs read, and the settings of a server.

pub mod data;
mod feed;
pub mod search;

pub use feed::{public_files, server_settings};
