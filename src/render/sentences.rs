//! What the template engine says, in French. It speaks English, in a closed list of sentences: each is
//! recognised here by its shape, and what fills it is kept. `mod.rs` quotes the others as they are.

use crate::diag::nearest;

/// Where the engine stopped.
pub(super) struct Scene<'a> {
    /// The template, up to there.
    pub(super) before: &'a str,
    /// What is underlined.
    pub(super) here: &'a str,
    /// The names of the templates.
    pub(super) templates: &'a [&'a str],
}

/// What is said to the author of the theme: what is wrong, and what to do.
pub(super) type Said = (String, Option<String>);

/// A sentence of the engine in French; `None` when it is not in the list.
pub(super) fn say(english: &str, scene: &Scene<'_>) -> Option<Said> {
    let read = read(english)?;
    let message = read.message.replace("{ici}", scene.here.trim());
    Some((message, advise(&read, scene)))
}

fn advise(read: &Read<'_>, scene: &Scene<'_>) -> Option<String> {
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

/// What to advise with a sentence.
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
struct Read<'a> {
    /// The French.
    message: String,
    /// What filled it, as it was.
    holes: Vec<&'a str>,
    /// What to advise.
    advice: Advice,
}

/// Reads a sentence of the engine.
fn read(english: &str) -> Option<Read<'_>> {
    SENTENCES.iter().find_map(|(shape, french, advice)| {
        let filled = fill(shape, english)?;
        let mut message = (*french).to_string();
        for (n, (text, is_kind)) in filled.iter().enumerate() {
            let said = if *is_kind { kind(text) } else { (*text).to_string() };
            message = message.replace(&format!("{{{n}}}"), &said);
        }
        let holes = filled.into_iter().map(|(text, _)| text).collect();
        Some(Read { message, holes, advice: *advice })
    })
}

/// What fills the holes of a shape, each with whether it is a kind of thing; `None` when the text has
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
        "string" | "&str" | "String" => "un texte",
        "integer" | "u64" | "i64" | "u128" | "i128" | "usize" | "u8" => "un nombre entier",
        "float" | "f64" | "f32" | "number" | "Number" => "un nombre",
        "bool" => "true ou false",
        "array" | "Array" | "Vec<Value>" | "&[Value]" => "une liste",
        "map/struct" | "map" => "un groupe de champs",
        "bytes" => "des octets",
        "none" | "undefined" => "rien",
        "content" | "raw content" => "du texte hors des accolades",
        "comment" => "un commentaire",
        "for loop" => "une boucle « for »",
        "block" => "un bloc",
        "if statement" => "un « if »",
        "component definition" => "un composant",
        "filter section" => "un « filter »",
        "set block" => "un « set »",
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
const TAGS: [&str; 19] = [
    "block",
    "break",
    "component",
    "continue",
    "elif",
    "else",
    "endblock",
    "endcomponent",
    "endfilter",
    "endfor",
    "endif",
    "endset",
    "extends",
    "filter",
    "for",
    "if",
    "include",
    "set",
    "set_global",
];

/// The filters of the engine.
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The tests of the engine, after `is`.
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// The functions of the engine.
const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

const LOOP: [&str; 5] = ["first", "index", "index0", "last", "length"];

const COMPARE: Advice = Text(
    "comparez cette ligne à ce que fait le gabarit du même nom dans le thème « defaut », qui se lit sans faute",
);
const RENAME: Advice = Text("choisissez un autre nom");
const LITERAL: Advice = Text("n’y mettez que des textes, des nombres, true ou false");
const SIMPLER: Advice = Text("coupez-la en plusieurs, avec {% set nom = … %}");
const CLOSE_TEXT: Advice = Text("un texte finit par le signe qui l’ouvre : \"…\" ou '…'");
const FIELDS: Advice = Text("les champs de chaque page sont ceux que le thème « defaut » emploie");
const DEFINED: Advice = Text("demandez d’abord s’il existe : {% if vue.champ is defined %}");
const KINDS: Advice =
    Text("les genres sont : string, bool, integer, float, number, bytes, array et map");

