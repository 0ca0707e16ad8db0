//! The audit chain: what was done, by whom, to what. Rows are only ever added, each carries the hash of the one before,
//! and the database itself refuses changes. Personal data stands in it only by reference (an order's id, never a name):
//! a row can never be deleted, and data protection demands that names can (GDPR article 17).
//!
//! The hash is SHA-256 over the JSON array `[seq,at,actor,action,object,detail,previous_hash]` in canonical form: keys
//! in order of their bytes, no white space, so that anyone can compute it again from an export.
//! To note a new kind of event: [`append`] with an action of your own, inside [`super::db::Db::write_in_line`].

use serde_json::Value;

use super::db::{Db, StoreError, Tx, pattern};
use super::ids::sha256_hex;
use crate::kit::Instant;

/// What the first row names as its previous hash.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Later than anything: the last day that instants are written for.
const LATEST: Instant = Instant::from_millis(253_402_300_799_000);

/// How many rows verification holds at a time.
const PAGE: i64 = 500;

/// The name of the counter that remembers how long the chain is, so that rows cut off its end are missed.
const LENGTH: &str = "audit";

/// One row of the chain.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Event {
    pub seq: i64,
    pub at: Instant,
    pub actor: String,
    pub action: String,
    pub object: String,
    pub detail: String,
    pub previous_hash: String,
    pub hash: String,
}

/// The end of the chain: what an operator notes elsewhere, so that a chain rewritten from the start is found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub hash: String,
}

/// What is wrong with a chain; the first fault is the one that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A number is missing or stands twice: the row after `seq` was deleted or moved.
    Gap { after: i64, found: i64 },
    /// The row's previous hash is not the hash of the row before.
    Broken { seq: i64 },
    /// The row's content does not give its hash: it was changed.
    Changed { seq: i64 },
    /// The chain ends before the length that was counted.
    CutOff { found: i64, counted: i64 },
    /// The chain does not hold the head that was noted elsewhere.
    OtherHead { seq: i64 },
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// How many rows were read, up to the fault if there is one.
    pub rows: i64,
    /// The last whole row.
    pub head: Head,
    pub fault: Option<Fault>,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gap { after, found } => write!(f, "after event {after} comes event {found}: a row was deleted, added or moved"),
            Self::Broken { seq } => write!(f, "event {seq} does not follow the event before it: a row was replaced"),
            Self::Changed { seq } => write!(f, "event {seq} is not what it was when it was written: its content was changed"),
            Self::CutOff { found, counted } => {
                write!(f, "the chain ends at event {found}, but {counted} were written: the last rows were deleted")
            }
            Self::OtherHead { seq } => write!(f, "event {seq} does not have the hash that was noted: the chain was written anew"),
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.fault {
            None if self.rows == 0 => f.write_str("The audit chain is empty and whole."),
            None => write!(f, "The audit chain is whole: {} events. Head {}:{}", self.rows, self.head.seq, self.head.hash),
            Some(fault) => write!(f, "The audit chain is broken: {fault}. The last whole event is {}:{}", self.head.seq, self.head.hash),
        }
    }
}

/// JSON with keys in order of their bytes and no white space, whatever map the library uses inside.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_bytes());
            let entries: Vec<_> =
                entries.into_iter().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value))).collect();
            format!("{{{}}}", entries.join(","))
        }
        scalar => scalar.to_string(),
    }
}

