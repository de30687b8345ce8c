//! Requests that the tool makes from what was typed, whatever it is: the API reads them, and may refuse them at once.

use super::Line;
use super::failure::API_HOST;
use crate::cluster::{Act, CurlOutput, Means, Raw, WireRequest, World};
use crate::http::openwhisk::{self, Routed};
use crate::shell::{Printed, go};

/// Where the line says that the API is.
struct Host {
    /// With the scheme.
    url: String,
    /// Of the cluster's own: what stands before `/api`.
    base: Option<String>,
}

/// `--apihost`, or the cluster's. Without a scheme it is https.
fn host(line: &Line) -> Host {
    let given = line.text("apihost").filter(|host| !host.is_empty()).unwrap_or(API_HOST);
    let has_scheme = given.starts_with("http://") || given.starts_with("https://");
    let url = if has_scheme { given.to_owned() } else { format!("https://{given}") };
    let own = [API_HOST, "http://localhost:3233"].into_iter().find_map(|own| url.strip_prefix(own));
    let base = own.filter(|rest| rest.is_empty() || rest.starts_with('/')).map(|rest| rest.trim_end_matches('/').to_owned());
    Host { url, base }
}

/// The key that the line asks with, or its user's.
pub(super) fn key(line: &Line) -> String {
    line.text("auth").filter(|key| !key.is_empty()).map_or_else(|| openwhisk::key_of(&line.user), str::to_owned)
}

/// A request that a line comes to.
pub(crate) struct Ask<'a> {
    pub method: &'a str,
    /// Behind `/api/v1/`, with the query.
    pub target: &'a str,
    pub body: Option<String>,
    /// The act that it is nearest to, for one that is refused at once.
    pub wish: Act,
    /// What the tool says before an error: `Unable to …: `.
    pub unable: &'a str,
    /// Whether the line about the usage follows such an error.
    pub has_usage: bool,
}

impl<'a> Ask<'a> {
    pub fn get(target: &'a str, wish: Act) -> Self {
        Self { method: "GET", target, body: None, wish, unable: "", has_usage: false }
    }
}

/// The act that the API reads in a request, or the request as it stands where it refuses it. `Err`: nobody was asked.
pub(crate) fn asked(world: &World, line: &Line, ask: Ask<'_>) -> Result<Act, Printed> {
    if let Some(printed) = certificate(line) {
        return Err(printed);
    }
    let Host { url, base } = host(line);
    let version = line.text("apiversion").filter(|version| !version.is_empty()).unwrap_or("v1");
    let Some(base) = base else {
        let mut printed = unreachable(&url, ask.method, &format!("/api/{version}/{}", ask.target), ask.unable);
        if ask.has_usage {
            printed.stderr.push_str("Run 'wsk --help' for usage.\n");
        }
        return Err(printed);
    };
    let target = format!("{base}/api/{version}/{}", ask.target);
    let mut headers = vec![("Authorization".to_owned(), openwhisk::basic(&key(line))), ("User-Agent".to_owned(), USER_AGENT.to_owned())];
    if ask.body.is_some() {
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    let request = WireRequest { method: ask.method.to_owned(), target, headers, body: ask.body.unwrap_or_default() };
    let http = request.to_http().map_err(|error| Printed::own_error(1, &format!("{}{error}", ask.unable)))?;
    match openwhisk::read(&http, world.catalogue()) {
        Routed::Refused(refusal) => {
            let means = Means::AtOnce { status: refusal.status, wish: Some(ask.wish) };
            Ok(Act::Raw(Box::new(Raw { request, output: CurlOutput::default(), means })))
        }
        // Another namespace's key: the request stands as it is, and is of that namespace.
        Routed::Act { user, act } if user != line.user && !line.has("last") && !SEVERAL.contains(&line.path.as_str()) => {
            let means = Means::Act { namespace: user, act };
            Ok(Act::Raw(Box::new(Raw { request, output: CurlOutput::default(), means })))
        }
        Routed::Act { user, .. } if user != line.user => {
            let text = format!(
                "WhiskScope: this is the key of the namespace {user}, but this terminal is of {}. A command of several requests is its alone.",
                line.user
            );
            Err(Printed::own_error(1, &text))
        }
        Routed::Act { act, .. } => Ok(act),
        Routed::Info | Routed::Options => Err(Printed::default()),
    }
}

/// What sends several requests, each of which follows from the answers before it.
const SEVERAL: [&str; 4] = ["activation poll", "list", "namespace get", "rule list"];

/// The tool's name as it gives it.
pub(super) const USER_AGENT: &str = "OpenWhisk-CLI/1.0 (2021-04-01T23:49:54.523+0000) linux amd64";

/// There are no files here, so neither certificates nor keys.
pub(super) fn certificate(line: &Line) -> Option<Printed> {
    let given = |name: &str| line.text(name).filter(|file| !file.is_empty());
    let file = given("cert").zip(given("key")).map(|(certificate, _)| certificate)?;
    let why = format!("Unable to load the X509 key pair due to the following reason: open {file}: no such file or directory");
    Some(Printed::usage_error(1, &format!("Unable to initialize server connection: {why}")))
}

/// Another host than the cluster's: nothing here answers for it.
fn unreachable(url: &str, method: &str, path: &str, unable: &str) -> Printed {
    let verb = match method {
        "POST" => "Post",
        "PUT" => "Put",
        "DELETE" => "Delete",
        _ => "Get",
    };
    let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
    let (authority, _) = rest.split_once('/').unwrap_or((rest, ""));
    let (name, port) = authority.rsplit_once(':').unwrap_or((authority, if scheme == "http" { "80" } else { "443" }));
    let here = matches!(name, "localhost" | "127.0.0.1");
    let why = match (here, scheme, port) {
        (true, "https", "3233") => "http: server gave HTTP response to HTTPS client".to_owned(),
        (true, ..) => format!("dial tcp 127.0.0.1:{port}: connect: connection refused"),
        _ => format!("dial tcp: lookup {name}: no such host"),
    };
    let url = go::quoted(&format!("{}{path}", url.trim_end_matches('/')));
    Printed::error(0, &format!("{unable}{verb} {url}: {why}"))
}
