//! Fields of the checkout's forms: text fields whose values and errors are at hand, and the two addresses.

use leptos::prelude::*;

use crate::kit::{Errors, Form, Lang};
use crate::shop::model::COUNTRIES;
use crate::shop::pages::error_of;
use crate::shop::rules::{Wrong, field};
use crate::text;
use crate::ui::components::*;

/// A text field of a form whose values and errors are at hand.
pub fn text_field(form: &Form, errors: &Errors<Wrong>, lang: Lang, name: &'static str, label: &'static str, about: FieldAbout) -> AnyView {
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
pub struct FieldAbout {
    pub hint: Option<&'static str>,
    pub kind: InputKind,
    pub autocomplete: &'static str,
    pub inputmode: &'static str,
    pub classes: &'static str,
}

/// A text field without anything special.
pub const PLAIN: FieldAbout = FieldAbout { hint: None, kind: InputKind::Text, autocomplete: "off", inputmode: "", classes: "" };

/// The fields of an address: the invoice's, or else the delivery's.
pub fn address_fields(form: &Form, errors: &Errors<Wrong>, lang: Lang, invoice: bool) -> AnyView {
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
