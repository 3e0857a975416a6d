//! A fiche's page.

use std::collections::BTreeSet;

use super::{
    Ici,
    blocs::{
        LienAilleurs, Preuves, TexteLie, ailleurs, est_propose, lien_vers, preuves, texte_lie,
    },
    cartes::{
        Aspect, Cartes, LienExterneVue, LienVue, SigleVue, cartes, etat_commun, lien_externe, lieu,
        lignes, sigles,
    },
    images::{ImageRecueVue, images_recues},
};
use crate::{
    french,
    markdown::{Html, corps_en, plain, plain_en, texte_en},
    model::{Fiche, Nature, Tableau},
    site::{Arete, Atelier, Bout, Indices, Repository, address, address::anchor, titre_affiche},
    source::{Slug, Spanned, slugify},
};
use serde::Serialize;

/// Fiches to read next, at most.
const ENSUITE: usize = 3;

/// A fiche.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FicheVue {
    /// Anchor of the title.
    pub ancre_titre: &'static str,
    /// The title, or the first words of the text.
    pub titre: Html,
    /// The title was not received: it is made of the first words.
    pub titre_calcule: bool,
    /// Anchor of the text.
    pub ancre_texte: &'static str,
    /// The text; empty when the title says all.
    pub texte: Html,
    /// Images received with the text.
    pub images: Vec<ImageRecueVue>,
    /// A contribution: no claim to come from a document.
    pub contribution: bool,
    /// « lignes 35 et 37 », for a fiche of the synthèse.
    pub lignes: Option<String>,
    /// The workshop.
    pub synthese: LienVue,
    /// The thématique.
    pub thematique: LienVue,
    /// Number.
    pub numero: usize,
    /// « Loire-Atlantique, 2020 ».
    pub lieu: String,
    /// Levels; each leads to its list.
    pub niveaux: Vec<LienVue>,
    /// School and town.
    pub lieux: Vec<String>,
    /// Day of writing.
    pub date: Option<String>,
    /// Who wrote it.
    pub auteurs: String,
    /// Keywords; each leads to its list.
    pub mots_cles: Vec<LienVue>,
    /// Sub-themes.
    pub sous_thematiques: Vec<String>,
    /// External resources.
    pub liens: Vec<LienExterneVue>,
    /// « donné avec la contribution, non vérifié depuis », when several say it.
    pub etat_des_liens: Option<String>,
    /// Points forts: its own, then those tied to it, then those of the workshop.
    pub points_forts: Retenu,
    /// Irritants, likewise.
    pub irritants: Retenu,
    /// True when one of them is of the whole thématique.
    pub de_la_thematique: bool,
    /// « 4 points forts et 2 irritants », to the diagnosis of the workshop, of a contribution that gives its own.
    pub diagnostic: Option<LienVue>,
    /// Tables that name it.
    pub mentions: Vec<LienVue>,
    /// True when the editor proposes that it is what one of them names.
    pub mentions_rapprochees: bool,
    /// Tables of which the editor brings a text near it.
    pub rapprochees: Vec<LienVue>,
    /// Keys given with a contribution, in words: « niveau, mots-clés, liens ».
    pub donne: String,
    /// Reader's name for the workshop: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// Why texts are brought together here.
    pub preuves: Preuves,
    /// Texts of other syntheses that are tied to it.
    pub ailleurs: Vec<LienAilleurs>,
    /// What to read next, each with the reason: the same thématique, then most shared niveaux and keywords.
    pub ensuite: Cartes,
    /// Edit page on the forge.
    pub modifier: Option<String>,
    /// Citation, the address of the page last when it is known.
    pub citation: String,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// Points forts or irritants.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Retenu {
    /// Given for this very experience.
    pub propres: Vec<Html>,
    /// Tied to it by a rapprochement, directly or through the table's mention of it.
    pub rapproches: Vec<TexteLie>,
    /// Given by the workshop for its whole thématique.
    pub atelier: Vec<TexteLie>,
}

