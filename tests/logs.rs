//! Every kind of line of the logs, from runs that come to it: who writes it, how grave it is, in which transaction, by which class, and what
//! it says. What is expected here is the source's own text, at the commit that the facts name.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

mod support;

use std::collections::BTreeSet;
use support::{bound_to, breaks, breaks_times, burst, invoke, ms, play, run_of};
use whiskscope::activation::{Action, Rule, SpanRange, Trigger};
use whiskscope::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind};
use whiskscope::cluster::step::{Step, StepKind};
use whiskscope::cluster::{Act, Configuration, FaultEffect, Limit, StepLog, StoreLevel, Wait};
use whiskscope::operator::log::{Trace, lines};

const CONTROLLER: Node = Node::Controller(ControllerId(0));
const INVOKER: Node = Node::Invoker(InvokerId(0));
const COUCHDB: StoreKind = StoreKind::CouchDb;
const ELASTICSEARCH: StoreKind = StoreKind::Elasticsearch;

/// A kind of line: what it is, and its text with `{id}` for an activation id, `{tid}` for a transaction and `{n}` for a number. `C` and `I`
/// before the level stand for a controller and an invoker.
type Row = (Trace, &'static str);

const TABLE: &[Row] = &[
    // The throttles, `core/entitlement/Entitlement.scala:415`, `http/ErrorResponse.scala:67-73`.
    (
        Trace::Throttled,
        "C [INFO] [#tid_{tid}] [LocalEntitlementProvider] 'guest' has exceeded its throttle limit, Too many requests in the last minute \
         (count: 2, allowed: 1).",
    ),
    (
        Trace::Throttled,
        "C [INFO] [#tid_{tid}] [LocalEntitlementProvider] 'guest' has exceeded its throttle limit, Too many concurrent requests in flight \
         (count: 1, allowed: 1).",
    ),
    // An id is made, `core/controller/actions/PrimitiveActions.scala:172-176`, `SequenceActions.scala:105`, `Triggers.scala:149`.
    (Trace::IdMade, "C [INFO] [#tid_{tid}] [ActionsApi] action activation id: {id}"),
    (Trace::IdMade, "C [INFO] [#tid_{tid}] [#tid_{tid}] [ActionsApi] action activation id: {id}"),
    (
        Trace::SequenceInvoked,
        "C [INFO] [#tid_{tid}] [ActionsApi] invoking sequence WhiskActionMetaData/guest/outer@0.0.1 topmost true activationid '{id}'",
    ),
    (
        Trace::SequenceInvoked,
        "C [INFO] [#tid_{tid}] [ActionsApi] invoking sequence WhiskActionMetaData/guest/inner@0.0.1 topmost true activationid '{id}'",
    ),
    (
        Trace::SequenceInvoked,
        "C [INFO] [#tid_{tid}] [#tid_{tid}] [ActionsApi] invoking sequence WhiskActionMetaData/guest/inner@0.0.1 topmost false \
         activationid '{id}'",
    ),
    (Trace::TriggerFired, "C [INFO] [#tid_{tid}] [TriggersApi] [POST] trigger activation id: {id}"),
    // The load balancer, `ShardingContainerPoolBalancer.scala:287-314,423`, and what its failure comes to, `PrimitiveActions.scala:196-212`,
    // `Actions.scala:320-328`, `SequenceActions.scala:393-399`.
    (
        Trace::Scheduled,
        "C [INFO] [#tid_{tid}] [ShardingContainerPoolBalancer] scheduled activation {id}, action 'guest/hello@0.0.1' (managed), ns 'guest', \
         mem limit 256 MB (std), time limit 60000 ms (std) to invoker{n}",
    ),
    (
        Trace::Scheduled,
        "C [INFO] [#tid_{tid}] [ShardingContainerPoolBalancer] scheduled activation {id}, action 'guest/tools/long@0.0.1' (managed), ns \
         'guest', mem limit 512 MB (non-std), time limit 300000 ms (non-std) to invoker{n}",
    ),
    (
        Trace::Scheduled,
        "C [INFO] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] scheduled activation {id}, action 'guest/hello@0.0.1' (managed), \
         ns 'guest', mem limit 256 MB (std), time limit 60000 ms (std) to invoker{n}",
    ),
    (
        Trace::Overloaded,
        "C [WARN] [#tid_{tid}] [ShardingContainerPoolBalancer] system is overloaded. Chose invoker{n} by random assignment.",
    ),
    (
        Trace::NotScheduled,
        "C [ERROR] [#tid_{tid}] [ShardingContainerPoolBalancer] failed to schedule activation {id}, action 'guest/hello@0.0.1' (managed), ns \
         'guest' - invokers to use: Map(…)",
    ),
    (Trace::NotScheduled, "C [WARN] [#tid_{tid}] [ActionsApi] No invokers available"),
    (Trace::NotScheduled, "C [ERROR] [#tid_{tid}] [ActionsApi] [POST] failed in loadbalancer: No invokers available"),
    (
        Trace::NotScheduled,
        "C [ERROR] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] failed to schedule activation {id}, action 'guest/hello@0.0.1' \
         (managed), ns 'guest' - invokers to use: Map(…)",
    ),
    (Trace::NotScheduled, "C [WARN] [#tid_{tid}] [#tid_{tid}] [ActionsApi] No invokers available"),
    (
        Trace::ComponentFailed,
        "C [ERROR] [#tid_{tid}] [#tid_{tid}] [ActionsApi] component activation failed: \
         org.apache.openwhisk.core.loadBalancer.LoadBalancerException: No invokers available",
    ),
    (Trace::ComponentFailed, "C [ERROR] [#tid_{tid}] [ActionsApi] component activation timedout for {id}"),
    (
        Trace::RuleFailed,
        "C [ERROR] [#tid_{tid}] [TriggersApi] trigger-fired action 'guest/hello' failed to invoke with The server is currently unavailable \
         (because it is overloaded or down for maintenance)., #tid_{tid}",
    ),
    (
        Trace::RuleFailed,
        "C [ERROR] [#tid_{tid}] [TriggersApi] trigger-fired action 'guest/hello' failed to invoke with There was an internal server error., \
         #tid_{tid}",
    ),
    // What is not read, `BasicAuthenticationDirective.scala:55`, `ApiUtils.scala:156`.
    (
        Trace::NotRead,
        "C [ERROR] [#tid_{tid}] [BasicAuthenticationDirective] authentication error: org.apache.pekko.stream.StreamTcpException: Tcp command \
         [Connect(…)] failed because of java.net.ConnectException: Connection refused",
    ),
    (
        Trace::NotRead,
        "C [ERROR] [#tid_{tid}] [ActionsApi] [GET] entity failed: Tcp command [Connect(…)] failed because of java.net.ConnectException: \
         Connection refused",
    ),
    (
        Trace::NotRead,
        "C [ERROR] [#tid_{tid}] [TriggersApi] [GET] entity failed: Tcp command [Connect(…)] failed because of java.net.ConnectException: \
         Connection refused",
    ),
    // Posting, `CommonLoadBalancer.scala:197-216`, `KafkaProducerConnector.scala:76-96`.
    (Trace::Posting, "C [INFO] [#tid_{tid}] [ShardingContainerPoolBalancer] posting topic 'invoker{n}' with activation id '{id}'"),
    (
        Trace::Posting,
        "C [INFO] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] posting topic 'invoker{n}' with activation id '{id}'",
    ),
    (
        Trace::Posting,
        "C [INFO] [#tid_sid_invokerHealth] [ShardingContainerPoolBalancer] posting topic 'invoker{n}' with activation id '{id}'",
    ),
    (Trace::Posted, "C [INFO] [#tid_{tid}] [ShardingContainerPoolBalancer] posted to invoker{n}[0][{n}]"),
    (Trace::Posted, "C [INFO] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] posted to invoker{n}[0][{n}]"),
    (Trace::Posted, "C [INFO] [#tid_sid_invokerHealth] [ShardingContainerPoolBalancer] posted to invoker{n}[0][{n}]"),
    (
        Trace::NotSent,
        "C [ERROR] [#tid_{tid}] [KafkaProducerConnector] sending message on topic 'invoker{n}' failed: There is no leader for this \
         topic-partition as we are in the middle of a leadership election.",
    ),
    (
        Trace::NotSent,
        "C [ERROR] [#tid_{tid}] [#tid_{tid}] [KafkaProducerConnector] sending message on topic 'invoker{n}' failed: There is no leader for \
         this topic-partition as we are in the middle of a leadership election.",
    ),
    (
        Trace::NotSent,
        "C [ERROR] [#tid_sid_invokerHealth] [KafkaProducerConnector] sending message on topic 'invoker{n}' failed: There is no leader for \
         this topic-partition as we are in the middle of a leadership election.",
    ),
    (
        Trace::NotSent,
        "C [ERROR] [#tid_{tid}] [KafkaProducerConnector] sending message on topic 'invoker{n}' failed: The request timed out.",
    ),
    (Trace::SentAgain, AGAIN_POSTED[0]),
    (Trace::SentAgain, AGAIN_POSTED[1]),
    (Trace::SentAgain, AGAIN_POSTED[2]),
    (
        Trace::SentAgain,
        "C [INFO] [#tid_{tid}] [#tid_{tid}] [KafkaProducerConnector] org.apache.kafka.common.errors.LeaderNotAvailableException: There is no \
         leader for this topic-partition as we are in the middle of a leadership election.: Retrying {n} more times",
    ),
    (
        Trace::SentAgain,
        "C [INFO] [#tid_sid_invokerHealth] [KafkaProducerConnector] org.apache.kafka.common.errors.LeaderNotAvailableException: There is no \
         leader for this topic-partition as we are in the middle of a leadership election.: Retrying {n} more times",
    ),
    (Trace::NotPosted, "C [WARN] [#tid_{tid}] [ShardingContainerPoolBalancer] error on posting to topic invoker{n}"),
    (Trace::NotPosted, "C [WARN] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] error on posting to topic invoker{n}"),
    (Trace::NotPosted, "C [WARN] [#tid_sid_invokerHealth] [ShardingContainerPoolBalancer] error on posting to topic invoker{n}"),
    (Trace::NotPosted, "C [WARN] [#tid_{tid}] [ActionsApi] The request timed out."),
    (
        Trace::NotPosted,
        "C [WARN] [#tid_{tid}] [ActionsApi] There is no leader for this topic-partition as we are in the middle of a leadership election.",
    ),
    (
        Trace::NotPosted,
        "C [WARN] [#tid_{tid}] [#tid_{tid}] [ActionsApi] There is no leader for this topic-partition as we are in the middle of a leadership \
         election.",
    ),
    (Trace::NotPosted, "C [ERROR] [#tid_{tid}] [ActionsApi] [POST] action activation failed: The request timed out."),
    (
        Trace::NotPosted,
        "C [ERROR] [#tid_{tid}] [ActionsApi] [POST] action activation failed: There is no leader for this topic-partition as we are in the \
         middle of a leadership election.",
    ),
    (
        Trace::ComponentFailed,
        "C [ERROR] [#tid_{tid}] [#tid_{tid}] [ActionsApi] component activation failed: \
         org.apache.kafka.common.errors.LeaderNotAvailableException: There is no leader for this topic-partition as we are in the middle of a \
         leadership election.",
    ),
    // Acks at the controller, `CommonLoadBalancer.scala:249-365`.
    (Trace::ResultReceived, "C [INFO] [#tid_{tid}] [ShardingContainerPoolBalancer] received result ack for '{id}'"),
    (Trace::ResultReceived, "C [INFO] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] received result ack for '{id}'"),
    (
        Trace::CompletionReceived,
        "C [INFO] [#tid_{tid}] [ShardingContainerPoolBalancer] received completion ack for '{id}', system error=false",
    ),
    (
        Trace::CompletionReceived,
        "C [INFO] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] received completion ack for '{id}', system error=false",
    ),
    (
        Trace::CompletionReceived,
        "C [INFO] [#tid_{tid}] [ShardingContainerPoolBalancer] received completion ack for '{id}', system error=true",
    ),
    (
        Trace::CompletionReceived,
        "C [INFO] [#tid_sid_invokerHealth] [ShardingContainerPoolBalancer] received completion ack for health action on invoker{n}",
    ),
    (
        Trace::CompletionForced,
        "C [WARN] [#tid_{tid}] [ShardingContainerPoolBalancer] forced completion ack for '{id}', action 'guest/hello@0.0.1' (managed), \
         non-blocking, mem limit 256 MB, time limit 60000 ms, completion ack timeout 3 minutes from invoker{n}",
    ),
    (
        Trace::CompletionForced,
        "C [WARN] [#tid_{tid}] [ShardingContainerPoolBalancer] forced completion ack for '{id}', action 'guest/hello@0.0.1' (managed), \
         blocking, mem limit 256 MB, time limit 60000 ms, completion ack timeout 3 minutes from invoker{n}",
    ),
    (
        Trace::CompletionForced,
        "C [WARN] [#tid_{tid}] [ShardingContainerPoolBalancer] forced completion ack for '{id}', action 'guest/tools/long@0.0.1' (managed), \
         non-blocking, mem limit 512 MB, time limit 300000 ms, completion ack timeout 660000 milliseconds from invoker{n}",
    ),
    (
        Trace::CompletionForced,
        "C [WARN] [#tid_{tid}] [#tid_{tid}] [ShardingContainerPoolBalancer] forced completion ack for '{id}', action 'guest/slow@0.0.1' \
         (managed), blocking, mem limit 256 MB, time limit 60000 ms, completion ack timeout 3 minutes from invoker{n}",
    ),
    (
        Trace::CompletionLate,
        "C [WARN] [#tid_{tid}] [ShardingContainerPoolBalancer] received completion ack for '{id}' from invoker{n} which has no entry, system \
         error=false",
    ),
    (Trace::Retrieved, "C [INFO] [#tid_{tid}] [ActionsApi] retrieved activation for blocking invocation via DB polling"),
    // Runs, `ContainerPool.scala:97-110,213-220`, `ContainerProxy.scala:900`, `InvokerReactive.scala:253,262`.
    (Trace::ContainerStarted, CONTAINER[0]),
    (Trace::ContainerStarted, CONTAINER[1]),
    (Trace::ContainerStarted, CONTAINER[2]),
    (Trace::ContainerStarted, CONTAINER[3]),
    (Trace::ContainerStarted, CONTAINER[4]),
    (Trace::ContainerStarted, CONTAINER[5]),
    (Trace::ContainerStarted, CONTAINER[6]),
    (
        Trace::Rescheduled,
        "I [WARN] [#tid_sid_invokerHealth] [ContainerPool] Rescheduling Run message, too many message in the pool, freePoolSize: … containers \
         and … MB, busyPoolSize: … containers and … MB, maxContainersMemory 512 MB, userNamespace: whisk.system, action: \
         ExecutableWhiskAction/whisk.system/invokerHealthTestAction0@0.0.1, needed memory: 128 MB, waiting messages: 0",
    ),
    (
        Trace::Rescheduled,
        "I [WARN] [#tid_{tid}] [ContainerPool] Rescheduling Run message, too many message in the pool, freePoolSize: … containers and … MB, \
         busyPoolSize: … containers and … MB, maxContainersMemory 512 MB, userNamespace: guest, action: \
         ExecutableWhiskAction/guest/hello@0.0.1, needed memory: 256 MB, waiting messages: 0",
    ),
    (
        Trace::LogsUnread,
        "I [WARN] [#tid_{tid}] [ContainerProxy] reading logs failed: \
         org.apache.openwhisk.core.containerpool.logging.LogCollectingException: Failed to read logs",
    ),
    (Trace::Blacklisted, "I [WARN] [#tid_{tid}] [InvokerReactive] namespace guest was blocked in invoker."),
    (
        Trace::Unparsable,
        "I [ERROR] [#tid_sid_unknown] [InvokerReactive] terminal failure while processing message: spray.json.DeserializationException: \
         Object is missing required member 'transid'",
    ),
    // Acks at the invoker, `core/ack/MessagingActiveAck.scala:44-70`.
    (Trace::AckPosted, "I [INFO] [#tid_{tid}] [MessagingActiveAck] posted result of activation {id}"),
    (Trace::AckPosted, "I [INFO] [#tid_{tid}] [#tid_{tid}] [MessagingActiveAck] posted result of activation {id}"),
    (Trace::AckPosted, "I [INFO] [#tid_{tid}] [MessagingActiveAck] posted completion of activation {id}"),
    (Trace::AckPosted, "I [INFO] [#tid_{tid}] [#tid_{tid}] [MessagingActiveAck] posted completion of activation {id}"),
    (Trace::AckPosted, "I [INFO] [#tid_sid_invokerHealth] [MessagingActiveAck] posted completion of activation {id}"),
    (Trace::AckPosted, "I [INFO] [#tid_{tid}] [MessagingActiveAck] posted combined of activation {id}"),
    (Trace::AckPosted, "I [INFO] [#tid_{tid}] [MessagingActiveAck] posted recovery result of activation {id}"),
    (
        Trace::NotSent,
        "I [ERROR] [#tid_{tid}] [KafkaProducerConnector] sending message on topic 'completed0' failed: The message is {n} bytes when \
         serialized which is larger than 1054644, which is the value of the max.request.size configuration.",
    ),
    (
        Trace::NotSent,
        "I [ERROR] [#tid_{tid}] [KafkaProducerConnector] sending message on topic 'completed0' failed: There is no leader for this \
         topic-partition as we are in the middle of a leadership election.",
    ),
    (
        Trace::NotSent,
        "I [ERROR] [#tid_{tid}] [KafkaProducerConnector] sending message on topic 'completed0' failed: The request timed out.",
    ),
    (
        Trace::NotSent,
        "I [ERROR] [#tid_sid_invokerHealth] [KafkaProducerConnector] sending message on topic 'completed0' failed: The request timed out.",
    ),
    (Trace::SentAgain, AGAIN_ACKED[0]),
    (Trace::SentAgain, AGAIN_ACKED[1]),
    (Trace::SentAgain, AGAIN_ACKED[2]),
    // Writing to CouchDB, `core/database/CouchDbRestStore.scala:90-182`, `StoreUtils.scala:36-50`, `ArtifactActivationStore.scala:45-51`.
    (
        Trace::Saving,
        "I [INFO] [#tid_{tid}] [CouchDbRestStore] [PUT] 'whisk_local_activations' saving document: 'id: guest/{id}, rev: null'",
    ),
    (
        Trace::Saving,
        "I [INFO] [#tid_{tid}] [#tid_{tid}] [CouchDbRestStore] [PUT] 'whisk_local_activations' saving document: 'id: guest/{id}, rev: null'",
    ),
    (
        Trace::Saving,
        "I [INFO] [#tid_sid_invokerHealth] [CouchDbRestStore] [PUT] 'whisk_local_activations' saving document: 'id: whisk.system/{id}, rev: \
         null'",
    ),
    (
        Trace::Saving,
        "C [INFO] [#tid_{tid}] [CouchDbRestStore] [PUT] 'whisk_local_activations' saving document: 'id: guest/{id}, rev: null'",
    ),
    (
        Trace::Saving,
        "C [INFO] [#tid_{tid}] [#tid_{tid}] [CouchDbRestStore] [PUT] 'whisk_local_activations' saving document: 'id: guest/{id}, rev: null'",
    ),
    (Trace::SavingBatch, "I [INFO] [#tid_sid_dbBatcher] [CouchDbRestStore] 'whisk_local_activations' saving {n} documents"),
    (Trace::SavingBatch, "C [INFO] [#tid_sid_dbBatcher] [CouchDbRestStore] 'whisk_local_activations' saving {n} documents"),
    (Trace::BatchRetried, "I [WARN] [#tid_sid_dbBatcher] [CouchDbRestStore] failed to store an activation to CouchDB"),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [CouchDbRestStore] 'whisk_local_activations' failed to put documents, http status: '503 Service \
         Unavailable'",
    ),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [CouchDbRestStore] [PUT] 'whisk_local_activations' internal error, failure: 'Tcp command \
         [Connect(…)] failed because of java.net.ConnectException: Connection refused'",
    ),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [CouchDbRestStore] [PUT] 'whisk_local_activations' internal error, failure: 'TCP idle-timeout on \
         connection to […] expired'",
    ),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [CouchDbRestStore] [PUT] 'whisk_local_activations' internal error, failure: 'Request queue is full.'",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [StoreUtils] [PUT] 'whisk_local_activations' internal error, failure: 'Tcp command [Connect(…)] failed \
         because of java.net.ConnectException: Connection refused' [StreamTcpException]",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [StoreUtils] [PUT] 'whisk_local_activations' internal error, failure: 'TCP idle-timeout on connection to […] \
         expired' [TcpIdleTimeoutException]",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [StoreUtils] [PUT] 'whisk_local_activations' internal error, failure: 'Request queue is full.' [Exception]",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [ArtifactActivationStore] failed to record activation {id} with error Unexpected http response code: 503 \
         Service Unavailable",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [ArtifactActivationStore] failed to record activation {id} with error Tcp command [Connect(…)] failed because \
         of java.net.ConnectException: Connection refused",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [ArtifactActivationStore] failed to record activation {id} with error TCP idle-timeout on connection to […] \
         expired",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [ArtifactActivationStore] failed to record activation {id} with error Request queue is full.",
    ),
    (Trace::NotRecorded, "I [ERROR] [#tid_{tid}] [ArtifactActivationStore] failed to record activation {id} with error conflict on 'put'"),
    (Trace::NotRecorded, "I [ERROR] [#tid_{tid}] [ArtifactActivationStore] failed to record activation {id} with error error on 'put'"),
    (Trace::NotRecorded, "C [ERROR] [#tid_{tid}] [ArtifactActivationStore] failed to record activation {id} with error error on 'put'"),
    // Writing to Elasticsearch, `core/database/elasticsearch/ElasticSearchActivationStore.scala:92-191`.
    (Trace::Saving, "I [INFO] [#tid_{tid}] [ElasticSearchActivationStore] [PUT] 'activations' document: 'guest/{id}'"),
    (Trace::Saving, "I [INFO] [#tid_sid_invokerHealth] [ElasticSearchActivationStore] [PUT] 'activations' document: 'whisk.system/{id}'"),
    (Trace::SavingBatch, "I [INFO] [#tid_sid_dbBatcher] [ElasticSearchActivationStore] 'activations' saving {n} documents"),
    (Trace::BatchRetried, "I [WARN] [#tid_sid_dbBatcher] [ElasticSearchActivationStore] store activation to ElasticSearch failed"),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [ElasticSearchActivationStore] 'activations' failed to put documents, http status: '503'",
    ),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [ElasticSearchActivationStore] [PUT] 'activations' internal error, failure: \
         'java.net.ConnectException: Connection refused' [JavaClientExceptionWrapper]",
    ),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [ElasticSearchActivationStore] [PUT] 'activations' internal error, failure: \
         'java.net.SocketTimeoutException' [JavaClientExceptionWrapper]",
    ),
    (
        Trace::BatchFailed,
        "I [ERROR] [#tid_sid_dbBatcher] [ElasticSearchActivationStore] 'activations' failed to put documents, http status: '429'",
    ),
    (
        Trace::NotRecorded,
        "I [ERROR] [#tid_{tid}] [ElasticSearchActivationStore] [PUT] 'activations' failed to put document: 'guest/{id}'; Unexpected error: \
         es_rejected_execution_exception:rejected execution of …, code: 429 on 'bulk_put'.",
    ),
    // The gate before both, `core/database/ActivationStore.scala:83-90`: by the class of the store that is bound.
    (Trace::NotStoring, NOT_STORING[0][0]),
    (Trace::NotStoring, NOT_STORING[0][1]),
    (Trace::NotStoring, NOT_STORING[1][0]),
    (Trace::NotStoring, NOT_STORING[1][1]),
    (Trace::NotStoring, NOT_STORING[2][0]),
    (Trace::NotStoring, NOT_STORING[2][1]),
    (
        Trace::NotStoring,
        "C [INFO] [#tid_{tid}] [ArtifactActivationStore] Explicitly NOT storing activation {id} for action tick from namespace guest with \
         response_size=0B",
    ),
];

