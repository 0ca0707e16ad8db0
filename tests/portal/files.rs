//! Stories of files: Rut gives an edition its PDF, replaces it, takes it away, and Rasmus lets it out; two who do so at once; a
//! draft that is thrown away; and everything that comes as a file and is none.

use bytes::Bytes;
use portal::kit::StaffRole;
use portal::platform::db::StoreError;
use portal::platform::uploads;

use crate::covers::give_cover;
use crate::editor::{approve, begun, desk, fill, let_out, press};
use crate::harness::{Browser, Page, TestPortal};
use crate::people::{enter_as, enter_by_email, staffed};
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

fn ok(answer: &Page) {
    assert_eq!(answer.status, 303, "{} {:?}", answer.words(), answer.errors());
}

async fn last_event(portal: &TestPortal) -> String {
    one(&portal.app.db, "SELECT action FROM audit_events ORDER BY seq DESC LIMIT 1", String::new()).await
}

on_both! {
    /// Readers see a new file when another editor has let it out, at the address of the old one; the old one can be looked at;
    /// taken away, it is gone for readers only.
    async fn rut_replaces_a_file(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let (rasmus, lars, work) = (portal.browser(), portal.browser(), address.trim_end_matches("/filer").to_owned());
        enter_by_email(&portal, &rasmus, "rasmus@bra.example").await;
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        let link = rut.get(&address).await.attributes("main dd a", "href").concat();
        let old = portal.browser().get(&link).await;
        assert_eq!(old.status, 200);
        let answer = put(&portal, &rut, &address, Some(("Nya rapporten.pdf", &pdf("ny")))).await;
        assert_eq!(answer.leads_to(), format!("{address}?klart=uppladdad"), "{}", answer.words());
        assert_eq!(last_event(&portal).await, "publication.saved");
        assert_eq!(portal.browser().get(&link).await.html, old.html, "readers see nothing of it");
        let page = rut.get(&address).await;
        assert!(page.words().contains("Läsarna ser nu"), "{}", page.words());
        let drafted = page.attributes("main dd a", "href").swap_remove(0);
        assert!(rut.get(&drafted).await.html.contains("(ny)"));
        assert_eq!((portal.browser().get(&drafted).await.status, lars.get(&drafted).await.status), (303, 403), "not for readers");
        assert_eq!(press(&rut, &work, "publicera").await.status, 422, "nobody lets out a new file alone");
        assert_eq!(portal.browser().get(&link).await.html, old.html);

        ok(&press(&rut, &work, "skicka").await);
        let review = rasmus.get(&format!("{work}/granska")).await;
        assert!(review.words().contains("Filer och omslag som ändras") && review.words().contains("Ersatt"), "{}", review.words());
        let links = review.attributes("main td a", "href");
        assert_eq!((rasmus.get(&links[0]).await.html, rasmus.get(&links[1]).await.html.contains("(ny)")), (old.html.clone(), true));
        approve(&rasmus, &work).await;
        ok(&press(&rasmus, &work, "publicera").await);
        assert!(portal.browser().get(&link).await.html.contains("(ny)"), "the same address, the new file");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'edition.file_replaced'").await, 1);
        let page = rut.get(&address).await;
        assert!(page.words().contains("Tidigare filer") && page.words().contains("Rasmus Redaktör"), "{}", page.words());
        let before = page.attributes("table a", "href").concat();
        assert_eq!(rut.get(&before).await.html, old.html);
        assert_eq!(portal.browser().get(&before).await.status, 303, "not for readers");
        let last: i64 = one(&portal.app.db, "SELECT MAX(number) FROM work_versions", String::new()).await;
        let compare = format!("{work}/historik/jamfor?fran=1&till={last}");
        let compared = rut.get(&compare).await;
        assert!(compared.words().contains("PDF: fil") && compared.words().contains("Kontrollsumma"), "{}", compared.words());

        let (edition, version) = (page.value("utgava"), page.value("version"));
        let remove = body(&[("utgava", &edition), ("version", &version), ("vad", "ta_bort")], None);
        assert_eq!(send(&portal, &rut, &address, remove).await.leads_to(), format!("{address}?klart=borttagen"));
        assert!(portal.browser().get(&link).await.html.contains("(ny)"));
        let_out(&rut, &rasmus, &work).await;
        assert_eq!(portal.browser().get(&link).await.status, 404);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM replaced_files").await, 2);
        // The first version with its file comes back as a draft, and goes out as any other.
        let compared = rut.get(&compare).await;
        ok(&rut.post(&compare, &[("version", &compared.value("version")), ("nummer", "1")]).await);
        let page = rut.get(&address).await;
        let restored = page.attributes("main dd a", "href").swap_remove(0);
        assert_eq!(rut.get(&restored).await.html, old.html);
        let_out(&rut, &rasmus, &work).await;
        assert_eq!(portal.browser().get(&link).await.html, old.html);
        let answer = put(&portal, &rut, &address, Some(("Åter här!.PDF", &pdf("igen")))).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        assert!(rut.get(&address).await.words().contains(link.rsplit('/').next().unwrap()), "the address stays");
        all_is_well(&portal).await;
    }

    /// With an edition goes its file: a file of publications that brings the edition again does not bring what was taken away.
    async fn a_file_goes_with_its_edition(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let (rasmus, work) = (portal.browser(), address.trim_end_matches("/filer").to_owned());
        enter_by_email(&portal, &rasmus, "rasmus@bra.example").await;
        let edition = rut.get(&address).await.value("utgava");
        let path = format!("{work}/utgavor/{edition}");
        let version = rut.get(&path).await.value("version");
        ok(&rut.post(&path, &[("version", &version), ("ta_bort", "ja")]).await);
        let_out(&rut, &rasmus, &work).await;
        let left = "SELECT COUNT(*) FROM editions WHERE removed = 1 AND file_hash IS NOT NULL";
        assert_eq!(count(&portal.app.db, left).await, 0);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM replaced_files").await, 1, "staff can still look at it");
        assert_eq!(last_event(&portal).await, "publication.published");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'edition.file_removed'").await, 1);
        assert!(rut.get(&address).await.words().contains("Tidigare filer"), "{}", rut.get(&address).await.words());
    }

    /// A new evaluation with its PDF and its cover: written by one, read and let out by the other, all of it at once.
    async fn a_new_evaluation_has_its_file_and_cover(portal: TestPortal) {
        let (portal, rut, rasmus) = desk(&portal).await;
        let work = begun(&rut, "Utvärdering av nattvandring", "evaluation").await;
        let filer = format!("{work}/filer");
        assert!(rut.get(&filer).await.words().contains("ingen digital utgåva"));
        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026-11-23")]).await);
        ok(&fill(&rut, &format!("{work}/utgavor/ny"), &[("form", "pdf")]).await);
        ok(&put(&portal, &rut, &filer, Some(("Nattvandring (slut).pdf", &pdf("natt")))).await);
        let omslag = format!("{work}/omslag");
        let (_, staff_src) = give_cover(&portal, &rut, &omslag).await;
        let public_src = format!("/omslag/{}", staff_src.split("/omslag/").nth(1).unwrap());
        assert_eq!(rut.get(&staff_src).await.status, 200);
        let reader = portal.browser();
        assert_eq!((reader.get(&public_src).await.status, reader.get(&staff_src).await.status), (404, 303), "not before it is published");
        let page = rut.get(&work).await;
        assert!(page.words().contains("Filer Ifyllt Omslag Ifyllt"), "{}", page.words());
        assert_eq!(press(&rut, &work, "publicera").await.status, 422);
        ok(&press(&rut, &work, "skicka").await);
        let review = rasmus.get(&format!("{work}/granska")).await;
        assert!(review.words().contains("nattvandring-slut.pdf") && review.words().contains("Ett torg i kvällsljus / A square at dusk"), "{}", review.words());
        approve(&rasmus, &work).await;
        ok(&press(&rasmus, &work, "publicera").await);
        let address = "/publikationer/2026/utvardering-av-nattvandring";
        let public = reader.get(address).await;
        assert_eq!(public.attributes("main img", "src"), std::slice::from_ref(&public_src));
        assert!(reader.get(&format!("{address}/nattvandring-slut.pdf")).await.html.contains("(natt)"));
        assert_eq!(reader.get(&public_src).await.status, 200);
        let events = "SELECT COUNT(*) FROM audit_events WHERE action IN ('edition.file_added', 'cover.added', 'publication.published')";
        assert_eq!(count(&portal.app.db, events).await, 3);
        // A form that offers no file takes the file with it, in the draft alone.
        let edition = rut.get(&format!("{work}/utgavor")).await.attributes("tbody a", "href").concat();
        ok(&fill(&rut, &edition, &[("form", "web")]).await);
        assert!(rut.get(&filer).await.words().contains("ingen digital utgåva"));
        assert_eq!(reader.get(&format!("{address}/nattvandring-slut.pdf")).await.status, 200);
        let_out(&rut, &rasmus, &work).await;
        assert_eq!(reader.get(&format!("{address}/nattvandring-slut.pdf")).await.status, 404);
        all_is_well(&portal).await;
    }

    /// Rasmus publishes what he read in the moment in which Rut puts in another file: what nobody read is never let out.
    async fn nobody_slips_a_file_in(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let (rasmus, reader, work) = (portal.browser(), portal.browser(), address.trim_end_matches("/filer").to_owned());
        enter_by_email(&portal, &rasmus, "rasmus@bra.example").await;
        let link = rut.get(&address).await.attributes("main dd a", "href").concat();
        ok(&put(&portal, &rut, &address, Some(("r.pdf", &pdf("granskad")))).await);
        ok(&press(&rut, &work, "skicka").await);
        approve(&rasmus, &work).await;
        let (his, hers) = (rasmus.get(&work).await.value("version"), rut.get(&address).await);
        let sent = body(&[("utgava", &hers.value("utgava")), ("version", &hers.value("version"))], Some(("r.pdf", &pdf("insmugglad"))));
        let publish = [("version", his.as_str()), ("gor", "publicera")];
        let (published, put_in) = tokio::join!(rasmus.post(&work, &publish), send(&portal, &rut, &address, sent));
        assert_eq!(put_in.status, 303, "{}", put_in.words());
        let seen = reader.get(&link).await.html;
        assert!(!seen.contains("(insmugglad)"));
        assert_eq!(published.status == 303, seen.contains("(granskad)"), "{}", published.words());
        assert!(matches!(published.status, 303 | 422), "{}", published.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM work_drafts").await, 1, "what she put in is a draft");
        assert_eq!(press(&rut, &work, "publicera").await.status, 422);
        all_is_well(&portal).await;
    }

    /// Two put in a file at once: the later is told, sees both, and nothing is overwritten. Two editions meet without noise.
    async fn two_put_in_files(portal: TestPortal) {
        let (portal, rut, rasmus) = desk(&portal).await;
        let work = begun(&rut, "Två filer", "report").await;
        let filer = format!("{work}/filer");
        for form in ["pdf", "epub"] {
            ok(&fill(&rut, &format!("{work}/utgavor/ny"), &[("form", form)]).await);
        }
        let seen = rasmus.get(&filer).await;
        ok(&fill(&rut, &format!("{work}/texter"), &[("summary", "Ruts ingress.")]).await);
        let form = |word: &str| body(&[("utgava", &seen.value("utgava")), ("version", &seen.value("version"))], Some(("r.pdf", &pdf(word))));
        ok(&send(&portal, &rasmus, &filer, form("hans")).await);
        let met = send(&portal, &rut, &filer, form("hennes")).await;
        assert_eq!(met.status, 409);
        for words in ["Någon annan ändrade utgåvan", "Det som är sparat", "Det du skickade"] {
            assert!(met.words().contains(words), "{words}: {}", met.words());
        }
        let drafted = rut.get(&filer).await.attributes("main dd a", "href").swap_remove(0);
        assert!(rut.get(&drafted).await.html.contains("(hans)"));
        // A draft that waits for its time is not changed.
        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026-11-24")]).await);
        ok(&fill(&rut, &format!("{work}/schemalagg"), &[("dag", "2026-11-24"), ("klockslag", "09.00")]).await);
        let page = rut.get(&filer).await;
        assert!(page.find("main form").is_empty() && page.words().contains("Publiceringen är schemalagd."), "{}", page.words());
        let version = rut.get(&work).await.value("version");
        let late = body(&[("utgava", &seen.value("utgava")), ("version", &version)], Some(("r.pdf", &pdf("sen"))));
        let locked = send(&portal, &rut, &filer, late).await;
        assert_eq!(locked.status, 422, "{}", locked.words());
        portal.clock.advance_seconds(2 * 24 * 3600);
        crate::import_page::work(&portal).await;
        let address = "/publikationer/2026/tva-filer";
        let link = portal.browser().get(address).await.attributes("main a", "href").into_iter().find(|href| href.ends_with(".pdf")).unwrap();
        assert!(portal.browser().get(&link).await.html.contains("(hans)"), "its time brought the file too");
        all_is_well(&portal).await;
    }

    /// What was thrown away before anybody saw it leaves nothing; what readers saw, and what a version names, stays.
    async fn a_draft_that_is_thrown_away_takes_its_files(portal: TestPortal) {
        let (portal, rut, address) = with_editor(&portal).await;
        let new = begun(&rut, "Blev inget", "report").await;
        ok(&fill(&rut, &format!("{new}/utgavor/ny"), &[("form", "pdf")]).await);
        ok(&put(&portal, &rut, &format!("{new}/filer"), Some(("r.pdf", &pdf("bortkastad")))).await);
        give_cover(&portal, &rut, &format!("{new}/omslag")).await;
        ok(&put(&portal, &rut, &address, Some(("r.pdf", &pdf("utkast")))).await);
        let later = portal.app.now().plus_days(2);
        let sweep = async || uploads::sweep(&portal.app.db, &portal.app.files, later).await.unwrap();
        assert_eq!(sweep().await, 0, "drafts name them");
        ok(&press(&rut, &new, "kasta").await);
        ok(&press(&rut, address.trim_end_matches("/filer"), "kasta").await);
        assert!(sweep().await > 1, "the file, the picture and its sizes");
        let hash = |word: &str| portal::platform::ids::sha256_hex(&pdf(word));
        assert_eq!(portal.app.files.head(&hash("bortkastad")).await.unwrap(), None);
        assert!(portal.app.files.head(&hash("utkast")).await.unwrap().is_some(), "a version of what readers see names it");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM covers").await, 0);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM cover_images").await, 0);
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
            .read(async |tx| Ok::<_, StoreError>(sqlx::query_as("SELECT file_hash FROM editions WHERE file_hash IS NOT NULL UNION SELECT file_hash FROM work_files").fetch_all(tx).await?))
            .await
            .unwrap();
        for (hash,) in kept {
            assert!(app.files.head(&hash).await.unwrap().is_some(), "what a row names stays");
        }
        assert_eq!(uploads::sweep(&app.db, &app.files, later).await.unwrap(), 0);
    }
}
