//! Words set apart from the rest: a quotation, an example, a condition.

use leptos::prelude::*;

use super::parts::{Attrs, class, filled};

/// Inset text.
#[component]
pub fn InsetText(
    /// The words.
    children: Children,
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
        <div id=filled(id) class=class("govuk-inset-text", &[&classes]) {..attributes.spread()}>
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
        check("inset-text", 6, |o| {
            let content = o.content().view();
            view! {
                <InsetText id=o.text("id") classes=o.text("classes") attributes=o.attrs("attributes")>
                    {content}
                </InsetText>
            }
            .into_any()
        });
    }
}
