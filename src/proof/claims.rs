//! Claims of lines: each list of line numbers that a file gives, with the texts that it says are there.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    french,
    model::{Bloc, Corps, TableauEntete, TableauLigne},
    site::Atelier,
    source::{Span, Spanned},
};

/// Kinds of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClaimKind {
    /// A row of a table.
    Row,
    /// The column headings of a table.
    Headings,
    /// A title, a fiche, the method: texts on lines of prose.
    Prose,
    /// A text left out, with one line.
    Exclusion,
}

/// One list of lines of a file.
#[derive(Debug)]
pub(super) struct LineClaim {
    /// Place of the list.
    pub(super) span: Span,
    /// The lines, as written.
    pub(super) lignes: Vec<usize>,
    /// Kind of what is claimed.
    pub(super) kind: ClaimKind,
    /// Lists of the blocs of a row that name their own lines.
    pub(super) own: Vec<OwnLines>,
}

/// Lines that a bloc of a row names.
#[derive(Debug)]
pub(super) struct OwnLines {
    /// The list.
    pub(super) lignes: Spanned<Vec<usize>>,
    /// The bloc.
    pub(super) bloc: CellText,
}

/// Share of a bloc that one line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Stretch {
    /// All of it.
    Whole,
    /// Beginning alone: a page break cuts it.
    Start,
    /// End alone.
    End,
}

/// Text of one cell that identifies a row.
#[derive(Debug)]
pub(super) struct CellText {
    /// Column, from 0.
    pub(super) colonne: usize,
    /// Whole text of the bloc, canonical.
    pub(super) texte: String,
    /// Share of it on this line.
    pub(super) stretch: Stretch,
}

/// Words that are looked for in the document.
#[derive(Debug)]
pub(super) enum Sought {
    /// Segments of the cells of one line.
    Row(Vec<CellText>),
    /// Words on lines of prose.
    Prose(String),
    /// Words on any line.
    Anywhere(String),
}

/// A text of a claim that is to have a place in the document.
#[derive(Debug)]
pub(super) struct Anchor {
    /// Rank of its claim.
    pub(super) claim: usize,
    /// Line where it is claimed; among several, the likeliest by its rank.
    pub(super) ligne: usize,
    /// Text itself.
    pub(super) sought: Sought,
}

/// Claims of a synthèse and their texts, in the order of the claimed lines.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// All of them.
    pub(super) all: Vec<LineClaim>,
    /// Texts of all, by line.
    pub(super) anchors: Vec<Anchor>,
}

impl Claims {
    /// Claims of all files of a synthèse.
    pub(super) fn of(atelier: &Atelier) -> Self {
        let mut claims = Self::default();
        let synthese = &atelier.synthese;
        for (tableau, entete) in &synthese.tableaux {
            claims.headings(entete);
            for row in atelier.tableaux.iter().filter_map(|file| file.lignes.get(tableau)) {
                claims.row(row, entete);
            }
        }
        let titles = synthese.retex.iter().chain(synthese.tableaux.values().map(|t| &t.intitule));
        for title in titles.chain(atelier.tableaux.iter().filter_map(|file| file.retex.as_ref())) {
            claims.prose(title.lignes.as_ref(), [title.titre.value.as_str()]);
        }
        for legende in synthese.images.iter().filter_map(|image| image.legende.as_ref()) {
            claims.prose(legende.lignes.as_ref(), [legende.titre.value.as_str()]);
        }
        if let Some((corps, lignes)) = &synthese.methode {
            claims.prose(lignes.as_ref(), passages(corps));
        }
        for texte in &synthese.textes {
            let titre = texte.titre.iter().map(|titre| titre.value.as_str());
            claims.prose(texte.lignes.as_ref(), titre.chain(passages(&texte.corps)));
        }
        for fiche in &atelier.fiches {
            let titre = fiche.titre.iter().map(|titre| titre.value.as_str());
            let links =
                fiche.liens.iter().map(|lien| lien.url_source.as_ref().unwrap_or(&lien.texte));
            let texts = titre.chain(passages(&fiche.corps)).chain(links.map(|l| l.value.as_str()));
            claims.prose(fiche.lignes.as_ref(), texts);
        }
        for exclusion in &synthese.exclusions {
            let ligne = exclusion.ligne.value;
            let claim = claims.claim(&exclusion.ligne.span, vec![ligne], ClaimKind::Exclusion);
            let sought = Sought::Anywhere(french::canonical(&exclusion.texte.value));
            claims.anchors.push(Anchor { claim, ligne, sought });
        }
        claims.anchors.sort_by_key(|anchor| anchor.ligne);
        claims
    }

    fn claim(&mut self, span: &Span, lignes: Vec<usize>, kind: ClaimKind) -> usize {
        self.all.push(LineClaim { span: span.clone(), lignes, kind, own: Vec::new() });
        self.all.len() - 1
    }

