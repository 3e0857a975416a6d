//! The meeting file and the pictures: what is read there of the published synthesis, and of a large one.

use retex::{markdown::plain, site::BlocPlace, source::Snapshot};

use crate::support::{assert_clean, base, build, published, set};

fn page(snapshot: &Snapshot, path: &str) -> String {
    let built = build(snapshot);
    assert_clean(&built, snapshot);
    built.tree.pages().find(|(p, _)| p.as_str() == path).unwrap().1.to_string()
}

/// The words of a page, without its tags.
fn words(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
    }
    text
}

#[test]
fn a_meeting_file_holds_its_fiches_whole() {
    let snapshot = published();
    let site = build(&snapshot).site.unwrap();
    let atelier = &site.ateliers[0];
    for thematique in &site.thematiques {
        let path = format!("syntheses/{}/{}/index.html", atelier.synthese.id, thematique.id);
        let html = page(&snapshot, &path);
        let text = words(&html);
        for fiche in atelier.fiches_de(&thematique.id) {
            assert!(html.contains(&format!("id=\"fiche--{}\"", fiche.id.slug)), "{path}");
            for bloc in &fiche.corps.blocs {
                assert!(
                    text.contains(&words(&plain(&bloc.value).replace('"', "&quot;"))),
                    "{path}: {}",
                    bloc.value.as_str()
                );
            }
            for lien in &fiche.liens {
                assert!(html.contains(&lien.texte.value), "{path}: {}", lien.texte.value);
            }
        }
    }
}

/// A footnote, a heading and a link to it, in every fiche: no anchor comes twice, and none is dead.
fn contribution(n: usize) -> String {
    format!(
        "+++\ntitre = \"Essai {n}\"\nthematique = \"egal-acces\"\ndate = 2022-03-01\nauteurs = [\"A. B.\"]\n+++\n\
         Texte {n}, avec une note[^1] et [une suite](#suite).\n\n## Suite\n\nMot de la fin {n}.\n\n[^1]: La note {n}.\n"
    )
}

#[test]
fn beyond_thirty_fiches_a_meeting_file_keeps_their_cards() {
    let mut snapshot = base();
    let path = "syntheses/essai-2021/egal-acces/index.html";
    let here = build(&snapshot).site.unwrap().ateliers[0]
        .fiches
        .iter()
        .filter(|f| f.thematique.value.as_str() == "egal-acces")
        .count();
    let add = |n: usize, snapshot: &mut Snapshot| {
        let file = format!("content/syntheses/essai-2021/retex/essai-{n}.md");
        set(snapshot, &file, &contribution(n));
    };
    (here + 1..=30).for_each(|n| add(n, &mut snapshot));
    let html = page(&snapshot, path);
    assert!(html.contains("Mot de la fin 30.") && html.contains("id=\"fiche--essai-30--note--1\""));
    assert!(html.contains("<h4 id=\"fiche--essai-30--suite\">"));
    add(31, &mut snapshot);
    let html = page(&snapshot, path);
    assert!(!html.contains("id=\"fiche--") && html.contains("trop nombreuses pour être imprimées"));
    assert!(html.contains("retex/par/thematique/egal-acces/index.html\""));
}

/// Whatever writes it, template or program, and whatever the attributes that a reader hears.
#[test]
fn no_page_breaks_a_line_before_french_punctuation_or_says_one_in_the_plural() {
    for (path, html) in build(&published()).tree.pages() {
        let labels =
            html.split("aria-label=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let text =
            html.split("<script").map(|part| part.split_once("</script>").map_or(part, |p| p.1));
        let text = words(&text.collect::<String>());
        for said in text.lines().map(str::trim).chain(labels) {
            for breaking in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!said.contains(breaking), "{path}: « {breaking} » in {said}");
            }
            for plural in ["irritants", "besoins", "axes", "actions"] {
                let after_one = said.split(['\u{a0}', ' ']).collect::<Vec<_>>();
                assert!(!after_one.windows(2).any(|w| w == ["1", plural]), "{path}: {said}");
            }
        }
    }
}

