//! The budget as a spreadsheet: a template to fill in at one's desk, where formulas add it up as `reckon` does, and the way back
//! into a [`Draft`]. The reader believes nothing: size, unpacked size, rows and cells are bounded before anything is kept.
//!
//! The first column is hidden and says what a row is: `#arbete` heads a part, other `#` rows are ours, and all the rest are
//! answers, also rows that somebody put in between. Years and the template's name stand there too.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError};
use zip::ZipArchive;

use super::draft::{Draft, Row, is_blank};
use super::model::{Ask, Error, Limits, Line, MOST_ROWS, Part, SheetError, Years};
use super::rules::{SoFar, number, so_far};
use crate::kit::{Lang, Ore};
use crate::text;

/// Largest file, in bytes: a filled template has about ten thousand.
pub const MOST_BYTES: usize = 1024 * 1024;
/// Largest unpacked file, in bytes.
const MOST_UNPACKED: u64 = 16 * 1024 * 1024;
const MOST_FILES: usize = 100;
const MOST_CELLS: usize = 20_000;
/// No answer stands further down.
const LAST_ROW: u32 = 1000;

const MARK: &str = "#portal-budget-1";
const YEARS: &str = "#ar";
const OTHER: &str = "#";

const NAME: u16 = 1;
/// The wage, or who pays.
const SECOND: u16 = 2;
const FIRST_YEAR: u16 = 3;
/// Share, months and amount of a year.
const PER_YEAR: u16 = 3;

/// Where a year's share, months and amount stand.
fn column(ask: Ask, year: usize) -> u16 {
    let within = match ask {
        Ask::Share => 0,
        Ask::Months => 1,
        _ => 2,
    };
    FIRST_YEAR + PER_YEAR * u16::try_from(year).unwrap_or_default() + within
}

/// Where an answer that is given once stands.
fn column_once(part: Part, ask: Ask) -> u16 {
    match (part, ask) {
        (_, Ask::Wage) | (Part::Others, Ask::What) => SECOND,
        _ => NAME,
    }
}

/// How cells look.
struct Styles {
    title: Format,
    part: Format,
    head: Format,
    text: Format,
    input: Format,
    money: Format,
    percent: Format,
    months: Format,
    sum: Format,
}

impl Styles {
    fn new() -> Self {
        let input = Format::new().set_border(FormatBorder::Thin).set_border_color(Color::Gray).set_unlocked();
        let grey = Format::new().set_background_color(Color::RGB(0xEE_F1_F2)).set_num_format("#,##0.00");
        Styles {
            title: Format::new().set_bold().set_font_size(16),
            part: Format::new().set_bold().set_font_size(13),
            head: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            text: Format::new(),
            // A text stays a text, whatever it begins with.
            input: input.clone().set_num_format("@"),
            money: input.clone().set_num_format("#,##0.00"),
            percent: input.clone().set_num_format("0.00%"),
            months: input.set_num_format("0.00"),
            sum: grey,
        }
    }
}

/// The template for a call, with what the draft holds filled in.
///
/// # Errors
/// [`XlsxError`], when the library cannot write it: a fault of ours.
pub fn template(lang: Lang, draft: &Draft, limits: &Limits) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let writing = Writing { lang, draft, limits, styles: Styles::new(), so_far: so_far(draft, limits).ok() };
    writing.all(sheet)?;
    book.save_to_buffer()
}

struct Writing<'a> {
    lang: Lang,
    draft: &'a Draft,
    limits: &'a Limits,
    styles: Styles,
    so_far: Option<SoFar>,
}

