use super::super::wording::{Named, Wording, put};
use super::super::{Language, bytes};
use super::names::Names;
use super::values::{
    ack_name, design_document, http_status, invoker_state, is_blocking, is_read, level_key, loss_stage, removal_reason, request_name,
    sequence_ending, status_name,
};
use crate::cluster::Gate;
use crate::cluster::place::{ContainerId, ControllerId, InvokerId, Process, StoreKind, Topic};
use crate::cluster::step::{AckKind, CachedEntity, ContainerStart, QueryKind, QueryOutcome, RateLimit, RequestKind, StepKind, Whereabouts};

const ZH: Language = Language::Chinese;

pub(super) fn sentence(kind: &StepKind, names: &Names, to: &mut Wording) {
    use StepKind as K;
    let activation = &names.named("激活", "这次激活");
    let record = &names.named("激活记录", "这条激活记录");
    let action = names.action_or("该 action");
    match *kind {
        K::RequestSent { controller: ControllerId(c), request } => wish(c, request, names, to),
        K::RequestReceived { controller: ControllerId(c), request } => received(c, request, names, to),
        K::RequestThrottled { controller: ControllerId(c), limit, count, allowed } => {
            let what = match limit {
                RateLimit::PerMinute => "最近一分钟的请求太多",
                RateLimit::Concurrent => "并发请求太多",
                RateLimit::Fires => "最近一分钟触发得太频繁",
            };
            put!(to, "控制器 ", c, " 拒绝了请求：", what, "（当前 ", count, "，上限 ", allowed, "）。它返回 429，不会产生激活记录。");
        }
        K::NoInvokerAvailable { controller: ControllerId(c) } => {
            put!(to, "控制器 ", c, " 找不到可用的 invoker：invoker 要发过 ping 并通过健康测试才算可用。它返回 503，不会产生激活记录。");
        }
        K::ActionMissing { controller: ControllerId(c) } => {
            put!(to, "控制器 ", c, " 找不到", action, "：它已被删除。控制器返回 404，不会产生激活记录。");
        }
        K::EntityUnread { controller: ControllerId(c), entity } => {
            let what = if entity == CachedEntity::Subject { "用户" } else { action };
            put!(to, "控制器 ", c, " 有五分钟没读过", what, "，现在也读不到：CouchDB 停了。它返回 500，不会产生激活记录。");
        }
        K::ActionDeleted { controller: ControllerId(c) } => {
            put!(to, "控制器 ", c, " 删除了", action, "。invoker 不会得到通知：缓存里还有它的 invoker 仍能运行它。");
        }
        K::EntityWritten { .. } | K::EntityDeleted { .. } | K::EntityRefused { .. } | K::RuleSet { .. } => {
            super::entities::sentence(ZH, kind, to);
        }
        K::PayloadTooLarge { controller: ControllerId(c), bytes: size, allowed } => {
            put!(to, "参数太大：", &bytes(size.into()), "，上限 ", &bytes(allowed.into()), "。控制器 ", c, " 返回 413，不会产生激活记录。");
        }
        K::AnswerSent { controller: ControllerId(c), request, status } => {
            put!(to, "控制器 ", c, " 返回 ");
            match status {
                404 if is_read(request) => put!(to, status, "：它绑定的存储没有返回这条记录。"),
                _ => with_meaning(status, to),
            }
            match status {
                404 if !is_read(request) => {}
                204 => put!(to, "没有产生激活。"),
                202 if request == RequestKind::FireTrigger => put!(to, "这是 trigger 自己的 ID，各个 action 另有各自的 ID。"),
                202 if is_blocking(request) => put!(to, "手上没有结果，只能给 ID。"),
                200 | 502 if is_blocking(request) => put!(to, "结果来自 ack 或轮询，不含日志。"),
                202 => put!(to, "ID 只是一个承诺，还不是记录。"),
                404 => put!(to, "单凭 404，分不清记录是来晚了，还是从未有过。"),
                _ => {}
            }
        }
        K::AnswerReceived { status } => {
            put!(to, names.tool, " 收到 ");
            with_meaning(status, to);
        }

        K::ConnectionFailed { controller: ControllerId(c), refused: true } => {
            put!(to, "控制器 ", c, " 已经不在，", names.tool, " 的连接被拒绝。没有产生激活。");
        }
        K::ConnectionFailed { controller: ControllerId(c), refused: false } => {
            put!(to, names.tool, " 还在等待，控制器 ", c, " 就崩溃了，连接中断。", activation, "是否在运行，它无从得知。");
        }
        K::ActivationScheduled { controller: ControllerId(c), invoker: InvokerId(i), hash, home: InvokerId(home), step, looked_at } => {
            put!(to, "控制器 ", c, " 为", activation, "选定 invoker ", i, "。命名空间与 action 的哈希值 ", hash);
            put!(to, " 决定了 home invoker 为 ", home, "、步长为 ", step, "。共看了 ", looked_at, " 个 invoker。");
        }
        K::SystemOverloaded { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "所有可用的 invoker 都满了。控制器 ", c, " 随机挑中 invoker ", i, "，让它超额承载。");
        }
        K::ActivationPosted { controller: ControllerId(c), topic, .. } => {
            put!(to, "控制器 ", c, " 把", activation, "投递到 topic ", topic, "。此刻任何存储里都还没有它的记录。");
        }
        K::ActivationMessageAccepted { controller: ControllerId(c), topic } => {
            put!(to, "Kafka 告诉控制器 ", c, "：消息已写入 topic ", topic, "。非阻塞调用只等到这一步。");
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: true } => {
            put!(to, "控制器 ", c, " 收到结果 ack，里面是除日志外完整的", record, "。不必查询存储就能应答。");
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: false } => {
            put!(to, "控制器 ", c, " 收到的结果 ack 只带着", activation, "的 ID。要拿到结果，还得去查它的存储。");
        }
        K::CompletionAckReceived { controller: ControllerId(c), invoker: InvokerId(i), released_mb } => {
            put!(to, "控制器 ", c, " 得知", activation, "已完成，释放 invoker ", i, " 上的 ", released_mb, " MB 槽位。");
        }
        K::HealthAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "控制器 ", c, " 收到 invoker ", i, " 上健康测试的 ack。");
        }
        K::LateAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "invoker ", i, " 为", activation, "发来 ack 时，槽位早已释放。控制器 ", c, " 只记一次数。");
        }
        K::CompletionAckForced { controller: ControllerId(c), invoker: InvokerId(i), waited } => {
            put!(to, "等了 ", waited, "，仍没有", activation, "的完成 ack。控制器 ", c, " 强制释放 invoker ", i);
            put!(to, " 上的槽位，但不会因此写入记录。");
        }

        K::SequenceStarted { controller: ControllerId(c), components } => {
            put!(to, "控制器 ", c, " 亲自开始 sequence ", action, " 的", activation, "：没有消息，也没有 invoker 参与。");
            put!(to, "它会逐个调用 ", components, " 个组件。");
        }
        K::ComponentInvoked { controller: ControllerId(c), place, of } => {
            put!(to, "控制器 ", c, " 以阻塞方式调用第 ", place, " 个组件（共 ", of, " 个）", action, "。");
            put!(to, "它的记录会把这个 sequence 写作 cause。");
        }
        K::SequenceEnded { controller: ControllerId(c), ran, status, how } => {
            put!(to, "sequence 运行了 ", ran, " 个组件后结束：", status_name(ZH, status), "。");
            let why = sequence_ending(ZH, how);
            if !why.is_empty() {
                put!(to, "原因：", why, "。");
            }
            put!(to, "控制器 ", c, " 生成 sequence 的记录并亲自写入，日志就是各组件的激活 ID。");
        }
        K::TriggerFired { controller: ControllerId(c), rules } => {
            put!(
                to,
                "控制器 ",
                c,
                " 触发 trigger ",
                action,
                "，它有 ",
                rules,
                " 条启用的规则。trigger 的记录要等它们全部应答；规则没有记录。"
            );
        }
        K::TriggerWithoutRule { controller: ControllerId(c) } => {
            put!(to, "trigger ", action, " 没有启用的规则。控制器 ", c, " 不产生激活：没有 ID，也没有记录。");
        }
        K::RulePosted { controller: ControllerId(c), rule } => {
            put!(to, "为 ", action, " 的第 ", rule, " 条规则，控制器 ", c, " 向自己发出 HTTP 请求，调用规则指定的 action。");
            put!(to, "那次激活不会写 cause。");
        }
        K::RuleAnswered { controller: ControllerId(c), rule, status } => {
            put!(to, "控制器 ", c, " 收到自己对 ", action, " 第 ", rule, " 条规则的应答：", status, "。");
        }
        K::TriggerRecorded { controller: ControllerId(c), rules } => {
            put!(
                to,
                action,
                " 的规则都有了应答。控制器 ",
                c,
                " 补全 trigger 的记录：",
                rules,
                " 行，每条规则一行，没有结束时间，也没有注解。"
            );
        }

        K::PollMissed { controller: ControllerId(c), query, next_in } => {
            put!(to, "控制器 ", c, " 的", poll(query), "没有在它的存储里找到", record, "。");
            match next_in {
                Some(next) => put!(to, "下一次在 ", next, " 后。"),
                None => put!(to, "这类轮询到此为止。"),
            }
        }
        K::PollFound { controller: ControllerId(c), query } => {
            put!(to, "控制器 ", c, " 的", poll(query), "找到了", record, "。阻塞调用可以应答了，只是不带日志。");
        }
        K::BlockingWaitEnded { controller: ControllerId(c), waited } => {
            put!(to, "等了 ", waited, "，控制器 ", c, " 不再等待", activation, "，只返回它的 ID。激活本身继续进行。");
        }

        K::MessageAppended { topic, offset, .. } => put!(to, "Kafka 把消息追加到 topic ", topic, "，偏移量为 ", offset, "。"),
        K::MessagesDelivered { topic, consumer, first, count } => {
            put!(to, "Kafka 把 ");
            messages(topic, first, count, to);
            put!(to, "交给", consumer, "。");
        }
        K::MessagesPeeked { topic, consumer, first, count } => {
            put!(to, consumer, " 取到 ");
            messages(topic, first, count, to);
            put!(to, "。");
        }
        K::OffsetCommitted { topic, consumer, offset } => {
            let (how, so) = match consumer {
                Process::Invoker(_) => (" 先提交 topic ", "，然后才运行。如果它此刻崩溃，Kafka 不会再次投递这条消息。"),
                Process::Controller(_) => (" 提交 topic ", "。"),
            };
            put!(to, consumer, how, topic, " 的偏移量 ", offset, so);
        }

        K::MessageUnparsable { invoker: InvokerId(i) } => {
            put!(to, "invoker ", i, " 无法解析", activation, "的消息，直接丢弃：没有 ack，也没有记录。等它的人只能等到超时。");
        }
        K::NamespaceBlacklisted { invoker: InvokerId(i) } => {
            put!(to, activation, "所属的命名空间在黑名单上。invoker ", i, " 什么也不运行，并且有意不写记录。");
        }
        K::ActionGone { invoker: InvokerId(i) } => {
            put!(to, "invoker ", i, " 的缓存和数据库里都没有", action, "。");
            put!(to, "它照样生成一条记录：应用错误，kind 为 unknown，时长 0 毫秒。");
        }
        K::ActionUnread { invoker: InvokerId(i) } => {
            put!(to, "invoker ", i, " 的缓存里没有", action, "的代码，而 CouchDB 停了。");
            put!(to, "它照样生成一条记录：OpenWhisk 自身的错误，kind 为 unknown，时长 0 毫秒。");
        }
        K::RunBuffered { invoker: InvokerId(i), waiting } => {
            put!(to, "invoker ", i, " 没有空间运行", activation, "，先放进缓冲队列，队列里现有 ", waiting, " 个。");
        }
        K::ContainerAssigned { invoker: InvokerId(i), container: ContainerId(n), start } => {
            let how = match start {
                ContainerStart::Warm => "，热启动：它运行过这个 action，不用启动，也不用初始化。",
                ContainerStart::Prewarmed => "，预热启动：容器已在运行，只差加载代码。",
                ContainerStart::Cold => "，冷启动：先启动容器，再加载代码。",
                ContainerStart::Recreated => "，冷启动：移除了一个空闲容器才腾出空间。",
            };
            put!(to, "invoker ", i, " 把", activation, "交给容器 ", n, how);
        }
        K::ContainerStarting { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "invoker ", i, " 为", activation, "启动容器 ", n, "。");
        }
        K::ContainerCreated { invoker, container } => {
            on("容器 ", container, invoker, to);
            put!(to, "已启动，里面还没有代码。");
        }
        K::ContainerFailed { invoker, container } => {
            on("容器 ", container, invoker, to);
            put!(to, "没能启动。invoker 照样生成一条记录：内部错误，时长 0 毫秒。");
        }
        K::PrewarmStarted { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "invoker ", i, " 提前启动容器 ", n, "，留作预热容器。");
        }
        K::PrewarmReady { invoker, container } => {
            on("预热容器 ", container, invoker, to);
            put!(to, "已就绪：运行时已启动，只等代码。");
        }
        K::ContainerResumed { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "invoker ", i, " 为", activation, "恢复已暂停的容器 ", n, "。");
        }
        K::InitStarted { invoker, container } => {
            on("容器 ", container, invoker, to);
            put!(to, "加载", action, "的代码（/init）。");
        }
        K::InitEnded { invoker, container, took } => {
            on("容器 ", container, invoker, to);
            put!(to, "用 ", took, " 加载完代码。记录里会写上 initTime，wsk 因此把这次启动显示为 cold。");
        }
        K::RunStarted { invoker, container } => {
            on("容器 ", container, invoker, to);
            put!(to, "运行", action, "（/run）。");
        }
        K::RunEnded { invoker: InvokerId(i), took, status, timed_out, .. } => {
            let how = if timed_out { " 后达到时限，被终止：" } else { " 后结束：" };
            put!(to, action, "运行 ", took, how, status_name(ZH, status), "。它的激活记录此刻只存在于 invoker ", i, " 的内存里。");
        }
        K::LogsCollected { invoker: InvokerId(i), lines, .. } => {
            put!(to, "invoker ", i, " 为", activation, "收集到 ", lines, " 行日志。到这里，激活记录才算完整。");
        }
        K::LogCollectionFailed { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "invoker ", i, " 没能收集到容器 ", n, " 的日志。激活记录照样会写入，只是日志换成一行失败说明。");
        }
        K::AckSent { invoker: InvokerId(i), ack, whole, topic, .. } => {
            let why = match ack {
                AckKind::Result if whole => "。它带着除日志外的完整记录，日志这时还没有收集。",
                AckKind::Result => "。它只带着 ID。",
                AckKind::Completion => "。它用来释放负载均衡器的槽位，与记录是否入库无关。",
                AckKind::Combined if whole => "。它既带着记录，又释放槽位。",
                AckKind::Combined => "。它既带着 ID，又释放槽位。",
            };
            put!(to, "invoker ", i, " 把", activation, "的", ack_name(ZH, ack), "发到 topic ", topic, why);
        }
        K::AckTooLarge { invoker: InvokerId(i), bytes: size, limit } => {
            put!(to, activation, "的 ack 有 ", &bytes(size), "，超过了 Kafka 允许的 ", &bytes(limit), "。");
            put!(to, "invoker ", i, " 改发只带 ID 的 ack。");
        }
        K::ContainerFreed { invoker, container } => {
            on("容器 ", container, invoker, to);
            put!(to, "空闲了，可以接下一次运行。它不等存储写完。");
        }
        K::ContainerPausing { invoker, container } => {
            on("容器 ", container, invoker, to);
            put!(to, "空闲时间已满 pause-grace，invoker 将它暂停。");
        }
        K::ContainerPaused { invoker, container } => {
            on("容器 ", container, invoker, to);
            put!(to, "已暂停：仍在内存里，恢复起来很快。");
        }
        K::ContainerRemoved { invoker: InvokerId(i), container: ContainerId(n), reason } => {
            put!(to, "invoker ", i, " 移除容器 ", n, "：", removal_reason(ZH, reason), "。");
        }

        K::RecordSkipped { writer, gate, logged } => {
            match gate {
                Gate::Namespace => {
                    put!(to, writer, " 不写入", record, "：所属命名空间的 storeActivations 为 false，任何请求头都改变不了。");
                }
                Gate::Level { level, blocking } => {
                    put!(to, writer, " 不写入", record, "：", level_key(blocking), " 为 ", level.code(), "，不收这种结局的记录。");
                }
            }
            put!(to, if logged { "它只在日志里记一行。" } else { "不会通知任何人，日志里也没有。" });
        }
        K::RecordDiscarded { writer } => {
            put!(to, writer, " 绑定的是 Noop 存储：它报告写入成功，却把", record, "直接丢弃。任何存储里都不会有它。");
        }
        K::RecordQueued { writer, store, waiting } => {
            put!(to, writer, " 把", record, "交给 ", store, " 客户端，");
            match waiting {
                0 => put!(to, "立即发送"),
                _ => put!(to, "队列里有 ", waiting, " 条在等空闲的请求"),
            }
            put!(to, "。没有谁会等它写完。");
        }
        K::BatchSent { writer, store, records, in_flight } => {
            let path = match store {
                StoreKind::CouchDb => "：POST /whisk_local_activations/_bulk_docs。共有 ",
                StoreKind::Elasticsearch => "：POST /_bulk。共有 ",
                StoreKind::Noop => "。共有 ",
            };
            put!(to, writer, " 把 ", records, " 条记录发往它绑定的存储 ", store, path, in_flight, " 个写请求正在进行。");
        }
        K::IndexCreated { namespace } => {
            put!(to, "Elasticsearch 创建索引 ", &names.index(namespace), "：这是该命名空间的第一条记录。");
        }
        K::RecordStored { store: StoreKind::CouchDb } => {
            put!(to, "CouchDB 里有了", record, "。get 立刻就能读到；list 要等视图索引更新。");
        }
        K::RecordStored { store: StoreKind::Elasticsearch } => {
            put!(to, "Elasticsearch 里有了", record, "。下次刷新之前，get 和 list 都找不到它：两者都是搜索。");
        }
        K::RecordStored { store: StoreKind::Noop } => {}
        K::RecordRefused { store, heard: false, .. } => put!(to, store, " 拒绝写入", record, "。写入方已经不在，收不到应答。"),
        K::RecordRefused { store, whereabouts: Whereabouts::InStore, heard: true } => {
            put!(to, store, " 拒绝再次写入", record, "，但里面已经有它。写入方只记一行错误日志，不再重试。");
        }
        K::RecordRefused { store, whereabouts: Whereabouts::OnItsWay, heard: true } => {
            put!(to, store, " 拒绝写入", record, "。写入方记一行错误日志，但先前的一次发送还在路上。");
        }
        K::RecordRefused { store, whereabouts: Whereabouts::Nowhere, heard: true } => {
            put!(to, store, " 拒绝写入", record, "。写入方只记一行错误日志，不再重试。")
        }
        K::BatchAnswered { writer, store, records } => {
            put!(to, writer, " 得到 ", store, " 对 ", records, " 条记录的写入应答。没有谁在等它。");
        }
        K::RecordSearchable { namespace } => put!(to, "从现在起，搜索索引 ", &names.index(namespace), " 会返回", record, "。"),
        K::IndexRefreshed { namespace, records } => {
            put!(to, "索引 ", &names.index(namespace), " 刷新");
            match records {
                0 => put!(to, "，没有新内容。"),
                _ => put!(to, "：又有 ", records, " 条记录可被搜索。"),
            }
        }
        K::ViewUpdateStarted { view, behind } => {
            put!(to, "因为有查询来过，CouchDB 开始更新 ", design_document(view), " 的索引，它落后 ", behind, " 条记录。");
        }
        K::ViewUpdated { view, records } => {
            put!(to, design_document(view), " 的索引收录了 ", records, " 条记录，下一次查询就会返回它们。");
        }

        K::QuerySent { controller: ControllerId(c), store, query } => query_sent(c, store, query, record, to),
        K::QueryAnswered { controller: ControllerId(c), store, query, outcome } => query_answered(c, store, query, outcome, record, to),

        K::NoopAnswered { controller: ControllerId(c), query: QueryKind::List } => {
            put!(to, "控制器 ", c, " 绑定的是 Noop 存储：list 永远为空。");
        }
        K::NoopAnswered { controller: ControllerId(c), .. } => {
            put!(to, "控制器 ", c, " 绑定的是 Noop 存储：无论什么 ID，它都凭空编出一条成功而没有结果的记录。");
        }
        K::LogStoreAsked { controller: ControllerId(c) } => {
            put!(to, "记录不存在，但 disable-store-result 已打开：控制器 ", c, " 转去日志存储取日志。");
            put!(to, "默认的日志存储只有记录里的那一份，所以返回 500，而不是 404。");
        }
        K::ProcessStarted { process, store } => put!(to, process, " 启动。配置把它绑定到 ", store, "，直到进程结束都不会变。"),
        K::ProcessCrashed { process: process @ Process::Controller(_) } => {
            put!(to, process, " 崩溃，内存里的账本随之消失：槽位、承诺和等待。topic 里的消息仍在 Kafka 里。");
        }
        K::ProcessCrashed { process: process @ Process::Invoker(_) } => {
            put!(to, process, " 崩溃，已取到、已运行而尚未发往存储的一切随之消失。控制器要等收不到 ping 才会察觉。");
        }
        K::ProcessRestarted { process, store, before } => {
            put!(to, process, " 重新启动，重新读取配置，绑定到 ", store);
            match before == store {
                true => put!(to, "，与之前相同。"),
                false => put!(to, "。", before, " 里的记录留在原处，没有谁会迁移它们。"),
            }
        }
        K::ActivationLost { process, stage } => {
            put!(to, process, " 带走了", activation, "：", loss_stage(ZH, stage), "。不会再有它的记录。");
        }
        K::PingSent { invoker: InvokerId(i) } => put!(to, "invoker ", i, " 向 topic health 发出 ping，每秒一次。"),
        K::PingReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "控制器 ", c, " 收到 invoker ", i, " 的 ping。");
        }
        K::InvokerRegistered { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "控制器 ", c, " 第一次得知 invoker ", i, "。健康测试成功之前，不会给它派活。");
        }
        K::InvokerStateChanged { controller: ControllerId(c), invoker: InvokerId(i), from, to: state } => {
            let so = if state.is_usable() { "，可以给它派活了。" } else { "，暂不给它派活。" };
            put!(to, "在控制器 ", c, " 看来，invoker ", i, " 由", invoker_state(ZH, from), "变为", invoker_state(ZH, state), so);
        }
        K::HealthTestSent { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "控制器 ", c, " 用 whisk.system 里的一次激活测试 invoker ", i, "。它和别的激活一样运行、一样入库。");
        }
        K::StoreAsked { .. } | K::StoreServed { .. } | K::StoreAnswerReceived { .. } | K::StoreUnanswered { .. } | K::ClientInterrupted => {
            super::asking::chinese(kind, to);
        }
        super::broken_step!() => super::faults::chinese(kind, names, to),
    }
}

