//! A place in the current owner's arena, whatever lies there.

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::traits::GetValue;
use std::any::Any;
use std::rc::Rc;

#[derive(Clone, Copy)]
pub struct Slot(StoredValue<Rc<dyn Any>, LocalStorage>);

impl Slot {
    #[inline(never)]
    pub fn new(value: Rc<dyn Any>) -> Self {
        Self(StoredValue::new_local(value))
    }

    /// What lies there. To ask after the owner is gone is a defect of the page, as in Leptos.
    #[inline(never)]
    pub fn get(self) -> Rc<dyn Any> {
        self.0.get_value()
    }
}

/// The value as what it was put there as.
pub fn cast<T: 'static>(value: &dyn Any) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => unreachable!("a slot is read as what it was made of"),
    }
}

/// A handle to a value of type `T`: its copies are all of one value.
macro_rules! handle {
    ($name:ident($inner:ty)) => {
        pub struct $name<T: 'static>($inner, std::marker::PhantomData<fn() -> T>);

        impl<T: 'static> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T: 'static> Copy for $name<T> {}
    };
}

pub(super) use handle;
