//! A link: what can happen on it, and what does.

use super::trouble::TROUBLE;
use crate::cluster::place::Node;
use crate::cluster::{Act, DELAY_MS_MAX, FaultEffect, Rule, STATUS_MAX, STATUS_MIN};
use crate::locale::page::{Trouble as Words, fault_state, link_name, not_a_number, out_of_range};
use crate::view::controls::Controls;
use crate::view::page::page;
use crate::view::prelude::*;

/// The choices, in the order from the mildest on. The numbers are the ones that a form begins with.
const EFFECTS: [FaultEffect; 7] = [
    FaultEffect::Delay { ms: 2_000 },
    FaultEffect::DropRequest,
    FaultEffect::DropAnswer,
    FaultEffect::Refuse,
    FaultEffect::Answer { status: 503 },
    FaultEffect::QueueFull,
    FaultEffect::RefuseItem,
];

/// What is filled in. A copy is a handle.
#[derive(Clone, Copy)]
pub struct BreakDraft {
    effect: RwSignal<FaultEffect>,
    ms: RwSignal<String>,
    status: RwSignal<String>,
    once: RwSignal<bool>,
    is_wrong: RwSignal<bool>,
}

impl BreakDraft {
    pub fn new() -> Self {
        Self {
            effect: RwSignal::new(FaultEffect::Refuse),
            ms: RwSignal::new("2000".to_owned()),
            status: RwSignal::new("503".to_owned()),
            once: RwSignal::new(false),
            is_wrong: RwSignal::new(false),
        }
    }

    /// The number that the chosen effect needs: what is typed, its name and its range.
    fn number(self) -> Option<(RwSignal<String>, Words, u64, u64)> {
        match self.effect.get_untracked() {
            FaultEffect::Delay { .. } => Some((self.ms, Words::Millis, 1, DELAY_MS_MAX.into())),
            FaultEffect::Answer { .. } => Some((self.status, Words::StatusCode, STATUS_MIN.into(), STATUS_MAX.into())),
            _ => None,
        }
    }

    /// The effect with its number, or nothing if that is wrong.
    fn effect(self) -> Option<FaultEffect> {
        let Some((typed, _, min, max)) = self.number() else { return Some(self.effect.get_untracked()) };
        let number = typed.with_untracked(|typed| typed.trim().parse::<u64>().ok()).filter(|number| (min..=max).contains(number))?;
        Some(match self.effect.get_untracked() {
            FaultEffect::Delay { .. } => FaultEffect::Delay { ms: u32::try_from(number).ok()? },
            _ => FaultEffect::Answer { status: u16::try_from(number).ok()? },
        })
    }
}

#[component]
pub fn LinkView(controls: Controls, draft: BreakDraft, from: Node, to: Node) -> impl IntoView {
    let page = page();
    // What was chosen last may be nothing that can happen here.
    if !draft.effect.get_untracked().fits(from, to) {
        draft.effect.set(FaultEffect::Refuse);
    }
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let effect = draft.effect();
        draft.is_wrong.set(effect.is_none());
        if let Some(effect) = effect {
            let times = draft.once.get_untracked().then_some(1);
            controls.trouble(Act::Break { rule: Rule { from: Some(from), to: Some(to), effect, times } });
        }
    };
    move || {
        let language = page.language.get();
        let fitting: Vec<FaultEffect> = EFFECTS.into_iter().filter(|effect| effect.fits(from, to)).collect();
        let chosen = draft.effect.get();
        let is_chosen = |effect: FaultEffect| std::mem::discriminant(&effect) == std::mem::discriminant(&chosen);
        let option = |effect: FaultEffect| {
            let (name, hint) = Words::of(effect);
            view! {
                <label class="option">
                    <input type="radio" name="effect" prop:checked=is_chosen(effect) on:change=move |_| draft.effect.set(effect)/>
                    <span class="option-name">{language.say(name)}</span>
                    <span class="hint">{language.say(hint)}</span>
                </label>
            }
        };
        let number = draft.number().map(|(typed, name, min, max)| {
            let value = typed.get();
            let mistake = draft.is_wrong.get().then(|| match value.trim().parse::<u64>() {
                Ok(number) => out_of_range(language, language.say(name), number, min, max),
                Err(_) => not_a_number(language, language.say(name), &value.chars().take(40).collect::<String>(), min, max),
            });
            view! {
                <div class="field">
                    <label for="break-number">{language.say(name)}</label>
                    <input id="break-number" type="text" inputmode="numeric" autocomplete="off" aria-describedby="break-mistake"
                        aria-invalid=mistake.as_ref().map(|_| "true") prop:value=value
                        on:input=move |event| { typed.set(event_target_value(&event)); draft.is_wrong.set(false) }/>
                    <p class="field-error" id="break-mistake">{mistake}</p>
                </div>
            }
        });
        let here = page.with_world(|world| {
            let is_here = |fault: &&crate::cluster::ActiveFault| {
                fault.rule.from.is_none_or(|it| it == from) && fault.rule.to.is_none_or(|it| it == to)
            };
            world.faults().iter().filter(is_here).copied().collect::<Vec<_>>()
        });
        let here = here.into_iter().map(|fault| view! { <li>{fault_state(language, fault.rule.effect, Some(fault.applied))}</li> });
        view! {
            <h2 class="eyebrow">{language.say(Words::Link)}</h2>
            <p class="inspected-node">{link_name(language, Some(from), Some(to))}</p>
            <ul class="node-state" role="list">{here.collect_view()}</ul>
            <h3 id=TROUBLE tabindex="-1">{language.say(Words::Title)}</h3>
            <form class="break-form" novalidate on:submit=submit>
                <fieldset class="options" role="radiogroup" aria-label=language.say(Words::What)>
                    <legend>{language.say(Words::What)}</legend>
                    {fitting.into_iter().map(option).collect_view()}
                </fieldset>
                {number}
                <label class="break-once">
                    <input type="checkbox" prop:checked=draft.once.get() on:change=move |_| draft.once.update(|once| *once = !*once)/>
                    {language.say(Words::Once)}
                </label>
                <button type="submit" class="button-primary">{language.say(Words::Break)}</button>
                <p class="hint">{language.say(Words::Hint)}</p>
            </form>
        }
    }
}
