//! From raw answers to values: what each kind of question takes, and what is wrong with what it does not take.
//!
//! Reading is generous, as `kit` is, and never changes what was typed: raw answers are kept as they came, whatever is wrong
//! with them. The same functions judge in the browser and on the server. Budgets are judged by their own rules, and files where
//! they are kept.

use serde::Serialize;

use super::model::{Choosable, Column, Definition, Kind, MOST_ROWS, Question, YES};
use crate::kit::field::{clean_line, clean_text, count};
use crate::kit::{
    CivilDate, DateError, Email, EmailError, Form, MoneyError, Municipality, Ore, OrgNr, OrgNrError, Phone, PhoneError, Rate,
};

/// Longest name, position and other line that a kind has beside its main field.
pub const LONGEST_LINE: u32 = 200;

/// The fields of the kinds that have several, after the question's key and a point.
pub mod part {
    pub const FROM: &str = "fran";
    pub const TO: &str = "till";
    pub const DAY: &str = "dag";
    pub const CLOCK: &str = "klockan";
    pub const NAME: &str = "namn";
    pub const NUMBER: &str = "nummer";
    pub const POSITION: &str = "befattning";
    pub const EMAIL: &str = "epost";
    pub const PHONE: &str = "telefon";
    /// How many rows of a table the page shows.
    pub const ROWS: &str = "rader";
}

/// A field's name: the question's key and the part.
pub fn named(key: &str, part: &str) -> String {
    format!("{key}.{part}")
}

/// A cell's name: the table's key, the row from 1, and the column.
pub fn cell(key: &str, row: usize, column: &str) -> String {
    format!("{key}.{row}.{column}")
}

/// What was answered, once it is known to be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    /// Codes of options, in the order of the options.
    Chosen(Vec<String>),
    Day(CivilDate),
    /// A day and an hour and minute on Swedish clocks.
    Moment {
        day: CivilDate,
        hour: u8,
        minute: u8,
    },
    Period {
        from: CivilDate,
        to: CivilDate,
    },
    /// In öre.
    Amount(Ore),
    Number(i64),
    /// In hundredths of a percent.
    Percent(Rate),
    Organisation {
        number: OrgNr,
        name: String,
    },
    Person(Person),
    Email(Email),
    /// As the Swedish alphabet has them.
    Municipalities(Vec<Municipality>),
    /// Rows of cells, one for each column.
    Table(Vec<Vec<Option<Self>>>),
    Confirmed,
}

/// Someone who can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub name: String,
    pub position: String,
    pub email: Email,
    pub phone: Option<Phone>,
}

/// Something that is wrong, at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The question's key.
    pub question: String,
    /// The field's name, which is its id too.
    pub field: String,
    pub problem: Problem,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was typed.
    Missing,
    /// Nothing was chosen.
    Choose,
    /// Nobody confirmed.
    Confirm,
    /// Longer than it may be.
    Long {
        most: u32,
        has: usize,
    },
    Day(DateError),
    /// The clock is no time of a day.
    Clock,
    TooEarly(CivilDate),
    TooLate(CivilDate),
    /// It ends before it begins.
    Turned,
    Amount(MoneyError),
    LeastAmount(Ore),
    MostAmount(Ore),
    NotANumber,
    LeastNumber(i64),
    MostNumber(i64),
    NotPercent,
    MostPercent(Rate),
    Number(OrgNrError),
    Email(EmailError),
    Phone(PhoneError),
    /// More rows than there may be.
    Rows(u16),
    /// A part of the answer is missing: which, by the part's name.
    Part(Missing),
}

/// Which part of an answer is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    First,
    Last,
    Day,
    Clock,
    Name,
    Number,
    Position,
    Email,
    /// A cell that each row must have.
    Cell,
}

/// The value of an answer: nothing when it was left out and may be.
///
/// # Errors
/// Everything that is wrong, in the order of the fields.
pub fn read(question: &Question, answers: &Form) -> Result<Option<Value>, Vec<Wrong>> {
    let key = question.key.as_str();
    let wrong = |(field, problem)| Wrong { question: key.to_owned(), field, problem };
    value(&question.kind, key, question.optional, answers).map_err(|all| all.into_iter().map(wrong).collect())
}

