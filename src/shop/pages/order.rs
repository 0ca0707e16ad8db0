//! An order's own page, behind its secret link: where it stands, what it holds, and what may still be changed. The buttons
//! are those that the lifecycle allows.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::checkout::delivery_address_fields;
use super::{address_view, captioned, error_summary, line_row, lines_table, summary, way_of};
use crate::kit::{Errors, Form, Instant, Lang, Line, Ore, civil, totals};
use crate::platform::db::StoreError;
use crate::platform::ids::Secret;
use crate::platform::rate_limit::Limit;
use crate::shop::actions::{Key, actor_of};
use crate::shop::letters::address_lines;
use crate::shop::lifecycle::{self, Event, State as OrderState};
use crate::shop::model::{order_number, read_order_number};
use crate::shop::rules::{self, Wrong, field};
use crate::shop::store::{self, OrderEvent, OrderLine, OrderRow};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// Enough for somebody who mistypes a link from paper.
const WRONG_LINKS: Limit = Limit { purpose: "order_link", times: 60, seconds: 3600 };

/// An order with all that its page shows.
#[derive(Debug, Clone)]
pub struct Opened {
    pub key: Key,
    pub order: OrderRow,
    pub lines: Vec<OrderLine>,
    pub events: Vec<OrderEvent>,
    pub state: OrderState,
    pub now: Instant,
}

impl Opened {
    /// True if whoever holds the link may do this now.
    pub fn may(&self, event: Event) -> bool {
        let in_time = event != Event::Withdrawn || self.order.withdrawal_is_open(self.now);
        in_time && lifecycle::apply(self.state, event, actor_of(&self.order)).is_ok()
    }

    fn href(&self, visit: &Visit, more: &str) -> String {
        visit.href(&self.path(more))
    }

    /// The order's address, or one below it.
    pub fn path(&self, more: &str) -> String {
        format!("/bestallning/{}{more}", self.key.part())
    }
}

/// Opens the order behind a link, or behind its number for the account that keeps it; what opens nothing looks like a page that
/// does not exist.
pub async fn open(app: &App, visit: &Visit, link: &str) -> Result<Opened, AppError> {
    let own = |number| visit.who().map(|who| Key::Account { number, account: who.account.clone() });
    let key = Secret::parse(link).map(Key::Link).or_else(|| read_order_number(link).and_then(own));
    let Some(key) = key else { return missed(app, visit).await };
    let found = app
        .db
        .read(async |tx| {
            let Some(order) = key.order(tx).await? else { return Ok(None) };
            let lines = store::order_lines(tx, &order.id).await?;
            let events = store::order_events(tx, &order.id).await?;
            Ok::<_, StoreError>(Some((order, lines, events)))
        })
        .await?;
    let Some((order, lines, events)) = found else { return missed(app, visit).await };
    let state = order.state()?;
    Ok(Opened { key, order, lines, events, state, now: app.now() })
}

/// A secret of 128 bits cannot be guessed; whoever tries for long is told to wait all the same.
async fn missed(app: &App, visit: &Visit) -> Result<Opened, AppError> {
    app.limit(&WRONG_LINKS, visit.client).await?;
    Err(AppError::NotFound)
}

