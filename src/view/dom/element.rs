//! Elements, built at once; what changes about them lives as long as the owner in which they are built.

use super::attribute::{Attribute, IntoAttribute, IntoToggle, Toggle};
use super::mounted::{keep, place};
use super::value::{IntoView, View};
use crate::view::reactive::NodeRef;
use leptos::ev::EventDescriptor;
use leptos::prelude::{RenderEffect, document};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};

const SVG_NAMESPACE: &str = "http://www.w3.org/2000/svg";

pub struct Element(web_sys::Element);

impl Element {
    pub fn html(tag: &'static str) -> Self {
        Self(made(document().create_element(tag)))
    }

    pub fn svg(tag: &'static str) -> Self {
        Self(made(document().create_element_ns(Some(SVG_NAMESPACE), tag)))
    }

    /// Attributes that never change.
    pub fn attributes(self, attributes: &[(&str, &str)]) -> Self {
        attributes.iter().for_each(|(name, value)| write(&self.0, name, Some(value)));
        self
    }

    pub fn attribute(self, name: &'static str, value: impl IntoAttribute) -> Self {
        self.change(name, value.into_attribute(), |element, name, value| write(element, name, value.text()));
        self
    }

    /// A property of the element's own: a text, or whether it is so. It is written even if the visitor has changed it since.
    pub fn property(self, name: &'static str, value: impl IntoAttribute) -> Self {
        self.change(name, value.into_attribute(), |element, name, value| {
            let value = match value {
                Attribute::Present => JsValue::TRUE,
                Attribute::Absent => JsValue::FALSE,
                value => JsValue::from_str(value.text().unwrap_or_default()),
            };
            // Setting a property of an element does not fail.
            let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), &value);
        });
        self
    }

    pub fn style(self, name: &'static str, value: impl IntoAttribute) -> Self {
        self.change(name, value.into_attribute(), |element, name, value| {
            let style = element.unchecked_ref::<web_sys::HtmlElement>().style();
            // A property that a browser does not know is left out.
            let _ = match value.text() {
                Some(text) => style.set_property(name, text),
                None => style.remove_property(name).map(|_| ()),
            };
        });
        self
    }

    pub fn class(self, name: &'static str, is_there: impl IntoToggle) -> Self {
        self.toggle(name, is_there.into_toggle());
        self
    }

    pub fn on<E: EventDescriptor>(self, event: E, mut handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E::EventType: JsCast,
    {
        self.listen(&event.name(), Box::new(move |event| handler(event.unchecked_into())));
        self
    }

    /// Keeps the element where others find it.
    pub fn node_ref<E: JsCast + 'static>(self, reference: NodeRef<E>) -> Self {
        reference.load(&self.0);
        self
    }

    pub fn child(self, child: impl IntoView) -> Self {
        place(child.into_view(), &self.0, None);
        self
    }

    fn change(&self, name: &'static str, value: Attribute, write: fn(&web_sys::Element, &str, &Attribute)) {
        let element = self.0.clone();
        let Attribute::Changing(mut find) = value else { return write(&element, name, &value) };
        let mut last = None;
        keep(RenderEffect::new(move |_| {
            let value = find();
            // What is written again unchanged would be a change to those who watch the document.
            if last.as_ref() != Some(&value) {
                write(&element, name, &value);
                last = Some(value);
            }
        }));
    }

    fn toggle(&self, name: &'static str, is_there: Toggle) {
        let classes = self.0.class_list();
        // A name of ours has no space in it.
        let write = move |is_there| drop(classes.toggle_with_force(name, is_there));
        match is_there {
            Toggle::Fixed(is_there) => write(is_there),
            Toggle::Changing(mut find) => {
                let mut last = None;
                keep(RenderEffect::new(move |_| {
                    let is_there = find();
                    if last.replace(is_there) != Some(is_there) {
                        write(is_there);
                    }
                }));
            }
        }
    }

    fn listen(&self, event: &str, handler: Box<dyn FnMut(web_sys::Event)>) {
        // The browser frees the handler with the element.
        let handler = Closure::wrap(handler).into_js_value();
        // An element takes listeners without fail.
        let _ = self.0.add_event_listener_with_callback(event, handler.unchecked_ref());
    }
}

impl IntoView for Element {
    fn into_view(self) -> View {
        View::Node(self.0.into())
    }
}

/// An element that a browser would not make does not occur: the names are ours. A comment would take its place.
fn made(element: Result<web_sys::Element, JsValue>) -> web_sys::Element {
    element.unwrap_or_else(|_| web_sys::Comment::new().map_or_else(|_| JsValue::NULL.unchecked_into(), JsCast::unchecked_into))
}

fn write(element: &web_sys::Element, name: &str, value: Option<&str>) {
    // The names are ours, and any text is a value.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// An element in which nothing changes, from its HTML. The text is the program's own, never a visitor's.
pub fn inert(html: &'static str) -> View {
    let template = made(document().create_element("template"));
    template.set_inner_html(html);
    let content = template.unchecked_into::<web_sys::HtmlTemplateElement>().content();
    content.first_child().map_or(View::Empty, View::Node)
}
