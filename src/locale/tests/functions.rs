//! The texts with values in them.

use super::super::page::*;
use super::super::steps::*;
use super::super::verdict::{self, CliAnswer, Reason, VerdictFacts};
use super::super::{Language, Word};
use super::{check_both, check_chinese, check_english};
use crate::activation::{Catalogue, Namespace, NamespaceId, Status};
use crate::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind};
use crate::cluster::step::{LossStage, RateLimit, RequestKind};
use crate::cluster::{ContainerState, Failure, Gate, LinkFailure, ModelParameters, NameFault, Refused, StoreLevel};
use crate::operator;
use crate::shell::Why;
use crate::time::{Instant, Span};

const CONTROLLER: Process = Process::Controller(ControllerId(0));
const INVOKERS: [Process; 2] = [Process::Invoker(InvokerId(0)), Process::Invoker(InvokerId(1))];

#[test]
fn mixed_bindings_are_said_in_words() {
    let bindings = [(CONTROLLER, StoreKind::Elasticsearch), (INVOKERS[0], StoreKind::CouchDb), (INVOKERS[1], StoreKind::CouchDb)];
    let check = |language, said: &str| assert_eq!(bindings_differ(language, &bindings), said);
    check(Language::English, "Invoker 0 and invoker 1 are bound to CouchDB; controller 0 is bound to Elasticsearch.");
    check(Language::Chinese, "invoker 0 和 invoker 1 绑定到 CouchDB；控制器 0 绑定到 Elasticsearch。");
    check_both(|language| bound_to(language, CONTROLLER, StoreKind::CouchDb));
}

#[test]
fn the_verdict_names_the_one_true_reason() {
    let facts = VerdictFacts {
        cli: CliAnswer::Rows(3),
        couchdb_records: 0,
        couchdb_design_documents: 5,
        elasticsearch_searchable: 3,
        elasticsearch_buffered: 0,
        elasticsearch_has_index: true,
    };
    let check = |language, said: &str| {
        assert_eq!(verdict::line(language, &facts, &[Reason::OnlyBoundStore(StoreKind::Elasticsearch)]), said);
    };
    check(
        Language::English,
        "CLI 3 · CouchDB 0 + 5 design documents · Elasticsearch 3 · they disagree because every process is bound to Elasticsearch, so nothing is written to CouchDB.",
    );
    check(
        Language::Chinese,
        "CLI 3 · CouchDB 0 + 5 个设计文档 · Elasticsearch 3 · 三方不一致：所有进程都绑定到 Elasticsearch，CouchDB 里不会写入任何记录。",
    );
    let late = VerdictFacts { cli: CliAnswer::Error(500), elasticsearch_buffered: 1, ..facts };
    assert_eq!(verdict::cli(Language::English, &late), "CLI error 500");
    assert_eq!(verdict::elasticsearch(Language::English, &late), "Elasticsearch 3, 1 not searchable yet");
    let empty = VerdictFacts { elasticsearch_searchable: 0, elasticsearch_has_index: false, ..facts };
    assert_eq!(verdict::elasticsearch(Language::English, &empty), "Elasticsearch 0, no index");
}

#[test]
fn every_reason_is_a_sentence_in_both_languages() {
    let mut reasons = vec![
        Reason::NothingInvoked,
        Reason::NeverAsked,
        Reason::Asking,
        Reason::NarrowList,
        Reason::PastLimit { limit: 30 },
        Reason::IndexMissing,
        Reason::ListFailed(503),
        Reason::OtherStore { holds: StoreKind::CouchDb, asks: StoreKind::Elasticsearch, records: 2 },
    ];
    reasons.extend(StoreKind::ALL.map(Reason::OnlyBoundStore));
    for count in [1, 2] {
        reasons.extend([Reason::Unfinished, Reason::OnTheWay, Reason::NotRefreshed, Reason::StaleView].map(|reason| reason(count)));
        reasons.extend([Reason::AnswerTooOld(count), Reason::Lost(count)]);
    }
    let aside = [Reason::OnlyBoundStore(StoreKind::Elasticsearch), Reason::Unfinished(1)];
    assert_eq!(
        verdict::judgement(Language::English, &aside),
        "they disagree because every process is bound to Elasticsearch, so nothing is written to CouchDB; 1 activation has not finished and has no record yet.",
    );
    for reason in &reasons {
        check_both(|language| verdict::judgement(language, &[*reason]));
        let said = verdict::judgement(Language::English, &[*reason]);
        assert_eq!(said.starts_with("they disagree because "), reason.is_disagreement(), "{said}");
        assert!(said.ends_with('.'), "{said}");
    }
    check_both(|language| verdict::judgement(language, &reasons));
    check_both(|language| verdict::judgement(language, &[]));
}

