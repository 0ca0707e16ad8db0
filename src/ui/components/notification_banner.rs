//! Something the reader must know that does not come from this page, or that something worked.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, either, heading, words};

/// A notification banner.
#[component]
pub fn NotificationBanner(
    /// One sentence, set as a heading.
    #[prop(optional, into)]
    text: Content,
    /// More than a sentence, instead of `text`.
    #[prop(optional)]
    children: Option<Children>,
    /// Whether it says that something worked.
    #[prop(optional)]
    success: bool,
    /// The heading; the page's word by default.
    #[prop(optional, into)]
    title: Content,
    /// Id of the heading; must differ between the banners of a page.
    #[prop(optional, into)]
    title_id: String,
    /// Level of the heading.
    #[prop(default = 2)]
    title_level: u8,
    /// Role; `alert` for success, else `region`.
    #[prop(optional, into)]
    role: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let title = if !title.is_empty() {
        title.view()
    } else if success {
        words().success.into_any()
    } else {
        words().important.into_any()
    };
    let title_id = either(title_id, "govuk-notification-banner-title");
    let content = match children {
        Some(children) => children(),
        None => view! { <p class="govuk-notification-banner__heading">{text.view()}</p> }.into_any(),
    };
    view! {
        <div
            role=either(role, if success { "alert" } else { "region" })
            aria-labelledby=title_id
            data-module="govuk-notification-banner"
            class=class(
                "govuk-notification-banner",
                &[if success { "govuk-notification-banner--success" } else { "" }, &classes],
            )
            {..attributes.spread()}
        >
            <div class="govuk-notification-banner__header">
                {heading(title_level, "govuk-notification-banner__title", Some(title_id.clone()), title)}
            </div>
            <div class="govuk-notification-banner__content">{content}</div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{check, raw};

    #[test]
    fn renders_like_the_package() {
        check("notification-banner", 21, |o| {
            let level = o.text("titleHeadingLevel").parse().unwrap_or(2);
            // Focus is a matter of attributes, which the page may add.
            let attributes = match o.given("disableAutoFocus") {
                Some(on) => o.attrs("attributes").with("data-disable-auto-focus", on),
                None => o.attrs("attributes"),
            };
            let html = o.flag("html").then(|| raw(o.text("html")));
            match html {
                Some(html) => view! { <NotificationBanner>{html}</NotificationBanner> }.into_any(),
                None => view! {
                    <NotificationBanner
                        text=o.text("text")
                        success=o.text("type") == "success"
                        title=o.words("titleHtml", "titleText")
                        title_id=o.text("titleId")
                        title_level=level
                        role=o.text("role")
                        classes=o.text("classes")
                        attributes=attributes
                    />
                }
                .into_any(),
            }
        });
    }
}
