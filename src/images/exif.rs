//! EXIF: what it tells, and the one thing in it that changes what is seen, the orientation.

use super::{Secrets, secrets::says_something, u16_be, u16_le, u32_be, u32_le};

/// Bytes before EXIF in a JPEG, and by mistake in some WebP.
pub(super) const HEADER: &[u8] = b"Exif\0\0";

/// The orientation as stored.
pub(super) const UPRIGHT: u8 = 1;

const SHORT: u16 = 3;

/// Notes what EXIF tells, without its header; gives the orientation that browsers follow.
pub(super) fn read(bytes: &[u8], secrets: &mut Secrets) -> u8 {
    let Some(tiff) = Tiff::new(bytes) else { return UPRIGHT };
    let Some(first) = tiff.u32(4) else { return UPRIGHT };
    let mut orientation = UPRIGHT;
    for entry in tiff.entries(first) {
        match entry.tag {
            0x0112 => orientation = tiff.orientation(&entry).unwrap_or(orientation),
            0x8769 => tiff.entries(entry.value).for_each(|entry| tiff.note(&entry, secrets)),
            0x8825 => tiff.note_place(entry.value, secrets),
            _ => tiff.note(&entry, secrets),
        }
    }
    secrets.thumbnail |= tiff.next(first).is_some_and(|next| tiff.entries(next).next().is_some());
    orientation
}

/// An EXIF that tells the orientation alone.
pub(super) fn upright(orientation: u8) -> [u8; 26] {
    let mut bytes = *b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0";
    bytes[18] = orientation;
    bytes
}

/// The structure of TIFF: directories of entries, one of which may lead to another.
struct Tiff<'b> {
    bytes: &'b [u8],
    big: bool,
}

struct IfdEntry {
    tag: u16,
    kind: u16,
    count: u32,
    /// The value, or its place.
    value: u32,
    /// Place of the value.
    at: usize,
}

impl<'b> Tiff<'b> {
    fn new(bytes: &'b [u8]) -> Option<Self> {
        match bytes.get(..4)? {
            b"II*\0" => Some(Self { bytes, big: false }),
            b"MM\0*" => Some(Self { bytes, big: true }),
            _ => None,
        }
    }

    fn u16(&self, at: usize) -> Option<u16> {
        if self.big { u16_be(self.bytes, at) } else { u16_le(self.bytes, at) }
    }

    fn u32(&self, at: usize) -> Option<u32> {
        if self.big { u32_be(self.bytes, at) } else { u32_le(self.bytes, at) }
    }

    /// The entries of a directory, as far as there are any.
    fn entries(&self, directory: u32) -> impl Iterator<Item = IfdEntry> {
        let start = super::length(directory).unwrap_or(usize::MAX);
        let count = self.u16(start).unwrap_or(0);
        (0..usize::from(count)).map_while(move |n| self.entry(start + 2 + 12 * n))
    }

    fn entry(&self, at: usize) -> Option<IfdEntry> {
        Some(IfdEntry {
            tag: self.u16(at)?,
            kind: self.u16(at + 2)?,
            count: self.u32(at + 4)?,
            value: self.u32(at + 8)?,
            at: at + 8,
        })
    }

    /// The directory after a directory: that of the thumbnail, after the first.
    fn next(&self, directory: u32) -> Option<u32> {
        let start = super::length(directory)?;
        let count = usize::from(self.u16(start)?);
        self.u32(start + 2 + 12 * count).filter(|next| *next != 0)
    }

    /// Browsers follow one that is written as the standard wants it.
    fn orientation(&self, entry: &IfdEntry) -> Option<u8> {
        let value = self.u16(entry.at).filter(|_| (entry.kind, entry.count) == (SHORT, 1))?;
        u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
    }

    /// The bytes of a text, or of what is of no known type.
    fn text(&self, entry: &IfdEntry) -> &'b [u8] {
        let length = super::length(entry.count).unwrap_or(0);
        let at = if length <= 4 { Some(entry.at) } else { super::length(entry.value) };
        let range = at.and_then(|at| Some(at..at.checked_add(length)?));
        range.and_then(|range| self.bytes.get(range)).unwrap_or_default()
    }

    fn note(&self, entry: &IfdEntry, secrets: &mut Secrets) {
        let told = match entry.tag {
            // Artist, Copyright, XPAuthor, CameraOwnerName.
            0x013b | 0x8298 | 0x9c9d | 0xa430 => &mut secrets.author,
            // DateTime, DateTimeOriginal, DateTimeDigitized.
            0x0132 | 0x9003 | 0x9004 => &mut secrets.date,
            // BodySerialNumber, LensSerialNumber, and those of Adobe.
            0xa431 | 0xa435 | 0xc62f => &mut secrets.serial,
            // ImageDescription, XPTitle, XPComment, XPKeywords, XPSubject.
            0x010e | 0x9c9b | 0x9c9c | 0x9c9e | 0x9c9f => &mut secrets.words,
            // UserComment, after the name of its alphabet.
            0x9286 => {
                secrets.note_words(self.text(entry).get(8..).unwrap_or_default());
                return;
            }
            _ => return,
        };
        *told |= says_something(self.text(entry));
    }

    fn note_place(&self, directory: u32, secrets: &mut Secrets) {
        let (mut south, mut degrees) = (false, None);
        for entry in self.entries(directory) {
            match entry.tag {
                1 => south = self.text(&entry).first() == Some(&b'S'),
                2 => degrees = self.degrees(&entry),
                4 => {}
                _ => continue,
            }
            secrets.place |= entry.tag != 1;
        }
        let signed = degrees.map(|tenths| if south { -tenths } else { tenths });
        secrets.latitude = secrets.latitude.or(signed);
    }

    /// A latitude in tenths of a degree.
    fn degrees(&self, entry: &IfdEntry) -> Option<i16> {
        let at = super::length(entry.value)?;
        let part = |n: usize| {
            let (over, under) = (self.u32(at + 8 * n)?, self.u32(at + 8 * n + 4)?);
            (under != 0).then(|| f64::from(over) / f64::from(under))
        };
        let tenths = (part(0)? + part(1).unwrap_or(0.0) / 60.0) * 10.0;
        (0.0..=900.0).contains(&tenths).then_some(tenths as i16)
    }
}
