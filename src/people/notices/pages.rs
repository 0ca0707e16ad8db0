//! What someone was told, what they choose about mail, and the page that ends it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::actions::Ending;
use super::rules::{self, field_of};
use super::store::{self, Shown};
use crate::kit::{Errors, Form, Lang, civil};
use crate::people::model::{Account, NoticeKind};
use crate::people::pages::mine::{Says, head};
use crate::people::rules::{Notices, field};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::text;
use crate::text::notices::{ChoiceTexts, NoticesTexts};
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// How many notices a page has.
const PAGE: i64 = 20;

/// `GET /mina-sidor/aviseringar`
pub async fn list(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let page = visit.asked("sida").parse::<i64>().unwrap_or(1).clamp(1, 100_000);
    let (count, notices) = app
        .db
        .read(async |tx| {
            let count = store::count(tx, &who.account).await?;
            Ok::<_, StoreError>((count, store::list(tx, &who.account, PAGE, (page - 1) * PAGE).await?))
        })
        .await?;
    let texts = text::notices(visit.lang);
    let read = !visit.asked("klart").is_empty();
    let pages = usize::try_from((count.all + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    let current = usize::try_from(page).unwrap_or(1);
    Ok(visit.page(&app, StatusCode::OK, head(&visit, texts.title), || {
        let path = visit.href("/mina-sidor/aviseringar");
        let links = PageLinks::numbered(current, pages, |page| format!("{path}?sida={page}"));
        let rows: Vec<Vec<Cell>> = notices.iter().map(|notice| row(texts, notice, visit.lang)).collect();
        let several = pages != 1;
        let unread = count.unread != 0;
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{texts.none}</p> }.into_any()
        } else {
            let columns: Vec<Cell> = vec![Cell::new(texts.what), Cell::new(texts.when), Cell::new(texts.doing)];
            view! {
                <form method="post" action=path novalidate=true>
                    <Table caption=texts.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
                    {unread
                        .then(|| {
                            view! {
                                <button type="submit" name="alla" value="ja" class="govuk-button govuk-button--secondary">
                                    {texts.read_all}
                                </button>
                            }
                        })}
                </form>
            }
            .into_any()
        };
        view! {
            {read.then(|| view! { <NotificationBanner success=true text=texts.was_read /> })}
            <h1 class="govuk-heading-l">{texts.title}</h1>
            <p class="govuk-body">{(texts.unread)(count.unread)}</p>
            {table}
            {several.then(|| view! { <Pagination links=links /> })}
            <p class="govuk-body">
                <a class="govuk-link" href=visit.href("/mina-sidor/aviseringar/e-post")>
                    {texts.choices.title}
                </a>
            </p>
        }
    }))
}

fn row(texts: &'static NoticesTexts, notice: &Shown, lang: Lang) -> Vec<Cell> {
    let sentence = (texts.told)(notice.kind, &notice.words);
    let when = civil::clock_text(notice.created_at, lang);
    let new = notice.read_at.is_none();
    let what = view! {
        {new.then(|| view! { <Tag text=texts.new /> })}
        {new.then_some(" ")}
        {sentence.clone()}
    };
    let open = (texts.open_which)(&sentence);
    let id = notice.id.to_string();
    let buttons = view! {
        <button type="submit" name="oppna" value=id.clone() class="govuk-button govuk-button--secondary govuk-!-margin-bottom-1" aria-label=open>
            {texts.open}
        </button>
        {new
            .then(|| {
                let label = (texts.read_which)(&sentence);
                view! {
                    " "
                    <button type="submit" name="last" value=id class="govuk-button govuk-button--secondary govuk-!-margin-bottom-1" aria-label=label>
                        {texts.read}
                    </button>
                }
            })}
    };
    vec![Cell::new(what.into_any()), Cell::new(when).attributes([("data-label", texts.when)]), Cell::new(buttons.into_any())]
}

/// `GET /mina-sidor/aviseringar/e-post`
pub async fn choices(State(app): State<App>, visit: Visit) -> Page {
    let says = if visit.asked("sparad").is_empty() { Says::Nothing } else { Says::Saved };
    choices_page(&app, &visit, StatusCode::OK, visit.typed().cloned(), Errors::new(), says).await
}

fn stored(account: &Account, choices: &[(String, String)]) -> Form {
    let mut form = Form::default();
    form.set(field::NOTICES, account.notices.clone());
    for (kind, by_mail) in choices {
        if let Some(kind) = NoticeKind::of_code(kind) {
            form.set(&field_of(kind), by_mail.clone());
        }
    }
    form
}

