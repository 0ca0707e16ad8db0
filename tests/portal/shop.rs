//! Stories of people who order: they fill a basket, check out, get their order, change their mind; and of many who want
//! the same last copies. Each story looks at the page, the rows, the mail and the log.

use axum::http::Method;
use portal::catalogue;
use portal::kit::{Id, Isbn};
use portal::platform::audit;
use portal::platform::db::{Db, StoreError};
use portal::shop;
use portal::{server, shop::actions};

use crate::access::filled;
use crate::harness::{Browser, Page, TestPortal, run_sql};

/// The printed report that most stories order: 95 kr, 40 copies.
pub const UMEA: &str = "9789189999008";
pub const UMEA_PAGE: &str = "/publikationer/2021/umea-vaxer-tryggt-och-sakert";
/// Another printed report, for a basket with two: 400 copies, and more can be printed.
pub const SAMVERKAN: &str = "9789188599315";

/// A portal with the demonstration catalogue and freight table.
pub async fn stocked(portal: &TestPortal) -> &TestPortal {
    catalogue::demo::load(&portal.app).await.unwrap();
    shop::demo::load(&portal.app).await.unwrap();
    portal
}

/// The edition with this ISBN.
pub async fn edition(portal: &TestPortal, isbn: &str) -> Id {
    let isbn = Isbn::parse(isbn).unwrap();
    one(&portal.app.db, "SELECT id FROM editions WHERE isbn = $1", isbn.compact().to_string()).await
}

/// One value out of the database, as the operator would look it up.
pub async fn one<T>(db: &Db, statement: &'static str, bind: String) -> T
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    let row: (T,) = db
        .read(async |tx| {
            let query = sqlx::query_as(statement);
            let query = if statement.contains("$1") { query.bind(bind.clone()) } else { query };
            Ok::<_, StoreError>(query.fetch_one(tx).await?)
        })
        .await
        .unwrap();
    row.0
}

pub async fn count(db: &Db, statement: &'static str) -> i64 {
    one(db, statement, String::new()).await
}

/// On hand, held.
pub async fn stock(portal: &TestPortal, isbn: &str) -> (i64, i64) {
    let isbn = Isbn::parse(isbn).unwrap().compact().to_string();
    let db = &portal.app.db;
    (
        one(db, "SELECT on_hand FROM editions WHERE isbn = $1", isbn.clone()).await,
        one(db, "SELECT held FROM editions WHERE isbn = $1", isbn).await,
    )
}

/// Changes the catalogue behind the buyer's back, as staff would.
pub async fn behind_the_scenes(portal: &TestPortal, statement: &str) {
    run_sql(&portal.app.config.database_url, statement.to_owned()).await;
    // Staff would have left a line in the ledger.
    let corrected = "INSERT INTO stock_movements (edition_id, position, kind, on_hand, held, made_by, about, reason, at)
        SELECT e.id, MAX(m.position) + 1, 'corrected', e.on_hand - SUM(m.on_hand), 0, 'system', '', 'test', '2026-11-23T09:00:00.000Z'
        FROM editions e JOIN stock_movements m ON m.edition_id = e.id GROUP BY e.id, e.on_hand HAVING e.on_hand <> SUM(m.on_hand)";
    run_sql(&portal.app.config.database_url, corrected.to_owned()).await;
}

pub const PERSON: &[(&str, &str)] = &[
    ("namn", "Åsa Öberg"),
    ("epost", "asa.oberg@example.se"),
    ("telefon", ""),
    ("mottagare", ""),
    ("co", ""),
    ("gata", "Storgatan 1"),
    ("postnummer", "90325"),
    ("ort", "Umeå"),
    ("land", "SE"),
];

/// Puts copies in the basket by the form of the publication's page.
pub async fn put(browser: &Browser, portal: &TestPortal, isbn: &str, copies: &str) -> Page {
    let edition = edition(portal, isbn).await;
    browser.submit("/kundkorg", &[("utgava", edition.as_str()), ("antal", copies)]).await
}

/// Walks the checkout as a private person, up to the review.
pub async fn to_review(browser: &Browser) -> Page {
    let page = browser.submit("/kassa/leverans", PERSON).await;
    assert_eq!(page.status, 303);
    browser.submit("/kassa/betalning", &[("betalare", "privat")]).await;
    let answer = browser.submit("/kassa/faktura", &[("faktura", "epost")]).await;
    let review = browser.get(&answer.leads_to()).await;
    assert_eq!(review.find("h1"), ["Granska och beställ"], "{}", review.words());
    review
}

