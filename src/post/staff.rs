//! Mail on its way out, for those who look after the portal: what waits, what was sent, what could not be. What a mail says
//! is not shown, since it may hold someone's secret link.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde_json::json;

use crate::kit::{Id, Lang, civil};
use crate::platform::audit;
use crate::platform::db::StoreError;
use crate::platform::outbox::{self, Kept, Narrow, Status};
use crate::text;
use crate::text::staff::OutboxTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::forms::Posted;
use crate::web::{App, AppError, Visit};

/// How many mails a page has.
const PAGE: i64 = 50;

type Page = Result<Response, AppError>;

fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

/// `GET /handlaggare/utskick`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let words = &text::staff().outbox;
    let narrow = Narrow { status: Status::of_code(&visit.asked("lage")), words: visit.asked("q").trim().to_owned() };
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let (counts, mails) = app
        .db
        .read(async |tx| {
            let counts = outbox::counts(tx, &narrow.words).await?;
            Ok::<_, StoreError>((counts, outbox::list(tx, &narrow, PAGE, (page - 1) * PAGE).await?))
        })
        .await?;
    let total =
        counts.iter().filter(|(status, _)| narrow.status.is_none_or(|chosen| chosen == *status)).map(|(_, count)| count).sum::<i64>();
    let pages = usize::try_from((total + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let again = visit.asked("igen").parse::<i64>().ok();
    Ok(visit.page(&app, StatusCode::OK, head(words.title), move || {
        let query = |status: Option<Status>, page: usize| {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs((!narrow.words.is_empty()).then_some(("q", narrow.words.as_str())))
                .extend_pairs(status.map(|status| ("lage", status.code())))
                .extend_pairs((page > 1).then(|| ("sida", page.to_string())))
                .finish();
            if query.is_empty() { "/handlaggare/utskick".to_owned() } else { format!("/handlaggare/utskick?{query}") }
        };
        let states = counts
            .iter()
            .map(|(status, count)| {
                let on = narrow.status == Some(*status);
                view! {
                    <li>
                        <a class="govuk-link" href=query(if on { None } else { Some(*status) }, 1) aria-current=on.then_some("true")>
                            {format!("{} ({count})", (words.status)(status.code()))}
                        </a>
                    </li>
                }
            })
            .collect_view();
        let dead = counts.iter().any(|(status, count)| *status == Status::Dead && *count > 0);
        let rows = mails.iter().map(|mail| row(words, mail)).collect::<Vec<_>>();
        let columns: Vec<Cell> = [words.subject, words.to, words.written, words.state, words.tried].map(Cell::new).into();
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            view! {
                <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            }
            .into_any()
        };
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| query(narrow.status, page));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        view! {
            {again.map(|count| view! { <NotificationBanner success=true text=(words.again_done)(count) /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="get" action="/handlaggare/utskick" novalidate=true>
                <Input name="q" label=words.find hint=words.find_hint value=narrow.words.clone() classes="govuk-input--width-20" spellcheck=false />
                <Button secondary=true>{words.search}</Button>
            </form>
            <ul class="govuk-list app-states">{states}</ul>
            {dead
                .then(|| {
                    view! {
                        <form method="post" action="/handlaggare/utskick" novalidate=true>
                            <p class="govuk-body app-measure">{words.dead_lead}</p>
                            <Button secondary=true>{words.all_again}</Button>
                        </form>
                    }
                })}
            {table}
            {further}
        }
    }))
}

fn row(words: &'static OutboxTexts, mail: &Kept) -> Vec<Cell> {
    let link = view! {
        <a class="govuk-link" href=format!("/handlaggare/utskick/{}", mail.id) lang=mail.lang.code()>
            {mail.subject.clone()}
        </a>
    };
    let cell = |label: &'static str, text: String| Cell::new(text).classes("app-break").attributes([("data-label", label)]);
    vec![
        Cell::new(link.into_any()),
        cell(words.to, mail.recipient.to_string()),
        cell(words.written, civil::clock_text(mail.created_at, Lang::Sv)),
        cell(words.state, status_of(words, mail).to_owned()),
        cell(words.tried, mail.attempts.to_string()),
    ]
}

fn status_of(words: &'static OutboxTexts, mail: &Kept) -> &'static str {
    (words.status)(&mail.status)
}

/// `POST /handlaggare/utskick`: tries every dead letter again.
pub async fn all_again(State(app): State<App>, visit: Visit) -> Page {
    let (who, now) = (visit.signed_in()?, app.now());
    let count = app
        .db
        .write_in_line(async |tx| {
            let count = outbox::revive(tx, now).await?;
            if count > 0 {
                audit::append(tx, now, &who.actor(), "mail.tried_again", "outbox", &json!({ "mails": count })).await?;
            }
            Ok::<_, StoreError>(count)
        })
        .await?;
    app.bell.ring();
    Ok(visit.see_other(&format!("/handlaggare/utskick?igen={count}")))
}

/// `GET /handlaggare/utskick/{id}`
pub async fn one(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Page {
    let id = Id::parse(&id).map_err(|_| AppError::NotFound)?;
    let mail = app.db.read(async |tx| outbox::find(tx, &id).await).await?.ok_or(AppError::NotFound)?;
    let words = &text::staff().outbox;
    let again = !visit.asked("igen").is_empty();
    let head = Head { trail: vec![("/handlaggare/utskick".to_owned(), words.title.to_owned())], ..head(mail.subject.clone()) };
    let unsent = mail.status != Status::Sent.code();
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let time = |at| civil::clock_text(at, Lang::Sv);
        let mut facts = vec![
            SummaryRow::new(words.to, mail.recipient.to_string()),
            SummaryRow::new(words.kind, (words.kind_of)(&mail.kind)),
            SummaryRow::new(words.written, time(mail.created_at)),
            SummaryRow::new(words.state, status_of(words, &mail)),
            SummaryRow::new(words.tried, mail.attempts.to_string()),
        ];
        if let Some(sent) = mail.sent_at {
            facts.push(SummaryRow::new(words.sent_at, time(sent)));
        } else if mail.status == Status::Waiting.code() {
            facts.push(SummaryRow::new(words.next, time(mail.due_at)));
        }
        if let Some(error) = mail.last_error.clone() {
            facts.push(SummaryRow::new(words.error, error));
        }
        view! {
            {again.then(|| view! { <NotificationBanner success=true text=(words.again_done)(1) /> })}
            <h1 class="govuk-heading-l" lang=mail.lang.code()>{mail.subject.clone()}</h1>
            <SummaryList rows=facts />
            <p class="govuk-body app-measure">{words.secret}</p>
            {unsent
                .then(|| {
                    view! {
                        <form method="post" novalidate=true>
                            <Button name="igen" value="ja">{words.again}</Button>
                        </form>
                    }
                })}
        }
    }))
}

/// `POST /handlaggare/utskick/{id}`: tries one mail again, now.
pub async fn again(State(app): State<App>, visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> Page {
    let id = Id::parse(&id).map_err(|_| AppError::NotFound)?;
    let (who, now) = (visit.signed_in()?, app.now());
    let found = app
        .db
        .write_in_line(async |tx| {
            let found = outbox::try_again(tx, &id, now).await?;
            if found {
                audit::append(tx, now, &who.actor(), "mail.tried_again", &format!("mail:{id}"), &json!({ "mails": 1 })).await?;
            }
            Ok::<_, StoreError>(found)
        })
        .await?;
    app.bell.ring();
    // One that was sent meanwhile needs nothing more.
    Ok(visit.see_other(&format!("/handlaggare/utskick/{id}{}", if found { "?igen=ja" } else { "" })))
}
