//! Attached files, in English.

use crate::attachments::lifecycle::State;
use crate::attachments::model::Kind;
use crate::attachments::rules::{Advice, FileError};
use crate::text::attachments::Attachments;

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "PDF",
        Kind::Docx => "Word document",
        Kind::Xlsx => "Excel sheet",
        Kind::Odt => "OpenDocument text",
        Kind::Png => "PNG picture",
        Kind::Jpeg => "JPEG picture",
    }
}

pub const ATTACHMENTS: Attachments = Attachments {
    none: "No files are attached.",
    kind,
    state: |state| match state {
        State::Unscanned => "Attached",
        State::Waiting => "Waits to be checked",
        State::Approved => "Checked",
        State::Quarantined => "Stopped",
    },
    says: |state, finding| match state {
        State::Unscanned | State::Approved => String::new(),
        State::Waiting => {
            "The file is received and counts as attached. It can be opened here once it is checked for harmful code.".to_owned()
        }
        State::Quarantined => {
            format!("The file holds harmful code ({finding}) and does not count. Remove it and attach a clean one.")
        }
    },
    advice: |advice| match advice {
        Advice::NoText => {
            "The PDF seems to hold only pictures of text. Save it from the program that it was written in, or have its text recognised, so that it can be read aloud and searched."
        }
        Advice::Untagged => "The PDF has no tags, which show what is a heading or a table. Save it again as an accessible or tagged PDF.",
        Advice::NoTitle => "The PDF has no title. Give it one in the properties of the document before you save it as PDF.",
        Advice::NoLanguage => {
            "The PDF does not say which language it is in. Set the language in the word processor before you save it as PDF."
        }
    },
    advice_title: "How the file becomes easier to read (you need not change anything)",
    remove: "Remove",
    choose: "Choose a file",
    hint: |megabytes| format!("PDF, Word (docx), Excel (xlsx), OpenDocument (odt), PNG or JPEG. {megabytes} MB at most."),
    wrong: |error| match error {
        FileError::Missing => "Choose a file".to_owned(),
        FileError::Empty => "The file is empty. Choose one that holds something".to_owned(),
        FileError::TooLarge(megabytes) => format!("The file must be {megabytes} MB or smaller. Split it, or save it with smaller pictures"),
        FileError::BrokenOff => "The transfer broke off. Choose the file once more".to_owned(),
        FileError::Kind => "The file must be PDF, Word (docx), Excel (xlsx), OpenDocument (odt), PNG or JPEG".to_owned(),
        FileError::Program => "The file is a program, whatever it is called. Choose a document or a picture".to_owned(),
        FileError::Name(is) => {
            format!("The name of the file says something else than what it is: {}. Choose the right file, or name it right", kind(is))
        }
        FileError::Damaged(is) => format!("The file looks like {} and is not whole. Save it again and choose it once more", kind(is)),
        FileError::Macros => "The file holds macros. Save it without them, or as PDF".to_owned(),
        FileError::Bomb => "The file unpacks to more than a document does. Save it again, preferably as PDF".to_owned(),
        FileError::Locked => "The file is locked with a password. Save it without one and choose it again".to_owned(),
        FileError::TooMany(most) => format!("There must be {most} files or fewer here. Remove one first"),
    },
};
