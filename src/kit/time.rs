//! Time as values: instants, days, and dates of which only a part is known.
//!
//! What belongs here: arithmetic and text of the proleptic Gregorian calendar in UTC, without a time zone table, so
//! that the browser can use it. What the clock shows in Sweden is in `civil`. Nothing here reads a clock: `now` comes
//! from the platform's `Clock`. The fixed width of each text makes text order and time order the same in a database.

use std::cmp::Ordering;

use super::Lang;
use super::check::is_space;

const DAY: i64 = 86_400_000;
/// 0001-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z: what four digits of year can hold.
const FIRST: i64 = -62_135_596_800_000;
const LAST: i64 = 253_402_300_799_999;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

/// A day in the calendar, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    year: u16,
    month: u8,
    day: u8,
}

/// A date as far as it is known: many records have a year only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// The year alone.
    Year(u16),
    /// Year and month (1–12).
    Month(u16, u8),
    /// The whole date.
    Day(CivilDate),
}

/// Days of the week, in the order of ISO 8601.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// Why a text or three numbers are not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Nothing but space.
    Empty,
    /// Not written in a known way.
    Form,
    /// Year 0, or beyond four digits.
    Year,
    /// Not 1 to 12, or not the name of a month.
    Month,
    /// Not a day of that month.
    Day,
    /// Not an hour, minute or second of a day.
    Clock,
}

impl Instant {
    /// From milliseconds since 1970 in UTC; before year 1 or after 9999 it stops at the end.
    pub const fn from_millis(millis: i64) -> Instant {
        if millis < FIRST {
            Instant(FIRST)
        } else if millis > LAST {
            Instant(LAST)
        } else {
            Instant(millis)
        }
    }

    /// Milliseconds since 1970 in UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// So many milliseconds later (earlier if negative).
    pub const fn plus_millis(self, millis: i64) -> Instant {
        Instant::from_millis(self.0.saturating_add(millis))
    }

    /// So many seconds later (earlier if negative).
    pub const fn plus_seconds(self, seconds: i64) -> Instant {
        self.plus_millis(seconds.saturating_mul(1000))
    }

    /// So many times 24 hours later. A term in days of the law is civil time: use [`CivilDate::plus_days`].
    pub const fn plus_days(self, days: i64) -> Instant {
        self.plus_millis(days.saturating_mul(DAY))
    }

    /// Milliseconds from an earlier instant to this one; negative if it is later.
    pub const fn since(self, earlier: Instant) -> i64 {
        self.0 - earlier.0
    }

    /// The day in UTC. What day it is for a reader in Sweden is `civil::stockholm`.
    pub fn utc_date(self) -> CivilDate {
        CivilDate::from_days(self.0.div_euclid(DAY))
    }

    /// Midnight in UTC at the beginning of a day.
    pub fn of_utc_date(date: CivilDate) -> Instant {
        Instant(date.days() * DAY)
    }

    /// Fixed-width UTC text (RFC 3339), the form that is stored: `2026-11-22T12:34:56.789Z`.
    pub fn text(self) -> String {
        let (hour, minute, second, millis) = self.utc_clock();
        format!("{}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z", self.utc_date().text())
    }

    /// The form of HTTP headers (RFC 9110 § 5.6.7), without milliseconds: `Sun, 22 Nov 2026 12:34:56 GMT`.
    pub fn http_date(self) -> String {
        let date = self.utc_date();
        let (hour, minute, second, _) = self.utc_clock();
        let weekday = &date.weekday().name(Lang::En)[..3];
        let month = &month_name(date.month, Lang::En)[..3];
        format!("{weekday}, {:02} {month} {:04} {hour:02}:{minute:02}:{second:02} GMT", date.day, date.year)
    }

    /// Reads what [`Instant::text`] gives; the fraction may be left out.
    ///
    /// # Errors
    /// A [`DateError`]; other offsets than `Z` are `Form`, leap seconds `Clock`.
    pub fn parse(text: &str) -> Result<Instant, DateError> {
        if text.is_empty() {
            return Err(DateError::Empty);
        }
        let (date, clock) = text.strip_suffix('Z').and_then(|rest| rest.split_once('T')).ok_or(DateError::Form)?;
        let date = CivilDate::parse(date)?;
        let (clock, millis) = match clock.split_once('.') {
            Some((clock, fraction)) => (clock, fixed(fraction, 3)?),
            None => (clock, 0),
        };
        let mut parts = clock.split(':');
        let mut part = |end: u16| {
            let value = fixed(parts.next().ok_or(DateError::Form)?, 2)?;
            if value < end { Ok(i64::from(value)) } else { Err(DateError::Clock) }
        };
        let (hour, minute, second) = (part(24)?, part(60)?, part(60)?);
        if parts.next().is_some() {
            return Err(DateError::Form);
        }
        let clock = ((hour * 60 + minute) * 60 + second) * 1000 + i64::from(millis);
        Ok(Instant(date.days() * DAY + clock))
    }

