//! The terms on stage, in the order in which an activation meets them.

use super::Entry;
use super::entry::entry;

pub const GLOSSARY: [Entry; 15] = [
    entry(
        "activation-record",
        ["activation record", "激活记录（activation record）"],
        [
            "What OpenWhisk keeps of one run of an action: who ran what, when, with which result and which logs. It is written once, after the run, and never changes.",
            "OpenWhisk 为 action 的一次运行留下的记录：谁、何时、运行了什么，结果和日志如何。运行结束后写入一次，之后不再改变。",
        ],
    )
    .citing(&["record-fields", "record-annotations", "rest-record", "couchdb-document", "es-document"]),
    entry(
        "controller",
        ["controller", "控制器（controller）"],
        [
            "The process behind the API. It makes the activation id, chooses an invoker, answers the client, and reads records from the one store that it is bound to.",
            "API 背后的进程。它生成激活 ID，选择 invoker，应答客户端，并从自己绑定的那一个存储读取记录。",
        ],
    )
    .citing(&["activation-id-made", "published-before-stored"]),
    entry(
        "load-balancer-slot",
        ["load balancer slot", "负载均衡器槽位（slot）"],
        [
            "Memory of an invoker that a controller has given to an activation, in MB. The completion ack frees it; the write to the store has no part in that.",
            "控制器为一次激活在某个 invoker 上占用的内存，以 MB 计。完成 ack 到达时释放，与记录是否写入存储无关。",
        ],
    )
    .citing(&["balancer-hash", "memory-shard", "completion-ack-received"]),
    entry(
        "topic",
        ["topic", "topic（主题）"],
        [
            "A named sequence of messages in Kafka. Activations go to invoker0, invoker1 and so on, acks to completed0 and so on, pings to health.",
            "Kafka 里一个有名字的消息序列。激活发往 invoker0、invoker1 等，ack 发往 completed0 等，ping 发往 health。",
        ],
    ),
    entry(
        "offset",
        ["offset", "偏移量（offset）"],
        [
            "The number of a message in its topic. An invoker commits the offset before it runs anything, so a message is delivered at most once.",
            "消息在 topic 里的编号。invoker 先提交偏移量，然后才运行，所以一条消息最多投递一次。",
        ],
    )
    .citing(&["offset-committed"]),
    entry(
        "active-ack",
        ["active ack", "active ack（结果 ack 与完成 ack）"],
        [
            "An invoker’s message to the controller that asked. The result ack carries the record without its logs and answers a blocking call; the completion ack frees the slot. Neither passes through a store.",
            "invoker 发给相应控制器的消息。结果 ack 带着不含日志的记录，用来应答阻塞调用；完成 ack 用来释放槽位。两者都不经过存储。",
        ],
    )
    .citing(&["result-ack-without-logs", "no-result-when-non-blocking"]),
    entry(
        "invoker",
        ["invoker", "invoker（调用器）"],
        [
            "The process that runs actions in containers. When a run has ended and its logs are collected, it writes the record to the store that it is bound to.",
            "在容器里运行 action 的进程。运行结束、日志收集完毕后，它把记录写入自己绑定的存储。",
        ],
    )
    .citing(&["store-not-awaited"]),
    entry(
        "container-start",
        ["warm, cold and prewarm containers", "热容器、冷启动与预热容器"],
        [
            "A warm container has run the same action before. A prewarm container is up and still has no code. A cold start has to start a container first. wsk calls every start cold that had to load code, so a prewarmed one too.",
            "热容器运行过同一个 action；预热容器已经启动，但还没有代码；冷启动则要先启动容器。凡是需要加载代码的启动，wsk 都显示为 cold，预热启动也不例外。",
        ],
    )
    .citing(&["container-kept-or-not"]),
    entry(
        "store-binding",
        ["store binding (SPI)", "存储绑定（SPI）"],
        [
            "Each process reads whisk.spi.ActivationStoreProvider when it starts and from then on has exactly one activation store. There is no second one to fall back on, and no mixture.",
            "每个进程启动时读取 whisk.spi.ActivationStoreProvider，此后只有一个激活存储。没有备用的第二个，也没有混合模式。",
        ],
    )
    .citing(&["store-binding", "one-store-per-process", "spi-single"]),
    entry(
        "design-document",
        ["design document", "设计文档（design document）"],
        [
            "A document in a CouchDB database that holds code for indexes. The activations database has five from the day of its deployment. No activation is in them.",
            "CouchDB 数据库里存放索引代码的文档。激活数据库从部署起就有五个，里面没有任何激活。",
        ],
    )
    .citing(&["design-documents-installed", "view-activations", "view-log-cleanup"]),
    entry(
        "view",
        ["view", "视图（view）"],
        [
            "A query that a design document defines, with an index of its own inside CouchDB. wsk activation list reads a view with stale=update_after: it gets the rows that are there, and the update comes after.",
            "由设计文档定义的查询，在 CouchDB 内部有自己的索引。wsk activation list 以 stale=update_after 读取视图：先拿到现有的行，之后才更新。",
        ],
    )
    .citing(&["couchdb-list-stale"]),
    entry(
        "all-docs",
        ["_all_docs", "_all_docs"],
        [
            "CouchDB’s own list of every document in a database, by id. It needs no view, so it shows a record that a list does not return yet.",
            "CouchDB 自带的列表，按 ID 列出数据库里的全部文档。它不依赖视图，所以能看到 list 还没返回的记录。",
        ],
    ),
    entry(
        "index",
        ["index", "索引（index）"],
        [
            "In Elasticsearch, the place where documents are kept: one for each namespace, such as openwhisk-guest, made by the first write. In CouchDB, what a view keeps so that it can answer quickly.",
            "在 Elasticsearch 里，索引是存放文档的地方，每个命名空间一个，例如 openwhisk-guest，由首次写入创建。在 CouchDB 里，索引是视图为快速应答而保存的数据。",
        ],
    )
    .citing(&["es-index-name"]),
    entry(
        "refresh",
        ["refresh", "刷新（refresh）"],
        [
            "The moment at which Elasticsearch makes new documents searchable, each second by default. Until then neither get nor list finds them, since OpenWhisk’s get is a search too.",
            "Elasticsearch 让新文档可被搜索的时刻，默认每秒一次。在此之前 get 和 list 都找不到它们，因为 OpenWhisk 的 get 也是搜索。",
        ],
    )
    .citing(&["es-get-is-a-search", "es-no-refresh-asked"]),
    entry(
        "health-record",
        ["health record", "健康测试记录"],
        [
            "The record of a test activation with which a controller checks an invoker. It is stored in the namespace whisk.system like any other, so even an idle cluster has some.",
            "控制器检查 invoker 时用的测试激活所留下的记录。它和别的记录一样入库，属于命名空间 whisk.system，所以空闲的集群里也会有。",
        ],
    )
    .citing(&["health-test-action", "health-test-again"]),
];
