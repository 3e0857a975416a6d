//! Words on the terminal: diagnostics, the summary line, the fidelity report.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    path::Path,
};

use super::{Ended, USAGE, args::Format};
use crate::{
    build::Report,
    diag::{Diagnostic, Tally, render_court, render_humain},
    french::{
        self,
        clair::{en_clair, inerte, nom, phrase},
        count,
    },
    markdown::plain,
    model::EtatSynthese,
    site::{Atelier, GenreAjout, Site, ajouts},
    source::Snapshot,
};

/// Writes to the standard output. A closed pipe is the reader's choice.
pub(super) fn say(text: &str) {
    let _ = anstream::stdout().write_all(shown(text).as_bytes());
}

/// Writes to the standard error.
pub(super) fn complain(text: &str) {
    let _ = anstream::stderr().write_all(shown(text).as_bytes());
}

/// Commands the terminal: what is written holds nothing that was read.
pub(super) fn command(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Words as they are written: a text of the content, or a name of the disk, commands neither the terminal nor the
/// forge that reads the log.
fn shown(text: &str) -> String {
    inerte(&en_clair(text)).into_owned()
}

/// A path as it is named in a line.
pub(super) fn path(path: &Path) -> String {
    nom(&path.to_string_lossy()).into_owned()
}

/// Something outside the content went wrong.
pub(super) fn failure(message: &str) {
    complain(&french::bind_spaces(&format!("erreur : {message}.\n")));
}

/// Something outside the content forbids to go on; gives the exit code.
pub(super) fn refused(message: impl Display) -> u8 {
    failure(&message.to_string());
    USAGE
}

/// Writes words to the standard output and says whether it could.
pub(super) fn print(text: &str) -> io::Result<()> {
    print_as_is(&shown(text))
}

/// Writes to the standard output what its format made harmless, and says whether it could: a full disk is told, a
/// closed pipe is the reader's choice.
pub(super) fn print_as_is(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Writes a whole document to the standard output.
pub(super) fn document(text: &str) -> Ended {
    print_as_is(text).map_err(unwritten)
}

/// Says that the standard output takes no more; gives the exit code.
pub(super) fn unwritten(error: io::Error) -> u8 {
    refused(format!("impossible d’écrire le résultat : {}", super::french(&error)))
}

/// Writes the diagnostics, in order, one after the other: ten thousand need no room.
pub(super) fn diagnostics(
    list: &[Diagnostic],
    snapshot: &Snapshot,
    format: Format,
) -> io::Result<()> {
    for diagnostic in list {
        print_as_is(&rendered(diagnostic, snapshot, format))?;
    }
    Ok(())
}

/// Messages shown on a terminal, unless `--max` says otherwise: more would hide the first ones.
pub(super) const SHOWN: usize = 200;

/// Writes the diagnostics to the standard error.
pub(super) fn complain_of<'a>(list: impl IntoIterator<Item = &'a Diagnostic>, snapshot: &Snapshot) {
    for diagnostic in list {
        let said = rendered(diagnostic, snapshot, Format::Humain);
        let _ = anstream::stderr().write_all(said.as_bytes());
    }
}

/// A diagnostic, whose texts its format shows harmless. The styles are ours.
fn rendered(diagnostic: &Diagnostic, snapshot: &Snapshot, format: Format) -> String {
    // anstream strips the styles where they are not wanted (NO_COLOR, a file, a pipe).
    let color = io::stdout().is_terminal() || io::stderr().is_terminal();
    let said = match format {
        Format::Court => render_court(diagnostic, snapshot),
        _ => render_humain(diagnostic, snapshot, color),
    };
    inerte(&said).into_owned()
}

/// A sentence about what `--max` leaves out; empty when it leaves nothing.
pub(super) fn left_out(list: &[Diagnostic], max: usize) -> String {
    match list.len().saturating_sub(max) {
        0 => String::new(),
        left => french::bind_spaces(&format!(
            "… et {}. Pour en voir plus : --max {}\n\n",
            count(left, "autre message", "autres messages"),
            list.len()
        )),
    }
}

/// « 2 erreurs, 1 avertissement », or that all is well.
pub(super) fn summary(list: &[Diagnostic]) -> String {
    let tally = Tally::of(list);
    let counts = [
        (tally.erreurs, "erreur", "erreurs"),
        (tally.avertissements, "avertissement", "avertissements"),
        (tally.remarques, "remarque", "remarques"),
    ];
    let said: Vec<String> =
        counts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)).collect();
    if said.is_empty() { "Rien à signaler".into() } else { french::enumerate(&said) }
}

