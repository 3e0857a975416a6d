//! Words that a reader who does not see the page lacks: of a link, an image, a heading, a column.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Sign;
use crate::{
    diag::Code,
    parse::{motifs::Motif, mots::among},
    source::slugify,
};

/// Words of a link that say nothing of where it leads.
const VAGUE: &str = "ici, la, cliquez ici, cliquer ici, clic ici, clique ici, par ici, c est ici, voir ici, \
    lire ici, a voir ici, lien, le lien, ce lien, un lien, lien ici, sur ce lien, via ce lien, \
    suivre ce lien, suivez ce lien, voir le lien, en savoir plus, savoir plus, en savoir, \
    plus d infos, plus d informations, plus, lire la suite, la suite, lire plus, voir plus, \
    voir, details, link, click here, here";

/// Words of an alternative that say that there is an image, and nothing of it.
const BARE: &str = "image, images, une image, l image, photo, une photo, la photo, photographie, illustration, \
    capture, capture d ecran, capture ecran, screenshot, sans titre, untitled, schema, dessin, \
    figure, visuel, img, picture, alt, texte, texte alternatif, texte de remplacement, \
    description, image sans titre, icone, vignette, logo";

/// Ends of the names of image files.
static IMAGES: Motif = Motif::new(r"(?i)\.(?:png|jpe?g|gif|svg|webp|avif|bmp|heic|tiff)$");

/// Open elements, and the words each has so far.
#[derive(Default)]
pub(super) struct Acces {
    link: Option<BareLink>,
    image: Option<(String, String)>,
    heading: Option<Words>,
    head: Option<Vec<(Range<usize>, Words)>>,
}

struct BareLink {
    words: Words,
    /// True when its author wrote its text.
    written: bool,
    /// True when it holds an image that is already said to have no alternative.
    said: bool,
}

#[derive(Default)]
struct Words {
    text: String,
    image: bool,
}

impl Words {
    fn is_empty(&self) -> bool {
        let blank =
            |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}');
        !self.image && self.text.chars().all(blank)
    }
}