    /// Hour, minute, second and millisecond in UTC.
    const fn utc_clock(self) -> (i64, i64, i64, i64) {
        let millis = self.0.rem_euclid(DAY);
        (millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000)
    }
}

impl CivilDate {
    /// A day of the calendar.
    ///
    /// # Errors
    /// `Year`, `Month` or `Day` for the first that does not exist.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<CivilDate, DateError> {
        if year == 0 || year > 9999 {
            return Err(DateError::Year);
        }
        if month == 0 || month > 12 {
            return Err(DateError::Month);
        }
        if day == 0 || day > days_in_month(year, month) {
            return Err(DateError::Day);
        }
        Ok(CivilDate { year, month, day })
    }

    /// The year, 1 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// ISO 8601, the form that is stored: `2027-03-15`.
    pub fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// For readers: `15 mars 2027`, `15 March 2027`.
    pub fn long(self, lang: Lang) -> String {
        format!("{} {} {}", self.day, month_name(self.month, lang), self.year)
    }

    /// Reads ISO 8601, `2027-03-15`, and nothing else.
    ///
    /// # Errors
    /// A [`DateError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<CivilDate, DateError> {
        match PartialDate::parse(text)? {
            PartialDate::Day(date) => Ok(date),
            PartialDate::Year(_) | PartialDate::Month(..) => Err(DateError::Form),
        }
    }

    /// Reads what a person types: `2027-03-15`, `20270315`, `15 mars 2027`, `15 mar. 2027`, `15 March 2027`.
    /// Not `3/4 2027`, which two readers would read as two days.
    ///
    /// # Errors
    /// A [`DateError`] for the first thing that is wrong.
    pub fn read(text: &str) -> Result<CivilDate, DateError> {
        let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Err(DateError::Empty),
            [date] if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) => {
                CivilDate::parse(&format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]))
            }
            [date] => CivilDate::parse(date),
            [day, month, year] => {
                let year = fixed(year, 4)?;
                let month = month_number(month).ok_or(DateError::Month)?;
                let day = fixed(day, day.len().clamp(1, 2))?;
                CivilDate::new(year, month, u8::try_from(day).map_err(|_| DateError::Day)?)
            }
            _ => Err(DateError::Form),
        }
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (self.days() + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// So many days later (earlier if negative), at most to the ends of the calendar.
    pub fn plus_days(self, days: i64) -> CivilDate {
        CivilDate::from_days(self.days().saturating_add(days))
    }

    /// Days from an earlier date to this one; negative if it is later.
    pub fn since(self, earlier: CivilDate) -> i64 {
        self.days() - earlier.days()
    }

    /// Days since 1970-01-01, by counting eras of 400 years from 1 March of year 0, so that the leap day comes last.
    fn days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The other way round, within the calendar's years.
    fn from_days(days: i64) -> CivilDate {
        let days = days.clamp(FIRST.div_euclid(DAY), LAST.div_euclid(DAY)) + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        CivilDate { year: year as u16, month: month as u8, day: day as u8 }
    }
}

impl PartialDate {
    /// The year, which is always known.
    pub const fn year(self) -> u16 {
        match self {
            PartialDate::Year(year) | PartialDate::Month(year, _) => year,
            PartialDate::Day(date) => date.year,
        }
    }

    /// ISO 8601 as far as known, the form that is stored: `2021`, `2021-03`, `2021-03-15`.
    pub fn text(self) -> String {
        match self {
            PartialDate::Year(year) => format!("{year:04}"),
            PartialDate::Month(year, month) => format!("{year:04}-{month:02}"),
            PartialDate::Day(date) => date.text(),
        }
    }

    /// For readers: `2021`, `mars 2021`, `15 mars 2021`.
    pub fn long(self, lang: Lang) -> String {
        match self {
            PartialDate::Year(year) => year.to_string(),
            PartialDate::Month(year, month) => format!("{} {year}", month_name(month, lang)),
            PartialDate::Day(date) => date.long(lang),
        }
    }

    /// Reads ISO 8601 of one, two or three parts.
    ///
    /// # Errors
    /// A [`DateError`] for the first thing that is wrong.
    pub fn parse(text: &str) -> Result<PartialDate, DateError> {
        let text = text.trim_matches(is_space);
        if text.is_empty() {
            return Err(DateError::Empty);
        }
        let parts: Vec<&str> = text.split('-').collect();
        let byte = |text: &str| fixed(text, 2).map(|value| value as u8);
        match parts.as_slice() {
            [year] => CivilDate::new(fixed(year, 4)?, 1, 1).map(|date| PartialDate::Year(date.year)),
            [year, month] => CivilDate::new(fixed(year, 4)?, byte(month)?, 1).map(|date| PartialDate::Month(date.year, date.month)),
            [year, month, day] => CivilDate::new(fixed(year, 4)?, byte(month)?, byte(day)?).map(PartialDate::Day),
            _ => Err(DateError::Form),
        }
    }

