//! The wide drawing. The machinery is above, from left to right. Below it, each above its own witness: the client and both stores.

use super::super::geometry::{Point, Rect, Route};
use super::super::way::{Counts, Way};
use super::{Boxes, Caption, Room, grid, shelves};
use crate::cluster::place::{ControllerId, InvokerId, Process, StoreKind, Topic};

/// The space that text of 12 units was fitted to.
const WIDTH: f32 = 700.0;
const HEIGHT: f32 = 400.0;
const HEIGHT_MIN: f32 = 380.0;
const SCALE_MAX: f32 = 1.75;
const MARGIN: f32 = 16.0;
const MARGIN_ABOVE: f32 = 12.0;
const MACHINERY_MAX: f32 = 236.0;
const BOTTOM: f32 = 128.0;
/// Between the machinery and the stores.
const LANES: f32 = 50.0;

pub fn boxes(counts: Counts, width_px: f32, height_px: f32) -> Boxes {
    let scale = (width_px / WIDTH).min(height_px / HEIGHT).clamp(1.0, SCALE_MAX);
    let (width, height) = ((width_px / scale).max(super::Size::WIDE_MIN), (height_px / scale).max(HEIGHT_MIN));
    let spare = width - super::Size::WIDE_MIN;
    // Processes in a column have their lines to the left of it, one on its own below it.
    let left = if counts.controllers > 1 { 30.0 } else { MARGIN };
    let column = (130.0 + spare * 0.12).min(180.0);
    let kafka_width = (192.0 + spare * 0.19).min(290.0);
    let invokers_width = if counts.invokers > 20 { 176.0 } else { (130.0 + spare * 0.12).min(190.0) };
    let invokers_x = width - MARGIN - 24.0 - invokers_width;
    let bottom = BOTTOM + (height - HEIGHT).clamp(0.0, 60.0) * 0.3;
    let machinery = (height - 2.0 * MARGIN_ABOVE - bottom - LANES).min(MACHINERY_MAX + (height - HEIGHT).max(0.0) * 0.3);
    let lanes = (height - 2.0 * MARGIN_ABOVE - bottom - machinery).min(96.0);
    let top = ((height - machinery - lanes - bottom) / 2.0).max(MARGIN_ABOVE);
    let low = top + machinery + lanes;

    let controllers_frame = Rect::new(left, top, column, machinery);
    let controllers = grid(controllers_frame, counts.controllers, if counts.controllers > 4 { 2 } else { 1 }, 8.0);
    // Between its neighbours, with as much room on either side.
    let kafka_x = (controllers_frame.right() + invokers_x - kafka_width) / 2.0;
    let kafka = Rect::new(kafka_x, top, kafka_width, machinery);
    let shelf_space = Rect::new(kafka.x + 12.0, kafka.y + 32.0, kafka.width - 24.0, kafka.height - 38.0);
    let columns = match counts.invokers {
        0..=6 => 1,
        7..=8 => 2,
        9..=12 => 3,
        13..=20 => 4,
        _ => 6,
    };
    let gap = match counts.invokers {
        0..=4 => 8.0,
        5..=8 => 6.0,
        _ => 4.0,
    };
    let invokers = grid(Rect::new(invokers_x, top, invokers_width, machinery), counts.invokers, columns, gap);
    let stores_x = kafka.x;
    let store_width = (invokers_x + invokers_width - stores_x - 28.0) / 2.0;
    Boxes {
        width,
        height,
        scale,
        client: Rect::new(left, low, column, bottom),
        controller_room: room(&controllers, 150.0),
        controllers,
        kafka,
        shelves: shelves::shelves(counts, shelf_space),
        invoker_room: room(&invokers, 72.0),
        invokers,
        stores: [Rect::new(stores_x, low, store_width, bottom), Rect::new(stores_x + store_width + 28.0, low, store_width, bottom)],
    }
}

fn room(boxes: &[Rect], full: f32) -> Room {
    match boxes.first() {
        Some(first) if first.height >= full && first.width >= 120.0 => Room::Full,
        Some(first) if first.height >= 24.0 && first.width >= 56.0 => Room::Short,
        _ => Room::Cell,
    }
}

pub fn route(boxes: &Boxes, way: Way) -> Route {
    let controllers = Rect::around(&boxes.controllers);
    let invokers = Rect::around(&boxes.invokers);
    let kafka = boxes.kafka;
    // Where lines leave and enter: at a frame's edge, level with the box that they belong to.
    let level = |frame_x: f32, place: Rect, down: f32| Point::new(frame_x, place.at(0.0, down).y);
    match way {
        Way::Http(id) => http(boxes, controllers, id),
        Way::Produce(controller, invoker) => Route::level(
            level(controllers.right(), boxes.controller(controller), 0.3),
            level(kafka.x, shelf_end(boxes, Topic::Invoker(invoker)), 0.5),
        ),
        Way::Deliver(invoker) => Route::level(
            level(kafka.right(), shelf_end(boxes, Topic::Invoker(invoker)), 0.5),
            level(invokers.x, boxes.invoker(invoker), 0.3),
        ),
        Way::Ack(invoker, controller) => Route::level(
            level(invokers.x, boxes.invoker(invoker), 0.74),
            level(kafka.right(), shelf_end(boxes, Topic::Completed(controller)), 0.5),
        ),
        Way::AckDeliver(controller) => Route::level(
            level(kafka.x, shelf_end(boxes, Topic::Completed(controller)), 0.5),
            level(controllers.right(), boxes.controller(controller), 0.78),
        ),
        Way::Ping(invoker) => {
            Route::level(level(invokers.x, boxes.invoker(invoker), 0.52), level(kafka.right(), shelf_end(boxes, Topic::Health), 0.5))
        }
        Way::PingDeliver(controller) => Route::level(
            level(kafka.x, shelf_end(boxes, Topic::Health), 0.5),
            level(controllers.right(), boxes.controller(controller), 0.54),
        ),
        Way::Ask(StoreKind::CouchDb) => {
            let y = boxes.client.at(0.0, 0.5).y;
            Route::wired(&[Point::new(boxes.client.right(), y), Point::new(boxes.store(StoreKind::CouchDb).x, y)])
        }
        // Below CouchDB.
        Way::Ask(store) => {
            let (from, to) = (boxes.client.at(0.7, 1.0), boxes.store(store).at(0.3, 1.0));
            let y = from.y.max(to.y) + 7.0;
            Route::wired(&[from, Point::new(from.x, y), Point::new(to.x, y), to])
        }
        Way::Store(process, store) => store_route(boxes, process, store),
    }
}

