//! An image beside a text: whether it is what its name says, whole, of a size that can be shown, and what its file
//! tells that no page will.

use crate::{
    diag::{Code, Diagnostic},
    french,
    images::{self, Fault, Foreign, ImageFormat, MAX_PIXELS, Picture, Secrets, Size},
    source::{SitePath, SourceFile},
};

/// An image as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// Size, as the image is shown.
    pub size: Size,
    /// Weight, in bytes.
    pub weight: usize,
}

/// Reads an image; `None` when it cannot be published, which is said.
pub(super) fn image(file: &SourceFile, diags: &mut Vec<Diagnostic>) -> Option<Published> {
    let path = &file.path;
    match judged(path, file.bytes()) {
        Ok(Picture { size, weight, secrets }) => {
            diags.extend(told(path, &secrets));
            Some(Published { size, weight })
        }
        Err(diagnostic) => {
            diags.push(*diagnostic);
            None
        }
    }
}

fn judged(path: &SitePath, bytes: &[u8]) -> Result<Picture, Box<Diagnostic>> {
    let format = images::sniff(bytes).map_err(|foreign| Box::new(not_ours(path, foreign)))?;
    if ImageFormat::of_extension(path.extension()) != Some(format) {
        return Err(Box::new(misnamed(path, format)));
    }
    images::read(format, bytes).map_err(|fault| Box::new(faulty(path, fault)))
}

fn unreadable(path: &SitePath, what: &str) -> Diagnostic {
    let message = format!("« {} » {what}", path.file_name());
    Diagnostic::new(Code::ImageIllisible, message).in_file(path, None)
}

/// A file that is not an image, or not of a format that is published.
fn not_ours(path: &SitePath, foreign: Foreign) -> Diagnostic {
    let what = match foreign {
        Foreign::Heic => "est une photo HEIC, que les navigateurs ne montrent pas".to_string(),
        Foreign::Recent(name) => format!("est une image {name}, que le site ne publie pas"),
        Foreign::Bmp => "est une image BMP, que le site ne publie pas".into(),
        Foreign::Tiff => "est une image TIFF ou brute, que les navigateurs ne montrent pas".into(),
        Foreign::Svg => "est un dessin SVG, que le site ne publie pas".into(),
        Foreign::Psd => "est un document Photoshop, que les navigateurs ne montrent pas".into(),
        Foreign::Pdf => "est un document PDF, pas une image".into(),
        Foreign::Page => "est une page web, pas une image : le téléchargement a échoué".into(),
        Foreign::Archive => "est une archive ou un document de bureautique, pas une image".into(),
        Foreign::Film => "est une vidéo, pas une image".into(),
        Foreign::Lfs => "n’est que l’étiquette d’un fichier resté dans Git LFS".into(),
        Foreign::Empty => "est un fichier vide".into(),
        Foreign::Unknown => "n’est pas une image lisible".into(),
    };
    let diagnostic = unreadable(path, &what).help(advice(foreign));
    match exported(foreign) {
        Some(format) if ImageFormat::of_extension(path.extension()) != Some(format) => {
            diagnostic.help(rename(path, format))
        }
        _ => diagnostic,
    }
}

/// The format in which such an image is to be saved.
fn exported(foreign: Foreign) -> Option<ImageFormat> {
    match foreign {
        Foreign::Heic | Foreign::Recent(_) | Foreign::Tiff => Some(ImageFormat::Jpeg),
        Foreign::Bmp | Foreign::Svg | Foreign::Psd | Foreign::Pdf => Some(ImageFormat::Png),
        _ => None,
    }
}

/// Advice on a file whose ending announces a format that is not published.
pub fn foreign_advice(extension: &str) -> Option<&'static str> {
    Foreign::of_extension(extension).map(advice)
}

