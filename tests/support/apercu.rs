//! `retex serve` driven from outside: the program, a client that speaks HTTP by hand, and an editor who never
//! stops writing. The tests and `benches/apercu.rs` share it.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

/// How long anything is waited for: far longer than it takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A program that serves a site, stopped when dropped.
pub(crate) struct Preview {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    lines: Receiver<String>,
}

impl Preview {
    /// Starts `program serve --port 0` in a folder, and waits until it listens.
    pub(crate) fn start(program: &Path, folder: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(["serve", "--port", "0"]).args(args).current_dir(folder).env("NO_COLOR", "1");
        Self::spawn(command)
    }

    /// Starts a command that is to serve.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (tell, lines) = channel();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        for stream in [Box::new(out) as Box<dyn Read + Send>, Box::new(err)] {
            let tell = tell.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = tell.send(line.replace(['\u{a0}', '\u{202f}'], " "));
                }
            });
        }
        let mut preview = Self { child, address: ([127, 0, 0, 1], 0).into(), lines };
        let said = preview.wait_line("http://");
        let address = said.split("http://").nth(1).unwrap().trim_end_matches('/');
        preview.address = address.parse().unwrap();
        preview
    }

    /// Waits for a line that holds these words.
    pub(crate) fn wait_line(&self, words: &str) -> String {
        let mut all = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(words) => return line,
                Ok(line) => all.push(line),
                Err(_) => panic!("« {words} » was not said: {all:#?}"),
            }
        }
    }

    /// The process.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// A new connection.
    pub(crate) fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// What is given for a path.
    pub(crate) fn get(&self, path: &str) -> Response {
        self.client().get(path)
    }

    /// Listens to the news, as a page of this version that shows no message.
    pub(crate) fn listen(&self) -> News {
        let home = self.get("/").text();
        let version = home.split("apercu.js?version=").nth(1).expect(&home);
        let version = version.split('&').next().unwrap();
        let mut client = self.client();
        client.send(&format!(
            "GET /.retex/nouvelles?version={version}&messages=0 HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.address
        ));
        let head = client.head();
        assert!(head.contains("text/event-stream"), "{head}");
        News(client)
    }

    /// The errors shown over the pages.
    pub(crate) fn messages(&self) -> String {
        self.get("/.retex/messages.json").text().replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// Waits until what is served is as expected.
    pub(crate) fn wait(&self, expected: &Expect) {
        let mut client = self.client();
        let start = Instant::now();
        while !expected.is_seen(&mut client) {
            assert!(start.elapsed() < PATIENCE, "{expected:?} is not seen");
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The status line and the fields.
    pub(crate) head: String,
    /// What follows.
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The bytes without the script that the preview adds.
    pub(crate) fn built(&self) -> Vec<u8> {
        let text = self.text();
        match text.split_once("<script src=\"/.retex/apercu.js?") {
            Some((before, rest)) => {
                let after = rest.split_once("</script>\n").unwrap().1;
                [before.as_bytes(), after.as_bytes()].concat()
            }
            None => self.body.clone(),
        }
    }
}

/// A connection, taken again when the server ends it.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Client {
    /// Connects.
    pub(crate) fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream), address }
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, text: &str) {
        self.stream.get_mut().write_all(text.as_bytes()).unwrap();
    }

    /// Reads a page.
    pub(crate) fn get(&mut self, path: &str) -> Response {
        self.with(&format!("GET {path}"), "")
    }

    /// Sends a request to the server by its name, with more fields, and reads the answer.
    pub(crate) fn with(&mut self, request: &str, fields: &str) -> Response {
        self.ask(&format!("{request} HTTP/1.1\r\nHost: {}\r\n{fields}\r\n", self.address))
    }

    /// Sends a request and reads the answer.
    pub(crate) fn ask(&mut self, request: &str) -> Response {
        self.send(request);
        let head = self.head();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).expect(&head);
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
        let length = length.map_or(0, |n| n.parse::<usize>().unwrap());
        let mut body = vec![0; if request.starts_with("HEAD") { 0 } else { length }];
        self.stream.read_exact(&mut body).unwrap();
        if head.contains("Connection: close\n") {
            *self = Self::new(self.address);
        }
        Response { status, head, body }
    }

    /// Reads up to an empty line.
    pub(crate) fn head(&mut self) -> String {
        let mut head = String::new();
        loop {
            let mut line = String::new();
            let read = self.stream.read_line(&mut line).unwrap();
            if read == 0 || line == "\r\n" {
                return head;
            }
            head.push_str(&line.replace('\r', ""));
        }
    }
}

