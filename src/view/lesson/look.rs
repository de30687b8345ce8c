//! What a beat brings out: named under its text, and marked where it is.

use super::state::LessonState;
use crate::cluster::World;
use crate::cluster::place::{ActivationIx, Node};
use crate::lesson::{Labelled, Look, Part};
use crate::locale::page::{Header, Inspector, Stage, StepList, Witness, look_at, node_name, record_of};
use crate::locale::verdict::Verdict;
use crate::locale::{Language, Word};
use crate::view::prelude::*;

/// The class of a part, by which the style marks it, and its name.
fn part(part: Part, language: Language) -> (&'static str, &'static str) {
    fn named(class: &'static str, word: impl Word, language: Language) -> (&'static str, &'static str) {
        (class, language.say(word))
    }
    match part {
        Part::WitnessCli => named("witness-cli", Witness::Cli, language),
        Part::WitnessCouchDb => named("witness-couchdb", Witness::CouchDb, language),
        Part::WitnessElasticsearch => named("witness-elasticsearch", Witness::Elasticsearch, language),
        Part::Verdict => named("verdict", Verdict::Region, language),
        Part::Links => named("stage", Stage::Region, language),
        Part::Inspector => named("inspector", Inspector::Region, language),
        Part::Switch => named("switch", Header::ActivationStore, language),
        Part::Steps => named("steps", StepList::Region, language),
    }
}

/// What is brought out now, for the stage and the witnesses.
#[derive(Clone, Copy)]
pub struct LookedAt(Memo<Vec<Look>>);

impl LookedAt {
    pub fn new(state: LessonState) -> Self {
        Self(Memo::new(move || state.looks()))
    }

    pub fn has(self, node: Node) -> bool {
        self.0.with(|looks| looks.contains(&Look::Node(node)))
    }

    /// Whether this activation is one of the records that are brought out.
    pub fn has_record(self, world: &World, activation: ActivationIx) -> bool {
        let is_it = |of: &Labelled| world.activation(activation).is_some_and(|it| of.ids(world).any(|(_, id)| id == it.id));
        self.0.with(|looks| looks.iter().any(|look| matches!(look, Look::Record(of) if is_it(of))))
    }

    /// The classes of the parts of the page.
    pub fn parts(self) -> String {
        let classes = self.0.with(|looks| {
            let parts = looks.iter().filter_map(|look| if let Look::Part(it) = look { Some(part(*it, Language::English).0) } else { None });
            parts.collect::<Vec<_>>()
        });
        classes.join(" ")
    }

    /// What to look at, in words. Nothing where a beat brings nothing out.
    pub fn told(self, language: Language) -> Option<String> {
        let name = |look: &Look| match look {
            Look::Part(it) => part(*it, language).1.to_owned(),
            Look::Node(node) => node_name(language, *node),
            Look::Record(of) => record_of(language, &of.label),
        };
        let names: Vec<String> = self.0.with(|looks| looks.iter().map(name).collect());
        (!names.is_empty()).then(|| look_at(language, &names))
    }
}
