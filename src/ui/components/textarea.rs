//! A field of several lines.

use leptos::prelude::*;

use super::{
    Label,
    parts::{Attrs, Content, Described, class, either, filled},
};

/// A field of several lines, with label, hint and error.
#[component]
pub fn Textarea(
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
    /// Height in lines.
    #[prop(default = 5)]
    rows: u32,
    /// The purpose of the field, from the list in the HTML standard (WCAG 1.3.5).
    #[prop(optional, into)]
    autocomplete: String,
    /// Whether the browser checks spelling; its own choice by default.
    #[prop(optional)]
    spellcheck: Option<bool>,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further classes of the form group.
    #[prop(optional, into)]
    group_classes: String,
    /// Further attributes of the form group.
    #[prop(optional, into)]
    group_attributes: Attrs,
    /// Ids of further elements that describe the field.
    #[prop(optional, into)]
    described_by: String,
    /// What stands below the field.
    #[prop(optional, into)]
    after: Content,
    /// Further attributes of the field.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let id = either(id, &name);
    let described = Described::new(&id, &described_by, hint, error);
    // Leptos writes the children of a textarea without escaping them, so the text goes in as HTML that is escaped
    // here. A browser drops a line break that comes first, so a text that begins with one gets one more.
    let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let value = if value.starts_with('\n') { format!("\n{value}") } else { value };
    view! {
        <div class=class("govuk-form-group", &[described.group, &group_classes]) {..group_attributes.spread()}>
            <Label text=label target=id.clone() is_heading=label_is_heading classes=label_classes />
            {described.hint}
            {described.error}
            <textarea
                id=id
                name=name
                rows=rows.to_string()
                spellcheck=spellcheck.map(|on| on.to_string())
                aria-describedby=described.by
                aria-invalid=described.invalid.then_some("true")
                autocomplete=filled(autocomplete)
                inner_html=value
                class=class(
                    "govuk-textarea",
                    &[if described.invalid { "govuk-textarea--error" } else { "" }, &classes],
                )
                {..attributes.spread()}
            ></textarea>
            {after.view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::check;

    #[test]
    fn renders_like_the_package() {
        check("textarea", 18, |o| {
            let label = o.part("label");
            view! {
                <Textarea
                    name=o.text("name")
                    label=label.content()
                    id=o.text("id")
                    label_is_heading=label.flag("isPageHeading")
                    label_classes=label.text("classes")
                    hint=o.part("hint").content()
                    error=o.part("errorMessage").content()
                    value=o.text("value")
                    rows=o.text("rows").parse().unwrap_or(5)
                    autocomplete=o.text("autocomplete")
                    classes=o.text("classes")
                    group_classes=o.part("formGroup").text("classes")
                    described_by=o.text("describedBy")
                    attributes=match o.given("spellcheck") {
                        // The prop has no value for "unknown".
                        Some(on) => o.attrs("attributes").with("spellcheck", on),
                        None => o.attrs("attributes"),
                    }
                />
            }
            .into_any()
        });
    }

    #[test]
    fn the_text_comes_back_as_it_was_written() {
        let text = "\nrad <b>ett</b> &amp; </textarea><!-- \n\ntvå";
        let html =
            Owner::new().with(|| view! { <Textarea name="mal" label="Mål" value=text error="Ange mål" spellcheck=true /> }.to_html());
        let page = scraper::Html::parse_fragment(&html);
        let field = page.select(&scraper::Selector::parse("textarea").expect("selector")).next().expect("a field");
        assert_eq!(field.text().collect::<String>(), text);
        assert_eq!(field.attr("aria-invalid"), Some("true"));
        assert_eq!(field.attr("spellcheck"), Some("true"));
    }
}