/// Everything that is wrong or missing in a form, question by question; what is not asked cannot be wrong.
pub fn judge(definition: &Definition, answers: &Form) -> Vec<Wrong> {
    let asked = definition.questions().filter(|question| definition.is_asked(question, answers));
    asked.filter_map(|question| read(question, answers).err()).flatten().collect()
}

/// The id of the first field of a question, for links that lead to it.
pub fn first_field(question: &Question) -> String {
    let key = question.key.as_str();
    let part = |part| named(key, part);
    match &question.kind {
        Kind::Moment => part(part::DAY),
        Kind::Period { .. } => part(part::FROM),
        Kind::Organisation | Kind::Person => part(part::NAME),
        Kind::Table { columns, .. } => columns.first().map_or_else(|| key.to_owned(), |column| cell(key, 1, column.key.as_str())),
        _ => key.to_owned(),
    }
}

/// The answers to one question, as they came: its own field and those that begin with its key and a point.
pub fn answers_to(question: &Question, form: &Form) -> Form {
    let key = question.key.as_str();
    let own = |name: &str| name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    Form(form.0.iter().filter(|(name, value)| own(name) && !value.is_empty()).cloned().collect())
}

/// The number of rows that were typed in a table, at most as many as any table has: the last one that holds anything.
pub fn rows(key: &str, columns: &[Column], answers: &Form) -> usize {
    let typed = |row: &usize| columns.iter().any(|column| !clean_line(answers.get(&cell(key, *row, column.key.as_str()))).is_empty());
    (1..=usize::from(MOST_ROWS)).rev().find(typed).unwrap_or_default()
}

/// How many rows of a table a page shows: those that hold something, those that were asked for, and one at least.
pub fn rows_shown(key: &str, columns: &[Column], answers: &Form) -> usize {
    let asked: usize = answers.get(&named(key, part::ROWS)).parse().unwrap_or_default();
    rows(key, columns, answers).max(asked).clamp(1, usize::from(MOST_ROWS))
}

/// The buttons that add and remove a row: what they send under these names.
pub mod button {
    /// The table's key.
    pub const ADD_ROW: &str = "lagg-till-rad";
    /// The table's key, a point, and the row's number.
    pub const REMOVE_ROW: &str = "ta-bort-rad";
}

/// Does what a button for rows asks: the answers have the rows then. Gives the id of the field to go on with.
pub fn step(definition: &Definition, answers: &mut Form) -> Option<String> {
    let columns = |key: &str| match definition.question(key).map(|question| &question.kind) {
        Some(Kind::Table { columns, .. }) => columns.first().map(|first| (columns, first.key.as_str())),
        _ => None,
    };
    let added = answers.get(button::ADD_ROW).to_owned();
    if let Some((all, first)) = columns(&added) {
        let count = rows_shown(&added, all, answers) + 1;
        answers.set(&named(&added, part::ROWS), count.to_string());
        return Some(cell(&added, count.min(usize::from(MOST_ROWS)), first));
    }
    let removed = answers.get(button::REMOVE_ROW).to_owned();
    let (key, row) = removed.rsplit_once('.')?;
    let (all, first) = columns(key)?;
    let (count, row) = (rows_shown(key, all, answers), row.parse::<usize>().ok().filter(|row| *row > 0)?);
    for column in all {
        for number in row..=count {
            let below = answers.get(&cell(key, number + 1, column.key.as_str())).to_owned();
            answers.set(&cell(key, number, column.key.as_str()), below);
        }
    }
    answers.set(&named(key, part::ROWS), (count - 1).max(1).to_string());
    Some(cell(key, row.min((count - 1).max(1)), first))
}

type Wrongs = Vec<(String, Problem)>;

