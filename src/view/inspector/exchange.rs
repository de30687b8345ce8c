//! What a command of the client's sent, and what came back, as HTTP.

use crate::cluster::CommandId;
use crate::cluster::step::NoAnswer;
use crate::inspection::exchange::{EXCHANGES_MAX, Message, Outline, State, Told, messages, newest, told};
use crate::locale::page::{Exchanged as Words, cut_text};
use crate::locale::{Language, instant};
use crate::player::Selection;
use crate::view::copy::copy_button;
use crate::view::page::{Page, page};
use crate::view::predict::{covered, predict_first};
use crate::view::prelude::*;
use crate::view::witness::{Pages, Place, pager};

/// Commands that a client's list has.
const COMMANDS_SHOWN: usize = 20;
/// So many exchanges are opened from the start; of more, only the newest.
const OPEN_MAX: usize = 3;

/// The exchanges whose messages the visitor has opened (`true`) or closed, by their place.
type Turned = RwSignal<Vec<(usize, bool)>>;

#[component]
pub fn ExchangesView(command: CommandId) -> impl IntoView {
    let page = page();
    let covered = covered();
    let (pages, turned, whole) = (Pages::new(), Turned::new(Vec::new()), RwSignal::new(Vec::new()));
    let list = "exchanges";
    let told = Memo::new(move || {
        let first = pages.first(list);
        page.with_world(|world| told(world, command, first))
    });
    move || {
        let language = page.language.get();
        let heading = |line: &str| view! { <p class="exchange-line"><code>{line.to_owned()}</code></p> };
        let inside = told.with(|told| match told {
            Told::NotInRun => view! { <p class="hint">{language.say(Words::NotInRun)}</p> },
            Told::ToCome { line } => view! { {heading(line)}<p class="hint">{language.say(Words::ToCome)}</p> },
            Told::Given { line, exchanges, .. } if exchanges.is_empty() => {
                view! { {heading(line)}<p class="hint">{language.say(Words::NothingSent)}</p> }
            }
            Told::Given { line, exchanges, first, total } => {
                let hides_answers = covered.get().answers();
                let desk = Desk { page, language, command, turned, whole, hides_answers };
                let usual = |outline: &Outline| *total <= OPEN_MAX || outline.place + 1 == *total;
                let is_open = |outline: &Outline| {
                    turned.with(|turned| turned.iter().find(|it| it.0 == outline.place).map_or(usual(outline), |it| it.1))
                };
                let place = Place::at(*first, exchanges.len(), *total, EXCHANGES_MAX);
                view! {
                    {heading(line)}
                    {pager(language, pages, list, place)}
                    {exchanges.iter().map(|outline| desk.section(outline, is_open(outline))).collect_view()}
                }
            }
        });
        view! { <h2 class="eyebrow">{language.say(Words::Title)}</h2>{inside} }
    }
}

/// What sections are drawn with.
struct Desk {
    page: Page,
    language: Language,
    command: CommandId,
    turned: Turned,
    /// The bodies that the visitor wants to see whole: the exchange's place, and whether it is the answer's.
    whole: RwSignal<Vec<(usize, bool)>>,
    hides_answers: bool,
}

impl Desk {
    fn section(&self, outline: &Outline, is_open: bool) -> View {
        let (language, turned, place) = (self.language, self.turned, outline.place);
        let turn = move |_| {
            turned.update(|turned| {
                turned.retain(|it| it.0 != place);
                turned.push((place, !is_open));
            });
        };
        let state = if self.hides_answers { String::new() } else { state_text(language, outline.state) };
        let name = format!("{} {}", outline.method, outline.target);
        let body = is_open.then(|| self.messages(place)).flatten();
        view! {
            <section class="exchange" aria-label=name.clone()>
                <h3>
                    <button class="exchange-head" type="button" aria-expanded=if is_open { "true" } else { "false" } on:click=turn>
                        <code>{name}</code>
                    </button>
                </h3>
                <p class="exchange-times">{language.say(Words::Sent)}" "{instant(language, outline.sent)}" "{state}</p>
                {body}
            </section>
        }
    }

