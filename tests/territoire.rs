//! A synthesis that nobody made the program around: an invented département, as Markdown and as tabbed text, encoded from
//! the inventory of what must be published. Its plan has a row for each axe, a column that is no nature, no dates.

use std::fs;

use retex::{
    diag::Code,
    french::canonical,
    model::{Nature, Preuve, Tableau},
    site::{Atelier, Bout},
    source::{OutputPath, Snapshot, slugify},
};
use serde_json::Value;

use crate::support::{Build, assert_clean, build, edit, errors, root, set, text};

const FOLDER: &str = "content/syntheses/vezere-2021";
const FORMS: [(&str, &str); 2] =
    [("markdown", "source.md"), ("tabulations", "source-tabulations.txt")];

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join("tests/territoire").join(path)).unwrap()
}

pub(crate) fn inventory(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("{key}"))
}

fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A document being encoded: its lines, and the last that was taken.
struct Source {
    lines: Vec<String>,
    at: usize,
}

impl Source {
    fn of(text: &str) -> Self {
        Self { lines: text.lines().map(canonical).collect(), at: 0 }
    }

    /// The next line, from 1, that holds these words.
    fn next(&mut self, words: &str) -> usize {
        let wanted = canonical(words);
        let found = self.lines[self.at..].iter().position(|line| line.contains(&wanted));
        self.at += found.unwrap_or_else(|| panic!("« {words} » after line {}", self.at)) + 1;
        self.at
    }

    /// The next line of a table.
    fn row(&mut self) -> usize {
        let is_row = |line: &String| !line.trim().is_empty() && !line.contains("|---");
        self.at += self.lines[self.at..].iter().position(is_row).unwrap() + 1;
        self.at
    }
}

/// The site of the département, its document in one of its forms.
fn vezere((forme, file): (&str, &str)) -> Snapshot {
    let (inventory, document) = (inventory("inventaire.json"), read(file));
    let mut source = Source::of(&document);
    let mut snapshot = Snapshot { has_content: true, ..Snapshot::default() };
    let mut put = |path: &str, text: String| set(&mut snapshot, path, &text);
    put("content/site.toml", "titre = \"Essai\"\ndescription = \"Un essai.\"\n".into());
    put(&format!("{FOLDER}/source.txt"), document.clone());
    let titre = inventory["titre"].as_str().unwrap();
    let mut synthese = format!(
        "titre = {}\nterritoire = \"Haute-Vézère\"\nannee = 2021\n\n[source]\nforme = \"{forme}\"\n",
        quoted(titre)
    );
    let line = source.next(titre);
    let prose = &inventory["prose"];
    put(&format!("{FOLDER}/methode.md"), received(&mut source, None, list(prose, "methode")));
    let participants = received(&mut source, Some("Participants"), list(prose, "participants"));
    put(&format!("{FOLDER}/textes/participants.md"), participants);
    let retex = source.next("Retours d'expérience");
    synthese
        .push_str(&format!("\n[retex]\ntitre = \"Retours d'expérience\"\nlignes = [{retex}]\n"));
    synthese.push_str(&format!(
        "\n[[exclusions]]\nligne = {line}\ntexte = {}\nraison = \"Le titre de la synthèse.\"\n",
        quoted(titre)
    ));
    let headings: Vec<&str> = list(&inventory, "titres").iter().filter_map(Value::as_str).collect();
    let mut files = Vec::new();
    for t in 1..=5 {
        let heading = headings.iter().find(|h| h.starts_with(&format!("RETEX {t} "))).unwrap();
        let title = heading.split_once(' ').unwrap().1.split_once(' ').unwrap().1;
        put(
            &format!("content/thematiques/t{t}.md"),
            format!("+++\nnumero = {t}\ntitre = {}\n+++\n", quoted(title)),
        );
        let line = source.next(heading);
        files.push(format!("[retex]\ntitre = {}\nlignes = [{line}]\n", quoted(heading)));
        for fiche in list(&inventory, "fiches").iter().filter(|f| f["thematique"] == t) {
            let (path, text) = encoded_fiche(&mut source, fiche);
            put(&path, text);
        }
    }
    for table in list(&inventory, "tableaux") {
        synthese.push_str(&encoded_table(&mut source, table, "Thématique", &mut files));
    }
    for (t, file) in files.into_iter().enumerate() {
        put(&format!("{FOLDER}/tableaux/t{}.toml", t + 1), file);
    }
    put(
        &format!("{FOLDER}/textes/paroles.md"),
        received(&mut source, Some("Paroles"), list(prose, "verbatims")),
    );
    put(&format!("{FOLDER}/synthese.toml"), synthese);
    snapshot
}

