//! My pages: the first of them, one's details, one's sessions, one's data, and the way out.

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::summary;
use crate::kit::{Errors, Form, Lang, civil};
use crate::people::actions;
use crate::people::address;
use crate::people::model::{self, Account, Lasts, SessionRow};
use crate::people::notices::store as notices;
use crate::people::rules::{ProfileError, field};
use crate::people::store;
use crate::platform::db::StoreError;
use crate::text;
use crate::text::people::{ProfileTexts, SessionTexts};
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// A page below the first of my pages.
pub fn head(visit: &Visit, title: &'static str) -> Head {
    let mine = text::people(visit.lang).mine.title;
    Head { private: true, trail: vec![(visit.href("/mina-sidor"), mine.to_owned())], ..Head::new(title) }
}

/// `GET /mina-sidor`
pub async fn hub(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let words = &text::people(visit.lang).mine;
    let (lang, now) = (visit.lang, app.now());
    let (unread, parts) = app
        .db
        .read(async |tx| {
            let unread = notices::count(tx, &who.account).await?.unread;
            let mut parts = Vec::with_capacity(app.ties.len());
            for tie in &app.ties {
                parts.push(tie.on_my_pages(tx, &who.account, lang, now).await?);
            }
            Ok::<_, StoreError>((unread, parts))
        })
        .await?;
    let mut to_do: Vec<(String, String)> = Vec::new();
    if who.name.is_empty() {
        to_do.push(("/mina-sidor/uppgifter".to_owned(), words.name_missing.to_owned()));
    }
    if unread > 0 {
        to_do.push(("/mina-sidor/aviseringar".to_owned(), (text::notices(lang).unread_to_do)(unread)));
    }
    let mut links = vec![("/mina-sidor/aviseringar".to_owned(), text::notices(lang).title)];
    for part in parts {
        to_do.extend(part.to_do);
        links.extend(part.pages);
    }
    let basket = visit.basket_count.load(Ordering::Relaxed);
    if basket > 0 {
        to_do.push(("/kundkorg".to_owned(), (words.basket)(basket)));
    }
    let own = [
        ("/mina-sidor/uppgifter", words.profile),
        ("/mina-sidor/aviseringar/e-post", text::notices(lang).choices.title),
        ("/mina-sidor/inloggningar", words.sessions),
        ("/mina-sidor/inloggningssatt", text::openid(lang).ways.title),
        ("/mina-sidor/nycklar", text::people(lang).keys.title),
        ("/mina-sidor/mina-data", words.data),
        ("/mina-sidor/avsluta", words.close),
    ];
    // Without providers there is one way in, and nothing to choose; a second factor is the staff's.
    let (one_way, works_here) = (app.openid.providers().next().is_none(), who.is_staff());
    let own = own.into_iter().filter(|(path, _)| match *path {
        "/mina-sidor/inloggningssatt" => !one_way,
        "/mina-sidor/nycklar" => works_here,
        _ => true,
    });
    let own: Vec<(String, String)> = own.map(|(path, label)| (path.to_owned(), label.to_owned())).collect();
    let links: Vec<(String, String)> = links.into_iter().map(|(path, label)| (path, label.to_owned())).collect();
    let staff = who.is_staff();
    let lead = (words.signed_in_as)(who.shown());
    let head = Head { private: true, ..Head::new(words.title) };
    Ok(visit.page(&app, StatusCode::OK, head, || {
        let list = |links: Vec<(String, String)>| {
            let links = links
                .into_iter()
                .map(|(path, label)| {
                    view! {
                        <li>
                            <a class="govuk-link govuk-link--no-visited-state" href=visit.href(&path)>
                                {label}
                            </a>
                        </li>
                    }
                })
                .collect_view();
            view! { <ul class="govuk-list govuk-list--spaced">{links}</ul> }.into_any()
        };
        let waits = if to_do.is_empty() { view! { <p class="govuk-body">{words.nothing_to_do}</p> }.into_any() } else { list(to_do) };
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body">{lead}</p>
            {staff
                .then(|| {
                    view! {
                        <p class="govuk-body">
                            <a class="govuk-link" href="/handlaggare">
                                {words.staff}
                            </a>
                        </p>
                    }
                })}
            <h2 class="govuk-heading-m">{words.to_do}</h2>
            {waits}
            <h2 class="govuk-heading-m">{words.mine}</h2>
            {list(links)}
            <h2 class="govuk-heading-m">{words.account}</h2>
            {list(own)}
            <form method="post" action=visit.href("/logga-ut") novalidate=true>
                <Button secondary=true>{words.sign_out}</Button>
            </form>
        }
    }))
}

