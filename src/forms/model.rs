//! A form as data: sections, questions, what each kind of question asks, and when it is asked at all.
//!
//! The texts of a form are written by the staff, in Swedish and perhaps in English. Keys are stable: an answer belongs to a key,
//! whatever the question's words become. [`Definition::faults`] says what stands in the way of using a form.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kit::{CivilDate, Form, Lang, Ore};

/// Most sections of a form, questions of a section, options of a question and columns of a table: what a page can show and a
/// person can take in.
pub const MOST_SECTIONS: usize = 30;
pub const MOST_QUESTIONS: usize = 40;
pub const MOST_OPTIONS: usize = 60;
pub const MOST_COLUMNS: usize = 8;

/// Most rows of a table.
pub const MOST_ROWS: u16 = 50;

/// Longest text that a limit may allow, in Unicode scalar values.
pub const LONGEST: u32 = 20_000;

/// A text in Swedish, and in English unless it is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    pub sv: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Both {
    pub fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self { sv: sv.into(), en: en.into() }
    }

    /// The text, and the language that it is in: Swedish stands where English is missing.
    pub fn of(&self, lang: Lang) -> (&str, Lang) {
        match lang {
            Lang::En if !self.en.is_empty() => (&self.en, Lang::En),
            _ => (&self.sv, Lang::Sv),
        }
    }

    /// The text alone, for paper and files.
    pub fn text(&self, lang: Lang) -> &str {
        self.of(lang).0
    }

    pub fn is_empty(&self) -> bool {
        self.sv.is_empty() && self.en.is_empty()
    }
}

/// The stable name of a section, a question, an option or a column: small letters a to z, figures, hyphens and low lines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(String);

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyError;

impl Key {
    /// # Errors
    /// [`KeyError`] unless it is one to 40 small letters, figures, hyphens and low lines that begin with a letter.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let begins = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        let holds = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        if begins && holds && text.len() <= 40 { Ok(Self(text.to_owned())) } else { Err(KeyError) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Key {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|KeyError| "no key".to_owned())
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

/// A whole form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    pub sections: Vec<Section>,
}

/// One page of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub key: Key,
    pub title: Both,
    /// What stands above the questions.
    #[serde(default, skip_serializing_if = "Both::is_empty")]
    pub lead: Both,
    pub questions: Vec<Question>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    pub key: Key,
    pub label: Both,
    #[serde(default, skip_serializing_if = "Both::is_empty")]
    pub help: Both,
    pub kind: Kind,
    /// It may be left unanswered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// It is asked only of those who have answered so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_when: Option<Condition>,
    #[serde(default, skip_serializing_if = "SeenBy::is_everybody")]
    pub seen_by: SeenBy,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// An earlier question that has one of these answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub question: Key,
    /// Codes of options; of a consent, `ja`.
    pub any_of: Vec<Key>,
}

/// Which of those who assess an application see the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeenBy {
    #[default]
    Everybody,
    /// Not reviewers who assess without knowing who asks.
    NotBlind,
    /// Only the agency's own officers.
    Officers,
}

impl SeenBy {
    pub const ALL: [Self; 3] = [Self::Everybody, Self::NotBlind, Self::Officers];

    fn is_everybody(&self) -> bool {
        *self == Self::Everybody
    }

    /// The code in forms and in stored definitions.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::NotBlind => "not_blind",
            Self::Officers => "officers",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// One of the answers that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choosable {
    pub key: Key,
    pub label: Both,
    #[serde(default, skip_serializing_if = "Both::is_empty")]
    pub help: Both,
}

/// A column of a table; its kind is a simple one ([`Kind::is_simple`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub key: Key,
    pub label: Both,
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
}

