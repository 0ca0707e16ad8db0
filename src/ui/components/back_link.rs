//! The way back to the page before in a flow.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, labels};

/// A back link. Place it in a landmark: `<nav aria-label="Tillbaka">`.
#[component]
pub fn BackLink(
    /// Address of the page before.
    #[prop(into)]
    href: String,
    /// The words; the page's word for "Back" by default.
    #[prop(optional, into)]
    text: Content,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let text = if text.is_empty() { labels().back_label.into_any() } else { text.view() };
    view! {
        <a href=href class=class("govuk-back-link", &[&classes]) {..attributes.spread()}>
            {text}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("back-link", 7, |o| {
            view! {
                <BackLink
                    href=o.given("href").unwrap_or_else(|| "#".into())
                    text=o.content()
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
