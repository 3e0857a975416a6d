//! The page from which somebody proposes a fiche: the questions of the forges' forms, asked on the site.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Ici, cartes::LienVue, officielles::Renseignement};
use crate::{
    markdown::plain,
    model::{
        Niveau, OFFICES, Personnelle,
        questions::{ADRESSE_INCOMPLETE, AnswerForm, ENGAGEMENTS, LISTE_MAX, QUESTIONS, Question},
    },
    site::{Repository, Site, address},
};

/// The page to propose a fiche.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposer {
    /// Questions, in order.
    pub questions: Vec<QuestionVue>,
    /// Workshops that the fiche may join, when there are several.
    pub ateliers: Vec<Choix>,
    /// Host of the forge.
    pub hote: String,
    /// Address of the repository.
    pub depot: String,
    /// Address of the forge's own form.
    pub formulaire: Option<String>,
    /// Address of a new file, in the folder of the fiches when there is only one.
    pub fichier: Option<String>,
    /// Folder of the fiches.
    pub dossier: String,
    /// A thématique, for the model of a fiche.
    pub exemple: String,
    /// Whom to write to.
    pub contact: Option<Renseignement>,
    /// Page about personal data.
    pub donnees_personnelles: LienVue,
    /// JSON that the script of the page reads.
    pub donnees: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionVue {
    /// Key, and the end of the ids of its elements.
    pub cle: &'static str,
    /// Words that name it.
    pub label: &'static str,
    /// Sentence that says how to answer.
    pub aide: &'static str,
    /// `ligne`, `jour`, `texte`, `liste`, `choix` or `cases`.
    pub forme: &'static str,
    /// True when an answer is compulsory.
    pub obligatoire: bool,
    /// Longest answer, in characters.
    pub max: usize,
    /// Answers to choose from.
    pub choix: Vec<Choix>,
}

/// An answer to choose.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choix {
    /// As the fiche writes it.
    pub valeur: String,
    /// As a reader sees it.
    pub texte: String,
}

/// Data of the script of the page.
#[derive(Serialize)]
struct FormData<'a> {
    forge: Option<&'static str>,
    hote: &'a str,
    /// Folder of the fiches of each workshop, and the address of a new file in it.
    ateliers: BTreeMap<&'a str, (String, Option<String>)>,
    ticket: Option<String>,
    /// An e-mail address.
    contact: Option<&'a str>,
    /// Sentences about answers that lack, by question.
    manques: BTreeMap<&'static str, &'static str>,
    adresse: (&'static str, &'static str),
    #[serde(rename = "listeMax")]
    liste_max: usize,
    personnelles: BTreeMap<&'static str, (&'static str, &'static str)>,
    services: &'static [&'static str],
}

pub(super) fn proposer(ici: Ici<'_>) -> Proposer {
    let (site, config) = (ici.site, &ici.site.config);
    let repository = Repository::of(config);
    let depot = config.depot.as_ref();
    let ateliers = || {
        site.ateliers.iter().map(|a| Choix {
            valeur: a.synthese.id.to_string(),
            texte: format!("{} {}", a.synthese.territoire, a.synthese.annee),
        })
    };
    let one = site.seul_atelier().map(|a| folder(a.synthese.id.as_str()));
    let hote = depot.and_then(|url| url.host_str()).unwrap_or_default().to_string();
    Proposer {
        questions: QUESTIONS.iter().map(|q| question(site, q)).collect(),
        ateliers: if one.is_some() { Vec::new() } else { ateliers().collect() },
        depot: depot.map(ToString::to_string).unwrap_or_default(),
        formulaire: repository.as_ref().map(Repository::form),
        fichier: one.as_ref().zip(repository.as_ref()).map(|(folder, r)| r.new_file(folder)),
        dossier: one.unwrap_or_else(|| folder("…")),
        exemple: site.thematiques.first().map(|t| t.id.to_string()).unwrap_or_default(),
        contact: config.contact.as_ref().map(|contact| Renseignement::of(Some(contact))),
        donnees_personnelles: ici
            .vers("Données personnelles", &address::page("donnees-personnelles")),
        donnees: donnees(site, repository.as_ref(), &hote),
        hote,
    }
}

/// Folder of the fiches of a workshop, from the folder of the site.
fn folder(synthese: &str) -> String {
    format!("content/syntheses/{synthese}/retex")
}

fn question(site: &Site, q: &Question) -> QuestionVue {
    let choix = match q.forme {
        AnswerForm::Thematique => {
            let all = site.thematiques.iter();
            all.map(|t| Choix { valeur: t.id.to_string(), texte: plain(&t.titre) }).collect()
        }
        AnswerForm::Niveaux => {
            let all = Niveau::ALL.iter();
            all.map(|n| Choix { valeur: n.slug().into(), texte: n.label().into() }).collect()
        }
        AnswerForm::Engagements => {
            ENGAGEMENTS.iter().map(|p| Choix { valeur: String::new(), texte: plain(p) }).collect()
        }
        AnswerForm::Ligne | AnswerForm::Jour | AnswerForm::Texte | AnswerForm::Liste => Vec::new(),
    };
    let forme = match q.forme {
        AnswerForm::Ligne => "ligne",
        AnswerForm::Jour => "jour",
        AnswerForm::Texte => "texte",
        AnswerForm::Liste => "liste",
        AnswerForm::Thematique => "choix",
        AnswerForm::Niveaux | AnswerForm::Engagements => "cases",
    };
    QuestionVue {
        cle: q.cle,
        label: q.label,
        aide: q.aide,
        forme,
        obligatoire: q.obligatoire,
        max: q.max,
        choix,
    }
}

fn donnees(site: &Site, repository: Option<&Repository<'_>>, hote: &str) -> String {
    let config = &site.config;
    let ateliers = site.ateliers.iter().map(|a| {
        let id = a.synthese.id.as_str();
        (id, (folder(id), repository.map(|r| r.new_file(&folder(id)))))
    });
    let donnees = FormData {
        forge: repository.map(|r| r.forge.slug()),
        hote,
        ateliers: ateliers.collect(),
        ticket: repository.map(Repository::new_ticket),
        contact: config.contact.as_deref().filter(|contact| contact.contains('@')),
        manques: QUESTIONS.iter().map(|q| (q.cle, q.manque)).collect(),
        adresse: ADRESSE_INCOMPLETE,
        liste_max: LISTE_MAX,
        personnelles: Personnelle::ALL.iter().map(|p| (p.slug(), p.message())).collect(),
        services: &OFFICES,
    };
    serde_json::to_string(&donnees).unwrap_or_default()
}
