use super::super::{Language, bytes, span};
use super::names::Names;
use super::values::{
    ack_name, design_document, http_status, invoker_state, process_name, removal_reason, request_name, status_name, store_name,
};
use crate::cluster::place::{ContainerId, ControllerId, InvokerId, Process, StoreKind, Topic};
use crate::cluster::step::{AckKind, ContainerStart, QueryKind, QueryOutcome, RateLimit, RequestKind, StepKind};

const EN: Language = Language::English;

pub(super) fn sentence(kind: &StepKind, names: &Names) -> String {
    use StepKind as K;
    let activation = || names.with_id("activation", "the activation");
    let record = || names.with_id("record", "the record");
    let action = names.action_or("the action");
    match *kind {
        K::RequestSent { controller: ControllerId(c), request } => format!("wsk asks controller {c} {}", wish(request, names)),
        K::RequestReceived { controller: ControllerId(c), request } => received(c, request, names),
        K::RequestThrottled { controller: ControllerId(c), limit, count, allowed } => {
            let what = match limit {
                RateLimit::PerMinute => "requests in the last minute",
                RateLimit::Concurrent => "concurrent requests",
            };
            format!(
                "Controller {c} refuses the request: too many {what} (count {count}, allowed {allowed}). The answer is 429, and there will be no record."
            )
        }
        K::NoInvokerAvailable { controller: ControllerId(c) } => {
            format!(
                "Controller {c} finds no usable invoker: one must ping and pass a health test first. The answer is 503, and there will be no record."
            )
        }
        K::AnswerSent { controller: ControllerId(c), status, .. } => answer_sent(c, status),
        K::AnswerReceived { status } => format!("wsk receives {}.", with_meaning(status)),

        K::ActivationScheduled { controller: ControllerId(c), invoker: InvokerId(i), hash, home: InvokerId(home), step, looked_at } => {
            format!(
                "Controller {c} chooses invoker {i} for {}. The hash {hash} of namespace and action gives home invoker {home} and step {step}. Invokers looked at: {looked_at}.",
                activation()
            )
        }
        K::SystemOverloaded { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("Every usable invoker is full. Controller {c} picks invoker {i} at random and gives it more than its memory holds.")
        }
        K::ActivationPosted { controller: ControllerId(c), topic } => {
            format!("Controller {c} posts {} to topic {topic}. Nothing is stored yet, in any store.", activation())
        }
        K::ActivationMessageAccepted { controller: ControllerId(c), topic } => {
            format!("Kafka tells controller {c} that the message is in topic {topic}. That is all a non-blocking invoke waits for.")
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: true } => {
            format!(
                "Controller {c} has the result ack with the whole of {}, except its logs. It can answer without asking a store.",
                record()
            )
        }
        K::ResultAckReceived { controller: ControllerId(c), whole: false } => {
            format!("Controller {c} has a result ack with nothing but the id of {}. For the result it must ask its store.", activation())
        }
        K::CompletionAckReceived { controller: ControllerId(c), invoker: InvokerId(i), released_mb } => {
            format!("Controller {c} learns that {} is complete and frees {released_mb} MB on invoker {i}.", activation())
        }
        K::HealthAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("Controller {c} has the ack of a health test that ran on invoker {i}.")
        }
        K::LateAckReceived { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("An ack of {} comes from invoker {i} after its slot was freed. Controller {c} only counts it.", activation())
        }
        K::CompletionAckForced { controller: ControllerId(c), invoker: InvokerId(i), waited } => {
            let waited = span(EN, waited);
            format!(
                "No completion ack of {} in {waited}. Controller {c} frees the slot on invoker {i} by force; it writes no record.",
                activation()
            )
        }

        K::PollMissed { controller: ControllerId(c), query, next_in } => {
            let next = match next_in {
                Some(next) => format!("The next one is in {}.", span(EN, next)),
                None => "It was the last of its kind.".to_owned(),
            };
            format!("{} of controller {c} does not find {} in its store. {next}", poll(query), record())
        }
        K::PollFound { controller: ControllerId(c), query } => {
            format!("{} of controller {c} finds {}. The blocking call can be answered, without logs.", poll(query), record())
        }
        K::BlockingWaitEnded { controller: ControllerId(c), waited } => {
            format!(
                "After {} controller {c} stops waiting for {} and answers with its id. The activation itself goes on.",
                span(EN, waited),
                activation()
            )
        }

        K::MessageAppended { topic, offset } => format!("Kafka appends the message to topic {topic}, at offset {offset}."),
        K::MessagesDelivered { topic, consumer, first, count } => {
            format!("Kafka hands {} {}.", process_name(EN, consumer), messages(topic, first, count))
        }
        K::MessagesPeeked { topic, consumer, first, count } => {
            format!("{} takes {}.", capital(consumer), messages(topic, first, count))
        }
        K::OffsetCommitted { topic, consumer, offset } => {
            let why = match consumer {
                Process::Invoker(_) => ", before anything runs. Should the invoker die now, Kafka will not deliver the message again",
                Process::Controller(_) => "",
            };
            format!("{} commits offset {offset} of topic {topic}{why}.", capital(consumer))
        }

        K::RunBuffered { invoker: InvokerId(i), waiting } => {
            format!("Invoker {i} has no room for {}. It waits in the invoker’s buffer, which now holds {waiting}.", activation())
        }
        K::ContainerAssigned { invoker: InvokerId(i), container: ContainerId(n), start } => {
            let how = match start {
                ContainerStart::Warm => "warm: it has run this action before, so neither start nor init is needed",
                ContainerStart::Prewarmed => "prewarmed: it is up already and only has to load the code",
                ContainerStart::Cold => "cold: it must be started first, then load the code",
                ContainerStart::Recreated => "cold: an idle container was removed to make room for it",
                ContainerStart::RecreatedPrewarm => "prewarmed: an idle container was removed to make room for its run",
            };
            format!("Invoker {i} gives {} to container {n}, {how}.", activation())
        }
        K::ContainerCreated { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Container {n} on invoker {i} is up. It holds no code yet.")
        }
        K::PrewarmStarted { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Invoker {i} starts container {n} ahead of need, as a prewarm container.")
        }
        K::PrewarmReady { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Prewarm container {n} on invoker {i} is ready: its runtime is up and waits for code.")
        }
        K::ContainerResumed { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Invoker {i} wakes paused container {n} for {}.", activation())
        }
        K::InitStarted { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Container {n} on invoker {i} loads the code of {action} (/init).")
        }
        K::InitEnded { invoker: InvokerId(i), container: ContainerId(n), took } => {
            format!(
                "Container {n} on invoker {i} has loaded the code in {}. The record will say so as initTime, and wsk will call the start cold.",
                span(EN, took)
            )
        }
        K::RunStarted { invoker: InvokerId(i), container: ContainerId(n) } => format!("Container {n} on invoker {i} runs {action} (/run)."),
        K::RunEnded { invoker: InvokerId(i), took, status, timed_out, .. } => {
            let (took, status) = (span(EN, took), status_name(EN, status));
            let how = if timed_out { format!("is stopped at its time limit, after {took}") } else { format!("ends after {took}") };
            format!("The run of {action} {how}: {status}. Its record exists now, but only in the memory of invoker {i}.")
        }
        K::LogsCollected { invoker: InvokerId(i), lines, .. } => {
            let lines = count(lines.into(), "log line", "log lines");
            format!("Invoker {i} has collected {lines} of {}. Only now is the record complete.", activation())
        }
        K::LogCollectionFailed { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!(
                "Invoker {i} could not collect the logs from container {n}. The record will be stored all the same, with a line that says so."
            )
        }
        K::AckSent { invoker: InvokerId(i), ack, whole, topic } => {
            let why = match ack {
                AckKind::Result if whole => "It carries the whole record but the logs, which are not collected yet.",
                AckKind::Result => "It carries only the id.",
                AckKind::Completion => "It frees the slot in the load balancer; whether the record gets stored does not matter to it.",
                AckKind::Combined if whole => "It carries the record and frees the slot, both at once.",
                AckKind::Combined => "It carries the id and frees the slot, both at once.",
            };
            format!("Invoker {i} sends the {} of {} to topic {topic}. {why}", ack_name(EN, ack), activation())
        }
        K::AckTooLarge { invoker: InvokerId(i), bytes: size, limit } => {
            format!(
                "The ack of {} is too large for Kafka: {}, with {} allowed. Invoker {i} sends one with nothing but the id instead.",
                activation(),
                bytes(size),
                bytes(limit)
            )
        }
        K::ContainerFreed { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Container {n} on invoker {i} is free for the next run. It does not wait for the store.")
        }
        K::ContainerPausing { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Container {n} on invoker {i} has been idle for the pause grace. The invoker pauses it.")
        }
        K::ContainerPaused { invoker: InvokerId(i), container: ContainerId(n) } => {
            format!("Container {n} on invoker {i} is paused: still in memory, and quick to wake.")
        }
        K::ContainerRemoved { invoker: InvokerId(i), container: ContainerId(n), reason } => {
            format!("Invoker {i} removes container {n}: {}.", removal_reason(EN, reason))
        }

        K::RecordQueued { writer, store, waiting } => {
            let queue = match waiting {
                0 => "which sends it at once".to_owned(),
                _ => format!("where {} for a free request", count(waiting.into(), "record waits", "records wait")),
            };
            format!("{} hands {} to its {} client, {queue}. Nothing waits for the write.", capital(writer), record(), store_name(store))
        }
        K::BatchSent { writer, store, records, in_flight } => {
            let (records, writes) = (count(records.into(), "record", "records"), count(in_flight.into(), "write is", "writes are"));
            let path = match store {
                StoreKind::CouchDb => "POST /whisk_local_activations/_bulk_docs",
                StoreKind::Elasticsearch => "POST /_bulk",
            };
            format!("{} sends {records} to the store it is bound to, {}: {path}. {writes} under way.", capital(writer), store_name(store))
        }
        K::IndexCreated { namespace } => {
            format!("Elasticsearch creates the index {}: this is the first record of its namespace.", names.index(namespace))
        }
        K::RecordStored { store: StoreKind::CouchDb } => {
            format!("CouchDB holds {}. A get finds it at once; a list waits for the view’s index.", record())
        }
        K::RecordStored { store: StoreKind::Elasticsearch } => {
            format!("Elasticsearch holds {}. Neither get nor list finds it before the next refresh: both are searches.", record())
        }
        K::RecordRefused { store } => {
            format!("{} refuses {}. The writer logs an error and does not try again.", store_name(store), record())
        }
        K::BatchAnswered { writer, store, records } => {
            let records = count(records.into(), "record", "records");
            format!("{} hears from {} about the write of {records}. Nothing waited for it.", capital(writer), store_name(store))
        }
        K::RecordSearchable { namespace } => {
            format!("Searches of {} return {} from now on.", names.index(namespace), record())
        }
        K::IndexRefreshed { namespace, records: 0 } => format!("The index {} refreshes and finds nothing new.", names.index(namespace)),
        K::IndexRefreshed { namespace, records } => {
            let records = count(records.into(), "more record is", "more records are");
            format!("The index {} refreshes: {records} searchable.", names.index(namespace))
        }
        K::ViewUpdateStarted { view, behind } => {
            let behind = count(behind.into(), "record", "records");
            format!("Because a query asked, CouchDB starts to update the index of {}, which is {behind} behind.", design_document(view))
        }
        K::ViewUpdated { view, records } => {
            let records = count(records.into(), "record, which the next query returns", "records, which the next query returns");
            format!("The index of {} has taken in {records}.", design_document(view))
        }

        K::QuerySent { controller: ControllerId(c), store, query } => query_sent(c, store, query, names),
        K::QueryAnswered { controller: ControllerId(c), store, query, outcome } => query_answered(c, store, query, outcome, names),

        K::ProcessStarted { process, store } => {
            format!("{} starts. Its configuration binds it to {}, for as long as it runs.", capital(process), store_name(store))
        }
        K::PingSent { invoker: InvokerId(i) } => format!("Invoker {i} pings: a message to topic health, each second."),
        K::PingReceived { controller: ControllerId(c), invoker: InvokerId(i) } => format!("Controller {c} has a ping from invoker {i}."),
        K::InvokerRegistered { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("Controller {c} hears of invoker {i} for the first time. It gets no work before a health test succeeds.")
        }
        K::InvokerStateChanged { controller: ControllerId(c), invoker: InvokerId(i), from, to } => {
            let so = if to.is_usable() { "It can be given work" } else { "It gets no work" };
            format!("To controller {c}, invoker {i} goes from {} to {}. {so}.", invoker_state(EN, from), invoker_state(EN, to))
        }
        K::HealthTestSent { controller: ControllerId(c), invoker: InvokerId(i) } => {
            format!("Controller {c} tests invoker {i} with an activation in whisk.system. It runs and is stored like any other.")
        }
    }
}

