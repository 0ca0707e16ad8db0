//! Putting a form's questions together: a section or a question as something to be asked about, in the same kinds of questions that
//! it is itself made of, and back again. Keys stay as they are, so that answers keep their place when words change.

use super::standard;
use crate::forms::model::{Both, Choosable, Column, Condition, Definition, Key, Kind, Question, Section, SeenBy};
use crate::forms::rules::{self, Value, Wrong, cell};
use crate::kit::{CivilDate, Form, Ore, Rate, slugify};
use crate::text;
use crate::text::staff::calls::ComposeTexts;

/// Longest label, title and option, and longest help.
const LABEL: u32 = 300;
const HELP: u32 = 1500;

/// The keys of what is asked about a section or a question.
mod asked {
    pub const LABEL_SV: &str = "text-sv";
    pub const LABEL_EN: &str = "text-en";
    pub const HELP_SV: &str = "hjalp-sv";
    pub const HELP_EN: &str = "hjalp-en";
    pub const NEEDED: &str = "behovs";
    pub const SEEN: &str = "ses-av";
    pub const WHEN: &str = "nar";
    pub const LEAST: &str = "minst";
    pub const MOST: &str = "hogst";
    pub const UNIT_SV: &str = "enhet-sv";
    pub const UNIT_EN: &str = "enhet-en";
    pub const EARLIEST: &str = "tidigast";
    pub const LATEST: &str = "senast";
    pub const ROWS: &str = "svar";
    pub const SV: &str = "sv";
    pub const EN: &str = "en";
    pub const MORE_SV: &str = "mer-sv";
    pub const MORE_EN: &str = "mer-en";
    pub const KIND: &str = "slag";
    pub const SEVERAL: &str = "flera";
    pub const STATEMENT_SV: &str = "bekraftas-sv";
    pub const STATEMENT_EN: &str = "bekraftas-en";
}

fn words() -> &'static ComposeTexts {
    &text::staff().calls.compose
}

fn swedish(text: impl Into<String>) -> Both {
    Both::new(text, "")
}

fn key(text: &str) -> Option<Key> {
    Key::parse(text).ok()
}

fn ask(name: &str, label: &'static str, kind: Kind, optional: bool) -> Option<Question> {
    Some(Question {
        key: key(name)?,
        label: swedish(label),
        help: Both::default(),
        kind,
        optional,
        shown_when: None,
        seen_by: SeenBy::Everybody,
    })
}

fn option(code: &str, label: impl Into<String>) -> Option<Choosable> {
    Some(Choosable { key: key(code)?, label: swedish(label), help: Both::default() })
}

fn yes_or_no() -> Kind {
    let texts = text::calls(crate::kit::Lang::Sv);
    Kind::Choice { options: [option("ja", texts.eligibility.yes), option("nej", texts.eligibility.no)].into_iter().flatten().collect() }
}

fn whole(most: i64) -> Kind {
    Kind::Number { least: Some(1), most: Some(most), unit: Both::default() }
}

fn column(name: &str, label: &'static str, kind: Kind, optional: bool) -> Option<Column> {
    Some(Column { key: key(name)?, label: swedish(label), kind, optional })
}

