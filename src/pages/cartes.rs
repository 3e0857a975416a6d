//! Small pieces that several views share: links, cards of fiches, external links, acronyms.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{Ici, sante};
use crate::{
    french,
    markdown::{Glose, Html, attributs, plain, plain_en, texte_en},
    model::{Fiche, Lien, TypeLien, Vie},
    site::{Atelier, Indices, Site, address, address::anchor, titre_affiche},
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

impl LienVue {
    /// A link to another page.
    pub(super) fn vers(texte: impl Into<String>, href: String) -> Self {
        Self { texte: texte.into(), href, courant: false }
    }
}

/// Characters of its text that the card of a fiche shows, at most.
pub(crate) const CARD_TEXT: usize = 180;

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
    /// Levels: « Collège, Lycée »; empty without any.
    pub niveaux: String,
    /// Territory and year, when there are several syntheses.
    pub lieu: String,
    /// Its links: « 1 article », « 2 jeux »; empty without any.
    pub ressources: String,
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
    /// Why it is shown: « Même thématique »; empty where the page says it.
    pub raison: String,
    /// Anchors of the texts of the tables that its title repeats.
    pub ancres: Vec<String>,
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
}

impl Aspect {
    pub(super) fn rang(rang: u8) -> Self {
        Self { rang, sans_thematique: false }
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
        with_levels.extend((!fiche.niveaux.is_empty()).then_some(fiche.contribution));
        let Aspect { rang, sans_thematique } = aspect;
        let (raison, ancres) = (String::new(), Vec::new());
        list.push(Carte {
            href: ici.lien(&fiche.page),
            fiche,
            rang,
            sans_thematique,
            raison,
            ancres,
        });
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
    let niveaux: Vec<&str> = fiche.niveaux.iter().map(|n| n.label()).collect();
    let lieu = match site.seul_atelier() {
        Some(_) => String::new(),
        None => lieu(atelier),
    };
    CarteFiche {
        page: address::fiche(&fiche.id),
        titre: texte_en(langue, &titre_affiche(fiche), None, None),
        langue: attributs(langue),
        thematique: thematique.map_or_else(String::new, |t| plain(&t.titre_court)),
        numero: thematique.map_or(0, |t| t.numero.value),
        resume,
        niveaux: niveaux.join(", "),
        lieu,
        ressources: ressources(&fiche.liens) + &sante::sur_une_carte(site, fiche),
        contribution: !fiche.est_de_la_synthese(),
        date: fiche.jour().map(|d| d.french()),
        auteurs: plain(&french::enumerate(&fiche.auteurs)),
    }
}

/// « 1 article, 2 jeux »; a link without a kind is a « lien ».
fn ressources(liens: &[Lien]) -> String {
    let mut counts: Vec<(Option<TypeLien>, usize)> = Vec::new();
    for lien in liens {
        match counts.iter_mut().find(|(kind, _)| *kind == lien.type_lien) {
            Some((_, count)) => *count += 1,
            None => counts.push((lien.type_lien, 1)),
        }
    }
    let told = |(kind, n)| {
        let [one, many, _] = mots(kind);
        french::count(n, one, many)
    };
    counts.into_iter().map(told).collect::<Vec<_>>().join(", ")
}

/// Words of a kind of link: its name, alone and in number, and what one does with it.
fn mots(kind: Option<TypeLien>) -> [&'static str; 3] {
    match kind {
        None => ["lien", "liens", "Ouvrir le lien"],
        Some(TypeLien::Article) => ["article", "articles", "Lire l’article"],
        Some(TypeLien::Video) => ["vidéo", "vidéos", "Voir la vidéo"],
        Some(TypeLien::Audio) => ["enregistrement", "enregistrements", "Écouter l’enregistrement"],
        Some(TypeLien::Mur) => {
            ["mur collaboratif", "murs collaboratifs", "Voir le mur collaboratif"]
        }
        Some(TypeLien::Jeu) => ["jeu", "jeux", "Ouvrir le jeu"],
        Some(TypeLien::Document) => ["document", "documents", "Télécharger le document"],
        Some(TypeLien::Site) => ["site", "sites", "Visiter le site"],
    }
}

/// « Loire-Atlantique, 2020 ».
pub(super) fn lieu(atelier: &Atelier) -> String {
    plain(&format!("{}, {}", atelier.synthese.territoire, atelier.synthese.annee))
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

/// An external resource of a fiche.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LienExterneVue {
    /// Anchor on the fiche's page.
    pub ancre: String,
    /// Address. `None` when withdrawn.
    pub href: Option<String>,
    /// Words of the link: its title, or « Lire l’article », with the end of the address where two would be alike.
    pub texte: String,
    /// True when the editor gave its title.
    pub intitule: bool,
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
    /// Words of the link to it.
    pub copie: String,
    /// « reçu avec la synthèse, non vérifié depuis »; empty when the page says it of all.
    pub etat: String,
    /// The first words of that: « reçu avec la synthèse ».
    pub provenance: &'static str,
    /// The others, when it does not answer any more: « ne répond plus depuis le 3 mars 2026 ».
    pub mort: Option<String>,
    /// Address where it leads now.
    pub vers: Option<String>,
    /// The fiche it belongs to.
    pub fiche: LienVue,
}

pub(super) fn lien_externe(ici: Ici<'_>, fiche: &Fiche, n: usize, lien: &Lien) -> LienExterneVue {
    let target = address::fiche(&fiche.id);
    let adresse = lien.texte.value.as_str();
    let adresse = adresse.split_once("://").map_or(adresse, |(_, rest)| rest).trim_end_matches('/');
    let known = sante::sante(ici.site, lien);
    let provenance = match fiche.est_de_la_synthese() {
        true => "reçu avec la synthèse",
        false => "donné avec la contribution",
    };
    let archive = lien.url_archive.as_ref().map(|u| u.to_string());
    LienExterneVue {
        ancre: anchor::lien(n),
        href: lien.url.as_ref().map(|_| lien.texte.value.clone()),
        texte: words(fiche, lien),
        intitule: lien.titre.is_some(),
        adresse: adresse.to_string(),
        hote: host(lien),
        genre: lien.type_lien.map(|t| t.label()),
        recue: lien.url_source.as_ref().map(|u| u.value.clone()),
        copie: archive.as_deref().map_or_else(String::new, |a| sante::copie(known, a, &host(lien))),
        archive,
        etat: format!("{provenance}, {}", sante::etat(known)),
        provenance,
        mort: known.filter(|etat| etat.est_mort()).map(|etat| sante::etat(Some(etat))),
        vers: known.filter(|etat| etat.vie() == Vie::Deplace).and_then(|etat| etat.vers.clone()),
        fiche: LienVue {
            texte: plain(&titre_affiche(fiche)),
            href: ici.lien(&target),
            courant: target == ici.page.path,
        },
    }
}

/// Takes out of links what most of them say, for their page to say once; a dead one says its own.
pub(super) fn etat_commun<'a>(
    links: impl IntoIterator<Item = &'a mut LienExterneVue>,
) -> Option<String> {
    let mut by_etat: BTreeMap<String, Vec<&mut LienExterneVue>> = BTreeMap::new();
    for link in
        links.into_iter().filter(|l| l.href.is_some() && l.mort.is_none() && l.vers.is_none())
    {
        by_etat.entry(link.etat.clone()).or_default().push(link);
    }
    let (etat, links) = by_etat.into_iter().max_by_key(|(_, links)| links.len())?;
    if links.len() < 2 {
        return None;
    }
    links.into_iter().for_each(|link| link.etat.clear());
    Some(etat)
}

/// Host of a link, without « www. »; empty when the link was withdrawn.
fn host(lien: &Lien) -> String {
    let host = lien.url.as_ref().and_then(|url| url.host_str()).unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_string()
}

/// Title of a link, or « Lire l’article »; beside another of the same kind and host, the end of its path too.
fn words(fiche: &Fiche, lien: &Lien) -> String {
    if let Some(titre) = &lien.titre {
        return plain(titre);
    }
    let alike = |other: &&Lien| {
        other.titre.is_none() && other.type_lien == lien.type_lien && host(other) == host(lien)
    };
    let [_, _, verbe] = mots(lien.type_lien);
    match fiche.liens.iter().filter(alike).count() {
        0 | 1 => verbe.to_string(),
        _ => plain(&format!("{verbe} « {} »", last_segment(lien))),
    }
}

/// End of the path of a link, its extension left out; the whole address without a path.
fn last_segment(lien: &Lien) -> String {
    let address = lien.texte.value.split(['?', '#']).next().unwrap_or_default();
    let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    last.rsplit_once('.').map_or(last, |(name, _)| name).to_string()
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
    let word = if lines.len() > 1 { "lignes" } else { "ligne" };
    format!("{word}{}{}", french::NBSP, french::enumerate(lines))
}
