//! An import's report in words: each code has its sentence, with where it is and how to mend it.

use super::{FileProblem, ImportError, InRow, Progress, Report};
use crate::catalogue::rules::{Code, Note, NoteCode, Problem};
use crate::kit::{IsbnError, IssnError, Lang};
use crate::text::{self, Import};

/// The lines of a report.
pub fn lines(report: &Report, dry_run: bool, lang: Lang) -> Vec<String> {
    let text = text::import(lang);
    let mut lines: Vec<String> = report.notes.iter().map(|note| note_line(note, text)).collect();
    lines.extend(more(report.note_count, report.notes.len(), text));
    lines.extend(report.problems.iter().map(|problem| problem_line(problem, text)));
    lines.extend(more(report.problem_count, report.problems.len(), text));
    let Report { new, changed, unchanged, .. } = *report;
    if report.bad_rows > 0 {
        lines.push((text.refused)(report.bad_rows, report.rows, report.problem_count));
    } else if dry_run {
        lines.push((text.dry_run)(new, changed, unchanged));
    } else {
        lines.push((text.done)(new, changed, unchanged));
        if changed > 0 {
            lines.push(text.stock_stays.to_owned());
        }
    }
    lines
}

/// How far it has come, at every thousandth row.
pub fn progress(progress: Progress, lang: Lang) -> Option<String> {
    let text = text::import(lang);
    match progress {
        Progress::Checked(rows) if rows.is_multiple_of(1000) => Some((text.checked)(rows)),
        Progress::Written(rows) if rows.is_multiple_of(1000) => Some((text.written)(rows)),
        _ => None,
    }
}

/// Why there is no report.
pub fn failure(error: &ImportError, lang: Lang) -> String {
    let text = text::import(lang);
    match error {
        ImportError::File(problem) => file_sentence(problem, text),
        ImportError::ChangedMeanwhile => text.changed_meanwhile.to_owned(),
        ImportError::NeedsTwo => text.needs_two.to_owned(),
        ImportError::Files(reason) => (text.not_stored)(reason),
        ImportError::Store(error) => error.to_string(),
    }
}

fn more(count: u64, shown: usize, text: &Import) -> Option<String> {
    let more = count.saturating_sub(shown as u64);
    (more > 0).then(|| (text.more)(more))
}

fn problem_line(at: &InRow<Problem>, text: &Import) -> String {
    let Problem { field, code, value } = &at.what;
    let place = (text.place)(at.row, at.key.as_deref().unwrap_or_default(), field);
    let stood = if value.is_empty() { String::new() } else { (text.stood)(value) };
    format!("{place}{}{stood}", sentence(code, text))
}

fn note_line(at: &InRow<Note>, text: &Import) -> String {
    let Note { field, code, value } = &at.what;
    let place = (text.place)(at.row, at.key.as_deref().unwrap_or_default(), field);
    let sentence = match code {
        NoteCode::UnknownField => text.notes.unknown_field,
        NoteCode::UnknownKind => text.notes.unknown_kind,
        NoteCode::NotForSale => text.notes.not_for_sale,
    };
    format!("{}{place}{sentence}{}", text.note, (text.stood)(value))
}

pub(in crate::catalogue) fn sentence(code: &Code, text: &Import) -> String {
    let texts = &text.problem;
    let plain = match code {
        Code::Cells { expected, found } => return (texts.cells)(*expected, *found),
        Code::TooLong(longest) => return (texts.too_long)(*longest),
        Code::Placeholder(found) => return (texts.placeholder)(found),
        Code::Bounds { least, most } => return (texts.bounds)(*least, *most),
        Code::Isbn(IsbnError::CheckDigit { expected }) | Code::Issn(IssnError::CheckDigit { expected }) => {
            return (texts.check_digit)(*expected);
        }
        Code::Repeated { row } => return (texts.repeated)(*row),
        Code::Taken { key, title } => return (texts.taken)(title, key),
        Code::NotARow => texts.not_a_row,
        Code::Missing => texts.missing,
        Code::NotText => texts.not_text,
        Code::NotAList => texts.not_a_list,
        Code::NotAnObject => texts.not_an_object,
        Code::NotANumber => texts.not_a_number,
        Code::NotYesOrNo => texts.not_yes_or_no,
        Code::Isbn(IsbnError::Empty | IsbnError::Character) => texts.isbn_characters,
        Code::Isbn(IsbnError::Length) => texts.isbn_length,
        Code::Isbn(IsbnError::Prefix) => texts.isbn_prefix,
        Code::TooManyIsbns => texts.too_many_isbns,
        Code::Issn(IssnError::Empty | IssnError::Character | IssnError::Length) => texts.issn_form,
        Code::Urn(_) => texts.urn_form,
        Code::Date(_) => texts.date_form,
        Code::YearsDiffer => texts.years_differ,
        Code::Price(_) => texts.price_form,
        Code::VatRate => texts.vat_rate,
        Code::Language => texts.language,
        Code::Form => texts.form,
        Code::Address => texts.address,
        Code::FileName => texts.file_name,
        Code::FileMissing => texts.file_missing,
        Code::FileUnreadable => texts.file_unreadable,
        Code::FileKind => texts.file_kind,
    };
    plain.to_owned()
}

fn file_sentence(problem: &FileProblem, text: &Import) -> String {
    let texts = &text.file;
    match problem {
        FileProblem::Unreadable(reason) => (texts.unreadable)(reason),
        FileProblem::Empty => texts.empty.to_owned(),
        FileProblem::NotUtf8 { line, byte } => (texts.not_utf8)(*line, *byte),
        FileProblem::Utf16 => texts.utf16.to_owned(),
        FileProblem::NotJson { line, column } => (texts.not_json)(*line, *column),
        FileProblem::NotAList => texts.not_a_list.to_owned(),
        FileProblem::CutOff { row } => (texts.cut_off)(*row),
        FileProblem::Header { missing } => (texts.header)(&missing.join(", ")),
        FileProblem::HeaderTwice { name } => (texts.header_twice)(name),
        FileProblem::NotCsv { line } => (texts.not_csv)(*line),
    }
}
