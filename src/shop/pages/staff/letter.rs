//! Writing to the buyer of an order: `GET /handlaggare/bestallningar/{number}/brev` offers the templates; with `?mall=…` it is
//! the letter, filled in from the order, which is edited, looked at exactly as it will be sent, and sent.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::order::{self, Opened};
use super::{LANG, head, trail};
use crate::kit::{Errors, Form, Id, Lang, swedish};
use crate::platform::outbox::Mail;
use crate::shop::letters;
use crate::shop::rules::letter::{self as rules, LetterError, Part, Place, field};
use crate::shop::store::templates::{self, Template};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

/// What stands in the address in place of a template's id when there is none.
const OWN: &str = "eget";

/// An order and the templates that a letter to its buyer can be made from.
pub struct Desk {
    pub opened: Opened,
    templates: Vec<Template>,
    /// What was chosen, if something was.
    chosen: Option<Option<Template>>,
}

impl Desk {
    /// The template that the letter is made from, and its version.
    pub fn template(&self) -> Option<(&Id, i64)> {
        self.chosen.as_ref().and_then(Option::as_ref).map(|template| (&template.id, template.version))
    }
}

/// Opens an order with the templates. Seven statements.
pub async fn desk(app: &App, visit: &Visit, number: &str) -> Result<Desk, AppError> {
    let (opened, mut templates) = order::open_with(app, number, async |tx| templates::all(tx).await).await?;
    let asked = visit.asked(field::TEMPLATE);
    let chosen = match asked.as_str() {
        "" => None,
        OWN => Some(None),
        id => templates.iter().find(|template| template.id.as_str() == id).cloned().map(Some),
    };
    templates.retain(|template| template.retired == 0);
    templates.sort_by_cached_key(|template| swedish::sort_key(&template.name));
    Ok(Desk { opened, templates, chosen })
}

/// `GET /handlaggare/bestallningar/{number}/brev`
pub async fn show(State(app): State<App>, visit: Visit, Path(number): Path<String>) -> Result<Response, AppError> {
    let desk = desk(&app, &visit, &number).await?;
    let form = visit.typed().cloned().unwrap_or_else(|| {
        let opened = &desk.opened;
        let value = |place| letters::value(place, &opened.order, &opened.lines, &opened.parcels);
        let texts = desk.chosen.as_ref().and_then(Option::as_ref).map(|template| template.texts(opened.order.lang));
        let (subject, body) =
            texts.map_or((String::new(), String::new()), |(subject, body)| (rules::fill(subject, value), rules::fill(body, value)));
        Form([(field::SUBJECT, subject), (field::BODY, body)].map(|(name, text)| (name.to_owned(), text)).into())
    });
    Ok(render(&app, &visit, StatusCode::OK, desk, form, Errors::new(), None))
}

/// The page in any state; with `preview` the letter as it will be sent.
pub fn render(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    desk: Desk,
    form: Form,
    errors: Errors<LetterError>,
    preview: Option<Mail>,
) -> Response {
    let words = &text::staff().letters;
    let number = desk.opened.number();
    let way = trail().into_iter().chain([(desk.opened.path(), (text::shop(LANG).order.title)(&number))]).collect();
    let head = Head { error: !errors.is_empty(), trail: way, ..head(format!("{} – {number}", words.write)) };
    // The key that makes the letter one: the sent form's, or a new one.
    let key = Id::parse(form.get(field::KEY)).unwrap_or_else(|_| app.ids.id(app.now()));
    visit.page(app, status, head, move || {
        let entries: Vec<(String, String)> =
            errors.iter().map(|entry| (format!("#{}", entry.field), (words.error)(&entry.error))).collect();
        let body = if desk.chosen.is_none() {
            choice(&desk).into_any()
        } else {
            let looked = preview.as_ref().map(|mail| previewed(&desk, mail, &form, &key));
            let again = preview.is_some();
            view! {
                {looked}
                {again.then(|| view! { <h2 class="govuk-heading-m">{words.change}</h2> })}
                {fields(&desk, &form, &errors, &key, again)}
            }
            .into_any()
        };
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            <span class="govuk-caption-l">{(text::shop(LANG).order.title)(&number)}</span>
            <h1 class="govuk-heading-l">{words.write}</h1>
            {body}
        }
    })
}

fn language(lang: Lang) -> &'static str {
    let words = &text::staff().letters;
    match lang {
        Lang::Sv => words.swedish,
        Lang::En => words.english,
    }
}

