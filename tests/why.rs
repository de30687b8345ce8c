//! Why a record is not there: each reason by a run that comes to it, what it looks like from outside, and which look the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

use std::collections::BTreeSet;
use whiskscope::activation::{Action, ActivationId, Namespace, SpanRange, Trigger};
use whiskscope::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind};
use whiskscope::cluster::step::{LossStage, RateLimit};
use whiskscope::cluster::{
    Act, Command, Configuration, FaultEffect, Gate, Limit, LinkFailure, Rule, StoreLevel, StoreOverride, Target, Wait,
};
use whiskscope::operator::log::{Trace, newest};
use whiskscope::operator::{ALIKE, Look, Obstacle, Reason, Shows, Signature, Witness, signature, why};
use whiskscope::recording::{Run, Tape};
use whiskscope::time::Instant;

/// A run, an id and an instant at which somebody asks for it.
#[derive(Clone)]
struct Case {
    configuration: Configuration,
    commands: Vec<Command>,
    /// The id that is asked for, if it is not the one that the last command made that makes one.
    id: Option<ActivationId>,
    /// The first command that makes one is meant, not the last.
    is_first: bool,
    at_ms: u64,
    asker: &'static str,
}

impl Case {
    fn new(store: StoreKind) -> Self {
        let configuration = Configuration { store, ..Configuration::default() };
        Self { configuration, commands: Vec::new(), id: None, is_first: false, at_ms: 0, asker: "guest" }
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

    fn waiting(self, at_ms: u64, action: &str, wait: Wait) -> Self {
        let act = Act::Invoke { namespace: "guest".into(), action: action.into(), wait, count: 1, gap_us: 0, extra_logging: false };
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
        let makes = |command: &&Command| matches!(command.act, Act::Invoke { .. } | Act::InvokeTooLarge { .. } | Act::FireTrigger { .. });
        let made = if self.is_first { commands.iter().find(makes) } else { commands.iter().rfind(makes) };
        let id = self.id.unwrap_or_else(|| world.id_made_by(made.unwrap().id.0, 0));
        let namespace = world.setup().catalogue.namespace_named(self.asker).unwrap();
        let why = why(&tape, &world, namespace, id);
        let reasons = why.findings.map(|finding| finding.because.map(|because| because.reason));
        assert_eq!(why.findings.map(|finding| finding.witness), Witness::ALL);
        for because in why.findings.iter().filter_map(|finding| finding.because) {
            assert!(because.step.is_some() || matches!(because.reason, Reason::NeverExisted), "{because:?} names no step");
            assert!(because.step.is_none_or(|step| step.at <= world.now()), "{because:?} is yet to come");
        }
        Answer { reasons, signature: signature(&tape, &world, namespace, id), logged_failure: why.logged_failure.is_some() }
    }
}

struct Answer {
    logged_failure: bool,
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
    case.is_first = true;
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
    assert_eq!(limited.answer().reasons, [Some(Reason::Throttled(RateLimit::PerMinute)); 4]);
    let early = Case::new(COUCHDB).invoke(1, "hello").asked(20_000);
    assert_eq!(early.answer().reasons, [Some(Reason::NoInvoker); 4]);
}

#[test]
fn an_id_that_nobody_made_never_existed() {
    let mut case = Case::new(COUCHDB).invoke(8_000, "hello").asked(20_000);
    case.id = Some(ActivationId(7));
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
    let case = Case::new(ELASTICSEARCH).at(7_000, "guest", Act::Crash { node }).invoke(8_000, "hello").asked(20_000);
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

/// Everything from any node to a store.
fn break_writes(store: StoreKind, effect: FaultEffect, times: Option<u32>) -> Act {
    Act::Break { rule: Rule { from: None, to: Some(Node::Store(store)), effect, times } }
}

fn crash_invokers(case: Case, at_ms: u64) -> Case {
    (0..2).fold(case, |case, n| case.at(at_ms, "guest", Act::Crash { node: Node::Invoker(InvokerId(n)) }))
}

/// They die, and are there again a little later.
fn restart_invokers(case: Case, at_ms: u64) -> Case {
    let start = |n| Act::Start { node: Some(Node::Invoker(InvokerId(n))), store: None };
    (0..2).fold(crash_invokers(case, at_ms), |case, n| case.at(at_ms + 500, "guest", start(n)))
}

/// Cases of each kind of reason that something else looks like, for an invocation that is waited for or not, with what tells it apart from
/// other cases of the same kind.
fn alike(store: StoreKind, wait: Wait) -> Vec<(Look, Case)> {
    let case = || Case::new(store).invoke(15_000, "broken");
    let asks = |case: Case, at_ms, action: &str| case.waiting(at_ms, action, wait);
    let hello = || asks(case(), 20_000, "hello").asked(60_000);
    let act = |act: Act| case().at(20_000, "guest", act).asked(60_000);
    let start = || Act::Start { node: None, store: None };
    let crash_controller = Act::Crash { node: Node::Controller(ControllerId(0)) };
    let rule = |from, to, effect| Act::Break { rule: Rule { from, to, effect, times: None } };
    let slow_store = rule(None, Some(Node::Store(store)), FaultEffect::Delay { ms: 10_000 });
    let under_way = || asks(case().at(19_000, "guest", slow_store.clone()), 20_000, "hello");
    let service = |up| {
        let node = Node::Store(store);
        if up { Act::Start { node: Some(node), store: None } } else { Act::Crash { node } }
    };
    let to_controller = |effect| rule(Some(Node::Client), None, effect);
    let namespace = || "guest".to_owned();
    let mut nobody = hello();
    nobody.id = Some(ActivationId(7));
    let fire = |trigger: &str| Act::FireTrigger { namespace: namespace(), trigger: trigger.into() };
    let mut ruleless = act(fire("idle"));
    ruleless.configuration.triggers.push(Trigger { namespace: namespace(), name: "idle".into(), rules: Vec::new() });
    let deleted = Act::DeleteAction { namespace: namespace(), action: "hello".into() };
    let too_large = Act::InvokeTooLarge { namespace: namespace(), action: "hello".into(), wait, payload_bytes: 2_000_000 };
    // Only the second record is skipped, or discarded: what is to be told apart is not whether there is an index.
    let mut skipped = hello();
    skipped.configuration.store_non_blocking_result_level = StoreLevel::StoreFailures;
    skipped.configuration.store_blocking_result_level = StoreLevel::StoreFailures;
    let noop = |n| Act::Start { node: Some(Node::Invoker(InvokerId(n))), store: Some(StoreKind::Noop) };
    let discarded = asks(case().at(17_000, "guest", noop(0)).at(17_000, "guest", noop(1)), 40_000, "hello").asked(80_000);
    let slow_logs = |case: Case, ms| {
        let mut case = case;
        case.configuration.model.log_collection = SpanRange::millis(ms, ms + 1);
        case
    };
    let sequence = |case: Case| {
        let mut case = asks(case, 20_000, "chain");
        case.configuration.actions.push(Action::sequence("guest", "chain", &["slow"]));
        case
    };
    // Messages come to invokers so much later; a completion is waited for for three minutes.
    let late = |case: Case, at_ms, ms, action: &str| {
        let slow_to = |n| rule(Some(Node::Kafka), Some(Node::Invoker(InvokerId(n))), FaultEffect::Delay { ms });
        let case = (0..2).fold(case, |case, n| case.at(at_ms - 1_000, "guest", slow_to(n)));
        let mut case = asks(case, at_ms, action);
        case.configuration.actions[1].behaviour.run = SpanRange::millis(50_000, 50_000);
        case
    };
    // The controller dies while it waits to hear of a message that never got to Kafka.
    let to_kafka = rule(Some(Node::Controller(ControllerId(0))), Some(Node::Kafka), FaultEffect::DropRequest);
    let unposted = asks(case().at(19_000, "guest", to_kafka), 20_000, "hello").at(21_000, "guest", crash_controller.clone());
    let unposted = unposted.at(22_000, "guest", start()).at(22_000, "guest", Act::Mend { fault: None }).asked(60_000);
    vec![
        (Look::NeverExisted, nobody),
        (
            Look::NotConnected,
            hello().at(19_000, "guest", to_controller(FaultEffect::DropRequest)).at(21_000, "guest", Act::Mend { fault: None }),
        ),
        (Look::Requested, hello().at(19_000, "guest", to_controller(FaultEffect::Delay { ms: 90_000 }))),
        (Look::NoRule, ruleless),
        (Look::NoAction, asks(case().at(18_000, "guest", deleted), 20_000, "hello").asked(60_000)),
        (Look::TooLarge, act(too_large)),
        (Look::InController, sequence(case()).asked(21_500)),
        (Look::LostInController, sequence(case()).at(21_500, "guest", crash_controller).at(22_000, "guest", start()).asked(60_000)),
        // Running, and waiting for its message.
        (Look::NotFinished, asks(case(), 20_000, "slow").asked(21_500)),
        (Look::NotFinished, late(case(), 20_000, 600_000, "hello").asked(60_000)),
        (Look::NotFinished, late(case(), 20_000, 600_000, "hello").asked(300_000)),
        (Look::NotFinished, late(case(), 20_000, 150_000, "slow").asked(210_000)),
        (Look::CollectingLogs, slow_logs(hello(), 5_000).asked(22_000)),
        (Look::CollectingLogs, slow_logs(late(case().invoke(75_000, "broken"), 90_000, 150_000, "hello"), 59_000).asked(280_000)),
        (Look::LostUnwritten, restart_invokers(asks(case(), 20_000, "slow"), 21_500).asked(60_000)),
        (Look::LostUnwritten, restart_invokers(asks(case(), 20_000, "slow"), 21_500).asked(300_000)),
        (Look::LostUnwritten, restart_invokers(slow_logs(hello(), 5_000), 22_000).asked(60_000)),
        (Look::LostUnwritten, restart_invokers(slow_logs(hello(), 5_000), 22_000).asked(300_000)),
        (Look::LostUnwritten, unposted),
        (Look::Skipped, skipped),
        (Look::Discarded, discarded),
        (Look::OnItsWay, under_way().asked(25_000)),
        (
            Look::LostUnderWay,
            crash_invokers(under_way(), 22_000).at(23_000, "guest", service(false)).at(40_000, "guest", service(true)).asked(60_000),
        ),
    ]
}

/// What is said to look the same is what has the same signature, and no more: of each case, the kinds of all cases with an equal signature.
#[test]
fn reasons_with_equal_signatures_are_those_that_are_said_to_look_alike() {
    for store in StoreKind::ALL {
        let cases = [Wait::NonBlocking, Wait::Blocking].into_iter().flat_map(|wait| alike(store, wait));
        let answer = |(look, case): (Look, Case)| {
            let answer = case.answer();
            let reason = answer.reasons[0].unwrap_or_else(|| panic!("{store:?}: {look:?} is seen"));
            assert_eq!(reason.look(&answer.signature), Some(look), "{store:?}: {reason:?} {:?}", answer.signature);
            (look, reason, answer.signature)
        };
        let answers: Vec<(Look, Reason, Signature)> = cases.map(answer).collect();
        for (look, reason, signature) in &answers {
            let same: BTreeSet<Look> =
                answers.iter().filter(|(other, _, seen)| seen == signature && other != look).map(|(other, ..)| *other).collect();
            let said: BTreeSet<Look> = reason.looks_like(signature).into_iter().collect();
            assert_eq!(same, said, "{store:?}: {look:?} {signature:?}");
        }
        let seen: BTreeSet<Look> = answers.iter().map(|(look, ..)| *look).collect();
        assert_eq!(seen, ALIKE.concat().into_iter().collect(), "every kind has a case");
    }
}

#[test]
fn what_the_writer_gave_up_is_lost_and_a_line_of_its_log_says_so() {
    for store in StoreKind::ALL {
        for (effect, cause) in
            [(FaultEffect::Refuse, LinkFailure::Refused), (FaultEffect::Answer { status: 503 }, LinkFailure::Status(503))]
        {
            let case = Case::new(store).at(19_000, "guest", break_writes(store, effect, None)).invoke(20_000, "hello");
            let answer = case.at(40_000, "guest", Act::Mend { fault: None }).asked(60_000).answer();
            assert_eq!(answer.reasons, [Some(Reason::GivenUp { store, cause }); 4]);
            let traces = answer.signature.traces;
            assert_eq!(traces.contains(&Trace::BatchRetried), cause == LinkFailure::Refused, "{traces:?}");
            // Only CouchDB's writer names the record.
            assert_eq!(traces.contains(&Trace::NotRecorded), store == COUCHDB, "{traces:?}");
            assert!(traces.contains(&Trace::BatchFailed));
        }
    }
}

#[test]
fn a_lost_answer_makes_couchdbs_writer_log_a_failure_though_the_record_is_there() {
    for (store, is_logged) in [(COUCHDB, true), (ELASTICSEARCH, false)] {
        let once = break_writes(store, FaultEffect::DropAnswer, Some(1));
        let answer = Case::new(store).at(19_000, "guest", once).invoke(20_000, "hello").asked(200_000).answer();
        assert_eq!((answer.reasons[0], answer.logged_failure), (None, is_logged), "{store:?}");
        assert_eq!(answer.signature.traces.contains(&Trace::NotRecorded), is_logged);
    }
}

#[test]
fn messages_that_come_to_nothing_have_their_reasons() {
    let hello = || Case::new(COUCHDB).invoke(20_000, "hello").asked(60_000);
    let mut blacklisted = hello();
    blacklisted.configuration.namespaces[0].blacklisted = true;
    assert_eq!(blacklisted.answer().reasons, [Some(Reason::Blacklisted); 4]);
    let mut unparsable = hello();
    unparsable.configuration.actions.iter_mut().for_each(|action| action.behaviour.message_unparsable = true);
    assert_eq!(unparsable.answer().reasons, [Some(Reason::Unparsable); 4]);
    let to_kafka = Rule { from: Some(Node::Controller(ControllerId(0))), to: Some(Node::Kafka), effect: FaultEffect::Refuse, times: None };
    let unposted = Case::new(COUCHDB).at(19_000, "guest", Act::Break { rule: to_kafka }).invoke(20_000, "hello").asked(30_000);
    assert_eq!(unposted.answer().reasons, [Some(Reason::NotPosted(LinkFailure::Refused)); 4]);
}

#[test]
fn records_that_were_deleted_or_that_nobody_answers_for() {
    for store in StoreKind::ALL {
        let hello = || Case::new(store).invoke(20_000, "hello");
        let deleted = hello().at(40_000, "guest", Act::DropData { store }).asked(60_000).answer();
        assert_eq!(deleted.reasons, [Some(Reason::Deleted(store)); 4]);
        let down = hello().at(40_000, "guest", Act::Crash { node: Node::Store(store) }).asked(60_000).answer();
        assert_eq!(down.reasons[..2], [Some(Reason::Unanswered(Obstacle::Down(Node::Store(store)))); 2]);
        assert_eq!((down.signature.get, down.signature.list), (Shows::Error, Shows::Error));
        let other = if store == COUCHDB { ELASTICSEARCH } else { COUCHDB };
        let switched = hello().at(40_000, "guest", Act::Start { node: None, store: Some(other) }).asked(60_000).answer();
        assert_eq!(switched.reasons[..2], [Some(Reason::OtherStore(store)); 2]);
    }
}

#[test]
fn each_process_keeps_its_log() {
    let tape = Tape::new(Run::new(Configuration::default(), 7, Case::new(COUCHDB).invoke(8_000, "hello").commands)).unwrap();
    let world = tape.world_at(Instant::from_millis(12_000));
    let of = |process| newest(&tape, &world, process, 100).iter().map(ToString::to_string).collect::<Vec<_>>();
    let ix = world.activations().find(|(_, it)| !it.health_test).unwrap().0;
    let activation = world.activation(ix).unwrap();
    let controller = of(Process::Controller(activation.controller));
    assert!(controller.iter().any(|line| line.contains(&format!("scheduled activation {}", activation.id))), "{controller:#?}");
    let invoker = of(Process::Invoker(activation.invoker));
    assert!(invoker.iter().any(|line| line.contains("[CouchDbRestStore] 'whisk_local_activations' saving 1 documents")), "{invoker:#?}");
    assert!(invoker.iter().all(|line| !line.contains("scheduled")), "a controller's line is not an invoker's: {invoker:#?}");
    assert_eq!(newest(&tape, &world, Process::Controller(activation.controller), 1).len(), 1);
    assert!(newest(&tape, &tape.world_at(Instant::START), Process::Controller(activation.controller), 9).is_empty());
}

/// The rule of the link is not the controller: a request that is stopped on its way has no record by design, before and after `wsk` hears.
#[test]
fn a_request_that_never_reaches_a_controller_has_no_record_by_design() {
    for effect in [FaultEffect::DropRequest, FaultEffect::Refuse, FaultEffect::Answer { status: 502 }] {
        let rule = Rule { from: Some(Node::Client), to: Some(Node::Controller(ControllerId(0))), effect, times: Some(1) };
        for at_ms in [21_000, 200_000] {
            let case = Case::new(COUCHDB).at(19_000, "guest", Act::Break { rule }).invoke(20_000, "hello").asked(at_ms);
            assert_eq!(case.answer().reasons, [Some(Reason::NotConnected); 4], "{effect:?} at {at_ms} ms");
        }
    }
}

/// Two tries: the first is late by more than its writer waits, the others fail.
fn late_first_try(store: StoreKind) -> Case {
    let late = break_writes(store, FaultEffect::Delay { ms: 100_000 }, Some(1));
    let case = Case::new(store).at(18_000, "guest", late).at(19_000, "guest", break_writes(store, FaultEffect::Refuse, None));
    let mut case = case.invoke(20_000, "hello").at(75_000, "guest", Act::Mend { fault: None });
    (case.configuration.couchdb_timeout_ms, case.configuration.elasticsearch_timeout_ms) = (30_000, 30_000);
    case
}

#[test]
fn a_record_that_was_given_up_while_an_earlier_try_travels_is_on_its_way_and_then_stored() {
    for store in StoreKind::ALL {
        let under_way = late_first_try(store).asked(80_000).answer();
        assert_eq!((under_way.reasons, under_way.logged_failure), ([Some(Reason::OnItsWay(store)); 4], true), "{store:?}");
        let stored = late_first_try(store).asked(200_000).answer();
        assert_eq!((stored.reasons[0], stored.logged_failure), (None, true), "{store:?}");
    }
}

#[test]
fn it_is_lost_if_that_try_finds_its_store_down() {
    for store in StoreKind::ALL {
        let node = Node::Store(store);
        let case = late_first_try(store).at(110_000, "guest", Act::Crash { node });
        let answer = case.at(150_000, "guest", Act::Start { node: Some(node), store: None }).asked(200_000).answer();
        assert_eq!(answer.reasons, [Some(Reason::GivenUp { store, cause: LinkFailure::Refused }); 4], "{store:?}");
    }
}

/// Where each answer is lost Elasticsearch's writer gives up, and the record is there all the same.
#[test]
fn a_writer_that_hears_nothing_gives_up_a_record_that_is_there() {
    for (effect, times) in [(FaultEffect::DropAnswer, None), (FaultEffect::DropAnswer, Some(4))] {
        let mut case = Case::new(ELASTICSEARCH).at(19_000, "guest", break_writes(ELASTICSEARCH, effect, times)).invoke(20_000, "hello");
        case.configuration.elasticsearch_timeout_ms = 5_000;
        let answer = case.at(60_000, "guest", Act::Mend { fault: None }).asked(100_000).answer();
        assert_eq!((answer.reasons[0], answer.logged_failure), (None, true));
        assert!(answer.signature.traces.contains(&Trace::BatchFailed));
    }
}

/// One item of a bulk that is refused: the writer logs it, and the record is nowhere.
#[test]
fn a_refused_item_is_refused_by_its_store() {
    for store in StoreKind::ALL {
        let answer = Case::new(store)
            .at(19_000, "guest", break_writes(store, FaultEffect::RefuseItem, None))
            .invoke(20_000, "hello")
            .asked(60_000)
            .answer();
        assert_eq!(answer.reasons, [Some(Reason::Refused(store)); 4]);
        assert!(answer.signature.traces.contains(&Trace::NotRecorded));
    }
}

/// What the signature says of get and list is what a request at that instant is answered.
#[test]
fn the_signature_is_what_a_request_would_be_answered() {
    for store in StoreKind::ALL {
        let controller = Some(Node::Controller(ControllerId(0)));
        let (to_store, client) = (Some(Node::Store(store)), Some(Node::Client));
        let refuse_item = Act::Break { rule: Rule { from: None, to: to_store, effect: FaultEffect::RefuseItem, times: None } };
        let rule = |from, to, effect| Act::Break { rule: Rule { from, to, effect, times: None } };
        let setups: Vec<Vec<Act>> = vec![
            vec![],
            vec![rule(controller, to_store, FaultEffect::Delay { ms: 90_000 })],
            vec![rule(controller, to_store, FaultEffect::Delay { ms: 100 })],
            vec![rule(controller, to_store, FaultEffect::Answer { status: 404 })],
            vec![rule(controller, to_store, FaultEffect::Answer { status: 503 })],
            vec![rule(controller, to_store, FaultEffect::DropRequest)],
            vec![rule(controller, to_store, FaultEffect::DropAnswer)],
            vec![refuse_item.clone()],
            vec![refuse_item, rule(None, to_store, FaultEffect::Refuse)],
            vec![rule(client, controller, FaultEffect::Answer { status: 502 })],
            vec![rule(client, controller, FaultEffect::DropAnswer)],
            vec![rule(client, None, FaultEffect::Pass), rule(client, controller, FaultEffect::Refuse)],
            vec![Act::DropData { store }],
            vec![Act::Crash { node: Node::Store(store) }],
            vec![Act::Crash { node: Node::Controller(ControllerId(0)) }],
        ];
        for acts in setups {
            let mut case = Case::new(store).invoke(20_000, "hello").at(25_000, "guest", list());
            for act in acts.clone() {
                case = case.at(40_000, "guest", act);
            }
            let id = {
                let made = case.commands.iter().find(|command| matches!(command.act, Act::Invoke { .. })).unwrap().id;
                Target::Made { command: made, member: 0 }
            };
            let case = case.at(50_000, "guest", Act::Get(id)).at(50_001, "guest", list());
            let world =
                Tape::new(Run::new(case.configuration.clone(), 7, case.commands.clone())).unwrap().world_at(Instant::from_millis(300_000));
            let signature = case.asked(49_999).answer().signature;
            let answers: Vec<_> = world.exchanges().skip(2).map(|exchange| exchange.answer.clone().unwrap()).collect();
            let is_row = matches!(&answers[1], whiskscope::cluster::Answer::Rows(rows) if !rows.is_empty());
            let get = match answers[0].status() {
                200 => Shows::Yes,
                404 => Shows::No,
                _ => Shows::Error,
            };
            let list = match answers[1].status() {
                200 if is_row => Shows::Yes,
                200 => Shows::No,
                _ => Shows::Error,
            };
            assert_eq!((signature.get, signature.list), (get, list), "{store:?} {acts:?}");
        }
    }
}

fn list() -> Act {
    Act::List { name: None, limit: 30, skip: 0 }
}
