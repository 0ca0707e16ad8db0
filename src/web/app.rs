//! The state that every handler shares.

use std::net::IpAddr;
use std::ops::Deref;
use std::sync::Arc;

use crate::kit::Instant;
use crate::platform::assets::Assets;
use crate::platform::clock::SharedClock;
use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::files::Files;
use crate::platform::ids::SharedIds;
use crate::platform::mail::Mailer;
use crate::platform::openid::OpenId;
use crate::platform::rate_limit::{self, Limit, Verdict};
use crate::platform::seal::Key;
use crate::platform::search::SharedIndex;
use crate::platform::worker::Bell;
use crate::web::sheets::Sheet;
use crate::web::{AppError, PageCache, Tie};

/// The running portal. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What the portal is made of.
pub struct Parts {
    pub config: Config,
    pub db: Db,
    /// What readers search in; `catalogue::search` keeps it up to date.
    pub search: SharedIndex,
    pub clock: SharedClock,
    pub ids: SharedIds,
    pub assets: Assets,
    pub pages: PageCache,
    pub files: Files,
    pub mailer: Mailer,
    /// Enciphers what must be read again.
    pub key: Key,
    /// The door to the providers of sign-in.
    pub openid: OpenId,
    /// Ring it after a transaction that put mail or jobs into their queues.
    pub bell: Bell,
    /// What accounts are tied to in other areas than `people`.
    pub ties: Vec<Box<dyn Tie>>,
    /// The staff's tables, of every area.
    pub sheets: &'static [&'static dyn Sheet],
}

impl App {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Now, by the clock that this portal was given.
    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Counts one attempt from an address against a limit; too many are refused.
    pub async fn limit(&self, limit: &Limit, client: IpAddr) -> Result<(), AppError> {
        let now = self.now();
        let subject = rate_limit::address(client, now);
        match self.db.write(async |tx| rate_limit::check(tx, limit, &subject, now).await).await? {
            Verdict::Allowed => Ok(()),
            Verdict::Wait { seconds } => Err(AppError::TooMany { wait_seconds: seconds }),
        }
    }

    /// The table with this code.
    pub fn sheet(&self, code: &str) -> Option<&'static dyn Sheet> {
        self.sheets.iter().copied().find(|sheet| sheet.facts().code == code)
    }

    /// A public path as a full address, for mail, feeds and canonical links.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.base_url)
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
