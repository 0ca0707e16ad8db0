//! What may be attached: judged by what is in a file and never by its name alone. The name must fit what is there, so that whoever opens it
//! opens what they think.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::model::Kind;
use crate::platform::pdf_look::Seen;
use crate::web::upload::FileFault;

/// Most parts of a document that is a ZIP, and most bytes that they unpack to: far more than a document has, far less than a bomb.
const MOST_PARTS: usize = 5_000;
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

/// Longest name that is kept, in characters, its ending aside.
const LONGEST_NAME: usize = 120;

/// What would make a PDF easier to read for everybody. Nothing of it stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// There are only pictures of text.
    NoText,
    Untagged,
    NoTitle,
    NoLanguage,
}

/// What to think of, about a PDF in which so much was seen.
pub fn advice(seen: &Seen) -> Vec<Advice> {
    let all = [
        (Advice::NoText, !seen.text),
        (Advice::Untagged, !seen.tagged),
        (Advice::NoTitle, !seen.title),
        (Advice::NoLanguage, !seen.language),
    ];
    all.into_iter().filter_map(|(advice, applies)| applies.then_some(advice)).collect()
}

/// What is wrong with a file, each with its own sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    Missing,
    Empty,
    /// Larger than so many megabytes.
    TooLarge(u64),
    BrokenOff,
    /// None of the kinds that are taken.
    Kind,
    /// A program, whatever its name says.
    Program,
    /// Its name says that it is something else.
    Name(Kind),
    /// It begins as what it should be and is not whole.
    Damaged(Kind),
    /// It holds programs of its own.
    Macros,
    /// It unpacks to more than any document.
    Bomb,
    /// A password is needed to open it.
    Locked,
    /// There are as many as there may be.
    TooMany(u8),
}

impl FileError {
    /// What a fault of the sending is called here.
    pub fn of(fault: FileFault, megabytes: u64) -> Self {
        match fault {
            FileFault::Missing => Self::Missing,
            FileFault::Empty => Self::Empty,
            FileFault::TooLarge => Self::TooLarge(megabytes),
            FileFault::BrokenOff => Self::BrokenOff,
        }
    }
}

/// What a file is, if it may be attached. Takes a while: not for a thread that answers requests.
///
/// # Errors
/// Why it may not.
pub fn judge(name: &str, bytes: &[u8]) -> Result<Kind, FileError> {
    let kind = match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf(bytes)?,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => whole(Kind::Png, bytes.ends_with(b"IEND\xaeB`\x82"))?,
        [0xff, 0xd8, 0xff, ..] => whole(Kind::Jpeg, bytes.windows(2).rev().take(4096).any(|end| end == [0xff, 0xd9]))?,
        [b'P', b'K', 3, 4, ..] => document(bytes)?,
        [b'M', b'Z', ..] | [0x7f, b'E', b'L', b'F', ..] | [b'#', b'!', ..] | [0xca | 0xcf, 0xfe | 0xfa, ..] => {
            return Err(FileError::Program);
        }
        // The old formats of Word and Excel, which is also how their newer ones look behind a password.
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
            let locked = bytes.windows(encrypted.len()).any(|part| part == encrypted);
            return Err(if locked { FileError::Locked } else { FileError::Kind });
        }
        _ => return Err(FileError::Kind),
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let fits = match kind {
        Kind::Jpeg => ["jpg", "jpeg", ""].contains(&ending.as_str()),
        kind => [kind.ending(), ""].contains(&ending.as_str()),
    };
    if fits { Ok(kind) } else { Err(FileError::Name(kind)) }
}

fn whole(kind: Kind, whole: bool) -> Result<Kind, FileError> {
    if whole { Ok(kind) } else { Err(FileError::Damaged(kind)) }
}