/// The row of a topic, or all cells of its kind together.
fn shelf_end(boxes: &Boxes, topic: Topic) -> Rect {
    let own = boxes.shelves.iter().find(|shelf| shelf.topic == topic);
    match own {
        Some(shelf) if shelf.room == Room::Cell => {
            let same = |other: &&super::Shelf| std::mem::discriminant(&other.topic) == std::mem::discriminant(&topic);
            Rect::around(&boxes.shelves.iter().filter(same).map(|shelf| shelf.place).collect::<Vec<_>>())
        }
        Some(shelf) => shelf.place,
        None => boxes.kafka,
    }
}

fn http(boxes: &Boxes, controllers: Rect, id: ControllerId) -> Route {
    let client = boxes.client;
    if boxes.controllers.len() == 1 {
        return Route::upright(client.at(0.3, 0.0), controllers.at(0.3, 1.0));
    }
    let x = controllers.x - 8.0;
    let (from, to) = (client.at(0.0, 0.3), boxes.controller(id).at(0.0, 0.3));
    Route::wired(&[from, Point::new(x, from.y), Point::new(x, to.y), Point::new(controllers.x, to.y)])
}

/// Store lines run in two lanes between the machinery and the stores, CouchDB's above.
fn store_route(boxes: &Boxes, process: Process, store: StoreKind) -> Route {
    let (controllers, invokers) = (Rect::around(&boxes.controllers), Rect::around(&boxes.invokers));
    let (place, target) = (boxes.process(process), boxes.store(store));
    let (top, height) = (invokers.bottom(), target.y - invokers.bottom());
    let is_couchdb = store == StoreKind::CouchDb;
    let lane = top + height * if is_couchdb { 0.34 } else { 0.6 };
    let corners = match process {
        Process::Controller(_) if boxes.controllers.len() == 1 => {
            let from = place.at(if is_couchdb { 0.84 } else { 0.7 }, 1.0);
            vec![from, Point::new(from.x, lane)]
        }
        Process::Controller(_) => {
            let (from, x) = (Point::new(controllers.x, place.at(0.0, 0.7).y), controllers.x - if is_couchdb { 15.0 } else { 22.0 });
            vec![from, Point::new(x, from.y), Point::new(x, lane)]
        }
        Process::Invoker(_) => {
            let (from, x) = (Point::new(invokers.right(), place.at(0.0, 0.5).y), invokers.right() + if is_couchdb { 11.0 } else { 22.0 });
            vec![from, Point::new(x, from.y), Point::new(x, lane)]
        }
    };
    let entry = target.at(if matches!(process, Process::Controller(_)) { 0.56 } else { 0.78 }, 0.0);
    let last = [Point::new(entry.x, lane), entry];
    Route::wired(&corners.into_iter().chain(last).collect::<Vec<_>>())
}

pub fn captions(boxes: &Boxes) -> Vec<(Caption, Point)> {
    let id = ControllerId(0);
    let beside = |route: &Route, part: f32, x: f32, y: f32| {
        let (at, _) = route.at(part);
        Point::new(at.x + x, at.y + y)
    };
    let mut captions = Vec::new();
    if boxes.controllers.len() == 1 {
        captions.push((Caption::Http, beside(&route(boxes, Way::Http(id)), 0.5, 8.0, 4.0)));
        captions.push((Caption::Acks, beside(&route(boxes, Way::AckDeliver(id)), 1.0, 6.0, 18.0)));
    }
    // In the lanes, on the line's way down to the store.
    let last_invoker = InvokerId(u8::try_from(boxes.invokers.len().saturating_sub(1)).unwrap_or(0));
    let queries = route(boxes, Way::Store(Process::Controller(id), StoreKind::CouchDb));
    let records = route(boxes, Way::Store(Process::Invoker(last_invoker), StoreKind::Elasticsearch));
    let down = |route: &Route| Point::new(route.end().x, boxes.store(StoreKind::CouchDb).y - 5.0);
    let client = boxes.client.right() + 8.0;
    for store in StoreKind::ALL {
        let line = route(boxes, Way::Ask(store));
        let lane = if store == StoreKind::CouchDb { line.at(0.0).0.y } else { line.at(0.5).0.y };
        captions.push((Caption::Asks(store), Point::new(client, lane - 5.0)));
    }
    captions.push((Caption::Queries, Point::new(boxes.kafka.x + 4.0, down(&queries).y)));
    captions.push((Caption::Records, Point::new(down(&records).x + 8.0, down(&records).y)));
    captions
}
