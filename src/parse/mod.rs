//! Bytes → model. Each file is read alone, and every error in it is collected with its span.
//!
//! A file that cannot be understood still exists: its path stays known, so that links to it do not
//! add errors to the one that matters.

mod adresse;
mod ailleurs;
mod body;
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
mod mots;
mod noms;
mod obligations;
mod personnel;
mod reader;
mod sante;
mod schema;
mod signes;
mod source_document;
mod syntax;
mod synonymes;
mod synthese;
mod tableaux;
mod theme;
mod traduit;
mod valeur;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    diag::{Code, Diagnostic, Severity},
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
pub use personnel::personal;
pub use sante::SANTE;
pub use schema::{SCHEMAS, Schema};
pub use signes::Lectures;
pub use source_document::{Cellule, LigneSource, Segment, SourceDocument};
pub use theme::{ThemeToml, theme_toml};

/// Everything the sources say, file by file, before anything is checked across files.
#[derive(Debug, Default)]
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

/// One file, read.
#[derive(Clone, Debug)]
enum FilePiece {
    Config(Option<Box<Config>>),
    Glossaire(Vec<Sens>),
    Synonymes(Vec<GroupeSynonymes>),
    Thematique(Option<Thematique>),
    Page(Option<PageTexte>),
    Synthese(Option<Box<Synthese>>),
    Source(Slug, Arc<str>),
    Methode(Slug, Option<crate::model::Methode>),
    Texte(Slug, Option<Box<TexteRecu>>),
    Fiche(Option<Arc<Fiche>>),
    Tableaux(Slug, Option<TableauxLus>),
    Image(Option<Published>),
    Nothing,
}

/// The role of a file under the name it should have.
fn mended(file: &SourceFile) -> Option<Role> {
    role_of(&layout::mended(&file.path)?).ok()
}

/// A file, and what there is to say of it alone.
#[derive(Clone, Debug)]
struct ReadFile {
    piece: FilePiece,
    /// With places in the file as it is written.
    diags: Vec<Diagnostic>,
    readable: Readable,
    /// Reading of the file, when it is not as it is written.
    lecture: Option<signes::Lecture>,
}

/// How far a file can be held to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readable {
    /// Each key was read, the text whole.
    Whole,
    /// Something was not read: what the file fails to say is not held against it.
    Doubtful,
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
    fn readable(&self) -> Readable {
        let is_error = |d: &Diagnostic| d.severity == Severity::Error;
        match self.is_cut || self.of_keys.iter().any(is_error) {
            true => Readable::Doubtful,
            false => Readable::Whole,
        }
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
    for (file, read) in files.into_iter().zip(pieces) {
        let ReadFile { piece, diags: found, readable, lecture } = read;
        if readable == Readable::Doubtful {
            parsed.doubtful.insert(file.path.clone());
        }
        diags.extend(found);
        parsed.place(file, piece);
        parsed.lectures.0.extend(lecture.map(|lecture| (file.path.clone(), lecture)));
    }
    parsed.sante = sante::of(snapshot, diags);
    parsed.attach_texts();
    parsed
}

