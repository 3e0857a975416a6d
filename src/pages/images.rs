//! Images received with a document, on the page of the text that each stands with.

use serde::Serialize;

use super::Ici;
use crate::{
    markdown::{Html, plain, plain_en, texte_en},
    site::{Atelier, address, address::anchor},
};

/// A received image.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ImageRecueVue {
    /// Anchor.
    pub ancre: String,
    /// Address of the file.
    pub src: String,
    /// Words of the editor for who does not see it.
    pub alternative: String,
    /// Width, in pixels.
    pub largeur: u32,
    /// Height, in pixels.
    pub hauteur: u32,
    /// Caption in the document.
    pub legende: Option<LegendeVue>,
}

/// Caption of a received image.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LegendeVue {
    /// Anchor.
    pub ancre: String,
    /// Text.
    pub html: Html,
    /// Same words, to name the figure.
    pub nom: String,
}

/// The images that stand with a text: `retex/fiche`, `textes/texte` or `methode`.
pub(super) fn images_recues(ici: Ici<'_>, atelier: &Atelier, place: &str) -> Vec<ImageRecueVue> {
    let mine = atelier.synthese.images.iter().filter(|image| image.place.value == place);
    let seen = |image: &crate::model::ImageRecue| {
        let size = ici.site.images.get(&image.chemin)?;
        let name = &image.fichier.value;
        let legende = image.legende.as_ref().map(|legende| LegendeVue {
            ancre: anchor::legende(name),
            html: texte_en(atelier.langue(), &legende.titre.value, None, None),
            nom: plain_en(atelier.langue(), &legende.titre.value),
        });
        Some(ImageRecueVue {
            ancre: anchor::image(name),
            src: address::image_from(&ici.page.path, &image.chemin),
            alternative: plain(&image.alternative.value),
            largeur: size.width,
            hauteur: size.height,
            legende,
        })
    };
    mine.filter_map(seen).collect()
}
