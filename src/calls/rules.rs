//! From the editor's raw answers to a call; and whether an organisation may apply under one.

use std::collections::HashMap;

use super::fields::DEFINITION;
use super::model::{BudgetRules, Contact, Document, Facts, LateRule, Milestone, Moment, Requirement, Scheme};
use crate::forms::model::Both;
use crate::forms::rules::{self, Person, Value};
use crate::kit::civil::{self, Night};
use crate::kit::{CivilDate, Form, Municipality, Ore, Rate, Weekday};
use crate::organisations::model::Kind;

/// Keys of the questions of the editor's form.
pub mod key {
    pub const NAME_SV: &str = "namn-sv";
    pub const NAME_EN: &str = "namn-en";
    pub const SUMMARY_SV: &str = "kort-sv";
    pub const SUMMARY_EN: &str = "kort-en";
    pub const ABOUT_SV: &str = "om-sv";
    pub const ABOUT_EN: &str = "om-en";
    pub const SCHEME: &str = "stodform";
    pub const BASIS: &str = "grund";
    pub const APPLICANTS: &str = "slag";
    pub const MUNICIPALITIES: &str = "kommuner";
    pub const REQUIREMENTS: &str = "krav";
    pub const OPENS: &str = "oppnar";
    pub const CLOSES: &str = "stanger";
    pub const DECIDED_BY: &str = "beslutsdag";
    pub const TIMETABLE: &str = "tidplan";
    pub const LATE: &str = "sent";
    pub const FRAME: &str = "ram";
    pub const FLOOR: &str = "golv";
    pub const CEILING: &str = "tak";
    pub const ONE_EACH: &str = "en-per";
    pub const FIRST_YEAR: &str = "forsta-ar";
    pub const YEARS: &str = "antal-ar";
    pub const ON_COSTS: &str = "lonepalagg";
    pub const OVERHEAD: &str = "overhead";
    pub const CO_FUNDING: &str = "medfinansiering";
    pub const DEMANDED: &str = "maste-bifogas";
    pub const ALLOWED: &str = "far-bifogas";
    pub const LARGEST_FILE: &str = "storsta-fil";
    pub const CONTACT: &str = "kontakt";

    /// Columns of the tables.
    pub const SV: &str = "sv";
    pub const EN: &str = "en";
    pub const WHY_SV: &str = "varfor-sv";
    pub const WHY_EN: &str = "varfor-en";
    pub const DAY: &str = "dag";
}

/// Something that is wrong with a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// With one answer.
    Answer(rules::Wrong),
    /// With two of them together; the key of the question that is to be changed.
    Together(&'static str, Together),
}

impl Wrong {
    /// The key of the question that it is about.
    pub fn question(&self) -> &str {
        match self {
            Self::Answer(wrong) => &wrong.question,
            Self::Together(question, _) => question,
        }
    }

    /// The id of the field that it is about.
    pub fn field(&self) -> String {
        match self {
            Self::Answer(wrong) => wrong.field.clone(),
            Self::Together(question @ (key::OPENS | key::CLOSES), _) => rules::named(question, rules::part::DAY),
            Self::Together(question, _) => (*question).to_owned(),
        }
    }
}

/// What two answers are wrong about together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    ClosesBeforeItOpens,
    DecidedBeforeItCloses,
    FloorAboveCeiling,
    CeilingAboveFrame,
    /// Beyond what a calendar holds.
    NoSuchTime,
}

