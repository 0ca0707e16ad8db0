//! Stories of people who sign in by a provider of OpenID Connect: whose account they come to, what each lie of a provider
//! leads to, the second factor, and signing out at the provider. The provider is scripted ([`crate::hostile_provider`]); one
//! of another author's stands in end2end/openid.test.mjs.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use axum_extra::extract::cookie::CookieJar;
use portal::kit::{Email, Id, Instant, Lang, StaffRole};
use portal::people::openid::posts;
use portal::platform::db::{Engine, StoreError};
use portal::platform::openid::settings;
use portal::platform::{audit, doctor};
use portal::web::{SignedIn, Visit};
use serde_json::{Value, json};
use url::Url;

use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::hostile_provider::{CLIENT, Provider, SECRET, Signed};
use crate::people::{enter, latest_mail, one};

/// What an operator writes of the two providers.
pub fn sections(eleg: &Provider, bra: &Provider) -> Vec<settings::Provider> {
    let raw = |value: Value| serde_json::from_value::<settings::Raw>(value).unwrap();
    let all = vec![
        raw(json!({ "id": "eleg", "name": "E-legitimation", "name_en": "E-identity", "kind": "applicant", "issuer": eleg.base,
                    "client_id": CLIENT, "client_secret": SECRET })),
        raw(json!({ "id": "bra", "name": "Brå", "kind": "staff", "issuer": bra.base, "client_id": CLIENT, "client_secret": SECRET,
                    "acr_values": ["hog", "lag"], "acr_accepted": ["hog"] })),
    ];
    settings::check(all, &BTreeMap::new(), true).unwrap()
}

/// A portal with a provider for everybody and one for the staff.
async fn with_providers(engine: Engine) -> (TestPortal, Provider, Provider) {
    let (eleg, bra) = (Provider::start().await, Provider::start().await);
    let openid = sections(&eleg, &bra);
    let portal = TestPortal::start_with(engine, |config| config.openid = openid).await;
    (portal, eleg, bra)
}

/// What a browser was sent away with.
struct Away {
    id: &'static str,
    url: Url,
}

impl Away {
    fn of(id: &'static str, address: &str) -> Self {
        Self { id, url: address.parse().unwrap() }
    }

    fn asked(&self, name: &str) -> String {
        self.url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    }

    fn back(&self) -> String {
        format!("/logga-in/openid/{}?state={}&code=kod", self.id, self.asked("state"))
    }
}

