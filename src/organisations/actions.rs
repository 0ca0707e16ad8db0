//! What people do with organisations, each in one transaction with its place in the audit chain. Events name organisations
//! and accounts by id. What someone may do is looked up again inside each transaction: it may have changed since the page.

use serde_json::json;

use super::letters;
use super::model::{Invitation, JoinRequest, Membership, Organisation, Outcome as Answer, Status};
use super::rules::Facts;
use super::store::{self, Part};
use crate::kit::{Email, Id, Instant, Lang, OrgNr, OrgRole};
use crate::people;
use crate::people::model::{Account, NoticeKind};
use crate::people::notices::{self, Notice, To};
use crate::platform::audit;
use crate::platform::db::{StoreError, Transient, Tx};
use crate::platform::ids::{Secret, sha256_hex};
use crate::platform::outbox;
use crate::platform::rate_limit::{self, Limit, Verdict};
use crate::web::{App, AppError, SignedIn};

/// How long an invitation lets someone in.
pub const INVITATION_DAYS: i64 = 14;

/// Mails that one account may send out: nobody's mailbox is filled from here.
const INVITATIONS: Limit = Limit { purpose: "invitation", times: 60, seconds: 86_400 };

/// Organisations that one account may found, and be let into, in a day.
const NEW: Limit = Limit { purpose: "organisation", times: 20, seconds: 86_400 };

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such organisation, membership, invitation or request, or not for this person.
    Unknown,
    /// The person is too little in the organisation.
    Role,
    /// The organisation acts no more.
    Closed,
    /// Someone else changed it meanwhile.
    Stale,
    /// The number has an organisation already.
    Exists,
    /// The person belongs already.
    IsMember,
    /// The address has an invitation that still holds.
    IsInvited,
    /// The person has asked already.
    HasAsked,
    /// Nobody would be left who signs.
    LastSignatory,
    /// The invitation was used, taken back, or ran out.
    Dead,
    /// The invitation is for another address.
    OtherAddress,
    /// Someone answered the request before.
    Answered,
    /// An organisation cannot become itself, nor one that is closed.
    NotInto,
}

