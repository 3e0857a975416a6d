//! Blocs of the tables as pages show them: their texts, the places that they lead to, and why.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Ici, PageKind,
    cartes::{LienVue, lieu},
    natures::pluriel,
};
use crate::{
    french,
    french::difference::Changement,
    markdown::{Glose, Html, plain, plain_en, texte_en},
    model::{Nature, Preuve, Tableau},
    site::{Arete, Atelier, BlocPlace, Bout, Pont, address, titre_affiche},
};

/// One énoncé.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnonceVue {
    /// Anchor.
    pub ancre: String,
    /// Anchors of the same text in other tables, where a page prints it once.
    pub aussi: Vec<String>,
    /// Text.
    pub html: Html,
    /// First words, to name links to it.
    pub debut: String,
}

/// A bloc of a table. Its element holds its text and nothing else; the rest stands beside it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlocVue {
    /// Anchor.
    pub ancre: String,
    /// Énoncés. With one, the bloc's anchor is the énoncé's.
    pub enonces: Vec<EnonceVue>,
    /// Rank among those of its nature in the table of its thématique, by which other pages name it; from 1.
    pub rang: usize,
    /// True of one text with nothing beside it: the element of its list or its cell is its own.
    pub seul: bool,
    /// Places that it leads to, besides those of its row.
    pub renvois: Vec<RenvoiVue>,
    /// The fiche of a mention, when it is the only thing beside its text, which then leads to it.
    pub lien: Option<RenvoiVue>,
    /// A mention that no fiche is tied to.
    pub sans_fiche: bool,
    /// Texts of other syntheses that are tied to it.
    pub ailleurs: Vec<LienAilleurs>,
}

/// Link from a bloc to a fiche or to another bloc.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RenvoiVue {
    /// « repris au plan d’action, à l’identique ».
    pub texte: String,
    /// Address.
    pub href: String,
    /// True when the editor proposes it: the document does not say it.
    pub rapproche: bool,
}

/// Why some texts are brought together: one sentence, for all those that it brings together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PreuveVue {
    /// « Position dans le tableau. Indice fort : … ».
    pub phrase: String,
    /// « irritant 1 et besoin 1 ; irritant 2 et besoin 2 ».
    pub paires: String,
}

/// The proofs of a page, each sentence once.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Preuves {
    /// Number of rapprochements.
    pub nombre: usize,
    /// True when the editor wrote them all.
    pub editeur: bool,
    /// In the order of the page.
    pub phrases: Vec<PreuveVue>,
}

/// `montre`: which edges of the bloc its page does not show otherwise.
pub(super) fn bloc(
    ici: Ici<'_>,
    atelier: &Atelier,
    index: usize,
    montre: impl Fn(&Bout) -> bool,
    glose: &mut Glose<'_>,
) -> BlocVue {
    let place = &atelier.blocs[index];
    let (here, langue) = (place_address(atelier, place), atelier.langue_du_bloc(index));
    let ends = atelier.voisins(|b| matches!(b, Bout::Bloc(i, _) if *i == index));
    let tied = ends.iter().any(|(bout, _)| matches!(bout, Bout::Fiche(_)));
    let shown = ends.iter().filter(|(bout, _)| montre(bout));
    let renvois = shown.map(|(bout, arete)| renvoi(ici, atelier, index, *bout, arete));
    let ailleurs = ailleurs(ici, atelier, |b| matches!(b, Bout::Bloc(i, _) if *i == index));
    let tied = tied || ailleurs.iter().any(|a| a.nature == FICHE);
    let mut renvois = together(renvois);
    let mention = place.bloc.nature == Some(Nature::Mention);
    let one = mention && place.bloc.textes.len() == 1 && renvois.len() == 1 && in_reading(ici);
    let lien = if one { renvois.pop() } else { None };
    // A link holds no other link.
    let mut glose = if lien.is_some() { None } else { Some(glose) };
    let enonces = place.bloc.textes.iter().enumerate().map(|(i, text)| EnonceVue {
        ancre: place.bloc.ancre(i + 1),
        aussi: Vec::new(),
        html: texte_en(langue, &text.value, Some(&here), glose.as_deref_mut()),
        debut: debut(ici, atelier, index, Some(i + 1)),
    });
    let enonces = enonces.collect();
    let sans_fiche = mention && !tied;
    BlocVue {
        seul: place.bloc.textes.len() == 1
            && lien.is_none()
            && renvois.is_empty()
            && ailleurs.is_empty()
            && !sans_fiche,
        ailleurs,
        lien,
        ancre: place.bloc.id.value.to_string(),
        enonces,
        rang: rang(atelier, index),
        renvois,
        sans_fiche,
    }
}

