//! What goes where, and how the two parts find each other.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::{GlobalType, ValType};

use super::module::Module;

/// A function so short is not worth the way from the rest to the first part, and is in both.
const COPIED_LEN_MAX: usize = 60;

pub struct Plan {
    /// The functions of the rest.
    pub rest: BTreeSet<u32>,
    /// The places in table 0 of those that the first part can come to.
    pub slots: BTreeMap<u32, u32>,
    /// The table's length with the places that were added for it.
    pub table_len: u64,
    /// The first part's functions that the rest has too: all that they know is in memory.
    pub copied: BTreeSet<u32>,
    /// Those that the rest calls over there.
    pub shared: BTreeSet<u32>,
}

impl Plan {
    pub fn of(module: &Module, is_first: impl Fn(&str) -> bool) -> Result<Plan, String> {
        let rest: BTreeSet<u32> =
            module.own().map(|(function, ..)| function).filter(|function| !is_first(&module.line(*function))).collect();
        // One that is in the table already is called there; its first place will do.
        let mut slots = BTreeMap::new();
        for (slot, function) in module.slots.iter().filter(|(_, function)| rest.contains(function)) {
            slots.entry(*function).or_insert(*slot);
        }
        let mut table_len = module.tables.first().map_or(0, |table| table.initial);
        let from_first = module.calls.iter().filter(|(_, caller)| !rest.contains(caller)).map(|(called, _)| *called);
        for called in from_first.chain(module.exported.keys().copied()).filter(|called| rest.contains(called)) {
            if let Entry::Vacant(slot) = slots.entry(called) {
                slot.insert(u32::try_from(table_len).map_err(|_| "its table is full")?);
                table_len += 1;
            }
        }
        let (copied, shared) = copied_and_shared(module, &rest);
        Ok(Plan { rest, slots, table_len, copied, shared })
    }

    /// The functions whose bodies the rest has.
    pub fn is_in_rest(&self, function: u32) -> bool {
        self.rest.contains(&function) || self.copied.contains(&function)
    }

    /// Whether there is nothing to split.
    pub fn is_one(&self) -> bool {
        self.rest.is_empty()
    }

    /// What the rest puts into table 0: each of its functions wherever the first part's short one stood, and in the places that were added.
    pub fn filled(&self, module: &Module) -> BTreeMap<u32, u32> {
        let stood = module.slots.iter().filter(|(_, function)| self.rest.contains(function)).map(|(slot, function)| (*slot, *function));
        stood.chain(self.slots.iter().map(|(function, slot)| (*slot, *function))).collect()
    }
}

/// What the rest calls of the first part's, and what that calls in turn where it is copied.
fn copied_and_shared(module: &Module, rest: &BTreeSet<u32>) -> (BTreeSet<u32>, BTreeSet<u32>) {
    let mut called_by: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    module.calls.iter().for_each(|(called, caller)| called_by.entry(*caller).or_default().push(*called));
    let calls = |caller: u32| called_by.get(&caller).into_iter().flatten().copied();
    let short: BTreeSet<u32> =
        module.own().filter(|(.., body)| body.range().len() <= COPIED_LEN_MAX).map(|(function, ..)| function).collect();
    let (mut copied, mut shared) = (BTreeSet::new(), BTreeSet::new());
    let mut next: Vec<u32> = rest.iter().flat_map(|function| calls(*function)).collect();
    while let Some(called) = next.pop() {
        if rest.contains(&called) || called < module.first_own() {
            continue;
        }
        if !short.contains(&called) {
            shared.insert(called);
        } else if copied.insert(called) {
            next.extend(calls(called));
        }
    }
    (copied, shared)
}

/// The type of the global that tells whether the rest is there.
pub const IS_THERE: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

/// A short name for what one part exports to the other.
pub fn short(number: usize) -> String {
    const DIGITS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let digit = |at: usize| DIGITS.get(at).map_or('_', |digit| char::from(*digit));
    let mut name = String::new();
    let mut left = number;
    loop {
        name.insert(0, digit(left % DIGITS.len()));
        left /= DIGITS.len();
        if left == 0 {
            return name;
        }
    }
}

/// The names under which the first part exports, and the rest imports, what they share.
pub struct Shared {
    pub functions: Vec<(u32, String)>,
    pub tables: Vec<String>,
    pub memories: Vec<String>,
    pub globals: Vec<String>,
    /// A global that is 1 once the rest is there.
    pub is_there: String,
}

impl Shared {
    pub fn of(module: &Module, plan: &Plan) -> Shared {
        let mut numbers = 0..;
        let mut next = || short(numbers.next().unwrap_or_default());
        Shared {
            functions: plan.shared.iter().map(|function| (*function, next())).collect(),
            tables: module.tables.iter().map(|_| next()).collect(),
            memories: module.memories.iter().map(|_| next()).collect(),
            globals: module.globals.iter().map(|_| next()).collect(),
            is_there: next(),
        }
    }
}
