//! Stories of passkeys, with a key made here that signs whatever it is told to: what is right is taken, and each lie is not.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use data_encoding::BASE64URL_NOPAD;
use portal::kit::StaffRole;
use portal::platform::audit;
use portal::platform::config::Config;
use portal::platform::db::{Engine, StoreError};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::harness::{Browser, Page, TestPortal};
use crate::people::{enter, enter_as};

/// Gives the portal an address that keys can be bound to.
fn named(config: &mut Config) {
    config.base_url = config.base_url.replace("127.0.0.1", "localhost");
}

/// A portal with its made-up staff, whose address has a name.
pub async fn with_name(engine: Engine) -> TestPortal {
    let portal = TestPortal::start_with(engine, |config| {
        config.demo = true;
        named(config);
    })
    .await;
    portal::people::demo::load(&portal.app).await.unwrap();
    portal
}

/// A key as a browser holds it.
pub struct Key {
    pair: EcdsaKeyPair,
    id: [u8; 16],
}

/// What a key does when it is asked, right or wrong.
#[derive(Clone, Copy)]
struct Manner {
    verified: bool,
    counter: u32,
}

const RIGHT: Manner = Manner { verified: true, counter: 0 };

impl Key {
    pub fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
        let id = Sha256::digest(pair.public_key().as_ref())[..16].try_into().unwrap();
        Self { pair, id }
    }

    fn data(&self, manner: Manner, attested: bool) -> Vec<u8> {
        let mut data = Sha256::digest(b"localhost").to_vec();
        data.push(0x01 | if manner.verified { 0x04 } else { 0 } | if attested { 0x40 } else { 0 });
        data.extend(manner.counter.to_be_bytes());
        if attested {
            data.extend([0; 16]);
            data.extend([0, 16]);
            data.extend(self.id);
            let point = self.pair.public_key().as_ref();
            data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
            data.extend(&point[1..33]);
            data.extend([0x22, 0x58, 0x20]);
            data.extend(&point[33..65]);
        }
        data
    }

    /// Answers the options that were asked with, as the browser does for the portal's address.
    pub fn made(&self, asked: &Page, origin: &str) -> String {
        self.made_as(asked, origin, RIGHT)
    }

    fn made_as(&self, asked: &Page, origin: &str, manner: Manner) -> String {
        let client = client_data("webauthn.create", asked, origin);
        let data = self.data(manner, true);
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let id = BASE64URL_NOPAD.encode(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(&client), "attestationObject": BASE64URL_NOPAD.encode(&object),
                "transports": ["internal"],
            },
        })
        .to_string()
    }

    fn signed(&self, asked: &Page, origin: &str, manner: Manner) -> String {
        let client = client_data("webauthn.get", asked, origin);
        let data = self.data(manner, false);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature = self.pair.sign(&aws_lc_rs::rand::SystemRandom::new(), &signed).unwrap();
        let id = BASE64URL_NOPAD.encode(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(&client), "authenticatorData": BASE64URL_NOPAD.encode(&data),
                "signature": BASE64URL_NOPAD.encode(signature.as_ref()),
            },
        })
        .to_string()
    }
}

fn client_data(kind: &str, asked: &Page, origin: &str) -> Vec<u8> {
    let options: Value = serde_json::from_str(&asked.html).expect("options");
    let challenge = options["publicKey"]["challenge"].as_str().expect("a challenge");
    json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string().into_bytes()
}

/// A colleague with a role, signed in by mail, who has shown nothing else yet.
async fn nils(portal: &TestPortal) -> Browser {
    let amina = portal.browser();
    enter_as(portal, &amina, StaffRole::Administrator).await;
    let page = amina.post("/handlaggare/anvandare/ny", &[("namn", "Nils Ny"), ("epost", "nils@bra.example")]).await.leads_to();
    amina.submit(&page, &[("roll", "administrator")]).await;
    again(portal).await
}

async fn again(portal: &TestPortal) -> Browser {
    let nils = portal.browser();
    enter(portal, &nils, "nils@bra.example").await;
    nils
}

async fn add(portal: &TestPortal, browser: &Browser, key: &Key, name: &str) -> Page {
    let asked = browser.post("/mina-sidor/nycklar/borja", &[("namn", name)]).await;
    assert_eq!(asked.status, 200, "{}", asked.html);
    let answer = key.made(&asked, &portal.app.config.base_url);
    browser.post("/mina-sidor/nycklar", &[("namn", name), ("nyckel", &answer)]).await
}

