//! What the warehouse does with an order, each on a page of its own under the order's: pack, send, note that it came, take
//! back, call off. Which of them there are is the lifecycle's to say. To add one: a variant of [`Kind`], its fields, its
//! handler in `posts::staff`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::order::{self, Opened};
use super::{LANG, cell, figure, head, trail};
use crate::kit::{CivilDate, Form, civil};
use crate::shop::actions::today;
use crate::shop::lifecycle::{self, Actor, Event, Rest};
use crate::shop::rules::staff::{Bound, field};
use crate::shop::store::OrderLine;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// What can be done with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pack,
    Send,
    Deliver,
    Return,
    GiveUp,
    Cancel,
}

impl Kind {
    pub const ALL: &[Self] = &[Self::Pack, Self::Send, Self::Deliver, Self::Return, Self::GiveUp, Self::Cancel];

    /// The last part of the page's address.
    pub fn path(self) -> &'static str {
        match self {
            Self::Pack => "packa",
            Self::Send => "skicka",
            Self::Deliver => "levererad",
            Self::Return => "retur",
            Self::GiveUp => "rest",
            Self::Cancel => "annullera",
        }
    }

    pub fn title(self) -> &'static str {
        let words = &text::staff().orders.change;
        match self {
            Self::Pack => words.pack,
            Self::Send => words.send,
            Self::Deliver => words.deliver,
            Self::Return => words.take_back,
            Self::GiveUp => words.give_up,
            Self::Cancel => words.cancel,
        }
    }

    fn lead(self) -> &'static str {
        let words = &text::staff().orders.change;
        match self {
            Self::Pack => words.pack_lead,
            Self::Send => words.send_lead,
            Self::Deliver => words.deliver_lead,
            Self::Return => words.take_back_lead,
            Self::GiveUp => words.give_up_lead,
            Self::Cancel => words.cancel_lead,
        }
    }

    fn button(self) -> &'static str {
        let words = &text::staff().orders.change;
        match self {
            Self::Pack => words.pack_button,
            Self::Send => words.send_button,
            Self::Deliver => words.deliver_button,
            Self::Return => words.take_back_button,
            Self::GiveUp => words.give_up_button,
            Self::Cancel => words.cancel_button,
        }
    }

    /// Whether the order allows it now.
    pub fn may(self, opened: &Opened) -> bool {
        let allows = |event: Event| lifecycle::apply(opened.state, event, Actor::Staff).is_ok();
        match self {
            Self::Pack => allows(Event::Packed),
            // Whether it is the last parcel shows when it is packed; something must lie here.
            Self::Send => allows(Event::PartShipped { short: false }) && !self.bounds(opened).is_empty(),
            Self::Deliver => allows(Event::Delivered),
            Self::Return => allows(Event::PartReturned) && !self.bounds(opened).is_empty(),
            // Whether anything is left then shows in what is given up.
            Self::GiveUp => allows(Event::RestGivenUp { rest: Rest::Short }) && !self.bounds(opened).is_empty(),
            Self::Cancel => allows(Event::Cancelled),
        }
    }

    /// The lines that the form asks about, and the most copies of each.
    pub fn bounds(self, opened: &Opened) -> Vec<Bound> {
        let most = |line: &OrderLine| match self {
            Self::Return => line.away(),
            Self::GiveUp => line.left(),
            _ => line.here(),
        };
        opened.lines.iter().filter(|line| line.is_goods() && most(line) > 0).map(|line| (line.position, most(line))).collect()
    }
}

/// The day on which the last parcel went, or else the order came.
pub fn last_sent(opened: &Opened) -> CivilDate {
    civil::stockholm(opened.parcels.last().map_or(opened.order.placed_at, |parcel| parcel.sent_at)).date
}

