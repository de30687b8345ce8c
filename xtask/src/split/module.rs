//! A module, read as far as splitting has to understand it.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::{Module as Encoded, RawSection};
use wasmparser::{
    DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, GlobalType, MemoryType, Name, Operator, Parser, Payload,
    TableType, TypeRef, TypeSectionReader,
};

use super::names;

/// Functions have the numbers that instructions use: imported ones come first.
pub struct Module<'a> {
    pub bytes: &'a [u8],
    pub type_section: TypeSectionReader<'a>,
    pub types: Vec<FuncType>,
    /// Module, name and type. Nothing but functions is imported.
    pub imports: Vec<(&'a str, &'a str, u32)>,
    /// The type of each function of its own.
    pub functions: Vec<u32>,
    pub bodies: Vec<FunctionBody<'a>>,
    pub tables: Vec<TableType>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<GlobalType>,
    /// Functions that are called from outside, and by which name.
    pub exported: BTreeMap<u32, &'a str>,
    /// Who is called, and by whom.
    pub calls: BTreeSet<(u32, u32)>,
    /// Which function is in which place of table 0.
    pub slots: BTreeMap<u32, u32>,
    /// What its globals begin with.
    pub global_values: Vec<u32>,
    pub data: Vec<Segment<'a>>,
    names: BTreeMap<u32, &'a str>,
}

/// Bytes, and the address of the first.
pub type Segment<'a> = (u32, &'a [u8]);

impl<'a> Module<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Module<'a>, String> {
        read(bytes).map_err(|error| error.to_string())?
    }

    pub fn first_own(&self) -> u32 {
        self.imports.len() as u32
    }

    /// The functions of its own: their number, type and body.
    pub fn own(&self) -> impl Iterator<Item = (u32, u32, &FunctionBody<'a>)> {
        (self.first_own()..).zip(&self.functions).zip(&self.bodies).map(|((function, ty), body)| (function, *ty, body))
    }

    /// How the list calls a function of its own. What wasm-opt has made of functions that were alike has no name: it goes by its first caller's.
    pub fn line(&self, function: u32) -> String {
        let named = |function: u32| self.names.get(&function).or_else(|| self.exported.get(&function)).copied();
        let by_caller = || {
            let (_, caller) = self.calls.range((function, 0)..=(function, u32::MAX)).find(|(_, caller)| named(*caller).is_some())?;
            Some(format!("part of {}", names::line_of(named(*caller)?)))
        };
        named(function).map(names::line_of).or_else(by_caller).unwrap_or_default()
    }

    pub fn type_of(&self, function: u32) -> Option<u32> {
        match function.checked_sub(self.first_own()) {
            Some(own) => self.functions.get(own as usize).copied(),
            None => self.imports.get(function as usize).map(|(_, _, ty)| *ty),
        }
    }
}

/// The outer error is of a file that is no wasm, the inner one of what splitting was not made for.
fn read(bytes: &[u8]) -> wasmparser::Result<Result<Module<'_>, String>> {
    let refuse = |what: &str| Ok(Err(what.to_owned()));
    let (mut type_section, mut types, mut imports, mut functions, mut bodies) = (None, Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut tables, mut memories, mut globals) = (Vec::new(), Vec::new(), Vec::new());
    let (mut global_values, mut data) = (Vec::new(), Vec::new());
    let (mut exported, mut slots, mut names) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::TypeSection(section) => {
                type_section = Some(section.clone());
                types = section.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    let TypeRef::Func(ty) = import.ty else { return refuse("it imports something that is no function") };
                    imports.push((import.module, import.name, ty));
                }
            }
            Payload::FunctionSection(section) => functions = section.into_iter().collect::<Result<_, _>>()?,
            Payload::TableSection(section) => {
                for table in section {
                    tables.push(table?.ty);
                }
            }
            Payload::MemorySection(section) => memories = section.into_iter().collect::<Result<_, _>>()?,
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    globals.push(global.ty);
                    if let Operator::I32Const { value } = global.init_expr.get_operators_reader().read()? {
                        global_values.push(value as u32);
                    }
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        exported.insert(export.index, export.name);
                    }
                }
            }
            Payload::StartSection { func, .. } => {
                exported.insert(func, "start");
            }
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    let (ElementKind::Active { table_index: None | Some(0), offset_expr }, ElementItems::Functions(functions)) =
                        (element.kind, element.items)
                    else {
                        return refuse("its tables are filled in a way that is not known");
                    };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                        return refuse("a place in its table is not a number");
                    };
                    for (slot, function) in (value as u32..).zip(functions) {
                        slots.insert(slot, function?);
                    }
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body),
            Payload::DataSection(section) => {
                for segment in section {
                    let segment = segment?;
                    let DataKind::Active { memory_index: 0, offset_expr } = segment.kind else {
                        return refuse("its data does not come all by itself");
                    };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                        return refuse("an address of its data is not a number");
                    };
                    data.push((value as u32, segment.data));
                }
            }
            Payload::CustomSection(section) => {
                let wasmparser::KnownCustom::Name(section) = section.as_known() else { continue };
                for part in section {
                    let Name::Function(functions) = part? else { continue };
                    for naming in functions {
                        let naming = naming?;
                        names.insert(naming.index, naming.name);
                    }
                }
            }
            _ => {}
        }
    }
    let Some(type_section) = type_section else { return refuse("it has no types") };
    if tables.is_empty() || globals.is_empty() {
        return refuse("it has no table or no globals");
    }
    let mut calls = BTreeSet::new();
    for (caller, body) in (imports.len() as u32..).zip(&bodies) {
        let body: &FunctionBody<'_> = body;
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } => {
                    calls.insert((function_index, caller));
                }
                Operator::ReturnCall { .. } | Operator::RefFunc { .. } => return refuse("it names functions outside of calls"),
                Operator::MemoryInit { .. } | Operator::DataDrop { .. } => return refuse("it names its data"),
                _ => {}
            }
        }
    }
    Ok(Ok(Module {
        bytes,
        type_section,
        types,
        imports,
        functions,
        bodies,
        tables,
        memories,
        globals,
        exported,
        calls,
        slots,
        global_values,
        data,
        names,
    }))
}

/// The same file without its custom sections of such names.
pub fn without_custom(wasm: &[u8], is_out: impl Fn(&str) -> bool) -> wasmparser::Result<Vec<u8>> {
    let mut kept = Encoded::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if matches!(&payload, Payload::CustomSection(section) if is_out(section.name())) {
            continue;
        }
        if let Some((id, range)) = payload.as_section() {
            kept.section(&RawSection { id, data: wasm.get(range).unwrap_or_default() });
        }
    }
    Ok(kept.finish())
}
