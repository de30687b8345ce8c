//! Where the nodes are: once for a configuration and a size.

mod narrow;
mod shelves;
mod wide;

use super::geometry::{Point, Rect, Route};
use super::way::{Counts, Way};
use crate::cluster::Configuration;
use crate::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind, Topic};

/// The space that a drawing has, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// Side by side: the machinery above, the client and both stores below it.
    Wide { width: f32, height: f32 },
    /// Hops stacked; as tall as it needs to be.
    Narrow { width: f32 },
}

impl Size {
    /// Below this width the stage is the other drawing.
    pub const WIDE_MIN: f32 = 564.0;
    /// The same for clusters whose columns need more room.
    const WIDE_MIN_OF_MANY: f32 = 640.0;

    /// The drawing that suits a cluster in this space.
    fn fitting(self, counts: Counts) -> Self {
        let is_many = counts.controllers > 1 || counts.invokers > 6;
        match self {
            Self::Wide { width, .. } if width < if is_many { Self::WIDE_MIN_OF_MANY } else { Self::WIDE_MIN } => Self::Narrow { width },
            size => size,
        }
    }

    /// The drawing that suits a space.
    pub fn suiting(width: f32, height: f32) -> Self {
        // Whole steps, so that a scroll bar that comes and goes moves nothing.
        let step = |value: f32| (value / 4.0).floor() * 4.0;
        if width < Self::WIDE_MIN { Self::Narrow { width: step(width) } } else { Self::Wide { width: step(width), height: step(height) } }
    }
}

/// How much of its state a box has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    /// A number and a mark.
    Cell,
    /// A title and a line.
    Short,
    Full,
}

/// Where a topic is: a row with its last cells, or one cell among many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shelf {
    pub topic: Topic,
    pub place: Rect,
    pub room: Room,
}

/// A line to draw. Where ways coincide one line stands for all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub ways: Vec<Way>,
    pub path: String,
    /// Where it ends and which way it points there.
    pub tip: (Point, Point),
}

/// What a line is for, in a word beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caption {
    Http,
    Messages,
    Acks,
    Queries,
    Records,
    /// Of the line on which a client asks this store itself: drawn where the line is.
    Asks(StoreKind),
}

/// Every box and every way of a drawing.
#[derive(Clone, Debug)]
pub struct Layout {
    pub size: Size,
    pub counts: Counts,
    /// In drawing units. `scale` CSS pixels are one.
    pub width: f32,
    pub height: f32,
    pub scale: f32,
    pub client: Rect,
    pub controllers: Vec<Rect>,
    pub controller_room: Room,
    pub kafka: Rect,
    pub shelves: Vec<Shelf>,
    pub invokers: Vec<Rect>,
    pub invoker_room: Room,
    /// CouchDB and Elasticsearch.
    pub stores: [Rect; 2],
    pub links: Vec<Link>,
    /// Where words beside lines begin.
    pub captions: Vec<(Caption, Point)>,
    routes: Vec<Route>,
}

impl PartialEq for Layout {
    /// The rest follows from these.
    fn eq(&self, other: &Self) -> bool {
        self.size == other.size && self.counts == other.counts
    }
}

/// The boxes of a drawing, before its ways.
struct Boxes {
    width: f32,
    height: f32,
    scale: f32,
    client: Rect,
    controllers: Vec<Rect>,
    controller_room: Room,
    kafka: Rect,
    shelves: Vec<Shelf>,
    invokers: Vec<Rect>,
    invoker_room: Room,
    stores: [Rect; 2],
}

