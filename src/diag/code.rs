//! The closed list of what can be said: one code per kind of problem, with its severity.

/// Gravity of a diagnostic, in the order of display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Error,
    /// Published; `--strict` makes it an error.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// All of them, in the order of display.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word a reader sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "erreur",
            Self::Warning => "avertissement",
            Self::Note => "remarque",
        }
    }
}

macro_rules! codes {
    ($($name:ident = $slug:literal, $severity:ident;)*) => {
        /// The kind of a diagnostic. Its slug is what an editor reads between brackets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $(#[doc = concat!("Code of `explications/", $slug, ".md`, which says it all.")] $name,)* }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// Name of the code: a French kebab-case slug.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// Explanation of the code, in Markdown: a code without one does not compile.
            pub(super) fn markdown(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("explications/", $slug, ".md")),)*
                }
            }

            /// Usual severity of the code.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    ContenuAbsent = "contenu-absent", Error;
    FichierNonUtf8 = "fichier-non-utf8", Error;
    SigneInvisible = "signe-invisible", Error;
    SigneIllisible = "signe-illisible", Warning;
    FichierTropLourd = "fichier-trop-lourd", Error;
    LienSymbolique = "lien-symbolique", Error;
    NomDeFichier = "nom-de-fichier", Error;
    FichierIgnore = "fichier-ignore", Warning;
    LimiteDepassee = "limite-depassee", Error;
    FichierManquant = "fichier-manquant", Error;

    EnteteAbsent = "entete-absent", Error;
    EnteteNonFerme = "entete-non-ferme", Error;
    TomlInvalide = "toml-invalide", Error;
    CleManquante = "cle-manquante", Error;
    CleInconnue = "cle-inconnue", Error;
    CleEnDouble = "cle-en-double", Error;
    CleMalTypee = "cle-mal-typee", Error;
    DateImpossible = "date-impossible", Error;
    DateFuture = "date-future", Warning;
    ValeurVide = "valeur-vide", Error;
    ValeurInconnue = "valeur-inconnue", Error;
    IdentifiantInvalide = "identifiant-invalide", Error;
    IdentifiantEnDouble = "identifiant-en-double", Error;
    IdentifiantReserve = "identifiant-reserve", Error;
    AdresseEnDouble = "adresse-en-double", Error;
    AdresseInvalide = "adresse-invalide", Error;

    ThematiqueInconnue = "thematique-inconnue", Error;
    BlocInconnu = "bloc-inconnu", Error;
    RangeeInvalide = "rangee-invalide", Error;
    PreuveFausse = "preuve-fausse", Error;
    PreuveIncomplete = "preuve-incomplete", Error;
    RapprochementCirculaire = "rapprochement-circulaire", Error;
    RapprochementEnDouble = "rapprochement-en-double", Warning;
    NaturesIncompatibles = "natures-incompatibles", Error;
    SensAmbigu = "sens-ambigu", Error;

    SynonymeSansEffet = "synonyme-sans-effet", Error;
    SynonymeEnDouble = "synonyme-en-double", Error;

    UrlInvalide = "url-invalide", Error;
    UrlAvecIdentifiants = "url-avec-identifiants", Error;
    UrlTrompeuse = "url-trompeuse", Warning;
    UrlSecrete = "url-secrete", Warning;
    UrlPrivee = "url-privee", Warning;
    UrlNonSecurisee = "url-non-securisee", Warning;
    UrlDePistage = "url-de-pistage", Warning;
    UrlRaccourcie = "url-raccourcie", Warning;
    DepotInutilisable = "depot-inutilisable", Error;
    LienEnDouble = "lien-en-double", Warning;
    LienPartage = "lien-partage", Note;
    LienMort = "lien-mort", Warning;
    LienMortAvecCopie = "lien-mort-avec-copie", Note;
    LienSansReponse = "lien-sans-reponse", Note;
    LienDeplace = "lien-deplace", Note;
    LiensEnConflit = "liens-en-conflit", Warning;
    LienMalEcrit = "lien-mal-ecrit", Warning;
    PublieTelQuel = "publie-tel-quel", Warning;
    FormeInattendue = "forme-inattendue", Warning;
    LienSansTexte = "lien-sans-texte", Error;
    LienVague = "lien-vague", Warning;
    LienInterneMort = "lien-interne-mort", Error;
    AncreMorte = "ancre-morte", Error;
    TitreSaute = "titre-saute", Warning;
    TitreVide = "titre-vide", Warning;
    ColonneSansTitre = "colonne-sans-titre", Warning;
    HtmlRefuse = "html-refuse", Error;
    CommentaireRetire = "commentaire-retire", Note;
    TexteNonPublie = "texte-non-publie", Error;
    ImageSansAlternative = "image-sans-alternative", Error;
    AlternativeVague = "alternative-vague", Warning;
    ImageIntrouvable = "image-introuvable", Error;
    ImageIllisible = "image-illisible", Error;
    ImageTropGrande = "image-trop-grande", Error;
    ImageTropLourde = "image-trop-lourde", Warning;
    ImagesTropNombreuses = "images-trop-nombreuses", Error;
    ImageNettoyee = "image-nettoyee", Note;
    NoteIndefinie = "note-indefinie", Error;
    NoteInutilisee = "note-inutilisee", Warning;
    NoteEnDouble = "note-en-double", Error;
    NoteVide = "note-vide", Error;
    LangageInconnu = "langage-inconnu", Note;

    TextePerdu = "texte-perdu", Error;
    TexteAltere = "texte-altere", Error;
    TexteHorsSource = "texte-hors-source", Error;
    TexteDeplace = "texte-deplace", Error;
    ExclusionSansObjet = "exclusion-sans-objet", Error;
    LigneInvalide = "ligne-invalide", Error;
    LignesSansSource = "lignes-sans-source", Error;
    EmpreinteDifferente = "empreinte-differente", Error;
    RetraitInvalide = "retrait-invalide", Error;

    TitreEnDouble = "titre-en-double", Warning;
    DonneePersonnelle = "donnee-personnelle", Warning;
    NumeroSensible = "numero-sensible", Error;
    SigleInconnu = "sigle-inconnu", Note;
    TexteLong = "texte-long", Note;
    FicheSansLien = "fiche-sans-lien", Note;
    ContributionNonSignee = "contribution-non-signee", Note;
    SuiteNonEcrite = "suite-non-ecrite", Note;

    ThemeInconnu = "theme-inconnu", Error;
    ContratInconnu = "contrat-inconnu", Error;
    GabaritEnErreur = "gabarit-en-erreur", Error;
    GabaritVariableInconnue = "gabarit-variable-inconnue", Error;
    GabaritOrphelin = "gabarit-orphelin", Warning;
    StyleExterieur = "style-exterieur", Error;
    StyleFichierAbsent = "style-fichier-absent", Error;

    PageInfidele = "page-infidele", Error;
    PageLienMort = "page-lien-mort", Error;
    PageAncreMorte = "page-ancre-morte", Error;
    PageCodeInterdit = "page-code-interdit", Error;
    PageIdEnDouble = "page-id-en-double", Error;

    UrlDuSiteAbsente = "url-du-site-absente", Note;
    HtaccessInactif = "htaccess-inactif", Warning;
    ConformiteSansAudit = "conformite-sans-audit", Error;
    MentionACompleter = "mention-a-completer", Warning;
    ModeleARemplacer = "modele-a-remplacer", Warning;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_and_well_formed() {
        let mut slugs: Vec<_> = Code::ALL.iter().map(|c| c.slug()).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), Code::ALL.len());
        assert!(slugs.iter().all(|s| crate::source::Slug::new(s).is_some()));
    }
}
