//! The part that opens the page.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    ImportSection, Module as Encoded, TableSection, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, DataSectionReader, ExportSectionReader, FunctionBody, FunctionSectionReader,
    GlobalSectionReader, ImportSectionReader, Parser, TableSectionReader, TypeSectionReader,
};

use super::NEEDED;
use super::data::Share;
use super::module::Module;
use super::plan::{IS_THERE, Plan, Shared};

/// The module with a short function in the place of each of a later part. wasm-opt then leaves out those that nothing calls.
pub fn first(module: &Module, plan: &Plan, share: Option<&Share>) -> Result<Vec<u8>, String> {
    let mut encoded = Encoded::new();
    let mut first = First { module, plan, share, shared: Shared::of(module, plan), next: module.first_own() };
    first.parse_core_module(&mut encoded, Parser::new(0), module.bytes).map_err(|error| error.to_string())?;
    Ok(encoded.finish())
}

struct First<'a> {
    module: &'a Module<'a>,
    plan: &'a Plan,
    /// All of the data is here if it is not shared out.
    share: Option<&'a Share>,
    shared: Shared,
    /// The function whose body comes next.
    next: u32,
}

type Done = Result<(), Error<Infallible>>;

impl First<'_> {
    /// The type of what neither takes nor gives anything, added behind all others.
    fn plain_type(&self) -> u32 {
        self.module.types.len() as u32
    }

    /// Added behind all others too: it asks for a later part unless that is there.
    fn ensure(&self, part: usize) -> u32 {
        self.module.first_own() + 1 + self.module.functions.len() as u32 + part as u32
    }

    /// The same for a global.
    fn is_there(&self, part: usize) -> u32 {
        self.module.globals.len() as u32 + part as u32
    }

    fn later(&self) -> std::ops::Range<usize> {
        0..self.plan.later.len()
    }

    fn stub(&self, function: u32) -> Option<Function> {
        let part = self.plan.owner(function)?;
        let ty = self.module.type_of(function)?;
        let params = self.module.types.get(ty as usize)?.params().len() as u32;
        let mut stub = Function::new([]);
        let mut code = stub.instructions();
        match self.plan.slots.get(&function) {
            None => code.unreachable(),
            Some(slot) => {
                code.call(self.ensure(part));
                for param in 0..params {
                    code.local_get(param);
                }
                code.i32_const(*slot as i32).call_indirect(0, ty)
            }
        };
        code.end();
        Some(stub)
    }
}

impl Reencode for First<'_> {
    type Error = Infallible;

    /// The import that is added comes before all functions of the module's own.
    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        Ok(if function < self.module.first_own() { function } else { function + 1 })
    }

    fn parse_type_section(&mut self, types: &mut TypeSection, section: TypeSectionReader<'_>) -> Done {
        utils::parse_type_section(self, types, section)?;
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        Ok(())
    }

    fn parse_import_section(&mut self, imports: &mut ImportSection, section: ImportSectionReader<'_>) -> Done {
        utils::parse_import_section(self, imports, section)?;
        imports.import(NEEDED.0, NEEDED.1, EntityType::Function(self.plain_type() + 1));
        Ok(())
    }

    fn parse_function_section(&mut self, functions: &mut FunctionSection, section: FunctionSectionReader<'_>) -> Done {
        utils::parse_function_section(self, functions, section)?;
        for _ in self.later() {
            functions.function(self.plain_type());
        }
        Ok(())
    }

    fn parse_table_section(&mut self, tables: &mut TableSection, section: TableSectionReader<'_>) -> Done {
        for (number, table) in section.into_iter().enumerate() {
            let mut table = table?;
            if number == 0 {
                table.ty.initial = self.plan.table_len;
                table.ty.maximum = table.ty.maximum.map(|maximum| maximum.max(self.plan.table_len));
            }
            self.parse_table(tables, table)?;
        }
        Ok(())
    }

    fn parse_global_section(&mut self, globals: &mut GlobalSection, section: GlobalSectionReader<'_>) -> Done {
        utils::parse_global_section(self, globals, section)?;
        for _ in self.later() {
            globals.global(IS_THERE, &ConstExpr::i32_const(0));
        }
        Ok(())
    }

    fn parse_export_section(&mut self, exports: &mut ExportSection, section: ExportSectionReader<'_>) -> Done {
        utils::parse_export_section(self, exports, section)?;
        let Shared { functions, tables, memories, globals, is_there, .. } = &self.shared;
        for (part, name) in is_there.iter().enumerate() {
            exports.export(name, ExportKind::Global, self.is_there(part));
        }
        for (function, name) in functions {
            exports.export(name, ExportKind::Func, function + 1);
        }
        let kinds = [(ExportKind::Table, tables), (ExportKind::Memory, memories), (ExportKind::Global, globals)];
        for (kind, names) in kinds {
            for (index, name) in (0..).zip(names) {
                exports.export(name, kind, index);
            }
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Done {
        utils::parse_code_section(self, code, section)?;
        for part in self.later() {
            let mut ensure = Function::new([]);
            let mut instructions = ensure.instructions();
            instructions.global_get(self.is_there(part)).i32_eqz();
            instructions.if_(BlockType::Empty).i32_const(part as i32).call(self.module.first_own()).end().end();
            code.function(&ensure);
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Done {
        let function = self.next;
        self.next += 1;
        match self.stub(function) {
            Some(stub) => {
                code.function(&stub);
                Ok(())
            }
            None => utils::parse_function_body(self, code, body),
        }
    }

    fn parse_data_section(&mut self, data: &mut DataSection, section: DataSectionReader<'_>) -> Done {
        let Some(share) = self.share else { return utils::parse_data_section(self, data, section) };
        for (from, bytes) in share {
            data.active(0, &ConstExpr::i32_const(*from as i32), bytes.iter().copied());
        }
        Ok(())
    }

    /// A count that nothing asks for: no instruction names data.
    fn data_count(&mut self, count: u32) -> Result<u32, Error<Infallible>> {
        Ok(self.share.map_or(count, |share| share.len() as u32))
    }

    /// Names of functions have done their work, and nothing else of these is for a browser.
    fn parse_custom_section(&mut self, _: &mut Encoded, _: CustomSectionReader<'_>) -> Done {
        Ok(())
    }
}
