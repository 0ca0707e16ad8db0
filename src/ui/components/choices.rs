//! What radios and checkboxes have in common: a list of choices, each with its hint and what it reveals.

use leptos::prelude::*;

use super::{
    Fieldset, Hint, Label,
    parts::{Attrs, Content, Described, class, filled},
};

/// One choice, or a word between choices.
#[derive(Default)]
pub struct Choice {
    value: String,
    label: Content,
    divider: bool,
    id: String,
    name: String,
    hint: Content,
    checked: Option<bool>,
    conditional: Content,
    exclusive: bool,
    label_classes: String,
    label_attributes: Attrs,
    attributes: Attrs,
}

impl Choice {
    /// A choice that sends `value` and says `label`.
    pub fn new(value: impl Into<String>, label: impl Into<Content>) -> Self {
        Self { value: value.into(), label: label.into(), ..Self::default() }
    }

    /// A word between choices, such as "eller".
    pub fn divider(word: impl Into<Content>) -> Self {
        Self { label: word.into(), divider: true, ..Self::default() }
    }

    /// With a hint.
    pub fn hint(mut self, hint: impl Into<Content>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Chosen or not, whatever the value of the group.
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// With fields that show below once this is chosen. Without script they always show, so they must make sense then.
    pub fn conditional(mut self, fields: impl Into<Content>) -> Self {
        self.conditional = fields.into();
        self
    }

    /// A checkbox that with script unticks the others ("None of these").
    pub fn exclusive(mut self) -> Self {
        self.exclusive = true;
        self
    }

    /// With an id of its own.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = id.into();
        self
    }

    /// A checkbox with a name of its own.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// With further classes of its label.
    pub fn label_classes(mut self, classes: impl Into<String>) -> Self {
        self.label_classes = classes.into();
        self
    }

    /// With further attributes of its label.
    pub fn label_attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.label_attributes = attributes.into();
        self
    }

    /// With further attributes of the field.
    pub fn attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.attributes = attributes.into();
        self
    }
}

impl<V: Into<String>, L: Into<Content>> From<(V, L)> for Choice {
    fn from((value, label): (V, L)) -> Self {
        Self::new(value, label)
    }
}

/// Whether one may choose one or several.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Radios,
    Checkboxes,
}

impl Kind {
    /// The class that all other classes of the group begin with; also the name of its script.
    fn block(self) -> &'static str {
        match self {
            Self::Radios => "govuk-radios",
            Self::Checkboxes => "govuk-checkboxes",
        }
    }
}

/// Everything a group of choices is made of.
pub(super) struct Group {
    pub kind: Kind,
    pub name: String,
    pub id: String,
    pub items: Vec<Choice>,
    pub chosen: Vec<String>,
    pub legend: Content,
    pub legend_is_heading: bool,
    pub legend_classes: String,
    pub fieldset_classes: String,
    pub fieldset_attributes: Attrs,
    pub hint: Content,
    pub error: Content,
    pub classes: String,
    pub group_classes: String,
    pub described_by: String,
    pub attributes: Attrs,
}

impl Group {
    pub fn view(self) -> AnyView {
        let has_fieldset = !self.legend.is_empty();
        let described = Described::new(&self.id, &self.described_by, self.hint, self.error);
        // Without a fieldset the description has no other place than each checkbox; radios have none.
        let each = match (self.kind, has_fieldset) {
            (Kind::Checkboxes, false) => described.by.clone().unwrap_or_default(),
            _ => String::new(),
        };
        let items: Vec<AnyView> = self
            .items
            .into_iter()
            .enumerate()
            .map(|(place, item)| one(self.kind, item, place, &self.id, &self.name, &self.chosen, &each))
            .collect();
        let block = self.kind.block();
        let inner = view! {
            {described.hint}
            {described.error}
            <div
                data-module=block
                class=class(block, &[&self.classes])
                {..self.attributes.spread()}
            >
                {items}
            </div>
        };
        let inner = if has_fieldset {
            view! {
                <Fieldset
                    legend=self.legend
                    legend_is_heading=self.legend_is_heading
                    legend_classes=self.legend_classes
                    described_by=described.by.unwrap_or_default()
                    classes=self.fieldset_classes
                    attributes=self.fieldset_attributes
                >
                    {inner}
                </Fieldset>
            }
            .into_any()
        } else {
            inner.into_any()
        };
        view! { <div class=class("govuk-form-group", &[described.group, &self.group_classes])>{inner}</div> }.into_any()
    }
}

fn one(kind: Kind, item: Choice, place: usize, prefix: &str, name: &str, chosen: &[String], each: &str) -> AnyView {
    let block = kind.block();
    if item.divider {
        return view! { <div class=format!("{block}__divider")>{item.label.view()}</div> }.into_any();
    }
    // The first field has the group's own id, so that the error summary can link to it.
    let id = filled(item.id).unwrap_or_else(|| if place == 0 { prefix.to_owned() } else { format!("{prefix}-{}", place + 1) });
    let checked = item.checked.unwrap_or_else(|| chosen.contains(&item.value));
    let hint_id = (!item.hint.is_empty()).then(|| format!("{id}-item-hint"));
    let described_by = filled(class(each, &[hint_id.as_deref().unwrap_or_default()]));
    let hint = hint_id.map(|hint_id| {
        view! { <Hint id=hint_id classes=format!("{block}__hint")>{item.hint.view()}</Hint> }
    });
    let conditional_id = (!item.conditional.is_empty()).then(|| format!("conditional-{id}"));
    let conditional = conditional_id.clone().map(|conditional_id| {
        let hidden = if checked { String::new() } else { format!("{block}__conditional--hidden") };
        view! {
            <div class=class(&format!("{block}__conditional"), &[&hidden]) id=conditional_id>
                {item.conditional.view()}
            </div>
        }
    });
    view! {
        <div class=format!("{block}__item")>
            <input
                id=id.clone()
                name=filled(item.name).unwrap_or_else(|| name.to_owned())
                type=match kind {
                    Kind::Radios => "radio",
                    Kind::Checkboxes => "checkbox",
                }
                value=item.value
                checked=checked
                data-aria-controls=conditional_id
                data-behaviour=item.exclusive.then_some("exclusive")
                aria-describedby=described_by
                class=format!("{block}__input")
                {..item.attributes.spread()}
            />
            <Label
                text=item.label
                target=id
                classes=class(&format!("{block}__label"), &[&item.label_classes])
                attributes=item.label_attributes
            />
            {hint}
        </div>
        {conditional}
    }
    .into_any()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ui::components::fixtures::Options;

    /// A fixture's items. The package counts empty ones too when it numbers ids.
    pub fn choices(o: &Options, prefix: &str) -> Vec<Choice> {
        o.list("items").iter().map(|(place, o)| choice(o, *place, prefix)).collect()
    }

    fn choice(o: &Options, place: usize, prefix: &str) -> Choice {
        if o.flag("divider") {
            return Choice::divider(o.text("divider"));
        }
        let numbered = if place == 1 { prefix.to_owned() } else { format!("{prefix}-{place}") };
        Choice {
            value: o.text("value"),
            label: o.content(),
            divider: false,
            id: o.given("id").unwrap_or(numbered),
            name: o.text("name"),
            hint: o.part("hint").content(),
            checked: o.given("checked").map(|on| on == "true"),
            conditional: o.part("conditional").words("html", "text"),
            exclusive: o.flag("behaviour"),
            label_classes: o.part("label").text("classes"),
            label_attributes: o.part("label").attrs("attributes"),
            attributes: o.attrs("attributes"),
        }
    }
}
