//! Views → bytes. The only file that names tera.

mod variables;

use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Tera};

use crate::{
    diag::{Code, Diagnostic},
    pages::{TEMPLATES, View},
    source::{SitePath, Snapshot, Span},
    theme::Theme,
};

/// A theme's templates, loaded.
pub struct Renderer {
    tera: Tera,
    /// Where each template lies, by its prefixed name.
    places: BTreeMap<String, SitePath>,
}

impl Renderer {
    /// Loads the templates of a theme. `None` when one cannot be read: nothing can be rendered.
    pub fn new(theme: &Theme, diags: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut places = BTreeMap::new();
        let mut templates = Vec::new();
        let mut broken = false;
        for (depth, layer) in theme.layers.iter().enumerate() {
            for (name, (place, text)) in &layer.templates {
                let prefixed = format!("{}/{name}", layer.name);
                if is_shadowed(theme, depth, name, &prefixed) {
                    continue;
                }
                broken |= !check_syntax(&prefixed, place, text, diags);
                places.insert(prefixed.clone(), place.clone());
                templates.push((prefixed, text.to_string()));
            }
        }
        if broken {
            return None;
        }
        let mut tera = Tera::default();
        let prefixes: Vec<String> = theme.layers.iter().map(|l| format!("{}/", l.name)).collect();
        let loaded = tera
            .set_fallback_prefixes(prefixes)
            .and_then(|()| tera.add_raw_templates(templates.iter().map(|(n, t)| (n, t.as_str()))));
        if let Err(error) = loaded {
            diags.push(explain(&error, &places));
            return None;
        }
        for name in TEMPLATES.iter().filter(|name| !tera.contains_template(name)) {
            diags.push(Diagnostic::new(
                Code::GabaritEnErreur,
                format!("aucune couche du thème n’a le gabarit « {name} »"),
            ));
            broken = true;
        }
        (!broken).then_some(Self { tera, places })
    }

    /// Renders a page.
    ///
    /// # Errors
    /// A diagnostic in the template, when it asks for what the view does not have.
    pub fn page(&self, view: &View) -> Result<Vec<u8>, Diagnostic> {
        let context = Context::from_serialize(view).map_err(|e| explain(&e, &self.places))?;
        let mut bytes = Vec::with_capacity(16 * 1024);
        self.tera
            .render_to(view.vue.template(), &context, &mut bytes)
            .map_err(|e| explain(&e, &self.places))?;
        Ok(bytes)
    }
}

/// Holds the theme's own templates to the views of the site. Whether one names a field that its views
/// do not have: then rendering would only repeat it.
pub fn names_unknown_fields<'a>(
    theme: &Theme,
    snapshot: &Snapshot,
    views: impl Iterator<Item = &'a View>,
    diags: &mut Vec<Diagnostic>,
) -> bool {
    let own = |place: &SitePath| snapshot.files.contains_key(place);
    let templates = theme.layers.iter().flat_map(|layer| &layer.templates);
    let mut templates = templates.filter(|(_, (place, _))| own(place)).peekable();
    // The templates compiled into the program are held to it by their tests.
    if templates.peek().is_none() {
        return false;
    }
    let shapes = variables::Shapes::of(views);
    let before = diags.len();
    for (name, (place, text)) in templates {
        shapes.check(name, place, text, diags);
    }
    diags.len() > before
}

/// Whether a stronger layer has a template of this name and nobody asks for this one by its prefix.
/// It is then left out: it could extend a layout that the stronger layer made differently.
fn is_shadowed(theme: &Theme, depth: usize, name: &str, prefixed: &str) -> bool {
    let stronger = theme.layers[..depth].iter().any(|layer| layer.templates.contains_key(name));
    let quoted = [format!("\"{prefixed}\""), format!("'{prefixed}'")];
    let mut all = theme.layers.iter().flat_map(|layer| layer.templates.values());
    stronger && !all.any(|(_, text)| quoted.iter().any(|q| text.contains(q.as_str())))
}

/// Reads a template alone: tera stops at the first syntax error of a set, and we want all of them.
fn check_syntax(name: &str, place: &SitePath, text: &str, diags: &mut Vec<Diagnostic>) -> bool {
    let mut alone = Tera::default();
    let Err(error) = alone.add_raw_template(name, text) else { return true };
    if !matches!(error.kind(), ErrorKind::SyntaxError(_)) {
        return true;
    }
    diags.push(explain(&error, &BTreeMap::from([(name.to_string(), place.clone())])));
    false
}

/// tera's report as a diagnostic; its own words are English and go into the advice.
fn explain(error: &tera::Error, places: &BTreeMap<String, SitePath>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let headline = if matches!(error.kind(), ErrorKind::SyntaxError(_)) {
                "ce gabarit est mal écrit ici"
            } else {
                "ce gabarit demande ici ce que la vue n’a pas"
            };
            let diagnostic = Diagnostic::new(Code::GabaritEnErreur, headline);
            let diagnostic = match places.get(report.filename()) {
                Some(place) => diagnostic.at(&Span::new(place, report.span().range.clone()), ""),
                None => diagnostic,
            };
            diagnostic.aide(format!("détail donné par tera : {}", report.message()))
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("ce gabarit complète « {parent} », qui n’existe pas");
            let diagnostic = Diagnostic::new(Code::GabaritEnErreur, message).aide(
                "« extends » nomme un gabarit de ce thème, de son parent ou du thème « defaut »",
            );
            match places.get(current) {
                Some(place) => diagnostic.in_file(place, None),
                None => diagnostic,
            }
        }
        _ => Diagnostic::new(Code::GabaritEnErreur, "les gabarits du thème ne vont pas ensemble")
            .aide(format!("détail donné par tera : {error}")),
    }
}
