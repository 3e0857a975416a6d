//! What pages say of a site that lacks something: no sentence speaks of what is not there, nor of several where
//! there is one.

use retex::source::Snapshot;

use crate::support::{assert_clean, base, build, root, set, text};

/// The words of every page, each with its path.
fn pages(snapshot: &Snapshot) -> Vec<(String, String)> {
    let built = build(snapshot);
    assert_clean(&built, snapshot);
    let pages = built.tree.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
    pages.map(|(path, bytes)| (path.to_string(), words(&String::from_utf8_lossy(bytes)))).collect()
}

/// What a reader reads of a page, its spaces made plain; names given to elements are read too.
pub(crate) fn words(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        for named in ["aria-label=\"", "content=\""] {
            if let Some((_, rest)) = tag.split_once(named) {
                out.push_str(rest.split('"').next().unwrap_or(""));
                out.push(' ');
            }
        }
        // A link ends before a point.
        let joined =
            matches!(tag.split([' ', '/']).find(|s| !s.is_empty()), Some("a" | "b" | "span"));
        out.push_str(if joined { "" } else { " " });
        out.push_str(text);
    }
    out.replace(['\u{a0}', '\u{202f}', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page<'a>(pages: &'a [(String, String)], path: &str) -> &'a str {
    &pages.iter().find(|(p, _)| p == path).unwrap_or_else(|| panic!("no {path}")).1
}

/// No page says any of these.
fn never(pages: &[(String, String)], said: &[&str]) {
    for (path, text) in pages {
        for wrong in said {
            assert!(!text.contains(wrong), "{path}: « {wrong} » in {text}");
        }
    }
}

/// A site that has its settings and a thématique, and nothing else.
pub(crate) fn empty() -> Snapshot {
    Snapshot::of_texts([
        ("content/site.toml", "titre = \"Un site\"\ndescription = \"Un site vide.\"\n"),
        (
            "content/thematiques/egal-acces.md",
            "+++\nnumero = 1\ntitre = \"Un égal accès\"\ntitre_court = \"Accès\"\n+++\nPour tous.\n",
        ),
    ])
}

/// The same with a recueil of one contribution, signed by a name that begins with an article.
pub(crate) fn recueil() -> Snapshot {
    let mut snapshot = empty();
    set(
        &mut snapshot,
        "content/thematiques/enseigner.md",
        "+++\nnumero = 2\ntitre = \"Enseigner\"\ntitre_court = \"Enseigner\"\n+++\nPour tous.\n",
    );
    set(
        &mut snapshot,
        "content/syntheses/essai/synthese.toml",
        "titre = \"Des essais\"\nterritoire = \"Ici\"\nannee = 2024\n",
    );
    set(
        &mut snapshot,
        "content/syntheses/essai/retex/radio.md",
        "+++\ntitre = \"Une radio\"\nthematique = \"egal-acces\"\nauteurs = [\"L'équipe de vie scolaire\"]\ndate = 2024-02-03\nniveaux = [\"college\"]\n[[liens]]\nurl = \"https://exemple.fr/a\"\ntype = \"jeu\"\n+++\nOn parle.\n",
    );
    snapshot
}

/// A theme may have its own piece of a page that the site does not have yet.
#[test]
fn a_theme_is_not_held_to_pages_that_are_not_there() {
    let mut snapshot = empty();
    set(
        &mut snapshot,
        "content/syntheses/essai/synthese.toml",
        "titre = \"Des essais\"\nterritoire = \"Ici\"\nannee = 2024\n",
    );
    let theirs = root().join("themes/defaut/templates/partials/bilan.html");
    let piece = std::fs::read_to_string(theirs).unwrap();
    let themed = |snapshot: &mut Snapshot, piece: &str| {
        set(
            snapshot,
            "content/site.toml",
            "titre = \"Un site\"\ndescription = \"Un site vide.\"\ntheme = \"mien\"\n",
        );
        set(snapshot, "themes/mien/theme.toml", "contrat = 1\nparent = \"defaut\"\n");
        set(snapshot, "themes/mien/templates/partials/bilan.html", piece);
    };
    themed(&mut snapshot, &piece);
    assert_clean(&build(&snapshot), &snapshot);
    // With a fiche, its fields are looked at again.
    let mut with_fiche = recueil();
    themed(&mut with_fiche, &piece.replace("vue.contribution", "vue.contribuee"));
    assert!(build(&with_fiche).has_errors());
}

/// Words that only what is not there could bear out.
const OF_A_SYNTHESIS: [&str; 7] = [
    "a synthèse",
    "cette synthèse",
    "Synthèse",
    "renseignés par l’éditeur.",
    "Critères renseignés par l’éditeur",
    "Les textes sont ceux du document reçu",
    "Ce que le site publie de chaque document",
];

