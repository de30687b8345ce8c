//! Documents by id (`src/chttpd/src/chttpd_db.erl:772-972`).

use super::asked::{Asked, quoted_part};
use super::contents::Found;
use super::reply::{Problem, Reply};
use super::server::made_id;
use super::text::Fields;
use super::writing::{Draft, check_id, parse_revision};
use super::{Answered, Context, CouchDb, Database};
use crate::cluster::store::{Effects, Revision};
use ::http::header::{CONTENT_TYPE, IF_MATCH};

/// Parameters of a read that the model does without.
const NOT_SIMULATED: [&str; 6] = ["open_revs", "atts_since", "revs", "revs_info", "meta", "local_seq"];

/// `{"ok":true,"id":…,"rev":…}`
pub(super) fn written(id: &str, revision: &Revision) -> Fields {
    Fields::default().flag("ok", true).text("id", id).text("rev", &revision.to_string())
}

/// Where a document is.
fn location(asked: &Asked<'_>, database: Database, id: &str) -> String {
    asked.url(&format!("/{}/{}", quoted_part(database.name), quoted_part(id)))
}

/// A design document whose slash is quoted is found under a plain one (`chttpd_db.erl:704-708`).
pub(super) fn redirect(asked: &Asked<'_>, database: Database, id: &str) -> Reply {
    let name = id.strip_prefix("_design/").unwrap_or(id);
    let parts: Vec<String> = asked.path.iter().skip(2).map(|part| format!("/{}", quoted_part(part))).collect();
    let path = format!("/{}/_design/{}{}", database.name, quoted_part(name), parts.concat());
    let query: Vec<String> =
        asked.parameters().iter().map(|(name, value)| format!("{}={}", quoted_part(name), quoted_part(value))).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    Reply::empty(301).location(asked.url(&format!("{path}{query}")))
}

/// The revision that a request names, which must be one: in the document, as `rev`, as `If-Match` (`chttpd_db.erl:1220-1248,1683-1699`).
fn named_revision(asked: &Asked<'_>, in_document: Option<Revision>) -> Result<Option<Revision>, Problem> {
    let in_query = asked.parameter("rev").map(parse_revision).transpose()?;
    let named = match (in_document, in_query) {
        (Some(one), Some(other)) if one != other => {
            return Err(Problem::bad_request("Document rev from request body and query string have different values"));
        }
        (one, other) => one.or(other),
    };
    let in_header = asked.header(&IF_MATCH).map(|header| parse_revision(header.trim().trim_matches('"'))).transpose()?;
    match (named, in_header) {
        (Some(one), Some(other)) if one != other => Err(Problem::bad_request("Document rev and etag have different values")),
        (one, other) => Ok(one.or(other)),
    }
}

/// What the model writes: documents of the activations database, but no design documents, which only an administrator may write.
pub(super) fn check_writable(asked: &Asked<'_>, database: Database, id: &str) -> Result<(), Problem> {
    if id.starts_with("_design/") {
        if !asked.user.is_admin() {
            return Err(Problem::new(403, "forbidden", "You are not a db or server admin."));
        }
        return Err(Problem::not_simulated("changes of design documents"));
    }
    if id.starts_with("_local/") {
        return Err(Problem::not_simulated("local documents"));
    }
    if database != CouchDb::ACTIVATIONS {
        return Err(Problem::not_simulated("writes to this database"));
    }
    Ok(())
}

impl CouchDb {
    pub(super) fn document_request(
        &mut self,
        context: Context<'_>,
        asked: &Asked<'_>,
        database: Database,
        id: &str,
        effects: &mut Effects,
    ) -> Answered {
        match asked.method.as_str() {
            "GET" => self.get_document(context, asked, database, id),
            "PUT" => self.put_document(context, asked, database, id, effects),
            "DELETE" => {
                match self.find(context, database, id) {
                    Found::Here(_) => {}
                    Found::Deleted(_) => return Err(Problem::deleted()),
                    Found::Missing => return Err(Problem::missing()),
                }
                let draft = Draft::deletion(named_revision(asked, None)?);
                check_writable(asked, database, id)?;
                let revision = self.write_by_hand(context, id, draft, effects)?;
                Ok(Reply::ok(written(id, &revision).end()).etag(format!("\"{revision}\"")).into())
            }
            "POST" => match asked.header(&CONTENT_TYPE) {
                Some(kind) if kind.starts_with("multipart/form-data") => Err(Problem::not_simulated("forms")),
                _ => Err(Problem::new(415, "bad_content_type", "Content-Type must be multipart/form-data")),
            },
            "COPY" => Err(Problem::not_simulated("copies of documents")),
            _ => Err(Problem::method_not_allowed("DELETE,GET,HEAD,POST,PUT,COPY")),
        }
    }

