//! Which days people at an agency work: Monday to Friday but for public holidays (lagen 1989:253 om allmänna helgdagar) and
//! the eves that are treated as such (semesterlagen 1977:480 § 3 a): Midsummer, Christmas and New Year.

use super::time::{CivilDate, Weekday};

/// Holidays that fall on the same day each year: month and day.
const FIXED: [(u8, u8); 8] = [(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)];

/// Days from Easter Sunday: Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday.
const BY_EASTER: [i64; 5] = [-2, 0, 1, 39, 49];

/// Easter Sunday of a year in the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: u16) -> Option<CivilDate> {
    let year_number = u32::from(year);
    let (a, b, c) = (year_number % 19, year_number / 100, year_number % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    CivilDate::new(year, u8::try_from(day / 31).ok()?, u8::try_from(day % 31 + 1).ok()?).ok()
}

/// Whether people at the agency work on this day.
pub fn is_workday(day: CivilDate) -> bool {
    let weekday = day.weekday();
    // All Saints' Day is a Saturday in any case; so is Midsummer, whose eve is the Friday from 19 to 25 June.
    let midsummer_eve = weekday == Weekday::Friday && day.month() == 6 && (19..=25).contains(&day.day());
    let weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
    let holiday = FIXED.contains(&(day.month(), day.day()));
    let moving = easter(day.year()).is_some_and(|easter| BY_EASTER.contains(&day.since(easter)));
    !(weekend || holiday || midsummer_eve || moving)
}

/// How many working days have begun after `from`, up to and with `to`: none on the day itself.
pub fn workdays_since(from: CivilDate, to: CivilDate) -> i64 {
    (1..=to.since(from)).filter(|days| is_workday(from.plus_days(*days))).count().try_into().unwrap_or(i64::MAX)
}

/// The last day from which more than `most` working days have begun by `today`: what came that day or before is older.
pub fn last_day_older_than(most: i64, today: CivilDate) -> CivilDate {
    let (mut day, mut passed) = (today, 0);
    // No stretch without a working day is as long as a fortnight.
    for _ in 0..=(most.max(0) + 1) * 14 {
        if is_workday(day) {
            passed += 1;
        }
        day = day.plus_days(-1);
        if passed > most {
            break;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> CivilDate {
        CivilDate::parse(text).unwrap()
    }

    #[test]
    fn holidays_of_a_year() {
        let free = [
            "2026-01-01",
            "2026-01-06",
            "2026-04-03",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-06-19",
            "2026-12-24",
            "2026-12-25",
            "2026-12-31",
            "2027-03-26",
            "2027-03-29",
            "2027-05-06",
            "2027-06-25",
            "2026-11-21",
            "2026-11-22",
        ];
        for text in free {
            assert!(!is_workday(day(text)), "{text}");
        }
        for text in ["2026-01-02", "2026-01-05", "2026-04-02", "2026-04-07", "2026-06-18", "2026-11-23", "2026-12-23", "2026-12-30"] {
            assert!(is_workday(day(text)), "{text}");
        }
    }

    #[test]
    fn days_are_counted_from_the_next() {
        assert_eq!(workdays_since(day("2026-11-23"), day("2026-11-23")), 0);
        assert_eq!(workdays_since(day("2026-11-20"), day("2026-11-23")), 1);
        assert_eq!(workdays_since(day("2026-12-23"), day("2027-01-04")), 4);
        assert_eq!(workdays_since(day("2026-11-23"), day("2026-11-20")), 0);
        assert_eq!(last_day_older_than(1, day("2026-11-23")), day("2026-11-19"));
        assert_eq!(last_day_older_than(1, day("2026-11-22")), day("2026-11-18"));
    }

    proptest! {
        #[test]
        fn older_means_more_days(offset in 0_i64..36_000, most in 0_i64..6, back in 0_i64..30) {
            let today = day("1990-01-01").plus_days(offset);
            let then = today.plus_days(-back);
            prop_assert_eq!(then <= last_day_older_than(most, today), workdays_since(then, today) > most);
        }

        #[test]
        fn easter_is_a_sunday_in_spring(year in 1900_u16..2300) {
            let easter = easter(year).unwrap();
            prop_assert_eq!(easter.weekday(), Weekday::Sunday);
            prop_assert!((3..=4).contains(&easter.month()));
        }
    }
}
