//! Parsed files → the graph: order, uniqueness, references.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    ATELIER, Atelier, BlocPlace, Debuts, Doubts, Paths, Sigles, Site, communs, images, officielles,
    rangees, tableaux,
    targets::{self, Files, Target},
    titre_affiche,
};
use crate::{
    diag::{Code, Diagnostic},
    french,
    images::Size,
    model::{
        Config, Corps, Fiche, PageTexte, Sens, Synthese, TableauxLus, TableauxThematique,
        Thematique,
    },
    parse::{DEFAULT_THEME, Parsed, SETTINGS, SourceDocument},
    source::{SitePath, Slug, Snapshot, Span, Spanned, slugify},
};

/// Builds the graph. Without a `site.toml` it has no title, and no page can be made of it.
pub fn assemble(parsed: Parsed, snapshot: &Snapshot, diags: &mut Vec<Diagnostic>) -> Site {
    let Parsed {
        config,
        thematiques,
        pages,
        syntheses,
        sources,
        tableaux,
        fiches,
        known,
        mut doubtful,
        ..
    } = parsed;
    let has_settings = config.is_some();
    if !has_settings {
        doubtful.insert(SitePath::new(SETTINGS));
    }
    let config = config.unwrap_or_else(|| no_settings(&known, snapshot, diags));
    let thematiques = order_thematiques(thematiques, diags);
    let (fiches, drafts): (Vec<_>, Vec<_>) = fiches.into_iter().partition(|f| !f.brouillon);
    let drafts: Paths = drafts.iter().map(|f| f.path.clone()).collect();

    let (mut parts, mut ateliers) = (SiteParts { sources, tableaux, fiches }, Vec::new());
    for mut synthese in syntheses {
        synthese.langue = synthese.langue.or_else(|| config.langue.clone());
        ateliers.push(atelier(synthese, &mut parts, &thematiques, (&known, &mut doubtful), diags));
    }
    parts.orphans(&known, diags);
    ateliers.sort_by_cached_key(|Atelier { synthese, .. }| {
        (synthese.annee, french::fold(&synthese.territoire), synthese.id.clone())
    });

    let mut targets = targets::collect(&thematiques, &pages, &ateliers, &known);
    officielles::targets(&mut targets);
    let files = Files {
        snapshot,
        known: &known,
        doubtful: &doubtful,
        drafts: &drafts,
        images: &parsed.images,
    };
    let texts = (&thematiques[..], &pages[..], &ateliers[..]);
    let glossaire = order_glossaire(parsed.glossaire, texts, diags);
    let images = look_at_texts(texts, &targets, files, diags);
    if has_settings {
        officielles::check_destinations(&config, &targets, &known, diags);
    }
    Site {
        config,
        thematiques,
        ateliers,
        glossaire,
        synonymes: parsed.synonymes,
        sante: parsed.sante,
        pages,
        targets,
        images,
        doubts: Doubts { fichiers: doubtful, textes: BTreeSet::new() },
    }
}

/// Everything that holds a text.
type Texts<'a> = (&'a [Thematique], &'a [PageTexte], &'a [Atelier]);

/// Links and images of the texts: what is wrong with them is said; gives the images that are shown.
fn look_at_texts(
    (thematiques, pages, ateliers): Texts<'_>,
    targets: &BTreeMap<SitePath, Target>,
    files: Files<'_>,
    diags: &mut Vec<Diagnostic>,
) -> BTreeMap<SitePath, Size> {
    let bodies = || bodies(thematiques, pages, ateliers);
    let mut images = BTreeMap::new();
    for corps in bodies() {
        targets::check_links(corps, targets, files, diags);
        images::measure(corps, files, &mut images, diags);
    }
    ateliers.iter().for_each(|atelier| images::received(atelier, files, &mut images, diags));
    images::unshown((bodies(), ateliers), files, diags);
    images::same_address(files, diags);
    images
}