#[test]
fn an_empty_site() {
    let pages = pages(&empty());
    never(&pages, &OF_A_SYNTHESIS);
    never(&pages, &["Autres thématiques", "rangés par nature", "0 sigle", "0 expérience"]);
    assert!(page(&pages, "thematiques/index.html").contains("Un égal accès"));
    assert!(page(&pages, "liens/index.html").contains("Aucun lien vers une ressource"));
    assert!(page(&pages, "glossaire/index.html").contains("Aucun sigle n’est encore expliqué."));
    assert!(page(&pages, "donnees/index.html").contains("Aucune donnée n’est encore publiée."));
    for folder in ["acteurs", "calendrier"] {
        let text = page(&pages, &format!("{folder}/index.html"));
        assert!(text.contains("Aucun plan d’action n’est encore publié"), "{text}");
    }
    assert!(page(&pages, "provenance/index.html").contains("aucun document reçu"));
}

#[test]
fn a_recueil_is_no_synthesis() {
    let pages = pages(&recueil());
    never(&pages, &OF_A_SYNTHESIS);
    never(&pages, &["seul son intitulé", "Présentation et méthode", "0 expérience"]);
    let home = page(&pages, "index.html");
    for said in [
        "1 expérience, atelier Ici, 2024.",
        "Le recueil n’en dit rien.",
        "Contribution signée",
        "Niveaux : donnés avec la contribution.",
    ] {
        assert!(home.contains(said), "« {said} » in {home}");
    }
    assert!(page(&pages, "liens/index.html").contains("Un lien vers une ressource."));
    let fiche = page(&pages, "retex/essai/radio/index.html");
    assert!(fiche.contains("donné avec elle : niveau, liens."), "{fiche}");
    let recueil = page(&pages, "syntheses/essai/index.html");
    assert!(recueil.contains("Ici, 2024 : retours d’expérience."), "{recueil}");
    assert!(recueil.contains("Aucun retour d’expérience dans ce recueil."), "{recueil}");
}

#[test]
fn what_joined_since_is_not_the_workshop_s() {
    let mut snapshot = base();
    let pages = pages(&snapshot);
    let home = page(&pages, "index.html");
    assert!(
        home.contains("1 expérience, atelier Essai, 2021 ; 1 contribution jointe depuis."),
        "{home}"
    );
    let synthese = page(&pages, "syntheses/essai-2021/index.html");
    for said in [
        "1 expérience, et 1 contribution jointe depuis",
        "Aucun retour d’expérience dans cette synthèse. Joint depuis :",
    ] {
        assert!(synthese.contains(said), "« {said} » in {synthese}");
    }
    // What was not given with it is not said to be.
    let radio = "content/syntheses/essai-2021/retex/radio.md";
    let said =
        |pages: &[(String, String)]| page(pages, "retex/essai-2021/radio/index.html").to_string();
    assert!(said(&pages).contains("donné avec elle : niveau."), "{}", said(&pages));
    let without = text(&snapshot, radio).replace("niveaux = [\"elementaire\"]\n", "");
    set(&mut snapshot, radio, &without);
    let pages = self::pages(&snapshot);
    assert!(said(&pages).contains("d’un document reçu."), "{}", said(&pages));
}

/// A name keeps its article wherever a page or a card says who wrote.
#[test]
fn a_contribution_is_signed_by_any_name() {
    let pages = pages(&recueil());
    never(&pages, &["de L’équipe"]);
    for path in
        ["index.html", "retex/essai/radio/index.html", "syntheses/essai/egal-acces/index.html"]
    {
        let text = page(&pages, path);
        assert!(
            text.contains("Contribution signée L’équipe de vie scolaire, 3 février 2024"),
            "{text}"
        );
    }
}

/// The small site without its document, its tables kept.
pub(crate) fn without_document() -> Snapshot {
    let mut snapshot = base();
    let folder = "content/syntheses/essai-2021";
    snapshot.files.remove(format!("{folder}/source.txt").as_str());
    let paths: Vec<String> = snapshot.files.keys().map(ToString::to_string).collect();
    for path in paths.iter().filter(|path| path.starts_with(folder)) {
        let old = text(&snapshot, path).to_string();
        let claims = |line: &&str| ["lignes", "sha256"].iter().any(|key| line.starts_with(key));
        let kept = old.split_inclusive('\n').filter(|line| !claims(line)).collect::<String>();
        set(&mut snapshot, path, &kept);
    }
    snapshot
}

#[test]
fn the_tables_of_a_recueil_are_no_synthesis() {
    let pages = pages(&without_document());
    never(&pages, &["a synthèse", "cette synthèse", "Synthèse"]);
    let home = page(&pages, "index.html");
    assert!(home.contains("2 expériences, atelier ") && !home.contains("plan d’action"), "{home}");
    assert!(home.contains("Les mots du recueil, le premier de chaque liste."), "{home}");
}

/// What the small site gives, which has no plan and a contribution beside its synthesis.
#[test]
fn a_synthesis_without_a_plan() {
    let pages = pages(&base());
    let synthese = page(&pages, "syntheses/essai-2021/index.html");
    assert!(synthese.contains("Essai, 2021 : retours d’expérience et diagnostic."), "{synthese}");
    let provenance = page(&pages, "provenance/index.html");
    assert!(provenance.contains("Contributions, hors de la synthèse"), "{provenance}");
    let data = page(&pages, "donnees/index.html");
    assert!(data.contains("ou de contributions qui n’en viennent pas"), "{data}");
}
