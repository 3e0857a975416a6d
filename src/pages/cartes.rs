//! Small pieces that several views share: links, cards of fiches, blocs, external links, acronyms.

use std::sync::Arc;

use serde::Serialize;

use super::Ici;
use crate::{
    french,
    french::difference::Changement,
    markdown::{Glose, Html, attributs, plain, plain_en, texte_en},
    model::{Fiche, Lien, Nature},
    site::{
        Arete, Atelier, BlocPlace, Bout, Indices, Site, address, address::anchor, titre_affiche,
    },
    source::OutputPath,
};

/// A link to a page of the site.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LienVue {
    /// Words.
    pub texte: String,
    /// Relative address.
    pub href: String,
    /// True for the page itself.
    pub courant: bool,
}

/// Characters of its text that the card of a fiche shows, at most.
pub(crate) const CARD_TEXT: usize = 180;

/// Characters of a near fiche's text: enough to choose, its page gives the rest.
const NEAR_TEXT: usize = 100;

/// A fiche as lists show it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CarteFiche {
    /// The page of the fiche.
    #[serde(skip)]
    pub(crate) page: OutputPath,
    /// Title.
    pub titre: Html,
    /// Attributes that say the language of its text; empty in French.
    pub langue: Html,
    /// Short title of its thématique.
    pub thematique: String,
    /// Number of its thématique, for a colour that is never the only sign.
    pub numero: usize,
    /// Beginning of its text; empty when the title says all.
    pub resume: String,
    /// The first words of that beginning, where less is enough.
    pub extrait: String,
    /// Levels, territory when there are several syntheses, how many links: « Cycle 3 · 2 liens ».
    pub cles: String,
    /// True with levels.
    pub niveaux: bool,
    /// True for a contribution. Author and date are then shown.
    pub contribution: bool,
    /// « 4 mars 2021 ».
    pub date: Option<String>,
    /// « A. B. et C. D. ».
    pub auteurs: String,
}

/// The card of a fiche, in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carte {
    /// The fiche.
    pub fiche: Arc<CarteFiche>,
    /// Relative address of the fiche.
    pub href: String,
    /// Rank of its heading, from 1.
    pub rang: u8,
    /// True in the list of a thématique: the card does not say it again.
    pub sans_thematique: bool,
    /// True where less of its text is enough.
    pub bref: bool,
}

/// A list of fiches.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cartes {
    /// A card for each.
    pub cartes: Vec<Carte>,
    /// Who gave the levels that they say: « renseignés par l’éditeur »; nothing when none says any.
    pub niveaux: Option<&'static str>,
}

/// Who gave what stands beside the texts of some fiches: the editor beside what was received, its authors with a
/// contribution. In the words that follow « Niveaux : »; nothing when nobody gave anything.
pub(super) fn renseignes(contributions: impl IntoIterator<Item = bool>) -> Option<&'static str> {
    let (mut edited, mut given) = (false, false);
    for contribution in contributions {
        edited |= !contribution;
        given |= contribution;
    }
    match (edited, given) {
        (true, false) => Some("renseignés par l’éditeur"),
        (true, true) => Some("renseignés par l’éditeur, ou donnés avec la contribution"),
        (false, true) => Some("donnés avec la contribution"),
        (false, false) => None,
    }
}

/// Who gave the kind, the title and the copy of these links, each with its fiche.
pub(super) fn liens_renseignes<'a>(
    liens: impl IntoIterator<Item = (&'a Fiche, &'a Lien)>,
) -> Option<&'static str> {
    let said = |lien: &Lien| {
        lien.titre.is_some() || lien.type_lien.is_some() || lien.url_archive.is_some()
    };
    let those = liens.into_iter().filter(|(_, lien)| said(lien));
    renseignes(those.map(|(fiche, _)| !fiche.est_de_la_synthese()))
}

/// Look of the cards of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aspect {
    /// Rank of their headings.
    pub(super) rang: u8,
    /// True when the page tells their thématique.
    pub(super) sans_thematique: bool,
    /// True for shorter texts.
    pub(super) bref: bool,
}

impl Aspect {
    pub(super) fn rang(rang: u8) -> Self {
        Self { rang, sans_thematique: false, bref: false }
    }
}

