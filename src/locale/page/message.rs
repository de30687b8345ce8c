use super::super::Language;
use super::super::wording::compose;
use super::{LessonProblem, LinkValue, PageState, lesson_failed, link_value_ignored, refused};
use crate::cluster::Refused;

/// What a notice says until it is closed. It is kept in values, so that it is said in whichever language the page is in by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A value of the link that makes no sense.
    Ignored {
        name: &'static str,
        value: String,
        why: LinkValue,
    },
    /// A lesson that is not open.
    Lesson {
        name: String,
        problem: LessonProblem,
    },
    /// The same, when the page opens: the bundled lesson is open in its place.
    Bundled(Box<Self>),
    Refused(Refused),
}

impl Message {
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Ignored { name, value, why } => link_value_ignored(language, name, value, *why),
            Self::Lesson { name, problem } => lesson_failed(language, name, problem),
            Self::Bundled(why) => {
                let (why, bundled) = (why.text(language), language.say(PageState::Bundled));
                compose!(language, [&why, " ", bundled], [&why, bundled])
            }
            Self::Refused(reason) => refused(language, reason),
        }
    }
}
