//! The part that is fetched behind.

use std::collections::BTreeMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, Function, FunctionSection, ImportSection, Module as Encoded,
    StartSection, TypeSection,
};

use super::FIRST;
use super::data::Shares;
use super::module::Module;
use super::plan::{IS_THERE, Plan, Shared};

/// A module of the rest's functions alone. It has the first part's memory, tables and globals, and puts its functions into table 0.
pub fn rest(module: &Module, plan: &Plan, shares: Option<&Shares>) -> Result<Vec<u8>, String> {
    encode(module, plan, shares).map_err(|error| error.to_string())
}

/// The new numbers of functions.
struct Numbers(BTreeMap<u32, u32>);

impl Reencode for Numbers {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        // One without a number is in neither part, and the module will not be valid.
        Ok(self.0.get(&function).copied().unwrap_or(u32::MAX))
    }
}

fn encode(module: &Module, plan: &Plan, shares: Option<&Shares>) -> Result<Vec<u8>, Error<Infallible>> {
    let shared = Shared::of(module, plan);
    let imported = 0..module.first_own();
    let order = imported
        .chain(plan.shared.iter().copied())
        .chain(module.own().map(|(function, ..)| function).filter(|function| plan.is_in_rest(*function)));
    let mut numbers = Numbers(order.zip(0..).collect());

    let mut types = TypeSection::new();
    numbers.parse_type_section(&mut types, module.type_section.clone())?;
    let plain_type = types.len();
    types.ty().function([], []);
    let imports = imports(&mut numbers, module, &shared)?;
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for (_, ty, body) in module.own().filter(|(function, ..)| plan.is_in_rest(*function)) {
        functions.function(ty);
        numbers.parse_function_body(&mut code, body.clone())?;
    }
    // Once its table and its data are in place.
    let mut tell = Function::new([]);
    tell.instructions().i32_const(1).global_set(module.globals.len() as u32).end();
    functions.function(plain_type);
    code.function(&tell);
    let start = StartSection { function_index: numbers.0.len() as u32 };
    let mut elements = ElementSection::new();
    for (from, functions) in runs(&plan.filled(module)) {
        let functions = functions.into_iter().map(|function| numbers.function_index(function)).collect::<Result<Vec<_>, _>>()?;
        elements.active(None, &ConstExpr::i32_const(from as i32), Elements::Functions(functions.into()));
    }
    let mut data = DataSection::new();
    for (from, bytes) in shares.into_iter().flat_map(|shares| &shares.rest) {
        data.active(0, &ConstExpr::i32_const(*from as i32), bytes.iter().copied());
    }
    let mut encoded = Encoded::new();
    encoded.section(&types).section(&imports).section(&functions).section(&start).section(&elements).section(&code).section(&data);
    Ok(encoded.finish())
}

/// What the script gives to the whole module, and behind it what the first part gives; wasm-opt leaves out what is not used.
fn imports(numbers: &mut Numbers, module: &Module, shared: &Shared) -> Result<ImportSection, Error<Infallible>> {
    let mut imports = ImportSection::new();
    for (from, name, ty) in &module.imports {
        imports.import(from, name, EntityType::Function(*ty));
    }
    for (function, name) in &shared.functions {
        imports.import(FIRST, name, EntityType::Function(module.type_of(*function).unwrap_or(u32::MAX)));
    }
    for (table, name) in module.tables.iter().zip(&shared.tables) {
        // The first part has made it longer.
        let any_len = wasm_encoder::TableType { minimum: 0, maximum: None, ..numbers.table_type(*table)? };
        imports.import(FIRST, name, EntityType::Table(any_len));
    }
    for (memory, name) in module.memories.iter().zip(&shared.memories) {
        imports.import(FIRST, name, EntityType::Memory(numbers.memory_type(*memory)?));
    }
    for (global, name) in module.globals.iter().zip(&shared.globals) {
        imports.import(FIRST, name, EntityType::Global(numbers.global_type(*global)?));
    }
    imports.import(FIRST, &shared.is_there, EntityType::Global(IS_THERE));
    Ok(imports)
}

/// Places that follow one another, and what comes into them.
fn runs(filled: &BTreeMap<u32, u32>) -> Vec<(u32, Vec<u32>)> {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (slot, function) in filled {
        match runs.last_mut() {
            Some((from, functions)) if *from + functions.len() as u32 == *slot => functions.push(*function),
            _ => runs.push((*slot, vec![*function])),
        }
    }
    runs
}