fn choice(desk: &Desk) -> impl IntoView + use<> {
    let words = &text::staff().letters;
    let own = Choice::new(OWN, words.own);
    let items: Vec<Choice> =
        desk.templates.iter().map(|template| Choice::new(template.id.as_str(), template.name.clone())).chain([own]).collect();
    let first = desk.templates.first().map_or(OWN, |template| template.id.as_str()).to_owned();
    view! {
        <form method="get" class="app-measure" novalidate=true>
            <Radios name=field::TEMPLATE items=items legend=words.choose legend_classes="govuk-fieldset__legend--m" value=first />
            <Button>{words.go_on}</Button>
        </form>
    }
}

fn fields(desk: &Desk, form: &Form, errors: &Errors<LetterError>, key: &Id, again: bool) -> AnyView {
    let words = &text::staff().letters;
    let lang = desk.opened.order.lang;
    let at = |name: &str| errors.of(name).map(words.error);
    let body = form.get(field::BODY).to_owned();
    // What the order could not fill in is still there, in braces.
    let open: Vec<String> = rules::parts(&body)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|part| match part {
            Part::Place(place) => Some(format!("{{{}}}", Place::code(place))),
            Part::Text(_) => None,
        })
        .collect();
    let lacks = (!open.is_empty()).then(|| (words.lacks)(&open.join(", ")));
    let button = if again { words.preview_again } else { words.preview };
    view! {
        <form method="post" class="app-measure" novalidate=true>
            <p class="govuk-body">{(words.in_language)(language(lang))}</p>
            {lacks.map(|sentence| view! { <InsetText>{sentence}</InsetText> })}
            <input type="hidden" name=field::KEY value=key.to_string() />
            <Input
                name=field::SUBJECT
                label=words.subject
                value=form.get(field::SUBJECT).to_owned()
                error=at(field::SUBJECT)
                autocomplete="off"
                attributes=[("lang", lang.code())]
            />
            <Textarea
                name=field::BODY
                label=words.body
                hint=words.body_hint
                value=body
                error=at(field::BODY)
                rows=12
                attributes=[("lang", lang.code())]
            />
            <div class="govuk-button-group">
                <button type="submit" name=field::STEP value="granska" class="govuk-button govuk-button--secondary">
                    {button}
                </button>
                <a class="govuk-link" href=desk.opened.path()>
                    {text::staff().orders.change.back}
                </a>
            </div>
        </form>
    }
    .into_any()
}

/// The letter exactly as it leaves, with the button that sends it.
fn previewed(desk: &Desk, mail: &Mail, form: &Form, key: &Id) -> AnyView {
    let words = &text::staff().letters;
    view! {
        <p class="govuk-body">{words.exactly}</p>
        {shown(mail, desk.opened.order.lang)}
        <form method="post" novalidate=true>
            <input type="hidden" name=field::KEY value=key.to_string() />
            <input type="hidden" name=field::SUBJECT value=form.get(field::SUBJECT).to_owned() />
            <input type="hidden" name=field::BODY value=form.get(field::BODY).to_owned() />
            <button type="submit" name=field::STEP value="skicka" class="govuk-button">
                {words.send}
            </button>
        </form>
    }
    .into_any()
}

/// A mail as the reader gets it.
pub fn shown(mail: &Mail, lang: Lang) -> AnyView {
    let words = &text::staff().letters;
    let rows = vec![SummaryRow::new(words.to, mail.to.to_string()), SummaryRow::new(words.subject, mail.subject.clone())];
    view! {
        <SummaryList rows=rows />
        <div class="app-letter app-measure" lang=lang.code()>
            {mail.text.clone()}
        </div>
    }
    .into_any()
}

/// An order that a template is looked at with.
pub async fn order_for_preview(app: &App, number: &str) -> Result<Option<Opened>, AppError> {
    match order::open(app, number).await {
        Ok(opened) => Ok(Some(opened)),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What a template gives for an order in a language.
pub fn mail_of(opened: &Opened, lang: Lang, subject: &str, body: &str, key: &Id) -> Mail {
    let order = crate::shop::store::OrderRow { lang, ..opened.order.clone() };
    let value = |place| letters::value(place, &order, &opened.lines, &opened.parcels);
    letters::message(&order, &rules::fill(subject, value), &rules::fill(body, value), key)
}
