//! A field of one line.

use leptos::prelude::*;

use super::{
    Label,
    parts::{Attrs, Content, Described, class, either, filled},
};

/// What the browser should know about the text. There is no number field: use `inputmode="numeric"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// A web address.
    Url,
    /// Words to search for.
    Search,
}

impl InputKind {
    fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Url => "url",
            Self::Search => "search",
        }
    }
}

/// A unit before or after a field. Screen readers skip it, so the label must say it too.
#[derive(Default)]
pub struct Affix {
    content: Content,
    classes: String,
    attributes: Attrs,
}

impl Affix {
    /// With further classes.
    pub fn classes(mut self, classes: impl Into<String>) -> Self {
        self.classes = classes.into();
        self
    }

    /// With further attributes.
    pub fn attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.attributes = attributes.into();
        self
    }

    fn view(self, class_name: &'static str) -> Option<AnyView> {
        (!self.content.is_empty()).then(|| {
            view! {
                <div class=class(class_name, &[&self.classes]) aria-hidden="true" {..self.attributes.spread()}>
                    {self.content.view()}
                </div>
            }
            .into_any()
        })
    }
}

impl<T: Into<Content>> From<T> for Affix {
    fn from(content: T) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// A field of one line, with label, hint and error.
#[component]
pub fn Input(
    /// Name under which the form sends the text.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: Content,
    /// Id; the name by default.
    #[prop(optional, into)]
    id: String,
    /// Whether the label is the page's h1.
    #[prop(optional)]
    label_is_heading: bool,
    /// Further classes of the label, such as `govuk-label--m`.
    #[prop(optional, into)]
    label_classes: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Content,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Content,
    /// What is written in the field.
    #[prop(optional, into)]
    value: String,
    /// What the browser should know about the text.
    #[prop(optional)]
    kind: InputKind,
    /// The purpose of the field, from the list in the HTML standard (WCAG 1.3.5).
    #[prop(optional, into)]
    autocomplete: String,
    /// Which keyboard a telephone shows.
    #[prop(optional, into)]
    inputmode: String,
    /// Whether a telephone begins sentences with a capital; `none` turns it off.
    #[prop(optional, into)]
    autocapitalize: String,
    /// Whether the browser checks spelling; its own choice by default.
    #[prop(optional)]
    spellcheck: Option<bool>,
    /// Unit before the field.
    #[prop(optional, into)]
    prefix: Affix,
    /// Unit after the field.
    #[prop(optional, into)]
    suffix: Affix,
    /// Further classes, such as `govuk-input--width-5`.
    #[prop(optional, into)]
    classes: String,
    /// Further classes of the form group.
    #[prop(optional, into)]
    group_classes: String,
    /// Further classes of the box around field and unit.
    #[prop(optional, into)]
    wrapper_classes: String,
    /// Further attributes of the box around field and unit.
    #[prop(optional, into)]
    wrapper_attributes: Attrs,
    /// Ids of further elements that describe the field.
    #[prop(optional, into)]
    described_by: String,
    /// Marks the field as wrong when the message stands elsewhere, as for a part of a date.
    #[prop(optional)]
    invalid: bool,
    /// Further attributes of the field.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let id = either(id, &name);
    let described = Described::new(&id, &described_by, hint, error);
    let invalid = invalid || described.invalid;
    let (prefix, suffix) = (prefix.view("govuk-input__prefix"), suffix.view("govuk-input__suffix"));
    let field = view! {
        <input
            class=class("govuk-input", &[&classes, if invalid { "govuk-input--error" } else { "" }])
            id=id.clone()
            name=name
            type=kind.code()
            spellcheck=spellcheck.map(|on| on.to_string())
            value=filled(value)
            aria-describedby=described.by
            aria-invalid=invalid.then_some("true")
            autocomplete=filled(autocomplete)
            autocapitalize=filled(autocapitalize)
            inputmode=filled(inputmode)
            {..attributes.spread()}
        />
    }
    .into_any();
    let field = if prefix.is_some() || suffix.is_some() {
        view! {
            <div class=class("govuk-input__wrapper", &[&wrapper_classes]) {..wrapper_attributes.spread()}>
                {prefix}
                {field}
                {suffix}
            </div>
        }
        .into_any()
    } else {
        field
    };
    view! {
        <div class=class("govuk-form-group", &[described.group, &group_classes])>
            <Label text=label target=id is_heading=label_is_heading classes=label_classes />
            {described.hint}
            {described.error}
            {field}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    fn affix(o: &Options, name: &str) -> Affix {
        let part = o.part(name);
        Affix::from(part.content()).classes(part.text("classes")).attributes(part.attrs("attributes"))
    }

    #[test]
    fn renders_like_the_package() {
        check("input", 42, |o| {
            let (label, wrapper) = (o.part("label"), o.part("inputWrapper"));
            let common = view! {
                <Input
                    name=o.text("name")
                    label=label.content()
                    id=o.text("id")
                    label_is_heading=label.flag("isPageHeading")
                    label_classes=label.text("classes")
                    hint=o.part("hint").content()
                    error=o.part("errorMessage").content()
                    value=o.text("value")
                    autocomplete=o.text("autocomplete")
                    inputmode=o.text("inputmode")
                    autocapitalize=o.text("autocapitalize")
                    prefix=affix(o, "prefix")
                    suffix=affix(o, "suffix")
                    classes=o.text("classes")
                    group_classes=o.part("formGroup").text("classes")
                    wrapper_classes=wrapper.text("classes")
                    wrapper_attributes=wrapper.attrs("attributes")
                    described_by=o.text("describedBy")
                    attributes=match o.given("spellcheck") {
                        // The prop has no value for "unknown".
                        Some(on) => o.attrs("attributes").with("spellcheck", on),
                        None => o.attrs("attributes"),
                    }
                />
            };
            common.into_any()
        });
    }

    #[test]
    fn an_error_marks_the_field() {
        let html = Owner::new().with(|| view! { <Input name="ort" label="Ort" error="Ange ort" spellcheck=false /> }.to_html());
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(html.contains(r#"spellcheck="false""#), "{html}");
        assert!(html.contains("Fel:"), "{html}");
        let none: Option<String> = None;
        let html = Owner::new().with(|| view! { <Input name="ort" label="Ort" hint="" error=none /> }.to_html());
        assert!(!html.contains("aria-"), "{html}");
    }

    #[test]
    fn what_was_written_cannot_leave_the_attribute() {
        let html = Owner::new().with(|| view! { <Input name="ort" label="Ort" value=r#""><script>"# /> }.to_html());
        assert!(!html.contains("<script"), "{html}");
        assert!(html.contains("&quot;"), "{html}");
    }
}
