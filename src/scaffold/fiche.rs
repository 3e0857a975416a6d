//! New files of content, each with its comments: what is asked → a text that `check` accepts.

use super::texte::{chaine, ligne, liste, markdown};
use crate::{
    diag::nearest,
    french,
    model::{
        Niveau, TypeLien,
        questions::{LISTE_MAX, manque},
    },
    parse::keys::{self, Key, KeyForm, KeyGroup},
    source::{Date, Slug, slugify},
};

/// The thématiques of a site: identifier and titles.
pub type Thematiques = [(Slug, Vec<String>)];

/// Longest text of a fiche, in characters: « deux ou trois lignes », and a margin for those who have more.
const TEXTE_MAX: usize = 20_000;
/// Longest line, in characters.
pub(super) const LIGNE_MAX: usize = 500;
/// Longest file name made from a title.
const NOM_MAX: usize = 60;

/// Answers of an editor about a fiche to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demande {
    /// The title.
    pub titre: String,
    /// The thématique: its identifier or one of its titles.
    pub thematique: String,
    /// The text.
    pub texte: String,
    /// True when the text is Markdown, to keep as it is.
    pub est_markdown: bool,
    /// Levels: identifiers or labels.
    pub niveaux: Vec<String>,
    /// Addresses, each with its title.
    pub liens: Vec<LienDemande>,
    /// Strong points.
    pub points_forts: Vec<String>,
    /// Irritants.
    pub irritants: Vec<String>,
    /// Keywords.
    pub mots_cles: Vec<String>,
    /// Sub-themes.
    pub sous_thematiques: Vec<String>,
    /// The school.
    pub etablissement: String,
    /// The town.
    pub commune: String,
    /// Who writes.
    pub auteurs: Vec<String>,
    /// The day.
    pub date: Option<Date>,
}

/// An address, and the name of what is there; empty when nobody gave one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LienDemande {
    /// The address.
    pub url: String,
    /// The name.
    pub titre: String,
}

/// The fiche: its file name, without folder, and its text.
///
/// # Errors
/// Everything that is missing or wrong, in French.
pub fn fiche(
    demande: &Demande,
    thematiques: &Thematiques,
) -> Result<(String, String), Vec<String>> {
    let mut faults = Vec::new();
    let texte = match demande.est_markdown {
        true if demande.texte.trim().is_empty() => String::new(),
        true => format!("{}\n", demande.texte.trim_end()),
        false => markdown(&demande.texte),
    };
    let nom = nom_de_fichier(&demande.titre);
    if nom.is_none() {
        faults.push(manque("titre").to_string());
    }
    if texte.is_empty() {
        faults.push(manque("texte").to_string());
    }
    if demande.texte.chars().count() > TEXTE_MAX {
        faults.push(format!("le texte dépasse {} caractères", french::number(TEXTE_MAX)));
    }
    let thematique = thematique(&demande.thematique, thematiques).map_err(|f| faults.push(f)).ok();
    let niveaux = niveaux(&demande.niveaux, &mut faults);
    let liens = liens(&demande.liens, &mut faults);
    lengths(demande, &mut faults);
    let (Some(nom), Some(thematique)) = (nom, thematique) else { return Err(faults) };
    if !faults.is_empty() {
        return Err(faults);
    }

    let mut text = header(demande, &thematique, &niveaux);
    text.push_str(&liens_written(&liens));
    text.push_str("+++\n\n");
    text.push_str(&texte);
    Ok((format!("{nom}.md"), text))
}

/// Values longer than a form lets through.
fn lengths(demande: &Demande, faults: &mut Vec<String>) {
    let liens: Vec<String> =
        demande.liens.iter().flat_map(|l| [l.url.clone(), l.titre.clone()]).collect();
    for (quoi, text) in [
        ("le titre", &demande.titre),
        ("l’établissement", &demande.etablissement),
        ("la commune", &demande.commune),
    ] {
        if text.chars().count() > LIGNE_MAX {
            faults.push(format!("{quoi} dépasse {LIGNE_MAX} caractères"));
        }
    }
    for (quoi, list) in [
        ("les niveaux", &demande.niveaux),
        ("les liens", &liens),
        ("les points forts", &demande.points_forts),
        ("les irritants", &demande.irritants),
        ("les mots-clés", &demande.mots_cles),
        ("les sous-thématiques", &demande.sous_thematiques),
        ("les auteurs", &demande.auteurs),
    ] {
        // Each link has an address and a title.
        if list.len() > if quoi == "les liens" { 2 * LISTE_MAX } else { LISTE_MAX } {
            faults.push(format!("{quoi} : pas plus de {LISTE_MAX}"));
        }
        // An address may be longer than a line of prose.
        if list.iter().any(|text| text.chars().count() > 4 * LIGNE_MAX) {
            faults.push(format!(
                "{quoi} : l’un dépasse {} caractères",
                french::number(4 * LIGNE_MAX)
            ));
        }
    }
}

