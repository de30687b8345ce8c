//! The page's wasm in two: a first part with what opening the page needs, and the rest, which is fetched behind it.
//!
//! Which function belongs to which is told by a list of names (`opening.txt`, written by `cargo xtask profile`). In the first part stands a
//! short one in the place of each function of the rest: it asks the page's script for the rest if that is not there, and calls through the
//! table. So a list that is out of date costs a visitor time and is never wrong.

mod data;
mod first;
mod marked;
mod module;
mod names;
pub mod page;
mod plan;
mod rest;
#[cfg(test)]
mod tests;

pub use data::Pieces;
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

/// Two modules that together do what `wasm` does. None if all of its functions are in `opening`. `pieces` are of its data, if the linker told them.
pub fn split(wasm: &[u8], opening: &str, pieces: Option<&Pieces>) -> Result<Option<Parts>, Problem> {
    let opening: BTreeSet<&str> = opening.lines().filter(|line| !line.starts_with('#')).collect();
    let cannot = |what: &str| Problem::new(format!("the wasm cannot be split: {what}")).help("it is left in one");
    let module = Module::read(wasm).map_err(|what| cannot(&what))?;
    let plan = Plan::of(&module, |line| opening.contains(line)).map_err(|what| cannot(&what))?;
    if plan.is_one() {
        return Ok(None);
    }
    // A list of other names, as another way of building gives them, would put nearly all into the rest.
    if (module.functions.len() - plan.rest.len()) * 2 < opening.len() {
        return Err(cannot(
            "too few of its functions are in the list of what opening the page needs. `cargo xtask build` names them as the list does, and \
             `cargo xtask profile` writes the list anew",
        ));
    }
    let shares = pieces.map(|pieces| pieces.share(&module, &plan)).transpose().map_err(|what| cannot(&what))?;
    let first = first::first(&module, &plan, shares.as_ref()).map_err(|what| cannot(&what))?;
    let rest = rest::rest(&module, &plan, shares.as_ref()).map_err(|what| cannot(&what))?;
    Ok(Some(Parts { first, rest }))
}

/// The module without what the linker has told of it.
pub fn without_linking(wasm: &[u8]) -> Result<Vec<u8>, Problem> {
    let is_linking = |name: &str| name == "linking" || name.starts_with("reloc.");
    module::without_custom(wasm, is_linking).map_err(|error| Problem::new(format!("the wasm cannot be read: {error}")))
}