/// The layout of a configuration's cluster.
pub fn layout(configuration: &Configuration, size: Size) -> Layout {
    let counts = Counts { controllers: configuration.controllers.max(1), invokers: configuration.invokers.max(1) };
    let size = size.fitting(counts);
    let ways = counts.ways();
    let (boxes, routes): (Boxes, Vec<Route>) = match size {
        Size::Wide { width, height } => {
            let boxes = wide::boxes(counts, width, height);
            let routes = ways.iter().map(|way| wide::route(&boxes, *way)).collect();
            (boxes, routes)
        }
        Size::Narrow { width } => {
            let boxes = narrow::boxes(counts, width);
            let routes = ways.iter().map(|way| narrow::route(&boxes, *way)).collect();
            (boxes, routes)
        }
    };
    let links = links(&ways, &routes);
    let captions = match size {
        Size::Wide { .. } => wide::captions(&boxes),
        Size::Narrow { .. } => narrow::captions(&boxes),
    };
    let Boxes { width, height, scale, client, controllers, controller_room, kafka, shelves, invokers, invoker_room, stores } = boxes;
    Layout {
        size,
        counts,
        width,
        height,
        scale,
        client,
        controllers,
        controller_room,
        kafka,
        shelves,
        invokers,
        invoker_room,
        stores,
        links,
        captions,
        routes,
    }
}

/// One line for all ways of a kind that take the same route.
fn links(ways: &[Way], routes: &[Route]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (way, route) in ways.iter().zip(routes) {
        let path = if matches!(way, Way::Store(..) | Way::Ask(_)) { route.path_back() } else { route.path() };
        let same_kind = |other: &Way| std::mem::discriminant(other) == std::mem::discriminant(way);
        match links.iter_mut().find(|link| link.path == path && link.ways.first().is_some_and(same_kind)) {
            Some(link) => link.ways.push(*way),
            None => {
                let (_, heading) = route.at(1.0);
                links.push(Link { ways: vec![*way], path, tip: (route.end(), heading) });
            }
        }
    }
    links
}

impl Layout {
    pub fn is_narrow(&self) -> bool {
        matches!(self.size, Size::Narrow { .. })
    }

    /// The whole drawing.
    pub fn frame(&self) -> Rect {
        Rect::new(0.0, 0.0, self.width, self.height)
    }

    pub fn route(&self, way: Way) -> Option<&Route> {
        self.routes.get(self.counts.number(way))
    }

    /// How many ways there are.
    pub fn way_count(&self) -> usize {
        self.routes.len()
    }

    /// Every node in reading order, with its box.
    pub fn nodes(&self) -> Vec<(Node, Rect)> {
        let mut nodes = vec![(Node::Client, self.client)];
        nodes.extend(self.counts.controllers().map(Node::Controller).zip(self.controllers.iter().copied()));
        nodes.push((Node::Kafka, self.kafka));
        nodes.extend(self.counts.invokers().map(Node::Invoker).zip(self.invokers.iter().copied()));
        nodes.extend(StoreKind::ALL.map(Node::Store).into_iter().zip(self.stores));
        nodes
    }
}

impl Boxes {
    fn controller(&self, id: ControllerId) -> Rect {
        self.controllers.get(usize::from(id.0)).copied().unwrap_or_default()
    }

    fn invoker(&self, id: InvokerId) -> Rect {
        self.invokers.get(usize::from(id.0)).copied().unwrap_or_default()
    }

    fn process(&self, process: Process) -> Rect {
        match process {
            Process::Controller(id) => self.controller(id),
            Process::Invoker(id) => self.invoker(id),
        }
    }

    fn store(&self, store: StoreKind) -> Rect {
        let [couchdb, elasticsearch] = self.stores;
        match store {
            StoreKind::CouchDb => couchdb,
            // Nothing is drawn for the store that is no place.
            StoreKind::Elasticsearch | StoreKind::Noop => elasticsearch,
        }
    }
}

/// Boxes of one size in rows from the top left, `columns` a row.
fn grid(frame: Rect, count: u8, columns: u8, gap: f32) -> Vec<Rect> {
    let columns = columns.max(1);
    let rows = count.div_ceil(columns).max(1);
    let width = (frame.width - gap * f32::from(columns - 1)) / f32::from(columns);
    let height = (frame.height - gap * f32::from(rows - 1)) / f32::from(rows);
    let place = |n: u8| {
        let (row, column) = (f32::from(n / columns), f32::from(n % columns));
        Rect::new(frame.x + column * (width + gap), frame.y + row * (height + gap), width, height)
    };
    (0..count).map(place).collect()
}