/// True of the pages where a text may be a link: the permanent address of a text holds nothing but the text.
fn in_reading(ici: Ici<'_>) -> bool {
    !matches!(ici.page.kind, PageKind::Tableau(..))
}

/// Several links of the same words are one: the first.
fn together(renvois: impl Iterator<Item = RenvoiVue>) -> Vec<RenvoiVue> {
    let mut list: Vec<RenvoiVue> = Vec::new();
    for renvoi in renvois {
        if !list.iter().any(|one| (&one.texte, one.rapproche) == (&renvoi.texte, renvoi.rapproche))
        {
            list.push(renvoi);
        }
    }
    list
}

fn renvoi(ici: Ici<'_>, atelier: &Atelier, from: usize, bout: Bout, arete: &Arete) -> RenvoiVue {
    let own = atelier.blocs[from].tableau;
    let same = if arete.preuve == Preuve::TexteIdentique { " à l’identique" } else { "" };
    let texte = match bout {
        Bout::Fiche(_) => "lire cette expérience".to_string(),
        Bout::Bloc(i, _) if atelier.blocs[i].tableau == own => repere(atelier, bout),
        Bout::Bloc(i, _) => {
            let place = &atelier.blocs[i];
            let table = match place.tableau {
                Tableau::Plan => "au plan d’action".to_string(),
                other => format!("dans « {} »", atelier.synthese.nom_du_tableau(other)),
            };
            let what = match place.bloc.nature {
                Some(Nature::Action) => format!(" : {}", repere(atelier, bout)),
                _ => String::new(),
            };
            format!("repris{same} {table}{what}")
        }
    };
    RenvoiVue {
        texte: french::typography(&texte),
        href: lien_vers(ici, atelier, bout),
        rapproche: est_propose(arete),
    }
}

/// True when the editor proposes an edge: neither does the document write it, nor do the words of both texts.
pub(super) fn est_propose(arete: &Arete) -> bool {
    arete.ecrit.is_some() && arete.preuve != Preuve::Ecrit
}

/// « action 3 », « irritant 2 »: the nature of an end and its rank in the column of its thématique; « expérience 1 ».
pub(super) fn repere(atelier: &Atelier, bout: Bout) -> String {
    match bout {
        Bout::Fiche(i) => {
            let own = &atelier.fiches[i].thematique.value;
            let before = atelier.fiches[..=i].iter().filter(|f| f.thematique.value == *own).count();
            format!("expérience {before}")
        }
        Bout::Bloc(i, enonce) => {
            let place = &atelier.blocs[i];
            let nature = match place.bloc.nature {
                Some(nature) => pluriel(nature).0.to_string(),
                None => french::uncapitalized(&atelier.nature(place)),
            };
            let enonce = enonce.filter(|_| place.bloc.textes.len() > 1);
            let phrase = enonce.map_or_else(String::new, |n| format!(", phrase {n}"));
            format!("{nature} {}{phrase}", rang(atelier, i))
        }
    }
}

