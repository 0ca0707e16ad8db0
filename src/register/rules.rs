//! What the forms of the register must hold, and what may become a file of a document.

use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{CivilDate, Email, EmailError, Errors, Form, Id, slugify};

use super::lifecycle::{Event, State};
use super::model::{AnswerKind, Direction, Facts, Ground, Party, Secrecy};

/// Longest subject and counterpart: a register is brief (OSL 5 kap. 2 §).
pub const LONGEST_LINE: usize = 200;

/// Longest text of a person or an answer.
pub const LONGEST_TEXT: usize = 4000;

/// How many documents one request may name.
pub const MOST_DOCUMENTS: usize = 50;

/// The names of the fields.
pub mod field {
    pub const CASE: &str = "arendenummer";
    pub const DIRECTION: &str = "riktning";
    pub const DAY: &str = "datum";
    pub const PARTY: &str = "slag";
    pub const COUNTERPART: &str = "motpart";
    pub const SUBJECT: &str = "arende";
    pub const GROUND: &str = "lagrum";
    pub const MASKS: &str = "doljer";
    pub const REASON: &str = "skal";
    pub const FILE: &str = "fil";
    pub const VERSION: &str = "version";
    pub const WHAT: &str = "gor";
    pub const DOCUMENTS: &str = "handling";
    pub const WISH: &str = "vad";
    pub const EMAIL: &str = "epost";
    pub const NAME: &str = "namn";
    pub const KEY: &str = "nyckel";
    pub const KIND: &str = "svar";
    pub const MESSAGE: &str = "text";
}

/// The values of [`field::MASKS`].
pub mod masks {
    pub const SUBJECT: &str = "arende";
    pub const COUNTERPART: &str = "motpart";
}

/// What can be wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Missing,
    /// Longer than it may be; so many characters there may be.
    Long(usize),
    Choose,
    Date,
    /// The day has not come yet.
    Future,
    Email(EmailError),
    Ground,
    /// Something is masked and no section says why.
    GroundMissing,
    /// There is no case with this number.
    Case,
    File(FileWrong),
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileWrong {
    Missing,
    Empty,
    TooLarge,
    BrokenOff,
    Kind,
}

/// Checks what is said of a document. Where `before` is given and something of it is masked, a field that is left empty says
/// that it stays: whoever corrects need not read what is secret.
pub fn facts(form: &Form, before: Option<&Facts>, today: CivilDate) -> Result<Facts, Errors<Wrong>> {
    let mut errors = Errors::new();
    let secrecy = before.and_then(|before| before.secrecy.clone());
    let kept = |masked: fn(&Secrecy) -> bool| before.filter(|_| secrecy.as_ref().is_some_and(masked));
    let direction = errors.keep(field::DIRECTION, Direction::of_code(form.get(field::DIRECTION)).ok_or(Wrong::Choose));
    let day = errors.keep(field::DAY, day(form, today));
    let party = errors.keep(field::PARTY, Party::of_code(form.get(field::PARTY)).ok_or(Wrong::Choose));
    let counterpart = match (clean_line(form.get(field::COUNTERPART)), kept(|secrecy| secrecy.masks_counterpart), party) {
        (_, _, Some(Party::None)) => Some(String::new()),
        (text, Some(before), _) if text.is_empty() => Some(before.counterpart.clone()),
        (text, ..) if count(&text) > LONGEST_LINE => errors.keep(field::COUNTERPART, Err(Wrong::Long(LONGEST_LINE))),
        // A person need not be named.
        (text, _, Some(Party::Organisation)) if text.is_empty() => errors.keep(field::COUNTERPART, Err(Wrong::Missing)),
        (text, ..) => Some(text),
    };
    let subject = match (clean_line(form.get(field::SUBJECT)), kept(|secrecy| secrecy.masks_subject)) {
        (text, Some(before)) if text.is_empty() => Some(before.subject.clone()),
        (text, _) => errors.keep(field::SUBJECT, bounded(text, LONGEST_LINE)),
    };
    match (direction, day, party, counterpart, subject) {
        (Some(direction), Some(day), Some(party), Some(counterpart), Some(subject)) if errors.is_empty() => {
            Ok(Facts { direction, day, party, counterpart, subject, secrecy })
        }
        _ => Err(errors),
    }
}

