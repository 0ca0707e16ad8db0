//! Says on every page that the service is being tried out.

use leptos::prelude::*;

use super::{
    Tag,
    parts::{Attrs, Content, class},
};

/// A phase banner. Place it in a landmark.
#[component]
pub fn PhaseBanner(
    /// The phase.
    #[prop(into)]
    tag: Content,
    /// What that means.
    children: Children,
    /// Further classes of the tag.
    #[prop(optional, into)]
    tag_classes: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    view! {
        <div class=class("govuk-phase-banner govuk-width-container", &[&classes]) {..attributes.spread()}>
            <p class="govuk-phase-banner__content">
                <Tag text=tag classes=class("govuk-phase-banner__content__tag", &[&tag_classes]) />
                " "
                <span class="govuk-phase-banner__text">{children()}</span>
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("phase-banner", 7, |o| {
            let (tag, content) = (o.part("tag"), o.content().view());
            view! {
                <PhaseBanner
                    tag=tag.content()
                    tag_classes=tag.text("classes")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                >
                    {content}
                </PhaseBanner>
            }
            .into_any()
        });
    }
}