    /// Year, month and day with zero for what is not known.
    const fn key(self) -> (u16, u8, u8) {
        match self {
            PartialDate::Year(year) => (year, 0, 0),
            PartialDate::Month(year, month) => (year, month, 0),
            PartialDate::Day(date) => (date.year, date.month, date.day),
        }
    }
}

/// As the texts order: a year comes before its months, a month before its days.
impl Ord for PartialDate {
    fn cmp(&self, other: &PartialDate) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &PartialDate) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<CivilDate> for PartialDate {
    fn from(date: CivilDate) -> PartialDate {
        PartialDate::Day(date)
    }
}

impl Weekday {
    /// The name: `måndag`, `Monday`.
    pub const fn name(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Sv, Weekday::Monday) => "måndag",
            (Lang::Sv, Weekday::Tuesday) => "tisdag",
            (Lang::Sv, Weekday::Wednesday) => "onsdag",
            (Lang::Sv, Weekday::Thursday) => "torsdag",
            (Lang::Sv, Weekday::Friday) => "fredag",
            (Lang::Sv, Weekday::Saturday) => "lördag",
            (Lang::Sv, Weekday::Sunday) => "söndag",
            (Lang::En, Weekday::Monday) => "Monday",
            (Lang::En, Weekday::Tuesday) => "Tuesday",
            (Lang::En, Weekday::Wednesday) => "Wednesday",
            (Lang::En, Weekday::Thursday) => "Thursday",
            (Lang::En, Weekday::Friday) => "Friday",
            (Lang::En, Weekday::Saturday) => "Saturday",
            (Lang::En, Weekday::Sunday) => "Sunday",
        }
    }
}

const MONTHS_SV: [&str; 12] =
    ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The name of a month from 1 to 12; nothing for other numbers.
pub fn month_name(month: u8, lang: Lang) -> &'static str {
    let names = match lang {
        Lang::Sv => &MONTHS_SV,
        Lang::En => &MONTHS_EN,
    };
    names.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}

/// The month that a word names in either language: the whole name, or at least its first three letters.
fn month_number(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.len() < 3 {
        return None;
    }
    (1..=12).find(|&month| Lang::ALL.iter().any(|&lang| month_name(month, lang).to_lowercase().starts_with(&word)))
}

const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Exactly so many digits, at most four.
fn fixed(text: &str, width: usize) -> Result<u16, DateError> {
    if text.len() == width && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().map_err(|_| DateError::Form)
    } else {
        Err(DateError::Form)
    }
}

