//! Secrets of the file of an image, besides the picture: only which kinds of things, so that a message can warn
//! without repeating them.

use super::{holds, u16_be, u32_be};

/// Things that a file tells besides its picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secrets {
    /// The place where it was taken.
    pub place: bool,
    /// Latitude in tenths of a degree, south being negative.
    pub latitude: Option<i16>,
    /// The day it was taken.
    pub date: bool,
    /// The author.
    pub author: bool,
    /// The serial number of the camera, or of its lens.
    pub serial: bool,
    /// A comment, a title.
    pub words: bool,
    /// A smaller picture, which may show what was cut from the large one.
    pub thumbnail: bool,
    /// Something after the end of the image.
    pub trailing: bool,
}

impl Secrets {
    /// True when there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes words, if they are any.
    pub(super) fn note_words(&mut self, words: &[u8]) {
        self.words |= says_something(words);
    }

    /// Notes what follows the end of the image: many programs fill a file up with zeros.
    pub(super) fn note_trailing(&mut self, after: &[u8]) {
        self.trailing |= after.iter().any(|byte| *byte != 0);
    }

    /// Notes what XMP tells, by the names of its properties.
    pub(super) fn note_xmp(&mut self, xmp: &[u8]) {
        let has = |names: &[&str]| names.iter().any(|name| holds(xmp, name));
        self.place |= has(&["GPSLatitude", "GPSLongitude", "photoshop:City"]);
        self.date |= has(&["CreateDate", "DateCreated", "DateTimeOriginal"]);
        self.author |= has(&["dc:creator", "photoshop:Credit", "CameraOwnerName"]);
        self.serial |= has(&["SerialNumber"]);
        self.words |= has(&["dc:description", "dc:title", "UserComment"]);
    }

    /// Notes what the resources of Photoshop tell, among which IPTC.
    pub(super) fn note_photoshop(&mut self, resources: &[u8]) {
        let mut rest = resources;
        while let Some((id, data, after)) = resource(rest) {
            match id {
                0x0404 => self.note_iptc(data),
                0x0409 | 0x040c => self.thumbnail = true,
                _ => {}
            }
            rest = after;
        }
    }

    fn note_iptc(&mut self, records: &[u8]) {
        let mut rest = records;
        while let [0x1c, record, tag, high, low, after @ ..] = rest {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let Some(value) = after.get(..length) else { return };
            if *record == 2 && says_something(value) {
                match tag {
                    80 | 110 | 116 => self.author = true,
                    55 => self.date = true,
                    90 | 92 | 95 | 101 => self.place = true,
                    5 | 105 | 120 => self.words = true,
                    _ => {}
                }
            }
            rest = &after[length..];
        }
    }
}

/// The identifier of a resource of Photoshop, its data, and what follows it.
fn resource(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = bytes.strip_prefix(b"8BIM")?;
    let id = u16_be(rest, 0)?;
    // The name, with its length, takes an even number of bytes; the data too.
    let name = usize::from(*rest.get(2)?) + 1;
    let at = 2 + name.next_multiple_of(2);
    let length = super::length(u32_be(rest, at)?)?;
    let data = rest.get(at + 4..)?.get(..length)?;
    let after = rest.get(at + 4 + length.next_multiple_of(2)..).unwrap_or_default();
    Some((id, data, after))
}

/// True when bytes hold a letter or a digit: cameras fill with spaces or zeros what they do not know.
pub(super) fn says_something(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| byte.is_ascii_alphanumeric() && *byte != b'0')
}
