//! `[mentions]` and `[accessibilite]` of `site.toml`. No state of accessibility gets through without the
//! audit that proves it.

use super::reader::Reader;
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{AuditRgaa, Declaration, EtatAccessibilite, Mentions},
    source::{Span, Spanned},
};

pub(super) fn mentions(r: &mut Reader<'_, '_>) -> Mentions {
    let traitements = r.plain_texts("traitements");
    let mut text = |key| r.text(key).map(|text| text.value);
    Mentions {
        traitements,
        adresse: text("adresse"),
        telephone: text("telephone"),
        directeur_publication: text("directeur_publication"),
        hebergeur: text("hebergeur"),
        hebergeur_adresse: text("hebergeur_adresse"),
        hebergeur_telephone: text("hebergeur_telephone"),
        responsable_traitement: text("responsable_traitement"),
        delegue_protection: text("delegue_protection"),
        journal: text("journal"),
    }
}

pub(super) fn declaration(r: &mut Reader<'_, '_>) -> Declaration {
    let etat = r.word("etat", EtatAccessibilite::from_slug);
    Declaration {
        audit: audit(etat.as_ref(), r),
        etat: etat.map(|etat| etat.value).unwrap_or_default(),
        schema: r.destination("schema"),
        plan_action: r.destination("plan_action"),
        date: r.date("date_declaration").map(|date| date.value),
        technologies: r.plain_texts("technologies"),
        environnement: r.plain_texts("environnement_test"),
        outils: r.plain_texts("outils"),
        pages: r.plain_texts("pages_verifiees"),
        non_conformites: r.plain_texts("non_conformites"),
        derogations: r.plain_texts("derogations"),
        non_soumis: r.plain_texts("non_soumis"),
    }
}

/// An audit is written whole or not at all, and its rate is that of the state it proves.
fn audit(etat: Option<&Spanned<EtatAccessibilite>>, r: &mut Reader<'_, '_>) -> Option<AuditRgaa> {
    let said = r.said();
    let (organisme, date) = (r.text("organisme_audit"), r.date("date_audit"));
    let taux = r.percentage("taux");
    // A key that is there and wrong has its own error.
    if r.said() == said {
        let written = [
            ("organisme_audit", organisme.as_ref().map(|text| &text.span)),
            ("date_audit", date.as_ref().map(|date| &date.span)),
            ("taux", taux.as_ref().map(|taux| &taux.span)),
        ];
        check(etat, &written, taux.as_ref(), r);
    }
    Some(AuditRgaa { organisme: organisme?.value, date: date?.value, taux: taux?.value })
}

/// Says what lacks to an audit, whose keys are `written`, or to the state that it proves.
fn check(
    etat: Option<&Spanned<EtatAccessibilite>>,
    written: &[(&str, Option<&Span>)],
    taux: Option<&Spanned<usize>>,
    r: &mut Reader<'_, '_>,
) {
    let missing = written.iter().filter(|(_, span)| span.is_none());
    let missing: Vec<String> = missing.map(|(key, _)| format!("« {key} »")).collect();
    let claimed = etat.filter(|etat| etat.value != EtatAccessibilite::NonConforme);
    let first = written.iter().find_map(|(_, span)| *span);
    let code = Code::ConformiteSansAudit;
    match (claimed, first, taux) {
        (Some(etat), _, _) if !missing.is_empty() => {
            let message = format!("« {} » ne se dit qu’après un audit", etat.value.slug());
            let missing = french::enumerate(&missing);
            let aide = format!("ajoutez {missing}, ou écrivez : etat = \"non-conforme\"");
            r.say(code, &etat.span, message, aide);
        }
        (Some(etat), _, Some(taux)) if !etat.value.taux().contains(&taux.value) => {
            let (rate, label) = (taux.value, etat.value.label());
            let message = format!("un taux de {rate} % n’est pas celui d’un site {label}");
            r.push(
                Diagnostic::new(code, message)
                    .at(&taux.span, "")
                    .also(&etat.span, "l’état déclaré")
                    .help("100 % : totalement conforme ; de 50 à 99 % : partiellement conforme ; moins : non conforme"),
            );
        }
        (None, Some(span), _) if !missing.is_empty() => {
            let missing = french::enumerate(&missing);
            let message = format!("cet audit n’est pas décrit en entier : il manque {missing}");
            let aide = "un audit a un auteur, un jour et un taux : ces trois clés vont ensemble";
            r.say(code, span, message, aide);
        }
        _ => {}
    }
}