impl Writing<'_> {
    fn all(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let words = text::budget(self.lang);
        let years = self.limits.years;
        let last = self.total_column();
        sheet.set_name(words.sheet.name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        sheet.set_column_hidden(0)?.set_column_width(NAME, 34)?.set_column_width(SECOND, 24)?;
        sheet.set_column_range_width(FIRST_YEAR, last, 14)?;
        sheet.write_string(0, 0, MARK)?.write_string_with_format(0, NAME, (words.sheet.title)(years), &self.styles.title)?;
        let mut row = 1;
        let said = words.sheet.guide.iter().map(|line| (*line).to_owned()).chain((words.limits)(self.limits));
        for line in said {
            sheet.write_string(row, 0, OTHER)?.write_string_with_format(row, NAME, line, &self.styles.text)?;
            row += 1;
        }
        row += 1;
        sheet.write_string(row, 0, YEARS)?.write_string_with_format(row, NAME, words.sheet.year, &self.styles.head)?;
        for (place, year) in years.iter().enumerate() {
            sheet.write_number_with_format(row, column(Ask::Amount, place), year, &self.styles.head)?;
        }
        sheet.write_string_with_format(row, last, words.total, &self.styles.head)?;
        row += 2;
        let mut lines = Vec::new();
        for part in Part::ALL {
            row = self.part(sheet, part, row, &mut lines)?;
            if part == Part::Labour {
                row = self.rate(sheet, Ask::OnCosts, Line::OnCosts, &[Line::Wages], row, &mut lines)?;
                row = self.rate(sheet, Ask::Overhead, Line::Overhead, &[Line::Wages, Line::OnCosts], row, &mut lines)?;
                row += 1;
            }
            if part == Part::Other {
                row = self.sum_of(sheet, Line::Costs, row, &mut lines, "{Wages}+{OnCosts}+{Overhead}+{External}+{Other}")?;
                row += 1;
            }
        }
        row = self.sum_of(sheet, Line::CoFunding, row, &mut lines, "{Own}+{Others}")?;
        self.sum_of(sheet, Line::Applied, row, &mut lines, "MAX(0,{Costs}-{CoFunding})")?;
        Ok(())
    }

    fn total_column(&self) -> u16 {
        column(Ask::Share, self.limits.years.count())
    }

    /// Heading, heads, as many rows as may be, and the sum; gives the next free row.
    fn part(&self, sheet: &mut Worksheet, part: Part, mut row: u32, lines: &mut Vec<(Line, u32)>) -> Result<u32, XlsxError> {
        let words = text::budget(self.lang);
        let years = self.limits.years;
        sheet.write_string(row, 0, OTHER)?.write_string_with_format(row, NAME, (words.part)(part), &self.styles.part)?;
        row += 1;
        sheet.write_string(row, 0, format!("#{}", part.code()))?;
        for ask in part.once() {
            sheet.write_string_with_format(row, column_once(part, *ask), (words.label)(*ask, None), &self.styles.head)?;
        }
        for (place, year) in years.iter().enumerate() {
            for ask in part.yearly() {
                sheet.write_string_with_format(row, column(*ask, place), (words.label)(*ask, Some(year)), &self.styles.head)?;
            }
        }
        row += 1;
        let first = row;
        let none = Row::default();
        for place in 0..MOST_ROWS {
            let answers = self.draft.rows(part).get(place).unwrap_or(&none);
            for ask in part.once() {
                self.answer(sheet, row, column_once(part, *ask), *ask, answers.get(*ask, None))?;
            }
            for (year_place, year) in years.iter().enumerate() {
                for ask in part.yearly() {
                    self.answer(sheet, row, column(*ask, year_place), *ask, answers.get(*ask, Some(year)))?;
                }
                if part == Part::Labour {
                    let [wage, share, months] =
                        [SECOND, column(Ask::Share, year_place), column(Ask::Months, year_place)].map(|column| cell(row, column));
                    let known = self.so_far.as_ref().and_then(|so_far| so_far.reckoned.labour.get(place)?.get(year_place).copied());
                    self.formula(sheet, row, column(Ask::Amount, year_place), &format!("ROUND({wage}*{share}*{months},2)"), known)?;
                }
            }
            row += 1;
        }
        let line = part.line();
        lines.push((line, row));
        self.line(sheet, line, row, |column| format!("SUM({}:{})", cell(first, column), cell(row - 1, column)))?;
        Ok(row + 2)
    }

    /// A rate and what it comes to each year.
    fn rate(
        &self,
        sheet: &mut Worksheet,
        ask: Ask,
        line: Line,
        of: &[Line],
        row: u32,
        lines: &mut Vec<(Line, u32)>,
    ) -> Result<u32, XlsxError> {
        lines.push((line, row));
        let rate = format!("${}", cell(row, SECOND));
        let text = if ask == Ask::OnCosts { &self.draft.on_costs } else { &self.draft.overhead };
        self.line(sheet, line, row, |column| {
            let base: Vec<String> = lines.iter().filter(|(line, _)| of.contains(line)).map(|(_, row)| cell(*row, column)).collect();
            format!("ROUND({rate}*({}),2)", base.join("+"))
        })?;
        sheet.write_string(row, 0, format!("#{}", ask.code()))?;
        sheet.write_string_with_format(row, NAME, (text::budget(self.lang).label)(ask, None), &self.styles.head)?;
        self.answer(sheet, row, SECOND, ask, text)?;
        Ok(row + 1)
    }

    /// A line that adds up others: `{Own}` in the formula is where that line stands.
    fn sum_of(&self, sheet: &mut Worksheet, line: Line, row: u32, lines: &mut Vec<(Line, u32)>, formula: &str) -> Result<u32, XlsxError> {
        self.line(sheet, line, row, |column| {
            lines.iter().fold(formula.to_owned(), |formula, (line, row)| formula.replace(&format!("{{{line:?}}}"), &cell(*row, column)))
        })?;
        lines.push((line, row));
        Ok(row + 1)
    }

    /// A line's name, its formula for each year, and the sum of the years.
    fn line(&self, sheet: &mut Worksheet, line: Line, row: u32, formula: impl Fn(u16) -> String) -> Result<(), XlsxError> {
        sheet.write_string(row, 0, format!("#{}", line.code()))?;
        sheet.write_string_with_format(row, NAME, (text::budget(self.lang).line)(line), &self.styles.head)?;
        let known = self.so_far.as_ref().map(|so_far| so_far.reckoned.line(line));
        let known = |place: usize| known.as_ref().and_then(|amounts| amounts.get(place).copied());
        let count = self.limits.years.count();
        for place in 0..count {
            let column = column(Ask::Amount, place);
            self.formula(sheet, row, column, &formula(column), known(place))?;
        }
        let years: Vec<String> = (0..count).map(|place| cell(row, column(Ask::Amount, place))).collect();
        self.formula(sheet, row, self.total_column(), &years.join("+"), known(count))
    }

    /// A formula, with its value for readers that do not reckon.
    fn formula(&self, sheet: &mut Worksheet, row: u32, column: u16, formula: &str, known: Option<Ore>) -> Result<(), XlsxError> {
        let formula = Formula::new(format!("={formula}")).set_result(known.unwrap_or_default().decimal());
        sheet.write_formula_with_format(row, column, formula, &self.styles.sum)?;
        Ok(())
    }

    /// What was typed: a number as such, all else as a text, which a spreadsheet never runs.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a spreadsheet knows no other numbers; what can be typed is exact far beyond any budget"
    )]
    fn answer(&self, sheet: &mut Worksheet, row: u32, column: u16, ask: Ask, typed: &str) -> Result<(), XlsxError> {
        let (format, parts) = match ask {
            Ask::Share | Ask::OnCosts | Ask::Overhead => (&self.styles.percent, 10_000.0),
            Ask::Months => (&self.styles.months, 100.0),
            _ if ask.is_text() => (&self.styles.input, 1.0),
            _ => (&self.styles.money, 100.0),
        };
        match number(ask, typed) {
            _ if is_blank(typed) => sheet.write_blank(row, column, format)?,
            Ok(number) if !ask.is_text() => sheet.write_number_with_format(row, column, number as f64 / parts, format)?,
            _ => sheet.write_string_with_format(row, column, harmless(typed), format)?,
        };
        Ok(())
    }
}

