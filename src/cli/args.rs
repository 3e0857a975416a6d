//! The commands and their options: `--help` and the completions are made from them.

mod liens;
mod new;

use std::{ffi::OsStr, net::IpAddr, path::PathBuf};

use clap::{
    ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint,
    builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser},
};
use clap_complete::Shell;

pub(super) use liens::LiensArgs;
pub(super) use new::{NewArgs, NewFiche, NewPage, NewSynthese, Nouveau};

use crate::diag::Code;

/// Help of a verb.
const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";

/// Headings of a help: options of the verb, then what it is applied to.
const OPTIONS: &str = "Options\u{a0}";
const ARGUMENTS: &str = "Arguments\u{a0}";
/// Place of the help among the options.
const LAST: usize = 900;

/// The commands, each with what all helps have in common.
pub(super) fn commands() -> clap::Command {
    in_common(Cli::command())
}

fn in_common(command: clap::Command) -> clap::Command {
    let command = command.help_template(TEMPLATE);
    let command = command.disable_help_flag(true).disable_help_subcommand(true);
    let command = command.mut_args(|arg| {
        let heading = if arg.is_positional() { ARGUMENTS } else { OPTIONS };
        let has_value = arg.get_action().takes_values();
        arg.help_heading(heading).hide_default_value(has_value).hide_possible_values(has_value)
    });
    command.mut_subcommands(in_common)
}

#[derive(Parser)]
#[command(
    name = "retex",
    version,
    about = "Publie la synthèse d’un atelier des états généraux du numérique pour l’éducation\nen un site fidèle, accessible et léger.",
    override_usage = "retex <COMMANDE> [OPTIONS]",
    subcommand_help_heading = "Commandes\u{a0}",
    subcommand_value_name = "COMMANDE",
    disable_version_flag = true,
    arg_required_else_help = false,
    after_help = "Exemples :\n  retex serve --ouvrir        montre le site et suit ce que vous écrivez\n  retex check                 vérifie tout, sans rien écrire\n  retex build                 publie content/ dans output/\n  retex check --help          l’aide d’une commande"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// Affiche cette aide
    #[arg(short = 'h', long = "help", action = ArgAction::Help, global = true, display_order = LAST)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(short = 'V', long = "version", action = ArgAction::Version, display_order = LAST + 1)]
    version: Option<bool>,
}

