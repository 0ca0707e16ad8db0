//! Stories of memberships that end: by staff, with a reason and a warning where nobody would sign; and by those who leave an
//! organisation that acts no more.

use portal::kit::{OrgRole, StaffRole};
use portal::platform::audit;

use crate::organisations::{belongs, found, id_of, number, orgnr, someone, text};
use crate::people::{enter_as, staffed};

on_both! {
    /// Hanna removes Bo with a reason, and Anna, who alone signs, when she says that she knows it.
    async fn staff_end_a_membership(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (anna, bo) = (someone(&portal, "anna@example.se").await, someone(&portal, "bo@example.se").await);
        let path = found(&anna, &orgnr(1), &[]).await;
        let bos = belongs(&portal, &path, "bo@example.se", OrgRole::Editor).await;
        let db = &portal.app.db;
        let annas = text(db, "SELECT m.id FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE a.email = $1", "anna@example.se").await;
        let staffs = format!("/handlaggare/organisationer/{}", id_of(&path));
        let hanna = portal.browser();
        enter_as(&portal, &hanna, StaffRole::Officer).await;
        let page = hanna.get(&staffs).await;
        let links = page.attributes("tbody a", "href");
        assert_eq!(links.len(), 2, "{links:?}");

        let address = format!("{staffs}/personer/{bos}");
        let page = hanna.get(&address).await;
        assert!(page.words().contains("bo@example.se") && !page.words().contains("den enda som kan skriva under"), "{}", page.words());
        let page = hanna.post(&address, &[("version", "1"), ("skal", " ")]).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Ange varför personen tas bort".to_owned()]));
        let page = hanna.post(&address, &[("version", "1"), ("skal", &"a".repeat(1001))]).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Texten måste vara högst 1000 tecken".to_owned()]));
        let page = hanna.post(&address, &[("version", "7"), ("skal", "Har slutat.")]).await;
        assert_eq!(page.status, 422);
        assert!(page.errors().concat().contains("Någon har ändrat") && page.value("skal") == "Har slutat.", "{:?}", page.errors());
        assert_eq!(bo.get(&path).await.status, 200);
        let page = hanna.submit(&address, &[("version", "1"), ("skal", "Har slutat hos kommunen.")]).await;
        for words in ["Personen hör inte längre till organisationen.", "Borttagna av handläggare", "bo@example.se (redaktör) togs bort 23 november 2026 av Hanna Handläggare. Har slutat hos kommunen."] {
            assert!(page.words().contains(words), "{words}: {}", page.words());
        }
        assert_eq!(bo.get(&path).await.status, 404);
        assert!(bo.get("/mina-sidor/aviseringar").await.words().contains("Exempelby kommun"), "Bo is told");
        assert!(bo.get("/mina-sidor/mina-data.json").await.html.contains("Har slutat hos kommunen."), "and may read why");
        assert_eq!(hanna.post(&address, &[("version", "1"), ("skal", "Igen.")]).await.status, 303, "twice is once");

        let address = format!("{staffs}/personer/{annas}");
        assert!(hanna.get(&address).await.words().contains("den enda som kan skriva under"));
        let page = hanna.post(&address, &[("version", "1"), ("skal", "Var aldrig behörig.")]).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Bekräfta att organisationen blir utan någon som kan skriva under".to_owned()]));
        assert_eq!(page.value("skal"), "Var aldrig behörig.");
        let page = hanna.submit(&address, &[("version", "1"), ("skal", "Var aldrig behörig."), ("bekrafta", "ja")]).await;
        assert!(page.words().contains("Ingen kan skriva under för organisationen."), "{}", page.words());
        assert_eq!(anna.get(&path).await.status, 404);

        assert_eq!(number(db, "SELECT COUNT(*) FROM memberships WHERE until IS NOT NULL AND ended_by IS NOT NULL AND ended_reason IS NOT NULL").await, 2);
        assert_eq!(number(db, "SELECT COUNT(*) FROM audit_events WHERE action = 'membership.ended'").await, 2);
        assert_eq!(number(db, "SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%slutat%' OR detail LIKE '%example%'").await, 0);
        assert!(audit::verify(db, None).await.unwrap().fault.is_none());
        // Bo closes his account: the page names him no more, and the reason goes with him.
        assert_eq!(bo.post("/mina-sidor/avsluta", &[("bekrafta", "ja")]).await.status, 200);
        let page = hanna.get(&staffs).await;
        assert!(page.words().contains("En person med avslutat konto (redaktör) togs bort"), "{}", page.words());
        assert!(!page.words().contains("konto.invalid") && !page.words().contains("Har slutat hos kommunen."), "{}", page.words());
        portal.clock.advance_seconds(16 * 60);
        assert!(hanna.get(&address).await.leads_to().starts_with("/bekrafta"), "it asks for the second factor again");
        for other in [StaffRole::Warehouse, StaffRole::Reviewer] {
            let browser = portal.browser();
            enter_as(&portal, &browser, other).await;
            assert_eq!(browser.post(&address, &[("version", "1"), ("skal", "x")]).await.status, 403, "{other:?}");
        }
    }

    /// A closed organisation is left by everybody who wants to, by the last who signs too; nothing else of it changes.
    async fn everybody_leaves_a_closed_organisation(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (anna, bo) = (someone(&portal, "anna@example.se").await, someone(&portal, "bo@example.se").await);
        let path = found(&anna, &orgnr(1), &[]).await;
        belongs(&portal, &path, "bo@example.se", OrgRole::Reader).await;
        assert_eq!(anna.post(&format!("{path}/lamna"), &[]).await.status, 422, "while it is open somebody must sign");
        let hanna = portal.browser();
        enter_as(&portal, &hanna, StaffRole::Officer).await;
        let staffs = format!("/handlaggare/organisationer/{}", id_of(&path));
        hanna.submit(&format!("{staffs}/avsluta"), &[("version", "1")]).await;
        for browser in [&bo, &anna] {
            let page = browser.get(&path).await;
            assert!(page.attributes("main a", "href").contains(&format!("{path}/lamna")), "{}", page.words());
            assert!(browser.get(&format!("{path}/lamna")).await.words().contains("är avslutad"));
            let page = browser.submit(&format!("{path}/lamna"), &[]).await;
            assert!(page.find("h1").concat().contains("organisationer") || page.status == 200, "{}", page.words());
            assert_eq!(browser.get(&path).await.status, 404);
        }
        let db = &portal.app.db;
        assert_eq!(number(db, "SELECT COUNT(*) FROM memberships WHERE until IS NULL").await, 0);
        assert_eq!(number(db, "SELECT COUNT(*) FROM audit_events WHERE action = 'membership.ended'").await, 2);
        assert!(hanna.get(&staffs).await.words().contains("Ingen hör till organisationen."));
    }
}
