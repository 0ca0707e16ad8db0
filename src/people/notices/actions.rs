//! Telling someone, the daily mail, and what someone chooses about it.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde_json::{Value, json};

use super::letters;
use super::rules::Chosen;
use super::store;
use crate::kit::{Id, Instant, StaffRole, civil};
use crate::people::actions::{Outcome, Refusal};
use crate::people::model::{NoticeKind, NoticeWords};
use crate::people::rules::Notices;
use crate::people::store as people;
use crate::platform::audit;
use crate::platform::db::{StoreError, Tx};
use crate::platform::jobs::{Job, JobError};
use crate::platform::outbox;
use crate::web::{App, AppError, SignedIn};

/// The kind of the job that sends the daily mail.
pub const JOB: &str = "notices.daily";

/// When it goes out, in Sweden.
const AT_HOUR: u8 = 7;

/// How many accounts the job takes at a time.
const BATCH: i64 = 200;

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    /// The page that it leads to, without language prefix.
    pub path: String,
    pub words: NoticeWords,
    not_to: Option<Id>,
}

impl Notice {
    pub fn new(kind: NoticeKind, path: impl Into<String>) -> Self {
        Self { kind, path: path.into(), words: NoticeWords::default(), not_to: None }
    }

    /// With what stands in its sentence under this name.
    pub fn with(mut self, name: &'static str, word: impl Into<String>) -> Self {
        self.words.set(name, word);
        self
    }

    /// Whoever did it themselves is not told.
    pub fn not_to(mut self, account: &Id) -> Self {
        self.not_to = Some(account.clone());
        self
    }
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To<'a> {
    Accounts(&'a [Id]),
    /// Everybody who holds the role today.
    Holders(StaffRole),
}

/// Tells, within the caller's transaction. Who has the same notice unread is not told again.
pub async fn tell(tx: &mut Tx, app: &App, to: To<'_>, notice: &Notice, now: Instant) -> Result<(), StoreError> {
    let mut listeners = match to {
        To::Accounts(accounts) => store::listeners(tx, notice.kind, accounts).await?,
        To::Holders(role) => store::holders(tx, notice.kind, role, civil::stockholm(now).date).await?,
    };
    listeners.retain(|listener| notice.not_to.as_ref() != Some(&listener.id));
    for listener in listeners {
        let id = app.ids.id(now);
        let by_mail = if notice.kind.has_own_mail() { Notices::None } else { listener.by_mail() };
        let new = store::insert(tx, &id, &listener.id, notice, by_mail, now).await?;
        if new && by_mail == Notices::Each {
            let address = ending(app, &listener.id, notice.kind.code())?;
            let mail = letters::told(app, &id, &listener.email, listener.lang, notice, &address);
            outbox::put_endable(tx, &app.ids, now, &mail, &address).await?;
        }
    }
    Ok(())
}

/// What [`ending`] seals, so that no other sealed text is taken for it.
const ENDING: &str = "end-of-mail";

/// In place of a kind: the daily mail.
const DAILY: &str = "daily";

/// The address that ends mail of a kind to an account. It opens nothing else, so it needs no session and no row.
pub fn ending(app: &App, account: &Id, kind: &str) -> Result<String, StoreError> {
    let sealed = app.key.seal(&*app.ids, ENDING, &format!("{account} {kind}"));
    let bytes = sealed.and_then(|sealed| BASE64.decode(sealed.as_bytes()).ok());
    let bytes = bytes.ok_or_else(|| StoreError::Corrupt("the end of a mail cannot be enciphered".to_owned()))?;
    Ok(app.url(&format!("/avisering/avregistrera/{}", BASE64URL_NOPAD.encode(&bytes))))
}

/// What an address of [`ending`] ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    account: Id,
    /// None: the daily mail.
    pub kind: Option<NoticeKind>,
}

impl Ending {
    pub fn read(app: &App, token: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        let text = app.key.open_sealed(ENDING, &BASE64.encode(&bytes))?;
        let (account, kind) = text.split_once(' ')?;
        let kind = if kind == DAILY { None } else { Some(NoticeKind::of_code(kind)?) };
        Some(Self { account: Id::parse(account).ok()?, kind })
    }
}

