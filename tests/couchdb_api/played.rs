//! The interface over the store of a run that was played.

use crate::bench::*;
use serde_json::Value;
use whiskscope::chance::Identity;
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::store::couchdb_api::Served;
use whiskscope::cluster::store::{Context, Effects};
use whiskscope::cluster::{Act, Command, Configuration, StepLog, Wait, World};
use whiskscope::recording::Run;
use whiskscope::time::Instant;

fn played(store: StoreKind) -> World {
    let act = |action: &str| Act::Invoke {
        namespace: "guest".to_owned(),
        action: action.to_owned(),
        wait: Wait::NonBlocking,
        count: 3,
        gap_us: 50_000,
        extra_logging: false,
        timeout_ms: None,
    };
    let mut commands: Vec<Command> = Vec::new();
    for (at, action) in [(10_000, "hello"), (12_000, "refuse"), (14_000, "broken")] {
        commands.push(Command::new(Instant::from_millis(at), "guest", act(action), &commands));
    }
    let run = Run::new(Configuration { store, ..Configuration::default() }, 7, commands);
    let mut world = run.world();
    world.advance(Instant::from_millis(60_000), &mut StepLog { listening: false, steps: Vec::new() });
    world
}

fn get(world: &World, target: &str) -> Value {
    let mut couchdb = world.stores().couchdb.clone();
    let request = Bench::new().request("GET", &format!("/{DATABASE}/{target}"), "");
    let mut effects = Effects::default();
    let setting = world.setting();
    let context = Context { setting: &setting, library: world.library(), identity: Identity(1), now: world.now(), has_waited: false };
    match couchdb.serve(context, &request, &mut effects) {
        Served::Answer(response) => serde_json::from_slice(response.body()).unwrap(),
        Served::AfterUpdate(view) => panic!("{view:?}"),
    }
}

/// The article's puzzle, asked as one would ask it.
#[test]
fn with_elasticsearch_there_are_five_design_documents_and_nothing_else() {
    let world = played(StoreKind::Elasticsearch);
    let all = get(&world, "_all_docs");
    assert_eq!(all["total_rows"], 5);
    assert!(all["rows"].as_array().unwrap().iter().all(|row| row["id"].as_str().unwrap().starts_with("_design/")));
    assert_eq!(get(&world, "")["doc_count"], 5);
}

#[test]
fn with_couchdb_every_record_is_there_as_openwhisk_wrote_it() {
    let world = played(StoreKind::CouchDb);
    let all = get(&world, "_all_docs?include_docs=true&startkey=%22guest/%22&endkey=%22guest/%EF%BF%B0%22");
    let rows = all["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 9);
    assert_eq!(all["total_rows"].as_u64(), Some(5 + world.stores().of(StoreKind::CouchDb).holds()));
    let documents = world.stores().couchdb.documents();
    for document in documents.written_from(0).filter(|document| document.record.key(&world.setup().catalogue).starts_with("guest/")) {
        let form = whiskscope::activation::couchdb_document(&document.record, world.library());
        assert!(rows.iter().any(|row| row["doc"] == form));
    }
    // Nobody has asked for a list yet, so its index is empty.
    assert_eq!(get(&world, "_design/whisks.v2.1.0/_view/activations?reduce=false&stale=ok")["total_rows"], 0);
}
