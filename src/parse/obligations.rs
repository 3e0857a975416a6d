//! `[mentions]` and `[accessibilite]` of `site.toml`. No state of accessibility gets through without the
//! audit that proves it.

use super::reader::Reader;
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{AuditRgaa, Date, Declaration, EtatAccessibilite, Mentions},
    source::Spanned,
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
    let said = r.said();
    let audit = MesureRgaa {
        organisme: r.text("organisme_audit"),
        date: r.date("date_audit"),
        taux: r.percentage("taux"),
    };
    // A key that is there and wrong has its own error.
    if r.said() == said {
        audit.check(etat.as_ref(), r);
    }
    Declaration {
        etat: etat.map(|etat| etat.value).unwrap_or_default(),
        audit: audit.whole(),
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

/// The three keys of an audit, as far as they are written.
struct MesureRgaa {
    organisme: Option<Spanned<String>>,
    date: Option<Spanned<Date>>,
    taux: Option<Spanned<usize>>,
}

impl MesureRgaa {
    /// The keys that are not written.
    fn missing(&self) -> Vec<String> {
        let keys = [
            ("organisme_audit", self.organisme.is_some()),
            ("date_audit", self.date.is_some()),
            ("taux", self.taux.is_some()),
        ];
        keys.into_iter().filter(|(_, there)| !there).map(|(key, _)| format!("« {key} »")).collect()
    }

    /// An audit is written whole or not at all, and its rate is that of the state it proves.
    fn check(&self, etat: Option<&Spanned<EtatAccessibilite>>, r: &mut Reader<'_, '_>) {
        let missing = self.missing();
        let claimed = etat.filter(|etat| etat.value != EtatAccessibilite::NonConforme);
        let written = [
            self.organisme.as_ref().map(|text| &text.span),
            self.date.as_ref().map(|date| &date.span),
            self.taux.as_ref().map(|taux| &taux.span),
        ];
        let first = written.into_iter().flatten().next();
        let code = Code::ConformiteSansAudit;
        match (claimed, first, &self.taux) {
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
                let aide =
                    "un audit a un auteur, un jour et un taux : ces trois clés vont ensemble";
                r.say(code, span, message, aide);
            }
            _ => {}
        }
    }

    fn whole(self) -> Option<AuditRgaa> {
        let (organisme, date, taux) = (self.organisme?, self.date?, self.taux?);
        Some(AuditRgaa { organisme: organisme.value, date: date.value, taux: taux.value })
    }
}
