//! The editions of a publication: the list of them, and one of them as a form. Copies are counted elsewhere, in the stock.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::one::is_for_sale;
use super::topic::{MET, meeting};
use super::{Shown, below, cell, link, summary};
use crate::catalogue::editor::actions::Clash;
use crate::catalogue::editor::fields::{edition_answers, form_of_edition};
use crate::catalogue::editor::judge;
use crate::catalogue::editor::record;
use crate::catalogue::editor::words::{self, LANG};
use crate::catalogue::lifecycle::Draft;
use crate::catalogue::model::EditionForm;
use crate::catalogue::rules::VAT_RATES;
use crate::kit::{Form, Ore, Rate};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

type Page = Result<Response, AppError>;

/// The end of the address of an edition that is not there yet.
pub const NEW: &str = "ny";

/// `GET /handlaggare/publikationer/{work}/utgavor`
pub async fn list(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Page {
    let shown = Shown::of(&app, &work).await?;
    let texts = &text::staff().editor;
    let words = &texts.edition;
    let notice = (texts.one.was)(&visit.asked("klart"));
    let title = (texts.one.topic)("utgavor");
    let head = below(title, &shown);
    Ok(visit.page(&app, StatusCode::OK, head, move || {
        let editions = record::objects(&shown.record, record::EDITIONS);
        let rows: Vec<Vec<Cell>> = editions
            .iter()
            .map(|edition| {
                let price = record::text(edition, "price_sek_incl_vat");
                let price = Ore::parse(price).map_or_else(|_| price.to_owned(), |price| price.text(LANG));
                let printed = record::text(edition, "form") == "print";
                let sale = match (is_for_sale(edition), printed) {
                    (true, _) => texts.one.for_sale,
                    (false, true) if !record::flag(edition, "orderable_in_print") => texts.one.out_of_print,
                    (false, true) => texts.one.not_ordered,
                    (false, false) => "",
                };
                let href = shown.path(&format!("/utgavor/{}", record::text(edition, "id")));
                vec![
                    Cell::new(link(href, words::form_name(edition))),
                    cell(words.isbn, record::text(edition, "isbn").to_owned()).classes("app-nowrap"),
                    cell(words.price, price),
                    cell(words.sale, sale),
                ]
            })
            .collect();
        let columns: Vec<Cell> = [words.form, words.isbn, words.price, words.sale].map(Cell::new).into();
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            view! {
                <Table
                    caption=words.caption
                    caption_classes="govuk-visually-hidden"
                    classes="app-reflow"
                    head=columns
                    rows=rows
                    first_cell_is_header=true
                />
            }
            .into_any()
        };
        view! {
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {title}
            </h1>
            {table}
            <p class="govuk-body">{words.stock}</p>
            <Button href=shown.path("/utgavor/ny") secondary=true>{words.add}</Button>
        }
    }))
}

/// `GET /handlaggare/publikationer/{work}/utgavor/{edition}`
pub async fn one(State(app): State<App>, visit: Visit, Path((work, edition)): Path<(String, String)>) -> Page {
    let shown = Shown::of(&app, &work).await?;
    let form = visit.typed().cloned();
    page(&app, &visit, StatusCode::OK, shown, &edition, form, None, &[], None)
}

