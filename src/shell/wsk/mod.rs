//! `wsk` as the terminal has it: its groups and commands are data ([`table`]), one reader reads all lines ([`reader`]), and each command has
//! two functions: what it asks the cluster for, and what it prints of an answer.
//!
//! Printing is a function of the line and of the answers so far: nothing is kept between two looks at the screen.

mod action;
mod action_put;
mod activation;
mod activation_print;
mod entity;
mod entity_json;
mod failure;
mod flags;
mod help;
mod line;
mod names;
mod namespace;
mod out;
mod package;
mod pairs;
mod property;
mod reader;
mod request;
mod rule;
mod screen;
mod summary;
mod table;
mod trigger;
mod verbose;

pub(crate) use failure::failure;
pub(crate) use line::Line;
pub(crate) use names::qualified;
pub(crate) use out::{Out, Shown};
pub(crate) use request::{Ask, asked};
pub(crate) use screen::{INTERRUPTED, screen};
pub(crate) use table::{Command, Flag, Group, Takes, nothing};

use crate::cluster::{Act, World};
use crate::shell::Printed;

/// In order of their names. What has no commands here is in the help alone.
static GROUPS: [&Group; 11] = [
    &action::GROUP,
    &activation::GROUP,
    &API,
    &namespace::LIST,
    &namespace::GROUP,
    &package::GROUP,
    &PROJECT,
    &property::GROUP,
    &rule::GROUP,
    &SDK,
    &trigger::GROUP,
];

static API: Group = Group { name: "api", short: "work with APIs", commands: &[], alone: None };
static PROJECT: Group = Group { name: "project", short: "The OpenWhisk Project Management Tool", commands: &[], alone: None };
static SDK: Group = Group { name: "sdk", short: "work with the sdk", commands: &[], alone: None };

/// Reads the words after `wsk`; `Err` is what the tool prints by itself.
pub(crate) fn read(words: &[String], user: &str) -> Result<Line, Printed> {
    reader::read(words, user)
}

/// What a line asks the cluster for; `Err` is what the tool prints by itself.
pub(crate) fn act(world: &World, line: &Line) -> Result<Act, Printed> {
    (line.command.act)(world, line)
}

/// The words that can follow a group and a command, as far as they are there: groups, commands, or flags where one is begun.
pub(crate) fn words(group: Option<&str>, command: Option<&str>, begun: &str) -> Vec<String> {
    let found = group.and_then(|name| GROUPS.iter().find(|group| group.name == name));
    let named =
        |group: &'static Group| command.and_then(|name| group.commands.iter().find(|it| it.name() == name).copied()).or(group.alone);
    if begun.starts_with('-') {
        let own = found.and_then(|group| named(group)).map_or(&[][..], |command| command.flags);
        return own.iter().chain(&table::GLOBAL).map(|flag| format!("--{}", flag.long)).collect();
    }
    match (group, found, command) {
        (None, ..) => GROUPS.iter().map(|group| group.name.to_owned()).chain(["help".to_owned()]).collect(),
        (_, Some(group), None) => group.commands.iter().map(|command| command.name().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a group is a command by itself: `wsk list`.
pub(crate) fn stands_alone(name: &str) -> bool {
    GROUPS.iter().any(|group| group.name == name && group.alone.is_some())
}
