use super::super::Language;
use super::super::wording::compose;
use super::super::words::words;

words! {
    /// The inspector: one thing, from all sides.
    Inspector {
        Region: "Inspector", "详情";
        Empty: "Select a record, a message, a node or a link to see it here.", "选中一条记录、一条消息、一个节点或一条链路，就会显示在这里。";
        SelectedRecord: "Activation record", "激活记录";
        SelectedActivation: "Activation", "激活";
        SelectedNode: "Node", "节点";
        NoRecordYet: "There is no record yet: the run has not ended.", "还没有记录：运行尚未结束。";
        AsCouchDb: "As CouchDB stores it: the result is JSON, annotations are a list, _rev is CouchDB’s own.",
            "CouchDB 中的样子：result 是 JSON，annotations 是数组，_rev 由 CouchDB 自己给出。";
        AsElasticsearch: "As Elasticsearch stores it: the result is a string, annotations are an object, path and @timestamp are added.",
            "Elasticsearch 中的样子：result 是字符串，annotations 是对象，另加 path 和 @timestamp。";
        AsRest: "As the API and wsk activation get return it: success and status take the place of statusCode.",
            "API 和 wsk activation get 返回的样子：success 与 status 取代了 statusCode。";
        WouldBe: "No such document exists in this run. This is how it would look.", "这次运行里没有这份文档。假如有，就是这个样子。";
        NotReturnedNow: "The API would not return it now. This is how it would look.", "API 现在不会返回它。假如返回，就是这个样子。";
        DocumentHeld: "This document is in the store.", "这份文档在存储里。";
        ReturnedNow: "The API returns this now.", "API 现在返回的就是它。";
        MadeOnly: "The record is made and in no store yet: logs are not in it.", "记录已生成，但还不在任何存储里，其中也没有日志。";
        Cut: "cut", "已截断";
        State: "State now", "当前状态";
        Parameters: "Parameters of the model", "模型参数";
        ParametersHint: "No key gives these times. They are drawn from these ranges.", "没有配置键规定这些时间，它们从下列范围中抽取。";
        Tabs: "Forms of the record", "记录的几种形式";
        CopyForm: "Copy this form", "复制这一形式";
        Configuration: "Configuration", "配置";
        ConfigurationHint: "Real keys, read once when the process starts.", "真实的配置键，进程启动时读取一次。";
        Key: "Key", "键";
        Value: "Value", "值";
        ActivationId: "Activation id", "激活 ID";
        Action: "Action", "Action";
        Status: "Status", "状态";
        Start: "Start", "开始";
        End: "End", "结束";
        Duration: "Duration", "时长";
        Blocking: "Blocking", "阻塞";
        StoredIn: "Stored in", "存放于";
        Topic: "Topic", "Topic";
        From: "From", "来自";
        FirstStep: "First step", "第一步";
        LastStep: "Newest step", "最新一步";
    }

    /// What a command sent, and what came back.
    Exchanged {
        Title: "Exchange", "请求与应答";
        OfClient: "Newest commands", "最近的命令";
        NotInRun: "This command is not in this run.", "这条命令不在这次运行里。";
        ToCome: "The client has not given this command yet.", "客户端还没有发出这条命令。";
        NothingSent: "It has sent nothing.", "它没有发出请求。";
        Sent: "Sent", "发出";
        Answered: "Answered", "应答";
        OnItsWay: "on its way", "在途中";
        Refused: "no answer: connection refused", "无应答：连接被拒绝";
        TimedOut: "no answer: timed out", "无应答：超时";
        Broken: "no answer: connection broken", "无应答：连接中断";
        Abandoned: "abandoned by Ctrl-C", "被 Ctrl-C 放弃";
        Request: "Request", "请求";
        Answer: "Answer", "应答";
        GuestKey: "Authorization is the well-known guest key of local deployments.", "Authorization 是本地部署众所周知的 guest 密钥。";
        NoBody: "no body", "没有正文";
        CopyMessage: "Copy message", "复制消息";
        CopyBody: "Copy body", "复制正文";
        CopyCurl: "Copy curl line", "复制 curl 命令";
        LongBody: "The body is too long for a command line: the curl line reads it from body.json.", "正文太长，放不进命令行：curl 命令从 body.json 读取它。";
        Whole: "Show the whole body", "显示全部正文";
    }

    /// The tabs of a record.
    Tab {
        Rest: "REST", "REST";
        CouchDb: "CouchDB document", "CouchDB 文档";
        Elasticsearch: "Elasticsearch document", "Elasticsearch 文档";
        Life: "Life", "一生";
        Why: "Why not?", "为什么看不到";
    }

    /// The bars of a record's life.
    Waterfall {
        Title: "From the request to the record", "从请求到记录";
        Wait: "wait", "等待";
        WaitHint: "from the request’s arrival to init or run: waitTime", "从请求到达到初始化或运行：waitTime";
        Init: "init", "初始化";
        InitHint: "loading the code: initTime", "加载代码：initTime";
        Run: "run", "运行";
        RunHint: "the action’s own code", "action 自己的代码";
        Logs: "logs", "日志";
        LogsHint: "collecting what the container wrote", "收集容器的输出";
        Store: "store", "写入";
        StoreHint: "from the batcher to the store", "从 batcher 到存储";
        Visible: "visible", "可见";
        VisibleHint: "from the store until a list returns it", "从入库到 list 能返回它";
        Stretch: "Stretch", "阶段";
        Took: "Took", "用时";
        From: "From", "开始于";
        NotYet: "not yet", "尚未发生";
        Answered: "the caller has its answer", "调用者拿到应答";
        Now: "now", "现在";
    }
}

/// Where a long text was cut: `… 1.2 MB in all`.
pub fn cut_text(language: Language, bytes: u64) -> String {
    let size = super::super::quantity::bytes(bytes);
    compose!(language, ["… cut here: ", &size, " in all"], ["……在此截断，全文 ", &size])
}

/// Where a long array was cut: `… 30 more`.
pub fn more_items(language: Language, count: u64) -> String {
    compose!(language, ["… ", count, " more"], ["……另有 ", count, " 项"])
}
