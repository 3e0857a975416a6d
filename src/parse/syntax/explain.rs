//! One mistake of a line of TOML, in the words of whoever writes fiches.

use std::ops::Range;

use super::{
    NOT_CLOSED, Parts,
    meant::{bare_address, two_keys},
    parts,
};
use crate::{
    diag::Code,
    french::signes::espace,
    parse::{
        ailleurs::{likely_key, same_key},
        jours::{self, NoDay},
        keys::{KeyForm, KeyGroup},
        valeur::{Brut, is_toml, read},
    },
};

/// A mistake: the part of the line to underline, the words for it, advice when no line is to be written.
pub(super) struct Faute {
    pub(super) part: Range<usize>,
    pub(super) message: String,
    pub(super) aide: String,
    pub(super) code: Code,
}

const QUOTED: &str = "un texte s’écrit entre deux guillemets droits, sur une seule ligne : \"…\"";
const LISTED: &str = "une liste s’écrit entre crochets, avec des virgules : [\"…\", \"…\"]";
const EXAMPLE: &str = "par exemple : titre = \"Webradio en maternelle\"";
const BACKSLASH: &str = "une barre oblique inversée annonce ici un signe qui n’existe pas";
const APOSTROPHE: &str =
    "une apostrophe ferme ce texte trop tôt : elle ne peut servir ici de guillemet";
const CURLY: [char; 7] = ['“', '”', '„', '«', '»', '‘', '`'];

fn faute(part: Range<usize>, message: impl Into<String>, aide: &str) -> Faute {
    Faute { part, message: message.into(), aide: aide.into(), code: Code::TomlInvalide }
}

/// Mistake of a line.
pub(super) fn explain(line: &str, english: &str, groupe: &KeyGroup) -> Faute {
    let about = |word: &str| english.contains(word);
    let whole = 0..line.len();
    if let Some(faute) = odd_space(line) {
        return faute;
    }
    if about("duplicate key") {
        return twice(line, groupe);
    }
    if line.starts_with('[') && !line.contains(['"', '=']) {
        return faute(
            whole,
            "ce titre de groupe n’est pas fermé",
            "autant de crochets à la fin qu’au début : [[liens]]",
        );
    }
    if line.starts_with('=') {
        return faute(whole, "il manque le nom de la clé", EXAMPLE);
    }
    if let Some(faute) = of_shape(line, groupe) {
        return faute;
    }
    let Some(cut) = parts(line, groupe) else {
        return shapeless(line, english);
    };
    let at = line.len() - line.trim_start().len();
    if cut.sign != "=" && !cut.value.is_empty() {
        let message = match cut.sign {
            "" | ":" => "il manque le signe « = » entre la clé et la valeur",
            _ => "entre la clé et la valeur, il ne faut que le signe « = »",
        };
        return faute(whole, message, EXAMPLE);
    }
    let start = line[at..].find(cut.key).map_or(at, |found| at + found);
    let is_bare = cut.key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    if !is_bare {
        let message = "le nom d’une clé n’a ni accent, ni espace";
        return faute(start..start + cut.key.len(), message, EXAMPLE);
    }
    if cut.value.is_empty() {
        return no_value(line, &cut, groupe);
    }
    let from = line.len() - line.trim_end().len();
    let from = line.len() - from - cut.comment.len() - cut.value.len();
    let mut found = of_value(&cut, english, groupe);
    found.part = from + found.part.start..from + found.part.end;
    found
}

/// A line that holds too much, or an address without its key.
fn of_shape(line: &str, groupe: &KeyGroup) -> Option<Faute> {
    let is_title = |(title, rest): (&str, &str)| title.starts_with('[') && rest.contains('=');
    let (message, aide) = if bare_address(line).is_some() {
        (
            "il manque la clé de cette adresse",
            "écrivez l’adresse entre guillemets, après sa clé : url = \"https://…\"",
        )
    } else if line.split_once("]]").is_some_and(is_title) {
        ("le titre d’un groupe est seul sur sa ligne", "allez à la ligne après [[liens]]")
    } else if two_keys(line, groupe).is_some() {
        ("il y a deux clés sur cette ligne", "écrivez chacune sur la sienne")
    } else {
        return None;
    };
    Some(faute(0..line.len(), message, aide))
}