/// Each key of a fiche under its explanation, links aside.
fn header(demande: &Demande, thematique: &Slug, niveaux: &[&str]) -> String {
    let one = |text: &str| Some(chaine(text)).filter(|_| !ligne(text).is_empty());
    let many = |texts: &[String]| {
        let said: Vec<String> = texts.iter().map(|t| ligne(t)).filter(|t| !t.is_empty()).collect();
        Some(liste(&said)).filter(|_| !said.is_empty())
    };
    let value = |champ: &Key| match champ.nom {
        "titre" => one(&demande.titre),
        "thematique" => one(thematique.as_str()),
        "niveaux" => Some(liste(niveaux)).filter(|_| !niveaux.is_empty()),
        "mots_cles" => many(&demande.mots_cles),
        "sous_thematiques" => many(&demande.sous_thematiques),
        "points_forts" => many(&demande.points_forts),
        "irritants" => many(&demande.irritants),
        "etablissement" => one(&demande.etablissement),
        "commune" => one(&demande.commune),
        "date" => demande.date.map(|date| date.to_string()),
        "auteurs" => many(&demande.auteurs),
        _ => None,
    };
    let mut text = String::from("+++\n");
    text.push_str(
        "# Une ligne qui commence par « # » est une explication, ou une clé facultative :\n",
    );
    text.push_str("# pour employer cette clé, ôtez le « # » et mettez la bonne valeur.\n\n");
    for champ in keys::FICHE.champs {
        // A contribution claims no line of the document received, and a new fiche has no past.
        if matches!(champ.nom, "lignes" | "anciennes_adresses" | "rapprochements" | "liens") {
            continue;
        }
        key(champ, value(champ).as_deref(), &mut text);
    }
    text
}

/// A key under its explanation; commented out when it has no value.
fn key(champ: &Key, value: Option<&str>, text: &mut String) {
    text.push_str(&format!("# {}.\n", champ.sens));
    if let KeyForm::Mots(words) | KeyForm::Mot(words) = champ.forme {
        let words: Vec<&str> = words.iter().map(|(slug, _)| *slug).collect();
        text.push_str(&format!("# Valeurs possibles : {}.\n", words.join(", ")));
    }
    match value {
        Some(value) => text.push_str(&format!("{} = {value}\n\n", champ.nom)),
        None => text.push_str(&format!("# {} = {}\n\n", champ.nom, champ.exemple)),
    }
}

/// The links, or how one is written.
fn liens_written(liens: &[LienDemande]) -> String {
    let sens = keys::FICHE.champ("liens").map_or("", |champ| champ.sens);
    let mut text = format!("# {sens}.\n");
    let kinds: Vec<&str> = TypeLien::MOTS.iter().map(|(s, _)| *s).collect();
    if liens.is_empty() {
        text.push_str("# [[liens]]\n");
        for champ in keys::LIEN.champs.iter().filter(|c| matches!(c.nom, "url" | "type")) {
            text.push_str(&format!("# {} = {}\n", champ.nom, champ.exemple));
        }
    }
    for lien in liens {
        let titre = match ligne(&lien.titre) {
            none if none.is_empty() => String::new(),
            titre => format!("titre = {}\n", chaine(&titre)),
        };
        text.push_str(&format!(
            "[[liens]]\nurl = {}\n{titre}# type = \"article\", ou : {}\n\n",
            chaine(&lien.url),
            kinds.join(", ")
        ));
    }
    ended(text)
}

/// A file name for a title: its slug, cut between two words.
fn nom_de_fichier(titre: &str) -> Option<Slug> {
    let whole = slugify(&ligne(&titre.chars().take(4 * NOM_MAX).collect::<String>()));
    let mut name = whole.as_str();
    while name.len() > NOM_MAX {
        name = match name.rsplit_once('-') {
            Some((start, _)) => start,
            None => name.get(..NOM_MAX)?,
        };
    }
    Slug::new(name)
}

fn thematique(said: &str, known: &Thematiques) -> Result<Slug, String> {
    let said = ligne(said);
    let wanted = french::fold(&said);
    let found = known.iter().find(|(id, titles)| {
        id.as_str() == said || titles.iter().any(|title| french::fold(&ligne(title)) == wanted)
    });
    let names: Vec<String> = known.iter().map(|(id, _)| id.to_string()).collect();
    match found {
        Some((id, _)) => Ok(id.clone()),
        None if said.is_empty() => {
            Err(format!("{}. Celles du site : {}", manque("thematique"), names.join(", ")))
        }
        None => Err(format!(
            "« {} » n’est pas une thématique du site. {}",
            french::first_words(&said, 60),
            suggestion(&said, "Les siennes", &names)
        )),
    }
}