/// Reads whether a document is marked as secret: it is when a section is named.
pub fn secrecy(form: &Form) -> Result<Option<Secrecy>, Errors<Wrong>> {
    let masked = |what: &str| form.all(field::MASKS).any(|value| value == what);
    let (masks_subject, masks_counterpart) = (masked(masks::SUBJECT), masked(masks::COUNTERPART));
    match clean_line(form.get(field::GROUND)) {
        text if text.is_empty() && (masks_subject || masks_counterpart) => Err(one(field::GROUND, Wrong::GroundMissing)),
        text if text.is_empty() => Ok(None),
        text => match Ground::parse(&text) {
            Ok(ground) => Ok(Some(Secrecy { ground, masks_subject, masks_counterpart })),
            Err(_) => Err(one(field::GROUND, Wrong::Ground)),
        },
    }
}

/// Why something was corrected.
pub fn reason(form: &Form) -> Result<String, Errors<Wrong>> {
    bounded(clean_line(form.get(field::REASON)), LONGEST_LINE).map_err(|wrong| one(field::REASON, wrong))
}

fn day(form: &Form, today: CivilDate) -> Result<CivilDate, Wrong> {
    match clean_line(form.get(field::DAY)) {
        text if text.is_empty() => Err(Wrong::Missing),
        text => match CivilDate::read(&text) {
            Ok(day) if day > today => Err(Wrong::Future),
            Ok(day) => Ok(day),
            Err(_) => Err(Wrong::Date),
        },
    }
}

/// A request to see documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub documents: Vec<Id>,
    pub wish: String,
    pub email: Email,
    pub name: Option<String>,
}

/// Checks a request. Only an address to send to is needed: nobody has to say who they are or why (TF 2 kap. 18 §).
pub fn ask(form: &Form) -> Result<Ask, Errors<Wrong>> {
    let mut errors = Errors::new();
    let mut documents: Vec<Id> = form.all(field::DOCUMENTS).filter_map(|id| Id::parse(id).ok()).take(MOST_DOCUMENTS).collect();
    documents.dedup();
    let wish = clean_text(form.get(field::WISH));
    let wish = if wish.is_empty() && !documents.is_empty() { Ok(wish) } else { bounded(wish, LONGEST_TEXT) };
    let wish = errors.keep(field::WISH, wish);
    let email = Email::parse(&clean_line(form.get(field::EMAIL)).to_lowercase()).map_err(Wrong::Email);
    let email = errors.keep(field::EMAIL, email);
    let name = clean_line(form.get(field::NAME));
    if count(&name) > LONGEST_LINE {
        errors.push(field::NAME, Wrong::Long(LONGEST_LINE));
    }
    match (wish, email) {
        (Some(wish), Some(email)) if errors.is_empty() => {
            Ok(Ask { documents, wish, email, name: Some(name).filter(|name| !name.is_empty()) })
        }
        _ => Err(errors),
    }
}

/// What the registrar answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub kind: AnswerKind,
    /// What is said; of a decision, the reasons.
    pub message: String,
    pub grounds: Vec<Ground>,
}

/// What can be answered to a request in this state.
pub fn answers(state: State) -> Vec<AnswerKind> {
    AnswerKind::ALL.iter().copied().filter(|kind| state.allows(event(*kind), super::lifecycle::Actor::Staff)).collect()
}

/// What an answer makes happen.
pub fn event(kind: AnswerKind) -> Event {
    match kind {
        AnswerKind::Released => Event::Released,
        AnswerKind::Informed => Event::Informed,
        AnswerKind::ReleasedInPart => Event::ReleasedInPart,
        AnswerKind::Refused => Event::Refused,
    }
}

