use super::super::Language;
use super::super::steps::{level_key, loss_stage};
use super::super::wording::compose;
use super::super::words::words;
use crate::activation::Catalogue;
use crate::cluster::step::RateLimit;
use crate::cluster::{Gate, LinkFailure};
use crate::operator::{Look, Obstacle, Reason, Shows, Witness};

words! {
    /// Why a record is not there, and what of that shows from outside.
    Why {
        Title: "Who sees it, and who does not", "谁看得到，谁看不到";
        Hint: "Read from the recording of this run, not guessed.", "依据这次运行的完整记录得出，不是猜测。";
        Sees: "sees it", "看得到";
        Get: "wsk activation get", "wsk activation get";
        List: "wsk activation list", "wsk activation list";
        AllDocs: "_all_docs in CouchDB", "CouchDB 的 _all_docs";
        Search: "a search in Elasticsearch", "Elasticsearch 的搜索";
        GoToStep: "Go to this step", "跳到这一步";
        Outside: "From outside", "从外部看";
        OutsideHint: "What the answers and the logs of a real cluster would show now, and no more.", "真实集群此刻的应答和日志能显示的全部，仅此而已。";
        ListAgain: "list again, two seconds later", "两秒后再 list 一次";
        Shown: "shown", "有";
        NotShown: "not shown", "没有";
        MadeUp: "a made-up record", "编造的记录";
        AnError: "an error", "报错";
        Logs: "In the logs", "日志中";
        NoLines: "No log line names this id.", "没有任何日志提到这个 ID。";
        ProcessLog: "Its log", "它的日志";
        NothingLogged: "It has written nothing lately.", "最近没有写过日志。";
        CopyLogs: "Copy these lines", "复制这些日志";
        LookUp: "Look up an activation id", "查一个激活 ID";
        LookUpHint: "32 hexadecimal digits, as wsk prints them.", "32 位十六进制数字，就是 wsk 打印的那种。";
        Ask: "Why?", "为什么？";
        NotAnId: "This is no activation id: it has 32 characters, digits and the letters a to f.", "这不是激活 ID：激活 ID 有 32 个字符，只含数字和 a 到 f。";
        Refused: "connection refused", "连接被拒绝";
        TimedOut: "no answer", "没有应答";
        QueueFull: "request queue full", "请求队列已满";
        ErrorStatus: "an HTTP error", "HTTP 错误";
        LoggedFailure: "Its writer logged a failure, and yet the record is there.", "写入方在日志里报了失败，但记录确实在。";
        LooksLike: "From outside it looks the same as:", "从外部看，与下列情形无法区分：";
    }
}

words! {
    /// Reasons that something else looks like, in a few words.
    LookAlike {
        NeverExisted: "it never existed", "它从来没有过";
        NotConnected: "the request never reached a controller", "请求没有到达任何控制器";
        NoRule: "a trigger without an active rule", "触发器没有活动规则";
        NoAction: "the action is deleted", "action 已删除";
        TooLarge: "refused with 413", "被 413 拒绝";
        Requested: "the request is still on its way", "请求还在途中";
        InController: "a sequence or trigger under way", "sequence 或触发器还在进行";
        LostInController: "a sequence or trigger lost with its controller", "sequence 或触发器随控制器的崩溃而丢失";
        NotFinished: "not finished yet", "还没运行完";
        CollectingLogs: "its logs are being collected", "正在收集日志";
        LostUnwritten: "lost with its invoker or controller", "随 invoker 或控制器的崩溃而丢失";
        Skipped: "skipped on purpose", "有意不存";
        Discarded: "discarded by Noop", "被 Noop 丢弃";
        OnItsWay: "still on its way to the store", "还在写入途中";
        LostUnderWay: "lost on its way with its writer", "写入途中随写入方一起丢失";
    }
}

