//! The basket: what lies in it, what it costs, and what stands in the way of ordering it.

use std::sync::atomic::Ordering;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::summary;
use crate::catalogue::store::ForSale;
use crate::kit::{Id, Lang, Ore, Rate};
use crate::shop::actions;
use crate::shop::islands::{BasketSums, LiveLine, SumWords};
use crate::shop::model::{Change, Cover};
use crate::shop::reckon::{self, Line, Reckoned};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::cookies::BASKET;
use crate::web::{App, AppError, Visit};

/// What a page of the basket says besides its lines.
#[derive(Debug, Default)]
pub struct Says {
    pub status: StatusCode,
    /// Good news, after something was done.
    pub notice: Option<String>,
    /// What is wrong: id of the field, and the sentence.
    pub errors: Vec<(String, String)>,
    /// What was typed, by edition, where it could not be used.
    pub typed: Vec<(Id, String)>,
    /// What changed between looking and ordering.
    pub changes: Vec<Change>,
    /// A publication that could not be put in the basket because of its quantity.
    pub adding: Option<(ForSale, String)>,
}

/// The id of a line's quantity field; also its name.
pub fn quantity_field(edition: &Id) -> String {
    format!("antal-{edition}")
}

/// `GET /kundkorg`
pub async fn show(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let reckoned = load(&app, &visit).await?;
    let words = &text::shop(visit.lang).basket;
    let query: Vec<(String, String)> = url::form_urlencoded::parse(visit.query.as_bytes()).into_owned().collect();
    let asked = |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let line_of = |id: &str| reckoned.as_ref()?.lines.iter().find(|line| line.edition.as_str() == id);
    let notice = if let Some(line) = asked("tillagd").and_then(line_of) {
        Some((words.added)(line.sale.title.as_str(), line.quantity))
    } else if asked("sparad").is_some() {
        Some(words.updated.to_owned())
    } else if asked("borttagen").is_some() {
        Some(words.removed.to_owned())
    } else {
        None
    };
    Ok(render(&app, &visit, reckoned, Says { notice, ..Says::default() }))
}

/// The basket that the visitor's cookie opens, reckoned anew; the count beside its link follows.
pub async fn load(app: &App, visit: &Visit) -> Result<Option<Reckoned>, AppError> {
    let Some(token) = visit.cookie(app, BASKET.name) else { return Ok(None) };
    let day = actions::today(app);
    let reckoned = app.db.read(async |tx| reckon::basket(tx, &token.hash(), day).await).await?;
    visit.basket_count.store(reckoned.as_ref().map_or(0, Reckoned::copies), Ordering::Relaxed);
    Ok(reckoned)
}

