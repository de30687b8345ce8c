use super::super::wording::Named;
use crate::activation::{Catalogue, NamespaceId};

/// What a sentence needs to name the things that a step holds by number.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The full id of the step's activation, where it is about one alone and the id is made.
    pub activation: Option<&'a str>,
    /// The action that the step's activation or exchange is about, by its name alone: `hello`.
    pub action: Option<&'a str>,
    /// The client's tool: `wsk`, or `curl` for a request as it stands.
    pub tool: &'a str,
    pub catalogue: &'a Catalogue,
}

impl<'a> Names<'a> {
    pub(super) const fn named(&self, noun: &'static str, without: &'static str) -> Named<'a> {
        Named { id: self.activation, noun, without }
    }

    pub(super) fn action_or<'b>(&'b self, without: &'b str) -> &'b str {
        self.action.unwrap_or(without)
    }

    /// The index of a namespace, by OpenWhisk's default pattern `openwhisk-%s` and the lower-cased name
    /// (`ElasticSearchActivationStore.scala:454-456`). The model takes ASCII letters alone in names.
    pub(super) fn index(&self, namespace: NamespaceId) -> String {
        let mut index = String::from("openwhisk-");
        index.push_str(&self.catalogue.namespace(namespace).to_ascii_lowercase());
        index
    }
}
