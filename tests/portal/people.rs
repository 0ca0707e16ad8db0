//! Stories of people who sign in: by a mail's link or code, in the right browser; what happens to guesses, replays and
//! strangers; sessions and their end; and the roles of the staff.

use portal::kit::{Email, StaffRole, StaffRoles};
use portal::people;
use portal::platform::audit;
use portal::platform::config::Config;
use portal::platform::db::{Db, Engine, StoreError};

use crate::harness::{Browser, Page, TestPortal, run_sql};

/// One value out of the database, as the operator would look it up.
pub async fn one<T>(db: &Db, statement: &'static str) -> T
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    let row: (T,) = db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).fetch_one(tx).await?)).await.unwrap();
    row.0
}

/// The latest mail of a kind to someone: its text. Two of one instant have no order, so a story lets time pass between them.
pub async fn latest_mail(portal: &TestPortal, kind: &str, email: &str) -> Option<String> {
    let rows: Vec<(String, String)> = portal
        .app
        .db
        .read(async |tx| {
            let rows = "SELECT text_body, created_at FROM outbox WHERE kind = $1 AND recipient = $2 ORDER BY created_at DESC LIMIT 2";
            Ok::<_, StoreError>(sqlx::query_as(rows).bind(kind).bind(email).fetch_all(tx).await?)
        })
        .await
        .unwrap();
    if let [(_, latest), (_, before)] = rows.as_slice() {
        assert_ne!(latest, before, "two mails {kind} to {email} at one instant");
    }
    rows.into_iter().next().map(|(text, _)| text)
}

/// The latest mail that signs someone in.
pub async fn mail_to(portal: &TestPortal, email: &str) -> String {
    latest_mail(portal, "sign_in", email).await.expect("a mail")
}

/// The path of the link in a mail.
pub fn link_in(mail: &str) -> String {
    let start = mail.find("/logga-in/lank/").expect("a link");
    mail[start..].split_whitespace().next().unwrap().to_owned()
}

/// The six digits in a mail.
pub fn code_in(mail: &str) -> String {
    let after = mail.split("koden ").nth(1).or_else(|| mail.split("code ").nth(1)).expect("a code");
    after.chars().filter(char::is_ascii_digit).take(6).collect()
}

/// Asks for a mail. The clock moves on, so that the latest mail is the latest.
async fn ask(portal: &TestPortal, browser: &Browser, fields: &[(&str, &str)]) -> Page {
    portal.clock.advance_seconds(1);
    browser.submit("/logga-in", fields).await
}

/// Signs in by the mail's code.
pub async fn enter(portal: &TestPortal, browser: &Browser, email: &str) -> Page {
    let page = ask(portal, browser, &[("epost", email)]).await;
    assert_eq!(page.find("h1"), ["Se efter i din e-post"], "{}", page.words());
    let code = code_in(&mail_to(portal, email).await);
    browser.submit("/logga-in/e-post", &[("kod", &code)]).await
}

/// Signs in as the made-up member of staff who holds a role.
pub async fn enter_as(portal: &TestPortal, browser: &Browser, role: StaffRole) {
    let page = browser.get("/logga-in").await;
    let names = page.find("label");
    let ids = page.attributes("input[name='konto']", "value");
    assert_eq!(ids.len(), 10, "{names:?}");
    for id in ids {
        let roles: Vec<(StaffRole,)> = portal
            .app
            .db
            .read(async |tx| {
                Ok::<_, StoreError>(
                    sqlx::query_as("SELECT role FROM staff_roles WHERE account_id = $1").bind(id.clone()).fetch_all(tx).await?,
                )
            })
            .await
            .unwrap();
        if roles.contains(&(role,)) {
            let answer = browser.post("/logga-in/demo", &[("konto", &id)]).await;
            assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/handlaggare"));
            return;
        }
    }
    panic!("nobody is {role:?}");
}

/// Signs in as the made-up member of staff with this address.
pub async fn enter_by_email(portal: &TestPortal, browser: &Browser, email: &str) {
    let email = Email::parse(email).unwrap();
    let account = portal.app.db.read(async |tx| people::store::account_by_email(tx, &email).await).await.unwrap().expect("an account");
    let answer = browser.post("/logga-in/demo", &[("konto", account.id.as_str())]).await;
    assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/handlaggare"));
}