/// What a question asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// One line; `most` counts Unicode scalar values.
    Short { most: u32 },
    /// Several lines.
    Long { most: u32 },
    /// One of several.
    Choice { options: Vec<Choosable> },
    /// Any number of several.
    Several { options: Vec<Choosable> },
    /// A day.
    Day {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earliest: Option<CivilDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest: Option<CivilDate>,
    },
    /// A day and a time of it on Swedish clocks.
    Moment,
    /// From one day to another.
    Period {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        earliest: Option<CivilDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        latest: Option<CivilDate>,
    },
    /// Kronor and öre; the limits in öre.
    Amount {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<Ore>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<Ore>,
    },
    /// A whole number of something.
    Number {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<i64>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<i64>,
        #[serde(default, skip_serializing_if = "Both::is_empty")]
        unit: Both,
    },
    /// A share in percent, with at most two decimals; the limit in hundredths of a percent.
    Percent { most: i64 },
    /// An organisation by number and name.
    Organisation,
    /// Someone by name, position, address and telephone.
    Person,
    /// An e-mail address.
    Email,
    /// One municipality, or several.
    Municipality {
        #[serde(default, skip_serializing_if = "is_false")]
        several: bool,
    },
    /// Files that are attached.
    File { most: u8 },
    /// Rows with columns.
    Table { columns: Vec<Column>, most: u16 },
    /// What it costs, by year and line, and what is applied for.
    Budget,
    /// Something to confirm.
    Consent { statement: Both },
}

impl Kind {
    /// Whether it can be a column of a table: what one field takes.
    pub fn is_simple(&self) -> bool {
        matches!(
            self,
            Self::Short { .. }
                | Self::Day { .. }
                | Self::Amount { .. }
                | Self::Number { .. }
                | Self::Percent { .. }
                | Self::Email
                | Self::Choice { .. }
        )
    }

    /// Whether other questions can be asked only after some of its answers.
    pub fn leads(&self) -> bool {
        matches!(self, Self::Choice { .. } | Self::Several { .. } | Self::Consent { .. })
    }

    /// The codes that an answer can have.
    pub fn codes(&self) -> Vec<&str> {
        match self {
            Self::Choice { options } | Self::Several { options } => options.iter().map(|one| one.key.as_str()).collect(),
            Self::Consent { .. } => vec![YES],
            _ => Vec::new(),
        }
    }

    /// The code of the kind, as stored.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Short { .. } => "short",
            Self::Long { .. } => "long",
            Self::Choice { .. } => "choice",
            Self::Several { .. } => "several",
            Self::Day { .. } => "day",
            Self::Moment => "moment",
            Self::Period { .. } => "period",
            Self::Amount { .. } => "amount",
            Self::Number { .. } => "number",
            Self::Percent { .. } => "percent",
            Self::Organisation => "organisation",
            Self::Person => "person",
            Self::Email => "email",
            Self::Municipality { .. } => "municipality",
            Self::File { .. } => "file",
            Self::Table { .. } => "table",
            Self::Budget => "budget",
            Self::Consent { .. } => "consent",
        }
    }

    /// One of each kind as a new question begins.
    pub fn all() -> Vec<Self> {
        let none = Both::default;
        vec![
            Self::Short { most: 200 },
            Self::Long { most: 3000 },
            Self::Choice { options: Vec::new() },
            Self::Several { options: Vec::new() },
            Self::Day { earliest: None, latest: None },
            Self::Moment,
            Self::Period { earliest: None, latest: None },
            Self::Amount { least: None, most: None },
            Self::Number { least: None, most: None, unit: none() },
            Self::Percent { most: 10_000 },
            Self::Organisation,
            Self::Person,
            Self::Email,
            Self::Municipality { several: false },
            Self::File { most: 5 },
            Self::Table { columns: Vec::new(), most: 20 },
            Self::Budget,
            Self::Consent { statement: none() },
        ]
    }
}

/// The value of a box that is ticked.
pub const YES: &str = "ja";

impl Condition {
    /// Whether these answers lead to the question.
    fn holds(&self, answers: &Form) -> bool {
        answers.all(self.question.as_str()).any(|given| self.any_of.iter().any(|code| code.as_str() == given))
    }
}

impl Definition {
    /// Every question, in order.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }

    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key.as_str() == key)
    }

    pub fn question(&self, key: &str) -> Option<&Question> {
        self.questions().find(|question| question.key.as_str() == key)
    }

    /// Whether a question is asked, by the answers so far: what hangs on a question that is not asked is not asked either.
    pub fn is_asked(&self, question: &Question, answers: &Form) -> bool {
        // A condition names an earlier question, so this ends; a form with faults is not asked.
        let mut next = Some(question);
        for _ in 0..=MOST_SECTIONS * MOST_QUESTIONS {
            let Some(condition) = next.and_then(|question| question.shown_when.as_ref()) else { return true };
            if !condition.holds(answers) {
                return false;
            }
            next = self.question(condition.question.as_str());
        }
        false
    }
}

