//! Site → pages. [`plan()`] says which pages exist; [`view`] makes the one value a page's template sees.
//!
//! A view is plain data, complete and comparable: a page whose view has not changed has not changed.
//! It carries small cards of other pages, never whole ones.

mod accueil;
mod annuaire;
mod ateliers;
mod blocs;
mod cartes;
mod comparaison;
mod dossier;
mod fiche;
mod frame;
mod images;
mod introuvable;
mod imprimes;
mod joined;
mod kinds;
mod limits;
mod listes;
mod natures;
mod neighbours;
mod officielles;
mod plan;
mod proposer;
mod provenance;
mod reperes;
mod rubriques;
mod sante;
mod sujet;
mod synthese;
mod tableaux;
mod textes;
mod voix;
mod volets;

use serde::Serialize;

pub use cartes::{Carte, CarteFiche};
pub use frame::{Cadre, Entree};
pub use kinds::{Facette, Page, PageKind};
pub use plan::{Plan, plan};

use cartes::LienVue;

use crate::{markdown::Glose, site::Site, source::OutputPath};

/// Everything a template sees.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// Frame of every page: titles, menus, addresses.
    pub page: Cadre,
    /// Data of this page.
    pub vue: Vue,
}

/// Views and their templates, each once.
macro_rules! vues {
    ($($vue:ident($of:ty) => $template:literal,)*) => {
        /// The content of a page, one variant for each template.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "each variant is the struct of the same name")]
        pub enum Vue {
            $($vue($of),)*
        }

        impl Vue {
            /// The template that shows it.
            pub fn template(&self) -> &'static str {
                match self {
                    $(Self::$vue(_) => $template,)*
                }
            }
        }

        /// Every template that a theme must have, in one layer or another.
        pub const TEMPLATES: &[&str] = &[$($template),*];
    };
}

vues! {
    Accueil(accueil::Accueil) => "accueil.html",
    Thematiques(sujet::ListeDeThematiques) => "thematiques.html",
    Thematique(sujet::ThematiqueVue) => "thematique.html",
    Rubrique(comparaison::RubriquePage) => "rubrique.html",
    Syntheses(accueil::Syntheses) => "syntheses.html",
    Synthese(Box<synthese::SyntheseVue>) => "synthese.html",
    Tableau(tableaux::PageTableau) => "tableau.html",
    Lecture(tableaux::PlanLu) => "lecture.html",
    Citer(tableaux::Citer) => "citer.html",
    Dossier(dossier::Dossier) => "dossier.html",
    Liste(listes::Liste) => "liste.html",
    Valeurs(listes::Valeurs) => "valeurs.html",
    Fiche(Box<fiche::FicheVue>) => "fiche.html",
    Acteurs(reperes::Acteurs) => "acteurs.html",
    Calendrier(reperes::Calendrier) => "calendrier.html",
    Liens(annuaire::Liens) => "liens.html",
    Glossaire(reperes::Glossaire) => "glossaire.html",
    Provenance(provenance::Provenance) => "provenance.html",
    Ajouts(provenance::Ajouts) => "ajouts.html",
    Proposer(Box<proposer::Proposer>) => "proposer.html",
    Recherche(textes::Recherche) => "recherche.html",
    Donnees(textes::Donnees) => "donnees.html",
    Plan(textes::PlanDuSite) => "plan-du-site.html",
    Accessibilite(Box<officielles::Accessibilite>) => "accessibilite.html",
    MentionsLegales(Box<officielles::MentionsLegales>) => "mentions-legales.html",
    DonneesPersonnelles(officielles::DonneesPersonnelles) => "donnees-personnelles.html",
    Contact(officielles::Contact) => "contact.html",
    Ecoconception(officielles::Ecoconception) => "ecoconception.html",
    Texte(textes::Texte) => "texte.html",
    Introuvable(introuvable::Introuvable) => "introuvable.html",
    Redirection(textes::Redirection) => "redirection.html",
}

/// Context of a page's constructor.
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
    fn lien(self, target: &OutputPath) -> String {
        match self.racine_absolue() {
            Some(prefix) => format!("{prefix}{target}"),
            None => self.page.path.link_to(target),
        }
    }

    /// A link to a page, in these words.
    fn vers(self, texte: impl Into<String>, target: &OutputPath) -> LienVue {
        LienVue::vers(texte, self.lien(target))
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
    frame::titre(Ici { site, plan, page })
}

/// The view of a page. Total: a planned page always has one.
pub fn view(page: &Page, plan: &Plan, site: &Site) -> View {
    let ici = Ici { site, plan, page };
    let vue = match &page.kind {
        PageKind::Accueil => Vue::Accueil(accueil::accueil(ici)),
        PageKind::Thematiques => Vue::Thematiques(sujet::thematiques(ici)),
        PageKind::Syntheses => Vue::Syntheses(accueil::syntheses(ici)),
        PageKind::Thematique(t) => Vue::Thematique(sujet::thematique(ici, *t)),
        PageKind::Rubrique { thematique, rubrique, numero, .. } => {
            Vue::Rubrique(comparaison::rubrique(ici, (*thematique, *rubrique), *numero))
        }
        PageKind::Synthese(a) => Vue::Synthese(Box::new(synthese::synthese(ici, *a))),
        PageKind::Tableau(a, tableau) => {
            Vue::Tableau(tableaux::tableau(ici, &site.ateliers[*a], *tableau))
        }
        PageKind::Lecture(a) => Vue::Lecture(tableaux::lecture(ici, *a)),
        PageKind::Citer(a, tableau) => Vue::Citer(tableaux::citer(ici, *a, *tableau)),
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
        PageKind::Acteurs(a) => Vue::Acteurs(reperes::acteurs(ici, *a)),
        PageKind::Calendrier(a) => Vue::Calendrier(reperes::calendrier(ici, *a)),
        PageKind::Liens { numero, total } => Vue::Liens(annuaire::liens(ici, *numero, *total)),
        PageKind::Glossaire => Vue::Glossaire(reperes::glossaire(ici)),
        PageKind::Provenance(a) => Vue::Provenance(provenance::provenance(ici, *a)),
        PageKind::Ajouts { atelier, numero, total } => {
            Vue::Ajouts(provenance::ajouts(ici, *atelier, *numero, *total))
        }
        PageKind::Proposer => Vue::Proposer(Box::new(proposer::proposer(ici))),
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
        PageKind::Introuvable => Vue::Introuvable(introuvable::introuvable(ici)),
        PageKind::Redirection(target) => Vue::Redirection(textes::redirection(ici, target)),
    };
    View { page: frame::cadre(ici), vue }
}