/// The cards of these fiches, as a page shows them.
pub(super) fn cartes(
    ici: Ici<'_>,
    fiches: impl IntoIterator<Item = Indices>,
    aspect: Aspect,
) -> Cartes {
    let (mut list, mut with_levels) = (Vec::new(), Vec::new());
    for indices in fiches {
        let fiche = Arc::clone(ici.plan.carte(indices));
        with_levels.extend(fiche.niveaux.then_some(fiche.contribution));
        let Aspect { rang, sans_thematique, bref } = aspect;
        list.push(Carte { href: ici.lien(&fiche.page), fiche, rang, sans_thematique, bref });
    }
    Cartes { cartes: list, niveaux: renseignes(with_levels) }
}

/// The card of a fiche.
pub(super) fn nouvelle_carte(site: &Site, atelier: &Atelier, fiche: &Fiche) -> CarteFiche {
    let thematique = site.thematique(&fiche.thematique.value);
    let langue = atelier.langue_de(fiche);
    // Without a title the first words are the title already.
    let resume = match &fiche.titre {
        Some(_) => plain_en(langue, &french::first_words(&beginning(fiche, CARD_TEXT), CARD_TEXT)),
        None => String::new(),
    };
    let mut cles: Vec<String> = fiche.niveaux.iter().map(|n| n.label().to_string()).collect();
    if site.seul_atelier().is_none() {
        cles.push(format!("{} {}", atelier.synthese.territoire, atelier.synthese.annee));
    }
    if !fiche.liens.is_empty() {
        cles.push(french::count(fiche.liens.len(), "lien", "liens"));
    }
    CarteFiche {
        page: address::fiche(&fiche.id),
        titre: texte_en(langue, &titre_affiche(fiche), None, None),
        langue: attributs(langue),
        thematique: thematique.map_or_else(String::new, |t| plain(&t.titre_court)),
        numero: thematique.map_or(0, |t| t.numero.value),
        extrait: plain_en(langue, &french::first_words(&resume, NEAR_TEXT)),
        resume,
        cles: cles.join(" · "),
        niveaux: !fiche.niveaux.is_empty(),
        contribution: !fiche.est_de_la_synthese(),
        date: fiche.jour().map(|d| d.french()),
        auteurs: plain(&french::enumerate(&fiche.auteurs)),
    }
}

/// The first blocs of a fiche: as many of them as hold so many characters.
fn beginning(fiche: &Fiche, characters: usize) -> String {
    let mut text = String::new();
    for bloc in &fiche.corps.blocs {
        text.push_str(&bloc.value);
        text.push(' ');
        // A character has four bytes at most.
        if text.len() > 4 * (characters + 1) {
            break;
        }
    }
    text
}

/// One énoncé.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnonceVue {
    /// Anchor.
    pub ancre: String,
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
    /// Nature.
    pub nature: &'static str,
    /// Énoncés. With one, the bloc's anchor is the énoncé's.
    pub enonces: Vec<EnonceVue>,
    /// For a mention of a RETEX: the fiches tied to it.
    pub fiches: Vec<LienProuve>,
    /// A mention that no fiche is tied to.
    pub sans_fiche: bool,
    /// Link to its permanent address; `None` on that very page.
    pub permanent: Option<String>,
    /// First words, which name that link.
    pub debut: String,
}

/// A link to the other end of a rapprochement, with its proof.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LienProuve {
    /// The text at the other end.
    pub html: Html,
    /// Address.
    pub href: String,
    /// Nature.
    pub nature: String,
    /// Why: « nom commun aux deux : Rosa Parks ».
    pub preuve: String,
    /// True when the source writes it. Else a « rapprochement proposé », unless the program found it.
    pub ecrit: bool,
    /// The program found it in the words of both texts.
    pub trouve: bool,
    /// Why, in words.
    pub raison: String,
    /// Differences between nearly identical texts.
    pub ecarts: Vec<Changement>,
}

