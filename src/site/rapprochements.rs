//! Edges: what they name is found, and their proof is checked.

use std::collections::BTreeMap;

use super::{
    Arete, Atelier, BlocPlace, Bout, Doubts, Pont, Site, SourceProof, ends::Ends, rangees,
};
use crate::{
    diag::{Code, Diagnostic},
    french::{
        self,
        difference::{difference, likeness},
    },
    model::{Nature, Preuve, Rapprochement},
    parse::LigneSource,
};

/// Resolves the edges of each synthèse, after the proof of its source: a text that is not the one received proves
/// nothing.
pub fn relate(site: &mut Site, proofs: Vec<Option<SourceProof>>, diags: &mut Vec<Diagnostic>) {
    for (atelier, proof) in site.ateliers.iter_mut().zip(proofs) {
        if let Some(SourceProof { fidelite, alteres }) = proof {
            atelier.fidelite = Some(fidelite);
            site.doubts.textes.extend(alteres);
        }
    }
    let ends = Ends::of(site);
    let all = 0..site.ateliers.len();
    let resolved: Vec<_> = all.map(|a| resolve(site, a, &ends, diags)).collect();
    for (a, (edges, bridges)) in resolved.into_iter().enumerate() {
        let atelier = &mut site.ateliers[a];
        atelier.rapprochements = with_found(atelier, edges);
        for (there, arete) in bridges {
            site.ateliers[there].ponts.push(Pont {
                ici: arete.vers,
                autre: (a, arete.de),
                part_d_ici: false,
                arete: arete.clone(),
            });
            let autre = (there, arete.vers);
            site.ateliers[a].ponts.push(Pont { ici: arete.de, autre, part_d_ici: true, arete });
        }
    }
}

/// The edges that an editor wrote, then those that the program finds: rangées, and mentions that bear the title of a
/// fiche. Of two texts that the document itself relates, the editor's own word on them says no less.
fn with_found(atelier: &Atelier, mut written: Vec<Arete>) -> Vec<Arete> {
    let whole = |bout| match bout {
        Bout::Bloc(i, _) => Bout::Bloc(i, None),
        fiche => fiche,
    };
    let ends = |edge: &Arete| {
        let (de, vers) = (whole(edge.de), whole(edge.vers));
        (de.min(vers), de.max(vers))
    };
    let mut known: BTreeMap<(Bout, Bout), Vec<usize>> = BTreeMap::new();
    for (n, edge) in written.iter().enumerate() {
        known.entry(ends(edge)).or_default().push(n);
    }
    let mut others = Vec::new();
    for found in rangees::edges(atelier).into_iter().chain(mentions(atelier)) {
        let Some(same) = known.get(&ends(&found)) else {
            others.push(found);
            continue;
        };
        for n in same.iter().filter(|_| found.preuve == Preuve::Ecrit) {
            let edge = &mut written[*n];
            if is_whole(edge.de) && is_whole(edge.vers) {
                (edge.preuve, edge.raison, edge.nom) = (Preuve::Ecrit, found.raison.clone(), None);
            }
        }
    }
    written.extend(others);
    written
}

fn is_whole(bout: Bout) -> bool {
    !matches!(bout, Bout::Bloc(_, Some(_)))
}

/// Mentions whose words are the title of one fiche of their synthèse.
fn mentions(atelier: &Atelier) -> Vec<Arete> {
    let mut titles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, fiche) in atelier.fiches.iter().enumerate() {
        if let Some(titre) = &fiche.titre {
            titles.entry(bare(&titre.value)).or_default().push(i);
        }
    }
    let of_bloc = |(i, place): (usize, &BlocPlace)| {
        let texte = place.bloc.texte();
        let [fiche] = titles.get(&bare(&texte))?[..] else { return None };
        let titre = atelier.fiches[fiche].titre.as_ref()?.value.as_str();
        let same = french::canonical(&texte) == french::canonical(titre);
        Some(Arete {
            de: Bout::Bloc(i, None),
            vers: Bout::Fiche(fiche),
            preuve: if same { Preuve::TexteIdentique } else { Preuve::TexteProche },
            raison: Some("La mention a les mots du titre de ce retour d’expérience.".into()),
            nom: None,
            ecarts: if same { Vec::new() } else { difference(&texte, titre) },
            ecrit: None,
        })
    };
    let all = atelier.blocs.iter().enumerate();
    all.filter(|(_, place)| place.bloc.nature == Some(Nature::Mention))
        .filter_map(of_bloc)
        .collect()
}