fn value(kind: &Kind, name: &str, optional: bool, answers: &Form) -> Result<Option<Value>, Wrongs> {
    let line = clean_line(answers.get(name));
    let at = |problem| vec![(name.to_owned(), problem)];
    // What has one field is missing when that field is empty.
    if line.is_empty() && is_typed_in_one(kind) {
        let problem = if matches!(kind, Kind::Choice { .. } | Kind::Municipality { .. }) { Problem::Choose } else { Problem::Missing };
        return if optional { Ok(None) } else { Err(at(problem)) };
    }
    let found = match kind {
        Kind::Short { most } => text(line, *most).map(Value::Text).map_err(at)?,
        Kind::Long { most } => text(clean_text(answers.get(name)), *most).map(Value::Text).map_err(at)?,
        Kind::Choice { options } => match options.iter().find(|one| one.key.as_str() == line) {
            Some(one) => Value::Chosen(vec![one.key.as_str().to_owned()]),
            None => return Err(at(Problem::Choose)),
        },
        Kind::Several { options } => {
            let chosen = chosen(options, name, answers);
            if chosen.is_empty() {
                return if optional { Ok(None) } else { Err(at(Problem::Choose)) };
            }
            Value::Chosen(chosen)
        }
        Kind::Day { earliest, latest } => Value::Day(day(&line, *earliest, *latest).map_err(at)?),
        Kind::Moment => return moment(name, optional, answers),
        Kind::Period { earliest, latest } => return period(name, optional, answers, *earliest, *latest),
        Kind::Amount { least, most } => Value::Amount(amount(&line, *least, *most).map_err(at)?),
        Kind::Number { least, most, .. } => Value::Number(number(&line, *least, *most).map_err(at)?),
        Kind::Percent { most } => Value::Percent(percent(&line, Rate(*most)).map_err(at)?),
        Kind::Email => Value::Email(Email::parse(&line).map_err(|error| at(Problem::Email(error)))?),
        Kind::Municipality { several: false } => Value::Municipalities(vec![Municipality::parse(&line).map_err(|_| at(Problem::Choose))?]),
        Kind::Municipality { several: true } => {
            let mut all: Vec<Municipality> = answers.all(name).filter_map(|code| Municipality::parse(code).ok()).collect();
            all.sort_by_cached_key(|one| crate::kit::swedish::sort_key(one.name()));
            all.dedup();
            Value::Municipalities(all)
        }
        Kind::Organisation => return organisation(name, optional, answers),
        Kind::Person => return person(name, optional, answers),
        Kind::Table { columns, most } => return table(name, columns, *most, optional, answers),
        Kind::Consent { .. } => match (answers.get(name) == YES, optional) {
            (true, _) => Value::Confirmed,
            (false, true) => return Ok(None),
            (false, false) => return Err(at(Problem::Confirm)),
        },
        Kind::File { .. } | Kind::Budget => return Ok(None),
    };
    Ok(Some(found))
}

fn is_typed_in_one(kind: &Kind) -> bool {
    kind.is_simple() || matches!(kind, Kind::Long { .. } | Kind::Municipality { .. })
}

fn text(text: String, most: u32) -> Result<String, Problem> {
    let has = count(&text);
    if has > usize::try_from(most).unwrap_or(usize::MAX) { Err(Problem::Long { most, has }) } else { Ok(text) }
}

fn chosen(options: &[Choosable], name: &str, answers: &Form) -> Vec<String> {
    let given: Vec<&str> = answers.all(name).collect();
    options.iter().map(|one| one.key.as_str()).filter(|code| given.contains(code)).map(str::to_owned).collect()
}

fn day(line: &str, earliest: Option<CivilDate>, latest: Option<CivilDate>) -> Result<CivilDate, Problem> {
    let day = CivilDate::read(line).map_err(Problem::Day)?;
    match (earliest, latest) {
        (Some(earliest), _) if day < earliest => Err(Problem::TooEarly(earliest)),
        (_, Some(latest)) if day > latest => Err(Problem::TooLate(latest)),
        _ => Ok(day),
    }
}

