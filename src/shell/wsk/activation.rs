//! `wsk activation` (CLI `commands/activation.go`).

use super::Group;

pub(super) static GROUP: Group = Group { name: "activation", short: "work with activations", commands: &[], alone: None };
