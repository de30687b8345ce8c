use super::super::wording::{Named, Wording, plural, put};
use super::super::{Language, bytes};
use super::names::Names;
use super::values::{
    ack_name, design_document, http_status, invoker_state, is_blocking, is_read, level_key, loss_stage, removal_reason, request_name,
    sequence_ending, status_name,
};
use crate::cluster::Gate;
use crate::cluster::place::{ContainerId, ControllerId, InvokerId, Process, StoreKind, Topic};
use crate::cluster::step::{AckKind, CachedEntity, ContainerStart, QueryKind, QueryOutcome, RateLimit, RequestKind, StepKind, Whereabouts};

const EN: Language = Language::English;

pub(super) fn sentence(kind: &StepKind, names: &Names, to: &mut Wording) {
    use StepKind as K;
    let activation = &names.named("activation", "the activation");
    let record = &names.named("record", "the record");
    let action = names.action_or("the action");
    match *kind {
        K::RequestSent { controller: ControllerId(c), request } => {
            put!(to, names.tool, " asks controller ", c, " ");
            wish(request, names, to);
        }
        K::RequestReceived { controller: ControllerId(c), request } => received(c, request, names, to),
        K::RequestThrottled { controller: ControllerId(c), limit, count, allowed } => {
            let what = match limit {
                RateLimit::PerMinute => "requests in the last minute",
                RateLimit::Concurrent => "concurrent requests",
                RateLimit::Fires => "triggers fired in the last minute",
            };
            put!(to, "Controller ", c, " refuses the request: too many ", what, " (count ", count, ", allowed ", allowed, "). ");
            put!(to, "The answer is 429, and there will be no record.");
        }
        K::NoInvokerAvailable { controller: ControllerId(c) } => {
            put!(to, "Controller ", c, " finds no usable invoker: one must ping and pass a health test first. ");
            put!(to, "The answer is 503, and there will be no record.");
        }
        K::ActionMissing { controller: ControllerId(c) } => {
            put!(to, "Controller ", c, " finds no ", action, ": it was deleted. The answer is 404, and there will be no record.");
        }
        K::EntityUnread { controller: ControllerId(c), entity } => {
            let what = if entity == CachedEntity::Subject { "who asks" } else { action };
            put!(to, "Controller ", c, " has not read ", what, " for five minutes and cannot now: CouchDB is down. ");
            put!(to, "The answer is 500, and there will be no record.");
        }
        K::ActionDeleted { controller: ControllerId(c) } => {
            put!(to, "Controller ", c, " deletes ", action, ". Invokers are not told: one that has it in its cache can still run it.");
        }
        K::EntityWritten { .. } | K::EntityDeleted { .. } | K::EntityRefused { .. } | K::RuleSet { .. } => {
            super::entities::sentence(EN, kind, to);
        }
        K::PayloadTooLarge { controller: ControllerId(c), bytes: size, allowed } => {
            put!(to, "The arguments are too large: ", &bytes(size.into()), ", with ", &bytes(allowed.into()), " allowed. ");
            put!(to, "Controller ", c, " answers 413, and there will be no record.");
        }
        K::AnswerSent { controller: ControllerId(c), request, status } => {
            put!(to, "Controller ", c, " answers ");
            match status {
                404 if is_read(request) => put!(to, status, ": the store it is bound to returned no such record."),
                _ => with_meaning(status, to),
            }
            match status {
                404 if !is_read(request) => {}
                204 => put!(to, " No activation was made."),
                202 if request == RequestKind::FireTrigger => put!(to, " The id is the trigger’s own; the actions have theirs."),
                202 if is_blocking(request) => put!(to, " It has no result to give, only the id."),
                202 => put!(to, " An id is a promise, not a record."),
                200 | 502 if is_blocking(request) => put!(to, " The result came by an ack or by a poll, and without logs."),
                404 => put!(to, " A 404 does not tell a record that is late from one that never was."),
                _ => {}
            }
        }
        K::AnswerReceived { status } => {
            put!(to, names.tool, " receives ");
            with_meaning(status, to);
        }

        K::ConnectionFailed { controller: ControllerId(c), refused: true } => {
            put!(
                to,
                "Nothing listens where controller ",
                c,
                " was: the connection of ",
                names.tool,
                " is refused. No activation was made."
            );
        }
        K::ConnectionFailed { controller: ControllerId(c), refused: false } => {
            put!(
                to,
                "Controller ",
                c,
                " died while ",
                names.tool,
                " waited: the connection breaks. Whether ",
                activation,
                " runs, it cannot tell."
            );
        }
        K::ActivationScheduled { controller: ControllerId(c), invoker: InvokerId(i), hash, home: InvokerId(home), step, looked_at } => {
            put!(to, "Controller ", c, " chooses invoker ", i, " for ", activation, ". The hash ", hash, " of namespace and action gives ");
            put!(to, "home invoker ", home, " and step ", step, ". Invokers looked at: ", looked_at, ".");
        }
        K::SystemOverloaded { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "Every usable invoker is full. Controller ", c, " picks invoker ", i, " at random and overcommits it.");
        }
        K::ActivationPosted { controller: ControllerId(c), topic, .. } => {
            put!(to, "Controller ", c, " posts ", activation, " to topic ", topic, ". Nothing is stored yet, in any store.");
        }
        K::ActivationMessageAccepted { controller: ControllerId(c), topic } => {
            put!(to, "Kafka tells controller ", c, " that the message is in topic ", topic, ". ");
            put!(to, "That is all a non-blocking invoke waits for.");
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: true } => {
            put!(to, "Controller ", c, " has the result ack with the whole of ", record, ", except its logs. ");
            put!(to, "It can answer without asking a store.");
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: false } => {
            put!(to, "Controller ", c, " has a result ack with nothing but the id of ", activation, ". ");
            put!(to, "For the result it must ask its store.");
        }
        K::CompletionAckReceived { controller: ControllerId(c), invoker: InvokerId(i), released_mb } => {
            put!(to, "Controller ", c, " learns that ", activation, " is complete and frees ", released_mb, " MB on invoker ", i, ".");
        }
        K::HealthAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "Controller ", c, " has the ack of a health test that ran on invoker ", i, ".");
        }
        K::LateAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "An ack of ", activation, " comes from invoker ", i, " after its slot was freed. Controller ", c, " only counts it.");
        }
        K::CompletionAckForced { controller: ControllerId(c), invoker: InvokerId(i), waited } => {
            put!(to, "No completion ack of ", activation, " in ", waited, ". Controller ", c, " frees the slot on invoker ", i);
            put!(to, " by force; it writes no record.");
        }

        K::SequenceStarted { controller: ControllerId(c), components } => {
            put!(to, "Controller ", c, " starts ", activation, " of sequence ", action, " itself: no message, no invoker. ");
            put!(to, "It will invoke ", components, plural(components.into(), " component.", " components one by one."));
        }
        K::ComponentInvoked { controller: ControllerId(c), place, of } => {
            put!(to, "Controller ", c, " invokes component ", place, " of ", of, ", ", action, ", as a blocking call. ");
            put!(to, "Its record will name the sequence as its cause.");
        }
        K::SequenceEnded { controller: ControllerId(c), ran, status, how } => {
            put!(to, "The sequence ends after ", ran, plural(ran.into(), " component", " components"), ": ", status_name(EN, status), ". ");
            let why = sequence_ending(EN, how);
            if !why.is_empty() {
                put!(to, "The reason: ", why, ". ");
            }
            put!(to, "Controller ", c, " makes its record and writes it itself, with the components’ ids as its logs.");
        }
        K::TriggerFired { controller: ControllerId(c), rules } => {
            put!(
                to,
                "Controller ",
                c,
                " fires trigger ",
                action,
                ", which has ",
                rules,
                plural(rules.into(), " active rule", " active rules")
            );
            put!(to, ". The trigger’s record waits for their answers; a rule has no record.");
        }
        K::TriggerWithoutRule { controller: ControllerId(c) } => {
            put!(to, "Trigger ", action, " has no active rule. Controller ", c, " makes no activation: no id, and no record.");
        }
        K::RulePosted { controller: ControllerId(c), rule } => {
            put!(
                to,
                "For rule ",
                rule,
                " of ",
                action,
                " controller ",
                c,
                " sends an HTTP request to itself, to invoke the rule’s action. "
            );
            put!(to, "That activation will name no cause.");
        }
        K::RuleAnswered { controller: ControllerId(c), rule, status } => {
            put!(to, "Controller ", c, " has its own answer for rule ", rule, " of ", action, ": ", status, ".");
        }
        K::TriggerRecorded { controller: ControllerId(c), rules } => {
            put!(to, "Every rule of ", action, " has its answer. Controller ", c, " completes the trigger’s record: ");
            put!(to, rules, plural(rules.into(), " line, one a rule", " lines, one a rule"), ", no end and no annotations.");
        }

        K::PollMissed { controller: ControllerId(c), query, next_in } => {
            put!(to, poll(query), " of controller ", c, " does not find ", record, " in its store. ");
            match next_in {
                Some(next) => put!(to, "The next one is in ", next, "."),
                None => put!(to, "It was the last of its kind."),
            }
        }
        K::PollFound { controller: ControllerId(c), query } => {
            put!(to, poll(query), " of controller ", c, " finds ", record, ". The blocking call can be answered, without logs.");
        }
        K::BlockingWaitEnded { controller: ControllerId(c), waited } => {
            put!(to, "After ", waited, " controller ", c, " stops waiting for ", activation, " and answers with its id. ");
            put!(to, "The activation itself goes on.");
        }

        K::MessageAppended { topic, offset, .. } => put!(to, "Kafka appends the message to topic ", topic, ", at offset ", offset, "."),
        K::MessagesDelivered { topic, consumer, first, count } => {
            put!(to, "Kafka hands ", consumer, " ");
            messages(topic, first, count, to);
        }
        K::MessagesPeeked { topic, consumer, first, count } => {
            put!(to, consumer, " takes ");
            messages(topic, first, count, to);
        }
        K::OffsetCommitted { topic, consumer, offset } => {
            put!(to, consumer, " commits offset ", offset, " of topic ", topic);
            match consumer {
                Process::Invoker(_) => {
                    put!(to, ", before anything runs. Should the invoker die now, Kafka will not deliver the message again.");
                }
                Process::Controller(_) => put!(to, "."),
            }
        }

        K::MessageUnparsable { invoker: InvokerId(i) } => {
            put!(to, "Invoker ", i, " cannot parse the message of ", activation, " and drops it: no ack, no record. ");
            put!(to, "Whoever waits for it waits to the end.");
        }
        K::NamespaceBlacklisted { invoker: InvokerId(i) } => {
            put!(to, "The namespace of ", activation, " is blacklisted. Invoker ", i, " runs nothing and, on purpose, writes no record.");
        }
        K::ActionGone { invoker: InvokerId(i) } => {
            put!(to, "Invoker ", i, " finds ", action, " neither in its cache nor in the database. ");
            put!(to, "It makes a record all the same: an application error of kind unknown that lasted 0 ms.");
        }
        K::ActionUnread { invoker: InvokerId(i) } => {
            put!(to, "Invoker ", i, " does not have the code of ", action, " in its cache, and CouchDB is down. ");
            put!(to, "It makes a record all the same: an error of OpenWhisk’s own, of kind unknown, that lasted 0 ms.");
        }
        K::RunBuffered { invoker: InvokerId(i), waiting } => {
            put!(to, "Invoker ", i, " has no room for ", activation, ". It waits in the invoker’s buffer, which now holds ", waiting, ".");
        }
        K::ContainerAssigned { invoker: InvokerId(i), container: ContainerId(n), start } => {
            let how = match start {
                ContainerStart::Warm => "warm: it has run this action before, so neither start nor init is needed.",
                ContainerStart::Prewarmed => "prewarmed: it is up already and only has to load the code.",
                ContainerStart::Cold => "cold: it must be started first, then load the code.",
                ContainerStart::Recreated => "cold: an idle container was removed to make room for it.",
            };
            put!(to, "Invoker ", i, " gives ", activation, " to container ", n, ", ", how);
        }
        K::ContainerStarting { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "Invoker ", i, " starts container ", n, " for ", activation, ".");
        }
        K::ContainerCreated { invoker, container } => {
            on("Container", container, invoker, to);
            put!(to, " is up. It holds no code yet.");
        }
        K::ContainerFailed { invoker, container } => {
            on("Container", container, invoker, to);
            put!(to, " does not start. The invoker makes a record all the same: a whisk internal error that lasted 0 ms.");
        }
        K::PrewarmStarted { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "Invoker ", i, " starts container ", n, " ahead of need, as a prewarm container.");
        }
        K::PrewarmReady { invoker, container } => {
            on("Prewarm container", container, invoker, to);
            put!(to, " is ready: its runtime is up and waits for code.");
        }
        K::ContainerResumed { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "Invoker ", i, " wakes paused container ", n, " for ", activation, ".");
        }
        K::InitStarted { invoker, container } => {
            on("Container", container, invoker, to);
            put!(to, " loads the code of ", action, " (/init).");
        }
        K::InitEnded { invoker, container, took } => {
            on("Container", container, invoker, to);
            put!(to, " has loaded the code in ", took, ". The record will say so as initTime, and wsk will call the start cold.");
        }
        K::RunStarted { invoker, container } => {
            on("Container", container, invoker, to);
            put!(to, " runs ", action, " (/run).");
        }
        K::RunEnded { invoker: InvokerId(i), took, status, timed_out, .. } => {
            let how = if timed_out { " is stopped at its time limit, after " } else { " ends after " };
            put!(to, "The run of ", action, how, took, ": ", status_name(EN, status));
            put!(to, ". Its record exists now, but only in the memory of invoker ", i, ".");
        }
        K::LogsCollected { invoker: InvokerId(i), lines, .. } => {
            put!(to, "Invoker ", i, " has collected ", lines, plural(lines, " log line of ", " log lines of "), activation);
            put!(to, ". Only now is the record complete.");
        }
        K::LogCollectionFailed { invoker: InvokerId(i), container: ContainerId(n) } => {
            put!(to, "Invoker ", i, " could not collect the logs from container ", n);
            put!(to, ". The record will be stored all the same, with a line that says so.");
        }
        K::AckSent { invoker: InvokerId(i), ack, whole, topic, .. } => {
            let why = match ack {
                AckKind::Result if whole => "It carries the whole record but the logs, which are not collected yet.",
                AckKind::Result => "It carries only the id.",
                AckKind::Completion => "It frees the slot in the load balancer; whether the record gets stored does not matter to it.",
                AckKind::Combined if whole => "It carries the record and frees the slot, both at once.",
                AckKind::Combined => "It carries the id and frees the slot, both at once.",
            };
            put!(to, "Invoker ", i, " sends the ", ack_name(EN, ack), " of ", activation, " to topic ", topic, ". ", why);
        }
        K::AckTooLarge { invoker: InvokerId(i), bytes: size, limit } => {
            put!(to, "The ack of ", activation, " is too large for Kafka: ", &bytes(size), ", with ", &bytes(limit), " allowed. ");
            put!(to, "Invoker ", i, " sends one with nothing but the id instead.");
        }
        K::ContainerFreed { invoker, container } => {
            on("Container", container, invoker, to);
            put!(to, " is free for the next run. It does not wait for the store.");
        }
        K::ContainerPausing { invoker, container } => {
            on("Container", container, invoker, to);
            put!(to, " has been idle for the pause grace. The invoker pauses it.");
        }
        K::ContainerPaused { invoker, container } => {
            on("Container", container, invoker, to);
            put!(to, " is paused: still in memory, and quick to wake.");
        }
        K::ContainerRemoved { invoker: InvokerId(i), container: ContainerId(n), reason } => {
            put!(to, "Invoker ", i, " removes container ", n, ": ", removal_reason(EN, reason), ".");
        }

        K::RecordSkipped { writer, gate, logged } => {
            match gate {
                Gate::Namespace => {
                    put!(to, writer, " does not store ", record, ": its namespace has storeActivations set to false. ");
                    put!(to, "No header overrides that.");
                }
                Gate::Level { level, blocking } => {
                    put!(to, writer, " does not store ", record, ": ", level_key(blocking), " is ", level.code(), ", which leaves out ");
                    put!(to, "such an outcome.");
                }
            }
            put!(to, if logged { " A line of its log says so." } else { " Nobody is told, not even its log." });
        }
        K::RecordDiscarded { writer } => {
            put!(to, writer, " is bound to the Noop store, which reports success and discards ", record, ". No store will ever have it.");
        }
        K::RecordQueued { writer, store, waiting } => {
            put!(to, writer, " hands ", record, " to its ", store, " client, ");
            match waiting {
                0 => put!(to, "which sends it at once"),
                _ => put!(to, "where ", waiting, plural(waiting, " record waits", " records wait"), " for a free request"),
            }
            put!(to, ". Nothing waits for the write.");
        }
        K::BatchSent { writer, store, records, in_flight } => {
            let path = match store {
                StoreKind::CouchDb => ": POST /whisk_local_activations/_bulk_docs. ",
                StoreKind::Elasticsearch => ": POST /_bulk. ",
                StoreKind::Noop => ". ",
            };
            put!(to, writer, " sends ", records, plural(records, " record", " records"), " to the store it is bound to, ", store, path);
            put!(to, in_flight, plural(in_flight, " write is", " writes are"), " under way.");
        }
        K::IndexCreated { namespace } => {
            put!(to, "Elasticsearch creates the index ", &names.index(namespace), ": this is the first record of its namespace.");
        }
        K::RecordStored { store: StoreKind::CouchDb } => {
            put!(to, "CouchDB holds ", record, ". A get finds it at once; a list waits for the view’s index.");
        }
        K::RecordStored { store: StoreKind::Elasticsearch } => {
            put!(to, "Elasticsearch holds ", record, ". Neither get nor list finds it before the next refresh: both are searches.");
        }
        K::RecordStored { store: StoreKind::Noop } => {}
        K::RecordRefused { store, heard: false, .. } => put!(to, store, " refuses ", record, ". Its writer is gone and hears nothing."),
        K::RecordRefused { store, whereabouts: Whereabouts::InStore, heard: true } => {
            put!(to, store, " refuses to write ", record, " again, but has it already. The writer logs an error and does not try again.");
        }
        K::RecordRefused { store, whereabouts: Whereabouts::OnItsWay, heard: true } => {
            put!(to, store, " refuses ", record, ". The writer logs an error, but an earlier try is still on its way.");
        }
        K::RecordRefused { store, whereabouts: Whereabouts::Nowhere, heard: true } => {
            put!(to, store, " refuses ", record, ". The writer logs an error and does not try again.");
        }
        K::BatchAnswered { writer, store, records } => {
            put!(to, writer, " hears from ", store, " about the write of ", records, plural(records, " record", " records"));
            put!(to, ". Nothing waited for it.");
        }
        K::RecordSearchable { namespace } => {
            put!(to, "Searches of ", &names.index(namespace), " return ", record, " from now on.");
        }
        K::IndexRefreshed { namespace, records } => {
            put!(to, "The index ", &names.index(namespace), " refreshes");
            match records {
                0 => put!(to, " and finds nothing new."),
                _ => put!(to, ": ", records, plural(records, " more record is", " more records are"), " searchable."),
            }
        }
        K::ViewUpdateStarted { view, behind } => {
            put!(to, "Because a query asked, CouchDB starts to update the index of ", design_document(view));
            put!(to, ", which is ", behind, plural(behind, " record", " records"), " behind.");
        }
        K::ViewUpdated { view, records } => {
            put!(to, "The index of ", design_document(view), " has taken in ", records, plural(records, " record", " records"));
            put!(to, ", which the next query returns.");
        }

        K::QuerySent { controller, store, query } => query_sent(controller, store, query, record, to),
        K::QueryAnswered { controller, store, query, outcome } => query_answered((controller, store, query), outcome, names, to),

        K::NoopAnswered { controller: ControllerId(c), query: QueryKind::List } => {
            put!(to, "Controller ", c, " is bound to the Noop store: each list is empty.");
        }
        K::NoopAnswered { controller: ControllerId(c), .. } => {
            put!(to, "Controller ", c, " is bound to the Noop store, which makes up a successful record without a result for any id.");
        }
        K::LogStoreAsked { controller: ControllerId(c) } => {
            put!(to, "The record is missing, but disable-store-result is on: controller ", c, " asks the log store for the logs. ");
            put!(to, "By default it has none but the record’s own, so the answer is 500 instead of 404.");
        }
        K::ProcessStarted { process, store } => {
            put!(to, process, " starts. Its configuration binds it to ", store, ", for as long as it runs.");
        }
        K::ProcessCrashed { process: process @ Process::Controller(_) } => {
            put!(to, process, " dies, and with it its books: slots, promises and waits. What is in its topic stays in Kafka.");
        }
        K::ProcessCrashed { process: process @ Process::Invoker(_) } => {
            put!(to, process, " dies, and with it all that it has fetched, run and not yet sent to a store. ");
            put!(to, "Controllers will notice by its missing pings.");
        }
        K::ProcessRestarted { process, store, before } => {
            put!(to, process, " is up again and reads its configuration anew: it is bound to ", store);
            match before == store {
                true => put!(to, ", as before."),
                false => put!(to, ". Records in ", before, " stay there; nothing moves them."),
            }
        }
        K::ActivationLost { process, stage } => {
            put!(to, process, " takes ", activation, " with it: ", loss_stage(EN, stage), ". There will be no record.");
        }
        K::PingSent { invoker: InvokerId(i) } => put!(to, "Invoker ", i, " pings: a message to topic health, each second."),
        K::PingReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "Controller ", c, " has a ping from invoker ", i, ".");
        }
        K::InvokerRegistered { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "Controller ", c, " hears of invoker ", i, " for the first time. It gets no work before a health test succeeds.");
        }
        K::InvokerStateChanged { controller: ControllerId(c), invoker: InvokerId(i), from, to: state } => {
            let so = if state.is_usable() { ". It can be given work." } else { ". It gets no work." };
            put!(to, "To controller ", c, ", invoker ", i, " goes from ", invoker_state(EN, from), " to ", invoker_state(EN, state), so);
        }
        K::HealthTestSent { controller: ControllerId(c), invoker: InvokerId(i) } => {
            put!(to, "Controller ", c, " tests invoker ", i, " with an activation in whisk.system. It runs and is stored like any other.");
        }
        K::StoreAsked { .. } | K::StoreServed { .. } | K::StoreAnswerReceived { .. } | K::StoreUnanswered { .. } | K::ClientInterrupted => {
            super::asking::english(kind, to);
        }
        super::broken_step!() => super::faults::english(kind, names, to),
    }
}