pub(super) fn bloc(
    ici: Ici<'_>,
    atelier: &Atelier,
    index: usize,
    place: &BlocPlace,
    glose: &mut Glose<'_>,
) -> BlocVue {
    let home = address::tableau(&atelier.synthese, place.tableau);
    let here = place_address(atelier, place);
    let langue = atelier.langue_du_bloc(index);
    let enonces = place.bloc.textes.iter().enumerate().map(|(i, text)| EnonceVue {
        ancre: place.bloc.ancre(i + 1),
        html: texte_en(langue, &text.value, Some(&here), Some(&mut *glose)),
        debut: debut(ici, atelier, index, Some(i + 1)),
    });
    let enonces = enonces.collect();
    let mut fiches = Vec::new();
    if place.bloc.nature == Some(Nature::Mention) {
        for (bout, arete) in atelier.voisins(|b| matches!(b, Bout::Bloc(i, _) if *i == index)) {
            if matches!(bout, Bout::Fiche(_)) {
                fiches.push(prouve(ici, atelier, bout, arete));
            }
        }
    }
    BlocVue {
        ancre: place.bloc.id.value.to_string(),
        nature: place.bloc.nature.map_or("libre", Nature::slug),
        enonces,
        sans_fiche: place.bloc.nature == Some(Nature::Mention) && fiches.is_empty(),
        fiches,
        debut: debut(ici, atelier, index, None),
        permanent: (home != ici.page.path)
            .then(|| ici.page.path.link_to_anchor(&home, place.bloc.id.value.as_str())),
    }
}

/// The first words of a bloc, or of one of its énoncés; where others begin alike, followed by its place, so
/// that no two links bear one name: « … (plan d’action, thématique 1, acteur 2) ».
fn debut(ici: Ici<'_>, atelier: &Atelier, index: usize, enonce: Option<usize>) -> String {
    let place = &atelier.blocs[index];
    let start = crate::site::debut(&atelier.ligne(index, enonce));
    if atelier.debuts.is_only(&start, index, enonce.is_some()) {
        return plain_en(atelier.langue_du_bloc(index), &start);
    }
    let same = |b: &BlocPlace| b.bloc.cle.value == place.bloc.cle.value;
    let column = atelier.blocs_de_colonne(&place.thematique, place.tableau, place.bloc.colonne);
    let mut cell = column.filter(|(_, b)| same(b));
    let rank = cell.position(|(i, _)| i == index).map_or(0, |rank| rank + 1);
    let numero = ici.site.thematique(&place.thematique).map_or(0, |t| t.numero.value);
    plain(&format!(
        "{start} ({}, thématique {numero}, {} {rank})",
        french::uncapitalized(&atelier.synthese.nom_du_tableau(place.tableau)),
        french::uncapitalized(&atelier.nature(place)),
    ))
}

/// `synthese/thematique/bloc`, as the glossary writes it.
fn place_address(atelier: &Atelier, place: &BlocPlace) -> String {
    format!("{}/{}/{}", atelier.synthese.id, place.thematique, place.bloc.id.value)
}

/// The other end of an edge.
pub(super) fn prouve(ici: Ici<'_>, atelier: &Atelier, bout: Bout, arete: &Arete) -> LienProuve {
    let (html, nature) = match bout {
        Bout::Fiche(i) => {
            let fiche = &atelier.fiches[i];
            (texte_en(atelier.langue_de(fiche), &titre_affiche(fiche), None, None), "fiche".into())
        }
        Bout::Bloc(i, enonce) => {
            let langue = atelier.langue_du_bloc(i);
            (texte_en(langue, &atelier.ligne(i, enonce), None, None), atelier.nature(&atelier.blocs[i]))
        }
    };
    let preuve = match &arete.nom {
        Some(nom) => format!("{} : « {nom} »", arete.preuve.label()),
        None => arete.preuve.label().to_string(),
    };
    LienProuve {
        html,
        href: lien_vers(ici, atelier, bout),
        nature,
        preuve: plain(&preuve),
        ecrit: arete.preuve == crate::model::Preuve::Ecrit,
        trouve: arete.ecrit.is_none(),
        raison: plain(arete.raison.as_deref().unwrap_or("")),
        ecarts: arete.ecarts.iter().map(readable).collect(),
    }
}

