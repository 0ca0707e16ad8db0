//! A list to choose one from. Prefer radios when there are few.

use leptos::prelude::*;

use super::{
    Label,
    parts::{Attrs, Content, Described, class, either},
};

/// One line of a select.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectItem {
    value: Option<String>,
    text: String,
    selected: Option<bool>,
    attributes: Attrs,
}

impl SelectItem {
    /// A line that sends `value` and shows `text`.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: Some(value.into()), text: text.into(), ..Self::default() }
    }

    /// A line that sends the text it shows.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Chosen or not, whatever the value of the select.
    pub fn selected(mut self, selected: bool) -> Self {
        self.selected = Some(selected);
        self
    }

    /// With further attributes.
    pub fn attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.attributes = attributes.into();
        self
    }
}

impl<V: Into<String>, T: Into<String>> From<(V, T)> for SelectItem {
    fn from((value, text): (V, T)) -> Self {
        Self::new(value, text)
    }
}

/// A select, with label, hint and error.
#[component]
pub fn Select(
    /// Name under which the form sends the choice.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: Content,
    /// The lines.
    items: Vec<SelectItem>,
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
    /// The chosen value; empty when nothing is chosen.
    #[prop(optional, into)]
    value: String,
    /// Further classes, such as `govuk-!-width-full`.
    #[prop(optional, into)]
    classes: String,
    /// Further classes of the form group.
    #[prop(optional, into)]
    group_classes: String,
    /// Ids of further elements that describe the field.
    #[prop(optional, into)]
    described_by: String,
    /// Further attributes of the field.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let id = either(id, &name);
    let described = Described::new(&id, &described_by, hint, error);
    let items: Vec<AnyView> = items
        .into_iter()
        .map(|item| {
            let chosen = !value.is_empty() && item.value.as_ref().unwrap_or(&item.text) == &value;
            view! {
                <option
                    value=item.value
                    selected=item.selected.unwrap_or(chosen)
                    {..item.attributes.spread()}
                >
                    {item.text}
                </option>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class=class("govuk-form-group", &[described.group, &group_classes])>
            <Label text=label target=id.clone() is_heading=label_is_heading classes=label_classes />
            {described.hint}
            {described.error}
            <select
                class=class("govuk-select", &[&classes, if described.invalid { "govuk-select--error" } else { "" }])
                id=id
                name=name
                aria-describedby=described.by
                aria-invalid=described.invalid.then_some("true")
                {..attributes.spread()}
            >
                {items}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    fn item(o: &Options) -> SelectItem {
        SelectItem {
            value: o.given("value"),
            text: o.text("text"),
            selected: o.given("selected").map(|on| on == "true"),
            attributes: o.attrs("attributes"),
        }
    }

    #[test]
    fn renders_like_the_package() {
        check("select", 14, |o| {
            let label = o.part("label");
            view! {
                <Select
                    name=o.text("name")
                    label=label.content()
                    items=o.list("items").iter().map(|(_, o)| item(o)).collect()
                    id=o.text("id")
                    label_is_heading=label.flag("isPageHeading")
                    label_classes=label.text("classes")
                    hint=o.part("hint").content()
                    error=o.part("errorMessage").content()
                    value=o.text("value")
                    classes=o.text("classes")
                    group_classes=o.part("formGroup").text("classes")
                    described_by=o.text("describedBy")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
