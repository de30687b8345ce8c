//! The sentences of what fails, in both languages.

use super::super::wording::{Wording, plural, put};
use super::super::{Language, number};
use super::names::Names;
use super::values::ack_name;
use crate::cluster::place::{Cargo, ControllerId, InvokerId, Node, StoreKind};
use crate::cluster::step::{AckKind, QueryKind, StepKind, Whereabouts};
use crate::cluster::{FaultEffect, LinkFailure};
use crate::time::Span;

pub(super) fn english(kind: &StepKind, names: &Names, to: &mut Wording) {
    use StepKind as K;
    let activation = &names.named("activation", "the activation");
    let record = &names.named("record", "the record");
    match *kind {
        K::RequestFailed { .. } => put!(to, names.tool, " gets no connection and ends with an error. The controller knows nothing of it."),
        K::PublishFailed { controller: ControllerId(c), topic, cause, arrives } => {
            put!(to, "Controller ", c, " gives up posting ", activation, " to topic ", topic, ": ", &cause_english(cause), ". ");
            put!(to, "The caller gets a 500 and no id. ");
            match arrives {
                true => put!(to, "But the message is not lost: the action runs, and its record is written."),
                false => put!(to, "The action never runs, there will be no record, and its slot is held until it is freed by force."),
            }
        }
        K::AckLost { invoker: InvokerId(i), ack, topic, cause, arrives } => {
            put!(to, "Invoker ", i, " gives up sending the ", ack_name(Language::English, ack), " of ", activation, " to topic ", topic);
            put!(to, ": ", &cause_english(cause), ". The record does not depend on it. ");
            put!(
                to,
                match ack {
                    _ if arrives => "The ack has arrived all the same.",
                    AckKind::Result => "A blocking caller has to wait for a poll of the store.",
                    AckKind::Completion => "The slot is held until it is freed by force.",
                    AckKind::Combined =>
                        "A blocking caller has to wait for a poll of the store, and the slot is held until it is freed by force.",
                }
            );
        }
        K::RecordConflicted { store, heard } => {
            put!(to, store, " has ", record, " already and answers the second write with a conflict. ");
            let end = if heard { "The writer logs an error, though the record is there." } else { "Nobody hears the answer." };
            put!(to, end);
        }
        K::RecordOverwritten { store } => put!(to, store, " writes ", record, " a second time, over the first. Nobody notices."),
        K::BatchFailed { writer, store, records, cause, tries_left } => {
            put!(to, writer, " has no answer of ", store, " about ", records, plural(records, " record", " records"), ": ");
            put!(to, &cause_english(cause), ". ");
            match (tries_left, cause.is_tried_again()) {
                (1.., _) => put!(to, "It sends all of it again, at once."),
                (0, true) => put!(to, "It has tried often enough."),
                (0, false) => put!(to, "After an answer with an error it does not try again."),
            }
        }
        K::RecordGivenUp { writer, store, cause, whereabouts: Whereabouts::InStore } => {
            put!(to, writer, " gives ", record, " up and logs a failure: ", &cause_english(cause), ". ");
            put!(to, "But ", store, " holds it: only the answers were lost.");
        }
        K::RecordGivenUp { writer, store, cause, whereabouts: Whereabouts::Nowhere } => {
            put!(to, writer, " gives ", record, " up: ", &cause_english(cause), ". ", store, " does not have it, ");
            put!(to, "nothing will send it again, and nobody is told but the log.");
        }
        K::RecordGivenUp { writer, store, cause, whereabouts: Whereabouts::OnItsWay } => {
            put!(to, writer, " gives ", record, " up and logs a failure: ", &cause_english(cause), ". ");
            put!(to, "But an earlier try is still on its way to ", store, ".");
        }
        K::LateWriteLost { store, cause } => {
            put!(to, "The try that was still on its way finds ", store, " taking nothing: ", &cause_english(cause), ". ");
            put!(to, "Its writer has long given ", record, " up: now it is lost.");
        }
        K::QueryFailed { controller: ControllerId(c), store, query, cause } => {
            put!(to, "Controller ", c, " cannot read from ", store, ": ", &cause_english(cause), ". ");
            put!(
                to,
                match (query, cause) {
                    (QueryKind::List, _) => "The list is answered with a 500.",
                    (_, LinkFailure::Status(404)) => "To a get a 404 is nothing but a record that is not there.",
                    (QueryKind::Get, _) => "The request is answered with a 500.",
                    (QueryKind::QuickPoll | QueryKind::SlowPoll, _) => {
                        "The blocking request that polls is answered with a 500, though the action may be running well."
                    }
                }
            );
        }
        K::FaultSet { from, to: into, effect, times } => {
            put!(to, "Somebody breaks something: from ", &node_or(from, "any node"), " to ", &node_or(into, "any node"), ", ");
            put!(to, &effect_english(effect));
            match times {
                Some(times) => put!(to, ", ", times, plural(times, " time.", " times.")),
                None => put!(to, ", until it is mended."),
            }
        }
        K::FaultCleared { from, to: into, effect, applied } => {
            put!(to, "It is mended that from ", &node_or(from, "any node"), " to ", &node_or(into, "any node"), ", ");
            put!(to, &effect_english(effect), ". It struck ", applied, plural(applied, " time.", " times."));
        }
        K::FaultApplied { from, to: into, cargo, effect } => {
            put!(to, "From ", &node(from), " to ", &node(into), ": ", cargo_english(cargo));
            match effect {
                FaultEffect::Pass => put!(to, " passes."),
                FaultEffect::Delay { ms } => put!(to, " will be ", Span::from_millis(ms.into()), " late."),
                FaultEffect::DropRequest => put!(to, " is lost."),
                FaultEffect::DropAnswer => put!(to, " arrives, but the answer to it will be lost."),
                FaultEffect::Refuse => put!(to, " is refused."),
                FaultEffect::Answer { status } => put!(to, " gets no farther: something in between answers ", status, "."),
                FaultEffect::QueueFull => put!(to, " does not even leave: the queue of requests is full."),
                FaultEffect::RefuseItem => put!(to, " will be taken but for the first."),
            }
        }
        K::ServiceStopped { node: stopped } => {
            put!(to, stopped, " stops. What it has on disk stays; nothing gets in or out.");
        }
        K::ServiceStarted { node: started } => {
            put!(to, started, " starts again");
            put!(
                to,
                match started {
                    Node::Kafka => ". Its topics are as they were, and consumers go on from their offsets.",
                    Node::Store(StoreKind::Elasticsearch) => " and reads its log of writes: searches find all that was written.",
                    _ => " with all that was written.",
                }
            );
        }
        K::DataDropped { store, records } => {
            put!(to, "Somebody deletes ", dropped_english(store), ", with ", records, plural(records, " record.", " records."));
        }
        K::RecordDeleted { store } => put!(to, store, " has ", record, " no more: it was deleted."),
        _ => {}
    }
}

