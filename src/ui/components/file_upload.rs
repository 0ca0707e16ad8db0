//! A field that takes a file from the person's machine.

use leptos::prelude::*;

use super::{
    Label,
    parts::{Attrs, Content, Described, class, either, filled},
};

/// A field for one file, with label, hint and error. The browser's own button: it works everywhere and says its own words.
#[component]
pub fn FileUpload(
    /// Name under which the form sends the file.
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
    /// Further classes of the label.
    #[prop(optional, into)]
    label_classes: String,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Content,
    /// What was wrong with the file.
    #[prop(optional, into)]
    error: Content,
    /// Which files the browser offers first: endings and media types. It guards nothing.
    #[prop(optional, into)]
    accept: String,
    /// Further ids that describe the field.
    #[prop(optional, into)]
    described_by: String,
    /// Further classes of the field.
    #[prop(optional, into)]
    classes: String,
    /// Further classes of the group.
    #[prop(optional, into)]
    group_classes: String,
    /// Further attributes of the field.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let id = either(id, &name);
    let described = Described::new(&id, &described_by, hint, error);
    view! {
        <div class=class("govuk-form-group", &[described.group, &group_classes])>
            <Label text=label target=id.clone() is_heading=label_is_heading classes=label_classes />
            {described.hint}
            {described.error}
            <input
                type="file"
                id=id
                name=name
                accept=filled(accept)
                aria-describedby=described.by
                aria-invalid=described.invalid.then_some("true")
                class=class(
                    "govuk-file-upload",
                    &[if described.invalid { "govuk-file-upload--error" } else { "" }, &classes],
                )
                {..attributes.spread()}
            />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_described_by_hint_and_error() {
        let html = Owner::new()
            .with(|| view! { <FileUpload name="fil" label="Välj fil" hint="PDF" error="Filen är tom" accept=".pdf" /> }.to_html());
        let page = scraper::Html::parse_fragment(&html);
        let field = page.select(&scraper::Selector::parse("input[type=file]").expect("selector")).next().expect("a field");
        assert_eq!((field.attr("aria-describedby"), field.attr("aria-invalid")), (Some("fil-hint fil-error"), Some("true")));
        assert_eq!((field.attr("accept"), field.attr("class")), (Some(".pdf"), Some("govuk-file-upload govuk-file-upload--error")));
        assert!(page.select(&scraper::Selector::parse("label[for=fil]").expect("selector")).next().is_some());
    }
}
