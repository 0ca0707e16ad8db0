//! Cases and documents of the register, what is secret in them, and requests to see them.

use sqlx::FromRow;

use super::lifecycle::State;
use crate::kit::UnknownCode;
use crate::kit::codes::codes;
use crate::kit::{CaseNumber, CivilDate, Email, Id, Instant, Lang};

codes! {
    /// Which way a document went.
    Direction {
        /// Inkommen.
        Received = "received",
        /// Upprättad.
        DrawnUp = "drawn_up",
        /// Utgående.
        Sent = "sent",
    }
}

codes! {
    /// What sort of counterpart a document has.
    Party {
        None = "none",
        Organisation = "organisation",
        Person = "person",
    }
}

/// A section of offentlighets- och sekretesslagen (2009:400) by which something is secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ground {
    chapter: u8,
    /// `1`, `1 a`.
    section: String,
}

/// The text names no chapter and section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoGround;

impl Ground {
    /// The last chapter of the act.
    const LAST_CHAPTER: u8 = 44;

    /// Reads `35:1`, `35 kap. 1 a §` and `OSL 35:1 a`.
    pub fn parse(text: &str) -> Result<Self, NoGround> {
        let text = text.to_lowercase().replace("osl", " ").replace("kap.", ":").replace("kap", ":").replace('§', " ");
        let (chapter, section) = text.split_once(':').ok_or(NoGround)?;
        let chapter: u8 = chapter.trim().parse().map_err(|_| NoGround)?;
        let section: String = section.split_whitespace().collect();
        let digits = section.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        let letter = &section[digits.len()..];
        let number: u8 = digits.parse().map_err(|_| NoGround)?;
        if chapter == 0 || chapter > Self::LAST_CHAPTER || number == 0 || letter.len() > 1 {
            return Err(NoGround);
        }
        let section = if letter.is_empty() { number.to_string() } else { format!("{number} {letter}") };
        Ok(Self { chapter, section })
    }

    /// Reads several, between commas or semicolons; none twice.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, NoGround> {
        let mut all = text.split([',', ';']).filter(|part| !part.trim().is_empty()).map(Self::parse).collect::<Result<Vec<_>, _>>()?;
        all.sort();
        all.dedup();
        Ok(all)
    }

    /// The stored text: `35:1a`.
    pub fn code(&self) -> String {
        format!("{}:{}", self.chapter, self.section.replace(' ', ""))
    }
}

/// As the act is cited, `35 kap. 1 §`, without a break inside a number.
impl std::fmt::Display for Ground {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\u{a0}kap. {}\u{a0}§", self.chapter, self.section.replace(' ', "\u{a0}"))
    }
}

impl TryFrom<String> for Ground {
    type Error = UnknownCode;

    fn try_from(text: String) -> Result<Self, UnknownCode> {
        Self::parse(&text).map_err(|_| UnknownCode)
    }
}

/// That a document is marked as secret, by which section, and what of its row nobody outside may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrecy {
    pub ground: Ground,
    pub masks_subject: bool,
    pub masks_counterpart: bool,
}

/// What is said of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub direction: Direction,
    /// When it came, was drawn up or was sent, in Stockholm.
    pub day: CivilDate,
    pub party: Party,
    /// Empty for a person who is not named.
    pub counterpart: String,
    pub subject: String,
    pub secrecy: Option<Secrecy>,
}

impl Facts {
    /// What everybody may read of it, and so find it by: subject, then counterpart.
    pub fn open(&self) -> (&str, &str) {
        let masked = |masks: fn(&Secrecy) -> bool| self.secrecy.as_ref().is_some_and(masks);
        let subject = if masked(|secrecy| secrecy.masks_subject) { "" } else { self.subject.as_str() };
        let counterpart = if masked(|secrecy| secrecy.masks_counterpart) { "" } else { self.counterpart.as_str() };
        (subject, counterpart)
    }
}

/// A case, as other areas know it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Case {
    pub id: Id,
    pub number: CaseNumber,
}

/// A document to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    pub id: Id,
    /// What it is elsewhere, `application:<id>`: registered twice it is the same document.
    pub reference: Option<String>,
    /// SHA-256 of its content, where there is one.
    pub content_hash: Option<String>,
    pub facts: Facts,
    pub files: Vec<NewFile>,
}

/// A stored file that belongs to a document or an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    pub id: Id,
    pub hash: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoredFile {
    pub id: Id,
    pub document_id: Id,
    pub file_hash: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
}

