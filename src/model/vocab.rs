//! Closed vocabularies. Each word has a slug (what the editor writes) and a label (what the reader sees).

use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $slug:literal, $label:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$doc])* $variant,)* }

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
        /// École maternelle.
        Maternelle = "maternelle", "Maternelle";
        /// École élémentaire.
        Elementaire = "elementaire", "Élémentaire";
        /// Collège.
        College = "college", "Collège";
        /// Lycée général et technologique.
        Lycee = "lycee", "Lycée";
        /// Lycée professionnel.
        LyceeProfessionnel = "lycee-professionnel", "Lycée professionnel";
        /// IME, ULIS, SEGPA…
        EnseignementSpecialise = "enseignement-specialise", "Enseignement spécialisé";
        /// Higher education.
        Superieur = "superieur", "Supérieur";
    }
}

vocabulary! {
    /// The kind of an external resource.
    TypeLien {
        /// A page to read.
        Article = "article", "Article";
        /// A film.
        Video = "video", "Vidéo";
        /// A sound.
        Audio = "audio", "Audio";
        /// A collaborative wall.
        Mur = "mur", "Mur collaboratif";
        /// A game.
        Jeu = "jeu", "Jeu";
        /// A file to download.
        Document = "document", "Document";
        /// A whole site.
        Site = "site", "Site";
    }
}

vocabulary! {
    /// A class of directives that Apache lets a `.htaccess` hold (`AllowOverride`), of those that the site has a use for.
    Permission {
        /// Types of files, headers, error pages.
        FileInfo = "FileInfo", "types, en-têtes et page 404";
        /// Pages of folders.
        Indexes = "Indexes", "page d’un dossier";
    }
}

vocabulary! {
    /// Answer of an external address, as `retex liens` saw it.
    #[derive(Deserialize)]
    Resultat {
        /// The page is there.
        Repond = "repond", "répond";
        /// The host says that there is no such page.
        Introuvable = "introuvable", "page introuvable";
        /// The host answers what it answers to an address that does not exist.
        FausseReponse = "fausse-reponse", "la réponse est celle d’une page qui n’existe pas";
        /// The address leads to the home page of its host.
        Accueil = "accueil", "renvoi à la page d’accueil";
        /// The host says that it is out of order.
        Panne = "panne", "site en panne";
        /// The host says that the request is wrong.
        Erreur = "erreur", "réponse d’erreur";
        /// Redirections without end.
        Boucle = "boucle", "redirections sans fin";
        /// Redirections without end, which may only end for who takes cookies.
        Cookies = "cookies", "redirections sans fin pour qui refuse les cookies";
        /// No answer in time.
        Delai = "delai", "pas de réponse à temps";
        /// The answer stops before it begins, or is none.
        Coupe = "coupe", "réponse coupée";
        /// Nobody listens there.
        Injoignable = "injoignable", "site injoignable";
        /// No such host.
        NomInconnu = "nom-inconnu", "nom de site inconnu";
        /// A certificate that does not hold.
        Certificat = "certificat", "connexion sécurisée impossible";
        /// The host answers, and keeps the page for others.
        Reserve = "reserve", "accès réservé";
        /// The host asks not to be asked so often.
        TropDemande = "trop-demande", "site trop demandé";
        /// The host asks programs not to visit this address.
        Robots = "robots", "visite refusée aux programmes";
        /// The proxy of this network refuses to go there.
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
        /// The title the table gives the thématique.
        Intitule = "intitule", "Intitulé";
        /// A sub-theme.
        SousThematique = "sous-thematique", "Sous-thématique";
        /// A RETEX named in a table.
        Mention = "mention", "RETEX cité";
        /// Something that hurt.
        Irritant = "irritant", "Irritant";
        /// Something that worked.
        PointFort = "point-fort", "Point fort";
        /// A need.
        Besoin = "besoin", "Besoin";
        /// A way to improve.
        Axe = "axe", "Axe d’amélioration";
        /// Something to do.
        Action = "action", "Action";
        /// Who does it.
        Acteur = "acteur", "Acteur";
        /// When.
        Temporalite = "temporalite", "Temporalité";
        /// A measure of success.
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
        /// The source writes it.
        Ecrit = "ecrit", "écrit dans la synthèse";
        /// Both texts are the same.
        TexteIdentique = "texte-identique", "texte identique";
        /// Both texts are nearly the same.
        TexteProche = "texte-proche", "texte proche";
        /// A proper name common to both.
        Nom = "nom", "nom commun aux deux";
        /// The rank in parallel lists.
        Position = "position", "position dans le tableau";
        /// The editor's judgement.
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
        /// Less than half of the criteria, or no valid audit.
        #[default]
        NonConforme = "non-conforme", "non conforme";
        /// At least half of the criteria.
        PartiellementConforme = "partiellement-conforme", "partiellement conforme";
        /// Every criterion.
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
        /// The accessibility statement.
        Accessibilite = "accessibilite", "Accessibilité";
        /// Who publishes, who hosts.
        MentionsLegales = "mentions-legales", "Mentions légales";
        /// Personal data.
        DonneesPersonnelles = "donnees-personnelles", "Données personnelles";
        /// Whom to write to.
        Contact = "contact", "Contact";
        /// The eco-design statement.
        Ecoconception = "ecoconception", "Écoconception";
    }
}

/// Titles of the alerts of a text, in the order of GFM (note, tip, important, warning, caution): words of the page.
pub const TITRES_DES_ALERTES: [&str; 5] =
    ["À noter", "Conseil", "Important", "Attention", "Prudence"];
