//! Images: what is published of them is the picture and nothing else, whatever their files tell.

use retex::{
    diag::Code,
    images::{Fault, Foreign, ImageFormat, MAX_PIXELS, Secrets, Size, published, read, sniff},
    source::OutputPath,
};

use crate::support::{
    Random, assert_clean, base, build, edit, errors,
    images::{self, GIF, JPEG, PNG, SECRETS, WEBP, exif, gif_with, jpeg_with, png_with, webp_with},
};

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0<x><dc:creator>Camille Exemple</dc:creator><exif:GPSLatitude>48</exif:GPSLatitude></x>";
const LOOP: &[u8] = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x05\0\0";

fn contains(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

/// The head of a profile of colours.
fn profile() -> Vec<u8> {
    let mut bytes = vec![0; 132];
    bytes[36..40].copy_from_slice(b"acsp");
    bytes
}

/// In the place of a profile, a file could hold anything.
#[test]
fn a_profile_of_colours_is_one() {
    let packed = |bytes: &[u8]| {
        let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut out, bytes).unwrap();
        [b"nom\0\0".as_slice(), &out.finish().unwrap()].concat()
    };
    let jpeg = |profile: &[u8]| {
        let icc = [b"ICC_PROFILE\0\x01\x01".as_slice(), profile].concat();
        read(ImageFormat::Jpeg, &jpeg_with(&[(0xe2, &icc)]))
    };
    let png = |profile: &[u8]| read(ImageFormat::Png, &png_with(&[(b"iCCP", profile)]));
    let webp = |profile: &[u8]| read(ImageFormat::Webp, &webp_with(0x20, &[(b"ICCP", profile)]));
    for right in [jpeg(&profile()), png(&packed(&profile())), webp(&profile())] {
        assert!(right.is_ok(), "{right:?}");
    }
    for wrong in [jpeg(b"Camille Exemple"), png(b"nom\0Camille"), webp(b"Camille Exemple")] {
        assert_eq!(wrong.unwrap_err(), Fault::Damaged);
    }
}

/// Of a format, an image that tells nothing and one that tells everything.
fn pairs() -> Vec<(ImageFormat, Vec<u8>, Vec<u8>)> {
    let (big, little) = (exif(1, true), exif(1, false));
    let in_jpeg = [b"Exif\0\0", big.as_slice()].concat();
    let iptc = [
        b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x14".as_slice(),
        b"\x1c\x02\x50\0\x0fCamille Exemple",
    ];
    let adobe: &[u8] = b"Adobe\0\x64\0\0\0\0\x01";
    let profile = profile();
    let icc = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile].concat();
    let told = jpeg_with(&[
        (0xe0, b"JFXX\0\x10Salle 12"),
        (0xe1, &in_jpeg),
        (0xe1, XMP),
        (0xe2, &icc),
        (0xe2, b"MPF\0Salle 12"),
        (0xeb, b"JP Salle 12"),
        (0xed, &iptc.concat()),
        (0xee, adobe),
        (0xfe, b"Salle 12"),
    ]);
    let jpeg = [told, b"Camille Exemple".to_vec()].concat();
    let png = png_with(&[
        (b"gAMA", &[0, 0, 0xb1, 0x8f]),
        (b"tEXt", b"Author\0Camille Exemple"),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<dc:creator>Camille Exemple"),
        (b"zTXt", b"Comment\0\0Salle 12"),
        (b"tIME", &[7, 0xe3, 4, 2, 10, 0, 0]),
        (b"eXIf", &little),
        (b"prVt", b"Salle 12"),
    ]);
    let png = [png, b"Camille Exemple".to_vec()].concat();
    let gif = gif_with(&[
        LOOP,
        b"\x21\xfe\x08Salle 12\0",
        b"\x21\xff\x0bXMP DataXMP\x0fCamille Exemple\0",
        b"\x21\xff\x0bSalle 12...\x0fCamille Exemple\0",
        b"\x21\x01\x08Salle 12\0",
        b"\x21\xf9\x04\0\x0a\0\0\0",
    ]);
    let gif = [gif, b"Camille Exemple".to_vec()].concat();
    let webp = webp_with(
        0x2c,
        &[(b"ICCP", &profile), (b"EXIF", &little), (b"XMP ", XMP), (b"prVt", b"Salle 12")],
    );
    let webp = [webp, b"Camille Exemple".to_vec()].concat();
    vec![
        (ImageFormat::Jpeg, jpeg_with(&[(0xe2, &icc), (0xee, adobe)]), jpeg),
        (ImageFormat::Png, png_with(&[(b"gAMA", &[0, 0, 0xb1, 0x8f])]), png),
        (ImageFormat::Gif, gif_with(&[LOOP, b"\x21\xf9\x04\0\x0a\0\0\0"]), gif),
        (ImageFormat::Webp, webp_with(0x20, &[(b"ICCP", &profile)]), webp),
    ]
}

