//! Long lists in parts.

use crate::locale::Language;
use crate::locale::page::{Witness, rows_shown};
use crate::view::prelude::*;
use crate::witness::Rows;

/// Which part of each list is shown, by the id of the list's heading: the first, until the visitor has turned to another. A copy is a
/// handle.
#[derive(Clone, Copy)]
pub struct Pages(RwSignal<Vec<(String, usize)>>);

impl Pages {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// The number of the row that the part shown begins with.
    pub fn first(self, list: &str) -> usize {
        self.0.with(|turned| turned.iter().find(|(known, _)| known == list).map_or(0, |(_, first)| *first))
    }

    fn turn(self, list: &str, first: usize) {
        self.0.update(|turned| {
            turned.retain(|(known, _)| known != list);
            turned.push((list.to_owned(), first));
        });
    }
}

/// Where a part stands in its list.
pub struct Place {
    first: usize,
    end: usize,
    total: usize,
    before: Option<usize>,
    after: Option<usize>,
}

impl Place {
    pub fn of<R>(rows: &Rows<R>) -> Self {
        Self { first: rows.first, end: rows.first + rows.rows.len(), total: rows.total, before: rows.before(), after: rows.after() }
    }

    /// The place of `shown` items from `first` on, in parts of `size`.
    pub fn at(first: usize, shown: usize, total: usize, size: usize) -> Self {
        let end = first + shown;
        Self { first, end, total, before: (first > 0).then(|| first.saturating_sub(size)), after: (end < total).then_some(end) }
    }
}

/// Where a part of a long list stands among all of it, and the ways to the parts beside it. Nothing for a list of one part.
pub fn pager(language: Language, pages: Pages, list: &str, Place { first, end, total, before, after }: Place) -> Option<View> {
    if before.is_none() && after.is_none() {
        return None;
    }
    let go = |to: Option<usize>| {
        let list = list.to_owned();
        move |_: ev::MouseEvent| {
            if let Some(to) = to {
                pages.turn(&list, to);
            }
        }
    };
    let disabled = |to: Option<usize>| to.is_none().then_some("true");
    Some(view! {
        <p class="pager">
            <button type="button" aria-label=language.say(Witness::NewerRows) aria-disabled=disabled(before) on:click=go(before)>"‹"</button>
            <span>{rows_shown(language, first as u64 + 1, end as u64, total as u64)}</span>
            <button type="button" aria-label=language.say(Witness::OlderRows) aria-disabled=disabled(after) on:click=go(after)>"›"</button>
        </p>
    })
}
