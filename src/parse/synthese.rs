//! The files of a synthèse, its fiches apart: `synthese.toml`, `tableaux/<thematique>.toml`, `methode.md`, `textes/<slug>.md`.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Findings, body,
    fiche::rapprochement,
    keys,
    layout::DOSSIER_IMAGES,
    read_markdown,
    reader::{Reader, read, top_of},
};
use crate::{
    diag::{Code, Diagnostic},
    model::{
        Bloc, Colonne, EtatSynthese, Exclusion, Forme, ImageRecue, Intitule, Methode, Nature,
        Retrait, Synthese, Tableau, TableauEntete, TableauLigne, TableauxLus, TexteRecu,
    },
    source::{SitePath, Slug, Span, Spanned, slugify},
};

pub(super) fn synthese(
    path: &SitePath,
    id: Slug,
    text: &str,
    diags: &mut Vec<Diagnostic>,
) -> Option<Synthese> {
    read(&keys::SYNTHESE, path, text, 0, top_of(path, text), diags, |r| {
        let titre = r.text("titre");
        let territoire = r.text("territoire");
        let annee = r.number("annee");
        let demarche = r.slug("demarche").map(|demarche| demarche.value);
        let etat = r.word("etat", EtatSynthese::from_slug);
        let synthese = Synthese {
            id,
            path: path.clone(),
            demarche,
            langue: r.langue("langue"),
            licence: r.text("licence").map(|t| t.value),
            a_la_une: r.texts("a_la_une"),
            etat: etat.map_or(EtatSynthese::Complete, |w| w.value),
            sha256: r.text("sha256"),
            forme: r.table("source", forme).flatten().unwrap_or_default(),
            retex: r.table("retex", intitule).flatten(),
            tableaux: tableaux(r),
            exclusions: r.tables("exclusions", exclusion),
            images: r.tables("images", |r| image_recue(path, r)),
            retraits: r.tables("retraits", retrait),
            methode: None,
            textes: Vec::new(),
            titre: titre?.value,
            territoire: territoire?.value,
            annee: u16::try_from(annee?.value).unwrap_or(u16::MAX),
        };
        Some(synthese)
    })
}

fn forme(r: &mut Reader<'_, '_>) -> Option<Forme> {
    r.word("forme", Forme::from_slug).map(|word| word.value)
}

/// The tables, each by its id: the usual ones are known, the others bear the rank of their declaration.
fn tableaux(r: &mut Reader<'_, '_>) -> BTreeMap<Tableau, TableauEntete> {
    let mut found: BTreeMap<Tableau, TableauEntete> = BTreeMap::new();
    let mut twice = Vec::new();
    for (rank, entete) in r.tables("tableaux", entete).into_iter().enumerate() {
        let id = entete.id.clone();
        let known = found.values().find(|known| known.id.value == id.value);
        match known {
            Some(first) => twice.push((id, first.id.span.clone())),
            None => {
                found.insert(Tableau::of(id.value.as_str(), rank), entete);
            }
        }
    }
    for (id, first) in twice {
        let message = format!("deux tableaux s’appellent « {} »", id.value);
        r.push(
            Diagnostic::new(Code::IdentifiantEnDouble, message)
                .at(&id.span, "")
                .also(&first, "le premier")
                .help("donnez un autre « id » à l’un des deux"),
        );
    }
    found
}

fn entete(r: &mut Reader<'_, '_>) -> Option<TableauEntete> {
    let id = r.slug("id");
    let intitule = intitule(r);
    let lignes_colonnes = r.numbers("lignes_colonnes");
    let place = r.place().clone();
    let colonnes = r.tables("colonnes", colonne);
    keys_once(&colonnes, &place, r);
    Some(TableauEntete { id: id?, intitule: intitule?, lignes_colonnes, colonnes })
}

/// Each key of a table names one column.
fn keys_once(colonnes: &[Colonne], place: &Span, r: &mut Reader<'_, '_>) {
    let keys: Vec<&str> =
        colonnes.iter().flat_map(|c| &c.cles).map(|(key, _)| key.as_str()).collect();
    for (n, key) in keys.iter().enumerate().filter(|(n, key)| keys[..*n].contains(key)) {
        if keys[..n].iter().filter(|known| *known == key).count() > 1 {
            continue;
        }
        let aide = "donnez à l’une des deux une autre nature, ou un nom à elle : cle = \"…\"";
        let message = format!("deux colonnes ont la clé « {key} »");
        r.say(Code::IdentifiantEnDouble, place, message, aide);
    }
}

fn colonne(r: &mut Reader<'_, '_>) -> Option<Colonne> {
    let texte = r.text("texte");
    let natures = r.words("natures", Nature::from_slug);
    let cle = r.slug("cle");
    let exclure = r.text("exclure");
    let texte = texte?;
    let cles = match (cle, natures.as_slice()) {
        (Some(cle), []) => vec![(cle.value.to_string(), None)],
        (Some(cle), [nature]) => vec![(cle.value.to_string(), Some(*nature))],
        (Some(cle), _) => {
            let message = "une colonne de plusieurs natures n’a pas d’autre clé que les leurs";
            r.say(Code::ValeurInconnue, &cle.span, message, "supprimez « cle »");
            natures.iter().map(|nature| (nature.cle(), Some(*nature))).collect()
        }
        (None, []) if exclure.is_some() => vec![(slugify(&texte.value), None)],
        (None, []) => {
            let better = slugify(&texte.value);
            let message = "on ne sait pas ce que contient cette colonne";
            let aide = format!(
                "ajoutez sa nature, par exemple natures = [\"action\"], ou, pour une colonne d’une autre sorte, un nom à elle : cle = \"{better}\""
            );
            r.say(Code::CleManquante, &texte.span, message, aide);
            return None;
        }
        (None, natures) => natures.iter().map(|nature| (nature.cle(), Some(*nature))).collect(),
    };
    Some(Colonne { texte, cles, exclure })
}