/// `a` and `index`: the places of the workshop in the site and of the fiche in the workshop.
pub(super) fn fiche(ici: Ici<'_>, atelier: &Atelier, (a, index): Indices) -> FicheVue {
    let fiche = &atelier.fiches[index];
    let mut glose = ici.glose();
    let langue = atelier.langue_de(fiche);
    let titre = texte_en(langue, &titre_affiche(fiche), None, None);
    let body = corps_en(langue, &fiche.corps, ici.place(), &mut glose);
    let thematique = ici.site.thematique(&fiche.thematique.value);
    let mut liens: Vec<LienExterneVue> =
        (1..).zip(&fiche.liens).map(|(n, l)| lien_externe(ici, fiche, n, l)).collect();
    let etat_des_liens = etat_commun(&mut liens);
    let whole = says_the_diagnosis(fiche);
    let voisins = atelier.voisins(|b| *b == Bout::Fiche(index));
    let (points_forts, irritants) = (
        bilan(ici, atelier, index, (Nature::PointFort, whole)),
        bilan(ici, atelier, index, (Nature::Irritant, whole)),
    );
    FicheVue {
        ancre_titre: anchor::TITRE,
        titre,
        titre_calcule: fiche.titre.is_none(),
        ancre_texte: anchor::TEXTE,
        texte: body,
        images: images_recues(ici, atelier, &format!("retex/{}", fiche.id.slug)),
        contribution: !fiche.est_de_la_synthese(),
        lignes: fiche.lignes.as_ref().map(|l| lignes(&l.value)),
        synthese: ici
            .vers(plain(&atelier.synthese.titre), &address::synthese(&atelier.synthese.id)),
        thematique: ici.vers(
            thematique.map_or_else(String::new, |t| plain(&t.titre_court)),
            &address::thematique(&fiche.thematique.value),
        ),
        numero: thematique.map_or(0, |t| t.numero.value),
        date: fiche.jour().map(|d| d.french()),
        auteurs: plain(&french::enumerate(&fiche.auteurs)),
        lieu: lieu(atelier),
        niveaux: fiche.niveaux.iter().map(|n| facet(ici, "niveau", n.slug(), n.label())).collect(),
        lieux: places(fiche).collect(),
        mots_cles: fiche.mots_cles.iter().map(|m| keyword(ici, &m.value)).collect(),
        sous_thematiques: fiche.sous_thematiques.iter().map(|s| plain(&s.value)).collect(),
        liens,
        etat_des_liens,
        de_la_thematique: !points_forts.atelier.is_empty() || !irritants.atelier.is_empty(),
        points_forts,
        irritants,
        diagnostic: if whole { None } else { diagnostic(ici, atelier, &fiche.thematique.value) },
        mentions: tables(ici, atelier, index, |bout, arete| is_named(atelier, bout, arete)),
        mentions_rapprochees: voisins
            .iter()
            .any(|(bout, arete)| is_named(atelier, *bout, arete) && est_propose(arete)),
        rapprochees: tables(ici, atelier, index, |bout, arete| !is_named(atelier, bout, arete)),
        donne: donne(fiche),
        nom: atelier.nom(),
        preuves: preuves(atelier, |arete| concerns(atelier, index, arete)),
        ailleurs: ailleurs(ici, atelier, |b| *b == Bout::Fiche(index)),
        ensuite: ensuite(ici, atelier, (a, index)),
        modifier: edit_address(ici, fiche),
        citation: citation(ici, atelier, fiche),
        sigles: sigles(ici, &glose),
    }
}

/// School and town of a fiche.
pub(super) fn places(fiche: &Fiche) -> impl Iterator<Item = String> {
    [&fiche.etablissement, &fiche.commune].into_iter().flatten().map(|place| plain(place))
}

/// True of a fiche that gives the points forts and irritants of its whole thématique. A thousand contributions that give
/// their own would say a thousand times what the workshop found before them.
fn says_the_diagnosis(fiche: &Fiche) -> bool {
    fiche.est_de_la_synthese() || (fiche.points_forts.is_empty() && fiche.irritants.is_empty())
}

/// A value that leads to its list.
fn facet(ici: Ici<'_>, facette: &str, slug: &str, texte: &str) -> LienVue {
    LienVue {
        texte: plain(texte),
        href: ici.lien(&address::facette(facette, slug, 1)),
        courant: false,
    }
}

