//! Help, in the tool's own layout (CLI `commands/wsk.go:46-47`, cobra's usage template, pflag's `FlagUsages`).

use super::GROUPS;
use super::table::{Command, Flag, GLOBAL, Group, Kind};

const LOGO: &str = r"
        ____      ___                   _    _ _     _     _
       /\   \    / _ \ _ __   ___ _ __ | |  | | |__ (_)___| | __
  /\  /__\   \  | | | | '_ \ / _ \ '_ \| |  | | '_ \| / __| |/ /
 /  \____ \  /  | |_| | |_) |  __/ | | | |/\| | | | | \__ \   <
 \   \  /  \/    \___/| .__/ \___|_| |_|__/\__|_| |_|_|___/_|\_\
  \___\/ tm           |_|

";
const HELP_SHORT: &str = "Help about any command";

/// `wsk` alone. The usage that follows an unknown topic has neither the logo nor the flag for help.
pub(super) fn root(is_whole: bool) -> String {
    let mut rows: Vec<(&str, &str)> = GROUPS.iter().map(|group| (group.name, group.short)).collect();
    let at = rows.iter().position(|(name, _)| *name > "help").unwrap_or(rows.len());
    rows.insert(at, ("help", HELP_SHORT));
    let help = Flag::switch("help", Some('h'), "help for wsk");
    let mut flags: Vec<&Flag> = GLOBAL.iter().collect();
    if is_whole {
        flags.push(&help);
    }
    let logo = if is_whole { LOGO } else { "" };
    format!(
        "{logo}Usage:\n  wsk [command]\n\n{}\nFlags:\n{}\nUse \"wsk [command] --help\" for more information about a command.\n",
        commands(&rows),
        usages(flags)
    )
}

pub(super) fn group(group: &Group) -> String {
    let Group { name, short, commands: known, .. } = group;
    let rows: Vec<(&str, &str)> = known.iter().map(|command| (command.name(), command.short)).collect();
    let about = format!("help for {name}");
    format!(
        "{short}\nUsage:\n  wsk {name} [command]\n\n{}\nFlags:\n  -h, --help   {about}\n\nGlobal Flags:\n{}\nUse \"wsk {name} [command] --help\" for more information about a command.\n",
        commands(&rows),
        usages(GLOBAL.iter().collect())
    )
}

pub(super) fn command(group: &Group, command: &Command) -> String {
    let path = if group.alone.is_some() { String::new() } else { format!("{} ", group.name) };
    let about = format!("help for {}", command.name());
    let own: Vec<&Flag> = command.flags.iter().collect();
    // A flag of the command's own takes the place of a global one of its name.
    let global = GLOBAL.iter().filter(|flag| own.iter().all(|own| own.long != flag.long)).collect();
    format!(
        "{}\nUsage:\n  wsk {path}{} [flags]\n\nFlags:\n{}\nGlobal Flags:\n{}",
        command.short,
        command.usage,
        usages_with_help(own, &about),
        usages(global)
    )
}

fn commands(rows: &[(&str, &str)]) -> String {
    let rows: String = rows.iter().map(|(name, short)| format!("  {name:<11} {short}\n")).collect();
    format!("Available Commands:\n{rows}")
}

fn usages(flags: Vec<&Flag>) -> String {
    table(flags.into_iter().map(row).collect())
}

fn usages_with_help(flags: Vec<&Flag>, about: &str) -> String {
    let mut rows: Vec<Row> = flags.into_iter().map(row).collect();
    rows.push(Row { long: "help", left: "  -h, --help".to_owned(), right: about.to_owned() });
    table(rows)
}

struct Row {
    long: &'static str,
    left: String,
    right: String,
}

fn row(flag: &Flag) -> Row {
    let Flag { long, short, kind, default, usage } = *flag;
    let mut left = short.map_or_else(|| format!("      --{long}"), |short| format!("  -{short}, --{long}"));
    let mut parts = usage.splitn(3, '`');
    let (before, named, after) = (parts.next().unwrap_or_default(), parts.next(), parts.next().unwrap_or_default());
    let value = match (named, kind) {
        (Some(name), _) => name,
        (None, Kind::Switch) => "",
        (None, Kind::Number) => "int",
        (None, Kind::Text) => "string",
    };
    if !value.is_empty() {
        left = format!("{left} {value}");
    }
    let default = match (default, kind) {
        ("", _) => String::new(),
        (text, Kind::Text) => format!(" (default \"{text}\")"),
        (text, _) => format!(" (default {text})"),
    };
    Row { long, left, right: format!("{before}{}{after}{default}", named.unwrap_or_default()) }
}

fn table(mut rows: Vec<Row>) -> String {
    crate::order::sort_by_text(&mut rows, |row| row.long);
    let width = rows.iter().map(|row| row.left.chars().count()).max().unwrap_or(0);
    rows.iter().map(|Row { left, right, .. }| format!("{left:<width$}   {right}\n")).collect()
}
