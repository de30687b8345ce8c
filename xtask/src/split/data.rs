//! What each part has of the program's data: texts in two languages, tables, and what they point to.
//!
//! The linker was asked (build.rs) to leave in the file what it knew: where each piece of data lies, which number in the code means which
//! piece, and which pieces point to others or to functions. From the numbers in a part's code one comes to all that it can read. What several
//! parts read comes with the first of them, and what nobody seems to read with the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::Range;

use wasm_encoder::CodeSection;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::{DataKind, DefinedDataSymbol, FunctionBody, KnownCustom, Linking, Operator, Parser, Payload, RelocationType, SymbolInfo};

use super::REST;
use super::module::{Module, Segment};
use super::plan::Plan;

/// A number that is none of the linker's lies in what it means, or was made from it and lies a little before.
const BEFORE_MAX: u32 = 64;
/// Zeros that are written too rather than to begin a new segment, which takes so many bytes.
const GAP_MAX: usize = 8;

/// The pieces of data, as the linker has left them.
#[derive(Default)]
pub struct Pieces {
    /// Where each lies.
    places: Vec<Range<u32>>,
    /// What the linker meant by a number.
    meant: BTreeMap<u32, BTreeSet<usize>>,
    points_to: BTreeMap<usize, BTreeSet<usize>>,
    /// The places in the table of the functions that a piece points to.
    slots: BTreeMap<usize, BTreeSet<u32>>,
    segments: Share,
}

/// Bytes, each run with its address.
pub type Share = Vec<(u32, Vec<u8>)>;

impl Pieces {
    /// None if the linker was not asked.
    pub fn read(linked: &[u8]) -> Result<Option<Pieces>, String> {
        read(linked).map_err(|error| error.to_string())
    }

    /// The data of the first part and of each later one, or an error if it does not lie where the linker put it.
    pub fn share(&self, module: &Module, plan: &Plan) -> Result<Vec<Share>, String> {
        let linked: Vec<Segment> = self.segments.iter().map(|(from, bytes)| (*from, bytes.as_slice())).collect();
        let span = span(&linked);
        let image = image(&span, &linked);
        if !module.data.iter().all(|(from, bytes)| span.contains(from) && span.end - from >= bytes.len() as u32)
            || image != self::image(&span, &module.data)
        {
            return Err("its data does not lie where the linker put it".to_owned());
        }
        let rest = Some(REST);
        let mut owners = vec![rest; image.len()];
        // An earlier part's come last: it takes what it can read from those behind it.
        for owner in (0..plan.later.len()).rev().map(Some).chain([None]) {
            for piece in self.reached(&constants(module, plan, owner).map_err(|error| error.to_string())?) {
                let place = self.places.get(piece).cloned().unwrap_or_default();
                let place = (place.start - span.start) as usize..(place.end - span.start) as usize;
                owners.get_mut(place).into_iter().flatten().for_each(|byte| *byte = owner);
            }
        }
        let share = |owner: Option<usize>| {
            let is_own: Vec<bool> = owners.iter().map(|other| *other == owner).collect();
            // What a part writes later may be zero at first, and not the other way round.
            segments(&image, span.start, &is_own, owner.is_none())
        };
        Ok([None].into_iter().chain((0..plan.later.len()).map(Some)).map(share).collect())
    }

    /// The places in the table to which data leads that one comes to from these numbers.
    pub fn slots_reached(&self, numbers: &BTreeSet<u32>) -> BTreeSet<u32> {
        self.reached(numbers).iter().filter_map(|piece| self.slots.get(piece)).flatten().copied().collect()
    }

    /// All pieces to which one comes from these numbers.
    fn reached(&self, numbers: &BTreeSet<u32>) -> BTreeSet<usize> {
        let around = |number: u32| {
            let near =
                move |place: &Range<u32>| !place.is_empty() && place.start <= number.saturating_add(BEFORE_MAX) && number <= place.end;
            self.places.iter().enumerate().filter(move |(_, place)| near(place)).map(|(piece, _)| piece)
        };
        let mut reached = BTreeSet::new();
        let mut next: Vec<usize> = Vec::new();
        for number in numbers {
            match self.meant.get(number) {
                Some(meant) => next.extend(meant),
                None => next.extend(around(*number)),
            }
        }
        while let Some(piece) = next.pop() {
            if reached.insert(piece) {
                next.extend(self.points_to.get(&piece).into_iter().flatten());
            }
        }
        reached
    }
}

