//! The contract with templates: the shape of each view, in one file. A change here is a change that
//! theme authors must know of.

use std::collections::{BTreeMap, BTreeSet};

use retex::{
    exports::data,
    pages::{self, Page},
    source::Snapshot,
    weight::Mesures,
};
use serde_json::Value;

use crate::support::{base, build, edit, expect_file, many, published, root, with_many_additions};

/// `vue.liens[].href: texte`, for every path of a value.
fn shape(value: &Value, at: &str, out: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let kind = match value {
        Value::Null => "absent",
        Value::Bool(_) => "booléen",
        Value::Number(_) => "nombre",
        Value::String(_) => "texte",
        Value::Array(items) => {
            for item in items {
                shape(item, &format!("{at}[]"), out);
            }
            "liste"
        }
        Value::Object(fields) => {
            for (key, item) in fields {
                shape(item, &format!("{at}.{key}"), out);
            }
            return;
        }
    };
    out.entry(at.to_string()).or_default().insert(kind);
}

/// A site that has what the others lack: several syntheses, a redirect, a withdrawal of a link.
fn several() -> Snapshot {
    let mut snapshot = base();
    let files: Vec<_> = published().below("content/syntheses").cloned().collect();
    for file in files {
        snapshot.insert(file);
    }
    for file in published().below("content/thematiques").cloned().collect::<Vec<_>>() {
        snapshot.insert(file);
    }
    let radio = "content/syntheses/essai-2021/retex/radio.md";
    edit(&mut snapshot, radio, "date =", "anciennes_adresses = [\"retex/radio\"]\ndate =");
    edit(
        &mut snapshot,
        "content/site.toml",
        "url =",
        "depot = \"https://forge.exemple.fr/a/b\"\nurl =",
    );
    edit(
        &mut snapshot,
        "content/site.toml",
        "[accessibilite]",
        "[accessibilite]\netat = \"partiellement-conforme\"\norganisme_audit = \"Essai\"\n\
         date_audit = 2021-03-01\ntaux = 62\nnon_conformites = [\"a\"]\nderogations = [\"b\"]\n\
         non_soumis = [\"c\"]\nenvironnement_test = [\"d\"]\noutils = [\"e\"]\npages_verifiees = [\"f\"]",
    );
    snapshot
}

#[test]
fn views_keep_their_shape() {
    let mut shapes: BTreeMap<&str, BTreeMap<String, BTreeSet<&'static str>>> = BTreeMap::new();
    for snapshot in
        [published(), base(), several(), crate::plusieurs::ten(), many(150), with_many_additions()]
    {
        let site = build(&snapshot).site.unwrap();
        let plan = pages::plan(&site, true, &mut Vec::new());
        let donnees = Page::donnees(data::files(&site, &|_, _| {}));
        let last = Page::ecoconception(Mesures::default());
        for page in plan.pages.iter().chain([&donnees, &last]) {
            let view = pages::view(page, &plan, &site);
            let value = serde_json::to_value(&view).unwrap();
            shape(&value["vue"], "vue", shapes.entry(view.vue.template()).or_default());
            shape(&value["page"], "page", shapes.entry("(toutes)").or_default());
        }
    }
    let mut text = String::from("Ce qu’un gabarit reçoit. « absent » : peut manquer.\n");
    for (template, fields) in &shapes {
        text.push_str(&format!("\n{template}\n"));
        for (field, kinds) in fields {
            text.push_str(&format!(
                "  {field}: {}\n",
                kinds.iter().copied().collect::<Vec<_>>().join(" | ")
            ));
        }
    }
    for template in pages::TEMPLATES {
        assert!(shapes.contains_key(template), "no page of the tests uses {template}");
    }
    expect_file(&root().join("tests/contract/vues.txt"), &text);
}

#[test]
fn several_syntheses_build_together() {
    let snapshot = several();
    let built = build(&snapshot);
    crate::support::assert_clean(&built, &snapshot);
    let pages: Vec<&str> = built.tree.pages().map(|(p, _)| p.as_str()).collect();
    for wanted in [
        "retex/par/territoire/essai/index.html",
        "retex/par/territoire/loire-atlantique/index.html",
        "retex/radio/index.html",
        "syntheses/essai-2021/egal-acces/index.html",
    ] {
        assert!(pages.contains(&wanted), "{wanted}");
    }
}
