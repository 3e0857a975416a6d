//! JSON Schemas of the TOML files, from the definitions that the reader obeys: an editor that knows
//! them completes and underlines as one types.

use serde_json::{Map, Value, json};

use super::champs::{self, Champ, Forme, Groupe};

/// A schema, the files it describes and its own file name.
#[derive(Debug)]
pub struct Schema {
    /// `site.json`.
    pub nom: &'static str,
    /// The TOML files of a site that follow it, as a pattern.
    pub fichiers: &'static str,
    groupe: &'static Groupe,
}

/// The schemas of the TOML files, and of the headers of Markdown files.
pub const SCHEMAS: [Schema; 9] = [
    Schema { nom: "site", fichiers: "content/site.toml", groupe: &champs::SITE },
    Schema { nom: "glossaire", fichiers: "content/glossaire.toml", groupe: &champs::GLOSSAIRE },
    Schema {
        nom: "synthese",
        fichiers: "content/syntheses/*/synthese.toml",
        groupe: &champs::SYNTHESE,
    },
    Schema {
        nom: "tableaux",
        fichiers: "content/syntheses/*/tableaux/*.toml",
        groupe: &champs::TABLEAUX,
    },
    Schema { nom: "theme", fichiers: "themes/*/theme.toml", groupe: &champs::THEME },
    Schema { nom: "fiche", fichiers: "content/syntheses/*/retex/*.md", groupe: &champs::FICHE },
    Schema { nom: "methode", fichiers: "content/syntheses/*/methode.md", groupe: &champs::METHODE },
    Schema { nom: "thematique", fichiers: "content/thematiques/*.md", groupe: &champs::THEMATIQUE },
    Schema { nom: "page", fichiers: "content/pages/*.md", groupe: &champs::PAGE },
];

impl Schema {
    /// True when its files are TOML as a whole, and not a header in Markdown.
    pub fn is_toml(&self) -> bool {
        self.fichiers.ends_with(".toml")
    }

    /// The schema (JSON Schema, draft 2020-12), with a final new line.
    pub fn text(&self) -> String {
        let mut schema = Map::new();
        schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
        schema.insert("title".into(), json!(self.groupe.sens));
        if let Value::Object(body) = of_groupe(self.groupe) {
            schema.extend(body);
        }
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn of_groupe(groupe: &Groupe) -> Value {
    let properties: Map<String, Value> =
        groupe.champs.iter().map(|champ| (champ.nom.to_string(), of_champ(champ))).collect();
    let required: Vec<&str> =
        groupe.champs.iter().filter(|champ| champ.obligatoire).map(|champ| champ.nom).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn of_champ(champ: &Champ) -> Value {
    let mut schema = of_forme(champ.forme);
    if let Value::Object(fields) = &mut schema {
        fields.insert("description".into(), json!(format!("{}.", champ.sens)));
    }
    schema
}

fn of_forme(forme: Forme) -> Value {
    let text = json!({ "type": "string", "pattern": "\\S" });
    let number = json!({ "type": "integer", "minimum": 1 });
    let word = |vocabulaire: champs::Vocabulaire| -> Value {
        let words = vocabulaire.mots();
        let all = words.iter().map(|(slug, label)| json!({ "const": slug, "title": label }));
        json!({ "oneOf": all.collect::<Vec<_>>() })
    };
    let list = |items: Value| json!({ "type": "array", "items": items });
    match forme {
        Forme::Texte => text,
        Forme::Textes => list(text),
        Forme::Nombre => number,
        Forme::Nombres => list(number),
        Forme::Drapeau => json!({ "type": "boolean" }),
        // TOML has days; what reads it as JSON sees their text.
        Forme::Jour => json!({ "type": "string", "format": "date" }),
        Forme::Adresse => json!({ "type": "string", "format": "uri", "pattern": "^https?://" }),
        Forme::Pourcentage => json!({ "type": "integer", "minimum": 0, "maximum": 100 }),
        Forme::Destination => {
            json!({ "type": "string", "pattern": "^(https?://.+|[a-z0-9]+(-[a-z0-9]+)*)$" })
        }
        Forme::Identifiant => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
        Forme::Mot(vocabulaire) => word(vocabulaire),
        Forme::Mots(vocabulaire) => list(word(vocabulaire)),
        Forme::Groupe(groupe) => of_groupe(groupe),
        Forme::Groupes(groupe) => list(of_groupe(groupe)),
    }
}