/// The département, its document in Markdown.
pub(crate) fn markdown() -> Snapshot {
    vezere(FORMS[0])
}

/// Prose, each paragraph on a line.
fn received(source: &mut Source, titre: Option<&str>, paragraphs: &[Value]) -> String {
    let mut lines: Vec<usize> = titre.iter().map(|titre| source.next(titre)).collect();
    let paragraphs: Vec<&str> = paragraphs.iter().filter_map(Value::as_str).collect();
    lines.extend(paragraphs.iter().map(|text| source.next(text)));
    let titre = titre.map_or_else(String::new, |titre| format!("titre = {}\n", quoted(titre)));
    // A star that begins a line is a list in Markdown.
    let body: Vec<String> = paragraphs.iter().map(|text| text.replace('*', "\\*")).collect();
    format!("+++\n{titre}lignes = {lines:?}\n+++\n{}\n", body.join("\n\n"))
}

fn encoded_fiche(source: &mut Source, fiche: &Value) -> (String, String) {
    // No text of a site holds a sign that nobody sees: the soft hyphen of the document is not one of its letters.
    let texte = fiche["texte"].as_str().unwrap().replace('\u{ad}', "");
    let titre = fiche["titre"].as_str().unwrap();
    let mut lines = vec![source.next(titre)];
    let mut links = String::new();
    for link in list(fiche, "liens").iter().filter_map(Value::as_str) {
        // On the line of the text, or on one of its own.
        let here = source.lines[source.at - 1].contains(&canonical(link));
        if !here {
            lines.push(source.next(link));
        }
        links.push_str(&format!("\n[[liens]]\nurl = {}\n", quoted(link)));
        let label = fiche["libelles"][link].as_str();
        if let Some(label) = label
            .filter(|l| source.lines[source.at - 1].contains(&canonical(l)) && !texte.contains(l))
        {
            links.push_str(&format!("titre = {}\n", quoted(label)));
        }
    }
    let header = format!(
        "titre = {}\nthematique = \"t{}\"\nlignes = {lines:?}\n{links}",
        quoted(titre),
        fiche["thematique"]
    );
    let path = format!("{FOLDER}/retex/{}.md", slugify(titre));
    (path, format!("+++\n{header}+++\n{texte}\n"))
}

/// The key of a column: its nature, or a name for a free one.
fn key(column: &Value) -> String {
    match column["nature"].as_str() {
        Some(nature) => nature.replace('-', "_"),
        None => slugify(column["texte"].as_str().unwrap()),
    }
}

