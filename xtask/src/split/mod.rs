//! The page's wasm in three: a first part with what opening the page needs, the rest, which is fetched behind it, and the stores' own
//! interfaces, which are fetched behind that.
//!
//! Which function belongs to the first is told by a list of names (`opening.txt`, written by `cargo xtask profile`); to the last belongs what
//! one comes to through its gate alone. In the first part stands a short function in the place of each of a later part: it asks the page's
//! script for that part if it is not there, and calls through the table. So a list that is out of date costs a visitor time and is never
//! wrong.

mod behind;
mod data;
mod first;
mod later;
mod marked;
mod module;
mod names;
pub mod page;
mod plan;
#[cfg(test)]
mod tests;

pub use data::Pieces;
pub use marked::marked;

use std::collections::BTreeSet;

use crate::problem::Problem;
use module::Module;
use plan::Plan;

/// What the script gives to the first part: the one function that fetches a later part at once, by its number.
pub const NEEDED: (&str, &str) = ("parts", "needed");
/// By this name later parts import what the first part exports.
pub const FIRST: &str = "first";
/// By these names they import what one of them exports, the script knows them, and their files end.
pub const LATER: [&str; 2] = ["rest", "stores"];
const REST: usize = 0;
const STORES: usize = 1;
/// The function through which alone the page comes to the stores' own interfaces.
const GATE: &str = "<whiskscope::cluster::store::Stores>::serve_interface";

pub struct Parts {
    pub first: Vec<u8>,
    /// As many as there are, in the order of [`LATER`].
    pub later: Vec<Vec<u8>>,
}

/// Modules that together do what `wasm` does. None if all of its functions are in `opening`. `pieces` are of its data, if the linker told them;
/// without them what is behind the gate is not known, and stays with the rest.
pub fn split(wasm: &[u8], opening: &str, pieces: Option<&Pieces>) -> Result<Option<Parts>, Problem> {
    split_at(wasm, opening, GATE, pieces)
}

fn split_at(wasm: &[u8], opening: &str, gate: &str, pieces: Option<&Pieces>) -> Result<Option<Parts>, Problem> {
    let opening: BTreeSet<&str> = opening.lines().filter(|line| !line.starts_with('#')).collect();
    let cannot = |what: String| Problem::new(format!("the wasm cannot be split: {what}")).help("it is left in one");
    let module = Module::read(wasm).map_err(cannot)?;
    let behind = pieces.map(|pieces| behind::behind(&module, gate, pieces)).transpose().map_err(cannot)?.unwrap_or_default();
    let owner = |function: u32| match opening.contains(module.line(function).as_str()) {
        true => None,
        false if behind.contains(&function) => Some(STORES),
        false => Some(REST),
    };
    let plan = Plan::of(&module, if behind.is_empty() { 1 } else { 2 }, owner).map_err(cannot)?;
    if plan.is_one() {
        return Ok(None);
    }
    // A list of other names, as another way of building gives them, would put nearly all into the rest.
    if plan.first_len(&module) * 2 < opening.len() {
        return Err(cannot(
            "too few of its functions are in the list of what opening the page needs. `cargo xtask build` names them as the list does, and \
             `cargo xtask profile` writes the list anew"
                .to_owned(),
        ));
    }
    let shares = pieces.map(|pieces| pieces.share(&module, &plan)).transpose().map_err(cannot)?;
    let share = |part: usize| shares.as_ref().and_then(|shares| shares.get(part));
    let first = first::first(&module, &plan, share(0)).map_err(cannot)?;
    let later = (0..plan.later.len()).map(|number| later::later(&module, &plan, number, share(number + 1)));
    Ok(Some(Parts { first, later: later.collect::<Result<_, _>>().map_err(cannot)? }))
}

/// The module without what the linker has told of it.
pub fn without_linking(wasm: &[u8]) -> Result<Vec<u8>, Problem> {
    let is_linking = |name: &str| name == "linking" || name.starts_with("reloc.");
    module::without_custom(wasm, is_linking).map_err(|error| Problem::new(format!("the wasm cannot be read: {error}")))
}