#[test]
fn witnesses_and_numbers() {
    let catalogue = Catalogue::new(&[Namespace::new("guest")], &[]);
    let reasons = [
        operator::Reason::NotFinished,
        operator::Reason::CollectingLogs,
        operator::Reason::OnItsWay(StoreKind::CouchDb),
        operator::Reason::NotRefreshed { next_in: Span::from_millis(600) },
        operator::Reason::StaleView,
        operator::Reason::BeyondLimit(30),
        operator::Reason::OtherStore(StoreKind::CouchDb),
        operator::Reason::OtherNamespace(NamespaceId(0)),
        operator::Reason::IndexMissing,
        operator::Reason::Refused(StoreKind::CouchDb),
        operator::Reason::Skipped(Gate::Namespace),
        operator::Reason::Skipped(Gate::Level { level: StoreLevel::StoreFailures, blocking: true }),
        operator::Reason::Discarded,
        operator::Reason::NotRead,
        operator::Reason::NoAction,
        operator::Reason::TooLarge,
        operator::Reason::NoRule,
        operator::Reason::Blacklisted,
        operator::Reason::Unparsable,
        operator::Reason::NotPosted(LinkFailure::TimedOut),
        operator::Reason::GivenUp { store: StoreKind::CouchDb, cause: LinkFailure::Refused },
        operator::Reason::GivenUp { store: StoreKind::Elasticsearch, cause: LinkFailure::Status(503) },
        operator::Reason::NotPosted(LinkFailure::QueueFull),
        operator::Reason::Unanswered(operator::Obstacle::Down(Node::Store(StoreKind::CouchDb))),
        operator::Reason::Unanswered(operator::Obstacle::Link { from: Node::Client, to: Node::Controller(ControllerId(0)) }),
        operator::Reason::Unanswered(operator::Obstacle::Subject),
        operator::Reason::Deleted(StoreKind::CouchDb),
        operator::Reason::KeepsNothing,
        operator::Reason::Throttled(RateLimit::PerMinute),
        operator::Reason::Throttled(RateLimit::Concurrent),
        operator::Reason::Throttled(RateLimit::Fires),
        operator::Reason::NoInvoker,
        operator::Reason::NotConnected,
        operator::Reason::LostWith { process: INVOKERS[0], stage: LossStage::InBatcher },
        operator::Reason::Lost,
        operator::Reason::NeverExisted,
    ];
    for why in reasons {
        check_both(|language| reason(language, why, &catalogue));
    }
    assert_eq!(list_or_get_now(Language::English, true, false), "list now: yes · get now: no");
    assert_eq!(answered_ago(Language::English, Span::from_millis(400)), "answered 400 ms ago");
    assert_eq!(health_records(Language::English, 4), "+ 4 health records");
    assert_eq!(records_and_design_documents(Language::English, 5, 0), "5 design documents · 0 activation records");
    assert_eq!(lesson_place(Language::English, 1, 2, 5), "Lesson 1 · Beat 2 of 5");
    assert_eq!(nothing_before(Language::English, Instant::from_millis(12_000)), "Nothing happens before 12.000 s.");
    assert_eq!([speed(1), speed(250), speed(1_000), speed(100_000)], ["0.001×", "0.25×", "1×", "100×"]);
    for count in [1, 2] {
        check_both(|language| health_records(language, count));
        check_both(|language| records_and_design_documents(language, count, count));
        let others = vec!["guest".to_owned(); count as usize];
        check_both(|language| design_and_other_documents(language, count, &others));
        check_both(|language| visible_count(language, count, count));
        check_both(|language| memory(language, count, 2_048));
        check_both(|language| runs_waiting(language, count.into()));
        check_both(|language| cut_text(language, u64::from(count)));
        check_both(|language| more_items(language, u64::from(count)));
        check_both(|language| behind_view(language, count));
        check_both(|language| rows_shown(language, u64::from(count), 100, 340));
        check_both(|language| earlier_left_out(language, count));
        check_both(|language| messages_on_link(language, count));
        check_both(|language| burst_of(language, "hello", count));
        check_both(|language| containers_by_state(language, count, ContainerState::Prewarmed));
        check_both(|language| lesson_place(language, count, count, 5));
    }
}