/// Two énoncés of one bloc are parted by a sign that the page explains; cited, they are as the document writes them.
#[test]
fn enonces_are_parted_by_a_sign_that_is_explained() {
    let snapshot = published();
    for path in ["thematiques/enseigner-apprendre", "syntheses/loire-atlantique-2020/plan-action"] {
        let html = page(&snapshot, &format!("{path}/index.html"));
        assert!(html.contains("class=\"recu enonces\""), "{path}");
        assert_eq!(html.matches("découpage de l’éditeur").count(), 1, "{path}");
    }
    let html = page(&snapshot, "syntheses/loire-atlantique-2020/plan-action/citer/index.html");
    assert!(words(&html).contains("collèges et lycées Développer le tutorat"));
}

/// A label and a proof are said once on a page; nothing is called a proposal of nobody.
#[test]
fn a_proof_is_said_once() {
    for (path, html) in build(&published()).tree.pages() {
        assert!(!html.contains("rapprochement proposé"), "{path}");
        let Some((_, proofs)) = html.split_once("<summary>Pourquoi ces rapprochements") else {
            continue;
        };
        let (proofs, _) = proofs.split_once("</details>").unwrap();
        assert_eq!(html.matches("<summary>Pourquoi ces rapprochements").count(), 1, "{path}");
        let mut said: Vec<&str> =
            proofs.split("<li>").skip(1).map(|p| p.rsplit_once(" (").unwrap().0).collect();
        let count = said.len();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), count, "{path}");
    }
}

/// A received text stands once on a page that is read; those that list texts by column repeat none but what a
/// column repeats itself.
#[test]
fn no_received_text_is_printed_twice() {
    let snapshot = published();
    let built = build(&snapshot);
    let site = built.site.as_ref().unwrap();
    let atelier = &site.ateliers[0];
    for t in &site.thematiques {
        let folders = [
            format!("thematiques/{}", t.id),
            format!("syntheses/{}/{}", atelier.synthese.id, t.id),
        ];
        for folder in folders {
            let html = page(&snapshot, &format!("{folder}/index.html"));
            let paragraphs = printed(&html);
            for place in atelier.blocs.iter().filter(|b| b.thematique == t.id) {
                for texte in &place.bloc.textes {
                    let said = fold(&plain(&texte.value).replace('"', "&quot;"));
                    let same = |b: &&BlocPlace| {
                        // Part of a longer text, it is printed with it.
                        let whole = place.bloc.textes.len() > 1 || b.bloc.textes.len() > 1;
                        let here = b.tableau == place.tableau || whole;
                        let has = b.bloc.textes.iter().any(|own| own.value == texte.value);
                        b.thematique == t.id && here && has
                    };
                    let own = atelier.blocs.iter().filter(same).count();
                    let printed = paragraphs.iter().filter(|p| **p == said).count();
                    assert!(printed <= own, "{folder}: {said}, {printed} times");
                }
            }
        }
    }
}

fn fold(text: &str) -> String {
    words(text).split_whitespace().collect()
}

/// The words of each paragraph, item and cell that holds a text and nothing else.
fn printed(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in ["p", "li", "td", "th"] {
        for piece in html.split(&format!("<{tag}")).skip(1) {
            let (_, rest) = piece.split_once('>').unwrap();
            found.push(fold(rest.split(&format!("</{tag}>")).next().unwrap()));
        }
    }
    found
}

/// The titles that tables give a thématique are its own: said once, when they differ, and their anchors kept.
#[test]
fn every_text_keeps_its_anchor() {
    let snapshot = published();
    let built = build(&snapshot);
    let site = built.site.as_ref().unwrap();
    let atelier = &site.ateliers[0];
    for place in &atelier.blocs {
        for folder in [
            format!("thematiques/{}", place.thematique),
            format!("syntheses/{}/{}", atelier.synthese.id, place.thematique),
        ] {
            let html = page(&snapshot, &format!("{folder}/index.html"));
            for n in 1..=place.bloc.textes.len() {
                let id = format!("id=\"{}\"", place.bloc.ancre(n));
                assert_eq!(html.matches(&id).count(), 1, "{folder}: {id}");
            }
        }
    }
}

/// Who does what and when, only where something ties them; elsewhere it is said once.
#[test]
fn the_calendar_says_what_is_tied() {
    let html = page(&published(), "calendrier/index.html");
    assert_eq!(html.matches("<section class=\"groupe").count(), 1);
    assert!(html.contains("Et 3\u{a0}actions sans date qui leur soit rattachée."), "{html}");
    assert_eq!(html.matches("sans dire quelles actions elles concernent").count(), 1);
}
