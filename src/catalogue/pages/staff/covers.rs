//! `GET /handlaggare/publikationer/{work}/omslag`: the picture of a publication's front, what it is to those who do not see it,
//! and the form that changes both. `GET /omslag/{cover}/{width}` is the picture itself, for everybody.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::{LANG, below, heading, who};
use crate::catalogue::editor::actions::Seen;
use crate::catalogue::editor::attached::{self, NamedCover};
use crate::catalogue::editor::{path_of, record, store as editor};
use crate::catalogue::lifecycle::Draft;
use crate::catalogue::model::Cover;
use crate::catalogue::rules::covers::{CoverError, MOST_MEGABYTES, field};
use crate::catalogue::store::covers::{self, CoverRow};
use crate::kit::{Errors, Form, Id, civil};
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
    picture(&app, &image, "public, max-age=31536000, immutable").await
}

/// `GET /handlaggare/publikationer/{work}/omslag/{cover}/{width}`: a picture that readers may not have seen yet.
pub async fn draft_image(State(app): State<App>, Path((work, cover, width)): Path<(String, String, String)>) -> Result<Response, AppError> {
    let (Ok(work), Ok(cover), Ok(width)) = (Id::parse(&work), Id::parse(&cover), width.parse::<i64>()) else {
        return Err(AppError::NotFound);
    };
    let image = app.db.read(async |tx| covers::image_of(tx, &work, &cover, width).await).await?.ok_or(AppError::NotFound)?;
    picture(&app, &image, "private, no-store").await
}

/// The address of a cover in a size, for the staff.
pub fn staff_src(work: &Id, cover: &Cover, width: i64) -> String {
    format!("{}/{}/{}", path(work), cover.id, cover.size(width).0)
}

async fn picture(app: &App, image: &covers::Image, cache: &'static str) -> Result<Response, AppError> {
    let stream = app.files.get(&image.file_hash, None).await?;
    let media_type = if image.media_type == "image/png" { "image/png" } else { "image/jpeg" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'")),
    ];
    Ok((headers, Body::from_stream(stream)).into_response())
}

/// What the page shows.
pub struct Opened {
    pub work: Id,
    /// The draft's cover, or the one that readers see.
    pub cover: Option<NamedCover>,
    title: String,
    /// Its row: who added it and when.
    row: Option<CoverRow>,
    /// Whether readers see something else than this.
    differs: bool,
    seen: Seen,
    locked: bool,
    reviewed: bool,
    names: Vec<(Id, String)>,
}

/// Opens the cover of a publication. Four statements, one more where the draft has another cover than readers see.
pub async fn open(app: &App, work: &str) -> Result<Opened, AppError> {
    let work = Id::parse(work).map_err(|_| AppError::NotFound)?;
    let (draft, standing, public, own, names) = app
        .db
        .read(async |tx| {
            let (draft, standing) = (editor::draft(tx, &work).await?, editor::standing(tx, &work).await?);
            let public = covers::of_work(tx, &work).await?;
            let named = draft.as_ref().and_then(|draft| attached::cover_of(&draft.record()));
            let own = match named.filter(|named| public.as_ref().is_none_or(|public| public.id != named.cover.id)) {
                Some(named) => covers::one(tx, &work, &named.cover.id).await?,
                None => None,
            };
            Ok::<_, StoreError>((draft, standing, public, own, people::staff_names(tx).await?))
        })
        .await?;
    let state = editor::state_of(standing.as_ref(), draft.as_ref())?;
    let shown = public.as_ref().map(|row| NamedCover {
        hash: row.file_hash.clone(),
        cover: Cover { id: row.id.clone(), width: row.width, height: row.height, alt_sv: row.alt_sv.clone(), alt_en: row.alt_en.clone() },
    });
    let record = draft.as_ref().map(editor::Draft::record);
    let (title, cover) = match (&record, &standing) {
        (Some(record), _) => (record::text(record, "title").to_owned(), attached::cover_of(record)),
        (None, Some(standing)) => (standing.title.clone(), shown.clone()),
        (None, None) => return Err(AppError::NotFound),
    };
    Ok(Opened {
        title: if title.is_empty() { text::staff().editor.untitled.to_owned() } else { title },
        row: own.or(public),
        differs: cover != shown,
        cover,
        seen: Seen::of(standing.as_ref(), draft.as_ref()),
        locked: state.draft == Draft::Scheduled,
        reviewed: matches!(state.draft, Draft::InReview | Draft::Approved),
        work,
        names,
    })
}