/// What wsk wants, as the end of a sentence: the action for a request that makes an activation, the id for one that names it.
fn wish(request: RequestKind, names: &Names) -> String {
    let action = names.action_or("an action");
    let activation = || names.with_id("activation", "one activation");
    match request {
        RequestKind::InvokeNonBlocking => format!("to invoke {action} and waits only for an id."),
        RequestKind::InvokeBlocking => format!("to invoke {action} and waits for the run’s end."),
        RequestKind::InvokeResult => format!("to invoke {action} and waits for the result alone."),
        RequestKind::List => "for the list of activations. It never talks to a database itself.".to_owned(),
        RequestKind::Get => format!("for the record of {}. It never talks to a database itself.", activation()),
        RequestKind::Result => format!("for the result of {}.", activation()),
        RequestKind::Logs => format!("for the logs of {}.", activation()),
    }
}

fn received(controller: u8, request: RequestKind, names: &Names) -> String {
    match request {
        RequestKind::InvokeNonBlocking | RequestKind::InvokeBlocking | RequestKind::InvokeResult => {
            format!("Controller {controller} has the request to invoke {}. No store takes part in this.", names.action_or("an action"))
        }
        RequestKind::List | RequestKind::Get | RequestKind::Result | RequestKind::Logs => {
            let request = request_name(EN, request);
            format!("Controller {controller} receives {request}. It will ask the one store that it is bound to.")
        }
    }
}

