//! The options of `liens`.

use std::time::Duration;

use clap::Args;

use super::web_address;
use crate::source::Date;

/// Options of `liens`.
#[derive(Args)]
pub(in crate::cli) struct LiensArgs {
    /// Ne demande que les adresses de ce site, et de ses sous-domaines
    #[arg(long, value_name = "NOM")]
    pub(in crate::cli) hote: Option<String>,
    /// Ne demande que les adresses qui n’ont pas été vues depuis ce nombre de jours
    #[arg(long, value_name = "NOMBRE")]
    pub(in crate::cli) depuis: Option<u32>,
    /// Dit ce qui serait demandé, et ne demande rien
    #[arg(long)]
    pub(in crate::cli) a_blanc: bool,
    /// Cherche une copie des adresses mortes dans l’archive publique du Web
    #[arg(long)]
    pub(in crate::cli) archives: bool,
    /// Écrit dans les fiches les copies trouvées, après les avoir montrées
    #[arg(long)]
    pub(in crate::cli) corriger: bool,
    /// Avec --corriger : ne demande pas d’accord
    #[arg(long, requires = "corriger")]
    pub(in crate::cli) oui: bool,
    /// Jour de la vérification [par défaut : aujourd’hui]
    #[arg(long, value_name = "AAAA-MM-JJ", value_parser = day)]
    pub(in crate::cli) date: Option<Date>,
    /// Pause entre deux demandes à un même site [par défaut : 1]
    #[arg(long, value_name = "SECONDES", default_value = "1", value_parser = seconds)]
    pub(in crate::cli) pause: Duration,
    /// Temps laissé à une réponse [par défaut : 20]
    #[arg(long, value_name = "SECONDES", default_value = "20", value_parser = seconds)]
    pub(in crate::cli) delai: Duration,
    /// Plus longue attente qu’un site peut demander [par défaut : 60]
    #[arg(long, value_name = "SECONDES", default_value = "60", value_parser = seconds)]
    pub(in crate::cli) patience: Duration,
    /// Durée totale, après laquelle le reste attend la prochaine fois [par défaut : 3600]
    #[arg(long, value_name = "SECONDES", default_value = "3600", value_parser = seconds)]
    pub(in crate::cli) duree: Duration,
    /// Adresse qui donne les copies d’une page [par défaut : celle d’archive.org]
    #[arg(long, value_name = "ADRESSE", default_value = "https://archive.org/wayback/available", value_parser = web_address)]
    pub(in crate::cli) api_archives: url::Url,
}

/// A day, as TOML writes it.
fn day(text: &str) -> Result<Date, &'static str> {
    let read = text.parse::<toml::value::Datetime>().ok().filter(|read| read.time.is_none());
    let date = read.and_then(|read| read.date).ok_or("a day")?;
    Ok(Date { year: date.year, month: date.month, day: date.day })
}

/// A number of seconds, with a point if need be.
fn seconds(text: &str) -> Result<Duration, &'static str> {
    let read = text.parse::<f64>().ok().and_then(|n| Duration::try_from_secs_f64(n).ok());
    // More would be beyond what clocks count.
    read.filter(|read| read.as_secs() < 1_000_000).ok_or("seconds")
}
