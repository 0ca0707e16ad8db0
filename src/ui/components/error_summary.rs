//! All that is wrong with a form, first in main, each entry linking to its field.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class, filled, words};

/// One entry of an error summary.
#[derive(Default)]
pub struct ErrorEntry {
    href: String,
    text: Content,
    attributes: Attrs,
}

impl ErrorEntry {
    /// An entry that links to `href`, such as `#fornamn`; plain words when `href` is empty.
    pub fn new(href: impl Into<String>, text: impl Into<Content>) -> Self {
        Self { href: href.into(), text: text.into(), ..Self::default() }
    }

    /// With further attributes of the link.
    pub fn attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.attributes = attributes.into();
        self
    }
}

/// The entries, in the order of the fields.
#[derive(Default)]
pub struct ErrorList(Vec<ErrorEntry>);

impl<T: Into<ErrorEntry>> From<Vec<T>> for ErrorList {
    fn from(entries: Vec<T>) -> Self {
        Self(entries.into_iter().map(Into::into).collect())
    }
}

impl<H: Into<String>, T: Into<Content>> From<(H, T)> for ErrorEntry {
    fn from((href, text): (H, T)) -> Self {
        Self::new(href, text)
    }
}

/// An error summary.
#[component]
pub fn ErrorSummary(
    /// The entries: pairs of address and sentence, the address being `#` and the id of the first field in question.
    #[prop(optional, into)]
    errors: ErrorList,
    /// The heading.
    #[prop(optional, into)]
    title: Content,
    /// A sentence before the entries.
    #[prop(optional, into)]
    description: Content,
    /// Whether script leaves the focus where it is.
    #[prop(optional)]
    disable_auto_focus: Option<bool>,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let title = if title.is_empty() { words().error_summary.into_any() } else { title.view() };
    let description = (!description.is_empty()).then(|| view! { <p>{description.view()}</p> });
    let items: Vec<AnyView> = errors.0.into_iter().map(entry).collect();
    let list = (!items.is_empty()).then(|| view! { <ul class="govuk-list govuk-error-summary__list">{items}</ul> });
    view! {
        <div
            data-module="govuk-error-summary"
            data-disable-auto-focus=disable_auto_focus.map(|on| on.to_string())
            class=class("govuk-error-summary", &[&classes])
            {..attributes.spread()}
        >
            <div role="alert">
                <h2 class="govuk-error-summary__title">{title}</h2>
                <div class="govuk-error-summary__body">{description} {list}</div>
            </div>
        </div>
    }
}

fn entry(item: ErrorEntry) -> AnyView {
    let text = item.text.view();
    match filled(item.href) {
        Some(href) => view! {
            <li>
                <a href=href.clone() {..item.attributes.spread()}>
                    {text}
                </a>
            </li>
        }
        .into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("error-summary", 19, |o| {
            let errors: Vec<ErrorEntry> = o
                .list("errorList")
                .iter()
                .map(|(_, o)| ErrorEntry::new(o.text("href"), o.content()).attributes(o.attrs("attributes")))
                .collect();
            // The prop has no value for "unknown".
            let attributes = match o.given("disableAutoFocus") {
                Some(on) => o.attrs("attributes").with("data-disable-auto-focus", on),
                None => o.attrs("attributes"),
            };
            view! {
                <ErrorSummary
                    errors=errors
                    title=o.words("titleHtml", "titleText")
                    description=o.words("descriptionHtml", "descriptionText")
                    classes=o.text("classes")
                    attributes=attributes
                />
            }
            .into_any()
        });
    }

    #[test]
    fn pairs_become_links_in_order() {
        let errors = vec![("#namn".to_owned(), "Ange namn".to_owned()), (String::new(), "Ladda om sidan".to_owned())];
        let html = Owner::new().with(|| view! { <ErrorSummary errors=errors disable_auto_focus=true /> }.to_html());
        let page = scraper::Html::parse_fragment(&html);
        let entries = scraper::Selector::parse("li").expect("selector");
        let link = scraper::Selector::parse("a").expect("selector");
        let entries: Vec<(String, Option<&str>)> = page
            .select(&entries)
            .map(|entry| (entry.text().collect(), entry.select(&link).next().and_then(|link| link.attr("href"))))
            .collect();
        assert_eq!(entries, [("Ange namn".to_owned(), Some("#namn")), ("Ladda om sidan".to_owned(), None)]);
        assert!(html.contains(r#"data-disable-auto-focus="true""#), "{html}");
    }
}
