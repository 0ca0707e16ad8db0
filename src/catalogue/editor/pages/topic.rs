//! One topic of a publication as a form, and what it shows when someone else has saved the same fields meanwhile.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::one::kinds;
use super::{Shown, below, link, summary};
use crate::catalogue::editor::actions::Clash;
use crate::catalogue::editor::fields::{self, Field, GRANT, QUESTION, Shape, Topic, form_of, row_count, row_name};
use crate::catalogue::editor::judge;
use crate::catalogue::editor::record::{self, Record};
use crate::catalogue::editor::store;
use crate::catalogue::editor::words;
use crate::catalogue::lifecycle::Draft;
use crate::catalogue::model;
use crate::catalogue::pages::staff::markdown;
use crate::catalogue::rules::Code;
use crate::kit::{Form, Lang};
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The field that names a part in which two met, and the answer which of the two holds.
pub const MET: &str = "mott";

/// The button that shows Markdown as readers will see it, and saves nothing.
pub const PREVIEW: &str = "forhandsgranska";

pub fn choice_name(part: &str) -> String {
    format!("val-{part}")
}

/// `GET /handlaggare/publikationer/{work}/{topic}`
pub async fn show(State(app): State<App>, visit: Visit, Path((work, topic)): Path<(String, String)>) -> Page {
    let topic = Topic::of_path(&topic).ok_or(AppError::NotFound)?;
    let shown = Shown::of(&app, &work).await?;
    let form = visit.typed().cloned();
    page(&app, &visit, StatusCode::OK, shown, topic, form, None, Vec::new()).await
}

/// What a page knows beside the publication: series or subjects that there are, or the works that it relates to.
#[derive(Default)]
struct Beside {
    series: Vec<String>,
    subjects: Vec<String>,
    is_about_related: bool,
    /// Key, path, title.
    related: Vec<(String, String, String)>,
}

/// A topic in any state: `form` is what was typed, if not what is stored; `unchosen` the parts for which nobody has chosen yet.
#[expect(clippy::too_many_arguments, reason = "a page in any state takes what was typed and all that is wrong with it")]
pub async fn page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    shown: Shown,
    topic: Topic,
    form: Option<Form>,
    clash: Option<Clash>,
    unchosen: Vec<String>,
) -> Page {
    let names: Vec<String> = record::list(&shown.record, "related");
    let beside = app
        .db
        .read(async |tx| {
            let mut beside = Beside::default();
            match topic {
                Topic::Subjects => {
                    beside.series = store::series_names(tx).await?;
                    beside.subjects = store::subject_names(tx).await?;
                }
                Topic::Related => {
                    beside.is_about_related = true;
                    beside.related = crate::catalogue::store::named(tx, &names).await?;
                }
                _ => {}
            }
            Ok::<_, StoreError>(beside)
        })
        .await?;
    let texts = &text::staff().editor;
    let title = (texts.one.topic)(topic.path());
    // What somebody typed long ago still knows what it had seen.
    let seen = match (&clash, &form) {
        (Some(clash), _) => clash.seen.text(),
        (None, Some(form)) if !form.get("version").is_empty() => form.get("version").to_owned(),
        _ => shown.seen().text(),
    };
    let typed = form.unwrap_or_else(|| {
        let mut form = form_of(topic, &shown.record);
        if topic == Topic::Related {
            form.set("related", addresses(&names, &beside.related));
        }
        form
    });
    let problems = problems_of(&shown.record, topic);
    let head = Head { error: clash.is_some() || !unchosen.is_empty(), ..below(title, &shown) };
    Ok(visit.page(app, status, head, move || {
        let locked = shown.state.draft == Draft::Scheduled;
        let reviewed = matches!(shown.state.draft, Draft::InReview | Draft::Approved);
        let wrong = (!problems.is_empty() && clash.is_none()).then(|| {
            let items: Vec<AnyView> =
                problems.iter().map(|(id, sentence)| view! { <li>{link(format!("#{id}"), sentence.clone())}</li> }.into_any()).collect();
            view! {
                <InsetText>
                    <p>{texts.form.wrong_now}</p>
                    <ul class="govuk-list">{items}</ul>
                </InsetText>
            }
        });
        let markdown = (topic == Topic::Texts).then(|| {
            let preview = text::staff().markdown.title;
            view! { <p class="govuk-body">{link("/handlaggare/publikationer/markdown".to_owned(), preview)}</p> }
        });
        let (top, meeting) = met(&shown, topic, clash.as_ref(), &typed, &unchosen);
        let previewed = typed.checked(PREVIEW) && clash.is_none();
        let unsaved = previewed.then(|| {
            let shown: Vec<AnyView> = markdown_fields(topic, &typed)
                .into_iter()
                .map(|field| {
                    view! { <li>{link(format!("#{}", preview_id(&field.name)), (texts.form.preview_of)(&field.label))}</li> }.into_any()
                })
                .collect();
            let lead = if shown.is_empty() { texts.form.preview_empty } else { texts.form.preview_lead };
            view! {
                <div class="govuk-inset-text" role="status">
                    <p>{lead}</p>
                    <ul class="govuk-list">{shown}</ul>
                </div>
            }
        });
        let preview = matches!(topic, Topic::Texts | Topic::Interview).then(|| {
            view! {
                <button type="submit" name=PREVIEW value="ja" class="govuk-button govuk-button--secondary">
                    {texts.form.preview}
                </button>
            }
        });
        let fields = match topic {
            Topic::Texts => texts_side_by_side(&typed, &problems, previewed),
            Topic::Interview => interview(&typed, &problems, previewed),
            _ => topic.fields().map(|field| one_field(field, &typed, &problems)).collect::<Vec<_>>().into_any(),
        };
        view! {
            {top}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {title}
            </h1>
            {locked.then(|| view! { <InsetText>{texts.form.locked}</InsetText> })}
            {reviewed.then(|| view! { <InsetText>{texts.form.back_to_draft}</InsetText> })}
            {wrong}
            {unsaved}
            <form method="post" novalidate=true>
                <input type="hidden" name="version" value=seen />
                {meeting}
                {fields}
                {markdown}
                {known(&beside, &names)}
                <div class="govuk-button-group">
                    <Button>{texts.form.save}</Button>
                    {preview}
                </div>
            </form>
        }
    }))
}