impl Parsed {
    fn place(&mut self, file: &SourceFile, piece: FilePiece) {
        match piece {
            FilePiece::Config(config) => self.config = config.map(|config| *config),
            FilePiece::Glossaire(sens) => self.glossaire = sens,
            FilePiece::Synonymes(groupes) => self.synonymes = groupes,
            FilePiece::Thematique(t) => self.thematiques.extend(t),
            FilePiece::Page(page) => self.pages.extend(page),
            FilePiece::Synthese(s) => self.syntheses.extend(s.map(|s| *s)),
            FilePiece::Source(id, text) => self.sources.push((id, file.path.clone(), text)),
            FilePiece::Texte(id, texte) => self.textes.extend(texte.map(|t| (id, *t))),
            FilePiece::Methode(id, m) => {
                self.methodes.extend(m.map(|m| (id, m)));
            }
            FilePiece::Fiche(fiche) => self.fiches.extend(fiche),
            FilePiece::Tableaux(id, t) => {
                self.tableaux.extend(t.map(|t| (id, t)));
            }
            FilePiece::Image(published) => {
                self.images.insert(file.path.clone(), published);
                return;
            }
            FilePiece::Nothing => return,
        }
        self.known.insert(file.path.clone());
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
    let mut found = Findings::default();
    let role = match role_of(&file.path) {
        Ok(role) => Some(role),
        Err(problem) => {
            found.of_keys.push(problem);
            // Under the name it should have, so that everything wrong inside is said in one run.
            mended(file)
        }
    };
    let (piece, lecture, signes) = match (role, file.as_text()) {
        (None, _) => (FilePiece::Nothing, None, Vec::new()),
        (Some(Role::Image), _) | (_, None) => {
            (FilePiece::Image(image::image(file, &mut found.of_keys)), None, Vec::new())
        }
        (Some(Role::Source(id)), Some(text)) => {
            (FilePiece::Source(id, Arc::clone(text)), None, Vec::new())
        }
        (Some(role), Some(text)) => read_text(&file.path, role, text, &mut found),
    };
    let readable = found.readable();
    let Findings { of_keys: mut diags, of_text, .. } = found;
    diags.extend(of_text);
    if let Some(lecture) = &lecture {
        diags.iter_mut().for_each(|diagnostic| lecture.said(diagnostic, &file.path));
    }
    diags.extend(signes);
    ReadFile { piece, diags, readable, lecture }
}

/// A text read without the signs that nobody sees, which are told with their places in the file.
fn read_text(
    path: &SitePath,
    role: Role,
    text: &Arc<str>,
    found: &mut Findings,
) -> (FilePiece, Option<signes::Lecture>, Vec<Diagnostic>) {
    let (lecture, signes) = signes::lecture(text);
    let is_received = !signes.is_empty() && is_received(&role, text);
    let read = lecture.as_ref().map_or(text, |lecture| &lecture.texte);
    let piece = piece(path, role.clone(), read, found);
    if found.of_keys.iter().any(|d| d.essai.is_some() || !d.fixes.is_empty()) {
        let keys = match path.extension() {
            "md" => header::place_of_keys(read),
            _ => 0..read.len(),
        };
        epreuve::eprouve(path, &role, read, &keys, &mut found.of_keys);
    }
    let told = signes::told(path, text, &signes, is_received);
    (piece, lecture, told)
}

/// True when the texts of a file are, for most of them, those of a document received.
fn is_received(role: &Role, text: &str) -> bool {
    match role {
        Role::Tableaux { .. } | Role::Synthese(_) | Role::Methode(_) | Role::Texte { .. } => true,
        Role::Fiche(_) => body::is_received(text.split("\n+++").next().unwrap_or(text)),
        _ => false,
    }
}

fn piece(path: &SitePath, role: Role, text: &Arc<str>, found: &mut Findings) -> FilePiece {
    let keys = &mut found.of_keys;
    match role {
        Role::Config => FilePiece::Config(editorial::config(path, text, keys).map(Box::new)),
        Role::Glossaire => FilePiece::Glossaire(editorial::glossaire(path, text, keys)),
        Role::Synonymes => FilePiece::Synonymes(synonymes::synonymes(path, text, keys)),
        Role::Thematique(id) => FilePiece::Thematique(editorial::thematique(path, id, text, found)),
        Role::Page(id) => FilePiece::Page(editorial::page(path, id, text, found)),
        Role::Synthese(id) => {
            FilePiece::Synthese(synthese::synthese(path, id, text, keys).map(Box::new))
        }
        Role::Source(id) => FilePiece::Source(id, Arc::clone(text)),
        Role::Methode(id) => FilePiece::Methode(id, synthese::methode(path, text, found)),
        Role::Texte { synthese, id } => {
            let read = synthese::texte(path, id, text, found);
            FilePiece::Texte(synthese, read.map(Box::new))
        }
        Role::Fiche(id) => FilePiece::Fiche(fiche::fiche(path, id, text, found).map(Arc::new)),
        Role::Tableaux { synthese, thematique } => {
            let read = tableaux::tableaux(path, thematique, text, keys);
            FilePiece::Tableaux(synthese, read)
        }
        Role::Image => FilePiece::Nothing,
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