/// Signs in as someone who holds every role there is, for tests that walk all pages; gives the account's id.
pub async fn enter_with_every_role(portal: &TestPortal, browser: &Browser) -> String {
    people::demo::load(&portal.app).await.unwrap();
    enter_as(portal, browser, StaffRole::Administrator).await;
    let account: String = one(&portal.app.db, "SELECT account_id FROM staff_roles WHERE role = 'administrator'").await;
    for (number, role) in StaffRole::ALL.into_iter().enumerate().filter(|(_, role)| *role != StaffRole::Administrator) {
        let insert = format!(
            "INSERT INTO staff_roles (id, account_id, role, valid_from, given_by, given_at)
             VALUES ('{}{number:02x}', '{account}', '{}', '2026-01-01', '{account}', '2026-01-01T00:00:00.000Z')",
            &account[..34],
            role.code()
        );
        run_sql(&portal.app.config.database_url, insert).await;
    }
    account
}

/// A portal in demonstration mode with its made-up staff.
pub async fn staffed(engine: Engine) -> TestPortal {
    staffed_with(engine, |_| {}).await
}

/// As [`staffed`], with settings changed.
pub async fn staffed_with(engine: Engine, change: impl FnOnce(&mut Config)) -> TestPortal {
    let change = |config: &mut Config| {
        config.demo = true;
        change(config);
    };
    let portal = TestPortal::start_with(engine, change).await;
    people::demo::load(&portal.app).await.unwrap();
    portal
}

