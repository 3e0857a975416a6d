//! `retex lsp`: what `check` says, given to a text editor while somebody writes.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde_json::{Value, json};
use url::Url;

use super::{Ended, report};
use crate::{
    build::{Memo, Options, build},
    diag::{Diagnostic, Editeur, MESSAGES_MAX, Severity},
    disk,
    source::{SitePath, Snapshot, SourceFile},
};

/// Serves the editor at the other end of the standard input.
pub(super) fn run() -> Ended {
    if io::stdin().is_terminal() {
        return Err(report::refused(
            "c’est un éditeur de texte qui lance « retex lsp » et lui parle.\nPour lire les messages ici : retex check",
        ));
    }
    let (connection, threads) = Connection::stdio();
    let able = json!({
        "textDocumentSync": { "openClose": true, "change": 1, "save": true },
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        "hoverProvider": true,
    });
    let ended = connection.initialize(able).and_then(|_| {
        let mut desk =
            Desk { connection: &connection, open: BTreeMap::new(), sites: BTreeMap::new() };
        desk.serve()
    });
    drop(connection);
    match (ended, threads.join()) {
        (Ok(ended), Ok(())) => ended,
        _ => Err(report::refused("l’éditeur de texte a rompu la conversation")),
    }
}

/// Exit code that the protocol asks for when an editor leaves without saying so first.
const UNANNOUNCED: u8 = 1;

/// A document that is open in the editor.
struct OpenDocument {
    /// Address, as the editor writes it.
    uri: String,
    text: String,
}

/// A site of which something is open.
struct EditedSite {
    /// Files as they are saved.
    saved: Snapshot,
    /// Files as they are in the editor.
    snapshot: Snapshot,
    memo: Memo,
    said: Vec<Diagnostic>,
    /// Addresses of the files that messages are shown in.
    shown: BTreeSet<String>,
    /// Judged since the last change.
    fresh: bool,
}

/// Everything that the editor told.
struct Desk<'a> {
    connection: &'a Connection,
    /// The open documents, by path.
    open: BTreeMap<PathBuf, OpenDocument>,
    /// The sites that hold them, by folder.
    sites: BTreeMap<PathBuf, EditedSite>,
}

impl Desk<'_> {
    /// Hears and answers until the editor leaves. What it says in one go is judged once.
    fn serve(&mut self) -> Result<Ended, lsp_server::ProtocolError> {
        loop {
            let message = match self.connection.receiver.try_recv() {
                Ok(message) => message,
                Err(error) if error.is_empty() => {
                    self.judge();
                    match self.connection.receiver.recv() {
                        Ok(message) => message,
                        Err(_) => return Ok(Ok(())),
                    }
                }
                Err(_) => return Ok(Ok(())),
            };
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(Ok(()));
                    }
                    self.judge();
                    let _ = self.connection.sender.send(self.answer(request).into());
                }
                Message::Notification(heard) if heard.method == "exit" => {
                    return Ok(Err(UNANNOUNCED));
                }
                Message::Notification(heard) => self.hear(&heard),
                Message::Response(_) => {}
            }
        }
    }

    fn hear(&mut self, heard: &Notification) {
        let document = &heard.params["textDocument"];
        let Some(path) = document["uri"].as_str().and_then(path_of) else {
            if heard.method == "workspace/didChangeWatchedFiles" {
                let roots: Vec<PathBuf> = self.sites.keys().cloned().collect();
                roots.iter().for_each(|root| self.scan(root));
            }
            return;
        };
        let text = match heard.method.as_str() {
            "textDocument/didOpen" => document["text"].as_str(),
            // Whole texts were asked for: the last one is the text.
            "textDocument/didChange" => heard.params["contentChanges"]
                .as_array()
                .and_then(|changes| changes.last()?["text"].as_str()),
            _ => None,
        };
        let uri = document["uri"].as_str().unwrap_or_default().to_string();
        let Some((root, _)) = place_of(&path) else { return };
        match (heard.method.as_str(), text) {
            ("textDocument/didClose", _) => {
                self.open.remove(&path);
            }
            (_, Some(text)) => {
                self.open.insert(path, OpenDocument { uri, text: text.into() });
            }
            _ => {}
        }
        if heard.method != "textDocument/didChange" || !self.sites.contains_key(&root) {
            self.scan(&root);
        }
        if let Some(site) = self.sites.get_mut(&root) {
            site.fresh = false;
        }
    }

    /// Reads the files that are saved. When they cannot be read, those of the last time stay.
    fn scan(&mut self, root: &Path) {
        let site = self.sites.entry(root.to_path_buf()).or_insert_with(EditedSite::new);
        match disk::scan(root) {
            Ok(saved) => (site.saved, site.fresh) = (saved, false),
            Err(error) => report::complain(&format!("{}\n", super::french(&error))),
        }
    }

    /// Judges the sites that changed, and sends their messages.
    fn judge(&mut self) {
        for (root, site) in self.sites.iter_mut().filter(|(_, site)| !site.fresh) {
            let mine = open_in(root, &self.open);
            site.judge(&mine);
            for (uri, list) in site.messages(root, &mine) {
                let params = json!({ "uri": uri, "diagnostics": list });
                let method = "textDocument/publishDiagnostics".to_string();
                let _ = self.connection.sender.send(Notification { method, params }.into());
            }
        }
    }

    fn answer(&self, request: Request) -> Response {
        let params = &request.params;
        let result = match request.method.as_str() {
            "textDocument/codeAction" => {
                let found = self
                    .touched(params, &params["range"], |editeur, said| editeur.correction(said));
                Value::Array(found)
            }
            "textDocument/hover" => {
                let here = json!({ "start": params["position"], "end": params["position"] });
                let found =
                    self.touched(params, &here, |editeur, said| Some(editeur.explication(said)));
                found.into_iter().next().unwrap_or_default()
            }
            method => {
                let unknown = format!("retex ne sait pas répondre à « {method} »");
                return Response::new_err(request.id, ErrorCode::MethodNotFound as i32, unknown);
            }
        };
        Response::new_ok(request.id, result)
    }

    /// Actions made of the messages of a document that touch a range.
    fn touched(
        &self,
        params: &Value,
        range: &Value,
        make: impl Fn(&Editeur<'_>, &Diagnostic) -> Option<Value>,
    ) -> Vec<Value> {
        let path = params["textDocument"]["uri"].as_str().and_then(path_of);
        let Some((root, file)) = path.as_deref().and_then(place_of) else { return Vec::new() };
        let Some(site) = self.sites.get(&root) else { return Vec::new() };
        let mine = open_in(&root, &self.open);
        let uri = |file: &SitePath| address(&root, file, &mine);
        let editeur = Editeur { snapshot: &site.snapshot, uri: &uri };
        let here =
            |said: &&Diagnostic| Editeur::fichier(said) == file && editeur.touche(said, range);
        site.said.iter().filter(here).filter_map(|said| make(&editeur, said)).collect()
    }
}

