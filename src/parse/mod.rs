//! Bytes → model. Each file is read alone, and every error in it is collected with its span.
//!
//! A file that cannot be understood still exists: its path stays known, so that links to it do not
//! add errors to the one that matters.

mod adresse;
mod ailleurs;
mod body;
mod converti;
pub mod keys;
mod editorial;
mod epreuve;
mod fiche;
mod header;
mod image;
mod jours;
mod layout;
mod limits;
mod links;
mod motifs;
mod mots;
mod noms;
mod obligations;
mod personnel;
mod plain;
mod reader;
mod sante;
mod schema;
mod signes;
mod source_document;
mod syntax;
mod synonymes;
mod synthese;
mod theme;
mod traduit;
mod valeur;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    diag::{self, Code, Diagnostic, Severity},
    model::{
        Config, Corps, Fiche, GroupeSynonymes, PageTexte, Sante, Sens, Synthese, TableauxLus,
        TexteRecu, Thematique,
    },
    source::{Refusal, SitePath, Slug, Snapshot, SourceFile, Span},
};

pub use ailleurs::niveaux_dits;
pub use body::{
    Element, HtmlPiece, MarkdownReading, OpenElements, PlacedEvent, holds_blocks, is_bare,
};
pub use editorial::{DEFAULT_THEME, sigles_communs};
pub use fiche::NOM_RETIRE;
pub use image::{Published, foreign_advice};
pub use layout::{CONTENT, DOSSIER_IMAGES, Role, SETTINGS, role_of};
pub use links::{internal_target, without_scheme};
pub(crate) use motifs::{LETTER, motif};
pub use mots::among;
pub use personnel::personal;
pub use sante::SANTE;
pub use schema::{SCHEMAS, Schema};
pub use signes::Lectures;
pub use source_document::{Cellule, LigneSource, Segment, SourceDocument};
pub use theme::{ThemeToml, theme_toml};

/// Everything the sources say, file by file, before anything is checked across files; or what one file says.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// `site.toml`.
    pub config: Option<Config>,
    /// Thématiques, by path.
    pub thematiques: Vec<Thematique>,
    /// The glossary, in the order of the file.
    pub glossaire: Vec<Sens>,
    /// Groups of words that the search takes for one another.
    pub synonymes: Vec<GroupeSynonymes>,
    /// Health of the external links.
    pub sante: Sante,
    /// Site pages, by path.
    pub pages: Vec<PageTexte>,
    /// Syntheses, by path.
    pub syntheses: Vec<Synthese>,
    /// Documents received: the synthèse's id, its `source.txt`, and the text, which the form that it declares cuts.
    pub sources: Vec<(Slug, SitePath, Arc<str>)>,
    /// Tables: the synthèse's id and one file of it.
    pub tableaux: Vec<(Slug, TableauxLus)>,
    /// Fiches, by path.
    pub fiches: Vec<Arc<Fiche>>,
    /// Method texts: the synthèse's id and its `methode.md`.
    methodes: Vec<(Slug, crate::model::Methode)>,
    /// Other received texts: the synthèse's id and one of them.
    textes: Vec<(Slug, TexteRecu)>,
    /// Every Markdown or TOML file that exists, readable or not.
    pub known: BTreeSet<SitePath>,
    /// Images whose name and place are right, and what becomes of each that can be published.
    pub images: BTreeMap<SitePath, Option<Published>>,
    /// Files that could not be read, or whose name or keys are wrong: what they fail to say is not
    /// complained about elsewhere.
    pub doubtful: BTreeSet<SitePath>,
    /// Files read otherwise than they are written. What is said of the model has its places in what was read.
    pub lectures: Lectures,
}

/// The role of a file under the name it should have.
fn mended(file: &SourceFile) -> Option<Role> {
    role_of(&layout::mended(&file.path)?).ok()
}

/// A file, and what there is to say of it alone.
#[derive(Clone, Debug)]
struct ReadFile {
    parsed: Parsed,
    /// With places in the file as it is written.
    diags: Vec<Diagnostic>,
}

