//! Sentences about signing in by a provider of OpenID Connect.

pub struct OpenId {
    pub with: fn(provider: &str) -> String,
    pub by_mail: &'static str,
    pub for_staff: &'static str,
    pub for_staff_lead: &'static str,
    pub refused: RefusedTexts,
    pub ways: WaysTexts,
}

/// Why a provider's word let nobody in.
pub struct RefusedTexts {
    pub title: &'static str,
    pub again: &'static str,
    pub to_ways: &'static str,
    pub dead: &'static str,
    pub other_browser: &'static str,
    pub cancelled: &'static str,
    pub disabled: &'static str,
    pub not_staff: &'static str,
    pub has_account: fn(provider: &str) -> String,
    pub no_address: fn(provider: &str) -> String,
    pub other_account: fn(provider: &str) -> String,
    pub silent: fn(provider: &str) -> String,
    pub confused: fn(provider: &str) -> String,
    pub untrue: fn(provider: &str) -> String,
}

/// The page about how one signs in.
pub struct WaysTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub linked: &'static str,
    pub removed: &'static str,
    pub mail: fn(email: &str) -> String,
    pub since: fn(provider: &str, day: &str) -> String,
    pub unknown: &'static str,
    pub remove: &'static str,
    pub remove_which: fn(provider: &str) -> String,
    pub more: &'static str,
    pub link: fn(provider: &str) -> String,
}
