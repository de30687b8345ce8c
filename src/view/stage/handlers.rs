//! Clicks and keys, handled once for the whole picture.

use super::Scene;
use crate::cluster::links_of;
use crate::cluster::place::{ActivationIx, Node};
use crate::player::Selection;
use crate::scene::Point;
use crate::view::dom::ev;
use leptos_dom::helpers::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// How near a click must be to a token, in drawing units: on the ground, and over a node, where the node is as likely to be meant.
const REACH: f32 = 14.0;
const REACH_OVER_NODE: f32 = 8.0;

/// A click takes the token under it, else the cell or container, else the node, else the link; on the ground it lets go of what was selected.
pub fn pick(scene: Scene, event: &ev::MouseEvent) {
    let Some(target) = target(event) else { return };
    let node = node_of(scene, &target);
    let reach = if node.is_some() { REACH_OVER_NODE } else { REACH };
    let at = place_of(scene, event);
    let token = scene.tokens.with_value(|tokens| tokens.near(at, reach).and_then(|token| token.activation));
    let wanted = match (token.or_else(|| activation_at(event)), node) {
        (Some(activation), _) => Selection::Activation(activation),
        (None, Some(node)) => Selection::Node(node),
        (None, None) => link_of(scene, &target).map_or(Selection::Nothing, |(from, to)| Selection::Link { from, to }),
    };
    select(scene, wanted);
}

/// Enter and Space press the node that has the focus.
pub fn press(scene: Scene, event: &ev::KeyboardEvent) {
    if !matches!(event.key().as_str(), "Enter" | " ") || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    if let Some(node) = target(event).and_then(|target| node_of(scene, &target)) {
        event.prevent_default();
        event.stop_propagation();
        select(scene, Selection::Node(node));
    }
}

/// What is selected already is let go.
fn select(scene: Scene, wanted: Selection) {
    let is_it = scene.page.selection.get_untracked() == wanted;
    scene.page.select(if is_it { Selection::Nothing } else { wanted });
}

fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn node_of(scene: Scene, target: &Element) -> Option<Node> {
    let owner = target.closest("[data-node]").ok()??;
    let number: usize = owner.get_attribute("data-node")?.parse().ok()?;
    scene.layout.get_untracked().nodes().get(number).map(|(node, _)| *node)
}

fn link_of(scene: Scene, target: &Element) -> Option<(Node, Node)> {
    let number: usize = target.get_attribute("data-link")?.parse().ok()?;
    let links = scene.page.with_world_untracked(|world| links_of(&world.setup().configuration));
    links.get(number).copied()
}

/// The cell or container that was clicked: a node's button lies over them.
fn activation_at(event: &ev::MouseEvent) -> Option<ActivationIx> {
    let under = document().elements_from_point(event.client_x() as f32, event.client_y() as f32);
    let activation = |element: JsValue| element.dyn_into::<Element>().ok()?.get_attribute("data-activation")?.parse().ok();
    under.iter().find_map(activation).map(ActivationIx)
}

/// Where an event is in the drawing.
fn place_of(scene: Scene, event: &ev::MouseEvent) -> Point {
    let Some(picture) = scene.picture.get_untracked() else { return Point::default() };
    let frame = picture.get_bounding_client_rect();
    let scale = f64::from(scene.layout.get_untracked().scale);
    let (x, y) = (f64::from(event.client_x()) - frame.left(), f64::from(event.client_y()) - frame.top());
    Point::new((x / scale) as f32, (y / scale) as f32)
}
