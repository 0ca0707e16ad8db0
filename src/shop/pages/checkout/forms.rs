//! The checkout's pages that ask: where to, who pays, how the invoice goes. Each shows what was typed, in any state.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::fields::{FieldAbout, PLAIN, address_fields, text_field};
use super::{head, steps};
use crate::kit::{Errors, Form, Lang};
use crate::shop::pages::{captioned, error_of, error_summary};
use crate::shop::rules::{Wrong, field};
use crate::text;
use crate::ui::components::*;
use crate::web::{App, Visit};

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
