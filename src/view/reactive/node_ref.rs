//! Elements that are looked up after they have been built.

use super::signal::RwSignal;
use super::slot::handle;
use std::marker::PhantomData;
use wasm_bindgen::JsCast;

type Place = RwSignal<Option<web_sys::Element>>;

handle!(NodeRef(Place));

impl<E: JsCast + 'static> NodeRef<E> {
    pub fn new() -> Self {
        Self(RwSignal::new(None), PhantomData)
    }

    /// The same reference, whatever kind of element it is.
    pub fn untyped(self) -> NodeRef<web_sys::Element> {
        NodeRef(self.0, PhantomData)
    }

    /// A redrawing that finds the same element tells nobody.
    pub fn load(self, element: &web_sys::Element) {
        if self.0.with_untracked(|known| known.as_ref() != Some(element)) {
            self.0.set(Some(element.clone()));
        }
    }

    pub fn get(self) -> Option<E> {
        self.0.get().map(JsCast::unchecked_into)
    }

    pub fn get_untracked(self) -> Option<E> {
        self.0.get_untracked().map(JsCast::unchecked_into)
    }
}
