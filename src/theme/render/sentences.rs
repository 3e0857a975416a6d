//! French for the twenty sentences of the template engine that the author of a theme meets. Each is
//! recognised by its shape, and what fills it is kept. `render.rs` quotes the others in English.

use crate::diag::nearest;

/// Place where the engine stopped.
pub(super) struct Scene<'a> {
    /// The template, up to there.
    pub(super) before: &'a str,
    /// Underlined text.
    pub(super) here: &'a str,
    /// The names of the templates.
    pub(super) templates: &'a [&'a str],
}

/// Message to the author of the theme: what is wrong, and what to do.
pub(super) type FrenchSentence = (String, Option<String>);

/// A sentence of the engine in French; `None` when it is not in the list.
pub(super) fn say(english: &str, scene: &Scene<'_>) -> Option<FrenchSentence> {
    let read = read(english)?;
    let message = read.message.replace("{ici}", scene.here.trim());
    Some((message, advise(&read, scene)))
}

fn advise(read: &ReadSentence<'_>, scene: &Scene<'_>) -> Option<String> {
    let wrong = read.holes.first().copied().unwrap_or(scene.here);
    let near = |wrong: &str, what: &str, words: &[&str]| match nearest(wrong, words.iter().copied())
    {
        Some(word) => format!("vouliez-vous dire « {word} » ?"),
        None => format!("{what} : {}", words.join(", ")),
    };
    Some(match read.advice {
        Text(text) => text.replace("{0}", wrong),
        Near(what, words) => near(wrong, what, words),
        Template => near(wrong, "gabarits du thème", scene.templates),
        Listed => {
            let names: Vec<&str> = read.holes.last()?.split(", ").collect();
            near(wrong, "champs possibles ici", &names)
        }
        Tag => unclosed(scene.before)
            .filter(|_| PAIRS.iter().any(|(_, end)| *end == scene.here.trim()))
            .unwrap_or_else(|| near(scene.here.trim(), "balises", &TAGS)),
        End => unclosed(scene.before).unwrap_or_else(|| {
            "tout ce qui s’ouvre se ferme : {% if … %} par {% endif %}, {{ par }}".to_string()
        }),
    })
}

/// The last tag of a text that nothing closes, and how to close it.
fn unclosed(text: &str) -> Option<String> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find("{%").map(|found| at + found) {
        at = match text[at..found].find("{#") {
            // What a comment holds is not a tag.
            Some(comment) => {
                let from = at + comment;
                text[from..].find("#}").map_or(text.len(), |end| from + end + 2)
            }
            None => {
                let tag = text[found + 2..].trim_start_matches(['-', '+']).trim_start();
                let name =
                    tag.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                if PAIRS.iter().any(|(start, _)| *start == name) {
                    open.push((name, text[..found].matches('\n').count() + 1));
                } else if let Some((start, _)) = PAIRS.iter().find(|(_, end)| *end == name)
                    && open.last().is_some_and(|(opened, _)| opened == start)
                {
                    open.pop();
                }
                found + 2
            }
        };
    }
    let (name, line) = open.pop()?;
    Some(format!(
        "« {name} », ouvert à la ligne {line}, n’est pas fermé : ajoutez {{% end{name} %}}"
    ))
}

/// Advice to give with a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Advice {
    /// A piece of advice.
    Text(&'static str),
    /// The nearest of these words to what is wrong, or all of them.
    Near(&'static str, &'static [&'static str]),
    /// The nearest template.
    Template,
    /// The nearest of the names that the last hole lists: what the view holds.
    Listed,
    /// A tag that nothing opens, or that does not exist.
    Tag,
    /// The text ends before what it opened.
    End,
}

use Advice::{End, Listed, Near, Tag, Template, Text};

/// One sentence of the engine: its English with `{}` for a name and `{m}` for a kind of thing, its French
/// where `{0}`, `{1}`… take them, and what to advise.
type Sentence = (&'static str, &'static str, Advice);

/// A sentence read back.
#[derive(Debug)]
struct ReadSentence<'a> {
    /// The French.
    message: String,
    /// Text that filled it, as it was.
    holes: Vec<&'a str>,
    /// Advice to give.
    advice: Advice,
}

/// Reads a sentence of the engine.
fn read(english: &str) -> Option<ReadSentence<'_>> {
    SENTENCES.iter().find_map(|(shape, french, advice)| {
        let filled = fill(shape, english)?;
        let mut message = (*french).to_string();
        for (n, (text, is_kind)) in filled.iter().enumerate() {
            let said = if *is_kind { kind(text) } else { (*text).to_string() };
            message = message.replace(&format!("{{{n}}}"), &said);
        }
        let holes = filled.into_iter().map(|(text, _)| text).collect();
        Some(ReadSentence { message, holes, advice: *advice })
    })
}

