//! `retex new`: a fiche, a synthèse or a page, which `check` accepts as it is written.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Read, Write},
    path::Path,
};

use super::{
    CONTENT, Ended,
    args::{NewArgs, NewFiche, NewPage, NewSynthese, Nouveau},
    read_site, report,
};
use crate::{
    build::Options,
    diag::{Diagnostic, Place, Severity},
    disk::{self, Before},
    french::{self, clair::nom},
    model::Niveau,
    scaffold::{self, Demande, Fichier, LienDemande, SyntheseDemandee},
    site::Site,
    source::{Date, Slug, Snapshot, SourceFile, slugify},
};

/// Most bytes of a filled form that are read: more than `scaffold` accepts, which then says so.
const FORMULAIRE_MAX: u64 = 1024 * 1024;

/// Largest document received that is read, in bytes: as much as `disk` reads of a text.
const DOCUMENT_MAX: u64 = 1024 * 1024;

/// Writes the file.
pub(super) fn run(root: &Path, args: &NewArgs) -> Ended {
    let snapshot = read_site(root)?;
    let made = match &args.quoi {
        Nouveau::Fiche(args) => fiche(&snapshot, args),
        Nouveau::Synthese(args) => synthese(&snapshot, args),
        Nouveau::Page(args) => page(args),
    };
    let (files, told) = made.map_err(|faults| report::refused(faults.join(".\n")))?;
    publish(root, snapshot, &files, told)
}

/// Checks the files in their site, then writes them. The first gives its name to what is made; `told` says what was
/// understood of a document.
fn publish(root: &Path, snapshot: Snapshot, files: &[Fichier], told: Option<String>) -> Ended {
    let Some((first, _)) = files.first() else { return Ok(()) };
    // A link is named when the file is written.
    if root.join(first).symlink_metadata().is_ok_and(|found| !found.is_symlink()) {
        return Err(report::refused(format!(
            "« {first} » existe déjà : rien n’a été écrit.\nEmployez un autre nom, par exemple « {} »",
            free_name(root, first)
        )));
    }
    let (wrong, snapshot) = faults(snapshot, files);
    if !wrong.is_empty() {
        report::complain_of(&wrong, &snapshot);
        report::failure("le fichier serait refusé par « retex check » : rien n’a été écrit");
        return Err(CONTENT);
    }
    super::write(root, files, Before::Nothing)?;
    // Fiches go there, and nothing is there yet.
    if let (Some(folder), true) = (first.strip_suffix("/synthese.toml"), files.len() > 1) {
        disk::make_folder(&root.join(folder).join("retex")).map_err(report::refused)?;
    }
    let told = told.map_or_else(String::new, |told| format!("{told}.\n"));
    report::say(&french::bind_spaces(&(told + &written_files(files))));
    Ok(())
}

/// The names of the files, and what to do next.
fn written_files(files: &[Fichier]) -> String {
    match files {
        [(path, _)] => {
            format!("Écrit : {path}\nRelisez-le, complétez-le, puis lancez « retex check ».\n")
        }
        _ => {
            let list: String = files.iter().map(|(path, _)| format!("  {path}\n")).collect();
            format!(
                "Écrit :\n{list}Relisez ces fichiers, complétez-les comme le dit TRANSCRIRE.md, puis lancez « retex check ».\n"
            )
        }
    }
}

/// The errors that a site with these files has about them, and that site.
fn faults(mut snapshot: Snapshot, files: &[Fichier]) -> (Vec<Diagnostic>, Snapshot) {
    for (path, text) in files {
        snapshot.insert(SourceFile::text(path, text));
    }
    let said = super::judge(&snapshot, &Options::default()).diagnostics;
    let about = |d: &Diagnostic| {
        d.place.file().is_some_and(|file| files.iter().any(|(path, _)| file.as_str() == path))
    };
    let wrong = |d: &Diagnostic| d.severity == Severity::Error && about(d);
    (said.into_iter().filter(wrong).collect(), snapshot)
}

/// The first name that is free: `radio-2`, `radio-3`…
fn free_name(root: &Path, path: &str) -> String {
    // A synthèse is named by its folder.
    let (start, end) = match path.strip_suffix("/synthese.toml") {
        Some(folder) => (folder, ""),
        None => path.rsplit_once('.').map_or((path, ""), |(stem, _)| (stem, ".md")),
    };
    let name = start.rsplit('/').next().unwrap_or(start);
    let taken = |n: &u16| root.join(format!("{start}-{n}{end}")).symlink_metadata().is_ok();
    let free = (2..1000).find(|n| !taken(n));
    format!("{name}-{}", free.unwrap_or(1000))
}