/// The problems of a topic's fields that have something in them: ids and sentences.
fn problems_of(record: &Record, topic: Topic) -> Vec<(String, String)> {
    let Err(problems) = judge::judge(record).work else { return Vec::new() };
    let here = problems.iter().filter(|problem| problem.code != Code::Missing || problem.field.contains('['));
    here.map(|problem| (words::place(problem, record), words::sentence(problem)))
        .filter(|(place, _)| place.topic == topic.path())
        .map(|(place, sentence)| (place.id, sentence))
        .collect()
}

/// The parts in which two met: the summary above everything, and for each both texts and the choice.
pub fn met(shown: &Shown, topic: Topic, clash: Option<&Clash>, typed: &Form, unchosen: &[String]) -> (Option<AnyView>, Option<AnyView>) {
    let parts: Vec<String> = match clash {
        Some(clash) => clash.parts.clone(),
        None => typed.all(MET).map(str::to_owned).collect(),
    };
    if parts.is_empty() {
        return (None, None);
    }
    let now = clash.map_or(&shown.record, |clash| &clash.now);
    let mut mine = now.clone();
    for (part, value) in fields::answers(topic, typed) {
        record::set(&mut mine, &part, value);
    }
    meeting(now, &mine, &parts, typed, unchosen)
}

/// As [`met`], for any two records.
pub fn meeting(now: &Record, mine: &Record, parts: &[String], typed: &Form, unchosen: &[String]) -> (Option<AnyView>, Option<AnyView>) {
    let words = &text::staff().editor.clash;
    let (saved, own) = (record::parts(now), record::parts(mine));
    let mut entries = Vec::new();
    let fieldsets: Vec<AnyView> = parts
        .iter()
        .map(|part| {
            let label = words::label(part, if record::of_edition(part).is_some() { mine } else { now });
            let name = choice_name(part);
            let missing = unchosen.contains(part);
            if missing {
                entries.push((format!("#{name}"), (words.choose)(&label)));
            } else if unchosen.is_empty() {
                entries.push((format!("#{name}"), (words.which)(&label)));
            }
            let both = [(words.saved, saved.get(part)), (words.yours, own.get(part))].map(|(heading, value)| {
                let text = words::shown(part, value);
                let text = if text.is_empty() { words.nothing.to_owned() } else { text };
                view! {
                    <div>
                        <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{heading}</h3>
                        <p class="govuk-body app-diff__text">{text}</p>
                    </div>
                }
            });
            let items = vec![Choice::new("sparat", words.keep_saved), Choice::new("mitt", words.keep_yours)];
            view! {
                <div class="app-diff">
                    <div class="app-side-by-side">{both.into_iter().collect::<Vec<_>>()}</div>
                    <input type="hidden" name=MET value=part.clone() />
                    <Radios
                        name=name.clone()
                        legend=(words.which)(&label)
                        items=items
                        value=typed.get(&name).to_owned()
                        error=missing.then(|| (words.choose)(&label))
                        classes="govuk-radios--small"
                    />
                </div>
            }
            .into_any()
        })
        .collect();
    let meeting = view! {
        <h2 class="govuk-heading-m">{words.title}</h2>
        <p class="govuk-body app-measure">{words.lead}</p>
        {fieldsets}
    };
    (summary(entries), Some(meeting.into_any()))
}

