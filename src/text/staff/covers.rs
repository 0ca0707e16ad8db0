//! Sentences of the editors' page of a cover.

use crate::catalogue::rules::covers::CoverError;

pub struct CoversTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    pub none_in_draft: &'static str,
    pub readers: &'static str,
    pub not_yet: &'static str,
    pub size: &'static str,
    pub dots: fn(width: i64, height: i64) -> String,
    pub alt_sv: &'static str,
    pub alt_en: &'static str,
    pub alt_hint: &'static str,
    pub decoration: &'static str,
    pub decorative: &'static str,
    pub added: &'static str,
    pub added_by: fn(name: &str, at: &str) -> String,
    pub choose: &'static str,
    pub choose_other: &'static str,
    pub hint: fn(megabytes: u64) -> String,
    pub save_first: &'static str,
    pub save: &'static str,
    pub remove: &'static str,
    pub saved: &'static str,
    pub removed: &'static str,
    pub stale: &'static str,
    pub lost: &'static str,
    pub error: fn(CoverError, megabytes: u64) -> String,
}
