//! What is broken now, each with the button that mends it. Where all is well there is nothing to see.

use super::controls::Controls;
use super::inspector::link_button;
use super::page::Page;
use super::parts::Icon;
use crate::activation::ActivationId;
use crate::cluster::place::{ActivationIx, Node};
use crate::cluster::step::StepKind;
use crate::cluster::{Act, ActiveFault, World};
use crate::locale::page::{Trouble as Words, fault_state, link_name, node_name};
use crate::player::Selection;
use crate::view::prelude::*;

#[component]
pub fn Broken(controls: Controls) -> impl IntoView {
    let page = controls.page;
    move || {
        let language = page.language.get();
        let (faults, down) = (page.with_world(|world| world.faults().to_vec()), nodes_down(page));
        if faults.is_empty() && down.is_empty() {
            return None;
        }
        // That something has struck on the way to a store would tell which store is written to.
        let is_covered = controls.covered.get().answers();
        let fault = |fault: &ActiveFault| {
            let (id, rule) = (fault.id, fault.rule);
            let name = link_name(language, rule.from, rule.to);
            let mend = format!("{} {name}", language.say(Words::Mend));
            let name = match (rule.from, rule.to) {
                (Some(from), Some(to)) => link_button(language, (from, to), move |it| page.select(it)),
                _ => view! { <span>{name}</span> },
            };
            let last = (!is_covered).then(|| last_struck(page, fault)).flatten().map(|(ix, id)| {
                let (said, text) = (language.say(Words::Last), id.to_string());
                let short = text.get(..8).unwrap_or_default().to_owned();
                view! {
                    <button type="button" class="button-plain" aria-label=format!("{said}: {text}")
                        on:click=move |_| page.select(Selection::Activation(ix))>
                        {said}" "<span class="id">{short}"…"</span>
                    </button>
                }
            });
            let row = view! {
                <li class="broken-row" class:is-over=fault.is_used_up() && !is_covered>
                    {Icon::Error.view()}
                    <span class="broken-name">{name}</span>
                    <span class="broken-state">{fault_state(language, rule.effect, (!is_covered).then_some(fault.applied))}</span>
                    {last}
                    <button type="button" class="button-quiet" aria-label=mend on:click=move |_| controls.trouble(Act::Mend { fault: Some(id) })>
                        {language.say(Words::Mend)}
                    </button>
                </li>
            };
            (id.0, row)
        };
        let stopped = |node: &Node| {
            let node = *node;
            let name = node_name(language, node);
            let start = format!("{}: {name}", language.say(Words::Start));
            view! {
                <li class="broken-row">
                    {Icon::Error.view()}
                    <button type="button" class="broken-name button-plain" on:click=move |_| page.select(Selection::Node(node))>{name}</button>
                    <span class="broken-state">{language.say(Words::Down)}</span>
                    <button type="button" class="button-quiet" aria-label=start
                        on:click=move |_| controls.trouble(Act::Start { node: Some(node), store: None })>
                        {language.say(Words::Start)}
                    </button>
                </li>
            }
        };
        let all = (faults.len() > 1).then(|| {
            view! {
                <button type="button" class="button-quiet" on:click=move |_| controls.trouble(Act::Mend { fault: None })>
                    {language.say(Words::MendAll)}
                </button>
            }
        });
        Some(view! {
            <section class="broken" aria-label=language.say(Words::Region)>
                <h2 class="eyebrow">{language.say(Words::Region)}</h2>
                {all}
                <ul role="list">
                    {down.iter().map(stopped).collect_view()}
                    {View::Rows(faults.iter().map(fault).map(|(id, row)| (id.into(), row)).collect())}
                </ul>
            </section>
        })
    }
}

/// The nodes that somebody has brought down. What has yet to start with the cluster is not broken.
pub fn nodes_down(page: Page) -> Vec<Node> {
    let down = page.with_world(World::nodes_down);
    if down.is_empty() {
        return down;
    }
    let now = page.now.get_untracked();
    let is_doing = |act: &Act| matches!(act, Act::Crash { .. } | Act::Start { .. });
    let any = page.with_tape(|tape| tape.run().commands.iter().any(|command| command.at <= now && is_doing(&command.act)));
    if any { down } else { Vec::new() }
}

/// Steps that are looked through for the one in which a fault struck.
const STEPS_LOOKED_AT: usize = 16;

/// The activation that a fault has struck last, if it can be found near by.
fn last_struck(page: Page, fault: &ActiveFault) -> Option<(ActivationIx, ActivationId)> {
    let (from, to) = (fault.rule.from?, fault.rule.to?);
    if fault.applied == 0 {
        return None;
    }
    let end = page.with_world_untracked(World::step_count);
    let struck = page.with_tape(|tape| {
        let marks = tape.marks().iter().rev().filter(|mark| mark.ordinal < end && mark.node == to && mark.activation.is_some());
        let steps = marks.take(STEPS_LOOKED_AT).filter_map(|mark| tape.step(mark.ordinal));
        let is_it = |kind| matches!(kind, StepKind::FaultApplied { from: its_from, to: its_to, .. } if (its_from, its_to) == (from, to));
        let mut steps = steps.filter(|step| is_it(step.kind));
        steps.next().and_then(|step| step.activation)
    })?;
    page.with_world_untracked(|world| world.activation(struck).map(|activation| (struck, activation.id)))
}
