//! The worker: sends what lies in the outbox and does the jobs that are due, beside the pages or in a process of its
//! own. Any number may run at once; leases keep them apart.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use serde_json::json;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::clock::SharedClock;
use super::db::{Db, StoreError};
use super::ids::SharedIds;
use super::jobs::{self, Handlers, NewJob};
use super::mail::Mailer;
use super::outbox::{self, Attempt};
use crate::kit::Instant;

/// How long an idle worker rests before it looks again, unless the bell rings.
const REST: Duration = Duration::from_secs(1);

/// Wakes the worker of this process: ring it after a transaction that put something into outbox or jobs. Forgetting to
/// ring costs a second. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    pub fn ring(&self) {
        self.0.notify_one();
    }

    async fn heard(&self) {
        self.0.notified().await;
    }
}

/// What a worker got done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    pub mail_sent: u64,
    pub mail_later: u64,
    pub mail_dead: u64,
    pub jobs_done: u64,
    pub jobs_later: u64,
    pub jobs_dead: u64,
}

/// What the worker works with. `S` is what job handlers get: the portal.
pub struct Worker<S> {
    pub db: Db,
    pub clock: SharedClock,
    pub ids: SharedIds,
    pub mailer: Mailer,
    pub bell: Bell,
    /// Demonstration: the texts of sent mail stay readable.
    pub keep_bodies: bool,
    pub handlers: Handlers<S>,
    /// What is to be done every day.
    pub daily: Vec<Daily>,
    pub state: S,
}

/// A job of every day: its kind, and when it is due on the day of an instant, with its unique key.
pub struct Daily {
    pub kind: &'static str,
    pub due: fn(Instant) -> (Instant, String),
}

impl<S: Clone> Worker<S> {
    /// Does everything that is due now, and returns.
    pub async fn drain(&self) -> Result<Done, StoreError> {
        self.drain_until(&CancellationToken::new()).await
    }

    /// Puts the recurring jobs of today into the queue; each only once a day, whoever asks.
    pub async fn schedule(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        for daily in &self.daily {
            let (due, key) = (daily.due)(now);
            let job = NewJob { kind: daily.kind, payload: json!({}), due, unique_key: Some(&key) };
            self.db.write(async |tx| jobs::put(tx, &self.ids, now, &job).await).await?;
        }
        Ok(())
    }

    /// Works until told to stop; what is in hand then is finished first. A fault of ours in one mail or job ends the
    /// work of nobody else: the worker begins again, and what it held comes back when its lease is out.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if AssertUnwindSafe(self.work(&stop)).catch_unwind().await.is_err() {
                tracing::error!("the worker panicked and begins again");
                tokio::time::sleep(REST).await;
            }
        }
    }

    async fn work(&self, stop: &CancellationToken) {
        let mut scheduled = None;
        while !stop.is_cancelled() {
            let today = self.clock.now().utc_date();
            if scheduled != Some(today) {
                match self.schedule().await {
                    Ok(()) => scheduled = Some(today),
                    Err(error) => tracing::error!(%error, "the night's work could not be scheduled"),
                }
            }
            if let Err(error) = self.drain_until(stop).await {
                tracing::error!(%error, "the worker could not reach its queues");
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.bell.heard() => {}
                () = tokio::time::sleep(REST) => {}
            }
        }
    }

    /// Mail and jobs side by side, so that a mail server that stalls holds up no job.
    async fn drain_until(&self, stop: &CancellationToken) -> Result<Done, StoreError> {
        let mail = async {
            let mut done = Done::default();
            while !stop.is_cancelled() {
                match outbox::deliver_one(&self.db, &*self.clock, &self.mailer, self.keep_bodies).await? {
                    None => break,
                    Some(Attempt::Succeeded) => done.mail_sent += 1,
                    Some(Attempt::Later) => done.mail_later += 1,
                    Some(Attempt::Dead) => done.mail_dead += 1,
                }
            }
            Ok::<_, StoreError>(done)
        };
        let work = async {
            let mut done = Done::default();
            while !stop.is_cancelled() {
                match jobs::run_one(&self.db, &*self.clock, &self.handlers, self.state.clone()).await? {
                    None => break,
                    Some(Attempt::Succeeded) => done.jobs_done += 1,
                    Some(Attempt::Later) => done.jobs_later += 1,
                    Some(Attempt::Dead) => done.jobs_dead += 1,
                }
            }
            Ok::<_, StoreError>(done)
        };
        let (mail, work) = tokio::join!(mail, work);
        let (mail, work) = (mail?, work?);
        Ok(Done { jobs_done: work.jobs_done, jobs_later: work.jobs_later, jobs_dead: work.jobs_dead, ..mail })
    }
}
