//! A whole new site, for another territory: content to complete, guide, forms, continuous integration.

use include_dir::{Dir, include_dir};
use serde_json::{Map, Value, json};

use super::{
    Fichier,
    fiche::{Demande, commented, fiche, groupe_commente},
    formulaire::{formulaire_github, formulaire_gitlab},
    guide::{CONTRIBUER, PUBLIER, TRANSCRIRE},
    synthese::recueil,
    texte::chaine,
};
use crate::{
    parse::{SCHEMAS, keys},
    source::{Date, Slug},
};

/// The files that are written as they are.
static MODELES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/scaffold/modeles");

/// Lines by which a forge gets the program, where a model says « @obtenir@ ».
const OBTENIR: &str = include_str!("obtenir.sh");

/// Address where this program was published, known to whoever compiled it to publish it; a forge tells its own.
const PUBLICATION: Option<&str> = option_env!("RETEX_PUBLICATION");

/// The five subjects of the états généraux: identifier, title, short title.
const THEMATIQUES: [(&str, &str, &str); 5] = [
    ("egal-acces", "Garantir un égal accès au numérique pour tous", "Égal accès"),
    ("enseigner-apprendre", "Enseigner et apprendre avec le numérique", "Enseigner et apprendre"),
    ("travailler-ensemble", "Travailler ensemble autrement", "Travailler ensemble"),
    (
        "responsable-souverain",
        "Favoriser le développement d'un numérique responsable et souverain",
        "Responsable et souverain",
    ),
    (
        "gouvernance-anticipation",
        "Mettre en place de nouvelles formes de gouvernance et de nouveaux outils d'anticipation",
        "Gouvernance et anticipation",
    ),
];

/// The synthèse of a new site.
const EXEMPLE: &str = "exemple";

/// The files of a new site.
///
/// # Errors
/// Never with the embedded models; their faults would be said in French.
pub fn site(jour: Date) -> Result<Vec<Fichier>, Vec<String>> {
    let titles: Vec<String> = THEMATIQUES.iter().map(|(_, titre, _)| titre.to_string()).collect();
    let mut files: Vec<Fichier> = Vec::new();
    copy(&MODELES, &mut files);
    let mut add = |path: &str, text: String| files.push((path.to_string(), text));

    let settings = [
        commented(
            &keys::SITE,
            &[
                ("titre", chaine("Retours d'expérience du numérique éducatif")),
                (
                    "description",
                    chaine("Un site à compléter : dites ici, en une phrase, ce qu'il publie."),
                ),
            ],
        ),
        groupe_commente("mentions", &keys::MENTIONS),
        groupe_commente("accessibilite", &keys::ACCESSIBILITE),
    ];
    add("content/site.toml", settings.join("\n"));
    for (index, (id, titre, court)) in THEMATIQUES.iter().enumerate() {
        add(
            &format!("content/thematiques/{id}.md"),
            format!(
                "+++\nnumero = {}\ntitre = {}\ntitre_court = {}\n+++\n\nIntroduction à compléter par l'éditeur du site.\n",
                index + 1,
                chaine(titre),
                chaine(court)
            ),
        );
    }
    let folder = format!("content/syntheses/{EXEMPLE}");
    add(
        &format!("{folder}/synthese.toml"),
        recueil("Recueil d'exemple, à remplacer", "Territoire à compléter", jour.year)?,
    );
    let known: Vec<(Slug, Vec<String>)> =
        THEMATIQUES.iter().filter_map(|(id, ..)| Some((Slug::new(id)?, Vec::new()))).collect();
    let (name, text) = fiche(&example(jour), &known)?;
    add(&format!("{folder}/retex/{name}"), text);

    add("CONTRIBUER.md", CONTRIBUER.to_string());
    add("PUBLIER.md", PUBLIER.to_string());
    add("TRANSCRIRE.md", TRANSCRIRE.to_string());
    add(".github/ISSUE_TEMPLATE/fiche-retex.yml", formulaire_github(&titles));
    add(".gitlab/issue_templates/Nouvelle fiche RETEX.md", formulaire_gitlab(&titles));
    let mut described: Vec<(String, String)> = Vec::new();
    // Editors of TOML know nothing of the headers of Markdown files.
    for schema in SCHEMAS.iter().filter(|schema| schema.is_toml()) {
        let path = format!("schemas/{}.json", schema.nom);
        // Associations are regular expressions.
        let pattern = schema.fichiers.replace('.', "\\.").replace('*', "[^/]+");
        files.push((path.clone(), schema.text()));
        described.push((path, format!("{pattern}$")));
    }
    files.extend(reglages_vscode(&described));
    files.sort();
    Ok(files)
}

