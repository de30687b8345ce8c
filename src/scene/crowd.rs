//! Crowded links show a count.

use super::geometry::Point;
use super::layout::Layout;
use super::tokens::Token;

/// A link with many on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crowd {
    /// Where its count is written.
    pub at: Point,
    /// The line runs upright there: its count is beside it and not above it.
    pub beside: bool,
    pub count: u32,
}

/// More messages than this on one way are counted. A batch that travels as one token counts with all that is in it.
pub const UNCOUNTED_MAX: u32 = 5;

/// The counts of crowded ways. `per_way` is a buffer.
pub fn crowds(tokens: &[Token], layout: &Layout, per_way: &mut Vec<u32>, out: &mut Vec<Crowd>) {
    out.clear();
    per_way.clear();
    per_way.resize(layout.way_count(), 0);
    for token in tokens {
        if let Some(count) = per_way.get_mut(layout.counts.number(token.way)) {
            *count = count.saturating_add(token.count);
        }
    }
    for token in tokens {
        let Some(count) = per_way.get_mut(layout.counts.number(token.way)) else { continue };
        // Each way once: what is counted is taken away.
        let count = std::mem::take(count);
        if count > UNCOUNTED_MAX
            && let Some(route) = layout.route(token.way)
        {
            let (at, heading) = route.at(0.5);
            out.push(Crowd { at, beside: heading.y.abs() > heading.x.abs(), count });
        }
    }
    merge(out);
}

/// Counts in one place are one count: ways that share a line.
fn merge(crowds: &mut Vec<Crowd>) {
    const NEAR: f32 = 18.0;
    let mut kept = 0;
    for place in 0..crowds.len() {
        let Some(&crowd) = crowds.get(place) else { break };
        match crowds.iter_mut().take(kept).find(|other| other.at.distance(crowd.at) < NEAR) {
            Some(other) => other.count = other.count.saturating_add(crowd.count),
            None => {
                crowds.swap(kept, place);
                kept += 1;
            }
        }
    }
    crowds.truncate(kept);
}
