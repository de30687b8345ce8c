use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    GlobalType, ImportSection, MemorySection, MemoryType, Module as Encoded, NameMap, NameSection, RefType, TableSection, TableType,
    TypeSection, ValType,
};
use wasmparser::{Operator, Parser, Payload, Validator};

use super::*;

/// A function of a page: its name, what it calls, how long it is at least, and the numbers in it.
struct Given(&'static str, &'static [u32], usize, &'static [i32]);

/// Functions 1 to 6 behind one import. `open` opens the page and calls `ask`, which nobody may need; `double` is long and `brief` is not;
/// `listed` is only in the table.
fn page() -> Vec<u8> {
    page_of(
        &[
            Given("page[0123456789abcdef]::open", &[2, 3], 0, &[]),
            Given("page::ask", &[3, 5, 0], 0, &[]),
            Given("page::double", &[], 100, &[]),
            Given("page::listed", &[], 0, &[]),
            Given("page::deep", &[3, 6], 0, &[]),
            Given("page::brief", &[], 0, &[]),
        ],
        &[4, 5],
    )
}

/// A page with a gate. `named` and `hidden` are in places 1 and 2 of the table: the one's number stands in the rest, the other's behind the gate.
fn page_with_gate() -> Vec<u8> {
    page_of(
        &[
            Given("page::open", &[2, 6], 0, &[]),
            Given("page::ask", &[3, 5], 0, &[1]),
            Given("page::gate", &[4, 5, 0], 0, &[]),
            Given("page::inner", &[5, 6], 0, &[2]),
            Given("page::helper", &[], 100, &[]),
            Given("page::double", &[], 100, &[]),
            Given("page::named", &[], 0, &[]),
            Given("page::hidden", &[3], 0, &[]),
        ],
        &[7, 8],
    )
}

fn page_of(given: &[Given], listed: &[u32]) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("./page_bg.js", "log", EntityType::Function(0));
    let mut functions = FunctionSection::new();
    let mut tables = TableSection::new();
    tables.table(TableType { element_type: RefType::FUNCREF, table64: false, minimum: 3, maximum: Some(3), shared: false });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut globals = GlobalSection::new();
    globals.global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }, &ConstExpr::i32_const(1 << 16));
    let mut exports = ExportSection::new();
    exports.export("open", ExportKind::Func, 1);
    let mut elements = ElementSection::new();
    elements.active(None, &ConstExpr::i32_const(1), Elements::Functions(listed.into()));
    let mut code = CodeSection::new();
    let mut names = NameMap::new();
    for (number, Given(name, calls, len, numbers)) in (1..).zip(given) {
        functions.function(0);
        names.append(number, name);
        let mut body = Function::new([]);
        body.instructions().local_get(0);
        for called in *calls {
            body.instructions().call(*called);
        }
        for number in *numbers {
            body.instructions().i32_const(*number).drop();
        }
        for _ in 0..*len {
            body.instructions().nop();
        }
        body.instructions().end();
        code.function(&body);
    }
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

fn two() -> Parts {
    split(&page(), OPENING, None).unwrap().unwrap()
}

fn three() -> Parts {
    split_at(&page_with_gate(), "page::open\npage::double\n", "page::gate", Some(&Pieces::default())).unwrap().unwrap()
}

#[test]
fn all_parts_are_valid_modules() {
    for (parts, count) in [(two(), 1), (three(), 2)] {
        assert_eq!(parts.later.len(), count);
        for part in parts.later.iter().chain([&parts.first]) {
            Validator::new().validate_all(part).unwrap();
        }
    }
    Validator::new().validate_all(&marked(&page()).unwrap().wasm).unwrap();
}

#[test]
fn the_first_part_asks_for_the_rest_where_it_comes_to_it() {
    let parts = two();
    assert!(imports(&parts.first).contains(&("parts".to_owned(), "needed".to_owned())));
    // One import more: `open` is 2 now. Those of the rest that one can come to ask by the last, which asks the script.
    assert_eq!(calls(&parts.first), [vec![3, 4], vec![8], vec![], vec![8], vec![8], vec![], vec![1]]);
}

