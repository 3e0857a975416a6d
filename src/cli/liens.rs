//! `retex liens`: asks every external address of the content for an answer, and keeps what it says in `liens.toml`.

mod bilan;
mod carnet;

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use url::Url;

use super::{CONTENT, Ended, args::LiensArgs, corriger, read_site, report};
use crate::{
    build::Options,
    diag::{Code, Place},
    disk::{self, Before, Written},
    french,
    liens::{self, Endroit},
    model::{Sante, Vie, cle},
    parse::SANTE,
    reseau::{Nouvelle, Reglages, Tournee},
    site::Site,
    source::{Date, SitePath, Snapshot, SourceFile},
};
use carnet::Carnet;

/// Checks the links.
pub(super) fn run(root: &Path, args: &LiensArgs) -> Ended {
    let mut snapshot = read_site(root)?;
    let site = site_of(&snapshot)?;
    let day = args.date.unwrap_or_else(disk::today);
    let all: BTreeMap<String, Url> =
        liens::emplois(&site).into_iter().map(|e| (cle(&e.url), e.url)).collect();
    let wanted: Vec<Url> =
        all.values().filter(|url| is_wanted(url, args, &site.sante, day)).cloned().collect();
    if args.a_blanc {
        report::say(&bilan::a_blanc(&wanted));
        return Ok(());
    }
    let mut sante = site.sante.clone();
    sante.0.retain(|address, _| all.contains_key(address));
    let reglages = reglages(args, &site);
    let (carnet, left) = visit(root, &wanted, &reglages, day)?;
    let (day, seen) = carnet.seen();
    if !seen.is_empty() && seen.values().all(|constat| constat.resultat.est_sans_reseau()) {
        carnet.forget()?;
        return Err(report::refused(
            "aucun site n’a répondu : ce poste n’a sans doute pas de réseau.\nliens.toml n’a pas changé. Derrière un mandataire, donnez son adresse dans HTTPS_PROXY et HTTP_PROXY",
        ));
    }
    seen.iter().for_each(|(address, constat)| liens::noter(&mut sante, address, day, constat));
    if args.archives {
        look_for_copies(&site, &mut sante, &reglages, args);
    }
    write(root, &mut snapshot, &sante)?;
    // What is left is for the same command, once more: the journal says where it is.
    if left == 0 {
        carnet.forget()?;
    }
    report::say(&bilan::dit(&sante, seen, left, day));
    if args.corriger {
        corriger::run(root, &mut snapshot, &Options::default(), args.oui, &|said| {
            said.code == Code::LienMort
        })?;
    }
    Ok(())
}

/// The site, when enough of it can be read, and what was known of its links.
fn site_of(snapshot: &Snapshot) -> Result<Site, u8> {
    let options = Options { sources_only: true, ..Options::default() };
    let found = super::judge(snapshot, &options);
    let about_links = |place: &Place| place.file().is_some_and(|file| file.as_str() == SANTE);
    let unread =
        [Code::LienMort, Code::LienMortAvecCopie, Code::LienSansReponse, Code::LienDeplace];
    let wrong: Vec<_> = found
        .diagnostics
        .iter()
        .filter(|d| about_links(&d.place) && !unread.contains(&d.code))
        .collect();
    if !wrong.is_empty() {
        report::complain_of(wrong, snapshot);
        report::failure(
            "liens.toml ne se lit pas en entier : rien n’a été demandé, pour ne rien en perdre.\nRéparez-le, ou supprimez-le pour recommencer à zéro",
        );
        return Err(CONTENT);
    }
    found.site.ok_or_else(|| {
        report::failure("le site ne se lit pas.\nLancez « retex check » et corrigez les erreurs");
        CONTENT
    })
}

/// True when an address is to be asked.
fn is_wanted(url: &Url, args: &LiensArgs, sante: &Sante, day: Date) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_host = |name: &str| {
        let name = name.to_lowercase();
        // A name with accents, as a reader writes it.
        let name = Url::parse(&format!("https://{name}/"))
            .ok()
            .and_then(|url| url.host_str().map(str::to_string))
            .unwrap_or(name);
        host == name || host.strip_suffix(&name).is_some_and(|rest| rest.ends_with('.'))
    };
    let seen = sante.de(url).and_then(|etat| etat.vu());
    let is_old = |days: u32| {
        seen.is_none_or(|seen| day.days() - seen.days() >= i32::try_from(days).unwrap_or(i32::MAX))
    };
    args.hote.as_deref().is_none_or(is_host) && args.depuis.is_none_or(is_old)
}

