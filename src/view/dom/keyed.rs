//! A list whose items keep their elements, and with them the focus, for as long as their keys stay.

use super::mounted::{Mounted, insert, place};
use super::value::{IntoView, View};
use leptos::prelude::{Owner, untrack};
use web_sys::Node;

/// One item of a list that is drawn again.
pub enum Item {
    /// The item that was at this place before.
    Stays(usize),
    New(Box<dyn FnOnce() -> View>),
}

/// A list by its items' keys, which must differ. An item with a known key is not made again: what changes about it, it reads by itself.
pub fn keyed<T: 'static, K: PartialEq + 'static, V: IntoView>(
    each: impl Fn() -> Vec<T> + 'static,
    key: impl Fn(&T) -> K + 'static,
    make: impl Fn(T) -> V + Clone + 'static,
) -> View {
    let mut keys: Vec<K> = Vec::new();
    View::Keyed(Box::new(move || {
        let mut items = Vec::new();
        let mut now = Vec::new();
        for item in each() {
            let own = key(&item);
            let make = make.clone();
            items.push(match keys.iter().position(|known| *known == own) {
                Some(place) => Item::Stays(place),
                None => Item::New(Box::new(move || make(item).into_view())),
            });
            now.push(own);
        }
        keys = now;
        items
    }))
}

struct Row {
    /// What the row listens to ends with the row, not when the list is drawn again.
    owner: Owner,
    mounted: Mounted,
}

/// The rows in the document, in its order.
pub struct KeyedList {
    owner: Option<Owner>,
    rows: Vec<Row>,
}

impl KeyedList {
    /// An empty list whose rows live no longer than the current owner.
    pub fn new() -> Self {
        Self { owner: Owner::current(), rows: Vec::new() }
    }

    pub fn each_node(&self, visit: &mut dyn FnMut(&Node)) {
        self.rows.iter().for_each(|row| row.mounted.each_node(visit));
    }

    /// Draws the list again, before the mark of its end. What is where it belongs is not touched.
    pub fn turn(&mut self, items: Vec<Item>, end: &Node) {
        let Some(parent) = end.parent_node() else { return };
        let mut old: Vec<Option<Row>> = std::mem::take(&mut self.rows).into_iter().map(Some).collect();
        remove_all_but(&mut old, &items);
        let mut next = first_node(&old).unwrap_or_else(|| end.clone());
        for item in items {
            let row = match item {
                Item::Stays(place) => {
                    old.get_mut(place).and_then(Option::take).inspect(|row| next = moved_before(row, next.clone(), end, &parent))
                }
                Item::New(make) => Some(self.made(make, &parent, &next)),
            };
            self.rows.extend(row);
        }
    }

    fn made(&self, make: Box<dyn FnOnce() -> View>, parent: &Node, before: &Node) -> Row {
        let owner = self.owner.as_ref().map_or_else(Owner::new, Owner::child);
        let mounted = owner.with(|| untrack(|| place(make(), parent, Some(before))));
        Row { owner, mounted }
    }
}

fn remove_all_but(rows: &mut [Option<Row>], items: &[Item]) {
    for (place, row) in rows.iter_mut().enumerate() {
        let stays = items.iter().any(|item| matches!(item, Item::Stays(it) if *it == place));
        if let Some(row) = row.take_if(|_| !stays) {
            row.owner.cleanup();
            row.mounted.remove();
        }
    }
}

fn first_node(rows: &[Option<Row>]) -> Option<Node> {
    let mut first = None;
    rows.iter().flatten().for_each(|row| row.mounted.each_node(&mut |node| first = first.take().or_else(|| Some(node.clone()))));
    first
}

/// Brings a row to before `next`, unless it begins there already. Returns what comes after it.
fn moved_before(row: &Row, mut next: Node, end: &Node, parent: &Node) -> Node {
    row.mounted.each_node(&mut |node| {
        if *node == next {
            next = node.next_sibling().unwrap_or_else(|| end.clone());
        } else {
            insert(node, parent, Some(&next));
        }
    });
    next
}