pub(super) fn chinese(kind: &StepKind, names: &Names, to: &mut Wording) {
    use StepKind as K;
    let activation = &names.named("激活", "这次激活");
    let record = &names.named("激活记录", "这条激活记录");
    match *kind {
        K::RequestFailed { .. } => put!(to, names.tool, " 连不上，报错退出。控制器对此一无所知。"),
        K::PublishFailed { controller: ControllerId(c), topic, cause, arrives } => {
            put!(to, "控制器 ", c, " 放弃把", activation, "投递到 topic ", topic, "：", &cause_chinese(cause), "。");
            put!(to, "调用方收到 500，拿不到 ID。");
            match arrives {
                true => put!(to, "但消息并没有丢：action 照样运行，记录照样写入。"),
                false => put!(to, "action 不会运行，不会有记录，槽位要等强制释放。"),
            }
        }
        K::AckLost { invoker: InvokerId(i), ack, topic, cause, arrives } => {
            put!(to, "invoker ", i, " 放弃把", activation, "的", ack_name(Language::Chinese, ack), "发到 topic ", topic);
            put!(to, "：", &cause_chinese(cause), "。记录不受影响。");
            put!(
                to,
                match ack {
                    _ if arrives => "其实 ack 已经送达。",
                    AckKind::Result => "阻塞的调用方只能等轮询存储。",
                    AckKind::Completion => "槽位要等强制释放。",
                    AckKind::Combined => "阻塞的调用方只能等轮询存储，槽位要等强制释放。",
                }
            );
        }
        K::RecordConflicted { store, heard } => {
            let end = if heard { "写入方记一行错误日志，其实记录在库里。" } else { "没有谁收到这个应答。" };
            put!(to, store, " 里已有", record, "，对第二次写入返回冲突。", end);
        }
        K::RecordOverwritten { store } => put!(to, store, " 又写了一遍", record, "，覆盖前一次。没有人会察觉。"),
        K::BatchFailed { writer, store, records, cause, tries_left } => {
            put!(to, writer, " 没有得到 ", store, " 对 ", records, " 条记录的应答：", &cause_chinese(cause), "。");
            match (tries_left, cause.is_tried_again()) {
                (1.., _) => put!(to, "它立即把整批再发一遍。"),
                (0, true) => put!(to, "重试次数已用完。"),
                (0, false) => put!(to, "应答是错误时，它不再重试。"),
            }
        }
        K::RecordGivenUp { writer, store, cause, whereabouts: Whereabouts::InStore } => {
            put!(to, writer, " 放弃", record, "并记一行错误日志：", &cause_chinese(cause), "。");
            put!(to, "其实 ", store, " 里有它，丢的只是应答。");
        }
        K::RecordGivenUp { writer, store, cause, whereabouts: Whereabouts::Nowhere } => {
            put!(to, writer, " 放弃", record, "：", &cause_chinese(cause), "。", store, " 里没有它，也不会再发；");
            put!(to, "除了日志，没有谁会知道。");
        }
        K::RecordGivenUp { writer, store, cause, whereabouts: Whereabouts::OnItsWay } => {
            put!(to, writer, " 放弃", record, "并记一行错误日志：", &cause_chinese(cause), "。");
            put!(to, "其实先前的一次发送还在去 ", store, " 的路上。");
        }
        K::LateWriteLost { store, cause } => {
            put!(to, "还在路上的那次发送到达时，", store, " 什么也不收：", &cause_chinese(cause), "。");
            put!(to, "写入方早已放弃", record, "：它就此丢失。");
        }
        K::QueryFailed { controller: ControllerId(c), store, query, cause } => {
            put!(to, "控制器 ", c, " 无法从 ", store, " 读取：", &cause_chinese(cause), "。");
            put!(
                to,
                match (query, cause) {
                    (QueryKind::List, _) => "对 list 返回 500。",
                    (_, LinkFailure::Status(404)) => "对 get 来说，404 就是没有这条记录。",
                    (QueryKind::Get, _) => "对这个请求返回 500。",
                    (QueryKind::QuickPoll | QueryKind::SlowPoll, _) => "正在轮询的阻塞请求收到 500，哪怕 action 运行得好好的。",
                }
            );
        }
        K::FaultSet { from, to: into, effect, times } => {
            put!(to, "设置故障：从 ", &node_or(from, "任意节点"), " 到 ", &node_or(into, "任意节点"), "，");
            put!(to, &effect_chinese(effect));
            match times {
                Some(times) => put!(to, "，共 ", times, " 次。"),
                None => put!(to, "，直到解除。"),
            }
        }
        K::FaultCleared { from, to: into, effect, applied } => {
            put!(to, "解除故障：从 ", &node_or(from, "任意节点"), " 到 ", &node_or(into, "任意节点"), "，");
            put!(to, &effect_chinese(effect), "。它生效过 ", applied, " 次。");
        }
        K::FaultApplied { from, to: into, cargo, effect } => {
            put!(to, "从 ", &node(from), " 到 ", &node(into), "：", cargo_chinese(cargo));
            match effect {
                FaultEffect::Pass => put!(to, "照常通过。"),
                FaultEffect::Delay { ms } => put!(to, "要晚到 ", Span::from_millis(ms.into()), "。"),
                FaultEffect::DropRequest => put!(to, "丢失了。"),
                FaultEffect::DropAnswer => put!(to, "会送到，但对它的应答会丢失。"),
                FaultEffect::Refuse => put!(to, "被拒绝。"),
                FaultEffect::Answer { status } => put!(to, "到不了：中间有东西返回 ", status, "。"),
                FaultEffect::QueueFull => put!(to, "根本发不出去：请求队列已满。"),
                FaultEffect::RefuseItem => put!(to, "会被接受，只有第一条除外。"),
            }
        }
        K::ServiceStopped { node: stopped } => put!(to, stopped, " 停止。磁盘上的数据还在，但什么都进不去、出不来。"),
        K::ServiceStarted { node: started } => {
            put!(to, started, " 重新启动");
            put!(
                to,
                match started {
                    Node::Kafka => "。各 topic 保持原样，消费者从各自的偏移量继续。",
                    Node::Store(StoreKind::Elasticsearch) => "并重读写入日志：写过的内容都能搜到。",
                    _ => "，写过的内容都在。",
                }
            );
        }
        K::DataDropped { store, records } => put!(to, "有人删除了", dropped_chinese(store), "，连同 ", records, " 条记录。"),
        K::RecordDeleted { store } => put!(to, store, " 里不再有", record, "：它已被删除。"),
        _ => {}
    }
}

