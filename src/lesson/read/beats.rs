//! Beats, questions, placements and claims.

use super::super::error::Reason;
use super::super::moment::{Event, Moment};
use super::super::{Beat, Choice, Claim, Either, Labelled, Look, Part as PagePart, Placement, Question, Telling};
use super::commands::in_order;
use super::part::{Fields, Part, Wrong};
use super::{BEATS_MAX, COMMANDS_MAX, PLACEMENTS_MAX, Reader, STORES, localized, millis, short};
use crate::cluster::evidence::{self, Evidence};
use crate::cluster::place::{ControllerId, InvokerId, Node, StoreKind};
use crate::time::{Instant, Span};
use serde_json::Value;

const DAY_MS: u64 = 86_400_000;
/// Things to look at, rows of evidence and covered parts of one beat.
const MENTIONS_MAX: usize = 32;

const PARTS: &[(&str, PagePart)] = &[
    ("witness-cli", PagePart::WitnessCli),
    ("witness-couchdb", PagePart::WitnessCouchDb),
    ("witness-elasticsearch", PagePart::WitnessElasticsearch),
    ("verdict", PagePart::Verdict),
    ("links", PagePart::Links),
    ("inspector", PagePart::Inspector),
    ("switch", PagePart::Switch),
    ("steps", PagePart::Steps),
];

const EVENTS: &[(&str, Event)] = &[
    ("sent", Event::Sent),
    ("answered", Event::Answered),
    ("runStarted", Event::RunStarted),
    ("runEnded", Event::RunEnded),
    ("queued", Event::Queued),
    ("stored", Event::Stored),
    ("searchable", Event::Searchable),
];

/// The store that holds a record, or none.
const HOLDERS: &[(&str, Option<StoreKind>)] =
    &[("couchdb", Some(StoreKind::CouchDb)), ("elasticsearch", Some(StoreKind::Elasticsearch)), ("none", None)];