impl Acces {
    pub(super) fn see(
        &mut self,
        body: &str,
        event: &Event<'_>,
        range: &Range<usize>,
    ) -> Option<Sign> {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => return self.end(body, end, range),
            Event::Text(text) | Event::Code(text) => self.text(text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            // A call is a link of its own.
            Event::FootnoteReference(_) => self.text("¹"),
            _ => {}
        }
        None
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Link { link_type, .. } => {
                let written = !matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.link = Some(BareLink { words: Words::default(), written, said: false });
            }
            Tag::Image { dest_url, .. } => self.image = Some((dest_url.to_string(), String::new())),
            Tag::Heading { .. } => self.heading = Some(Words::default()),
            Tag::TableHead => self.head = Some(Vec::new()),
            Tag::TableCell => {
                if let Some(cells) = &mut self.head {
                    cells.push((range.clone(), Words::default()));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, alt)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        for words in self.open() {
            words.text.push_str(text);
        }
    }

    /// Open elements that the text being read belongs to.
    fn open(&mut self) -> impl Iterator<Item = &mut Words> {
        let cell = self.head.as_mut().and_then(|cells| cells.last_mut()).map(|(_, words)| words);
        let link = self.link.as_mut().map(|link| &mut link.words);
        [link, self.heading.as_mut(), cell].into_iter().flatten()
    }

    fn end(&mut self, body: &str, end: &TagEnd, range: &Range<usize>) -> Option<Sign> {
        match end {
            TagEnd::Image => {
                let (dest, alt) = self.image.take()?;
                let bare = alt.trim().is_empty();
                for words in self.open() {
                    words.image = true;
                    words.text.push_str(&alt);
                }
                if let Some(link) = &mut self.link {
                    link.said |= bare;
                }
                alternative(&dest, &alt, range)
            }
            TagEnd::Link => link_words(&self.link.take()?, range),
            TagEnd::Heading(_) => self.heading.take()?.is_empty().then(|| {
                let aide =
                    "écrivez le titre après les dièses et une espace, ou supprimez cette ligne";
                let place = trimmed(body, range);
                Sign::new(Code::TitreVide, place, "ce titre n’a pas de mots", aide)
            }),
            TagEnd::TableHead => head(body, &self.head.take()?, range),
            _ => None,
        }
    }
}

/// A place without the end of its last line.
fn trimmed(body: &str, range: &Range<usize>) -> Range<usize> {
    let text = body.get(range.clone()).unwrap_or_default();
    let length = text.trim_end().len().max(usize::from(!text.is_empty()));
    range.start..range.start + length
}

fn link_words(link: &BareLink, range: &Range<usize>) -> Option<Sign> {
    if link.words.is_empty() {
        let message = "ce lien n’a pas de mots : personne ne le verra ni ne saura où il mène";
        let aide =
            "écrivez entre les crochets le titre de la page visée : [titre de la page](adresse)";
        return Some(Sign::new(Code::LienSansTexte, range.clone(), message, aide));
    }
    let text = plain(&link.words.text);
    (link.written && !link.said && among(VAGUE, &text)).then(|| {
        Sign::new(
            Code::LienVague,
            range.clone(),
            format!("les mots « {} » ne disent pas où mène ce lien", link.words.text.trim()),
            "mettez entre les crochets ce que l’on y trouve : « écoutez [l’émission de mars](…) » plutôt que « cliquez [ici](…) »",
        )
    })
}

fn alternative(dest: &str, alt: &str, range: &Range<usize>) -> Option<Sign> {
    let message = vague_alternative(dest, alt)?;
    let aide = "écrivez entre crochets ce que l’image apporte à qui ne la voit pas : ![élèves au micro](…)";
    Some(Sign::new(Code::AlternativeVague, range.clone(), message, aide))
}

/// Why words for who does not see an image say nothing of it.
pub(in crate::parse) fn vague_alternative(dest: &str, alt: &str) -> Option<String> {
    let alt = alt.trim();
    let name = dest.rsplit('/').next().unwrap_or(dest);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = plain(alt);
    let numbered = words.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    // Several words may be those of a file that is named well.
    let is_stem = alt.eq_ignore_ascii_case(stem)
        && alt.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-'));
    let is_word = !alt.contains(' ') && slugify(alt) == slugify(stem);
    let is_name = IMAGES.is_in(alt) || is_stem || is_word || OF_A_CAMERA.is_in(&words);
    let is_bare = among(BARE, numbered);
    if alt.is_empty() || !is_name && !is_bare {
        return None;
    }
    Some(match is_name {
        true => format!("« {alt} » est un nom de fichier : il ne dit rien de l’image"),
        false => format!("« {alt} » ne dit rien de ce que montre l’image"),
    })
}

/// `IMG_1234`, `DSC00012`, `P1020304`, `20210304_101112`.
static OF_A_CAMERA: Motif =
    Motif::new("^(?:(?:img|dsc[nf]?|p|pxl|wp|scan|vid) *(?:[0-9] *){3,}|(?:[0-9] *){8,})$");

/// Folded words parted by single spaces, without punctuation.
fn plain(text: &str) -> String {
    slugify(text).replace('-', " ")
}

/// Titles of columns that are missing.
fn head(body: &str, cells: &[(Range<usize>, Words)], range: &Range<usize>) -> Option<Sign> {
    // The corner of a table whose rows have titles has nothing to say.
    let missing: Vec<usize> = (0..cells.len())
        .filter(|n| cells[*n].1.is_empty())
        .filter(|n| *n > 0 || cells.len() == 1)
        .collect();
    let first = *missing.first()?;
    let all = cells.iter().all(|(_, words)| words.is_empty());
    let aide = "écrivez un titre dans chaque cellule de la première ligne : il est lu avec chacune des cellules de sa colonne";
    let (place, message) = match all {
        true => (trimmed(body, range), "les colonnes de ce tableau n’ont pas de titre".to_string()),
        false => (
            cells[first].0.clone(),
            format!("la colonne {} de ce tableau n’a pas de titre", first + 1),
        ),
    };
    Some(Sign::new(Code::ColonneSansTitre, place, message, aide))
}