/// A bloc shown for itself, tied by nothing.
pub(super) fn shown(ici: Ici<'_>, atelier: &Atelier, index: usize) -> LienProuve {
    let bout = Bout::Bloc(index, None);
    LienProuve {
        html: texte_en(atelier.langue_du_bloc(index), &atelier.ligne(index, None), None, None),
        href: lien_vers(ici, atelier, bout),
        nature: atelier.nature(&atelier.blocs[index]),
        preuve: String::new(),
        ecrit: true,
        trouve: false,
        raison: String::new(),
        ecarts: Vec::new(),
    }
}

fn readable(change: &Changement) -> Changement {
    Changement { avant: plain(&change.avant), apres: plain(&change.apres) }
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
            let shown_here = ici.page.path
                == address::dossier(&atelier.synthese.id, &place.thematique)
                || (ici.site.seul_atelier().is_some()
                    && ici.page.path == address::thematique(&place.thematique));
            let page: &OutputPath = if shown_here { &ici.page.path } else { &home };
            ici.page.path.link_to_anchor(page, &ancre)
        }
    }
}

/// An external resource of a fiche.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LienExterneVue {
    /// Anchor on the fiche's page.
    pub ancre: String,
    /// Address. `None` when withdrawn.
    pub href: Option<String>,
    /// Title given by the editor.
    pub titre: Option<String>,
    /// The address in clear, its scheme left out.
    pub adresse: String,
    /// The host.
    pub hote: String,
    /// Kind.
    pub genre: Option<&'static str>,
    /// The address as received, when it was repaired.
    pub recue: Option<String>,
    /// A dated copy.
    pub archive: Option<String>,
    /// « reçu avec la synthèse, non vérifié depuis ».
    pub etat: &'static str,
    /// The fiche it belongs to.
    pub fiche: LienVue,
}

pub(super) fn lien_externe(ici: Ici<'_>, fiche: &Fiche, n: usize, lien: &Lien) -> LienExterneVue {
    let target = address::fiche(&fiche.id);
    let adresse = lien.texte.value.as_str();
    let adresse = adresse.split_once("://").map_or(adresse, |(_, rest)| rest).trim_end_matches('/');
    LienExterneVue {
        ancre: anchor::lien(n),
        href: lien.url.as_ref().map(|_| lien.texte.value.clone()),
        titre: lien.titre.as_deref().map(plain),
        adresse: adresse.to_string(),
        hote: lien.url.as_ref().and_then(|u| u.host_str()).unwrap_or_default().to_string(),
        genre: lien.type_lien.map(|t| t.label()),
        recue: lien.url_source.as_ref().map(|u| u.value.clone()),
        archive: lien.url_archive.as_ref().map(|u| u.to_string()),
        etat: if fiche.est_de_la_synthese() {
            "reçu avec la synthèse, non vérifié depuis"
        } else {
            "donné avec la contribution, non vérifié depuis"
        },
        fiche: LienVue {
            texte: plain(&titre_affiche(fiche)),
            href: ici.lien(&target),
            courant: target == ici.page.path,
        },
    }
}

/// An acronym used on the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SigleVue {
    /// Anchor in the list at the foot of the page.
    pub ancre: String,
    /// The acronym.
    pub sigle: String,
    /// Meaning.
    pub developpement: Option<String>,
    /// Further note.
    pub note: Option<String>,
    /// The editor is not sure.
    pub a_confirmer: bool,
    /// Entry in the glossary.
    pub href: String,
}

/// The acronyms met on the page, in the order of the glossary.
pub(super) fn sigles(ici: Ici<'_>, glose: &Glose<'_>) -> Vec<SigleVue> {
    let page = address::page("glossaire");
    let vue = |sens: &crate::model::Sens| SigleVue {
        ancre: anchor::sigle(sens.id.value.as_str()),
        sigle: sens.sigle.value.clone(),
        developpement: sens.developpement.as_ref().map(|d| plain(&d.value)),
        note: sens.note.as_deref().map(plain),
        a_confirmer: sens.a_confirmer,
        href: ici.page.path.link_to_anchor(&page, sens.id.value.as_str()),
    };
    glose.met().map(vue).collect()
}

/// « ligne 12 », « lignes 12 et 14 » of the source.
pub(super) fn lignes(lines: &[usize]) -> String {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let word = if numbers.len() > 1 { "lignes" } else { "ligne" };
    format!("{word}{}{}", french::NBSP, french::enumerate(&numbers))
}
