//! Small values that several components share: a piece of content, a bag of attributes, the links between a field
//! and its hint and error.

use leptos::{
    attr::{
        any_attribute::{AnyAttribute, IntoAnyAttribute},
        custom::custom_attribute,
    },
    prelude::*,
};

use crate::kit::Lang;
use crate::text;

/// Text or a view, put where a component shows words.
///
/// A string is escaped. The empty string is no content at all, so an optional sentence can be passed as it is.
#[derive(Default)]
pub struct Content(Option<AnyView>);

impl Content {
    /// Nothing: the component leaves the place out.
    pub fn none() -> Self {
        Self(None)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The content as a view.
    pub fn view(self) -> AnyView {
        self.0.unwrap_or_else(|| ().into_any())
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self((!text.is_empty()).then(|| text.into_any()))
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<AnyView> for Content {
    fn from(view: AnyView) -> Self {
        Self(Some(view))
    }
}

impl<T: Into<Content>> From<Option<T>> for Content {
    fn from(content: Option<T>) -> Self {
        content.map(Into::into).unwrap_or_default()
    }
}

/// Further attributes for the element that a component is about, such as `data-…` or `aria-…`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attrs(Vec<(String, String)>);

impl Attrs {
    /// No attributes.
    pub fn none() -> Self {
        Self::default()
    }

    /// The same attributes and one more.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// These attributes followed by `more`.
    pub(super) fn join(mut self, more: Attrs) -> Self {
        self.0.extend(more.0);
        self
    }

    /// As the view macro wants them: `<div {..attrs.spread()}>`.
    pub(super) fn spread(self) -> Vec<AnyAttribute> {
        self.0.into_iter().map(|(name, value)| custom_attribute(name, value).into_any_attr()).collect()
    }
}

impl<N: Into<String>, V: Into<String>, const LEN: usize> From<[(N, V); LEN]> for Attrs {
    fn from(attributes: [(N, V); LEN]) -> Self {
        attributes.into_iter().collect()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Attrs {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(attributes: I) -> Self {
        Self(attributes.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// The language of the page being rendered, which the layout provides; Swedish where it did not.
fn lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// What components say by themselves, in the page's language.
pub(super) fn words() -> &'static text::Components {
    text::components(lang())
}

/// Words of the layout that components share, in the page's language.
pub(super) fn labels() -> &'static text::Site {
    text::site(lang())
}

/// `base` and the classes in `more` that are not empty.
pub(super) fn class(base: &str, more: &[&str]) -> String {
    let mut all = base.to_owned();
    for one in more.iter().filter(|one| !one.is_empty()) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(one);
    }
    all
}

/// `None` for the empty string, so that the attribute is left out.
pub(super) fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The first of two strings that is not empty.
pub(super) fn either(text: String, otherwise: &str) -> String {
    if text.is_empty() { otherwise.to_owned() } else { text }
}

/// An `h1`–`h6`; a level outside them becomes the nearest.
pub(super) fn heading(level: u8, class: &'static str, id: Option<String>, content: AnyView) -> AnyView {
    match level {
        0 | 1 => view! { <h1 class=class id=id>{content}</h1> }.into_any(),
        2 => view! { <h2 class=class id=id>{content}</h2> }.into_any(),
        3 => view! { <h3 class=class id=id>{content}</h3> }.into_any(),
        4 => view! { <h4 class=class id=id>{content}</h4> }.into_any(),
        5 => view! { <h5 class=class id=id>{content}</h5> }.into_any(),
        _ => view! { <h6 class=class id=id>{content}</h6> }.into_any(),
    }
}

/// A field's hint and error, and the `aria-describedby` that ties them to it.
pub(super) struct Described {
    /// Value of `aria-describedby`; `None` leaves the attribute out.
    pub by: Option<String>,
    /// The hint, ready to be placed.
    pub hint: AnyView,
    /// The error message, ready to be placed.
    pub error: AnyView,
    /// Whether there is an error.
    pub invalid: bool,
    /// The class that the form group gets.
    pub group: &'static str,
}

impl Described {
    /// Names the hint `{id}-hint` and the error `{id}-error`, after the ids that the caller gave in `extra`.
    pub fn new(id: &str, extra: &str, hint: Content, error: Content) -> Self {
        use super::{ErrorMessage, Hint};

        let mut ids: Vec<String> = Vec::new();
        if !extra.is_empty() {
            ids.push(extra.to_owned());
        }
        let hint = (!hint.is_empty()).then(|| {
            let hint_id = format!("{id}-hint");
            ids.push(hint_id.clone());
            view! { <Hint id=hint_id>{hint.view()}</Hint> }.into_any()
        });
        let error = (!error.is_empty()).then(|| {
            let error_id = format!("{id}-error");
            ids.push(error_id.clone());
            view! { <ErrorMessage id=error_id>{error.view()}</ErrorMessage> }.into_any()
        });
        let invalid = error.is_some();
        Self {
            by: filled(ids.join(" ")),
            hint: hint.unwrap_or_else(|| ().into_any()),
            error: error.unwrap_or_else(|| ().into_any()),
            invalid,
            group: if invalid { "govuk-form-group--error" } else { "" },
        }
    }
}