/// Ends a transaction without effect: the database's fault or a rule's.
#[derive(Debug)]
pub enum Failure {
    Store(StoreError),
    Refused(Refusal),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale("organisations.version" | "memberships.version") => Self::Refused(Refusal::Stale),
            StoreError::Stale("invitations.accepted_at" | "invitations.withdrawn_at" | "invitations.expires_at") => {
                Self::Refused(Refusal::Dead)
            }
            StoreError::Stale("join_requests.outcome") => Self::Refused(Refusal::Answered),
            error => Self::Store(error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Transient for Failure {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// What came of an action: done, refused by a rule, or a fault.
pub type Outcome<T> = Result<Result<T, Refusal>, AppError>;

fn outcome<T>(result: Result<T, Failure>) -> Outcome<T> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(Failure::Store(error)) => Err(error.into()),
    }
}

/// Counts one attempt of an account against a limit.
async fn limit(app: &App, limit: &Limit, who: &SignedIn) -> Result<(), AppError> {
    let now = app.now();
    let subject = sha256_hex(format!("{}|{}", who.account, now.utc_date().text()).as_bytes());
    match app.db.write(async |tx| rate_limit::check(tx, limit, &subject, now).await).await? {
        Verdict::Allowed => Ok(()),
        Verdict::Wait { seconds } => Err(AppError::TooMany { wait_seconds: seconds }),
    }
}

fn reference(organisation: &Id) -> String {
    format!("organisation:{organisation}")
}

/// What this person is in an organisation that is open, and is enough.
async fn authority(tx: &mut Tx, organisation: &Id, who: &SignedIn, least: OrgRole) -> Result<Part, Failure> {
    let part = store::part(tx, organisation, &who.account).await?.ok_or(Refusal::Unknown)?;
    if !part.organisation.status.is_open() {
        return Err(Refusal::Closed.into());
    }
    if part.role < least {
        return Err(Refusal::Role.into());
    }
    Ok(part)
}

/// Whether someone else than this account can sign for an organisation: a signatory whose account is active.
pub async fn another_signs(tx: &mut Tx, organisation: &Id, account: &Id) -> Result<bool, StoreError> {
    let others = store::members(tx, organisation).await?.into_iter();
    let others: Vec<Id> =
        others.filter(|one| one.role == OrgRole::Signatory && one.account_id != *account).map(|one| one.account_id).collect();
    if others.is_empty() {
        return Ok(false);
    }
    Ok(people::store::accounts(tx, &others).await?.iter().any(Account::is_active))
}

/// An organisation as it is now: where one became another, that one.
pub async fn current(tx: &mut Tx, orgnr: &OrgNr) -> Result<Option<Organisation>, StoreError> {
    let found = store::organisation_by_orgnr(tx, orgnr).await?;
    match found.as_ref().and_then(|one| one.merged_into.as_ref()) {
        Some(into) => store::organisation(tx, into).await,
        None => Ok(found),
    }
}

/// Founds an organisation here. Whoever does signs for it, until staff have checked.
pub async fn create(app: &App, who: &SignedIn, orgnr: &OrgNr, facts: &Facts) -> Outcome<Id> {
    limit(app, &NEW, who).await?;
    let now = app.now();
    let (id, membership) = (app.ids.id(now), app.ids.id(now));
    let result = app.db.write_in_line(async |tx| {
        if store::organisation_by_orgnr(tx, orgnr).await?.is_some() {
            return Err(Failure::Refused(Refusal::Exists));
        }
        store::insert_organisation(tx, &id, orgnr, facts, now).await?;
        store::insert_membership(tx, &membership, &id, &who.account, OrgRole::Signatory, now).await?;
        audit::append(tx, now, &who.actor(), "organisation.created", &reference(&id), &json!({})).await?;
        Ok(id.clone())
    });
    outcome(result.await)
}

/// Saves what an organisation says of itself.
pub async fn save_facts(app: &App, who: &SignedIn, organisation: &Id, version: i64, facts: &Facts) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let before = authority(tx, organisation, who, OrgRole::Editor).await?.organisation;
        store::update_facts(tx, organisation, version, facts, now).await?;
        let detail = json!({ "changed": changed(&before, facts) });
        audit::append(tx, now, &who.actor(), "organisation.changed", &reference(organisation), &detail).await?;
        // What was checked is the name that belongs to the number: another one is checked anew.
        if before.status == Status::Verified && before.name != facts.name {
            let mut renamed = before;
            renamed.version = version + 1;
            store::set_status(tx, &renamed, Status::Unverified.code(), None, now).await?;
            let detail = json!({ "why": "name" });
            audit::append(tx, now, &who.actor(), "organisation.unverified", &reference(organisation), &detail).await?;
        }
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// The names of the facts that differ: where money goes must be traceable, and values do not stand in the chain.
fn changed(before: &Organisation, facts: &Facts) -> Vec<&'static str> {
    [
        ("name", before.name != facts.name),
        ("kind", before.kind != facts.kind),
        ("municipality", before.municipality != facts.municipality),
        ("address", (&before.street, &before.postal_code, &before.city) != (&facts.street, &facts.postal_code, &facts.city)),
        ("email", before.email != facts.email),
        ("bankgiro", before.bankgiro != facts.bankgiro),
        ("plusgiro", before.plusgiro != facts.plusgiro),
        ("peppol", before.peppol_id != facts.peppol_id),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}

/// Asks to be let into an organisation. Whoever signs for it gets a mail.
pub async fn ask(app: &App, who: &SignedIn, orgnr: &OrgNr, message: &str) -> Outcome<()> {
    limit(app, &NEW, who).await?;
    let now = app.now();
    let id = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let organisation = current(tx, orgnr).await?.ok_or(Refusal::Unknown)?;
        if !organisation.status.is_open() {
            return Err(Failure::Refused(Refusal::Closed));
        }
        let members = store::members(tx, &organisation.id).await?;
        if members.iter().any(|member| member.account_id == who.account) {
            return Err(Failure::Refused(Refusal::IsMember));
        }
        if store::open_requests(tx, &organisation.id).await?.iter().any(|request| request.account_id == who.account) {
            return Err(Failure::Refused(Refusal::HasAsked));
        }
        store::insert_request(tx, &id, &organisation.id, &who.account, message, now).await?;
        let signatories: Vec<Id> =
            members.into_iter().filter(|member| member.role == OrgRole::Signatory).map(|member| member.account_id).collect();
        for to in people::store::accounts(tx, &signatories).await?.iter().filter(|account| account.is_active()) {
            outbox::put(tx, &app.ids, now, &letters::asked(app, &id, to, &organisation, &named(who))).await?;
        }
        let asked = notice(NoticeKind::Asked, &organisation, &format!("/personer/forfragan/{id}")).with("who", who.shown());
        notices::tell(tx, app, To::Accounts(&signatories), &asked, now).await?;
        let object = reference(&organisation.id);
        audit::append(tx, now, &who.actor(), "membership.asked", &object, &json!({ "request": id.as_str() })).await?;
        Ok(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// A notice about an organisation, which leads to its page or one below it.
fn notice(kind: NoticeKind, organisation: &Organisation, below: &str) -> Notice {
    Notice::new(kind, format!("/organisation/{}{below}", organisation.id)).with("organisation", organisation.name.clone())
}

/// Who belongs to an organisation now.
async fn belonging(tx: &mut Tx, organisation: &Id) -> Result<Vec<Id>, StoreError> {
    Ok(store::members(tx, organisation).await?.into_iter().map(|member| member.account_id).collect())
}

/// Name and address of who is signed in, for someone who must judge whether to let them in.
fn named(who: &SignedIn) -> String {
    if who.name.is_empty() { who.email.to_string() } else { format!("{} ({})", who.name, who.email) }
}

/// Who answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    Signatory,
    Staff,
}

/// Lets someone in who asked, in a role, or with none refuses. Who asked gets a mail.
pub async fn answer(app: &App, who: &SignedIn, by: As, organisation: &Id, request: &Id, role: Option<OrgRole>) -> Outcome<()> {
    let now = app.now();
    let membership = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let organisation = match by {
            As::Signatory => authority(tx, organisation, who, OrgRole::Signatory).await?.organisation,
            As::Staff => store::organisation(tx, organisation).await?.ok_or(Refusal::Unknown)?,
        };
        let request = store::request(tx, &organisation.id, request).await?.ok_or(Refusal::Unknown)?;
        let asker = people::store::account(tx, &request.account_id).await?.filter(Account::is_active).ok_or(Refusal::Unknown)?;
        let outcome = if role.is_some() { Answer::Approved } else { Answer::Refused };
        store::decide_request(tx, &request.id, outcome, who.account.as_str(), now).await?;
        if let Some(role) = role {
            if !organisation.status.is_open() {
                return Err(Failure::Refused(Refusal::Closed));
            }
            if store::part(tx, &organisation.id, &asker.id).await?.is_some() {
                return Err(Failure::Refused(Refusal::IsMember));
            }
            store::insert_membership(tx, &membership, &organisation.id, &asker.id, role, now).await?;
        }
        outbox::put(tx, &app.ids, now, &letters::answered(app, &request, &asker, &organisation, role.is_some())).await?;
        let detail = json!({
            "request": request.id.as_str(), "account": asker.id.as_str(), "outcome": outcome.code(), "role": role.map(OrgRole::code),
        });
        audit::append(tx, now, &who.actor(), "membership.answered", &reference(&organisation.id), &detail).await?;
        Ok(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Asks someone in by mail. Whether the address has an account plays no part.
pub async fn invite(app: &App, who: &SignedIn, organisation: &Id, email: &Email, role: OrgRole, lang: Lang) -> Outcome<()> {
    limit(app, &INVITATIONS, who).await?;
    let now = app.now();
    let token = app.ids.long_secret();
    let invitation = Invitation {
        id: app.ids.id(now),
        organisation_id: organisation.clone(),
        email: email.clone(),
        role,
        invited_by: who.account.clone(),
        created_at: now,
        expires_at: now.plus_days(INVITATION_DAYS),
        accepted_at: None,
        withdrawn_at: None,
    };
    let result = app.db.write_in_line(async |tx| {
        let part = authority(tx, organisation, who, OrgRole::Signatory).await?;
        let members: Vec<Id> = store::members(tx, organisation).await?.into_iter().map(|member| member.account_id).collect();
        if people::store::accounts(tx, &members).await?.iter().any(|account| account.email == *email) {
            return Err(Failure::Refused(Refusal::IsMember));
        }
        match store::invitation_to(tx, organisation, email).await? {
            Some(earlier) if earlier.lives(now) => return Err(Failure::Refused(Refusal::IsInvited)),
            Some(earlier) => store::withdraw_invitation(tx, organisation, &earlier.id, now).await?,
            None => {}
        }
        store::insert_invitation(tx, &invitation, &token.hash()).await?;
        let letter = letters::invitation(app, &invitation.id, &invitation, &part.organisation, who.shown(), &token, lang);
        outbox::put(tx, &app.ids, now, &letter).await?;
        if let Some(account) = people::store::account_by_email(tx, email).await? {
            let invited = Notice::new(NoticeKind::Invited, "/mina-sidor/organisationer");
            let invited = invited.with("organisation", part.organisation.name.clone());
            notices::tell(tx, app, To::Accounts(&[account.id]), &invited, now).await?;
        }
        let detail = json!({ "invitation": invitation.id.as_str(), "role": role.code() });
        audit::append(tx, now, &who.actor(), "membership.invited", &reference(organisation), &detail).await?;
        Ok(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Sends an invitation again, with a new link and fourteen new days.
pub async fn invite_again(app: &App, who: &SignedIn, organisation: &Id, invitation: &Id, lang: Lang) -> Outcome<()> {
    limit(app, &INVITATIONS, who).await?;
    let now = app.now();
    let (about, token) = (app.ids.id(now), app.ids.long_secret());
    let result = app.db.write_in_line(async |tx| {
        let part = authority(tx, organisation, who, OrgRole::Signatory).await?;
        let open = store::open_invitations(tx, organisation).await?;
        let mut invitation = open.into_iter().find(|one| one.id == *invitation).ok_or(Refusal::Dead)?;
        invitation.expires_at = now.plus_days(INVITATION_DAYS);
        store::renew_invitation(tx, &invitation.id, &token.hash(), invitation.expires_at).await?;
        let letter = letters::invitation(app, &about, &invitation, &part.organisation, who.shown(), &token, lang);
        outbox::put(tx, &app.ids, now, &letter).await?;
        let detail = json!({ "invitation": invitation.id.as_str(), "role": invitation.role.code() });
        audit::append(tx, now, &who.actor(), "membership.invited", &reference(organisation), &detail).await?;
        Ok::<_, Failure>(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Takes an invitation back.
pub async fn withdraw(app: &App, who: &SignedIn, organisation: &Id, invitation: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        authority(tx, organisation, who, OrgRole::Signatory).await?;
        store::withdraw_invitation(tx, organisation, invitation, now).await?;
        let detail = json!({ "invitation": invitation.as_str() });
        audit::append(tx, now, &who.actor(), "membership.uninvited", &reference(organisation), &detail).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// What an invitation is, for whoever holds its link: the organisation is named only to whom it was sent.
pub async fn invited(tx: &mut Tx, who: &SignedIn, token: &Secret, now: Instant) -> Result<(Invitation, Organisation), Failure> {
    let invitation = store::invitation_by_token(tx, &token.hash()).await?.filter(|one| one.lives(now)).ok_or(Refusal::Dead)?;
    if invitation.email != who.email {
        return Err(Refusal::OtherAddress.into());
    }
    let organisation = store::organisation(tx, &invitation.organisation_id).await?.ok_or(Refusal::Unknown)?;
    if !organisation.status.is_open() {
        return Err(Refusal::Closed.into());
    }
    Ok((invitation, organisation))
}

/// As [`invited`], for the page that shows it.
pub async fn look_at_invitation(app: &App, who: &SignedIn, token: &Secret) -> Outcome<(Invitation, Organisation)> {
    let now = app.now();
    outcome(app.db.read(async |tx| invited(tx, who, token, now).await).await)
}

/// Takes an invitation; gives the organisation. Who belongs already keeps what they are.
pub async fn accept(app: &App, who: &SignedIn, token: &Secret) -> Outcome<Id> {
    let now = app.now();
    let membership = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let (invitation, organisation) = invited(tx, who, token, now).await?;
        take(tx, who, &invitation.id, invitation.role, &organisation.id, &membership, now).await?;
        Ok::<_, Failure>(organisation.id)
    });
    outcome(result.await)
}

async fn take(
    tx: &mut Tx,
    who: &SignedIn,
    invitation: &Id,
    role: OrgRole,
    organisation: &Id,
    membership: &Id,
    now: Instant,
) -> Result<(), Failure> {
    store::accept_invitation(tx, invitation, now).await?;
    if store::part(tx, organisation, &who.account).await?.is_none() {
        store::insert_membership(tx, membership, organisation, &who.account, role, now).await?;
    }
    store::drop_requests(tx, &who.account, Some(organisation), who.account.as_str(), now).await?;
    let detail = json!({ "invitation": invitation.as_str(), "role": role.code() });
    audit::append(tx, now, &who.actor(), "membership.accepted", &reference(organisation), &detail).await?;
    Ok(())
}

/// Takes an invitation to one's own address, or declines it, without the mail's link: the address is shown to be one's own by
/// being signed in with it. Gives the organisation.
pub async fn answer_invitation(app: &App, who: &SignedIn, invitation: &Id, accept: bool) -> Outcome<Id> {
    let now = app.now();
    let membership = app.ids.id(now);
    let result = app.db.write_in_line(async |tx| {
        let open = store::invitations_for(tx, &who.account, now).await?;
        let invitation = open.into_iter().find(|one| one.id == *invitation).ok_or(Refusal::Dead)?;
        let organisation = invitation.organisation_id;
        if accept {
            take(tx, who, &invitation.id, invitation.role, &organisation, &membership, now).await?;
        } else {
            store::withdraw_invitation(tx, &organisation, &invitation.id, now).await?;
            let detail = json!({ "invitation": invitation.id.as_str() });
            audit::append(tx, now, &who.actor(), "membership.declined", &reference(&organisation), &detail).await?;
        }
        Ok::<_, Failure>(organisation)
    });
    outcome(result.await)
}

/// A membership that may go, or become less: somebody else must sign, when it is a signatory's.
async fn replaceable(tx: &mut Tx, membership: &Membership) -> Result<(), Failure> {
    let signs = membership.role == OrgRole::Signatory;
    if signs && !another_signs(tx, &membership.organisation_id, &membership.account_id).await? {
        return Err(Refusal::LastSignatory.into());
    }
    Ok(())
}

/// Gives a member another role.
pub async fn change_role(app: &App, who: &SignedIn, organisation: &Id, membership: &Id, version: i64, role: OrgRole) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let part = authority(tx, organisation, who, OrgRole::Signatory).await?;
        let membership = store::membership(tx, organisation, membership).await?.ok_or(Refusal::Stale)?;
        if role != OrgRole::Signatory {
            replaceable(tx, &membership).await?;
        }
        store::set_role(tx, &membership.id, version, role).await?;
        let changed = notice(NoticeKind::RoleChanged, &part.organisation, "").not_to(&who.account);
        notices::tell(tx, app, To::Accounts(std::slice::from_ref(&membership.account_id)), &changed, now).await?;
        let detail = json!({ "account": membership.account_id.as_str(), "from": membership.role.code(), "to": role.code() });
        audit::append(tx, now, &who.actor(), "membership.changed", &reference(organisation), &detail).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// Tells who was a member that they are no longer, unless they did it themselves.
async fn tell_removed(
    app: &App,
    tx: &mut Tx,
    organisation: &Organisation,
    membership: &Membership,
    by: Option<&Id>,
    now: Instant,
) -> Result<(), StoreError> {
    let mut removed = Notice::new(NoticeKind::Removed, "/mina-sidor/organisationer").with("organisation", organisation.name.clone());
    if let Some(by) = by {
        removed = removed.not_to(by);
    }
    notices::tell(tx, app, To::Accounts(std::slice::from_ref(&membership.account_id)), &removed, now).await
}

/// Ends someone's membership.
pub async fn remove(app: &App, who: &SignedIn, organisation: &Id, membership: &Id, version: i64) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let part = authority(tx, organisation, who, OrgRole::Signatory).await?;
        let membership = store::membership(tx, organisation, membership).await?.ok_or(Refusal::Stale)?;
        replaceable(tx, &membership).await?;
        store::end_membership(tx, &membership.id, version, now).await?;
        tell_removed(app, tx, &part.organisation, &membership, Some(&who.account), now).await?;
        let detail = json!({ "account": membership.account_id.as_str(), "role": membership.role.code() });
        audit::append(tx, now, &who.actor(), "membership.ended", &reference(organisation), &detail).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// Staff end someone's membership, and say why. They may leave an organisation with nobody who signs, if they say that they
/// know it.
pub async fn remove_as_staff(
    app: &App,
    who: &SignedIn,
    organisation: &Id,
    membership: &Id,
    version: i64,
    reason: &str,
    even_last: bool,
) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let organisation = store::organisation(tx, organisation).await?.ok_or(Refusal::Unknown)?;
        let membership = store::membership(tx, &organisation.id, membership).await?.ok_or(Refusal::Stale)?;
        if organisation.status.is_open() && !even_last {
            replaceable(tx, &membership).await?;
        }
        store::end_membership_because(tx, &membership.id, version, &who.account, reason, now).await?;
        tell_removed(app, tx, &organisation, &membership, Some(&who.account), now).await?;
        let detail = json!({ "account": membership.account_id.as_str(), "role": membership.role.code(), "by": "staff" });
        audit::append(tx, now, &who.actor(), "membership.ended", &reference(&organisation.id), &detail).await?;
        Ok::<_, Failure>(())
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Ends one's own membership. Whoever wants to leave an organisation that acts no more may, the last who signs too.
pub async fn leave(app: &App, who: &SignedIn, organisation: &Id) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let part = store::part(tx, organisation, &who.account).await?.ok_or(Refusal::Unknown)?;
        let membership = store::membership(tx, organisation, &part.membership).await?.ok_or(Refusal::Unknown)?;
        // For an organisation that acts no more nobody has to sign.
        if part.organisation.status.is_open() {
            replaceable(tx, &membership).await?;
        }
        store::end_membership(tx, &membership.id, membership.version, now).await?;
        let detail = json!({ "account": who.account.as_str(), "role": membership.role.code() });
        audit::append(tx, now, &who.actor(), "membership.ended", &reference(organisation), &detail).await?;
        Ok::<_, Failure>(())
    });
    outcome(result.await)
}

/// Staff bring an organisation from one state into another: checked, closed, or open again.
pub async fn set_status(app: &App, who: &SignedIn, organisation: &Id, version: i64, status: Status) -> Outcome<()> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let mut before = store::organisation(tx, organisation).await?.ok_or(Refusal::Unknown)?;
        let action = match (before.status, status) {
            (Status::Unverified, Status::Verified) => "organisation.verified",
            (Status::Verified, Status::Unverified) => "organisation.unverified",
            (Status::Unverified | Status::Verified, Status::Retired) => "organisation.retired",
            // Open again, it is checked again.
            (Status::Retired, Status::Unverified) => "organisation.reopened",
            _ => return Err(Failure::Refused(Refusal::Stale)),
        };
        before.version = version;
        store::set_status(tx, &before, status.code(), None, now).await?;
        let told = match action {
            "organisation.verified" => Some(NoticeKind::Verified),
            "organisation.retired" => Some(NoticeKind::Retired),
            _ => None,
        };
        if let Some(kind) = told {
            let members = belonging(tx, organisation).await?;
            notices::tell(tx, app, To::Accounts(&members), &notice(kind, &before, ""), now).await?;
        }
        audit::append(tx, now, &who.actor(), action, &reference(organisation), &json!({})).await?;
        Ok(())
    });
    outcome(result.await)
}

/// Staff make one organisation become another: who belonged to it, was invited or asked goes along, its row and number stay.
pub async fn merge(app: &App, who: &SignedIn, from: &Id, version: i64, into: &OrgNr) -> Outcome<Id> {
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let mut from = store::organisation(tx, from).await?.ok_or(Refusal::Unknown)?;
        let into = store::organisation_by_orgnr(tx, into).await?.ok_or(Refusal::NotInto)?;
        if into.id == from.id || !into.status.is_open() {
            return Err(Failure::Refused(Refusal::NotInto));
        }
        if from.status == Status::Merged {
            return Err(Failure::Refused(Refusal::Stale));
        }
        from.version = version;
        store::set_status(tx, &from, Status::Merged.code(), Some(&into.id), now).await?;
        store::point_on(tx, &from.id, &into.id, now).await?;
        let coming = belonging(tx, &from.id).await?;
        let moved = move_members(app, tx, &from.id, &into.id, now).await?;
        let merged = Notice::new(NoticeKind::Merged, format!("/organisation/{}", into.id));
        let merged = merged.with("organisation", from.name.clone()).with("into", into.name.clone());
        notices::tell(tx, app, To::Accounts(&coming), &merged, now).await?;
        let invited: Vec<Email> = store::open_invitations(tx, &into.id).await?.into_iter().map(|one| one.email).collect();
        for invitation in store::open_invitations(tx, &from.id).await? {
            if invited.contains(&invitation.email) {
                store::withdraw_invitation(tx, &from.id, &invitation.id, now).await?;
            } else {
                store::move_invitation(tx, &invitation.id, &into.id).await?;
            }
        }
        let asked: Vec<Id> = store::open_requests(tx, &into.id).await?.into_iter().map(|one| one.account_id).collect();
        let members: Vec<Id> = store::members(tx, &into.id).await?.into_iter().map(|one| one.account_id).collect();
        for request in store::open_requests(tx, &from.id).await? {
            if asked.contains(&request.account_id) || members.contains(&request.account_id) {
                store::decide_request(tx, &request.id, Answer::Withdrawn, who.account.as_str(), now).await?;
            } else {
                store::move_request(tx, &request.id, &into.id).await?;
            }
        }
        // Who had asked the other organisation and came along as a member needs no answer any more.
        for account in asked.iter().filter(|account| members.contains(account)) {
            store::drop_requests(tx, account, Some(&into.id), who.account.as_str(), now).await?;
        }
        let detail = json!({ "into": into.id.as_str(), "members": moved });
        audit::append(tx, now, &who.actor(), "organisation.merged", &reference(&from.id), &detail).await?;
        Ok(into.id)
    });
    outcome(result.await)
}

/// Moves who belongs to `from`; who belongs to both keeps the greater role. How many came.
async fn move_members(app: &App, tx: &mut Tx, from: &Id, into: &Id, now: Instant) -> Result<usize, StoreError> {
    let there = store::members(tx, into).await?;
    let coming = store::members(tx, from).await?;
    for member in &coming {
        store::end_membership(tx, &member.id, member.version, now).await?;
        match there.iter().find(|one| one.account_id == member.account_id) {
            Some(one) if one.role < member.role => store::set_role(tx, &one.id, one.version, member.role).await?,
            Some(_) => {}
            None => store::insert_membership(tx, &app.ids.id(now), into, &member.account_id, member.role, now).await?,
        }
    }
    Ok(coming.len())
}

/// A request that waits, and who made it, for whoever answers.
pub async fn asked(tx: &mut Tx, organisation: &Id, request: &Id) -> Result<Option<(JoinRequest, Account)>, StoreError> {
    let Some(request) = store::request(tx, organisation, request).await? else { return Ok(None) };
    let account = people::store::account(tx, &request.account_id).await?;
    Ok(account.map(|account| (request, account)))
}
