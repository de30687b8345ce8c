//! What somebody can do to a node: crash it, start it again, bind it to another store, break one of its links.

use crate::cluster::place::{Node, StoreKind};
use crate::cluster::{Act, links_of};
use crate::locale::Language;
use crate::locale::page::{Trouble as Words, link_name};
use crate::locale::steps::store_name;
use crate::player::Selection;
use crate::view::controls::Controls;
use crate::view::prelude::*;

/// Everything that can be done to a node.
pub fn node_trouble(controls: Controls, language: Language, node: Node) -> View {
    let page = controls.page;
    let (is_down, links) = page.with_world(|world| {
        let links = links_of(&world.setup().configuration);
        (world.nodes_down().contains(&node), links.into_iter().filter(|(from, to)| *from == node || *to == node).collect::<Vec<_>>())
    });
    let is_process = matches!(node, Node::Controller(_) | Node::Invoker(_));
    let switch = (node != Node::Client).then(|| {
        let (word, act) = match (is_down, is_process) {
            (true, _) => (Words::Start, Act::Start { node: Some(node), store: None }),
            (false, true) => (Words::Crash, Act::Crash { node }),
            (false, false) => (Words::Stop, Act::Crash { node }),
        };
        button(controls, language.say(word).to_owned(), act)
    });
    let restart = is_process.then(|| {
        let choice = |store: StoreKind| button(controls, store_name(store).to_owned(), Act::Start { node: Some(node), store: Some(store) });
        view! {
            <p class="trouble-label">{language.say(Words::Restart)}</p>
            <div class="trouble-buttons">{StoreKind::BINDINGS.map(choice).into_iter().collect_view()}</div>
            <p class="hint">{language.say(Words::RestartHint)}</p>
        }
    });
    let dropped = match node {
        Node::Store(store) => Some(button(controls, language.say(Words::drop_of(store)).to_owned(), Act::DropData { store })),
        _ => None,
    };
    view! {
        <h3>{language.say(Words::Title)}</h3>
        <p class="hint">{language.say(Words::Hint)}</p>
        <div class="trouble-buttons">{switch}{dropped}</div>
        {restart}
        <p class="trouble-label">{language.say(Words::Links)}</p>
        <ul class="trouble-links" role="list">
            {links.into_iter().map(|(from, to)| link_button(controls, language, from, to)).collect_view()}
        </ul>
    }
}

fn button(controls: Controls, name: String, act: Act) -> View {
    view! { <button type="button" on:click=move |_| controls.trouble(act.clone())>{name}</button> }
}

/// A link that can be picked out, as an item of a list.
pub fn link_button(controls: Controls, language: Language, from: Node, to: Node) -> View {
    view! {
        <li>
            <button type="button" class="button-plain" on:click=move |_| {
                controls.dialog.set(None);
                controls.page.select(Selection::Link { from, to });
            }>
                {link_name(language, Some(from), Some(to))}
            </button>
        </li>
    }
}
