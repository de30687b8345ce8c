//! The words for the values that steps are made of.

use super::super::Language;
use crate::activation::Status;
use crate::cluster::place::StoreKind;
use crate::cluster::step::{AckKind, ContainerStart, DesignDocument, InvokerState, LossStage, RemovalReason, RequestKind, SequenceEnding};

/// The stores bear their own names in both languages.
pub const fn store_name(store: StoreKind) -> &'static str {
    match store {
        StoreKind::CouchDb => "CouchDB",
        StoreKind::Elasticsearch => "Elasticsearch",
        StoreKind::Noop => "Noop",
    }
}

pub const fn request_name(language: Language, request: RequestKind) -> &'static str {
    match request {
        RequestKind::InvokeNonBlocking => language.pick("non-blocking invoke", "非阻塞调用"),
        RequestKind::InvokeBlocking => language.pick("blocking invoke", "阻塞调用"),
        RequestKind::InvokeResult => language.pick("blocking invoke, result only", "阻塞调用，只要结果"),
        RequestKind::List => "wsk activation list",
        RequestKind::Get => "wsk activation get",
        RequestKind::Result => "wsk activation result",
        RequestKind::Logs => "wsk activation logs",
        RequestKind::DeleteAction => "wsk action delete",
        RequestKind::FireTrigger => "wsk trigger fire",
        RequestKind::Namespaces => "wsk namespace list",
        RequestKind::Ask | RequestKind::Other => "curl",
        RequestKind::Entity { verb, collection } => super::entities::command(verb, collection),
    }
}

/// Whether the caller waits for the run's end.
pub(super) const fn is_blocking(request: RequestKind) -> bool {
    matches!(request, RequestKind::InvokeBlocking | RequestKind::InvokeResult)
}

/// Whether it is answered from a store.
pub(super) const fn is_read(request: RequestKind) -> bool {
    matches!(request, RequestKind::List | RequestKind::Get | RequestKind::Result | RequestKind::Logs)
}

/// The configuration key of the store level for one kind of invocation.
pub const fn level_key(blocking: bool) -> &'static str {
    if blocking { "store-blocking-result-level" } else { "store-non-blocking-result-level" }
}

/// What was lost with a process, as a clause.
pub const fn loss_stage(language: Language, stage: LossStage) -> &'static str {
    match stage {
        LossStage::NotRun => language.pick(
            "fetched and committed, but not run, and Kafka will not deliver it again",
            "已取到并提交，但还没运行，Kafka 不会再次投递",
        ),
        LossStage::Running => language.pick("its run was not over, and Kafka will not deliver it again", "还没运行完，Kafka 不会再次投递"),
        LossStage::NotWritten => language.pick("run, but its record was only in memory", "已运行完，但记录只在内存里"),
        LossStage::Sent => {
            language.pick("the store did not take its record, and nobody sends it again", "存储没有收下它的记录，也没有谁会再发")
        }
        LossStage::NotPosted => language.pick("its message had not got to Kafka", "它的消息还没到 Kafka"),
        LossStage::InController => language.pick("it ran in the controller’s memory alone", "它只在控制器的内存里运行"),
        LossStage::InBatcher => language.pick("its record waited in the batcher", "它的记录还在批处理器里排队"),
    }
}

pub const fn container_start(language: Language, start: ContainerStart) -> &'static str {
    match start {
        ContainerStart::Warm => language.pick("warm", "热启动"),
        ContainerStart::Prewarmed => language.pick("prewarmed", "预热启动"),
        ContainerStart::Cold => language.pick("cold", "冷启动"),
        ContainerStart::Recreated => language.pick("cold, after an eviction", "驱逐后冷启动"),
    }
}

pub const fn ack_name(language: Language, ack: AckKind) -> &'static str {
    match ack {
        AckKind::Result => language.pick("result ack", "结果 ack"),
        AckKind::Completion => language.pick("completion ack", "完成 ack"),
        AckKind::Combined => language.pick("combined ack", "合并 ack"),
    }
}

