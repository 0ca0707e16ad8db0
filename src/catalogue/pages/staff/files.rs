//! `GET /handlaggare/publikationer/{work}/filer`: the file of each digital edition in the draft, with a form to give it another,
//! and the files that readers had before. Readers see a change when the draft is published.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use super::{LANG, below, cell, heading, who};
use crate::catalogue::editor::actions::Seen;
use crate::catalogue::editor::{attached, path_of, record, store as editor};
use crate::catalogue::labels;
use crate::catalogue::lifecycle::{Draft, Public};
use crate::catalogue::model::{EditionForm, FileInfo, href};
use crate::catalogue::rules::files::{FileError, Kind, field};
use crate::catalogue::store::files::{self, Replaced};
use crate::kit::{Form, Id, civil};
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

/// An edition that offers files, as the draft has it or as readers see it.
struct Own {
    id: String,
    form: EditionForm,
    isbn: String,
    file: Option<FileInfo>,
    /// What readers fetch now, and how often they have.
    public: Option<FileInfo>,
    fetched: i64,
}

/// What the page shows.
pub struct Opened {
    pub work: Id,
    title: String,
    /// The address that readers have, where they see it.
    public: Option<String>,
    seen: Seen,
    /// The draft waits for its time.
    locked: bool,
    /// It has been read, or is being read, by another editor.
    reviewed: bool,
    editions: Vec<Own>,
    before: Vec<Replaced>,
    names: Vec<(Id, String)>,
}

/// Opens the files of a publication. Five statements.
pub async fn open(app: &App, work: &str) -> Result<Opened, AppError> {
    let work = Id::parse(work).map_err(|_| AppError::NotFound)?;
    let found = app
        .db
        .read(async |tx| {
            let (draft, standing) = (editor::draft(tx, &work).await?, editor::standing(tx, &work).await?);
            let rows = files::of_work(tx, &work).await?;
            let before = files::replaced(tx, &work).await?;
            Ok::<_, StoreError>((draft, standing, rows, before, people::staff_names(tx).await?))
        })
        .await?;
    let (draft, standing, rows, before, names) = found;
    let state = editor::state_of(standing.as_ref(), draft.as_ref())?;
    let record = draft.as_ref().map(editor::Draft::record);
    let title = match (&record, &standing) {
        (Some(record), _) => record::text(record, "title").to_owned(),
        (None, Some(standing)) => standing.title.clone(),
        (None, None) => return Err(AppError::NotFound),
    };
    let of_row = |id: &str| rows.iter().find(|row| row.id.as_str() == id);
    let editions = match &record {
        Some(record) => record::objects(record, record::EDITIONS)
            .into_iter()
            .filter_map(|edition| {
                let id = record::text(edition, "id").to_owned();
                let form = EditionForm::of_code(record::text(edition, "form"))?;
                let (public, fetched) = of_row(&id).map_or((None, 0), |row| (row.file(), row.fetched));
                Some(Own { form, isbn: record::text(edition, "isbn").to_owned(), file: attached::file_of(edition), public, fetched, id })
            })
            .collect(),
        None => rows
            .iter()
            .filter_map(|row| {
                let form = EditionForm::of_code(&row.form)?;
                let isbn = row.isbn.map(|isbn| isbn.hyphenated()).unwrap_or_default();
                Some(Own { id: row.id.to_string(), form, isbn, file: row.file(), public: row.file(), fetched: row.fetched })
            })
            .collect::<Vec<_>>(),
    };
    Ok(Opened {
        title: if title.is_empty() { text::staff().editor.untitled.to_owned() } else { title },
        public: standing.as_ref().filter(|_| state.public == Public::Published).map(|standing| href(&standing.path)),
        seen: Seen::of(standing.as_ref(), draft.as_ref()),
        locked: state.draft == Draft::Scheduled,
        reviewed: matches!(state.draft, Draft::InReview | Draft::Approved),
        editions: editions.into_iter().filter(|own| Kind::for_form(own.form).is_some()).collect(),
        work,
        before,
        names,
    })
}

/// What the page says besides.
#[derive(Default)]
pub struct Says {
    pub form: Form,
    pub error: Option<FileError>,
    /// Someone else was quicker; what came from this person, if anything did.
    pub stale: Option<Option<FileInfo>>,
    /// The draft waits for its time.
    pub locked: bool,
}

pub async fn show(State(app): State<App>, visit: Visit, Path(work): Path<String>) -> Result<Response, AppError> {
    let opened = open(&app, &work).await?;
    let says = Says { form: visit.typed().cloned().unwrap_or_default(), ..Says::default() };
    Ok(render(&app, &visit, StatusCode::OK, opened, says))
}

