//! Where a request becomes a page: the state that handlers share ([`App`]), who is visiting ([`Visit`]), the table of
//! routes and who may use them ([`Routes`]), what went wrong ([`AppError`]) and the layers around it all.
//!
//! Knows `kit`, `text`, `ui` and `platform`; knows no area. To add a page: an `async fn` in the area's `pages`,
//! and a line in the area's `routes` that names its access.

mod app;
mod error;
pub mod forms;
pub mod layers;
mod page_cache;
mod routes;
mod visit;

pub use app::{App, Parts};
pub use error::AppError;
pub use page_cache::PageCache;
pub use routes::{Access, Declared, Routes};
pub use visit::{Visit, cookie_name};
