use crate::text::import::{FileTexts, Import, NoteTexts, ProblemTexts};

pub const IMPORT: Import = Import {
    checked: |rows| format!("Checked {rows} rows"),
    written: |rows| format!("Wrote {rows} rows"),
    done: |new, changed, unchanged| format!("Done. New publications: {new}. Changed: {changed}. Unchanged: {unchanged}."),
    dry_run: |new, changed, unchanged| {
        format!("The file can be imported. Nothing was written. New publications: {new}. Changed: {changed}. Unchanged: {unchanged}.")
    },
    stock_stays: "The stock of editions that were here before is kept: the file's stock counts for new editions only.",
    refused: |bad_rows, rows, problems| {
        format!(
            "Nothing was imported. {bad_rows} of {rows} rows have errors ({problems} errors in all). Correct the file and import it again."
        )
    },
    more: |more| format!("… and {more} more."),
    place: |row, key, field| match (key, field) {
        ("", "") => format!("Row {row}: "),
        ("", field) => format!("Row {row}, field {field}: "),
        (key, "") => format!("Row {row} ({key}): "),
        (key, field) => format!("Row {row} ({key}), field {field}: "),
    },
    stood: |value| format!(" It says “{value}”."),
    note: "Note: ",
    problem: ProblemTexts {
        not_a_row: "This is no publication. Enter an object with the fields between { and }.",
        cells: |expected, found| {
            format!(
                "The row has {found} cells but the header {expected}. Check that the row is whole and that text with commas stands in quotation marks."
            )
        },
        missing: "The field is missing. Fill it in.",
        too_long: |longest| format!("The text is too long. Shorten it to at most {longest} characters."),
        placeholder: |found| {
            format!("The text is not finished: {found} is a field that was never filled in. Write the real text or remove the field.")
        },
        not_text: "This must be a text.",
        not_a_list: "This must be a list.",
        not_an_object: "Each part of the list must be an object with its fields between { and }.",
        not_a_number: "This must be a whole number, written in digits.",
        not_yes_or_no: "This must be true or false.",
        bounds: |least, most| format!("The value must be between {least} and {most}."),
        isbn_characters: "An ISBN has only digits, hyphens and sometimes an X at the end. Write one number at a time.",
        isbn_length: "An ISBN has 10 or 13 digits. Check that the number is whole.",
        isbn_prefix: "An ISBN of 13 digits begins with 978 or 979.",
        check_digit: |expected| {
            format!(
                "The check digit is wrong: it would be {expected} if the other digits are right. Compare with the number in the publication."
            )
        },
        too_many_isbns: "Enter at most two ISBNs, first that of the printed edition and then that of the PDF. If the work has more editions, use the field editions.",
        issn_form: "An ISSN has eight characters, for example 1100-6676.",
        urn_form: "A URN is written like urn:nbn:se:bra-528.",
        date_form: "Enter the date as 2021, 2021-03 or 2021-03-15.",
        years_differ: "The fields received and received_year tell different years. Remove one or correct it.",
        price_form: "Enter the price in kronor, for example 95 or 120.50.",
        vat_rate: "The VAT rate must be 0, 6, 12 or 25 per cent.",
        language: "Enter the language in two or three letters, for example sv or en.",
        form: "The form must be print, pdf, epub or web.",
        address: "Enter a whole web address that begins with https:// or http://.",
        file_name: "Enter only the file's name, without folders.",
        file_missing: "There is no such file. Put it into the folder files beside the import file.",
        file_unreadable: "The file cannot be read. Check that it is not locked.",
        file_kind: "The file is neither PDF nor EPUB.",
        repeated: |row| format!("Row {row} has the same value already. Remove one of the rows or correct the value."),
        taken: |title, key| {
            format!(
                "The value belongs to “{title}” ({key}) in the catalogue already. Check which of the publications it is for, and correct the other."
            )
        },
    },
    notes: NoteTexts {
        unknown_field: "The field is unknown and is not read. Check the spelling.",
        unknown_kind: "The publication type is unknown and shown as other.",
        not_for_sale: "The publication has a price but cannot be ordered, since it lacks ISBN, VAT or word that it is in print.",
    },
    file: FileTexts {
        unreadable: |reason| format!("The file cannot be read: {reason}"),
        empty: "The file is empty.",
        not_utf8: |line, byte| {
            format!("The file is not written in UTF-8: line {line} (byte {byte}) cannot be read. Save the file anew in the encoding UTF-8.")
        },
        utf16: "The file is written in UTF-16. Save it anew in the encoding UTF-8.",
        not_json: |line, column| {
            format!(
                "The file is not JSON: it goes wrong at line {line}, character {column}. Check commas, quotation marks and brackets there."
            )
        },
        not_a_list: "The file is JSON but no list. Put [ before the first publication and ] after the last.",
        cut_off: |row| format!("The file ends in the middle of publication {row}. Fetch or save the file anew, so that it is whole."),
        header: |missing| format!("The first row must hold the names of the fields, but {missing} is missing there."),
        header_twice: |name| format!("The first row has the field {name} twice. Remove one of them."),
        not_csv: |line| format!("Line {line} of the file cannot be read as CSV. Check the quotation marks there."),
    },
    needs_two: "Nothing was imported: the file has evaluations, and whoever uploaded it confirmed it too. Upload it again, and let another editor confirm it.",
    changed_meanwhile: "Nothing was imported: the file or the catalogue changed meanwhile. Run the import again.",
    not_stored: |reason| format!("Nothing was imported: a file could not be stored ({reason})."),
    demo_loaded: |works| format!("The catalogue now holds {works} publications to try."),
};
