//! Views → bytes. With `markdown/html.rs`, the only file that names tera.

mod sentences;
mod variables;

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

pub use variables::Shapes;

use crate::{
    diag::{Code, Diagnostic},
    pages::{TEMPLATES, View},
    source::{SitePath, Snapshot, Span},
    theme::Theme,
};

/// A theme's templates, loaded.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    written: TemplateSources,
}

/// The templates as they are written, with the place of each, by prefixed name.
type TemplateSources = BTreeMap<String, (SitePath, Arc<str>)>;

impl Renderer {
    /// Loads the templates of a theme. `None` when one cannot be read: nothing can be rendered.
    pub fn new(theme: &Theme, diags: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut written = TemplateSources::new();
        let mut broken = false;
        for (depth, layer) in theme.layers.iter().enumerate() {
            for (name, (place, text)) in &layer.templates {
                let prefixed = format!("{}/{name}", layer.name);
                if is_shadowed(theme, depth, name, &prefixed) {
                    continue;
                }
                broken |= !check_syntax(&prefixed, place, text, diags);
                written.insert(prefixed, (place.clone(), Arc::clone(text)));
            }
        }
        if broken {
            return None;
        }
        let mut tera = Tera::default();
        tera.register_filter("safe", safe);
        let prefixes: Vec<String> = theme.layers.iter().map(|l| format!("{}/", l.name)).collect();
        let loaded = tera
            .set_fallback_prefixes(prefixes)
            .and_then(|()| tera.add_raw_templates(written.iter().map(|(n, (_, t))| (n, &**t))));
        if let Err(error) = loaded {
            diags.extend(explain(&error, &written));
            return None;
        }
        for name in TEMPLATES.iter().filter(|name| !tera.contains_template(name)) {
            diags.push(Diagnostic::new(
                Code::GabaritEnErreur,
                format!("aucune couche du thème n’a le gabarit « {name} »"),
            ));
            broken = true;
        }
        (!broken).then_some(Self { tera, written })
    }
}

/// The engine’s own `safe` lets any text through as HTML. Ours changes nothing of what is HTML already, which needs no
/// filter, and refuses the rest: only its maker knows that a text is safe.
fn safe(value: Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    if value.is_safe() { Ok(value) } else { Err(tera::Error::message(sentences::NOT_HTML)) }
}

impl Renderer {
    /// Renders a page.
    ///
    /// # Errors
    /// Diagnostics in a template, when it asks for what the view does not have.
    pub fn page(&self, view: &View) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let page = Context::from_serialize(view)
            .and_then(|context| self.tera.render(view.vue.template(), &context))
            .map_err(|error| explain(&error, &self.written))?;
        Ok(unindented(page).into_bytes())
    }
}

/// A page without the indentation of its templates, a byte in twenty-five; where spaces count they stay.
fn unindented(page: String) -> String {
    let some = page.contains("<pre") || page.contains("<textarea");
    let last = |line: &str, tags: [&str; 2]| tags.iter().filter_map(|tag| line.rfind(tag)).max();
    let (mut out, mut inside) = (String::with_capacity(page.len()), false);
    for line in page.split_inclusive('\n') {
        out.push_str(if inside { line } else { line.trim_start_matches(' ') });
        if some {
            let opened = last(line, ["<pre", "<textarea"]);
            let closed = last(line, ["</pre>", "</textarea>"]);
            inside = if opened == closed { inside } else { opened > closed };
        }
    }
    out
}

/// The templates of a theme that the site itself holds, by name. Those compiled into the program are held
/// to their views by its tests.
fn own<'a>(
    theme: &'a Theme,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = (&'a String, &'a (SitePath, Arc<str>))> {
    let templates = theme.layers.iter().flat_map(|layer| &layer.templates);
    templates.filter(|(_, (place, _))| snapshot.files.contains_key(place))
}

/// Room for the shapes of the views, when the site has templates of its own, to be held to them.
pub fn shapes(theme: &Theme, snapshot: &Snapshot) -> Option<Shapes> {
    own(theme, snapshot).next().map(|_| Shapes::default())
}

/// Holds the site's own templates to what its views hold. True when one names a field that its views do not have:
/// then what rendering said only repeats it.
pub fn names_unknown_fields(
    theme: &Theme,
    snapshot: &Snapshot,
    shapes: Option<Shapes>,
    diags: &mut Vec<Diagnostic>,
) -> bool {
    let Some(shapes) = shapes.map(Shapes::learnt) else { return false };
    let before = diags.len();
    let layers = theme.layers.iter().flat_map(|layer| &layer.templates);
    let all: Vec<(&str, &str)> = layers.map(|(name, (_, text))| (name.as_str(), &**text)).collect();
    // Of one that no page of this site uses, nobody knows the views.
    for (name, (place, text)) in own(theme, snapshot).filter(|(n, _)| shapes.is_used(n, &all)) {
        shapes.check(name, place, text, diags);
    }
    diags.len() > before
}

