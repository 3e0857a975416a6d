//! Which file is what, from its path alone.

use super::{image, limits, noms};
use crate::{
    diag::{Code, Diagnostic},
    french,
    images::{Foreign, ImageFormat},
    model::FicheId,
    source::{SitePath, Slug, Snapshot, SourceFile, slugify},
};

/// The folder of the content.
pub const CONTENT: &str = "content";
/// The settings of the site.
pub const SETTINGS: &str = "content/site.toml";

/// Folder of a synthèse that holds the images received with its document.
pub const DOSSIER_IMAGES: &str = "images";

/// Ids that would collide with pages the program makes.
const RESERVED_SYNTHESES: [&str; 1] = ["par"];

/// Signs that the name of an image cannot have: an address stops at them, reads them otherwise, or some disks refuse
/// them. Spaces and accents are written otherwise in the address.
const IMPOSSIBLE: [char; 10] = ['#', '?', '%', '\\', ':', '*', '"', '<', '>', '|'];

/// Role of a file of `content/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// `site.toml`.
    Config,
    /// `glossaire.toml`.
    Glossaire,
    /// `synonymes.toml`.
    Synonymes,
    /// `thematiques/<id>.md`.
    Thematique(Slug),
    /// `pages/<id>.md`.
    Page(Slug),
    /// `syntheses/<id>/synthese.toml`.
    Synthese(Slug),
    /// `syntheses/<id>/source.txt`.
    Source(Slug),
    /// `syntheses/<id>/methode.md`.
    Methode(Slug),
    /// `syntheses/<id>/textes/<slug>.md`.
    Texte {
        /// The synthèse.
        synthese: Slug,
        /// The file's name.
        id: Slug,
    },
    /// `syntheses/<id>/retex/<slug>.md`.
    Fiche(FicheId),
    /// `syntheses/<id>/tableaux/<thematique>.toml`.
    Tableaux {
        /// The synthèse.
        synthese: Slug,
        /// The thématique.
        thematique: Slug,
    },
    /// An image beside a text, or received with a document.
    Image,
}

/// True when a path lies in the content folder.
pub(super) fn is_content(path: &SitePath) -> bool {
    path.as_str().strip_prefix(CONTENT).is_some_and(|rest| rest.starts_with('/'))
}

/// The role of a file of the content.
///
/// # Errors
/// A diagnostic when its name cannot be an address, or when nothing publishes such a file.
pub fn role_of(path: &SitePath) -> Result<Role, Diagnostic> {
    let inside: Vec<&str> = path.as_str().split('/').skip(1).collect();
    if let Some(long) = too_long(path, &inside) {
        return Err(long);
    }
    let is_image = ImageFormat::of_extension(path.extension()).is_some();
    match inside.as_slice() {
        ["site.toml"] => Ok(Role::Config),
        ["glossaire.toml"] => Ok(Role::Glossaire),
        ["synonymes.toml"] => Ok(Role::Synonymes),
        ["thematiques", file] if file.ends_with(".md") => Ok(Role::Thematique(stem(path)?)),
        ["pages", file] if file.ends_with(".md") => Ok(Role::Page(stem(path)?)),
        ["pages", _, ..] if is_image => image(path, &inside[1..]),
        ["syntheses", id, rest @ ..] => in_synthese(path, id, rest, is_image),
        _ => Err(ignored(path)),
    }
}

/// A name, or a path, that some systems could not write.
fn too_long(path: &SitePath, parts: &[&str]) -> Option<Diagnostic> {
    let name = parts.iter().find(|part| part.len() > limits::NAME);
    let (what, limit) = match name {
        Some(name) => (format!("le nom « {} »", french::first_words(name, 60)), limits::NAME),
        None if path.as_str().len() > limits::PATH => ("ce chemin".into(), limits::PATH),
        None => return None,
    };
    let message = format!("{what} est trop long : la limite est de {limit} signes");
    let aide = "renommez-le : quelques mots suffisent, et ce nom est dans l’adresse de la page";
    Some(of_file(Code::NomDeFichier, path, message, aide))
}

/// Message about a file as a whole.
fn of_file(
    code: Code,
    path: &SitePath,
    message: impl Into<String>,
    aide: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(code, message).in_file(path, None).help(aide)
}

fn in_synthese(
    path: &SitePath,
    id: &str,
    rest: &[&str],
    is_image: bool,
) -> Result<Role, Diagnostic> {
    let synthese = || slug_of(path, id, "ce dossier");
    match rest {
        ["synthese.toml"] => Ok(Role::Synthese(synthese()?)),
        ["source.txt"] => Ok(Role::Source(synthese()?)),
        ["methode.md"] => Ok(Role::Methode(synthese()?)),
        ["textes", file] if file.ends_with(".md") => {
            Ok(Role::Texte { synthese: synthese()?, id: stem(path)? })
        }
        ["retex", file] if file.ends_with(".md") => {
            Ok(Role::Fiche(FicheId { synthese: synthese()?, slug: stem(path)? }))
        }
        ["tableaux", file] if file.ends_with(".toml") => {
            Ok(Role::Tableaux { synthese: synthese()?, thematique: stem(path)? })
        }
        [DOSSIER_IMAGES, _] if is_image => image(path, &rest[1..]),
        ["retex", folder, _, ..] if is_image => {
            slug_of(path, folder, "ce dossier")?;
            image(path, &rest[2..])
        }
        _ => Err(ignored(path)),
    }
}

