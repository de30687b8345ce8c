//! What the model simplifies, said openly: the page lists it, and each entry says what the real system does.

use super::Entry;
use super::entry::entry;

pub const SIMPLIFICATIONS: [Entry; 33] = [
    entry(
        "data-plane",
        ["The classic data plane", "经典数据面"],
        [
            "WhiskScope shows controller, Kafka, invoker. Since 2.0 Ansible installs the new scheduler by default, which puts a queue between them. The code that writes and reads records is the same in both.",
            "WhiskScope 展示的是“控制器、Kafka、invoker”这条链路。自 2.0 起，Ansible 默认安装新的调度器，在中间加了一个队列。读写记录的代码在两种架构里是同一套。",
        ],
    )
    .citing(&["new-scheduler-default"]),
    entry(
        "model-times",
        ["Times are parameters", "时间是模型参数"],
        [
            "HTTP and Kafka hops, container starts, runs, log collection and writes take times drawn from ranges that we chose. They are plausible, not measured. Waits, limits and intervals that OpenWhisk configures have their real values.",
            "HTTP 与 Kafka 的传输、容器启动、运行、日志收集和写入的耗时，都取自我们选定的区间：合理，但不是实测。OpenWhisk 自己配置的等待、上限和间隔，用的是真实值。",
        ],
    )
    .citing(&["action-limits", "container-timeouts", "blocking-limits", "rate-limits-by-ansible"]),
    entry(
        "no-gateway",
        ["No nginx, no API gateway", "没有 nginx，也没有 API 网关"],
        [
            "A request reaches a controller that is drawn from the request’s identity, so that both worlds compare. In a real cluster nginx goes round the controllers in turn.",
            "请求到达哪个控制器，由请求自身的标识决定，这样两个世界才可比。真实集群里由 nginx 轮流分发。",
        ],
    ),
    entry(
        "lost-requests",
        ["Lost requests end with nginx’s 504", "请求丢失时由 nginx 返回 504"],
        [
            "wsk itself waits for ever. What is lost between it and a controller ends here as it does behind nginx, with a 504 after 75 s. The controller’s own limit of 65 s for a request, after which it answers 503, is not simulated.",
            "wsk 自己会一直等下去。它与控制器之间丢失的东西，在这里和在 nginx 后面一样，75 秒后以 504 告终。控制器自己对请求还有 65 秒的上限，超过就返回 503；这里没有模拟。",
        ],
    )
    .citing(&["gateway-timeout"]),
    entry(
        "library-retries",
        ["Libraries do not retry by themselves", "客户端库自身的重试不计"],
        [
            "The HTTP library may repeat a read whose connection failed, and Kafka’s producer a message within its delivery time-out, before OpenWhisk hears of a failure. Only OpenWhisk’s own retries are simulated. So a message that Kafka takes twice is not.",
            "连接失败时，HTTP 库可能自行重发读请求；Kafka 生产者在投递时限内也会自行重发消息，OpenWhisk 要在那之后才知道失败。这里只模拟 OpenWhisk 自己的重试，因此也不会出现 Kafka 收到同一消息两次的情形。",
        ],
    )
    .citing(&["producer-retries", "store-retries"]),
    entry(
        "time-outs",
        ["Time-outs are those of libraries", "超时取自客户端库"],
        [
            "How long a process waits for a store is no setting of OpenWhisk: 60 s for CouchDB and 30 s for Elasticsearch are what their client libraries have by default. Only a fault makes a request so late; the model’s own writes and reads are always waited for.",
            "进程等待存储多久，OpenWhisk 并没有设置：CouchDB 的 60 秒与 Elasticsearch 的 30 秒是客户端库的默认值。只有故障会让请求迟到这么久；模型自身的读写总能等到。",
        ],
    )
    .citing(&["couchdb-retried", "es-retried"]),
    entry(
        "outages",
        ["Outages are plain", "停机从简"],
        [
            "A service that stops loses what is on its way to it, and keeps all it has. A producer that meets Kafka down gives up after its request time-out of 30 s; a ping that is lost is not sent again; a consumer asks again half a second after a fetch was lost. That Elasticsearch finds all that was written after a start is known from its documentation.",
            "服务停止时，正在送往它的东西会丢，已有的都保留。Kafka 停机时，生产者在 30 秒的请求超时后放弃；丢失的 ping 不会重发；拉取失败的消费者半秒后再试。Elasticsearch 启动后能搜到写过的全部内容，这一点来自它的文档。",
        ],
    )
    .citing(&["producer-times-out"]),
    entry(
        "written-over",
        ["A record written over stays searchable", "被覆盖的记录一直可搜到"],
        [
            "When Elasticsearch writes a record a second time, the real one has a new version that searches return after the next refresh, and the old one until then. Both have the same content, and here they are one document.",
            "Elasticsearch 第二次写入同一条记录时，真实系统会产生新版本，刷新之后才被搜到，在那之前返回旧版本。两者内容相同，这里合为一个文档。",
        ],
    )
    .citing(&["es-overwritten"]),
    entry(
        "authentication",
        ["Authentication is in the hop", "认证算在传输里"],
        [
            "The time to check who asks is part of the HTTP hop. The controller reads the subject from CouchDB and keeps it for five minutes; a read is shown only when it fails.",
            "核对身份的时间算在 HTTP 传输里。控制器从 CouchDB 读取用户并缓存五分钟，只有读取失败时才显示出来。",
        ],
    ),
    entry(
        "code-cached",
        ["Reads of actions take no time", "读取 action 不耗时"],
        [
            "Controllers and invokers keep an action for five minutes after its last use and read it anew from CouchDB then, in either mode: CouchDB is needed even when records go to Elasticsearch. Such a read takes no time here, fails only while CouchDB is down, and is shown only then. A sequence’s components are always known.",
            "action 最后一次使用之后，控制器和 invoker 把它缓存五分钟，过后要重新从 CouchDB 读取，两种模式都如此：即使记录写到 Elasticsearch，也离不开 CouchDB。这里的读取不耗时，只在 CouchDB 停止时失败，也只有失败时才显示。sequence 的各个组成部分总是已知的。",
        ],
    )
    .citing(&["couchdb-still-needed"]),
    entry(
        "one-partition",
        ["One partition a topic", "每个 topic 一个分区"],
        [
            "Each topic has one partition on one broker, as OpenWhisk creates it by default. Messages have no key, so order holds within a topic.",
            "每个 topic 只有一个分区、一个 broker，这也是 OpenWhisk 默认的建法。消息没有 key，所以顺序在 topic 内成立。",
        ],
    ),
    entry(
        "commit-instant",
        ["Commits take no time", "提交偏移量不耗时"],
        [
            "An offset is committed at the instant of the peek. The real commit is a request to Kafka; its place, before anything runs, is the real one.",
            "取到消息的同一时刻就提交偏移量。真实的提交是一次发往 Kafka 的请求；但它的位置——在运行之前——是真实的。",
        ],
    )
    .citing(&["offset-committed"]),
    entry(
        "topics-shown",
        ["Three kinds of topic", "三类 topic"],
        [
            "The topics invoker, completed and health are simulated. The topics events and cacheInvalidation have no part in where a record goes and are left out.",
            "模拟了 invoker、completed 和 health 三类 topic。events 与 cacheInvalidation 与记录的去向无关，没有包含。",
        ],
    ),
    entry(
        "no-compositions",
        ["No compositions", "没有 composition"],
        [
            "Sequences and triggers are simulated, compositions are not. Their records look like those of sequences, and the controller writes them too.",
            "模拟了 sequence 和 trigger，没有模拟 composition。它的记录与 sequence 的相似，也由控制器写入。",
        ],
    ),
    entry(
        "deletions",
        ["A deletion takes effect at once", "删除立即生效"],
        [
            "All controllers know of a deleted action at once, and the database has it no more. Real controllers tell each other through Kafka, and CouchDB can give an old revision until it is compacted. An invoker is told nothing in either: for five minutes it runs what it has in its cache.",
            "action 一删除，所有控制器立刻知道，数据库里也不再有它。真实的控制器要通过 Kafka 互相通知，CouchDB 在压缩之前还能给出旧版本。两者的 invoker 都得不到通知：缓存里有的，五分钟内照样运行。",
        ],
    )
    .citing(&["action-gone"]),
    entry(
        "all-shared",
        ["Every action may be invoked by all", "谁都可以调用所有 action"],
        [
            "Any namespace may invoke, fire or delete what another one has, as if all packages were shared and all rights given. A real controller answers 403 where a right is missing.",
            "任何命名空间都可以调用、触发或删除别人的东西，就像所有 package 都已共享、所有权限都已授予。真实的控制器在权限不足时返回 403。",
        ],
    ),
    entry(
        "containers",
        ["Containers are boxes", "容器只是方框"],
        [
            "A container has a state, an action and an amount of memory. Image pulls, CPU and network are not simulated; an action does what its description says.",
            "容器只有状态、action 和内存大小。不模拟镜像拉取、CPU 和网络；action 按它的描述行事。",
        ],
    )
    .citing(&["prewarmed-containers"]),
    entry(
        "single-node-stores",
        ["Stores of one node", "单节点存储"],
        [
            "CouchDB and Elasticsearch have one node each: no replicas, no shards, no elections. A write that is answered is kept.",
            "CouchDB 与 Elasticsearch 各只有一个节点：没有副本、分片和选举。写入一经应答就不会丢。",
        ],
    )
    .citing(&["couchdb-version", "elasticsearch-version"]),
    entry(
        "couchdb-rev",
        ["_rev is made up", "_rev 是编造的"],
        [
            "A real _rev is 1- and an MD5 of the document. Ours has the same form but another digest.",
            "真实的 _rev 是“1-”加上文档的 MD5。这里形式相同，但摘要算法不同。",
        ],
    ),
    entry(
        "view-update",
        ["A view updates in one go", "视图一次更新完"],
        [
            "After a query CouchDB takes in all new documents at once, after a time from the parameters. Each design document has its own index, as in the real one.",
            "查询之后，CouchDB 经过一段参数给定的时间，一次收录全部新文档。和真实系统一样，每个设计文档各有自己的索引。",
        ],
    )
    .citing(&["view-update-after"]),
    entry(
        "refresh-tick",
        ["Refresh once a second", "每秒刷新一次"],
        [
            "Each index refreshes on a tick of one second. That is Elasticsearch’s default, known from its documentation and not from OpenWhisk’s source, which sets nothing here. Segments and merges are not simulated.",
            "每个索引按一秒的节拍刷新。这是 Elasticsearch 的默认值，来自它的文档，而不是 OpenWhisk 的源码，后者对此没有设置。不模拟段与合并。",
        ],
    )
    .citing(&["es-no-refresh-asked"]),
    entry(
        "missing-index",
        ["500 on a missing index", "索引不存在时返回 500"],
        [
            "That a list on an index that does not exist ends in 500, and a get in 404, is concluded from reading the source. We have not run it.",
            "对不存在的索引执行 list 会得到 500，get 会得到 404，这是阅读源码得出的结论，没有实际运行验证。",
        ],
    )
    .citing(&["es-list-without-index", "es-get-without-index"]),
    entry(
        "phrase-match",
        ["Names match as phrases", "名称按短语匹配"],
        [
            "In the Elasticsearch store list NAME is a phrase match on words: list hello finds hello-world too. In CouchDB it is the very name. Our splitting into words follows the standard analyser for plain names only; this comes from reading the source, and nobody ran it.",
            "在 Elasticsearch 存储里，list NAME 按词做短语匹配：list hello 也会找到 hello-world。CouchDB 里则必须同名。分词只对普通名称仿照标准分析器；这来自阅读源码，没有实际运行验证。",
        ],
    )
    .citing(&["es-list"]),
    entry(
        "cli-text",
        ["wsk without a time zone", "wsk 不看时区"],
        [
            "The table of wsk shows times in UTC and not in your own zone, and texts name your namespace where the real tool often writes _. Columns and widths are the real ones.",
            "wsk 的表格用 UTC 时间，不按你的时区；真实工具常写 _ 的地方，这里写出命名空间的名称。列与列宽是真实的。",
        ],
    )
    .citing(&["cli-list-columns", "cli-list-widths", "cli-list-row"]),
    entry(
        "log-times",
        ["Log lines a millisecond apart", "日志行相隔一毫秒"],
        [
            "The first line of a log is stamped a millisecond after the run began, and each other one a millisecond later. Their form is the real one.",
            "日志第一行的时间戳比运行开始晚一毫秒，之后每行再晚一毫秒。格式是真实的。",
        ],
    ),
    entry(
        "init-limit",
        ["Init is never cut off", "初始化不会被中断"],
        [
            "Here the time limit stops a run and not the init before it. The real limit holds for each of the two, and an init past it is a developer error.",
            "这里的时限只约束运行，不约束之前的初始化。真实系统对两者分别计时，初始化超时算开发者错误。",
        ],
    ),
    entry(
        "store-gate",
        ["Every record is written", "所有记录都写入"],
        [
            "Before a write the real writer asks whether the namespace stores its activations at all, and whether the configured level takes this outcome. Here it always does, as by default.",
            "真实系统在写入前会检查命名空间是否保存激活，以及配置的级别是否接受这种结果。这里按默认值，一律写入。",
        ],
    )
    .citing(&["store-after-check", "store-gate", "store-levels"]),
    entry(
        "blackbox",
        ["No blackbox actions", "没有 blackbox action"],
        [
            "A tenth of the invokers is set apart for Docker actions of users. We have none of those, so where there are many invokers some get nothing but health tests.",
            "有一成 invoker 专供用户自带 Docker 镜像的 action。这里没有这种 action，所以 invoker 多的时候，有些只会收到健康测试。",
        ],
    ),
    entry(
        "couchdb-sequence",
        ["CouchDB’s sequence is a count", "CouchDB 的序列号只是计数"],
        [
            "The update sequence counts the writes to the activations database, its design documents first. A real one is a long text that encodes such counts.",
            "更新序列号只是激活数据库的写入次数，设计文档也算在内。真实的序列号是编码了这类计数的长字符串。",
        ],
    ),
    entry(
        "search-ties",
        ["Equal starts keep their order", "开始时间相同时按写入顺序"],
        [
            "Elasticsearch promises no order among records that started in the same millisecond. Here they come in the order in which they were written.",
            "对同一毫秒开始的记录，Elasticsearch 不保证先后。这里按写入顺序返回。",
        ],
    ),
    entry(
        "ack-size",
        ["The size of an ack is an estimate", "ack 的大小是估算"],
        [
            "Whether an ack fits into a message depends on its length. We count the result to the byte and add 1 KB for the rest. The limit itself is the real one.",
            "ack 能否放进一条消息，取决于它的长度。结果部分按字节精确计算，其余统一加 1 KB。上限本身是真实的。",
        ],
    )
    .citing(&["largest-message"]),
    entry(
        "run-times",
        ["How long actions run is made up", "action 的运行时间是设定的"],
        [
            "The health test’s code only returns its parameters; how many milliseconds that takes is our parameter, and so are the times, results and logs of the example actions. A lesson may bring actions of its own.",
            "健康测试的代码只是返回参数，用多少毫秒由我们设定；示例 action 的时间、结果和日志也一样。课程可以自带 action。",
        ],
    )
    .citing(&["health-test-action"]),
    entry(
        "chance",
        ["Chance is fixed", "随机数是固定的"],
        [
            "Every time is a function of the seed and of what it belongs to, so the same link plays the same run, in either store, on any machine.",
            "每个耗时都由种子和它所属的对象决定，所以同一个链接在任何机器上、在任一存储下，播放的都是同一次运行。",
        ],
    ),
];