on_both! {
    /// Anna asks for a mail, opens its link in the same browser, and is in; the link opens nothing more.
    async fn anna_signs_in_by_the_link(portal: TestPortal) {
        let anna = portal.browser();
        let page = anna.get("/mina-sidor/uppgifter").await;
        assert_eq!((page.status, page.leads_to().as_str()), (303, "/logga-in?vidare=%2Fmina%2Dsidor%2Fuppgifter"));
        let page = anna.get(&page.leads_to()).await;
        assert!(page.words().contains("Logga in för att komma till sidan."), "{}", page.words());
        ask(&portal, &anna, &[("epost", " Anna.Ek@Example.SE "), ("vidare", &page.value("vidare"))]).await;
        let mail = mail_to(&portal, "anna.ek@example.se").await;
        let link = link_in(&mail);
        let page = anna.get(&link).await;
        assert_eq!(page.find("main button"), ["Logga in"]);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM sessions").await, 0, "opening the link uses nothing up");
        let answer = anna.post(&link, &[]).await;
        assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/mina-sidor/uppgifter"), "{}", answer.words());
        let page = anna.get("/mina-sidor").await;
        assert!(page.words().contains("Du är inloggad som anna.ek@example.se."), "{}", page.words());
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(anna.get("/").await.find("nav a").contains(&"Mina sidor".to_owned()));

        let again = anna.post(&link, &[]).await;
        assert_eq!(again.status, 422);
        assert!(again.words().contains("kan bara användas en gång"), "{}", again.words());
        let stored: String = one(&portal.app.db, "SELECT token_hash FROM sign_in_links").await;
        assert!(!link.contains(&stored) && stored.len() == 64, "only the hash is stored");
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'session.begun'").await, 1);
    }

    /// A link that was forwarded, one that is too old and one that was guessed let nobody in.
    async fn a_link_is_bound_to_its_browser_and_its_time(portal: TestPortal) {
        let anna = portal.browser();
        ask(&portal, &anna, &[("epost", "anna@example.se")]).await;
        let link = link_in(&mail_to(&portal, "anna@example.se").await);
        let thief = portal.browser();
        let page = thief.post(&link, &[]).await;
        assert_eq!(page.status, 422);
        assert!(page.words().contains("i samma webbläsare"), "{}", page.words());
        ask(&portal, &thief, &[("epost", "thief@example.se")]).await;
        assert_eq!(thief.post(&link, &[]).await.status, 422, "with a browser cookie of one's own");
        assert_eq!(thief.post(&format!("/logga-in/lank/{}", "A".repeat(43)), &[]).await.status, 422);
        assert_eq!(thief.post("/logga-in/lank/x", &[]).await.status, 422);
        portal.clock.advance_seconds(10 * 60);
        let page = anna.post(&link, &[]).await;
        assert!(page.words().contains("gäller i tio minuter"), "{}", page.words());
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM sessions").await, 0);
    }

    /// The code works however it is written; ten wrong ones end the mail, and the right one comes too late.
    async fn ten_guesses_end_a_code(portal: TestPortal) {
        let anna = portal.browser();
        ask(&portal, &anna, &[("epost", "anna@example.se")]).await;
        let code = code_in(&mail_to(&portal, "anna@example.se").await);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for (typed, sentence) in [("", "Ange koden ur e-brevet"), ("12 34", "Koden måste vara sex siffror")] {
            let page = anna.post("/logga-in/e-post", &[("kod", typed)]).await;
            assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]));
            assert_eq!(page.value("kod"), typed);
        }
        for guess in 1..=10 {
            let page = anna.post("/logga-in/e-post", &[("kod", wrong)]).await;
            let dead = page.errors().concat().contains("gäller inte längre");
            assert_eq!((page.status, dead), (422, guess == 10), "guess {guess}: {:?}", page.errors());
        }
        let page = anna.post("/logga-in/e-post", &[("kod", &code)]).await;
        assert_eq!(page.errors(), ["Koden gäller inte längre. Be om ett nytt brev"]);
        ask(&portal, &anna, &[("epost", "anna@example.se")]).await;
        let code = code_in(&mail_to(&portal, "anna@example.se").await);
        let answer = anna.post("/logga-in/e-post", &[("kod", &format!("{} {}", &code[..3], &code[3..]))]).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        assert_eq!(portal.browser().post("/logga-in/e-post", &[("kod", &code)]).await.status, 422, "elsewhere the code is nothing");
    }

    /// Whether an address has an account cannot be seen: the same answer, and a mail either way.
    async fn strangers_learn_nothing_about_accounts(portal: TestPortal) {
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        let stranger = portal.browser();
        portal.clock.advance_seconds(1);
        let known = stranger.post("/logga-in", &[("epost", "anna@example.se")]).await;
        let unknown = stranger.post("/logga-in", &[("epost", "nobody@example.se")]).await;
        assert_eq!((known.status, known.leads_to()), (unknown.status, unknown.leads_to()));
        assert_eq!(link_in(&mail_to(&portal, "anna@example.se").await).len(), link_in(&mail_to(&portal, "nobody@example.se").await).len());
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts").await, 1, "asking opens no account");
        let page = stranger.post("/logga-in", &[("epost", "anna(at)example.se")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.value("epost"), "anna(at)example.se");
    }

    /// A thousand tries over a hundred accounts from one network are stopped, and so is whoever keeps at one account; the
    /// rightful person in another network gets in all the same.
    async fn a_thousand_tries_do_not_lock_anybody_out(portal: TestPortal) {
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| config.proxies = 1).await;
        let robot = portal.browser_from("192.0.2.1");
        let mut let_through = 0;
        for number in 0..1000 {
            let email = format!("person{}@example.se", number % 100);
            let answer = robot.post("/logga-in", &[("epost", &email)]).await;
            assert!([303, 429].contains(&answer.status), "{}", answer.status);
            let_through += u32::from(answer.status == 303);
        }
        assert_eq!(let_through, 60, "as many as one network may ask for in an hour");
        let stubborn = portal.browser_from("192.0.2.2");
        for number in 1..=8 {
            let answer = stubborn.post("/logga-in", &[("epost", "person7@example.se")]).await;
            assert_eq!(answer.status, if number <= 6 { 303 } else { 429 }, "try {number} for one account");
        }
        assert_eq!(stubborn.post("/logga-in", &[("epost", "person8@example.se")]).await.status, 303, "others it may ask for");
        for number in [0, 7, 50, 99] {
            let person = portal.browser_from("198.51.100.7");
            let page = enter(&portal, &person, &format!("person{number}@example.se")).await;
            assert_eq!(page.status, 200, "person {number}: {}", page.words());
        }
        // Nobody's mailbox is filled from everywhere either.
        let mut mails = 0;
        for network in 0..10 {
            let browser = portal.browser_from(&format!("203.0.113.{network}"));
            for _ in 0..6 {
                mails += u32::from(browser.post("/logga-in", &[("epost", "mal@example.se")]).await.status == 303);
            }
        }
        assert_eq!(mails, 30, "as many as one account gets in an hour");
    }

    /// Signing in gives a new session and ends the one that the browser brought: nobody can prepare one for someone else.
    async fn a_session_cannot_be_prepared(portal: TestPortal) {
        let mallory = portal.browser();
        enter(&portal, &mallory, "mallory@example.se").await;
        let prepared = mallory.cookie("inloggad");
        // Anna's browser holds mallory's cookie when she signs in.
        let anna = mallory.clone();
        enter(&portal, &anna, "anna@example.se").await;
        assert_ne!(anna.cookie("inloggad"), prepared);
        let page = portal.browser().get_with_cookie("/mina-sidor", &prepared).await;
        assert_eq!(page.status, 303, "the old session is dead");
    }

    /// A session ends when nothing happens for two hours, and a day after it began whatever happens.
    async fn sessions_end(portal: TestPortal) {
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        portal.clock.advance_seconds(2 * 3600 - 1);
        assert_eq!(anna.get("/mina-sidor").await.status, 200);
        portal.clock.advance_seconds(2 * 3600);
        assert_eq!(anna.get("/mina-sidor").await.status, 303, "two hours of nothing");
        enter(&portal, &anna, "anna@example.se").await;
        for _ in 0..23 {
            portal.clock.advance_seconds(3600);
            assert_eq!(anna.get("/mina-sidor").await.status, 200);
        }
        portal.clock.advance_seconds(3600);
        assert_eq!(anna.get("/mina-sidor").await.status, 303, "a day in all");
    }

    /// Anna sees where she is signed in, ends the other one, and signs out; both are out at once.
    async fn anna_ends_her_other_session(portal: TestPortal) {
        let (here, there) = (portal.browser(), portal.browser());
        enter(&portal, &there, "anna@example.se").await;
        enter(&portal, &here, "anna@example.se").await;
        let page = here.get("/mina-sidor/inloggningar").await;
        assert_eq!(page.find("tbody tr").len(), 2, "{}", page.words());
        let other = page.attributes("button[name='avsluta']", "value").concat();
        let stranger = portal.browser();
        enter(&portal, &stranger, "eve@example.se").await;
        stranger.submit("/mina-sidor/inloggningar", &[("avsluta", &other)]).await;
        assert_eq!(there.get("/mina-sidor").await.status, 200, "nobody ends another's session");
        let page = here.submit("/mina-sidor/inloggningar", &[("avsluta", &other)]).await;
        assert_eq!(page.find("tbody tr").len(), 1);
        assert_eq!(there.get("/mina-sidor").await.status, 303);
        let answer = here.post("/logga-ut", &[]).await;
        assert_eq!(answer.header("clear-site-data"), "\"cache\", \"storage\"");
        assert!(here.get(&answer.leads_to()).await.words().contains("Du är utloggad"));
        assert_eq!(here.get("/mina-sidor").await.status, 303);
    }

    /// What is sent after the session has ended waits, unreadable to others, and stands in the form after signing in.
    async fn what_was_typed_survives_the_session(portal: TestPortal) {
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        let page = anna.get("/mina-sidor/uppgifter").await;
        let version = page.value("version");
        portal.clock.advance_seconds(3 * 3600);
        let fields = [("version", version.as_str()), ("namn", "Anna Karlsdotter Ek"), ("telefon", "inget"), ("sprak", "en"), ("aviseringar", "daily")];
        let answer = anna.post("/mina-sidor/uppgifter", &fields).await;
        assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/logga-in?vidare=%2Fmina%2Dsidor%2Fuppgifter"));
        // Another window sends something too: neither is lost.
        anna.post("/mina-sidor/inloggningar", &[("alla", "ja")]).await;
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM kept_posts").await, 2);
        run_sql(&portal.app.config.database_url, "DELETE FROM kept_posts WHERE path = '/mina-sidor/inloggningar'".to_owned()).await;
        let sealed: String = one(&portal.app.db, "SELECT sealed FROM kept_posts").await;
        assert!(!sealed.contains("Karlsdotter"));
        let page = anna.get(&answer.leads_to()).await;
        assert!(page.words().contains("Det du skrev är sparat"), "{}", page.words());
        ask(&portal, &anna, &[("epost", "anna@example.se"), ("vidare", &page.value("vidare"))]).await;
        let code = code_in(&mail_to(&portal, "anna@example.se").await);
        let page = anna.submit("/logga-in/e-post", &[("kod", &code)]).await;
        assert_eq!(page.value("namn"), "Anna Karlsdotter Ek", "{}", page.words());
        assert_eq!(page.value("telefon"), "inget");
        assert!(page.words().contains("Det du skrev finns kvar"), "{}", page.words());
        let page = anna.post("/mina-sidor/uppgifter", &fields).await;
        assert_eq!(page.status, 422, "no telephone number, and said so");
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM kept_posts").await, 1, "it waits until it is taken");
        let mut fields = fields;
        fields[2].1 = "070-123 45 67";
        let page = anna.submit("/mina-sidor/uppgifter", &fields).await;
        assert!(page.words().contains("Dina uppgifter är sparade."), "{}", page.words());
        assert_eq!(page.value("telefon"), "070-123 45 67");
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM kept_posts").await, 0);
    }

    /// Two windows change the same details: the second is told, sees both, and decides.
    async fn two_windows_do_not_overwrite_each_other(portal: TestPortal) {
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        let version = anna.get("/mina-sidor/uppgifter").await.value("version");
        let fields = |name| [("version", version.as_str()), ("namn", name), ("telefon", ""), ("sprak", "sv"), ("aviseringar", "each")];
        anna.submit("/mina-sidor/uppgifter", &fields("Anna Ek")).await;
        let page = anna.post("/mina-sidor/uppgifter", &fields("Anna Ask")).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.value("namn"), "Anna Ask");
        assert!(page.words().contains("Det här gäller nu") && page.words().contains("Anna Ek"), "{}", page.words());
        let now = page.value("version");
        let again = [("version", now.as_str()), ("namn", "Anna Ask"), ("telefon", ""), ("sprak", "sv"), ("aviseringar", "each")];
        assert_eq!(anna.submit("/mina-sidor/uppgifter", &again).await.value("namn"), "Anna Ask");
    }

    /// Anna takes her data with her and closes the account: nothing of her stays in it, and she can come anew.
    async fn anna_takes_her_data_and_leaves(portal: TestPortal) {
        let anna = portal.browser();
        enter(&portal, &anna, "anna@example.se").await;
        let file = anna.get("/mina-sidor/mina-data.json").await;
        let data: serde_json::Value = serde_json::from_str(&file.html).unwrap();
        assert_eq!(data["account"]["email"], "anna@example.se");
        assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
        assert_eq!(anna.post("/mina-sidor/avsluta", &[]).await.errors(), ["Bekräfta att du vill avsluta kontot"]);
        let page = anna.post("/mina-sidor/avsluta", &[("bekrafta", "ja")]).await;
        assert!(page.words().contains("Kontot är avslutat"), "{}", page.words());
        assert_eq!(anna.get("/mina-sidor").await.status, 303);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts WHERE email = 'anna@example.se'").await, 0);
        enter(&portal, &anna, "anna@example.se").await;
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts").await, 2);
    }
}