text_value!(Instant, DateError, text, text);
text_value!(CivilDate, DateError, text, text);
text_value!(PartialDate, DateError, text, text);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse(text).unwrap()
    }

    #[test]
    fn instants_have_one_text() {
        let instant = Instant::parse("2026-11-22T12:34:56.789Z").unwrap();
        assert_eq!(instant.millis(), 1_795_350_896_789);
        assert_eq!(instant.text(), "2026-11-22T12:34:56.789Z");
        assert_eq!(instant.http_date(), "Sun, 22 Nov 2026 12:34:56 GMT");
        assert_eq!(Instant::parse("1970-01-01T00:00:00Z"), Ok(Instant::from_millis(0)));
        assert_eq!(Instant::from_millis(-1).text(), "1969-12-31T23:59:59.999Z");
        assert_eq!(Instant::from_millis(i64::MIN).text(), "0001-01-01T00:00:00.000Z");
        assert_eq!(Instant::from_millis(i64::MAX).text(), "9999-12-31T23:59:59.999Z");
        assert_eq!(instant.plus_days(1).plus_seconds(-1).since(instant), DAY - 1000);
        assert_eq!(Instant::of_utc_date(instant.utc_date()).text(), "2026-11-22T00:00:00.000Z");
        assert_eq!(serde_json::to_string(&instant).unwrap(), "\"2026-11-22T12:34:56.789Z\"");
    }

    #[test]
    fn instants_are_refused_with_a_reason() {
        use DateError::*;
        for (text, error) in [
            ("", Empty),
            ("2026-11-22", Form),
            ("2026-11-22T12:34:56+01:00", Form),
            ("2026-11-22T12:34:56.7Z", Form),
            ("2026-11-22T12:34Z", Form),
            ("2026-11-22T12:34:56:00Z", Form),
            ("2026-11-22T24:00:00Z", Clock),
            ("2026-06-30T23:59:60Z", Clock),
            ("2026-02-29T00:00:00Z", Day),
        ] {
            assert_eq!(Instant::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn dates_are_read_and_written() {
        let date = day("2027-03-15");
        assert_eq!(date.long(Lang::Sv), "15 mars 2027");
        assert_eq!(date.long(Lang::En), "15 March 2027");
        assert_eq!(date.weekday().name(Lang::Sv), "måndag");
        for text in ["2027-03-15", "20270315", "15 mars 2027", " 15\u{a0}mars\u{a0}2027 ", "15 mar. 2027", "15 March 2027"] {
            assert_eq!(CivilDate::read(text), Ok(date), "{text}");
        }
        assert_eq!(CivilDate::read("5 maj 2027"), Ok(day("2027-05-05")));
        assert_eq!(CivilDate::read("1 okt 2027"), CivilDate::read("1 Oct 2027"));
        assert_eq!(day("2024-02-29").plus_days(366), day("2025-03-01"));
        assert_eq!(day("2025-03-01").since(day("2024-02-29")), 366);
        assert_eq!(day("9999-12-31").plus_days(i64::MAX), day("9999-12-31"));
    }

    #[test]
    fn dates_are_refused_with_a_reason() {
        use DateError::*;
        for (text, error) in [
            ("", Empty),
            ("snart", Form),
            ("3/4 2027", Form),
            ("2027-3-4", Form),
            ("2027-03", Form),
            ("åäöå", Form),
            ("0000-01-01", Year),
            ("2027-13-01", Month),
            ("15 brumaire 2027", Month),
            ("2027-02-29", Day),
            ("1900-02-29", Day),
            ("31 april 2027", Day),
            ("0 maj 2027", Day),
            ("100 maj 2027", Form),
        ] {
            assert_eq!(CivilDate::read(text), Err(error), "{text}");
        }
    }

    #[test]
    fn partial_dates_keep_what_is_known() {
        for (text, sv, en) in
            [("2021", "2021", "2021"), ("2021-03", "mars 2021", "March 2021"), ("2021-03-15", "15 mars 2021", "15 March 2021")]
        {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!((date.text().as_str(), date.year()), (text, 2021));
            assert_eq!((date.long(Lang::Sv).as_str(), date.long(Lang::En).as_str()), (sv, en));
        }
        for (text, error) in [
            ("", DateError::Empty),
            ("21", DateError::Form),
            ("2021-", DateError::Form),
            ("0000", DateError::Year),
            ("2021-00", DateError::Month),
            ("2021-03-15-1", DateError::Form),
        ] {
            assert_eq!(PartialDate::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut date = day("1599-12-31");
        let mut weekday = date.weekday();
        for _ in 0..150_000 {
            let next = date.plus_days(1);
            let expected = CivilDate::new(date.year, date.month, date.day + 1)
                .or(CivilDate::new(date.year, date.month + 1, 1))
                .or(CivilDate::new(date.year + 1, 1, 1));
            assert_eq!(Ok(next), expected);
            assert_eq!((weekday as u8 + 1) % 7, next.weekday() as u8);
            (date, weekday) = (next, next.weekday());
        }
    }

    fn any_partial() -> impl Strategy<Value = PartialDate> {
        (1u16..=9999, 1u8..=12, 1u8..=28, 0u8..3).prop_map(|(year, month, day, known)| match known {
            0 => PartialDate::Year(year),
            1 => PartialDate::Month(year, month),
            _ => PartialDate::Day(CivilDate { year, month, day }),
        })
    }

    proptest! {
        #[test]
        fn instants_read_back(millis in FIRST..=LAST, other in FIRST..=LAST) {
            let (a, b) = (Instant::from_millis(millis), Instant::from_millis(other));
            prop_assert_eq!(Instant::parse(&a.text()), Ok(a));
            prop_assert_eq!(a.text().len(), 24);
            prop_assert_eq!(a.cmp(&b), a.text().cmp(&b.text()));
        }

        #[test]
        fn dates_read_back(days in FIRST / DAY..=LAST / DAY) {
            let date = CivilDate::from_days(days);
            prop_assert_eq!(date.days(), days);
            prop_assert_eq!(CivilDate::new(date.year, date.month, date.day), Ok(date));
            prop_assert_eq!(CivilDate::parse(&date.text()), Ok(date));
            prop_assert!(date.year < 1000 || CivilDate::read(&date.long(Lang::Sv)) == Ok(date));
            prop_assert!(date.year < 1000 || CivilDate::read(&date.long(Lang::En)) == Ok(date));
        }

        #[test]
        fn partial_dates_order_as_their_texts(a in any_partial(), b in any_partial()) {
            prop_assert_eq!(PartialDate::parse(&a.text()), Ok(a));
            prop_assert_eq!(a.cmp(&b), a.text().cmp(&b.text()));
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,30}") {
            let _ = (CivilDate::read(&text), PartialDate::parse(&text), Instant::parse(&text));
        }
    }
}