/// Advice on a file that is not published as an image.
pub(super) fn advice(foreign: Foreign) -> &'static str {
    match foreign {
        Foreign::Heic => {
            "ouvrez-la et exportez-la en JPEG ; pour que les prochaines le soient, sur iPhone : Réglages > Appareil photo > Formats > « Le plus compatible »"
        }
        Foreign::Recent(_) | Foreign::Tiff => "ouvrez-la et exportez-la en JPEG",
        Foreign::Bmp => "ouvrez-la, par exemple dans Paint, et enregistrez-la en PNG",
        Foreign::Svg => {
            "un dessin SVG peut contenir un programme : ouvrez-le et exportez-le en PNG"
        }
        Foreign::Psd => "ouvrez-le et exportez-le en PNG",
        Foreign::Pdf => {
            "faites une image de ce qu’il faut en montrer, en PNG, ou publiez-le ailleurs et mettez un lien"
        }
        Foreign::Page => "ouvrez l’image elle-même, et enregistrez-la de nouveau",
        Foreign::Archive => "ouvrez-le, et enregistrez l’image seule, en PNG ou en JPEG",
        Foreign::Film => "publiez-la ailleurs et mettez un lien",
        Foreign::Lfs => {
            "enregistrez l’image elle-même à cet endroit, ou récupérez-la : git lfs pull"
        }
        Foreign::Empty => "enregistrez l’image de nouveau à cet endroit",
        Foreign::Unknown => "enregistrez-la de nouveau, en PNG ou en JPEG",
    }
}

fn rename(path: &SitePath, format: ImageFormat) -> String {
    let name = format!("{}.{}", path.stem(), format.extension());
    format!("son nom devient « {name} », ici et dans le texte qui montre l’image")
}

fn misnamed(path: &SitePath, format: ImageFormat) -> Diagnostic {
    let what = format!("est une image {}, ce que son nom ne dit pas", format.name());
    let name = format!("{}.{}", path.stem(), format.extension());
    unreadable(path, &what)
        .help(format!("renommez-la « {name} », ici et dans le texte qui montre l’image"))
}

fn faulty(path: &SitePath, fault: Fault) -> Diagnostic {
    match fault {
        Fault::Cut => unreadable(path, "n’est pas entière : cette image est coupée").help(
            "la copie ou le téléchargement s’est arrêté en route : copiez-la de nouveau à cet endroit",
        ),
        Fault::Damaged => unreadable(path, "est abîmée : un navigateur ne la montrerait pas")
            .help("ouvrez l’original et enregistrez-le de nouveau, en PNG ou en JPEG"),
        Fault::TooLarge(Size { width, height }) => {
            let side = |side: u32| french::number(usize::try_from(side).unwrap_or(usize::MAX));
            let message = format!(
                "« {} » fait {} × {} pixels : un téléphone ne peut pas la montrer",
                path.file_name(),
                side(width),
                side(height)
            );
            Diagnostic::new(Code::ImageTropGrande, message).in_file(path, None).help(format!(
                "réduisez-la à 1 600 pixels de large ; une image en a au plus {} millions en tout",
                MAX_PIXELS / 1_000_000
            ))
        }
    }
}

/// Message about what the file of an image tells, none of it in full.
fn told(path: &SitePath, secrets: &Secrets) -> Option<Diagnostic> {
    if secrets.is_empty() {
        return None;
    }
    let chosen = |list: &[(bool, String)]| -> Vec<String> {
        list.iter().filter(|(is_told, _)| *is_told).map(|(_, words)| words.clone()).collect()
    };
    let place = match secrets.latitude {
        Some(tenths) => format!("où elle a été prise ({}…)", latitude(tenths)),
        None => "où elle a été prise".into(),
    };
    let says = chosen(&[
        (secrets.place, place),
        (secrets.date, "quand".into()),
        (secrets.author, "qui en est l’auteur".into()),
        (secrets.serial, "le numéro de série de l’appareil".into()),
    ]);
    let holds = chosen(&[
        (secrets.words, "un texte caché".into()),
        (secrets.thumbnail, "une vignette".into()),
        (secrets.trailing, "des données après sa fin".into()),
    ]);
    let parts: Vec<String> = [("dit", says), ("contient", holds)]
        .iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(verb, list)| format!("{verb} {}", french::enumerate(list)))
        .collect();
    let message = format!(
        "le fichier de cette image {} : ces renseignements ne sont pas publiés",
        parts.join(" ; il ")
    );
    Some(Diagnostic::new(Code::ImageNettoyee, message).in_file(path, None).help(
        "le dépôt, lui, garde le fichier tel quel : retirez-les-en aussi, en l’exportant de nouveau sans métadonnées",
    ))
}

/// `48,1° N`.
fn latitude(tenths: i16) -> String {
    let side = if tenths < 0 { 'S' } else { 'N' };
    let tenths = tenths.unsigned_abs();
    format!("{},{}° {side}", tenths / 10, tenths % 10)
}