/// A verb and its options.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Construit le site et le range dans output/
    #[command(
        override_usage = "retex build [OPTIONS]",
        after_help = "Rien n’est écrit s’il y a une erreur. Seuls les fichiers qui changent sont écrits ;\nseuls ceux que retex avait écrits peuvent être supprimés.\n\nExemples :\n  retex build\n  retex build --sortie /var/www/retex --url https://exemple.fr/retex/"
    )]
    Build(BuildArgs),
    /// Vérifie le contenu et la fidélité à la source, sans rien écrire
    #[command(
        override_usage = "retex check [FICHIER…] [OPTIONS]",
        after_help = "Avec des fichiers, ou --depuis, les messages qui les concernent sont donnés en entier, et le reste\nen une ligne.\n\nCode de sortie : 0 si tout va bien (avertissements compris), 1 s’il y a une erreur dans le\ncontenu, 2 pour un mauvais usage ou un problème de disque. Une erreur du reste du site, que ces\nfichiers ou cette proposition n’ont pas causée, est comptée sur sa ligne et ne donne pas 1.\n\nExemples :\n  retex check\n  retex check content/syntheses/nantes-2026/retex/webradio.md\n  retex check --depuis origin/main\n  retex check --format court\n  retex check --ajouts\n  retex check --explique url-invalide"
    )]
    Check(CheckArgs),
    /// Montre le site dans le navigateur et suit ce que vous écrivez
    #[command(
        override_usage = "retex serve [OPTIONS]",
        after_help = "Rien n’est écrit sur le disque. La page ouverte suit chaque enregistrement ; les erreurs se montrent\npar-dessus la dernière page sans erreur, dans les mots de « retex check », et s’en vont une fois\nréparées. Ctrl-C arrête l’aperçu.\n\nExemples :\n  retex serve --ouvrir\n  retex serve --ouvrir content/syntheses/nantes-2026/retex/webradio.md\n  retex serve --port 8080"
    )]
    Serve(ServeArgs),
    /// Écrit une nouvelle fiche, une nouvelle synthèse ou une nouvelle page
    #[command(
        override_usage = "retex new <QUOI> [OPTIONS]",
        subcommand_help_heading = "Quoi\u{a0}",
        subcommand_value_name = "QUOI",
        arg_required_else_help = false,
        after_help = "Aucun fichier n’est jamais remplacé.\n\nExemples :\n  retex new fiche\n  retex new fiche --depuis formulaire.md\n  retex new synthese nantes-2026 --titre \"Recueil de Nantes\" --territoire Nantes --annee 2026"
    )]
    New(NewArgs),
    /// Demande à chaque lien externe s’il répond encore, et le note dans liens.toml
    #[command(
        override_usage = "retex liens [OPTIONS]",
        after_help = "Chaque site n’est interrogé qu’une adresse à la fois, avec une pause, et selon son robots.txt.\nUne adresse n’est dite morte qu’après trois jours différents sans réponse, sur une semaine au\nmoins. Interrompue, la commande reprend où elle en était. Le site montre ce que dit liens.toml,\nsans rien demander.\nLe mandataire est celui de HTTPS_PROXY, HTTP_PROXY et NO_PROXY ; les certificats, ceux du système.\n\nExemples :\n  retex liens\n  retex liens --depuis 30\n  retex liens --archives --corriger"
    )]
    Liens(LiensArgs),
    /// Crée un nouveau site, à compléter
    #[command(
        override_usage = "retex init <DOSSIER>",
        after_help = "Le dossier doit être vide (un dossier .git est admis) ou ne pas exister. Il reçoit\nle contenu à compléter, un guide pour les contributeurs et de quoi vérifier et publier le site\navec GitLab ou GitHub.\n\nExemple :\n  retex init mon-site"
    )]
    Init(InitArgs),
    /// Donne les fichiers du thème par défaut, pour en changer
    #[command(
        override_usage = "retex theme [NOM]…",
        after_help = "Sans nom, la liste des fichiers et à quoi chacun sert. Avec des noms, chaque fichier est copié\ndans themes/local/, où il remplace celui du thème ; aucun fichier n’est jamais remplacé.\ncharte.css reçoit toutes les couleurs, dans les deux modes.\n\nExemples :\n  retex theme\n  retex theme charte.css entete.html"
    )]
    Theme(ThemeArgs),
    /// Donne les schémas JSON des fichiers, pour les éditeurs de texte
    #[command(
        override_usage = "retex schema [NOM] [OPTIONS]",
        after_help = "Exemples :\n  retex schema\n  retex schema site\n  retex schema --sortie schemas"
    )]
    Schema(SchemaArgs),
    /// Donne les messages à un éditeur de texte pendant que vous écrivez
    #[command(
        override_usage = "retex lsp",
        after_help = "C’est l’éditeur de texte qui lance cette commande, par ses réglages, et lui parle sur l’entrée et la\nsortie standard (protocole LSP). Les messages des fichiers ouverts sont donnés en entier, même avant\nd’être enregistrés ; ailleurs, les erreurs seules.\n\nExemple :\n  retex lsp"
    )]
    Lsp,
    /// Donne de quoi compléter les commandes avec la touche Tab
    #[command(
        override_usage = "retex completion <INTERPRÉTEUR>",
        after_help = "Le résultat va dans le fichier que l’interpréteur lit à son démarrage.\n\nExemples :\n  retex completion bash > ~/.local/share/bash-completion/completions/retex\n  retex completion fish > ~/.config/fish/completions/retex.fish\n  retex completion zsh > ~/.zfunc/_retex"
    )]
    Completion(CompletionArgs),
}

/// Options of `theme`.
#[derive(Args)]
pub(super) struct ThemeArgs {
    /// Fichier à copier : son nom, ou ce qui suffit à le reconnaître
    #[arg(value_name = "NOM")]
    pub(super) noms: Vec<String>,
}

/// Options of `schema`.
#[derive(Args)]
pub(super) struct SchemaArgs {
    /// Le fichier décrit : site, glossaire, synonymes, synthese, tableaux, fiche… ; sans lui, la liste
    #[arg(value_name = "NOM", value_parser = PossibleValuesParser::new(schema_names()))]
    pub(super) nom: Option<String>,
    /// Écrit tous les schémas des fichiers dans ce dossier
    #[arg(long, value_name = "DOSSIER", value_hint = ValueHint::DirPath, conflicts_with = "nom")]
    pub(super) sortie: Option<PathBuf>,
}

/// Options of `completion`.
#[derive(Args)]
pub(super) struct CompletionArgs {
    /// L’interpréteur de commandes : bash, elvish, fish, powershell ou zsh
    #[arg(value_name = "INTERPRÉTEUR")]
    pub(super) shell: Shell,
}

/// Options of `build`.
#[derive(Args)]
pub(super) struct BuildArgs {
    /// Dossier où ranger le site [par défaut : output]
    #[arg(long, value_name = "DOSSIER", value_hint = ValueHint::DirPath, default_value = "output")]
    pub(super) sortie: PathBuf,
    /// Adresse publique du site, à la place de celle de site.toml
    #[arg(long, value_name = "ADRESSE", value_parser = web_address)]
    pub(super) url: Option<url::Url>,
    /// Traite les avertissements comme des erreurs
    #[arg(long)]
    pub(super) strict: bool,
    /// Affiche la durée de chaque étape et sa part du total
    #[arg(long)]
    pub(super) temps: bool,
}