/// Checks an answer. What keeps something back says why and by which section.
pub fn reply(form: &Form) -> Result<Reply, Errors<Wrong>> {
    let mut errors = Errors::new();
    let kind = errors.keep(field::KIND, AnswerKind::of_code(form.get(field::KIND)).ok_or(Wrong::Choose));
    let withholds = kind.is_some_and(AnswerKind::withholds);
    let message = clean_text(form.get(field::MESSAGE));
    let message = if message.is_empty() && !withholds { Ok(message) } else { bounded(message, LONGEST_TEXT) };
    let message = errors.keep(field::MESSAGE, message);
    let grounds = match Ground::parse_all(form.get(field::GROUND)) {
        Ok(grounds) if grounds.is_empty() && withholds => Err(Wrong::GroundMissing),
        Ok(_) if !withholds => Ok(Vec::new()),
        grounds => grounds.map_err(|_| Wrong::Ground),
    };
    let grounds = errors.keep(field::GROUND, grounds);
    match (kind, message, grounds) {
        (Some(kind), Some(message), Some(grounds)) if errors.is_empty() => Ok(Reply { kind, message, grounds }),
        _ => Err(errors),
    }
}

fn bounded(text: String, longest: usize) -> Result<String, Wrong> {
    match count(&text) {
        0 => Err(Wrong::Missing),
        long if long > longest => Err(Wrong::Long(longest)),
        _ => Ok(text),
    }
}

/// One error alone.
pub fn one(name: &'static str, wrong: Wrong) -> Errors<Wrong> {
    let mut errors = Errors::new();
    errors.push(name, wrong);
    errors
}

/// What a file is, as far as its beginning tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    Jpeg,
    Png,
    Text,
}

impl FileKind {
    /// By the first bytes, never by the name. A text is UTF-8 without control characters but tabs and line breaks.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            head => {
                let text = match std::str::from_utf8(head) {
                    Ok(text) => text,
                    // The head may end in the middle of a letter.
                    Err(error) if error.error_len().is_none() => std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?,
                    Err(_) => return None,
                };
                let plain = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
                (!text.is_empty() && text.chars().all(plain)).then_some(Self::Text)
            }
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Text => "txt",
        }
    }

    /// What a file is saved as: the name that it came with, in letters that every disk takes.
    pub fn name(self, sent: &str) -> String {
        let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let stem = slugify(stem).map_or_else(|| "handling".to_owned(), |slug| slug.as_str().to_owned());
        format!("{stem}.{}", self.ending())
    }
}