/// The call that the answers describe.
///
/// # Errors
/// Everything that is missing or wrong.
pub fn facts(answers: &Form) -> Result<Facts, Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut values = Values(HashMap::new());
    for question in DEFINITION.questions() {
        match rules::read(question, answers) {
            Ok(Some(value)) => {
                values.0.insert(question.key.as_str(), value);
            }
            Ok(None) => {}
            Err(errors) => wrong.extend(errors.into_iter().map(Wrong::Answer)),
        }
    }
    let opens = values.moment(key::OPENS);
    let closes = values.moment(key::CLOSES);
    for (question, moment) in [(key::OPENS, &opens), (key::CLOSES, &closes)] {
        if matches!(moment, Some(Err(_))) {
            wrong.push(Wrong::Together(question, Together::NoSuchTime));
        }
    }
    let (opens, closes) = (opens.and_then(Result::ok), closes.and_then(Result::ok));
    let decided_by = values.day(key::DECIDED_BY);
    let (floor, ceiling, frame) = (values.amount(key::FLOOR), values.amount(key::CEILING), values.amount(key::FRAME));
    if opens.zip(closes).is_some_and(|(opens, closes)| closes.at <= opens.at) {
        wrong.push(Wrong::Together(key::CLOSES, Together::ClosesBeforeItOpens));
    }
    if closes.zip(decided_by).is_some_and(|(closes, decided_by)| decided_by <= closes.day) {
        wrong.push(Wrong::Together(key::DECIDED_BY, Together::DecidedBeforeItCloses));
    }
    if floor.zip(ceiling).is_some_and(|(floor, ceiling)| floor > ceiling) {
        wrong.push(Wrong::Together(key::CEILING, Together::FloorAboveCeiling));
    }
    if ceiling.or(floor).zip(frame).is_some_and(|(most, frame)| most > frame) {
        wrong.push(Wrong::Together(key::FRAME, Together::CeilingAboveFrame));
    }
    let made = (|| {
        Some(Facts {
            name: values.both(key::NAME_SV, key::NAME_EN),
            summary: values.both(key::SUMMARY_SV, key::SUMMARY_EN),
            about: values.both(key::ABOUT_SV, key::ABOUT_EN),
            scheme: Scheme::of_code(values.chosen(key::SCHEME).first()?)?,
            basis: values.text(key::BASIS),
            applicants: values.chosen(key::APPLICANTS).iter().filter_map(|code| Kind::of_code(code)).collect(),
            municipalities: values.municipalities(),
            opens: opens?,
            closes: closes?,
            decided_by: decided_by?,
            timetable: values.timetable(),
            late: LateRule::of_code(values.chosen(key::LATE).first()?)?,
            frame,
            one_per_organisation: values.chosen(key::ONE_EACH).first()? == "ja",
            budget: BudgetRules {
                first_year: u16::try_from(values.number(key::FIRST_YEAR)?).ok()?,
                years: u8::try_from(values.number(key::YEARS)?).ok()?,
                on_costs_at_most: values.percent(key::ON_COSTS),
                overhead_at_most: values.percent(key::OVERHEAD),
                co_funding_at_least: values.percent(key::CO_FUNDING),
                floor,
                ceiling,
            },
            documents: [(key::DEMANDED, true), (key::ALLOWED, false)]
                .into_iter()
                .flat_map(|(key, demanded)| values.documents(key, demanded))
                .collect(),
            largest_file: u16::try_from(values.number(key::LARGEST_FILE)?).ok()?,
            requirements: values.requirements(),
            contact: values.contact()?,
        })
    })();
    match made {
        Some(facts) if wrong.is_empty() => Ok(facts),
        _ => Err(wrong),
    }
}

