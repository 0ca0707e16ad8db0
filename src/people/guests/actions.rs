//! Asking reviewers in from outside, and saying yes, each in one transaction with its place in the audit chain. Nobody is given
//! a role before they have shown that the address is theirs.

use serde_json::json;

use super::letters;
use super::model::{GuestInvitation, ROLE, State};
use super::rules::Guest;
use super::store::{self, NewInvitation};
use crate::kit::{CivilDate, Email, Id, Instant, Lang, StaffRole, civil};
use crate::people::actions::{Failure, Outcome, Refusal, outcome, today};
use crate::people::model::{Account, RoleRow};
use crate::people::store as people;
use crate::platform::audit;
use crate::platform::db::{StoreError, Tx};
use crate::platform::ids::Secret;
use crate::platform::outbox;
use crate::platform::rate_limit::{self, Limit, Verdict};
use crate::web::{App, AppError, SignedIn};

/// How long an invitation can be taken, unless its last day comes first.
pub const INVITATION_DAYS: i64 = 14;

/// Mails that one administrator may send out.
const INVITATIONS: Limit = Limit { purpose: "guest", times: 60, seconds: 86_400 };

async fn limit(app: &App, by: &SignedIn) -> Result<(), AppError> {
    let now = app.now();
    match app.db.write(async |tx| rate_limit::check(tx, &INVITATIONS, by.account.as_str(), now).await).await? {
        Verdict::Allowed => Ok(()),
        Verdict::Wait { seconds } => Err(AppError::TooMany { wait_seconds: seconds }),
    }
}

/// Until when an invitation with this last day can be taken.
fn expiry(now: Instant, until: CivilDate) -> Result<Instant, AppError> {
    let (_, end) = civil::day_bounds(until).map_err(|_| AppError::internal("a day without an end"))?;
    Ok(now.plus_days(INVITATION_DAYS).min(end))
}

/// Whether someone holds the role on any of these days.
async fn reviews(tx: &mut Tx, account: &Id, from: CivilDate, until: CivilDate) -> Result<bool, StoreError> {
    let overlaps = |held: &RoleRow| held.role == ROLE && held.valid_from <= until && held.valid_until.is_none_or(|last| from <= last);
    // A role that was taken back before it ever held is none.
    let real = |held: &RoleRow| held.valid_until.is_none_or(|last| held.valid_from <= last);
    Ok(people::roles(tx, account).await?.iter().any(|held| real(held) && overlaps(held)))
}

fn reference(invitation: &Id) -> String {
    format!("guest_invitation:{invitation}")
}

