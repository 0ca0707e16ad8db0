//! Attached files, in Swedish.

use crate::attachments::lifecycle::State;
use crate::attachments::model::Kind;
use crate::attachments::rules::{Advice, FileError};
use crate::text::attachments::Attachments;

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "PDF",
        Kind::Docx => "Word-dokument",
        Kind::Xlsx => "Excel-ark",
        Kind::Odt => "OpenDocument-text",
        Kind::Png => "PNG-bild",
        Kind::Jpeg => "JPEG-bild",
    }
}

pub const ATTACHMENTS: Attachments = Attachments {
    none: "Inga filer är bifogade.",
    kind,
    state: |state| match state {
        State::Unscanned => "Bifogad",
        State::Waiting => "Väntar på kontroll",
        State::Approved => "Kontrollerad",
        State::Quarantined => "Stoppad",
    },
    says: |state, finding| match state {
        State::Unscanned | State::Approved => String::new(),
        State::Waiting => {
            "Filen är mottagen och räknas som bifogad. Den kan öppnas här när den är kontrollerad för skadlig kod.".to_owned()
        }
        State::Quarantined => {
            format!("Filen innehåller skadlig kod ({finding}) och räknas inte. Ta bort den och bifoga en ren fil.")
        }
    },
    advice: |advice| match advice {
        Advice::NoText => {
            "PDF:en verkar bara innehålla bilder av text. Spara den från det program den skrevs i, eller kör texttolkning, så att den går att läsa upp och söka i."
        }
        Advice::Untagged => {
            "PDF:en saknar taggar, som visar vad som är rubriker och tabeller. Spara den på nytt med valet tillgänglig eller taggad PDF."
        }
        Advice::NoTitle => "PDF:en saknar titel. Ange den under dokumentets egenskaper innan du sparar som PDF.",
        Advice::NoLanguage => "PDF:en säger inte vilket språk den är på. Ange språket i ordbehandlaren innan du sparar som PDF.",
    },
    advice_title: "Så blir filen lättare att läsa (du behöver inte ändra något)",
    remove: "Ta bort",
    choose: "Välj en fil",
    hint: |megabytes| format!("PDF, Word (docx), Excel (xlsx), OpenDocument (odt), PNG eller JPEG. Högst {megabytes} MB."),
    wrong: |error| match error {
        FileError::Missing => "Välj en fil".to_owned(),
        FileError::Empty => "Filen är tom. Välj en fil med innehåll".to_owned(),
        FileError::TooLarge(megabytes) => format!("Filen måste vara högst {megabytes} MB. Dela upp den eller spara den med mindre bilder"),
        FileError::BrokenOff => "Överföringen bröts. Välj filen en gång till".to_owned(),
        FileError::Kind => "Filen måste vara PDF, Word (docx), Excel (xlsx), OpenDocument (odt), PNG eller JPEG".to_owned(),
        FileError::Program => "Filen är ett program, vad den än heter. Välj ett dokument eller en bild".to_owned(),
        FileError::Name(is) => {
            format!("Filens namn säger något annat än vad den är: {}. Välj rätt fil, eller ge den rätt ändelse", kind(is))
        }
        FileError::Damaged(is) => format!("Filen ser ut som {} men är inte hel. Spara den på nytt och välj den igen", kind(is)),
        FileError::Macros => "Filen innehåller makron. Spara den utan makron, eller som PDF".to_owned(),
        FileError::Bomb => "Filen packar upp till mer än vad ett dokument gör. Spara den på nytt, gärna som PDF".to_owned(),
        FileError::Locked => "Filen är låst med lösenord. Spara den utan lösenord och välj den igen".to_owned(),
        FileError::TooMany(most) => format!("Det får vara högst {most} filer här. Ta bort någon först"),
    },
};
