//! Simulated time: whole microseconds since a run's start.
//!
//! There is no wall clock below the page. A lesson fixes the [`Epoch`], the calendar instant that time zero stands for.

use serde::{Deserialize, Serialize};
use std::ops::{Add, AddAssign};

/// An instant of a run, in microseconds since its start. At most a day in a valid run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(u64);

/// A length of simulated time, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Span(u64);

/// The calendar instant of time zero, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Epoch(pub u64);

impl Instant {
    pub const START: Self = Self(0);
    /// Later than every instant of any run: "not yet".
    pub const NEVER: Self = Self(u64::MAX);

    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Time since `earlier`; zero if `earlier` is in fact later.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Span {
    pub const ZERO: Self = Self(0);

    pub const fn from_micros(micros: u64) -> Self {
        Self(micros)
    }

    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000))
    }

    pub const fn from_secs(secs: u64) -> Self {
        Self(secs.saturating_mul(1_000_000))
    }

    pub const fn micros(self) -> u64 {
        self.0
    }

    /// Whole milliseconds, rounded down, as Java's `Duration.toMillis` does.
    pub const fn millis(self) -> u64 {
        self.0 / 1_000
    }

    pub const fn times(self, factor: u64) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl Epoch {
    /// The calendar millisecond at `instant`, rounded down.
    pub const fn millis_at(self, instant: Instant) -> u64 {
        self.0.saturating_add(instant.0 / 1_000)
    }
}

impl Add<Span> for Instant {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Instant {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// A calendar date and time of day in UTC, from milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub year: u64,
    pub month: u64,
    pub day: u64,
    pub hour: u64,
    pub minute: u64,
    pub second: u64,
    pub milli: u64,
}

impl Calendar {
    /// The proleptic Gregorian date of `epoch_millis`, by counting days in 400-year eras from 0000-03-01.
    pub const fn from_epoch_millis(epoch_millis: u64) -> Self {
        let milli = epoch_millis % 1_000;
        let seconds = epoch_millis / 1_000;
        let days = seconds / 86_400 + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        let of_day = seconds % 86_400;
        Self { year, month, day, hour: of_day / 3_600, minute: of_day / 60 % 60, second: of_day % 60, milli }
    }

    /// ISO-8601 in UTC as Java's `Instant.toString` writes it: no fraction when the milliseconds are 000.
    pub fn iso(self) -> String {
        let Self { year, month, day, hour, minute, second, milli } = self;
        let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
    }

    /// `Sun, 15 Jun 2025 12:00:02 GMT`, the form of HTTP.
    pub fn http(self) -> String {
        const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
        let Self { year, month, day, hour, minute, second, .. } = self;
        // Zeller's congruence, with Sunday as 0.
        let (shifted, of_year) = if month <= 2 { (month + 12, year - 1) } else { (month, year) };
        let weekday = (day + 13 * (shifted + 1) / 5 + of_year + of_year / 4 - of_year / 100 + of_year / 400 + 6) % 7;
        let name =
            |names: &[&'static str], place: u64| usize::try_from(place).ok().and_then(|place| names.get(place).copied()).unwrap_or("");
        let (weekday, month) = (name(&DAYS, weekday), name(&MONTHS, month - 1));
        format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
    }

    /// `2025-06-15 12:00:02`, the form of the CLI's list.
    pub fn date_time(self) -> String {
        let Self { year, month, day, hour, minute, second, .. } = self;
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_the_gregorian_calendar() {
        let iso = |millis| Calendar::from_epoch_millis(millis).iso();
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_400_000), "2000-02-29T00:00:00Z");
        assert_eq!(iso(1_735_200_000_060), "2024-12-26T08:00:00.060Z");
        assert_eq!(iso(4_107_542_399_999), "2100-02-28T23:59:59.999Z");
    }

    #[test]
    fn time_saturates_instead_of_wrapping() {
        assert_eq!(Instant::NEVER + Span::from_secs(1), Instant::NEVER);
        assert_eq!(Instant::START.since(Instant::from_millis(1)), Span::ZERO);
    }
}