/// The stream of news of an open page.
pub(crate) struct News(Client);

impl News {
    /// The name and the data of the next event.
    pub(crate) fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.stream.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(said) = line.strip_prefix("event: ") {
                name = said.trim().to_string();
            } else if let Some(data) = line.strip_prefix("data: ") {
                return (name, data.trim().to_string());
            }
        }
    }

    /// Tells a stream that the server has ended.
    pub(crate) fn is_ended(&mut self) -> bool {
        let stream = &mut self.0.stream;
        stream.get_ref().set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        let read = stream.read_to_end(&mut Vec::new());
        stream.get_ref().set_read_timeout(Some(PATIENCE)).unwrap();
        read.is_ok()
    }

    /// The name of the next event.
    pub(crate) fn event(&mut self) -> String {
        self.next().0
    }
}

/// What an edit is to show.
#[derive(Clone, Debug)]
pub(crate) enum Expect {
    /// A path holds these words.
    Holds(String, String),
    /// A path does not hold these words.
    Lacks(String, String),
    /// Something is at this path.
    There(String),
    /// Nothing is at this path.
    Gone(String),
    /// Every one of these.
    All(Vec<Expect>),
}

impl Expect {
    /// Whether it is so now.
    pub(crate) fn is_seen(&self, client: &mut Client) -> bool {
        match self {
            Expect::Holds(path, words) => client.get(path).text().contains(words.as_str()),
            Expect::Lacks(path, words) => !client.get(path).text().contains(words.as_str()),
            Expect::There(path) => client.get(path).status == 200,
            Expect::Gone(path) => client.get(path).status == 404,
            Expect::All(list) => list.iter().all(|one| one.is_seen(client)),
        }
    }
}

/// What an editor may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gesture {
    Texte,
    EnTete,
    Ajout,
    Suppression,
    Renommage,
    Thematique,
    Glossaire,
    Gabarit,
    Style,
    Faute,
}

/// The gestures, the frequent ones more than once.
const GESTURES: [Gesture; 14] = [
    Gesture::Texte,
    Gesture::Texte,
    Gesture::Texte,
    Gesture::Texte,
    Gesture::EnTete,
    Gesture::EnTete,
    Gesture::Ajout,
    Gesture::Suppression,
    Gesture::Renommage,
    Gesture::Thematique,
    Gesture::Glossaire,
    Gesture::Gabarit,
    Gesture::Style,
    Gesture::Faute,
];

/// An editor who never stops: each edit writes a word that nothing else has, so that one can see it arrive.
pub(crate) struct Editor {
    root: PathBuf,
    synthese: String,
    random: super::Random,
    count: usize,
    /// The error that stands, if one does: the file and its right text.
    faute: Option<(PathBuf, String)>,
}

impl Editor {
    /// Of the site at `root`; the fiches of this synthèse that claim no line are theirs.
    pub(crate) fn new(root: &Path, synthese: &str, seed: u64) -> Self {
        Self {
            root: root.to_path_buf(),
            synthese: synthese.to_string(),
            random: super::Random::new(seed),
            count: 0,
            faute: None,
        }
    }

    /// A gesture chosen at random; an error is mended at the next one.
    pub(crate) fn choose(&mut self) -> Gesture {
        if self.faute.is_some() { Gesture::Faute } else { *self.random.pick(&GESTURES) }
    }

