use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    GlobalType, ImportSection, MemorySection, MemoryType, Module as Encoded, NameMap, NameSection, RefType, TableSection, TableType,
    TypeSection, ValType,
};
use wasmparser::{Operator, Parser, Payload, Validator};

use super::*;

/// Functions 1 to 6 behind one import. `open` opens the page and calls `ask`, which nobody may need; `double` is long and `brief` is not;
/// `listed` is only in the table.
fn page() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("./page_bg.js", "log", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    (0..6).for_each(|_| {
        functions.function(0);
    });
    let mut tables = TableSection::new();
    tables.table(TableType { element_type: RefType::FUNCREF, table64: false, minimum: 3, maximum: Some(3), shared: false });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut globals = GlobalSection::new();
    globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(1 << 16));
    let mut exports = ExportSection::new();
    exports.export("open", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions([4, 5].as_slice().into()));
    let mut code = CodeSection::new();
    for (calls, len) in [(&[2_u32, 3][..], 0), (&[3, 5, 0], 0), (&[], 100), (&[], 0), (&[3, 6], 0), (&[], 0)] {
        let mut body = Function::new([]);
        body.instructions().local_get(0);
        for called in calls {
            body.instructions().call(*called);
        }
        for _ in 0..len {
            body.instructions().nop();
        }
        body.instructions().end();
        code.function(&body);
    }
    let mut names = NameMap::new();
    let named = ["page[0123456789abcdef]::open", "page::ask", "page::double", "page::listed", "page::deep", "page::brief"];
    (1..).zip(named).for_each(|(function, name)| names.append(function, name));
    let mut section = NameSection::new();
    section.functions(&names);
    let mut module = Encoded::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&tables)
        .section(&memories)
        .section(&globals)
        .section(&exports)
        .section(&elements)
        .section(&code);
    module.section(&section);
    module.finish()
}

const OPENING: &str = "# a comment\npage::brief\npage::double\npage::open\n";

fn imports(wasm: &[u8]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload.unwrap() {
            found.extend(section.into_imports().map(|import| import.unwrap()).map(|it| (it.module.to_owned(), it.name.to_owned())));
        }
    }
    found
}

/// What each function calls directly, by number.
fn calls(wasm: &[u8]) -> Vec<Vec<u32>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::CodeSectionEntry(body) = payload.unwrap() {
            let operators = body.get_operators_reader().unwrap().into_iter().map(|operator| operator.unwrap());
            let call = |operator: Operator<'_>| match operator {
                Operator::Call { function_index } => Some(function_index),
                _ => None,
            };
            bodies.push(operators.filter_map(call).collect());
        }
    }
    bodies
}

#[test]
fn both_parts_are_valid_modules() {
    let parts = split(&page(), OPENING, None).unwrap().unwrap();
    Validator::new().validate_all(&parts.first).unwrap();
    Validator::new().validate_all(&parts.rest).unwrap();
    Validator::new().validate_all(&marked(&page()).unwrap().wasm).unwrap();
}

#[test]
fn the_first_part_asks_for_the_rest_where_it_comes_to_it() {
    let parts = split(&page(), OPENING, None).unwrap().unwrap();
    assert!(imports(&parts.first).contains(&("rest".to_owned(), "needed".to_owned())));
    // One import more: `open` is 2 now. Those of the rest that one can come to ask by the last, which asks the script.
    assert_eq!(calls(&parts.first), [vec![3, 4], vec![8], vec![], vec![8], vec![8], vec![], vec![1]]);
}

#[test]
fn the_rest_calls_its_own_directly_and_the_first_by_import() {
    let parts = split(&page(), OPENING, None).unwrap().unwrap();
    let imported: Vec<String> = imports(&parts.rest).into_iter().map(|(module, _)| module).collect();
    // `log`, `double`, the table, the memory, the global, and what tells that the rest is there.
    assert_eq!(imported, ["./page_bg.js", "first", "first", "first", "first", "first"]);
    // `ask`, `listed`, `deep`, the copied `brief`, and what runs at the start.
    assert_eq!(calls(&parts.rest), [vec![1, 4, 0], vec![], vec![1, 5], vec![], vec![]]);
}

#[test]
fn the_rest_fills_the_places_of_the_short_functions() {
    let module = page();
    let module = Module::read(&module).unwrap();
    let plan = Plan::of(&module, |line| OPENING.lines().any(|first| first == line)).unwrap();
    let filled: Vec<(u32, u32)> = plan.filled(&module).into_iter().collect();
    assert_eq!(filled, [(1, 4), (2, 5), (3, 2)]);
    assert_eq!(plan.table_len, 4);
}

#[test]
fn what_is_all_needed_stays_in_one() {
    let all = "page::open\npage::ask\npage::double\npage::listed\npage::deep\npage::brief";
    assert!(split(&page(), all, None).unwrap().is_none());
    assert!(split(b"no wasm", all, None).is_err());
}

#[test]
fn a_marked_page_knows_its_functions_by_the_names_of_the_list() {
    let marked = marked(&page()).unwrap();
    assert_eq!(marked.names, "page::open\npage::ask\npage::double\npage::listed\npage::deep\npage::brief\n");
}

#[test]
fn a_script_that_is_not_known_is_left_alone() {
    let script = "return {\n        \"./a_bg.js\": import0,\n    };\n\
                  const { instance, module } = await __wbg_load(await module_or_path, imports);\nexport { init };\n";
    let with_loader = page::with_loader(script, "a_rest.wasm").unwrap();
    assert!(with_loader.contains("import0,\n        \"rest\": { needed: needRest },\n"), "{with_loader}");
    assert!(with_loader.contains("imports);\n    await restBeforeStart(instance.exports);\nexport"), "{with_loader}");
    assert!(with_loader.contains("new URL(\"a_rest.wasm\""), "{with_loader}");
    assert_eq!(page::with_loader("something else", "a_rest.wasm"), None);
}

#[test]
fn short_names_differ() {
    let names: BTreeSet<String> = (0..5_000).map(plan::short).collect();
    assert_eq!(names.len(), 5_000);
    assert!(names.iter().all(|name| name.len() <= 3));
}
