//! A part that is fetched behind the first.

use std::collections::BTreeMap;
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, Module as Encoded, StartSection, TypeSection,
};

use super::data::Share;
use super::module::Module;
use super::plan::{IS_THERE, Part, Plan, Shared};
use super::{FIRST, LATER};

/// A module of one part's functions alone. It has the first part's memory, tables and globals, and puts its functions into table 0.
pub fn later(module: &Module, plan: &Plan, number: usize, share: Option<&Share>) -> Result<Vec<u8>, String> {
    let part = plan.later.get(number).ok_or("there is no such part")?;
    let later = Later { module, plan, part, number, shared: Shared::of(module, plan) };
    later.encode(share).map_err(|error| error.to_string())
}

/// The new numbers of functions.
struct Numbers(BTreeMap<u32, u32>);

impl Reencode for Numbers {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        // One without a number is in no part that this one knows, and the module will not be valid.
        Ok(self.0.get(&function).copied().unwrap_or(u32::MAX))
    }
}

struct Later<'a> {
    module: &'a Module<'a>,
    plan: &'a Plan,
    part: &'a Part,
    number: usize,
    shared: Shared,
}

impl Later<'_> {
    fn encode(&self, share: Option<&Share>) -> Result<Vec<u8>, Error<Infallible>> {
        let Later { module, plan, part, number, ref shared } = *self;
        let imported = 0..module.first_own();
        let order = imported
            .chain(part.of_first.iter().copied())
            .chain(part.of_later.iter().map(|(_, function)| *function))
            .chain(module.own().map(|(function, ..)| function).filter(|function| plan.is_in(number, *function)));
        let mut numbers = Numbers(order.zip(0..).collect());

        let mut types = TypeSection::new();
        numbers.parse_type_section(&mut types, module.type_section.clone())?;
        let plain_type = types.len();
        types.ty().function([], []);
        let imports = self.imports(&mut numbers)?;
        let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
        for (_, ty, body) in module.own().filter(|(function, ..)| plan.is_in(number, *function)) {
            functions.function(ty);
            numbers.parse_function_body(&mut code, body.clone())?;
        }
        // Once its table and its data are in place.
        let mut tell = Function::new([]);
        tell.instructions().i32_const(1).global_set(module.globals.len() as u32).end();
        functions.function(plain_type);
        code.function(&tell);
        let mut exports = ExportSection::new();
        for (function, name) in shared.later.get(number).into_iter().flatten() {
            exports.export(name, ExportKind::Func, numbers.function_index(*function)?);
        }
        let start = StartSection { function_index: numbers.0.len() as u32 };
        let mut elements = ElementSection::new();
        for (from, functions) in runs(&plan.filled(module, number)) {
            let functions = functions.into_iter().map(|function| numbers.function_index(function)).collect::<Result<Vec<_>, _>>()?;
            elements.active(None, &ConstExpr::i32_const(from as i32), Elements::Functions(functions.into()));
        }
        let mut data = DataSection::new();
        for (from, bytes) in share.into_iter().flatten() {
            data.active(0, &ConstExpr::i32_const(*from as i32), bytes.iter().copied());
        }
        let mut encoded = Encoded::new();
        encoded.section(&types).section(&imports).section(&functions).section(&exports).section(&start);
        encoded.section(&elements).section(&code).section(&data);
        Ok(encoded.finish())
    }

    /// What the script gives to the whole module, and behind it what earlier parts give; wasm-opt leaves out what is not used.
    fn imports(&self, numbers: &mut Numbers) -> Result<ImportSection, Error<Infallible>> {
        let Later { module, part, number, ref shared, .. } = *self;
        let mut imports = ImportSection::new();
        for (from, name, ty) in &module.imports {
            imports.import(from, name, EntityType::Function(*ty));
        }
        let of_first = part.of_first.iter().map(|function| (FIRST, *function, shared.functions.get(function)));
        let of_later = part.of_later.iter().map(|(owner, function)| {
            let name = shared.later.get(*owner).and_then(|names| names.get(function));
            (LATER.get(*owner).copied().unwrap_or_default(), *function, name)
        });
        for (from, function, name) in of_first.chain(of_later) {
            let ty = EntityType::Function(module.type_of(function).unwrap_or(u32::MAX));
            imports.import(from, name.map_or("", String::as_str), ty);
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
        imports.import(FIRST, shared.is_there.get(number).map_or("", String::as_str), EntityType::Global(IS_THERE));
        Ok(imports)
    }
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