/// Ends mail of a kind, or the daily mail. Doing it twice is harmless.
pub async fn end_mail(app: &App, ending: &Ending) -> Result<(), AppError> {
    let now = app.now();
    app.db
        .write_in_line(async |tx| {
            let Some(account) = people::account(tx, &ending.account).await?.filter(|account| account.is_active()) else { return Ok(()) };
            match ending.kind {
                Some(kind) => store::choose_kind(tx, &account.id, kind, Notices::None).await?,
                None => store::end_daily(tx, &account.id, now).await?,
            }
            store::drop_unwanted(tx, &account.id).await?;
            let object = format!("account:{}", account.id);
            let detail = json!({ "kind": ending.kind.map_or(DAILY, NoticeKind::code), "by_mail": Notices::None.code(), "how": "link" });
            audit::append(tx, now, "anyone", "notice.chosen", &object, &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(())
}

/// Saves how often someone wants mail.
pub async fn choose(app: &App, who: &SignedIn, version: i64, chosen: &Chosen) -> Outcome<()> {
    let now = app.now();
    let own: serde_json::Map<String, Value> = chosen
        .kinds
        .iter()
        .filter_map(|(kind, by_mail)| by_mail.map(|by_mail| (kind.code().to_owned(), Value::from(by_mail.code()))))
        .collect();
    let detail = json!({ "general": chosen.general.code(), "kinds": own });
    let result = app
        .db
        .write_in_line(async |tx| {
            store::choose(tx, &who.account, version, chosen, now).await?;
            store::drop_unwanted(tx, &who.account).await?;
            audit::append(tx, now, &who.actor(), "notice.chosen", &who.actor(), &detail).await?;
            Ok::<_, StoreError>(())
        })
        .await;
    match result {
        Ok(()) => Ok(Ok(())),
        Err(StoreError::Stale(_)) => Ok(Err(Refusal::Stale)),
        Err(error) => Err(error.into()),
    }
}

/// Notes that one notice was read, and gives where it leads; with none that all were.
pub async fn read(app: &App, who: &SignedIn, id: Option<&Id>) -> Result<Option<String>, AppError> {
    let now = app.now();
    let path = app
        .db
        .write(async |tx| {
            let path = match id {
                Some(id) => store::one(tx, &who.account, id).await?.map(|notice| notice.path),
                None => None,
            };
            store::read(tx, &who.account, id, now).await?;
            Ok::<_, StoreError>(path)
        })
        .await?;
    Ok(path)
}

/// The daily mail of the day of `now`: when it is due, and its unique key.
pub fn daily_job(now: Instant) -> (Instant, String) {
    let day = now.utc_date();
    // In the morning no clock is ever set: the hour is always there.
    let due = civil::to_instant(day, AT_HOUR, 0).unwrap_or_else(|_| Instant::of_utc_date(day));
    (due, format!("{JOB}:{}", day.text()))
}

/// Sends everybody one mail about what waits for it. Each account is a transaction of its own, so that the job can be done
/// twice.
pub async fn send_daily(app: App, _: Job) -> Result<(), JobError> {
    let now = app.now();
    let mut after = String::new();
    loop {
        let accounts = app.db.read(async |tx| store::waiting(tx, &after, BATCH).await).await?;
        let Some((last,)) = accounts.last() else { break };
        after = last.to_string();
        for (account,) in &accounts {
            app.db.write(async |tx| send_one(tx, &app, account, now).await).await?;
        }
    }
    app.bell.ring();
    Ok(())
}

async fn send_one(tx: &mut Tx, app: &App, account: &Id, now: Instant) -> Result<(), StoreError> {
    let kinds = store::of_the_day(tx, account).await?;
    store::mailed(tx, account, now).await?;
    // What was read meanwhile needs no mail.
    if let Some(account) = people::account(tx, account).await?.filter(|account| account.is_active() && !kinds.is_empty()) {
        let address = ending(app, &account.id, DAILY)?;
        let day = civil::stockholm(now).date;
        let mail = letters::of_the_day(app, &account.id, day, &account.email, account.lang, &kinds, &address);
        outbox::put_endable(tx, &app.ids, now, &mail, &address).await?;
    }
    Ok(())
}
