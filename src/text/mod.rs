//! Every sentence that a person reads. One file per area with a struct of its sentences; `sv/` and `en/` each hold
//! one constant of it. A sentence that lacks a language does not compile, and `make lint` finds one that nobody uses.
//! To add a sentence: a field here, and its text in both languages. Sentences with something in them are functions.
//!
//! Wording: imperative, "du", present tense; name the thing and say how to mend it. *Ange* for what is typed, *Välj* for
//! choices, *Bekräfta* for consent, *… måste …* when something was entered but wrong.

pub mod about;
pub mod catalogue;
pub mod components;
pub mod en;
pub mod import;
pub mod post;
pub mod shop;
pub mod site;
pub mod sv;

pub use about::About;
pub use catalogue::Catalogue;
pub use components::Components;
pub use import::Import;
pub use post::Post;
pub use shop::Shop;
pub use site::Site;

use crate::kit::Lang;

/// Layout, navigation, error pages.
pub fn site(lang: Lang) -> &'static Site {
    match lang {
        Lang::Sv => &sv::site::SITE,
        Lang::En => &en::site::SITE,
    }
}

/// What components say by themselves.
pub fn components(lang: Lang) -> &'static Components {
    match lang {
        Lang::Sv => &sv::components::COMPONENTS,
        Lang::En => &en::components::COMPONENTS,
    }
}

/// The pages about the portal.
pub fn about(lang: Lang) -> &'static About {
    match lang {
        Lang::Sv => &sv::about::ABOUT,
        Lang::En => &en::about::ABOUT,
    }
}

/// The home page, the search and the publications.
pub fn catalogue(lang: Lang) -> &'static Catalogue {
    match lang {
        Lang::Sv => &sv::catalogue::CATALOGUE,
        Lang::En => &en::catalogue::CATALOGUE,
    }
}

/// Basket, checkout, order.
pub fn shop(lang: Lang) -> &'static Shop {
    match lang {
        Lang::Sv => &sv::shop::SHOP,
        Lang::En => &en::shop::SHOP,
    }
}

/// Kept mail in demonstration mode.
pub fn post(lang: Lang) -> &'static Post {
    match lang {
        Lang::Sv => &sv::post::POST,
        Lang::En => &en::post::POST,
    }
}

/// The report of an import.
pub fn import(lang: Lang) -> &'static Import {
    match lang {
        Lang::Sv => &sv::import::IMPORT,
        Lang::En => &en::import::IMPORT,
    }
}
