//! The life of a record: what took how long, from the request's arrival until a list returns the record.

use crate::cluster::evidence::{self, Evidence};
use crate::cluster::place::ActivationIx;
use crate::cluster::step::{DesignDocument, Rank, Step, StepKind, Whereabouts};
use crate::recording::Tape;
use crate::time::{Instant, Span};

/// A stretch of a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stretch {
    /// From the request's arrival to init or run: `waitTime`.
    Wait,
    /// `initTime`.
    Init,
    Run,
    Logs,
    /// From the writer's batcher into the store.
    Store,
    /// From the store until a list returns the record.
    Visible,
}

impl Stretch {
    pub const ALL: [Self; 6] = [Self::Wait, Self::Init, Self::Run, Self::Logs, Self::Store, Self::Visible];
}

/// A stretch with its ends. Without a second one it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    pub stretch: Stretch,
    pub from: Instant,
    pub to: Option<Instant>,
    /// The source lines of the step that began it, or for a wait of the one that ended it.
    pub cites: Option<&'static Evidence>,
}

/// A life as far as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Life {
    pub bars: Vec<Bar>,
    /// When the caller had its answer.
    pub answered: Option<Instant>,
}

impl Life {
    /// The life of an activation in the whole run. [`Self::until`] keeps what is to come to itself.
    pub fn of(tape: &Tape, ix: ActivationIx) -> Option<Self> {
        let activation = tape.end().activation(ix)?;
        let answered = activation.exchange.and_then(|exchange| tape.end().exchange(exchange)).and_then(|exchange| exchange.answered);
        let steps = steps_of(tape, ix);
        let mut bars = vec![Bar { stretch: Stretch::Wait, from: activation.received, to: None, cites: None }];
        for step in &steps {
            follow(&mut bars, step);
        }
        if let Some(stored) = steps.iter().find(|step| matches!(step.kind, StepKind::RecordStored { .. }))
            && let Some(bar) = bars.iter_mut().find(|bar| bar.stretch == Stretch::Visible)
            && bar.to.is_none()
        {
            bar.to = listed_at(tape, stored);
        }
        Some(Self { bars, answered })
    }

    /// What is known of it at an instant.
    pub fn until(&self, now: Instant) -> Self {
        let past = |instant: Option<Instant>| instant.filter(|instant| *instant <= now);
        let begun = self.bars.iter().filter(|bar| bar.from <= now);
        Self { bars: begun.map(|bar| Bar { to: past(bar.to), ..*bar }).collect(), answered: past(self.answered) }
    }
}

/// What a step begins and ends.
fn follow(bars: &mut Vec<Bar>, step: &Step) {
    let mut end = |stretch: Stretch| {
        if let Some(bar) = bars.iter_mut().find(|bar| bar.stretch == stretch) {
            bar.to.get_or_insert(step.at);
        }
    };
    let begins = match step.kind {
        StepKind::InitStarted { .. } => {
            end(Stretch::Wait);
            Stretch::Init
        }
        StepKind::InitEnded { .. } => return end(Stretch::Init),
        StepKind::RunStarted { .. } => {
            end(Stretch::Wait);
            Stretch::Run
        }
        StepKind::RunEnded { .. } => {
            end(Stretch::Run);
            Stretch::Logs
        }
        StepKind::LogsCollected { .. } | StepKind::LogCollectionFailed { .. } => return end(Stretch::Logs),
        StepKind::RecordQueued { .. } => Stretch::Store,
        StepKind::RecordStored { .. } => {
            end(Stretch::Store);
            Stretch::Visible
        }
        StepKind::RecordRefused { whereabouts: Whereabouts::Nowhere, .. }
        | StepKind::RecordGivenUp { whereabouts: Whereabouts::Nowhere, .. }
        | StepKind::LateWriteLost { .. } => return end(Stretch::Store),
        StepKind::RecordSearchable { .. } => return end(Stretch::Visible),
        _ => return,
    };
    if matches!(begins, Stretch::Init | Stretch::Run)
        && let Some(wait) = bars.iter_mut().find(|bar| bar.stretch == Stretch::Wait)
    {
        wait.cites.get_or_insert(evidence::of(&step.kind));
    }
    // With a log limit of 0 there is nothing to collect: the write begins where the logs would.
    if begins == Stretch::Store {
        bars.retain(|bar| bar.stretch != Stretch::Logs || bar.to.is_some());
    }
    bars.push(Bar { stretch: begins, from: step.at, to: None, cites: Some(evidence::of(&step.kind)) });
}

/// All steps about an activation in the whole run.
pub fn steps_of(tape: &Tape, ix: ActivationIx) -> Vec<Step> {
    match (tape.life_of(ix), tape.end().activation(ix)) {
        (steps, Some(activation)) if steps.is_empty() => unmarked(tape, ix, activation.received),
        (steps, _) => steps,
    }
}

