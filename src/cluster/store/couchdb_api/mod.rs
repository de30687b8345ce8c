//! CouchDB's own HTTP interface, as release 2.3.1 has it, over the databases of the model.
//!
//! Sources are files of apache/couchdb at the tag 2.3.1. A node by itself serves each database from eight shards; the model has one, which
//! shows in nothing but the opaque half of update sequences. What it does not do it answers with 501 and says so.

mod access;
mod all_docs;
mod args;
mod asked;
mod bulk;
mod collation;
mod contents;
mod database;
mod design;
mod document;
mod entities;
pub(super) mod map;
mod reply;
mod server;
mod text;
mod view;
mod view_rows;
mod writing;

use super::{Context, CouchDb, Database, Effects};
use crate::cluster::step::DesignDocument;
use ::http::{Request, Response};
use asked::Asked;
use reply::{Problem, Reply};

/// What CouchDB does with a request that has reached it.
#[derive(Debug)]
pub enum Served {
    Answer(Response<Vec<u8>>),
    /// The view that it asks for must be brought up to date first, because it gives neither `stale` nor `update`. The update has begun. When
    /// one ends that brings [`ViewState::sequence`](super::ViewState::sequence) to where [`CouchDb::update_sequence`] was when the request
    /// came, [`CouchDb::serve`] has the answer with [`Context::has_waited`]; without that it would also wait for what was written since.
    AfterUpdate(DesignDocument),
}

/// An answer, or the view that must be brought up to date first.
enum Outcome {
    Reply(Reply),
    AfterUpdate(DesignDocument),
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

type Answered = Result<Outcome, Problem>;

impl CouchDb {
    /// Serves a request. How long an update of a view takes depends on the identity of its exchange, and so do ids that the server makes.
    ///
    /// Writes are real: OpenWhisk reads what is left of its records, and a record of its own that comes to a key which is taken is refused.
    /// The update of a view that a request causes is in `effects`, and so is a step for each record that is deleted.
    pub fn serve(&mut self, context: Context<'_>, request: &Request<Vec<u8>>, effects: &mut Effects) -> Served {
        let is_head = request.method() == ::http::Method::HEAD;
        let outcome = Asked::new(request).and_then(|asked| self.route(context, &asked, effects));
        match outcome {
            Ok(Outcome::AfterUpdate(view)) => Served::AfterUpdate(view),
            Ok(Outcome::Reply(reply)) => Served::Answer(reply.finish(is_head)),
            Err(problem) => Served::Answer(problem.reply().finish(is_head)),
        }
    }

    /// By the first part of the path (`src/chttpd/src/chttpd_httpd_handlers.erl:17-30`). Who may do what is decided before anything else
    /// (`chttpd_auth_request.erl:31-100`).
    fn route(&mut self, context: Context<'_>, asked: &Asked<'_>, effects: &mut Effects) -> Answered {
        match asked.parts()[..] {
            [] => server::welcome(context, asked),
            ["_all_dbs", ..] => self.all_dbs(asked),
            ["_up"] => server::up(asked),
            ["_uuids"] => server::uuids(context, asked),
            ["_session"] => server::session(asked),
            ["_utils" | "favicon.ico", ..] => Err(Problem::not_simulated("Fauxton")),
            ["_dbs_info" | "_active_tasks" | "_replicate" | "_stats", ..] => Err(Problem::not_simulated("this part of the server")),
            ["_scheduler" | "_node" | "_reload_query_servers" | "_membership" | "_cluster_setup" | "_config", ..] => {
                asked.user.must_be_admin()?;
                Err(Problem::not_simulated("this part of the server"))
            }
            ["_users", ..] => {
                asked.user.must_be_admin()?;
                Err(Problem::not_simulated("what is in the database _users"))
            }
            [name] if asked.method == "PUT" => {
                asked.user.must_be_admin()?;
                Err(self.creation(name))
            }
            [name] if asked.method == "DELETE" => {
                asked.user.must_be_admin()?;
                self.delete_database(name, asked, effects)
            }
            [name, ..] if name.starts_with('_') => {
                asked.user.must_be_admin()?;
                Err(Problem::no_database())
            }
            [name, ref rest @ ..] => {
                let database = self.database_named(name).ok_or_else(Problem::no_database)?;
                asked.user.must_be_member()?;
                self.route_database(context, asked, database, rest, effects)
            }
        }
    }

    /// By the parts of the path after the database (`src/chttpd/src/chttpd_db.erl`, `chttpd_httpd_handlers.erl:32-45`).
    fn route_database(
        &mut self,
        context: Context<'_>,
        asked: &Asked<'_>,
        database: Database,
        rest: &[&str],
        effects: &mut Effects,
    ) -> Answered {
        match *rest {
            [] => match asked.method.as_str() {
                "GET" => Ok(self.information(context, database).into()),
                "POST" => self.post_document(context, asked, database, effects),
                _ => Err(Problem::method_not_allowed("DELETE,GET,HEAD,POST")),
            },
            ["_all_docs"] => self.all_docs_request(context, asked, database, all_docs::Which::All),
            ["_design_docs"] => self.all_docs_request(context, asked, database, all_docs::Which::Design),
            ["_bulk_docs"] => self.bulk_docs(context, asked, database, effects),
            ["_security"] => server::security(asked),
            ["_ensure_full_commit"] => server::full_commit(asked),
            ["_temp_view", ..] => Err(Problem::new(410, "gone", "Temporary views are not supported in CouchDB")),
            [part, ..] if database::NOT_SIMULATED.contains(&part) => Err(Problem::not_simulated(&format!("{part} of a database"))),
            ["_design"] => self.document_request(context, asked, database, "_design", effects),
            ["_design", name] => self.document_request(context, asked, database, &format!("_design/{name}"), effects),
            ["_design", name, action, ref more @ ..] if action.starts_with('_') => {
                self.design_request(context, asked, database, (name, action, more), effects)
            }
            ["_local"] | ["_local/"] => Err(Problem::bad_request("Invalid _local document id.")),
            ["_local", name] => self.document_request(context, asked, database, &format!("_local/{name}"), effects),
            ["_local", ..] => Err(Problem::bad_request("_local documents do not accept attachments.")),
            [id] if asked.method == "GET" && id.starts_with("_design/") => Ok(document::redirect(asked, database, id).into()),
            [id] => self.document_request(context, asked, database, id, effects),
            ["_design", name, ..] => self.attachment_request(context, asked, database, &format!("_design/{name}")),
            // A slash that is not quoted ends the id: what follows names an attachment.
            [id, ..] => self.attachment_request(context, asked, database, id),
        }
    }

    pub(super) fn database_named(&self, name: &str) -> Option<Database> {
        let database = Self::DATABASES.into_iter().find(|database| database.name == name);
        database.filter(|database| *database != Self::ACTIVATIONS || !self.is_missing())
    }
}
