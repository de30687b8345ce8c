use super::super::{Language, bytes, span, typeset};
use super::names::Names;
use super::values::{
    ack_name, design_document, http_status, invoker_state, process_name, removal_reason, request_name, status_name, store_name,
};
use crate::cluster::place::{ContainerId, ControllerId, InvokerId, Process, StoreKind};
use crate::cluster::step::{AckKind, ContainerStart, QueryKind, QueryOutcome, RateLimit, RequestKind, StepKind};

const ZH: Language = Language::Chinese;

/// The sentence of a step, with the spaces that [`typeset`] puts around Latin words.
pub(super) fn sentence(kind: &StepKind, names: &Names) -> String {
    typeset(&unspaced(kind, names))
}

fn unspaced(kind: &StepKind, names: &Names) -> String {
    use StepKind as K;
    let activation = || names.with_id("激活", "这次激活");
    let record = || names.with_id("激活记录", "这条激活记录");
    let action = names.action_or("该 action");
    match *kind {
        K::RequestSent { controller: ControllerId(c), request } => wish(c, request, names),
        K::RequestReceived { controller: ControllerId(c), request } => received(c, request, names),
        K::RequestThrottled { controller: ControllerId(c), limit, count, allowed } => {
            let what = match limit {
                RateLimit::PerMinute => "最近一分钟的请求太多",
                RateLimit::Concurrent => "并发请求太多",
            };
            format!("控制器 {c} 拒绝了请求：{what}（当前 {count}，上限 {allowed}）。它返回 429，不会产生激活记录。")
        }
        K::NoInvokerAvailable { controller: ControllerId(c) } => {
            format!("控制器 {c} 找不到可用的 invoker：invoker 要发过 ping 并通过健康测试才算可用。它返回 503，不会产生激活记录。")
        }
        K::AnswerSent { controller: ControllerId(c), status, .. } => answer_sent(c, status),
        K::AnswerReceived { status } => format!("wsk 收到 {}。", with_meaning(status)),

        K::ActivationScheduled { controller: ControllerId(c), invoker: InvokerId(i), hash, home: InvokerId(home), step, looked_at } => {
            format!(
                "控制器 {c} 为{}选定 invoker {i}。命名空间与 action 的哈希值 {hash} 决定了 home invoker 为 {home}、步长为 {step}。共看了 {looked_at} 个 invoker。",
                activation()
            )
        }
        K::SystemOverloaded { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("所有可用的 invoker 都满了。控制器 {c} 随机挑中 invoker {i}，让它超额承载。")
        }
        K::ActivationPosted { controller: ControllerId(c), topic } => {
            format!("控制器 {c} 把{}投递到 topic {topic}。此刻任何存储里都还没有它的记录。", activation())
        }
        K::ActivationMessageAccepted { controller: ControllerId(c), topic } => {
            format!("Kafka 告诉控制器 {c}：消息已写入 topic {topic}。非阻塞调用只等到这一步。")
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: true } => {
            format!("控制器 {c} 收到结果 ack，里面是除日志外完整的{}。不必查询存储就能应答。", record())
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: false } => {
            format!("控制器 {c} 收到的结果 ack 只带着{}的 ID。要拿到结果，还得去查它的存储。", activation())
        }
        K::CompletionAckReceived { controller: ControllerId(c), invoker: InvokerId(i), released_mb } => {
            format!("控制器 {c} 得知{}已完成，释放 invoker {i} 上的 {released_mb} MB 槽位。", activation())
        }
        K::HealthAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("控制器 {c} 收到 invoker {i} 上健康测试的 ack。")
        }
        K::LateAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("invoker {i} 为{}发来 ack 时，槽位早已释放。控制器 {c} 只记一次数。", activation())
        }
        K::CompletionAckForced { controller: ControllerId(c), invoker: InvokerId(i), waited } => {
            format!(
                "等了 {}，仍没有{}的完成 ack。控制器 {c} 强制释放 invoker {i} 上的槽位，但不会因此写入记录。",
                span(ZH, waited),
                activation()
            )
        }

        K::PollMissed { controller: ControllerId(c), query, next_in } => {
            let next = match next_in {
                Some(next) => format!("下一次在 {} 后。", span(ZH, next)),
                None => "这类轮询到此为止。".to_owned(),
            };
            format!("控制器 {c} 的{}没有在它的存储里找到{}。{next}", poll(query), record())
        }
        K::PollFound { controller: ControllerId(c), query } => {
            format!("控制器 {c} 的{}找到了{}。阻塞调用可以应答了，只是不带日志。", poll(query), record())
        }
        K::BlockingWaitEnded { controller: ControllerId(c), waited } => {
            format!("等了 {}，控制器 {c} 不再等待{}，只返回它的 ID。激活本身继续进行。", span(ZH, waited), activation())
        }

        K::MessageAppended { topic, offset } => format!("Kafka 把消息追加到 topic {topic}，偏移量为 {offset}。"),
        K::MessagesDelivered { topic, consumer, first, count } => {
            format!("Kafka 把 topic {topic} 中{}交给{}。", messages(first, count), process_name(ZH, consumer))
        }
        K::MessagesPeeked { topic, consumer, first, count } => {
            format!("{} 取到 topic {topic} 中{}。", process_name(ZH, consumer), messages(first, count))
        }
        K::OffsetCommitted { topic, consumer, offset } => {
            let who = process_name(ZH, consumer);
            match consumer {
                Process::Invoker(_) => {
                    format!("{who} 先提交 topic {topic} 的偏移量 {offset}，然后才运行。如果它此刻崩溃，Kafka 不会再次投递这条消息。")
                }
                Process::Controller(_) => format!("{who} 提交 topic {topic} 的偏移量 {offset}。"),
            }
        }

        K::RunBuffered { invoker: InvokerId(i), waiting } => {
            format!("invoker {i} 没有空间运行{}，先放进缓冲队列，队列里现有 {waiting} 个。", activation())
        }
        K::ContainerAssigned { invoker: InvokerId(i), container: ContainerId(n), start } => {
            let how = match start {
                ContainerStart::Warm => "热启动：它运行过这个 action，不用启动，也不用初始化",
                ContainerStart::Prewarmed => "预热启动：容器已在运行，只差加载代码",
                ContainerStart::Cold => "冷启动：先启动容器，再加载代码",
                ContainerStart::Recreated => "冷启动：移除了一个空闲容器才腾出空间",
                ContainerStart::RecreatedPrewarm => "预热启动：移除了一个空闲容器才腾出空间",
            };
            format!("invoker {i} 把{}交给容器 {n}，{how}。", activation())
        }
        K::ContainerCreated { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 上的容器 {n} 已启动，里面还没有代码。")
        }
        K::PrewarmStarted { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 提前启动容器 {n}，留作预热容器。")
        }
        K::PrewarmReady { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 上的预热容器 {n} 已就绪：运行时已启动，只等代码。")
        }
        K::ContainerResumed { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 为{}恢复已暂停的容器 {n}。", activation())
        }
        K::InitStarted { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 上的容器 {n} 加载{}的代码（/init）。", action)
        }
        K::InitEnded { invoker: InvokerId(i), container: ContainerId(n), took } => {
            format!("invoker {i} 上的容器 {n} 用 {} 加载完代码。记录里会写上 initTime，wsk 因此把这次启动显示为 cold。", span(ZH, took))
        }
        K::RunStarted { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 上的容器 {n} 运行{}（/run）。", action)
        }
        K::RunEnded { invoker: InvokerId(i), took, status, timed_out, .. } => {
            let (took, status) = (span(ZH, took), status_name(ZH, status));
            let how = if timed_out { format!("运行 {took} 后达到时限，被终止") } else { format!("运行 {took} 后结束") };
            format!("{}{how}：{status}。它的激活记录此刻只存在于 invoker {i} 的内存里。", action)
        }
        K::LogsCollected { invoker: InvokerId(i), lines, .. } => {
            format!("invoker {i} 为{}收集到 {lines} 行日志。到这里，激活记录才算完整。", activation())
        }
        K::LogCollectionFailed { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 没能收集到容器 {n} 的日志。激活记录照样会写入，只是日志换成一行失败说明。")
        }
        K::AckSent { invoker: InvokerId(i), ack, whole, topic } => {
            let why = match ack {
                AckKind::Result if whole => "它带着除日志外的完整记录，日志这时还没有收集。",
                AckKind::Result => "它只带着 ID。",
                AckKind::Completion => "它用来释放负载均衡器的槽位，与记录是否入库无关。",
                AckKind::Combined if whole => "它既带着记录，又释放槽位。",
                AckKind::Combined => "它既带着 ID，又释放槽位。",
            };
            format!("invoker {i} 把{}的{}发到 topic {topic}。{why}", activation(), ack_name(ZH, ack))
        }
        K::AckTooLarge { invoker: InvokerId(i), bytes: size, limit } => {
            format!("{}的 ack 有 {}，超过了 Kafka 允许的 {}。invoker {i} 改发只带 ID 的 ack。", activation(), bytes(size), bytes(limit))
        }
        K::ContainerFreed { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 上的容器 {n} 空闲了，可以接下一次运行。它不等存储写完。")
        }
        K::ContainerPausing { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 上的容器 {n} 空闲时间已满 pause-grace，invoker 将它暂停。")
        }
        K::ContainerPaused { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("invoker {i} 上的容器 {n} 已暂停：仍在内存里，恢复起来很快。")
        }
        K::ContainerRemoved { invoker: InvokerId(i), container: ContainerId(n), reason } => {
            format!("invoker {i} 移除容器 {n}：{}。", removal_reason(ZH, reason))
        }

        K::RecordQueued { writer, store, waiting } => {
            let queue = match waiting {
                0 => "立即发送".to_owned(),
                _ => format!("队列里有 {waiting} 条在等空闲的请求"),
            };
            format!("{} 把{}交给 {} 客户端，{queue}。没有谁会等它写完。", process_name(ZH, writer), record(), store_name(store))
        }
        K::BatchSent { writer, store, records, in_flight } => {
            let path = match store {
                StoreKind::CouchDb => "POST /whisk_local_activations/_bulk_docs",
                StoreKind::Elasticsearch => "POST /_bulk",
            };
            let (writer, store) = (process_name(ZH, writer), store_name(store));
            format!("{writer} 把 {records} 条记录发往它绑定的存储 {store}：{path}。共有 {in_flight} 个写请求正在进行。")
        }
        K::IndexCreated { namespace } => {
            format!("Elasticsearch 创建索引 {}：这是该命名空间的第一条记录。", names.index(namespace))
        }
        K::RecordStored { store: StoreKind::CouchDb } => {
            format!("CouchDB 里有了{}。get 立刻就能读到；list 要等视图索引更新。", record())
        }
        K::RecordStored { store: StoreKind::Elasticsearch } => {
            format!("Elasticsearch 里有了{}。下次刷新之前，get 和 list 都找不到它：两者都是搜索。", record())
        }
        K::RecordRefused { store } => {
            format!("{} 拒绝写入{}。写入方只记一行错误日志，不再重试。", store_name(store), record())
        }
        K::BatchAnswered { writer, store, records } => {
            format!("{} 得到 {} 对 {records} 条记录的写入应答。没有谁在等它。", process_name(ZH, writer), store_name(store))
        }
        K::RecordSearchable { namespace } => {
            format!("从现在起，搜索索引 {} 会返回{}。", names.index(namespace), record())
        }
        K::IndexRefreshed { namespace, records: 0 } => format!("索引 {} 刷新，没有新内容。", names.index(namespace)),
        K::IndexRefreshed { namespace, records } => {
            format!("索引 {} 刷新：又有 {records} 条记录可被搜索。", names.index(namespace))
        }
        K::ViewUpdateStarted { view, behind } => {
            format!("因为有查询来过，CouchDB 开始更新 {} 的索引，它落后 {behind} 条记录。", design_document(view))
        }
        K::ViewUpdated { view, records } => {
            format!("{} 的索引收录了 {records} 条记录，下一次查询就会返回它们。", design_document(view))
        }

        K::QuerySent { controller: ControllerId(c), store, query } => query_sent(c, store, query, names),
        K::QueryAnswered { controller: ControllerId(c), store, query, outcome } => query_answered(c, store, query, outcome, names),

        K::ProcessStarted { process, store } => {
            format!("{} 启动。配置把它绑定到 {}，直到进程结束都不会变。", process_name(ZH, process), store_name(store))
        }
        K::PingSent { invoker: InvokerId(i) } => format!("invoker {i} 向 topic health 发出 ping，每秒一次。"),
        K::PingReceived { controller: ControllerId(c), invoker: InvokerId(i) } => format!("控制器 {c} 收到 invoker {i} 的 ping。"),
        K::InvokerRegistered { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("控制器 {c} 第一次得知 invoker {i}。健康测试成功之前，不会给它派活。")
        }
        K::InvokerStateChanged { controller: ControllerId(c), invoker: InvokerId(i), from, to } => {
            let so = if to.is_usable() { "可以给它派活了" } else { "暂不给它派活" };
            format!("在控制器 {c} 看来，invoker {i} 由{}变为{}，{so}。", invoker_state(ZH, from), invoker_state(ZH, to))
        }
        K::HealthTestSent { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("控制器 {c} 用 whisk.system 里的一次激活测试 invoker {i}。它和别的激活一样运行、一样入库。")
        }
    }
}

