//! The demonstration catalogue, built into the program, so that `portal demo` needs nothing beside it.

use super::import::{self, Attachments, ImportError, Report, Request, Source};
use crate::web::App;

const PUBLICATIONS: &[u8] = include_bytes!("../../demo/publications.json");

/// The files that the publications name.
const FILES: &[(&str, &[u8])] =
    &[("umea-vaxer-tryggt-och-sakert-exempel.pdf", include_bytes!("../../demo/files/umea-vaxer-tryggt-och-sakert-exempel.pdf"))];

/// Imports the demonstration catalogue; again it changes nothing, so every start may call it.
pub async fn load(app: &App) -> Result<Report, ImportError> {
    let request = Request { source: Source::Bytes(PUBLICATIONS), attachments: Attachments::Bytes(FILES), dry_run: false };
    import::publications(app, &request, &|_| {}).await
}
