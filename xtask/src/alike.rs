//! Functions that are alike, near one another. gzip finds again only what stands at most 32 KB back, and so the download becomes a good thirtieth
//! smaller by the order alone.
//!
//! What is written here is names: each function's tells its place, and wasm-opt sorts by them. So nothing but names can go wrong here.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// As far as gzip looks back.
const WINDOW: usize = 32 << 10;
/// So many bytes are found again together, an instruction or two.
const RUN: usize = 6;
/// Keeps short functions, which are alike by chance, from coming first.
const RUNS_BY_CHANCE: u64 = 10;

/// The same module, its functions named by the places they should have. None if it is not as wasm-bindgen and wasm-opt write it.
pub fn named_by_place(wasm: &[u8]) -> Option<Vec<u8>> {
    let mut rest = Reader(wasm);
    let mut named = rest.take(8)?.to_vec();
    let (mut imports, mut bodies) = (0, Vec::new());
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let len = rest.number()?;
        let content = rest.take(len)?;
        match id {
            CUSTOM if Reader(content).name()? == b"name" => continue,
            IMPORTS => imports = imported_functions(content)?,
            CODE => bodies = Reader(content).items(Reader::name)?,
            _ => {}
        }
        section(&mut named, id, content);
    }
    let mut places: Vec<(usize, usize)> = order(&bodies).into_iter().zip(0..).collect();
    places.sort_unstable();
    let mut names = Vec::new();
    number(&mut names, places.len());
    for (function, place) in places {
        number(&mut names, imports + function);
        text(&mut names, &format!("{place:06}"));
    }
    let mut content = Vec::new();
    text(&mut content, "name");
    section(&mut content, NAMES_OF_FUNCTIONS, &names);
    section(&mut named, CUSTOM, &content);
    Some(named)
}

/// Begins with the longest function. Next is always the one of which most is found again in what a decoder has just read.
fn order(bodies: &[&[u8]]) -> Vec<usize> {
    let mut likeness = Likeness::of(bodies);
    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let mut order = Vec::new();
    let mut window = VecDeque::new();
    let mut bytes = 0;
    let len = |function: usize| bodies.get(function).map_or(0, |body| body.len());
    let mut next = left.iter().copied().max_by_key(|function| len(*function));
    while let Some(function) = next {
        left.remove(&function);
        order.push(function);
        window.push_back(function);
        likeness.enter(function);
        bytes += len(function);
        while bytes > WINDOW
            && let Some(first) = window.pop_front()
        {
            likeness.leave(first);
            bytes -= len(first);
        }
        next = left.iter().copied().max_by_key(|function| likeness.score(*function));
    }
    order
}

/// What functions have in common with the window.
struct Likeness {
    /// The runs of each function, by number.
    runs: Vec<Vec<usize>>,
    /// For each run, the functions that have it, and how many of these are in the window.
    users: Vec<(Vec<usize>, usize)>,
    /// How many of each function's runs are in the window.
    found: Vec<u64>,
}

impl Likeness {
    fn of(bodies: &[&[u8]]) -> Self {
        let mut users: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for (function, body) in bodies.iter().enumerate() {
            let runs: BTreeSet<&[u8]> = body.windows(RUN).collect();
            runs.into_iter().for_each(|run| users.entry(run).or_default().push(function));
        }
        let users: Vec<_> = users.into_values().filter(|users| users.len() > 1).map(|users| (users, 0)).collect();
        let mut runs = vec![Vec::new(); bodies.len()];
        for (run, (functions, _)) in users.iter().enumerate() {
            functions.iter().for_each(|function| runs.get_mut(*function).into_iter().for_each(|runs| runs.push(run)));
        }
        Self { found: vec![0; runs.len()], users, runs }
    }

    fn enter(&mut self, function: usize) {
        for run in self.runs.get(function).into_iter().flatten() {
            let Some((users, in_window)) = self.users.get_mut(*run) else { continue };
            *in_window += 1;
            if *in_window == 1 {
                users.iter().for_each(|user| self.found.get_mut(*user).into_iter().for_each(|found| *found += 1));
            }
        }
    }

    fn leave(&mut self, function: usize) {
        for run in self.runs.get(function).into_iter().flatten() {
            let Some((users, in_window)) = self.users.get_mut(*run) else { continue };
            *in_window -= 1;
            if *in_window == 0 {
                users.iter().for_each(|user| self.found.get_mut(*user).into_iter().for_each(|found| *found -= 1));
            }
        }
    }

