//! The part of a thématique in a table, made to be read: its rangées where the document or the editor relates its texts,
//! else its lists side by side, and what nobody relates, told once.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Ici,
    blocs::{BlocVue, EnonceVue, bloc, est_propose},
    cartes::LienVue,
    imprimes::Imprimes,
    joined::Joined,
    natures::{RELATED, pluriel},
};
use crate::{
    french,
    markdown::{Glose, Html, plain_en, texte_en},
    model::{Langue, Nature, Tableau, TableauEntete},
    site::{Atelier, BlocPlace, Bout, address},
    source::Slug,
};

/// One thématique's part of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Volet {
    /// `diagnostic`.
    pub id: String,
    /// « Diagnostic », « Des irritants aux axes ».
    pub nom: String,
    /// The title the source gives the table.
    pub titre: Html,
    /// The table as received.
    pub entier: LienVue,
    /// True when the source has something for this thématique.
    pub present: bool,
    /// What nobody relates, or what stands elsewhere on the page.
    pub avis: Option<String>,
    /// Its rangées; `None` where it has but lists.
    pub fils: Option<Fils>,
    /// Lists, one for each column: all of them, or what no rangée holds.
    pub listes: Vec<ListeDeTextes>,
    /// Texts that stand elsewhere on the page, in words; empty without any.
    pub repris: String,
}

/// Rangées, cell by cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fils {
    /// Who relates the texts.
    pub legende: String,
    /// Headings of the columns.
    pub entetes: Vec<Entete>,
    /// Rows; the first cell heads its row.
    pub rangees: Vec<Vec<CelluleLue>>,
}

/// Heading of a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entete {
    /// Heading in the source.
    pub html: Html,
    /// The same, for the cells of a narrow screen.
    pub texte: String,
}

/// A cell of a rangée.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CelluleLue {
    /// Its texts.
    pub blocs: Vec<BlocVue>,
    /// True when the editor proposes that they belong to this row.
    pub rapproche: bool,
    /// Place of those that the page prints elsewhere: a row of the document is never shown with a hole.
    pub ailleurs: Option<LienVue>,
}

/// The texts of a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListeDeTextes {
    /// Heading in the source.
    pub titre: Html,
    /// Its texts.
    pub blocs: Vec<BlocVue>,
    /// True of the actions: other pages name them by their rank.
    pub numerotee: bool,
    /// True of what the others belong to: it has the larger half.
    pub principale: bool,
}

/// What a part of a table is made of, while it is made.
struct Maker<'a, 'g> {
    ici: Ici<'a>,
    atelier: &'a Atelier,
    thematique: &'a Slug,
    tableau: Tableau,
    entete: &'a TableauEntete,
    imprimes: &'a Imprimes,
    glose: &'a mut Glose<'g>,
}

/// `imprimes`: the texts that the page prints once.
pub(super) fn volet<'a, 'g>(
    ici: Ici<'a>,
    (atelier, thematique, tableau): (&'a Atelier, &'a Slug, Tableau),
    imprimes: &'a Imprimes,
    glose: &'a mut Glose<'g>,
) -> Volet {
    let s = &atelier.synthese;
    let entete = &s.tableaux[&tableau];
    let maker = Maker { ici, atelier, thematique, tableau, entete, imprimes, glose };
    let present = atelier.a_une_ligne(thematique, tableau);
    let mut volet = Volet {
        id: s.id_du_tableau(tableau).to_string(),
        nom: nom(atelier, tableau),
        titre: texte_en(atelier.langue(), &entete.intitule.titre.value, None, None),
        entier: ici.vers(
            french::typography(&format!("{} : le tableau tel que reçu", s.nom_du_tableau(tableau))),
            &address::tableau(s, tableau),
        ),
        present,
        avis: None,
        fils: None,
        listes: Vec::new(),
        repris: String::new(),
    };
    if present {
        maker.fill(&mut volet);
    }
    volet
}

/// Name of the section: the chain's, where the table holds it.
fn nom(atelier: &Atelier, tableau: Tableau) -> String {
    let entete = &atelier.synthese.tableaux[&tableau];
    let chain =
        tableau == Tableau::Projections && entete.a(Nature::Irritant) && entete.a(Nature::Axe);
    if chain { "Des irritants aux axes".into() } else { atelier.synthese.nom_du_tableau(tableau) }
}

