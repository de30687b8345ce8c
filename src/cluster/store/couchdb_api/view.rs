//! Requests to design documents: their views (`src/chttpd/src/chttpd_view.erl`, `src/fabric/src/fabric_view_{map,reduce}.erl`).

use super::all_docs::{rows, size};
use super::args::{Args, Grouping, Kind, Update, json};
use super::asked::Asked;
use super::contents::Found;
use super::database::opaque;
use super::reply::Problem;
use super::text::Fields;
use super::view_rows::{Row, reduced, window};
use super::{Answered, Context, CouchDb, Database, Outcome, design};
use crate::cluster::step::DesignDocument;
use crate::cluster::store::{Effects, ViewState};
use serde_json::Value;

/// The keys that a request names, in its parameters or in its body.
fn keys(asked: &Asked<'_>) -> Result<Option<Vec<Value>>, Problem> {
    if asked.method == "GET" {
        return match asked.parameter("keys").map(json).transpose()? {
            None => Ok(None),
            Some(Value::Array(keys)) => Ok(Some(keys)),
            Some(_) => Err(Problem::query("`keys` must be an array of strings.")),
        };
    }
    asked.must_be_json()?;
    let mut body = asked.json_object()?;
    match (body.contains_key("queries"), body.remove("keys")) {
        (false, Some(Value::Array(keys))) => Ok(Some(keys)),
        (false, Some(_)) => Err(Problem::bad_request("`keys` member must be an array.")),
        (false, None) => Err(Problem::bad_request("POST body must contain `keys` or `queries` field")),
        (true, Some(_)) => Err(Problem::bad_request("`keys` and `queries` are mutually exclusive")),
        (true, None) => Err(Problem::not_simulated("several queries at once")),
    }
}

impl CouchDb {
    /// `/{db}/_design/{name}/{action}/…` (`src/chttpd/src/chttpd_db.erl:256-272`): the design document is looked up first.
    pub(super) fn design_request(
        &mut self,
        context: Context<'_>,
        asked: &Asked<'_>,
        database: Database,
        (name, action, more): (&str, &str, &[&str]),
        effects: &mut Effects,
    ) -> Answered {
        let id = format!("_design/{name}");
        if !database.design_documents.contains(&id.as_str()) {
            return Err(Problem::missing());
        }
        let view = match (action, more) {
            ("_view", [view]) => *view,
            ("_view", [_, "queries"]) if asked.method != "POST" => return Err(Problem::method_not_allowed("POST")),
            ("_view", [_, "queries"]) => return Err(Problem::not_simulated("several queries at once")),
            ("_view", _) => return Err(Problem::method_not_allowed("GET,POST,HEAD")),
            ("_info", _) => return Err(Problem::not_simulated("information on indexes")),
            ("_show" | "_list" | "_update" | "_rewrite", _) => {
                return Err(Problem::not_simulated("functions of design documents but views"));
            }
            _ => return self.attachment_request(context, asked, database, &id),
        };
        if asked.method != "GET" && asked.method != "POST" {
            return Err(Problem::method_not_allowed("GET,POST,HEAD"));
        }
        let keys = keys(asked)?;
        if !design::has_view(database, &id, view) {
            Args::read(asked, keys, Kind::Map)?;
            return Err(Problem::new(404, "not_found", "missing_named_view"));
        }
        let of_name = |state: &&ViewState| ViewState::document_name(state.view) == name;
        match self.views().iter().find(of_name).map(|state| state.view).filter(|_| database == Self::ACTIVATIONS) {
            Some(view) => self.query_view(context, asked, view, keys, effects),
            None => Err(Problem::not_simulated("the views of this database")),
        }
    }

    fn query_view(
        &mut self,
        context: Context<'_>,
        asked: &Asked<'_>,
        view: DesignDocument,
        keys: Option<Vec<Value>>,
        effects: &mut Effects,
    ) -> Answered {
        let has_reduction = matches!(view, DesignDocument::Whisks | DesignDocument::WhisksFilters);
        let args = Args::read(asked, keys, if has_reduction { Kind::Reduce } else { Kind::Map })?;
        let is_behind = self.view(view).is_some_and(|state| self.behind(state) > 0);
        if args.update == Update::First && is_behind && !context.has_waited {
            self.start_update(context.setting, view, context.identity, context.now, effects);
            return Ok(Outcome::AfterUpdate(view));
        }
        let answer = self.view_answer(context, view, &args, has_reduction && args.reduce != Some(false));
        if answer.is_ok() && args.update == Update::After {
            self.start_update(context.setting, view, context.identity, context.now, effects);
        }
        answer
    }

    fn view_answer(&self, context: Context<'_>, view: DesignDocument, args: &Args, is_reduced: bool) -> Answered {
        let Some(state) = self.view(view) else { return Err(Problem::missing()) };
        let all = self.view_rows(context, state);
        let total = all.len() as u64;
        let (offset, wanted) = window(all, args)?;
        let with_sequence = |meta: Fields| if args.with_sequence { meta.text("update_seq", &opaque(state.sequence())) } else { meta };
        if is_reduced {
            // Keys that are asked for by name are whole keys: anything else has been refused.
            let grouping = if args.keys.is_some() { Grouping::Exact } else { args.group };
            let groups = reduced(&wanted, grouping).into_iter().skip(size(args.skip)).take(size(args.limit));
            let groups = groups.map(|(key, count)| Fields::default().value("key", &key).number("value", count).end());
            return Ok(rows(with_sequence(Fields::default()), groups).into());
        }
        let shown = wanted.iter().skip(size(args.skip)).take(size(args.limit));
        let shown = shown.map(|row| {
            let fields = Fields::default().text("id", &row.id).value("key", &row.key).json("value", &self.row_value(context, state, row));
            if args.include_docs { fields.value("doc", &self.row_document(context, row)) } else { fields }.end()
        });
        let meta = Fields::default().number("total_rows", total).number("offset", offset.saturating_add(args.skip).min(total));
        Ok(rows(with_sequence(meta), shown).into())
    }

    /// The document that a row comes from, as it is now; null if it has gone since.
    fn row_document(&self, context: Context<'_>, row: &Row) -> Value {
        match self.find(context, Self::ACTIVATIONS, &row.id) {
            Found::Here(entry) => self.document(context, Self::ACTIVATIONS, &entry),
            Found::Deleted(_) | Found::Missing => Value::Null,
        }
    }
}
