//! `retex lsp`, spoken to by a client that does what an editor does.

use std::{
    fs,
    io::BufReader,
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use lsp_server::Message;
use serde_json::{Value, json};

use crate::support::{copy, root};

const RADIO: &str = "content/syntheses/essai-2021/retex/radio.md";

/// An editor and the program it runs, in a folder that is not the site's.
struct Client {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    last: i32,
}

impl Client {
    fn new() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
        command.arg("lsp").current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut client = Self { child, to, from: BufReader::new(from), last: 0 };
        let able = client.ask("initialize", json!({ "capabilities": {} })).0;
        assert_eq!(able["capabilities"]["textDocumentSync"]["change"], 1);
        client.tell("initialized", json!({}));
        client
    }

    fn send(&mut self, message: Value) {
        let message: Message = serde_json::from_value(message).unwrap();
        message.write(&mut self.to).unwrap();
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(json!({ "method": method, "params": params }));
    }

    /// Asks, and gives the answer with the messages that came before it, by address.
    fn ask(&mut self, method: &str, params: Value) -> (Value, Vec<(String, Vec<Value>)>) {
        self.last += 1;
        self.send(json!({ "id": self.last, "method": method, "params": params }));
        let mut told = Vec::new();
        loop {
            let message = Message::read(&mut self.from).unwrap().expect("the program left");
            match serde_json::to_value(&message).unwrap() {
                answer if answer["id"] == self.last => {
                    let answer = if answer["error"].is_null() {
                        &answer["result"]
                    } else {
                        &answer["error"]
                    };
                    return (answer.clone(), told);
                }
                said => {
                    assert_eq!(said["method"], "textDocument/publishDiagnostics");
                    let list = said["params"]["diagnostics"].as_array().unwrap().clone();
                    told.push((said["params"]["uri"].as_str().unwrap().to_string(), list));
                }
            }
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "version": 2 });
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    /// The corrections at a range, and the messages told meanwhile.
    fn corrections(&mut self, uri: &str, range: &Value) -> (Vec<Value>, Vec<(String, Vec<Value>)>) {
        let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": {} });
        let (found, told) = self.ask("textDocument/codeAction", params);
        (found.as_array().unwrap().clone(), told)
    }

    fn leave(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Value::Null).0, Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().unwrap().code().unwrap()
    }
}

fn uri(folder: &Path, file: &str) -> String {
    url::Url::from_file_path(folder.join(file)).unwrap().into()
}

fn everywhere() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } })
}

/// Applies edits as an editor does: columns count the units of UTF-16.
fn edited(text: &str, edits: &[Value]) -> String {
    let mut units: Vec<u16> = text.encode_utf16().collect();
    let starts = |units: &[u16]| {
        let after = units.iter().enumerate().filter(|(_, unit)| **unit == u16::from(b'\n'));
        [0].into_iter().chain(after.map(|(at, _)| at + 1)).collect::<Vec<_>>()
    };
    let lines = starts(&units);
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let at = |point: &Value| lines[number(&point["line"])] + number(&point["character"]);
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| (at(&edit["range"]["start"])..at(&edit["range"]["end"]), &edit["newText"]))
        .collect();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, text) in edits {
        units.splice(range, text.as_str().unwrap().encode_utf16());
    }
    String::from_utf16(&units).unwrap()
}

fn of<'a>(told: &'a [(String, Vec<Value>)], uri: &str) -> &'a [Value] {
    &told.iter().find(|(told, _)| told == uri).unwrap_or_else(|| panic!("{uri}: {told:?}")).1
}

