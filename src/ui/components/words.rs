//! The few words that components say by themselves, in both languages.
//!
//! A page builds its view inside [`speak`], so that its components have the page's language.
//! To add a word: add the field, its value in both constants, and use it through [`words`].

use leptos::prelude::*;

use crate::kit::Lang;

/// Words that stand in a component unless the page gives its own.
pub struct Words {
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
    /// Text of a back link.
    pub back: &'static str,
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
    /// Text of the skip link.
    pub skip: &'static str,
    /// Name of the navigation, and the text of its button.
    pub menu: &'static str,
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

impl Words {
    /// Swedish.
    pub const SV: Words = Words {
        error: "Fel",
        error_summary: "Det finns något att rätta",
        important: "Viktigt",
        success: "Klart",
        warning: "Varning",
        back: "Tillbaka",
        breadcrumbs: "Brödsmulor",
        pagination: "Sidor",
        previous: ("Föregående", " sida"),
        next: ("Nästa", " sida"),
        page: "Sida",
        skip: "Hoppa till innehållet",
        menu: "Meny",
        service: "Om tjänsten",
        date: ["Dag", "Månad", "År"],
        limit_characters: "Du kan skriva högst %{count} tecken",
        limit_words: "Du kan skriva högst %{count} ord",
        count: &[
            ("data-i18n.characters-under-limit.one", "Du har %{count} tecken kvar"),
            ("data-i18n.characters-under-limit.other", "Du har %{count} tecken kvar"),
            ("data-i18n.characters-at-limit", "Du har 0 tecken kvar"),
            ("data-i18n.characters-over-limit.one", "Du har skrivit %{count} tecken för mycket"),
            ("data-i18n.characters-over-limit.other", "Du har skrivit %{count} tecken för mycket"),
            ("data-i18n.words-under-limit.one", "Du har %{count} ord kvar"),
            ("data-i18n.words-under-limit.other", "Du har %{count} ord kvar"),
            ("data-i18n.words-at-limit", "Du har 0 ord kvar"),
            ("data-i18n.words-over-limit.one", "Du har skrivit %{count} ord för mycket"),
            ("data-i18n.words-over-limit.other", "Du har skrivit %{count} ord för mycket"),
        ],
    };

    /// English: the package's own words.
    pub const EN: Words = Words {
        error: "Error",
        error_summary: "There is a problem",
        important: "Important",
        success: "Success",
        warning: "Warning",
        back: "Back",
        breadcrumbs: "Breadcrumb",
        pagination: "Pagination",
        previous: ("Previous", " page"),
        next: ("Next", " page"),
        page: "Page",
        skip: "Skip to main content",
        menu: "Menu",
        service: "Service information",
        date: ["Day", "Month", "Year"],
        limit_characters: "You can enter up to %{count} characters",
        limit_words: "You can enter up to %{count} words",
        count: &[],
    };
}

/// The words of the page being rendered; Swedish unless the page provided others.
pub fn words() -> &'static Words {
    use_context::<&'static Words>().unwrap_or(&Words::SV)
}

/// Builds a view whose components speak this language.
pub fn speak(lang: Lang, build: impl FnOnce() -> AnyView) -> AnyView {
    Owner::new().with(|| {
        provide_context(match lang {
            Lang::Sv => &Words::SV,
            Lang::En => &Words::EN,
        });
        build()
    })
}