/// What wsk wants, as the end of a sentence: the action for a request that makes an activation, the id for one that names it.
fn wish(request: RequestKind, names: &Names, to: &mut Wording) {
    let action = names.action_or("an action");
    let activation = &names.named("activation", "one activation");
    match request {
        RequestKind::InvokeNonBlocking => put!(to, "to invoke ", action, " and waits only for an id."),
        RequestKind::InvokeBlocking => put!(to, "to invoke ", action, " and waits for the run’s end."),
        RequestKind::InvokeResult => put!(to, "to invoke ", action, " and waits for the result alone."),
        RequestKind::List => put!(to, "for the list of activations.", alone(names)),
        RequestKind::Get => put!(to, "for the record of ", activation, ".", alone(names)),
        RequestKind::Result => put!(to, "for the result of ", activation, "."),
        RequestKind::Logs => put!(to, "for the logs of ", activation, "."),
        RequestKind::DeleteAction => put!(to, "to delete ", action, "."),
        RequestKind::FireTrigger => put!(to, "to fire trigger ", names.action_or("of somebody"), "."),
        RequestKind::Namespaces => put!(to, "for the list of namespaces."),
        RequestKind::Ask => put!(to, "for what its store has."),
        RequestKind::Other => put!(to, "for something that the API answers by itself."),
        RequestKind::Entity { verb, collection } => super::entities::wish_in_english(verb, collection, to),
    }
}

