//! What stands between a draft and its publication: what the rules of imports say of it, who else has its numbers, and what a
//! publication needs beyond that; and what an editor should know though it may be published.

use std::collections::HashSet;

use super::attached;
use super::record::{self, Record};
use crate::catalogue::model::{Availability, EditionForm};
use crate::catalogue::rules::{self, Code, NewWork, Problem};
use crate::catalogue::store::write;
use crate::kit::Isbn;
use crate::platform::db::{StoreError, Tx};

/// Worth knowing, though nothing stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Neither a Swedish nor an English ingress.
    NoIngress,
    /// The printed edition cannot be ordered: something that a sale needs is missing.
    NotForSale,
    /// An evaluation of supported work, without the grant.
    NoGrant,
    /// No edition and no text: readers see facts only.
    NothingToRead,
}

/// What the rules make of a draft.
pub struct Judged {
    pub work: Result<NewWork, Vec<Problem>>,
    pub advice: Vec<Advice>,
}

/// Judges a draft by itself.
pub fn judge(record: &Record) -> Judged {
    let checked = rules::check(record);
    let mut missing = Vec::new();
    let mut miss = |field: &str| missing.push(Problem { field: field.to_owned(), code: Code::Missing, value: String::new() });
    if record::text(record, "publication_type").is_empty() {
        miss("publication_type");
    }
    if ["date_published", "year", "received"].iter().all(|field| record::text(record, field).is_empty()) {
        miss("date_published");
    }
    let mut advice = Vec::new();
    if let Ok(work) = &checked.work {
        if work.ingress_sv.is_none() && work.ingress_en.is_none() {
            advice.push(Advice::NoIngress);
        }
        let unsold = |edition: &rules::NewEdition| {
            edition.form == EditionForm::Print.code()
                && edition.availability == Availability::InPrint.code()
                && (edition.isbn.is_none() || edition.price.is_none() || edition.vat_rate.is_none())
        };
        if work.editions.iter().any(unsold) {
            advice.push(Advice::NotForSale);
        }
        if work.funded_evaluation && work.grants.is_empty() {
            advice.push(Advice::NoGrant);
        }
        if work.editions.is_empty() && work.body_sv.is_none() && work.body_en.is_none() {
            advice.push(Advice::NothingToRead);
        }
        missing.extend(twice(work));
    }
    missing.extend(attached::problems(record));
    let work = match checked.work {
        Ok(work) if missing.is_empty() => Ok(work),
        Ok(_) => Err(missing),
        Err(problems) => Err(problems.into_iter().chain(missing).collect()),
    };
    Judged { work, advice }
}

/// An ISBN that two editions of the work have.
fn twice(work: &NewWork) -> Vec<Problem> {
    let mut seen = HashSet::new();
    let again = (1..).zip(&work.editions).filter_map(|(place, edition)| {
        let isbn = edition.isbn.filter(|isbn| !seen.insert(isbn.compact()))?;
        Some(Problem { field: format!("editions[{place}].isbn"), code: Code::Repeated { row: 0 }, value: isbn.hyphenated() })
    });
    again.collect()
}

/// Judges a draft among all publications: nobody else may have its ISBN or URN. Two statements.
pub async fn among_all(tx: &mut Tx, record: &Record) -> Result<Judged, StoreError> {
    let mut judged = judge(record);
    let Ok(work) = &judged.work else { return Ok(judged) };
    let isbns: Vec<Isbn> = work.editions.iter().filter_map(|edition| edition.isbn).collect();
    let urns: Vec<_> = work.urn.iter().cloned().collect();
    let mut taken = Vec::new();
    for owner in write::isbn_owners(tx, &isbns).await?.into_iter().filter(|owner| owner.import_key != work.key) {
        let place = work.editions.iter().position(|edition| edition.isbn.is_some_and(|isbn| isbn.compact() == owner.identifier));
        let field = format!("editions[{}].isbn", place.unwrap_or_default() + 1);
        let code = Code::Taken { key: owner.import_key, title: owner.title.into_string() };
        taken.push(Problem { field, code, value: owner.identifier });
    }
    for owner in write::urn_owners(tx, &urns).await?.into_iter().filter(|owner| owner.import_key != work.key) {
        let code = Code::Taken { key: owner.import_key, title: owner.title.into_string() };
        taken.push(Problem { field: "urn_nbn".to_owned(), code, value: owner.identifier });
    }
    if !taken.is_empty() {
        judged.work = Err(taken);
    }
    Ok(judged)
}
