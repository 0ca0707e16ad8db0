//! What the clock shows in Sweden.
//!
//! What belongs here: the way between an [`Instant`] and civil time in Europe/Stockholm, and its text. Deadlines are
//! civil time (domain, rule 2), and two nights a year the hour jumps (EU directive 2000/84/EC, förordning 2001:127).
//! Server only: the browser gets texts that are ready.

use std::sync::LazyLock;

use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, civil};

use super::Lang;
use super::time::{CivilDate, DateError, Instant, Weekday};

/// A day and a clock time in Sweden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDateTime {
    pub date: CivilDate,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    pub weekday: Weekday,
}

/// The zone from the table that is built in; the present rule as text stands by, so that nothing here can fail.
static STOCKHOLM: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Stockholm").or_else(|_| TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3")).unwrap_or(TimeZone::UTC));

/// What calendar and clock show in Sweden at an instant.
pub fn stockholm(instant: Instant) -> CivilDateTime {
    let shown = shown(instant);
    let date = date_of(shown.date(), instant);
    CivilDateTime { date, hour: shown.hour() as u8, minute: shown.minute() as u8, weekday: date.weekday() }
}

/// For readers: `22 november 2026 kl. 13.34`, `22 November 2026 at 13:34`.
pub fn clock_text(instant: Instant, lang: Lang) -> String {
    let CivilDateTime { date, hour, minute, .. } = stockholm(instant);
    let date = date.long(lang);
    match lang {
        Lang::Sv => format!("{date} kl. {hour:02}.{minute:02}"),
        Lang::En => format!("{date} at {hour:02}:{minute:02}"),
    }
}

/// As [`clock_text`] with the day of the week in front, as deadlines are shown: `söndag 22 november 2026 kl. 13.34`.
pub fn weekday_text(instant: Instant, lang: Lang) -> String {
    format!("{} {}", stockholm(instant).weekday.name(lang), clock_text(instant, lang))
}

/// The month in Sweden, for statistics: `2026-11`.
pub fn month(instant: Instant) -> String {
    let date = stockholm(instant).date;
    format!("{:04}-{:02}", date.year(), date.month())
}

/// With the offset in Sweden (RFC 3339), for feeds and `<time>`: `2026-11-22T13:34:56+01:00`.
pub fn rfc3339(instant: Instant) -> String {
    let shown = shown(instant);
    let offset = STOCKHOLM.to_offset(timestamp(instant)).seconds();
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 3600, offset.abs() / 60 % 60);
    format!(
        "{}T{:02}:{:02}:{:02}{sign}{hours:02}:{minutes:02}",
        date_of(shown.date(), instant).text(),
        shown.hour(),
        shown.minute(),
        shown.second()
    )
}

/// The instant at which Swedish clocks show a time. Where the clock skips it, as much later as it jumps; where the
/// clock shows it twice, the second: a deadline never falls earlier than a reader could believe.
///
/// # Errors
/// `Clock` when the hour or minute is not one of a day; `Year` when the calendar ends.
pub fn to_instant(date: CivilDate, hour: u8, minute: u8) -> Result<Instant, DateError> {
    if hour > 23 || minute > 59 {
        return Err(DateError::Clock);
    }
    civil::DateTime::new(
        i16::try_from(date.year()).map_err(|_| DateError::Year)?,
        date.month() as i8,
        date.day() as i8,
        hour as i8,
        minute as i8,
        0,
        0,
    )
    .and_then(|shown| STOCKHOLM.to_ambiguous_timestamp(shown).later())
    .map(|timestamp| Instant::from_millis(timestamp.as_millisecond()))
    .map_err(|_| DateError::Year)
}

/// Whether clocks show a time of a day once, as on nearly all days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Night {
    Plain,
    /// They jump over it, in spring.
    Skipped,
    /// They show it twice, in autumn.
    Twice,
}

/// What the clock does with a time of a day; one that is no time of a day is plain.
pub fn night(date: CivilDate, hour: u8, minute: u8) -> Night {
    let Ok(year) = i16::try_from(date.year()) else { return Night::Plain };
    let shown = civil::DateTime::new(year, date.month() as i8, date.day() as i8, hour.min(24) as i8, minute.min(60) as i8, 0, 0);
    match shown.map(|shown| STOCKHOLM.to_ambiguous_timestamp(shown).offset()) {
        Ok(AmbiguousOffset::Gap { .. }) => Night::Skipped,
        Ok(AmbiguousOffset::Fold { .. }) => Night::Twice,
        Ok(AmbiguousOffset::Unambiguous { .. }) | Err(_) => Night::Plain,
    }
}

/// The instants at which a day begins in Sweden and the next one begins: the rows of a day lie from the first
/// (included) to the second (not included).
///
/// # Errors
/// `Year` on the last day of the calendar.
pub fn day_bounds(date: CivilDate) -> Result<(Instant, Instant), DateError> {
    Ok((to_instant(date, 0, 0)?, to_instant(date.plus_days(1), 0, 0)?))
}

