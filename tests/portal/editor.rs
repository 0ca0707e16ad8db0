//! Stories of the catalogue's editors: Rut writes and Rasmus reads; what one person may publish and what takes two; two who
//! write at once; history, times, withdrawing; and imports beside it all. Each looks at the page, the rows, the mail and the chain.

use portal::catalogue::{Publication, editor, import, rules, store};
use portal::kit::{Id, StaffRole, civil};
use portal::platform::audit;
use portal::platform::db::StoreError;
use portal::server;
use portal::web::sheets::Value;

use scraper::{Html, Selector};

use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::people::{enter_as, enter_by_email, staffed};
use crate::shop::{UMEA_PAGE, count, one, put, stocked};

const LIST: &str = "/handlaggare/publikationer";

/// A portal with the demonstration catalogue and staff; Rut and Rasmus at their desks.
pub async fn desk(portal: &TestPortal) -> (TestPortal, Browser, Browser) {
    let portal = staffed(portal.app.db.engine()).await;
    stocked(&portal).await;
    let (rut, rasmus) = (portal.browser(), portal.browser());
    enter_by_email(&portal, &rut, "rut@bra.example").await;
    enter_by_email(&portal, &rasmus, "rasmus@bra.example").await;
    (portal, rut, rasmus)
}

/// Begins a publication; gives the path of its page.
pub async fn begun(browser: &Browser, title: &str, kind: &str) -> String {
    let answer = browser.post("/handlaggare/publikationer/ny", &[("title", title), ("publication_type", kind)]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    answer.leads_to().split('?').next().unwrap().to_owned()
}

/// The fields of the page's first form that begins with the version, as a browser would send them.
fn fields_of(page: &Page) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for name in page.attributes("main form input:not([type=checkbox]):not([type=radio])", "name") {
        fields.push((name.clone(), page.value(&name)));
    }
    for name in page.attributes("main form textarea", "name") {
        fields.push((name.clone(), raw(page, &name)));
    }
    for name in page.attributes("main form select", "name") {
        let chosen = page.attributes(&format!("select[name='{name}'] option[selected]"), "value");
        fields.push((name, chosen.concat()));
    }
    for kind in ["checkbox", "radio"] {
        let names = page.attributes(&format!("main form input[type={kind}][checked]"), "name");
        let values = page.attributes(&format!("main form input[type={kind}][checked]"), "value");
        fields.extend(names.into_iter().zip(values));
    }
    fields
}

/// What stands in a text area, with its lines.
fn raw(page: &Page, name: &str) -> String {
    let html = Html::parse_document(&page.html);
    let area = Selector::parse(&format!("textarea[name='{name}']")).unwrap();
    html.select(&area).next().map(|area| area.text().collect()).unwrap_or_default()
}

/// Opens a form and sends it with some fields changed.
pub async fn fill(browser: &Browser, path: &str, changes: &[(&str, &str)]) -> Page {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.words());
    send(browser, path, &page, changes).await
}

