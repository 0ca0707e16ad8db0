//! What was typed into a budget so far, right or wrong: raw answers by row. It is read from the fields of a form and written as
//! such again, so whoever keeps it keeps names and values, and what is wrong today can be mended tomorrow.
//!
//! A field is called `<prefix>.arbete.1.andel.2027`: part, row, question, and year where there is one. The prefix is given by
//! whoever asks. Names are stored, so they stay.

use super::model::{Ask, Line, MOST_ROWS, Part};
use crate::kit::Form;
use crate::kit::check::is_space;

/// What a button that changes the rows sends, below the prefix.
const STEP: &str = "steg";
const ADD: &str = "lagg-till";
const REMOVE: &str = "ta-bort";

/// The raw answers of a budget.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    prefix: String,
    pub on_costs: String,
    pub overhead: String,
    rows: [Vec<Row>; Part::ALL.len()],
}

/// The raw answers of one row, in order; a list, since the browser's half is counted in bytes.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Row(Vec<((Ask, Option<u16>), String)>);

impl Row {
    /// What was typed, or nothing.
    pub fn get(&self, ask: Ask, year: Option<u16>) -> &str {
        self.0.iter().find(|(question, _)| *question == (ask, year)).map_or("", |(_, value)| value)
    }

    /// Writes an answer in the row.
    pub fn set(&mut self, ask: Ask, year: Option<u16>, value: impl Into<String>) {
        let (value, question) = (value.into(), (ask, year));
        self.0.retain(|(known, _)| *known != question);
        if !value.is_empty() {
            let place = self.0.partition_point(|(known, _)| *known < question);
            self.0.insert(place, (question, value));
        }
    }

    /// Whether nothing is typed in it.
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|(_, value)| is_blank(value))
    }

    /// The years for which something is typed.
    pub fn years(&self) -> impl Iterator<Item = u16> {
        self.0.iter().filter(|(_, value)| !is_blank(value)).filter_map(|((_, year), _)| *year)
    }
}

/// Whether there is nothing but space.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_space)
}

impl Draft {
    /// An empty budget whose fields begin with `prefix`.
    pub fn new(prefix: impl Into<String>) -> Self {
        Draft { prefix: prefix.into(), on_costs: String::new(), overhead: String::new(), rows: Default::default() }
    }

    /// Reads the fields below `prefix`, whatever else the form holds. Rows keep their order and lose their gaps. A row without an
    /// answer goes, unless it is its part's last: that is where one is about to type.
    pub fn read(form: &Form, prefix: &str) -> Self {
        Self::gathered(form, prefix, None)
    }

    /// What a pressed button makes of the form: the draft with a row more or less, and the id of the place to go to. Nothing, if
    /// no such button was pressed.
    pub fn step(form: &Form, prefix: &str) -> Option<(Self, String)> {
        let mut words = form.get(&format!("{prefix}.{STEP}")).split('.');
        let (verb, code, row) = (words.next()?, words.next()?, words.next());
        let part = Part::ALL.into_iter().find(|part| part.code() == code)?;
        match verb {
            ADD => {
                let mut draft = Self::read(form, prefix);
                draft.add(part);
                let at = draft.row_id(part, draft.rows(part).len().saturating_sub(1));
                Some((draft, at))
            }
            REMOVE => {
                let draft = Self::gathered(form, prefix, Some((part, number(row?)?)));
                let at = draft.part_id(part);
                Some((draft, at))
            }
            _ => None,
        }
    }

    fn gathered(form: &Form, prefix: &str, without: Option<(Part, u32)>) -> Self {
        let mut draft = Draft::new(prefix);
        let mut numbered: [Vec<(u32, Row)>; Part::ALL.len()] = Default::default();
        for (name, value) in &form.0 {
            let Some(name) = name.strip_prefix(prefix).and_then(|name| name.strip_prefix('.')) else { continue };
            let rate = match name {
                _ if name == Ask::OnCosts.code() => Some(&mut draft.on_costs),
                _ if name == Ask::Overhead.code() => Some(&mut draft.overhead),
                _ => None,
            };
            if let Some(rate) = rate {
                if rate.is_empty() {
                    rate.clone_from(value);
                }
            } else if let Some((part, row, ask, year)) = place(name) {
                let rows = &mut numbered[part as usize];
                let place = rows.partition_point(|(number, _)| *number < row);
                if rows.get(place).is_none_or(|(number, _)| *number != row) {
                    rows.insert(place, (row, Row::default()));
                }
                let row = &mut rows[place].1;
                // A name that comes twice has its first answer, as in every form.
                if row.get(ask, year).is_empty() {
                    row.set(ask, year, value.as_str());
                }
            }
        }
        if let Some((part, row)) = without {
            numbered[part as usize].retain(|(number, _)| *number != row);
        }
        draft.rows = numbered.map(|rows| {
            let last = rows.len().saturating_sub(1);
            let kept = rows.into_iter().map(|(_, row)| row).enumerate().filter(|(place, row)| *place == last || !row.is_blank());
            kept.map(|(_, row)| row).collect()
        });
        draft
    }

