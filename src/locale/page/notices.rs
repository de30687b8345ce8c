use super::super::Language;
use super::super::wording::compose;
use super::super::words::words;
use crate::cluster::place::StoreKind;
use crate::cluster::{Failure, NameFault, Refused};

words! {
    /// Short messages that can be dismissed.
    Notice {
        Dismiss: "Dismiss", "知道了";
        Error: "Error", "错误";
        RunRestored: "The earlier run is back.", "已找回之前的运行。";
        NothingToUndo: "There is nothing to undo.", "没有可撤销的命令。";
    }

    /// Why a value in a link is ignored.
    LinkValue {
        UnknownLesson: "there is no such lesson", "没有这门课程";
        BadLessonName: "a lesson’s name has letters, digits and hyphens only", "课程名只能有字母、数字和连字符";
        UnknownStore: "it must be couchdb or elasticsearch", "只能是 couchdb 或 elasticsearch";
        UnknownLanguage: "it must be en or zh", "只能是 en 或 zh";
        BadTime: "a time is a number of milliseconds with at most three decimals", "时间是毫秒数，最多三位小数";
        TimePastDay: "a run is at most a day long", "一次运行最长一天";
    }
}

/// A value of a link that makes no sense: which one, what it was, and why it is ignored.
pub fn link_value_ignored(language: Language, name: &str, value: &str, why: LinkValue) -> String {
    let why = language.say(why);
    compose!(
        language,
        ["The link’s ", name, "=“", value, "” is ignored: ", why, "."],
        ["链接里的 ", name, "=“", value, "”已忽略：", why, "。"]
    )
}

/// Why a configuration, a command or a lesson is refused: the name, the value, and what it must be.
pub fn refused(language: Language, refused: &Refused) -> String {
    match refused {
        Refused::OutOfRange { name, value, min, max } => out_of_range(language, name, *value, *min, *max),
        Refused::EmptyRange { name, min, max } => compose!(
            language,
            [name, " has its least value ", *min, " above its greatest ", *max, "."],
            [name, " 的最小值 ", *min, " 大于最大值 ", *max, "。"],
        ),
        Refused::BadName { name, value, fault } => {
            let fault = name_fault(language, *fault);
            compose!(language, [name, " is “", value, "”: ", fault, "."], [name, " 的值“", value, "”不合要求：", fault, "。"])
        }
        Refused::Unknown { name, value } => compose!(
            language,
            [name, " names “", value, "”, which the configuration does not have."],
            [name, " 指向“", value, "”，而配置里没有它。"],
        ),
        Refused::NoSuchLink { name, from, to } => compose!(
            language,
            [name, ": nothing is ever sent from ", from, " to ", to, "."],
            [name, "：从 ", from, " 到 ", to, " 从来不会发送任何东西。"],
        ),
        Refused::WrongEffect { name, effect } => {
            compose!(language, [name, ": ", effect, " makes no sense on this link."], [name, "：", effect, " 用在这条链路上没有意义。"])
        }
        Refused::Malformed { name, problem } => {
            compose!(language, [name, " cannot be read: ", problem, "."], [name, " 无法读取：", problem, "。"])
        }
    }
}

/// What is wrong with a name, as a part of a sentence.
pub fn name_fault(language: Language, fault: NameFault) -> &'static str {
    let [english, chinese] = match fault {
        NameFault::Twice => ["it is there twice", "它出现了两次"],
        NameFault::Missing => {
            ["it is missing; a cluster has guest and whisk.system at least", "缺少这个命名空间，集群里至少要有 guest 和 whisk.system"]
        }
        NameFault::Length => ["a name has 1 to 64 characters", "名称的长度是 1 到 64 个字符"],
        NameFault::Letters => ["a name has letters, digits and the signs _-.@ only", "名称只能由字母、数字和 _-.@ 这几个符号组成"],
        NameFault::Cycle => ["a sequence may not refer to itself", "sequence 不能引用自身"],
        NameFault::Beginning => ["a name begins with a letter, a digit or _", "名称必须以字母、数字或 _ 开头"],
    };
    match language {
        Language::English => english,
        Language::Chinese => chinese,
    }
}

/// A value outside its range: its name, the value and the range.
pub fn out_of_range(language: Language, name: &str, value: u64, min: u64, max: u64) -> String {
    compose!(
        language,
        [name, " is ", value, ", but must be from ", min, " to ", max, "."],
        [name, " 的值是 ", value, "，必须在 ", min, " 到 ", max, " 之间。"],
    )
}

/// Something typed where a whole number belongs: the field, what was typed and the range.
pub fn not_a_number(language: Language, name: &str, typed: &str, min: u64, max: u64) -> String {
    compose!(
        language,
        [name, " is “", typed, "”, but must be a whole number from ", min, " to ", max, "."],
        [name, " 填的是“", typed, "”，必须是 ", min, " 到 ", max, " 之间的整数。"],
    )
}

