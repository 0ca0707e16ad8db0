//! Buttons, and links that look like buttons.

use leptos::prelude::*;

use super::parts::{Attrs, class, filled};

/// What pressing a button does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Sends the form.
    #[default]
    Submit,
    /// Nothing without script.
    Button,
    /// Empties the form.
    Reset,
}

impl ButtonKind {
    fn code(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Button => "button",
            Self::Reset => "reset",
        }
    }
}

/// A button, or with `href` a link that looks like one.
///
/// It is never disabled: a button that does not answer explains nothing. Let it answer with what is missing.
#[component]
pub fn Button(
    /// The words.
    children: Children,
    /// Address, which makes the button a link.
    #[prop(optional, into)]
    href: String,
    /// Name of the value that the form sends when this button was pressed.
    #[prop(optional, into)]
    name: String,
    /// The value that is sent under `name`.
    #[prop(optional, into)]
    value: String,
    /// What pressing does; sends the form by default.
    #[prop(optional)]
    kind: ButtonKind,
    /// The second-best thing to do on a page.
    #[prop(optional)]
    secondary: bool,
    /// Something that cannot be undone.
    #[prop(optional)]
    warning: bool,
    /// The start of a service; shows an arrow.
    #[prop(optional)]
    start: bool,
    /// Whether the package's script swallows a second press.
    #[prop(optional)]
    prevent_double_click: Option<bool>,
    /// Id of the button.
    #[prop(optional, into)]
    id: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let class = class(
        "govuk-button",
        &[
            if secondary { "govuk-button--secondary" } else { "" },
            if warning { "govuk-button--warning" } else { "" },
            &classes,
            if start { "govuk-button--start" } else { "" },
        ],
    );
    let words = children();
    let icon = start.then(|| {
        view! {
            <svg
                class="govuk-button__start-icon"
                xmlns="http://www.w3.org/2000/svg"
                width="17.5"
                height="19"
                viewBox="0 0 33 40"
                aria-hidden="true"
                focusable="false"
            >
                <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
            </svg>
        }
    });
    if let Some(href) = filled(href) {
        view! {
            <a
                href=href
                role="button"
                draggable="false"
                class=class
                data-module="govuk-button"
                id=filled(id)
                {..attributes.spread()}
            >
                {words}
                {icon}
            </a>
        }
        .into_any()
    } else {
        view! {
            <button
                type=kind.code()
                value=filled(value)
                name=filled(name)
                data-prevent-double-click=prevent_double_click.map(|prevent| prevent.to_string())
                class=class
                data-module="govuk-button"
                id=filled(id)
                {..attributes.spread()}
            >
                {words}
                {icon}
            </button>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{check, raw};

    #[test]
    fn renders_like_the_package() {
        check("button", 34, |o| {
            let kind = if o.text("type") == "button" { ButtonKind::Button } else { ButtonKind::Submit };
            // The package wraps HTML in a start button in a span; here the page writes that span.
            let content = match o.given("html") {
                Some(html) if o.flag("isStartButton") => raw(format!("<span>{html}</span>")),
                _ => o.content().view(),
            };
            let common = (o.text("classes"), o.attrs("attributes"), o.text("id"), o.flag("isStartButton"));
            match o.given("preventDoubleClick") {
                Some(prevent) => view! {
                    <Button prevent_double_click=prevent == "true" classes=common.0>
                        {content}
                    </Button>
                }
                .into_any(),
                None => view! {
                    <Button
                        href=o.text("href")
                        name=o.text("name")
                        value=o.text("value")
                        kind=kind
                        start=common.3
                        id=common.2
                        classes=common.0
                        attributes=common.1
                    >
                        {content}
                    </Button>
                }
                .into_any(),
            }
        });
    }
}
