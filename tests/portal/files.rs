//! Stories of files: Rut gives an edition its PDF, replaces it, takes it away; and everything that comes as a file and is none.

use bytes::Bytes;
use portal::kit::StaffRole;
use portal::platform::db::StoreError;
use portal::platform::uploads;

use crate::harness::{Browser, Page, TestPortal};
use crate::people::{enter_as, staffed};
use crate::shop::{all_is_well, count, one, stocked};

/// The smallest PDF that is whole; `word` makes it another.
pub fn pdf(word: &str) -> Vec<u8> {
    let body = format!("%PDF-1.4\n1 0 obj<</Word ({word})>>endobj\n");
    format!("{body}xref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", body.len()).into_bytes()
}

/// A form with a file, as browsers send it.
pub fn body(fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--grans\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    if let Some((name, content)) = file {
        body.extend(
            format!("--grans\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .into_bytes(),
        );
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(b"--grans--\r\n");
    body
}

/// Sends such a form.
pub async fn send(portal: &TestPortal, browser: &Browser, path: &str, body: Vec<u8>) -> Page {
    let request = browser.client.post(format!("{}{path}", portal.base)).header("sec-fetch-site", "same-origin");
    Page::read(request.header("content-type", "multipart/form-data; boundary=grans").body(Bytes::from(body)).send().await.unwrap()).await
}

/// The address of the files of the report that the demonstration has a PDF of.
pub async fn files_page(portal: &TestPortal) -> String {
    let work: String =
        one(&portal.app.db, "SELECT work_id FROM editions WHERE file_hash IS NOT NULL ORDER BY id LIMIT 1", String::new()).await;
    format!("/handlaggare/publikationer/{work}/filer")
}

async fn with_editor(portal: &TestPortal) -> (TestPortal, Browser, String) {
    let portal = staffed(portal.app.db.engine()).await;
    stocked(&portal).await;
    let rut = portal.browser();
    enter_as(&portal, &rut, StaffRole::Editor).await;
    let address = files_page(&portal).await;
    (portal, rut, address)
}

async fn put(portal: &TestPortal, browser: &Browser, address: &str, file: Option<(&str, &[u8])>) -> Page {
    let page = browser.get(address).await;
    let (edition, version) = (page.value("utgava"), page.value("version"));
    send(portal, browser, address, body(&[("utgava", &edition), ("version", &version)], file)).await
}

/// Puts another file in place of the demonstration's.
pub async fn replace_file(portal: &TestPortal, browser: &Browser, address: &str) -> Page {
    let answer = put(portal, browser, address, Some(("rapport.pdf", &pdf("ersatt")))).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer
}

async fn last_event(portal: &TestPortal) -> String {
    one(&portal.app.db, "SELECT action FROM audit_events ORDER BY seq DESC LIMIT 1", String::new()).await
}

on_both! {
    /// A new file has the address of the old one; the old one can be looked at; taken away, it is gone for readers only.
    async fn rut_replaces_a_file(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let link = rut.get(&address).await.attributes("main dd a", "href").concat();
        let old = portal.browser().get(&link).await;
        assert_eq!(old.status, 200);
        let answer = put(&portal, &rut, &address, Some(("Nya rapporten.pdf", &pdf("ny")))).await;
        assert_eq!(answer.leads_to(), format!("{address}?klart=uppladdad"), "{}", answer.words());
        assert_eq!(last_event(&portal).await, "edition.file_replaced");
        assert!(portal.browser().get(&link).await.html.contains("(ny)"), "the same address, the new file");
        let page = rut.get(&address).await;
        assert!(page.words().contains("Tidigare filer") && page.words().contains("Rut Redaktör"), "{}", page.words());
        let before = page.attributes("table a", "href").concat();
        assert_eq!(rut.get(&before).await.html, old.html);
        assert_eq!(portal.browser().get(&before).await.status, 303, "not for readers");

        let (edition, version) = (page.value("utgava"), page.value("version"));
        let remove = body(&[("utgava", &edition), ("version", &version), ("vad", "ta_bort")], None);
        assert_eq!(send(&portal, &rut, &address, remove).await.leads_to(), format!("{address}?klart=borttagen"));
        assert_eq!(portal.browser().get(&link).await.status, 404);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM replaced_files").await, 2);
        let answer = put(&portal, &rut, &address, Some(("Åter här!.PDF", &pdf("igen")))).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        assert_eq!(last_event(&portal).await, "edition.file_added");
        assert!(rut.get(&address).await.words().contains("ater-har.pdf"));
        all_is_well(&portal).await;
    }

    /// Each thing that is no file of this edition is turned away with its own sentence, and nothing changes.
    async fn what_is_no_file_is_turned_away(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let before = count(&portal.app.db, "SELECT COUNT(*) FROM audit_events").await;
        let cut = &pdf("avklippt")[..40];
        let mut epub = b"PK\x03\x04".to_vec();
        epub.resize(30, 0);
        epub.extend(b"mimetypeapplication/epub+zip");
        let start = epub.len() as u32;
        let directory = b"PK\x01\x02 META-INF/container.xml";
        epub.extend(directory);
        epub.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        epub.extend((directory.len() as u32).to_le_bytes());
        epub.extend(start.to_le_bytes());
        epub.extend(b"\0\0");
        for (file, sentence) in [
            (None, "Välj en fil"),
            (Some(("", &b""[..])), "Välj en fil"),
            (Some(("tom.pdf", &b""[..])), "Filen är tom. Välj en annan fil"),
            (Some(("bild.pdf", &b"\x89PNG\r\n\x1a\n"[..])), "Filen måste vara en PDF eller en EPUB."),
            (Some(("sida.pdf", &b"<html>%PDF-1.4"[..])), "Filen måste vara en PDF eller en EPUB."),
            (Some(("cut.pdf", cut)), "Filen är skadad eller avklippt."),
            (Some(("bok.epub", &epub[..])), "Filen är av ett annat slag än utgåvan."),
        ] {
            let page = put(&portal, &rut, &address, file).await;
            assert_eq!(page.status, 422, "{sentence}");
            assert!(page.errors().concat().starts_with(sentence), "{:?}", page.errors());
        }
        // The form ends in the middle of the file.
        let page = rut.get(&address).await;
        let mut broken = body(&[("utgava", &page.value("utgava")), ("version", &page.value("version"))], Some(("r.pdf", &pdf("bruten"))));
        broken.truncate(broken.len() - 30);
        let page = send(&portal, &rut, &address, broken).await;
        assert!(page.errors().concat().starts_with("Filen kom inte fram hel."), "{} {:?}", page.status, page.errors());
        // Two windows.
        let seen = rut.get(&address).await;
        let late = body(&[("utgava", &seen.value("utgava")), ("version", &seen.value("version"))], Some(("r.pdf", &pdf("sen"))));
        assert_eq!(put(&portal, &rut, &address, Some(("r.pdf", &pdf("tidig")))).await.status, 303);
        let page = send(&portal, &rut, &address, late).await;
        assert_eq!(page.status, 409);
        assert!(page.errors().concat().starts_with("Någon annan ändrade utgåvan"), "{:?}", page.errors());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events").await, before + 1);
        // A form that another site sends, and one of the plain kind.
        let forged = portal.app.url(&address);
        let forged = rut.client.post(forged).header("sec-fetch-site", "cross-site").header("content-type", "multipart/form-data; boundary=grans");
        assert_eq!(forged.body(body(&[], None)).send().await.unwrap().status(), 403);
        assert_eq!(rut.post(&address, &[("utgava", "x")]).await.status, 400);
        let lars = portal.browser();
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        assert_eq!(send(&portal, &lars, &address, body(&[], Some(("r.pdf", &pdf("r"))))).await.status, 403);
    }

    /// Only these pages take large bodies, and they no more than they say.
    async fn only_these_pages_take_much(portal: TestPortal) {
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| (config.demo, config.upload_megabytes) = (true, 1)).await;
        portal::people::demo::load(&portal.app).await.unwrap();
        stocked(&portal).await;
        let rut = portal.browser();
        enter_as(&portal, &rut, StaffRole::Editor).await;
        let address = files_page(&portal).await;
        let mut large = pdf("stor");
        let end = large.split_off(20);
        large.resize(1024 * 1024 + 20, b' ');
        large.extend(end);
        let page = put(&portal, &rut, &address, Some(("stor.pdf", &large))).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Filen måste vara högst 1 megabyte".to_owned()]));
        let prices = address.replace("/filer", "/priser");
        let page = send(&portal, &rut, &prices, large).await;
        assert_eq!(page.status, 413);
    }

    /// A session that ended: the file does not wait, and the page says so.
    async fn a_file_does_not_wait_for_a_session(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let page = rut.get(&address).await;
        let sent = body(&[("utgava", &page.value("utgava")), ("version", &page.value("version"))], Some(("r.pdf", &pdf("r"))));
        portal.clock.advance_seconds(13 * 3600);
        let answer = send(&portal, &rut, &address, sent).await;
        assert!(answer.leads_to().starts_with("/logga-in"), "{}", answer.leads_to());
        enter_as(&portal, &rut, StaffRole::Editor).await;
        let page = rut.get(&address).await;
        assert!(page.errors().concat().starts_with("Filen kom inte med, eftersom du hade loggats ut."), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM uploads").await, 0);
    }

    /// The process died between the file and its row: no row names what is not there, and a day later the file is gone.
    async fn a_file_without_a_row_is_removed(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        assert_eq!(put(&portal, &rut, &address, Some(("r.pdf", &pdf("kvar")))).await.status, 303);
        let now = portal.app.now();
        let (app, lost) = (&portal.app, pdf("utan rad"));
        let hash = portal::platform::ids::sha256_hex(&lost);
        app.db.write_in_line(async |tx| uploads::note(tx, &hash, now).await).await.unwrap();
        app.files.put(lost.into()).await.unwrap();
        assert_eq!(uploads::sweep(&app.db, &app.files, now).await.unwrap(), 0, "it may be on its way");
        let later = now.plus_days(2);
        assert_eq!(uploads::sweep(&app.db, &app.files, later).await.unwrap(), 1);
        assert_eq!(app.files.head(&hash).await.unwrap(), None);
        let kept: Vec<(String,)> = app
            .db
            .read(async |tx| Ok::<_, StoreError>(sqlx::query_as("SELECT file_hash FROM editions WHERE file_hash IS NOT NULL").fetch_all(tx).await?))
            .await
            .unwrap();
        for (hash,) in kept {
            assert!(app.files.head(&hash).await.unwrap().is_some(), "what a row names stays");
        }
        assert_eq!(uploads::sweep(&app.db, &app.files, later).await.unwrap(), 0);
    }
}
