//! Personal data that had better not be published: their kinds, and what is said of each.

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $slug:literal, $message:literal, $instead:literal;)*) => {
        /// Personal data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Personnelle { $($(#[$doc])* $name,)* }

        impl Personnelle {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Name of the kind, for the scripts of a page.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$name => $slug,)* }
            }

            /// Sentence about what is wrong, then what to do instead, in French.
            pub fn message(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($message, $instead),)* }
            }
        }
    };
}

kinds! {
    /// The e-mail address of a person.
    Adresse = "adresse", "cette adresse électronique est peut-être celle d’une personne",
        "retirez-la, ou donnez une adresse de service : contact@…, secretariat@…";
    /// A telephone number.
    Telephone = "telephone", "ce numéro de téléphone serait publié",
        "retirez-le ; pour joindre quelqu’un, la page de contact du site suffit";
    /// A social security number, its key right.
    Nir = "nir", "ceci est un numéro de sécurité sociale",
        "retirez-le : il désigne une personne toute sa vie";
    /// A bank account, its key right.
    Iban = "iban", "ceci est un numéro de compte bancaire (IBAN)",
        "retirez-le : il permet de prélever ce compte";
    /// The number of a pupil.
    Ine = "ine", "ce numéro est peut-être celui d’un élève (INE)",
        "retirez-le : il désigne un élève pendant toute sa scolarité";
    /// The day when somebody was born.
    Naissance = "naissance", "cette date de naissance serait publiée",
        "dites plutôt un âge ou un niveau : « en 4e », « à douze ans »";
    /// The name of a pupil.
    Eleve = "eleve", "ceci est peut-être le nom d’un élève",
        "écrivez « un élève », ou un prénom inventé, sans nom de famille";
}

/// Names of addresses that belong to an office, not to a person. Those of French schools are `ce.<number>@ac-<académie>.fr`.
#[rustfmt::skip]
pub const OFFICES: [&str; 36] = [
    "contact", "contacts", "accueil", "secretariat", "direction", "dpd", "dpo", "rgpd", "info",
    "infos", "bonjour", "administration", "admin", "vie-scolaire", "viescolaire", "cdi",
    "intendance", "gestion", "infirmerie", "loge", "communication", "presse", "mairie",
    "rectorat", "dane", "drane", "support", "assistance", "webmaster", "webmestre", "postmaster",
    "abuse", "noreply", "no-reply", "ne-pas-repondre", "redaction",
];
