//! `wsk package`.

use super::Group;

pub(super) static GROUP: Group = Group { name: "package", short: "work with packages", commands: &[], alone: None };
