//! What stands under the slider: where steps, commands and beats are, and the simulated times of some places.

use crate::cluster::step::Rank;
use crate::locale::{Language, span};
use crate::recording::Tape;
use crate::time::Instant;
use crate::view::page::Page;
use crate::view::prelude::*;
use std::fmt::Write;

/// The slider's length, in the units of this drawing, whose `viewBox` it is.
const LENGTH: u64 = 2_000;
/// The least space between two times, and between two that a narrow screen has room for.
const APART: u64 = 330;
const FAR_APART: u64 = 560;

/// A time under the slider.
struct Label {
    place: u64,
    at: Instant,
    /// There is room for it on a narrow screen too.
    always: bool,
}

struct Drawing {
    steps: String,
    commands: String,
    beats: String,
    labels: Vec<Label>,
}

fn place(tape: &Tape, at: Instant) -> u64 {
    tape.pace().story_at(at).saturating_mul(LENGTH) / tape.pace().story_end().max(1)
}

/// A stroke at each place, those that fall together drawn once.
fn strokes(places: impl Iterator<Item = u64>, height: u64) -> String {
    let mut path = String::new();
    let mut last = None;
    for place in places {
        if last != Some(place) {
            last = Some(place);
            // Writing to a string does not fail.
            let _ = write!(path, "M{place} 0v{height}");
        }
    }
    path
}

/// Which instants get their time written: the ends, then beats, then commands, then whatever keeps the scale readable.
fn labels(tape: &Tape, beats: &[Instant]) -> Vec<Label> {
    let commands = tape.run().commands.iter().map(|command| command.at);
    let quarters = (1..8).map(|eighth| tape.pace().instant_at(tape.pace().story_end() / 8 * eighth));
    let wanted = [Instant::START, tape.horizon()].into_iter().chain(beats.iter().copied()).chain(commands).chain(quarters);
    let mut labels: Vec<Label> = Vec::new();
    for at in wanted {
        let place = place(tape, at);
        let nearest = |only_always: bool| {
            let others = labels.iter().filter(|label| label.always || !only_always);
            others.map(|label| label.place.abs_diff(place)).min().unwrap_or(LENGTH)
        };
        // Two places that read the same to a tenth of a second would look like a mistake.
        let reads_like_another = labels.iter().any(|label| label.at.micros() / 100_000 == at.micros() / 100_000);
        if nearest(false) >= APART && !reads_like_another {
            labels.push(Label { place, at, always: nearest(true) >= FAR_APART });
        }
    }
    labels
}

fn draw(tape: &Tape, beats: &[Instant]) -> Drawing {
    let story = tape.marks().iter().filter(|mark| mark.rank == Rank::Story).map(|mark| place(tape, mark.at));
    Drawing {
        steps: strokes(story, 4),
        commands: strokes(tape.run().commands.iter().map(|command| place(tape, command.at)), 7),
        beats: strokes(beats.iter().map(|beat| place(tape, *beat)), 10),
        labels: labels(tape, beats),
    }
}

fn label_text(language: Language, at: Instant) -> String {
    if at == Instant::START { "0".to_owned() } else { span(language, at.since(Instant::START)) }
}

/// Where a label stands, in hundredths of a per cent.
fn percent(place: u64) -> String {
    let hundredths = place * 10_000 / LENGTH;
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Drawn from all steps of a tape: not more often than there is another tape, or other beats.
pub fn ticks(page: Page, beats: &[Instant]) -> View {
    let language = page.language.get();
    let Drawing { steps, commands, beats, labels } = page.with_tape(|tape| draw(tape, beats));
    let label = |Label { place, at, always }: Label| {
        let is_last = place >= LENGTH;
        view! {
            <span class="tick-label" class:is-minor=!always class:is-first=place == 0 class:is-last=is_last
                style:--place=percent(place)>
                {label_text(language, at)}
            </span>
        }
    };
    view! {
        <div class="ticks" aria-hidden="true">
            <svg viewBox="0 0 2000 10" preserveAspectRatio="none" focusable="false">
                <path class="ticks-steps" d=steps></path>
                <path class="ticks-commands" d=commands></path>
                <path class="ticks-beats" d=beats></path>
            </svg>
            <div class="tick-labels">{labels.into_iter().map(label).collect_view()}</div>
        </div>
    }
}
