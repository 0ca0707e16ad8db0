//! What an operator may set, by file (`portal.toml`, or the file that `PORTAL_CONFIG` names) or by environment;
//! the environment wins. Every setting has a default with which `portal serve` starts on a fresh machine.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use url::Url;

use super::openid::{self, settings};
use crate::kit::{CaseFormat, Email};

/// The settings, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// `DATABASE_URL`: `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// `PORTAL_ADDR`: where the portal listens.
    pub addr: SocketAddr,
    /// `PORTAL_METRICS_ADDR`: where Prometheus fetches figures; never the public address. Unset: no such listener.
    pub metrics_addr: Option<SocketAddr>,
    /// `PORTAL_DATA`: folder for the embedded database, files and kept mail.
    pub data: PathBuf,
    /// `PORTAL_BASE_URL`: the address people use, without a slash at the end; links in mail begin with it.
    pub base_url: String,
    /// `PORTAL_SITE`: folder of the built browser assets.
    pub site: PathBuf,
    /// `SMTP_URL`: `smtp://host:port` or `smtps://user:password@host`. Unset: every message is kept as a file.
    pub smtp_url: Option<String>,
    /// `PORTAL_MAIL_FROM`: sender of all mail.
    pub mail_from: String,
    /// `PORTAL_CONTACT`: where reports from readers are sent, and shown on the contact page. Unset: they go to the sender's
    /// own address, and the page shows none.
    pub contact: Option<Email>,
    /// `PORTAL_FILES`: unset for a folder under `PORTAL_DATA`, or `s3://bucket` with the usual `AWS_…` variables.
    pub files: Option<String>,
    /// `PORTAL_DEMO`: demonstration mode; `/demo/post` shows the mail that was kept.
    pub demo: bool,
    /// `PORTAL_PAGE_CACHE`: whether public pages are kept for a second for visitors without cookies. On unless said otherwise.
    pub page_cache: bool,
    /// `PORTAL_PRODUCTION`: hides the builders' pages and demands https.
    pub production: bool,
    /// `PORTAL_PROXIES`: how many trusted proxies stand in front; decides which hop of X-Forwarded-For is the client.
    pub proxies: usize,
    /// `PORTAL_KEY`: 32 bytes in base64 that encipher the staff's second factors. Unset: a key in a file under `PORTAL_DATA`,
    /// made at the first start; several processes must be given the same.
    pub key: Option<String>,
    /// `PORTAL_UPLOAD_MB`: how large a file of a publication may be, in megabytes. 100 unless said otherwise.
    pub upload_megabytes: u64,
    /// `PORTAL_CASE_NUMBER`: how numbers of the register are written. `ÅÅÅÅ-NNNNN` unless said otherwise.
    pub case_number: CaseFormat,
    /// This very program, which looks into PDFs in a process of its own.
    pub program: PathBuf,
    /// `PORTAL_CLAMD`: where clamd listens, `tcp://host:port` or `unix:/path`. Unset, nobody looks through attached files.
    pub clamd: Option<Clamd>,
    /// `PORTAL_LOG`: filter of the log, as `tracing` spells it.
    pub log: String,
    /// `[[openid]]` in the file: providers of sign-in. None: by mail only.
    pub openid: Vec<settings::Provider>,
}

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clamd {
    /// `host:port`
    Tcp(String),
    Unix(PathBuf),
}

impl Clamd {
    fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("unix:") {
            return path.starts_with('/').then(|| Self::Unix(PathBuf::from(path)));
        }
        let place = text.strip_prefix("tcp://")?;
        let (host, port) = place.rsplit_once(':')?;
        (!host.is_empty() && port.parse::<u16>().is_ok()).then(|| Self::Tcp(place.to_owned()))
    }
}

/// A setting that cannot be used, in words that tell the operator what to change.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the settings could not be read: {0}")]
    Read(#[from] config::ConfigError),
    /// A misspelt name would otherwise be passed over in silence.
    #[error("{0} is set, but there is no such setting; docs/operations.md lists them")]
    Unknown(String),
    #[error("{name} is {value:?}, but must be {must}")]
    Value { name: &'static str, value: String, must: &'static str },
    #[error("[[openid]] {id}: {what}")]
    Provider { id: String, what: String },
}

