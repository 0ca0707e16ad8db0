//! Stories of those who only read: pages in both languages, one publication, files, references, feeds, and the report
//! on accessibility.

use std::collections::BTreeSet;

use portal::catalogue::demo;

const UMEA: &str = "/publikationer/2021/umea-vaxer-tryggt-och-sakert";

/// Starts from the home page and opens every link within the portal that a reader can reach.
async fn follow_all_links(portal: &crate::harness::TestPortal, start: &str, lang: &str) -> usize {
    let browser = portal.browser();
    let mut seen = BTreeSet::from([start.to_owned()]);
    let mut waiting = vec![start.to_owned()];
    while let Some(path) = waiting.pop() {
        let page = browser.get(&path).await;
        assert!(page.status == 200 || page.status == 303, "{path} gave {}", page.status);
        if !page.header("content-type").starts_with("text/html") {
            continue;
        }
        assert_eq!(page.attributes("html", "lang"), [lang], "{path}");
        assert_eq!(page.find("h1").len(), 1, "{path} must have one heading of the first level");
        assert!(page.title().ends_with(" – Brå"), "{path}: {}", page.title());
        assert!(!page.html.contains("<!>"), "{path} holds marks that only the browser's half needs");
        for link in page.attributes("main a", "href") {
            // Filters of the search and the shop have stories of their own.
            let inside = link.starts_with('/') && !link.contains('?') && !link.contains("kundkorg") && !link.contains("kassa");
            let own = lang == "sv" || link.starts_with("/en") || link.contains("/citera.") || link.ends_with(".pdf");
            assert!(!inside || own, "{path} leads out of the language to {link}");
            if inside && seen.insert(link.clone()) {
                waiting.push(link);
            }
        }
    }
    seen.len()
}

