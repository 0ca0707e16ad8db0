//! Sheets and letters as PDF, laid out by typst: the one door to it. Each is values; how they look stands in `pdf/sheet.typ` and
//! `pdf/letter.typ`, and the fonts (Source Sans 3, SIL Open Font License) are part of the program, so that they look the same on every machine. Files are
//! tagged and follow PDF/UA-1 (ISO 14289-1): typst refuses to write one that does not.
//!
//! To add a kind of document: a layout beside `sheet.typ`, its values as a struct here, a test that reads it back.

use std::sync::LazyLock;

use serde::Serialize;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Value};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

const SHEET: &str = include_str!("pdf/sheet.typ");
const LETTER: &str = include_str!("pdf/letter.typ");

const FONT_FILES: [&[u8]; 2] = [include_bytes!("pdf/SourceSans3-Regular.otf"), include_bytes!("pdf/SourceSans3-Semibold.otf")];

/// How many layouts the memory of typst goes back: it would remember all of them.
const REMEMBERED: usize = 4;

/// A column of a sheet's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    pub name: String,
    /// Set to the right.
    pub numeric: bool,
    /// Takes what room there is.
    pub wide: bool,
}

impl Column {
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), numeric: false, wide: false }
    }

    pub fn numeric(self) -> Self {
        Self { numeric: true, ..self }
    }

    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }
}

/// What stands on a sheet, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    pub lang: &'static str,
    pub title: String,
    /// Names and values; a line break in a value is one on the sheet.
    pub facts: Vec<(String, String)>,
    pub columns: Vec<Column>,
    /// As many cells each as there are columns.
    pub rows: Vec<Vec<String>>,
    pub lines: Vec<String>,
    /// The word before a page's number.
    pub page: &'static str,
}

/// A letter: who sends it, what it is about, and its text in parts with a heading each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    pub lang: &'static str,
    pub sender: String,
    pub title: String,
    /// Names and values; a line break in a value is one on the letter.
    pub facts: Vec<(String, String)>,
    /// Headings and paragraphs; the first part may do without a heading.
    pub parts: Vec<(String, Vec<String>)>,
    /// The word before a page's number.
    pub page: &'static str,
}

/// Why a document could not be written: a fault of the layout, never of what stands on it.
#[derive(Debug, thiserror::Error)]
#[error("a PDF could not be written: {0}")]
pub struct PdfError(String);

struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONT_FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
});

/// What a layout may see: itself, the fonts, and the values. No files, no clock.
struct Room {
    library: LazyHash<Library>,
    layout: Source,
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() { Ok(self.layout.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The text with letters that the fonts have; PDF/UA forbids those that cannot be read, such as an emoji in a name.
fn writable(text: &str) -> String {
    let known = |letter: char| letter == '\n' || FONTS.fonts.iter().all(|font| font.info().coverage.contains(u32::from(letter)));
    text.chars().map(|letter| if known(letter) { letter } else { '?' }).collect()
}

fn each_writable(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| writable(text)).collect()
}

fn facts_writable(facts: &[(String, String)]) -> Vec<(String, String)> {
    facts.iter().map(|(name, value)| (writable(name), writable(value))).collect()
}

impl Sheet {
    /// Lays the sheet out and writes it. Takes a while: not for a thread that answers requests.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let sheet = Self {
            title: writable(&self.title),
            facts: facts_writable(&self.facts),
            rows: self.rows.iter().map(|row| each_writable(row)).collect(),
            lines: each_writable(&self.lines),
            ..self.clone()
        };
        written(&sheet, SHEET)
    }
}

impl Letter {
    /// Lays the letter out and writes it; as with a sheet, not for a thread that answers requests.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let letter = Self {
            sender: writable(&self.sender),
            title: writable(&self.title),
            facts: facts_writable(&self.facts),
            parts: self.parts.iter().map(|(heading, lines)| (writable(heading), each_writable(lines))).collect(),
            ..self.clone()
        };
        written(&letter, LETTER)
    }
}

