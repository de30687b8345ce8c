//! What someone has filled into the form, and what is wrong with it.

use super::invoke::Cluster;
use crate::cluster::{Act, BURST_GAP_US_MAX, Refused, Wait};
use crate::locale::Language;
use crate::locale::page::{InvokeDialog, not_a_number, out_of_range, refused};
use crate::view::prelude::*;

/// Invocations in one burst from the page. A run takes more, but nobody would see them apart.
const COUNT_MAX: u64 = 1_000;

/// A field in which a number is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Count,
    GapMs,
}

impl Field {
    pub const fn name(self) -> InvokeDialog {
        match self {
            Self::Count => InvokeDialog::HowMany,
            Self::GapMs => InvokeDialog::Gap,
        }
    }

    pub const fn hint(self) -> InvokeDialog {
        match self {
            Self::Count => InvokeDialog::HowManyHint,
            Self::GapMs => InvokeDialog::GapHint,
        }
    }

    /// The name of its input.
    pub const fn input(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::GapMs => "gap",
        }
    }

    pub const fn selector(self) -> &'static str {
        match self {
            Self::Count => "[name='count']",
            Self::GapMs => "[name='gap']",
        }
    }

    const fn range(self) -> (u64, u64) {
        match self {
            Self::Count => (1, COUNT_MAX),
            Self::GapMs => (0, BURST_GAP_US_MAX / 1_000),
        }
    }

    fn read(self, typed: &str) -> Result<u64, Mistake> {
        let typed = typed.trim();
        let Ok(value) = typed.parse::<u64>() else {
            return Err(Mistake::NotANumber(self, typed.chars().take(40).collect()));
        };
        let (min, max) = self.range();
        if (min..=max).contains(&value) { Ok(value) } else { Err(Mistake::OutOfRange(self, value)) }
    }
}

/// Why the form is not sent. It becomes a sentence where it is shown, so that it follows the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    NotANumber(Field, String),
    OutOfRange(Field, u64),
    Refused(Refused),
}

impl Mistake {
    /// The field to mend.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::NotANumber(field, _) | Self::OutOfRange(field, _) => Some(*field),
            Self::Refused(_) => None,
        }
    }

    pub fn text(&self, language: Language) -> String {
        let named = |field: Field| (language.say(field.name()), field.range());
        match self {
            Self::NotANumber(field, typed) => {
                let (name, (min, max)) = named(*field);
                not_a_number(language, name, typed, min, max)
            }
            Self::OutOfRange(field, value) => {
                let (name, (min, max)) = named(*field);
                out_of_range(language, name, *value, min, max)
            }
            Self::Refused(reason) => refused(language, reason),
        }
    }
}

/// The form's fields as they are filled in. A copy is a handle.
#[derive(Clone, Copy)]
pub struct InvokeDraft {
    /// The namespace and the name of the action; `None` until one is chosen, which stands for the first.
    pub action: RwSignal<Option<(String, String)>>,
    pub wait: RwSignal<Wait>,
    pub count: RwSignal<String>,
    pub gap_ms: RwSignal<String>,
    pub mistake: RwSignal<Option<Mistake>>,
}

impl InvokeDraft {
    pub fn new() -> Self {
        Self {
            action: RwSignal::new(None),
            wait: RwSignal::new(Wait::NonBlocking),
            count: RwSignal::new("1".to_owned()),
            gap_ms: RwSignal::new("0".to_owned()),
            mistake: RwSignal::new(None),
        }
    }

    /// The form opens. What was chosen last may belong to another cluster.
    pub fn open(&self, cluster: &Cluster) {
        let known = self.action.get_untracked().filter(|chosen| cluster.actions.contains(chosen));
        self.action.set(known.or_else(|| cluster.actions.first().cloned()));
        self.mistake.set(None);
    }

    pub fn field(&self, field: Field) -> RwSignal<String> {
        match field {
            Field::Count => self.count,
            Field::GapMs => self.gap_ms,
        }
    }

    /// More than one is asked for, as far as what is typed can be read.
    pub fn is_burst(&self) -> bool {
        self.count.with(|typed| typed.trim().parse::<u64>().is_ok_and(|count| count > 1))
    }

    /// What is to be given for an action, or the first field that is wrong. A single invocation has no gap, whatever stands there.
    pub fn act(&self, (namespace, action): (String, String)) -> Result<Act, Mistake> {
        let count = self.count.with_untracked(|typed| Field::Count.read(typed))?;
        let gap_ms = if count > 1 { self.gap_ms.with_untracked(|typed| Field::GapMs.read(typed))? } else { 0 };
        // The range is far below what fits.
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Act::Invoke {
            namespace,
            action,
            wait: self.wait.get_untracked(),
            count,
            gap_us: gap_ms * 1_000,
            extra_logging: false,
            timeout_ms: None,
        })
    }
}

/// The line that one would type for it.
pub fn command_line(namespace: &str, action: &str, wait: Wait) -> String {
    let path = if namespace == "guest" { action.to_owned() } else { format!("/{namespace}/{action}") };
    let flag = match wait {
        Wait::NonBlocking => "",
        Wait::Blocking => " --blocking",
        Wait::Result => " --result",
    };
    format!("wsk action invoke {path}{flag}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_values_are_refused_with_the_name_the_value_and_the_range() {
        let check = |field: Field, typed: &str, expected: &str| {
            let found = field.read(typed).map_or_else(|mistake| mistake.text(Language::English), |value| value.to_string());
            assert_eq!(found, expected);
        };
        check(Field::Count, " 50 ", "50");
        check(Field::Count, "0", "How many is 0, but must be from 1 to 1000.");
        check(Field::Count, "1001", "How many is 1001, but must be from 1 to 1000.");
        check(Field::Count, "-3", "How many is “-3”, but must be a whole number from 1 to 1000.");
        check(Field::Count, "", "How many is “”, but must be a whole number from 1 to 1000.");
        check(Field::GapMs, "60000", "60000");
        check(Field::GapMs, "60001", "Gap in ms is 60\u{202f}001, but must be from 0 to 60\u{202f}000.");
    }

    #[test]
    fn the_command_is_the_one_that_a_person_types() {
        assert_eq!(command_line("guest", "hello", Wait::NonBlocking), "wsk action invoke hello");
        assert_eq!(command_line("guest", "hello", Wait::Result), "wsk action invoke hello --result");
        assert_eq!(command_line("whisk.system", "echo", Wait::Blocking), "wsk action invoke /whisk.system/echo --blocking");
    }
}
