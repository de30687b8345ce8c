//! The transport: where in a run we are, and how we move.

use super::{Selection, Speed};
use crate::cluster::step::Rank;
use crate::recording::{Mark, Pace, Tape};
use crate::time::Instant;

/// What a visitor does with the transport, and the passing of screen time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerCommand {
    Play,
    Pause,
    Toggle,
    /// To the next story step of what is selected, or else of all.
    StepForward,
    StepBack,
    Seek(Instant),
    /// To a place of the slider, in microseconds of story time.
    SeekStory(u64),
    NextBeat,
    PreviousBeat,
    Start,
    End,
    SetPace(Pace),
    SetSpeed(Speed),
    /// Plays to an instant and pauses there.
    PlayTo(Instant),
    /// Screen time has passed, in microseconds.
    Tick {
        elapsed_us: u64,
    },
}

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// Nothing changed that anyone could see.
    Nowhere,
    /// The position, the step in focus or a setting changed.
    There,
    /// Playing came to a beat. Its number.
    Beat(usize),
    /// Playing came to where it was to stop, and paused.
    Held,
    /// Playing came to the horizon, and paused.
    Horizon,
    /// The run was at its horizon, and goes on to a later one now.
    Extended,
    /// There is no story step further on, or further back.
    NothingThere,
}

/// A place in a run and a way of moving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Player {
    position: Instant,
    /// The story step in focus, by its place among the tape's marks: the newest one up to the position, or the one stepped to.
    focus: Option<usize>,
    playing: bool,
    pace: Pace,
    speed: Speed,
    /// How far story time is, while playing at that pace: finer than the position where many instants share a moment.
    story_us: u64,
    /// How far playing has come. The position is there too, but where motion is cut.
    reached: Instant,
    remainder: u64,
    /// Playing goes from step to step and shows nothing between: less motion was asked for.
    cuts: bool,
    beats: Vec<Instant>,
    /// Nothing goes further than this while it is set: an open question.
    hold: Option<Instant>,
    /// Playing was asked to stop here.
    stop: Option<Instant>,
}

impl Player {
    /// Paused at an instant of a tape.
    pub fn new(tape: &Tape, position: Instant) -> Self {
        let mut player = Self {
            position,
            focus: None,
            playing: false,
            pace: Pace::Story,
            speed: Speed::first(Pace::Story),
            story_us: 0,
            reached: position,
            remainder: 0,
            cuts: false,
            beats: Vec::new(),
            hold: None,
            stop: None,
        };
        player.settle(tape, position);
        player
    }

    pub fn position(&self) -> Instant {
        self.position
    }

    pub fn is_playing(&self) -> bool {
        self.playing
    }

