//! Lines of invokers about runs: `ContainerPool.scala:97-110,205-237`, `ContainerProxy.scala:896-902` and `InvokerReactive.scala:223-265`.

use super::{Level, Said, Trace};
use crate::activation::Action;
use crate::cluster::place::{InvokerId, Process};
use crate::cluster::step::{ContainerStart, Step, StepKind};
use crate::cluster::{Activation, World};

pub(super) fn say(world: &World, step: &Step, activation: Option<&Activation>, said: &mut Vec<Said>) {
    let Some(activation) = activation else { return };
    let catalogue = world.catalogue();
    let Some(action) = catalogue.action(activation.action) else { return };
    let namespace = catalogue.namespace(activation.namespace);
    let mut line =
        |invoker: InvokerId, level, trace, class, text| said.push(Said { process: Process::Invoker(invoker), level, trace, class, text });
    match step.kind {
        StepKind::ContainerAssigned { invoker, start, .. } => {
            let (state, container) = match start {
                ContainerStart::Warm => ("warm", "Some(ContainerId(…))"),
                ContainerStart::Prewarmed => ("prewarmed", "Some(ContainerId(…))"),
                ContainerStart::Cold => ("cold", "None"),
                ContainerStart::Recreated => ("recreated", "None"),
            };
            let text = format!(
                "containerStart containerState: {state} container: {container} activations: 1 of max 1 action: {} namespace: {namespace} \
                 activationId: {}",
                action.name, activation.id
            );
            line(invoker, Level::Info, Trace::ContainerStarted, "ContainerPool", text);
        }
        // Behind others in the buffer it is not even looked at: only the first is said to wait.
        StepKind::RunBuffered { invoker, waiting: 1 } => {
            let text = format!(
                "Rescheduling Run message, too many message in the pool, freePoolSize: … containers and … MB, busyPoolSize: … containers \
                 and … MB, maxContainersMemory {} MB, userNamespace: {namespace}, action: ExecutableWhiskAction/{}, needed memory: {} MB, \
                 waiting messages: 0",
                world.setup().configuration.user_memory_mb,
                versioned(action),
                action.limits.memory_mb
            );
            line(invoker, Level::Warn, Trace::Rescheduled, "ContainerPool", text);
        }
        StepKind::LogCollectionFailed { invoker, .. } => {
            let text = "reading logs failed: org.apache.openwhisk.core.containerpool.logging.LogCollectingException: Failed to read logs";
            line(invoker, Level::Warn, Trace::LogsUnread, "ContainerProxy", text.to_owned());
        }
        StepKind::NamespaceBlacklisted { invoker } => {
            let text = ["namespace ", namespace, " was blocked in invoker."].concat();
            line(invoker, Level::Warn, Trace::Blacklisted, "InvokerReactive", text);
        }
        // As it would be of an object without a single one of the message's fields.
        StepKind::MessageUnparsable { invoker } => {
            let text = "terminal failure while processing message: spray.json.DeserializationException: Object is missing required member \
                        'transid'";
            line(invoker, Level::Error, Trace::Unparsable, "InvokerReactive", text.to_owned());
        }
        _ => {}
    }
}

/// `guest/hello@0.0.1`.
pub(super) fn versioned(action: &Action) -> String {
    format!("{}@{}", action.path(), action.version)
}
