//! Stories of tables that are taken away as files: asked for, written in the background, fetched by whoever asked as long as
//! they may, and thrown away. What is in the spreadsheet is read by another library than the one that wrote it.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use portal::kit::StaffRole;
use portal::platform::worker::Done;
use portal::server;

use crate::back_room::{LIST, back_room, many_orders, organisation_orders};
use crate::harness::{Browser, Page, TestPortal, run_sql};
use crate::organisations::Ground;
use crate::people::{enter_as, enter_with_every_role};
use crate::shop::{SAMVERKAN, UMEA, all_is_well, behind_the_scenes, one, order};

/// Asks for the orders as CSV with the usual columns; gives the address of the file's page, when the worker has been there.
pub async fn asked_export(portal: &TestPortal, browser: &Browser, query: &str) -> String {
    let address = ask(browser, query, "csv", "visade").await.leads_to();
    worked(portal).await;
    address
}

async fn ask(browser: &Browser, query: &str, format: &str, columns: &str) -> Page {
    let fields = [("format", format), ("kolumner", columns)];
    browser.post(&format!("/handlaggare/tabeller/orders/exportera?{query}"), &fields).await
}

/// Lets the worker do what is due.
async fn worked(portal: &TestPortal) -> Done {
    server::worker(&portal.app).drain().await.unwrap()
}

async fn detail(portal: &TestPortal, action: &'static str) -> String {
    let last = "SELECT detail FROM audit_events WHERE action = $1 ORDER BY seq DESC LIMIT 1";
    one(&portal.app.db, last, action.to_owned()).await
}