/// A node inside a sentence.
fn node(node: Node) -> String {
    match node {
        Node::Client => "wsk".to_owned(),
        Node::Store(store) => super::store_name(store).to_owned(),
        Node::Kafka => "Kafka".to_owned(),
        Node::Controller(ControllerId(n)) => numbered("controller ", n),
        Node::Invoker(InvokerId(n)) => numbered("invoker ", n),
    }
}

fn numbered(name: &str, n: u8) -> String {
    let mut text = name.to_owned();
    text.push_str(&number(n.into()));
    text
}

fn node_or(wanted: Option<Node>, any: &str) -> String {
    wanted.map_or_else(|| any.to_owned(), node)
}

fn cause_english(cause: LinkFailure) -> String {
    let mut to = Wording::new(Language::English);
    match cause {
        LinkFailure::Refused => put!(&mut to, "it was refused"),
        LinkFailure::TimedOut => put!(&mut to, "no answer came in time"),
        LinkFailure::QueueFull => put!(&mut to, "its queue of requests is full"),
        LinkFailure::Status(status) => put!(&mut to, "the answer was HTTP status ", status),
    }
    to.finish()
}

fn cause_chinese(cause: LinkFailure) -> String {
    let mut to = Wording::new(Language::Chinese);
    match cause {
        LinkFailure::Refused => put!(&mut to, "被拒绝"),
        LinkFailure::TimedOut => put!(&mut to, "等不到应答"),
        LinkFailure::QueueFull => put!(&mut to, "请求队列已满"),
        LinkFailure::Status(status) => put!(&mut to, "应答是 HTTP 状态码 ", status),
    }
    to.finish()
}

