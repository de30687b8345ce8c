//! Conditions on a run: what a claim, an option or a summary says, in a form that can be tried on a world.

use crate::activation::{ActivationId, NamespaceId};
use crate::cluster::place::StoreKind;
use crate::cluster::store::{CouchDb, Visibility};
use crate::cluster::{Answer, CommandId, Exchange, LIST_LIMIT, World};

/// A command by its label, with what finds its traces in a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    pub label: String,
    pub command: CommandId,
    /// Whose user gave it.
    pub namespace: String,
    /// How many members its burst has, 1 to 1 000.
    pub count: u32,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    Is(u64),
    AtLeast(u64),
}

/// Something that is true of a world or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// A store holds so many records of a namespace, or of all of them, returned by reads or not.
    Records {
        store: StoreKind,
        namespace: Option<String>,
        amount: Amount,
    },
    /// `_all_docs` of `whisk_local_activations` has so many rows, design documents included.
    AllDocs(Amount),
    /// The index of a namespace exists in Elasticsearch, or of any namespace.
    Index {
        namespace: Option<String>,
        exists: bool,
    },
    /// A store holds each record that the command made, or none of them.
    Holds {
        store: StoreKind,
        of: Labelled,
        is: bool,
    },
    /// A get by the CLI would show each of them now, or none.
    GetShows {
        of: Labelled,
        is: bool,
    },
    /// A list by the CLI, with its default limit, would show each of them now, or none.
    ListShows {
        of: Labelled,
        is: bool,
    },
    /// The command's answer, which has reached the client, is a list of so many rows.
    AnswerRows {
        of: Labelled,
        amount: Amount,
    },
    /// That list has each record that `record` made, or none.
    AnswerShows {
        of: Labelled,
        record: Labelled,
        is: bool,
    },
    /// The answer has reached the client, and this is its HTTP status.
    AnswerStatus {
        of: Labelled,
        status: u16,
    },
    /// Whether an answer has reached the client.
    Answered {
        of: Labelled,
        is: bool,
    },
    /// Every process is bound to this store.
    BoundTo(StoreKind),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
}

impl Amount {
    const fn fits(self, count: u64) -> bool {
        match self {
            Self::Is(wanted) => count == wanted,
            Self::AtLeast(wanted) => count >= wanted,
        }
    }
}

impl Labelled {
    /// The ids of the activations that it makes, and their namespace.
    pub fn ids<'a>(&'a self, world: &'a World) -> impl Iterator<Item = (NamespaceId, ActivationId)> + 'a {
        let namespace = world.catalogue().namespace_named(&self.namespace);
        let members = 0..namespace.map_or(0, |_| self.count);
        members.map(move |member| (namespace.unwrap_or(NamespaceId(0)), world.id_made_by(self.command.0, member)))
    }

    /// Whether `exchange` is one of this command's: by the command's id, since another run may have other commands in its place.
    pub fn made(&self, world: &World, exchange: &Exchange) -> bool {
        world.setup().commands.get(exchange.command as usize).is_some_and(|command| command.id == self.command)
    }

    /// The newest of its answers that have reached the client.
    fn answer<'a>(&self, world: &'a World) -> Option<&'a Answer> {
        let mut answered = world.exchanges().rev().filter(|exchange| exchange.answered.is_some() && self.made(world, exchange));
        answered.next()?.answer.as_ref()
    }

    /// `is` of all of its ids: each of them, or none.
    fn each(&self, world: &World, is: bool, mut test: impl FnMut(NamespaceId, ActivationId) -> bool) -> bool {
        self.ids(world).all(|(namespace, id)| test(namespace, id) == is)
    }
}

/// Whether a get by the CLI would show a record now: whichever controller is asked, by the store that it is bound to.
pub(super) fn get_shows(world: &World, namespace: NamespaceId, id: ActivationId) -> bool {
    let sees = |store| world.stores().of(store).get_visibility(namespace, id) == Visibility::Visible;
    world.controllers().iter().all(|controller| sees(controller.store))
}

/// The same for a list with the CLI's default limit.
pub(super) fn list_shows(world: &World, namespace: NamespaceId, id: ActivationId) -> bool {
    let setting = world.setting();
    let sees = |store| world.stores().of(store).list_visibility(&setting, namespace, id, LIST_LIMIT) == Visibility::Visible;
    world.controllers().iter().all(|controller| sees(controller.store))
}

/// Whether a store holds a record, returned by reads or not.
pub(super) fn holds(world: &World, store: StoreKind, namespace: NamespaceId, id: ActivationId) -> bool {
    world.stores().of(store).get_visibility(namespace, id) != Visibility::Absent
}

impl Condition {
    pub fn holds(&self, world: &World) -> bool {
        match self {
            Self::Records { store, namespace, amount } => amount.fits(records(world, *store, namespace.as_deref())),
            Self::AllDocs(amount) => {
                let rows = CouchDb::ACTIVATIONS.design_documents.len() as u64 + records(world, StoreKind::CouchDb, None);
                amount.fits(rows)
            }
            Self::Index { namespace, exists } => {
                let elasticsearch = &world.stores().elasticsearch;
                let there = match namespace {
                    Some(name) => world.catalogue().namespace_named(name).is_some_and(|id| elasticsearch.index(id).is_some()),
                    None => elasticsearch.indexes().next().is_some(),
                };
                there == *exists
            }
            Self::Holds { store, of, is } => of.each(world, *is, |namespace, id| holds(world, *store, namespace, id)),
            Self::GetShows { of, is } => of.each(world, *is, |namespace, id| get_shows(world, namespace, id)),
            Self::ListShows { of, is } => of.each(world, *is, |namespace, id| list_shows(world, namespace, id)),
            Self::AnswerRows { of, amount } => match of.answer(world) {
                Some(Answer::Rows(rows)) => amount.fits(rows.len() as u64),
                _ => false,
            },
            Self::AnswerShows { of, record, is } => match of.answer(world) {
                Some(Answer::Rows(rows)) => record.each(world, *is, |_, id| rows.iter().any(|row| row.record.id == id)),
                _ => false,
            },
            Self::AnswerStatus { of, status } => of.answer(world).is_some_and(|answer| answer.status() == *status),
            Self::Answered { of, is } => of.answer(world).is_some() == *is,
            Self::BoundTo(store) => world.setup().configuration.common_store() == Some(*store),
            Self::All(parts) => parts.iter().all(|part| part.holds(world)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(world)),
            Self::Not(part) => !part.holds(world),
        }
    }
}

fn records(world: &World, store: StoreKind, namespace: Option<&str>) -> u64 {
    let stores = world.stores();
    let Some(name) = namespace else { return stores.of(store).holds() };
    let Some(id) = world.catalogue().namespace_named(name) else { return 0 };
    match store {
        StoreKind::CouchDb => stores.couchdb.documents().by_key(id).count() as u64,
        StoreKind::Elasticsearch => {
            let index = stores.elasticsearch.index(id);
            index.map_or(0, |index| index.searchable().chain(index.buffered()).filter(|record| record.namespace == id).count() as u64)
        }
        StoreKind::Noop => 0,
    }
}