/// What is asked about a section.
pub fn about_section() -> Vec<Question> {
    let words = words();
    [
        ask(asked::LABEL_SV, words.title_sv, Kind::Short { most: LABEL }, false),
        ask(asked::LABEL_EN, words.title_en, Kind::Short { most: LABEL }, true),
        ask(asked::HELP_SV, words.lead_sv, Kind::Long { most: HELP }, true),
        ask(asked::HELP_EN, words.lead_en, Kind::Long { most: HELP }, true),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is asked about a question of this kind that has these questions before it.
pub fn about_question(kind: &Kind, earlier: &[&Question]) -> Vec<Question> {
    let words = words();
    let short = |most| Kind::Short { most };
    let day = || Kind::Day { earliest: None, latest: None };
    let mut all = vec![
        ask(asked::LABEL_SV, words.label_sv, short(LABEL), false),
        ask(asked::LABEL_EN, words.label_en, short(LABEL), true),
        ask(asked::HELP_SV, words.help_sv, Kind::Long { most: HELP }, true),
        ask(asked::HELP_EN, words.help_en, Kind::Long { most: HELP }, true),
    ];
    match kind {
        Kind::Short { .. } | Kind::Long { .. } => {
            all.push(ask(asked::MOST, words.most_characters, whole(i64::from(crate::forms::model::LONGEST)), false));
        }
        Kind::Choice { .. } | Kind::Several { .. } => {
            let columns = [
                column(asked::SV, words.option_sv, short(LABEL), false),
                column(asked::EN, words.option_en, short(LABEL), true),
                column(asked::MORE_SV, words.option_help_sv, short(LABEL), true),
                column(asked::MORE_EN, words.option_help_en, short(LABEL), true),
            ];
            let columns = columns.into_iter().flatten().collect();
            all.push(ask(asked::ROWS, words.options, Kind::Table { columns, most: crate::forms::model::MOST_ROWS }, false));
        }
        Kind::Day { .. } | Kind::Period { .. } => {
            all.extend([ask(asked::EARLIEST, words.earliest, day(), true), ask(asked::LATEST, words.latest, day(), true)]);
        }
        Kind::Amount { .. } => {
            let amount = || Kind::Amount { least: None, most: None };
            all.extend([ask(asked::LEAST, words.least, amount(), true), ask(asked::MOST, words.most, amount(), true)]);
        }
        Kind::Number { .. } => {
            let number = || Kind::Number { least: None, most: None, unit: Both::default() };
            all.extend([
                ask(asked::LEAST, words.least, number(), true),
                ask(asked::MOST, words.most, number(), true),
                ask(asked::UNIT_SV, words.unit_sv, short(40), true),
                ask(asked::UNIT_EN, words.unit_en, short(40), true),
            ]);
        }
        Kind::Percent { .. } => all.push(ask(asked::MOST, words.most_percent, Kind::Percent { most: 10_000 }, false)),
        Kind::Municipality { .. } => all.push(ask(asked::SEVERAL, words.several_municipalities, yes_or_no(), false)),
        Kind::File { .. } => all.push(ask(asked::MOST, words.most_files, whole(20), false)),
        Kind::Table { .. } => {
            let kinds = simple_kinds().into_iter().filter_map(|kind| option(kind.code(), (words.kind)(&kind))).collect();
            let columns = [
                column(asked::SV, words.option_sv, short(LABEL), false),
                column(asked::EN, words.option_en, short(LABEL), true),
                column(asked::KIND, words.column_kind, Kind::Choice { options: kinds }, false),
                column(asked::NEEDED, words.optional, yes_or_no(), false),
            ];
            let columns = columns.into_iter().flatten().collect();
            all.push(ask(asked::ROWS, words.columns, Kind::Table { columns, most: 8 }, false));
            all.push(ask(asked::MOST, words.most_rows, whole(i64::from(crate::forms::model::MOST_ROWS)), false));
        }
        Kind::Consent { .. } => all.extend([
            ask(asked::STATEMENT_SV, words.statement_sv, Kind::Long { most: HELP }, false),
            ask(asked::STATEMENT_EN, words.statement_en, Kind::Long { most: HELP }, true),
        ]),
        Kind::Moment | Kind::Organisation | Kind::Person | Kind::Email | Kind::Budget => {}
    }
    all.push(ask(asked::NEEDED, words.optional, yes_or_no(), false));
    let seen = SeenBy::ALL.into_iter().filter_map(|seen| option(seen.code(), (words.seen_by)(seen))).collect();
    all.push(ask(asked::SEEN, words.seen, Kind::Choice { options: seen }, false));
    let whens: Vec<Choosable> = whens(earlier).into_iter().filter_map(|when| option(&when.code, when.words)).collect();
    if whens.len() > 1 {
        let mut when = ask(asked::WHEN, words.condition, Kind::Several { options: whens }, true);
        if let Some(when) = &mut when {
            when.help = swedish(words.condition_hint);
        }
        all.push(when);
    }
    all.into_iter().flatten().collect()
}

/// Kinds that a column can be of without more being asked about it.
fn simple_kinds() -> Vec<Kind> {
    Kind::all().into_iter().filter(|kind| kind.is_simple() && !matches!(kind, Kind::Choice { .. })).collect()
}

/// An answer that a question can hang on.
struct When {
    /// Its place in the form, which the form's version holds still.
    code: String,
    question: Key,
    answer: Key,
    words: String,
}

fn whens(earlier: &[&Question]) -> Vec<When> {
    let mut all = Vec::new();
    for (number, question) in earlier.iter().enumerate().filter(|(_, question)| question.kind.leads()) {
        let answers: Vec<(Option<Key>, String)> = match &question.kind {
            Kind::Choice { options } | Kind::Several { options } => {
                options.iter().map(|one| (Some(one.key.clone()), one.label.sv.clone())).collect()
            }
            _ => vec![(key(crate::forms::model::YES), text::forms(crate::kit::Lang::Sv).confirmed.to_owned())],
        };
        for (place, (answer, label)) in answers.into_iter().enumerate() {
            let Some(answer) = answer else { continue };
            let words = (words().when_answer)(&question.label.sv, &label);
            all.push(When { code: format!("f{number}-{place}"), question: question.key.clone(), answer, words });
        }
    }
    all
}

/// What is known about a section, as answers to [`about_section`].
pub fn of_section(section: &Section) -> Form {
    let mut form = Form::default();
    put_both(&mut form, asked::LABEL_SV, asked::LABEL_EN, &section.title);
    put_both(&mut form, asked::HELP_SV, asked::HELP_EN, &section.lead);
    form
}

fn put_both(form: &mut Form, sv: &str, en: &str, both: &Both) {
    form.set(sv, both.sv.clone());
    form.set(en, both.en.clone());
}

const fn yes(value: bool) -> &'static str {
    if value { "ja" } else { "nej" }
}

/// What is known about a question, as answers to [`about_question`].
pub fn of_question(question: &Question, earlier: &[&Question]) -> Form {
    let mut form = Form::default();
    put_both(&mut form, asked::LABEL_SV, asked::LABEL_EN, &question.label);
    put_both(&mut form, asked::HELP_SV, asked::HELP_EN, &question.help);
    let sv = crate::kit::Lang::Sv;
    let sum = |sum: &Option<Ore>| sum.map(|sum| sum.input(sv)).unwrap_or_default();
    let number = |number: &Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    let day = |day: &Option<CivilDate>| day.map(CivilDate::text).unwrap_or_default();
    match &question.kind {
        Kind::Short { most } | Kind::Long { most } => form.set(asked::MOST, most.to_string()),
        Kind::Choice { options } | Kind::Several { options } => {
            for (row, one) in options.iter().enumerate() {
                let at = |column: &str| cell(asked::ROWS, row + 1, column);
                put_both(&mut form, &at(asked::SV), &at(asked::EN), &one.label);
                put_both(&mut form, &at(asked::MORE_SV), &at(asked::MORE_EN), &one.help);
            }
        }
        Kind::Day { earliest, latest } | Kind::Period { earliest, latest } => {
            form.set(asked::EARLIEST, day(earliest));
            form.set(asked::LATEST, day(latest));
        }
        Kind::Amount { least, most } => {
            form.set(asked::LEAST, sum(least));
            form.set(asked::MOST, sum(most));
        }
        Kind::Number { least, most, unit } => {
            form.set(asked::LEAST, number(least));
            form.set(asked::MOST, number(most));
            put_both(&mut form, asked::UNIT_SV, asked::UNIT_EN, unit);
        }
        Kind::Percent { most } => form.set(asked::MOST, Rate(*most).percent()),
        Kind::Municipality { several } => form.set(asked::SEVERAL, yes(*several)),
        Kind::File { most } => form.set(asked::MOST, most.to_string()),
        Kind::Table { columns, most } => {
            for (row, one) in columns.iter().enumerate() {
                let at = |column: &str| cell(asked::ROWS, row + 1, column);
                put_both(&mut form, &at(asked::SV), &at(asked::EN), &one.label);
                form.set(&at(asked::KIND), one.kind.code());
                form.set(&at(asked::NEEDED), yes(one.optional));
            }
            form.set(asked::MOST, most.to_string());
        }
        Kind::Consent { statement } => put_both(&mut form, asked::STATEMENT_SV, asked::STATEMENT_EN, statement),
        Kind::Moment | Kind::Organisation | Kind::Person | Kind::Email | Kind::Budget => {}
    }
    form.set(asked::NEEDED, yes(question.optional));
    form.set(asked::SEEN, question.seen_by.code());
    if let Some(condition) = &question.shown_when {
        let chosen =
            whens(earlier).into_iter().filter(|when| when.question == condition.question && condition.any_of.contains(&when.answer));
        form.0.extend(chosen.map(|when| (asked::WHEN.to_owned(), when.code)));
    }
    form
}

/// A section with the words that were answered.
///
/// # Errors
/// What is wrong with the answers.
pub fn section_of(before: &Section, answers: &Form) -> Result<Section, Vec<Wrong>> {
    let values = Values::read(&about_section(), answers)?;
    Ok(Section {
        title: values.both(asked::LABEL_SV, asked::LABEL_EN),
        lead: values.both(asked::HELP_SV, asked::HELP_EN),
        ..before.clone()
    })
}

/// A question as it was answered; its key and its kind stay.
///
/// # Errors
/// What is wrong with the answers.
pub fn question_of(before: &Question, earlier: &[&Question], answers: &Form) -> Result<Question, Vec<Wrong>> {
    let values = Values::read(&about_question(&before.kind, earlier), answers)?;
    let kind = match &before.kind {
        Kind::Short { .. } => Kind::Short { most: values.small(asked::MOST) },
        Kind::Long { .. } => Kind::Long { most: values.small(asked::MOST) },
        Kind::Choice { options } => Kind::Choice { options: values.options(options) },
        Kind::Several { options } => Kind::Several { options: values.options(options) },
        Kind::Day { .. } => Kind::Day { earliest: values.day(asked::EARLIEST), latest: values.day(asked::LATEST) },
        Kind::Period { .. } => Kind::Period { earliest: values.day(asked::EARLIEST), latest: values.day(asked::LATEST) },
        Kind::Amount { .. } => Kind::Amount { least: values.amount(asked::LEAST), most: values.amount(asked::MOST) },
        Kind::Number { .. } => Kind::Number {
            least: values.number(asked::LEAST),
            most: values.number(asked::MOST),
            unit: values.both(asked::UNIT_SV, asked::UNIT_EN),
        },
        Kind::Percent { most } => Kind::Percent { most: values.percent(asked::MOST).unwrap_or(*most) },
        Kind::Municipality { .. } => Kind::Municipality { several: values.is(asked::SEVERAL, "ja") },
        Kind::File { .. } => Kind::File { most: values.small(asked::MOST) },
        Kind::Table { columns, .. } => Kind::Table { columns: values.columns(columns), most: values.small(asked::MOST) },
        Kind::Consent { .. } => Kind::Consent { statement: values.both(asked::STATEMENT_SV, asked::STATEMENT_EN) },
        kind @ (Kind::Moment | Kind::Organisation | Kind::Person | Kind::Email | Kind::Budget) => kind.clone(),
    };
    let chosen = values.chosen(asked::WHEN);
    let chosen: Vec<When> = whens(earlier).into_iter().filter(|when| chosen.contains(&when.code)).collect();
    // One question leads to another: of answers to several, those to the first of them count.
    let shown_when = chosen.first().map(|first| Condition {
        question: first.question.clone(),
        any_of: chosen.iter().filter(|when| when.question == first.question).map(|when| when.answer.clone()).collect(),
    });
    Ok(Question {
        key: before.key.clone(),
        label: values.both(asked::LABEL_SV, asked::LABEL_EN),
        help: values.both(asked::HELP_SV, asked::HELP_EN),
        kind,
        optional: values.is(asked::NEEDED, "ja"),
        shown_when,
        seen_by: values.chosen(asked::SEEN).first().and_then(|code| SeenBy::of_code(code)).unwrap_or_default(),
    })
}

struct Values(Vec<(String, Value)>);

impl Values {
    fn read(questions: &[Question], answers: &Form) -> Result<Self, Vec<Wrong>> {
        let (mut values, mut wrong) = (Vec::new(), Vec::new());
        for question in questions {
            match rules::read(question, answers) {
                Ok(Some(value)) => values.push((question.key.as_str().to_owned(), value)),
                Ok(None) => {}
                Err(errors) => wrong.extend(errors),
            }
        }
        if wrong.is_empty() { Ok(Self(values)) } else { Err(wrong) }
    }

    fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    fn text(&self, key: &str) -> String {
        text_of(self.get(key))
    }

    fn both(&self, sv: &str, en: &str) -> Both {
        Both::new(self.text(sv), self.text(en))
    }

    fn chosen(&self, key: &str) -> &[String] {
        match self.get(key) {
            Some(Value::Chosen(codes)) => codes,
            _ => &[],
        }
    }

    fn is(&self, key: &str, code: &str) -> bool {
        self.chosen(key).iter().any(|chosen| chosen == code)
    }

    fn number(&self, key: &str) -> Option<i64> {
        match self.get(key) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A number within the limits that its question has.
    fn small<T: TryFrom<i64> + Default>(&self, key: &str) -> T {
        self.number(key).and_then(|number| T::try_from(number).ok()).unwrap_or_default()
    }

    fn percent(&self, key: &str) -> Option<i64> {
        match self.get(key) {
            Some(Value::Percent(rate)) => Some(rate.0),
            _ => None,
        }
    }

    fn amount(&self, key: &str) -> Option<Ore> {
        match self.get(key) {
            Some(Value::Amount(amount)) => Some(*amount),
            _ => None,
        }
    }

    fn day(&self, key: &str) -> Option<CivilDate> {
        match self.get(key) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }

    fn rows(&self) -> &[Vec<Option<Value>>] {
        match self.get(asked::ROWS) {
            Some(Value::Table(rows)) => rows,
            _ => &[],
        }
    }

    fn options(&self, before: &[Choosable]) -> Vec<Choosable> {
        let rows = self.rows();
        let known: Vec<(&Key, &Both)> = before.iter().map(|one| (&one.key, &one.label)).collect();
        let labels: Vec<Both> = rows.iter().map(|row| both_of(row, 0)).collect();
        let keys = keys(&known, &labels);
        let helps = rows.iter().map(|row| both_of(row, 2));
        keys.into_iter().zip(labels).zip(helps).map(|((key, label), help)| Choosable { key, label, help }).collect()
    }

    fn columns(&self, before: &[Column]) -> Vec<Column> {
        let rows = self.rows();
        let known: Vec<(&Key, &Both)> = before.iter().map(|one| (&one.key, &one.label)).collect();
        let labels: Vec<Both> = rows.iter().map(|row| both_of(row, 0)).collect();
        let keys = keys(&known, &labels);
        keys.into_iter()
            .zip(labels)
            .zip(rows)
            .map(|((key, label), row)| {
                let code = |at: usize| match row.get(at) {
                    Some(Some(Value::Chosen(codes))) => codes.first().map(String::as_str).unwrap_or_default(),
                    _ => "",
                };
                // Its limits stay while the kind does.
                let old = before.iter().find(|one| one.key == key && one.kind.code() == code(2)).map(|one| one.kind.clone());
                let kind = old.or_else(|| simple_kinds().into_iter().find(|kind| kind.code() == code(2)));
                Column { key, label, kind: kind.unwrap_or(Kind::Short { most: 200 }), optional: code(3) == "ja" }
            })
            .collect()
    }
}

fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn both_of(row: &[Option<Value>], from: usize) -> Both {
    let at = |place: usize| text_of(row.get(place).and_then(Option::as_ref));
    Both::new(at(from), at(from + 1))
}

/// A key for each label: the one it had, by its words; or else by its place while there are as many as before; or else a new one.
fn keys(before: &[(&Key, &Both)], labels: &[Both]) -> Vec<Key> {
    let mut keys: Vec<Option<Key>> =
        labels.iter().map(|label| before.iter().find(|(_, known)| known.sv == label.sv).map(|(key, _)| (*key).clone())).collect();
    if before.len() == labels.len() {
        for (place, (key, _)) in before.iter().enumerate() {
            let taken = keys.iter().any(|one| one.as_ref() == Some(*key));
            if let Some(slot @ None) = keys.get_mut(place)
                && !taken
            {
                *slot = Some((*key).clone());
            }
        }
    }
    let known: Vec<Key> = before.iter().map(|(key, _)| (*key).clone()).collect();
    let mut done: Vec<Key> = Vec::new();
    for (place, label) in labels.iter().enumerate() {
        let kept = keys.get(place).cloned().flatten().filter(|key| !done.contains(key));
        let others: Vec<Key> = known.iter().chain(&done).cloned().chain(keys.iter().flatten().cloned()).collect();
        done.push(kept.unwrap_or_else(|| new_key(&label.sv, &others)));
    }
    done
}

/// A key that none of these is, from words.
fn new_key(words: &str, taken: &[Key]) -> Key {
    let slug = slugify(words).map(|slug| slug.as_str().to_owned()).unwrap_or_default();
    let begin: String = slug.trim_start_matches(|c: char| !c.is_ascii_lowercase()).chars().take(30).collect();
    let begin = begin.trim_end_matches('-');
    let begin = if begin.is_empty() { "fraga" } else { begin };
    let mut number = 1_u32;
    loop {
        let text = if number == 1 { begin.to_owned() } else { format!("{begin}-{number}") };
        match Key::parse(&text) {
            Ok(key) if !taken.contains(&key) => return key,
            _ => number += 1,
        }
    }
}

/// The questions before one, or before the end of a section for a new one.
pub fn earlier<'a>(form: &'a Definition, question: &str) -> Vec<&'a Question> {
    form.questions().take_while(|one| one.key.as_str() != question).collect()
}