/// A line that is neither a key with its value nor a title.
fn shapeless(line: &str, english: &str) -> Faute {
    let (whole, about) = (0..line.len(), |word: &str| english.contains(word));
    if line.trim_end_matches(' ').ends_with(",,") {
        let commas = line.trim_end_matches([',', ' ']).len()..line.len();
        return faute(commas, "il y a deux virgules de suite dans cette liste", LISTED);
    }
    let is_item = ["comma", "array"].iter().any(|w| about(w));
    match is_item || line.starts_with(['"', '{', ']']) {
        true => {
            faute(whole, "cette liste est mal écrite : il manque une virgule ou un crochet", LISTED)
        }
        false => faute(whole, "cette ligne n’a pas la forme « clé = valeur »", EXAMPLE),
    }
}

/// A key without a value.
fn no_value(line: &str, cut: &Parts<'_>, groupe: &KeyGroup) -> Faute {
    let key = likely_key(cut.key, groupe);
    let name = key.unwrap_or(cut.key);
    let key = key.and_then(|key| groupe.champ(key));
    let example = key.map_or("\"…\"", |key| key.exemple);
    let aide = format!("écrivez, par exemple : {name} = {example}");
    faute(0..line.len(), "il manque la valeur de cette clé", &aide)
}

fn twice(line: &str, groupe: &KeyGroup) -> Faute {
    let is_url = line.starts_with("url") && groupe.champ("url").is_some_and(|key| key.obligatoire);
    let is_title = line.starts_with('[');
    let key = line.find(['=', ']']).map_or(line, |end| &line[..end]);
    let end = (key.trim_end().len() + usize::from(is_title)).min(line.len());
    let (message, aide) = match is_title {
        true => ("ce groupe est écrit deux fois", "réunissez leurs clés dans un seul"),
        false if is_url => (
            "cette clé est écrite deux fois",
            "pour une autre adresse, ouvrez un autre groupe : [[liens]]",
        ),
        false => ("cette clé est écrite deux fois", "n’en gardez qu’une"),
    };
    Faute { code: Code::CleEnDouble, ..faute(0..end, message, aide) }
}

/// A space that looks like any other and that TOML does not know, outside a text.
fn odd_space(line: &str) -> Option<Faute> {
    let mut inside = None;
    let (at, c) = line.char_indices().find(|(at, c)| {
        match inside {
            None if matches!(c, '"' | '\'' | '“' | '«') => inside = Some(*c),
            Some('«') if *c == '»' => inside = None,
            Some('“') if *c == '”' => inside = None,
            Some(quote) if quote == *c => inside = None,
            _ => {}
        }
        let is_edge = line[..*at].trim().is_empty() || line[*at..].trim().is_empty();
        (inside.is_none() || is_edge) && espace(*c).is_some()
    })?;
    let message = format!("il y a ici un caractère invisible : {}", espace(c)?);
    Some(faute(
        at..at + c.len_utf8(),
        message,
        "effacez-le et tapez une espace avec la barre d’espace",
    ))
}

/// Mistake of a value, with its place in it.
fn of_value(cut: &Parts<'_>, english: &str, groupe: &KeyGroup) -> Faute {
    let value = cut.value;
    let whole = 0..value.len();
    let forme = same_key(cut.key, groupe).and_then(|key| groupe.champ(key)).map(|key| key.forme);
    for marks in ["\"\"\"", "'''"] {
        if value.starts_with(marks) && value.matches(marks).count() == 1 {
            return faute(whole, NOT_CLOSED, &format!("ajoutez {marks} à la fin de ce texte"));
        }
    }
    if let Some(faute) = extra_sign(value) {
        return faute;
    }
    let first = value.trim_start_matches(['[', ' ']).chars().next().unwrap_or(' ');
    if CURLY.contains(&first) || first == '’' && value.trim_end_matches(']').ends_with('’') {
        return faute(whole, "ces guillemets ne sont pas des guillemets droits", QUOTED);
    }
    if let Some(faute) = wrong_date(value, english, forme) {
        return faute;
    }
    if value.len() > 1 && value.starts_with('0') && value.bytes().all(|b| b.is_ascii_digit()) {
        return faute(whole, "un nombre ne commence pas par zéro", "écrivez le nombre seul : 12");
    }
    if value.starts_with('[') {
        return wrong_list(value, english);
    }
    wrong_text(value, forme, english)
}

