//! Reading an import file row by row, without holding more than one row.
//!
//! What belongs here: encoding, JSON and CSV. A row leaves here as a JSON object whatever it was; what its fields may
//! hold is the business of `rules`.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde::de::{Deserializer as _, Error as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::catalogue::rules::Code;

/// Where rows come from. Read twice: once to check, once to write.
#[derive(Debug, Clone)]
pub enum Source {
    File(PathBuf),
    /// Built into the program.
    Bytes(&'static [u8]),
}

/// One row as it was read.
#[derive(Debug)]
pub struct Row {
    /// 1 for the first. In JSON the place in the list; in CSV lines are counted after the header.
    pub number: u64,
    pub fields: Result<Map<String, Value>, Code>,
}

/// Why a file cannot be read to its end.
#[derive(Debug, PartialEq, Eq)]
pub enum FileProblem {
    Unreadable(String),
    Empty,
    /// The first byte that is not UTF-8.
    NotUtf8 {
        line: u64,
        byte: u64,
    },
    /// Two bytes a character, as some programs call Unicode.
    Utf16,
    NotJson {
        line: u64,
        column: u64,
    },
    /// JSON, but not a list of publications.
    NotAList,
    /// The file ends in the middle of this row.
    CutOff {
        row: u64,
    },
    /// The first row of a CSV file lacks these names.
    Header {
        missing: Vec<&'static str>,
    },
    /// The first row of a CSV file has a name twice.
    HeaderTwice {
        name: String,
    },
    NotCsv {
        line: u64,
    },
}

impl From<std::io::Error> for FileProblem {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl Source {
    fn open(&self) -> Result<Box<dyn BufRead>, FileProblem> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)),
            Self::Bytes(bytes) => Box::new(*bytes),
        })
    }

    /// Reads the whole file once, to tell where it stops being UTF-8 if it does.
    pub fn check_encoding(&self) -> Result<(), FileProblem> {
        let mut input = self.open()?;
        let mut buffer = vec![0; 1 << 16];
        let (mut kept, mut line, mut byte) = (0, 1, 0);
        loop {
            let read = input.read(&mut buffer[kept..])?;
            let filled = kept + read;
            if byte == 0 && matches!(buffer[..filled], [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
                return Err(FileProblem::Utf16);
            }
            let good = match std::str::from_utf8(&buffer[..filled]) {
                Ok(text) => text.len(),
                // The end of the buffer may have cut a character in two.
                Err(error) if error.error_len().is_none() && read > 0 => error.valid_up_to(),
                Err(error) => {
                    let before = error.valid_up_to();
                    line += count_lines(&buffer[..before]);
                    return Err(FileProblem::NotUtf8 { line, byte: byte + before as u64 + 1 });
                }
            };
            if read == 0 {
                return if byte + good as u64 == 0 { Err(FileProblem::Empty) } else { Ok(()) };
            }
            line += count_lines(&buffer[..good]);
            byte += good as u64;
            buffer.copy_within(good..filled, 0);
            kept = filled - good;
        }
    }

    /// Calls `each` for every row, until it breaks off.
    pub fn rows(&self, mut each: impl FnMut(Row) -> ControlFlow<()>) -> Result<(), FileProblem> {
        let mut input = self.open()?;
        if input.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
            input.consume(3);
        }
        while input.fill_buf()?.first().is_some_and(u8::is_ascii_whitespace) {
            input.consume(1);
        }
        match input.fill_buf()?.first() {
            None => Err(FileProblem::Empty),
            Some(b'[') => json(input, &mut each),
            Some(b'{') => json_lines(input, &mut each),
            Some(_) if self.says_json() => Err(FileProblem::NotJson { line: 1, column: 1 }),
            Some(_) => comma_separated(input, &mut each),
        }
    }

    fn says_json(&self) -> bool {
        matches!(self, Self::File(path) if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")))
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&b| b == b'\n').count() as u64
}

