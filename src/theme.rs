//! Which templates and static files make the look: layers, file by file.
//!
//! `themes/local/` → the chosen theme → its parents → the default, which is compiled in. A theme on
//! disk wins over the embedded one of the same name.

pub mod render;
mod modeles;
mod styles;

pub use modeles::{ModeleTheme, modeles};

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use include_dir::{Dir, File, include_dir};

use crate::{
    diag::{Code, Diagnostic},
    model::Config,
    pages::TEMPLATES,
    parse::{DEFAULT_THEME, ThemeToml, theme_toml},
    source::{SitePath, Snapshot, Spanned},
};

/// The default theme, so that the program works alone.
static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/defaut");

/// The number of the contract between views and templates.
const CONTRACT: usize = 1;

/// The folder of the layer that overrides every theme.
pub const LOCAL: &str = "local";

/// The style sheet that pages load after the theme's own, where a layer has it: an académie's charter changes
/// colours and typefaces without copying the rest.
pub const CHARTE: &str = "charte.css";

/// A theme, resolved: what each layer holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theme {
    /// Layers, the strongest first.
    pub layers: Vec<Layer>,
}

/// One folder of templates and static files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// Name, which prefixes the templates: `defaut/fiche.html`.
    pub name: String,
    /// Templates by name: where each lies, and its text.
    pub templates: BTreeMap<String, (SitePath, Arc<str>)>,
    /// Static files by name.
    pub statics: BTreeMap<String, Arc<[u8]>>,
}

impl Theme {
    /// The static files that are published: for each name, the strongest layer's.
    pub fn statics(&self) -> BTreeMap<&str, &Arc<[u8]>> {
        let mut files = BTreeMap::new();
        for layer in self.layers.iter().rev() {
            files.extend(layer.statics.iter().map(|(name, bytes)| (name.as_str(), bytes)));
        }
        files
    }
}

/// Finds the layers of a site's theme.
pub fn resolve(snapshot: &Snapshot, config: &Config, diags: &mut Vec<Diagnostic>) -> Theme {
    let mut layers = Vec::new();
    let local = layer(snapshot, LOCAL, diags);
    if !local.templates.is_empty() || !local.statics.is_empty() {
        layers.push(local);
    }
    let mut wanted = Some(config.theme.clone());
    let mut seen = BTreeSet::new();
    while let Some(name) = wanted.take() {
        if !seen.insert(name.value.clone()) {
            diags.push(
                Diagnostic::new(
                    Code::ThemeInconnu,
                    format!("le thème « {} » est son propre parent", name.value),
                )
                .at(&name.span, "")
                .help("retirez « parent » de l’un de ces thèmes"),
            );
            break;
        }
        if name.value != DEFAULT_THEME && !exists(snapshot, &name.value) {
            diags.push(unknown(snapshot, &name));
            break;
        }
        wanted = description(snapshot, &name.value, diags).and_then(|toml| toml.parent);
        if name.value != DEFAULT_THEME {
            layers.push(layer(snapshot, &name.value, diags));
        } else {
            wanted = None;
        }
    }
    layers.push(layer(snapshot, DEFAULT_THEME, diags));
    orphans(&layers, diags);
    let theme = Theme { layers };
    let published = theme.statics();
    for layer in &theme.layers {
        styles::check(layer, &published, diags);
    }
    theme
}

fn folder(name: &str) -> String {
    format!("themes/{name}")
}

fn exists(snapshot: &Snapshot, name: &str) -> bool {
    snapshot.below(&folder(name)).next().is_some()
}

fn unknown(snapshot: &Snapshot, name: &Spanned<String>) -> Diagnostic {
    let mut known: BTreeSet<&str> = BTreeSet::from([DEFAULT_THEME]);
    known.extend(snapshot.below("themes").filter_map(|f| f.path.as_str().split('/').nth(1)));
    known.remove(LOCAL);
    let known: Vec<&str> = known.into_iter().collect();
    Diagnostic::new(Code::ThemeInconnu, format!("le thème « {} » n’existe pas", name.value))
        .at(&name.span, "")
        .suggest_or(&name.value, &known, format!("thèmes connus : {}", known.join(", ")))
}

