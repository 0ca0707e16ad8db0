//! Stories of the register: somebody searches, asks and gets; a refusal that can be appealed; what is masked and where it does not
//! leak; corrections; a series without gaps; and requests that nobody answers in time.

use portal::kit::{CaseFormat, Id, Instant, StaffRole};
use portal::platform::audit;
use portal::platform::db::StoreError;
use portal::platform::jobs::{self, NewJob};
use portal::register::actions::{self, disclosures};
use portal::register::model::{Case, Direction, Facts, NewDocument, Party};
use portal::{register, server};
use serde_json::json;

use crate::files::{body, pdf, send};
use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::people::{enter_as, latest_mail, one, staffed};

const NEW: &str = "/handlaggare/diarium/registrera";
const REQUESTS: &str = "/handlaggare/diarium/begaranden";

/// A letter from Umeå kommun, as Regina types it.
pub const LETTER: &[(&str, &str)] = &[
    ("riktning", "received"),
    ("datum", "2026-11-20"),
    ("slag", "organisation"),
    ("motpart", "Umeå kommun"),
    ("arende", "Fråga om grannsamverkan"),
];

/// Words that stand nowhere else.
const SECRET_NAME: &str = "Kvirsina Blomqvist";
const SECRET_SUBJECT: &str = "Uppgift om vapengömma";

/// Fields with some of them changed, and a key of the form's own.
fn changed<'a>(fields: &[(&'a str, &'a str)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| !changes.iter().any(|(other, _)| other == name));
    kept.chain(changes).copied().collect()
}

/// The made-up registrar, signed in.
pub async fn regina(portal: &TestPortal) -> Browser {
    let browser = portal.browser();
    enter_as(portal, &browser, StaffRole::Registrar).await;
    browser
}

/// Registers by the form; the address of the document.
pub async fn registered(portal: &TestPortal, browser: &Browser, changes: &[(&str, &str)], file: Option<(&str, &[u8])>) -> String {
    let key = browser.get(NEW).await.value("nyckel");
    let mut fields = changed(LETTER, changes);
    fields.push(("nyckel", &key));
    let answer = send(portal, browser, NEW, body(&fields, file)).await;
    assert_eq!(answer.status, 303, "{:?} {}", answer.errors(), answer.words());
    answer.leads_to().split('?').next().unwrap().to_owned()
}

/// Registers something of which everything is masked; the address of the document.
async fn secret(portal: &TestPortal, browser: &Browser, file: Option<(&str, &[u8])>) -> String {
    let fields = [
        ("slag", "person"),
        ("motpart", SECRET_NAME),
        ("arende", SECRET_SUBJECT),
        ("lagrum", "35 kap. 1 §"),
        ("doljer", "arende"),
        ("doljer", "motpart"),
    ];
    registered(portal, browser, &fields, file).await
}

/// Asks for a document of a case by its form; the path of the link, without language.
pub async fn asked(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let form = browser.get(path).await;
    let key = form.value("nyckel");
    let mut all = fields.to_vec();
    all.push(("nyckel", &key));
    let chosen = form.attributes("input[name='handling'][checked]", "value");
    all.extend(chosen.iter().map(|id| ("handling", id.as_str())));
    let answer = browser.post(path, &all).await;
    assert_eq!(answer.status, 303, "{:?} {}", answer.errors(), answer.words());
    answer.leads_to().split('?').next().unwrap().to_owned()
}

/// The latest request, as staff reach it.
pub async fn request_of(portal: &TestPortal) -> String {
    format!("{REQUESTS}/{}", one::<String>(&portal.app.db, "SELECT id FROM disclosures ORDER BY received_at DESC, id DESC LIMIT 1").await)
}

/// Presses one of the buttons of a request.
pub async fn press(browser: &Browser, request: &str, what: &str) -> Page {
    let version = browser.get(request).await.value("version");
    browser.post(request, &[("version", &version), ("gor", what)]).await
}

/// Answers a request by the form.
pub async fn answer(browser: &Browser, request: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("{request}/svara");
    let version = browser.get(&path).await.value("version");
    let mut all = fields.to_vec();
    all.push(("version", &version));
    browser.post(&path, &all).await
}

/// Does something with the files of a request's answer: the fields of the form that has this button.
async fn prepare(portal: &TestPortal, browser: &Browser, request: &str, what: &str, file: Option<(&str, &[u8])>) -> Page {
    let page = browser.get(request).await;
    let named = page.attributes(&format!("form:has(button[value='{what}']) input[name='handling']"), "value");
    let version = page.value("version");
    let mut fields = vec![("version", version.as_str())];
    if let Some(id) = named.first() {
        fields.extend([("handling", id.as_str()), ("gor", what)]);
    }
    send(portal, browser, &format!("{request}/filer"), body(&fields, file)).await
}

/// A document with a file, and a request for it that somebody looks at: for the stories that walk all pages.
pub struct Laid {
    pub document: String,
    pub link: String,
    pub request: String,
    file: String,
    answered: String,
}

impl Laid {
    pub async fn lay(portal: &TestPortal, browser: &Browser) -> Self {
        let document = registered(portal, browser, &[], Some(("brev.txt", b"Hej"))).await;
        // One that is answered, so that there is a file behind its link.
        let answered = asked(browser, "/diarium/2026-00001/begar", &[("epost", "ola@example.se")]).await;
        let request = request_of(portal).await;
        press(browser, &request, "borja").await;
        prepare(portal, browser, &request, "original", None).await;
        assert_eq!(answer(browser, &request, &[("svar", "released")]).await.status, 303);
        let answered = browser.get(&answered).await.attributes("main li a[href*='/fil/']", "href").concat();
        portal.clock.advance_seconds(1);
        let link = asked(browser, "/diarium/2026-00001/begar", &[("epost", "eva@example.se")]).await;
        let request = request_of(portal).await;
        press(browser, &request, "borja").await;
        let file = browser.get(&document).await.attributes("main li a[href*='/fil/']", "href").concat();
        Self { document, link, request, file, answered }
    }

