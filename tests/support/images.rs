//! Images for the tests: four tiny ones, 6 × 4 pixels, and what a file may tell besides its picture.

use retex::source::{Content, SitePath, Snapshot, SourceFile};

pub(crate) const PNG: &[u8] = include_bytes!("../images/photo.png");
pub(crate) const JPEG: &[u8] = include_bytes!("../images/photo.jpg");
pub(crate) const GIF: &[u8] = include_bytes!("../images/photo.gif");
pub(crate) const WEBP: &[u8] = include_bytes!("../images/photo.webp");

/// A tiny image, of the format that a name announces.
pub(crate) fn tiny(path: &str) -> &'static [u8] {
    match path.rsplit('.').next().unwrap().to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => JPEG,
        "gif" => GIF,
        "webp" => WEBP,
        _ => PNG,
    }
}

/// Adds an image to a site.
pub(crate) fn put(snapshot: &mut Snapshot, path: &str, bytes: impl Into<Vec<u8>>) {
    let content = Content::Binary(bytes.into().into());
    snapshot.insert(SourceFile { path: SitePath::new(path), content });
}

/// Words that no published file may hold.
pub(crate) const SECRETS: [&str; 4] = ["SERIE-1234567", "Camille Exemple", "Salle 12", "2019:04"];

/// The PNG, with more chunks before its picture.
pub(crate) fn png_with(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut bytes = PNG[..33].to_vec();
    for (name, data) in chunks {
        let mut crc = flate2::Crc::new();
        crc.update(*name);
        crc.update(data);
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend([name.as_slice(), data, &crc.sum().to_be_bytes()].concat());
    }
    bytes.extend(&PNG[33..]);
    bytes
}

/// The JPEG, with more segments before its picture.
pub(crate) fn jpeg_with(segments: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = JPEG[..20].to_vec();
    for (marker, body) in segments {
        bytes.extend([0xff, *marker]);
        bytes.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        bytes.extend(*body);
    }
    bytes.extend(&JPEG[20..]);
    bytes
}

/// The GIF, with more before its picture.
pub(crate) fn gif_with(extensions: &[&[u8]]) -> Vec<u8> {
    [&GIF[..25], &extensions.concat(), &GIF[25..]].concat()
}

/// The WebP, extended, with more chunks after its picture.
pub(crate) fn webp_with(flags: u8, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    body.extend(riff(b"VP8X", &[flags, 0, 0, 0, 5, 0, 0, 3, 0, 0]));
    body.extend(&WEBP[12..]);
    chunks.iter().for_each(|(name, data)| body.extend(riff(name, data)));
    riff(b"RIFF", &body)
}

pub(crate) fn riff(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    let odd: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [name.as_slice(), &length, data, odd].concat()
}

/// An entry of a directory: its tag, its type, its value.
type Entry = (u16, u16, Vec<u8>);

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// EXIF that tells all: 48.1° north, a serial number, an author, a day, a comment, a thumbnail.
pub(crate) fn exif(orientation: u16, big: bool) -> Vec<u8> {
    let short = |n: u16| if big { n.to_be_bytes() } else { n.to_le_bytes() }.to_vec();
    let long = |n: u32| if big { n.to_be_bytes() } else { n.to_le_bytes() }.to_vec();
    let text = |text: &str| [text.as_bytes(), b"\0"].concat();
    let degrees = |d: u32, m: u32| [d, 1, m, 1, 30, 1].map(long).concat();
    let first: Vec<Entry> = vec![
        (0x010e, ASCII, text("Salle 12")),
        (0x0112, SHORT, short(orientation)),
        (0x0132, ASCII, text("2019:04:02 10:00:00")),
        (0x013b, ASCII, text("Camille Exemple")),
    ];
    let camera: Vec<Entry> =
        vec![(0x9003, ASCII, text("2019:04:02 10:00:00")), (0xa431, ASCII, text("SERIE-1234567"))];
    let place: Vec<Entry> = vec![
        (1, ASCII, text("N")),
        (2, RATIONAL, degrees(48, 7)),
        (3, ASCII, text("W")),
        (4, RATIONAL, degrees(1, 40)),
    ];
    let thumbnail: Vec<Entry> = vec![(0x0201, LONG, long(0)), (0x0202, LONG, long(0))];
    let mut bytes = if big { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    bytes.extend(long(8));
    // Each directory has a place that does not depend on the others.
    let places = [8, 400, 800, 1200];
    let mut first = first;
    first.push((0x8769, LONG, long(places[1])));
    first.push((0x8825, LONG, long(places[2])));
    let all = [(first, places[3]), (camera, 0), (place, 0), (thumbnail, 0)];
    for ((entries, next), start) in all.into_iter().zip(places) {
        bytes.resize(usize::try_from(start).unwrap(), 0);
        bytes.extend(short(u16::try_from(entries.len()).unwrap()));
        let mut at = start + 2 + 12 * u32::try_from(entries.len()).unwrap() + 4;
        let mut apart = Vec::new();
        for (tag, kind, value) in entries {
            let unit = match kind {
                SHORT => 2,
                LONG => 4,
                RATIONAL => 8,
                _ => 1,
            };
            bytes.extend([short(tag), short(kind)].concat());
            bytes.extend(long(u32::try_from(value.len() / unit).unwrap()));
            if value.len() <= 4 {
                bytes.extend(value.iter().copied().chain([0; 4]).take(4));
            } else {
                bytes.extend(long(at));
                at += u32::try_from(value.len()).unwrap();
                apart.extend(value);
            }
        }
        bytes.extend(long(next));
        bytes.extend(apart);
    }
    bytes
}

/// The JPEG as a telephone would have written it, turned.
pub(crate) fn telling(orientation: u16) -> Vec<u8> {
    let exif = [b"Exif\0\0", exif(orientation, true).as_slice()].concat();
    let mut bytes = jpeg_with(&[(0xe1, &exif), (0xfe, b"Salle 12")]);
    bytes.extend(b"Camille Exemple");
    bytes
}