fn at(problems: &[(String, String)], id: &str) -> Option<String> {
    problems.iter().find(|(known, _)| known == id).map(|(_, sentence)| sentence.clone())
}

fn one_field(field: &'static Field, typed: &Form, problems: &[(String, String)]) -> AnyView {
    let words = &text::staff().editor.form;
    let (name, hint) = (field.name, (words.hint)(field.name));
    let needed = matches!(name, "title" | "publication_type" | "date_published");
    let label = if needed { (words.label)(name).to_owned() } else { (words.optional)((words.label)(name)) };
    let (value, error) = (typed.get(name).to_owned(), at(problems, name));
    match field.shape {
        Shape::Line => {
            let list = (name == "series").then_some(("list", "kanda-serier"));
            let attributes: Attrs = list.into_iter().collect();
            view! { <Input name=name label=label hint=hint value=value error=error attributes=attributes /> }.into_any()
        }
        Shape::Short | Shape::Codes => {
            view! { <Input name=name label=label hint=hint value=value error=error classes="govuk-input--width-10" spellcheck=false /> }
                .into_any()
        }
        Shape::Kind => view! { <Select name=name label=label items=kinds() value=value error=error /> }.into_any(),
        Shape::Text => view! { <Textarea name=name label=label hint=hint value=value error=error rows=8 /> }.into_any(),
        Shape::Lines | Shape::Related => view! { <Textarea name=name label=label hint=hint value=value error=error rows=5 /> }.into_any(),
        Shape::Flag => {
            let values: Vec<String> = typed.checked(name).then(|| "ja".to_owned()).into_iter().collect();
            let items = vec![Choice::new("ja", (words.label)(name)).hint(hint)];
            view! { <Checkboxes name=name items=items values=values /> }.into_any()
        }
        Shape::Questions => rows(name, &QUESTION, typed, problems, None),
        Shape::Grants => rows(name, &GRANT, typed, problems, None),
    }
}

/// Ingress and body, each in Swedish and English beside each other.
fn texts_side_by_side(typed: &Form, problems: &[(String, String)], previewed: bool) -> AnyView {
    let words = &text::staff().editor.form;
    let pair = |sv: &'static str, en: &'static str, rows: u32| {
        let one = |name: &'static str, english: bool| {
            let label = (words.label)(name);
            let label = if english { (words.in_english)(label) } else { (words.in_swedish)(label) };
            let attributes: Attrs = english.then_some(("lang", "en")).into_iter().collect();
            view! {
                <Textarea
                    name=name
                    label=(words.optional)(&label)
                    hint=(words.hint)(name)
                    value=typed.get(name).to_owned()
                    error=at(problems, name)
                    rows=rows
                    attributes=attributes
                />
            }
        };
        view! { <div class="app-side-by-side">{one(sv, false)} {one(en, true)}</div> }
    };
    view! {
        {pair("summary", "summary_en", 6)}
        {pair("body", "body_en", 24)}
        {previewed.then(|| previews(&markdown_fields(Topic::Texts, typed)))}
    }
    .into_any()
}

/// A text in Markdown that is not empty: the field's name and label, the language and what was typed.
struct Markdown {
    name: String,
    label: String,
    lang: Lang,
    text: String,
}

/// The fields of a topic that readers see as Markdown and that have something in them.
fn markdown_fields(topic: Topic, typed: &Form) -> Vec<Markdown> {
    let words = &text::staff().editor.form;
    let mut fields = Vec::new();
    match topic {
        Topic::Texts => {
            let label = (words.label)("body");
            fields.push(("body".to_owned(), (words.in_swedish)(label), Lang::Sv));
            fields.push(("body_en".to_owned(), (words.in_english)(label), Lang::En));
        }
        Topic::Interview => {
            for (list, lang) in [("interview", Lang::Sv), ("interview_en", Lang::En)] {
                for row in 1..=row_count(typed, list) {
                    fields.push((row_name(list, row, "answer"), (words.row)((words.one_of)(list), row), lang));
                }
            }
        }
        _ => {}
    }
    let fields = fields.into_iter().map(|(name, label, lang)| Markdown { text: typed.get(&name).to_owned(), name, label, lang });
    fields.filter(|field| !field.text.trim().is_empty()).collect()
}

fn preview_id(name: &str) -> String {
    format!("forhandsgranskning-{name}")
}

