//! A word about the state of something. The word says it; the colour only helps.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class};

/// A tag.
#[component]
pub fn Tag(
    /// The word.
    #[prop(into)]
    text: Content,
    /// Further classes, such as `govuk-tag--green`.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    view! {
        <strong class=class("govuk-tag", &[&classes]) {..attributes.spread()}>
            {text.view()}
        </strong>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("tag", 12, |o| view! { <Tag text=o.content() classes=o.text("classes") attributes=o.attrs("attributes") /> }.into_any());
    }
}