    /// Makes a gesture; gives what it is to show.
    pub(crate) fn make(&mut self, gesture: Gesture) -> Expect {
        self.count += 1;
        let word = format!("mot-{}-", self.count);
        let (fiche, name) = self.fiche();
        let page = format!("/retex/{}/{name}/", self.synthese);
        let holds = |path: &str| Expect::Holds(path.to_string(), word.clone());
        match gesture {
            Gesture::Texte => {
                save(&fiche, &format!("{}\n\nTexte {word}.\n", first_part(&fiche)));
                holds(&page)
            }
            Gesture::EnTete => {
                replace_line(&fiche, "titre = ", &format!("titre = \"Essai {word}\""));
                holds(&page)
            }
            Gesture::Ajout => {
                let name = format!("essai-x{}", self.count);
                let text = format!(
                    "+++\ntitre = \"Nouvelle {word}\"\nthematique = \"egal-acces\"\ndate = 2024-05-06\nauteurs = [\"Équipe\"]\n+++\nTexte.\n"
                );
                fs::write(self.fiches().join(format!("{name}.md")), text).unwrap();
                holds(&format!("/retex/{}/{name}/", self.synthese))
            }
            Gesture::Suppression if self.owned().len() > 2 => {
                fs::remove_file(&fiche).unwrap();
                Expect::Gone(page)
            }
            Gesture::Renommage if self.owned().len() > 2 => {
                let other = format!("essai-r{}", self.count);
                fs::rename(&fiche, fiche.with_file_name(format!("{other}.md"))).unwrap();
                let there = format!("/retex/{}/{other}/", self.synthese);
                Expect::All(vec![Expect::Gone(page), Expect::There(there)])
            }
            Gesture::Suppression | Gesture::Renommage => self.make(Gesture::Ajout),
            Gesture::Thematique => {
                let file = self.root.join("content/thematiques/egal-acces.md");
                replace_line(&file, "titre = ", &format!("titre = \"Égal accès {word}\""));
                Expect::All(vec![holds("/thematiques/egal-acces/"), holds("/plan-du-site/")])
            }
            Gesture::Glossaire => {
                let file = self.root.join("content/glossaire.toml");
                replace_line(&file, "developpement = ", &format!("developpement = \"un {word}\""));
                holds("/glossaire/")
            }
            Gesture::Gabarit => {
                let text = format!(
                    "{{% extends \"defaut/texte.html\" %}}\n{{% block contenu %}}{{{{ super() }}}}<p>{word}</p>{{% endblock contenu %}}\n"
                );
                write(&self.root.join("themes/local/templates/texte.html"), &text);
                holds("/a-propos/")
            }
            Gesture::Style => {
                let text = format!("/* {word} */\nmain {{ outline: 0 }}\n");
                write(&self.root.join("themes/local/static/charte.css"), &text);
                holds("/assets/charte.css")
            }
            Gesture::Faute => {
                let messages = "/.retex/messages.json".to_string();
                if let Some((file, right)) = self.faute.take() {
                    save(&file, &right);
                    return Expect::Holds(messages, "\"messages\":[]".to_string());
                }
                let right = fs::read_to_string(&fiche).unwrap();
                save(&fiche, &right.replacen("+++\n", &format!("+++\n{word} = 1\n"), 1));
                self.faute = Some((fiche, right));
                holds(&messages)
            }
        }
    }

    /// Whether the site is in error after the last gesture.
    pub(crate) fn is_in_error(&self) -> bool {
        self.faute.is_some()
    }

    fn fiches(&self) -> PathBuf {
        self.root.join("content/syntheses").join(&self.synthese).join("retex")
    }

    /// The fiches that may be changed at will.
    fn owned(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.fiches())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.ends_with("tablettes.md"))
            .collect();
        files.sort();
        files
    }

    fn fiche(&mut self) -> (PathBuf, String) {
        let file = self.random.pick(&self.owned()).clone();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        (file, name)
    }
}

/// The header of a fiche, and nothing of its text but the first line, so that it does not grow for ever.
fn first_part(fiche: &Path) -> String {
    let text = fs::read_to_string(fiche).unwrap();
    let end = text.match_indices("+++\n").nth(1).unwrap().0 + 4;
    let body = text[end..].trim_start().lines().next().unwrap_or_default();
    format!("{}{body}", &text[..end])
}

fn replace_line(file: &Path, start: &str, line: &str) {
    let text = fs::read_to_string(file).unwrap();
    let at = text.find(start).unwrap();
    let end = at + text[at..].find('\n').unwrap();
    save(file, &format!("{}{line}{}", &text[..at], &text[end..]));
}

/// Saves as most editors do: under another name, then in place of the file.
pub(crate) fn save(file: &Path, text: &str) {
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let temporary = file.with_file_name(format!("{name}.tmp-save"));
    fs::write(&temporary, text).unwrap();
    fs::rename(&temporary, file).unwrap();
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}