/// What stops the JSON reader when nobody wants more rows.
const ENOUGH: &str = "enough";

fn json(input: Box<dyn BufRead>, each: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), FileProblem> {
    let mut number = 0;
    let mut reader = serde_json::Deserializer::from_reader(input);
    let result = reader.deserialize_seq(Rows { number: &mut number, each }).and_then(|()| reader.end());
    match result {
        Ok(()) => Ok(()),
        Err(error) if error.is_io() => Err(FileProblem::Unreadable(error.to_string())),
        Err(error) if error.is_eof() => Err(FileProblem::CutOff { row: number + 1 }),
        Err(error) if error.is_data() && error.to_string().starts_with(ENOUGH) => Ok(()),
        Err(error) if error.is_data() => Err(FileProblem::NotAList),
        Err(error) => Err(FileProblem::NotJson { line: error.line() as u64, column: error.column() as u64 }),
    }
}

/// An object a line, as programs write that never hold a whole list.
fn json_lines(mut input: Box<dyn BufRead>, each: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), FileProblem> {
    let (mut text, mut line, mut number) = (String::new(), 0, 0);
    loop {
        text.clear();
        if input.read_line(&mut text)? == 0 {
            return Ok(());
        }
        line += 1;
        if text.trim().is_empty() {
            continue;
        }
        let fields = match serde_json::from_str(&text) {
            Ok(Value::Object(fields)) => Ok(fields),
            Ok(_) => Err(Code::NotARow),
            // One object over many lines is no list.
            Err(error) if error.is_eof() && number == 0 => return Err(FileProblem::NotAList),
            Err(error) if error.is_eof() => return Err(FileProblem::CutOff { row: number + 1 }),
            Err(error) => return Err(FileProblem::NotJson { line, column: error.column() as u64 }),
        };
        number += 1;
        if each(Row { number, fields }).is_break() {
            return Ok(());
        }
    }
}

/// Takes the elements of a JSON list one at a time.
struct Rows<'a> {
    number: &'a mut u64,
    each: &'a mut dyn FnMut(Row) -> ControlFlow<()>,
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of publications")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            *self.number += 1;
            let fields = match value {
                Value::Object(fields) => Ok(fields),
                _ => Err(Code::NotARow),
            };
            if (self.each)(Row { number: *self.number, fields }).is_break() {
                return Err(A::Error::custom(ENOUGH));
            }
        }
        Ok(())
    }
}

fn comma_separated(mut input: Box<dyn BufRead>, each: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), FileProblem> {
    // Programs set to Swedish write semicolons.
    let first_line = input.fill_buf()?.split(|&b| b == b'\n').next().unwrap_or_default();
    let semicolons = first_line.contains(&b';') && !first_line.contains(&b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(if semicolons { b';' } else { b',' }).from_reader(input);
    let header: Vec<String> = reader.headers().map_err(|error| csv_problem(&error, 1))?.iter().map(|name| name.trim().to_owned()).collect();
    let missing: Vec<_> = ["id", "title"].into_iter().filter(|name| !header.iter().any(|column| column == name)).collect();
    if !missing.is_empty() {
        return Err(FileProblem::Header { missing });
    }
    let mut names = HashSet::new();
    if let Some(name) = header.iter().find(|name| !names.insert(name.as_str())) {
        return Err(FileProblem::HeaderTwice { name: name.clone() });
    }
    let mut record = csv::StringRecord::new();
    for number in 1.. {
        let fields = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => Ok(header.iter().cloned().zip(record.iter().map(|cell| Value::String(cell.to_owned()))).collect::<Map<_, _>>()),
            Err(error) => match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => Err(Code::Cells { expected: *expected_len, found: *len }),
                _ => return Err(csv_problem(&error, number + 1)),
            },
        };
        if each(Row { number, fields }).is_break() {
            break;
        }
    }
    Ok(())
}