    /// The address of a path of the register, with its parameters filled in.
    pub fn filled(&self, path: &str) -> Option<String> {
        let filled = match path {
            "/diarium/begaran/{token}/fil/{file}" => self.answered.clone(),
            "/handlaggare/diarium/handling/{document}/fil/{file}" => self.file.clone(),
            path if path.starts_with("/diarium/begaran/") => path.replace("/diarium/begaran/{token}", &self.link),
            path if path.starts_with("/diarium/{number}") => path.replace("{number}", "2026-00001"),
            path if path.contains("{document}") => path.replace("/handlaggare/diarium/handling/{document}", &self.document),
            path if path.contains("{disclosure}") => path.replace("/handlaggare/diarium/begaranden/{disclosure}", &self.request),
            _ => return None,
        };
        Some(filled)
    }
}

async fn count(portal: &TestPortal, statement: &'static str) -> i64 {
    one(&portal.app.db, statement).await
}

/// After each story: the chain is whole, and no series has a gap.
async fn all_is_well(portal: &TestPortal) {
    let report = audit::verify(&portal.app.db, None).await.unwrap();
    assert_eq!(report.fault, None, "{report}");
    let series: Vec<(i64, i64, i64)> = portal
        .app
        .db
        .read(async |tx| {
            let statement = "SELECT year, CAST(COUNT(*) AS BIGINT), CAST(MAX(serial) AS BIGINT) FROM register_cases GROUP BY year";
            Ok::<_, StoreError>(sqlx::query_as(statement).fetch_all(tx).await?)
        })
        .await
        .unwrap();
    for (year, cases, last) in series {
        assert_eq!(cases, last, "the series of {year} has a gap");
    }
    let documents = "SELECT COUNT(*) FROM (SELECT case_id FROM register_documents GROUP BY case_id HAVING COUNT(*) <> MAX(running)) gaps";
    assert_eq!(count(portal, documents).await, 0);
    let entries = "SELECT COUNT(*) FROM register_documents d WHERE d.version <>
        (SELECT COUNT(*) FROM register_entries e WHERE e.document_id = d.id)";
    assert_eq!(count(portal, entries).await, 0);
}

fn facts(subject: &str) -> Facts {
    Facts {
        direction: Direction::Received,
        day: "2026-11-23".parse().unwrap(),
        party: Party::Organisation,
        counterpart: "Umeå kommun".to_owned(),
        subject: subject.to_owned(),
        secrecy: None,
    }
}

fn document(id: Id, reference: &str) -> NewDocument {
    NewDocument { id, reference: Some(reference.to_owned()), content_hash: None, facts: facts("Ansökan"), files: Vec::new() }
}

