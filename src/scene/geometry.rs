//! Points, boxes and the routes that tokens take, in drawing units: one is a CSS pixel or more.

use super::tenths::push_path;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Point {
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub fn towards(self, other: Self, part: f32) -> Self {
        Self::new(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)
    }

    pub fn distance(self, other: Self) -> f32 {
        (other.x - self.x).hypot(other.y - self.y)
    }
}

impl Rect {
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The point at these parts of its width and height.
    pub fn at(&self, across: f32, down: f32) -> Point {
        Point::new(self.x + self.width * across, self.y + self.height * down)
    }

    pub fn contains(&self, point: Point) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// The least box around all of these; the empty one around none.
    pub fn around(boxes: &[Self]) -> Self {
        let Some(first) = boxes.first() else { return Self::default() };
        let (mut left, mut top, mut right, mut bottom) = (first.x, first.y, first.right(), first.bottom());
        for one in boxes {
            left = left.min(one.x);
            top = top.min(one.y);
            right = right.max(one.right());
            bottom = bottom.max(one.bottom());
        }
        Self::new(left, top, right - left, bottom - top)
    }
}

type Cubic = [Point; 4];

/// How many stretches of equal length a route is known by.
const STRETCHES: usize = 32;
/// How finely each piece is measured.
const MEASURES: usize = 24;

/// A way through the drawing: smooth pieces end to end, with points at equal distances so that tokens keep their speed in bends.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    pieces: Vec<Cubic>,
    points: Vec<Point>,
    length: f32,
}

impl Route {
    /// A curve that leaves and arrives level: between nodes beside each other.
    pub fn level(from: Point, to: Point) -> Self {
        let middle = (from.x + to.x) / 2.0;
        Self::new(vec![[from, Point::new(middle, from.y), Point::new(middle, to.y), to]])
    }

    /// A curve that leaves and arrives upright: between nodes above each other.
    pub fn upright(from: Point, to: Point) -> Self {
        let middle = (from.y + to.y) / 2.0;
        Self::new(vec![[from, Point::new(from.x, middle), Point::new(to.x, middle), to]])
    }

    /// Straight stretches through `corners`, rounded where they turn.
    pub fn wired(corners: &[Point]) -> Self {
        const RADIUS: f32 = 10.0;
        let mut pieces = Vec::with_capacity(corners.len() * 2);
        let mut at = corners.first().copied().unwrap_or_default();
        for window in corners.windows(3) {
            let &[before, corner, after] = window else { continue };
            let reach = RADIUS.min(before.distance(corner) / 2.0).min(corner.distance(after) / 2.0);
            let part = |length: f32| if length > 0.0 { reach / length } else { 0.0 };
            let enter = corner.towards(before, part(before.distance(corner)));
            let leave = corner.towards(after, part(corner.distance(after)));
            pieces.push(straight(at, enter));
            pieces.push([enter, enter.towards(corner, 0.55), leave.towards(corner, 0.55), leave]);
            at = leave;
        }
        pieces.push(straight(at, corners.last().copied().unwrap_or(at)));
        Self::new(pieces)
    }

    fn new(pieces: Vec<Cubic>) -> Self {
        let mut traced = Vec::with_capacity(pieces.len() * MEASURES + 1);
        traced.extend(pieces.first().map(|[from, ..]| *from));
        for piece in &pieces {
            traced.extend((1..=MEASURES).map(|step| on_cubic(piece, step as f32 / MEASURES as f32)));
        }
        let length: f32 = traced.windows(2).map(|pair| if let &[one, next] = pair { one.distance(next) } else { 0.0 }).sum();
        let mut points = Vec::with_capacity(STRETCHES + 1);
        let mut passed = 0.0;
        for pair in traced.windows(2) {
            let &[one, next] = pair else { continue };
            let step = one.distance(next);
            while points.len() <= STRETCHES && passed + step >= length * points.len() as f32 / STRETCHES as f32 {
                let wanted = length * points.len() as f32 / STRETCHES as f32 - passed;
                points.push(if step > 0.0 { one.towards(next, wanted / step) } else { one });
            }
            passed += step;
        }
        // What rounding has left over is at the end.
        let end = traced.last().copied().unwrap_or_default();
        points.resize(STRETCHES + 1, end);
        Self { pieces, points, length }
    }

    pub fn start(&self) -> Point {
        self.points.first().copied().unwrap_or_default()
    }

    pub fn end(&self) -> Point {
        self.points.last().copied().unwrap_or_default()
    }

    pub fn length(&self) -> f32 {
        self.length
    }

    /// The point at this part of the way, and the direction there as a vector of length one.
    pub fn at(&self, part: f32) -> (Point, Point) {
        let along = part.clamp(0.0, 1.0) * STRETCHES as f32;
        let stretch = (along as usize).min(STRETCHES - 1);
        let (Some(&from), Some(&to)) = (self.points.get(stretch), self.points.get(stretch + 1)) else {
            return (self.end(), Point::new(1.0, 0.0));
        };
        let length = from.distance(to).max(f32::EPSILON);
        let heading = Point::new((to.x - from.x) / length, (to.y - from.y) / length);
        (from.towards(to, along - stretch as f32), heading)
    }

    /// The `d` of an SVG path.
    pub fn path(&self) -> String {
        write_path(self.start(), self.pieces.iter().copied())
    }

    /// The same from its end to its start. Dots on lines that end together then fall on each other where the lines do.
    pub fn path_back(&self) -> String {
        write_path(self.end(), self.pieces.iter().rev().map(|&[from, one, two, to]| [to, two, one, from]))
    }
}

fn write_path(start: Point, pieces: impl Iterator<Item = Cubic>) -> String {
    let mut text = String::new();
    push_path(&mut text, "M# #", &[start.x, start.y]);
    for [_, one, two, to] in pieces {
        push_path(&mut text, "C# # # # # #", &[one.x, one.y, two.x, two.y, to.x, to.y]);
    }
    text
}

fn straight(from: Point, to: Point) -> Cubic {
    [from, from.towards(to, 1.0 / 3.0), from.towards(to, 2.0 / 3.0), to]
}

fn on_cubic([from, one, two, to]: &Cubic, part: f32) -> Point {
    let (first, middle, last) = (from.towards(*one, part), one.towards(*two, part), two.towards(*to, part));
    first.towards(middle, part).towards(middle.towards(last, part), part)
}