impl<'a> Maker<'a, '_> {
    fn fill(mut self, volet: &mut Volet) {
        let columns = self.columns();
        let last = self.atelier.derniere_rangee(self.thematique, self.tableau);
        if last > 1 {
            volet.fils = Some(self.received(&self.received_columns(), last));
            volet.repris = self.elsewhere(&BTreeSet::new());
        } else if self.tableau == Tableau::Diagnostic {
            volet.listes = self.lists(&columns, |_| true);
            volet.repris = self.elsewhere(&BTreeSet::new());
        } else {
            let joined = Joined::of(self.atelier, self.thematique, self.tableau);
            let groups = joined.groups(|i| self.shows(i));
            let grouped: BTreeSet<usize> = groups.iter().flatten().copied().collect();
            if !groups.is_empty() {
                volet.fils = Some(self.threads(&columns, &groups, &joined));
            }
            volet.listes = self.lists(&columns, |i| !grouped.contains(&i));
            volet.avis = self.unsaid(&volet.listes, &grouped, &joined);
            volet.repris = self.elsewhere(&grouped);
        }
    }

    /// Blocs of the thématique in the table, with their indices.
    fn own(&self) -> impl Iterator<Item = (usize, &'a BlocPlace)> + use<'a> {
        self.atelier.blocs_du_tableau(self.thematique, self.tableau)
    }

    /// The published columns that have something to show here.
    fn columns(&self) -> Vec<usize> {
        let published = |n: &usize| self.entete.colonnes[*n].exclure.is_none();
        let has = |n: &usize| self.own().any(|(i, b)| b.bloc.colonne == *n && self.shows(i));
        (0..self.entete.colonnes.len()).filter(published).filter(has).collect()
    }

    /// The published columns that have something but the title of the thématique.
    fn received_columns(&self) -> Vec<usize> {
        let has = |n: &usize| {
            let mut all = self.own();
            all.any(|(_, b)| b.bloc.colonne == *n && b.bloc.nature != Some(Nature::Intitule))
        };
        let published = |n: &usize| self.entete.colonnes[*n].exclure.is_none();
        (0..self.entete.colonnes.len()).filter(published).filter(has).collect()
    }

    /// False of what the page says elsewhere: another table's text, the title of a fiche, its own subject.
    fn shows(&self, i: usize) -> bool {
        let subject = self.atelier.blocs[i].bloc.nature == Some(Nature::Intitule);
        !subject && !self.imprimes.holds(self.atelier, i)
    }

    /// A bloc with the links to what its row does not hold.
    fn bloc(&mut self, i: usize, row: &[usize]) -> BlocVue {
        let own = self.tableau;
        let blocs = &self.atelier.blocs;
        let imprimes = self.imprimes;
        let is_shown = |bout: &Bout| match bout {
            Bout::Bloc(other, _) => {
                let table = blocs[*other].tableau;
                // Said once, where the reader goes on from.
                let onwards = own < table || (own == table && own == Tableau::Diagnostic);
                onwards && !row.contains(other)
            }
            Bout::Fiche(_) => true,
        };
        let mut vue = bloc(self.ici, self.atelier, i, is_shown, self.glose);
        for (n, enonce) in vue.enonces.iter_mut().enumerate() {
            enonce.aussi = imprimes.aussi.get(&(i, n)).cloned().unwrap_or_default();
        }
        // A text that this one stands for too: a link to it would lead here. Its table says where it is taken up.
        let here: Vec<&String> = vue.enonces.iter().flat_map(|enonce| &enonce.aussi).collect();
        for renvoi in &mut vue.renvois {
            let Some(anchor) = renvoi.href.strip_prefix('#') else { continue };
            let target = blocs.iter().find(|b| b.bloc.ancres().iter().any(|own| own == anchor));
            if let Some(target) = target.filter(|_| here.iter().any(|own| *own == anchor)) {
                let table = self.atelier.synthese.id_du_tableau(target.tableau);
                renvoi.href = format!("#sujet--{table}");
            }
        }
        vue
    }

    fn headings(&self, columns: &[usize]) -> Vec<Entete> {
        let one = |n: &usize| {
            let (langue, text) = self.heading(*n);
            Entete { html: texte_en(langue, &text, None, None), texte: plain_en(langue, &text) }
        };
        columns.iter().map(one).collect()
    }

    /// Heading of a column as received; of the subjects, whose titles are not repeated, what is left of them.
    fn heading(&self, n: usize) -> (Option<&'a Langue>, String) {
        let colonne = &self.entete.colonnes[n];
        let subject = self
            .own()
            .filter(|(i, b)| b.bloc.colonne == n && self.shows(*i))
            .all(|(_, b)| b.bloc.nature == Some(Nature::SousThematique));
        if subject && colonne.a(Nature::Intitule) {
            return (None, Nature::SousThematique.label().to_string());
        }
        (self.atelier.langue(), colonne.texte.value.clone())
    }

    /// The rangées of the document.
    fn received(&mut self, columns: &[usize], last: usize) -> Fils {
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); last + 1];
        let own = self.own();
        for (i, b) in own.filter(|(_, b)| b.bloc.nature != Some(Nature::Intitule)) {
            rows[b.rangee()].push(i);
        }
        let rangees = rows[1..].iter().map(|row| self.row(columns, row, |_| false)).collect();
        let who = self.atelier.nom();
        Fils {
            legende: french::typography(&format!(
                "{} : les rangées sont celles de {who}.",
                french::capitalized(&french::count(last, "rangée", "rangées")),
            )),
            entetes: self.headings(columns),
            rangees,
        }
    }

    /// Link to a text that the page prints elsewhere.
    fn place_of(&self, i: usize) -> LienVue {
        let place = match self.imprimes.ailleurs.get(&i) {
            Some(table) => format!("dans « {} »", nom(self.atelier, *table)),
            None => "parmi les expériences".to_string(),
        };
        let href = format!("#{}", self.atelier.blocs[i].bloc.ancre(1));
        LienVue::vers(french::typography(&place), href)
    }

    /// The cells of a row: the texts that the page prints here, the place of the others.
    fn row(
        &mut self,
        columns: &[usize],
        all: &[usize],
        tied: impl Fn(usize) -> bool,
    ) -> Vec<CelluleLue> {
        let (here, held): (Vec<usize>, Vec<usize>) = all.iter().partition(|i| self.shows(**i));
        let mut cells = Vec::new();
        for (rank, column) in columns.iter().enumerate() {
            let atelier = self.atelier;
            let in_cell = |i: &usize| atelier.blocs[*i].bloc.colonne == *column;
            let own: Vec<usize> = here.iter().copied().filter(in_cell).collect();
            let ailleurs = held.iter().copied().find(in_cell).map(|i| self.place_of(i));
            let rapproche = rank > 0 && own.iter().any(|i| tied(*i));
            let blocs = own.into_iter().map(|i| self.bloc(i, &here)).collect();
            cells.push(CelluleLue { blocs, rapproche, ailleurs });
        }
        cells
    }

    fn threads(&mut self, columns: &[usize], groups: &[Vec<usize>], joined: &Joined<'_>) -> Fils {
        let shown: BTreeSet<usize> = groups.iter().flatten().copied().collect();
        let edges = || joined.edges.iter().filter(|(a, ..)| shown.contains(a));
        // A label for all of them is said once, above.
        let all = edges().all(|(.., arete)| est_propose(arete));
        let any = edges().any(|(.., arete)| est_propose(arete));
        let written = joined.roots(|arete| !est_propose(arete));
        let mut used: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|n| {
                let in_column =
                    |i: &usize| self.atelier.blocs[*i].bloc.colonne == *n && self.shows(*i);
                groups.iter().flatten().any(in_column)
            })
            .collect();
        // A row is headed by what one does.
        if let Some(place) = used.iter().position(|n| self.entete.colonnes[*n].a(Nature::Action)) {
            used[..=place].rotate_right(1);
        }
        let mut rangees = Vec::new();
        for group in groups {
            let shown: Vec<usize> = group.iter().copied().filter(|i| self.shows(*i)).collect();
            // What the document joins to the head of the row is not the editor's.
            let head = used.iter().find_map(|n| {
                shown.iter().copied().find(|i| self.atelier.blocs[*i].bloc.colonne == *n)
            });
            let own = |i| head.is_some_and(|head| written.of(head) == written.of(i));
            rangees.push(self.row(&used, group, |i| !all && !own(i)));
        }
        let entetes = self.headings(&used);
        let count = french::count(groups.len(), "fil", "fils");
        let who = self.atelier.nom();
        let legende = match (any, all) {
            (false, _) if groups.len() > 1 => format!("{count}, comme {who} les écrit."),
            (false, _) => format!("{count}, comme {who} l’écrit."),
            (_, true) if groups.len() > 1 => {
                format!("{count}, rapprochés par l’éditeur : {who} ne dit pas ce qui va ensemble.")
            }
            (_, true) => {
                format!("{count}, rapproché par l’éditeur : {who} ne dit pas ce qui va ensemble.")
            }
            _ => format!("{count}. « ┈ » : rapproché par l’éditeur, {who} ne le dit pas."),
        };
        Fils { legende: french::typography(&legende), entetes, rangees }
    }

    fn lists(&mut self, columns: &[usize], fits: impl Fn(usize) -> bool) -> Vec<ListeDeTextes> {
        let mut lists = Vec::new();
        for column in columns {
            let here: Vec<usize> = self
                .own()
                .filter(|(i, b)| b.bloc.colonne == *column && self.shows(*i) && fits(*i))
                .map(|(i, _)| i)
                .collect();
            if here.is_empty() {
                continue;
            }
            let nature = self.atelier.blocs[here[0]].bloc.nature;
            let (langue, titre) = self.heading(*column);
            lists.push(ListeDeTextes {
                titre: texte_en(langue, &titre, None, None),
                blocs: here.into_iter().map(|i| self.bloc(i, &[])).collect(),
                numerotee: nature == Some(Nature::Action),
                principale: self.tableau == Tableau::Plan
                    && matches!(
                        nature,
                        Some(Nature::Action | Nature::Axe | Nature::SousThematique)
                    ),
            });
        }
        lists
    }

    /// « La synthèse donne 9 actions et 4 acteurs, sans dire lesquels vont ensemble. »
    fn unsaid(
        &self,
        lists: &[ListeDeTextes],
        grouped: &BTreeSet<usize>,
        joined: &Joined<'_>,
    ) -> Option<String> {
        let tied = joined.roots(|_| true);
        let of = |nature: Nature| {
            let here = self.own();
            here.filter(|(i, b)| b.bloc.nature == Some(nature) && !tied.holds(*i)).count()
        };
        let counted: Vec<String> = RELATED
            .into_iter()
            .filter(|(nature, ..)| of(*nature) > 0)
            .map(|(nature, one, many)| french::count(of(nature), one, many))
            .collect();
        let who = french::capitalized(self.atelier.nom());
        let said = match (lists.len(), counted.len(), grouped.is_empty()) {
            (0, ..) | (_, 0, _) => return None,
            (_, 1, true) => return None,
            (_, _, true) => format!(
                "{who} donne {}, sans dire lesquels vont ensemble. Chaque liste se lit séparément.",
                french::enumerate(&counted)
            ),
            (_, _, false) => format!(
                "{who} donne aussi {}, sans dire à quoi les rattacher.",
                french::enumerate(&counted)
            ),
        };
        Some(french::typography(&said))
    }

    /// « 6 axes de ce tableau se lisent dans « Des irritants aux axes », à l’identique. » Of those in threads, each row says it.
    fn elsewhere(&self, grouped: &BTreeSet<usize>) -> String {
        let mut counts: BTreeMap<(Tableau, Nature), usize> = BTreeMap::new();
        let all = self.own();
        for (i, b) in all.filter(|(i, _)| !grouped.contains(i)) {
            if let (Some(table), Some(nature)) = (self.imprimes.ailleurs.get(&i), b.bloc.nature) {
                *counts.entry((*table, nature)).or_default() += 1;
            }
        }
        let mut said: Vec<String> = Vec::new();
        for group in counts.into_iter().collect::<Vec<_>>().chunk_by(|a, b| a.0.0 == b.0.0) {
            let told = |((_, nature), n): &((Tableau, Nature), usize)| {
                let (one, many) = pluriel(*nature);
                french::count(*n, one, many)
            };
            let total: usize = group.iter().map(|(_, n)| n).sum();
            said.push(format!(
                "{} de ce tableau se {} dans « {} », à l’identique.",
                french::enumerate(&group.iter().map(told).collect::<Vec<_>>()),
                if total > 1 { "lisent" } else { "lit" },
                nom(self.atelier, group[0].0.0),
            ));
        }
        french::typography(&said.join(" "))
    }
}

/// True when a text of these was cut by the editor.
pub(super) fn decoupe<'a>(volets: impl IntoIterator<Item = &'a Volet>) -> bool {
    let cut = |bloc: &BlocVue| bloc.enonces.len() > 1;
    volets.into_iter().any(|volet| {
        let rows = volet.fils.iter().flat_map(|fils| &fils.rangees).flatten();
        rows.flat_map(|cell| &cell.blocs).chain(volet.listes.iter().flat_map(|l| &l.blocs)).any(cut)
    })
}

/// A heading of the source with its anchor.
pub(super) fn intitule(
    langue: Option<&Langue>,
    ancre: String,
    text: &str,
    glose: &mut Glose<'_>,
) -> EnonceVue {
    EnonceVue {
        ancre,
        aussi: Vec::new(),
        html: texte_en(langue, text, None, Some(glose)),
        debut: plain_en(langue, &french::first_words(text, 60)),
    }
}