/// Sends a form that was opened before.
pub async fn send(browser: &Browser, path: &str, page: &Page, changes: &[(&str, &str)]) -> Page {
    let mut fields = fields_of(page);
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

/// Presses a button of a publication's page.
pub async fn press(browser: &Browser, path: &str, what: &str) -> Page {
    let version = browser.get(path).await.value("version");
    browser.post(path, &[("version", &version), ("gor", what)]).await
}

pub fn ok(answer: &Page) {
    assert_eq!(answer.status, 303, "{} {:?}", answer.words(), answer.errors());
}

/// Lets the other editor read, approve and publish what one has written.
pub async fn let_out(writer: &Browser, other: &Browser, work: &str) {
    ok(&press(writer, work, "skicka").await);
    approve(other, work).await;
    ok(&press(other, work, "publicera").await);
}

/// Reads another's draft and approves it.
pub async fn approve(other: &Browser, work: &str) {
    let review = other.get(&format!("{work}/granska")).await;
    ok(&other.post(&format!("{work}/granska"), &[("version", &review.value("version")), ("svar", "ja")]).await);
}

/// The page of a demonstration publication for editors.
async fn page_of(portal: &TestPortal, public: &str) -> String {
    let path = public.trim_start_matches("/publikationer/").to_owned();
    let id: String = one(&portal.app.db, "SELECT id FROM works WHERE path = $1", path).await;
    format!("{LIST}/{id}")
}

/// The page of a publication that readers see, with a change of it begun.
pub async fn changing(portal: &TestPortal, browser: &Browser) -> String {
    let work = page_of(portal, UMEA_PAGE).await;
    ok(&fill(browser, &format!("{work}/uppgifter"), &[("subtitle", "Ändrad")]).await);
    work
}

async fn publication(portal: &TestPortal, path: &str) -> Option<Publication> {
    let path = path.trim_start_matches("/publikationer/").to_owned();
    portal.app.db.read(async |tx| store::publication(tx, &path, civil::stockholm(portal.app.now()).date).await).await.unwrap()
}

async fn chain_is_whole(portal: &TestPortal) {
    assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
}

/// Runs whatever is due.
async fn work_through(portal: &TestPortal) {
    let worker = server::worker(&portal.app);
    while portal::platform::jobs::run_one(&worker.db, &*worker.clock, &worker.handlers, worker.state.clone()).await.unwrap().is_some() {}
}

on_both! {
    /// From nothing to a publication that is found and ordered. What is wrong is kept and shown, and stands in the way only of
    /// publishing.
    async fn rut_publishes_a_report(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let wrong = rut.post("/handlaggare/publikationer/ny", &[("title", " "), ("publication_type", "")]).await;
        assert_eq!((wrong.status, wrong.errors()), (422, vec!["Ange titeln".to_owned(), "Välj en publikationstyp".to_owned()]));
        let work = begun(&rut, "Trygghet i glesbygd", "report").await;
        let page = rut.get(&work).await;
        assert!(page.words().contains("Utkast") && page.words().contains("Fyll i: utgivningsdatum"), "{}", page.words());

        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026-13"), ("authors", "Anna Ek\r\nBo Al")]).await);
        let page = rut.get(&format!("{work}/uppgifter")).await;
        assert_eq!((page.value("date_published").as_str(), page.find("#date_published-error").len()), ("2026-13", 1), "{}", page.words());
        let refused = press(&rut, &work, "publicera").await;
        assert_eq!(refused.status, 422);
        assert!(refused.attributes("main a", "href").contains(&format!("{work}/uppgifter#date_published")), "{}", refused.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM works WHERE title = 'Trygghet i glesbygd'").await, 0);

        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026-11-23")]).await);
        let texts = [("summary", "Vad vet vi om trygghet i glesbygd?"), ("summary_en", "What do we know?"), ("body", "## Resultat\r\n\r\nMycket.")];
        ok(&fill(&rut, &format!("{work}/texter"), &texts).await);
        ok(&fill(&rut, &format!("{work}/amnen"), &[("series", "Rapport"), ("number", "2026:9"), ("subjects", "trygghet\r\nsamverkan")]).await);
        ok(&fill(&rut, &format!("{work}/intervju"), &[("interviewee", "Anna Ek"), ("interview-1-question", "Varför?"), ("interview-1-answer", "Därför.")]).await);
        ok(&fill(&rut, &format!("{work}/relaterade"), &[("related", UMEA_PAGE)]).await);
        let formless = fill(&rut, &format!("{work}/utgavor/ny"), &[("isbn", "978-91-89999-90-9")]).await;
        assert_eq!((formless.status, formless.errors()), (422, vec!["Välj utgåvans form".to_owned()]));
        let taken = [("form", "print"), ("isbn", "978-91-89999-00-8"), ("orderable_in_print", "ja"), ("price_sek_incl_vat", "95,50"), ("vat_rate", "6"), ("backorder", "ja"), ("pages", "48")];
        ok(&fill(&rut, &format!("{work}/utgavor/ny"), &taken).await);
        let refused = press(&rut, &work, "publicera").await;
        assert!(refused.words().contains("Numret tillhör redan publikationen ”Umeå växer"), "{}", refused.words());
        let edition = rut.get(&format!("{work}/utgavor")).await.attributes("tbody a", "href").concat();
        ok(&fill(&rut, &edition, &[("isbn", "978-91-89999-91-6")]).await);
        let page = rut.get(&edition).await;
        let isbn_wrong = page.find("#isbn-error").concat();
        if !isbn_wrong.is_empty() {
            // The check digit is said, so that the right number can be typed.
            let digit = isbn_wrong.split("skulle vara ").nth(1).unwrap().chars().next().unwrap();
            ok(&fill(&rut, &edition, &[("isbn", &format!("978-91-89999-91-{digit}"))]).await);
        }
        let page = rut.get(&work).await;
        assert!(page.words().contains("Inget hindrar publicering."), "{}", page.words());
        ok(&press(&rut, &work, "publicera").await);

        let address = "/publikationer/2026/trygghet-i-glesbygd";
        let public = portal.browser().get(address).await;
        assert_eq!(public.status, 200);
        for words in ["Vad vet vi om trygghet i glesbygd?", "95,50 kr", "Varför?", "Umeå växer"] {
            assert!(public.words().contains(words), "{words}: {}", public.words());
        }
        let found = portal.browser().get("/publikationer?q=glesbygd").await;
        assert!(found.attributes("main a", "href").contains(&address.to_owned()), "{}", found.words());
        let stored = publication(&portal, address).await.unwrap();
        let isbn = stored.orderable().unwrap().isbn().compact();
        put(&portal.browser(), &portal, &isbn, "2").await;
        assert_eq!(stored.work.series.unwrap().name.as_str(), "Rapport");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM work_drafts").await, 0);
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM audit_events WHERE action = 'publication.published'").await, 1);
        let listed = rut.get(&format!("{LIST}?q={}", stored.editions[0].isbn.unwrap().hyphenated())).await;
        assert_eq!(listed.find("tbody th"), ["Trygghet i glesbygd"]);
        assert!(listed.words().contains("Publicerad"));
        chain_is_whole(&portal).await;
    }

    /// Whoever wrote in an evaluation neither approves nor publishes it, whatever they send, and though nobody marked it as one of
    /// supported work.
    async fn an_evaluation_takes_two(portal: TestPortal) {
        let (portal, rut, rasmus) = desk(&portal).await;
        let work = begun(&rut, "Utvärdering av lovskolan", "evaluation").await;
        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026-11")]).await);
        let page = rut.get(&work).await;
        assert!(page.words().contains("En annan redaktör än den som har skrivit"), "{}", page.words());
        assert!(!page.attributes("main button", "value").contains(&"publicera".to_owned()));
        assert_eq!(press(&rut, &work, "publicera").await.status, 422);
        assert_eq!(press(&rasmus, &work, "publicera").await.status, 422, "not before it was approved");
        ok(&press(&rut, &work, "skicka").await);
        let mails = "SELECT COUNT(*) FROM outbox WHERE kind = 'notice.told' AND recipient = 'rasmus@bra.example'";
        assert_eq!(count(&portal.app.db, mails).await, 1);
        let notices = rasmus.get("/mina-sidor/aviseringar").await;
        assert!(notices.words().contains("Ett utkast väntar på granskning: Utvärdering av lovskolan."), "{}", notices.words());
        let desk = rasmus.get("/handlaggare").await;
        assert!(desk.find("main tbody tr").contains(&"Utkast att granska 1".to_owned()), "{}", desk.words());
        assert!(desk.attributes("main tbody a", "href").contains(&format!("{LIST}?status=in_review")));
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM outbox WHERE recipient = 'rut@bra.example'").await, 0);
        assert_eq!(rut.get(&format!("{LIST}?status=in_review")).await.find("tbody th"), ["Utvärdering av lovskolan"]);

        let review = format!("{work}/granska");
        let answer = async |browser: &Browser, fields: &[(&str, &str)]| {
            let version = rut.get(&work).await.value("version");
            let mut all = vec![("version", version.as_str())];
            all.extend(fields);
            browser.post(&review, &all).await
        };
        let own = answer(&rut, &[("svar", "ja")]).await;
        assert_eq!(own.status, 422);
        assert!(own.words().contains("En annan redaktör måste göra det här"), "{}", own.words());
        let silent = answer(&rasmus, &[("svar", "nej"), ("kommentar", "")]).await;
        assert_eq!((silent.status, silent.errors()), (422, vec!["Skriv vad som behöver ändras".to_owned()]));
        ok(&answer(&rasmus, &[("svar", "nej"), ("kommentar", "Ingressen saknas.")]).await);
        assert!(rut.get(&work).await.words().contains("Ingressen saknas."));
        ok(&fill(&rut, &format!("{work}/texter"), &[("summary", "Om lovskolan.")]).await);
        ok(&press(&rut, &work, "skicka").await);
        ok(&answer(&rasmus, &[("svar", "ja")]).await);
        assert_eq!(press(&rut, &work, "publicera").await.status, 422, "not by its writer, though it is approved");
        // Another kind in the draft does not help either: readers see an evaluation still.
        ok(&press(&rasmus, &work, "publicera").await);
        assert_eq!(portal.browser().get("/publikationer/2026/utvardering-av-lovskolan").await.status, 200);

        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("publication_type", "report")]).await);
        assert_eq!(press(&rut, &work, "publicera").await.status, 422, "readers see an evaluation still");
        // What is marked as an evaluation of supported work takes two whatever its kind.
        let marked = begun(&rut, "Stött arbete", "report").await;
        ok(&fill(&rut, &format!("{marked}/uppgifter"), &[("date_published", "2026-11")]).await);
        ok(&fill(&rut, &format!("{marked}/bidrag"), &[("is_funded_evaluation", "ja")]).await);
        assert_eq!(press(&rut, &marked, "publicera").await.status, 422);
        // A report that has its time and becomes an evaluation meanwhile is not let out by the clock.
        let soon = page_of(&portal, "/publikationer/odaterad/livstidsdomar").await;
        ok(&fill(&rut, &format!("{soon}/uppgifter"), &[("subtitle", "Snart"), ("year", "2010")]).await);
        ok(&fill(&rut, &format!("{soon}/schemalagg"), &[("dag", "2026-11-24"), ("klockslag", "07.30")]).await);
        run_sql(&portal.app.config.database_url, "UPDATE works SET kind = 'evaluation' WHERE path = 'odaterad/livstidsdomar'".to_owned()).await;
        portal.clock.advance_seconds(24 * 3600);
        work_through(&portal).await;
        for (browser, email) in [(&rut, "rut@bra.example"), (&rasmus, "rasmus@bra.example")] {
            enter_by_email(&portal, browser, email).await;
        }
        let page = rut.get(&soon).await;
        assert!(page.words().contains("kunde inte publiceras vid den schemalagda tiden. Det här är en utvärdering."), "{}", page.words());
        let seen = publication(&portal, "/publikationer/odaterad/livstidsdomar").await.unwrap().work.subtitle;
        assert!(seen.is_none_or(|subtitle| subtitle.as_str() != "Snart"), "the clock let it out");
        // Whoever writes a word becomes a writer.
        ok(&fill(&rasmus, &format!("{work}/texter"), &[("summary", "Om hela lovskolan.")]).await);
        ok(&press(&rasmus, &work, "skicka").await);
        assert_eq!(answer(&rasmus, &[("svar", "ja")]).await.status, 422);
        chain_is_whole(&portal).await;
    }

    /// The button that shows the texts as readers will see them, with hints: what was typed is there still, and nothing is saved.
    async fn rut_looks_before_she_saves(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let work = begun(&rut, "Förhandsgranskat", "report").await;
        let path = format!("{work}/texter");
        let typed = [("forhandsgranska", "ja"), ("summary", "Ingressen."), ("body", "## Resultat\r\n\r\n**Mycket** står [här](https://bra.se/).")];
        let shown = fill(&rut, &path, &typed).await;
        assert_eq!(shown.status, 200, "{}", shown.words());
        assert!(shown.find("main section strong").contains(&"Mycket".to_owned()), "{}", shown.words());
        assert_eq!(shown.find("#forhandsgranskning-body"), ["Så ser läsarna texten: Brödtext på svenska"]);
        assert!(shown.words().contains("Ingenting är sparat än."), "{}", shown.words());
        assert_eq!(shown.value("summary"), "Ingressen.");
        assert_eq!(raw(&shown, "body").replace('\r', "").trim(), "## Resultat\n\n**Mycket** står [här](https://bra.se/).");
        assert_eq!(rut.get(&path).await.value("summary"), "", "nothing is saved");
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM work_versions").await, 1);
        let empty = fill(&rut, &path, &[("forhandsgranska", "ja")]).await;
        assert!(empty.words().contains("ingen text att förhandsgranska än"), "{}", empty.words());
        // The form that was shown is saved as it is.
        ok(&send(&rut, &path, &shown, &[]).await);
        assert_eq!(rut.get(&path).await.value("summary"), "Ingressen.");
        let path = format!("{work}/intervju");
        let typed = [("forhandsgranska", "ja"), ("interview-1-question", "Varför?"), ("interview-1-answer", "Därför, *sa hon*.")];
        let shown = fill(&rut, &path, &typed).await;
        assert_eq!((shown.status, shown.find("main section em")), (200, vec!["sa hon".to_owned()]), "{}", shown.words());
    }

    /// Two windows: other fields meet without noise; the same field shows both texts, and nothing is overwritten in silence.
    async fn two_write_at_once(portal: TestPortal) {
        let (_portal, rut, rasmus) = desk(&portal).await;
        let work = begun(&rut, "Gemensamt", "report").await;
        let path = format!("{work}/texter");
        ok(&fill(&rut, &path, &[("summary", "Första."), ("body", "Lång text.")]).await);
        let (hers, his) = (rut.get(&path).await, rasmus.get(&path).await);
        ok(&send(&rut, &path, &hers, &[("summary", "Ruts ingress.")]).await);
        ok(&send(&rasmus, &path, &his, &[("body", "Rasmus text.")]).await);
        let both = rut.get(&path).await;
        assert_eq!((both.value("summary").as_str(), both.value("body").as_str()), ("Ruts ingress.", "Rasmus text."));

        let (hers, his) = (rut.get(&path).await, rasmus.get(&path).await);
        ok(&send(&rut, &path, &hers, &[("summary", "Ruts nya.")]).await);
        let met = send(&rasmus, &path, &his, &[("summary", "Rasmus nya.")]).await;
        assert_eq!(met.status, 422);
        for words in ["Någon annan har sparat medan du skrev", "Ruts nya.", "Rasmus nya."] {
            assert!(met.words().contains(words), "{words}: {}", met.words());
        }
        assert_eq!(met.value("summary"), "Rasmus nya.");
        assert_eq!(rut.get(&path).await.value("summary"), "Ruts nya.", "nothing is saved yet");
        let unchosen = send(&rasmus, &path, &met, &[]).await;
        assert_eq!((unchosen.status, unchosen.errors()), (422, vec!["Välj vad som ska gälla för ingress på svenska".to_owned()]));
        ok(&send(&rasmus, &path, &unchosen, &[("val-summary", "mitt"), ("summary", "Båda.")]).await);
        assert_eq!(rut.get(&path).await.value("summary"), "Båda.");

        let met = send(&rut, &path, &hers, &[("summary", "För sent.")]).await;
        ok(&send(&rut, &path, &met, &[("val-summary", "sparat")]).await);
        assert_eq!(rut.get(&path).await.value("summary"), "Båda.", "what was saved was chosen");
        // A button of a page that has gone stale does nothing.
        let stale = rut.post(&work, &[("version", "1"), ("gor", "kasta")]).await;
        assert_eq!(stale.status, 422);
        assert!(stale.words().contains("Någon ändrade utkastet"), "{}", stale.words());
    }

    /// A change beside what readers see: history says who did what, two versions are compared word by word, and the old text
    /// comes back as a new draft.
    async fn a_change_has_its_history(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let work = page_of(&portal, UMEA_PAGE).await;
        assert!(rut.get(&format!("{work}/historik")).await.words().contains("Ingen har ändrat publikationen här än"));
        let before = publication(&portal, UMEA_PAGE).await.unwrap();
        let summary = rut.get(&format!("{work}/texter")).await.value("summary");
        ok(&fill(&rut, &format!("{work}/texter"), &[("summary", &summary.replace("trygg", "säker"))]).await);
        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("subtitle", "En ny undertitel")]).await);
        let unseen = publication(&portal, UMEA_PAGE).await.unwrap();
        assert_eq!(unseen, before, "readers see nothing of it");
        assert!(rut.get(LIST).await.words().contains("Ändring pågår"));
        // It is an evaluation of supported work: another one must let it out.
        ok(&press(&rut, &work, "skicka").await);
        let rasmus = portal.browser();
        enter_by_email(&portal, &rasmus, "rasmus@bra.example").await;
        let review = rasmus.get(&format!("{work}/granska")).await;
        assert!(review.find("ins").concat().contains("En ny undertitel"), "{}", review.words());
        ok(&rasmus.post(&format!("{work}/granska"), &[("version", &review.value("version")), ("svar", "ja")]).await);
        ok(&press(&rasmus, &work, "publicera").await);
        let after = publication(&portal, UMEA_PAGE).await.unwrap();
        assert_eq!(after.work.subtitle.as_ref().unwrap().as_str(), "En ny undertitel");
        assert_eq!((&after.work.path, &after.work.id, &after.editions), (&before.work.path, &before.work.id, &before.editions));
        assert_eq!((&after.questions, &after.grants, &after.subjects, &after.related), (&before.questions, &before.grants, &before.subjects, &before.related));

        let history = rut.get(&format!("{work}/historik")).await;
        for words in ["Som läsarna såg det", "Utkast sparat", "Rut Redaktör", "Godkänt", "Publicerat", "Rasmus Redaktör"] {
            assert!(history.words().contains(words), "{words}: {}", history.words());
        }
        let last: i64 = one(&portal.app.db, "SELECT MAX(number) FROM work_versions", String::new()).await;
        let compare = format!("{work}/historik/jamfor?fran=1&till={last}");
        let compared = rut.get(&compare).await;
        assert!(compared.find("ins").concat().contains("En ny undertitel"), "{}", compared.words());
        assert!(compared.find("ins .govuk-visually-hidden").concat().contains("tillagt:"), "marks are said in words");
        ok(&rut.post(&compare, &[("version", &compared.value("version")), ("nummer", "1")]).await);
        let subtitle = before.work.subtitle.as_ref().map(|subtitle| subtitle.as_str().to_owned()).unwrap_or_default();
        assert_eq!(rut.get(&format!("{work}/uppgifter")).await.value("subtitle"), subtitle);
        ok(&press(&rut, &work, "kasta").await);
        assert_eq!(publication(&portal, UMEA_PAGE).await.unwrap(), after);
        assert_eq!(rut.get(&format!("{work}/historik/jamfor?fran=1&till=999")).await.status, 200, "up to the last there is");
        assert_eq!(rut.get(&format!("{work}/historik/jamfor?fran=0&till=1")).await.status, 404);
    }

    /// A draft goes out at its time in Sweden, unless it was called off; and one that no longer can says why.
    async fn a_draft_has_its_time(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let work = begun(&rut, "I morgon bitti", "booklet").await;
        let path = format!("{work}/schemalagg");
        let invalid = fill(&rut, &path, &[("dag", "2026-11-24"), ("klockslag", "07.30")]).await;
        assert!(invalid.status == 422 && invalid.words().contains("kan inte publiceras än"), "{}", invalid.words());
        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026-11-24")]).await);
        for (day, time, sentence) in [
            ("2026-11-31", "07.30", "Dagen måste skrivas som 2026-12-01"),
            ("2026-11-24", "25.00", "Klockslaget måste skrivas som 09.00"),
            ("2026-11-22", "07.30", "Tiden måste ligga framåt i tiden"),
            ("2036-11-22", "07.30", "Tiden måste ligga inom två år"),
            ("2027-03-28", "02.30", "Klockan ställs fram då, så det klockslaget finns inte. Välj ett annat."),
        ] {
            let page = fill(&rut, &path, &[("dag", day), ("klockslag", time)]).await;
            assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]));
            assert_eq!(page.value("dag"), day);
        }
        // The hour that autumn shows twice is the second one.
        ok(&fill(&rut, &path, &[("dag", "2027-10-31"), ("klockslag", "02.30")]).await);
        let at: String = one(&portal.app.db, "SELECT publish_at FROM work_drafts", String::new()).await;
        assert_eq!(at, "2027-10-31T01:30:00.000Z");
        ok(&fill(&rut, &path, &[("dag", "2026-11-24"), ("klockslag", "7:30")]).await);
        let page = rut.get(&work).await;
        assert!(page.words().contains("Publiceras tisdag 24 november 2026 kl. 07.30"), "{}", page.words());
        let locked = fill(&rut, &format!("{work}/uppgifter"), &[("subtitle", "Sent")]).await;
        assert_eq!(locked.status, 422, "what waits for its time is not changed");
        work_through(&portal).await;
        assert_eq!(portal.browser().get("/publikationer/2026/i-morgon-bitti").await.status, 404);
        ok(&press(&rut, &work, "stall-in").await);
        portal.clock.advance_seconds(24 * 3600);
        enter_by_email(&portal, &rut, "rut@bra.example").await;
        work_through(&portal).await;
        assert_eq!(portal.browser().get("/publikationer/2026/i-morgon-bitti").await.status, 404, "called off");
        ok(&fill(&rut, &path, &[("dag", "2026-11-25"), ("klockslag", "07.30")]).await);
        portal.clock.advance_seconds(24 * 3600);
        work_through(&portal).await;
        assert_eq!(portal.browser().get("/publikationer/2026/i-morgon-bitti").await.status, 200);
        let by: String = one(&portal.app.db, "SELECT actor FROM audit_events WHERE action = 'publication.published'", String::new()).await;
        assert_eq!(by, "system");

        enter_by_email(&portal, &rut, "rut@bra.example").await;
        let other = begun(&rut, "Samma nummer", "report").await;
        ok(&fill(&rut, &format!("{other}/uppgifter"), &[("date_published", "2026-11-26"), ("urn_nbn", "urn:nbn:se:bra-9001")]).await);
        ok(&fill(&rut, &format!("{other}/schemalagg"), &[("dag", "2026-11-26"), ("klockslag", "07.30")]).await);
        run_sql(&portal.app.config.database_url, "UPDATE works SET urn = 'urn:nbn:se:bra-9001' WHERE path = '2026/i-morgon-bitti'".to_owned()).await;
        portal.clock.advance_seconds(24 * 3600);
        work_through(&portal).await;
        enter_by_email(&portal, &rut, "rut@bra.example").await;
        let page = rut.get(&other).await;
        for words in ["Utkast", "kunde inte publiceras vid den schemalagda tiden", "I morgon bitti"] {
            assert!(page.words().contains(words), "{words}: {}", page.words());
        }
        chain_is_whole(&portal).await;
    }

    /// Withdrawn with a reason that readers see, and published again.
    async fn a_publication_is_withdrawn(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let work = page_of(&portal, UMEA_PAGE).await;
        let path = format!("{work}/avpublicera");
        for (reason, sentence) in [("", "Skriv skälet, så att läsarna förstår"), ("$skal", "Skälet innehåller ett fält som inte är ifyllt. Skriv den riktiga texten")] {
            let page = rut.post(&path, &[("skal", reason)]).await;
            assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]));
        }
        ok(&rut.post(&path, &[("skal", "Tabell 3 är fel.")]).await);
        let public = portal.browser().get(UMEA_PAGE).await;
        assert_eq!(public.status, 410);
        assert!(public.words().contains("Tabell 3 är fel."), "{}", public.words());
        assert!(!portal.browser().get("/publikationer?q=umeå").await.attributes("main a", "href").contains(&UMEA_PAGE.to_owned()));
        assert_eq!(rut.get(&format!("{LIST}?status=withdrawn")).await.find("tbody th").len(), 1);
        assert_eq!(rut.post(&path, &[("skal", "En gång till")]).await.status, 422);
        stocked(&portal).await;
        assert_eq!(portal.browser().get(UMEA_PAGE).await.status, 410, "no file publishes it");
        ok(&press(&rut, &work, "igen").await);
        assert_eq!(portal.browser().get(UMEA_PAGE).await.status, 200);
        let history = rut.get(&format!("{work}/historik")).await;
        assert!(history.words().contains("Tabell 3 är fel.") && history.words().contains("Publicerat igen"), "{}", history.words());
        chain_is_whole(&portal).await;
    }

    /// Beside a draft, withdrawing and publishing again take nothing from it but its time, and what is saved afterwards is saved.
    async fn withdrawing_leaves_the_draft(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let address = "/publikationer/odaterad/livstidsdomar";
        let work = page_of(&portal, address).await;
        let facts = format!("{work}/uppgifter");
        let seen = rut.get(&facts).await.value("subtitle");
        ok(&fill(&rut, &facts, &[("subtitle", "Ny rubrik"), ("year", "2010")]).await);
        ok(&fill(&rut, &format!("{work}/schemalagg"), &[("dag", "2026-12-24"), ("klockslag", "08.00")]).await);
        // What readers see changes beside it, and that is still told afterwards.
        let beside = "UPDATE works SET interviewee = 'Bo Al', revision = revision + 1000 WHERE path = 'odaterad/livstidsdomar'";
        run_sql(&portal.app.config.database_url, beside.to_owned()).await;
        ok(&rut.post(&format!("{work}/avpublicera"), &[("skal", "Tabell 3 är fel.")]).await);
        let page = rut.get(&work).await;
        for words in ["Avpublicerad. Läsarna ser skälet: Tabell 3 är fel.", "har ändrats vid sidan av utkastet"] {
            assert!(page.words().contains(words), "{words}: {}", page.words());
        }
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM work_drafts WHERE publish_at IS NOT NULL").await, 0, "no clock shows it again");
        // Back to the words that readers saw: it is the draft's change, and nobody else's.
        ok(&fill(&rut, &facts, &[("subtitle", &seen)]).await);
        assert_eq!(rut.get(&facts).await.value("subtitle"), seen);
        ok(&fill(&rut, &facts, &[("subtitle", "Ännu en")]).await);
        portal.clock.advance_seconds(60 * 86_400);
        work_through(&portal).await;
        let rut = portal.browser();
        enter_by_email(&portal, &rut, "rut@bra.example").await;
        assert_eq!(portal.browser().get(address).await.status, 410);

        // With a time from somebody who knows that it is withdrawn; shown again before, it keeps that.
        ok(&fill(&rut, &format!("{work}/schemalagg"), &[("dag", "2027-02-24"), ("klockslag", "08.00")]).await);
        ok(&press(&rut, &work, "igen").await);
        portal.clock.advance_seconds(60 * 86_400);
        work_through(&portal).await;
        assert_eq!(publication(&portal, address).await.unwrap().work.subtitle.unwrap().as_str(), "Ännu en");
        chain_is_whole(&portal).await;
    }

    /// The same file again does not undo what an editor published; a changed one meets the draft field by field.
    async fn an_import_beside_a_draft(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let address = "/publikationer/odaterad/livstidsdomar";
        let work = page_of(&portal, address).await;
        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("subtitle", "Rättad"), ("year", "2010")]).await);
        ok(&press(&rut, &work, "publicera").await);
        stocked(&portal).await;
        let kept = publication(&portal, address).await.unwrap();
        assert_eq!(kept.work.subtitle.unwrap().as_str(), "Rättad");

        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("subtitle", "Ruts"), ("organisation", "Brå och andra")]).await);
        run_sql(&portal.app.config.database_url, "UPDATE works SET subtitle = 'Importens', interviewee = 'Bo Al', revision = revision + 1000 WHERE path = 'odaterad/livstidsdomar'".to_owned()).await;
        let page = rut.get(&work).await;
        assert!(page.words().contains("Publikationen har ändrats vid sidan av utkastet"), "{}", page.words());
        let led = press(&rut, &work, "publicera").await;
        assert_eq!((led.status, led.leads_to()), (303, format!("{work}/sammanfoga")));
        let both = rut.get(&led.leads_to()).await;
        for words in ["Importens", "Ruts", "Vem intervjuas: Bo Al"] {
            assert!(both.words().contains(words), "{words}: {}", both.words());
        }
        let unchosen = send(&rut, &led.leads_to(), &both, &[]).await;
        assert_eq!((unchosen.status, unchosen.errors().len()), (422, 1));
        ok(&send(&rut, &led.leads_to(), &both, &[("val-subtitle", "mitt")]).await);
        ok(&press(&rut, &work, "publicera").await);
        let after = publication(&portal, address).await.unwrap().work;
        assert_eq!(after.subtitle.unwrap().as_str(), "Ruts");
        assert_eq!((after.interviewee.unwrap().as_str(), after.organisation.unwrap().as_str()), ("Bo Al", "Brå och andra"));
    }

    /// An edition that is taken away is gone from the page; one that was sold stays, out of print.
    async fn an_edition_is_taken_away(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        let work = begun(&rut, "Två former", "booklet").await;
        ok(&fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026")]).await);
        let sale = [("form", "print"), ("isbn", "9789189999916"), ("orderable_in_print", "ja"), ("price_sek_incl_vat", "50"), ("vat_rate", "6"), ("backorder", "ja")];
        ok(&fill(&rut, &format!("{work}/utgavor/ny"), &sale).await);
        ok(&fill(&rut, &format!("{work}/utgavor/ny"), &[("form", "epub"), ("isbn", "9789189999923")]).await);
        let print = rut.get(&format!("{work}/utgavor")).await.attributes("tbody a", "href").swap_remove(0);
        let page = rut.get(&print).await;
        if !page.find("#isbn-error").is_empty() {
            ok(&fill(&rut, &print, &[("isbn", "")]).await);
        }
        ok(&press(&rut, &work, "publicera").await);
        let address = "/publikationer/2026/tva-former";
        let before = publication(&portal, address).await.unwrap();
        assert_eq!(before.editions.len(), 2);
        let sold = before.editions[0].id.clone();
        let cause = || store::stock::Cause { by: "system", about: "", reason: "", at: portal.app.now() };
        portal.app.db.write(async |tx| {
            store::stock::receive(tx, &sold, 2, cause()).await?;
            store::stock::hold(tx, &sold, 1, cause()).await
        }).await.unwrap();
        for edition in &before.editions {
            let path = format!("{work}/utgavor/{}", edition.id);
            let version = rut.get(&path).await.value("version");
            ok(&rut.post(&path, &[("version", &version), ("ta_bort", "ja")]).await);
        }
        ok(&press(&rut, &work, "publicera").await);
        let after = publication(&portal, address).await.unwrap();
        assert_eq!(after.editions.iter().map(|edition| (&edition.id, edition.availability.code())).collect::<Vec<_>>(), [(&sold, "out_of_print")]);
        assert_eq!(after.editions[0].stock.on_hand, 2, "the copies are still there");
        // The number is free for another.
        let other = begun(&rut, "Får numret", "booklet").await;
        ok(&fill(&rut, &format!("{other}/uppgifter"), &[("date_published", "2026")]).await);
        ok(&fill(&rut, &format!("{other}/utgavor/ny"), &[("form", "epub"), ("isbn", "9789189999923")]).await);
        ok(&press(&rut, &other, "publicera").await);
    }

    /// Every publication of the demonstration read as a row and written back is what it was.
    async fn a_record_says_all_that_readers_see(portal: TestPortal) {
        let portal = stocked(&portal).await;
        let ids: Vec<(Id,)> = portal.app.db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as("SELECT id FROM works").fetch_all(tx).await?)).await.unwrap();
        assert!(ids.len() > 10);
        for (id,) in ids {
            let read = async || portal.app.db.read(async |tx| store::publication_by_id(tx, &id, civil::stockholm(portal.app.now()).date).await).await.unwrap().unwrap();
            let before = read().await;
            let record = portal.app.db.read(async |tx| editor::store::published_record(tx, &id).await).await.unwrap().unwrap();
            let work = rules::check(&record).work.unwrap_or_else(|problems| panic!("{problems:?} {record:?}"));
            portal.app.db.write(async |tx| import::write_one(&portal.app, tx, work.clone(), &id, portal.app.now()).await).await.unwrap();
            let mut after = read().await;
            after.work.updated_at = before.work.updated_at;
            assert_eq!(after, before);
            let again = portal.app.db.read(async |tx| editor::store::published_record(tx, &id).await).await.unwrap().unwrap();
            assert_eq!(again, record);
        }
    }

    /// The list is narrowed, put in order and paged; administrators read, others do neither.
    async fn the_list_of_all(portal: TestPortal) {
        let (portal, rut, _) = desk(&portal).await;
        portal.clock.advance_seconds(1);
        begun(&rut, "Ännu ett utkast", "short_analysis").await;
        let all = rut.get(LIST).await;
        assert_eq!(all.find("tbody th")[0], "Ännu ett utkast", "the latest first");
        assert_eq!(rut.get(&format!("{LIST}?status=draft")).await.find("tbody th"), ["Ännu ett utkast"]);
        assert_eq!(rut.get(&format!("{LIST}?q=ännu+utkast&typ=short_analysis")).await.find("tbody th").len(), 1);
        assert_eq!(rut.get(&format!("{LIST}?q=978-91-89999-00-8")).await.find("tbody th").len(), 1);
        assert_eq!(rut.get(&format!("{LIST}?q=urn:nbn:se:bra-528")).await.find("tbody th").len(), 1);
        assert_eq!(rut.get(&format!("{LIST}?q=100%25")).await.find("tbody th").len(), 0, "signs of patterns mean themselves");
        let sorted = rut.get(&format!("{LIST}?typ=short_analysis&sortera=titel")).await;
        assert_eq!(sorted.attributes("th[aria-sort=ascending] a", "href").len(), 1);
        let titles = sorted.find("tbody th");
        let mut keys: Vec<String> = titles.iter().map(|title| portal::kit::swedish::sort_key(title)).collect();
        keys.sort();
        assert_eq!(keys, titles.iter().map(|title| portal::kit::swedish::sort_key(title)).collect::<Vec<_>>());
        let falling = rut.get(&format!("{LIST}?typ=short_analysis&sortera=titel&ordning=fallande")).await.find("tbody th");
        assert_eq!(falling.iter().rev().collect::<Vec<_>>(), titles.iter().collect::<Vec<_>>());
        assert!(rut.get(&format!("{LIST}?serie=Rapport")).await.find("tbody th").len() > 1);
        // A few at a time from a row on, in every order, the rows are those of the list.
        let sheet = portal.app.sheets.iter().find(|sheet| sheet.facts().code == "publications").unwrap();
        for by in ["andrad", "titel", "ar"] {
            for direction in ["stigande", "fallande"] {
                let query = format!("sortera={by}&ordning={direction}");
                let listed = rut.get(&format!("{LIST}?{query}")).await.find("tbody th");
                let mut rows = sheet.open(&query, portal.app.now());
                let (mut walked, mut more) = (Vec::new(), true);
                while more {
                    let some = portal.app.db.read(async |tx| rows.next(tx, 3).await).await.unwrap();
                    more = !some.is_empty();
                    walked.extend(some.into_iter().map(|mut row| row.swap_remove(0)));
                }
                let listed: Vec<Value> = listed.into_iter().map(Value::Text).collect();
                assert_eq!(walked.iter().take(listed.len()).collect::<Vec<_>>(), listed.iter().collect::<Vec<_>>(), "{query}");
                let total = portal.app.db.read(async |tx| sheet.open(&query, portal.app.now()).total(tx).await).await.unwrap();
                assert_eq!(walked.len() as i64, total);
            }
        }

        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        let work = page_of(&portal, UMEA_PAGE).await;
        let page = amina.get(&work).await;
        assert!(page.words().contains("Du kan läsa men inte ändra."), "{}", page.words());
        assert_eq!(amina.get(&format!("{work}/historik")).await.status, 200);
        assert_eq!(amina.get(&format!("{work}/texter")).await.status, 403);
        assert_eq!(amina.post(&work, &[("gor", "publicera")]).await.status, 403);
        let lars = portal.browser();
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        assert_eq!(lars.get(LIST).await.status, 403);
        assert_eq!(rut.get(&format!("{LIST}/01890a5d-ac96-774b-bcce-b302099a8057")).await.status, 404);
        assert_eq!(rut.get(&format!("{work}/finns-inte")).await.status, 404);
    }
}
