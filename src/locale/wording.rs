//! Texts with values in them, put together piece by piece.
//!
//! A page in two languages has hundreds of them, and each `format!` costs a few hundred bytes of wasm. A piece costs a call.

use super::quantity::{number, short_id, span, typeset};
use super::steps::store_name;
use super::{Language, instant};
use crate::cluster::place::{ControllerId, InvokerId, Node, Process, StoreKind, Topic};
use crate::time::{Instant, Span};

/// A text on its way to a reader of one language.
pub(crate) struct Wording {
    language: Language,
    text: String,
}

impl Wording {
    pub(crate) const fn new(language: Language) -> Self {
        Self { language, text: String::new() }
    }

    #[inline(never)]
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The text. In Chinese the values in it get the spaces that the words around them could not know of.
    #[inline(never)]
    pub(crate) fn finish(self) -> String {
        match self.language {
            Language::English => self.text,
            Language::Chinese => typeset(&self.text),
        }
    }
}

/// Something that can stand in a text.
pub(crate) trait Piece {
    fn put(self, to: &mut Wording);
}

impl Piece for &str {
    fn put(self, to: &mut Wording) {
        to.push(self);
    }
}

impl Piece for &String {
    fn put(self, to: &mut Wording) {
        to.push(self);
    }
}

impl Piece for u64 {
    #[inline(never)]
    fn put(self, to: &mut Wording) {
        to.push(&number(self));
    }
}

impl Piece for u32 {
    #[inline(never)]
    fn put(self, to: &mut Wording) {
        u64::from(self).put(to);
    }
}

impl Piece for u16 {
    fn put(self, to: &mut Wording) {
        u32::from(self).put(to);
    }
}

impl Piece for u8 {
    fn put(self, to: &mut Wording) {
        u32::from(self).put(to);
    }
}

impl Piece for Span {
    #[inline(never)]
    fn put(self, to: &mut Wording) {
        let text = span(to.language, self);
        to.push(&text);
    }
}

impl Piece for Instant {
    #[inline(never)]
    fn put(self, to: &mut Wording) {
        let text = instant(to.language, self);
        to.push(&text);
    }
}

impl Piece for StoreKind {
    fn put(self, to: &mut Wording) {
        to.push(store_name(self));
    }
}

impl Piece for Topic {
    #[inline(never)]
    fn put(self, to: &mut Wording) {
        match self {
            Self::Invoker(InvokerId(n)) => {
                to.push("invoker");
                n.put(to);
            }
            Self::Completed(ControllerId(n)) => {
                to.push("completed");
                n.put(to);
            }
            Self::Health => to.push("health"),
        }
    }
}

/// `controller 0`, with a capital where an English text begins with it.
impl Piece for Process {
    #[inline(never)]
    fn put(self, to: &mut Wording) {
        let begins = to.text.is_empty();
        let (controller, invoker) = match to.language {
            Language::English if begins => ("Controller ", "Invoker "),
            Language::English => ("controller ", "invoker "),
            Language::Chinese => ("控制器 ", "invoker "),
        };
        let (name, n) = match self {
            Self::Controller(ControllerId(n)) => (controller, n),
            Self::Invoker(InvokerId(n)) => (invoker, n),
        };
        to.push(name);
        n.put(to);
    }
}

impl Piece for Node {
    fn put(self, to: &mut Wording) {
        match self {
            Self::Client => to.push("wsk"),
            Self::Controller(id) => Process::Controller(id).put(to),
            Self::Kafka => to.push("Kafka"),
            Self::Invoker(id) => Process::Invoker(id).put(to),
            Self::Store(store) => store.put(to),
        }
    }
}

/// A noun with an activation's short id, or other words where no activation can be named.
pub(crate) struct Named<'a> {
    pub(crate) id: Option<&'a str>,
    pub(crate) noun: &'static str,
    pub(crate) without: &'static str,
}

impl Piece for &Named<'_> {
    #[inline(never)]
    fn put(self, to: &mut Wording) {
        match self.id {
            Some(id) => {
                to.push(self.noun);
                to.push(" ");
                to.push(&short_id(id));
            }
            None => to.push(self.without),
        }
    }
}

/// The English noun for a count.
pub(crate) fn plural(count: u32, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// Puts pieces into a [`Wording`], one after the other.
macro_rules! put {
    ($to:expr, $($piece:expr),+ $(,)?) => {{ $($crate::locale::wording::Piece::put($piece, $to);)+ }};
}

/// A text from its pieces in English and its pieces in Chinese. With one of the two missing nothing compiles.
macro_rules! compose {
    ($language:expr, [$($english:expr),+ $(,)?], [$($chinese:expr),+ $(,)?] $(,)?) => {{
        let mut wording = $crate::locale::wording::Wording::new($language);
        match $language {
            $crate::locale::Language::English => $crate::locale::wording::put!(&mut wording, $($english),+),
            $crate::locale::Language::Chinese => $crate::locale::wording::put!(&mut wording, $($chinese),+),
        }
        wording.finish()
    }};
}

pub(crate) use {compose, put};
