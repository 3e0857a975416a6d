//! Rapprochements that leave their synthèse: both sides show them, the data carry them, and what they claim is checked.

use retex::{
    diag::{Code, Diagnostic},
    source::Snapshot,
};

use crate::{
    phrases::words,
    support::{Build, assert_clean, build, set, text},
    territoire::{markdown, page, with_climat},
};

const CLIMAT: &str = "content/syntheses/brenelle-2023/tableaux/c0.toml";
/// The fact « Un seul portail », on line 10.
const DE: &str = "id = \"constats-et-propositions-constats-10-a\"\n";
/// The irritant « Pas de réseau dans les hameaux », on line 59.
const VERS: &str = "t1/diagnostic-irritant-59-a";

/// Two démarches, and a rapprochement of the second with the first.
fn tied(vers: &str, proof: &str) -> Snapshot {
    let mut snapshot = with_climat(markdown());
    tie(&mut snapshot, CLIMAT, DE, vers, proof);
    snapshot
}

fn tie(snapshot: &mut Snapshot, path: &str, de: &str, vers: &str, proof: &str) {
    let line = format!("rapprochements = [{{ vers = \"{vers}\", {proof} }}]\n");
    let old = text(snapshot, path).to_string();
    assert!(old.contains(de), "{old}");
    set(snapshot, path, &old.replacen(de, &format!("{de}{line}"), 1));
}

const REASON: &str = "preuve = \"editeur\", raison = \"Deux accès qui manquent.\"";

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// The only message of a code.
fn told(built: &Build, code: Code) -> &Diagnostic {
    let mine: Vec<_> = built.diagnostics.iter().filter(|d| d.code == code).collect();
    let [one] = mine[..] else { panic!("{:#?}", built.diagnostics) };
    one
}

#[test]
fn both_sides_show_an_edge_between_syntheses() {
    let snapshot = tied(&format!("vezere-2021:{VERS}"), REASON);
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let here = page(&built, "syntheses/brenelle-2023/constats-et-propositions/index.html");
    let there = page(&built, "syntheses/vezere-2021/diagnostic/index.html");
    assert!(
        here.contains("href=\"../../vezere-2021/diagnostic/index.html#diagnostic-irritant-59-a\"")
            && here.contains("href=\"../../vezere-2021/index.html\""),
        "{here}"
    );
    let said = words(&here);
    let wanted = "Haute-Vézère, 2021 (irritant) : ┈ Pas de réseau dans les hameaux";
    assert!(said.contains(wanted), "{said}");
    let said = words(&there);
    assert!(said.contains("Brenelle, 2023 (constats) : ┈ Un seul portail"), "{said}");
    for side in [&here, &there] {
        let side = words(side);
        assert!(side.contains(". Jugement de l’éditeur. Deux accès qui manquent."), "{side}");
    }
    assert!(there.contains(
        "brenelle-2023/constats-et-propositions/index.html#constats-et-propositions-constats-10-a"
    ));
    // It is an addition of the synthèse that writes it, and of no other.
    let proof = words(&page(&built, "provenance/brenelle-2023/index.html"));
    assert_eq!(proof.matches(&format!("vers vezere-2021:{VERS} (jugement")).count(), 1, "{proof}");
}

#[test]
fn the_data_carry_an_edge_between_syntheses() {
    let built = build(&tied(&format!("vezere-2021:{VERS}"), REASON));
    let json: serde_json::Value =
        serde_json::from_str(&page(&built, "donnees/brenelle-2023/donnees.json")).unwrap();
    let blocs = json["tableaux"][0]["blocs"].as_array().unwrap();
    let bloc = blocs.iter().find(|b| b["id"] == "constats-et-propositions-constats-10-a").unwrap();
    assert_eq!(bloc["rapprochements"][0]["vers"], format!("vezere-2021:{VERS}"));
    let csv = page(&built, "donnees/brenelle-2023/constats-et-propositions.csv");
    assert!(csv.contains(&format!("vezere-2021:{VERS} (jugement de l’éditeur)")), "{csv}");
}