/// How often someone wants mail, in any state; without a form as it is stored.
pub async fn choices_page(app: &App, visit: &Visit, status: StatusCode, form: Option<Form>, errors: Errors<()>, says: Says) -> Page {
    let who = visit.signed_in()?;
    let (account, choices) = app
        .db
        .read(async |tx| Ok::<_, StoreError>((people::account(tx, &who.account).await?, store::choices(tx, &who.account).await?)))
        .await?;
    let account = account.ok_or(AppError::NotFound)?;
    let texts = text::notices(visit.lang);
    let words = &texts.choices;
    let staff = who.is_staff();
    let now = stored(&account, &choices);
    let form = form.unwrap_or_else(|| now.clone());
    let mut head = Head { error: !errors.is_empty() || says == Says::Stale, ..head(visit, words.title) };
    head.trail.push((visit.href("/mina-sidor/aviseringar"), texts.title.to_owned()));
    Ok(visit.page(app, status, head, || {
        let general: Vec<Choice> = Notices::ALL.into_iter().map(|each| Choice::new(each.code(), name(words, each))).collect();
        let missing = errors.of(field::NOTICES).map(|()| words.missing);
        let selects: Vec<AnyView> = rules::kinds(staff)
            .map(|kind| {
                let mut items = vec![SelectItem::new("", words.as_general)];
                items.extend(Notices::ALL.into_iter().map(|each| SelectItem::new(each.code(), name(words, each))));
                let name = field_of(kind);
                let value = form.get(&name).to_owned();
                view! { <Select name=name label=(texts.name)(kind) items=items value=value /> }.into_any()
            })
            .collect();
        view! {
            {missing
                .map(|missing| view! { <ErrorSummary errors=vec![(format!("#{}", field::NOTICES), missing.to_owned())] /> })}
            {(says == Says::Saved).then(|| view! { <NotificationBanner success=true text=words.saved /> })}
            {(says == Says::Stale).then(|| stale(texts, &now, staff))}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <form method="post" action=visit.href("/mina-sidor/aviseringar/e-post") class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=field::VERSION value=account.version.to_string() />
                <Radios
                    name=field::NOTICES
                    legend=words.general
                    hint=words.general_hint
                    items=general
                    value=form.get(field::NOTICES).to_owned()
                    error=missing
                />
                <h2 class="govuk-heading-m">{words.kinds}</h2>
                {selects}
                <Button>{words.submit}</Button>
            </form>
        }
    }))
}

/// What holds now, when someone saved in between.
fn stale(texts: &'static NoticesTexts, now: &Form, staff: bool) -> AnyView {
    let words = &texts.choices;
    let shown = |code: &str| Notices::of_code(code).map_or(words.as_general, |notices| name(words, notices));
    let kinds = rules::kinds(staff).map(|kind| SummaryRow::new((texts.name)(kind), shown(now.get(&field_of(kind)))));
    let rows: Vec<SummaryRow> = std::iter::once(SummaryRow::new(words.general, shown(now.get(field::NOTICES)))).chain(kinds).collect();
    let content = view! {
        <p class="govuk-body">{words.stale}</p>
        <SummaryList rows=rows />
    };
    view! { <NotificationBanner role="alert">{content}</NotificationBanner> }.into_any()
}

fn name(words: &ChoiceTexts, notices: Notices) -> &'static str {
    match notices {
        Notices::Each => words.each,
        Notices::Daily => words.daily,
        Notices::None => words.never,
    }
}

/// `GET /avisering/avregistrera/{token}`: a button, since mail programs open links by themselves.
pub async fn end(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Page {
    let Some(ending) = Ending::read(&app, &token) else { return Ok(ending_unknown(&app, &visit)) };
    let texts = text::notices(visit.lang);
    let words = &texts.end;
    let head = Head { private: true, noindex: true, ..Head::new(words.title) };
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{what(texts, &ending)}</p>
            <form method="post" novalidate=true>
                <Button>{words.submit}</Button>
            </form>
        }
    }))
}

fn what(texts: &'static NoticesTexts, ending: &Ending) -> String {
    ending.kind.map_or_else(|| texts.end.daily.to_owned(), |kind| (texts.end.kind)((texts.name)(kind)))
}

/// The mail has ended.
pub fn ended(app: &App, visit: &Visit, ending: &Ending) -> Response {
    let texts = text::notices(visit.lang);
    let words = &texts.end;
    let head = Head { private: true, noindex: true, ..Head::new(words.done) };
    visit.page(app, StatusCode::OK, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.done}</h1>
            <p class="govuk-body app-measure">{what(texts, ending)}</p>
            {to_choices(texts, visit)}
        }
    })
}

/// A link that ends nothing: it was cut off on its way, or the portal's key is another one now.
pub fn ending_unknown(app: &App, visit: &Visit) -> Response {
    let texts = text::notices(visit.lang);
    let words = &texts.end;
    let head = Head { private: true, noindex: true, ..Head::new(words.unknown) };
    visit.page(app, StatusCode::NOT_FOUND, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.unknown}</h1>
            <p class="govuk-body app-measure">{words.unknown_lead}</p>
            {to_choices(texts, visit)}
        }
    })
}

fn to_choices(texts: &'static NoticesTexts, visit: &Visit) -> AnyView {
    view! {
        <p class="govuk-body">
            <a class="govuk-link" href=visit.href("/mina-sidor/aviseringar/e-post")>
                {texts.choices.title}
            </a>
        </p>
    }
    .into_any()
}
