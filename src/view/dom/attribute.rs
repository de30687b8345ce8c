//! What can stand behind an attribute's name.

use crate::scene::tenths;
use crate::view::reactive::{Memo, RwSignal, Signal};
use wasm_bindgen::{JsCast, JsValue};

/// The value of an attribute, of a style property, of an element's own property, or whether a class is there.
pub enum Attribute {
    /// Not there; of a property, `false`.
    Absent,
    /// There without a value; of a property, `true`.
    Present,
    Fixed(&'static str),
    Text(String),
    /// What is found again whenever something that it reads changes.
    Changing(Box<dyn FnMut() -> Attribute>),
}

impl PartialEq for Attribute {
    fn eq(&self, other: &Self) -> bool {
        let is_present = |value: &Self| matches!(value, Self::Present);
        is_present(self) == is_present(other) && self.text() == other.text() && !matches!(self, Self::Changing(_))
    }
}

impl Attribute {
    /// The text to be written, unless there is none.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Absent | Self::Changing(_) => None,
            Self::Present => Some(""),
            Self::Fixed(text) => Some(text),
            Self::Text(text) => Some(text),
        }
    }

    /// Writes it as an attribute. The names are ours and any text is a value, so that none of these fails.
    pub fn write(&self, element: &web_sys::Element, name: &str) {
        let _ = match self.text() {
            Some(text) => element.set_attribute(name, text),
            None => element.remove_attribute(name),
        };
    }

    pub fn write_class(&self, element: &web_sys::Element, name: &str) {
        let _ = element.class_list().toggle_with_force(name, !matches!(self, Self::Absent));
    }

    /// A property that a browser does not know is left out.
    pub fn write_style(&self, element: &web_sys::Element, name: &str) {
        let style = element.unchecked_ref::<web_sys::HtmlElement>().style();
        let _ = match self.text() {
            Some(text) => style.set_property(name, text),
            None => style.remove_property(name).map(|_| ()),
        };
    }

    pub fn write_property(&self, element: &web_sys::Element, name: &str) {
        let value = match self {
            Self::Present => JsValue::TRUE,
            Self::Absent => JsValue::FALSE,
            value => JsValue::from_str(value.text().unwrap_or_default()),
        };
        let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), &value);
    }
}

/// Whatever can stand behind an attribute's name.
pub trait IntoAttribute {
    fn into_attribute(self) -> Attribute;
}

impl IntoAttribute for &'static str {
    fn into_attribute(self) -> Attribute {
        Attribute::Fixed(self)
    }
}

impl IntoAttribute for String {
    fn into_attribute(self) -> Attribute {
        Attribute::Text(self)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl IntoAttribute for $number {
            fn into_attribute(self) -> Attribute {
                Attribute::Text(self.to_string())
            }
        })*
    };
}

numbers!(u32, usize);

/// A length or a place in a drawing.
impl IntoAttribute for f32 {
    fn into_attribute(self) -> Attribute {
        Attribute::Text(tenths(self))
    }
}

impl IntoAttribute for bool {
    fn into_attribute(self) -> Attribute {
        if self { Attribute::Present } else { Attribute::Absent }
    }
}

impl<V: IntoAttribute> IntoAttribute for Option<V> {
    fn into_attribute(self) -> Attribute {
        self.map_or(Attribute::Absent, IntoAttribute::into_attribute)
    }
}

impl<V: IntoAttribute, F: FnMut() -> V + 'static> IntoAttribute for F {
    fn into_attribute(mut self) -> Attribute {
        Attribute::Changing(Box::new(move || self().into_attribute()))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {
        $(impl<V: IntoAttribute + Clone + PartialEq + 'static> IntoAttribute for $signal<V> {
            fn into_attribute(self) -> Attribute {
                Attribute::Changing(Box::new(move || self.get().into_attribute()))
            }
        })*
    };
}

signals!(Signal, Memo, RwSignal);
