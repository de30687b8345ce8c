//! What can stand between tags.

use super::part::Value;
use super::rows::Key;
use super::template::Template;
use crate::view::reactive::{Memo, RwSignal, Signal};

/// A piece of the page that is not in the document yet.
#[derive(Default)]
pub enum View {
    #[default]
    Empty,
    Fixed(&'static str),
    Text(String),
    /// Markup, with the values of its holes in their order.
    Template(&'static Template, Vec<Value>),
    Many(Vec<View>),
    /// A list whose items keep their nodes wherever they move.
    Rows(Vec<(Key, View)>),
    /// What is found again whenever something that it reads changes.
    Changing(Box<dyn FnMut() -> View>),
}

/// Whatever can stand between tags.
pub trait IntoView {
    fn into_view(self) -> View;
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for &'static str {
    fn into_view(self) -> View {
        View::Fixed(self)
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        View::Text(self)
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or(View::Empty, IntoView::into_view)
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        self.into_iter().collect_view()
    }
}

impl<V: IntoView, F: FnMut() -> V + 'static> IntoView for F {
    fn into_view(mut self) -> View {
        View::Changing(Box::new(move || self().into_view()))
    }
}

macro_rules! signals {
    ($($signal:ident),*) => {
        $(impl<V: IntoView + Clone + PartialEq + 'static> IntoView for $signal<V> {
            fn into_view(self) -> View {
                View::Changing(Box::new(move || self.get().into_view()))
            }
        })*
    };
}

signals!(Signal, Memo, RwSignal);

/// Many pieces as one.
pub trait CollectView {
    fn collect_view(self) -> View;
}

impl<V: IntoView, I: IntoIterator<Item = V>> CollectView for I {
    fn collect_view(self) -> View {
        View::Many(self.into_iter().map(IntoView::into_view).collect())
    }
}