/// Files, and what is to be said of them.
type Told = Result<(Vec<Fichier>, Option<String>), Vec<String>>;

/// Most times that a text is checked again.
const ESSAIS: usize = 12;

/// The fiche of a form, where the signs that the site refuses stand for themselves, which is said.
fn as_written(snapshot: &Snapshot, mut file: Fichier, restes: &mut Vec<String>) -> Fichier {
    for _ in 0..ESSAIS {
        let body = file.1.find("\n+++\n").map_or(file.1.len(), |at| at + "\n+++\n".len());
        let wrong = faults(snapshot.clone(), std::slice::from_ref(&file)).0;
        let mut places: Vec<(usize, String)> = Vec::new();
        for said in &wrong {
            let Place::Span(span) = &said.place else { continue };
            let start = span.range().start;
            let sign = file.1.get(start..).and_then(|rest| rest.chars().next());
            let is_escaped = file.1.get(..start).is_some_and(|before| before.ends_with('\\'));
            if start >= body && sign.is_some_and(|c| c.is_ascii_punctuation()) && !is_escaped {
                let line = file.1[body..start].trim_start().lines().count().max(1);
                places.push((start, format!("ligne {line} du texte : {}", said.message)));
            }
        }
        places.sort();
        places.dedup_by_key(|(start, _)| *start);
        if places.is_empty() {
            break;
        }
        for (start, said) in places.iter().rev() {
            file.1.insert(*start, '\\');
            restes.push(format!("{said} ; c’est écrit tel quel"));
        }
    }
    file
}

/// The site, as far as it can be read.
fn site(snapshot: &Snapshot) -> Result<Site, Vec<String>> {
    super::judge(snapshot, &Options::default()).site.ok_or_else(|| {
        vec![
            "le site ne se lit pas : lancez « retex check » et corrigez ses erreurs d’abord".into(),
        ]
    })
}

fn fiche(snapshot: &Snapshot, args: &NewFiche) -> Told {
    let site = site(snapshot)?;
    let (mut demande, mut restes) = match &args.depuis {
        Some(file) => {
            let form = read_first(file, FORMULAIRE_MAX, file.as_os_str() == "-")?;
            let read = scaffold::depuis(&form)?;
            (read.demande, read.restes)
        }
        // A fiche is written on the day of its command; a form, nobody knows when.
        None => (Demande { date: snapshot.today, ..Demande::default() }, Vec::new()),
    };
    given(args, &mut demande)?;
    let asks = args.depuis.is_none() && io::stdin().is_terminal();
    if asks {
        ask(args, &site, &mut demande)
            .map_err(|_| vec!["la saisie est interrompue".to_string()])?;
    } else if args.depuis.is_none() {
        let mut missing = Vec::new();
        for (option, said) in [
            ("--titre", &demande.titre),
            ("--thematique", &demande.thematique),
            ("--texte", &demande.texte),
        ] {
            if said.trim().is_empty() {
                missing.push(format!("il manque l’option {option}"));
            }
        }
        if !missing.is_empty() {
            return Err(missing);
        }
    }
    let synthese = which_synthese(args, &site, asks)?;
    let thematiques: Vec<(Slug, Vec<String>)> = site
        .thematiques
        .iter()
        .map(|t| (t.id.clone(), vec![t.titre.clone(), t.titre_court.clone()]))
        .collect();
    let (name, text) = scaffold::fiche(&demande, &thematiques)?;
    let name = match &args.nom {
        Some(nom) => format!("{}.md", identifier(nom)?),
        None => name,
    };
    let slug = name.trim_end_matches(".md");
    restes.iter_mut().for_each(|said| *said = said.replace(scaffold::NOM, slug));
    let file = (format!("content/syntheses/{synthese}/retex/{name}"), text);
    let file = if demande.est_markdown { as_written(snapshot, file, &mut restes) } else { file };
    let told = (!restes.is_empty()).then(|| format!("À savoir :\n- {}", restes.join("\n- ")));
    Ok((vec![file], told))
}

/// The first bytes of a file, or of the standard input.
fn read_first(file: &Path, most: u64, is_input: bool) -> Result<Vec<u8>, Vec<String>> {
    let shown = report::path(file);
    if !is_input && !file.is_file() {
        return Err(vec![format!("« {shown} » n’est pas un fichier qui existe")]);
    }
    let mut bytes = Vec::new();
    let read = match is_input {
        true => io::stdin().lock().take(most).read_to_end(&mut bytes),
        false => fs::File::open(file).and_then(|f| f.take(most).read_to_end(&mut bytes)),
    };
    read.map_err(|_| vec![format!("impossible de lire « {shown} »")])?;
    Ok(bytes)
}

