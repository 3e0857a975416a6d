//! `retex man`: the manual page, made from the definitions of the options. Sections have the names that
//! the French manuals of Unix give them.

use clap::{Arg, Command, CommandFactory};
use roff::{Inline, Roff, bold, italic, roman};

use super::{args::Cli, report};

/// What the definitions of the options do not say.
const FILES: [(&str, &str); 4] = [
    (
        "content/",
        "Le contenu du site : site.toml, glossaire.toml, thematiques/, pages/ et syntheses/.",
    ),
    ("themes/", "Les thèmes du site ; themes/local/ l’emporte sur tous."),
    ("output/", "Le site construit."),
    ("output/.retex", "La liste des fichiers que retex y a écrits : il ne supprime que ceux-là."),
];

const CODES: [(&str, &str); 3] = [
    ("0", "Tout va bien, avertissements compris."),
    ("1", "Il y a une erreur dans le contenu."),
    ("2", "Mauvais usage, ou problème de disque."),
];

/// Prints the page; gives the exit code.
pub(super) fn run() -> u8 {
    report::document(&page())
}

fn page() -> String {
    let mut program = Cli::command();
    program.build();
    let version = format!("retex {}", program.get_version().unwrap_or_default());
    let about = about(&program);
    let mut leaves = Vec::new();
    collect(&mut program, "retex", &mut leaves);

    let mut page = Roff::new();
    page.control("TH", ["RETEX", "1", "", &version, "Manuel de retex"]);
    page.control("nh", []);
    page.control("ad", ["l"]);
    page.control("SH", ["NOM"]);
    page.text([bold("retex"), roman(" - "), roman(uncapitalized(&about))]);
    page.control("SH", ["SYNOPSIS"]);
    // Neither justified nor hyphenated: it is to be typed.
    page.control("nf", []);
    for leaf in &leaves {
        page.text([roman(leaf.usage.as_str())]);
    }
    page.control("fi", []);
    page.control("SH", ["DESCRIPTION"]);
    page.text([roman(
        "retex lit le dossier content/ du dossier où il est lancé. Il prouve que chaque texte de la synthèse \
         est publié, entier et à sa place, et construit dans output/ un site qui s’ouvre partout, même depuis \
         un disque. Les messages disent en français ce qui ne va pas, où, et que faire.",
    )]);
    page.control("SH", ["COMMANDES"]);
    for leaf in &leaves {
        leaf.write(&mut page);
    }
    page.control("SH", ["CODES DE SORTIE"]);
    definitions(&mut page, &CODES);
    page.control("SH", ["ENVIRONNEMENT"]);
    definitions(
        &mut page,
        &[("NO_COLOR", "Si elle est définie, les messages n’ont pas de couleur.")],
    );
    page.control("SH", ["FICHIERS"]);
    definitions(&mut page, &FILES);
    page.control("SH", ["EXEMPLES"]);
    page.control("nf", []);
    for line in leaves.iter().flat_map(|leaf| &leaf.examples) {
        page.text([roman(line.as_str())]);
    }
    page.control("fi", []);
    page.to_roff()
}

/// A command that does something.
struct Leaf {
    usage: String,
    name: String,
    about: String,
    /// Each option or argument, with what it does.
    arguments: Vec<(Vec<Inline>, String)>,
    /// What is said after the options.
    notes: Vec<String>,
    examples: Vec<String>,
}

impl Leaf {
    fn write(&self, page: &mut Roff) {
        page.control("SS", [self.name.as_str()]);
        page.text([roman(format!("{}.", self.about))]);
        for (term, says) in &self.arguments {
            page.control("TP", []);
            page.text(term.clone());
            page.text([roman(format!("{says}."))]);
        }
        for note in &self.notes {
            page.control("PP", []);
            page.text([roman(note.as_str())]);
        }
    }
}

/// The commands that do something, in the order of the help.
fn collect(command: &mut Command, name: &str, leaves: &mut Vec<Leaf>) {
    if command.has_subcommands() {
        for below in command.get_subcommands_mut() {
            let name = format!("{name} {}", below.get_name());
            collect(below, &name, leaves);
        }
        return;
    }
    let usage = command.render_usage().to_string();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (notes, examples) = after.split_once("Exemple").unwrap_or((after.as_str(), ""));
    leaves.push(Leaf {
        usage: usage.trim_start_matches("Usage:").trim().to_string(),
        name: name.to_string(),
        about: about(command),
        arguments: command.get_arguments().map(argument).collect(),
        notes: notes.split("\n\n").map(one_line).filter(|note| !note.is_empty()).collect(),
        examples: examples.lines().skip(1).map(|line| line.trim().to_string()).collect(),
    });
}

fn argument(arg: &Arg) -> (Vec<Inline>, String) {
    let names =
        [arg.get_short().map(|c| format!("-{c}")), arg.get_long().map(|l| format!("--{l}"))];
    let names: Vec<String> = names.into_iter().flatten().collect();
    let mut term = vec![bold(names.join(", "))];
    if arg.is_positional() || arg.get_action().takes_values() {
        let value = arg.get_value_names().into_iter().flatten().map(|v| v.as_str());
        term.push(italic(format!(" {}", value.collect::<Vec<_>>().join(" ")).trim_start()));
        if !names.is_empty() {
            term.insert(1, roman(" "));
        }
    }
    (term, arg.get_help().map(|help| one_line(&help.to_string())).unwrap_or_default())
}

fn definitions(page: &mut Roff, terms: &[(&str, &str)]) {
    for (term, says) in terms {
        page.control("TP", []);
        page.text([bold(*term)]);
        page.text([roman(*says)]);
    }
}

fn about(command: &Command) -> String {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    one_line(&about).trim_end_matches('.').to_string()
}

fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
