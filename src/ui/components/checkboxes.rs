//! Choose any number, or confirm one thing.

use leptos::prelude::*;

use super::{
    Choice,
    choices::{Group, Kind},
    parts::{Attrs, Content, either},
};

/// Checkboxes: choose any number.
#[component]
pub fn Checkboxes(
    /// Name under which the form sends each choice.
    #[prop(into)]
    name: String,
    /// The choices.
    items: Vec<Choice>,
    /// The question. Without it there is no fieldset, as for one checkbox that confirms something.
    #[prop(optional, into)]
    legend: Content,
    /// Whether the legend is the page's h1.
    #[prop(optional)]
    legend_is_heading: bool,
    /// Further classes of the legend, such as `govuk-fieldset__legend--m`.
    #[prop(optional, into)]
    legend_classes: String,
    /// The chosen values.
    #[prop(optional)]
    values: Vec<String>,
    /// Id of the first checkbox and beginning of the others'; the name by default.
    #[prop(optional, into)]
    id: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Content,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Content,
    /// Further classes, such as `govuk-checkboxes--small`.
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
        kind: Kind::Checkboxes,
        id: either(id, &name),
        name,
        items,
        chosen: values,
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
        check("checkboxes", 41, |o| {
            let (fieldset, legend) = (o.part("fieldset"), o.part("fieldset").part("legend"));
            let id = either(o.text("idPrefix"), &o.text("name"));
            let values = o.part("values").0.as_array().cloned().unwrap_or_default();
            view! {
                <Checkboxes
                    name=o.text("name")
                    items=choices(o, &id)
                    legend=legend.content()
                    legend_is_heading=legend.flag("isPageHeading")
                    legend_classes=legend.text("classes")
                    values=values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
                    id=id
                    hint=o.part("hint").content()
                    error=o.part("errorMessage").content()
                    classes=o.text("classes")
                    group_classes=o.part("formGroup").text("classes")
                    fieldset_classes=fieldset.text("classes")
                    fieldset_attributes=fieldset.attrs("attributes")
                    described_by=either(fieldset.text("describedBy"), &o.text("describedBy"))
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
