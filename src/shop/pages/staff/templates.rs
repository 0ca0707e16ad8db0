//! The templates of letters to buyers: the list, and one with its forms, its preview on a real order and its versions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;

use super::letter::{mail_of, shown};
use super::order::Opened;
use super::{LANG, cell, figure, head};
use crate::kit::{Errors, Form, Id, Lang, civil, swedish};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::shop::rules::letter::{LetterError, Place, field};
use crate::shop::store::templates::{self, Saved, Template};
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, Visit};

pub const PATH: &str = "/handlaggare/mallar";

fn name_of(names: &[(Id, String)], id: &Id) -> String {
    let found = names.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
    found.unwrap_or_else(|| text::staff().orders.one.someone.to_owned())
}

fn state(template: &Template) -> &'static str {
    let words = &text::staff().letters;
    if template.retired == 0 { words.in_use } else { words.retired }
}

/// `GET /handlaggare/mallar`
pub async fn list(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let (mut all, names) = app.db.read(async |tx| Ok::<_, StoreError>((templates::all(tx).await?, people::staff_names(tx).await?))).await?;
    all.sort_by_cached_key(|template| (template.retired, swedish::sort_key(&template.name)));
    let words = &text::staff().letters;
    Ok(visit.page(&app, StatusCode::OK, head(words.title), move || {
        let columns =
            vec![Cell::new(words.name), Cell::new(words.status), Cell::new(words.version).numeric(), Cell::new(words.saved), Cell::new(words.saved_by)];
        let rows: Vec<Vec<Cell>> = all
            .iter()
            .map(|template| {
                let link = view! {
                    <a class="govuk-link" href=format!("{PATH}/{}", template.id)>
                        {template.name.clone()}
                    </a>
                };
                vec![
                    Cell::new(link.into_any()),
                    cell(words.status, state(template)),
                    figure(words.version, template.version.to_string()),
                    cell(words.saved, civil::clock_text(template.saved_at, LANG)),
                    cell(words.saved_by, name_of(&names, &template.saved_by)),
                ]
            })
            .collect();
        let table = if rows.is_empty() {
            view! { <p class="govuk-body">{words.none}</p> }.into_any()
        } else {
            view! {
                <Table caption=words.title caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
            }
            .into_any()
        };
        view! {
            <h1 class="govuk-heading-l">{words.title}</h1>
            <p class="govuk-body app-measure">{words.lead}</p>
            <p class="govuk-body">
                <a class="govuk-link" href=format!("{PATH}/ny")>
                    {words.new}
                </a>
            </p>
            {table}
        }
    }))
}

/// A template as its page shows it; a new one has nothing yet.
pub struct Known {
    pub template: Template,
    versions: Vec<Saved>,
    names: Vec<(Id, String)>,
}

/// Opens a template. Three statements.
pub async fn open(app: &App, id: &str) -> Result<Known, AppError> {
    let id = Id::parse(id).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some(template) = templates::one(tx, &id).await? else { return Ok(None) };
            let versions = templates::versions(tx, &id).await?;
            Ok::<_, StoreError>(Some(Known { template, versions, names: people::staff_names(tx).await? }))
        })
        .await?;
    found.ok_or(AppError::NotFound)
}

/// `GET /handlaggare/mallar/ny`
pub async fn new(State(app): State<App>, visit: Visit) -> Result<Response, AppError> {
    let form = visit.typed().cloned().unwrap_or_default();
    Ok(render(&app, &visit, StatusCode::OK, None, form, Says::default()))
}

/// `GET /handlaggare/mallar/{template}`
pub async fn show(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Result<Response, AppError> {
    let known = open(&app, &id).await?;
    let words = &text::staff().letters;
    let notice = match visit.asked("klart").as_str() {
        "sparad" => Some(words.was_saved),
        "slutad" => Some(words.was_retired),
        "ater" => Some(words.was_brought_back),
        _ => None,
    };
    let form = visit.typed().cloned().unwrap_or_else(|| form_of(&known.template));
    Ok(render(&app, &visit, StatusCode::OK, Some(known), form, Says { notice, ..Says::default() }))
}

/// The fields as they are saved.
fn form_of(template: &Template) -> Form {
    let fields = [
        (field::NAME, template.name.clone()),
        (field::SUBJECT_SV, template.subject_sv.clone()),
        (field::BODY_SV, template.body_sv.clone()),
        (field::SUBJECT_EN, template.subject_en.clone()),
        (field::BODY_EN, template.body_en.clone()),
        (field::VERSION, template.version.to_string()),
    ];
    Form(fields.map(|(name, text)| (name.to_owned(), text)).into())
}

/// What the page says besides its form.
#[derive(Default)]
pub struct Says {
    pub errors: Errors<LetterError>,
    pub notice: Option<&'static str>,
    /// Somebody saved the template meanwhile: what is saved is shown beside what was typed.
    pub stale: bool,
    /// The order that the letter is looked at with.
    pub preview: Option<Opened>,
}

/// The page of a template, or of a new one, in any state.
pub fn render(app: &App, visit: &Visit, status: StatusCode, known: Option<Known>, form: Form, says: Says) -> Response {
    let words = &text::staff().letters;
    let title = known.as_ref().map_or_else(|| words.new.to_owned(), |known| known.template.name.clone());
    let Says { errors, notice, stale, preview } = says;
    let head = Head { error: !errors.is_empty() || stale, trail: vec![(PATH.to_owned(), words.title.to_owned())], ..head(title.clone()) };
    let key = app.ids.id(app.now());
    visit.page(app, status, head, move || {
        let mut entries: Vec<(String, String)> =
            errors.iter().map(|entry| (format!("#{}", entry.field), (words.error)(&entry.error))).collect();
        if stale {
            entries.push((format!("#{}", field::BODY_SV), words.stale.to_owned()));
        }
        let saved = known.as_ref().filter(|_| stale).map(|known| saved(&known.template));
        let previews = preview.as_ref().map(|opened| previews(opened, &form, &key));
        let beside = known.as_ref().map(beside);
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            <h1 class="govuk-heading-l">{title}</h1>
            {saved}
            {previews}
            {fields(known.as_ref(), &form, &errors)}
            {beside}
        }
    })
}