/// `GET /mina-sidor/uppgifter`
pub async fn profile(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let account = app.db.read(async |tx| store::account(tx, &who.account).await).await?.ok_or(AppError::NotFound)?;
    let form = visit.typed().cloned().unwrap_or_else(|| stored(&account));
    let says = match visit.asked("sparad").as_str() {
        "" => Says::Nothing,
        "adress" => Says::Moved,
        _ => Says::Saved,
    };
    Ok(profile_page(&app, &visit, StatusCode::OK, &account, form, Errors::new(), says))
}

/// What the page about one's details says besides its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    Nothing,
    Saved,
    /// The address is another.
    Moved,
    /// Someone saved in between.
    Stale,
}

fn stored(account: &Account) -> Form {
    let mut form = Form::default();
    form.set(field::NAME, account.name.clone());
    form.set(field::PHONE, account.phone.as_ref().map(ToString::to_string).unwrap_or_default());
    form.set(field::LANGUAGE, account.lang.code());
    form
}

/// One's details, in any state.
pub fn profile_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    account: &Account,
    form: Form,
    errors: Errors<ProfileError>,
    says: Says,
) -> Response {
    let lang = visit.lang;
    let words = &text::people(lang).profile;
    let head = Head { error: !errors.is_empty() || says == Says::Stale, ..head(visit, words.title) };
    let account = account.clone();
    visit.page(app, status, head, move || {
        let at = |field: &str| errors.of(field).map(|error| sentence(words, *error, lang));
        let value = |field: &str| form.get(field).to_owned();
        let languages = vec![Choice::new("sv", words.swedish), Choice::new("en", words.english)];
        view! {
            {summary(&errors, |error| sentence(words, error, lang))}
            {(says == Says::Saved).then(|| view! { <NotificationBanner success=true text=words.saved /> })}
            {(says == Says::Moved).then(|| view! { <NotificationBanner success=true text=text::people(lang).address.done /> })}
            {(says == Says::Stale).then(|| stale(words, &account))}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <form method="post" action=visit.href("/mina-sidor/uppgifter") class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name=field::VERSION value=account.version.to_string() />
                <Input name=field::NAME label=words.name value=value(field::NAME) error=at(field::NAME) autocomplete="name" />
                <SummaryList rows=vec![SummaryRow::new(words.email, account.email.to_string())] />
                <p class="govuk-body">
                    <a class="govuk-link" href=visit.href(address::PATH)>
                        {text::people(lang).address.title}
                    </a>
                </p>
                <Input
                    name=field::PHONE
                    label=words.phone
                    value=value(field::PHONE)
                    error=at(field::PHONE)
                    kind=InputKind::Tel
                    autocomplete="tel"
                    classes="govuk-input--width-20"
                />
                <Radios
                    name=field::LANGUAGE
                    legend=words.language
                    hint=words.language_hint
                    items=languages
                    value=value(field::LANGUAGE)
                    error=at(field::LANGUAGE)
                />
                <Button>{words.submit}</Button>
            </form>
        }
    })
}

/// What holds now, when someone saved in between.
fn stale(words: &'static ProfileTexts, account: &Account) -> AnyView {
    let language = if account.lang == Lang::Sv { words.swedish } else { words.english };
    let phone = account.phone.as_ref().map_or_else(|| words.empty.to_owned(), ToString::to_string);
    let rows = vec![
        SummaryRow::new(words.name, account.name.clone()),
        SummaryRow::new(words.phone, phone),
        SummaryRow::new(words.language, language),
    ];
    let content = view! {
        <p class="govuk-body">{words.stale}</p>
        <p class="govuk-body">{words.holds_now}</p>
        <SummaryList rows=rows />
    };
    view! { <NotificationBanner role="alert">{content}</NotificationBanner> }.into_any()
}

fn sentence(words: &ProfileTexts, error: ProfileError, lang: Lang) -> String {
    match error {
        ProfileError::Name(error) => (text::people(lang).name)(error),
        ProfileError::Phone(error) => (text::site(lang).phone)(error),
        ProfileError::Language => words.choose_language,
    }
    .to_owned()
}