/// Something that can be taken into a form: a section or a question of the standard form that is not in it.
pub fn unused(form: &Definition) -> (Vec<&'static Section>, Vec<&'static Question>) {
    let sections = standard::parts().sections.iter().filter(|one| form.section(one.key.as_str()).is_none()).collect();
    let questions = standard::parts().questions().filter(|one| form.question(one.key.as_str()).is_none()).collect();
    (sections, questions)
}

/// Puts a section of the standard form at the end, without questions that are elsewhere in the form already.
pub fn add_standard_section(form: &mut Definition, name: &str) -> Option<Key> {
    let mut section = standard::section(name).filter(|one| form.section(one.key.as_str()).is_none())?.clone();
    section.questions.retain(|one| form.question(one.key.as_str()).is_none());
    let key = section.key.clone();
    form.sections.push(section);
    Some(key)
}

/// Puts an empty section at the end.
pub fn add_section(form: &mut Definition, title: &str) -> Key {
    let taken: Vec<Key> = form.sections.iter().map(|one| one.key.clone()).collect();
    let key = new_key(title, &taken);
    form.sections.push(Section { key: key.clone(), title: swedish(title), lead: Both::default(), questions: Vec::new() });
    key
}

/// Puts a question of the standard form at the end of a section.
pub fn add_standard_question(form: &mut Definition, section: &str, name: &str) -> Option<Key> {
    let question = standard::question(name).filter(|one| form.question(one.key.as_str()).is_none())?.clone();
    let key = question.key.clone();
    form.sections.iter_mut().find(|one| one.key.as_str() == section)?.questions.push(question);
    Some(key)
}

