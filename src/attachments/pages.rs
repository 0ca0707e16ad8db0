//! Attached files on a page: the list, and the form that brings one more.

use leptos::prelude::*;

use super::lifecycle::State;
use super::model::Attachment;
use super::rules::{ACCEPTED, FileError, advice};
use crate::kit::{Lang, civil};
use crate::platform::pdf_look::Seen;
use crate::text;
use crate::ui::components::*;

/// The name of the form's field, and of the button that removes one.
pub const FIELD: &str = "fil";
pub const REMOVE: &str = "ta-bort";

/// Files with what is to be said of each. `href` leads to a file that can be fetched; `removes` shows buttons, for a form around it.
pub fn list(lang: Lang, files: &[&Attachment], href: impl Fn(&Attachment) -> String, removes: bool) -> AnyView {
    let words = text::attachments(lang);
    if files.is_empty() {
        return view! { <p class="govuk-body app-muted">{words.none}</p> }.into_any();
    }
    let items: Vec<AnyView> = files
        .iter()
        .map(|file| {
            let name = file.name.clone();
            let name = if file.state.is_open() {
                view! {
                    <a class="govuk-link" href=href(file)>
                        {name}
                    </a>
                }
                .into_any()
            } else {
                name.into_any()
            };
            let colour = match file.state {
                State::Approved => "govuk-tag--green",
                State::Waiting => "govuk-tag--yellow",
                State::Quarantined => "govuk-tag--red",
                State::Unscanned => "govuk-tag--grey",
            };
            let says = (words.says)(file.state, &file.finding);
            let says = (!says.is_empty()).then(|| view! { <p class="govuk-body govuk-!-margin-bottom-1">{says}</p> });
            let facts = format!("{}, {}, {}", (words.kind)(file.kind), size(lang, file.size), civil::clock_text(file.added_at, lang));
            let seen: Option<Seen> = serde_json::from_str(&file.seen).ok();
            let advice: Vec<AnyView> =
                seen.iter().flat_map(advice).map(|one| view! { <li>{(words.advice)(one)}</li> }.into_any()).collect();
            let advice = (!advice.is_empty()).then(|| {
                view! {
                    <p class="govuk-body govuk-!-margin-bottom-1">{words.advice_title}</p>
                    <ul class="govuk-list govuk-list--bullet app-measure">{advice}</ul>
                }
            });
            let remove = removes.then(|| {
                let (id, called) = (file.id.to_string(), file.name.clone());
                view! {
                    <Button secondary=true name=REMOVE value=id classes="govuk-!-margin-bottom-2">
                        {words.remove} <span class="govuk-visually-hidden">": " {called}</span>
                    </Button>
                }
            });
            view! {
                <li>
                    <p class="govuk-body govuk-!-margin-bottom-1 app-lines">{name} " " <Tag text=(words.state)(file.state) classes=colour /></p>
                    <p class="govuk-body app-muted govuk-!-margin-bottom-1">{facts}</p>
                    {says}
                    {advice}
                    {remove}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="govuk-list app-listed">{items}</ul> }.into_any()
}

/// Kilobytes below a megabyte, megabytes with one decimal above.
fn size(lang: Lang, bytes: i64) -> String {
    let tenths = (bytes + 52_428) / 104_858;
    if tenths < 10 {
        return format!("{}\u{a0}kB", (bytes + 1023) / 1024);
    }
    let point = if lang == Lang::Sv { ',' } else { '.' };
    format!("{}{point}{}\u{a0}MB", tenths / 10, tenths % 10)
}

/// The field that brings a file; for a form of `multipart/form-data`.
pub fn field(lang: Lang, megabytes: u64, error: Option<FileError>) -> AnyView {
    let words = text::attachments(lang);
    let error = error.map(|error| (words.wrong)(error));
    view! { <FileUpload name=FIELD label=words.choose hint=(words.hint)(megabytes) error=error attributes=[("accept", ACCEPTED)] /> }
        .into_any()
}
