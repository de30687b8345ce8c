//! From a raw request to an act of the run: pure routing, which asks the cluster nothing.

use super::query::{Query, decoded};
use super::refusal::Refusal;
use super::{auth, body, content};
use crate::activation::{ActivationId, Catalogue};
use crate::cluster::{Act, Collection, EntityAct, PAYLOAD_BYTES_MAX, PAYLOAD_BYTES_TRIED_MAX, Target, Wait, is_name};
use crate::json::Object;
use ::http::{Method, Request, Response};
use serde_json::Value;

/// Where a request leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Routed {
    /// To an act of the user of this namespace.
    Act {
        user: String,
        act: Act,
    },
    Refused(Refusal),
    /// To the description of the API itself (`RestAPIs.scala:190-201`).
    Info,
    /// To the rules for other origins (`RestAPIs.scala:226-231`).
    Options,
}

impl Routed {
    /// The answer where there is no act to wait for.
    pub fn response(&self, transaction: &str) -> Option<Response<Vec<u8>>> {
        let head = || super::answered::head(200, transaction, true);
        match self {
            Self::Act { .. } => None,
            Self::Refused(refusal) => Some(refusal.response(transaction)),
            Self::Info => {
                let body = info().to_string().into_bytes();
                Some(super::answered::finish(head().header("Content-Type", "application/json"), body))
            }
            Self::Options => Some(super::answered::finish(head().header("Content-Type", "text/plain; charset=UTF-8"), b"OK".to_vec())),
        }
    }
}

/// A deployment has here when it was built, and from which commit.
pub const BUILD: &str = "simulated by WhiskScope";
pub const BUILD_NUMBER: &str = env!("CARGO_PKG_VERSION");

fn info() -> Value {
    let mut paths = Object::default();
    paths.text("ui", "/docs");
    paths.text("api-docs", "/api-docs");
    let mut info = Object::default();
    info.text("description", "OpenWhisk API");
    info.text("api_version", "1.0.0");
    info.text("api_version_path", "v1");
    info.text("build", BUILD);
    info.text("buildno", BUILD_NUMBER);
    info.put("swagger_paths", paths.value());
    info.value()
}

/// Reads a request. `catalogue` says which namespaces there are, and so which keys.
pub fn read(request: &Request<Vec<u8>>, catalogue: &Catalogue) -> Routed {
    route(request, catalogue).unwrap_or_else(Routed::Refused)
}

fn route(request: &Request<Vec<u8>>, catalogue: &Catalogue) -> Result<Routed, Refusal> {
    let path = request.uri().path().strip_prefix("/api/v1").ok_or_else(Refusal::no_path)?;
    let segments: Option<Vec<String>> = path.split('/').map(|segment| decoded(segment, false)).collect();
    let segments = segments.ok_or_else(Refusal::no_path)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    // The first is what stands before the first slash: nothing.
    let Some(("", segments)) = segments.split_first().map(|(first, rest)| (*first, rest)) else { return Err(Refusal::no_path()) };
    // A HEAD is a GET whose answer's body is left out.
    let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
    if method == Method::OPTIONS {
        return Ok(Routed::Options);
    }
    if matches!(segments, [] | [""]) {
        return if method == Method::GET { Ok(Routed::Info) } else { Err(Refusal::method("GET")) };
    }
    let user = auth::user(request.headers(), catalogue)?;
    let query = Query::read(request.uri().query().unwrap_or_default())?;
    let asked = Asked { request, method, query, user };
    let act = match segments {
        ["namespaces"] | ["namespaces", ""] => asked.only_get().map(|()| Act::Entity(EntityAct::Namespaces)),
        ["namespaces", namespace, collection, rest @ ..] => asked.within(namespace, collection, rest),
        _ => Err(Refusal::no_path()),
    }?;
    Ok(Routed::Act { user: user.to_owned(), act })
}

struct Asked<'a> {
    request: &'a Request<Vec<u8>>,
    method: &'a Method,
    query: Query,
    user: &'a str,
}