/// The letters and digits of a text, accents and case apart.
fn bare(text: &str) -> String {
    french::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every edge of a synthèse, those of the fiches first, then those of the tables; apart, those that lead to another
/// synthèse, with its place in the site.
fn resolve(
    site: &Site,
    a: usize,
    ends: &Ends<'_>,
    diags: &mut Vec<Diagnostic>,
) -> (Vec<Arete>, Vec<(usize, Arete)>) {
    let atelier = &site.ateliers[a];
    let (mut edges, mut bridges) = (Vec::new(), Vec::new());
    for (de, thematique, written) in starts(atelier, diags) {
        let Some((there, vers)) = ends.find(written, (a, thematique), diags) else { continue };
        let both = [(atelier, de), (&site.ateliers[there], vers)];
        let edge = checked(written, both, &site.doubts, diags);
        if there == a { edges.push(edge) } else { bridges.push((there, edge)) }
    }
    (edges, bridges)
}

/// What an editor wrote of a synthèse's edges: where each starts, and the thématique that is meant when it names none.
fn starts<'a>(
    atelier: &'a Atelier,
    diags: &mut Vec<Diagnostic>,
) -> Vec<(Bout, &'a str, &'a Rapprochement)> {
    let mut found = Vec::new();
    for (i, fiche) in atelier.fiches.iter().enumerate() {
        for written in &fiche.rapprochements {
            if let Some(enonce) = &written.enonce {
                diags.push(
                    Diagnostic::new(
                        Code::CleInconnue,
                        "une fiche n’a pas d’énoncés : « enonce » n’a pas de sens ici",
                    )
                    .at(&enonce.span, "")
                    .help("supprimez cette clé"),
                );
            }
            found.push((Bout::Fiche(i), fiche.thematique.value.as_str(), written));
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
                        format!("ce bloc n’a que {}", french::count(enonces, "énoncé", "énoncés")),
                    )
                    .at(&enonce.span, "")
                    .help("le premier énoncé a le numéro 1 ; sans « enonce », le rapprochement part de tout le bloc"),
                );
                continue;
            }
            let de = Bout::Bloc(i, enonce.map(|e| e.value).filter(|_| enonces > 1));
            found.push((de, place.thematique.as_str(), written));
        }
    }
    found
}

/// A side of an edge: a synthèse, and what is tied there.
type Side<'a> = (&'a Atelier, Bout);

