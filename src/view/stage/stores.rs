//! The two stores: what each holds, and what it returns of that.

use super::client::push_part;
use super::column::{Column, LINE};
use super::fit;
use super::mark::{Mark, cylinder, rounded};
use super::pen::{PADDING, Pen};
use crate::cluster::place::Node;
use crate::cluster::place::StoreKind;
use crate::cluster::store::CouchDb;
use crate::locale::page::{
    LessonPanel, Stage, design_documents, health_records, index_counts, index_in_words, list_view_built, next_refresh, node_name, records,
    view_built,
};
use crate::scene::{CouchDbState, ElasticsearchState, IndexState, Rect, push_path};
use crate::time::{Instant, Span};

const LID: f32 = 9.0;

pub fn couchdb(place: Rect, state: &CouchDbState, pen: Pen) -> Vec<Mark> {
    let language = pen.language;
    let (body, lid) = cylinder(place, LID);
    let inside = Rect::new(place.x + PADDING, place.y + 2.0 * LID + 1.0, place.width - 2.0 * PADDING, place.height - 3.0 * LID + 3.0);
    let mut column = Column::new(inside);
    column.marks.extend([Mark::shape("node-body", body), Mark::shape("node-line", lid)]);
    column.title(&node_name(language, Node::Store(StoreKind::CouchDb)));
    column.mono("t-mono", CouchDb::ACTIVATIONS.name);
    if pen.covers(StoreKind::CouchDb) {
        predict(&mut column, pen);
        return column.marks;
    }
    sheets(&mut column, &[("sheet is-open", state.design_documents), ("sheet", state.records), ("sheet is-faint", state.health_records)]);
    column.text("t-plain", &records(language, state.records));
    column.text("t-plain", &design_documents(language, state.design_documents));
    if state.is_bound {
        column.text("t-soft", &list_view_built(language, state.view_built, state.view_latest));
    } else {
        column.text("t-soft", language.say(Stage::NotBound));
    }
    column.marks
}

pub fn couchdb_name(state: &CouchDbState, pen: Pen) -> String {
    let language = pen.language;
    let mut name = node_name(language, Node::Store(StoreKind::CouchDb));
    push_part(&mut name, CouchDb::ACTIVATIONS.name);
    if pen.covers(StoreKind::CouchDb) {
        push_part(&mut name, language.say(LessonPanel::PredictFirst));
        return name;
    }
    push_part(&mut name, &records(language, state.records));
    push_part(&mut name, &design_documents(language, state.design_documents));
    if state.health_records > 0 {
        push_part(&mut name, &health_records(language, state.health_records));
    }
    push_part(&mut name, &view_built(language, state.view_built, state.view_latest));
    if !state.is_bound {
        push_part(&mut name, language.say(Stage::NotBound));
    }
    name
}

/// `now` is the clock to count down to the next refresh from.
pub fn elasticsearch(place: Rect, state: &ElasticsearchState, now: Instant, pen: Pen) -> Vec<Mark> {
    let language = pen.language;
    let inside = Rect::new(place.x + PADDING, place.y + 9.0, place.width - 2.0 * PADDING, place.height - 14.0);
    let mut column = Column::new(inside);
    column.marks.push(Mark::shape("node-body", rounded(place, 8.0)));
    column.title(&node_name(language, Node::Store(StoreKind::Elasticsearch)));
    if pen.covers(StoreKind::Elasticsearch) {
        predict(&mut column, pen);
        return column.marks;
    }
    for (number, index) in state.indexes.iter().enumerate() {
        column.skip(if number > 0 { 4.0 } else { 0.0 });
        draw_index(&mut column, index, now, pen, number == 0);
    }
    if state.indexes.is_empty() {
        column.text("t-plain", language.say(Stage::NoIndex));
    }
    if !state.is_bound {
        column.text("t-soft", language.say(Stage::NotBound));
    }
    column.marks
}

pub fn elasticsearch_name(state: &ElasticsearchState, pen: Pen) -> String {
    let language = pen.language;
    let mut name = node_name(language, Node::Store(StoreKind::Elasticsearch));
    if pen.covers(StoreKind::Elasticsearch) {
        push_part(&mut name, language.say(LessonPanel::PredictFirst));
        return name;
    }
    if state.indexes.is_empty() {
        push_part(&mut name, language.say(Stage::NoIndex));
    }
    for index in &state.indexes {
        let counts = index_counts(language, index.searchable, index.buffered);
        push_part(&mut name, &index_in_words(language, &index.name, &counts));
    }
    if !state.is_bound {
        push_part(&mut name, language.say(Stage::NotBound));
    }
    name
}

fn draw_index(column: &mut Column, index: &IndexState, now: Instant, pen: Pen, is_first: bool) {
    let count = (index.searchable + index.buffered).to_string();
    let name_width = column.width - fit::width(&count, false) - 6.0;
    let has_room = column.room() >= 3.0 * LINE;
    if !is_first && (fit::width(&index.name, true) <= name_width || !has_room) {
        column.pair("t-mono", &fit::clip(&index.name, name_width, true), "t-plain t-end", &count);
        return;
    }
    column.mono("t-mono", &index.name);
    if is_first {
        sheets(column, &[("sheet", index.searchable), ("sheet is-buffered", index.buffered)]);
    }
    column.text("t-plain", &index_counts(pen.language, index.searchable, index.buffered));
    if is_first {
        column.text("t-soft", &next_refresh(pen.language, tenths(index.next_refresh.since(now))));
    }
}

/// Rounded down to what changes no more often than it is drawn.
fn tenths(span: Span) -> Span {
    Span::from_millis(span.millis() / 100 * 100)
}

fn predict(column: &mut Column, pen: Pen) {
    column.skip(8.0);
    if let Some(top) = column.take(30.0) {
        let place = Rect::new(column.x, top, column.width, 30.0);
        column.marks.push(Mark::shape("predict", rounded(place, 6.0)));
        column.marks.push(Mark::text(place.at(0.5, 0.0).x, top + 19.5, "t-plain t-middle", pen.language.say(LessonPanel::PredictFirst)));
    }
}

/// Documents as sheets in one row, kind after kind; the count of those without a place ends it.
fn sheets(column: &mut Column, kinds: &[(&'static str, u32)]) {
    const STEP: f32 = 12.0;
    const COUNT_WIDTH: f32 = 30.0;
    let Some(top) = column.take(18.0) else { return };
    let total: u32 = kinds.iter().map(|(_, count)| count).sum();
    let gaps = kinds.iter().filter(|(_, count)| *count > 0).count().saturating_sub(1);
    let width = column.width - 5.0 * gaps as f32;
    let mut left = if total as f32 * STEP <= width { total } else { ((width - COUNT_WIDTH) / STEP) as u32 };
    let hidden = total.saturating_sub(left);
    let mut x = column.x;
    for (class, count) in kinds {
        let drawn = (*count).min(left);
        left -= drawn;
        if drawn == 0 {
            continue;
        }
        let mut d = String::new();
        for _ in 0..drawn {
            push_path(&mut d, "M# #h5l3 3v8h-8z", &[x, top + 3.5]);
            x += STEP;
        }
        column.marks.push(Mark::shape(class, d));
        x += 5.0;
    }
    if hidden > 0 {
        column.marks.push(Mark::text(x - 2.0, top + 13.5, "t-soft", format!("+{hidden}")));
    }
}