macro_rules! again {
    ($who:literal, $left:literal) => {
        concat!(
            $who,
            " [INFO] [#tid_{tid}] [KafkaProducerConnector] org.apache.kafka.common.errors.LeaderNotAvailableException: There is no leader for \
             this topic-partition as we are in the middle of a leadership election.: Retrying ",
            $left,
            " more times"
        )
    };
}
const AGAIN_POSTED: [&str; 3] = [again!("C", "3"), again!("C", "2"), again!("C", "1")];
const AGAIN_ACKED: [&str; 3] = [again!("I", "3"), again!("I", "2"), again!("I", "1")];

macro_rules! container {
    ($transaction:literal, $start:literal, $container:literal, $of:literal) => {
        concat!(
            "I [INFO] ",
            $transaction,
            " [ContainerPool] containerStart containerState: ",
            $start,
            " container: ",
            $container,
            " activations: 1 of max 1 action: ",
            $of,
            " activationId: {id}"
        )
    };
}
const CONTAINER: [&str; 7] = [
    container!("[#tid_{tid}]", "prewarmed", "Some(ContainerId(…))", "hello namespace: guest"),
    container!("[#tid_{tid}]", "warm", "Some(ContainerId(…))", "hello namespace: guest"),
    container!("[#tid_{tid}]", "cold", "None", "hello namespace: guest"),
    container!("[#tid_{tid}]", "recreated", "None", "hello namespace: guest"),
    container!("[#tid_{tid}] [#tid_{tid}]", "prewarmed", "Some(ContainerId(…))", "hello namespace: guest"),
    container!("[#tid_sid_invokerHealth]", "cold", "None", "invokerHealthTestAction0 namespace: whisk.system"),
    container!("[#tid_sid_invokerHealth]", "warm", "Some(ContainerId(…))", "invokerHealthTestAction0 namespace: whisk.system"),
];