/// A PDF ends with its mark (ISO 32000-2, 7.5.5); one that names how it is enciphered in its trailer is locked (7.6).
fn pdf(bytes: &[u8]) -> Result<Kind, FileError> {
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or(bytes);
    if !tail.windows(5).any(|part| part == b"%%EOF") {
        return Err(FileError::Damaged(Kind::Pdf));
    }
    let names = |dictionary: &[u8]| dictionary.windows(8).any(|part| part == b"/Encrypt");
    let mut rest = bytes;
    while let Some(at) = rest.windows(7).position(|part| part == b"trailer") {
        let dictionary = rest.get(at..(at + 4096).min(rest.len())).unwrap_or_default();
        let end = dictionary.windows(9).position(|part| part == b"startxref").unwrap_or(dictionary.len());
        if names(dictionary.get(..end).unwrap_or_default()) {
            return Err(FileError::Locked);
        }
        rest = rest.get(at + 7..).unwrap_or_default();
    }
    // In newer files the trailer is the dictionary of a cross-reference stream.
    let mut rest = bytes;
    while let Some(at) = rest.windows(5).position(|part| part == b"/XRef") {
        let start = at.saturating_sub(1024);
        let dictionary = rest.get(start..(at + 1024).min(rest.len())).unwrap_or_default();
        let end = dictionary.windows(6).position(|part| part == b"stream").unwrap_or(dictionary.len());
        if names(dictionary.get(..end).unwrap_or_default()) {
            return Err(FileError::Locked);
        }
        rest = rest.get(at + 5..).unwrap_or_default();
    }
    Ok(Kind::Pdf)
}

/// A document that is a ZIP: its parts are unpacked and counted, whatever its directory says of their size.
fn document(bytes: &[u8]) -> Result<Kind, FileError> {
    let damaged = |_| FileError::Kind;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(FileError::Bomb);
    }
    let (mut unpacked, mut mimetype, mut names) = (0_u64, Vec::new(), Vec::new());
    for index in 0..archive.len() {
        let part = match archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(why)) if why.contains("assword") => return Err(FileError::Locked),
            Err(_) => return Err(FileError::Kind),
        };
        let name = part.name().map_err(|_| FileError::Kind)?.into_owned();
        let mut room = part.take(MOST_UNPACKED + 1 - unpacked);
        let mut sink = [0_u8; 16 * 1024];
        let mut first = Vec::new();
        loop {
            match room.read(&mut sink) {
                Ok(0) => break,
                Ok(read) => {
                    unpacked += read as u64;
                    if unpacked > MOST_UNPACKED {
                        return Err(FileError::Bomb);
                    }
                    if name == "mimetype" && first.len() < 200 {
                        first.extend_from_slice(sink.get(..read).unwrap_or_default());
                    }
                }
                Err(_) => return Err(FileError::Damaged(kind_of(&names).unwrap_or(Kind::Docx))),
            }
        }
        if name == "mimetype" {
            mimetype = first;
        }
        names.push(name);
    }
    if names.iter().any(|name| name.to_lowercase().ends_with("vbaproject.bin") || name.starts_with("Basic/")) {
        return Err(FileError::Macros);
    }
    if mimetype.starts_with(Kind::Odt.media_type().as_bytes()) && names.iter().any(|name| name == "content.xml") {
        return Ok(Kind::Odt);
    }
    kind_of(&names).ok_or(FileError::Kind)
}

fn kind_of(names: &[String]) -> Option<Kind> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    match (has("[Content_Types].xml"), has("word/document.xml"), has("xl/workbook.xml")) {
        (true, true, false) => Some(Kind::Docx),
        (true, false, true) => Some(Kind::Xlsx),
        _ => None,
    }
}

/// What a file is saved as: the last part of the name that it came with, without what a disk or a reader stumbles over, å ä ö kept.
pub fn saved_as(sent: &str, kind: Kind) -> String {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let hidden =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let kept: String = stem.chars().filter(|c| !hidden(*c) && !"<>:\"|?*".contains(*c)).collect();
    let kept: String = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept: String = kept.trim_matches('.').chars().take(LONGEST_NAME).collect();
    let stem = if kept.is_empty() { "fil" } else { &kept };
    format!("{stem}.{}", kind.ending())
}

/// What browsers offer to choose among.
pub const ACCEPTED: &str = ".pdf,.docx,.xlsx,.odt,.png,.jpg,.jpeg";

#[cfg(test)]
pub mod tests {
    use std::io::Write;

    use proptest::prelude::*;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    /// A ZIP of parts, as word processors make them.
    pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

    fn docx() -> Vec<u8> {
        packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")])
    }