fn written(values: &impl Serialize, layout: &'static str) -> Result<Vec<u8>, PdfError> {
    let data = serde_json::to_string(values).map_err(|error| PdfError(error.to_string()))?;
    let mut inputs = Dict::new();
    inputs.insert("data".into(), Value::Str(data.into()));
    let library = Library::builder().with_inputs(inputs).build();
    let room = Room { library: LazyHash::new(library), layout: Source::detached(layout) };
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| PdfError(error.message().to_string()))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    let told = |diagnostics: &[typst::diag::SourceDiagnostic]| {
        PdfError(diagnostics.iter().map(|diagnostic| diagnostic.message.to_string()).collect::<Vec<_>>().join("; "))
    };
    let file =
        typst::compile(&room).output.and_then(|document| typst_pdf::pdf(&document, &options)).map_err(|diagnostics| told(&diagnostics));
    typst::comemo::evict(REMEMBERED);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reader of PDF makes of a file.
    fn read_back(program: &str, file: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet.pdf");
        std::fs::write(&path, file).unwrap();
        let mut command = std::process::Command::new(program);
        let command = if program == "pdftotext" { command.arg("-layout").arg(&path).arg("-") } else { command.arg(&path) };
        let output = command.output().expect("scripts/setup brings poppler-utils");
        String::from_utf8(output.stdout).unwrap()
    }

    fn sheet(rows: usize) -> Sheet {
        Sheet {
            lang: "sv",
            title: "Plocklista".into(),
            facts: vec![("Till".into(), "Åsa Öberg\nStorgatan 1".into())],
            columns: vec![Column::new("Publikation").wide(), Column::new("Antal").numeric()],
            rows: (0..rows).map(|row| vec![format!("#set text(red) *Rapport* {row}"), "3".into()]).collect(),
            lines: vec!["Hör av dig till oss.".into()],
            page: "Sida",
        }
    }

    #[test]
    fn a_sheet_is_tagged_and_says_its_title_and_language() {
        let file = sheet(3).pdf().unwrap();
        let text = String::from_utf8_lossy(&file);
        assert!(text.starts_with("%PDF-1."));
        for mark in ["/StructTreeRoot", "/MarkInfo", "pdfuaid:part"] {
            assert!(text.contains(mark), "{mark}");
        }
        let facts = read_back("pdfinfo", &file);
        assert!(facts.contains("Title:           Plocklista") && facts.contains("Tagged:          yes"), "{facts}");
        let words = read_back("pdftotext", &file);
        assert!(words.contains("Åsa Öberg") && words.contains("#set text(red) *Rapport* 2"), "{words}");
    }

    #[test]
    fn a_letter_has_headings_and_paragraphs() {
        let letter = Letter {
            lang: "sv",
            sender: "Brottsförebyggande rådet".into(),
            title: "Beslut om att inte lämna ut".into(),
            facts: vec![("Till".into(), "Åsa 🙂".into())],
            parts: vec![(String::new(), vec!["Först.".into()]), ("Skäl".into(), vec!["#import \"x\"".into(), "Två\nrader".into()])],
            page: "Sida",
        };
        let file = letter.pdf().unwrap();
        let facts = read_back("pdfinfo", &file);
        assert!(facts.contains("Title:           Beslut om att inte lämna ut") && facts.contains("Tagged:          yes"), "{facts}");
        let words = read_back("pdftotext", &file);
        for part in ["Brottsförebyggande rådet", "Åsa ?", "Först.", "Skäl", "#import \"x\"", "rader", "Sida 1 (1)"] {
            assert!(words.contains(part), "{part} in {words}");
        }
    }

    #[test]
    fn whatever_stands_on_a_sheet_is_text() {
        let mut odd = sheet(0);
        odd.title = "#panic() $x$ 🙂 日本 \u{202e}".into();
        odd.lines = vec!["\\ `#import \"/etc/passwd\"` ]".into()];
        odd.columns.clear();
        assert!(odd.pdf().is_ok(), "{:?}", odd.pdf().err());
        assert_eq!(writable("Åsa 🙂\n1"), "Åsa ?\n1");
    }

    #[test]
    fn a_long_table_goes_over_pages() {
        let file = sheet(200).pdf().unwrap();
        assert!(file.len() < 400_000, "{}", file.len());
    }
}
