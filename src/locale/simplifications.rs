//! What the model simplifies, said openly: the page lists it, and each entry says what the real system does.

use super::Entry;
use super::entry::entry;

pub const SIMPLIFICATIONS: [Entry; 17] = [
    entry(
        "data-plane",
        ["The classic data plane", "经典数据面"],
        [
            "WhiskScope shows controller, Kafka, invoker. Since 2.0 Ansible installs the new scheduler by default, which puts a queue between them. The code that writes and reads records is the same in both.",
            "WhiskScope 展示的是“控制器、Kafka、invoker”这条链路。自 2.0 起，Ansible 默认安装新的调度器，在中间加了一个队列。读写记录的代码在两种架构里是同一套。",
        ],
    ),
    entry(
        "model-times",
        ["Times are parameters", "时间是模型参数"],
        [
            "HTTP and Kafka hops, container starts, runs, log collection and writes take times drawn from ranges that we chose. They are plausible, not measured. Waits, limits and intervals that OpenWhisk configures have their real values.",
            "HTTP 与 Kafka 的传输、容器启动、运行、日志收集和写入的耗时，都取自我们选定的区间：合理，但不是实测。OpenWhisk 自己配置的等待、上限和间隔，用的是真实值。",
        ],
    ),
    entry(
        "no-gateway",
        ["No nginx, no API gateway", "没有 nginx，也没有 API 网关"],
        [
            "A request reaches a controller that is drawn from the request’s identity, so that both worlds compare. In a real cluster nginx goes round the controllers in turn.",
            "请求到达哪个控制器，由请求自身的标识决定，这样两个世界才可比。真实集群里由 nginx 轮流分发。",
        ],
    ),
    entry(
        "authentication",
        ["Authentication is in the hop", "认证算在传输里"],
        [
            "The time to check who asks is part of the HTTP hop. The real controller reads the subject from CouchDB and caches it; these reads are not shown.",
            "核对身份的时间算在 HTTP 传输里。真实的控制器会从 CouchDB 读取用户并缓存，这些读取没有画出来。",
        ],
    ),
    entry(
        "code-cached",
        ["Action code is cached", "action 代码已缓存"],
        [
            "Controllers and invokers know every action from the start. The real ones read it from CouchDB on a cache miss, in either mode: CouchDB is needed even when records go to Elasticsearch.",
            "控制器和 invoker 一开始就知道所有 action。真实系统在缓存未命中时从 CouchDB 读取，两种模式都如此：即使记录写到 Elasticsearch，也离不开 CouchDB。",
        ],
    ),
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
    ),
    entry(
        "topics-shown",
        ["Three kinds of topic", "三类 topic"],
        [
            "The topics invoker, completed and health are simulated. The topics events and cacheInvalidation have no part in where a record goes and are left out.",
            "模拟了 invoker、completed 和 health 三类 topic。events 与 cacheInvalidation 与记录的去向无关，没有包含。",
        ],
    ),
    entry(
        "actions-only",
        ["Actions only", "只有 action"],
        [
            "Sequences, compositions and triggers are not simulated yet. Their records are written by the controller.",
            "尚未模拟 sequence、composition 和 trigger。它们的记录由控制器写入。",
        ],
    ),
    entry(
        "containers",
        ["Containers are boxes", "容器只是方框"],
        [
            "A container has a state, an action and an amount of memory. Image pulls, CPU and network are not simulated; an action does what its description says.",
            "容器只有状态、action 和内存大小。不模拟镜像拉取、CPU 和网络；action 按它的描述行事。",
        ],
    ),
    entry(
        "single-node-stores",
        ["Stores of one node", "单节点存储"],
        [
            "CouchDB and Elasticsearch have one node each: no replicas, no shards, no elections. A write that is answered is kept.",
            "CouchDB 与 Elasticsearch 各只有一个节点：没有副本、分片和选举。写入一经应答就不会丢。",
        ],
    ),
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
    ),
    entry(
        "refresh-tick",
        ["Refresh once a second", "每秒刷新一次"],
        [
            "Each index refreshes on a tick of one second. That is Elasticsearch’s default, known from its documentation and not from OpenWhisk’s source, which sets nothing here. Segments and merges are not simulated.",
            "每个索引按一秒的节拍刷新。这是 Elasticsearch 的默认值，来自它的文档，而不是 OpenWhisk 的源码，后者对此没有设置。不模拟段与合并。",
        ],
    ),
    entry(
        "missing-index",
        ["500 on a missing index", "索引不存在时返回 500"],
        [
            "That a list on an index that does not exist ends in 500 is concluded from reading the source. We have not run it.",
            "对不存在的索引执行 list 会得到 500，这是阅读源码得出的结论，没有实际运行验证。",
        ],
    ),
    entry(
        "phrase-match",
        ["Names match exactly", "名称精确匹配"],
        [
            "list NAME returns the actions with that very name. In the real Elasticsearch store the phrase match may also find names that share the words; this too is from reading the source.",
            "list NAME 只返回同名的 action。真实的 Elasticsearch 存储用短语匹配，可能连含有相同词的名称也找到；这同样来自阅读源码。",
        ],
    ),
    entry(
        "chance",
        ["Chance is fixed", "随机数是固定的"],
        [
            "Every time is a function of the seed and of what it belongs to, so the same link plays the same run, in either store, on any machine.",
            "每个耗时都由种子和它所属的对象决定，所以同一个链接在任何机器上、在任一存储下，播放的都是同一次运行。",
        ],
    ),
];
