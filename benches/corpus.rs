//! A site of any size, always the same for the same numbers: what the benchmarks build.
//!
//! Each fiche has a title, a thématique, a niveau, two keywords, three points forts and irritants in all, two
//! links, and five paragraphs; one in ten holds a block of code. Its source weighs 2.3 kB in the mean. Each
//! territory is a recueil with the three tables.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

const THEMATIQUES: [(&str, &str); 5] = [
    ("egal-acces", "Garantir un égal accès au numérique"),
    ("enseigner-apprendre", "Enseigner et apprendre avec le numérique"),
    ("travailler-ensemble", "Travailler ensemble"),
    ("responsable-souverain", "Un numérique responsable et souverain"),
    ("gouvernance-anticipation", "Gouverner et anticiper"),
];
const NIVEAUX: [&str; 4] = ["maternelle", "elementaire", "college", "lycee"];
const TYPES: [&str; 4] = ["article", "video", "jeu", "document"];
const WORDS: &str = "élève classe école collège enseignant numérique outil projet équipe famille lecture \
    écriture mathématiques séance tablette réseau parcours atelier ressource évaluation autonomie différence \
    temps espace groupe usage formation accompagnement partage accès matériel lien besoin pratique expérience \
    oral langue science histoire arts sport culture jeu défi enquête exposé carnet journal radio image son \
    vidéo carte frise quiz sondage forum dépôt consigne retour progrès erreur réussite confiance parole écoute \
    coopérer apprendre produire publier choisir organiser préparer observer mesurer comparer expliquer montrer \
    durable souverain ouvert commun léger simple clair rapide lent utile régulier collectif local national";
const SYLLABLES: [&str; 20] = [
    "ba", "cor", "di", "fon", "gal", "lem", "mi", "nor", "pro", "ré", "sé", "tion", "ville",
    "ment", "tra", "ver", "ploi", "cha", "bru", "gou",
];
const CODE: [(&str, &str); 5] = [
    (
        "python",
        "def moyenne(notes):\n    # une moyenne simple\n    return sum(notes) / len(notes)\n\nprint(moyenne([12, 15, 9]))\n",
    ),
    (
        "javascript",
        "const noms = ['Ana', 'Léo'];\nfor (const nom of noms) {\n  console.log(`Bonjour ${nom}`);\n}\n",
    ),
    ("html", "<ul>\n  <li class=\"fait\">Lire la consigne</li>\n  <li>Écrire</li>\n</ul>\n"),
    ("bash", "for f in *.md; do\n  echo \"$f\"\ndone\n"),
    ("rust", "fn main() {\n    let n = 3;\n    println!(\"bonjour {n}\");\n}\n"),
];

/// SplitMix64 (Steele, Lea and Flood, 2014): a few lines, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or_default()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// The words that texts are made of: common ones, and a long tail of rare ones, as in a real language.
struct Lexique {
    common: Vec<&'static str>,
    rare: Vec<String>,
}

impl Lexique {
    fn new(random: &mut Random) -> Self {
        let rare = (0..20_000).map(|_| {
            let length = 2 + random.below(3);
            (0..length).map(|_| *random.pick(&SYLLABLES)).collect()
        });
        Self { rare: rare.collect(), common: WORDS.split_whitespace().collect() }
    }

    fn word<'a>(&'a self, random: &mut Random) -> &'a str {
        if random.below(100) < 93 {
            self.common[random.below(self.common.len())]
        } else {
            &self.rare[random.below(self.rare.len())]
        }
    }

    /// A sentence of so many words, with its capital and its point.
    fn sentence(&self, random: &mut Random, words: usize) -> String {
        let text: Vec<&str> = (0..words).map(|_| self.word(random)).collect();
        let text = text.join(" ");
        let mut letters = text.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{first}{}.", letters.as_str())
    }

    fn paragraph(&self, random: &mut Random) -> String {
        let sentences: Vec<String> = (0..3)
            .map(|_| {
                let n = 11 + random.below(6);
                self.sentence(random, n)
            })
            .collect();
        sentences.join(" ")
    }
}

/// Writes files and counts them.
struct Writer {
    root: PathBuf,
    files: usize,
    bytes: usize,
}

impl Writer {
    fn write(&mut self, path: impl AsRef<Path>, text: &str) -> io::Result<()> {
        let path = self.root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        self.files += 1;
        self.bytes += text.len();
        fs::write(path, text)
    }
}

/// Writes the content of a site of `fiches` fiches shared among `territoires` workshops: how many files, how
/// many bytes. What was in `content/` goes first.
///
/// # Errors
/// When the disk refuses.
pub(crate) fn generate(
    folder: &Path,
    fiches: usize,
    territoires: usize,
    graine: u64,
) -> io::Result<(usize, usize)> {
    let content = folder.join("content");
    if content.exists() {
        fs::remove_dir_all(&content)?;
    }
    let mut random = Random(graine);
    let lexique = Lexique::new(&mut random);
    let mut to = Writer { root: content, files: 0, bytes: 0 };
    to.write("site.toml", SITE)?;
    to.write("glossaire.toml", GLOSSAIRE)?;
    for (i, (id, titre)) in THEMATIQUES.iter().enumerate() {
        let text = format!("+++\nnumero = {}\ntitre = \"{titre}\"\n+++\n\n{titre}.\n", i + 1);
        to.write(format!("thematiques/{id}.md"), &text)?;
    }
    for t in 0..territoires {
        let name = format!("syntheses/territoire-{t}");
        to.write(format!("{name}/synthese.toml"), &synthese(t))?;
        for (id, _) in THEMATIQUES {
            let text = tableaux(&lexique, &mut random, id);
            to.write(format!("{name}/tableaux/{id}.toml"), &text)?;
        }
    }
    for n in 0..fiches {
        let t = n * territoires / fiches;
        let text = fiche(&lexique, &mut random, n);
        to.write(format!("syntheses/territoire-{t}/retex/fiche-{n}.md"), &text)?;
    }
    Ok((to.files, to.bytes))
}