/// The fields that the review's form sends.
pub fn agreed(review: &Page) -> Vec<(String, String)> {
    vec![
        ("visat".to_owned(), review.value("visat")),
        ("kontroll".to_owned(), review.value("kontroll")),
        ("villkor".to_owned(), "ja".to_owned()),
    ]
}

pub fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Orders so many copies and gives the address of the order's page.
pub async fn order(browser: &Browser, portal: &TestPortal, isbn: &str, copies: &str) -> String {
    put(browser, portal, isbn, copies).await;
    let review = to_review(browser).await;
    let receipt = browser.submit("/kassa/granska", &pairs(&agreed(&review))).await;
    assert_eq!(receipt.find("h1"), ["Tack för din beställning"], "{}", receipt.words());
    receipt.attributes("main a", "href").into_iter().find(|href| href.contains("/bestallning/")).unwrap()
}

/// Holds after every story: what stands in the chain is whole, and no more is promised than there is.
pub async fn all_is_well(portal: &TestPortal) {
    let report = audit::verify(&portal.app.db, None).await.unwrap();
    assert!(report.fault.is_none(), "{report:?}");
    let db = &portal.app.db;
    assert_eq!(count(db, "SELECT COUNT(*) FROM editions WHERE held > on_hand").await, 0);
    let unlike = count(
        db,
        "SELECT COUNT(*) FROM editions e WHERE held <> (SELECT COALESCE(SUM(l.held - l.sent), 0) FROM order_lines l JOIN orders o ON o.id = l.order_id
         WHERE l.edition_id = e.id AND o.state = 'confirmed')",
    );
    assert_eq!(unlike.await, 0, "held copies do not equal what orders hold");
    let ledger = "SELECT COUNT(*) FROM editions e
         WHERE e.on_hand <> (SELECT COALESCE(SUM(m.on_hand), 0) FROM stock_movements m WHERE m.edition_id = e.id)
            OR e.held <> (SELECT COALESCE(SUM(m.held), 0) FROM stock_movements m WHERE m.edition_id = e.id)";
    assert_eq!(count(db, ledger).await, 0, "the ledger does not add up to the stock");
    let sums = "SELECT COUNT(*) FROM orders o WHERE gross <> (SELECT SUM(gross) FROM order_lines l WHERE l.order_id = o.id)
                OR net <> (SELECT SUM(net) FROM order_lines l WHERE l.order_id = o.id)";
    assert_eq!(count(db, sums).await, 0, "an order's lines do not add up");
    let unmailed =
        "SELECT COUNT(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM outbox m WHERE m.kind = 'order.placed' AND m.about = o.id)";
    assert_eq!(count(db, unmailed).await, 0, "an order without its letter");
}

