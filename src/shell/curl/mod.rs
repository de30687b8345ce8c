//! `curl`: requests to OpenWhisk's API and to the stores' own interfaces, as they stand.

mod print;

use super::error::{Problem, ShellError, shown};
use super::flags::{Arguments, Flag, Syntax};
use crate::activation::{Catalogue, Namespace};
use crate::cluster::place::StoreKind;
use crate::cluster::{Act, CurlOutput, Means, Raw, WireRequest};
use crate::http::openwhisk::{self, Routed};

pub(super) use print::{failed, output, printed, raw};

const fn flag(long: &'static str, short: char, takes_value: bool) -> Flag {
    Flag { long, short, takes_value }
}

/// No short form: no word has this letter.
const NONE: char = '\0';

static CURL: Syntax = Syntax {
    command: "curl",
    flags: &[
        flag("--silent", 's', false),
        flag("--show-error", 'S', false),
        flag("--include", 'i', false),
        flag("--head", 'I', false),
        flag("--verbose", 'v', false),
        flag("--request", 'X', true),
        flag("--user", 'u', true),
        flag("--header", 'H', true),
        flag("--user-agent", 'A', true),
        flag("--data", 'd', true),
        flag("--data-raw", NONE, true),
        flag("--data-binary", NONE, true),
        flag("--data-ascii", NONE, true),
        flag("--json", NONE, true),
        flag("--get", 'G', false),
        // What these change does not arise here: patterns in a URL, certificates, redirections, compression.
        flag("--globoff", 'g', false),
        flag("--insecure", 'k', false),
        flag("--location", 'L', false),
        flag("--compressed", NONE, false),
        flag("--url", NONE, true),
    ],
    known: "-s, -S, -i, -I, -v, -X METHOD, -u user:password, -H header, -A agent, -d DATA, --json DATA, -G, -k, -L",
};

/// The version that is named in the header `User-Agent`: the model's own choice.
const AGENT: &str = "curl/7.88.1";

/// Reads a line that begins with `curl`; `None` if it begins with something else. `catalogue` says whose keys there are; without one they are
/// those that every local deployment has.
pub(super) fn parse(words: &[String], catalogue: Option<&Catalogue>) -> Option<Result<Act, ShellError>> {
    (words.first()? == "curl").then(|| read(words, catalogue))
}

/// Whom a URL leads to.
enum Host {
    OpenWhisk,
    Store(StoreKind),
}

/// Apart, because opening the page reads a lesson's lines and hardly ever comes here (`SHRINK` in `xtask/src/wasm_opt.rs`).
#[inline(never)]
fn read(words: &[String], catalogue: Option<&Catalogue>) -> Result<Act, ShellError> {
    let arguments = Arguments::read(&CURL, words, 1)?;
    let what = "a URL, such as http://localhost:5984/_all_dbs";
    let missing = || ShellError::line(Problem::ArgumentMissing { command: CURL.command, what });
    let named = arguments.given.iter().find(|given| given.flag.long == "--url").map(|given| (given.place, given.value.unwrap_or_default()));
    let (place, url) = arguments.only(&CURL)?.or(named).ok_or_else(missing)?;
    let (host, authority, target) = address(url).map_err(|why| ShellError::word(place, Problem::BadUrl { found: shown(url), why }))?;
    let request = request(&arguments, authority, target)?;
    let http = request.to_http().map_err(|error| ShellError::line(Problem::BadRequest { why: error.to_string() }))?;
    let output = CurlOutput {
        head: arguments.has("--head") || arguments.has("--include"),
        silent: arguments.has("--silent") && !arguments.has("--show-error"),
        verbose: arguments.has("--verbose"),
    };
    let Host::OpenWhisk = host else {
        let Host::Store(store) = host else { return Err(missing()) };
        return Ok(Act::Ask { store, request, output });
    };
    let usual;
    let catalogue = match catalogue {
        Some(catalogue) => catalogue,
        None => {
            usual = Catalogue::new(&[Namespace::new("guest"), Namespace::new("whisk.system")], &[]);
            &usual
        }
    };
    let means = match openwhisk::read(&http, catalogue) {
        Routed::Act { user, act } => Means::Act { namespace: user, act },
        // Nobody sees this id.
        routed => Means::AtOnce { status: routed.response("").map_or(500, |response| response.status().as_u16()), wish: None },
    };
    Ok(Act::Raw(Box::new(Raw { request, output, means })))
}

