//! The files of the default theme as models: whoever changes the look of a site begins with a copy of one.

use super::{CHARTE, EMBEDDED, embedded};

/// A file that a site may have its own of.
pub struct ModeleTheme {
    /// Path in the folder of a theme: `templates/partials/entete.html`.
    pub chemin: String,
    /// Use of the file, in a sentence.
    pub sens: String,
    /// Text to begin with.
    pub texte: String,
}

impl ModeleTheme {
    /// Name under its folder: `partials/entete.html`.
    pub fn nom(&self) -> &str {
        self.chemin.split_once('/').map_or(&self.chemin, |(_, nom)| nom)
    }

    /// Last part of the name: `entete.html`.
    pub fn fichier(&self) -> &str {
        self.nom().rsplit('/').next().unwrap_or_default()
    }

    /// True when a file is called by this: its name, its last part, or that without extension.
    pub fn is_called(&self, asked: &str) -> bool {
        let file = self.fichier();
        let stem = file.split('.').next().unwrap_or_default();
        [&self.chemin, self.nom(), file, stem].contains(&asked)
    }
}

/// Every model, by path.
pub fn modeles() -> Vec<ModeleTheme> {
    let mut found: Vec<ModeleTheme> = charte().into_iter().collect();
    for (chemin, file) in embedded(&EMBEDDED) {
        let Some(texte) = file.contents_utf8().filter(|_| chemin.contains('/')) else { continue };
        let sens = match chemin.ends_with(".svg") {
            true => "L’icône du site, dans l’onglet du navigateur.".to_string(),
            false => first_sentence(texte),
        };
        found.push(ModeleTheme { chemin, sens, texte: texte.to_string() });
    }
    found.sort_by(|a, b| a.chemin.cmp(&b.chemin));
    found
}

/// The first sentence of the comment that begins a file.
fn first_sentence(text: &str) -> String {
    let begins = |c: char| "{#-/*".contains(c) || c.is_whitespace();
    let text = text.trim_start_matches(begins);
    let end = ["#}", "*/", "\n\n"].iter().filter_map(|end| text.find(end)).min();
    let said = text[..end.unwrap_or(text.len())].replace("\n//", " ");
    let words: Vec<&str> = said.split_whitespace().filter(|word| *word != "-").collect();
    let last = words.iter().position(|word| word.ends_with('.'));
    words[..last.map_or(words.len(), |at| at + 1)].join(" ")
}

/// The style sheet of a charter, with each colour of the default theme in both modes.
fn charte() -> Option<ModeleTheme> {
    let css = EMBEDDED.get_file("static/style.css")?.contents_utf8()?;
    let mut modes = css.split(":root {").skip(1).map(|block| {
        let block = block.split('}').next().unwrap_or_default();
        let is_colour = |line: &&str| line.starts_with("--") && line.contains(": #");
        block.lines().map(str::trim).filter(is_colour).collect::<Vec<_>>()
    });
    let (light, dark) = (modes.next()?, modes.next()?);
    let texte = format!(
        "/* Les couleurs du site, après la feuille de style du thème. Gardez les deux modes : ce qui manquerait au second y\n   prendrait la couleur du premier. */\n\n:root {{\n  {}\n}}\n\n@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n    {}\n  }}\n}}\n\n/* Un logo, devant le nom du site. */\n.enseigne {{\n  display: flex;\n  align-items: center;\n  gap: .75rem;\n}}\n",
        light.join("\n  "),
        dark.join("\n    ")
    );
    let sens =
        "Les couleurs, dans les deux modes : souvent tout ce qu’il faut changer.".to_string();
    Some(ModeleTheme { chemin: format!("static/{CHARTE}"), sens, texte })
}
