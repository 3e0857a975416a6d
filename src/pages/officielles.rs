//! The pages that a public site must have: accessibility statement, legal notices, personal data, contact,
//! eco-design. What the law asks for and the publisher has not said yet is shown as missing.

use serde::Serialize;

use super::{Ici, cartes::LienVue, frame::titre_officiel, textes};
use crate::{
    french,
    markdown::plain,
    model::{AuditRgaa, Destination, PageOfficielle},
    site::address,
    weight::Mesures,
};

/// Something that the publisher has to say: what they said, or nothing yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Renseignement {
    /// The words; `None` shows « à compléter ».
    pub texte: Option<String>,
    /// Link address.
    pub href: Option<String>,
}

impl Renseignement {
    /// Words, with a link when they are a web or an e-mail address.
    pub(super) fn of(texte: Option<&String>) -> Self {
        let href = texte.and_then(|texte| {
            let is_web = texte.starts_with("https://") || texte.starts_with("http://");
            let is_mail = texte.contains('@') && !texte.contains([' ', '<', '/', '?']);
            is_mail.then(|| format!("mailto:{texte}")).or_else(|| is_web.then(|| texte.clone()))
        });
        // An address is shown as it is written.
        let words = |texte: &String| if href.is_some() { texte.clone() } else { plain(texte) };
        Self { texte: texte.map(words), href }
    }

    fn document(ici: Ici<'_>, document: Option<&Destination>) -> Self {
        match document {
            None => Self::default(),
            Some(Destination::Adresse(url)) => Self::of(Some(&url.to_string())),
            Some(Destination::Page(id)) => {
                let named = ici.site.pages.iter().find(|page| page.id == id.value);
                let official = PageOfficielle::from_slug(id.value.as_str()).map(|o| o.label());
                let titre = named.map(|page| page.titre.as_str()).or(official);
                Self {
                    texte: Some(plain(titre.unwrap_or(id.value.as_str()))),
                    href: Some(ici.lien(&address::page(id.value.as_str()))),
                }
            }
        }
    }
}

/// A link to an official page.
fn lien(ici: Ici<'_>, page: PageOfficielle) -> LienVue {
    LienVue {
        texte: titre_officiel(ici.site, page),
        href: ici.lien(&address::page(page.slug())),
        courant: ici.page.kind.officielle() == Some(page),
    }
}

/// Editor's addition to an official page. Empty when there is no file of its name.
fn complement(ici: Ici<'_>) -> textes::Texte {
    let page = ici.page.kind.officielle().and_then(|page| ici.site.complement(page));
    page.map_or_else(textes::Texte::default, |page| textes::sans_sigles(ici, page))
}

/// The accessibility statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Accessibilite {
    /// Who is bound by it.
    pub editeur: Renseignement,
    /// Whom to write to.
    pub contact: Renseignement,
    /// The page with their address.
    pub coordonnees: LienVue,
    /// `non-conforme`, `partiellement-conforme` or `totalement-conforme`.
    pub etat: &'static str,
    /// Audit that measured it; `None` without one.
    pub audit: Option<AuditVue>,
    /// The plan of several years.
    pub schema: Renseignement,
    /// The plan of this year.
    pub plan_action: Renseignement,
    /// « 4 mars 2021 ».
    pub date: Renseignement,
    /// Technologies of the site.
    pub technologies: Vec<String>,
    /// Browsers with assistive technologies.
    pub environnement: Vec<String>,
    /// Tools of the evaluation.
    pub outils: Vec<String>,
    /// Pages that were checked.
    pub pages: Vec<String>,
    /// Non-conformities.
    pub non_conformites: Vec<String>,
    /// Exemptions for a disproportionate burden.
    pub derogations: Vec<String>,
    /// Content the law does not ask to be accessible.
    pub non_soumis: Vec<String>,
    /// Editor's addition.
    #[serde(flatten)]
    pub complement: textes::Texte,
}

/// An audit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AuditVue {
    /// Who made it.
    pub organisme: String,
    /// « 4 mars 2021 ».
    pub date: String,
    /// Share of the criteria that are met, in per cent.
    pub taux: usize,
}

