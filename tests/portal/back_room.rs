//! Stories of the shop's back room: Lars in the warehouse finds, packs, sends and takes back; Erik the economist looks; and
//! twenty packers who want the same order. Each looks at the page, the rows, the mail and the chain.

use portal::kit::StaffRole;

use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::people::{enter_as, staffed};
use portal::shop::actions;
use portal::shop::store::listing::{self, Narrow};

use crate::shop::{
    PERSON, SAMVERKAN, UMEA, agreed, all_is_well, behind_the_scenes, count, edition, one, order, pairs, put, stock, stocked, to_review,
};

pub const LIST: &str = "/handlaggare/bestallningar";

/// A portal with stock and staff, and Lars at his desk.
pub async fn back_room(portal: &TestPortal) -> (TestPortal, Browser) {
    let portal = staffed(portal.app.db.engine()).await;
    stocked(&portal).await;
    let lars = portal.browser();
    enter_as(&portal, &lars, StaffRole::Warehouse).await;
    (portal, lars)
}

/// Orders as a municipality; gives the address of the order's page.
pub async fn organisation_orders(portal: &TestPortal, isbn: &str, copies: &str) -> String {
    let browser = portal.browser();
    put(&browser, portal, isbn, copies).await;
    browser.submit("/kassa/leverans", PERSON).await;
    browser.submit("/kassa/betalning", &[("betalare", "organisation")]).await;
    let bill = [("organisation", "Östra kommunen"), ("organisationsnummer", "2120002627"), ("referens", "ZZ1234"), ("faktura", "epost")];
    let answer = browser.submit("/kassa/faktura", &bill).await;
    let review = browser.get(&answer.leads_to()).await;
    let receipt = browser.submit("/kassa/granska", &pairs(&agreed(&review))).await;
    receipt.attributes("main a", "href").into_iter().find(|href| href.contains("/bestallning/")).unwrap()
}

/// Copies of the first order, with numbers that rise: `copies` of them, a second apart, each a crown dearer.
pub async fn many_orders(portal: &TestPortal, copies: i64) {
    let url = &portal.app.config.database_url;
    let numbers = format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {copies})");
    let id = "'01890a5d-ac96-774b-bcce-' || CAST(100000000000 + n.i AS TEXT)";
    run_sql(
        url,
        format!(
            "{numbers} INSERT INTO baskets (id, token_hash, status, answers, created_at, updated_at)
             SELECT {id}, 'h' || CAST(n.i AS TEXT), 'ordered', '{{}}', '2026-11-23T10:00:00.000Z', '2026-11-23T10:00:00.000Z' FROM n"
        ),
    )
    .await;
    run_sql(
        url,
        format!(
            "{numbers} INSERT INTO orders (id, number, basket_id, link_hash, lang, state, fulfilment, payment, invoice, buyer, invoice_by, name, email,
                 delivery_address, gross, net, vat, terms, version, placed_at, updated_at, buyer_key)
             SELECT {id}, o.number + n.i, {id}, 'h' || CAST(n.i AS TEXT), o.lang, 'cancelled', 'none', 'none', 'none', o.buyer, o.invoice_by, o.name,
                    o.email, o.delivery_address, o.gross + 100 * n.i, o.net + 100 * n.i, o.vat, o.terms, 1, '2026-11-23T10:00:00.000Z', o.updated_at,
                    'mängd ' || CAST(100000 + n.i AS TEXT) FROM orders o, n WHERE o.number = 10001"
        ),
    )
    .await;
    run_sql(url, format!("{numbers} INSERT INTO order_words (word, number) SELECT 'mängd', 10001 + n.i FROM n")).await;
}

/// The numbers in the list, from the top.
fn numbers(page: &Page) -> Vec<String> {
    page.find("tbody th")
}