/// Rank of a bloc among those of its key in the table of its thématique, from 1.
pub(super) fn rang(atelier: &Atelier, index: usize) -> usize {
    let place = &atelier.blocs[index];
    let column = atelier.blocs_de_colonne(&place.thematique, place.tableau, place.bloc.colonne);
    let mut same = column.filter(|(_, b)| b.bloc.cle.value == place.bloc.cle.value);
    same.position(|(i, _)| i == index).map_or(0, |rank| rank + 1)
}

/// The proofs of the edges of which `montre` is true, those that the editor wrote.
pub(super) fn preuves(atelier: &Atelier, montre: impl Fn(&Arete) -> bool) -> Preuves {
    let mut phrases: Vec<(String, Vec<String>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Preuves { editeur: true, ..Preuves::default() };
    for arete in atelier.rapprochements.iter().filter(|a| a.ecrit.is_some() && montre(a)) {
        let phrase = phrase(arete);
        let place = *places.entry(phrase.clone()).or_insert_with(|| {
            phrases.push((phrase, Vec::new()));
            phrases.len() - 1
        });
        phrases[place].1.push(pair(atelier, arete));
        all.nombre += 1;
        all.editeur &= est_propose(arete);
    }
    let told = |(phrase, pairs): (String, Vec<String>)| PreuveVue {
        phrase,
        paires: plain(&pairs.join(" ; ")),
    };
    all.phrases = phrases.into_iter().map(told).collect();
    all
}

fn pair(atelier: &Atelier, arete: &Arete) -> String {
    let table = |bout: Bout| match bout {
        Bout::Bloc(i, _) => Some(atelier.blocs[i].tableau),
        Bout::Fiche(_) => None,
    };
    let end = |bout: Bout| {
        let across = table(arete.de) != table(arete.vers);
        match table(bout).filter(|_| across) {
            Some(tableau) => {
                let nom = match tableau {
                    Tableau::Diagnostic => "du diagnostic".to_string(),
                    Tableau::Projections => "des besoins et axes".to_string(),
                    Tableau::Plan => "du plan".to_string(),
                    Tableau::Autre(_) => {
                        format!("de « {} »", atelier.synthese.nom_du_tableau(tableau))
                    }
                };
                format!("{} {nom}", repere(atelier, bout))
            }
            None => repere(atelier, bout),
        }
    };
    format!("{} et {}", end(arete.de), end(arete.vers))
}

/// Why, in one sentence.
fn phrase(arete: &Arete) -> String {
    let mut said = french::capitalized(arete.preuve.label());
    if let Some(nom) = &arete.nom {
        said.push_str(&format!(" : « {nom} »"));
    }
    for (i, Changement { avant, apres }) in arete.ecarts.iter().enumerate() {
        let quoted = |text: &str| match text {
            "" => "rien".to_string(),
            _ => format!("« {text} »"),
        };
        said.push_str(if i == 0 { " ; écart : " } else { " ; " });
        said.push_str(&format!("{} → {}", quoted(avant), quoted(apres)));
    }
    if let Some(raison) = &arete.raison {
        said.push_str(". ");
        said.push_str(raison);
    }
    plain(&said)
}

/// The first words of a bloc, or of one of its énoncés; where others begin alike, followed by its place, so
/// that no two links bear one name: « … (plan d’action, thématique 1, acteur 2) ».
pub(super) fn debut(
    ici: Ici<'_>,
    atelier: &Atelier,
    index: usize,
    enonce: Option<usize>,
) -> String {
    let place = &atelier.blocs[index];
    let start = crate::site::debut(&atelier.ligne(index, enonce));
    if atelier.debuts.is_only(&start, index, enonce.is_some()) {
        return plain_en(atelier.langue_du_bloc(index), &start);
    }
    let numero = ici.site.thematique(&place.thematique).map_or(0, |t| t.numero.value);
    plain(&format!(
        "{start} ({}, thématique {numero}, {} {})",
        french::uncapitalized(&atelier.synthese.nom_du_tableau(place.tableau)),
        french::uncapitalized(&atelier.nature(place)),
        rang(atelier, index),
    ))
}

/// `synthese/thematique/bloc`, as the glossary writes it.
fn place_address(atelier: &Atelier, place: &BlocPlace) -> String {
    format!("{}/{}/{}", atelier.synthese.id, place.thematique, place.bloc.id.value)
}

/// Text at an end of an edge, and its address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TexteLie {
    /// Text.
    pub html: Html,
    /// Address.
    pub href: String,
    /// True when the editor proposes the edge that leads to it.
    pub rapproche: bool,
}

