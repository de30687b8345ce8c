//! Requests that the tool makes from what was typed, whatever it is: the API reads them, and may refuse them at once.

use super::Line;
use super::failure::API_HOST;
use crate::cluster::{Act, RefusedRequest, WireRequest, World};
use crate::http::openwhisk::{self, Routed};
use crate::shell::{Printed, go};

/// Where the line says that the API is, with what of its URL the tool's own words need.
pub(super) struct Host {
    /// With the scheme.
    pub url: String,
    /// Whether it is the cluster's.
    is_here: bool,
}

/// `--apihost`, or the cluster's. Without a scheme it is https.
pub(super) fn host(line: &Line) -> Host {
    let given = line.text("apihost").filter(|host| !host.is_empty()).unwrap_or(API_HOST);
    let url = if given.starts_with("http://127") || given.contains("://") && given != "http://" {
        given.to_owned()
    } else {
        format!("https://{given}")
    };
    let is_here = matches!(url.trim_end_matches('/'), API_HOST | "http://localhost:3233");
    Host { url, is_here }
}

/// The key that the line asks with, or its user's.
pub(super) fn key(line: &Line) -> String {
    line.text("auth").filter(|key| !key.is_empty()).map_or_else(|| openwhisk::key_of(&line.user), str::to_owned)
}

/// Asks for `target`, which stands behind `/api/v1/`, with what a valid answer would be to. `unable` is what the tool says before an error.
///
/// The act is what the API reads in the request; what it refuses is a [`Act::Refused`] that wished for `wish`.
pub(super) fn asked(
    world: &World,
    line: &Line,
    (method, target): (&str, &str),
    body: Option<String>,
    wish: Act,
    unable: &str,
) -> Result<Act, Printed> {
    if let Some(printed) = certificate(line) {
        return Err(printed);
    }
    let host = host(line);
    let version = line.text("apiversion").filter(|version| !version.is_empty()).unwrap_or("v1");
    let path = format!("/api/{version}/{target}");
    if !host.is_here {
        return Err(unreachable(&host.url, method, &path, unable));
    }
    let mut headers = vec![("Authorization".to_owned(), openwhisk::basic(&key(line))), ("User-Agent".to_owned(), USER_AGENT.to_owned())];
    if body.is_some() {
        headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    let request = WireRequest { method: method.to_owned(), target: path, headers, body: body.unwrap_or_default() };
    let http = request.to_http().map_err(|error| Printed::own_error(1, &format!("{unable}{error}")))?;
    match openwhisk::read(&http, world.catalogue()) {
        Routed::Refused(refusal) => {
            Ok(Act::Refused(Box::new(RefusedRequest { wish, request, status: refusal.status, text: refusal.error })))
        }
        Routed::Act { user, .. } if user != line.user => {
            let text = format!("WhiskScope: this is the key of the namespace {user}. A terminal is of one namespace: {}.", line.user);
            Err(Printed::own_error(1, &text))
        }
        Routed::Act { act, .. } => Ok(act),
        Routed::Info | Routed::Options => Err(Printed::default()),
    }
}

/// The tool's name as it gives it.
pub(super) const USER_AGENT: &str = "OpenWhisk-CLI/1.0 (2021-04-01T23:49:54.523+0000) linux amd64";

/// There are no files here, so neither certificates nor keys.
fn certificate(line: &Line) -> Option<Printed> {
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
