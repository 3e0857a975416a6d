//! PNG: a signature, then chunks, each with its length, its name and its check.

use std::{io::Read, ops::Range};

use super::{Fault, Secrets, Size, Walk, exif, length, u32_be};

const SIGNATURE: usize = 8;
/// The last chunk, which holds nothing.
const END: &[u8] = b"\0\0\0\0IEND\xaeB`\x82";

/// Chunks that change what is seen, besides the first and the last: the picture, its colours, its frames.
const SHOWN: [&[u8; 4]; 16] = [
    b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI",
    b"sBIT", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn walk(bytes: &[u8]) -> Result<Walk, Fault> {
    let (mut kept, mut secrets, mut orientation) = (Vec::new(), Secrets::default(), None);
    let head = PngChunk::at(bytes, SIGNATURE).ok_or(Fault::Cut)?;
    if &head.name != b"IHDR" || head.data.len() != 13 {
        return Err(Fault::Damaged);
    }
    let side = |at: usize| u32_be(bytes, head.data.start + at).ok_or(Fault::Cut);
    let size = Size { width: side(0)?, height: side(4)? }.checked()?;
    kept.extend_from_slice(&bytes[0..head.end]);
    let (mut at, mut picture) = (head.end, false);
    loop {
        let chunk = PngChunk::at(bytes, at).ok_or(Fault::Cut)?;
        at = chunk.end;
        let data = &bytes[chunk.data.clone()];
        match &chunk.name {
            b"IEND" => break,
            b"eXIf" if orientation.is_none() => {
                let turned = exif::read(data, &mut secrets);
                if turned != exif::UPRIGHT {
                    kept.extend(made(b"eXIf", &exif::upright(turned)));
                }
                orientation = Some(turned);
            }
            b"iCCP" if !holds_a_profile(data) => return Err(Fault::Damaged),
            name if SHOWN.contains(&name) => {
                picture |= name == b"IDAT";
                kept.extend_from_slice(&bytes[chunk.data.start - 8..chunk.end]);
            }
            // A reader that does not know a chunk in capitals cannot show the image.
            [first, ..] if first.is_ascii_uppercase() => return Err(Fault::Damaged),
            name => note(name, data, &mut secrets),
        }
    }
    if !picture {
        return Err(Fault::Damaged);
    }
    kept.extend_from_slice(END);
    secrets.note_trailing(&bytes[at..]);
    Ok(Walk { size, orientation: orientation.unwrap_or(exif::UPRIGHT), kept, secrets })
}

/// True when a chunk `iCCP` holds a profile: a name, a method, then the profile, compressed.
fn holds_a_profile(data: &[u8]) -> bool {
    let Some(name) = data.iter().position(|byte| *byte == 0) else { return false };
    let packed = data.get(name + 2..).unwrap_or_default();
    let mut start = Vec::new();
    let read = flate2::read::ZlibDecoder::new(packed).take(128).read_to_end(&mut start);
    read.is_ok() && super::is_profile(&start)
}

struct PngChunk {
    name: [u8; 4],
    data: Range<usize>,
    /// After its check.
    end: usize,
}

impl PngChunk {
    /// The chunk at a place, when it is whole.
    fn at(bytes: &[u8], at: usize) -> Option<Self> {
        let start = at + 8;
        let end = start.checked_add(length(u32_be(bytes, at)?)?)?;
        let name = super::array(bytes, at + 4)?;
        let after = end.checked_add(4).filter(|after| *after <= bytes.len())?;
        Some(Self { name, data: start..end, end: after })
    }
}

/// A small chunk, with its check.
fn made(name: &[u8; 4], data: &[u8; 26]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(data);
    [&26_u32.to_be_bytes()[..], name, data, &crc.sum().to_be_bytes()].concat()
}

/// Notes what a chunk tells that is left out.
fn note(name: &[u8; 4], data: &[u8], secrets: &mut Secrets) {
    if ![b"tEXt", b"zTXt", b"iTXt"].contains(&name) {
        return;
    }
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    let (keyword, text) = data.split_at(end);
    match keyword.to_ascii_lowercase().as_slice() {
        b"author" | b"artist" | b"copyright" => secrets.author = true,
        b"creation time" => secrets.date = true,
        b"xml:com.adobe.xmp" => secrets.note_xmp(text),
        // The program that wrote the file, and the day, tell nothing of a person.
        b"software" | b"date:create" | b"date:modify" | b"date:timestamp" => {}
        // Profiles of other formats, as ImageMagick keeps them.
        b"raw profile type icc" | b"raw profile type icm" => {}
        _ => secrets.note_words(text),
    }
}
