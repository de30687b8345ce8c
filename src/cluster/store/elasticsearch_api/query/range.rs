//! Numbers and dates as ranges compare them.

use super::Range;
use crate::cluster::store::elasticsearch_api::{dates, numbers};
use serde_json::Value;
use std::cmp::Ordering;

/// A number of a field or of a query. Whole ones keep all their digits; others are compared, and never computed with.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    Whole(i128),
    Real(f64),
}

impl Number {
    /// A number, or a text that is one.
    pub fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number
                .as_i64()
                .map(i128::from)
                .or_else(|| number.as_u64().map(i128::from))
                .map_or_else(|| number.as_f64().map(Self::Real), |whole| Some(Self::Whole(whole))),
            Value::String(text) => match text.parse::<i64>() {
                Ok(whole) => Some(Self::Whole(whole.into())),
                Err(_) => numbers::real(text).map(Self::Real),
            },
            _ => None,
        }
    }

    /// As a field of whole numbers keeps it: without what is behind the point.
    pub fn whole(self) -> Self {
        match self {
            Self::Real(real) => Self::Whole(real as i128),
            whole => whole,
        }
    }

    pub fn has_fraction(self) -> bool {
        matches!(self, Self::Real(real) if real.fract() != 0.0)
    }

    const fn real(self) -> f64 {
        match self {
            Self::Whole(whole) => whole as f64,
            Self::Real(real) => real,
        }
    }

    pub fn compare(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => one.cmp(&other),
            (one, other) => one.real().total_cmp(&other.real()),
        }
    }
}

/// The ends of a range, each with whether it belongs to it.
pub type Ends<T> = (Option<(T, bool)>, Option<(T, bool)>);

/// Whether a value that compares so with the ends lies between them.
pub fn lies_between<T>(ends: &Ends<T>, compare: impl Fn(&T) -> Ordering) -> bool {
    let above = ends.0.as_ref().is_none_or(|(end, inclusive)| match compare(end) {
        Ordering::Greater => true,
        Ordering::Equal => *inclusive,
        Ordering::Less => false,
    });
    above
        && ends.1.as_ref().is_none_or(|(end, inclusive)| match compare(end) {
            Ordering::Less => true,
            Ordering::Equal => *inclusive,
            Ordering::Greater => false,
        })
}

/// The first and the last millisecond of a range of dates (`DateFieldMapper.java`, `rangeQuery`): what an end leaves open is filled so that
/// `gt` and `lte` have the whole of it behind them. Gives the text that is no date.
pub fn dates(range: &Range, now: i64) -> Result<(i64, i64), String> {
    let read = |value: &Value| {
        let text = super::as_text(value);
        dates::math(&text, now).ok_or(text)
    };
    let low = match &range.low {
        None => i64::MIN,
        Some((value, true)) => read(value)?.first,
        Some((value, false)) => read(value)?.last.saturating_add(1),
    };
    let high = match &range.high {
        None => i64::MAX,
        Some((value, true)) => read(value)?.last,
        Some((value, false)) => read(value)?.first.saturating_sub(1),
    };
    Ok((low, high))
}