fn shown(instant: Instant) -> civil::DateTime {
    STOCKHOLM.to_datetime(timestamp(instant))
}

fn timestamp(instant: Instant) -> Timestamp {
    // Jiff's range ends a day before year 10 000 does.
    Timestamp::from_millisecond(instant.millis()).unwrap_or(Timestamp::MAX)
}

fn date_of(date: civil::Date, instant: Instant) -> CivilDate {
    CivilDate::new(date.year().unsigned_abs(), date.month() as u8, date.day() as u8).unwrap_or(instant.utc_date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    fn civil(date: &str, hour: u8, minute: u8) -> String {
        to_instant(CivilDate::parse(date).unwrap(), hour, minute).unwrap().text()
    }

    #[test]
    fn winter_and_summer() {
        let winter = at("2026-11-22T12:34:56.789Z");
        assert_eq!(clock_text(winter, Lang::Sv), "22 november 2026 kl. 13.34");
        assert_eq!(clock_text(winter, Lang::En), "22 November 2026 at 13:34");
        assert_eq!(weekday_text(winter, Lang::Sv), "söndag 22 november 2026 kl. 13.34");
        assert_eq!(rfc3339(winter), "2026-11-22T13:34:56+01:00");
        let summer = at("2026-06-30T22:05:00.000Z");
        assert_eq!(clock_text(summer, Lang::Sv), "1 juli 2026 kl. 00.05");
        assert_eq!((month(summer).as_str(), month(winter).as_str()), ("2026-07", "2026-11"));
        assert_eq!(rfc3339(summer), "2026-07-01T00:05:00+02:00");
    }

    #[test]
    fn the_night_that_skips_an_hour() {
        assert_eq!(civil("2027-03-28", 1, 59), "2027-03-28T00:59:00.000Z");
        assert_eq!(civil("2027-03-28", 2, 30), "2027-03-28T01:30:00.000Z");
        assert_eq!(clock_text(at("2027-03-28T01:30:00.000Z"), Lang::Sv), "28 mars 2027 kl. 03.30");
        assert_eq!(civil("2027-03-28", 3, 0), "2027-03-28T01:00:00.000Z");
    }

    #[test]
    fn the_night_that_shows_an_hour_twice() {
        assert_eq!(civil("2026-10-25", 1, 59), "2026-10-24T23:59:00.000Z");
        assert_eq!(civil("2026-10-25", 2, 30), "2026-10-25T01:30:00.000Z");
        assert_eq!(civil("2026-10-25", 3, 0), "2026-10-25T02:00:00.000Z");
        for twice in ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"] {
            assert_eq!(clock_text(at(twice), Lang::Sv), "25 oktober 2026 kl. 02.30");
        }
    }

    #[test]
    fn a_deadline_in_the_night_of_the_jump_is_known() {
        let on = |date: &str, hour, minute| night(CivilDate::parse(date).unwrap(), hour, minute);
        assert_eq!(
            (on("2027-03-28", 1, 59), on("2027-03-28", 2, 0), on("2027-03-28", 2, 59)),
            (Night::Plain, Night::Skipped, Night::Skipped)
        );
        assert_eq!((on("2026-10-25", 2, 30), on("2026-10-25", 3, 0), on("2026-10-25", 99, 0)), (Night::Twice, Night::Plain, Night::Plain));
    }

    #[test]
    fn days_have_their_length() {
        let hours = |date: &str| {
            let (start, end) = day_bounds(CivilDate::parse(date).unwrap()).unwrap();
            end.since(start) / 3_600_000
        };
        assert_eq!((hours("2027-03-28"), hours("2026-10-25"), hours("2026-11-22")), (23, 25, 24));
    }

    #[test]
    fn the_ends_of_the_calendar_hold() {
        for end in [i64::MIN, i64::MAX] {
            assert!(!rfc3339(Instant::from_millis(end)).is_empty());
        }
        let date = CivilDate::parse("2026-11-22").unwrap();
        assert_eq!(to_instant(date, 24, 0), Err(DateError::Clock));
        assert_eq!(to_instant(date, 0, 60), Err(DateError::Clock));
    }

    proptest! {
        /// Minutes from 1980 (when Sweden took up summer time) to 2100.
        #[test]
        fn what_the_clock_shows_leads_back(minute in 5_259_600i64..68_400_000) {
            let instant = Instant::from_millis(minute * 60_000);
            let shown = stockholm(instant);
            let back = to_instant(shown.date, shown.hour, shown.minute).unwrap();
            // In the hour that is shown twice the second one is meant.
            prop_assert!(back == instant || back == instant.plus_seconds(3600));
            prop_assert_eq!(stockholm(back), shown);
        }
    }
}