/// The options win over the form.
fn given(args: &NewFiche, demande: &mut Demande) -> Result<(), Vec<String>> {
    if let Some(said) = &args.date {
        let date = Date::said(said);
        let fault =
            || vec![format!("« {said} » n’est pas un jour : écrivez par exemple 2024-03-15")];
        demande.date = Some(date.ok_or_else(fault)?);
    }
    if args.texte.is_some() {
        demande.est_markdown = false;
    }
    if !args.lien.is_empty() {
        let plain = |url: &String| LienDemande { url: url.clone(), ..LienDemande::default() };
        demande.liens = args.lien.iter().map(plain).collect();
    }
    for (said, place) in [
        (&args.titre, &mut demande.titre),
        (&args.thematique, &mut demande.thematique),
        (&args.texte, &mut demande.texte),
        (&args.etablissement, &mut demande.etablissement),
        (&args.commune, &mut demande.commune),
    ] {
        if let Some(said) = said {
            place.clone_from(said);
        }
    }
    for (said, place) in [
        (&args.niveau, &mut demande.niveaux),
        (&args.point_fort, &mut demande.points_forts),
        (&args.irritant, &mut demande.irritants),
        (&args.mot_cle, &mut demande.mots_cles),
        (&args.auteur, &mut demande.auteurs),
    ] {
        if !said.is_empty() {
            place.clone_from(said);
        }
    }
    Ok(())
}

fn which_synthese(args: &NewFiche, site: &Site, asks: bool) -> Result<String, Vec<String>> {
    let known: Vec<&str> = site.ateliers.iter().map(|a| a.synthese.id.as_str()).collect();
    match (&args.synthese, known.as_slice()) {
        (Some(said), _) if known.contains(&said.as_str()) => Ok(said.clone()),
        (Some(said), _) => Err(vec![format!(
            "il n’y a pas de synthèse « {said} ». {}",
            scaffold::suggestion(said, "Celles du site", &known)
        )]),
        (None, []) => Err(vec![
            "le site n’a pas de synthèse : créez-en une avec « retex new synthese »".into(),
        ]),
        (None, [one]) => Ok((*one).to_string()),
        (None, _) if asks => choose("La synthèse, ou le recueil, où ranger la fiche", &known)
            .map(|at| known[at].to_string())
            .map_err(|_| vec!["la saisie est interrompue".into()]),
        (None, _) => Err(vec![format!(
            "il manque l’option --synthese. Celles du site : {}",
            known.join(", ")
        )]),
    }
}

/// Asks for what the options have not said.
fn ask(args: &NewFiche, site: &Site, demande: &mut Demande) -> io::Result<()> {
    // The file is named after it.
    while slugify(&demande.titre).is_empty() {
        demande.titre = question("Titre de la fiche")?;
    }
    if demande.thematique.trim().is_empty() {
        let titles: Vec<&str> = site.thematiques.iter().map(|t| t.titre.as_str()).collect();
        let at = choose("Thématique", &titles)?;
        demande.thematique = site.thematiques[at].id.to_string();
    }
    while demande.texte.trim().is_empty() {
        demande.texte = question("L’expérience, en deux ou trois lignes")?;
    }
    if args.niveau.is_empty() {
        let mut all = String::from("\nNiveaux :\n");
        for (at, niveau) in Niveau::ALL.iter().enumerate() {
            all.push_str(&format!("  {}. {}\n", at + 1, niveau.label()));
        }
        report::say(&french::bind_spaces(&all));
        demande.niveaux = several("Numéros séparés par des espaces, ou rien", |said| {
            let rank = said.trim_end_matches(',').parse::<usize>().ok();
            let niveau = rank.and_then(|n| Niveau::ALL.get(n.checked_sub(1)?));
            let niveau = niveau.map(|niveau| niveau.slug().to_string());
            niveau.ok_or_else(|| format!("« {said} » n’est pas un numéro de la liste"))
        })?;
    }
    if args.lien.is_empty() {
        demande.liens =
            several("Adresses à consulter, séparées par des espaces, ou rien", |said| {
                let titre = String::new();
                scaffold::adresse(said).map(|()| LienDemande { url: said.to_string(), titre })
            })?;
    }
    if args.auteur.is_empty() {
        let said = question("Auteur (nom, fonction ou équipe : ce sera publié), ou rien")?;
        demande.auteurs = Some(said).filter(|said| !said.is_empty()).into_iter().collect();
    }
    Ok(())
}