/// What the page says besides.
#[derive(Default)]
pub struct Says {
    pub form: Form,
    pub errors: Errors<CoverError>,
    /// Someone else was quicker.
    pub stale: bool,
    /// The draft waits for its time.
    pub locked: bool,
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
    let head =
        Head { error: !says.errors.is_empty() || says.stale || says.locked || lost, ..below(words.title, &opened.work, &opened.title) };
    visit.page(app, status, head, move || {
        let sentence = |error: CoverError| (words.error)(error, MOST_MEGABYTES);
        let mut entries: Vec<(String, String)> =
            says.errors.iter().map(|entry| (format!("#{}", entry.field), sentence(entry.error))).collect();
        entries.extend(says.stale.then(|| (format!("#{}", field::FILE), words.stale.to_owned())));
        entries.extend(says.locked.then(|| ("#innehall".to_owned(), text::staff().editor.form.locked.to_owned())));
        entries.extend(lost.then(|| (format!("#{}", field::FILE), words.lost.to_owned())));
        view! {
            {(!entries.is_empty()).then(|| view! { <ErrorSummary errors=entries /> })}
            {notice.map(|notice| view! { <NotificationBanner success=true text=notice /> })}
            {heading(&opened.title, words.title)}
            {opened.locked.then(|| view! { <InsetText>{text::staff().editor.form.locked}</InsetText> })}
            {opened.reviewed.then(|| view! { <InsetText>{text::staff().editor.form.back_to_draft}</InsetText> })}
            <p class="govuk-body app-measure">{words.lead}</p>
            {now(&opened)}
            {(!opened.locked).then(|| form(&opened, &says, lost))}
        }
    })
}

fn now(opened: &Opened) -> AnyView {
    let words = &text::staff().covers;
    let Some(NamedCover { cover, .. }) = &opened.cover else {
        let told = if opened.differs { words.none_in_draft } else { words.none };
        return view! { <p class="govuk-body app-measure">{told}</p> }.into_any();
    };
    let (width, height) = cover.size(320);
    let (sv, en) = match (&cover.alt_sv, &cover.alt_en) {
        (Some(sv), Some(en)) => (sv.clone(), en.clone()),
        _ => (words.decoration.to_owned(), words.decoration.to_owned()),
    };
    let mut rows = vec![
        SummaryRow::new(words.size, (words.dots)(cover.width, cover.height)),
        SummaryRow::new(words.alt_sv, sv),
        SummaryRow::new(words.alt_en, view! { <span lang=cover.alt_en.is_some().then_some("en")>{en}</span> }.into_any()),
    ];
    if let Some(row) = &opened.row {
        let added = (words.added_by)(&who(&opened.names, &row.added_by), &civil::clock_text(row.added_at, LANG));
        rows.push(SummaryRow::new(words.added, added));
    }
    if opened.differs {
        rows.push(SummaryRow::new(words.readers, words.not_yet));
    }
    let alt = cover.alt_sv.clone().unwrap_or_default();
    let src = if opened.differs { staff_src(&opened.work, cover, 320) } else { cover.src(320) };
    view! {
        <img class="app-cover-picture" src=src width=width.to_string() height=height.to_string() alt=alt />
        <SummaryList rows=rows />
    }
    .into_any()
}

fn form(opened: &Opened, says: &Says, lost: bool) -> AnyView {
    let words = &text::staff().covers;
    let cover = opened.cover.as_ref().map(|named| &named.cover);
    let typed = !says.form.0.is_empty();
    let value = |name: &str, stored: Option<&String>| {
        if typed { says.form.get(name).to_owned() } else { stored.cloned().unwrap_or_default() }
    };
    let at = |name: &str| says.errors.of(name).map(|error| (words.error)(*error, MOST_MEGABYTES));
    let decorative = if typed { says.form.checked(field::DECORATIVE) } else { cover.is_some_and(|cover| cover.alt_sv.is_none()) };
    let ticked: Vec<String> = decorative.then(|| "ja".to_owned()).into_iter().collect();
    let version = opened.seen.text();
    let file_error = at(field::FILE).or_else(|| lost.then(|| words.lost.to_owned())).or_else(|| says.stale.then(|| words.stale.to_owned()));
    let (choose, button) = if cover.is_some() { (words.choose_other, words.save) } else { (words.choose, words.save_first) };
    let remove = cover.map(|_| {
        view! {
            <form method="post" enctype="multipart/form-data">
                <input type="hidden" name=field::VERSION value=version.clone() />
                <button type="submit" class="govuk-button govuk-button--secondary" name=field::WHAT value="ta_bort">
                    {words.remove}
                </button>
            </form>
        }
    });
    view! {
        <form method="post" enctype="multipart/form-data" class="app-measure" novalidate=true>
            <input type="hidden" name=field::VERSION value=version.clone() />
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
                value=value(field::ALT_SV, cover.and_then(|cover| cover.alt_sv.as_ref()))
                error=at(field::ALT_SV)
                autocomplete="off"
            />
            <Input
                name=field::ALT_EN
                label=words.alt_en
                value=value(field::ALT_EN, cover.and_then(|cover| cover.alt_en.as_ref()))
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