/// Settings of a site that has none, which is said when their file is not there at all.
fn no_settings(known: &Paths, snapshot: &Snapshot, diags: &mut Vec<Diagnostic>) -> Config {
    let path = SitePath::new(SETTINGS);
    if snapshot.has_content && !known.contains(&path) {
        diags.push(
            Diagnostic::new(Code::FichierManquant, "il manque les réglages du site, site.toml")
                .in_file(&path, None)
                .help("créez ce fichier avec au moins deux lignes : titre = \"…\" et description = \"…\""),
        );
    }
    let theme = Spanned { value: DEFAULT_THEME.into(), span: Span::new(&path, 0..0) };
    Config { theme, ..Config::default() }
}

fn order_thematiques(mut list: Vec<Thematique>, diags: &mut Vec<Diagnostic>) -> Vec<Thematique> {
    list.sort_by_key(|t| (t.demarche.clone(), t.numero.value, t.id.clone()));
    for pair in list.windows(2) {
        let number = |t: &Thematique| (t.demarche.clone(), t.numero.value);
        if number(&pair[0]) == number(&pair[1]) {
            diags.push(
                Diagnostic::new(
                    Code::IdentifiantEnDouble,
                    format!("deux thématiques portent le numéro {}", pair[1].numero.value),
                )
                .at(&pair[1].numero.span, "")
                .also(&pair[0].numero.span, "l’autre")
                .help("donnez à chacune le sien : c’est l’ordre des thématiques"),
            );
        }
    }
    list
}

/// Files of syntheses, until each synthèse takes its own.
struct SiteParts {
    sources: Vec<(Slug, SitePath, Arc<str>)>,
    tableaux: Vec<(Slug, TableauxLus)>,
    fiches: Vec<Arc<Fiche>>,
}

impl SiteParts {
    /// Files of a synthèse that has no `synthese.toml`.
    fn orphans(&self, known: &Paths, diags: &mut Vec<Diagnostic>) {
        let mut folders: BTreeSet<&Slug> = self.fiches.iter().map(|f| &f.id.synthese).collect();
        folders.extend(self.tableaux.iter().map(|(id, _)| id));
        folders.extend(self.sources.iter().map(|(id, ..)| id));
        for id in folders {
            let expected = format!("content/syntheses/{id}/synthese.toml");
            if !known.contains(expected.as_str()) {
                diags.push(
                    Diagnostic::new(
                        Code::FichierManquant,
                        "cette synthèse n’a pas sa description, synthese.toml",
                    )
                    .in_file(&SitePath::new(expected), None)
                    .help("créez ce fichier avec au moins trois clés : titre, territoire et annee"),
                );
            }
        }
    }
}

fn take<T>(list: &mut Vec<T>, mine: impl Fn(&T) -> bool) -> Vec<T> {
    let (taken, left) = std::mem::take(list).into_iter().partition(mine);
    *list = left;
    taken
}

fn atelier(
    synthese: Synthese,
    parts: &mut SiteParts,
    thematiques: &[Thematique],
    (known, doubtful): (&Paths, &mut Paths),
    diags: &mut Vec<Diagnostic>,
) -> Atelier {
    let id = synthese.id.clone();
    let rank = |t: &Slug| thematiques.iter().position(|x| x.id == *t);
    let mut fiches = take(&mut parts.fiches, |f| f.id.synthese == id);
    name_thematiques(&mut fiches, thematiques, known);
    order_fiches(&mut fiches, rank);

    let mut files: Vec<TableauxThematique> = take(&mut parts.tableaux, |(s, _)| *s == id)
        .into_iter()
        .map(|(_, file)| tableaux::resolved(&synthese, file, doubtful, diags))
        .collect();
    known_thematiques(&fiches, &files, thematiques, known, diags);
    files.sort_by_key(|f| (rank(&f.thematique).unwrap_or(usize::MAX), f.thematique.clone()));
    let source = take(&mut parts.sources, |(s, ..)| *s == id).pop();
    let source = source.map(|(_, path, text)| SourceDocument::read(&path, &text, synthese.forme));

    let intitules_retex = files
        .iter()
        .filter_map(|f| f.retex.as_ref().map(|r| (f.thematique.clone(), r.clone())))
        .collect();
    let mut blocs = blocs(&files);
    rangees::number(&mut blocs, source.is_some(), diags);
    let atelier = Atelier {
        synthese,
        fiches,
        tableaux: files,
        intitules_retex,
        debuts: Debuts::of(&blocs),
        blocs,
        rapprochements: Vec::new(),
        ponts: Vec::new(),
        source,
        fidelite: None,
    };
    unique_anchors(&atelier, diags);
    let unread = format!("content/syntheses/{id}/source.txt");
    if atelier.source.is_none() && !known.contains(unread.as_str()) {
        claims_without_source(&atelier, diags);
    }
    atelier
}

