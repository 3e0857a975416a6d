//! Images that a text names and does not show. What is there is never said to be absent: a file of another format, of
//! nearly the same name or in another folder is named, with what to write.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::targets::Files;
use crate::{
    diag::{Code, Diagnostic},
    images::ImageFormat,
    model::{Corps, Image},
    parse::{foreign_advice, role_of},
    source::{SitePath, slugify},
};

/// Why an image cannot be shown; `None` when its file has been spoken of already.
pub(super) fn not_shown(corps: &Corps, image: &Image, files: Files<'_>) -> Option<Diagnostic> {
    let cible = &image.cible;
    let missing = |message: String| Diagnostic::new(Code::ImageIntrouvable, message);
    if files.doubtful.contains(cible) || files.known.contains(cible) {
        return None;
    }
    if let Some(sign) = cut_at(corps, image) {
        return Some(
            missing(format!(
                "« {sign} » ne peut pas être dans le nom d’une image : une adresse s’arrête à ce signe"
            ))
            .help("renommez l’image sans ce signe, et écrivez ici son nouveau nom"),
        );
    }
    let text = &corps.span.file;
    if files.snapshot.files.contains_key(cible) {
        return Some(there(text, cible, cible));
    }
    if let Some(found) = alike(text, cible, files) {
        return Some(there(text, cible, found));
    }
    let names: Vec<&str> = files.images.keys().map(SitePath::file_name).collect();
    Some(missing(format!("il n’y a pas d’image « {cible} »")).suggest_or(
        cible.file_name(),
        &names,
        format!("placez l’image (png, jpg, gif ou webp) dans le dossier « {} »", own_folder(text)),
    ))
}

/// The folder of the images of a text, which bears its name.
fn own_folder(text: &SitePath) -> &str {
    text.as_str().strip_suffix(".md").unwrap_or(text.as_str())
}

/// The file that the writer had in mind: in the same folder, then anywhere near the text, then anywhere.
pub(super) fn alike<'f>(
    text: &SitePath,
    cible: &SitePath,
    files: Files<'f>,
) -> Option<&'f SitePath> {
    // Windows writes the paths of its files so.
    let cible = &SitePath::new(cible.as_str().replace('\\', "/"));
    let wanted = bare_name(cible);
    let rank = |path: &SitePath| {
        let other_ending = !path.extension().eq_ignore_ascii_case(cible.extension());
        let far = match path.parent() {
            same if same == cible.parent() => 0,
            own if own == own_folder(text) => 1,
            beside if beside == text.parent() => 2,
            _ => 3,
        };
        (far, other_ending)
    };
    let seems = |path: &&SitePath| {
        !wanted.is_empty()
            && bare_name(path) == wanted
            && is_picture(path)
            && !files.known.contains(*path)
    };
    files.snapshot.files.keys().filter(seems).min_by_key(|path| rank(path))
}

/// A name without what is written otherwise on another disk: capitals, accents, spaces, endings.
fn bare_name(path: &SitePath) -> String {
    let mut name = path.file_name();
    while let Some((stem, end)) = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) {
        if ImageFormat::of_extension(end).is_none() && foreign_advice(end).is_none() {
            break;
        }
        name = stem;
    }
    slugify(name)
}

fn is_picture(path: &SitePath) -> bool {
    let end = path.extension();
    ImageFormat::of_extension(end).is_some() || foreign_advice(end).is_some()
}

/// Message about a file that is there, and is not what the text names or what a page can show.
fn there(text: &SitePath, cible: &SitePath, found: &SitePath) -> Diagnostic {
    let name = found.file_name();
    let folder = own_folder(text);
    let short = SitePath::new(folder).file_name().to_string();
    let said = |why: &str| {
        Diagnostic::new(Code::ImageIntrouvable, format!("« {name} » est là, mais {why}"))
    };
    if let Some(advice) = foreign_advice(found.extension()) {
        let place = match found.parent() == folder {
            true => "gardez l’image dans ce dossier, et écrivez ici son nouveau nom".to_string(),
            false => format!("placez l’image dans « {folder} », et écrivez ici son nouveau nom"),
        };
        return said("ce n’est pas une image que le site publie").help(advice).help(place);
    }
    let Some(format) = ImageFormat::of_extension(found.extension()) else {
        return said("ce n’est pas une image que le site publie")
            .help("enregistrez l’image en png, jpg, gif ou webp, et écrivez ici son nouveau nom");
    };
    let is_placed = role_of(found).is_ok();
    if is_placed && found.parent() == folder && look_alike(found.file_name(), cible.file_name()) {
        let better = format!("{}.{}", slugify(found.stem()), format.extension());
        return said(
            "ses accents ne sont pas écrits comme ici : Mac et Windows les écrivent autrement",
        )
        .help(format!("renommez-la « {better} », et écrivez ici : ![…]({short}/{better})"));
    }
    if is_placed && (found.parent() == folder || found.parent() == cible.parent()) {
        let reference = text.reference_to(found);
        let reference = if reference.contains(' ') { format!("<{reference}>") } else { reference };
        return said("son nom n’est pas écrit ainsi").help(format!("écrivez : ![…]({reference})"));
    }
    let better = format!("{}.{}", slugify(found.stem()), found.extension().to_ascii_lowercase());
    said(&format!("dans le dossier « {} »", found.parent())).help(format!(
        "placez-la dans « {folder} », sous le nom « {better} », et écrivez ici : ![…]({short}/{better})"
    ))
}

/// True for two names that look the same and are not.
fn look_alike(one: &str, other: &str) -> bool {
    let nfc = ComposingNormalizerBorrowed::new_nfc();
    one != other && nfc.normalize(one) == nfc.normalize(other)
}

/// The sign at which the address of an image was cut as it is written, if it was.
fn cut_at(corps: &Corps, image: &Image) -> Option<char> {
    let written = corps.texte.get(image.span.range())?;
    let name = image.cible.file_name();
    let (at, _) = written.match_indices(name).last()?;
    written[at + name.len()..].chars().next().filter(|sign| ['#', '?'].contains(sign))
}