fn amount(line: &str, least: Option<Ore>, most: Option<Ore>) -> Result<Ore, Problem> {
    let amount = Ore::parse(line).map_err(Problem::Amount)?;
    match (least, most) {
        (Some(least), _) if amount < least => Err(Problem::LeastAmount(least)),
        (_, Some(most)) if amount > most => Err(Problem::MostAmount(most)),
        _ => Ok(amount),
    }
}

/// A whole number; spaces group thousands as in money.
fn number(line: &str, least: Option<i64>, most: Option<i64>) -> Result<i64, Problem> {
    let Ore(hundredths) = Ore::parse(line).map_err(|_| Problem::NotANumber)?;
    if hundredths % 100 != 0 || line.contains([',', '.', ':']) {
        return Err(Problem::NotANumber);
    }
    let number = hundredths / 100;
    match (least, most) {
        (Some(least), _) if number < least => Err(Problem::LeastNumber(least)),
        (_, Some(most)) if number > most => Err(Problem::MostNumber(most)),
        _ => Ok(number),
    }
}

fn percent(line: &str, most: Rate) -> Result<Rate, Problem> {
    let rate = Rate::parse(line).map_err(|_| Problem::NotPercent)?;
    if rate > most { Err(Problem::MostPercent(most)) } else { Ok(rate) }
}

/// Hour and minute of `23.59`, `23:59`, `2359`, `kl. 9`, `9`.
pub fn clock(text: &str) -> Option<(u8, u8)> {
    let line = clean_line(text).to_lowercase();
    let line = ["kl. ", "kl.", "kl "].iter().find_map(|word| line.strip_prefix(word)).unwrap_or(&line).trim();
    let (hour, minute) = match line.split_once(['.', ':', ',']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if line.len() == 4 => line.split_at_checked(2)?,
        None => (line, "00"),
    };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten();
    let (hour, minute) = (number(hour)?, number(minute)?);
    (hour < 24 && minute < 60).then_some((hour, minute))
}

/// The parts of an answer with several fields, and what is wrong with them.
struct Parts<'a> {
    name: &'a str,
    answers: &'a Form,
    wrong: Wrongs,
}

impl<'a> Parts<'a> {
    fn new(name: &'a str, answers: &'a Form) -> Self {
        Self { name, answers, wrong: Vec::new() }
    }

    fn line(&self, part: &str) -> String {
        clean_line(self.answers.get(&named(self.name, part)))
    }

    fn is_empty(&self, parts: &[&str]) -> bool {
        parts.iter().all(|part| self.line(part).is_empty())
    }

    /// A part that must be there, read by its own rule.
    fn needed<T>(&mut self, part: &str, missing: Missing, read: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        let line = self.line(part);
        let found = if line.is_empty() { Err(Problem::Part(missing)) } else { read(&line) };
        found.map_err(|problem| self.wrong.push((named(self.name, part), problem))).ok()
    }

    /// Nothing answered at all: right if it may be left out, or else missing at its first field.
    fn nothing(&self, first: &str, optional: bool) -> Result<Option<Value>, Wrongs> {
        if optional { Ok(None) } else { Err(vec![(named(self.name, first), Problem::Missing)]) }
    }

    fn done(self, value: Option<Value>) -> Result<Option<Value>, Wrongs> {
        if self.wrong.is_empty() { Ok(value) } else { Err(self.wrong) }
    }
}

fn short(line: &str) -> Result<String, Problem> {
    text(line.to_owned(), LONGEST_LINE)
}

fn moment(name: &str, optional: bool, answers: &Form) -> Result<Option<Value>, Wrongs> {
    let mut parts = Parts::new(name, answers);
    if parts.is_empty(&[part::DAY, part::CLOCK]) {
        return parts.nothing(part::DAY, optional);
    }
    let date = parts.needed(part::DAY, Missing::Day, |line| day(line, None, None));
    let time = parts.needed(part::CLOCK, Missing::Clock, |line| clock(line).ok_or(Problem::Clock));
    let value = date.zip(time).map(|(day, (hour, minute))| Value::Moment { day, hour, minute });
    parts.done(value)
}