/// `wsk` never does what `curl` can.
fn alone(names: &Names) -> &'static str {
    if names.tool == "wsk" { " It never talks to a database itself." } else { "" }
}

/// A request that is not of `wsk` is told by what `wsk` would call it.
fn sent_by(names: &Names) -> &'static str {
    if names.tool == "wsk" { "" } else { "from curl what would be " }
}

fn received(controller: u8, request: RequestKind, names: &Names, to: &mut Wording) {
    put!(to, "Controller ", controller);
    match request {
        RequestKind::InvokeNonBlocking | RequestKind::InvokeBlocking | RequestKind::InvokeResult => {
            put!(to, " has the request to invoke ", names.action_or("an action"), ". No store takes part in this.");
        }
        RequestKind::DeleteAction => put!(to, " has the request to delete ", names.action_or("an action"), "."),
        RequestKind::FireTrigger => put!(to, " has the request to fire trigger ", names.action_or("of somebody"), "."),
        RequestKind::Namespaces | RequestKind::Entity { .. } => {
            put!(to, " receives ", sent_by(names), request_name(EN, request), ". It is about entities, which are no activation records.");
        }
        RequestKind::Other => put!(to, " receives a request that the API answers by itself."),
        RequestKind::List | RequestKind::Get | RequestKind::Result | RequestKind::Logs | RequestKind::Ask => {
            put!(to, " receives ", sent_by(names), request_name(EN, request), ". It will ask the one store that it is bound to.");
        }
    }
}