    #[test]
    fn each_kind_is_known_by_what_is_in_it() {
        assert_eq!(judge("a.pdf", PDF), Ok(Kind::Pdf));
        assert_eq!(judge("A.DOCX", &docx()), Ok(Kind::Docx));
        assert_eq!(judge("utan ändelse", &docx()), Ok(Kind::Docx));
        let xlsx = packed(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")]);
        assert_eq!(judge("a.xlsx", &xlsx), Ok(Kind::Xlsx));
        let odt = packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a/>")]);
        assert_eq!(judge("a.odt", &odt), Ok(Kind::Odt));
        assert_eq!(judge("a.png", b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"), Ok(Kind::Png));
        assert_eq!(judge("a.jpeg", b"\xff\xd8\xff\xe0....\xff\xd9"), Ok(Kind::Jpeg));
    }

    #[test]
    fn what_is_something_else_is_refused_and_says_why() {
        assert_eq!(judge("lagesbild.pdf", b"MZ\x90\x00 a program"), Err(FileError::Program));
        assert_eq!(judge("a.pdf", b"\x7fELF...."), Err(FileError::Program));
        assert_eq!(judge("a.pdf", b"<html></html>"), Err(FileError::Kind));
        assert_eq!(judge("a.docx", PDF), Err(FileError::Name(Kind::Pdf)));
        assert_eq!(judge("a.exe", &docx()), Err(FileError::Name(Kind::Docx)));
        assert_eq!(judge("a.pdf", &PDF[..40]), Err(FileError::Damaged(Kind::Pdf)));
        assert_eq!(judge("a.png", b"\x89PNG\r\n\x1a\n...."), Err(FileError::Damaged(Kind::Png)));
        let macros = packed(&[("[Content_Types].xml", b""), ("word/document.xml", b""), ("word/vbaProject.bin", b"x")]);
        assert_eq!(judge("a.docx", &macros), Err(FileError::Macros));
        assert_eq!(judge("a.docx", &packed(&[("annat.txt", b"x")])), Err(FileError::Kind));
    }

    #[test]
    fn locked_files_are_named_as_such() {
        let locked = b"%PDF-1.7\ntrailer\n<< /Root 1 0 R /Encrypt 5 0 R >>\nstartxref\n9\n%%EOF\n";
        assert_eq!(judge("a.pdf", locked), Err(FileError::Locked));
        let newer = b"%PDF-1.7\n7 0 obj\n<< /Type /XRef /Encrypt 5 0 R /W [1 2 1] >>\nstream\n....\nendstream\nstartxref\n9\n%%EOF\n";
        assert_eq!(judge("a.pdf", newer), Err(FileError::Locked));
        // A text that speaks of it is not locked.
        let speaks = b"%PDF-1.7\n1 0 obj\n(om /Encrypt)\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";
        assert_eq!(judge("a.pdf", speaks), Ok(Kind::Pdf));
        let mut old = vec![0xd0, 0xcf, 0x11, 0xe0];
        old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(judge("a.docx", &old), Err(FileError::Locked));
    }

    #[test]
    fn a_bomb_is_not_unpacked_to_its_end() {
        let zeros = vec![0; 64 * 1024 * 1024];
        let bomb = packed(&[("[Content_Types].xml", &zeros), ("word/document.xml", &zeros), ("a", &zeros), ("b", &zeros), ("c", &zeros)]);
        assert!(bomb.len() < 1024 * 1024);
        assert_eq!(judge("a.docx", &bomb), Err(FileError::Bomb));
    }

    #[test]
    fn names_are_saved_so_that_people_know_them_again() {
        assert_eq!(saved_as("Lägesbild Åby ö.PDF", Kind::Pdf), "Lägesbild Åby ö.pdf");
        assert_eq!(saved_as("C:\\hem\\..\\hemligt.docx", Kind::Docx), "hemligt.docx");
        assert_eq!(saved_as("../../etc/passwd", Kind::Pdf), "passwd.pdf");
        assert_eq!(saved_as("faktura\u{202e}fdp.exe.pdf", Kind::Pdf), "fakturafdp.exe.pdf");
        assert_eq!(saved_as(".pdf", Kind::Pdf), "fil.pdf");
        assert_eq!(saved_as(&format!("{}.pdf", "å".repeat(200)), Kind::Pdf), format!("{}.pdf", "å".repeat(LONGEST_NAME)));
    }

    proptest! {
        /// Whatever comes, it is judged without falling over, and the name is one that every disk takes.
        #[test]
        fn anything_is_judged(name in "\\PC{0,60}", bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0_usize..6) {
            let heads: [&[u8]; 6] = [b"", b"%PDF-", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0"];
            let _ = judge(&name, &[heads[head], &bytes].concat());
            let saved = saved_as(&name, Kind::Pdf);
            prop_assert!(!saved.contains(['/', '\\', '\0', '\n']) && saved.ends_with(".pdf") && saved.chars().count() <= LONGEST_NAME + 4);
        }
    }
}
