//! Sentences of the layout: header, navigation, footer, error pages.

use crate::kit::{EmailError, PhoneError};

pub struct Site {
    pub agency: &'static str,
    pub agency_long: &'static str,
    pub portal: &'static str,
    pub home: &'static str,
    pub home_label: &'static str,
    pub skip_to_content: &'static str,
    pub navigation_label: &'static str,
    pub menu: &'static str,
    pub publications: &'static str,
    pub calls: &'static str,
    pub about: &'static str,
    pub contact: &'static str,
    pub sign_in: &'static str,
    pub my_pages: &'static str,
    pub staff_house: &'static str,
    pub brought_back: &'static str,
    pub basket: fn(count: i64) -> String,
    pub other_language: &'static str,
    pub components: &'static str,
    pub back_label: &'static str,
    pub trail_label: &'static str,
    pub footer_links: &'static str,
    pub accessibility: &'static str,
    pub cookies: &'static str,
    pub personal_data: &'static str,
    pub terms: &'static str,
    pub register: &'static str,
    pub demo_tag: &'static str,
    pub demo_notice: &'static str,
    pub demo_mail: &'static str,
    pub error_prefix: &'static str,
    pub session: SessionQuestion,
    pub errors: ErrorTexts,
    /// What is wrong with an e-mail address, wherever one is asked for.
    pub email: fn(EmailError) -> &'static str,
    /// What is wrong with a phone number.
    pub phone: fn(PhoneError) -> &'static str,
}

/// The question before a session ends.
pub struct SessionQuestion {
    pub title: &'static str,
    pub soon: &'static str,
    pub stay: &'static str,
    pub leave: &'static str,
    pub over: &'static str,
    pub understood: &'static str,
}

/// What error pages say.
pub struct ErrorTexts {
    pub bad_request: (&'static str, &'static str),
    pub forbidden: (&'static str, &'static str),
    pub lacks_role: (&'static str, fn(who: &str) -> String),
    pub not_found: (&'static str, &'static str),
    pub method: (&'static str, &'static str),
    pub gone: (&'static str, &'static str),
    pub too_large: (&'static str, &'static str),
    pub too_many: (&'static str, &'static str),
    pub internal: (&'static str, &'static str),
    pub unavailable: (&'static str, &'static str),
    pub reference: fn(reference: &str) -> String,
    pub go_home: &'static str,
    pub go_publications: &'static str,
}