/// A keyword; without a letter or a digit it has no list.
fn keyword(ici: Ici<'_>, mot: &str) -> LienVue {
    match slugify(mot) {
        slug if slug.is_empty() => {
            LienVue { texte: plain(mot), href: String::new(), courant: false }
        }
        slug => facet(ici, "mot-cle", &slug, mot),
    }
}

/// True when a text names a fiche, or the document itself relates them.
fn is_named(atelier: &Atelier, bout: Bout, arete: &Arete) -> bool {
    let mention =
        matches!(bout, Bout::Bloc(i, _) if atelier.blocs[i].bloc.nature == Some(Nature::Mention));
    mention || !est_propose(arete)
}

/// Keys that were given with a fiche.
fn donne(fiche: &Fiche) -> String {
    let given = [
        ("niveau", !fiche.niveaux.is_empty()),
        ("mots-clés", !fiche.mots_cles.is_empty()),
        ("liens", !fiche.liens.is_empty()),
    ];
    given.iter().filter(|(_, is)| *is).map(|(key, _)| *key).collect::<Vec<_>>().join(", ")
}

/// Tables where these edges of a fiche lead: « Diagnostic », each once.
fn tables(
    ici: Ici<'_>,
    atelier: &Atelier,
    index: usize,
    keep: impl Fn(Bout, &Arete) -> bool,
) -> Vec<LienVue> {
    let mut list: Vec<LienVue> = Vec::new();
    let ends = atelier.voisins(|b| *b == Bout::Fiche(index)).into_iter();
    for (bout, _) in ends.filter(|(bout, arete)| keep(*bout, arete)) {
        let Bout::Bloc(i, _) = bout else { continue };
        let texte = plain(&atelier.synthese.nom_du_tableau(atelier.blocs[i].tableau));
        if !list.iter().any(|known| known.texte == texte) {
            list.push(LienVue::vers(texte, lien_vers(ici, atelier, bout)));
        }
    }
    list
}

/// True of the edges that the page shows: those of the fiche, and those of the mentions that lead to it.
fn concerns(atelier: &Atelier, index: usize, arete: &Arete) -> bool {
    let it = Bout::Fiche(index);
    if arete.de == it || arete.vers == it {
        return true;
    }
    let mention = |bout: Bout| match bout {
        Bout::Bloc(i, _) if atelier.blocs[i].bloc.nature == Some(Nature::Mention) => atelier
            .voisins(|b| matches!(b, Bout::Bloc(j, _) if *j == i))
            .iter()
            .any(|(end, _)| *end == it),
        _ => false,
    };
    let shown = |bout: Bout| match bout {
        Bout::Bloc(i, _) => {
            matches!(atelier.blocs[i].bloc.nature, Some(Nature::PointFort | Nature::Irritant))
        }
        Bout::Fiche(_) => false,
    };
    (mention(arete.de) && shown(arete.vers)) || (mention(arete.vers) && shown(arete.de))
}

/// What to read next: the next of the thématique, or the one before, then the nearest by keywords and niveaux.
fn ensuite(ici: Ici<'_>, atelier: &Atelier, (a, index): Indices) -> Cartes {
    let renvoi = ici.plan.renvois.fiche(a, index);
    let mut list: Vec<usize> = renvoi.suivante.or(renvoi.precedente).into_iter().collect();
    for near in ici.plan.renvois.proches(a, index) {
        if !list.contains(&near) && list.len() < ENSUITE {
            list.push(near);
        }
    }
    let mut cards = cartes(ici, list.iter().map(|i| (a, *i)), Aspect::rang(3));
    for (carte, other) in cards.cartes.iter_mut().zip(list) {
        carte.raison = reason(&atelier.fiches[index], &atelier.fiches[other]);
    }
    cards
}

/// « Aussi sur e-primo », « Même thématique », « Même niveau ».
fn reason(fiche: &Fiche, other: &Fiche) -> String {
    let own = |mot: &&Spanned<String>| {
        let slug = slugify(&mot.value);
        !slug.is_empty() && other.mots_cles.iter().any(|m| slugify(&m.value) == slug)
    };
    match fiche.mots_cles.iter().find(own) {
        _ if fiche.thematique.value == other.thematique.value => "Même thématique".into(),
        Some(mot) => plain(&format!("Aussi sur {}", mot.value)),
        None => "Même niveau".into(),
    }
}

