//! All tokens of a hue as one SVG path, written anew at each frame.

use super::dart::{push_dart, push_open_dart};
use super::tenths::push_tenths;
use super::tokens::{Shape, Token};
use crate::cluster::place::StoreKind;

/// The colour of a token: that of the part whose thing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Hue {
    /// Housekeeping: no part's own.
    Faint = 0,
    Controller = 1,
    Kafka = 2,
    CouchDb = 3,
    Elasticsearch = 4,
}

impl Hue {
    pub const ALL: [Self; 5] = [Self::Faint, Self::Controller, Self::Kafka, Self::CouchDb, Self::Elasticsearch];

    pub const fn of_store(store: StoreKind) -> Self {
        match store {
            StoreKind::CouchDb => Self::CouchDb,
            StoreKind::Elasticsearch => Self::Elasticsearch,
            StoreKind::Noop => Self::Faint,
        }
    }
}

/// One path a hue. Shapes are filled by the even-odd rule: what is hollow has an inner outline.
#[derive(Debug, Default)]
pub struct TokenPaths {
    texts: [String; Hue::ALL.len()],
}

impl TokenPaths {
    pub fn draw(&mut self, tokens: &[Token]) {
        self.texts.iter_mut().for_each(String::clear);
        for token in tokens {
            if let Some(text) = self.texts.get_mut(token.hue as usize) {
                push_token(text, token);
            }
        }
    }

    /// The `d` of a hue's path; empty if nothing of it is under way.
    pub fn of(&self, hue: Hue) -> &str {
        self.texts.get(hue as usize).map_or("", String::as_str)
    }
}

/// A sheet with a folded corner and two lines of text on it.
const SHEET: &str = "m-5-6.5h6l4 4v9h-10zm2.5 5.5v1.2h5v-1.2zm0 3.2v1.2h5v-1.2z";
const OPEN_SHEET: &str = "m-5-6.5h6l4 4v9h-10zm1.5 1.5v10h7v-6.9l-3.1-3.1z";
const CELL: &str = "m-5-5h10v10h-10zm2.2 2.2v1.4h5.6v-1.4z";
const RING: &str = "m-5.5 0a5.5 5.5 0 1 1 11 0a5.5 5.5 0 1 1-11 0zm2 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z";
const DOT: &str = "m-2.5 0a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0z";

fn push_token(text: &mut String, token: &Token) {
    text.push('M');
    push_tenths(text, token.at.x);
    text.push(' ');
    push_tenths(text, token.at.y);
    match token.shape {
        Shape::Sheet => text.push_str(SHEET),
        Shape::OpenSheet => text.push_str(OPEN_SHEET),
        Shape::Cell => text.push_str(CELL),
        Shape::Ring => text.push_str(RING),
        Shape::Dot => text.push_str(DOT),
        Shape::Dart => push_dart(text, token.heading),
        Shape::OpenDart => push_open_dart(text, token.heading),
    }
}
