//! The preview: a site as it is served to the person who writes it. Every page is what `build` publishes, with
//! one script added that reloads it; below `/.retex/` lie that script and what there is to say. Pure.

mod answer;
mod messages;

use std::sync::Arc;

use crate::{
    output::{Octets, OutputTree},
    source::{OutputPath, SitePath},
};

pub use answer::{Answer, Reply, answer};
pub use messages::Messages;

/// State served between two changes.
#[derive(Clone, Debug, Default)]
pub struct Served {
    /// The last tree without an error; `None` until there is one.
    tree: Option<Arc<OutputTree>>,
    /// Path prefix of the site's public address, without `/` at the ends; may be empty.
    prefix: String,
    /// Number of the tree; grows, and no other run has it.
    version: u64,
    /// The first version that differs from this one by its styles alone.
    structure: u64,
    /// Number of files new, changed or gone since the tree before.
    changed: usize,
    messages: Messages,
    /// Number of the messages; 0 when there are none.
    said: u64,
    /// The last number given to messages.
    numbered: u64,
}

impl Served {
    /// Before the first build. `run` is a number that no earlier run gave, such as the time in milliseconds:
    /// a page that an earlier run left open knows that it is old.
    pub fn new(run: u64) -> Self {
        Self { version: run, structure: run, ..Self::default() }
    }

    /// With another tree, which has no error. `address` is the public address of the site.
    pub fn publish(&self, tree: OutputTree, address: Option<&url::Url>) -> Self {
        let changed = self.tree.as_ref().map(|old| tree.changed_from(old));
        let next = self.version + 1;
        let (version, structure) = match &changed {
            Some(changed) if changed.is_empty() => (self.version, self.structure),
            Some(changed) if changed.iter().all(is_style) => (next, self.structure),
            _ => (next, next),
        };
        let changed = changed.map_or(tree.len(), |changed| changed.len());
        let (tree, prefix) = (Some(Arc::new(tree)), prefix(address));
        Self { tree, prefix, version, structure, changed, ..self.clone() }
    }

    /// With what it had.
    pub fn unchanged(&self) -> Self {
        Self { changed: 0, ..self.clone() }
    }

    /// With other messages, shown over the pages; none when all is well.
    pub fn say(&self, messages: Messages) -> Self {
        if messages == self.messages {
            return self.clone();
        }
        let numbered = self.numbered + 1;
        let said = if messages.is_empty() { 0 } else { numbered };
        Self { messages, said, numbered, ..self.clone() }
    }

    /// The tree that is served.
    pub fn tree(&self) -> Option<&Arc<OutputTree>> {
        self.tree.as_ref()
    }

    /// Number of files made, altered or removed last.
    pub fn changed(&self) -> usize {
        self.changed
    }

    fn file(&self, path: &str) -> Option<&Octets> {
        self.tree.as_ref()?.get(&OutputPath::new(path))
    }
}

/// Path prefix of a public address.
fn prefix(address: Option<&url::Url>) -> String {
    address.map_or(String::new(), |url| url.path().trim_matches('/').to_string())
}

fn is_style(path: &OutputPath) -> bool {
    SitePath::new(path.as_str()).extension() == "css"
}

/// State known to an open page, to be told the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follower {
    version: u64,
    said: u64,
}

impl Follower {
    /// News, as an event of a stream; `None` when nothing is new.
    pub fn news(&mut self, served: &Served) -> Option<String> {
        let knew = std::mem::replace(self, Self { version: served.version, said: served.said });
        let mut events = String::new();
        if knew.version != served.version {
            let style = (served.structure..served.version).contains(&knew.version);
            let name = if style { "style" } else { "page" };
            events.push_str(&format!("event: {name}\ndata: {}\n\n", served.version));
        }
        if knew.said != served.said {
            events.push_str(&format!("event: messages\ndata: {}\n\n", served.said));
        }
        (!events.is_empty()).then_some(events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> OutputTree {
        let mut tree = OutputTree::default();
        for (path, text) in files {
            tree.insert(OutputPath::new(*path), text.as_bytes().to_vec());
        }
        tree
    }

    #[test]
    fn a_page_is_told_what_it_does_not_know() {
        let first = Served::new(5).publish(tree(&[("a.html", "1"), ("s.css", "1")]), None);
        let mut page = Follower { version: first.version, said: 0 };
        assert_eq!(page.news(&first), None);

        let same = first.publish(tree(&[("a.html", "1"), ("s.css", "1")]), None);
        assert_eq!(page.news(&same), None, "an equal tree is no news");

        let style = same.publish(tree(&[("a.html", "1"), ("s.css", "2")]), None);
        let mut late = page;
        assert!(page.news(&style).unwrap().starts_with("event: style\n"));

        let both = style.publish(tree(&[("a.html", "2"), ("s.css", "2")]), None);
        assert!(page.news(&both).unwrap().starts_with("event: page\n"));
        let style = both.publish(tree(&[("a.html", "2"), ("s.css", "3")]), None);
        assert!(page.news(&style).unwrap().starts_with("event: style\n"));
        assert!(late.news(&style).unwrap().starts_with("event: page\n"), "it missed a page");

        let mut of_another_run = Follower { version: 99, said: 0 };
        assert!(of_another_run.news(&style).unwrap().starts_with("event: page\n"));
    }

    #[test]
    fn a_file_that_goes_or_comes_is_a_change_of_the_page() {
        let first = Served::new(0).publish(tree(&[("a.html", "1"), ("b.html", "1")]), None);
        for files in [&[("a.html", "1")][..], &[("a.html", "1"), ("b.html", "1"), ("c.js", "")]] {
            let mut page = Follower { version: first.version, said: 0 };
            let next = first.publish(tree(files), None);
            assert!(page.news(&next).unwrap().starts_with("event: page\n"));
        }
    }

    #[test]
    fn messages_come_and_go() {
        let well = Served::new(0).publish(tree(&[("a.html", "1")]), None);
        let mut page = Follower { version: well.version, said: 0 };
        let ill = well.say(Messages::of_failure("le disque est parti"));
        assert_eq!(page.news(&ill).as_deref(), Some("event: messages\ndata: 1\n\n"));
        assert_eq!(page.news(&ill.say(Messages::of_failure("le disque est parti"))), None);
        assert!(page.news(&ill.say(Messages::of_failure("autre"))).is_some());
        assert_eq!(
            page.news(&ill.say(Messages::default())).as_deref(),
            Some("event: messages\ndata: 0\n\n")
        );
    }
}
