use super::*;
use crate::activation::{Action, Namespace, SpanRange};
use crate::cluster::place::{ControllerId, Process, StoreKind};
use crate::cluster::{Act, Command, Configuration, StepLog, StoreOverride, Wait};
use crate::locale::verdict::{CliAnswer, Reason};
use crate::operator;
use crate::recording::Run;
use crate::time::Instant;
use cli::ListOutcome;

fn hello(count: u32, gap_us: u64) -> Act {
    Act::Invoke {
        namespace: "guest".into(),
        action: "hello".into(),
        wait: Wait::NonBlocking,
        count,
        gap_us,
        extra_logging: false,
        timeout_ms: None,
    }
}

fn list() -> Act {
    Act::list(None, 30, 0)
}

fn world_at(configuration: Configuration, acts: &[(u64, Act)], at_ms: u64) -> World {
    let mut commands: Vec<Command> = Vec::new();
    for (at, act) in acts {
        commands.push(Command::new(Instant::from_millis(*at), USER, act.clone(), &commands));
    }
    let mut world = Run::new(configuration, 7, commands).world();
    world.advance(Instant::from_millis(at_ms), &mut StepLog::default());
    world
}

fn bound_to(store: StoreKind) -> Configuration {
    Configuration { store, ..Configuration::default() }
}

/// The lesson *Only design docs*: three invocations, a list when the records are stored, another two seconds later.
fn only_design_docs(store: StoreKind, at_ms: u64) -> World {
    let acts = [(8_000, hello(1, 0)), (8_300, hello(1, 0)), (8_600, hello(1, 0)), (12_000, list()), (14_000, list())];
    world_at(bound_to(store), &acts, at_ms)
}

fn shown(world: &World) -> Vec<String> {
    match cli::newest(world).answer.map(|answer| answer.outcome) {
        Some(ListOutcome::Rows { rows, .. }) => rows.into_iter().map(|row| row.id.to_string()).collect(),
        _ => Vec::new(),
    }
}

fn keys(rows: &Rows<DocumentRow>) -> Vec<&str> {
    rows.rows.iter().map(|row| row.key.as_str()).collect()
}

/// The rows of a raw witness that are records.
fn records(rows: &Rows<DocumentRow>) -> Vec<&DocumentRow> {
    rows.rows.iter().filter(|row| row.state != DocumentState::Design).collect()
}

#[test]
fn the_puzzle_shows_in_the_three_witnesses() {
    let world = only_design_docs(StoreKind::Elasticsearch, 15_000);
    assert_eq!(shown(&world).len(), 3);
    assert_eq!(couchdb::summary(&world).design_documents.len(), 5);
    assert!(records(&couchdb::returned(&world, true, 0)).is_empty());
    let indexes: Vec<_> = elasticsearch::indexes(&world).into_iter().map(|it| (it.name, it.is_health, it.searchable)).collect();
    assert_eq!(indexes, [("openwhisk-guest".to_owned(), false, 3), ("openwhisk-whisk.system".to_owned(), true, 4)]);
    let Verdict { facts, reasons } = verdict(&world);
    assert_eq!((facts.cli, facts.couchdb_records, facts.elasticsearch_searchable), (CliAnswer::Rows(3), 0, 3));
    assert_eq!(reasons, [Reason::OnlyBoundStore(StoreKind::Elasticsearch)]);
}

#[test]
fn couchdb_lists_by_key_and_hides_health_records_until_asked() {
    let world = only_design_docs(StoreKind::CouchDb, 15_000);
    assert!(elasticsearch::indexes(&world).is_empty());
    let (summary, rows) = (couchdb::summary(&world), couchdb::returned(&world, false, 0));
    assert_eq!((summary.records, summary.health_records, records(&rows).len(), rows.total), (3, 4, 3, 5 + 3));
    let all = couchdb::returned(&world, true, 0);
    assert_eq!((records(&all).len(), all.total), (7, 5 + 7));
    assert!(keys(&all).is_sorted(), "{all:?}");
    assert!(all.rows.iter().all(|row| row.is_health_record == row.key.starts_with("whisk.system/")));
    assert_eq!(verdict(&world).reasons, [Reason::OnlyBoundStore(StoreKind::CouchDb)]);
}

/// `_` comes after capitals and before lower-case letters: `Team/…`, `_design/…`, `guest/…`.
#[test]
fn design_documents_stand_where_the_bytes_of_their_ids_put_them() {
    let mut configuration = bound_to(StoreKind::CouchDb);
    configuration.namespaces.push(Namespace::new("Team"));
    let own = configuration.actions[0].clone();
    configuration.actions.push(Action { namespace: "Team".to_owned(), ..own });
    let mut invoke = hello(2, 1_000);
    if let Act::Invoke { namespace, .. } = &mut invoke {
        *namespace = "Team".to_owned();
    }
    let mut commands = vec![Command::new(Instant::from_millis(8_000), "Team", invoke, &[])];
    commands.push(Command::new(Instant::from_millis(8_500), USER, hello(1, 0), &commands));
    let mut world = Run::new(configuration, 7, commands).world();
    world.advance(Instant::from_millis(15_000), &mut StepLog::default());
    let all = couchdb::returned(&world, true, 0);
    let begins = |row: &DocumentRow| row.key.split('/').next().unwrap().to_owned();
    let mut order: Vec<String> = all.rows.iter().map(begins).collect();
    assert_eq!(order.len(), 2 + 5 + 1 + 4);
    order.dedup();
    assert_eq!(order, ["Team", "_design", "guest", "whisk.system"]);
    assert!(keys(&all).is_sorted());
}