on_both! {
    /// Regina registers a letter; a reader finds it, asks for it without saying who they are, and fetches it by the link.
    async fn a_reader_searches_asks_and_gets(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let letter = pdf("brev");
        let document = registered(&portal, &regina, &[], Some(("Brev från Umeå.PDF", &letter))).await;
        let page = regina.get(&document).await;
        assert!(page.words().contains("Handling 2026-00001:1") && page.words().contains("brev-fran-umea.pdf"), "{}", page.words());
        registered(&portal, &regina, &[("arende", "Något annat"), ("motpart", "Lunds kommun"), ("riktning", "sent")], None).await;

        let page = reader.get("/diarium").await;
        assert_eq!(page.find("tbody tr").len(), 2);
        assert!(page.find("tbody tr")[0].starts_with("2026-00002:1"), "the newest first");
        for query in ["q=grannsamverkan", "q=2026-00001", "q=umea+FRÅGA", "motpart=umeå", "riktning=received", "q=granns&ar=2026"] {
            let query = query.replace("umea", "umeå");
            let page = reader.get(&format!("/diarium?{query}")).await;
            let rows = page.find("tbody tr");
            assert!(rows.len() == 1 && rows[0].contains("Umeå kommun"), "{query}: {rows:?}");
        }
        for query in ["q=blomkål", "motpart=grannsamverkan", "ar=2025", "riktning=drawn_up"] {
            let page = reader.get(&format!("/diarium?{query}")).await;
            assert!(page.words().contains("Ingen handling stämmer med sökningen"), "{query}");
        }
        let english = reader.get("/en/diarium").await;
        assert!(english.words().contains("Public register") && english.words().contains("Received"), "{}", english.words());

        let found = reader.get("/diarium?q=grannsamverkan").await;
        let ask = found.attributes("a[rel='nofollow'][aria-label]", "href").swap_remove(0);
        assert_eq!(ask, "/diarium/2026-00001/begar?handling=1");
        let form = reader.get(&ask).await;
        assert!(form.words().contains("Du behöver inte säga vem du är"), "{}", form.words());
        let wrong = reader.post(&ask, &[("vad", ""), ("epost", "")]).await;
        assert_eq!((wrong.status, wrong.errors().len()), (422, 2));
        assert!(wrong.title().starts_with("Fel: "));
        portal.clock.advance_seconds(1);
        let link = asked(&reader, &ask, &[("epost", "nagon@example.se"), ("vad", "Hela brevet.")]).await;
        let receipt = reader.get(&format!("{link}?klart=mottagen")).await;
        assert!(receipt.words().contains("Den har nummer 2026-00003."), "{}", receipt.words());
        let mail = latest_mail(&portal, "disclosure.confirmed", "nagon@example.se").await.unwrap();
        assert!(mail.contains("2026-00003") && !mail.contains("grannsamverkan") && !mail.contains("Hela brevet"), "{mail}");
        let mailed = mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).unwrap().to_owned();
        assert_ne!(mailed, link, "the mail has a secret of its own");
        assert_eq!(reader.get(&mailed).await.status, 200);
        let public = reader.get("/diarium/2026-00003").await;
        assert!(public.words().contains("Begäran om allmänna handlingar") && public.words().contains("Enskild person"));
        assert!(!public.html.contains("nagon@example.se") && !public.html.contains("Hela brevet"), "who asked is nobody's business");
        assert!(regina.get("/mina-sidor/aviseringar").await.words().contains("Någon begär att få ta del av handlingar: 2026-00003."));

        let request = request_of(&portal).await;
        assert_eq!(press(&regina, &request, "borja").await.status, 303);
        assert!(reader.get(&link).await.words().contains("Prövas"));
        let empty = answer(&regina, &request, &[("svar", "released")]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.errors().concat().starts_with("Välj eller ladda upp det som lämnas ut"), "{:?}", empty.errors());
        assert_eq!(prepare(&portal, &regina, &request, "original", None).await.status, 303);
        assert_eq!(answer(&regina, &request, &[("svar", "released"), ("text", "Varsågod.")]).await.status, 303);
        let mail = latest_mail(&portal, "disclosure.answered", "nagon@example.se").await.unwrap();
        assert!(!mail.contains("Varsågod") && !mail.contains("brev-fran"), "{mail}");
        let mailed = mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).unwrap().to_owned();
        for link in [&link, &mailed] {
            let page = reader.get(link).await;
            assert!(page.words().contains("Utlämnad") && page.words().contains("Varsågod."), "{}", page.words());
            let file = page.attributes("main li a[href*='/fil/']", "href").concat();
            let file = reader.client.get(format!("{}{file}", portal.base)).send().await.unwrap();
            let disposition = file.headers()["content-disposition"].to_str().unwrap();
            assert!(disposition.starts_with("attachment; filename=\"brev-fran-umea.pdf\""), "{disposition}");
            assert_eq!(file.bytes().await.unwrap(), letter);
        }
        let public = reader.get("/diarium/2026-00003").await;
        assert!(public.words().contains("Utgående") && public.words().contains("Utlämnande av allmänna handlingar"), "{}", public.words());
        let chain: String = one(&portal.app.db, "SELECT COALESCE(MAX(detail), '') FROM audit_events WHERE detail LIKE '%nagon@%'").await;
        assert_eq!(chain, "");
        all_is_well(&portal).await;
    }

    /// What is kept back: a notice first, then the decision that was asked for, with a letter that says how it is appealed.
    async fn a_refusal_can_be_appealed(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        secret(&portal, &regina, Some(("tips.txt", "Hemligt tips".as_bytes()))).await;
        let link = asked(&reader, "/en/diarium/2026-00001/begar", &[("epost", "ola@example.se"), ("namn", "Ola Ek")]).await;
        assert!(link.starts_with("/en/diarium/begaran/"), "{link}");
        let request = request_of(&portal).await;
        assert!(answer(&regina, &request, &[("svar", "refused")]).await.status != 303, "nobody has looked at it yet");
        press(&regina, &request, "borja").await;
        let wrong = answer(&regina, &request, &[("svar", "informed")]).await;
        assert_eq!((wrong.status, wrong.errors().len()), (422, 2));
        let early = answer(&regina, &request, &[("svar", "refused"), ("text", "x"), ("lagrum", "35:1")]).await;
        assert_eq!(early.status, 422, "a decision comes when it is asked for");
        let told = [("svar", "informed"), ("text", "Uppgifterna omfattas av sekretess."), ("lagrum", "35:1")];
        assert_eq!(answer(&regina, &request, &told).await.status, 303);
        let page = reader.get(&link).await;
        assert!(page.words().contains("Ask for a written decision") && page.words().contains("chapter 35 section 1"), "{}", page.words());
        assert_eq!(reader.post(&link, &[]).await.status, 303);
        assert_eq!(reader.post(&link, &[]).await.status, 409, "once is enough");
        assert!(regina.get("/mina-sidor/aviseringar").await.words().contains("Någon vill ha ett skriftligt beslut"));
        portal.clock.advance_seconds(1);
        let refused = [("svar", "refused"), ("text", "Uppgiften kan skada en utredning.\n\nDen röjs inte."), ("lagrum", "35 kap. 1 §, 21:3 a")];
        assert_eq!(answer(&regina, &request, &refused).await.status, 303);
        let page = reader.get(&link).await;
        assert!(page.words().contains("Decided, not released"), "{}", page.words());
        let files = page.attributes("main li a[href*='/fil/']", "href");
        assert_eq!(files.len(), 1, "the letter alone");
        let letter = reader.client.get(format!("{}{}", portal.base, files[0])).send().await.unwrap().bytes().await.unwrap();
        let words = words_of(&letter);
        for part in [
            "2026-00002", "23 november 2026", "Ola Ek", "Beslutat av", "Regina Registrator", "2026-00001:1", "avslår din begäran", "Uppgiften kan skada en utredning.", "Den röjs inte.",
            "21 kap. 3 a §, 35 kap. 1 §", "Kammarrätten i Stockholm", "skicka överklagandet till Brå", "inom tre veckor", "6 kap. 7 och 8 §§",
        ] {
            assert!(words.contains(part), "{part} in {words}");
        }
        assert!(!words.contains(SECRET_NAME) && !words.contains("vapengömma"), "{words}");
        let kinds = ["Inkommen", "Utgående", "Inkommen", "Utgående"];
        let public = reader.get("/diarium/2026-00002").await;
        assert_eq!(public.find("tbody td[data-label='Riktning']"), kinds, "all four are registered");
        assert!(public.words().contains("Beslut om att inte lämna ut allmänna handlingar"));
        assert!(answer(&regina, &request, &refused).await.status != 303, "it is over");
        all_is_well(&portal).await;
    }

    /// A masked copy goes out in place of a secret original, in a decision that gives out a part.
    async fn a_masked_copy_goes_out(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let original = "Hemligt: Kvirsina".as_bytes();
        let document = secret(&portal, &regina, Some(("tips.txt", original))).await;
        let link = asked(&reader, "/diarium/2026-00001/begar", &[("epost", "ola@example.se")]).await;
        let request = request_of(&portal).await;
        press(&regina, &request, "borja").await;
        let page = regina.get(&request).await;
        assert!(page.words().contains("Maskera en kopia") && page.find("button[value='original']").is_empty(), "{}", page.words());
        let file: String = one(&portal.app.db, "SELECT id FROM register_files").await;
        let version = page.value("version");
        let forced = [("version", version.as_str()), ("handling", &file), ("gor", "original")];
        let answered = send(&portal, &regina, &format!("{request}/filer"), body(&forced, None)).await;
        assert_eq!(answered.status, 409);
        assert!(answered.errors().concat().contains("sekretessmarkering"), "{:?}", answered.errors());
        let wrong = prepare(&portal, &regina, &request, "", Some(("virus.exe", b"MZ\x90\x00"))).await;
        assert_eq!((wrong.status, wrong.errors().concat().as_str()), (422, "Filen måste vara PDF, JPEG, PNG eller ren text"));
        prepare(&portal, &regina, &request, "", Some(("maskerad.txt", "Hemligt: ████".as_bytes()))).await;
        portal.clock.advance_seconds(1);
        prepare(&portal, &regina, &request, "", Some(("fel fil.txt", b"Fel"))).await;
        assert!(regina.get(&request).await.words().contains("fel-fil.txt"));
        let page = regina.get(&request).await;
        let wrong = page.attributes("form:has(button[value='ta_bort']) input[name='handling']", "value").swap_remove(1);
        let version = page.value("version");
        let gone = [("version", version.as_str()), ("handling", &wrong), ("gor", "ta_bort")];
        assert_eq!(send(&portal, &regina, &format!("{request}/filer"), body(&gone, None)).await.status, 303);
        press(&regina, &request, "beslut").await;
        let refused = answer(&regina, &request, &[("svar", "refused"), ("text", "Nej"), ("lagrum", "35:1")]).await;
        assert!(refused.errors().concat().starts_with("Det finns filer framtagna"), "{:?}", refused.errors());
        assert_eq!(refused.value("text"), "Nej", "what was typed stays");
        let part = [("svar", "released_in_part"), ("text", "Namnet är skyddat."), ("lagrum", "35:1")];
        assert_eq!(answer(&regina, &request, &part).await.status, 303);
        let page = reader.get(&link).await;
        let files = page.attributes("main li a[href*='/fil/']", "href");
        assert_eq!(files.len(), 2, "{}", page.words());
        assert!(page.words().contains("beslut-2026-00002.pdf") && page.words().contains("maskerad.txt"), "{}", page.words());
        for file in files {
            let file = reader.client.get(format!("{}{file}", portal.base)).send().await.unwrap().bytes().await.unwrap();
            assert!(!String::from_utf8_lossy(&file).contains("Kvirsina"));
        }
        assert_eq!(reader.get(&format!("{link}/fil/{file}")).await.status, 404, "the original is not behind the link");
        let read = regina.get(&format!("{document}/fil/{file}")).await;
        assert_eq!((read.status, read.html.as_bytes()), (200, original));
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM audit_events WHERE action = 'register.file_read'").await, 1);
        all_is_well(&portal).await;
    }

    /// What is masked stands in no page, no file, no search, no count, for nobody who has not asked to read it.
    async fn what_is_masked_leaks_nowhere(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let document = secret(&portal, &regina, Some(("vapengömma.txt", "x".as_bytes()))).await;
        registered(&portal, &regina, &[], None).await;
        let link = asked(&reader, "/diarium/2026-00001/begar", &[("epost", "ola@example.se")]).await;
        let request = request_of(&portal).await;
        press(&regina, &request, "borja").await;
        let hidden = |page: &Page, place: &str| {
            for word in ["Kvirsina", "Blomqvist", "vapengömma", "vapengomma", "Uppgift om"] {
                assert!(!page.html.contains(word), "{place} shows {word}");
            }
        };
        let public = [
            "/diarium", "/en/diarium", "/diarium.csv", "/en/diarium.csv", "/diarium/2026-00001", "/en/diarium/2026-00001",
            "/diarium/2026-00001/begar", "/diarium?sida=99", "/sitemap.xml", "/", "/diarium/2026-00001:1",
        ];
        for path in public {
            hidden(&reader.get(path).await, path);
        }
        let page = reader.get("/diarium").await;
        assert!(page.words().contains("Sekretess") && page.words().contains("Skyddad uppgift"), "it is listed all the same");
        hidden(&reader.get(&link).await, "the request");
        for path in [document.as_str(), &format!("{document}/ratta"), &format!("{document}/sekretess"), &request, &format!("{request}/svara"),
            "/handlaggare/diarium", REQUESTS, "/handlaggare/sok?q=2026-00001", "/handlaggare/diarium?sekretess=ja"] {
            let page = regina.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            // The file's name is the registrar's own, and only staff see it.
            hidden(&Page { html: page.html.replace("vapengomma.txt", ""), ..page }, path);
        }
        for word in ["kvirsina", "blomqvist", "vapengömma", "uppgift", "KVIR", "vapen"] {
            for path in ["/diarium?q=", "/diarium?motpart=", "/handlaggare/diarium?q=", "/en/diarium?q="] {
                let page = regina.get(&format!("{path}{word}")).await;
                assert!(page.find("tbody tr").is_empty(), "{path}{word} finds it: {}", page.words());
            }
            let page = regina.get(&format!("/handlaggare/sok?q={word}")).await;
            assert!(!page.html.contains("/handling/"), "{word}: {}", page.words());
            assert!(!reader.get(&format!("/diarium.csv?q={word}")).await.html.contains("2026-00001"), "{word}");
        }
        let file = register_export(&portal, &regina).await;
        hidden(&file, "the staff's file");
        assert!(file.html.contains("Skyddad uppgift") && file.html.contains("Umeå kommun"), "{}", file.html);
        let words: Vec<(String,)> = portal
            .app
            .db
            .read(async |tx| Ok::<_, StoreError>(sqlx::query_as("SELECT word FROM register_words").fetch_all(tx).await?))
            .await
            .unwrap();
        assert!(!words.iter().any(|(word,)| word.contains("kvirsina") || word.contains("vapen")), "{words:?}");
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM audit_events WHERE detail LIKE '%vapen%' OR detail LIKE '%Kvirsina%'").await, 0);
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM audit_events WHERE action = 'register.read'").await, 0, "nobody has read it yet");
        let read = regina.post(&document, &[]).await;
        assert!(read.words().contains(SECRET_NAME) && read.words().contains(SECRET_SUBJECT), "{}", read.words());
        assert!(read.words().contains("Det står i loggen."));
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM audit_events WHERE action = 'register.read'").await, 1);
        all_is_well(&portal).await;
    }

    /// A correction is another row: the one before stays, the search follows, and what is masked need not be read to correct the rest.
    async fn a_registrar_corrects(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let document = registered(&portal, &regina, &[("arende", "Anmälan mot Vidar Vinter")], None).await;
        let path = format!("{document}/ratta");
        let form = regina.get(&path).await;
        assert_eq!(form.value("arende"), "Anmälan mot Vidar Vinter");
        let wrong = regina.post(&path, &changed(LETTER, &[("version", "1"), ("arende", ""), ("datum", "2027-01-01")])).await;
        assert_eq!((wrong.status, wrong.errors().len()), (422, 3), "{:?}", wrong.errors());
        assert_eq!(wrong.value("motpart"), "Umeå kommun");
        let right = changed(LETTER, &[("version", "1"), ("arende", "Anmälan"), ("skal", "Namnet hör inte hit")]);
        let page = regina.submit(&path, &right).await;
        assert!(page.words().contains("Rättelsen är sparad"), "{}", page.words());
        assert!(page.words().contains("Skäl: Namnet hör inte hit") && page.words().contains("Anmälan mot Vidar Vinter"), "the history");
        assert!(reader.get("/diarium?q=vidar").await.find("tbody tr").is_empty());
        assert_eq!(reader.get("/diarium?q=anmälan").await.find("tbody tr").len(), 1);
        assert!(!reader.get("/diarium/2026-00001").await.html.contains("Vidar"));

        // Another window of Regina's, or a colleague, was slower.
        let late = regina.post(&path, &right).await;
        assert_eq!(late.status, 409);
        assert!(late.errors().concat().starts_with("Någon annan har rättat handlingen"), "{:?}", late.errors());
        assert_eq!((late.value("arende").as_str(), late.value("version").as_str()), ("Anmälan", "2"));

        let path = format!("{document}/sekretess");
        let bare = regina.post(&path, &[("version", "2"), ("doljer", "motpart"), ("skal", "x")]).await;
        assert!(bare.errors().concat().starts_with("Ange lagrummet"), "{:?}", bare.errors());
        regina.submit(&path, &[("version", "2"), ("lagrum", "35:1"), ("doljer", "motpart"), ("skal", "Skyddad uppgift")]).await;
        assert!(!reader.get("/diarium").await.html.contains("Umeå kommun"));
        assert!(reader.get("/diarium?motpart=umeå").await.find("tbody tr").is_empty());
        assert!(!regina.get(&document).await.html.contains("Umeå kommun"), "neither now nor in the history");
        let kept = changed(LETTER, &[("version", "3"), ("motpart", ""), ("arende", "Anmälan om brott"), ("skal", "Tydligare")]);
        regina.submit(&format!("{document}/ratta"), &kept).await;
        regina.submit(&path, &[("version", "4"), ("lagrum", ""), ("skal", "Sekretessen har upphört")]).await;
        let page = reader.get("/diarium?motpart=umeå").await;
        assert!(page.find("tbody tr").concat().contains("Umeå kommun Anmälan om brott"), "{}", page.words());
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM register_entries").await, 5);
        let events = "SELECT COUNT(*) FROM audit_events WHERE action IN ('register.corrected', 'register.secrecy')";
        assert_eq!(count(&portal, events).await, 4);
        all_is_well(&portal).await;
    }

    /// The database itself refuses to change or delete what is registered.
    async fn nothing_registered_is_changed_or_deleted(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let regina = regina(&portal).await;
        registered(&portal, &regina, &[], Some(("a.txt", b"a"))).await;
        let url = portal.app.config.database_url.clone();
        let changes = [
            "UPDATE register_cases SET serial = 7", "DELETE FROM register_cases", "UPDATE register_documents SET registered_by = 'x'",
            "UPDATE register_documents SET running = 2", "DELETE FROM register_documents", "UPDATE register_entries SET subject = 'x'",
            "DELETE FROM register_entries", "UPDATE register_files SET name = 'x'", "DELETE FROM register_files",
        ];
        for change in changes {
            let url = url.clone();
            let done = tokio::spawn(async move { run_sql(&url, change.to_owned()).await }).await;
            assert!(done.is_err(), "{change} went through");
        }
        all_is_well(&portal).await;
    }

    /// What another area sends in its own transaction is registered once, with the agency's own kind of number.
    async fn registering_again_is_the_same_document(portal: TestPortal) {
        let change = |config: &mut portal::platform::config::Config| config.case_number = CaseFormat::parse("BRA-ÅÅÅÅ-NNNN").unwrap();
        let portal = TestPortal::start_with(portal.app.db.engine(), change).await;
        let app = &portal.app;
        let now = app.now();
        let mut numbers = Vec::new();
        for _ in 0..2 {
            let (case, one) = (app.ids.id(now), document(app.ids.id(now), "application:1"));
            let number = app.db.write_in_line(async |tx| {
                let case = actions::open_case(tx, &app.config.case_number, &case, "application:1", now).await?;
                let (id, running) = actions::enter(tx, &case, &one, "system", now).await?;
                Ok::<_, StoreError>((case.number.of_document(running), id))
            });
            numbers.push(number.await.unwrap());
        }
        assert_eq!(numbers[0].0, "BRA-2026-0001:1");
        assert_eq!(numbers[0], numbers[1]);
        assert_eq!(portal.browser().get("/diarium/bra-2026-0001").await.leads_to(), "/diarium/BRA-2026-0001");
        assert_eq!(portal.browser().get("/diarium/BRA-2026-0002").await.status, 404);
        all_is_well(&portal).await;
    }

    /// Fifty register at once, half of them after midnight in Stockholm on New Year's Eve, some give up in the middle: each year's
    /// series has no gap and nothing twice.
    async fn the_series_has_no_gaps(portal: TestPortal) {
        let app = portal.app.clone();
        let (before, after) = (Instant::parse("2026-12-31T22:59:59.999Z").unwrap(), Instant::parse("2026-12-31T23:30:00Z").unwrap());
        let mut racing = tokio::task::JoinSet::new();
        for number in 0..60 {
            let app = app.clone();
            racing.spawn(async move {
                let now = if number % 2 == 0 { before } else { after };
                let about = format!("application:{number}");
                let (case, one) = (app.ids.id(now), document(app.ids.id(now), &about));
                let gives_up = number % 6 == 5;
                let done = app.db.write_in_line(async |tx| {
                    let case = actions::open_case(tx, &app.config.case_number, &case, &about, now).await?;
                    actions::enter(tx, &case, &one, "system", now).await?;
                    if gives_up { Err(StoreError::Stale("the one who applied went away")) } else { Ok(case.number.to_string()) }
                });
                let done = done.await;
                assert_eq!(done.is_err(), gives_up, "{done:?}");
                done.ok()
            });
        }
        let mut numbers: Vec<String> = racing.join_all().await.into_iter().flatten().collect();
        numbers.sort();
        let expected: Vec<String> =
            (1..=30).map(|serial| format!("2026-{serial:05}")).chain((1..=20).map(|serial| format!("2027-{serial:05}"))).collect();
        assert_eq!(numbers, expected);
        all_is_well(&portal).await;
    }

    /// Fifty documents come into one case at once.
    async fn the_documents_of_a_case_have_no_gaps(portal: TestPortal) {
        let app = portal.app.clone();
        let now = app.now();
        let id = app.ids.id(now);
        let case: Case = app
            .db
            .write_in_line(async |tx| actions::open_case(tx, &app.config.case_number, &id, "application:1", now).await)
            .await
            .unwrap();
        let mut racing = tokio::task::JoinSet::new();
        for number in 0..50 {
            let (app, case) = (app.clone(), case.clone());
            racing.spawn(async move {
                let one = document(app.ids.id(now), &format!("completion:{number}"));
                app.db.write_in_line(async |tx| actions::enter(tx, &case, &one, "system", now).await).await.unwrap().1
            });
        }
        let mut numbers = racing.join_all().await;
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
        all_is_well(&portal).await;
    }

    /// Two registrars do something with one request: one is first, the other is told and nothing is lost.
    async fn two_registrars_on_one_request(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, other, reader) = (regina(&portal).await, regina(&portal).await, portal.browser());
        registered(&portal, &regina, &[], Some(("a.txt", b"a"))).await;
        asked(&reader, "/diarium/2026-00001/begar", &[("epost", "ola@example.se")]).await;
        let request = request_of(&portal).await;
        let version = other.get(&request).await.value("version");
        press(&regina, &request, "borja").await;
        let late = other.post(&request, &[("version", &version), ("gor", "borja")]).await;
        assert_eq!(late.status, 409);
        assert!(late.errors().concat().starts_with("Någon annan har ändrat begäran"), "{:?}", late.errors());
        let seen = other.get(&format!("{request}/svara")).await.value("version");
        prepare(&portal, &regina, &request, "original", None).await;
        let late = [("version", seen.as_str()), ("svar", "informed"), ("text", "Lång motivering"), ("lagrum", "35:1")];
        let answered = other.post(&format!("{request}/svara"), &late).await;
        assert_eq!(answered.status, 409);
        assert_eq!((answered.value("text").as_str(), answered.value("lagrum").as_str()), ("Lång motivering", "35:1"));
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM disclosure_answers").await, 0);
        let mut racing = tokio::task::JoinSet::new();
        let version = regina.get(&format!("{request}/svara")).await.value("version");
        for browser in [regina.clone(), other.clone(), regina.clone(), other.clone()] {
            let (path, version) = (format!("{request}/svara"), version.clone());
            racing.spawn(async move { browser.post(&path, &[("version", &version), ("svar", "released")]).await.status });
        }
        let mut statuses = racing.join_all().await;
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409, 409, 409]);
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM outbox WHERE kind = 'disclosure.answered'").await, 1);
        all_is_well(&portal).await;
    }

    /// The button is pressed twice, and the form sent again: one request, one mail, one case; what is typed by hand is one document.
    async fn twice_is_once(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let key = reader.get("/diarium/begar").await.value("nyckel");
        let fields = [("nyckel", key.as_str()), ("epost", "ola@example.se"), ("vad", "Årsredovisningen")];
        let first = reader.post("/diarium/begar", &fields).await;
        assert_eq!(first.leads_to(), reader.post("/diarium/begar", &fields).await.leads_to());
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM disclosures").await, 1);
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM outbox WHERE kind = 'disclosure.confirmed'").await, 1);
        let forged = reader.post("/diarium/begar", &[("nyckel", "1"), ("epost", "ola@example.se"), ("vad", "Allt")]).await;
        assert_eq!((forged.status, forged.value("vad").as_str()), (422, "Allt"));
        let key = regina.get(NEW).await.value("nyckel");
        let mut fields = LETTER.to_vec();
        fields.push(("nyckel", &key));
        let first = send(&portal, &regina, NEW, body(&fields, None)).await.leads_to();
        assert_eq!(first, send(&portal, &regina, NEW, body(&fields, None)).await.leads_to());
        fields.push(("arendenummer", "2026-00099"));
        let nowhere = send(&portal, &regina, NEW, body(&fields, None)).await;
        assert_eq!((nowhere.status, nowhere.errors().concat().as_str()), (422, "Ange numret på ett ärende som finns, eller lämna tomt för ett nytt"));
        let into = registered(&portal, &regina, &[("arendenummer", "2026-00001:1")], None).await;
        assert!(regina.get(&into).await.words().contains("Handling 2026-00001:2"));
        all_is_well(&portal).await;
    }

    /// Whoever asked no longer wants it: that is registered too, and nothing more can be done.
    async fn a_request_is_withdrawn(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let link = asked(&reader, "/diarium/begar", &[("epost", "ola@example.se"), ("vad", "Avtalet")]).await;
        let request = request_of(&portal).await;
        press(&regina, &request, "borja").await;
        prepare(&portal, &regina, &request, "", Some(("a.txt", b"a"))).await;
        assert!(reader.get(&format!("{link}/aterkalla")).await.words().contains("du får inget svar"));
        let page = reader.submit(&format!("{link}/aterkalla"), &[]).await;
        assert!(page.words().contains("Din begäran är återkallad."), "{}", page.words());
        assert_eq!(reader.post(&format!("{link}/aterkalla"), &[]).await.status, 409);
        assert_eq!(reader.get(&format!("{link}/aterkalla")).await.leads_to(), link);
        assert_eq!(press(&regina, &request, "aterkalla").await.status, 409);
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM disclosure_files").await, 0);
        assert!(reader.get("/diarium/2026-00001").await.words().contains("Återkallad begäran om allmänna handlingar"));
        // By telephone the registrar notes the same.
        portal.clock.advance_seconds(1);
        asked(&reader, "/diarium/begar", &[("epost", "ola@example.se"), ("vad", "Avtalet")]).await;
        let request = request_of(&portal).await;
        assert_eq!(press(&regina, &request, "aterkalla").await.status, 303);
        assert!(regina.get(&request).await.words().contains("Begäran återkallades"));
        all_is_well(&portal).await;
    }

    /// A request that nobody looks at for more than a working day, and one that nobody answers for more than three: the registrars
    /// are told in the morning, the desk counts them, and the list says so in words.
    async fn nobody_waits_in_silence(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        asked(&reader, "/diarium/begar", &[("epost", "ola@example.se"), ("vad", "Avtalet")]).await;
        let request = request_of(&portal).await;
        let watch = async || {
            let job = NewJob { kind: disclosures::JOB, payload: json!({}), due: portal.app.now(), unique_key: None };
            portal.app.db.write(async |tx| jobs::put(tx, &portal.app.ids, portal.app.now(), &job).await).await.unwrap();
            server::worker(&portal.app).drain().await.unwrap();
            count(&portal, "SELECT COUNT(*) FROM notices WHERE kind = 'disclosure.late' AND read_at IS NULL").await
        };
        let desk = async || {
            let browser = portal.browser();
            enter_as(&portal, &browser, StaffRole::Registrar).await;
            let row = browser.get("/handlaggare").await.find("tr").into_iter().find(|row| row.contains("väntat för länge"));
            row.unwrap().chars().last().unwrap()
        };
        // Monday, and Tuesday: one working day has begun since.
        assert_eq!((watch().await, desk().await), (0, '0'));
        portal.clock.advance_seconds(86_400);
        assert_eq!((watch().await, desk().await), (0, '0'));
        portal.clock.advance_seconds(86_400);
        assert_eq!((watch().await, desk().await), (1, '1'));
        assert_eq!(watch().await, 1, "once until it is read");
        let browser = portal.browser();
        enter_as(&portal, &browser, StaffRole::Registrar).await;
        let list = browser.get(&format!("{REQUESTS}?sena=ja")).await;
        assert!(list.find("tbody tr").concat().contains("2 arbetsdagar för länge"), "{}", list.words());
        assert!(browser.get(&request).await.words().contains("ingen har börjat pröva den"));
        press(&browser, &request, "borja").await;
        assert_eq!(desk().await, '0', "somebody looks at it");
        portal.clock.advance_seconds(86_400);
        assert_eq!(desk().await, '0');
        portal.clock.advance_seconds(86_400);
        assert_eq!(desk().await, '1', "more than three working days without an answer");
        assert!(regina.get("/logga-in").await.status == 200);
        all_is_well(&portal).await;
    }

    /// The address and the name go half a year after the answer, and the link opens nothing any more; the request stays.
    async fn who_asked_is_forgotten(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let link = asked(&reader, "/diarium/begar", &[("epost", "ola@example.se"), ("vad", "Avtalet"), ("namn", "Ola Ek")]).await;
        asked(&reader, "/diarium/begar", &[("epost", "eva@example.se"), ("vad", "Avtalet")]).await;
        let request = format!("{REQUESTS}/{}", one::<String>(&portal.app.db, "SELECT id FROM disclosures WHERE name = 'Ola Ek'").await);
        press(&regina, &request, "aterkalla").await;
        portal.clock.advance_seconds(179 * 86_400);
        portal::log::actions::clean_up(&portal.app, true).await.unwrap();
        assert_eq!(reader.get(&link).await.status, 200);
        portal.clock.advance_seconds(2 * 86_400);
        portal::log::actions::clean_up(&portal.app, true).await.unwrap();
        assert_eq!(reader.get(&link).await.status, 404);
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM disclosures WHERE email IS NULL AND name IS NULL").await, 1);
        assert_eq!(count(&portal, "SELECT COUNT(*) FROM disclosures WHERE email IS NOT NULL").await, 1, "who waits is not forgotten");
        let again = portal.browser();
        enter_as(&portal, &again, StaffRole::Registrar).await;
        assert!(again.get(&request).await.words().contains("Adressen är borttagen"));
        all_is_well(&portal).await;
    }

    /// An officer reads and changes nothing; others see neither register nor requests as staff.
    async fn each_role_may_what_it_should(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (regina, hanna, lars, reader) = (regina(&portal).await, portal.browser(), portal.browser(), portal.browser());
        enter_as(&portal, &hanna, StaffRole::Officer).await;
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        let document = secret(&portal, &regina, None).await;
        asked(&reader, "/diarium/begar", &[("epost", "ola@example.se"), ("vad", "Avtalet")]).await;
        let request = request_of(&portal).await;
        for path in ["/handlaggare/diarium", document.as_str(), REQUESTS, &request] {
            assert_eq!((hanna.get(path).await.status, lars.get(path).await.status), (200, 403), "{path}");
        }
        assert!(hanna.get("/handlaggare/diarium").await.find("main a[href$='registrera']").is_empty());
        assert!(hanna.post(&document, &[]).await.words().contains(SECRET_NAME), "she may read it, and it is noted");
        let actor: String = one(&portal.app.db, "SELECT actor FROM audit_events WHERE action = 'register.read'").await;
        let hannas: String = one(&portal.app.db, "SELECT 'account:' || id FROM accounts WHERE email = 'hanna@bra.example'").await;
        assert_eq!(actor, hannas);
        for path in [NEW.to_owned(), format!("{document}/ratta"), format!("{document}/sekretess"), format!("{request}/svara")] {
            assert_eq!((hanna.get(&path).await.status, hanna.post(&path, &[]).await.status), (403, 403), "{path}");
        }
        assert_eq!(hanna.post(&request, &[("gor", "borja")]).await.status, 403);
        assert!(lars.post(&document, &[]).await.status == 403);
        all_is_well(&portal).await;
    }

    /// More than a page: real pages, and the state in the address.
    async fn a_long_register_has_pages(portal: TestPortal) {
        let app = portal.app.clone();
        let now = app.now();
        for number in 0..120 {
            let about = format!("application:{number}");
            let (case, mut one) = (app.ids.id(now), document(app.ids.id(now), &about));
            // So many words that begin alike that they count as common.
            one.facts.subject = (1..=20).fold("Ansökan".to_owned(), |words, number| format!("{words} anslag{number}"));
            app.db
                .write_in_line(async |tx| {
                    let case = actions::open_case(tx, &app.config.case_number, &case, &about, now).await?;
                    actions::enter(tx, &case, &one, "system", now).await
                })
                .await
                .unwrap();
        }
        let reader = portal.browser();
        let first = reader.get("/diarium?q=ansökan").await;
        assert!(first.words().contains("120 handlingar"), "{}", first.words());
        assert_eq!(first.find("tbody tr").len(), 50);
        let next = first.attributes("a[rel='next']", "href").concat();
        assert_eq!(next, "/diarium?q=ans%C3%B6kan&sida=2");
        let last = reader.get("/diarium?q=ansökan&sida=3").await;
        assert_eq!((last.find("tbody tr").len(), last.title()), (20, "Diarium, sida 3 – Brå".to_owned()));
        assert_eq!(reader.get("/diarium?q=ansökan&sida=9").await.leads_to(), "/diarium?q=ans%C3%B6kan&sida=3");
        assert_eq!(reader.get("/diarium.csv").await.html.lines().count(), 121);
        let rising = register::store::listing::Narrow { rising: true, ..Default::default() };
        let seen = walked(&portal, &rising).await;
        assert_eq!((seen.len(), seen[0].as_str(), seen[119].as_str()), (120, "2026-00001:1", "2026-00120:1"));
        for (query, found) in [("anslag", 120), ("anslag20 ansökan", 120), ("anslag 00017", 1), ("anslag lunds", 0)] {
            let page = reader.get(&format!("/diarium?q={query}")).await;
            assert!(page.words().contains(&format!("{found} handling")), "{query}: {}", page.words());
        }
        assert_eq!(reader.get("/diarium?q=anslag&motpart=umeå").await.find("tbody tr").len(), 50);
        let common = register::store::listing::Narrow { words: vec!["anslag".into()], rising: true, ..Default::default() };
        assert_eq!(walked(&portal, &common).await, seen);
        let mut falling = walked(&portal, &register::store::listing::Narrow { words: vec!["ansökan".into()], ..Default::default() }).await;
        falling.reverse();
        assert_eq!(falling, seen);
        all_is_well(&portal).await;
    }

    /// What a spreadsheet would run is no formula in the file.
    async fn no_cell_is_a_formula(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let regina = regina(&portal).await;
        registered(&portal, &regina, &[("motpart", "=HYPERLINK(\"http://x\")"), ("arende", "@SUM(1+1)")], None).await;
        let file = portal.browser().get("/diarium.csv").await;
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert!(file.html.contains("'=HYPERLINK") && file.html.contains("'@SUM"), "{}", file.html);
        let page = portal.browser().get("/diarium").await;
        assert!(page.find("tbody tr").concat().contains("=HYPERLINK(\"http://x\")"));
    }

    /// The demonstration has a few documents, a secret one among them, and a request that waits; loading twice is loading once.
    async fn the_demonstration_has_a_register(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        register::demo::load(&portal.app).await.unwrap();
        register::demo::load(&portal.app).await.unwrap();
        let page = portal.browser().get("/diarium").await;
        assert_eq!(page.find("tbody tr").len(), 5, "{}", page.words());
        assert!(!page.html.contains("Påhittad Person"));
        let regina = regina(&portal).await;
        assert!(regina.get(REQUESTS).await.words().contains("Frågan från kommunen"));
        all_is_well(&portal).await;
    }
}

