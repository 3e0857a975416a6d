//! One subject: a thématique's page, and what a workshop says of it.

use serde::Serialize;

use super::{
    Ici,
    cartes::{
        Aspect, BlocVue, Cartes, EnonceVue, LienExterneVue, LienVue, SigleVue, bloc, cartes,
        lien_externe, liens_renseignes, sigles,
    },
    chaine::{Etape, chaine},
    figure::{Figure, figure},
    limits::apercu,
};
use crate::{
    french,
    markdown::{Glose, Html, corps, plain, plain_en, texte_en},
    model::{Langue, Nature, Tableau, Thematique},
    site::{Atelier, address, address::anchor},
};

/// A thématique, across syntheses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThematiqueVue {
    /// Number.
    pub numero: usize,
    /// Introduction by the editor.
    pub introduction: Html,
    /// With one synthèse, all that it says.
    pub sujet: Option<Sujet>,
    /// With several, where each says it.
    pub ateliers: Vec<AtelierResume>,
    /// Previous and next thématiques.
    pub autres: Vec<LienVue>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// Figures of one workshop on a thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AtelierResume {
    /// Meeting file.
    pub lien: LienVue,
    /// Number of fiches.
    pub fiches: usize,
    /// Number of blocs of its tables.
    pub blocs: usize,
}

/// All that one workshop says of a thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sujet {
    /// The workshop.
    pub synthese: LienVue,
    /// Reader's name for it: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// Meeting file, when this is not it.
    pub dossier: Option<LienVue>,
    /// The title the source gives its fiches.
    pub intitule_retex: Option<Html>,
    /// Fiches, or the first ones when they are many.
    pub fiches: Cartes,
    /// The list of all of them, when some are left out here.
    pub suite: Option<LienVue>,
    /// The same, whole: in a meeting file of at most [`ENTIERES`](super::dossier::ENTIERES) fiches.
    pub textes: Vec<FicheEntiere>,
    /// Part of each table, in order.
    pub tableaux: Vec<VoletSujet>,
    /// The chain; empty when there is nothing to tie.
    pub chaine: Vec<Etape>,
    /// The chain as a picture.
    pub figure: Option<Figure>,
    /// Links of the fiches shown.
    pub liens: Vec<LienExterneVue>,
    /// Who gave their kinds, titles and copies: « renseignés par l’éditeur ».
    pub liens_renseignes: Option<&'static str>,
    /// The directory of links, when fiches are left out here.
    pub annuaire: Option<LienVue>,
    /// Sub-themes named in its tables.
    pub sous_thematiques: Vec<SousThematique>,
    /// Neither fiche nor table.
    pub vide: bool,
}

/// A sub-theme that tables name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SousThematique {
    /// Name: the text without the words that say what it is.
    pub html: Html,
    /// The same, for the names of links.
    pub nom: String,
    /// Each place where a table names it, under the name of the table.
    pub lieux: Vec<LienVue>,
}

/// One thématique's part of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VoletSujet {
    /// `diagnostic`.
    pub id: String,
    /// « Diagnostic ».
    pub nom: String,
    /// The title the source gives the table.
    pub titre: Html,
    /// The whole table.
    pub entier: LienVue,
    /// Columns; empty when the source has no row for this thématique.
    pub colonnes: Vec<ColonneVue>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ColonneVue {
    /// Heading in the source.
    pub titre: Html,
    /// Blocs.
    pub blocs: Vec<BlocVue>,
}