/// The steps of a health test, which has no marks in the tape. It is over, stored and searchable within seconds.
fn unmarked(tape: &Tape, ix: ActivationIx, received: Instant) -> Vec<Step> {
    const AT_MOST: Span = Span::from_secs(20);
    // Where something is broken it may take until the end.
    let is_quiet = tape.run().commands.iter().all(|command| command.act.is_clients());
    let first = tape.world_at(received).step_count();
    let mut steps = Vec::new();
    tape.steps_from(first, 1, |_, step| {
        if step.activation == Some(ix) {
            steps.push(*step);
        }
        is_quiet && step.at > received + AT_MOST
    });
    steps
}

/// When CouchDB's list view first has the record: at the end of the first update that began after the record was stored.
///
/// A view's steps are about no activation, so they are looked for among those of the story that are not. Nothing after the last of
/// them is played.
fn listed_at(tape: &Tape, stored: &Step) -> Option<Instant> {
    let shared = tape.marks().iter().rfind(|mark| mark.rank == Rank::Story && mark.activation.is_none())?.ordinal;
    if shared <= stored.ordinal {
        return None;
    }
    let mut has_begun = false;
    let found = tape.steps_from(stored.ordinal + 1, 1, |_, step| {
        if let StepKind::ViewUpdateStarted { view: DesignDocument::Whisks, .. } = step.kind {
            has_begun = true;
        }
        let is_it = has_begun && matches!(step.kind, StepKind::ViewUpdated { view: DesignDocument::Whisks, .. });
        is_it || step.ordinal >= shared
    });
    let step = found.first()?;
    (has_begun && matches!(step.kind, StepKind::ViewUpdated { view: DesignDocument::Whisks, .. })).then_some(step.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::place::StoreKind;
    use crate::cluster::{Act, Command, Configuration, Wait};
    use crate::recording::Run;

    fn tape(store: StoreKind) -> Tape {
        let invoke = Act::Invoke {
            namespace: "guest".into(),
            action: "hello".into(),
            wait: Wait::Blocking,
            count: 1,
            gap_us: 0,
            extra_logging: false,
        };
        let list = || Act::List { name: None, limit: 30, skip: 0 };
        let mut commands: Vec<Command> = Vec::new();
        for (at, act) in [(8_000, invoke), (12_000, list()), (14_000, list())] {
            commands.push(Command::new(Instant::from_millis(at), "guest", act, &commands));
        }
        Tape::new(Run::new(Configuration { store, ..Configuration::default() }, 7, commands)).unwrap()
    }

    fn invoked(tape: &Tape) -> ActivationIx {
        tape.end().activations().find(|(_, activation)| !activation.health_test).unwrap().0
    }

    #[test]
    fn a_life_goes_from_the_request_to_the_list() {
        for store in StoreKind::ALL {
            let tape = tape(store);
            let life = Life::of(&tape, invoked(&tape)).unwrap();
            let record = tape.end().activation(invoked(&tape)).unwrap().record.unwrap();
            let stretches: Vec<Stretch> = life.bars.iter().map(|bar| bar.stretch).collect();
            assert_eq!(stretches, Stretch::ALL, "{store:?}");
            for pair in life.bars.windows(2) {
                assert!(pair[0].to.unwrap() <= pair[1].from, "{pair:?}");
            }
            assert!(life.bars.iter().all(|bar| bar.cites.is_some()));
            let took = |place: usize| life.bars[place].to.unwrap().since(life.bars[place].from).millis();
            assert!(took(0).abs_diff(record.wait_ms) <= 1);
            assert!((took(1) + took(2)).abs_diff(u64::from(record.duration_ms)) <= 1);
            // A blocking caller has its answer before the record is stored.
            assert!(life.answered.unwrap() < life.bars[5].from);
            let visible = life.bars[5].to.unwrap();
            match store {
                // The first list starts the update; it ends within a tenth of a second.
                StoreKind::CouchDb => assert!((12_000..12_300).contains(&(visible.micros() / 1_000))),
                StoreKind::Noop => {}
                StoreKind::Elasticsearch => assert!(visible.since(life.bars[5].from).millis() <= 1_000),
            }
        }
    }

    #[test]
    fn a_health_test_has_a_life_too() {
        let tape = tape(StoreKind::Elasticsearch);
        let (ix, _) = tape.end().activations().find(|(_, activation)| activation.health_test).unwrap();
        let life = Life::of(&tape, ix).unwrap();
        assert!(life.bars.iter().all(|bar| bar.to.is_some()), "{life:?}");
        assert_eq!(life.bars.last().map(|bar| bar.stretch), Some(Stretch::Visible));
    }

    #[test]
    fn what_is_to_come_is_not_told() {
        let tape = tape(StoreKind::CouchDb);
        let life = Life::of(&tape, invoked(&tape)).unwrap();
        let during_run = life.bars[2].from;
        let told = life.until(during_run);
        assert_eq!(told.bars.len(), 3);
        assert_eq!((told.bars[2].to, told.answered), (None, None));
        assert!(told.bars[1].to.is_some());
        assert_eq!(life.until(tape.horizon()), life);
    }
}
