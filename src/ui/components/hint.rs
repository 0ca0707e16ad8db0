//! The sentence between a label and its field that helps to answer.

use leptos::prelude::*;

use super::parts::{Attrs, class, filled};

/// A hint.
#[component]
pub fn Hint(
    /// The words, and links if need be.
    children: Children,
    /// Id that the field's `aria-describedby` names.
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
        <div id=filled(id) class=class("govuk-hint", &[&classes]) {..attributes.spread()}>
            {children()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("hint", 6, |o| {
            let content = o.content().view();
            view! {
                <Hint id=o.text("id") classes=o.text("classes") attributes=o.attrs("attributes")>
                    {content}
                </Hint>
            }
            .into_any()
        });
    }
}
