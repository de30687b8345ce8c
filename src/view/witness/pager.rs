use crate::locale::page::{Witness, rows_shown};
use crate::view::page::page;
use crate::view::prelude::*;
use crate::witness::Rows;

/// Where a part of a long list stands among all of it, and the ways to the parts beside it. Nothing for a list of one part.
#[component]
pub fn Pager<R>(rows: Memo<Rows<R>>, first: RwSignal<usize>) -> impl IntoView
where
    R: PartialEq + 'static,
{
    let page = page();
    let place = Memo::new(move || rows.with(|rows| (rows.first, rows.rows.len(), rows.total, rows.before(), rows.after())));
    let go = move |to: Option<usize>| {
        if let Some(to) = to {
            first.set(to);
        }
    };
    let text = move || {
        let (before, shown, total, ..) = place.get();
        rows_shown(page.language.get(), before as u64 + 1, (before + shown) as u64, total as u64)
    };
    view! {
        <Show when=move || place.with(|(_, _, _, before, after)| before.is_some() || after.is_some())>
            <p class="pager">
                <button
                    type="button"
                    aria-label=move || page.language.get().say(Witness::NewerRows)
                    aria-disabled=move || place.with(|(_, _, _, before, _)| before.is_none().then_some("true"))
                    on:click=move |_| go(place.with_untracked(|place| place.3))
                >
                    "‹"
                </button>
                <span>{text}</span>
                <button
                    type="button"
                    aria-label=move || page.language.get().say(Witness::OlderRows)
                    aria-disabled=move || place.with(|(_, _, _, _, after)| after.is_none().then_some("true"))
                    on:click=move |_| go(place.with_untracked(|place| place.4))
                >
                    "›"
                </button>
            </p>
        </Show>
    }
}