fn wish(controller: u8, request: RequestKind, names: &Names) -> String {
    let action = names.action_or("一个 action");
    let activation = || names.with_id("激活", "某次激活");
    match request {
        RequestKind::InvokeNonBlocking => format!("wsk 请控制器 {controller} 调用{action}，只等一个激活 ID。"),
        RequestKind::InvokeBlocking => format!("wsk 请控制器 {controller} 调用{action}，并等到运行结束。"),
        RequestKind::InvokeResult => format!("wsk 请控制器 {controller} 调用{action}，只等它的结果。"),
        RequestKind::List => format!("wsk 向控制器 {controller} 要激活列表。wsk 自己从不访问数据库。"),
        RequestKind::Get => format!("wsk 向控制器 {controller} 要{}的记录。wsk 自己从不访问数据库。", activation()),
        RequestKind::Result => format!("wsk 向控制器 {controller} 要{}的结果。", activation()),
        RequestKind::Logs => format!("wsk 向控制器 {controller} 要{}的日志。", activation()),
    }
}

fn received(controller: u8, request: RequestKind, names: &Names) -> String {
    match request {
        RequestKind::InvokeNonBlocking | RequestKind::InvokeBlocking | RequestKind::InvokeResult => {
            format!("控制器 {controller} 收到调用{}的请求。这一步与任何存储无关。", names.action_or("一个 action"))
        }
        RequestKind::List | RequestKind::Get | RequestKind::Result | RequestKind::Logs => {
            format!("控制器 {controller} 收到 {} 的请求，去查它绑定的那一个存储。", request_name(ZH, request))
        }
    }
}

