//! What a node's inside is made of: words and shapes, before they are elements.
//!
//! The functions that draw nodes are plain: from a state and a box to a list of marks. So they are tested without a browser.

use crate::cluster::place::ActivationIx;
use crate::scene::{Point, Rect, path};

/// A word or a shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    Text {
        at: Point,
        class: &'static str,
        text: String,
    },
    Shape {
        class: &'static str,
        d: String,
        /// A click on it selects this activation.
        pick: Option<ActivationIx>,
    },
}

impl Mark {
    pub fn text(x: f32, y: f32, class: &'static str, text: impl Into<String>) -> Self {
        Self::Text { at: Point::new(x, y), class, text: text.into() }
    }

    pub fn shape(class: &'static str, d: impl Into<String>) -> Self {
        Self::Shape { class, d: d.into(), pick: None }
    }

    pub fn picking(class: &'static str, d: impl Into<String>, pick: Option<ActivationIx>) -> Self {
        Self::Shape { class, d: d.into(), pick }
    }
}

/// A box with round corners, as a path.
pub fn rounded(place: Rect, radius: f32) -> String {
    let Rect { x, y, width, height } = place;
    let r = radius.min(width / 2.0).min(height / 2.0).max(0.0);
    let (w, h) = (width - 2.0 * r, height - 2.0 * r);
    path(
        "M# #h#a# # 0 0 1 # #v#a# # 0 0 1 # #h#a# # 0 0 1 # #v#a# # 0 0 1 # #z",
        &[x + r, y, w, r, r, r, r, h, r, r, -r, r, -w, r, r, -r, -r, -h, r, r, r, -r],
    )
}

/// A cylinder: its body, and the line of its lid.
pub fn cylinder(place: Rect, lid: f32) -> (String, String) {
    let Rect { x, y, width, height } = place;
    let (rx, body) = (width / 2.0, height - 2.0 * lid);
    let top = y + lid;
    (
        path("M# #a# # 0 0 1 # 0v#a# # 0 0 1 # 0z", &[x, top, rx, lid, width, body, rx, lid, -width]),
        path("M# #a# # 0 0 0 # 0", &[x, top, rx, lid, width]),
    )
}

/// The same box, larger by `by` on every side, or smaller.
pub fn grown(place: Rect, by: f32) -> Rect {
    Rect::new(place.x - by, place.y - by, place.width + 2.0 * by, place.height + 2.0 * by)
}
