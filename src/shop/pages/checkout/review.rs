//! The last page before ordering: everything that was chosen and answered, what it costs, and the button that says what
//! it does. What is shown goes with the form, so that the order is what was seen or nothing.

use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use leptos::prelude::*;

use super::{head, steps};
use crate::kit::{Form, Lang};
use crate::platform::ids::sha256_hex;
use crate::shop::model::{Answers, Change, Payer, Shown};
use crate::shop::pages::{address_view, basket, captioned, line_row, lines_table, summary, sums, way_of};
use crate::shop::reckon::Reckoned;
use crate::shop::rules::field;
use crate::text;
use crate::ui::components::*;
use crate::web::{App, AppError, Visit};

/// What the review says besides what is ordered.
#[derive(Debug, Default)]
pub struct Says {
    /// The box about the terms was not ticked.
    pub terms_missing: bool,
    pub changes: Vec<Change>,
}

/// Field names of what the buyer saw: the sight itself, and its hash.
pub const SHOWN: &str = "visat";
pub const SHOWN_HASH: &str = "kontroll";

/// Packs what the buyer sees into the form.
pub fn pack(shown: &Shown) -> Result<(String, String), AppError> {
    let json = serde_json::to_vec(shown).map_err(AppError::internal)?;
    Ok((BASE64URL_NOPAD.encode(&json), sha256_hex(&json)))
}

/// Reads back what the buyer saw; `None` when it came apart on the way. Whoever forges it only fools themselves: it is
/// compared with what holds, and never believed.
pub fn unpack(form: &Form) -> Option<Shown> {
    let json = BASE64URL_NOPAD.decode(form.get(SHOWN).as_bytes()).ok()?;
    (sha256_hex(&json) == form.get(SHOWN_HASH)).then(|| serde_json::from_slice(&json).ok()).flatten()
}

/// The last page before ordering, in any state.
pub fn review_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    reckoned: Reckoned,
    answers: Answers,
    says: Says,
) -> Result<Response, AppError> {
    let lang = visit.lang;
    let shop = text::shop(lang);
    let words = &shop.checkout;
    let (sight, hash) = pack(&reckoned.shown(&answers)?)?;
    let head = head(words.review_title, "/kassa/faktura", visit, says.terms_missing);
    Ok(visit.page(app, status, head, move || {
        let errors = if says.terms_missing { vec![(format!("#{}", field::TERMS), words.terms_missing.to_owned())] } else { Vec::new() };
        let terms_error = says.terms_missing.then(|| words.terms_missing.to_owned());
        let private = answers.payer == Payer::Private;
        let prefix = lang.prefix();
        let change = |page: &str, about: &'static str| SummaryAction::new(format!("{prefix}{page}"), words.change).about(about);
        let delivery = &answers.delivery;
        let contact = view! {
            {delivery.contact.clone()}
            <br />
            {delivery.email.to_string()}
            {delivery.phone.as_ref().map(|phone| view! { <br /> {phone.to_string()} })}
        }
        .into_any();
        let rows = vec![
            SummaryRow::new(words.delivery_who, contact).action(change("/kassa/leverans", words.change_delivery)),
            SummaryRow::new(words.delivery_where, address_view(&delivery.address, lang))
                .action(change("/kassa/leverans", words.change_delivery)),
        ];
        let invoice_address = match &answers.invoice_address {
            Some(address) => address_view(address, lang),
            None => view! { {words.same_address} }.into_any(),
        };
        let mut payment = vec![
            SummaryRow::new(words.payment_title, payer_view(&answers.payer, lang)).action(change("/kassa/betalning", words.change_payment)),
            SummaryRow::new(words.invoice_how, way_of(answers.invoice_by, lang)).action(change("/kassa/faktura", words.change_invoice)),
            SummaryRow::new(words.invoice_address, invoice_address).action(change("/kassa/faktura", words.change_invoice)),
        ];
        payment.push(SummaryRow::new(words.review_payment, words.payment_terms));
        let quote = &reckoned.quote;
        view! {
            {summary(errors, lang)}
            {basket::changes(&says.changes, lang)}
            {steps(lang, 2)}
            {captioned(words.caption, words.review_title)}
            <h2 class="govuk-heading-m">{words.review_goods}</h2>
            {lines_view(&reckoned, lang)}
            {sums(lang, quote.goods, quote.freight, quote.totals.gross, &quote.totals.by_rate)}
            <p class="govuk-body">
                <a class="govuk-link" href=format!("{prefix}/kundkorg")>
                    {words.change} " " <span class="govuk-visually-hidden">{words.change_basket}</span>
                </a>
            </p>
            <h2 class="govuk-heading-m">{words.review_delivery}</h2>
            <SummaryList rows=rows />
            <h2 class="govuk-heading-m">{words.review_payment}</h2>
            <SummaryList rows=payment />
            {private.then(|| view! { <InsetText>{words.withdrawal_right}</InsetText> })}
            <form method="post" novalidate=true data-once="">
                <input type="hidden" name=SHOWN value=sight />
                <input type="hidden" name=SHOWN_HASH value=hash />
                <p class="govuk-body">
                    {words.terms_before} " "
                    <a class="govuk-link" href=format!("{prefix}/villkor")>
                        {words.terms_link}
                    </a> "."
                </p>
                <Checkboxes name=field::TERMS items=vec![Choice::new("ja", words.terms_box)] error=terms_error />
                <Button>{words.place}</Button>
            </form>
        }
    }))
}

fn lines_view(reckoned: &Reckoned, lang: Lang) -> AnyView {
    let words = &text::shop(lang).basket;
    let rows = reckoned
        .lines
        .iter()
        .map(|line| {
            let (notes, _) = basket::notes(lang, line);
            let unit = line.offer.map(|offer| offer.priced.unit.text(lang));
            let sum = line.offer.map(|offer| offer.priced.gross().text(lang));
            let isbn = line.sale.orderable.as_ref().map(|orderable| orderable.isbn().to_string());
            let title = line.sale.title.as_str().to_owned();
            let title = view! {
                {title}
                <span class="app-basket__note">{words.isbn} " " <span class="app-nowrap">{isbn}</span></span>
                {notes.into_iter().map(|note| view! { <span class="app-basket__note">{note}</span> }).collect_view()}
            };
            line_row(title.into_any(), unit, line.quantity, sum, lang)
        })
        .collect_view();
    lines_table(rows.into_any(), lang)
}

fn payer_view(payer: &Payer, lang: Lang) -> AnyView {
    let shop = text::shop(lang);
    match payer {
        Payer::Private => view! { {shop.checkout.private} }.into_any(),
        Payer::Organisation { name, orgnr, reference, cost_centre, peppol } => {
            let lines = [
                Some(name.clone()),
                Some(format!("{}: {orgnr}", shop.fields.orgnr)),
                Some(format!("{}: {reference}", shop.fields.reference)),
                cost_centre.clone(),
                peppol.as_ref().map(|id| format!("Peppol-ID: {id}")),
            ];
            let lines: Vec<String> = lines.into_iter().flatten().collect();
            let last = lines.len() - 1;
            lines
                .into_iter()
                .enumerate()
                .map(|(index, line)| view! { {line} {(index < last).then(|| view! { <br /> })} })
                .collect_view()
                .into_any()
        }
    }
}