fn answer_sent(controller: u8, status: u16) -> String {
    let more = match status {
        202 => " An id is a promise, not a record.",
        404 => " A 404 does not tell a record that is late from one that never was.",
        _ => "",
    };
    format!("Controller {controller} answers {}.{more}", with_meaning(status))
}

fn with_meaning(status: u16) -> String {
    let meaning = http_status(EN, status);
    if meaning.is_empty() { status.to_string() } else { format!("{status}: {meaning}") }
}

fn query_sent(controller: u8, store: StoreKind, query: QueryKind, names: &Names) -> String {
    let record = names.with_id("record", "the record");
    let who = match query {
        QueryKind::Get | QueryKind::List => format!("Controller {controller}"),
        QueryKind::QuickPoll | QueryKind::SlowPoll => format!("{} of controller {controller}", poll(query)),
    };
    match (query, store) {
        (QueryKind::List, StoreKind::CouchDb) => {
            format!("{who} queries the view with stale=update_after: the rows come from the index as it is, and its update comes after.")
        }
        (QueryKind::List, StoreKind::Elasticsearch) => format!("{who} searches Elasticsearch for the newest activations."),
        (_, StoreKind::CouchDb) => format!("{who} reads {record} from CouchDB by its key. No view takes part."),
        (_, StoreKind::Elasticsearch) => format!("{who} searches Elasticsearch for {record} by _id. A get is a search here."),
    }
}