fn checked(
    written: &Rapprochement,
    ends: [Side<'_>; 2],
    doubt: &Doubts,
    diags: &mut Vec<Diagnostic>,
) -> Arete {
    let [a, b] = ends.map(|(atelier, bout)| atelier.texte(bout));
    let same = french::canonical(&a) == french::canonical(&b);
    let preuve = written.preuve.value;
    let refuse = |why: &str| Diagnostic::new(Code::PreuveFausse, why).at(&written.preuve.span, "");
    let is_sure = !ends.iter().any(|(atelier, bout)| doubt.is_about(atelier, *bout));
    match preuve {
        _ if !is_sure => {}
        Preuve::TexteIdentique if !same => diags.push(
            refuse("les deux textes ne sont pas identiques")
                .help(format!("l’un dit « {} »", french::first_words(&a, 200)))
                .help(format!("l’autre dit « {} »", french::first_words(&b, 200)))
                .help(if likeness(&a, &b) < 0.5 {
                    "vérifiez « vers », ou choisissez une autre preuve"
                } else {
                    "la preuve est peut-être « texte-proche »"
                }),
        ),
        Preuve::TexteProche if same => diags.push(
            refuse("les deux textes sont identiques")
                .help("écrivez : preuve = \"texte-identique\"")
                .fix(&written.preuve.span, "\"texte-identique\""),
        ),
        // It has been told that its lines moved.
        Preuve::Ecrit
            if written.lignes.as_ref().is_some_and(|l| doubt.textes.contains(&l.span)) => {}
        Preuve::Ecrit => diags.extend(unwritten(written, ends)),
        Preuve::Nom => {
            if let Some(nom) = &written.nom {
                for text in [&a, &b].into_iter().filter(|text| !holds_name(text, &nom.value)) {
                    diags.push(
                        Diagnostic::new(
                            Code::PreuveFausse,
                            format!("« {} » n’est pas dans « {} »", nom.value, french::first_words(text, 60)),
                        )
                        .at(&nom.span, "")
                        .help("écrivez un nom qui est dans les deux textes, ou choisissez une autre preuve"),
                    );
                }
            }
        }
        _ => {}
    }
    let ecarts = if preuve == Preuve::TexteProche { difference(&a, &b) } else { Vec::new() };
    let nom = written.nom.as_ref().map(|n| n.value.clone());
    let ecrit = Some(written.vers.span.clone());
    let [de, vers] = ends.map(|(_, bout)| bout);
    Arete { de, vers, preuve, raison: written.raison.clone(), nom, ecarts, ecrit }
}

/// Why the document does not write an edge where the editor says so. The document is that of the synthèse whose file
/// says it: the words of another synthèse are then to be read on its lines.
fn unwritten(written: &Rapprochement, ends: [Side<'_>; 2]) -> Option<Diagnostic> {
    let refuse = |why: String, span| Some(Diagnostic::new(Code::PreuveFausse, why).at(span, ""));
    let own = ends[0].0;
    let Some(source) = &own.source else {
        return refuse("sans document reçu, rien n’est écrit".into(), &written.preuve.span)
            .map(|d| d.help("choisissez une autre preuve"));
    };
    let lines = written.lignes.as_ref();
    if let Some(citation) = &written.citation {
        let wanted = french::canonical(&citation.value);
        let is_here = |line: &LigneSource| {
            lines.is_none_or(|lines| lines.value.contains(&line.numero))
                && line.texte().contains(&wanted)
        };
        if !source.lignes.iter().any(is_here) {
            return refuse(
                "ces mots ne sont pas dans le document reçu, à cet endroit".into(),
                &citation.span,
            )
            .map(|d| d.help("citez une phrase entière de source.txt, telle qu’elle y est"));
        }
        return None;
    }
    let lines = lines?;
    let is_on = |(atelier, bout): &Side<'_>| {
        if atelier.synthese.id != own.synthese.id {
            let wanted = french::canonical(&atelier.texte(*bout));
            let mut here = lines.value.iter().filter_map(|line| source.ligne(*line));
            return here.any(|line| line.texte().contains(&wanted));
        }
        let claimed = match *bout {
            Bout::Bloc(i, _) => atelier.blocs[i].lignes.as_slice(),
            Bout::Fiche(i) => {
                atelier.fiches[i].lignes.as_ref().map_or(&[][..], |l| l.value.as_slice())
            }
        };
        claimed.iter().any(|line| lines.value.contains(line))
    };
    let (atelier, bout) = ends.into_iter().find(|end| !is_on(end))?;
    let text = french::first_words(&atelier.texte(bout), 60);
    refuse(format!("« {text} » n’est pas sur ces lignes du document"), &lines.span)
        .map(|d| d.help("désignez les lignes où sont les deux textes, ou citez les mots qui les lient : citation = \"…\""))
}

/// True when a text holds a name: case, accents and the plural of each word aside.
fn holds_name(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = french::fold(text);
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