/// Gives each fiche the identifier of the thématique that it names by its title, accents and case apart.
fn name_thematiques(fiches: &mut [Arc<Fiche>], thematiques: &[Thematique], known: &Paths) {
    for fiche in fiches {
        let wanted = &fiche.thematique.value;
        let is_there = known.contains(format!("content/thematiques/{wanted}.md").as_str());
        if let Some(meant) = thematique_named(wanted, thematiques).filter(|_| !is_there) {
            Arc::make_mut(fiche).thematique.value = meant.clone();
        }
    }
}

/// The one thématique that bears this name, as a slug.
fn thematique_named<'t>(wanted: &Slug, thematiques: &'t [Thematique]) -> Option<&'t Slug> {
    let bears = |t: &&Thematique| {
        let names = [&t.titre, &t.titre_court].into_iter().chain(&t.autres_noms);
        t.id == *wanted || names.into_iter().any(|name| slugify(name) == wanted.as_str())
    };
    let mut all = thematiques.iter().filter(bears);
    match (all.next(), all.next()) {
        (Some(t), None) => Some(&t.id),
        _ => None,
    }
}

/// Fiches and tables of a thématique that is not there; one whose file has errors is.
fn known_thematiques(
    fiches: &[Arc<Fiche>],
    files: &[TableauxThematique],
    thematiques: &[Thematique],
    known: &Paths,
    diags: &mut Vec<Diagnostic>,
) {
    let known_thematique = |t: &Slug| {
        thematiques.iter().any(|x| x.id == *t)
            || known.contains(format!("content/thematiques/{t}.md").as_str())
    };
    for fiche in fiches {
        let span = &fiche.thematique.span;
        let written = fiche.corps.texte.get(span.range()).unwrap_or("").trim_matches(['"', '\'']);
        // The place of a line that was mended is the whole of it.
        let id = fiche.thematique.value.as_str();
        let written = if slugify(written) == id { written } else { id };
        if !known_thematique(&fiche.thematique.value) {
            diags.push(unknown_thematique(written, thematiques, span));
        }
    }
    let of_all = |t: &Slug| t.as_str() == ATELIER;
    let unknown =
        |f: &&TableauxThematique| !known_thematique(&f.thematique) && !of_all(&f.thematique);
    for file in files.iter().filter(unknown) {
        let names: Vec<&str> = thematiques.iter().map(|t| t.id.as_str()).collect();
        let id = file.thematique.as_str();
        diags.push(
            Diagnostic::new(
                Code::ThematiqueInconnue,
                format!("la thématique « {id} » n’existe pas"),
            )
            .suggest_or(id, &names, format!("thématiques connues : {}", names.join(", ")))
            .in_file(&file.path, None)
            .help("ce fichier porte le nom de sa thématique"),
        );
    }
}

