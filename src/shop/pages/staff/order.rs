//! `GET /handlaggare/bestallningar/{number}`: one order with all that staff must know, and what may be done with it now.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::change::Kind;
use super::{LANG, cell, figure, head, headline_tag, trail};
use crate::kit::{Errors, Form, Id, Line, Ore, civil, totals};
use crate::people::store as people;
use crate::platform::db::{StoreError, Tx};
use crate::shop::lifecycle::State as OrderState;
use crate::shop::model::{order_number, read_order_number};
use crate::shop::pages::{address_view, sums, way_of};
use crate::shop::rules::staff::{MAX_NOTE, TextError, field};
use crate::shop::store::dispatch::{self, Parcel};
use crate::shop::store::listing::{self, Note};
use crate::shop::store::{self, OrderEvent, OrderLine, OrderRow};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// An order with all that the back room shows of it.
pub struct Opened {
    pub order: OrderRow,
    pub state: OrderState,
    pub lines: Vec<OrderLine>,
    pub events: Vec<OrderEvent>,
    pub notes: Vec<Note>,
    pub parcels: Vec<Parcel>,
    /// What members of staff are called.
    pub names: Vec<(Id, String)>,
}

impl Opened {
    pub fn number(&self) -> String {
        order_number(self.order.number)
    }

    pub fn path(&self) -> String {
        path(self.order.number)
    }

    fn name_of(&self, account: &Id) -> String {
        let found = self.names.iter().find(|(id, _)| id == account).map(|(_, name)| name.clone());
        found.unwrap_or_else(|| text::staff().orders.one.someone.to_owned())
    }

    /// Who did something, in words.
    fn did(&self, actor: &str) -> String {
        let words = &text::staff().orders.one;
        match actor {
            "buyer" | "consumer" => words.buyer_did.to_owned(),
            "portal" => words.portal_did.to_owned(),
            actor => actor
                .strip_prefix("account:")
                .and_then(|id| Id::parse(id).ok())
                .map_or_else(|| words.someone.to_owned(), |account| self.name_of(&account)),
        }
    }
}

/// The address of an order's page in the back room.
pub fn path(number: i64) -> String {
    format!("/handlaggare/bestallningar/{}", order_number(number))
}

/// Opens the order with this number. Six statements.
pub async fn open(app: &App, number: &str) -> Result<Opened, AppError> {
    let number = read_order_number(number).ok_or(AppError::NotFound)?;
    let found = app.db.read(async |tx| read(tx, number).await).await?;
    found.ok_or(AppError::NotFound)
}

/// As [`open`], with something else read beside it.
pub async fn open_with<T: Send>(
    app: &App,
    number: &str,
    beside: impl AsyncFn(&mut Tx) -> Result<T, StoreError> + Send + Sync,
) -> Result<(Opened, T), AppError> {
    let number = read_order_number(number).ok_or(AppError::NotFound)?;
    let (found, beside) = app.db.read(async |tx| Ok::<_, StoreError>((read(tx, number).await?, beside(tx).await?))).await?;
    Ok((found.ok_or(AppError::NotFound)?, beside))
}

async fn read(tx: &mut Tx, number: i64) -> Result<Option<Opened>, StoreError> {
    let Some(order) = store::order_by_number(tx, number).await? else { return Ok(None) };
    let lines = store::order_lines(tx, &order.id).await?;
    let events = store::order_events(tx, &order.id).await?;
    let notes = listing::notes(tx, &order.id).await?;
    let parcels = dispatch::parcels(tx, &order.id).await?;
    let names = people::staff_names(tx).await?;
    Ok(Some(Opened { state: order.state()?, order, lines, events, notes, parcels, names }))
}

