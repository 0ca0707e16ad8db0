//! A call as the public reads it, and the rules that applications under it are held to.

use serde::{Deserialize, Serialize};

use crate::forms::model::Both;
use crate::kit::codes::codes;
use crate::kit::{CivilDate, Email, Instant, Municipality, Ore, Phone, Rate};
use crate::organisations::model::Kind;

codes! {
    /// Under which rules money is given.
    Scheme {
        /// Support for evaluation, förordning (2016:1201) 4 a §.
        Evaluation = "utvardering",
        /// State grant to municipalities for crime prevention, förordning (2023:442).
        Municipal = "kommun",
        /// State grant against violent extremism, förordning (2019:1282).
        Extremism = "extremism",
        Other = "annat",
    }
}

codes! {
    /// What happens to an application that comes after the call has closed. It is registered in each case.
    LateRule {
        /// It is not tried.
        Dismissed = "avvisas",
        /// An officer decides whether there was good reason.
        Weighed = "vags",
        /// It is tried like the others.
        Tried = "provas",
    }
}

/// An instant that was given as what Swedish clocks show: both are kept, since a deadline is civil time (domain, rule 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub day: CivilDate,
    pub hour: u8,
    pub minute: u8,
    pub at: Instant,
}

/// A day of the timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    pub day: CivilDate,
    pub what: Both,
}

/// A document that is attached to an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub what: Both,
    pub demanded: bool,
}

/// Something that must be so for an organisation to be able to apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// A question that is answered with yes or no; no means that it cannot apply.
    pub question: Both,
    /// Why, for those who answer no.
    pub why: Both,
}

/// What an application's budget is held to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetRules {
    pub first_year: u16,
    /// Consecutive years, at least one.
    pub years: u8,
    /// Share of wages; hundredths of a percent.
    pub on_costs_at_most: Option<Rate>,
    /// Share of labour costs.
    pub overhead_at_most: Option<Rate>,
    /// Share of all costs.
    pub co_funding_at_least: Option<Rate>,
    /// The sum applied for, in all.
    pub floor: Option<Ore>,
    pub ceiling: Option<Ore>,
}

/// Whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: String,
    pub position: String,
    pub email: Email,
    pub phone: Option<Phone>,
}

/// All that a call says. A published version holds it as JSON and never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub name: Both,
    pub summary: Both,
    /// Markdown.
    pub about: Both,
    pub scheme: Scheme,
    /// The law or decision that it stands on.
    pub basis: String,
    /// What sorts of organisation may apply.
    pub applicants: Vec<Kind>,
    /// Only organisations with their seat in one of these; empty means anywhere.
    pub municipalities: Vec<Municipality>,
    pub opens: Moment,
    pub closes: Moment,
    pub decided_by: CivilDate,
    pub timetable: Vec<Milestone>,
    pub late: LateRule,
    /// What can be given in all.
    pub frame: Option<Ore>,
    pub one_per_organisation: bool,
    pub budget: BudgetRules,
    pub documents: Vec<Document>,
    /// Largest attached file, in megabytes.
    pub largest_file: u16,
    pub requirements: Vec<Requirement>,
    pub contact: Contact,
}
