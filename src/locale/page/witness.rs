use super::super::Language;
use super::super::wording::{compose, plural};
use super::super::words::words;
use crate::time::Span;

words! {
    /// The three witnesses of the same instant.
    Witness {
        Region: "Three witnesses", "三方证据";
        Cli: "What the CLI shows", "CLI 显示什么";
        CouchDb: "What CouchDB holds", "CouchDB 里有什么";
        Elasticsearch: "What Elasticsearch holds", "Elasticsearch 里有什么";
        AskAgain: "Ask again", "再查一次";
        Returns: "Returns", "会返回";
        HoldsUnreturned: "Holds but does not return yet", "已存有，但暂不返回";
        NothingReturned: "Returns nothing", "什么都不返回";
        NeverAsked: "Nobody has run wsk activation list yet.", "还没有人运行过 wsk activation list。";
        Asking: "Asking…", "正在查询……";
        NewestAnswer: "The newest answer", "最新的应答";
        EmptyList: "The list is empty.", "列表是空的。";
        IfAskedNow: "If it asked now", "如果现在去查";
        ComputedWithoutAsking: "Computed without asking: no request, no effect on any store.", "不发请求直接算出，对任何存储都没有影响。";
        Yes: "yes", "能";
        No: "no", "不能";
        ListNow: "list now", "现在 list";
        GetNow: "get now", "现在 get";
        DesignDocument: "design document", "设计文档";
        Record: "activation record", "激活记录";
        HealthRecord: "health record", "健康测试记录";
        Searchable: "searchable", "可搜索";
        Buffered: "not searchable yet", "尚不可搜索";
        InView: "in the view’s index", "已进视图索引";
        NotInView: "not in the view’s index yet", "尚未进视图索引";
        NoIndex: "There is no index: nothing was ever written here.", "没有任何索引：从来没有写入过。";
        NoIndexForNamespace: "No index for this namespace", "这个命名空间没有索引";
        NoActivations: "No activations yet.", "还没有激活。";
        AllDocs: "GET /whisk_local_activations/_all_docs", "GET /whisk_local_activations/_all_docs";
        AllDocsHint: "_all_docs needs no view: it returns every document.", "_all_docs 不依赖视图，会返回全部文档。";
        BehindView: "Held, but not in what lists read", "已存有，但 list 还读不到";
        BehindViewHint: "A list reads the rows that this view’s index has, and its update comes after: the next list has the new ones.",
            "list 读的是这个视图索引里已有的行，之后视图才更新，所以新的行要等下一次 list。";
        ViewIsCurrent: "Its index has every record.", "视图索引已收录全部记录。";
        ViewUpdating: "The view is being updated.", "视图正在更新。";
        NothingBuffered: "Nothing waits for a refresh.", "没有等待刷新的文档。";
        NoIndexAtAll: "Elasticsearch has no index. The first record written to it would create one.", "Elasticsearch 里没有任何索引。第一条写进来的记录才会创建索引。";
        MissingIndexAnswer: "404: no such index (index_not_found_exception)", "404：没有这个索引（index_not_found_exception）";
        HideHealthRecords: "Hide health records", "收起健康测试记录";
        NewerRows: "Rows before these", "前一页";
        OlderRows: "Rows after these", "后一页";
        ShowWitness: "Show witness", "切换证据";
        CliShort: "CLI", "CLI";
    }
}

/// `list now: yes · get now: no`. The reason of a `no` stands beside it.
pub fn list_or_get_now(language: Language, list: bool, get: bool) -> String {
    let word = |visible| language.say(if visible { Witness::Yes } else { Witness::No });
    let (list, get) = (word(list), word(get));
    compose!(language, ["list now: ", list, " · get now: ", get], ["现在 list：", list, " · 现在 get：", get])
}

/// The age of the newest answer: `answered 0.4 s ago`.
pub fn answered_ago(language: Language, age: Span) -> String {
    compose!(language, ["answered ", age, " ago"], [age, " 前的应答"])
}

/// The button behind which health records hide: `+ 4 health records`.
pub fn health_records(language: Language, count: u32) -> String {
    compose!(language, ["+ ", count, plural(count, " health record", " health records")], ["+ ", count, " 条健康测试记录"])
}

/// `5 design documents · 0 activation records`.
pub fn records_and_design_documents(language: Language, design_documents: u32, records: u32) -> String {
    let documents = plural(design_documents, " design document · ", " design documents · ");
    let kept = plural(records, " activation record", " activation records");
    compose!(language, [design_documents, documents, records, kept], ["设计文档 ", design_documents, " 个 · 激活记录 ", records, " 条"],)
}

/// What is in a database that has no activation records: `3 design documents · 2 others: guest, whisk.system`.
pub fn design_and_other_documents(language: Language, design_documents: u32, others: &[String]) -> String {
    let documents = plural(design_documents, " design document · ", " design documents · ");
    let count = u32::try_from(others.len()).unwrap_or(u32::MAX);
    let noun = plural(count, " other: ", " others: ");
    let (english, chinese) = (others.join(", "), others.join("、"));
    compose!(
        language,
        [design_documents, documents, count, noun, &english],
        ["设计文档 ", design_documents, " 个 · 其他文档 ", count, " 个：", &chinese]
    )
}

/// How many records a list cannot return yet: `3 records are not in the view’s index yet`.
pub fn behind_view(language: Language, count: u32) -> String {
    let are = plural(count, " record is not in the view’s index yet", " records are not in the view’s index yet");
    compose!(language, [count, are], ["有 ", count, " 条记录尚未进视图索引"])
}

/// The place of a page of rows among all: `rows 101–200 of 340`. They count from 1.
pub fn rows_shown(language: Language, first: u64, last: u64, of: u64) -> String {
    compose!(language, ["rows ", first, "–", last, " of ", of], ["第 ", first, "–", last, " 行，共 ", of, " 行"])
}

/// `3 searchable · 1 not searchable yet`.
pub fn visible_count(language: Language, searchable: u32, buffered: u32) -> String {
    compose!(
        language,
        [searchable, " searchable · ", buffered, " not searchable yet"],
        ["可搜索 ", searchable, " 条 · 尚不可搜索 ", buffered, " 条"]
    )
}
