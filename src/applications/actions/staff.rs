//! What the staff do with applications before anybody assesses them: reading what was sent in, and giving one organisation more time.

use serde_json::json;

use super::{Failure, Outcome, Refusal, outcome};
use crate::applications::model::{Asked, Snapshot, reference};
use crate::applications::snapshot::Content;
use crate::applications::store;
use crate::applications::store::staff::{NewExtension, Received};
use crate::attachments;
use crate::attachments::model::Attachment;
use crate::kit::{CaseNumber, Id, Instant, OrgNr, civil};
use crate::organisations;
use crate::people as accounts;
use crate::people::model::{Account, NoticeKind};
use crate::people::notices::{self, Notice, To};
use crate::platform::audit;
use crate::platform::db::StoreError;
use crate::platform::jobs::{Job, JobError};
use crate::web::{App, AppError, SignedIn};

/// An application as it was received.
pub struct Read {
    pub received: Received,
    pub asked: Asked,
    /// Newest first.
    pub snapshots: Vec<Snapshot>,
    pub signed_by: String,
    /// The files that were sent in, with how far they have come.
    pub attached: Vec<Attachment>,
}

/// One that was received, by its number; a draft has none.
pub async fn read(app: &App, number: &CaseNumber) -> Result<Option<Read>, AppError> {
    let found = app.db.read(async |tx| {
        let Some(received) = store::staff::by_number(tx, number).await? else { return Ok(None) };
        let asked = store::asked(tx, &received.application).await?;
        let snapshots = store::staff::snapshots(tx, &received).await?;
        let signed_by = match store::staff::signed_by(tx, &received).await? {
            Some(id) => accounts::store::account(tx, &id).await?.map(|one: Account| one.shown().to_owned()),
            None => None,
        };
        let sent: Vec<String> = match snapshots.first() {
            Some(snapshot) => Content::read(&snapshot.content)?.files.into_iter().map(|file| file.hash).collect(),
            None => Vec::new(),
        };
        // What was attached since is still the applicant's own.
        let mut attached = attachments::store::ever_of(tx, &reference(&received.application.id)).await?;
        attached.retain(|one| sent.contains(&one.file_hash));
        Ok::<_, StoreError>(Some(Read { received, asked, snapshots, signed_by: signed_by.unwrap_or_default(), attached }))
    });
    Ok(found.await?)
}

/// Tells those who have begun to apply under a call, and have not sent in, that it has changed.
pub async fn tell_of_change(app: App, job: Job) -> Result<(), JobError> {
    let call = job.payload.get("call").and_then(|id| id.as_str()).and_then(|id| Id::parse(id).ok());
    let call = call.ok_or_else(|| JobError::Never("no call is named".to_owned()))?;
    let now = app.now();
    app.db
        .write_in_line(async |tx| {
            let Some(call) = crate::calls::store::call(tx, &call).await? else { return Ok(()) };
            let writers = store::people::writers_under(tx, &call.id).await?;
            let title = call.answers.get(crate::calls::rules::key::NAME_SV).trim().to_owned();
            let notice = Notice::new(NoticeKind::CallChanged, format!("/utlysningar/{}", call.slug)).with("title", title);
            notices::tell(tx, &app, To::Accounts(&writers), &notice, now).await
        })
        .await?;
    Ok(())
}

/// Gives one organisation more time under a call, which its people are told. It must be later than the call closes.
pub async fn give_more_time(app: &App, who: &SignedIn, call: &Id, organisation: &OrgNr, until: Instant, reason: &str) -> Outcome<()> {
    let now = app.now();
    let id = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let call = crate::calls::store::call(tx, call).await?.ok_or(Refusal::Unknown)?;
        let closes = call.closes_at.ok_or(Refusal::Unknown)?;
        if until <= closes || until <= now {
            return Err(Failure::Refused(Refusal::NotNow));
        }
        let organisation = organisations::actions::current(tx, organisation).await?.ok_or(Refusal::Unknown)?;
        let new = NewExtension { id: &id, call: &call.id, organisation: &organisation.id, until, reason, by: &who.account, at: now };
        store::staff::insert_extension(tx, &new).await?;
        let members: Vec<Id> = organisations::store::members(tx, &organisation.id).await?.into_iter().map(|one| one.account_id).collect();
        let notice = Notice::new(NoticeKind::MoreTime, format!("/utlysningar/{}", call.slug));
        let notice = notice.with("organisation", organisation.name.clone()).with("when", civil::clock_text(until, crate::kit::Lang::Sv));
        notices::tell(tx, app, To::Accounts(&members), &notice, now).await?;
        let detail = json!({ "organisation": organisation.id.as_str(), "until": until.text(), "reason": reason });
        audit::append(tx, now, &who.actor(), "call.more_time", &format!("call:{}", call.id), &detail).await?;
        Ok(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}
