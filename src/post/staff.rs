//! Mail on its way out, for those who look after the portal: what waits, what was sent, what could not be. What a mail says
//! is not shown, since it may hold someone's secret link.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde_json::json;

use crate::kit::{Id, Instant, Lang, civil};
use crate::platform::audit;
use crate::platform::db::{StoreError, Tx};
use crate::platform::outbox::{self, Kept, Narrow, Status};
use crate::tables::view::shown;
use crate::text;
use crate::text::staff::OutboxTexts;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::forms::Posted;
use crate::web::sheets::{self, Column, Facts, Field, Listing, SheetOf, Value};
use crate::web::{App, AppError, Tying, Visit};

/// How many mails a page has.
const PAGE: i64 = 50;

type Page = Result<Response, AppError>;

fn head(title: impl Into<String>) -> Head {
    Head { private: true, staff: true, ..Head::new(title) }
}

const LIST: &str = "/handlaggare/utskick";

/// The table of mail on its way out.
pub const SHEET: SheetOf<Narrow> = SheetOf::new();

const FACTS: Facts = Facts {
    code: "mails",
    path: LIST,
    title: || text::staff().outbox.title,
    file: "utskick",
    sees: super::KEEPERS,
    takes: super::KEEPERS,
    fields: &[Field::words("q"), Field::plain("lage")],
};

type Col = Column<Kept>;

const COLUMNS: &[Col] = &[
    Col::new("amne", || text::staff().outbox.subject, |row| row.subject.clone().into()).shown(letter_link),
    Col::new("till", || text::staff().outbox.to, |row| row.recipient.to_string().into()).classes("app-break"),
    Col::new("skrivet", || text::staff().outbox.written, |row| Value::Clock(row.created_at)),
    Col::new("lage", || text::staff().outbox.state, |row| (text::staff().outbox.status)(&row.status).into()),
    Col::new("forsok", || text::staff().outbox.tried, |row| Value::Count(row.attempts)),
    Col::new("slag", || text::staff().outbox.kind, |row| (text::staff().outbox.kind_of)(&row.kind).into()).extra(),
    Col::new("skickat", || text::staff().outbox.sent_at, |row| row.sent_at.map_or(Value::Empty, Value::Clock)).extra(),
];

fn letter_link(row: &Kept) -> AnyView {
    view! {
        <a class="govuk-link" href=format!("{LIST}/{}", row.id) lang=row.lang.code()>
            {row.subject.clone()}
        </a>
    }
    .into_any()
}

impl Listing for Narrow {
    type Row = Kept;
    const FACTS: &'static Facts = &FACTS;
    const COLUMNS: &'static [Col] = COLUMNS;

    fn read(query: &str, _: Instant) -> Self {
        Self { status: Status::of_code(&sheets::asked(query, "lage")), words: sheets::asked(query, "q") }
    }

    fn total<'a>(&'a self, tx: &'a mut Tx) -> Tying<'a, i64> {
        Box::pin(async move { Ok(self.count(&outbox::counts(tx, &self.words).await?)) })
    }

    fn after<'a>(&'a self, tx: &'a mut Tx, last: Option<&'a Kept>, limit: i64) -> Tying<'a, Vec<Kept>> {
        Box::pin(outbox::list(tx, self, last, limit, 0))
    }
}

/// `GET /handlaggare/utskick`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let words = &text::staff().outbox;
    let narrow = Narrow::read(&visit.query, app.now());
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let (shown, counts, mails) = app
        .db
        .read(async |tx| {
            let shown = shown::<Narrow>(tx, &visit, who).await?;
            let counts = outbox::counts(tx, &narrow.words).await?;
            Ok::<_, StoreError>((shown, counts, outbox::list(tx, &narrow, None, PAGE, (page - 1) * PAGE).await?))
        })
        .await?;
    if let Some(address) = shown.leads_to() {
        return Ok(visit.see_other(&address));
    }
    let pages = usize::try_from((narrow.count(&counts) + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let again = visit.asked("igen").parse::<i64>().ok();
    Ok(visit.page(&app, StatusCode::OK, head(words.title), move || {
        let query = |status: Option<Status>| {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs((!narrow.words.is_empty()).then_some(("q", narrow.words.as_str())))
                .extend_pairs(status.map(|status| ("lage", status.code())))
                .extend_pairs(shown.carried())
                .finish();
            if query.is_empty() { LIST.to_owned() } else { format!("{LIST}?{query}") }
        };
        let states = counts
            .iter()
            .map(|(status, count)| {
                let on = narrow.status == Some(*status);
                view! {
                    <li>
                        <a class="govuk-link" href=query(if on { None } else { Some(*status) }) aria-current=on.then_some("true")>
                            {format!("{} ({count})", (words.status)(status.code()))}
                        </a>
                    </li>
                }
            })
            .collect_view();
        let dead = counts.iter().any(|(status, count)| *status == Status::Dead && *count > 0);
        let table = if mails.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            shown.table::<Narrow>(words.caption, &mails, |_| None)
        };
        let current = usize::try_from(page).unwrap_or(1);
        let links = PageLinks::numbered(current, pages, |page| shown.page(page));
        let further = (pages > 1).then(|| view! { <Pagination links=links /> });
        view! {
            {again.map(|count| view! { <NotificationBanner success=true text=(words.again_done)(count) /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="get" action=LIST novalidate=true>
                {shown.kept()}
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
            {shown.bar()}
            {table}
            {further}
        }
    }))
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