/// `GET /handlaggare/bestallningar/{number}`
pub async fn show(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &number).await?;
    let words = &text::staff().orders.one;
    let changes = &text::staff().orders.change;
    let notice = match visit.asked("klart").as_str() {
        "antecknat" => Some(words.note_saved),
        "packad" => Some(changes.packed),
        "skickad" => Some(changes.sent),
        "levererad" => Some(changes.delivered),
        "retur" => Some(changes.returned),
        "rest" => Some(changes.given_up),
        "brev" => Some(text::staff().letters.was_sent),
        "annullerad" => Some(changes.cancelled),
        _ => None,
    };
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(render(&app, &visit, StatusCode::OK, opened, form, Errors::new(), notice))
}

/// The page in any state.
pub fn render(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    opened: Opened,
    form: Form,
    errors: Errors<TextError>,
    notice: Option<&'static str>,
) -> Response {
    let title = (text::shop(LANG).order.title)(&opened.number());
    let words = &text::staff().orders.one;
    let head = Head { error: !errors.is_empty(), trail: trail(), ..head(title.clone()) };
    let writes = visit.who().is_some_and(|who| who.roles.any_of(crate::shop::WRITERS));
    let packs = visit.who().is_some_and(|who| who.roles.any_of(crate::shop::PACKERS));
    visit.page(app, status, head, move || {
        let at = |name: &str| errors.of(name).map(|error| note_sentence(*error));
        let entries: Vec<(String, String)> = errors.iter().map(|entry| (format!("#{}", entry.field), note_sentence(entry.error))).collect();
        let note = writes.then(|| {
            view! {
                <form method="post" class="app-measure app-screen-only" novalidate=true>
                    <Textarea
                        name=field::NOTE
                        label=words.note
                        hint=words.note_hint
                        value=form.get(field::NOTE).to_owned()
                        error=at(field::NOTE)
                        rows=3
                    />
                    <Button secondary=true>{words.save_note}</Button>
                </form>
            }
        });
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">{title} " " {headline_tag(opened.state)}</h1>
            {ways(&opened, packs, writes)}
            {facts(&opened)}
            <h2 class="govuk-heading-m">{text::shop(LANG).order.content}</h2>
            {content(&opened)}
            {parcels(&opened)}
            <h2 class="govuk-heading-m">{words.notes}</h2>
            {notes(&opened)}
            {note}
            <h2 class="govuk-heading-m">{words.history}</h2>
            {history(&opened)}
        }
    })
}

fn note_sentence(error: TextError) -> String {
    let words = &text::staff().orders.one;
    match error {
        TextError::Missing => words.note_missing.to_owned(),
        TextError::Long => (words.note_long)(MAX_NOTE),
    }
}

fn facts(opened: &Opened) -> AnyView {
    let orders = &text::staff().orders;
    let words = &orders.one;
    let shop = text::shop(LANG);
    let (order, state) = (&opened.order, opened.state);
    let buyer = order.organisation.clone().unwrap_or_else(|| orders.private.to_owned());
    let mut rows = vec![
        SummaryRow::new(orders.placed, civil::clock_text(order.placed_at, LANG)),
        SummaryRow::new(orders.buyer, format!("{buyer}, {}", order.name)),
        SummaryRow::new(shop.fields.email, order.email.to_string()),
    ];
    rows.extend(order.phone.as_ref().map(|phone| SummaryRow::new(words.phone, phone.to_string())));
    rows.extend(order.orgnr.as_ref().map(|orgnr| SummaryRow::new(shop.fields.orgnr, orgnr.to_string())));
    rows.extend(order.reference.clone().map(|reference| SummaryRow::new(shop.fields.reference, reference)));
    rows.extend(order.cost_centre.clone().map(|centre| SummaryRow::new(shop.order.cost_centre, centre)));
    rows.extend(order.peppol_id.as_ref().map(|id| SummaryRow::new("Peppol-ID", id.to_string())));
    rows.extend(order.delivery().ok().map(|address| SummaryRow::new(words.address, address_view(&address, LANG))));
    let invoice_to = order.invoice_to().ok().flatten();
    rows.extend(invoice_to.map(|address| SummaryRow::new(shop.checkout.invoice_address, address_view(&address, LANG))));
    rows.push(SummaryRow::new(orders.fulfilment, (orders.fulfilment_state)(state.fulfilment)));
    rows.push(SummaryRow::new(words.payment, (orders.payment_state)(state.payment)));
    let way = format!("{}. {}", (orders.invoice_state)(state.invoice), way_of(order.invoice_by(), LANG));
    rows.push(SummaryRow::new(words.invoice, way));
    rows.push(SummaryRow::new(words.language, (words.language_name)(order.lang)));
    rows.push(SummaryRow::new(words.version, order.terms.clone()));
    view! {
        <h2 class="govuk-heading-m">{words.facts}</h2>
        <SummaryList rows=rows />
    }
    .into_any()
}

