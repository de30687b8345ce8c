//! The verdict: what the three witnesses say at one instant, whether they agree, and the reason if they do not.
//!
//! Which reason is the true one is the caller's knowledge. Here it becomes a sentence.

use super::Language;
use super::wording::{Wording, compose, plural, put};
use super::words::words;
use crate::cluster::place::StoreKind;

words! {
    /// The strip's own words.
    Verdict {
        Region: "Verdict", "结论";
    }
}

/// The newest answer to `wsk activation list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CliAnswer {
    NeverAsked,
    /// Asked, and no answer has arrived yet.
    Asking,
    Rows(u32),
    /// An error, by its HTTP status.
    Error(u16),
}

/// What the witnesses hold, health records not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerdictFacts {
    pub cli: CliAnswer,
    pub couchdb_records: u32,
    pub couchdb_design_documents: u32,
    pub elasticsearch_searchable: u32,
    pub elasticsearch_buffered: u32,
    /// Whether there is an index of the client's namespace.
    pub elasticsearch_has_index: bool,
}

/// Why the witnesses differ, or that they do not. Counts are of activations, health tests not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody has invoked anything.
    NothingInvoked,
    /// Records exist or will, and nobody has asked for a list.
    NeverAsked,
    /// The first list is on its way and has no answer yet.
    Asking,
    /// The CLI and the one bound store agree. The other store is empty because nothing is ever written to it.
    OnlyBoundStore(StoreKind),
    /// Not finished: there is no record yet.
    Unfinished(u32),
    /// Finished, but the write has not arrived.
    OnTheWay(u32),
    /// In Elasticsearch, but not refreshed.
    NotRefreshed(u32),
    /// In CouchDB, but the view's index does not have them.
    StaleView(u32),
    /// Visible by now, but later than the newest answer.
    AnswerTooOld(u32),
    /// Stored where the controller does not read.
    OtherStore { holds: StoreKind, asks: StoreKind, records: u32 },
    /// Beyond the number of rows that a list returns.
    PastLimit { limit: u32 },
    /// The newest list asked for one action alone, or left the newest rows out.
    NarrowList,
    /// The controller has no index to search: the list ends in a 500.
    IndexMissing,
    /// The list failed for another cause.
    ListFailed(u16),
    /// The record is nowhere and never will be: it was refused, skipped by a gate, or lost.
    Lost(u32),
}

impl Reason {
    /// Whether the witnesses differ for this reason. The others tell what all of them lack alike.
    pub const fn is_disagreement(self) -> bool {
        !matches!(self, Self::NothingInvoked | Self::NeverAsked | Self::Asking | Self::Unfinished(_) | Self::OnTheWay(_) | Self::Lost(_))
    }

    /// Whether it is told beside the judgement: records that no witness has.
    const fn is_aside(self) -> bool {
        matches!(self, Self::Unfinished(_) | Self::OnTheWay(_) | Self::Lost(_))
    }
}

/// `CLI 3`.
pub fn cli(language: Language, facts: &VerdictFacts) -> String {
    match facts.cli {
        CliAnswer::NeverAsked => compose!(language, ["CLI not asked yet"], ["CLI 尚未查询"]),
        CliAnswer::Asking => compose!(language, ["CLI is asking"], ["CLI 正在查询"]),
        CliAnswer::Rows(rows) => compose!(language, ["CLI ", rows], ["CLI ", rows]),
        CliAnswer::Error(0) => compose!(language, ["CLI without a connection"], ["CLI 连接失败"]),
        CliAnswer::Error(status) => compose!(language, ["CLI error ", status], ["CLI 错误 ", status]),
    }
}

/// `CouchDB 0 + 5 design documents`.
pub fn couchdb(language: Language, facts: &VerdictFacts) -> String {
    let (records, documents) = (facts.couchdb_records, facts.couchdb_design_documents);
    let noun = plural(documents, " design document", " design documents");
    compose!(language, ["CouchDB ", records, " + ", documents, noun], ["CouchDB ", records, " + ", documents, " 个设计文档"])
}

/// `Elasticsearch 2, 1 not searchable yet`.
pub fn elasticsearch(language: Language, facts: &VerdictFacts) -> String {
    let searchable = facts.elasticsearch_searchable;
    match (facts.elasticsearch_buffered, facts.elasticsearch_has_index) {
        (0, true) => compose!(language, ["Elasticsearch ", searchable], ["Elasticsearch ", searchable]),
        (0, false) => compose!(language, ["Elasticsearch ", searchable, ", no index"], ["Elasticsearch ", searchable, "，没有索引"]),
        (buffered, _) => compose!(
            language,
            ["Elasticsearch ", searchable, ", ", buffered, " not searchable yet"],
            ["Elasticsearch ", searchable, "，", buffered, " 条尚不可搜索"],
        ),
    }
}

/// Whether the witnesses agree, and why not: one sentence, with a clause for each reason, and what none of them has at its end.
/// Without a reason they agree in every count.
pub fn judgement(language: Language, reasons: &[Reason]) -> String {
    let mut wording = Wording::new(language);
    let to = &mut wording;
    let mut differing = reasons.iter().copied().filter(|reason| reason.is_disagreement());
    match differing.next() {
        None => put!(to, agreement(language, reasons)),
        Some(first) => {
            put!(to, language.pick("they disagree because ", "三方不一致："));
            clause(language, first, to);
            for next in differing {
                put!(to, language.pick(", and because ", "；"));
                clause(language, next, to);
            }
        }
    }
    for aside in reasons.iter().copied().filter(|reason| reason.is_aside()) {
        put!(to, language.pick("; ", "；"));
        clause(language, aside, to);
    }
    put!(to, language.pick(".", "。"));
    wording.finish()
}

