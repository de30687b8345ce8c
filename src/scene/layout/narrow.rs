//! The narrow drawing: hops stacked from the client down to both stores. Text has its full size at any width.

use super::super::geometry::{Point, Rect, Route};
use super::super::way::{Counts, Way};
use super::{Boxes, Caption, Room, grid, shelves};
use crate::cluster::place::{ControllerId, InvokerId, Process, StoreKind};

const WIDTH_MIN: f32 = 280.0;
/// Beside the stack: the lines from controllers to stores.
const LEFT: f32 = 30.0;
const RIGHT: f32 = 8.0;
const TOP: f32 = 8.0;
const GAP: f32 = 46.0;
/// Room for text in lines of half the width.
const STORE: f32 = 196.0;
/// What a finger needs.
const TOUCH: f32 = 44.0;

pub fn boxes(counts: Counts, width_px: f32) -> Boxes {
    let width = width_px.max(WIDTH_MIN);
    let (x, inner) = (LEFT, width - LEFT - RIGHT);
    let client = Rect::new(x, TOP, inner, 76.0);

    let lone = counts.controllers == 1;
    let seen = f32::from(counts.invokers.min(4));
    let rows = f32::from(counts.controllers.div_ceil(2));
    let height = if lone { 82.0 + if counts.invokers > 4 { 40.0 } else { 28.0 * seen } } else { rows * 64.0 + (rows - 1.0) * 8.0 };
    let controllers = grid(Rect::new(x, client.bottom() + GAP, inner, height), counts.controllers, if lone { 1 } else { 2 }, 8.0);
    let controllers_bottom = Rect::around(&controllers).bottom();

    let shelf_height = shelves::height(counts, 8);
    let kafka = Rect::new(x, controllers_bottom + GAP, inner, 38.0 + shelf_height);
    let shelf_space = Rect::new(x + 12.0, kafka.y + 32.0, inner - 24.0, shelf_height);

    let (columns, row): (u8, f32) = match counts.invokers {
        1 => (1, 92.0),
        2 => (2, 92.0),
        3..=8 => (2, 56.0),
        _ => (((inner + 4.0) / (TOUCH + 4.0)) as u8, TOUCH),
    };
    let rows = f32::from(counts.invokers.div_ceil(columns.max(1)));
    let frame = Rect::new(x, kafka.bottom() + GAP, inner, rows * row + (rows - 1.0) * 8.0);
    let invokers = grid(frame, counts.invokers, columns, if columns > 2 { 4.0 } else { 8.0 });

    let store_width = (inner - 10.0) / 2.0;
    let low = frame.bottom() + 64.0;
    let store = |n: f32| Rect::new(x + n * (store_width + 10.0), low, store_width, STORE);
    let stores = [store(0.0), store(1.0)];
    let height = low + STORE + TOP;
    Boxes {
        width,
        height,
        scale: 1.0,
        client,
        controllers,
        controller_room: if lone { Room::Full } else { Room::Short },
        kafka,
        shelves: shelves::shelves(counts, shelf_space),
        invokers,
        invoker_room: match counts.invokers {
            1..=2 => Room::Full,
            3..=8 => Room::Short,
            _ => Room::Cell,
        },
        stores,
    }
}

pub fn route(boxes: &Boxes, way: Way) -> Route {
    let controllers = Rect::around(&boxes.controllers);
    let invokers = Rect::around(&boxes.invokers);
    let kafka = boxes.kafka;
    let above = |frame: Rect, place: Rect, across: f32| Point::new(place.at(across, 0.0).x, frame.y);
    let below = |frame: Rect, place: Rect, across: f32| Point::new(place.at(across, 0.0).x, frame.bottom());
    match way {
        Way::Http(id) => {
            let place = boxes.controller(id);
            Route::upright(Point::new(place.at(0.5, 0.0).x, boxes.client.bottom()), above(controllers, place, 0.5))
        }
        Way::Produce(id, _) => Route::upright(below(controllers, boxes.controller(id), 0.28), kafka.at(0.28, 0.0)),
        Way::AckDeliver(id) => Route::upright(kafka.at(0.72, 0.0), below(controllers, boxes.controller(id), 0.72)),
        Way::PingDeliver(id) => Route::upright(kafka.at(0.5, 0.0), below(controllers, boxes.controller(id), 0.5)),
        Way::Deliver(id) => Route::upright(kafka.at(0.28, 1.0), above(invokers, boxes.invoker(id), 0.28)),
        Way::Ack(id, _) => Route::upright(above(invokers, boxes.invoker(id), 0.72), kafka.at(0.72, 1.0)),
        Way::Ping(id) => Route::upright(above(invokers, boxes.invoker(id), 0.5), kafka.at(0.5, 1.0)),
        Way::Ask(store) => {
            let (target, from) = (boxes.store(store), boxes.client.at(1.0, 0.5));
            let (x, lane) = (boxes.width - 4.0, target.y - if store == StoreKind::CouchDb { 36.0 } else { 14.0 });
            let entry = target.at(0.7, 0.0);
            Route::wired(&[from, Point::new(x, from.y), Point::new(x, lane), Point::new(entry.x, lane), entry])
        }
        Way::Store(Process::Invoker(id), store) => {
            Route::upright(below(invokers, boxes.invoker(id), 0.5), boxes.store(store).at(0.62, 0.0))
        }
        Way::Store(Process::Controller(id), store) => {
            let (target, from) = (boxes.store(store), boxes.controller(id).at(0.0, 0.5));
            let is_couchdb = store == StoreKind::CouchDb;
            let (x, lane) = if is_couchdb { (20.0, target.y - 14.0) } else { (10.0, target.y - 26.0) };
            let entry = target.at(0.2, 0.0);
            let start = Point::new(controllers.x, from.y);
            Route::wired(&[start, Point::new(x, from.y), Point::new(x, lane), Point::new(entry.x, lane), entry])
        }
    }
}

pub fn captions(boxes: &Boxes) -> Vec<(Caption, Point)> {
    let (controller, invoker) = (ControllerId(0), InvokerId(0));
    let mut captions = Vec::new();
    let mut add = |caption, way, x: f32| {
        let (at, _) = route(boxes, way).at(0.5);
        captions.push((caption, Point::new(at.x + x, at.y + 4.0)));
    };
    if boxes.controllers.len() == 1 {
        add(Caption::Http, Way::Http(controller), 9.0);
        add(Caption::Acks, Way::AckDeliver(controller), 9.0);
        add(Caption::Messages, Way::Produce(controller, invoker), 9.0);
    }
    captions
}