/// Puts a new question of a kind at the end of a section.
pub fn add_question(form: &mut Definition, section: &str, kind: &str, label: &str) -> Option<Key> {
    let kind = Kind::all().into_iter().find(|one| one.code() == kind)?;
    let taken: Vec<Key> = form.questions().map(|one| one.key.clone()).collect();
    let key = new_key(label, &taken);
    let question = Question {
        key: key.clone(),
        label: swedish(label),
        help: Both::default(),
        kind,
        optional: false,
        shown_when: None,
        seen_by: SeenBy::Everybody,
    };
    form.sections.iter_mut().find(|one| one.key.as_str() == section)?.questions.push(question);
    Some(key)
}

/// Moves a section among the sections.
pub fn move_section(form: &mut Definition, name: &str, up: bool) -> bool {
    swap(&mut form.sections, |one| one.key.as_str() == name, up)
}

/// Moves a question within its section, or from its edge into the next.
pub fn move_question(form: &mut Definition, name: &str, up: bool) -> bool {
    let Some(at) = form.sections.iter().position(|one| one.questions.iter().any(|one| one.key.as_str() == name)) else { return false };
    if form.sections.get_mut(at).is_some_and(|section| swap(&mut section.questions, |one| one.key.as_str() == name, up)) {
        return true;
    }
    let next = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < form.sections.len()) };
    let Some(next) = next else { return false };
    let Some(question) = form.sections.get_mut(at).and_then(|section| {
        let place = section.questions.iter().position(|one| one.key.as_str() == name)?;
        Some(section.questions.remove(place))
    }) else {
        return false;
    };
    if let Some(section) = form.sections.get_mut(next) {
        let place = if up { section.questions.len() } else { 0 };
        section.questions.insert(place, question);
    }
    true
}

