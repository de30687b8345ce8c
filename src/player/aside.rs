//! What the terminal says by itself, in no simulated time: it belongs to the instant at which it was typed, and to no run.

use crate::shell::Printed;
use crate::time::Instant;

/// The oldest go first.
const ASIDES_MAX: usize = 200;

/// A line that gave no command, and what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    pub at: Instant,
    /// How many commands the run had by then: it stands behind them.
    pub given: usize,
    /// Tells it from others.
    pub number: u64,
    pub line: String,
    pub said: Said,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Printed(Printed),
    /// The page's own text.
    Help,
    /// The screen is cleared: nothing before it is shown.
    Clear,
}

/// All of a lesson's, in the order of typing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asides {
    all: Vec<Aside>,
    made: u64,
}

impl Asides {
    pub fn add(&mut self, at: Instant, given: usize, line: String, said: Said) {
        self.made += 1;
        self.all.push(Aside { at, given, number: self.made, line, said });
        if self.all.len() > ASIDES_MAX {
            self.all.remove(0);
        }
    }

    /// Those that were typed up to an instant, by their instants.
    pub fn until(&self, instant: Instant) -> Vec<&Aside> {
        let mut shown: Vec<&Aside> = self.all.iter().filter(|aside| aside.at <= instant).collect();
        shown.sort_by_key(|aside| (aside.at, aside.given, aside.number));
        shown
    }

    /// Takes back every clearing of the screen up to an instant.
    pub fn show_again(&mut self, instant: Instant) {
        self.all.retain(|aside| aside.said != Said::Clear || aside.at > instant);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aside_is_there_from_its_instant_on() {
        let at = Instant::from_millis;
        let mut asides = Asides::default();
        asides.add(at(20), 2, "help".to_owned(), Said::Help);
        asides.add(at(10), 1, "clear".to_owned(), Said::Clear);
        asides.add(at(30), 3, "clear".to_owned(), Said::Clear);
        let lines = |asides: &Asides, instant| asides.until(instant).iter().map(|aside| aside.line.clone()).collect::<Vec<_>>();
        assert_eq!(lines(&asides, at(9)), Vec::<String>::new());
        assert_eq!(lines(&asides, at(20)), ["clear", "help"]);
        asides.show_again(at(20));
        assert_eq!(lines(&asides, at(30)), ["help", "clear"], "the later clearing stays");
    }

    #[test]
    fn the_oldest_go_first() {
        let mut asides = Asides::default();
        for given in 0..ASIDES_MAX + 3 {
            asides.add(Instant::START, given, String::new(), Said::Help);
        }
        let shown = asides.until(Instant::START);
        assert_eq!((shown.len(), shown.first().map(|aside| aside.given)), (ASIDES_MAX, Some(3)));
    }
}