/// The end is named as in its own synthèse, énoncés and fiches included; naming one's own synthèse is no fault.
#[test]
fn an_edge_may_start_from_a_fiche_or_name_its_own_synthese() {
    let mut snapshot = with_climat(markdown());
    let own = format!("brenelle-2023:{}", "c0/constats-et-propositions-propositions-9-a");
    tie(&mut snapshot, CLIMAT, DE, &own, REASON);
    let fiche = "content/syntheses/vezere-2021/retex/le-bus-des-claviers.md";
    let vers = "brenelle-2023:c0/constats-et-propositions-constats-10-a";
    let header = text(&snapshot, fiche).replacen(
        "\n+++\n",
        &format!(
            "\n[[rapprochements]]\nvers = \"{vers}\"\n{}\n+++\n",
            REASON.replace(", r", "\nr")
        ),
        1,
    );
    set(&mut snapshot, fiche, &header);
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let climat = &built.site.as_ref().unwrap().ateliers[1];
    assert_eq!(climat.ponts.len(), 1);
    assert!(climat.rapprochements.iter().any(|edge| edge.ecrit.is_some()));
    let page = words(&page(&built, "retex/vezere-2021/le-bus-des-claviers/index.html"));
    assert!(
        page.contains("Dans d’autres synthèses Brenelle, 2023 (constats) : ┈ Un seul"),
        "{page}"
    );
}

/// Each unknown part is named, underlined, with the whole address to write.
#[test]
fn what_is_not_there_is_named() {
    for (vers, said, help) in [
        (
            "vezere-2012:t1/diagnostic-irritant-59-a",
            "il n’y a pas de synthèse « vezere-2012 »",
            "vouliez-vous dire « vezere-2021:t1/diagnostic-irritant-59-a » ?",
        ),
        (
            "vezere-2021:t9/diagnostic-irritant-59-a",
            "la synthèse « vezere-2021 » n’a pas de thématique « t9 »",
            "vouliez-vous dire « vezere-2021:t1/diagnostic-irritant-59-a » ?",
        ),
        (
            "vezere-2021:la-cantine/diagnostic-irritant-59-a",
            "la synthèse « vezere-2021 » n’a pas de thématique « la-cantine »",
            "le nom d’une thématique est celui de son fichier, dans le dossier « tableaux » de cette synthèse",
        ),
        (
            "vezere-2021:t1/diagnostic-irritan-59-a",
            "la synthèse « vezere-2021 » n’a pas de bloc « t1/diagnostic-irritan-59-a »",
            "vouliez-vous dire « vezere-2021:t1/diagnostic-irritant-59-a » ?",
        ),
        (
            "vezere-2021:diagnostic-irritant-59-a",
            "« vezere-2021:diagnostic-irritant-59-a » ne dit pas dans quelle thématique est ce bloc",
            "vouliez-vous dire « vezere-2021:t1/diagnostic-irritant-59-a » ?",
        ),
        (
            "nulle-part:t1/x",
            "il n’y a pas de synthèse « nulle-part »",
            "avant les deux-points vient le nom d’un dossier de content/syntheses",
        ),
    ] {
        let snapshot = tied(vers, REASON);
        let built = build(&snapshot);
        let fault = told(&built, Code::BlocInconnu);
        assert_eq!(plain(&fault.message), said);
        assert_eq!(plain(&fault.helps.join("|")), help);
        let place = fault.location(&snapshot).unwrap();
        let line = text(&snapshot, CLIMAT).lines().position(|l| l.contains(vers)).unwrap() + 1;
        assert!(place.starts_with(&format!("{CLIMAT}:{line}:")), "{place}");
    }
}

/// A synthèse whose file has errors of its own is not said to lack anything.
#[test]
fn a_synthese_that_cannot_be_read_lacks_nothing() {
    let mut snapshot = tied(&format!("vezere-2021:{VERS}"), REASON);
    let file = "content/syntheses/vezere-2021/tableaux/t1.toml";
    let broken = format!("{}\n[diagnostic\n", text(&snapshot, file));
    set(&mut snapshot, file, &broken);
    let built = build(&snapshot);
    assert!(built.has_errors());
    assert!(!built.diagnostics.iter().any(|d| d.code == Code::BlocInconnu));
}

