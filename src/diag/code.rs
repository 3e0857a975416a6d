//! The closed list of what can be said: one code per kind of problem, with its severity.

/// Gravity of a diagnostic, in the order of display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published.
    Erreur,
    /// Published; `--strict` makes it an error.
    Avertissement,
    /// Good to know.
    Remarque,
}

impl Severity {
    /// The word a reader sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Erreur => "erreur",
            Self::Avertissement => "avertissement",
            Self::Remarque => "remarque",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $severity:ident;)*) => {
        /// The kind of a diagnostic. Its slug is what an editor reads between brackets.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

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
    /// There is no `content/` folder.
    ContenuAbsent = "contenu-absent", Erreur;
    /// A text file is not UTF-8.
    FichierNonUtf8 = "fichier-non-utf8", Erreur;
    /// A sign that nobody sees, and that changes what is shown, found or read by a machine.
    SigneInvisible = "signe-invisible", Erreur;
    /// A sign that stands for one that was lost, or that a font alone can show.
    SigneIllisible = "signe-illisible", Avertissement;
    /// A file is larger than what is read.
    FichierTropLourd = "fichier-trop-lourd", Erreur;
    /// A symbolic link in the sources.
    LienSymbolique = "lien-symbolique", Erreur;
    /// A file name that cannot be an address.
    NomDeFichier = "nom-de-fichier", Erreur;
    /// A file of the sources that nothing publishes.
    FichierIgnore = "fichier-ignore", Avertissement;
    /// More than what is read: items, characters, headings.
    LimiteDepassee = "limite-depassee", Erreur;
    /// A file that the content model demands is missing.
    FichierManquant = "fichier-manquant", Erreur;

    /// A Markdown file does not begin with its header.
    EnteteAbsent = "entete-absent", Erreur;
    /// The header is never closed.
    EnteteNonFerme = "entete-non-ferme", Erreur;
    /// TOML that cannot be read.
    TomlInvalide = "toml-invalide", Erreur;
    /// A compulsory key is missing.
    CleManquante = "cle-manquante", Erreur;
    /// A key that does not exist.
    CleInconnue = "cle-inconnue", Erreur;
    /// A key written twice in one group.
    CleEnDouble = "cle-en-double", Erreur;
    /// A value of the wrong type.
    CleMalTypee = "cle-mal-typee", Erreur;
    /// A day that no calendar has.
    DateImpossible = "date-impossible", Erreur;
    /// A day after today.
    DateFuture = "date-future", Avertissement;
    /// An empty text.
    ValeurVide = "valeur-vide", Erreur;
    /// A word outside a closed vocabulary.
    ValeurInconnue = "valeur-inconnue", Erreur;
    /// An identifier that is not a slug.
    IdentifiantInvalide = "identifiant-invalide", Erreur;
    /// The same identifier twice.
    IdentifiantEnDouble = "identifiant-en-double", Erreur;
    /// An identifier that the site keeps for itself.
    IdentifiantReserve = "identifiant-reserve", Erreur;
    /// Two pages at one address.
    AdresseEnDouble = "adresse-en-double", Erreur;
    /// An address that cannot be used.
    AdresseInvalide = "adresse-invalide", Erreur;

    /// A thématique that does not exist.
    ThematiqueInconnue = "thematique-inconnue", Erreur;
    /// A rapprochement towards nothing.
    BlocInconnu = "bloc-inconnu", Erreur;
    /// A proof that does not hold.
    PreuveFausse = "preuve-fausse", Erreur;
    /// A proof that needs a key it does not have.
    PreuveIncomplete = "preuve-incomplete", Erreur;
    /// A rapprochement that leads back to where it starts.
    RapprochementCirculaire = "rapprochement-circulaire", Erreur;
    /// The same rapprochement twice.
    RapprochementEnDouble = "rapprochement-en-double", Avertissement;
    /// A rapprochement between two natures of text that nothing can tie.
    NaturesIncompatibles = "natures-incompatibles", Erreur;
    /// A glossary entry that cannot be told from another.
    SensAmbigu = "sens-ambigu", Erreur;

    /// A URL that is not one, or of a forbidden scheme.
    UrlInvalide = "url-invalide", Erreur;
    /// A URL that bears a user name or a password.
    UrlAvecIdentifiants = "url-avec-identifiants", Erreur;
    /// A URL that passes for another, or words of a link that do.
    UrlTrompeuse = "url-trompeuse", Avertissement;
    /// A URL that gives a password, a key or the right to change something.
    UrlSecrete = "url-secrete", Avertissement;
    /// A URL that nobody can open elsewhere.
    UrlPrivee = "url-privee", Avertissement;
    /// A URL in `http:`.
    UrlNonSecurisee = "url-non-securisee", Avertissement;
    /// A URL whose parameters follow its readers.
    UrlDePistage = "url-de-pistage", Avertissement;
    /// The same link twice in a fiche.
    LienEnDouble = "lien-en-double", Avertissement;
    /// The same link in two fiches.
    LienPartage = "lien-partage", Remarque;
    /// A Markdown link that Markdown read as text.
    LienMalEcrit = "lien-mal-ecrit", Avertissement;
    /// Signs meant as markup, that will be published as signs.
    PublieTelQuel = "publie-tel-quel", Avertissement;
    /// A text that takes a form its author probably did not mean.
    FormeInattendue = "forme-inattendue", Avertissement;
    /// A link without words.
    LienSansTexte = "lien-sans-texte", Erreur;
    /// A link whose words do not say where it leads.
    LienVague = "lien-vague", Avertissement;
    /// An internal link to nothing.
    LienInterneMort = "lien-interne-mort", Erreur;
    /// An internal link to an anchor that does not exist.
    AncreMorte = "ancre-morte", Erreur;
    /// A heading level that is skipped.
    TitreSaute = "titre-saute", Avertissement;
    /// A heading without words.
    TitreVide = "titre-vide", Avertissement;
    /// A column of a table without a title.
    ColonneSansTitre = "colonne-sans-titre", Avertissement;
    /// HTML in Markdown.
    HtmlRefuse = "html-refuse", Erreur;
    /// A comment in Markdown, which no page keeps.
    CommentaireRetire = "commentaire-retire", Remarque;
    /// Words of a text that Markdown drops.
    TexteNonPublie = "texte-non-publie", Erreur;
    /// An image without an alternative text.
    ImageSansAlternative = "image-sans-alternative", Erreur;
    /// An alternative text that says nothing of its image.
    AlternativeVague = "alternative-vague", Avertissement;
    /// An image that is not there.
    ImageIntrouvable = "image-introuvable", Erreur;
    /// A file that is not the image that its name says, or not the whole of it.
    ImageIllisible = "image-illisible", Erreur;
    /// An image of more pixels than a browser can hold.
    ImageTropGrande = "image-trop-grande", Erreur;
    /// An image that is heavy for what it shows.
    ImageTropLourde = "image-trop-lourde", Avertissement;
    /// A text whose images are too many, or too heavy together.
    ImagesTropNombreuses = "images-trop-nombreuses", Erreur;
    /// An image whose file tells more than it shows.
    ImageNettoyee = "image-nettoyee", Remarque;
    /// A footnote that is not defined.
    NoteIndefinie = "note-indefinie", Erreur;
    /// A footnote that nothing calls.
    NoteInutilisee = "note-inutilisee", Avertissement;
    /// A footnote written twice.
    NoteEnDouble = "note-en-double", Erreur;
    /// A footnote without a text.
    NoteVide = "note-vide", Erreur;
    /// A code block in a language we cannot colour.
    LangageInconnu = "langage-inconnu", Remarque;

    /// Text of the source that is published nowhere.
    TextePerdu = "texte-perdu", Erreur;
    /// Text that differs from the source.
    TexteAltere = "texte-altere", Erreur;
    /// Text that claims a place and is not in the source.
    TexteHorsSource = "texte-hors-source", Erreur;
    /// Text that the source has elsewhere.
    TexteDeplace = "texte-deplace", Erreur;
    /// An exclusion that excludes nothing.
    ExclusionSansObjet = "exclusion-sans-objet", Erreur;
    /// A line number that the source does not have, or that belongs elsewhere.
    LigneInvalide = "ligne-invalide", Erreur;
    /// A claim in a synthèse that has no source.
    LignesSansSource = "lignes-sans-source", Erreur;
    /// `source.txt` is not the document received.
    EmpreinteDifferente = "empreinte-differente", Erreur;
    /// A withdrawal that does not match the source.
    RetraitInvalide = "retrait-invalide", Erreur;

    /// Two fiches with one title.
    TitreEnDouble = "titre-en-double", Avertissement;
    /// Something personal in a text: an address, a telephone, a birth, the name of a pupil.
    DonneePersonnelle = "donnee-personnelle", Avertissement;
    /// A number that names one person, or an account, for ever.
    NumeroSensible = "numero-sensible", Erreur;
    /// An acronym that the glossary does not have.
    SigleInconnu = "sigle-inconnu", Remarque;
    /// A text longer than « deux ou trois lignes ».
    TexteLong = "texte-long", Remarque;
    /// A fiche without a link.
    FicheSansLien = "fiche-sans-lien", Remarque;
    /// A contribution that does not say who wrote it or when.
    ContributionNonSignee = "contribution-non-signee", Remarque;
    /// A bloc of the chain that no rapprochement continues.
    SuiteNonEcrite = "suite-non-ecrite", Remarque;

    /// A theme that does not exist, or whose parents loop.
    ThemeInconnu = "theme-inconnu", Erreur;
    /// A theme made for another contract.
    ContratInconnu = "contrat-inconnu", Erreur;
    /// A template that cannot be read or rendered.
    GabaritEnErreur = "gabarit-en-erreur", Erreur;
    /// A template that names a field its view does not have.
    GabaritVariableInconnue = "gabarit-variable-inconnue", Erreur;
    /// A template that overrides nothing and that nothing uses.
    GabaritOrphelin = "gabarit-orphelin", Avertissement;
    /// A style sheet of a theme that asks another site for something.
    StyleExterieur = "style-exterieur", Erreur;

    /// A page whose text is not that of the synthèse.
    PageInfidele = "page-infidele", Erreur;
    /// A finished page with a link to nothing.
    PageLienMort = "page-lien-mort", Erreur;
    /// A finished page with a link to an anchor that does not exist.
    PageAncreMorte = "page-ancre-morte", Erreur;
    /// A finished page with inline code, or that loads something from another host.
    PageCodeInterdit = "page-code-interdit", Erreur;
    /// A finished page that uses an id twice.
    PageIdEnDouble = "page-id-en-double", Erreur;

    /// No `url`: no site map, feed nor canonical address.
    UrlDuSiteAbsente = "url-du-site-absente", Remarque;
    /// A state of accessibility better than « non conforme », without the audit that proves it.
    ConformiteSansAudit = "conformite-sans-audit", Erreur;
    /// A page that the law asks for still says « à compléter ».
    MentionACompleter = "mention-a-completer", Avertissement;
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