impl LookAlike {
    pub const fn of(look: Look) -> Self {
        match look {
            Look::NeverExisted => Self::NeverExisted,
            Look::NotConnected => Self::NotConnected,
            Look::NoRule => Self::NoRule,
            Look::NoAction => Self::NoAction,
            Look::TooLarge => Self::TooLarge,
            Look::Requested => Self::Requested,
            Look::InController => Self::InController,
            Look::LostInController => Self::LostInController,
            Look::NotFinished => Self::NotFinished,
            Look::CollectingLogs => Self::CollectingLogs,
            Look::LostUnwritten => Self::LostUnwritten,
            Look::Skipped => Self::Skipped,
            Look::Discarded => Self::Discarded,
            Look::OnItsWay => Self::OnItsWay,
            Look::LostUnderWay => Self::LostUnderWay,
        }
    }
}

impl Why {
    /// Why an exchange failed, in two words.
    const fn failure(cause: LinkFailure) -> Self {
        match cause {
            LinkFailure::Refused => Self::Refused,
            LinkFailure::TimedOut => Self::TimedOut,
            LinkFailure::QueueFull => Self::QueueFull,
            LinkFailure::Status(_) => Self::ErrorStatus,
        }
    }

    pub const fn of(witness: Witness) -> Self {
        match witness {
            Witness::Get => Self::Get,
            Witness::List => Self::List,
            Witness::CouchDb => Self::AllDocs,
            Witness::Elasticsearch => Self::Search,
        }
    }

    pub const fn shows(shows: Shows) -> Self {
        match shows {
            Shows::Yes => Self::Shown,
            Shows::No => Self::NotShown,
            Shows::MadeUp => Self::MadeUp,
            Shows::Error => Self::AnError,
        }
    }
}

