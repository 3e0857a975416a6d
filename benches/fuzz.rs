//! Throws mutated inputs at the readers until the time is over, or until one of them panics, is slow, or lets through
//! what it must not.
//!
//! ```text
//! cargo run --release --example fuzz -- parse|markdown|audit [--secondes 30] [--graine 1]
//! ```
//!
//! The input that stopped it is kept in `target/fuzz/`; the same seed finds it again.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for developers")]
#![expect(
    clippy::disallowed_methods,
    reason = "it reads the corpus, the clock, and keeps an input"
)]

#[path = "../tests/support/random.rs"]
mod random;

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::{self, ExitCode},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use html5gum::{Token, Tokenizer};
use random::Random;
use retex::{
    build::{self, Memo, Options, Report},
    diag::{Diagnostic, Place},
    disk, html, markdown,
    output::Collector,
    site,
    source::{Content, Snapshot, SourceFile},
};

/// What an input may take; it takes a few milliseconds.
const SLOW: Duration = Duration::from_secs(5);
/// Bytes of an input at most: more would measure the machine.
const LARGEST: usize = 200_000;
/// The fiche whose body is thrown at the Markdown renderer.
const FICHE: &str = "content/syntheses/essai-2021/retex/radio.md";
/// Its header, which is right.
const HEADER: &str = "+++\ntitre = \"Une radio\"\nthematique = \"enseigner-apprendre\"\nauteurs = [\"Camille Exemple\"]\ndate = 2022-03-01\n+++\n";

/// The elements that a text may become.
const ELEMENTS: &str = "a abbr blockquote br caption code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 \
                        hr img kbd li ol p pre section small span strong sub summary sup table tbody td th thead tr ul";

/// Pieces that readers trip over.
const PIECES: [&str; 40] = [
    "+++\n",
    "\u{feff}",
    "\"",
    "\"\"\"",
    "'",
    "[[",
    "]]",
    "[",
    "]",
    "=",
    "\n",
    "\n\n",
    "\r\n",
    "\0",
    "é",
    "\u{202e}",
    "^{",
    "}",
    "▶",
    "<p>",
    "<!--",
    "-->",
    "\t",
    "<script>",
    "](",
    "[^1]",
    "|-|\n",
    "```\n",
    "~~~",
    "&amp;",
    "> ",
    "- ",
    "1. ",
    "    ",
    "*",
    "**",
    "_",
    "<details><summary>",
    "\\",
    "9999999999999999999999",
];

/// What is thrown, and at what.
#[derive(Clone, Copy, Debug)]
enum Entry {
    /// A file of each role, read and assembled with the rest of a site.
    Parse,
    /// The body of a fiche, as its page shows it.
    Markdown,
    /// A finished page.
    Audit,
}

impl Entry {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "parse" => Self::Parse,
            "markdown" => Self::Markdown,
            "audit" => Self::Audit,
            _ => return None,
        })
    }
}

struct Asked {
    entry: Entry,
    lasting: Duration,
    seed: u64,
}

fn asked() -> Option<Asked> {
    let mut args = std::env::args().skip(1);
    let entry = Entry::named(&args.next()?)?;
    let mut asked = Asked { entry, lasting: Duration::from_secs(30), seed: 1 };
    while let Some(arg) = args.next() {
        let number: u64 = args.next()?.parse().ok()?;
        match arg.as_str() {
            "--secondes" => asked.lasting = Duration::from_secs(number),
            "--graine" => asked.seed = number.max(1),
            _ => return None,
        }
    }
    Some(asked)
}

/// What inputs are made of.
struct Corpus {
    base: Snapshot,
    /// The small site's files, by place.
    files: Vec<(String, String)>,
    /// Lines of the small site and of each case of the diagnostics.
    lines: Vec<String>,
    pages: Vec<String>,
}