#[test]
fn the_other_functions_speak_both_languages() {
    let (took, at) = (Span::from_millis(57), Instant::from_millis(3_214));
    check_both(|language| list_or_get_now(language, false, true));
    check_both(|language| answered_ago(language, took));
    check_both(|language| show_all_lines(language, 220));
    check_both(|language| exit_code(language, 148));
    check_both(|language| exchanges_of(language, "wsk activation list"));
    check_both(|language| line_too_long(language, 2_000, 1_000));
    check_both(|language| lines_pasted(language, 3));
    check_both(|language| put_into_field(language, "wsk activation list"));
    for why in [Why::AskAgain, Why::AskCouchDb, Why::AskElasticsearch, Why::GetNewest, Why::LogsOfNewest] {
        check_both(|language| suggested(language, why).to_owned());
    }
    check_both(|language| beat_place(language, 2, 5, language.pick("The CLI sees it", "命令行看得到")));
    check_both(|language| look_at(language, &[record_of(language, "hello"), node_name(language, Node::Kafka)]));
    check_both(|language| time_value(language, at, language.pick("The run ends.", "运行结束。")));
    check_both(|language| waits(language, took));
    check_both(|language| under_way(language, took));
    check_both(|language| command_answered(language, RequestKind::InvokeBlocking, 200, took));
    check_both(|language| goes_on(language, at));
    check_both(|language| slots(language, 512, 2_048));
    check_both(|language| offsets(language, 4, 3, 3));
    check_both(|language| next_refresh(language, took));
    check_both(|language| view_built(language, 7, 9));
    check_both(|language| batches(language, 3, 1, 64));
    check_both(|language| nothing_before(language, at));
    check_both(|language| step_position(language, 12, 10_340));
    check_both(|language| out_of_range(language, "invokers", 33, 1, 32));
    for why in LinkValue::ALL {
        check_both(|language| link_value_ignored(language, "t", "soon", *why));
    }
    let invalid =
        LessonProblem::Invalid { field: "beats[0].at".to_owned(), reason: crate::json::Reason::NotInOrder { at: 9, earlier: 10 } };
    for problem in [LessonProblem::Unreachable, LessonProblem::Status(404), invalid] {
        let message = Message::Lesson { name: "list-twice".to_owned(), problem };
        check_both(|language| message.text(language));
        let bundled = Message::Bundled(Box::new(message.clone()));
        check_both(|language| bundled.text(language));
        assert!(Language::ALL.iter().all(|language| bundled.text(*language).starts_with(&message.text(*language))));
    }
    let ignored = Message::Ignored { name: "t", value: "soon".to_owned(), why: LinkValue::BadTime };
    check_both(|language| ignored.text(language));
    let range = Refused::OutOfRange { name: "invokers".to_owned(), value: 33, min: 1, max: 32 };
    assert_eq!(Message::Refused(range.clone()).text(Language::Chinese), refused(Language::Chinese, &range));
}

#[test]
fn refusals_and_failures_give_name_value_and_reason() {
    let name = || "model.httpHop".to_owned();
    let refusals = [
        Refused::OutOfRange { name: name(), value: 0, min: 1, max: 60_000_000 },
        Refused::EmptyRange { name: name(), min: 9, max: 5 },
        Refused::Unknown { name: name(), value: "nobody".to_owned() },
        Refused::Malformed { name: name(), problem: "EOF".to_owned() },
        Refused::NoSuchLink { name: name(), from: "client".to_owned(), to: "kafka".to_owned() },
        Refused::WrongEffect { name: name(), effect: "queue-full".to_owned() },
    ];
    let bad_name = |fault| Refused::BadName { name: name(), value: "<b>".to_owned(), fault };
    for refusal in refusals.into_iter().chain(NameFault::ALL.map(bad_name)) {
        check_both(|language| refused(language, &refusal));
        assert!(Language::ALL.iter().all(|language| refused(*language, &refusal).contains("model.httpHop")));
    }
    assert_eq!(out_of_range(Language::English, "invokers", 33, 1, 32), "invokers is 33, but must be from 1 to 32.");
    let (count, allowed) = (61, 60);
    let failures = [
        Failure::NotFound,
        Failure::NoSuchAction,
        Failure::TooLarge { bytes: 1_048_577, allowed: 1_048_576 },
        Failure::TooManyRequests { count, allowed },
        Failure::TooManyConcurrent { count, allowed },
        Failure::NoInvokers,
        Failure::StoreFailed,
        Failure::StoreAnswered { store: StoreKind::CouchDb, status: 503 },
        Failure::StoreUnreachable,
        Failure::NotPosted,
        Failure::Gateway { status: 0 },
        Failure::Gateway { status: 504 },
    ];
    for failure in failures {
        check_both(|language| failed(language, failure));
    }
}

/// The page and the tools without a page say the same in English, and the page has it in Chinese too.
#[test]
fn what_is_wrong_with_a_name_is_said_in_both_languages() {
    for fault in NameFault::ALL {
        let refusal = Refused::BadName { name: "actions[0].name".to_owned(), value: "<b>".to_owned(), fault };
        assert_eq!(refused(Language::English, &refusal), format!("{refusal}."));
        check_chinese(name_fault(Language::Chinese, fault));
        assert!(!refused(Language::Chinese, &refusal).contains(&fault.to_string()), "{fault}");
    }
}

#[test]
fn every_model_parameter_has_a_name() {
    let listed = ModelParameter::of(&ModelParameters::default()).map(|(parameter, _)| parameter);
    assert_eq!(listed, ModelParameter::ALL);
}

#[test]
fn nodes_cargo_and_values_have_names() {
    for status in [Status::Success, Status::ApplicationError, Status::DeveloperError, Status::WhiskInternalError] {
        assert_eq!(status_name(Language::English, status), status.text());
        check_chinese(status_name(Language::Chinese, status));
    }
    for action in ["hello", "slow", "refuse", "broken", "report"] {
        assert!(ExampleAction::of(action).is_some());
    }
    assert_eq!(ExampleAction::of("unknown"), None);
    for (keys, _) in Shortcut::KEYS {
        keys.iter().for_each(|key| check_english(key));
    }
}