/// Text in each hole of a shape, with whether it is a kind of thing; `None` when the text has
/// another shape.
fn fill<'a>(shape: &str, text: &'a str) -> Option<Vec<(&'a str, bool)>> {
    let mut holes = Vec::new();
    let (mut shape, mut text) = (shape, text);
    loop {
        let next =
            ["{}", "{m}"].into_iter().filter_map(|hole| Some((shape.find(hole)?, hole))).min();
        let Some((at, hole)) = next else { return (shape == text).then_some(holes) };
        text = text.strip_prefix(&shape[..at])?;
        shape = &shape[at + hole.len()..];
        let literal = shape.find('{').map_or(shape, |end| &shape[..end]);
        // The last hole goes as far as it can, the others as little.
        let end = match literal {
            "" => text.len(),
            _ if literal.len() == shape.len() => text.rfind(literal)?,
            _ => text.find(literal)?,
        };
        holes.push((&text[..end], hole == "{m}"));
        text = &text[end..];
    }
}

/// A kind of thing in French, with its article; a sign of the language between its marks.
fn kind(english: &str) -> String {
    let bare = english.trim_matches('`');
    let french = match bare {
        "identifier" => "un nom",
        "attribute name" => "le nom d’un attribut",
        "string" => "un texte",
        "integer" => "un nombre entier",
        "float" => "un nombre",
        "bool" => "true ou false",
        "content" | "raw content" => "du texte hors des accolades",
        "comment" => "un commentaire",
        _ => return format!("« {bare} »"),
    };
    french.to_string()
}

/// The tags that open a part of a template, each with the one that closes it.
const PAIRS: [(&str, &str); 5] = [
    ("block", "endblock"),
    ("component", "endcomponent"),
    ("filter", "endfilter"),
    ("for", "endfor"),
    ("if", "endif"),
];

/// Every tag.
#[rustfmt::skip]
const TAGS: [&str; 19] = [
    "block", "break", "component", "continue", "elif", "else", "endblock", "endcomponent",
    "endfilter", "endfor", "endif", "endset", "extends", "filter", "for", "if", "include", "set",
    "set_global",
];

/// The filters of the engine.
#[rustfmt::skip]
const FILTERS: [&str; 37] = [
    "abs", "capitalize", "default", "escape", "escape_html", "escape_xml", "first", "float", "get",
    "group_by", "indent", "int", "join", "keys", "last", "length", "lower", "newlines_to_br", "nth",
    "pairs", "pluralize", "replace", "reverse", "round", "safe", "sort", "split", "str", "title",
    "trim", "trim_end", "trim_start", "truncate", "unique", "upper", "values", "wordcount",
];

/// The tests of the engine, after `is`.
#[rustfmt::skip]
const TESTS: [&str; 17] = [
    "array", "bool", "containing", "defined", "divisible_by", "ending_with", "even", "float",
    "integer", "iterable", "map", "none", "number", "odd", "starting_with", "string", "undefined",
];

/// The functions of the engine.
const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

const LOOP: [&str; 5] = ["first", "index", "index0", "last", "length"];

const COMPARE: Advice = Text(
    "comparez cette ligne à ce que fait le gabarit du même nom dans le thème « defaut », qui se lit sans faute",
);
const RENAME: Advice = Text("choisissez un autre nom");
const CLOSE_TEXT: Advice = Text("un texte finit par le signe qui l’ouvre : \"…\" ou '…'");

/// Words of our own `safe`, in the engine’s language as the others.
pub(super) const NOT_HTML: &str = "`safe` can only be used on HTML";

