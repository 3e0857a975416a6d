//! Additions of the editor to items of the synthèse: computed, listed, published on `/provenance/`.

use serde::Serialize;

use super::{Arete, Atelier, Bout, Site, titre_affiche};
use crate::{
    model::{Fiche, Preuve},
    source::Spanned,
};

macro_rules! genres {
    ($($(#[$doc:meta])* $name:ident = $label:literal,)*) => {
        /// The kind of an addition.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub enum GenreAjout { $($(#[$doc])* $name,)* }

        impl GenreAjout {
            /// Every kind, in order of display.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Words that a reader sees.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

genres! {
    /// Title, territory, year, licence of the workshop.
    Description = "description de la synthèse",
    /// A title made of the first words of a text.
    TitreCalcule = "titre calculé (premiers mots du texte)",
    /// A key of a fiche.
    Cle = "clé d’une fiche",
    /// Kind, title or archive of a link.
    Lien = "genre, titre ou archive d’un lien",
    /// An address repaired.
    AdresseReparee = "adresse réparée",
    /// Words for who does not see a received image.
    Alternative = "texte de remplacement d’une image",
    /// Points forts and irritants that the editor gives to one fiche.
    Texte = "texte ajouté à une fiche",
    /// An edge.
    Rapprochement = "rapprochement de l’éditeur",
    /// The split of a bloc into énoncés.
    Decoupage = "découpage d’un texte en phrases",
    /// A `[sic]`.
    Sic = "mention [sic]",
}

/// One addition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ajout {
    /// Kind of addition.
    pub genre: GenreAjout,
    /// Thing it is put on: the synthèse's id, `retex/<slug>` or `<thematique>/<bloc>`.
    pub ou: String,
    /// Words of the addition.
    pub texte: String,
}

/// Every addition of a synthèse, by kind, then in the order of the site. A recueil has none:
/// nothing in it claims to come from a document.
pub fn ajouts(site: &Site, atelier: &Atelier) -> Vec<Ajout> {
    if atelier.source.is_none() {
        return Vec::new();
    }
    let mut list = Vec::new();
    description(atelier, &mut list);
    for image in &atelier.synthese.images {
        list.push(Ajout {
            genre: GenreAjout::Alternative,
            ou: image.place.value.clone(),
            texte: format!("{} : {}", image.fichier.value, image.alternative.value),
        });
    }
    for fiche in atelier.fiches.iter().filter(|f| f.est_de_la_synthese()) {
        of_fiche(atelier, fiche, &mut list);
    }
    for arete in &atelier.rapprochements {
        edge(atelier, arete, atelier.adresse(arete.vers), &mut list);
    }
    for pont in atelier.ponts.iter().filter(|pont| pont.part_d_ici) {
        edge(atelier, &pont.arete, site.adresse(pont.autre), &mut list);
    }
    for (index, place_of) in atelier.blocs.iter().enumerate() {
        let ou = || atelier.adresse(Bout::Bloc(index, None));
        let enonces = place_of.bloc.textes.len();
        if enonces > 1 {
            let texte = crate::french::count(enonces, "énoncé", "énoncés");
            list.push(Ajout { genre: GenreAjout::Decoupage, ou: ou(), texte });
        }
        sic(&place_of.bloc.texte(), ou, &mut list);
    }
    list.sort_by_key(|ajout| ajout.genre);
    list
}

fn edge(atelier: &Atelier, arete: &Arete, vers: String, list: &mut Vec<Ajout>) {
    if arete.preuve == Preuve::Ecrit || arete.ecrit.is_none() {
        return;
    }
    let proof = match &arete.nom {
        Some(nom) => format!("{} : {nom}", arete.preuve.label()),
        None => arete.preuve.label().to_string(),
    };
    list.push(Ajout {
        genre: GenreAjout::Rapprochement,
        ou: atelier.adresse(arete.de),
        texte: format!("vers {vers} ({proof})"),
    });
}

fn description(atelier: &Atelier, list: &mut Vec<Ajout>) {
    let s = &atelier.synthese;
    let mut add = |key: &str, value: &str| {
        list.push(Ajout {
            genre: GenreAjout::Description,
            ou: s.id.to_string(),
            texte: format!("{key} : {value}"),
        });
    };
    if !atelier.fidelite.as_ref().is_some_and(|found| found.titre_recu) {
        add("titre", &s.titre);
    }
    add("territoire", &s.territoire);
    add("année", &s.annee.to_string());
    if let Some(licence) = &s.licence {
        add("licence", licence);
    }
}

fn of_fiche(atelier: &Atelier, fiche: &Fiche, list: &mut Vec<Ajout>) {
    let ou = || format!("retex/{}", fiche.id.slug);
    let mut add = |genre: GenreAjout, texte: String| list.push(Ajout { genre, ou: ou(), texte });
    if fiche.titre.is_none() {
        add(GenreAjout::TitreCalcule, titre_affiche(fiche));
    }
    let niveaux: Vec<String> = fiche.niveaux.iter().map(|n| n.label().to_string()).collect();
    let plain = |texts: &[Spanned<String>]| texts.iter().map(|text| text.value.clone()).collect();
    let keys = [
        ("niveaux", niveaux),
        ("mots-clés", plain(&fiche.mots_cles)),
        ("sous-thématiques", plain(&fiche.sous_thematiques)),
        ("établissement", fiche.etablissement.iter().cloned().collect()),
        ("commune", fiche.commune.iter().cloned().collect()),
        ("date", fiche.jour().iter().map(|d| d.french()).collect()),
        ("auteurs", fiche.auteurs.clone()),
    ];
    for (key, values) in keys.into_iter().filter(|(_, values)| !values.is_empty()) {
        add(GenreAjout::Cle, format!("{key} : {}", values.join(", ")));
    }
    for (kind, texts) in [("point fort", &fiche.points_forts), ("irritant", &fiche.irritants)] {
        for text in texts {
            add(GenreAjout::Texte, format!("{kind} : {}", text.value));
        }
    }
    for (n, lien) in fiche.liens.iter().enumerate() {
        let n = n + 1;
        if let Some(kind) = lien.type_lien {
            add(GenreAjout::Lien, format!("lien {n}, genre : {}", kind.label()));
        }
        if let Some(titre) = lien.titre.as_ref().filter(|titre| !atelier.ecrit(fiche, titre)) {
            add(GenreAjout::Lien, format!("lien {n}, titre : {titre}"));
        }
        if let Some(archive) = &lien.url_archive {
            add(GenreAjout::Lien, format!("lien {n}, archive : {archive}"));
        }
        if lien.url_source.is_some() {
            add(GenreAjout::AdresseReparee, lien.texte.value.clone());
        }
    }
    sic(&super::texte_de_fiche(fiche), ou, list);
}

fn sic(text: &str, ou: impl Fn() -> String, list: &mut Vec<Ajout>) {
    for _ in text.matches("[sic]") {
        list.push(Ajout { genre: GenreAjout::Sic, ou: ou(), texte: "[sic]".into() });
    }
}
