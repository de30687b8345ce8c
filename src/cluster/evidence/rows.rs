//! The rows of the evidence table, grouped by the file that they cite.
//!
//! A row is named after what its lines show, not after the step that cites them, because several steps, lessons and panels may share one.
//! `cargo run --example check_evidence --no-default-features -- PATH` checks the hashes against a clone; `--print` gives the right ones.

use super::Basis::{Background, Derived, Source};
use super::Product::{CouchDb, Elasticsearch, Kafka};
use super::{CLI, CLIENT, Evidence, OPENWHISK, Snapshot};

/// Declares one static a row, and the table of them all, so that a row cannot be declared and left out.
macro_rules! rows {
    ($( $snapshot:ident $path:literal { $( $name:ident $id:literal $first:literal..=$last:literal $hash:literal $basis:expr; )+ } )+) => {
        $( $( pub(super) static $name: Evidence = row($snapshot, $path, $id, $first, $last, $hash, $basis); )+ )+

        pub(super) static ALL: &[&Evidence] = &[ $( $( &$name, )+ )+ ];
    };
}

const fn row(
    snapshot: Snapshot,
    path: &'static str,
    id: &'static str,
    first_line: u32,
    last_line: u32,
    hash: &'static str,
    basis: super::Basis,
) -> Evidence {
    // A page links to lines and does not check them: their hashes would be dead weight in it.
    let hash = if cfg!(target_arch = "wasm32") { "" } else { hash };
    Evidence { id, repository: snapshot.repository, commit: snapshot.commit, path, first_line, last_line, hash, basis }
}

