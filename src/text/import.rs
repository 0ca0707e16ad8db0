//! Sentences of the report that an import gives: where in the file, what is wrong, how to mend it.

pub struct Import {
    pub checked: fn(rows: u64) -> String,
    pub written: fn(rows: u64) -> String,
    pub done: fn(new: u64, changed: u64, unchanged: u64) -> String,
    pub dry_run: fn(new: u64, changed: u64, unchanged: u64) -> String,
    pub stock_stays: &'static str,
    pub refused: fn(bad_rows: u64, rows: u64, problems: u64) -> String,
    pub more: fn(more: u64) -> String,
    /// Begins a sentence about a row; key and field may be empty.
    pub place: fn(row: u64, key: &str, field: &str) -> String,
    pub stood: fn(value: &str) -> String,
    pub note: &'static str,
    pub problem: ProblemTexts,
    pub notes: NoteTexts,
    pub file: FileTexts,
    pub changed_meanwhile: &'static str,
    pub needs_two: &'static str,
    pub not_stored: fn(reason: &str) -> String,
    pub demo_loaded: fn(works: u64) -> String,
}

/// What can be wrong in a row, and how to mend it.
pub struct ProblemTexts {
    pub not_a_row: &'static str,
    pub cells: fn(expected: u64, found: u64) -> String,
    pub missing: &'static str,
    pub too_long: fn(longest: usize) -> String,
    pub placeholder: fn(found: &str) -> String,
    pub not_text: &'static str,
    pub not_a_list: &'static str,
    pub not_an_object: &'static str,
    pub not_a_number: &'static str,
    pub not_yes_or_no: &'static str,
    pub bounds: fn(least: i64, most: i64) -> String,
    pub isbn_characters: &'static str,
    pub isbn_length: &'static str,
    pub isbn_prefix: &'static str,
    pub check_digit: fn(expected: char) -> String,
    pub too_many_isbns: &'static str,
    pub issn_form: &'static str,
    pub urn_form: &'static str,
    pub date_form: &'static str,
    pub years_differ: &'static str,
    pub price_form: &'static str,
    pub vat_rate: &'static str,
    pub language: &'static str,
    pub form: &'static str,
    pub address: &'static str,
    pub file_name: &'static str,
    pub file_missing: &'static str,
    pub file_unreadable: &'static str,
    pub file_kind: &'static str,
    pub repeated: fn(row: u64) -> String,
    pub taken: fn(title: &str, key: &str) -> String,
}

/// What is worth a note though the row is taken.
pub struct NoteTexts {
    pub unknown_field: &'static str,
    pub unknown_kind: &'static str,
    pub not_for_sale: &'static str,
}

/// Why the file as a whole could not be read.
pub struct FileTexts {
    pub unreadable: fn(reason: &str) -> String,
    pub empty: &'static str,
    pub not_utf8: fn(line: u64, byte: u64) -> String,
    pub utf16: &'static str,
    pub not_json: fn(line: u64, column: u64) -> String,
    pub not_a_list: &'static str,
    pub cut_off: fn(row: u64) -> String,
    pub header: fn(missing: &str) -> String,
    pub header_twice: fn(name: &str) -> String,
    pub not_csv: fn(line: u64) -> String,
}
