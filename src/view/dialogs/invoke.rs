use super::invoke_draft::{Field, InvokeDraft, Mistake, command_line};
use super::modal::{Modal, close_around};
use crate::cluster::{Act, Wait};
use crate::locale::page::{ExampleAction, InvokeDialog as Words, InvokeHow, Transport, burst_of, rate_limits};
use crate::view::controls::Controls;
use crate::view::prelude::*;
use leptos::ev;

/// `Invoke an action`: which one, how, and how often.
#[component]
pub fn Invoke(controls: Controls, draft: InvokeDraft) -> impl IntoView {
    let page = controls.page;
    let say = move |word: Words| page.language.get().say(word);
    let form = NodeRef::<web_sys::HtmlFormElement>::new();
    let (actions, limits, leaves_path) = page.with_session_untracked(|session| {
        let configuration = &session.run().configuration;
        let actions: Vec<_> = configuration.actions.iter().map(|action| (action.namespace.clone(), action.name.clone())).collect();
        let limits = (configuration.invocations_per_minute.allowed(), configuration.invocations_concurrent.allowed());
        (actions, limits, session.run().leaves_path_at(session.position()))
    });
    // What was chosen last may belong to another cluster.
    let known = draft.action.get_untracked().filter(|chosen| actions.contains(chosen)).or_else(|| actions.first().cloned());
    draft.action.set(known);
    draft.mistake.set(None);
    let has_actions = !actions.is_empty();

    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(action) = draft.action.get_untracked() else { return };
        let name = action.1.clone();
        let sent = draft.act(action).and_then(|act| {
            let count = if let Act::Invoke { count, .. } = act { count } else { 1 };
            let said = burst_of(page.language.get_untracked(), &name, count);
            controls.give(act, said).map_err(Mistake::Refused)
        });
        match (sent, form.get_untracked()) {
            (Ok(()), Some(form)) => close_around(&form),
            (Ok(()), None) => controls.dialog.set(None),
            (Err(mistake), form) => {
                let place = match mistake.field() {
                    Some(Field::Count) => "[name='count']",
                    Some(Field::GapMs) => "[name='gap']",
                    None => "#invoke-mistake",
                };
                draft.mistake.set(Some(mistake));
                // The focus goes to what is to be mended, whose description says why.
                request_animation_frame(move || focus_on(form.as_ref(), place));
            }
        }
    };
    let cancel = move |_| {
        if let Some(form) = form.get_untracked() {
            close_around(&form);
        }
    };
    let command = move || {
        let chosen = draft.action.get();
        chosen.map(|(namespace, action)| command_line(&namespace, &action, draft.wait.get()))
    };
    let count_text = move || draft.is_burst().then(|| format!(" × {}", draft.count.get().trim()));
    let limits_text = move || draft.is_burst().then(|| rate_limits(page.language.get(), limits.0, limits.1)).flatten();
    let refused = move || draft.mistake.get().filter(|mistake| mistake.field().is_none()).map(|mistake| mistake.text(page.language.get()));
    view! {
        <Modal controls title=Signal::derive(move || say(Words::Title))>
            <form class="invoke-form" node_ref=form novalidate on:submit=send>
                <p class="field-error" id="invoke-mistake" tabindex="-1">{refused}</p>
                <ActionChoice controls draft actions/>
                <WaitChoice controls draft/>
                <div class="field-row">
                    <NumberField controls draft field=Field::Count input="count" hint=Words::HowManyHint/>
                    <Show when=move || draft.is_burst()>
                        <NumberField controls draft field=Field::GapMs input="gap" hint=Words::GapHint/>
                    </Show>
                </div>
                <p class="hint">{limits_text}</p>
                <p class="command"><span class="hint">{move || say(Words::Command)}</span><code>{command}</code>{count_text}</p>
                <Show when=move || leaves_path>
                    <p class="hint">{move || page.language.get().say(Transport::CommandForks)}</p>
                </Show>
                <div class="form-foot">
                    <button type="button" on:click=cancel>{move || say(Words::Cancel)}</button>
                    <button type="submit" class="button-primary" disabled=!has_actions>{move || say(Words::Send)}</button>
                </div>
            </form>
        </Modal>
    }
}