/// A text that stays one, also when somebody copies it elsewhere (OWASP, CSV injection).
fn harmless(text: &str) -> String {
    if text.trim_start().starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}

/// `D12`, for formulas and for people.
fn cell(row: u32, column: u16) -> String {
    // No sheet of ours is as wide as the alphabet.
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    format!("{letter}{}", row + 1)
}

/// Reads a filled template into the fields below `prefix`. What is a number of the wrong kind is kept, for `rules` to judge.
/// Takes a while: not for a thread that answers requests.
///
/// # Errors
/// The first [`SheetError`] that was met.
pub fn read(file: &[u8], prefix: &str, years: Years) -> Result<Draft, SheetError> {
    if file.len() > MOST_BYTES {
        return Err(SheetError::TooLarge);
    }
    unpack_within_bounds(file)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).map_err(|_| SheetError::NotASpreadsheet)?;
    let name = book.sheet_names().first().cloned().ok_or(SheetError::NotOurTemplate)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| SheetError::NotASpreadsheet)?;
    let mut reader = Filled { years, draft: Draft::new(prefix), part: None, at: None, marked: false, years_seen: false };
    let mut row: Vec<(u16, Found)> = Vec::new();
    let mut at = 0;
    // Cells come in order, one at a time: a sheet that claims a million columns takes no room here.
    for _ in 0..MOST_CELLS {
        let Some(next) = cells.next_cell().map_err(|_| SheetError::NotASpreadsheet)? else {
            reader.row(at, &row)?;
            return reader.done();
        };
        let (next_row, column) = next.get_position();
        if next_row > LAST_ROW {
            return Err(SheetError::TooLarge);
        }
        if next_row != at {
            reader.row(at, &row)?;
            row.clear();
            at = next_row;
        }
        // What stands beside the template is somebody's own notes.
        if let Ok(column) = u16::try_from(column)
            && column < 26
        {
            row.push((column, Found::of(next.get_value())));
        }
    }
    Err(SheetError::TooLarge)
}