/// A heading of the source: `titre` and `lignes`.
pub(super) fn intitule(r: &mut Reader<'_, '_>) -> Option<Intitule> {
    let (titre, lignes) = (r.text("titre"), r.numbers("lignes"));
    Some(Intitule { titre: titre?, lignes })
}

/// An image of the folder `images` beside `synthese.toml`.
fn image_recue(path: &SitePath, r: &mut Reader<'_, '_>) -> Option<ImageRecue> {
    let (fichier, empreinte) = (r.text("fichier"), r.text("empreinte"));
    let (alternative, place) = (r.text("alternative"), r.text("place"));
    let (legende, lignes) = (r.text("legende"), r.numbers("lignes"));
    if let Some(lignes) = lignes.as_ref().filter(|_| legende.is_none()) {
        let message = "« lignes » est la place d’une légende, qui manque";
        let aide = "ajoutez legende = \"…\", telle que reçue, ou supprimez « lignes »";
        r.say(Code::CleManquante, &lignes.span, message, aide);
    }
    let fichier = fichier?;
    let alternative = alternative?;
    if let Some(vague) = body::vague_alternative(&fichier.value, &alternative.value) {
        let aide = "écrivez ce que l’image apporte à qui ne la voit pas : alternative = \"Courbe des auditeurs, de 12 à 85\"";
        r.say(Code::AlternativeVague, &alternative.span, vague, aide);
    }
    Some(ImageRecue {
        chemin: SitePath::new(format!("{}/{DOSSIER_IMAGES}/{}", path.parent(), fichier.value)),
        fichier,
        empreinte: empreinte?,
        alternative,
        place: place?,
        legende: legende.map(|titre| Intitule { titre, lignes }),
    })
}

fn exclusion(r: &mut Reader<'_, '_>) -> Option<Exclusion> {
    let (ligne, texte) = (r.number("ligne"), r.text("texte"));
    let raison = r.text("raison");
    Some(Exclusion { ligne: ligne?, texte: texte?, raison: raison?.value })
}

fn retrait(r: &mut Reader<'_, '_>) -> Option<Retrait> {
    let ligne = r.number("ligne");
    let motif = r.text("motif");
    let date = r.date("date");
    Some(Retrait { ligne: ligne?, date: date?.value, motif: motif?.value })
}

/// `tableaux/<thematique>.toml`. Which tables and columns there are is for the synthèse to say: names are kept as written.
pub(super) fn de_la_thematique(
    path: &SitePath,
    thematique: Slug,
    text: &str,
    diags: &mut Vec<Diagnostic>,
) -> Option<TableauxLus> {
    read(&keys::TABLEAUX, path, text, 0, top_of(path, text), diags, |r| {
        let retex = r.table("retex", intitule).flatten();
        let lignes = r.open_tables(|name, r| (name.clone(), row(&name.value, r)));
        Some(TableauxLus { path: path.clone(), thematique, retex, lignes })
    })
}

fn row(name: &str, r: &mut Reader<'_, '_>) -> TableauLigne {
    let lignes = r.numbers("lignes");
    let span = r.place().clone();
    TableauLigne { span, lignes, blocs: r.open_lists(name, bloc) }
}

fn bloc(cle: &Spanned<String>, r: &mut Reader<'_, '_>) -> Option<Bloc> {
    let id = r.slug("id");
    let lignes = r.numbers("lignes");
    let (rangee, rangees) = (r.number("rangee"), r.numbers("rangees"));
    let textes = r.texts("textes");
    let langue = r.langue("langue");
    let rapprochements = r.tables("rapprochements", rapprochement);
    let id = id?;
    // `x-2` addresses the second énoncé of bloc `x`.
    let is_number = |(_, n): &(&str, &str)| n.bytes().all(|b| b.is_ascii_digit());
    if let Some((base, _)) = id.value.as_str().rsplit_once('-').filter(is_number) {
        let message = format!("« {} » ne peut pas finir par un nombre", id.value);
        r.push(
            Diagnostic::new(Code::IdentifiantInvalide, message)
                .at(&id.span, "un nombre désigne un énoncé du bloc")
                .help(format!("finissez par un mot, par exemple « {base}-bis »")),
        );
    }
    let cle = cle.clone();
    (!textes.is_empty()).then_some(Bloc {
        id,
        cle,
        nature: None,
        colonne: 0,
        lignes,
        rangee,
        rangees,
        textes,
        langue,
        rapprochements,
    })
}

pub(super) fn methode(path: &SitePath, text: &Arc<str>, found: &mut Findings) -> Option<Methode> {
    read_markdown(&keys::METHODE, path, text, found, |r, corps, _| {
        Some((corps, r.numbers("lignes")))
    })
}

pub(super) fn texte(
    path: &SitePath,
    id: Slug,
    text: &Arc<str>,
    found: &mut Findings,
) -> Option<TexteRecu> {
    read_markdown(&keys::TEXTE_RECU, path, text, found, |r, corps, _| {
        let (titre, lignes) = (r.text("titre"), r.numbers("lignes"));
        Some(TexteRecu { id, titre, corps, lignes })
    })
}