/// The other end of an edge; without an edge, a bloc shown for itself.
pub(super) fn texte_lie(
    ici: Ici<'_>,
    atelier: &Atelier,
    bout: Bout,
    arete: Option<&Arete>,
) -> TexteLie {
    let html = match bout {
        Bout::Fiche(i) => {
            let fiche = &atelier.fiches[i];
            texte_en(atelier.langue_de(fiche), &titre_affiche(fiche), None, None)
        }
        // As the document writes it: nothing says here who cut it.
        Bout::Bloc(i, _) => texte_en(atelier.langue_du_bloc(i), &atelier.texte(bout), None, None),
    };
    TexteLie {
        html,
        href: lien_vers(ici, atelier, bout),
        rapproche: arete.is_some_and(est_propose),
    }
}

/// Nature of a fiche, among those of texts.
const FICHE: &str = "expérience";

/// A text of another synthèse.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LienAilleurs {
    /// « Brenelle, 2023 »: leads to the synthèse.
    pub synthese: LienVue,
    /// « irritant ».
    pub nature: String,
    /// The text.
    pub texte: TexteLie,
    /// Why they are brought together.
    pub preuve: String,
}

/// Texts of other syntheses that are tied to a bloc or a fiche.
pub(super) fn ailleurs(
    ici: Ici<'_>,
    atelier: &Atelier,
    of: impl Fn(&Bout) -> bool,
) -> Vec<LienAilleurs> {
    let seen = |pont: &Pont| {
        let other = &ici.site.ateliers[pont.autre.0];
        let bout = pont.autre.1;
        let writer = if pont.part_d_ici { atelier } else { other };
        let preuve = match pont.arete.preuve {
            Preuve::Ecrit => plain(&format!("Écrit dans « {} »", writer.synthese.titre)),
            _ => phrase(&pont.arete),
        };
        let nature = match bout {
            Bout::Fiche(_) => FICHE.to_string(),
            Bout::Bloc(i, _) => french::uncapitalized(&other.nature(&other.blocs[i])),
        };
        let href = ici.lien(&address::synthese(&other.synthese.id));
        LienAilleurs {
            synthese: LienVue::vers(lieu(other), href),
            nature,
            texte: texte_lie(ici, other, bout, Some(&pont.arete)),
            preuve,
        }
    };
    atelier.ponts.iter().filter(|pont| of(&pont.ici)).map(seen).collect()
}

/// Address of an end of an edge: a fiche's page, or a bloc's anchor, on this page when here.
pub(super) fn lien_vers(ici: Ici<'_>, atelier: &Atelier, bout: Bout) -> String {
    match bout {
        Bout::Fiche(i) => ici.lien(&address::fiche(&atelier.fiches[i].id)),
        Bout::Bloc(i, enonce) => {
            let place = &atelier.blocs[i];
            let ancre =
                enonce.map_or_else(|| place.bloc.id.value.to_string(), |n| place.bloc.ancre(n));
            let home = address::tableau(&atelier.synthese, place.tableau);
            let here = &ici.page.path;
            let shown_here = *here == address::dossier(&atelier.synthese.id, &place.thematique)
                || (*here == address::thematique(&place.thematique)
                    && ici.site.seule_voix(&place.thematique).is_some());
            here.link_to_anchor(if shown_here { here } else { &home }, &ancre)
        }
    }
}
