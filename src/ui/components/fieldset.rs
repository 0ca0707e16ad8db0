//! A group of fields that answer one question.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, filled};

/// A fieldset with its legend.
#[component]
pub fn Fieldset(
    /// What the fields have in common; left out when empty.
    #[prop(into)]
    legend: Content,
    /// The fields.
    children: Children,
    /// Whether the legend is the page's h1.
    #[prop(optional)]
    legend_is_heading: bool,
    /// Further classes of the legend, such as `govuk-fieldset__legend--m`.
    #[prop(optional, into)]
    legend_classes: String,
    /// Ids of the elements that describe the group.
    #[prop(optional, into)]
    described_by: String,
    /// Role of the group.
    #[prop(optional, into)]
    role: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let legend = (!legend.is_empty()).then(|| {
        let words = legend.view();
        let words = if legend_is_heading { view! { <h1 class="govuk-fieldset__heading">{words}</h1> }.into_any() } else { words };
        view! { <legend class=class("govuk-fieldset__legend", &[&legend_classes])>{words}</legend> }
    });
    view! {
        <fieldset
            class=class("govuk-fieldset", &[&classes])
            role=filled(role)
            aria-describedby=filled(described_by)
            {..attributes.spread()}
        >
            {legend}
            {children()}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{check, raw};

    #[test]
    fn renders_like_the_package() {
        check("fieldset", 18, |o| {
            let (legend, inner) = (o.part("legend"), raw(o.text("html")));
            view! {
                <Fieldset
                    legend=legend.content()
                    legend_is_heading=legend.flag("isPageHeading")
                    legend_classes=legend.text("classes")
                    described_by=o.text("describedBy")
                    role=o.text("role")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                >
                    {inner}
                </Fieldset>
            }
            .into_any()
        });
    }
}
