//! What travels: from the events to come, each with the instant at which it left and the one at which it arrives.

use super::crowd::{Crowd, crowds};
use super::geometry::Point;
use super::layout::Layout;
use super::paths::{Hue, TokenPaths};
use super::way::Way;
use crate::cluster::place::{ActivationIx, Process, StoreKind, Topic};
use crate::cluster::{Event, Message, What, World};
use crate::time::Instant;

/// What a token looks like, hue aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A record: a small filled sheet.
    Sheet,
    /// A record that is at its store and not stored yet.
    OpenSheet,
    /// A message: a cell.
    Cell,
    /// An ack: a hollow circle.
    Ring,
    /// A request or a query: a filled dart that points where it goes.
    Dart,
    /// The answer to one: a hollow dart.
    OpenDart,
    /// A ping.
    Dot,
}

/// One thing on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token {
    pub at: Point,
    /// Where it is going, as a vector of length one.
    pub heading: Point,
    pub shape: Shape,
    pub hue: Hue,
    /// The first of the activations that it is about, if it is about any that are known.
    pub activation: Option<ActivationIx>,
    /// How many messages or records it stands for.
    pub count: u32,
    pub way: Way,
    /// It is inside its store and no longer on the link.
    pub inside: bool,
}

/// What to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Pings and health tests, faint.
    pub housekeeping: bool,
    /// Predict first: nothing that goes to or comes from a store.
    pub covered: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { housekeeping: true, covered: false }
    }
}

/// Everything that moves, kept from frame to frame so that drawing one allocates nothing.
#[derive(Debug, Default)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    pub paths: TokenPaths,
    pub crowds: Vec<Crowd>,
    per_way: Vec<u32>,
}

impl Tokens {
    /// Takes in an instant of a world.
    pub fn update(&mut self, world: &World, instant: Instant, layout: &Layout, options: Options) {
        tokens(world, instant, layout, options, &mut self.tokens);
        self.paths.draw(&self.tokens);
        crowds(&self.tokens, layout, &mut self.per_way, &mut self.crowds);
    }

    /// The token nearest to a point, if one is within reach.
    pub fn near(&self, point: Point, reach: f32) -> Option<&Token> {
        let near = self.tokens.iter().filter(|token| token.activation.is_some() && token.at.distance(point) <= reach);
        near.min_by(|one, other| one.at.distance(point).total_cmp(&other.at.distance(point)))
    }
}

/// The way and the looks of what an event brings.
struct Cargo {
    way: Way,
    /// It goes back on the way.
    returns: bool,
    shape: Shape,
    hue: Hue,
    activation: Option<ActivationIx>,
    count: u32,
}

/// Everything that is under way at an instant. The instant must be in the world's present stretch between events.
pub fn tokens(world: &World, instant: Instant, layout: &Layout, options: Options, out: &mut Vec<Token>) {
    out.clear();
    let mut inside = [0_u8; 2];
    for event in world.events() {
        let Some(cargo) = cargo(world, event) else { continue };
        if options.covered && matches!(cargo.way, Way::Store(..) | Way::Ask(_)) || !options.housekeeping && cargo.hue == Hue::Faint {
            continue;
        }
        let Some(route) = layout.route(cargo.way) else { continue };
        let (travel, is_inside) = progress(event, instant);
        let part = if cargo.returns { 1.0 - travel } else { travel };
        let (mut at, mut heading) = route.at(part);
        if cargo.returns {
            heading = Point::new(-heading.x, -heading.y);
        }
        let mut shape = cargo.shape;
        if is_inside {
            if shape == Shape::Sheet {
                shape = Shape::OpenSheet;
            }
            at = inside_of(cargo.way, at, heading, &mut inside);
        }
        let Cargo { way, hue, activation, count, .. } = cargo;
        out.push(Token { at, heading, shape, hue, activation, count, way, inside: is_inside });
    }
}

/// How far it has come, from 0 to 1, and whether it is inside its store by now.
fn progress(event: &Event, instant: Instant) -> (f32, bool) {
    let gone = instant.since(event.since).micros();
    let travel = match event.what {
        What::WriteApplied { travel_us, .. } | What::QueryServed { travel_us, .. } | What::AskServed { travel_us, .. } => {
            u64::from(travel_us)
        }
        _ => event.at.since(event.since).micros(),
    };
    if gone >= travel {
        return (1.0, matches!(event.what, What::WriteApplied { .. } | What::QueryServed { .. } | What::AskServed { .. }));
    }
    (gone as f32 / travel as f32, false)
}

/// Just behind the store's door, side by side.
fn inside_of(way: Way, door: Point, heading: Point, inside: &mut [u8; 2]) -> Point {
    const STEP: f32 = 11.0;
    const SIDE_BY_SIDE: u8 = 4;
    let [couchdb, elasticsearch] = inside;
    let count = if matches!(way, Way::Store(_, StoreKind::CouchDb) | Way::Ask(StoreKind::CouchDb)) { couchdb } else { elasticsearch };
    let place = *count % SIDE_BY_SIDE;
    *count = count.saturating_add(1);
    Point::new(door.x + heading.x * 10.0 + f32::from(place) * STEP, door.y + heading.y * 10.0)
}

