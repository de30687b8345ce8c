//! Where Kafka's topics are: a row each while there is room, else the many of a kind as cells.

use super::super::geometry::Rect;
use super::super::way::Counts;
use super::{Room, Shelf, grid};
use crate::cluster::place::Topic;

/// A row has a name and cells; text of 12 units and the consumer's mark need this much.
const ROW_MIN: f32 = 22.0;
const ROW_MAX: f32 = 40.0;
const CELL_COLUMNS: u8 = 8;
const CELL: f32 = 16.0;
/// The line above cells that says whose they are.
const LABEL: f32 = 15.0;
const CELLS_GAP: f32 = 3.0;

/// Which kinds are cells, and the height that follows.
struct Plan {
    invokers_as_cells: bool,
    completed_as_cells: bool,
}

impl Plan {
    fn rows(&self, counts: Counts) -> f32 {
        let invokers = if self.invokers_as_cells { 0 } else { counts.invokers };
        let completed = if self.completed_as_cells { 0 } else { counts.controllers };
        f32::from(invokers) + 1.0 + f32::from(completed)
    }

    fn cells(&self, counts: Counts) -> f32 {
        let height = |is_cells: bool, count| if is_cells { LABEL + CELLS_GAP + CELL * f32::from(cell_rows(count)) } else { 0.0 };
        height(self.invokers_as_cells, counts.invokers) + height(self.completed_as_cells, counts.controllers)
    }

    fn fits(&self, counts: Counts, height: f32) -> bool {
        self.rows(counts) * ROW_MIN + self.cells(counts) <= height
    }
}

fn cell_rows(count: u8) -> u8 {
    count.div_ceil(CELL_COLUMNS)
}

fn plan(counts: Counts, height: f32) -> Plan {
    let invokers_first = counts.invokers >= counts.controllers;
    let tries = [(false, false), (invokers_first, !invokers_first), (true, true)];
    let plan = |(invokers_as_cells, completed_as_cells)| Plan { invokers_as_cells, completed_as_cells };
    // One topic is a row in any case.
    let plan = |(invokers, completed)| plan((invokers && counts.invokers > 1, completed && counts.controllers > 1));
    tries.map(plan).into_iter().find(|plan| plan.fits(counts, height)).unwrap_or(plan((true, true)))
}

/// The height that all topics need, with rows as tall as they would like to be.
pub fn height(counts: Counts, rows_max: u8) -> f32 {
    let as_rows = counts.invokers + counts.controllers < rows_max;
    let plan = Plan { invokers_as_cells: !as_rows, completed_as_cells: !as_rows && counts.controllers > 3 };
    plan.rows(counts) * 26.0 + plan.cells(counts)
}

/// The shelves within a space, in the order in which Kafka lists its topics.
pub fn shelves(counts: Counts, space: Rect) -> Vec<Shelf> {
    let plan = plan(counts, space.height);
    let row = ((space.height - plan.cells(counts)) / plan.rows(counts)).clamp(ROW_MIN, ROW_MAX);
    let mut shelves = Vec::new();
    let mut y = space.y;
    let mut add = |topics: Vec<Topic>, as_cells: bool| {
        if as_cells {
            let count = u8::try_from(topics.len()).unwrap_or(u8::MAX);
            let frame = Rect::new(space.x, y + LABEL, space.width, CELL * f32::from(cell_rows(count)));
            let places = grid(frame, count.max(1), CELL_COLUMNS.min(count.max(1)), 2.0);
            y = frame.bottom() + CELLS_GAP;
            shelves.extend(topics.into_iter().zip(places).map(|(topic, place)| Shelf { topic, place, room: Room::Cell }));
        } else {
            for topic in topics {
                shelves.push(Shelf { topic, place: Rect::new(space.x, y, space.width, row), room: Room::Full });
                y += row;
            }
        }
    };
    add(counts.invokers().map(Topic::Invoker).collect(), plan.invokers_as_cells);
    add(vec![Topic::Health], false);
    add(counts.controllers().map(Topic::Completed).collect(), plan.completed_as_cells);
    shelves
}
