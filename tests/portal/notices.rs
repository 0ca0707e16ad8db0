//! Stories of notices: who is told what, on the page and by mail; at once, once a day or never; and how mail ends.

use portal::kit::{Id, OrgRole, StaffRole};
use portal::people::model::NoticeKind;
use portal::people::notices::{self, Notice, To};
use portal::platform::db::{Db, StoreError};
use portal::server;

use crate::harness::{Browser, TestPortal, run_sql};
use crate::organisations::{belongs, found, orgnr};
use crate::people::{enter, enter_as, staffed};

async fn texts(db: &Db, statement: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> = db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).fetch_all(tx).await?)).await.unwrap();
    rows.into_iter().map(|(text,)| text).collect()
}

async fn someone(portal: &TestPortal, email: &str) -> Browser {
    let browser = portal.browser();
    enter(portal, &browser, email).await;
    browser
}

/// Tells the warehouse that something is running low, as another area would.
async fn low(portal: &TestPortal, title: &str) {
    let app = &portal.app;
    let notice = Notice::new(NoticeKind::LowStock, "/handlaggare/lager").with("title", title);
    let now = app.now();
    app.db.write(async |tx| notices::tell(tx, app, To::Holders(StaffRole::Warehouse), &notice, now).await).await.unwrap();
}

/// The address in a mail that ends such mail.
async fn ending(portal: &TestPortal) -> String {
    let address =
        texts(&portal.app.db, "SELECT unsubscribe FROM outbox WHERE unsubscribe IS NOT NULL ORDER BY created_at DESC, id DESC").await;
    address[0].strip_prefix(&portal.base).expect("an address of this portal").to_owned()
}

/// The address that would end mail about new browsers to someone.
pub async fn ending_for(portal: &TestPortal, email: &str) -> String {
    let accounts = texts(&portal.app.db, "SELECT id || ' ' || email FROM accounts").await;
    let id = accounts.iter().find_map(|line| line.strip_suffix(&format!(" {email}"))).expect("an account");
    let address = notices::actions::ending(&portal.app, &Id::parse(id).unwrap(), NoticeKind::NewSignIn.code()).unwrap();
    address.strip_prefix(&portal.base).unwrap().to_owned()
}

const MAILS: &str = "SELECT recipient FROM outbox WHERE kind = 'notice.told' ORDER BY created_at, id";

