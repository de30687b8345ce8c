use super::Language;
use crate::cluster::evidence::{self, Evidence};

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    pub english: &'static str,
    pub chinese: &'static str,
}

impl Text {
    pub const fn in_language(self, language: Language) -> &'static str {
        language.pick(self.english, self.chinese)
    }
}

/// One entry of a list that the page shows: a term with its explanation, a simplification with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Letters and hyphens: the anchor of the entry on the page. It stays when the language changes.
    pub id: &'static str,
    pub title: Text,
    pub text: Text,
    /// The ids of the rows of evidence for what it says.
    pub evidence: &'static [&'static str],
}

impl Entry {
    /// The same entry with source lines to show for it.
    pub(crate) const fn citing(self, evidence: &'static [&'static str]) -> Self {
        Self { evidence, ..self }
    }

    pub fn rows(&self) -> Vec<&'static Evidence> {
        self.evidence.iter().filter_map(|id| evidence::find(id)).collect()
    }
}

/// An entry from its id and its titles and texts, English first.
pub(crate) const fn entry(id: &'static str, title: [&'static str; 2], text: [&'static str; 2]) -> Entry {
    let ([title_english, title_chinese], [text_english, text_chinese]) = (title, text);
    Entry {
        id,
        title: Text { english: title_english, chinese: title_chinese },
        text: Text { english: text_english, chinese: text_chinese },
        evidence: &[],
    }
}
