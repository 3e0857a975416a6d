//! What an internal link may name: files that are published, and the anchors in them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Atelier, Paths, address, officielles};
use crate::{
    diag::{Code, Diagnostic},
    fr,
    model::{Corps, Page, Thematique},
    source::{OutputPath, SitePath, Snapshot},
};

/// A published file and its anchors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Its page.
    pub page: OutputPath,
    /// Anchors that may be named, each with the page it is on.
    pub anchors: BTreeMap<String, OutputPath>,
}

/// Size of an image in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
}

/// Every published file of the content.
pub(super) fn collect(
    thematiques: &[Thematique],
    pages: &[Page],
    ateliers: &[Atelier],
) -> BTreeMap<SitePath, Target> {
    let mut targets = BTreeMap::new();
    for t in thematiques {
        targets.insert(t.path.clone(), of_text(address::thematique(&t.id), &t.corps));
    }
    for page in pages {
        targets.insert(page.path.clone(), of_text(address::page(page.id.as_str()), &page.corps));
    }
    officielles::targets(&mut targets);
    for atelier in ateliers {
        let id = &atelier.synthese.id;
        let page = address::synthese(id);
        let description = Target { page: page.clone(), anchors: BTreeMap::new() };
        targets.insert(atelier.synthese.path.clone(), description);
        if let Some((corps, _)) = &atelier.synthese.methode {
            targets.insert(corps.span.file.clone(), of_text(page, corps));
        }
        for fiche in &atelier.fiches {
            targets.insert(fiche.path.clone(), of_text(address::fiche(&fiche.id), &fiche.corps));
        }
        for bloc in &atelier.blocs {
            let target = targets.entry(bloc.bloc.id.span.file.clone()).or_insert_with(|| Target {
                page: address::dossier(id, &bloc.thematique),
                anchors: BTreeMap::new(),
            });
            let page = address::tableau(id, bloc.tableau);
            target.anchors.insert(bloc.bloc.id.value.to_string(), page.clone());
            for n in 1..=bloc.bloc.textes.len() {
                target.anchors.insert(bloc.bloc.ancre(n), page.clone());
            }
        }
    }
    targets
}

fn of_text(page: OutputPath, corps: &Corps) -> Target {
    let anchors = corps.titres.iter().map(|t| (t.ancre.clone(), page.clone())).collect();
    Target { page, anchors }
}

/// Says which internal links of a text lead nowhere. A file that exists but could not be read is
/// not complained about again.
pub(super) fn check_links(
    corps: &Corps,
    targets: &BTreeMap<SitePath, Target>,
    known: &Paths,
    drafts: &Paths,
    diags: &mut Vec<Diagnostic>,
) {
    for lien in &corps.liens {
        match targets.get(&lien.cible) {
            Some(target) => {
                if let Some(ancre) = &lien.ancre
                    && !target.anchors.contains_key(ancre)
                {
                    let known: Vec<&str> = target.anchors.keys().map(String::as_str).collect();
                    let (what, advice) = match lien.cible.extension() {
                        "toml" => ("de bloc", "après « # », écrivez l’identifiant d’un bloc"),
                        _ => (
                            "de titre",
                            "après « # », écrivez un titre en minuscules sans accent, avec des tirets",
                        ),
                    };
                    diags.push(
                        Diagnostic::new(
                            Code::AncreMorte,
                            format!("« {} » n’a pas {what} « {ancre} »", lien.cible.file_name()),
                        )
                        .at(&lien.span, "")
                        .suggest_or(ancre, &known, advice),
                    );
                }
            }
            None if drafts.contains(&lien.cible) => diags.push(
                Diagnostic::new(
                    Code::LienInterneMort,
                    "cette fiche est un brouillon : elle n’est pas publiée",
                )
                .at(&lien.span, "")
                .aide("retirez ce lien, ou « brouillon = true » de la fiche"),
            ),
            None if known.contains(&lien.cible) => {}
            None => {
                let names: Vec<&str> = targets.keys().map(SitePath::file_name).collect();
                diags.push(
                    Diagnostic::new(
                        Code::LienInterneMort,
                        format!("il n’y a pas de fichier « {} »", lien.cible),
                    )
                    .at(&lien.span, "")
                    .suggest_or(
                        lien.cible.file_name(),
                        &names,
                        "un lien interne est le chemin d’un fichier, à partir de celui où il est écrit : ../retex/nom.md",
                    ),
                );
            }
        }
    }
}

/// A heavier image is slow to come in a classroom. A photograph of 1,600 pixels, which is more than
/// a page shows, weighs two hundred kilobytes.
const IMAGE_LOURDE: usize = 500_000;

/// Reads the size of the images that a text shows.
pub(super) fn measure_images(
    corps: &Corps,
    snapshot: &Snapshot,
    allowed: &BTreeSet<SitePath>,
    images: &mut BTreeMap<SitePath, Dimensions>,
    diags: &mut Vec<Diagnostic>,
) {
    for image in &corps.images {
        let file = snapshot.files.get(&image.cible).filter(|_| allowed.contains(&image.cible));
        let Some(file) = file else {
            let names: Vec<&str> = allowed.iter().map(SitePath::file_name).collect();
            diags.push(
                Diagnostic::new(
                    Code::ImageIntrouvable,
                    format!("il n’y a pas d’image « {} »", image.cible),
                )
                .at(&image.span, "")
                .suggest_or(
                    image.cible.file_name(),
                    &names,
                    "placez l’image (png, jpg, gif ou webp) à côté du texte, dans un dossier qui porte son nom",
                ),
            );
            continue;
        };
        let weight = file.bytes().len();
        if weight > IMAGE_LOURDE && !images.contains_key(&image.cible) {
            diags.push(
                Diagnostic::new(
                    Code::ImageTropLourde,
                    format!(
                        "« {} » pèse {} Ko, une image du site en pèse au plus {}",
                        image.cible.file_name(),
                        fr::number(weight / 1000),
                        IMAGE_LOURDE / 1000
                    ),
                )
                .at(&image.span, "")
                .aide("réduisez-la à 1 600 pixels de large et enregistrez-la en WebP ou en JPEG"),
            );
        }
        match imagesize::blob_size(file.bytes()) {
            Ok(size) => {
                let dimensions = Dimensions { width: size.width, height: size.height };
                images.insert(image.cible.clone(), dimensions);
            }
            Err(_) => diags.push(
                Diagnostic::new(
                    Code::ImageIntrouvable,
                    format!("« {} » n’est pas une image lisible", image.cible.file_name()),
                )
                .at(&image.span, "")
                .aide("enregistrez-la de nouveau, en png ou en jpg"),
            ),
        }
    }
}