fn swap<T>(all: &mut [T], is: impl Fn(&T) -> bool, up: bool) -> bool {
    let Some(at) = all.iter().position(is) else { return false };
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < all.len()) };
    match other {
        Some(other) => {
            all.swap(at, other);
            true
        }
        None => false,
    }
}

/// The id of the field that a page of a question goes on with after a row came or went.
pub fn step(questions: &[Question], answers: &mut Form) -> Option<String> {
    let section = Section { key: key("del")?, title: Both::default(), lead: Both::default(), questions: questions.to_vec() };
    rules::step(&Definition { sections: vec![section] }, answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_of(form: &Definition) -> Vec<String> {
        form.questions().map(|one| one.key.as_str().to_owned()).collect()
    }

    #[test]
    fn every_question_of_the_standard_form_comes_back_as_it_was() {
        let form = standard::form();
        for question in form.questions() {
            let earlier = earlier(&form, question.key.as_str());
            let answers = of_question(question, &earlier);
            assert_eq!(question_of(question, &earlier, &answers).as_ref(), Ok(question), "{}", question.key.as_str());
        }
        for section in &form.sections {
            assert_eq!(section_of(section, &of_section(section)).as_ref(), Ok(section));
        }
    }

    #[test]
    fn a_new_question_of_each_kind_can_be_described() {
        for kind in Kind::all() {
            let mut form = standard::form();
            let key = add_question(&mut form, "projekt", kind.code(), "Hur många berörs?").unwrap();
            assert_eq!(key.as_str(), "hur-manga-berors");
            let again = add_question(&mut form, "projekt", kind.code(), "Hur många berörs?").unwrap();
            assert_eq!(again.as_str(), "hur-manga-berors-2");
            let question = form.question(key.as_str()).unwrap();
            assert_eq!(question.kind, kind);
            let answers = of_question(question, &[]);
            let described = question_of(question, &[], &answers);
            let incomplete = matches!(kind, Kind::Choice { .. } | Kind::Several { .. } | Kind::Table { .. } | Kind::Consent { .. });
            assert_eq!(described.is_err(), incomplete, "{kind:?}");
        }
    }

    #[test]
    fn options_keep_their_keys_when_words_change_or_others_go() {
        let option = |code: &str, label: &str| option(code, label).unwrap();
        let before = vec![option("skola", "Skola"), option("polis", "Polis"), option("fritid", "Fritid")];
        let rows = |labels: &[&str]| {
            Values(vec![(
                asked::ROWS.to_owned(),
                Value::Table(labels.iter().map(|label| vec![Some(Value::Text((*label).to_owned()))]).collect()),
            )])
        };
        let keys =
            |labels: &[&str]| -> Vec<String> { rows(labels).options(&before).into_iter().map(|one| one.key.as_str().to_owned()).collect() };
        assert_eq!(keys(&["Skola", "Polisen", "Fritid"]), ["skola", "polis", "fritid"]);
        assert_eq!(keys(&["Skola", "Fritid"]), ["skola", "fritid"]);
        assert_eq!(keys(&["Fritid", "Skola", "Socialtjänst", "Polis"]), ["fritid", "skola", "socialtjanst", "polis"]);
        // A new one never gets the key of one that went.
        assert_eq!(keys(&["Skola", "Polis 2"]), ["skola", "polis-2"]);
        assert_eq!(keys(&["Skola", "Polis", "Fritid", "Skola"]).len(), 4);
        let twice = keys(&["Ny", "Ny"]);
        assert_eq!(twice, ["ny", "ny-2"]);
    }

    #[test]
    fn questions_move_within_and_between_sections_and_none_is_lost() {
        let mut form = standard::form();
        let before = all_of(&form);
        assert!(!move_question(&mut form, "verksamhet", true));
        assert!(move_question(&mut form, "arbetsplats", false));
        assert_eq!(form.sections[1].questions[0].key.as_str(), "arbetsplats");
        assert!(move_question(&mut form, "arbetsplats", true));
        assert_eq!(all_of(&form), before);
        assert!(move_section(&mut form, "projekt", false));
        let mut moved = all_of(&form);
        moved.sort();
        let mut sorted = before;
        sorted.sort();
        assert_eq!(moved, sorted);
        assert!(!move_section(&mut form, "finns-inte", true));
    }

    #[test]
    fn parts_are_taken_in_once() {
        let mut form = Definition::default();
        assert_eq!(add_standard_section(&mut form, "projekt").unwrap().as_str(), "projekt");
        assert_eq!(add_standard_section(&mut form, "projekt"), None);
        assert_eq!(add_standard_question(&mut form, "projekt", "metod").unwrap().as_str(), "metod");
        assert_eq!(add_standard_question(&mut form, "projekt", "metod"), None);
        // The section comes without the question that is elsewhere.
        add_standard_section(&mut form, "mal");
        assert_eq!(form.faults(), []);
        let (sections, questions) = unused(&form);
        assert!(sections.iter().all(|one| !["projekt", "mal"].contains(&one.key.as_str())));
        assert!(questions.iter().all(|one| one.key.as_str() != "metod"));
    }
}
