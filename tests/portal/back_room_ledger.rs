//! Stories of what comes back while the rest is still here, of a rest that is never sent, and of the ledger: whatever is
//! done with several orders, in whatever order, stock, orders, ledger and sales agree.

use portal::kit::StaffRole;
use portal::shop::sample;

use crate::back_room::{LIST, back_room, organisation_orders};
use crate::harness::{Browser, Page, TestPortal};
use crate::people::enter_as;
use crate::shop::{SAMVERKAN, UMEA, agreed, all_is_well, behind_the_scenes, count, edition, one, order, pairs, put, stock, to_review};

/// What must hold after each step.
pub async fn sales_agree(portal: &TestPortal, when: &str) {
    let db = &portal.app.db;
    for (statement, what) in [
        ("SELECT COUNT(*) FROM editions WHERE held > on_hand OR held < 0", "more is promised than there is"),
        (
            "SELECT COUNT(*) FROM editions e WHERE held <> (SELECT COALESCE(SUM(l.held - l.sent), 0) FROM order_lines l JOIN orders o ON o.id = l.order_id
             WHERE l.edition_id = e.id AND o.state = 'confirmed')",
            "held copies are not what orders hold",
        ),
        (
            "SELECT COUNT(*) FROM editions e
             WHERE e.on_hand <> (SELECT COALESCE(SUM(m.on_hand), 0) FROM stock_movements m WHERE m.edition_id = e.id)
                OR e.held <> (SELECT COALESCE(SUM(m.held), 0) FROM stock_movements m WHERE m.edition_id = e.id)",
            "the ledger does not add up to the stock",
        ),
        (
            "SELECT COUNT(*) FROM orders o WHERE gross <> (SELECT SUM(gross) FROM order_lines l WHERE l.order_id = o.id)
             OR net <> (SELECT SUM(net) FROM order_lines l WHERE l.order_id = o.id)",
            "an order's lines do not add up",
        ),
        ("SELECT COUNT(*) FROM order_lines WHERE kind = 'goods' AND sold <> sent - returned", "what was booked is not what is away"),
        ("SELECT COUNT(*) FROM order_lines WHERE kind = 'goods' AND sold_gross <> sold * unit_price", "what was booked has another price"),
        (
            "SELECT COUNT(*) FROM order_lines WHERE sold = quantity AND (sold_gross <> gross OR sold_net <> net)",
            "a line that is sold whole is not booked whole",
        ),
        (
            "SELECT COUNT(*) FROM (
                 SELECT buyer, rate, item, SUM(copies) AS copies, SUM(gross) AS gross, SUM(net) AS net FROM (
                     SELECT buyer, rate, item, copies, gross, net FROM sales_months
                     UNION ALL
                     SELECT o.buyer, l.rate, COALESCE(l.edition_id, 'freight'), CASE WHEN l.kind = 'goods' THEN -l.sold ELSE 0 END, -l.sold_gross, -l.sold_net
                     FROM order_lines l JOIN orders o ON o.id = l.order_id
                 ) moved GROUP BY buyer, rate, item
             ) unlike WHERE copies <> 0 OR gross <> 0 OR net <> 0",
            "the months do not add up to the orders",
        ),
        (
            "SELECT COUNT(*) FROM orders o WHERE fulfilment = 'backordered' AND NOT EXISTS
             (SELECT 1 FROM order_lines l WHERE l.order_id = o.id AND l.backordered > 0)",
            "an order waits for nothing",
        ),
        (
            "SELECT COUNT(*) FROM editions e WHERE e.on_hand > e.held AND EXISTS (SELECT 1 FROM order_lines l JOIN orders o ON o.id = l.order_id
             WHERE l.edition_id = e.id AND l.backordered > 0 AND o.state = 'confirmed')",
            "copies are free while somebody waits for them",
        ),
    ] {
        assert_eq!(count(db, statement).await, 0, "{what} after {when}");
    }
}