/// By thématique; those of the synthèse first, in source order; contributions by date, then title.
fn order_fiches(fiches: &mut [Arc<Fiche>], rank: impl Fn(&Slug) -> Option<usize> + Sync) {
    fiches.par_sort_by_cached_key(|f| {
        let first = f.lignes.as_ref().and_then(|l| l.value.first().copied()).unwrap_or(usize::MAX);
        let theme = rank(&f.thematique.value).unwrap_or(usize::MAX);
        (theme, first, f.jour(), french::fold(&titre_affiche(f)), f.id.slug.clone())
    });
}

fn blocs(files: &[TableauxThematique]) -> Vec<BlocPlace> {
    let mut list = Vec::new();
    for file in files {
        for (tableau, row) in &file.lignes {
            let row_lines = row.lignes.as_ref().map(|l| l.value.clone()).unwrap_or_default();
            for bloc in &row.blocs {
                let lignes = match &bloc.lignes {
                    Some(own) => own.value.clone(),
                    None => row_lines.first().copied().into_iter().collect(),
                };
                list.push(BlocPlace {
                    thematique: file.thematique.clone(),
                    tableau: *tableau,
                    lignes,
                    rangees: Vec::new(),
                    bloc: bloc.clone(),
                });
            }
        }
    }
    list
}

/// The id of a bloc is its anchor on the table's page, which shows every thématique: it must be
/// unique in its synthèse.
fn unique_anchors(atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&Slug, &Span> = BTreeMap::new();
    for place in &atelier.blocs {
        let id = &place.bloc.id;
        if let Some(first) = seen.insert(&id.value, &id.span) {
            diags.push(
                Diagnostic::new(
                    Code::IdentifiantEnDouble,
                    format!("deux blocs de cette synthèse s’appellent « {} »", id.value),
                )
                .at(&id.span, "")
                .also(first, "le premier")
                .help(
                    "un identifiant est l’adresse permanente d’un bloc : changez celui du nouveau",
                ),
            );
        }
    }
}

fn claims_without_source(atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
    let synthese = &atelier.synthese;
    let legendes = synthese.images.iter().filter_map(|image| image.legende.as_ref());
    let of_texts = synthese.methode.iter().map(|(_, lignes)| lignes);
    let of_texts = of_texts.chain(synthese.textes.iter().map(|texte| &texte.lignes));
    let of_texts = of_texts.chain(legendes.map(|legende| &legende.lignes)).flatten();
    let of_fiches = atelier.fiches.iter().filter_map(|fiche| fiche.lignes.as_ref());
    let of_tables = atelier.tableaux.iter().flat_map(|file| {
        let titles = file.retex.iter().map(|retex| &retex.lignes);
        titles.chain(file.lignes.values().map(|row| &row.lignes)).flatten()
    });
    for Spanned { span, .. } in of_fiches.chain(of_tables).chain(of_texts) {
        diags.push(
            Diagnostic::new(
                Code::LignesSansSource,
                "cette synthèse n’a pas de source.txt : « lignes » ne désigne rien",
            )
            .at(span, "")
            .help("ajoutez le document reçu, ou supprimez cette clé"),
        );
    }
    for exclusion in &atelier.synthese.exclusions {
        diags.push(
            Diagnostic::new(
                Code::LignesSansSource,
                "cette synthèse n’a pas de source.txt : rien à exclure",
            )
            .at(&exclusion.texte.span, "")
            .help("ajoutez le document reçu, ou supprimez cette exclusion"),
        );
    }
}

/// A thématique that none bears the name of.
fn unknown_thematique(written: &str, thematiques: &[Thematique], span: &Span) -> Diagnostic {
    let names: Vec<&str> = thematiques.iter().map(|t| t.id.as_str()).collect();
    let message = format!("la thématique « {written} » n’existe pas");
    let diagnostic = Diagnostic::new(Code::ThematiqueInconnue, message).at(span, "");
    if written.split([',', ';', '/']).filter(|name| names.contains(&slugify(name).as_str())).count()
        > 1
    {
        return diagnostic
            .help("une fiche n’a qu’une thématique : gardez celle dont elle parle le plus");
    }
    let known = format!("thématiques connues : {}", names.join(", "));
    match thematique_said(written, thematiques) {
        Some(id) => diagnostic.help(format!("vouliez-vous dire « {id} » ?")),
        None => diagnostic.suggest_or(written, &names, known),
    }
}

