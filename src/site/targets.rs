//! Targets of internal links: files that are published, and the anchors in them.

use std::collections::BTreeMap;

use super::{ATELIER, Atelier, Paths, address};
use crate::{
    diag::{Code, Diagnostic},
    model::{Corps, LienInterne, PageTexte, Thematique},
    parse::{Published, Role, role_of},
    source::{OutputPath, SitePath, Snapshot, slugify},
};

/// A published file and its anchors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Page of the target.
    pub page: OutputPath,
    /// Anchors that may be named, each with the page it is on.
    pub anchors: BTreeMap<String, OutputPath>,
}

impl From<OutputPath> for Target {
    /// A page without anchors to name.
    fn from(page: OutputPath) -> Self {
        Self { page, anchors: BTreeMap::new() }
    }
}

/// Every published file of the content.
pub(super) fn collect(
    thematiques: &[Thematique],
    pages: &[PageTexte],
    ateliers: &[Atelier],
    known: &Paths,
) -> BTreeMap<SitePath, Target> {
    let mut targets: BTreeMap<SitePath, Target> = BTreeMap::new();
    for t in thematiques {
        targets.insert(t.path.clone(), of_text(address::thematique(&t.id), &t.corps));
    }
    for page in pages {
        targets.insert(page.path.clone(), of_text(address::page(page.id.as_str()), &page.corps));
    }
    for atelier in ateliers {
        let id = &atelier.synthese.id;
        let page = address::synthese(id);
        targets.insert(atelier.synthese.path.clone(), page.clone().into());
        if let Some((corps, _)) = &atelier.synthese.methode {
            targets.insert(corps.span.file.clone(), of_text(page.clone(), corps));
        }
        for texte in &atelier.synthese.textes {
            let file = texte.corps.span.file.clone();
            targets.insert(file, of_text(page.clone(), &texte.corps));
        }
        for fiche in &atelier.fiches {
            targets.insert(fiche.path.clone(), of_text(address::fiche(&fiche.id), &fiche.corps));
        }
        // A file without a bloc has its page too.
        for thematique in thematiques {
            let file =
                SitePath::new(format!("content/syntheses/{id}/tableaux/{}.toml", thematique.id));
            let own = thematique.demarche == atelier.synthese.demarche;
            if known.contains(&file) && (own || atelier.parle_de(&thematique.id)) {
                targets.insert(file, address::dossier(id, &thematique.id).into());
            }
        }
        for bloc in &atelier.blocs {
            let file = bloc.bloc.id.span.file.clone();
            let target = targets.entry(file).or_insert_with(|| match bloc.thematique.as_str() {
                ATELIER => address::synthese(id).into(),
                _ => address::dossier(id, &bloc.thematique).into(),
            });
            let page = address::tableau(&atelier.synthese, bloc.tableau);
            target.anchors.insert(bloc.bloc.id.value.to_string(), page.clone());
            for n in 1..=bloc.bloc.textes.len() {
                target.anchors.insert(bloc.bloc.ancre(n), page.clone());
            }
        }
    }
    targets
}

fn of_text(page: OutputPath, corps: &Corps) -> Target {
    let anchors = corps.titres.iter().map(|t| (t.ancre.clone(), page.clone())).collect();
    Target { page, anchors }
}

/// Files of the content, by what became of them.
#[derive(Clone, Copy)]
pub(super) struct Files<'a> {
    /// Files that were given.
    pub(super) snapshot: &'a Snapshot,
    /// Texts that exist, read or not.
    pub(super) known: &'a Paths,
    /// Files of which something was said already: they could not be read, or are misnamed.
    pub(super) doubtful: &'a Paths,
    /// Fiches that are not published yet.
    pub(super) drafts: &'a Paths,
    /// Images whose name and place are right, and what becomes of each that can be published.
    pub(super) images: &'a BTreeMap<SitePath, Option<Published>>,
}

/// Says which internal links of a text lead nowhere. A file that exists but could not be read is
/// not complained about again.
pub(super) fn check_links(
    corps: &Corps,
    targets: &BTreeMap<SitePath, Target>,
    files: Files<'_>,
    diags: &mut Vec<Diagnostic>,
) {
    for (n, lien) in corps.liens.iter().enumerate() {
        // Each suggestion looks through all that is known.
        let none = BTreeMap::new();
        let suggested = if n < SUGGESTED { targets } else { &none };
        match targets.get(&lien.cible) {
            // The text that could not be read may hold this anchor.
            Some(_) if files.doubtful.contains(&lien.cible) => {}
            Some(target) => diags.extend(dead_anchor(lien, target, n < SUGGESTED)),
            None => diags.extend(dead_link(lien, suggested, files).map(|d| d.at(&lien.span, ""))),
        }
    }
}

/// Links of a text that a suggestion is looked for.
const SUGGESTED: usize = 100;

