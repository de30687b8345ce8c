//! The module that tells which functions were called, to find out what opening the page needs.

use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, ExportKind, ExportSection, MemArg, MemorySection, MemoryType, Module as Encoded};
use wasmparser::{ExportSectionReader, FunctionBody, MemorySectionReader, Parser};

use super::module::Module;
use crate::problem::Problem;

/// By this name it exports a memory with a byte for each function, which is 1 once it has been called.
const CALLED: &str = "called";

pub struct Marked {
    pub wasm: Vec<u8>,
    /// The functions' names in the order of the bytes, a line each.
    pub names: String,
}

pub fn marked(wasm: &[u8]) -> Result<Marked, Problem> {
    let cannot = |what: String| Problem::new(format!("the wasm cannot be marked: {what}"));
    let module = Module::read(wasm).map_err(cannot)?;
    let mut encoded = Encoded::new();
    let mut marks = Marks { functions: module.functions.len() as i32, memory: module.memories.len() as u32, next: 0 };
    marks.parse_core_module(&mut encoded, Parser::new(0), wasm).map_err(|error| cannot(error.to_string()))?;
    let names = module.own().map(|(function, ..)| module.line(function) + "\n").collect();
    Ok(Marked { wasm: encoded.finish(), names })
}

struct Marks {
    functions: i32,
    /// A memory of its own, so that nothing of the program's moves.
    memory: u32,
    next: i32,
}

impl Reencode for Marks {
    type Error = Infallible;

    fn parse_memory_section(&mut self, memories: &mut MemorySection, section: MemorySectionReader<'_>) -> Result<(), Error<Infallible>> {
        utils::parse_memory_section(self, memories, section)?;
        let minimum = (self.functions as u64).div_ceil(1 << 16);
        memories.memory(MemoryType { minimum, maximum: None, memory64: false, shared: false, page_size_log2: None });
        Ok(())
    }

    fn parse_export_section(&mut self, exports: &mut ExportSection, section: ExportSectionReader<'_>) -> Result<(), Error<Infallible>> {
        utils::parse_export_section(self, exports, section)?;
        exports.export(CALLED, ExportKind::Memory, self.memory);
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error<Infallible>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let place = MemArg { offset: 0, align: 0, memory_index: self.memory };
        function.instructions().i32_const(self.next).i32_const(1).i32_store8(place);
        self.next += 1;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }
}
