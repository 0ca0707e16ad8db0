//! Stories of applications: a municipality writes one over several evenings, together and with a researcher; what two people write at
//! once is kept; files come and are refused; it is signed, sent in once, received with a number; late, withdrawn, thrown away; and nobody
//! at the agency reads a draft, by whatever door. Each looks at the page, the rows, the mail and the chain.

use portal::applications::lifecycle::State;
use portal::applications::{model, store};
use portal::kit::{Id, Instant, OrgRole, StaffRole};
use portal::platform::audit;
use portal::server;

use crate::calls;
use crate::editor::{fill, ok, press, send};
use crate::files;
use crate::harness::{Browser, Page, TestPortal};
use crate::organisations::{belongs, found, number, orgnr, someone, text};
use crate::people::{enter_as, enter_by_email, latest_mail, one, staffed};

/// An answer to every question of the standard form, topic by topic; files come by themselves.
pub const ANSWERS: &[(&str, &[(&str, &str)])] = &[
    ("organisation", &[("verksamhet", "Kommunen förebygger brott tillsammans med polisen."), ("arbetsplats", "2480")]),
    (
        "kontaktperson",
        &[
            ("kontakt.namn", "Åsa Öberg"),
            ("kontakt.befattning", "Trygghetssamordnare"),
            ("kontakt.epost", "asa@exempelby.example"),
            ("kontakt.telefon", "090-12 34 56"),
            ("foretradare.namn", "Signe Sjö"),
            ("foretradare.befattning", "Kommundirektör"),
            ("foretradare.epost", "signe@exempelby.example"),
        ],
    ),
    (
        "projekt",
        &[
            ("titel", "Trygg på väg hem"),
            ("sammanfattning", "Belysning och vuxna längs vägen hem från skolan."),
            ("period.fran", "1 mars 2027"),
            ("period.till", "2028-02-29"),
        ],
    ),
    (
        "problem",
        &[("problem", "Unga rånas på väg hem.\r\n\r\nDet sker på hösten."), ("lagesbild", "Polisens och skolans bild: 14 rån på ett år.")],
    ),
    (
        "mal",
        &[
            ("syfte", "Färre rån."),
            ("mal.1.mal", "Halvera antalet rån"),
            ("mal.1.matt", "Anmälda rån"),
            ("mal.1.nar", "2027-12-31"),
            ("malgrupp", "Unga i årskurs 7–9."),
            ("metod", "Vuxenvandring och belysning."),
            ("barn", "Elevråden är med och väljer platser."),
        ],
    ),
    (
        "utvardering",
        &[
            ("upplagg", "Före och efter, med en jämförelseort."),
            ("akademisk", "ja"),
            ("larosate.namn", "Umeå universitet"),
            ("larosate.nummer", "2021002874"),
            ("etik", "nej"),
        ],
    ),
    (
        "tidplan",
        &[
            ("aktiviteter.1.vad", "Platsvandring"),
            ("aktiviteter.1.fran", "2027-03-01"),
            ("aktiviteter.1.till", "2027-04-30"),
            ("aktiviteter.2.vad", "Ny belysning"),
            ("aktiviteter.2.fran", "2027-05-01"),
            ("aktiviteter.2.till", "2027-09-30"),
            ("aktiviteter.2.ansvar", "Gatukontoret"),
        ],
    ),
    ("samverkan", &[("parter.1.vem", "Polisen"), ("parter.1.roll", "Lägesbild och närvaro")]),
    ("annat-stod", &[("har-annat", "nej"), ("har-fatt", "nej")]),
    (
        "budget",
        &[
            ("kostnader.arbete.1.funktion", "Projektledare"),
            ("kostnader.arbete.1.lon", "40 000"),
            ("kostnader.arbete.1.andel.2027", "50"),
            ("kostnader.arbete.1.manader.2027", "10"),
            ("kostnader.lonekostnadspaslag", "40"),
            ("kostnader.overhead", "10"),
            ("kostnader.ovrigt.1.vad", "Västar"),
            ("kostnader.ovrigt.1.belopp.2027", "12 500"),
            ("motivering", "En halvtid i tio månader."),
        ],
    ),
    ("forsakran", &[("ekonomisk", "nej"), ("kontroll", "ja"), ("sanning", "ja")]),
];

/// The address of the call that the officers publish here.
const CALL: &str = "stod-for-utvardering-2027";

/// Files that must be there.
const FILES: &[&str] = &["behorighet", "bilaga-1"];

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

/// A portal whose officers have published a call that is open until 10.30 today, half an hour from now, or until March.
pub async fn open_call(portal: &TestPortal, short: bool) -> (TestPortal, String) {
    open_call_in(staffed(portal.app.db.engine()).await, short).await
}

/// As [`open_call`], in a portal that has its staff.
pub async fn open_call_in(portal: TestPortal, short: bool) -> (TestPortal, String) {
    let (hanna, hugo) = (portal.browser(), portal.browser());
    enter_by_email(&portal, &hanna, "hanna@bra.example").await;
    enter_by_email(&portal, &hugo, "hugo@bra.example").await;
    let call = calls::begun(&hanna, "Stöd för utvärdering 2027").await;
    calls::written(&hanna, &call).await;
    let times: &[(&str, &str)] = if short {
        &[("oppnar.dag", "2026-11-01"), ("stanger.dag", "2026-11-23"), ("stanger.klockan", "10.30"), ("tidplan.1.dag", "2026-12-01")]
    } else {
        &[("oppnar.dag", "2026-11-01")]
    };
    ok(&fill(&hanna, &format!("{call}/del/tider"), times).await);
    calls::let_out(&hanna, &hugo, &call).await;
    (portal, call)
}