#[test]
fn the_view_lags_by_one_list() {
    let stored = only_design_docs(StoreKind::CouchDb, 11_999);
    assert_eq!(couchdb::summary(&stored).behind, 7);
    assert!(records(&couchdb::returned(&stored, true, 0)).iter().all(|row| row.state == DocumentState::NotInView));
    let first = only_design_docs(StoreKind::CouchDb, 13_000);
    assert!(shown(&first).is_empty(), "the first list reads the view as it is");
    assert_eq!(couchdb::summary(&first).behind, 0);
    assert!(records(&couchdb::returned(&first, true, 0)).iter().all(|row| row.state == DocumentState::InView));
    assert_eq!(verdict(&first).reasons, [Reason::AnswerTooOld(3), Reason::OnlyBoundStore(StoreKind::CouchDb)]);
    // While the first answer is in and the update is under way, the view is the reason.
    let mut slow = bound_to(StoreKind::CouchDb);
    slow.model.couchdb_view_update = SpanRange::millis(5_000, 5_000);
    let between = world_at(slow, &[(8_000, hello(3, 300_000)), (12_000, list())], 13_000);
    assert!(cli::newest(&between).answer.is_some() && couchdb::summary(&between).is_updating);
    assert_eq!(verdict(&between).reasons.first(), Some(&Reason::StaleView(3)));
}

#[test]
fn before_the_refresh_a_record_is_held_and_not_returned() {
    let worlds = (8_000..9_500).step_by(5).map(|ms| only_design_docs(StoreKind::Elasticsearch, ms));
    let mut seen = 0;
    for world in worlds {
        let buffered = elasticsearch::documents(&world, "openwhisk-guest", elasticsearch::Part::Buffered, 0);
        let searchable = elasticsearch::documents(&world, "openwhisk-guest", elasticsearch::Part::Searchable, 0);
        let asked = cli::if_asked_now(&world, 0);
        for row in &buffered.rows {
            seen += 1;
            let asked = asked.rows.iter().find(|asked| Some(asked.activation) == row.activation).unwrap();
            let [answer] = asked.answers.as_slice() else { panic!("{asked:?}") };
            assert!(matches!(
                (answer.list, answer.get),
                (Some(operator::Reason::NotRefreshed { .. }), Some(operator::Reason::NotRefreshed { .. }))
            ));
            assert!(!searchable.rows.contains(row));
        }
    }
    assert!(seen > 0);
}

#[test]
fn a_witness_never_lists_what_has_not_arrived() {
    for store in StoreKind::ALL {
        for ms in (8_000..9_800).step_by(20) {
            let world = only_design_docs(store, ms);
            let returned = records(&couchdb::returned(&world, false, 0)).len() + elasticsearch_total(&world);
            let written = user_activations(&world).filter(|(_, it)| it.phase == crate::cluster::Phase::Written).count();
            assert_eq!(returned, written, "{store:?} at {ms}");
            assert_eq!(cli::newest(&world).answer, None);
        }
        // The list leaves at 12 s, and its answer is not there at once.
        let world = only_design_docs(store, 12_000);
        assert_eq!(cli::newest(&world), cli::Newest { answer: None, is_asking: true });
        assert_eq!(verdict(&world).facts.cli, CliAnswer::Asking);
    }
}

fn elasticsearch_total(world: &World) -> usize {
    use elasticsearch::Part;
    let part = |part| elasticsearch::documents(world, "openwhisk-guest", part, 0).total;
    part(Part::Searchable) + part(Part::Buffered)
}

