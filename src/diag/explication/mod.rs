//! What `--explique` says of a code: its title, what happened and what to do, an example. The text
//! of `docs/erreurs.md` too.

mod ecriture;
mod entetes;
mod fichiers;
mod fidelite;
mod images;
mod liens;
mod themes;

use super::{Code, Severity, humain::wrapped, nearest};
use crate::fr::bind_spaces;

/// Columns of what is shown on a terminal.
const WIDTH: usize = 80;
/// Columns of `docs/erreurs.md`.
const DOC_WIDTH: usize = 100;
/// In the order they are shown.
const SEVERITIES: [Severity; 3] = [Severity::Erreur, Severity::Avertissement, Severity::Remarque];

/// What `--explique` says of a code.
#[derive(Clone, Copy, Debug)]
pub struct Explication {
    /// A short phrase, without a final point.
    pub titre: &'static str,
    /// What happened, why it matters, what to do.
    pub texte: &'static str,
    /// The fault and its repair.
    pub exemple: Exemple,
}

/// A fault and its repair.
#[derive(Clone, Copy, Debug)]
pub enum Exemple {
    /// Lines of a file.
    Texte {
        /// The file, or the end of its path.
        fichier: &'static str,
        /// Its lines before.
        mauvais: &'static str,
        /// Its lines after.
        bon: &'static str,
    },
    /// What is not a text, in words.
    Situation {
        /// Before.
        mauvais: &'static str,
        /// After.
        bon: &'static str,
    },
}

impl Code {
    /// The code that a reader names, copied from a message or not: `[url-invalide]` is known too.
    /// Otherwise the nearest code, if any.
    pub fn named(word: &str) -> Result<Self, Option<Self>> {
        let bare = word.rsplit_once('[').map_or(word, |(_, rest)| rest);
        let bare = bare.split(']').next().unwrap_or(bare).trim();
        let of_slug = |slug: &str| Self::ALL.iter().copied().find(|code| code.slug() == slug);
        let near = || nearest(bare, Self::ALL.iter().map(|code| code.slug())).and_then(of_slug);
        of_slug(bare).ok_or_else(near)
    }

