//! The editor's own files: `site.toml`, `glossaire.toml`, `thematiques/*.md`, `pages/*.md`.

use std::sync::Arc;

use super::{
    Findings, keys, obligations, plain, read_markdown,
    reader::{Reader, read, top_of},
};
use crate::{
    diag::{Code, Diagnostic, Severity},
    model::{Attestation, Config, Forge, PageTexte, Permission, Sens, Thematique},
    source::{SitePath, Slug, Spanned},
};

/// The theme that is used when `site.toml` names none.
pub const DEFAULT_THEME: &str = "defaut";

pub(super) fn config(path: &SitePath, text: &str, diags: &mut Vec<Diagnostic>) -> Option<Config> {
    let top = top_of(path, text);
    read(&keys::SITE, path, text, 0, top.clone(), diags, |r| {
        let (titre, description) = (r.text("titre"), r.text("description"));
        let config = Config {
            langue: r.langue("langue"),
            accroche: r.text("accroche").map(|t| t.value),
            editeur: r.text("editeur").map(|t| t.value),
            contact: r.text("contact").map(|t| t.value),
            url: r.url("url"),
            depot: depot(r),
            branche: r.text("branche").map_or_else(|| "main".to_string(), |t| t.value),
            theme: r.text("theme").unwrap_or(Spanned { value: DEFAULT_THEME.into(), span: top }),
            htaccess: r.flag("htaccess"),
            allow_override: r.words("allow_override", Permission::from_slug),
            mentions: r.table("mentions", obligations::mentions).unwrap_or_default(),
            accessibilite: r.table("accessibilite", obligations::declaration).unwrap_or_default(),
            titre: titre?.value,
            description: description?.value,
        };
        Some(config)
    })
}

pub(super) fn glossaire(path: &SitePath, text: &str, diags: &mut Vec<Diagnostic>) -> Vec<Sens> {
    read(&keys::GLOSSAIRE, path, text, 0, top_of(path, text), diags, |r| r.tables("sens", sens))
}

/// The repository, when its pages can be reached.
fn depot(r: &mut Reader<'_, '_>) -> Option<url::Url> {
    let written = r.text("depot")?;
    let url = r.url("depot")?;
    let path = url.path().trim_end_matches('/');
    let pages = ["/-/", "/tree/", "/blob/", "/src/branch/"];
    let other = if let Some(page) = path.strip_suffix(".git") {
        let host = url.host_str().unwrap_or_default();
        let message = "« depot » finit par « .git » : c’est l’adresse qui sert à copier le projet, pas celle de sa page";
        Some((format!("{}://{host}{page}", url.scheme()), message))
    } else if let Some(at) = pages.iter().find_map(|page| path.find(page)) {
        let message = "« depot » mène à une page du projet, et non à sa première page";
        Some((format!("{}{}", &url[..url::Position::BeforePath], &path[..at]), message))
    } else {
        None
    };
    if let Some((better, message)) = other {
        r.push(
            Diagnostic::new(Code::DepotInutilisable, message)
                .at(&written.span, "")
                .help(format!("écrivez : depot = \"{better}\""))
                .fix(&written.span, format!("\"{better}\"")),
        );
        return None;
    }
    if url.host_str().is_some_and(|host| Forge::at(host).is_none()) {
        let mut diagnostic = Diagnostic::new(
            Code::DepotInutilisable,
            "les adresses des pages de cette forge ne sont pas connues : le site n’aura ni « Modifier cette fiche », ni « Signaler une erreur »",
        )
        .at(&written.span, "")
        .help("la page « Proposer une expérience » donnera la fiche à copier ou à télécharger ; sans « depot », il n’y a pas cette page");
        diagnostic.severity = Severity::Warning;
        r.push(diagnostic);
    }
    Some(url)
}

/// The acronyms that every teacher knows, which the glossary of a site overrides.
pub fn sigles_communs() -> Vec<Sens> {
    glossaire(&SitePath::new("sigles.toml"), include_str!("sigles.toml"), &mut Vec::new())
}

fn sens(r: &mut Reader<'_, '_>) -> Option<Sens> {
    let (id, sigle) = (r.slug("id"), r.text("sigle"));
    let sens = Sens {
        developpement: r.text("developpement"),
        a_confirmer: r.flag("a_confirmer"),
        acteur: r.flag("acteur"),
        note: r.text("note").map(|t| t.value),
        ou: r.texts("ou"),
        attestation: attestation(r),
        id: id?,
        sigle: sigle?,
    };
    if sens.developpement.is_none() && sens.note.is_none() {
        let message = format!("« {} » n’est pas expliqué", sens.sigle.value);
        let aide = "ajoutez : developpement = \"…\", ou note = \"…\" si personne ne le connaît";
        r.say(Code::CleManquante, &sens.sigle.span, message, aide);
    }
    Some(sens)
}

/// `synthese` and `lignes` go together: the place where a source expands the acronym.
fn attestation(r: &mut Reader<'_, '_>) -> Option<Attestation> {
    let (synthese, lignes) = (r.text("synthese"), r.numbers("lignes"));
    let only = match (synthese, lignes) {
        (Some(synthese), Some(lignes)) => return Some(Attestation { synthese, lignes }),
        (synthese, lignes) => synthese.map(|s| s.span).or(lignes.map(|l| l.span))?,
    };
    let message = "« synthese » et « lignes » vont ensemble";
    r.push(Diagnostic::new(Code::CleManquante, message).at(&only, ""));
    None
}

pub(super) fn thematique(
    path: &SitePath,
    id: Slug,
    text: &Arc<str>,
    found: &mut Findings,
) -> Option<Thematique> {
    read_markdown(&keys::THEMATIQUE, path, text, found, |r, corps, _| {
        let numero = r.number("numero");
        let (titre, titre_court) = (r.text("titre"), r.text("titre_court"));
        plain::say_markdown(titre.iter().chain(&titre_court), r);
        let demarche = r.slug("demarche").map(|demarche| demarche.value);
        let autres_noms = r.plain_texts("autres_noms");
        let titre = titre?.value;
        Some(Thematique {
            demarche,
            autres_noms,
            id,
            path: path.clone(),
            numero: numero?,
            titre_court: titre_court.map_or_else(|| titre.clone(), |t| t.value),
            titre,
            corps,
        })
    })
}

pub(super) fn page(
    path: &SitePath,
    id: Slug,
    text: &Arc<str>,
    found: &mut Findings,
) -> Option<PageTexte> {
    read_markdown(&keys::PAGE, path, text, found, |r, corps, entete| {
        let titre = r.text("titre");
        plain::say_markdown(titre.iter(), r);
        Some(PageTexte { id, path: path.clone(), titre: titre?.value, corps, entete })
    })
}