/// Findings in one file.
#[derive(Debug, Default)]
struct Findings {
    /// Faults of its keys, or of the file itself.
    of_keys: Vec<Diagnostic>,
    /// Faults of its Markdown, which leave the text and the keys as they are.
    of_text: Vec<Diagnostic>,
    /// A limit stopped the reading of the text.
    is_cut: bool,
}

impl Findings {
    /// True when something was not read: what the file fails to say is not held against it.
    fn is_doubtful(&self) -> bool {
        self.is_cut || diag::has_errors(&self.of_keys)
    }
}

/// Readings of each file, used again when its bytes are equal.
#[derive(Debug, Default)]
pub struct FileMemo(HashMap<SitePath, (SourceFile, Arc<ReadFile>)>);

impl FileMemo {
    fn read(&self, file: &SourceFile) -> Arc<ReadFile> {
        match self.0.get(&file.path) {
            Some((same, read)) if same == file => Arc::clone(read),
            _ => Arc::new(read_file(file)),
        }
    }
}

/// Reads every file of `content/`, in parallel, but for those that `memo` knows; it then knows these.
pub fn content(
    snapshot: &Snapshot,
    memo: Option<&mut FileMemo>,
    diags: &mut Vec<Diagnostic>,
) -> Parsed {
    let mut parsed = Parsed::default();
    for refused in snapshot.refused.iter().filter(|r| layout::is_content(&r.path)) {
        parsed.known.insert(refused.path.clone());
        parsed.doubtful.insert(refused.path.clone());
    }
    diags.extend(snapshot.refused.iter().map(|refused| {
        let mut said = refusal(refused);
        if refused.path.as_str() == SANTE {
            said.severity = Severity::Warning;
        }
        said
    }));
    if !snapshot.has_content {
        diags.push(
            Diagnostic::new(Code::ContenuAbsent, "il n’y a pas de dossier « content » ici").help(
                "lancez la commande depuis le dossier du site, celui qui contient « content »",
            ),
        );
        return parsed;
    }
    let files: Vec<&SourceFile> = snapshot.below(CONTENT).collect();
    let pieces: Vec<ReadFile> = match memo {
        None => files.par_iter().with_max_len(64).map(|file| read_file(file)).collect(),
        Some(memo) => {
            let read: Vec<Arc<ReadFile>> = files.par_iter().map(|file| memo.read(file)).collect();
            let known = files.iter().zip(&read);
            memo.0 = known
                .map(|(file, read)| (file.path.clone(), ((*file).clone(), Arc::clone(read))))
                .collect();
            read.into_par_iter().map(Arc::unwrap_or_clone).collect()
        }
    };
    diags.extend(noms::twins(&files));
    for (file, ReadFile { parsed: read, diags: mut found }) in files.iter().zip(pieces) {
        layout::leave_taken(file, snapshot, &mut found);
        diags.extend(found);
        parsed.add(read);
    }
    parsed.sante = sante::of(snapshot, diags);
    parsed.attach_texts();
    parsed
}

impl Parsed {
    /// Adds what another file says.
    fn add(&mut self, file: Self) {
        self.config = self.config.take().or(file.config);
        self.thematiques.extend(file.thematiques);
        self.glossaire.extend(file.glossaire);
        self.synonymes.extend(file.synonymes);
        self.pages.extend(file.pages);
        self.syntheses.extend(file.syntheses);
        self.sources.extend(file.sources);
        self.tableaux.extend(file.tableaux);
        self.fiches.extend(file.fiches);
        self.methodes.extend(file.methodes);
        self.textes.extend(file.textes);
        self.known.extend(file.known);
        self.images.extend(file.images);
        self.doubtful.extend(file.doubtful);
        self.lectures.0.extend(file.lectures.0);
    }

