//! Closed vocabularies. Each word has a slug (what the editor writes) and a label (what the reader sees), which documents
//! it too.

use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $slug:literal, $label:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$doc])* #[doc = $label] $variant,)* }

        impl $name {
            /// Every word, in the order of the vocabulary.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Each word as an editor writes it and as a reader sees it, in the same order.
            pub const MOTS: &[(&'static str, &'static str)] = &[$(($slug, $label),)*];

            /// The word an editor writes.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug,)* }
            }

            /// The words a reader sees.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            /// The word with this slug.
            pub fn from_slug(slug: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.slug() == slug)
            }
        }
    };
}

vocabulary! {
    /// The level of the pupils an experience was lived with, youngest first.
    Niveau {
        Maternelle = "maternelle", "Maternelle";
        Elementaire = "elementaire", "Élémentaire";
        College = "college", "Collège";
        Lycee = "lycee", "Lycée";
        LyceeProfessionnel = "lycee-professionnel", "Lycée professionnel";
        /// IME, ULIS, SEGPA…
        EnseignementSpecialise = "enseignement-specialise", "Enseignement spécialisé";
        Superieur = "superieur", "Supérieur";
    }
}

vocabulary! {
    /// The kind of an external resource.
    TypeLien {
        Article = "article", "Article";
        Video = "video", "Vidéo";
        Audio = "audio", "Audio";
        Mur = "mur", "Mur collaboratif";
        Jeu = "jeu", "Jeu";
        Document = "document", "Document";
        Site = "site", "Site";
    }
}

vocabulary! {
    /// A class of directives that Apache lets a `.htaccess` hold (`AllowOverride`), of those that the site has a use for.
    Permission {
        FileInfo = "FileInfo", "types, en-têtes et page 404";
        Indexes = "Indexes", "page d’un dossier";
    }
}

vocabulary! {
    /// Answer of an external address, as `retex liens` saw it.
    #[derive(Deserialize)]
    Resultat {
        Repond = "repond", "répond";
        Introuvable = "introuvable", "page introuvable";
        FausseReponse = "fausse-reponse", "la réponse est celle d’une page qui n’existe pas";
        Accueil = "accueil", "renvoi à la page d’accueil";
        Panne = "panne", "site en panne";
        Erreur = "erreur", "réponse d’erreur";
        Boucle = "boucle", "redirections sans fin";
        Cookies = "cookies", "redirections sans fin pour qui refuse les cookies";
        Delai = "delai", "pas de réponse à temps";
        Coupe = "coupe", "réponse coupée";
        Injoignable = "injoignable", "site injoignable";
        NomInconnu = "nom-inconnu", "nom de site inconnu";
        Certificat = "certificat", "connexion sécurisée impossible";
        Reserve = "reserve", "accès réservé";
        TropDemande = "trop-demande", "site trop demandé";
        Robots = "robots", "visite refusée aux programmes";
        Mandataire = "mandataire", "refus du mandataire de ce réseau";
    }
}

impl Resultat {
    /// True when a reader finds the page.
    pub fn est_vivant(self) -> bool {
        self == Self::Repond
    }

    /// True when nothing can be concluded: neither that it answers, nor that it does not.
    pub fn est_indecis(self) -> bool {
        use Resultat::{Cookies, Mandataire, Reserve, Robots, TropDemande};
        matches!(self, Cookies | Mandataire | Reserve | Robots | TropDemande)
    }

    /// True when no host answered at all: this network may be the cause.
    pub fn est_sans_reseau(self) -> bool {
        use Resultat::{Certificat, Coupe, Delai, Injoignable, Mandataire, NomInconnu};
        matches!(self, Delai | Injoignable | NomInconnu | Certificat | Coupe | Mandataire)
    }
}

vocabulary! {
    /// Nature of a bloc of a table.
    Nature {
        Intitule = "intitule", "Intitulé";
        SousThematique = "sous-thematique", "Sous-thématique";
        Mention = "mention", "RETEX cité";
        Irritant = "irritant", "Irritant";
        PointFort = "point-fort", "Point fort";
        Besoin = "besoin", "Besoin";
        Axe = "axe", "Axe d’amélioration";
        Action = "action", "Action";
        Acteur = "acteur", "Acteur";
        Temporalite = "temporalite", "Temporalité";
        Indicateur = "indicateur", "Indicateur";
    }
}

impl Nature {
    /// The key of its blocs in the files of tables: its slug, with the underscore of the other keys.
    pub fn cle(self) -> String {
        self.slug().replace('-', "_")
    }
}

vocabulary! {
    /// Why two blocs are put side by side.
    Preuve {
        Ecrit = "ecrit", "écrit dans la synthèse";
        TexteIdentique = "texte-identique", "texte identique";
        TexteProche = "texte-proche", "texte proche";
        Nom = "nom", "nom commun aux deux";
        Position = "position", "position dans le tableau";
        Editeur = "editeur", "jugement de l’éditeur";
    }
}

vocabulary! {
    /// Form of the text of a document: which signs are its markup.
    #[derive(Default)]
    Forme {
        /// Tabs, `▶`, `<ul …>`, `<p>`: the converter of the first documents.
        #[default]
        Egn = "egn", "repères ▶ et balises";
        /// Tabs between cells, bullets in them.
        Tabulations = "tabulations", "tabulations et puces";
        /// Pipe tables, headings, bullets, emphasis and links of Markdown.
        Markdown = "markdown", "Markdown";
        /// Tabs between cells, `▶` before each paragraph.
        Derive = "derive", "tabulations et repères ▶";
    }
}

vocabulary! {
    /// State of the transcription of a synthèse.
    EtatSynthese {
        /// Everything is there; a loss is an error.
        Complete = "complete", "complète";
        /// Being transcribed; a loss is a warning and the pages say so.
        EnCours = "en-cours", "en cours de transcription";
    }
}

vocabulary! {
    /// Conformity of the site to the RGAA, in the words of the law (decree 2019-768, article 5).
    #[derive(Default)]
    EtatAccessibilite {
        #[default]
        NonConforme = "non-conforme", "non conforme";
        PartiellementConforme = "partiellement-conforme", "partiellement conforme";
        TotalementConforme = "totalement-conforme", "totalement conforme";
    }
}

impl EtatAccessibilite {
    /// The least and the highest rate, in per cent, of an audit that proves this state.
    pub fn taux(self) -> std::ops::RangeInclusive<usize> {
        match self {
            Self::NonConforme => 0..=100,
            Self::PartiellementConforme => 50..=99,
            Self::TotalementConforme => 100..=100,
        }
    }
}

vocabulary! {
    /// The pages that a public site must have: the program writes them, and adds the text of the file of
    /// `pages/` that bears their name.
    PageOfficielle {
        Accessibilite = "accessibilite", "Accessibilité";
        MentionsLegales = "mentions-legales", "Mentions légales";
        DonneesPersonnelles = "donnees-personnelles", "Données personnelles";
        Contact = "contact", "Contact";
        Ecoconception = "ecoconception", "Écoconception";
    }
}

/// Titles of the alerts of a text, in the order of GFM (note, tip, important, warning, caution): words of the page.
pub const TITRES_DES_ALERTES: [&str; 5] =
    ["À noter", "Conseil", "Important", "Attention", "Prudence"];