/// The sentences that the author of a theme meets; of two shapes that fit, the first is the right one.
/// A test provokes each of them.
#[rustfmt::skip]
const SENTENCES: &[Sentence] = &[
    ("String opened with `{}` is missing its closing `{}`", "le texte ouvert ici par « {0} » n’est pas fermé", CLOSE_TEXT),
    ("Closing comment tag `{}` not found", "le commentaire ouvert ici n’est pas fermé", Text("ajoutez {0} à sa fin")),
    ("Unexpected character", "ce caractère n’a pas de sens dans une balise", COMPARE),
    ("Unexpected end of input", "le gabarit finit avant ce qu’il a ouvert", End),
    ("Unknown tag", "« {ici} » n’est pas une balise attendue ici", Tag),
    ("Found {m} but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`", "il y a ici {0}, et il faut une valeur : un champ, un texte entre guillemets, un nombre, true ou false", COMPARE),
    ("Found {m} but expected {m}.", "il y a ici {0}, et il faut {1}", COMPARE),
    ("{} was named `{}` in the opening tag, found `{}` as name in the end tag", "ce qui s’ouvre sous le nom « {1} » se ferme sous le nom « {2} »", Text("donnez le même nom aux deux balises")),
    ("Found invalid field of `loop`: {}. Only `index`, `index0`, `first`, `last` and `length` exist.", "« loop » n’a pas de champ « {0} »", Near("champs de « loop »", &LOOP)),
    ("`extends` needs to be the first tag of the template", "« extends » n’est pas la première balise du gabarit", Text("placez-le à la première ligne")),
    ("This content would be ignored: only `extends`, `block` and `component` are allowed at the top level of a child template.", "ceci ne paraîtrait pas : un gabarit qui en complète un autre n’écrit que dans ses blocs", Text("placez-le entre {% block … %} et {% endblock %}")),
    ("Template already contains a block named `{}`", "deux blocs de ce gabarit s’appellent « {0} »", RENAME),
    ("Unknown filter `{}`", "il n’y a pas de filtre « {0} »", Near("filtres", &FILTERS)),
    ("Unknown test `{}`", "il n’y a pas de test « {0} »", Near("tests", &TESTS)),
    ("Unknown function `{}`", "il n’y a pas de fonction « {0} »", Near("fonctions", &FUNCTIONS)),
    ("Unknown component `{}`", "il n’y a pas de composant « {0} »", Text("un composant s’écrit {% component nom() %}…{% endcomponent %}, dans un gabarit du thème")),
    ("Unknown template `{}`", "il n’y a pas de gabarit « {0} »", Template),
    ("Block `{}` is not defined in any parent template", "le gabarit complété n’a pas de bloc « {0} »", Text("un bloc remplace celui du même nom dans le gabarit nommé par « extends »")),
    ("Variable `{}` is not defined. Available variables: {}", "« {0} » n’existe pas ici", Listed),
    ("Field `{}` is not defined. Available fields: {}", "il n’y a pas de champ « {0} » ici", Listed),
    (NOT_HTML, "« safe » ne change pas un texte en HTML : ce qui est ici n’en est pas", Text("retirez ce filtre : ce qui est du HTML dans la vue s’écrit sans lui, et un texte doit rester un texte")),
];

#[cfg(test)]
mod tests {
    use super::{
        super::{Context, ErrorKind, Tera},
        *,
    };

