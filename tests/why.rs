//! Why a record is not there: each reason by a run that comes to it, what it looks like from outside, and which look the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

use whiskscope::activation::{ActivationId, Namespace};
use whiskscope::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind};
use whiskscope::cluster::step::{LossStage, RateLimit};
use whiskscope::cluster::{Act, Command, Configuration, Gate, Limit, StoreLevel, StoreOverride, Wait};
use whiskscope::operator::log::Trace;
use whiskscope::operator::{Reason, Shows, Signature, Witness, signature, why};
use whiskscope::recording::{Run, Tape};
use whiskscope::time::Instant;

/// A run, an id and an instant at which somebody asks for it.
struct Case {
    configuration: Configuration,
    commands: Vec<Command>,
    /// What the command at this place made, or this id.
    id: Result<usize, ActivationId>,
    at_ms: u64,
    asker: &'static str,
}

impl Case {
    fn new(store: StoreKind) -> Self {
        let configuration = Configuration { store, ..Configuration::default() };
        Self { configuration, commands: Vec::new(), id: Ok(0), at_ms: 0, asker: "guest" }
    }

    fn at(mut self, at_ms: u64, namespace: &str, act: Act) -> Self {
        self.commands.push(Command::new(Instant::from_millis(at_ms), namespace, act, &self.commands));
        self
    }

    fn invoke(self, at_ms: u64, action: &str) -> Self {
        let act = Act::Invoke {
            namespace: "guest".into(),
            action: action.into(),
            wait: Wait::NonBlocking,
            count: 1,
            gap_us: 0,
            extra_logging: false,
        };
        self.at(at_ms, "guest", act)
    }

    fn asked(mut self, at_ms: u64) -> Self {
        self.at_ms = at_ms;
        self
    }

    fn answer(self) -> Answer {
        let commands = self.commands;
        let tape = Tape::new(Run::new(self.configuration, 7, commands.clone())).unwrap();
        let world = tape.world_at(Instant::from_millis(self.at_ms));
        let id = self.id.map_or_else(|id| id, |place| world.id_made_by(commands[place].id.0, 0));
        let namespace = world.setup().catalogue.namespace_named(self.asker).unwrap();
        let why = why(&tape, &world, namespace, id);
        let reasons = why.findings.map(|finding| finding.because.map(|because| because.reason));
        assert_eq!(why.findings.map(|finding| finding.witness), Witness::ALL);
        for because in why.findings.iter().filter_map(|finding| finding.because) {
            assert!(because.step.is_some() || matches!(because.reason, Reason::NeverExisted), "{because:?} names no step");
            assert!(because.step.is_none_or(|step| step.at <= world.now()), "{because:?} is yet to come");
        }
        Answer { reasons, signature: signature(&tape, &world, namespace, id) }
    }
}

struct Answer {
    /// Of get, list, CouchDB and Elasticsearch.
    reasons: [Option<Reason>; 4],
    signature: Signature,
}

const COUCHDB: StoreKind = StoreKind::CouchDb;
const ELASTICSEARCH: StoreKind = StoreKind::Elasticsearch;

#[test]
fn an_unfinished_run_has_no_record_anywhere() {
    for store in StoreKind::ALL {
        let answer = Case::new(store).invoke(8_000, "slow").asked(8_900).answer();
        assert_eq!(answer.reasons, [Some(Reason::NotFinished); 4], "{store:?}");
        assert_eq!(answer.signature.get, Shows::No);
    }
}

#[test]
fn a_finished_run_is_on_its_way() {
    let mut found = 0;
    for at_ms in 8_000..9_000 {
        let answer = Case::new(COUCHDB).invoke(8_000, "hello").asked(at_ms).answer();
        found += usize::from(answer.reasons == [Some(Reason::OnItsWay(COUCHDB)); 4]);
    }
    assert!(found > 1, "at no instant was it on its way");
}

#[test]
fn couchdb_gets_at_once_and_lists_after_the_next_query() {
    let answer = Case::new(COUCHDB).invoke(8_000, "hello").asked(12_000).answer();
    assert_eq!(answer.reasons, [None, Some(Reason::StaleView), None, Some(Reason::OtherStore(COUCHDB))]);
    let Signature { get, list, list_again, all_docs, search, .. } = answer.signature;
    assert_eq!([get, list, list_again, all_docs, search], [Shows::Yes, Shows::No, Shows::Yes, Shows::Yes, Shows::Error]);
}

#[test]
fn elasticsearch_shows_nothing_before_its_refresh_and_everything_after() {
    let before = (8_000..9_500).map(|at_ms| Case::new(ELASTICSEARCH).invoke(8_000, "hello").asked(at_ms).answer()).find(|answer| {
        matches!(
            answer.reasons,
            [Some(Reason::NotRefreshed { .. }), Some(Reason::NotRefreshed { .. }), _, Some(Reason::NotRefreshed { .. })]
        )
    });
    let before = before.expect("an instant between write and refresh");
    assert_eq!(before.reasons[2], Some(Reason::OtherStore(ELASTICSEARCH)));
    assert_eq!((before.signature.get, before.signature.list_again), (Shows::No, Shows::Yes));
    let after = Case::new(ELASTICSEARCH).invoke(8_000, "hello").asked(12_000).answer();
    assert_eq!(after.reasons, [None, None, Some(Reason::OtherStore(ELASTICSEARCH)), None]);
}

