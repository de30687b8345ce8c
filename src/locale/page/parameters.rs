use super::super::words::words;
use crate::activation::SpanRange;
use crate::cluster::ModelParameters;

words! {
    /// The times that no OpenWhisk key gives: parameters of the model.
    ModelParameter {
        HttpHop: "HTTP, each way, with authentication", "HTTP 单程，含认证";
        KafkaProduce: "into a Kafka topic", "写入 Kafka topic";
        KafkaFetch: "from a topic to its consumer", "从 topic 到消费者";
        ContainerStart: "starting a container", "启动容器";
        ContainerInit: "loading the code (/init)", "加载代码（/init）";
        ContainerResume: "resuming a paused container", "恢复暂停的容器";
        ContainerPause: "pausing a container", "暂停容器";
        LogCollection: "collecting logs", "收集日志";
        StoreHop: "from a process to a store, each way", "进程到存储的单程";
        CouchDbWrite: "a bulk write in CouchDB", "CouchDB 批量写入";
        CouchDbRead: "a read in CouchDB", "CouchDB 读取";
        CouchDbViewUpdate: "updating a view’s index", "更新视图索引";
        ElasticsearchWrite: "a bulk write in Elasticsearch", "Elasticsearch 批量写入";
        ElasticsearchRead: "a search in Elasticsearch", "Elasticsearch 搜索";
        ElasticsearchIndexCreation: "creating an index, with the first write", "首次写入时创建索引";
        ProcessRestart: "from the restart of a process until it is up", "从重启进程到它就绪";
        InvokerStart: "from the cluster’s start until an invoker is up", "从集群启动到 invoker 就绪";
    }
}

impl ModelParameter {
    /// Each parameter with its range. A parameter that the model gains does not compile before it has a name here.
    pub const fn of(parameters: &ModelParameters) -> [(Self, SpanRange); 17] {
        let ModelParameters {
            http_hop,
            kafka_produce,
            kafka_fetch,
            container_start,
            container_init,
            container_resume,
            container_pause,
            log_collection,
            store_hop,
            couchdb_write,
            couchdb_read,
            couchdb_view_update,
            elasticsearch_write,
            elasticsearch_read,
            elasticsearch_index_creation,
            process_restart,
            invoker_start,
        } = *parameters;
        [
            (Self::HttpHop, http_hop),
            (Self::KafkaProduce, kafka_produce),
            (Self::KafkaFetch, kafka_fetch),
            (Self::ContainerStart, container_start),
            (Self::ContainerInit, container_init),
            (Self::ContainerResume, container_resume),
            (Self::ContainerPause, container_pause),
            (Self::LogCollection, log_collection),
            (Self::StoreHop, store_hop),
            (Self::CouchDbWrite, couchdb_write),
            (Self::CouchDbRead, couchdb_read),
            (Self::CouchDbViewUpdate, couchdb_view_update),
            (Self::ElasticsearchWrite, elasticsearch_write),
            (Self::ElasticsearchRead, elasticsearch_read),
            (Self::ElasticsearchIndexCreation, elasticsearch_index_creation),
            (Self::ProcessRestart, process_restart),
            (Self::InvokerStart, invoker_start),
        ]
    }
}
