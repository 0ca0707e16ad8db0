//! One publication: where it stands, what is missing, what it holds, and what can be done with it; and the form that begins one.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::{Shown, head, id, link, list, refused, seen_field, summary, tag, writes};
use crate::catalogue::editor::actions::needs_two;
use crate::catalogue::editor::attached;
use crate::catalogue::editor::fields::Topic;
use crate::catalogue::editor::judge::{self, Advice, Judged};
use crate::catalogue::editor::record::{self, Record};
use crate::catalogue::editor::store;
use crate::catalogue::editor::words::{self, LANG};
use crate::catalogue::labels;
use crate::catalogue::lifecycle::{self, Actor, Event, Public};
use crate::catalogue::model::{self, Kind};
use crate::catalogue::rules::Problem;
use crate::kit::{Form, Id, Ore, civil};
use crate::people::store::staff_names;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// `GET /handlaggare/publikationer/ny`
pub async fn begin(State(app): State<App>, visit: Visit) -> Page {
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(begin_page(&app, &visit, StatusCode::OK, &form, Vec::new()))
}

/// The form that begins a publication, in any state.
pub fn begin_page(app: &App, visit: &Visit, status: StatusCode, form: &Form, wrong: Vec<(&'static str, &'static str)>) -> Response {
    let texts = &text::staff().editor;
    let words = &texts.one;
    let head = Head { error: !wrong.is_empty(), ..head(words.new_title) };
    let form = form.clone();
    visit.page(app, status, head, move || {
        let at = |field: &str| wrong.iter().find(|(known, _)| *known == field).map(|(_, sentence)| *sentence);
        let entries = wrong.iter().map(|(field, sentence)| (format!("#{field}"), (*sentence).to_owned())).collect();
        view! {
            {summary(entries)}
            <h1 class="govuk-heading-l">{words.new_title}</h1>
            <p class="govuk-body app-measure">{words.new_lead}</p>
            <form method="post" novalidate=true>
                <Input name="title" label=(texts.form.label)("title") value=form.get("title").to_owned() error=at("title") />
                <Select
                    name="publication_type"
                    label=(texts.form.label)("publication_type")
                    items=kinds()
                    value=form.get("publication_type").to_owned()
                    error=at("publication_type")
                />
                <Button>{words.new_submit}</Button>
            </form>
        }
    })
}

/// The kinds to choose among.
pub fn kinds() -> Vec<SelectItem> {
    let choose = SelectItem::new("", text::staff().editor.one.choose);
    std::iter::once(choose).chain(Kind::ALL.iter().map(|kind| SelectItem::new(kind.code(), labels::kind(*kind, LANG)))).collect()
}

/// `GET /handlaggare/publikationer/{work}`
pub async fn show(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    page(&app, &visit, StatusCode::OK, &id(&work)?, None).await
}

/// One publication, in any state.
pub async fn page(app: &App, visit: &Visit, status: StatusCode, work: &Id, problem: Option<&'static str>) -> Page {
    let loaded = app
        .db
        .read(async |tx| {
            let Some(shown) = Shown::load(tx, work).await? else { return Ok(None) };
            let judged = judge::among_all(tx, &shown.record).await?;
            // Nobody needs to know who wrote where there is no draft.
            let (editors, names) = match &shown.draft {
                Some(_) => (store::editors(tx, work).await?, staff_names(tx).await?),
                None => (Vec::new(), Vec::new()),
            };
            Ok::<_, StoreError>(Some((shown, judged, editors, names)))
        })
        .await?;
    let (shown, judged, editors, names) = loaded.ok_or(AppError::NotFound)?;
    let words = &text::staff().editor.one;
    let notice = (words.was)(&visit.asked("klart"));
    let head = Head { error: problem.is_some(), ..head(shown.title()) };
    let writer = writes(visit);
    let actor = match visit.who() {
        Some(who) if editors.contains(&who.account) => Actor::Writer,
        _ => Actor::Other,
    };
    let authors: Vec<String> =
        editors.iter().filter_map(|id| names.iter().find(|(known, _)| known == id)).map(|(_, name)| name.clone()).collect();
    Ok(visit.page(app, status, head, move || {
        let two = needs_two(shown.standing.as_ref(), shown.draft.as_ref());
        let comment = shown.draft.as_ref().map(|draft| draft.comment.clone()).filter(|comment| !comment.is_empty());
        let moved = shown.has_moved().then(|| {
            let further = writer.then(|| link(shown.path("/sammanfoga"), text::staff().editor.moved.link));
            view! { <InsetText>{text::staff().editor.moved.notice} " " {further}</InsetText> }
        });
        view! {
            {refused(problem)}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">{shown.title()}</h1>
            {facts(&shown, &authors)}
            {comment
                .map(|comment| {
                    view! {
                        <InsetText>
                            <strong>{words.comment}": "</strong>
                            {comment}
                        </InsetText>
                    }
                })}
            {moved}
            {two.then(|| view! { <p class="govuk-body app-measure">{words.two_needed}</p> })}
            {shown.draft.is_some().then(|| missing(&shown, &judged))}
            {advice(&judged)}
            {topics(&shown, &judged, writer)}
            {if writer { doings(&shown, actor, two) } else { view! { <p class="govuk-body">{words.read_only}</p> }.into_any() }}
        }
    }))
}