/// Adds an event to the end of the chain. Only inside [`Db::write_in_line`]: elsewhere rivals would pick the same number
/// and try again.
///
/// `actor` and `object` are references such as `anyone`, `system`, `order:0190…`; `detail` holds codes and numbers.
pub async fn append(tx: &mut Tx, now: Instant, actor: &str, action: &str, object: &str, detail: &Value) -> Result<Head, StoreError> {
    let last: Option<(i64, String)> =
        sqlx::query_as("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1").fetch_optional(&mut *tx).await?;
    let (last, previous_hash) = last.unwrap_or_else(|| (0, BEGINNING.to_owned()));
    let mut event = Event {
        seq: last + 1,
        at: now,
        actor: actor.to_owned(),
        action: action.to_owned(),
        object: object.to_owned(),
        detail: canonical(detail),
        previous_hash,
        hash: String::new(),
    };
    event.hash = hash_of(&event);
    sqlx::query(
        "INSERT INTO audit_events (seq, at, actor, action, object, detail, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(event.seq)
    .bind(event.at)
    .bind(event.actor)
    .bind(event.action)
    .bind(event.object)
    .bind(event.detail)
    .bind(event.previous_hash)
    .bind(event.hash.clone())
    .execute(&mut *tx)
    .await?;
    sqlx::query("INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
        .bind(LENGTH)
        .bind(event.seq)
        .execute(tx)
        .await?;
    Ok(Head { seq: event.seq, hash: event.hash })
}

/// Every event about one object, oldest first.
pub async fn about(tx: &mut Tx, object: &str) -> Result<Vec<Event>, StoreError> {
    let events = sqlx::query_as(
        "SELECT seq, at, actor, action, object, detail, previous_hash, hash FROM audit_events WHERE object = $1 ORDER BY seq",
    )
    .bind(object)
    .fetch_all(tx)
    .await?;
    Ok(events)
}

/// What a list of events is narrowed by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Part of an actor, an action or an object.
    pub words: String,
    pub from: Option<Instant>,
    /// Events before this instant.
    pub until: Option<Instant>,
    /// Events with a lower number.
    pub before: Option<i64>,
}

/// Some events, the newest first. Where a list ends stands in its last row's number, so that a page stays the same while new
/// events come.
pub async fn list(tx: &mut Tx, narrow: &Narrow, limit: i64) -> Result<Vec<Event>, StoreError> {
    let events = sqlx::query_as(
        "SELECT seq, at, actor, action, object, detail, previous_hash, hash FROM audit_events
         WHERE seq < $1 AND at >= $2 AND at < $3
           AND (LOWER(actor) LIKE $4 ESCAPE '!' OR LOWER(action) LIKE $4 ESCAPE '!' OR LOWER(object) LIKE $4 ESCAPE '!')
         ORDER BY seq DESC LIMIT $5",
    )
    .bind(narrow.before.unwrap_or(i64::MAX))
    .bind(narrow.from.unwrap_or(Instant::from_millis(0)))
    .bind(narrow.until.unwrap_or(LATEST))
    .bind(pattern(&narrow.words))
    .bind(limit)
    .fetch_all(tx)
    .await?;
    Ok(events)
}

/// How many events there are within `narrow`.
pub async fn count(tx: &mut Tx, narrow: &Narrow) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_events WHERE at >= $1 AND at < $2
           AND (LOWER(actor) LIKE $3 ESCAPE '!' OR LOWER(action) LIKE $3 ESCAPE '!' OR LOWER(object) LIKE $3 ESCAPE '!')",
    )
    .bind(narrow.from.unwrap_or(Instant::from_millis(0)))
    .bind(narrow.until.unwrap_or(LATEST))
    .bind(pattern(&narrow.words))
    .fetch_one(tx)
    .await?;
    Ok(count)
}

