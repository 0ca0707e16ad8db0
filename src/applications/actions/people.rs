//! Who writes in one application without belonging to its organisation: asked in by mail, for as long as somebody lets them.

use serde_json::json;

use super::{Failure, Outcome, Refusal, outcome, seated};
use crate::applications::letters;
use crate::applications::model::{Invitation, reference};
use crate::applications::store::{self, people};
use crate::kit::{Email, Id, Lang, OrgRole};
use crate::people::model::NoticeKind;
use crate::people::notices::{self, Notice, To};
use crate::platform::ids::{Secret, sha256_hex};
use crate::platform::rate_limit::{self, Limit, Verdict};
use crate::platform::{audit, outbox};
use crate::web::{App, AppError, SignedIn};

/// How long an invitation lets someone in.
pub const INVITATION_DAYS: i64 = 14;

/// Mails that one account may send out: nobody's mailbox is filled from here.
const INVITATIONS: Limit = Limit { purpose: "application_invitation", times: 60, seconds: 86_400 };

/// Asks someone in by mail. Whether the address has an account plays no part.
pub async fn invite(app: &App, who: &SignedIn, id: &Id, email: &Email, role: OrgRole, lang: Lang) -> Outcome<()> {
    let now = app.now();
    let subject = sha256_hex(format!("{}|{}", who.account, now.utc_date().text()).as_bytes());
    if let Verdict::Wait { seconds } = app.db.write(async |tx| rate_limit::check(tx, &INVITATIONS, &subject, now).await).await? {
        return Err(AppError::TooMany { wait_seconds: seconds });
    }
    let token = app.ids.long_secret();
    let invitation = Invitation {
        id: app.ids.id(now),
        application_id: id.clone(),
        email: email.clone(),
        role: role.min(OrgRole::Editor),
        invited_by: who.account.clone(),
        created_at: now,
        expires_at: now.plus_days(INVITATION_DAYS),
    };
    let result = app.db.write_in_line(async |tx| {
        let seat = seated(tx, id, who, OrgRole::Editor).await?;
        if !seat.belongs {
            return Err(Failure::Refused(Refusal::Role));
        }
        if seat.application.state.is_received() && !seat.application.state.is_written() {
            return Err(Refusal::NotNow.into());
        }
        let account = crate::people::store::account_by_email(tx, email).await?;
        if let Some(account) = &account
            && store::seat(tx, id, &account.id).await?.is_some()
        {
            return Err(Refusal::IsHere.into());
        }
        for earlier in people::open_invitations(tx, id).await?.into_iter().filter(|one| one.email == *email) {
            if earlier.expires_at > now {
                return Err(Refusal::IsHere.into());
            }
            people::withdraw_invitation(tx, id, &earlier.id, now).await?;
        }
        people::insert_invitation(tx, &invitation, &token.hash()).await?;
        outbox::put(tx, &app.ids, now, &letters::invitation(app, &seat, &invitation, who.shown(), &token, lang)).await?;
        if let Some(account) = account {
            let invited = Notice::new(NoticeKind::ApplicationInvited, "/mina-sidor/ansokningar");
            let invited = invited.with("organisation", seat.organisation.name.clone());
            notices::tell(tx, app, To::Accounts(&[account.id]), &invited, now).await?;
        }
        let detail = json!({ "invitation": invitation.id.as_str(), "role": invitation.role.code() });
        audit::append(tx, now, &who.actor(), "application.invited", &reference(id), &detail).await?;
        Ok(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// What an invitation opens, for whoever holds its link: named only to whom it was sent.
pub async fn look(app: &App, who: &SignedIn, token: &Secret) -> Outcome<(Invitation, String, String)> {
    let now = app.now();
    let result = app.db.read(async |tx| {
        let invitation = people::invitation_by_token(tx, &token.hash()).await?.filter(|one| one.expires_at > now).ok_or(Refusal::Dead)?;
        if invitation.email != who.email {
            return Err(Failure::Refused(Refusal::OtherAddress));
        }
        // Whoever asked in is somebody in it: their seat names organisation and title.
        let seat = store::seat(tx, &invitation.application_id, &invitation.invited_by).await?.ok_or(Refusal::Dead)?;
        Ok((invitation, seat.organisation.name, seat.application.title))
    });
    outcome(result.await)
}

/// Takes an invitation; gives the application.
pub async fn accept(app: &App, who: &SignedIn, token: &Secret) -> Outcome<Id> {
    let now = app.now();
    let place = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let invitation = people::invitation_by_token(tx, &token.hash()).await?.ok_or(Refusal::Dead)?;
        if invitation.email != who.email {
            return Err(Failure::Refused(Refusal::OtherAddress));
        }
        // Whoever asked in must still be able to: an invitation by somebody who is gone lets nobody in.
        let inviter = store::seat(tx, &invitation.application_id, &invitation.invited_by).await?;
        if !inviter.is_some_and(|seat| seat.belongs && seat.may(OrgRole::Editor)) {
            return Err(Refusal::Dead.into());
        }
        people::accept_invitation(tx, &invitation.id, now).await?;
        if store::seat(tx, &invitation.application_id, &who.account).await?.is_none() {
            people::insert_guest(tx, &place, &invitation.application_id, &who.account, invitation.role, now).await?;
        }
        let detail = json!({ "invitation": invitation.id.as_str(), "role": invitation.role.code() });
        audit::append(tx, now, &who.actor(), "application.joined", &reference(&invitation.application_id), &detail).await?;
        Ok(invitation.application_id)
    });
    outcome(result.await)
}

/// Takes an invitation back.
pub async fn withdraw(app: &App, who: &SignedIn, id: &Id, invitation: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let seat = seated(tx, id, who, OrgRole::Editor).await?;
        if !seat.belongs {
            return Err(Failure::Refused(Refusal::Role));
        }
        people::withdraw_invitation(tx, id, invitation, now).await?;
        let detail = json!({ "invitation": invitation.as_str() });
        audit::append(tx, now, &who.actor(), "application.uninvited", &reference(id), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Ends somebody's place: those who belong end others', and each ends their own.
pub async fn remove(app: &App, who: &SignedIn, id: &Id, guest: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let seat = seated(tx, id, who, OrgRole::Reader).await?;
        let guests = people::guests(tx, id).await?;
        let gone = guests.iter().find(|one| one.id == *guest).ok_or(Refusal::Unknown)?;
        if gone.account_id != who.account && !(seat.belongs && seat.may(OrgRole::Editor)) {
            return Err(Failure::Refused(Refusal::Role));
        }
        people::end_guest(tx, id, guest, now).await?;
        let detail = json!({ "account": gone.account_id.as_str() });
        audit::append(tx, now, &who.actor(), "application.left", &reference(id), &detail).await?;
        Ok(())
    });
    outcome(result.await)
}
