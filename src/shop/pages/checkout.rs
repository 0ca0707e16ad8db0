//! The checkout: delivery, payment, invoice, review, done. One topic a page; what was typed is kept on the server at once,
//! right or wrong, so that nothing is lost by going back, by another tab or by a closed browser.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use leptos::prelude::*;

use super::{address_view, captioned, error_of, error_summary, summary};
use crate::about::cookies::RECEIPT;
use crate::kit::{Errors, Form, Lang};
use crate::platform::ids::sha256_hex;
use crate::shop::actions::{self, page};
use crate::shop::model::{Answers, COUNTRIES, Change, InvoiceBy, Payer, Shown, order_number};
use crate::shop::reckon::Reckoned;
use crate::shop::rules::{Wrong, field};
use crate::shop::store;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
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
            let form = actions::page_of(&actions::raw_answers(&reckoned.basket), page::DELIVERY);
            delivery_page(&app, &visit, StatusCode::OK, form, Errors::new())
        }
        Err(elsewhere) => elsewhere,
    })
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
    let Ok(organisation) = crate::shop::rules::is_organisation(&actions::page_of(&raw, page::PAYMENT)) else {
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

/// A text field of a form whose values and errors are at hand.
fn text_field(form: &Form, errors: &Errors<Wrong>, lang: Lang, name: &'static str, label: &'static str, about: FieldAbout) -> AnyView {
    let value = form.get(name).to_owned();
    let error = error_of(errors, name, lang);
    let hint = about.hint.map(str::to_owned);
    view! {
        <Input
            name=name
            label=label
            hint=hint
            error=error
            value=value
            kind=about.kind
            autocomplete=about.autocomplete
            inputmode=about.inputmode
            classes=about.classes
            spellcheck=false
        />
    }
    .into_any()
}

/// What a text field is besides its name and label.
#[derive(Clone, Copy)]
struct FieldAbout {
    hint: Option<&'static str>,
    kind: InputKind,
    autocomplete: &'static str,
    inputmode: &'static str,
    classes: &'static str,
}

const PLAIN: FieldAbout = FieldAbout { hint: None, kind: InputKind::Text, autocomplete: "off", inputmode: "", classes: "" };

/// The fields of an address; `names` says which of the two addresses.
fn address_fields(form: &Form, errors: &Errors<Wrong>, lang: Lang, invoice: bool) -> AnyView {
    let words = &text::shop(lang).fields;
    let (care_of, street, code, city, country, section) = if invoice {
        (
            field::INVOICE_CARE_OF,
            field::INVOICE_STREET,
            field::INVOICE_POSTAL_CODE,
            field::INVOICE_CITY,
            field::INVOICE_COUNTRY,
            ["billing address-line2", "billing address-line1", "billing postal-code", "billing address-level2", "billing country"],
        )
    } else {
        (
            field::CARE_OF,
            field::STREET,
            field::POSTAL_CODE,
            field::CITY,
            field::COUNTRY,
            ["shipping address-line2", "shipping address-line1", "shipping postal-code", "shipping address-level2", "shipping country"],
        )
    };
    let chosen = match form.get(country) {
        "" => "SE",
        code => code,
    }
    .to_owned();
    let countries: Vec<SelectItem> =
        COUNTRIES.iter().map(|(code, sv, en)| SelectItem::new(*code, if lang == Lang::Sv { *sv } else { *en })).collect();
    let country_error = error_of(errors, country, lang);
    let hint = text::shop(lang).checkout.delivery_other_country;
    let country_hint = (!invoice).then(|| hint.to_owned());
    view! {
        {text_field(form, errors, lang, care_of, words.care_of, FieldAbout { autocomplete: section[0], ..PLAIN })}
        {text_field(form, errors, lang, street, words.street, FieldAbout { autocomplete: section[1], ..PLAIN })}
        <div class="app-field-row">
            {text_field(
                form,
                errors,
                lang,
                code,
                words.postal_code,
                FieldAbout { autocomplete: section[2], classes: "govuk-input--width-10", ..PLAIN },
            )}
            {text_field(form, errors, lang, city, words.city, FieldAbout { autocomplete: section[3], ..PLAIN })}
        </div>
        <Select
            name=country
            label=words.country
            hint=country_hint
            items=countries
            value=chosen
            error=country_error
            attributes=[("autocomplete", section[4])]
        />
    }
    .into_any()
}

/// The page about delivery, in any state.
pub fn delivery_page(app: &App, visit: &Visit, status: StatusCode, form: Form, errors: Errors<Wrong>) -> Response {
    let lang = visit.lang;
    let (words, fields) = (&text::shop(lang).checkout, &text::shop(lang).fields);
    let head = head(words.delivery_title, "/kundkorg", visit, !errors.is_empty());
    visit.page(app, status, head, move || {
        let about = |hint, kind, autocomplete| FieldAbout { hint, kind, autocomplete, ..PLAIN };
        let ask = |name, label, about| text_field(&form, &errors, lang, name, label, about);
        let phone = FieldAbout { classes: "govuk-input--width-20", ..about(Some(fields.phone_hint), InputKind::Tel, "tel") };
        let who = [
            ask(field::CONTACT, fields.contact, about(Some(fields.contact_hint), InputKind::Text, "name")),
            ask(field::EMAIL, fields.email, about(Some(fields.email_hint), InputKind::Email, "email")),
            ask(field::PHONE, fields.phone, phone),
        ]
        .collect_view();
        let recipient = about(Some(fields.recipient_hint), InputKind::Text, "shipping organization");
        let place = [ask(field::RECIPIENT, fields.recipient, recipient), address_fields(&form, &errors, lang, false)].collect_view();
        view! {
            {error_summary(&errors, lang)}
            {steps(lang, 0)}
            {captioned(words.caption, words.delivery_title)}
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <Fieldset legend=words.delivery_who legend_classes="govuk-fieldset__legend--m">
                    {who}
                </Fieldset>
                <Fieldset legend=words.delivery_where legend_classes="govuk-fieldset__legend--m">
                    {place}
                </Fieldset>
                <Button>{words.go_on}</Button>
            </form>
        }
    })
}

/// The page that asks who pays, in any state.
pub fn payment_page(app: &App, visit: &Visit, status: StatusCode, form: Form, errors: Errors<Wrong>) -> Response {
    let lang = visit.lang;
    let words = &text::shop(lang).checkout;
    let head = head(words.payment_title, "/kassa/leverans", visit, !errors.is_empty());
    visit.page(app, status, head, move || {
        let items = vec![
            Choice::new("organisation", words.organisation).hint(words.organisation_hint),
            Choice::new("privat", words.private).hint(words.private_hint),
        ];
        let error = error_of(&errors, field::PAYER, lang);
        view! {
            {error_summary(&errors, lang)}
            {steps(lang, 1)}
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                <Radios
                    name=field::PAYER
                    legend=words.payment_title
                    legend_is_heading=true
                    legend_classes="govuk-fieldset__legend--l"
                    hint=words.payment_hint
                    items=items
                    value=form.get(field::PAYER).to_owned()
                    error=error
                />
                <Button>{words.go_on}</Button>
            </form>
        }
    })
}

/// The page about the invoice, in any state.
pub fn invoice_page(app: &App, visit: &Visit, status: StatusCode, organisation: bool, form: Form, errors: Errors<Wrong>) -> Response {
    let lang = visit.lang;
    let (words, fields) = (&text::shop(lang).checkout, &text::shop(lang).fields);
    let head = head(words.invoice_title, "/kassa/betalning", visit, !errors.is_empty());
    visit.page(app, status, head, move || {
        let mut ways = vec![Choice::new("epost", words.invoice_email), Choice::new("post", words.invoice_post)];
        if organisation {
            ways.insert(0, Choice::new("peppol", words.invoice_peppol));
        }
        let how_error = error_of(&errors, field::INVOICE_BY, lang);
        let other = form.checked(field::OTHER_ADDRESS).then(|| "ja".to_owned()).into_iter().collect::<Vec<_>>();
        let name = FieldAbout { autocomplete: "billing organization", ..PLAIN };
        let name = text_field(&form, &errors, lang, field::INVOICE_NAME, fields.invoice_name, name);
        let place = [name, address_fields(&form, &errors, lang, true)].collect_view();
        view! {
            {error_summary(&errors, lang)}
            {steps(lang, 1)}
            {captioned(words.caption, words.invoice_title)}
            <form method="post" class="govuk-!-width-two-thirds" novalidate=true>
                {organisation.then(|| organisation_fields(&form, &errors, lang))}
                <Radios
                    name=field::INVOICE_BY
                    legend=words.invoice_how
                    legend_classes="govuk-fieldset__legend--m"
                    items=ways
                    value=form.get(field::INVOICE_BY).to_owned()
                    error=how_error
                />
                <Checkboxes
                    name=field::OTHER_ADDRESS
                    items=vec![Choice::new("ja", words.invoice_other).hint(words.invoice_other_hint)]
                    values=other
                />
                <Fieldset legend=words.invoice_address legend_classes="govuk-fieldset__legend--m">
                    {place}
                </Fieldset>
                <Button>{words.go_on}</Button>
            </form>
        }
    })
}

fn organisation_fields(form: &Form, errors: &Errors<Wrong>, lang: Lang) -> AnyView {
    let fields = &text::shop(lang).fields;
    let about = |hint| FieldAbout { hint: Some(hint), classes: "govuk-input--width-20", ..PLAIN };
    view! {
        {text_field(
            form,
            errors,
            lang,
            field::ORGANISATION,
            fields.organisation,
            FieldAbout { autocomplete: "organization", ..PLAIN },
        )}
        {text_field(form, errors, lang, field::ORGNR, fields.orgnr, about(fields.orgnr_hint))}
        {text_field(form, errors, lang, field::REFERENCE, fields.reference, about(fields.reference_hint))}
        {text_field(form, errors, lang, field::COST_CENTRE, fields.cost_centre, about(fields.cost_centre_hint))}
        {text_field(form, errors, lang, field::PEPPOL, fields.peppol, about(fields.peppol_hint))}
    }
    .into_any()
}

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
            {super::basket::changes(&says.changes, lang)}
            {steps(lang, 2)}
            {captioned(words.caption, words.review_title)}
            <h2 class="govuk-heading-m">{words.review_goods}</h2>
            {lines_view(&reckoned, lang)}
            {super::sums(lang, quote.goods, quote.freight, quote.totals.gross, &quote.totals.by_rate)}
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
            let (notes, _) = super::basket::notes(lang, line);
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

/// One row of a table of ordered publications.
pub fn line_row(title: AnyView, unit: Option<String>, quantity: i64, sum: Option<String>, lang: Lang) -> AnyView {
    let words = &text::shop(lang).basket;
    view! {
        <tr class="govuk-table__row">
            <th scope="row" class="govuk-table__header app-basket__title">{title}</th>
            <td class="govuk-table__cell app-number" data-label=words.price>{unit}</td>
            <td class="govuk-table__cell app-number" data-label=words.quantity>{quantity}</td>
            <td class="govuk-table__cell app-number" data-label=words.sum>{sum}</td>
        </tr>
    }
    .into_any()
}

/// A table of ordered publications.
pub fn lines_table(rows: AnyView, lang: Lang) -> AnyView {
    let shop = text::shop(lang);
    let words = &shop.basket;
    view! {
        <table class="govuk-table app-basket">
            <caption class="govuk-table__caption govuk-visually-hidden">{shop.checkout.review_goods}</caption>
            <thead class="govuk-table__head">
                <tr class="govuk-table__row">
                    <th scope="col" class="govuk-table__header">{words.publication}</th>
                    <th scope="col" class="govuk-table__header app-number">{words.price}</th>
                    <th scope="col" class="govuk-table__header app-number">{words.quantity}</th>
                    <th scope="col" class="govuk-table__header app-number">{words.sum}</th>
                </tr>
            </thead>
            <tbody class="govuk-table__body">{rows}</tbody>
        </table>
    }
    .into_any()
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

/// How an invoice is sent, in words.
pub fn way_of(by: InvoiceBy, lang: Lang) -> &'static str {
    let words = &text::shop(lang).checkout;
    match by {
        InvoiceBy::Email => words.invoice_email,
        InvoiceBy::Post => words.invoice_post,
        InvoiceBy::Peppol => words.invoice_peppol,
    }
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

/// The delivery address's fields for the page that changes an order.
pub fn delivery_address_fields(form: &Form, errors: &Errors<Wrong>, lang: Lang) -> AnyView {
    let fields = &text::shop(lang).fields;
    let name = FieldAbout { autocomplete: "shipping name", ..PLAIN };
    view! {
        {text_field(form, errors, lang, field::RECIPIENT, fields.contact, name)}
        {address_fields(form, errors, lang, false)}
    }
    .into_any()
}