fn answer_sent(controller: u8, status: u16) -> String {
    let more = match status {
        202 => "ID 只是一个承诺，还不是记录。",
        404 => "单凭 404，分不清记录是来晚了，还是从未有过。",
        _ => "",
    };
    format!("控制器 {controller} 返回 {}。{more}", with_meaning(status))
}

fn with_meaning(status: u16) -> String {
    let meaning = http_status(ZH, status);
    if meaning.is_empty() { status.to_string() } else { format!("{status}：{meaning}") }
}

fn query_sent(controller: u8, store: StoreKind, query: QueryKind, names: &Names) -> String {
    let record = names.with_id("激活记录", "这条激活记录");
    let who = match query {
        QueryKind::Get | QueryKind::List => format!("控制器 {controller}"),
        QueryKind::QuickPoll | QueryKind::SlowPoll => format!("控制器 {controller} 的{}", poll(query)),
    };
    match (query, store) {
        (QueryKind::List, StoreKind::CouchDb) => {
            format!("{who}以 stale=update_after 查询视图：先按索引的现状返回，之后才更新索引。")
        }
        (QueryKind::List, StoreKind::Elasticsearch) => format!("{who}在 Elasticsearch 里搜索最新的激活记录。"),
        (_, StoreKind::CouchDb) => format!("{who}按主键从 CouchDB 读取{record}，不经过视图。"),
        (_, StoreKind::Elasticsearch) => format!("{who}在 Elasticsearch 里按 _id 搜索{record}。在这里，get 也是搜索。"),
    }
}