/// `GET /mina-sidor/inloggningar`
pub async fn sessions(State(app): State<App>, visit: Visit) -> Page {
    let who = visit.signed_in()?;
    let now = app.now();
    let lasts = Lasts::of(who.is_staff());
    let all = app.db.read(async |tx| store::sessions(tx, &who.account).await).await?;
    let all: Vec<SessionRow> = all.into_iter().filter(|session| lasts.end(session.created_at, session.last_seen_at) > now).collect();
    let lang = visit.lang;
    let words = &text::people(lang).sessions;
    let ended = !visit.asked("avslutad").is_empty();
    let others = all.len() > 1;
    Ok(visit.page(&app, StatusCode::OK, head(&visit, words.title), || {
        let rows = all.iter().map(|session| session_row(words, session, who.session == session.id, lang)).collect::<Vec<_>>();
        let columns: Vec<Cell> =
            vec![Cell::new(words.device), Cell::new(words.began), Cell::new(words.last_seen), Cell::new(words.how), Cell::new(words.end)];
        view! {
            {ended.then(|| view! { <NotificationBanner success=true text=words.ended /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body">{words.lead}</p>
            <form method="post" novalidate=true>
                <Table caption=words.caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
                {others
                    .then(|| {
                        view! {
                            <button type="submit" name="alla" value="ja" class="govuk-button govuk-button--secondary">
                                {words.end_others}
                            </button>
                        }
                    })}
            </form>
        }
    }))
}

fn session_row(words: &'static SessionTexts, session: &SessionRow, this: bool, lang: Lang) -> Vec<Cell> {
    let began = civil::clock_text(session.created_at, lang);
    let device = device(words, &session.agent);
    let how = match session.method.as_str() {
        "mail" => words.by_mail,
        "demo" => words.by_demo,
        _ => words.by_provider,
    };
    let last = if this {
        Cell::new(words.this)
    } else {
        let label = (words.end_which)(&device, &began);
        let button = view! {
            <button type="submit" name="avsluta" value=session.id.to_string() class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" aria-label=label>
                {words.end}
            </button>
        };
        Cell::new(button.into_any())
    };
    let cell = |label: &'static str, text: String| Cell::new(text).attributes([("data-label", label)]);
    vec![
        Cell::new(device),
        cell(words.began, began),
        cell(words.last_seen, civil::clock_text(session.last_seen_at, lang)),
        cell(words.how, how.to_owned()),
        last,
    ]
}

/// A browser as people know it, out of what it says of itself.
fn device(words: &SessionTexts, agent: &str) -> String {
    match model::device(agent) {
        (Some(browser), Some(system)) => (words.device_on)(browser, system),
        (Some(browser), None) => browser.to_owned(),
        _ => words.unknown_device.to_owned(),
    }
}

/// `GET /mina-sidor/kvar`: how many seconds are left of the session, now that something has happened in it.
pub async fn left(State(app): State<App>, visit: Visit) -> Page {
    let seconds = visit.signed_in()?.ends_at.since(app.now()) / 1000;
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, seconds.to_string()).into_response())
}

/// `GET /mina-sidor/mina-data`
pub async fn data(State(app): State<App>, visit: Visit) -> Page {
    let words = &text::people(visit.lang).data;
    Ok(visit.page(&app, StatusCode::OK, head(&visit, words.title), || {
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <a class="govuk-button" role="button" href="/mina-sidor/mina-data.json">
                {words.submit}
            </a>
        }
    }))
}

/// `GET /mina-sidor/mina-data.json`
pub async fn data_file(State(app): State<App>, visit: Visit) -> Page {
    let data = actions::own_data(&app, visit.signed_in()?).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"mina-uppgifter.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let text = serde_json::to_string_pretty(&data).map_err(AppError::internal)?;
    Ok((headers, text).into_response())
}

/// `GET /mina-sidor/avsluta`
pub async fn close(State(app): State<App>, visit: Visit) -> Page {
    Ok(close_page(&app, &visit, StatusCode::OK, None))
}

/// The page that closes the account, in any state.
pub fn close_page(app: &App, visit: &Visit, status: StatusCode, error: Option<&'static str>) -> Response {
    let words = &text::people(visit.lang).close;
    let head = Head { error: error.is_some(), ..head(visit, words.title) };
    visit.page(app, status, head, move || {
        view! {
            {error.map(|error| view! { <ErrorSummary errors=vec![(format!("#{}", field::CONFIRM), error.to_owned())] /> })}
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <p class="govuk-body app-measure">{words.kept}</p>
            <form method="post" novalidate=true>
                <Checkboxes name=field::CONFIRM items=vec![Choice::new("ja", words.confirm)] error=error />
                <Button warning=true>{words.submit}</Button>
            </form>
        }
    })
}

/// The receipt of a closed account.
pub fn closed(app: &App, visit: &Visit) -> Response {
    let words = &text::people(visit.lang).close;
    let head = Head { private: true, ..Head::new(words.done_title) };
    visit.page(app, StatusCode::OK, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.done_title}</h1>
            <p class="govuk-body">{words.done}</p>
        }
    })
}
