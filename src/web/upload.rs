//! Reading a form that brings a file: `multipart/form-data`. The file goes piece by piece to where files wait
//! ([`Files::receive`](crate::platform::files::Files::receive)) and is never held whole in memory; the other fields are raw
//! answers as in [`forms`](super::forms). Only routes that [`Routes::upload`](super::Routes::upload) declares take such forms.

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};

use super::forms::MAX_FORM_BYTES;
use super::{App, AppError};
use crate::kit::Form;
use crate::platform::files::{FilesError, Incoming};

/// More fields than any form here has.
const MAX_FIELDS: usize = 100;

/// How much of what is too large is read past, so that the browser comes to the answer.
const READ_PAST: u64 = 256 * 1024 * 1024;

/// What is wrong with a file before anybody looks into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// None was chosen.
    Missing,
    /// It holds nothing.
    Empty,
    TooLarge,
    /// The connection ended, or the form did, in the middle.
    BrokenOff,
}

/// A file that waits to be judged.
#[derive(Debug)]
pub struct Sent {
    /// The name that it has on the person's machine.
    pub name: String,
    pub incoming: Incoming,
}

/// What a form brought.
#[derive(Debug)]
pub struct Uploaded {
    pub form: Form,
    pub file: Result<Sent, FileFault>,
}

/// Reads the form; a file larger than `limit` bytes is a fault.
pub async fn read(app: &App, request: Request, limit: u64) -> Result<Uploaded, AppError> {
    let mut parts = Multipart::from_request(request, app).await.map_err(|_| AppError::BadRequest)?;
    let (mut form, mut file) = (Form(Vec::new()), Err(FileFault::Missing));
    let mut room = MAX_FORM_BYTES;
    loop {
        let mut part = match parts.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            // What came so far is kept, so that nothing typed is lost.
            Err(_) => {
                discard(app, &mut file).await;
                file = Err(FileFault::BrokenOff);
                break;
            }
        };
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            let mut text = Vec::new();
            loop {
                match part.chunk().await {
                    Ok(Some(bytes)) if bytes.len() <= room => {
                        room -= bytes.len();
                        text.extend_from_slice(&bytes);
                    }
                    Ok(Some(_)) => return Err(AppError::TooLarge),
                    Ok(None) => break,
                    Err(_) => {
                        file = Err(FileFault::BrokenOff);
                        break;
                    }
                }
            }
            if form.0.len() < MAX_FIELDS {
                form.0.push((name, String::from_utf8_lossy(&text).into_owned()));
            }
            continue;
        };
        if file_name.is_empty() || file.is_ok() {
            while let Ok(Some(_)) = part.chunk().await {}
            continue;
        }
        let mut failed = None;
        file = match app.files.receive(&mut part, limit).await {
            Ok(incoming) if incoming.size == 0 => {
                app.files.discard(incoming).await?;
                Err(FileFault::Empty)
            }
            Ok(incoming) => Ok(Sent { name: file_name, incoming }),
            Err(FilesError::TooLarge(_)) => Err(FileFault::TooLarge),
            Err(FilesError::Upload(_)) => Err(FileFault::BrokenOff),
            Err(error) => {
                failed = Some(error);
                Err(FileFault::BrokenOff)
            }
        };
        if let Some(error) = failed {
            return Err(error.into());
        }
        if file.as_ref().is_err_and(|fault| *fault == FileFault::TooLarge) {
            let mut past = 0;
            while let Ok(Some(bytes)) = part.chunk().await {
                past += bytes.len() as u64;
                if past > READ_PAST {
                    break;
                }
            }
            if past > READ_PAST {
                break;
            }
        }
        if file.as_ref().is_err_and(|fault| *fault == FileFault::BrokenOff) {
            break;
        }
    }
    Ok(Uploaded { form, file })
}

async fn discard(app: &App, file: &mut Result<Sent, FileFault>) {
    if let Ok(sent) = std::mem::replace(file, Err(FileFault::BrokenOff))
        && let Err(error) = app.files.discard(sent.incoming).await
    {
        tracing::warn!(%error, "an upload that broke off was not discarded");
    }
}

/// The text fields of such a form without its file, for what comes after a session has ended; whether there was a file.
pub(super) async fn texts(app: &App, request: Request) -> Result<(Form, bool), AppError> {
    let mut parts = Multipart::from_request(request, app).await.map_err(|_| AppError::BadRequest)?;
    let (mut form, mut had_file, mut room, mut past) = (Form(Vec::new()), false, MAX_FORM_BYTES, 0_u64);
    let read = async {
        while let Some(mut part) = parts.next_field().await? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.file_name().map(|name| !name.is_empty());
            let mut text = Vec::new();
            while let Some(bytes) = part.chunk().await? {
                past += bytes.len() as u64;
                if past > READ_PAST {
                    return Ok(());
                }
                if is_file.is_none() && bytes.len() <= room {
                    room -= bytes.len();
                    text.extend_from_slice(&bytes);
                }
            }
            had_file |= is_file == Some(true);
            if is_file.is_none() && form.0.len() < MAX_FIELDS {
                form.0.push((name, String::from_utf8_lossy(&text).into_owned()));
            }
        }
        Ok::<_, MultipartError>(())
    };
    // What came before it broke off is kept.
    let _ = read.await;
    Ok((form, had_file))
}