impl Corpus {
    fn read(root: &Path) -> std::io::Result<Self> {
        let base = disk::scan(&root.join("tests/base"))?;
        let text = |file: &SourceFile| Some((file.path.to_string(), file.as_text()?.to_string()));
        let files: Vec<(String, String)> = base.files.values().filter_map(text).collect();
        let mut lines: Vec<String> = Vec::new();
        let mut gather = |text: &str| lines.extend(text.split_inclusive('\n').map(str::to_string));
        files.iter().for_each(|(_, text)| gather(text));
        let mut cases: Vec<PathBuf> = fs::read_dir(root.join("tests/diagnostics"))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        cases.sort();
        for case in cases {
            gather(&fs::read_to_string(case)?);
        }
        let built = Collector::default();
        let emit = |path, bytes| built.put(path, bytes);
        build::build(&base, &Options::default(), &mut Memo::default(), &emit, &mut |_| {});
        let pages = built.into_tree().pages().map(|(_, html)| html.to_string()).collect();
        Ok(Self { base, files, lines, pages })
    }

    /// The next input, and the file that it stands for.
    fn input(&self, entry: Entry, random: &mut Random) -> (String, Vec<u8>) {
        match entry {
            Entry::Parse => {
                let (path, text) = random.pick(&self.files);
                (path.clone(), mutated(text, &self.lines, random).into_bytes())
            }
            Entry::Markdown => {
                let count = 1 + random.below(12);
                let body: String = (0..count).map(|_| random.pick(&self.lines).as_str()).collect();
                let body = mutated(&body, &self.lines, random);
                (FICHE.into(), [HEADER.as_bytes(), body.as_bytes()].concat())
            }
            Entry::Audit => {
                let page = random.pick(&self.pages);
                let mut bytes = mutated(page, &self.lines, random).into_bytes();
                for _ in 0..random.below(4) {
                    let at = random.below(bytes.len().max(1));
                    bytes.insert(at.min(bytes.len()), random.below(256) as u8);
                }
                ("page.html".into(), bytes)
            }
        }
    }
}

/// A text with a few pieces more, less, or many times.
fn mutated(text: &str, lines: &[String], random: &mut Random) -> String {
    let mut text = text.to_string();
    for _ in 0..1 + random.below(6) {
        let from = boundary(&text, random.below(text.len() + 1));
        let to = boundary(&text, (from + random.below(60)).min(text.len()));
        match random.below(6) {
            0 => text.replace_range(from..to, ""),
            1 => text.insert_str(from, random.pick::<String>(lines)),
            2 => {
                let again = text[from..to].to_string();
                text.insert_str(boundary(&text, random.below(text.len() + 1)), &again);
            }
            // Many times the same: what takes more than its length shows.
            3 if random.below(20) == 0 => {
                let piece = random.pick::<&str>(&PIECES);
                text.insert_str(from, &piece.repeat(1 + random.below(LARGEST / 4 / piece.len())));
            }
            _ => text.insert_str(from, random.pick::<&str>(&PIECES)),
        }
    }
    text.truncate(boundary(&text, LARGEST.min(text.len())));
    text
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// What there is to say against what became of an input.
fn judged(
    entry: Entry,
    corpus: &Corpus,
    memo: &mut Memo,
    path: &str,
    input: &[u8],
) -> Option<String> {
    if let Entry::Audit = entry {
        return judged_page(input);
    }
    let mut snapshot = corpus.base.clone();
    let text = String::from_utf8_lossy(input);
    snapshot.insert(SourceFile::text(path, &text));
    let options = Options { sources_only: true, ..Options::default() };
    let report = build::build(&snapshot, &options, memo, &|_, _| {}, &mut |_| {});
    match entry {
        Entry::Markdown => judged_html(&report),
        _ => report.diagnostics.iter().find_map(|said| misplaced(said, &snapshot)),
    }
}

/// A place that is not one of its file.
fn misplaced(said: &Diagnostic, snapshot: &Snapshot) -> Option<String> {
    let Place::Span(span) = &said.place else { return None };
    let Some(Content::Text(text)) = snapshot.files.get(&span.file).map(|file| &file.content) else {
        return Some(format!("{:?} points into no text", said.code));
    };
    text.get(span.range()).is_none().then(|| format!("{:?} points out of its file", said.code))
}

/// What stands in the HTML of a fiche that nothing refuses and that may not.
fn judged_html(report: &Report) -> Option<String> {
    let site = report.site.as_ref().filter(|_| !report.has_errors())?;
    let (_, fiche) = site.fiches().find(|(_, fiche)| fiche.path.as_str() == FICHE)?;
    let page = site::address::fiche(&fiche.id);
    let place = markdown::LinkBase { site, page: &page, parmi: "" };
    let html = markdown::corps(&fiche.corps, place, &mut markdown::Glose::new(&site.glossaire));
    for Ok(token) in Tokenizer::new(html.as_str()) {
        let Token::StartTag(tag) = token else { continue };
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if !ELEMENTS.split(' ').any(|element| element == name) {
            return Some(format!("<{name}> is let through"));
        }
        if tag.attributes.keys().any(|key| key.starts_with(b"on") || key.as_slice() == b"style") {
            return Some(format!("<{name}> has code"));
        }
    }
    let wrong = html::scan(html.as_str()).forbidden;
    (!wrong.is_empty()).then(|| format!("{wrong:?} is let through"))
}

/// A page whose pieces cannot be told.
fn judged_page(input: &[u8]) -> Option<String> {
    let page = html::scan(input);
    let cut = |id: &&String| page.text_of(id).is_none() || page.text_without_calls(id).is_none();
    page.ids.keys().find(cut).map(|id| format!("« {id} » has no text"))
}

/// Keeps an input and says why.
fn keep(root: &Path, entry: Entry, path: &str, input: &[u8], why: &str) {
    let folder = root.join("target/fuzz");
    let name = format!("{entry:?}-{}", path.replace('/', "_"));
    let kept = fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(&name), input));
    eprintln!("{why}\n{} bytes in {}", input.len(), folder.join(&name).display());
    if let Err(error) = kept {
        eprintln!("which cannot be written: {error}");
    }
}

