//! Beats, questions, placements and claims.

use super::super::moment::{Event, Moment};
use super::super::{Beat, Choice, Claim, Either, Labelled, Look, Part as PagePart, Placement, Question, Telling};
use super::commands::in_order;
use super::{BEATS_MAX, COMMANDS_MAX, PLACEMENTS_MAX, Reader, localized, millis, store};
use crate::cluster::evidence::{self, Evidence};
use crate::cluster::place::{ControllerId, InvokerId, Node, StoreKind};
use crate::json::Part;
use crate::time::{Instant, Span};
use serde_json::Value;

const DAY_MS: u64 = 86_400_000;
/// Things to look at, rows of evidence and covered parts of one beat.
const MENTIONS_MAX: u64 = 32;

fn page_part(part: &Part<'_>) -> Option<PagePart> {
    use PagePart as P;
    part.one_of(
        "witness-cli, witness-couchdb, witness-elasticsearch, verdict, links, inspector, switch, steps",
        &[P::WitnessCli, P::WitnessCouchDb, P::WitnessElasticsearch, P::Verdict, P::Links, P::Inspector, P::Switch, P::Steps],
    )
}

fn event(part: &Part<'_>) -> Event {
    use Event as E;
    let event = part.one_of(
        "sent, answered, runStarted, runEnded, queued, stored, searchable",
        &[E::Sent, E::Answered, E::RunStarted, E::RunEnded, E::Queued, E::Stored, E::Searchable],
    );
    event.unwrap_or(E::Sent)
}

/// Those of a list of mentions that are known.
fn known<T>(part: &Part<'_>, mut read: impl FnMut(&Part<'_>) -> Option<T>) -> Vec<T> {
    let mut known = Vec::new();
    part.each(0, MENTIONS_MAX, &mut |part| known.extend(read(part)));
    known
}

