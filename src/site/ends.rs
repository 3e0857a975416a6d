//! Ends: what the `vers` of a rapprochement names, in its own synthèse or in another.

use std::collections::BTreeMap;

use super::{Atelier, Bout, Doubts, Site};
use crate::{
    diag::{Code, Diagnostic, nearest},
    model::Rapprochement,
};

/// Every address that a rapprochement of the site may write.
pub(super) struct Ends<'a> {
    ateliers: Vec<Addresses>,
    doubt: &'a Doubts,
}

/// The addresses of one synthèse: `thematique/bloc` and `thematique/bloc-2`.
struct Addresses {
    synthese: String,
    ends: BTreeMap<String, Bout>,
}

impl<'a> Ends<'a> {
    pub(super) fn of(site: &'a Site) -> Self {
        Self { ateliers: site.ateliers.iter().map(Addresses::of).collect(), doubt: &site.doubts }
    }

    /// The synthèse and the end that are meant from a thématique of the synthèse `a`.
    pub(super) fn find(
        &self,
        written: &Rapprochement,
        (a, thematique): (usize, &str),
        diags: &mut Vec<Diagnostic>,
    ) -> Option<(usize, Bout)> {
        let name = written.vers.value.as_str();
        let unknown = match name.split_once(':') {
            None => {
                let full =
                    if name.contains('/') { name.into() } else { format!("{thematique}/{name}") };
                match self.in_synthese(a, &full) {
                    Ok(bout) => return Some((a, bout)),
                    Err(doubtful) => (!doubtful).then(|| self.no_bloc(name, &full, a))?,
                }
            }
            Some((synthese, rest)) => match self.rank(synthese) {
                None if self.is_unread(&format!("{synthese}/synthese.toml")) => return None,
                None => self.no_synthese(synthese, rest),
                Some(there) => match self.in_synthese(there, rest) {
                    Ok(bout) => return Some((there, bout)),
                    Err(doubtful) => (!doubtful).then(|| self.not_there(there, rest))?,
                },
            },
        };
        diags.push(unknown.at(&written.vers.span, ""));
        None
    }

    fn rank(&self, synthese: &str) -> Option<usize> {
        self.ateliers.iter().position(|atelier| atelier.synthese == synthese)
    }

    fn is_unread(&self, path: &str) -> bool {
        self.doubt.fichiers.contains(format!("content/syntheses/{path}").as_str())
    }

    /// The end with a whole name; else, true when its file has errors of its own.
    fn in_synthese(&self, a: usize, full: &str) -> Result<Bout, bool> {
        let Addresses { synthese, ends } = &self.ateliers[a];
        let thematique = full.split_once('/').map_or("", |(thematique, _)| thematique);
        let doubtful = || self.is_unread(&format!("{synthese}/tableaux/{thematique}.toml"));
        ends.get(full).copied().ok_or_else(doubtful)
    }

    fn no_bloc(&self, name: &str, full: &str, a: usize) -> Diagnostic {
        let names: Vec<&str> = self.ateliers[a].ends.keys().map(String::as_str).collect();
        Diagnostic::new(Code::BlocInconnu, format!("il n’y a pas de bloc « {name} »")).suggest_or(
            full,
            &names,
            "écrivez « thématique/identifiant » : l’identifiant est dans le fichier de tableaux",
        )
    }

    fn no_synthese(&self, synthese: &str, rest: &str) -> Diagnostic {
        let known: Vec<&str> = self.ateliers.iter().map(|a| a.synthese.as_str()).collect();
        let diagnostic =
            Diagnostic::new(Code::BlocInconnu, format!("il n’y a pas de synthèse « {synthese} »"));
        diagnostic.help(match nearest(synthese, known) {
            Some(id) => format!("vouliez-vous dire « {id}:{rest} » ?"),
            None => "avant les deux-points vient le nom d’un dossier de content/syntheses".into(),
        })
    }

    /// What is missing in a synthèse that is there: the thématique, or the bloc.
    fn not_there(&self, there: usize, rest: &str) -> Diagnostic {
        let Addresses { synthese, ends } = &self.ateliers[there];
        let known = ends.keys().filter_map(|end| end.split_once('/'));
        let (thematique, bloc) = rest.split_once('/').unwrap_or(("", rest));
        let thematiques: Vec<&str> = known.clone().map(|(t, _)| t).collect();
        let proposed = |end: Option<String>, otherwise: &str| match end {
            Some(end) => format!("vouliez-vous dire « {synthese}:{end} » ?"),
            None => otherwise.into(),
        };
        if thematique.is_empty() {
            let said =
                format!("« {synthese}:{bloc} » ne dit pas dans quelle thématique est ce bloc");
            let end = known.clone().find(|(_, id)| *id == bloc).map(|(t, id)| format!("{t}/{id}"));
            return Diagnostic::new(Code::BlocInconnu, said)
                .help(proposed(end, "écrivez « synthèse:thématique/identifiant »"));
        }
        if !thematiques.contains(&thematique) {
            let said = format!("la synthèse « {synthese} » n’a pas de thématique « {thematique} »");
            let near = nearest(thematique, thematiques).map(|near| format!("{near}/{bloc}"));
            return Diagnostic::new(Code::BlocInconnu, said).help(proposed(
                near,
                "le nom d’une thématique est celui de son fichier, dans le dossier « tableaux » de cette synthèse",
            ));
        }
        let near = nearest(rest, ends.keys().map(String::as_str)).map(str::to_string);
        let said = format!("la synthèse « {synthese} » n’a pas de bloc « {rest} »");
        Diagnostic::new(Code::BlocInconnu, said)
            .help(proposed(near, "l’identifiant est dans le fichier de tableaux de cette synthèse"))
    }
}

impl Addresses {
    fn of(atelier: &Atelier) -> Self {
        let mut ends = BTreeMap::new();
        for (i, place) in atelier.blocs.iter().enumerate() {
            let mut add = |ancre: &str, bout| {
                ends.insert(format!("{}/{ancre}", place.thematique), bout);
            };
            add(place.bloc.id.value.as_str(), Bout::Bloc(i, None));
            if place.bloc.textes.len() > 1 {
                for n in 1..=place.bloc.textes.len() {
                    add(&place.bloc.ancre(n), Bout::Bloc(i, Some(n)));
                }
            }
        }
        Self { synthese: atelier.synthese.id.to_string(), ends }
    }
}