on_both! {
    /// Lars finds orders by number, name, title and ISBN, narrows by state, buyer and day, and puts them in order.
    async fn lars_finds_an_order(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        assert!(lars.get(LIST).await.words().contains("Ingen beställning stämmer"));
        order(&portal.browser(), &portal, UMEA, "2").await;
        organisation_orders(&portal, SAMVERKAN, "1").await;
        portal.clock.advance_seconds(24 * 3600);
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        let buyer = portal.browser();
        let link = order(&buyer, &portal, UMEA, "1").await;
        buyer.submit(&format!("{link}/avbestall"), &[("version", "1")]).await;

        let page = lars.get(LIST).await;
        assert_eq!(numbers(&page), ["B10003", "B10002", "B10001"], "the newest first: {}", page.words());
        assert!(page.words().contains("3 beställningar") && page.words().contains("Östra kommunen, Åsa Öberg"), "{}", page.words());
        assert_eq!(page.attributes("thead th[aria-sort]", "aria-sort"), ["descending", "none", "none"]);
        assert!(page.find("nav").concat().contains("Beställningar"));
        for (query, expected) in [
            ("?q=B10002", vec!["B10002"]),
            ("?q=10001", vec!["B10001"]),
            ("?q=%C3%A5sa+%C3%B6b", vec!["B10003", "B10002", "B10001"]),
            ("?q=%C3%96STRA", vec!["B10002"]),
            ("?q=ume%C3%A5+v%C3%A4xer", vec!["B10003", "B10001"]),
            ("?q=978-91-89999-00-8", vec!["B10003", "B10001"]),
            ("?q=9789188599315", vec!["B10002"]),
            ("?q=asa", vec![]),
            ("?q=%25", vec!["B10003", "B10002", "B10001"]),
            ("?status=cancelled", vec!["B10003"]),
            ("?leverans=to_pick", vec!["B10002", "B10001"]),
            ("?kopare=organisation", vec!["B10002"]),
            ("?kopare=private&status=confirmed", vec!["B10001"]),
            ("?fran=2026-11-24", vec!["B10003"]),
            ("?till=23+november+2026", vec!["B10002", "B10001"]),
            ("?fran=2026-11-23&till=2026-11-23&q=ume%C3%A5", vec!["B10001"]),
            ("?sortera=summa&ordning=stigande", vec!["B10003", "B10001", "B10002"]),
            ("?sortera=kopare&ordning=stigande", vec!["B10001", "B10003", "B10002"]),
            ("?sortera=nummer&ordning=stigande&status=confirmed", vec!["B10001", "B10002"]),
        ] {
            let page = lars.get(&format!("{LIST}{query}")).await;
            let mut found = numbers(&page);
            let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
            if query.contains("summa") {
                // Which of two orders is the dearer is the catalogue's to say.
                found.sort();
                expected.sort();
            }
            assert_eq!(found, expected, "{query}");
        }
        let page = lars.get(&format!("{LIST}?fran=i+g%C3%A5r&till=2026-11-24&q=ume%C3%A5")).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Datumet måste skrivas som 2027-01-15".to_owned()]));
        assert_eq!((page.value("fran"), page.value("q")), ("i går".to_owned(), "umeå".to_owned()));
        assert!(page.title().starts_with("Fel: "));
        let page = lars.get(&format!("{LIST}?fran=2026-11-24&till=2026-11-23")).await;
        assert_eq!(page.errors(), ["Sista dagen måste vara samma dag som den första eller senare"]);
        let page = lars.get(&format!("{LIST}?sortera=kopare&ordning=stigande&kopare=private")).await;
        assert_eq!(page.attributes("thead th[aria-sort]", "aria-sort"), ["none", "ascending", "none"]);
        let turned = page.attributes("thead th:nth-child(3) a", "href").concat();
        assert!(turned.contains("ordning=fallande") && turned.contains("kopare=private"), "{turned}");
        all_is_well(&portal).await;
    }

    /// Fifty to a page, everything in the address, and what is too much is said.
    async fn the_list_has_pages(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        many_orders(&portal, 120).await;
        let page = lars.get(&format!("{LIST}?kopare=private")).await;
        assert!(page.words().contains("121 beställningar"), "{}", page.words());
        assert_eq!((numbers(&page).len(), numbers(&page)[0].as_str()), (50, "B10121"));
        let next = page.attributes("a[rel=next]", "href").concat();
        assert_eq!(next, format!("{LIST}?kopare=private&sida=2"));
        let page = lars.get(&format!("{LIST}?kopare=private&sida=3")).await;
        assert_eq!((numbers(&page).len(), numbers(&page)[20].as_str()), (21, "B10001"));
        let page = lars.get(&format!("{LIST}?q=m%C3%A4ng&sortera=summa&ordning=fallande&sida=2")).await;
        assert_eq!(numbers(&page)[0], "B10071");
        assert_eq!(numbers(&lars.get(&format!("{LIST}?sida=-7")).await).len(), 50);
        many_more(&portal).await;
        let page = lars.get(LIST).await;
        assert!(page.words().contains("Fler än 10000 beställningar"), "{}", page.words());
        assert_eq!(numbers(&lars.get(&format!("{LIST}?sida=999999")).await).len(), 50, "the last page that can be paged to");
    }

    /// Nearly every order has one word and few have the other: those few are looked up, however the words stand.
    async fn a_rare_word_among_common_ones(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        many_orders(&portal, 2_100).await;
        let url = &portal.app.config.database_url;
        run_sql(url, "INSERT INTO order_words (word, number) SELECT 'kommun', number FROM orders WHERE number > 10020".to_owned()).await;
        run_sql(url, "INSERT INTO order_words (word, number) SELECT 'lunds', number FROM orders WHERE number IN (10007, 10300, 11900)".to_owned()).await;
        for typed in ["lunds+kommun", "kommun+lund", "m%C3%A4ngd+kommun+lunds"] {
            let page = lars.get(&format!("{LIST}?q={typed}")).await;
            assert_eq!(numbers(&page), ["B11900", "B10300"], "{typed}");
            assert!(page.words().contains("2 beställningar"), "{typed}: {}", page.words());
        }
        let page = lars.get(&format!("{LIST}?q=kommun+mangd+m%C3%A4ngd&sida=2")).await;
        assert!(numbers(&page).is_empty() && page.words().contains("Ingen beställning stämmer"), "{}", page.words());
        let page = lars.get(&format!("{LIST}?q=m%C3%A4ngd+kommun&sida=2")).await;
        assert!(page.words().contains("2081 beställningar"), "two common words: {}", page.words());
        assert_eq!(numbers(&page)[0], "B12051");
        for word in ["xa", "xb", "xc"] {
            run_sql(url, format!("INSERT INTO order_words (word, number) SELECT '{word}', number FROM orders")).await;
        }
        let page = lars.get(&format!("{LIST}?q=x+kommun")).await;
        assert!(page.words().contains("2081 beställningar"), "one common word, much rarer than the other: {}", page.words());
        let words = |typed: &str| Narrow::of_words(typed);
        let first = async |typed: &str| portal.app.db.read(async |tx| listing::rarest_first(tx, &words(typed)).await).await.unwrap().words;
        assert_eq!(first("mängd kommun lunds").await[0], "lunds");
        assert_eq!(first("kommun mängd").await, ["kommun", "mängd"], "both are common: the one that fewer have");
        assert_eq!(first("mängd finnsinte").await[0], "finnsinte");
        let rare = async |typed: &str| portal.app.db.read(async |tx| listing::rarest_first(tx, &words(typed)).await).await.unwrap().rare;
        assert_eq!((rare("x lunds").await, rare("x kommun").await, rare("mängd kommun").await), (true, true, false));
        assert!(portal.app.db.read(async |tx| listing::page_of_orders(tx, &words("mängd"), 99).await).await.unwrap().0 == 2_100, "said beyond the end");
    }

    /// Lars sees everything of an order, and notes what the buyer said; Amina sees the note but writes none.
    async fn lars_notes_what_the_buyer_said(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        organisation_orders(&portal, UMEA, "3").await;
        let address = format!("{LIST}/B10001");
        let page = lars.get(&address).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Bekräftad"]);
        for said in ["Östra kommunen", "212000-2627", "ZZ1234", "Storgatan 1", "903 25 Umeå", "asa.oberg@example.se", "Att plocka", "978-91-89999-00-8"] {
            assert!(page.words().contains(said), "{said}: {}", page.words());
        }
        let refused = lars.post(&address, &[("anteckning", "  ")]).await;
        assert_eq!((refused.status, refused.errors()), (422, vec!["Ange vad du vill anteckna".to_owned()]));
        let refused = lars.post(&address, &[("anteckning", &"å".repeat(2001))]).await;
        assert_eq!(refused.errors(), ["Anteckningen måste vara högst 2000 tecken"]);
        assert_eq!(refused.value("anteckning").chars().count(), 2001, "what was typed is still there");
        let page = lars.submit(&address, &[("anteckning", "Ringde: <b>vill</b> ha det före jul.\r\nÅterkommer.")]).await;
        assert!(page.words().contains("Anteckningen är sparad."), "{}", page.words());
        assert!(page.words().contains("Lars Lager, 23 november 2026 kl. 10.00 Ringde: <b>vill</b> ha det före jul. Återkommer."), "{}", page.words());
        assert_eq!(one::<String>(&portal.app.db, "SELECT action FROM audit_events ORDER BY seq DESC LIMIT 1", String::new()).await, "order.noted");
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        let page = amina.get(&address).await;
        assert!(page.words().contains("före jul") && page.find("textarea").is_empty(), "{}", page.words());
        assert_eq!(amina.post(&address, &[("anteckning", "Hej")]).await.status, 403);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM order_notes").await, 1);
        for wrong in ["B99999", "B1x", "x", "-1"] {
            assert_eq!(lars.get(&format!("{LIST}/{wrong}")).await.status, 404, "{wrong}");
        }
        all_is_well(&portal).await;
    }
}