    /// What there is to say of it. No `_` arm: a code without an explanation does not compile.
    pub fn explication(self) -> Explication {
        match self {
            Self::ContenuAbsent => fichiers::CONTENU_ABSENT,
            Self::FichierNonUtf8 => fichiers::FICHIER_NON_UTF8,
            Self::SigneInvisible => fichiers::SIGNE_INVISIBLE,
            Self::SigneIllisible => fichiers::SIGNE_ILLISIBLE,
            Self::FichierTropLourd => fichiers::FICHIER_TROP_LOURD,
            Self::LienSymbolique => fichiers::LIEN_SYMBOLIQUE,
            Self::NomDeFichier => fichiers::NOM_DE_FICHIER,
            Self::FichierIgnore => fichiers::FICHIER_IGNORE,
            Self::LimiteDepassee => fichiers::LIMITE_DEPASSEE,
            Self::FichierManquant => fichiers::FICHIER_MANQUANT,
            Self::EnteteAbsent => entetes::ENTETE_ABSENT,
            Self::EnteteNonFerme => entetes::ENTETE_NON_FERME,
            Self::TomlInvalide => entetes::TOML_INVALIDE,
            Self::CleManquante => entetes::CLE_MANQUANTE,
            Self::CleInconnue => entetes::CLE_INCONNUE,
            Self::CleEnDouble => entetes::CLE_EN_DOUBLE,
            Self::CleMalTypee => entetes::CLE_MAL_TYPEE,
            Self::DateImpossible => entetes::DATE_IMPOSSIBLE,
            Self::DateFuture => entetes::DATE_FUTURE,
            Self::ValeurVide => entetes::VALEUR_VIDE,
            Self::ValeurInconnue => entetes::VALEUR_INCONNUE,
            Self::IdentifiantInvalide => entetes::IDENTIFIANT_INVALIDE,
            Self::IdentifiantEnDouble => entetes::IDENTIFIANT_EN_DOUBLE,
            Self::IdentifiantReserve => entetes::IDENTIFIANT_RESERVE,
            Self::AdresseEnDouble => entetes::ADRESSE_EN_DOUBLE,
            Self::AdresseInvalide => entetes::ADRESSE_INVALIDE,
            Self::ThematiqueInconnue => entetes::THEMATIQUE_INCONNUE,
            Self::BlocInconnu => liens::BLOC_INCONNU,
            Self::PreuveFausse => liens::PREUVE_FAUSSE,
            Self::PreuveIncomplete => liens::PREUVE_INCOMPLETE,
            Self::RapprochementCirculaire => liens::RAPPROCHEMENT_CIRCULAIRE,
            Self::RapprochementEnDouble => liens::RAPPROCHEMENT_EN_DOUBLE,
            Self::NaturesIncompatibles => liens::NATURES_INCOMPATIBLES,
            Self::SensAmbigu => entetes::SENS_AMBIGU,
            Self::UrlInvalide => liens::URL_INVALIDE,
            Self::UrlAvecIdentifiants => liens::URL_AVEC_IDENTIFIANTS,
            Self::UrlTrompeuse => liens::URL_TROMPEUSE,
            Self::UrlSecrete => liens::URL_SECRETE,
            Self::UrlPrivee => liens::URL_PRIVEE,
            Self::UrlNonSecurisee => liens::URL_NON_SECURISEE,
            Self::UrlDePistage => liens::URL_DE_PISTAGE,
            Self::LienEnDouble => liens::LIEN_EN_DOUBLE,
            Self::LienPartage => liens::LIEN_PARTAGE,
            Self::LienMalEcrit => liens::LIEN_MAL_ECRIT,
            Self::LienInterneMort => liens::LIEN_INTERNE_MORT,
            Self::AncreMorte => liens::ANCRE_MORTE,
            Self::PublieTelQuel => ecriture::PUBLIE_TEL_QUEL,
            Self::FormeInattendue => ecriture::FORME_INATTENDUE,
            Self::LienSansTexte => ecriture::LIEN_SANS_TEXTE,
            Self::LienVague => ecriture::LIEN_VAGUE,
            Self::TitreVide => ecriture::TITRE_VIDE,
            Self::ColonneSansTitre => ecriture::COLONNE_SANS_TITRE,
            Self::AlternativeVague => ecriture::ALTERNATIVE_VAGUE,
            Self::TitreSaute => liens::TITRE_SAUTE,
            Self::HtmlRefuse => liens::HTML_REFUSE,
            Self::ImageSansAlternative => images::IMAGE_SANS_ALTERNATIVE,
            Self::ImageIntrouvable => images::IMAGE_INTROUVABLE,
            Self::ImageIllisible => images::IMAGE_ILLISIBLE,
            Self::ImageTropGrande => images::IMAGE_TROP_GRANDE,
            Self::ImageTropLourde => images::IMAGE_TROP_LOURDE,
            Self::ImagesTropNombreuses => images::IMAGES_TROP_NOMBREUSES,
            Self::ImageNettoyee => images::IMAGE_NETTOYEE,
            Self::NoteIndefinie => liens::NOTE_INDEFINIE,
            Self::NoteInutilisee => liens::NOTE_INUTILISEE,
            Self::NoteVide => liens::NOTE_VIDE,
            Self::CommentaireRetire => liens::COMMENTAIRE_RETIRE,
            Self::TexteNonPublie => liens::TEXTE_NON_PUBLIE,
            Self::NoteEnDouble => liens::NOTE_EN_DOUBLE,
            Self::LangageInconnu => liens::LANGAGE_INCONNU,
            Self::TextePerdu => fidelite::TEXTE_PERDU,
            Self::TexteAltere => fidelite::TEXTE_ALTERE,
            Self::TexteHorsSource => fidelite::TEXTE_HORS_SOURCE,
            Self::TexteDeplace => fidelite::TEXTE_DEPLACE,
            Self::ExclusionSansObjet => fidelite::EXCLUSION_SANS_OBJET,
            Self::LigneInvalide => fidelite::LIGNE_INVALIDE,
            Self::LignesSansSource => fidelite::LIGNES_SANS_SOURCE,
            Self::EmpreinteDifferente => fidelite::EMPREINTE_DIFFERENTE,
            Self::RetraitInvalide => fidelite::RETRAIT_INVALIDE,
            Self::TitreEnDouble => fidelite::TITRE_EN_DOUBLE,
            Self::DonneePersonnelle => fidelite::DONNEE_PERSONNELLE,
            Self::NumeroSensible => fidelite::NUMERO_SENSIBLE,
            Self::SigleInconnu => fidelite::SIGLE_INCONNU,
            Self::TexteLong => fidelite::TEXTE_LONG,
            Self::FicheSansLien => fidelite::FICHE_SANS_LIEN,
            Self::ContributionNonSignee => fidelite::CONTRIBUTION_NON_SIGNEE,
            Self::SuiteNonEcrite => fidelite::SUITE_NON_ECRITE,
            Self::ThemeInconnu => themes::THEME_INCONNU,
            Self::ContratInconnu => themes::CONTRAT_INCONNU,
            Self::GabaritEnErreur => themes::GABARIT_EN_ERREUR,
            Self::GabaritVariableInconnue => themes::GABARIT_VARIABLE_INCONNUE,
            Self::GabaritOrphelin => themes::GABARIT_ORPHELIN,
            Self::StyleExterieur => themes::STYLE_EXTERIEUR,
            Self::PageInfidele => themes::PAGE_INFIDELE,
            Self::PageLienMort => themes::PAGE_LIEN_MORT,
            Self::PageAncreMorte => themes::PAGE_ANCRE_MORTE,
            Self::PageCodeInterdit => themes::PAGE_CODE_INTERDIT,
            Self::PageIdEnDouble => themes::PAGE_ID_EN_DOUBLE,
            Self::UrlDuSiteAbsente => fichiers::URL_DU_SITE_ABSENTE,
            Self::ConformiteSansAudit => fichiers::CONFORMITE_SANS_AUDIT,
            Self::MentionACompleter => fichiers::MENTION_A_COMPLETER,
        }
    }
}

