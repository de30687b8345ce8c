//! Dates as fields and ranges have them: `strict_date_optional_time||epoch_millis`, and date math.

const DAY: i64 = 86_400_000;
/// How far from 1970 date math goes, in milliseconds: some 300 000 years, as far as Joda's years do.
const FAR: i64 = 10_000_000_000_000_000;

/// The first and the last millisecond that a date stands for: `2024-12` is a whole month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub first: i64,
    pub last: i64,
}

impl Moment {
    const fn exact(at: i64) -> Self {
        Self { first: at, last: at }
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar. Months may be more than 12.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Takes so many digits, and no fewer, off the front.
fn digits(rest: &mut &str, count: usize) -> Option<i64> {
    let text = rest.get(..count).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    *rest = rest.get(count..)?;
    text.parse().ok()
}

fn sign(rest: &mut &str, sign: char) -> bool {
    match rest.strip_prefix(sign) {
        Some(after) => {
            *rest = after;
            true
        }
        None => false,
    }
}

/// `strict_date_optional_time`: a year of four digits and as much as one likes of the rest. Week dates and days of the year are left out.
pub fn iso(text: &str) -> Option<Moment> {
    let rest = &mut &*text;
    let year = digits(rest, 4)?;
    let (mut month, mut day, mut time, mut length) = (1, 1, 0, None);
    let mut whole = days(year + 1, 1, 1) - days(year, 1, 1);
    if sign(rest, '-') {
        month = digits(rest, 2).filter(|month| (1..=12).contains(month))?;
        whole = days(year, month + 1, 1) - days(year, month, 1);
        if sign(rest, '-') {
            day = digits(rest, 2).filter(|day| (1..=whole).contains(day))?;
            whole = 1;
        }
    }
    if sign(rest, 'T') && !rest.is_empty() {
        time = digits(rest, 2).filter(|hour| *hour < 24)? * 3_600_000;
        length = Some(3_600_000);
        if sign(rest, ':') {
            time += digits(rest, 2).filter(|minute| *minute < 60)? * 60_000;
            length = Some(60_000);
            if sign(rest, ':') {
                time += digits(rest, 2).filter(|second| *second < 60)? * 1_000;
                length = Some(1_000);
                if sign(rest, '.') || sign(rest, ',') {
                    let count = rest.bytes().take_while(u8::is_ascii_digit).count();
                    let fraction = rest.get(..count).filter(|fraction| !fraction.is_empty())?;
                    *rest = rest.get(count..)?;
                    time += format!("{fraction:0<3}").get(..3)?.parse::<i64>().ok()?;
                    length = Some(1);
                }
            }
        }
        if rest.starts_with(['+', '-']) {
            let west = sign(rest, '-') || !sign(rest, '+');
            let hours = digits(rest, 2)?;
            sign(rest, ':');
            let offset = (hours * 60 + digits(rest, 2)?) * 60_000;
            time += if west { offset } else { -offset };
        } else {
            sign(rest, 'Z');
        }
    }
    if !rest.is_empty() {
        return None;
    }
    let first = days(year, month, day) * DAY + time;
    Some(Moment { first, last: first + length.unwrap_or(whole * DAY) - 1 })
}

/// `yyyy/MM/dd`, with or without a time of day: the other format that dynamic mappings take for a date.
pub fn slashed(text: &str) -> Option<Moment> {
    let (date, time) = text.split_once(' ').map_or((text, None), |(date, time)| (date, Some(time)));
    if date.split('/').count() != 3 {
        return None;
    }
    let date = date.replace('/', "-");
    match time {
        None => iso(&date),
        Some(time) if time.len() == 8 => iso(&format!("{date}T{time}")),
        Some(_) => None,
    }
}

/// A value of a date field: a date, or milliseconds since 1970.
pub fn value(text: &str) -> Option<Moment> {
    let millis = || text.parse::<i64>().ok().map(Moment::exact);
    iso(text).or_else(millis).or_else(|| slashed(text))
}

/// A date as a range may give it: a value, or `now` or a value with `||`, and steps like `+1d`, `-2h` and `/d` behind it
/// (`DateMathParser`).
pub fn math(text: &str, now: i64) -> Option<Moment> {
    let (mut moment, mut steps) = match text.strip_prefix("now") {
        Some(steps) => (Moment::exact(now), steps),
        None => match text.split_once("||") {
            Some((anchor, steps)) => (Moment::exact(value(anchor)?.first), steps),
            None => return value(text),
        },
    };
    while let Some(operator) = steps.chars().next() {
        if !(-FAR..=FAR).contains(&moment.first) {
            return None;
        }
        steps = steps.get(1..)?;
        let count = steps.bytes().take_while(u8::is_ascii_digit).count();
        let number = match steps.get(..count)? {
            "" => 1,
            number => number.parse::<i64>().ok().filter(|number| *number <= 1_000_000)?,
        };
        let unit = steps.get(count..)?.chars().next()?;
        steps = steps.get(count + 1..)?;
        moment = match operator {
            '+' => Moment::exact(moved(moment.first, unit, number)?),
            '-' => Moment::exact(moved(moment.first, unit, -number)?),
            '/' if count == 0 => {
                let first = start(moment.first, unit)?;
                Moment { first, last: moved(first, unit, 1)? - 1 }
            }
            _ => return None,
        };
    }
    Some(moment)
}

const fn length(unit: char) -> Option<i64> {
    match unit {
        's' => Some(1_000),
        'm' => Some(60_000),
        'h' | 'H' => Some(3_600_000),
        'd' => Some(DAY),
        'w' => Some(7 * DAY),
        _ => None,
    }
}

fn moved(at: i64, unit: char, number: i64) -> Option<i64> {
    if let Some(length) = length(unit) {
        return at.checked_add(length.checked_mul(number)?);
    }
    let (year, month, day) = civil(at.div_euclid(DAY));
    let month = match unit {
        'M' => month.checked_add(number)?,
        'y' => month.checked_add(number.checked_mul(12)?)?,
        _ => return None,
    };
    let longest = days(year, month + 1, 1) - days(year, month, 1);
    Some(days(year, month, day.min(longest)) * DAY + at.rem_euclid(DAY))
}

/// The first millisecond of the unit that an instant lies in. Weeks begin on Mondays.
fn start(at: i64, unit: char) -> Option<i64> {
    let (year, month, _) = civil(at.div_euclid(DAY));
    match unit {
        'M' => Some(days(year, month, 1) * DAY),
        'y' => Some(days(year, 1, 1) * DAY),
        'w' => Some((at.div_euclid(DAY) - (at.div_euclid(DAY) + 3).rem_euclid(7)) * DAY),
        _ => length(unit).map(|length| at - at.rem_euclid(length)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: i64 = 1_735_200_000_060;

    #[test]
    fn dates_stand_for_what_they_leave_open() {
        let check = |text: &str, first: i64, last: i64| assert_eq!(value(text), Some(Moment { first, last }), "{text}");
        check("2024-12-26T08:00:00.060Z", AT, AT);
        check("2024-12-26T10:00:00.060+02:00", AT, AT);
        check("2024-12-26T08:00:00Z", 1_735_200_000_000, 1_735_200_000_999);
        check("2024-12-26", 1_735_171_200_000, 1_735_257_599_999);
        check("2024/12/26", 1_735_171_200_000, 1_735_257_599_999);
        check("2024-02", 1_706_745_600_000, 1_709_251_199_999);
        check("1970", 0, 31_535_999_999);
        check("1735200000060", AT, AT);
        for text in ["", "24-12-26", "2024-13-01", "2024-02-30", "2024-12-26T25", "2024-12-26 08:00", "0.0.1", "x"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn date_math_moves_and_rounds() {
        let check = |text: &str, first: &str| assert_eq!(math(text, AT).unwrap().first, value(first).unwrap().first, "{text}");
        check("now", "1735200000060");
        check("now-1h", "2024-12-26T07:00:00.060Z");
        check("now/d", "2024-12-26");
        check("now/w", "2024-12-23");
        check("now-1M/M", "2024-11");
        check("2024-01-31||+1M", "2024-02-29");
        check("2023-06-15||/y", "2023");
        assert_eq!(math("now/d", AT).unwrap().last, value("2024-12-26").unwrap().last);
        for text in ["now+", "now+1x", "nowhere", "now/2d", "now+99999999999d", "9223372036854775807||+1M", "-9223372036854775808||/y"] {
            assert_eq!(math(text, AT), None, "{text}");
        }
    }
}