fn cargo(world: &World, event: &Event) -> Option<Cargo> {
    let one = |way, returns, shape, hue, activation| Some(Cargo { way, returns, shape, hue, activation, count: 1 });
    match event.what {
        What::RequestArrives(ix) => {
            // What a controller asks of itself travels on no way of the picture.
            let exchange = world.exchange(ix).filter(|exchange| exchange.inner.is_none())?;
            one(Way::Http(exchange.controller), false, Shape::Dart, Hue::Controller, exchange.activation)
        }
        What::AnswerArrives(ix) => {
            let exchange = world.exchange(ix).filter(|exchange| exchange.inner.is_none())?;
            if let Some(store) = exchange.request.store() {
                return one(Way::Ask(store), true, Shape::OpenDart, Hue::of_store(store), None);
            }
            one(Way::Http(exchange.controller), true, Shape::OpenDart, Hue::Controller, exchange.activation)
        }
        What::ProduceArrives { topic, message } => produced(world, topic, message),
        What::ActivationAccepted { activation, topic: Topic::Invoker(invoker) } => {
            let way = Way::Produce(world.activation(activation)?.controller, invoker);
            one(way, true, Shape::OpenDart, Hue::Kafka, Some(activation))
        }
        What::FetchArrives { topic, consumer, upto } => fetched(world, topic, consumer, upto.into()),
        What::WriteApplied { batch, .. } => written(world, batch, false),
        What::WriteAnswered { batch } => written(world, batch, true),
        What::QueryServed { query, .. } => asked(world, query, false),
        What::AskServed { exchange, .. } => {
            let store = world.exchange(exchange)?.request.store()?;
            one(Way::Ask(store), false, Shape::Dart, Hue::of_store(store), None)
        }
        What::QueryAnswered { query } => asked(world, query, true),
        _ => None,
    }
}

/// Health tests are drawn like pings.
fn hue_of(world: &World, activation: ActivationIx, hue: Hue) -> Hue {
    if world.activation(activation).is_some_and(|activation| activation.health_test) { Hue::Faint } else { hue }
}

fn produced(world: &World, topic: Topic, message: Message) -> Option<Cargo> {
    let cargo = |way, shape, activation, hue| Some(Cargo { way, returns: false, shape, hue, activation, count: 1 });
    match (topic, message) {
        (Topic::Invoker(invoker), Message::Activation(ix)) => {
            let controller = world.activation(ix)?.controller;
            cargo(Way::Produce(controller, invoker), Shape::Cell, Some(ix), hue_of(world, ix, Hue::Kafka))
        }
        (Topic::Completed(controller), Message::Ack { activation, .. }) => {
            let invoker = world.activation(activation)?.invoker;
            cargo(Way::Ack(invoker, controller), Shape::Ring, Some(activation), hue_of(world, activation, Hue::Kafka))
        }
        (Topic::Health, Message::Ping { invoker, .. }) => cargo(Way::Ping(invoker), Shape::Dot, None, Hue::Faint),
        _ => None,
    }
}

/// A fetch brings all messages from the consumer's position on.
fn fetched(world: &World, topic: Topic, consumer: Process, upto: u64) -> Option<Cargo> {
    let partition = world.kafka().partition(topic)?;
    let position = partition.consumers().iter().find(|it| it.process == consumer)?.position;
    let count = u32::try_from(upto.saturating_sub(position)).unwrap_or(u32::MAX);
    let (way, shape) = match (topic, consumer) {
        (Topic::Invoker(_), Process::Invoker(id)) => (Way::Deliver(id), Shape::Cell),
        (Topic::Completed(_), Process::Controller(id)) => (Way::AckDeliver(id), Shape::Ring),
        (Topic::Health, Process::Controller(id)) => (Way::PingDeliver(id), Shape::Dot),
        _ => return None,
    };
    let activation = match partition.message(position)? {
        Message::Activation(ix) | Message::Ack { activation: ix, .. } => Some(ix),
        Message::Ping { .. } => None,
    };
    let hue = activation.map_or(Hue::Faint, |ix| hue_of(world, ix, Hue::Kafka));
    Some(Cargo { way, returns: false, shape, hue, activation, count })
}

fn written(world: &World, batch: u32, returns: bool) -> Option<Cargo> {
    let batch = world.batch(batch)?;
    let activation = batch.writes.first().map(|(_, ix)| ActivationIx(*ix));
    let hue = activation.map_or(Hue::Faint, |ix| hue_of(world, ix, Hue::of_store(batch.store)));
    let shape = if returns { Shape::OpenDart } else { Shape::Sheet };
    let count = u32::try_from(batch.writes.len()).unwrap_or(u32::MAX);
    Some(Cargo { way: Way::Store(batch.writer, batch.store), returns, shape, hue, activation, count })
}

fn asked(world: &World, query: u32, returns: bool) -> Option<Cargo> {
    let query = world.query(query)?;
    let activation = world.exchange(query.exchange)?.activation;
    let (shape, hue) = if returns { (Shape::OpenDart, Hue::of_store(query.store)) } else { (Shape::Dart, Hue::Controller) };
    let way = Way::Store(Process::Controller(query.controller), query.store);
    Some(Cargo { way, returns, shape, hue, activation, count: 1 })
}
