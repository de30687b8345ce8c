//! The rows of what fails.

use super::{Evidence, rows};
use crate::cluster::faults::{FaultEffect, LinkFailure};
use crate::cluster::place::{Node, StoreKind};
use crate::cluster::step::QueryKind;

/// What its lines do about it: with a fault the cluster has no line that makes it, only lines that meet it.
pub(super) fn of_fault(from: Option<Node>, to: Option<Node>, effect: FaultEffect) -> &'static Evidence {
    match (from, to, effect) {
        (_, _, FaultEffect::QueueFull) => &rows::QUEUE_FULL,
        (_, Some(Node::Store(StoreKind::CouchDb)), FaultEffect::RefuseItem) => &rows::COUCHDB_ITEM_REFUSED,
        (_, Some(Node::Store(StoreKind::Elasticsearch)), FaultEffect::RefuseItem) => &rows::ES_ITEM_REFUSED,
        (_, Some(Node::Store(StoreKind::CouchDb)), FaultEffect::Answer { .. }) => &rows::COUCHDB_HTTP_ERROR,
        (_, Some(Node::Store(StoreKind::Elasticsearch)), FaultEffect::Answer { .. }) => &rows::ES_HTTP_ERROR,
        (_, Some(Node::Store(StoreKind::CouchDb)), _) => &rows::COUCHDB_RETRIED,
        (_, Some(Node::Store(StoreKind::Elasticsearch)), _) => &rows::ES_RETRIED,
        (_, Some(Node::Kafka), FaultEffect::Refuse) => &rows::PRODUCER_RETRIES,
        (_, Some(Node::Kafka), _) => &rows::PRODUCER_TIMES_OUT,
        (Some(Node::Kafka), _, _) => &rows::MESSAGES_DELIVERED,
        (Some(Node::Client), _, _) => &rows::GATEWAY_TIMEOUT,
        _ => &rows::STORE_RETRIES,
    }
}

pub(super) fn of_start(node: Node) -> &'static Evidence {
    match node {
        Node::Store(StoreKind::CouchDb) => &rows::COUCHDB_STORED,
        Node::Store(StoreKind::Elasticsearch) => &rows::ES_STORED,
        _ => &rows::MESSAGES_DELIVERED,
    }
}

pub(super) fn of_write_failure(store: StoreKind, cause: LinkFailure) -> &'static Evidence {
    match (store, cause) {
        (_, LinkFailure::QueueFull) => &rows::QUEUE_FULL,
        (StoreKind::CouchDb, LinkFailure::Status(_)) => &rows::COUCHDB_HTTP_ERROR,
        (StoreKind::Elasticsearch, LinkFailure::Status(_)) => &rows::ES_HTTP_ERROR,
        (StoreKind::CouchDb, _) => &rows::COUCHDB_RETRIED,
        _ => &rows::ES_RETRIED,
    }
}

/// A poll cites what ends its request; a read, where its store's answer is no answer.
pub(super) fn of_query_failure(store: StoreKind, query: QueryKind) -> &'static Evidence {
    match (query, store) {
        (QueryKind::QuickPoll | QueryKind::SlowPoll, _) => &rows::POLL_FAILED,
        (QueryKind::Get, StoreKind::CouchDb) => &rows::COUCHDB_GET_FAILED,
        (QueryKind::List, StoreKind::CouchDb) => &rows::COUCHDB_QUERY_FAILED,
        (QueryKind::Get, _) => &rows::ES_GET_FAILED,
        (QueryKind::List, _) => &rows::ES_QUERY_FAILED,
    }
}
