//! What goes where, and how the two parts find each other.

use std::collections::{BTreeMap, BTreeSet};

use super::module::Module;

pub struct Plan {
    /// The functions of the rest.
    pub rest: BTreeSet<u32>,
    /// The places in table 0 of those that the first part can come to.
    pub slots: BTreeMap<u32, u32>,
    /// The table's length with the places that were added for it.
    pub table_len: u64,
    /// A place that is empty until the rest is there.
    pub last_slot: u32,
    /// The first part's functions that the rest calls.
    pub shared: BTreeSet<u32>,
}

impl Plan {
    pub fn of(module: &Module, is_first: impl Fn(&str) -> bool) -> Result<Plan, String> {
        let rest: BTreeSet<u32> =
            module.own().map(|(function, ..)| function).filter(|function| !is_first(&module.line(*function))).collect();
        let (from_rest, from_first): (BTreeSet<_>, BTreeSet<_>) = module.calls.iter().partition(|(_, caller)| rest.contains(caller));
        let called = |calls: BTreeSet<(u32, u32)>| calls.into_iter().map(|(called, _)| called);
        let from_first: BTreeSet<u32> = called(from_first).chain(module.exported.keys().copied()).collect();
        let from_rest: BTreeSet<u32> = called(from_rest).collect();
        // One that is in the table already is called there; its first place will do.
        let mut slots = BTreeMap::new();
        for (slot, function) in module.slots.iter().filter(|(_, function)| rest.contains(function)) {
            slots.entry(*function).or_insert(*slot);
        }
        let mut table_len = module.tables.first().map_or(0, |table| table.initial);
        let mut add = |function: u32| {
            let slot = u32::try_from(table_len).map_err(|_| "its table is full".to_owned())?;
            table_len += 1;
            slots.entry(function).or_insert(slot);
            Ok::<u32, String>(slot)
        };
        let called: Vec<u32> =
            from_first.intersection(&rest).copied().filter(|function| !module.slots.values().any(|it| it == function)).collect();
        for function in called {
            add(function)?;
        }
        // Any function of the rest, so that one place more is filled with it.
        let last_slot = rest.last().copied().map_or(Ok(0), add)?;
        let shared = from_rest.difference(&rest).copied().filter(|function| *function >= module.first_own()).collect();
        Ok(Plan { rest, slots, table_len, last_slot, shared })
    }

    /// Whether there is nothing to split.
    pub fn is_one(&self) -> bool {
        self.rest.is_empty()
    }

    /// What the rest puts into table 0: each of its functions wherever the first part's short one stood, and the added places.
    pub fn filled(&self, module: &Module) -> BTreeMap<u32, u32> {
        let mut filled: BTreeMap<u32, u32> =
            module.slots.iter().filter(|(_, function)| self.rest.contains(function)).map(|(slot, function)| (*slot, *function)).collect();
        filled.extend(self.slots.iter().map(|(function, slot)| (*slot, *function)));
        if let Some(any) = self.rest.last() {
            filled.insert(self.last_slot, *any);
        }
        filled
    }
}

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
        }
    }
}
