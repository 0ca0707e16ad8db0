//! The pages of applications: those of its own people, and what the staff read of what was sent in.

pub mod begin;
pub mod files;
pub mod hub;
pub mod paper;
pub mod people;
pub mod receipt;
pub mod review;
pub mod staff;
pub mod topic;
pub mod versions;

use leptos::prelude::*;

use super::actions::Refusal;
use super::actions::submitting::Whole;
use super::model::Seat;
use super::rules::{Files, Wrong, judge_one, limits};
use crate::budget;
use crate::forms::model::{Definition, Section};
use crate::kit::{Id, Instant, Lang, civil};
use crate::people::model::Account;
use crate::text;
use crate::ui::page::Head;
use crate::web::{AppError, Visit};

/// The list of one's own applications.
pub const MINE: &str = "/mina-sidor/ansokningar";

fn link(href: String, label: impl Into<String>) -> AnyView {
    view! {
        <a class="govuk-link" href=href>
            {label.into()}
        </a>
    }
    .into_any()
}

/// What an application is called: the work's name, or that it has none yet.
pub fn called(lang: Lang, title: &str) -> String {
    if title.is_empty() { text::applications(lang).untitled.to_owned() } else { title.to_owned() }
}

/// A moment that matters: weekday, day, clock and zone.
pub fn when(instant: Instant, lang: Lang) -> String {
    (text::calls(lang).swedish_time)(&civil::weekday_text(instant, lang))
}

/// A page below an application.
fn below(visit: &Visit, seat: &Seat, title: impl Into<String>) -> Head {
    let texts = text::applications(visit.lang);
    let trail =
        vec![(visit.href(MINE), texts.mine.title.to_owned()), (visit.href(&seat.path("")), called(visit.lang, &seat.application.title))];
    Head { private: true, trail, ..Head::new(title) }
}

/// The sentence of something that stands in the way.
pub fn sentence(lang: Lang, form: &Definition, wrong: &Wrong) -> String {
    let label = form.question(wrong.question()).map_or("", |question| question.label.text(lang));
    match wrong {
        Wrong::Answer(wrong) => (text::forms(lang).problem)(label, wrong.problem),
        Wrong::Budget(_, wrong) => (text::budget(lang).wrong)(wrong),
        Wrong::NoFile(_) => (text::applications(lang).no_file)(label),
    }
}

/// What is wrong with the answers of one page.
fn of_section(whole: &Whole, section: &Section, files: &Files) -> Vec<Wrong> {
    let limits = limits(&whole.asked.facts.budget);
    section.questions.iter().flat_map(|question| judge_one(&whole.asked.form, question, &whole.answers, limits.as_ref(), files)).collect()
}

/// Whether it is that something is not there yet, and not that it is wrong.
fn is_missing(wrong: &Wrong) -> bool {
    use crate::forms::rules::Problem;
    match wrong {
        Wrong::Answer(wrong) => matches!(wrong.problem, Problem::Missing | Problem::Choose | Problem::Confirm),
        Wrong::Budget(_, wrong) => matches!(wrong.error, budget::model::Error::Nothing),
        Wrong::NoFile(_) => true,
    }
}

/// What somebody is called here.
fn named(people: &[Account], id: &Id, lang: Lang) -> String {
    let found = people.iter().find(|one| one.id == *id).map(Account::shown).filter(|name| !name.is_empty());
    found.map_or_else(|| text::applications(lang).somebody.to_owned(), str::to_owned)
}

/// What a page says when something was not done; 404 where there is nothing.
pub fn refused(lang: Lang, refusal: &Refusal) -> Result<String, AppError> {
    let words = &text::applications(lang).refusal;
    Ok(match refusal {
        Refusal::Unknown => return Err(AppError::NotFound),
        Refusal::Role => words.role.to_owned(),
        Refusal::Closed => words.closed.to_owned(),
        Refusal::NotNow => words.not_now.to_owned(),
        Refusal::Stale => words.stale.to_owned(),
        Refusal::Exists(_) => words.exists.to_owned(),
        Refusal::Barred(bars) => {
            let says: Vec<&str> = bars.iter().map(|bar| (words.bar)(bar)).collect();
            says.join(" ")
        }
        Refusal::Unfit(wrong) => (words.unfit)(wrong.len()),
        Refusal::Unsettled => words.unsettled.to_owned(),
        Refusal::Unsigned => words.unsigned.to_owned(),
        Refusal::Late => words.late.to_owned(),
        Refusal::Dead => words.dead.to_owned(),
        Refusal::OtherAddress => words.other_address.to_owned(),
        Refusal::IsHere => words.is_here.to_owned(),
    })
}
