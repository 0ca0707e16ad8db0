//! Stories of prices with days: Rut the editor changes what a report costs from midnight on, buyers stand on both sides of it,
//! and Erik the economist changes what it costs to send one. The clock of the stories is moved by hand.

use portal::catalogue::import::{self, Attachments, Request, Source};
use portal::kit::{Isbn, StaffRole};

use crate::harness::{Browser, Page, TestPortal};
use crate::people::{enter_as, staffed};
use crate::shop::{UMEA, UMEA_PAGE, agreed, all_is_well, count, edition, one, order, pairs, put, stocked, to_review};

/// From ten in the morning to the last second of the day in Stockholm.
const TO_THE_LAST_SECOND: i64 = 14 * 3600 - 1;

/// A portal with stock and staff, and Rut at her desk.
async fn with_editor(portal: &TestPortal) -> (TestPortal, Browser) {
    let portal = staffed(portal.app.db.engine()).await;
    stocked(&portal).await;
    let rut = portal.browser();
    enter_as(&portal, &rut, StaffRole::Editor).await;
    (portal, rut)
}

/// The address of the prices of the work that has this ISBN.
pub async fn prices_of(portal: &TestPortal, isbn: &str) -> String {
    let isbn = Isbn::parse(isbn).unwrap().compact();
    let work: String = one(&portal.app.db, "SELECT work_id FROM editions WHERE isbn = $1", isbn).await;
    format!("/handlaggare/publikationer/{work}/priser")
}

/// What the form of the first edition sends besides what is typed.
async fn sends(rut: &Browser, address: &str, price: &str, from: &str) -> Vec<(String, String)> {
    let page = rut.get(address).await;
    [("utgava", page.value("utgava")), ("version", page.value("version")), ("pris", price.to_owned()), ("fran", from.to_owned())]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
}

async fn set(rut: &Browser, address: &str, price: &str, from: &str) -> Page {
    let fields = sends(rut, address, price, from).await;
    rut.post(address, &pairs(&fields)).await
}

async fn last_event(portal: &TestPortal) -> String {
    one(&portal.app.db, "SELECT action FROM audit_events ORDER BY seq DESC LIMIT 1", String::new()).await
}

