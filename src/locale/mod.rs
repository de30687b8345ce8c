//! Every sentence of the page, in English and in Chinese.
//!
//! The two languages are equals, and the types keep them so. A fixed text is a variant of a [`Word`] enum, whose macro takes both
//! languages or does not compile. A text with values in it is a function with typed parameters that matches on [`Language`]. A kind of
//! step without a sentence leaves a match incomplete. There is no key to look up at run time, and so none that can be missing.

mod entry;
pub mod glossary;
pub mod page;
mod quantity;
pub mod simplifications;
pub mod steps;
#[cfg(test)]
mod tests;
pub mod verdict;
mod wording;
mod words;

pub use entry::{Entry, Text};
pub use quantity::{bytes, instant, number, short_id, span, span_range};
pub use steps::{Names, sentence, title};
pub use words::Word;

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    Chinese,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The value of `lang` in a link.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The value of `lang` on the `html` element: it picks fonts and voices, so it names the simplified script's home.
    pub const fn html_lang(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language of a link's `lang` or of a browser's preference: `en`, `zh`, or one of these with subtags (`zh-Hans`, `en-GB`).
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split('-').next().unwrap_or(code);
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    /// The language's name in the language itself, which is how someone who needs it finds it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Chinese => "中文",
        }
    }

    pub const fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// A fixed text in this language: `language.say(Transport::Play)`.
    pub fn say(self, word: impl Word) -> &'static str {
        word.text(self)
    }

    /// One of two texts. For functions whose text has no values in it or whose values stand at the end.
    pub(crate) const fn pick<T: Copy>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}