/// An application under the call: whoever begins it, for an organisation of theirs; its path.
pub async fn begun(browser: &Browser, organisation: &str, call: &str) -> String {
    let answer = browser.post("/ansokan/ny", &[("utlysning", call), ("organisation", organisation.rsplit('/').next().unwrap())]).await;
    assert_eq!(answer.status, 303, "{} {:?}", answer.words(), answer.errors());
    answer.leads_to().split('?').next().unwrap().to_owned()
}

/// Fills in every topic and attaches what must be there.
pub async fn filled(portal: &TestPortal, browser: &Browser, application: &str) {
    let facts =
        "SELECT v.facts FROM call_versions v JOIN applications a ON a.call_id = v.call_id AND a.call_version = v.number WHERE a.id = $1";
    let facts: serde_json::Value = serde_json::from_str(&text(&portal.app.db, facts, id(application).as_str()).await).unwrap();
    let year = format!(".{}", facts["budget"]["first_year"]);
    for (topic, answers) in ANSWERS {
        let named: Vec<(String, &str)> = answers.iter().map(|(name, value)| (name.replace(".2027", &year), *value)).collect();
        let answers: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        ok(&fill(browser, &format!("{application}/del/{topic}"), &answers).await);
    }
    for question in FILES {
        let answer = upload(portal, browser, &format!("{application}/filer/{question}"), "Lägesbild Åby.pdf", PDF).await;
        assert_eq!(answer.status, 303, "{:?}", answer.errors());
    }
}

/// Attaches a file.
pub async fn upload(portal: &TestPortal, browser: &Browser, path: &str, name: &str, content: &[u8]) -> Page {
    files::send(portal, browser, path, files::body(&[], Some((name, content)))).await
}

/// Signs as the person who is signed in.
pub async fn signed(browser: &Browser, application: &str) {
    let path = format!("{application}/underskrift");
    let seen = browser.get(&path).await.value("sett");
    ok(&browser.post(&path, &[("sett", &seen), ("bekrafta", "ja")]).await);
}

/// Sends in what stands there.
pub async fn sent_in(browser: &Browser, application: &str) -> Page {
    let path = format!("{application}/skicka-in");
    let seen = browser.get(&path).await.value("sett");
    browser.post(&path, &[("sett", &seen)]).await
}

fn id(path: &str) -> Id {
    Id::parse(path.rsplit('/').next().unwrap()).unwrap()
}

/// Signe signs for Exempelby; Erik edits.
pub async fn exempelby(portal: &TestPortal) -> (Browser, Browser, String) {
    let signe = someone(portal, "signe@exempelby.example").await;
    let organisation = found(&signe, &orgnr(1), &[]).await;
    let erik = someone(portal, "erik@exempelby.example").await;
    belongs(portal, &organisation, "erik@exempelby.example", OrgRole::Editor).await;
    (signe, erik, organisation)
}

async fn answer(portal: &TestPortal, application: &str, question: &str, field: &str) -> String {
    let versions = portal.app.db.read(async |tx| store::answers::current(tx, &id(application)).await).await.unwrap();
    versions.iter().find(|one| one.question == question).map(|one| one.fields.get(field).to_owned()).unwrap_or_default()
}

async fn state(portal: &TestPortal, application: &str, email: &str) -> State {
    let account = Id::parse(&text(&portal.app.db, "SELECT id FROM accounts WHERE email = $1", email).await).unwrap();
    let seat = portal.app.db.read(async |tx| store::seat(tx, &id(application), &account).await).await.unwrap();
    seat.expect("a seat").application.state
}

/// What the pages of applications need for one who walks them all: a draft of theirs in which two texts are beside each other, one that was
/// received, and an invitation to somebody else's.
pub struct Applied {
    draft: String,
    received: String,
    invitation: String,
}