/// A fiche that nobody can take for a real one.
fn example(jour: Date) -> Demande {
    Demande {
        titre: "Exemple de fiche, à supprimer".into(),
        thematique: "enseigner-apprendre".into(),
        texte: "Cette fiche est un exemple : elle ne raconte aucune expérience réelle. Elle montre où \
                s'écrivent les deux ou trois lignes d'un retour d'expérience. Supprimez-la quand la \
                première vraie fiche est là."
            .into(),
        niveaux: vec!["elementaire".into()],
        mots_cles: vec!["exemple".into()],
        points_forts: vec!["Un point fort d'exemple".into()],
        irritants: vec!["Un irritant d'exemple".into()],
        auteurs: vec!["Nom ou fonction à compléter".into()],
        date: Some(jour),
        ..Demande::default()
    }
}

fn copy(folder: &Dir<'_>, files: &mut Vec<Fichier>) {
    for file in folder.files() {
        // A model bears « point- » for its leading point, which packages and searches would skip.
        let path = file.path().display().to_string().replace('\\', "/");
        let path: Vec<String> = path
            .split('/')
            .map(|part| match part.strip_prefix("point-") {
                Some(name) => format!(".{name}"),
                None => part.to_string(),
            })
            .collect();
        if let Some(text) = file.contents_utf8() {
            files.push((path.join("/"), completed(text)));
        }
    }
    for below in folder.dirs() {
        copy(below, files);
    }
}

/// A model with what it leaves to be said, at its own margin.
fn completed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.split_once("@obtenir@") {
            Some((margin, _)) => {
                for line in OBTENIR.lines() {
                    out.push_str(format!("{margin}{line}").trim_end());
                    out.push('\n');
                }
            }
            None => out.push_str(&line.replace("@publication@", PUBLICATION.unwrap_or_default())),
        }
    }
    out
}

/// The settings of VS Code and VSCodium. Each schema, a path, goes with a pattern of the files it describes.
fn reglages_vscode(schemas: &[(String, String)]) -> Vec<Fichier> {
    let associations: Map<String, Value> = schemas
        .iter()
        .map(|(schema, files)| (files.clone(), json!(format!("./{schema}"))))
        .collect();
    // Not for texts of every kind: the document received stays as it is, to the byte.
    let written = json!({ "files.insertFinalNewline": true });
    let mut settings = json!({
        "files.encoding": "utf8",
        "files.eol": "\n",
        "[markdown]": written,
        "[toml]": written,
        "editor.wordWrap": "on",
        "files.exclude": { "output": true },
        // VS Code speaks to no program by itself: the extension that is recommended does.
        "glspc.server.command": "retex",
        "glspc.server.commandArguments": ["lsp"],
        "glspc.server.languageId": ["markdown", "toml"],
    });
    if !associations.is_empty() {
        settings["evenBetterToml.schema.associations"] = Value::Object(associations);
    }
    let extensions = json!({
        "recommendations":
            ["tamasfe.even-better-toml", "editorconfig.editorconfig", "zsol.vscode-glspc"]
    });
    [("settings", settings), ("extensions", extensions)]
        .into_iter()
        .map(|(name, value)| (format!(".vscode/{name}.json"), format!("{value:#}\n")))
        .collect()
}
