//! A static host for dist/, as simple as they come: GET, one path, no headers that a test would come to rely on.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Problem;

/// Serves a folder until it is dropped.
pub struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    folder: PathBuf,
    /// Begins and ends with a slash.
    path: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    requests: Vec<String>,
    rules: Vec<(String, Rule)>,
    is_cut: bool,
    is_closed: bool,
    is_compressing: bool,
}

#[derive(Clone)]
enum Rule {
    Fail(u16),
    Delay(Duration),
    Answer(String),
}

/// The page under test: WHISKSCOPE_DIST, else dist/ of this repository.
pub fn dist() -> Result<PathBuf, Problem> {
    let ours = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let folder = std::env::var_os("WHISKSCOPE_DIST").map_or_else(ours, PathBuf::from);
    if folder.join("index.html").is_file() {
        Ok(folder)
    } else {
        Err(Problem::new(format!("there is no built page in {}: `cargo xtask build` builds it", folder.display())))
    }
}

impl Site {
    /// Serves `folder` under `path`, which begins and ends with a slash, on a free port of this machine.
    pub fn new(folder: PathBuf, path: &str) -> Result<Site, Problem> {
        if !(path.starts_with('/') && path.ends_with('/')) {
            return Err(Problem::new(format!("a site's path begins and ends with a slash, unlike `{path}`")));
        }
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared { folder, path: path.to_owned(), state: Mutex::default() });
        let of_server = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if of_server.state().is_closed {
                    break;
                }
                let of_request = Arc::clone(&of_server);
                // A request that breaks off is the browser's business.
                std::thread::spawn(move || of_request.answer(stream).ok());
            }
        });
        Ok(Site { address, shared })
    }

    /// `http://127.0.0.1:PORT`
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The page's address, with a slash at its end.
    pub fn url(&self) -> String {
        format!("{}{}", self.origin(), self.shared.path)
    }

    /// Every path asked for so far, below the site's own (`index.html` is the empty one), without its query.
    pub fn requests(&self) -> Vec<String> {
        self.shared.state().requests.clone()
    }

    /// From now on every connection is closed without an answer, as if the network were gone.
    pub fn cut(&self) {
        self.shared.state().is_cut = true;
    }

    pub fn restore(&self) {
        self.shared.state().is_cut = false;
    }

    /// From now on files are sent gzipped, as hosts send them, to measure by.
    pub fn compress(&self) {
        self.shared.state().is_compressing = true;
    }

    /// Answers every request whose path contains `part` with `status`; of several rules the newest holds.
    pub fn fail(&self, part: &str, status: u16) {
        self.shared.state().rules.insert(0, (part.to_owned(), Rule::Fail(status)));
    }

    /// Takes back what was said of `part`.
    pub fn answer_again(&self, part: &str) {
        self.shared.state().rules.retain(|(of, _)| of != part);
    }

    /// Answers every request whose path contains `part` with this text, as if it were the file.
    pub fn answer(&self, part: &str, text: &str) {
        self.shared.state().rules.insert(0, (part.to_owned(), Rule::Answer(text.to_owned())));
    }

    /// Answers every request whose path contains `part` that much later.
    pub fn delay(&self, part: &str, by: Duration) {
        self.shared.state().rules.insert(0, (part.to_owned(), Rule::Delay(by)));
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.state().is_closed = true;
        // The listener waits for a connection and sees that it is closed when one comes.
        let _ = TcpStream::connect(self.address);
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut request = String::new();
        reader.read_line(&mut request)?;
        let mut header = String::new();
        while reader.read_line(&mut header)? > 2 {
            header.clear();
        }
        let target = request.split(' ').nth(1).unwrap_or_default();
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let (rule, is_compressing) = {
            let mut state = self.state();
            if state.is_cut {
                return Ok(());
            }
            state.requests.push(path.strip_prefix(&self.path).unwrap_or(path).to_owned());
            let rule = state.rules.iter().find(|(part, _)| path.contains(part.as_str())).map(|(_, rule)| rule.clone());
            (rule, state.is_compressing)
        };
        let (status, kind, body) = match rule {
            Some(Rule::Fail(status)) => (status, "text/plain", b"as the test asked".to_vec()),
            Some(Rule::Answer(text)) => (200, media_type(path), text.into_bytes()),
            Some(Rule::Delay(by)) => {
                std::thread::sleep(by);
                self.file(path)
            }
            None => self.file(path),
        };
        let (encoding, body) = if is_compressing { ("Content-Encoding: gzip\r\n", gzip(&body)?) } else { ("", body) };
        let head = format!(
            "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
            if status == 200 { "OK" } else { "Not OK" },
            body.len()
        );
        stream.write_all(head.as_bytes())?;
        stream.write_all(&body)
    }

    fn file(&self, path: &str) -> (u16, &'static str, Vec<u8>) {
        let absent = || (404, "text/plain", b"no such file".to_vec());
        let Some(name) = path.strip_prefix(&self.path).filter(|name| !name.contains("..")) else {
            return absent();
        };
        let name = if name.is_empty() { "index.html" } else { name };
        std::fs::read(self.folder.join(name)).map_or_else(|_| absent(), |body| (200, media_type(name), body))
    }
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body)?;
    encoder.finish()
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