/// The path that a file should have, when only the names of its folders or its own cannot be addresses.
pub(super) fn mended(path: &SitePath) -> Option<SitePath> {
    let (folder, name) = path.as_str().rsplit_once('/')?;
    let (stem, extension) = name.rsplit_once('.')?;
    let folders = folder.split('/').map(slugify).collect::<Vec<_>>().join("/");
    let mended = SitePath::new(format!("{folders}/{}.{extension}", slugify(stem)));
    (mended != *path).then_some(mended)
}

fn stem(path: &SitePath) -> Result<Slug, Diagnostic> {
    slug_of(path, path.stem(), "ce fichier")
}

fn slug_of(path: &SitePath, name: &str, what: &str) -> Result<Slug, Diagnostic> {
    let reserved = RESERVED_SYNTHESES.contains(&name) || is_page_number(name);
    let called = format!("{what} ne peut pas s’appeler « {name} »");
    if let Some((why, better)) = noms::refused(name) {
        let aide = format!("renommez-le « {} »", slugify(&better));
        return Err(of_file(Code::NomDeFichier, path, format!("{called} : {why}"), aide));
    }
    match Slug::new(name) {
        Some(slug) if !reserved => Ok(slug),
        Some(_) => {
            let aide = "choisissez un autre nom : celui-ci sert aux listes du site";
            let message = format!("{called} : ce nom est réservé");
            Err(of_file(Code::IdentifiantReserve, path, message, aide))
        }
        None => {
            let message = format!("{what} s’appelle « {name} », qui ne peut pas être une adresse");
            let rule = "un nom se compose de minuscules sans accent, de chiffres et de tirets";
            let aide = match slugify(name) {
                none if none.is_empty() => rule.to_string(),
                better => format!("renommez-le « {better} » : {rule}"),
            };
            Err(of_file(Code::NomDeFichier, path, message, aide))
        }
    }
}

/// An image, when the names on its way can be in an address.
fn image(path: &SitePath, names: &[&str]) -> Result<Role, Diagnostic> {
    let refused = |(rank, name): (usize, &&str)| Some((rank, noms::refused(name)?));
    if let Some((rank, (why, better))) = names.iter().enumerate().find_map(refused) {
        let (what, it) = of_rank(rank, names);
        let message = format!("{what} ne peut pas s’appeler « {} » : {why}", names[rank]);
        let aide = format!("renommez-{it} « {better} », ici et dans le texte qui montre l’image");
        return Err(of_file(Code::NomDeFichier, path, message, aide));
    }
    let impossible = |c: char| IMPOSSIBLE.contains(&c) || c.is_control();
    let signed =
        |(rank, name): (usize, &&str)| Some((rank, name.chars().find(|c| impossible(*c))?));
    let Some((rank, sign)) = names.iter().enumerate().find_map(signed) else {
        return Ok(Role::Image);
    };
    let name = names[rank];
    let (what, it) = of_rank(rank, names);
    let (stem, extension) = match name.rfind('.').filter(|_| rank + 1 == names.len()) {
        Some(point) => name.split_at(point),
        None => (name, ""),
    };
    let sign =
        if sign.is_control() { "un signe invisible".into() } else { format!("« {sign} »") };
    let better = match slugify(stem) {
        empty if empty.is_empty() => "avec des lettres, des chiffres et des tirets".to_string(),
        better => format!("« {better}{extension} »"),
    };
    let message = format!("{what} s’appelle « {name} » : {sign} ne peut pas être dans une adresse");
    let aide = format!("renommez-{it} {better}, ici et dans le texte qui montre l’image");
    Err(of_file(Code::NomDeFichier, path, message, aide))
}

/// Name of the thing at a rank of the way to an image, and its pronoun.
fn of_rank(rank: usize, names: &[&str]) -> (&'static str, &'static str) {
    if rank + 1 == names.len() {
        ("cette image", "la")
    } else {
        ("le dossier de cette image", "le")
    }
}

