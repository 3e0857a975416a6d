//! A fiche: header and body → [`Fiche`].

use std::collections::BTreeSet;

use super::{
    Findings, adresse, keys, limits, links,
    personnel::personal,
    plain, read_markdown,
    reader::{Reader, written_address},
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Fiche, FicheId, Lien, Niveau, Personnelle, Preuve, Rapprochement, TypeLien},
    source::{SitePath, Slug, Span, Spanned},
};

/// Words in `source.txt`, a fiche or a URL in place of a name withdrawn at somebody's request.
pub const NOM_RETIRE: &str = "[nom retiré]";

/// Reads a fiche; `None` when its header cannot be found or lacks what it cannot do without.
pub(super) fn fiche(
    path: &SitePath,
    id: FicheId,
    text: &std::sync::Arc<str>,
    found: &mut Findings,
) -> Option<Fiche> {
    read_markdown(&keys::FICHE, path, text, found, |r, corps, entete| {
        let thematique = r.reference("thematique");
        let lignes = r.numbers("lignes");
        let received = lignes.is_some();
        // Every key is read before the first `?`, so that none is reported as unknown.
        let fiche = Fiche {
            id,
            path: path.clone(),
            titre: r.text("titre"),
            lignes,
            langue: r.langue("langue"),
            niveaux: once(r.words("niveaux", Niveau::from_slug), |niveau| *niveau),
            mots_cles: once(r.texts("mots_cles"), |mot| mot.value.to_lowercase()),
            sous_thematiques: r.texts("sous_thematiques"),
            points_forts: r.texts("points_forts"),
            irritants: r.texts("irritants"),
            etablissement: r.text("etablissement").map(|t| t.value),
            commune: r.text("commune").map(|t| t.value),
            date: r.date("date"),
            auteurs: r.plain_texts("auteurs"),
            brouillon: r.flag("brouillon"),
            anciennes_adresses: anciennes_adresses(r),
            liens: r.tables("liens", |r| lien(received, r)),
            rapprochements: r.tables("rapprochements", rapprochement),
            corps,
            entete,
            personnelles: personnelles(path, text),
            thematique: thematique?,
        };
        require_some_text(&fiche, r);
        if !received {
            let lists = [&fiche.sous_thematiques, &fiche.points_forts, &fiche.irritants];
            let texts = fiche.titre.iter().chain(lists.into_iter().flatten());
            plain::say_markdown(texts, r);
        }
        Some(fiche)
    })
}

/// A list where each is written once: what is there again, but for its case, says no more.
fn once<T, K: Ord>(mut list: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut seen = BTreeSet::new();
    list.retain(|item| seen.insert(key(item)));
    list
}

fn personnelles(path: &SitePath, text: &str) -> Vec<Spanned<Personnelle>> {
    let at = |(value, range)| Spanned { value, span: Span::new(path, range) };
    personal(path, text).into_iter().map(at).collect()
}

fn require_some_text(fiche: &Fiche, r: &mut Reader<'_, '_>) {
    // What is too long is said, and not read.
    let is_read = fiche.corps.texte.len() - fiche.corps.span.start <= limits::BODY;
    if fiche.corps.blocs.is_empty() && is_read {
        // The document received may have nothing but a title.
        let message = match &fiche.titre {
            None => "cette fiche n’a ni titre ni texte",
            Some(_) if fiche.est_de_la_synthese() => return,
            Some(_) => "cette fiche n’a pas de texte",
        };
        let aide = "écrivez deux ou trois lignes après le second « +++ »";
        r.say(Code::ValeurVide, &fiche.entete, message, aide);
    }
}

fn anciennes_adresses(r: &mut Reader<'_, '_>) -> Vec<Spanned<String>> {
    let written = r.texts("anciennes_adresses");
    written.into_iter().filter_map(|old| former_address(old, r)).collect()
}

/// `/retex/x/y/` → `retex/x/y`, each part a slug.
fn former_address(old: Spanned<String>, r: &mut Reader<'_, '_>) -> Option<Spanned<String>> {
    let trimmed = old.value.trim_matches('/');
    let trimmed = trimmed.strip_suffix("/index.html").unwrap_or(trimmed);
    if trimmed.split('/').all(|part| Slug::new(part).is_some()) {
        return Some(Spanned { value: trimmed.to_string(), span: old.span });
    }
    r.say(
        Code::AdresseInvalide,
        &old.span,
        format!("« {} » ne peut pas être l’ancienne adresse d’une page de ce site", old.value),
        "écrivez le chemin sans le nom du site, par exemple « retex/ancien-nom »",
    );
    None
}

