//! The receipt at the end of a flow.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, heading};

/// A panel that confirms.
#[component]
pub fn Panel(
    /// What has happened; the page's h1.
    #[prop(into)]
    title: Content,
    /// What to keep, such as a reference number.
    #[prop(optional)]
    children: Option<Children>,
    /// Level of the heading.
    #[prop(default = 1)]
    heading_level: u8,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    // The package's other panel, which interrupts, is not one that confirms.
    let modifier = if classes.contains("govuk-panel--interruption") { "" } else { "govuk-panel--confirmation" };
    let body = children.map(|children| view! { <div class="govuk-panel__body">{children()}</div> });
    view! {
        <div class=class("govuk-panel", &[modifier, &classes]) {..attributes.spread()}>
            {heading(heading_level, "govuk-panel__title", None, title.view())}
            {body}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("panel", 11, |o| {
            let level = o.text("headingLevel").parse().unwrap_or(1);
            let (title, content) = (o.words("titleHtml", "titleText"), o.content());
            let (classes, attributes) = (o.text("classes"), o.attrs("attributes"));
            if content.is_empty() {
                view! { <Panel title=title heading_level=level classes=classes attributes=attributes /> }.into_any()
            } else {
                let content = content.view();
                view! {
                    <Panel title=title heading_level=level classes=classes attributes=attributes>
                        {content}
                    </Panel>
                }
                .into_any()
            }
        });
    }
}
