//! A module, read as far as splitting has to understand it.

use std::collections::BTreeMap;

use wasmparser::{
    ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody, GlobalType, MemoryType, Name, Operator, Parser, Payload, TableType,
    TypeRef, TypeSectionReader,
};

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
    /// Functions that are called from outside.
    pub exported: Vec<u32>,
    /// Which function is in which place of table 0.
    pub slots: BTreeMap<u32, u32>,
    names: BTreeMap<u32, &'a str>,
}

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

    pub fn name(&self, function: u32) -> &'a str {
        self.names.get(&function).copied().unwrap_or_default()
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
    let (mut tables, mut memories, mut globals, mut exported) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut slots, mut names) = (BTreeMap::new(), BTreeMap::new());
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
                    globals.push(global?.ty);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        exported.push(export.index);
                    }
                }
            }
            Payload::StartSection { func, .. } => exported.push(func),
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
    if tables.is_empty() {
        return refuse("it has no table");
    }
    Ok(Ok(Module { bytes, type_section, types, imports, functions, bodies, tables, memories, globals, exported, slots, names }))
}