impl Applied {
    /// Under the open call `slug`; `email` is that of who walks.
    pub async fn lay(portal: &TestPortal, browser: &Browser, email: &str, slug: &str) -> Self {
        let organisation = found(browser, &orgnr(71), &[]).await;
        let draft = begun(browser, &organisation, slug).await;
        for text in ["En text", "En annan text"] {
            ok(&browser.post(&format!("{draft}/del/problem"), &[("sett.problem", "0"), ("problem", text)]).await);
        }
        ok(&upload(portal, browser, &format!("{draft}/filer/behorighet"), "a.pdf", PDF).await);
        let organisation = found(browser, &orgnr(72), &[]).await;
        let received = begun(browser, &organisation, slug).await;
        filled(portal, browser, &received).await;
        signed(browser, &received).await;
        ok(&sent_in(browser, &received).await);
        let other = someone(portal, "tredje@exempelby.example").await;
        let organisation = found(&other, &orgnr(73), &[]).await;
        let theirs = begun(&other, &organisation, slug).await;
        ok(&other.post(&format!("{theirs}/personer"), &[("epost", email), ("roll", "editor")]).await);
        let mail = latest_mail(portal, "application.invited", email).await.expect("an invitation");
        let invitation = mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).expect("a link").to_owned();
        Self { draft, received, invitation }
    }

    /// The address of a page of applications; none for others.
    pub async fn filled(&self, portal: &TestPortal, path: &str, slug: &str) -> Option<String> {
        Some(match path {
            "/ansokan/ny" => format!("/ansokan/ny?utlysning={slug}"),
            "/ansokan/inbjudan/{token}" => self.invitation.clone(),
            path if path.starts_with("/handlaggare/ansokningar/{number}") => {
                let number: String =
                    one(&portal.app.db, "SELECT number FROM register_cases r JOIN applications a ON a.case_id = r.id").await;
                let file: String = one(
                    &portal.app.db,
                    "SELECT t.id FROM attachments t JOIN applications a ON t.owner = 'application:' || a.id WHERE a.case_id IS NOT NULL
                     ORDER BY t.added_at, t.id LIMIT 1",
                )
                .await;
                path.replace("{number}", &number).replace("{file}", &file)
            }
            path if path.contains("{application}") => {
                let of_received = ["/kvittens", "/aterkalla"].iter().any(|part| path.contains(part));
                let owner = model::reference(&id(&self.draft));
                let file = text(&portal.app.db, "SELECT id FROM attachments WHERE owner = $1 LIMIT 1", &owner).await;
                let question = if path.contains("/filer/") { "behorighet" } else { "problem" };
                path.replace("/ansokan/{application}", if of_received { &self.received } else { &self.draft })
                    .replace("{section}", "problem")
                    .replace("{question}", question)
                    .replace("{file}", &file)
            }
            _ => return None,
        })
    }
}

