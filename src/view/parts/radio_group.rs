use crate::view::prelude::*;

/// One of the segments of a [`RadioGroup`].
pub struct Choice {
    /// The value of the radio button, and the end of its class.
    code: &'static str,
    label: Signal<String>,
    hint: Option<Signal<&'static str>>,
    checked: Signal<bool>,
    choose: Callback<()>,
}

impl Choice {
    pub fn new(
        code: &'static str,
        label: impl Fn() -> String + 'static,
        checked: impl Fn() -> bool + 'static,
        choose: impl Fn() + 'static,
    ) -> Self {
        Self { code, label: Signal::derive(label), hint: None, checked: Signal::derive(checked), choose: Callback::new(move |()| choose()) }
    }

    /// What it means, for those who point at it.
    pub fn hint(self, hint: impl Fn() -> &'static str + 'static) -> Self {
        Self { hint: Some(Signal::derive(hint)), ..self }
    }
}

/// One of several, all in sight: real radio buttons, drawn as the segments of one control. None may be checked.
#[component]
pub fn RadioGroup(
    /// The accessible name.
    #[prop(into)]
    name: Signal<&'static str>,
    /// Names the group among the page's inputs.
    input: &'static str,
    choices: Vec<Choice>,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let choice = |Choice { code, label, hint, checked, choose }: Choice| {
        view! {
            <label class=["choice choice-", code].concat() title=move || hint.map(|hint| hint.get())>
                <input type="radio" name=input value=code prop:checked=checked on:change=move |_| choose.run(())/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class=["choices ", class].concat() role="radiogroup" aria-label=name>
            {choices.into_iter().map(choice).collect_view()}
        </fieldset>
    }
}
