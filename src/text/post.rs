//! Sentences of the pages that show kept mail in demonstration mode.

pub struct Post {
    pub title: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    pub caption: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub subject: &'static str,
    pub written: &'static str,
    pub state: &'static str,
    /// By the code that stands in the row.
    pub status: fn(code: &str) -> &'static str,
    pub content: &'static str,
    pub gone: &'static str,
    pub back: &'static str,
}
