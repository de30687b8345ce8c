//! The two stores behind one trait: what each holds, returns and lags by.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

#[cfg(test)]
mod support;

use support::*;
use whiskscope::activation::{ActivationId, Logs, Namespace, Origin, Record, SpanRange, Status};
use whiskscope::chance::Identity;
use whiskscope::cluster::evidence;
use whiskscope::cluster::place::{ControllerId, Process, StoreKind};
use whiskscope::cluster::step::{DesignDocument, QueryKind, QueryOutcome, Step, StepKind};
use whiskscope::cluster::store::{
    AllDocsRow, Batcher, CouchDb, Effects, IndexMissing, ListQuery, NameFilter, StartRange, Stores, Visibility,
};
use whiskscope::cluster::{Act, Answer, Command, Configuration, Failure, StoreOverride, Wait, World};
use whiskscope::recording::Run;

fn record(id: u128) -> Record {
    Record {
        id: ActivationId(id),
        namespace: GUEST,
        action: whiskscope::activation::ActionId(0),
        start_ms: 0,
        end_ms: 0,
        duration_ms: 0,
        wait_ms: 0,
        init_ms: None,
        status: Status::Success,
        timed_out: false,
        logs: Logs::None,
        updated_ms: 0,
        origin: Origin::Run,
        binding: None,
        appendix: None,
    }
}

#[test]
fn the_batcher_batches_only_under_back_pressure() {
    let mut batcher = Batcher::default();
    // 64 requests stall.
    for id in 0..64 {
        assert!(batcher.put((record(id), 0), 64).is_some(), "each leaves alone and at once");
    }
    for id in 64..64 + 1_200 {
        assert!(batcher.put((record(id), 0), 64).is_none());
    }
    let mut sizes = Vec::new();
    for _ in 0..4 {
        let mut batch = Vec::new();
        batcher.answered(&mut batch, 500);
        sizes.push(batch.len());
    }
    assert_eq!(sizes, [500, 500, 200, 0]);
    assert_eq!(batcher.in_flight(), 63);
}

#[test]
fn a_stalled_store_gets_full_batches_from_the_cluster() {
    let mut configuration = Configuration { batches_in_flight_max: 1, batch_records_max: 10, ..unlimited(1, 1, 65_536) };
    configuration.model.couchdb_write = SpanRange::millis(5_000, 5_000);
    let run = run_of(configuration, &[(20_000, burst("hello", Wait::NonBlocking, 31, 1_000))]);
    let (world, steps) = play(&run, ms(60_000));
    let sizes: Vec<u32> = steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::BatchSent { records, .. } if step.at > ms(20_000) => Some(records),
            _ => None,
        })
        .collect();
    assert_eq!(sizes.iter().sum::<u32>(), 31);
    assert!(sizes.contains(&10) && sizes.iter().all(|size| *size <= 10), "{sizes:?}");
    assert_eq!(world.stores().of(StoreKind::CouchDb).holds(), 2 + 31);
}

fn rows(steps: &[Step]) -> Vec<QueryOutcome> {
    let answered = steps.iter().filter_map(|step| match step.kind {
        StepKind::QueryAnswered { outcome, .. } => Some(outcome),
        _ => None,
    });
    answered.collect()
}

#[test]
fn a_couchdb_view_lags_by_one_query_for_any_length_of_time() {
    let acts = [
        (10_000, invoke("hello", Wait::NonBlocking)),
        (20_000, list()),
        (22_000, list()),
        (30_000, invoke("hello", Wait::NonBlocking)),
        (3_000_000, list()),
        (3_002_000, list()),
    ];
    let (_, steps) = play(&run_of(Configuration::default(), &acts), ms(3_100_000));
    let expected = [(0, 1), (1, 0), (1, 1), (2, 0)].map(|(rows, unseen)| QueryOutcome::Rows { rows, unseen });
    assert_eq!(rows(&steps), expected);
}