/// Where in a form something is wrong: a section, or a question of it, by key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub section: Option<Key>,
    pub question: Option<Key>,
    pub what: FaultKind,
}

/// What stands in the way of using a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no section or no question.
    Nothing,
    /// More than fits.
    TooMany,
    /// Two have the same key.
    SameKey,
    /// A label, a title or a statement in Swedish is missing.
    NoWords,
    /// Words are there in Swedish and not in English.
    NoEnglish,
    /// A limit of nothing, more than the longest, or a least above the most.
    Limit,
    /// Fewer than two answers to choose from.
    FewOptions,
    /// A table without columns, or with a column that cannot be one.
    Columns,
    /// It hangs on a question that is not asked before it, or on an answer that cannot be given.
    Condition,
    /// There are two budgets.
    SecondBudget,
}

impl FaultKind {
    /// Whether the form can be used all the same: who reads English then finds Swedish words.
    pub const fn is_advice(self) -> bool {
        matches!(self, Self::NoEnglish)
    }
}

impl Definition {
    /// Everything that stands in the way of using the form, in its order.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let form = |what| Fault { section: None, question: None, what };
        if self.sections.is_empty() {
            faults.push(form(FaultKind::Nothing));
        }
        if self.sections.len() > MOST_SECTIONS {
            faults.push(form(FaultKind::TooMany));
        }
        let mut earlier: Vec<&Question> = Vec::new();
        let mut sections = BTreeSet::new();
        let mut keys = BTreeSet::new();
        for section in &self.sections {
            let mut at = |what| faults.push(Fault { section: Some(section.key.clone()), question: None, what });
            if !sections.insert(&section.key) {
                at(FaultKind::SameKey);
            }
            if section.questions.is_empty() {
                at(FaultKind::Nothing);
            }
            if section.questions.len() > MOST_QUESTIONS {
                at(FaultKind::TooMany);
            }
            words(&[&section.title], &[&section.lead]).into_iter().for_each(at);
            for question in &section.questions {
                let mut at = |what| faults.push(Fault { section: Some(section.key.clone()), question: Some(question.key.clone()), what });
                if !keys.insert(&question.key) {
                    at(FaultKind::SameKey);
                }
                if question.shown_when.as_ref().is_some_and(|condition| !condition.can_hold(&earlier)) {
                    at(FaultKind::Condition);
                }
                if question.kind == Kind::Budget && earlier.iter().any(|one| one.kind == Kind::Budget) {
                    at(FaultKind::SecondBudget);
                }
                words(&[&question.label], &[&question.help]).into_iter().for_each(&mut at);
                question.kind.faults().into_iter().for_each(at);
                earlier.push(question);
            }
        }
        faults
    }
}

/// What is missing of words that must be there, and of those that may be.
fn words(needed: &[&Both], perhaps: &[&Both]) -> Vec<FaultKind> {
    let mut faults = Vec::new();
    if needed.iter().any(|both| both.sv.trim().is_empty()) || perhaps.iter().any(|both| both.sv.is_empty() && !both.en.is_empty()) {
        faults.push(FaultKind::NoWords);
    }
    if needed.iter().chain(perhaps).any(|both| !both.sv.is_empty() && both.en.trim().is_empty()) {
        faults.push(FaultKind::NoEnglish);
    }
    faults
}

impl Condition {
    fn can_hold(&self, earlier: &[&Question]) -> bool {
        earlier.iter().find(|question| question.key == self.question).is_some_and(|question| {
            let codes = question.kind.codes();
            !self.any_of.is_empty() && self.any_of.iter().all(|code| codes.contains(&code.as_str()))
        })
    }
}