macro_rules! not_storing {
    ($class:literal) => {
        [
            concat!(
                "I [INFO] [#tid_{tid}] [",
                $class,
                "] Explicitly NOT storing activation {id} for action hello from namespace guest with response_size=31B"
            ),
            concat!(
                "I [INFO] [#tid_sid_invokerHealth] [",
                $class,
                "] Explicitly NOT storing activation {id} for action invokerHealthTestAction0 from namespace whisk.system with \
                 response_size=2B"
            ),
        ]
    };
}
const NOT_STORING: [[&str; 2]; 3] =
    [not_storing!("ArtifactActivationStore"), not_storing!("ElasticSearchActivationStore"), not_storing!("NoopActivationStore")];

/// A run: what it is called, its configuration, its acts and when it ends.
type Scene = (&'static str, Configuration, Vec<(u64, Act)>, u64);

/// Runs that come to every kind of line.
fn scenes() -> Vec<Scene> {
    const HELLO_AT: u64 = 20_000;
    let hello = || invoke("hello", Wait::NonBlocking);
    let blocking = || invoke("hello", Wait::Blocking);
    let with = |change: &dyn Fn(&mut Configuration)| {
        let mut configuration = bound_to(COUCHDB);
        change(&mut configuration);
        configuration
    };
    let limits = |change: &dyn Fn(&mut Configuration)| {
        with(&|it| {
            (it.invocations_per_minute, it.invocations_concurrent) = (Limit::None, Limit::None);
            change(it);
        })
    };
    let rule = |name: &str| Rule { name: name.into(), action: "hello".into(), active: true };
    let entities = |it: &mut Configuration| {
        it.actions.push(Action::sequence("guest", "inner", &["hello"]));
        it.actions.push(Action::sequence("guest", "outer", &["inner", "hello"]));
        it.actions.push(Action::sequence("guest", "idle", &["slow"]));
        it.triggers.push(Trigger { namespace: "guest".into(), name: "tick".into(), rules: vec![rule("on")] });
    };
    let long = |it: &mut Configuration| {
        let mut action = Action { package: "tools".into(), ..it.actions[0].clone() };
        (action.name, action.limits.timeout_ms, action.limits.memory_mb) = ("long".into(), 300_000, 512);
        it.actions.push(action);
    };
    let fire = || Act::FireTrigger { namespace: "guest".into(), trigger: "tick".into() };
    let crash = |node| Act::Crash { node };
    let from_controller = |effect| breaks(CONTROLLER, Node::Kafka, effect);
    let from_invokers = |effect| [0, 1].map(|n| (19_000, breaks(Node::Invoker(InvokerId(n)), Node::Kafka, effect)));
    let after = |acts: [(u64, Act); 2], act| [acts.to_vec(), vec![(HELLO_AT, act)]].concat();
    let write = |store: StoreKind, effect| vec![(19_000, breaks(None, Node::Store(store), effect)), (HELLO_AT, hello())];
    let both_crash = |at| [0, 1].map(|n| (at, crash(Node::Invoker(InvokerId(n)))));

    let mut scenes = vec![
        ("plain", with(&|_| ()), vec![(HELLO_AT, hello()), (30_000, hello())], 60_000),
        ("blocking", with(&|_| ()), vec![(HELLO_AT, blocking())], 60_000),
        ("plain", bound_to(ELASTICSEARCH), vec![(HELLO_AT, hello())], 60_000),
        ("without logs", with(&|it| it.actions[0].limits.logs_mb = 0), vec![(HELLO_AT, blocking())], 60_000),
        ("cold", with(&|it| it.prewarm.clear()), vec![(HELLO_AT, hello())], 60_000),
        ("too large an ack", with(&|_| ()), vec![(HELLO_AT, invoke("report", Wait::Blocking))], 60_000),
        (
            "a minute",
            with(&|it| it.invocations_per_minute = Limit::At(1)),
            vec![(HELLO_AT, burst("hello", Wait::NonBlocking, 2, 1))],
            60_000,
        ),
        (
            "at once",
            with(&|it| it.invocations_concurrent = Limit::At(1)),
            vec![(HELLO_AT, burst("hello", Wait::NonBlocking, 2, 1))],
            60_000,
        ),
        (
            "fires",
            with(&|it| {
                entities(it);
                it.fires_per_minute = Limit::At(1);
            }),
            vec![(HELLO_AT, fire()), (20_500, fire())],
            60_000,
        ),
        ("no invoker", with(&|_| ()), vec![(1, hello())], 60_000),
        ("no invoker for a component", with(&entities), vec![(1, invoke("inner", Wait::Blocking)), (2, fire())], 60_000),
        ("a sequence", with(&entities), vec![(HELLO_AT, invoke("outer", Wait::Blocking))], 60_000),
        (
            "a component that never answers",
            with(&entities),
            [vec![(HELLO_AT, invoke("idle", Wait::NonBlocking))], both_crash(21_000).to_vec()].concat(),
            400_000,
        ),
        ("nobody is read", with(&|_| ()), vec![(HELLO_AT, crash(Node::Store(COUCHDB))), (21_000, hello())], 60_000),
        (
            "nothing is read",
            Configuration { store: ELASTICSEARCH, ..with(&entities) },
            vec![(19_000, blocking()), (20_000, crash(Node::Store(COUCHDB))), (21_000, invoke("slow", Wait::Blocking)), (21_001, fire())],
            60_000,
        ),
        ("refused posts", with(&|_| ()), vec![(19_000, from_controller(FaultEffect::Refuse)), (HELLO_AT, hello())], 40_000),
        (
            "refused once",
            with(&|_| ()),
            vec![(19_000, breaks_times(CONTROLLER, Node::Kafka, FaultEffect::Refuse, 1)), (HELLO_AT, hello())],
            60_000,
        ),
        (
            "refused posts of a component and a rule",
            with(&entities),
            vec![(19_000, from_controller(FaultEffect::Refuse)), (HELLO_AT, invoke("inner", Wait::Blocking)), (20_001, fire())],
            40_000,
        ),
        ("refused health tests", with(&|_| ()), vec![(1, from_controller(FaultEffect::Refuse))], 10_000),
        ("lost posts", with(&|_| ()), vec![(19_000, from_controller(FaultEffect::DropRequest)), (HELLO_AT, hello())], 60_000),
        ("unconfirmed posts", with(&|_| ()), vec![(19_000, from_controller(FaultEffect::DropAnswer)), (HELLO_AT, hello())], 60_000),
        ("refused acks", with(&|_| ()), after(from_invokers(FaultEffect::Refuse), hello()), 300_000),
        ("lost acks", with(&|_| ()), after(from_invokers(FaultEffect::DropRequest), blocking()), 300_000),
        (
            "lost acks of a long action",
            limits(&long),
            after(from_invokers(FaultEffect::DropRequest), invoke("tools/long", Wait::NonBlocking)),
            900_000,
        ),
        ("unconfirmed acks", with(&|_| ()), after(from_invokers(FaultEffect::DropAnswer), hello()), 300_000),
        ("late acks", with(&|_| ()), after(from_invokers(FaultEffect::Delay { ms: 200_000 }), hello()), 300_000),
        (
            "an error of OpenWhisk's",
            with(&|it| {
                it.prewarm.clear();
                it.actions[0].behaviour.container_fails = true;
            }),
            vec![(HELLO_AT, blocking())],
            60_000,
        ),
        (
            "too many",
            limits(&|it| {
                (it.invokers, it.user_memory_mb) = (1, 512);
                it.prewarm.clear();
            }),
            vec![(HELLO_AT, burst("hello", Wait::NonBlocking, 9, 1_000))],
            60_000,
        ),
        ("no room for a health test", limits(&|it| (it.invokers, it.user_memory_mb) = (1, 512)), Vec::new(), 60_000),
        (
            "another in the way",
            limits(&|it| {
                (it.invokers, it.user_memory_mb) = (1, 512);
                it.prewarm.clear();
                long(it);
            }),
            vec![(HELLO_AT, hello()), (25_000, invoke("tools/long", Wait::NonBlocking))],
            60_000,
        ),
        ("unread logs", with(&|it| it.actions[0].behaviour.log_collection_fails = true), vec![(HELLO_AT, hello())], 60_000),
        ("blacklisted", with(&|it| it.namespaces[0].blacklisted = true), vec![(HELLO_AT, blocking())], 60_000),
        ("unparsable", with(&|it| it.actions[0].behaviour.message_unparsable = true), vec![(HELLO_AT, hello())], 60_000),
        (
            "a conflict",
            with(&|_| ()),
            vec![(19_000, breaks_times(None, Node::Store(COUCHDB), FaultEffect::DropAnswer, 1)), (HELLO_AT, hello())],
            200_000,
        ),
        (
            "a controller's refused item",
            with(&entities),
            vec![(19_000, breaks(CONTROLLER, Node::Store(COUCHDB), FaultEffect::RefuseItem)), (HELLO_AT, fire())],
            60_000,
        ),
        ("a full queue", with(&|_| ()), write(COUCHDB, FaultEffect::QueueFull), 60_000),
    ];
    for store in [COUCHDB, ELASTICSEARCH] {
        for effect in [FaultEffect::Refuse, FaultEffect::Answer { status: 503 }, FaultEffect::DropRequest, FaultEffect::RefuseItem] {
            scenes.push(("a write that fails", bound_to(store), write(store, effect), 400_000));
        }
    }
    for store in [COUCHDB, ELASTICSEARCH, StoreKind::Noop] {
        let mut gated = with(&entities);
        (gated.store, gated.unstored_logs_enabled) = (store, true);
        gated.store_non_blocking_result_level = StoreLevel::StoreFailures;
        let acts = if store == COUCHDB { vec![(HELLO_AT, hello()), (21_000, fire())] } else { vec![(HELLO_AT, hello())] };
        scenes.push(("a gate", gated, acts, 60_000));
    }
    scenes
}

/// Whether a text is what a row says.
fn matches(row: &str, text: &str) -> bool {
    let Some((before, after)) = row.split_once('{') else { return row == text };
    let Some(rest) = text.strip_prefix(before) else { return false };
    let (kind, row) = after.split_once('}').expect("a closed brace");
    let length = match kind {
        "id" | "tid" => 32,
        "n" => rest.bytes().take_while(u8::is_ascii_digit).count(),
        _ => panic!("{kind} is no value"),
    };
    let Some((value, rest)) = rest.split_at_checked(length) else { return false };
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_hexdigit()) && matches(row, rest)
}