/// The answers that were right, by key.
struct Values(HashMap<&'static str, Value>);

impl Values {
    fn text(&self, key: &str) -> String {
        match self.0.get(key) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }

    fn both(&self, sv: &str, en: &str) -> Both {
        Both::new(self.text(sv), self.text(en))
    }

    fn chosen(&self, key: &str) -> &[String] {
        match self.0.get(key) {
            Some(Value::Chosen(codes)) => codes,
            _ => &[],
        }
    }

    fn moment(&self, key: &str) -> Option<Result<Moment, ()>> {
        match self.0.get(key) {
            Some(Value::Moment { day, hour, minute }) => {
                let at = civil::to_instant(*day, *hour, *minute);
                Some(at.map(|at| Moment { day: *day, hour: *hour, minute: *minute, at }).map_err(drop))
            }
            _ => None,
        }
    }

    fn day(&self, key: &str) -> Option<CivilDate> {
        match self.0.get(key) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }

    fn amount(&self, key: &str) -> Option<Ore> {
        match self.0.get(key) {
            Some(Value::Amount(amount)) => Some(*amount),
            _ => None,
        }
    }

    fn number(&self, key: &str) -> Option<i64> {
        match self.0.get(key) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    fn percent(&self, key: &str) -> Option<Rate> {
        match self.0.get(key) {
            Some(Value::Percent(rate)) => Some(*rate),
            _ => None,
        }
    }

    fn municipalities(&self) -> Vec<Municipality> {
        match self.0.get(key::MUNICIPALITIES) {
            Some(Value::Municipalities(all)) => all.clone(),
            _ => Vec::new(),
        }
    }

    fn rows(&self, key: &str) -> &[Vec<Option<Value>>] {
        match self.0.get(key) {
            Some(Value::Table(rows)) => rows,
            _ => &[],
        }
    }

    fn timetable(&self) -> Vec<Milestone> {
        let milestone = |row: &Vec<Option<Value>>| match row.as_slice() {
            [Some(Value::Day(day)), sv, en] => Some(Milestone { day: *day, what: both(sv.as_ref(), en.as_ref()) }),
            _ => None,
        };
        let mut all: Vec<Milestone> = self.rows(key::TIMETABLE).iter().filter_map(milestone).collect();
        all.sort_by_key(|one| one.day);
        all
    }

    fn documents(&self, key: &str, demanded: bool) -> Vec<Document> {
        let document = |row: &Vec<Option<Value>>| match row.as_slice() {
            [sv, en] => Some(Document { what: both(sv.as_ref(), en.as_ref()), demanded }),
            _ => None,
        };
        self.rows(key).iter().filter_map(document).collect()
    }

    fn requirements(&self) -> Vec<Requirement> {
        let requirement = |row: &Vec<Option<Value>>| match row.as_slice() {
            [sv, en, why_sv, why_en] => {
                Some(Requirement { question: both(sv.as_ref(), en.as_ref()), why: both(why_sv.as_ref(), why_en.as_ref()) })
            }
            _ => None,
        };
        self.rows(key::REQUIREMENTS).iter().filter_map(requirement).collect()
    }

    fn contact(&self) -> Option<Contact> {
        match self.0.get(key::CONTACT)? {
            Value::Person(Person { name, position, email, phone }) => {
                Some(Contact { name: name.clone(), position: position.clone(), email: email.clone(), phone: phone.clone() })
            }
            _ => None,
        }
    }
}

fn both(sv: Option<&Value>, en: Option<&Value>) -> Both {
    let text = |value: Option<&Value>| match value {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    Both::new(text(sv), text(en))
}

/// What a writer should think of before publishing; nothing of it stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Clocks skip the time that was given: it happens when they have jumped.
    Skipped(&'static str),
    /// Clocks show the time that was given twice: it happens the second time.
    Twice(&'static str),
    /// Somebody who reads English finds Swedish words.
    NoEnglish,
    /// Open for less than two weeks.
    Short,
    /// It closes on a Saturday or a Sunday, when nobody answers.
    Weekend,
}

/// Fewer days than this are few to write an application in.
const FEW_DAYS: i64 = 14;

/// What to think of, about a call that is whole.
pub fn advice(facts: &Facts) -> Vec<Advice> {
    let mut advice = Vec::new();
    for (question, moment) in [(key::OPENS, facts.opens), (key::CLOSES, facts.closes)] {
        match civil::night(moment.day, moment.hour, moment.minute) {
            Night::Plain => {}
            Night::Skipped => advice.push(Advice::Skipped(question)),
            Night::Twice => advice.push(Advice::Twice(question)),
        }
    }
    let texts = [&facts.name, &facts.summary, &facts.about].into_iter();
    let texts = texts.chain(facts.timetable.iter().map(|one| &one.what)).chain(facts.documents.iter().map(|one| &one.what));
    if texts.chain(facts.requirements.iter().flat_map(|one| [&one.question, &one.why])).any(|both| both.en.is_empty()) {
        advice.push(Advice::NoEnglish);
    }
    if facts.closes.day.since(facts.opens.day) < FEW_DAYS {
        advice.push(Advice::Short);
    }
    if matches!(facts.closes.day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        advice.push(Advice::Weekend);
    }
    advice
}

/// What stands in the way of applying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// Such organisations cannot.
    Applicant(Kind),
    /// The organisation has its seat elsewhere.
    Elsewhere,
    /// The requirement with this number, from 0, is not met.
    Requirement(usize),
}

/// What somebody said of their organisation before they have an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub applicant: Kind,
    /// Asked for only when the call is for some municipalities.
    pub seat: Option<Municipality>,
    /// Yes or no to each requirement.
    pub met: Vec<bool>,
}

/// Everything that stands in the way; nothing when they may apply.
pub fn bars(facts: &Facts, said: &Said) -> Vec<Bar> {
    let mut bars = Vec::new();
    if !facts.applicants.contains(&said.applicant) {
        bars.push(Bar::Applicant(said.applicant));
    }
    if !facts.municipalities.is_empty() && !said.seat.as_ref().is_some_and(|seat| facts.municipalities.contains(seat)) {
        bars.push(Bar::Elsewhere);
    }
    let met = |number: &usize| said.met.get(*number).copied().unwrap_or_default();
    bars.extend((0..facts.requirements.len()).filter(|number| !met(number)).map(Bar::Requirement));
    bars
}

#[cfg(test)]
pub mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Form {
        Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    const GOOD: &[(&str, &str)] = &[
        ("namn-sv", "Stöd för utvärdering 2027"),
        ("namn-en", "Support for evaluation 2027"),
        ("kort-sv", "För den som vill veta om arbetet hjälper."),
        ("kort-en", "For those who want to know."),
        ("om-sv", "Sök."),
        ("om-en", "Apply."),
        ("stodform", "utvardering"),
        ("grund", "Förordning (2016:1201) 4 a §"),
        ("slag", "municipality"),
        ("slag", "municipal_association"),
        ("kommuner", "2480"),
        ("krav.1.sv", "Är ni en juridisk person?"),
        ("krav.1.en", "Are you a legal person?"),
        ("krav.1.varfor-sv", "Stödet ges inte till privatpersoner."),
        ("krav.1.varfor-en", "Not to individuals."),
        ("oppnar.dag", "2027-01-11"),
        ("oppnar.klockan", "09.00"),
        ("stanger.dag", "1 mars 2027"),
        ("stanger.klockan", "23.59"),
        ("beslutsdag", "2027-05-31"),
        ("tidplan.1.dag", "2027-03-15"),
        ("tidplan.1.sv", "Kompletteringar"),
        ("tidplan.2.dag", "2027-02-01"),
        ("tidplan.2.sv", "Frågestund"),
        ("sent", "vags"),
        ("ram", "5 000 000"),
        ("tak", "400 000"),
        ("en-per", "ja"),
        ("forsta-ar", "2027"),
        ("antal-ar", "2"),
        ("lonepalagg", "40,66"),
        ("overhead", "10"),
        ("maste-bifogas.1.sv", "Lägesbild"),
        ("maste-bifogas.1.en", "Situation report"),
        ("storsta-fil", "20"),
        ("kontakt.namn", "Ada Ek"),
        ("kontakt.befattning", "Handläggare"),
        ("kontakt.epost", "ada@exempelby.example"),
    ];

    fn with(changes: &[(&str, &str)]) -> Form {
        let mut form = form(GOOD);
        for (name, value) in changes {
            form.set(name, *value);
        }
        form
    }

    fn wrongs(changes: &[(&str, &str)]) -> Vec<String> {
        facts(&with(changes)).unwrap_err().iter().map(Wrong::field).collect()
    }

    #[test]
    fn a_call_is_made_of_its_answers() {
        let facts = facts(&form(GOOD)).unwrap();
        assert_eq!(facts.name, Both::new("Stöd för utvärdering 2027", "Support for evaluation 2027"));
        assert_eq!(facts.applicants, [Kind::Municipality, Kind::MunicipalAssociation]);
        assert_eq!(
            (facts.opens.at.text().as_str(), facts.closes.at.text().as_str()),
            ("2027-01-11T08:00:00.000Z", "2027-03-01T22:59:00.000Z")
        );
        assert_eq!(facts.timetable.iter().map(|one| one.what.sv.as_str()).collect::<Vec<_>>(), ["Frågestund", "Kompletteringar"]);
        assert_eq!((facts.budget.on_costs_at_most, facts.budget.ceiling), (Some(Rate(4066)), Some(Ore::kr(400_000))));
        assert_eq!(facts.documents, [Document { what: Both::new("Lägesbild", "Situation report"), demanded: true }]);
        let kept: Facts = serde_json::from_str(&serde_json::to_string(&facts).unwrap()).unwrap();
        assert_eq!(kept, facts);
    }

    #[test]
    fn answers_that_contradict_each_other_are_found() {
        assert_eq!(wrongs(&[("stanger.dag", "2027-01-11"), ("stanger.klockan", "9")]), ["stanger.dag"]);
        assert_eq!(wrongs(&[("beslutsdag", "2027-03-01")]), ["beslutsdag"]);
        assert_eq!(wrongs(&[("golv", "400 001")]), ["tak"]);
        assert_eq!(wrongs(&[("ram", "399 999")]), ["ram"]);
        assert_eq!(wrongs(&[("tak", ""), ("golv", "5 000 001")]), ["ram"]);
        assert_eq!(wrongs(&[("stanger.dag", "9999-12-31")]), ["stanger.dag"]);
        let all = facts(&Form::default()).unwrap_err();
        let needed = DEFINITION.questions().filter(|question| !question.optional).count();
        assert_eq!(all.len(), needed);
    }

    #[test]
    fn nights_on_which_the_clock_jumps_are_pointed_out() {
        let advice_on = |changes: &[(&str, &str)]| advice(&facts(&with(changes)).unwrap());
        assert_eq!(advice_on(&[]), [Advice::NoEnglish]);
        let spring = advice_on(&[("stanger.dag", "2027-03-28"), ("stanger.klockan", "02.30")]);
        assert_eq!(spring, [Advice::Skipped(key::CLOSES), Advice::NoEnglish, Advice::Weekend]);
        let autumn =
            [("oppnar.dag", "2027-10-31"), ("oppnar.klockan", "2.30"), ("stanger.dag", "2027-11-05"), ("beslutsdag", "2028-01-31")];
        assert_eq!(advice_on(&autumn), [Advice::Twice(key::OPENS), Advice::NoEnglish, Advice::Short]);
    }

    #[test]
    fn whoever_may_apply_is_told_so_before_any_account() {
        let facts = facts(&form(GOOD)).unwrap();
        let seat = |code: &str| Municipality::parse(code).ok();
        let said = |applicant, seat, met: &[bool]| Said { applicant, seat, met: met.to_vec() };
        assert_eq!(bars(&facts, &said(Kind::Municipality, seat("2480"), &[true])), []);
        assert_eq!(
            bars(&facts, &said(Kind::Company, seat("0180"), &[false])),
            [Bar::Applicant(Kind::Company), Bar::Elsewhere, Bar::Requirement(0)]
        );
        assert_eq!(bars(&facts, &said(Kind::Municipality, None, &[])), [Bar::Elsewhere, Bar::Requirement(0)]);
    }
}
