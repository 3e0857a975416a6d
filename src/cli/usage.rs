//! From the words typed to a command, or to what is said of a wrong use: clap's errors in French, and the
//! options that do not go together.

use std::ffi::OsString;

use clap::{
    FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{
    USAGE,
    args::{CheckArgs, Cli, Command, Format, commands},
    report,
};
use crate::{diag::nearest, french};

/// Reads the arguments, or says what to read instead: help, version, or an error in French.
pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, u8> {
    let words = with_help(args.into_iter().collect());
    let cli = commands()
        .try_get_matches_from(&words)
        .and_then(|matches| Cli::from_arg_matches(&matches))
        .map_err(|error| translate(&error, &Asked::by(&words)))?;
    if let Command::Check(args) = &cli.command
        && let Some(message) = senseless(args)
    {
        return Err(wrong(&message, None, &Asked::by(&words)));
    }
    Ok(cli.command)
}

/// `retex help check` as `retex check --help`.
fn with_help(mut words: Vec<OsString>) -> Vec<OsString> {
    if words.get(1).is_some_and(|word| word == "help") {
        words.remove(1);
        words.push("--help".into());
    }
    words
}

/// An option of `check` that would do nothing beside the others.
fn senseless(args: &CheckArgs) -> Option<String> {
    let only_with = |option, others| Some(format!("« {option} » ne sert qu’avec {others}"));
    let reads = matches!(args.format, Format::Humain | Format::Court);
    if args.oui && !args.corriger {
        return only_with("--oui", "« --corriger »");
    }
    if args.lien_fichiers.is_some() && args.format != Format::Commentaire {
        return only_with("--lien-fichiers", "« --format commentaire »");
    }
    if args.ajouts && (args.depuis.is_some() || !args.fichiers.is_empty()) {
        return Some("« --ajouts » donne ceux du site entier : ni fichier, ni « --depuis »".into());
    }
    if args.ajouts && !reads {
        return only_with("--ajouts", "les formats humain et court");
    }
    if args.max.is_some() && args.format == Format::Commentaire {
        return Some(
            "« --max » ne sert pas avec « --format commentaire », qui se limite lui-même".into(),
        );
    }
    None
}

/// The command that was asked for, as far as it exists.
struct Asked {
    command: clap::Command,
    /// `retex new fiche`.
    name: String,
}

impl Asked {
    fn by(words: &[OsString]) -> Self {
        let mut asked = Self { command: commands(), name: "retex".into() };
        for word in words.iter().skip(1).filter_map(|word| word.to_str()) {
            let Some(below) = asked.command.find_subcommand(word).cloned() else { continue };
            asked.command = below;
            asked.name.push_str(&format!(" {word}"));
        }
        asked
    }
}

/// Says clap's error in French: what is wrong, the nearest right word, the usage, where to read more. Help and version
/// are none; gives the exit code.
fn translate(error: &clap::Error, asked: &Asked) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        report::say(&french::bind_spaces(&error.render().to_string()));
        return 0;
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => named(text),
        Some(ContextValue::Strings(texts)) => {
            french::enumerate(&texts.iter().map(|text| named(text)).collect::<Vec<_>>())
        }
        _ => String::new(),
    };
    let below: Vec<&str> = asked.command.get_subcommands().map(clap::Command::get_name).collect();
    let long = |arg: &clap::Arg| Some(format!("--{}", arg.get_long()?));
    let options: Vec<String> = asked.command.get_arguments().filter_map(long).collect();
    let (arg, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let verb = context(ContextKind::InvalidSubcommand);
    let known = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(words)) => words.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    let near = |word: &str, words: &[&str]| {
        let near = nearest(word, words.iter().copied());
        near.map(|near| format!("vouliez-vous dire « {near} » ?"))
    };
    let commands = || format!("commandes : {}", below.join(", "));
    let (message, advice) = match error.kind() {
        ErrorKind::MissingSubcommand => {
            (format!("il manque la commande après « {} »", asked.name), Some(commands()))
        }
        ErrorKind::InvalidSubcommand => (
            format!("la commande « {verb} » n’existe pas"),
            near(&verb, &below).or_else(|| (!below.is_empty()).then(commands)),
        ),
        ErrorKind::UnknownArgument => {
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            (format!("« {arg} » n’a pas de sens ici"), near(&arg, &options))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            (format!("« {arg} » attend une valeur"), expected(&arg))
        }
        ErrorKind::InvalidValue => {
            let near = near(&value, &known).map_or(String::new(), |near| near + "\n  ");
            (
                format!("« {value} » n’est pas une valeur de « {arg} »"),
                Some(format!("{near}valeurs possibles : {}", known.join(", "))),
            )
        }
        ErrorKind::ValueValidation => {
            (format!("« {value} » ne convient pas à « {arg} »"), expected(&arg))
        }
        ErrorKind::MissingRequiredArgument => (format!("il manque {arg}"), None),
        ErrorKind::ArgumentConflict => (conflict(&arg, &context(ContextKind::PriorArg)), None),
        ErrorKind::TooManyValues => (format!("« {arg} » ne prend pas de valeur"), None),
        ErrorKind::InvalidUtf8 => ("un argument n’est pas lisible (encodage)".into(), None),
        _ => ("arguments incompréhensibles".into(), None),
    };
    wrong(&message, advice.as_deref(), asked)
}

/// An argument as one types it: clap writes `[NOM]` for one that may be left out.
fn named(arg: &str) -> String {
    match arg.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(name) => format!("<{name}>"),
        None => arg.to_string(),
    }
}

/// Two options that cannot be together, or one that was given twice.
fn conflict(one: &str, other: &str) -> String {
    if other.is_empty() {
        format!("« {one} » s’emploie seul")
    } else if one == other {
        format!("« {one} » est donné deux fois")
    } else {
        format!("« {one} » ne s’emploie pas avec « {other} »")
    }
}

/// Values whose name does not say enough, and words for what to type.
const EXPECTED: [(&str, &str); 7] = [
    ("<ADRESSE>", "il faut une adresse complète, par exemple https://exemple.fr/retex/"),
    ("<NOMBRE>", "il faut un nombre entier"),
    ("<ANNÉE>", "il faut un nombre entier"),
    ("<SECONDES>", "il faut un nombre de secondes, par exemple 2 ou 0.5"),
    ("<AAAA-MM-JJ>", "il faut un jour, par exemple 2026-03-12"),
    ("<PORT>", "il faut un nombre entier, de 0 à 65535"),
    ("<IP>", "il faut une adresse de cette machine, par exemple 127.0.0.1 ou 0.0.0.0"),
];

fn expected(arg: &str) -> Option<String> {
    let found = EXPECTED.iter().find(|(value, _)| arg.contains(value));
    found.map(|(_, said)| (*said).to_string())
}

/// Says the error, the advice, and where to read more; gives the exit code.
fn wrong(message: &str, advice: Option<&str>, asked: &Asked) -> u8 {
    let mut text = format!("erreur : {message}\n");
    if let Some(advice) = advice {
        text.push_str(&format!("  {advice}\n"));
    }
    let usage = asked.command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    text.push_str(&format!("\nUsage : {usage}\nVoyez « {} --help ».\n", asked.name));
    report::complain(&french::bind_spaces(&text));
    USAGE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        commands().debug_assert();
    }
}