/// What a cell holds.
#[derive(Clone, PartialEq)]
enum Found {
    Nothing,
    Text(String),
    Number(f64),
    /// A date, a fault, yes or no.
    Odd,
}

impl Found {
    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's numbers are floats")]
    fn of(value: &DataRef<'_>) -> Self {
        match value {
            DataRef::Empty => Found::Nothing,
            DataRef::Int(number) => Found::Number(*number as f64),
            DataRef::Float(number) => Found::Number(*number),
            DataRef::String(text) => Found::Text(text.clone()),
            DataRef::SharedString(text) => Found::Text((*text).to_owned()),
            _ => Found::Odd,
        }
    }
}

/// Unpacks every file of the archive once, counting: what an archive says of its own size may be a lie.
fn unpack_within_bounds(file: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(file)).map_err(|_| SheetError::NotASpreadsheet)?;
    if archive.len() > MOST_FILES {
        return Err(SheetError::TooLarge);
    }
    let mut room = MOST_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| SheetError::NotASpreadsheet)?;
        let took = std::io::copy(&mut part.take(room + 1), &mut std::io::sink()).map_err(|_| SheetError::NotASpreadsheet)?;
        room = room.checked_sub(took).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

struct Filled {
    years: Years,
    draft: Draft,
    /// The part whose rows are being read.
    part: Option<Part>,
    /// The answer that stands on this row alone.
    at: Option<Ask>,
    marked: bool,
    years_seen: bool,
}

impl Filled {
    fn row(&mut self, row: u32, cells: &[(u16, Found)]) -> Result<(), SheetError> {
        let of = |column: u16| cells.iter().find(|(at, _)| *at == column).map_or(Found::Nothing, |(_, found)| found.clone());
        let mark = match of(0) {
            Found::Text(mark) => mark,
            _ => String::new(),
        };
        if row == 0 {
            self.marked = mark == MARK;
            return if self.marked { Ok(()) } else { Err(SheetError::NotOurTemplate) };
        }
        if let Some(mark) = mark.strip_prefix('#') {
            self.part = Part::ALL.into_iter().find(|part| part.code() == mark);
            self.at = [Ask::OnCosts, Ask::Overhead].into_iter().find(|ask| ask.code() == mark);
            if mark == YEARS.trim_start_matches('#') {
                let asked = |(place, year): (usize, u16)| of(column(Ask::Amount, place)) == Found::Number(f64::from(year));
                let beyond = matches!(of(column(Ask::Amount, self.years.count())), Found::Number(_));
                self.years_seen = self.years.iter().enumerate().all(asked) && !beyond;
                return if self.years_seen { Ok(()) } else { Err(SheetError::WrongYears(self.years)) };
            }
            if let Some(ask) = self.at {
                let answer = answer(row, SECOND, ask, of(SECOND))?;
                if ask == Ask::OnCosts { self.draft.on_costs = answer } else { self.draft.overhead = answer }
            }
            return Ok(());
        }
        let Some(part) = self.part else { return Ok(()) };
        let mut answers = Row::default();
        for ask in part.once() {
            let column = column_once(part, *ask);
            answers.set(*ask, None, answer(row, column, *ask, of(column))?);
        }
        for (place, year) in self.years.iter().enumerate() {
            for ask in part.yearly() {
                let column = column(*ask, place);
                answers.set(*ask, Some(year), answer(row, column, *ask, of(column))?);
            }
        }
        if answers.is_blank() {
            return Ok(());
        }
        if self.draft.rows(part).len() == MOST_ROWS {
            return Err(SheetError::TooManyRows(part));
        }
        self.draft.push(part, answers);
        Ok(())
    }

