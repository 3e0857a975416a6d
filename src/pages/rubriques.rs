//! The texts of several workshops on one subject, by nature, those that say the same together.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use super::{
    limits::{GROUPES, LIEUX, TEXTES, VARIANTES},
    natures::pluriel,
};
use crate::{
    french,
    model::{Nature, Thematique},
    site::{BlocPlace, Site},
    source::slugify,
};

/// Place of a bloc: its workshop in the site, its rank there.
pub(super) type PlaceDeBloc = (usize, usize);

/// The texts of one nature, or of the free columns of one name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rubrique {
    /// Folder of its pages.
    pub slug: String,
    /// « Irritants ».
    pub nom: String,
    /// Number of texts, those of the same words counted once.
    pub nombre: usize,
    /// Workshops that have one.
    pub ateliers: usize,
    /// Those that most workshops say first, then the first of each workshop, the second of each.
    pub groupes: Vec<Proches>,
    /// Groups of each page of the whole list; none where the page of the thématique shows it.
    pub pages: Vec<Range<usize>>,
}

/// Texts that are near the first of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Proches {
    /// Different words, each with the places that say them, in the order of the site.
    pub textes: Vec<Vec<PlaceDeBloc>>,
}

impl Proches {
    /// Workshops that say it.
    pub(super) fn ateliers(&self) -> BTreeSet<usize> {
        self.textes.iter().flatten().map(|(a, _)| *a).collect()
    }

    /// True when the page of the thématique shows all of it.
    fn is_short(&self) -> bool {
        self.textes.len() <= VARIANTES && self.textes.iter().all(|places| places.len() <= LIEUX)
    }
}

/// Share of their words, in percent, that two near texts have in common. Under it, texts about different things meet;
/// above, « Former les enseignants » leaves « Former les jeunes enseignants ».
const COMMON: usize = 60;
/// Texts that one is compared with at most, so that the work stays linear whatever is written.
const COMPARED: usize = 200;

/// Name of a nature, and its texts with their workshops.
type Said = (String, Vec<(usize, PlaceDeBloc)>);

/// What the workshops say of a thématique, nature by nature; nothing unless two of them say something.
pub(super) fn rubriques(site: &Site, t: &Thematique) -> Vec<Rubrique> {
    if site.seule_voix(&t.id).is_some() {
        return Vec::new();
    }
    let mut found: BTreeMap<(usize, String), Said> = BTreeMap::new();
    for (a, atelier) in site.ateliers.iter().enumerate() {
        let mut ranks: HashMap<String, usize> = HashMap::new();
        for (i, place) in atelier.blocs.iter().enumerate().filter(|(_, b)| b.thematique == t.id) {
            let Some((order, nom)) = column(place, || atelier.nature(place)) else { continue };
            let slug = slugify(&nom);
            let rank = ranks.entry(slug.clone()).or_default();
            let (_, list) = found.entry((order, slug)).or_insert_with(|| (nom, Vec::new()));
            list.push((*rank, (a, i)));
            *rank += 1;
        }
    }
    let made = found.into_iter().filter(|((_, slug), _)| !slug.is_empty());
    made.map(|((_, slug), (nom, list))| rubrique(site, slug, nom, list)).collect()
}

/// Rank of a nature among the others, and its name; subjects and titles of fiches are not compared.
fn column(place: &BlocPlace, heading: impl Fn() -> String) -> Option<(usize, String)> {
    match place.bloc.nature {
        Some(Nature::Intitule | Nature::SousThematique | Nature::Mention) => None,
        Some(nature) => {
            let order = Nature::ALL.iter().position(|one| *one == nature)?;
            Some((order, french::capitalized(pluriel(nature).1)))
        }
        None => Some((Nature::ALL.len(), heading())),
    }
}

