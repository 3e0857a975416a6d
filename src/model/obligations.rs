//! Statements that the law asks of a public site: who answers for it, and how accessible it is.

use super::{Date, EtatAccessibilite};
use crate::source::{Slug, Spanned};

/// `[mentions]` of `site.toml`: who answers for the site, and who hosts it. Each field is what the publisher
/// alone knows; `None` is said to be missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// Postal address of the publisher.
    pub adresse: Option<String>,
    /// Telephone of the publisher.
    pub telephone: Option<String>,
    /// Who directs the publication.
    pub directeur_publication: Option<String>,
    /// Name of the host.
    pub hebergeur: Option<String>,
    /// Postal address of the host.
    pub hebergeur_adresse: Option<String>,
    /// Telephone of the host.
    pub hebergeur_telephone: Option<String>,
    /// Who decides what is done with personal data.
    pub responsable_traitement: Option<String>,
    /// Address of the data protection officer.
    pub delegue_protection: Option<String>,
    /// Uses of personal data by the publisher: of each, why, by what right, how long, for whom.
    pub traitements: Vec<String>,
    /// Records that the host keeps of each visit, and for how long.
    pub journal: Option<String>,
}

/// `[accessibilite]` of `site.toml`: what the accessibility statement says. A state better than « non
/// conforme » has its audit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declaration {
    /// State of conformity.
    pub etat: EtatAccessibilite,
    /// The audit that measured it.
    pub audit: Option<AuditRgaa>,
    /// The plan of several years.
    pub schema: Option<Destination>,
    /// The plan of this year.
    pub plan_action: Option<Destination>,
    /// When the statement was made.
    pub date: Option<Date>,
    /// Technologies of the site, beyond those of the program.
    pub technologies: Vec<String>,
    /// Browsers with assistive technologies.
    pub environnement: Vec<String>,
    /// Tools of the evaluation.
    pub outils: Vec<String>,
    /// Pages that were checked.
    pub pages: Vec<String>,
    /// Faults of conformity.
    pub non_conformites: Vec<String>,
    /// Exemptions, as a disproportionate burden.
    pub derogations: Vec<String>,
    /// Contents that the law does not ask to be accessible.
    pub non_soumis: Vec<String>,
}

/// An audit of accessibility.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditRgaa {
    /// Who made it.
    pub organisme: String,
    /// When.
    pub date: Date,
    /// Share of the criteria that are met, in per cent.
    pub taux: usize,
}

/// Place where a document is to be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    /// At a web address.
    Adresse(url::Url),
    /// On a page of the site, by its identifier.
    Page(Spanned<Slug>),
}
