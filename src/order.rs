//! Sorting, built once.
//!
//! The standard library's sort is built anew for each type and closure that it is used with, some four kilobytes of the page each time. Here
//! numbers are sorted, and the items are put in their order. Items with equal keys stay as they were.

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
    fn texts_are_in_byte_order() {
        let mut items = vec![("b", 1), ("Team", 2), ("a", 3), ("b", 4)];
        sort_by_text(&mut items, |(text, _)| text);
        assert_eq!(items, [("Team", 2), ("a", 3), ("b", 1), ("b", 4)]);
    }
}