fn read(linked: &[u8]) -> wasmparser::Result<Option<Pieces>> {
    // One that is no data has an empty place, so that the numbers of symbols are those of places.
    let (mut symbols, mut relocations) = (Vec::new(), Vec::new());
    let (mut segments, mut in_file) = (Vec::new(), Vec::new());
    let mut section_start = 0;
    for payload in Parser::new(0).parse_all(linked) {
        match payload? {
            Payload::DataSection(section) => {
                section_start = section.range().start;
                for data in section {
                    let data = data?;
                    let DataKind::Active { memory_index: 0, offset_expr } = data.kind else { return Ok(None) };
                    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else { return Ok(None) };
                    in_file.push((data.range.end - data.data.len()..data.range.end, value as u32));
                    segments.push((value as u32, data.data.to_vec()));
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        let Linking::SymbolTable(table) = part? else { continue };
                        for symbol in table {
                            symbols.push(match symbol? {
                                SymbolInfo::Data { symbol, .. } => symbol,
                                _ => None,
                            });
                        }
                    }
                }
                KnownCustom::Reloc(reader) => relocations.push((section.name(), reader)),
                _ => {}
            },
            _ => {}
        }
    }
    if symbols.is_empty() || relocations.is_empty() {
        return Ok(None);
    }
    let place = |symbol: &Option<DefinedDataSymbol>| {
        let symbol = symbol.as_ref()?;
        let start = segments.get(symbol.index as usize).map(|(from, _)| from + symbol.offset)?;
        Some(start..start + symbol.size)
    };
    let places: Vec<Range<u32>> = symbols.iter().map(|symbol| place(symbol).unwrap_or_default()).collect();
    let address = |offset: u32| {
        let at = section_start + offset as usize;
        in_file.iter().find(|(bytes, _)| bytes.contains(&at)).map(|(bytes, from)| from + (at - bytes.start) as u32)
    };
    let by_start: BTreeSet<(u32, u32, usize)> = places.iter().zip(0..).map(|(place, piece)| (place.start, place.end, piece)).collect();
    // Pieces may share their ends, as texts do.
    let owners = |at: u32| by_start.range(..=(at, u32::MAX, usize::MAX)).filter(move |(_, end, _)| at < *end).map(|(.., owner)| *owner);
    let (mut meant, mut points_to, mut slots) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (section, reader) in relocations {
        for entry in reader.entries() {
            let entry = entry?;
            let target = entry.index as usize;
            match (section, entry.ty) {
                ("reloc.CODE", RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb) => {
                    let Some(place) = places.get(target).filter(|place| !place.is_empty()) else { continue };
                    let number = i64::from(place.start) + entry.addend;
                    meant.entry(number as u32).or_insert_with(BTreeSet::new).insert(target);
                }
                ("reloc.DATA", RelocationType::MemoryAddrI32) if places.get(target).is_some_and(|place| !place.is_empty()) => {
                    let Some(at) = address(entry.offset) else { return Ok(None) };
                    for owner in owners(at) {
                        points_to.entry(owner).or_insert_with(BTreeSet::new).insert(target);
                    }
                }
                ("reloc.DATA", RelocationType::TableIndexI32) => {
                    let Some((at, slot)) = address(entry.offset).and_then(|at| Some((at, number_at(&segments, at)?))) else {
                        return Ok(None);
                    };
                    for owner in owners(at) {
                        slots.entry(owner).or_insert_with(BTreeSet::new).insert(slot);
                    }
                }
                _ => {}
            }
        }
    }
    Ok(Some(Pieces { places, meant, points_to, slots, segments }))
}

