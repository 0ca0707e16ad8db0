//! Files and the cover as parts of a record: how they stand in it, and what is wrong with them.
//!
//! An edition's `file` names the bytes by their hash, the publication's `cover` a row of `covers`. A row of an import has
//! neither, and `rules` reads neither: bytes come by a page, which puts here only what it has judged.

use serde_json::{Value, json};

use super::record::{self, Record};
use crate::catalogue::labels;
use crate::catalogue::model::{Cover, EditionForm, FileInfo};
use crate::catalogue::rules::files::Kind;
use crate::catalogue::rules::{Code, Problem};
use crate::catalogue::store::covers::Alt;
use crate::kit::{Id, Lang};
use crate::text;

/// The part of an edition that names its file.
pub const FILE: &str = "file";

/// The part of the publication that names its cover.
pub const COVER: &str = "cover";

/// A cover as a record names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCover {
    /// Of the picture as it came.
    pub hash: String,
    pub cover: Cover,
}

impl NamedCover {
    /// What it is to those who do not see it, as its row takes it.
    pub fn alt(&self) -> Alt<'_> {
        self.cover.alt_sv.as_deref().zip(self.cover.alt_en.as_deref())
    }
}

/// A file as a record has it.
pub fn file_value(file: &FileInfo) -> Value {
    json!({ "sha256": file.hash, "name": file.name, "size": file.size, "media_type": file.media_type })
}

/// The file of an edition.
pub fn file_of(edition: &Record) -> Option<FileInfo> {
    let file = edition.get(FILE)?.as_object()?;
    let line = |name| Some(record::text(file, name).to_owned()).filter(|text| !text.is_empty());
    Some(FileInfo { hash: line("sha256")?, name: line("name")?, size: file.get("size")?.as_i64()?, media_type: line("media_type")? })
}

/// A cover as a record has it; without words it is decoration.
pub fn cover_value(named: &NamedCover) -> Value {
    let cover = &named.cover;
    let mut value = json!({ "id": cover.id.as_str(), "sha256": named.hash, "width": cover.width, "height": cover.height });
    if let (Value::Object(value), Some(sv), Some(en)) = (&mut value, &cover.alt_sv, &cover.alt_en) {
        value.insert("alt_sv".to_owned(), json!(sv));
        value.insert("alt_en".to_owned(), json!(en));
    }
    value
}

/// The cover of a publication.
pub fn cover_of(record: &Record) -> Option<NamedCover> {
    let value = record.get(COVER)?.as_object()?;
    let line = |name| Some(record::text(value, name).to_owned()).filter(|text| !text.is_empty());
    let number = |name: &str| value.get(name).and_then(Value::as_i64);
    let cover = Cover {
        id: Id::parse(record::text(value, "id")).ok()?,
        width: number("width")?,
        height: number("height")?,
        alt_sv: line("alt_sv"),
        alt_en: line("alt_en"),
    };
    Some(NamedCover { hash: line("sha256")?, cover })
}

/// Every file of a record, with its edition.
pub fn files(record: &Record) -> Vec<(&Record, FileInfo)> {
    record::objects(record, record::EDITIONS).into_iter().filter_map(|edition| Some((edition, file_of(edition)?))).collect()
}

/// What came together and does not fit: a file in an edition of another form, two files with one name.
pub fn problems(record: &Record) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (place, edition) in (1..).zip(record::objects(record, record::EDITIONS)) {
        let Some(file) = file_of(edition) else { continue };
        let mut wrong = |code| found.push(Problem { field: format!("editions[{place}].{FILE}"), code, value: file.name.clone() });
        if !fits(record::text(edition, "form"), &file.media_type) {
            wrong(Code::FileKind);
        }
        if names.contains(&file.name) {
            wrong(Code::Repeated { row: 0 });
        }
        names.push(file.name);
    }
    found
}

/// Whether an edition of this form may keep a file of this type: one that offers another type may not, and paper offers none.
pub fn fits(form: &str, media_type: &str) -> bool {
    let form = EditionForm::of_code(form);
    form != Some(EditionForm::Print) && form.and_then(Kind::for_form).is_none_or(|kind| kind.media_type() == media_type)
}

/// A file or a cover in words; nothing for other values.
pub fn in_words(part: &str, value: &Value) -> Option<String> {
    let words = &text::staff().covers;
    let object = value.as_object()?;
    let hash = format!("{}: {}", text::staff().files.hash, record::text(object, "sha256"));
    if part == COVER {
        let mut record = Record::new();
        record.insert(COVER.to_owned(), value.clone());
        let cover = cover_of(&record)?.cover;
        let said = match (&cover.alt_sv, &cover.alt_en) {
            (Some(sv), Some(en)) => format!("{}: {sv}\n{}: {en}", words.alt_sv, words.alt_en),
            _ => words.decoration.to_owned(),
        };
        return Some(format!("{}\n{said}\n{hash}", (words.dots)(cover.width, cover.height)));
    }
    let size = object.get("size").and_then(Value::as_i64).unwrap_or_default();
    (record::of_edition(part)?.1 == FILE).then(|| format!("{}\n{}\n{hash}", record::text(object, "name"), labels::size(size, Lang::Sv)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(value: Value) -> Record {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_is_named_is_read_back() {
        let file = FileInfo { hash: "ab".into(), name: "r.pdf".into(), size: 12, media_type: "application/pdf".into() };
        let edition = record(json!({ "id": "e", "form": "pdf", "file": file_value(&file) }));
        assert_eq!(file_of(&edition), Some(file));
        let id = Id::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        for alt in [None, Some("Ett torg".to_owned())] {
            let cover = Cover { id: id.clone(), width: 700, height: 990, alt_sv: alt.clone(), alt_en: alt };
            let named = NamedCover { hash: "cd".into(), cover };
            assert_eq!(cover_of(&record(json!({ "cover": cover_value(&named) }))), Some(named));
        }
    }

    /// What an import may hold under these names is no file and no cover.
    #[test]
    fn what_names_nothing_is_nothing() {
        for value in [json!({}), json!({ "file": "rapport.pdf" }), json!({ "file": { "sha256": "ab" } }), json!({ "file": null })] {
            assert_eq!(file_of(&record(value)), None);
        }
        for value in [json!({ "cover": "x" }), json!({ "cover": { "id": "x", "sha256": "ab", "width": 1, "height": 1 } })] {
            assert_eq!(cover_of(&record(value)), None);
        }
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let file = |name: &str, kind: &str| json!({ "sha256": "ab", "name": name, "size": 1, "media_type": kind });
        let codes = |editions: Value| {
            problems(&record(json!({ "editions": editions }))).into_iter().map(|problem| (problem.field, problem.code)).collect::<Vec<_>>()
        };
        let (pdf, epub) = ("application/pdf", "application/epub+zip");
        assert_eq!(codes(json!([{ "form": "pdf", "file": file("a.pdf", pdf) }, { "form": "epub", "file": file("a.epub", epub) }])), []);
        assert_eq!(codes(json!([{ "form": "epub", "file": file("a.pdf", pdf) }])), [("editions[1].file".to_owned(), Code::FileKind)]);
        assert_eq!(codes(json!([{ "form": "print", "file": file("a.pdf", pdf) }])), [("editions[1].file".to_owned(), Code::FileKind)]);
        let twice = codes(json!([{ "form": "pdf", "file": file("a.pdf", pdf) }, { "form": "pdf", "file": file("a.pdf", pdf) }]));
        assert_eq!(twice, [("editions[2].file".to_owned(), Code::Repeated { row: 0 })]);
    }
}
