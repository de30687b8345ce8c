//! What somebody can do to a node: crash it, start it again, bind it to another store, break one of its links.

use crate::cluster::place::{Node, StoreKind};
use crate::cluster::{Act, links_of};
use crate::locale::Language;
use crate::locale::page::{Trouble as Words, link_name};
use crate::locale::steps::store_name;
use crate::player::Selection;
use crate::view::controls::Controls;
use crate::view::prelude::*;
use crate::view::tabs::focus;

/// The id of the heading over what can be broken.
pub const TROUBLE: &str = "trouble";

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
        <h3 id=TROUBLE tabindex="-1">{language.say(Words::Title)}</h3>
        <p class="hint">{language.say(Words::Hint)}</p>
        <div class="trouble-buttons">{switch}{dropped}</div>
        {restart}
        <p class="trouble-label">{language.say(Words::Links)}</p>
        <ul class="trouble-links" role="list">
            {links.into_iter().map(|link| view! { <li>{link_button(language, link, move |it| open_trouble(controls, it))}</li> }).collect_view()}
        </ul>
    }
}

fn button(controls: Controls, name: String, act: Act) -> View {
    view! { <button type="button" on:click=move |_| controls.trouble(act.clone())>{name}</button> }
}

/// Selects what is to be broken, and leads to where that is done.
pub fn open_trouble(controls: Controls, selection: Selection) {
    controls.page.select(selection);
    // By the next frame the inspector shows it, and has the focus that a sheet takes on opening.
    request_animation_frame(|| focus(TROUBLE));
}

/// A link that can be picked out.
pub fn link_button(language: Language, (from, to): (Node, Node), choose: impl Fn(Selection) + 'static) -> View {
    view! {
        <button type="button" class="button-plain" on:click=move |_| choose(Selection::Link { from, to })>
            {link_name(language, Some(from), Some(to))}
        </button>
    }
}