fn period(
    name: &str,
    optional: bool,
    answers: &Form,
    earliest: Option<CivilDate>,
    latest: Option<CivilDate>,
) -> Result<Option<Value>, Wrongs> {
    let mut parts = Parts::new(name, answers);
    if parts.is_empty(&[part::FROM, part::TO]) {
        return parts.nothing(part::FROM, optional);
    }
    let from = parts.needed(part::FROM, Missing::First, |line| day(line, earliest, latest));
    let to = parts.needed(part::TO, Missing::Last, |line| match day(line, earliest, latest) {
        Ok(to) if from.is_some_and(|from| to < from) => Err(Problem::Turned),
        read => read,
    });
    let value = from.zip(to).map(|(from, to)| Value::Period { from, to });
    parts.done(value)
}

fn organisation(name: &str, optional: bool, answers: &Form) -> Result<Option<Value>, Wrongs> {
    let mut parts = Parts::new(name, answers);
    if parts.is_empty(&[part::NAME, part::NUMBER]) {
        return parts.nothing(part::NAME, optional);
    }
    let called = parts.needed(part::NAME, Missing::Name, short);
    let number = parts.needed(part::NUMBER, Missing::Number, |line| OrgNr::parse(line).map_err(Problem::Number));
    let value = called.zip(number).map(|(name, number)| Value::Organisation { number, name });
    parts.done(value)
}

fn person(name: &str, optional: bool, answers: &Form) -> Result<Option<Value>, Wrongs> {
    let mut parts = Parts::new(name, answers);
    if parts.is_empty(&[part::NAME, part::POSITION, part::EMAIL, part::PHONE]) {
        return parts.nothing(part::NAME, optional);
    }
    let called = parts.needed(part::NAME, Missing::Name, short);
    let position = parts.needed(part::POSITION, Missing::Position, short);
    let email = parts.needed(part::EMAIL, Missing::Email, |line| Email::parse(line).map_err(Problem::Email));
    let phone = match parts.line(part::PHONE).as_str() {
        "" => None,
        _ => parts.needed(part::PHONE, Missing::Cell, |line| Phone::parse(line).map_err(Problem::Phone)),
    };
    let value = match (called, position, email) {
        (Some(name), Some(position), Some(email)) => Some(Value::Person(Person { name, position, email, phone })),
        _ => None,
    };
    parts.done(value)
}

