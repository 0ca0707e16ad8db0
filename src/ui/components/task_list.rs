//! The parts of a long task and how far each has come.

use leptos::prelude::*;

use super::{
    Tag,
    parts::{Attrs, Content, class, either, filled},
};

/// How far a task has come.
#[derive(Default)]
pub struct TaskStatus {
    text: Content,
    tag: bool,
    tag_classes: String,
    tag_attributes: Attrs,
    classes: String,
}

impl TaskStatus {
    /// Plain words, for what needs no attention ("Klar").
    pub fn text(text: impl Into<Content>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A tag, for what does; `classes` give its colour.
    pub fn tag(text: impl Into<Content>, classes: impl Into<String>) -> Self {
        Self { text: text.into(), tag: true, tag_classes: classes.into(), ..Self::default() }
    }

    /// With further attributes of the tag.
    pub fn tag_attributes(mut self, attributes: impl Into<Attrs>) -> Self {
        self.tag_attributes = attributes.into();
        self
    }

    /// With further classes, such as `govuk-task-list__status--cannot-start-yet`.
    pub fn classes(mut self, classes: impl Into<String>) -> Self {
        self.classes = classes.into();
        self
    }
}

/// One task.
#[derive(Default)]
pub struct Task {
    title: Content,
    href: String,
    hint: Content,
    status: TaskStatus,
    classes: String,
    title_classes: String,
}

impl Task {
    /// A task that cannot be opened yet.
    pub fn new(title: impl Into<Content>, status: TaskStatus) -> Self {
        Self { title: title.into(), status, ..Self::default() }
    }

    /// Opened by a link.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }

    /// With a hint.
    pub fn hint(mut self, hint: impl Into<Content>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With further classes.
    pub fn classes(mut self, classes: impl Into<String>) -> Self {
        self.classes = classes.into();
        self
    }

    /// With further classes of the title.
    pub fn title_classes(mut self, classes: impl Into<String>) -> Self {
        self.title_classes = classes.into();
        self
    }
}

/// A task list.
#[component]
pub fn TaskList(
    /// The tasks, in the order they are best done.
    items: Vec<Task>,
    /// Beginning of the ids; must differ between the lists of a page.
    #[prop(optional, into)]
    id_prefix: String,
    /// Further classes.
    #[prop(optional, into)]
    classes: String,
    /// Further attributes.
    #[prop(optional, into)]
    attributes: Attrs,
) -> impl IntoView {
    let prefix = either(id_prefix, "task-list");
    let items: Vec<AnyView> = items.into_iter().enumerate().map(|(place, task)| one(task, &format!("{prefix}-{}", place + 1))).collect();
    view! {
        <ul class=class("govuk-task-list", &[&classes]) {..attributes.spread()}>
            {items}
        </ul>
    }
}

fn one(task: Task, id: &str) -> AnyView {
    let (status_id, hint_id) = (format!("{id}-status"), format!("{id}-hint"));
    let described_by = if task.hint.is_empty() { status_id.clone() } else { format!("{hint_id} {status_id}") };
    let linked = !task.href.is_empty();
    let title = if linked {
        view! {
            <a
                class=class("govuk-link govuk-task-list__link", &[&task.title_classes])
                href=task.href
                aria-describedby=described_by
            >
                {task.title.view()}
            </a>
        }
        .into_any()
    } else {
        let class: Attrs = filled(task.title_classes).into_iter().map(|class| ("class", class)).collect();
        view! { <div {..class.spread()}>{task.title.view()}</div> }.into_any()
    };
    let hint = (!task.hint.is_empty()).then(|| view! { <div id=hint_id class="govuk-task-list__hint">{task.hint.view()}</div> });
    let status = if task.status.tag {
        view! { <Tag text=task.status.text classes=task.status.tag_classes attributes=task.status.tag_attributes /> }.into_any()
    } else {
        task.status.text.view()
    };
    let modifier = if linked { "govuk-task-list__item--with-link" } else { "" };
    view! {
        <li class=class("govuk-task-list__item", &[modifier, &task.classes])>
            <div class="govuk-task-list__name-and-hint">{title} {hint}</div>
            <div class=class("govuk-task-list__status", &[&task.status.classes]) id=status_id>
                {status}
            </div>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::components::fixtures::{Options, check};

    fn task(o: &Options) -> Task {
        let (title, status, tag) = (o.part("title"), o.part("status"), o.part("status").part("tag"));
        let status_classes = status.text("classes");
        let status = if status.flag("tag") {
            TaskStatus::tag(tag.content(), tag.text("classes")).tag_attributes(tag.attrs("attributes"))
        } else {
            TaskStatus::text(status.content())
        };
        Task::new(title.content(), status.classes(status_classes))
            .href(o.text("href"))
            .hint(o.part("hint").content())
            .classes(o.text("classes"))
            .title_classes(title.text("classes"))
    }

    #[test]
    fn renders_like_the_package() {
        check("task-list", 10, |o| {
            view! {
                <TaskList
                    items=o.list("items").iter().map(|(_, o)| task(o)).collect()
                    id_prefix=o.text("idPrefix")
                    classes=o.text("classes")
                    attributes=o.attrs("attributes")
                />
            }
            .into_any()
        });
    }
}