/// One edition in any state.
#[expect(clippy::too_many_arguments, reason = "a page in any state takes what was typed and all that is wrong with it")]
pub fn page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    shown: Shown,
    edition: &str,
    form: Option<Form>,
    clash: Option<Clash>,
    unchosen: &[String],
    problem: Option<(&'static str, &'static str)>,
) -> Page {
    let texts = &text::staff().editor;
    let words = &texts.edition;
    let known = record::edition(&shown.record, edition);
    if known.is_none() && edition != NEW && problem.is_none() {
        return Err(AppError::NotFound);
    }
    let title = known.map_or_else(|| words.new_title.to_owned(), words::form_name);
    let mut head = Head { error: status != StatusCode::OK, ..below(title.clone(), &shown) };
    head.trail.push((shown.path("/utgavor"), (texts.one.topic)("utgavor").to_owned()));
    let seen = match (&clash, &form) {
        (Some(clash), _) => clash.seen.text(),
        (None, Some(form)) if !form.get("version").is_empty() => form.get("version").to_owned(),
        _ => shown.seen().text(),
    };
    let typed = form.or_else(|| known.map(form_of_edition)).unwrap_or_default();
    let place = record::objects(&shown.record, record::EDITIONS).iter().position(|known| record::text(known, "id") == edition);
    let prefix = format!("editions[{}].", place.map_or(0, |place| place + 1));
    let stored = judge::judge(&shown.record).work.err().unwrap_or_default();
    let wrong: Vec<(String, String)> =
        stored.iter().filter_map(|problem| Some((problem.field.strip_prefix(&prefix)?.to_owned(), words::sentence(problem)))).collect();
    let parts: Vec<String> = match &clash {
        Some(clash) => clash.parts.clone(),
        None => typed.all(MET).map(str::to_owned).collect(),
    };
    let (mut top, mut both) = (None, None);
    if !parts.is_empty() {
        let now = clash.as_ref().map_or(&shown.record, |clash| &clash.now);
        let mut mine = now.clone();
        for (part, value) in edition_answers(edition, record::edition(now, edition), &typed) {
            record::set(&mut mine, &part, value);
        }
        (top, both) = meeting(now, &mine, &parts, &typed, unchosen);
    } else if let Some((field, sentence)) = problem {
        top = summary(vec![(format!("#{field}"), sentence.to_owned())]);
    }
    let edition = edition.to_owned();
    Ok(visit.page(app, status, head, move || {
        let form_error = problem.filter(|(field, _)| *field == "form").map(|(_, sentence)| sentence);
        let at = |name: &str| wrong.iter().find(|(known, _)| known == name).map(|(_, sentence)| sentence.clone());
        let label = |name: &str| (texts.form.optional)((texts.form.label)(name));
        let value = |name: &str| typed.get(name).to_owned();
        let forms: Vec<Choice> = EditionForm::ALL.iter().map(|form| Choice::new(form.code(), words::form_label(form.code()))).collect();
        let rates: Vec<SelectItem> = std::iter::once(SelectItem::new("", words.rate_none))
            .chain(VAT_RATES.iter().map(|rate| {
                let percent = Rate(*rate).percent();
                SelectItem::new(percent.clone(), (words.rate)(&percent))
            }))
            .collect();
        let ticked = |name: &str| typed.checked(name).then(|| "ja".to_owned()).into_iter().collect::<Vec<String>>();
        let seen_now = shown.seen().text();
        let remove = (edition != NEW && shown.state.draft != Draft::Scheduled).then(|| {
            view! {
                <Details summary=words.remove>
                    <form method="post" novalidate=true>
                        <input type="hidden" name="version" value=seen_now />
                        <p class="govuk-body">{words.remove_lead}</p>
                        <Button warning=true name="ta_bort" value="ja">{words.remove}</Button>
                    </form>
                </Details>
            }
        });
        let printed = view! {
                    <Checkboxes
                        name="orderable_in_print"
                        items=vec![
                            Choice::new("ja", (texts.form.label)("orderable_in_print")).hint((texts.form.hint)("orderable_in_print")),
                        ]
                        values=ticked("orderable_in_print")
                    />
                    <Input
                        name="price_sek_incl_vat"
                        label=label("price_sek_incl_vat")
                        hint=(texts.form.hint)("price_sek_incl_vat")
                        value=value("price_sek_incl_vat")
                        error=at("price_sek_incl_vat")
                        classes="govuk-input--width-5"
                        inputmode="decimal"
                        autocomplete="off"
                    />
                    <Select name="vat_rate" label=label("vat_rate") items=rates value=value("vat_rate") error=at("vat_rate") />
                    <Checkboxes
                        name="backorder"
                        items=vec![Choice::new("ja", (texts.form.label)("backorder"))]
                        values=ticked("backorder")
                    />
        };
        view! {
            {top}
            <h1 class="govuk-heading-l">
                <span class="govuk-caption-l">{shown.title()}</span>
                {title}
            </h1>
            {(shown.state.draft == Draft::Scheduled).then(|| view! { <InsetText>{texts.form.locked}</InsetText> })}
            {matches!(shown.state.draft, Draft::InReview | Draft::Approved)
                .then(|| view! { <InsetText>{texts.form.back_to_draft}</InsetText> })}
            <form method="post" novalidate=true>
                <input type="hidden" name="version" value=seen />
                {both}
                <Radios name="form" legend=words.form items=forms value=value("form") error=form_error classes="govuk-radios--small" />
                <Input
                    name="isbn"
                    label=label("isbn")
                    hint=(texts.form.hint)("isbn")
                    value=value("isbn")
                    error=at("isbn")
                    classes="govuk-input--width-20"
                    spellcheck=false
                    autocomplete="off"
                />
                <Input
                    name="pages"
                    label=label("pages")
                    value=value("pages")
                    error=at("pages")
                    classes="govuk-input--width-5"
                    inputmode="numeric"
                    autocomplete="off"
                />
                <Fieldset legend=words.printed_only legend_classes="govuk-fieldset__legend--m">{printed}</Fieldset>
                <Button>{texts.form.save}</Button>
            </form>
            {remove}
        }
    }))
}
