//! The demonstration: who and what is made up, that loading it again changes nothing, and that each of the made-up people has
//! something to see.

use portal::kit::Lang;
use portal::platform::audit;
use portal::{catalogue, organisations, people, register, shop};

use crate::harness::{Browser, TestPortal};
use crate::people::one;

/// Everything that `portal demo` lays down.
async fn load(portal: &TestPortal) {
    let app = &portal.app;
    catalogue::demo::load(app).await.map_err(|error| catalogue::import::report::failure(&error, Lang::Sv)).unwrap();
    catalogue::demo::load_prices(app).await.unwrap();
    people::demo::load(app).await.unwrap();
    organisations::demo::load(app).await.unwrap();
    register::demo::load(app).await.unwrap();
    shop::demo::load(app).await.unwrap();
    shop::demo::load_orders(app).await.unwrap();
    catalogue::editor::demo::load(app).await.unwrap();
    portal::calls::demo::load(app).await.unwrap();
    portal::applications::demo::load(app).await.unwrap();
}

/// Chooses somebody on the sign-in page by name; where that leads.
async fn enter(browser: &Browser, name: &str) -> String {
    let page = browser.get("/logga-in").await;
    let labels = page.find("form[action='/logga-in/demo'] label");
    let ids = page.attributes("form[action='/logga-in/demo'] input[name='konto']", "value");
    let place = labels.iter().position(|label| label.starts_with(name)).unwrap_or_else(|| panic!("{name} is not in {labels:?}"));
    browser.post("/logga-in/demo", &[("konto", &ids[place])]).await.leads_to()
}

on_both! {
    async fn everybody_made_up_has_something_to_see(portal: TestPortal) {
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| config.demo = true).await;
        load(&portal).await;
        let counts = async || {
            let db = &portal.app.db;
            [
                one::<i64>(db, "SELECT COUNT(*) FROM organisations").await,
                one::<i64>(db, "SELECT COUNT(*) FROM orders").await,
                one::<i64>(db, "SELECT COUNT(*) FROM accounts").await,
                one::<i64>(db, "SELECT COUNT(*) FROM table_views").await,
                one::<i64>(db, "SELECT COUNT(*) FROM audit_events").await,
                one::<i64>(db, "SELECT COUNT(*) FROM notices").await,
            ]
        };
        let before = counts().await;
        assert_eq!(before[..4], [3, 6, 13, 1]);
        load(&portal).await;
        assert_eq!(counts().await, before, "twice is once");

        let page = portal.browser().get("/logga-in").await;
        assert_eq!(page.attributes("input[name='konto']", "value").len(), 13);
        for (list, sentence) in [("konto", "Välj en medarbetare"), ("konto-sokande", "Välj en sökande")] {
            let page = portal.browser().post("/logga-in/demo", &[("lista", list)]).await;
            assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]));
            assert_eq!(page.attributes(".govuk-error-summary a", "href"), [format!("#{list}")]);
        }

        let frida = portal.browser();
        assert_eq!(enter(&frida, "Frida").await, "/mina-sidor");
        let page = frida.get("/mina-sidor").await;
        assert!(page.words().contains("Exempelby kommun (exempel)"), "somebody wants in: {}", page.words());
        let path = frida.get("/mina-sidor/organisationer").await.attributes("tbody a", "href").concat();
        let page = frida.get(&path).await;
        assert!(page.words().contains("Behörig företrädare") && page.words().contains("Kontrollerad"), "{}", page.words());
        let page = frida.get(&format!("{path}/personer")).await;
        for words in ["Kim Kollega", "Sara Sökande", "ny.kollega@exempelby.example"] {
            assert!(page.words().contains(words), "{words}: {}", page.words());
        }
        assert_eq!(frida.get("/mina-sidor/bestallningar").await.find("tbody tr").len(), 2);
        assert!(!frida.get("/mina-sidor/aviseringar").await.words().contains("inga aviseringar"));
        assert_eq!(frida.get("/handlaggare").await.status, 403);

        let (kim, sara) = (portal.browser(), portal.browser());
        enter(&kim, "Kim").await;
        assert_eq!(kim.get("/mina-sidor/organisationer").await.find("tbody tr").len(), 2);
        enter(&sara, "Sara").await;
        let page = sara.get("/mina-sidor/organisationer").await;
        assert!(page.words().contains("Avslutad") && page.words().contains("Exempelby kommun"), "{}", page.words());

        let lars = portal.browser();
        assert_eq!(enter(&lars, "Lars").await, "/handlaggare");
        let page = lars.get("/handlaggare/bestallningar").await;
        for words in ["Att plocka", "Packad", "Skickad", "Levererad", "Annullerad", "Restnoterad", "Att packa i dag"] {
            assert!(page.html.contains(words), "{words}: {}", page.words());
        }
        let hanna = portal.browser();
        enter(&hanna, "Hanna").await;
        assert_eq!(hanna.get("/handlaggare/organisationer").await.find("tbody tr").len(), 3);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// Where mail goes out nobody without a mailbox is made to write any.
    async fn nobody_without_a_mailbox_sends_mail(portal: TestPortal) {
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| {
            (config.demo, config.smtp_url) = (true, Some("smtp://127.0.0.1:2525".to_owned()));
        }).await;
        organisations::demo::load(&portal.app).await.unwrap();
        shop::demo::load_orders(&portal.app).await.unwrap();
        portal::calls::demo::load(&portal.app).await.unwrap();
        portal::applications::demo::load(&portal.app).await.unwrap();
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM calls").await, 0);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM outbox").await, 0);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM organisations").await, 0);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT COUNT(*) FROM accounts").await, 3);
    }
}
