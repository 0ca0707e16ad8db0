//! `GET /handlaggare/publikationer/{work}/omslag`: the picture of a publication's front, what it is to those who do not see it,
//! and the form that changes both. `GET /omslag/{cover}/{width}` is the picture itself, for everybody.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{LANG, below, heading, who};
use crate::catalogue::editor::path_of;
use crate::catalogue::model::Cover;
use crate::catalogue::rules::covers::{CoverError, MOST_MEGABYTES, field};
use crate::catalogue::store::covers::{self, CoverRow};
use crate::catalogue::store::prices;
use crate::kit::{Errors, Form, Id, PublishedText, civil};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, LOST_FILE, Visit};

/// The page's address.
pub fn path(work: &Id) -> String {
    format!("{}/omslag", path_of(work))
}

/// `GET /omslag/{cover}/{width}`: a cover never changes, another has another address.
pub async fn image(State(app): State<App>, Path((cover, width)): Path<(String, String)>) -> Result<Response, AppError> {
    let (Ok(cover), Ok(width)) = (Id::parse(&cover), width.parse::<i64>()) else { return Err(AppError::NotFound) };
    let image = app.db.read(async |tx| covers::image(tx, &cover, width).await).await?.ok_or(AppError::NotFound)?;
    let stream = app.files.get(&image.file_hash, None).await?;
    let media_type = if image.media_type == "image/png" { "image/png" } else { "image/jpeg" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'")),
    ];
    Ok((headers, Body::from_stream(stream)).into_response())
}

/// What the page shows.
pub struct Opened {
    pub work: Id,
    pub cover: Option<CoverRow>,
    title: PublishedText,
    names: Vec<(Id, String)>,
}

/// Opens a work's cover. Three statements.
pub async fn open(app: &App, work: &str) -> Result<Opened, AppError> {
    let work = Id::parse(work).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some((title, _)) = prices::title(tx, &work).await? else { return Ok(None) };
            let cover = covers::of_work(tx, &work).await?;
            Ok::<_, StoreError>(Some((title, cover, people::staff_names(tx).await?)))
        })
        .await?;
    let (title, cover, names) = found.ok_or(AppError::NotFound)?;
    Ok(Opened { work, cover, title, names })
}

/// What the page says besides.
#[derive(Default)]
pub struct Says {
    pub form: Form,
    pub errors: Errors<CoverError>,
    /// Someone else was quicker.
    pub stale: bool,
}

pub async fn show(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &work).await?;
    let says = Says { form: visit.typed().cloned().unwrap_or_default(), ..Says::default() };
    Ok(render(&app, &visit, StatusCode::OK, opened, says))
}

/// The page in any state.
pub fn render(app: &App, visit: &Visit, status: StatusCode, opened: Opened, says: Says) -> Response {
    let words = &text::staff().covers;
    let notice = match visit.asked("klart").as_str() {
        _ if status != StatusCode::OK => None,
        "sparat" => Some(words.saved),
        "borttaget" => Some(words.removed),
        _ => None,
    };
    let lost = !says.form.get(LOST_FILE).is_empty();
    let head = Head { error: !says.errors.is_empty() || says.stale || lost, ..below(words.title, &opened.work, &opened.title) };
    visit.page(app, status, head, move || {
        let sentence = |error: CoverError| (words.error)(error, MOST_MEGABYTES);
        let mut entries: Vec<(String, String)> =
            says.errors.iter().map(|entry| (format!("#{}", entry.field), sentence(entry.error))).collect();
        entries.extend(says.stale.then(|| (format!("#{}", field::FILE), words.stale.to_owned())));
        entries.extend(lost.then(|| (format!("#{}", field::FILE), words.lost.to_owned())));
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            {heading(&opened.title, words.title)}
            {now(&opened)}
            {form(&opened, &says, lost)}
        }
    })
}