fn facts(shown: &Shown, authors: &[String]) -> AnyView {
    let texts = &text::staff().editor;
    let words = &texts.one;
    let state = shown.state.headline().map_or_else(|| ().into_any(), tag);
    let mut rows = vec![SummaryRow::new(words.status, state)];
    if let Some(at) = shown.draft.as_ref().and_then(|draft| draft.publish_at) {
        rows.push(SummaryRow::new(words.schedule, (words.scheduled_for)(&civil::weekday_text(at, LANG))));
    }
    if let Some(standing) = &shown.standing {
        let address = model::href(&standing.path);
        rows.push(SummaryRow::new(words.address, link(address.clone(), address)));
        if let Some(reason) = &standing.withdrawn_reason {
            rows.push(SummaryRow::new(words.withdraw, (words.withdrawn_because)(reason)));
        }
    }
    if !authors.is_empty() {
        rows.push(SummaryRow::new(words.writers, authors.join(", ")));
    }
    rows.push(SummaryRow::new(words.order, for_sale(&shown.record)));
    rows.push(SummaryRow::new(words.history, link(shown.path("/historik"), words.open_history)));
    view! { <SummaryList rows=rows /> }.into_any()
}

/// What the order block will say.
fn for_sale(record: &Record) -> String {
    let words = &text::staff().editor.one;
    let sold = record::objects(record, record::EDITIONS).into_iter().find(|edition| is_for_sale(edition));
    match sold {
        None => words.not_ordered.to_owned(),
        Some(edition) => {
            let price = Ore::parse(record::text(edition, "price_sek_incl_vat")).map(|price| price.text(LANG)).unwrap_or_default();
            format!("{}, {price}", words.for_sale)
        }
    }
}

/// Whether an edition of a draft has what a sale needs.
pub fn is_for_sale(edition: &Record) -> bool {
    record::text(edition, "form") == "print"
        && record::flag(edition, "orderable_in_print")
        && ["isbn", "price_sek_incl_vat", "vat_rate"].iter().all(|field| !record::text(edition, field).is_empty())
}

/// What must be mended, each with a link to its field.
fn missing(shown: &Shown, judged: &Judged) -> AnyView {
    let words = &text::staff().editor.one;
    let Err(problems) = &judged.work else {
        return view! { <p class="govuk-body">{words.nothing_missing}</p> }.into_any();
    };
    let items: Vec<AnyView> = problems
        .iter()
        .map(|problem| {
            let place = words::place(problem, &shown.record);
            let label = words::label(problem_part(problem), &shown.record);
            let href = format!("{}#{}", shown.path(&place.page), place.id);
            view! {
                <li>
                    {link(href, label)} ": " {words::sentence(problem)}
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <h2 class="govuk-heading-m">{words.missing}</h2>
        <p class="govuk-body">{words.missing_lead}</p>
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
    }
    .into_any()
}

/// The field that a problem is about, without its place in a list.
fn problem_part(problem: &Problem) -> &str {
    problem.field.rsplit('.').next().unwrap_or(&problem.field)
}

fn advice(judged: &Judged) -> Option<AnyView> {
    let words = &text::staff().editor.one;
    let items: Vec<AnyView> = judged
        .advice
        .iter()
        .map(|advice| {
            let sentence = match advice {
                Advice::NoIngress => words.no_ingress,
                Advice::NotForSale => words.not_for_sale,
                Advice::NoGrant => words.no_grant,
                Advice::NothingToRead => words.nothing_to_read,
            };
            view! { <li>{sentence}</li> }.into_any()
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <h2 class="govuk-heading-m">{words.advice}</h2>
            <ul class="govuk-list govuk-list--bullet">{items}</ul>
        }
        .into_any()
    })
}

/// The topics as a list of tasks.
fn topics(shown: &Shown, judged: &Judged, writer: bool) -> AnyView {
    let words = &text::staff().editor.one;
    let problems = judged.work.as_ref().err().map(Vec::as_slice).unwrap_or_default();
    let count = |topic: &str| problems.iter().filter(|problem| words::place(problem, &shown.record).topic == topic).count();
    let task = |path: &'static str, filled: bool| {
        let wrong = count(path);
        let status = if wrong > 0 {
            TaskStatus::tag((words.problems)(wrong), "govuk-tag--red")
        } else if filled {
            TaskStatus::text(words.complete)
        } else {
            TaskStatus::tag(words.empty, "govuk-tag--grey")
        };
        let task = Task::new((words.topic)(path), status);
        if writer { task.href(shown.path(&format!("/{path}"))) } else { task }
    };
    let mut tasks: Vec<Task> =
        Topic::ALL.into_iter().map(|topic| task(topic.path(), topic.fields().any(|field| shown.record.contains_key(field.name)))).collect();
    tasks.insert(2, task("utgavor", shown.record.contains_key(record::EDITIONS)));
    tasks.insert(3, task("filer", !attached::files(&shown.record).is_empty()));
    tasks.insert(4, task("omslag", shown.record.contains_key(attached::COVER)));
    view! {
        <h2 class="govuk-heading-m">{words.topics}</h2>
        <TaskList items=tasks />
    }
    .into_any()
}