fn wish(controller: u8, request: RequestKind, names: &Names, to: &mut Wording) {
    let action = names.action_or("一个 action");
    let activation = &names.named("激活", "某次激活");
    put!(to, names.tool, if is_read(request) { " 向控制器 " } else { " 请控制器 " }, controller);
    match request {
        RequestKind::InvokeNonBlocking => put!(to, " 调用", action, "，只等一个激活 ID。"),
        RequestKind::InvokeBlocking => put!(to, " 调用", action, "，并等到运行结束。"),
        RequestKind::InvokeResult => put!(to, " 调用", action, "，只等它的结果。"),
        RequestKind::List => put!(to, " 要激活列表。", alone(names)),
        RequestKind::Get => put!(to, " 要", activation, "的记录。", alone(names)),
        RequestKind::Result => put!(to, " 要", activation, "的结果。"),
        RequestKind::Logs => put!(to, " 要", activation, "的日志。"),
        RequestKind::DeleteAction => put!(to, " 删除", action, "。"),
        RequestKind::FireTrigger => put!(to, " 触发 ", names.action_or("某个 trigger"), "。"),
        RequestKind::Namespaces => put!(to, " 列出命名空间。"),
        RequestKind::Ask => put!(to, " 查询它的存储。"),
        RequestKind::Other => put!(to, " 答复一个它自己就能答复的请求。"),
        RequestKind::Entity { verb, collection } => super::entities::wish_in_chinese(verb, collection, to),
    }
}