on_both! {
    /// A municipality writes over several evenings, has it signed, sends it in and holds a receipt; it stands in the register.
    async fn a_municipality_applies(portal: TestPortal) {
        let (portal, call) = open_call(&portal, false).await;
        let (signe, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        let page = erik.get(&application).await;
        assert!(page.words().contains("Ansökan utan namn") && page.words().contains("Stänger måndag 1 mars 2027 kl. 23.59, svensk tid"), "{}", page.words());
        // One each: a second is not begun, and the first is shown.
        let again = erik.post("/ansokan/ny", &[("utlysning", CALL), ("organisation", organisation.rsplit('/').next().unwrap())]).await;
        assert_eq!((again.status, again.errors().concat().contains("har redan en ansökan")), (422, true));
        assert!(again.attributes("main a", "href").contains(&application));

        // What is wrong is kept and said; what is missing is said only to who asks for it.
        let project = format!("{application}/del/projekt");
        let answer_to = fill(&erik, &project, &[("titel", "Trygg"), ("period.fran", "snart")]).await;
        assert_eq!(answer_to.leads_to(), format!("{application}?klart=sparad"));
        let page = erik.get(&project).await;
        assert_eq!((page.value("titel").as_str(), page.value("period.fran").as_str()), ("Trygg", "snart"));
        assert!(page.title().starts_with("Fel: "), "{}", page.title());
        assert!(page.errors().iter().all(|error| !error.contains("Sammanfattning")), "{:?}", page.errors());
        assert!(erik.get(&format!("{project}?saknas=ja")).await.errors().iter().any(|error| error == "Svara på ”Sammanfattning”"));
        assert!(erik.get(&application).await.words().contains("att rätta"));

        // The button that goes on goes on, right or wrong.
        let page = erik.get(&project).await;
        let on = send(&erik, &project, &page, &[("vidare", "ja")]).await;
        assert_eq!(on.leads_to(), format!("{application}/del/problem"));

        filled(&portal, &erik, &application).await;
        let review = erik.get(&format!("{application}/granska")).await;
        assert!(review.words().contains("Alla svar finns."), "{}", review.words());
        for says in ["Unga rånas på väg hem.", "Umeå universitet (202100-2874)", "Halvera antalet rån", "Lägesbild Åby.pdf", "1 mars 2027", "29 februari 2028"] {
            assert!(review.words().contains(says), "{says}: {}", review.words());
        }
        // 40 000 × 50 % × 10 = 200 000; on-costs 80 000; overhead 28 000; other 12 500.
        assert!(review.words().contains("320\u{a0}500\u{a0}kr") || review.words().contains("320 500 kr"), "{}", review.words());

        // Erik cannot sign; he asks, and Signe signs what she has read.
        let sign = format!("{application}/underskrift");
        assert_eq!(erik.post(&sign, &[("sett", "x"), ("bekrafta", "ja")]).await.status, 403);
        ok(&erik.post(&sign, &[("be", "ja")]).await);
        assert!(signe.get("/mina-sidor/aviseringar").await.words().contains("väntar på din underskrift: Trygg på väg hem."));
        let page = signe.post(&sign, &[("sett", "x")]).await;
        assert_eq!(page.errors(), ["Bekräfta att du får företräda organisationen och att uppgifterna är riktiga"]);
        signed(&signe, &application).await;

        // A change after that wants another signature.
        ok(&fill(&erik, &project, &[("titel", "Trygg på väg hem!")]).await);
        let path = format!("{application}/skicka-in");
        assert!(erik.get(&path).await.words().contains("när alla svar är klara och den är underskriven"));
        let unsigned = signe.get(&sign).await;
        assert!(unsigned.words().contains("Något har ändrats sedan ansökan skrevs under."), "{}", unsigned.words());
        let page = erik.post(&path, &[("sett", &unsigned.value("sett"))]).await;
        assert_eq!((page.status, page.errors().concat().contains("måste skriva under det som står i ansökan nu")), (422, true), "{:?}", page.errors());
        ok(&fill(&erik, &project, &[("titel", "Trygg på väg hem")]).await);

        // Sent in, twice: received once.
        let seen = erik.get(&path).await.value("sett");
        for _ in 0..2 {
            assert_eq!(erik.post(&path, &[("sett", &seen)]).await.leads_to(), format!("{application}/kvittens"));
        }
        assert_eq!(number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM application_snapshots").await, 1);
        assert_eq!(number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM register_documents").await, 1);

        let receipt = erik.get(&format!("{application}/kvittens")).await;
        let words = receipt.words();
        for says in ["2026-00001", "måndag 23 november 2026 kl. 10.00, svensk tid", "Trygg på väg hem", &seen] {
            assert!(words.contains(says), "{says}: {words}");
        }
        let hash: String = one(&portal.app.db, "SELECT content_hash FROM application_snapshots").await;
        assert_eq!(hash, seen, "what was signed and seen is what was received");
        for file in ["kvittens.pdf", "utskrift.pdf"] {
            let pdf = erik.get(&format!("{application}/{file}")).await;
            assert_eq!((pdf.status, pdf.header("content-type"), pdf.html.starts_with("%PDF-")), (200, "application/pdf", true));
        }
        // Everybody who takes part has the receipt by mail, and nothing of what the application says.
        for email in ["signe@exempelby.example", "erik@exempelby.example"] {
            let mail = latest_mail(&portal, "application.received", email).await.expect("a receipt");
            assert!(mail.contains("2026-00001") && mail.contains(&seen) && !mail.contains("rånas") && !mail.contains("Trygg på väg hem"), "{mail}");
        }
        // It is closed for writing, and says where it stands.
        assert!(erik.get(&project).await.find("main form").is_empty());
        assert_eq!(erik.post(&project, &[("sett.titel", "x"), ("titel", "Annat")]).await.status, 409);
        let page = erik.get(&application).await;
        assert!(page.words().contains("Brå kontrollerar att allt finns med") && page.words().contains("Väntas senast 31 maj 2027"), "{}", page.words());

        // Everybody finds it in the register; the staff read what was sent in.
        let register = portal.browser().get("/diarium").await;
        assert!(register.words().contains("Exempelby kommun") && register.words().contains("Ansökan, Stöd för utvärdering 2027"), "{}", register.words());
        let hanna = portal.browser();
        enter_by_email(&portal, &hanna, "hanna@bra.example").await;
        let list = hanna.get(&format!("{call}/ansokningar")).await;
        assert!(list.words().contains("2026-00001") && list.words().contains("Trygg på väg hem"), "{}", list.words());
        let page = hanna.get("/handlaggare/ansokningar/2026-00001").await;
        for says in ["Unga rånas på väg hem.", "signe@exempelby.example", &seen, "Lägesbild Åby.pdf"] {
            assert!(page.words().contains(says), "{says}: {}", page.words());
        }
        let file = page.attributes("main dd a", "href").into_iter().find(|href| href.contains("/fil/")).expect("a file");
        let fetched = hanna.get(&file).await;
        assert_eq!((fetched.status, fetched.header("content-type"), fetched.header("cache-control")), (200, "application/pdf", "no-store"));
        assert_eq!(audit::verify(&portal.app.db, None).await.unwrap().fault, None);
        assert_eq!(number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_events WHERE action = 'application.submitted'").await, 1);
    }

    /// Two people at one question: both texts stay, and one of them chooses. Another question meets nobody.
    async fn what_two_people_write_at_once_is_kept(portal: TestPortal) {
        let (portal, _) = open_call(&portal, false).await;
        let (signe, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        let path = format!("{application}/del/problem");
        let (by_signe, by_erik) = (signe.get(&path).await, erik.get(&path).await);
        ok(&send(&signe, &path, &by_signe, &[("problem", "Signes text om rånen.")]).await);
        // Erik wrote on the other question and left this one alone: nothing meets.
        let answer_to = send(&erik, &path, &by_erik, &[("lagesbild", "Eriks lägesbild.")]).await;
        assert_eq!(answer_to.leads_to(), format!("{application}?klart=sparad"));
        assert_eq!(answer(&portal, &application, "problem", "problem").await, "Signes text om rånen.");
        assert_eq!(answer(&portal, &application, "lagesbild", "lagesbild").await, "Eriks lägesbild.");

        // Now both on the same.
        let (by_signe, by_erik) = (signe.get(&path).await, erik.get(&path).await);
        assert!(by_erik.words().contains("Skriver också här just nu"), "{}", by_erik.words());
        ok(&send(&signe, &path, &by_signe, &[("problem", "Signes nya text.")]).await);
        let conflict = send(&erik, &path, &by_erik, &[("problem", "Eriks text."), ("vidare", "ja")]).await;
        assert_eq!(conflict.leads_to(), format!("{application}/konflikt/problem"));
        assert_eq!(answer(&portal, &application, "problem", "problem").await, "Signes nya text.");
        // He goes on typing in the stale page: his newest text waits, once.
        ok(&send(&erik, &path, &by_erik, &[("problem", "Eriks längre text.")]).await);
        assert_eq!(number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM application_answers WHERE how = 'beside'").await, 1);
        let hub = signe.get(&application).await;
        assert!(hub.words().contains("Flera har skrivit olika på samma fråga. Inget är borta."), "{}", hub.words());

        let choose = format!("{application}/konflikt/problem");
        let page = erik.get(&choose).await;
        assert!(page.words().contains("Signes nya text.") && page.words().contains("Eriks längre text."), "{}", page.words());
        let (version, seen) = (page.value("version"), page.value("sett"));
        let nothing = erik.post(&choose, &[("version", &version), ("sett", &seen)]).await;
        assert_eq!((nothing.status, nothing.errors()), (422, vec!["Välj vilken text som ska gälla".to_owned()]));
        // Signe writes once more before he has chosen: he chooses again, having seen that.
        ok(&fill(&signe, &path, &[("problem", "Signes sista text.")]).await);
        let stale = erik.post(&choose, &[("version", &version), ("sett", &seen), ("val", "bada"), ("text", "Ihop.")]).await;
        assert_eq!((stale.status, stale.words().contains("Signes sista text.")), (422, true));
        let seen = stale.value("sett");
        ok(&erik.post(&choose, &[("version", &version), ("sett", &seen), ("val", "bada"), ("text", "Signes och Eriks text.")]).await);
        assert_eq!(answer(&portal, &application, "problem", "problem").await, "Signes och Eriks text.");
        assert!(!signe.get(&application).await.words().contains("Flera har skrivit olika"));

        // Every text is in the history, and any can be taken back.
        let history = format!("{application}/historik/problem");
        let page = signe.get(&history).await;
        for says in ["Signes text om rånen.", "Signes nya text.", "Eriks längre text.", "Signes sista text.", "Signes och Eriks text."] {
            assert!(page.words().contains(says), "{says}: {}", page.words());
        }
        ok(&signe.post(&history, &[("version", "1"), ("sett", &page.value("sett"))]).await);
        assert_eq!(answer(&portal, &application, "problem", "problem").await, "Signes text om rånen.");
        assert_eq!(signe.post(&history, &[("version", "2"), ("sett", &page.value("sett"))]).await.status, 409, "it has changed since");
    }

    /// What the browser saves by itself is kept step by step, says when, and never takes the place of what somebody else wrote.
    async fn what_is_typed_is_saved_by_itself(portal: TestPortal) {
        let (portal, _) = open_call(&portal, false).await;
        let (signe, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        let save = format!("{application}/del/problem/spara");
        let mut seen = "0".to_owned();
        for text in ["En", "En bö", "En början"] {
            let saved = erik.post(&save, &[("sett.problem", &seen), ("problem", text)]).await;
            assert_eq!((saved.status, saved.header("content-type")), (200, "application/json"));
            let json: serde_json::Value = serde_json::from_str(&saved.html).unwrap();
            assert_eq!((json["saved"].as_str(), json["conflicts"].as_array().map(Vec::len)), (Some("10.00"), Some(0)));
            seen = json["seen"]["problem"].as_str().unwrap().to_owned();
        }
        assert_eq!(answer(&portal, &application, "problem", "problem").await, "En början");
        let kept = number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM application_answers WHERE question = 'problem'").await;
        assert_eq!(kept, 2, "the first and the last; what lay between was letters");
        // All of it wiped out: the longer text stays in the history.
        let long = "å".repeat(500);
        let saved = erik.post(&save, &[("sett.problem", &seen), ("problem", &long)]).await;
        let json: serde_json::Value = serde_json::from_str(&saved.html).unwrap();
        seen = json["seen"]["problem"].as_str().unwrap().to_owned();
        erik.post(&save, &[("sett.problem", &seen), ("problem", "x")]).await;
        let versions = portal.app.db.read(async |tx| store::answers::history(tx, &id(&application), "problem", 50).await).await.unwrap();
        assert!(versions.iter().any(|one| one.fields.get("problem") == long), "what was wiped out can be taken back");

        // Signe has an old page open: hers is kept beside.
        let saved = signe.post(&save, &[("sett.problem", "0"), ("problem", "Signes")]).await;
        let json: serde_json::Value = serde_json::from_str(&saved.html).unwrap();
        assert_eq!(json["conflicts"].as_array().unwrap().len(), 1);
        assert_eq!(json["present"].as_array().unwrap().len(), 1, "Erik is there too: {json}");
        assert_eq!(answer(&portal, &application, "problem", "problem").await, "x");
    }

    /// Every question of the standard form keeps what is typed into it, letter by letter, whatever it is.
    async fn every_question_keeps_every_word(portal: TestPortal) {
        let (portal, _) = open_call(&portal, false).await;
        let (_, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        let mut fields = 0;
        for (topic, _) in ANSWERS {
            let path = format!("{application}/del/{topic}");
            let page = erik.get(&path).await;
            let names: Vec<String> = page.attributes("#fragor input[type=text], #fragor input[type=email], #fragor input[type=tel], #fragor textarea", "name");
            let typed: Vec<(String, String)> = names.iter().map(|name| (name.clone(), format!("Åäö <{name}> \"'& {fields}"))).collect();
            fields += names.len();
            let changes: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            ok(&send(&erik, &path, &page, &changes).await);
            let page = erik.get(&path).await;
            for (name, value) in &typed {
                assert_eq!(page.value(name), *value, "{topic} {name}");
            }
        }
        assert!(fields > 40, "{fields} fields were typed into");
    }

    /// A researcher from outside is asked in to one application and sees it and nothing else; whoever leaves is out at once.
    async fn a_researcher_is_asked_in(portal: TestPortal) {
        let (portal, _) = open_call(&portal, false).await;
        let (signe, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        let people = format!("{application}/personer");
        assert_eq!(erik.post(&people, &[("epost", ""), ("roll", "editor")]).await.errors(), ["Ange e-postadressen till den du vill bjuda in"]);
        ok(&erik.post(&people, &[("epost", "rita@larosate.example"), ("roll", "editor")]).await);
        assert_eq!(erik.post(&people, &[("epost", "rita@larosate.example"), ("roll", "editor")]).await.status, 422);
        let mail = latest_mail(&portal, "application.invited", "rita@larosate.example").await.expect("an invitation");
        let link = mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).expect("a link").to_owned();

        let other = someone(&portal, "annan@larosate.example").await;
        assert_eq!(other.get(&link).await.status, 410);
        assert_eq!(other.get(&application).await.status, 404);
        let rita = someone(&portal, "rita@larosate.example").await;
        assert!(rita.get(&link).await.words().contains("Exempelby kommun"));
        assert_eq!(rita.post(&link, &[]).await.leads_to(), format!("{application}?klart=gatt-med"));
        assert_eq!(rita.post(&link, &[]).await.status, 410, "once");
        ok(&fill(&rita, &format!("{application}/del/utvardering"), &[("upplagg", "Före och efter.")]).await);
        assert_eq!(answer(&portal, &application, "utvardering", "").await, "");
        assert_eq!(answer(&portal, &application, "upplagg", "upplagg").await, "Före och efter.");
        assert_eq!(rita.get(&organisation).await.status, 404);
        assert!(rita.get("/mina-sidor/ansokningar").await.words().contains("Exempelby kommun"));
        // She neither asks others in nor signs.
        assert_eq!(rita.post(&people, &[("epost", "x@larosate.example"), ("roll", "editor")]).await.status, 403);
        assert_eq!(rita.post(&format!("{application}/underskrift"), &[("sett", "x"), ("bekrafta", "ja")]).await.status, 403);

        let place = signe.get(&people).await.attributes("button[name='avsluta']", "value").concat();
        ok(&signe.post(&people, &[("avsluta", &place)]).await);
        assert_eq!(rita.get(&application).await.status, 404);
        assert_eq!(rita.post(&format!("{application}/del/utvardering/spara"), &[("sett.upplagg", "0"), ("upplagg", "x")]).await.status, 404);
    }

    /// Nobody at the agency reads a draft, by whatever door; and who is nobody in it is told nothing.
    async fn a_draft_is_its_peoples_own(portal: TestPortal) {
        let (portal, call) = open_call(&portal, false).await;
        let (_, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        filled(&portal, &erik, &application).await;
        let file = erik.get(&format!("{application}/filer/behorighet")).await.attributes("main li a", "href").concat();
        assert_eq!(erik.get(&file).await.status, 200);
        let doors: Vec<String> = server::routes()
            .declared()
            .iter()
            .filter(|route| route.path.contains("{application}"))
            .map(|route| {
                route
                    .path
                    .replace("/ansokan/{application}", &application)
                    .replace("{section}", "problem")
                    .replace("{question}", if route.path.contains("filer") { "behorighet" } else { "problem" })
                    .replace("{file}", file.rsplit('/').next().unwrap())
            })
            .collect();
        assert!(doors.len() > 25, "{}", doors.len());
        for role in StaffRole::ALL {
            let browser = portal.browser();
            enter_as(&portal, &browser, role).await;
            for door in &doors {
                let (read, written) = (browser.get(door).await.status, browser.post(door, &[]).await.status);
                assert!([404, 405].contains(&read) && [404, 405].contains(&written), "{role:?} {door}: {read} {written}");
            }
            for path in [format!("{call}/ansokningar"), "/handlaggare/ansokningar".to_owned(), "/handlaggare/sok?q=rånas".to_owned(), "/diarium?q=Trygg".to_owned()] {
                let page = browser.get(&path).await;
                assert!(!page.html.contains("Trygg på väg hem") && !page.html.contains("rånas på väg"), "{role:?} {path}");
            }
        }
        let other = someone(&portal, "annan@exempel.example").await;
        for door in &doors {
            assert!([404, 405].contains(&other.get(door).await.status), "{door}");
        }
        // A reader of the organisation reads, and changes nothing.
        let lars = someone(&portal, "lars@exempelby.example").await;
        belongs(&portal, &organisation, "lars@exempelby.example", OrgRole::Reader).await;
        assert!(lars.get(&format!("{application}/del/problem")).await.words().contains("Unga rånas"));
        assert_eq!(lars.post(&format!("{application}/del/problem"), &[("sett.problem", "0"), ("problem", "x")]).await.status, 403);
    }

    /// Until the second of the deadline it is in time; from then on it is late, which is said first and decided by the call's rule.
    async fn the_deadline_is_a_second(portal: TestPortal) {
        let (portal, _) = open_call(&portal, true).await;
        let (signe, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        filled(&portal, &erik, &application).await;
        signed(&signe, &application).await;
        let seen = erik.get(&format!("{application}/skicka-in")).await.value("sett");

        // Another organisation sends in within the last second.
        let otto = someone(&portal, "otto@annanby.example").await;
        let others = found(&otto, &orgnr(2), &[("namn", "Annanby kommun")]).await;
        let theirs = begun(&otto, &others, CALL).await;
        filled(&portal, &otto, &theirs).await;
        signed(&otto, &theirs).await;
        let closes = Instant::parse("2026-11-23T09:30:00Z").unwrap();
        portal.clock.advance_seconds(closes.since(portal.app.now()) / 1000 - 1);
        let page = sent_in(&otto, &theirs).await;
        assert_eq!(page.status, 303, "{} {:?}", page.words(), page.errors());
        assert_eq!(number(&portal.app.db, "SELECT late FROM applications WHERE state = 'submitted'").await, 0);

        portal.clock.advance_seconds(1);
        let path = format!("{application}/skicka-in");
        let page = erik.post(&path, &[("sett", &seen)]).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Utlysningen har stängt. Bekräfta att du vet det och vill skicka in ändå.".to_owned()]));
        assert!(page.words().contains("Brå avgör om det fanns goda skäl"), "{}", page.words());
        assert_eq!(state(&portal, &application, "erik@exempelby.example").await, State::Draft);
        ok(&erik.post(&path, &[("sett", &seen), ("sen", "ja")]).await);
        assert_eq!(number(&portal.app.db, "SELECT CAST(SUM(late) AS BIGINT) FROM applications").await, 1);
        assert!(erik.get(&format!("{application}/kvittens")).await.words().contains("Ansökan kom efter att utlysningen hade stängt."));
        // Nobody begins one now.
        let tredje = someone(&portal, "tre@tredjeby.example").await;
        let third = found(&tredje, &orgnr(3), &[("namn", "Tredjeby kommun")]).await;
        let begin = [("utlysning", CALL), ("organisation", third.rsplit('/').next().unwrap())];
        assert_eq!(tredje.post("/ansokan/ny", &begin).await.status, 422);

        // But whom the agency gives more time.
        let hanna = portal.browser();
        enter_by_email(&portal, &hanna, "hanna@bra.example").await;
        let call = text(&portal.app.db, "SELECT id FROM calls WHERE slug = $1", CALL).await;
        let more = format!("/handlaggare/utlysningar/{call}/mer-tid");
        let page = hanna.post(&more, &[("organisationsnummer", &orgnr(3)), ("dag", "2026-11-23"), ("klockan", "10.15"), ("skal", "")]).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Ange skälet, med högst 1 000 tecken".to_owned()]));
        let page = hanna.post(&more, &[("organisationsnummer", &orgnr(3)), ("dag", "2026-11-23"), ("klockan", "10.15"), ("skal", "Portalen stod still.")]).await;
        assert_eq!(page.errors(), ["Den nya tiden måste vara senare än nu och senare än när utlysningen stänger"]);
        ok(&hanna.post(&more, &[("organisationsnummer", &orgnr(3)), ("dag", "2026-11-24"), ("klockan", "12"), ("skal", "Portalen stod still.")]).await);
        assert!(tredje.get("/mina-sidor/aviseringar").await.words().contains("Tredjeby kommun har fått längre tid"));
        let theirs = begun(&tredje, &third, CALL).await;
        assert!(tredje.get(&theirs).await.words().contains("Brå har gett er längre tid"));
        filled(&portal, &tredje, &theirs).await;
        signed(&tredje, &theirs).await;
        ok(&sent_in(&tredje, &theirs).await);
        assert_eq!(number(&portal.app.db, "SELECT CAST(SUM(late) AS BIGINT) FROM applications").await, 1, "in time by what was given");
        assert_eq!(number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_events WHERE action = 'call.more_time'").await, 1);
    }

    /// An application is taken back by who signs, and a draft is thrown away; the register keeps what came.
    async fn it_is_taken_back_and_thrown_away(portal: TestPortal) {
        let (portal, _) = open_call(&portal, false).await;
        let (signe, erik, organisation) = exempelby(&portal).await;
        let draft = begun(&erik, &organisation, CALL).await;
        ok(&erik.post(&format!("{draft}/ta-bort"), &[]).await);
        assert!(!erik.get("/mina-sidor/ansokningar").await.words().contains("Exempelby kommun"));
        let application = begun(&erik, &organisation, CALL).await;
        filled(&portal, &erik, &application).await;
        signed(&signe, &application).await;
        ok(&sent_in(&signe, &application).await);
        assert_eq!(erik.post(&format!("{application}/ta-bort"), &[]).await.leads_to(), application, "what was received is not thrown away");
        assert_eq!(erik.get(&format!("{application}/aterkalla")).await.status, 403);
        ok(&signe.post(&format!("{application}/aterkalla"), &[("skal", "Vi får pengar på annat håll.")]).await);
        assert_eq!(state(&portal, &application, "signe@exempelby.example").await, State::Withdrawn);
        assert_eq!(number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM register_documents").await, 2);
        assert!(erik.get(&application).await.words().contains("Återkallad"));
        // Then another may be begun.
        let _ = begun(&erik, &organisation, CALL).await;
    }

    /// A file is judged by what is in it, each cause in its own words, and what is there stays.
    async fn files_are_judged_by_what_is_in_them(portal: TestPortal) {
        let (portal, _) = open_call(&portal, false).await;
        let (_, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        let path = format!("{application}/filer/behorighet");
        let long = format!("{}.pdf", "å".repeat(200));
        ok(&upload(&portal, &erik, &path, &long, PDF).await);
        let limit = vec![b'x'; 20 * 1024 * 1024 + 1];
        let locked = b"%PDF-1.7\ntrailer\n<< /Root 1 0 R /Encrypt 5 0 R >>\nstartxref\n9\n%%EOF\n";
        let cases: &[(&str, &[u8], &str)] = &[
            ("", b"", "Välj en fil"),
            ("tom.pdf", b"", "Filen är tom. Välj en fil med innehåll"),
            ("lagesbild.pdf", b"MZ\x90\x00program", "Filen är ett program, vad den än heter. Välj ett dokument eller en bild"),
            ("sida.html", b"<html>", "Filen måste vara PDF, Word (docx), Excel (xlsx), OpenDocument (odt), PNG eller JPEG"),
            ("bild.docx", PDF, "Filens namn säger något annat än vad den är: PDF. Välj rätt fil, eller ge den rätt ändelse"),
            ("stor.pdf", &limit, "Filen måste vara högst 20 MB. Dela upp den eller spara den med mindre bilder"),
            ("last.pdf", locked, "Filen är låst med lösenord. Spara den utan lösenord och välj den igen"),
            ("halv.pdf", b"%PDF-1.7 halv", "Filen ser ut som PDF men är inte hel. Spara den på nytt och välj den igen"),
        ];
        for (name, bytes, says) in cases {
            let page = upload(&portal, &erik, &path, name, bytes).await;
            assert_eq!((page.status, page.errors()), (422, vec![(*says).to_owned()]), "{name}");
            assert!(page.words().contains("ååå"), "what was there is there");
        }
        // The connection ends in the middle: what was there is there, and nothing half is kept.
        let mut half = files::body(&[], Some(("halv.pdf", PDF)));
        half.truncate(half.len() - 30);
        let page = files::send(&portal, &erik, &path, half).await;
        assert_eq!((page.status, page.errors()), (422, vec!["Överföringen bröts. Välj filen en gång till".to_owned()]));
        assert!(page.words().contains("ååå"));
        // The same again is the same, and no more than may be.
        ok(&upload(&portal, &erik, &path, &long, PDF).await);
        for number in 0..2_u8 {
            ok(&upload(&portal, &erik, &path, &format!("{number}.pdf"), &[PDF, &[number]].concat()).await);
        }
        assert_eq!(number(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM attachments").await, 3);
        let page = upload(&portal, &erik, &path, "fyra.pdf", &[PDF, b"4"].concat()).await;
        assert_eq!(page.errors(), ["Det får vara högst 3 filer här. Ta bort någon först"]);
        let file = page.attributes("button[name='ta-bort']", "value").first().cloned().unwrap();
        ok(&erik.post(&format!("{path}/ta-bort"), &[("ta-bort", &file)]).await);
        ok(&upload(&portal, &erik, &path, "fyra.pdf", &[PDF, b"4"].concat()).await);
        let files = portal.app.db.read(async |tx| portal::attachments::store::of(tx, &model::reference(&id(&application))).await).await.unwrap();
        assert_eq!(files.len(), 3);
        assert!(files.iter().all(|one| one.state == portal::attachments::lifecycle::State::Unscanned));
        // The question's button saves what was typed before it leads to the files.
        let topic = format!("{application}/del/kontaktperson");
        let page = erik.get(&topic).await;
        let answer_to = send(&erik, &topic, &page, &[("kontakt.namn", "Åsa"), ("filer", "behorighet")]).await;
        assert_eq!(answer_to.leads_to(), path);
        assert_eq!(answer(&portal, &application, "kontakt", "kontakt.namn").await, "Åsa");
    }

    /// A call that changes leaves a draft as it was, says so, and the draft follows when somebody wants.
    async fn a_draft_follows_a_changed_call(portal: TestPortal) {
        let (portal, call) = open_call(&portal, false).await;
        let (_, erik, organisation) = exempelby(&portal).await;
        let application = begun(&erik, &organisation, CALL).await;
        ok(&fill(&erik, &format!("{application}/del/problem"), &[("problem", "Rån.")]).await);
        let (hanna, hugo) = (portal.browser(), portal.browser());
        enter_by_email(&portal, &hanna, "hanna@bra.example").await;
        enter_by_email(&portal, &hugo, "hugo@bra.example").await;
        ok(&press(&hanna, &call, "begun").await);
        ok(&fill(&hanna, &format!("{call}/del/pengar"), &[("tak", "300 000")]).await);
        ok(&press(&hanna, &call, "sent_for_review").await);
        ok(&press(&hugo, &call, "approved").await);
        let version = hanna.get(&call).await.value("version");
        ok(&hanna.post(&call, &[("version", &version), ("gor", "published"), ("nytt-sv", "Högsta belopp är 300 000 kr.")]).await);
        server::worker(&portal.app).drain().await.unwrap();
        assert!(erik.get("/mina-sidor/aviseringar").await.words().contains("har ändrats: Stöd för utvärdering 2027."));
        assert!(erik.get(&application).await.words().contains("Utlysningen har ändrats sedan ansökan påbörjades."));
        ok(&erik.post(&format!("{application}/ny-version"), &[]).await);
        assert_eq!(number(&portal.app.db, "SELECT call_version FROM applications").await, 2);
        assert_eq!(answer(&portal, &application, "problem", "problem").await, "Rån.");
        assert!(!erik.get(&application).await.words().contains("Utlysningen har ändrats sedan"));
    }
}