#[test]
fn a_list_ends_at_its_limit() {
    let mut case = Case::new(ELASTICSEARCH);
    for n in 0..31 {
        case = case.invoke(8_000 + 500 * n, "hello");
    }
    let answer = case.asked(30_000).answer();
    assert_eq!(answer.reasons, [None, Some(Reason::BeyondLimit(30)), Some(Reason::OtherStore(ELASTICSEARCH)), None]);
    assert_eq!((answer.signature.list, answer.signature.list_again), (Shows::No, Shows::No));
}

#[test]
fn a_controller_that_is_bound_differently_reads_the_other_store() {
    let mut case = Case::new(COUCHDB).invoke(8_000, "hello").asked(12_000);
    case.configuration.store_overrides = vec![StoreOverride { process: Process::Controller(ControllerId(0)), store: ELASTICSEARCH }];
    let other = Some(Reason::OtherStore(COUCHDB));
    let answer = case.answer();
    assert_eq!(answer.reasons, [other, other, None, other]);
    assert_eq!((answer.signature.get, answer.signature.list, answer.signature.all_docs), (Shows::No, Shows::Error, Shows::Yes));
}

#[test]
fn an_id_of_another_namespace_is_a_404_like_any_other() {
    let mut case = Case::new(COUCHDB).invoke(8_000, "hello").asked(12_000);
    case.configuration.namespaces.push(Namespace::new("team"));
    case.asker = "team";
    let guest = Some(Reason::OtherNamespace(whiskscope::activation::NamespaceId(0)));
    let answer = case.answer();
    assert_eq!(answer.reasons[0], guest);
    assert_eq!((answer.signature.get, answer.signature.all_docs), (Shows::No, Shows::Yes));
}

#[test]
fn a_refused_request_has_no_record_by_design() {
    let mut limited = Case::new(COUCHDB).invoke(8_000, "hello").invoke(8_100, "hello").asked(20_000);
    limited.configuration.invocations_per_minute = Limit::At(1);
    limited.id = Ok(1);
    assert_eq!(limited.answer().reasons, [Some(Reason::Throttled(RateLimit::PerMinute)); 4]);
    let early = Case::new(COUCHDB).invoke(1, "hello").asked(20_000);
    assert_eq!(early.answer().reasons, [Some(Reason::NoInvoker); 4]);
}

#[test]
fn an_id_that_nobody_made_never_existed() {
    let mut case = Case::new(COUCHDB).invoke(8_000, "hello").asked(20_000);
    case.id = Err(ActivationId(7));
    let answer = case.answer();
    assert_eq!(answer.reasons, [Some(Reason::NeverExisted); 4]);
    assert!(answer.signature.traces.is_empty());
}

#[test]
fn a_gate_keeps_a_record_out_and_tells_nobody_unless_asked_to() {
    for (is_limit, gate) in [(true, Gate::Namespace), (false, Gate::Level { level: StoreLevel::StoreFailures, blocking: false })] {
        for is_logged in [false, true] {
            let mut case = Case::new(COUCHDB).invoke(8_000, "hello").asked(12_000);
            case.configuration.unstored_logs_enabled = is_logged;
            if is_limit {
                case.configuration.namespaces[0].store_activations = false;
            } else {
                case.configuration.store_non_blocking_result_level = StoreLevel::StoreFailures;
            }
            let answer = case.answer();
            assert_eq!(answer.reasons, [Some(Reason::Skipped(gate)); 4]);
            assert_eq!(answer.signature.traces.contains(&Trace::NotStoring), is_logged);
        }
    }
}

#[test]
fn noop_discards_each_record_and_makes_one_up_for_any_id() {
    let answer = Case::new(StoreKind::Noop).invoke(8_000, "hello").asked(12_000).answer();
    let (reads, raw) = (Some(Reason::KeepsNothing), Some(Reason::Discarded));
    assert_eq!(answer.reasons, [reads, reads, raw, raw]);
    assert_eq!((answer.signature.get, answer.signature.list), (Shows::MadeUp, Shows::No));
}

/// Which process took it, and how far it had come, is in the step of its loss.
#[test]
fn what_dies_with_its_process_is_lost_with_it() {
    let (process, node) = (Process::Invoker(InvokerId(0)), Node::Invoker(InvokerId(0)));
    let mut case = Case::new(COUCHDB).invoke(8_000, "slow").at(10_500, "guest", Act::Crash { node }).asked(20_000);
    case.configuration.invokers = 1;
    let why = Some(Reason::LostWith { process, stage: LossStage::Running });
    assert_eq!(case.answer().reasons, [why; 4]);
}

#[test]
fn a_request_to_a_dead_controller_has_no_record_by_design() {
    let node = Node::Controller(ControllerId(0));
    let mut case = Case::new(ELASTICSEARCH).at(7_000, "guest", Act::Crash { node }).invoke(8_000, "hello").asked(20_000);
    case.id = Ok(1);
    assert_eq!(case.answer().reasons, [Some(Reason::NotConnected); 4]);
}

/// A restart with another binding moves nothing: what was written stays where nobody asks any more.
#[test]
fn after_a_restart_with_another_binding_an_old_record_is_in_the_other_store() {
    let other = Act::Start { node: None, store: Some(ELASTICSEARCH) };
    let answer = Case::new(COUCHDB).invoke(8_000, "hello").at(12_000, "guest", other).asked(30_000).answer();
    let why = Some(Reason::OtherStore(COUCHDB));
    assert_eq!(answer.reasons, [why, why, None, why]);
}
