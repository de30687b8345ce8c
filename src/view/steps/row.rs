use crate::cluster::evidence;
use crate::cluster::place::ActivationIx;
use crate::cluster::step::Step;
use crate::cluster::{CommandId, World};
use crate::inspection::listing::Row;
use crate::locale::page::{LessonPanel, time_value};
use crate::locale::{Language, instant};
use crate::player::{PlayerCommand, Selection};
use crate::recording::Tape;
use crate::time::Instant;
use crate::view::page::{Page, sentence};
use crate::view::prelude::*;
use wasm_bindgen::JsCast;

fn id_of(ordinal: u64) -> String {
    format!("step-{ordinal}")
}

/// Keeps the current row in sight within the list, without moving the page. While the focus is in the list, it stays as it is.
pub fn follow(current: Memo<Option<u64>>, moved_to: RwSignal<Option<usize>>) {
    Effect::new(move || {
        let Some(ordinal) = current.get() else { return };
        if moved_to.get_untracked().is_some() {
            return;
        }
        request_animation_frame(move || {
            let find = |id: &str| document().get_element_by_id(id).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
            let (Some(list), Some(row)) = (find("step-list"), find(&id_of(ordinal))) else { return };
            if !list.contains(document().active_element().as_deref()) {
                list.set_scroll_top(row.offset_top() - list.client_height() / 2);
            }
        });
    });
}

/// A listed step in words.
#[derive(PartialEq)]
pub struct Line {
    pub ordinal: u64,
    /// Its place in the listing, from 0.
    pub place: usize,
    pub at: Instant,
    activation: Option<ActivationIx>,
    /// The command of the client's that sent what it is about.
    command: Option<CommandId>,
    time: String,
    sentence: String,
    /// The source line that says so: its address, its accessible name, its short name.
    source: [String; 3],
}

impl Line {
    /// A step to come is about things that the world of now does not have, so it is told from the end of the run.
    pub fn of(language: Language, tape: &Tape, Row { place, step }: &Row) -> Self {
        let evidence = evidence::of(&step.kind);
        let short = evidence.short();
        Self {
            ordinal: step.ordinal,
            place: *place,
            at: step.at,
            activation: step.activation,
            command: command_of(tape.end(), step),
            time: instant(language, step.at),
            sentence: sentence(language, tape.end(), step),
            source: [evidence.url(), format!("{short} ({})", language.say(LessonPanel::OpensElsewhere)), short],
        }
    }

    /// What the step is about: its record, or else the exchange.
    fn opens(&self) -> Option<Selection> {
        self.activation.map(Selection::Activation).or(self.command.map(Selection::Exchanges))
    }
}

fn command_of(world: &World, step: &Step) -> Option<CommandId> {
    let exchange = world.exchange(step.exchange?).filter(|exchange| exchange.inner.is_none())?;
    world.setup().commands.get(exchange.command as usize).map(|command| command.id)
}

/// What all rows are drawn by.
pub struct Moment {
    pub page: Page,
    pub lines: Memo<Vec<Line>>,
    pub moved_to: RwSignal<Option<usize>>,
    /// How many of the listed steps are past.
    pub past: usize,
    pub total: usize,
    pub current: Option<u64>,
    pub selected: Option<ActivationIx>,
}

pub fn row(moment: &Moment, line: &Line) -> View {
    let Moment { page, lines, moved_to, .. } = *moment;
    let ordinal = line.ordinal;
    // The same number is another step in the other store's world, so it is read when it is pressed.
    // What travels in the picture is out of a keyboard's reach: its record is opened from here.
    let seek = move |_| {
        let line = lines.with_untracked(|lines| {
            lines.iter().find(|line| line.ordinal == ordinal).map(|line| (line.at, line.opens(), line.sentence.clone()))
        });
        if let Some((at, opens, sentence)) = line {
            moved_to.set(None);
            page.act(PlayerCommand::Seek(at));
            if let Some(selection) = opens {
                page.select(selection);
            }
            page.announce(time_value(page.language.get_untracked(), at, &sentence));
        }
    };
    let is_current = moment.current == Some(ordinal);
    let is_to_come = line.place >= moment.past;
    let is_selected = line.activation.is_some() && line.activation == moment.selected;
    let [href, name, short] = line.source.clone();
    view! {
        <li
            class="step"
            id=id_of(ordinal)
            class:is-current=is_current
            class:is-to-come=is_to_come
            class:is-selected=is_selected
            aria-setsize=moment.total
            aria-posinset=line.place + 1
        >
            <button class="step-main" type="button" aria-current=is_current.then_some("step") on:click=seek>
                <span class="step-time">{line.time.clone()}</span>
                <span class="step-sentence">{line.sentence.clone()}</span>
            </button>
            <a class="step-source" href=href target="_blank" rel="noopener noreferrer" aria-label=name>{short}</a>
        </li>
    }
}