    /// The names and values that [`Draft::read`] reads.
    pub fn fields(&self) -> Form {
        let mut form = Form::default();
        let mut put = |name: String, value: &str| form.0.push((name, value.to_owned()));
        put(self.name(Ask::OnCosts), &self.on_costs);
        put(self.name(Ask::Overhead), &self.overhead);
        for part in Part::ALL {
            for (place, row) in self.rows(part).iter().enumerate() {
                // Says that the row is there, also when it is blank.
                let first = part.once()[0];
                put(self.field(part, place, first, None), row.get(first, None));
                for ((ask, year), value) in row.0.iter().filter(|((ask, _), _)| *ask != first) {
                    put(self.field(part, place, *ask, *year), value);
                }
            }
        }
        form
    }

    pub fn rows(&self, part: Part) -> &[Row] {
        &self.rows[part as usize]
    }

    /// Adds a row, also above the limit: what was typed is kept, and `rules` says that it is too much.
    pub fn push(&mut self, part: Part, row: Row) {
        self.rows[part as usize].push(row);
    }

    /// Adds a blank row to type in, unless there is one already, or no room.
    fn add(&mut self, part: Part) {
        let rows = &mut self.rows[part as usize];
        if rows.len() < MOST_ROWS && !rows.last().is_some_and(Row::is_blank) {
            rows.push(Row::default());
        }
    }

    /// The name of the field with a rate.
    pub fn name(&self, rate: Ask) -> String {
        format!("{}.{}", self.prefix, rate.code())
    }

    /// The name of a row's field, which is also its id; the first row is 0.
    pub fn field(&self, part: Part, row: usize, ask: Ask, year: Option<u16>) -> String {
        let name = format!("{}.{}", self.row_id(part, row), ask.code());
        year.map_or_else(|| name.clone(), |year| format!("{name}.{year}"))
    }

    /// The id of a row.
    pub fn row_id(&self, part: Part, row: usize) -> String {
        format!("{}.{}", self.part_id(part), row + 1)
    }

    /// The id of a part's heading.
    pub fn part_id(&self, part: Part) -> String {
        format!("{}.{}", self.prefix, part.code())
    }

    /// The id of the sums.
    pub fn sums_id(&self) -> String {
        format!("{}.summor", self.prefix)
    }

    /// The id of the cell with a line's sum of a year, or of all where the years end.
    pub fn sum_id(&self, line: Line, year: usize) -> String {
        format!("{}.{}.{year}", self.sums_id(), line.code())
    }

    /// Name and value of the button that adds a row.
    pub fn adds(&self, part: Part) -> (String, String) {
        (self.step_name(), format!("{ADD}.{}", part.code()))
    }

    /// Name and value of the button that removes a row.
    pub fn removes(&self, part: Part, row: usize) -> (String, String) {
        (self.step_name(), format!("{REMOVE}.{}.{}", part.code(), row + 1))
    }

    /// The name of these buttons.
    pub fn step_name(&self) -> String {
        format!("{}.{STEP}", self.prefix)
    }

    pub fn prefix(&self) -> &str {
        &self.prefix
    }
}

/// Names only: the values are people's own words and must not reach a log.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Draft").field(&self.fields()).finish()
    }
}

/// What `arbete.1.andel.2027` is about; nothing for names that no form of ours has.
fn place(name: &str) -> Option<(Part, u32, Ask, Option<u16>)> {
    let mut words = name.split('.');
    let (code, row, question) = (words.next()?, number(words.next()?)?, words.next()?);
    let part = Part::ALL.into_iter().find(|part| part.code() == code)?;
    let year = words.next();
    let asks = if year.is_some() { part.yearly() } else { part.once() };
    let ask = asks.iter().copied().find(|ask| ask.code() == question)?;
    let year = match year {
        Some(year) if year.len() == 4 => Some(u16::try_from(number(year)?).ok()?),
        Some(_) => return None,
        None => None,
    };
    words.next().is_none().then_some((part, row, ask, year))
}