on_both! {
    /// Lars packs, sends in two parcels, notes that they came, and takes some back; the buyer can follow it all.
    async fn lars_packs_and_sends(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let buyer = portal.browser();
        put(&buyer, &portal, UMEA, "3").await;
        // Lines stand in the order in which they were added.
        portal.clock.advance_seconds(1);
        put(&buyer, &portal, SAMVERKAN, "2").await;
        let review = to_review(&buyer).await;
        let receipt = buyer.submit("/kassa/granska", &pairs(&agreed(&review))).await;
        let link = receipt.attributes("main a", "href").into_iter().find(|href| href.contains("/bestallning/")).unwrap();
        let before = stock(&portal, SAMVERKAN).await;
        let address = format!("{LIST}/B10001");
        let ways = lars.get(&address).await.find("main nav[aria-label='Gör med beställningen'] a");
        assert_eq!(ways, ["Packa", "Skicka", "Stryk resten", "Annullera", "Följesedel", "Skriv till köparen"]);
        assert_eq!(lars.get(&format!("{address}/retur")).await.status, 409);

        let page = lars.submit(&format!("{address}/packa"), &[("version", "1")]).await;
        assert!(page.words().contains("Beställningen är packad."), "{}", page.words());
        assert_eq!(buyer.get(&format!("{link}/andra")).await.status, 409, "packed is packed");
        assert_eq!(lars.post(&format!("{address}/packa"), &[("version", "2")]).await.status, 409, "twice");

        let send = format!("{address}/skicka");
        let form = lars.get(&send).await;
        assert_eq!((form.value("antal-1"), form.value("antal-2"), form.value("version")), ("3".into(), "2".into(), "2".into()), "{}", form.words());
        for (first, second, sentences) in [
            ("4", "", vec!["Antalet måste vara högst 3"]),
            ("två", "9", vec!["Antalet måste skrivas med siffror, till exempel 2", "Antalet måste vara högst 2"]),
            ("", "0", vec!["Ange minst ett exemplar"]),
        ] {
            let page = lars.post(&send, &[("version", "2"), ("antal-1", first), ("antal-2", second)]).await;
            assert_eq!((page.status, page.errors()), (422, sentences.into_iter().map(str::to_owned).collect()));
            assert_eq!((page.value("antal-1"), page.value("antal-2")), (first.to_owned(), second.to_owned()));
        }
        let page = lars.submit(&send, &[("version", "2"), ("antal-1", "2"), ("antal-2", ""), ("kolli", "SE 123")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Delvis skickad"]);
        assert!(page.words().contains("Paket 1 Lars Lager") && page.words().contains("Kollinummer: SE 123"), "{}", page.words());
        assert_eq!((stock(&portal, UMEA).await, stock(&portal, SAMVERKAN).await), ((38, 1), before));
        assert_eq!(buyer.get(&link).await.find("main .govuk-tag"), ["Delvis skickad"]);
        assert_eq!(buyer.get(&format!("{link}/avbestall")).await.status, 409, "part of it has gone");
        let mail: String = one(&portal.app.db, "SELECT text_body FROM outbox WHERE kind = 'order.sent'", String::new()).await;
        assert!(mail.contains("Umeå växer tryggt och säkert: 2 ex.") && mail.contains("SE 123") && mail.contains("Resten skickas för sig"), "{mail}");
        all_is_well(&portal).await;

        let version = lars.get(&send).await.value("version");
        let page = lars.submit(&send, &[("version", &version), ("antal-1", "1"), ("antal-2", "2")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Skickad"]);
        assert_eq!((stock(&portal, UMEA).await, stock(&portal, SAMVERKAN).await), ((37, 0), (before.0 - 2, 0)));
        assert_eq!(lars.get(&send).await.status, 409, "nothing is left to send");
        let subject = one::<String>(&portal.app.db, "SELECT subject FROM outbox WHERE kind = 'order.sent' ORDER BY about DESC LIMIT 1", String::new()).await;
        assert_eq!(subject, "Beställning B10001 är skickad");
        all_is_well(&portal).await;

        portal.clock.advance_seconds(2 * 24 * 3600);
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        let came = format!("{address}/levererad");
        let version = lars.get(&came).await.value("version");
        for (day, sentence) in [
            ("förrgår", "Datumet måste skrivas som 2027-01-15"),
            ("2026-11-26", "Dagen måste vara i dag eller tidigare"),
            ("2026-11-22", "Dagen måste vara samma dag som det sista paketet skickades eller senare"),
        ] {
            assert_eq!(lars.post(&came, &[("version", &version), ("dag", day)]).await.errors(), [sentence]);
        }
        let page = lars.submit(&came, &[("version", &version), ("dag", "24 november 2026")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Levererad"]);
        let until: String = one(&portal.app.db, "SELECT withdraw_until FROM orders", String::new()).await;
        assert_eq!(until, "2026-12-08T22:59:59.999Z", "the fourteenth day in Sweden is the last");

        let back = format!("{address}/retur");
        let version = lars.get(&back).await.value("version");
        let refused = lars.post(&back, &[("version", &version), ("tillbaka-1", "2"), ("kassera-1", "2")]).await;
        assert_eq!(refused.errors(), ["Antalet måste vara högst 3"]);
        let page = lars.submit(&back, &[("version", &version), ("tillbaka-1", "1"), ("kassera-1", "1")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Levererad"], "some are with the buyer still");
        assert!(page.words().contains("3, varav 2 åter"), "{}", page.words());
        assert_eq!(stock(&portal, UMEA).await, (38, 0), "one can be sold again, one cannot");
        let version = lars.get(&back).await.value("version");
        let page = lars.submit(&back, &[("version", &version), ("tillbaka-1", "1"), ("tillbaka-2", "2")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Returnerad"]);
        assert_eq!((stock(&portal, UMEA).await, stock(&portal, SAMVERKAN).await), ((39, 0), (before.0, 0)));
        let kinds: String = one(
            &portal.app.db,
            "SELECT CAST(COUNT(*) AS TEXT) FROM stock_movements WHERE kind IN ('held', 'sent', 'returned', 'written_off')",
            String::new(),
        )
        .await;
        assert_eq!(kinds, "9", "two promises, three in parcels, three times back, one written off");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE kind = 'order.returned'").await, 2);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action IN ('order.packed', 'order.part_shipped', 'order.shipped', 'order.delivered', 'order.part_returned', 'order.returned')").await, 6);
        all_is_well(&portal).await;
    }

    /// Twenty packers press send on the same order at once: one sends it, nineteen are told.
    async fn twenty_packers_send_it_once(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "20").await;
        let send = format!("{LIST}/B10001/skicka");
        let mut packers = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (lars, send) = (lars.clone(), send.clone());
            packers.spawn(async move { lars.post(&send, &[("version", "1"), ("antal-1", "20")]).await.status });
        }
        let answers = packers.join_all().await;
        let did = |status: u16| answers.iter().filter(|answer| **answer == status).count();
        assert_eq!((did(303), did(409)), (1, 19), "{answers:?}");
        assert_eq!(stock(&portal, UMEA).await, (20, 0));
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM shipments").await, 1);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE kind = 'order.sent'").await, 1);
        all_is_well(&portal).await;
    }

    /// Twenty packers have a copy each in their hands, and go on until theirs has gone: twenty parcels, no copy twice.
    async fn twenty_packers_send_a_copy_each(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "20").await;
        let send = format!("{LIST}/B10001/skicka");
        let mut packers = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (lars, send) = (lars.clone(), send.clone());
            packers.spawn(async move {
                for _ in 0..200 {
                    let version = lars.get(&send).await.value("version");
                    let answer = lars.post(&send, &[("version", &version), ("antal-1", "1")]).await;
                    if answer.status == 303 {
                        return true;
                    }
                    assert_eq!(answer.status, 409, "{}", answer.words());
                }
                false
            });
        }
        assert!(packers.join_all().await.into_iter().all(|sent| sent));
        assert_eq!(stock(&portal, UMEA).await, (20, 0));
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM shipments").await, 20);
        assert_eq!(count(&portal.app.db, "SELECT sent FROM order_lines WHERE position = 1").await, 20);
        assert_eq!(one::<String>(&portal.app.db, "SELECT fulfilment FROM orders", String::new()).await, "shipped");
        all_is_well(&portal).await;
    }

    /// What is here is sent, the rest when it has been printed; the mail is in the buyer's language.
    async fn the_rest_is_sent_when_it_comes(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        behind_the_scenes(&portal, &format!("UPDATE editions SET on_hand = 1, backorder_allowed = 1 WHERE isbn = '{UMEA}'")).await;
        order(&portal.browser(), &portal, UMEA, "3").await;
        behind_the_scenes(&portal, "UPDATE orders SET lang = 'en'").await;
        let address = format!("{LIST}/B10001");
        assert_eq!(lars.get(&format!("{address}/packa")).await.status, 409, "not all of it is here");
        let page = lars.submit(&format!("{address}/skicka"), &[("version", "1"), ("antal-1", "1")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Delvis skickad"]);
        assert_eq!(one::<String>(&portal.app.db, "SELECT fulfilment FROM orders", String::new()).await, "backordered");
        assert_eq!(lars.get(&format!("{address}/skicka")).await.status, 409, "nothing is here");
        let mail: String = one(&portal.app.db, "SELECT text_body FROM outbox WHERE kind = 'order.sent'", String::new()).await;
        assert!(mail.contains("This is on its way to you.") && mail.contains("säkert: 1 copy") && mail.contains("säkert: 2 copies"), "{mail}");
        actions::receive_stock(&portal.app, "system", &edition(&portal, UMEA).await, 5).await.unwrap();
        assert_eq!(stock(&portal, UMEA).await, (5, 2));
        let version = lars.get(&format!("{address}/skicka")).await.value("version");
        let page = lars.submit(&format!("{address}/skicka"), &[("version", &version), ("antal-1", "2")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Skickad"]);
        assert_eq!(stock(&portal, UMEA).await, (3, 0));
        all_is_well(&portal).await;
    }

    /// Lars calls an order off, packed as it is; a reason is asked for and sent. A second press does nothing.
    async fn lars_calls_an_order_off(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let buyer = portal.browser();
        let link = order(&buyer, &portal, UMEA, "4").await;
        let address = format!("{LIST}/B10001");
        lars.submit(&format!("{address}/packa"), &[("version", "1")]).await;
        let cancel = format!("{address}/annullera");
        assert_eq!(lars.post(&cancel, &[("version", "2"), ("skal", " ")]).await.errors(), ["Ange ett skäl"]);
        let stale = lars.post(&cancel, &[("version", "1"), ("skal", "Slut")]).await;
        assert_eq!((stale.status, stale.value("skal"), stale.value("version")), (409, "Slut".to_owned(), "2".to_owned()));
        assert!(stale.words().contains("Beställningen ändrades medan du skrev"), "{}", stale.words());
        let page = lars.submit(&cancel, &[("version", "2"), ("skal", "Upplagan är feltryckt")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Annullerad"]);
        assert!(page.words().contains("Inget går att göra med beställningen nu."), "{}", page.words());
        assert_eq!(lars.post(&cancel, &[("version", "3"), ("skal", "Igen")]).await.status, 409);
        let mail: String = one(&portal.app.db, "SELECT text_body FROM outbox WHERE kind = 'order.changed'", String::new()).await;
        assert!(mail.contains("Upplagan är feltryckt"), "{mail}");
        let detail: String = one(&portal.app.db, "SELECT detail FROM audit_events WHERE action = 'order.cancelled'", String::new()).await;
        assert!(!detail.contains("feltryckt"), "words stay out of the chain: {detail}");
        assert_eq!(stock(&portal, UMEA).await, (40, 0));
        assert_eq!(buyer.get(&link).await.find("main .govuk-tag"), ["Annullerad"]);
        all_is_well(&portal).await;
    }

    /// A consumer withdraws when a parcel has gone: what lies here is free at once, what has gone comes back.
    async fn a_consumer_withdraws_halfway(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let buyer = portal.browser();
        let link = order(&buyer, &portal, UMEA, "3").await;
        let address = format!("{LIST}/B10001");
        lars.submit(&format!("{address}/skicka"), &[("version", "1"), ("antal-1", "1")]).await;
        let packed = portal.browser();
        let other = order(&packed, &portal, UMEA, "2").await;
        lars.submit(&format!("{LIST}/B10002/packa"), &[("version", "1")]).await;
        packed.submit(&format!("{other}/angra/bekrafta"), &[("version", "2")]).await;
        assert_eq!(stock(&portal, UMEA).await, (39, 2), "a parcel that has not gone is opened again");
        buyer.submit(&format!("{link}/angra/bekrafta"), &[("version", "2")]).await;
        assert_eq!(stock(&portal, UMEA).await, (39, 0));
        let back = format!("{address}/retur");
        let version = lars.get(&back).await.value("version");
        let page = lars.submit(&back, &[("version", &version), ("tillbaka-1", "1")]).await;
        assert_eq!(page.find("h1"), ["Beställning B10001 Ångrad"]);
        assert_eq!(stock(&portal, UMEA).await, (40, 0));
        all_is_well(&portal).await;
    }
}

on_both! {
    /// Lars sees what is low, books what came (who waited gets it first), counts the shelf, and reads the ledger.
    async fn lars_keeps_the_stock(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        behind_the_scenes(&portal, &format!("UPDATE editions SET on_hand = 2, backorder_allowed = 1 WHERE isbn = '{UMEA}'")).await;
        let (first, second) = (portal.browser(), portal.browser());
        order(&first, &portal, UMEA, "4").await;
        order(&second, &portal, UMEA, "3").await;
        let page = lars.get("/handlaggare/lager?q=9789189999008").await;
        assert_eq!(page.find("tbody tr"), ["Umeå växer tryggt och säkert 978-91-89999-00-8 2 2 0 5 Lågt"], "{}", page.words());
        let low = lars.get("/handlaggare/lager?lagt=ja&q=v%C3%84XER").await;
        assert_eq!(low.find("tbody tr").len(), 1, "{}", low.words());
        assert!(lars.get("/handlaggare/lager?q=finns+inte").await.words().contains("Ingen utgåva stämmer"));
        let shelf = page.attributes("tbody th a", "href").concat();

        for (typed, sentence) in [("", "Ange antalet exemplar"), ("0", "Ange minst ett exemplar"), ("tre", "Antalet måste skrivas med siffror, till exempel 2"), ("100001", "Antalet måste vara högst 100000")] {
            let page = lars.post(&shelf, &[("vad", "inleverans"), ("inkomna", typed)]).await;
            assert_eq!((page.status, page.errors(), page.value("inkomna")), (422, vec![sentence.to_owned()], typed.to_owned()));
        }
        let page = lars.submit(&shelf, &[("vad", "inleverans"), ("inkomna", "3")]).await;
        assert!(page.words().contains("Exemplaren är lagda i lager."), "{}", page.words());
        assert_eq!(stock(&portal, UMEA).await, (5, 5), "two for the oldest order, one for the next");
        assert_eq!(one::<String>(&portal.app.db, "SELECT fulfilment FROM orders WHERE number = 10001", String::new()).await, "to_pick");
        assert_eq!(one::<String>(&portal.app.db, "SELECT fulfilment FROM orders WHERE number = 10002", String::new()).await, "backordered");
        let rows = page.find("tbody tr");
        assert!(rows.iter().any(|row| row.contains("Inleverans +3 Lars Lager")), "{rows:?}");
        assert!(rows.iter().any(|row| row.contains("Reserverat +2 Portalen") ), "{rows:?}");
        all_is_well(&portal).await;

        let count_form = |counted: &'static str, seen: &'static str, why: &'static str| [("vad", "rattning"), ("raknade", counted), ("saldo", seen), ("skal", why)];
        let page = lars.post(&shelf, &count_form("", "5", "")).await;
        assert_eq!(page.errors(), ["Ange antalet exemplar", "Ange ett skäl"]);
        let page = lars.post(&shelf, &count_form("4", "5", "Svinn")).await;
        assert_eq!(page.errors(), ["Antalet måste vara minst 5, för så många är reserverade. Annullera en beställning först om exemplaren saknas."]);
        let page = lars.post(&shelf, &count_form("9", "2", "Inventering")).await;
        assert_eq!((page.status, page.value("raknade"), page.value("saldo")), (422, "9".to_owned(), "5".to_owned()));
        assert!(page.errors()[0].contains("Saldot ändrades från 2 till 5"), "{:?}", page.errors());
        let page = lars.submit(&shelf, &count_form("9", "5", "Inventering")).await;
        assert!(page.words().contains("Saldot är rättat.") && page.words().contains("Rättat saldo +4 Lars Lager Inventering"), "{}", page.words());
        assert_eq!(stock(&portal, UMEA).await, (9, 7), "copies that were found went to who waited");
        let page = lars.submit(&shelf, &[("vad", "grans"), ("grans", "1")]).await;
        assert!(page.words().contains("Saldo Räcker"), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action IN ('stock.received', 'stock.corrected', 'stock.threshold')").await, 3);
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        assert!(erik.get(&shelf).await.find("main form").is_empty(), "Erik looks only");
        assert_eq!(erik.post(&shelf, &count_form("1", "9", "Hej")).await.status, 403);
        for wrong in ["/handlaggare/lager/x", "/handlaggare/lager/01890a5d-ac96-774b-bcce-b302099a8057"] {
            assert_eq!(lars.get(wrong).await.status, 404);
        }
        all_is_well(&portal).await;
    }

    /// The picking list says how many of each title to fetch and for whom; the slip in the parcel says what is in it.
    async fn lars_prints(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        let list = format!("{LIST}/plocklista");
        assert!(lars.get(&list).await.words().contains("Det finns inget att plocka."));
        order(&portal.browser(), &portal, UMEA, "2").await;
        organisation_orders(&portal, SAMVERKAN, "1").await;
        organisation_orders(&portal, UMEA, "5").await;
        let page = lars.get(&list).await;
        assert!(page.words().contains("3 beställningar, 8 exemplar."), "{}", page.words());
        let rows = page.find("tbody tr");
        assert!(rows.iter().any(|row| row == "Umeå växer tryggt och säkert 978-91-89999-00-8 7 B10001 (2 ex.), B10003 (5 ex.)"), "{rows:?}");
        let slip = lars.get(&format!("{LIST}/B10003/foljesedel")).await;
        assert!(slip.words().contains("Storgatan 1") && slip.words().contains("ZZ1234"), "{}", slip.words());
        assert_eq!(slip.find("tbody tr"), ["Umeå växer tryggt och säkert 978-91-89999-00-8 5"]);
        assert!(!slip.words().contains(" kr"), "no prices in a parcel: {}", slip.words());
        lars.submit(&format!("{LIST}/B10003/skicka"), &[("version", "1"), ("antal-1", "3")]).await;
        let slip = lars.get(&format!("{LIST}/B10003/foljesedel?paket=1")).await;
        assert_eq!(slip.find("tbody tr"), ["Umeå växer tryggt och säkert 978-91-89999-00-8 3"]);
        assert_eq!(lars.get(&format!("{LIST}/B10003/foljesedel?paket=2")).await.status, 404);
        let rows = lars.get(&list).await.find("tbody tr");
        assert!(rows.iter().any(|row| row.contains("B10003 (2 ex.)")), "{rows:?}");
        all_is_well(&portal).await;
    }
}

/// More than can be paged through.
async fn many_more(portal: &TestPortal) {
    let url = &portal.app.config.database_url;
    run_sql(url, "DELETE FROM order_words WHERE word = 'mängd'".to_owned()).await;
    run_sql(url, "DELETE FROM orders WHERE number > 10001".to_owned()).await;
    run_sql(url, "DELETE FROM baskets WHERE id NOT IN (SELECT basket_id FROM orders)".to_owned()).await;
    many_orders(portal, 10_050).await;
}
