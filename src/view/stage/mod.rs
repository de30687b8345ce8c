//! The stage: the cluster as a picture.
//!
//! What is where comes from [`crate::scene`]; the files here turn states into marks (words and shapes, without a browser) and marks into
//! SVG. Nodes and links change at steps alone. What travels is one path a hue, written anew at each frame by [`layer`].

mod client;
mod column;
mod controller;
mod fit;
mod handlers;
mod invoker;
mod kafka;
mod layer;
mod links;
mod mark;
mod measure;
mod node;
mod pen;
mod stores;
#[cfg(test)]
mod tests;

use super::page::{Page, page};
use crate::locale::page::Stage as Words;
use crate::player::{Covered, Selection};
use crate::scene::{Layout, NodeStates, layout, node_states};
use crate::view::prelude::*;
use handlers::{pick, press};
use layer::TokenLayer;
use links::Links;
use measure::measured;
use node::StageNode;
use pen::Pen;
use std::sync::Arc;

/// What all parts of the stage read.
#[derive(Clone, Copy)]
struct Scene {
    page: Page,
    layout: Memo<Arc<Layout>>,
    states: Memo<NodeStates>,
    pen: Memo<Pen>,
    tokens: StoredValue<crate::scene::Tokens>,
}

/// The region `Stage`. `covered` says what “Predict first” stands over.
#[component]
pub fn Stage(#[prop(into)] covered: Signal<Covered>) -> impl IntoView {
    let page = page();
    let canvas = NodeRef::<web_sys::Element>::new();
    let picture = NodeRef::<web_sys::Element>::new();
    let size = measured(canvas);
    let scene = Scene {
        page,
        layout: Memo::new(move || page.with_tape(|tape| Arc::new(layout(&tape.run().configuration, size.get())))),
        states: Memo::new(move || page.with_world(node_states)),
        pen: Memo::new(move || Pen { language: page.language.get(), chosen: page.selection.get().activation(), covered: covered.get() }),
        tokens: StoredValue::new(crate::scene::Tokens::default()),
    };
    let drawing = move || {
        let layout = scene.layout.get();
        let nodes = layout.nodes().into_iter().enumerate();
        let nodes = nodes.map(|(number, (node, place))| view! { <StageNode scene number node place/> }).collect_view();
        view! {
            <Links scene/>
            {nodes}
        }
    };
    view! {
        <section class="stage" aria-label=move || page.language.get().say(Words::Region)>
            <div class="stage-canvas" class:is-narrow=move || scene.layout.with(|layout| layout.is_narrow()) node_ref=canvas>
                <svg
                    class="stage-picture"
                    class:has-selection=move || page.selection.get() != Selection::Nothing
                    viewBox=move || scene.layout.with(|it| [0.0, 0.0, it.width, it.height].map(|side| side.to_string()).join(" "))
                    width=move || scene.layout.with(|it| it.width * it.scale)
                    height=move || scene.layout.with(|it| it.height * it.scale)
                    role="group"
                    node_ref=picture
                    on:click=move |event| pick(scene, picture, &event)
                    on:keydown=move |event| press(scene, &event)
                >
                    {drawing}
                    <TokenLayer scene/>
                </svg>
            </div>
        </section>
    }
}