async fn count_of(portal: &TestPortal, action: &'static str) -> i64 {
    one(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_events WHERE action = $1", action.to_owned()).await
}

/// The bytes of a file, with its name.
async fn fetched(browser: &Browser, portal: &TestPortal, address: &str) -> (String, Vec<u8>) {
    let answer = browser.client.get(format!("{}{address}/fil", portal.base)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    (name, answer.bytes().await.unwrap().to_vec())
}

on_both! {
    /// Erik takes a selection home: he sees it come, fetches it, and the chain says so; nothing that a buyer typed is run.
    async fn erik_takes_the_list(portal: TestPortal) {
        let (portal, _) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "2").await;
        organisation_orders(&portal, SAMVERKAN, "1").await;
        behind_the_scenes(&portal, "UPDATE orders SET organisation = '=HYPERLINK(\"http://a.b\")', name = '@SUM(A1)' WHERE number = 10002").await;
        worked(&portal).await;
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        let page = erik.get(&format!("{LIST}?kopare=organisation&q=%C3%B6stra")).await;
        let link = page.attributes(".app-table-bar a", "href").into_iter().find(|href| href.contains("exportera")).unwrap();
        let form = erik.get(&link).await;
        assert!(form.words().contains("de rader som stämmer med filtren"), "{}", form.words());
        let answer = erik.post(&link, &[]).await;
        assert_eq!((answer.status, answer.errors()), (422, vec!["Välj ett format".to_owned()]));
        let link = link.replace("%C3%B6stra", "").replace("q=&", "");
        let answer = erik.post(&link, &[("format", "csv"), ("kolumner", "alla")]).await;
        let address = answer.leads_to();
        let page = erik.get(&address).await;
        assert!(page.words().contains("Filen väntar på sin tur."), "{}", page.words());
        assert_eq!((page.header("refresh"), page.find("progress").len()), ("4", 1));
        assert_eq!(erik.get(&format!("{address}/fil")).await.status, 404, "not yet");
        assert_eq!(worked(&portal).await.jobs_done, 1);
        let page = erik.get(&address).await;
        assert!(page.words().contains("Filen är klar. Den har 1 rad."), "{}", page.words());
        assert_eq!(page.header("refresh"), "");
        let (name, bytes) = fetched(&erik, &portal, &address).await;
        assert!(name.contains("bestallningar-2026-11-23.csv"), "{name}");
        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<&str> = text.strip_prefix('\u{feff}').unwrap().lines().collect();
        assert_eq!(
            lines[0],
            "Nummer;Beställd;Köpare;Slag av köpare;Organisation;Namn;E-postadress;Innehåll;Titlar;Exemplar;Summa;Status;Leverans;Betalning;Faktura;Paket"
        );
        assert_eq!(lines.len(), 2, "as the filter says: {text}");
        let start = "B10002;2026-11-23 10:00;\"'=HYPERLINK(\"\"http://a.b\"\"), @SUM(A1)\";Organisation;\"'=HYPERLINK(\"\"http://a.b\"\")\";'@SUM(A1);";
        assert!(lines[1].starts_with(start), "{}", lines[1]);
        assert!(lines[1].contains(";1 titel, 1 ex.;1;1;"), "{}", lines[1]);
        // The chain: asked for, written, fetched; who, which table, which filters, how many rows, and no words.
        assert!(detail(&portal, "export.asked").await.contains("\"filters\":{\"kopare\":\"organisation\"}"));
        let written = detail(&portal, "export.written").await;
        assert!(written.contains("\"rows\":1") && written.contains("\"table\":\"orders\""), "{written}");
        assert!(detail(&portal, "export.fetched").await.contains("\"rows\":1"));
        portal.clock.advance_seconds(60);
        asked_export(&portal, &erik, "q=asa+oberg").await;
        assert!(detail(&portal, "export.asked").await.contains("\"q\":{\"words\":2}"), "never what was looked for");
        // It stands in the list, which survives leaving the page.
        let page = erik.get("/handlaggare/exporter").await;
        assert_eq!(page.find("tbody th"), ["Beställningar", "Beställningar"]);
        assert!(page.find("tbody tr")[1].contains("CSV 1 Klar"), "{:?}", page.find("tbody tr"));
        // The administrator sees the list of orders and takes nothing from it.
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        assert!(!amina.get(LIST).await.find(".app-table-bar a").contains(&"Exportera".to_owned()));
        assert_eq!(ask(&amina, "", "csv", "alla").await.status, 403);
        all_is_well(&portal).await;
    }

    /// The spreadsheet as another program reads it: numbers, sums and times as such, and texts as they were typed.
    async fn a_spreadsheet_holds_what_the_list_does(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "2").await;
        organisation_orders(&portal, SAMVERKAN, "1").await;
        behind_the_scenes(&portal, "UPDATE orders SET name = '=1+1' WHERE number = 10002").await;
        let address = ask(&lars, "sortera=nummer&ordning=stigande", "xlsx", "alla").await.leads_to();
        worked(&portal).await;
        let (name, bytes) = fetched(&lars, &portal, &address).await;
        assert!(name.contains(".xlsx"), "{name}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["Beställningar"]);
        let sheet = book.worksheet_range("Beställningar").unwrap();
        let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0][10], Data::String("Summa".to_owned()));
        assert_eq!((&rows[1][0], &rows[2][0]), (&Data::String("B10001".to_owned()), &Data::String("B10002".to_owned())));
        let Data::DateTime(at) = rows[1][1] else { panic!("{:?}", rows[1][1]) };
        assert_eq!(at.to_ymd_hms_milli(), (2026, 11, 23, 10, 0, 0, 0), "as the clock shows in Sweden");
        assert_eq!(rows[2][5], Data::String("=1+1".to_owned()), "a text, not a formula");
        assert_eq!(rows[1][9], Data::Float(2.0));
        let gross: i64 = one(&portal.app.db, "SELECT gross FROM orders WHERE number = 10001 AND $1 = ''", String::new()).await;
        let Data::Float(sum) = rows[1][10] else { panic!("{:?}", rows[1][10]) };
        assert_eq!((sum * 100.0).round() as i64, gross);
    }

    /// Every table of the house lets its columns be chosen, is kept as a view, and comes whole as a file: the rows of the list
    /// in the order of the list.
    async fn every_table_comes_as_a_file(portal: TestPortal) {
        let (portal, _) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        organisation_orders(&portal, SAMVERKAN, "1").await;
        let amina = portal.browser();
        enter_with_every_role(&portal, &amina).await;
        Ground::lay(&portal, &amina, "amina@bra.example").await;
        crate::register::Laid::lay(&portal, &amina).await;
        worked(&portal).await;
        for sheet in portal.app.sheets {
            let facts = sheet.facts();
            let list = amina.get(facts.path).await;
            assert_eq!(list.status, 200, "{}", facts.code);
            let links = list.attributes(".app-table-bar a", "href");
            assert_eq!(links.len(), 3, "{}: {links:?}", facts.code);
            for link in &links {
                assert_eq!(amina.get(link).await.status, 200, "{link}");
            }
            let rows = list.find("tbody th");
            assert!(!rows.is_empty(), "{} shows nothing", facts.code);
            let asked = amina.post(&links[2], &[("format", "csv"), ("kolumner", "visade")]).await;
            worked(&portal).await;
            let (_, bytes) = fetched(&amina, &portal, &asked.leads_to()).await;
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(&bytes[3..]);
            assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), list.find("thead th"), "{}", facts.code);
            let firsts: Vec<String> =
                reader.records().map(|row| row.unwrap()[0].split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            // What was asked for stands at the top of the log, by now.
            let newer = firsts.iter().position(|first| *first == rows[0]).unwrap();
            assert!(newer == 0 || facts.code == "log", "{}", facts.code);
            assert_eq!(firsts[newer..].iter().take(rows.len()).collect::<Vec<_>>(), rows.iter().collect::<Vec<_>>(), "{}", facts.code);
        }
    }

    /// Thousands of rows come whole, each once, in the order of the list, however it is sorted.
    async fn a_long_list_comes_whole(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        many_orders(&portal, 2_500).await;
        for (query, first) in [("", "B12501"), ("sortera=summa&ordning=stigande", "B10001"), ("sortera=kopare&ordning=fallande", "B10001")] {
            let address = asked_export(&portal, &lars, query).await;
            let (_, bytes) = fetched(&lars, &portal, &address).await;
            let text = String::from_utf8(bytes).unwrap();
            let numbers: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(';').next()).collect();
            assert_eq!((numbers.len(), numbers[0]), (2501, first), "{query}");
            let mut each = numbers.clone();
            each.sort_unstable();
            each.dedup();
            assert_eq!(each.len(), 2501, "each once");
            assert!(lars.get(&address).await.words().contains("Den har 2501 rader."));
        }
        assert!(std::fs::read_dir(portal.app.config.data.join("exports")).unwrap().next().is_none(), "nothing is left beside");
    }

    /// Whoever loses the role gets no file: not written when it is due, not handed out when it is there. Another's file is
    /// not there at all.
    async fn a_role_that_is_lost_takes_the_file_with_it(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        worked(&portal).await;
        let ready = asked_export(&portal, &lars, "").await;
        let waiting = ask(&lars, "status=confirmed", "xlsx", "visade").await.leads_to();
        let erik = portal.browser();
        enter_as(&portal, &erik, StaffRole::Economist).await;
        for path in [ready.clone(), format!("{ready}/fil")] {
            assert_eq!(erik.get(&path).await.status, 404, "another's");
        }
        assert_eq!(erik.post(&waiting, &[]).await.status, 404);
        let url = &portal.app.config.database_url;
        run_sql(url, "UPDATE staff_roles SET role = 'officer' WHERE role = 'warehouse'".to_owned()).await;
        assert_eq!(worked(&portal).await.jobs_done, 1);
        let page = lars.get(&waiting).await;
        assert!(page.words().contains("eftersom du inte längre har den roll som krävs"), "{}", page.words());
        assert!(detail(&portal, "export.failed").await.contains("\"why\":\"role\""));
        assert_eq!(lars.get(&format!("{ready}/fil")).await.status, 403);
        assert_eq!(lars.post(&waiting, &[]).await.status, 403, "nor can it be asked for again");
        assert_eq!(count_of(&portal, "export.fetched").await, 0);
        run_sql(url, "UPDATE staff_roles SET role = 'warehouse' WHERE role = 'officer'".to_owned()).await;
        lars.submit(&waiting, &[]).await;
        worked(&portal).await;
        assert!(lars.get(&waiting).await.words().contains("Filen är klar."));
    }

    /// A row that cannot be read ends the attempt with a sentence, and the next one succeeds; a file is asked for once however
    /// often one presses, and nobody fills the queue.
    async fn what_fails_can_be_tried_again(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        worked(&portal).await;
        let file = portal.app.config.data.join("exports");
        std::fs::write(&file, "in the way").unwrap();
        let address = ask(&lars, "", "csv", "visade").await.leads_to();
        assert_eq!(ask(&lars, "sida=2", "csv", "visade").await.leads_to(), address, "the same file");
        for attempt in 1..=3 {
            let done = worked(&portal).await;
            assert_eq!((done.jobs_later, done.jobs_done), if attempt < 3 { (1, 0) } else { (0, 1) });
            portal.clock.advance_seconds(600);
        }
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        let page = lars.get(&address).await;
        assert!(page.words().contains("Något gick fel hos oss"), "{}", page.words());
        assert_eq!(page.find("main button"), ["Försök igen"]);
        std::fs::remove_file(&file).unwrap();
        lars.submit(&address, &[]).await;
        lars.submit(&address, &[]).await;
        assert_eq!(worked(&portal).await.jobs_done, 1, "once");
        assert!(lars.get(&address).await.words().contains("Filen är klar."));
        assert_eq!((count_of(&portal, "export.failed").await, count_of(&portal, "export.asked").await), (1, 2));
        for query in ["status=received", "status=confirmed", "status=completed"] {
            assert_eq!(ask(&lars, query, "csv", "visade").await.status, 303);
        }
        let answer = ask(&lars, "status=cancelled", "csv", "visade").await;
        assert_eq!((answer.status, answer.errors().concat().as_str()), (429, "Du har redan 3 filer på väg. Vänta tills en av dem är klar."));
    }

    /// After a week file and row are gone; who took what stands in the chain.
    async fn files_are_thrown_away(portal: TestPortal) {
        let (portal, lars) = back_room(&portal).await;
        order(&portal.browser(), &portal, UMEA, "1").await;
        let address = asked_export(&portal, &lars, "").await;
        let lies = || std::fs::read_dir(portal.app.config.data.join("files/passing")).map_or(0, Iterator::count);
        assert_eq!(lies(), 1);
        portal.clock.advance_seconds(8 * 24 * 3600);
        enter_as(&portal, &lars, StaffRole::Warehouse).await;
        assert_eq!(lars.get(&address).await.status, 404);
        server::worker(&portal.app).schedule().await.unwrap();
        portal.clock.advance_seconds(24 * 3600);
        worked(&portal).await;
        assert_eq!(lies(), 0);
        assert_eq!(one::<i64>(&portal.app.db, "SELECT CAST(COUNT(*) AS BIGINT) FROM exports WHERE $1 = ''", String::new()).await, 0);
        assert_eq!(count_of(&portal, "export.written").await, 1);
    }
}
