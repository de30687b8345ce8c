//! A node: its state now, and what it was configured with.

use super::exchange::newest_commands;
use super::log::ProcessLog;
use super::node_state::state;
use super::trouble::node_trouble;
use crate::activation::SpanRange;
use crate::cluster::evidence;
use crate::cluster::place::Node;
use crate::inspection::keys;
use crate::locale::page::{Inspector as Words, ModelParameter, bound_to, node_name};
use crate::locale::span_range;
use crate::view::controls::Controls;
use crate::view::page::page;
use crate::view::parts::source;
use crate::view::prelude::*;

#[component]
pub fn NodeView(controls: Controls, node: Node) -> impl IntoView {
    let page = page();
    move || {
        let language = page.language.get();
        let (lines, settings, parameters, binding) = page.with_world(|world| {
            let configuration = &world.configuration_now();
            let binding = node.process().map(|process| bound_to(language, process, configuration.store_of(process)));
            (state(language, world, node), keys::of(configuration, node), ModelParameter::of(&configuration.model), binding)
        });
        let own = parameters.into_iter().filter(|(parameter, _)| keys::parameters(node).contains(parameter));
        let parameter = |(parameter, range): (ModelParameter, SpanRange)| {
            view! { <div><dt>{language.say(parameter)}</dt><dd>{span_range(language, range.min(), range.max())}</dd></div> }
        };
        let setting = |(key, value): keys::Setting| {
            let source = keys::evidence(key).and_then(evidence::find).map(|row| source(language, row));
            view! { <div><dt><code>{key}</code>" "{source}</dt><dd><code>{value}</code></dd></div> }
        };
        let configuration = (!settings.is_empty()).then(|| {
            view! {
                <h3>{language.say(Words::Configuration)}</h3>
                <p class="hint">{language.say(Words::ConfigurationHint)}</p>
                <dl class="settings">{settings.into_iter().map(setting).collect_view()}</dl>
            }
        });
        view! {
            <h2 class="eyebrow">{language.say(Words::SelectedNode)}</h2>
            <p class="inspected-node">{node_name(language, node)}</p>
            {binding.map(|binding| view! { <p class="binding">{binding}</p> })}
            <h3>{language.say(Words::State)}</h3>
            <ul class="node-state" role="list">
                {lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            </ul>
            {configuration}
            <h3>{language.say(Words::Parameters)}</h3>
            <p class="hint">{language.say(Words::ParametersHint)}</p>
            <dl class="settings">{own.map(parameter).collect_view()}</dl>
            {(node == Node::Client).then(|| newest_commands(page, language))}
            {node_trouble(controls, language, node)}
            {node.process().map(|process| view! { <ProcessLog process/> })}
        }
    }
}
