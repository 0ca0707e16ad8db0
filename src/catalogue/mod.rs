//! Catalogue: what Brå publishes, and how a reader finds it.
//!
//! `model` works and editions (shared with the browser) · `rules` a messy row of an import file becomes a valid work ·
//! `import` reads such files · `store` the SQL · `search` words and facets to works · `demo` the demonstration data ·
//! `lifecycle` what may happen to a publication · `editor` where the staff write and publish ·
//! `sample` made-up works by the thousand, for measuring.
//! `pages` what readers see · `labels` codes as words · `citation`, `structured`, `feeds` what machines and lists of references read ·
//! `files` downloads.
//! To add a field of a work: `model`, the column in a new migration, `rules`, `store` (read and write), and the page.

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
pub mod citation;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod editor;
#[cfg(feature = "ssr")]
mod feeds;
#[cfg(feature = "ssr")]
mod files;
#[cfg(feature = "ssr")]
pub mod import;
#[cfg(feature = "ssr")]
mod labels;
#[cfg(feature = "ssr")]
pub mod lifecycle;
pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod posts;
#[cfg(feature = "ssr")]
pub mod rules;
#[cfg(feature = "ssr")]
pub mod sample;
#[cfg(feature = "ssr")]
pub mod search;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod structured;

pub use model::*;

/// The table of publications.
#[cfg(feature = "ssr")]
pub use editor::SHEET as PUBLICATIONS;

/// What the worker does for this area.
#[cfg(feature = "ssr")]
pub use actions::imports::{JOB as IMPORT_JOB, sweep as sweep_imports, work as import_job};

/// The pages and files of this area.
#[cfg(feature = "ssr")]
pub fn routes(routes: crate::web::Routes) -> crate::web::Routes {
    use crate::kit::StaffRole::{Administrator, Editor};
    use crate::web::Access::{Anyone, Staff};
    const EDITS: crate::web::Access = Staff(&[Editor]);
    const READS: crate::web::Access = Staff(&[Editor, Administrator]);
    editor::routes(routes)
        .get(Anyone, "/", pages::home)
        .get(Anyone, "/publikationer", pages::search)
        .get(Anyone, "/publikationer/atom.xml", feeds::atom)
        .get(Anyone, "/publikationer/{year}/{slug}", pages::publication)
        .get(Anyone, "/publikationer/{year}/{slug}/{file}", files::show)
        .get(Anyone, "/serier", pages::all_series)
        .get(Anyone, "/serier/{slug}", pages::one_series)
        .get(Anyone, "/amnen", pages::all_subjects)
        .get(Anyone, "/amnen/{slug}", pages::one_subject)
        .get(Anyone, "/sitemap.xml", feeds::sitemap)
        .get(Anyone, "/robots.txt", feeds::robots)
        .get(Anyone, "/opensearch.xml", feeds::opensearch)
        .get(Anyone, "/omslag/{cover}/{width}", pages::staff::covers::image)
        .get(EDITS, "/handlaggare/publikationer/import", pages::staff::imports::list)
        .upload(EDITS, "/handlaggare/publikationer/import", posts::imports::take)
        .get(EDITS, "/handlaggare/publikationer/import/{import}", pages::staff::imports::show)
        .post(EDITS, "/handlaggare/publikationer/import/{import}", posts::imports::confirm)
        .get(EDITS, "/handlaggare/publikationer/markdown", pages::staff::markdown::show)
        .post(EDITS, "/handlaggare/publikationer/markdown", posts::markdown::preview)
        .get(EDITS, "/handlaggare/publikationer/{work}/omslag", pages::staff::covers::show)
        .upload(EDITS, "/handlaggare/publikationer/{work}/omslag", posts::covers::change)
        .get(EDITS, "/handlaggare/publikationer/{work}/filer", pages::staff::files::show)
        .upload(EDITS, "/handlaggare/publikationer/{work}/filer", posts::files::change)
        .get(READS, "/handlaggare/publikationer/{work}/filer/{hash}", pages::staff::files::file)
        .get(READS, "/handlaggare/publikationer/{work}/omslag/{cover}/{width}", pages::staff::covers::draft_image)
        .get(EDITS, "/handlaggare/publikationer/{work}/priser", pages::staff::prices::show)
        .post(EDITS, "/handlaggare/publikationer/{work}/priser", posts::prices::change)
}
