//! What was given, and where: paths, texts and byte spans. Pure; depends on nothing else of the crate.

mod lines;
mod path;
mod text;

pub use lines::{LineCol, line_col};
pub use path::{OutputPath, SitePath, Slug, slugify};
pub use text::{Content, Refusal, Refused, Snapshot, SourceFile, Span, Spanned};
