//! What a command may say: each value against its range, each name against what there is.

use super::checks::Checks;
use super::command::{
    Act, BURST_GAP_US_MAX, BURST_MAX, LIST_LIMIT_MAX, LIST_SKIP_MAX, Means, PAYLOAD_BYTES_MAX, PAYLOAD_BYTES_TRIED_MAX, WAIT_MS_MAX,
};
use super::configuration::Configuration;
use super::place::Node;
use crate::json::Path;

impl Act {
    pub(super) fn check(&self, whole: &Path<'_>, configuration: &Configuration, checks: &mut Checks) {
        match self {
            Self::Invoke { namespace, action, count, gap_us, timeout_ms, .. } => {
                if let Some(timeout_ms) = timeout_ms {
                    checks.range(whole, "timeoutMs", (*timeout_ms).into(), 1, WAIT_MS_MAX.into());
                }
                checks.range(whole, "count", (*count).into(), 1, BURST_MAX.into());
                checks.range(whole, "gapUs", *gap_us, 0, BURST_GAP_US_MAX);
                named(whole, "action", namespace, action, checks);
            }
            Self::InvokeTooLarge { namespace, action, payload_bytes, .. } => {
                let least = u64::from(PAYLOAD_BYTES_MAX) + 1;
                checks.range(whole, "payloadBytes", (*payload_bytes).into(), least, PAYLOAD_BYTES_TRIED_MAX.into());
                named(whole, "action", namespace, action, checks);
            }
            Self::DeleteAction { namespace, action } => named(whole, "action", namespace, action, checks),
            Self::FireTrigger { namespace, trigger } => named(whole, "trigger", namespace, trigger, checks),
            Self::Entity(act) => act.check(whole, checks),
            Self::List { limit, skip, name, .. } => {
                checks.range(whole, "limit", (*limit).into(), 0, LIST_LIMIT_MAX.into());
                checks.range(whole, "skip", (*skip).into(), 0, LIST_SKIP_MAX.into());
                if let Some(name) = name {
                    checks.text(whole, "name", name, 1, 256);
                }
            }
            Self::Ask { store, request, .. } => {
                if !store.keeps_records() {
                    checks.unknown(whole, "store", store.code());
                }
                request.check(whole, checks);
            }
            Self::Break { rule } => rule.check(&whole.field("rule"), configuration, checks),
            Self::DropData { store } if !store.keeps_records() => checks.unknown(whole, "store", store.code()),
            Self::Raw(raw) => {
                raw.request.check(whole, checks);
                match &raw.means {
                    Means::Act { act, .. } if !act.is_single_request() => checks.unknown(whole, "act of a request", &act.identity()),
                    Means::Act { namespace, act } => {
                        if !configuration.has_namespace(namespace) {
                            checks.unknown(whole, "namespace", namespace);
                        }
                        act.check(whole, configuration, checks);
                    }
                    Means::AtOnce { status, wish } => {
                        checks.range(whole, "status", (*status).into(), 100, 599);
                        if let Some(wish) = wish.as_ref().filter(|wish| !wish.is_single_request()) {
                            checks.unknown(whole, "wish", &wish.identity());
                        }
                    }
                }
            }
            Self::Program(program) => program.check(whole, &mut |act, checks| act.check(whole, configuration, checks), checks),
            Self::Get(_) | Self::Result(_) | Self::Logs(_) | Self::Mend { .. } | Self::DropData { .. } | Self::Interrupt { .. } => {}
            Self::Crash { node } => check_node(whole, *node, configuration, checks),
            Self::Start { node, store } => {
                if let Some(node) = node {
                    check_node(whole, *node, configuration, checks);
                }
                let is_process = node.is_none_or(|node| node.process().is_some());
                if let (Some(store), false) = (store, is_process) {
                    checks.unknown(whole, "store", store.code());
                }
            }
        }
    }
}

/// Whatever is asked for can be asked for: whether it is there is for the controller to say.
fn named(whole: &Path<'_>, what: &'static str, namespace: &str, name: &str, checks: &mut Checks) {
    checks.text(whole, "namespace", namespace, 1, 256);
    checks.text(whole, what, name, 1, 513);
}

/// Whether there is such a process or service to stop and start.
fn check_node(whole: &Path<'_>, node: Node, configuration: &Configuration, checks: &mut Checks) {
    let at = whole.field("node");
    match node {
        Node::Controller(id) => checks.range(&at, "controller", id.0.into(), 0, u64::from(configuration.controllers).saturating_sub(1)),
        Node::Invoker(id) => checks.range(&at, "invoker", id.0.into(), 0, u64::from(configuration.invokers).saturating_sub(1)),
        Node::Kafka => {}
        Node::Store(store) if store.keeps_records() => {}
        Node::Client | Node::Store(_) => checks.unknown(whole, "node", &node.code()),
    }
}