#[test]
fn each_design_document_has_an_index_of_its_own() {
    let by_name = Act::list(Some("hello".to_owned()), 30, 0);
    let acts =
        [(10_000, invoke("hello", Wait::NonBlocking)), (20_000, list()), (22_000, list()), (24_000, by_name.clone()), (26_000, by_name)];
    let run = run_of(Configuration::default(), &acts);
    let (_, steps) = play(&run, ms(60_000));
    let expected = [(0, 1), (1, 0), (0, 1), (1, 0)].map(|(rows, unseen)| QueryOutcome::Rows { rows, unseen });
    assert_eq!(rows(&steps), expected, "`list` and `list NAME` lag separately");

    let (world, _) = play(&run, ms(23_000));
    let couchdb = &world.stores().couchdb;
    let state = |wanted| couchdb.views().iter().find(|view| view.view == wanted).map(|view| (view.rows(), view.sequence())).unwrap();
    assert_eq!(couchdb.update_sequence(), 5 + 4 + 1);
    assert_eq!(state(DesignDocument::Whisks), (5, 10), "its rows are those of all namespaces");
    assert_eq!(state(DesignDocument::WhisksFilters), (0, 0), "nobody has queried it");
    assert_eq!(state(DesignDocument::Activations), (0, 0));
}

#[test]
fn a_record_written_while_a_view_updates_waits_for_the_next_query() {
    let mut configuration = Configuration::default();
    configuration.model.couchdb_view_update = SpanRange::millis(5_000, 5_000);
    let acts = [
        (10_000, invoke("hello", Wait::NonBlocking)),
        (20_000, list()),
        // Stored before the update is done, but after it began.
        (21_000, invoke("hello", Wait::NonBlocking)),
        (30_000, list()),
        (40_000, list()),
    ];
    let (_, steps) = play(&run_of(configuration, &acts), ms(60_000));
    let expected = [(0, 1), (1, 1), (2, 0)].map(|(rows, unseen)| QueryOutcome::Rows { rows, unseen });
    assert_eq!(rows(&steps), expected);
}

/// The ids of `_all_docs` of the activations database.
fn all_docs(world: &World) -> Vec<String> {
    let catalogue = world.catalogue();
    let id = |row| match row {
        AllDocsRow::Design(id) => id.to_owned(),
        AllDocsRow::Record(document) => document.record.key(catalogue),
        AllDocsRow::ByHand(edit) => edit.id.to_string(),
    };
    world.stores().couchdb.all_docs(catalogue).map(id).collect()
}

#[test]
fn all_docs_has_the_five_design_documents_and_every_record_in_order_of_bytes() {
    let designs =
        ["_design/activations", "_design/logCleanup", "_design/snapshotFilters", "_design/whisks-filters.v2.1.1", "_design/whisks.v2.1.0"];
    let (world, _) = play(&run_of(unlimited(1, 2, 2_048), &[(10_000, burst("hello", Wait::NonBlocking, 200, 10_000))]), ms(60_000));
    let ids = all_docs(&world);
    assert_eq!((ids.len(), &ids[..5]), (5 + 204, &designs.map(str::to_owned)[..]));
    assert!(ids.is_sorted() && ids[5].starts_with("guest/") && ids[208].starts_with("whisk.system/"));
}

/// `_` sorts after digits and capitals and before small letters, and among design documents and records it is the bytes that count.
#[test]
fn all_docs_puts_design_documents_among_the_records_of_other_namespaces() {
    let names = ["Team", "0ps", "_design", "_early", "team"];
    let mut configuration = unlimited(1, 2, 2_048);
    configuration.namespaces.extend(names.map(Namespace::new));
    let mut commands = Vec::new();
    for name in names {
        give_hello(&mut configuration, name);
        let own = in_namespace(burst("hello", Wait::NonBlocking, 8, 10_000), name);
        commands.push(Command::new(ms(10_000), name, own, &commands));
    }
    let (world, _) = play(&Run::new(configuration, 7, commands), ms(60_000));
    let ids = all_docs(&world);
    assert_eq!(ids.len(), 5 + 4 + names.len() * 8);
    assert!(ids.is_sorted(), "{ids:?}");
    assert!(ids[0].starts_with("0ps/") && ids[8].starts_with("Team/") && ids[16].starts_with("_design/"));
}

#[test]
fn the_three_databases_hold_what_the_deployment_puts_there() {
    let mut configuration = unlimited(2, 1, 2_048);
    configuration.namespaces.push(Namespace::new("Team"));
    let world = run_of(configuration, &[]).world();
    let documents = CouchDb::DATABASES.map(|database| (database.name, database.documents(world.catalogue())));
    let subjects = ["Team", "_design/namespaceThrottlings", "_design/snapshotFilters", "_design/subjects.v2.0.0", "guest", "whisk.system"];
    let whisks = [
        "_design/snapshotFilters",
        "_design/whisks.v2.1.0",
        "guest/broken",
        "guest/hello",
        "guest/refuse",
        "guest/report",
        "guest/slow",
        "whisk.system/invokerHealthTestAction0",
        "whisk.system/invokerHealthTestAction1",
    ];
    let owned = |ids: &[&str]| -> Vec<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
    let expected =
        [("whisk_local_subjects", owned(&subjects)), ("whisk_local_whisks", owned(&whisks)), ("whisk_local_activations", all_docs(&world))];
    assert_eq!(documents, expected);
    assert_eq!(documents[2].1.len(), 5, "the design documents and nothing else, before anything has run");
}