on_both! {
    /// A lower price from tomorrow: until midnight nobody sees it, from midnight everybody does, and whoever had the report in
    /// the basket pays the lower one.
    async fn a_lower_price_begins_at_midnight(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let address = prices_of(&portal, UMEA).await;
        let page = rut.get(&address).await;
        assert!(page.words().contains("95 kr (exempelpris)"), "{}", page.words());
        assert_eq!(set(&rut, &address, "85", "2026-11-24").await.leads_to(), format!("{address}?klart=sparat"));
        let page = rut.get(&address).await;
        assert!(page.words().contains("24 november 2026 85 kr Kommande Rut Redaktör, 23 november 2026 kl. 10.00"), "{}", page.words());
        assert_eq!(last_event(&portal).await, "edition.price_set");

        portal.clock.advance_seconds(TO_THE_LAST_SECOND);
        let buyer = portal.browser();
        let page = put(&buyer, &portal, UMEA, "1").await;
        assert!(page.words().contains("95 kr"), "{}", page.words());
        assert!(portal.browser().get(UMEA_PAGE).await.html.contains("95.00"), "the structured data has the price of today");

        portal.clock.advance_seconds(1);
        let reader = portal.browser();
        let page = reader.get(UMEA_PAGE).await;
        assert!(page.words().contains("85 kr") && page.html.contains("85.00") && !page.html.contains("95.00"), "{}", page.words());
        assert!(reader.get("/publikationer?q=ume%C3%A5+v%C3%A4xer").await.words().contains("85 kr"));
        let basket = buyer.get("/kundkorg").await;
        assert!(basket.words().contains("Priset har sänkts från 95 kr till 85 kr."), "{}", basket.words());
        let review = to_review(&buyer).await;
        let receipt = buyer.submit("/kassa/granska", &pairs(&agreed(&review))).await;
        assert_eq!(receipt.find("h1"), ["Tack för din beställning"]);
        assert_eq!(count(&portal.app.db, "SELECT gross FROM orders").await, 8500 + 4900);
        all_is_well(&portal).await;
    }

    /// A higher price at midnight, while the buyer has the review before them: nothing is ordered, and what changed is said.
    async fn a_higher_price_at_midnight_goes_back(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let address = prices_of(&portal, UMEA).await;
        set(&rut, &address, "105", "24 november 2026").await;
        portal.clock.advance_seconds(TO_THE_LAST_SECOND);
        let (early, late) = (portal.browser(), portal.browser());
        order(&early, &portal, UMEA, "1").await;
        put(&late, &portal, UMEA, "2").await;
        let review = to_review(&late).await;
        portal.clock.advance_seconds(1);
        let page = late.post("/kassa/granska", &pairs(&agreed(&review))).await;
        assert_eq!(page.status, 422);
        assert!(page.words().contains("Priset på Umeå växer tryggt och säkert har höjts från 95 kr till 105 kr."), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM orders").await, 1);
        let (field, price) = (format!("antal-{}", edition(&portal, UMEA).await), format!("pris-{}", edition(&portal, UMEA).await));
        late.submit("/kundkorg", &[(&field, "2"), (&price, "10500"), ("vidare", "ja")]).await;
        let review = late.get("/kassa/granska").await;
        late.submit("/kassa/granska", &pairs(&agreed(&review))).await;
        assert_eq!(count(&portal.app.db, "SELECT CAST(SUM(unit_price) AS BIGINT) FROM order_lines WHERE kind = 'goods'").await, 9500 + 10500);
        all_is_well(&portal).await;
    }

    /// What Rut may type, what she may not, and what she can take back.
    async fn prices_are_checked_and_can_be_taken_back(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let address = prices_of(&portal, UMEA).await;
        let wrong = set(&rut, &address, "gratis", "i morgon").await;
        assert_eq!(wrong.status, 422);
        assert_eq!(
            wrong.errors(),
            ["Priset måste vara ett belopp i kronor, till exempel 120 eller 95,50", "Dagen måste skrivas som 2027-01-15"]
        );
        assert_eq!((wrong.value("pris"), wrong.value("fran")), ("gratis".to_owned(), "i morgon".to_owned()));
        assert!(wrong.title().starts_with("Fel: "));
        assert_eq!(set(&rut, &address, "80", "2026-11-22").await.errors(), ["Dagen måste vara i dag eller senare"]);

        // Two windows: the later one is told, and what it typed is still there.
        let seen = sends(&rut, &address, "70", "2027-02-01").await;
        assert_eq!(set(&rut, &address, "85", "2027-01-01").await.status, 303);
        let stale = rut.post(&address, &pairs(&seen)).await;
        assert_eq!((stale.status, stale.value("pris")), (409, "70".to_owned()));
        assert!(stale.errors().concat().starts_with("Någon annan ändrade utgåvan medan du skrev."), "{:?}", stale.errors());
        assert!(stale.words().contains("1 januari 2027 85 kr Kommande"), "{}", stale.words());
        let taken = set(&rut, &address, "75", "2027-01-01").await;
        assert!(taken.errors().concat().starts_with("Det finns redan ett pris från den dagen."), "{:?}", taken.errors());

        // From today it holds at once, and what holds is not taken back.
        set(&rut, &address, "90,50", "2026-11-23").await;
        assert!(portal.browser().get(UMEA_PAGE).await.words().contains("90,50 kr"));
        let page = rut.get(&address).await;
        let mut fields = vec![("utgava".to_owned(), page.value("utgava")), ("version".to_owned(), page.value("version"))];
        fields.push(("ta_bort".to_owned(), "2026-11-23".to_owned()));
        assert_eq!(rut.post(&address, &pairs(&fields)).await.status, 409);
        fields[2].1 = "2027-01-01".to_owned();
        let page = rut.submit(&address, &pairs(&fields)).await;
        assert!(page.words().contains("Priset är borttaget.") && !page.words().contains("Kommande"), "{}", page.words());
        assert_eq!(last_event(&portal).await, "edition.price_removed");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM edition_prices").await, 1);

        for (fields, status) in [(vec![("utgava", "x"), ("version", "1")], 400), (vec![], 400)] {
            assert_eq!(rut.post(&address, &fields).await.status, status);
        }
        let other = edition(&portal, "9789188599315").await;
        let fields = [("utgava", other.as_str()), ("version", "1"), ("pris", "1"), ("fran", "2027-01-01")];
        assert_eq!(rut.post(&address, &fields).await.status, 404, "an edition of another work");
        let lars = portal.browser();
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        assert_eq!(lars.get(&address).await.status, 403);
        all_is_well(&portal).await;
    }

    /// A price in a file is the price from the day of the import on; what is dated later stays.
    async fn a_file_has_the_price_of_its_day(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let row = |title: &str, price: i64| {
            format!(
                r#"[{{"id":"p","title":"{title}","year":2020,"isbn":["978-91-86027-01-8"],"price_sek_incl_vat":{price},"vat_rate":6,
                     "stock":9,"orderable_in_print":true}}]"#
            )
        };
        let read_in = async |content: String| {
            let file = portal.folder.path().join("rows.json");
            std::fs::write(&file, content).unwrap();
            let request = Request { source: Source::File(file), attachments: Attachments::Folder(portal.folder.path().join("none")), dry_run: false, two_people: true };
            let report = import::publications(&portal.app, &request, &|_| {}).await.unwrap();
            assert_eq!(report.bad_rows, 0, "{:?}", report.problems);
        };
        read_in(row("Priset", 100)).await;
        let address = prices_of(&portal, "9789186027018").await;
        set(&rut, &address, "90", "2026-11-23").await;
        set(&rut, &address, "80", "2026-11-30").await;
        let today = async || portal.browser().get("/publikationer/2020/priset").await.words();
        assert!(today().await.contains("90 kr"));
        portal.clock.advance_seconds(24 * 3600);
        read_in(row("Priset som det blev", 120)).await;
        assert!(today().await.contains("120 kr"), "{}", today().await);
        portal.clock.advance_seconds(6 * 24 * 3600);
        assert!(today().await.contains("80 kr"), "{}", today().await);
    }
}

