//! The pages of organisations: my organisations and how one comes to be here, one organisation, the people in it, and the
//! staff's own.

pub mod join;
pub mod members;
pub mod one;
pub mod staff;

use leptos::prelude::*;

use super::model::{Kind, Organisation};
use super::rules::{Wrong, field};
use crate::kit::swedish::sort_key;
use crate::kit::{Errors, Form, Lang, Municipality, OrgRole};
use crate::text;
use crate::text::Organisations;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::Visit;

/// A page below my organisations.
fn head(visit: &Visit, title: impl Into<String>) -> Head {
    let trail = vec![
        (visit.href("/mina-sidor"), text::people(visit.lang).mine.title.to_owned()),
        (visit.href("/mina-sidor/organisationer"), text::organisations(visit.lang).mine.title.to_owned()),
    ];
    Head { private: true, trail, ..Head::new(title) }
}

/// The summary of everything that is wrong: fields first, then what a rule says of the whole.
fn summary(texts: &Organisations, errors: &Errors<Wrong>, problem: Option<&str>) -> AnyView {
    let fields = errors.iter().map(|entry| (format!("#{}", entry.field), (texts.wrong)(entry.field, entry.error)));
    let entries: Vec<(String, String)> = fields.chain(problem.map(|problem| ("#innehall".to_owned(), problem.to_owned()))).collect();
    if entries.is_empty() { ().into_any() } else { view! { <ErrorSummary errors=entries /> }.into_any() }
}

fn success(text: Option<&'static str>) -> AnyView {
    text.map(|text| view! { <NotificationBanner success=true text=text /> }).into_any()
}

/// The choice of a role, each with what it may do.
fn role_choice(texts: &Organisations, legend: &'static str, value: &str, error: Option<String>) -> AnyView {
    let items: Vec<Choice> =
        OrgRole::ALL.into_iter().map(|role| Choice::new(role.code(), (texts.role)(role)).hint((texts.role_may)(role))).collect();
    view! { <Radios name=field::ROLE legend=legend items=items value=value.to_owned() error=error /> }.into_any()
}

/// Every municipality, as the Swedish alphabet has them.
fn municipalities(first: &'static str) -> Vec<SelectItem> {
    let mut all: Vec<&Municipality> = Municipality::all().iter().collect();
    all.sort_by_cached_key(|one| sort_key(one.name()));
    std::iter::once(SelectItem::new("", first)).chain(all.into_iter().map(|one| SelectItem::new(one.code(), one.name()))).collect()
}

fn kinds(texts: &Organisations, first: &'static str) -> Vec<SelectItem> {
    std::iter::once(SelectItem::new("", first))
        .chain(Kind::ALL.iter().map(|kind| SelectItem::new(kind.code(), (texts.kind)(*kind))))
        .collect()
}

/// The fields of an organisation's facts.
fn fact_fields(lang: Lang, form: &Form, errors: &Errors<Wrong>) -> AnyView {
    let texts = text::organisations(lang);
    let words = &texts.fields;
    let at = |name: &'static str| errors.of(name).map(|error| (texts.wrong)(name, *error));
    let value = |name: &str| form.get(name).to_owned();
    let address = view! {
        <Input
            name=field::STREET
            label=words.street
            value=value(field::STREET)
            error=at(field::STREET)
            autocomplete="address-line1"
        />
        <Input
            name=field::POSTAL_CODE
            label=words.postal_code
            value=value(field::POSTAL_CODE)
            error=at(field::POSTAL_CODE)
            autocomplete="postal-code"
            classes="govuk-input--width-10"
        />
        <Input name=field::CITY label=words.city value=value(field::CITY) error=at(field::CITY) autocomplete="address-level2" />
    }
    .into_any();
    let payment = view! {
        <p class="govuk-hint">{words.payment_hint}</p>
        <Input
            name=field::BANKGIRO
            label=words.bankgiro
            value=value(field::BANKGIRO)
            error=at(field::BANKGIRO)
            inputmode="numeric"
            autocomplete="off"
            classes="govuk-input--width-10"
        />
        <Input
            name=field::PLUSGIRO
            label=words.plusgiro
            value=value(field::PLUSGIRO)
            error=at(field::PLUSGIRO)
            inputmode="numeric"
            autocomplete="off"
            classes="govuk-input--width-10"
        />
        <Input
            name=field::PEPPOL
            label=words.peppol
            hint=words.peppol_hint
            value=value(field::PEPPOL)
            error=at(field::PEPPOL)
            autocomplete="off"
            spellcheck=false
            classes="govuk-input--width-20"
        />
    }
    .into_any();
    view! {
        <Input
            name=field::NAME
            label=words.name
            hint=words.name_hint
            value=value(field::NAME)
            error=at(field::NAME)
            autocomplete="organization"
        />
        <Select
            name=field::KIND
            label=words.kind
            items=kinds(texts, words.kind_choose)
            value=value(field::KIND)
            error=at(field::KIND)
        />
        <Select
            name=field::MUNICIPALITY
            label=words.municipality
            hint=words.municipality_hint
            items=municipalities(words.municipality_choose)
            value=value(field::MUNICIPALITY)
            error=at(field::MUNICIPALITY)
        />
        <Input
            name=field::EMAIL
            label=words.email
            hint=words.email_hint
            value=value(field::EMAIL)
            error=at(field::EMAIL)
            kind=InputKind::Email
            autocomplete="off"
            spellcheck=false
        />
        <Fieldset legend=words.address legend_classes="govuk-fieldset__legend--m">{address}</Fieldset>
        <Fieldset legend=words.payment legend_classes="govuk-fieldset__legend--m">{payment}</Fieldset>
    }
    .into_any()
}

/// An organisation's facts, to be read.
fn fact_rows(lang: Lang, organisation: &Organisation) -> Vec<SummaryRow> {
    fn or<T: ToString>(value: Option<&T>, empty: &str) -> String {
        value.map_or_else(|| empty.to_owned(), ToString::to_string)
    }
    let texts = text::organisations(lang);
    let words = &texts.fields;
    let region = organisation.municipality.region().map_or("", |region| region.county);
    let address = view! {
        {organisation.street.clone()}
        <br />
        {format!("{} {}", organisation.postal_code, organisation.city)}
    };
    vec![
        SummaryRow::new(words.name, organisation.name.clone()),
        SummaryRow::new(words.orgnr, organisation.orgnr.to_string()),
        SummaryRow::new(words.status, (texts.status)(organisation.status)),
        SummaryRow::new(words.kind, (texts.kind)(organisation.kind)),
        SummaryRow::new(words.municipality, format!("{}, {region}", organisation.municipality)),
        SummaryRow::new(words.address, address.into_any()),
        SummaryRow::new(words.email, organisation.email.to_string()),
        SummaryRow::new(words.bankgiro_short, or(organisation.bankgiro.as_ref(), words.empty)),
        SummaryRow::new(words.plusgiro_short, or(organisation.plusgiro.as_ref(), words.empty)),
        SummaryRow::new(words.peppol_short, or(organisation.peppol_id.as_ref(), words.empty)),
    ]
}
