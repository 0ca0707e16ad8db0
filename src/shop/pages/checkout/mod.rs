//! The checkout: delivery, payment, invoice, review, done. One topic a page; what was typed is kept on the server at once,
//! right or wrong, so that nothing is lost by going back, by another tab or by a closed browser.
//!
//! `forms` the pages that ask · `fields` what they ask with · `review` the last page before ordering.

mod fields;
mod forms;
mod review;

pub use fields::delivery_address_fields;
pub use forms::{delivery_page, invoice_page, payment_page};
pub use review::{Says, review_page, unpack};

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use crate::kit::{Errors, Form, Lang};
use crate::people::store as people;
use crate::shop::actions::{self, page};
use crate::shop::model::order_number;
use crate::shop::reckon::Reckoned;
use crate::shop::rules::{field, is_organisation};
use crate::shop::store;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::cookies::RECEIPT;
use crate::web::{App, AppError, Visit};

/// A page of the checkout is open to a basket that is ready; others are led back to what stands in the way.
async fn ready(app: &App, visit: &Visit) -> Result<Result<Reckoned, Response>, AppError> {
    match super::basket::load(app, visit).await? {
        Some(reckoned) if reckoned.is_ready() => Ok(Ok(reckoned)),
        _ => Ok(Err(visit.see_other("/kundkorg"))),
    }
}

/// The address of a page of the checkout.
pub fn path_of(page: &str) -> String {
    format!("/kassa/{page}")
}

/// `GET /kassa`: the first page that is not done.
pub async fn start(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let reckoned = match ready(&app, &visit).await? {
        Ok(reckoned) => reckoned,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let next = actions::answers(&actions::raw_answers(&reckoned.basket)).err().unwrap_or(page::REVIEW);
    Ok(visit.see_other(&path_of(next)))
}

/// `GET /kassa/leverans`
pub async fn delivery(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    Ok(match ready(&app, &visit).await? {
        Ok(reckoned) => {
            let mut form = actions::page_of(&actions::raw_answers(&reckoned.basket), page::DELIVERY);
            if form.0.is_empty() {
                form = suggested(&app, &visit).await?;
            }
            delivery_page(&app, &visit, StatusCode::OK, form, Errors::new())
        }
        Err(elsewhere) => elsewhere,
    })
}

/// What is known of whoever is signed in, for a page that nobody has answered yet.
async fn suggested(app: &App, visit: &Visit) -> Result<Form, AppError> {
    let mut form = Form::default();
    let Some(who) = visit.who() else { return Ok(form) };
    if let Some(account) = app.db.read(async |tx| people::account(tx, &who.account).await).await? {
        form.set(field::CONTACT, account.name);
        form.set(field::EMAIL, account.email.to_string());
        form.set(field::PHONE, account.phone.map(|phone| phone.to_string()).unwrap_or_default());
    }
    Ok(form)
}

/// `GET /kassa/betalning`
pub async fn payment(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    Ok(match ready(&app, &visit).await? {
        Ok(reckoned) => {
            let form = actions::page_of(&actions::raw_answers(&reckoned.basket), page::PAYMENT);
            payment_page(&app, &visit, StatusCode::OK, form, Errors::new())
        }
        Err(elsewhere) => elsewhere,
    })
}

/// `GET /kassa/faktura`
pub async fn invoice(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let reckoned = match ready(&app, &visit).await? {
        Ok(reckoned) => reckoned,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let raw = actions::raw_answers(&reckoned.basket);
    let Ok(organisation) = is_organisation(&actions::page_of(&raw, page::PAYMENT)) else {
        return Ok(visit.see_other(&path_of(page::PAYMENT)));
    };
    Ok(invoice_page(&app, &visit, StatusCode::OK, organisation, actions::page_of(&raw, page::INVOICE), Errors::new()))
}

/// `GET /kassa/granska`
pub async fn review(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let reckoned = match ready(&app, &visit).await? {
        Ok(reckoned) => reckoned,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match actions::answers(&actions::raw_answers(&reckoned.basket)) {
        Ok(answers) => review_page(&app, &visit, StatusCode::OK, reckoned, answers, Says::default()),
        Err(unfinished) => Ok(visit.see_other(&path_of(unfinished))),
    }
}

fn head(title: &str, back: &str, visit: &Visit, error: bool) -> Head {
    let back = Some((visit.href(back), text::shop(visit.lang).checkout.back.to_owned()));
    Head { private: true, error, back, ..Head::new(title) }
}

/// Where in the checkout one is.
fn steps(lang: Lang, current: usize) -> AnyView {
    let words = &text::shop(lang).checkout;
    let steps = [
        (words.step_delivery, Some(page::DELIVERY)),
        (words.step_payment, Some(page::PAYMENT)),
        (words.step_review, Some(page::REVIEW)),
        (words.step_done, None),
    ];
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(index, (label, page))| match page {
            Some(page) if index < current => view! {
                <li class="app-steps__item app-steps__item--done">
                    <a class="govuk-link" href=format!("{}{}", lang.prefix(), path_of(page))>
                        {label}
                    </a>
                    " "
                    <span class="govuk-visually-hidden">{words.done_mark}</span>
                </li>
            }
            .into_any(),
            _ if index == current => view! {
                <li class="app-steps__item app-steps__item--current" aria-current="step">
                    {label}
                </li>
            }
            .into_any(),
            _ => view! { <li class="app-steps__item">{label}</li> }.into_any(),
        })
        .collect_view();
    view! {
        <nav aria-label=words.steps>
            <ol class="app-steps">{items}</ol>
        </nav>
    }
    .into_any()
}

/// `GET /kassa/klar/{number}`: the receipt, for the browser that ordered.
pub async fn done(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Result<Response, AppError> {
    let token = visit.cookie(&app, RECEIPT.name).ok_or(AppError::NotFound)?;
    let order = app
        .db
        .read(async |tx| match store::basket(tx, &token.hash()).await? {
            Some(basket) => store::order_by_basket(tx, &basket.id).await,
            None => Ok(None),
        })
        .await?
        .filter(|order| order_number(order.number) == number)
        .ok_or(AppError::NotFound)?;
    let lang = visit.lang;
    let words = &text::shop(lang).checkout;
    let link = format!("{}/bestallning/{}", lang.prefix(), actions::order_link(&token).as_str());
    let head = Head { private: true, ..Head::new(words.done_title) };
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let next = if order.is_private() { words.done_private } else { words.done_organisation };
        view! {
            {steps(lang, 3)}
            <Panel title=words.done_title>
                {words.done_number} <br /> <strong>{number.clone()}</strong>
            </Panel>
            <p class="govuk-body">{(words.done_mail)(order.email.as_str())}</p>
            <h2 class="govuk-heading-m">{words.done_next}</h2>
            <p class="govuk-body">{next}</p>
            <p class="govuk-body">
                {words.done_status} " "
                <a class="govuk-link" href=link>
                    {words.done_status_link}
                </a>
            </p>
            <p class="govuk-body app-muted">{words.keep_link}</p>
        }
    }))
}

/// The basket of a submit that came too late: it has become an order, or is gone.
pub fn expired(app: &App, visit: &Visit) -> Response {
    let lang = visit.lang;
    let words = &text::shop(lang).checkout;
    let head = Head { private: true, ..Head::new(words.expired_title) };
    visit.page(app, StatusCode::GONE, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.expired_title}</h1>
            <p class="govuk-body">{words.expired}</p>
            <p class="govuk-body">
                <a class="govuk-link" href=format!("{}/publikationer", lang.prefix())>
                    {text::shop(lang).basket.find}
                </a>
            </p>
        }
    })
}
