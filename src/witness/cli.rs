//! What the CLI shows: the newest answer that a client has, and what it would get if it asked now.

use super::{Rows, setting, user, user_activations};
use crate::activation::{ActivationId, Record};
use crate::cluster::place::{ActivationIx, ControllerId, StoreKind};
use crate::cluster::store::{ListQuery, StartRange, Summary, Visibility as Gap};
use crate::cluster::{Act, Activation, Answer, CommandId, Exchange, LIST_LIMIT, ListForm, Phase, Request, World};
use crate::operator::Reason;
use crate::shell;
use crate::time::Instant;

/// What the client knows of `wsk activation list`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// The newest answer that has arrived.
    pub answer: Option<ListAnswer>,
    /// A newer list is still on its way.
    pub is_asking: bool,
}

/// An answered list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListAnswer {
    /// The line that was typed.
    pub command: String,
    /// The command, for the visitor to open what it exchanged.
    pub id: CommandId,
    pub answered: Instant,
    pub outcome: ListOutcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListOutcome {
    Rows {
        header: String,
        rows: Vec<CliRow>,
    },
    /// An HTTP status of 400 and above, and what `wsk` says.
    Failed {
        status: u16,
        said: String,
    },
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CliRow {
    pub id: ActivationId,
    pub activation: Option<ActivationIx>,
    pub line: String,
}

/// The newest answer to `wsk activation list` and whether another is awaited.
pub fn newest(world: &World) -> Newest {
    let is_asking = awaits_list(world);
    Newest { answer: world.newest_list().and_then(|exchange| list_answer(world, exchange)), is_asking }
}

/// Whether the list that was asked for last has no answer yet.
fn awaits_list(world: &World) -> bool {
    let commands = &world.setup().commands;
    let is_list = |act: &Act| matches!(act, Act::List { more, .. } if more.form == ListForm::Summaries);
    let Some(number) = commands.iter().rposition(|command| is_list(&command.act) && command.at <= world.now()) else { return false };
    let Some(asked) = commands.get(number).map(|command| command.at) else { return false };
    // Exchanges are in order of sending, so the search ends at those sent before it.
    let recent = world.exchanges().rev().take_while(|exchange| exchange.sent >= asked);
    recent.filter(|exchange| exchange.command as usize == number).any(|exchange| exchange.answered.is_none())
}

fn list_answer(world: &World, exchange: &Exchange) -> Option<ListAnswer> {
    let answered = exchange.answered?;
    let outcome = match exchange.answer.as_ref()? {
        Answer::Rows(rows) => {
            let table = shell::table(world, rows);
            let mut lines = table.lines();
            let header = lines.next().unwrap_or_default().to_owned();
            let row = |(summary, line): (&Summary, &str)| CliRow {
                id: summary.record.id,
                activation: activation_of(world, &summary.record),
                line: line.to_owned(),
            };
            ListOutcome::Rows { header, rows: rows.iter().zip(lines).map(row).collect() }
        }
        answer => ListOutcome::Failed { status: answer.status(), said: format!("error: {}", shell::failure(world, exchange)) },
    };
    let id = world.setup().commands.get(exchange.command as usize)?.id;
    Some(ListAnswer { id, command: command_line(world, exchange), answered, outcome })
}

fn command_line(world: &World, exchange: &Exchange) -> String {
    let mut line = "wsk activation list".to_owned();
    if let Request::List { name, skip, limit } = exchange.request {
        let more = world.list_more(exchange);
        if let Some(name) = name.and_then(|name| world.setup().names.get(usize::from(name.0))) {
            line.push_str(&format!(" {name}"));
        }
        if limit != LIST_LIMIT {
            line.push_str(&format!(" --limit {limit}"));
        }
        if skip != 0 {
            line.push_str(&format!(" --skip {skip}"));
        }
        if let Some(since_ms) = more.since_ms {
            line.push_str(&format!(" --since {since_ms}"));
        }
        if let Some(upto_ms) = more.upto_ms {
            line.push_str(&format!(" --upto {upto_ms}"));
        }
    }
    line
}

/// The number of a record's activation, for the visitor to select: whichever store has it knows.
fn activation_of(world: &World, record: &Record) -> Option<ActivationIx> {
    let stores = world.stores();
    let in_couchdb = stores.couchdb.documents().get(record.namespace, record.id);
    let in_elasticsearch = || stores.elasticsearch.index(record.namespace)?.record(record.namespace, record.id);
    in_couchdb.or_else(in_elasticsearch).map(|document| ActivationIx(document.activation))
}

// ---- If it asked now ----

/// What `list` and `get` would come to for an activation, without an exchange and without effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedRow {
    pub activation: ActivationIx,
    pub id: ActivationId,
    /// The action's own name.
    pub action: String,
    /// One for each store that controllers are bound to: nearly always one.
    pub answers: Vec<AskedAnswer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedAnswer {
    /// A controller that would answer so, where another would not.
    pub controller: Option<ControllerId>,
    /// Why it does not show the record, or nothing if it does.
    pub list: Option<Reason>,
    pub get: Option<Reason>,
}

/// The user's activations from number `first` on, newest first, each with what a list of the default limit and a get would come to now.
pub fn if_asked_now(world: &World, first: usize) -> Rows<AskedRow> {
    let askers = askers(world);
    let row = |(ix, activation): (ActivationIx, &Activation)| AskedRow {
        activation: ix,
        id: activation.id,
        action: world.catalogue().action(activation.action).map_or_else(String::new, |action| action.name.clone()),
        answers: askers.iter().map(|asker| asker.ask(world, activation)).collect(),
    };
    let own = user_activations(world);
    Rows::part(first, own.clone().count(), own.rev().map(row))
}

/// A store as controllers ask it, with its list read once for all rows.
struct Asker {
    store: StoreKind,
    controller: Option<ControllerId>,
    /// The ids that a list returns now, or nothing if it fails because there is no index.
    listed: Option<Vec<ActivationId>>,
}

fn askers(world: &World) -> Vec<Asker> {
    let query = ListQuery { namespace: user(world), name: None, skip: 0, limit: LIST_LIMIT, range: StartRange::ALL };
    let stores: Vec<(StoreKind, ControllerId)> = StoreKind::BINDINGS
        .into_iter()
        .filter_map(|kind| world.controllers().iter().find(|it| it.store == kind).map(|it| (kind, it.id)))
        .collect();
    let is_split = stores.len() > 1;
    let asker = |(store, controller): (StoreKind, ControllerId)| Asker {
        store,
        controller: is_split.then_some(controller),
        listed: world.stores().of(store).list(&setting(world), query).ok().map(|(rows, _)| rows.iter().map(|row| row.record.id).collect()),
    };
    stores.into_iter().map(asker).collect()
}

impl Asker {
    fn ask(&self, world: &World, activation: &Activation) -> AskedAnswer {
        let store = world.stores().of(self.store);
        if !self.store.keeps_records() {
            return AskedAnswer { controller: self.controller, list: Some(Reason::KeepsNothing), get: Some(Reason::KeepsNothing) };
        }
        let list = match &self.listed {
            None => Some(Reason::IndexMissing),
            Some(ids) if ids.contains(&activation.id) => None,
            // What the store would list if it were asked for enough rows is past the limit.
            Some(_) => match store.list_gap(activation.namespace, activation.id) {
                Gap::Visible => self.why(world, activation, Gap::BeyondLimit),
                gap => self.why(world, activation, gap),
            },
        };
        let get = self.why(world, activation, store.get_visibility(activation.namespace, activation.id));
        AskedAnswer { controller: self.controller, list, get }
    }

    fn why(&self, world: &World, activation: &Activation, gap: Gap) -> Option<Reason> {
        let why = match gap {
            Gap::Visible => return None,
            Gap::NotRefreshed => {
                let index = world.stores().elasticsearch.index(activation.namespace)?;
                Reason::NotRefreshed { next_in: index.next_refresh().since(world.now()) }
            }
            Gap::StaleView => Reason::StaleView,
            Gap::BeyondLimit => Reason::BeyondLimit(LIST_LIMIT),
            Gap::Absent => match activation.phase {
                Phase::Unfinished => Reason::NotFinished,
                Phase::Finished => Reason::CollectingLogs,
                Phase::Writing => Reason::OnItsWay(activation.store),
                Phase::Written if activation.store != self.store => Reason::OtherStore(activation.store),
                Phase::NotWritten => Reason::Lost,
                Phase::Written => Reason::Lost,
            },
        };
        Some(why)
    }
}