impl Asked<'_> {
    fn only_get(&self) -> Result<(), Refusal> {
        if self.method == Method::GET { Ok(()) } else { Err(Refusal::method("GET")) }
    }

    fn within(&self, namespace: &str, collection: &str, rest: &[&str]) -> Result<Act, Refusal> {
        let known = Collection::ALL.into_iter().find(|known| known.path() == collection);
        if known.is_none() && collection != "activations" {
            return Err(Refusal::no_path());
        }
        checked("Namespace", "The namespace contains illegal characters.", namespace)?;
        let namespace = if namespace == "_" { self.user } else { namespace };
        match known {
            None => self.activations(namespace, rest),
            Some(collection) => self.entities(collection, namespace, rest),
        }
    }

    /// `core/controller/Activations.scala:97-236`: nothing but GET.
    fn activations(&self, namespace: &str, rest: &[&str]) -> Result<Act, Refusal> {
        self.only_get()?;
        let (id, rest) = match rest {
            [] | [""] => return self.activation_list(namespace),
            // No segment of a path is empty (Pekko HTTP's `Segment`).
            ["", ..] => return Err(Refusal::no_path()),
            [id, rest @ ..] => (id, rest),
        };
        // The id is looked at before the rest of the path.
        let id: ActivationId = id.parse().map_err(|why| Refusal::new(400, format!("{why}")))?;
        self.own(namespace, &id.to_string())?;
        let part = match rest {
            [] | [""] => Act::Get as fn(Target) -> Act,
            ["result"] => Act::Result,
            ["logs"] => Act::Logs,
            _ => return Err(Refusal::no_path()),
        };
        Ok(part(Target::Id(id)))
    }

    fn activation_list(&self, namespace: &str) -> Result<Act, Refusal> {
        let (skip, limit) = (self.query.skip("activations")?, self.query.limit("activations")?);
        let more = self.query.more()?;
        let name = self.query.name()?;
        self.own(namespace, "")?;
        Ok(Act::List { name, limit, skip, more })
    }

    /// Activations are read in one's own namespace alone.
    fn own(&self, namespace: &str, entity: &str) -> Result<(), Refusal> {
        if namespace == self.user {
            return Ok(());
        }
        let what = if entity.is_empty() { namespace.to_owned() } else { format!("{namespace}/{entity}") };
        Err(forbidden(&what))
    }

    fn entities(&self, collection: Collection, namespace: &str, rest: &[&str]) -> Result<Act, Refusal> {
        let owned = namespace.to_owned();
        let list = |package: Option<&str>| {
            let package = package.map(str::to_owned);
            let (skip, limit) = (self.query.skip(collection.path())?, self.query.limit(collection.path())?);
            let count = self.query.flag("count", false)?;
            Ok(Act::Entity(EntityAct::List { collection, namespace: namespace.to_owned(), package, limit, skip, count }))
        };
        let illegal = "The name of the entity contains illegal characters.";
        let name = match (collection, rest) {
            (_, [] | [""]) => return self.only_get().and_then(|()| list(None)),
            (_, [name]) => {
                checked("Name segement", illegal, name)?;
                (*name).to_owned()
            }
            (Collection::Actions, [package, ""]) => {
                checked("Name segement", illegal, package)?;
                return self.only_get().and_then(|()| list(Some(package)));
            }
            (Collection::Actions, [package, name]) => {
                checked("Name segement", illegal, package)?;
                checked("Name segement", illegal, name)?;
                format!("{package}/{name}")
            }
            _ => return Err(Refusal::no_path()),
        };
        match *self.method {
            Method::GET => {
                let code = collection != Collection::Actions || self.query.flag("code", true)?;
                Ok(Act::Entity(EntityAct::Get { collection, namespace: owned, name, code }))
            }
            Method::PUT => {
                let overwrite = self.query.flag("overwrite", false)?;
                let content = content::content(collection, &body::needed(self.request)?)?;
                Ok(Act::Entity(EntityAct::Put { collection, namespace: owned, name, overwrite, content: Box::new(content) }))
            }
            Method::DELETE if collection == Collection::Actions => Ok(Act::DeleteAction { namespace: owned, action: name }),
            Method::DELETE => {
                let force = collection == Collection::Packages && self.query.flag("force", false)?;
                Ok(Act::Entity(EntityAct::Delete { collection, namespace: owned, name, force }))
            }
            Method::POST => self.activate(collection, owned, name),
            _ => Err(Refusal::method("PUT, GET, DELETE, POST")),
        }
    }

    /// POST: to invoke, to fire, to switch a rule. Packages cannot be activated (`PackageCollection.scala:42-46`).
    fn activate(&self, collection: Collection, namespace: String, name: String) -> Result<Act, Refusal> {
        let bytes = u32::try_from(self.request.body().len()).unwrap_or(u32::MAX);
        let is_too_large = bytes > PAYLOAD_BYTES_MAX;
        match collection {
            Collection::Packages => Err(forbidden(&format!("{namespace}/{name}"))),
            Collection::Actions => {
                let (blocking, result) = (self.query.flag("blocking", false)?, self.query.flag("result", false)?);
                let timeout_ms = self.query.timeout()?;
                // Without waiting there is no result to want alone.
                let wait = match (blocking, result) {
                    (true, true) => Wait::Result,
                    (true, false) => Wait::Blocking,
                    (false, _) => Wait::NonBlocking,
                };
                if is_too_large {
                    let payload_bytes = bytes.min(PAYLOAD_BYTES_TRIED_MAX);
                    return Ok(Act::InvokeTooLarge { namespace, action: name, wait, payload_bytes });
                }
                // The model's actions take no arguments: they must be well formed, and are left at that.
                body::arguments(self.request)?;
                let header = self.request.headers().get("x-ow-extra-logging").and_then(|value| value.to_str().ok());
                let extra_logging = header.is_some_and(|value| value.eq_ignore_ascii_case("on"));
                Ok(Act::Invoke { namespace, action: name, wait, count: 1, gap_us: 0, extra_logging, timeout_ms })
            }
            _ if is_too_large => Err(Refusal::new(413, format!("Request larger than allowed: {bytes} > {PAYLOAD_BYTES_MAX} bytes."))),
            Collection::Triggers => {
                body::arguments(self.request)?;
                Ok(Act::FireTrigger { namespace, trigger: name })
            }
            Collection::Rules => {
                // `core/entity/WhiskRule.scala:179-199`.
                let fields = body::needed(self.request)?;
                let status = fields.get("status").and_then(Value::as_str);
                let active = match status {
                    Some("active") => true,
                    Some("inactive") => false,
                    Some(other) => return Err(Refusal::content(&format!("requirement failed: {other} is not a recognized rule state"))),
                    None => return Err(Refusal::content("key not found: status")),
                };
                Ok(Act::Entity(EntityAct::SetRule { namespace, name, active }))
            }
        }
    }
}

fn forbidden(what: &str) -> Refusal {
    Refusal::new(403, format!("The supplied authentication is not authorized to access '{what}'."))
}

/// A namespace or a name of the path must be one (`AuthorizedRouteDispatcher.scala:106-119`, `Entities.scala:148-161`, slip of the pen and
/// all).
fn checked(field: &str, illegal: &str, name: &str) -> Result<(), Refusal> {
    if name.len() > 256 {
        return Err(Refusal::new(400, format!("{field} longer than allowed: {} > 256.", name.len())));
    }
    if is_name(name) { Ok(()) } else { Err(Refusal::new(400, illegal)) }
}
