//! Stories of calls: Hanna writes one and Hugo reviews it; readers find it, read its questions, see whether they can apply, and
//! ask; what is published changes only by a new version. Each looks at the page, the rows, the mail and the chain.

use portal::calls::store;
use portal::kit::{Id, StaffRole};
use portal::platform::audit;

use crate::editor::{fill, ok, press, send};
use crate::harness::{Browser, Page, TestPortal};
use crate::people::{enter_as, enter_by_email, latest_mail, one, staffed};

const LIST: &str = "/handlaggare/utlysningar";

/// What a call says, topic by topic.
const TOPICS: &[(&str, &[(&str, &str)])] = &[
    (
        "texter",
        &[
            ("namn-sv", "Stöd för utvärdering 2027"),
            ("namn-en", "Support for evaluation 2027"),
            ("kort-sv", "För den som vill veta om arbetet hjälper."),
            ("kort-en", "For those who want to know."),
            ("om-sv", "## Vad stödet är till för\n\nUtvärdering av lokalt arbete."),
            ("om-en", "## What it is for\n\nEvaluation of local work."),
        ],
    ),
    (
        "sokande",
        &[
            ("stodform", "utvardering"),
            ("grund", "Förordning (2016:1201) 4 a §"),
            ("slag", "municipality"),
            ("kommuner", "2480"),
            ("krav.1.sv", "Finns en lägesbild?"),
            ("krav.1.en", "Is there a picture of the situation?"),
            ("krav.1.varfor-sv", "Insatsen måste bygga på en lägesbild."),
            ("krav.1.varfor-en", "The work must build on one."),
        ],
    ),
    (
        "tider",
        &[
            ("oppnar.dag", "1 december 2026"),
            ("oppnar.klockan", "9"),
            ("stanger.dag", "1 mars 2027"),
            ("stanger.klockan", "23.59"),
            ("beslutsdag", "31 maj 2027"),
            ("tidplan.1.dag", "2027-02-01"),
            ("tidplan.1.sv", "Frågestund"),
            ("tidplan.1.en", "Question time"),
            ("sent", "vags"),
        ],
    ),
    (
        "pengar",
        &[
            ("ram", "5 000 000"),
            ("tak", "400 000"),
            ("en-per", "ja"),
            ("forsta-ar", "2027"),
            ("antal-ar", "2"),
            ("lonepalagg", "40,66"),
            ("overhead", "10"),
        ],
    ),
    ("bilagor", &[("maste-bifogas.1.sv", "Lägesbild"), ("maste-bifogas.1.en", "Picture of the situation"), ("storsta-fil", "20")]),
    ("kontakt", &[("kontakt.namn", "Hanna Handläggare"), ("kontakt.befattning", "Handläggare"), ("kontakt.epost", "hanna@bra.example")]),
];

/// A portal with the made-up staff; Hanna and Hugo at their desks.
async fn officers(portal: &TestPortal) -> (TestPortal, Browser, Browser) {
    let portal = staffed(portal.app.db.engine()).await;
    let (hanna, hugo) = (portal.browser(), portal.browser());
    enter_by_email(&portal, &hanna, "hanna@bra.example").await;
    enter_by_email(&portal, &hugo, "hugo@bra.example").await;
    (portal, hanna, hugo)
}

/// Begins a call; gives the path of its page.
pub async fn begun(browser: &Browser, name: &str) -> String {
    let answer = browser.post(&format!("{LIST}/ny"), &[("namn-sv", name)]).await;
    ok(&answer);
    answer.leads_to().split('?').next().unwrap().to_owned()
}

/// Fills in every topic.
pub async fn written(browser: &Browser, call: &str) {
    for (topic, answers) in TOPICS {
        ok(&fill(browser, &format!("{call}/del/{topic}"), answers).await);
    }
}

