//! `portal doctor`: looks at everything the portal stands on and says in plain words what is wrong and how to mend it.
//! It changes nothing that stays. To add a check: one `async fn` that gives a [`Finding`], and a line in [`examine`].

use std::sync::Arc;

use super::assets::Assets;
use super::clamd;
use super::clock::SystemClock;
use super::config::{Clamd, Config};
use super::db::{Db, Engine, StoreError, Transient};
use super::files::{Files, FilesError, Whole};
use super::ids::SystemIds;
use super::mail::{Mailer, SendError};
use super::openid::OpenId;
use super::{jobs, outbox};

/// How many stored files are read and compared with their names.
const SAMPLE: usize = 20;

/// All is well, in words; or what is wrong.
pub type Finding = Result<String, Wrong>;

/// What is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub what: String,
    pub mend: String,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    pub outcome: Finding,
}

impl std::fmt::Display for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.outcome {
            Ok(words) => write!(f, "ok     {}: {words}", self.name),
            Err(Wrong { what, mend }) => write!(f, "WRONG  {}: {what}\n       To mend it: {mend}", self.name),
        }
    }
}

/// Looks at everything, in the order in which an operator would mend it.
pub async fn examine(config: &Config) -> Vec<Check> {
    let mut checks = vec![
        Check { name: "settings", outcome: settings(config) },
        Check { name: "data folder", outcome: data_folder(config) },
        Check { name: "browser assets", outcome: assets(config) },
    ];
    match database(config).await {
        Ok(db) => {
            checks.push(Check { name: "database", outcome: Ok(format!("{:?} answers", db.engine())) });
            let migrated = migrations(&db).await;
            let usable = migrated.is_ok();
            checks.push(Check { name: "tables", outcome: migrated });
            if usable {
                checks.push(Check { name: "writing", outcome: writing(&db).await });
                checks.push(Check { name: "queues", outcome: queues(&db).await });
            }
            db.close().await;
        }
        Err(wrong) => checks.push(Check { name: "database", outcome: Err(wrong) }),
    }
    checks.push(Check { name: "files", outcome: files(config).await });
    checks.push(Check { name: "mail", outcome: mail(config).await });
    if let Some(place) = &config.clamd {
        checks.push(Check { name: "scanner of files", outcome: scanner(place).await });
    }
    if !config.openid.is_empty() {
        checks.push(Check { name: "providers of sign-in", outcome: providers(config).await });
    }
    checks
}

fn wrong(what: impl Into<String>, mend: impl Into<String>) -> Wrong {
    Wrong { what: what.into(), mend: mend.into() }
}

fn settings(config: &Config) -> Finding {
    if config.production && !config.secure() {
        return Err(wrong("PORTAL_BASE_URL is not https", "set PORTAL_BASE_URL to the https:// address that people use"));
    }
    if config.production && config.demo {
        return Err(wrong("demonstration mode is on in production: anyone could read the mail", "unset PORTAL_DEMO"));
    }
    if config.production && config.mail_from.contains(".example") {
        return Err(wrong("mail would come from an example address", "set PORTAL_MAIL_FROM to the agency's own address"));
    }
    if config.metrics_addr.is_some_and(|address| address == config.addr) {
        return Err(wrong("figures and pages have the same address", "set PORTAL_METRICS_ADDR to another port"));
    }
    let kind = if config.production { "production" } else { "not production" };
    Ok(format!("{kind}; people reach the portal at {}; it listens on {}", config.base_url, config.addr))
}

fn data_folder(config: &Config) -> Finding {
    let folder = config.data.display();
    let probe = config.data.join(format!(".doctor-{}", std::process::id()));
    let tried =
        std::fs::create_dir_all(&config.data).and_then(|()| std::fs::write(&probe, b"")).and_then(|()| std::fs::remove_file(&probe));
    match tried {
        Ok(()) => Ok(format!("{folder} can be written")),
        Err(error) => Err(wrong(
            format!("{folder} cannot be written: {error}"),
            "set PORTAL_DATA to a folder that the portal's user owns, and check that the disk has room",
        )),
    }
}

fn assets(config: &Config) -> Finding {
    let folder = config.site.display();
    match Assets::load(&config.site) {
        Ok(assets) if assets.path("portal.css").is_some() => Ok(format!("found in {folder}")),
        Ok(_) => Err(wrong(format!("{folder} holds no style"), "build them again with `scripts/build run`")),
        Err(error) => Err(wrong(
            format!("{folder} cannot be read ({error}): pages would go out without style"),
            "build them with `scripts/build run`, and set PORTAL_SITE to the folder they lie in",
        )),
    }
}

async fn database(config: &Config) -> Result<Db, Wrong> {
    let file = config.database_url.trim_start_matches("sqlite:").trim_start_matches("//").split('?').next().unwrap_or_default();
    // Opening would create it.
    if Engine::of(&config.database_url).is_ok_and(|engine| engine == Engine::Sqlite) && !std::path::Path::new(file).exists() {
        return Err(wrong(format!("there is no database at {file} yet"), "run `portal migrate`, or set DATABASE_URL to the right place"));
    }
    let mend = "check DATABASE_URL, and that the database server runs and lets this user in";
    let db = Db::open(&config.database_url).await.map_err(|error| wrong(format!("it cannot be opened: {error}"), mend))?;
    match db.answers().await {
        Ok(()) => Ok(db),
        Err(error) => Err(wrong(format!("it does not answer: {error}"), mend)),
    }
}

