//! Sorting, built once.
//!
//! The standard library's sort is built anew for each type and closure that it is used with, some four kilobytes of the page each time. Here
//! numbers are sorted, and the items are put in their order. Items with equal keys stay as they were.

use std::cmp::Ordering;

/// Sorts by a key of two numbers, the first before the second.
pub fn sort_by_key<T>(items: &mut Vec<T>, key: impl Fn(&T) -> (u64, u64)) {
    let order = ordered(items.iter().map(key).zip(0..).collect());
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|((_, _), place)| taken.get_mut(place)?.take()));
}

type Numbered = ((u64, u64), usize);

#[inline(never)]
fn ordered(mut keys: Vec<Numbered>) -> Vec<Numbered> {
    keys.sort_unstable();
    keys
}

/// Sorts by a comparison, which need not know where the items lie.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let order = compared(items.len(), &|one, other| match (items.get(one), items.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|place| taken.get_mut(place)?.take()));
}

#[inline(never)]
fn compared(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

/// Sorts a few items by a text.
pub fn sort_by_text<T>(items: &mut Vec<T>, text: impl Fn(&T) -> &str) {
    let mut sorted: Vec<T> = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        let place = sorted.iter().filter(|other| text(other) <= text(&item)).count();
        sorted.insert(place, item);
    }
    *items = sorted;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_keys_keep_their_order() {
        let mut items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        sort_by_key(&mut items, |(number, _)| (*number, 0));
        assert_eq!(items, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
        sort_by_key(&mut items, |(number, letter)| (u64::MAX - number, u64::from(u32::from(*letter))));
        assert_eq!(items, [(2, 'a'), (2, 'c'), (1, 'b'), (1, 'd')]);
    }

    #[test]
    fn what_compares_equal_keeps_its_order() {
        let mut items = vec![("b", 1), ("a", 2), ("b", 3), ("a", 4)];
        sort_by(&mut items, |(one, _), (other, _)| other.cmp(one));
        assert_eq!(items, [("b", 1), ("b", 3), ("a", 2), ("a", 4)]);
    }

    #[test]
    fn texts_are_in_byte_order() {
        let mut items = vec![("b", 1), ("Team", 2), ("a", 3), ("b", 4)];
        sort_by_text(&mut items, |(text, _)| text);
        assert_eq!(items, [("Team", 2), ("a", 3), ("b", 1), ("b", 4)]);
    }
}