    /// Old revisions are gone, as they are after a compaction. Of a deletion its revision is left.
    fn get_document(&self, context: Context<'_>, asked: &Asked<'_>, database: Database, id: &str) -> Answered {
        if let Some(name) = NOT_SIMULATED.into_iter().find(|name| asked.parameter(name).is_some_and(|value| value != "false")) {
            return Err(Problem::not_simulated(&format!("the parameter {name}")));
        }
        let wanted = asked.parameter("rev").map(parse_revision).transpose()?;
        let (revision, document) = match self.find(context, database, id) {
            Found::Here(entry) => (self.revision(database, &entry), self.document(context, database, &entry).to_string()),
            Found::Deleted(revision) if wanted.is_some() => {
                let stub = Fields::default().text("_id", id).text("_rev", &revision.to_string()).flag("_deleted", true).end();
                (revision, stub)
            }
            Found::Deleted(_) => return Err(Problem::deleted()),
            Found::Missing => return Err(Problem::missing()),
        };
        if wanted.is_some_and(|wanted| wanted != revision) {
            return Err(Problem::missing());
        }
        let etag = format!("\"{revision}\"");
        if asked.has(&etag) {
            return Ok(Reply::empty(304).etag(etag).into());
        }
        Ok(Reply::ok(document).etag(etag).into())
    }

    fn put_document(&mut self, context: Context<'_>, asked: &Asked<'_>, database: Database, id: &str, effects: &mut Effects) -> Answered {
        if !asked.is_utf8 {
            return Err(Problem::illegal_id("Document id must be valid UTF-8"));
        }
        check_id(id)?;
        if asked.header(&CONTENT_TYPE).is_some_and(|kind| kind.starts_with("multipart/related;")) {
            return Err(Problem::not_simulated("attachments"));
        }
        if asked.parameter("new_edits") == Some("false") {
            return Err(Problem::not_simulated("writes with revisions from elsewhere (new_edits=false)"));
        }
        let mut draft = Draft::read(asked.json()?)?;
        draft.revision = named_revision(asked, draft.revision)?;
        check_writable(asked, database, id)?;
        let status = if draft.is_deleted { 200 } else { 201 };
        let written_to = location(asked, database, id);
        if asked.parameter("batch") == Some("ok") {
            // The answer does not wait for what becomes of the write.
            let _ = self.write_by_hand(context, id, draft, effects);
            return Ok(Reply::new(202, Fields::default().flag("ok", true).text("id", id).end()).into());
        }
        let revision = self.write_by_hand(context, id, draft, effects)?;
        Ok(Reply::new(status, written(id, &revision).end()).location(written_to).etag(format!("\"{revision}\"")).into())
    }

    /// `POST /{db}` (`chttpd_db.erl:331-376`): a document without an id gets one.
    pub(super) fn post_document(&mut self, context: Context<'_>, asked: &Asked<'_>, database: Database, effects: &mut Effects) -> Answered {
        asked.must_be_json()?;
        let draft = Draft::read(asked.json()?)?;
        let id = draft.id.clone().unwrap_or_else(|| made_id(context, 0));
        check_writable(asked, database, &id)?;
        let written_to = location(asked, database, &id);
        if asked.parameter("batch") == Some("ok") {
            let _ = self.write_by_hand(context, &id, draft, effects);
            return Ok(Reply::new(202, Fields::default().flag("ok", true).text("id", &id).end()).into());
        }
        let revision = self.write_by_hand(context, &id, draft, effects)?;
        Ok(Reply::new(201, written(&id, &revision).end()).location(written_to).into())
    }

    /// No document of the model has attachments (`chttpd_db.erl:1280-1295,1475-1476`).
    pub(super) fn attachment_request(&self, context: Context<'_>, asked: &Asked<'_>, database: Database, id: &str) -> Answered {
        match asked.method.as_str() {
            "GET" => match self.find(context, database, id) {
                Found::Here(_) => Err(Problem::new(404, "not_found", "Document is missing attachment")),
                Found::Deleted(_) => Err(Problem::deleted()),
                Found::Missing => Err(Problem::missing()),
            },
            "PUT" | "DELETE" => Err(Problem::not_simulated("attachments")),
            _ => Err(Problem::method_not_allowed("DELETE,GET,HEAD,PUT")),
        }
    }
}