#[test]
fn the_picture_alone_is_published() {
    for (format, clean, telling) in pairs() {
        assert_eq!(sniff(&telling), Ok(format));
        assert!(SECRETS.iter().any(|secret| contains(&telling, secret.as_bytes())));
        let bytes = published(&telling).unwrap();
        assert!(bytes == clean, "{format:?}: {bytes:x?}");
        assert_eq!(published(&clean).unwrap(), clean, "{format:?}");
        let image = read(format, &telling).unwrap();
        assert_eq!((image.size, image.weight), (Size { width: 6, height: 4 }, clean.len()));
        assert!(!image.secrets.is_empty() && image.secrets.trailing, "{format:?}");
        assert!(read(format, &clean).unwrap().secrets.is_empty(), "{format:?}");
    }
}

#[test]
fn what_a_photograph_tells_is_known() {
    let all = Secrets {
        place: true,
        latitude: Some(481),
        date: true,
        author: true,
        serial: true,
        words: true,
        thumbnail: true,
        trailing: true,
    };
    assert_eq!(read(ImageFormat::Jpeg, &images::telling(1)).unwrap().secrets, all);
    let png = png_with(&[(b"eXIf", &exif(1, false))]);
    assert_eq!(read(ImageFormat::Png, &png).unwrap().secrets, Secrets { trailing: false, ..all });
    // What every drawing program writes tells nothing of anybody.
    let png = png_with(&[(b"tEXt", b"Software\0Dessin 2"), (b"tIME", &[7, 0xe3, 4, 2, 10, 0, 0])]);
    assert!(read(ImageFormat::Png, &png).unwrap().secrets.is_empty());
}

#[test]
fn an_image_stays_turned_as_it_was() {
    for orientation in 1..=8 {
        let tall = orientation >= 5;
        let shown = if tall { Size { width: 4, height: 6 } } else { Size { width: 6, height: 4 } };
        for big in [false, true] {
            let exif = exif(orientation, big);
            let in_jpeg = [b"Exif\0\0", exif.as_slice()].concat();
            let images = [
                (ImageFormat::Jpeg, jpeg_with(&[(0xe1, &in_jpeg)]), JPEG.len()),
                (ImageFormat::Png, png_with(&[(b"eXIf", &exif)]), PNG.len()),
                (ImageFormat::Webp, webp_with(8, &[(b"EXIF", &exif)]), webp_with(0, &[]).len()),
            ];
            for (format, bytes, bare) in images {
                // Browsers show a WebP as it is stored.
                let stored = format == ImageFormat::Webp;
                let shown = if stored { Size { width: 6, height: 4 } } else { shown };
                assert_eq!(read(format, &bytes).unwrap().size, shown, "{format:?} {orientation}");
                let clean = published(&bytes).unwrap();
                assert!(SECRETS.iter().all(|secret| !contains(&clean, secret.as_bytes())));
                let again = read(format, &clean).unwrap();
                assert_eq!(again.size, shown, "{format:?} {orientation}");
                assert!(again.secrets.is_empty());
                // Nothing at all when it stands upright, else one small entry.
                let more = clean.len() - bare;
                assert!(if orientation == 1 { more == 0 } else { more < 40 }, "{format:?} {more}");
                assert_eq!(published(&clean).unwrap(), clean);
            }
        }
    }
}

#[test]
fn a_file_that_stops_early_is_refused() {
    for (format, clean, telling) in pairs() {
        for whole in [clean, telling[..telling.len() - 15].to_vec()] {
            assert!(read(format, &whole).is_ok());
            for length in 0..whole.len() {
                let cut = &whole[..length];
                let fault = sniff(cut).map(|format| read(format, cut).unwrap_err());
                let known =
                    matches!(fault, Ok(Fault::Cut) | Err(Foreign::Unknown | Foreign::Empty));
                assert!(known, "{format:?} cut at {length}: {fault:?}");
            }
        }
    }
}

/// Whatever a byte becomes, nothing stops; what is published then is published again as it is.
#[test]
fn no_byte_can_stop_the_reading() {
    let turned = [b"Exif\0\0", exif(6, true).as_slice()].concat();
    let mut images: Vec<Vec<u8>> = pairs().into_iter().flat_map(|(_, a, b)| [a, b]).collect();
    images.push(jpeg_with(&[(0xe1, &turned)]));
    images.push(png_with(&[(b"eXIf", &exif(6, false))]));
    images.push(webp_with(8, &[(b"EXIF", &exif(6, false))]));
    for image in images {
        for at in 0..image.len() {
            for flip in [0x01, 0x08, 0x20, 0x80, 0xff] {
                let mut bytes = image.clone();
                bytes[at] ^= flip;
                hold(&bytes);
            }
        }
    }
}

#[test]
fn nothing_random_can_stop_the_reading() {
    let mut random = Random::new(7);
    let starts: [&[u8]; 4] = [&PNG[..33], &JPEG[..20], &GIF[..25], &WEBP[..12]];
    for round in 0..4_000 {
        let mut bytes = starts[round % 4].to_vec();
        let length = random.below(200);
        bytes.extend((0..length).map(|_| [0, 0xff, 0xd9, 0x21, 0x2c, 1, 4, 8][random.below(8)]));
        hold(&bytes);
    }
}

