//! What is in the document, and how it changes there.

use super::keyed::KeyedList;
use super::value::View;
use leptos::prelude::{RenderEffect, document, on_cleanup};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Node;

/// A piece of the page that is in the document: the nodes at its top.
pub enum Mounted {
    Nothing,
    Node(Node),
    Many(Vec<Mounted>),
    /// What changes, and the empty text that marks its end.
    Changing(Rc<RefCell<Mounted>>, Node),
    /// The same of a list.
    Keyed(Rc<RefCell<KeyedList>>, Node),
}

impl Mounted {
    /// Visits the nodes at the top, in order.
    pub fn each_node(&self, visit: &mut dyn FnMut(&Node)) {
        match self {
            Self::Nothing => {}
            Self::Node(node) => visit(node),
            Self::Many(parts) => parts.iter().for_each(|part| part.each_node(visit)),
            Self::Changing(inside, end) => {
                inside.borrow().each_node(visit);
                visit(end);
            }
            Self::Keyed(list, end) => {
                list.borrow().each_node(visit);
                visit(end);
            }
        }
    }

    pub fn remove(&self) {
        self.each_node(&mut |node| {
            if let Some(parent) = node.parent_node() {
                // It is this parent's child, as just found.
                let _ = parent.remove_child(node);
            }
        });
    }
}

/// Puts a piece into a parent, before one of its children or at its end.
pub fn place(view: View, parent: &Node, before: Option<&Node>) -> Mounted {
    match view {
        View::Empty => Mounted::Nothing,
        View::Fixed(text) => place_node(text_node(text), parent, before),
        View::Text(text) => place_node(text_node(&text), parent, before),
        View::Node(node) => place_node(node, parent, before),
        View::Many(views) => Mounted::Many(views.into_iter().map(|view| place(view, parent, before)).collect()),
        View::Changing(mut make) => {
            let inside = Rc::new(RefCell::new(Mounted::Nothing));
            let (kept, end) = (Rc::clone(&inside), end_mark(parent, before));
            let mark = end.clone();
            keep(RenderEffect::new(move |_| {
                let view = make();
                replace(&mut kept.borrow_mut(), view, &mark);
            }));
            Mounted::Changing(inside, end)
        }
        View::Keyed(mut items) => {
            let list = Rc::new(RefCell::new(KeyedList::new()));
            let (kept, end) = (Rc::clone(&list), end_mark(parent, before));
            let mark = end.clone();
            keep(RenderEffect::new(move |_| {
                let items = items();
                kept.borrow_mut().turn(items, &mark);
            }));
            Mounted::Keyed(list, end)
        }
    }
}

/// The mark of where something that changes ends: an empty text.
fn end_mark(parent: &Node, before: Option<&Node>) -> Node {
    let end = text_node("");
    insert(&end, parent, before);
    end
}

/// Puts a piece in the place of the last. A text that stays a text keeps its node.
fn replace(mounted: &mut Mounted, view: View, end: &Node) {
    let text = match &view {
        View::Fixed(text) => Some(*text),
        View::Text(text) => Some(text.as_str()),
        _ => None,
    };
    if let (Some(text), Mounted::Node(node)) = (text, &*mounted)
        && node.node_type() == Node::TEXT_NODE
    {
        // What is written again unchanged would be a change to those who watch the document.
        if node.node_value().as_deref() != Some(text) {
            node.set_node_value(Some(text));
        }
        return;
    }
    mounted.remove();
    *mounted = match end.parent_node() {
        Some(parent) => place(view, &parent, Some(end)),
        None => Mounted::Nothing,
    };
}

fn place_node(node: Node, parent: &Node, before: Option<&Node>) -> Mounted {
    insert(&node, parent, before);
    Mounted::Node(node)
}

pub fn insert(node: &Node, parent: &Node, before: Option<&Node>) {
    // `before` is a child of the parent, or nothing.
    let _ = parent.insert_before(node, before);
}

fn text_node(text: &str) -> Node {
    document().create_text_node(text).unchecked_into()
}

/// Keeps an effect for as long as the current owner lives.
pub fn keep(effect: RenderEffect<()>) {
    on_cleanup(move || drop(effect));
}
