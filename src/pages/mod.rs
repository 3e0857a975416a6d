//! Site → pages. [`plan()`] says which pages exist; [`view`] makes the one value a page's template sees.
//!
//! A view is plain data, complete and comparable: a page whose view has not changed has not changed.
//! It carries small cards of other pages, never whole ones.

mod accueil;
mod annuaire;
mod barres;
mod cadre;
mod cartes;
mod chaine;
mod couverture;
mod dossier;
mod feuilles;
mod fiche;
mod figure;
mod frise;
mod kinds;
mod listes;
mod officielles;
mod plan;
mod provenance;
mod renvois;
mod repartition;
mod reperes;
mod sujet;
mod synthese;
mod textes;

use serde::Serialize;

pub(crate) use cadre::absolute;
pub use cadre::{Cadre, Entree};
pub(crate) use cartes::CARD_TEXT;
pub use cartes::{Carte, CarteFiche};
pub(crate) use feuilles::cards;
pub use kinds::{Facette, Page, PageKind};
pub use plan::{Plan, plan};

use crate::{markdown::Glose, site::Site};

/// Everything a template sees.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// What every page has: titles, menus, addresses.
    pub page: Cadre,
    /// What this page has.
    pub vue: Vue,
}

/// The content of a page, one variant for each template.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is the struct of the same name")]
pub enum Vue {
    Accueil(accueil::Accueil),
    Thematique(sujet::Thematique),
    Synthese(Box<synthese::Synthese>),
    Tableau(synthese::PageTableau),
    Dossier(dossier::Dossier),
    Liste(listes::Liste),
    Valeurs(listes::Valeurs),
    Fiche(Box<fiche::Fiche>),
    Acteurs(reperes::Acteurs),
    Calendrier(reperes::Calendrier),
    Liens(annuaire::Liens),
    Glossaire(reperes::Glossaire),
    Provenance(provenance::Provenance),
    Ajouts(provenance::Ajouts),
    Recherche(textes::Recherche),
    Donnees(textes::Donnees),
    Plan(textes::PlanDuSite),
    Accessibilite(Box<officielles::Accessibilite>),
    MentionsLegales(Box<officielles::MentionsLegales>),
    DonneesPersonnelles(officielles::DonneesPersonnelles),
    Contact(officielles::Contact),
    Ecoconception(officielles::Ecoconception),
    Texte(textes::Texte),
    Introuvable(textes::Introuvable),
    Redirection(textes::Redirection),
}

impl Vue {
    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Accueil(_) => "accueil.html",
            Self::Thematique(_) => "thematique.html",
            Self::Synthese(_) => "synthese.html",
            Self::Tableau(_) => "tableau.html",
            Self::Dossier(_) => "dossier.html",
            Self::Liste(_) => "liste.html",
            Self::Valeurs(_) => "valeurs.html",
            Self::Fiche(_) => "fiche.html",
            Self::Acteurs(_) => "acteurs.html",
            Self::Calendrier(_) => "calendrier.html",
            Self::Liens(_) => "liens.html",
            Self::Glossaire(_) => "glossaire.html",
            Self::Provenance(_) => "provenance.html",
            Self::Ajouts(_) => "ajouts.html",
            Self::Recherche(_) => "recherche.html",
            Self::Donnees(_) => "donnees.html",
            Self::Plan(_) => "plan-du-site.html",
            Self::Accessibilite(_) => "accessibilite.html",
            Self::MentionsLegales(_) => "mentions-legales.html",
            Self::DonneesPersonnelles(_) => "donnees-personnelles.html",
            Self::Contact(_) => "contact.html",
            Self::Ecoconception(_) => "ecoconception.html",
            Self::Texte(_) => "texte.html",
            Self::Introuvable(_) => "introuvable.html",
            Self::Redirection(_) => "redirection.html",
        }
    }
}

/// Every template that a theme must have, in one layer or another.
pub const TEMPLATES: [&str; 25] = [
    "accueil.html",
    "thematique.html",
    "synthese.html",
    "tableau.html",
    "dossier.html",
    "liste.html",
    "valeurs.html",
    "fiche.html",
    "acteurs.html",
    "calendrier.html",
    "liens.html",
    "glossaire.html",
    "provenance.html",
    "ajouts.html",
    "recherche.html",
    "donnees.html",
    "plan-du-site.html",
    "accessibilite.html",
    "mentions-legales.html",
    "donnees-personnelles.html",
    "contact.html",
    "ecoconception.html",
    "texte.html",
    "introuvable.html",
    "redirection.html",
];

