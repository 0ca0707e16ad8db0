//! The first link of a page, shown when it has focus: past the navigation to the content.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, either, labels};

/// A skip link.
#[component]
pub fn SkipLink(
    /// Where to; `#innehall`, the page's main, by default.
    #[prop(optional, into)]
    href: String,
    /// The words; the page's own by default.
    #[prop(optional, into)]
    text: Content,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let text = if text.is_empty() { labels().skip_to_content.into_any() } else { text.view() };
    view! {
        <a
            data-module="govuk-skip-link"
            href=either(href, "#innehall")
            class=class("govuk-skip-link", &[&classes])
            {..attributes.spread()}
        >
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
        check("skip-link", 9, |o| {
            view! {
                <SkipLink
                    href=o.given("href").unwrap_or_else(|| "#content".into())
                    text=o.content()
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