/// Every row of a listing, ten at a time, as a file would have them.
async fn walked(portal: &TestPortal, narrow: &register::store::listing::Narrow) -> Vec<String> {
    let mut all: Vec<register::model::Listed> = Vec::new();
    loop {
        let last = all.last().cloned();
        let rows = portal.app.db.read(async |tx| register::store::listing::list(tx, narrow, last.as_ref(), 10).await).await.unwrap();
        if rows.is_empty() {
            return all.iter().map(register::model::Listed::number_of_document).collect();
        }
        all.extend(rows);
        assert!(all.len() < 1000);
    }
}

/// The staff's table of documents as a file.
async fn register_export(portal: &TestPortal, browser: &Browser) -> Page {
    let answer = browser.post("/handlaggare/tabeller/register/exportera", &[("format", "csv"), ("kolumner", "alla")]).await;
    assert_eq!(answer.status, 303, "{}", answer.words());
    server::worker(&portal.app).drain().await.unwrap();
    browser.get(&format!("{}/fil", answer.leads_to().split('?').next().unwrap())).await
}

/// What a reader of PDF makes of a file.
fn words_of(file: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("beslut.pdf");
    std::fs::write(&path, file).unwrap();
    let output =
        std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().expect("scripts/setup brings poppler-utils");
    let words = String::from_utf8(output.stdout).unwrap();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
