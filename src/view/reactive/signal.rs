//! Values that what reads them follows.

use super::memo::Memo;
use super::slot::{Slot, cast, handle};
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

struct Cell<T> {
    trigger: ArcTrigger,
    value: RefCell<T>,
}

handle!(RwSignal(Slot));

impl<T: 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self(Slot::new(Rc::new(Cell { trigger: ArcTrigger::new(), value: RefCell::new(value) })), PhantomData)
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let cell = self.0.get();
        let cell = cast::<Cell<T>>(&*cell);
        track(&cell.trigger);
        read(&cell.value.borrow())
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&cast::<Cell<T>>(&*self.0.get()).value.borrow())
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
        track(&cast::<Cell<T>>(&*self.0.get()).trigger);
    }

    pub fn set(self, value: T) {
        self.update(|it| *it = value);
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        let cell = self.0.get();
        let cell = cast::<Cell<T>>(&*cell);
        change(&mut cell.value.borrow_mut());
        notify(&cell.trigger);
    }
}

#[inline(never)]
fn track(trigger: &ArcTrigger) {
    trigger.track();
}

#[inline(never)]
fn notify(trigger: &ArcTrigger) {
    trigger.notify();
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
