//! The images that texts show: that they are there, can be published, and how large they are.

use std::collections::{BTreeMap, BTreeSet};

use super::targets::Files;
use crate::{
    diag::{Code, Diagnostic},
    french,
    images::Size,
    model::{Corps, Image},
    parse::Published,
    source::SitePath,
};

/// A heavier image is slow to come in a classroom. A photograph of 1,600 pixels, which is more than
/// a page shows, weighs two hundred kilobytes.
const IMAGE_LOURDE: usize = 500_000;

/// Number of images that a text may show, then their weight together.
const IMAGES_PAR_TEXTE: usize = 30;
const POIDS_PAR_TEXTE: usize = 10_000_000;

/// Notes the images that a text shows, and judges what they weigh.
pub(super) fn measure(
    corps: &Corps,
    files: Files<'_>,
    images: &mut BTreeMap<SitePath, Size>,
    diags: &mut Vec<Diagnostic>,
) {
    let (mut together, mut seen) = (Together::default(), BTreeSet::new());
    for image in &corps.images {
        let Some(published) = files.images.get(&image.cible) else {
            diags.extend(not_shown(corps, image, files).map(|d| d.at(&image.span, "")));
            continue;
        };
        // One that cannot be published has been spoken of.
        let Some(Published { size, weight }) = published else { continue };
        let is_new = seen.insert(&image.cible);
        diags
            .extend(together.with(if is_new { *weight } else { 0 }).map(|d| d.at(&image.span, "")));
        if *weight > IMAGE_LOURDE && !images.contains_key(&image.cible) {
            diags.push(heavy(image, *weight));
        }
        images.insert(image.cible.clone(), *size);
    }
}

/// The images of a text, counted one after the other.
#[derive(Default)]
struct Together {
    count: usize,
    weight: usize,
}

impl Together {
    /// Diagnostic, once one more is too many or too heavy with the others.
    fn with(&mut self, weight: usize) -> Option<Diagnostic> {
        let too_heavy = self.weight > POIDS_PAR_TEXTE;
        self.count += 1;
        self.weight += weight;
        let message = if self.count == IMAGES_PAR_TEXTE + 1 {
            format!("ce texte montre plus de {IMAGES_PAR_TEXTE} images")
        } else if self.weight > POIDS_PAR_TEXTE && !too_heavy {
            format!(
                "avec celle-ci, les images de ce texte pèsent plus de {} Mo",
                POIDS_PAR_TEXTE / 1_000_000
            )
        } else {
            return None;
        };
        Some(Diagnostic::new(Code::ImagesTropNombreuses, message).help(
            "gardez celles qui apportent quelque chose, réduisez-les à 1 600 pixels de large, ou répartissez-les entre plusieurs textes",
        ))
    }
}

fn heavy(image: &Image, weight: usize) -> Diagnostic {
    let message = format!(
        "« {} » pèse {} Ko, une image du site en pèse au plus {}",
        image.cible.file_name(),
        french::number(weight / 1000),
        IMAGE_LOURDE / 1000
    );
    Diagnostic::new(Code::ImageTropLourde, message)
        .at(&image.span, "")
        .help("réduisez-la à 1 600 pixels de large et enregistrez-la en WebP ou en JPEG")
}

/// Why an image cannot be shown; `None` when its file has been spoken of already.
fn not_shown(corps: &Corps, image: &Image, files: Files<'_>) -> Option<Diagnostic> {
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
    if files.snapshot.files.contains_key(cible) {
        let aide = match cible.extension().to_ascii_lowercase().as_str() {
            "png" | "jpg" | "jpeg" | "gif" | "webp" => {
                "placez-la à côté du texte, dans un dossier qui porte son nom"
            }
            _ => "enregistrez-la en png, jpg, gif ou webp, et écrivez ici son nouveau nom",
        };
        return Some(missing(format!("« {} » n’est pas publiée", cible.file_name())).help(aide));
    }
    let names: Vec<&str> = files.images.keys().map(SitePath::file_name).collect();
    Some(missing(format!("il n’y a pas d’image « {cible} »")).suggest_or(
        cible.file_name(),
        &names,
        "placez l’image (png, jpg, gif ou webp) à côté du texte, dans un dossier qui porte son nom",
    ))
}

/// The sign at which the address of an image was cut as it is written, if it was.
fn cut_at(corps: &Corps, image: &Image) -> Option<char> {
    let written = corps.texte.get(image.span.range())?;
    let name = image.cible.file_name();
    let (at, _) = written.match_indices(name).last()?;
    written[at + name.len()..].chars().next().filter(|sign| ['#', '?'].contains(sign))
}

/// Images that no text names; those of a draft, of a text that could not be read, or of which something was said are
/// not judged.
pub(super) fn unshown<'a>(
    bodies: impl Iterator<Item = &'a Corps>,
    files: Files<'_>,
    diags: &mut Vec<Diagnostic>,
) {
    let named: BTreeSet<&SitePath> =
        bodies.flat_map(|c| c.images.iter().map(|i| &i.cible)).collect();
    for image in files.images.keys().filter(|path| !named.contains(path)) {
        let text = format!("{}.md", image.parent());
        let said = files.doubtful.contains(text.as_str()) || files.doubtful.contains(image);
        if said || files.drafts.contains(text.as_str()) {
            continue;
        }
        diags.push(
            Diagnostic::new(Code::FichierIgnore, "aucun texte publié ne montre cette image")
                .in_file(image, None)
                .help("montrez-la dans un texte : ![ce que l’image apporte](dossier/image.png), ou supprimez-la"),
        );
    }
}