/// Presses the provider's button.
async fn leave(browser: &Browser, id: &'static str, further: &str) -> Away {
    let answer = browser.post(&format!("/logga-in/openid/{id}"), &[("vidare", further)]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    Away::of(id, &answer.leads_to())
}

/// The truth about someone.
fn truth(portal: &TestPortal, provider: &Provider, away: &Away, subject: &str) -> Value {
    let now = portal.app.now().millis() / 1000;
    json!({ "iss": provider.base, "aud": CLIENT, "sub": subject, "iat": now, "exp": now + 300, "nonce": away.asked("nonce"),
            "email": format!("{subject}@example.se"), "email_verified": true, "name": "Anna Ek", "sid": format!("s-{subject}"),
            "acr": "hog", "auth_time": now })
}

/// Comes back with this said of the person.
async fn come_back(browser: &Browser, provider: &Provider, away: &Away, claims: &Value) -> Page {
    let token = provider.sign(claims, Signed::Rs256);
    provider.script(|script| script.id_token = Some(token));
    browser.get(&away.back()).await
}

/// The whole way, truly.
async fn sign_in(portal: &TestPortal, browser: &Browser, provider: &Provider, id: &'static str, subject: &str) -> Page {
    let away = leave(browser, id, "").await;
    let claims = truth(portal, provider, &away, subject);
    come_back(browser, provider, &away, &claims).await
}

/// Someone new comes by a provider: the page that the way back gives.
pub async fn there_and_back(portal: &TestPortal, browser: &Browser, provider: &Provider, subject: &str) -> Page {
    sign_in(portal, browser, provider, "eleg", subject).await
}

/// The provider's word that someone signed out there.
pub fn logout_token(portal: &TestPortal, provider: &Provider, subject: &str) -> String {
    let now = portal.app.now().millis() / 1000;
    let events = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    provider.sign(&json!({ "iss": provider.base, "aud": CLIENT, "iat": now, "jti": "1", "sub": subject, "events": events }), Signed::Rs256)
}

/// Makes an account a member of the staff, as an administrator does.
async fn hire(portal: &TestPortal, email: &str, role: StaffRole) {
    let url = &portal.app.config.database_url;
    let id = portal.app.ids.id(portal.app.now());
    run_sql(
        url,
        format!(
            "INSERT INTO accounts (id, email, name, lang, status, created_at, updated_at)
             VALUES ('{id}', '{email}', 'Hanna', 'sv', 'active', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')"
        ),
    )
    .await;
    run_sql(
        url,
        format!(
            "INSERT INTO staff_roles (id, account_id, role, valid_from, given_by, given_at)
             VALUES ('{id}', '{id}', '{}', '2026-01-01', '{id}', '2026-01-01T00:00:00.000Z')",
            role.code()
        ),
    )
    .await;
}

async fn sessions(portal: &TestPortal) -> i64 {
    one(&portal.app.db, "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL").await
}

on_both! {
    /// Nothing configured, nothing changed: one form for the mail, no button, and no such page.
    async fn without_providers_there_is_only_mail(portal: TestPortal) {
        let page = portal.browser().get("/logga-in").await;
        assert_eq!(page.find("main form").len(), 1);
        assert!(page.header("content-security-policy").contains("form-action 'self';"));
        for page in [portal.browser().post("/logga-in/openid/eleg", &[]).await, portal.browser().get("/logga-in/openid/eleg").await] {
            assert_eq!(page.status, 404);
        }
    }

    /// The page with the buttons has a policy of its own, so it is not among those that are kept for a second.
    async fn the_page_with_the_buttons_is_kept_by_nobody(portal: TestPortal) {
        let (eleg, bra) = (Provider::start().await, Provider::start().await);
        let openid = sections(&eleg, &bra);
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| (config.openid, config.page_cache) = (openid, true)).await;
        let mut nonces = Vec::new();
        for _ in 0..2 {
            let page = portal.browser().get("/logga-in").await;
            let policy = page.header("content-security-policy").to_owned();
            assert!(policy.contains(&format!("form-action 'self' {} {};", eleg.base, bra.base)), "{policy}");
            let nonce = page.attributes("script", "nonce").concat();
            assert!(policy.contains(&format!("'nonce-{nonce}'")), "{policy}");
            nonces.push(nonce);
        }
        assert_ne!(nonces[0], nonces[1]);
    }

    /// Anna, new here, comes by her e-identity and has an account; the next time it is the same one, whatever address the
    /// provider now names.
    async fn anna_comes_by_her_e_identity(portal: TestPortal) {
        let (portal, eleg, bra) = with_providers(portal.app.db.engine()).await;
        let anna = portal.browser();
        let page = anna.get("/logga-in?vidare=%2Fmina-sidor%2Fuppgifter").await;
        assert_eq!(page.find("main button"), ["Logga in med E-legitimation", "Skicka länk och kod", "Logga in med Brå"]);
        let policy = page.header("content-security-policy");
        assert!(policy.contains(&format!("form-action 'self' {} {};", eleg.base, bra.base)), "{policy}");
        assert!(portal.browser().get("/om").await.header("content-security-policy").contains("form-action 'self';"));
        let away = leave(&anna, "eleg", "/mina-sidor/uppgifter").await;
        assert_eq!(away.asked("response_type"), "code");
        assert_eq!(away.asked("code_challenge_method"), "S256");
        assert_eq!(away.asked("redirect_uri"), format!("{}/logga-in/openid/eleg", portal.base));
        assert_eq!(away.asked("scope"), "openid profile email");
        assert_eq!(away.asked("ui_locales"), "sv");
        let claims = truth(&portal, &eleg, &away, "anna");
        let page = come_back(&anna, &eleg, &away, &claims).await;
        assert_eq!((page.status, page.leads_to().as_str()), (303, "/mina-sidor/uppgifter"), "{}", page.words());
        let exchange = eleg.last_exchange();
        let sent = |name: &str| exchange.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
        assert_eq!((sent("grant_type").as_str(), sent("code").as_str()), ("authorization_code", "kod"));
        assert_eq!(sent("code_verifier").len(), 43);
        assert_eq!(anna.get("/mina-sidor/uppgifter").await.value("namn"), "Anna Ek");
        assert!(anna.get("/mina-sidor/inloggningar").await.words().contains("legitimation"), "says how");
        let told = anna.get("/mina-sidor/mina-data.json").await.html;
        assert!(told.contains("\"subject\": \"anna\""), "{told}");

        let later = portal.browser();
        let away = leave(&later, "eleg", "").await;
        let mut claims = truth(&portal, &eleg, &away, "anna");
        claims["email"] = json!("another@example.se");
        let page = come_back(&later, &eleg, &away, &claims).await;
        assert_eq!((page.status, page.leads_to().as_str()), (303, "/mina-sidor"));
        assert!(later.get("/mina-sidor").await.words().contains("Anna Ek"));
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts").await, 1);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// An address is no identity: an account that exists is not opened by a provider until its owner has linked it.
    async fn an_address_opens_no_account_that_exists(portal: TestPortal) {
        let (portal, eleg, _bra) = with_providers(portal.app.db.engine()).await;
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        let eve = portal.browser();
        let page = sign_in(&portal, &eve, &eleg, "eleg", "anna").await;
        assert_eq!(page.status, 403);
        assert!(page.words().contains("Det finns redan ett konto med din e-postadress."), "{}", page.words());
        assert_eq!(sessions(&portal).await, 1);

        // Without an address that the provider has verified there is nothing to open an account with.
        for change in [json!({ "email_verified": false }), json!({ "email_verified": null }), json!({ "email": "inte en adress" })] {
            let away = leave(&eve, "eleg", "").await;
            let mut claims = truth(&portal, &eleg, &away, "berta");
            claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let page = come_back(&eve, &eleg, &away, &claims).await;
            assert_eq!(page.status, 403);
            assert!(page.words().contains("säger inte vilken e-postadress"), "{}", page.words());
        }

        // Anna links it herself, signed in by mail; another can then neither link nor use it as their own.
        let page = anna.get("/mina-sidor/inloggningssatt").await;
        assert_eq!(page.find("main button"), ["Lägg till E-legitimation"]);
        let answer = anna.post("/mina-sidor/inloggningssatt", &[("koppla", "eleg")]).await;
        let away = Away::of("eleg", &answer.leads_to());
        let stolen = come_back(&eve, &eleg, &away, &truth(&portal, &eleg, &away, "anna")).await;
        assert_eq!(stolen.status, 403, "in another browser it links nothing");
        let page = come_back(&anna, &eleg, &away, &truth(&portal, &eleg, &away, "anna")).await;
        assert_eq!(page.leads_to(), "/mina-sidor/inloggningssatt?kopplad=ja");
        let mail = latest_mail(&portal, "identity.changed", "anna@example.se").await.expect("the owner is told");
        assert!(mail.contains("Nu kan du logga in på ditt konto i Brås portal med E-legitimation."), "{mail}");
        assert!(mail.contains("Kontakta oss genast") && mail.contains("/kontakt"), "an applicant knows no administrator: {mail}");
        let page = anna.get(&page.leads_to()).await;
        assert!(page.words().contains("Med E-legitimation, sedan 23 november 2026"), "{}", page.words());
        let new = portal.browser();
        assert_eq!(sign_in(&portal, &new, &eleg, "eleg", "anna").await.status, 303);
        assert!(new.get("/mina-sidor").await.words().contains("anna@example.se"));
        enter(&portal, &eve, "eve@example.se").await;
        let answer = eve.post("/mina-sidor/inloggningssatt", &[("koppla", "eleg")]).await;
        let away = Away::of("eleg", &answer.leads_to());
        let page = come_back(&eve, &eleg, &away, &truth(&portal, &eleg, &away, "anna")).await;
        assert_eq!(page.status, 403);
        assert!(page.words().contains("hör ihop med ett annat konto"), "{}", page.words());

        // Whoever has signed in meanwhile, in the same browser, is not linked in the place of who asked.
        let berta = portal.browser();
        enter(&portal, &berta, "berta@example.se").await;
        let answer = berta.post("/mina-sidor/inloggningssatt", &[("koppla", "eleg")]).await;
        let (away, left_with) = (Away::of("eleg", &answer.leads_to()), berta.cookie("inloggning"));
        let token = eleg.sign(&truth(&portal, &eleg, &away, "berta"), Signed::Rs256);
        eleg.script(|script| script.id_token = Some(token));
        let page = berta.get_with_cookie(&away.back(), &format!("{left_with}; {}", eve.cookie("inloggad"))).await;
        assert_eq!(page.status, 403);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM identities").await, 1);

        // And takes it away again. Nobody takes another's.
        let identity: String = one(&portal.app.db, "SELECT id FROM identities").await;
        eve.submit("/mina-sidor/inloggningssatt", &[("ta_bort", &identity)]).await;
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM identities").await, 1);
        portal.clock.advance_seconds(1);
        anna.submit("/mina-sidor/inloggningssatt", &[("ta_bort", &identity)]).await;
        let mail = latest_mail(&portal, "identity.changed", "anna@example.se").await.expect("and told again");
        assert!(mail.contains("Det går inte längre att logga in"), "{mail}");
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM identities").await, 0);
        assert_eq!(sign_in(&portal, &portal.browser(), &eleg, "eleg", "anna").await.status, 403);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// The staff's provider lets in whom an administrator has added, and at the right level that is the second factor.
    async fn staff_come_by_their_own_provider(portal: TestPortal) {
        let (portal, _eleg, bra) = with_providers(portal.app.db.engine()).await;
        let hanna = portal.browser();
        let page = sign_in(&portal, &hanna, &bra, "bra", "hanna").await;
        assert_eq!(page.status, 403);
        assert!(page.words().contains("Det finns ingen medarbetare"), "{}", page.words());
        enter(&portal, &portal.browser(), "hanna@example.se").await;
        assert_eq!(sign_in(&portal, &hanna, &bra, "bra", "hanna").await.status, 403, "an account without a role is nobody's colleague");
        run_sql(&portal.app.config.database_url, "UPDATE accounts SET email = 'other@example.se'".to_owned()).await;
        hire(&portal, "hanna@example.se", StaffRole::Administrator).await;

        // An address that the provider has not verified finds nobody.
        let away = leave(&hanna, "bra", "").await;
        assert_eq!((away.asked("acr_values").as_str(), away.asked("max_age").as_str()), ("hog lag", "36000"));
        let mut claims = truth(&portal, &bra, &away, "hanna");
        claims["email_verified"] = json!(false);
        assert_eq!(come_back(&hanna, &bra, &away, &claims).await.status, 403);

        assert_eq!(sign_in(&portal, &hanna, &bra, "bra", "hanna").await.status, 303);
        assert_eq!(hanna.get("/handlaggare").await.status, 200, "the second factor is shown");
        assert_eq!(hanna.get("/handlaggare/anvandare/ny").await.status, 200);
        // The other person with the same address at the provider is another.
        let other = portal.browser();
        let away = leave(&other, "bra", "").await;
        let mut claims = truth(&portal, &bra, &away, "hanna");
        claims["sub"] = json!("en annan");
        assert_eq!(come_back(&other, &bra, &away, &claims).await.status, 403);

        // At a level that was asked for but is no second factor, one is in without it; the session's age is the provider's.
        let low = portal.browser();
        let away = leave(&low, "bra", "").await;
        let mut claims = truth(&portal, &bra, &away, "hanna");
        claims["acr"] = json!("lag");
        assert_eq!(come_back(&low, &bra, &away, &claims).await.status, 303);
        assert!(low.get("/handlaggare").await.leads_to().starts_with("/bekrafta"));
        let early = portal.browser();
        let away = leave(&early, "bra", "").await;
        let mut claims = truth(&portal, &bra, &away, "hanna");
        claims["auth_time"] = json!(portal.app.now().millis() / 1000 - 3600);
        assert_eq!(come_back(&early, &bra, &away, &claims).await.status, 303);
        assert_eq!(early.get("/handlaggare").await.status, 200);
        assert!(early.get("/handlaggare/anvandare/ny").await.leads_to().starts_with("/bekrafta"), "an hour ago is not now");

        run_sql(&portal.app.config.database_url, "UPDATE accounts SET status = 'disabled'".to_owned()).await;
        let page = sign_in(&portal, &portal.browser(), &bra, "bra", "hanna").await;
        assert!(page.words().contains("Kontot är spärrat"), "{}", page.words());
        // The staff's provider is not linked by oneself.
        let eve = portal.browser();
        enter(&portal, &eve, "eve@example.se").await;
        assert_eq!(eve.post("/mina-sidor/inloggningssatt", &[("koppla", "bra")]).await.status, 403);
    }

    /// A provider that remembers the browser makes no old sign-in a new one: what asks for a fresh one would be worth nothing.
    async fn an_applicants_provider_must_have_seen_them_lately(portal: TestPortal) {
        let (portal, eleg, _bra) = with_providers(portal.app.db.engine()).await;
        let anna = portal.browser();
        for (minutes, status) in [(20, 403), (14, 303)] {
            let away = leave(&anna, "eleg", "").await;
            assert_eq!(away.asked("max_age"), "900");
            let mut claims = truth(&portal, &eleg, &away, "anna");
            claims["auth_time"] = json!(portal.app.now().millis() / 1000 - minutes * 60);
            assert_eq!(come_back(&anna, &eleg, &away, &claims).await.status, status, "{minutes} minutes ago");
        }
        // And from an open session nobody adds a way in of their own.
        portal.clock.advance_seconds(16 * 60);
        let page = anna.post("/mina-sidor/inloggningssatt", &[("koppla", "eleg")]).await;
        assert!(page.leads_to().starts_with("/logga-in?vidare="), "{}", page.words());
        assert!(anna.get("/mina-sidor/inloggningssatt").await.leads_to().starts_with("/logga-in?vidare="));
        assert_eq!(anna.get("/mina-sidor").await.status, 200, "everything else goes on");
    }

    /// The second factor shown anew: only the same person, only now.
    async fn staff_show_anew_who_they_are(portal: TestPortal) {
        let (portal, _eleg, bra) = with_providers(portal.app.db.engine()).await;
        hire(&portal, "hanna@example.se", StaffRole::Administrator).await;
        hire(&portal, "bo@example.se", StaffRole::Editor).await;
        let (hanna, bo) = (portal.browser(), portal.browser());
        sign_in(&portal, &hanna, &bra, "bra", "hanna").await;
        sign_in(&portal, &bo, &bra, "bra", "bo").await;
        portal.clock.advance_seconds(20 * 60);
        assert!(hanna.get("/handlaggare/anvandare/ny").await.leads_to().starts_with("/bekrafta"));

        let row: (String, String) = portal.app.db.read(async |tx| {
            let row = sqlx::query_as("SELECT s.id, s.account_id FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE a.email = 'hanna@example.se'");
            Ok::<_, StoreError>(row.fetch_one(tx).await?)
        }).await.unwrap();
        let away = async || {
            let visit = visit_of(&row.0, &row.1);
            let answer = posts::prove(&portal.app, &visit, "/handlaggare/anvandare/ny").await.unwrap().expect("came by the provider");
            let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
            (Away::of("bra", &header("location")), header("set-cookie").split(';').next().unwrap().to_owned())
        };
        let back = async |away: &Away, cookie: &str, session: &Browser, claims: &Value| {
            let token = bra.sign(claims, Signed::Rs256);
            bra.script(|script| script.id_token = Some(token));
            session.get_with_cookie(&away.back(), &format!("{cookie}; {}", session.cookie("inloggad"))).await
        };
        let (way, cookie) = away().await;
        assert_eq!((way.asked("prompt").as_str(), way.asked("max_age").as_str()), ("login", "0"));
        let mut claims = truth(&portal, &bra, &way, "hanna");
        claims["auth_time"] = json!(portal.app.now().millis() / 1000 - 15 * 60);
        let page = back(&way, &cookie, &hanna, &claims).await;
        assert_eq!(page.status, 403, "shown a quarter of an hour ago is not shown anew");
        for (change, session, why) in [
            (json!({ "sub": "bo" }), &hanna, "another person at the provider"),
            (json!({ "acr": "lag" }), &hanna, "at a level that is no second factor"),
            (json!({ "acr": null }), &hanna, "at no level"),
            (json!({}), &bo, "in another's session"),
        ] {
            let (way, cookie) = away().await;
            let mut claims = truth(&portal, &bra, &way, "hanna");
            claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            assert_eq!(back(&way, &cookie, session, &claims).await.status, 403, "{why}");
        }
        assert!(hanna.get("/handlaggare/anvandare/ny").await.leads_to().starts_with("/bekrafta"));
        let (way, cookie) = away().await;
        let page = back(&way, &cookie, &hanna, &truth(&portal, &bra, &way, "hanna")).await;
        assert_eq!((page.status, page.leads_to().as_str()), (303, "/handlaggare/anvandare/ny"), "{}", page.words());
        let fresh = page.headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).find(|cookie| cookie.starts_with("inloggad="));
        let fresh = fresh.unwrap().split(';').next().unwrap();
        assert_eq!(portal.browser().get_with_cookie("/handlaggare/anvandare/ny", fresh).await.status, 200);
        // Whoever came by mail shows their second factor another way.
        enter(&portal, &hanna, "hanna@example.se").await;
        let by_mail: String = one(&portal.app.db, "SELECT id FROM sessions WHERE method = 'mail'").await;
        assert!(posts::prove(&portal.app, &visit_of(&by_mail, &row.1), "/").await.unwrap().is_none());
    }

    /// Every lie about a person: nobody is in, the page says so in the person's language, and the truth still works.
    async fn no_lie_lets_anybody_in(portal: TestPortal) {
        let (portal, _eleg, bra) = with_providers(portal.app.db.engine()).await;
        hire(&portal, "hanna@example.se", StaffRole::Administrator).await;
        let now = portal.app.now().millis() / 1000;
        let lies: Vec<(&str, Signed, Value)> = vec![
            ("alg none", Signed::None, json!({})),
            ("HS256 with the client's secret", Signed::Hs256Secret, json!({})),
            ("HS256 with the public key", Signed::Hs256PublicKey, json!({})),
            ("another key", Signed::OtherKey, json!({})),
            ("unknown kid", Signed::UnknownKid, json!({})),
            ("wrong nonce", Signed::Rs256, json!({ "nonce": "en annan" })),
            ("no nonce", Signed::Rs256, json!({ "nonce": null })),
            ("wrong issuer", Signed::Rs256, json!({ "iss": "https://evil.example" })),
            ("wrong audience", Signed::Rs256, json!({ "aud": "en annan" })),
            ("another audience besides", Signed::Rs256, json!({ "aud": [CLIENT, "en annan"] })),
            ("another party", Signed::Rs256, json!({ "azp": "en annan" })),
            ("expired", Signed::Rs256, json!({ "exp": now - 1 })),
            ("issued long ago", Signed::Rs256, json!({ "iat": now - 3600 })),
            ("issued ahead", Signed::Rs256, json!({ "iat": now + 3600 })),
            ("low acr", Signed::Rs256, json!({ "acr": "lagst" })),
            ("no acr", Signed::Rs256, json!({ "acr": null })),
            ("old auth_time", Signed::Rs256, json!({ "auth_time": now - 11 * 3600 })),
            ("no auth_time", Signed::Rs256, json!({ "auth_time": null })),
            ("auth_time ahead", Signed::Rs256, json!({ "auth_time": now + 3600 })),
            ("no subject", Signed::Rs256, json!({ "sub": "" })),
            ("endless subject", Signed::Rs256, json!({ "sub": "a".repeat(300) })),
        ];
        for (lang, title) in [("", "Du är inte inloggad"), ("/en", "You are not signed in")] {
            for (lie, signed, change) in &lies {
                let victim = portal.browser();
                let answer = victim.post(&format!("{lang}/logga-in/openid/bra"), &[]).await;
                let away = Away::of("bra", &answer.leads_to());
                let mut claims = truth(&portal, &bra, &away, "hanna");
                for (name, value) in change.as_object().unwrap() {
                    if value.is_null() {
                        claims.as_object_mut().unwrap().remove(name);
                    } else {
                        claims[name] = value.clone();
                    }
                }
                let token = bra.sign(&claims, *signed);
                bra.script(|script| script.id_token = Some(token));
                let page = victim.get(&away.back()).await;
                assert_eq!((page.status, page.find("h1")), (403, vec![title.to_owned()]), "{lie}: {}", page.words());
                assert!(!page.html.contains(&away.asked("state")), "{lie}: the page repeats the state");
                assert_eq!(page.header("cache-control"), "no-store");
            }
        }
        assert_eq!(sessions(&portal).await, 0);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM identities").await, 0);

        // Each of the three algorithms is right.
        for signed in [Signed::Rs256, Signed::Ps256, Signed::Es256] {
            let hanna = portal.browser();
            let away = leave(&hanna, "bra", "").await;
            let token = bra.sign(&truth(&portal, &bra, &away, "hanna"), signed);
            bra.script(|script| script.id_token = Some(token));
            let page = hanna.get(&away.back()).await;
            assert_eq!(page.status, 303, "{signed:?}: {}", page.words());
        }
    }

    /// A way back works once, in the browser that left, for ten minutes, and at the provider it leads to.
    async fn a_way_back_is_used_once_by_its_browser(portal: TestPortal) {
        let (portal, eleg, _bra) = with_providers(portal.app.db.engine()).await;
        let (anna, eve) = (portal.browser(), portal.browser());
        let away = leave(&anna, "eleg", "").await;
        let token = eleg.sign(&truth(&portal, &eleg, &away, "anna"), Signed::Rs256);
        eleg.script(|script| script.id_token = Some(token));
        let page = eve.get(&away.back()).await;
        assert_eq!(page.status, 403);
        assert!(page.words().contains("i en annan webbläsare"), "{}", page.words());
        leave(&eve, "eleg", "").await;
        assert_eq!(eve.get(&away.back()).await.status, 403, "with a cookie of one's own");
        assert_eq!(anna.get(&away.back().replace("/eleg", "/bra")).await.status, 403, "at another provider");
        assert_eq!(eleg.asked("/token"), 0, "nobody asked the provider");
        assert_eq!(anna.get(&away.back()).await.status, 303, "Anna's own way is still good");
        let again = anna.get(&away.back()).await;
        assert_eq!(again.status, 403, "replayed");
        assert_eq!(eleg.asked("/token"), 1);

        for back in ["", "?state=x&code=y", &format!("?state={}&code=y", "A".repeat(43))] {
            let page = portal.browser().get(&format!("/logga-in/openid/eleg{back}")).await;
            assert_eq!(page.status, 403, "{back}");
            assert!(page.words().contains("gäller i tio minuter"), "{}", page.words());
        }
        let late = portal.browser();
        let away = leave(&late, "eleg", "").await;
        portal.clock.advance_seconds(10 * 60);
        assert_eq!(come_back(&late, &eleg, &away, &truth(&portal, &eleg, &away, "anna")).await.status, 403, "ten minutes later");

        let away = leave(&late, "eleg", "").await;
        let page = late.get(&format!("/logga-in/openid/eleg?state={}&error=access_denied&error_description=%3Cb%3E", away.asked("state"))).await;
        assert_eq!(page.status, 403);
        assert!(page.words().contains("Inloggningen avbröts."), "{}", page.words());
        // Who answers is said beside the code, by providers that do (RFC 9207).
        for (issuer, status) in [("https://evil.example", 403), (eleg.base.as_str(), 303)] {
            let away = leave(&late, "eleg", "").await;
            let token = eleg.sign(&truth(&portal, &eleg, &away, "anna"), Signed::Rs256);
            eleg.script(|script| script.id_token = Some(token));
            assert_eq!(late.get(&format!("{}&iss={issuer}", away.back())).await.status, status, "{issuer}");
        }
        for elsewhere in ["https://evil.example", "//evil.example"] {
            let away = leave(&late, "eleg", elsewhere).await;
            assert_eq!(come_back(&late, &eleg, &away, &truth(&portal, &eleg, &away, "anna")).await.leads_to(), "/mina-sidor");
        }
    }

    /// A provider that is down, slow or confused: a clear page in both languages, and never a fault of ours.
    async fn a_provider_that_fails_is_said_to(portal: TestPortal) {
        let (portal, eleg, _bra) = with_providers(portal.app.db.engine()).await;
        let anna = portal.browser();
        eleg.script(|script| script.discovery_status = 500);
        let page = anna.post("/logga-in/openid/eleg", &[]).await;
        assert_eq!(page.status, 502);
        assert!(page.words().contains("E-legitimation svarade på ett sätt som vi inte kan använda."), "{}", page.words());
        eleg.script(|script| {
            script.discovery_status = 200;
            script.issuer = "https://evil.example".to_owned();
        });
        let page = anna.post("/en/logga-in/openid/eleg", &[]).await;
        assert_eq!(page.status, 403, "discovery with another issuer");
        assert!(page.words().contains("The answer from E-identity could not be trusted"), "{}", page.words());
        // An authorization endpoint elsewhere: plain http, and at a place that the operator has not named.
        for elsewhere in ["http://evil.example", "https://evil.example"] {
            eleg.script(|script| {
                script.issuer.clone_from(&eleg.base);
                script.authorization = elsewhere.to_owned();
            });
            portal.clock.advance_seconds(3600);
            assert_eq!(anna.post("/logga-in/openid/eleg", &[]).await.status, 502, "{elsewhere}");
        }
        eleg.script(|script| script.authorization.clone_from(&eleg.base));
        portal.clock.advance_seconds(3600);

        for (status, token) in [(500, None), (400, None), (302, None), (200, None), (200, Some("inget".to_owned()))] {
            let away = leave(&anna, "eleg", "").await;
            eleg.script(|script| (script.token_status, script.id_token) = (status, token.clone()));
            let page = anna.get(&away.back()).await;
            assert_eq!(page.status, 502, "{status} {token:?}: {}", page.words());
        }
        // The address is missing in the ID token, and userinfo speaks of somebody else.
        eleg.script(|script| script.token_status = 200);
        for (subject, status) in [("eve", 403), ("anna", 303)] {
            let away = leave(&anna, "eleg", "").await;
            let mut claims = truth(&portal, &eleg, &away, "anna");
            claims.as_object_mut().unwrap().remove("email");
            let about = json!({ "sub": subject, "email": "anna@example.se", "email_verified": true, "acr": "hog" });
            eleg.script(|script| script.userinfo = about);
            assert_eq!(come_back(&anna, &eleg, &away, &claims).await.status, status, "{subject}");
        }
        let away = leave(&anna, "eleg", "").await;
        eleg.script(|script| script.silent = true);
        let page = anna.get(&away.back()).await;
        assert_eq!(page.status, 503);
        assert!(page.words().contains("E-legitimation svarar inte just nu."), "{}", page.words());
        assert_eq!(anna.get("/logga-in").await.status, 200, "the page to sign in at does not wait for a provider");
    }

    /// The operator is told which provider does not answer, or is not who it should be.
    async fn the_doctor_asks_the_providers(portal: TestPortal) {
        let (portal, eleg, bra) = with_providers(portal.app.db.engine()).await;
        let said = async || {
            let checks = doctor::examine(&portal.app.config).await;
            checks.into_iter().find(|check| check.name == "providers of sign-in").unwrap().to_string()
        };
        assert_eq!(said().await, "ok     providers of sign-in: eleg answers, 2 keys; bra answers, 2 keys");
        bra.script(|script| script.issuer.clone_from(&eleg.base));
        let wrong = said().await;
        assert!(wrong.starts_with("WRONG  providers of sign-in: bra: ") && wrong.contains("another issuer"), "{wrong}");
        bra.script(|script| (script.issuer, script.discovery_status) = (bra.base.clone(), 404));
        assert!(said().await.contains("discovery answers 404"));
    }

    /// A provider that changes its keys is asked for them, and not more than once a minute.
    async fn new_keys_are_asked_for(portal: TestPortal) {
        let (portal, eleg, _bra) = with_providers(portal.app.db.engine()).await;
        assert_eq!(sign_in(&portal, &portal.browser(), &eleg, "eleg", "anna").await.status, 303);
        assert_eq!((eleg.asked("/keys"), eleg.asked("/.well-known/openid-configuration")), (1, 1));
        eleg.rotate("nytt");
        assert_eq!(sign_in(&portal, &portal.browser(), &eleg, "eleg", "anna").await.status, 403, "they were asked for a moment ago");
        portal.clock.advance_seconds(61);
        assert_eq!(sign_in(&portal, &portal.browser(), &eleg, "eleg", "anna").await.status, 303);
        assert_eq!(eleg.asked("/keys"), 2);
        for _ in 0..5 {
            let anna = portal.browser();
            let away = leave(&anna, "eleg", "").await;
            let token = eleg.sign(&truth(&portal, &eleg, &away, "anna"), Signed::UnknownKid);
            eleg.script(|script| script.id_token = Some(token));
            assert_eq!(anna.get(&away.back()).await.status, 403);
        }
        assert_eq!(eleg.asked("/keys"), 2, "a flood of unknown keys is no flood of questions");
    }

    /// The provider says that someone signed out there: exactly those sessions end, and only when the provider says it.
    async fn signing_out_at_the_provider_ends_sessions_here(portal: TestPortal) {
        let (portal, eleg, _bra) = with_providers(portal.app.db.engine()).await;
        let (here, there, berta, by_mail) = (portal.browser(), portal.browser(), portal.browser(), portal.browser());
        sign_in(&portal, &here, &eleg, "eleg", "anna").await;
        let away = leave(&there, "eleg", "").await;
        let mut claims = truth(&portal, &eleg, &away, "anna");
        claims["sid"] = json!("s-2");
        come_back(&there, &eleg, &away, &claims).await;
        sign_in(&portal, &berta, &eleg, "eleg", "berta").await;
        enter(&portal, &by_mail, "anna@example.se").await;
        let now = portal.app.now().millis() / 1000;
        let event = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
        let token = |change: Value| {
            let mut claims = json!({ "iss": eleg.base, "aud": [CLIENT], "iat": now, "exp": now + 120, "jti": "1", "sid": "s-anna", "events": event });
            for (name, value) in change.as_object().unwrap() {
                if value.is_null() { claims.as_object_mut().unwrap().remove(name); } else { claims[name] = value.clone(); }
            }
            claims
        };
        let say = async |claims: &Value, signed: Signed| {
            let token = eleg.sign(claims, signed);
            portal.browser().post("/logga-in/openid/eleg/utloggad", &[("logout_token", &token)]).await.status
        };
        for lie in [
            json!({ "iss": "https://evil.example" }), json!({ "aud": "en annan" }), json!({ "aud": null }), json!({ "iat": now - 3600 }),
            json!({ "iat": null }), json!({ "exp": now - 1 }), json!({ "jti": null }), json!({ "events": {} }), json!({ "events": null }),
            json!({ "nonce": "n" }), json!({ "sid": null }),
        ] {
            assert_eq!(say(&token(lie.clone()), Signed::Rs256).await, 400, "{lie}");
        }
        for signed in [Signed::None, Signed::Hs256Secret, Signed::Hs256PublicKey, Signed::OtherKey, Signed::UnknownKid] {
            assert_eq!(say(&token(json!({})), signed).await, 400, "{signed:?}");
        }
        for garbage in ["", "a.b", "a.b.c"] {
            let page = portal.browser().post("/logga-in/openid/eleg/utloggad", &[("logout_token", garbage)]).await;
            assert_eq!(page.status, 400, "{garbage}");
        }
        assert_eq!(sessions(&portal).await, 4);
        assert_eq!(say(&token(json!({})), Signed::Rs256).await, 200);
        assert_eq!(here.get("/mina-sidor").await.status, 303, "ended");
        for other in [&there, &berta, &by_mail] {
            assert_eq!(other.get("/mina-sidor").await.status, 200);
        }
        assert_eq!(say(&token(json!({ "sid": "s-2" })), Signed::Rs256).await, 400, "the same jti again");
        assert_eq!(say(&token(json!({ "jti": "2", "sid": null, "sub": "anna" })), Signed::Es256).await, 200);
        assert_eq!(there.get("/mina-sidor").await.status, 303, "every session of hers from there");
        assert_eq!((berta.get("/mina-sidor").await.status, by_mail.get("/mina-sidor").await.status), (200, 200));
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());

        // Whoever closes the account is forgotten, and may come again as someone new.
        berta.post("/mina-sidor/avsluta", &[("bekrafta", "ja")]).await;
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM identities WHERE subject = 'berta'").await, 0);
        assert_eq!(sign_in(&portal, &berta, &eleg, "eleg", "berta").await.status, 303);
    }

    /// Reading adds nothing: the way back that nobody began, or that was used, changes no row.
    async fn the_way_back_changes_nothing_by_itself(portal: TestPortal) {
        let (portal, eleg, _bra) = with_providers(portal.app.db.engine()).await;
        let anna = portal.browser();
        let away = leave(&anna, "eleg", "").await;
        come_back(&anna, &eleg, &away, &truth(&portal, &eleg, &away, "anna")).await;
        let count = async || {
            let sessions: i64 = one(&portal.app.db, "SELECT COUNT(*) FROM sessions").await;
            let events: i64 = one(&portal.app.db, "SELECT COUNT(*) FROM audit_events").await;
            (sessions, events)
        };
        let before = count().await;
        for path in [away.back(), "/logga-in/openid/eleg".to_owned(), format!("/logga-in/openid/eleg?state={}", "A".repeat(43))] {
            anna.get(&path).await;
            portal.browser().get(&path).await;
        }
        assert_eq!(count().await, before);
    }
}

/// A visit in a session, as the layers would make it.
fn visit_of(session: &str, account: &str) -> Visit {
    let client = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let visit = Visit::new(Lang::Sv, &"/bekrafta".parse().unwrap(), String::new(), String::new(), client, CookieJar::new());
    visit.recognise(SignedIn {
        account: Id::parse(account).unwrap(),
        session: Id::parse(session).unwrap(),
        name: String::new(),
        email: Email::parse("hanna@example.se").unwrap(),
        roles: [StaffRole::Administrator].into_iter().collect(),
        method: "openid".to_owned(),
        began_at: Instant::parse("2026-11-23T09:00:00Z").unwrap(),
        proved_at: None,
        ends_at: Instant::parse("2026-11-24T09:00:00Z").unwrap(),
    });
    visit
}
