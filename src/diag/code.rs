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
    ContenuAbsent = "contenu-absent", Error;
    /// A text file is not UTF-8.
    FichierNonUtf8 = "fichier-non-utf8", Error;
    /// A sign that nobody sees, and that changes what is shown, found or read by a machine.
    SigneInvisible = "signe-invisible", Error;
    /// A sign that stands for one that was lost, or that a font alone can show.
    SigneIllisible = "signe-illisible", Warning;
    /// A file is larger than what is read.
    FichierTropLourd = "fichier-trop-lourd", Error;
    /// A symbolic link in the sources.
    LienSymbolique = "lien-symbolique", Error;
    /// A file name that cannot be an address.
    NomDeFichier = "nom-de-fichier", Error;
    /// A file of the sources that nothing publishes.
    FichierIgnore = "fichier-ignore", Warning;
    /// More than what is read: items, characters, headings.
    LimiteDepassee = "limite-depassee", Error;
    /// A file that the content model demands is missing.
    FichierManquant = "fichier-manquant", Error;

    /// A Markdown file does not begin with its header.
    EnteteAbsent = "entete-absent", Error;
    /// The header is never closed.
    EnteteNonFerme = "entete-non-ferme", Error;
    /// TOML that cannot be read.
    TomlInvalide = "toml-invalide", Error;
    /// A compulsory key is missing.
    CleManquante = "cle-manquante", Error;
    /// A key that does not exist.
    CleInconnue = "cle-inconnue", Error;
    /// A key written twice in one group.
    CleEnDouble = "cle-en-double", Error;
    /// A value of the wrong type.
    CleMalTypee = "cle-mal-typee", Error;
    /// A day that no calendar has.
    DateImpossible = "date-impossible", Error;
    /// A day after today.
    DateFuture = "date-future", Warning;
    /// An empty text.
    ValeurVide = "valeur-vide", Error;
    /// A word outside a closed vocabulary.
    ValeurInconnue = "valeur-inconnue", Error;
    /// An identifier that is not a slug.
    IdentifiantInvalide = "identifiant-invalide", Error;
    /// The same identifier twice.
    IdentifiantEnDouble = "identifiant-en-double", Error;
    /// An identifier that the site keeps for itself.
    IdentifiantReserve = "identifiant-reserve", Error;
    /// Two pages at one address.
    AdresseEnDouble = "adresse-en-double", Error;
    /// An address that cannot be used.
    AdresseInvalide = "adresse-invalide", Error;

    /// A thématique that does not exist.
    ThematiqueInconnue = "thematique-inconnue", Error;
    /// A rapprochement towards nothing.
    BlocInconnu = "bloc-inconnu", Error;
    /// A rangée that the document contradicts, or that is not there.
    RangeeInvalide = "rangee-invalide", Error;
    /// A proof that does not hold.
    PreuveFausse = "preuve-fausse", Error;
    /// A proof that needs a key it does not have.
    PreuveIncomplete = "preuve-incomplete", Error;
    /// A rapprochement that leads back to where it starts.
    RapprochementCirculaire = "rapprochement-circulaire", Error;
    /// The same rapprochement twice.
    RapprochementEnDouble = "rapprochement-en-double", Warning;
    /// A rapprochement between two natures of text that nothing can tie.
    NaturesIncompatibles = "natures-incompatibles", Error;
    /// A glossary entry that cannot be told from another.
    SensAmbigu = "sens-ambigu", Error;

    /// A group of synonyms that ties nothing: a word alone, or an expression.
    SynonymeSansEffet = "synonyme-sans-effet", Error;
    /// A word in two groups of synonyms.
    SynonymeEnDouble = "synonyme-en-double", Error;

    /// A URL that is not one, or of a forbidden scheme.
    UrlInvalide = "url-invalide", Error;
    /// A URL that bears a user name or a password.
    UrlAvecIdentifiants = "url-avec-identifiants", Error;
    /// A URL that passes for another, or words of a link that do.
    UrlTrompeuse = "url-trompeuse", Warning;
    /// A URL that gives a password, a key or the right to change something.
    UrlSecrete = "url-secrete", Warning;
    /// A URL that nobody can open elsewhere.
    UrlPrivee = "url-privee", Warning;
    /// A URL in `http:`.
    UrlNonSecurisee = "url-non-securisee", Warning;
    /// A URL whose parameters follow its readers.
    UrlDePistage = "url-de-pistage", Warning;
    /// A URL that a service made short.
    UrlRaccourcie = "url-raccourcie", Warning;
    /// An address of the repository that leads to no page of a forge.
    DepotInutilisable = "depot-inutilisable", Error;
    /// The same link twice in a fiche.
    LienEnDouble = "lien-en-double", Warning;
    /// The same link in two fiches.
    LienPartage = "lien-partage", Note;
    /// A link that does not answer any more, without a copy.
    LienMort = "lien-mort", Warning;
    /// A link that does not answer any more, with a copy.
    LienMortAvecCopie = "lien-mort-avec-copie", Note;
    /// A link that did not answer of late.
    LienSansReponse = "lien-sans-reponse", Note;
    /// A link that leads elsewhere.
    LienDeplace = "lien-deplace", Note;
    /// Marks of a merge in the file of the health of links.
    LiensEnConflit = "liens-en-conflit", Warning;
    /// A Markdown link that Markdown read as text.
    LienMalEcrit = "lien-mal-ecrit", Warning;
    /// Signs meant as markup, that will be published as signs.
    PublieTelQuel = "publie-tel-quel", Warning;
    /// A text that takes a form its author probably did not mean.
    FormeInattendue = "forme-inattendue", Warning;
    /// A link without words.
    LienSansTexte = "lien-sans-texte", Error;
    /// A link whose words do not say where it leads.
    LienVague = "lien-vague", Warning;
    /// An internal link to nothing.
    LienInterneMort = "lien-interne-mort", Error;
    /// An internal link to an anchor that does not exist.
    AncreMorte = "ancre-morte", Error;
    /// A heading level that is skipped.
    TitreSaute = "titre-saute", Warning;
    /// A heading without words.
    TitreVide = "titre-vide", Warning;
    /// A column of a table without a title.
    ColonneSansTitre = "colonne-sans-titre", Warning;
    /// HTML in Markdown.
    HtmlRefuse = "html-refuse", Error;
    /// A comment in Markdown, which no page keeps.
    CommentaireRetire = "commentaire-retire", Note;
    /// Words of a text that Markdown drops.
    TexteNonPublie = "texte-non-publie", Error;
    /// An image without an alternative text.
    ImageSansAlternative = "image-sans-alternative", Error;
    /// An alternative text that says nothing of its image.
    AlternativeVague = "alternative-vague", Warning;
    /// An image that is not there.
    ImageIntrouvable = "image-introuvable", Error;
    /// A file that is not the image that its name says, or not the whole of it.
    ImageIllisible = "image-illisible", Error;
    /// An image of more pixels than a browser can hold.
    ImageTropGrande = "image-trop-grande", Error;
    /// An image that is heavy for what it shows.
    ImageTropLourde = "image-trop-lourde", Warning;
    /// A text whose images are too many, or too heavy together.
    ImagesTropNombreuses = "images-trop-nombreuses", Error;
    /// An image whose file tells more than it shows.
    ImageNettoyee = "image-nettoyee", Note;
    /// A footnote that is not defined.
    NoteIndefinie = "note-indefinie", Error;
    /// A footnote that nothing calls.
    NoteInutilisee = "note-inutilisee", Warning;
    /// A footnote written twice.
    NoteEnDouble = "note-en-double", Error;
    /// A footnote without a text.
    NoteVide = "note-vide", Error;
    /// A code block in a language we cannot colour.
    LangageInconnu = "langage-inconnu", Note;

    /// Text of the source that is published nowhere.
    TextePerdu = "texte-perdu", Error;
    /// Text that differs from the source.
    TexteAltere = "texte-altere", Error;
    /// Text that claims a place and is not in the source.
    TexteHorsSource = "texte-hors-source", Error;
    /// Text that the source has elsewhere.
    TexteDeplace = "texte-deplace", Error;
    /// An exclusion that excludes nothing.
    ExclusionSansObjet = "exclusion-sans-objet", Error;
    /// A line number that the source does not have, or that belongs elsewhere.
    LigneInvalide = "ligne-invalide", Error;
    /// A claim in a synthèse that has no source.
    LignesSansSource = "lignes-sans-source", Error;
    /// `source.txt` is not the document received.
    EmpreinteDifferente = "empreinte-differente", Error;
    /// A withdrawal that does not match the source.
    RetraitInvalide = "retrait-invalide", Error;

    /// Two fiches with one title.
    TitreEnDouble = "titre-en-double", Warning;
    /// Something personal in a text: an address, a telephone, a birth, the name of a pupil.
    DonneePersonnelle = "donnee-personnelle", Warning;
    /// A number that names one person, or an account, for ever.
    NumeroSensible = "numero-sensible", Error;
    /// An acronym that the glossary does not have.
    SigleInconnu = "sigle-inconnu", Note;
    /// A text longer than « deux ou trois lignes ».
    TexteLong = "texte-long", Note;
    /// A fiche without a link.
    FicheSansLien = "fiche-sans-lien", Note;
    /// A contribution that does not say who wrote it or when.
    ContributionNonSignee = "contribution-non-signee", Note;
    /// A bloc of the chain that no rapprochement continues.
    SuiteNonEcrite = "suite-non-ecrite", Note;

    /// A theme that does not exist, or whose parents loop.
    ThemeInconnu = "theme-inconnu", Error;
    /// A theme made for another contract.
    ContratInconnu = "contrat-inconnu", Error;
    /// A template that cannot be read or rendered.
    GabaritEnErreur = "gabarit-en-erreur", Error;
    /// A template that names a field its view does not have.
    GabaritVariableInconnue = "gabarit-variable-inconnue", Error;
    /// A template that overrides nothing and that nothing uses.
    GabaritOrphelin = "gabarit-orphelin", Warning;
    /// A style sheet of a theme that asks another site for something.
    StyleExterieur = "style-exterieur", Error;
    /// A style sheet of a theme that asks for a file which is not there.
    StyleFichierAbsent = "style-fichier-absent", Error;

    /// A page whose text is not that of the synthèse.
    PageInfidele = "page-infidele", Error;
    /// A finished page with a link to nothing.
    PageLienMort = "page-lien-mort", Error;
    /// A finished page with a link to an anchor that does not exist.
    PageAncreMorte = "page-ancre-morte", Error;
    /// A finished page with inline code, or that loads something from another host.
    PageCodeInterdit = "page-code-interdit", Error;
    /// A finished page that uses an id twice.
    PageIdEnDouble = "page-id-en-double", Error;

    /// No `url`: no site map, feed nor canonical address.
    UrlDuSiteAbsente = "url-du-site-absente", Note;
    /// Settings for Apache of which none is active.
    HtaccessInactif = "htaccess-inactif", Warning;
    /// A state of accessibility better than « non conforme », without the audit that proves it.
    ConformiteSansAudit = "conformite-sans-audit", Error;
    /// A page that the law asks for still says « à compléter ».
    MentionACompleter = "mention-a-completer", Warning;
    /// Words of a model, left in place.
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