/// What the status region says after the switch: which store, and what has stayed.
pub fn switched_to(language: Language, store: StoreKind) -> String {
    compose!(language, [store, " from the start: same seed, same commands."], ["从一开始就使用 ", store, "：种子和命令都不变。"])
}

/// What a failed request comes to: the status, and what it means for the record.
pub fn failed(language: Language, failure: Failure) -> String {
    match failure {
        Failure::NotFound => compose!(
            language,
            ["404: the controller’s store returned no such record. It may be late, in the other store, or never written."],
            ["404：控制器的存储没有返回这条记录。它可能来晚了，可能在另一个存储里，也可能从未写入。"],
        ),
        Failure::NoSuchAction => compose!(
            language,
            ["404: there is no such action any more. No activation was made."],
            ["404：这个 action 已不存在。没有产生激活。"],
        ),
        Failure::TooLarge { bytes, allowed } => compose!(
            language,
            ["413: the arguments are too large (", bytes, " bytes, allowed ", allowed, "). No activation was made."],
            ["413：参数太大（", bytes, " 字节，上限 ", allowed, " 字节）。没有产生激活。"],
        ),
        Failure::TooManyRequests { count, allowed } => compose!(
            language,
            ["429: too many requests in the last minute (count ", count, ", allowed ", allowed, "). No activation was made."],
            ["429：最近一分钟的请求太多（当前 ", count, "，上限 ", allowed, "）。没有产生激活。"],
        ),
        Failure::TooManyConcurrent { count, allowed } => compose!(
            language,
            ["429: too many concurrent requests (count ", count, ", allowed ", allowed, "). No activation was made."],
            ["429：并发请求太多（当前 ", count, "，上限 ", allowed, "）。没有产生激活。"],
        ),
        Failure::NoInvokers => compose!(
            language,
            ["503: no invoker is usable. After the start each must first pass a health test. No activation was made."],
            ["503：没有可用的 invoker。启动之后，每个 invoker 都要先通过健康测试。没有产生激活。"],
        ),
        Failure::ConnectionRefused => compose!(
            language,
            ["No answer: the controller is down, and the connection was refused. No activation was made."],
            ["没有应答：控制器不在运行，连接被拒绝。没有产生激活。"],
        ),
        Failure::TimedOut => compose!(
            language,
            ["No answer: the client waited and gave up. Whether its request arrived it cannot tell."],
            ["没有应答：客户端等不到，放弃了。请求是否送达，它无从得知。"],
        ),
        Failure::ConnectionBroken => compose!(
            language,
            ["No answer: the controller died while the client waited. The activation may run all the same."],
            ["没有应答：客户端还在等待，控制器就崩溃了。激活可能照常运行。"],
        ),
        Failure::NoResult => compose!(
            language,
            ["500: the poll found a record that the Noop store made up, and there is no result in it."],
            ["500：轮询得到的是 Noop 存储编造的记录，里面没有结果。"],
        ),
        Failure::LogsNotAvailable => compose!(
            language,
            ["500: the record is missing, and the log store has no logs of its own. With disable-store-result off it would be 404."],
            ["500：记录不存在，日志存储里也没有单独的日志。关掉 disable-store-result 时，这里会是 404。"],
        ),
        Failure::Corrupted => compose!(
            language,
            ["500: what somebody wrote under this id in the controller’s store is no activation."],
            ["500：有人在控制器的存储里以这个 ID 写入了内容，但那不是激活记录。"],
        ),
        Failure::StoreAnswered { store, status } => compose!(
            language,
            ["500: ", store, " answered the controller with ", status, ". That says nothing about the record."],
            ["500：", store, " 给控制器的应答是 ", status, "。这说明不了记录在不在。"],
        ),
        Failure::StoreUnreachable => compose!(
            language,
            ["500: the controller could not read from its store. That says nothing about the record."],
            ["500：控制器读不了它的存储。这说明不了记录在不在。"],
        ),
        Failure::NotPosted => compose!(
            language,
            ["500: the controller could not post the activation to Kafka, and gives no id."],
            ["500：控制器没能把激活投递到 Kafka，也不给 ID。"],
        ),
        Failure::Gateway { status: 0 } => compose!(language, ["No connection to the controller."], ["连不上控制器。"]),
        Failure::Gateway { status } => compose!(
            language,
            [status, ": something between wsk and the controller answered. The controller may know nothing of it."],
            [status, "：wsk 与控制器之间有东西做了应答。控制器可能毫不知情。"],
        ),
        Failure::StoreFailed => compose!(
            language,
            ["500: the controller searched an index that does not exist yet. The first record of the namespace will create it."],
            ["500：控制器搜索的索引还不存在。该命名空间的第一条记录写入时才会创建它。"],
        ),
    }
}