/// Every role meets what the table of routes says; a refusal names the account and stands in the chain.
async fn the_matrix(engine: Engine) {
    let portal = staffed(engine).await;
    crate::shop::stocked(&portal).await;
    for role in StaffRole::ALL {
        let browser = portal.browser();
        enter_as(&portal, &browser, role).await;
        let held: StaffRoles = {
            let id: String = browser.get("/mina-sidor/mina-data.json").await.html;
            let data: serde_json::Value = serde_json::from_str(&id).unwrap();
            data["roles"].as_array().unwrap().iter().map(|role| StaffRole::parse(role["role"].as_str().unwrap()).unwrap()).collect()
        };
        for route in portal::server::routes().declared() {
            let roles = match route.access {
                portal::web::Access::Staff(roles) | portal::web::Access::StaffFresh(roles) => roles,
                _ => continue,
            };
            let path = crate::access::filled(route.path, "AAAAAAAAAAAAAAAAAAAAAA");
            let get = route.method == axum::http::Method::GET;
            let page = if get { browser.get(&path).await } else { browser.post(&path, &[]).await };
            if held.any_of(roles) {
                assert_ne!(page.status, 403, "{role:?} {} {path}", route.method);
                assert!(page.status < 500, "{role:?} {} {path}: {}", route.method, page.status);
            } else {
                assert_eq!(page.status, 403, "{role:?} {} {path}", route.method);
                assert!(page.words().contains("Du är inloggad som"), "{}", page.words());
            }
        }
    }
    assert!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'access.denied'").await > 0);
    // Someone without any role, and nobody at all.
    let (applicant, nobody) = (portal.browser(), portal.browser());
    enter(&portal, &applicant, "anna@example.se").await;
    for route in portal::server::routes().declared() {
        let path = crate::access::filled(route.path, "AAAAAAAAAAAAAAAAAAAAAA");
        let staff = matches!(route.access, portal::web::Access::Staff(_) | portal::web::Access::StaffFresh(_));
        if !staff && route.access != portal::web::Access::SignedIn {
            continue;
        }
        let get = route.method == axum::http::Method::GET;
        let page = if get { nobody.get(&path).await } else { nobody.post(&path, &[]).await };
        assert_eq!(page.status, 303, "{} {path}", route.method);
        assert!(page.leads_to().starts_with("/logga-in?vidare="), "{path} leads to {}", page.leads_to());
        if staff {
            let page = if get { applicant.get(&path).await } else { applicant.post(&path, &[]).await };
            assert_eq!(page.status, 403, "{} {path}", route.method);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_meets_what_the_table_says_sqlite() {
    the_matrix(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_meets_what_the_table_says_postgres() {
    the_matrix(Engine::Postgres).await;
}

/// An administrator adds a colleague, gives roles with days, takes them back, and blocks the account.
async fn roles_are_given(engine: Engine) {
    let portal = staffed(engine).await;
    let amina = portal.browser();
    enter_as(&portal, &amina, StaffRole::Administrator).await;
    assert_eq!(amina.post("/handlaggare/anvandare/ny", &[("namn", ""), ("epost", "x")]).await.errors().len(), 2);
    let answer = amina.post("/handlaggare/anvandare/ny", &[("namn", "Nils Ny"), ("epost", "nils@bra.example")]).await;
    let nils_page = answer.leads_to();
    assert!(amina.get(&nils_page).await.words().contains("Personen har ingen roll nu."));
    let page = amina.post(&nils_page, &[("roll", ""), ("fran", "i morgon")]).await;
    assert_eq!(page.errors().len(), 2, "{:?}", page.errors());
    assert_eq!(page.value("fran"), "i morgon");
    let nils = portal.browser();
    enter(&portal, &nils, "nils@bra.example").await;
    assert_eq!(nils.get("/handlaggare").await.status, 403);
    amina.submit(&nils_page, &[("roll", "editor"), ("till", "2026-12-24")]).await;
    assert_eq!(nils.get("/mina-sidor").await.status, 303, "a new role begins with a new session");
    let page = amina.post(&nils_page, &[("roll", "editor")]).await;
    assert_eq!(page.errors(), ["Personen har redan den rollen under de dagarna"]);
    let page = amina.get(&nils_page).await;
    assert!(page.words().contains("Redaktör från 23 november 2026 till och med 24 december 2026"), "{}", page.words());
    // By mail alone Nils has shown one factor: the house stays shut.
    enter(&portal, &nils, "nils@bra.example").await;
    let answer = nils.get("/handlaggare").await;
    assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/bekrafta?vidare=%2Fhandlaggare"));
    let role = amina.get(&nils_page).await.attributes("button[name='ta_bort']", "value").concat();
    let page = amina.submit(&nils_page, &[("ta_bort", &role)]).await;
    assert!(page.words().contains("Rollen är borttagen"), "{}", page.words());
    amina.submit(&nils_page, &[("sparra", "ja")]).await;
    let page = {
        ask(&portal, &nils, &[("epost", "nils@bra.example")]).await;
        let code = code_in(&mail_to(&portal, "nils@bra.example").await);
        nils.post("/logga-in/e-post", &[("kod", &code)]).await
    };
    assert!(page.words().contains("Kontot är spärrat"), "{}", page.words());
    // Å, ä and ö are found however they are written.
    amina.submit("/handlaggare/anvandare/ny", &[("namn", "Åsa Öman"), ("epost", "asa.oman@bra.example")]).await;
    assert_eq!(amina.get("/handlaggare/anvandare?q=%C3%A5sa+%C3%B6").await.find("tbody tr").len(), 1);
    assert_eq!(amina.get("/handlaggare/anvandare?q=%C3%96MAN").await.find("tbody tr").len(), 1);
    // Nobody takes the last administrator's role, nor their own.
    let list = amina.get("/handlaggare/anvandare?q=amina").await;
    assert_eq!(list.find("tbody tr").len(), 1, "{}", list.words());
    let own = list.attributes("tbody a", "href").concat();
    let role = amina.get(&own).await.attributes("button[name='ta_bort']", "value").concat();
    assert!(amina.post(&own, &[("ta_bort", &role)]).await.errors().concat().contains("ditt eget konto"));
    assert!(amina.post(&own, &[("sparra", "ja")]).await.errors().concat().contains("ditt eget konto"));
    // A quarter of an hour later a change of roles asks for the second factor again.
    portal.clock.advance_seconds(16 * 60);
    assert!(amina.get(&nils_page).await.leads_to().starts_with("/bekrafta"));
    assert_eq!(amina.get("/handlaggare/anvandare").await.status, 200);
    // The staff's sessions end after an hour of nothing, sooner than others'.
    portal.clock.advance_seconds(3600);
    assert!(amina.get("/handlaggare").await.leads_to().starts_with("/logga-in"));
    assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_gives_roles_sqlite() {
    roles_are_given(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_gives_roles_postgres() {
    roles_are_given(Engine::Postgres).await;
}

/// An editor sets up the second factor once and shows it from then on: no code counts twice, a lost telephone is mended by
/// an administrator, and each proof gives the session a new secret.
async fn the_second_factor(engine: Engine) {
    let portal = staffed(engine).await;
    let amina = portal.browser();
    enter_as(&portal, &amina, StaffRole::Administrator).await;
    let nils_page = amina.post("/handlaggare/anvandare/ny", &[("namn", "Nils Ny"), ("epost", "nils@bra.example")]).await.leads_to();
    amina.submit(&nils_page, &[("roll", "administrator")]).await;
    let nils = portal.browser();
    enter(&portal, &nils, "nils@bra.example").await;
    let way = nils.get("/handlaggare/anvandare").await.leads_to();
    assert_eq!(way, "/bekrafta?vidare=%2Fhandlaggare%2Fanvandare");
    let page = nils.get(&way).await;
    assert!(page.words().contains("Du har ingen tvåstegskod än."), "{}", page.words());
    let further = page.value("vidare");
    let page = nils.submit("/bekrafta", &[("ny", "ja"), ("vidare", &further)]).await;
    let secret = page.find("dd code").concat().replace(' ', "");
    assert!(!one::<String>(&portal.app.db, "SELECT sealed FROM authenticators").await.contains(&secret), "enciphered");
    let codes = people::actions::codes(&data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap()).unwrap();
    let code_at = |seconds: i64| codes.generate((portal.app.now().millis() / 1000 + seconds).unsigned_abs());
    assert_eq!(nils.post("/bekrafta", &[("kod", "")]).await.errors(), ["Ange koden som appen visar"]);
    let wrong = if code_at(0) == "123456" { "654321" } else { "123456" };
    assert!(nils.post("/bekrafta", &[("kod", wrong)]).await.errors().concat().contains("Koden stämmer inte"));
    assert!(nils.post("/bekrafta", &[("kod", &code_at(-90))]).await.errors().concat().contains("Koden stämmer inte"), "too old");
    let before = nils.cookie("inloggad");
    let used = code_at(-20);
    let answer = nils.post("/bekrafta", &[("kod", &used), ("vidare", &further)]).await;
    assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/handlaggare/anvandare"), "{}", answer.words());
    assert_ne!(nils.cookie("inloggad"), before);
    assert_eq!(portal.browser().get_with_cookie("/mina-sidor", &before).await.status, 303, "the old secret opens nothing");
    assert_eq!(nils.get("/handlaggare/anvandare").await.status, 200);
    // The same code again, in another session, proves nothing.
    let thief = portal.browser();
    enter(&portal, &thief, "nils@bra.example").await;
    assert!(thief.post("/bekrafta", &[("kod", &used)]).await.errors().concat().contains("Koden stämmer inte"));
    assert_eq!(thief.submit("/bekrafta", &[("ny", "ja")]).await.find("dd code").len(), 0, "a second factor that works is not replaced");
    // A quarter of an hour later a change of roles asks again; by guessing one comes nowhere.
    portal.clock.advance_seconds(16 * 60);
    assert!(nils.get(&nils_page).await.leads_to().starts_with("/bekrafta"));
    for _ in 0..10 {
        nils.post("/bekrafta", &[("kod", wrong)]).await;
    }
    assert_eq!(nils.post("/bekrafta", &[("kod", &code_at(0))]).await.status, 429);
    portal.clock.advance_seconds(16 * 60);
    assert_eq!(nils.post("/bekrafta", &[("kod", &code_at(0))]).await.status, 303);
    // The telephone is lost.
    assert_eq!(nils.post(&nils_page, &[("tvasteg", "ja")]).await.status, 422, "nobody takes away their own");
    amina.submit("/bekrafta", &[]).await;
    let page = amina.submit(&nils_page, &[("tvasteg", "ja")]).await;
    assert!(page.words().contains("Andra steget är borttaget"), "{}", page.words());
    assert_eq!(nils.get("/mina-sidor").await.status, 303);
    assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_show_a_second_factor_sqlite() {
    the_second_factor(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn staff_show_a_second_factor_postgres() {
    the_second_factor(Engine::Postgres).await;
}

on_both! {
    /// The operator makes the first administrator from the command line: account, role, mail, and nothing twice.
    async fn the_first_administrator_is_invited(portal: TestPortal) {
        let colleague = people::rules::Colleague {
            name: "Ada Administratör".to_owned(),
            email: portal::kit::Email::parse("ada@bra.example").unwrap(),
        };
        assert!(people::actions::invite_administrator(&portal.app, &colleague).await.unwrap());
        assert!(!people::actions::invite_administrator(&portal.app, &colleague).await.unwrap());
        let mail: String = one(&portal.app.db, "SELECT text_body FROM outbox WHERE kind = 'staff.invited'").await;
        assert!(mail.contains("/logga-in?vidare=%2Fhandlaggare"), "{mail}");
        let ada = portal.browser();
        enter(&portal, &ada, "ada@bra.example").await;
        assert!(ada.get("/handlaggare").await.leads_to().starts_with("/bekrafta"));
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM staff_roles").await, 1);
    }
}

/// An administrator sees what mail waits, was sent and could not be; tries again; and finds what happened in the log, which is
/// whole until somebody tampers with it.
async fn mail_and_log(engine: Engine) {
    let portal = staffed(engine).await;
    let anna = portal.browser();
    ask(&portal, &anna, &[("epost", "anna@example.se")]).await;
    ask(&portal, &anna, &[("epost", "bo@example.se")]).await;
    let url = &portal.app.config.database_url;
    run_sql(
        url,
        "UPDATE outbox SET status = 'dead', attempts = 8, last_error = '550 no such user' WHERE recipient = 'bo@example.se'".to_owned(),
    )
    .await;
    let amina = portal.browser();
    enter_as(&portal, &amina, StaffRole::Administrator).await;
    let page = amina.get("/handlaggare/utskick?lage=dead").await;
    assert_eq!(page.find("tbody tr").len(), 1, "{}", page.words());
    assert!(page.words().contains("Väntar (1)") && page.words().contains("Gick inte att skicka (1)"), "{}", page.words());
    assert_eq!(amina.get("/handlaggare/utskick?q=ANNA%40").await.find("tbody tr").len(), 1);
    assert_eq!(amina.get("/handlaggare/utskick?q=BR%C3%85S+portal").await.find("tbody tr").len(), 2, "å is a letter on both engines");
    assert_eq!(amina.get("/handlaggare/utskick?q=%25").await.find("tbody tr").len(), 0, "a sign of patterns means itself");
    let one_mail = page.attributes("tbody a", "href").concat();
    let page = amina.get(&one_mail).await;
    assert!(page.words().contains("550 no such user"), "{}", page.words());
    let secret = link_in(&mail_to(&portal, "bo@example.se").await);
    assert!(!page.html.contains(&secret) && !page.words().contains("koden"), "what the mail says is nobody's business");
    let page = amina.submit(&one_mail, &[("igen", "ja")]).await;
    assert!(page.words().contains("Ett e-brev skickas igen."), "{}", page.words());
    assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE status = 'waiting' AND attempts = 0").await, 2);
    run_sql(url, "UPDATE outbox SET status = 'dead'".to_owned()).await;
    let page = amina.submit("/handlaggare/utskick", &[]).await;
    assert!(page.words().contains("2 e-brev skickas igen."), "{}", page.words());

    let page = amina.get("/handlaggare/logg?q=mail.").await;
    assert_eq!(page.find("tbody tr").len(), 2, "{}", page.words());
    assert!(page.words().contains("E-brev skickas igen"));
    assert_eq!(amina.get("/handlaggare/logg?fran=2026-11-24").await.find("tbody tr").len(), 0);
    assert_eq!(amina.get("/handlaggare/logg?till=2026-11-23&q=session.begun").await.find("tbody tr").len(), 1);
    let page = amina.get("/handlaggare/logg?fran=snart").await;
    assert_eq!((page.status, page.errors()), (422, vec!["Datumet måste skrivas som 2027-01-15".to_owned()]));
    assert_eq!(page.value("fran"), "snart");
    let page = amina.post("/handlaggare/logg", &[]).await;
    assert!(page.words().contains("Loggen är hel: 3 händelser."), "{}", page.words());
    // Sixty more events: the next page begins where this one ends.
    for _ in 0..60 {
        portal
            .app
            .db
            .write_in_line(async |tx| audit::append(tx, portal.app.now(), "system", "test.event", "test:1", &serde_json::json!({})).await)
            .await
            .unwrap();
    }
    let page = amina.get("/handlaggare/logg").await;
    assert_eq!(page.find("tbody tr").len(), 50);
    let older = page.attributes("main a", "href").into_iter().find(|href| href.contains("fore=")).unwrap();
    let page = amina.get(&older).await;
    assert_eq!(page.find("tbody tr").len(), 13);
    assert_eq!(page.find("tbody th").first().map(String::as_str), Some("13"));
    let tamper =
        if url.starts_with("sqlite") { "DROP TRIGGER audit_events_no_update" } else { "ALTER TABLE audit_events DISABLE TRIGGER ALL" };
    run_sql(url, tamper.to_owned()).await;
    run_sql(url, "UPDATE audit_events SET actor = 'system' WHERE seq = 2".to_owned()).await;
    let page = amina.post("/handlaggare/logg", &[]).await;
    assert!(page.words().contains("Loggen är bruten"), "{}", page.words());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_keeps_mail_and_log_sqlite() {
    mail_and_log(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_keeps_mail_and_log_postgres() {
    mail_and_log(Engine::Postgres).await;
}