/// The request as the tool makes it.
fn request(arguments: &Arguments<'_>, authority: &str, mut target: String) -> Result<WireRequest, ShellError> {
    let values = |long: &'static str| arguments.given.iter().filter(move |given| given.flag.long == long);
    let last = |long| values(long).next_back().and_then(|given| given.value);
    let is_json = arguments.has("--json");
    let is_data = |given: &&super::flags::Given<'_>| given.flag.long == "--json" || given.flag.long.starts_with("--data");
    let mut data = String::new();
    let mut has_data = false;
    for given in arguments.given.iter().filter(is_data) {
        let value = given.value.unwrap_or_default();
        if value.starts_with('@') && given.flag.long != "--data-raw" {
            return Err(ShellError::word(given.place, Problem::NoFiles { found: shown(value) }));
        }
        // Several are joined, as the tool does: JSON as it stands, fields of a form with an ampersand.
        if has_data && !is_json {
            data.push('&');
        }
        // Line feeds are taken out of what is text, and left in what is not.
        match given.flag.long {
            "--data" | "--data-ascii" => data.extend(value.chars().filter(|character| !matches!(character, '\n' | '\r'))),
            _ => data.push_str(value),
        }
        has_data = true;
    }
    let mut headers: Vec<(String, String)> = vec![("Host".to_owned(), authority.to_owned())];
    if let Some(user) = last("--user") {
        headers.push(("Authorization".to_owned(), openwhisk::basic(user)));
    }
    headers.push(("User-Agent".to_owned(), last("--user-agent").unwrap_or(AGENT).to_owned()));
    headers.push(("Accept".to_owned(), if is_json { "application/json" } else { "*/*" }.to_owned()));
    let is_get = arguments.has("--get");
    if is_get && has_data {
        target.push(if target.contains('?') { '&' } else { '?' });
        target.push_str(&data);
        (data, has_data) = (String::new(), false);
    }
    if has_data {
        let form = if is_json { "application/json" } else { "application/x-www-form-urlencoded" };
        headers.push(("Content-Type".to_owned(), form.to_owned()));
    }
    for given in values("--header") {
        let text = given.value.unwrap_or_default();
        let bad = || ShellError::word(given.place, Problem::BadHeader { found: shown(text) });
        let (name, value) = text.split_once(':').ok_or_else(bad)?;
        let value = value.trim();
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        // A header without a value is one that is not sent.
        if !value.is_empty() {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    let usual = if arguments.has("--head") {
        "HEAD"
    } else if has_data {
        "POST"
    } else {
        "GET"
    };
    let method = last("--request").unwrap_or(usual).to_owned();
    Ok(WireRequest { method, target, headers, body: data })
}

/// The host, the authority and the target of a URL.
fn address(url: &str) -> Result<(Host, &str, String), &'static str> {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    if rest.contains("://") {
        return Err("all of them speak plain http here");
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at(end);
    if authority.contains('@') {
        return Err("a user is given with -u");
    }
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let host = match (host, port) {
        ("localhost" | "127.0.0.1" | "couchdb", Some("5984")) => Host::Store(StoreKind::CouchDb),
        ("localhost" | "127.0.0.1" | "elasticsearch", Some("9200")) => Host::Store(StoreKind::Elasticsearch),
        ("localhost" | "127.0.0.1" | "openwhisk", Some("3233")) => Host::OpenWhisk,
        ("localhost" | "127.0.0.1" | "couchdb" | "elasticsearch" | "openwhisk", _) => {
            return Err("OpenWhisk has the port 3233, CouchDB 5984, Elasticsearch 9200");
        }
        _ => return Err("the hosts here are localhost, openwhisk, couchdb and elasticsearch"),
    };
    let target = target.split('#').next().unwrap_or_default();
    Ok((host, authority, if target.starts_with('/') { target.to_owned() } else { format!("/{target}") }))
}