/// A number as the names have it: digits, and no zero first.
fn number(text: &str) -> Option<u32> {
    if text.starts_with('0') || !text.bytes().all(|b| b.is_ascii_digit()) { None } else { text.parse().ok() }
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::budget::model::Budget;
    use crate::kit::{Lang, Rate};

    /// A budget as somebody would have typed it.
    pub fn written(budget: &Budget, prefix: &str) -> Draft {
        let mut draft = Draft::new(prefix);
        (draft.on_costs, draft.overhead) = (budget.on_costs.number(Lang::Sv), budget.overhead.number(Lang::Sv));
        for labour in &budget.labour {
            let mut row = Row::default();
            row.set(Ask::Function, None, labour.function.as_str());
            row.set(Ask::Wage, None, labour.wage.text(Lang::Sv));
            for (year, work) in budget.years.iter().zip(&labour.work) {
                row.set(Ask::Share, Some(year), work.share.number(Lang::Sv));
                row.set(Ask::Months, Some(year), Rate(work.months).number(Lang::Sv));
            }
            draft.push(Part::Labour, row);
        }
        for part in Part::ALL {
            for cost in budget.costs(part) {
                let mut row = Row::default();
                row.set(Ask::Who, None, cost.who.as_str());
                row.set(Ask::What, None, cost.what.as_str());
                for (year, amount) in budget.years.iter().zip(&cost.amounts) {
                    row.set(Ask::Amount, Some(year), amount.input(Lang::Sv));
                }
                draft.push(part, row);
            }
        }
        draft
    }

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn rows_come_and_go() {
        let typed = [("b.tjanster.2.vad", "Två"), ("b.tjanster.7.vad", "Sju"), ("b.tjanster.1.vad", " "), ("annat", "x")];
        let draft = Draft::read(&form(&typed), "b");
        let names = |draft: &Draft| draft.rows(Part::External).iter().map(|row| row.get(Ask::What, None).to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&draft), ["Två", "Sju"], "in the order of their numbers, without the blank one");
        let press = |value: &str| Draft::step(&form(&[typed.as_slice(), &[("b.steg", value)]].concat()), "b");
        let (more, at) = press("lagg-till.tjanster").unwrap();
        assert_eq!((names(&more), at.as_str()), (vec!["Två".to_owned(), "Sju".to_owned(), String::new()], "b.tjanster.3"));
        assert_eq!(Draft::read(&more.fields(), "b"), more, "the blank row waits to be filled in");
        let (less, at) = press("ta-bort.tjanster.2").unwrap();
        assert_eq!((names(&less), at.as_str()), (vec!["Sju".to_owned()], "b.tjanster"), "by the number on the page");
        for odd in ["", "ta-bort", "ta-bort.tjanster", "ta-bort.tjanster.x", "lagg-till.annat", "spara.tjanster"] {
            assert!(press(odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn names_of_others_are_left_alone() {
        let names = [
            "b.arbete.01.lon",
            "b.arbete.0.lon",
            "b.arbete.1.lon.2027",
            "b.arbete.1.andel",
            "b.arbete.1.andel.27",
            "b.arbete.1.andel.2027.x",
            "b.arbete.99999999999.lon",
            "bb.arbete.1.lon",
            "arbete.1.lon",
            "b.egen.1.vem",
            "b.",
            "b",
        ];
        let draft = Draft::read(&form(&names.map(|name| (name, "1"))), "b");
        assert_eq!(draft, Draft::new("b"));
    }

    #[test]
    fn there_is_room_for_no_more_rows_than_may_be() {
        let mut draft = Draft::new("b");
        for _ in 0..MOST_ROWS {
            let mut row = Row::default();
            row.set(Ask::What, None, "Resa");
            draft.push(Part::Other, row);
        }
        let mut form = draft.fields();
        form.set("b.steg", "lagg-till.ovrigt");
        assert_eq!(Draft::step(&form, "b").unwrap().0, draft);
    }

    proptest! {
        /// Whatever comes is kept as it came, and reading it again changes nothing.
        #[test]
        fn fields_and_draft_are_the_same(fields in prop::collection::vec((
            "b\\.(arbete|tjanster|ovrigt|egen|andras)\\.[0-3]\\.(funktion|lon|vad|vem|(andel|manader|belopp)\\.20[0-9]{2})|b\\.(overhead|lonekostnadspaslag)|\\PC{0,12}",
            "[ 0-9,a-å\u{a0}]{0,6}|\\PC{0,8}",
        ), 0..40)) {
            let draft = Draft::read(&Form(fields), "b");
            prop_assert_eq!(&Draft::read(&draft.fields(), "b"), &draft);
        }
    }
}