pub(super) fn thematique(ici: Ici<'_>, t: &Thematique) -> ThematiqueVue {
    let mut glose = ici.glose();
    let introduction = corps(&t.corps, ici.place(), &mut glose);
    let sujet = ici.site.seul_atelier().map(|_| sujet(ici, 0, t, Vec::new(), &mut glose));
    let ateliers = match &sujet {
        Some(_) => Vec::new(),
        None => {
            let of_subject =
                |a: &&Atelier| ici.site.thematiques_de(a).any(|(_, own)| own.id == t.id);
            ici.site.ateliers.iter().filter(of_subject).map(|a| resume(ici, a, t)).collect()
        }
    };
    let link = |other: &Thematique| LienVue {
        texte: plain(&other.titre),
        href: ici.lien(&address::thematique(&other.id)),
        courant: other.id == t.id,
    };
    ThematiqueVue {
        numero: t.numero.value,
        introduction,
        sujet,
        ateliers,
        autres: ici.site.thematiques.iter().map(link).collect(),
        sigles: sigles(ici, &glose),
    }
}

fn resume(ici: Ici<'_>, atelier: &Atelier, t: &Thematique) -> AtelierResume {
    let s = &atelier.synthese;
    AtelierResume {
        lien: LienVue {
            texte: plain(&format!("{}, {}", s.territoire, s.annee)),
            href: ici.lien(&address::dossier(&s.id, &t.id)),
            courant: false,
        },
        fiches: atelier.fiches_de(&t.id).count(),
        blocs: atelier.blocs.iter().filter(|b| b.thematique == t.id).count(),
    }
}

/// A fiche, whole, among others. Its permanent address is its own page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FicheEntiere {
    /// Anchor here.
    pub ancre: String,
    /// Page address.
    pub href: String,
    /// The title, or the first words of the text.
    pub titre: Html,
    /// The title was not received: it is made of the first words.
    pub titre_calcule: bool,
    /// The text; empty when the title says all.
    pub texte: Html,
    /// A contribution: author and date are then shown.
    pub contribution: bool,
    /// « 4 mars 2021 ».
    pub date: Option<String>,
    /// « A. B. et C. D. ».
    pub auteurs: String,
    /// Keys: levels, school, town.
    pub cles: Vec<String>,
    /// External resources.
    pub liens: Vec<LienExterneVue>,
    /// Points forts: its own, then those tied to it. Those of the workshop are in the tables of the file.
    pub points_forts: super::fiche::Volet,
    /// Irritants, likewise.
    pub irritants: super::fiche::Volet,
}

/// `a`: the place of the workshop in the site. `textes`: the fiches that the page shows whole, already written, so that an acronym is explained where it
/// is first read.
pub(super) fn sujet(
    ici: Ici<'_>,
    a: usize,
    t: &Thematique,
    textes: Vec<FicheEntiere>,
    glose: &mut Glose<'_>,
) -> Sujet {
    let atelier = &ici.site.ateliers[a];
    let s = &atelier.synthese;
    let (shown, suite) = apercu(ici, a, t);
    let aspect = Aspect { sans_thematique: true, ..Aspect::rang(3) };
    let fiches = cartes(ici, shown.iter().copied(), aspect);
    let tableaux: Vec<VoletSujet> =
        s.tableaux.keys().map(|tableau| volet(ici, atelier, t, *tableau, glose)).collect();
    let (mut liens, mut sources) = (Vec::new(), Vec::new());
    // A fiche shown whole bears its links.
    for indices in shown.into_iter().filter(|_| textes.is_empty()) {
        let (_, fiche) = ici.site.fiche(indices);
        liens.extend(
            fiche.liens.iter().enumerate().map(|(n, l)| lien_externe(ici, fiche, n + 1, l)),
        );
        sources.extend(fiche.liens.iter().map(|lien| (fiche, lien)));
    }
    let dossier = address::dossier(&s.id, &t.id);
    Sujet {
        synthese: LienVue {
            texte: plain(&s.titre),
            href: ici.lien(&address::synthese(&s.id)),
            courant: false,
        },
        nom: atelier.nom(),
        dossier: (dossier != ici.page.path).then(|| LienVue {
            texte: "Dossier de réunion à imprimer".into(),
            href: ici.lien(&dossier),
            courant: false,
        }),
        intitule_retex: atelier
            .intitules_retex
            .get(&t.id)
            .map(|i| texte_en(atelier.langue(), &i.titre.value, None, None)),
        vide: fiches.cartes.is_empty() && tableaux.iter().all(|v| v.colonnes.is_empty()),
        fiches,
        annuaire: suite.as_ref().map(|_| LienVue {
            texte: "Tous les liens des retours d’expérience".into(),
            href: ici.lien(&address::liens(1)),
            courant: false,
        }),
        suite,
        textes,
        tableaux,
        chaine: chaine(ici, atelier, &t.id),
        figure: figure(atelier, &t.id),
        liens,
        liens_renseignes: liens_renseignes(sources),
        sous_thematiques: sous_thematiques(atelier, t),
    }
}

