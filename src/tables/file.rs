//! Rows as a file on this disk, on a thread of its own, so that neither the number of rows nor the speed of the disk is felt
//! elsewhere: the writer takes a few pages of rows at a time and holds no more.
//!
//! CSV: semicolons, a byte order mark and decimal commas, as a Swedish spreadsheet expects them. XLSX: numbers, sums and days
//! as such, row by row. To add a format: a variant of `Format`, and a writer here.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook, Worksheet, XlsxError};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::model::Format;
use crate::kit::{Instant, civil};
use crate::web::sheets::Value;

type Page = Vec<Vec<Value>>;

/// How many pages wait for the writer: the reader is held up, not the memory.
const WAITING: usize = 2;

/// Excel takes no more characters in a cell.
const MOST_CHARACTERS: usize = 32_767;

#[derive(Debug, thiserror::Error)]
pub enum FileError {
    #[error("the file cannot be written: {0}")]
    Disk(#[from] std::io::Error),
    #[error("the table cannot be written: {0}")]
    Csv(#[from] csv::Error),
    #[error("the spreadsheet cannot be written: {0}")]
    Xlsx(#[from] XlsxError),
    #[error("the writer ended early")]
    Gone,
}

/// A file that is being written; it goes when this is dropped.
pub struct Writing {
    pages: Option<mpsc::Sender<Page>>,
    thread: JoinHandle<Result<(), FileError>>,
    path: PathBuf,
}

impl Writing {
    /// Begins a file in `folder`, which is made when it is not there.
    pub fn begin(folder: &Path, name: &str, format: Format, title: &'static str, heads: Vec<&'static str>) -> Result<Self, FileError> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(format!("{name}.{}", format.code()));
        let (pages, taken) = mpsc::channel(WAITING);
        let (file, folder) = (path.clone(), folder.to_owned());
        let thread = tokio::task::spawn_blocking(move || match format {
            Format::Csv => csv(&file, &heads, taken),
            Format::Xlsx => xlsx(&file, &folder, title, &heads, taken),
        });
        Ok(Self { pages: Some(pages), thread, path })
    }

    /// Hands over some rows; waits when the writer has enough.
    pub async fn push(&mut self, rows: Page) -> Result<(), FileError> {
        let Some(pages) = &self.pages else { return Err(FileError::Gone) };
        pages.send(rows).await.map_err(|_| FileError::Gone)
    }

    /// Waits until all is written; the file, until this is dropped.
    pub async fn end(&mut self) -> Result<&Path, FileError> {
        self.pages = None;
        (&mut self.thread).await.map_err(|_| FileError::Gone)??;
        Ok(&self.path)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a written table could not be taken away");
        }
    }
}

/// A text as a spreadsheet must read it. What begins as a formula is given an apostrophe, so that what somebody typed is never
/// run on the desk of who opens the file (OWASP, CSV injection).
fn harmless(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    let formula = formula || text.trim_start_matches(' ').starts_with(['\t', '\r', '\n']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// The text of a value. Sums are kronor with two decimals and a comma, without a unit; times are Swedish.
fn plain(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => harmless(text),
        Value::Count(count) => count.to_string(),
        Value::Money(sum) => sum.decimal().replace('.', ","),
        Value::Day(day) => day.text(),
        Value::Clock(at) => clock(*at),
    }
}

fn clock(at: Instant) -> String {
    let shown = civil::stockholm(at);
    format!("{} {:02}:{:02}", shown.date.text(), shown.hour, shown.minute)
}

fn csv(path: &Path, heads: &[&str], mut pages: mpsc::Receiver<Page>) -> Result<(), FileError> {
    let rows = std::iter::from_fn(|| pages.blocking_recv()).flatten();
    write_csv(BufWriter::new(File::create(path)?), heads, rows)
}

fn write_csv(mut file: impl Write, heads: &[&str], rows: impl Iterator<Item = Vec<Value>>) -> Result<(), FileError> {
    file.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(file);
    csv.write_record(heads)?;
    for row in rows {
        csv.write_record(row.iter().map(plain))?;
    }
    csv.flush()?;
    Ok(())
}

/// A table of a few rows as an answer that browsers save, kept in no cache; one that may be long is written by the job.
pub fn small_csv(name: &str, heads: &[&str], rows: Vec<Vec<Value>>) -> Result<Response, FileError> {
    let mut bytes = Vec::new();
    write_csv(&mut bytes, heads, rows.into_iter())?;
    let headers = [
        (header::CONTENT_TYPE, Format::Csv.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// How the cells of a spreadsheet look.
struct Styles {
    head: Style,
    money: Style,
    day: Style,
    clock: Style,
}

fn xlsx(path: &Path, folder: &Path, title: &str, heads: &[&str], mut pages: mpsc::Receiver<Page>) -> Result<(), FileError> {
    let styles = Styles {
        head: Style::new().set_bold(),
        money: Style::new().set_num_format("#,##0.00"),
        day: Style::new().set_num_format("yyyy-mm-dd"),
        clock: Style::new().set_num_format("yyyy-mm-dd hh:mm"),
    };
    let mut book = Workbook::new();
    // The rows lie in a file of their own until the end, beside the file that they become.
    book.set_tempdir(folder)?;
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(title)?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, head) in (0_u16..).zip(heads) {
        sheet.set_column_width(column, 18)?;
        sheet.write_string_with_format(0, column, *head, &styles.head)?;
    }
    let mut row = 0_u32;
    while let Some(rows) = pages.blocking_recv() {
        for values in rows {
            row += 1;
            for (column, value) in (0_u16..).zip(&values) {
                cell(sheet, &styles, row, column, value)?;
            }
        }
    }
    book.save(path)?;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a spreadsheet knows no other numbers; whole öre are exact far beyond any sum here")]
fn cell(sheet: &mut Worksheet, styles: &Styles, row: u32, column: u16, value: &Value) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        // A string is never run, so it stands as it was typed.
        Value::Text(text) => {
            let text: String = text.chars().take(MOST_CHARACTERS).collect();
            sheet.write_string(row, column, text)?;
        }
        Value::Count(count) => {
            sheet.write_number(row, column, *count as f64)?;
        }
        Value::Money(sum) => {
            sheet.write_number_with_format(row, column, sum.0 as f64 / 100.0, &styles.money)?;
        }
        Value::Day(day) => {
            let day = ExcelDateTime::from_ymd(day.year(), day.month(), day.day())?;
            sheet.write_datetime_with_format(row, column, &day, &styles.day)?;
        }
        Value::Clock(at) => {
            let shown = civil::stockholm(*at);
            let day = ExcelDateTime::from_ymd(shown.date.year(), shown.date.month(), shown.date.day())?;
            let at = day.and_hms(u16::from(shown.hour), shown.minute, 0)?;
            sheet.write_datetime_with_format(row, column, &at, &styles.clock)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kit::Ore;

    #[test]
    fn nothing_that_was_typed_is_run() {
        for text in ["=1+1", "+46", "-1", "@SUM", "\t=1", " =1", "\u{ff1d}1"] {
            assert_eq!(plain(&Value::from(text)), format!("'{text}"));
        }
        assert_eq!(plain(&Value::Count(-3)), "-3", "our own numbers stay numbers");
        assert_eq!(plain(&Value::Money(Ore(-123_450))), "-1234,50");
        assert_eq!(plain(&Value::Money(Ore(5))), "0,05");
    }

    proptest! {
        #[test]
        fn no_text_begins_as_a_formula(text in "[=+@\\-\\t\\r\\na;\" ]{0,8}") {
            let written = plain(&Value::Text(text));
            prop_assert!(!written.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r']), "{written:?}");
        }
    }
}
