//! What an operator says of a provider of sign-in, in a section `[[openid]]` of the settings file, and its check.
//! To add a setting: a field in [`Raw`] and one in [`Provider`], its check in [`check`], a row in docs/operations.md.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use url::{Host, Url};

use super::keys::SigningKey;
use crate::kit::Lang;

/// Begins the name of the variable that holds a provider's client secret: `PORTAL_OPENID_SECRET_` and the provider's id in
/// capitals, with `_` for `-`.
pub const SECRET_PREFIX: &str = "PORTAL_OPENID_SECRET_";

/// Whom a provider speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The agency's own: lets in whom an administrator has added, and may count as the second factor.
    Staff,
    /// Everybody's, such as an e-identity: opens accounts, and is never a second factor.
    Applicant,
}

/// How the portal shows the provider that it is the portal.
#[derive(Clone)]
pub enum Credential {
    Secret(String),
    /// `private_key_jwt`.
    Key(SigningKey),
}

/// A secret is in no log.
impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Secret(_) => "Secret(…)",
            Self::Key(_) => "Key(…)",
        })
    }
}

/// Which claims say who someone is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClaimNames {
    pub name: String,
    pub email: String,
    pub email_verified: String,
    /// The personal identity number. Read, and kept nowhere: docs/decisions/0017.
    pub personal_identity: String,
}

/// The names of OpenID Connect Core, and the Swedish profile's for what Core lacks.
impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            name: "name".to_owned(),
            email: "email".to_owned(),
            email_verified: "email_verified".to_owned(),
            personal_identity: "https://id.oidc.se/claim/personalIdentityNumber".to_owned(),
        }
    }
}

/// A provider, checked.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Stands in the portal's addresses: `/logga-in/openid/{id}`.
    pub id: String,
    name: String,
    name_en: Option<String>,
    pub kind: Kind,
    /// Exactly as the provider spells it.
    pub issuer: String,
    pub client_id: String,
    pub credential: Credential,
    pub scopes: Vec<String>,
    /// What is asked for; an answer with another level is refused.
    pub acr_values: Vec<String>,
    /// What counts as the second factor of the staff.
    pub acr_accepted: Vec<String>,
    pub claims: ClaimNames,
    /// Where browsers are sent, for the content security policy of pages with the button.
    pub origins: Vec<String>,
}

impl Provider {
    /// What people call it.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Sv => &self.name,
            Lang::En => self.name_en.as_deref().unwrap_or(&self.name),
        }
    }
}

/// A section `[[openid]]` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raw {
    id: String,
    name: String,
    name_en: Option<String>,
    kind: Kind,
    issuer: String,
    client_id: String,
    client_secret: Option<String>,
    client_key_file: Option<PathBuf>,
    client_key_id: Option<String>,
    scopes: Option<Vec<String>>,
    #[serde(default)]
    acr_values: Vec<String>,
    acr_accepted: Option<Vec<String>>,
    #[serde(default)]
    claims: ClaimNames,
    #[serde(default)]
    origins: Vec<String>,
}

/// Whether an address may be used: https, or anything on this machine while the portal itself is only there.
pub fn is_safe(url: &Url, loopback: bool) -> bool {
    url.scheme() == "https" || (loopback && url.scheme() == "http" && is_loopback(url))
}

/// Whether an address is this machine's own.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The name of the variable with a provider's secret.
pub fn secret_name(id: &str) -> String {
    format!("{SECRET_PREFIX}{}", id.to_uppercase().replace('-', "_"))
}

/// Checks all sections. `secrets` are the variables that begin with [`SECRET_PREFIX`], `loopback` says that the portal is
/// on this machine only. What is wrong is said in words: the section's id, and what to change.
pub fn check(raw: Vec<Raw>, secrets: &BTreeMap<String, String>, loopback: bool) -> Result<Vec<Provider>, (String, String)> {
    let mut all: Vec<Provider> = Vec::new();
    for section in raw {
        let id = section.id.clone();
        let provider = one(section, secrets, loopback).map_err(|what| (id.clone(), what))?;
        if all.iter().any(|other| other.id == provider.id) {
            return Err((id, "the id stands twice; each provider needs its own".to_owned()));
        }
        // An identity is issuer and subject, so two sections with one issuer would share their people.
        if all.iter().any(|other| other.issuer == provider.issuer) {
            return Err((id, "another section has the same issuer; one issuer has one section".to_owned()));
        }
        all.push(provider);
    }
    match secrets.keys().find(|name| !all.iter().any(|provider| secret_name(&provider.id) == **name)) {
        Some(name) => Err((String::new(), format!("{name} is set, but no section has that id"))),
        None => Ok(all),
    }
}