fn is_page_number(name: &str) -> bool {
    name.strip_prefix("page-").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

/// Endings of a text, as programs add them to its name.
const TEXTES: [&str; 8] = ["md", "txt", "markdown", "mkd", "mdown", "mdwn", "text", "mdx"];
/// Endings of the documents of office software.
const BUREAUTIQUE: [&str; 8] = ["docx", "doc", "odt", "rtf", "pages", "gdoc", "docm", "dotx"];

/// True of the names under which Vim (`4913`) and sed (`sedAbC123`) try or write a file before they rename it.
fn is_temporary(name: &str) -> bool {
    let mixed = |end: &str| end.len() == 6 && end.bytes().any(|b| !b.is_ascii_lowercase());
    name.bytes().all(|b| b.is_ascii_digit()) || name.strip_prefix("sed").is_some_and(mixed)
}

/// The path that a text should have, by its own name alone; its own when that is right.
pub(super) fn renamed(path: &SitePath) -> Option<SitePath> {
    let mut stem = path.file_name();
    while let Some((start, end)) = stem.rsplit_once('.') {
        let lower = end.to_ascii_lowercase();
        let ends = [TEXTES.as_slice(), &BUREAUTIQUE, &["toml"]];
        if start.is_empty() || !ends.iter().any(|known| known.contains(&lower.as_str())) {
            break;
        }
        stem = start;
    }
    let lower = path.extension().to_ascii_lowercase();
    let ending = if lower == "toml" { "toml" } else { "md" };
    let better = match slugify(stem) {
        none if none.is_empty() => return None,
        slug => format!("{slug}.{ending}"),
    };
    Some(SitePath::new(format!("{}/{better}", path.parent())))
}

/// A text that its name alone keeps from being published, where a text is awaited.
fn misnamed(path: &SitePath) -> Option<Diagnostic> {
    let (stem, lower) = (path.stem(), path.extension().to_ascii_lowercase());
    let renamed = renamed(path)?;
    let better = renamed.file_name();
    // A right name in a wrong folder.
    if renamed == *path {
        return None;
    }
    let awaited = role_of(&renamed);
    let is_text = matches!(
        awaited.ok()?,
        Role::Fiche(_)
            | Role::Page(_)
            | Role::Texte { .. }
            | Role::Thematique(_)
            | Role::Tableaux { .. }
    );
    let end = path.extension();
    let is_office = BUREAUTIQUE.contains(&lower.as_str());
    let known = end.is_empty() || is_office || lower == "toml" || TEXTES.contains(&lower.as_str());
    if !is_text || !known || end.is_empty() && is_temporary(stem) {
        return None;
    }
    let why = match end {
        "" => "son nom n’a pas de fin".to_string(),
        _ if is_office => "c’est un document de bureautique".to_string(),
        end => format!("son nom finit par « .{end} »"),
    };
    let aide = match is_office {
        true => format!(
            "ouvrez-le, copiez son texte dans un fichier « {better} » écrit avec un éditeur de texte, sous son en-tête, puis supprimez-le"
        ),
        false => format!("renommez-le « {better} »"),
    };
    let message = format!("ce fichier ne serait pas publié : {why}");
    Some(of_file(Code::NomDeFichier, path, message, aide))
}

/// A name that is advised for a file, and that another file has: the next free one is advised instead.
pub(super) fn leave_taken(file: &SourceFile, snapshot: &Snapshot, said: &mut [Diagnostic]) {
    let mut named = said.iter_mut().filter(|said| said.code == Code::NomDeFichier).peekable();
    if named.peek().is_none() {
        return;
    }
    let is_taken = |path: &SitePath| *path != file.path && snapshot.files.contains_key(path);
    let Some(wanted) = renamed(&file.path).filter(is_taken) else { return };
    let (stem, end) = (wanted.stem(), wanted.extension());
    let free = (2..).map(|n| format!("{stem}-{n}.{end}"));
    let free = free.take(1000).find(|name| {
        !snapshot.files.contains_key(&SitePath::new(format!("{}/{name}", wanted.parent())))
    });
    let aide = format!(
        "renommez-le « {} » : « {} » existe déjà, et ce n’est peut-être pas le même texte",
        free.unwrap_or_default(),
        wanted.file_name()
    );
    named.for_each(|said| said.helps = vec![aide.clone()]);
}

fn ignored(path: &SitePath) -> Diagnostic {
    if let Some(misnamed) = misnamed(path) {
        return misnamed;
    }
    let aide = match path.extension().to_ascii_lowercase().as_str() {
        "md" => {
            "une fiche est dans content/syntheses/<synthèse>/retex/, une page dans content/pages/"
        }
        "toml" => "un tableau est dans content/syntheses/<synthèse>/tableaux/<thématique>.toml",
        ext if ImageFormat::of_extension(ext).is_some() => {
            "une image est dans un dossier du nom de sa fiche, retex/<fiche>/ ; reçue avec le document, dans images/"
        }
        ext => match Foreign::of_extension(ext) {
            Some(foreign) => image::advice(foreign),
            None => "publiez-le ailleurs et mettez un lien dans une fiche, ou supprimez-le",
        },
    };
    let message = "ce fichier n’est pas publié : rien ne l’attend à cet endroit";
    of_file(Code::FichierIgnore, path, message, aide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_refused() {
        for (path, code) in [
            ("content/syntheses/par/synthese.toml", Code::IdentifiantReserve),
            ("content/syntheses/a/images/b/c.png", Code::FichierIgnore),
            ("content/notes.docx", Code::FichierIgnore),
            ("content/pages/x/a:b.gif", Code::NomDeFichier),
        ] {
            assert_eq!(role_of(&SitePath::new(path)).unwrap_err().code, code, "{path}");
        }
        for fine in ["a b.png", "été.jpg", "a/b.png", "A+B (1).webp"] {
            let path = SitePath::new(format!("content/pages/x/{fine}"));
            assert_eq!(role_of(&path), Ok(Role::Image), "{fine}");
        }
    }
}