/// `GET /handlaggare/publikationer/{work}/filer/{hash}`: a file of the draft, of an older version, or one that readers had before.
pub async fn file(State(app): State<App>, headers: HeaderMap, Path((work, hash)): Path<(String, String)>) -> Result<Response, AppError> {
    let work = Id::parse(&work).map_err(|_| AppError::NotFound)?;
    let file = app.db.read(async |tx| files::known(tx, &work, &hash).await).await?.ok_or(AppError::NotFound)?;
    let offered = Download { hash: &file.hash, name: &file.name, media_type: &file.media_type, changed: None };
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
    let head = Head {
        error: says.error.is_some() || says.stale.is_some() || says.locked || lost,
        ..below(words.title, &opened.work, &opened.title)
    };
    visit.page(app, status, head, move || {
        let place = opened.editions.iter().position(|edition| edition.id == says.form.get(field::EDITION)).unwrap_or(0);
        let wrong = match (says.error, &says.stale) {
            _ if says.locked => Some(text::staff().editor.form.locked.to_owned()),
            (Some(error), _) => Some((words.error)(error, megabytes)),
            (None, Some(_)) => Some(words.stale.to_owned()),
            (None, None) => lost.then(|| words.lost.to_owned()),
        };
        let at = if opened.editions.is_empty() || opened.locked { "innehall".to_owned() } else { format!("{}-{place}", field::FILE) };
        let entries: Vec<(String, String)> = wrong.iter().map(|wrong| (format!("#{at}"), wrong.clone())).collect();
        let both = says.stale.as_ref().map(|mine| {
            let saved = opened.editions.get(place).and_then(|own| own.file.as_ref());
            let told = |file: Option<&FileInfo>| {
                file.map_or_else(|| words.no_file.to_owned(), |file| format!("{}, {}", file.name, size(file.size)))
            };
            let rows = vec![SummaryRow::new(words.saved, told(saved)), SummaryRow::new(words.yours, told(mine.as_ref()))];
            view! { <SummaryList rows=rows /> }
        });
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
            {both}
            {opened.locked.then(|| view! { <InsetText>{text::staff().editor.form.locked}</InsetText> })}
            {opened.reviewed.then(|| view! { <InsetText>{text::staff().editor.form.back_to_draft}</InsetText> })}
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

fn link(href: String, label: String) -> AnyView {
    view! {
        <a class="govuk-link app-break" href=href>
            {label}
        </a>
    }
    .into_any()
}

fn one(opened: &Opened, edition: &Own, number: usize, wrong: Option<&String>) -> Option<AnyView> {
    let words = &text::staff().files;
    let kind = Kind::for_form(edition.form)?;
    let isbn = Some(edition.isbn.as_str()).filter(|isbn| !isbn.is_empty());
    let heading = (words.edition)(labels::form(edition.form, LANG), isbn);
    let published = edition.file == edition.public;
    let mut rows = match &edition.file {
        None => vec![SummaryRow::new(words.name, words.no_file)],
        Some(file) => {
            let address = match &opened.public {
                Some(public) if published => format!("{public}/{}", file.name),
                _ => format!("{}/{}", path(&opened.work), file.hash),
            };
            vec![
                SummaryRow::new(words.name, link(address, file.name.clone())),
                SummaryRow::new(words.size, size(file.size)),
                SummaryRow::new(words.hash, view! { <code class="app-break">{file.hash.clone()}</code> }.into_any()),
            ]
        }
    };
    if !published {
        let now = match (&edition.public, &opened.public) {
            (Some(file), Some(public)) => link(format!("{public}/{}", file.name), file.name.clone()),
            (Some(file), None) => link(format!("{}/{}", path(&opened.work), file.hash), file.name.clone()),
            (None, _) => view! { {words.no_file} }.into_any(),
        };
        rows.push(SummaryRow::new(words.readers_now, now));
    }
    if edition.public.is_some() {
        let number = labels::number(u64::try_from(edition.fetched).unwrap_or_default(), LANG);
        rows.push(SummaryRow::new(words.fetched, (words.times)(&number)));
    }
    let (choose, button, keeps) = match &edition.file {
        None => (words.choose_first, words.add, None),
        Some(_) => (words.choose_other, words.replace, Some(view! { <p class="govuk-body">{words.keeps_address}</p> })),
    };
    let seen = opened.seen.text();
    let remove = edition.file.as_ref().map(|file| {
        let which = (words.remove_which)(&file.name);
        view! {
            <form method="post" enctype="multipart/form-data" class="app-screen-only">
                <input type="hidden" name=field::EDITION value=edition.id.clone() />
                <input type="hidden" name=field::VERSION value=seen.clone() />
                <button type="submit" class="govuk-button govuk-button--secondary" name=field::WHAT value="ta_bort">
                    {words.remove}
                    <span class="govuk-visually-hidden">" " {which}</span>
                </button>
            </form>
        }
    });
    let at = format!("{}-{number}", field::FILE);
    let hint = (words.hint)(&kind.ending().to_uppercase());
    let id = format!("utgava-{}", edition.id);
    let forms = (!opened.locked).then(|| {
        view! {
            <form method="post" enctype="multipart/form-data" class="app-measure app-screen-only" novalidate=true>
                <input type="hidden" name=field::EDITION value=edition.id.clone() />
                <input type="hidden" name=field::VERSION value=seen />
                <FileUpload name=field::FILE id=at label=choose hint=hint error=wrong.cloned() accept=format!(".{},{}", kind.ending(), kind.media_type()) />
                {keeps}
                <Button>{button}</Button>
            </form>
            {remove}
        }
    });
    Some(
        view! {
            <section aria-labelledby=id.clone()>
                <h2 class="govuk-heading-m" id=id.clone()>
                    {heading}
                </h2>
                <SummaryList rows=rows />
                {forms}
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
                <a class="govuk-link app-break" href=format!("{}/{}", path(&opened.work), file.file_hash)>
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