async fn migrations(db: &Db) -> Finding {
    match db.pending().await {
        Ok(pending) if pending.is_empty() => Ok("up to date".to_owned()),
        Ok(pending) => Err(wrong(format!("these migrations have not been run: {}", pending.join(", ")), "run `portal migrate`")),
        Err(error) => Err(wrong(format!("the migrations cannot be read: {error}"), "let this user read the table _sqlx_migrations")),
    }
}

/// A trial that is never kept: the transaction ends with this instead of a commit.
enum Trial {
    Passed,
    Failed(StoreError),
}

impl From<StoreError> for Trial {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl Transient for Trial {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Failed(error) if error.is_transient())
    }
}

async fn writing(db: &Db) -> Finding {
    let tried: Result<(), Trial> = db
        .write(async |tx| {
            sqlx::query("INSERT INTO counters (name, value) VALUES ('doctor', 0)").execute(tx).await.map_err(StoreError::from)?;
            Err(Trial::Passed)
        })
        .await;
    match tried {
        Ok(()) | Err(Trial::Passed) => Ok("the database takes writes".to_owned()),
        Err(Trial::Failed(error)) => Err(wrong(
            format!("the database takes no writes: {error}"),
            "give this user the right to write, check that the disk has room, and that the database is no read-only copy",
        )),
    }
}

async fn queues(db: &Db) -> Finding {
    let read = db.read(async |tx| Ok::<_, StoreError>((outbox::backlog(&mut *tx).await?, jobs::backlog(tx).await?))).await;
    match read {
        Ok((mail, work)) if mail.dead + work.dead == 0 => Ok(format!("{} mails and {} jobs wait", mail.waiting, work.waiting)),
        Ok((mail, work)) => Err(wrong(
            format!("{} mails and {} jobs were given up", mail.dead, work.dead),
            "read last_error in the tables outbox and jobs, mend the cause, then run `portal worker --once --retry-dead`",
        )),
        Err(error) => Err(wrong(format!("they cannot be read: {error}"), "run `portal migrate`")),
    }
}

async fn files(config: &Config) -> Finding {
    let mend = "check PORTAL_FILES, the AWS_… variables or the folder's owner, and that there is room";
    let look = async {
        let files = Files::open(config, Arc::new(SystemIds))?;
        files.try_writing().await?;
        let sample = files.sample(SAMPLE).await?;
        let mut broken = Vec::new();
        for hash in &sample {
            if files.check(hash).await? != Whole::Yes {
                broken.push(hash.clone());
            }
        }
        Ok::<_, FilesError>((files.place().to_owned(), sample.len(), broken))
    };
    match look.await {
        Ok((place, count, broken)) if broken.is_empty() => Ok(format!("{place} can be written; {count} files read and whole")),
        Ok((place, _, broken)) => Err(wrong(
            format!("in {place} these files are damaged: {}", broken.join(", ")),
            "bring them back from the backup: a file's name is the SHA-256 of its content",
        )),
        Err(error) => Err(wrong(format!("they cannot be written or read: {error}"), mend)),
    }
}

async fn scanner(place: &Clamd) -> Finding {
    let answers = clamd::answers(place).await;
    answers
        .map(|()| "clamd answers".to_owned())
        .map_err(|error| wrong(format!("{error}; attached files wait and cannot be opened"), "start clamav-daemon, or check PORTAL_CLAMD"))
}

async fn mail(config: &Config) -> Finding {
    let mailer =
        Mailer::open(config).map_err(|error| wrong(error.to_string(), "set SMTP_URL and PORTAL_MAIL_FROM as docs/operations.md says"))?;
    if config.production && mailer.folder().is_some() {
        return Err(wrong("no SMTP_URL: mail is kept as files and reaches nobody", "set SMTP_URL to the agency's mail server"));
    }
    mailer.greet().await.map_err(|error| {
        let (SendError::Later(what) | SendError::Never(what)) = error;
        wrong(what, "check SMTP_URL, the password in it, and that this machine may reach the mail server")
    })
}

async fn providers(config: &Config) -> Finding {
    let mend = "check issuer and origins in the section [[openid]], and that this machine may reach the provider";
    let openid = OpenId::open(&config.openid, config.is_local(), Arc::new(SystemClock), Arc::new(SystemIds));
    let openid = openid.map_err(|error| wrong(error.to_string(), mend))?;
    let mut words = Vec::new();
    for provider in openid.providers() {
        let said = openid.greet(provider).await.map_err(|error| wrong(format!("{}: {error}", provider.id), mend))?;
        words.push(format!("{} answers, {said}", provider.id));
    }
    Ok(words.join("; "))
}