fn lien(received: bool, r: &mut Reader<'_, '_>) -> Option<Lien> {
    let texte = r.text("url");
    let type_lien = r.word("type", TypeLien::from_slug).map(|w| w.value);
    let titre = r.text("titre");
    let url_source = r.text("url_source");
    let url_archive = r.url("url_archive");
    let texte = texte?;
    if let Some(received) = &url_source
        && (received.value.replace(' ', "%20") != texte.value || !received.value.contains(' '))
    {
        r.push(
            Diagnostic::new(Code::UrlInvalide, "cette adresse n’est pas l’adresse reçue, réparée")
                .at(&texte.span, "")
                .also(&received.span, "adresse reçue")
                .help("« url » est « url_source » où chaque espace devient %20, sans autre changement ; une adresse reçue sans espace s’écrit dans « url » seule"),
        );
        return None;
    }
    let url = if texte.value.contains(NOM_RETIRE) {
        None
    } else {
        match written_address(&texte.value) {
            Ok(url) => {
                adresse::judge(&url, &texte, received, "\"").into_iter().for_each(|d| r.push(d));
                let lies = titre.as_ref().filter(|_| !received);
                let lies = lies.and_then(|t| adresse::judge_words(&t.value, &url, &t.span));
                lies.into_iter().for_each(|d| r.push(d));
                Some(url)
            }
            Err(why) => {
                let why = match received {
                    true => kept(why.at(&texte.span, ""), &texte),
                    false => r.refused_address(why, &texte),
                };
                r.push(why);
                return None;
            }
        }
    };
    let titre = titre.map(|t| t.value);
    Some(Lien { url, texte, type_lien, titre, url_source, url_archive })
}

/// Refusal of an address that was received: it is kept beside the one that can be followed.
fn kept(why: Diagnostic, texte: &Spanned<String>) -> Diagnostic {
    let repaired = texte.value.trim().replace(' ', "%20");
    if repaired == texte.value || links::web_address(&repaired).is_err() {
        return why;
    }
    why.help("gardez l’adresse reçue : url_source = \"…\"")
}

/// An edge, in a fiche or in a bloc of a table.
pub(super) fn rapprochement(r: &mut Reader<'_, '_>) -> Option<Rapprochement> {
    let enonce = r.number("enonce");
    let vers = r.text("vers");
    let preuve = r.word("preuve", Preuve::from_slug);
    let said = r.said();
    let raison = r.text("raison").map(|t| t.value);
    let nom = r.text("nom");
    let (lignes, citation) = (r.numbers("lignes"), r.text("citation"));
    // One that is empty has its own error.
    let told = r.said() > said;
    let (vers, preuve) = (vers?, preuve?);
    let lacking = match preuve.value {
        _ if told => None,
        Preuve::Editeur | Preuve::Position if raison.is_none() => Some((
            format!("la preuve « {} » demande une raison", preuve.value.slug()),
            "ajoutez : raison = \"…\", en disant pourquoi rapprocher ces deux textes",
        )),
        Preuve::Nom if nom.is_none() => Some((
            "la preuve « nom » demande le nom commun aux deux textes".into(),
            "ajoutez : nom = \"…\"",
        )),
        Preuve::Ecrit if lignes.is_none() && citation.is_none() => Some((
            "la preuve « ecrit » demande l’endroit du document qui écrit ce lien".into(),
            "ajoutez lignes = [12], les lignes de source.txt où sont les deux textes, ou citation = \"…\", les mots qui les lient",
        )),
        _ => None,
    };
    if let Some((message, aide)) = lacking {
        let mut said =
            Diagnostic::new(Code::PreuveIncomplete, message).at(&preuve.span, "").help(aide);
        if preuve.value == Preuve::Ecrit {
            said = said
                .help("deux textes d’une même rangée d’un tableau sont liés sans qu’on l’écrive");
        }
        r.push(said);
    }
    Some(Rapprochement { enonce, vers, preuve, raison, nom, lignes, citation })
}