/// Why someone who asks does not see a record.
pub fn reason(language: Language, why: Reason, catalogue: &Catalogue) -> String {
    match why {
        Reason::NotFinished => compose!(language, ["not finished yet"], ["还没运行完"]),
        Reason::CollectingLogs => compose!(language, ["run; its logs are being collected"], ["已运行完，正在收集日志"]),
        Reason::OnItsWay(store) => compose!(language, ["finished; the write to ", store, " is on its way"], ["已运行完，正在写入 ", store]),
        Reason::NotRefreshed { next_in } => {
            compose!(language, ["stored but not refreshed; next refresh in ", next_in], ["已入库，但还没刷新；", next_in, " 后刷新"])
        }
        Reason::StaleView => compose!(
            language,
            ["stored, but the view is stale; this query would update it, for the next one"],
            ["已入库，但视图是旧的；这次查询会触发更新，下一次才看得到"],
        ),
        Reason::OtherStore(store) => compose!(language, ["in the other store: ", store], ["在另一个存储里：", store]),
        Reason::OtherNamespace(namespace) => {
            let name = catalogue.namespace(namespace);
            compose!(language, ["in another namespace: ", name], ["在另一个命名空间里：", name])
        }
        Reason::BeyondLimit(limit) => {
            compose!(language, ["stored, but a list returns only the newest ", limit], ["已入库，但 list 只返回最新的 ", limit, " 条"])
        }
        Reason::IndexMissing => compose!(language, ["the index does not exist yet"], ["索引还不存在"]),
        Reason::Skipped(Gate::Namespace) => compose!(
            language,
            ["not stored on purpose: the namespace has storeActivations set to false"],
            ["有意不存：这个命名空间的 storeActivations 是 false"],
        ),
        Reason::Skipped(Gate::Level { level, blocking }) => {
            let (key, level) = (level_key(blocking), level.code());
            compose!(language, ["not stored on purpose: ", key, " is ", level], ["有意不存：", key, " 是 ", level])
        }
        Reason::Discarded => {
            compose!(language, ["its writer is bound to Noop, which discards each record"], ["写入方绑定到 Noop，每条记录都被丢弃"])
        }
        Reason::KeepsNothing => compose!(
            language,
            ["the controller is bound to Noop: a get makes up a record, and each list is empty"],
            ["控制器绑定到 Noop：get 返回编造的记录，list 永远是空的"],
        ),
        Reason::Refused(store) => compose!(language, [store, " refused the record"], [store, " 拒绝了这条记录"]),
        Reason::Throttled(RateLimit::Fires) => compose!(
            language,
            ["no record by design: 429, too many triggers fired this minute"],
            ["按设计就没有记录：429，这一分钟触发得太频繁"],
        ),
        Reason::Throttled(RateLimit::PerMinute) => compose!(
            language,
            ["no record by design: 429, too many invocations this minute"],
            ["按设计就没有记录：429，这一分钟的调用太多"],
        ),
        Reason::Throttled(RateLimit::Concurrent) => {
            compose!(language, ["no record by design: 429, too many at once"], ["按设计就没有记录：429，同时调用太多"])
        }
        Reason::NoInvoker => {
            compose!(language, ["no record by design: 503, no usable invoker"], ["按设计就没有记录：503，没有可用的 invoker"])
        }
        Reason::NotRead => compose!(
            language,
            ["no record by design: 500, the controller could not read who asked, or the action, from CouchDB"],
            ["按设计就没有记录：500，控制器无法从 CouchDB 读取用户或 action"],
        ),
        Reason::NoAction => {
            compose!(language, ["no record by design: 404, the action is deleted"], ["按设计就没有记录：404，action 已删除"])
        }
        Reason::TooLarge => compose!(language, ["no record by design: 413, too large"], ["按设计就没有记录：413，请求过大"]),
        Reason::NoRule => compose!(
            language,
            ["no record by design: 204, a trigger without an active rule makes no activation"],
            ["按设计就没有记录：204，没有活动规则的触发器不产生激活"]
        ),
        Reason::Blacklisted => compose!(
            language,
            ["no record by design: the namespace is on the invoker’s blacklist"],
            ["按设计就没有记录：命名空间在 invoker 的黑名单上"]
        ),
        Reason::Unparsable => {
            compose!(language, ["lost: the invoker could not read its message"], ["丢失：invoker 读不懂它的消息"])
        }
        Reason::NotPosted(cause) => {
            let cause = language.say(Why::failure(cause));
            compose!(language, ["lost: its message never got into Kafka (", cause, ")"], ["丢失：它的消息没能进入 Kafka（", cause, "）"])
        }
        Reason::GivenUp { store, cause } => {
            let cause = language.say(Why::failure(cause));
            compose!(language, ["lost: the write to ", store, " failed (", cause, ")"], ["丢失：写入 ", store, " 失败（", cause, "）"])
        }
        Reason::Unanswered(obstacle) => unanswered(language, obstacle),
        Reason::Deleted(store) => {
            compose!(language, ["it was deleted from ", store, " with all the others"], ["它和其他记录一起从 ", store, " 里删除了"])
        }
        Reason::NotConnected => {
            compose!(
                language,
                ["no record by design: the request never reached a controller"],
                ["按设计就没有记录：请求没有到达任何控制器"]
            )
        }
        Reason::LostWith { process, stage } => {
            let how = loss_stage(language, stage);
            compose!(language, ["lost with ", process, ": ", how], ["随", process, "的崩溃而丢失：", how])
        }
        Reason::Lost => compose!(language, ["the record was never written"], ["记录始终没有写入"]),
        Reason::NeverExisted => compose!(language, ["no activation of this run ever had this id"], ["这次运行里从来没有过这个 ID"]),
    }
}

/// What keeps the answer back that would show a record.
fn unanswered(language: Language, obstacle: Obstacle) -> String {
    let node = |node| super::node_name(language, node);
    match obstacle {
        Obstacle::Down(down) => {
            let down = node(down);
            compose!(language, ["the store has it, but ", &down, " is down"], ["存储里有它，但", &down, "停了"])
        }
        Obstacle::Link { from, to } => {
            let (from, to) = (node(from), node(to));
            compose!(
                language,
                ["the store has it, but the link from ", &from, " to ", &to, " is broken"],
                ["存储里有它，但从", &from, "到", &to, "的链路坏了"],
            )
        }
        Obstacle::Subject => compose!(
            language,
            ["the store has it, but the controller does not know who asks, and CouchDB is down"],
            ["存储里有它，但控制器不知道是谁在问，而 CouchDB 停了"],
        ),
    }
}
