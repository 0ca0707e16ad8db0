//! What has a consequence that the reader must not miss.

use leptos::prelude::*;

use super::parts::{Attrs, class, either, words};

/// Warning text.
#[component]
pub fn WarningText(
    /// The words.
    children: Children,
    /// What is said instead of the icon; the page's word by default.
    #[prop(optional, into)]
    icon_text: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    view! {
        <div class=class("govuk-warning-text", &[&classes]) {..attributes.spread()}>
            <span class="govuk-warning-text__icon" aria-hidden="true">
                "!"
            </span>
            " "
            <strong class="govuk-warning-text__text">
                <span class="govuk-visually-hidden">{either(icon_text, words().warning)}</span>
                " "
                {children()}
            </strong>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("warning-text", 8, |o| {
            let content = o.content().view();
            view! {
                <WarningText
                    icon_text=o.text("iconFallbackText")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                >
                    {content}
                </WarningText>
            }
            .into_any()
        });
    }
}
