//! Images received with a document: sealed, declared with their place, published there with the editor's words for who
//! does not see them.

use std::fs;

use retex::{
    diag::{Code, Diagnostic},
    source::{Content, OutputPath, SitePath, Snapshot, SourceFile},
};

use crate::{
    phrases::words,
    support::{assert_clean, build, edit, root, set, text},
    territoire::{markdown, page},
};

const FOLDER: &str = "content/syntheses/vezere-2021";
const SEAL: &str = "60ff6f0d";

fn releve() -> Vec<u8> {
    fs::read(root().join("tests/territoire/releve.png")).unwrap()
}

fn with_file(mut snapshot: Snapshot, name: &str) -> Snapshot {
    let path = format!("{FOLDER}/images/{name}");
    snapshot.insert(SourceFile {
        path: SitePath::new(path),
        content: Content::Binary(releve().into()),
    });
    snapshot
}

/// The fingerprint that the program gives of an image that nobody declared.
fn seal() -> String {
    let built = build(&with_file(markdown(), "releve.png"));
    let undeclared = told(&built.diagnostics, Code::FichierIgnore);
    assert_eq!(
        plain(&undeclared.message),
        "l’image « releve.png » n’est pas déclarée : aucune page ne la montre"
    );
    let help = &undeclared.helps[0];
    help.split("empreinte = \"").nth(1).unwrap().split('"').next().unwrap().to_string()
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn told(diagnostics: &[Diagnostic], code: Code) -> &Diagnostic {
    // The invented document has no fingerprint of its own, which is another matter.
    let unsealed = |d: &Diagnostic| d.message.starts_with("rien ne prouve");
    let mine: Vec<_> = diagnostics.iter().filter(|d| d.code == code && !unsealed(d)).collect();
    let [one] = mine[..] else { panic!("{diagnostics:#?}") };
    one
}

const ALT: &str = "Relevé du vallon : trois courbes bleues et un point rouge";

/// The image declared with a place, and more keys.
fn declared(place: &str, more: &str) -> Snapshot {
    let mut snapshot = with_file(markdown(), "releve.png");
    let file = format!("{FOLDER}/synthese.toml");
    let image = format!(
        "\n[[images]]\nfichier = \"releve.png\"\nempreinte = \"{}\"\nalternative = \"{ALT}\"\nplace = \"{place}\"\n{more}",
        seal()
    );
    let all = format!("{}{image}", text(&snapshot, &file));
    set(&mut snapshot, &file, &all);
    snapshot
}

/// The image with a caption on a line of its own, the last of the document.
fn captioned(words: &str) -> Snapshot {
    let mut snapshot = markdown();
    let source = format!("{FOLDER}/source.txt");
    let longer = format!("{}\nFigure 1 – Le vallon, l'après-midi\n", text(&snapshot, &source));
    let line = longer.lines().count();
    set(&mut snapshot, &source, &longer);
    let legende = format!("legende = \"{words}\"\nlignes = [{line}]\n");
    let mut with_image = declared("retex/cartes-du-relief", &legende);
    set(&mut with_image, &source, &longer);
    with_image
}

#[test]
fn an_undeclared_image_is_named_with_its_fingerprint() {
    let seal = seal();
    assert!(seal.len() == 64 && seal.bytes().all(|b| b.is_ascii_hexdigit()), "{seal}");
    let snapshot = declared("retex/cartes-du-relief", "");
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    assert!(!built.diagnostics.iter().any(|d| d.code == Code::FichierIgnore));
}

#[test]
fn an_image_is_published_with_the_text_of_its_place() {
    for (place, at) in [
        ("retex/cartes-du-relief", "retex/vezere-2021/cartes-du-relief/index.html"),
        ("textes/paroles", "syntheses/vezere-2021/index.html"),
        ("methode", "syntheses/vezere-2021/index.html"),
    ] {
        let snapshot = declared(place, "");
        let built = build(&snapshot);
        assert_clean(&built, &snapshot);
        let html = page(&built, at);
        assert_eq!(html.matches("releve.png\" alt=\"Relevé du vallon").count(), 1, "{place}");
        let figure = html.split("id=\"image--releve-png\"").nth(1).expect(&html);
        assert!(figure.contains("width=\"") && figure.contains("height=\""), "{figure}");
        let said = words(&html);
        assert!(
            said.contains(
                "Image reçue avec le document ; texte de remplacement : renseigné par l’éditeur."
            ),
            "{said}"
        );
        let file = OutputPath::new("images/syntheses/vezere-2021/images/releve.png");
        assert!(built.tree.get(&file).is_some());
        // The editor's words are an addition, listed with the others.
        let proof = words(&page(&built, "provenance/index.html"));
        assert!(proof.contains("Texte de remplacement d’une image : 1 ajout"), "{proof}");
        assert!(proof.contains(place), "{proof}");
    }
}

#[test]
fn a_caption_is_received_text() {
    let snapshot = captioned("Figure 1 – Le vallon, l'après-midi");
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let fidelite = built.site.as_ref().unwrap().ateliers[0].fidelite.as_ref().unwrap();
    assert_eq!(fidelite.affichage(), "100\u{a0}%");
    let html = page(&built, "retex/vezere-2021/cartes-du-relief/index.html");
    let figure = html.split("id=\"image--releve-png\"").nth(1).unwrap();
    let figure = figure.split("</figure>").next().unwrap();
    assert!(figure.contains("role=\"figure\" aria-label=\"Figure 1 – Le vallon, l’après-midi\""));
    assert!(figure.contains("<figcaption id=\"legende--releve-png\" class=\"recu\">"), "{figure}");
    // Its words are those of its line, and the line is wanted.
    let altered = build(&captioned("Figure 1 – Le vallon, l'après-midi d'été"));
    assert!(altered.has_errors());
    let mut unclaimed = captioned("Figure 1 – Le vallon, l'après-midi");
    let file = format!("{FOLDER}/synthese.toml");
    let cut = text(&unclaimed, &file).rsplit_once("lignes = ").unwrap().0.to_string();
    set(&mut unclaimed, &file, &cut);
    told(&build(&unclaimed).diagnostics, Code::CleManquante);
}

/// A caption whose line moved is told once, with its new line.
#[test]
fn a_caption_follows_its_line() {
    let mut snapshot = captioned("Figure 1 – Le vallon, l'après-midi");
    let source = format!("{FOLDER}/source.txt");
    let longer = format!("Édition du 12 mars\n{}", text(&snapshot, &source));
    set(&mut snapshot, &source, &longer);
    let built = build(&snapshot);
    let of_caption = built
        .diagnostics
        .iter()
        .filter(|d| d.fixes.iter().any(|fix| fix.texte == format!("[{}]", longer.lines().count())));
    assert_eq!(of_caption.count(), 1, "{:#?}", built.diagnostics);
}

#[test]
fn what_is_wrong_with_an_image_is_named() {
    let file = format!("{FOLDER}/synthese.toml");
    let good = declared("retex/cartes-du-relief", "");
    let wrong = |from: &str, to: &str| {
        let mut snapshot = good.clone();
        edit(&mut snapshot, &file, from, to);
        build(&snapshot).diagnostics
    };
    let seal = seal();
    let other = wrong(&seal, SEAL);
    let fault = told(&other, Code::EmpreinteDifferente);
    assert!(plain(&fault.message).starts_with("« releve.png » n’est pas l’image reçue"));
    assert!(fault.helps.iter().any(|help| help.contains(&seal)));
    let missing = wrong("\"releve.png\"", "\"releves.png\"");
    assert!(told(&missing, Code::ImageIntrouvable).helps[0].contains("releve.png"));
    let nowhere = wrong("retex/cartes-du-relief", "retex/carte-du-relief");
    assert!(told(&nowhere, Code::ValeurInconnue).helps[0].contains("retex/cartes-du-relief"));
    let vague = wrong(ALT, "image");
    told(&vague, Code::AlternativeVague);
    let empty = wrong(ALT, "");
    told(&empty, Code::ValeurVide);
    let lines = wrong("place =", "lignes = [3]\nplace =");
    assert!(plain(&told(&lines, Code::CleManquante).message).contains("légende"));
    let mut twice = good.clone();
    let declaration = text(&good, &file).rsplit_once("[[images]]").unwrap().1.to_string();
    let all = format!("{}\n[[images]]{declaration}", text(&good, &file));
    set(&mut twice, &file, &all);
    told(&build(&twice).diagnostics, Code::IdentifiantEnDouble);
    // A contribution shows its own images.
    let mut contribution = good.clone();
    set(
        &mut contribution,
        &format!("{FOLDER}/retex/cartes-du-relief.md"),
        "+++\ntitre = \"Cartes\"\nthematique = \"t2\"\nauteurs = [\"L’équipe\"]\ndate = 2021-02-03\n+++\nOn parle.\n",
    );
    let said = build(&contribution);
    let fault = told(&said.diagnostics, Code::ValeurInconnue);
    assert!(plain(&fault.message).contains("n’est pas un texte reçu"), "{fault:?}");
}

/// A theme that forgets the words of the image, or its caption, is refused.
#[test]
fn a_page_that_loses_the_words_of_an_image_is_refused() {
    let theirs = root().join("themes/defaut/templates/partials/images-recues.html");
    let template = fs::read_to_string(theirs).unwrap();
    for (from, to) in [
        ("{{ image.alternative }}", "image"),
        ("{{ image.legende.html }}", "Figure"),
        ("id=\"{{ image.ancre }}\"", ""),
    ] {
        let mut snapshot = captioned("Figure 1 – Le vallon, l'après-midi");
        edit(&mut snapshot, "content/site.toml", "titre =", "theme = \"nu\"\ntitre =");
        set(&mut snapshot, "themes/nu/theme.toml", "contrat = 1\nparent = \"defaut\"\n");
        assert!(template.contains(from));
        let changed = template.replace(from, to);
        set(&mut snapshot, "themes/nu/templates/partials/images-recues.html", &changed);
        let built = build(&snapshot);
        assert!(built.diagnostics.iter().any(|d| d.code == Code::PageInfidele), "{from}");
    }
}