pub(super) fn accessibilite(ici: Ici<'_>) -> Accessibilite {
    let config = &ici.site.config;
    let d = &config.accessibilite;
    let all = |texts: &[String]| texts.iter().map(|text| plain(text)).collect::<Vec<_>>();
    let made_with = ["HTML", "CSS", "SVG", "JavaScript"].map(String::from);
    let audit = |audit: &AuditRgaa| AuditVue {
        organisme: plain(&audit.organisme),
        date: audit.date.french(),
        taux: audit.taux,
    };
    Accessibilite {
        editeur: Renseignement::of(config.editeur.as_ref()),
        contact: Renseignement::of(config.contact.as_ref()),
        coordonnees: lien(ici, PageOfficielle::Contact),
        etat: d.etat.slug(),
        audit: d.audit.as_ref().map(audit),
        schema: Renseignement::document(ici, d.schema.as_ref()),
        plan_action: Renseignement::document(ici, d.plan_action.as_ref()),
        date: Renseignement { texte: d.date.map(|date| date.french()), href: None },
        technologies: [made_with.to_vec(), all(&d.technologies)].concat(),
        environnement: all(&d.environnement),
        outils: all(&d.outils),
        pages: all(&d.pages),
        non_conformites: all(&d.non_conformites),
        derogations: all(&d.derogations),
        non_soumis: all(&d.non_soumis),
        complement: complement(ici),
    }
}

/// Legal notices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MentionsLegales {
    /// Who publishes.
    pub editeur: Renseignement,
    /// Their postal address.
    pub adresse: Renseignement,
    /// Their telephone.
    pub telephone: Renseignement,
    /// Whom to write to.
    pub contact: Renseignement,
    /// Who directs the publication.
    pub directeur_publication: Renseignement,
    /// Who hosts the site.
    pub hebergeur: Renseignement,
    /// The host's postal address.
    pub hebergeur_adresse: Renseignement,
    /// The host's telephone.
    pub hebergeur_telephone: Renseignement,
    /// Editor's addition.
    #[serde(flatten)]
    pub complement: textes::Texte,
}

pub(super) fn mentions_legales(ici: Ici<'_>) -> MentionsLegales {
    let config = &ici.site.config;
    let m = &config.mentions;
    MentionsLegales {
        editeur: Renseignement::of(config.editeur.as_ref()),
        adresse: Renseignement::of(m.adresse.as_ref()),
        telephone: Renseignement::of(m.telephone.as_ref()),
        contact: Renseignement::of(config.contact.as_ref()),
        directeur_publication: Renseignement::of(m.directeur_publication.as_ref()),
        hebergeur: Renseignement::of(m.hebergeur.as_ref()),
        hebergeur_adresse: Renseignement::of(m.hebergeur_adresse.as_ref()),
        hebergeur_telephone: Renseignement::of(m.hebergeur_telephone.as_ref()),
        complement: complement(ici),
    }
}

/// Personal data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DonneesPersonnelles {
    /// Host's log of each visit.
    pub journal: Renseignement,
    /// Publisher's processing of personal data.
    pub traitements: Vec<String>,
    /// Who decides of it.
    pub responsable: Renseignement,
    /// Contact of the data protection officer.
    pub delegue: Renseignement,
    /// Contact address.
    pub contact: LienVue,
    /// Editor's addition.
    #[serde(flatten)]
    pub complement: textes::Texte,
}

pub(super) fn donnees_personnelles(ici: Ici<'_>) -> DonneesPersonnelles {
    let m = &ici.site.config.mentions;
    DonneesPersonnelles {
        journal: Renseignement::of(m.journal.as_ref()),
        traitements: m.traitements.iter().map(|text| plain(text)).collect(),
        responsable: Renseignement::of(m.responsable_traitement.as_ref()),
        delegue: Renseignement::of(m.delegue_protection.as_ref()),
        contact: lien(ici, PageOfficielle::Contact),
        complement: complement(ici),
    }
}