/// A toy would filter every witness from one list of activations. Here the controller alone is bound otherwise: what the CLI shows
/// changes, and the stores do not.
#[test]
fn another_binding_of_the_controller_changes_the_cli_and_no_store() {
    let acts = [(8_000, hello(3, 300_000)), (12_000, list()), (14_000, list())];
    for store in StoreKind::ALL {
        let [other] = StoreKind::ALL.into_iter().filter(|kind| *kind != store).collect::<Vec<_>>()[..] else { panic!() };
        let same = world_at(bound_to(store), &acts, 15_000);
        let overrides = vec![StoreOverride { process: Process::Controller(ControllerId(0)), store: other }];
        let odd = world_at(Configuration { store_overrides: overrides, ..bound_to(store) }, &acts, 15_000);
        // Health tests go through the controller's health, not its store: the stores hold the same documents either way.
        assert_eq!(keys(&couchdb::returned(&same, true, 0)), keys(&couchdb::returned(&odd, true, 0)));
        let searchable = |world: &World| elasticsearch::documents(world, "openwhisk-guest", elasticsearch::Part::Searchable, 0);
        assert_eq!(searchable(&same), searchable(&odd));
        assert_eq!((shown(&same).len(), shown(&odd).len()), (3, 0));
        let asked =
            |world: &World| -> Vec<cli::AskedAnswer> { cli::if_asked_now(world, 0).rows.into_iter().flat_map(|row| row.answers).collect() };
        assert!(asked(&same).iter().all(|answer| answer.list.is_none() && answer.get.is_none()));
        assert!(asked(&odd).iter().all(|answer| answer.get == Some(operator::Reason::OtherStore(store))));
        let reasons = verdict(&odd).reasons;
        assert!(reasons.contains(&Reason::OtherStore { holds: store, asks: other, records: 3 }), "{reasons:?}");
        assert_eq!(reasons.contains(&Reason::IndexMissing), other == StoreKind::Elasticsearch, "{reasons:?}");
    }
}

#[test]
fn asking_now_agrees_with_the_store_row_by_row() {
    let acts = [(8_000, hello(40, 100_000)), (9_000, list()), (11_000, list())];
    for store in StoreKind::ALL {
        for ms in [8_500, 9_100, 11_050, 20_000] {
            let world = world_at(bound_to(store), &acts, ms);
            let asked = cli::if_asked_now(&world, 0);
            assert_eq!(asked.total, user_activations(&world).count());
            for row in &asked.rows {
                let namespace = world.activation(row.activation).unwrap().namespace;
                let bound = world.stores().of(store);
                let list = bound.list_visibility(&setting(&world), namespace, row.id, crate::cluster::LIST_LIMIT);
                let get = bound.get_visibility(namespace, row.id);
                use crate::cluster::store::Visibility::Visible;
                let answer = row.answers.first().unwrap();
                assert_eq!((answer.list.is_none(), answer.get.is_none()), (list == Visible, get == Visible), "{store:?} {ms} {row:?}");
            }
        }
    }
}

#[test]
fn the_limit_cuts_and_the_verdict_says_so() {
    let acts = [(8_000, hello(40, 10_000)), (15_000, list()), (16_000, list())];
    let world = world_at(bound_to(StoreKind::Elasticsearch), &acts, 17_000);
    assert_eq!(shown(&world).len(), 30);
    let cut = |row: &&cli::AskedRow| row.answers.iter().any(|answer| answer.list == Some(operator::Reason::BeyondLimit(30)));
    let asked = cli::if_asked_now(&world, 0);
    assert_eq!(asked.rows.iter().filter(cut).count(), 10);
    assert_eq!(verdict(&world).reasons.first(), Some(&Reason::PastLimit { limit: 30 }));
}

#[test]
fn long_lists_are_shown_in_parts() {
    let unlimited = Configuration {
        invocations_per_minute: crate::cluster::Limit::None,
        invocations_concurrent: crate::cluster::Limit::None,
        ..bound_to(StoreKind::CouchDb)
    };
    let world = world_at(unlimited, &[(8_000, hello(250, 1_000))], 60_000);
    let mut first = Some(0);
    let mut seen = Vec::new();
    while let Some(at) = first {
        let part = couchdb::returned(&world, false, at);
        assert!(part.rows.len() <= ROWS_MAX && part.total == 5 + 250);
        first = part.after();
        seen.extend(part.rows.into_iter().map(|row| row.key));
    }
    assert!(seen.len() == 5 + 250 && seen.is_sorted());
    let last = couchdb::returned(&world, false, 9_999);
    assert_eq!((last.first, last.rows.len(), last.before()), (200, 55, Some(100)));
}

#[test]
fn the_table_is_as_wsk_prints_it() {
    let world = only_design_docs(StoreKind::Elasticsearch, 15_000);
    let answer = cli::newest(&world).answer.unwrap();
    assert_eq!(answer.command, "wsk activation list");
    let ListOutcome::Rows { header, rows } = answer.outcome else { panic!() };
    for column in ["Datetime", "Activation ID", "Kind", "Start", "Duration", "Status", "Entity"] {
        assert!(header.contains(column), "{header}");
    }
    assert!(rows[0].line.starts_with("2025-06-15 12:00:08 "), "{}", rows[0].line);
    assert!(rows[0].line.ends_with(" guest/hello:0.0.1"), "{}", rows[0].line);
    assert!(rows.iter().all(|row| row.line.find(&row.id.to_string()) == header.find("Activation ID") && row.activation.is_some()));
}

#[test]
fn a_run_without_commands_has_nothing_to_say() {
    for store in StoreKind::ALL {
        let world = world_at(bound_to(store), &[], 7_000);
        assert_eq!(verdict(&world).reasons, [Reason::NothingInvoked]);
        let invoked = world_at(bound_to(store), &[(7_000, hello(1, 0))], 7_030);
        assert_eq!(verdict(&invoked).reasons, [Reason::NeverAsked, Reason::Unfinished(1)]);
    }
}
