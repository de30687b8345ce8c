use crate::view::prelude::*;

/// One of the segments of a [`RadioGroup`].
pub struct Choice {
    /// The value of the radio button, and the end of its class.
    pub code: &'static str,
    pub label: String,
    /// What it means, for those who point at it.
    pub hint: Option<&'static str>,
    pub is_checked: bool,
    pub choose: Box<dyn Fn()>,
}

/// One of several, all in sight: real radio buttons, drawn as the segments of one control. None may be checked.
pub struct RadioGroup {
    /// The accessible name.
    pub name: &'static str,
    /// Names the group among the page's inputs.
    pub input: &'static str,
    pub class: &'static str,
}

impl RadioGroup {
    pub fn view(&self, choices: Vec<Choice>) -> View {
        let Self { name, input, class } = *self;
        let choice = |Choice { code, label, hint, is_checked, choose }: Choice| {
            view! {
                <label class=["choice choice-", code].concat() title=hint>
                    <input type="radio" name=input value=code prop:checked=is_checked on:change=move |_| choose()/>
                    <span>{label}</span>
                </label>
            }
        };
        view! {
            <fieldset class=class role="radiogroup" aria-label=name>
                {choices.into_iter().map(choice).collect_view()}
            </fieldset>
        }
    }
}
