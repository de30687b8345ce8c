//! The verdict: what the three witnesses say at one instant, whether they agree, and the reason if they do not.
//!
//! Which reason is the true one is the caller's knowledge. Here it becomes a sentence.

use super::steps::store_name;
use super::words::words;
use super::{Language, typeset};
use crate::cluster::place::StoreKind;

words! {
    /// The strip's own words.
    Verdict {
        Region: "Verdict", "结论";
        Agree: "agree", "一致";
        Disagree: "disagree", "不一致";
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
    /// The controller has no index to search: the list ends in a 500.
    IndexMissing,
    /// The list failed for another cause.
    ListFailed(u16),
    /// Finished, and the record is nowhere: the write was refused or its writer died.
    Lost(u32),
}

impl Reason {
    /// Whether the witnesses differ about the activations' records for this reason.
    pub const fn is_disagreement(self) -> bool {
        !matches!(self, Self::NothingInvoked | Self::NeverAsked)
    }
}

/// `CLI 3`.
pub fn cli(language: Language, facts: &VerdictFacts) -> String {
    match facts.cli {
        CliAnswer::NeverAsked => language.pick("CLI not asked yet", "CLI 尚未查询").to_owned(),
        CliAnswer::Asking => language.pick("CLI is asking", "CLI 正在查询").to_owned(),
        CliAnswer::Rows(rows) => format!("CLI {rows}"),
        CliAnswer::Error(status) => format!("CLI {} {status}", language.pick("error", "错误")),
    }
}

/// `CouchDB 0 + 5 design documents`.
pub fn couchdb(language: Language, facts: &VerdictFacts) -> String {
    let (records, documents) = (facts.couchdb_records, facts.couchdb_design_documents);
    match (language, documents) {
        (Language::English, 1) => format!("CouchDB {records} + 1 design document"),
        (Language::English, _) => format!("CouchDB {records} + {documents} design documents"),
        (Language::Chinese, _) => format!("CouchDB {records} + {documents} 个设计文档"),
    }
}

/// `Elasticsearch 2, 1 not searchable yet`.
pub fn elasticsearch(language: Language, facts: &VerdictFacts) -> String {
    let mut text = format!("Elasticsearch {}", facts.elasticsearch_searchable);
    match (facts.elasticsearch_buffered, facts.elasticsearch_has_index) {
        (0, true) => {}
        (0, false) => text.push_str(language.pick(", no index", "，没有索引")),
        (buffered, _) => {
            text.push_str(language.pick(", ", "，"));
            text.push_str(&buffered.to_string());
            text.push_str(language.pick(" not searchable yet", " 条尚不可搜索"));
        }
    }
    text
}

/// Whether the witnesses agree, and why not: one sentence for one reason, joined for several.
/// Without a reason they agree in every count, which takes two stores with the same records.
pub fn judgement(language: Language, reasons: &[Reason]) -> String {
    let differing = reasons.iter().copied().filter(|reason| reason.is_disagreement());
    let mut clauses = differing.map(|reason| clause(language, reason));
    let Some(first) = clauses.next() else {
        return agreement(language, reasons).to_owned();
    };
    let mut text = String::from(language.pick("they disagree because ", "三方不一致："));
    text.push_str(&first);
    for next in clauses {
        text.push_str(language.pick(", and because ", "；"));
        text.push_str(&next);
    }
    text.push_str(language.pick(".", "。"));
    match language {
        Language::English => text,
        Language::Chinese => typeset(&text),
    }
}

/// The whole strip as one line of text, for the status region and for links.
pub fn line(language: Language, facts: &VerdictFacts, reasons: &[Reason]) -> String {
    let parts = [cli(language, facts), couchdb(language, facts), elasticsearch(language, facts), judgement(language, reasons)];
    parts.join(" · ")
}

fn agreement(language: Language, reasons: &[Reason]) -> &'static str {
    match reasons.first() {
        Some(Reason::NothingInvoked) => language.pick("they agree: nothing has been invoked yet.", "三方一致：还没有调用过任何 action。"),
        Some(Reason::NeverAsked) => language.pick("nobody has asked for a list yet.", "还没有人用 list 查询过。"),
        _ => language.pick("they agree.", "三方一致。"),
    }
}

