//! A list whose copies share what has not changed since.
//!
//! A checkpoint copies a whole world. Most of it is history that never changes again (finished activations, stored documents), so it
//! is kept in blocks behind reference counts: a copy costs one count a block, and a write copies one block at most.

use serde::{Serialize, Serializer};
use std::rc::Rc;

const BLOCK: usize = 256;

#[derive(Clone, Debug)]
pub struct Chunked<T> {
    blocks: Vec<Rc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Chunked<T> {
    fn default() -> Self {
        Self { blocks: Vec::new(), len: 0 }
    }
}

impl<T: Clone> Chunked<T> {
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Adds `value` at the end and returns its place.
    pub fn push(&mut self, value: T) -> usize {
        let place = self.len;
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => match Rc::get_mut(block) {
                Some(own) => own.push(value),
                None => {
                    let mut copy = Vec::with_capacity(BLOCK);
                    copy.extend_from_slice(block);
                    copy.push(value);
                    *block = Rc::new(copy);
                }
            },
            _ => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(value);
                self.blocks.push(Rc::new(block));
            }
        }
        self.len += 1;
        place
    }

    pub fn get(&self, place: usize) -> Option<&T> {
        self.blocks.get(place / BLOCK)?.get(place % BLOCK)
    }

    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        Rc::make_mut(self.blocks.get_mut(place / BLOCK)?).get_mut(place % BLOCK)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.blocks.iter().flat_map(|block| block.iter())
    }

    /// The values from place `start` on.
    pub fn iter_from(&self, start: usize) -> impl Iterator<Item = &T> {
        let first = start / BLOCK;
        self.blocks.iter().skip(first).flat_map(|block| block.iter()).skip(start - first * BLOCK)
    }
}

impl<T: Serialize + Clone> Serialize for Chunked<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_what_it_saw() {
        let mut list = Chunked::default();
        for n in 0..1_000 {
            assert_eq!(list.push(n), n);
        }
        let copy = list.clone();
        *list.get_mut(300).unwrap() = 7;
        list.push(1_000);
        assert_eq!((copy.get(300), copy.len()), (Some(&300), 1_000));
        assert_eq!((list.get(300), list.len()), (Some(&7), 1_001));
        assert_eq!(list.iter_from(998).copied().collect::<Vec<_>>(), [998, 999, 1_000]);
        assert!(list.get(5_000).is_none());
    }
}
