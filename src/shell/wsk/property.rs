//! `wsk property`.

use super::Group;

pub(super) static GROUP: Group = Group { name: "property", short: "work with whisk properties", commands: &[], alone: None };