/// Walks the whole chain, a page at a time. With `noted`, the chain must also hold that head.
pub async fn verify(db: &Db, noted: Option<&Head>) -> Result<Report, StoreError> {
    let mut head = Head { seq: 0, hash: BEGINNING.to_owned() };
    // Read before the rows: events that come meanwhile make the chain longer than counted, never shorter.
    let counted: Option<(i64,)> = db
        .read(async |tx| {
            Ok::<_, StoreError>(sqlx::query_as("SELECT value FROM counters WHERE name = $1").bind(LENGTH).fetch_optional(tx).await?)
        })
        .await?;
    let mut noted_found = noted.is_none_or(|noted| *noted == head);
    loop {
        let after = head.seq;
        let page: Vec<Event> = db
            .read(async |tx| {
                let page = sqlx::query_as(
                    "SELECT seq, at, actor, action, object, detail, previous_hash, hash FROM audit_events WHERE seq > $1 ORDER BY seq LIMIT $2",
                )
                .bind(after)
                .bind(PAGE)
                .fetch_all(tx)
                .await?;
                Ok::<_, StoreError>(page)
            })
            .await?;
        if page.is_empty() {
            break;
        }
        for event in page {
            let fault = if event.seq != head.seq + 1 {
                Some(Fault::Gap { after: head.seq, found: event.seq })
            } else if event.previous_hash != head.hash {
                Some(Fault::Broken { seq: event.seq })
            } else if hash_of(&event) != event.hash {
                Some(Fault::Changed { seq: event.seq })
            } else if noted.is_some_and(|noted| noted.seq == event.seq && noted.hash != event.hash) {
                Some(Fault::OtherHead { seq: event.seq })
            } else {
                None
            };
            if fault.is_some() {
                return Ok(Report { rows: head.seq, head, fault });
            }
            head = Head { seq: event.seq, hash: event.hash };
            noted_found |= noted.is_some_and(|noted| *noted == head);
        }
    }
    let counted = counted.map_or(0, |(value,)| value).max(noted.map_or(0, |noted| noted.seq));
    let fault = if head.seq < counted {
        Some(Fault::CutOff { found: head.seq, counted })
    } else {
        noted.filter(|_| !noted_found).map(|noted| Fault::OtherHead { seq: noted.seq })
    };
    Ok(Report { rows: head.seq, head, fault })
}

/// The last event, for the log: a head noted outside the database is what a rewritten chain cannot match.
pub async fn head(db: &Db) -> Result<Option<Head>, StoreError> {
    let row: Option<(i64, String)> = db
        .read(async |tx| {
            Ok::<_, StoreError>(sqlx::query_as("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1").fetch_optional(tx).await?)
        })
        .await?;
    Ok(row.map(|(seq, hash)| Head { seq, hash }))
}

impl std::str::FromStr for Head {
    type Err = &'static str;

    /// Reads `seq:hash`, as `portal audit verify` prints it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (seq, hash) = text.split_once(':').ok_or("a head is written as number:hash")?;
        let seq = seq.parse().map_err(|_| "a head begins with the event's number")?;
        if hash.len() != 64 {
            return Err("a head ends with 64 hexadecimal digits");
        }
        Ok(Self { seq, hash: hash.to_ascii_lowercase() })
    }
}

fn hash_of(event: &Event) -> String {
    // The detail is canonical JSON already and goes in as it lies in the row: a changed byte is a changed event.
    let texts = [event.at.text(), event.actor.clone(), event.action.clone(), event.object.clone()];
    let texts: Vec<_> = texts.into_iter().map(|text| Value::from(text).to_string()).collect();
    let line = format!("[{},{},{},\"{}\"]", event.seq, texts.join(","), event.detail, event.previous_hash);
    sha256_hex(line.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn canonical_form_has_one_order() {
        let value = json!({"b": [1, {"z": null, "a": "å \"x\""}], "a": true});
        assert_eq!(canonical(&value), r#"{"a":true,"b":[1,{"a":"å \"x\"","z":null}]}"#);
    }

    /// Computed with `printf '…' | sha256sum`: the form may never change, or old chains could not be verified.
    #[test]
    fn the_hash_can_be_computed_elsewhere() {
        let event = Event {
            seq: 1,
            at: Instant::parse("2026-11-23T09:00:00Z").unwrap(),
            actor: "anyone".to_owned(),
            action: "order.placed".to_owned(),
            object: "order:1".to_owned(),
            detail: canonical(&json!({"number": 1001})),
            previous_hash: BEGINNING.to_owned(),
            hash: String::new(),
        };
        let line = format!(r#"[1,"2026-11-23T09:00:00.000Z","anyone","order.placed","order:1",{{"number":1001}},"{BEGINNING}"]"#);
        assert_eq!(hash_of(&event), sha256_hex(line.as_bytes()));
        assert_eq!(hash_of(&event), "7b5cbedb22eef9be901da98ff750831e6123ba911892dabe379981fb0064fa10");
    }

    #[test]
    fn heads_are_read_back() {
        let head = Head { seq: 7, hash: "ab".repeat(32) };
        assert_eq!(format!("{}:{}", head.seq, head.hash).parse(), Ok(head));
        for text in ["", "7", "x:ab", "7:ab"] {
            assert!(text.parse::<Head>().is_err(), "{text}");
        }
    }
}