/// `202: accepted, with the activation id.`
fn with_meaning(status: u16, to: &mut Wording) {
    put!(to, status);
    let meaning = http_status(EN, status);
    if !meaning.is_empty() {
        put!(to, ": ", meaning);
    }
    put!(to, ".");
}

fn query_sent(controller: ControllerId, store: StoreKind, query: QueryKind, record: &Named, to: &mut Wording) {
    if matches!(query, QueryKind::QuickPoll | QueryKind::SlowPoll) {
        put!(to, poll(query), " of ");
    }
    put!(to, Process::Controller(controller));
    match (query, store) {
        (QueryKind::List, StoreKind::CouchDb) => {
            put!(to, " queries the view with stale=update_after: the rows come from the index as it is, and its update comes after.");
        }
        (QueryKind::List, StoreKind::Elasticsearch) => put!(to, " searches Elasticsearch for the newest activations."),
        (_, StoreKind::CouchDb) => put!(to, " reads ", record, " from CouchDB by its key. No view takes part."),
        (_, StoreKind::Elasticsearch) => put!(to, " searches Elasticsearch for ", record, " by _id. A get is a search here."),
        (_, StoreKind::Noop) => put!(to, " asks ", store, " for ", record, "."),
    }
}

type Asked = (ControllerId, StoreKind, QueryKind);

