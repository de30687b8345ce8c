//! What goes where, and how the parts find one another.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::{GlobalType, ValType};

use super::module::Module;

/// A function so short is not worth the way from one part to another, and is in both.
const COPIED_LEN_MAX: usize = 60;

pub struct Plan {
    /// Which later part a function is of; one that is not named is of the first.
    owners: BTreeMap<u32, usize>,
    /// The parts that are fetched behind the first, in order: each may call what comes before it.
    pub later: Vec<Part>,
    /// The places in table 0 of those that an earlier part can come to.
    pub slots: BTreeMap<u32, u32>,
    /// The table's length with the places that were added for it.
    pub table_len: u64,
}

#[derive(Default)]
pub struct Part {
    /// Functions of earlier parts that it has too: all that they know is in memory.
    pub copied: BTreeSet<u32>,
    /// Those that it calls in the first part. For what is of a later part a short one stands there.
    pub of_first: BTreeSet<u32>,
    /// Those that it calls in another later part before it, and which part that is.
    pub of_later: BTreeSet<(usize, u32)>,
}

impl Plan {
    /// `owner` is the number of a function's later part, or None for the first.
    pub fn of(module: &Module, count: usize, owner: impl Fn(u32) -> Option<usize>) -> Result<Plan, String> {
        let owners: BTreeMap<u32, usize> =
            module.own().filter_map(|(function, ..)| owner(function).map(|owner| (function, owner))).collect();
        // One that is in the table already is called there; its first place will do.
        let mut slots = BTreeMap::new();
        for (slot, function) in module.slots.iter().filter(|(_, function)| owners.contains_key(function)) {
            slots.entry(*function).or_insert(*slot);
        }
        let mut table_len = module.tables.first().map_or(0, |table| table.initial);
        let forward = module.calls.iter().filter(|(called, caller)| owners.get(caller) < owners.get(called)).map(|(called, _)| *called);
        for called in forward.chain(module.exported.keys().copied()).filter(|called| owners.contains_key(called)) {
            if let Entry::Vacant(slot) = slots.entry(called) {
                slot.insert(u32::try_from(table_len).map_err(|_| "its table is full")?);
                table_len += 1;
            }
        }
        let mut plan = Plan { owners, later: Vec::new(), slots, table_len };
        plan.later = (0..count).map(|number| plan.part(module, number)).collect();
        Ok(plan)
    }

    /// What a part calls elsewhere, and what that calls in turn where it is copied.
    fn part(&self, module: &Module, number: usize) -> Part {
        let mut called_by: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        module.calls.iter().for_each(|(called, caller)| called_by.entry(*caller).or_default().push(*called));
        let calls = |caller: u32| called_by.get(&caller).into_iter().flatten().copied();
        let short: BTreeSet<u32> =
            module.own().filter(|(.., body)| body.range().len() <= COPIED_LEN_MAX).map(|(function, ..)| function).collect();
        let mut part = Part::default();
        let own = self.owners.iter().filter(|(_, owner)| **owner == number).map(|(function, _)| *function);
        let mut next: Vec<u32> = own.flat_map(calls).collect();
        while let Some(called) = next.pop() {
            match self.owner(called) {
                _ if called < module.first_own() => {}
                Some(owner) if owner == number => {}
                Some(owner) if owner > number => {
                    part.of_first.insert(called);
                }
                _ if short.contains(&called) => {
                    if part.copied.insert(called) {
                        next.extend(calls(called));
                    }
                }
                Some(owner) => {
                    part.of_later.insert((owner, called));
                }
                None => {
                    part.of_first.insert(called);
                }
            }
        }
        part
    }

    /// The later part that a function belongs to.
    pub fn owner(&self, function: u32) -> Option<usize> {
        self.owners.get(&function).copied()
    }

    /// Whether a later part has the function's body.
    pub fn is_in(&self, number: usize, function: u32) -> bool {
        self.owner(function) == Some(number) || self.later.get(number).is_some_and(|part| part.copied.contains(&function))
    }

    /// Whether there is nothing to split.
    pub fn is_one(&self) -> bool {
        self.owners.is_empty()
    }

    /// How many functions the first part has.
    pub fn first_len(&self, module: &Module) -> usize {
        module.functions.len() - self.owners.len()
    }

    /// What a later part puts into table 0: each of its functions wherever the first part's short one stood, and in the places that were added.
    pub fn filled(&self, module: &Module, number: usize) -> BTreeMap<u32, u32> {
        let stood = module.slots.iter().map(|(slot, function)| (*slot, *function));
        let added = self.slots.iter().map(|(function, slot)| (*slot, *function));
        stood.chain(added).filter(|(_, function)| self.owner(*function) == Some(number)).collect()
    }
}

/// The type of a global that tells whether a later part is there.
pub const IS_THERE: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

/// A short name for what one part exports to the others.
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

/// The names under which parts export, and later ones import, what they share.
pub struct Shared {
    /// The first part's, and among them short ones.
    pub functions: BTreeMap<u32, String>,
    pub tables: Vec<String>,
    pub memories: Vec<String>,
    pub globals: Vec<String>,
    /// For each later part a global that is 1 once it is there.
    pub is_there: Vec<String>,
    /// What each later part gives to those behind it.
    pub later: Vec<BTreeMap<u32, String>>,
}

impl Shared {
    pub fn of(module: &Module, plan: &Plan) -> Shared {
        let mut numbers = 0..;
        let mut next = || short(numbers.next().unwrap_or_default());
        let functions: BTreeSet<u32> = plan.later.iter().flat_map(|part| part.of_first.iter().copied()).collect();
        let of_later = |number: usize| {
            let given = plan.later.iter().flat_map(|part| &part.of_later).filter(move |(owner, _)| *owner == number);
            let given: BTreeSet<u32> = given.map(|(_, function)| *function).collect();
            given.into_iter().zip((0..).map(short)).collect()
        };
        Shared {
            functions: functions.into_iter().map(|function| (function, next())).collect(),
            tables: module.tables.iter().map(|_| next()).collect(),
            memories: module.memories.iter().map(|_| next()).collect(),
            globals: module.globals.iter().map(|_| next()).collect(),
            is_there: plan.later.iter().map(|_| next()).collect(),
            later: (0..plan.later.len()).map(of_later).collect(),
        }
    }
}