/// `wsk` never does what `curl` can.
fn alone(names: &Names) -> &'static str {
    if names.tool == "wsk" { "wsk 自己从不访问数据库。" } else { "" }
}

/// A request that is not of `wsk` is told by what `wsk` would call it.
fn sent_by(names: &Names) -> &'static str {
    if names.tool == "wsk" { "" } else { " curl 发来的、相当于 " }
}

fn received(controller: u8, request: RequestKind, names: &Names, to: &mut Wording) {
    put!(to, "控制器 ", controller, " 收到");
    match request {
        RequestKind::InvokeNonBlocking | RequestKind::InvokeBlocking | RequestKind::InvokeResult => {
            put!(to, "调用", names.action_or("一个 action"), "的请求。这一步与任何存储无关。");
        }
        RequestKind::DeleteAction => put!(to, "删除", names.action_or("一个 action"), "的请求。"),
        RequestKind::FireTrigger => put!(to, "触发 ", names.action_or("某个 trigger"), " 的请求。"),
        RequestKind::Namespaces | RequestKind::Entity { .. } => {
            put!(to, sent_by(names), request_name(ZH, request), "的请求。它针对的是实体，不是激活记录。");
        }
        RequestKind::Other => put!(to, "的请求，API 自己就能答复。"),
        RequestKind::List | RequestKind::Get | RequestKind::Result | RequestKind::Logs | RequestKind::Ask => {
            put!(to, sent_by(names), request_name(ZH, request), "的请求，去查它绑定的那一个存储。");
        }
    }
}

