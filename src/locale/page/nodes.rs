use super::super::Language;
use super::super::wording::{compose, plural};
use super::super::words::words;
use crate::cluster::place::StoreKind;

words! {
    /// What the nodes of the stage say of themselves, where a value is not part of it.
    NodeText {
        /// Before its number, where there is little room.
        ControllerShort: "Ctrl", "控制器";
        InvokerShort: "Inv", "inv";
        BalancerSlots: "balancer slots", "负载均衡器槽位";
        /// What the small triangle under the cells means.
        ConsumerPosition: "consumer position", "消费者位置";
        NoContainers: "no containers", "没有容器";
        NotStarted: "not running", "未运行";
        NothingSent: "nothing sent yet", "尚未发送请求";
        NoAnswer: "no answer yet", "尚无应答";
        /// Where what the answer says is covered.
        Answered: "answered", "已有应答";
        /// Beside the lines of the picture.
        CaptionHttp: "HTTP", "HTTP";
        CaptionMessages: "messages", "消息";
        CaptionAcks: "acks", "ack";
        CaptionQueries: "list, get", "list、get";
        CaptionRecords: "records", "记录";
        CaptionAsks: "curl", "curl";
    }
}

/// How many activations a controller counts as running: `2 in flight`.
pub fn in_flight(language: Language, count: u32) -> String {
    compose!(language, [count, " in flight"], [count, " 个进行中"])
}

/// What a process is bound to, after its name: `bound to CouchDB`.
pub fn binding(language: Language, store: StoreKind) -> String {
    compose!(language, ["bound to ", store], ["绑定到", store])
}

/// The status of the newest answer that the client got: `answer: 202`.
pub fn answer_status(language: Language, status: u16) -> String {
    if status == 0 {
        return compose!(language, ["no connection"], ["连接失败"]);
    }
    compose!(language, ["answer: ", status], ["应答：", status])
}

/// The status of the answer to a list and how many rows it brought: `answer: 200, 3 rows`.
pub fn answer_rows(language: Language, status: u16, rows: u32) -> String {
    compose!(language, ["answer: ", status, ", ", rows, plural(rows, " row", " rows")], ["应答：", status, "，", rows, " 行"])
}

/// How many requests have no answer yet: `12 requests wait`.
pub fn requests_waiting(language: Language, count: u32) -> String {
    compose!(language, [count, plural(count, " request waits", " requests wait")], [count, " 个请求在等待"])
}

/// Activations for which an invoker has no room: `3 wait for room`.
pub fn waiting_for_room(language: Language, count: u32) -> String {
    compose!(language, [count, plural(count, " waits for room", " wait for room")], [count, " 个在等待空间"])
}

/// An invoker's memory: `768 of 2048 MB in use`.
pub fn memory(language: Language, used_mb: u32, total_mb: u32) -> String {
    compose!(language, [used_mb, " of ", total_mb, " MB in use"], ["内存已用 ", used_mb, " / ", total_mb, " MB"])
}

/// A controller's view of one invoker: `invoker 0 healthy, slots 256 of 2048 MB`. `slots` and `health` are texts of their own.
pub fn invoker_seen(language: Language, invoker: crate::cluster::place::Process, health: &str, slots: &str) -> String {
    compose!(language, [invoker, " ", health, ", ", slots], [invoker, health, "，", slots])
}

/// `3 activation records`.
pub fn records(language: Language, count: u32) -> String {
    compose!(language, [count, plural(count, " activation record", " activation records")], [count, " 条激活记录"])
}

/// `5 design documents`.
pub fn design_documents(language: Language, count: u32) -> String {
    compose!(language, [count, plural(count, " design document", " design documents")], [count, " 个设计文档"])
}

/// The view that answers lists, in few words: `list view at 7 of 9`.
pub fn list_view_built(language: Language, built: u64, latest: u64) -> String {
    compose!(language, ["list view at ", built, " of ", latest], ["列表视图 ", built, " / ", latest])
}

/// What searches return of an index and what they do not: `3 searchable · 1 not yet`.
pub fn index_counts(language: Language, searchable: u32, buffered: u32) -> String {
    if buffered == 0 {
        return compose!(language, [searchable, " searchable"], [searchable, " 条可搜索"]);
    }
    compose!(language, [searchable, " searchable · ", buffered, " not yet"], [searchable, " 条可搜索 · ", buffered, " 条尚不可"])
}

/// An index with its counts, for a name that is read aloud.
pub fn index_in_words(language: Language, name: &str, counts: &str) -> String {
    compose!(language, ["index ", name, ", ", counts], ["索引 ", name, "，", counts])
}

/// How many topics there are, where not all of them are named: `13 topics`.
pub fn topics_listed(language: Language, count: u32) -> String {
    compose!(language, [count, " topics"], [count, " 个 topic"])
}