/// Signs after the value, or between the texts of a list, that nothing asks for.
fn extra_sign(value: &str) -> Option<Faute> {
    let bare = value.trim_end_matches([',', ';', '.', ' ']);
    if bare.len() < value.len() && !bare.is_empty() && is_toml(&format!("a = {bare}")) {
        let signs = bare.len()..value.len();
        let message = format!(
            "il y a un signe de trop, « {} », après la valeur",
            value[signs.clone()].trim()
        );
        return Some(faute(signs, message, "effacez-le"));
    }
    if !value.starts_with('[') {
        return None;
    }
    let outside = |at: usize| value[..at].matches('"').count().is_multiple_of(2);
    let squeezed: String = value.split_whitespace().collect();
    let comma = value.match_indices(',').map(|(at, _)| at).find(|at| {
        let after = value[at + 1..].trim_start();
        outside(*at) && (after.starts_with(',') || value[1..*at].trim().is_empty())
    })?;
    let message = match squeezed.starts_with("[,") {
        true => "il y a une virgule de trop au début de cette liste",
        false => "il y a deux virgules de suite dans cette liste",
    };
    let end = value[comma..].rfind([',']).map_or(comma + 1, |_| {
        comma + value[comma..].find(|c: char| c != ',' && c != ' ').unwrap_or(1)
    });
    let end = comma + value[comma..end].trim_end().len();
    Some(faute(comma..end, message, LISTED))
}

/// A date written otherwise than TOML does.
fn wrong_date(value: &str, english: &str, forme: Option<KeyForm>) -> Option<Faute> {
    let digits = value.starts_with(|c: char| c.is_ascii_digit());
    let is_wanted = matches!(forme, Some(KeyForm::Jour));
    let bare = value.trim_matches(|c: char| c == '"' || c == '\'' || CURLY.contains(&c));
    let why = match jours::iso(bare) {
        Ok(_) if is_wanted || digits => {
            let is_year_first =
                bare.get(..4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()));
            let message = match is_year_first {
                _ if bare.contains(char::is_alphabetic) => {
                    "cette date n’est pas écrite en chiffres"
                }
                true => {
                    "dans une date, le mois et le jour ont deux chiffres, et un tiret les sépare"
                }
                false => "cette date n’est pas écrite dans l’ordre année, mois, jour",
            };
            let aide = "une date s’écrit année, mois, jour : 2021-03-04";
            return Some(faute(0..value.len(), message, aide));
        }
        Ok(_) => return None,
        Err(why) => why,
    };
    let told = ["date", "time", "month", "day"].iter().any(|w| english.contains(w));
    let why = if digits && told && why == NoDay::Unread { NoDay::Impossible } else { why };
    let looks_so = digits && value.contains(['/', '.', '-']) && forme.is_none();
    if !(is_wanted || looks_so || digits && told) {
        return None;
    }
    let (message, aide) = why.told();
    let code = if why == NoDay::Impossible { Code::DateImpossible } else { Code::TomlInvalide };
    Some(Faute { code, ..faute(0..value.len(), message, aide) })
}