fn query_answered((ControllerId(c), store, query): Asked, outcome: QueryOutcome, names: &Names, to: &mut Wording) {
    let record = &names.named("record", "the record");
    match (outcome, store) {
        (QueryOutcome::Found, _) => put!(to, store, " returns ", record, " to controller ", c, "."),
        (QueryOutcome::NotFound, StoreKind::CouchDb) => {
            put!(to, "CouchDB holds no ", &names.named("record", "such record"), ", and says so to controller ", c, ".");
        }
        (QueryOutcome::NotFound, StoreKind::Elasticsearch | StoreKind::Noop) => {
            put!(to, "The search of controller ", c, " does not return ", record, ".");
        }
        (QueryOutcome::Counted { count }, _) => put!(to, store, " tells controller ", c, " a number alone: ", count, "."),
        (QueryOutcome::Rows { rows, unseen }, _) => {
            put!(to, store, " returns ", rows, plural(rows, " row", " rows"), " to controller ", c, ".");
            if unseen > 0 {
                let late = match store {
                    StoreKind::CouchDb => " that the view’s index does not have yet.",
                    StoreKind::Elasticsearch | StoreKind::Noop => ", not searchable before the next refresh.",
                };
                put!(to, " It holds ", unseen, plural(unseen, " more record", " more records"), late);
            }
        }
        (QueryOutcome::IndexMissing, _) => {
            let answer =
                if matches!(query, QueryKind::List) { "To a list the answer will be 500." } else { "A get takes that for not found." };
            match store {
                StoreKind::CouchDb => put!(to, "CouchDB has no database of activations: somebody deleted it. ", answer),
                _ => put!(to, "Elasticsearch has no such index: nothing was ever written to it. ", answer),
            }
        }
    }
}

const fn poll(query: QueryKind) -> &'static str {
    match query {
        QueryKind::QuickPoll => "The quick poll",
        QueryKind::SlowPoll => "The slow poll",
        QueryKind::Get | QueryKind::List => "The query",
    }
}

fn messages(topic: Topic, first: u64, count: u32, to: &mut Wording) {
    match count {
        1 => put!(to, "the message at offset ", first, " of topic ", topic, "."),
        _ => put!(to, count, " messages of topic ", topic, ", from offset ", first, " on."),
    }
}

/// `Container 2 on invoker 1`.
#[inline(never)]
fn on(what: &str, ContainerId(container): ContainerId, InvokerId(invoker): InvokerId, to: &mut Wording) {
    put!(to, what, " ", container, " on invoker ", invoker);
}
