//! Stories of reading in publications by the page: a file is looked through, the report is that of the command line, someone
//! confirms, and exactly that file is read in.

use portal::kit::StaffRole;
use portal::platform::db::Engine;
use portal::platform::{retention, uploads};
use portal::server;

use crate::files::{body, send};
use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::people::{enter_as, enter_by_email, staffed};
use crate::shop::{all_is_well, count, one};

const PAGE: &str = "/handlaggare/publikationer/import";

const GOOD: &str = r#"[{"id":"a","title":"Ett verk","year":2020},{"id":"b","title":"Ett annat verk","year":2021}]"#;

async fn with_editor(portal: &TestPortal) -> (TestPortal, Browser) {
    let portal = staffed(portal.app.db.engine()).await;
    let rut = portal.browser();
    enter_as(&portal, &rut, StaffRole::Editor).await;
    (portal, rut)
}

/// Uploads a file; the answer.
pub async fn upload(portal: &TestPortal, rut: &Browser, name: &str, content: &str) -> Page {
    send(portal, rut, PAGE, body(&[], Some((name, content.as_bytes())))).await
}

/// Lets the worker do what is due.
pub async fn work(portal: &TestPortal) {
    server::worker(&portal.app).drain().await.unwrap();
}

async fn events(portal: &TestPortal) -> String {
    let statement = "SELECT CAST(COUNT(*) AS TEXT) FROM audit_events WHERE action LIKE 'import.%' AND actor LIKE 'account:%'";
    one(&portal.app.db, statement, String::new()).await
}

