//! Forges whose addresses are known.

/// A forge, told by its host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forge {
    /// GitHub.
    GitHub,
    /// GitLab, wherever it is installed.
    GitLab,
    /// Gitea and Forgejo, Codeberg's.
    Gitea,
}

/// Hosts of forges that are none of these.
const OTHERS: [&str; 5] =
    ["bitbucket.org", "sourceforge.net", "dev.azure.com", "git.sr.ht", "notabug.org"];

impl Forge {
    /// The forge at this host. A host that tells nothing is taken for a GitLab, as those of académies are.
    pub fn at(host: &str) -> Option<Self> {
        let named = |name: &str| host.split('.').any(|label| label.starts_with(name));
        match host {
            "github.com" => Some(Self::GitHub),
            _ if OTHERS.contains(&host) => None,
            _ if ["codeberg", "gitea", "forgejo"].iter().any(|name| named(name)) => {
                Some(Self::Gitea)
            }
            _ => Some(Self::GitLab),
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for (host, forge) in [
            ("github.com", Some(Forge::GitHub)),
            ("codeberg.org", Some(Forge::Gitea)),
            ("gitea.com", Some(Forge::Gitea)),
            ("forge.apps.education.fr", Some(Forge::GitLab)),
            ("forge.exemple.fr", Some(Forge::GitLab)),
            ("bitbucket.org", None),
        ] {
            assert_eq!(Forge::at(host), forge, "{host}");
        }
    }
}
