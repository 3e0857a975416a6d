//! The meeting file and the pictures: what is read there of the published synthesis, and of a large one.

use retex::{markdown::plain, source::Snapshot};

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
    assert!(!html.contains("id=\"fiche--") && html.contains("trop nombreux pour être imprimés"));
    assert!(html.contains("retex/par/thematique/egal-acces/index.html\""));
}

/// Counted by hand in the tables of the document received and in the links proposed between them.
#[test]
fn the_coverage_of_irritants_counts_each_once() {
    let html = page(&published(), "syntheses/loire-atlantique-2020/index.html");
    let table = html
        .split_once("Irritants de chaque thématique")
        .unwrap()
        .1
        .split_once("</table>")
        .unwrap()
        .0;
    let rows: Vec<Vec<usize>> = table
        .split("<tr>")
        .skip(2)
        .map(|row| {
            row.split("<td class=\"droite\">")
                .skip(1)
                .map(|cell| cell.split_once('<').unwrap().0.parse().unwrap())
                .collect()
        })
        .collect();
    assert_eq!(
        rows,
        [
            [0, 0, 0, 0, 0, 0],
            [0, 3, 0, 0, 0, 3],
            [0, 0, 0, 0, 0, 0],
            [3, 0, 2, 0, 2, 7],
            [0, 1, 3, 0, 0, 4],
            [3, 4, 5, 0, 2, 14],
        ]
    );
    assert!(!html.contains("sans suite"));
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

#[test]
fn the_numbers_of_the_chain_agree_with_their_words() {
    let html = page(&published(), "thematiques/enseigner-apprendre/index.html");
    assert!(html.contains(">1</tspan><tspan") && html.contains(">irritant</tspan>"));
    assert!(html.contains("1\u{a0}irritant, dont"));
}

/// Two énoncés of one bloc are two where a line shows both, and a superscript is one in a picture too.
#[test]
fn enonces_are_parted_where_one_line_shows_them() {
    let html = page(&published(), "calendrier/index.html");
    let text = words(&html);
    assert!(text.contains("collèges et lycées · Développer le tutorat"));
    assert!(html.contains("1<tspan class=\"exposant\" dy=\"-5\">er</tspan>"));
    let html = page(&published(), "thematiques/enseigner-apprendre/index.html");
    assert!(!html.contains("collèges et lycées Développer le tutorat"));
}

/// Named by three tables in two ways, a sub-theme is shown once.
#[test]
fn a_sub_theme_is_shown_once_with_its_places() {
    let html = page(&published(), "thematiques/egal-acces/index.html");
    let section = html.split_once("id=\"sujet--sous-thematiques\"").unwrap().1;
    let section = section.split_once("</section>").unwrap().0;
    assert_eq!(section.matches(">équipement, parentalité</span>").count(), 1);
    assert!(!words(section).contains("Sous-thématique\u{a0}:"));
    assert_eq!(section.matches("<a href=\"#").count(), 6);
}

#[test]
fn an_action_beside_several_dates_is_not_said_to_have_none() {
    let html = page(&published(), "calendrier/index.html");
    let said: Vec<&str> =
        html.split("<desc").skip(1).map(|rest| rest.split_once("</desc>").unwrap().0).collect();
    // The other plan has nine actions and three temporalités on one rangée: a picture would tie them.
    assert_eq!(said.len(), 1);
    assert!(
        said[0].ends_with("Plusieurs dates sur leur rangée\u{a0}: actions 4, 5 et 6."),
        "{}",
        said[0]
    );
    assert!(!html.contains("Sans date écrite"));
    assert_eq!(html.matches("sur une même rangée avec ces actions").count(), 1);
    assert_eq!(html.matches("Ces actions n’ont pas de date écrite pour elles seules.").count(), 1);
}