/// `GET /bestallning/{link}`
pub async fn show(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &link).await?;
    let lang = visit.lang;
    let shop = text::shop(lang);
    let words = &shop.order;
    let title = (words.title)(&order_number(opened.order.number));
    let delivery = opened.order.delivery()?;
    let invoice_to = opened.order.invoice_to()?;
    let head = Head { private: true, ..Head::new(title.clone()) };
    let changed = visit.query.contains("andrad");
    let kept = !visit.asked("sparad").is_empty();
    let by_link = opened.key.link().is_some();
    let here = visit.clone();
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let order = &opened.order;
        let buyer = order.organisation.clone().unwrap_or_else(|| words.private.to_owned());
        let mut rows = vec![
            SummaryRow::new(words.placed, civil::clock_text(order.placed_at, lang)),
            SummaryRow::new(words.status, view! { <Tag text=(shop.headline)(opened.state.headline()) /> }.into_any()),
            SummaryRow::new(words.delivery, address_view(&delivery, lang)),
            SummaryRow::new(words.buyer, format!("{buyer}, {}", order.name)),
            SummaryRow::new(shop.fields.email, order.email.to_string()),
        ];
        rows.extend(order.orgnr.as_ref().map(|orgnr| SummaryRow::new(shop.fields.orgnr, orgnr.to_string())));
        rows.extend(order.reference.clone().map(|reference| SummaryRow::new(shop.fields.reference, reference)));
        rows.extend(order.cost_centre.clone().map(|centre| SummaryRow::new(words.cost_centre, centre)));
        rows.extend(order.peppol_id.as_ref().map(|id| SummaryRow::new("Peppol-ID", id.to_string())));
        rows.push(SummaryRow::new(words.payment, format!("{} – {}", shop.checkout.payment_terms, way_of(order.invoice_by(), lang))));
        rows.extend(invoice_to.as_ref().map(|address| SummaryRow::new(shop.checkout.invoice_address, address_view(address, lang))));
        rows.push(SummaryRow::new(words.seller, words.seller_text));
        view! {
            {changed.then(|| view! { <NotificationBanner success=true text=words.changed /> })}
            {kept.then(|| view! { <NotificationBanner success=true text=shop.own.kept /> })}
            <h1 class="govuk-heading-l">{title}</h1>
            <SummaryList rows=rows />
            <h2 class="govuk-heading-m">{words.content}</h2>
            {content(&opened, lang)}
            {ways(&opened, &here)}
            {keeping(&opened, &here)}
            <h2 class="govuk-heading-m">{words.history}</h2>
            {history(&opened.events, lang)}
            {by_link.then(|| view! { <p class="govuk-body app-muted app-screen-only">{words.private_link}</p> })}
            <button type="button" class="govuk-button govuk-button--secondary" data-print="" hidden=true>
                {words.print}
            </button>
        }
    }))
}

/// Lines and sums as they were agreed.
fn content(opened: &Opened, lang: Lang) -> AnyView {
    let shop = text::shop(lang);
    let rows = opened
        .lines
        .iter()
        .filter(|line| line.is_goods() && line.quantity > 0)
        .map(|line| {
            let isbn = line.isbn.map(|isbn| isbn.to_string());
            let waits = (line.backordered > 0).then(|| (shop.order.waits)(line.backordered));
            let title = view! {
                {line.title.clone()}
                <span class="app-basket__note">{shop.basket.isbn} " " <span class="app-nowrap">{isbn}</span></span>
                {waits.map(|waits| view! { <span class="app-basket__note">{waits}</span> })}
            };
            line_row(title.into_any(), Some(line.unit_price.text(lang)), line.quantity, Some(line.gross.text(lang)), lang)
        })
        .collect_view();
    let goods: Ore = opened.lines.iter().filter(|line| line.is_goods()).map(|line| line.gross).sum();
    let freight: Ore = opened.lines.iter().filter(|line| !line.is_goods()).map(|line| line.gross).sum();
    let all: Vec<Line> = opened.lines.iter().map(|line| Line { gross: line.gross, rate: line.rate }).collect();
    view! {
        {lines_table(rows.into_any(), lang)}
        {super::sums(lang, goods, freight, opened.order.gross, &totals(&all).by_rate)}
    }
    .into_any()
}

