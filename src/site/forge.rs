//! Pages of a forge that open with everything filled in.
//!
//! GitHub and Gitea (Forgejo, Codeberg) take the name and the text of a new file in its address, `filename` and
//! `value`; GitLab no longer does, but takes the whole text of a ticket, `issue[description]`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::Site;
use crate::model::Config;

/// A forge whose addresses are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forge {
    /// GitHub.
    GitHub,
    /// GitLab, wherever it is installed.
    GitLab,
    /// Gitea and Forgejo.
    Gitea,
}

/// True when a fiche can be proposed: there is a place for it, and somewhere to send it.
pub fn takes_proposals(site: &Site) -> bool {
    let has_place = !site.ateliers.is_empty() && !site.thematiques.is_empty();
    has_place && site.config.depot.is_some()
}

/// Signs of a path that an address does not take as they are.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?');

/// Hosts of GitLab whose names do not say so: the forge of French teachers, and that of Framasoft.
const GITLABS: [&str; 2] = ["forge.apps.education.fr", "framagit.org"];

impl Forge {
    /// The forge of the repository, as far as its host tells.
    pub fn of(config: &Config) -> Option<Self> {
        let host = config.depot.as_ref()?.host_str()?;
        let named = |name: &str| host.split('.').any(|label| label.starts_with(name));
        match host {
            "github.com" => Some(Self::GitHub),
            _ if GITLABS.contains(&host) || named("gitlab") => Some(Self::GitLab),
            _ if ["codeberg", "gitea", "forgejo"].iter().any(|name| named(name)) => {
                Some(Self::Gitea)
            }
            _ => None,
        }
    }

    /// Name of the forge, for the scripts of a page.
    pub fn slug(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Gitea => "gitea",
        }
    }

    /// Address of a new file in a folder of the site.
    pub fn new_file(self, config: &Config, folder: &str) -> Option<String> {
        let verb = match self {
            Self::GitHub => "new",
            Self::GitLab => "-/new",
            Self::Gitea => "_new",
        };
        let path = format!("{}/{folder}", config.branche);
        Some(format!("{}/{verb}/{}", repository(config)?, utf8_percent_encode(&path, PATH)))
    }

    /// Address of a new ticket.
    pub fn new_ticket(self, config: &Config) -> Option<String> {
        let verb = if self == Self::GitLab { "-/issues/new" } else { "issues/new" };
        Some(format!("{}/{verb}", repository(config)?))
    }

    /// Address of a new ticket with the questions of a fiche, as `retex init` lays them in the repository.
    pub fn form(self, config: &Config) -> Option<String> {
        let template = match self {
            Self::GitHub => "template=fiche-retex.yml",
            Self::GitLab => "issuable_template=Nouvelle%20fiche%20RETEX",
            Self::Gitea => "template=.github%2FISSUE_TEMPLATE%2Ffiche-retex.yml",
        };
        Some(format!("{}?{template}", self.new_ticket(config)?))
    }
}

fn repository(config: &Config) -> Option<&str> {
    config.depot.as_ref().map(|depot| depot.as_str().trim_end_matches('/'))
}