/// What a page's constructor works with.
#[derive(Clone, Copy)]
struct Ici<'a> {
    site: &'a Site,
    plan: &'a Plan,
    page: &'a Page,
}

impl<'a> Ici<'a> {
    fn glose(self) -> Glose<'a> {
        Glose::new(&self.site.glossaire)
    }

    fn place(self) -> crate::markdown::LinkBase<'a> {
        crate::markdown::LinkBase { site: self.site, page: &self.page.path, parmi: "" }
    }

    /// A link to a page: relative, but from the 404 page, which a server shows at any depth.
    fn lien(self, target: &crate::source::OutputPath) -> String {
        match self.racine_absolue() {
            Some(prefix) => format!("{prefix}{target}"),
            None => self.page.path.link_to(target),
        }
    }

    /// The path of the site on its host, `/` or `/a/b/`, for the 404 page when `url` is set.
    fn racine_absolue(self) -> Option<String> {
        let url = self.site.config.url.as_ref()?;
        let path = url.path().trim_end_matches('/');
        (self.page.kind == PageKind::Introuvable).then(|| format!("{path}/"))
    }
}

/// The title of a page, as its heading says it.
pub(crate) fn title(page: &Page, plan: &Plan, site: &Site) -> String {
    cadre::titre(Ici { site, plan, page })
}

/// The view of a page. Total: a planned page always has one.
pub fn view(page: &Page, plan: &Plan, site: &Site) -> View {
    let ici = Ici { site, plan, page };
    let vue = match &page.kind {
        PageKind::Accueil => Vue::Accueil(accueil::accueil(ici)),
        PageKind::Thematique(t) => Vue::Thematique(sujet::thematique(ici, &site.thematiques[*t])),
        PageKind::Synthese(a) => Vue::Synthese(Box::new(synthese::synthese(ici, *a))),
        PageKind::Tableau(a, tableau) => {
            Vue::Tableau(synthese::tableau(ici, &site.ateliers[*a], *tableau))
        }
        PageKind::Dossier(a, t) => Vue::Dossier(dossier::dossier(ici, *a, &site.thematiques[*t])),
        PageKind::Liste { facette, numero, total } => {
            Vue::Liste(listes::liste(ici, facette.map(|f| &plan.facettes[f]), *numero, *total))
        }
        PageKind::Valeurs { nom, numero, total } => {
            Vue::Valeurs(listes::valeurs(ici, nom, *numero, *total))
        }
        PageKind::Fiche(a, f) => {
            let atelier = &site.ateliers[*a];
            Vue::Fiche(Box::new(fiche::fiche(ici, atelier, (*a, *f))))
        }
        PageKind::Acteurs => Vue::Acteurs(reperes::acteurs(ici)),
        PageKind::Calendrier => Vue::Calendrier(reperes::calendrier(ici)),
        PageKind::Liens { numero, total } => Vue::Liens(annuaire::liens(ici, *numero, *total)),
        PageKind::Glossaire => Vue::Glossaire(reperes::glossaire(ici)),
        PageKind::Provenance => Vue::Provenance(provenance::provenance(ici)),
        PageKind::Ajouts { atelier, numero, total } => {
            Vue::Ajouts(provenance::ajouts(ici, *atelier, *numero, *total))
        }
        PageKind::Recherche => Vue::Recherche(textes::recherche(ici)),
        PageKind::Donnees(files) => Vue::Donnees(textes::donnees(ici, files)),
        PageKind::PlanDuSite => Vue::Plan(textes::plan_du_site(ici)),
        PageKind::Accessibilite => Vue::Accessibilite(Box::new(officielles::accessibilite(ici))),
        PageKind::MentionsLegales => {
            Vue::MentionsLegales(Box::new(officielles::mentions_legales(ici)))
        }
        PageKind::DonneesPersonnelles => {
            Vue::DonneesPersonnelles(officielles::donnees_personnelles(ici))
        }
        PageKind::Contact => Vue::Contact(officielles::contact(ici)),
        PageKind::Ecoconception(mesures) => {
            Vue::Ecoconception(officielles::ecoconception(ici, mesures))
        }
        PageKind::Texte(p) => Vue::Texte(textes::texte(ici, &site.pages[*p])),
        PageKind::Introuvable => Vue::Introuvable(textes::introuvable(ici)),
        PageKind::Redirection(target) => Vue::Redirection(textes::redirection(ici, target)),
    };
    View { page: cadre::cadre(ici), vue }
}