fn one(raw: Raw, secrets: &BTreeMap<String, String>, loopback: bool) -> Result<Provider, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if raw.id.is_empty() || raw.id.len() > 40 || !raw.id.chars().all(plain) {
        return Err("id must be small letters a–z, digits and dashes, at most 40".to_owned());
    }
    if raw.name.trim().is_empty() || raw.client_id.trim().is_empty() {
        return Err("name and client_id must say something".to_owned());
    }
    let issuer = Url::parse(&raw.issuer).map_err(|error| format!("issuer is no address: {error}"))?;
    if !is_safe(&issuer, loopback) || issuer.query().is_some() || issuer.fragment().is_some() {
        return Err(
            "issuer must be an https:// address without ? and # (http:// only on this machine, while PORTAL_BASE_URL is there too)"
                .to_owned(),
        );
    }
    let secret = secrets.get(&secret_name(&raw.id)).cloned().or(raw.client_secret);
    let credential = match (secret, raw.client_key_file) {
        (Some(secret), None) if !secret.is_empty() => Credential::Secret(secret),
        (None, Some(file)) => {
            let pem = std::fs::read_to_string(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
            let key = SigningKey::from_pem(&pem, raw.client_key_id).map_err(|what| format!("{}: {what}", file.display()))?;
            Credential::Key(key)
        }
        _ => return Err(format!("either client_secret (or {}) or client_key_file must be set", secret_name(&raw.id))),
    };
    let mut origins = vec![issuer.origin().ascii_serialization()];
    for origin in raw.origins {
        let url = Url::parse(&origin).map_err(|error| format!("origins: {origin} is no address: {error}"))?;
        if !is_safe(&url, loopback) || url.path() != "/" || url.query().is_some() {
            return Err(format!("origins: {origin} must be https:// and a host, without a path"));
        }
        origins.push(url.origin().ascii_serialization());
    }
    // What is asked for is what counts, unless the operator says otherwise.
    let acr_accepted = match raw.kind {
        Kind::Staff => raw.acr_accepted.unwrap_or_else(|| raw.acr_values.clone()),
        Kind::Applicant if raw.acr_accepted.is_some() => {
            return Err("acr_accepted is for staff: an applicant's provider is never a second factor. Use acr_values".to_owned());
        }
        Kind::Applicant => Vec::new(),
    };
    Ok(Provider {
        id: raw.id,
        name: raw.name,
        name_en: raw.name_en,
        kind: raw.kind,
        issuer: raw.issuer,
        client_id: raw.client_id,
        credential,
        scopes: raw.scopes.unwrap_or_else(|| vec!["profile".to_owned(), "email".to_owned()]),
        acr_values: raw.acr_values,
        acr_accepted,
        claims: raw.claims,
        origins,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str, loopback: bool) -> Result<Vec<Provider>, (String, String)> {
        #[derive(Deserialize)]
        struct File {
            openid: Vec<Raw>,
        }
        let source = config::File::from_str(text, config::FileFormat::Toml);
        let file: File = config::Config::builder().add_source(source).build().unwrap().try_deserialize().unwrap();
        check(file.openid, &BTreeMap::new(), loopback)
    }

    const PLAIN: &str = "[[openid]]\nid = 'eleg'\nname = 'E-legitimation'\nkind = 'applicant'\nissuer = 'https://id.example.se/op'\n\
        client_id = 'portal'\nclient_secret = 'hemlig'\n";

    #[test]
    fn a_section_says_what_it_must() {
        let all = checked(PLAIN, false).unwrap();
        assert_eq!(all[0].origins, ["https://id.example.se"]);
        assert_eq!(all[0].name(Lang::En), "E-legitimation");
        assert!(!format!("{all:?}").contains("hemlig"), "a secret is in no log");
    }

    #[test]
    fn a_secret_from_the_environment_wins_and_has_a_section() {
        let raw = || {
            serde_json::from_value::<Raw>(serde_json::json!({ "id": "e-leg", "name": "E", "kind": "applicant",
            "issuer": "https://id.example.se", "client_id": "portal", "client_secret": "ur filen" }))
        };
        let secrets = |name: &str| BTreeMap::from([(name.to_owned(), "ur miljön".to_owned())]);
        let all = check(vec![raw().unwrap()], &secrets("PORTAL_OPENID_SECRET_E_LEG"), false).unwrap();
        assert!(matches!(&all[0].credential, Credential::Secret(secret) if secret == "ur miljön"));
        let (_, what) = check(vec![raw().unwrap()], &secrets("PORTAL_OPENID_SECRET_ELEG"), false).unwrap_err();
        assert!(what.contains("PORTAL_OPENID_SECRET_ELEG is set"), "{what}");
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let wrong = |from: &str, to: &str| checked(&PLAIN.replace(from, to), false).unwrap_err().1;
        assert!(wrong("'eleg'", "'E leg'").contains("small letters"));
        assert!(wrong("https://id", "http://id").contains("https"));
        assert!(wrong("https://id.example.se/op", "http://127.0.0.1:3001").contains("https"));
        assert!(wrong("client_secret = 'hemlig'", "").contains("PORTAL_OPENID_SECRET_ELEG"));
        assert!(wrong("kind", "acr_accepted = ['x']\nkind").contains("never a second factor"));
        assert!(checked(&format!("{PLAIN}{PLAIN}"), false).unwrap_err().1.contains("twice"));
        assert!(checked(&PLAIN.replace("https://id.example.se/op", "http://127.0.0.1:3001"), true).is_ok());
        assert!(checked(&PLAIN.replace("https://id.example.se/op", "http://id.example.se"), true).is_err());
    }
}