/// Whom to write to, and for what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contact {
    /// Who publishes.
    pub editeur: Renseignement,
    /// Their e-mail address, or the page where one writes to them.
    pub contact: Renseignement,
    /// Their postal address.
    pub adresse: Renseignement,
    /// Their telephone.
    pub telephone: Renseignement,
    /// The accessibility statement.
    pub accessibilite: LienVue,
    /// Personal data.
    pub donnees_personnelles: LienVue,
    /// Editor's addition.
    #[serde(flatten)]
    pub complement: textes::Texte,
}

pub(super) fn contact(ici: Ici<'_>) -> Contact {
    let config = &ici.site.config;
    Contact {
        editeur: Renseignement::of(config.editeur.as_ref()),
        contact: Renseignement::of(config.contact.as_ref()),
        adresse: Renseignement::of(config.mentions.adresse.as_ref()),
        telephone: Renseignement::of(config.mentions.telephone.as_ref()),
        accessibilite: lien(ici, PageOfficielle::Accessibilite),
        donnees_personnelles: lien(ici, PageOfficielle::DonneesPersonnelles),
        complement: complement(ici),
    }
}

/// Means of keeping the site light. Site weight. The figures leave this page out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ecoconception {
    /// « 12,3 ko », compressed: the home page with its style, icon and scripts.
    pub accueil: String,
    /// Files that the home page asks for.
    pub requetes_accueil: usize,
    /// Most files that a page asks for.
    pub requetes: usize,
    /// « 212 »: half of the pages have fewer elements.
    pub mediane: String,
    /// « 1 842 »: most elements of a page.
    pub elements: String,
    /// The page that has them.
    pub plus_longue: LienVue,
    /// « un tableau entier »: its kind.
    pub genre: &'static str,
    /// « 54 pages ».
    pub pages: String,
    /// « 1 204,5 ko »: all files.
    pub poids: String,
    /// « 98,0 ko »: the search index.
    pub index: String,
    /// Editor's addition.
    #[serde(flatten)]
    pub complement: textes::Texte,
}

pub(super) fn ecoconception(ici: Ici<'_>, mesures: &Mesures) -> Ecoconception {
    let last = super::Page::last();
    let longest = ici.plan.pages.iter().chain(&last).nth(mesures.plus_longue);
    let longest = longest.map(|page| {
        let lien = ici.vers(super::title(page, ici.plan, ici.site), &page.path);
        (lien, page.kind.genre())
    });
    let nowhere = || (lien(ici, PageOfficielle::Ecoconception), "une page du site");
    let (plus_longue, genre) = longest.unwrap_or_else(nowhere);
    Ecoconception {
        accueil: kilo(mesures.accueil),
        requetes_accueil: mesures.requetes_accueil,
        requetes: mesures.requetes,
        mediane: french::number(mesures.mediane),
        elements: french::number(mesures.elements),
        plus_longue,
        genre,
        pages: french::count(mesures.pages, "page", "pages"),
        poids: kilo(mesures.octets),
        index: kilo(mesures.index),
        complement: complement(ici),
    }
}

/// « 12,3 ko »: kilobytes of a thousand bytes, to the nearest tenth.
fn kilo(bytes: usize) -> String {
    let tenths = (bytes + 50) / 100;
    format!("{},{}{}ko", french::number(tenths / 10), tenths % 10, french::NBSP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilobytes_are_rounded() {
        assert_eq!(kilo(0), "0,0\u{a0}ko");
        assert_eq!(kilo(12_349), "12,3\u{a0}ko");
        assert_eq!(kilo(12_350), "12,4\u{a0}ko");
        assert_eq!(kilo(1_204_960), "1\u{202f}205,0\u{a0}ko");
    }

    #[test]
    fn addresses_become_links() {
        let href = |text: &str| Renseignement::of(Some(&text.to_string())).href;
        assert_eq!(href("dpd@exemple.fr").as_deref(), Some("mailto:dpd@exemple.fr"));
        assert_eq!(href("https://exemple.fr/a").as_deref(), Some("https://exemple.fr/a"));
        assert_eq!(href("le secrétariat, a@exemple.fr"), None);
        assert_eq!(Renseignement::of(None), Renseignement::default());
    }
}