/// What a severity means for the site.
fn consequence(severity: Severity) -> &'static str {
    match severity {
        Severity::Erreur => "Rien n’est publié tant qu’il en reste une.",
        Severity::Avertissement => {
            "Le site est publié, mais mieux vaut corriger ; avec « --strict », rien n’est publié."
        }
        Severity::Remarque => "C’est bon à savoir ; rien n’oblige à changer quoi que ce soit.",
    }
}

/// What `--explique` prints.
pub fn render_explication(code: Code) -> String {
    let Explication { titre, texte, exemple } = code.explication();
    let severity = code.severity();
    let slug = code.slug();
    let gravite = format!("Gravité : {}. {}", severity.name(), consequence(severity));
    let paragraphs = [format!("{slug} : {titre}"), gravite, texte.to_string()];
    let mut out = String::new();
    for paragraph in paragraphs {
        out.push_str(&wrapped(&bind_spaces(&paragraph), WIDTH));
        out.push_str("\n\n");
    }
    let (before, after) = match exemple {
        Exemple::Texte { fichier, mauvais, bon } => {
            out.push_str(&bind_spaces(&format!("Mauvais, dans {fichier} :\n\n")));
            (mauvais.to_string(), bon.to_string())
        }
        Exemple::Situation { mauvais, bon } => {
            out.push_str(&bind_spaces("Mauvais :\n\n"));
            let said = |text| wrapped(&bind_spaces(text), WIDTH - INDENT.len());
            (said(mauvais), said(bon))
        }
    };
    out.push_str(&indented(&before));
    out.push_str(&bind_spaces("\nBon :\n\n"));
    out.push_str(&indented(&after));
    out
}

const INDENT: &str = "    ";

fn indented(text: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() { "\n".to_string() } else { format!("{INDENT}{line}\n") }
    };
    text.lines().map(line).collect()
}

/// What `--codes` prints: one line per code, the gravest first, in the order of the list.
pub fn render_codes() -> String {
    let widest = |name: fn(Code) -> &'static str| {
        Code::ALL.iter().map(|code| name(*code).len()).max().unwrap_or(0)
    };
    let (slug, gravity) = (widest(Code::slug), widest(|code| code.severity().name()));
    let mut out = String::new();
    for severity in SEVERITIES {
        for code in of_severity(severity) {
            out.push_str(&bind_spaces(&format!(
                "{:slug$}  {:gravity$}  {}\n",
                code.slug(),
                severity.name(),
                code.explication().titre
            )));
        }
    }
    out
}