/// A document as everybody may see it: what is masked has not left the database.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Listed {
    pub id: Id,
    /// Its place among all documents.
    pub seq: i64,
    pub number: CaseNumber,
    pub running: i64,
    pub registered_at: Instant,
    pub version: i64,
    #[sqlx(try_from = "String")]
    pub direction: Direction,
    pub day: CivilDate,
    #[sqlx(try_from = "String")]
    pub party: Party,
    /// None when it is masked.
    pub counterpart: Option<String>,
    pub subject: Option<String>,
    pub secret: i64,
    /// SHA-256 of what was received or sent, where that is known.
    pub content_hash: Option<String>,
    pub files: i64,
}

impl Listed {
    pub fn is_secret(&self) -> bool {
        self.secret == 1
    }

    /// `2026-00017:3`.
    pub fn number_of_document(&self) -> String {
        self.number.of_document(self.running)
    }
}

/// What was said of a document at a time, whole: for the staff, and each reading of what is masked is noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub version: i64,
    pub facts: Facts,
    pub entered_at: Instant,
    pub entered_by: String,
    pub reason: Option<String>,
}

/// A request to see documents.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Disclosure {
    pub id: Id,
    pub case_id: Id,
    pub number: CaseNumber,
    pub lang: Lang,
    /// Gone some time after the answer.
    pub email: Option<Email>,
    pub name: Option<String>,
    pub wish: String,
    #[sqlx(try_from = "String")]
    pub state: State,
    pub version: i64,
    pub received_at: Instant,
    pub waits_since: CivilDate,
    pub closed_at: Option<Instant>,
}

codes! {
    /// What was answered.
    AnswerKind {
        /// Everything is given out.
        Released = "released",
        /// Some or all of it cannot be, says who handles it; a decision can be asked for (OSL 6 kap. 3 §).
        Informed = "informed",
        /// A decision: some of it is given out.
        ReleasedInPart = "released_in_part",
        /// A decision: nothing is.
        Refused = "refused",
    }
}

impl AnswerKind {
    /// Whether it can be appealed, and so has a letter that says how.
    pub fn is_decision(self) -> bool {
        matches!(self, Self::ReleasedInPart | Self::Refused)
    }

    /// Whether it keeps anything back, and so names by which section.
    pub fn withholds(self) -> bool {
        self != Self::Released
    }
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Answer {
    pub document_id: Id,
    #[sqlx(try_from = "String")]
    pub kind: AnswerKind,
    pub message: String,
    /// The stored codes, with a space between.
    pub grounds: String,
    pub answered_at: Instant,
}

impl Answer {
    pub fn grounds(&self) -> Vec<Ground> {
        self.grounds.split(' ').filter_map(|code| Ground::parse(code).ok()).collect()
    }
}

/// What happened to a request.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Happened {
    pub event: String,
    pub at: Instant,
    pub done_by: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grounds_are_read_as_they_are_cited() {
        for text in ["35:1", " OSL 35:1", "35 kap. 1 §", "35 kap 1 §"] {
            assert_eq!(Ground::parse(text).unwrap().code(), "35:1", "{text}");
        }
        let ground = Ground::parse("21 kap. 3 A §").unwrap();
        assert_eq!((ground.code().as_str(), ground.to_string().as_str()), ("21:3a", "21\u{a0}kap. 3\u{a0}a\u{a0}§"));
        assert_eq!(Ground::parse(&ground.code()), Ok(ground));
        for text in ["", "35", "0:1", "45:1", "35:0", "35:ab", "35:1aa", "kap 1 §", "å:1"] {
            assert_eq!(Ground::parse(text), Err(NoGround), "{text}");
        }
        let codes = |text| Ground::parse_all(text).map(|all| all.iter().map(Ground::code).collect::<Vec<_>>().join(" "));
        assert_eq!(codes("35:1; 25 kap. 1 §, 35:1"), Ok("25:1 35:1".to_owned()));
        assert_eq!(codes(" "), Ok(String::new()));
        assert_eq!(codes("35:1, x"), Err(NoGround));
    }

    #[test]
    fn what_is_masked_is_not_open() {
        let facts = |masks_subject, masks_counterpart| Facts {
            direction: Direction::Received,
            day: CivilDate::parse("2026-11-23").unwrap(),
            party: Party::Person,
            counterpart: "Berit Ek".to_owned(),
            subject: "Anmälan".to_owned(),
            secrecy: Some(Secrecy { ground: Ground::parse("35:1").unwrap(), masks_subject, masks_counterpart }),
        };
        assert_eq!(facts(false, false).open(), ("Anmälan", "Berit Ek"));
        assert_eq!(facts(true, false).open(), ("", "Berit Ek"));
        assert_eq!(facts(true, true).open(), ("", ""));
    }
}
