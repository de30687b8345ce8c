//! The page's wasm in two: a first part with what opening the page needs, and the rest, which is fetched behind it.
//!
//! Which function belongs to which is told by a list of names (`opening.txt`, written by `cargo xtask profile`). In the first part stands a
//! short one in the place of each function of the rest: it asks the page's script for the rest if that is not there, and calls through the
//! table. So a list that is out of date costs a visitor time and is never wrong.

mod first;
mod marked;
mod module;
mod names;
pub mod page;
mod plan;
mod rest;
#[cfg(test)]
mod tests;

pub use marked::marked;

use std::collections::BTreeSet;

use crate::problem::Problem;
use module::Module;
use plan::Plan;

/// What the script gives to the first part: the one function that fetches the rest at once.
pub const NEEDED: (&str, &str) = ("rest", "needed");
/// By this name the rest imports what the first part exports.
pub const FIRST: &str = "first";

pub struct Parts {
    pub first: Vec<u8>,
    pub rest: Vec<u8>,
}

/// Two modules that together do what `wasm` does. None if all of its functions are in `opening`, or none.
pub fn split(wasm: &[u8], opening: &str) -> Result<Option<Parts>, Problem> {
    let opening: BTreeSet<&str> = opening.lines().filter(|line| !line.starts_with('#')).collect();
    let cannot = |what: String| Problem::new(format!("the wasm cannot be split: {what}")).help("it is left in one");
    let module = Module::read(wasm).map_err(cannot)?;
    let plan = Plan::of(&module, |line| opening.contains(line)).map_err(cannot)?;
    if plan.is_one() {
        return Ok(None);
    }
    let first = first::first(&module, &plan).map_err(cannot)?;
    let rest = rest::rest(&module, &plan).map_err(cannot)?;
    Ok(Some(Parts { first, rest }))
}
