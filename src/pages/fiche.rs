//! A fiche's page.

use super::{
    Ici, PageKind,
    cartes::{
        Aspect, Cartes, LienExterneVue, LienProuve, LienVue, SigleVue, cartes, lien_externe,
        lignes, prouve, shown, sigles,
    },
};
use crate::{
    french,
    markdown::{Html, as_is, corps_en, plain, plain_en, texte_en},
    model::{Fiche, Langue, Nature, Tableau},
    site::{Atelier, Bout, Indices, address, address::anchor, titre_affiche},
    source::slugify,
};
use serde::{Serialize, Serializer};

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
    /// Day of writing.
    pub date: Option<String>,
    /// Who wrote it.
    pub auteurs: String,
    /// Keys given by the editor: label and values.
    pub metadonnees: Vec<Metadonnee>,
    /// External resources.
    pub liens: Vec<LienExterneVue>,
    /// Points forts: its own, then those tied to it, then those of the workshop.
    pub points_forts: Volet,
    /// Irritants, likewise.
    pub irritants: Volet,
    /// Mentions in the tables.
    pub mentions: Vec<LienProuve>,
    /// Previous in its thématique.
    pub precedente: Option<LienVue>,
    /// Next in its thématique.
    pub suivante: Option<LienVue>,
    /// At most four that share most niveaux and keywords.
    pub proches: Cartes,
    /// Edit page on the forge.
    pub modifier: Option<String>,
    /// Citation.
    pub citation: String,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// A key and its values; each may lead to a facet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Metadonnee {
    /// « Niveau ».
    pub nom: &'static str,
    /// Values. `href` is empty where there is no facet.
    pub valeurs: Vec<LienVue>,
}

/// Points forts or irritants.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Volet {
    /// Given for this very experience.
    pub propres: Vec<Html>,
    /// Tied to it by a rapprochement.
    pub rapproches: Vec<Rapproche>,
    /// Given by the workshop for its whole thématique, each with its place in the tables.
    pub atelier: Vec<LienProuve>,
}

/// A bloc tied to the fiche, directly or through the table's mention of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rapproche {
    /// The bloc, with the proof that leads to it.
    pub bloc: LienProuve,
    /// The mention it is reached through, with its own proof.
    pub par: Option<LienProuve>,
}

/// `a` and `index`: the places of the workshop in the site and of the fiche in the workshop.
pub(super) fn fiche(ici: Ici<'_>, atelier: &Atelier, (a, index): Indices) -> FicheVue {
    let fiche = &atelier.fiches[index];
    let renvoi = ici.plan.renvois.fiche(a, index);
    let mut glose = ici.glose();
    let langue = atelier.langue_de(fiche);
    let titre = texte_en(langue, &titre_affiche(fiche), None, None);
    let body = corps_en(langue, &fiche.corps, ici.place(), &mut glose);
    let thematique = ici.site.thematique(&fiche.thematique.value);
    let liens = fiche.liens.iter().enumerate();
    let mentions = atelier.voisins(|b| *b == Bout::Fiche(index));
    FicheVue {
        ancre_titre: anchor::TITRE,
        titre,
        titre_calcule: fiche.titre.is_none(),
        ancre_texte: anchor::TEXTE,
        texte: body,
        contribution: !fiche.est_de_la_synthese(),
        lignes: fiche.lignes.as_ref().map(|l| lignes(&l.value)),
        synthese: LienVue {
            texte: plain(&atelier.synthese.titre),
            href: ici.lien(&address::synthese(&atelier.synthese.id)),
            courant: false,
        },
        thematique: LienVue {
            texte: thematique.map_or_else(String::new, |t| plain(&t.titre)),
            href: ici.lien(&address::thematique(&fiche.thematique.value)),
            courant: false,
        },
        numero: thematique.map_or(0, |t| t.numero.value),
        date: fiche.jour().map(|d| d.french()),
        auteurs: plain(&french::enumerate(&fiche.auteurs)),
        metadonnees: metadonnees(ici, fiche),
        liens: liens.map(|(n, l)| lien_externe(ici, fiche, n + 1, l)).collect(),
        points_forts: volet(ici, atelier, index, Nature::PointFort),
        irritants: volet(ici, atelier, index, Nature::Irritant),
        mentions: mentions.into_iter().map(|(b, a)| prouve(ici, atelier, b, a)).collect(),
        precedente: renvoi.precedente.map(|i| neighbour(ici, atelier, &atelier.fiches[i])),
        suivante: renvoi.suivante.map(|i| neighbour(ici, atelier, &atelier.fiches[i])),
        proches: {
            let proches = ici.plan.renvois.proches(a, index).into_iter();
            let aspect = Aspect { bref: true, ..Aspect::rang(3) };
            cartes(ici, proches.map(|i| (a, i)), aspect)
        },
        modifier: edit_address(ici, fiche),
        citation: citation(atelier, fiche),
        sigles: sigles(ici, &glose),
    }
}

