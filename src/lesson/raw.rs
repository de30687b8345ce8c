//! A lesson file as it is written. Nothing here is checked beyond its shape.

use super::Part;
use super::moment::Event;
use crate::cluster::Configuration;
use crate::cluster::place::StoreKind;
use serde::{Deserialize, Deserializer, de};
use std::fmt;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Lesson {
    pub schema_version: u64,
    pub id: String,
    pub title: Text,
    pub summary: Summary,
    #[serde(default)]
    pub configuration: Configuration,
    pub seed: u64,
    pub horizon_ms: Option<u64>,
    pub commands: Vec<Command>,
    pub beats: Vec<Beat>,
    pub placements: Vec<Placement>,
    #[serde(default)]
    pub claims: Vec<Claim>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub en: String,
    pub zh: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Summary {
    pub lines: Vec<Text>,
    pub holds: Option<Condition>,
    pub other_store: Option<OtherSummary>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct OtherSummary {
    pub lines: Vec<Text>,
    pub holds: Option<Condition>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Command {
    /// Milliseconds since the start.
    pub at: u64,
    pub run: String,
    pub label: Option<String>,
    pub count: Option<u64>,
    pub gap_ms: Option<u64>,
    pub namespace: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Beat {
    pub at: Moment,
    pub title: Option<Text>,
    pub text: Text,
    pub holds: Option<Condition>,
    pub other_store: Option<OtherTelling>,
    #[serde(default)]
    pub look: Vec<Look>,
    #[serde(default)]
    pub evidence: Vec<String>,
    pub question: Option<Question>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct OtherTelling {
    pub title: Option<Text>,
    pub text: Text,
    pub holds: Option<Condition>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Question {
    pub text: Text,
    pub options: Vec<Choice>,
    pub covers: Vec<Part>,
    pub show: Show,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Show {
    pub from: Moment,
    pub until: Moment,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Choice {
    pub text: Text,
    pub holds: Condition,
    pub because: Option<Text>,
    pub otherwise: Option<Text>,
    #[serde(default)]
    pub evidence: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) enum Look {
    Node(String),
    Part(Part),
    Record(String),
}

pub(super) enum Moment {
    At(u64),
    After(After),
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrEvent;

        impl<'de> de::Visitor<'de> for NumberOrEvent {
            type Value = Moment;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("milliseconds, or {\"of\": label, \"event\": name, \"plusMs\": milliseconds}")
            }

            fn visit_u64<E: de::Error>(self, at: u64) -> Result<Moment, E> {
                Ok(Moment::At(at))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Moment, A::Error> {
                After::deserialize(de::value::MapAccessDeserializer::new(map)).map(Moment::After)
            }
        }

        // Not an untagged enum: that one would lose the place of what is wrong.
        deserializer.deserialize_any(NumberOrEvent)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct After {
    pub of: String,
    pub event: Event,
    #[serde(default)]
    pub plus_ms: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Placement {
    pub store: Option<StoreKind>,
    pub at: Moment,
    pub records: Labels,
    #[serde(rename = "in")]
    pub held_by: HeldBy,
    pub get: Option<bool>,
    pub list: Option<bool>,
}

/// Labels, or every label whose command makes activations.
pub(super) enum Labels {
    All,
    These(Vec<String>),
}

impl<'de> Deserialize<'de> for Labels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllOrSome;

        impl<'de> de::Visitor<'de> for AllOrSome {
            type Value = Labels;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("\"all\" or a list of labels")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Labels, E> {
                if text == "all" { Ok(Labels::All) } else { Err(E::invalid_value(de::Unexpected::Str(text), &self)) }
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Labels, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Labels::These)
            }
        }

        deserializer.deserialize_any(AllOrSome)
    }
}

#[derive(Clone, Copy, Deserialize)]
pub(super) enum HeldBy {
    #[serde(rename = "couchdb")]
    CouchDb,
    #[serde(rename = "elasticsearch")]
    Elasticsearch,
    #[serde(rename = "none")]
    Neither,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Claim {
    pub store: Option<StoreKind>,
    pub at: Moment,
    pub holds: Condition,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) enum Condition {
    Records(Records),
    AllDocs(Amount),
    Index(Index),
    Holds(Holds),
    GetShows(Shows),
    ListShows(Shows),
    AnswerRows(AnswerRows),
    AnswerShows(AnswerShows),
    AnswerStatus(AnswerStatus),
    Answered(Answered),
    BoundTo(StoreKind),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Records {
    pub store: StoreKind,
    pub namespace: Option<String>,
    pub is: Option<u64>,
    pub at_least: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Amount {
    pub is: Option<u64>,
    pub at_least: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Index {
    pub namespace: Option<String>,
    pub exists: bool,
}

const fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Holds {
    pub store: StoreKind,
    pub record: String,
    #[serde(default = "yes")]
    pub is: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Shows {
    pub record: String,
    #[serde(default = "yes")]
    pub is: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AnswerRows {
    pub command: String,
    pub is: Option<u64>,
    pub at_least: Option<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AnswerShows {
    pub command: String,
    pub record: String,
    #[serde(default = "yes")]
    pub is: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AnswerStatus {
    pub command: String,
    pub is: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Answered {
    pub command: String,
    #[serde(default = "yes")]
    pub is: bool,
}
