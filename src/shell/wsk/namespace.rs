//! `wsk namespace` and `wsk list`.

use super::Group;

pub(super) static GROUP: Group = Group { name: "namespace", short: "work with namespaces", commands: &[], alone: None };
pub(super) static LIST: Group = Group { name: "list", short: "list entities in the current namespace", commands: &[], alone: None };