fn effect_english(effect: FaultEffect) -> String {
    let mut to = Wording::new(Language::English);
    match effect {
        FaultEffect::Pass => put!(&mut to, "everything passes"),
        FaultEffect::Delay { ms } => put!(&mut to, "everything takes ", Span::from_millis(ms.into()), " longer"),
        FaultEffect::DropRequest => put!(&mut to, "requests are lost"),
        FaultEffect::DropAnswer => put!(&mut to, "answers are lost"),
        FaultEffect::Refuse => put!(&mut to, "requests are refused"),
        FaultEffect::Answer { status } => put!(&mut to, "something in between answers ", status),
        FaultEffect::QueueFull => put!(&mut to, "the queue of requests is full"),
        FaultEffect::RefuseItem => put!(&mut to, "the first record of each bulk write is refused"),
    }
    to.finish()
}

fn effect_chinese(effect: FaultEffect) -> String {
    let mut to = Wording::new(Language::Chinese);
    match effect {
        FaultEffect::Pass => put!(&mut to, "一切照常通过"),
        FaultEffect::Delay { ms } => put!(&mut to, "一切都慢 ", Span::from_millis(ms.into())),
        FaultEffect::DropRequest => put!(&mut to, "请求丢失"),
        FaultEffect::DropAnswer => put!(&mut to, "应答丢失"),
        FaultEffect::Refuse => put!(&mut to, "请求被拒绝"),
        FaultEffect::Answer { status } => put!(&mut to, "中间有东西返回 ", status),
        FaultEffect::QueueFull => put!(&mut to, "请求队列已满"),
        FaultEffect::RefuseItem => put!(&mut to, "每批写入的第一条记录被拒绝"),
    }
    to.finish()
}

const fn cargo_english(cargo: Cargo) -> &'static str {
    match cargo {
        Cargo::Request => "the request",
        Cargo::Answer => "the answer",
        Cargo::ActivationMessage => "the activation message",
        Cargo::Ack => "the ack",
        Cargo::Ping => "the ping",
        Cargo::ProduceAck => "the confirmation",
        Cargo::Records => "the bulk write",
        Cargo::WriteAnswer => "the answer to a write",
        Cargo::Query => "the query",
        Cargo::QueryAnswer => "the answer to a query",
    }
}

const fn cargo_chinese(cargo: Cargo) -> &'static str {
    match cargo {
        Cargo::Request => "请求",
        Cargo::Answer => "应答",
        Cargo::ActivationMessage => "激活消息",
        Cargo::Ack => "ack ",
        Cargo::Ping => "ping ",
        Cargo::ProduceAck => "确认",
        Cargo::Records => "这批写入",
        Cargo::WriteAnswer => "写入的应答",
        Cargo::Query => "查询",
        Cargo::QueryAnswer => "查询的应答",
    }
}

const fn dropped_english(store: StoreKind) -> &'static str {
    match store {
        StoreKind::CouchDb => "the database whisk_local_activations, design documents and all",
        _ => "the indices of activation records",
    }
}

const fn dropped_chinese(store: StoreKind) -> &'static str {
    match store {
        StoreKind::CouchDb => "数据库 whisk_local_activations 及其设计文档",
        _ => "存放激活记录的索引",
    }
}
