//! The portal's own key towards a provider (`private_key_jwt`, RFC 7523): a PEM file, and the assertion signed with it.

use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, RSA_PKCS1_SHA256};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use serde_json::{Value, json};

/// A private key that signs assertions.
#[derive(Clone)]
pub struct SigningKey {
    id: Option<String>,
    pair: Arc<Pair>,
}

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

impl SigningKey {
    /// Reads a key as `openssl genpkey` writes it: PKCS#8, RSA or P-256.
    pub fn from_pem(pem: &str, id: Option<String>) -> Result<Self, String> {
        let body = pem
            .split_once("-----BEGIN PRIVATE KEY-----")
            .and_then(|(_, rest)| rest.split_once("-----END PRIVATE KEY-----"))
            .map(|(body, _)| body.split_whitespace().collect::<String>())
            .ok_or("holds no `BEGIN PRIVATE KEY`: write the key with `openssl genpkey`")?;
        let der = BASE64.decode(body.as_bytes()).map_err(|_| "is cut off or changed".to_owned())?;
        let pair = match EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der) {
            Ok(pair) => Pair::P256(pair),
            Err(_) => Pair::Rsa(RsaKeyPair::from_pkcs8(&der).map_err(|_| "is neither an RSA key nor one on P-256".to_owned())?),
        };
        Ok(Self { id, pair: Arc::new(pair) })
    }

    /// Signs claims as a JWT.
    pub fn sign(&self, claims: &Value) -> Result<String, String> {
        let alg = match &*self.pair {
            Pair::Rsa(_) => "RS256",
            Pair::P256(_) => "ES256",
        };
        let mut header = json!({ "alg": alg, "typ": "JWT" });
        if let Some(id) = &self.id {
            header["kid"] = json!(id);
        }
        let encode = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let message = format!("{}.{}", encode(&header), encode(claims));
        let random = SystemRandom::new();
        let refused = |_| "the assertion could not be signed".to_owned();
        let signature = match &*self.pair {
            Pair::P256(pair) => pair.sign(&random, message.as_bytes()).map_err(refused)?.as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature).map_err(refused)?;
                signature
            }
        };
        Ok(format!("{message}.{}", BASE64URL_NOPAD.encode(&signature)))
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rsa::KeySize;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, KeyPair, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};

    use super::*;

    fn pem(der: &[u8]) -> String {
        let text = BASE64.encode(der);
        let lines: Vec<&str> = (0..text.len()).step_by(64).map(|at| &text[at..text.len().min(at + 64)]).collect();
        format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"))
    }

    fn verified(token: &str, algorithm: &'static dyn VerificationAlgorithm, public: &[u8]) -> Value {
        let (message, signature) = token.rsplit_once('.').unwrap();
        let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).unwrap();
        UnparsedPublicKey::new(algorithm, public).verify(message.as_bytes(), &signature).unwrap();
        serde_json::from_slice(&BASE64URL_NOPAD.decode(token.split('.').next().unwrap().as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn both_kinds_of_key_sign() {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref()).unwrap();
        let key = SigningKey::from_pem(&pem(document.as_ref()), Some("ett".to_owned())).unwrap();
        let header = verified(&key.sign(&json!({ "a": 1 })).unwrap(), &ECDSA_P256_SHA256_FIXED, pair.public_key().as_ref());
        assert_eq!(header, json!({ "alg": "ES256", "typ": "JWT", "kid": "ett" }));

        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let der = aws_lc_rs::encoding::AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
        let key = SigningKey::from_pem(&pem(der.as_ref()), None).unwrap();
        let header = verified(&key.sign(&json!({ "a": 1 })).unwrap(), &RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref());
        assert_eq!(header, json!({ "alg": "RS256", "typ": "JWT" }));
    }

    #[test]
    fn what_is_no_key_is_said() {
        let wrong = |pem: &str| SigningKey::from_pem(pem, None).map(|_| ()).unwrap_err();
        assert!(wrong("").contains("openssl genpkey"));
        assert!(wrong("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----").contains("cut off"));
        assert!(wrong("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----").contains("neither"));
    }
}