const SITE: &str = "titre = \"Retours d’expérience\"\ndescription = \"Un site fait pour mesurer.\"\n\
    url = \"https://exemple.fr/\"\n";

const GLOSSAIRE: &str =
    "[[sens]]\nid = \"ent\"\nsigle = \"ENT\"\ndeveloppement = \"espace numérique de travail\"\n";

fn synthese(t: usize) -> String {
    let mut out = format!(
        "titre = \"Atelier du territoire {t}\"\nterritoire = \"Territoire {t}\"\nannee = 2026\n"
    );
    let columns = |list: &[(&str, &str)]| {
        let each = list.iter().map(|(texte, natures)| {
            format!("  {{ texte = \"{texte}\", natures = [{natures}] }},\n")
        });
        each.collect::<String>()
    };
    let subject = ("Thématique", "\"intitule\", \"sous-thematique\"");
    for (id, titre, list) in [
        (
            "diagnostic",
            "Diagnostic",
            vec![
                subject,
                ("RETEX", "\"mention\""),
                ("Irritants", "\"irritant\""),
                ("Points forts", "\"point-fort\""),
            ],
        ),
        (
            "projections",
            "Besoins et axes",
            vec![
                subject,
                ("Irritants", "\"irritant\""),
                ("Besoins", "\"besoin\""),
                ("Axes", "\"axe\""),
            ],
        ),
        (
            "plan-action",
            "Plan d’action",
            vec![
                subject,
                ("Axes", "\"axe\""),
                ("Actions", "\"action\""),
                ("Acteurs", "\"acteur\""),
                ("Quand", "\"temporalite\""),
                ("Indicateurs", "\"indicateur\""),
            ],
        ),
    ] {
        let _ = write!(
            out,
            "\n[[tableaux]]\nid = \"{id}\"\ntitre = \"{titre}\"\ncolonnes = [\n{}]\n",
            columns(&list)
        );
    }
    out
}

fn tableaux(lexique: &Lexique, random: &mut Random, thematique: &str) -> String {
    let mut out = String::new();
    for (table, kinds) in [
        ("diagnostic", &["intitule", "irritant", "point_fort"][..]),
        ("projections", &["intitule", "irritant", "besoin", "axe"]),
        ("plan-action", &["intitule", "axe", "action", "acteur", "temporalite", "indicateur"]),
    ] {
        for kind in kinds {
            let count = if *kind == "intitule" { 1 } else { 2 + random.below(3) };
            for n in 1..=count {
                let id = format!("{table}-{}-{n}-{thematique}", kind.replace('_', "-"));
                let text = lexique.sentence(random, 12);
                let _ = write!(out, "[[{table}.{kind}]]\nid = \"{id}\"\ntextes = [\"{text}\"]\n\n");
            }
        }
    }
    out
}

fn fiche(lexique: &Lexique, random: &mut Random, n: usize) -> String {
    let titre = lexique.sentence(random, 5);
    let (thematique, _) = random.pick(&THEMATIQUES);
    let mut out = format!(
        "+++\ntitre = \"{} {n}\"\nthematique = \"{thematique}\"\nniveaux = [\"{}\"]\n",
        titre.trim_end_matches('.'),
        random.pick(&NIVEAUX)
    );
    let first = random.below(30);
    let _ = writeln!(
        out,
        "mots_cles = [\"{}\", \"{}\"]",
        lexique.common[first],
        lexique.common[30 + random.below(30)]
    );
    let _ = writeln!(
        out,
        "date = 202{}-{:02}-{:02}\nauteurs = [\"Équipe {}\"]",
        random.below(6),
        1 + random.below(12),
        1 + random.below(28),
        random.below(300)
    );
    let said: Vec<String> = (0..3).map(|_| lexique.sentence(random, 10)).collect();
    let _ = writeln!(
        out,
        "points_forts = [\"{}\", \"{}\"]\nirritants = [\"{}\"]",
        said[0], said[1], said[2]
    );
    for link in 0..2 {
        let _ = write!(
            out,
            "\n[[liens]]\nurl = \"https://exemple.fr/{n}/{link}\"\ntype = \"{}\"\n",
            random.pick(&TYPES)
        );
    }
    out.push_str("+++\n");
    for _ in 0..5 {
        let _ = write!(out, "\n{}\n", lexique.paragraph(random));
    }
    if random.below(10) == 0 {
        let (language, code) = random.pick(&CODE);
        let _ = write!(out, "\n```{language}\n{code}```\n");
    }
    out
}
