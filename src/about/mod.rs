//! Pages about the portal itself: about, contact, accessibility with its report form, cookies, personal data, terms of
//! purchase, easy to read. Knows no other area.
//!
//! To add a page: its Markdown in `text/sv/about` and `text/en/about`, a [`StaticPage`](crate::text::about::StaticPage)
//! in `text::about`, a handler in `pages`, and a line in [`routes`].

mod pages;
mod posts;
mod rules;

use crate::web::{Access, Routes};

/// The pages of this area.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get(Access::Anyone, "/om", pages::about)
        .get(Access::Anyone, "/kontakt", pages::contact)
        .get(Access::Anyone, "/tillganglighet", pages::accessibility)
        .get(Access::Anyone, "/tillganglighet/rapportera", pages::report)
        .post(Access::Anyone, "/tillganglighet/rapportera", posts::report)
        .get(Access::Anyone, "/tillganglighet/rapportera/skickad", pages::report_sent)
        .get(Access::Anyone, "/kakor", pages::cookies)
        .get(Access::Anyone, "/personuppgifter", pages::personal_data)
        .get(Access::Anyone, "/villkor", pages::terms)
        .get(Access::Anyone, "/lattlast", pages::easy_read)
        .get(Access::Anyone, "/komponenter", pages::components)
}
