//! Sentences of the pages about the portal. Longer texts are Markdown, one file a page, in the
//! folder `about` beside each language; links in them carry the language's own prefix.

/// The version of the terms of purchase that an order names: the day from which they apply.
pub const TERMS_VERSION: &str = "2026-11-22";

pub struct About {
    pub about: StaticPage,
    pub contact: StaticPage,
    pub accessibility: StaticPage,
    pub cookies: StaticPage,
    pub personal_data: StaticPage,
    pub terms: StaticPage,
    pub easy_read: StaticPage,
    pub contact_email: &'static str,
    pub cookie_table: CookieTexts,
    pub terms_apply_from: fn(day: &str) -> String,
    pub report: ReportTexts,
}

/// A page that is nothing but text.
pub struct StaticPage {
    /// May hold soft hyphens, where a long word may break on a narrow screen.
    pub title: &'static str,
    pub description: &'static str,
    /// Markdown.
    pub body: &'static str,
    /// One paragraph that stands first in demonstration mode.
    pub demo: Option<&'static str>,
}

pub struct CookieTexts {
    pub caption: &'static str,
    pub name: &'static str,
    pub purpose: &'static str,
    pub lifetime: &'static str,
    pub basket_purpose: &'static str,
    pub receipt_purpose: &'static str,
    pub sign_in_purpose: &'static str,
    pub session_purpose: &'static str,
    pub kept_purpose: &'static str,
    pub days: fn(days: i64) -> String,
    pub minutes: fn(minutes: i64) -> String,
    pub remove: &'static str,
}

pub struct ReportTexts {
    pub title: &'static str,
    pub description: &'static str,
    pub lead: &'static str,
    pub page_label: &'static str,
    pub page_hint: &'static str,
    pub problem_label: &'static str,
    pub problem_hint: &'static str,
    pub email_label: &'static str,
    pub email_hint: &'static str,
    pub privacy: &'static str,
    pub submit: &'static str,
    pub problem_missing: &'static str,
    pub problem_long: fn(max: usize) -> String,
    pub page_long: fn(max: usize) -> String,
    pub email_wrong: &'static str,
    pub sent_title: &'static str,
    pub sent_next: &'static str,
    pub sent_digg: &'static str,
    pub sent_back: &'static str,
    pub mail_subject: &'static str,
    pub mail_page: &'static str,
    pub mail_problem: &'static str,
    pub mail_reply: &'static str,
    pub mail_nothing: &'static str,
}