    fn attach_texts(&mut self) {
        for (id, methode) in std::mem::take(&mut self.methodes) {
            if let Some(synthese) = self.syntheses.iter_mut().find(|s| s.id == id) {
                synthese.methode = Some(methode);
            }
        }
        for (id, texte) in std::mem::take(&mut self.textes) {
            let synthese = self.syntheses.iter_mut().find(|s| s.id == id);
            synthese.into_iter().for_each(|s| s.textes.push(texte.clone()));
        }
        for synthese in &mut self.syntheses {
            let first = |t: &TexteRecu| t.lignes.as_ref().and_then(|l| l.value.first().copied());
            synthese.textes.sort_by_key(|t| (first(t).unwrap_or(usize::MAX), t.id.clone()));
        }
    }
}

fn read_file(file: &SourceFile) -> ReadFile {
    let path = &file.path;
    let (mut found, mut parsed) = (Findings::default(), Parsed::default());
    let role = match role_of(path) {
        Ok(role) => Some(role),
        Err(problem) => {
            found.of_keys.push(problem);
            // Under the name it should have, so that everything wrong inside is said in one run.
            mended(file)
        }
    };
    let signes = match (role, file.as_text()) {
        (None, _) => Vec::new(),
        (Some(Role::Image), _) | (_, None) => {
            parsed.images.insert(path.clone(), image::image(file, &mut found.of_keys));
            Vec::new()
        }
        (Some(role), Some(text)) => {
            parsed.known.insert(path.clone());
            read_text(path, role, text, &mut found, &mut parsed)
        }
    };
    if found.is_doubtful() {
        parsed.doubtful.insert(path.clone());
    }
    let Findings { of_keys: mut diags, of_text, .. } = found;
    diags.extend(of_text);
    if let Some(lecture) = parsed.lectures.0.get(path) {
        diags.iter_mut().for_each(|diagnostic| lecture.said(diagnostic, path));
    }
    diags.extend(signes);
    ReadFile { parsed, diags }
}

/// Reads a text without the signs that nobody sees, which are told with their places in the file.
fn read_text(
    path: &SitePath,
    role: Role,
    text: &Arc<str>,
    found: &mut Findings,
    parsed: &mut Parsed,
) -> Vec<Diagnostic> {
    if let Role::Source(id) = role {
        parsed.sources.push((id, path.clone(), Arc::clone(text)));
        return Vec::new();
    }
    let (lecture, signes) = signes::lecture(text);
    let is_received = !signes.is_empty() && is_received(&role, text);
    let read = lecture.as_ref().map_or(text, |lecture| &lecture.texte);
    read_role(path, role.clone(), read, found, parsed);
    if found.of_keys.iter().any(|d| d.essai.is_some() || !d.fixes.is_empty()) {
        let keys = match path.extension() {
            "md" => header::place_of_keys(read),
            _ => 0..read.len(),
        };
        epreuve::eprouve(path, &role, read, &keys, &mut found.of_keys);
    }
    parsed.lectures.0.extend(lecture.map(|lecture| (path.clone(), lecture)));
    let mut said = signes::told(path, text, &signes, is_received);
    said.extend(converti::told(path, text, &|| self::is_received(&role, text)));
    said
}

/// True when the texts of a file are, for most of them, those of a document received.
fn is_received(role: &Role, text: &str) -> bool {
    match role {
        Role::Tableaux { .. } | Role::Synthese(_) | Role::Methode(_) | Role::Texte { .. } => true,
        Role::Fiche(_) => body::is_received(text.split("\n+++").next().unwrap_or(text)),
        _ => false,
    }
}