/// Rows that hold nothing are passed over; what is in a row must be whole.
fn table(name: &str, columns: &[Column], most: u16, optional: bool, answers: &Form) -> Result<Option<Value>, Wrongs> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for row in 1..=rows(name, columns, answers) {
        let names: Vec<String> = columns.iter().map(|column| cell(name, row, column.key.as_str())).collect();
        if names.iter().all(|name| clean_line(answers.get(name)).is_empty()) {
            continue;
        }
        let mut cells = Vec::with_capacity(columns.len());
        for (column, name) in columns.iter().zip(&names) {
            match value(&column.kind, name, column.optional, answers) {
                Ok(value) => cells.push(value),
                Err(errors) => wrong.extend(errors.into_iter().map(|(field, problem)| match problem {
                    Problem::Missing => (field, Problem::Part(Missing::Cell)),
                    problem => (field, problem),
                })),
            }
        }
        found.push(cells);
    }
    let first = || columns.first().map_or_else(|| name.to_owned(), |column| cell(name, 1, column.key.as_str()));
    if found.len() > usize::from(most) {
        wrong.insert(0, (first(), Problem::Rows(most)));
    }
    match (wrong.is_empty(), found.is_empty(), optional) {
        (false, ..) => Err(wrong),
        (true, false, _) => Ok(Some(Value::Table(found))),
        (true, true, true) => Ok(None),
        (true, true, false) => Err(vec![(first(), Problem::Missing)]),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::model::{Both, Key, SeenBy};
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn asked(kind: Kind, optional: bool) -> Question {
        let label = Both::new("Fråga", "Question");
        Question { key: key("q"), label, help: Both::default(), kind, optional, shown_when: None, seen_by: SeenBy::Everybody }
    }

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn problems(kind: Kind, fields: &[(&str, &str)]) -> Vec<(String, Problem)> {
        let found = read(&asked(kind, false), &form(fields)).unwrap_err();
        found.into_iter().map(|wrong| (wrong.field, wrong.problem)).collect()
    }

    fn good(kind: Kind, fields: &[(&str, &str)]) -> Value {
        read(&asked(kind, false), &form(fields)).unwrap().unwrap()
    }

    fn options() -> Vec<Choosable> {
        let one = |name: &str| Choosable { key: key(name), label: Both::new(name, name), help: Both::default() };
        vec![one("skola"), one("polis")]
    }

    fn date(text: &str) -> CivilDate {
        CivilDate::parse(text).unwrap()
    }

    #[test]
    fn nothing_answered_is_missing_unless_it_may_be() {
        for kind in Kind::all() {
            let kind = match kind {
                Kind::Table { most, .. } => Kind::Table {
                    columns: vec![Column { key: key("a"), label: Both::default(), kind: Kind::Email, optional: false }],
                    most,
                },
                kind => kind,
            };
            assert_eq!(read(&asked(kind.clone(), true), &Form::default()), Ok(None), "{kind:?}");
            let needed = read(&asked(kind.clone(), false), &Form::default());
            if matches!(kind, Kind::File { .. } | Kind::Budget) {
                assert_eq!(needed, Ok(None));
            } else {
                let wrong = needed.unwrap_err();
                assert_eq!(wrong.len(), 1, "{kind:?}");
                assert!(matches!(wrong[0].problem, Problem::Missing | Problem::Choose | Problem::Confirm), "{kind:?}");
                assert_eq!(wrong[0].question, "q");
            }
        }
    }

    #[test]
    fn limits_of_texts_count_characters_as_people_do() {
        assert_eq!(good(Kind::Short { most: 3 }, &[("q", " åäö ")]), Value::Text("åäö".to_owned()));
        assert_eq!(problems(Kind::Short { most: 3 }, &[("q", "åäöå")]), [("q".to_owned(), Problem::Long { most: 3, has: 4 })]);
        assert_eq!(good(Kind::Long { most: 9 }, &[("q", "en\r\nrad 🙂")]), Value::Text("en\nrad 🙂".to_owned()));
    }

    #[test]
    fn choices_are_those_that_there_are() {
        let several = || Kind::Several { options: options() };
        assert_eq!(good(Kind::Choice { options: options() }, &[("q", "polis")]), Value::Chosen(vec!["polis".to_owned()]));
        assert_eq!(problems(Kind::Choice { options: options() }, &[("q", "kyrka")]), [("q".to_owned(), Problem::Choose)]);
        let both = Value::Chosen(vec!["skola".to_owned(), "polis".to_owned()]);
        assert_eq!(good(several(), &[("q", "polis"), ("q", "skola"), ("q", "kyrka")]), both);
        assert_eq!(problems(several(), &[("q", "kyrka")]), [("q".to_owned(), Problem::Choose)]);
        assert_eq!(problems(Kind::Consent { statement: Both::default() }, &[("q", "nej")]), [("q".to_owned(), Problem::Confirm)]);
    }

    #[test]
    fn days_and_periods_keep_within_their_bounds() {
        let kind = || Kind::Period { earliest: Some(date("2027-01-01")), latest: Some(date("2028-12-31")) };
        let period = [("q.fran", "1 mars 2027"), ("q.till", "2028-02-29")];
        assert_eq!(good(kind(), &period), Value::Period { from: date("2027-03-01"), to: date("2028-02-29") });
        assert_eq!(problems(kind(), &[("q.fran", "2027-03-01")]), [("q.till".to_owned(), Problem::Part(Missing::Last))]);
        assert_eq!(problems(kind(), &[("q.fran", "2027-03-01"), ("q.till", "2027-02-01")]), [("q.till".to_owned(), Problem::Turned)]);
        let outside = problems(kind(), &[("q.fran", "2026-12-31"), ("q.till", "2029-01-01")]);
        let expected =
            [("q.fran".to_owned(), Problem::TooEarly(date("2027-01-01"))), ("q.till".to_owned(), Problem::TooLate(date("2028-12-31")))];
        assert_eq!(outside, expected);
    }

    #[test]
    fn clocks_are_read_as_people_write_them() {
        for (typed, read) in
            [("23.59", (23, 59)), ("23:59", (23, 59)), ("2359", (23, 59)), ("kl. 9", (9, 0)), ("09", (9, 0)), ("0.00", (0, 0))]
        {
            assert_eq!(clock(typed), Some(read), "{typed}");
        }
        for typed in ["", "24.00", "12.60", "12.5", "midnatt", "1.2.3", "-1", "+1", "é9"] {
            assert_eq!(clock(typed), None, "{typed}");
        }
        let moment = Value::Moment { day: date("2027-03-28"), hour: 2, minute: 30 };
        assert_eq!(good(Kind::Moment, &[("q.dag", "28 mars 2027"), ("q.klockan", "02.30")]), moment);
        assert_eq!(problems(Kind::Moment, &[("q.dag", "2027-03-28")]), [("q.klockan".to_owned(), Problem::Part(Missing::Clock))]);
    }

    #[test]
    fn numbers_shares_and_sums_say_what_is_wrong() {
        let number =
            |typed| read(&asked(Kind::Number { least: Some(1), most: Some(5000), unit: Both::default() }, false), &form(&[("q", typed)]));
        assert_eq!(number("1 200"), Ok(Some(Value::Number(1200))));
        for (typed, problem) in [
            ("0", Problem::LeastNumber(1)),
            ("5001", Problem::MostNumber(5000)),
            ("2,5", Problem::NotANumber),
            ("2.00", Problem::NotANumber),
            ("två", Problem::NotANumber),
        ] {
            assert_eq!(number(typed).unwrap_err()[0].problem, problem, "{typed}");
        }
        let share = Kind::Percent { most: 4066 };
        assert_eq!(good(share.clone(), &[("q", "40,66 %")]), Value::Percent(Rate(4066)));
        assert_eq!(problems(share.clone(), &[("q", "40,67")]), [("q".to_owned(), Problem::MostPercent(Rate(4066)))]);
        assert_eq!(problems(share, &[("q", "mycket")]), [("q".to_owned(), Problem::NotPercent)]);
        let sum = Kind::Amount { least: Some(Ore::kr(10)), most: Some(Ore::kr(20)) };
        assert_eq!(good(sum.clone(), &[("q", "20 kr")]), Value::Amount(Ore::kr(20)));
        assert_eq!(problems(sum, &[("q", "20,01")]), [("q".to_owned(), Problem::MostAmount(Ore::kr(20)))]);
    }

    #[test]
    fn people_and_organisations_are_whole_or_say_which_part_is_not() {
        let fields = [("q.namn", "Ada Ek"), ("q.befattning", "Samordnare"), ("q.epost", "ada@exempelby.example")];
        let ada = Person {
            name: "Ada Ek".to_owned(),
            position: "Samordnare".to_owned(),
            email: Email::parse("ada@exempelby.example").unwrap(),
            phone: None,
        };
        assert_eq!(good(Kind::Person, &fields), Value::Person(ada));
        let wrong = problems(Kind::Person, &[("q.namn", "Ada Ek"), ("q.epost", "ada"), ("q.telefon", "x")]);
        assert_eq!(wrong.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["q.befattning", "q.epost", "q.telefon"]);
        let number = OrgNr::parse("202100-0068").unwrap();
        let bra = Value::Organisation { number, name: "Brå".to_owned() };
        assert_eq!(good(Kind::Organisation, &[("q.namn", "Brå"), ("q.nummer", "2021000068")]), bra);
        assert_eq!(
            problems(Kind::Organisation, &[("q.namn", "Brå"), ("q.nummer", "2021000069")]),
            [("q.nummer".to_owned(), Problem::Number(OrgNrError::CheckDigit))]
        );
    }

    #[test]
    fn tables_pass_over_empty_rows_and_point_at_cells() {
        let column = |name: &str, kind, optional| Column { key: key(name), label: Both::default(), kind, optional };
        let kind = || Kind::Table {
            columns: vec![column("vad", Kind::Short { most: 20 }, false), column("nar", Kind::Day { earliest: None, latest: None }, true)],
            most: 2,
        };
        let cell = |text: &str| Some(Value::Text(text.to_owned()));
        let table = good(kind(), &[("q.1.vad", "Start"), ("q.3.vad", "Slut"), ("q.3.nar", "2027-12-31")]);
        assert_eq!(table, Value::Table(vec![vec![cell("Start"), None], vec![cell("Slut"), Some(Value::Day(date("2027-12-31")))]]));
        assert_eq!(problems(kind(), &[("q.2.nar", "2027-12-31")]), [("q.2.vad".to_owned(), Problem::Part(Missing::Cell))]);
        let many = problems(kind(), &[("q.1.vad", "a"), ("q.2.vad", "b"), ("q.3.vad", "c")]);
        assert_eq!(many, [("q.1.vad".to_owned(), Problem::Rows(2))]);
    }

    #[test]
    fn rows_come_and_go_by_a_button_and_keep_what_was_typed() {
        let columns = vec![Column { key: key("vad"), label: Both::default(), kind: Kind::Email, optional: false }];
        let table = asked(Kind::Table { columns: columns.clone(), most: 5 }, false);
        let section = super::super::model::Section { key: key("s"), title: Both::default(), lead: Both::default(), questions: vec![table] };
        let definition = Definition { sections: vec![section] };
        let mut typed = form(&[("q.1.vad", "a"), ("q.2.vad", "b"), ("lagg-till-rad", "q")]);
        assert_eq!(step(&definition, &mut typed), Some("q.3.vad".to_owned()));
        assert_eq!(rows_shown("q", &columns, &typed), 3);
        typed.set(button::ADD_ROW, "");
        typed.set(button::REMOVE_ROW, "q.1");
        assert_eq!(step(&definition, &mut typed), Some("q.1.vad".to_owned()));
        assert_eq!((typed.get("q.1.vad"), typed.get("q.2.vad"), rows_shown("q", &columns, &typed)), ("b", "", 2));
        for nonsense in ["", "x.1", "q", "q.0", "q.x"] {
            typed.set(button::REMOVE_ROW, nonsense);
            assert_eq!(step(&definition, &mut typed), None, "{nonsense}");
        }
    }

    #[test]
    fn answers_belong_to_the_question_whose_key_they_begin_with() {
        let typed = form(&[("q", "1"), ("q.namn", "Ada"), ("qu", "2"), ("q-a", "3"), ("q.epost", "")]);
        assert_eq!(answers_to(&asked(Kind::Person, false), &typed), form(&[("q", "1"), ("q.namn", "Ada")]));
    }

    proptest! {
        /// Whatever is sent, every kind says something and nothing breaks.
        #[test]
        fn any_answer_is_read_or_refused(name in "q(\\.(fran|till|dag|klockan|namn|nummer|epost|1\\.a))?", text in "\\PC{0,40}") {
            let columns = vec![Column { key: key("a"), label: Both::default(), kind: Kind::Percent { most: 100 }, optional: false }];
            for kind in Kind::all().into_iter().chain([Kind::Table { columns, most: 1 }, Kind::Choice { options: options() }]) {
                let _ = read(&asked(kind, false), &form(&[(&name, &text)]));
            }
        }

        /// A text within its limit is taken, and one character more is not.
        #[test]
        fn limits_are_exact(most in 1_u32..200, letter in prop::char::range('a', 'ö')) {
            prop_assume!(letter.is_alphabetic());
            let n = usize::try_from(most).unwrap();
            let typed = |n: usize| form(&[("q", &letter.to_string().repeat(n))]);
            let question = asked(Kind::Short { most }, false);
            prop_assert!(read(&question, &typed(n)).is_ok());
            prop_assert!(read(&question, &typed(n + 1)).is_err());
        }
    }
}
