//! Edges: what they name is found, and their proof is checked.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Arete, Atelier, Bout, Paths,
    difference::{difference, likeness},
    regles::{Ecrit, judge_rapprochements},
};
use crate::{
    diag::{Code, Diagnostic},
    fr,
    model::{Preuve, Rapprochement},
    source::Span,
};

/// Resolves every edge of a synthèse, those of the fiches first, then those of the tables.
pub(super) fn resolve(
    atelier: &Atelier,
    unsure: &Paths,
    altered: BTreeSet<Span>,
    diags: &mut Vec<Diagnostic>,
) -> Vec<Arete> {
    let doubt = Doubt { unsure, altered };
    let addresses = Addresses::of(atelier, &doubt);
    let mut edges = Vec::new();
    let mut judged = Vec::new();
    let mut judge = |written: &Rapprochement, de, vers| {
        if !doubt.is_about(atelier, de) && !doubt.is_about(atelier, vers) {
            judged.push(Ecrit { de, vers, span: written.vers.span.clone() });
        }
    };
    for (i, fiche) in atelier.fiches.iter().enumerate() {
        for written in &fiche.rapprochements {
            if let Some(enonce) = &written.enonce {
                diags.push(
                    Diagnostic::new(
                        Code::CleInconnue,
                        "une fiche n’a pas d’énoncés : « enonce » n’a pas de sens ici",
                    )
                    .at(&enonce.span, "")
                    .aide("supprimez cette clé"),
                );
            }
            let thematique = fiche.thematique.value.as_str();
            if let Some(vers) = addresses.find(written, thematique, diags) {
                judge(written, Bout::Fiche(i), vers);
                edges.push(checked(atelier, written, Bout::Fiche(i), vers, &doubt, diags));
            }
        }
    }
    for (i, place) in atelier.blocs.iter().enumerate() {
        for written in &place.bloc.rapprochements {
            let enonces = place.bloc.textes.len();
            let enonce = written.enonce.as_ref();
            if let Some(enonce) = enonce.filter(|e| e.value > enonces) {
                diags.push(
                    Diagnostic::new(
                        Code::BlocInconnu,
                        format!("ce bloc n’a que {}", fr::count(enonces, "énoncé", "énoncés")),
                    )
                    .at(&enonce.span, "")
                    .aide("le premier énoncé a le numéro 1 ; sans « enonce », le rapprochement part de tout le bloc"),
                );
                continue;
            }
            let de = Bout::Bloc(i, enonce.map(|e| e.value).filter(|_| enonces > 1));
            if let Some(vers) = addresses.find(written, place.thematique.as_str(), diags) {
                judge(written, de, vers);
                edges.push(checked(atelier, written, de, vers, &doubt, diags));
            }
        }
    }
    judge_rapprochements(atelier, &judged, diags);
    edges
}

/// Every address a rapprochement may write: `thematique/bloc` and `thematique/bloc-2`.
struct Addresses<'a> {
    ends: BTreeMap<String, Bout>,
    /// The folder of the tables.
    folder: String,
    doubt: &'a Doubt<'a>,
}

impl<'a> Addresses<'a> {
    fn of(atelier: &Atelier, doubt: &'a Doubt<'a>) -> Self {
        let mut ends = BTreeMap::new();
        for (i, place) in atelier.blocs.iter().enumerate() {
            let mut add = |ancre: &str, bout| {
                ends.insert(format!("{}/{ancre}", place.thematique), bout);
            };
            add(place.bloc.id.value.as_str(), Bout::Bloc(i, None));
            if place.bloc.textes.len() > 1 {
                for n in 1..=place.bloc.textes.len() {
                    add(&place.bloc.ancre(n), Bout::Bloc(i, Some(n)));
                }
            }
        }
        let folder = format!("content/syntheses/{}/tableaux", atelier.synthese.id);
        Self { ends, folder, doubt }
    }

    fn find(
        &self,
        written: &Rapprochement,
        thematique: &str,
        diags: &mut Vec<Diagnostic>,
    ) -> Option<Bout> {
        let name = &written.vers.value;
        let full = if name.contains('/') { name.clone() } else { format!("{thematique}/{name}") };
        let found = self.ends.get(&full).copied();
        let there = full.split_once('/').map_or("", |(thematique, _)| thematique);
        let unread = self.doubt.unsure.contains(format!("{}/{there}.toml", self.folder).as_str());
        if found.is_none() && !unread {
            let names: Vec<&str> = self.ends.keys().map(String::as_str).collect();
            diags.push(
                Diagnostic::new(Code::BlocInconnu, format!("il n’y a pas de bloc « {name} »"))
                    .at(&written.vers.span, "")
                    .suggest_or(
                        &full,
                        &names,
                        "écrivez « thématique/identifiant » : l’identifiant est dans le fichier de tableaux",
                    ),
            );
        }
        found
    }
}