/// True when a stronger layer has a template of this name and nobody asks for this one by its prefix.
/// It is then left out: it could extend a layout that the stronger layer made differently.
fn is_shadowed(theme: &Theme, depth: usize, name: &str, prefixed: &str) -> bool {
    let stronger = theme.layers[..depth].iter().any(|layer| layer.templates.contains_key(name));
    let quoted = [format!("\"{prefixed}\""), format!("'{prefixed}'")];
    let mut all = theme.layers.iter().flat_map(|layer| layer.templates.values());
    stronger && !all.any(|(_, text)| quoted.iter().any(|q| text.contains(q.as_str())))
}

/// Reads a template alone: tera stops at the first syntax error of a set, and we want all of them.
fn check_syntax(
    name: &str,
    place: &SitePath,
    text: &Arc<str>,
    diags: &mut Vec<Diagnostic>,
) -> bool {
    let mut alone = Tera::default();
    let Err(error) = alone.add_raw_template(name, text) else { return true };
    if !matches!(error.kind(), ErrorKind::SyntaxError(_)) {
        return true;
    }
    diags.extend(explain(
        &error,
        &TemplateSources::from([(name.to_string(), (place.clone(), Arc::clone(text)))]),
    ));
    false
}

/// tera's report in French. It has one mistake of the reading or of the rendering; of what ties templates
/// together (filters, names), all.
fn explain(error: &tera::Error, written: &TemplateSources) -> Vec<Diagnostic> {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            vec![said(report.message(), report.filename(), Some(range), written)]
        }
        ErrorKind::MissingParent { current, parent } => {
            let range = written
                .get(current)
                .and_then(|(_, text)| text.find(parent.as_str()).map(|at| at..at + parent.len()));
            vec![said(&format!("Unknown template `{parent}`"), current, range, written)]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
        | ErrorKind::CircularInclude { tpl, include_chain: chain } => {
            let chain: Vec<&str> = chain.iter().map(|name| bare(name)).collect();
            let circle = Diagnostic::new(Code::GabaritEnErreur, "ce gabarit revient à lui-même")
                .help(format!("chemin suivi : {}", chain.join(", puis ")));
            vec![located(circle, written.get(tpl), None)]
        }
        ErrorKind::Msg(text) if text.starts_with("error: ") => {
            let reports = text.split("error: ").skip(1);
            reports.map(|report| from_printed(report, written)).collect()
        }
        _ => vec![said(&error.to_string(), "", None, written)],
    }
}

/// Reads back a report that tera gives printed: its sentence, `--> file:line:column`, the line, and the
/// signs under what is wrong.
fn from_printed(report: &str, written: &TemplateSources) -> Diagnostic {
    let lines: Vec<&str> = report.trim_end().lines().collect();
    let sentence = lines.first().copied().unwrap_or_default();
    let locus = lines.iter().find_map(|line| line.trim_start().strip_prefix("--> "));
    let mut parts = locus.unwrap_or_default().rsplitn(3, ':');
    let (column, line) = (parts.next(), parts.next());
    let file = parts.next().unwrap_or_default();
    let rank = |text: Option<&str>| text?.parse::<usize>().ok()?.checked_sub(1);
    let width = lines.get(4).map_or(1, |signs| signs.matches('^').count());
    let range = written.get(file).and_then(|(_, text)| {
        let above: Vec<&str> = text.split_inclusive('\n').take(rank(line)? + 1).collect();
        let (line, above) = above.split_last()?;
        let start: usize = above.iter().map(|line| line.len()).sum();
        let at = |n| line.char_indices().nth(n).map_or(line.len(), |(at, _)| at);
        let column = rank(column)?;
        Some(start + at(column)..start + at(column + width))
    });
    said(sentence, file, range, written)
}

/// One sentence of tera at its place.
fn said(
    english: &str,
    file: &str,
    range: Option<Range<usize>>,
    written: &TemplateSources,
) -> Diagnostic {
    let templates: Vec<&str> = written.keys().map(|name| bare(name)).collect();
    let place = written.get(file);
    let at = place
        .zip(range.as_ref())
        .and_then(|((_, text), range)| Some((text.get(..range.start)?, text.get(range.clone())?)));
    let (before, here) = at.unwrap_or_default();
    let scene = sentences::Scene { before, here, templates: &templates };
    let diagnostic = match sentences::say(english, &scene) {
        Some((message, advice)) => {
            let diagnostic = Diagnostic::new(Code::GabaritEnErreur, message);
            advice.into_iter().fold(diagnostic, Diagnostic::help)
        }
        None => Diagnostic::new(Code::GabaritEnErreur, "ce gabarit est mal écrit ici")
            .help(format!("détail donné par tera, en anglais : {english}")),
    };
    located(diagnostic, place, range.filter(|_| at.is_some()))
}

fn located(
    diagnostic: Diagnostic,
    place: Option<&(SitePath, Arc<str>)>,
    range: Option<Range<usize>>,
) -> Diagnostic {
    match (place, range) {
        (Some((place, _)), Some(range)) => diagnostic.at(&Span::new(place, range), ""),
        (Some((place, _)), None) => diagnostic.in_file(place, None),
        (None, _) => diagnostic,
    }
}

/// A template's name without its layer.
fn bare(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, name)| name)
}
