//! A date that one remembers, in three fields.

use leptos::prelude::*;

use super::{
    Fieldset, Input,
    parts::{Attrs, Content, Described, class, either, words},
};

/// One field of a date.
#[derive(Default)]
pub struct DatePart {
    name: String,
    label: Content,
    value: String,
    width: u8,
    id: String,
    invalid: Option<bool>,
    autocomplete: String,
    inputmode: String,
    classes: String,
    attributes: Attrs,
}

impl DatePart {
    /// A field with room for `width` figures, two or four.
    pub fn new(name: impl Into<String>, label: impl Into<Content>, width: u8) -> Self {
        Self { name: name.into(), label: label.into(), width, ..Self::default() }
    }

    /// With what is written in it.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Whether this part is wrong. Unless some part is, an error concerns all that do not say they are right.
    pub fn invalid(mut self, invalid: bool) -> Self {
        self.invalid = Some(invalid);
        self
    }

    /// With an id of its own.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// With the purpose of the field, such as `bday-day`.
    pub fn autocomplete(mut self, autocomplete: impl Into<String>) -> Self {
        self.autocomplete = autocomplete.into();
        self
    }

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
}

/// A date in three fields.
#[component]
pub fn DateInput(
    /// Id, and beginning of the fields' ids: `{id}-day`, `{id}-month`, `{id}-year`.
    #[prop(into)]
    id: String,
    /// Beginning of the fields' names: `{name_prefix}-day`.
    #[prop(optional, into)]
    name_prefix: String,
    /// The question. Without it there is no fieldset, and the page must place one around.
    #[prop(optional, into)]
    legend: Content,
    /// Whether the legend is the page's h1.
    #[prop(optional)]
    legend_is_heading: bool,
    /// Further classes of the legend, such as `govuk-fieldset__legend--m`.
    #[prop(optional, into)]
    legend_classes: String,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Content,
    /// What is wrong with the answer.
    #[prop(optional, into)]
    error: Content,
    /// What is written as day.
    #[prop(optional, into)]
    day: String,
    /// What is written as month.
    #[prop(optional, into)]
    month: String,
    /// What is written as year.
    #[prop(optional, into)]
    year: String,
    /// The fields, when they are not day, month and year or when only some are wrong.
    #[prop(optional)]
    parts: Vec<DatePart>,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further classes of the form group.
    #[prop(optional, into)]
    group_classes: String,
    /// Ids of further elements that describe the group.
    #[prop(optional, into)]
    described_by: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let described = Described::new(&id, &described_by, hint, error);
    let parts = if parts.is_empty() {
        let [day_label, month_label, year_label] = words().date;
        vec![
            DatePart::new("day", day_label, 2).value(day),
            DatePart::new("month", month_label, 2).value(month),
            DatePart::new("year", year_label, 4).value(year),
        ]
    } else {
        parts
    };
    let some_part_is_wrong = parts.iter().any(|part| part.invalid == Some(true));
    let fields: Vec<AnyView> = parts
        .into_iter()
        .map(|part| {
            let invalid = part.invalid.unwrap_or(described.invalid && !some_part_is_wrong);
            let width =
                if part.classes.contains("govuk-input--width-") { String::new() } else { format!("govuk-input--width-{}", part.width) };
            let field_id = either(part.id, &format!("{id}-{}", part.name));
            let name = if name_prefix.is_empty() { part.name } else { format!("{name_prefix}-{}", part.name) };
            view! {
                <div class="govuk-date-input__item">
                    <Input
                        name=name
                        label=part.label
                        label_classes="govuk-date-input__label"
                        id=field_id
                        value=part.value
                        inputmode=either(part.inputmode, "numeric")
                        autocomplete=part.autocomplete
                        classes=class("govuk-date-input__input", &[&width, &part.classes])
                        invalid=invalid
                        attributes=part.attributes
                    />
                </div>
            }
            .into_any()
        })
        .collect();
    let inner = view! {
        {described.hint}
        {described.error}
        <div id=id class=class("govuk-date-input", &[&classes]) {..attributes.spread()}>
            {fields}
        </div>
    };
    // JAWS reads the description of a group of text fields only when the fieldset says that it is a group.
    let inner = if legend.is_empty() {
        inner.into_any()
    } else {
        view! {
            <Fieldset
                legend=legend
                legend_is_heading=legend_is_heading
                legend_classes=legend_classes
                described_by=described.by.unwrap_or_default()
                role="group"
            >
                {inner}
            </Fieldset>
        }
        .into_any()
    };
    view! { <div class=class("govuk-form-group", &[described.group, &group_classes])>{inner}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    /// The package takes its fields from `items` or from `day`, `month` and `year`, and each value from three places.
    fn parts(o: &Options) -> Vec<DatePart> {
        let prefix = o.given("namePrefix").map(|prefix| format!("{prefix}-")).unwrap_or_default();
        let values = o.part("values");
        let usual: Vec<(Options, String, &str)> = ["day", "month", "year"]
            .into_iter()
            .filter(|key| o.0.get(key).is_none_or(|part| part != &serde_json::Value::Bool(false)))
            .map(|key| (o.part(key), o.part(key).given("name").unwrap_or_else(|| key.to_owned()), key))
            .collect();
        let items = o.list("items");
        let items: Vec<(Options, String)> = if items.is_empty() {
            usual.iter().map(|(part, name, _)| (part.clone(), name.clone())).collect()
        } else {
            items.into_iter().map(|(_, item)| (item.clone(), item.text("name"))).collect()
        };
        items
            .into_iter()
            .map(|(item, name)| {
                let like = usual.iter().find(|(_, usual_name, key)| name == *key || name == *usual_name);
                let value = item
                    .given("value")
                    .or_else(|| like.and_then(|(part, _, _)| part.given("value")))
                    .or_else(|| values.given(&format!("{prefix}{name}")))
                    .unwrap_or_default();
                let label = item.given("label").unwrap_or_else(|| {
                    let mut letters = name.chars();
                    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
                });
                let width = if like.is_some_and(|(_, _, key)| *key == "year") { 4 } else { 2 };
                let wrong = item.text("classes").contains("govuk-input--error").then_some(true);
                DatePart {
                    name,
                    label: label.into(),
                    value,
                    width,
                    id: item.text("id"),
                    invalid: wrong.or(item.given("error").map(|on| on == "true")),
                    autocomplete: item.text("autocomplete"),
                    inputmode: item.text("inputmode"),
                    classes: item.text("classes"),
                    attributes: item.attrs("attributes"),
                }
            })
            .collect()
    }

    #[test]
    fn renders_like_the_package() {
        check("date-input", 48, |o| {
            let (fieldset, legend) = (o.part("fieldset"), o.part("fieldset").part("legend"));
            view! {
                <DateInput
                    id=o.text("id")
                    name_prefix=o.text("namePrefix")
                    legend=legend.content()
                    hint=o.part("hint").content()
                    error=o.part("errorMessage").content()
                    parts=parts(o)
                    classes=o.text("classes")
                    group_classes=o.part("formGroup").text("classes")
                    described_by=fieldset.text("describedBy")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }

    #[test]
    fn the_usual_parts_are_day_month_and_year() {
        let html = Owner::new().with(|| {
            view! { <DateInput id="start" name_prefix="start" legend="Start" day="15" month="3" year="2027" error="Ange start" /> }
                .to_html()
        });
        let page = scraper::Html::parse_fragment(&html);
        let fields = scraper::Selector::parse("input").expect("selector");
        let fields: Vec<_> =
            page.select(&fields).map(|f| (f.attr("id"), f.attr("name"), f.attr("value"), f.attr("aria-invalid"))).collect();
        assert_eq!(
            fields,
            [
                (Some("start-day"), Some("start-day"), Some("15"), Some("true")),
                (Some("start-month"), Some("start-month"), Some("3"), Some("true")),
                (Some("start-year"), Some("start-year"), Some("2027"), Some("true")),
            ]
        );
    }
}
