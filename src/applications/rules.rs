//! What is still missing in an application, how a save meets what others have saved meanwhile, and what an answer is called while
//! two people write in it.

use std::collections::BTreeMap;

use crate::budget;
use crate::budget::draft::Draft;
use crate::budget::model::{Limits, Years};
use crate::calls::model::{BudgetRules, Facts};
use crate::forms::model::{Both, Definition, Key, Kind, Question, Section};
use crate::forms::rules::{self, answers_to};
use crate::kit::Form;
use crate::kit::field::clean_line;
use crate::platform::ids::sha256_hex;

/// The key of the question whose answer names the work, in the standard form.
const TITLE: &str = "titel";

/// The page of the documents that a call wants beside its questions.
pub const DOCUMENTS: &str = "bilagor";

/// The questions of a version of a call, with a page about the documents that it wants.
pub fn whole_form(facts: &Facts, mut form: Definition, title: &Both) -> Definition {
    let questions: Vec<Question> = facts
        .documents
        .iter()
        .zip(1..)
        .filter_map(|(document, number)| {
            Some(Question {
                key: Key::parse(&format!("bilaga-{number}")).ok()?,
                label: document.what.clone(),
                help: Both::default(),
                kind: Kind::File { most: MOST_FILES },
                optional: !document.demanded,
                shown_when: None,
                seen_by: crate::forms::model::SeenBy::default(),
            })
        })
        .collect();
    if let (false, Ok(key)) = (questions.is_empty(), Key::parse(DOCUMENTS)) {
        // What is confirmed stays last.
        let before = form.sections.len().saturating_sub(1);
        form.sections.insert(before, Section { key, title: title.clone(), lead: Both::default(), questions });
    }
    form
}

/// Files of one document that a call wants.
const MOST_FILES: u8 = 5;

/// What a call demands of a budget.
pub fn limits(rules: &BudgetRules) -> Option<Limits> {
    Some(Limits {
        on_costs: rules.on_costs_at_most,
        overhead: rules.overhead_at_most,
        co_funding: rules.co_funding_at_least,
        floor: rules.floor,
        ceiling: rules.ceiling,
        ..Limits::of(Years::new(rules.first_year, rules.years)?)
    })
}

/// How many files each question has that can be sent in, by its key.
pub type Files = BTreeMap<String, usize>;

/// Something that stands in the way of sending in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// With an answer.
    Answer(rules::Wrong),
    /// With the budget that answers this question.
    Budget(String, budget::model::Wrong),
    /// A file is missing.
    NoFile(String),
}

impl Wrong {
    /// The key of the question that it is about.
    pub fn question(&self) -> &str {
        match self {
            Self::Answer(wrong) => &wrong.question,
            Self::Budget(question, _) | Self::NoFile(question) => question,
        }
    }

    /// The id of the field that it is about.
    pub fn field(&self) -> &str {
        match self {
            Self::Answer(wrong) => &wrong.field,
            Self::Budget(_, wrong) => &wrong.field,
            Self::NoFile(question) => question,
        }
    }
}

/// What is wrong with the answer to one question, if it is asked at all.
pub fn judge_one(form: &Definition, question: &Question, answers: &Form, limits: Option<&Limits>, files: &Files) -> Vec<Wrong> {
    if !form.is_asked(question, answers) {
        return Vec::new();
    }
    let key = question.key.as_str();
    match &question.kind {
        Kind::File { .. } if !question.optional && files.get(key).copied().unwrap_or_default() == 0 => {
            vec![Wrong::NoFile(key.to_owned())]
        }
        Kind::Budget => {
            let draft = Draft::read(answers, key);
            if question.optional && is_untouched(&draft) {
                return Vec::new();
            }
            let wrong = limits.map(|limits| budget::rules::check(&draft, limits).err().unwrap_or_default()).unwrap_or_default();
            wrong.into_iter().map(|wrong| Wrong::Budget(key.to_owned(), wrong)).collect()
        }
        _ => rules::read(question, answers).err().unwrap_or_default().into_iter().map(Wrong::Answer).collect(),
    }
}

/// Everything that stands in the way of sending in, in the order of the form.
pub fn judge(form: &Definition, answers: &Form, limits: Option<&Limits>, files: &Files) -> Vec<Wrong> {
    form.questions().flat_map(|question| judge_one(form, question, answers, limits, files)).collect()
}

fn is_untouched(draft: &Draft) -> bool {
    draft.fields().0.iter().all(|(_, value)| budget::draft::is_blank(value))
}

/// What somebody typed in answer to a question, as it is kept: its own fields, line ends as everywhere, in order of name.
pub fn typed(question: &Question, form: &Form) -> Form {
    let mut own = match &question.kind {
        // A row that is blank so far is a row all the same.
        Kind::Budget => {
            let draft = Draft::read(form, question.key.as_str());
            if is_untouched(&draft) && budget::model::Part::ALL.iter().all(|part| draft.rows(*part).is_empty()) {
                Form::default()
            } else {
                draft.fields()
            }
        }
        // Files are kept elsewhere.
        Kind::File { .. } => Form::default(),
        _ => answers_to(question, form),
    };
    for (_, value) in &mut own.0 {
        if value.contains('\r') {
            *value = value.replace("\r\n", "\n");
        }
    }
    own.0.sort_by(|(one, _), (other, _)| one.cmp(other));
    own
}

/// What stands for an answer in a form that is sent back: the same answer has the same token.
pub fn token(fields: &Form) -> String {
    if fields.0.is_empty() {
        return "0".to_owned();
    }
    let text: String =
        fields.0.iter().flat_map(|(name, value)| [name.as_str(), "\u{1f}", value.trim_start_matches('\n'), "\u{1e}"]).collect();
    sha256_hex(text.as_bytes())[..16].to_owned()
}

