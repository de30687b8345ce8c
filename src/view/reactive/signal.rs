//! Values that what reads them follows.

use super::memo::Memo;
use super::slot::{Slot, Variable, cast, handle};
use std::marker::PhantomData;
use std::rc::Rc;

handle!(RwSignal(Variable));

impl<T: 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(Variable::followed(Rc::new(value)), PhantomData)
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(cast(&*self.0.get_tracked()))
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(cast(&*self.0.get()))
    }

    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    pub fn track(self) {
        self.0.track();
    }

    pub fn set(self, value: T) {
        self.0.put(Rc::new(value));
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.0.change(change);
    }
}

struct Derived<T>(Box<dyn Fn() -> T>);

handle!(Signal(Slot));

/// A value that can be read, wherever it comes from. It is found anew each time it is read.
impl<T: 'static> Signal<T> {
    pub fn derive(find: impl Fn() -> T + 'static) -> Self {
        Self(Slot::new(Rc::new(Derived(Box::new(find)))), PhantomData)
    }

    pub fn get(self) -> T {
        (cast::<Derived<T>>(&*self.0.get()).0)()
    }

    pub fn get_untracked(self) -> T {
        reactive_graph::graph::untrack(|| self.get())
    }
}

impl<T: Clone + PartialEq + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::derive(move || memo.get())
    }
}
