//! JPEG: segments, each begun by a marker, and between them the compressed picture.

use super::{Fault, Secrets, Size, Walk, exif, u16_be};

const XMP: &[u8] = b"http://ns.adobe.com/x";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";
/// The length of what JFIF says without its thumbnail, and of what Adobe says.
const JFIF: usize = 14;
const ADOBE: usize = 12;

pub(super) fn walk(bytes: &[u8]) -> Result<Walk, Fault> {
    let (mut kept, mut secrets) = (Vec::new(), Secrets::default());
    let (mut size, mut orientation, mut picture) = (None, None, false);
    kept.extend_from_slice(bytes.get(..2).ok_or(Fault::Cut)?);
    let mut at = 2;
    loop {
        let (start, marker) = marker(bytes, at).ok_or(Fault::Cut)?;
        at = start + 2;
        match marker {
            0xd9 => {
                kept.extend_from_slice(&bytes[start..at]);
                break;
            }
            0xd8 => return Err(Fault::Damaged),
            // Alone, they mean nothing here.
            0x00 | 0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let written = usize::from(u16_be(bytes, at).ok_or(Fault::Cut)?);
        let segment = start..at + written;
        let body = bytes.get(at..segment.end).ok_or(Fault::Cut)?;
        let body = body.get(2..).ok_or(Fault::Damaged)?;
        at = segment.end;
        match marker {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                if size.is_some() {
                    return Err(Fault::Damaged);
                }
                size = Some(size_of(body).ok_or(Fault::Damaged)?.checked()?);
                kept.extend_from_slice(&bytes[segment]);
            }
            0xda => {
                size.ok_or(Fault::Damaged)?;
                picture = true;
                at = end_of_scan(bytes, at).ok_or(Fault::Cut)?;
                kept.extend_from_slice(&bytes[segment.start..at]);
            }
            // Tables and settings of the compression.
            0xc4 | 0xcc | 0xdb..=0xdf => kept.extend_from_slice(&bytes[segment]),
            0xe1 if body.starts_with(exif::HEADER) && orientation.is_none() => {
                let turned = exif::read(&body[exif::HEADER.len()..], &mut secrets);
                if turned != exif::UPRIGHT {
                    kept.extend(made(turned));
                }
                orientation = Some(turned);
            }
            // The number of the part and of all of them stand before the profile.
            0xe2 if body.starts_with(b"ICC_PROFILE\0\x01")
                && !super::is_profile(body.get(14..).unwrap_or_default()) =>
            {
                return Err(Fault::Damaged);
            }
            _ => other(marker, body, &bytes[segment], &mut kept, &mut secrets),
        }
    }
    let size = size.filter(|_| picture).ok_or(Fault::Damaged)?;
    secrets.note_trailing(&bytes[at..]);
    Ok(Walk { size, orientation: orientation.unwrap_or(exif::UPRIGHT), kept, secrets })
}

/// The next marker, wherever it is: what lies before it is not part of the image.
fn marker(bytes: &[u8], from: usize) -> Option<(usize, u8)> {
    let mut at = from + bytes.get(from..)?.iter().position(|byte| *byte == 0xff)?;
    // Any number of FF may stand before a marker.
    while *bytes.get(at + 1)? == 0xff {
        at += 1;
    }
    Some((at, bytes[at + 1]))
}

/// End of the compressed picture: the next marker that does not belong to it.
fn end_of_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

fn size_of(frame: &[u8]) -> Option<Size> {
    Some(Size { width: u16_be(frame, 3)?.into(), height: u16_be(frame, 1)?.into() })
}

/// Keeps of a segment what changes the colours, and notes what the others tell.
fn other(marker: u8, body: &[u8], segment: &[u8], kept: &mut Vec<u8>, secrets: &mut Secrets) {
    match marker {
        0xe0 if body.starts_with(b"JFIF\0") && body.len() >= JFIF => {
            secrets.thumbnail |= body.len() > JFIF;
            // The last two bytes are the size of the thumbnail.
            kept.extend([b"\xff\xe0\0\x10", &body[..JFIF - 2], &[0, 0]].concat());
        }
        0xe0 => secrets.thumbnail |= body.starts_with(b"JFXX\0"),
        0xe2 if body.starts_with(b"ICC_PROFILE\0") => kept.extend_from_slice(segment),
        0xee if body.starts_with(b"Adobe") && body.len() >= ADOBE => {
            kept.extend([b"\xff\xee\0\x0e", &body[..ADOBE]].concat());
        }
        0xe1 if body.starts_with(XMP) => secrets.note_xmp(body),
        0xe1 if body.starts_with(exif::HEADER) => {
            exif::read(&body[exif::HEADER.len()..], secrets);
        }
        0xed if body.starts_with(PHOTOSHOP) => secrets.note_photoshop(&body[PHOTOSHOP.len()..]),
        0xfe => secrets.note_words(body),
        _ => {}
    }
}

/// The segment that tells the orientation alone.
fn made(orientation: u8) -> Vec<u8> {
    let tiff = exif::upright(orientation);
    [b"\xff\xe1\0\x22", exif::HEADER, &tiff].concat()
}