/// `202：已接受，附上激活 ID。`
fn with_meaning(status: u16, to: &mut Wording) {
    put!(to, status);
    let meaning = http_status(ZH, status);
    if !meaning.is_empty() {
        put!(to, "：", meaning);
    }
    put!(to, "。");
}

fn query_sent(controller: u8, store: StoreKind, query: QueryKind, record: &Named, to: &mut Wording) {
    put!(to, "控制器 ", controller);
    if matches!(query, QueryKind::QuickPoll | QueryKind::SlowPoll) {
        put!(to, " 的", poll(query));
    }
    match (query, store) {
        (QueryKind::List, StoreKind::CouchDb) => {
            put!(to, "以 stale=update_after 查询视图：先按索引的现状返回，之后才更新索引。");
        }
        (QueryKind::List, StoreKind::Elasticsearch) => put!(to, "在 Elasticsearch 里搜索最新的激活记录。"),
        (_, StoreKind::CouchDb) => put!(to, "按主键从 CouchDB 读取", record, "，不经过视图。"),
        (_, StoreKind::Noop) => put!(to, "向 ", store, " 查询", record, "。"),
        (_, StoreKind::Elasticsearch) => put!(to, "在 Elasticsearch 里按 _id 搜索", record, "。在这里，get 也是搜索。"),
    }
}

