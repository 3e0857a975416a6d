//! The format of a file, by its first bytes: those that are published, and those that an editor may have taken for
//! one of them.

use super::holds;

/// A format that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    /// PNG, animated or not.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF, animated or not.
    Gif,
    /// WebP, animated or not.
    Webp,
}

impl ImageFormat {
    /// The format that an extension announces, whatever its case.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            _ => return None,
        })
    }

    /// The extension that announces it.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
        }
    }

    /// Name of the format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
        }
    }
}

/// A file that is not published as an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A photograph of a recent telephone, which few browsers show.
    Heic,
    /// AVIF, JPEG XL, JPEG 2000: some browsers do not show them.
    Recent(&'static str),
    /// BMP or an icon of Windows: not compressed.
    Bmp,
    /// TIFF, which raw photographs are too.
    Tiff,
    /// A drawing, which can run scripts.
    Svg,
    /// The document of an image editor.
    Psd,
    /// PDF.
    Pdf,
    /// A web page: most often that of a download that failed.
    Page,
    /// An archive, which documents of office software are too.
    Archive,
    /// A film.
    Film,
    /// A file of Git LFS that was not fetched.
    Lfs,
    /// Nothing at all.
    Empty,
    /// Anything else.
    Unknown,
}

impl Foreign {
    /// Format that an extension which is not published announces, if it is known.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension.to_ascii_lowercase().as_str() {
            "heic" | "heif" => Self::Heic,
            "avif" => Self::Recent("AVIF"),
            "jxl" => Self::Recent("JPEG XL"),
            "jp2" => Self::Recent("JPEG 2000"),
            "bmp" | "ico" => Self::Bmp,
            "tif" | "tiff" | "dng" => Self::Tiff,
            "svg" => Self::Svg,
            "psd" => Self::Psd,
            "pdf" => Self::Pdf,
            "mp4" | "mov" => Self::Film,
            _ => return None,
        })
    }
}

/// The format of a file, by its first bytes.
///
/// # Errors
/// The other format, when it is not one that is published.
pub fn sniff(bytes: &[u8]) -> Result<ImageFormat, Foreign> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(ImageFormat::Png);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(ImageFormat::Jpeg);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Ok(ImageFormat::Gif);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(ImageFormat::Webp);
    }
    Err(foreign(bytes))
}

/// First bytes, and what they announce.
const BEGINNINGS: [(&[u8], Foreign); 13] = [
    (b"BM", Foreign::Bmp),
    (b"\0\0\x01\0", Foreign::Bmp),
    (b"II*\0", Foreign::Tiff),
    (b"MM\0*", Foreign::Tiff),
    (b"8BPS", Foreign::Psd),
    (b"%PDF", Foreign::Pdf),
    (b"PK\x03\x04", Foreign::Archive),
    (b"\xff\x0a", Foreign::Recent("JPEG XL")),
    (b"\0\0\0\x0cJXL ", Foreign::Recent("JPEG XL")),
    (b"\0\0\0\x0cjP  ", Foreign::Recent("JPEG 2000")),
    (b"version https://git-lfs", Foreign::Lfs),
    (b"\x1a\x45\xdf\xa3", Foreign::Film),
    (b"8BPB", Foreign::Psd),
];

fn foreign(bytes: &[u8]) -> Foreign {
    if bytes.is_empty() {
        return Foreign::Empty;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return of_brands(bytes);
    }
    let begins = |(beginning, _): &&(&[u8], Foreign)| bytes.starts_with(beginning);
    BEGINNINGS.iter().find(begins).map_or_else(|| of_text(bytes), |(_, foreign)| *foreign)
}

/// Of an ISO container, by the brands it says to follow.
fn of_brands(bytes: &[u8]) -> Foreign {
    let brands = &bytes[8..bytes.len().min(64)];
    let has = |brand: &[u8; 4]| brands.chunks_exact(4).any(|found| found == brand);
    if has(b"avif") || has(b"avis") {
        return Foreign::Recent("AVIF");
    }
    let heic = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];
    if heic.into_iter().any(has) { Foreign::Heic } else { Foreign::Film }
}

/// Of a text, if it is one.
fn of_text(bytes: &[u8]) -> Foreign {
    let beginning = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let has = |word: &str| holds(&beginning, word);
    let start = beginning.trim_ascii_start();
    let marked = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).starts_with(b"<");
    match () {
        () if marked && (has("<html") || has("<!doctype html")) => Foreign::Page,
        () if marked && has("<svg") => Foreign::Svg,
        () => Foreign::Unknown,
    }
}