/// What the four bytes at an address say.
fn number_at(segments: &Share, at: u32) -> Option<u32> {
    let (from, bytes) = segments.iter().find(|(from, bytes)| (*from..from + bytes.len() as u32).contains(&at))?;
    bytes.get((at - from) as usize..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// The numbers in a part's code that could be addresses.
fn constants(module: &Module, plan: &Plan, owner: Option<usize>) -> Result<BTreeSet<u32>, Error<Infallible>> {
    let mut constants: BTreeSet<u32> = module.global_values.iter().copied().collect();
    for (_, _, body) in module.own().filter(|(function, ..)| plan.owner(*function) == owner) {
        constants.extend(constants_of(body)?);
    }
    Ok(constants)
}

/// The numbers in a function that could be addresses or places in the table.
pub fn constants_of(body: &FunctionBody<'_>) -> Result<BTreeSet<u32>, Error<Infallible>> {
    let mut constants = Constants(BTreeSet::new());
    constants.parse_function_body(&mut CodeSection::new(), body.clone())?;
    Ok(constants.0)
}

struct Constants(BTreeSet<u32>);

impl Reencode for Constants {
    type Error = Infallible;

    fn instruction<'a>(&mut self, operator: Operator<'a>) -> Result<wasm_encoder::Instruction<'a>, Error<Infallible>> {
        if let Operator::I32Const { value } = operator {
            self.0.insert(value as u32);
        }
        utils::instruction(self, operator)
    }

    fn mem_arg(&mut self, place: wasmparser::MemArg) -> Result<wasm_encoder::MemArg, Error<Infallible>> {
        self.0.insert(place.offset as u32);
        utils::mem_arg(self, place)
    }
}

/// From the first byte to the last.
fn span(segments: &[Segment]) -> Range<u32> {
    let start = segments.iter().map(|(from, _)| *from).min().unwrap_or_default();
    let end = segments.iter().map(|(from, bytes)| from + bytes.len() as u32).max().unwrap_or_default();
    start..end
}

fn image(span: &Range<u32>, segments: &[Segment]) -> Vec<u8> {
    let mut image = vec![0; span.len()];
    for (from, bytes) in segments {
        let start = from.saturating_sub(span.start) as usize;
        if let Some(place) = image.get_mut(start..start + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }
    image
}

/// The bytes that are `own`, without what is zero anyhow. Only with `may_clear` zeros are written over what is not its own.
fn segments(image: &[u8], start: u32, own: &[bool], may_clear: bool) -> Share {
    let mut segments = Share::new();
    let mut foreign = false;
    for (at, (byte, own)) in image.iter().zip(own).enumerate() {
        foreign |= !own;
        if *byte == 0 || !own {
            continue;
        }
        let at_address = start + at as u32;
        match segments.last_mut().map(|(from, bytes)| ((at_address - *from) as usize - bytes.len(), bytes)) {
            Some((gap, bytes)) if gap <= GAP_MAX && (may_clear || !foreign) => {
                bytes.resize(bytes.len() + gap, 0);
                bytes.push(*byte);
            }
            _ => segments.push((at_address, vec![*byte])),
        }
        foreign = false;
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_to_pieces_and_pieces_to_what_they_point_to() {
        let meant = BTreeMap::from([(100, BTreeSet::from([0])), (130, BTreeSet::from([1]))]);
        let points_to = BTreeMap::from([(1, BTreeSet::from([2]))]);
        let slots = BTreeMap::from([(2, BTreeSet::from([7]))]);
        let pieces = Pieces { places: vec![100..120, 120..140, 300..310], meant, points_to, slots, segments: Vec::new() };
        let reached = |number: u32| pieces.reached(&BTreeSet::from([number])).into_iter().collect::<Vec<_>>();
        assert_eq!(reached(100), [0]);
        assert_eq!(reached(130), [1, 2]);
        // Of a number that the linker did not write, what it lies in and what begins soon after it.
        assert_eq!(reached(110), [0, 1, 2]);
        assert_eq!(reached(250), [2]);
        assert_eq!(reached(5), [] as [usize; 0]);
        assert_eq!(pieces.slots_reached(&BTreeSet::from([100, 130])), BTreeSet::from([7]));
    }

    #[test]
    fn each_part_writes_its_own_bytes_and_the_rest_no_others() {
        let image = [1, 2, 0, 0, 3, 0, 4, 5];
        let own = [true, true, true, false, false, false, true, true];
        let rest = own.map(|own| !own);
        assert_eq!(segments(&image, 10, &own, true), [(10, vec![1, 2, 0, 0, 0, 0, 4, 5])]);
        assert_eq!(segments(&image, 10, &own, false), [(10, vec![1, 2]), (16, vec![4, 5])]);
        assert_eq!(segments(&image, 10, &rest, false), [(14, vec![3])]);
        assert_eq!(segments(&[1, 0, 2], 0, &[true, true, true], false), [(0, vec![1, 0, 2])]);
    }
}
