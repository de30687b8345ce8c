//! Lists whose items keep their nodes, and with them the focus, wherever they move.

use super::mounted::{Mounted, insert, patch, place};
use super::view::View;
use leptos_dom::helpers::document;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, Node};
use xxhash_rust::xxh64::xxh64;

/// Tells an item from the others of its list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key(u64);

impl From<u64> for Key {
    fn from(number: u64) -> Self {
        Self(number)
    }
}

impl From<u32> for Key {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self(xxh64(text.as_bytes(), 0))
    }
}

#[derive(Default)]
pub struct Rows(Vec<(Key, Mounted)>);

impl Rows {
    pub fn each_node(&self, visit: &mut dyn FnMut(&Node)) {
        self.0.iter().for_each(|(_, row)| row.each_node(visit));
    }

    /// Draws the list again, before the mark of its end. A row that is where it belongs is not moved.
    pub fn patch(&mut self, items: Vec<(Key, View)>, end: &Node) {
        let Some(parent) = end.parent_node() else { return };
        let focused = document().active_element().filter(|active| parent.contains(Some(active)));
        let mut old: Vec<(Key, Option<Mounted>)> = std::mem::take(&mut self.0).into_iter().map(|(key, row)| (key, Some(row))).collect();
        for (key, row) in &mut old {
            if !items.iter().any(|(wanted, _)| wanted == key)
                && let Some(row) = row.take()
            {
                row.remove();
            }
        }
        let mut next = first_node(&old).unwrap_or_else(|| end.clone());
        for (key, view) in items {
            let known = old.iter_mut().find(|(known, row)| *known == key && row.is_some()).and_then(|(_, row)| row.take());
            let row = match known {
                Some(mut row) => {
                    next = moved_before(&row, next, end, &parent);
                    let after = next.clone();
                    patch(&mut row, view, &after);
                    row
                }
                None => place(view, &parent, &next),
            };
            self.0.push((key, row));
        }
        // A key that stood twice and stands once leaves a row.
        old.iter().filter_map(|(_, row)| row.as_ref()).for_each(Mounted::remove);
        if let Some(focused) = focused.filter(|focused| focused.is_connected())
            && document().active_element().as_ref() != Some(&focused)
        {
            // A browser takes the focus from what is moved.
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = focused.unchecked_ref::<web_sys::HtmlElement>().focus_with_options(&options);
        }
    }
}

fn first_node(rows: &[(Key, Option<Mounted>)]) -> Option<Node> {
    let mut first = None;
    for row in rows.iter().filter_map(|(_, row)| row.as_ref()) {
        row.each_node(&mut |node| first = first.take().or_else(|| Some(node.clone())));
    }
    first
}

/// Brings a row to before `next`, unless it begins there already. Returns what comes after it.
fn moved_before(row: &Mounted, mut next: Node, end: &Node, parent: &Node) -> Node {
    row.each_node(&mut |node| {
        if *node == next {
            next = node.next_sibling().unwrap_or_else(|| end.clone());
        } else {
            insert(node, parent, &next);
        }
    });
    next
}