/// The texts as readers will see them, beside each other as the fields are.
fn previews(fields: &[Markdown]) -> AnyView {
    let words = &text::staff().editor.form;
    let shown: Vec<AnyView> = fields
        .iter()
        .map(|field| {
            let title = (words.preview_of)(&field.label);
            view! { <div>{markdown::preview(&field.text, field.lang, &preview_id(&field.name), &title)}</div> }.into_any()
        })
        .collect();
    view! { <div class="app-side-by-side">{shown}</div> }.into_any()
}

fn interview(typed: &Form, problems: &[(String, String)], previewed: bool) -> AnyView {
    let who = fields::named("interviewee").map(|field| one_field(field, typed, problems));
    view! {
        {who}
        <div class="app-side-by-side">
            <div>{rows("interview", &QUESTION, typed, problems, None)}</div>
            <div>{rows("interview_en", &QUESTION, typed, problems, Some("en"))}</div>
        </div>
        {previewed.then(|| previews(&markdown_fields(Topic::Interview, typed)))}
    }
    .into_any()
}

/// The rows of a list: those that are filled, and some to fill.
fn rows(
    field: &'static str,
    parts: &'static [&'static str],
    typed: &Form,
    problems: &[(String, String)],
    lang: Option<&'static str>,
) -> AnyView {
    let words = &text::staff().editor.form;
    let rows: Vec<AnyView> = (1..=row_count(typed, field))
        .map(|row| {
            let answers: Vec<AnyView> = parts
                .iter()
                .map(|part| {
                    let name = row_name(field, row, part);
                    let label = if *part == "year" { text::staff().editor.year } else { (words.label)(part) };
                    let hint = if *part == "amount_sek" { (words.hint)(part) } else { "" };
                    let (value, error) = (typed.get(&name).to_owned(), at(problems, &name));
                    let lang = lang.or((*part == "text_en").then_some("en"));
                    let attributes: Attrs = lang.map(|lang| ("lang", lang)).into_iter().collect();
                    match *part {
                        "answer" | "text" | "text_en" => {
                            view! { <Textarea name=name label=label value=value error=error rows=4 attributes=attributes /> }.into_any()
                        }
                        "question" => view! { <Input name=name label=label value=value error=error attributes=attributes /> }.into_any(),
                        _ => view! { <Input name=name label=label hint=hint value=value error=error classes="govuk-input--width-10" /> }
                            .into_any(),
                    }
                })
                .collect();
            view! {
                <Fieldset legend=(words.row)((words.one_of)(field), row) legend_classes="govuk-fieldset__legend--s">
                    {answers}
                </Fieldset>
            }
            .into_any()
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m">{(words.label)(field)}</h2>
        {rows}
        <p class="govuk-hint">{words.more_rows}</p>
    }
    .into_any()
}

/// What there is already: series to choose among, subjects, and what the addresses lead to.
fn known(beside: &Beside, related: &[String]) -> AnyView {
    let words = &text::staff().editor.form;
    let series: Vec<AnyView> = beside.series.iter().map(|name| view! { <option value=name.clone()></option> }.into_any()).collect();
    let found: Vec<AnyView> =
        beside.related.iter().map(|(_, path, title)| view! { <li>{link(model::href(path), title.clone())}</li> }.into_any()).collect();
    let leads = |key: &String| beside.related.iter().any(|(known, _, _)| known == key);
    let unknown: Vec<AnyView> = related
        .iter()
        .filter(|key| beside.is_about_related && !leads(key))
        .map(|key| view! { <li>{format!("{}: {key}", words.related_unknown)}</li> }.into_any())
        .collect();
    let names = beside.subjects.join(", ");
    let subjects = (!names.is_empty()).then(|| view! { <Details summary=words.subjects_known>{names}</Details> });
    view! {
        {(!series.is_empty()).then(|| view! { <datalist id="kanda-serier">{series}</datalist> })}
        {subjects}
        {(!unknown.is_empty()).then(|| view! { <ul class="govuk-list">{unknown}</ul> })}
        {(!found.is_empty())
            .then(|| {
                view! {
                    <h2 class="govuk-heading-s">{words.related_now}</h2>
                    <ul class="govuk-list">{found}</ul>
                }
            })}
    }
    .into_any()
}

/// Keys as addresses, where the works are there.
fn addresses(keys: &[String], related: &[(String, String, String)]) -> String {
    let address =
        |key: &String| related.iter().find(|(known, _, _)| known == key).map_or_else(|| key.clone(), |(_, path, _)| model::href(path));
    keys.iter().map(address).collect::<Vec<_>>().join("\n")
}
