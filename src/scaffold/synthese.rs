//! A new synthèse: its description, the document received, and for each thématique the models of what is to be copied
//! from it. A recueil, which has no document, is its description alone.

use super::{
    Fichier,
    document::{
        ColonneProposee, TableauPropose, forme, habituel, tableaux, titre_de_la_thematique,
        titre_des_fiches,
    },
    fiche::{LIGNE_MAX, commented},
    texte::{chaine, ligne, liste},
};
use crate::{
    french,
    model::{EtatSynthese, Nature, Tableau},
    parse::keys::{self, KeyGroup},
    source::Slug,
};

/// The file of tables whose rows belong to no thématique.
const ATELIER: &str = "atelier";

/// Place of the texts that no table and no fiche holds.
const METHODE: &str = "
# Le texte de la méthode (consignes, présentation de l’atelier) va dans un fichier « methode.md » à côté de celui-ci :
# +++
# lignes = […]
# +++
#
# Le texte, tel que reçu.
#
# Tout autre texte (participants, paroles…) va de même dans « textes/participants.md », avec une clé « titre » s’il en a un.
";

/// Answers of an editor about a synthèse to write.
#[derive(Clone, Debug)]
pub struct SyntheseDemandee {
    /// Folder of the synthèse.
    pub id: Slug,
    /// The title.
    pub titre: String,
    /// The territory of the workshop.
    pub territoire: String,
    /// The year of the workshop.
    pub annee: u16,
    /// The names of its tables, in the order of the document; none: the usual ones, where there is a document.
    pub tableaux: Vec<Slug>,
    /// The document received.
    pub document: Option<String>,
    /// True when the tables of the document are to be looked for.
    pub reconnait: bool,
    /// The démarche of the workshop.
    pub demarche: Option<Slug>,
    /// The thématiques of that démarche: identifier and title.
    pub thematiques: Vec<(Slug, String)>,
}

/// The files of a synthèse; the first is its description.
///
/// # Errors
/// Sentences in French about what is missing or wrong.
pub fn synthese(demande: &SyntheseDemandee) -> Result<Vec<Fichier>, Vec<String>> {
    let folder = format!("content/syntheses/{}", demande.id);
    let description = format!("{folder}/synthese.toml");
    if demande.document.is_none() && demande.tableaux.is_empty() {
        return Ok(vec![(description, head(demande)?)]);
    }
    let (declared, models) = tables(demande);
    let mut text = head(demande)?;
    let document = demande.document.as_deref().filter(|_| demande.reconnait);
    let retex = document.and_then(titre_des_fiches);
    text.push_str(&groups(&declared, &models, demande.document.is_some(), retex));
    let mut files = vec![(description, text)];
    if let Some(document) = &demande.document {
        files.push((format!("{folder}/source.txt"), document.clone()));
    }
    let has_source = demande.document.is_some();
    let all = declared.iter().chain(&models);
    let (with, without): (Vec<_>, Vec<_>) = all.partition(|tableau| tableau.a(Nature::Intitule));
    for (id, titre) in demande.thematiques.iter().filter(|_| has_source || !with.is_empty()) {
        let about = format!("Thématique « {} »", ligne(titre));
        let others = demande.thematiques.iter().filter(|(other, _)| other != id);
        let others: Vec<&str> = others.map(|(_, titre)| titre.as_str()).collect();
        let sujet = SujetEbauche {
            id: id.as_str(),
            titre,
            others: &others,
            retex: document.and_then(|document| titre_de_la_thematique(document, titre)),
        };
        let text = models_file(&about, &sujet, &with, has_source);
        files.push((format!("{folder}/tableaux/{id}.toml"), text));
    }
    if !without.is_empty() {
        let about = "Les tableaux sans colonne de thématiques";
        let sujet = SujetEbauche { id: ATELIER, titre: "", others: &[], retex: None };
        let text = models_file(about, &sujet, &without, has_source);
        files.push((format!("{folder}/tableaux/{ATELIER}.toml"), text));
    }
    Ok(files)
}

/// `synthese.toml` of a collection that claims no document.
///
/// # Errors
/// Sentences in French about what is missing or wrong.
pub(super) fn recueil(titre: &str, territoire: &str, annee: u16) -> Result<String, Vec<String>> {
    Ok(commented(&keys::SYNTHESE, &described(titre, territoire, annee)?))
}

