//! JSON Schemas of the TOML files, from the definitions that the reader obeys: an editor that knows
//! them completes and underlines as one types.

use serde_json::{Map, Value, json};

use super::keys::{self, Key, KeyForm, KeyGroup};

/// A schema, the files it describes and its own file name.
#[derive(Debug)]
pub struct Schema {
    /// `site.json`.
    pub nom: &'static str,
    /// The TOML files of a site that follow it, as a pattern.
    pub fichiers: &'static str,
    groupe: &'static KeyGroup,
}

/// The schemas of the TOML files, and of the headers of Markdown files.
pub const SCHEMAS: [Schema; 12] = [
    Schema { nom: "site", fichiers: "content/site.toml", groupe: &keys::SITE },
    Schema { nom: "glossaire", fichiers: "content/glossaire.toml", groupe: &keys::GLOSSAIRE },
    Schema { nom: "synonymes", fichiers: "content/synonymes.toml", groupe: &keys::SYNONYMES },
    Schema {
        nom: "synthese",
        fichiers: "content/syntheses/*/synthese.toml",
        groupe: &keys::SYNTHESE,
    },
    Schema {
        nom: "tableaux",
        fichiers: "content/syntheses/*/tableaux/*.toml",
        groupe: &keys::TABLEAUX,
    },
    Schema { nom: "sante", fichiers: "liens.toml", groupe: &keys::SANTE },
    Schema { nom: "theme", fichiers: "themes/*/theme.toml", groupe: &keys::THEME },
    Schema { nom: "fiche", fichiers: "content/syntheses/*/retex/*.md", groupe: &keys::FICHE },
    Schema { nom: "methode", fichiers: "content/syntheses/*/methode.md", groupe: &keys::METHODE },
    Schema { nom: "texte", fichiers: "content/syntheses/*/textes/*.md", groupe: &keys::TEXTE_RECU },
    Schema { nom: "thematique", fichiers: "content/thematiques/*.md", groupe: &keys::THEMATIQUE },
    Schema { nom: "page", fichiers: "content/pages/*.md", groupe: &keys::PAGE },
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

fn of_groupe(groupe: &KeyGroup) -> Value {
    let properties: Map<String, Value> =
        groupe.champs.iter().map(|champ| (champ.nom.to_string(), of_champ(champ))).collect();
    let required: Vec<&str> =
        groupe.champs.iter().filter(|champ| champ.obligatoire).map(|champ| champ.nom).collect();
    let others = groupe.autres.map_or(json!(false), of_forme);
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": others,
    })
}

fn of_champ(champ: &Key) -> Value {
    let mut schema = of_forme(champ.forme);
    if let Value::Object(fields) = &mut schema {
        fields.insert("description".into(), json!(format!("{}.", champ.sens)));
    }
    schema
}

fn of_forme(forme: KeyForm) -> Value {
    let text = json!({ "type": "string", "pattern": "\\S" });
    let number = json!({ "type": "integer", "minimum": 1 });
    let word = |vocabulaire: keys::Vocabulaire| -> Value {
        let all = vocabulaire.iter().map(|(slug, label)| json!({ "const": slug, "title": label }));
        json!({ "oneOf": all.collect::<Vec<_>>() })
    };
    let list = |items: Value| json!({ "type": "array", "items": items });
    match forme {
        KeyForm::Texte => text,
        KeyForm::Textes => list(text),
        KeyForm::Nombre => number,
        KeyForm::Nombres => list(number),
        KeyForm::Drapeau => json!({ "type": "boolean" }),
        // TOML has days; what reads it as JSON sees their text.
        KeyForm::Jour => json!({ "type": "string", "format": "date" }),
        KeyForm::Adresse => json!({ "type": "string", "format": "uri", "pattern": "^https?://" }),
        KeyForm::Pourcentage => json!({ "type": "integer", "minimum": 0, "maximum": 100 }),
        KeyForm::Destination => {
            json!({ "type": "string", "pattern": "^(https?://.+|[a-z0-9]+(-[a-z0-9]+)*)$" })
        }
        KeyForm::Identifiant => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" }),
        KeyForm::Mot(vocabulaire) => word(vocabulaire),
        KeyForm::Mots(vocabulaire) => list(word(vocabulaire)),
        KeyForm::Groupe(groupe) => of_groupe(groupe),
        KeyForm::Groupes(groupe) => list(of_groupe(groupe)),
    }
}