/// Adds the rows of a table to the file of each thématique; gives its description.
fn encoded_table(source: &mut Source, table: &Value, first: &str, files: &mut [String]) -> String {
    let (id, titre) = (table["id"].as_str().unwrap(), table["titre"].as_str().unwrap());
    let line = source.next(titre);
    let headings = source.row();
    let mut out = format!(
        "\n[[tableaux]]\nid = \"{id}\"\ntitre = {}\nlignes = [{line}]\nlignes_colonnes = [{headings}]\ncolonnes = [\n  {{ texte = \"{first}\", natures = [\"intitule\"] }},\n",
        quoted(titre)
    );
    for column in list(table, "colonnes") {
        let texte = quoted(column["texte"].as_str().unwrap());
        out.push_str(&match column["nature"].as_str() {
            Some(nature) => format!("  {{ texte = {texte}, natures = [\"{nature}\"] }},\n"),
            None => format!("  {{ texte = {texte}, cle = \"{}\" }},\n", key(column)),
        });
    }
    out.push_str("]\n");
    for (t, subject) in list(table, "thematiques").iter().enumerate() {
        let rows: Vec<usize> = list(subject, "rangees").iter().map(|_| source.row()).collect();
        if rows.is_empty() {
            continue;
        }
        let file = &mut files[t];
        file.push_str(&format!("\n[{id}]\nlignes = {rows:?}\n"));
        file.push_str(&format!(
            "\n[[{id}.intitule]]\nid = \"{id}-intitule-t{t}-a\"\ntextes = [{}]\n",
            quoted(subject["intitule"].as_str().unwrap())
        ));
        for (row, line) in list(subject, "rangees").iter().zip(rows) {
            for (cell, column) in row.as_array().unwrap().iter().zip(list(table, "colonnes")) {
                for (n, texte) in cell.as_array().unwrap().iter().enumerate() {
                    file.push_str(&format!(
                        "\n[[{id}.{}]]\nid = \"{id}-{}-{line}-{}\"\nlignes = [{line}]\ntextes = [{}]\n",
                        key(column),
                        slugify(&key(column)),
                        char::from(b'a' + u8::try_from(n).unwrap()),
                        quoted(texte.as_str().unwrap())
                    ));
                }
            }
        }
    }
    out
}

