//! What one comes to through one function alone.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{Pieces, constants_of};
use super::module::Module;

/// The function of that name and all that nothing else comes to: by a call, by a number that is a place in the table, or by data that has one.
/// Empty if there is no such function.
///
/// A number that only looks like a place (build.rs has the table begin where few do) keeps a function out, and is never wrong.
pub fn behind(module: &Module, gate: &str, pieces: &Pieces) -> Result<BTreeSet<u32>, String> {
    let Some((gate, ..)) = module.own().find(|(function, ..)| module.line(*function) == gate) else { return Ok(BTreeSet::new()) };
    let mut calls: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    module.calls.iter().for_each(|(called, caller)| calls.entry(*caller).or_default().push(*called));
    let bodies: BTreeMap<u32, _> = module.own().map(|(function, _, body)| (function, body)).collect();

    let (mut reached, mut numbers) = (BTreeSet::from([gate]), BTreeSet::new());
    let mut next: Vec<u32> = module.exported.keys().copied().collect();
    let mut new_numbers: BTreeSet<u32> = module.global_values.iter().copied().collect();
    loop {
        while let Some(function) = next.pop() {
            let Some(body) = bodies.get(&function).filter(|_| reached.insert(function)) else { continue };
            next.extend(calls.get(&function).into_iter().flatten());
            new_numbers.extend(constants_of(body).map_err(|error| error.to_string())?);
        }
        new_numbers.retain(|number| numbers.insert(*number));
        if new_numbers.is_empty() {
            break;
        }
        let in_data = pieces.slots_reached(&new_numbers);
        next.extend(new_numbers.iter().chain(&in_data).filter_map(|slot| module.slots.get(slot)));
        new_numbers.clear();
    }
    reached.remove(&gate);
    Ok(module.own().map(|(function, ..)| function).filter(|function| !reached.contains(function)).collect())
}