const FREIGHT: &str = "/handlaggare/frakt";

on_both! {
    /// Erik lays down new freight prices from the day after tomorrow, changes his mind about the rate, and is told what is wrong.
    async fn erik_changes_what_sending_costs(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        stocked(&portal).await;
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        let page = erik.get(FREIGHT).await;
        assert!(page.words().contains("Från 3 exemplar: 79 kr") && page.words().contains("25 %"), "{}", page.words());
        assert_eq!((page.value("antal-1"), page.value("pris-1")), ("1".to_owned(), "49".to_owned()), "the table as it is, to change");

        let table = |from: &'static str| {
            vec![("vad", "priser"), ("antal-1", "1"), ("pris-1", "59"), ("antal-2", "5"), ("pris-2", "99,50"), ("fran", from)]
        };
        let page = erik.submit(FREIGHT, &table("2026-11-24")).await;
        assert!(page.words().contains("Fraktpriserna är sparade.") && page.words().contains("Från 5 exemplar: 99,50 kr Kommande"), "{}", page.words());
        assert_eq!(last_event(&portal).await, "freight.prices_set");
        let again = erik.post(FREIGHT, &table("2026-11-24")).await;
        assert_eq!(again.status, 422);
        assert!(again.errors().concat().starts_with("Det finns redan fraktpriser från den dagen."), "{:?}", again.errors());
        let wrong = erik.post(FREIGHT, &[("vad", "priser"), ("antal-1", "2"), ("pris-1", "59"), ("fran", "2026-11-22")]).await;
        assert_eq!(wrong.errors(), ["Tabellen måste börja från 1 exemplar", "Dagen måste vara i dag eller senare"]);
        assert_eq!(wrong.value("antal-1"), "2");

        let page = erik.submit(FREIGHT, &[("vad", "moms"), ("sats", "6 %"), ("sats_fran", "2026-11-24")]).await;
        assert!(page.words().contains("24 november 2026 6 % Kommande"), "{}", page.words());
        let wrong = erik.post(FREIGHT, &[("vad", "moms"), ("sats", "101"), ("sats_fran", "")]).await;
        assert_eq!(
            wrong.errors(),
            ["Momssatsen måste vara ett tal från 0 till 100, med högst två decimaler", "Ange från vilken dag momssatsen gäller"]
        );
        let page = erik.submit(FREIGHT, &[("vad", "ta_bort_moms"), ("dag", "2026-11-24")]).await;
        assert!(page.words().contains("Ändringen är borttagen.") && !page.words().contains("6 % Kommande"), "{}", page.words());
        assert_eq!(last_event(&portal).await, "freight.vat_removed");
        let page = erik.submit(FREIGHT, &[("vad", "ta_bort_moms"), ("dag", "1990-07-01")]).await;
        assert!(page.words().contains("redan borttagen, eller har börjat gälla"), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM vat_rates").await, 1);

        // The order of the evening has the old price, the one of the night the new.
        portal.clock.advance_seconds(TO_THE_LAST_SECOND);
        order(&portal.browser(), &portal, UMEA, "1").await;
        portal.clock.advance_seconds(1);
        order(&portal.browser(), &portal, UMEA, "1").await;
        assert_eq!(count(&portal.app.db, "SELECT MAX(unit_price) FROM order_lines WHERE kind = 'freight'").await, 5900);
        assert_eq!(count(&portal.app.db, "SELECT MIN(unit_price) FROM order_lines WHERE kind = 'freight'").await, 4900);
        enter_as(&portal, &erik, StaffRole::Economist).await;
        let page = erik.post(FREIGHT, &[("vad", "ta_bort_priser"), ("dag", "2026-11-24")]).await;
        assert_eq!(page.leads_to(), format!("{FREIGHT}?klart=redan"), "what holds is not taken back");
        let rut = portal.browser();
        enter_as(&portal, &rut, StaffRole::Editor).await;
        assert_eq!(rut.get(FREIGHT).await.status, 403);
        all_is_well(&portal).await;
    }
}