/// Asks someone in by mail; gives the invitation.
pub async fn invite(app: &App, by: &SignedIn, guest: &Guest) -> Outcome<Id> {
    limit(app, by).await?;
    let now = app.now();
    let (id, token) = (app.ids.id(now), app.ids.long_secret());
    let expires_at = expiry(now, guest.until)?;
    let token_hash = token.hash();
    let result = app.db.write_in_line(async |tx| {
        let account = people::account_by_email(tx, &guest.email).await?;
        if let Some(account) = &account {
            if !account.is_active() {
                return Err(Failure::Refused(Refusal::Disabled));
            }
            if reviews(tx, &account.id, guest.from, guest.until).await? {
                return Err(Failure::Refused(Refusal::HasRole));
            }
        }
        match store::open_to(tx, &guest.email).await? {
            Some(earlier) if earlier.state(now) == State::Waits => return Err(Failure::Refused(Refusal::IsInvited)),
            Some(earlier) => store::withdraw(tx, &earlier.id, now).await?,
            None => {}
        }
        let new = NewInvitation { id: &id, guest, token_hash: &token_hash, by: &by.account, now, expires_at };
        store::insert(tx, &new).await?;
        let invitation = store::invitation(tx, &id).await?.ok_or(Refusal::Unknown)?;
        let lang = account.map_or(Lang::Sv, |account| account.lang);
        outbox::put(tx, &app.ids, now, &letters::invitation(app, &id, &invitation, &token, lang)).await?;
        let detail = json!({ "from": guest.from.text(), "until": guest.until.text() });
        audit::append(tx, now, &by.actor(), "guest.invited", &reference(&id), &detail).await?;
        Ok(id.clone())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Sends an invitation again, with a new link and new days to answer in.
pub async fn invite_again(app: &App, by: &SignedIn, id: &Id) -> Outcome<()> {
    limit(app, by).await?;
    let (now, day) = (app.now(), today(app));
    let (about, token) = (app.ids.id(now), app.ids.long_secret());
    let result = app.db.write_in_line(async |tx| {
        let mut invitation = store::invitation(tx, id).await?.ok_or(Refusal::Unknown)?;
        if invitation.valid_until < day {
            return Err(Failure::Refused(Refusal::Dead));
        }
        invitation.expires_at = expiry(now, invitation.valid_until).map_err(|_| Refusal::Dead)?;
        store::renew(tx, id, &token.hash(), &by.account, invitation.expires_at).await?;
        let account = people::account_by_email(tx, &invitation.email).await?;
        let lang = account.map_or(Lang::Sv, |account| account.lang);
        outbox::put(tx, &app.ids, now, &letters::invitation(app, &about, &invitation, &token, lang)).await?;
        audit::append(tx, now, &by.actor(), "guest.invited_again", &reference(id), &json!({})).await?;
        Ok(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Takes the open invitation to an address back, if there is one: whoever loses the role, or the account, has lost it.
pub async fn withdraw_open(tx: &mut Tx, email: &Email, by: &SignedIn, now: Instant) -> Result<(), StoreError> {
    if let Some(open) = store::open_to(tx, email).await? {
        store::withdraw(tx, &open.id, now).await?;
        audit::append(tx, now, &by.actor(), "guest.withdrawn", &reference(&open.id), &json!({})).await?;
    }
    Ok(())
}

/// Takes an invitation back.
pub async fn withdraw(app: &App, by: &SignedIn, id: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        store::withdraw(tx, id, now).await?;
        audit::append(tx, now, &by.actor(), "guest.withdrawn", &reference(id), &json!({})).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// The invitation, if it can be taken now by who asks: it waits, and whoever sent it may still do so.
async fn open(
    tx: &mut Tx,
    found: Option<GuestInvitation>,
    who: &SignedIn,
    now: Instant,
    day: CivilDate,
) -> Result<GuestInvitation, Failure> {
    let found = found.filter(|one| one.state(now) == State::Waits && day <= one.valid_until).ok_or(Refusal::Dead)?;
    if found.email != who.email {
        return Err(Refusal::OtherAddress.into());
    }
    let sender = people::account(tx, &found.invited_by).await?.filter(Account::is_active).ok_or(Refusal::Dead)?;
    let administers = |held: &RoleRow| held.role == StaffRole::Administrator && held.holds_on(day);
    if people::roles(tx, &sender.id).await?.iter().any(administers) { Ok(found) } else { Err(Refusal::Dead.into()) }
}

/// What the link opens: for whoever it was sent to the invitation, and for whoever has said yes what they said yes to.
pub async fn look(app: &App, who: &SignedIn, token: &Secret) -> Outcome<GuestInvitation> {
    let (now, day) = (app.now(), today(app));
    let result = app.db.read(async |tx| {
        let found = store::by_token(tx, &token.hash()).await?;
        if let Some(accepted) = found.as_ref().filter(|one| one.accepted_by.as_ref() == Some(&who.account)) {
            return Ok::<_, Failure>(accepted.clone());
        }
        open(tx, found, who, now, day).await
    });
    outcome(result.await)
}

/// Says yes: the role holds on the invitation's days. Other sessions end, and this one gets a new secret; gives that.
pub async fn accept(app: &App, who: &SignedIn, token: &Secret) -> Outcome<Secret> {
    let (now, day) = (app.now(), today(app));
    let (role, session) = (app.ids.id(now), app.ids.long_secret());
    let result = app.db.write_in_line(async |tx| {
        let found = store::by_token(tx, &token.hash()).await?;
        let invitation = open(tx, found, who, now, day).await?;
        let account = people::account(tx, &who.account).await?.filter(Account::is_active).ok_or(Refusal::Disabled)?;
        if reviews(tx, &account.id, invitation.valid_from, invitation.valid_until).await? {
            return Err(Failure::Refused(Refusal::HasRole));
        }
        store::accept(tx, &invitation.id, &account.id, now).await?;
        let role = RoleRow {
            id: role.clone(),
            account_id: account.id.clone(),
            role: ROLE,
            valid_from: invitation.valid_from,
            valid_until: Some(invitation.valid_until),
            given_by: invitation.invited_by.clone(),
            given_at: now,
        };
        people::insert_role(tx, &role).await?;
        if account.name.is_empty() {
            people::set_name(tx, &account.id, &invitation.name, now).await?;
        }
        people::end_sessions(tx, &account.id, Some(&who.session), "role_changed", now).await?;
        people::renew_session(tx, &who.session, &session.hash()).await?;
        audit::append(tx, now, &who.actor(), "guest.accepted", &reference(&invitation.id), &json!({})).await?;
        let detail = json!({
            "role": ROLE.code(), "from": role.valid_from.text(), "until": invitation.valid_until.text(),
            "invited_by": invitation.invited_by.as_str(),
        });
        audit::append(tx, now, &who.actor(), "role.given", &who.actor(), &detail).await?;
        Ok(session.clone())
    });
    outcome(result.await)
}
