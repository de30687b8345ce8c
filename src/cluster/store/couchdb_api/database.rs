//! A database as a whole: what it is, and its deletion (`src/chttpd/src/chttpd_db.erl:285-329`).

use super::asked::Asked;
use super::reply::{Problem, Reply};
use super::server::digits;
use super::text::Fields;
use super::{Answered, Context, CouchDb, Database};
use crate::cluster::store::{ActivationStore, Effects};

/// Parts of a database that the model does without.
pub(super) const NOT_SIMULATED: [&str; 17] = [
    "_bulk_get",
    "_changes",
    "_compact",
    "_explain",
    "_find",
    "_index",
    "_local_docs",
    "_missing_revs",
    "_purge",
    "_purged_infos",
    "_purged_infos_limit",
    "_revs_diff",
    "_revs_limit",
    "_shards",
    "_sync_shards",
    "_view_cleanup",
    "_search_analyze",
];

impl CouchDb {
    /// `GET /{db}` (`src/fabric/src/fabric_db_info.erl:59-130`). Eight shards on one node, as the server does by default
    /// (`rel/overlay/etc/default.ini:76-77`). Sizes are a model parameter: a kilobyte a document.
    pub(super) fn information(&self, context: Context<'_>, database: Database) -> Reply {
        const DOCUMENT_BYTES: u64 = 1_024;
        let (documents, deleted, sequence) = if database == Self::ACTIVATIONS {
            let catalogue = context.library.catalogue;
            let documents = self.documents().len() + self.by_hand(catalogue).count() + database.design_documents.len();
            (documents as u64, self.deleted(context), self.update_sequence())
        } else {
            let documents = database.documents(context.library.catalogue).len() as u64;
            (documents, 0, documents)
        };
        let bytes = documents * DOCUMENT_BYTES;
        let sizes = Fields::default().number("file", bytes).number("external", bytes).number("active", bytes).end();
        let cluster = Fields::default().number("q", 8).number("n", 1).number("w", 1).number("r", 1).end();
        let information = Fields::default().text("db_name", database.name);
        let information = information.text("purge_seq", &opaque(0)).text("update_seq", &opaque(sequence)).json("sizes", &sizes);
        let information = information.json("other", &Fields::default().number("data_size", bytes).end());
        let information = information.number("doc_del_count", deleted).number("doc_count", documents).number("disk_size", bytes);
        let information = information.number("disk_format_version", 7).number("data_size", bytes).flag("compact_running", false);
        Reply::ok(information.json("cluster", &cluster).text("instance_start_time", "0").end())
    }

    /// Why a database is not made.
    pub(super) fn creation(&self, name: &str) -> Problem {
        if self.database_named(name).is_some() {
            return Problem::new(412, "file_exists", "The database could not be created, the file already exists.");
        }
        let is_legal = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_$()+-/".contains(letter);
        if !(name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(is_legal)) {
            let but = "Only lowercase characters (a-z), digits (0-9), and any of the characters _, $, (, ), +, -, and / are allowed.";
            return Problem::new(400, "illegal_database_name", format!("Name: '{name}'. {but} Must begin with a letter."));
        }
        Problem::not_simulated("the creation of databases")
    }

    /// Records and design documents go with it, and nothing makes them anew.
    pub(super) fn delete_database(&mut self, name: &str, asked: &Asked<'_>, effects: &mut Effects) -> Answered {
        if asked.parameter("rev").is_some() {
            let but = "Did you mean to DELETE a document instead?";
            return Err(Problem::bad_request(format!("You tried to DELETE a database with a ?=rev parameter. {but}")));
        }
        let database = self.database_named(name).ok_or_else(Problem::no_database)?;
        if database != Self::ACTIVATIONS {
            return Err(Problem::not_simulated("the deletion of this database"));
        }
        self.drop_data(effects);
        Ok(Reply::done(200).into())
    }
}

/// An update sequence as clients see it: the number, and what tells the shards apart, which is nobody's business.
pub(super) fn opaque(sequence: u64) -> String {
    format!("{sequence}-g1AAAA{}", digits(&format!("sequence {sequence}")))
}