fn count_of(stores: &Stores, world: &World, store: StoreKind, name: Option<NameFilter>, skip: u32) -> Result<u64, IndexMissing> {
    stores.of(store).count(&world.setting(), ListQuery { namespace: GUEST, name, skip, limit: 1, range: StartRange::ALL })
}

#[test]
fn a_count_is_as_stale_as_a_list_and_brings_the_view_up_to_date() {
    let acts = [(10_000, burst("hello", Wait::NonBlocking, 3, 100_000)), (10_050, invoke("refuse", Wait::NonBlocking))];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(20_000));
    let setting = world.setting();
    let hello = Some(NameFilter(0));
    assert_eq!(world.setup().names[0], "hello");
    let mut stores = world.stores().clone();
    assert_eq!(count_of(&stores, &world, StoreKind::CouchDb, None, 0), Ok(0), "nobody has asked before");
    for name in [None, hello] {
        let query = ListQuery { namespace: GUEST, name, skip: 0, limit: 1, range: StartRange::ALL };
        let mut effects = Effects::default();
        stores.of_mut(StoreKind::CouchDb).queried(&setting, query, Identity::command(1, 0), ms(20_000), &mut effects);
        let [(timer, at)] = effects.timers[..] else { panic!("{effects:?}") };
        assert_eq!(count_of(&stores, &world, StoreKind::CouchDb, name, 0), Ok(0), "the update comes after the answer");
        stores.of_mut(StoreKind::CouchDb).timer(&setting, timer, at, &mut effects);
    }
    let counts = |skip| [None, hello].map(|name| count_of(&stores, &world, StoreKind::CouchDb, name, skip));
    assert_eq!(counts(0), [Ok(4), Ok(3)]);
    assert_eq!(counts(3), [Ok(1), Ok(0)]);
    assert_eq!(counts(9), [Ok(0), Ok(0)]);
}

#[test]
fn a_count_in_elasticsearch_has_what_searches_return_and_fails_without_an_index() {
    let acts = [(10_000, burst("hello", Wait::NonBlocking, 3, 1_000)), (10_050, invoke("refuse", Wait::NonBlocking))];
    let run = run_of(bound_to(StoreKind::Elasticsearch), &acts);
    let count = |at, name, skip| {
        let (world, _) = play(&run, ms(at));
        count_of(world.stores(), &world, StoreKind::Elasticsearch, name, skip)
    };
    assert_eq!(count(9_000, None, 0), Err(IndexMissing));
    let (_, steps) = play(&run, ms(20_000));
    let made = steps.iter().find(|step| matches!(step.kind, StepKind::IndexCreated { namespace } if namespace == GUEST)).unwrap().at;
    assert_eq!(count(made.micros() / 1_000 + 1, None, 0), Ok(0), "held, and not refreshed");
    assert_eq!([count(20_000, None, 0), count(20_000, Some(NameFilter(0)), 0), count(20_000, None, 3)], [Ok(4), Ok(3), Ok(1)]);
}

#[test]
fn elasticsearch_returns_a_record_after_the_refresh_and_not_before() {
    let run = run_of(bound_to(StoreKind::Elasticsearch), &[(10_000, invoke("hello", Wait::NonBlocking))]);
    let (_, steps) = play(&run, ms(20_000));
    let about = |step: &&Step| step.activation.is_some_and(|ix| ix.0 == 4);
    let stored = steps.iter().filter(about).find(|step| matches!(step.kind, StepKind::RecordStored { .. })).unwrap().at;
    let searchable = steps.iter().filter(about).find(|step| matches!(step.kind, StepKind::RecordSearchable { .. })).unwrap().at;
    assert_eq!(searchable.since(stored).micros(), 1_000_000, "the index is created by the first write, and so is its clock");

    let (world, _) = play(&run, stored);
    let (id, store) = (world.activations().last().unwrap().1.id, world.stores().of(StoreKind::Elasticsearch));
    assert_eq!(store.get_visibility(GUEST, id), Visibility::NotRefreshed);
    assert_eq!(store.get(GUEST, id), Ok(None));
    assert_eq!(world.stores().elasticsearch.index(GUEST).unwrap().buffered_count(), 1);
    let (world, _) = play(&run, searchable);
    assert_eq!(world.stores().of(StoreKind::Elasticsearch).get(GUEST, id).unwrap().map(|record| record.id), Some(id));
    assert_eq!(world.stores().elasticsearch.index(GUEST).unwrap().searchable_count(), 1);
}