rows! {
    // The client that `wsk` is built on.
    CLIENT "whisk/action.go" {
        CLIENT_INVOKE "client-invoke" 297..=300 "0d64e6941520b098" Source;
        CLIENT_DELETE_ACTION "client-delete-action" 264..=271 "7c6726a813df72ff" Source;
        CLIENT_LIST_ENTITIES "client-list-entities" 176..=192 "5b853749104a98d3" Source;
        CLIENT_PUT_ENTITY "client-put-entity" 215..=218 "fd6c495eb20ebfe5" Source;
        CLIENT_GET_ENTITY "client-get-entity" 242..=244 "6ff8c0db293310df" Source;
    }
    CLIENT "whisk/namespace.go" {
        CLIENT_NAMESPACES "client-namespaces" 68..=70 "972d4b2ff0433920" Source;
    }
    CLIENT "whisk/package.go" {
        CLIENT_DELETE_ENTITY "client-delete-entity" 213..=215 "4c1516d601b9b8e4" Source;
    }
    CLIENT "whisk/rule.go" {
        CLIENT_SET_RULE "client-set-rule" 207..=211 "df9a777fff1d106f" Source;
    }
    CLIENT "whisk/activation.go" {
        CLI_LIST_COLUMNS "cli-list-columns" 115..=117 "266a14100a0330d2" Source;
        CLI_LIST_ROW "cli-list-row" 138..=160 "c73ca6a3e57101d5" Source;
        CLIENT_LIST "client-list" 173..=186 "ce30858934b034c9" Source;
        CLIENT_GET "client-get" 245..=254 "9349ed314aea91a9" Source;
        CLIENT_LOGS "client-logs" 294..=302 "cb5989cc81e27f60" Source;
        CLIENT_RESULT "client-result" 323..=331 "f51942de15bf0d21" Source;
    }
    CLIENT "whisk/client.go" {
        CLIENT_WITHOUT_CONNECTION "client-without-connection" 387..=392 "1260d9b8aba8af8f" Source;
        CLIENT_FAILURE_READ "client-failure-read" 410..=423 "5f7fce37023c6353" Source;
        CLIENT_SUCCESS_READ "client-success-read" 446..=458 "d5758715986f8eaf" Source;
    }
    CLI "commands/activation.go" {
        CLI_POLL "cli-poll" 369..=377 "79b114dea64128b5" Source;
        CLI_LIST_WIDTHS "cli-list-widths" 98..=104 "7a8112ad1628c304" Source;
    }

    // The controller's API.
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/BasicAuthenticationDirective.scala" {
        SUBJECT_UNREAD "subject-unread" 42..=55 "1d0182d3991b434c" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/http/BasicHttpService.scala" {
        ANSWER_SENT "answer-sent" 75..=79 "b4e0fe4f47d5b92a" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/RestAPIs.scala" {
        API_ROUTES "api-routes" 196..=211 "cb048980b3bacb04" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Actions.scala" {
        INVOKE_RECEIVED "invoke-received" 246..=251 "59c2f7b3b35253aa" Source;
        ANSWER_ACCEPTED "answer-accepted" 288..=292 "d7048547a6eb3d7f" Source;
        ANSWER_TO_BLOCKING "answer-to-blocking" 293..=302 "7b3b9ee53a01287e" Source;
        ANSWER_BAD_GATEWAY "answer-bad-gateway" 303..=312 "b53d6bfd0a8a4587" Source;
        ANSWER_UNAVAILABLE "answer-unavailable" 323..=325 "f143492439951d7c" Source;
        ACTION_WRITTEN "action-written" 472..=480 "8f59e67958112dd5" Source;
        DELETE_RECEIVED "delete-received" 341..=343 "d26815576e578e15" Source;
        INVOKE_FAILED_500 "invoke-failed-500" 313..=328 "b53d2864df8b7607" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Activations.scala" {
        LIST_RECEIVED "list-received" 158..=165 "e1d8299836dd72e3" Source;
        GET_RECEIVED "get-received" 192..=198 "857484fb5217d14e" Source;
        RESULT_RECEIVED "result-received" 211..=215 "a3c8bdebd4192b21" Source;
        LOGS_RECEIVED "logs-received" 225..=235 "4ac033da62f14833" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/ApiUtils.scala" {
        ENTITIES_LISTED "entities-listed" 96..=100 "77c035340a6450da" Source;
        ENTITY_READ "entity-read" 141..=147 "69d5ab95a5bf1661" Source;
        ENTITY_PUT "entity-put" 321..=341 "771e3edd313802da" Source;
        ENTITY_EXISTS "entity-exists" 327..=329 "a8460e287476d12f" Source;
        ENTITY_REFUSED "entity-refused" 354..=356 "1beea83a40a1ac8e" Source;
        ENTITY_DELETED "entity-deleted" 394..=400 "324a0514f9b2290b" Source;
        LIST_FAILED_500 "list-failed-500" 101..=103 "6180f254588a0bc9" Source;
        LOG_STORE_ASKED "log-store-asked" 240..=256 "3924fbea186dcec3" Source;
        ENTITY_UNREAD "entity-unread" 155..=157 "ad9b59549c9762ca" Source;
        ANSWER_NOT_FOUND "answer-not-found" 146..=148 "71a082c7bb9acc42" Source;
        ACTION_DELETED "action-deleted" 395..=406 "f163b1507f62d234" Source;
        GET_FAILED_500 "get-failed-500" 152..=154 "36fa240446913586" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/entitlement/ActivationThrottler.scala" {
        CONCURRENT_LIMIT "concurrent-limit" 58..=61 "323b99df6afea7e0" Source;
        RATE_LIMIT "rate-limit" 64..=67 "55aab6a6bb642ca0" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/entitlement/RateThrottler.scala" {
        RATE_BY_CALENDAR_MINUTE "rate-by-calendar-minute" 72..=85 "7cee26dab8224f4a" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/entitlement/Entitlement.scala" {
        LIMITS_PER_CONTROLLER "limits-per-controller" 123..=132 "7ae2ad8892b71018" Source;
        ANSWER_THROTTLED "answer-throttled" 414..=426 "48d2c9dd5a15f250" Source;
        FIRE_LIMIT "fire-limit" 366..=370 "25efeab05b718e54" Source;
    }

    OPENWHISK "ansible/roles/nginx/templates/nginx.conf.j2" {
        GATEWAY_TIMEOUT "gateway-timeout" 128..=129 "a6b5fe601e8fb4b4" Source;
    }
    // Invoking, and the blocking wait.
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/actions/PrimitiveActions.scala" {
        ACTIVATION_ID_MADE "activation-id-made" 165..=165 "771f5a5b06d0c3ca" Source;
        PUBLISHED_BEFORE_STORED "published-before-stored" 194..=210 "f0e9d903e82022e8" Source;
        QUICK_POLL "quick-poll" 644..=650 "947cca12a843129e" Source;
        SLOW_POLL "slow-poll" 652..=655 "101486f95fe9c287" Source;
        BLOCKING_WAIT_ENDED "blocking-wait-ended" 657..=658 "bd7d81dd28cafa46" Source;
        POLL_FOUND "poll-found" 682..=689 "0ee18d63874c0633" Source;
        POLL_MISSED "poll-missed" 690..=690 "eaa69f4559e4a64b" Source;
        POLL_FAILED "poll-failed" 691..=691 "9f58569018d53258" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Controller.scala" {
        CONTROLLER_BOUND "controller-bound" 126..=127 "96344aea9577828e" Source;
    }

    // The load balancer.
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/loadBalancer/ShardingContainerPoolBalancer.scala" {
        PROBE_ORDER_EXAMPLE "probe-order-example" 69..=76 "184b158d5a205a31" Source;
        ACTIVATION_SCHEDULED "activation-scheduled" 263..=274 "b7b85a12f774281b" Source;
        NO_INVOKER_AVAILABLE "no-invoker-available" 303..=313 "8264999b6b36ff62" Source;
        BALANCER_HASH "balancer-hash" 370..=372 "0e61af2226c0e998" Source;
        SYSTEM_OVERLOADED "system-overloaded" 416..=424 "88207d262403541a" Source;
        MEMORY_SHARD "memory-shard" 485..=486 "42f9becc5f38cdd6" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/loadBalancer/CommonLoadBalancer.scala" {
        BOOKS_IN_MEMORY "books-in-memory" 58..=65 "1dc0c034816ad475" Derived;
        FORCED_ACK_TIMEOUT "forced-ack-timeout" 113..=115 "f6894a692a1bc0c7" Source;
        ACTIVATION_POSTED "activation-posted" 195..=204 "43032025391a9736" Source;
        MESSAGE_ACCEPTED "message-accepted" 204..=210 "a183f4223bdab905" Source;
        RESULT_ACK_RECEIVED "result-ack-received" 250..=257 "b7e995236495fd64" Source;
        COMPLETION_ACK_RECEIVED "completion-ack-received" 310..=317 "3d0fbce4523b3841" Source;
        COMPLETION_ACK_FORCED "completion-ack-forced" 321..=333 "77a4e06fee924a72" Source;
        HEALTH_ACK_RECEIVED "health-ack-received" 342..=351 "4c4a3d0ee593899d" Source;
        LATE_ACK_RECEIVED "late-ack-received" 352..=359 "36f66e5777ba4d02" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/loadBalancer/InvokerSupervision.scala" {
        PING_RECEIVED "ping-received" 151..=156 "46e34cfd720198bb" Source;
        INVOKER_REGISTERED "invoker-registered" 168..=177 "61df619f675eef6b" Source;
        HEALTH_TEST_ACTION "health-test-action" 246..=252 "fbcc6c90421007bc" Source;
        UNHEALTHY_GOES_OFFLINE "unhealthy-goes-offline" 281..=287 "910171c6bae19f4b" Source;
        HEALTH_TEST_SENT "health-test-sent" 290..=293 "a074d90771fe2793" Source;
        INVOKER_UNHEALTHY_FIRST "invoker-unhealthy-first" 297..=303 "05ef577342998a5f" Source;
        INVOKER_OFFLINE "invoker-offline" 315..=318 "31af56c88eb9bf17" Source;
        HEALTH_TEST_AGAIN "health-test-again" 367..=369 "0e4acc111f0171d9" Source;
        INVOKER_UNRESPONSIVE "invoker-unresponsive" 384..=387 "3f1de62027a0b647" Source;
        INVOKER_HEALTHY "invoker-healthy" 389..=394 "d98c3cddd0e19a34" Source;
        HEALTH_TEST_MESSAGE "health-test-message" 417..=434 "a9ad446b3bea33a7" Source;
        INVOKER_UNHEALTHY_ERRORS "invoker-unhealthy-errors" 380..=383 "c41fdbfee7cf937a" Source;
    }

    // Kafka, seen from its two clients.
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/connector/kafka/KafkaProducerConnector.scala" {
        MESSAGE_APPENDED "message-appended" 60..=64 "5bb04ab466d19275" Background(Kafka);
        PRODUCER_TIMES_OUT "producer-times-out" 81..=84 "31640252b82d7ecd" Source;
        PRODUCER_RETRIES "producer-retries" 85..=87 "994fd59aea1cdd74" Source;
        MESSAGE_TOO_LARGE "message-too-large" 88..=90 "31b8a03769da16ea" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/connector/kafka/KafkaConsumerConnector.scala" {
        MESSAGES_DELIVERED "messages-delivered" 80..=81 "1f0c792dd6008b0e" Background(Kafka);
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/connector/MessageConsumer.scala" {
        MESSAGES_PEEKED "messages-peeked" 186..=188 "d2b973d5a5dcc6ba" Source;
        OFFSET_COMMITTED "offset-committed" 179..=187 "4673d9a8503b19fe" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/connector/Message.scala" {
        RESULT_ACK_WITHOUT_LOGS "result-ack-without-logs" 165..=168 "1f0903d5bcac32ad" Source;
    }

    // The invoker and its containers.
    OPENWHISK "core/invoker/src/main/scala/org/apache/openwhisk/core/invoker/InvokerReactive.scala" {
        INVOKER_BOUND "invoker-bound" 101..=102 "1f022febf1ca31b6" Source;
        STORE_AFTER_CHECK "store-after-check" 139..=143 "2c607aa4f6e9eec7" Source;
        PING_SENT "ping-sent" 297..=304 "3bd8013e8f616aa7" Source;
        ACTION_GONE "action-gone" 196..=218 "64f3f7bf27e57d2d" Source;
        ACTION_UNREAD "action-unread" 201..=218 "baad6e8c0ffa6913" Source;
        NAMESPACE_BLACKLISTED "namespace-blacklisted" 238..=255 "a02117364d0d9384" Source;
        MESSAGE_UNPARSABLE "message-unparsable" 257..=264 "f58096a3f1dd1be7" Source;
    }
    OPENWHISK "core/invoker/src/main/scala/org/apache/openwhisk/core/containerpool/ContainerPool.scala" {
        CONTAINER_WARM "container-warm" 138..=141 "ab446c8bb3889d9d" Source;
        CONTAINER_PREWARMED "container-prewarmed" 142..=146 "8eaf5ca1723054e3" Source;
        CONTAINER_COLD "container-cold" 147..=152 "b1b543b4f2a8674a" Source;
        CONTAINER_EVICTED "container-evicted" 155..=163 "7a44601e6ecd8cc8" Source;
        CONTAINER_RECREATED "container-recreated" 163..=170 "901bf97ec3dc0fee" Source;
        RUN_BUFFERED "run-buffered" 227..=236 "3cf293c2fdbf8a01" Source;
        CONTAINER_FREED "container-freed" 239..=251 "ef9274c8eaca2853" Source;
        PREWARM_READY "prewarm-ready" 263..=266 "dd3a6b3d2aa080c8" Source;
        PREWARM_EXPIRED "prewarm-expired" 334..=339 "4a4a5bdfc6c27e14" Source;
        PREWARM_STARTED "prewarm-started" 374..=379 "067372909b9bdf66" Source;
    }
    OPENWHISK "core/invoker/src/main/scala/org/apache/openwhisk/core/containerpool/ContainerProxy.scala" {
        CONTAINER_STARTING "container-starting" 300..=313 "41ff3f8f0c28bcb1" Source;
        CONTAINER_CREATED "container-created" 318..=324 "3db515b761985c59" Source;
        CONTAINER_FAILED_RUN "container-failed-run" 478..=487 "ce646f3c287f7abb" Source;
        CONTAINER_PAUSING "container-pausing" 519..=522 "55e36c025fa06d9c" Source;
        CONTAINER_PAUSED "container-paused" 531..=532 "a524aa0277cb8f01" Source;
        CONTAINER_RESUMED "container-resumed" 537..=552 "fccd68d1d9f96566" Source;
        CONTAINER_IDLE "container-idle" 557..=560 "1eb1d4c06fb9723a" Source;
        INIT_STARTED "init-started" 799..=815 "a7619ede2d1cb050" Source;
        INIT_ENDED "init-ended" 818..=823 "bece66002cd0e9b1" Source;
        RUN_STARTED "run-started" 830..=838 "febe8f83d4b69baf" Source;
        RUN_ENDED "run-ended" 839..=849 "39fb3b310e9de43e" Source;
        RESULT_ACK_SENT "result-ack-sent" 876..=879 "74db5ad5c40e92c6" Source;
        COMBINED_ACK_SENT "combined-ack-sent" 880..=881 "e1adbea5240a1c04" Source;
        NO_RESULT_WHEN_NON_BLOCKING "no-result-when-non-blocking" 883..=890 "2f2e15b78035df61" Source;
        LOGS_COLLECTED "logs-collected" 902..=908 "979e653d567dde82" Source;
        LOG_COLLECTION_FAILED "log-collection-failed" 909..=914 "4d8b59425f482e91" Source;
        COMPLETION_ACK_SENT "completion-ack-sent" 918..=933 "3e52842cbaf1e86d" Source;
        STORE_NOT_AWAITED "store-not-awaited" 920..=935 "39fe6c61d5274355" Source;
        CONTAINER_KEPT_OR_NOT "container-kept-or-not" 938..=949 "c5b81c0b2a16be1b" Source;
        CONTAINER_LOG_FAILURE "container-log-failure" 950..=950 "d5fb96957aed70df" Source;
        RECORD_ANNOTATIONS "record-annotations" 1051..=1079 "f305879ec2dcf08f" Source;
        CONTAINER_FAILED "container-failed" 326..=346 "a9717da2348a46b0" Source;
        CONTAINER_NOT_STARTED "container-not-started" 497..=503 "f5cc546a1f801537" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/containerpool/Container.scala" {
        RUN_TIMED_OUT "run-timed-out" 206..=212 "1fd1adc9372e15cc" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/ack/MessagingActiveAck.scala" {
        ACK_SHRUNK "ack-shrunk" 66..=69 "cd0da1503bc50714" Derived;
        ACK_LOST "ack-lost" 44..=50 "9723b489742fa77d" Derived;
    }

    // Which store, and whether to write at all.
    OPENWHISK "common/scala/src/main/resources/reference.conf" {
        STORE_BINDING "store-binding" 20..=22 "eb12d2b3772d150b" Source;
        NEW_SCHEDULER_DEFAULT "new-scheduler-default" 26..=31 "92b597dc2054a74d" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/spi/SpiLoader.scala" {
        ONE_STORE_PER_PROCESS "one-store-per-process" 39..=51 "a60762ec36a89f4b" Source;
    }
    OPENWHISK "docs/spi.md" {
        SPI_SINGLE "spi-single" 38..=38 "38cb530a76b83962" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/ActivationStore.scala" {
        STORE_GATE "store-gate" 74..=91 "b538ccefcd85485d" Source;
        SKIPPED_BY_NAMESPACE "skipped-by-namespace" 74..=74 "cf8605c1a7b5e2d7" Source;
        SKIPPED_BY_LEVEL "skipped-by-level" 217..=227 "c4e933f2bba10cf7" Source;
    }
    OPENWHISK "ansible/group_vars/all" {
        RATE_LIMITS_BY_ANSIBLE "rate-limits-by-ansible" 79..=82 "a895402c5d8f5fd8" Source;
        STORE_BY_ANSIBLE "store-by-ansible" 310..=311 "f60e62c380c85c5d" Source;
        COUCHDB_VERSION "couchdb-version" 351..=352 "177a530315435e5e" Source;
        ELASTICSEARCH_VERSION "elasticsearch-version" 354..=355 "639aa58f20022943" Source;
    }
    OPENWHISK "ansible/README.md" {
        COUCHDB_STILL_NEEDED "couchdb-still-needed" 344..=350 "074b0a7e8e5f1213" Source;
    }

    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/http/PoolingRestClient.scala" {
        QUEUE_FULL "queue-full" 104..=107 "925563f95fd5b2f0" Source;
    }
    // The record and its forms.
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/entity/WhiskActivation.scala" {
        RECORD_FIELDS "record-fields" 52..=65 "f0059f8eec90bdb3" Source;
        REST_RECORD "rest-record" 100..=109 "27a7e7a17a15a56c" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/entity/WhiskEntity.scala" {
        COUCHDB_DOCUMENT "couchdb-document" 66..=78 "d950350bdbd30b54" Source;
    }

    // The batcher that both stores share.
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/Batcher.scala" {
        BATCH_IN_MEMORY "batch-in-memory" 62..=69 "a0bf08d208ffaf44" Derived;
        BATCH_UNDER_PRESSURE "batch-under-pressure" 32..=35 "4f3d85b903c334da" Source;
    }

    // The store that keeps nothing.
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/memory/NoopActivationStore.scala" {
        NOOP_DISCARDS "noop-discards" 46..=48 "d50494ff3b3b3c27" Source;
        NOOP_MAKES_UP "noop-makes-up" 50..=54 "9000695b50243ef3" Source;
        NOOP_LISTS_NOTHING "noop-lists-nothing" 79..=87 "c44e69a36cdbb0d1" Source;
    }

    // CouchDB.
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/ArtifactActivationStore.scala" {
        ONLY_COUCHDB_HANDLE "only-couchdb-handle" 34..=35 "165c5e2a6228358d" Source;
        COUCHDB_LOSS_LOGGED "couchdb-loss-logged" 45..=51 "5f0fb63b2c108510" Source;
        COUCHDB_GET "couchdb-get" 56..=59 "766b00621e0b616a" Source;
        COUCHDB_LIST_BY_NAME "couchdb-list-by-name" 98..=107 "ddcca3c88b910185" Source;
        COUCHDB_LIST_STALE "couchdb-list-stale" 118..=126 "49bae6c10653e6f5" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/ArtifactStore.scala" {
        VIEW_UPDATE_AFTER "view-update-after" 34..=37 "f09cf9812105a930" Background(CouchDb);
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/CouchDbRestClient.scala" {
        COUCHDB_STORED "couchdb-stored" 72..=74 "86794016a58f2a5c" Background(CouchDb);
        COUCHDB_GET_BY_KEY "couchdb-get-by-key" 77..=78 "09d528c2bbd37dfa" Source;
        COUCHDB_VIEW_QUERY "couchdb-view-query" 124..=144 "b70fa10b2a8979ca" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/CouchDbRestStore.scala" {
        COUCHDB_BATCH_LIMITS "couchdb-batch-limits" 77..=81 "b6bf721a4622f3ea" Source;
        COUCHDB_QUEUED "couchdb-queued" 93..=94 "291e8eee21f13250" Source;
        COUCHDB_BATCH_SENT "couchdb-batch-sent" 145..=150 "b2dbb7a19ca9bf69" Source;
        COUCHDB_BATCH_ANSWERED "couchdb-batch-answered" 152..=163 "2f2076e75751fef5" Source;
        COUCHDB_REFUSED "couchdb-refused" 156..=160 "c4fa3d08072a01da" Source;
        COUCHDB_ITEM_REFUSED "couchdb-item-refused" 159..=159 "60cecbd37b16e76e" Source;
        COUCHDB_HTTP_ERROR "couchdb-http-error" 166..=173 "a789f9f345f198f7" Source;
        COUCHDB_RETRIED "couchdb-retried" 172..=176 "54443306899337e4" Source;
        COUCHDB_GET_FAILED "couchdb-get-failed" 249..=251 "ceb0b964b6ddd133" Source;
        COUCHDB_QUERY_FAILED "couchdb-query-failed" 318..=320 "f040fb972643356b" Source;
        COUCHDB_FOUND "couchdb-found" 240..=243 "526d6d7796bf563a" Source;
        COUCHDB_NOT_FOUND "couchdb-not-found" 244..=247 "11f27834ec9ba2f9" Source;
        COUCHDB_ROWS "couchdb-rows" 303..=316 "a564ac8263c910ce" Source;
    }
    OPENWHISK "ansible/tasks/wipeDatabase.yml" {
        DATABASE_MADE_IN_EITHER_MODE "database-made-in-either-mode" 37..=53 "1d6208ea754775e8" Source;
    }
    OPENWHISK "ansible/tasks/recreateViews.yml" {
        DESIGN_DOCUMENTS_INSTALLED "design-documents-installed" 28..=37 "594b65a1803b3de2" Source;
    }
    OPENWHISK "ansible/files/whisks_design_document_for_activations_db_v2.1.0.json" {
        VIEW_WHISKS "view-whisks" 2..=7 "a64df74a4edf5d26" Background(CouchDb);
    }
    OPENWHISK "ansible/files/whisks_design_document_for_activations_db_filters_v2.1.1.json" {
        VIEW_WHISKS_FILTERS "view-whisks-filters" 2..=7 "7def39d689bdc8c7" Background(CouchDb);
    }
    OPENWHISK "ansible/files/activations_design_document_for_activations_db.json" {
        VIEW_ACTIVATIONS "view-activations" 2..=6 "a3a883a75cd5b150" Background(CouchDb);
    }
    OPENWHISK "ansible/files/logCleanup_design_document_for_activations_db.json" {
        VIEW_LOG_CLEANUP "view-log-cleanup" 2..=6 "26f991b079d50b92" Background(CouchDb);
    }

    // Elasticsearch.
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/elasticsearch/ElasticSearchActivationStore.scala" {
        ES_BATCH_LIMITS "es-batch-limits" 79..=83 "56c962bb659fb4ef" Source;
        ES_DOCUMENT "es-document" 105..=116 "2ef5953cbddcd8c4" Source;
        ES_INDEX_CREATED "es-index-created" 118..=119 "6b89981e12be85c2" Background(Elasticsearch);
        ES_QUEUED "es-queued" 121..=122 "6780c2bb4fefe2d7" Source;
        ES_BATCH_SENT "es-batch-sent" 141..=146 "e34c7a66ebe0649f" Source;
        ES_STORED "es-stored" 119..=119 "2c93a8756b20ba5d" Background(Elasticsearch);
        ES_NO_REFRESH_ASKED "es-no-refresh-asked" 143..=146 "29e14ce53f7e8477" Background(Elasticsearch);
        ES_BATCH_ANSWERED "es-batch-answered" 147..=156 "e362fbc064979e45" Source;
        ES_OVERWRITTEN "es-overwritten" 119..=122 "680d190616f86f1f" Background(Elasticsearch);
        ES_ITEM_REFUSED "es-item-refused" 157..=164 "5a3c9c2a7e5a4ad0" Source;
        ES_HTTP_ERROR "es-http-error" 167..=178 "d48167402dbc076f" Source;
        ES_RETRIED "es-retried" 177..=181 "7adef9ad11862050" Source;
        ES_LOSS_LOGGED "es-loss-logged" 182..=189 "e1d4cbb04f3a4dfc" Source;
        ES_GET_FAILED "es-get-failed" 216..=222 "f8301adb1f76c9ea" Source;
        ES_QUERY_FAILED "es-query-failed" 378..=380 "f1c0f8d7ec561c64" Source;
        ES_GET_IS_A_SEARCH "es-get-is-a-search" 199..=203 "b81d64f68e477cd3" Source;
        ES_NOT_FOUND "es-not-found" 205..=208 "54812a614682c517" Source;
        ES_FOUND "es-found" 209..=212 "9e6f4c7974bf19e9" Source;
        ES_GET_WITHOUT_INDEX "es-get-without-index" 213..=215 "b5096b85af7f0bb2" Derived;
        ES_LIST "es-list" 360..=367 "9c00e0b08fca1628" Source;
        ES_ROWS "es-rows" 369..=376 "089c7015d0c0eb31" Source;
        ES_LIST_WITHOUT_INDEX "es-list-without-index" 378..=380 "f1c0f8d7ec561c64" Derived;
        ES_COUNTED "es-counted" 300..=310 "475b5c85fa97dc47" Source;
        ES_INDEX_NAME "es-index-name" 454..=456 "d2c1306afb9bae13" Source;
    }
    OPENWHISK "tests/src/test/scala/org/apache/openwhisk/core/database/elasticsearch/ElasticSearchActivationStoreTests.scala" {
        ES_SEARCHABLE_LATER "es-searchable-later" 38..=40 "146ecddfd6d47e88" Background(Elasticsearch);
    }

    // Entities.
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Namespaces.scala" {
        NAMESPACES_RECEIVED "namespaces-received" 43..=46 "a419946ac30d5737" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/AuthorizedRouteDispatcher.scala" {
        ANSWER_FORBIDDEN "answer-forbidden" 81..=85 "1d0369d4963aafc0" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Packages.scala" {
        PACKAGE_WRITTEN "package-written" 260..=271 "aea06f121100501f" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Rules.scala" {
        RULE_SET "rule-set" 141..=162 "4fa087401873189f" Source;
        RULE_WRITTEN "rule-written" 294..=298 "dc6d57bd98f09e3d" Source;
    }
    OPENWHISK "common/scala/src/main/scala/org/apache/openwhisk/core/database/ArtifactActivationStore.scala" {
        COUCHDB_COUNTED "couchdb-counted" 73..=84 "b5624e1b385f8259" Source;
    }

    // Sequences, triggers, and what is refused or fails before it runs.
    CLIENT "whisk/trigger.go" {
        CLIENT_FIRE_TRIGGER "client-fire-trigger" 200..=206 "5bafcdf7cb919473" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Entities.scala" {
        ANSWER_TOO_LARGE "answer-too-large" 44..=50 "0942a9b21e67f9e0" Source;
        PAYLOAD_TOO_LARGE "payload-too-large" 119..=126 "02d1782cbf150bed" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/actions/SequenceActions.scala" {
        SEQUENCE_STARTED "sequence-started" 103..=112 "2c314ae6de1a56c7" Source;
        SEQUENCE_RECORDED "sequence-recorded" 168..=187 "771b2da028fa1305" Source;
        SEQUENCE_COMPONENT_NOT_FOUND "sequence-component-not-found" 305..=310 "d85cee44e94a756a" Source;
        SEQUENCE_TOO_LONG "sequence-too-long" 311..=314 "f81d874704c8f6c1" Source;
        COMPONENT_INVOKED "component-invoked" 372..=378 "693d90f0347928f0" Source;
        COMPONENT_TIMED_OUT "component-timed-out" 386..=390 "831b3e48c23cff9e" Source;
        COMPONENT_FAILED "component-failed" 393..=398 "660a64e6c1db01a0" Source;
        SEQUENCE_STOPS_AT_ERROR "sequence-stops-at-error" 464..=492 "63037f879e7eccac" Source;
    }
    OPENWHISK "core/controller/src/main/scala/org/apache/openwhisk/core/controller/Triggers.scala" {
        TRIGGER_WRITTEN "trigger-written" 265..=272 "c958471c0123b99d" Source;
        FIRE_RECEIVED "fire-received" 135..=145 "cc62c313e27d93d9" Source;
        TRIGGER_FIRED "trigger-fired" 147..=159 "8aae6f8c45d60ca6" Source;
        TRIGGER_RECORDED "trigger-recorded" 174..=183 "11da92f0e8b946c1" Source;
        ANSWER_FIRED "answer-fired" 185..=187 "8d5cdb3bae96442a" Source;
        TRIGGER_WITHOUT_RULE "trigger-without-rule" 188..=193 "f94a6b2d85a3c5de" Source;
        RULE_ANSWERED "rule-answered" 346..=353 "2fada7acb1f19399" Source;
        RULE_FAILED "rule-failed" 355..=376 "e45bd90382efd9f1" Source;
        RULE_POSTED "rule-posted" 401..=421 "b7af0e361f053d6c" Source;
    }

    // Model parameters that the page names.
    OPENWHISK "common/scala/src/main/resources/application.conf" {
        LARGEST_MESSAGE "largest-message" 436..=465 "a995f61c3b6a2cd7" Source;
        STORE_RETRIES "store-retries" 364..=367 "a74a186767ecdfb6" Source;
        STORE_LEVELS "store-levels" 472..=478 "9bc7c9bfb65b00fb" Source;
        ACTION_LIMITS "action-limits" 484..=510 "df65fecffb3b027c" Source;
        BLOCKING_LIMITS "blocking-limits" 598..=603 "42dfb91fb07b30e9" Source;
    }
    OPENWHISK "core/invoker/src/main/resources/application.conf" {
        USER_MEMORY "user-memory" 62..=63 "baf574570948fb76" Source;
        CONTAINER_TIMEOUTS "container-timeouts" 162..=168 "56b0c3400c520d96" Source;
    }
    OPENWHISK "ansible/files/runtimes.json" {
        PREWARMED_CONTAINERS "prewarmed-containers" 44..=56 "851da99a55561083" Source;
    }
}