pub(crate) fn page(built: &Build, path: &str) -> String {
    let bytes = built.tree.get(&OutputPath::new(path)).unwrap_or_else(|| panic!("{path}"));
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn atelier(built: &Build) -> &Atelier {
    &built.site.as_ref().unwrap().ateliers[0]
}

/// The number of the bloc with this text and nature in a table.
fn bloc(atelier: &Atelier, nature: Option<Nature>, texte: &str) -> usize {
    let wanted = canonical(texte);
    let is_it = |p: &&retex::site::BlocPlace| {
        p.bloc.nature == nature && canonical(&p.bloc.texte()) == wanted
    };
    let found = atelier.blocs.iter().filter(is_it).count();
    assert_eq!(found, 1, "{texte}");
    atelier.blocs.iter().position(|p| is_it(&p)).unwrap()
}

#[test]
fn both_forms_are_published_whole() {
    for form in FORMS {
        let snapshot = vezere(form);
        let built = build(&snapshot);
        assert_clean(&built, &snapshot);
        let atelier = atelier(&built);
        assert_eq!(atelier.fidelite.as_ref().unwrap().affichage(), "100\u{a0}%", "{}", form.0);
        let counts = &inventory("inventaire.json")["comptes"];
        let others = atelier.blocs.iter().filter(|p| p.bloc.nature != Some(Nature::Intitule));
        assert_eq!(others.count() as u64, counts["blocs_hors_intitules"].as_u64().unwrap());
    }
}

/// Each row of the inventory is a row of the page, its cells in their columns.
#[test]
fn rows_are_rows() {
    for form in FORMS {
        let snapshot = vezere(form);
        let built = build(&snapshot);
        let mut seen = 0;
        for table in list(&inventory("inventaire.json"), "tableaux") {
            let path =
                format!("syntheses/vezere-2021/{}/index.html", table["id"].as_str().unwrap());
            let html = page(&built, &path);
            let rows: Vec<Vec<String>> = html.split("<tr").skip(2).map(cells).collect();
            let mut rows = rows.into_iter();
            for subject in list(table, "thematiques") {
                for row in list(subject, "rangees") {
                    let page = rows.next().unwrap();
                    for (cell, shown) in row.as_array().unwrap().iter().zip(&page[1..]) {
                        for texte in cell.as_array().unwrap() {
                            let texte = letters(texte.as_str().unwrap());
                            assert!(letters(shown).contains(&texte), "{path}: {texte} in {shown}");
                        }
                    }
                    seen += 1;
                }
            }
            assert!(rows.next().is_none(), "{path}");
        }
        assert_eq!(seen, inventory("inventaire.json")["comptes"]["rangees"].as_u64().unwrap());
    }
}

fn cells(row: &str) -> Vec<String> {
    let cells = row
        .split("<t")
        .filter(|c| c.starts_with("d ") || c.starts_with("d>") || c.starts_with("h "));
    let text = |cell: &str| {
        let inner = cell.split('>').skip(1).map(|piece| piece.split('<').next().unwrap_or(""));
        inner.collect::<Vec<_>>().join(" ").replace("&#x27;", "'").replace("&#39;", "'")
    };
    cells.map(text).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Without a line of TOML, each actor of a row is tied to its actions, and the document says so.
#[test]
fn actors_are_tied_to_the_actions_of_their_row() {
    for form in FORMS {
        let snapshot = vezere(form);
        let built = build(&snapshot);
        let atelier = atelier(&built);
        let mut tied = 0;
        for table in list(&inventory("inventaire.json"), "tableaux") {
            let columns = list(table, "colonnes");
            let column = |nature: &str| columns.iter().position(|c| c["nature"] == nature);
            let (Some(actions), Some(actors)) = (column("action"), column("acteur")) else {
                continue;
            };
            for row in list(table, "thematiques").iter().flat_map(|t| list(t, "rangees")) {
                let texts = |n: usize| row[n].as_array().unwrap().iter().filter_map(Value::as_str);
                for (actor, action) in
                    texts(actors).flat_map(|a| texts(actions).map(move |b| (a, b)))
                {
                    let action = bloc(atelier, Some(Nature::Action), action);
                    let is_tied = atelier.rapprochements.iter().any(|edge| {
                        let Bout::Bloc(vers, None) = edge.vers else { return false };
                        edge.de == Bout::Bloc(action, None)
                            && edge.preuve == Preuve::Ecrit
                            && canonical(&atelier.blocs[vers].bloc.texte()) == canonical(actor)
                    });
                    assert!(is_tied, "{actor}");
                    tied += 1;
                }
            }
        }
        assert!(tied > 12, "{tied}");
        let page = |path: &str| page(&built, path);
        assert!(!page("acteurs/index.html").contains("aucune action rattachée"));
        assert!(!page("acteurs/index.html").contains("d’acteur écrit pour elles seules"));
        // No column of dates: nothing is said of dates.
        let calendar = page("calendrier/index.html");
        assert!(
            !calendar.contains("de date écrite pour elles seules")
                && !calendar.contains("encore publié")
        );
        assert!(calendar.contains(
            "Aucune colonne des plans d’action publiés n’est reconnue comme celle des dates"
        ));
        assert!(page("syntheses/vezere-2021/plan-action/index.html").contains("Priorité*"));
    }
}

/// Mentions with the words of a title are tied; the others are said to have no fiche.
#[test]
fn mentions_are_tied_by_their_words() {
    let snapshot = vezere(FORMS[0]);
    let built = build(&snapshot);
    let html = page(&built, "syntheses/vezere-2021/diagnostic/index.html");
    assert_eq!(html.matches("sans fiche sur ce site").count(), 1);
    assert_eq!(html.matches(">lire cette expérience</a>").count(), 8);
    // No editor proposed anything.
    assert!(!html.contains("rapprochement proposé"));
}

fn refused(snapshot: &Snapshot, words: &str) {
    let built = build(snapshot);
    let errors = errors(&built, snapshot);
    assert!(errors.iter().any(|e| e.contains(words)), "« {words} » in none of {errors:#?}");
}

#[test]
fn what_is_wrong_is_named() {
    for form in FORMS {
        let good = vezere(form);
        let plan = format!("{FOLDER}/tableaux/t1.toml");
        // Two cells of two rows exchanged.
        let mut swapped = good.clone();
        edit(&mut swapped, &plan, "\"Acheter 600 clés\"", "\"@\"");
        edit(&mut swapped, &plan, "\"Ouvrir l'atelier du samedi\"", "\"Acheter 600 clés\"");
        edit(&mut swapped, &plan, "\"@\"", "\"Ouvrir l'atelier du samedi\"");
        refused(&swapped, "ce texte n’est pas à la ligne");
        // A star dropped.
        let mut star = good.clone();
        edit(&mut star, &format!("{FOLDER}/synthese.toml"), "\"Priorité*\"", "\"Priorité\"");
        refused(&star, "Priorité*");
        // A bullet moved to another column.
        let mut moved = good.clone();
        let from = text(&moved, &plan).to_string();
        let at = from.find("\"Chargeurs perdus\"").unwrap();
        let head = from[..at].rfind("[[diagnostic.irritant]]").unwrap();
        let changed = format!(
            "{}[[diagnostic.point_fort]]{}",
            &from[..head],
            &from[head + "[[diagnostic.irritant]]".len()..]
        );
        set(&mut moved, &plan, &changed);
        refused(&moved, "ce texte n’est pas à sa place");
    }
}

/// A proof by the document must show where it is written.
#[test]
fn a_false_written_proof_is_refused() {
    let good = vezere(FORMS[0]);
    let file = format!("{FOLDER}/tableaux/t1.toml");
    let edge = |proof: &str| {
        let mut snapshot = good.clone();
        let first = text(&snapshot, &file).to_string();
        let at = first.find("[[diagnostic.irritant]]").unwrap();
        let end = at + first[at..].find("textes = ").unwrap();
        let vers = "projections-besoin";
        let id = first.split(&format!("id = \"{vers}-")).nth(1).unwrap().split('"').next().unwrap();
        let line =
            format!("rapprochements = [{{ vers = \"{vers}-{id}\", preuve = \"ecrit\"{proof} }}]\n");
        set(&mut snapshot, &file, &format!("{}{line}{}", &first[..end], &first[end..]));
        snapshot
    };
    let bare = build(&edge(""));
    assert!(bare.diagnostics.iter().any(|d| d.code == Code::PreuveIncomplete));
    let lines = build(&edge(", lignes = [3]"));
    assert!(lines.diagnostics.iter().any(|d| d.code == Code::PreuveFausse));
    let words = build(&edge(", citation = \"le besoin vient de cet irritant\""));
    assert!(words.diagnostics.iter().any(|d| d.code == Code::PreuveFausse));
}

/// Another démarche beside the first: topics of its own, tables of other shapes, one without a column of topics.
pub(crate) fn with_climat(mut snapshot: Snapshot) -> Snapshot {
    const CLIMAT: &str = "content/syntheses/brenelle-2023";
    let (inventory, document) = (inventory("climat/inventaire.json"), read("climat/source.md"));
    let mut source = Source::of(&document);
    let mut put = |path: &str, text: String| set(&mut snapshot, path, &text);
    put(&format!("{CLIMAT}/source.txt"), document.clone());
    let titre = inventory["titre"].as_str().unwrap();
    let line = source.next(titre);
    let method = "Deux tables rondes, trois sujets : les entrées, les couloirs, la cantine.";
    let lines = source.next(method);
    put(&format!("{CLIMAT}/methode.md"), format!("+++\nlignes = [{lines}]\n+++\n{method}\n"));
    let mut synthese = format!(
        "titre = {0}\nterritoire = \"Brenelle\"\nannee = 2023\ndemarche = \"climat\"\n\n[source]\nforme = \"markdown\"\n\n[[exclusions]]\nligne = {line}\ntexte = {0}\nraison = \"Le titre de la synthèse.\"\n",
        quoted(titre)
    );
    for (n, subject) in list(&inventory, "sujets").iter().enumerate() {
        let titre = quoted(subject.as_str().unwrap());
        let header = format!("numero = {}\ntitre = {titre}\ndemarche = \"climat\"\n", n + 1);
        put(&format!("content/thematiques/c{n}.md"), format!("+++\n{header}+++\n"));
    }
    for table in list(&inventory, "tableaux") {
        let (titre, line) =
            (table["titre"].as_str().unwrap(), source.next(table["titre"].as_str().unwrap()));
        let id = slugify(titre);
        let headings = source.row();
        let names: Vec<&str> = list(table, "colonnes").iter().filter_map(Value::as_str).collect();
        let has_topics = table["sans_sujet"] != true;
        let topic = "  { texte = \"Sujet\", natures = [\"intitule\"] },\n";
        let columns: String = names
            .iter()
            .map(|name| format!("  {{ texte = {}, cle = \"{}\" }},\n", quoted(name), slugify(name)))
            .collect();
        synthese.push_str(&format!(
            "\n[[tableaux]]\nid = \"{id}\"\ntitre = {}\nlignes = [{line}]\nlignes_colonnes = [{headings}]\ncolonnes = [\n{}{columns}]\n",
            quoted(titre),
            if has_topics { topic } else { "" }
        ));
        let subjects: Vec<(String, Option<&str>, &Vec<Value>)> = match has_topics {
            false => vec![("atelier".into(), None, list(table, "rangees"))],
            true => list(&inventory, "sujets")
                .iter()
                .enumerate()
                .map(|(n, subject)| {
                    let subject = subject.as_str().unwrap();
                    (format!("c{n}"), Some(subject), list(&table["rangees"], subject))
                })
                .collect(),
        };
        for (name, intitule, rows) in subjects {
            let lines: Vec<usize> = rows.iter().map(|_| source.row()).collect();
            let mut file = format!("[{id}]\nlignes = {lines:?}\n");
            if let Some(intitule) = intitule {
                file.push_str(&format!(
                    "\n[[{id}.intitule]]\nid = \"{id}-{name}-intitule\"\ntextes = [{}]\n",
                    quoted(intitule)
                ));
            }
            for (row, line) in rows.iter().zip(lines) {
                for (cell, column) in row.as_array().unwrap().iter().zip(&names) {
                    for (n, texte) in cell.as_array().unwrap().iter().enumerate() {
                        let key = slugify(column);
                        file.push_str(&format!(
                            "\n[[{id}.{key}]]\nid = \"{id}-{key}-{line}-{}\"\nlignes = [{line}]\ntextes = [{}]\n",
                            char::from(b'a' + u8::try_from(n).unwrap()),
                            quoted(texte.as_str().unwrap())
                        ));
                    }
                }
            }
            put(&format!("{CLIMAT}/tableaux/{name}.toml"), file);
        }
    }
    put(&format!("{CLIMAT}/synthese.toml"), synthese);
    snapshot
}

#[test]
fn two_demarches_stand_apart() {
    let snapshot = with_climat(vezere(FORMS[0]));
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    for atelier in &built.site.as_ref().unwrap().ateliers {
        let fidelite = atelier.fidelite.as_ref().unwrap();
        assert_eq!(fidelite.affichage(), "100\u{a0}%", "{}", atelier.synthese.id);
    }
    let paths: Vec<String> = built.tree.pages().map(|(path, _)| path.to_string()).collect();
    let files = |prefix: &str| paths.iter().filter(|p| p.starts_with(prefix)).count();
    // Its page, two tables with their citations, a meeting file for each topic of its own; a plan to be read.
    assert_eq!(files("syntheses/brenelle-2023/"), 1 + 2 * 2 + 3);
    assert_eq!(files("syntheses/vezere-2021/"), 1 + 3 * 2 + 1 + 5);
    let risks = page(&built, "syntheses/brenelle-2023/risques/index.html");
    assert!(risks.contains("Un portail sans surveillance") && !risks.contains("ne contient rien"));
    let climat = page(&built, "syntheses/brenelle-2023/index.html");
    assert!(climat.contains("La cantine") && !climat.contains("Travailler ensemble"));
    let vezere = page(&built, "syntheses/vezere-2021/index.html");
    assert!(!vezere.contains("La cantine"));
}

/// A column that the document has and nobody wants is set aside with its reason, and said to be.
#[test]
fn a_column_is_set_aside_with_its_reason() {
    let mut snapshot = vezere(FORMS[0]);
    let file = format!("{FOLDER}/synthese.toml");
    edit(
        &mut snapshot,
        &file,
        "cle = \"priorite\"",
        "cle = \"priorite\", exclure = \"Notes de travail.\"",
    );
    for t in 1..=5 {
        let path = format!("{FOLDER}/tableaux/t{t}.toml");
        let kept: Vec<String> = text(&snapshot, &path)
            .split("\n[[")
            .filter(|bloc| !bloc.starts_with("plan-action.priorite]]"))
            .map(str::to_string)
            .collect();
        set(&mut snapshot, &path, &kept.join("\n[["));
    }
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let fidelite = atelier(&built).fidelite.as_ref().unwrap();
    assert!(fidelite.exclus > 0 && fidelite.perdus == 0);
    let plan = page(&built, "syntheses/vezere-2021/plan-action/index.html");
    assert!(!plan.contains("Priorité*"));
    assert!(page(&built, "provenance/index.html").contains("Notes de travail."));
}

/// In Markdown, the number of an item, the sign of a quotation and the tags of a superscript are no text; a year is.
#[test]
fn the_signs_of_lists_and_quotations_are_no_text() {
    let mut snapshot = vezere(FORMS[0]);
    let source = format!("{FOLDER}/source.txt");
    let lines =
        "1. Choisir un axe\n   2) Dire le 1<sup>er</sup> pas\n> À retenir\n2020. Une année\n";
    let longer = format!("{}\n{lines}", text(&snapshot, &source));
    let last = longer.lines().count();
    set(&mut snapshot, &source, &longer);
    let claimed: Vec<usize> = (last - 3..=last).collect();
    let body = "Choisir un axe\n\nDire le 1er pas\n\nÀ retenir\n\n2020\\. Une année";
    let fin = |body: &str| format!("+++\nlignes = {claimed:?}\n+++\n{body}\n");
    set(&mut snapshot, &format!("{FOLDER}/textes/fin.md"), &fin(body));
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    assert_eq!(atelier(&built).fidelite.as_ref().unwrap().affichage(), "100\u{a0}%");
    set(&mut snapshot, &format!("{FOLDER}/textes/fin.md"), &fin(&body.replace("2020\\. ", "")));
    refused(&snapshot, "2020.");
}

/// A longer document, as Word writes it: bands that name the thématiques, sub-themes, a caption, items of two levels.
#[test]
fn a_long_document_is_published_whole() {
    let snapshot = retex::disk::scan(&root().join("tests/territoire/word")).unwrap();
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let atelier = atelier(&built);
    assert_eq!(atelier.fidelite.as_ref().unwrap().affichage(), "100\u{a0}%");
    let titles = [Some(Nature::Intitule), Some(Nature::SousThematique)];
    let blocs = atelier.blocs.iter().filter(|p| !titles.contains(&p.bloc.nature));
    assert_eq!(blocs.count(), 141);
    let rows = |(t, table): (&retex::source::Slug, Tableau)| atelier.derniere_rangee(t, table);
    let site = built.site.as_ref().unwrap();
    let tables = atelier.synthese.tableaux_dans_l_ordre();
    let all = site.thematiques.iter().flat_map(|t| tables.iter().map(move |table| (&t.id, *table)));
    // Five of them are bands across the table, which name a thématique.
    assert_eq!(all.map(rows).sum::<usize>(), 32 + 5);
}