/// §6.4, the row of the idle search: only later versions stop refreshing an index that nobody searches.
#[test]
fn elasticsearch_6_refreshes_an_index_that_nobody_has_searched_for_long() {
    let acts = [(10_000, invoke("hello", Wait::NonBlocking)), (200_000, invoke("hello", Wait::NonBlocking))];
    let (world, steps) = play(&run_of(bound_to(StoreKind::Elasticsearch), &acts), ms(300_000));
    assert!(!steps.iter().any(|step| matches!(step.kind, StepKind::QuerySent { .. })), "nobody searches");
    let ix = world.activations().last().unwrap().0;
    let at = |wanted: fn(&StepKind) -> bool| steps.iter().find(|step| step.activation == Some(ix) && wanted(&step.kind)).unwrap().at;
    let stored = at(|kind| matches!(kind, StepKind::RecordStored { .. }));
    let searchable = at(|kind| matches!(kind, StepKind::RecordSearchable { .. }));
    assert!(stored > ms(200_000) && searchable.since(stored).micros() <= 1_000_000, "{stored:?} {searchable:?}");
}

#[test]
fn a_list_without_an_index_is_a_500_and_a_get_a_404() {
    let unknown = Act::Get(whiskscope::cluster::Target::Id(ActivationId(7)));
    let run = run_of(bound_to(StoreKind::Elasticsearch), &[(10_000, list()), (11_000, unknown)]);
    let (world, _) = play(&run, ms(20_000));
    let answers: Vec<_> = world.exchanges().map(|exchange| exchange.answer.clone().unwrap()).collect();
    assert!(matches!(answers[0], Answer::Failed { status: 500, failure: Failure::StoreFailed }), "{answers:?}");
    assert!(matches!(answers[1], Answer::Failed { status: 404, failure: Failure::NotFound }), "{answers:?}");
    let (world, _) = play(&run.bound_to(StoreKind::CouchDb), ms(20_000));
    assert!(matches!(&world.exchanges().next().unwrap().answer, Some(Answer::Rows(rows)) if rows.is_empty()));
}

/// To the client a missing index and a missing record are the same 404. The page tells them apart, so the steps must.
#[test]
fn a_get_and_a_poll_without_an_index_say_so() {
    let unknown = Act::Get(whiskscope::cluster::Target::Id(ActivationId(7)));
    let odd = StoreOverride { process: Process::Controller(ControllerId(0)), store: StoreKind::Elasticsearch };
    let mixed = Configuration { store_overrides: vec![odd], ..Configuration::default() };
    // The ack of `report` has nothing but an id, so its controller polls.
    let (_, steps) = play(&run_of(mixed, &[(10_000, unknown.clone()), (11_000, invoke("report", Wait::Blocking))]), ms(40_000));
    let missed: Vec<(QueryKind, &str)> = steps
        .iter()
        .filter_map(|step| match step.kind {
            StepKind::QueryAnswered { query, outcome: QueryOutcome::IndexMissing, .. } => Some((query, evidence::of(&step.kind).id)),
            StepKind::QueryAnswered { .. } => panic!("{step:?}"),
            _ => None,
        })
        .collect();
    for query in [QueryKind::Get, QueryKind::QuickPoll, QueryKind::SlowPoll] {
        assert!(missed.contains(&(query, "es-get-without-index")), "{query:?} {missed:?}");
    }
    // With the index there, it is the record alone that is missing.
    let acts = [(10_000, invoke("hello", Wait::NonBlocking)), (20_000, unknown)];
    let (_, steps) = play(&run_of(bound_to(StoreKind::Elasticsearch), &acts), ms(40_000));
    assert_eq!(rows(&steps), [QueryOutcome::NotFound]);
}

