//! Choose one.

use leptos::prelude::*;

use super::{
    Choice,
    choices::{Group, Kind},
    parts::{Attrs, Content, either},
};

/// Radios: choose one of a few.
#[component]
pub fn Radios(
    /// Name under which the form sends the choice.
    #[prop(into)]
    name: String,
    /// The choices.
    items: Vec<Choice>,
    /// The question. Without it there is no fieldset, and the page must place one around.
    #[prop(optional, into)]
    legend: Content,
    /// Whether the legend is the page's h1.
    #[prop(optional)]
    legend_is_heading: bool,
    /// Further classes of the legend, such as `govuk-fieldset__legend--m`.
    #[prop(optional, into)]
    legend_classes: String,
    /// The chosen value; empty when nothing is chosen.
    #[prop(optional, into)]
    value: String,
    /// Id of the first radio and beginning of the others'; the name by default.
    #[prop(optional, into)]
    id: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Content,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Content,
    /// Further classes, such as `govuk-radios--inline` or `govuk-radios--small`.
    #[prop(optional, into)]
    classes: String,
    /// Further classes of the form group.
    #[prop(optional, into)]
    group_classes: String,
    /// Further classes of the fieldset.
    #[prop(optional, into)]
    fieldset_classes: String,
    /// Further attributes of the fieldset.
    #[prop(optional, into)]
    fieldset_attributes: Attrs,
    /// Ids of further elements that describe the group.
    #[prop(optional, into)]
    described_by: String,
    /// Further attributes of the element around the choices.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    Group {
        kind: Kind::Radios,
        id: either(id, &name),
        name,
        items,
        chosen: if value.is_empty() { Vec::new() } else { vec![value] },
        legend,
        legend_is_heading,
        legend_classes,
        fieldset_classes,
        fieldset_attributes,
        hint,
        error,
        classes,
        group_classes,
        described_by,
        attributes,
    }
    .view()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::{choices::tests::choices, fixtures::check};

    #[test]
    fn renders_like_the_package() {
        check("radios", 42, |o| {
            let (fieldset, legend) = (o.part("fieldset"), o.part("fieldset").part("legend"));
            let id = either(o.text("idPrefix"), &o.text("name"));
            view! {
                <Radios
                    name=o.text("name")
                    items=choices(o, &id)
                    legend=legend.content()
                    legend_is_heading=legend.flag("isPageHeading")
                    legend_classes=legend.text("classes")
                    value=o.text("value")
                    id=id
                    hint=o.part("hint").content()
                    error=o.part("errorMessage").content()
                    classes=o.text("classes")
                    group_classes=o.part("formGroup").text("classes")
                    fieldset_classes=fieldset.text("classes")
                    fieldset_attributes=fieldset.attrs("attributes")
                    described_by=fieldset.text("describedBy")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }

    #[test]
    fn the_first_radio_has_the_id_that_the_error_summary_links_to() {
        let items = vec![("post", "Till mig").into(), Choice::divider("eller"), ("hamta", "Jag hämtar").into()];
        let html = Owner::new().with(|| view! { <Radios name="leverans" legend="Leverans" items=items value="hamta" /> }.to_html());
        let page = scraper::Html::parse_fragment(&html);
        let fields = scraper::Selector::parse("input").expect("selector");
        let fields: Vec<_> = page.select(&fields).map(|f| (f.attr("id"), f.attr("checked").is_some())).collect();
        assert_eq!(fields, [(Some("leverans"), false), (Some("leverans-3"), true)]);
    }
}
