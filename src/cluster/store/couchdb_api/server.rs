//! The server itself: what is answered without a database (`src/chttpd/src/chttpd_misc.erl`).

use super::access::{User, members};
use super::args::{Args, Kind};
use super::asked::Asked;
use super::reply::{Problem, Reply};
use super::text::{Fields, list, quoted};
use super::{Answered, Context, CouchDb};
use crate::chance::name_of;

/// 32 hexadecimal digits that belong to a text: nothing of the model's is random.
pub(super) fn digits(text: &str) -> String {
    format!("{:016x}{:016x}", name_of(text.as_bytes()), name_of(format!("{text}/").as_bytes()))
}

/// An id that the server makes: the `n`th of an exchange.
pub(super) fn made_id(context: Context<'_>, n: u64) -> String {
    digits(&format!("id {} {} {n}", context.setting.chance.seed, context.identity.0))
}

fn must_get(asked: &Asked<'_>) -> Result<(), Problem> {
    if asked.method == "GET" { Ok(()) } else { Err(Problem::method_not_allowed("GET,HEAD")) }
}

/// (`chttpd_misc.erl:45-63`)
pub(super) fn welcome(context: Context<'_>, asked: &Asked<'_>) -> Answered {
    must_get(asked)?;
    let vendor = Fields::default().text("name", "The Apache Software Foundation").end();
    let welcome = Fields::default().text("couchdb", "Welcome").text("version", "2.3.1").text("git_sha", "c298091a4");
    let welcome = welcome.text("uuid", &digits(&format!("server {}", context.setting.chance.seed)));
    let welcome = welcome.json("features", r#"["pluggable-storage-engines","scheduler"]"#).json("vendor", &vendor);
    Ok(Reply::ok(welcome.end()).into())
}

/// (`chttpd_misc.erl:480-496`)
pub(super) fn up(asked: &Asked<'_>) -> Answered {
    must_get(asked)?;
    Ok(Reply::ok(Fields::default().text("status", "ok").end()).into())
}

/// At most a thousand (`src/couch/src/couch_httpd_misc_handlers.erl`, `handle_uuids_req`).
pub(super) fn uuids(context: Context<'_>, asked: &Asked<'_>) -> Answered {
    const MAX: u64 = 1_000;
    if asked.method != "GET" {
        return Err(Problem::method_not_allowed("GET"));
    }
    let count = asked.parameter("count").unwrap_or("1").parse::<u64>();
    let count = count.map_err(|_| Problem::bad_request("count must be a positive integer"))?;
    if count > MAX {
        return Err(Problem::bad_request("count parameter too large"));
    }
    let ids = list((0..count).map(|n| quoted(&made_id(context, n))));
    Ok(Reply::ok(Fields::default().json("uuids", &ids).end()).into())
}

/// Who the request comes from (`src/couch/src/couch_httpd_auth.erl:343-364`). Cookies are not simulated.
pub(super) fn session(asked: &Asked<'_>) -> Answered {
    if asked.method != "GET" {
        return Err(Problem::not_simulated("sessions with cookies: send name and password with each request"));
    }
    let name = asked.user.name().map_or("null".to_owned(), quoted);
    let roles = if asked.user.is_admin() { r#"["_admin"]"# } else { "[]" };
    let user = Fields::default().json("name", &name).json("roles", roles).end();
    let information = Fields::default().text("authentication_db", "_users").json("authentication_handlers", r#"["cookie","default"]"#);
    let information = if asked.user == User::Nobody { information } else { information.text("authenticated", "default") };
    Ok(Reply::ok(Fields::default().flag("ok", true).json("userCtx", &user).json("info", &information.end()).end()).into())
}

/// Who the members of a database are (`ansible/tasks/db/grantPermissions.yml`): joining no names gives one empty one.
pub(super) fn security(asked: &Asked<'_>) -> Answered {
    match asked.method.as_str() {
        "GET" => {
            let admins = Fields::default().json("names", r#"[""]"#).json("roles", "[]").end();
            let members = Fields::default().json("names", &list(members().map(quoted))).json("roles", "[]").end();
            Ok(Reply::ok(Fields::default().json("admins", &admins).json("members", &members).end()).into())
        }
        "PUT" => Err(Problem::not_simulated("changes of permissions")),
        _ => Err(Problem::method_not_allowed("PUT,GET")),
    }
}

/// Every write is on disk already (`src/chttpd/src/chttpd_db.erl:381-394`).
pub(super) fn full_commit(asked: &Asked<'_>) -> Answered {
    if asked.method != "POST" {
        return Err(Problem::method_not_allowed("POST"));
    }
    asked.must_be_json()?;
    Ok(Reply::new(201, Fields::default().flag("ok", true).text("instance_start_time", "0").end()).into())
}

impl CouchDb {
    /// The three databases of OpenWhisk, and `_users`, which the deployment makes for their users (`ansible/tasks/db/createUsers.yml:18-27`).
    /// A single node gets no other system databases: cluster set-up is finished for two or more alone
    /// (`ansible/roles/couchdb/tasks/deploy.yml:174-184`). *Derived.*
    pub(super) fn all_dbs(&self, asked: &Asked<'_>) -> Answered {
        must_get(asked)?;
        let args = Args::read(asked, None, Kind::Map)?;
        let known = ["_users", Self::ACTIVATIONS.name, "whisk_local_subjects", "whisk_local_whisks"];
        let names = known.into_iter().filter(|name| *name == "_users" || self.database_named(name).is_some());
        let all = list(names.clone().map(quoted));
        let etag = format!("\"{}\"", digits(&all));
        if asked.has(&etag) {
            return Ok(Reply::empty(304).etag(etag).into());
        }
        let shown = super::all_docs::window(names.map(str::to_owned).collect(), &args, |name| name).1;
        Ok(Reply::streamed(list(shown.iter().map(|name| quoted(name)))).etag(etag).into())
    }
}
