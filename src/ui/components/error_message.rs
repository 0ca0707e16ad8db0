//! What is wrong with one answer, in the same words as in the error summary.

use leptos::prelude::*;

use super::parts::{Attrs, class, filled, words};

/// An error message beside its field.
#[component]
pub fn ErrorMessage(
    /// The words.
    children: Children,
    /// Id that the field's `aria-describedby` names.
    #[prop(optional, into)]
    id: String,
    /// Hidden word before the message; empty leaves it out. The page's word for "Error" by default.
    #[prop(optional, into)]
    prefix: Option<String>,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let prefix = filled(prefix.unwrap_or_else(|| words().error.to_owned()))
        .map(|prefix| view! { <span class="govuk-visually-hidden">{format!("{prefix}:")}</span>" " });
    view! {
        <p id=filled(id) class=class("govuk-error-message", &[&classes]) {..attributes.spread()}>
            {prefix}
            {children()}
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("error-message", 9, |o| {
            let content = o.content().view();
            view! {
                <ErrorMessage
                    id=o.text("id")
                    prefix=o.given("visuallyHiddenText").unwrap_or_else(|| "Error".into())
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                >
                    {content}
                </ErrorMessage>
            }
            .into_any()
        });
    }
}