/// `theme.toml`; a theme without one has no parent. The embedded theme is ours: not read again.
fn description(snapshot: &Snapshot, name: &str, diags: &mut Vec<Diagnostic>) -> Option<ThemeToml> {
    let path = SitePath::new(format!("{}/theme.toml", folder(name)));
    let Some(text) = snapshot.text(&path) else {
        if name != DEFAULT_THEME {
            diags.push(
                Diagnostic::new(
                    Code::FichierManquant,
                    "ce thème n’a pas sa description, theme.toml",
                )
                .in_file(&path, None)
                .help(format!("créez ce fichier avec une ligne : contrat = {CONTRACT}")),
            );
        }
        return None;
    };
    let toml = theme_toml(&path, text, diags)?;
    if toml.contrat.value != CONTRACT {
        diags.push(
            Diagnostic::new(
                Code::ContratInconnu,
                format!(
                    "ce thème est écrit pour le contrat {} ; ce programme suit le contrat {CONTRACT}",
                    toml.contrat.value
                ),
            )
            .at(&toml.contrat.span, "")
            .help("reprenez ses gabarits d’après ceux du thème « defaut », puis écrivez : contrat = 1"),
        );
    }
    Some(toml)
}

fn layer(snapshot: &Snapshot, name: &str, diags: &mut Vec<Diagnostic>) -> Layer {
    let mut layer = Layer { name: name.to_string(), ..Layer::default() };
    for (path, file) in if name == DEFAULT_THEME { embedded(&EMBEDDED) } else { Vec::new() } {
        if let Some(name) = path.strip_prefix("templates/") {
            if let Some(text) = file.contents_utf8() {
                let place = SitePath::new(format!("{}/{path}", folder(DEFAULT_THEME)));
                layer.templates.insert(name.to_string(), (place, text.into()));
            }
        } else if let Some(name) = path.strip_prefix("static/") {
            layer.statics.insert(name.to_string(), file.contents().into());
        }
    }
    let top = folder(name);
    for file in snapshot.below(&top) {
        let inside = &file.path.as_str()[top.len() + 1..];
        if let Some(template) = inside.strip_prefix("templates/") {
            if let Some(text) = file.as_text() {
                layer.templates.insert(template.to_string(), (file.path.clone(), Arc::clone(text)));
            }
        } else if let Some(name) = inside.strip_prefix("static/") {
            layer.statics.insert(name.to_string(), file.bytes().into());
        } else if inside != "theme.toml" {
            diags.push(
                Diagnostic::new(
                    Code::FichierIgnore,
                    "ce fichier du thème n’est ni un gabarit ni un fichier statique",
                )
                .in_file(&file.path, None)
                .help(
                    "les gabarits sont dans « templates », les fichiers à publier dans « static »",
                ),
            );
        }
    }
    layer
}

/// The files below a folder of the default theme, by path.
fn embedded(folder: &Dir<'static>) -> Vec<(String, &'static File<'static>)> {
    let path = |file: &File<'_>| file.path().to_string_lossy().replace('\\', "/");
    let own = folder.files().map(|file| (path(file), file));
    own.chain(folder.dirs().flat_map(embedded)).collect()
}

/// A template that overrides nothing and that no other template names is a misspelt one.
fn orphans(layers: &[Layer], diags: &mut Vec<Diagnostic>) {
    // The last has nothing below it.
    for (depth, layer) in layers.iter().enumerate().take(layers.len().saturating_sub(1)) {
        let below: BTreeSet<&str> = layers[depth + 1..]
            .iter()
            .flat_map(|l| l.templates.keys().map(String::as_str))
            .collect();
        let known: Vec<&str> = below.iter().copied().chain(TEMPLATES.iter().copied()).collect();
        for (name, (path, _)) in &layer.templates {
            let quoted = format!("\"{name}\"");
            let named = layers[..=depth]
                .iter()
                .flat_map(|l| &l.templates)
                .any(|(_, (_, text))| text.contains(&quoted) || text.contains("{% component"));
            if !below.contains(name.as_str()) && !named {
                diags.push(
                    Diagnostic::new(
                        Code::GabaritOrphelin,
                        format!("le gabarit « {name} » ne remplace rien et rien ne l’emploie"),
                    )
                    .in_file(path, None)
                    .suggest_or(
                        name,
                        &known,
                        "donnez-lui le nom du gabarit à remplacer, ou supprimez-le",
                    ),
                );
            }
        }
    }
}