on_both! {
    /// Bertil's role is changed and then taken away: he is told each time, on his pages and by mail that names nobody.
    async fn a_member_is_told_what_becomes_of_their_part(portal: TestPortal) {
        let (anna, bertil) = (someone(&portal, "anna@example.se").await, someone(&portal, "bertil@example.se").await);
        let path = found(&anna, &orgnr(1), &[]).await;
        let membership = belongs(&portal, &path, "bertil@example.se", OrgRole::Reader).await;
        let one = format!("{path}/personer/{membership}");
        assert_eq!(anna.submit(&one, &[("version", "1"), ("roll", "editor")]).await.status, 200);
        let page = bertil.get("/mina-sidor").await;
        assert!(page.words().contains("Läs en ny avisering"), "{}", page.words());
        let page = bertil.get("/mina-sidor/aviseringar").await;
        assert!(page.words().contains("Din roll i Exempelby kommun är ändrad."), "{}", page.words());
        assert_eq!(anna.get("/mina-sidor/aviseringar").await.find("main h1 + p"), ["Du har inga olästa aviseringar."]);
        let mails = texts(&portal.app.db, "SELECT subject || text_body || html_body FROM outbox WHERE kind = 'notice.told'").await;
        assert_eq!(mails.len(), 1);
        assert!(!mails[0].contains("Exempelby"), "mail says what sort of thing: {}", mails[0]);
        assert!(mails[0].contains(&format!("{}{path}", portal.base)) && mails[0].contains("/mina-sidor/aviseringar/e-post"), "{}", mails[0]);
        // Opening it marks it as read and leads on.
        let id = page.attributes("button[name='oppna']", "value").concat();
        let answer = bertil.post("/mina-sidor/aviseringar", &[("oppna", &id)]).await;
        assert_eq!((answer.status, answer.leads_to()), (303, path.clone()));
        assert!(!bertil.get("/mina-sidor").await.words().contains("Läs en"));
        assert!(bertil.get("/mina-sidor/aviseringar").await.attributes("button[name='last']", "value").is_empty());

        anna.submit(&one, &[("version", "2"), ("ta_bort", "ja")]).await;
        let page = bertil.get("/en/mina-sidor/aviseringar").await;
        assert!(page.words().contains("You no longer belong to Exempelby kommun."), "{}", page.words());
        let page = bertil.submit("/mina-sidor/aviseringar", &[("alla", "ja")]).await;
        assert!(page.words().contains("Du har inga olästa aviseringar."), "{}", page.words());
        let file: serde_json::Value = serde_json::from_str(&bertil.get("/mina-sidor/mina-data.json").await.html).unwrap();
        assert_eq!(file["notices"].as_array().unwrap().len(), 2, "{file}");
        bertil.post("/mina-sidor/avsluta", &[("bekrafta", "ja")]).await;
        assert_eq!(texts(&portal.app.db, "SELECT id FROM notices").await, Vec::<String>::new(), "a closed account keeps none");
    }

    /// Nobody reads another's notices, opens them or marks them.
    async fn notices_are_ones_own(portal: TestPortal) {
        let (anna, bertil) = (someone(&portal, "anna@example.se").await, someone(&portal, "bertil@example.se").await);
        let path = found(&anna, &orgnr(1), &[]).await;
        let membership = belongs(&portal, &path, "bertil@example.se", OrgRole::Reader).await;
        anna.submit(&format!("{path}/personer/{membership}"), &[("version", "1"), ("roll", "editor")]).await;
        let id = texts(&portal.app.db, "SELECT id FROM notices").await.concat();
        assert_eq!(anna.post("/mina-sidor/aviseringar", &[("oppna", &id)]).await.status, 404);
        anna.post("/mina-sidor/aviseringar", &[("last", &id)]).await;
        anna.post("/mina-sidor/aviseringar", &[("alla", "ja")]).await;
        assert!(bertil.get("/mina-sidor").await.words().contains("Läs en ny avisering"));
    }

    /// Everybody in the warehouse is told once, until they have read it.
    async fn holders_of_a_role_are_told_once(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let lars = portal.browser();
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        low(&portal, "Umeå växer").await;
        low(&portal, "Umeå växer").await;
        assert_eq!(texts(&portal.app.db, MAILS).await, ["lars@bra.example"]);
        let page = lars.get("/handlaggare").await;
        assert!(page.words().contains("Olästa aviseringar 1"), "{}", page.words());
        assert!(lars.get("/mina-sidor/aviseringar").await.words().contains("Få exemplar kvar i lager: Umeå växer."));
        lars.post("/mina-sidor/aviseringar", &[("alla", "ja")]).await;
        low(&portal, "Umeå växer").await;
        assert_eq!(texts(&portal.app.db, MAILS).await.len(), 2, "read, and low again");
        run_sql(&portal.app.config.database_url, "UPDATE accounts SET status = 'disabled' WHERE email = 'lars@bra.example'".to_owned()).await;
        low(&portal, "Samverkan").await;
        assert_eq!(texts(&portal.app.db, MAILS).await.len(), 2, "nobody who is blocked");
    }

    /// Lars chooses one mail a day: at seven comes one about all that is unread, and the next day none about the same.
    async fn the_daily_mail_gathers_what_is_unread(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let lars = portal.browser();
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        let page = lars.get("/mina-sidor/aviseringar/e-post").await;
        assert!(page.find("label").contains(&"Få exemplar kvar i lager".to_owned()));
        let version = page.value("version");
        let page = lars.post("/mina-sidor/aviseringar/e-post", &[("version", &version)]).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Välj hur ofta du vill ha e-brev".to_owned()]));
        let chosen = [("version", version.as_str()), ("aviseringar", "each"), ("aviseringar-stock-low", "daily")];
        let page = lars.submit("/mina-sidor/aviseringar/e-post", &chosen).await;
        assert!(page.words().contains("Ditt val är sparat."), "{}", page.words());
        let page = lars.post("/mina-sidor/aviseringar/e-post", &chosen).await;
        assert_eq!(page.status, 422, "an old version");
        assert!(page.words().contains("Det här gäller nu:"), "{}", page.words());

        for title in ["Umeå växer", "Samverkan", "Läst"] {
            low(&portal, title).await;
        }
        let read = texts(&portal.app.db, "SELECT id FROM notices WHERE words LIKE '%Läst%'").await.concat();
        lars.post("/mina-sidor/aviseringar", &[("last", &read)]).await;
        assert_eq!(texts(&portal.app.db, MAILS).await, Vec::<String>::new());
        let worker = server::worker(&portal.app);
        // 2026-11-23 10.00 in Stockholm: today's seven o'clock has been, so the job of today is due at once.
        worker.schedule().await.unwrap();
        worker.drain().await.unwrap();
        let daily = "SELECT text_body FROM outbox WHERE kind = 'notice.daily'";
        let mails = texts(&portal.app.db, daily).await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("Få exemplar kvar i lager (2)") && !mails[0].contains("Umeå växer"), "{}", mails[0]);
        low(&portal, "Ny").await;
        portal.clock.advance_seconds(24 * 60 * 60);
        worker.schedule().await.unwrap();
        worker.drain().await.unwrap();
        let mails = texts(&portal.app.db, daily).await;
        assert_eq!(mails.len(), 2);
        assert_eq!(mails.iter().filter(|mail| mail.contains("(2)")).count(), 1, "what was mailed once is not mailed again");
        worker.schedule().await.unwrap();
        worker.drain().await.unwrap();
        assert_eq!(texts(&portal.app.db, daily).await.len(), 2);
    }

    /// A mail ends by the page's button and by a mail program's one press, without cookies; a made-up address ends nothing.
    async fn a_mail_is_ended_by_its_own_address(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        low(&portal, "Umeå växer").await;
        let address = ending(&portal).await;
        let stranger = portal.browser();
        let page = stranger.get(&address).await;
        assert!(page.words().contains("”Få exemplar kvar i lager”"), "{}", page.words());
        low(&portal, "Samverkan").await;
        assert_eq!(texts(&portal.app.db, MAILS).await.len(), 2, "looking ends nothing");
        let answer = stranger.post(&address, &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(answer.status, 200, "{}", answer.words());
        assert_eq!(stranger.post(&address, &[]).await.status, 200, "twice is harmless");
        low(&portal, "Tredje").await;
        assert_eq!(texts(&portal.app.db, MAILS).await.len(), 2);
        assert_eq!(texts(&portal.app.db, "SELECT id FROM notices").await.len(), 3, "the page still says it");
        let (start, last) = address.split_at(address.len() - 1);
        let other = if last == "A" { "B" } else { "A" };
        for wrong in [format!("{start}{other}x"), start.to_owned(), "/avisering/avregistrera/abc".to_owned()] {
            assert_eq!(stranger.post(&wrong, &[]).await.status, 404, "{wrong}");
        }
        let chain = texts(&portal.app.db, "SELECT detail FROM audit_events WHERE action = 'notice.chosen'").await;
        assert_eq!(chain[0], r#"{"by_mail":"none","how":"link","kind":"stock.low"}"#);

        // The daily mail ends as a whole.
        let lars = Id::parse(&texts(&portal.app.db, "SELECT id FROM accounts WHERE email = 'lars@bra.example'").await.concat()).unwrap();
        run_sql(&portal.app.config.database_url, "UPDATE accounts SET notices = 'daily'".to_owned()).await;
        run_sql(&portal.app.config.database_url, format!("UPDATE notice_choices SET by_mail = 'daily' WHERE account_id = '{lars}'")).await;
        low(&portal, "Fjärde").await;
        let worker = server::worker(&portal.app);
        worker.schedule().await.unwrap();
        worker.drain().await.unwrap();
        portal.clock.advance_seconds(1);
        low(&portal, "Femte").await;
        let address = ending(&portal).await;
        stranger.post(&address, &[]).await;
        portal.clock.advance_seconds(24 * 60 * 60);
        worker.schedule().await.unwrap();
        worker.drain().await.unwrap();
        assert_eq!(texts(&portal.app.db, "SELECT id FROM outbox WHERE kind = 'notice.daily'").await.len(), 1, "what waited is not mailed");
    }

    /// Whoever signs in with a browser that the account was not known by is told; with the same one nobody is.
    async fn a_new_browser_is_told_of(portal: TestPortal) {
        someone(&portal, "anna@example.se").await;
        someone(&portal, "anna@example.se").await;
        assert_eq!(texts(&portal.app.db, MAILS).await, Vec::<String>::new(), "the first, and the same again");
        let firefox = "UPDATE sessions SET agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'";
        run_sql(&portal.app.config.database_url, firefox.to_owned()).await;
        let anna = someone(&portal, "anna@example.se").await;
        assert_eq!(texts(&portal.app.db, MAILS).await, ["anna@example.se"]);
        assert!(anna.get("/mina-sidor/aviseringar").await.words().contains("Någon har loggat in på ditt konto i en ny webbläsare."));
    }

    /// What Brå does with an organisation, its members are told.
    async fn members_are_told_what_staff_do(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let anna = someone(&portal, "anna@example.se").await;
        let path = found(&anna, &orgnr(1), &[]).await;
        let staff = portal.browser();
        enter_as(&portal, &staff, StaffRole::Registrar).await;
        let own = path.replace("/organisation/", "/handlaggare/organisationer/");
        staff.submit(&own, &[("version", "1"), ("gor", "kontrollerad")]).await;
        let other = found(&someone(&portal, "bo@example.se").await, &orgnr(2), &[("namn", "Ängs förening")]).await;
        assert_ne!(other, path);
        staff.post(&format!("{own}/sla-ihop"), &[("version", "2"), ("organisationsnummer", &orgnr(2))]).await;
        let told = anna.get("/mina-sidor/aviseringar").await.words();
        for sentence in ["Brå har kontrollerat Exempelby kommun.", "Exempelby kommun är sammanslagen med Ängs förening."] {
            assert!(told.contains(sentence), "{told}");
        }
    }
}