/// What this person may do now.
fn doings(shown: &Shown, actor: Actor, two: bool) -> AnyView {
    let words = &text::staff().editor.one;
    let may = |event: Event| lifecycle::apply(shown.state, event, actor, two);
    let change = shown.state.public != Public::Never;
    let mut doings: Vec<AnyView> = Vec::new();
    match may(Event::Published) {
        Ok(_) => {
            let lead = if change { words.publish_change_lead } else { words.publish_lead };
            doings.push(button(shown, "publicera", words.publish, lead, false));
        }
        Err(lifecycle::Refusal::NotYou) => doings.push(view! { <p class="govuk-body app-measure">{words.not_you}</p> }.into_any()),
        Err(_) if two && shown.draft.is_some() && shown.state.draft == lifecycle::Draft::Writing => {
            doings.push(view! { <p class="govuk-body app-measure">{words.approve_first}</p> }.into_any());
        }
        Err(_) => {}
    }
    if may(Event::SentForReview).is_ok() {
        doings.push(button(shown, "skicka", words.send, if two { words.send_lead_two } else { words.send_lead }, !two));
    }
    if may(Event::Unscheduled).is_ok() {
        doings.push(button(shown, "stall-in", words.unschedule, "", true));
    }
    if may(Event::Republished).is_ok() {
        doings.push(button(shown, "igen", words.republish, words.republish_lead, shown.draft.is_some()));
    }
    let mut links: Vec<(String, &'static str)> = Vec::new();
    if may(Event::Refused).is_ok() {
        links.push((shown.path("/granska"), words.review));
    }
    if may(Event::Scheduled).is_ok() {
        let rescheduled = shown.state.draft == lifecycle::Draft::Scheduled;
        links.push((shown.path("/schemalagg"), if rescheduled { words.reschedule } else { words.schedule }));
    }
    if shown.standing.is_some() {
        links.push((shown.path("/priser"), text::staff().prices.title));
    }
    if may(Event::Withdrawn).is_ok() {
        links.push((shown.path("/avpublicera"), words.withdraw));
    }
    let links: Vec<AnyView> = links.into_iter().map(|(href, label)| view! { <li>{link(href, label)}</li> }.into_any()).collect();
    let discard = may(Event::Discarded).is_ok().then(|| {
        let lead = if change { words.discard_change_lead } else { words.discard_lead };
        let button = button(shown, "kasta", words.discard, lead, true);
        view! { <Details summary=words.discard>{button}</Details> }
    });
    view! {
        <h2 class="govuk-heading-m">{words.next}</h2>
        {doings}
        {(!links.is_empty()).then(|| view! { <ul class="govuk-list govuk-list--spaced">{links}</ul> })}
        {discard}
        <p class="govuk-body">{link(list::PATH.to_owned(), text::staff().editor.clear)}</p>
    }
    .into_any()
}

fn button(shown: &Shown, what: &'static str, label: &'static str, lead: &'static str, secondary: bool) -> AnyView {
    let class = if secondary { "govuk-button govuk-button--secondary" } else { "govuk-button" };
    view! {
        <form method="post" action=shown.path("") novalidate=true>
            {seen_field(shown)}
            {(!lead.is_empty()).then(|| view! { <p class="govuk-body app-measure">{lead}</p> })}
            <button type="submit" name="gor" value=what class=class>
                {label}
            </button>
        </form>
    }
    .into_any()
}
