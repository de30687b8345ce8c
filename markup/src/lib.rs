//! `view!` and `#[component]`, written as in Leptos and expanded into far less code.
//!
//! Leptos gives every piece of markup a type of its own, and each type brings its own copy of the machinery that builds, updates and removes
//! it. That is fast, but a page of several hundred pieces then weighs half a megabyte. These macros read the same markup and expand it into
//! calls of a few functions that know no types, in `src/view/dom/`.

mod component;
mod view;

use proc_macro::TokenStream;

/// Markup as in Leptos: elements, text, `{expressions}`, components by their names.
///
/// | in an element | what it does |
/// | --- | --- |
/// | `name=value`, `name` | an attribute; `value` may be a text, a number, a `bool`, an `Option` of them, or a closure or signal of those |
/// | `class:name=when`, `style:name=value`, `prop:name=value` | a class, a style property, a property of the element |
/// | `on:event=handler` | an event handler, typed by the event's name |
/// | `node_ref=reference` | keeps the element |
///
/// `<Show when fallback>` is as in Leptos. A list whose items keep their nodes is a `View::Rows`.
#[proc_macro]
pub fn view(input: TokenStream) -> TokenStream {
    view::expand(input.into()).into()
}

/// Makes a function a component: its parameters become attributes of `<Name …/>`.
///
/// A parameter marked `#[prop(optional)]` has its type's default when it is left out; `#[prop(into)]` takes whatever converts into its type.
#[proc_macro_attribute]
pub fn component(_: TokenStream, item: TokenStream) -> TokenStream {
    component::expand(item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
