use super::invoke_draft::{Field, InvokeDraft, Mistake, command_line};
use super::modal::{Modal, Sheet};
use crate::cluster::{Act, Wait};
use crate::locale::Language;
use crate::locale::page::{ExampleAction, InvokeDialog as Words, InvokeHow, Transport, burst_of, rate_limits};
use crate::view::page::Page;
use crate::view::prelude::*;
use wasm_bindgen::JsCast;

/// What the form needs to know of the run, as it opens.
pub struct Cluster {
    /// Namespaces and names.
    pub actions: Vec<(String, String)>,
    invocations_per_minute: Option<u32>,
    invocations_concurrent: Option<u32>,
    /// A command given now is one that the lesson does not have.
    leaves_path: bool,
}

impl Cluster {
    pub fn of(page: Page) -> Self {
        page.with_session_untracked(|session| {
            let configuration = &session.run().configuration;
            Self {
                actions: configuration.actions.iter().map(|action| (action.namespace.clone(), action.name.clone())).collect(),
                invocations_per_minute: configuration.invocations_per_minute.allowed(),
                invocations_concurrent: configuration.invocations_concurrent.allowed(),
                leaves_path: session.run().leaves_path_at(session.position()),
            }
        })
    }
}

/// `Invoke an action`: which one, how, and how often.
pub fn invoke(modal: Modal, draft: InvokeDraft, cluster: &Cluster, language: Language) -> View {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        send(modal, draft);
    };
    let is_burst = draft.is_burst();
    let chosen = draft.action.get();
    let command = chosen.as_ref().map(|(namespace, action)| command_line(namespace, action, draft.wait.get()));
    let count = is_burst.then(|| format!(" × {}", draft.count.get().trim()));
    let limits = is_burst.then(|| rate_limits(language, cluster.invocations_per_minute, cluster.invocations_concurrent)).flatten();
    let mistake = draft.mistake.get();
    let refused = mistake.as_ref().filter(|mistake| mistake.field().is_none()).map(|mistake| mistake.text(language));
    let gap = is_burst.then(|| number_field(draft, language, Field::GapMs, mistake.as_ref()));
    let inside = view! {
        <form class="invoke-form" novalidate on:submit=submit>
            <p class="field-error" id="invoke-mistake" tabindex="-1">{refused}</p>
            {action_choice(draft, language, &cluster.actions, chosen.as_ref())}
            {wait_choice(draft, language)}
            <div class="field-row">
                {number_field(draft, language, Field::Count, mistake.as_ref())}
                {gap}
            </div>
            <p class="hint">{limits}</p>
            <p class="command"><span class="hint">{language.say(Words::Command)}</span><code>{command}</code>{count}</p>
            {cluster.leaves_path.then(|| view! { <p class="hint">{language.say(Transport::CommandForks)}</p> })}
            <div class="form-foot">
                <button type="button" on:click=move |_| modal.close()>{language.say(Words::Cancel)}</button>
                <button type="submit" class="button-primary" disabled=cluster.actions.is_empty()>{language.say(Words::Send)}</button>
            </div>
        </form>
    };
    let sheet = Sheet { title: language.say(Words::Title), class: "modal-sheet", closes_lightly: false };
    modal.view(language, sheet, inside)
}

/// Gives the command, or says what is wrong with it.
fn send(modal: Modal, draft: InvokeDraft) {
    let controls = modal.controls;
    let Some(action) = draft.action.get_untracked() else { return };
    let name = action.1.clone();
    let sent = draft.act(action).and_then(|act| {
        let count = if let Act::Invoke { count, .. } = act { count } else { 1 };
        let said = burst_of(controls.page.language.get_untracked(), &name, count);
        controls.give(act, said).map_err(Mistake::Refused)
    });
    let Err(mistake) = sent else { return modal.close() };
    let place = mistake.field().map_or("#invoke-mistake", Field::selector);
    draft.mistake.set(Some(mistake));
    // The focus goes to what is to be mended, whose description says why.
    request_animation_frame(move || {
        let found = modal.element().and_then(|dialog| dialog.query_selector(place).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A browser that cannot focus it leaves the focus on the button, and the sentence is to be seen all the same.
            let _ = element.focus();
        }
    });
}

fn action_choice(draft: InvokeDraft, language: Language, actions: &[(String, String)], chosen: Option<&(String, String)>) -> View {
    let option = |(place, action): (usize, &(String, String))| {
        let picked = action.clone();
        view! {
            <label class="option">
                <input type="radio" name="action" autofocus=place == 0 prop:checked=chosen == Some(action)
                    on:change=move |_| draft.action.set(Some(picked.clone()))/>
                <span class="option-name"><code>{action.1.clone()}</code></span>
                <span class="hint">{ExampleAction::of(&action.1).map(|about| language.say(about))}</span>
            </label>
        }
    };
    view! {
        <fieldset class="options" role="radiogroup" aria-label=language.say(Words::Action)>
            <legend>{language.say(Words::Action)}</legend>
            {actions.is_empty().then(|| view! { <p class="hint">{language.say(Words::NoActions)}</p> })}
            {actions.iter().enumerate().map(option).collect_view()}
        </fieldset>
    }
}

fn wait_choice(draft: InvokeDraft, language: Language) -> View {
    let chosen = draft.wait.get();
    let ways = [
        (Wait::NonBlocking, InvokeHow::NonBlocking, InvokeHow::NonBlockingHint),
        (Wait::Blocking, InvokeHow::Blocking, InvokeHow::BlockingHint),
        (Wait::Result, InvokeHow::Result, InvokeHow::ResultHint),
    ];
    let option = |(wait, name, hint): (Wait, InvokeHow, InvokeHow)| {
        view! {
            <label class="option">
                <input type="radio" name="wait" prop:checked=chosen == wait on:change=move |_| draft.wait.set(wait)/>
                <span class="option-name">{language.say(name)}</span>
                <span class="hint">{language.say(hint)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="options" role="radiogroup" aria-label=language.say(Words::How)>
            <legend>{language.say(Words::How)}</legend>
            {ways.map(option).into_iter().collect_view()}
        </fieldset>
    }
}

fn number_field(draft: InvokeDraft, language: Language, field: Field, mistake: Option<&Mistake>) -> View {
    let mistake = mistake.filter(|mistake| mistake.field() == Some(field));
    let input = field.input();
    let (hint_id, mistake_id) = (format!("{input}-hint"), format!("{input}-mistake"));
    let typed = draft.field(field);
    view! {
        <div class="field">
            <label for=["invoke-", input].concat()>{language.say(field.name())}</label>
            <input id=["invoke-", input].concat() name=input type="text" inputmode="numeric" autocomplete="off"
                aria-describedby=format!("{mistake_id} {hint_id}") aria-invalid=mistake.map(|_| "true")
                prop:value=typed.get() on:input=move |event| typed.set(event_target_value(&event))/>
            <p class="field-error" id=mistake_id>{mistake.map(|mistake| mistake.text(language))}</p>
            <p class="hint" id=hint_id>{language.say(field.hint())}</p>
        </div>
    }
}
