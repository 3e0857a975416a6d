//! The cards of the fiches, for the list of those that several criteria keep: `cartes-N.js`, [`CARTES`] by
//! [`CARTES`], in the order of the site. What a page shows of them is what the lists without a script show.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::{CARTES, files::put};
use crate::{
    output::Emit,
    pages::{CarteFiche, Plan},
    site::{Indices, Site},
};

/// Makes the files.
pub(super) fn write(site: &Site, plan: &Plan, emit: Emit<'_>) {
    let fiches: Vec<Indices> = site.indices().collect();
    fiches.par_chunks(CARTES).with_max_len(1).enumerate().for_each(|(n, fiches)| {
        let cards = fiches.iter().map(|indices| row(plan.carte(*indices)));
        let cards: Vec<Value> = cards.collect();
        put(emit, &format!("cartes-{n}.js"), "cartes", &json!((n, cards)));
    });
}

/// Title (HTML), address, number and short title of the thématique, levels, who and when (`null` but for a
/// contribution), beginning of the text, place and links: the words of `partials/cartes.html`.
fn row(carte: &CarteFiche) -> Value {
    let origine = carte.contribution.then(|| {
        let par = if carte.auteurs.is_empty() { "" } else { " signée " };
        let date = carte.date.as_deref().map_or(["", ""], |date| [", ", date]).concat();
        [par, &carte.auteurs, &date].concat()
    });
    let bas: Vec<&str> = [carte.lieu.as_str(), &carte.ressources]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    json!((
        &carte.titre,
        carte.page.as_str(),
        carte.numero,
        &carte.thematique,
        &carte.niveaux,
        origine,
        &carte.resume,
        bas.join(" · "),
    ))
}
