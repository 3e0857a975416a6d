//! The images that texts show: that they are there, can be published, and how large they are.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Atelier,
    absentes::{alike, not_shown},
    address,
    targets::Files,
};
use crate::{
    diag::{Code, Diagnostic},
    french,
    images::Size,
    model::{Corps, ImageRecue},
    parse::{DOSSIER_IMAGES, Published},
    source::{SitePath, Span, Spanned, sha256},
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
            diags.push(heavy(&image.cible, &image.span, *weight));
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

fn heavy(cible: &SitePath, span: &Span, weight: usize) -> Diagnostic {
    let message = format!(
        "« {} » pèse {} Ko, une image du site en pèse au plus {}",
        cible.file_name(),
        french::number(weight / 1000),
        IMAGE_LOURDE / 1000
    );
    Diagnostic::new(Code::ImageTropLourde, message)
        .at(span, "")
        .help("réduisez-la à 1 600 pixels de large et enregistrez-la en WebP ou en JPEG")
}

/// The images received with a document: each is there, is the one received, and stands with a text that was.
pub(super) fn received(
    atelier: &Atelier,
    files: Files<'_>,
    images: &mut BTreeMap<SitePath, Size>,
    diags: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<&SitePath, &Span> = BTreeMap::new();
    for image in &atelier.synthese.images {
        if let Some(first) = seen.insert(&image.chemin, &image.fichier.span) {
            let message = format!("l’image « {} » est déclarée deux fois", image.fichier.value);
            diags.push(
                Diagnostic::new(Code::IdentifiantEnDouble, message)
                    .at(&image.fichier.span, "")
                    .also(first, "la première fois")
                    .help("gardez un seul [[images]] pour ce fichier"),
            );
            continue;
        }
        diags.extend(misplaced(atelier, image, files));
        let Some(published) = files.images.get(&image.chemin) else {
            diags.extend(not_received(image, files));
            continue;
        };
        let bytes = files.snapshot.files.get(&image.chemin).map(|file| file.bytes());
        diags.extend(bytes.and_then(|bytes| unlike(image, &sha256(bytes))));
        let Some(Published { size, weight }) = published else { continue };
        if *weight > IMAGE_LOURDE {
            diags.push(heavy(&image.chemin, &image.fichier.span, *weight));
        }
        images.insert(image.chemin.clone(), *size);
    }
}

fn unlike(image: &ImageRecue, actual: &str) -> Option<Diagnostic> {
    let Spanned { value: recorded, span } = &image.empreinte;
    let name = &image.fichier.value;
    (recorded != actual).then(|| {
        Diagnostic::new(
            Code::EmpreinteDifferente,
            format!("« {name} » n’est pas l’image reçue : son empreinte est différente"),
        )
        .at(span, "")
        .help(format!("empreinte de « {name} » : {actual}"))
        .help("remettez l’image telle qu’elle a été reçue, ou écrivez ici l’empreinte de celle-ci")
    })
}

/// Why an image that is declared cannot be read; `None` when its file has been spoken of already.
fn not_received(image: &ImageRecue, files: Files<'_>) -> Option<Diagnostic> {
    let chemin = &image.chemin;
    if files.doubtful.contains(chemin) || files.known.contains(chemin) {
        return None;
    }
    let folder = chemin.parent();
    let here = files.images.keys().filter(|path| path.parent() == folder);
    let names: Vec<&str> = here.map(SitePath::file_name).collect();
    let name = &image.fichier.value;
    Some(
        Diagnostic::new(Code::ImageIntrouvable, format!("il n’y a pas d’image « {name} »"))
            .at(&image.fichier.span, "")
            .suggest_or(name, &names, format!("placez l’image dans le dossier « {folder} »")),
    )
}

/// Why an image stands with no text that was received.
fn misplaced(atelier: &Atelier, image: &ImageRecue, files: Files<'_>) -> Option<Diagnostic> {
    let s = &atelier.synthese;
    let place = image.place.value.as_str();
    let fiches = atelier.fiches.iter().filter(|f| f.est_de_la_synthese());
    let mut known: Vec<String> = fiches.map(|f| format!("retex/{}", f.id.slug)).collect();
    known.extend(s.textes.iter().map(|texte| format!("textes/{}", texte.id)));
    known.extend(s.methode.iter().map(|_| "methode".to_string()));
    let file = format!("{}/{place}.md", s.path.parent());
    let unread = files.doubtful.contains(file.as_str()) || files.drafts.contains(file.as_str());
    if unread || known.iter().any(|name| name == place) {
        return None;
    }
    let message = match files.known.contains(file.as_str()) {
        true => format!("« {place} » n’est pas un texte reçu : il ne montre pas d’image reçue"),
        false => format!("la synthèse n’a pas de texte « {place} » où montrer cette image"),
    };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let otherwise =
        "écrivez « retex/ » et le nom d’une fiche, « textes/ » et celui d’un texte, ou « methode »";
    Some(
        Diagnostic::new(Code::ValeurInconnue, message)
            .at(&image.place.span, "")
            .suggest_or(place, &known, otherwise),
    )
}

/// Message about an image in the folder of those received that `synthese.toml` does not declare.
fn undeclared(image: &SitePath, files: Files<'_>) -> Diagnostic {
    let name = image.file_name();
    let bytes = files.snapshot.files.get(image).map_or(&[][..], |file| file.bytes());
    Diagnostic::new(
        Code::FichierIgnore,
        format!("l’image « {name} » n’est pas déclarée : aucune page ne la montre"),
    )
    .in_file(image, None)
    .help(format!(
        "ajoutez dans synthese.toml : [[images]], avec fichier = \"{name}\", empreinte = \"{}\", alternative et place, ou supprimez l’image",
        sha256(bytes)
    ))
}

/// Images that would have the same address.
pub(super) fn same_address(files: Files<'_>, diags: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<_, &SitePath> = BTreeMap::new();
    for image in files.images.keys() {
        let place = address::image(image);
        let Some(first) = seen.get(place.as_str()) else {
            seen.insert(place.as_str().to_string(), image);
            continue;
        };
        // Names that differ by their capitals alone have been told.
        if first.as_str().to_lowercase() == image.as_str().to_lowercase() {
            continue;
        }
        let (one, other) = (first.file_name(), image.file_name());
        diags.push(
            Diagnostic::new(
                Code::NomDeFichier,
                format!("les images « {one} » et « {other} » auraient la même adresse"),
            )
            .in_file(image, None)
            .help("donnez à l’une des deux un autre nom, ici et dans le texte qui la montre : les espaces, les accents et les majuscules ne comptent pas"),
        );
    }
}

/// Images that no text names; those of a draft, of a text that could not be read, or of which something was said are
/// not judged.
pub(super) fn unshown<'a>(
    (bodies, ateliers): (impl Iterator<Item = &'a Corps>, &'a [Atelier]),
    files: Files<'_>,
    diags: &mut Vec<Diagnostic>,
) {
    let mut named: BTreeSet<&SitePath> = BTreeSet::new();
    for corps in bodies {
        for image in &corps.images {
            named.insert(&image.cible);
            // One that a text names nearly so has been spoken of.
            if !files.images.contains_key(&image.cible) {
                named.extend(alike(&corps.span.file, &image.cible, files));
            }
        }
    }
    let received = ateliers.iter().flat_map(|a| &a.synthese.images);
    named.extend(received.map(|image| &image.chemin));
    for image in files.images.keys().filter(|path| !named.contains(path)) {
        let text = format!("{}.md", image.parent());
        let said = files.doubtful.contains(text.as_str()) || files.doubtful.contains(image);
        if said || files.drafts.contains(text.as_str()) {
            continue;
        }
        if let Some(synthese) = image.parent().strip_suffix(&format!("/{DOSSIER_IMAGES}"))
            && synthese.starts_with("content/syntheses/")
            && !synthese.contains("/retex")
        {
            let unread = files.doubtful.contains(format!("{synthese}/synthese.toml").as_str());
            diags.extend((!unread).then(|| undeclared(image, files)));
            continue;
        }
        diags.push(
            Diagnostic::new(Code::FichierIgnore, "aucun texte publié ne montre cette image")
                .in_file(image, None)
                .help("montrez-la dans un texte : ![ce que l’image apporte](dossier/image.png), ou supprimez-la"),
        );
    }
}
