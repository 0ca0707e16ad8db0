//! Where a request becomes a page: the state that handlers share ([`App`]), who is visiting ([`Visit`]), the table of
//! routes and who may use them ([`Routes`]), what went wrong ([`AppError`]) and the layers around it all.
//!
//! Knows `kit`, `text`, `ui` and `platform`; knows no area. To add a page: an `async fn` in the area's `pages`,
//! and a line in the area's `routes` that names its access.

mod access;
mod app;
pub mod cookies;
mod error;
pub mod forms;
mod kept_post;
pub mod layers;
pub mod machine;
mod page_cache;
mod routes;
pub mod sheets;
pub mod staff;
mod ties;
pub mod upload;
mod visit;

pub use access::{ALL_STAFF, Access, Denied, SignedIn, leading_to, note_denied};
pub use app::{App, Parts};
pub use error::AppError;
pub use kept_post::LOST_FILE;
pub use page_cache::PageCache;
pub use routes::{Declared, Routes};
pub use staff::keeping;
pub use ties::{Part, Tie, Tying};
pub use visit::{Visit, cookie_name, forms_lead_to, see_other, set_cookie};
