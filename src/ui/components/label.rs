//! The label of one field.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, filled};

/// A label; the page's heading as well, when the page asks one thing.
#[component]
pub fn Label(
    /// The words. Without them nothing is rendered.
    #[prop(into)]
    text: Content,
    /// Id of the field.
    #[prop(optional, into)]
    target: String,
    /// Whether the label is the page's h1.
    #[prop(optional)]
    is_heading: bool,
    /// Further classes, such as `govuk-label--m`.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    if text.is_empty() {
        return ().into_any();
    }
    let label = view! {
        <label class=class("govuk-label", &[&classes]) for=filled(target) {..attributes.spread()}>
            {text.view()}
        </label>
    };
    if is_heading { view! { <h1 class="govuk-label-wrapper">{label}</h1> }.into_any() } else { label.into_any() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("label", 17, |o| {
            view! {
                <Label
                    text=o.content()
                    target=o.text("for")
                    is_heading=o.flag("isPageHeading")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