/// What our own `safe` says, in the engine’s language as the others.
pub(super) const NOT_HTML: &str = "`safe` can only be used on HTML";

/// The closed list; of two shapes that fit, the first is the right one.
#[rustfmt::skip]
const SENTENCES: &[Sentence] = &[
    // Reading characters.
    ("Invalid float", "ce nombre est mal écrit", COMPARE),
    ("Invalid Integer", "ce nombre entier est trop grand", COMPARE),
    ("String opened with `{}` is missing its closing `{}`", "le texte ouvert ici par « {0} » n’est pas fermé", CLOSE_TEXT),
    ("unexpected end of string", "le texte ouvert ici n’est pas fermé", CLOSE_TEXT),
    ("unexpected escape character", "dans un texte, « \\ » ne précède pas n’importe quel caractère", Text("écrivez \\\\ pour une barre oblique inverse")),
    ("unexpected end of raw block", "la partie « raw » ouverte ici n’est pas fermée", Text("ajoutez {% endraw %} à sa fin")),
    ("Closing comment tag `{}` not found", "le commentaire ouvert ici n’est pas fermé", Text("ajoutez {0} à sa fin")),
    ("Unexpected character", "ce caractère n’a pas de sens dans une balise", COMPARE),

    // Reading tags.
    ("Unexpected end of input", "le gabarit finit avant ce qu’il a ouvert", End),
    ("Unknown tag", "« {ici} » n’est pas une balise attendue ici", Tag),
    ("Found {m} but was expecting `elif`, `else` or `endif`.", "il y a ici {0}, et il faut « elif », « else » ou « endif »", COMPARE),
    ("Found `<` but expected identifier after it for component call. Use `<` for comparisons in proper context.", "après « < », il faut ici le nom d’un composant", COMPARE),
    ("Found `<` but expected identifier after it for XML component call.", "après « < », il faut ici le nom d’un composant", COMPARE),
    ("Found {m} but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`", "il y a ici {0}, et il faut une valeur : un champ, un texte entre guillemets, un nombre, true ou false", COMPARE),
    ("Found {m} but expected `...`, a string, an integer or a bool.", "il y a ici {0}, et il faut une clé : un texte, un nombre entier, true ou false", COMPARE),
    ("Found {m} but expected `/` or `>`", "il y a ici {0}, et il faut « / » ou « > »", COMPARE),
    ("Expected \"string\" or {expression} but found {m}", "il y a ici {0}, et il faut un texte entre guillemets ou une valeur entre accolades", COMPARE),
    ("Found {m} but the only types allowed are: string, bool, integer, float, number, bytes, array and map", "il y a ici {0}, et il faut un genre de valeur", KINDS),
    ("Found {m} but `-` can only be followed by an integer or a float", "après « - », il y a ici {0}, et il faut un nombre", COMPARE),
    ("Found {m} but component default arguments can only be one of: string, bool, integer, float, array or map", "il y a ici {0}, et il faut une valeur écrite en entier", LITERAL),
    ("Found {m} but expected {m}.", "il y a ici {0}, et il faut {1}", COMPARE),
    ("{} was named `{}` in the opening tag, found `{}` as name in the end tag", "ce qui s’ouvre sous le nom « {1} » se ferme sous le nom « {2} »", Text("donnez le même nom aux deux balises")),
    ("Identifiers can only have up to {} nested brackets.", "trop de crochets l’un dans l’autre : {0} au plus", SIMPLER),
    ("Arrays can have a maximum of {} dimensions.", "trop de listes l’une dans l’autre : {0} au plus", SIMPLER),
    ("The expression is too complex", "cette expression est trop compliquée", SIMPLER),
    ("The template nesting is too deep", "trop de balises l’une dans l’autre", Text("déplacez-en une partie dans un autre gabarit, avec « include »")),
    ("Found invalid field of `loop`: {}. Only `index`, `index0`, `first`, `last` and `length` exist.", "« loop » n’a pas de champ « {0} »", Near("champs de « loop »", &LOOP)),
    ("Function calls are only allowed at the first element of a chain", "une fonction ne s’appelle pas après un point", COMPARE),
    ("`-` and `not` cannot be used consecutively.", "« - » et « not » ne se suivent pas", COMPARE),
    ("`not` is only valid here as part of `not in`", "ici, « not » ne s’emploie que dans « not in »", COMPARE),
    ("`{}` is not allowed after `~`", "« {0} » ne suit pas « ~ »", COMPARE),
    ("Components with body content must use tag syntax: {% <component()> %}...{% </component> %}", "un composant qui a un contenu s’ouvre et se ferme par des balises", Text("écrivez {% <nom()> %}…{% </nom> %}")),
    ("Unclosed component '{}'", "le composant « {0} » n’est pas fermé", Text("ajoutez {% </{0}> %} à sa fin")),
    ("Closing tag '{}' doesn't match opening tag '{}'", "« {1} » s’ouvre, et c’est « {0} » qui se ferme", Text("donnez le même nom aux deux balises")),
    ("{} is a reserved keyword of Tera, it cannot be {}", "« {0} » est un mot du langage des gabarits", RENAME),
    ("List comprehensions support only a single `for` clause.", "une liste écrite avec « for » n’en a qu’un", COMPARE),
    ("Invalid {}: this {} should only contain literal values.", "il faut ici des valeurs écrites en entier", LITERAL),
    ("The name `body` is reserved for component body content.", "« body » est le nom du contenu d’un composant", RENAME),
    ("Rest parameter `{}` conflicts with an existing parameter.", "un autre paramètre s’appelle « {0} »", RENAME),
    ("Rest parameter must be the last parameter in component definition.", "le paramètre qui prend le reste est le dernier", COMPARE),
    ("Component argument `{}` is defined more than once", "le paramètre « {0} » est écrit deux fois", Text("n’en gardez qu’un")),
    ("Keyword argument `{}` is defined more than once", "« {0} » est donné deux fois", Text("n’en gardez qu’un")),
    ("Default value for `{}` has type `{m}` but the argument has type `{m}`", "« {0} » attend {2}, et sa valeur par défaut est {1}", KINDS),
    ("Invalid syntax for `set`: expecting an `=` followed by an expression or a `%}}`", "« set » donne une valeur à un nom", Text("écrivez {% set nom = valeur %}, ou {% set nom %}…{% endset %}")),
    ("Template is already extending `{}`", "ce gabarit complète déjà « {0} »", Text("un gabarit n’en complète qu’un : retirez l’un des « extends »")),
    ("`extends` needs to be the first tag of the template", "« extends » n’est pas la première balise du gabarit", Text("placez-le à la première ligne")),
    ("`extends` cannot be nested in other tags.", "« extends » est dans une autre balise", Text("placez-le à la première ligne")),
    ("This content would be ignored: only `extends`, `block` and `component` are allowed at the top level of a child template.", "ceci ne paraîtrait pas : un gabarit qui en complète un autre n’écrit que dans ses blocs", Text("placez-le entre {% block … %} et {% endblock %}")),
    ("Template already contains a block named `{}`", "deux blocs de ce gabarit s’appellent « {0} »", RENAME),
    ("Blocks cannot be written inside a {m}.", "un bloc ne s’écrit pas dans {0}", Text("placez-le autour, ou remplacez-le par « include »")),
    ("`{}` cannot be used inside a {m}", "« {0} » ne s’emploie pas dans {1}", COMPARE),
    ("{} can only be used in a for loop", "« {0} » ne s’emploie que dans une boucle « for »", COMPARE),

    // Putting templates together.
    ("Unknown filter `{}`", "il n’y a pas de filtre « {0} »", Near("filtres", &FILTERS)),
    ("Unknown test `{}`", "il n’y a pas de test « {0} »", Near("tests", &TESTS)),
    ("Unknown function `{}`", "il n’y a pas de fonction « {0} »", Near("fonctions", &FUNCTIONS)),
    ("Unknown component `{}`", "il n’y a pas de composant « {0} »", Text("un composant s’écrit {% component nom() %}…{% endcomponent %}, dans un gabarit du thème")),
    ("Unknown template `{}`", "il n’y a pas de gabarit « {0} »", Template),
    ("Block `{}` is not defined in any parent template", "le gabarit complété n’a pas de bloc « {0} »", Text("un bloc remplace celui du même nom dans le gabarit nommé par « extends »")),
    ("Component `{}` is defined in both `{}` and `{}`", "le composant « {0} » est écrit deux fois, dans « {1} » et « {2} »", RENAME),
    ("Template '{}' not found", "il n’y a pas de gabarit « {0} »", Template),

    // Rendering.
    ("Variable `{}` is not defined. Available variables: {}", "« {0} » n’existe pas ici", Listed),
    ("Variable `{}` is not defined.", "« {0} » n’existe pas ici", FIELDS),
    ("Variable `{}` exists but its value is undefined", "« {0} » n’a pas de valeur ici", DEFINED),
    ("Field `{}` is not defined. Available fields: {}", "il n’y a pas de champ « {0} » ici", Listed),
    ("Field `{}` is not defined.", "il n’y a pas de champ « {0} » ici", FIELDS),
    ("Field `{}` is not defined", "ce qui devrait contenir le champ « {0} » n’existe pas", FIELDS),
    ("Tried to render a variable that is undefined", "« {ici} » n’existe pas ici", FIELDS),
    ("Tried to escape an undefined value", "cette valeur n’existe pas ici", FIELDS),
    ("Cannot index into an undefined value", "ceci n’existe pas : il n’y a rien à y prendre", DEFINED),
    ("Index expression is undefined", "ce qui est entre crochets n’existe pas", DEFINED),
    ("Cannot slice an undefined value", "ceci n’existe pas : il n’y a rien à y prendre", DEFINED),
    ("Slice {} is undefined", "une borne de cet extrait n’existe pas", DEFINED),
    ("Slice {} must be an integer, got `{m}`", "une borne de cet extrait est {1}, et il faut un nombre entier", COMPARE),
    ("Slicing step cannot be 0", "le pas d’un extrait n’est pas 0", COMPARE),
    ("Slicing can only be used on arrays or strings, not on `{m}`.", "un extrait se prend dans une liste ou un texte, et ceci est {0}", COMPARE),
    ("{m} index must be an integer, got `{m}`.", "un rang est un nombre entier, et ceci est {1}", COMPARE),
    ("Map keys must be strings, integers, or bools, got `{m}`.", "une clé est un texte, et ceci est {0}", COMPARE),
    ("Not a valid key type", "ceci ne peut pas être une clé", COMPARE),
    ("Iteration not possible on type `{m}`", "« for » parcourt une liste, et ceci est {0}", COMPARE),
    ("Key/value iteration is not possible on type `{m}`, only on maps.", "« for clé, valeur » parcourt un groupe de champs, et ceci est {0}", COMPARE),
    ("Spread operator requires a map, found `{m}`", "« ... » attend un groupe de champs, et ceci est {0}", COMPARE),
    ("Spread operator requires an array, found `{m}`", "« ... » attend une liste, et ceci est {0}", COMPARE),
    ("super() called outside of a block", "« super() » est hors d’un bloc", Text("placez-le entre {% block … %} et {% endblock %}")),
    ("Tried to use super() in the top level block", "« super() » n’a rien à reprendre : ce bloc n’en remplace aucun", Text("retirez-le, ou complétez par « extends » le gabarit à reprendre")),
    ("Cannot compare `{m}` with `{m}`", "{0} et {1} ne se comparent pas", COMPARE),
    ("Cannot sort: `{m}` and `{m}` are not comparable", "{0} et {1} ne se comparent pas : cette liste ne se trie pas", COMPARE),
    ("Math operations can only be done on numbers, found `{m}`", "un calcul se fait sur des nombres, et ceci est {0}", COMPARE),
    ("Only numbers can be used in arithmetic. This is a `{m}`", "un calcul se fait sur des nombres, et ceci est {0}", COMPARE),
    ("Only numbers can be negated. This is a `{m}`", "« - » se met devant un nombre, et ceci est {0}", COMPARE),
    ("`+` requires both operands to be numbers, found `{m}` and `{m}`", "« + » ajoute des nombres, et il y a ici {0} et {1}", Text("pour joindre deux textes, écrivez ~")),
    ("Cannot divide by 0", "ce calcul divise par 0", COMPARE),
    ("Unable to perform {}", "ce calcul ne peut pas se faire : {0}", COMPARE),
    ("`in` cannot be used on a container of type `{m}`. It can only be used on arrays, strings and map/structs", "« in » cherche dans une liste, un texte ou un groupe de champs, et ceci est {0}", COMPARE),
    ("Value `{}` is not a container; cannot check for containment", "« containing » cherche dans une liste, un texte ou un groupe de champs", COMPARE),
    ("Invalid type for the value, expected `{m}` but got `{m}`", "il faut ici {0}, et ceci est {1}", COMPARE),
    ("Missing keyword argument `{}`", "il manque « {0} » entre les parenthèses", Text("ajoutez, par exemple : ({0}=…)")),
    ("Value `{}` is out of range for `{}`", "{0} est trop grand, ou trop petit", COMPARE),
    ("Value of type {m} has no length", "ceci est {0} : il n’y a rien à compter", COMPARE),
    ("Value of type {m} cannot be reversed", "ceci est {0} : il n’y a rien à renverser", COMPARE),
    ("Value of type {m} cannot be converted to {}", "ceci est {0} : aucun nombre n’en sort", COMPARE),
    ("The string `{}` cannot be converted to {}", "« {0} » n’est pas un nombre", COMPARE),
    ("The float {} cannot be converted to an int{}", "{0} n’est pas un nombre entier", COMPARE),
    ("Value `{}` is a float; {}", "{0} n’est pas un nombre entier", COMPARE),
    (NOT_HTML, "« safe » ne change pas un texte en HTML : ce qui est ici n’en est pas", Text("retirez ce filtre : ce qui est du HTML dans la vue s’écrit sans lui, et un texte doit rester un texte")),
    ("This filter can only be used on a number, received `{m}`.", "ce filtre s’applique à un nombre, et ceci est {0}", COMPARE),
    ("pluralize filter requires an integer, got `{m}`", "« pluralize » s’applique à un nombre entier, et ceci est {0}", COMPARE),
    ("int filter `base` must be between 2 and 36, got {}", "la base de « int » va de 2 à 36", COMPARE),
    ("Invalid argument for `method`: {}. {}", "« round » ne connaît pas « {0} »", Near("façons d’arrondir", &["ceil", "floor"])),
    ("Value at index {} (a {m}) does not have an attribute at path: {}", "un élément de cette liste n’a pas de champ « {2} »", FIELDS),
    ("Map does not have a key {} and no default values were defined", "il n’y a pas de champ « {0} », ni de valeur par défaut", Text("ajoutez, par exemple : default=\"\"")),
    ("The `indentation` argument must contain exactly one character", "le retrait est d’un seul caractère", COMPARE),
    ("Function `range` {}", "« range » ne peut pas faire cette suite", Text("range(start=1, end=4) donne 1, 2 et 3")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_is_read_back_as_itself() {
        for (shape, french, _) in SENTENCES {
            let english = shape.replace("{m}", "string").replace("{}", "nom");
            let read = read(&english).unwrap();
            let first = SENTENCES.iter().find(|(s, ..)| fill(s, &english).is_some());
            assert_eq!(first.map(|(s, ..)| s), Some(shape), "{english}");
            assert!(!french.is_empty() && !read.message.contains("{0}"), "{read:?}");
            for n in 0..3 {
                assert!(!read.message.contains(&format!("{{{n}}}")), "{read:?}");
            }
        }
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
