//! Values that are found from others, and that tell those who follow them only when they have changed.

use super::slot::{cast, handle};
use reactive_graph::traits::{Get, GetUntracked};
use send_wrapper::SendWrapper;
use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

/// Any value that can be compared with one of its kind.
trait Comparable: Any {
    fn is_same(&self, other: &dyn Any) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: PartialEq + 'static> Comparable for T {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<T>() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What Leptos keeps. It wants what could go to another thread; a page has only one.
#[derive(Clone)]
struct Kept(SendWrapper<Rc<dyn Comparable>>);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        (**self.0).is_same((**other.0).as_any())
    }
}

type Inner = reactive_graph::computed::Memo<Kept>;

handle!(Memo(Inner));

impl<T: PartialEq + 'static> Memo<T> {
    pub fn new(find: impl Fn() -> T + 'static) -> Self {
        Self(inner(Box::new(move || Rc::new(find()))), PhantomData)
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(cast((*kept(self.0)).as_any()))
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(cast((*kept_untracked(self.0)).as_any()))
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
}

#[inline(never)]
fn inner(find: Box<dyn Fn() -> Rc<dyn Comparable>>) -> Inner {
    let find = SendWrapper::new(find);
    Inner::new(move |_| Kept(SendWrapper::new(find())))
}

#[inline(never)]
fn kept(inner: Inner) -> Rc<dyn Comparable> {
    inner.get().0.take()
}

#[inline(never)]
fn kept_untracked(inner: Inner) -> Rc<dyn Comparable> {
    inner.get_untracked().0.take()
}
