//! From what was seen of an address on one day to what `liens.toml` keeps of it.

use serde::{Deserialize, Serialize};

use crate::{
    model::{EtatLien, Resultat, Sante},
    source::Date,
};

/// End of a visit to an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constat {
    /// Answer.
    pub resultat: Resultat,
    /// HTTP status, when it is not 200.
    pub code: Option<u16>,
    /// Address that it leads to, when that is another one.
    pub vers: Option<String>,
}

/// Notes what was seen of an address on a day.
pub fn noter(sante: &mut Sante, adresse: &str, jour: Date, constat: &Constat) {
    let etat = sante.0.entry(adresse.to_string()).or_insert_with(|| EtatLien {
        resultat: constat.resultat,
        code: None,
        repondait: None,
        en_panne: None,
        derniere_panne: None,
        pannes: 0,
        vers: None,
        copie: None,
    });
    if etat.vu().is_some_and(|seen| seen > jour) {
        return;
    }
    (etat.resultat, etat.code) = (constat.resultat, constat.code.map(usize::from));
    if constat.resultat.est_vivant() {
        etat.repondait = Some(jour);
        (etat.en_panne, etat.derniere_panne, etat.pannes) = (None, None, 0);
        etat.vers.clone_from(&constat.vers);
        etat.copie = None;
    } else if !constat.resultat.est_indecis() && etat.derniere_panne != Some(jour) {
        etat.en_panne = etat.en_panne.or(Some(jour));
        etat.derniere_panne = Some(jour);
        etat.pannes += 1;
        etat.vers = None;
    }
}

/// First lines of the file.
const HEAD: &str = "# Santé des liens externes du site, écrite par « retex liens » : ne la modifiez pas à la main.\n# Si deux versions se contredisent, gardez l’une des deux : la prochaine vérification récrit tout.\n";

/// The whole file: addresses in order, each with its keys in the same order, one a line.
pub fn toml(sante: &Sante) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_string()).to_string();
    let mut out = HEAD.to_string();
    for (adresse, etat) in &sante.0 {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        let keys = [
            ("adresse", Some(quoted(adresse))),
            ("resultat", Some(quoted(etat.resultat.slug()))),
            ("code", etat.code.map(|code| code.to_string())),
            ("repondait", day(etat.repondait)),
            ("en_panne", day(etat.en_panne)),
            ("derniere_panne", day(etat.derniere_panne)),
            ("pannes", (etat.pannes > 0).then(|| etat.pannes.to_string())),
            ("vers", etat.vers.as_deref().map(quoted)),
            ("copie", etat.copie.as_deref().map(quoted)),
        ];
        out.push_str("\n[[adresses]]\n");
        for (key, value) in keys.into_iter().filter_map(|(key, value)| Some((key, value?))) {
            out.push_str(&format!("{key} = {value}\n"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_once() {
        let mut sante = Sante::default();
        let day = |n: u32| Date::of_days(20_000 + n);
        let saw = |resultat| Constat { resultat, code: None, vers: None };
        let mut note = |n: u32, resultat| {
            noter(&mut sante, "https://exemple.fr/", day(n), &saw(resultat));
            let etat = &sante.0["https://exemple.fr/"];
            (etat.repondait.map(|d| d.days() - day(0).days()), etat.pannes, etat.est_mort())
        };
        assert_eq!(note(0, Resultat::Repond), (Some(0), 0, false));
        assert_eq!(note(1, Resultat::Introuvable), (Some(0), 1, false));
        assert_eq!(note(1, Resultat::Introuvable), (Some(0), 1, false), "the same day");
        assert_eq!(note(2, Resultat::Reserve), (Some(0), 1, false), "nothing is concluded");
        assert_eq!(note(3, Resultat::Delai), (Some(0), 2, false));
        assert_eq!(note(8, Resultat::Panne), (Some(0), 3, true));
        assert_eq!(note(9, Resultat::Repond), (Some(9), 0, false), "it is back");
    }
}