on_both! {
    /// Rut uploads, reads the report, confirms; twice is once; and the list says who and when.
    async fn rut_reads_in_a_file(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        assert!(rut.get(PAGE).await.words().contains("Ingen fil har lästs in än."));
        let answer = upload(&portal, &rut, "C:\\höst.json", GOOD).await;
        assert_eq!(answer.status, 303, "{}", answer.words());
        let one_file = answer.leads_to();
        let page = rut.get(&one_file).await;
        assert!(page.words().contains("Provläses") && page.words().contains("Du kan lämna sidan"), "{}", page.words());
        assert_eq!(page.find("h1"), ["höst.json"]);
        work(&portal).await;
        let page = rut.get(&one_file).await;
        assert!(page.words().contains("Väntar på bekräftelse") && page.words().contains("Nya publikationer: 2."), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM works").await, 0, "nothing is written yet");

        let version = page.value("version");
        assert_eq!(rut.post(&one_file, &[("version", &version)]).await.status, 303);
        let twice = rut.post(&one_file, &[("version", &version)]).await;
        assert_eq!(twice.status, 409);
        assert!(twice.errors().concat().starts_with("Någon annan har redan bekräftat filen"), "{:?}", twice.errors());
        work(&portal).await;
        let page = rut.get(&one_file).await;
        assert!(page.words().contains("Inläst") && page.words().contains("Bekräftad av Rut Redaktör, 23 november 2026 kl. 10.00"), "{}", page.words());
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM works").await, 2);
        assert_eq!(events(&portal).await, "4");
        assert!(rut.get(PAGE).await.words().contains("höst.json Inläst Rut Redaktör"), "{}", rut.get(PAGE).await.words());
        let read = portal.browser().get("/publikationer/2020/ett-verk").await;
        assert_eq!(read.status, 200);
        all_is_well(&portal).await;
    }

    /// A file is no way round the two who an evaluation takes: not for a new one, not for a changed one, and not by another kind.
    async fn evaluations_are_let_in_by_another(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let rasmus = portal.browser();
        enter_by_email(&portal, &rasmus, "rasmus@bra.example").await;
        let db = &portal.app.db;
        for (content, told) in [
            (r#"[{"id":"u","title":"Nattvandring","publication_type":"Utvärdering","year":2020}]"#, "en utvärdering"),
            (r#"[{"id":"u","title":"Nattvandring, ändrad","publication_type":"Utvärdering","year":2020},{"id":"m","title":"Märkt","is_funded_evaluation":true}]"#, "2 utvärderingar"),
            (r#"[{"id":"u","title":"Nattvandring","publication_type":"Rapport","year":2020}]"#, "en utvärdering"),
        ] {
            let one_file = upload(&portal, &rut, "u.json", content).await.leads_to();
            work(&portal).await;
            let page = rut.get(&one_file).await;
            assert!(page.words().contains(&format!("Filen lägger till eller ändrar {told}. En annan redaktör")), "{}", page.words());
            assert!(page.find("main form button").is_empty());
            let version: String = one(db, "SELECT CAST(version AS TEXT) FROM catalogue_imports WHERE id = $1", one_file.rsplit('/').next().unwrap().to_owned()).await;
            let titles = "SELECT COUNT(*) FROM works WHERE title LIKE 'Nattvandring%' AND revision > 0";
            let before = (count(db, titles).await, count(db, "SELECT COALESCE(MAX(revision), 0) FROM works").await);
            assert_eq!(rut.post(&one_file, &[("version", &version)]).await.status, 422);
            work(&portal).await;
            assert_eq!((count(db, titles).await, count(db, "SELECT COALESCE(MAX(revision), 0) FROM works").await), before, "nothing is read in");
            let told = rasmus.get("/mina-sidor/aviseringar").await;
            assert!(told.words().contains("En fil med utvärderingar väntar på att du bekräftar den: u.json."), "{}", told.words());
            assert!(!rut.get("/mina-sidor/aviseringar").await.words().contains("väntar på att du bekräftar"), "not who sent it");
            let page = rasmus.get(&one_file).await;
            assert_eq!(rasmus.post(&one_file, &[("version", &page.value("version"))]).await.status, 303);
            work(&portal).await;
            assert!(rut.get(&one_file).await.words().contains("Inläst"), "{}", rut.get(&one_file).await.words());
        }
        // No evaluation in it any more, and none before: one is enough again. The same file once more changes nothing.
        let one_file = upload(&portal, &rut, "r.json", r#"[{"id":"u","title":"Nattvandring","publication_type":"Rapport","year":2021}]"#).await.leads_to();
        work(&portal).await;
        assert_eq!(rut.post(&one_file, &[("version", &rut.get(&one_file).await.value("version"))]).await.status, 303);
        // What became an evaluation between the look and the reading stops it.
        run_sql(&portal.app.config.database_url, "UPDATE works SET kind = 'evaluation' WHERE title = 'Nattvandring'".to_owned()).await;
        work(&portal).await;
        let page = rut.get(&one_file).await;
        assert!(page.words().contains("Gick inte att läsa in") && page.words().contains("Inget är importerat: filen har utvärderingar"), "{}", page.words());
        assert_eq!(count(db, "SELECT COUNT(*) FROM works WHERE title = 'Nattvandring' AND year = 2021").await, 0);
        all_is_well(&portal).await;
    }

    /// While a file is read in its page says how much of it is judged and written, and comes again by itself.
    async fn a_long_file_says_how_far_it_is(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let one_file = upload(&portal, &rut, "a.json", GOOD).await.leads_to();
        work(&portal).await;
        let version = rut.get(&one_file).await.value("version");
        assert_eq!(rut.post(&one_file, &[("version", &version)]).await.status, 303);
        let page = rut.get(&one_file).await;
        assert!(page.words().contains("0 av 2 rader är kontrollerade igen. Inget är skrivet än."), "{}", page.words());
        // As the worker notes it: in the row, or beside the copy where only one writes.
        let id = one_file.rsplit('/').next().unwrap();
        let folder = portal.app.config.data.join("imports");
        if portal.app.db.engine() == Engine::Sqlite {
            std::fs::write(folder.join(format!("{id}.rader")), "2 1").unwrap();
        } else {
            let id = portal::kit::Id::parse(id).unwrap();
            portal.app.db.write(async |tx| portal::catalogue::store::imports::progress(tx, &id, 2, 1).await).await.unwrap();
        }
        let answer = rut.client.get(format!("{}{one_file}", portal.base)).send().await.unwrap();
        assert_eq!(answer.headers()["refresh"], "4");
        let page = rut.get(&one_file).await;
        assert!(page.words().contains("1 av 2 rader är skrivna."), "{}", page.words());
        assert_eq!((page.attributes("progress", "max"), page.attributes("progress", "value")), (vec!["4".to_owned()], vec!["3".to_owned()]));
        work(&portal).await;
        let answer = rut.client.get(format!("{}{one_file}", portal.base)).send().await.unwrap();
        assert!(answer.headers().get("refresh").is_none());
        assert!(rut.get(&one_file).await.words().contains("Inläst"));
        let left = std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(left, 0, "neither copy nor note is left");
        assert_eq!(count(&portal.app.db, "SELECT rows_written FROM catalogue_imports").await, 2);
    }

    /// A worker was killed: what lies beside a file that is on its way stays, the rest goes at night.
    async fn copies_that_were_left_go(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let done = upload(&portal, &rut, "a.json", GOOD).await.leads_to();
        work(&portal).await;
        let running = upload(&portal, &rut, "b.json", GOOD).await.leads_to();
        let folder = portal.app.config.data.join("imports");
        let id = |address: &str| address.rsplit('/').next().unwrap().to_owned();
        let kept = format!("{}.json", id(&running));
        for name in [format!("{}.json", id(&done)), format!("{}.rader", id(&done)), kept.clone(), "annat.csv".to_owned()] {
            std::fs::write(folder.join(name), "x").unwrap();
        }
        assert_eq!(portal::catalogue::sweep_imports(&portal.app).await.unwrap(), 3);
        let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        assert_eq!(left, [kept]);
        work(&portal).await;
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    }

    /// A file with faults says the command line's sentences and cannot be confirmed; nor can one that is no file.
    async fn faults_are_told_as_the_command_line_tells_them(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        for (content, said) in [
            (r#"[{"id":"a","title":"T","isbn":"978-91-86027-08-1"}]"#, "Rad 1"),
            (r#"[{"id":"a","title":"T","pdf":"rapport.pdf"}]"#, "rapport.pdf"),
            ("{\n}", "lista"),
            ("id;titel\n1;x\n", "title"),
        ] {
            let one_file = upload(&portal, &rut, "fel.csv", content).await.leads_to();
            work(&portal).await;
            let page = rut.get(&one_file).await;
            assert!(page.words().contains("Måste rättas") && page.words().contains(said), "{said}: {}", page.words());
            assert!(page.find("main form button").is_empty());
            assert_eq!(rut.post(&one_file, &[("version", "2")]).await.status, 409);
        }
        for (file, sentence) in [(None, "Välj en fil"), (Some(("tom.csv", &b""[..])), "Filen är tom. Välj en annan fil")] {
            let page = send(&portal, &rut, PAGE, body(&[], file)).await;
            assert_eq!((page.status, page.errors()), (422, vec![sentence.to_owned()]));
        }
        assert_eq!(count(&portal.app.db, "SELECT COUNT(*) FROM works").await, 0);
        let lars = portal.browser();
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        assert_eq!(lars.get(PAGE).await.status, 403);
    }

    /// After ninety days the file is gone, the report stays, and what waited can no longer be confirmed.
    async fn old_files_go(portal: TestPortal) {
        let (portal, rut) = with_editor(&portal).await;
        let one_file = upload(&portal, &rut, "a.json", GOOD).await.leads_to();
        work(&portal).await;
        let version = rut.get(&one_file).await.value("version");
        let later = portal.app.now().plus_days(91);
        let db = &portal.app.db;
        assert_eq!(uploads::sweep(db, &portal.app.files, later).await.unwrap(), 0, "the row still names it");
        retention::clean(db, later).await.unwrap();
        assert_eq!(uploads::sweep(db, &portal.app.files, later).await.unwrap(), 1);
        enter_as(&portal, &rut, StaffRole::Editor).await;
        let page = rut.get(&one_file).await;
        assert!(page.words().contains("Filen är borttagen") && page.words().contains("Nya publikationer: 2."), "{}", page.words());
        assert_eq!(rut.post(&one_file, &[("version", &version)]).await.status, 409);
    }
}
