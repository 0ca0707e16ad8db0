//! Every sentence that a person reads. One file per area with a struct of its sentences; `sv/` and `en/` each hold
//! one constant of it. A sentence that lacks a language does not compile, and `make lint` finds one that nobody uses.
//! To add a sentence: a field here, and its text in both languages. Sentences with something in them are functions.
//!
//! Wording: imperative, "du", present tense; name the thing and say how to mend it. *Ange* for what is typed, *Välj* for
//! choices, *Bekräfta* for consent, *… måste …* when something was entered but wrong.

pub mod en;
pub mod sv;

use crate::kit::Lang;

/// One line per area: its sentences' struct in `text/<area>.rs`, and a constant of it in `sv/` and in `en/`.
macro_rules! areas {
    ($($(#[$about:meta])* $area:ident: $texts:ident = $constant:ident;)*) => { $(
        pub mod $area;
        pub use $area::$texts;

        $(#[$about])*
        pub fn $area(lang: Lang) -> &'static $texts {
            match lang {
                Lang::Sv => &sv::$area::$constant,
                Lang::En => &en::$area::$constant,
            }
        }
    )* };
}

pub mod staff;

/// The staff's house, which is in Swedish only.
pub fn staff() -> &'static Staff {
    &sv::staff::STAFF
}

pub use staff::Staff;

areas! {
    /// Home and the pages about the portal.
    about: About = ABOUT;
    /// Applications: writing, signing, sending in.
    applications: Applications = APPLICATIONS;
    /// Attached files.
    attachments: Attachments = ATTACHMENTS;
    /// Budgets: fields, sums, limits of a call, the spreadsheet.
    budget: BudgetTexts = BUDGET;
    /// Calls as the public reads them.
    calls: Calls = CALLS;
    /// Publications: search, pages, citations.
    catalogue: Catalogue = CATALOGUE;
    /// What components say by themselves.
    components: Components = COMPONENTS;
    /// Questions and answers, whoever asks.
    forms: Forms = FORMS;
    /// What an import says of a row.
    import: Import = IMPORT;
    /// What someone is told on their pages and by mail.
    notices: NoticesTexts = NOTICES;
    /// Signing in by a provider of OpenID Connect.
    openid: OpenId = OPENID;
    /// Organisations and who may act for them.
    organisations: Organisations = ORGANISATIONS;
    /// Accounts, signing in, my pages.
    people: People = PEOPLE;
    /// The mail that demonstration mode keeps.
    post: Post = POST;
    /// The public register, and asking to see documents.
    register: Register = REGISTER;
    /// Basket, checkout, order.
    shop: Shop = SHOP;
    /// Layout, navigation, error pages.
    site: Site = SITE;
}
