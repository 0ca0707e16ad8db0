//! Stories of orders that someone keeps among their own: placed while signed in, or claimed by their link.

use portal::platform::audit;
use portal::platform::db::StoreError;

use crate::harness::{Browser, TestPortal, run_sql};
use crate::organisations::{FACTS, found, orgnr};
use crate::people::enter;
use crate::shop::{UMEA, order, put, stocked};

async fn someone(portal: &TestPortal, email: &str) -> Browser {
    let browser = portal.browser();
    enter(portal, &browser, email).await;
    browser
}

/// Who keeps the first order: an address, or nothing.
async fn keeper(portal: &TestPortal) -> String {
    let row: Option<(String,)> = portal
        .app
        .db
        .read(async |tx| {
            let keeper = "SELECT a.email FROM orders o JOIN accounts a ON a.id = o.account_id WHERE o.number = 10001";
            Ok::<_, StoreError>(sqlx::query_as(keeper).fetch_optional(tx).await?)
        })
        .await
        .unwrap();
    row.map(|(email,)| email).unwrap_or_default()
}

on_both! {
    /// Anna orders while she is signed in, and finds the order on her pages without its link; nobody else does.
    async fn an_order_placed_while_signed_in_is_ones_own(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let (anna, eve) = (someone(portal, "anna@example.se").await, someone(portal, "eve@example.se").await);
        run_sql(&portal.app.config.database_url, "UPDATE accounts SET name = 'Anna Ek', phone = '+46701234567' WHERE email = 'anna@example.se'".to_owned()).await;
        put(&anna, portal, UMEA, "2").await;
        assert!(anna.get("/mina-sidor").await.words().contains("Påbörjad beställning: 2 exemplar i kundkorgen"));
        let page = anna.get("/kassa/leverans").await;
        assert_eq!((page.value("namn").as_str(), page.value("epost").as_str()), ("Anna Ek", "anna@example.se"), "suggested");
        assert!(!page.value("telefon").is_empty());
        let page = anna.post("/kassa/leverans", &[("namn", ""), ("epost", "annan@example.se")]).await;
        assert_eq!(page.status, 422);
        let page = anna.get("/kassa/leverans").await;
        assert_eq!((page.value("namn").as_str(), page.value("epost").as_str()), ("", "annan@example.se"), "what was typed stays");

        order(&anna, portal, UMEA, "2").await;
        assert_eq!(keeper(portal).await, "anna@example.se");
        let page = anna.get("/mina-sidor/bestallningar").await;
        assert_eq!(page.find("tbody a"), ["B10001"], "{}", page.words());
        let page = anna.get("/bestallning/B10001").await;
        assert_eq!(page.status, 200);
        assert!(page.words().contains("Åsa Öberg") && page.words().contains("Beställningen finns bland dina beställningar."), "{}", page.words());
        for path in ["/bestallning/B10001", "/bestallning/B10001/andra", "/bestallning/B10001/avbestall"] {
            assert_eq!(eve.get(path).await.status, 404, "{path}");
            assert_eq!(portal.browser().get(path).await.status, 404, "{path}");
        }
        assert_eq!(eve.post("/bestallning/B10001/avbestall", &[]).await.status, 404);
        assert_eq!(eve.post("/bestallning/B10001", &[("spara", "ja")]).await.status, 404);
        // What the link opens, the account opens: she calls it off. The mail about it holds no link that nobody knows.
        let answer = anna.post("/bestallning/B10001/avbestall", &[]).await;
        assert_eq!((answer.status, answer.leads_to().as_str()), (303, "/bestallning/B10001?andrad=ja"));
        let file: serde_json::Value = serde_json::from_str(&anna.get("/mina-sidor/mina-data.json").await.html).unwrap();
        assert_eq!(file["orders"][0]["number"], "B10001", "{file}");
        let page = anna.post("/mina-sidor/avsluta", &[("bekrafta", "ja")]).await;
        assert_eq!(page.find("h1"), ["Kontot är avslutat"]);
        assert_eq!(keeper(portal).await, "", "the order stays, the tie is gone");
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// A guest's order is claimed by its link, once, and let go again; whoever else holds the link cannot claim it meanwhile.
    async fn a_guests_order_is_claimed_by_its_link(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let link = order(&portal.browser(), portal, UMEA, "1").await;
        assert_eq!(keeper(portal).await, "");
        let guest = portal.browser().get(&link).await;
        assert!(guest.attributes("button[name='spara']", "value").is_empty(), "nobody is signed in");
        assert_eq!(portal.browser().post(&link, &[("spara", "ja")]).await.leads_to(), "/logga-in");
        let (anna, eve) = (someone(portal, "anna@example.se").await, someone(portal, "eve@example.se").await);
        assert_eq!(anna.get(&link).await.attributes("button[name='spara']", "value"), ["ja"]);
        assert_eq!(anna.get("/bestallning/B10001").await.status, 404, "not yet");
        let page = anna.submit(&link, &[("spara", "ja")]).await;
        assert!(page.words().contains("Beställningen är sparad bland dina beställningar."), "{}", page.words());
        assert_eq!(anna.post(&link, &[("spara", "ja")]).await.status, 303, "twice is once");
        assert!(eve.get(&link).await.attributes("button[name='spara']", "value").is_empty());
        assert!(eve.post(&link, &[("spara", "ja")]).await.status >= 400);
        assert!(eve.post(&link, &[("spara", "nej")]).await.status >= 400);
        assert_eq!(keeper(portal).await, "anna@example.se");
        assert_eq!(anna.get("/en/mina-sidor/bestallningar").await.find("tbody a"), ["B10001"]);
        let answer = anna.post("/bestallning/B10001", &[("spara", "nej")]).await;
        assert_eq!(answer.leads_to(), "/mina-sidor/bestallningar");
        assert_eq!(anna.get("/bestallning/B10001").await.status, 404);
        assert_eq!(eve.submit(&link, &[("spara", "ja")]).await.status, 200, "now it is free");
        assert_eq!(keeper(portal).await, "eve@example.se");
        let events: Vec<(String,)> = portal
            .app
            .db
            .read(async |tx| Ok::<_, StoreError>(sqlx::query_as("SELECT action FROM audit_events WHERE action LIKE '%claimed' ORDER BY seq").fetch_all(tx).await?))
            .await
            .unwrap();
        assert_eq!(events.into_iter().map(|(action,)| action).collect::<Vec<_>>(), ["order.claimed", "order.unclaimed", "order.claimed"]);
    }

    /// Of two who hold the link and claim at once, one gets the order.
    async fn two_who_claim_at_once(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let link = order(&portal.browser(), portal, UMEA, "1").await;
        let (anna, eve) = (someone(portal, "anna@example.se").await, someone(portal, "eve@example.se").await);
        let wish = [("spara", "ja")];
        let (one, other) = tokio::join!(anna.post(&link, &wish), eve.post(&link, &wish));
        assert_eq!([one.status, other.status].iter().filter(|status| **status == 303).count(), 1);
    }

    /// What Brå has checked is a number with its name: whoever gives the organisation another name has it checked anew.
    async fn a_checked_organisation_with_another_name_is_checked_anew(portal: TestPortal) {
        let anna = someone(&portal, "anna@example.se").await;
        let path = found(&anna, &orgnr(1), &[]).await;
        run_sql(&portal.app.config.database_url, "UPDATE organisations SET status = 'verified'".to_owned()).await;
        let save = async |name: &str| {
            let version = anna.get(&format!("{path}/uppgifter")).await.value("version");
            let mut fields: Vec<(&str, &str)> = FACTS.iter().filter(|(field, _)| *field != "namn").copied().collect();
            fields.extend([("namn", name), ("version", version.as_str())]);
            assert_eq!(anna.post(&format!("{path}/uppgifter"), &fields).await.status, 303);
            let statement = "SELECT status FROM organisations";
            let row: (String,) = portal.app.db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).fetch_one(tx).await?)).await.unwrap();
            row.0
        };
        assert_eq!(save("Exempelby kommun").await, "verified", "the same name");
        assert_eq!(save("Exempelby stad").await, "unverified");
        assert_eq!(save("Exempelby köping").await, "unverified");
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }

    /// What waits for someone stands on their first page, and an invitation is answered without its mail.
    async fn what_waits_stands_on_ones_first_page(portal: TestPortal) {
        let (anna, bo) = (someone(&portal, "anna@example.se").await, someone(&portal, "bo@example.se").await);
        let path = found(&anna, &orgnr(1), &[]).await;
        anna.submit(&format!("{path}/personer"), &[("epost", "bo@example.se"), ("roll", "editor")]).await;
        anna.submit(&format!("{path}/personer"), &[("epost", "eve@example.se"), ("roll", "reader")]).await;
        let words = bo.get("/mina-sidor").await.words();
        assert!(words.contains("Svara på inbjudan till Exempelby kommun") && words.contains("Läs en ny avisering"), "{words}");
        let page = bo.get("/mina-sidor/organisationer").await;
        let id = page.attributes("button[name='tacka_ja']", "value").concat();
        let eve = someone(&portal, "eve@example.se").await;
        assert_eq!(eve.post("/mina-sidor/organisationer", &[("tacka_ja", &id)]).await.status, 410, "another's invitation");
        let answer = bo.post("/mina-sidor/organisationer", &[("tacka_ja", &id)]).await;
        assert_eq!(answer.leads_to(), format!("{path}?klart=med"));
        assert_eq!(bo.post("/mina-sidor/organisationer", &[("tacka_ja", &id)]).await.status, 410, "used");
        let own = eve.get("/mina-sidor/organisationer").await.attributes("button[name='tacka_nej']", "value").concat();
        let page = eve.submit("/mina-sidor/organisationer", &[("tacka_nej", &own)]).await;
        assert!(page.words().contains("Du har tackat nej till inbjudan."), "{}", page.words());
        assert_eq!(eve.get(&path).await.status, 404);
        eve.submit(&format!("/organisation/ny/ga-med?organisationsnummer={}", orgnr(1)), &[("meddelande", "Hej")]).await;
        let words = anna.get("/mina-sidor").await.words();
        assert!(words.contains("Svara på en begäran om att gå med i Exempelby kommun"), "{words}");
        assert!(portal.browser().get("/mina-sidor").await.status == 303);
    }
}
