//! The editor's own form: what staff are asked about a call, topic by topic, in the same kinds of questions that a call asks of its
//! applicants. Answers are kept raw under the questions' keys; `rules` makes a call of them. To ask for more: a line here, its
//! words in `text::staff().calls`, and the value in `rules`.

use std::sync::LazyLock;

use super::model::{LateRule, Scheme};
use super::rules::key;
use crate::forms::model::{Both, Choosable, Column, Definition, Key, Kind, Question, Section, SeenBy};
use crate::organisations::model::Kind as Applicant;
use crate::text;

/// The topics: the ends of their addresses, with the questions of each.
pub static DEFINITION: LazyLock<Definition> = LazyLock::new(|| {
    use key::*;
    let short = |most| Kind::Short { most };
    let percent = || Kind::Percent { most: 10_000 };
    let amount = || Kind::Amount { least: None, most: None };
    let number = |least, most| Kind::Number { least: Some(least), most: Some(most), unit: Both::default() };
    let documents = || Kind::Table { columns: columns([(SV, short(200), false), (EN, short(200), true)]), most: 20 };
    let requirements = columns([(SV, short(200), false), (EN, short(200), true), (WHY_SV, short(300), false), (WHY_EN, short(300), true)]);
    let timetable = columns([(DAY, Kind::Day { earliest: None, latest: None }, false), (SV, short(200), false), (EN, short(200), true)]);
    Definition {
        sections: [
            topic(
                "texter",
                [
                    needed(NAME_SV, short(150)),
                    may(NAME_EN, short(150)),
                    needed(SUMMARY_SV, Kind::Long { most: 300 }),
                    may(SUMMARY_EN, Kind::Long { most: 300 }),
                    needed(ABOUT_SV, Kind::Long { most: 20_000 }),
                    may(ABOUT_EN, Kind::Long { most: 20_000 }),
                ],
            ),
            topic(
                "sokande",
                [
                    needed(SCHEME, Kind::Choice { options: options(SCHEME, Scheme::ALL.iter().map(|one| one.code().to_owned())) }),
                    needed(BASIS, short(200)),
                    needed(
                        APPLICANTS,
                        Kind::Several { options: options(APPLICANTS, Applicant::ALL.iter().map(|one| one.code().to_owned())) },
                    ),
                    may(MUNICIPALITIES, Kind::Municipality { several: true }),
                    may(REQUIREMENTS, Kind::Table { columns: requirements, most: 10 }),
                ],
            ),
            topic(
                "tider",
                [
                    needed(OPENS, Kind::Moment),
                    needed(CLOSES, Kind::Moment),
                    needed(DECIDED_BY, Kind::Day { earliest: None, latest: None }),
                    may(TIMETABLE, Kind::Table { columns: timetable, most: 20 }),
                    needed(LATE, Kind::Choice { options: options(LATE, LateRule::ALL.iter().map(|one| one.code().to_owned())) }),
                ],
            ),
            topic(
                "pengar",
                [
                    may(FRAME, amount()),
                    may(FLOOR, amount()),
                    may(CEILING, amount()),
                    needed(ONE_EACH, Kind::Choice { options: options(ONE_EACH, ["ja", "nej"].map(str::to_owned).into_iter()) }),
                    needed(FIRST_YEAR, number(2000, 2100)),
                    needed(YEARS, number(1, 5)),
                    may(ON_COSTS, percent()),
                    may(OVERHEAD, percent()),
                    may(CO_FUNDING, percent()),
                ],
            ),
            topic("bilagor", [may(DEMANDED, documents()), may(ALLOWED, documents()), needed(LARGEST_FILE, number(1, 50))]),
            topic("kontakt", [needed(CONTACT, Kind::Person)]),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
});

fn swedish(text: &str) -> Both {
    Both::new(text, "")
}

// The keys are written above and pass by a test; one that did not would leave its question out.
fn topic<const N: usize>(path: &str, questions: [Option<Question>; N]) -> Option<Section> {
    let title = swedish((text::staff().calls.topic)(path));
    Some(Section { key: Key::parse(path).ok()?, title, lead: Both::default(), questions: questions.into_iter().flatten().collect() })
}

fn needed(name: &str, kind: Kind) -> Option<Question> {
    let texts = &text::staff().calls;
    let (label, help) = (swedish((texts.label)(name)), swedish((texts.help)(name)));
    Some(Question { key: Key::parse(name).ok()?, label, help, kind, optional: false, shown_when: None, seen_by: SeenBy::Everybody })
}

fn may(name: &str, kind: Kind) -> Option<Question> {
    needed(name, kind).map(|question| Question { optional: true, ..question })
}

fn columns<const N: usize>(all: [(&str, Kind, bool); N]) -> Vec<Column> {
    let column = |(name, kind, optional)| {
        Some(Column { key: Key::parse(name).ok()?, label: swedish((text::staff().calls.column)(name)), kind, optional })
    };
    all.into_iter().filter_map(column).collect()
}

fn options(of: &str, codes: impl Iterator<Item = String>) -> Vec<Choosable> {
    let texts = &text::staff().calls;
    codes
        .filter_map(|code| {
            Some(Choosable { key: Key::parse(&code).ok()?, label: swedish((texts.option)(of, &code)), help: Both::default() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::model::FaultKind;

    #[test]
    fn every_question_is_there_with_words() {
        let faults: Vec<_> = DEFINITION.faults().into_iter().filter(|fault| fault.what != FaultKind::NoEnglish).collect();
        assert_eq!(faults, []);
        assert_eq!(DEFINITION.sections.iter().map(|one| one.questions.len()).collect::<Vec<_>>(), [6, 5, 5, 9, 3, 1]);
    }
}
