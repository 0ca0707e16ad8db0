//! How often one address may do one thing, counted in the database so that it holds across processes. To add a limit:
//! a [`Limit`] constant in the area that guards something, and [`check`] in a transaction of its own before the work,
//! since a count that is rolled back with a refused action counts nothing.

use std::net::IpAddr;

use super::db::{StoreError, Tx};
use super::ids::sha256_hex;
use crate::kit::Instant;

/// So many times per window for one purpose and one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What is limited, as it stands in the table: `checkout`.
    pub purpose: &'static str,
    /// How many times within the window.
    pub times: i64,
    /// The window's length in seconds. Windows begin at whole multiples since 1970, the same in every process.
    pub seconds: i64,
}

/// What the count says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// Too often; a new window begins after so many seconds.
    Wait {
        seconds: i64,
    },
}

impl Verdict {
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }
}

/// Counts one attempt of `subject` and says whether it is within the limit.
pub async fn check(tx: &mut Tx, limit: &Limit, subject: &str, now: Instant) -> Result<Verdict, StoreError> {
    let length = limit.seconds.max(1) * 1000;
    let start = Instant::from_millis(now.millis().div_euclid(length) * length);
    let (count,): (i64,) = sqlx::query_as(
        "INSERT INTO rate_limits (purpose, subject, window_start, count) VALUES ($1, $2, $3, 1)
         ON CONFLICT (purpose, subject, window_start) DO UPDATE SET count = rate_limits.count + 1
         RETURNING count",
    )
    .bind(limit.purpose)
    .bind(subject)
    .bind(start)
    .fetch_one(tx)
    .await?;
    if count <= limit.times {
        Ok(Verdict::Allowed)
    } else {
        Ok(Verdict::Wait { seconds: (start.plus_millis(length).since(now) + 999) / 1000 })
    }
}

/// A client's address as a subject: hashed with the day, so that the table holds no addresses and one day's rows cannot
/// be laid beside the next day's. Of an IPv6 address the first 64 bits count: a household has all the others.
pub fn address(client: IpAddr, now: Instant) -> String {
    let network = match client.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    };
    sha256_hex(format!("{network}|{}", now.utc_date().text()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_again_for_one_day() {
        let day = Instant::parse("2026-11-23T09:00:00Z").unwrap();
        let of = |text: &str, now| address(text.parse().unwrap(), now);
        assert_eq!(of("192.0.2.1", day), of("::ffff:192.0.2.1", day.plus_seconds(3600)));
        assert_ne!(of("192.0.2.1", day), of("192.0.2.2", day));
        assert_ne!(of("192.0.2.1", day), of("192.0.2.1", day.plus_days(1)));
        assert_eq!(of("2001:db8::1", day), of("2001:db8::ffff:2", day));
        assert_ne!(of("2001:db8::1", day), of("2001:db8:0:1::1", day));
        assert!(!of("192.0.2.1", day).contains("192"));
    }
}