    fn headings(&mut self, entete: &TableauEntete) {
        let Some(lignes) = &entete.lignes_colonnes else { return };
        let Some(ligne) = lignes.value.first().copied() else { return };
        let cells = entete.colonnes.iter().enumerate().map(|(colonne, column)| CellText {
            colonne,
            texte: french::canonical(&column.texte.value),
            stretch: Stretch::Whole,
        });
        let sought = Sought::Row(cells.collect());
        let claim = self.claim(&lignes.span, lignes.value.clone(), ClaimKind::Headings);
        self.anchors.push(Anchor { claim, ligne, sought });
    }

    fn row(&mut self, row: &TableauLigne, entete: &TableauEntete) {
        let Some(lignes) = &row.lignes else { return };
        let Some(first) = lignes.value.first().copied() else { return };
        let claim = self.claim(&lignes.span, lignes.value.clone(), ClaimKind::Row);
        let mut cells: BTreeMap<usize, Vec<CellText>> = BTreeMap::new();
        for bloc in &row.blocs {
            let is_published = |column: &crate::model::Colonne| column.exclure.is_none();
            if !entete.colonnes.get(bloc.colonne).is_some_and(is_published) {
                continue;
            }
            for (ligne, stretch) in stretches(bloc, first) {
                let texte = french::canonical(&bloc.texte());
                let cell = CellText { colonne: bloc.colonne, texte, stretch };
                cells.entry(ligne).or_default().push(cell);
            }
            let texte = french::canonical(&bloc.texte());
            let bloc_text = CellText { colonne: bloc.colonne, texte, stretch: Stretch::Whole };
            let own = bloc.lignes.clone().map(|lignes| OwnLines { lignes, bloc: bloc_text });
            self.all[claim].own.extend(own);
        }
        for (ligne, cells) in cells {
            self.anchors.push(Anchor { claim, ligne, sought: Sought::Row(cells) });
        }
    }

    fn prose<'t>(
        &mut self,
        lignes: Option<&Spanned<Vec<usize>>>,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let Some(lignes) = lignes.filter(|lignes| !lignes.value.is_empty()) else { return };
        let claim = self.claim(&lignes.span, lignes.value.clone(), ClaimKind::Prose);
        let texts: Vec<String> = texts.into_iter().map(french::canonical).collect();
        let count = texts.len();
        for (rank, texte) in texts.into_iter().enumerate() {
            let ligne = lignes.value[rank * lignes.value.len() / count];
            self.anchors.push(Anchor { claim, ligne, sought: Sought::Prose(texte) });
        }
    }
}

fn passages(corps: &Corps) -> impl Iterator<Item = &str> {
    corps.blocs.iter().map(|bloc| &*bloc.value)
}

/// Lines of a bloc that hold its whole, or one of its ends.
fn stretches(bloc: &Bloc, first: usize) -> Vec<(usize, Stretch)> {
    match bloc.lignes.as_ref().map_or(&[][..], |own| own.value.as_slice()) {
        [] => vec![(first, Stretch::Whole)],
        [one] => vec![(*one, Stretch::Whole)],
        [start, .., end] => vec![(*start, Stretch::Start), (*end, Stretch::End)],
    }
}

/// Lists of lines that are elsewhere, by their places in the files.
pub(super) type Moved = BTreeMap<Span, Vec<usize>>;

/// The same synthèse, whose files claim the lines where their texts are.
pub(super) fn with_lines(atelier: &Atelier, moved: &Moved) -> Atelier {
    let mut atelier = atelier.clone();
    let many = |lignes: &mut Option<Spanned<Vec<usize>>>| {
        if let Some(lignes) = lignes
            && let Some(new) = moved.get(&lignes.span)
        {
            lignes.value.clone_from(new);
        }
    };
    let one = |ligne: &mut Spanned<usize>| {
        if let Some([new]) = moved.get(&ligne.span).map(Vec::as_slice) {
            ligne.value = *new;
        }
    };
    let synthese = &mut atelier.synthese;
    synthese.retex.iter_mut().for_each(|title| many(&mut title.lignes));
    for entete in synthese.tableaux.values_mut() {
        many(&mut entete.intitule.lignes);
        many(&mut entete.lignes_colonnes);
    }
    synthese.methode.iter_mut().for_each(|(_, lignes)| many(lignes));
    synthese.textes.iter_mut().for_each(|texte| many(&mut texte.lignes));
    let legendes = synthese.images.iter_mut().filter_map(|image| image.legende.as_mut());
    legendes.for_each(|legende| many(&mut legende.lignes));
    synthese.exclusions.iter_mut().for_each(|exclusion| one(&mut exclusion.ligne));
    synthese.retraits.iter_mut().for_each(|retrait| one(&mut retrait.ligne));
    for file in &mut atelier.tableaux {
        file.retex.iter_mut().for_each(|title| many(&mut title.lignes));
        for row in file.lignes.values_mut() {
            many(&mut row.lignes);
            row.blocs.iter_mut().for_each(|bloc| many(&mut bloc.lignes));
        }
    }
    atelier.intitules_retex.values_mut().for_each(|title| many(&mut title.lignes));
    for fiche in &mut atelier.fiches {
        if fiche.lignes.as_ref().is_some_and(|lignes| moved.contains_key(&lignes.span)) {
            many(&mut Arc::make_mut(fiche).lignes);
        }
    }
    atelier
}
