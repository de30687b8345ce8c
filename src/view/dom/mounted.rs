//! What is in the document, and how it changes there.

use super::part::{Part, Value};
use super::rows::Rows;
use super::template::Template;
use super::view::View;
use leptos_dom::helpers::document;
use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::on_cleanup;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Node;

/// A piece of the page that is in the document.
#[derive(Default)]
pub enum Mounted {
    #[default]
    Nothing,
    Text(Node),
    Template(Copy),
    /// Pieces, and the empty text that marks their end.
    Many(Vec<Mounted>, Node),
    Rows(Rows, Node),
    /// What an effect draws, and the mark of its end.
    Changing(Rc<RefCell<Mounted>>, Node),
}

/// A copy of a template.
pub struct Copy {
    template: &'static Template,
    /// The nodes at its top. The place of a child is a comment, behind what stands there.
    tops: Vec<Node>,
    parts: Vec<Part>,
}

impl Copy {
    fn new(template: &'static Template, parent: &Node, before: &Node) -> Self {
        let (content, marked) = template.copy();
        let mut tops = Vec::new();
        let mut node = content.first_child();
        while let Some(top) = node {
            node = top.next_sibling();
            tops.push(top);
        }
        let parts = template.holes.iter().filter_map(|hole| Some(Part::new(marked.get(usize::from(hole.node))?.clone(), hole))).collect();
        insert(&content, parent, before);
        Self { template, tops, parts }
    }

    fn fill(&mut self, values: Vec<Value>) {
        self.parts.iter_mut().zip(values).for_each(|(part, value)| part.fill(value));
    }

    fn each_node(&self, visit: &mut dyn FnMut(&Node)) {
        for top in &self.tops {
            if top.node_type() == Node::COMMENT_NODE
                && let Some(child) = self.parts.iter().find(|part| part.node == *top).and_then(Part::child)
            {
                child.each_node(visit);
            }
            visit(top);
        }
    }
}

impl Mounted {
    /// Visits the nodes at the top, in order.
    pub fn each_node(&self, visit: &mut dyn FnMut(&Node)) {
        match self {
            Self::Nothing => {}
            Self::Text(node) => visit(node),
            Self::Template(copy) => copy.each_node(visit),
            Self::Many(pieces, end) => {
                pieces.iter().for_each(|piece| piece.each_node(visit));
                visit(end);
            }
            Self::Rows(rows, end) => {
                rows.each_node(visit);
                visit(end);
            }
            Self::Changing(inside, end) => {
                inside.borrow().each_node(visit);
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

/// Puts a piece before a node that is there.
pub fn place(view: View, parent: &Node, before: &Node) -> Mounted {
    let mut mounted = match view {
        View::Empty => return Mounted::Nothing,
        View::Fixed(text) => return Mounted::Text(text_node(text, parent, before)),
        View::Text(text) => return Mounted::Text(text_node(&text, parent, before)),
        View::Template(template, values) => {
            let mut copy = Copy::new(template, parent, before);
            copy.fill(values);
            return Mounted::Template(copy);
        }
        View::Many(_) => Mounted::Many(Vec::new(), text_node("", parent, before)),
        View::Rows(_) => Mounted::Rows(Rows::default(), text_node("", parent, before)),
        View::Changing(_) => Mounted::Changing(Rc::default(), text_node("", parent, before)),
    };
    patch(&mut mounted, view, before);
    mounted
}

/// Puts a piece in the place of what stands before a node. What is of the same kind keeps its nodes, and only what differs is written.
pub fn patch(mounted: &mut Mounted, view: View, before: &Node) {
    match (&mut *mounted, view) {
        (Mounted::Text(node), View::Fixed(text)) => write_text(node, text),
        (Mounted::Text(node), View::Text(text)) => write_text(node, &text),
        (Mounted::Template(copy), View::Template(template, values)) if std::ptr::eq(copy.template, template) => copy.fill(values),
        (Mounted::Many(pieces, end), View::Many(views)) => patch_many(pieces, views, end),
        (Mounted::Rows(rows, end), View::Rows(items)) => rows.patch(items, end),
        (Mounted::Changing(inside, end), View::Changing(mut find)) => {
            let (inside, end) = (Rc::clone(inside), end.clone());
            keep(RenderEffect::new(move |_| {
                let view = find();
                patch(&mut inside.borrow_mut(), view, &end);
            }));
        }
        (_, view) => {
            mounted.remove();
            *mounted = before.parent_node().map(|parent| place(view, &parent, before)).unwrap_or_default();
        }
    }
}

/// Pieces by their places: the first with the first, and so on.
fn patch_many(pieces: &mut Vec<Mounted>, views: Vec<View>, end: &Node) {
    pieces.drain(views.len().min(pieces.len())..).for_each(|piece| piece.remove());
    let known = pieces.len();
    for (index, view) in views.into_iter().enumerate() {
        let mut next = end.clone();
        if let Some(after) = pieces.get(index + 1..) {
            let mut first = None;
            after.iter().for_each(|piece| piece.each_node(&mut |node| first = first.take().or_else(|| Some(node.clone()))));
            next = first.unwrap_or(next);
        }
        match pieces.get_mut(index).filter(|_| index < known) {
            Some(piece) => patch(piece, view, &next),
            None => pieces.extend(end.parent_node().map(|parent| place(view, &parent, end))),
        }
    }
}

/// What is written again unchanged would be a change to those who watch the document.
fn write_text(node: &Node, text: &str) {
    if node.node_value().as_deref() != Some(text) {
        node.set_node_value(Some(text));
    }
}

fn text_node(text: &str, parent: &Node, before: &Node) -> Node {
    let node = document().create_text_node(text).unchecked_into();
    insert(&node, parent, before);
    node
}

pub fn insert(node: &Node, parent: &Node, before: &Node) {
    // `before` is a child of the parent.
    let _ = parent.insert_before(node, Some(before));
}

/// Keeps an effect for as long as the current owner lives.
pub fn keep(effect: RenderEffect<()>) {
    on_cleanup(move || drop(effect));
}
