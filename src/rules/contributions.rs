//! Fiches: titles that repeat, texts too long, names and dates that lack, dates to come.

use std::collections::{BTreeMap, btree_map::Entry};

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Date, Fiche},
};

/// « Deux ou trois lignes »: the characters, spaces included, that a contribution may have before
/// it is called long. Seven lines of a page of this site.
const TEXTE_LONG: usize = 700;

pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    repeated_titles(jury, diags);
    for fiche in jury.contributions() {
        signature(fiche, diags);
        length(fiche, diags);
        if fiche.liens.is_empty() && !fiche.corps.a_un_lien() {
            diags.push(
                Diagnostic::new(Code::FicheSansLien, "cette fiche ne mène à aucune ressource")
                    .at(&fiche.entete, "")
                    .help("si l’expérience est racontée ou montrée ailleurs, ajoutez [[liens]], puis url = \"https://…\""),
            );
        }
    }
    if let Some(today) = jury.snapshot.today {
        for fiche in jury.all_fiches() {
            future(fiche, today, diags);
        }
    }
}

/// Received titles are what they are: only a contribution can take another.
fn repeated_titles(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, &Fiche> = BTreeMap::new();
    let received = jury.fiches().filter(|f| f.est_de_la_synthese());
    for fiche in received.chain(jury.contributions()) {
        let Some(titre) = &fiche.titre else { continue };
        let other = match first.entry(french::fold(&titre.value)) {
            Entry::Occupied(first) => *first.get(),
            Entry::Vacant(free) => {
                free.insert(fiche);
                continue;
            }
        };
        if fiche.est_de_la_synthese() {
            continue;
        }
        let Some(other) = &other.titre else { continue };
        diags.push(
            Diagnostic::new(
                Code::TitreEnDouble,
                format!("deux fiches ont pour titre « {} »", titre.value),
            )
            .at(&titre.span, "")
            .also(&other.span, "la première")
            .help("dites dans le titre ce que cette expérience a de propre : le niveau, le lieu, l’outil"),
        );
    }
}

fn signature(fiche: &Fiche, diags: &mut Vec<Diagnostic>) {
    let (message, aide) = match (fiche.auteurs.is_empty(), fiche.date.is_none()) {
        (false, false) => return,
        (true, false) => (
            "cette contribution ne dit pas qui l’a écrite",
            "ajoutez, avec l’accord de la personne : auteurs = [\"Prénom Nom\"], ou [\"une équipe de collège\"]",
        ),
        (false, true) => (
            "cette contribution ne dit pas quand elle a été écrite",
            "ajoutez : date = 2024-03-15 (l’année, le mois, le jour)",
        ),
        (true, true) => (
            "cette contribution ne dit ni qui l’a écrite, ni quand",
            "ajoutez deux lignes, avec l’accord de la personne : auteurs = [\"Prénom Nom\"] et date = 2024-03-15",
        ),
    };
    diags.push(
        Diagnostic::new(Code::ContributionNonSignee, message).at(&fiche.entete, "").help(aide),
    );
}

fn length(fiche: &Fiche, diags: &mut Vec<Diagnostic>) {
    let blocs = &fiche.corps.blocs;
    let characters: usize = blocs.iter().map(|b| b.value.chars().count()).sum();
    // The bloc where it becomes long is the one to look at.
    let mut so_far = 0;
    let turning = blocs.iter().find(|b| {
        so_far += b.value.chars().count();
        so_far > TEXTE_LONG
    });
    if let Some(bloc) = turning {
        diags.push(
            Diagnostic::new(
                Code::TexteLong,
                format!(
                    "ce texte compte {} caractères : une fiche en promet deux ou trois lignes",
                    french::number(characters)
                ),
            )
            .at(&bloc.span, "")
            .help("gardez ce qu’il faut pour donner envie de lire, publiez le reste ailleurs et mettez un lien"),
        );
    }
}

/// Today is known in universal time: where the day begins earlier, a fiche of today is of tomorrow.
const GRACE: i32 = 1;

fn future(fiche: &Fiche, today: Date, diags: &mut Vec<Diagnostic>) {
    let is_future = |date: Date| date.days() > today.days() + GRACE;
    let Some(date) = fiche.date.as_ref().filter(|date| is_future(date.value)) else { return };
    let day = date.value.french();
    diags.push(
        Diagnostic::new(Code::DateFuture, format!("le {day} n’est pas encore venu"))
            .at(&date.span, "")
            .help("une fiche porte le jour où elle a été écrite : vérifiez l’année, le mois et le jour"),
    );
}