    fn done(self) -> Result<Draft, SheetError> {
        if self.marked && self.years_seen { Ok(self.draft) } else { Err(SheetError::NotOurTemplate) }
    }
}

/// The answer as somebody would have typed it.
fn answer(row: u32, column: u16, ask: Ask, found: Found) -> Result<String, SheetError> {
    let odd = || SheetError::NotANumber(cell(row, column));
    let found = match found {
        // Only what `harmless` put there is taken away.
        Found::Text(text) => Found::Text(text.strip_prefix('\'').filter(|rest| harmless(rest) == text).map_or(text.clone(), str::to_owned)),
        other => other,
    };
    match found {
        Found::Nothing => Ok(String::new()),
        Found::Odd => Err(odd()),
        Found::Text(text) if ask.is_text() => Ok(text),
        Found::Text(text) if is_blank(&text) => Ok(String::new()),
        Found::Text(text) => match number(ask, &text) {
            Err(Error::NotANumber(_)) => Err(odd()),
            _ => Ok(text),
        },
        Found::Number(number) if ask.is_text() => Ok(plain(number)),
        Found::Number(number) if matches!(ask, Ask::Share | Ask::OnCosts | Ask::Overhead) => Ok(plain(number * 100.0)),
        Found::Number(number) => Ok(plain(number)),
    }
}

