//! Which indexes a part of a path stands for (`IndexNameExpressionResolver.java`). There are no aliases and no closed indexes here.

use super::analysis::{lower, wildcard};
use super::failure::Exception;
use super::request::Call;

/// What is done about names that stand for nothing.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub ignore_unavailable: bool,
    pub allow_no_indices: bool,
    /// Whether `*` stands for open indexes, or is a letter.
    pub expand: Expand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expand {
    Open,
    /// Closed ones alone: there are none.
    Closed,
    Nothing,
}

/// The parameters of [`Options`], which most requests understand.
pub const PARAMETERS: [&str; 3] = ["ignore_unavailable", "allow_no_indices", "expand_wildcards"];

impl Options {
    pub fn read(call: &Call<'_>) -> Result<Self, Exception> {
        let expand = match call.parameter("expand_wildcards") {
            None => Expand::Open,
            Some(list) => {
                let mut expand = Expand::Nothing;
                for word in list.split(',') {
                    match word {
                        "open" | "all" => expand = Expand::Open,
                        "closed" if expand == Expand::Nothing => expand = Expand::Closed,
                        "closed" | "none" => {}
                        other => return Err(Exception::illegal_argument(format!("No valid expand wildcard value [{other}]"))),
                    }
                }
                expand
            }
        };
        Ok(Self {
            ignore_unavailable: call.flag("ignore_unavailable", false)?,
            allow_no_indices: call.flag("allow_no_indices", true)?,
            expand,
        })
    }
}

/// The indexes that an expression stands for, in its order: names, `*`, `_all`, and `-name` after a wildcard.
pub fn resolve(names: &[&str], expression: &str, options: Options) -> Result<Vec<String>, Exception> {
    let all = || match options.expand {
        Expand::Open => names.iter().map(|name| (*name).to_owned()).collect(),
        _ => Vec::new(),
    };
    let mut found: Vec<String> = Vec::new();
    if matches!(expression, "" | "_all" | "*") {
        found = all();
    } else {
        let mut had_wildcard = false;
        for part in expression.split(',') {
            if part.is_empty() {
                continue;
            }
            if part.starts_with('<') {
                return Err(Exception::not_simulated("date math in names of indexes"));
            }
            let (part, less) = match part.strip_prefix('-').filter(|_| had_wildcard) {
                Some(rest) => (rest, true),
                None => (part, false),
            };
            if part.starts_with('_') && part != "_all" {
                return Err(Exception::invalid_index_name(part, "must not start with '_'."));
            }
            let is_pattern = part.contains('*') && options.expand != Expand::Nothing;
            had_wildcard |= is_pattern;
            let matching: Vec<&str> = match (is_pattern, part) {
                (_, "_all") => names.to_vec(),
                (true, _) if options.expand == Expand::Closed => Vec::new(),
                (true, pattern) => names.iter().copied().filter(|name| wildcard(pattern, name)).collect(),
                (false, name) => names.iter().copied().filter(|known| *known == name).collect(),
            };
            if less {
                found.retain(|name| !matching.contains(&name.as_str()));
            } else if matching.is_empty() && !(if is_pattern { options.allow_no_indices } else { options.ignore_unavailable }) {
                return Err(Exception::index_not_found(part, "index_or_alias"));
            } else {
                for name in matching {
                    if !found.iter().any(|known| known == name) {
                        found.push(name.to_owned());
                    }
                }
            }
        }
    }
    if found.is_empty() && !options.allow_no_indices {
        let name = if expression.is_empty() { "_all" } else { expression };
        return Err(Exception::index_not_found(name, "index_or_alias"));
    }
    Ok(found)
}

/// Why an index may not have a name (`MetaDataCreateIndexService.validateIndexOrAliasName`).
pub fn check_name(name: &str) -> Result<(), Exception> {
    const FORBIDDEN: &[char] = &[' ', '"', '*', '\\', '<', '|', ',', '>', '/', '?'];
    let why = if name.contains(FORBIDDEN) {
        "must not contain the following characters [ , \", *, \\, <, |, ,, >, /, ?]"
    } else if name.contains('#') {
        "must not contain '#'"
    } else if name.contains(':') {
        "must not contain ':'"
    } else if name.starts_with(['_', '-', '+']) {
        "must not start with '_', '-', or '+'"
    } else if name.len() > 255 {
        let why = format!("index name is too long, ({} > 255)", name.len());
        return Err(Exception::invalid_index_name(name, &why));
    } else if matches!(name, "." | "..") {
        "must not be '.' or '..'"
    } else if lower(name) != name {
        "must be lowercase"
    } else {
        return Ok(());
    };
    Err(Exception::invalid_index_name(name, why))
}