#[test]
fn lists_are_newest_first_and_limited() {
    for store in StoreKind::ALL {
        let few = Act::list(None, 2, 1);
        let acts =
            [(10_000, burst("hello", Wait::NonBlocking, 5, 500_000)), (20_000, list()), (22_000, few), (24_000, Act::list(None, 0, 0))];
        let (world, _) = play(&run_of(bound_to(store), &acts), ms(60_000));
        let lists: Vec<Vec<u64>> = world
            .exchanges()
            .filter_map(|exchange| match &exchange.answer {
                Some(Answer::Rows(rows)) => Some(rows.iter().map(|row| row.record.start_ms).collect()),
                _ => None,
            })
            .collect();
        assert_eq!((lists[1].len(), lists[2].len()), (2, 5), "{store:?}");
        assert!(lists[2].is_sorted_by(|one, other| one > other));
        assert_eq!(lists[1], lists[2][1..3]);
    }
}

#[test]
fn a_name_filter_is_exact_in_couchdb_and_a_phrase_in_elasticsearch() {
    let mut configuration = Configuration::default();
    let mut other = configuration.actions[0].clone();
    other.name = "hello-world".to_owned();
    configuration.actions.push(other);
    let by_name = Act::list(Some("hello".to_owned()), 30, 0);
    let acts = [
        (10_000, invoke("hello", Wait::NonBlocking)),
        (11_000, invoke("hello-world", Wait::NonBlocking)),
        (20_000, by_name.clone()),
        (22_000, by_name),
    ];
    let run = run_of(configuration, &acts);
    let last = |run: &Run| *rows(&play(run, ms(60_000)).1).last().unwrap();
    assert_eq!(last(&run), QueryOutcome::Rows { rows: 1, unseen: 0 });
    assert_eq!(last(&run.bound_to(StoreKind::Elasticsearch)), QueryOutcome::Rows { rows: 2, unseen: 0 });
}

#[test]
fn a_controller_reads_its_own_store_whatever_the_invokers_write_to() {
    let odd = StoreOverride { process: Process::Controller(ControllerId(0)), store: StoreKind::Elasticsearch };
    let mixed = Configuration { store_overrides: vec![odd], ..Configuration::default() };
    let acts = [(10_000, invoke("hello", Wait::NonBlocking)), (20_000, list()), (22_000, list())];
    let (plain, _) = play(&run_of(Configuration::default(), &acts), ms(60_000));
    let (world, _) = play(&run_of(mixed, &acts), ms(60_000));
    assert!(matches!(&plain.newest_list().unwrap().answer, Some(Answer::Rows(rows)) if rows.len() == 1));
    assert!(matches!(&world.newest_list().unwrap().answer, Some(Answer::Failed { status: 500, .. })));
    for store in StoreKind::ALL {
        assert_eq!(world.stores().of(store).holds(), plain.stores().of(store).holds(), "the stores hold the same");
    }
}

#[test]
fn an_older_list_that_is_answered_later_is_not_the_newest() {
    let acts = [(20_000, list()), (20_001, list())];
    let mut overtaken = 0;
    for seed in 0..20 {
        let run = Run { seed, ..run_of(Configuration::default(), &acts) };
        let (world, _) = play(&run, ms(30_000));
        let answered: Vec<_> = world.exchanges().map(|exchange| exchange.answered.unwrap()).collect();
        overtaken += u32::from(answered[1] < answered[0]);
        assert_eq!(world.newest_list().map(|exchange| exchange.command), Some(1), "seed {seed}: {answered:?}");
    }
    assert!(overtaken > 0, "in one run at least the second answer must come first");
}

#[test]
fn with_one_store_bound_nothing_reaches_the_other() {
    for store in StoreKind::ALL {
        let run = run_of(unlimited(2, 3, 2_048), &[(10_000, burst("hello", Wait::Blocking, 60, 5_000)), (20_000, list())]).bound_to(store);
        let (world, _) = play(&run, ms(60_000));
        let other = StoreKind::ALL.into_iter().find(|kind| *kind != store).unwrap();
        assert_eq!((world.stores().of(store).holds(), world.stores().of(other).holds()), (60 + 12, 0));
    }
}

#[test]
fn last_inherits_the_lag_of_the_list() {
    let last = Act::Get(whiskscope::cluster::Target::Last);
    let acts =
        [(10_000, invoke("hello", Wait::NonBlocking)), (20_000, list()), (30_000, invoke("refuse", Wait::NonBlocking)), (40_000, last)];
    let (world, _) = play(&run_of(Configuration::default(), &acts), ms(60_000));
    let Some(Answer::Record(record)) = &world.exchanges().last().unwrap().answer else { panic!("no record") };
    assert_eq!(record.status, Status::Success, "the previous activation, not the last");
}