/// A line without its time, which the other tests look at.
fn said(line: &whiskscope::operator::log::Line) -> String {
    let who = if matches!(line.process, Process::Controller(_)) { "C" } else { "I" };
    let text = line.to_string();
    let (time, text) = text.split_once("] ").unwrap();
    assert!(time.len() == "[2026-01-01T00:00:00.000Z".len() && time.ends_with('Z'), "{time}");
    format!("{who} {text}")
}

#[test]
fn every_line_is_in_the_table_and_every_row_is_said() {
    let mut unsaid: BTreeSet<usize> = (0..TABLE.len()).collect();
    let mut unknown: BTreeSet<String> = BTreeSet::new();
    for (name, configuration, acts, until) in scenes() {
        let (world, steps) = play(&run_of(configuration, &acts), ms(until));
        for line in steps.iter().flat_map(|step| lines(&world, step)) {
            let text = said(&line);
            let row_of = |text: &str| TABLE.iter().position(|(trace, row)| *trace == line.trace && matches(row, text));
            // Other actions and sequences say the same of themselves.
            let others = [("guest/slow@", "guest/hello@"), ("guest/report@", "guest/hello@"), ("guest/idle@", "guest/inner@")];
            let of_others = [
                (" slow ", " hello "),
                (" report ", " hello "),
                ("None activations: 1 of max 1 action: long ", "None activations: 1 of max 1 action: hello "),
            ];
            let replaced = || others.iter().chain(&of_others).fold(text.clone(), |text, (from, to)| text.replace(from, to));
            let found = row_of(&text).or_else(|| row_of(&replaced()));
            match found {
                Some(row) => _ = unsaid.remove(&row),
                None => _ = unknown.insert(format!("{name}: {:?}: {text}", line.trace)),
            }
        }
    }
    let unsaid: Vec<&str> = unsaid.into_iter().map(|row| TABLE[row].1).collect();
    assert!(unknown.is_empty(), "no row has: {unknown:#?}");
    assert!(unsaid.is_empty(), "nothing says: {unsaid:#?}");
    let traces: BTreeSet<Trace> = TABLE.iter().map(|(trace, _)| *trace).collect();
    assert_eq!(traces.len(), Trace::Unparsable as usize + 1, "a kind of line is missing");
}