/// The words of an answer, each understood; the question comes back until all are.
fn several<T>(words: &str, understood: impl Fn(&str) -> Result<T, String>) -> io::Result<Vec<T>> {
    loop {
        match question(words)?.split_whitespace().map(&understood).collect() {
            Ok(all) => return Ok(all),
            Err(fault) => report::say(&french::bind_spaces(&format!("{fault}.\n"))),
        }
    }
}

fn question(words: &str) -> io::Result<String> {
    report::say(&french::bind_spaces(&format!("{words} : ")));
    io::stdout().flush()?;
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim().to_string())
}

/// The rank of the one that is chosen.
fn choose(words: &str, choices: &[&str]) -> io::Result<usize> {
    let mut text = format!("\n{words} :\n");
    for (at, choice) in choices.iter().enumerate() {
        text.push_str(&format!("  {}. {}\n", at + 1, nom(choice)));
    }
    report::say(&french::bind_spaces(&text));
    loop {
        let said = question(&format!("Numéro, de 1 à {}", choices.len()))?;
        if let Some(at) = said.parse::<usize>().ok().and_then(|n| n.checked_sub(1))
            && at < choices.len()
        {
            return Ok(at);
        }
    }
}

/// An identifier that can be a file name, or what it should be.
fn identifier(said: &str) -> Result<Slug, Vec<String>> {
    Slug::new(said).filter(|s| s.as_str().len() <= 100).ok_or_else(|| {
        let near = slugify(said);
        let near = near.get(..near.len().min(60)).unwrap_or_default().trim_matches('-');
        vec![if near.is_empty() {
            format!("« {said} » ne peut pas être un identifiant : minuscules sans accent, chiffres et tirets")
        } else {
            format!("« {said} » ne peut pas être un identifiant : écrivez par exemple « {near} »")
        }]
    })
}

fn synthese(snapshot: &Snapshot, args: &NewSynthese) -> Told {
    let id = identifier(&args.id)?;
    let names = args.tableaux.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
    let mut demande = SyntheseDemandee {
        id,
        titre: args.titre.clone(),
        territoire: args.territoire.clone(),
        annee: args.annee,
        tableaux: names.map(identifier).collect::<Result<_, _>>()?,
        document: args.document.as_deref().map(read_document).transpose()?,
        reconnait: true,
        demarche: args.demarche.as_deref().map(identifier).transpose()?,
        thematiques: Vec::new(),
    };
    if demande.document.is_some() || !demande.tableaux.is_empty() {
        let known = site(snapshot)?.thematiques;
        let own = known.into_iter().filter(|t| t.demarche == demande.demarche);
        demande.thematiques = own.map(|t| (t.id, t.titre)).collect();
    }
    let files = scaffold::synthese(&demande)?;
    // What seemed to be its tables may not be.
    if demande.document.is_some() && !faults(snapshot.clone(), &files).0.is_empty() {
        demande.reconnait = false;
        return Ok((scaffold::synthese(&demande)?, scaffold::reconnu(&demande)));
    }
    Ok((files, scaffold::reconnu(&demande)))
}

/// Kind of a file that holds a text without being one, by its first bytes.
fn office(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 4] = [
        (b"%PDF", "un PDF"),
        (b"PK\x03\x04", "un document de Word, de LibreOffice ou d’un tableur"),
        (b"\xd0\xcf\x11\xe0", "un ancien document de bureautique"),
        (b"{\\rtf", "un document RTF"),
    ];
    kinds.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

/// The document received, to the byte.
fn read_document(file: &Path) -> Result<String, Vec<String>> {
    let (shown, bytes) = (report::path(file), read_first(file, DOCUMENT_MAX + 1, false)?);
    if bytes.len() as u64 > DOCUMENT_MAX {
        return Err(vec![format!(
            "« {shown} » dépasse 1 Mio : est-ce bien le texte du document ?"
        )]);
    }
    if let Some(format) = office(&bytes) {
        return Err(vec![format!(
            "« {shown} » est {format}, pas son texte.\nOuvrez-le, sélectionnez tout, copiez, et collez dans un éditeur de texte : voyez TRANSCRIRE.md, « Enregistrer le document comme texte »"
        )]);
    }
    String::from_utf8(bytes).map_err(|_| {
        vec![format!(
            "« {shown} » n’est pas un texte en UTF-8.\nDans l’éditeur de texte où vous l’avez collé, enregistrez-le avec l’encodage UTF-8"
        )]
    })
}

fn page(args: &NewPage) -> Told {
    let id = identifier(&args.id)?;
    Ok((vec![(format!("content/pages/{id}.md"), scaffold::page(&args.titre)?)], None))
}
