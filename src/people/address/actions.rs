//! Asking for the mail, and changing the address by its link or code. The account and the session that asked are the ones that
//! may: a link that someone else opens, or one's own in another browser, changes nothing.

use serde_json::json;

use crate::kit::{Email, Id, Instant};
use crate::people::actions::{Failure, LINK_MINUTES, MOST_GUESSES, Outcome, Refusal, TRIES_FROM, code_hash, limit_mail, outcome};
use crate::people::letters;
use crate::people::model::{Account, SignInLink};
use crate::people::rules::CodeError;
use crate::people::store::{self, NewLink};
use crate::platform::audit;
use crate::platform::db::{StoreError, Tx};
use crate::platform::ids::{Secret, sha256_hex};
use crate::platform::outbox;
use crate::platform::rate_limit::{self, Limit, Verdict};
use crate::web::{App, AppError, SignedIn, Visit};

/// Mails that one account may send to addresses that are not yet its own.
const ASKS_BY: Limit = Limit { purpose: "new_address", times: 10, seconds: 86_400 };

/// What the mail is bound to: this session, which one browser holds.
fn bound_to(session: &Id) -> String {
    sha256_hex(format!("session:{session}").as_bytes())
}

/// Sends a mail to a new address. The same happens whether or not another account has it: then the mail tells its holder that
/// somebody asked, and the code that is typed is never right.
pub async fn ask(app: &App, visit: &Visit, email: &Email) -> Result<(), AppError> {
    let who = visit.signed_in()?;
    limit_mail(app, visit, email).await?;
    let now = app.now();
    let verdict = app.db.write(async |tx| rate_limit::check(tx, &ASKS_BY, who.account.as_str(), now).await).await?;
    if let Verdict::Wait { seconds } = verdict {
        return Err(AppError::TooMany { wait_seconds: seconds });
    }
    let (id, token, code) = (app.ids.id(now), app.ids.long_secret(), app.ids.code());
    let expires_at = now.plus_seconds(LINK_MINUTES * 60);
    let (token_hash, code_hash, browser_hash) = (token.hash(), code_hash(&id, &code), bound_to(&who.session));
    let link = NewLink {
        id: &id,
        token_hash: &token_hash,
        code_hash: &code_hash,
        browser_hash: &browser_hash,
        email,
        lang: visit.lang,
        leads_to: "",
        account: Some(&who.account),
        created_at: now,
        expires_at,
    };
    app.db
        .write_in_line(async |tx| {
            let mail = match store::account_by_email(tx, email).await? {
                Some(holder) => letters::address_taken(app, &id, &holder),
                None => letters::address(app, &id, email, visit.lang, &token, &code, expires_at),
            };
            store::insert_link(tx, &link).await?;
            outbox::put(tx, &app.ids, now, &mail).await?;
            audit::append(tx, now, &who.actor(), "account.address_asked", &who.actor(), &json!({})).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    app.bell.ring();
    Ok(())
}

/// Whether this session has asked for a mail that can still be answered.
pub async fn waits(app: &App, who: &SignedIn) -> Result<bool, AppError> {
    let now = app.now();
    let link = app.db.read(async |tx| store::link_by_browser(tx, &bound_to(&who.session), Some(&who.account)).await).await?;
    Ok(link.is_some_and(|link| link.lives(now)))
}

/// Changes the address by the mail's link.
pub async fn open_link(app: &App, visit: &Visit, token: &Secret) -> Outcome<()> {
    let who = visit.signed_in()?;
    app.limit(&TRIES_FROM, visit.client).await?;
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let link = store::link_by_token(tx, &token.hash(), Some(&who.account)).await?;
        let link = link.filter(|link| link.lives(now)).ok_or(Refusal::Dead)?;
        if link.browser_hash != bound_to(&who.session) {
            return Err(Failure::Refused(Refusal::OtherBrowser));
        }
        change(app, tx, who, &link, now).await
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// Changes the address by the code of the latest mail that this session asked for. A wrong code counts.
pub async fn try_code(app: &App, visit: &Visit, code: &str) -> Outcome<Result<(), CodeError>> {
    let who = visit.signed_in()?;
    app.limit(&TRIES_FROM, visit.client).await?;
    let now = app.now();
    let result = app.db.write_in_line(async |tx| {
        let link = store::link_by_browser(tx, &bound_to(&who.session), Some(&who.account)).await?;
        let Some(link) = link.filter(|link| link.lives(now)) else { return Ok(Err(CodeError::Dead)) };
        if code_hash(&link.id, code) != link.code_hash {
            store::count_guess(tx, &link.id).await?;
            let dead = link.guesses + 1 >= MOST_GUESSES;
            return Ok(Err(if dead { CodeError::Dead } else { CodeError::Wrong }));
        }
        change(app, tx, who, &link, now).await.map(Ok)
    });
    let done = outcome(result.await)?;
    app.bell.ring();
    Ok(done)
}

/// The change itself. Whoever held the old mailbox hears of it, every other session ends, and what waited at either address
/// opens nothing any more. Identities at providers stay: they were never the address (docs/decisions/0017).
async fn change(app: &App, tx: &mut Tx, who: &SignedIn, link: &SignInLink, now: Instant) -> Result<(), Failure> {
    store::use_link(tx, &link.id, now).await?;
    let account = store::account(tx, &who.account).await?.filter(Account::is_active).ok_or(Refusal::Disabled)?;
    // Free when it was asked for, but somebody else was first.
    if store::account_by_email(tx, &link.email).await?.is_some() {
        return Err(Failure::Refused(Refusal::Taken));
    }
    store::set_email(tx, &account.id, &link.email, now).await?;
    store::end_links(tx, &account.id, &account.email, now).await?;
    for tie in &app.ties {
        tie.moved(tx, &account.email, &link.email, now).await?;
    }
    let ended = store::end_sessions(tx, &account.id, Some(&who.session), "address_changed", now).await?;
    outbox::put(tx, &app.ids, now, &letters::address_changed(app, &link.id, &account, now)).await?;
    audit::append(tx, now, &who.actor(), "account.address_changed", &who.actor(), &json!({ "sessions": ended })).await?;
    Ok(())
}
