//! WebP: a RIFF file, chunks each with its name and its length.

use std::ops::Range;

use super::{Fault, Secrets, Size, Walk, exif, length, u16_le, u32_le};

/// After `RIFF`, the length of what follows, and `WEBP`.
const HEAD: usize = 12;
/// The flags of `VP8X`: colours, transparency and animation.
const SHOWN: u8 = 0x20 | 0x10 | 0x02;
/// Flag for EXIF.
const EXIF: u8 = 0x08;
/// Length of the head of a frame, before its own chunks.
const FRAME: usize = 16;

pub(super) fn walk(bytes: &[u8]) -> Result<Walk, Fault> {
    let (mut kept, mut secrets) = (Vec::new(), Secrets::default());
    let announced = length(u32_le(bytes, 4).ok_or(Fault::Cut)?).ok_or(Fault::Cut)?;
    let end = announced.checked_add(8).ok_or(Fault::Cut)?;
    let file = bytes.get(..end).filter(|file| file.len() >= HEAD).ok_or(Fault::Cut)?;
    let first = RiffChunk::at(file, HEAD).ok_or(Fault::Cut)?;
    let size = size_of(&first, &file[first.data.clone()])?.checked()?;
    let extended = (&first.name == b"VP8X").then(|| &file[first.data.clone()]);
    let (mut orientation, mut picture, mut at) = (None, false, HEAD);
    while at < file.len() {
        let chunk = RiffChunk::at(file, at).ok_or(Fault::Cut)?;
        at = chunk.end;
        let data = &file[chunk.data.clone()];
        match &chunk.name {
            // Written again once it is known what is left.
            b"VP8X" => {}
            b"EXIF" if orientation.is_none() => {
                let turned =
                    exif::read(data.strip_prefix(exif::HEADER).unwrap_or(data), &mut secrets);
                // A file that announces no EXIF has none for a browser.
                let flags = extended.and_then(|data| data.first()).unwrap_or(&0);
                let turned = if flags & EXIF == 0 { exif::UPRIGHT } else { turned };
                if turned != exif::UPRIGHT {
                    kept.extend(made(b"EXIF", &exif::upright(turned)));
                }
                orientation = Some(turned);
            }
            b"ANMF" => {
                kept.extend(frame(data)?);
                picture = true;
            }
            b"VP8 " | b"VP8L" => {
                keep(&mut kept, file, &chunk);
                picture = true;
            }
            b"ICCP" if !super::is_profile(data) => return Err(Fault::Damaged),
            b"ICCP" | b"ANIM" | b"ALPH" => keep(&mut kept, file, &chunk),
            b"XMP " => secrets.note_xmp(data),
            _ => {}
        }
    }
    if !picture {
        return Err(Fault::Damaged);
    }
    let orientation = orientation.unwrap_or(exif::UPRIGHT);
    let head = head(kept.len(), extended, orientation).ok_or(Fault::Damaged)?;
    let kept = [head, kept].concat();
    secrets.note_trailing(&bytes[end..]);
    // Kept for the programs that follow it: browsers show a WebP as it is stored.
    Ok(Walk { size, orientation: exif::UPRIGHT, kept, secrets })
}

struct RiffChunk {
    name: [u8; 4],
    data: Range<usize>,
    /// After the byte that makes its length even.
    end: usize,
}

impl RiffChunk {
    /// The chunk at a place, when it is whole. The last byte of a file that makes it even may be missing.
    fn at(bytes: &[u8], at: usize) -> Option<Self> {
        let name = super::array(bytes, at)?;
        let start = at + 8;
        let end = start.checked_add(length(u32_le(bytes, at + 4)?)?)?;
        bytes.get(start..end)?;
        Some(Self { name, data: start..end, end: end.next_multiple_of(2).min(bytes.len()) })
    }
}

/// The size that the first chunk tells.
fn size_of(first: &RiffChunk, data: &[u8]) -> Result<Size, Fault> {
    let size = match &first.name {
        b"VP8X" if data.len() == 10 => {
            let side =
                |at: usize| u32::from_le_bytes([data[at], data[at + 1], data[at + 2], 0]) + 1;
            Some(Size { width: side(4), height: side(7) })
        }
        b"VP8 " if data.get(3..6) == Some(b"\x9d\x01\x2a") => {
            let side = |at: usize| u16_le(data, at).map(|side| u32::from(side & 0x3fff));
            side(6).zip(side(8)).map(|(width, height)| Size { width, height })
        }
        b"VP8L" if data.first() == Some(&0x2f) => u32_le(data, 1)
            .map(|bits| Size { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }),
        _ => None,
    };
    size.ok_or(Fault::Damaged)
}

/// Keeps a chunk, made even.
fn keep(kept: &mut Vec<u8>, file: &[u8], chunk: &RiffChunk) {
    kept.extend_from_slice(&file[chunk.data.start - 8..chunk.data.end]);
    match file.get(chunk.data.end..chunk.end) {
        Some([0]) => kept.extend_from_slice(&file[chunk.data.end..chunk.end]),
        _ if chunk.data.len() % 2 == 1 => kept.extend(vec![0]),
        _ => {}
    }
}

/// A frame, without what its own chunks tell besides.
fn frame(data: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut kept = Vec::new();
    kept.extend_from_slice(data.get(..FRAME).ok_or(Fault::Damaged)?);
    let mut at = FRAME;
    while at < data.len() {
        let chunk = RiffChunk::at(data, at).ok_or(Fault::Damaged)?;
        at = chunk.end;
        if [b"ALPH", b"VP8 ", b"VP8L"].contains(&&chunk.name) {
            keep(&mut kept, data, &chunk);
        }
    }
    Ok(made(b"ANMF", &kept))
}

/// A chunk, made even.
fn made(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    // It is no longer than the one it was made of, whose length was written on as many bytes.
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes();
    let odd: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
    [&name[..], &length, data, odd].concat()
}

/// Head of the file, before the chunks that are kept.
fn head(length: usize, extended: Option<&[u8]>, orientation: u8) -> Option<Vec<u8>> {
    let mut chunk = Vec::new();
    if let Some(data) = extended {
        let mut data = data.to_vec();
        let exif = if orientation == exif::UPRIGHT { 0 } else { EXIF };
        *data.first_mut()? = (data.first()? & SHOWN) | exif;
        chunk = made(b"VP8X", &data);
    }
    let announced = u32::try_from(length + chunk.len() + 4).ok()?;
    Some([&b"RIFF"[..], &announced.to_le_bytes(), b"WEBP", &chunk].concat())
}