pub async fn pack(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Page {
    show(&app, &visit, &number, Kind::Pack).await
}

pub async fn send(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Page {
    show(&app, &visit, &number, Kind::Send).await
}

pub async fn deliver(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Page {
    show(&app, &visit, &number, Kind::Deliver).await
}

pub async fn take_back(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Page {
    show(&app, &visit, &number, Kind::Return).await
}

pub async fn give_up(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Page {
    show(&app, &visit, &number, Kind::GiveUp).await
}

pub async fn cancel(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Page {
    show(&app, &visit, &number, Kind::Cancel).await
}

async fn show(app: &App, visit: &Visit, number: &str, kind: Kind) -> Page {
    let opened = order::open(app, number).await?;
    // A parcel holds all that lies here, and what is given up is what is missing, unless somebody says otherwise.
    let form = visit.typed().cloned().unwrap_or_else(|| {
        let fields: Vec<(i64, i64)> = match kind {
            Kind::Send => kind.bounds(&opened),
            Kind::GiveUp => opened.lines.iter().filter(|line| line.backordered > 0).map(|line| (line.position, line.backordered)).collect(),
            _ => Vec::new(),
        };
        Form(fields.into_iter().map(|(position, copies)| (field::copies(position), copies.to_string())).collect())
    });
    Ok(render(app, visit, StatusCode::OK, opened, kind, form, Vec::new()))
}

/// The page in any state; without its form, and with 409, when the order does not allow it (any more).
pub fn render(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    opened: Opened,
    kind: Kind,
    form: Form,
    errors: Vec<(String, String)>,
) -> Response {
    let words = &text::staff().orders.change;
    let may = kind.may(&opened);
    let status = if may { status } else { StatusCode::CONFLICT };
    let number = opened.number();
    let way = trail().into_iter().chain([(opened.path(), (text::shop(LANG).order.title)(&number))]).collect();
    let title = format!("{} – {number}", kind.title());
    let head = Head { error: may && !errors.is_empty(), trail: way, ..head(title) };
    let today = today(app);
    visit.page(app, status, head, move || {
        let fields = if may { fields(&opened, kind, &form, &errors, today) } else { ().into_any() };
        let entries: Vec<(String, String)> = errors.into_iter().map(|(name, sentence)| (format!("#{name}"), sentence)).collect();
        let body = if may {
            let class = if matches!(kind, Kind::Cancel | Kind::GiveUp) { "govuk-button govuk-button--warning" } else { "govuk-button" };
            view! {
                <p class="govuk-body app-measure">{kind.lead()}</p>
                <form method="post" novalidate=true>
                    <input type="hidden" name=field::VERSION value=opened.order.version.to_string() />
                    {fields}
                    <div class="govuk-button-group">
                        <button type="submit" class=class>
                            {kind.button()}
                        </button>
                        <a class="govuk-link" href=opened.path()>
                            {words.back}
                        </a>
                    </div>
                </form>
            }
            .into_any()
        } else {
            view! {
                <p class="govuk-body app-measure">{words.not_now}</p>
                <p class="govuk-body">
                    <a class="govuk-link" href=opened.path()>
                        {words.back}
                    </a>
                </p>
            }
            .into_any()
        };
        view! {
            {(may && !entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <span class="govuk-caption-l">{(text::shop(LANG).order.title)(&number)}</span>
            <h1 class="govuk-heading-l">{kind.title()}</h1>
            {body}
        }
    })
}

fn fields(opened: &Opened, kind: Kind, form: &Form, errors: &[(String, String)], today: CivilDate) -> AnyView {
    let words = &text::staff().orders.change;
    let at = |name: &str| errors.iter().find(|(field, _)| field == name).map(|(_, sentence)| sentence.clone());
    let value = |name: &str| form.get(name).to_owned();
    match kind {
        Kind::Pack => content(opened, kind),
        Kind::Send => {
            let lines = lines(opened, kind)
                .into_iter()
                .map(|(line, most)| {
                    let name = field::copies(line.position);
                    view! {
                        <Input
                            name=name.clone()
                            label=line.title.clone()
                            hint=(words.of_here)(most)
                            value=value(&name)
                            error=at(&name)
                            inputmode="numeric"
                            autocomplete="off"
                            classes="govuk-input--width-5"
                        />
                    }
                })
                .collect::<Vec<_>>();
            view! {
                {lines}
                <Input
                    name=field::TRACKING
                    label=words.tracking
                    hint=words.tracking_hint
                    value=value(field::TRACKING)
                    error=at(field::TRACKING)
                    autocomplete="off"
                    classes="govuk-input--width-20"
                />
            }
            .into_any()
        }
        Kind::Deliver => {
            let private = opened.order.is_private().then(|| view! { <p class="govuk-body app-measure">{words.deliver_private}</p> });
            view! {
                {private}
                <Input
                    name=field::DAY
                    label=words.day
                    hint=(words.day_hint)(&today.text())
                    value=value(field::DAY)
                    error=at(field::DAY)
                    autocomplete="off"
                    classes="govuk-input--width-10"
                />
            }
            .into_any()
        }
        Kind::Return => lines(opened, kind)
            .into_iter()
            .map(|(line, most)| {
                let (back, off) = (field::back(line.position), field::off(line.position));
                view! {
                    <fieldset class="govuk-fieldset">
                        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
                            {format!("{}, {}", line.title, (words.of_away)(most))}
                        </legend>
                        <div class="app-field-row">
                            <Input
                                name=back.clone()
                                label=words.to_stock
                                value=value(&back)
                                error=at(&back)
                                inputmode="numeric"
                                autocomplete="off"
                                classes="govuk-input--width-5"
                            />
                            <Input
                                name=off.clone()
                                label=words.write_off
                                value=value(&off)
                                error=at(&off)
                                inputmode="numeric"
                                autocomplete="off"
                                classes="govuk-input--width-5"
                            />
                        </div>
                    </fieldset>
                }
            })
            .collect::<Vec<_>>()
            .into_any(),
        Kind::GiveUp => {
            let lines = lines(opened, kind)
                .into_iter()
                .map(|(line, most)| {
                    let name = field::copies(line.position);
                    view! {
                        <Input
                            name=name.clone()
                            label=line.title.clone()
                            hint=(words.of_left)(most, line.backordered)
                            value=value(&name)
                            error=at(&name)
                            inputmode="numeric"
                            autocomplete="off"
                            classes="govuk-input--width-5"
                        />
                    }
                })
                .collect::<Vec<_>>();
            view! {
                {lines}
                <Input name=field::REASON label=words.reason hint=words.reason_hint value=value(field::REASON) error=at(field::REASON) autocomplete="off" />
            }
            .into_any()
        }
        Kind::Cancel => view! {
            {content(opened, kind)}
            <Input name=field::REASON label=words.reason hint=words.reason_hint value=value(field::REASON) error=at(field::REASON) autocomplete="off" />
        }
        .into_any(),
    }
}

fn lines(opened: &Opened, kind: Kind) -> Vec<(&OrderLine, i64)> {
    let line = |position: i64| opened.lines.iter().find(|line| line.position == position);
    kind.bounds(opened).into_iter().filter_map(|(position, most)| Some((line(position)?, most))).collect()
}

/// What lies here for the order.
fn content(opened: &Opened, kind: Kind) -> AnyView {
    let basket = &text::shop(LANG).basket;
    let columns = vec![Cell::new(basket.publication), Cell::new(basket.isbn), Cell::new(basket.quantity).numeric()];
    let rows: Vec<Vec<Cell>> = lines(opened, kind)
        .into_iter()
        .map(|(line, copies)| {
            let isbn = line.isbn.map(|isbn| isbn.to_string()).unwrap_or_default();
            vec![Cell::new(line.title.clone()), cell(basket.isbn, isbn).classes("app-nowrap"), figure(basket.quantity, copies.to_string())]
        })
        .collect();
    view! {
        <Table
            caption=text::shop(LANG).order.content
            caption_classes="govuk-visually-hidden"
            classes="app-reflow"
            head=columns
            rows=rows
            first_cell_is_header=true
        />
    }
    .into_any()
}