fn wrong_list(value: &str, english: &str) -> Faute {
    let whole = 0..value.len();
    let quotes = value.replace("\\\\", "").replace("\\\"", "").matches('"').count();
    let outside: String = value.split('"').step_by(2).collect();
    let more =
        |open: char, close: char| outside.matches(open).count() > outside.matches(close).count();
    let told = [
        (value.trim_start_matches(['[', ' ']).starts_with('\''), APOSTROPHE),
        (quotes % 2 == 1, "il manque un guillemet dans cette liste"),
        (more('{', '}'), "il manque une accolade fermante"),
        (more('[', ']'), "il manque un crochet à la fin de cette liste"),
        (value.contains(CURLY) && quotes == 0, "ces guillemets ne sont pas des guillemets droits"),
        (
            outside.contains(';'),
            "dans une liste, c’est une virgule qui sépare, et non un point-virgule",
        ),
        (more(']', '['), "il y a un crochet de trop à la fin de cette liste"),
        (
            english.contains("must be quoted") || quotes == 0,
            "un texte de cette liste n’est pas entre guillemets",
        ),
        (english.contains("comma"), "il manque une virgule dans cette liste"),
    ];
    let told = told.into_iter().find(|(is_it, _)| *is_it);
    let message = told.map_or("cette liste est mal écrite", |(_, message)| message);
    let aide = match value.contains('{') {
        true => {
            "une liste s’écrit entre crochets, avec des virgules : [{ vers = \"…\", preuve = \"…\" }]"
        }
        false => LISTED,
    };
    faute(whole, message, aide)
}

fn wrong_text(value: &str, forme: Option<KeyForm>, english: &str) -> Faute {
    let whole = 0..value.len();
    let quotes = value.replace("\\\\", "").replace("\\\"", "").matches('"').count();
    let is_list = matches!(forme, Some(KeyForm::Textes | KeyForm::Mots(_)));
    if is_list && value.starts_with(['"', '\'']) && matches!(read(value), Some(Brut::Liste(_))) {
        return faute(whole, "cette liste n’a pas de crochets", LISTED);
    }
    let (opens, closes) = (value.starts_with('"'), value.ends_with('"'));
    if let Some(last) = value.chars().next_back().filter(|c| "”»“".contains(*c))
        && opens
        && quotes == 1
    {
        let place = value.len() - last.len_utf8()..value.len();
        return faute(place, "ce guillemet fermant n’est pas un guillemet droit", QUOTED);
    }
    let inner = "à l’intérieur d’un texte, écrivez « … », ou \\\" à la place du guillemet";
    let is_escape = opens && quotes == 2 && value.contains('\\') || english.contains("escape");
    let told = [
        (opens && quotes == 1, "il manque le guillemet à la fin de ce texte", QUOTED),
        (is_escape, BACKSLASH, "écrivez deux barres à la place d’une : \\\\"),
        (value.starts_with('\''), APOSTROPHE, QUOTED),
        (opens && quotes > 2, "un guillemet ferme ce texte trop tôt", inner),
        (closes && quotes == 1, "il manque le guillemet au début de ce texte", QUOTED),
    ];
    if let Some((_, message, aide)) = told.into_iter().find(|(is_it, ..)| *is_it) {
        return faute(whole, message, aide);
    }
    let flag = "écrivez true ou false";
    let (message, aide) = match (forme, crate::french::fold(value).as_str()) {
        (_, "true" | "false") => ("cette valeur s’écrit en minuscules", flag),
        (Some(KeyForm::Drapeau) | None, "vrai" | "oui" | "faux" | "non") => {
            ("cette valeur s’écrit en anglais, sans guillemets", flag)
        }
        (Some(KeyForm::Drapeau), _) => ("cette valeur n’est ni true ni false", flag),
        (Some(KeyForm::Textes | KeyForm::Mots(_)), _) => {
            ("cette liste n’a ni crochets ni guillemets", LISTED)
        }
        (Some(KeyForm::Nombre | KeyForm::Nombres | KeyForm::Pourcentage), _) => (
            "cette valeur n’est pas un nombre",
            "un nombre s’écrit en chiffres, sans guillemets : 12",
        ),
        _ => ("ce texte n’est pas entre guillemets", QUOTED),
    };
    faute(whole, message, aide)
}