/// The whole strip as one line of text, for the status region and for links.
pub fn line(language: Language, facts: &VerdictFacts, reasons: &[Reason]) -> String {
    let parts = [cli(language, facts), couchdb(language, facts), elasticsearch(language, facts), judgement(language, reasons)];
    parts.join(" · ")
}

fn agreement(language: Language, reasons: &[Reason]) -> &'static str {
    match reasons.first() {
        Some(Reason::NothingInvoked) => language.pick("they agree: nothing has been invoked yet", "三方一致：还没有调用过任何 action"),
        Some(Reason::NeverAsked) => language.pick("nobody has asked for a list yet", "还没有人用 list 查询过"),
        Some(Reason::Asking) => language.pick("the first list has no answer yet", "第一次 list 还没有应答"),
        _ => language.pick("they agree", "三方一致"),
    }
}

/// The part of the sentence after `because`.
fn clause(language: Language, reason: Reason, to: &mut Wording) {
    match language {
        Language::English => english_clause(reason, to),
        Language::Chinese => chinese_clause(reason, to),
    }
}

fn english_clause(reason: Reason, to: &mut Wording) {
    match reason {
        Reason::NothingInvoked => put!(to, "nothing has been invoked yet"),
        Reason::NeverAsked => put!(to, "nobody has asked for a list yet"),
        Reason::Asking => put!(to, "the first list has no answer yet"),
        Reason::OnlyBoundStore(StoreKind::Noop) => put!(to, "every process is bound to Noop, which discards each record"),
        Reason::OnlyBoundStore(store) => put!(to, "every process is bound to ", store, ", so nothing is written to ", other(store)),
        Reason::Unfinished(count) => {
            put!(to, count, plural(count, " activation has not finished and has", " activations have not finished and have"));
            put!(to, " no record yet");
        }
        Reason::OnTheWay(count) => put!(to, count, plural(count, " record is", " records are"), " still on the way to the store"),
        Reason::NotRefreshed(count) => {
            put!(to, count, plural(count, " record is", " records are"), " stored, but the index is not refreshed yet");
        }
        Reason::StaleView(count) => {
            put!(to, count, plural(count, " record is", " records are"), " in CouchDB, but not in the index of the view that lists");
        }
        Reason::AnswerTooOld(count) => {
            put!(to, count, plural(count, " record", " records"), " became visible after the newest answer: ask again");
        }
        Reason::OtherStore { holds, asks, records } => {
            put!(to, records, plural(records, " record was", " records were"), " written to ", holds, ", and the controller reads ", asks);
        }
        Reason::PastLimit { limit } => put!(to, "a list returns at most ", limit, " rows"),
        Reason::NarrowList => put!(to, "the newest list asked for a part of the records only"),
        Reason::IndexMissing => put!(to, "the controller searches an index that does not exist, and answers 500"),
        Reason::ListFailed(0) => put!(to, "the newest list had no connection to a controller"),
        Reason::ListFailed(status) => put!(to, "the list failed with ", status),
        Reason::Lost(count) => {
            put!(to, count, plural(count, " activation has no record, and never will", " activations have no record, and never will"));
        }
    }
}

fn chinese_clause(reason: Reason, to: &mut Wording) {
    match reason {
        Reason::NothingInvoked => put!(to, "还没有调用过任何 action"),
        Reason::NeverAsked => put!(to, "还没有人用 list 查询过"),
        Reason::Asking => put!(to, "第一次 list 还没有应答"),
        Reason::OnlyBoundStore(StoreKind::Noop) => put!(to, "所有进程都绑定到 Noop，它会丢弃每一条记录"),
        Reason::OnlyBoundStore(store) => put!(to, "所有进程都绑定到 ", store, "，", other(store), " 里不会写入任何记录"),
        Reason::Unfinished(count) => put!(to, "有 ", count, " 次激活还没运行完，还没有记录"),
        Reason::OnTheWay(count) => put!(to, "有 ", count, " 条记录还在写入途中"),
        Reason::NotRefreshed(count) => put!(to, "有 ", count, " 条记录已入库，但索引还没刷新"),
        Reason::StaleView(count) => put!(to, "有 ", count, " 条记录在 CouchDB 里，但 list 所用视图的索引尚未收录"),
        Reason::AnswerTooOld(count) => put!(to, "有 ", count, " 条记录在最新的应答之后才可见，再查一次就有"),
        Reason::OtherStore { holds, asks, records } => put!(to, "有 ", records, " 条记录写进了 ", holds, "，而控制器读的是 ", asks),
        Reason::PastLimit { limit } => put!(to, "一次 list 最多返回 ", limit, " 行"),
        Reason::NarrowList => put!(to, "最新的 list 只查了一部分记录"),
        Reason::IndexMissing => put!(to, "控制器要搜索的索引不存在，返回了 500"),
        Reason::ListFailed(0) => put!(to, "最新的 list 没能连上控制器"),
        Reason::ListFailed(status) => put!(to, "list 失败，状态码 ", status),
        Reason::Lost(count) => put!(to, "有 ", count, " 次激活没有记录，以后也不会有"),
    }
}

const fn other(store: StoreKind) -> StoreKind {
    match store {
        StoreKind::CouchDb => StoreKind::Elasticsearch,
        StoreKind::Elasticsearch | StoreKind::Noop => StoreKind::CouchDb,
    }
}
