//! A place in the current owner's arena, whatever lies there.

use reactive_graph::owner::{LocalStorage, StoredValue};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{GetValue, Notify, Track};
use std::any::Any;
use std::cell::RefCell;
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

/// A slot for a value that can change.
#[derive(Clone, Copy)]
pub struct Variable(Slot);

struct Content {
    /// Taken out while it is changed.
    value: RefCell<Option<Rc<dyn Any>>>,
    /// What follows it, if anything can.
    trigger: Option<ArcTrigger>,
}

impl Variable {
    pub fn new(value: Rc<dyn Any>) -> Self {
        Self::with_trigger(value, None)
    }

    pub fn followed(value: Rc<dyn Any>) -> Self {
        Self::with_trigger(value, Some(ArcTrigger::new()))
    }

    #[inline(never)]
    fn with_trigger(value: Rc<dyn Any>, trigger: Option<ArcTrigger>) -> Self {
        Self(Slot::new(Rc::new(Content { value: RefCell::new(Some(value)), trigger })))
    }

    /// Makes whoever reads now follow the value.
    #[inline(never)]
    pub fn track(self) {
        let slot = self.0.get();
        if let Some(trigger) = &cast::<Content>(&*slot).trigger {
            trigger.track();
        }
    }

    #[inline(never)]
    pub fn get(self) -> Rc<dyn Any> {
        let slot = self.0.get();
        present(cast::<Content>(&*slot).value.borrow().clone())
    }

    #[inline(never)]
    pub fn get_tracked(self) -> Rc<dyn Any> {
        self.track();
        self.get()
    }

    #[inline(never)]
    fn take(self) -> Rc<dyn Any> {
        let slot = self.0.get();
        present(cast::<Content>(&*slot).value.take())
    }

    /// Puts a value there and tells those who follow.
    #[inline(never)]
    pub fn put(self, value: Rc<dyn Any>) {
        let slot = self.0.get();
        let content = cast::<Content>(&*slot);
        content.value.replace(Some(value));
        if let Some(trigger) = &content.trigger {
            trigger.notify();
        }
    }

    /// Changes the value where it is.
    pub fn change<T: 'static, R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.take();
        let changed = match Rc::get_mut(&mut value).and_then(|value| value.downcast_mut()) {
            Some(value) => change(value),
            None => unreachable!("a value is not changed while it is read"),
        };
        self.put(value);
        changed
    }
}

fn present(value: Option<Rc<dyn Any>>) -> Rc<dyn Any> {
    match value {
        Some(value) => value,
        None => unreachable!("a value is not read while it is changed"),
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
