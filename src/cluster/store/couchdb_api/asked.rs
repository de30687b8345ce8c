//! A request taken apart as CouchDB does it: path, parameters, body.

use super::access::User;
use super::reply::Problem;
use ::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HOST, HeaderName, IF_NONE_MATCH};
use ::http::{Method, Request};
use serde_json::{Map, Value};

/// A request that is well-formed, and who sends it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// `HEAD` is served as `GET` (`src/chttpd/src/chttpd.erl:213-217`).
    pub method: String,
    /// The parts of the path between slashes, unquoted. Empty ones are no parts.
    pub path: Vec<String>,
    /// Whether each part of the path is UTF-8.
    pub is_utf8: bool,
    query: Vec<(String, String)>,
    pub user: User,
    request: &'a Request<Vec<u8>>,
}

impl<'a> Asked<'a> {
    /// # Errors
    /// Malformed percent-encoding (`src/chttpd/src/chttpd.erl:431-439`), and what [`User::of`] says.
    pub fn new(request: &'a Request<Vec<u8>>) -> Result<Self, Problem> {
        let (path, query) = (request.uri().path(), request.uri().query().unwrap_or_default());
        if !(is_encoded(path) && is_encoded(query)) {
            return Err(Problem::bad_request("invalid_url_encoding"));
        }
        let parts: Vec<Vec<u8>> = path.split('/').filter(|part| !part.is_empty()).map(unquoted).collect();
        let pairs = query.split(['&', ';']).filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Ok(Self {
            method: method(request),
            is_utf8: parts.iter().all(|part| std::str::from_utf8(part).is_ok()),
            path: parts.iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect(),
            query: pairs.map(|(name, value)| (text(name), text(value))).collect(),
            user: User::of(request)?,
            request,
        })
    }

    pub fn parts(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// The parameters in order, each name and value.
    pub fn parameters(&self) -> &[(String, String)] {
        &self.query
    }

    /// The first parameter of this name.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }

    /// Whether the client has what this `ETag` is of (`src/chttpd/src/chttpd.erl:690-705`).
    pub fn has(&self, etag: &str) -> bool {
        self.header(&IF_NONE_MATCH).is_some_and(|known| known.split([',', ' ']).any(|known| known == etag))
    }

    /// A URL of this server, by the name that the client knows it by.
    pub fn url(&self, path: &str) -> String {
        let host = self.header(&HOST).map(str::to_owned);
        let host = host.or_else(|| self.request.uri().authority().map(ToString::to_string)).unwrap_or_else(|| "localhost:5984".to_owned());
        format!("http://{host}{path}")
    }

    /// The body as JSON (`src/chttpd/src/chttpd.erl:667-680`).
    pub fn json(&self) -> Result<Value, Problem> {
        match self.header(&CONTENT_ENCODING) {
            None | Some("identity") => {}
            Some("gzip") => return Err(Problem::not_simulated("compressed request bodies")),
            Some(other) => return Err(Problem::new(415, "bad_content_type", format!("{other} is not a supported content encoding."))),
        }
        if self.request.body().is_empty() {
            // An empty body is no JSON either.
            return Err(Problem::invalid_json());
        }
        serde_json::from_slice(self.request.body()).map_err(|_| Problem::invalid_json())
    }

    pub fn json_object(&self) -> Result<Map<String, Value>, Problem> {
        match self.json()? {
            Value::Object(fields) => Ok(fields),
            _ => Err(Problem::bad_request("Request body must be a JSON object")),
        }
    }

    /// (`src/couch/src/couch_httpd.erl:446-456`)
    pub fn must_be_json(&self) -> Result<(), Problem> {
        let kind = self.header(&CONTENT_TYPE).and_then(|kind| kind.split(';').find(|part| !part.is_empty()));
        if kind == Some("application/json") {
            return Ok(());
        }
        Err(Problem::new(415, "bad_content_type", "Content-Type must be application/json"))
    }
}

/// `X-HTTP-Method-Override` counts for `POST` alone (`src/chttpd/src/chttpd.erl:197-211`).
fn method(request: &Request<Vec<u8>>) -> String {
    const OVERRIDES: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT", "COPY"];
    let asked = request.headers().get("x-http-method-override").and_then(|value| value.to_str().ok());
    let method = match asked.filter(|method| request.method() == Method::POST && OVERRIDES.contains(method)) {
        Some(method) => method,
        None => request.method().as_str(),
    };
    if method == "HEAD" { "GET".to_owned() } else { method.to_owned() }
}

/// Whether each percent sign has two hexadecimal digits behind it.
fn is_encoded(text: &str) -> bool {
    let is_code = |part: &str| part.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    text.split('%').skip(1).all(is_code)
}

/// Also a plus sign stands for a space, in the path as in parameters: `mochiweb_util:unquote`.
fn unquoted(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut unquoted = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        unquoted.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || bytes.next().and_then(|digit| char::from(digit).to_digit(16)).unwrap_or(0);
                let (high, low) = (digit(), digit());
                u8::try_from(high * 16 + low).unwrap_or(b'?')
            }
            other => other,
        });
    }
    unquoted
}

fn text(quoted: &str) -> String {
    String::from_utf8_lossy(&unquoted(quoted)).into_owned()
}

/// A part of a path, quoted (`src/couch/src/couch_util.erl`, `url_encode`).
pub fn quoted_part(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.-".contains(&byte) {
            quoted.push(char::from(byte));
        } else {
            quoted.push_str(&format!("%{byte:02X}"));
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_unquoted_part_by_part() {
        let asked = |path: &str| {
            let request = Request::builder().uri(path).body(Vec::new()).unwrap();
            Asked::new(&request).map(|asked| asked.path).map_err(|problem| problem.reason.into_owned())
        };
        let parts = |parts: &[&str]| Ok(parts.iter().map(|part| (*part).to_owned()).collect());
        assert_eq!(asked("/db/guest%2F3f?x=%22"), parts(&["db", "guest/3f"]));
        assert_eq!(asked("//db//a+b%2bc"), parts(&["db", "a b+c"]));
        assert_eq!(asked("/"), parts(&[]));
        assert_eq!(asked("/db/%E4%BD%A0"), parts(&["db", "你"]));
        for wrong in ["/db%", "/db%2", "/db%2g", "/db%g2", "/db?x=%"] {
            assert_eq!(asked(wrong), Err("invalid_url_encoding".to_owned()), "{wrong}");
        }
        assert_eq!(quoted_part("guest/a b_-."), "guest%2Fa%20b_-.");
    }
}