    pub fn pace(&self) -> Pace {
        self.pace
    }

    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// The story step in focus.
    pub fn focus<'a>(&self, tape: &'a Tape) -> Option<&'a Mark> {
        tape.marks().get(self.focus?)
    }

    /// The instants of a lesson's beats, in order.
    pub fn set_beats(&mut self, beats: Vec<Instant>) {
        self.beats = beats;
    }

    pub fn beats(&self) -> &[Instant] {
        &self.beats
    }

    /// Sets or lifts the instant that nothing passes: playing and stepping end there, and a seek past it leads there.
    pub fn set_hold(&mut self, hold: Option<Instant>) {
        self.hold = hold;
    }

    /// Whether playing cuts from step to step.
    pub fn set_cuts(&mut self, cuts: bool) {
        self.cuts = cuts;
    }

    /// Up to and including which instant steps that are still to come may be told: an open question is about what comes after it, and a
    /// later beat may ask about what comes then. `None` if all of them may.
    pub fn told_until(&self) -> Option<Instant> {
        let next_beat = self.beats.iter().copied().find(|beat| *beat > self.position);
        let before_beat = next_beat.map(|beat| Instant::from_micros(beat.micros().saturating_sub(1)));
        [self.hold, before_beat].into_iter().flatten().min()
    }

    /// Carries out a command on this tape.
    pub fn act(&mut self, tape: &Tape, selection: Selection, command: PlayerCommand) -> Moved {
        match command {
            PlayerCommand::Play => self.play(tape),
            PlayerCommand::Pause => self.pause(),
            PlayerCommand::Toggle if self.playing => self.pause(),
            PlayerCommand::Toggle => self.play(tape),
            PlayerCommand::StepForward => self.step(tape, selection, true),
            PlayerCommand::StepBack => self.step(tape, selection, false),
            PlayerCommand::Seek(instant) => self.seek(tape, instant),
            PlayerCommand::SeekStory(story_us) => self.seek(tape, tape.pace().instant_at(story_us)),
            PlayerCommand::NextBeat => {
                let next = self.beats.iter().copied().find(|beat| *beat > self.position);
                next.map_or(Moved::NothingThere, |beat| self.seek(tape, beat))
            }
            PlayerCommand::PreviousBeat => {
                let before = self.beats.iter().rev().copied().find(|beat| *beat < self.position);
                before.map_or(Moved::NothingThere, |beat| self.seek(tape, beat))
            }
            PlayerCommand::Start => self.seek(tape, Instant::START),
            PlayerCommand::End => self.seek(tape, tape.horizon()),
            PlayerCommand::SetPace(pace) => {
                if pace != self.pace {
                    self.pace = pace;
                    self.speed = Speed::first(pace);
                }
                self.stand(tape);
                Moved::There
            }
            PlayerCommand::SetSpeed(speed) => {
                self.speed = speed;
                self.remainder = 0;
                Moved::There
            }
            PlayerCommand::PlayTo(instant) => {
                let moved = self.play(tape);
                self.stop = self.playing.then_some(instant);
                moved
            }
            PlayerCommand::Tick { elapsed_us } => self.tick(tape, elapsed_us),
        }
    }

    /// Keeps its place on another tape: another store's world, or a fork.
    pub fn move_to(&mut self, tape: &Tape) {
        self.settle(tape, self.position);
    }

    fn play(&mut self, tape: &Tape) -> Moved {
        if self.position >= tape.horizon() {
            return Moved::Horizon;
        }
        // What held it once does not hold it again from there.
        if self.hold.is_some_and(|hold| hold <= self.position) {
            return Moved::Held;
        }
        self.playing = true;
        self.stop = None;
        self.stand(tape);
        Moved::There
    }

    fn pause(&mut self) -> Moved {
        if std::mem::replace(&mut self.playing, false) { Moved::There } else { Moved::Nowhere }
    }

    fn seek(&mut self, tape: &Tape, instant: Instant) -> Moved {
        self.playing = false;
        match self.hold {
            Some(hold) if instant > hold => {
                self.settle(tape, hold);
                Moved::Held
            }
            _ => {
                self.settle(tape, instant);
                Moved::There
            }
        }
    }

    /// Takes up a position, with the newest story step up to it in focus.
    fn settle(&mut self, tape: &Tape, instant: Instant) {
        self.position = instant.min(tape.horizon());
        self.stand(tape);
        self.focus_on_newest(tape);
    }

    /// Playing, if it does, goes on from the position.
    fn stand(&mut self, tape: &Tape) {
        self.reached = self.position;
        self.story_us = tape.pace().story_at(self.position);
        self.remainder = 0;
    }

    fn focus_on_newest(&mut self, tape: &Tape) {
        let until = tape.marks_until(self.position);
        self.focus = tape.marks().iter().take(until).rposition(|mark| mark.rank == Rank::Story);
    }

    fn step(&mut self, tape: &Tape, selection: Selection, forward: bool) -> Moved {
        self.playing = false;
        let wanted = |mark: &&Mark| mark.rank == Rank::Story && selection.takes(mark);
        let marks = tape.marks();
        let found = if forward {
            let from = self.focus.map_or(0, |focus| focus + 1);
            marks.iter().enumerate().skip(from).find(|(_, mark)| wanted(mark))
        } else {
            // Past its instant, the step in focus itself is one step back.
            let before = match self.focus {
                Some(focus) if marks.get(focus).is_some_and(|mark| mark.at < self.position) => focus + 1,
                Some(focus) => focus,
                None => 0,
            };
            marks.iter().enumerate().take(before).rfind(|(_, mark)| wanted(mark))
        };
        let Some((place, mark)) = found else { return Moved::NothingThere };
        // An open question holds steps as it holds playing.
        if forward && self.hold.is_some_and(|hold| mark.at > hold) {
            return Moved::Held;
        }
        self.position = mark.at;
        self.stand(tape);
        self.focus = Some(place);
        Moved::There
    }

    fn tick(&mut self, tape: &Tape, elapsed_us: u64) -> Moved {
        if !self.playing {
            return Moved::Nowhere;
        }
        let (advance, remainder) = self.speed.scale(elapsed_us, self.remainder);
        self.remainder = remainder;
        let before = self.position;
        let target = match self.pace {
            Pace::Story => {
                self.story_us = self.story_us.saturating_add(advance);
                tape.pace().instant_at(self.story_us)
            }
            Pace::Clock => self.reached + crate::time::Span::from_micros(advance),
        };
        let end = [self.hold, self.stop].into_iter().flatten().fold(tape.horizon(), Instant::min).max(before);
        self.reached = target.clamp(self.reached.min(end), end);
        self.position = self.reached;
        self.focus_on_newest(tape);
        if self.position >= end {
            self.playing = false;
            self.story_us = tape.pace().story_at(self.position);
            return if end < tape.horizon() { Moved::Held } else { Moved::Horizon };
        }
        if self.cuts {
            let step = self.focus(tape).map(|mark| mark.at);
            let beat = self.beats.iter().rfind(|beat| **beat <= self.reached).copied();
            self.position = [step, beat].into_iter().flatten().fold(before, Instant::max);
        }
        let passed = self.beats.iter().rposition(|beat| *beat > before && *beat <= self.position);
        match passed {
            Some(beat) => Moved::Beat(beat),
            None if self.position == before => Moved::Nowhere,
            None => Moved::There,
        }
    }
}