    /// How much of a function is found again, in millionths.
    fn score(&self, function: usize) -> u64 {
        let all = self.runs.get(function).map_or(0, |runs| runs.len() as u64);
        self.found.get(function).map_or(0, |found| found * 1_000_000 / (all + RUNS_BY_CHANCE))
    }
}

const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const CODE: u8 = 10;
const NAMES_OF_FUNCTIONS: u8 = 1;
const FUNCTION: u8 = 0;
const TABLE: u8 = 1;
const MEMORY: u8 = 2;
const GLOBAL: u8 = 3;

/// How many functions are imported.
fn imported_functions(content: &[u8]) -> Option<usize> {
    let imports = Reader(content).items(|import| {
        import.name()?;
        import.name()?;
        let kind = import.byte()?;
        match kind {
            FUNCTION => import.number().map(drop)?,
            TABLE => import.byte().and(import.limits())?,
            MEMORY => import.limits()?,
            GLOBAL => import.take(2).map(drop)?,
            _ => return None,
        }
        Some(kind == FUNCTION)
    });
    imports.map(|imports| imports.into_iter().filter(|is_function| *is_function).count())
}

/// The bytes that have not been read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Seven bits a byte, the lowest first.
    fn number(&mut self) -> Option<usize> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// The least and perhaps the most of a table or a memory.
    fn limits(&mut self) -> Option<()> {
        let has_most = self.byte()? & 1 != 0;
        self.number()?;
        if has_most { self.number().map(drop) } else { Some(()) }
    }

    /// Bytes behind their number, as names and functions are written.
    fn name(&mut self) -> Option<&'a [u8]> {
        let len = self.number()?;
        self.take(len)
    }

    fn items<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| read(self)).collect()
    }
}

fn number(to: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        to.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    to.push(value as u8);
}

fn text(to: &mut Vec<u8>, text: &str) {
    number(to, text.len());
    to.extend_from_slice(text.as_bytes());
}

fn section(to: &mut Vec<u8>, id: u8, content: &[u8]) {
    to.push(id);
    number(to, content.len());
    to.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of functions with these bodies, one import, and an old section of names.
    fn module(bodies: &[&[u8]]) -> Vec<u8> {
        let mut code = Vec::new();
        number(&mut code, bodies.len());
        for body in bodies {
            number(&mut code, body.len());
            code.extend_from_slice(body);
        }
        let mut module = b"\0asm\x01\0\0\0".to_vec();
        section(&mut module, IMPORTS, b"\x01\x01m\x01f\0\0");
        section(&mut module, CODE, &code);
        section(&mut module, CUSTOM, b"\x04nameold");
        module
    }

    #[test]
    fn what_is_alike_comes_together() {
        let bodies: [&[u8]; 4] = [b"abcdefghijkl", b"0123456789", b"cdefghijkl", b"23456789"];
        assert_eq!(order(&bodies), [0, 2, 3, 1]);
    }

    #[test]
    fn names_tell_places_and_nothing_else_changes() {
        let before = module(&[b"0123456789", b"abcdefghijkl", b"cdefghijkl"]);
        let named = named_by_place(&before).unwrap();
        let kept = before.len() - b"\0\x08\x04nameold".len();
        assert_eq!(named.get(..kept), before.get(..kept));
        // The import is function 0.
        assert!(named.ends_with(b"\x03\x01\x06000002\x02\x06000000\x03\x06000001"), "{named:?}");
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        let whole = module(&[b"0123456789"]);
        assert_eq!(named_by_place(whole.get(..whole.len() - 1).unwrap()), None);
        let mut with_tag = b"\0asm\x01\0\0\0".to_vec();
        section(&mut with_tag, IMPORTS, b"\x01\x01m\x01t\x04\0\0");
        assert_eq!(named_by_place(&with_tag), None);
    }

    #[test]
    fn only_functions_among_the_imports_are_counted() {
        let imports = b"\x05\x01m\x01t\x01\x70\x01\x03\x04\x01m\x01m\x02\0\x01\x01m\x01g\x03\x7f\x01\x01m\x01f\0\0\x01m\x01h\0\x01";
        assert_eq!(imported_functions(imports), Some(2));
    }
}
