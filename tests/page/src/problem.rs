//! Why a test failed, as a sentence.

use std::fmt;

pub type TestResult = Result<(), Problem>;

/// Its `Debug` is its text, because that is what the test runner prints of a test that returns it.
pub struct Problem(String);

impl Problem {
    pub fn new(what: impl Into<String>) -> Self {
        Problem(what.into())
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Problem {
    fn from(error: E) -> Self {
        Problem(error.to_string())
    }
}