/// Every name of ours in the environment.
const KNOWN: &[&str] = &[
    "PORTAL_ADDR",
    "PORTAL_BASE_URL",
    "PORTAL_CASE_NUMBER",
    "PORTAL_CLAMD",
    "PORTAL_CONFIG",
    "PORTAL_CONTACT",
    "PORTAL_DATA",
    "PORTAL_DEMO",
    "PORTAL_FILES",
    "PORTAL_KEY",
    "PORTAL_LOG",
    "PORTAL_MAIL_FROM",
    "PORTAL_METRICS_ADDR",
    "PORTAL_PAGE_CACHE",
    "PORTAL_PRODUCTION",
    "PORTAL_PROXIES",
    "PORTAL_SITE",
    "PORTAL_UPLOAD_MB",
];

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
struct Raw {
    database_url: Option<String>,
    portal_addr: Option<String>,
    portal_metrics_addr: Option<String>,
    portal_data: Option<String>,
    portal_base_url: Option<String>,
    portal_site: Option<String>,
    smtp_url: Option<String>,
    portal_mail_from: Option<String>,
    portal_contact: Option<String>,
    portal_files: Option<String>,
    portal_demo: Option<bool>,
    portal_page_cache: Option<bool>,
    portal_production: Option<bool>,
    portal_proxies: Option<usize>,
    portal_key: Option<String>,
    portal_log: Option<String>,
    portal_upload_mb: Option<u64>,
    portal_case_number: Option<String>,
    portal_clamd: Option<String>,
    openid: Option<Vec<settings::Raw>>,
}

impl Config {
    /// Reads file and environment.
    pub fn load() -> Result<Self, ConfigError> {
        let named = std::env::var("PORTAL_CONFIG").ok();
        let file = named.as_deref().unwrap_or("portal.toml");
        let (secrets, others): (BTreeMap<String, String>, BTreeMap<String, String>) = std::env::vars()
            .filter(|(name, _)| name.starts_with("PORTAL_"))
            .partition(|(name, _)| name.starts_with(settings::SECRET_PREFIX));
        if let Some(unknown) = others.into_keys().find(|name| !KNOWN.contains(&name.as_str())) {
            return Err(ConfigError::Unknown(unknown));
        }
        let raw: Raw = config::Config::builder()
            .add_source(config::File::with_name(file).format(config::FileFormat::Toml).required(named.is_some()))
            .add_source(config::Environment::default().try_parsing(true).ignore_empty(true))
            .build()?
            .try_deserialize()?;
        Self::check(raw, &secrets)
    }

    /// The settings of a portal that keeps all it has under `data`; what tests and the first start use.
    pub fn embedded(data: PathBuf) -> Result<Self, ConfigError> {
        let raw = Raw {
            database_url: None,
            portal_addr: None,
            portal_metrics_addr: None,
            portal_data: Some(data.to_string_lossy().into_owned()),
            portal_base_url: None,
            portal_site: None,
            smtp_url: None,
            portal_mail_from: None,
            portal_contact: None,
            portal_files: None,
            portal_demo: None,
            portal_page_cache: None,
            portal_production: None,
            portal_proxies: None,
            portal_key: None,
            portal_log: None,
            portal_upload_mb: None,
            portal_case_number: None,
            portal_clamd: None,
            openid: None,
        };
        Self::check(raw, &BTreeMap::new())
    }