fn dead_anchor(lien: &LienInterne, target: &Target, suggests: bool) -> Option<Diagnostic> {
    let ancre = lien.ancre.as_ref().filter(|ancre| !target.anchors.contains_key(*ancre))?;
    let known = target.anchors.keys().map(String::as_str).filter(|_| suggests);
    let known: Vec<&str> = known.collect();
    let (what, advice) = match lien.cible.extension() {
        "toml" => ("de bloc", "après « # », écrivez l’identifiant d’un bloc"),
        _ => {
            ("de titre", "après « # », écrivez un titre en minuscules sans accent, avec des tirets")
        }
    };
    let message = format!("« {} » n’a pas {what} « {ancre} »", lien.cible.file_name());
    let diagnostic = Diagnostic::new(Code::AncreMorte, message).at(&lien.span, "");
    Some(diagnostic.suggest_or(ancre, &known, advice))
}

/// Why a link leads to no page; `None` when its file has been spoken of already.
fn dead_link(
    lien: &LienInterne,
    targets: &BTreeMap<SitePath, Target>,
    files: Files<'_>,
) -> Option<Diagnostic> {
    let cible = &lien.cible;
    let dead = |message: String| Diagnostic::new(Code::LienInterneMort, message);
    if files.drafts.contains(cible) {
        return Some(
            dead("cette fiche est un brouillon : elle n’est pas publiée".into())
                .help("retirez ce lien, ou « brouillon = true » de la fiche"),
        );
    }
    if !cible.as_str().starts_with("content/") {
        return Some(
            dead(format!("« {cible} » n’est pas dans « content » : rien n’en est publié"))
                .help("un lien interne vise un fichier de « content » ; sinon, donnez une adresse complète"),
        );
    }
    if let Some((what, aide)) = no_page(&lien.span.file, cible, files) {
        return Some(dead(format!("« {} » {what}", cible.file_name())).help(aide));
    }
    if files.known.contains(cible) || files.doubtful.contains(cible) {
        return None;
    }
    if let Some(found) = unpublished(&lien.span.file, cible, files) {
        let folder = found.parent();
        let message =
            format!("« {} » est là, dans « {folder} », mais n’est pas publié", found.file_name());
        let aide = "publiez ce fichier ailleurs et donnez son adresse complète, ou retirez ce lien";
        return Some(dead(message).help(aide));
    }
    let names: Vec<&str> = targets.keys().map(SitePath::file_name).collect();
    Some(dead(format!("il n’y a pas de fichier « {cible} »")).suggest_or(
        cible.file_name(),
        &names,
        "un lien interne est le chemin d’un fichier, à partir de celui où il est écrit : ../retex/nom.md",
    ))
}

/// The file of this name beside a text, or in its folder, that is neither a page nor an image.
fn unpublished<'f>(from: &SitePath, cible: &SitePath, files: Files<'f>) -> Option<&'f SitePath> {
    let own = from.as_str().strip_suffix(".md").unwrap_or(from.as_str());
    let wanted = slugify(cible.file_name());
    let seems = |path: &&SitePath| {
        let folder = path.parent();
        (folder == own || folder == from.parent() || folder == cible.parent())
            && slugify(path.file_name()) == wanted
            && role_of(path).is_err()
    };
    files.snapshot.files.keys().find(seems)
}

/// Name of a file that exists and is no page, and the words to write instead in the text of `from`.
fn no_page(from: &SitePath, cible: &SitePath, files: Files<'_>) -> Option<(&'static str, String)> {
    if !files.snapshot.files.contains_key(cible) {
        return None;
    }
    let there = |path: String| from.reference_to(&SitePath::new(path));
    let is_image = files.images.contains_key(cible);
    Some(match role_of(cible) {
        _ if is_image => (
            "est une image, pas une page",
            format!(
                "montrez-la dans le texte : ![ce que l’image apporte]({})",
                address::written(&from.reference_to(cible))
            ),
        ),
        Ok(Role::Config) => (
            "contient les réglages du site : ce n’est pas une page",
            format!(
                "retirez ce lien, ou visez une page : {} dit qui publie le site",
                there("content/pages/mentions-legales.md".into())
            ),
        ),
        Ok(Role::Glossaire) => (
            "ne peut pas être visé par un lien",
            "retirez ce lien : le glossaire est au menu de chaque page, et un sigle écrit dans un texte mène de lui-même à son explication"
                .into(),
        ),
        Ok(Role::Synonymes) => (
            "ne peut pas être visé par un lien",
            "retirez ce lien : ces mots ne servent qu’à la recherche".into(),
        ),
        Ok(Role::Source(id)) => (
            "est le document reçu : ce n’est pas une page",
            format!(
                "visez la page de sa synthèse : {}",
                there(format!("content/syntheses/{id}/synthese.toml"))
            ),
        ),
        Err(_) if !files.doubtful.contains(cible) => (
            "n’est pas publié",
            "publiez-le ailleurs et donnez son adresse complète, ou retirez ce lien".into(),
        ),
        _ => return None,
    })
}