#[test]
fn a_fiche_is_mended_as_it_is_written() {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base/content"), &place.path().join("content"));
    let file = place.path().join(RADIO);
    let (right, uri) = (fs::read_to_string(&file).unwrap(), uri(place.path(), RADIO));
    let mut client = Client::new();

    // Nothing of it is saved; what precedes on its line takes two units.
    let wrong = right
        .replace("2022-03-01", "1/3/2022")
        .replace("[\"elementaire\"]", "[\"😀\", \"Élémentaires\"]");
    client.open(&uri, &wrong);
    let (corrections, told) = client.corrections(&uri, &everywhere());
    let said = of(&told, &uri);
    assert!(said.iter().filter(|said| said["severity"] == 1).count() >= 2, "{said:?}");
    let date = said.iter().find(|said| said["range"]["start"]["line"] == 3).unwrap();
    assert_eq!(date["source"], "retex");
    assert_eq!(date["range"]["start"]["character"], 7);
    assert!(date["message"].as_str().unwrap().contains("\naide"), "{date}");

    // The correction of the date alone, where the cursor is.
    let point = json!({ "line": 3, "character": 9 });
    let (at_cursor, _) = client.corrections(&uri, &json!({ "start": point, "end": point }));
    assert_eq!(at_cursor.len(), 1, "{at_cursor:?}");
    let title = at_cursor[0]["title"].as_str().unwrap();
    assert!(title.starts_with("Écrire «") && title.contains("date = 2022-03-01"), "{title}");
    assert_eq!(at_cursor[0]["diagnostics"][0], *date);
    let hover = json!({ "textDocument": { "uri": uri }, "position": point });
    let (explained, _) = client.ask("textDocument/hover", hover);
    let explained = explained["contents"]["value"].as_str().unwrap();
    assert!(explained.contains(date["code"].as_str().unwrap()), "{explained}");

    // Every correction, then what is left by hand, and all is well.
    let mut text = wrong;
    for correction in corrections.iter().rev() {
        text = edited(&text, correction["edit"]["changes"][&uri].as_array().unwrap());
    }
    assert!(text.contains("date = 2022-03-01"), "{text}");
    let niveaux = text.lines().find(|line| line.starts_with("niveaux")).unwrap();
    text = text.replace(niveaux, "niveaux = [\"elementaire\"]");
    client.change(&uri, &text);
    let (left, told) = client.corrections(&uri, &everywhere());
    assert!(left.is_empty() && of(&told, &uri).is_empty(), "{told:?}");
    assert_eq!(text, right);
    assert_eq!(fs::read_to_string(&file).unwrap(), right);
    assert_eq!(client.leave(), 0);
}

/// What a file that is not saved breaks elsewhere is told there, errors only, and goes with it.
#[test]
fn errors_elsewhere_come_and_go() {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base/content"), &place.path().join("content"));
    let settings = place.path().join("content/site.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("inconnue = 1\n{text}")).unwrap();
    let (radio, settings_uri) = (uri(place.path(), RADIO), uri(place.path(), "content/site.toml"));
    let mut client = Client::new();
    client.open(&radio, &fs::read_to_string(place.path().join(RADIO)).unwrap());
    let (_, told) = client.corrections(&radio, &everywhere());
    assert!(of(&told, &radio).is_empty(), "{told:?}");
    let wrong = of(&told, &settings_uri);
    assert!(wrong.len() == 1 && wrong[0]["code"] == "cle-inconnue", "{wrong:?}");
    // Saved by something else, then told by the editor.
    fs::write(&settings, &text).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let (_, told) = client.corrections(&radio, &everywhere());
    assert!(of(&told, &settings_uri).is_empty(), "{told:?}");
    // Open, its text is the editor's; closed, the disk's.
    client.open(&settings_uri, &format!("inconnue = 1\n{text}"));
    let (_, told) = client.corrections(&radio, &everywhere());
    assert_eq!(of(&told, &settings_uri).len(), 1);
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": settings_uri } }));
    let (_, told) = client.corrections(&radio, &everywhere());
    assert!(of(&told, &settings_uri).is_empty(), "{told:?}");
    assert_eq!(client.leave(), 0);
}

#[test]
fn what_is_no_site_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let mut client = Client::new();
    let alone = uri(place.path(), "content-note.md");
    for uri in
        [alone.as_str(), "untitled:Sans-titre", "https://exemple.fr/content/a.md", "", "file://"]
    {
        client.open(uri, "+++\ntitre = 1\n+++\n");
        client.change(uri, "+++\n");
        let (found, told) = client.corrections(uri, &everywhere());
        assert!(found.is_empty() && told.is_empty(), "{uri}: {told:?}");
    }
    let (error, _) = client.ask("textDocument/rename", json!({}));
    assert_eq!(error["code"], -32601);
    client.tell("$/cancelRequest", json!({ "id": 1 }));
    client.tell("textDocument/didOpen", json!(null));
    assert_eq!(client.leave(), 0);

    // An editor that leaves without a word, or dies.
    let mut client = Client::new();
    client.tell("exit", Value::Null);
    assert_eq!(client.child.wait().unwrap().code(), Some(1));
    let Client { mut child, to, .. } = Client::new();
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    let output = command.arg("lsp").stdin(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("rompu la conversation"));
}
