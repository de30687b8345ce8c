//! `_bulk_docs` (`src/chttpd/src/chttpd_db.erl:396-468,1109-1122`): many documents in one request, each for itself.

use super::asked::Asked;
use super::document::{check_writable, written};
use super::reply::{Problem, Reply};
use super::server::made_id;
use super::text::{Fields, list};
use super::writing::Draft;
use super::{Answered, Context, CouchDb, Database};
use crate::cluster::store::Effects;
use serde_json::Value;

impl CouchDb {
    /// A document that is no object, or has a special field that nobody knows, fails the request as a whole; a conflict only that document.
    pub(super) fn bulk_docs(&mut self, context: Context<'_>, asked: &Asked<'_>, database: Database, effects: &mut Effects) -> Answered {
        if asked.method != "POST" {
            return Err(Problem::method_not_allowed("POST"));
        }
        asked.must_be_json()?;
        let mut body = asked.json_object()?;
        let documents = match body.remove("docs") {
            None => return Err(Problem::bad_request("POST body must include `docs` parameter.")),
            Some(Value::Array(documents)) => documents,
            Some(_) => return Err(Problem::bad_request("`docs` parameter must be an array.")),
        };
        let drafts: Vec<Draft> = documents.into_iter().map(Draft::read).collect::<Result<_, _>>()?;
        match body.get("new_edits") {
            None | Some(Value::Bool(true)) => {}
            Some(Value::Bool(false)) => return Err(Problem::not_simulated("writes with revisions from elsewhere (new_edits=false)")),
            Some(_) => return Err(Problem::bad_request("`new_edits` parameter must be a boolean.")),
        }
        let mut results = Vec::with_capacity(drafts.len());
        for (draft, n) in drafts.into_iter().zip(0..) {
            let id = draft.id.clone().unwrap_or_else(|| made_id(context, n));
            let result = check_writable(asked, database, &id).and_then(|()| self.write_by_hand(context, &id, draft, effects));
            results.push(match result {
                Ok(revision) => written(&id, &revision).end(),
                Err(Problem { error, reason, .. }) => Fields::default().text("id", &id).text("error", error).text("reason", &reason).end(),
            });
        }
        Ok(Reply::new(201, list(results)).into())
    }
}