fn sous_thematiques(atelier: &Atelier, t: &Thematique) -> Vec<SousThematique> {
    let mut list: Vec<SousThematique> = Vec::new();
    for tableau in atelier.synthese.tableaux.keys() {
        for (index, place) in atelier.blocs_de(&t.id, *tableau, Nature::SousThematique) {
            let lieu = LienVue {
                texte: atelier.synthese.nom_du_tableau(*tableau),
                href: format!("#{}", place.bloc.id.value),
                courant: false,
            };
            let line = place.bloc.ligne();
            let nom = plain(name_of(&line));
            match list.iter_mut().find(|s| french::canonical(&s.nom) == french::canonical(&nom)) {
                Some(known) => known.lieux.push(lieu),
                None => list.push(SousThematique {
                    html: texte_en(atelier.langue_du_bloc(index), name_of(&line), None, None),
                    nom,
                    lieux: vec![lieu],
                }),
            }
        }
    }
    list
}

/// « Sous-thématique : l’inclusion » → « l’inclusion », and the plural: the heading above says it already.
fn name_of(text: &str) -> &str {
    let label = Nature::SousThematique.label();
    let rest = text.strip_prefix(label).map(|rest| rest.strip_prefix('s').unwrap_or(rest));
    let name = rest.and_then(|rest| rest.trim_start().strip_prefix(':'));
    name.map_or(text, str::trim_start)
}

fn volet(
    ici: Ici<'_>,
    atelier: &Atelier,
    t: &Thematique,
    tableau: Tableau,
    glose: &mut Glose<'_>,
) -> VoletSujet {
    let s = &atelier.synthese;
    let (entete, nom) = (&s.tableaux[&tableau], s.nom_du_tableau(tableau));
    let (langue, mut colonnes) = (atelier.langue(), Vec::new());
    if atelier.a_une_ligne(&t.id, tableau) {
        for (n, colonne) in entete.colonnes.iter().enumerate() {
            if colonne.exclure.is_some() {
                continue;
            }
            let here = atelier.blocs_de_colonne(&t.id, tableau, n);
            let blocs = here.map(|(i, place)| bloc(ici, atelier, i, place, glose)).collect();
            colonnes.push(ColonneVue { titre: texte_en(langue, &colonne.texte.value, None, None), blocs });
        }
    }
    VoletSujet {
        id: s.id_du_tableau(tableau).to_string(),
        nom: nom.clone(),
        titre: texte_en(langue, &entete.intitule.titre.value, None, None),
        entier: LienVue {
            texte: format!("{nom}{}: le tableau entier", french::NBSP),
            href: ici.lien(&address::tableau(s, tableau)),
            courant: false,
        },
        colonnes,
    }
}

/// A heading of the source with its anchor.
pub(super) fn intitule(
    langue: Option<&Langue>,
    ancre: String,
    text: &str,
    glose: &mut Glose<'_>,
) -> EnonceVue {
    EnonceVue {
        ancre,
        html: texte_en(langue, text, None, Some(glose)),
        debut: plain_en(langue, &french::first_words(text, 60)),
    }
}

/// The anchor of the `n`-th column, from 1.
pub(super) fn ancre_colonne(n: usize) -> String {
    anchor::colonne(n)
}