fn reglages(args: &LiensArgs, site: &Site) -> Reglages {
    let contact = site.config.url.as_ref().or(site.config.depot.as_ref()).map(Url::to_string);
    // A header holds nothing but ASCII.
    let contact = contact
        .or_else(|| site.config.contact.clone())
        .filter(|c| c.bytes().all(|b| b.is_ascii_graphic()) && !c.contains(['(', ')']));
    let contact = contact.map_or(String::new(), |contact| format!(" (+{contact})"));
    Reglages {
        agent: format!("retex/{}{contact}", env!("CARGO_PKG_VERSION")),
        pause: args.pause,
        delai: args.delai,
        patience: args.patience,
        duree: args.duree,
    }
}

/// Visits the addresses that no earlier round of that day has seen; gives the notes, and how many are left.
fn visit(
    root: &Path,
    wanted: &[Url],
    reglages: &Reglages,
    day: Date,
) -> Result<(Carnet, usize), u8> {
    let (carnet, connues) = Carnet::open(root, day)?;
    let todo: Vec<Url> = wanted.iter().filter(|url| !carnet.has_seen(&cle(url))).cloned().collect();
    let (done, shows) = (AtomicUsize::new(0), io::stderr().is_terminal());
    let told = |nouvelle: &Nouvelle| {
        carnet.note(nouvelle);
        if let Nouvelle::Adresse(address, _) = nouvelle
            && shows
        {
            let n = done.fetch_add(1, Ordering::Relaxed) + 1;
            let host = Url::parse(address).ok();
            let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
            report::command(&format!("\r\u{1b}[K{n}/{} {host}", todo.len()));
        }
    };
    let tournee = Tournee::nouvelle(reglages, connues, &told);
    tournee.visiter(&todo);
    if shows {
        report::command("\r\u{1b}[K");
    }
    if carnet.network_may_be_lost()
        && let Some(alive) = carnet.alive().and_then(|address| Url::parse(&address).ok())
        && !tournee.repond_encore(&alive)
    {
        let count = carnet.forget_the_last();
        report::complain(&french::bind_spaces(&format!(
            "Le réseau s’est coupé en route : {} ne comptent pas.\n",
            french::count(count, "adresse sans réponse", "adresses sans réponse")
        )));
    }
    let left = wanted.iter().filter(|url| !carnet.has_seen(&cle(url))).count();
    Ok((carnet, left))
}

/// Looks in the archive for a copy of each dead address that has none.
fn look_for_copies(site: &Site, sante: &mut Sante, reglages: &Reglages, args: &LiensArgs) {
    let told = |_: &Nouvelle| {};
    let tournee = Tournee::nouvelle(reglages, BTreeMap::new(), &told);
    let mut silent = 0;
    for emploi in liens::emplois(site) {
        let Some(etat) = sante.0.get_mut(&cle(&emploi.url)) else { continue };
        if etat.vie() != Vie::Mort || etat.copie.is_some() {
            continue;
        }
        let of_workshop = |year| Date { year, month: 7, day: 1 };
        let day = match emploi.endroit {
            Endroit::Ressource(_, fiche, n) if fiche.liens[n].url_archive.is_some() => continue,
            Endroit::Ressource(atelier, fiche, _) => {
                fiche.jour().unwrap_or_else(|| of_workshop(atelier.synthese.annee))
            }
            Endroit::Copie => continue,
            Endroit::Texte => match etat.repondait.or(etat.en_panne) {
                Some(day) => day,
                None => continue,
            },
        };
        let question = liens::demande_de_copie(&args.api_archives, emploi.url.as_str(), day);
        match tournee.page(&question) {
            Some(answer) => etat.copie = liens::copie(&answer),
            None => silent += 1,
        }
    }
    if silent > 0 {
        report::complain(&french::bind_spaces(&format!(
            "L’archive n’a pas répondu pour {} : relancez plus tard avec --archives.\n",
            french::count(silent, "adresse", "adresses")
        )));
    }
}

/// Writes `liens.toml` when it changes.
fn write(root: &Path, snapshot: &mut Snapshot, sante: &Sante) -> Ended {
    let text = liens::toml(sante);
    let path = SitePath::new(SANTE);
    let known = snapshot.files.get(&path);
    if known.map_or(sante.est_vide(), |file| file.bytes() == text.as_bytes()) {
        return Ok(());
    }
    let before = known.map_or(Before::Nothing, |file| Before::Bytes(file.bytes()));
    let written = [Written { path: &path, before, text: &text }];
    disk::write_sources(root, &written).map_err(report::refused)?;
    snapshot.insert(SourceFile::text(SANTE, &text));
    Ok(())
}