/// Rows of the evidence table, by their ids.
fn rows(part: &Part<'_>) -> Vec<&'static Evidence> {
    let mut rows = Vec::new();
    if let Some(part) = &part.get("evidence") {
        part.each(0, MENTIONS_MAX, &mut |part| {
            let id = part.text();
            match evidence::find(id) {
                Some(row) => rows.push(row),
                None => part.refuse_text(id, "is no row of the evidence table"),
            }
        });
    }
    rows
}

impl Reader<'_> {
    pub(super) fn beats(&self, part: &Part<'_>) -> Vec<Beat> {
        let mut beats = Vec::new();
        // Moments that depend on the run are put in order when it is played.
        let mut earlier = Instant::START;
        part.each(1, BEATS_MAX as u64, &mut |part| {
            let beat = self.beat(part);
            if let Moment::At(at) = beat.at {
                in_order(&part.need("at"), at.micros() / 1_000, earlier);
                earlier = at;
            }
            beats.push(beat);
        });
        beats
    }

    fn beat(&self, part: &Part<'_>) -> Beat {
        part.fields("at, title, text, holds, otherStore, look, evidence, question");
        let other = part.get("otherStore").as_ref().map(|part| {
            part.fields("title, text, holds");
            self.telling(part)
        });
        let look = part.get("look").as_ref().map(|part| known(part, |part| self.look(part)));
        Beat {
            at: self.moment(&part.need("at")),
            telling: Either { own: self.telling(part), other },
            look: look.unwrap_or_default(),
            evidence: rows(part),
            question: part.get("question").as_ref().map(|part| self.question(part)),
        }
    }

    fn telling(&self, part: &Part<'_>) -> Telling {
        Telling {
            title: part.get("title").as_ref().map(localized),
            text: localized(&part.need("text")),
            holds: part.get("holds").as_ref().map(|part| self.condition(part)),
        }
    }

    fn question(&self, part: &Part<'_>) -> Question {
        part.fields("text, options, covers, show");
        let show = part.need("show");
        show.fields("from, until");
        Question {
            covers: known(&part.need("covers"), page_part),
            text: localized(&part.need("text")),
            options: part.need("options").list(2, 6, |part| self.choice(part)),
            show_from: self.moment(&show.need("from")),
            show_until: self.moment(&show.need("until")),
        }
    }

    fn choice(&self, part: &Part<'_>) -> Choice {
        part.fields("text, holds, because, otherwise, evidence");
        Choice {
            text: localized(&part.need("text")),
            holds: self.condition(&part.need("holds")),
            because: part.get("because").as_ref().map(localized),
            otherwise: part.get("otherwise").as_ref().map(localized),
            evidence: rows(part),
        }
    }

    fn look(&self, part: &Part<'_>) -> Option<Look> {
        let (name, part) = part.tagged("node, part, record")?;
        match name {
            "node" => {
                let name = part.text();
                let node = self.node(name);
                if node.is_none() {
                    part.refuse_text(name, "is not a part of this cluster: client, controller0, kafka, invoker0, couchdb, elasticsearch");
                }
                node.map(Look::Node)
            }
            "part" => page_part(&part).map(Look::Part),
            _ => Some(Look::Record(self.maker(&part))),
        }
    }

    fn node(&self, name: &str) -> Option<Node> {
        let number = |kind: &str, count: u8| {
            let digits = name.strip_prefix(kind)?;
            (0..count).find(|number| digits == number.to_string())
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

    fn moment(&self, part: &Part<'_>) -> Moment {
        if let Value::Number(_) = part.value {
            return Moment::At(Instant::from_millis(millis(part, self.horizon_ms)));
        }
        if !part.value.is_object() {
            part.not_a("milliseconds, or {\"of\": label, \"event\": name, \"plusMs\": milliseconds}");
        }
        part.fields("of, event, plusMs");
        let (event, of) = (event(&part.need("event")), part.need("of"));
        let of = if matches!(event, Event::Sent | Event::Answered) { self.command(&of) } else { self.maker(&of) };
        let plus = part.get("plusMs").as_ref().map(|part| part.number_in("the time in milliseconds", 0, DAY_MS));
        Moment::After { of, event, plus: Span::from_millis(plus.unwrap_or(0)) }
    }

    pub(super) fn placements(&self, part: &Part<'_>) -> Vec<Placement> {
        part.list(0, PLACEMENTS_MAX, |part| self.placement(part))
    }

    fn placement(&self, part: &Part<'_>) -> Placement {
        part.fields("store, at, records, in, get, list");
        Placement {
            world: part.get("store").as_ref().and_then(store),
            at: self.moment(&part.need("at")),
            records: self.labels(&part.need("records")),
            // `none` is known and is no store.
            held_by: part.need("in").one_of("couchdb, elasticsearch, none", &StoreKind::ALL),
            get: part.get("get").as_ref().map(Part::flag),
            list: part.get("list").as_ref().map(Part::flag),
        }
    }

    /// Labels, or every label whose command makes activations.
    fn labels(&self, part: &Part<'_>) -> Vec<Labelled> {
        match part.value {
            Value::Array(_) => part.list(1, COMMANDS_MAX as u64, |part| self.maker(part)),
            Value::String(text) if text == "all" => {
                let makers = self.makers();
                part.within("their number", makers.len() as u64, 1, COMMANDS_MAX as u64);
                makers
            }
            _ => {
                part.not_a("\"all\" or a list of labels");
                Vec::new()
            }
        }
    }

    pub(super) fn claims(&self, part: &Part<'_>) -> Vec<Claim> {
        part.list(0, PLACEMENTS_MAX, |part| self.claim(part))
    }

    fn claim(&self, part: &Part<'_>) -> Claim {
        part.fields("store, at, holds");
        Claim {
            world: part.get("store").as_ref().and_then(store),
            at: self.moment(&part.need("at")),
            holds: self.condition(&part.need("holds")),
        }
    }
}
