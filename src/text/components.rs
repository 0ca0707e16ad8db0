//! The few words that the design system's components say by themselves, unless a page gives its own.

/// Words that stand in a component unless the page gives its own.
pub struct Components {
    /// Hidden word before an error message, without colon.
    pub error: &'static str,
    /// Heading of the error summary.
    pub error_summary: &'static str,
    /// Heading of a notification banner.
    pub important: &'static str,
    /// Heading of a notification banner that says that something worked.
    pub success: &'static str,
    /// Hidden word before a warning.
    pub warning: &'static str,
    /// Name of the breadcrumbs.
    pub breadcrumbs: &'static str,
    /// Name of the pagination.
    pub pagination: &'static str,
    /// Visible and hidden part of the link to the page before.
    pub previous: (&'static str, &'static str),
    /// Visible and hidden part of the link to the page after.
    pub next: (&'static str, &'static str),
    /// "Page", as in "Page 3".
    pub page: &'static str,
    /// Name of the region around a service's name and navigation.
    pub service: &'static str,
    /// Labels of the parts of a date.
    pub date: [&'static str; 3],
    /// How many characters a field takes; `%{count}` is the number.
    pub limit_characters: &'static str,
    /// How many words a field takes; `%{count}` is the number.
    pub limit_words: &'static str,
    /// Attributes that give the character count's script its sentences. Empty in English, which the script knows.
    pub count: &'static [(&'static str, &'static str)],
}
