//! Stories of the desk, where the staff's day begins: each role sees what waits for it and nothing of others', and a count
//! leads to a list of so many.

use portal::kit::StaffRole;

use crate::back_room::{LIST, back_room, many_orders, organisation_orders};
use crate::editor::{begun, fill};
use crate::exports::asked_export;
use crate::harness::{Browser, run_sql};
use crate::organisations::{Ground, orgnr};
use crate::people::{enter_as, enter_with_every_role};
use crate::shop::{UMEA, order};

const DESK: &str = "/handlaggare";

/// The lines of the desk, and where those with a link lead.
async fn waits(browser: &Browser) -> (Vec<String>, Vec<String>) {
    let page = browser.get(DESK).await;
    assert_eq!((page.status, page.find("h1")), (200, vec!["Att göra".to_owned()]));
    (page.find("main tbody tr"), page.attributes("main tbody a", "href"))
}

on_both! {
    /// Lars sees what to pack, what waits and what has been long on its way; each number is that of the list it leads to.
    async fn lars_begins_his_day(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        for copies in ["1", "2", "3"] {
            order(&portal.browser(), &portal, UMEA, copies).await;
        }
        let url = &portal.app.config.database_url;
        run_sql(url, "UPDATE orders SET fulfilment = 'shipped', placed_at = '2026-10-01T10:00:00.000Z', parcels = 1 WHERE number = 10003".to_owned()).await;
        run_sql(url, "UPDATE editions SET low_stock = 0".to_owned()).await;
        let (lines, links) = waits(&lars).await;
        assert!(lines.contains(&"Beställningar att packa 2".to_owned()), "{lines:?}");
        assert!(lines.contains(&"Packade beställningar att skicka 0".to_owned()), "{lines:?}");
        assert!(lines.contains(&"Skickade för länge sedan, inte levererade 1".to_owned()), "{lines:?}");
        assert!(lines.contains(&"Olästa aviseringar 0".to_owned()), "{lines:?}");
        let orders: Vec<&String> = links.iter().filter(|href| href.starts_with(LIST)).collect();
        assert_eq!(orders.len(), 2, "nothing to do has no link: {links:?}");
        for (href, rows) in orders.into_iter().zip([2, 1]) {
            assert_eq!(lars.get(href).await.find("tbody tr").len(), rows, "{href}");
        }
        asked_export(&portal, &lars, "").await;
        assert!(waits(&lars).await.0.contains(&"Exporter som är klara 1".to_owned()));
    }

    /// Nobody sees the work of roles that they do not hold, not even how much there is; and no number is counted to its end.
    async fn each_role_sees_its_own_work(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        let groups = |role: StaffRole| match role {
            StaffRole::Warehouse | StaffRole::Economist => vec!["Beställningar", "För dig"],
            StaffRole::Registrar => vec!["Organisationer", "Diarium", "För dig"],
            StaffRole::Officer => vec!["Utlysningar", "Organisationer", "Diarium", "För dig"],
            StaffRole::Administrator => vec!["Beställningar", "Organisationer", "Diarium", "Utskick", "För dig"],
            StaffRole::Editor => vec!["Publikationer", "För dig"],
            _ => vec!["För dig"],
        };
        for role in [StaffRole::Warehouse, StaffRole::Economist, StaffRole::Registrar, StaffRole::Officer, StaffRole::Editor, StaffRole::Decider, StaffRole::Administrator] {
            let someone = portal.browser();
            enter_as(&portal, &someone, role).await;
            assert_eq!(someone.get(DESK).await.find("main caption"), groups(role), "{role:?}");
        }
        many_orders(&portal, 1_200).await;
        run_sql(&portal.app.config.database_url, "UPDATE orders SET state = 'confirmed', fulfilment = 'to_pick'".to_owned()).await;
        assert!(waits(&lars).await.0.contains(&"Beställningar att packa fler än 1000".to_owned()));
        let all = portal.browser();
        enter_with_every_role(&portal, &all).await;
        assert_eq!(
            all.get(DESK).await.find("main caption"),
            ["Beställningar", "Utlysningar", "Organisationer", "Diarium", "Publikationer", "Utskick", "För dig"]
        );
    }

    /// One question, and each role is answered from the lists that it sees, and from no other.
    async fn everything_is_found_by_those_who_may(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        organisation_orders(&portal, UMEA, "1").await;
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        Ground::lay(&portal, &lars, "lars@bra.example").await;
        let found = async |browser: &Browser, words: &str| {
            let query: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
            browser.get(&format!("/handlaggare/sok?q={query}")).await
        };
        let groups = |role: StaffRole| match role {
            StaffRole::Warehouse => vec!["Beställningar", "Publikationer"],
            StaffRole::Registrar => vec!["Publikationer"],
            StaffRole::Administrator => vec!["Beställningar", "Publikationer att redigera", "Publikationer"],
            StaffRole::Editor => vec!["Publikationer att redigera", "Publikationer"],
            _ => vec!["Publikationer"],
        };
        for role in [StaffRole::Warehouse, StaffRole::Registrar, StaffRole::Editor, StaffRole::Administrator] {
            let someone = portal.browser();
            enter_as(&portal, &someone, role).await;
            let page = found(&someone, "978-91-89999-00-8").await;
            assert_eq!(page.find("main caption"), groups(role), "{role:?}");
            assert_eq!(page.words().contains("Östra kommunen"), role == StaffRole::Warehouse || role == StaffRole::Administrator);
            // Names of people and their mail are the administrator's to find.
            let page = found(&someone, "asa.oberg@example.se").await;
            assert_eq!(page.find("main caption").contains(&"Utskick".to_owned()), role == StaffRole::Administrator, "{role:?}");
            assert_eq!(page.words().contains("loggen"), role == StaffRole::Administrator);
        }
        // A draft that has no title yet is found by its number, and has a link that one can press.
        let rut = portal.browser();
        enter_as(&portal, &rut, StaffRole::Editor).await;
        let draft = begun(&rut, "Snart utan namn", "report").await;
        assert_eq!(fill(&rut, &format!("{draft}/uppgifter"), &[("title", ""), ("urn_nbn", "urn:nbn:se:bra-9009")]).await.status, 303);
        let page = found(&rut, "urn:nbn:se:bra-9009").await;
        assert_eq!((page.find("main tbody th"), page.attributes("main tbody a", "href")), (vec!["Utan titel".to_owned()], vec![draft]));
        let page = found(&lars, "b10001").await;
        assert_eq!(page.find("main tbody th")[0], "B10001");
        assert_eq!(page.attributes("main tbody a", "href")[0], "/handlaggare/bestallningar/B10001");
        let page = found(&amina, &orgnr(1)).await;
        assert_eq!(page.find("main caption")[0], "Organisationer", "a number means one of them: {}", page.words());
        assert!(found(&lars, "finns verkligen inte någonstans").await.words().contains("Ingenting stämmer"));
        assert!(lars.get("/handlaggare/sok").await.find("main caption").is_empty());
    }
}
