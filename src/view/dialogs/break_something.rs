use super::modal::{Modal, Sheet};
use crate::cluster::place::{Node, StoreKind};
use crate::cluster::{Act, links_of};
use crate::locale::Language;
use crate::locale::page::{Trouble as Words, node_name};
use crate::locale::steps::store_name;
use crate::player::Selection;
use crate::view::inspector::{link_button, open_trouble};
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
    let choose = move |selection| {
        // It gives the focus back first.
        modal.close();
        open_trouble(controls, selection);
    };
    let node_button = |node: Node| {
        view! {
            <li>
                <button type="button" class="button-plain" on:click=move |_| choose(Selection::Node(node))>
                    {node_name(language, node)}
                </button>
            </li>
        }
    };
    let restart = |store: StoreKind| {
        let act = Act::Start { node: None, store: Some(store) };
        view! {
            <button type="button" on:click=move |_| {
                modal.close();
                controls.trouble(act.clone());
            }>
                {store_name(store)}
            </button>
        }
    };
    let inside = view! {
        <p class="hint">{language.say(Words::Choose)}</p>
        <h3>{language.say(Words::Nodes)}</h3>
        <ul class="trouble-links" role="list">{nodes.into_iter().map(node_button).collect_view()}</ul>
        <h3>{language.say(Words::EveryProcess)}</h3>
        <div class="trouble-buttons" role="group" aria-label=language.say(Words::Restart)>
            <span class="trouble-label">{language.say(Words::Restart)}</span>
            {StoreKind::BINDINGS.map(restart).into_iter().collect_view()}
        </div>
        <p class="hint">{language.say(Words::RestartHint)}</p>
        <h3>{language.say(Words::Links)}</h3>
        <ul class="trouble-links" role="list">
            {links.into_iter().map(|link| view! { <li>{link_button(language, link, choose)}</li> }).collect_view()}
        </ul>
    };
    modal.view(language, Sheet::to_read(language.say(Words::Title)), inside)
}
