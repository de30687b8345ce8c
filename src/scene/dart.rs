//! Darts: the tokens that point where they go.

use super::geometry::Point;
use super::tenths::push_tenths;

/// Tip, wing, notch, wing, for a dart that goes to the right.
const OUTLINE: [Point; 4] = [Point::new(6.5, 0.0), Point::new(-5.5, 5.5), Point::new(-3.0, 0.0), Point::new(-5.5, -5.5)];
/// The hole in an open one, the other way round.
const HOLE: [Point; 4] = [Point::new(2.9, 0.0), Point::new(-2.6, -2.5), Point::new(-1.4, 0.0), Point::new(-2.6, 2.5)];

pub fn push_dart(text: &mut String, heading: Point) {
    push_outline(text, &OUTLINE, Point::default(), heading);
}

pub fn push_open_dart(text: &mut String, heading: Point) {
    push_outline(text, &OUTLINE, Point::default(), heading);
    // Closing a figure goes back to its first corner, which is where the next one is measured from.
    let [tip, ..] = OUTLINE;
    push_outline(text, &HOLE, tip, heading);
}

/// A closed figure, relative to `from`.
fn push_outline(text: &mut String, corners: &[Point], from: Point, heading: Point) {
    let mut last = from;
    for (place, corner) in corners.iter().enumerate() {
        let (x, y) = (corner.x - last.x, corner.y - last.y);
        text.push(if place == 0 { 'm' } else { 'l' });
        push_tenths(text, x * heading.x - y * heading.y);
        text.push(' ');
        push_tenths(text, x * heading.y + y * heading.x);
        last = *corner;
    }
    text.push('z');
}