async fn show(portal: &TestPortal, browser: &Browser, key: &Key, manner: Manner) -> Page {
    let asked = browser.post("/bekrafta/nyckel", &[]).await;
    assert_eq!(asked.status, 200, "{}", asked.html);
    let answer = key.signed(&asked, &portal.app.config.base_url, manner);
    browser.post("/bekrafta", &[("nyckel", &answer), ("vidare", "/handlaggare")]).await
}

async fn texts(portal: &TestPortal, statement: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> =
        portal.app.db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).fetch_all(tx).await?)).await.unwrap();
    rows.into_iter().map(|(text,)| text).collect()
}

const REFUSED: &str = "Nyckeln stämmer inte";

on_both! {
    /// Nils adds a key and shows it from then on; he cannot remove the last, nor have the app's code in its place without it.
    async fn a_key_is_added_shown_and_removed(portal: TestPortal) {
        let portal = with_name(portal.app.db.engine()).await;
        let nils_browser = nils(&portal).await;
        let key = Key::new();
        assert_eq!(nils_browser.post("/mina-sidor/nycklar/borja", &[("namn", "")]).await.status, 422);
        let page = nils_browser.post("/mina-sidor/nycklar", &[("namn", "")]).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Ange ett namn på nyckeln".to_owned()]));
        let page = nils_browser.post("/mina-sidor/nycklar", &[("namn", "Dator")]).await;
        assert!(page.errors().concat().contains("Tillåt JavaScript"), "{:?}", page.errors());
        let page = nils_browser.post("/mina-sidor/nycklar", &[("namn", "Dator"), ("nyckel", "avbruten")]).await;
        assert!(page.errors().concat().contains("lästes inte av"), "{:?}", page.errors());
        let answer = add(&portal, &nils_browser, &key, "Arbetsdatorn").await;
        assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/mina-sidor/nycklar?klart=ny"), "{}", answer.words());
        assert!(nils_browser.get("/mina-sidor/nycklar").await.words().contains("Arbetsdatorn"));
        let mails = texts(&portal, "SELECT text_body FROM outbox WHERE kind = 'second_factor.changed'").await;
        assert!(mails.len() == 1 && mails[0].contains("Nyckeln Arbetsdatorn är tillagd"), "{mails:?}");
        // A mailbox alone brings no other factor, neither a key nor a code.
        let thief = again(&portal).await;
        assert_eq!(thief.get("/handlaggare").await.leads_to(), "/bekrafta?vidare=%2Fhandlaggare");
        assert_eq!(thief.post("/mina-sidor/nycklar/borja", &[("namn", "Tjuv")]).await.status, 409);
        thief.post("/bekrafta", &[("ny", "ja")]).await;
        assert_eq!(texts(&portal, "SELECT account_id FROM authenticators").await, Vec::<String>::new());
        // He shows it, and is led on with a new session.
        let nils_browser = again(&portal).await;
        let before = nils_browser.cookie("inloggad");
        let page = nils_browser.get("/bekrafta").await;
        assert!(page.words().contains("Bekräfta med nyckel") && !page.words().contains("Koden i appen"), "{}", page.words());
        let answer = show(&portal, &nils_browser, &key, RIGHT).await;
        assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/handlaggare"), "{}", answer.words());
        assert_ne!(nils_browser.cookie("inloggad"), before);
        assert_eq!(nils_browser.get("/handlaggare").await.status, 200);
        assert_eq!(add(&portal, &nils_browser, &key, "Samma").await.status, 422, "registered already");
        let own = nils_browser.get("/mina-sidor/nycklar").await.attributes("button[name='ta_bort']", "value").concat();
        let page = nils_browser.post("/mina-sidor/nycklar", &[("ta_bort", &own)]).await;
        assert!(page.errors().concat().contains("behöver ett andra steg"), "{:?}", page.errors());
        assert_eq!(add(&portal, &nils_browser, &Key::new(), "Telefonen").await.status, 303);
        portal.clock.advance_seconds(16 * 60);
        assert!(nils_browser.post("/mina-sidor/nycklar", &[("ta_bort", &own)]).await.leads_to().starts_with("/bekrafta"), "not lately");
        assert_eq!(show(&portal, &nils_browser, &key, RIGHT).await.status, 303);
        assert_eq!(nils_browser.post("/mina-sidor/nycklar", &[("ta_bort", &own)]).await.leads_to(), "/mina-sidor/nycklar?klart=borttagen");
        // What was removed proves nothing.
        assert!(show(&portal, &nils_browser, &key, RIGHT).await.errors().concat().contains(REFUSED));
        let chain = texts(&portal, "SELECT action FROM audit_events WHERE action LIKE 'passkey.%' ORDER BY seq").await;
        assert_eq!(chain, ["passkey.added", "passkey.added", "passkey.removed", "passkey.refused"]);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// Nobody who has not shown themselves to the key, no other address, no answer twice, in another session or too late.
    async fn no_lie_about_a_key_is_taken(portal: TestPortal) {
        let portal = with_name(portal.app.db.engine()).await;
        let browser = nils(&portal).await;
        let base = portal.app.config.base_url.clone();
        let key = Key::new();
        let asked = browser.post("/mina-sidor/nycklar/borja", &[("namn", "Dator")]).await;
        let unseen = key.made_as(&asked, &base, Manner { verified: false, ..RIGHT });
        assert_eq!(browser.post("/mina-sidor/nycklar", &[("namn", "Dator"), ("nyckel", &unseen)]).await.status, 422, "not verified");
        let asked = browser.post("/mina-sidor/nycklar/borja", &[("namn", "Dator")]).await;
        let elsewhere = key.made(&asked, "http://localhost.evil.example");
        assert_eq!(browser.post("/mina-sidor/nycklar", &[("namn", "Dator"), ("nyckel", &elsewhere)]).await.status, 422, "another address");
        assert_eq!(add(&portal, &browser, &key, "Dator").await.status, 303);

        let browser = again(&portal).await;
        let wrong = |page: Page| assert_eq!((page.status, page.errors().len()), (422, 1), "{}", page.words());
        wrong(show(&portal, &browser, &key, Manner { verified: false, ..RIGHT }).await);
        wrong(show(&portal, &browser, &Key::new(), RIGHT).await);
        for nonsense in ["x", "{}", "[]"] {
            browser.post("/bekrafta/nyckel", &[]).await;
            wrong(browser.post("/bekrafta", &[("nyckel", nonsense)]).await);
        }
        let asked = browser.post("/bekrafta/nyckel", &[]).await;
        wrong(browser.post("/bekrafta", &[("nyckel", &key.signed(&asked, "http://localhost", RIGHT))]).await);
        // What one session was asked, another cannot answer; and nobody answers too late.
        let other = again(&portal).await;
        let asked = browser.post("/bekrafta/nyckel", &[]).await;
        other.post("/bekrafta/nyckel", &[]).await;
        let answer = key.signed(&asked, &base, RIGHT);
        wrong(other.post("/bekrafta", &[("nyckel", &answer)]).await);
        portal.clock.advance_seconds(5 * 60);
        wrong(browser.post("/bekrafta", &[("nyckel", &answer)]).await);
        // Once, and not again.
        let asked = browser.post("/bekrafta/nyckel", &[]).await;
        let answer = key.signed(&asked, &base, RIGHT);
        assert_eq!(browser.get("/handlaggare").await.status, 303);
        portal.clock.advance_seconds(10 * 60);
        let browser = again(&portal).await;
        let asked_anew = browser.post("/bekrafta/nyckel", &[]).await;
        wrong(browser.post("/bekrafta", &[("nyckel", &answer)]).await);
        let _ = asked_anew;
        portal.clock.advance_seconds(15 * 60);
        let asked = browser.post("/bekrafta/nyckel", &[]).await;
        let answer = key.signed(&asked, &base, RIGHT);
        assert_eq!(browser.post("/bekrafta", &[("nyckel", &answer)]).await.status, 303);
        wrong(browser.post("/bekrafta", &[("nyckel", &answer)]).await);
    }

    /// A counter that does not rise is the mark of a copy.
    async fn a_copied_key_is_found_out(portal: TestPortal) {
        let portal = with_name(portal.app.db.engine()).await;
        let browser = nils(&portal).await;
        let key = Key::new();
        assert_eq!(add(&portal, &browser, &key, "Nyckel").await.status, 303);
        assert_eq!(show(&portal, &browser, &key, Manner { counter: 7, ..RIGHT }).await.status, 303);
        assert_eq!(show(&portal, &browser, &key, Manner { counter: 8, ..RIGHT }).await.status, 303);
        for counter in [8, 3, 0] {
            let page = show(&portal, &browser, &key, Manner { counter, ..RIGHT }).await;
            assert!(page.errors().concat().contains("kopia"), "{counter}: {:?}", page.errors());
        }
        let chain = texts(&portal, "SELECT detail FROM audit_events WHERE action = 'passkey.refused'").await;
        assert_eq!(chain, [r#"{"why":"counter"}"#; 3]);
    }

    /// An administrator takes a lost key away: its owner is told, signed out, and sets up a second step anew.
    async fn an_administrator_takes_a_lost_key_away(portal: TestPortal) {
        let portal = with_name(portal.app.db.engine()).await;
        let browser = nils(&portal).await;
        assert_eq!(add(&portal, &browser, &Key::new(), "Borta").await.status, 303);
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        let list = amina.get("/handlaggare/anvandare?q=nils").await.attributes("tbody a", "href").concat();
        assert!(amina.get(&list).await.words().contains("Ta bort andra steget"));
        amina.submit(&list, &[("tvasteg", "ja")]).await;
        assert_eq!(texts(&portal, "SELECT id FROM passkeys").await, Vec::<String>::new());
        assert_eq!(browser.get("/mina-sidor").await.status, 303, "signed out");
        let mails = texts(&portal, "SELECT text_body FROM outbox WHERE kind = 'second_factor.changed' ORDER BY created_at, id").await;
        assert!(mails.iter().any(|mail| mail.contains("En administratör har tagit bort ditt andra steg.")), "{mails:?}");
        assert!(again(&portal).await.get("/bekrafta").await.words().contains("Du har ingen tvåstegskod än."));
    }

    /// An administrator sees where a colleague is signed in and by which provider, and ends it.
    async fn an_administrator_ends_sessions_and_takes_an_identity(portal: TestPortal) {
        let portal = with_name(portal.app.db.engine()).await;
        let (one, other) = (nils(&portal).await, again(&portal).await);
        let account = texts(&portal, "SELECT id FROM accounts WHERE email = 'nils@bra.example'").await.concat();
        let identity = "01890a5d-ac96-774b-bcce-b302099a8057";
        let insert = format!(
            "INSERT INTO identities (id, account_id, issuer, subject, created_at, last_used_at)
             VALUES ('{identity}', '{account}', 'https://login.example', 'nils', '2026-11-23T08:00:00.000Z', '2026-11-23T08:00:00.000Z')"
        );
        crate::harness::run_sql(&portal.app.config.database_url, insert).await;
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        let path = format!("/handlaggare/anvandare/{account}");
        let page = amina.get(&path).await;
        assert!(page.words().contains("Inloggad just nu") && page.words().contains("https://login.example"), "{}", page.words());
        let page = amina.submit(&path, &[("logga_ut", "ja")]).await;
        assert!(page.words().contains("Inloggningarna är avslutade.") && !page.words().contains("Inloggad just nu"), "{}", page.words());
        assert_eq!((one.get("/mina-sidor").await.status, other.get("/mina-sidor").await.status), (303, 303));
        let third = again(&portal).await;
        assert_eq!(third.post(&path, &[("identitet", identity)]).await.status, 303, "nobody without a second factor");
        let page = amina.submit(&path, &[("identitet", identity)]).await;
        assert!(page.words().contains("Inloggningssättet är borttaget"), "{}", page.words());
        assert_eq!(texts(&portal, "SELECT id FROM identities").await, Vec::<String>::new());
        assert_eq!(third.get("/mina-sidor").await.status, 303);
        assert_eq!(amina.get("/handlaggare").await.status, 200, "she stays");
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// Where the address is in figures there can be no keys: the page says why, and nothing can be begun. Nor are keys for others
    /// than the staff.
    async fn an_address_in_figures_has_no_keys(portal: TestPortal) {
        let portal = crate::people::staffed(portal.app.db.engine()).await;
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        assert!(amina.get("/mina-sidor/nycklar").await.words().contains("måste ha ett domännamn"));
        assert_eq!(amina.post("/mina-sidor/nycklar/borja", &[("namn", "Dator")]).await.status, 404);
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        assert_eq!(anna.get("/mina-sidor/nycklar").await.status, 404);
        assert_eq!(anna.post("/mina-sidor/nycklar/borja", &[("namn", "Dator")]).await.status, 404);
        assert!(!anna.get("/mina-sidor").await.words().contains("Mina nycklar"));
    }
}
