//! An application and its receipt on paper: tagged PDF by the same words as the pages. The agency's papers are in Swedish.

use super::{called, when};
use crate::applications::actions::submitting::Whole;
use crate::applications::model::Seat;
use crate::applications::rules;
use crate::budget;
use crate::budget::draft::Draft;
use crate::forms;
use crate::forms::answers::shown;
use crate::forms::model::{Kind, Question};
use crate::kit::{Instant, Lang};
use crate::people::model::Account;
use crate::platform::pdf::Letter;
use crate::text;
use crate::web::AppError;

const SV: Lang = Lang::Sv;

/// All questions with their answers. `by` has signed what stands there.
///
/// # Errors
/// A fault of the layout.
pub fn application(seat: &Seat, whole: &Whole, by: Option<&Account>, at: Instant) -> Result<Vec<u8>, AppError> {
    let texts = text::applications(SV);
    let words = &texts.paper;
    let asked = &whole.asked;
    let mut parts: Vec<(String, Vec<String>)> = Vec::new();
    for section in &asked.form.sections {
        parts.push((section.title.sv.clone(), Vec::new()));
        for question in section.questions.iter().filter(|question| asked.form.is_asked(question, &whole.answers)) {
            parts.push((question.label.sv.clone(), answer(whole, question)));
        }
    }
    let mut facts = vec![
        (texts.hub.call.to_owned(), asked.facts.name.sv.clone()),
        (texts.hub.organisation.to_owned(), format!("{} ({})", seat.organisation.name, seat.organisation.orgnr)),
        (words.written.to_owned(), when(at, SV)),
    ];
    if let Some(by) = by {
        facts.push((texts.receipt.signed_by.to_owned(), by.shown().to_owned()));
    }
    facts.push((texts.receipt.fingerprint.to_owned(), whole.written(&seat.application)?.hash));
    let letter = Letter {
        lang: SV.code(),
        sender: seat.organisation.name.clone(),
        title: (words.title)(&called(SV, &seat.application.title)),
        facts,
        parts,
        page: words.page,
    };
    letter.pdf().map_err(AppError::internal)
}

/// An answer as paragraphs.
fn answer(whole: &Whole, question: &Question) -> Vec<String> {
    let words = &text::applications(SV).topic;
    let key = question.key.as_str();
    let none = || vec![words.unanswered.to_owned()];
    match &question.kind {
        Kind::Budget => {
            let limits = rules::limits(&whole.asked.facts.budget);
            let so_far = limits.and_then(|limits| budget::rules::so_far(&Draft::read(&whole.answers, key), &limits).ok());
            let Some(so_far) = so_far else { return none() };
            let years: Vec<String> = so_far.reckoned.years.iter().map(|year| year.to_string()).collect();
            let entries = budget::pages::entries(SV, &so_far.reckoned, &so_far.budget).into_iter();
            entries
                .map(|entry| {
                    let columns = years.iter().map(String::as_str).chain([text::budget(SV).total]);
                    let amounts: Vec<String> =
                        columns.zip(&entry.amounts).map(|(column, amount)| format!("{column}: {}", amount.text(SV))).collect();
                    let note = if entry.note.is_empty() { String::new() } else { format!(" ({})", entry.note) };
                    format!("{}{note}. {}", entry.label, amounts.join(", "))
                })
                .collect()
        }
        Kind::File { .. } => {
            let files: Vec<String> = whole
                .files
                .iter()
                .filter(|file| file.question == key)
                .map(|file| format!("{} (SHA-256 {})", file.name, file.hash))
                .collect();
            if files.is_empty() { none() } else { files }
        }
        _ => match forms::rules::read(question, &whole.answers) {
            Ok(Some(value)) => shown(SV, question, &value).plain().split("\n\n").map(str::to_owned).collect(),
            Ok(None) => none(),
            Err(_) => {
                let version = whole.standing.iter().find(|version| version.question == key);
                let typed: Vec<String> =
                    version.iter().flat_map(|version| version.fields.0.iter().map(|(_, value)| value.clone())).collect();
                if typed.is_empty() { none() } else { typed }
            }
        },
    }
}

/// The receipt.
///
/// # Errors
/// A fault of the layout.
pub fn receipt(lang: Lang, facts: Vec<(String, String)>, whole: &Whole, late: bool) -> Result<Vec<u8>, AppError> {
    let texts = text::applications(lang);
    let words = &texts.receipt;
    let mut paragraphs =
        vec![words.fingerprint_lead.to_owned(), (words.next_lead)(&whole.asked.facts.decided_by.long(lang)), words.public.to_owned()];
    if late {
        paragraphs.insert(0, (words.late)(whole.asked.facts.late).to_owned());
    }
    let letter = Letter {
        lang: lang.code(),
        sender: texts.paper.agency.to_owned(),
        title: words.title.to_owned(),
        facts,
        parts: vec![(String::new(), paragraphs)],
        page: texts.paper.page,
    };
    letter.pdf().map_err(AppError::internal)
}