    fn check(raw: Raw, secrets: &BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let data = PathBuf::from(raw.portal_data.unwrap_or_else(|| "var".to_owned()));
        let addr = address("PORTAL_ADDR", raw.portal_addr.unwrap_or_else(|| "127.0.0.1:3000".to_owned()))?;
        let base_url = raw.portal_base_url.unwrap_or_else(|| format!("http://{addr}"));
        let base_url = match Url::parse(&base_url) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.path() == "/" => base_url.trim_end_matches('/').to_owned(),
            _ => {
                let must = "an address such as https://portal.example.se, without a path";
                return Err(ConfigError::Value { name: "PORTAL_BASE_URL", value: base_url, must });
            }
        };
        let production = raw.portal_production.unwrap_or(false);
        if production && !base_url.starts_with("https://") {
            let must = "an https:// address when PORTAL_PRODUCTION is set: the cookies demand it";
            return Err(ConfigError::Value { name: "PORTAL_BASE_URL", value: base_url, must });
        }
        if production && raw.portal_demo == Some(true) {
            let must = "unset in production: demonstration mode shows everybody's mail to everybody";
            return Err(ConfigError::Value { name: "PORTAL_DEMO", value: "true".to_owned(), must });
        }
        let database_url = raw.database_url.unwrap_or_else(|| format!("sqlite://{}", data.join("portal.db").display()));
        if crate::platform::db::Engine::of(&database_url).is_err() {
            let must = "an address that begins with sqlite:// or postgres://";
            return Err(ConfigError::Value { name: "DATABASE_URL", value: database_url, must });
        }
        if let Some(files) = raw.portal_files.as_deref().filter(|files| !files.starts_with("s3://")) {
            let must = "s3://bucket, or unset for a folder under PORTAL_DATA";
            return Err(ConfigError::Value { name: "PORTAL_FILES", value: files.to_owned(), must });
        }
        let contact = match raw.portal_contact {
            None => None,
            Some(text) => match Email::parse(&text) {
                Ok(email) => Some(email),
                Err(_) => {
                    let must = "an e-mail address without a name, such as info@example.se";
                    return Err(ConfigError::Value { name: "PORTAL_CONTACT", value: text, must });
                }
            },
        };
        let case_number = raw.portal_case_number.unwrap_or_else(|| CaseFormat::USUAL.to_owned());
        let Ok(case_number) = CaseFormat::parse(&case_number) else {
            let must = "a format such as ÅÅÅÅ-NNNNN: the year, then the place in the year's series; else only A to Z and hyphens";
            return Err(ConfigError::Value { name: "PORTAL_CASE_NUMBER", value: case_number, must });
        };
        let clamd = match raw.portal_clamd {
            None => None,
            Some(text) => match Clamd::parse(&text) {
                Some(clamd) => Some(clamd),
                None => {
                    let must = "tcp://host:port or unix:/path/to/clamd.ctl";
                    return Err(ConfigError::Value { name: "PORTAL_CLAMD", value: text, must });
                }
            },
        };
        let local = !production && openid::is_local(&base_url);
        let openid =
            settings::check(raw.openid.unwrap_or_default(), secrets, local).map_err(|(id, what)| ConfigError::Provider { id, what })?;
        Ok(Self {
            database_url,
            addr,
            metrics_addr: raw.portal_metrics_addr.map(|text| address("PORTAL_METRICS_ADDR", text)).transpose()?,
            data,
            base_url,
            site: PathBuf::from(raw.portal_site.unwrap_or_else(|| "target/site".to_owned())),
            smtp_url: raw.smtp_url,
            mail_from: raw.portal_mail_from.unwrap_or_else(|| "Brå <noreply@bra.example>".to_owned()),
            contact,
            files: raw.portal_files,
            demo: raw.portal_demo.unwrap_or(false),
            page_cache: raw.portal_page_cache.unwrap_or(true),
            production,
            proxies: raw.portal_proxies.unwrap_or(0),
            key: raw.portal_key,
            upload_megabytes: raw.portal_upload_mb.unwrap_or(100).clamp(1, 2048),
            case_number,
            program: std::env::current_exe().unwrap_or_else(|_| PathBuf::from("portal")),
            clamd,
            log: raw.portal_log.unwrap_or_else(|| "info,sqlx=warn".to_owned()),
            openid,
        })
    }

    /// Whether people reach the portal on this machine only: then a provider may be here too, without https.
    pub fn is_local(&self) -> bool {
        !self.production && openid::is_local(&self.base_url)
    }

    /// Cookies carry `Secure` and the `__Host-` prefix whenever the portal is reached over https.
    pub fn secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

fn address(name: &'static str, value: String) -> Result<SocketAddr, ConfigError> {
    value.parse().map_err(|_| ConfigError::Value { name, value, must: "an address and a port, such as 127.0.0.1:3000" })
}