impl Kind {
    fn faults(&self) -> Vec<FaultKind> {
        let limit = |right: bool| if right { Vec::new() } else { vec![FaultKind::Limit] };
        match self {
            Self::Short { most } | Self::Long { most } => limit((1..=LONGEST).contains(most)),
            Self::Choice { options } | Self::Several { options } => {
                let mut faults = Vec::new();
                let keys: BTreeSet<_> = options.iter().map(|one| &one.key).collect();
                if keys.len() != options.len() {
                    faults.push(FaultKind::SameKey);
                }
                if options.len() < 2 {
                    faults.push(FaultKind::FewOptions);
                }
                if options.len() > MOST_OPTIONS {
                    faults.push(FaultKind::TooMany);
                }
                let labels: Vec<&Both> = options.iter().map(|one| &one.label).collect();
                let helps: Vec<&Both> = options.iter().map(|one| &one.help).collect();
                faults.extend(words(&labels, &helps));
                faults
            }
            Self::Day { earliest, latest } | Self::Period { earliest, latest } => {
                limit(earliest.zip(*latest).is_none_or(|(earliest, latest)| earliest <= latest))
            }
            Self::Amount { least, most } => limit(least.zip(*most).is_none_or(|(least, most)| least <= most)),
            Self::Number { least, most, unit } => {
                let mut faults = limit(least.zip(*most).is_none_or(|(least, most)| least <= most));
                faults.extend(words(&[], &[unit]));
                faults
            }
            Self::Percent { most } => limit((1..=10_000).contains(most)),
            Self::File { most } => limit((1..=20).contains(most)),
            Self::Table { columns, most } => {
                let mut faults = limit((1..=MOST_ROWS).contains(most));
                let keys: BTreeSet<_> = columns.iter().map(|one| &one.key).collect();
                if keys.len() != columns.len() {
                    faults.push(FaultKind::SameKey);
                }
                if !(1..=MOST_COLUMNS).contains(&columns.len()) || columns.iter().any(|one| !one.kind.is_simple()) {
                    faults.push(FaultKind::Columns);
                }
                let labels: Vec<&Both> = columns.iter().map(|one| &one.label).collect();
                faults.extend(words(&labels, &[]));
                faults.extend(columns.iter().flat_map(|one| one.kind.faults()));
                faults
            }
            Self::Consent { statement } => words(&[statement], &[]),
            Self::Moment | Self::Organisation | Self::Person | Self::Email | Self::Municipality { .. } | Self::Budget => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn both(text: &str) -> Both {
        Both::new(text, text)
    }

    fn question(name: &str, kind: Kind) -> Question {
        Question {
            key: key(name),
            label: both("Fråga"),
            help: Both::default(),
            kind,
            optional: false,
            shown_when: None,
            seen_by: SeenBy::Everybody,
        }
    }

    fn yes_or_no() -> Kind {
        let option = |name: &str| Choosable { key: key(name), label: both(name), help: Both::default() };
        Kind::Choice { options: vec![option("ja"), option("nej")] }
    }

    fn after(mut asked: Question, earlier: &str, code: &str) -> Question {
        asked.shown_when = Some(Condition { question: key(earlier), any_of: vec![key(code)] });
        asked
    }

    fn form(questions: Vec<Question>) -> Definition {
        Definition { sections: vec![Section { key: key("del"), title: both("Del"), lead: Both::default(), questions }] }
    }

    fn faults(definition: &Definition) -> Vec<FaultKind> {
        definition.faults().into_iter().map(|fault| fault.what).collect()
    }

    #[test]
    fn keys_are_small_letters_figures_and_hyphens() {
        for good in ["a", "projektets-namn", "del-2"] {
            assert_eq!(Key::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "2-del", "-a", "Åtgärd", "a.b", "a b", &"a".repeat(41)] {
            assert_eq!(Key::parse(bad), Err(KeyError), "{bad}");
        }
    }

    #[test]
    fn english_falls_back_to_swedish_and_says_so() {
        assert_eq!(Both::new("Namn", "Name").of(Lang::En), ("Name", Lang::En));
        assert_eq!(Both::new("Namn", "").of(Lang::En), ("Namn", Lang::Sv));
        assert_eq!(Both::new("Namn", "Name").of(Lang::Sv), ("Namn", Lang::Sv));
    }

    #[test]
    fn a_question_is_asked_when_its_whole_chain_holds() {
        let definition = form(vec![
            question("forskare", yes_or_no()),
            after(question("larosate", yes_or_no()), "forskare", "ja"),
            after(question("vilket", Kind::Short { most: 100 }), "larosate", "ja"),
        ]);
        assert_eq!(faults(&definition), []);
        let asked = |answers: &[(&str, &str)]| -> Vec<String> {
            let form = Form(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
            definition.questions().filter(|one| definition.is_asked(one, &form)).map(|one| one.key.as_str().to_owned()).collect()
        };
        assert_eq!(asked(&[]), ["forskare"]);
        assert_eq!(asked(&[("forskare", "ja")]), ["forskare", "larosate"]);
        assert_eq!(asked(&[("forskare", "ja"), ("larosate", "ja")]), ["forskare", "larosate", "vilket"]);
        // The answer further down was given before the first one changed.
        assert_eq!(asked(&[("forskare", "nej"), ("larosate", "ja")]), ["forskare"]);
    }

    #[test]
    fn a_circle_of_conditions_ends_and_is_a_fault() {
        let definition = form(vec![after(question("a", yes_or_no()), "b", "ja"), after(question("b", yes_or_no()), "a", "ja")]);
        assert_eq!(faults(&definition), [FaultKind::Condition]);
        let form = Form(vec![("a".to_owned(), "ja".to_owned()), ("b".to_owned(), "ja".to_owned())]);
        assert!(!definition.is_asked(&definition.sections[0].questions[0], &form));
    }

    #[test]
    fn each_fault_is_found() {
        assert_eq!(faults(&Definition::default()), [FaultKind::Nothing]);
        assert_eq!(faults(&form(Vec::new())), [FaultKind::Nothing]);
        let one = |kind| faults(&form(vec![question("a", kind)]));
        assert_eq!(one(Kind::Short { most: 0 }), [FaultKind::Limit]);
        assert_eq!(one(Kind::Long { most: LONGEST + 1 }), [FaultKind::Limit]);
        assert_eq!(one(Kind::Choice { options: Vec::new() }), [FaultKind::FewOptions]);
        assert_eq!(one(Kind::Amount { least: Some(Ore(2)), most: Some(Ore(1)) }), [FaultKind::Limit]);
        assert_eq!(one(Kind::Table { columns: Vec::new(), most: 5 }), [FaultKind::Columns]);
        let column = |kind| Kind::Table { columns: vec![Column { key: key("a"), label: both("A"), kind, optional: false }], most: 5 };
        assert_eq!(one(column(Kind::Budget)), [FaultKind::Columns]);
        assert_eq!(one(column(Kind::Email)), []);
        assert_eq!(one(Kind::Consent { statement: Both::default() }), [FaultKind::NoWords]);
        assert_eq!(one(Kind::Consent { statement: Both::new("Jag intygar", "") }), [FaultKind::NoEnglish]);
        let twice = form(vec![question("a", Kind::Budget), question("a", Kind::Budget)]);
        assert_eq!(faults(&twice), [FaultKind::SameKey, FaultKind::SecondBudget]);
        let on_itself = form(vec![after(question("a", yes_or_no()), "a", "ja")]);
        assert_eq!(faults(&on_itself), [FaultKind::Condition]);
        let impossible = form(vec![question("a", yes_or_no()), after(question("b", Kind::Email), "a", "kanske")]);
        assert_eq!(faults(&impossible), [FaultKind::Condition]);
    }

    #[test]
    fn a_definition_survives_json_whatever_its_kinds() {
        let mut questions: Vec<Question> =
            Kind::all().into_iter().enumerate().map(|(index, kind)| question(&format!("fraga-{index}"), kind)).collect();
        questions.push(after(question("sist", Kind::Day { earliest: CivilDate::parse("2027-01-01").ok(), latest: None }), "fraga-2", "ja"));
        let definition = form(questions);
        let text = serde_json::to_string(&definition).unwrap();
        assert_eq!(serde_json::from_str::<Definition>(&text).unwrap(), definition);
        let codes: BTreeSet<_> = Kind::all().iter().map(Kind::code).collect();
        assert_eq!(codes.len(), Kind::all().len());
        for kind in Kind::all() {
            assert_eq!(serde_json::to_value(&kind).unwrap()["is"], kind.code());
        }
        assert!(serde_json::from_str::<Definition>(r#"{"sections":[],"more":1}"#).is_err());
    }
}
