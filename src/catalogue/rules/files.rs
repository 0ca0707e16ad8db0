//! What may become an edition's file: judged by what is in it, never by its name. The functions see a file's beginning and end;
//! `actions::files` reads those parts from where uploads wait.

use crate::catalogue::model::EditionForm;
use crate::kit::slugify;

/// Names of the forms' fields.
pub mod field {
    pub const EDITION: &str = "utgava";
    pub const VERSION: &str = "version";
    pub const FILE: &str = "fil";
    pub const WHAT: &str = "vad";
}

/// How much of a file's end is read: a ZIP's comment may be 65 535 bytes.
pub const TAIL: u64 = 66 * 1024;

/// The longest list of a ZIP's parts that is looked through.
pub const LONGEST_DIRECTORY: u64 = 4 * 1024 * 1024;

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    Missing,
    Empty,
    TooLarge,
    BrokenOff,
    /// Neither PDF nor EPUB.
    Kind,
    /// A PDF where an EPUB belongs, or the other way round.
    OtherForm,
    /// It begins as what it should be and does not end so: cut off or damaged.
    Damaged,
    /// Another edition of the work has a file with this name.
    Name,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Epub,
}

impl Kind {
    /// By the first bytes (ISO 32000-2, 7.5.2; EPUB OCF 3.3, 4.2).
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] if head.get(30..58) == Some(b"mimetypeapplication/epub+zip") => Some(Self::Epub),
            _ => None,
        }
    }

    /// What editions of a form offer; none for those that offer no file.
    pub const fn for_form(form: EditionForm) -> Option<Self> {
        match form {
            EditionForm::Pdf => Some(Self::Pdf),
            EditionForm::Epub => Some(Self::Epub),
            EditionForm::Print | EditionForm::Web => None,
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Epub => "application/epub+zip",
        }
    }

    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Epub => "epub",
        }
    }
}

/// Where a PDF's table of objects begins, as its end says (ISO 32000-2, 7.5.5); none when it does not end as a PDF does.
pub fn pdf_table(tail: &[u8], size: u64) -> Option<u64> {
    let end = last(tail, b"%%EOF")?;
    let start = last(&tail[..end], b"startxref")?;
    let number = std::str::from_utf8(tail.get(start + b"startxref".len()..end)?).ok()?.trim().parse().ok()?;
    (number < size).then_some(number)
}

/// Whether a table of objects begins here: the word `xref`, or the number of an object that holds it.
pub fn is_pdf_table(at: &[u8]) -> bool {
    let at = at.trim_ascii_start();
    at.starts_with(b"xref") || (at.first().is_some_and(u8::is_ascii_digit) && last(&at[..at.len().min(40)], b"obj").is_some())
}

/// Where a ZIP's list of parts lies, as its end says: first byte and length (APPNOTE 4.3.16).
pub fn zip_directory(tail: &[u8], size: u64) -> Option<(u64, u64)> {
    let end = tail.get(last(tail, b"PK\x05\x06")?..)?;
    let number = |at: usize| Some(u64::from(u32::from_le_bytes(end.get(at..at + 4)?.try_into().ok()?)));
    let (length, start) = (number(12)?, number(16)?);
    (start + length <= size && length <= LONGEST_DIRECTORY).then_some((start, length))
}

/// Whether the list of parts names what every EPUB has (OCF 3.3, 4.2.6.3).
pub fn is_epub_directory(directory: &[u8]) -> bool {
    directory.starts_with(b"PK\x01\x02") && last(directory, b"META-INF/container.xml").is_some()
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// The name that readers save a file under: made of letters that every address and every disk takes.
pub fn file_name(sent: &str, otherwise: &str, kind: Kind) -> String {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    // `citera.bib` and its like are addresses of their own.
    let stem = slugify(stem).map(|slug| slug.as_str().to_owned()).filter(|stem| stem != "citera");
    format!("{}.{}", stem.unwrap_or_else(|| otherwise.to_owned()), kind.ending())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n27\n%%EOF\n";

    #[test]
    fn a_pdf_begins_and_ends_as_one() {
        assert_eq!(Kind::of(PDF), Some(Kind::Pdf));
        let table = pdf_table(PDF, PDF.len() as u64);
        assert_eq!(table, Some(27));
        assert!(is_pdf_table(&PDF[27..]));
        assert!(is_pdf_table(b"12 0 obj <</Type /XRef"));
        assert!(!is_pdf_table(b"1234567") && !is_pdf_table(b""));
        let cut = &PDF[..PDF.len() - 10];
        assert_eq!(pdf_table(cut, cut.len() as u64), None);
        assert_eq!(pdf_table(b"startxref\n9999\n%%EOF", 20), None, "beyond the end");
        for other in [&b"\x89PNG\r\n"[..], b"<html>%PDF-", b"PK\x03\x04", b""] {
            assert_eq!(Kind::of(other), None);
        }
    }

    #[test]
    fn names_are_made_to_be_saved() {
        let name = |sent: &str| file_name(sent, "verket", Kind::Pdf);
        assert_eq!(name("Umeå växer (slutlig).PDF"), "umea-vaxer-slutlig.pdf");
        assert_eq!(name("C:\\Rapporter\\r1.exe"), "r1.pdf");
        assert_eq!((name("???"), name(""), name("citera.bib")), ("verket.pdf".into(), "verket.pdf".into(), "verket.pdf".into()));
        assert_eq!(file_name("bok", "verket", Kind::Epub), "bok.epub");
    }

    proptest! {
        /// Whatever comes, looking at it ends well.
        #[test]
        fn nothing_that_comes_makes_it_fall(bytes in prop::collection::vec(any::<u8>(), 0..400), size in 0_u64..1000) {
            let _ = (Kind::of(&bytes), pdf_table(&bytes, size), is_pdf_table(&bytes), is_epub_directory(&bytes));
            if let Some((start, length)) = zip_directory(&bytes, size) {
                prop_assert!(start + length <= size);
            }
        }

        #[test]
        fn every_name_can_be_an_address(sent in "\\PC{0,80}") {
            let name = file_name(&sent, "verket", Kind::Pdf);
            prop_assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte)), "{}", name);
            prop_assert!(name.len() < 110);
        }
    }
}
