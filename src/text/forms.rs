//! Sentences about questions and answers, whoever asks: what is wrong, what a kind of question takes, how it is answered.

use crate::forms::model::Kind;
use crate::forms::rules::Problem;

pub struct Forms {
    /// After the label of a question that may be left out.
    pub optional: &'static str,
    /// What is wrong with the answer to the question with this label.
    pub problem: fn(label: &str, problem: Problem) -> String,
    /// What an answer must hold, for somebody who reads the questions.
    pub takes: fn(kind: &Kind) -> String,
    /// When a question is asked: the labels of the answers, and of the question that they answer.
    pub asked_when: fn(answers: &[String], question: &str) -> String,
    pub options: &'static str,
    pub columns: &'static str,
    pub period: fn(from: &str, to: &str) -> String,
    pub confirmed: &'static str,
    pub choose: &'static str,
    pub choose_municipality: &'static str,
    pub row: fn(number: usize) -> String,
    pub fields: FieldTexts,
}

/// Labels and hints of fields that a kind brings with it.
pub struct FieldTexts {
    pub day_hint: &'static str,
    pub amount_hint: &'static str,
    pub percent_hint: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub day: &'static str,
    pub clock: &'static str,
    pub clock_hint: &'static str,
    pub organisation: &'static str,
    pub number: &'static str,
    pub number_hint: &'static str,
    pub name: &'static str,
    pub position: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
    pub municipalities_hint: &'static str,
    pub rows_hint: &'static str,
    pub add_row: &'static str,
    pub remove_row: fn(number: usize) -> String,
}