fn focus_on(form: Option<&web_sys::HtmlFormElement>, place: &str) {
    let found = form.and_then(|form| form.query_selector(place).ok().flatten());
    if let Some(element) = found.and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok()) {
        // A browser that cannot focus it leaves the focus on the button, and the sentence is to be seen all the same.
        let _ = element.focus();
    }
}

#[component]
fn ActionChoice(controls: Controls, draft: InvokeDraft, actions: Vec<(String, String)>) -> impl IntoView {
    let page = controls.page;
    let none = actions.is_empty().then(|| view! { <p class="hint">{move || page.language.get().say(Words::NoActions)}</p> });
    let option = move |(place, action): (usize, (String, String))| {
        let (own, picked) = (action.clone(), action.clone());
        let about = ExampleAction::of(&action.1);
        let text = move || about.map(|about| page.language.get().say(about));
        view! {
            <label class="option">
                <input type="radio" name="action" autofocus=place == 0 prop:checked=move || draft.action.with(|chosen| chosen.as_ref() == Some(&own))
                    on:change=move |_| draft.action.set(Some(picked.clone()))/>
                <span class="option-name"><code>{action.1}</code></span>
                <span class="hint">{text}</span>
            </label>
        }
    };
    view! {
        <fieldset class="options" role="radiogroup" aria-label=move || page.language.get().say(Words::Action)>
            <legend>{move || page.language.get().say(Words::Action)}</legend>
            {none}
            {actions.into_iter().enumerate().map(option).collect_view()}
        </fieldset>
    }
}

#[component]
fn WaitChoice(controls: Controls, draft: InvokeDraft) -> impl IntoView {
    let page = controls.page;
    let ways = [
        (Wait::NonBlocking, InvokeHow::NonBlocking, InvokeHow::NonBlockingHint),
        (Wait::Blocking, InvokeHow::Blocking, InvokeHow::BlockingHint),
        (Wait::Result, InvokeHow::Result, InvokeHow::ResultHint),
    ];
    let option = move |(wait, name, hint): (Wait, InvokeHow, InvokeHow)| {
        view! {
            <label class="option">
                <input type="radio" name="wait" prop:checked=move || draft.wait.get() == wait on:change=move |_| draft.wait.set(wait)/>
                <span class="option-name">{move || page.language.get().say(name)}</span>
                <span class="hint">{move || page.language.get().say(hint)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="options" role="radiogroup" aria-label=move || page.language.get().say(Words::How)>
            <legend>{move || page.language.get().say(Words::How)}</legend>
            {ways.map(option).into_iter().collect_view()}
        </fieldset>
    }
}

#[component]
fn NumberField(controls: Controls, draft: InvokeDraft, field: Field, input: &'static str, hint: Words) -> impl IntoView {
    let language = controls.page.language;
    let mistake = Memo::new(move || draft.mistake.get().filter(|mistake| mistake.field() == Some(field)));
    let (hint_id, mistake_id) = (format!("{input}-hint"), format!("{input}-mistake"));
    let described = format!("{mistake_id} {hint_id}");
    view! {
        <div class="field">
            <label for=format!("invoke-{input}")>{move || language.get().say(field.name())}</label>
            <input id=format!("invoke-{input}") name=input type="text" inputmode="numeric" autocomplete="off" aria-describedby=described
                aria-invalid=move || mistake.get().map(|_| "true")
                prop:value=move || draft.field(field).get() on:input=move |event| draft.field(field).set(event_target_value(&event))/>
            <p class="field-error" id=mistake_id>{move || mistake.get().map(|mistake| mistake.text(language.get()))}</p>
            <p class="hint" id=hint_id>{move || language.get().say(hint)}</p>
        </div>
    }
}
