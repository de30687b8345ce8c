//! What is broken now, each with the button that mends it. Where all is well there is nothing to see.

use super::controls::Controls;
use super::parts::Icon;
use crate::cluster::Act;
use crate::locale::page::{Trouble as Words, fault_state, link_name, node_name};
use crate::player::Selection;
use crate::view::prelude::*;

#[component]
pub fn Broken(controls: Controls) -> impl IntoView {
    let page = controls.page;
    move || {
        let language = page.language.get();
        let (faults, down) = page.with_world(|world| (world.faults().to_vec(), world.nodes_down()));
        if faults.is_empty() && down.is_empty() {
            return None;
        }
        let fault = |fault: &crate::cluster::ActiveFault| {
            let (id, rule) = (fault.id, fault.rule);
            let name = link_name(language, rule.from, rule.to);
            let mend = format!("{} {name}", language.say(Words::Mend));
            let row = view! {
                <li class="broken-row" class:is-over=fault.is_used_up()>
                    {Icon::Error.view()}
                    <span class="broken-name">{name}</span>
                    <span class="broken-state">{fault_state(language, rule.effect, fault.applied)}</span>
                    <button type="button" class="button-quiet" aria-label=mend on:click=move |_| controls.trouble(Act::Mend { fault: Some(id) })>
                        {language.say(Words::Mend)}
                    </button>
                </li>
            };
            (id.0, row)
        };
        let stopped = |node: &crate::cluster::place::Node| {
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
                <ul role="list">
                    {down.iter().map(stopped).collect_view()}
                    {View::Rows(faults.iter().map(fault).map(|(id, row)| (id.into(), row)).collect())}
                </ul>
                {all}
            </section>
        })
    }
}