/// Values of the keys that a synthèse must have.
fn described(
    titre: &str,
    territoire: &str,
    annee: u16,
) -> Result<Vec<(&'static str, String)>, Vec<String>> {
    let mut faults = Vec::new();
    for (quoi, text) in [("le titre", titre), ("le territoire", territoire)] {
        if ligne(text).is_empty() {
            faults.push(format!("{quoi} manque"));
        }
        if text.chars().count() > LIGNE_MAX {
            faults.push(format!("{quoi} dépasse {LIGNE_MAX} caractères"));
        }
    }
    if !(1900..=2999).contains(&annee) {
        faults.push(format!("« {annee} » n’est pas une année d’atelier"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(vec![
        ("titre", chaine(titre)),
        ("territoire", chaine(territoire)),
        ("annee", annee.to_string()),
    ])
}

/// Tables to declare, then those that are only shown as models because the document has not told where they are.
fn tables(demande: &SyntheseDemandee) -> (Vec<TableauPropose>, Vec<TableauPropose>) {
    let usual: Vec<Slug> = Tableau::USUELS.iter().filter_map(|(_, id, _)| Slug::new(id)).collect();
    let noms = &demande.tableaux;
    let Some(document) = &demande.document else {
        return (noms.iter().map(habituel).collect(), Vec::new());
    };
    let found = match demande.reconnait {
        true => tableaux(document, noms),
        false => Vec::new(),
    };
    let wanted = if noms.is_empty() && found.is_empty() { &usual } else { noms };
    let missing = wanted.iter().filter(|nom| found.iter().all(|t| t.id != nom.as_str()));
    let models = missing.map(habituel).collect();
    (found, models)
}

/// The thématique of a file of tables.
struct SujetEbauche<'a> {
    id: &'a str,
    titre: &'a str,
    /// Titles of the others.
    others: &'a [&'a str],
    /// Group of its heading, when the document was read.
    retex: Option<String>,
}

/// « 3 tableaux reconnus, forme markdown »: what was told apart in the document of a synthèse; nothing without any.
pub fn reconnu(demande: &SyntheseDemandee) -> Option<String> {
    let document = demande.document.as_deref()?;
    let (found, forme) = (tables(demande).0.len(), forme(document).slug());
    let tables = french::count(found, "tableau reconnu", "tableaux reconnus");
    Some(format!("{tables}, forme {forme}"))
}

/// The simple keys, and the form of the document.
fn head(demande: &SyntheseDemandee) -> Result<String, Vec<String>> {
    let mut values = described(&demande.titre, &demande.territoire, demande.annee)?;
    values.extend(demande.demarche.iter().map(|id| ("demarche", chaine(id.as_str()))));
    let Some(document) = &demande.document else {
        return Ok(commented(&keys::SYNTHESE, &values));
    };
    values.push(("etat", chaine(EtatSynthese::EnCours.slug())));
    values.push(("sha256", chaine(&crate::source::sha256(document.as_bytes()))));
    let mut text = commented(&keys::SYNTHESE, &values);
    if let Some(champ) = keys::SYNTHESE.champ("source") {
        let forme = chaine(forme(document).slug());
        text.push_str(&format!("\n# {}.\n[source]\nforme = {forme}\n", champ.sens));
    }
    Ok(text)
}

/// The groups of `synthese.toml`: what is known of its tables, and models of the rest.
fn groups(
    declared: &[TableauPropose],
    models: &[TableauPropose],
    has_source: bool,
    retex: Option<String>,
) -> String {
    let mut text = String::new();
    match retex {
        Some(found) => text.push_str(&format!("\n{found}")),
        None if has_source => text.push_str(&model("[retex]", "retex", &keys::INTITULE)),
        None => (),
    }
    for tableau in declared {
        text.push_str(&table(tableau, has_source));
    }
    for tableau in models {
        let lines = "\nlignes = […]\nlignes_colonnes = […]\ncolonnes = [";
        let shown = table(tableau, true).replacen("\ncolonnes = [", lines, 1);
        text.push_str(&commented_out(&shown));
    }
    if has_source {
        text.push_str(&model("[[exclusions]]", "exclusions", &keys::EXCLUSION));
    }
    for (ligne, texte) in declared.iter().flat_map(|t| &t.repetitions) {
        text.push_str(&format!(
            "\n[[exclusions]]\nligne = {ligne}\ntexte = {}\nraison = {}\n",
            chaine(texte),
            chaine(
                "En-tête du tableau, répété dans le document : c’est le même tableau qui continue."
            ),
        ));
    }
    text.push_str(if has_source { METHODE } else { "" });
    text
}

/// A group that a synthèse may have, its keys as their definitions show them.
fn model(title: &str, nom: &str, groupe: &KeyGroup) -> String {
    let sens = keys::SYNTHESE.champ(nom).map_or("", |champ| champ.sens);
    let mut text = format!("\n# {sens}.\n# {title}\n");
    for champ in groupe.champs {
        // A number would look computed.
        let example = match champ.nom {
            "lignes" => "[…]",
            "ligne" => "…",
            _ => champ.exemple,
        };
        text.push_str(&format!("# {} = {example}\n", champ.nom));
    }
    text
}

/// A table as `synthese.toml` declares it.
fn table(tableau: &TableauPropose, has_source: bool) -> String {
    let mut text = format!(
        "\n[[tableaux]]\nid = {}\ntitre = {}\n",
        chaine(&tableau.id),
        chaine(&tableau.titre)
    );
    let lines = [("lignes", tableau.ligne), ("lignes_colonnes", tableau.ligne_colonnes)];
    for (key, line) in lines.into_iter().filter(|_| has_source) {
        text.push_str(&line.map_or_else(String::new, |line| format!("{key} = [{line}]\n")));
    }
    text.push_str("colonnes = [\n");
    for colonne in &tableau.colonnes {
        text.push_str(&format!("  {},\n", column(colonne)));
    }
    text.push_str("]\n");
    text
}

fn column(colonne: &ColonneProposee) -> String {
    let texte = chaine(&colonne.texte);
    match &colonne.cle {
        Some(cle) => format!("{{ texte = {texte}, cle = {} }}", chaine(cle)),
        None => {
            let natures: Vec<&str> = colonne.natures.iter().map(|nature| nature.slug()).collect();
            format!("{{ texte = {texte}, natures = {} }}", liste(&natures))
        }
    }
}

/// Each line of a text as a comment.
fn commented_out(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".into() } else { format!("# {line}\n") };
    text.lines().map(line).collect()
}

/// `tableaux/<thematique>.toml`: nothing but models.
fn models_file(
    about: &str,
    sujet: &SujetEbauche<'_>,
    tableaux: &[&TableauPropose],
    has_source: bool,
) -> String {
    let mut text = format!(
        "# {about} : ce que la synthèse en dit.\n\
         # Pour chaque texte d’une case, copiez le modèle de sa colonne, ôtez les « # » et mettez le texte tel que reçu.\n#\n",
    );
    let place = if has_source { "lignes" } else { "rangee" };
    for champ in keys::BLOC.champs.iter().filter(|c| ["id", "textes", place].contains(&c.nom)) {
        text.push_str(&format!("# « {} » : {}.\n", champ.nom, french::uncapitalized(champ.sens)));
    }
    if has_source && sujet.id != ATELIER {
        text.push_str("\n# Le titre, dans le document, de la partie qui réunit les fiches de cette thématique.\n");
        let model = "# [retex]\n# titre = \"RETEX 1 Titre de la thématique\"\n# lignes = […]\n";
        text.push_str(sujet.retex.as_deref().unwrap_or(model));
    }
    for tableau in tableaux {
        text.push_str(&models_of(tableau, sujet, has_source));
    }
    text
}

/// A model of a bloc for each key of a table.
fn models_of(tableau: &TableauPropose, sujet: &SujetEbauche<'_>, has_source: bool) -> String {
    let thematique = sujet.id;
    let mut text =
        format!("\n\n# -------------------- {} --------------------\n", ligne(&tableau.titre));
    let known = &tableau.rangees;
    if !known.is_empty() {
        text.push_str(&format!(
            "\n# Les rangées de ce tableau dans source.txt : {} {}.\n",
            if known.len() == 1 { "ligne" } else { "lignes" },
            french::enumerate(known)
        ));
    }
    if has_source {
        let own = match sujet.id {
            ATELIER => Some(tableau.rangees.clone()).filter(|all| !all.is_empty()),
            _ => tableau.lignes_de(sujet.titre, sujet.others),
        };
        let numbers = |all: Vec<usize>| all.iter().map(usize::to_string).collect::<Vec<_>>();
        let own = own.map_or_else(|| "…".to_string(), |all| numbers(all).join(", "));
        text.push_str("\n# Celles de ce fichier.\n");
        text.push_str(&format!("# [{}]\n# lignes = [{own}]\n", tableau.id));
    }
    for colonne in &tableau.colonnes {
        for (n, cle) in colonne.cles().iter().enumerate() {
            let nature = colonne.natures.get(n).map_or(&*colonne.texte, |n: &Nature| n.label());
            text.push_str(&format!(
                "\n# {}\n# [[{}.{cle}]]\n# id = \"{}-{}-{thematique}\"\n",
                ligne(nature),
                tableau.id,
                tableau.id,
                cle.replace('_', "-"),
            ));
            text.push_str(if has_source { "" } else { "# rangee = 1\n" });
            text.push_str("# textes = [\"…\"]\n");
        }
    }
    text
}