/// Texts that have their own errors already: their proofs are not judged.
struct Doubt<'a> {
    /// Files that could not be read well.
    unsure: &'a Paths,
    /// Texts that are not those received.
    altered: BTreeSet<Span>,
}

impl Doubt<'_> {
    fn is_about(&self, atelier: &Atelier, bout: Bout) -> bool {
        match bout {
            Bout::Bloc(i, _) => {
                let bloc = &atelier.blocs[i].bloc;
                let text = &bloc.textes[0].span;
                self.unsure.contains(&bloc.id.span.file) || self.altered.contains(text)
            }
            Bout::Fiche(i) => self.unsure.contains(&atelier.fiches[i].path),
        }
    }
}

fn checked(
    atelier: &Atelier,
    written: &Rapprochement,
    de: Bout,
    vers: Bout,
    doubt: &Doubt<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Arete {
    let (a, b) = (atelier.texte(de), atelier.texte(vers));
    let same = fr::canonical(&a) == fr::canonical(&b);
    let preuve = written.preuve.value;
    let refuse = |why: &str| Diagnostic::new(Code::PreuveFausse, why).at(&written.preuve.span, "");
    let is_sure = !doubt.is_about(atelier, de) && !doubt.is_about(atelier, vers);
    match preuve {
        _ if !is_sure => {}
        Preuve::TexteIdentique if !same => diags.push(
            refuse("les deux textes ne sont pas identiques")
                .aide(format!("l’un dit « {} »", fr::first_words(&a, 200)))
                .aide(format!("l’autre dit « {} »", fr::first_words(&b, 200)))
                .aide(if likeness(&a, &b) < 0.5 {
                    "vérifiez « vers », ou choisissez une autre preuve"
                } else {
                    "la preuve est peut-être « texte-proche »"
                }),
        ),
        Preuve::TexteProche if same => diags.push(
            refuse("les deux textes sont identiques")
                .aide("écrivez : preuve = \"texte-identique\"")
                .corrige(&written.preuve.span, "\"texte-identique\""),
        ),
        Preuve::Nom => {
            if let Some(nom) = &written.nom {
                for text in [&a, &b].into_iter().filter(|text| !holds_name(text, &nom.value)) {
                    diags.push(
                        Diagnostic::new(
                            Code::PreuveFausse,
                            format!("« {} » n’est pas dans « {} »", nom.value, fr::first_words(text, 60)),
                        )
                        .at(&nom.span, "")
                        .aide("écrivez un nom qui est dans les deux textes, ou choisissez une autre preuve"),
                    );
                }
            }
        }
        _ => {}
    }
    let ecarts = if preuve == Preuve::TexteProche { difference(&a, &b) } else { Vec::new() };
    let nom = written.nom.as_ref().map(|n| n.value.clone());
    Arete { de, vers, preuve, raison: written.raison.clone(), nom, ecarts }
}

/// Differences between a published text and the one received, in words.
pub(super) fn describe(received: &str, published: &str) -> String {
    let changes = difference(&fr::canonical(received), &fr::canonical(published));
    let said = changes.iter().take(3).map(|c| match (c.avant.as_str(), c.apres.as_str()) {
        ("", added) => format!("« {} » est en trop", fr::first_words(added, 60)),
        (lost, "") => format!("il manque « {} »", fr::first_words(lost, 60)),
        (lost, added) => format!(
            "la source dit « {} », et non « {} »",
            fr::first_words(lost, 60),
            fr::first_words(added, 60)
        ),
    });
    let mut said: Vec<String> = said.collect();
    if changes.len() > 3 {
        said.push("…".into());
    }
    said.join(" ; ")
}

/// True when a text holds a name: case, accents and the plural of each word aside.
fn holds_name(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = fr::fold(text);
        let words = folded.split(|c: char| !char::is_alphanumeric(c)).filter(|w| !w.is_empty());
        words.map(|w| w.strip_suffix(['s', 'x']).unwrap_or(w).to_string()).collect()
    };
    let (text, name) = (words(text), words(name));
    !name.is_empty() && text.windows(name.len()).any(|window| window == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert!(holds_name("La démarche des cités éducatives", "Cité éducative"));
        assert!(holds_name("collège Rosa Parks Nantes", "Rosa Parks"));
        assert!(!holds_name("collège Rosa", "Rosa Parks"));
    }
}