fn content(opened: &Opened) -> AnyView {
    let shop = text::shop(LANG);
    let basket = &shop.basket;
    let words = &text::staff().orders.one;
    // What an order gave up when it was called off stays on its lines as a record, but lies here for it no more.
    let here = opened.state.is_in_house();
    let still = move |copies: i64| if here { copies } else { 0 };
    let columns = vec![
        Cell::new(basket.publication),
        Cell::new(basket.price).numeric(),
        Cell::new(basket.quantity).numeric(),
        Cell::new(words.held).numeric(),
        Cell::new(words.waits).numeric(),
        Cell::new(words.sent).numeric(),
        Cell::new(basket.sum).numeric(),
    ];
    let rows: Vec<Vec<Cell>> = opened
        .lines
        .iter()
        .filter(|line| line.is_goods())
        .map(|line| {
            let isbn = line.isbn.map(|isbn| isbn.to_string());
            let title = view! {
                {line.title.clone()}
                <span class="app-basket__note">{basket.isbn} " " <span class="app-nowrap">{isbn}</span></span>
            };
            vec![
                Cell::new(title.into_any()),
                figure(basket.price, line.unit_price.text(LANG)),
                figure(basket.quantity, line.quantity.to_string()),
                figure(words.held, still(line.here()).to_string()),
                figure(words.waits, still(line.backordered).to_string()),
                figure(words.sent, sent_text(line)),
                figure(basket.sum, line.gross.text(LANG)),
            ]
        })
        .collect();
    let goods: Ore = opened.lines.iter().filter(|line| line.is_goods()).map(|line| line.gross).sum();
    let freight: Ore = opened.lines.iter().filter(|line| !line.is_goods()).map(|line| line.gross).sum();
    let all: Vec<Line> = opened.lines.iter().map(|line| Line { gross: line.gross, rate: line.rate }).collect();
    view! {
        <Table
            caption=shop.order.content
            caption_classes="govuk-visually-hidden"
            classes="app-reflow"
            head=columns
            rows=rows
            first_cell_is_header=true
        />
        {sums(LANG, goods, freight, opened.order.gross, &totals(&all).by_rate)}
    }
    .into_any()
}

/// How many were sent, and how many of them came back.
fn sent_text(line: &OrderLine) -> String {
    if line.returned == 0 { line.sent.to_string() } else { (text::staff().orders.one.sent_and_back)(line.sent, line.returned) }
}