pub const fn invoker_state(language: Language, state: InvokerState) -> &'static str {
    match state {
        InvokerState::Offline => language.pick("offline", "离线"),
        InvokerState::Unhealthy => language.pick("unhealthy", "不健康"),
        InvokerState::Unresponsive => language.pick("unresponsive", "无响应"),
        InvokerState::Healthy => language.pick("healthy", "健康"),
    }
}

pub const fn removal_reason(language: Language, reason: RemovalReason) -> &'static str {
    match reason {
        RemovalReason::FailedRun => language.pick("its run failed", "这次运行失败了"),
        RemovalReason::LogCollectionFailed => language.pick("its logs could not be collected", "日志没能收集到"),
        RemovalReason::Evicted => language.pick("another action needs the room", "要给另一个 action 腾出内存"),
        RemovalReason::Idle => language.pick("it was paused for too long", "暂停得太久"),
        RemovalReason::StartFailed => language.pick("it did not start", "没能启动"),
        RemovalReason::PrewarmExpired => language.pick("it waited for too long as a prewarm container", "作为预热容器等待得太久"),
    }
}

/// The `_id` of a design document, the same in every language.
pub const fn design_document(view: DesignDocument) -> &'static str {
    match view {
        DesignDocument::Activations => "_design/activations",
        DesignDocument::LogCleanup => "_design/logCleanup",
        DesignDocument::WhisksFilters => "_design/whisks-filters.v2.1.1",
        DesignDocument::Whisks => "_design/whisks.v2.1.0",
    }
}

/// How a run ended. English uses the words of the REST form.
pub const fn status_name(language: Language, status: Status) -> &'static str {
    match status {
        Status::Success => language.pick("success", "成功"),
        Status::ApplicationError => language.pick("application error", "应用错误"),
        Status::DeveloperError => language.pick("action developer error", "开发者错误"),
        Status::WhiskInternalError => language.pick("whisk internal error", "内部错误"),
    }
}

/// Why a sequence stopped, as the end of a sentence; nothing where all of it ran.
pub const fn sequence_ending(language: Language, how: SequenceEnding) -> &'static str {
    match how {
        SequenceEnding::Complete => "",
        SequenceEnding::Error => language.pick("the last result has an error, which ends it early", "最后一个结果带有 error，因此提前结束"),
        SequenceEnding::TooLong => language.pick("it has too many actions", "action 太多"),
        SequenceEnding::ComponentNotFound => language.pick("the next component does not exist", "下一个组件不存在"),
        SequenceEnding::ComponentTimedOut => language.pick("the last result did not come in time", "最后一个结果没有按时到达"),
        SequenceEnding::ComponentFailed => language.pick("the next component could not be invoked", "无法调用下一个组件"),
    }
}

/// What a controller means by an HTTP status: a clause that follows the number. Empty for a status that it never sends.
pub const fn http_status(language: Language, status: u16) -> &'static str {
    match status {
        200 => language.pick("here is what was asked for", "附上所要的内容"),
        202 => language.pick("accepted, with the activation id", "已接受，附上激活 ID"),
        204 => language.pick("done, and nothing to say", "已处理，没有内容"),
        404 => language.pick("not found", "找不到"),
        400 => language.pick("the request makes no sense", "请求不合要求"),
        403 => language.pick("not allowed for this user", "这个用户无权访问"),
        409 => language.pick("it conflicts with what is there", "与已有的内容冲突"),
        413 => language.pick("the request is too large", "请求过大"),
        429 => language.pick("too many requests", "请求过多"),
        500 => language.pick("an internal error", "内部错误"),
        502 => language.pick("the action ended with an error", "action 以错误结束"),
        503 => language.pick("no usable invoker", "没有可用的 invoker"),
        504 => language.pick("the gateway waited in vain", "网关白等了一场"),
        _ => "",
    }
}
