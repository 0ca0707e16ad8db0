//! Answers and facts, each with what can be done about it.

use leptos::prelude::*;

use super::parts::{Attrs, Content, class};

/// A link that does something about a row, such as changing an answer.
#[derive(Default)]
pub struct SummaryAction {
    href: String,
    text: Content,
    about: String,
    classes: String,
    attributes: Attrs,
}

impl SummaryAction {
    /// A link that says `text`, such as "Ändra".
    pub fn new(href: impl Into<String>, text: impl Into<Content>) -> Self {
        Self { href: href.into(), text: text.into(), ..Self::default() }
    }

    /// Names hidden, for those who hear the link alone, what it is about: "Ändra" *leveransadress*.
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
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

    fn view(self) -> AnyView {
        let about = (!self.about.is_empty()).then(|| view! { <span class="govuk-visually-hidden">{format!(" {}", self.about)}</span> });
        view! {
            <a href=self.href class=class("govuk-link", &[&self.classes]) {..self.attributes.spread()}>
                {self.text.view()}
                {about}
            </a>
        }
        .into_any()
    }
}

/// One row: what, its value, and what can be done about it.
#[derive(Default)]
pub struct SummaryRow {
    key: Content,
    value: Content,
    actions: Vec<SummaryAction>,
    classes: String,
    key_classes: String,
    value_classes: String,
    actions_classes: String,
}

impl SummaryRow {
    /// A row without actions.
    pub fn new(key: impl Into<Content>, value: impl Into<Content>) -> Self {
        Self { key: key.into(), value: value.into(), ..Self::default() }
    }

    /// With one more action.
    pub fn action(mut self, action: SummaryAction) -> Self {
        self.actions.push(action);
        self
    }

    /// With further classes.
    pub fn classes(mut self, classes: impl Into<String>) -> Self {
        self.classes = classes.into();
        self
    }

    /// With further classes of the key.
    pub fn key_classes(mut self, classes: impl Into<String>) -> Self {
        self.key_classes = classes.into();
        self
    }

    /// With further classes of the value.
    pub fn value_classes(mut self, classes: impl Into<String>) -> Self {
        self.value_classes = classes.into();
        self
    }

    /// With further classes of the actions.
    pub fn actions_classes(mut self, classes: impl Into<String>) -> Self {
        self.actions_classes = classes.into();
        self
    }

    fn view(self, some_row_has_actions: bool) -> AnyView {
        let no_actions = some_row_has_actions && self.actions.is_empty();
        let actions_class = class("govuk-summary-list__actions", &[&self.actions_classes]);
        let mut links: Vec<AnyView> = self.actions.into_iter().map(SummaryAction::view).collect();
        let actions = match links.len() {
            0 => None,
            1 => Some(view! { <dd class=actions_class>{links.pop()}</dd> }.into_any()),
            _ => {
                let links: Vec<AnyView> = links
                    .into_iter()
                    .map(|link| view! { <li class="govuk-summary-list__actions-list-item">{link}</li> }.into_any())
                    .collect();
                let list = view! { <ul class="govuk-summary-list__actions-list">{links}</ul> };
                Some(view! { <dd class=actions_class>{list}</dd> }.into_any())
            }
        };
        let modifier = if no_actions { "govuk-summary-list__row--no-actions" } else { "" };
        view! {
            <div class=class("govuk-summary-list__row", &[modifier, &self.classes])>
                <dt class=class("govuk-summary-list__key", &[&self.key_classes])>{self.key.view()}</dt>
                <dd class=class("govuk-summary-list__value", &[&self.value_classes])>{self.value.view()}</dd>
                {actions}
            </div>
        }
        .into_any()
    }
}

impl<K: Into<Content>, V: Into<Content>> From<(K, V)> for SummaryRow {
    fn from((key, value): (K, V)) -> Self {
        Self::new(key, value)
    }
}

/// A summary list.
#[component]
pub fn SummaryList(
    /// The rows.
    rows: Vec<SummaryRow>,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let some_row_has_actions = rows.iter().any(|row| !row.actions.is_empty());
    let rows: Vec<AnyView> = rows.into_iter().map(|row| row.view(some_row_has_actions)).collect();
    view! {
        <dl class=class("govuk-summary-list", &[&classes]) {..attributes.spread()}>
            {rows}
        </dl>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    fn row(o: &Options) -> SummaryRow {
        let (key, value, actions) = (o.part("key"), o.part("value"), o.part("actions"));
        let row = SummaryRow::new(key.content(), value.content())
            .classes(o.text("classes"))
            .key_classes(key.text("classes"))
            .value_classes(value.text("classes"))
            .actions_classes(actions.text("classes"));
        actions.list("items").iter().fold(row, |row, (_, o)| {
            row.action(
                SummaryAction::new(o.text("href"), o.content())
                    .about(o.text("visuallyHiddenText"))
                    .classes(o.text("classes"))
                    .attributes(o.attrs("attributes")),
            )
        })
    }

    #[test]
    fn renders_like_the_package() {
        check("summary-list", 21, |o| {
            view! {
                <SummaryList
                    rows=o.list("rows").iter().map(|(_, o)| row(o)).collect()
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
