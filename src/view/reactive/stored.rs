//! Values that nothing follows: handles to them can be copied.

use super::slot::{Slot, Variable, cast, handle};
use std::marker::PhantomData;
use std::rc::Rc;

handle!(StoredValue(Variable));

impl<T: 'static> StoredValue<T> {
    pub fn new(value: T) -> Self {
        Self(Variable::new(Rc::new(value)), PhantomData)
    }

    pub fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(cast(&*self.0.get()))
    }

    pub fn update_value<R>(self, change: impl FnOnce(&mut T) -> R) -> R {
        self.0.change(change)
    }

    pub fn set_value(self, value: T) {
        self.0.put(Rc::new(value));
    }

    pub fn get_value(self) -> T
    where
        T: Clone,
    {
        self.with_value(T::clone)
    }
}

struct Function<T>(Box<dyn Fn(T)>);

handle!(Callback(Slot));

/// Something that someone else wants done.
impl<T: 'static> Callback<T> {
    pub fn new(run: impl Fn(T) + 'static) -> Self {
        Self(Slot::new(Rc::new(Function(Box::new(run)))), PhantomData)
    }

    pub fn run(self, value: T) {
        (cast::<Function<T>>(&*self.0.get()).0)(value);
    }
}