fn query_answered(controller: u8, store: StoreKind, query: QueryKind, outcome: QueryOutcome, names: &Names) -> String {
    let record = names.with_id("record", "the record");
    let name = store_name(store);
    match outcome {
        QueryOutcome::Found => format!("{name} returns {record} to controller {controller}."),
        QueryOutcome::NotFound => match store {
            StoreKind::CouchDb => {
                format!("CouchDB holds no {}, and says so to controller {controller}.", names.with_id("record", "such record"))
            }
            StoreKind::Elasticsearch => format!("The search of controller {controller} does not return {record}."),
        },
        QueryOutcome::Rows { rows, unseen } => {
            let rows = count(rows.into(), "row", "rows");
            let late = match (unseen, store) {
                (0, _) => String::new(),
                (_, StoreKind::CouchDb) => {
                    format!(" It holds {} that the view’s index does not have yet.", count(unseen.into(), "more record", "more records"))
                }
                (_, StoreKind::Elasticsearch) => {
                    format!(" It holds {}, not searchable before the next refresh.", count(unseen.into(), "more record", "more records"))
                }
            };
            format!("{name} returns {rows} to controller {controller}.{late}")
        }
        QueryOutcome::IndexMissing => {
            let answer =
                if matches!(query, QueryKind::List) { "To a list the answer will be 500." } else { "A get takes that for not found." };
            format!("Elasticsearch has no such index: nothing was ever written to it. {answer}")
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

/// `1 record`, `2 records`.
fn count(count: u64, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}

fn messages(topic: Topic, first: u64, count: u32) -> String {
    match count {
        1 => format!("the message at offset {first} of topic {topic}"),
        _ => format!("{count} messages of topic {topic}, from offset {first} on"),
    }
}

fn capital(process: Process) -> String {
    match process {
        Process::Controller(ControllerId(n)) => format!("Controller {n}"),
        Process::Invoker(InvokerId(n)) => format!("Invoker {n}"),
    }
}
