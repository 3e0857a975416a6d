//! Spread of the fiches by thématique and by niveau, gaps included.

use serde::Serialize;

use super::{
    Ici,
    barres::{Barres, Mesure, barres},
    cartes::{LienVue, renseignes},
};
use crate::{
    french,
    markdown::plain,
    model::{Fiche, Niveau, Thematique},
    site::address,
};

/// A spread: the picture, and the same in words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Repartition {
    /// The picture.
    pub barres: Barres,
    /// The list.
    pub valeurs: Vec<Valeur>,
    /// Who gave the values: « renseignés par l’éditeur »; nothing when no fiche has any, or when each must.
    pub origine: Option<&'static str>,
}

/// A value, and how many fiches have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Valeur {
    /// Name.
    pub nom: String,
    /// The list of its fiches, where there is one.
    pub lien: Option<LienVue>,
    /// Count: « 4 », « aucun ».
    pub compte: String,
}

/// By thématique, in their order. Each fiche has one.
pub(super) fn par_thematique<'a>(
    ici: Ici<'_>,
    fiches: impl Iterator<Item = &'a Fiche>,
) -> Repartition {
    let mut counts = vec![0; ici.site.thematiques.len()];
    for fiche in fiches {
        let its = |t: &Thematique| t.id == fiche.thematique.value;
        if let Some(rank) = ici.site.thematiques.iter().position(its) {
            counts[rank] += 1;
        }
    }
    let thematiques = &ici.site.thematiques;
    let counted = |t: &Thematique| {
        let same =
            thematiques.iter().zip(&counts).filter(|(other, _)| other.demarche == t.demarche);
        same.map(|(_, n)| n).sum::<usize>() > 0
    };
    let values = thematiques.iter().zip(&counts).filter(|(t, _)| counted(t)).map(|(t, n)| {
        let (nom, n) = (format!("{}. {}", t.numero.value, plain(&t.titre_court)), *n);
        (nom, t.numero.value, n, Some(("thematique", t.id.as_str())))
    });
    spread(ici, values.collect())
}

/// By niveau, youngest first. A fiche may have several, and counts for each; those that have none come last.
pub(super) fn par_niveau<'a>(ici: Ici<'_>, fiches: impl Iterator<Item = &'a Fiche>) -> Repartition {
    let mut counts = vec![0; Niveau::ALL.len()];
    let (mut without, mut with) = (0, Vec::new());
    for fiche in fiches {
        with.extend((!fiche.niveaux.is_empty()).then_some(!fiche.est_de_la_synthese()));
        without += usize::from(fiche.niveaux.is_empty());
        for (rank, niveau) in Niveau::ALL.iter().enumerate() {
            counts[rank] += usize::from(fiche.niveaux.contains(niveau));
        }
    }
    let values = Niveau::ALL.iter().zip(counts);
    let values = values.map(|(n, count)| (n.label().into(), 0, count, Some(("niveau", n.slug()))));
    let unsaid = ("Niveau non renseigné".into(), 0, without, None);
    let spread = spread(ici, values.chain((without > 0).then_some(unsaid)).collect());
    Repartition { origine: renseignes(with), ..spread }
}

/// Name, number of the thématique, how many, facet and its value.
type Counted<'a> = (String, usize, usize, Option<(&'a str, &'a str)>);

fn spread(ici: Ici<'_>, values: Vec<Counted<'_>>) -> Repartition {
    let compte = |n: usize| match n {
        0 => "aucun".to_string(),
        n => french::number(n),
    };
    let valeurs: Vec<Valeur> = values
        .iter()
        .map(|(nom, _, n, facet)| Valeur {
            nom: nom.clone(),
            lien: facet.and_then(|(facette, slug)| list_of(ici, facette, slug, nom)),
            compte: compte(*n),
        })
        .collect();
    let said = valeurs.iter().map(|v| format!("{} : {}.", v.nom, v.compte)).collect::<Vec<_>>();
    let mesures = values.into_iter().map(|(nom, numero, n, _)| Mesure {
        nom,
        numero,
        parts: vec![("fiches", n)],
    });
    let barres = barres(mesures.collect(), french::typography(&said.join(" ")));
    Repartition { barres, valeurs, origine: None }
}

/// The list of the fiches of a facet. It is that of the whole site: only there, or with one workshop, does it
/// hold what is counted.
fn list_of(ici: Ici<'_>, facette: &str, slug: &str, nom: &str) -> Option<LienVue> {
    let whole =
        !matches!(ici.page.kind, super::PageKind::Synthese(_)) || ici.site.seul_atelier().is_some();
    let found = ici.plan.facettes.iter().find(|f| f.nom == facette && f.slug == slug);
    found.filter(|_| whole).map(|f| LienVue {
        texte: nom.to_string(),
        href: ici.lien(&address::facette(f.nom, &f.slug, 1)),
        courant: false,
    })
}