/// The open documents of a site, by their paths in it.
type Mine<'a> = BTreeMap<SitePath, &'a OpenDocument>;

fn open_in<'a>(root: &Path, open: &'a BTreeMap<PathBuf, OpenDocument>) -> Mine<'a> {
    let placed = open.iter().filter_map(|(path, document)| Some((place_of(path)?, document)));
    placed.filter(|((at, _), _)| at == root).map(|((_, file), document)| (file, document)).collect()
}

impl EditedSite {
    fn new() -> Self {
        let (saved, snapshot, memo) = (Snapshot::default(), Snapshot::default(), Memo::warm());
        Self { saved, snapshot, memo, said: Vec::new(), shown: BTreeSet::new(), fresh: false }
    }

    /// Judges the files as they are in the editor.
    fn judge(&mut self, mine: &Mine<'_>) {
        self.snapshot = self.saved.clone();
        for (file, document) in mine {
            self.snapshot.refused.retain(|refused| refused.path != *file);
            self.snapshot.insert(SourceFile::text(file.as_str(), &document.text));
        }
        let options = Options::default();
        let found = build(&self.snapshot, &options, &mut self.memo, &|_, _| {}, &mut |_| {});
        (self.said, self.fresh) = (found.diagnostics, true);
    }

    /// The messages of each file to show: all those of the open ones, the errors of the others; none for a file that
    /// had some.
    fn messages(&mut self, root: &Path, mine: &Mine<'_>) -> BTreeMap<String, Vec<Value>> {
        let uri = |file: &SitePath| address(root, file, mine);
        let editeur = Editeur { snapshot: &self.snapshot, uri: &uri };
        let before = self.shown.iter().cloned().chain(mine.values().map(|open| open.uri.clone()));
        let mut list: BTreeMap<String, Vec<Value>> = before.map(|uri| (uri, Vec::new())).collect();
        for said in &self.said {
            let file = Editeur::fichier(said);
            if said.severity == Severity::Error || mine.contains_key(&file) {
                let list = list.entry(uri(&file)).or_default();
                if list.len() < MESSAGES_MAX {
                    list.push(editeur.diagnostic(said));
                }
            }
        }
        self.shown =
            list.iter().filter(|(_, said)| !said.is_empty()).map(|(uri, _)| uri.clone()).collect();
        list
    }
}

/// Address of a file, as the editor writes it when it is open there.
fn address(root: &Path, file: &SitePath, mine: &Mine<'_>) -> String {
    match mine.get(file) {
        Some(document) => document.uri.clone(),
        None => Url::from_file_path(root.join(file.as_str())).map_or(String::new(), String::from),
    }
}

/// The file at an address, when it is one of this machine.
fn path_of(uri: &str) -> Option<PathBuf> {
    Url::parse(uri).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}

/// The folder of the site that reads a file, and the path of the file in it.
fn place_of(path: &Path) -> Option<(PathBuf, SitePath)> {
    path.ancestors().skip(1).find_map(|root| {
        let parts: Option<Vec<&str>> =
            path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
        let parts = parts?;
        let is_read = ["content", "themes"].contains(parts.first()?)
            && parts.iter().all(|part| !part.starts_with('.') && !part.ends_with('~'))
            && root.join("content").is_dir();
        is_read.then(|| (root.to_path_buf(), SitePath::new(parts.join("/"))))
    })
}