on_both! {
    /// One copy of the first parcel comes back damaged while the rest still waits; then the rest goes.
    async fn a_copy_comes_back_before_the_rest_has_gone(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let buyer = portal.browser();
        let link = order(&buyer, &portal, UMEA, "4").await;
        let address = format!("{LIST}/B10001");
        let back = format!("{address}/retur");
        assert_eq!(lars.get(&back).await.status, 409, "nothing has gone");
        lars.submit(&format!("{address}/skicka"), &[("version", "1"), ("antal-1", "2")]).await;
        let page = lars.get(&back).await;
        assert!(page.words().contains("2 ex. är hos köparen"), "{}", page.words());
        let page = lars.submit(&back, &[("version", "2"), ("kassera-1", "1")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Delvis skickad"], "the rest is still to be sent");
        assert!(page.words().contains("2, varav 1 åter"), "{}", page.words());
        assert_eq!(stock(&portal, UMEA).await, (38, 2), "what was damaged is gone, what lies here still lies here");
        assert_eq!(buyer.get(&link).await.find("main .govuk-tag"), ["Delvis skickad"]);
        sales_agree(&portal, "a return halfway").await;
        let version = lars.get(&back).await.value("version");
        let page = lars.submit(&back, &[("version", &version), ("tillbaka-1", "1")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Delvis skickad"], "all that went is back, but the rest is to come");
        let version = lars.get(&format!("{address}/skicka")).await.value("version");
        let page = lars.submit(&format!("{address}/skicka"), &[("version", &version), ("antal-1", "2")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Skickad"]);
        let version = lars.get(&back).await.value("version");
        let page = lars.submit(&back, &[("version", &version), ("tillbaka-1", "2")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Returnerad"]);
        sales_agree(&portal, "everything came back").await;
        assert_eq!(count(&portal.app.db, "SELECT CAST(SUM(copies) AS BIGINT) FROM sales_months").await, 0);
        all_is_well(&portal).await;
    }

    /// What will never be printed is struck: the buyer pays less, is told why, and what lay here goes to who waits.
    async fn the_rest_is_never_sent(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        behind_the_scenes(&portal, &format!("UPDATE editions SET on_hand = 3, backorder_allowed = 1 WHERE isbn = '{UMEA}'")).await;
        let buyer = portal.browser();
        let link = order(&buyer, &portal, UMEA, "5").await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        let address = format!("{LIST}/B10001");
        let rest = format!("{address}/rest");
        assert!(lars.get(&address).await.find("main nav[aria-label='Gör med beställningen'] a").contains(&"Stryk resten".to_owned()));
        let form = lars.get(&rest).await;
        assert_eq!(form.value("antal-1"), "2", "what is missing: {}", form.words());
        assert!(form.words().contains("5 ex. är inte skickade, varav 2 väntar på ny leverans"), "{}", form.words());
        for (copies, reason, sentences) in [
            ("6", "Slut", vec!["Antalet måste vara högst 5"]),
            ("", " ", vec!["Ange minst ett exemplar", "Ange ett skäl"]),
            ("5", "Slut", vec!["Minst ett exemplar måste vara kvar. Välj Annullera om inget ska skickas."]),
        ] {
            let page = lars.post(&rest, &[("version", "1"), ("antal-1", copies), ("skal", reason)]).await;
            assert_eq!((page.status, page.errors()), (422, sentences.into_iter().map(str::to_owned).collect()));
            assert_eq!(page.value("antal-1"), copies);
        }
        lars.submit(&format!("{address}/skicka"), &[("version", "1"), ("antal-1", "2")]).await;
        let stale = lars.post(&rest, &[("version", "1"), ("antal-1", "2"), ("skal", "Slut")]).await;
        assert_eq!((stale.status, stale.value("skal")), (409, "Slut".to_owned()));
        // Two that are missing, and the one that lies here: it goes to who has waited longest.
        let page = lars.submit(&rest, &[("version", "2"), ("antal-1", "3"), ("skal", "Rapporten trycks inte om")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Skickad"]);
        assert!(page.words().contains("Exemplaren är strukna") && page.words().contains("Exemplar som inte skickas ströks Lars Lager"), "{}", page.words());
        assert_eq!(stock(&portal, UMEA).await, (1, 1));
        assert_eq!(one::<String>(&portal.app.db, "SELECT fulfilment FROM orders WHERE number = 10002", String::new()).await, "to_pick");
        // Two copies at 95 kr, and freight for two instead of for five.
        assert_eq!(count(&portal.app.db, "SELECT gross FROM orders WHERE number = 10001").await, 19_000 + 4_900);
        let mail: String = one(
            &portal.app.db,
            "SELECT text_body FROM outbox WHERE kind = 'order.changed' AND text_body LIKE '%trycks inte om%'",
            String::new(),
        ).await;
        assert!(mail.contains("Umeå växer tryggt och säkert: 3 ex.") && mail.contains("239\u{a0}kr"), "{mail}");
        let detail: String = one(&portal.app.db, "SELECT detail FROM audit_events WHERE action = 'order.rest_given_up'", String::new()).await;
        assert!(detail.contains("\"copies\":3") && !detail.contains("trycks"), "{detail}");
        assert_eq!(buyer.get(&link).await.find("main .govuk-tag"), ["Skickad"]);
        assert_eq!(lars.get(&rest).await.status, 409, "nothing is left");
        sales_agree(&portal, "the rest was struck").await;
        all_is_well(&portal).await;

        // The ledger leads to the orders it is about.
        let shelf = lars.get(&format!("/handlaggare/lager/{}", edition(&portal, UMEA).await)).await;
        let links = shelf.attributes("tbody a", "href");
        assert!(links.contains(&address) && links.contains(&format!("{LIST}/B10002")), "{links:?}");
        assert!(shelf.find("tbody tr").iter().any(|row| row.contains("Skickat −2 −2 Lars Lager B10001")), "{:?}", shelf.find("tbody tr"));
    }
}

/// A small generator: the same walk every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// The fields of the form on a page with numbers thrown for them, as many as its hint says at most.
fn thrown(dice: &mut Dice, page: &Page, names: &[&str]) -> Vec<(String, String)> {
    let mut fields = vec![("version".to_owned(), page.value("version")), ("skal".to_owned(), "Kast".to_owned())];
    for name in page.attributes("main form input", "name") {
        if names.iter().any(|known| name.starts_with(known)) {
            fields.push((name, dice.below(4).to_string()));
        }
    }
    fields
}

async fn new_order(portal: &TestPortal, dice: &mut Dice) -> String {
    let (first, second) = ((1 + dice.below(5)).to_string(), (1 + dice.below(3)).to_string());
    if dice.below(3) == 0 {
        return organisation_orders(portal, UMEA, &first).await;
    }
    let browser = portal.browser();
    put(&browser, portal, UMEA, &first).await;
    put(&browser, portal, SAMVERKAN, &second).await;
    let review = to_review(&browser).await;
    let receipt = browser.submit("/kassa/granska", &pairs(&agreed(&review))).await;
    receipt.attributes("main a", "href").into_iter().find(|href| href.contains("/bestallning/")).unwrap()
}

/// One thing that somebody does; what it was, and whether it was let through.
async fn step(portal: &TestPortal, lars: &Browser, dice: &mut Dice, links: &mut Vec<String>) -> (String, bool) {
    let number = 10_001 + dice.below(links.len().max(1) as u64);
    let address = format!("{LIST}/B{number}");
    let staff = async |path: &str, names: &[&str], dice: &mut Dice| {
        let page = lars.get(&format!("{address}/{path}")).await;
        let fields = thrown(dice, &page, names);
        (format!("{path} B{number} {fields:?}"), lars.post(&format!("{address}/{path}"), &pairs(&fields)).await.status)
    };
    let shelf = format!("/handlaggare/lager/{}", edition(portal, if dice.below(2) == 0 { UMEA } else { SAMVERKAN }).await);
    let (what, status) = match dice.below(13) {
        0 if links.len() < 8 => {
            links.push(new_order(portal, dice).await);
            ("an order".to_owned(), 303)
        }
        0 | 1 => {
            let copies = (1 + dice.below(4)).to_string();
            (format!("{copies} came in"), lars.post(&shelf, &[("vad", "inleverans"), ("inkomna", &copies)]).await.status)
        }
        2 => staff("packa", &[], dice).await,
        3..=5 => staff("skicka", &["antal-"], dice).await,
        6 | 7 => staff("retur", &["tillbaka-", "kassera-"], dice).await,
        8 | 9 => staff("rest", &["antal-"], dice).await,
        10 => staff("annullera", &[], dice).await,
        11 => {
            let seen = lars.get(&shelf).await.value("saldo");
            let counted = (seen.parse::<u64>().unwrap() + dice.below(4)).saturating_sub(1).to_string();
            let form = [("vad", "rattning"), ("saldo", seen.as_str()), ("raknade", counted.as_str()), ("skal", "Kast")];
            (format!("{counted} were counted"), lars.post(&shelf, &form).await.status)
        }
        _ => {
            let link = links[usize::try_from(dice.below(links.len() as u64)).unwrap()].clone();
            let way = if dice.below(2) == 0 { "avbestall" } else { "angra/bekrafta" };
            let (browser, way) = (portal.browser(), format!("{link}/{way}"));
            let version = browser.get(&way).await.value("version");
            (format!("the buyer: {way}"), browser.post(&way, &[("version", &version)]).await.status)
        }
    };
    assert!([303, 409, 422].contains(&status), "{what}: {status}");
    (what, status == 303)
}

on_both! {
    /// Whatever is received, sent, struck, returned, counted and called off, with eight orders at once over three months.
    async fn whatever_is_done_the_ledger_adds_up(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        behind_the_scenes(&portal, &format!("UPDATE editions SET on_hand = 6, backorder_allowed = 1 WHERE isbn IN ('{UMEA}', '{SAMVERKAN}')")).await;
        let mut dice = Dice(20_261_122);
        let mut links = Vec::new();
        for _ in 0..4 {
            links.push(new_order(&portal, &mut dice).await);
        }
        let mut done = std::collections::BTreeMap::new();
        for turn in 0..120 {
            if turn % 45 == 44 {
                portal.clock.advance_seconds(31 * 24 * 3600);
                enter_as(&portal, &lars, StaffRole::Warehouse).await;
            }
            let (what, through) = step(&portal, &lars, &mut dice, &mut links).await;
            if through {
                *done.entry(what.split(' ').next().unwrap().to_owned()).or_insert(0) += 1;
            }
            sales_agree(&portal, &format!("step {turn}: {what}")).await;
        }
        for way in ["skicka", "retur", "rest"] {
            assert!(done.get(way).is_some_and(|times| *times > 0), "the walk does not do this: {done:?}");
        }
        all_is_well(&portal).await;
    }
}

const SALES: &str = "/handlaggare/statistik/forsaljning";

/// The last row of each table: copies, net, VAT and gross, without the first cell.
fn totals(page: &Page) -> Vec<String> {
    page.find("tbody tr").into_iter().filter_map(|row| row.strip_prefix("Summa ").map(str::to_owned)).collect()
}

/// An address's file, without its mark.
async fn file(browser: &Browser, address: &str, table: &str) -> Vec<String> {
    let file = browser.post(address, &[("tabell", table)]).await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"), "{}", file.words());
    file.html.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

on_both! {
    /// Erik sees what was sold, when it was sent and when it came back; all four tables have the same sum, and so have the files.
    async fn erik_sees_what_was_sold(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        assert!(erik.get(SALES).await.words().contains("Inget såldes under perioden."));
        order(&portal.browser(), &portal, UMEA, "3").await;
        organisation_orders(&portal, SAMVERKAN, "2").await;
        lars.submit(&format!("{LIST}/B10001/skicka"), &[("version", "1"), ("antal-1", "2")]).await;
        let page = erik.get(SALES).await;
        assert!(page.words().contains("Perioden 2026-01 till 2026-11"), "{}", page.words());
        // Two of three copies at 95 kr, and the freight for three: 79 kr.
        assert_eq!(page.find(".govuk-summary-list__value"), ["2 ex.", "242,45 kr", "26,55 kr", "269 kr"]);
        lars.submit(&format!("{LIST}/B10002/skicka"), &[("version", "1"), ("antal-1", "2")]).await;
        portal.clock.advance_seconds(20 * 24 * 3600);
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        enter_as(&portal, &erik, StaffRole::Economist).await;
        lars.submit(&format!("{LIST}/B10001/retur"), &[("version", "2"), ("tillbaka-1", "2")]).await;
        let page = erik.get(&format!("{SALES}?fran=2026-11&till=2026-12")).await;
        assert_eq!(page.find("figure").len() + page.find("svg[role=img]").len(), 4, "four figures");
        assert!(!page.html.contains("style=\""), "the policy forbids styles in attributes");
        let sums = totals(&page);
        assert_eq!(sums.len(), 4);
        assert!(sums.iter().all(|sum| *sum == sums[0]), "{sums:?}");
        let facts = page.find(".govuk-summary-list__value");
        assert_eq!(facts[0], "2 ex.");
        let rows = page.find("tbody tr");
        assert!(rows.iter().any(|row| row.starts_with("2026-12 −2 ")), "what came back is taken away in its month: {rows:?}");
        assert!(rows.iter().any(|row| row.starts_with("Umeå växer tryggt och säkert 978-91-89999-00-8 0 0 kr")), "{rows:?}");
        assert!(rows.iter().any(|row| row.starts_with("Frakt ")) && rows.iter().any(|row| row.starts_with("Organisationer 2 ")), "{rows:?}");
        assert_eq!(erik.get(&format!("{SALES}?fran=2026-12&till=2026-12")).await.find(".govuk-summary-list__value")[0], "−2 ex.");
        assert_eq!(erik.get(&format!("{SALES}?fran=2026&till=2026")).await.find(".govuk-summary-list__value"), facts);
        sales_agree(&portal, "a return in another month").await;

        let net = count(&portal.app.db, "SELECT CAST(SUM(net) AS BIGINT) FROM sales_months").await;
        for (table, first) in [("manad", "Månad;Exemplar;Netto;Moms;Brutto"), ("titel", "Publikation;ISBN;Exemplar;Netto;Moms;Brutto"), ("kopare", "Köpare;Exemplar;Netto;Moms;Brutto"), ("moms", "Momssats;Exemplar;Netto;Moms;Brutto")] {
            let lines = file(&erik, &format!("{SALES}?fran=2026-11&till=2026-12"), table).await;
            assert_eq!(lines[0], first);
            assert!(lines.last().unwrap().contains(&format!("{},{:02}", net / 100, net % 100)), "{lines:?}");
        }
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'sales.exported'").await, 4);
        let unknown = erik.post(SALES, &[("tabell", "allt")]).await;
        assert_eq!((unknown.status, count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'sales.exported'").await), (200, 4));
        for (query, sentence) in [
            ("?fran=i+fjol", "Månaden måste skrivas som 2027-01, eller året som 2027"),
            ("?fran=2026-12&till=2026-11", "Sista månaden måste vara samma månad som den första eller senare"),
            ("?fran=2001&till=2026", "Perioden måste vara högst 10 år"),
        ] {
            let page = erik.get(&format!("{SALES}{query}")).await;
            assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]));
        }
        assert_eq!(erik.get(&format!("{SALES}?fran=i+fjol")).await.value("fran"), "i fjol");
        let hanna = portal.browser();
        enter_as(&portal, &hanna, StaffRole::Officer).await;
        assert_eq!(hanna.get(SALES).await.status, 403);
        all_is_well(&portal).await;
    }

    /// A consumer who withdraws after a parcel has gone gets the freight back too.
    async fn freight_is_no_sale_after_a_withdrawal(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let buyer = portal.browser();
        let link = order(&buyer, &portal, UMEA, "2").await;
        lars.submit(&format!("{LIST}/B10001/skicka"), &[("version", "1"), ("antal-1", "1")]).await;
        assert_eq!(count(&portal.app.db, "SELECT gross FROM sales_months WHERE item = 'freight'").await, 4_900);
        buyer.submit(&format!("{link}/angra/bekrafta"), &[("version", "2")]).await;
        assert_eq!(count(&portal.app.db, "SELECT gross FROM sales_months WHERE item = 'freight'").await, 0);
        let version = lars.get(&format!("{LIST}/B10001/retur")).await.value("version");
        lars.submit(&format!("{LIST}/B10001/retur"), &[("version", &version), ("tillbaka-1", "1")]).await;
        assert_eq!(count(&portal.app.db, "SELECT CAST(SUM(gross) AS BIGINT) FROM sales_months").await, 0);
        sales_agree(&portal, "a withdrawal").await;
        all_is_well(&portal).await;
    }

    /// Ten years of a thousand titles, as a million orders leave them: a year is read in a moment.
    async fn a_year_of_a_million_orders_is_read_in_a_moment(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let numbers = |name: &str, most: i64| format!("{name} (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM {name} WHERE i < {})", most - 1);
        crate::harness::run_sql(
            &portal.app.config.database_url,
            format!(
                "WITH RECURSIVE {}, {} INSERT INTO sales_months (month, item, buyer, rate, isbn, title, copies, gross, net)
                 SELECT CAST(2017 + m.i / 12 AS TEXT) || '-' || substr(CAST(101 + m.i % 12 AS TEXT), 2), 'titel-' || CAST(t.i / 2 AS TEXT),
                        CASE WHEN t.i % 2 = 0 THEN 'private' ELSE 'organisation' END, 600, NULL, 'Titel ' || CAST(t.i / 2 AS TEXT), 1 + t.i % 7, 10600, 10000
                 FROM m, t",
                numbers("m", 120),
                numbers("t", 2000)
            ),
        )
        .await;
        lars.get(&format!("{SALES}?fran=2026&till=2026")).await;
        let before = std::time::Instant::now();
        let page = lars.get(&format!("{SALES}?fran=2026&till=2026")).await;
        let took = before.elapsed();
        assert!(page.words().contains("950 andra titlar"), "{}", page.words());
        assert_eq!(page.find(".govuk-summary-list__value")[3], "2 544 000 kr");
        let sums = totals(&page);
        assert!(sums.iter().all(|sum| *sum == sums[0]), "{sums:?}");
        assert!(took.as_millis() < 1500, "{took:?} in a build without optimisation");
        let page = lars.get(&format!("{SALES}?fran=2017&till=2026")).await;
        assert!(page.words().contains("Per år, netto"), "more than two years are drawn as years");
    }
}

on_both! {
    /// The warehouse and the editors hear when an edition runs low: once for each fall, not once for each order.
    async fn staff_hear_once_when_stock_runs_low(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        behind_the_scenes(&portal, &format!("UPDATE editions SET on_hand = 8, backorder_allowed = 1, low_since = NULL WHERE isbn = '{UMEA}'")).await;
        let db = &portal.app.db;
        let told = async |who: &str| {
            one::<i64>(
                db,
                "SELECT COUNT(*) FROM notices n JOIN accounts a ON a.id = n.account_id WHERE n.kind = 'stock.low' AND a.email = $1",
                who.to_owned(),
            )
            .await
        };
        order(&portal.browser(), &portal, UMEA, "2").await;
        assert_eq!(told("lars@bra.example").await, 0, "six are more than five");
        order(&portal.browser(), &portal, UMEA, "1").await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        assert_eq!((told("lars@bra.example").await, told("rut@bra.example").await, told("erik@bra.example").await), (1, 1, 0));
        let shelf = format!("/handlaggare/lager/{}", edition(&portal, UMEA).await);
        let page = lars.get(&shelf).await;
        assert!(page.words().contains("Lågt sedan 23 november 2026 kl. 10.00"), "{}", page.words());
        let list = lars.get("/mina-sidor/aviseringar").await;
        assert!(list.words().contains("Få exemplar kvar i lager: Umeå växer tryggt och säkert."), "{}", list.words());
        let rut = portal.browser();
        enter_as(&portal, &rut, StaffRole::Editor).await;
        assert_eq!(rut.get(&shelf).await.status, 200, "the notice leads her to the stock");
        assert!(rut.get(&shelf).await.find("main form").is_empty(), "which she only reads");

        // More arrive, it is enough again; then it falls a second time, and who has read the first notice is told anew.
        lars.submit(&shelf, &[("vad", "inleverans"), ("inkomna", "10")]).await;
        assert_eq!(count(db, "SELECT COUNT(*) FROM editions WHERE low_since IS NOT NULL AND isbn = '9789189999008'").await, 0);
        assert!(!lars.get(&shelf).await.words().contains("sedan"));
        lars.post("/mina-sidor/aviseringar", &[("alla", "ja")]).await;
        lars.submit(&shelf, &[("vad", "grans"), ("grans", "50")]).await;
        assert_eq!(count(db, "SELECT COUNT(*) FROM editions WHERE low_since IS NOT NULL AND isbn = '9789189999008'").await, 1);
        assert_eq!(told("lars@bra.example").await, 2);
        assert!(told("rut@bra.example").await >= 1);
        all_is_well(&portal).await;
    }

    /// Orders that were made up for measuring are as right as those that people placed, and the staff find them.
    async fn made_up_orders_add_up(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "2").await;
        sample::write(&portal.app, 1200, 7).await.unwrap();
        sales_agree(&portal, "a sample").await;
        let db = &portal.app.db;
        assert_eq!(count(db, "SELECT COUNT(*) FROM orders").await, 1201);
        assert_eq!(count(db, "SELECT COUNT(DISTINCT number) FROM orders").await, 1201);
        assert_eq!(count(db, "SELECT COUNT(*) FROM orders WHERE fulfilment = 'to_pick'").await, 1 + 24);
        let list = lars.get(LIST).await;
        assert!(list.words().contains("1201 beställningar"), "{}", list.words());
        // The next real order gets the next number, and both kinds are packed alike.
        order(&portal.browser(), &portal, UMEA, "1").await;
        assert_eq!(count(db, "SELECT MAX(number) - MIN(number) FROM orders").await, 1201);
        let waiting = lars.get(&format!("{LIST}?leverans=to_pick")).await;
        let made_up = &waiting.attributes("table tbody a", "href")[2];
        lars.submit(&format!("{made_up}/packa"), &[("version", "1")]).await;
        assert_eq!(count(db, "SELECT COUNT(*) FROM orders WHERE fulfilment = 'packed'").await, 1);
        sales_agree(&portal, "packing one of them").await;
    }
}