fn read_role(
    path: &SitePath,
    role: Role,
    text: &Arc<str>,
    found: &mut Findings,
    parsed: &mut Parsed,
) {
    let keys = &mut found.of_keys;
    match role {
        Role::Config => parsed.config = editorial::config(path, text, keys),
        Role::Glossaire => parsed.glossaire = editorial::glossaire(path, text, keys),
        Role::Synonymes => parsed.synonymes = synonymes::synonymes(path, text, keys),
        Role::Thematique(id) => {
            parsed.thematiques.extend(editorial::thematique(path, id, text, found));
        }
        Role::Page(id) => parsed.pages.extend(editorial::page(path, id, text, found)),
        Role::Synthese(id) => parsed.syntheses.extend(synthese::synthese(path, id, text, keys)),
        Role::Methode(id) => {
            parsed.methodes.extend(synthese::methode(path, text, found).map(|read| (id, read)));
        }
        Role::Texte { synthese, id } => {
            let read = synthese::texte(path, id, text, found);
            parsed.textes.extend(read.map(|read| (synthese, read)));
        }
        Role::Fiche(id) => parsed.fiches.extend(fiche::fiche(path, id, text, found).map(Arc::new)),
        Role::Tableaux { synthese, thematique } => {
            let read = synthese::de_la_thematique(path, thematique, text, keys);
            parsed.tableaux.extend(read.map(|read| (synthese, read)));
        }
        Role::Source(_) | Role::Image => {}
    }
}

/// Reads a Markdown file: the keys of its header, then what `read` makes of them with its text and the place of its
/// first line.
fn read_markdown<T>(
    groupe: &'static keys::KeyGroup,
    path: &SitePath,
    text: &Arc<str>,
    found: &mut Findings,
    read: impl FnOnce(&mut reader::Reader<'_, '_>, Corps, Span) -> Option<T>,
) -> Option<T> {
    let parts = header::split(path, text, groupe, &mut found.of_keys)?;
    let corps = body::index(path, text, parts.body, found);
    let (fence, start) = (Span::new(path, parts.fence), parts.header.start);
    let (header, keys) = (&text[parts.header], &mut found.of_keys);
    reader::read(groupe, path, header, start, fence.clone(), keys, |r| read(r, corps, fence))
}

fn refusal(refused: &crate::source::Refused) -> Diagnostic {
    let path = &refused.path;
    let is_text = matches!(path.extension(), "md" | "toml" | "txt");
    let is_hidden = path.file_name().starts_with('.');
    let (code, message, aide) = match &refused.why {
        Refusal::NotUtf8 { .. } => (
            Code::FichierNonUtf8,
            "ce fichier n’est pas enregistré en UTF-8 : ses accents ne peuvent pas être lus",
            "dans votre éditeur, « Enregistrer sous… » puis choisissez l’encodage UTF-8",
        ),
        Refusal::TooLarge { bytes, limit } => (
            Code::FichierTropLourd,
            &*format!(
                "ce fichier pèse {}, la limite est de {}",
                megabytes(*bytes),
                megabytes(*limit)
            ),
            match is_text {
                true => {
                    "une fiche tient en quelques lignes : publiez le reste ailleurs et mettez un lien"
                }
                false => "réduisez-le, ou publiez-le ailleurs et mettez un lien",
            },
        ),
        Refusal::Symlink => (
            Code::LienSymbolique,
            "ce fichier est un raccourci (un lien symbolique) : il n’est pas suivi",
            match is_hidden {
                true => "supprimez-le : rien n’est publié sous un nom qui commence par un point",
                false => "copiez le fichier lui-même à cet endroit",
            },
        ),
        Refusal::NotAFile => (
            Code::FichierIgnore,
            "ceci n’est pas un fichier ordinaire : il n’est pas lu",
            "retirez-le de ce dossier",
        ),
        Refusal::NameNotUtf8 => (
            Code::NomDeFichier,
            "le nom de ce fichier ou de ce dossier ne peut pas être lu",
            "renommez-le avec des lettres sans accent, des chiffres et des tirets",
        ),
    };
    let line = match refused.why {
        Refusal::NotUtf8 { line } => Some(line),
        _ => None,
    };
    Diagnostic::new(code, message).in_file(path, line).help(aide)
}

/// `1,5 Mo`.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes * 10 / (1024 * 1024);
    match tenths % 10 {
        0 => format!("{} Mo", tenths / 10),
        tenth => format!("{},{tenth} Mo", tenths / 10),
    }
}