/// The document that writes an edge is that of the synthèse whose file says so.
#[test]
fn a_written_proof_between_syntheses_is_checked() {
    let vers = format!("vezere-2021:{VERS}");
    let lines = build(&tied(&vers, "preuve = \"ecrit\", lignes = [10]"));
    let fault = told(&lines, Code::PreuveFausse);
    assert_eq!(
        plain(&fault.message),
        "« Pas de réseau dans les hameaux » n’est pas sur ces lignes du document"
    );
    // Words of the other document.
    let words_there = "preuve = \"ecrit\", citation = \"Pas de réseau dans les hameaux\"";
    assert_eq!(
        told(&build(&tied(&vers, words_there)), Code::PreuveFausse).code,
        Code::PreuveFausse
    );
    let snapshot = tied(&vers, "preuve = \"ecrit\", citation = \"Un seul portail\"");
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let there = words(&page(&built, "syntheses/vezere-2021/diagnostic/index.html"));
    assert!(there.contains("Écrit dans « Ateliers « climat scolaire », bassin"), "{there}");
    assert!(!there.contains("┈ Un seul portail"), "{there}");
}

#[test]
fn a_false_likeness_between_syntheses_is_refused() {
    let vers = format!("vezere-2021:{VERS}");
    let same = build(&tied(&vers, "preuve = \"texte-identique\""));
    assert_eq!(told(&same, Code::PreuveFausse).message, "les deux textes ne sont pas identiques");
    let name = build(&tied(&vers, "preuve = \"nom\", nom = \"portail\""));
    assert!(
        plain(&told(&name, Code::PreuveFausse).message).starts_with("« portail » n’est pas dans")
    );
}

/// Two syntheses that name each other say one edge twice.
#[test]
fn an_edge_and_its_return_are_told() {
    let mut snapshot = tied(&format!("vezere-2021:{VERS}"), REASON);
    let (file, de) =
        ("content/syntheses/vezere-2021/tableaux/t1.toml", "id = \"diagnostic-irritant-59-a\"\n");
    let back = "brenelle-2023:c0/constats-et-propositions-constats-10-a";
    tie(&mut snapshot, file, de, back, REASON);
    let fault = build(&snapshot);
    let fault = told(&fault, Code::RapprochementCirculaire);
    assert_eq!(fault.message, "ces deux textes sont rapprochés dans les deux sens");
    // Both ways to itself.
    let mut snapshot = with_climat(markdown());
    let own = "brenelle-2023:c0/constats-et-propositions-constats-10-a";
    tie(&mut snapshot, CLIMAT, DE, own, REASON);
    assert!(told(&build(&snapshot), Code::RapprochementCirculaire).message.contains("lui-même"));
}

/// A mention that a fiche of another synthèse is tied to has a fiche.
#[test]
fn a_mention_tied_from_elsewhere_is_not_without_fiche() {
    let mut snapshot = with_climat(markdown());
    let count = |built: &Build| {
        page(built, "syntheses/vezere-2021/diagnostic/index.html")
            .matches("sans fiche sur ce site")
            .count()
    };
    assert_eq!(count(&build(&snapshot)), 1);
    let t1 = text(&snapshot, "content/syntheses/vezere-2021/tableaux/t1.toml");
    let before = t1.split("Un atelier de parents").next().unwrap();
    let id = before.rsplit("id = \"").next().unwrap().split('"').next().unwrap().to_string();
    set(
        &mut snapshot,
        "content/syntheses/brenelle-2023/retex/parents.md",
        &format!(
            "+++\ntitre = \"L’atelier des parents\"\nthematique = \"c0\"\nauteurs = [\"L’équipe\"]\ndate = 2023-02-03\n[[rapprochements]]\nvers = \"vezere-2021:t1/{id}\"\n{}\n+++\nOn parle.\n",
            REASON.replace(", r", "\nr")
        ),
    );
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    assert_eq!(count(&built), 0);
}
