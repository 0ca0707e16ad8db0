//! Attached files.

use sqlx::FromRow;

use super::lifecycle::State;
use crate::kit::codes::codes;
use crate::kit::{Id, Instant};

codes! {
    /// What a file is, by what is in it.
    Kind {
        Pdf = "pdf",
        Docx = "docx",
        Xlsx = "xlsx",
        Odt = "odt",
        Png = "png",
        Jpeg = "jpeg",
    }
}

impl Kind {
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// How its name ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Odt => "odt",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }
}

/// A file that belongs to something.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Attachment {
    pub id: Id,
    /// What it belongs to, `application:<id>`.
    pub owner: String,
    /// What it answers there.
    pub slot: String,
    /// What it is saved as.
    pub name: String,
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    /// In bytes.
    pub size: i64,
    /// SHA-256.
    pub file_hash: String,
    #[sqlx(try_from = "String")]
    pub state: State,
    /// What the scanner found.
    pub finding: String,
    /// What was seen in a PDF: JSON of [`Seen`](crate::platform::pdf_look::Seen), or empty.
    pub seen: String,
    pub added_by: Id,
    pub added_at: Instant,
}