fn query_answered(c: u8, store: StoreKind, query: QueryKind, outcome: QueryOutcome, record: &Named, to: &mut Wording) {
    match (outcome, store) {
        (QueryOutcome::Found, _) => put!(to, store, " 把", record, "返回给控制器 ", c, "。"),
        (QueryOutcome::NotFound, StoreKind::CouchDb) => put!(to, "CouchDB 告诉控制器 ", c, "：里面没有", record, "。"),
        (QueryOutcome::NotFound, StoreKind::Elasticsearch | StoreKind::Noop) => put!(to, "控制器 ", c, " 的搜索没有返回", record, "。"),
        (QueryOutcome::Counted { count }, _) => put!(to, store, " 只把数目告诉控制器 ", c, "：", count, "。"),
        (QueryOutcome::Rows { rows, unseen }, _) => {
            put!(to, store, " 返回 ", rows, " 行给控制器 ", c, "。");
            if unseen > 0 {
                let late = match store {
                    StoreKind::CouchDb => " 条记录，视图索引尚未收录。",
                    StoreKind::Elasticsearch | StoreKind::Noop => " 条记录，要等刷新。",
                };
                put!(to, "它还存有 ", unseen, late);
            }
        }
        (QueryOutcome::IndexMissing, _) => {
            let answer = if matches!(query, QueryKind::List) {
                "对 list，控制器会返回 500。"
            } else {
                "对 get，控制器当作找不到。"
            };
            match store {
                StoreKind::CouchDb => put!(to, "CouchDB 里没有激活数据库：它被删除了。", answer),
                _ => put!(to, "Elasticsearch 里没有这个索引：从来没有写入过。", answer),
            }
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

fn messages(topic: Topic, first: u64, count: u32, to: &mut Wording) {
    match count {
        1 => put!(to, "topic ", topic, " 中偏移量 ", first, " 处的消息"),
        _ => put!(to, "topic ", topic, " 中从偏移量 ", first, " 起的 ", count, " 条消息"),
    }
}

/// `invoker 1 上的容器 2`
#[inline(never)]
fn on(what: &str, ContainerId(container): ContainerId, InvokerId(invoker): InvokerId, to: &mut Wording) {
    put!(to, "invoker ", invoker, " 上的", what, container);
}
