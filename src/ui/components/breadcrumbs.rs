//! Where a page lies.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, either, filled, words};

/// One step of the way.
#[derive(Default)]
pub struct Crumb {
    href: String,
    text: Content,
    attributes: Attrs,
}

impl Crumb {
    /// A page above this one.
    pub fn new(href: impl Into<String>, text: impl Into<Content>) -> Self {
        Self { href: href.into(), text: text.into(), ..Self::default() }
    }

    /// This page, which is no link.
    pub fn here(text: impl Into<Content>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// With further attributes of the link.
    pub fn attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.attributes = attributes.into();
        self
    }
}

impl<H: Into<String>, T: Into<Content>> From<(H, T)> for Crumb {
    fn from((href, text): (H, T)) -> Self {
        Self::new(href, text)
    }
}

/// Breadcrumbs.
#[component]
pub fn Breadcrumbs(
    /// The steps, from the start page.
    items: Vec<Crumb>,
    /// Name of the landmark; the page's word by default.
    #[prop(optional, into)]
    label: String,
    /// Whether narrow screens show only the first and the last step.
    #[prop(optional)]
    collapse: bool,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let items: Vec<AnyView> = items
        .into_iter()
        .map(|item| match filled(item.href) {
            Some(href) => view! {
                <li class="govuk-breadcrumbs__list-item">
                    <a class="govuk-breadcrumbs__link" href=href.clone() {..item.attributes.spread()}>
                        {item.text.view()}
                    </a>
                </li>
            }
            .into_any(),
            None => view! {
                <li class="govuk-breadcrumbs__list-item" aria-current="page">
                    {item.text.view()}
                </li>
            }
            .into_any(),
        })
        .collect();
    let collapse = if collapse { "govuk-breadcrumbs--collapse-on-mobile" } else { "" };
    view! {
        <nav
            class=class("govuk-breadcrumbs", &[&classes, collapse])
            aria-label=either(label, words().breadcrumbs)
            {..attributes.spread()}
        >
            <ol class="govuk-breadcrumbs__list">{items}</ol>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("breadcrumbs", 12, |o| {
            let items = o.list("items");
            let items = items.iter().map(|(_, o)| Crumb::new(o.text("href"), o.content()).attributes(o.attrs("attributes"))).collect();
            view! {
                <Breadcrumbs
                    items=items
                    label=o.text("labelText")
                    collapse=o.flag("collapseOnMobile")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