    /// Words of the engine on `page.html`, beside a parent and with `page.titre` to show.
    fn english(template: &str) -> Option<String> {
        let mut tera = Tera::default();
        let parent = ("parent.html", "{% block a %}{% endblock %}");
        let mut context = Context::new();
        context.insert("page", &std::collections::BTreeMap::from([("titre", "x")]));
        let loaded = tera.add_raw_templates([parent, ("page.html", template)]);
        let said = loaded.and_then(|()| tera.render("page.html", &context));
        match said.err()?.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                Some(report.message().to_string())
            }
            ErrorKind::Msg(text) => {
                Some(text.lines().next()?.trim_start_matches("error: ").to_string())
            }
            other => panic!("{template}: {other:?}"),
        }
    }

    /// A template that provokes each sentence, in the order of the table, and the message.
    #[rustfmt::skip]
    const PROVOKED: [(&str, &str); 20] = [
        ("{{ \"page }}", "le texte ouvert ici par « \" » n’est pas fermé"),
        ("{# note", "le commentaire ouvert ici n’est pas fermé"),
        ("{{ page ? }}", "ce caractère n’a pas de sens dans une balise"),
        ("{% if page %}", "le gabarit finit avant ce qu’il a ouvert"),
        ("{% fore a in page %}", "« {ici} » n’est pas une balise attendue ici"),
        ("{{ }}", "il y a ici « }} », et il faut une valeur : un champ, un texte entre guillemets, un nombre, true ou false"),
        ("{{ page }", "il y a ici « } », et il faut « }} »"),
        ("{% block a %}{% endblock b %}", "ce qui s’ouvre sous le nom « a » se ferme sous le nom « b »"),
        ("{% for a in page %}{{ loop.rang }}{% endfor %}", "« loop » n’a pas de champ « rang »"),
        ("x{% extends \"parent.html\" %}", "« extends » n’est pas la première balise du gabarit"),
        ("{% extends \"parent.html\" %}{{ page }}", "ceci ne paraîtrait pas : un gabarit qui en complète un autre n’écrit que dans ses blocs"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "deux blocs de ce gabarit s’appellent « a »"),
        ("{{ page.titre | uper }}", "il n’y a pas de filtre « uper »"),
        ("{{ page is definde }}", "il n’y a pas de test « definde »"),
        ("{{ rang(start=1) }}", "il n’y a pas de fonction « rang »"),
        ("{{ <carte /> }}", "il n’y a pas de composant « carte »"),
        ("{% include \"autre.html\" %}", "il n’y a pas de gabarit « autre.html »"),
        ("{% extends \"parent.html\" %}{% block b %}{% endblock %}", "le gabarit complété n’a pas de bloc « b »"),
        ("{{ titre }}", "« titre » n’existe pas ici"),
        ("{{ page.titer }}", "il n’y a pas de champ « titer » ici"),
    ];

    /// The table is that of the engine that is compiled in: an update that changes a sentence fails here.
    #[test]
    fn each_sentence_is_the_engine_s() {
        let own = SENTENCES.iter().filter(|(shape, ..)| *shape != NOT_HTML);
        assert_eq!(own.clone().count(), PROVOKED.len());
        for ((shape, ..), (template, message)) in own.zip(PROVOKED) {
            let english = english(template).unwrap();
            assert!(fill(shape, &english).is_some(), "{template}: {english}, and not {shape}");
            assert_eq!(read(&english).map(|read| read.message).as_deref(), Some(message));
        }
    }

    /// The words that are proposed are those of the engine.
    #[test]
    fn each_word_is_the_engine_s() {
        let known = |template: String, unknown: &str| {
            let said = english(&template).unwrap_or_default();
            assert!(!said.starts_with(unknown), "{template}: {said}");
        };
        FILTERS.iter().for_each(|word| known(format!("{{{{ page | {word} }}}}"), "Unknown filter"));
        TESTS.iter().for_each(|word| known(format!("{{{{ page is {word} }}}}"), "Unknown test"));
        FUNCTIONS.iter().for_each(|word| known(format!("{{{{ {word}() }}}}"), "Unknown function"));
        LOOP.iter().for_each(|word| {
            let template = format!("{{% for a in page %}}{{{{ loop.{word} }}}}{{% endfor %}}");
            known(template, "Found invalid field");
        });
    }

    #[test]
    fn the_tag_that_nothing_closes() {
        let found = |text| unclosed(text).map(|said| said.split(',').next().map(String::from));
        assert_eq!(found("{% block a %}{% if b %}{% endif %}"), Some(Some("« block »".into())));
        assert_eq!(found("{% block a %}{%- if b %}{# {% endif %} #}"), Some(Some("« if »".into())));
        assert_eq!(found("{% for a in b %}{% endfor %}"), None);
    }

    #[test]
    fn what_fills_a_sentence_is_kept() {
        let said = |english| read(english).map(|read| read.message);
        let expected = "il y a ici « } », et il faut « }} »";
        assert_eq!(said("Found `}` but expected }}.").as_deref(), Some(expected));
        let expected = "il y a ici du texte hors des accolades, et il faut un nom";
        assert_eq!(said("Found content but expected identifier.").as_deref(), Some(expected));
        assert_eq!(said("Something new"), None);
        let listed = read("Variable `veu` is not defined. Available variables: page, vue").unwrap();
        assert_eq!((listed.holes, listed.advice), (vec!["veu", "page, vue"], Listed));
    }
}