fn metadonnees(ici: Ici<'_>, fiche: &Fiche) -> Vec<Metadonnee> {
    let facet = |facette: &str, slug: &str, texte: &str| LienVue {
        texte: plain(texte),
        href: ici.lien(&address::facette(facette, slug, 1)),
        courant: false,
    };
    let word =
        |texte: &String| LienVue { texte: plain(texte), href: String::new(), courant: false };
    let keyword = |m: &String| match slugify(m) {
        slug if slug.is_empty() => word(m),
        slug => facet("mot-cle", &slug, m),
    };
    let list = [
        ("Niveau", fiche.niveaux.iter().map(|n| facet("niveau", n.slug(), n.label())).collect()),
        ("Mots-clés", fiche.mots_cles.iter().map(|m| keyword(&m.value)).collect()),
        ("Sous-thématiques", fiche.sous_thematiques.iter().map(|s| word(&s.value)).collect()),
        ("Établissement", fiche.etablissement.iter().map(word).collect()),
        ("Commune", fiche.commune.iter().map(word).collect::<Vec<_>>()),
    ];
    let present = list.into_iter().filter(|(_, valeurs)| !valeurs.is_empty());
    present.map(|(nom, valeurs)| Metadonnee { nom, valeurs }).collect()
}

/// The fiche's own, then those tied to it, then those the workshop gave for the whole thématique.
pub(super) fn volet(ici: Ici<'_>, atelier: &Atelier, index: usize, nature: Nature) -> Volet {
    let fiche = &atelier.fiches[index];
    let own = if nature == Nature::PointFort { &fiche.points_forts } else { &fiche.irritants };
    let is_it = |bout: &Bout| matches!(bout, Bout::Bloc(i, _) if atelier.blocs[*i].bloc.nature == Some(nature));

    let mut rapproches: Vec<(Bout, Rapproche)> = Vec::new();
    for (bout, arete) in atelier.voisins(|b| *b == Bout::Fiche(index)) {
        if is_it(&bout) {
            rapproches
                .push((bout, Rapproche { bloc: prouve(ici, atelier, bout, arete), par: None }));
            continue;
        }
        let Bout::Bloc(mention, _) = bout else { continue };
        if atelier.blocs[mention].bloc.nature != Some(Nature::Mention) {
            continue;
        }
        for (end, second) in atelier.voisins(|b| matches!(b, Bout::Bloc(i, _) if *i == mention)) {
            if is_it(&end) {
                let par = Some(prouve(ici, atelier, bout, arete));
                rapproches.push((end, Rapproche { bloc: prouve(ici, atelier, end, second), par }));
            }
        }
    }
    let tied: Vec<usize> = rapproches
        .iter()
        .filter_map(|(b, _)| if let Bout::Bloc(i, _) = b { Some(*i) } else { None })
        .collect();
    let all = atelier.blocs_de(&fiche.thematique.value, Tableau::Diagnostic, nature);
    let others = all.filter(|(i, _)| !tied.contains(i));
    Volet {
        propres: own.iter().map(|text| texte_en(atelier.langue_de(fiche), &text.value, None, None)).collect(),
        atelier: others.map(|(i, _)| shown(ici, atelier, i)).collect(),
        rapproches: rapproches.into_iter().map(|(_, r)| r).collect(),
    }
}

