//! What `#[component]` expands into.

use super::view::View;
use reactive_graph::graph::untrack;

/// A component's parameters, built by name.
pub trait Props {
    type Builder;

    fn builder() -> Self::Builder;
}

/// The builder of a component's parameters, found by the component itself, so that its parameters' type need not be named.
pub fn builder<P: Props>(_: &impl Fn(P) -> View) -> P::Builder {
    P::builder()
}

/// Puts a component together. What it reads meanwhile does not make whatever it is part of be put together again.
pub fn component<V: super::IntoView>(body: impl FnOnce() -> V) -> View {
    untrack(move || body().into_view())
}
