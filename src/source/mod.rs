//! What was given, and where: paths, texts, byte spans, and the day. Pure; depends on nothing else of the crate.

mod date;
mod lines;
mod path;
mod text;

pub use date::Date;
pub use lines::{LineCol, LineIndex, line_col};
pub use path::{OutputPath, OutputPaths, SitePath, Slug, slugify};
pub use text::{Content, Passage, Refusal, Refused, Snapshot, SourceFile, Span, Spanned};