/// The input being read, since when.
type Now = Arc<Mutex<Option<(Instant, String, Vec<u8>)>>>;

/// Stops the program when an input is slow: it may never end.
fn watch(root: PathBuf, entry: Entry, now: Now) {
    thread::spawn(move || {
        loop {
            thread::sleep(SLOW / 10);
            let Ok(now) = now.lock() else { continue };
            if let Some((begun, path, input)) = &*now
                && begun.elapsed() > SLOW
            {
                keep(&root, entry, path, input, "an input takes more than 5 s");
                process::exit(1);
            }
        }
    });
}

fn main() -> ExitCode {
    let Some(Asked { entry, lasting, seed }) = asked() else {
        eprintln!("fuzz parse|markdown|audit [--secondes 30] [--graine 1]");
        return ExitCode::from(2);
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = match Corpus::read(root) {
        Ok(corpus) => corpus,
        Err(error) => {
            eprintln!("the corpus cannot be read: {error}");
            return ExitCode::from(2);
        }
    };
    let now = Now::default();
    watch(root.to_path_buf(), entry, Arc::clone(&now));
    let (begun, mut random, mut memo) = (Instant::now(), Random::new(seed), Memo::warm());
    let (mut done, mut longest) = (0_u64, Duration::ZERO);
    while begun.elapsed() < lasting {
        let (path, input) = corpus.input(entry, &mut random);
        let since = Instant::now();
        if let Ok(mut now) = now.lock() {
            *now = Some((since, path.clone(), input.clone()));
        }
        let judge = AssertUnwindSafe(|| judged(entry, &corpus, &mut memo, &path, &input));
        let wrong = panic::catch_unwind(judge).unwrap_or_else(|_| Some("it panics".into()));
        if let Some(why) = wrong {
            keep(root, entry, &path, &input, &why);
            return ExitCode::FAILURE;
        }
        (done, longest) = (done + 1, longest.max(since.elapsed()));
    }
    println!("{done} inputs, the longest {} ms: nothing found", longest.as_millis());
    ExitCode::SUCCESS
}