/// The proof, synthèse by synthèse.
pub(super) fn fidelity(found: &Report, with_additions: bool) -> String {
    let mut text = String::new();
    let Some(site) = &found.site else { return text };
    for atelier in &site.ateliers {
        text.push_str(&french::bind_spaces(&of_atelier(site, atelier, with_additions)));
    }
    text
}

fn of_atelier(site: &Site, atelier: &Atelier, with_additions: bool) -> String {
    let s = &atelier.synthese;
    let mut text = format!("Fidélité de « {} » ({})\n", phrase(&plain(&s.titre)), s.id);
    let contributions = atelier.fiches.iter().filter(|f| !f.est_de_la_synthese()).count();
    let Some(f) = &atelier.fidelite else {
        text.push_str("  Recueil : pas de document source, aucune prétention à la fidélité.\n\n");
        return text;
    };
    text.push_str(&format!(
        "  {} de la source : {} et {}, sur {}\n",
        f.affichage(),
        count(f.publies, "caractère publié", "caractères publiés"),
        count(f.exclus, "exclu avec sa raison", "exclus avec leur raison"),
        french::number(f.total)
    ));
    let folder = format!("{}/", s.path.parent());
    let unread = |path: &crate::source::SitePath| path.as_str().starts_with(&folder);
    if site.doubts.fichiers.iter().any(unread) {
        text.push_str(
            "  la comparaison avec le document reprendra une fois ces erreurs corrigées\n",
        );
    } else if f.alteres + f.perdus > 0 {
        text.push_str(&format!(
            "  {}, {}\n",
            count(f.alteres, "caractère altéré ou déplacé", "caractères altérés ou déplacés"),
            count(f.perdus, "perdu", "perdus")
        ));
    }
    if s.etat == EtatSynthese::EnCours {
        f.completes.iter().for_each(|id| text.push_str(&format!("  {id} : complet\n")));
    }
    text.push_str(&left_aside(s));
    let all = ajouts(site, atelier);
    text.push_str(&format!(
        "  {} sur le site\n",
        count(all.len(), "ajout de l’éditeur, étiqueté", "ajouts de l’éditeur, chacun étiqueté")
    ));
    for genre in GenreAjout::ALL {
        let mine: Vec<_> = all.iter().filter(|a| a.genre == *genre).collect();
        if mine.is_empty() {
            continue;
        }
        text.push_str(&format!("    {:>3}  {}\n", mine.len(), genre.label()));
        if with_additions {
            for ajout in mine {
                let (ou, texte) = (nom(&ajout.ou), phrase(&plain(&ajout.texte)));
                text.push_str(&format!("           {ou} : {texte}\n"));
            }
        }
    }
    if contributions > 0 {
        text.push_str(&format!(
            "  {} à côté de la synthèse\n",
            count(contributions, "contribution", "contributions")
        ));
    }
    text.push('\n');
    text
}

/// Parts of a document that are not published, with the reasons.
fn left_aside(s: &crate::model::Synthese) -> String {
    let mut text = String::new();
    text.push_str(&format!("  {}\n", count(s.exclusions.len(), "exclusion", "exclusions")));
    for exclusion in &s.exclusions {
        text.push_str(&format!(
            "    ligne {} : « {} »\n      raison : {}\n",
            exclusion.ligne.value,
            phrase(&plain(&french::first_words(&exclusion.texte.value, 70))),
            phrase(&plain(&exclusion.raison))
        ));
    }
    if !s.retraits.is_empty() {
        text.push_str(&format!("  {}\n", count(s.retraits.len(), "retrait", "retraits")));
        for retrait in &s.retraits {
            text.push_str(&format!(
                "    ligne {}, {} : {}\n",
                retrait.ligne.value,
                retrait.date.french(),
                phrase(&plain(&retrait.motif))
            ));
        }
    }
    text
}