/// What may still be done, and where.
fn ways(opened: &Opened, visit: &Visit) -> AnyView {
    let words = &text::shop(visit.lang).order;
    let mut links = Vec::new();
    if opened.may(Event::AddressChanged) {
        links.push((opened.href(visit, "/andra"), words.change_title));
    }
    if opened.may(Event::Cancelled) {
        links.push((opened.href(visit, "/avbestall"), words.cancel));
    }
    if opened.may(Event::Withdrawn) {
        links.push((opened.href(visit, "/angra"), words.withdraw));
    }
    if links.is_empty() {
        return ().into_any();
    }
    let links = links
        .into_iter()
        .map(|(href, label)| {
            view! {
                <li>
                    <a class="govuk-link" href=href>
                        {label}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="app-inline-list app-screen-only">{links}</ul> }.into_any()
}

/// Whoever is signed in may keep the order among their own, unless another account does.
fn keeping(opened: &Opened, visit: &Visit) -> AnyView {
    let words = &text::shop(visit.lang).own;
    let Some(who) = visit.who() else { return ().into_any() };
    let (lead, label, value) = match &opened.order.account_id {
        None => (words.keep_lead, words.keep, "ja"),
        Some(account) if *account == who.account => (words.is_kept, words.let_go, "nej"),
        Some(_) => return ().into_any(),
    };
    view! {
        <form method="post" action=opened.href(visit, "") class="app-screen-only" novalidate=true>
            <p class="govuk-body">{lead}</p>
            <button type="submit" name="spara" value=value class="govuk-button govuk-button--secondary">
                {label}
            </button>
        </form>
    }
    .into_any()
}

fn history(events: &[OrderEvent], lang: Lang) -> AnyView {
    let shop = text::shop(lang);
    let items = events
        .iter()
        .map(|event| {
            let at = event.at;
            view! {
                <li class="app-timeline__item app-timeline__item--done">
                    <h3 class="app-timeline__title">{(shop.event)(&event.kind)}</h3>
                    <p class="app-timeline__meta">
                        <time datetime=at.text()>{civil::clock_text(at, lang)}</time>
                    </p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="app-timeline">{items}</ol> }.into_any()
}

fn head(title: &str, opened: &Opened, visit: &Visit, error: bool) -> Head {
    let back = Some((opened.href(visit, ""), text::shop(visit.lang).order.back.to_owned()));
    Head { private: true, error, back, ..Head::new(title) }
}

/// What the page that changes an order says besides its fields.
#[derive(Debug, Default)]
pub struct Says {
    pub status: StatusCode,
    /// What was typed, if the page is shown again.
    pub typed: Option<Form>,
    pub errors: Errors<Wrong>,
    /// Errors of quantities: id of the field, and the sentence.
    pub quantity_errors: Vec<(String, String)>,
    pub stale: bool,
}

/// `GET /bestallning/{link}/andra`
pub async fn edit(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &link).await?;
    if !opened.may(Event::AddressChanged) {
        return Ok(not_now(&app, &visit, &opened));
    }
    edit_page(&app, &visit, opened, Says::default())
}

/// The page that changes an order, in any state.
pub fn edit_page(app: &App, visit: &Visit, opened: Opened, says: Says) -> Result<Response, AppError> {
    let lang = visit.lang;
    let words = &text::shop(lang).order;
    let address = opened.order.delivery()?;
    let stored = Form(
        [
            (field::RECIPIENT, address.name),
            (field::CARE_OF, address.care_of.unwrap_or_default()),
            (field::STREET, address.street),
            (field::POSTAL_CODE, address.postal_code),
            (field::CITY, address.city),
            (field::COUNTRY, address.country),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec(),
    );
    let error = !says.errors.is_empty() || !says.quantity_errors.is_empty() || says.stale;
    let head = head(words.change_title, &opened, visit, error);
    Ok(visit.page(app, says.status, head, move || {
        let typed = says.typed.as_ref();
        let address_form = typed.filter(|form| has(form, field::STREET)).unwrap_or(&stored);
        let version = opened.order.version.to_string();
        let rows = opened
            .lines
            .iter()
            .filter(|line| line.is_goods() && line.quantity > 0)
            .map(|line| {
                let name = format!("antal-{}", line.position);
                // An emptied field is shown empty again, beside its error.
                let typed = typed.filter(|form| has(form, &name)).map(|form| form.get(&name).to_owned());
                let value = typed.unwrap_or_else(|| line.quantity.to_string());
                let error = says.quantity_errors.iter().find(|(id, _)| *id == format!("#{name}")).map(|(_, sentence)| sentence.clone());
                let label = (text::shop(lang).basket.quantity_of)(&line.title);
                view! { <Input name=name label=label value=value error=error inputmode="numeric" classes="app-quantity" autocomplete="off" /> }
            })
            .collect_view();
        view! {
            {error_summary(&says.errors, lang)}
            {summary(says.quantity_errors.clone(), lang)}
            {says.stale.then(|| stale(&opened, &stored, address_form, lang))}
            {captioned(&(words.title)(&order_number(opened.order.number)), words.change_title)}
            <p class="govuk-body">{words.change_what}</p>
            <h2 class="govuk-heading-m">{words.change_address}</h2>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name="version" value=version.clone() />
                {delivery_address_fields(address_form, &says.errors, lang)}
                <Button name="vad" value="adress">{words.save_address}</Button>
            </form>
            <h2 class="govuk-heading-m">{words.change_quantities}</h2>
            <p class="govuk-body">{words.change_quantities_hint}</p>
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <input type="hidden" name="version" value=version />
                {rows}
                <Button name="vad" value="antal">{words.save_quantities}</Button>
            </form>
        }
    }))
}

fn has(form: &Form, name: &str) -> bool {
    form.0.iter().any(|(known, _)| known == name)
}

/// Says that somebody else was first, and what holds now; what was typed stands in the fields, so that both can be seen.
fn stale(opened: &Opened, stored: &Form, typed: &Form, lang: Lang) -> AnyView {
    let words = &text::shop(lang).order;
    let address = rules::delivery_address(stored).ok().filter(|_| typed != stored);
    let now = match address {
        Some(address) => address_lines(&address, lang),
        None => opened.lines.iter().filter(|line| line.is_goods()).map(|line| format!("{}: {}", line.title, line.quantity)).collect(),
    };
    let now = now.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let content = view! {
        <p class="govuk-body">{words.stale}</p>
        <p class="govuk-body">{words.holds_now}</p>
        <ul class="govuk-list govuk-list--bullet">{now}</ul>
    };
    view! { <NotificationBanner role="alert">{content}</NotificationBanner> }.into_any()
}

/// `GET /bestallning/{link}/avbestall`
pub async fn cancel(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &link).await?;
    if !opened.may(Event::Cancelled) {
        return Ok(not_now(&app, &visit, &opened));
    }
    let words = &text::shop(visit.lang).order;
    let head = head(words.cancel_title, &opened, &visit, false);
    let keep = opened.href(&visit, "");
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            {captioned(&(words.title)(&order_number(opened.order.number)), words.cancel_title)}
            <p class="govuk-body">{words.cancel_text}</p>
            <form method="post" data-once="">
                <div class="govuk-button-group">
                    <Button warning=true>{words.cancel_button}</Button>
                    <a class="govuk-link" href=keep>
                        {words.keep}
                    </a>
                </div>
            </form>
        }
    }))
}