fn of_severity(severity: Severity) -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(move |code| code.severity() == severity)
}

/// `docs/erreurs.md`, in Markdown.
pub fn render_erreurs() -> String {
    let mut out = String::from("# Les messages de retex\n\n");
    for paragraph in INTRODUCTION {
        out.push_str(&prose(paragraph));
    }
    out.push_str("## Sommaire\n");
    for severity in SEVERITIES {
        out.push_str(&format!("\n{}\n\n", plural(severity)));
        for code in of_severity(severity) {
            let (slug, titre) = (code.slug(), escaped(code.explication().titre));
            out.push_str(&format!("- [{slug}](#{slug})\u{a0}: {titre}\n"));
        }
    }
    for severity in SEVERITIES {
        out.push_str(&format!("\n## {}\n\n", plural(severity)));
        out.push_str(&prose(consequence(severity)));
        for code in of_severity(severity) {
            out.push_str(&section(code));
        }
        while out.ends_with("\n\n") {
            out.pop();
        }
    }
    out
}

const INTRODUCTION: [&str; 3] = [
    "« retex check » relit tout le site avant sa publication. Quand quelque chose ne va pas, il \
     le dit en français, avec le fichier, la ligne et souvent la correction. Entre crochets, \
     chaque message porte un nom, par exemple « [url-invalide] » : c’est ce nom que l’on cherche \
     ici.",
    "Nul besoin de savoir programmer : presque toujours, il suffit de corriger une ligne, \
     d’enregistrer le fichier et de relancer la commande. Rien de ce qui est déjà publié ne \
     change tant qu’il reste une erreur.",
    "« retex check --explique » suivi de ce nom affiche la même explication, et « retex check \
     --codes » la liste de tous les noms.",
];

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Erreur => "Erreurs",
        Severity::Avertissement => "Avertissements",
        Severity::Remarque => "Remarques",
    }
}

/// The heading is the slug itself: its anchor, in every forge.
fn section(code: Code) -> String {
    let Explication { titre, texte, exemple } = code.explication();
    let slug = code.slug();
    let mut out = format!("### {slug}\n\n**{}** ({})\n\n", escaped(titre), code.severity().name());
    out.push_str(&prose(texte));
    let (place, mauvais, bon) = match exemple {
        Exemple::Texte { fichier, mauvais, bon } => {
            (format!(", dans « {fichier} »"), mauvais.to_string(), bon.to_string())
        }
        Exemple::Situation { mauvais, bon } => {
            let said = |text| wrapped(&bind_spaces(text), DOC_WIDTH);
            (String::new(), said(mauvais), said(bon))
        }
    };
    out.push_str(&prose(&format!("Mauvais{place} :")));
    out.push_str(&fenced(&mauvais));
    out.push_str(&prose("Bon :"));
    out.push_str(&fenced(&bon));
    out
}

/// A paragraph. The no-break spaces keep a mark in quotes from beginning a line, where it would be
/// Markdown.
fn prose(text: &str) -> String {
    format!("{}\n\n", wrapped(&escaped(text), DOC_WIDTH))
}

fn fenced(text: &str) -> String {
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}text\n{text}\n{fence}\n\n")
}

/// A text of ours as Markdown, which would otherwise read its marks.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in bind_spaces(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_they_are_copied() {
        for word in ["url-invalide", "[url-invalide]", "erreur[url-invalide]:"] {
            assert_eq!(Code::named(word), Ok(Code::UrlInvalide), "{word}");
        }
        assert_eq!(Code::named("url-invalid"), Err(Some(Code::UrlInvalide)));
        assert_eq!(Code::named("webradio"), Err(None));
        assert_eq!(Code::named(""), Err(None));
    }

    #[test]
    fn an_explanation_fits_a_terminal() {
        for code in Code::ALL {
            let shown = render_explication(*code);
            let prose = shown.lines().filter(|line| !line.starts_with(INDENT));
            for line in prose {
                assert!(line.chars().count() <= WIDTH, "{line}");
            }
            assert!(!shown.contains("\n\n\n") && shown.ends_with('\n'), "{shown}");
        }
    }
}
