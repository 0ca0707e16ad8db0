//! `GET /handlaggare/publikationer/{work}/filer`: the file of each digital edition with a form to give it another, and the
//! files that were there before.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, below, cell, heading, who};
use crate::catalogue::editor::path_of;
use crate::catalogue::labels;
use crate::catalogue::model::{EditionForm, href};
use crate::catalogue::rules::files::{FileError, Kind, field};
use crate::catalogue::store::files::{self, Digital, Replaced};
use crate::catalogue::store::prices;
use crate::kit::{Form, Id, PublishedText, civil};
use crate::people::store as people;
use crate::platform::db::StoreError;
use crate::platform::files::Download;
use crate::text;
use crate::ui::components::*;
use crate::ui::page::Head;
use crate::web::{App, AppError, LOST_FILE, Visit};

/// The page's address.
pub fn path(work: &Id) -> String {
    format!("{}/filer", path_of(work))
}

/// How large a file may be, in bytes.
pub fn limit(app: &App) -> u64 {
    app.config.upload_megabytes * 1024 * 1024
}

/// What the page shows.
pub struct Opened {
    pub work: Id,
    title: PublishedText,
    public: String,
    editions: Vec<Digital>,
    before: Vec<Replaced>,
    names: Vec<(Id, String)>,
}

/// Opens a work's files. Four statements.
pub async fn open(app: &App, work: &str) -> Result<Opened, AppError> {
    let work = Id::parse(work).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let Some((title, path)) = prices::title(tx, &work).await? else { return Ok(None) };
            let editions = files::digital(tx, &work).await?;
            let before = files::replaced(tx, &work).await?;
            Ok::<_, StoreError>(Some((title, path, editions, before, people::staff_names(tx).await?)))
        })
        .await?;
    let (title, path, editions, before, names) = found.ok_or(AppError::NotFound)?;
    Ok(Opened { work, title, public: href(&path), editions, before, names })
}

/// What the page says besides.
#[derive(Default)]
pub struct Says {
    pub form: Form,
    pub error: Option<FileError>,
    /// Someone else was quicker.
    pub stale: bool,
}

pub async fn show(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &work).await?;
    let says = Says { form: visit.typed().cloned().unwrap_or_default(), ..Says::default() };
    Ok(render(&app, &visit, StatusCode::OK, opened, says))
}

/// `GET /handlaggare/publikationer/{work}/filer/{id}`: a file that an edition had before.
pub async fn before(State(app): State<App>, headers: HeaderMap, Path((work, id)): Path<(String, String)>) -> Result<Response, AppError> {
    let (Ok(work), Ok(id)) = (Id::parse(&work), Id::parse(&id)) else { return Err(AppError::NotFound) };
    let file = app.db.read(async |tx| files::one_replaced(tx, &work, &id).await).await?.ok_or(AppError::NotFound)?;
    let offered = Download { hash: &file.file_hash, name: &file.name, media_type: &file.media_type, changed: None };
    Ok(app.files.answer(&offered, &headers).await?)
}

/// The page in any state.
pub fn render(app: &App, visit: &Visit, status: StatusCode, opened: Opened, says: Says) -> Response {
    let words = &text::staff().files;
    let megabytes = app.config.upload_megabytes;
    let notice = match visit.asked("klart").as_str() {
        _ if status != StatusCode::OK => None,
        "uppladdad" => Some(words.added),
        "borttagen" => Some(words.removed),
        _ => None,
    };
    let lost = !says.form.get(LOST_FILE).is_empty();
    let head = Head { error: says.error.is_some() || says.stale || lost, ..below(words.title, &opened.work, &opened.title) };
    visit.page(app, status, head, move || {
        let place = opened.editions.iter().position(|edition| edition.id.as_str() == says.form.get(field::EDITION)).unwrap_or(0);
        let wrong = match (says.error, says.stale, lost) {
            (Some(error), _, _) => Some((words.error)(error, megabytes)),
            (None, true, _) => Some(words.stale.to_owned()),
            (None, false, true) => Some(words.lost.to_owned()),
            (None, false, false) => None,
        };
        let entries: Vec<(String, String)> = wrong.iter().map(|wrong| (format!("#{}-{place}", field::FILE), wrong.clone())).collect();
        let none = opened.editions.is_empty().then(|| view! { <p class="govuk-body">{words.none}</p> });
        let editions = opened
            .editions
            .iter()
            .enumerate()
            .map(|(number, edition)| one(&opened, edition, number, wrong.as_ref().filter(|_| number == place)))
            .collect_view();
        let lead = (words.lead)(megabytes);
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            {heading(&opened.title, words.title)}
            <p class="govuk-body app-measure">{lead}</p>
            {none}
            {editions}
            {earlier(&opened)}
        }
    })
}

