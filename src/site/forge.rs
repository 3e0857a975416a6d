//! Addresses of a forge, and those of its pages that open with everything filled in.
//!
//! GitHub and Gitea (Forgejo, Codeberg) take the name and the text of a new file in its address, `filename` and
//! `value`; GitLab no longer does, but takes the whole text of a ticket, `issue[description]`.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Site;
use crate::model::{Config, Forge};

/// Signs of a path that an address does not take as they are.
const PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?');

/// A repository whose forge has known addresses.
#[derive(Clone, Debug)]
pub struct Repository<'a> {
    /// Forge.
    pub forge: Forge,
    base: &'a str,
    branche: &'a str,
}

impl<'a> Repository<'a> {
    /// The repository of a site.
    pub fn of(config: &'a Config) -> Option<Self> {
        let depot = config.depot.as_ref()?;
        let forge = Forge::at(depot.host_str()?)?;
        let base = depot.as_str().trim_end_matches('/');
        Some(Self { forge, base, branche: &config.branche })
    }

    /// Address where the files of the published branch are shown.
    pub fn shown(&self) -> String {
        self.at(["blob", "-/blob", "src/branch"])
    }

    /// Address where the files of the published branch are edited.
    pub fn edited(&self) -> String {
        self.at(["edit", "-/edit", "_edit"])
    }

    /// Address of a new file in a folder of the site.
    pub fn new_file(&self, folder: &str) -> String {
        let base = self.at(["new", "-/new", "_new"]);
        format!("{base}/{}", utf8_percent_encode(folder, PATH))
    }

    /// Address of a new ticket.
    pub fn new_ticket(&self) -> String {
        let verb = if self.forge == Forge::GitLab { "-/issues/new" } else { "issues/new" };
        format!("{}/{verb}", self.base)
    }

    /// Address of a new ticket with this title.
    pub fn titled_ticket(&self, titre: &str) -> String {
        let key = if self.forge == Forge::GitLab { "issue%5Btitle%5D" } else { "title" };
        format!("{}?{key}={}", self.new_ticket(), utf8_percent_encode(titre, NON_ALPHANUMERIC))
    }

    /// Address of a new ticket with the questions of a fiche, as `retex init` lays them in the repository.
    pub fn form(&self) -> String {
        let template = match self.forge {
            Forge::GitHub => "template=fiche-retex.yml",
            Forge::GitLab => "issuable_template=Nouvelle%20fiche%20RETEX",
            Forge::Gitea => "template=.github%2FISSUE_TEMPLATE%2Ffiche-retex.yml",
        };
        format!("{}?{template}", self.new_ticket())
    }

    /// Address of a verb on the published branch: GitHub's, GitLab's, Gitea's.
    fn at(&self, verbs: [&str; 3]) -> String {
        let verb = match self.forge {
            Forge::GitHub => verbs[0],
            Forge::GitLab => verbs[1],
            Forge::Gitea => verbs[2],
        };
        format!("{}/{verb}/{}", self.base, utf8_percent_encode(self.branche, PATH))
    }
}

/// True when a fiche can be proposed: there is a place for it, and somewhere to send it.
pub fn takes_proposals(site: &Site) -> bool {
    let has_place = !site.ateliers.is_empty() && !site.thematiques.is_empty();
    has_place && site.config.depot.is_some()
}
