//! A node: its state now, and what it was configured with.

use super::node_state::state;
use crate::cluster::place::{Node, Process};
use crate::inspection::keys;
use crate::locale::page::{Inspector as Words, ModelParameter, bound_to, node_name};
use crate::locale::span_range;
use crate::view::page::page;
use crate::view::prelude::*;
use crate::view::say::say;

const fn process_of(node: Node) -> Option<Process> {
    match node {
        Node::Controller(id) => Some(Process::Controller(id)),
        Node::Invoker(id) => Some(Process::Invoker(id)),
        _ => None,
    }
}

#[component]
pub fn NodeView(node: Node) -> impl IntoView {
    let page = page();
    let lines = Memo::new(move || page.with_world(|world| state(page.language.get(), world, node)));
    let settings = Memo::new(move || page.with_world(|world| keys::of(&world.setup().configuration, node)));
    let binding = move || {
        let process = process_of(node)?;
        let store = page.with_world(|world| world.setup().configuration.store_of(process));
        Some(view! { <p class="binding">{bound_to(page.language.get(), process, store)}</p> })
    };
    let parameters = move || {
        let language = page.language.get();
        let all = page.with_world(|world| ModelParameter::of(&world.setup().configuration.model));
        let own = all.into_iter().filter(|(parameter, _)| keys::parameters(node).contains(parameter));
        own.map(|(parameter, range)| {
            view! { <div><dt>{language.say(parameter)}</dt><dd>{span_range(language, range.min(), range.max())}</dd></div> }
        })
        .collect_view()
    };
    let setting = move |(key, value): keys::Setting| {
        view! { <div><dt><code>{key}</code></dt><dd><code>{value}</code></dd></div> }
    };
    view! {
        <h2 class="eyebrow">{say(Words::SelectedNode)}</h2>
        <p class="inspected-node">{move || node_name(page.language.get(), node)}</p>
        {binding}
        <h3>{say(Words::State)}</h3>
        <ul class="node-state" role="list">
            {move || lines.get().into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
        </ul>
        <Show when=move || settings.with(|settings| !settings.is_empty())>
            <h3>{say(Words::Configuration)}</h3>
            <p class="hint">{say(Words::ConfigurationHint)}</p>
            <dl class="settings">{move || settings.get().into_iter().map(setting).collect_view()}</dl>
        </Show>
        <h3>{say(Words::Parameters)}</h3>
        <p class="hint">{say(Words::ParametersHint)}</p>
        <dl class="settings">{parameters}</dl>
    }
}