/// The ids in a line are those of the activation and of the request that its step is about, and its process is one of theirs.
#[test]
fn a_line_names_what_its_step_is_about() {
    for (name, configuration, acts, until) in scenes() {
        let (world, steps) = play(&run_of(configuration, &acts), ms(until));
        for step in &steps {
            for line in lines(&world, step) {
                let text = line.to_string();
                let Some(activation) = step.activation.and_then(|ix| world.activation(ix)) else {
                    assert!(
                        matches!(
                            line.trace,
                            Trace::Throttled
                                | Trace::IdMade
                                | Trace::NotScheduled
                                | Trace::NotRead
                                | Trace::ComponentFailed
                                | Trace::SavingBatch
                                | Trace::BatchFailed
                                | Trace::BatchRetried
                        ),
                        "{text}"
                    );
                    continue;
                };
                let named =
                    text.rsplit(['\'', ' ', '/', ',']).find(|word| word.len() == 32 && word.bytes().all(|it| it.is_ascii_hexdigit()));
                assert!(named.is_none_or(|id| id == activation.id.to_string()) || line.trace == Trace::ComponentFailed, "{name}: {text}");
                if let Some(exchange) = activation.exchange.and_then(|ix| world.exchange(ix))
                    && text.contains("[#tid_")
                    && !text.contains("[#tid_sid_")
                {
                    let own = if exchange.inner.is_some() { String::new() } else { world.transaction_id(exchange) };
                    let request = world.exchanges().find(|it| it.command == exchange.command && it.member == exchange.member).unwrap();
                    assert!(text.contains(&format!("[#tid_{}] ", world.transaction_id(request))) && text.contains(&own), "{name}: {text}");
                }
                let own = [Process::Controller(activation.controller), Process::Invoker(activation.invoker)];
                assert!(own.contains(&line.process), "{name}: {text}");
            }
        }
    }
}

