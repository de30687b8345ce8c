//! What every node's drawing needs to know besides its own state.

use super::mark::{Mark, grown, rounded};
use crate::cluster::place::{ActivationIx, StoreKind};
use crate::locale::Language;
use crate::player::Covered;
use crate::scene::Rect;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pen {
    pub language: Language,
    /// The activation that is selected: its cells and containers are outlined.
    pub chosen: Option<ActivationIx>,
    pub covered: Covered,
}

impl Pen {
    /// Whether what a store holds is under “Predict first”.
    pub const fn covers(&self, store: StoreKind) -> bool {
        self.covered.links
            || match store {
                StoreKind::CouchDb => self.covered.couchdb,
                StoreKind::Elasticsearch => self.covered.elasticsearch,
                StoreKind::Noop => false,
            }
    }

    /// The outline of the selected activation's things.
    pub fn outline(&self, activation: Option<ActivationIx>, place: Rect, marks: &mut Vec<Mark>) {
        if activation.is_some() && activation == self.chosen {
            marks.push(Mark::shape("chosen", rounded(grown(place, 2.5), 4.0)));
        }
    }
}

/// How far a node's words are from its edge.
pub const PADDING: f32 = 12.0;

/// The inside of a box.
pub fn inside(place: Rect) -> Rect {
    Rect::new(place.x + PADDING, place.y + 7.0, place.width - 2.0 * PADDING, place.height - 11.0)
}

/// The inside of a small box.
pub fn tight(place: Rect) -> Rect {
    Rect::new(place.x + 7.0, place.y + 3.0, place.width - 11.0, place.height - 5.0)
}