/// The part of the sentence after `because`.
fn clause(language: Language, reason: Reason) -> String {
    match language {
        Language::English => english_clause(reason),
        Language::Chinese => chinese_clause(reason),
    }
}

fn english_clause(reason: Reason) -> String {
    let activations = |count: u32, one: &str, many: &str| match count {
        1 => format!("1 activation {one}"),
        _ => format!("{count} activations {many}"),
    };
    let records = |count: u32, one: &str, many: &str| match count {
        1 => format!("1 record {one}"),
        _ => format!("{count} records {many}"),
    };
    match reason {
        Reason::NothingInvoked => "nothing has been invoked yet".to_owned(),
        Reason::NeverAsked => "nobody has asked for a list yet".to_owned(),
        Reason::OnlyBoundStore(store) => {
            let (bound, other) = (store_name(store), store_name(other(store)));
            format!("every process is bound to {bound}, so nothing is written to {other}")
        }
        Reason::Unfinished(count) => {
            activations(count, "has not finished: it has no record yet", "have not finished: they have no records yet")
        }
        Reason::OnTheWay(count) => records(count, "is still on its way to the store", "are still on their way to the store"),
        Reason::NotRefreshed(count) => {
            records(count, "is stored, but its index is not refreshed yet", "are stored, but their index is not refreshed yet")
        }
        Reason::StaleView(count) => records(
            count,
            "is in CouchDB, but not in the index of the view that lists",
            "are in CouchDB, but not in the index of the view that lists",
        ),
        Reason::AnswerTooOld(count) => {
            records(count, "became visible after the newest answer: ask again", "became visible after the newest answer: ask again")
        }
        Reason::OtherStore { holds, asks, records: count } => {
            let (holds, asks) = (store_name(holds), store_name(asks));
            format!("{} written to {holds}, and the controller reads {asks}", records(count, "was", "were"))
        }
        Reason::PastLimit { limit } => format!("a list returns at most {limit} rows"),
        Reason::IndexMissing => "the controller searches an index that does not exist, and answers 500".to_owned(),
        Reason::ListFailed(status) => format!("the list failed with {status}"),
        Reason::Lost(count) => activations(count, "has finished, but its record was lost", "have finished, but their records were lost"),
    }
}

fn chinese_clause(reason: Reason) -> String {
    match reason {
        Reason::NothingInvoked => "还没有调用过任何 action".to_owned(),
        Reason::NeverAsked => "还没有人用 list 查询过".to_owned(),
        Reason::OnlyBoundStore(store) => {
            format!("所有进程都绑定到 {}，{} 里不会写入任何记录", store_name(store), store_name(other(store)))
        }
        Reason::Unfinished(count) => format!("有 {count} 次激活还没运行完，还没有记录"),
        Reason::OnTheWay(count) => format!("有 {count} 条记录还在写入途中"),
        Reason::NotRefreshed(count) => format!("有 {count} 条记录已入库，但索引还没刷新"),
        Reason::StaleView(count) => format!("有 {count} 条记录在 CouchDB 里，但 list 所用视图的索引尚未收录"),
        Reason::AnswerTooOld(count) => format!("有 {count} 条记录在最新的应答之后才可见，再查一次就有"),
        Reason::OtherStore { holds, asks, records } => {
            format!("有 {records} 条记录写进了 {}，而控制器读的是 {}", store_name(holds), store_name(asks))
        }
        Reason::PastLimit { limit } => format!("一次 list 最多返回 {limit} 行"),
        Reason::IndexMissing => "控制器要搜索的索引不存在，返回了 500".to_owned(),
        Reason::ListFailed(status) => format!("list 失败，状态码 {status}"),
        Reason::Lost(count) => format!("有 {count} 次激活已运行完，但记录丢失了"),
    }
}

const fn other(store: StoreKind) -> StoreKind {
    match store {
        StoreKind::CouchDb => StoreKind::Elasticsearch,
        StoreKind::Elasticsearch => StoreKind::CouchDb,
    }
}