#[test]
fn the_rest_calls_its_own_directly_and_the_first_by_import() {
    let rest = two().later.remove(REST);
    let imported: Vec<String> = imports(&rest).into_iter().map(|(module, _)| module).collect();
    // `log`, `double`, the table, the memory, the global, and what tells that the rest is there.
    assert_eq!(imported, ["./page_bg.js", "first", "first", "first", "first", "first"]);
    // `ask`, `listed`, `deep`, the copied `brief`, and what runs at the start.
    assert_eq!(calls(&rest), [vec![1, 4, 0], vec![], vec![1, 5], vec![], vec![]]);
}

#[test]
fn the_rest_fills_the_places_of_the_short_functions() {
    let module = page();
    let module = Module::read(&module).unwrap();
    let is_first = |function| OPENING.lines().any(|first| first == module.line(function));
    let plan = Plan::of(&module, 1, |function| (!is_first(function)).then_some(REST)).unwrap();
    let filled: Vec<(u32, u32)> = plan.filled(&module, REST).into_iter().collect();
    assert_eq!(filled, [(1, 4), (2, 5), (3, 2)]);
    assert_eq!(plan.table_len, 4);
}

#[test]
fn behind_the_gate_is_what_nothing_else_comes_to() {
    let wasm = page_with_gate();
    let module = Module::read(&wasm).unwrap();
    let behind = |gate| behind::behind(&module, gate, &Pieces::default()).unwrap().into_iter().collect::<Vec<_>>();
    assert_eq!(behind("page::gate"), [3, 4, 8]);
    assert_eq!(behind("page::nothing"), [] as [u32; 0]);
    // Not told of the data, nobody knows what it leads to.
    let parts = split_at(&wasm, "page::open\npage::double\n", "page::gate", None).unwrap().unwrap();
    assert_eq!(parts.later.len(), 1);
}

#[test]
fn the_rest_comes_to_what_is_behind_the_gate_by_the_first_part() {
    let parts = three();
    // Behind `log` and what asks the script: `open`, the short `ask`, `gate`, `inner` and `helper`, `double`, the short `named` and `hidden`, and
    // what asks for the rest and for the part behind the gate. Nobody comes to `inner` and `helper` from here.
    let (rest, stores) = (10, 11);
    assert_eq!(
        calls(&parts.first),
        [vec![3, 7], vec![rest], vec![stores], vec![], vec![], vec![], vec![rest], vec![stores], vec![1], vec![1]]
    );
    // `ask` calls the short `gate` of the first part, which is 1 here, and its own `helper`.
    assert_eq!(calls(&parts.later[REST]), [vec![1, 3], vec![], vec![], vec![]]);
    // `double` of the first part is 1 and `helper` of the rest 2: `gate`, `inner`, `hidden`.
    assert_eq!(calls(&parts.later[STORES]), [vec![4, 2, 0], vec![2, 1], vec![3], vec![]]);
    let imported: Vec<String> = imports(&parts.later[STORES]).into_iter().map(|(module, _)| module).collect();
    assert_eq!(imported, ["./page_bg.js", "first", "rest", "first", "first", "first", "first"]);
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
    let with_loader = page::with_loader(script, &[("rest", "a_rest.wasm".to_owned())]).unwrap();
    assert!(with_loader.contains("import0,\n        \"parts\": { needed: needPart },\n"), "{with_loader}");
    assert!(with_loader.contains("imports);\n    await partsBeforeStart(instance.exports);\nexport"), "{with_loader}");
    assert!(with_loader.contains("const PARTS = [[\"rest\", \"a_rest.wasm\"]].map"), "{with_loader}");
    assert_eq!(page::with_loader("something else", &[]), None);
}

#[test]
fn short_names_differ() {
    let names: BTreeSet<String> = (0..5_000).map(plan::short).collect();
    assert_eq!(names.len(), 5_000);
    assert!(names.iter().all(|name| name.len() <= 3));
}