/// What becomes of an answer that somebody saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// There is nothing new in it: it is what stands there, or the person has not touched it and somebody else has.
    Nothing,
    /// It takes the place of what the person had seen.
    Write,
    /// Somebody else saved another answer meanwhile: both are kept, and somebody chooses.
    Beside,
}

/// What becomes of `typed`, by somebody whose page had shown the answer with the token `seen`, when `current` stands there now.
pub fn decide(current: &Form, typed: &Form, seen: &str) -> Decision {
    if token(typed) == token(current) || token(typed) == seen {
        Decision::Nothing
    } else if token(current) == seen {
        Decision::Write
    } else {
        Decision::Beside
    }
}

/// So many characters fewer is more than mending: the longer version is kept in the history.
const MUCH_SHORTER: usize = 80;

/// Whether a version that was saved by itself may give way to the next one, so that a history has steps and no single letters.
pub fn gives_way(earlier: &Form, next: &Form) -> bool {
    let length = |form: &Form| form.0.iter().map(|(_, value)| value.chars().count()).sum::<usize>();
    length(next) + MUCH_SHORTER > length(earlier) && earlier.0.iter().all(|(name, _)| next.0.iter().any(|(other, _)| other == name))
}

/// What the work is called in lists: the answer to the question that names it.
pub fn title(form: &Definition, answers: &Form) -> String {
    let named = form.question(TITLE).or_else(|| form.questions().find(|question| matches!(question.kind, Kind::Short { .. })));
    named.map(|question| clean_line(answers.get(question.key.as_str())).chars().take(LONGEST_TITLE).collect()).unwrap_or_default()
}

const LONGEST_TITLE: usize = 200;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::forms::model::SeenBy;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn question(kind: Kind) -> Question {
        Question {
            key: Key::parse("q").unwrap(),
            label: Both::default(),
            help: Both::default(),
            kind,
            optional: false,
            shown_when: None,
            seen_by: SeenBy::default(),
        }
    }

    #[test]
    fn a_save_that_has_seen_what_stands_there_writes() {
        let (before, after) = (form(&[("q", "en")]), form(&[("q", "två")]));
        assert_eq!(decide(&before, &after, &token(&before)), Decision::Write);
        assert_eq!(decide(&before, &before, &token(&before)), Decision::Nothing);
        // Somebody else wrote meanwhile, and this one has not touched it.
        assert_eq!(decide(&after, &before, &token(&before)), Decision::Nothing);
        assert_eq!(decide(&after, &form(&[("q", "tre")]), &token(&before)), Decision::Beside);
        // Both wrote the same.
        assert_eq!(decide(&after, &after, &token(&before)), Decision::Nothing);
        // A form without a token has seen nothing, and is not believed to have.
        assert_eq!(decide(&before, &after, ""), Decision::Beside);
        assert_eq!(decide(&Form::default(), &after, "0"), Decision::Write);
        // Everything taken away is a change like another.
        assert_eq!(decide(&before, &Form::default(), &token(&before)), Decision::Write);
    }

    #[test]
    fn what_a_browser_does_to_a_text_is_no_change() {
        let long = question(Kind::Long { most: 100 });
        assert_eq!(token(&typed(&long, &form(&[("q", "a\r\nb")]))), token(&typed(&long, &form(&[("q", "a\nb")]))));
        // A line end that a text area begins with is not sent back.
        assert_eq!(token(&form(&[("q", "\na")])), token(&form(&[("q", "a")])));
        assert_eq!(typed(&long, &form(&[("q.b", "2"), ("q.a", "1"), ("r", "3")])), form(&[("q.a", "1"), ("q.b", "2")]));
    }

    #[test]
    fn a_budget_that_nobody_touched_is_no_answer_and_a_blank_row_is_one() {
        let budget = question(Kind::Budget);
        assert_eq!(typed(&budget, &form(&[("q.overhead", ""), ("q.lonekostnadspaslag", " ")])), Form::default());
        let row = typed(&budget, &form(&[("q.ovrigt.1.vad", ""), ("q.steg", "lagg-till.ovrigt")]));
        assert!(row.0.iter().any(|(name, _)| name == "q.ovrigt.1.vad"));
        assert!(row.0.iter().all(|(name, _)| name != "q.steg"));
    }

    #[test]
    fn what_was_taken_away_stays_in_the_history() {
        let long = form(&[("q", &"å".repeat(200))]);
        assert!(gives_way(&form(&[("q", "en bö")]), &form(&[("q", "en början")])));
        assert!(gives_way(&long, &form(&[("q", &"å".repeat(150))])));
        assert!(!gives_way(&long, &form(&[("q", "å")])));
        assert!(!gives_way(&form(&[("q.namn", "Ada")]), &form(&[("q.epost", "ada@exempelby.example")])));
    }

    proptest! {
        /// Whoever saves, nothing that was typed is dropped: it stands there, or stands beside, or was not theirs to change.
        #[test]
        fn nothing_is_overwritten_unseen(current in "[ab]{0,2}", typed in "[ab]{0,2}", seen in "[ab]{0,2}") {
            let of = |text: &str| if text.is_empty() { Form::default() } else { form(&[("q", text)]) };
            let (current, typed, seen) = (of(&current), of(&typed), of(&seen));
            match decide(&current, &typed, &token(&seen)) {
                Decision::Write => prop_assert_eq!(&current, &seen),
                Decision::Nothing => prop_assert!(typed == current || typed == seen),
                Decision::Beside => prop_assert!(typed != current && typed != seen && current != seen),
            }
        }
    }
}