/// The one thématique whose name and title hold all the words that were written: « Enseigner », the path of its file.
fn thematique_said<'t>(written: &str, thematiques: &'t [Thematique]) -> Option<&'t str> {
    let name = written.rsplit('/').next().unwrap_or(written);
    let slug = slugify(name.strip_suffix(".md").unwrap_or(name));
    let is_said = |word: &&str| word.len() > 3 && *word != "thematique";
    let words: Vec<&str> = slug.split('-').filter(is_said).collect();
    let holds = |t: &&Thematique| {
        let all = slugify(&format!("{} {}", t.id, t.titre));
        words.iter().all(|word| all.split('-').any(|other| other == *word))
    };
    let mut found = thematiques.iter().filter(holds);
    match (found.next(), found.next()) {
        (Some(one), None) if !words.is_empty() => Some(one.id.as_str()),
        _ => None,
    }
}

/// Every Markdown text of a site.
pub(super) fn bodies<'a>(
    thematiques: &'a [Thematique],
    pages: &'a [crate::model::PageTexte],
    ateliers: &'a [Atelier],
) -> impl Iterator<Item = &'a Corps> {
    let of_ateliers = ateliers.iter().flat_map(|a| {
        let methode = a.synthese.methode.iter().map(|(corps, _)| corps);
        let textes = a.synthese.textes.iter().map(|texte| &texte.corps);
        methode.chain(textes).chain(a.fiches.iter().map(|f| &f.corps))
    });
    thematiques.iter().map(|t| &t.corps).chain(pages.iter().map(|p| &p.corps)).chain(of_ateliers)
}

fn order_glossaire(
    mut list: Vec<Sens>,
    (thematiques, pages, ateliers): Texts<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Sigles {
    communs::complete(&mut list, bodies(thematiques, pages, ateliers), ateliers);
    french::sort_by_text(&mut list, |sens| sens.sigle.value.clone());
    let list = Sigles::new(list);
    let addresses: BTreeSet<String> = ateliers
        .iter()
        .flat_map(|a| {
            a.blocs
                .iter()
                .map(|b| format!("{}/{}/{}", a.synthese.id, b.thematique, b.bloc.id.value))
        })
        .collect();
    let mut ids: BTreeMap<&Slug, &Span> = BTreeMap::new();
    for sens in list.iter() {
        if let Some(first) = ids.insert(&sens.id.value, &sens.id.span) {
            diags.push(
                Diagnostic::new(
                    Code::IdentifiantEnDouble,
                    format!("deux sens du glossaire s’appellent « {} »", sens.id.value),
                )
                .at(&sens.id.span, "")
                .also(first, "l’autre")
                .help("changez l’un des deux : c’est leur adresse dans le glossaire"),
            );
        }
        if list.senses_of(&sens.sigle.value).len() > 1 && sens.ou.is_empty() {
            diags.push(
                Diagnostic::new(
                    Code::SensAmbigu,
                    format!("« {} » a plusieurs sens : il faut dire où celui-ci s’applique", sens.sigle.value),
                )
                .at(&sens.sigle.span, "")
                .help("ajoutez la liste des blocs où il a ce sens : ou = [\"synthese/thematique/bloc\"]"),
            );
        }
        for place in sens.ou.iter().filter(|place| !addresses.contains(&place.value)) {
            diags.push(
                Diagnostic::new(
                    Code::BlocInconnu,
                    format!("il n’y a pas de bloc « {} »", place.value),
                )
                .at(&place.span, "")
                .suggest(&place.value, addresses.iter().map(String::as_str)),
            );
        }
    }
    list
}
