//! The table of routes × who is asking. It is walked as the portal itself declares it, so a new route is in the test the
//! moment it exists; a new parameter in a path must be given a value in [`filled`], or the walk fails.

use axum::http::Method;
use portal::platform::db::{StoreError, dialect};
use portal::server;
use portal::web::Access;

use crate::harness::TestPortal;
use crate::shop::{UMEA, UMEA_PAGE, order, put, stocked};

/// What only the buyer may see.
const SECRET: &str = "Åsa Öberg";

/// A path with its parameters filled in.
pub fn filled(path: &str, link: &str) -> String {
    let mut parts = UMEA_PAGE.rsplit('/');
    let (slug, year) = (parts.next().unwrap(), parts.next().unwrap());
    let path = match path {
        "/serier/{slug}" => "/serier/rapport".to_owned(),
        "/amnen/{slug}" => "/amnen/samverkan".to_owned(),
        path => path.replace("{slug}", slug),
    };
    let path = path
        .replace("{year}", year)
        .replace("{file}", "citera.bib")
        .replace("{name}", "portal.css")
        .replace("{number}", "B10001")
        .replace("{id}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{template}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{sheet}", "finns-inte")
        .replace("{application}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{call}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{section}", "projekt")
        .replace("{question}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{view}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{export}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{edition}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{account}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{organisation}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{membership}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{request}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{document}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{disclosure}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{invitation}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{topic}", "uppgifter")
        .replace("{token}", "A".repeat(43).as_str())
        .replace("{provider}", "eleg")
        .replace("{cover}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{width}", "120")
        .replace("{hash}", "a".repeat(64).as_str())
        .replace("{import}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{work}", "01890a5d-ac96-774b-bcce-b302099a8057")
        .replace("{link}", link);
    assert!(!path.contains('{'), "say in `filled` what stands for the parameter of {path}");
    path
}

/// How many rows each table has, but for those that a visit may count in.
async fn rows(portal: &TestPortal) -> Vec<(String, i64)> {
    let db = &portal.app.db;
    let tables: Vec<(String,)> =
        db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(dialect::table_names(db.engine())).fetch_all(tx).await?)).await.unwrap();
    let mut counted = Vec::new();
    for (table,) in tables {
        if ["downloads", "rate_limits"].contains(&table.as_str()) {
            continue;
        }
        let statement = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        let (count,): (i64,) = db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).fetch_one(tx).await?)).await.unwrap();
        counted.push((table, count));
    }
    counted
}

on_both! {
    /// A stranger without cookies or links walks every route: nothing of the buyer's is seen, nothing is changed.
    async fn a_stranger_sees_and_changes_nothing(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let buyer = portal.browser();
        let link = order(&buyer, portal, UMEA, "1").await;
        put(&buyer, portal, UMEA, "3").await;
        buyer.submit("/kassa/leverans", crate::shop::PERSON).await;
        let before = rows(portal).await;
        let stranger = portal.browser();
        let mut walked = 0;
        for route in server::routes().declared() {
            let path = filled(route.path, "AAAAAAAAAAAAAAAAAAAAAA");
            let page = match route.method {
                Method::GET => stranger.get(&path).await,
                _ => stranger.post(&path, &[]).await,
            };
            walked += 1;
            assert!(page.status < 500, "{} {path}: {}", route.method, page.status);
            assert!(!page.html.contains(SECRET), "{} {path} shows what is the buyer's", route.method);
            match route.access {
                Access::OrderLink | Access::MailLink => assert_eq!(page.status, 404, "{} {path}", route.method),
                Access::Anyone => assert_ne!(page.status, 403, "{} {path}", route.method),
                Access::BasketHolder | Access::SignInLink => {}
                Access::SignedIn | Access::SignedInFresh | Access::Staff(_) | Access::StaffFresh(_) => {
                    assert_eq!(page.status, 303, "{} {path}", route.method);
                    assert!(page.leads_to().starts_with("/logga-in"), "{path} leads to {}", page.leads_to());
                }
            }
        }
        assert!(walked > 40, "{walked}");
        assert_eq!(rows(portal).await, before, "a stranger changed something");
        assert!(buyer.get(&link).await.html.contains(SECRET), "the buyer still sees it");
    }

    /// Whoever holds another order's link or another basket sees only what is their own.
    async fn another_buyer_sees_only_their_own(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let buyer = portal.browser();
        order(&buyer, portal, UMEA, "1").await;
        let other = portal.browser();
        let others_link = order(&other, portal, UMEA, "1").await;
        let others_secret = others_link.rsplit('/').next().unwrap().to_owned();
        crate::harness::run_sql(&portal.app.config.database_url, "UPDATE orders SET name = 'Någon Annan' WHERE number = 10002".to_owned()).await;
        for route in server::routes().declared().iter().filter(|route| route.access == Access::OrderLink && route.method == Method::GET) {
            let page = other.get(&filled(route.path, &others_secret)).await;
            assert_eq!(page.status, 200, "{}", route.path);
            assert!(!page.html.contains("B10001"), "{} shows another's order", route.path);
        }
        assert_eq!(other.get("/kassa/klar/B10001").await.status, 404, "another's receipt");
        assert_eq!(other.get("/kassa/klar/B10002").await.status, 200, "one's own receipt");
    }

    /// Reading changes nothing: whoever holds everything opens every page, and no row is added or gone. The one GET that does
    /// is the way back from a provider of sign-in, `/logga-in/openid/{provider}`, since the protocol has it so: it needs a
    /// state that this browser left with and works once (`openid::the_way_back_changes_nothing_by_itself`).
    async fn no_get_changes_anything(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let buyer = portal.browser();
        let link = order(&buyer, portal, UMEA, "1").await;
        put(&buyer, portal, UMEA, "3").await;
        let secret = link.rsplit('/').next().unwrap().to_owned();
        let before = rows(portal).await;
        for route in server::routes().declared().iter().filter(|route| route.method == Method::GET) {
            let path = filled(route.path, &secret);
            for path in [path.clone(), format!("/en{path}")] {
                let page = buyer.get(&path).await;
                assert!(page.status < 500, "{path}: {}", page.status);
            }
        }
        assert_eq!(rows(portal).await, before);
    }
}
