use super::modal::{Modal, Sheet};
use crate::cluster::links_of;
use crate::cluster::place::Node;
use crate::locale::Language;
use crate::locale::page::{Trouble as Words, node_name};
use crate::player::Selection;
use crate::view::inspector::link_button;
use crate::view::prelude::*;

/// Every node and link, to pick the one to break: what can be done to it is in the inspector.
pub fn break_something(modal: Modal, language: Language) -> View {
    let controls = modal.controls;
    let links = controls.page.with_world_untracked(|world| links_of(&world.setup().configuration));
    let mut nodes: Vec<Node> = Vec::new();
    for node in links.iter().flat_map(|(from, to)| [*from, *to]) {
        if node != Node::Client && !nodes.contains(&node) {
            nodes.push(node);
        }
    }
    let node_button = |node: Node| {
        view! {
            <li>
                <button type="button" class="button-plain" on:click=move |_| {
                    modal.close();
                    controls.page.select(Selection::Node(node));
                }>
                    {node_name(language, node)}
                </button>
            </li>
        }
    };
    let inside = view! {
        <p class="hint">{language.say(Words::Choose)}</p>
        <h3>{language.say(Words::Nodes)}</h3>
        <ul class="trouble-links" role="list">{nodes.into_iter().map(node_button).collect_view()}</ul>
        <h3>{language.say(Words::Links)}</h3>
        <ul class="trouble-links" role="list">
            {links.into_iter().map(|(from, to)| link_button(controls, language, from, to)).collect_view()}
        </ul>
    };
    modal.view(language, Sheet::to_read(language.say(Words::Title)), inside)
}
