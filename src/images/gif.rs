//! GIF: a screen, then images and extensions, each a list of blocks of at most 255 bytes.

use std::ops::Range;

use super::{Fault, Secrets, Size, Walk, exif, u16_le};

/// After the signature and the screen.
const HEAD: usize = 13;

pub(super) fn walk(bytes: &[u8]) -> Result<Walk, Fault> {
    let (mut kept, mut secrets) = (Vec::new(), Secrets::default());
    let size = size_at(bytes, 6)?;
    let mut at = HEAD + palette(*bytes.get(10).ok_or(Fault::Cut)?);
    bytes.get(..at).ok_or(Fault::Cut)?;
    kept.extend_from_slice(&bytes[0..at]);
    let mut picture = false;
    loop {
        let start = at;
        match *bytes.get(at).ok_or(Fault::Cut)? {
            0x3b => {
                kept.extend_from_slice(&bytes[at..at + 1]);
                break;
            }
            0x2c => {
                size_at(bytes, at + 5)?;
                let flags = *bytes.get(at + 9).ok_or(Fault::Cut)?;
                // The palette of this image, then the size of its first code.
                at = end_of_blocks(bytes, at + 10 + palette(flags) + 1)?;
                kept.extend_from_slice(&bytes[start..at]);
                picture = true;
            }
            0x21 => {
                let label = *bytes.get(at + 1).ok_or(Fault::Cut)?;
                at = end_of_blocks(bytes, at + 2)?;
                extension(bytes, label, start..at, (&mut kept, &mut secrets));
            }
            _ => return Err(Fault::Damaged),
        }
    }
    if !picture {
        return Err(Fault::Damaged);
    }
    secrets.note_trailing(&bytes[at + 1..]);
    Ok(Walk { size, orientation: exif::UPRIGHT, kept, secrets })
}

fn size_at(bytes: &[u8], at: usize) -> Result<Size, Fault> {
    let side = |at: usize| u16_le(bytes, at).map(u32::from).ok_or(Fault::Cut);
    Size { width: side(at)?, height: side(at + 2)? }.checked()
}

/// The length of the palette that flags announce.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn end_of_blocks(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let mut at = from;
    loop {
        match usize::from(*bytes.get(at).ok_or(Fault::Cut)?) {
            0 => return Ok(at + 1),
            length => at += 1 + length,
        }
    }
}

/// Keeps how a frame is shown and how often all are; notes what the others tell.
fn extension(
    bytes: &[u8],
    label: u8,
    range: Range<usize>,
    (kept, secrets): (&mut Vec<u8>, &mut Secrets),
) {
    let data = &bytes[range.start + 2..range.end];
    match (label, data) {
        (0xf9, [4, _, _, _, _, 0]) => kept.extend_from_slice(&bytes[range]),
        (0xfe, _) => secrets.note_words(data),
        (0xff, [11, rest @ ..]) if is_loop(rest) => {
            if let Some([low, high]) = loops(&rest[11..]) {
                let name = &bytes[range.start..range.start + 14];
                kept.extend([name, &[3, 1, low, high, 0]].concat());
            }
        }
        (0xff, [11, rest @ ..]) if rest.starts_with(b"XMP DataXMP") => secrets.note_xmp(rest),
        _ => {}
    }
}

fn is_loop(name: &[u8]) -> bool {
    name.starts_with(b"NETSCAPE2.0") || name.starts_with(b"ANIMEXTS1.0")
}

/// Number of times that the frames are shown.
fn loops(blocks: &[u8]) -> Option<[u8; 2]> {
    let mut rest = blocks;
    loop {
        match rest {
            [3, 1, low, high, ..] => return Some([*low, *high]),
            [length, after @ ..] if *length != 0 => rest = after.get(usize::from(*length)..)?,
            _ => return None,
        }
    }
}