fn hold(bytes: &[u8]) {
    let Ok(format) = sniff(bytes) else { return };
    let Ok(image) = read(format, bytes) else { return };
    let clean = published(bytes).unwrap();
    assert_eq!(clean.len(), image.weight);
    assert_eq!(sniff(&clean), Ok(format));
    let again = read(format, &clean).unwrap();
    assert_eq!(again.size, image.size);
    assert!(again.secrets.is_empty(), "{:?}", again.secrets);
    assert_eq!(published(&clean), Some(clean));
}

#[test]
fn sizes_that_no_browser_shows_are_refused() {
    let sized = |width: u32, height: u32| {
        let mut bytes = PNG.to_vec();
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        read(ImageFormat::Png, &bytes).map(|image| image.size)
    };
    let large = Size { width: 20_000, height: 20_000 };
    assert_eq!(sized(20_000, 20_000), Err(Fault::TooLarge(large)));
    assert_eq!(sized(8_000, 5_000), Ok(Size { width: 8_000, height: 5_000 }));
    assert_eq!(u64::from(8_000_u32 * 5_000), MAX_PIXELS);
    assert!(matches!(sized(u32::MAX, u32::MAX), Err(Fault::TooLarge(_))));
    assert_eq!(sized(0, 4), Err(Fault::Damaged));
    let mut gif = GIF.to_vec();
    gif[6..10].fill(0);
    assert_eq!(read(ImageFormat::Gif, &gif), Err(Fault::Damaged));
}

#[test]
fn other_formats_are_known_by_their_first_bytes() {
    let known: [(&[u8], Foreign); 15] = [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Foreign::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", Foreign::Heic),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", Foreign::Recent("AVIF")),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isom", Foreign::Film),
        (b"BM\x36\0", Foreign::Bmp),
        (b"II*\0\x08", Foreign::Tiff),
        (b"MM\0*\0", Foreign::Tiff),
        (b"%PDF-1.7", Foreign::Pdf),
        (b"PK\x03\x04", Foreign::Archive),
        (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"\">", Foreign::Svg),
        (b"\n<!DOCTYPE html><html>", Foreign::Page),
        (b"version https://git-lfs.github.com/spec/v1\n", Foreign::Lfs),
        (b"", Foreign::Empty),
        (b"RIFF\0\0\0\0WAVE", Foreign::Unknown),
        (b"Bonjour", Foreign::Unknown),
    ];
    for (bytes, foreign) in known {
        assert_eq!(sniff(bytes), Err(foreign), "{}", String::from_utf8_lossy(bytes));
    }
}

const FOLDER: &str = "content/syntheses/essai-2021/retex/radio";

/// The small site, whose fiche « radio » shows these images.
fn showing(images: &[(&str, Vec<u8>)]) -> retex::source::Snapshot {
    let mut snapshot = base();
    let mut shown = String::new();
    for (name, bytes) in images {
        images::put(&mut snapshot, &format!("{FOLDER}/{name}"), bytes.clone());
        shown.push_str(&format!("![Deux élèves au micro](radio/{name})\n\n"));
    }
    edit(
        &mut snapshot,
        &format!("{FOLDER}.md"),
        "Une contribution,",
        &format!("{shown}Une contribution,"),
    );
    snapshot
}

#[test]
fn a_page_shows_the_picture_as_it_stands() {
    let snapshot = showing(&[("studio.jpg", images::telling(6)), ("plan.png", PNG.to_vec())]);
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let file = |path: &str| built.tree.get(&OutputPath::new(path)).unwrap();
    let image = file("images/syntheses/essai-2021/retex/radio/studio.jpg");
    assert!(SECRETS.iter().all(|secret| !contains(image, secret.as_bytes())));
    assert_eq!(read(ImageFormat::Jpeg, image).unwrap().size, Size { width: 4, height: 6 });
    assert_eq!(file("images/syntheses/essai-2021/retex/radio/plan.png")[..], *PNG);
    let html = String::from_utf8_lossy(file("retex/essai-2021/radio/index.html"));
    assert!(html.contains("width=\"4\" height=\"6\"") && html.contains("width=\"6\" height=\"4\""));
    let told: Vec<_> = built.diagnostics.iter().filter(|d| d.code == Code::ImageNettoyee).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(SECRETS.iter().all(|secret| !format!("{told:?}").contains(secret)));
}

#[test]
fn the_images_of_a_text_weigh_together() {
    let heavy = |n: usize| png_with(&[(b"IDAT", &vec![0; n])]);
    let photos = |n: usize| -> Vec<(String, Vec<u8>)> {
        (0..n).map(|n| (format!("p{n}.png"), heavy(480_000))).collect()
    };
    let said = |n: usize| {
        let photos = photos(n);
        let named: Vec<_> = photos.iter().map(|(name, b)| (name.as_str(), b.clone())).collect();
        let snapshot = showing(&named);
        errors(&build(&snapshot), &snapshot)
    };
    assert!(said(20).is_empty());
    assert_eq!(said(25).len(), 1);
}