    fn messages(&self, place: usize) -> Option<View> {
        let language = self.language;
        let messages = self.page.with_world_untracked(|world| messages(world, self.command, place))?;
        let (line, is_long) = (messages.curl.clone(), messages.curl.contains("@body.json"));
        let copy = copy_button(self.page, language, language.say(Words::CopyCurl).to_owned(), Box::new(move || line.clone()));
        let curl = view! {
            <div class="document-form">
                {copy}
                <pre class="log" tabindex="0" role="group" aria-label="curl"><code>{messages.curl}</code></pre>
            </div>
        };
        let answer = match messages.answer {
            _ if self.hides_answers => Some(predict_first(language)),
            answer => answer.map(|answer| self.message(Words::Answer, &answer, (place, true))),
        };
        Some(view! {
            {self.message(Words::Request, &messages.request, (place, false))}
            {messages.has_guest_key.then(|| view! { <p class="hint">{language.say(Words::GuestKey)}</p> })}
            {curl}
            {is_long.then(|| view! { <p class="hint">{language.say(Words::LongBody)}</p> })}
            {answer}
        })
    }

    fn message(&self, name: Words, message: &Message, of: (usize, bool)) -> View {
        let (page, language, whole) = (self.page, self.language, self.whole);
        let (body, is_cut) = message.laid_out(whole.with(|whole| whole.contains(&of)));
        let headers: String = message.headers.iter().map(|(name, value)| format!("\n{name}: {value}")).collect();
        let (all, raw) = (message.text(), message.body.clone());
        let named = |word: Words| format!("{}: {}", language.say(word), language.say(name));
        let copy = copy_button(page, language, named(Words::CopyMessage), Box::new(move || all.clone()));
        let cut = is_cut.then(|| {
            view! {
                <p class="hint">
                    {cut_text(language, message.body.len() as u64)}" "
                    <button class="small-button" type="button" on:click=move |_| whole.update(|whole| whole.push(of))>
                        {language.say(Words::Whole)}
                    </button>
                </p>
            }
        });
        let body = if body.is_empty() {
            view! { <p class="hint">{language.say(Words::NoBody)}</p> }
        } else {
            let copy = copy_button(page, language, named(Words::CopyBody), Box::new(move || raw.clone()));
            view! { <div class="document-form">{copy}<pre class="log" tabindex="0" role="group"><code>{body}</code></pre></div>{cut} }
        };
        view! {
            <h4 class="exchange-message">{language.say(name)}</h4>
            <div class="document-form">
                {copy}
                <pre class="log" tabindex="0" role="group" aria-label=language.say(name)><code><strong>{message.start.clone()}</strong>{headers}</code></pre>
            </div>
            {body}
        }
    }
}

fn state_text(language: Language, state: State) -> String {
    let (at, word) = match state {
        State::OnItsWay => return language.say(Words::OnItsWay).to_owned(),
        State::Answered { at, status } => {
            return format!("{} {} ({status})", language.say(Words::Answered), instant(language, at));
        }
        State::Failed { at, why: NoAnswer::Refused } => (at, Words::Refused),
        State::Failed { at, why: NoAnswer::TimedOut } => (at, Words::TimedOut),
        State::Failed { at, why: NoAnswer::Broken } => (at, Words::Broken),
        State::Abandoned { at } => (at, Words::Abandoned),
    };
    format!("{} {}", instant(language, at), language.say(word))
}

/// The client's newest commands, each of which opens its exchanges.
pub fn newest_commands(page: Page, language: Language) -> View {
    let commands = page.with_world(|world| newest(world, COMMANDS_SHOWN));
    let row = |(id, line): (CommandId, String)| {
        let open = move |_| page.select(Selection::Exchanges(id));
        view! { <li><button type="button" class="button-plain" on:click=open><code>{line}</code></button></li> }
    };
    view! {
        <h3>{language.say(Words::OfClient)}</h3>
        <ul class="node-state" role="list">{commands.into_iter().map(row).collect_view()}</ul>
    }
}
