//! What fills a template's holes.

use super::attribute::Attribute;
use super::mounted::{Mounted, keep, patch};
use super::template::{Hole, Kind};
use super::view::View;
use crate::view::reactive::NodeRef;
use reactive_graph::effect::RenderEffect;
use std::cell::RefCell;
use std::rc::Rc;
use tachys::html::event::EventDescriptor;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, Node};

/// What a hole is filled with.
pub enum Value {
    View(View),
    Attribute(Attribute),
    Handler(Handler),
    Reference(NodeRef<Element>),
}

type Handler = Box<dyn FnMut(Event)>;

/// A handler of an event, typed by the event.
pub fn handler<E: EventDescriptor>(_: E, mut handle: impl FnMut(E::EventType) + 'static) -> Value
where
    E::EventType: JsCast,
{
    Value::Handler(Box::new(move |event| handle(event.unchecked_into())))
}

/// A hole that is filled.
pub struct Part {
    pub node: Node,
    hole: &'static Hole,
    state: State,
}

enum State {
    /// What was written last; shared with the effect that writes it.
    Attribute(Rc<RefCell<Option<Attribute>>>),
    /// The handler of today; the listener stays.
    Handler(Rc<RefCell<Handler>>),
    Child(Mounted),
    Reference,
}

impl Part {
    pub fn new(node: Node, hole: &'static Hole) -> Self {
        let state = match hole.kind {
            Kind::Child => State::Child(Mounted::Nothing),
            Kind::Reference => State::Reference,
            Kind::Event => State::Handler(listen(&node, hole.name)),
            Kind::Attribute | Kind::Class | Kind::Style | Kind::Property => State::Attribute(Rc::default()),
        };
        Self { node, hole, state }
    }

    /// Fills the hole, or fills it again: what has not changed is not touched.
    pub fn fill(&mut self, value: Value) {
        match (&mut self.state, value) {
            (State::Child(mounted), Value::View(view)) => patch(mounted, view, &self.node),
            (State::Handler(handler), Value::Handler(value)) => *handler.borrow_mut() = value,
            (State::Attribute(last), Value::Attribute(value)) => write(self.node.unchecked_ref(), self.hole, value, last),
            (State::Reference, Value::Reference(reference)) => reference.load(self.node.unchecked_ref()),
            // `view!` gives each hole a value of its kind.
            _ => {}
        }
    }

    /// What stands at the place of a child.
    pub fn child(&self) -> Option<&Mounted> {
        if let State::Child(mounted) = &self.state { Some(mounted) } else { None }
    }
}

fn write(element: &Element, hole: &'static Hole, value: Attribute, last: &Rc<RefCell<Option<Attribute>>>) {
    let Attribute::Changing(mut find) = value else { return write_new(element, hole, value, last) };
    let (element, last) = (element.clone(), Rc::clone(last));
    keep(RenderEffect::new(move |_| write_new(&element, hole, find(), &last)));
}

/// What is written again unchanged would be a change to those who watch the document. What was written last says nothing of properties, which
/// the browser changes by itself, as when a box is ticked, nor of a class, which goes when the whole attribute is written.
fn write_new(element: &Element, hole: &Hole, value: Attribute, last: &RefCell<Option<Attribute>>) {
    if !matches!(hole.kind, Kind::Property | Kind::Class) && last.borrow().as_ref() == Some(&value) {
        return;
    }
    match hole.kind {
        Kind::Class => value.write_class(element, hole.name),
        Kind::Style => value.write_style(element, hole.name),
        Kind::Property => value.write_property(element, hole.name),
        _ => value.write(element, hole.name),
    }
    *last.borrow_mut() = Some(value);
}

/// Listens for an event. The browser frees the listener with its element.
fn listen(node: &Node, event: &str) -> Rc<RefCell<Handler>> {
    let handler: Rc<RefCell<Handler>> = Rc::new(RefCell::new(Box::new(|_| ())));
    let current = Rc::clone(&handler);
    let listener = Closure::<dyn FnMut(Event)>::new(move |event| {
        // An event that its own handler sets off is passed over.
        if let Ok(mut handle) = current.try_borrow_mut() {
            handle(event);
        }
    });
    // An element takes listeners without fail.
    let _ = node.add_event_listener_with_callback(event, listener.into_js_value().unchecked_ref());
    handler
}