/// A line is a function of its step: it is the same at the step and long after it, and its time is the step's.
#[test]
fn a_line_is_the_same_whenever_it_is_read() {
    for (name, configuration, acts, until) in scenes() {
        let run = run_of(configuration, &acts);
        let (end, _) = play(&run, ms(until));
        let (mut world, mut log) = (run.world(), StepLog { listening: true, steps: Vec::new() });
        while world.next_due().is_some_and(|at| at <= ms(until)) {
            world.advance_one(&mut log);
            for step in log.steps.drain(..) {
                assert_eq!(lines(&world, &step), lines(&end, &step), "{name}: {:?}", step.kind);
            }
        }
    }
}

/// How often `steps` say something with this text.
fn count(world: &whiskscope::cluster::World, steps: &[Step], text: &str) -> usize {
    steps.iter().flat_map(|step| lines(world, step)).filter(|line| line.to_string().contains(text)).count()
}

/// An ack is said to be posted if Kafka has confirmed it, and only then; and each failed try is an error.
#[test]
fn only_what_is_confirmed_is_posted_and_each_failed_try_is_logged() {
    let to_kafka =
        |effect, times| Act::Break { rule: whiskscope::cluster::Rule { from: Some(INVOKER), to: Some(Node::Kafka), effect, times } };
    let cases = [
        (None, [1, 0, 0]),
        // The other of the two meets a ping.
        (Some(to_kafka(FaultEffect::Refuse, Some(2))), [1, 1, 1]),
        (Some(to_kafka(FaultEffect::Refuse, None)), [0, 4, 3]),
        (Some(to_kafka(FaultEffect::DropRequest, None)), [0, 1, 0]),
        (Some(to_kafka(FaultEffect::DropAnswer, None)), [0, 1, 0]),
        // A broker that is down when the message gets there.
        (Some(Act::Crash { node: Node::Kafka }), [0, 1, 0]),
    ];
    for (act, expected) in cases {
        let mut configuration = Configuration { invokers: 1, ..Configuration::default() };
        configuration.actions[0].behaviour.run = SpanRange::millis(2_000, 2_000);
        let acts: Vec<(u64, Act)> =
            [Some((20_000, invoke("hello", Wait::NonBlocking))), act.clone().map(|act| (21_500, act))].into_iter().flatten().collect();
        let (world, steps) = play(&run_of(configuration, &acts), ms(100_000));
        let id = world.activations().rfind(|(_, it)| !it.health_test).unwrap().1.id;
        let own: Vec<Step> =
            steps.into_iter().filter(|step| step.activation.is_some_and(|ix| world.activation(ix).unwrap().id == id)).collect();
        let found = [
            count(&world, &own, &format!("posted completion of activation {id}")),
            count(&world, &own, "[ERROR]"),
            count(&world, &own, "more times"),
        ];
        assert_eq!(found, expected, "{act:?}");
    }
}

/// Its confirmation alone is lost: the ack frees its slot, and the producer tells the log that it has failed.
#[test]
fn an_unconfirmed_ack_arrives_and_is_logged_as_a_failure() {
    let acts = [(19_000, breaks(None, Node::Kafka, FaultEffect::DropAnswer)), (20_000, invoke("hello", Wait::Blocking))];
    let (_, steps) = play(&run_of(Configuration { invokers: 1, ..Configuration::default() }, &acts), ms(100_000));
    let at = |wanted: &dyn Fn(&StepKind) -> bool| steps.iter().filter(|step| wanted(&step.kind)).map(|step| step.at).max().unwrap();
    let received = at(&|kind| matches!(kind, StepKind::CompletionAckReceived { .. }));
    assert!(at(&|kind| matches!(kind, StepKind::AckLost { arrives: true, .. })) > received);
    assert!(!steps.iter().any(|step| matches!(step.kind, StepKind::AckLost { arrives: false, .. })));
}
