//! The options of `new`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// Kind of file that `new` writes.
#[derive(Args)]
pub(in crate::cli) struct NewArgs {
    #[command(subcommand)]
    pub(in crate::cli) quoi: Nouveau,
}

/// A kind of file.
#[derive(Subcommand)]
pub(in crate::cli) enum Nouveau {
    /// Une fiche RETEX
    #[command(
        override_usage = "retex new fiche [OPTIONS]",
        after_help = "Dans un terminal, ce qui manque est demandé. La fiche porte la date du jour ; faite d’un formulaire, la sienne, celle de son ticket, ou aucune.\n\nExemples :\n  retex new fiche\n  retex new fiche --titre \"Une radio\" --thematique enseigner-apprendre --texte \"Deux lignes.\"\n  retex new fiche --depuis formulaire.md"
    )]
    Fiche(Box<NewFiche>),
    /// Une synthèse, ou un recueil de fiches
    #[command(
        override_usage = "retex new synthese <IDENTIFIANT> --titre <TITRE> --territoire <NOM> --annee <ANNÉE> [OPTIONS]",
        after_help = "Avec un document, le dossier est prêt à transcrire : le document, les tableaux qui y sont\nreconnus et un fichier de modèles par thématique ; TRANSCRIRE.md dit la suite. Sans document, c’est\nun recueil de fiches, qui ne prétend à aucune fidélité.\n\nExemples :\n  retex new synthese nantes --titre Atelier --territoire Nantes --annee 2026 --document recu.txt\n  retex new synthese recueil-2026 --titre \"Recueil de Nantes\" --territoire Nantes --annee 2026"
    )]
    Synthese(NewSynthese),
    /// Une page du site
    #[command(
        override_usage = "retex new page <IDENTIFIANT> --titre <TITRE>",
        after_help = "Exemple :\n  retex new page aide --titre \"Aide et contact\""
    )]
    Page(NewPage),
}

/// Options of `new fiche`.
#[derive(Args)]
pub(in crate::cli) struct NewFiche {
    /// Synthèse ou recueil où ranger la fiche [par défaut : le seul du site]
    #[arg(long, value_name = "IDENTIFIANT")]
    pub(in crate::cli) synthese: Option<String>,
    /// Titre de la fiche
    #[arg(long, value_name = "TITRE")]
    pub(in crate::cli) titre: Option<String>,
    /// Nom du fichier, sans « .md » [par défaut : tiré du titre]
    #[arg(long, value_name = "IDENTIFIANT")]
    pub(in crate::cli) nom: Option<String>,
    /// Thématique : son identifiant ou son titre
    #[arg(long, value_name = "THÉMATIQUE")]
    pub(in crate::cli) thematique: Option<String>,
    /// Texte de la fiche
    #[arg(long, value_name = "TEXTE")]
    pub(in crate::cli) texte: Option<String>,
    /// Niveau concerné ; se répète
    #[arg(long, value_name = "NIVEAU")]
    pub(in crate::cli) niveau: Vec<String>,
    /// Adresse à consulter ; se répète
    #[arg(long, value_name = "ADRESSE")]
    pub(in crate::cli) lien: Vec<String>,
    /// Ce qui a marché ; se répète
    #[arg(long, value_name = "TEXTE")]
    pub(in crate::cli) point_fort: Vec<String>,
    /// Ce qui a gêné ; se répète
    #[arg(long, value_name = "TEXTE")]
    pub(in crate::cli) irritant: Vec<String>,
    /// Mot-clé ; se répète
    #[arg(long, value_name = "MOT")]
    pub(in crate::cli) mot_cle: Vec<String>,
    /// École ou établissement
    #[arg(long, value_name = "NOM")]
    pub(in crate::cli) etablissement: Option<String>,
    /// Commune
    #[arg(long, value_name = "NOM")]
    pub(in crate::cli) commune: Option<String>,
    /// Auteur : nom, fonction ou équipe ; se répète
    #[arg(long, value_name = "NOM")]
    pub(in crate::cli) auteur: Vec<String>,
    /// Jour où la fiche a été écrite, comme 2024-03-15 [par défaut : aujourd’hui ; d’un formulaire, le jour qu’il dit ou celui de son ticket]
    #[arg(long, value_name = "JOUR")]
    pub(in crate::cli) date: Option<String>,
    /// Formulaire rempli sur la forge : un fichier, texte ou ticket en JSON ; « - » le lit sur l’entrée
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) depuis: Option<PathBuf>,
}

/// Options of `new synthese`.
#[derive(Args)]
pub(in crate::cli) struct NewSynthese {
    /// Nom du dossier : minuscules sans accent, chiffres et tirets
    #[arg(value_name = "IDENTIFIANT")]
    pub(in crate::cli) id: String,
    /// Titre de la synthèse
    #[arg(long, value_name = "TITRE")]
    pub(in crate::cli) titre: String,
    /// Territoire de l’atelier
    #[arg(long, value_name = "NOM")]
    pub(in crate::cli) territoire: String,
    /// Année de l’atelier
    #[arg(long, value_name = "ANNÉE")]
    pub(in crate::cli) annee: u16,
    /// Document reçu, enregistré comme texte : copié tel quel sous le nom de « source.txt »
    #[arg(long, value_name = "FICHIER", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) document: Option<PathBuf>,
    /// Noms de ses tableaux, dans l’ordre, séparés par des virgules [par défaut, avec un document :
    /// ceux de diagnostic, projections et plan-action qui y sont]
    #[arg(long, value_name = "NOMS", value_delimiter = ',')]
    pub(in crate::cli) tableaux: Vec<String>,
    /// Démarche de l’atelier, quand le site en réunit plusieurs : ses thématiques sont les siennes
    #[arg(long, value_name = "IDENTIFIANT")]
    pub(in crate::cli) demarche: Option<String>,
}

/// Options of `new page`.
#[derive(Args)]
pub(in crate::cli) struct NewPage {
    /// Nom du fichier : minuscules sans accent, chiffres et tirets
    #[arg(value_name = "IDENTIFIANT")]
    pub(in crate::cli) id: String,
    /// Titre de la page
    #[arg(long, value_name = "TITRE")]
    pub(in crate::cli) titre: String,
}
