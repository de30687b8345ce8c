//! `wsk rule`.

use super::Group;

pub(super) static GROUP: Group = Group { name: "rule", short: "work with rules", commands: &[], alone: None };
