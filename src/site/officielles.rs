//! The pages that the law asks for: what they still lack, and what an editor adds to them.

use std::collections::BTreeMap;

use super::{Paths, Site, Target, address};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Config, Destination, PageOfficielle, PageTexte},
    source::SitePath,
};

/// The file of an official page: what it holds is shown after what the program writes.
pub fn fichier(page: PageOfficielle) -> SitePath {
    SitePath::new(format!("content/pages/{}.md", page.slug()))
}

impl Site {
    /// Page that an editor adds to an official one.
    pub fn complement(&self, page: PageOfficielle) -> Option<&PageTexte> {
        self.pages.iter().find(|p| p.id.as_str() == page.slug())
    }

    /// The pages of editors that are not official ones, each with its index in `pages`.
    pub fn autres_pages(&self) -> impl Iterator<Item = (usize, &PageTexte)> {
        let official = |page: &PageTexte| PageOfficielle::from_slug(page.id.as_str()).is_some();
        self.pages.iter().enumerate().filter(move |(_, page)| !official(page))
    }
}

/// The keys of `site.toml` that an official page shows and that are empty: those of the file itself, then
/// those of a group with its name. In the order of the page.
pub fn manquants(
    config: &Config,
    page: PageOfficielle,
) -> (Vec<&'static str>, Option<(&'static str, Vec<&'static str>)>) {
    let m = &config.mentions;
    let a = &config.accessibilite;
    let editeur = ("editeur", config.editeur.is_some());
    let contact = ("contact", config.contact.is_some());
    let audited = |there: bool| a.audit.is_none() || there;
    let whole = a.audit.as_ref().is_some_and(|audit| audit.taux == 100);
    let (own, group, keys): (Vec<_>, _, Vec<_>) = match page {
        PageOfficielle::Accessibilite => (
            vec![editeur, contact],
            "accessibilite",
            vec![
                ("schema", a.schema.is_some()),
                ("plan_action", a.plan_action.is_some()),
                ("non_conformites", audited(whole || !a.non_conformites.is_empty())),
                ("date_declaration", a.date.is_some()),
                ("environnement_test", audited(!a.environnement.is_empty())),
                ("outils", audited(!a.outils.is_empty())),
                ("pages_verifiees", audited(!a.pages.is_empty())),
            ],
        ),
        PageOfficielle::MentionsLegales => (
            vec![editeur, contact],
            "mentions",
            vec![
                ("adresse", m.adresse.is_some()),
                ("telephone", m.telephone.is_some()),
                ("directeur_publication", m.directeur_publication.is_some()),
                ("hebergeur", m.hebergeur.is_some()),
                ("hebergeur_adresse", m.hebergeur_adresse.is_some()),
                ("hebergeur_telephone", m.hebergeur_telephone.is_some()),
            ],
        ),
        PageOfficielle::DonneesPersonnelles => (
            Vec::new(),
            "mentions",
            vec![
                ("journal", m.journal.is_some()),
                ("traitements", !m.traitements.is_empty()),
                ("responsable_traitement", m.responsable_traitement.is_some()),
                ("delegue_protection", m.delegue_protection.is_some()),
            ],
        ),
        PageOfficielle::Contact => (
            vec![editeur, contact],
            "mentions",
            vec![("adresse", m.adresse.is_some()), ("telephone", m.telephone.is_some())],
        ),
        PageOfficielle::Ecoconception => (Vec::new(), "mentions", Vec::new()),
    };
    let empty = |keys: Vec<(&'static str, bool)>| -> Vec<&'static str> {
        keys.into_iter().filter(|(_, there)| !there).map(|(key, _)| key).collect()
    };
    let keys = empty(keys);
    (empty(own), (!keys.is_empty()).then_some((group, keys)))
}

/// Says what an official page still lacks: one warning, which names the keys to fill in.
pub fn judge(config: &Config, page: PageOfficielle, diags: &mut Vec<Diagnostic>) {
    let (own, group) = manquants(config, page);
    let keys = group.as_ref().map_or(0, |(_, keys)| keys.len());
    if own.len() + keys == 0 {
        return;
    }
    let lacking =
        french::count(own.len() + keys, "renseignement manque", "renseignements manquent");
    let message = format!("{lacking} à la page « {} »", page.label());
    let settings = SitePath::new("content/site.toml");
    let mut diagnostic = Diagnostic::new(Code::MentionACompleter, message).in_file(&settings, None);
    if !own.is_empty() {
        let what = if own.len() == 1 { "la clé" } else { "les clés" };
        diagnostic = diagnostic.help(format!("ajoutez {what} {}", own.join(", ")));
    }
    if let Some((group, keys)) = group {
        diagnostic = diagnostic.help(format!("sous [{group}], ajoutez {}", keys.join(", ")));
    }
    diags.push(diagnostic.help("la loi demande ces renseignements, que vous seul avez"));
}

/// Says which documents of the accessibility statement are on no page.
pub(super) fn check_destinations(
    config: &Config,
    targets: &BTreeMap<SitePath, Target>,
    known: &Paths,
    diags: &mut Vec<Diagnostic>,
) {
    let documents = [&config.accessibilite.schema, &config.accessibilite.plan_action];
    for document in documents.into_iter().flatten() {
        let Destination::Page(id) = document else { continue };
        let file = SitePath::new(format!("content/pages/{}.md", id.value));
        if targets.contains_key(&file) || known.contains(&file) {
            continue;
        }
        let names: Vec<&str> = targets
            .keys()
            .filter_map(|path| path.as_str().strip_prefix("content/pages/")?.strip_suffix(".md"))
            .collect();
        diags.push(
            Diagnostic::new(Code::LienInterneMort, format!("il n’y a pas de page « {} »", id.value))
                .at(&id.span, "")
                .suggest_or(
                    id.value.as_str(),
                    &names,
                    "donnez une adresse complète, ou le nom d’une page du dossier « pages », sans « .md »",
                ),
        );
    }
}

/// Official pages without a file can be linked to as if they had one.
pub(super) fn targets(targets: &mut BTreeMap<SitePath, Target>) {
    for page in PageOfficielle::ALL {
        targets.entry(fichier(*page)).or_insert_with(|| address::page(page.slug()).into());
    }
}