/// A number with a decimal comma and without the dust that floats have far behind it.
fn plain(number: f64) -> String {
    format!("{}", (number * 1e6).round() / 1e6).replace('.', ",")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::budget::draft::tests::written;
    use crate::budget::reckon::{reckon, tests::budgets};

    fn years() -> Years {
        Years::new(2027, 2).unwrap()
    }

    /// The template with the cells of a part's first row written over.
    fn filled(part: Part, change: impl Fn(&mut Row)) -> Result<Draft, SheetError> {
        let (mut draft, mut row) = (Draft::new("b"), Row::default());
        change(&mut row);
        draft.push(part, row);
        read(&template(Lang::Sv, &draft, &Limits::of(years())).unwrap(), "b", years())
    }

    #[test]
    fn each_cause_is_said_by_itself() {
        let no = |file: &[u8]| read(file, "b", years()).unwrap_err();
        assert_eq!(no(b""), SheetError::NotASpreadsheet);
        assert_eq!(no(b"%PDF-1.7"), SheetError::NotASpreadsheet);
        assert_eq!(no(&vec![0; MOST_BYTES + 1]), SheetError::TooLarge);
        let mut other = Workbook::new();
        other.add_worksheet().write_string(0, 0, "Budget").unwrap();
        assert_eq!(no(&other.save_to_buffer().unwrap()), SheetError::NotOurTemplate);
        for (first, count) in [(2026, 2), (2027, 1), (2027, 3)] {
            let limits = Limits::of(Years::new(first, count).unwrap());
            assert_eq!(no(&template(Lang::En, &Draft::new("b"), &limits).unwrap()), SheetError::WrongYears(years()));
        }
        let wrong = filled(Part::External, |row| row.set(Ask::Amount, Some(2028), "mycket"));
        assert!(matches!(&wrong, Err(SheetError::NotANumber(cell)) if cell.starts_with('I')), "{wrong:?}");
        let kept = filled(Part::External, |row| row.set(Ask::Amount, Some(2028), "-5")).unwrap();
        assert_eq!(kept.rows(Part::External)[0].get(Ask::Amount, Some(2028)), "-5", "the rules judge it");
    }

    /// An archive of a few kilobytes that unpacks to more than may be, and one whose sheet claims a million columns.
    #[test]
    fn bombs_do_not_go_off() {
        let pack = |name: &str, text: &[u8], times: usize| {
            let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            (0..times).for_each(|_| archive.write_all(text).unwrap());
            archive.finish().unwrap().into_inner()
        };
        let bomb = pack("xl/worksheets/sheet1.xml", &[b' '; 1024], 17 * 1024);
        assert!(bomb.len() < MOST_BYTES, "{}", bomb.len());
        assert_eq!(read(&bomb, "b", years()).unwrap_err(), SheetError::TooLarge);
        let mut wide = Workbook::new();
        let sheet = wide.add_worksheet();
        sheet.write_string(0, 0, MARK).unwrap().write_string(1_048_575, 16_383, "x").unwrap();
        assert_eq!(read(&wide.save_to_buffer().unwrap(), "b", years()).unwrap_err(), SheetError::TooLarge);
        let mut many = Workbook::new();
        let sheet = many.add_worksheet();
        sheet.write_string(0, 0, MARK).unwrap();
        for (row, column) in (1..900).flat_map(|row| (0..25).map(move |column| (row, column))) {
            sheet.write_number(row, column, 1).unwrap();
        }
        assert_eq!(read(&many.save_to_buffer().unwrap(), "b", years()).unwrap_err(), SheetError::TooLarge);
    }

    #[test]
    fn texts_are_never_run() {
        for text in ["=1+1", "+46", "@SUM(A1)", "-1"] {
            let draft = filled(Part::Own, |row| row.set(Ask::What, None, text)).unwrap();
            assert_eq!(draft.rows(Part::Own)[0].get(Ask::What, None), text, "written with an apostrophe, read without");
        }
        assert_eq!((harmless("=1"), harmless("'=1"), harmless("a=1")), ("'=1".to_owned(), "'=1".to_owned(), "a=1".to_owned()));
    }

    /// Every formula's value, as another hand reads it, by the row's mark.
    fn sums(file: &[u8]) -> Vec<(String, Vec<f64>)> {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file)).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let amounts = [5, 8, 9];
        range
            .rows()
            .filter_map(|row| Some((row[0].to_string().strip_prefix('#')?.to_owned(), row)))
            .map(|(mark, row)| (mark, amounts.iter().filter_map(|at| calamine::DataType::as_f64(&row[*at])).collect()))
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// A filled template is read back as what was filled in, and shows the sums that `reckon` gives.
        #[test]
        fn written_and_read_agree(budget in budgets()) {
            let draft = written(&budget, "b");
            let limits = Limits::of(years());
            let file = template(Lang::Sv, &draft, &limits).unwrap();
            let back = read(&file, "b", years()).unwrap();
            let reckoned = reckon(&budget).unwrap();
            prop_assert_eq!(&so_far(&back, &limits).unwrap().reckoned, &reckoned);
            let sums = sums(&file);
            for line in Line::ALL {
                // The rows of the two rates are marked by what is typed there.
                let mark = match line {
                    Line::OnCosts => Ask::OnCosts.code(),
                    Line::Overhead => Ask::Overhead.code(),
                    _ => line.code(),
                };
                let shown = &sums.iter().find(|(known, _)| known == mark).unwrap().1;
                let ore: Vec<Ore> = shown.iter().map(|kronor| Ore((kronor * 100.0).round() as i64)).collect();
                prop_assert_eq!(ore, reckoned.line(line), "{:?}", line);
            }
        }

        /// Nothing that comes as a file brings the portal down.
        #[test]
        fn damaged_files_are_refused_or_read(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut file = template(Lang::Sv, &Draft::new("b"), &Limits::of(years())).unwrap();
            let at = at.index(file.len());
            file[at] = byte;
            let _ = read(&file, "b", years());
        }
    }
}