fn neighbour(ici: Ici<'_>, atelier: &Atelier, fiche: &Fiche) -> LienVue {
    LienVue {
        texte: plain_en(atelier.langue_de(fiche), &titre_affiche(fiche)),
        href: ici.lien(&address::fiche(&fiche.id)),
        courant: false,
    }
}

/// The forge's own editor.
fn edit_address(ici: Ici<'_>, fiche: &Fiche) -> Option<String> {
    let files = address::files_on_forge(&ici.site.config, "edit")?;
    Some(format!("{files}/{}", fiche.path))
}

fn citation(atelier: &Atelier, fiche: &Fiche) -> String {
    let mut parts = Vec::new();
    if !fiche.auteurs.is_empty() {
        parts.push(french::enumerate(&fiche.auteurs));
    }
    parts.push(format!("« {} »", titre_affiche(fiche).trim_end_matches('.')));
    parts.push(atelier.synthese.titre.clone());
    if let Some(l) = &fiche.lignes {
        parts.push(format!("{} du document reçu", lignes(&l.value)));
    }
    if let Some(date) = fiche.jour() {
        parts.push(date.french());
    }
    format!("{}.", plain(&parts.join(", ")).trim_end_matches('.'))
}

/// A `LearningResource` of schema.org, its keys in alphabetical order.
#[derive(Serialize)]
struct JsonLd<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'a>>,
    #[serde(rename = "dateCreated", skip_serializing_if = "Option::is_none")]
    date_created: Option<String>,
    #[serde(rename = "educationalLevel", skip_serializing_if = "Vec::is_empty")]
    educational_level: Vec<&'static str>,
    #[serde(rename = "inLanguage")]
    in_language: &'a str,
    #[serde(rename = "isPartOf")]
    is_part_of: Named<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    name: String,
    #[serde(rename = "spatialCoverage", skip_serializing_if = "Option::is_none")]
    spatial_coverage: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// Somebody, or a work.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

/// The data of a page for machines, as the inside of a `<script>` holds them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DonneesLiees(String);

impl Serialize for DonneesLiees {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_is(&self.0, serializer)
    }
}

/// schema.org `LearningResource` of a fiche. Its description is that of the page, in `<meta>`.
pub(super) fn json_ld(ici: Ici<'_>, canonique: Option<&str>) -> Option<DonneesLiees> {
    let PageKind::Fiche(a, f) = &ici.page.kind else { return None };
    let atelier = &ici.site.ateliers[*a];
    let fiche = &atelier.fiches[*f];
    let data = JsonLd {
        context: "https://schema.org",
        kind: "LearningResource",
        author: fiche.auteurs.iter().map(|name| Named { kind: "Person", name }).collect(),
        date_created: fiche.jour().map(|day| day.to_string()),
        educational_level: fiche.niveaux.iter().map(|n| n.label()).collect(),
        in_language: atelier.langue_de(fiche).map_or("fr", Langue::tag),
        is_part_of: Named { kind: "CreativeWork", name: &plain(&atelier.synthese.titre) },
        keywords: fiche.mots_cles.iter().map(|m| m.value.as_str()).collect(),
        name: plain_en(atelier.langue_de(fiche), &titre_affiche(fiche)),
        spatial_coverage: fiche.commune.as_deref(),
        url: canonique,
    };
    let data = serde_json::to_string(&data).ok()?;
    // `</script>` inside a text must not end the element (HTML standard, « restrictions for
    // contents of script elements »).
    Some(DonneesLiees(data.replace('<', "\\u003c")))
}