fn rubrique(site: &Site, slug: String, nom: String, list: Vec<(usize, PlaceDeBloc)>) -> Rubrique {
    let mut textes: Vec<(String, usize, Vec<PlaceDeBloc>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (rank, (a, i)) in list {
        let text = site.ateliers[a].blocs[i].bloc.texte();
        let at = *known.entry(french::canonical(&text)).or_insert(textes.len());
        match textes.get_mut(at) {
            Some((_, first, places)) => {
                *first = rank.min(*first);
                places.push((a, i));
            }
            None => textes.push((text, rank, vec![(a, i)])),
        }
    }
    let nombre = textes.len();
    let words: Vec<BTreeSet<String>> = textes.iter().map(|(text, ..)| words(text)).collect();
    let mut groupes: Vec<(usize, Proches)> = Vec::new();
    for group in near(&words) {
        let rank = group.iter().map(|n| textes[*n].1).min().unwrap_or_default();
        let textes = group.iter().map(|n| std::mem::take(&mut textes[*n].2)).collect();
        groupes.push((rank, Proches { textes }));
    }
    groupes.sort_by_cached_key(|(rank, groupe)| (Reverse(groupe.ateliers().len()), *rank));
    let groupes: Vec<Proches> = groupes.into_iter().map(|(_, groupe)| groupe).collect();
    let ateliers: BTreeSet<usize> = groupes.iter().flat_map(Proches::ateliers).collect();
    let whole = groupes.len() <= GROUPES && groupes.iter().all(Proches::is_short);
    let pages = if whole { Vec::new() } else { pages(&groupes) };
    Rubrique { slug, nom, nombre, ateliers: ateliers.len(), groupes, pages }
}

/// Groups of each page: at most so many texts, or one group.
fn pages(groupes: &[Proches]) -> Vec<Range<usize>> {
    let (mut pages, mut first, mut held) = (Vec::new(), 0, 0);
    for (n, groupe) in groupes.iter().enumerate() {
        if n > first && held + groupe.textes.len() > TEXTES {
            pages.push(first..n);
            (first, held) = (n, 0);
        }
        held += groupe.textes.len();
    }
    pages.push(first..groupes.len());
    pages
}

/// Words of a text that tell it from another: three letters or more, without accent nor mark of plural; never the tool
/// words of French.
fn words(text: &str) -> BTreeSet<String> {
    const TOOLS: [&str; 13] = [
        "les", "des", "une", "aux", "par", "sur", "pour", "dans", "avec", "que", "qui", "leur",
        "leurs",
    ];
    let folded = french::fold(text);
    let pieces = folded.split(|c: char| !c.is_alphanumeric());
    let kept = pieces.filter(|word| word.chars().count() > 2 || word.starts_with(char::is_numeric));
    let kept = kept.filter(|word| !TOOLS.contains(word));
    kept.map(|word| word.trim_end_matches(['s', 'x']).to_string()).collect()
}

/// Groups of texts by their words: each text joins the first one that it is near, or begins a group. Two texts are near
/// when they have [`COMMON`] percent of their words in common. Of texts that have a rare word in common only: others
/// cannot have that many.
fn near(texts: &[BTreeSet<String>]) -> Vec<Vec<usize>> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for word in texts.iter().flatten() {
        *uses.entry(word).or_default() += 1;
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // Groups whose first text has the word among its rarest.
    let mut leading: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, own) in texts.iter().enumerate() {
        let mut rarest: Vec<&str> = own.iter().map(String::as_str).collect();
        rarest.sort_by_key(|word| (uses[word], *word));
        rarest.truncate(own.len() - (own.len() * COMMON).div_ceil(100) + 1);
        let met = rarest.iter().filter_map(|word| leading.get(word)).flatten().take(COMPARED);
        let met: BTreeSet<usize> = met.copied().collect();
        match met.into_iter().find(|group| alike(&texts[groups[*group][0]], own)) {
            Some(group) => groups[group].push(n),
            None => {
                for word in rarest {
                    leading.entry(word).or_default().push(groups.len());
                }
                groups.push(vec![n]);
            }
        }
    }
    groups
}

fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    all > 0 && common * 100 >= all * COMMON
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(texts: &[&str]) -> Vec<Vec<usize>> {
        near(&texts.iter().map(|text| words(text)).collect::<Vec<_>>())
    }

    #[test]
    fn near_texts_meet_and_others_do_not() {
        let texts = [
            "Former les enseignants au numérique",
            "Débit insuffisant à l’école",
            "Former tous les enseignants au numérique",
            "Débits insuffisants dans les écoles",
            "Former les parents au numérique",
            "Acheter 600 clés",
            "Acheter 60 clés",
        ];
        assert_eq!(grouped(&texts), [vec![0, 2], vec![1, 3], vec![4], vec![5], vec![6]]);
    }

    #[test]
    fn texts_without_a_word_stay_alone() {
        assert_eq!(grouped(&["à", "« ? »", "à", ""]), [vec![0], vec![1], vec![2], vec![3]]);
    }

    /// A text is compared with what has a rare word of it; nothing near is missed.
    #[test]
    fn rare_words_miss_nothing() {
        let texts: Vec<BTreeSet<String>> = (0..120_usize)
            .map(|n| (0..6).map(|k| format!("m{}", (n * 7 + k * (n % 5)) % 17)).collect())
            .collect();
        let mut plain: Vec<Vec<usize>> = Vec::new();
        for (n, own) in texts.iter().enumerate() {
            match plain.iter_mut().find(|group| alike(&texts[group[0]], own)) {
                Some(group) => group.push(n),
                None => plain.push(vec![n]),
            }
        }
        assert_eq!(near(&texts), plain);
    }

    #[test]
    fn a_page_holds_so_many_texts() {
        let groupe = |n: usize| Proches { textes: vec![Vec::new(); n] };
        let groupes = [groupe(TEXTES - 1), groupe(1), groupe(2), groupe(TEXTES + 1), groupe(1)];
        assert_eq!(pages(&groupes), [0..2, 2..3, 3..4, 4..5]);
        assert_eq!(pages(&[]).len(), 1);
        assert_eq!(pages(&[])[0], 0..0);
    }
}