fn size(bytes: i64) -> String {
    labels::size(bytes, LANG)
}

fn one(opened: &Opened, edition: &Digital, number: usize, wrong: Option<&String>) -> Option<AnyView> {
    let words = &text::staff().files;
    let form = EditionForm::of_code(&edition.form)?;
    let kind = Kind::for_form(form)?;
    let file = edition.file();
    let isbn = edition.isbn.map(|isbn| isbn.to_string());
    let heading = (words.edition)(labels::form(form, LANG), isbn.as_deref());
    let rows = match &file {
        None => vec![SummaryRow::new(words.name, words.no_file)],
        Some(file) => {
            let link = view! {
                <a class="govuk-link app-break" href=format!("{}/{}", opened.public, file.name)>
                    {file.name.clone()}
                </a>
            };
            vec![
                SummaryRow::new(words.name, link.into_any()),
                SummaryRow::new(words.size, size(file.size)),
                SummaryRow::new(words.fetched, (words.times)(&labels::number(u64::try_from(edition.fetched).unwrap_or_default(), LANG))),
                SummaryRow::new(words.hash, view! { <code class="app-break">{file.hash.clone()}</code> }.into_any()),
            ]
        }
    };
    let (choose, button, keeps) = match &file {
        None => (words.choose_first, words.add, None),
        Some(_) => (words.choose_other, words.replace, Some(view! { <p class="govuk-body">{words.keeps_address}</p> })),
    };
    let remove = file.as_ref().map(|file| {
        let which = (words.remove_which)(&file.name);
        view! {
            <form method="post" enctype="multipart/form-data" class="app-screen-only">
                <input type="hidden" name=field::EDITION value=edition.id.to_string() />
                <input type="hidden" name=field::VERSION value=edition.version.to_string() />
                <button type="submit" class="govuk-button govuk-button--secondary" name=field::WHAT value="ta_bort">
                    {words.remove}
                    <span class="govuk-visually-hidden">" " {which}</span>
                </button>
            </form>
        }
    });
    let at = format!("{}-{number}", field::FILE);
    let hint = (words.hint)(&kind.ending().to_uppercase());
    Some(
        view! {
            <section aria-labelledby=format!("utgava-{number}")>
                <h2 class="govuk-heading-m" id=format!("utgava-{number}")>
                    {heading}
                </h2>
                <SummaryList rows=rows />
                <form method="post" enctype="multipart/form-data" class="app-measure app-screen-only" novalidate=true>
                    <input type="hidden" name=field::EDITION value=edition.id.to_string() />
                    <input type="hidden" name=field::VERSION value=edition.version.to_string() />
                    <FileUpload name=field::FILE id=at label=choose hint=hint error=wrong.cloned() accept=format!(".{},{}", kind.ending(), kind.media_type()) />
                    {keeps}
                    <Button>{button}</Button>
                </form>
                {remove}
            </section>
        }
        .into_any(),
    )
}

fn earlier(opened: &Opened) -> Option<AnyView> {
    let words = &text::staff().files;
    if opened.before.is_empty() {
        return None;
    }
    let rows: Vec<Vec<Cell>> = opened
        .before
        .iter()
        .map(|file| {
            let link = view! {
                <a class="govuk-link app-break" href=format!("{}/{}", path(&opened.work), file.id)>
                    {file.name.clone()}
                </a>
            };
            vec![
                Cell::new(link.into_any()),
                cell(words.size, size(file.size)).classes("app-nowrap"),
                cell(words.until, civil::clock_text(file.replaced_at, LANG)),
                cell(words.by, who(&opened.names, &file.replaced_by)),
            ]
        })
        .collect();
    let columns = vec![Cell::new(words.name), Cell::new(words.size), Cell::new(words.until), Cell::new(words.by)];
    Some(
        view! {
            <h2 class="govuk-heading-m">{words.before}</h2>
            <Table caption=words.before_caption caption_classes="govuk-visually-hidden" classes="app-reflow" head=columns rows=rows first_cell_is_header=true />
        }
        .into_any(),
    )
}