/// The page in any of its states.
pub fn render(app: &App, visit: &Visit, reckoned: Option<Reckoned>, says: Says) -> Response {
    let lang = visit.lang;
    let words = &text::shop(lang).basket;
    let island = reckoned.as_ref().is_some_and(|reckoned| !reckoned.lines.is_empty());
    let head = Head { private: true, island, error: !says.errors.is_empty(), ..Head::new(words.title) };
    let status = says.status;
    visit.page(app, status, head, move || {
        let lines = reckoned.as_ref().map(|reckoned| reckoned.lines.clone()).unwrap_or_default();
        let body = match reckoned {
            Some(reckoned) if !lines.is_empty() => filled(lang, &reckoned, &says.typed),
            _ => empty(lang),
        };
        view! {
            {summary(says.errors.clone(), lang)}
            {says.notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            {changes(&says.changes, lang)}
            <h1 class="govuk-heading-l">{words.title}</h1>
            {says.adding.map(|(sale, typed)| adding(lang, &sale, typed, &says.errors))}
            {body}
        }
    })
}

/// What changed between looking and ordering, in words.
pub fn changes(changes: &[Change], lang: Lang) -> AnyView {
    if changes.is_empty() {
        return ().into_any();
    }
    let shop = text::shop(lang);
    let items = changes.iter().map(|change| (shop.change)(change, lang)).map(|text| view! { <li>{text}</li> }).collect_view();
    let content = view! {
        <p class="govuk-body">{shop.checkout.changed}</p>
        <ul class="govuk-list govuk-list--bullet">{items}</ul>
    };
    view! { <NotificationBanner role="alert" title=shop.checkout.changed_title>{content}</NotificationBanner> }.into_any()
}

fn empty(lang: Lang) -> AnyView {
    let words = &text::shop(lang).basket;
    view! {
        <div class="app-empty">
            <p class="govuk-body">{words.empty}</p>
            <p class="govuk-body">
                <a class="govuk-link" href=format!("{}/publikationer", lang.prefix())>
                    {words.find}
                </a>
            </p>
        </div>
    }
    .into_any()
}

/// The field that was filled in wrongly on a publication's page.
fn adding(lang: Lang, sale: &ForSale, typed: String, errors: &[(String, String)]) -> AnyView {
    let words = &text::shop(lang).basket;
    let error = errors.iter().find(|(id, _)| id == "#antal").map(|(_, sentence)| sentence.clone());
    let (edition, title) = (sale.edition.to_string(), (words.add_title)(sale.title.as_str()));
    view! {
        <form method="post" action=format!("{}/kundkorg", lang.prefix()) novalidate=true>
            <h2 class="govuk-heading-m">{title}</h2>
            <input type="hidden" name="utgava" value=edition />
            <Input name="antal" label=words.quantity value=typed error=error inputmode="numeric" classes="app-quantity" autocomplete="off" />
            <Button>{words.add}</Button>
        </form>
        <hr class="app-divider" />
    }
    .into_any()
}

fn filled(lang: Lang, reckoned: &Reckoned, typed: &[(Id, String)]) -> AnyView {
    let words = &text::shop(lang).basket;
    let rows = reckoned
        .lines
        .iter()
        .map(|line| {
            let typed = typed.iter().find(|(edition, _)| *edition == line.edition).map(|(_, text)| text.clone());
            row(lang, line, typed)
        })
        .collect_view();
    view! {
        <form method="post" action=format!("{}/kundkorg", lang.prefix()) novalidate=true>
            // The first button is the one that Enter presses: saving, not removing.
            <button class="govuk-visually-hidden" tabindex="-1" aria-hidden="true" name="spara" value="ja">
                {words.update}
            </button>
            <table class="govuk-table app-basket">
                <caption class="govuk-table__caption govuk-visually-hidden">{words.title}</caption>
                <thead class="govuk-table__head">
                    <tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">{words.publication}</th>
                        <th scope="col" class="govuk-table__header app-number">{words.price}</th>
                        <th scope="col" class="govuk-table__header">{words.quantity}</th>
                        <th scope="col" class="govuk-table__header app-number">{words.sum}</th>
                        <td class="govuk-table__header"></td>
                    </tr>
                </thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
            {live_sums(lang, reckoned)}
            <p class="govuk-body app-muted">{words.vat_included}</p>
            <div class="govuk-button-group">
                <Button name="vidare" value="ja">{words.to_checkout}</Button>
                <Button name="spara" value="ja" secondary=true>{words.update}</Button>
                <a class="govuk-link" href=format!("{}/publikationer", lang.prefix())>
                    {words.continue_reading}
                </a>
            </div>
        </form>
    }
    .into_any()
}

/// The sums, which follow the quantities where there is script.
fn live_sums(lang: Lang, reckoned: &Reckoned) -> AnyView {
    let words = &text::shop(lang).basket;
    let lines = reckoned.lines.iter().filter_map(|line| Some(LiveLine { edition: line.edition.to_string(), priced: line.offer?.priced }));
    let rates: Vec<Rate> = reckoned.quote.totals.by_rate.iter().map(|sum| sum.rate).collect();
    let sum_words = SumWords {
        goods: words.goods.to_owned(),
        freight: words.freight.to_owned(),
        total: words.total.to_owned(),
        vat: rates.into_iter().map(|rate| (rate, (words.of_which_vat)(&rate.text(lang)))).collect(),
        changed: (words.shown_sum)("{}"),
    };
    view! { <BasketSums lines=lines.collect() freight=reckoned.freight.clone() words=sum_words lang=lang /> }.into_any()
}

fn row(lang: Lang, line: &Line, typed: Option<String>) -> AnyView {
    let words = &text::shop(lang).basket;
    let title = line.sale.title.as_str().to_owned();
    let field = quantity_field(&line.edition);
    let href = format!("{}/publikationer/{}", lang.prefix(), line.sale.path);
    let value = typed.unwrap_or_else(|| line.quantity.to_string());
    let (notes, problem) = notes(lang, line);
    let wrong = problem.is_some();
    let note_id = format!("om-{}", line.edition);
    let unit = line.offer.map(|offer| offer.priced.unit);
    let isbn = line.sale.orderable.as_ref().map(|orderable| {
        let mark = if orderable.isbn_is_example() { format!(" ({})", words.example) } else { String::new() };
        view! {
            <span class="app-basket__note">
                {words.isbn} " " <span class="app-nowrap">{orderable.isbn().to_string()}</span> {mark}
            </span>
        }
    });
    let said: Vec<AnyView> = notes.into_iter().map(|note| view! { <span class="app-basket__note">{note}</span> }.into_any()).collect();
    let input_class = if wrong { "govuk-input app-quantity govuk-input--error" } else { "govuk-input app-quantity" };
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header app-basket__title">
                <a class="govuk-link" href=href>
                    {title.clone()}
                </a>
                {isbn}
                {said}
                {problem.map(|problem| view! { <span class="govuk-error-message app-basket__note" id=note_id.clone()>{problem}</span> })}
            </th>
            <td class="govuk-table__cell app-number" data-label=words.price>
                {unit.map(|unit| unit.text(lang))}
            </td>
            <td class="govuk-table__cell" data-label=words.quantity>
                <input
                    class=input_class
                    id=field.clone()
                    name=field
                    value=value
                    inputmode="numeric"
                    autocomplete="off"
                    aria-label=(words.quantity_of)(&title)
                    aria-invalid=wrong.then_some("true")
                    aria-describedby=wrong.then_some(note_id)
                />
                {unit.map(|unit| view! { <input type="hidden" name=format!("pris-{}", line.edition) value=unit.0.to_string() /> })}
            </td>
            <td class="govuk-table__cell app-number" data-label=words.sum id=format!("summa-{}", line.edition)>
                {line.offer.map(|offer| offer.priced.gross().text(lang))}
            </td>
            <td class="govuk-table__cell app-basket__remove">
                <button class="app-link-button" name="ta_bort" value=line.edition.to_string()>
                    {words.remove}
                    <span class="govuk-visually-hidden">" " {(words.remove_what)(&title)}</span>
                </button>
            </td>
        </tr>
    }
    .into_any()
}

/// What is worth knowing about a line, and what stands in the way of ordering it.
pub fn notes(lang: Lang, line: &Line) -> (Vec<String>, Option<String>) {
    let words = &text::shop(lang).basket;
    let Some(offer) = line.offer else { return (Vec::new(), Some(words.not_for_sale_line.to_owned())) };
    let (seen, now): (Ore, Ore) = (line.price_seen, offer.priced.unit);
    let mut notes = Vec::new();
    if now < seen {
        notes.push((words.price_fell)(&seen.text(lang), &now.text(lang)));
    }
    if now > seen {
        notes.push((words.price_rose)(&seen.text(lang), &now.text(lang)));
    }
    let problem = match offer.cover {
        Cover::Full => None,
        Cover::Backordered { in_stock } => {
            notes.push((words.waits)(line.quantity - in_stock));
            None
        }
        Cover::Short { in_stock: 0 } => Some(words.none_left.to_owned()),
        Cover::Short { in_stock } => Some((words.short)(in_stock)),
    };
    (notes, problem)
}
