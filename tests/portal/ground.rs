//! Stories about the ground: health, errors, headers, cross-site protection, limits.

use portal::platform::db::Engine;

use crate::harness::{Page, TestPortal};

on_both! {
    /// An operator's probe finds the portal alive and ready.
    async fn the_portal_is_ready(portal: TestPortal) {
        let browser = portal.browser();
        assert_eq!(browser.get("/halsa/liv").await.html, "ok\n");
        assert_eq!(browser.get("/halsa/redo").await.html, "ok\n");
    }

    /// Someone follows a broken link and gets a page in the portal's dress, in the language of the address.
    async fn a_broken_link_gives_a_page(portal: TestPortal) {
        let browser = portal.browser();
        let page = browser.get("/finns-inte").await;
        assert_eq!(page.status, 404);
        assert_eq!(page.title(), "Sidan finns inte – Brå");
        let page = browser.get("/en/finns-inte").await;
        assert_eq!(page.status, 404);
        assert_eq!(page.title(), "Page not found – Brå");
        assert_eq!(page.attributes("html", "lang"), ["en"]);
    }

    /// Every answer carries the security headers, errors too, and each has a nonce of its own.
    async fn every_answer_carries_the_headers(portal: TestPortal) {
        let browser = portal.browser();
        let mut policies = Vec::new();
        for path in ["/finns-inte", "/halsa/liv", "/assets/finns-inte.css"] {
            let page = browser.get(path).await;
            let policy = page.header("content-security-policy").to_owned();
            assert!(policy.starts_with("default-src 'none'; script-src 'nonce-"), "{path}: {policy}");
            assert!(!policy.contains("unsafe-inline"), "{path}: {policy}");
            assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
            assert!(!page.header("x-request-id").is_empty(), "{path}");
            policies.push(policy);
        }
        policies.dedup();
        assert_eq!(policies.len(), 3, "a nonce was used twice");
    }

    /// A form on another site cannot make a visitor's browser change anything here.
    async fn another_site_cannot_post(portal: TestPortal) {
        let browser = portal.browser();
        let request = browser.client.post(format!("{}/kundkorg", portal.base));
        let answer = request.header("sec-fetch-site", "cross-site").header("origin", "https://evil.example").body("antal=1").send().await.unwrap();
        assert_eq!(answer.status(), 403);
        assert!(answer.text().await.unwrap().contains("Du kan inte göra det här härifrån"));
    }

    /// A body over the limit is refused with a page that says what to do.
    async fn a_body_over_the_limit_is_refused(portal: TestPortal) {
        let page = portal.browser().post("/kundkorg", &[("antal", &"9".repeat(300_000))]).await;
        assert_eq!(page.status, 413);
        assert!(page.words().contains("Det du skickade är för stort"), "{}", page.words());
    }
}

/// Public pages are kept for a second, each answer with a nonce of its own; whoever has a cookie gets a page of their own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_page_is_nobodys_own() {
    let portal = TestPortal::start_with(Engine::Sqlite, |config| config.page_cache = true).await;
    let nonce = |page: &Page| page.header("content-security-policy").split('\'').nth(3).unwrap().to_owned();
    let (first, second) = (portal.browser().get("/om").await, portal.browser().get("/om").await);
    assert_eq!((first.status, second.status), (200, 200));
    assert_ne!(nonce(&first), nonce(&second));
    for page in [&first, &second] {
        let own = nonce(page);
        assert!(own.starts_with("nonce-"), "{own}");
        let scripts = page.attributes("script[nonce]", "nonce");
        assert!(scripts.iter().all(|nonce| own == format!("nonce-{nonce}")), "{scripts:?}");
    }
    assert_eq!(first.words(), second.words());
    let english = portal.browser().get("/en/om").await;
    assert_eq!(english.attributes("html", "lang"), ["en"]);
    assert_eq!(portal.browser().get("/kundkorg").await.header("cache-control"), "no-store");
}