/// `GET /bestallning/{link}/angra`: the first of the two steps that the law asks for.
pub async fn withdraw(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &link).await?;
    if !opened.may(Event::Withdrawn) {
        return Ok(not_now(&app, &visit, &opened));
    }
    let shop = text::shop(visit.lang);
    let words = &shop.order;
    let lang = visit.lang;
    let head = head(words.withdraw_title, &opened, &visit, false);
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            {captioned(&(words.title)(&order_number(opened.order.number)), words.withdraw_title)}
            <p class="govuk-body">{words.withdraw_text}</p>
            <p class="govuk-body">{words.withdraw_sent}</p>
            {identity(&opened, lang)}
            <form method="post">
                <Button>{words.withdraw_next}</Button>
            </form>
        }
    }))
}

/// `GET /bestallning/{link}/angra/bekrafta`: the second step.
pub async fn confirm_withdrawal(State(app): State<App>, visit: Visit, Path(link): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &visit, &link).await?;
    if !opened.may(Event::Withdrawn) {
        return Ok(not_now(&app, &visit, &opened));
    }
    let words = &text::shop(visit.lang).order;
    let lang = visit.lang;
    let head = head(words.withdraw_confirm_title, &opened, &visit, false);
    let keep = opened.href(&visit, "");
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        view! {
            {captioned(&(words.title)(&order_number(opened.order.number)), words.withdraw_confirm_title)}
            <p class="govuk-body">{(words.withdraw_confirm_text)(opened.order.email.as_str())}</p>
            {identity(&opened, lang)}
            <form method="post" data-once="">
                <div class="govuk-button-group">
                    <Button warning=true>{words.withdraw_button}</Button>
                    <a class="govuk-link" href=keep>
                        {words.keep}
                    </a>
                </div>
            </form>
        }
    }))
}

/// Who withdraws from what: the declaration that the law names.
fn identity(opened: &Opened, lang: Lang) -> AnyView {
    let shop = text::shop(lang);
    let rows = vec![
        SummaryRow::new(shop.fields.contact, opened.order.name.clone()),
        SummaryRow::new(shop.mail.order_number, order_number(opened.order.number)),
        SummaryRow::new(shop.fields.email, opened.order.email.to_string()),
        SummaryRow::new(shop.basket.total, opened.order.gross.text(lang)),
    ];
    view! { <SummaryList rows=rows /> }.into_any()
}

/// The page for a change that the order does not allow.
pub fn not_now(app: &App, visit: &Visit, opened: &Opened) -> Response {
    let words = &text::shop(visit.lang).order;
    let head = head(words.not_now_title, opened, visit, false);
    visit.page(app, StatusCode::CONFLICT, head, move || {
        view! {
            <h1 class="govuk-heading-l">{words.not_now_title}</h1>
            <p class="govuk-body">{words.not_now}</p>
        }
    })
}
