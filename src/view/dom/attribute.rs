//! What can stand behind an attribute's name.

use crate::view::reactive::{Memo, RwSignal, Signal};

/// The value of an attribute, of a style property or of an element's own property.
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
        let is_there = |value: &Self| matches!(value, Self::Present);
        is_there(self) == is_there(other) && self.text() == other.text() && !matches!(self, Self::Changing(_))
    }
}

impl Attribute {
    /// The text to be written, unless there is none.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Absent | Self::Changing(_) => None,
            Self::Present => Some(""),
            Self::Fixed(text) => Some(text),
            Self::Text(text) => Some(text),
        }
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

numbers!(u32, usize, f32);

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

/// Whether a class is there.
pub enum Toggle {
    Fixed(bool),
    Changing(Box<dyn FnMut() -> bool>),
}

/// Whatever can say whether a class is there.
pub trait IntoToggle {
    fn into_toggle(self) -> Toggle;
}

impl IntoToggle for bool {
    fn into_toggle(self) -> Toggle {
        Toggle::Fixed(self)
    }
}

impl<F: FnMut() -> bool + 'static> IntoToggle for F {
    fn into_toggle(self) -> Toggle {
        Toggle::Changing(Box::new(self))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {
        $(
            impl<V: IntoAttribute + Clone + PartialEq + 'static> IntoAttribute for $signal<V> {
                fn into_attribute(self) -> Attribute {
                    Attribute::Changing(Box::new(move || self.get().into_attribute()))
                }
            }

            impl IntoToggle for $signal<bool> {
                fn into_toggle(self) -> Toggle {
                    Toggle::Changing(Box::new(move || self.get()))
                }
            }
        )*
    };
}

signals!(Signal, Memo, RwSignal);