/// What browsers offer to choose among.
pub const ACCEPTED_FILES: &str = ".pdf,.jpg,.jpeg,.png,.txt,application/pdf,image/jpeg,image/png,text/plain";

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn today() -> CivilDate {
        CivilDate::parse("2026-11-23").unwrap()
    }

    const GOOD: &[(&str, &str)] = &[
        ("riktning", "received"),
        ("datum", "20 november 2026"),
        ("slag", "organisation"),
        ("motpart", " Umeå  kommun "),
        ("arende", "Fråga om stöd"),
    ];

    #[test]
    fn a_document_is_read() {
        let read = facts(&form(GOOD), None, today()).unwrap();
        assert_eq!((read.counterpart.as_str(), read.day.text().as_str(), read.secrecy), ("Umeå kommun", "2026-11-20", None));
        let errors = facts(&Form::default(), None, today()).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), ["riktning", "datum", "slag", "arende"]);
        let mut late = form(GOOD);
        late.set("datum", "2026-11-24");
        late.set("motpart", "");
        late.set("arende", "a".repeat(201));
        let errors = facts(&late, None, today()).unwrap_err();
        assert_eq!((errors.of("datum"), errors.of("motpart")), (Some(&Wrong::Future), Some(&Wrong::Missing)));
        assert_eq!(errors.of("arende"), Some(&Wrong::Long(200)));
        let mut person = form(GOOD);
        person.set("slag", "person");
        person.set("motpart", "");
        assert_eq!(facts(&person, None, today()).unwrap().counterpart, "");
    }

    #[test]
    fn what_is_masked_stays_when_its_field_is_left_empty() {
        let mut before = facts(&form(GOOD), None, today()).unwrap();
        let empty = {
            let mut empty = form(GOOD);
            empty.set("arende", "");
            empty.set("motpart", "");
            empty
        };
        assert_eq!(facts(&empty, Some(&before), today()).unwrap_err().len(), 2);
        before.secrecy = secrecy(&form(&[("lagrum", "35:1"), ("doljer", "arende"), ("doljer", "motpart")])).unwrap();
        assert_eq!(facts(&empty, Some(&before), today()), Ok(before.clone()));
        assert_eq!(facts(&form(GOOD), Some(&before), today()).unwrap().secrecy, before.secrecy);
    }

    #[test]
    fn nothing_is_masked_without_a_section() {
        assert_eq!(secrecy(&Form::default()), Ok(None));
        assert_eq!(secrecy(&form(&[("doljer", "arende")])).unwrap_err().of("lagrum"), Some(&Wrong::GroundMissing));
        assert_eq!(secrecy(&form(&[("lagrum", "x")])).unwrap_err().of("lagrum"), Some(&Wrong::Ground));
        let marked = secrecy(&form(&[("lagrum", "35 kap. 1 §")])).unwrap().unwrap();
        assert!(!marked.masks_subject && !marked.masks_counterpart);
    }

    #[test]
    fn only_an_address_is_asked_of_who_asks() {
        let read = ask(&form(&[("vad", "Avtalet"), ("epost", " Nagon@Example.se ")])).unwrap();
        assert_eq!((read.email.as_str(), read.name, read.documents.len()), ("nagon@example.se", None, 0));
        let errors = ask(&Form::default()).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.field).collect::<Vec<_>>(), ["vad", "epost"]);
        let one = [("handling", "01890a5d-ac96-774b-bcce-b302099a8057"), ("epost", "a@b.se")];
        assert_eq!(ask(&form(&one)).unwrap().documents.len(), 1);
    }

    #[test]
    fn whatever_keeps_something_back_says_why() {
        let read = |kind: &str, text: &str, grounds: &str| reply(&form(&[("svar", kind), ("text", text), ("lagrum", grounds)]));
        assert!(read("released", "", "").is_ok());
        for kind in ["informed", "released_in_part", "refused"] {
            let errors = read(kind, "", "").unwrap_err();
            assert_eq!((errors.of("text"), errors.of("lagrum")), (Some(&Wrong::Missing), Some(&Wrong::GroundMissing)), "{kind}");
            assert_eq!(read(kind, "Skäl", "35:1, 21:7").unwrap().grounds.len(), 2);
        }
        assert_eq!(read("", "", "x").unwrap_err().len(), 2);
    }

    #[test]
    fn files_are_known_by_what_is_in_them() {
        assert_eq!(FileKind::of(b"%PDF-1.7 \xff"), Some(FileKind::Pdf));
        assert_eq!(FileKind::of(&[0xff, 0xd8, 0xff, 0xe0]), Some(FileKind::Jpeg));
        assert_eq!(FileKind::of("Hej på dig\r\n".as_bytes()), Some(FileKind::Text));
        assert_eq!(FileKind::of(&"åååå".as_bytes()[..7]), Some(FileKind::Text));
        for wrong in [&b"MZ\x90\x00"[..], b"", b"PK\x03\x04", &[0xff, 0xfe, b'a']] {
            assert_eq!(FileKind::of(wrong), None, "{wrong:?}");
        }
        assert_eq!(FileKind::Pdf.name("C:\\a\\Mitt brev.exe"), "mitt-brev.pdf");
        assert_eq!(FileKind::Text.name("…"), "handling.txt");
    }
}
