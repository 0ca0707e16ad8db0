//! Words that few need, folded away.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, filled};

/// Details.
#[component]
pub fn Details(
    /// The line that unfolds.
    #[prop(into)]
    summary: Content,
    /// What is folded away.
    children: Children,
    /// Whether it is unfolded from the start.
    #[prop(optional)]
    open: bool,
    /// Id.
    #[prop(optional, into)]
    id: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    view! {
        <details open=open id=filled(id) class=class("govuk-details", &[&classes]) {..attributes.spread()}>
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{summary.view()}</span>
            </summary>
            <div class="govuk-details__text">{children()}</div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("details", 10, |o| {
            let content = o.content().view();
            view! {
                <Details
                    summary=o.words("summaryHtml", "summaryText")
                    open=o.flag("open")
                    id=o.text("id")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                >
                    {content}
                </Details>
            }
            .into_any()
        });
    }
}