fn now(opened: &Opened) -> AnyView {
    let words = &text::staff().covers;
    let Some(row) = &opened.cover else {
        return view! { <p class="govuk-body app-measure">{words.none}</p> }.into_any();
    };
    let cover = Cover { id: row.id.clone(), width: row.width, height: row.height, alt_sv: row.alt_sv.clone(), alt_en: row.alt_en.clone() };
    let (width, height) = cover.size(320);
    let (sv, en) = match (&row.alt_sv, &row.alt_en) {
        (Some(sv), Some(en)) => (sv.clone(), en.clone()),
        _ => (words.decoration.to_owned(), words.decoration.to_owned()),
    };
    let rows = vec![
        SummaryRow::new(words.size, (words.dots)(row.width, row.height)),
        SummaryRow::new(words.alt_sv, sv),
        SummaryRow::new(words.alt_en, view! { <span lang=row.alt_en.is_some().then_some("en")>{en}</span> }.into_any()),
        SummaryRow::new(words.added, (words.added_by)(&who(&opened.names, &row.added_by), &civil::clock_text(row.added_at, LANG))),
    ];
    let alt = row.alt_sv.clone().unwrap_or_default();
    view! {
        <img class="app-cover-picture" src=cover.src(320) width=width.to_string() height=height.to_string() alt=alt />
        <SummaryList rows=rows />
    }
    .into_any()
}

fn form(opened: &Opened, says: &Says, lost: bool) -> AnyView {
    let words = &text::staff().covers;
    let row = opened.cover.as_ref();
    let typed = !says.form.0.is_empty();
    let value = |name: &str, stored: Option<&String>| {
        if typed { says.form.get(name).to_owned() } else { stored.cloned().unwrap_or_default() }
    };
    let at = |name: &str| says.errors.of(name).map(|error| (words.error)(*error, MOST_MEGABYTES));
    let decorative = if typed { says.form.checked(field::DECORATIVE) } else { row.is_some_and(|row| row.decorative != 0) };
    let ticked: Vec<String> = decorative.then(|| "ja".to_owned()).into_iter().collect();
    let version = row.map_or(0, |row| row.version).to_string();
    let file_error = at(field::FILE).or_else(|| lost.then(|| words.lost.to_owned())).or_else(|| says.stale.then(|| words.stale.to_owned()));
    let (choose, button) = if row.is_some() { (words.choose_other, words.save) } else { (words.choose, words.save_first) };
    let remove = row.map(|row| {
        view! {
            <form method="post" enctype="multipart/form-data">
                <input type="hidden" name=field::VERSION value=row.version.to_string() />
                <button type="submit" class="govuk-button govuk-button--secondary" name=field::WHAT value="ta_bort">
                    {words.remove}
                </button>
            </form>
        }
    });
    view! {
        <form method="post" enctype="multipart/form-data" class="app-measure" novalidate=true>
            <input type="hidden" name=field::VERSION value=version />
            <FileUpload
                name=field::FILE
                label=choose
                hint=(words.hint)(MOST_MEGABYTES)
                error=file_error
                accept=".png,.jpg,.jpeg,image/png,image/jpeg"
            />
            <Input
                name=field::ALT_SV
                label=words.alt_sv
                hint=words.alt_hint
                value=value(field::ALT_SV, row.and_then(|row| row.alt_sv.as_ref()))
                error=at(field::ALT_SV)
                autocomplete="off"
            />
            <Input
                name=field::ALT_EN
                label=words.alt_en
                value=value(field::ALT_EN, row.and_then(|row| row.alt_en.as_ref()))
                error=at(field::ALT_EN)
                autocomplete="off"
            />
            <Checkboxes
                name=field::DECORATIVE
                items=vec![Choice::new("ja", words.decorative)]
                values=ticked
                error=at(field::DECORATIVE)
            />
            <Button>{button}</Button>
        </form>
        {remove}
    }
    .into_any()
}