/// A row of the evidence table, by its id.
fn row(part: &Part<'_>) -> Result<&'static Evidence, Wrong> {
    let id = part.text()?;
    evidence::find(id).map_or_else(|| part.refuse(Reason::UnknownEvidence(short(id))), Ok)
}

fn rows(fields: &Fields<'_>) -> Result<Vec<&'static Evidence>, Wrong> {
    let rows = fields.maybe("evidence", |part| part.items(0, MENTIONS_MAX)?.map(|part| row(&part)).collect())?;
    Ok(rows.unwrap_or_default())
}

impl Reader<'_> {
    pub(super) fn beats(&self, part: &Part<'_>) -> Result<Vec<Beat>, Wrong> {
        let mut beats = Vec::new();
        // Moments that depend on the run are put in order when it is played.
        let mut earlier = Instant::START;
        for part in part.items(1, BEATS_MAX)? {
            let beat = self.beat(&part)?;
            if let Moment::At(at) = beat.at {
                let path = format!("{}.at", part.path);
                in_order(&Part { value: part.value, path }, at.micros() / 1_000, earlier)?;
                earlier = at;
            }
            beats.push(beat);
        }
        Ok(beats)
    }

    fn beat(&self, part: &Part<'_>) -> Result<Beat, Wrong> {
        let fields = part.fields(&["at", "title", "text", "holds", "otherStore", "look", "evidence", "question"])?;
        let other = fields.maybe("otherStore", |part| self.telling(&part.fields(&["title", "text", "holds"])?))?;
        let look = fields.maybe("look", |part| part.items(0, MENTIONS_MAX)?.map(|part| self.look(&part)).collect())?;
        Ok(Beat {
            at: self.moment(&fields.need("at")?)?,
            telling: Either { own: self.telling(&fields)?, other },
            look: look.unwrap_or_default(),
            evidence: rows(&fields)?,
            question: fields.maybe("question", |part| self.question(part))?,
        })
    }

    fn telling(&self, fields: &Fields<'_>) -> Result<Telling, Wrong> {
        Ok(Telling {
            title: fields.maybe("title", localized)?,
            text: localized(&fields.need("text")?)?,
            holds: fields.maybe("holds", |part| self.condition(part))?,
        })
    }

    fn question(&self, part: &Part<'_>) -> Result<Question, Wrong> {
        let fields = part.fields(&["text", "options", "covers", "show"])?;
        let covers = fields.need("covers")?.items(0, MENTIONS_MAX)?.map(|part| part.one_of(PARTS)).collect::<Result<_, _>>()?;
        let show = fields.need("show")?.fields(&["from", "until"])?;
        Ok(Question {
            text: localized(&fields.need("text")?)?,
            options: fields.need("options")?.items(2, 6)?.map(|part| self.choice(&part)).collect::<Result<_, _>>()?,
            covers,
            show_from: self.moment(&show.need("from")?)?,
            show_until: self.moment(&show.need("until")?)?,
        })
    }

    fn choice(&self, part: &Part<'_>) -> Result<Choice, Wrong> {
        let fields = part.fields(&["text", "holds", "because", "otherwise", "evidence"])?;
        Ok(Choice {
            text: localized(&fields.need("text")?)?,
            holds: self.condition(&fields.need("holds")?)?,
            because: fields.maybe("because", localized)?,
            otherwise: fields.maybe("otherwise", localized)?,
            evidence: rows(&fields)?,
        })
    }

    fn look(&self, part: &Part<'_>) -> Result<Look, Wrong> {
        let (name, part) = part.tagged(&["node", "part", "record"])?;
        match name {
            "node" => {
                let name = part.text()?;
                let wanted = "a part of this cluster: client, controller0, kafka, invoker0, couchdb, elasticsearch";
                self.node(name).map_or_else(|| part.refuse(Reason::NotA { found: short(name), wanted }), |node| Ok(Look::Node(node)))
            }
            "part" => part.one_of(PARTS).map(Look::Part),
            _ => self.maker(&part).map(Look::Record),
        }
    }

    fn node(&self, name: &str) -> Option<Node> {
        let number = |kind: &str, count: u8| {
            let digits = name.strip_prefix(kind)?;
            digits.parse().ok().filter(|number: &u8| *number < count && digits == number.to_string())
        };
        let controller = || number("controller", self.configuration.controllers).map(|number| Node::Controller(ControllerId(number)));
        let invoker = || number("invoker", self.configuration.invokers).map(|number| Node::Invoker(InvokerId(number)));
        match name {
            "client" => Some(Node::Client),
            "kafka" => Some(Node::Kafka),
            "couchdb" => Some(Node::Store(StoreKind::CouchDb)),
            "elasticsearch" => Some(Node::Store(StoreKind::Elasticsearch)),
            _ => controller().or_else(invoker),
        }
    }

    fn moment(&self, part: &Part<'_>) -> Result<Moment, Wrong> {
        match part.value {
            Value::Number(_) => Ok(Moment::At(Instant::from_millis(millis(part, self.horizon_ms)?))),
            Value::Object(_) => {
                let fields = part.fields(&["of", "event", "plusMs"])?;
                let event = fields.need("event")?.one_of(EVENTS)?;
                let of = fields.need("of")?;
                let of = if matches!(event, Event::Sent | Event::Answered) { self.command(&of)? } else { self.maker(&of)? };
                let plus = fields.maybe("plusMs", |part| part.number_in("the time in milliseconds", 0, DAY_MS))?;
                Ok(Moment::After { of, event, plus: Span::from_millis(plus.unwrap_or(0)) })
            }
            _ => part.not_a("milliseconds, or {\"of\": label, \"event\": name, \"plusMs\": milliseconds}"),
        }
    }

    pub(super) fn placements(&self, part: &Part<'_>) -> Result<Vec<Placement>, Wrong> {
        part.items(0, PLACEMENTS_MAX)?.map(|part| self.placement(&part)).collect()
    }

    fn placement(&self, part: &Part<'_>) -> Result<Placement, Wrong> {
        let fields = part.fields(&["store", "at", "records", "in", "get", "list"])?;
        Ok(Placement {
            world: fields.maybe("store", |part| part.one_of(STORES))?,
            at: self.moment(&fields.need("at")?)?,
            records: self.labels(&fields.need("records")?)?,
            held_by: fields.need("in")?.one_of(HOLDERS)?,
            get: fields.maybe("get", Part::flag)?,
            list: fields.maybe("list", Part::flag)?,
        })
    }

    /// Labels, or every label whose command makes activations.
    fn labels(&self, part: &Part<'_>) -> Result<Vec<Labelled>, Wrong> {
        match part.value {
            Value::Array(_) => part.items(1, COMMANDS_MAX)?.map(|part| self.maker(&part)).collect(),
            Value::String(text) if text == "all" => {
                let makers = self.makers();
                part.within("their number", makers.len() as u64, 1, COMMANDS_MAX as u64)?;
                Ok(makers)
            }
            _ => part.not_a("\"all\" or a list of labels"),
        }
    }

    pub(super) fn claims(&self, part: &Part<'_>) -> Result<Vec<Claim>, Wrong> {
        part.items(0, PLACEMENTS_MAX)?.map(|part| self.claim(&part)).collect()
    }

    fn claim(&self, part: &Part<'_>) -> Result<Claim, Wrong> {
        let fields = part.fields(&["store", "at", "holds"])?;
        Ok(Claim {
            world: fields.maybe("store", |part| part.one_of(STORES))?,
            at: self.moment(&fields.need("at")?)?,
            holds: self.condition(&fields.need("holds")?)?,
        })
    }
}
