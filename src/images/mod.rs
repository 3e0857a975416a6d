//! Images as bytes: their format, their size, whether they are whole, and what is published of them: the picture,
//! without what its file tells besides. Nothing is decoded: each format is a list of pieces, some of which are kept
//! as they are.

mod exif;
mod gif;
mod jpeg;
mod png;
mod secrets;
mod sniff;
mod webp;

pub use secrets::Secrets;
pub use sniff::{Foreign, ImageFormat, sniff};

/// The largest image that is published: a browser needs four bytes of memory for each pixel.
pub const MAX_PIXELS: u64 = 40_000_000;

/// Width and height, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Size {
    /// Refuses a size that no browser could show.
    fn checked(self) -> Result<Self, Fault> {
        match u64::from(self.width) * u64::from(self.height) {
            0 => Err(Fault::Damaged),
            pixels if pixels > MAX_PIXELS => Err(Fault::TooLarge(self)),
            _ => Ok(self),
        }
    }
}

/// Why an image is not published, its format being one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file stops before its end.
    Cut,
    /// No browser would show it.
    Damaged,
    /// It has more than [`MAX_PIXELS`].
    TooLarge(Size),
}

/// An image that can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Size as the image is shown, its orientation followed.
    pub size: Size,
    /// Weight once published, in bytes.
    pub weight: usize,
    /// Things its file tells besides, that are not published.
    pub secrets: Secrets,
}

/// Reads an image of this format.
///
/// # Errors
/// When it is not one that a browser can show.
pub fn read(format: ImageFormat, bytes: &[u8]) -> Result<Picture, Fault> {
    let walk = walk(format, bytes)?;
    let sideways = (5..=8).contains(&walk.orientation);
    let Size { width, height } = walk.size;
    let size = if sideways { Size { width: height, height: width } } else { walk.size };
    Ok(Picture { size, weight: walk.kept.len(), secrets: walk.secrets })
}

/// The bytes that are published of an image; `None` when it cannot be.
pub fn published(bytes: &[u8]) -> Option<Vec<u8>> {
    let format = sniff(bytes).ok()?;
    Some(walk(format, bytes).ok()?.kept)
}

fn walk(format: ImageFormat, bytes: &[u8]) -> Result<Walk, Fault> {
    match format {
        ImageFormat::Png => png::walk(bytes),
        ImageFormat::Jpeg => jpeg::walk(bytes),
        ImageFormat::Gif => gif::walk(bytes),
        ImageFormat::Webp => webp::walk(bytes),
    }
}

/// A file, read from its beginning to its end.
struct Walk {
    /// Size as the image is stored.
    size: Size,
    /// The orientation that browsers follow, 1 to 8; 1 is as stored.
    orientation: u8,
    /// Bytes to publish.
    kept: Vec<u8>,
    secrets: Secrets,
}

/// The `N` bytes at a place.
fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// True of bytes that hold a word.
fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|found| found == word.as_bytes())
}

fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

/// A length written on four bytes, as a number of bytes in memory; one that no memory holds is none.
fn length(written: u32) -> Option<usize> {
    usize::try_from(written).ok().filter(|length| isize::try_from(*length).is_ok())
}

/// True when bytes begin as a profile of colours does (ICC.1, section 7.2): in its place a file may hold anything.
fn is_profile(bytes: &[u8]) -> bool {
    bytes.len() >= 128 && bytes[36..40] == *b"acsp"
}