/// Sends, approves and publishes.
pub async fn let_out(writer: &Browser, colleague: &Browser, call: &str) {
    ok(&press(writer, call, "sent_for_review").await);
    ok(&press(colleague, call, "approved").await);
    ok(&press(writer, call, "published").await);
}

/// A call that the public reads; gives the path of its page for the staff, and for everybody.
pub async fn published(hanna: &Browser, hugo: &Browser) -> (String, &'static str) {
    let call = begun(hanna, "Stöd för utvärdering 2027").await;
    written(hanna, &call).await;
    let_out(hanna, hugo, &call).await;
    (call, "/utlysningar/stod-for-utvardering-2027")
}

fn id(call: &str) -> Id {
    Id::parse(call.rsplit('/').next().unwrap()).unwrap()
}

async fn loaded(portal: &TestPortal, call: &str) -> store::Call {
    portal.app.db.read(async |tx| store::call(tx, &id(call)).await).await.unwrap().expect("a call")
}

/// The states of the tasks on a call's page.
fn tasks(page: &Page) -> Vec<String> {
    page.find(".govuk-task-list__status")
}

on_both! {
    /// Hanna writes a call over several visits, Hugo reviews it, and only then does anybody else know of it.
    async fn a_call_is_written_reviewed_and_published(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let public = "/utlysningar/stod-for-utvardering-2027";
        let call = begun(&hanna, "Stöd för utvärdering 2027").await;
        let reader = portal.browser();
        assert_eq!(reader.get(public).await.status, 404);
        assert!(reader.get("/utlysningar").await.words().contains("Det finns inga utlysningar än."));

        // What is wrong is kept as it was typed, and said.
        let times = format!("{call}/del/tider");
        ok(&fill(&hanna, &times, &[("oppnar.dag", "snart"), ("oppnar.klockan", "9")]).await);
        let page = hanna.get(&times).await;
        assert_eq!(page.value("oppnar.dag"), "snart");
        assert!(page.words().contains("”Utlysningen öppnar” måste vara ett datum, till exempel 15 mars 2027"), "{}", page.words());
        let page = press(&hanna, &call, "sent_for_review").await;
        assert_eq!((page.status, page.errors()), (422, vec!["Något saknas eller är fel. Rätta det som står vid varje del.".to_owned()]));

        written(&hanna, &call).await;
        let page = hanna.get(&call).await;
        assert!(tasks(&page).iter().all(|task| task == "Klar"), "{:?}", tasks(&page));
        ok(&press(&hanna, &call, "sent_for_review").await);

        // Whoever wrote it does not approve it, and is told why.
        let page = hanna.get(&call).await;
        assert!(page.attributes("button[name='gor']", "value").iter().all(|what| what != "approved"));
        assert!(page.words().contains("En kollega granskar."));
        let page = press(&hanna, &call, "approved").await;
        assert_eq!((page.status, page.errors().concat().contains("En kollega måste göra detta")), (422, true));
        let page = hugo.get("/mina-sidor/aviseringar").await;
        assert!(page.words().contains("En utlysning väntar på att en kollega granskar den: Stöd för utvärdering 2027."), "{}", page.words());
        assert!(!hanna.get("/mina-sidor/aviseringar").await.words().contains("väntar på att en kollega"));

        ok(&press(&hugo, &call, "approved").await);
        assert_eq!(reader.get(public).await.status, 404, "approved is not published");
        ok(&press(&hanna, &call, "published").await);

        let page = reader.get("/utlysningar").await;
        assert_eq!(page.find("main h2"), ["Öppnar senare"]);
        assert!(page.words().contains("Öppnar tisdag 1 december 2026 kl. 09.00, svensk tid"), "{}", page.words());
        let page = reader.get(public).await;
        for says in [
            "måndag 1 mars 2027 kl. 23.59, svensk tid", "Bara med säte i Umeå", "5 000 000 kr", "Högst 400 000 kr", "2027–2028",
            "Lönekostnadspåslag: högst 40,66 % av lönerna", "Vad stödet är till för", "Frågestund", "Lägesbild", "Hanna Handläggare",
            "En handläggare avgör om det fanns goda skäl", "Förordning (2016:1201) 4 a §",
        ] {
            assert!(page.words().contains(says), "{says}: {}", page.words());
        }
        let page = reader.get(&format!("/en{public}")).await;
        assert!(page.words().contains("Evaluation of local work.") && page.words().contains("Monday 1 March 2027 at 23:59, Swedish time"), "{}", page.words());

        let happened: Vec<String> = portal.app.db.read(async |tx| store::events(tx, &id(&call)).await).await.unwrap().into_iter().map(|one| one.event).collect();
        assert_eq!(happened[..3], ["published", "approved", "sent_for_review"]);
        assert_eq!(audit::verify(&portal.app.db, None).await.unwrap().fault, None);
        let chained: i64 = one(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_events WHERE action = 'call.published'").await;
        assert_eq!(chained, 1);
    }

    /// Everybody reads every question, in both languages and on paper, and machines find the days.
    async fn all_questions_are_read_without_an_account(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let (_, public) = published(&hanna, &hugo).await;
        let reader = portal.browser();
        let page = reader.get(&format!("{public}/fragor")).await;
        assert_eq!((page.status, page.find("main section h2").len()), (200, 11));
        for says in [
            "Vilket problem ska insatsen lösa?", "Text, högst 4 000 tecken", "Frågan ställs till dem som svarat ”Ja” på ”Görs utvärderingen",
            "En budget för varje år", "Vi försäkrar att uppgifterna i ansökan är riktiga och fullständiga.", "Version 1 av utlysningen, publicerad 23 november 2026.",
        ] {
            assert!(page.words().contains(says), "{says}");
        }
        let numbers = page.attributes("main ol[start]", "start");
        assert_eq!((numbers.first().map(String::as_str), numbers.len()), (Some("1"), 11));
        let page = reader.get(&format!("/en{public}/fragor")).await;
        assert!(page.words().contains("Which problem is the work to solve?") && page.find("main [lang='sv']").is_empty());

        let feed = reader.get("/utlysningar/atom.xml").await;
        assert!(feed.html.contains("<title xml:lang=\"sv\">Stöd för utvärdering 2027</title>") || feed.html.contains("Stöd för utvärdering 2027"));
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        let calendar = reader.get(&format!("{public}/kalender.ics")).await;
        assert_eq!(calendar.header("content-type"), "text/calendar; charset=utf-8");
        for line in ["DTSTART:20261201T080000Z", "DTSTART:20270301T225900Z", "DTSTART;VALUE=DATE:20270201", "SUMMARY:Frågestund: Stöd för utvärdering 2027"] {
            assert!(calendar.html.contains(line), "{line}: {}", calendar.html);
        }
        // Fetched again it is the same, so a calendar that follows it changes nothing.
        assert_eq!(reader.get(&format!("{public}/kalender.ics")).await.html, calendar.html);
        assert_eq!(reader.get("/utlysningar/finns-inte/kalender.ics").await.status, 404);
    }

    /// A published call changes by a new version: until it is out the old one stands, and then everybody sees what is new.
    async fn a_published_call_changes_by_a_new_version(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let (call, public) = published(&hanna, &hugo).await;
        let reader = portal.browser();
        let locked = hanna.get(&format!("{call}/del/pengar")).await;
        assert!(locked.words().contains("Utlysningen kan inte ändras nu") && locked.find("main form").is_empty());
        assert_eq!(hanna.post(&format!("{call}/del/pengar"), &[("tak", "1")]).await.status, 303);
        assert_eq!(loaded(&portal, &call).await.answers.get("tak"), "400 000", "nothing was saved");

        ok(&press(&hanna, &call, "begun").await);
        ok(&fill(&hanna, &format!("{call}/del/pengar"), &[("tak", "750 000")]).await);
        ok(&press(&hanna, &call, "sent_for_review").await);
        ok(&press(&hugo, &call, "approved").await);
        // A change after the approval is read anew.
        ok(&fill(&hanna, &format!("{call}/del/pengar"), &[("tak", "760 000")]).await);
        let page = press(&hanna, &call, "published").await;
        assert_eq!((page.status, page.errors().concat().contains("Det går inte i det läge")), (422, true));
        ok(&press(&hanna, &call, "sent_for_review").await);
        ok(&press(&hugo, &call, "approved").await);
        assert!(reader.get(public).await.words().contains("Högst 400 000 kr"));

        let page = press(&hanna, &call, "published").await;
        assert_eq!((page.status, page.errors()), (422, vec!["Ange vad som är nytt i utlysningen".to_owned()]));
        let version = hanna.get(&call).await.value("version");
        ok(&hanna.post(&call, &[("version", &version), ("gor", "published"), ("nytt-sv", "Högsta belopp är höjt till 760 000 kr.")]).await);
        let page = reader.get(public).await;
        assert!(page.words().contains("Högst 760 000 kr") && page.words().contains("Ändrad 23 november 2026"), "{}", page.words());
        assert!(page.words().contains("Högsta belopp är höjt till 760 000 kr."));
        let english = reader.get(&format!("/en{public}")).await;
        assert_eq!(english.attributes("main p[lang]", "lang"), ["sv"], "what nobody translated says which language it is in");
        let versions: i64 = one(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM call_versions").await;
        assert_eq!(versions, 2);

        // A change that is thrown away leaves what is published, in the editor too.
        ok(&press(&hanna, &call, "begun").await);
        ok(&fill(&hanna, &format!("{call}/del/pengar"), &[("tak", "1")]).await);
        ok(&press(&hanna, &call, "discarded").await);
        assert_eq!(loaded(&portal, &call).await.answers.get("tak"), "760 000");
        // A call that nobody has read goes with its draft.
        let draft = begun(&hanna, "Aldrig").await;
        let answer = press(&hanna, &draft, "discarded").await;
        assert_eq!((answer.leads_to().as_str(), hanna.get(&draft).await.status), (LIST, 404));
    }

    /// Two officers on one topic: the second sees what the first saved beside what they typed themselves, and chooses.
    async fn nothing_is_overwritten_in_silence(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let call = begun(&hanna, "Stöd 2027").await;
        let (money, contact) = (format!("{call}/del/pengar"), format!("{call}/del/kontakt"));
        let (seen_by_hanna, seen_by_hugo) = (hanna.get(&money).await, hugo.get(&money).await);
        ok(&send(&hanna, &money, &seen_by_hanna, &[("ram", "5 000 000")]).await);
        // Another topic meets nobody.
        ok(&fill(&hugo, &contact, &[("kontakt.namn", "Hugo")]).await);
        let page = send(&hugo, &money, &seen_by_hugo, &[("ram", "6 000 000"), ("tak", "400 000")]).await;
        assert_eq!(page.status, 422);
        assert!(page.words().contains("Någon annan har sparat den här sidan medan du skrev.") && page.words().contains("5 000 000 kr"), "{}", page.words());
        assert_eq!((page.value("ram").as_str(), page.value("tak").as_str()), ("6 000 000", "400 000"));
        assert_eq!(loaded(&portal, &call).await.answers.get("ram"), "5 000 000");
        ok(&send(&hugo, &money, &page, &[]).await);
        let now = loaded(&portal, &call).await;
        assert_eq!((now.answers.get("ram"), now.answers.get("kontakt.namn")), ("6 000 000", "Hugo"));
    }

    /// Whoever wonders whether they can apply gets an answer with its reasons, and nothing is kept.
    async fn somebody_sees_whether_they_can_apply(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let (_, public) = published(&hanna, &hugo).await;
        let reader = portal.browser();
        let check = format!("{public}/kan-vi-soka");
        assert!(reader.get(&check).await.errors().is_empty());
        let page = reader.get(&format!("{check}?svar=ja&slag=municipality")).await;
        assert_eq!(page.errors(), ["Välj ett svar på ”I vilken kommun har organisationen sitt säte?”", "Välj ett svar på ”Finns en lägesbild?”"]);
        assert!(page.title().starts_with("Fel: "));
        let page = reader.get(&format!("{check}?svar=ja&slag=municipality&kommun=2480&krav-1=ja")).await;
        assert!(page.words().contains("Ni kan söka"), "{}", page.words());
        let page = reader.get(&format!("{check}?svar=ja&slag=company&kommun=0180&krav-1=nej")).await;
        for says in ["Ni kan inte söka", "inte öppen för det ni valde: Företag", "med säte i vissa kommuner", "Insatsen måste bygga på en lägesbild."] {
            assert!(page.words().contains(says), "{says}: {}", page.words());
        }
    }

    /// Somebody asks, gets the answer by mail, and everybody reads it; who asked stands nowhere.
    async fn a_question_is_asked_and_answered(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let (call, public) = published(&hanna, &hugo).await;
        let reader = portal.browser();
        let ask = format!("{public}/stall-en-fraga");
        let page = reader.post(&ask, &[("fraga", " "), ("epost", "inte en adress")]).await;
        assert_eq!((page.status, page.value("epost").as_str()), (422, "inte en adress"));
        assert_eq!(page.errors(), ["Svara på ”Din fråga”", "E-postadressen måste se ut så här: namn@exempel.se"]);
        let page = reader.submit(&ask, &[("fraga", "Kan två kommuner söka ihop? Jag heter Åsa."), ("epost", "asa@exempelby.example")]).await;
        assert!(page.words().contains("Frågan är skickad"));
        reader.submit(&ask, &[("fraga", "Och utan adress?"), ("epost", "")]).await;
        assert!(hugo.get("/mina-sidor/aviseringar").await.words().contains("Någon har ställt en fråga om en utlysning: Stöd för utvärdering 2027."));

        let inbox = format!("{call}/fragelada");
        assert!(hanna.get(&call).await.words().contains("2 frågor väntar på svar"));
        let links = hanna.get(&inbox).await.attributes(".app-answered a", "href");
        assert_eq!(links.len(), 2);
        let mut with_address = String::new();
        for link in &links {
            let page = hanna.get(link).await;
            if page.words().contains("asa@exempelby.example") {
                with_address = link.clone();
            } else {
                let page = fill(&hanna, link, &[("svar-sv", "Ja."), ("vem", "answered")]).await;
                assert_eq!((page.status, page.errors().concat().contains("inte har lämnat någon adress"), page.value("svar-sv").as_str()), (422, true, "Ja."));
            }
        }
        let seen_by_hugo = hugo.get(&with_address).await;
        let page = fill(&hanna, &with_address, &[("svar-sv", "")]).await;
        assert_eq!(page.errors(), ["Ange svaret på svenska"]);
        ok(&fill(&hanna, &with_address, &[("svar-sv", "Ja, en av dem söker."), ("fraga-sv", "Kan två kommuner söka ihop?")]).await);
        // Hugo had the question open: his answer does not replace Hanna's unseen.
        let page = send(&hugo, &with_address, &seen_by_hugo, &[("svar-sv", "Nej.")]).await;
        assert_eq!((page.status, page.value("svar-sv").as_str()), (422, "Nej."));

        let mail = latest_mail(&portal, "call.answer", "asa@exempelby.example").await.expect("a mail");
        assert!(mail.contains("Ja, en av dem söker.") && mail.contains(public), "{mail}");
        let page = reader.get(public).await;
        assert!(page.words().contains("Kan två kommuner söka ihop?") && page.words().contains("Ja, en av dem söker."));
        assert!(!page.html.contains("Åsa") && !page.html.contains("asa@"), "who asked stands nowhere");
        // Corrected, it is read anew, and nobody gets a second mail.
        ok(&fill(&hanna, &with_address, &[("svar-sv", "Ja, en av dem söker för båda.")]).await);
        let mails: i64 = one(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE kind = 'call.answer'").await;
        assert_eq!(mails, 1);

        for _ in 0..8 {
            reader.submit(&ask, &[("fraga", "Igen?")]).await;
        }
        assert_eq!(reader.post(&ask, &[("fraga", "Igen?")]).await.status, 429);
    }

    /// A call opens and closes at its second whatever anybody does, is decided after that, and ends.
    async fn the_clock_opens_and_closes(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let (call, public) = published(&hanna, &hugo).await;
        let reader = portal.browser();
        let tag = async || reader.get(public).await.find("main .govuk-tag").concat();
        let until = |text: &str| portal::kit::Instant::parse(text).unwrap().since(portal.app.now()) / 1000;
        assert_eq!(tag().await, "Öppnar senare");
        portal.clock.advance_seconds(until("2026-12-01T07:59:59Z"));
        assert_eq!(tag().await, "Öppnar senare");
        portal.clock.advance_seconds(1);
        assert_eq!(tag().await, "Öppen");
        enter_by_email(&portal, &hanna, "hanna@bra.example").await;
        assert_eq!(press(&hanna, &call, "decided").await.status, 422, "what is open is not decided");
        portal.clock.advance_seconds(until("2027-03-01T22:58:59Z"));
        assert_eq!(tag().await, "Öppen");
        portal.clock.advance_seconds(1);
        assert_eq!(tag().await, "Stängd");
        enter_by_email(&portal, &hanna, "hanna@bra.example").await;
        ok(&press(&hanna, &call, "decided").await);
        assert_eq!(tag().await, "Beslutad");
        assert_eq!(reader.submit(&format!("{public}/stall-en-fraga"), &[("fraga", "Hur gick det?")]).await.find("main form").len(), 0);
        ok(&press(&hanna, &call, "ended").await);
        assert_eq!(tag().await, "Avslutad");
    }

    /// A call that is called off stays, with its reason first.
    async fn a_call_is_called_off(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let (call, public) = published(&hanna, &hugo).await;
        let page = press(&hanna, &call, "cancelled").await;
        assert_eq!((page.status, page.errors()), (422, vec!["Ange skälet till att utlysningen ställs in".to_owned()]));
        let version = hanna.get(&call).await.value("version");
        ok(&hanna.post(&call, &[("version", &version), ("gor", "cancelled"), ("skal-sv", "Pengarna behövs på annat håll.")]).await);
        let page = portal.browser().get(public).await;
        assert!(page.words().contains("Utlysningen är inställd") && page.words().contains("Pengarna behövs på annat håll."), "{}", page.words());
        assert_eq!(portal.browser().get("/utlysningar").await.find("main .govuk-tag"), ["Inställd"]);
    }

    /// Hanna puts the questions together: from parts, of her own, in her order; and Hugo's older page changes nothing of it.
    async fn questions_are_put_together(portal: TestPortal) {
        let (portal, hanna, hugo) = officers(&portal).await;
        let call = begun(&hanna, "Stöd 2027").await;
        let questions = format!("{call}/fragor");
        let seen_by_hugo = hugo.get(&questions).await;
        let version = async || hanna.get(&questions).await.value("version");

        // Of her own: a choice with three answers, one of which is renamed later.
        let new = hanna.post(&format!("{questions}/ny"), &[("version", &version().await), ("del", "projekt"), ("slag", "choice"), ("text", "Var görs insatsen?")]).await;
        ok(&new);
        let question = new.leads_to();
        assert_eq!(question, format!("{questions}/fraga/var-gors-insatsen"));
        let page = fill(&hanna, &question, &[("svar.1.sv", "I skolan")]).await;
        assert_eq!(page.status, 303, "{:?}", page.errors());
        assert!(hanna.get(&questions).await.words().contains("Det måste finnas minst två svar att välja mellan"));
        let page = fill(&hanna, &question, &[("svar.1.sv", "I skolan"), ("lagg-till-rad", "svar")]).await;
        assert_eq!((page.status, page.find("fieldset.app-row").len()), (200, 2));
        ok(&send(&hanna, &question, &page, &[("svar.2.sv", "På stan")]).await);
        ok(&fill(&hanna, &question, &[("svar.2.sv", "I centrum"), ("text-en", "Where?")]).await);
        let form = loaded(&portal, &call).await.form;
        assert_eq!(form.question("var-gors-insatsen").unwrap().kind.codes(), ["i-skolan", "pa-stan"], "an answer keeps its key when its words change");

        // Asked only after an answer; a question before it cannot hang on it.
        let page = hanna.get(&format!("{questions}/fraga/metod")).await;
        let choice = page.attributes("input[name='nar']", "value");
        let labels = page.find("label");
        let at = labels.iter().position(|label| label == "Efter ”I centrum” på ”Var görs insatsen?”").expect("the condition");
        let code = page.attributes(&format!("#{}", page.attributes("label", "for")[at].replace('.', "\\.")), "value").concat();
        assert!(choice.contains(&code));
        ok(&fill(&hanna, &format!("{questions}/fraga/metod"), &[("nar", &code)]).await);
        assert!(hanna.get(&questions).await.errors().is_empty());
        ok(&hanna.post(&questions, &[("version", &version().await), ("flytta", "ned:del:projekt")]).await);
        for _ in 0..3 {
            ok(&hanna.post(&questions, &[("version", &version().await), ("flytta", "ned:del:projekt")]).await);
        }
        assert!(hanna.get(&questions).await.words().contains("Villkoret måste gälla en fråga som ställs tidigare"));

        // What is taken away can be taken in again.
        ok(&hanna.post(&format!("{questions}/ta-bort"), &[("version", &version().await), ("fraga", "barn"), ("del", "")]).await);
        assert!(loaded(&portal, &call).await.form.question("barn").is_none());
        ok(&hanna.post(&format!("{questions}/ny"), &[("version", &version().await), ("del", "mal"), ("vanlig", "barn")]).await);
        assert!(loaded(&portal, &call).await.form.question("barn").is_some());

        let page = send(&hugo, &questions, &seen_by_hugo, &[("flytta", "upp:del:budget")]).await;
        assert_eq!((page.status, page.errors().concat().contains("Någon annan har ändrat frågorna")), (422, true));
        for nonsense in ["", "upp:del:finns-inte", "upp:fraga:", "x"] {
            assert_eq!(hanna.post(&questions, &[("version", &version().await), ("flytta", nonsense)]).await.status, 404, "{nonsense}");
        }
    }

    /// Who decides and who keeps the register read calls and write nothing; others do not come in.
    async fn only_officers_write(portal: TestPortal) {
        let (portal, hanna, _) = officers(&portal).await;
        let call = begun(&hanna, "Stöd 2027").await;
        let bo = portal.browser();
        enter_as(&portal, &bo, StaffRole::Decider).await;
        assert_eq!(bo.get(&call).await.status, 200);
        assert!(bo.get(&call).await.attributes("button[name='gor']", "value").is_empty());
        for (path, fields) in [(call.clone(), vec![("gor", "discarded"), ("version", "1")]), (format!("{call}/del/pengar"), vec![("tak", "1")]), (format!("{LIST}/ny"), vec![("namn-sv", "x")])] {
            assert_eq!(bo.post(&path, &fields).await.status, 403, "{path}");
        }
        let lars = portal.browser();
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        assert_eq!((lars.get(LIST).await.status, lars.get(&call).await.status), (403, 403));
        assert_eq!(portal.browser().get(LIST).await.status, 303);
    }
}