fn csv_problem(error: &csv::Error, line: u64) -> FileProblem {
    match error.kind() {
        csv::ErrorKind::Io(error) => FileProblem::Unreadable(error.to_string()),
        _ => FileProblem::NotCsv { line: error.position().map_or(line, csv::Position::line) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static [u8]) -> (Vec<Row>, Result<(), FileProblem>) {
        let mut rows = Vec::new();
        let result = Source::Bytes(text).rows(|row| {
            rows.push(row);
            ControlFlow::Continue(())
        });
        (rows, result)
    }

    #[test]
    fn json_and_csv_give_the_same_rows() {
        for text in [
            r#" [ {"id": "a", "title": "T"} , {"id": "b", "title": "U"} ] "#,
            "id,title\na,T\nb,U\n",
            "{\"id\": \"a\", \"title\": \"T\"}\n\n{\"id\": \"b\", \"title\": \"U\"}",
            "\u{FEFF}id;title\r\na;T\r\nb;\"U\"\r\n",
        ] {
            let (rows, result) = read(text.as_bytes());
            assert_eq!(result, Ok(()), "{text}");
            let fields: Vec<_> = rows.into_iter().map(|row| (row.number, row.fields.unwrap()["id"].clone())).collect();
            assert_eq!(fields, [(1, "a".into()), (2, "b".into())], "{text}");
        }
    }

    #[test]
    fn broken_files_say_where() {
        for (text, problem) in [
            (&b""[..], FileProblem::Empty),
            (b"[{\"id\": \"a\"}, {\"id\": \"b", FileProblem::CutOff { row: 2 }),
            (b"[{\"id\": \"a\"},", FileProblem::CutOff { row: 2 }),
            (b"{\n\"id\": \"a\"}", FileProblem::NotAList),
            (b"{\"id\": \"a\"}\n{\"id\": ", FileProblem::CutOff { row: 2 }),
            (b"{\"id\": \"a\"}\n\n{\"id\" \"b\"}", FileProblem::NotJson { line: 3, column: 7 }),
            (b"[{\"id\": \"a\",}]", FileProblem::NotJson { line: 1, column: 13 }),
            (b"[]\n[]", FileProblem::NotJson { line: 2, column: 1 }),
            (b"name\nx", FileProblem::Header { missing: vec!["id", "title"] }),
            (b"id,title,id\n", FileProblem::HeaderTwice { name: "id".into() }),
        ] {
            assert_eq!(read(text).1, Err(problem), "{}", String::from_utf8_lossy(text));
        }
        assert_eq!(Source::Bytes(b"ok\nett bl\xE5b\xE4r").check_encoding(), Err(FileProblem::NotUtf8 { line: 2, byte: 10 }));
        assert_eq!(Source::Bytes(b"\xFF\xFEi\0d\0").check_encoding(), Err(FileProblem::Utf16));
        assert_eq!(Source::Bytes("blåbär".as_bytes()).check_encoding(), Ok(()));
        let long: &'static [u8] = "å".repeat(100_000).leak().as_bytes();
        assert_eq!(Source::Bytes(&long[1..]).check_encoding(), Err(FileProblem::NotUtf8 { line: 1, byte: 1 }));
        assert_eq!(Source::Bytes(long).check_encoding(), Ok(()));
        assert_eq!(Source::Bytes(&long[..99_999]).check_encoding(), Err(FileProblem::NotUtf8 { line: 1, byte: 99_999 }));
    }

    #[test]
    fn half_a_line_is_a_row_with_an_error() {
        let (rows, result) = read(b"id,title,year\na,T,2020\nb,U\nc,V,2021\n");
        assert_eq!(result, Ok(()));
        assert_eq!(rows[1].fields, Err(Code::Cells { expected: 3, found: 2 }));
        assert!(rows[2].fields.is_ok());
        let (rows, _) = read(b"[1, {}]");
        assert_eq!(rows[0].fields, Err(Code::NotARow));
    }
}
