//! Tables as files for spreadsheets: semicolons and a byte order mark, as a Swedish spreadsheet expects them.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A value as a spreadsheet must read it. What begins as a formula is given an apostrophe, so that what a buyer typed is
/// never run on the desk of who opens the file (OWASP, CSV injection).
fn value(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    // A plain number below zero computes nothing.
    let digits = text.strip_prefix('-').unwrap_or_default();
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let formula = formula && !number || text.trim_start_matches(' ').starts_with(['\t', '\r', '\n']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ';', '\n', '\r', ',']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn line(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|text| value(text)).collect();
    format!("{}\r\n", values.join(";"))
}

/// The whole file.
pub fn file(columns: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("\u{feff}{}", line(columns));
    for row in rows {
        text.push_str(&line(&row));
    }
    text
}

/// The file as an answer that browsers save; kept in no cache.
pub fn answer(name: &str, columns: &[String], rows: impl Iterator<Item = Vec<String>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (StatusCode::OK, headers, Body::from(file(columns, rows))).into_response()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_that_was_typed_is_run() {
        for text in ["=1+1", "+46", "-1+1", "-a", "@SUM", "\t=1", " =1", "\u{ff1d}1"] {
            assert!(value(text).trim_matches('"').starts_with('\''), "{text:?} {}", value(text));
        }
        assert_eq!(value("-95,50"), "\"-95,50\"");
        assert_eq!(value("Åsa; \"Öberg\""), "\"Åsa; \"\"Öberg\"\"\"");
        assert_eq!(file(&["a".to_owned()], std::iter::once(vec!["b".to_owned()])), "\u{feff}a\r\nb\r\n");
    }

    proptest! {
        #[test]
        fn no_value_begins_as_a_formula(text in "[=+@\\-\\t\\r\\na;\" ]{0,8}") {
            let written = value(&text);
            // As a spreadsheet reads it: without the quotes around it, and a doubled one as one.
            let read = written.strip_prefix('"').unwrap_or(&written).trim_start_matches(' ');
            prop_assert!(!read.starts_with(['=', '+', '-', '@', '\t', '\r']), "{written:?}");
        }
    }
}
