//! Files that belong to a publication: what can be downloaded free of charge, and references for reference managers.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::citation::Format;
use super::model::{Status, href};
use super::store;
use crate::kit::civil;
use crate::platform::files::{Download, FilesError};
use crate::web::{App, AppError};

/// `/publikationer/{year}/{slug}/{name}`: `citera.bib` and its like, or else a file of an edition.
pub async fn show(
    State(app): State<App>,
    method: Method,
    headers: HeaderMap,
    Path((year, slug, name)): Path<(String, String, String)>,
) -> Result<Response, AppError> {
    let path = format!("{year}/{slug}");
    let format = name.strip_prefix("citera.").and_then(|ending| Format::ALL.into_iter().find(|format| format.ending() == ending));
    match format {
        Some(format) => citation(&app, &path, &slug, format).await,
        None => download(&app, &method, &headers, &path, &name).await,
    }
}

async fn citation(app: &App, path: &str, slug: &str, format: Format) -> Result<Response, AppError> {
    let today = civil::stockholm(app.now()).date;
    let publication = app.db.read(async |tx| store::publication(tx, path, today).await).await?.ok_or(AppError::NotFound)?;
    if publication.work.status != Status::Published {
        return Err(AppError::Gone);
    }
    let file = format.write(&publication, &app.url(&href(path)));
    // The slug is letters, digits and hyphens, or the publication would not have been found.
    let attachment = format!("attachment; filename=\"{slug}.{}\"", format.ending());
    let attachment = HeaderValue::from_str(&attachment).map_err(AppError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, attachment),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache")),
    ];
    Ok((headers, file).into_response())
}

async fn download(app: &App, method: &Method, headers: &HeaderMap, path: &str, name: &str) -> Result<Response, AppError> {
    let (edition, file) = app.db.read(async |tx| store::file(tx, path, name).await).await?.ok_or(AppError::NotFound)?;
    let offered = Download { hash: &file.hash, name: &file.name, media_type: &file.media_type, changed: None };
    let response = match app.files.answer(&offered, headers).await {
        Ok(response) => response,
        // The row is there and the file is not: that is a fault of ours, not a wrong address.
        Err(FilesError::Missing) => return Err(AppError::internal(format!("the file {} is missing from the store", file.hash))),
        Err(error) => return Err(AppError::internal(error)),
    };
    if method == Method::GET && begins(&response) {
        let month = civil::month(app.now());
        let counted = app.db.write(async |tx| store::count_download(tx, &edition, &month).await).await;
        if let Err(error) = counted {
            // The reader gets the file even when it cannot be counted.
            tracing::warn!(%error, "a download was not counted");
        }
    }
    Ok(response)
}

/// Whether a download begins here: readers that fetch a file piece by piece count once.
fn begins(response: &Response) -> bool {
    let range = response.headers().get(header::CONTENT_RANGE).and_then(|value| value.to_str().ok());
    match response.status() {
        StatusCode::OK => true,
        StatusCode::PARTIAL_CONTENT => range.is_some_and(|range| range.starts_with("bytes 0-")),
        _ => false,
    }
}
