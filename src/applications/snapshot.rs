//! What is signed and sent in: one text that holds questions, answers and the fingerprints of files, always written the same way, so that
//! its SHA-256 says whether anything has changed.

use serde::{Deserialize, Serialize};

use super::model::Application;
use crate::forms::model::Definition;
use crate::kit::{Form, Id};
use crate::platform::db::StoreError;
use crate::platform::ids::sha256_hex;

/// A file that belongs to an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileFact {
    pub question: String,
    pub name: String,
    pub bytes: i64,
    /// SHA-256.
    pub hash: String,
}

/// What an application says. Fields are written in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub application: Id,
    pub call: Id,
    pub call_version: i64,
    pub organisation: Id,
    pub form: Definition,
    /// Every field as it was typed, in order of name.
    pub answers: Form,
    /// In order of question and name.
    pub files: Vec<FileFact>,
}

/// A content as text, and its fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    pub hash: String,
}

impl Content {
    /// What an application says now: answers to questions that are not asked are left out, since nobody is asked about them.
    pub fn of(application: &Application, form: &Definition, answers: &Form, mut files: Vec<FileFact>) -> Self {
        let asked: Vec<&str> =
            form.questions().filter(|question| form.is_asked(question, answers)).map(|question| question.key.as_str()).collect();
        let is_asked = |name: &str| asked.contains(&name.split('.').next().unwrap_or_default());
        let mut kept = Form(answers.0.iter().filter(|(name, _)| is_asked(name)).cloned().collect());
        kept.0.sort_by(|(one, _), (other, _)| one.cmp(other));
        files.retain(|file| is_asked(&file.question));
        files.sort();
        Self {
            application: application.id.clone(),
            call: application.call_id.clone(),
            call_version: application.call_version,
            organisation: application.organisation_id.clone(),
            form: form.clone(),
            answers: kept,
            files,
        }
    }

    /// # Errors
    /// A fault of the program: every content can be written.
    pub fn write(&self) -> Result<Written, StoreError> {
        let text = serde_json::to_string(self).map_err(|_| StoreError::Corrupt("a content that is no JSON".to_owned()))?;
        let hash = sha256_hex(text.as_bytes());
        Ok(Written { text, hash })
    }

    /// # Errors
    /// The stored text is no content.
    pub fn read(text: &str) -> Result<Self, StoreError> {
        serde_json::from_str(text).map_err(|_| StoreError::Corrupt("a snapshot that cannot be read".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::lifecycle::State;
    use crate::kit::Instant;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn application() -> Application {
        let id = |byte| Id::from_bytes([byte; 16]);
        let at = Instant::parse("2027-01-11T08:00:00Z").unwrap();
        Application {
            id: id(1),
            call_id: id(2),
            call_version: 1,
            organisation_id: id(3),
            state: State::Draft,
            title: String::new(),
            late: 0,
            submitted_at: None,
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }

    #[test]
    fn the_same_answers_have_the_same_fingerprint_in_whatever_order_they_come() {
        let definition = crate::calls::standard::form();
        let file = |question: &str| FileFact { question: question.to_owned(), name: "a.pdf".to_owned(), bytes: 1, hash: "0".repeat(64) };
        let of = |answers: &[(&str, &str)], files| Content::of(&application(), &definition, &form(answers), files).write().unwrap();
        let one = of(&[("titel", "Trygg"), ("problem", "Mörker")], vec![file("lagesbild-filer"), file("avsikt")]);
        let other = of(&[("problem", "Mörker"), ("titel", "Trygg")], vec![file("avsikt"), file("lagesbild-filer")]);
        assert_eq!(one, other);
        assert_ne!(one.hash, of(&[("titel", "Trygg"), ("problem", "Ljus")], vec![file("avsikt"), file("lagesbild-filer")]).hash);
        assert_ne!(one.hash, of(&[("titel", "Trygg"), ("problem", "Mörker")], vec![file("avsikt")]).hash);
        let read = Content::read(&one.text).unwrap();
        assert_eq!(read.write().unwrap(), one);
    }

    #[test]
    fn what_is_not_asked_is_not_sent() {
        let definition = crate::calls::standard::form();
        let answers = form(&[("har-annat", "nej"), ("annat.1.givare", "Staten"), ("borttagen-fraga", "x")]);
        let content = Content::of(&application(), &definition, &answers, Vec::new());
        assert_eq!(content.answers, form(&[("har-annat", "nej")]));
    }
}