on_both! {
    /// Åsa orders two copies as a private person: page, rows, mail and log agree to the öre.
    async fn a_reader_orders_a_report(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        let publication = browser.get(UMEA_PAGE).await;
        assert_eq!(publication.title(), "Umeå växer tryggt och säkert – Brå");
        assert_eq!(publication.attributes("form input[name=utgava]", "value"), [edition(portal, UMEA).await.to_string()]);

        let basket = put(&browser, portal, UMEA, "2").await;
        assert!(basket.words().contains("Kundkorgen har nu 2 exemplar av Umeå växer tryggt och säkert."), "{}", basket.words());
        assert!(basket.find("nav").concat().contains("Kundkorg (2)"));
        assert_eq!(basket.find(".app-totals dd"), ["190 kr", "49 kr", "239 kr", "10,75 kr", "9,80 kr"]);

        let review = to_review(&browser).await;
        assert!(review.words().contains("Åsa Öberg"), "{}", review.words());
        assert!(review.words().contains("903 25 Umeå"));
        assert_eq!(review.find("form button"), ["Beställ och betala mot faktura"]);
        let receipt = browser.submit("/kassa/granska", &pairs(&agreed(&review))).await;
        assert!(receipt.words().contains("B10001"), "{}", receipt.words());
        assert!(receipt.find("nav").concat().contains("Kundkorg"), "the basket is empty again");
        assert!(!receipt.find("nav").concat().contains("Kundkorg ("), "the basket is empty again");

        let db = &portal.app.db;
        assert_eq!(stock(portal, UMEA).await, (40, 2));
        assert_eq!(count(db, "SELECT gross FROM orders").await, 23900);
        assert_eq!(count(db, "SELECT vat FROM orders").await, 2055);
        assert_eq!(count(db, "SELECT COUNT(*) FROM order_lines").await, 2);
        assert_eq!(one::<String>(db, "SELECT state FROM orders", String::new()).await, "confirmed");
        assert_eq!(one::<String>(db, "SELECT answers FROM baskets", String::new()).await, "{}", "personal data stays in one place");
        assert_eq!(one::<String>(db, "SELECT action FROM audit_events ORDER BY seq DESC LIMIT 1", String::new()).await, "order.placed");

        let text: String = one(db, "SELECT text_body FROM outbox", String::new()).await;
        let text = text.replace('\u{a0}', " ");
        assert!(text.contains("B10001") && text.contains("239 kr") && text.contains("978-91-89999-00-8"), "{text}");
        let link = text.split_whitespace().find(|word| word.contains("/bestallning/")).unwrap().to_owned();
        let status = portal.browser().get(&link).await;
        assert_eq!(status.find("h1"), ["Beställning B10001"]);
        assert_eq!(status.find(".govuk-tag"), ["Bekräftad"]);
        assert_eq!(status.header("cache-control"), "no-store");

        let done = server::worker(&portal.app).drain().await.unwrap();
        assert_eq!(done.mail_sent, 1);
        assert_eq!(one::<String>(db, "SELECT text_body FROM outbox", String::new()).await, "", "the secret link is not kept");
        all_is_well(portal).await;
    }

    /// Wherever Åsa goes, the navigation says how many copies lie in her basket, also when some of what she sent was wrong.
    async fn every_page_says_how_many_copies_lie_in_the_basket(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        let link = order(&browser, portal, UMEA, "1").await;
        put(&browser, portal, UMEA, "3").await;
        put(&browser, portal, SAMVERKAN, "2").await;
        to_review(&browser).await;
        let said = |page: &Page| page.find("nav").concat();
        let mut pages = 0;
        for route in server::routes().declared().iter().filter(|route| route.method == Method::GET) {
            let page = browser.get(&filled(route.path, link.rsplit('/').next().unwrap())).await;
            if page.status == 200 && page.header("content-type").starts_with("text/html") {
                assert!(said(&page).contains("Kundkorg (5)"), "{}: {}", route.path, said(&page));
                pages += 1;
            }
        }
        assert!(pages > 25, "{pages}");
        let (umea, samverkan) = (edition(portal, UMEA).await, edition(portal, SAMVERKAN).await);
        let page = browser.post("/kundkorg", &[(&format!("antal-{umea}"), "4"), (&format!("antal-{samverkan}"), "två")]).await;
        assert_eq!(page.status, 422);
        assert!(said(&page).contains("Kundkorg (6)"), "what was right is kept and counted: {}", said(&page));
        let page = browser.post("/kassa/leverans", &[]).await;
        assert_eq!(page.status, 422);
        assert!(said(&page).contains("Kundkorg (6)"), "{}", said(&page));
    }

    /// A municipality orders with its reference and wants an e-invoice; the English pages say the same.
    async fn an_organisation_orders_in_english(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        let edition = edition(portal, UMEA).await;
        let basket = browser.submit("/en/kundkorg", &[("utgava", edition.as_str()), ("antal", "3")]).await;
        assert!(basket.words().contains("The basket now has 3 copies of"), "{}", basket.words());
        browser.submit("/en/kassa/leverans", PERSON).await;
        browser.submit("/en/kassa/betalning", &[("betalare", "organisation")]).await;
        let bill = [
            ("organisation", "Exempelkommunen"),
            ("organisationsnummer", "2120002627"),
            ("referens", "ZZ1234"),
            ("peppol", "0007:2120002627"),
            ("faktura", "peppol"),
        ];
        let answer = browser.submit("/en/kassa/faktura", &bill).await;
        let review = browser.get(&answer.leads_to()).await;
        assert_eq!(review.find("h1"), ["Review and order"]);
        assert!(review.words().contains("212000-2627"), "{}", review.words());
        assert!(!review.words().contains("right to withdraw"), "an organisation has no right of withdrawal");
        let receipt = browser.submit("/en/kassa/granska", &pairs(&agreed(&review))).await;
        assert_eq!(receipt.find("h1"), ["Thank you for your order"], "{}", receipt.words());
        let db = &portal.app.db;
        assert_eq!(one::<String>(db, "SELECT reference FROM orders", String::new()).await, "ZZ1234");
        assert_eq!(one::<String>(db, "SELECT invoice_by FROM orders", String::new()).await, "peppol");
        assert!(one::<String>(db, "SELECT subject FROM outbox", String::new()).await.contains("Confirmation of order B10001"));
        let link = receipt.attributes("main a", "href").into_iter().find(|href| href.contains("/bestallning/")).unwrap();
        let status = browser.get(&link).await;
        assert!(!status.words().contains("Withdraw from the purchase"));
        let refused = browser.post(&format!("{link}/angra/bekrafta"), &[("version", "1")]).await;
        assert_eq!(refused.status, 409);
        all_is_well(portal).await;
    }

    /// Numbers that cannot be used: each has its sentence, and nothing in the basket is lost.
    async fn a_wrong_quantity_loses_nothing(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "2").await;
        let field = format!("antal-{}", edition(portal, UMEA).await);
        let long = "9".repeat(10_000);
        for (typed, sentence) in [
            ("0", "Antalet måste vara minst 1. Välj Ta bort om du inte vill ha publikationen"),
            ("-1", "Antalet måste vara minst 1. Välj Ta bort om du inte vill ha publikationen"),
            ("1000", "Antalet måste vara högst 999. Kontakta oss om du behöver fler"),
            ("två", "Ange antalet med siffror, till exempel 2"),
            ("🙂", "Ange antalet med siffror, till exempel 2"),
            ("", "Ange hur många exemplar du vill ha"),
            (&long, "Antalet måste vara högst 999. Kontakta oss om du behöver fler"),
        ] {
            let page = browser.post("/kundkorg", &[(field.as_str(), typed), ("spara", "ja")]).await;
            assert_eq!(page.status, 422, "{typed}");
            assert_eq!(page.errors(), [sentence], "{typed}");
            assert!(page.title().starts_with("Fel: "), "{}", page.title());
            assert_eq!(page.value(&field), typed);
            let again = browser.get("/kundkorg").await;
            assert_eq!(again.value(&field), "2", "the basket still has what it had");
        }
        let page = browser.post("/kundkorg", &[("utgava", edition(portal, UMEA).await.as_str()), ("antal", "två")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.errors(), ["Ange antalet med siffror, till exempel 2"]);
        assert_eq!(page.value("antal"), "två");
    }

    /// What is typed in the checkout is kept, right or wrong, and each error has its sentence.
    async fn the_checkout_keeps_what_was_typed(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "1").await;
        let name = "å".repeat(10_000);
        let wrong = [
            ("namn", name.as_str()),
            ("epost", "asa.oberg.example.se"),
            ("telefon", "ring mig"),
            ("gata", ""),
            ("postnummer", "1234"),
            ("ort", "Umeå 🙂"),
            ("land", "SE"),
        ];
        let page = browser.post("/kassa/leverans", &wrong).await;
        assert_eq!(page.status, 422);
        assert_eq!(
            page.errors(),
            [
                "Ditt namn måste vara högst 100 tecken. Du har skrivit 10000",
                "E-postadressen måste ha ett namn, ett @ och en domän, till exempel namn@kommun.se",
                "Ange telefonnumret med siffror, till exempel 070-123 45 67",
                "Ange gatuadress eller box",
                "Postnumret måste ha fem siffror, till exempel 123 45",
            ]
        );
        // Each entry leads to its field, and each field says the same words.
        for href in page.attributes(".govuk-error-summary__list a", "href") {
            assert_eq!(page.find(&format!("input{href}[aria-invalid=true]")).len(), 1, "{href}");
        }
        let later = browser.get("/kassa/leverans").await;
        assert_eq!(later.value("namn"), name);
        assert_eq!(later.value("ort"), "Umeå 🙂");
        let page = browser.post("/kassa/betalning", &[]).await;
        assert_eq!(page.errors(), ["Välj om du betalar som privatperson eller för en organisation"]);
        browser.submit("/kassa/leverans", PERSON).await;
        browser.submit("/kassa/betalning", &[("betalare", "organisation")]).await;
        let page = browser.post("/kassa/faktura", &[("organisation", "X"), ("organisationsnummer", "202100-0069")]).await;
        assert_eq!(
            page.errors(),
            [
                "Kontrollera organisationsnumret. Den sista siffran stämmer inte med de andra",
                "Ange er referens",
                "Välj hur du vill få fakturan",
            ]
        );
        assert_eq!(page.value("organisationsnummer"), "202100-0069");
    }

    /// The price rises while Åsa looks at the review: nothing is ordered, and she is told what changed.
    async fn a_higher_price_goes_back_to_the_basket(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "2").await;
        let review = to_review(&browser).await;
        behind_the_scenes(portal, &format!("UPDATE editions SET price = 10500 WHERE isbn = '{UMEA}'")).await;
        let page = browser.post("/kassa/granska", &pairs(&agreed(&review))).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.find("h1"), ["Kundkorg"]);
        assert!(page.words().contains("Priset på Umeå växer tryggt och säkert har höjts från 95 kr till 105 kr."), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM orders").await, 0);
        // The checkout stays shut until she has gone on with the new price before her.
        assert_eq!(browser.get("/kassa/granska").await.leads_to(), "/kundkorg");
        let field = format!("antal-{}", edition(portal, UMEA).await);
        let price = format!("pris-{}", edition(portal, UMEA).await);
        let on = browser.post("/kundkorg", &[(&field, "2"), (&price, "10500"), ("vidare", "ja")]).await;
        assert_eq!(on.leads_to(), "/kassa");
        let review = browser.get("/kassa/granska").await;
        let receipt = browser.submit("/kassa/granska", &pairs(&agreed(&review))).await;
        assert_eq!(receipt.find("h1"), ["Tack för din beställning"]);
        assert_eq!(count(&portal.app.db, "SELECT gross FROM orders").await, 2 * 10500 + 4900);
        all_is_well(portal).await;
    }

    /// A price that fell since the basket was filled is passed on, and said.
    async fn a_lower_price_is_passed_on(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "1").await;
        behind_the_scenes(portal, &format!("UPDATE editions SET price = 8500 WHERE isbn = '{UMEA}'")).await;
        let basket = browser.get("/kundkorg").await;
        assert!(basket.words().contains("Priset har sänkts från 95 kr till 85 kr."), "{}", basket.words());
        assert_eq!(basket.find(".app-totals dd")[0], "85 kr");
        to_review(&browser).await;
    }

    /// More than there is, of a publication that is not printed again: the basket says how many, and the checkout is shut.
    async fn a_shortage_is_said_and_nothing_is_oversold(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        let page = put(&browser, portal, UMEA, "41").await;
        assert!(page.words().contains("Bara 40 finns i lager. Ändra antalet till högst 40."), "{}", page.words());
        let field = format!("antal-{}", edition(portal, UMEA).await);
        let page = browser.post("/kundkorg", &[(&field, "41"), ("vidare", "ja")]).await;
        assert_eq!(page.status, 422);
        assert!(page.errors().concat().contains("Bara 40 finns i lager"), "{:?}", page.errors());
        assert_eq!(browser.get("/kassa").await.leads_to(), "/kundkorg");
    }

    /// Someone else takes the last copies between review and order.
    async fn the_last_copies_go_to_who_was_first(portal: TestPortal) {
        let portal = stocked(&portal).await;
        behind_the_scenes(portal, &format!("UPDATE editions SET on_hand = 2 WHERE isbn = '{UMEA}'")).await;
        let (first, second) = (portal.browser(), portal.browser());
        put(&second, portal, UMEA, "2").await;
        let review = to_review(&second).await;
        order(&first, portal, UMEA, "1").await;
        let page = second.post("/kassa/granska", &pairs(&agreed(&review))).await;
        assert_eq!(page.status, 422);
        assert!(page.words().contains("Antalet av Umeå växer tryggt och säkert är nu 1 i stället för 2."), "{}", page.words());
        assert_eq!(stock(portal, UMEA).await, (2, 1));
        all_is_well(portal).await;
    }

    /// Copies that are out of stock are back-ordered where that is allowed, and new stock fills the oldest order first.
    async fn new_stock_fills_the_oldest_back_order(portal: TestPortal) {
        let portal = stocked(&portal).await;
        behind_the_scenes(portal, &format!("UPDATE editions SET on_hand = 1, backorder_allowed = 1 WHERE isbn = '{UMEA}'")).await;
        let (first, second) = (portal.browser(), portal.browser());
        let oldest = order(&first, portal, UMEA, "3").await;
        let youngest = order(&second, portal, UMEA, "2").await;
        assert_eq!(first.get(&oldest).await.find(".govuk-tag"), ["Restnoterad"]);
        assert!(first.get(&oldest).await.words().contains("2 restnoterade, skickas senare"));
        assert_eq!(stock(portal, UMEA).await, (1, 1));
        let edition = edition(portal, UMEA).await;
        actions::receive_stock(&portal.app, "system", &edition, 3).await.unwrap();
        assert_eq!(first.get(&oldest).await.find(".govuk-tag"), ["Bekräftad"]);
        assert_eq!(second.get(&youngest).await.find(".govuk-tag"), ["Restnoterad"]);
        assert!(second.get(&youngest).await.words().contains("1 restnoterade"), "the third copy went to the next in line");
        assert_eq!(stock(portal, UMEA).await, (4, 4));
        let letters = count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE kind = 'order.changed'").await;
        assert_eq!(letters, 1, "only the order that is now complete gets a letter");
        all_is_well(portal).await;
    }

    /// Åsa moves, and wants fewer; then another window of hers is out of date.
    async fn an_order_is_changed_before_it_is_packed(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        let link = order(&browser, portal, UMEA, "4").await;
        let edit = browser.get(&format!("{link}/andra")).await;
        assert_eq!(edit.value("gata"), "Storgatan 1");
        let moved = [("version", "1"), ("vad", "adress"), ("mottagare", "Åsa Öberg"), ("gata", "Nygatan 2"), ("postnummer", "903 25"), ("ort", "Umeå"), ("land", "SE")];
        let page = browser.submit(&format!("{link}/andra"), &moved).await;
        assert!(page.words().contains("Nygatan 2"), "{}", page.words());
        assert!(page.words().contains("Ändringen är sparad."));

        // The other window still has version 1.
        let page = browser.post(&format!("{link}/andra"), &[("version", "1"), ("vad", "antal"), ("antal-1", "2")]).await;
        assert_eq!(page.status, 409);
        assert!(page.words().contains("Beställningen ändrades i ett annat fönster"), "{}", page.words());
        assert_eq!(page.value("antal-1"), "2", "what was typed is still there");
        assert!(page.words().contains("Det här gäller nu: Umeå växer tryggt och säkert: 4"), "{}", page.words());
        let other = [("version", "1"), ("vad", "adress"), ("mottagare", "Åsa Öberg"), ("gata", "Tredje gatan 3"), ("postnummer", "903 25"), ("ort", "Umeå"), ("land", "SE")];
        let page = browser.post(&format!("{link}/andra"), &other).await;
        assert_eq!(page.status, 409);
        assert_eq!(page.value("gata"), "Tredje gatan 3", "what was typed is still there");
        assert!(page.words().contains("Det här gäller nu: Åsa Öberg Nygatan 2"), "{}", page.words());

        let page = browser.post(&format!("{link}/andra"), &[("version", "2"), ("vad", "antal"), ("antal-1", "5")]).await;
        assert_eq!(page.errors(), ["Antalet av Umeå växer tryggt och säkert måste vara mellan 0 och 4"]);
        let page = browser.post(&format!("{link}/andra"), &[("version", "2"), ("vad", "antal"), ("antal-1", "0")]).await;
        assert_eq!(page.errors(), ["Minst ett exemplar måste vara kvar. Välj Avbeställ om du inte vill ha något."]);
        let page = browser.submit(&format!("{link}/andra"), &[("version", "2"), ("vad", "antal"), ("antal-1", "2")]).await;
        assert_eq!(page.find(".app-totals dd"), ["190 kr", "49 kr", "239 kr", "10,75 kr", "9,80 kr"], "the freight falls with the copies");
        assert_eq!(stock(portal, UMEA).await, (40, 2));
        let letters = count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE kind = 'order.changed'").await;
        assert_eq!(letters, 2);
        all_is_well(portal).await;
    }

    /// Åsa calls the order off: the copies are free again and nothing more can be done.
    async fn an_order_is_cancelled(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        let link = order(&browser, portal, UMEA, "4").await;
        let ask = browser.get(&format!("{link}/avbestall")).await;
        assert_eq!(ask.find("h1"), ["Vill du avbeställa?"]);
        let page = browser.submit(&format!("{link}/avbestall"), &[("version", "1")]).await;
        assert_eq!(page.find(".govuk-tag"), ["Annullerad"]);
        assert_eq!(stock(portal, UMEA).await, (40, 0));
        // Pressed twice: the same page again, no second letter.
        browser.submit(&format!("{link}/avbestall"), &[("version", "1")]).await;
        let letters = count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE kind = 'order.changed'").await;
        assert_eq!(letters, 1);
        assert_eq!(browser.get(&format!("{link}/andra")).await.status, 409);
        assert_eq!(browser.post(&format!("{link}/angra/bekrafta"), &[("version", "2")]).await.status, 409);
        all_is_well(portal).await;
    }

    /// The online withdrawal function: two steps, no sign-in, no reason asked, a receipt with the time.
    async fn a_consumer_withdraws(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let link = order(&portal.browser(), portal, UMEA, "1").await;
        // Another browser, without any cookie: the link is enough.
        let browser = portal.browser();
        let first = browser.get(&format!("{link}/angra")).await;
        assert_eq!(first.find("h1"), ["Ångra köpet"]);
        assert!(first.words().contains("Du behöver inte ange något skäl."), "{}", first.words());
        let second = browser.submit(&format!("{link}/angra"), &[]).await;
        assert_eq!(second.find("h1"), ["Bekräfta att du ångrar köpet"]);
        assert_eq!(stock(portal, UMEA).await, (40, 1), "nothing has happened yet");
        let page = browser.submit(&format!("{link}/angra/bekrafta"), &[("version", "1")]).await;
        assert_eq!(page.find(".govuk-tag"), ["Ångrad"]);
        assert_eq!(stock(portal, UMEA).await, (40, 0));
        let receipt: String = one(&portal.app.db, "SELECT text_body FROM outbox WHERE kind = 'order.changed'", String::new()).await;
        assert!(receipt.contains("23 november 2026 kl. 10.00"), "{receipt}");
        all_is_well(portal).await;
    }

    /// Fifteen days after the copies came the right of withdrawal has run out; on the fourteenth it had not.
    async fn the_right_of_withdrawal_runs_out(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let link = order(&portal.browser(), portal, UMEA, "1").await;
        let until = "2026-12-07T22:59:59.999Z";
        behind_the_scenes(portal, &format!("UPDATE orders SET fulfilment = 'delivered', withdraw_until = '{until}'")).await;
        let browser = portal.browser();
        portal.clock.advance_seconds(14 * 24 * 3600);
        assert_eq!(browser.get(&format!("{link}/angra")).await.status, 200);
        portal.clock.advance_seconds(24 * 3600);
        assert_eq!(browser.get(&format!("{link}/angra")).await.status, 409);
        assert_eq!(browser.post(&format!("{link}/angra/bekrafta"), &[("version", "1")]).await.status, 409);
        assert!(!browser.get(&link).await.words().contains("Ångra köpet"));
    }

    /// A link that opens nothing, or somebody else's receipt, looks like a page that does not exist.
    async fn a_secret_cannot_be_guessed(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let owner = portal.browser();
        let link = order(&owner, portal, UMEA, "1").await;
        let stranger = portal.browser();
        assert_eq!(stranger.get("/kassa/klar/B10001").await.status, 404);
        for wrong in ["/bestallning/abc", "/bestallning/AAAAAAAAAAAAAAAAAAAAAA", "/bestallning/B10001"] {
            for more in ["", "/andra", "/avbestall", "/angra", "/angra/bekrafta"] {
                assert_eq!(stranger.get(&format!("{wrong}{more}")).await.status, 404, "{wrong}{more}");
            }
        }
        let secret = link.rsplit('/').next().unwrap();
        let stored = count(&portal.app.db, "SELECT COUNT(*) FROM orders WHERE link_hash = id").await;
        assert_eq!(stored, 0);
        let plain: i64 = one(&portal.app.db, "SELECT COUNT(*) FROM orders WHERE link_hash = $1", secret.to_owned()).await;
        assert_eq!(plain, 0, "the secret itself is not stored");
    }

    /// The checkout of a basket that is empty, foreign or an order already.
    async fn an_empty_basket_has_no_checkout(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        for page in ["/kassa", "/kassa/leverans", "/kassa/betalning", "/kassa/faktura", "/kassa/granska"] {
            assert_eq!(browser.get(page).await.leads_to(), "/kundkorg", "{page}");
        }
        let page = browser.post("/kassa/leverans", PERSON).await;
        assert_eq!(page.status, 410);
        assert_eq!(page.find("h1"), ["Kundkorgen är tom"]);
        let page = browser.post("/kassa/granska", &[("villkor", "ja")]).await;
        assert_eq!(page.status, 410);
    }

    /// Without the terms nothing is ordered; what was shown cannot be tampered with.
    async fn the_terms_must_be_accepted(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "1").await;
        let review = to_review(&browser).await;
        let mut fields = agreed(&review);
        fields.pop();
        let page = browser.post("/kassa/granska", &pairs(&fields)).await;
        assert_eq!(page.errors(), ["Bekräfta att du har läst köpvillkoren"]);
        let forged = [("visat", "e30"), ("kontroll", "00"), ("villkor", "ja")];
        assert_eq!(browser.post("/kassa/granska", &forged).await.status, 422);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM orders").await, 0);
    }

    /// Åsa orders, fills a new basket with the same, and sends the old review once more from a window that she left open:
    /// she sees the order that she has, gets no second one, and the new basket is hers still.
    async fn an_old_review_orders_nothing_new(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "2").await;
        let review = to_review(&browser).await;
        let old = agreed(&review);
        browser.submit("/kassa/granska", &pairs(&old)).await;
        put(&browser, portal, UMEA, "2").await;
        to_review(&browser).await;
        let again = browser.submit("/kassa/granska", &pairs(&old)).await;
        assert!(again.words().contains("B10001"), "{}", again.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM orders").await, 1);
        assert_eq!(browser.get("/kundkorg").await.find(".app-totals dd")[0], "190 kr", "the new basket is still there");
        all_is_well(portal).await;
    }

    /// Fifty presses of the same button, all at once: one order, and every press ends at its receipt.
    async fn fifty_identical_submits_give_one_order(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "2").await;
        let review = to_review(&browser).await;
        let fields = agreed(&review);
        let cookie = browser.cookie("kundkorg");
        let mut presses = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let (browser, fields, cookie) = (portal.browser(), fields.clone(), cookie.clone());
            presses.spawn(async move { browser.post_with_cookie("/kassa/granska", &pairs(&fields), &cookie).await });
        }
        let answers = presses.join_all().await;
        for answer in &answers {
            assert_eq!(answer.status, 303, "{}", answer.words());
            assert_eq!(answer.leads_to(), "/kassa/klar/B10001");
        }
        let db = &portal.app.db;
        assert_eq!(count(db, "SELECT COUNT(*) FROM orders").await, 1);
        assert_eq!(count(db, "SELECT COUNT(*) FROM outbox").await, 1);
        assert_eq!(stock(portal, UMEA).await, (40, 2));
        all_is_well(portal).await;
    }

    /// Fifty buyers want the last five copies: five get them, forty-five are told.
    async fn fifty_buyers_for_the_last_five_copies(portal: TestPortal) {
        let portal = stocked(&portal).await;
        behind_the_scenes(portal, &format!("UPDATE editions SET on_hand = 5 WHERE isbn = '{UMEA}'")).await;
        let mut buyers = Vec::new();
        for _ in 0..50 {
            let browser = portal.browser();
            put(&browser, portal, UMEA, "1").await;
            let review = to_review(&browser).await;
            buyers.push((browser, agreed(&review)));
        }
        let mut race = tokio::task::JoinSet::new();
        for (browser, fields) in buyers {
            race.spawn(async move { browser.post("/kassa/granska", &pairs(&fields)).await });
        }
        let answers = race.join_all().await;
        let confirmed = answers.iter().filter(|answer| answer.status == 303).count();
        let told = answers.iter().filter(|answer| answer.status == 422 && answer.words().contains("har tagit slut")).count();
        assert_eq!((confirmed, told), (5, 45));
        assert_eq!(stock(portal, UMEA).await, (5, 5));
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM orders").await, 5);
        all_is_well(portal).await;
    }

    /// Ten windows of one visitor change the same line at once: the last to finish stands, and the basket has that number.
    async fn parallel_changes_end_in_one_of_them(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let browser = portal.browser();
        put(&browser, portal, UMEA, "1").await;
        let field = format!("antal-{}", edition(portal, UMEA).await);
        let mut windows = tokio::task::JoinSet::new();
        for copies in 2..=11 {
            let (browser, field) = (browser.clone(), field.clone());
            windows.spawn(async move { browser.post("/kundkorg", &[(field.as_str(), copies.to_string().as_str()), ("spara", "ja")]).await });
        }
        assert!(windows.join_all().await.iter().all(|answer| answer.status == 303));
        let ended: i64 = browser.get("/kundkorg").await.value(&field).parse().unwrap();
        assert!((2..=11).contains(&ended), "{ended}");
        browser.submit("/kundkorg", &[(field.as_str(), "7"), ("spara", "ja")]).await;
        assert_eq!(browser.get("/kundkorg").await.value(&field), "7", "the last one's number");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM basket_lines").await, 1);
    }
}