/// Findings of the workshop for a thématique, counted, where its table says them.
fn diagnostic(ici: Ici<'_>, atelier: &Atelier, thematique: &Slug) -> Option<LienVue> {
    let count = |nature, un, des| {
        let n = atelier.blocs_de(thematique, Tableau::Diagnostic, nature).count();
        (n > 0).then(|| french::count(n, un, des))
    };
    let found = [
        count(Nature::PointFort, "point fort", "points forts"),
        count(Nature::Irritant, "irritant", "irritants"),
    ];
    let found: Vec<String> = found.into_iter().flatten().collect();
    let table = address::tableau(&atelier.synthese, Tableau::Diagnostic);
    (!found.is_empty()).then(|| {
        LienVue::vers(
            french::enumerate(&found),
            ici.page.path.link_to_anchor(&table, &anchor::partie(thematique.as_str())),
        )
    })
}

/// The fiche's own, then those tied to it, then, if asked, those the workshop gave for the whole thématique.
pub(super) fn bilan(
    ici: Ici<'_>,
    atelier: &Atelier,
    index: usize,
    (nature, whole): (Nature, bool),
) -> Retenu {
    let fiche = &atelier.fiches[index];
    let own = if nature == Nature::PointFort { &fiche.points_forts } else { &fiche.irritants };
    let is_it = |bout: &Bout| matches!(bout, Bout::Bloc(i, _) if atelier.blocs[*i].bloc.nature == Some(nature));

    let mut tied: Vec<(Bout, &Arete)> = Vec::new();
    for (bout, arete) in atelier.voisins(|b| *b == Bout::Fiche(index)) {
        if is_it(&bout) {
            tied.push((bout, arete));
            continue;
        }
        let Bout::Bloc(mention, _) = bout else { continue };
        if atelier.blocs[mention].bloc.nature == Some(Nature::Mention) {
            let ends = atelier.voisins(|b| matches!(b, Bout::Bloc(i, _) if *i == mention));
            tied.extend(ends.into_iter().filter(|(end, _)| is_it(end)));
        }
    }
    let mut seen = BTreeSet::new();
    tied.retain(|(bout, _)| seen.insert(*bout));
    let is_tied = |i: usize| tied.iter().any(|(b, _)| matches!(b, Bout::Bloc(own, _) if *own == i));
    let all = atelier.blocs_de(&fiche.thematique.value, Tableau::Diagnostic, nature);
    let others = all.filter(|(i, _)| whole && !is_tied(*i)).map(|(i, _)| Bout::Bloc(i, None));
    let langue = atelier.langue_de(fiche);
    Retenu {
        propres: own.iter().map(|text| texte_en(langue, &text.value, None, None)).collect(),
        atelier: others.map(|bout| texte_lie(ici, atelier, bout, None)).collect(),
        rapproches: tied
            .iter()
            .map(|(bout, arete)| texte_lie(ici, atelier, *bout, Some(arete)))
            .collect(),
    }
}

/// The forge's own editor.
fn edit_address(ici: Ici<'_>, fiche: &Fiche) -> Option<String> {
    let files = Repository::of(&ici.site.config)?.edited();
    Some(format!("{files}/{}", fiche.path))
}

fn citation(ici: Ici<'_>, atelier: &Atelier, fiche: &Fiche) -> String {
    let titre = titre_affiche(fiche);
    let (titre, mut parts) = (titre.trim_end_matches('.'), Vec::new());
    if !fiche.auteurs.is_empty() {
        parts.push(french::enumerate(&fiche.auteurs));
    }
    parts.push(format!("« {titre} »"));
    parts.push(atelier.synthese.titre.clone());
    if let Some(l) = &fiche.lignes {
        parts.push(format!("{} du document reçu", lignes(&l.value)));
    }
    if let Some(date) = fiche.jour() {
        parts.push(date.french());
    }
    let mut cited = plain(&parts.join(", "));
    if let Some(langue) = atelier.langue_de(fiche) {
        cited = cited.replacen(&plain(titre), &plain_en(Some(langue), titre), 1);
    }
    let cited = format!("{}.", cited.trim_end_matches('.'));
    match &ici.site.config.url {
        Some(url) => format!("{cited} {}", address::absolute(url, &ici.page.path)),
        None => cited,
    }
}
