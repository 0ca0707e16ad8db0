//! A provider of OpenID Connect on this machine that says whatever a story scripts: the truth, or any lie. It keeps what it
//! was asked. Its keys are made anew for each story.

use std::sync::{Arc, Mutex};

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What the provider knows the portal by.
pub const CLIENT: &str = "portal";
pub const SECRET: &str = "en hemlighet av tillräcklig längd för HS256";

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    Rs256,
    Ps256,
    Es256,
    None,
    /// With the client's secret.
    Hs256Secret,
    /// With the public key as if it were a secret.
    Hs256PublicKey,
    /// Rightly, but with a key that the provider does not publish, under the name of one that it does.
    OtherKey,
    /// As [`Signed::OtherKey`], under a name of its own.
    UnknownKid,
}

/// What the provider answers.
#[derive(Debug, Clone)]
pub struct Script {
    pub issuer: String,
    /// The origin of the page to sign in at, when it is not the provider's own.
    pub authorization: String,
    pub id_token: Option<String>,
    pub token_status: u16,
    /// Takes every question and answers none.
    pub silent: bool,
    pub userinfo: Value,
    pub discovery_status: u16,
    /// What was asked: path and body.
    pub asked: Vec<(String, String)>,
}

struct Keys {
    rsa: RsaKeyPair,
    other: RsaKeyPair,
    p256: EcdsaKeyPair,
    /// What the published keys are called.
    kid: Mutex<String>,
}

/// The provider.
pub struct Provider {
    pub base: String,
    script: Arc<Mutex<Script>>,
    keys: Arc<Keys>,
}

type Shared = (Arc<Mutex<Script>>, Arc<Keys>, String);

impl Provider {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let script = Script {
            issuer: base.clone(),
            authorization: base.clone(),
            id_token: None,
            token_status: 200,
            silent: false,
            userinfo: json!({}),
            discovery_status: 200,
            asked: Vec::new(),
        };
        let rsa = || RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        let p256 = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref()).unwrap();
        let keys = Arc::new(Keys { rsa: rsa(), other: rsa(), p256, kid: Mutex::new("en".to_owned()) });
        let script = Arc::new(Mutex::new(script));
        let router = Router::new().fallback(answer).with_state((script.clone(), keys.clone(), base.clone()));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { base, script, keys }
    }

    /// Changes what is answered from now on.
    pub fn script(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script.lock().unwrap());
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.script.lock().unwrap().asked.iter().filter(|(asked, _)| asked == path).count()
    }

    /// The body of the last request to the token endpoint.
    pub fn last_exchange(&self) -> Vec<(String, String)> {
        let script = self.script.lock().unwrap();
        let (_, body) = script.asked.iter().rfind(|(path, _)| path == "/token").expect("an exchange").clone();
        url::form_urlencoded::parse(body.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    }

    /// Gives the published keys another name.
    pub fn rotate(&self, kid: &str) {
        *self.keys.kid.lock().unwrap() = kid.to_owned();
    }

    /// Signs claims as a token.
    pub fn sign(&self, claims: &Value, signed: Signed) -> String {
        let kid = self.keys.kid.lock().unwrap().clone();
        let (alg, kid) = match signed {
            Signed::Rs256 | Signed::OtherKey => ("RS256", kid),
            Signed::UnknownKid => ("RS256", "okand".to_owned()),
            Signed::Ps256 => ("PS256", kid),
            Signed::Es256 => ("ES256", format!("{kid}-p256")),
            Signed::None => ("none", kid),
            Signed::Hs256Secret | Signed::Hs256PublicKey => ("HS256", kid),
        };
        let encode = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let message = format!("{}.{}", encode(&json!({ "alg": alg, "kid": kid, "typ": "JWT" })), encode(claims));
        let with_rsa = |pair: &RsaKeyPair, padding: &'static dyn aws_lc_rs::signature::RsaEncoding| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(padding, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
            signature
        };
        let with_secret = |secret: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes()).as_ref().to_vec();
        let signature = match signed {
            Signed::Rs256 => with_rsa(&self.keys.rsa, &RSA_PKCS1_SHA256),
            Signed::Ps256 => with_rsa(&self.keys.rsa, &RSA_PSS_SHA256),
            Signed::OtherKey | Signed::UnknownKid => with_rsa(&self.keys.other, &RSA_PKCS1_SHA256),
            Signed::Es256 => self.keys.p256.sign(&SystemRandom::new(), message.as_bytes()).unwrap().as_ref().to_vec(),
            Signed::None => Vec::new(),
            Signed::Hs256Secret => with_secret(SECRET.as_bytes()),
            Signed::Hs256PublicKey => with_secret(self.keys.rsa.public_key().as_ref()),
        };
        format!("{message}.{}", BASE64URL_NOPAD.encode(&signature))
    }
}

fn published(keys: &Keys) -> Value {
    let kid = keys.kid.lock().unwrap().clone();
    let encode = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    // PKCS#1 in DER: of a key with 2048 bits the modulus begins after nine bytes, and the exponent is 65537.
    let modulus = &keys.rsa.public_key().as_ref()[9..265];
    let point = keys.p256.public_key().as_ref();
    json!({ "keys": [
        { "kty": "RSA", "use": "sig", "kid": kid, "n": encode(modulus), "e": "AQAB" },
        { "kty": "EC", "crv": "P-256", "use": "sig", "kid": format!("{kid}-p256"), "x": encode(&point[1..33]), "y": encode(&point[33..]) },
    ] })
}

async fn answer(State((script, keys, base)): State<Shared>, uri: Uri, body: Bytes) -> Response {
    let path = uri.path().to_owned();
    let now = {
        let mut script = script.lock().unwrap();
        script.asked.push((path.clone(), String::from_utf8_lossy(&body).into_owned()));
        script.clone()
    };
    if now.silent {
        std::future::pending::<()>().await;
    }
    let (status, value) = match path.as_str() {
        "/.well-known/openid-configuration" => {
            let document = json!({
                "issuer": now.issuer,
                "authorization_endpoint": format!("{}/auth", now.authorization),
                "token_endpoint": format!("{base}/token"),
                "userinfo_endpoint": format!("{base}/me"),
                "jwks_uri": format!("{base}/keys"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "PS256", "ES256", "HS256", "none"],
            });
            (now.discovery_status, document)
        }
        "/keys" => (200, published(&keys)),
        "/token" if now.token_status == 200 => {
            (200, json!({ "access_token": "tilltrade", "token_type": "Bearer", "expires_in": 60, "id_token": now.id_token }))
        }
        "/token" => (now.token_status, json!({ "error": "server_error", "error_description": "Åsa Öberg" })),
        "/me" => (200, now.userinfo),
        _ => (404, json!({})),
    };
    (StatusCode::from_u16(status).unwrap(), [("content-type", "application/json")], value.to_string()).into_response()
}
