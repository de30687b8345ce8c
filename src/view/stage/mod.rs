//! The stage: the cluster as a picture.
//!
//! What is where comes from [`crate::scene`]; the files here turn states into marks (words and shapes, without a browser) and marks into
//! SVG. Nodes and links change at steps alone, and are drawn by one closure from one reading of the world. What travels is one path a hue,
//! written anew at each frame by [`layer`].

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
use crate::cluster::place::Node;
use crate::cluster::step::Step;
use crate::cluster::{ActiveFault, links_of};
use crate::locale::page::Stage as Words;
use crate::player::{Covered, Selection};
use crate::scene::{Layout, Tokens, layout, node_states, path};
use crate::time::Instant;
use crate::view::broken::nodes_down;
use crate::view::lesson::LookedAt;
use crate::view::prelude::*;
use handlers::{pick, press};
use layer::TokenLayer;
use links::links;
use measure::measured;
use node::{elasticsearch, nodes};
use pen::Pen;
use std::rc::Rc;

/// What all parts of the stage read. A copy is a handle.
#[derive(Clone, Copy)]
struct Scene {
    page: Page,
    covered: Signal<Covered>,
    layout: Memo<Rc<Layout>>,
    /// The clock to the tenth of a second: a countdown is drawn that often and no more.
    tenth: Memo<Instant>,
    picture: NodeRef<web_sys::Element>,
    looked_at: Option<LookedAt>,
    tokens: StoredValue<Tokens>,
}

/// What nodes and links are drawn with at a step, besides their states.
struct Drawing {
    layout: Rc<Layout>,
    pen: Pen,
    selected: Selection,
    /// The step in focus, unless an open question covers it.
    step: Option<Step>,
    acting: Option<Node>,
    /// What the lesson brings out, where there is one.
    looked_at: Option<LookedAt>,
    /// Every link by its ends, which numbers them, and those that something is wrong with.
    ends: Vec<(Node, Node)>,
    broken: Vec<(Node, Node)>,
    down: Vec<Node>,
}

impl Scene {
    fn pen(self) -> Pen {
        Pen { language: self.page.language.get(), chosen: self.page.selection.get().activation(), covered: self.covered.get() }
    }

    fn drawing(self) -> Drawing {
        let pen = self.pen();
        // A step under “Predict first” must not point at its store.
        let step = self.page.focus_step().filter(|_| !pen.covered.steps);
        let acting = step.as_ref().map(Step::acting_node);
        let (ends, broken) = self.page.with_world(|world| {
            let ends = links_of(&world.setup().configuration);
            // That a fault which strikes once has struck would tell which way the record went.
            let as_told = |fault: &ActiveFault| if pen.covered.links { ActiveFault { applied: 0, ..*fault } } else { *fault };
            let is_broken = |(from, to): &(Node, Node)| world.faults().iter().any(|fault| as_told(fault).strikes(*from, *to));
            let broken = ends.iter().copied().filter(is_broken).collect();
            (ends, broken)
        });
        let down = nodes_down(self.page);
        let (layout, selected, looked_at) = (self.layout.get(), self.page.selection.get(), self.looked_at);
        Drawing { layout, pen, selected, acting, step, looked_at, ends, broken, down }
    }
}

/// The region `Stage`. `covered` says what “Predict first” stands over.
#[component]
pub fn Stage(covered: Signal<Covered>) -> impl IntoView {
    let page = page();
    let canvas = NodeRef::<web_sys::Element>::new();
    let size = measured(canvas);
    let scene = Scene {
        page,
        covered,
        layout: Memo::new(move || page.with_tape(|tape| Rc::new(layout(&tape.run().configuration, size.get())))),
        looked_at: use_context::<LookedAt>(),
        tenth: Memo::new(move || Instant::from_millis(page.now.get().micros() / 100_000 * 100)),
        picture: NodeRef::new(),
        tokens: StoredValue::new(Tokens::default()),
    };
    let layer = TokenLayer::new(scene);
    let drawing = move || {
        let drawing = scene.drawing();
        let states = page.with_world(node_states);
        view! { {links(&drawing, &states)}{nodes(&drawing, &states)} }
    };
    let counting_down = move || elasticsearch(scene);
    move || {
        let layout = scene.layout.get();
        view! {
            <section class="stage" aria-label=page.language.get().say(Words::Region)>
                <div class="stage-canvas" class:is-narrow=layout.is_narrow() node_ref=canvas>
                    <svg
                        class="stage-picture"
                        class:has-selection=page.selection.get() != Selection::Nothing
                        viewBox=path("0 0 # #", &[layout.width, layout.height])
                        width=layout.width * layout.scale
                        height=layout.height * layout.scale
                        role="group"
                        node_ref=scene.picture
                        on:click=move |event| pick(scene, &event)
                        on:keydown=move |event| press(scene, &event)
                    >
                        {drawing}
                        {counting_down}
                        {layer.view()}
                    </svg>
                </div>
            </section>
        }
    }
}