fn query_answered(controller: u8, store: StoreKind, query: QueryKind, outcome: QueryOutcome, names: &Names) -> String {
    let record = names.with_id("激活记录", "这条激活记录");
    let name = store_name(store);
    match outcome {
        QueryOutcome::Found => format!("{name} 把{record}返回给控制器 {controller}。"),
        QueryOutcome::NotFound => match store {
            StoreKind::CouchDb => format!("CouchDB 告诉控制器 {controller}：里面没有{record}。"),
            StoreKind::Elasticsearch => format!("控制器 {controller} 的搜索没有返回{record}。"),
        },
        QueryOutcome::Rows { rows, unseen } => {
            let late = match (unseen, store) {
                (0, _) => String::new(),
                (_, StoreKind::CouchDb) => format!("它还存有 {unseen} 条记录，视图索引尚未收录。"),
                (_, StoreKind::Elasticsearch) => format!("它还存有 {unseen} 条记录，要等刷新。"),
            };
            format!("{name} 返回 {rows} 行给控制器 {controller}。{late}")
        }
        QueryOutcome::IndexMissing => {
            let answer = if matches!(query, QueryKind::List) {
                "对 list，控制器会返回 500。"
            } else {
                "对 get，控制器当作找不到。"
            };
            format!("Elasticsearch 里没有这个索引：从来没有写入过。{answer}")
        }
    }
}

const fn poll(query: QueryKind) -> &'static str {
    match query {
        QueryKind::QuickPoll => "快速轮询",
        QueryKind::SlowPoll => "慢速轮询",
        QueryKind::Get | QueryKind::List => "查询",
    }
}

fn messages(first: u64, count: u32) -> String {
    if count == 1 { format!("偏移量 {first} 处的消息") } else { format!("从偏移量 {first} 起的 {count} 条消息") }
}
