//! The sources: paths, texts, byte spans, fingerprints, and the day. Pure; depends on `french` alone.

mod date;
mod empreinte;
mod escape;
mod lines;
mod path;
mod text;

pub use date::Date;
pub use empreinte::sha256;
pub use escape::{escape, escaped};
pub use lines::{LineCol, LineIndex, line_col};
pub use path::{OutputPath, OutputPaths, SitePath, Slug, slugify};
pub use text::{Content, Passage, Refusal, Refused, Snapshot, SourceFile, Span, Spanned};