/// What the lifecycle allows now, for who may do it.
fn ways(opened: &Opened, packs: bool, writes: bool) -> AnyView {
    let words = &text::staff().orders.one;
    let write = writes.then(|| {
        view! {
            <li>
                <a class="govuk-link" href=format!("{}/brev", opened.path())>
                    {text::staff().letters.write}
                </a>
            </li>
        }
    });
    if !packs && write.is_some() {
        return view! {
            <nav aria-label=words.actions>
                <ul class="app-inline-list app-screen-only">{write}</ul>
            </nav>
        }
        .into_any();
    }
    if !packs {
        return ().into_any();
    }
    let links = Kind::ALL
        .iter()
        .filter(|kind| kind.may(opened))
        .map(|kind| {
            view! {
                <li>
                    <a class="govuk-link" href=format!("{}/{}", opened.path(), kind.path())>
                        {kind.title()}
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let slip = opened.state.is_in_house() && opened.lines.iter().any(|line| line.is_goods() && line.here() > 0);
    let slip = slip.then(|| {
        view! {
            <li>
                <a class="govuk-link" href=format!("{}/foljesedel", opened.path())>
                    {text::staff().stock.print.slip}
                </a>
            </li>
        }
    });
    let nothing = links.is_empty().then(|| view! { <p class="govuk-body">{words.nothing_now}</p> });
    view! {
        {nothing}
        <nav aria-label=words.actions>
            <ul class="app-inline-list app-screen-only">{links} {slip} {write}</ul>
        </nav>
    }
    .into_any()
}

/// The parcels that have gone.
fn parcels(opened: &Opened) -> AnyView {
    let words = &text::staff().orders.one;
    if opened.parcels.is_empty() {
        return ().into_any();
    }
    let title = |position: i64| opened.lines.iter().find(|line| line.position == position).map_or("", |line| line.title.as_str());
    let items = opened
        .parcels
        .iter()
        .map(|parcel| {
            let what: Vec<String> =
                parcel.lines.iter().map(|(position, copies)| (text::shop(LANG).mail.copies_of)(title(*position), *copies)).collect();
            let about = format!("{}, {}", opened.name_of(&parcel.sent_by), civil::clock_text(parcel.sent_at, LANG));
            let tracking = (!parcel.tracking.is_empty()).then(|| format!("{}: {}", text::shop(LANG).mail.tracking, parcel.tracking));
            view! {
                <li class="app-timeline__item app-timeline__item--done">
                    <h3 class="app-timeline__title">{(words.parcel)(parcel.number)}</h3>
                    <p class="app-timeline__meta">{about}</p>
                    <p class="govuk-body govuk-!-margin-bottom-0">
                        {what.join(", ")} <br />
                        <a class="govuk-link" href=format!("{}/foljesedel?paket={}", opened.path(), parcel.number)>
                            {(text::staff().stock.print.slip_of)(parcel.number)}
                        </a> {tracking.map(|tracking| view! { <br /> {tracking} })}
                    </p>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-m">{words.parcels}</h2>
        <ol class="app-timeline">{items}</ol>
    }
    .into_any()
}

fn notes(opened: &Opened) -> AnyView {
    let words = &text::staff().orders.one;
    if opened.notes.is_empty() {
        return view! { <p class="govuk-body">{words.no_notes}</p> }.into_any();
    }
    let items = opened
        .notes
        .iter()
        .map(|note| {
            view! {
                <li class="app-timeline__item app-timeline__item--done">
                    <p class="app-timeline__meta">{format!("{}, {}", opened.name_of(&note.written_by), civil::clock_text(note.at, LANG))}</p>
                    <p class="govuk-body govuk-!-margin-bottom-0 app-measure">{lines_of(&note.text)}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="app-timeline">{items}</ol> }.into_any()
}

/// A text with its line breaks.
fn lines_of(text: &str) -> AnyView {
    let last = text.lines().count().saturating_sub(1);
    text.lines()
        .enumerate()
        .map(|(index, line)| {
            let more = index != last;
            view! { {line.to_owned()} {more.then(|| view! { <br /> })} }
        })
        .collect_view()
        .into_any()
}

/// What happened, and for a letter what it was about.
fn happened(event: &OrderEvent) -> String {
    let what = (text::shop(LANG).event)(&event.kind);
    let detail: serde_json::Value = serde_json::from_str(&event.detail).unwrap_or_default();
    detail.get("subject").and_then(|subject| subject.as_str()).map_or_else(|| what.to_owned(), |subject| format!("{what}: {subject}"))
}

fn history(opened: &Opened) -> AnyView {
    let words = &text::staff().orders.one;
    let columns: Vec<Cell> = [words.when, words.what, words.who].map(Cell::new).into();
    let rows: Vec<Vec<Cell>> = opened
        .events
        .iter()
        .map(|event| {
            vec![Cell::new(civil::clock_text(event.at, LANG)), cell(words.what, happened(event)), cell(words.who, opened.did(&event.actor))]
        })
        .collect();
    view! {
        <Table caption=words.history caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}