on_both! {
    /// A reader who follows every link, in either language, never meets a dead end.
    async fn no_link_is_dead(portal: TestPortal) {
        demo::load(&portal.app).await.unwrap();
        let swedish = follow_all_links(&portal, "/", "sv").await;
        let english = follow_all_links(&portal, "/en/", "en").await;
        assert!(swedish > 5 && english > 5, "{swedish} and {english} pages");
        for path in ["/om", "/villkor", "/personuppgifter", "/serier", "/amnen", UMEA] {
            follow_all_links(&portal, path, "sv").await;
            follow_all_links(&portal, &format!("/en{path}"), "en").await;
        }
    }

    /// The page that started it all, complete: no hole, no placeholder, and it can be ordered.
    async fn the_seed_publication_is_complete(portal: TestPortal) {
        demo::load(&portal.app).await.unwrap();
        let page = portal.browser().get(UMEA).await;
        let words = page.words();
        for expected in [
            "Umeå växer tryggt och säkert",
            "Inkom 2021",
            "Umeå kommun",
            "Kerstin Rörsch",
            "Vilka är de viktigaste slutsatserna?",
            "Den här publikationen går att beställa",
            "978-91-89999-00-8",
            "Pris för tryckt rapport: 95 kr inkl. moms (6 %)",
            "exempelpris",
            "Författaren eller organisationen svarar för fakta och slutsatser.",
            "2018",
            "2019",
        ] {
            assert!(words.contains(expected), "{expected:?} is missing: {words}");
        }
        assert!(!words.contains('$'), "{words}");
        assert_eq!(page.attributes("form[action='/kundkorg'] input[name='antal']", "value"), ["1"]);
        let structured: serde_json::Value = serde_json::from_str(&page.find("script[type='application/ld+json']").concat()).unwrap();
        assert_eq!(structured["@type"], "Report");
        let canonical = page.attributes("link[rel='canonical']", "href");
        assert_eq!(canonical, [format!("{}{UMEA}", portal.base)]);
    }

    /// References can be fetched, and the file is free, also piece by piece; each fetch counts once.
    async fn references_and_files_are_free(portal: TestPortal) {
        demo::load(&portal.app).await.unwrap();
        let browser = portal.browser();
        for (ending, start) in [("bib", "@"), ("ris", "TY  - "), ("json", "[")] {
            let file = browser.get(&format!("{UMEA}/citera.{ending}")).await;
            assert_eq!(file.status, 200, "{ending}");
            assert!(file.html.starts_with(start), "{}", file.html);
            assert!(file.header("content-disposition").contains(&format!(".{ending}")), "{ending}");
        }
        assert_eq!(browser.get(&format!("{UMEA}/citera.doc")).await.status, 404);
        let file = browser.get(UMEA).await.attributes(".app-file__link", "href").remove(0);
        let url = format!("{}{file}", portal.base);
        let whole = browser.client.get(&url).send().await.unwrap();
        assert_eq!(whole.status(), 200);
        assert_eq!(whole.headers()["content-type"], "application/pdf");
        let whole = whole.bytes().await.unwrap();
        for (range, counts) in [("bytes=0-9", true), ("bytes=10-19", false)] {
            let part = browser.client.get(&url).header("range", range).send().await.unwrap();
            assert_eq!(part.status(), 206, "{range}");
            let start = if counts { 0 } else { 10 };
            assert_eq!(part.bytes().await.unwrap(), whole.slice(start..start + 10));
        }
        let counted: i64 = portal
            .app
            .db
            .read(async |tx| Ok::<_, portal::platform::db::StoreError>(sqlx::query_scalar("SELECT count FROM downloads WHERE month = '2026-11'").fetch_one(tx).await?))
            .await
            .unwrap();
        assert_eq!(counted, 2, "the whole file and the first piece");
    }

    /// A withdrawn publication says so, keeps its record, offers nothing, and is in no feed.
    async fn a_withdrawn_publication_is_gone(portal: TestPortal) {
        demo::load(&portal.app).await.unwrap();
        portal
            .app
            .db
            .write(async |tx| {
                let statement = "UPDATE works SET status = 'withdrawn', withdrawn_reason = 'Dubblett.' WHERE path = $1";
                sqlx::query(statement).bind("2021/umea-vaxer-tryggt-och-sakert").execute(tx).await?;
                Ok::<_, portal::platform::db::StoreError>(())
            })
            .await
            .unwrap();
        let browser = portal.browser();
        let page = browser.get(UMEA).await;
        assert_eq!(page.status, 410);
        assert!(page.words().contains("Skäl: Dubblett.") && page.words().contains("Umeå växer tryggt och säkert"), "{}", page.words());
        assert!(!page.html.contains("name=\"utgava\""));
        assert_eq!(browser.get(&format!("{UMEA}/citera.bib")).await.status, 410);
        assert_eq!(browser.get(&format!("{UMEA}/umea-vaxer-tryggt-och-sakert-exempel.pdf")).await.status, 404);
        assert!(!browser.get("/sitemap.xml").await.html.contains("umea-vaxer"));
    }

    /// What machines fetch has its type and a fingerprint, and is not sent twice.
    async fn machines_find_their_files(portal: TestPortal) {
        demo::load(&portal.app).await.unwrap();
        let browser = portal.browser();
        for (path, media_type, holds) in [
            ("/publikationer/atom.xml", "application/atom+xml", "<feed"),
            ("/en/publikationer/atom.xml", "application/atom+xml", "xml:lang=\"en\""),
            ("/sitemap.xml", "application/xml", UMEA),
            ("/robots.txt", "text/plain", "Sitemap: "),
            ("/opensearch.xml", "application/opensearchdescription+xml", "{searchTerms}"),
        ] {
            let file = browser.get(path).await;
            assert_eq!(file.status, 200, "{path}");
            assert!(file.header("content-type").starts_with(media_type), "{path}");
            assert!(file.html.contains(holds), "{path} lacks {holds}");
            let request = browser.client.get(format!("{}{path}", portal.base)).header("if-none-match", file.header("etag"));
            assert_eq!(request.send().await.unwrap().status(), 304, "{path}");
        }
    }

    /// Someone reports an obstacle: what is wrong is said with the words kept, then it is sent once, to the agency.
    async fn an_obstacle_is_reported(portal: TestPortal) {
        let browser = portal.browser();
        let form = "/tillganglighet/rapportera";
        let page = browser.post(form, &[("sida", "Startsidan"), ("problem", " "), ("epost", "anna")]).await;
        assert_eq!(page.status, 422);
        assert!(page.title().starts_with("Fel: "), "{}", page.title());
        assert_eq!(page.errors(), ["Ange vad problemet är", "E-postadressen måste ha ett @ och en domän, till exempel namn@exempel.se"]);
        assert_eq!((page.value("sida"), page.value("epost")), ("Startsidan".to_owned(), "anna".to_owned()));
        let good = [("sida", ""), ("problem", "Knappen <b>syns</b> inte"), ("epost", "anna@exempel.se")];
        for _ in 0..2 {
            assert!(browser.submit(form, &good).await.words().contains("Tack, din rapport är skickad"));
        }
        let sent: Vec<(String, String)> = portal
            .app
            .db
            .read(async |tx| {
                let statement = "SELECT recipient, text_body FROM outbox WHERE kind = 'accessibility.report'";
                Ok::<_, portal::platform::db::StoreError>(sqlx::query_as(statement).fetch_all(tx).await?)
            })
            .await
            .unwrap();
        assert_eq!(sent.len(), 1, "pressed twice, sent once");
        assert_eq!(sent[0].0, "noreply@bra.example");
        assert!(sent[0].1.contains("Knappen <b>syns</b> inte") && sent[0].1.contains("anna@exempel.se"), "{}", sent[0].1);
        for number in 0..10 {
            browser.post(form, &[("problem", &format!("Nummer {number}"))]).await;
        }
        assert_eq!(browser.post("/en/tillganglighet/rapportera", &[("problem", "Too many")]).await.status, 429);
    }
}