/// Options of `check`.
#[derive(Args)]
pub(super) struct CheckArgs {
    /// Fichiers, ou dossiers, dont donner les messages [par défaut : tout le site]
    #[arg(value_name = "FICHIER", value_hint = ValueHint::AnyPath)]
    pub(super) fichiers: Vec<PathBuf>,
    /// Donne les messages de ce qui change depuis cette révision git, par exemple origin/main
    #[arg(long, value_name = "RÉVISION", conflicts_with = "fichiers")]
    pub(super) depuis: Option<String>,
    /// Forme des messages : humain (texte souligné), court (une ligne), json, github, gitlab,
    /// sarif, ou commentaire (à poster dans une demande de fusion) [par défaut : humain]
    #[arg(long, value_name = "FORMAT", default_value = "humain")]
    pub(super) format: Format,
    /// Montre au plus ce nombre de messages [par défaut : 200 pour humain et court,
    /// 1000 pour json, gitlab et sarif, 10 de chaque gravité pour github]
    #[arg(long, value_name = "NOMBRE")]
    pub(super) max: Option<usize>,
    /// Avec le format commentaire : début de l’adresse d’un fichier sur la forge
    #[arg(long, value_name = "ADRESSE", value_parser = web_address)]
    pub(super) lien_fichiers: Option<url::Url>,
    /// Corrige ce qui peut l’être sans aucun doute, après l’avoir montré
    #[arg(long)]
    pub(super) corriger: bool,
    /// Avec --corriger : ne demande pas d’accord
    #[arg(long)]
    pub(super) oui: bool,
    /// Donne la liste entière des ajouts de l’éditeur
    #[arg(long)]
    pub(super) ajouts: bool,
    /// Explique un message, par le nom qu’il porte entre crochets, puis s’arrête là
    #[arg(long, value_name = "CODE", exclusive = true, value_parser = CodeName)]
    pub(super) explique: Option<String>,
    /// Donne la liste des messages possibles, puis s’arrête là
    #[arg(long, exclusive = true)]
    pub(super) codes: bool,
    /// Traite les avertissements comme des erreurs
    #[arg(long)]
    pub(super) strict: bool,
}

/// Options of `serve`.
#[derive(Args)]
pub(super) struct ServeArgs {
    /// Ouvre le navigateur à l’accueil, à une page du site, ou à celle d’un fichier de content/
    #[arg(long, value_name = "PAGE", num_args = 0..=1, default_missing_value = "", value_hint = ValueHint::FilePath)]
    pub(super) ouvrir: Option<String>,
    /// Port où écouter ; 0 : un port libre [par défaut : 3000, ou le premier libre des suivants]
    #[arg(long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// Adresse où écouter : avec une autre que celle par défaut, l’aperçu se lit depuis le réseau
    /// [par défaut : 127.0.0.1, cette machine seule]
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(super) adresse: IpAddr,
    /// Relit les fichiers chaque seconde, pour un dossier partagé dont le système ne dit pas les changements
    #[arg(long)]
    pub(super) sondage: bool,
}

/// Options of `init`.
#[derive(Args)]
pub(super) struct InitArgs {
    /// Dossier du nouveau site
    #[arg(value_name = "DOSSIER", value_hint = ValueHint::DirPath)]
    pub(super) dossier: PathBuf,
}

/// Format of the diagnostics.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Le texte en cause, souligné
    Humain,
    /// Une ligne par message
    Court,
    /// Des données, avec leur schéma
    Json,
    /// Les annotations de GitHub
    Github,
    /// Le rapport de qualité de GitLab
    Gitlab,
    /// Le format d’échange de l’analyse statique
    Sarif,
    /// Un commentaire pour une demande de fusion
    Commentaire,
}

/// An address of the web; any other is refused as a value that does not fit.
fn web_address(text: &str) -> Result<url::Url, url::ParseError> {
    let url = url::Url::parse(text)?;
    if matches!(url.scheme(), "http" | "https") { Ok(url) } else { Err(url::ParseError::EmptyHost) }
}

/// Reads the name of a code. Every word passes, because a whole `erreur[code]` may be pasted and the verb
/// answers better to a wrong one; completions know the names.
#[derive(Clone)]
struct CodeName;

impl TypedValueParser for CodeName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Code::ALL.iter().map(|code| PossibleValue::new(code.slug()))))
    }
}

/// The name of the schema of what `check --format json` writes.
pub(super) const MESSAGES: &str = "messages";

/// The names that can be asked for.
fn schema_names() -> impl Iterator<Item = &'static str> {
    crate::parse::SCHEMAS.iter().map(|schema| schema.nom).chain([MESSAGES])
}