/// The nearest of the known words and all of them.
pub fn suggestion<S: AsRef<str>>(wrong: &str, what: &str, known: &[S]) -> String {
    let words: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
    let near = nearest(wrong, words.iter().copied());
    let near = near.map_or(String::new(), |word| format!("Vouliez-vous dire « {word} » ? "));
    format!("{near}{what} : {}", words.join(", "))
}

fn niveaux(said: &[String], faults: &mut Vec<String>) -> Vec<&'static str> {
    let mut found = Vec::new();
    for text in said.iter().map(|text| ligne(text)) {
        let wanted = french::fold(&text);
        let is_it = |n: &&Niveau| n.slug() == text || french::fold(n.label()) == wanted;
        if let Some(niveau) = Niveau::ALL.iter().find(is_it) {
            found.push(*niveau);
            continue;
        }
        let instead = match crate::parse::niveaux_dits(&text) {
            Some(meant) => format!(" : cochez ou écrivez {}", meant.join(", ")),
            None => {
                let names: Vec<&str> = Niveau::MOTS.iter().map(|(slug, _)| *slug).collect();
                format!(". {}", suggestion(&text, "Valeurs possibles", &names))
            }
        };
        let said = french::first_words(&text, 60);
        faults.push(format!("« {said} » n’est pas un niveau{instead}"));
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(Niveau::slug).collect()
}

fn liens(said: &[LienDemande], faults: &mut Vec<String>) -> Vec<LienDemande> {
    let mut found: Vec<LienDemande> = Vec::new();
    for lien in said {
        let url = ligne(&lien.url);
        if url.is_empty() || found.iter().any(|other| other.url == url) {
            continue;
        }
        match adresse(&url) {
            Ok(()) => found.push(LienDemande { url, titre: lien.titre.clone() }),
            Err(fault) => faults.push(fault),
        }
    }
    found
}

/// Checks that an address can be the link of a fiche.
///
/// # Errors
/// The reason why not, in French.
pub fn adresse(text: &str) -> Result<(), String> {
    let followed = url::Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "https" | "http")
            && url.username().is_empty()
            && url.password().is_none()
    });
    if followed.is_some() && !text.contains(' ') {
        return Ok(());
    }
    Err(format!(
        "« {} » n’est pas une adresse complète, comme https://exemple.fr/page",
        french::first_words(text, 60)
    ))
}

/// A TOML file from its definitions: the values given, then the other keys in comments.
pub(super) fn commented(groupe: &KeyGroup, values: &[(&str, String)]) -> String {
    let value = |nom: &str| values.iter().find(|(known, _)| *known == nom).map(|(_, v)| v.as_str());
    let is_group = |c: &Key| matches!(c.forme, KeyForm::Groupe(_) | KeyForm::Groupes(_));
    let shown = groupe.champs.iter().filter(|c| value(c.nom).is_some() || !is_group(c));
    let mut text = format!("# {}.\n\n", groupe.sens);
    shown.for_each(|champ| key(champ, value(champ.nom), &mut text));
    ended(text)
}

/// A group of a file of keys, all of them commented.
pub(super) fn groupe_commente(nom: &str, groupe: &KeyGroup) -> String {
    let mut text = format!("# {}.\n[{nom}]\n\n", groupe.sens);
    groupe.champs.iter().for_each(|champ| key(champ, None, &mut text));
    ended(text)
}

/// A text with one end of line at its end.
fn ended(text: String) -> String {
    format!("{}\n", text.trim_end())
}

/// A page of the site.
///
/// # Errors
/// Sentences in French about what is missing or wrong.
pub fn page(titre: &str) -> Result<String, Vec<String>> {
    if ligne(titre).is_empty() {
        return Err(vec!["le titre manque".into()]);
    }
    if titre.chars().count() > LIGNE_MAX {
        return Err(vec![format!("le titre dépasse {LIGNE_MAX} caractères")]);
    }
    Ok(format!("+++\ntitre = {}\n+++\n\nTexte de la page : à compléter.\n", chaine(titre)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names() {
        let name = |titre: &str| nom_de_fichier(titre).map(|s| s.to_string());
        assert_eq!(name("L’été à l’école").as_deref(), Some("l-ete-a-l-ecole"));
        assert_eq!(name("!?"), None);
        assert!(name(&"mot ".repeat(90)).is_some_and(|n| n.len() <= NOM_MAX));
        assert!(name(&"x".repeat(90)).is_some_and(|n| n.len() == NOM_MAX));
    }
}