/// What somebody else saved.
fn saved(template: &Template) -> AnyView {
    let words = &text::staff().letters;
    let lines = |text: &str| view! { <div class="app-letter">{text.to_owned()}</div> }.into_any();
    let rows = vec![
        SummaryRow::new(words.name, template.name.clone()),
        SummaryRow::new((words.subject_of)(words.swedish), template.subject_sv.clone()),
        SummaryRow::new((words.body_of)(words.swedish), lines(&template.body_sv)),
        SummaryRow::new((words.subject_of)(words.english), template.subject_en.clone()),
        SummaryRow::new((words.body_of)(words.english), lines(&template.body_en)),
    ];
    view! {
        <h2 class="govuk-heading-m">{words.stale_saved}</h2>
        <SummaryList rows=rows />
    }
    .into_any()
}

/// The letter in both languages, as this order would fill it in.
fn previews(opened: &Opened, form: &Form, key: &Id) -> AnyView {
    let words = &text::staff().letters;
    let one = |lang: Lang, language: &str, subject: &str, body: &str| {
        let mail = mail_of(opened, lang, form.get(subject), form.get(body), key);
        view! {
            <h2 class="govuk-heading-m">{(words.preview_of)(language)}</h2>
            {shown(&mail, lang)}
        }
    };
    view! {
        {one(Lang::Sv, words.swedish, field::SUBJECT_SV, field::BODY_SV)}
        {one(Lang::En, words.english, field::SUBJECT_EN, field::BODY_EN)}
    }
    .into_any()
}

fn fields(known: Option<&Known>, form: &Form, errors: &Errors<LetterError>) -> AnyView {
    let words = &text::staff().letters;
    let at = |name: &str| errors.of(name).map(words.error);
    let value = |name: &str| form.get(name).to_owned();
    let places = Place::ALL.map(|place| SummaryRow::new(format!("{{{}}}", place.code()), (words.place)(place))).into();
    let version = known.map(|known| view! { <input type="hidden" name=field::VERSION value=known.template.version.to_string() /> });
    let texts = |lang: Lang, language: &'static str, subject: &'static str, body: &'static str| {
        view! {
            <Input
                name=subject
                label=(words.subject_of)(language)
                value=value(subject)
                error=at(subject)
                autocomplete="off"
                attributes=[("lang", lang.code())]
            />
            <Textarea
                name=body
                label=(words.body_of)(language)
                hint=words.body_hint
                value=value(body)
                error=at(body)
                rows=10
                attributes=[("lang", lang.code())]
            />
        }
    };
    view! {
        <form method="post" class="app-measure" novalidate=true>
            {version}
            <Input name=field::NAME label=words.name hint=words.name_hint value=value(field::NAME) error=at(field::NAME) autocomplete="off" />
            <Details summary=words.places>
                <p class="govuk-body">{words.places_lead}</p>
                <SummaryList rows=places />
            </Details>
            {texts(Lang::Sv, words.swedish, field::SUBJECT_SV, field::BODY_SV)}
            {texts(Lang::En, words.english, field::SUBJECT_EN, field::BODY_EN)}
            <Input
                name=field::ORDER
                label=words.preview_order
                hint=words.preview_order_hint
                value=value(field::ORDER)
                error=at(field::ORDER)
                autocomplete="off"
                classes="govuk-input--width-10"
            />
            <div class="govuk-button-group">
                <button type="submit" name=field::STEP value="spara" class="govuk-button">
                    {words.save}
                </button>
                <button type="submit" name=field::STEP value="granska" class="govuk-button govuk-button--secondary">
                    {words.preview}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Taking it out of use, and its versions.
fn beside(known: &Known) -> AnyView {
    let words = &text::staff().letters;
    let (lead, step, button) =
        if known.template.retired == 0 { (Some(words.retire_lead), "sluta", words.retire) } else { (None, "ater", words.bring_back) };
    let columns = vec![Cell::new(words.version), Cell::new(words.saved), Cell::new(words.saved_by)];
    let rows: Vec<Vec<Cell>> = known
        .versions
        .iter()
        .map(|saved| {
            vec![
                Cell::new(saved.version.to_string()),
                cell(words.saved, civil::clock_text(saved.saved_at, LANG)),
                cell(words.saved_by, name_of(&known.names, &saved.saved_by)),
            ]
        })
        .collect();
    view! {
        <form method="post" class="app-measure" novalidate=true>
            {lead.map(|lead| view! { <p class="govuk-body">{lead}</p> })}
            <button type="submit" name=field::STEP value=step class="govuk-button govuk-button--secondary">
                {button}
            </button>
        </form>
        <h2 class="govuk-heading-m">{words.versions}</h2>
        <Table caption=words.versions caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
    }
    .into_any()
}
