use super::super::words::words;
use super::super::{Language, number, span};
use crate::time::Span;

words! {
    /// The picture of the cluster: names of nodes and of what they show.
    Stage {
        Region: "Stage", "集群图";
        Client: "wsk", "wsk";
        ClientRole: "client", "客户端";
        Controller: "Controller", "控制器";
        Invoker: "Invoker", "invoker";
        Kafka: "Kafka", "Kafka";
        CouchDb: "CouchDB", "CouchDB";
        Elasticsearch: "Elasticsearch", "Elasticsearch";
        RestApi: "REST API", "REST API";
        LoadBalancer: "load balancer", "负载均衡器";
        Slots: "slots", "槽位";
        ActivationsInFlight: "activations in flight", "进行中的激活";
        Topic: "topic", "topic";
        Topics: "topics", "topic";
        Offset: "offset", "偏移量";
        Position: "position", "读取位置";
        Committed: "committed", "已提交";
        Lag: "lag", "积压";
        Consumer: "consumer", "消费者";
        ContainerPool: "container pool", "容器池";
        Container: "container", "容器";
        Starting: "starting", "启动中";
        Prewarm: "prewarm", "预热";
        Initializing: "init", "初始化";
        Busy: "busy", "运行中";
        CollectingLogs: "collecting logs", "收集日志";
        Warm: "warm", "热";
        Pausing: "pausing", "正在暂停";
        Paused: "paused", "已暂停";
        Resuming: "resuming", "正在恢复";
        Removing: "removing", "正在移除";
        Buffered: "waiting for room", "等待空间";
        Memory: "memory", "内存";
        Bound: "bound to", "绑定到";
        Documents: "documents", "文档";
        DesignDocuments: "design documents", "设计文档";
        Records: "activation records", "激活记录";
        Index: "index", "索引";
        NoIndex: "no index", "没有索引";
        Searchable: "searchable", "可搜索";
        NotSearchable: "not searchable yet", "尚不可搜索";
        RefreshInterval: "refresh interval", "刷新间隔";
        ViewIndex: "view index", "视图索引";
        NotBound: "no process writes here", "没有进程写入这里";
        Link: "link", "连线";
        Request: "request", "请求";
        Answer: "answer", "应答";
        ActivationMessage: "activation message", "激活消息";
        Ack: "ack", "ack";
        Ping: "ping", "ping";
        ProduceAck: "Kafka’s confirmation", "Kafka 的确认";
        RecordsUnderWay: "records on their way", "在途的记录";
        WriteAnswer: "answer to a write", "写入应答";
        Query: "query", "查询";
        QueryAnswer: "answer to a query", "查询应答";
        Legend: "Legend", "图例";
        LegendRecord: "filled sheet: a record", "实心纸页：激活记录";
        LegendMessage: "cell: a message", "方格：消息";
        LegendAck: "hollow circle: an ack", "空心圆：ack";
        NothingMoves: "Nothing is on its way.", "没有任何东西在途。";
    }
}

/// `slots 512 of 2 048 MB`.
pub fn slots(language: Language, used_mb: u64, total_mb: u64) -> String {
    let (used, total) = (number(used_mb), number(total_mb));
    match language {
        Language::English => format!("slots {used} of {total} MB"),
        Language::Chinese => format!("槽位 {used} / {total} MB"),
    }
}

/// The state of one consumer of a topic: `offset 4 · position 3 · committed 3`. An offset is the next one to be given.
pub fn offsets(language: Language, end: u64, position: u64, committed: u64) -> String {
    match language {
        Language::English => format!("end offset {end} · position {position} · committed {committed}"),
        Language::Chinese => format!("末尾偏移量 {end} · 读取位置 {position} · 已提交 {committed}"),
    }
}

/// How many containers are in one state: `2 prewarm`.
pub fn containers_by_state(language: Language, count: u32, state: Stage) -> String {
    let state = language.say(state);
    match language {
        Language::English => format!("{count} {state}"),
        Language::Chinese => format!("{state} {count}"),
    }
}

/// `next refresh in 0.6 s`.
pub fn next_refresh(language: Language, left: Span) -> String {
    let left = span(language, left);
    match language {
        Language::English => format!("next refresh in {left}"),
        Language::Chinese => format!("{left} 后刷新"),
    }
}

/// `view index built to 7 of 9`: the update sequences of the index and of its database.
pub fn view_built(language: Language, built: u64, latest: u64) -> String {
    match language {
        Language::English => format!("view index built to {built} of {latest}"),
        Language::Chinese => format!("视图索引更新到 {built} / {latest}"),
    }
}

/// What a link with a crowd on it says instead of drawing each: `12 messages`.
pub fn messages_on_link(language: Language, count: u32) -> String {
    match (language, count) {
        (Language::English, 1) => "1 message".to_owned(),
        (Language::English, _) => format!("{count} messages"),
        (Language::Chinese, _) => format!("{count} 条消息"),
    }
}

/// The batcher of one writer: `3 records wait · 1 of 64 writes under way`.
pub fn batches(language: Language, waiting: u64, in_flight: u32, in_flight_max: u32) -> String {
    let waiting = number(waiting);
    match language {
        Language::English => format!("records waiting: {waiting} · writes under way: {in_flight} of {in_flight_max}"),
        Language::Chinese => format!("待写记录 {waiting} 条 · 进行中的写请求 {in_flight} / {in_flight_max}"),
    }
}
