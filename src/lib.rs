//! The house. Each room has a header that says what belongs there and how to add one more.
//!
//! `kit` values · `text` sentences · `ui` components and layout · `platform` database, mail, files, clock · `web` where a
//! request becomes a page · then one room per thing the agency does: `people`, `organisations`, `register`, `catalogue`,
//! `shop`, `tables` (what all tables of the staff share), `about`, `post` (mail on its way out) and `log` (the audit chain),
//! `budget` (the one engine for budgets), `forms` (questions and answers), `calls` (what is invited to), `applications` (what is asked for),
//! and `desk`, where the staff's day begins.
//! `server` puts it together; `main` is the command line. docs/ARCHITECTURE.md walks through one read and one write.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[cfg(feature = "ssr")]
pub mod about;
#[cfg(feature = "ssr")]
pub mod applications;
#[cfg(feature = "ssr")]
pub mod attachments;
pub mod budget;
#[cfg(feature = "ssr")]
pub mod calls;
pub mod catalogue;
#[cfg(feature = "ssr")]
pub mod commands;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod forms;
pub mod kit;
#[cfg(feature = "ssr")]
pub mod log;
#[cfg(feature = "ssr")]
pub mod organisations;
pub mod people;
#[cfg(feature = "ssr")]
pub mod platform;
#[cfg(feature = "ssr")]
pub mod post;
#[cfg(feature = "ssr")]
pub mod register;
#[cfg(feature = "ssr")]
pub mod server;
pub mod shop;
#[cfg(feature = "ssr")]
pub mod tables;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "ssr")]
pub mod web;

/// Builds the house anew in another checkout that shares the build folder (.cargo/config.toml).
const _: Option<&str> = option_env!("CHECKOUT");

/// Wakes the islands of a page; the boot script calls it once the browser's half is loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
