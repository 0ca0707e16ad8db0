//! The catalogue: import, what the store reads, and search, on both databases.

use std::path::PathBuf;

use portal::catalogue::import::{self, Attachments, FileProblem, ImportError, Report, Request, Source};
use portal::catalogue::search::{self, Hint, Query, Sort};
use portal::catalogue::{Availability, Kind, LanguageCode, Listed, Publication, StockStatus, demo, sample, store};
use portal::kit::{Instant, Lang, Slug};
use portal::platform::db::{Engine, StoreError};
use portal::web::App;
use serde_json::{Value, json};

use crate::harness::TestPortal;

/// Writes a file beside the test's database and imports it.
async fn import_text(portal: &TestPortal, name: &str, content: impl AsRef<[u8]>) -> Result<Report, ImportError> {
    let file = portal.folder.path().join(name);
    std::fs::write(&file, content).unwrap();
    import_file(&portal.app, file, false).await
}

async fn import_file(app: &App, file: PathBuf, dry_run: bool) -> Result<Report, ImportError> {
    let folder = file.parent().unwrap().join("files");
    import::publications(
        app,
        &Request { source: Source::File(file), attachments: Attachments::Folder(folder), dry_run, two_people: true },
        &|_| {},
    )
    .await
}

async fn import_rows(portal: &TestPortal, rows: Value) -> Report {
    import_text(portal, "rows.json", rows.to_string()).await.unwrap()
}

fn counts(report: &Report) -> [u64; 4] {
    [report.new, report.changed, report.unchanged, report.bad_rows]
}

/// The sentences of a report in Swedish.
fn sentences(report: &Report) -> String {
    import::report::lines(report, false, Lang::Sv).join("\n")
}

async fn publication(app: &App, path: &str) -> Publication {
    app.db
        .read(async |tx| store::publication(tx, path, portal::kit::civil::stockholm(app.now()).date).await)
        .await
        .unwrap()
        .unwrap_or_else(|| panic!("no work at {path}"))
}

async fn works(app: &App) -> i64 {
    app.db.read(async |tx| store::count(tx).await).await.unwrap()
}

async fn find(app: &App, words: &str) -> Vec<String> {
    let query = Query { words: words.into(), limit: 50, ..Query::default() };
    paths(search::find_listed(app, &query).await.unwrap().1)
}

fn paths(works: Vec<Listed>) -> Vec<String> {
    works.into_iter().map(|work| work.path).collect()
}

/// Why the stock changes in these tests.
fn cause() -> store::stock::Cause<'static> {
    store::stock::Cause { by: "system", about: "", reason: "", at: Instant::parse(crate::harness::MORNING).unwrap() }
}

on_both! {
    async fn the_demonstration_catalogue_is_whole(portal: TestPortal) {
        let app = &portal.app;
        let report = demo::load(app).await.unwrap();
        assert_eq!(counts(&report), [121, 0, 0, 0], "{}", sentences(&report));
        assert_eq!(report.notes, []);
        let again = demo::load(app).await.unwrap();
        assert_eq!(counts(&again), [0, 0, 121, 0]);
        assert_eq!(works(app).await, 121);

        let seed = publication(app, "2021/umea-vaxer-tryggt-och-sakert").await;
        let work = &seed.work;
        assert_eq!(work.kind, Kind::Evaluation);
        assert!(work.funded_evaluation && work.authors.is_empty() && work.published.is_none());
        assert_eq!(work.received.unwrap().text(), "2021");
        assert_eq!(work.organisation.as_ref().unwrap().as_str(), "Umeå kommun");
        assert_eq!(seed.subjects.len(), 4);
        assert_eq!((seed.interview(Lang::Sv).len(), seed.interview(Lang::En).len()), (2, 2));
        assert_eq!(seed.grants.iter().map(|grant| grant.year).collect::<Vec<_>>(), [2018, 2019]);
        let sale = seed.orderable().unwrap();
        assert_eq!((sale.price().0, sale.vat_rate().0, sale.isbn().hyphenated().as_str()), (9500, 600, "978-91-89999-00-8"));
        assert!(sale.price_is_example() && sale.isbn_is_example());
        assert_eq!(sale.stock().status(), StockStatus::InStock(40));
        let (edition, file) = seed.downloads().next().unwrap();
        assert_eq!((edition.availability, file.media_type.as_str()), (Availability::NotPrinted, "application/pdf"));
        assert_eq!(app.files.read(&file.hash).await.unwrap().len() as i64, file.size);

        let with_urn = publication(app, "2013/brottsutvecklingen-for-vissa-egendomsbrott-rattfylleri-och-narkotikabrott").await;
        assert_eq!(with_urn.work.urn.unwrap().as_str(), "urn:nbn:se:bra-528");
        assert!(with_urn.editions.is_empty());
        let ten = publication(app, "2005/narkotikabrottslighetens-organisationsmonster").await;
        assert_eq!(ten.editions[0].isbn.unwrap().hyphenated(), "978-91-38-32220-8");
        let undated = publication(app, "odaterad/livstidsdomar").await;
        assert_eq!((undated.work.year, undated.work.href().as_str()), (None, "/publikationer/odaterad/livstidsdomar"));
        let related = publication(app, "2001/dodligt-vald-mot-kvinnor-i-nara-relationer").await.related;
        assert_eq!(related[0].path, "2007/utvecklingen-av-dodligt-vald-mot-kvinnor-i-nara-relationer");
    }

    async fn csv_and_json_are_read_alike(portal: TestPortal) {
        let report = import_file(&portal.app, "demo/import-example.csv".into(), false).await.unwrap();
        assert_eq!(counts(&report), [6, 0, 0, 0], "{}", sentences(&report));
        let two = publication(&portal.app, "2023/exempelrapport-med-tva-utgavor").await;
        let isbns: Vec<_> = two.editions.iter().map(|edition| (edition.form.code(), edition.isbn.unwrap().compact())).collect();
        assert_eq!(isbns, [("print", "9789189999152".to_owned()), ("pdf", "9789189999206".to_owned())]);
        let sale = two.orderable().unwrap();
        assert_eq!((sale.price().0, sale.stock().status()), (12_050, StockStatus::Backorder));
        let both = publication(&portal.app, "2022/example-report-in-english").await.work;
        assert_eq!(both.languages.iter().map(LanguageCode::as_str).collect::<Vec<_>>(), ["en", "sv"]);
        let not_printed = publication(&portal.app, "2021/exempelrapport-gar-den-att-ladda-ner").await;
        assert!(not_printed.orderable().is_none());
        assert_eq!(not_printed.editions[0].form.code(), "pdf");
    }

    async fn a_changed_row_changes_its_work_and_nothing_else(portal: TestPortal) {
        let app = &portal.app;
        let row = json!({
            "id": "a", "title": "Första namnet", "year": 2020, "isbn": ["978-91-85664-85-6", "978-91-86027-08-7"], "price_sek_incl_vat": 100,
            "vat_rate": 6, "stock": 10, "subjects": ["våld", "hot"], "orderable_in_print": true, "number": "2020:1"
        });
        let other = json!({ "id": "b", "title": "Ett annat verk", "year": 2020 });
        assert_eq!(counts(&import_rows(&portal, json!([row, other])).await), [2, 0, 0, 0]);
        let before = publication(app, "2020/forsta-namnet").await;
        let sold = before.editions[0].id.clone();
        assert!(app.db.write(async |tx| store::stock::hold(tx, &sold, 3, cause()).await).await.unwrap());

        let mut changed = row.clone();
        changed["title"] = "Andra namnet".into();
        changed["stock"] = 500.into();
        changed["price_sek_incl_vat"] = "120,50".into();
        changed["subjects"] = json!(["hot", "unga"]);
        changed["isbn"] = json!(["978-91-86027-08-7", "978-91-85664-85-6"]);
        let report = import_rows(&portal, json!([changed, other])).await;
        assert_eq!(counts(&report), [0, 1, 1, 0]);
        assert!(sentences(&report).contains("Lagersaldot"), "{}", sentences(&report));
        let after = publication(app, "2020/forsta-namnet").await;
        assert_eq!((after.work.id.clone(), after.work.title.as_str()), (before.work.id.clone(), "Andra namnet"));
        assert_eq!(after.subjects.iter().map(|subject| subject.name_sv.as_str()).collect::<Vec<_>>(), ["hot", "unga"]);
        let moved = after.editions.iter().find(|edition| edition.isbn == before.editions[0].isbn).unwrap();
        assert_eq!((&moved.id, moved.form.code()), (&sold, "pdf"));
        assert_eq!((moved.stock.on_hand, moved.stock.held), (10, 3));
        assert_eq!(find(app, "andra").await, ["2020/forsta-namnet"]);
        assert!(find(app, "första").await.is_empty());

        // An edition that is no longer in the file stays for the orders that name it, but cannot be ordered.
        changed["isbn"] = json!([]);
        for name in ["price_sek_incl_vat", "orderable_in_print"] {
            changed[name] = Value::Null;
        }
        assert_eq!(counts(&import_rows(&portal, json!([changed])).await), [0, 1, 0, 0]);
        let after = publication(app, "2020/forsta-namnet").await;
        assert_eq!(after.editions.len(), 2);
        assert!(after.orderable().is_none());
    }

    async fn same_titles_get_addresses_of_their_own(portal: TestPortal) {
        let row = |id: &str, number: Option<&str>| json!({ "id": id, "title": "Samma namn?", "year": 2020, "number": number });
        let rows = json!([row("a", None), row("b", Some("2020:3")), row("c", None), row("d", Some("2020:3")), row("e", None)]);
        assert_eq!(counts(&import_rows(&portal, rows).await), [5, 0, 0, 0]);
        let rows = json!([row("f", Some("4/2020")), row("a", None), { "id": "g", "title": "???" }]);
        assert_eq!(counts(&import_rows(&portal, rows).await), [2, 0, 1, 0]);
        let found: Vec<_> = portal.app.db.read(async |tx| store::sitemap(tx, "", 100).await).await.unwrap();
        let mut paths: Vec<_> = found.into_iter().map(|row| row.path).collect();
        paths.sort();
        let expected = ["-2020-3", "-2", "-3", "-4", "-4-2020", ""].map(|end| format!("2020/samma-namn{end}"));
        let mut expected: Vec<_> = expected.into_iter().chain(["odaterad/g".to_owned()]).collect();
        expected.sort();
        assert_eq!(paths, expected);
    }

    async fn bad_rows_are_told_in_words_and_nothing_is_written(portal: TestPortal) {
        let good = json!({ "id": "good", "title": "God rad", "isbn": "978-91-85664-85-6", "urn_nbn": "urn:nbn:se:bra-1" });
        assert_eq!(counts(&import_rows(&portal, json!([good])).await), [1, 0, 0, 0]);
        for (field, value, sentence) in [
            ("title", json!(""), "Rad 2 (x), fältet title: Fältet saknas. Fyll i det."),
            ("title", json!(["a"]), "Här måste det stå en text."),
            ("title", json!("x".repeat(501)), "Korta den till högst 500 tecken."),
            ("id", json!(null), "Rad 2, fältet id: Fältet saknas."),
            ("isbn", json!(["978-91-85664-85-7"]), "Kontrollsiffran stämmer inte: den skulle vara 6"),
            ("isbn", json!(["91-38-32220-1"]), "den skulle vara X"),
            ("isbn", json!(["12"]), "Ett ISBN har 10 eller 13 siffror."),
            ("isbn", json!(["978-91-86027-08-7", "978-91-86027-08-7", "978-91-86027-26-1", "978-91-87335-18-1"]), "högst två ISBN"),
            ("isbn", json!("978-91-85664-85-6"), "Värdet tillhör redan ”God rad” (good)"),
            ("urn_nbn", json!("URN: NBN: SE: BRA-1"), "Värdet tillhör redan ”God rad” (good)"),
            ("urn_nbn", json!("bra-528"), "En URN skrivs till exempel urn:nbn:se:bra-528."),
            ("issn", json!("1100-6677"), "Kontrollsiffran"),
            ("date_published", json!("2021-13"), "Ange datumet som 2021, 2021-03 eller 2021-03-15."),
            ("year", json!("i fjol"), "Här måste det stå ett heltal"),
            ("year", json!(20), "Värdet måste ligga mellan 1900 och 2100."),
            ("received_year", json!(2019), "säger olika år"),
            ("price_sek_incl_vat", json!("gratis"), "Ange priset i kronor"),
            ("price_sek_incl_vat", json!(0), "Värdet måste ligga mellan 1 och 100000."),
            ("price_sek_incl_vat", json!(95.125), "Ange priset i kronor"),
            ("vat_rate", json!(7), "Momsen måste vara 0, 6, 12 eller 25 procent."),
            ("stock", json!(-1), "Värdet måste ligga mellan 0 och"),
            ("backorder", json!("kanske"), "Här måste det stå true eller false."),
            ("language", json!(["svenska"]), "två eller tre bokstäver"),
            ("source_url", json!("javascript:alert(1)"), "Ange en hel webbadress"),
            ("pdf", json!("../hemligt.pdf"), "Ange bara filens namn"),
            ("pdf", json!("finns-inte.pdf"), "Filen finns inte."),
            ("editions", json!([{ "form": "sten" }]), "Rad 2 (x), fältet editions[1].form: Formen måste vara"),
            ("interview", json!([{ "question": "Hur?" }]), "fältet interview[1].answer: Fältet saknas."),
            ("interview", json!("text"), "Här måste det stå en lista."),
            ("grants", json!(["x"]), "Varje del av listan måste vara ett objekt"),
            ("summary", json!("ISBN: $isbn"), "$isbn är ett fält som aldrig fyllts i."),
        ] {
            let mut row = json!({ "id": "x", "title": "En rad", "received": "2021" });
            row[field] = value;
            let report = import_rows(&portal, json!([{ "id": "ok", "title": "Rätt rad" }, row])).await;
            let said = sentences(&report);
            assert!(report.bad_rows == 1 && said.contains(sentence), "{field}: {said}");
            assert!(said.contains("Inget är importerat. 1 av 2 rader har fel"), "{said}");
            assert!(!import::report::lines(&report, false, Lang::En).join("").is_empty());
            assert_eq!(works(&portal.app).await, 1, "{field}");
        }
        let report = import_rows(&portal, json!([{ "id": "y", "title": "T" }, { "id": "y", "title": "T" }])).await;
        assert!(sentences(&report).contains("Rad 2 (y), fältet id: Samma värde finns redan på rad 1."), "{}", sentences(&report));
        let report = import_rows(&portal, json!([1])).await;
        assert!(sentences(&report).contains("Rad 1: Det här är ingen publikation."), "{}", sentences(&report));
    }

    async fn files_that_are_no_files_of_publications(portal: TestPortal) {
        for (name, content, sentence) in [
            ("a.json", &b"[{\"id\": \"a\", \"title\": \"Bl\xE5b\xE4r\"}]"[..], "Filen är inte skriven i UTF-8: rad 1 (byte 26)"),
            ("b.json", b"hej", "Filen är inte JSON"),
            ("c.json", b"[{\"id\": \"a\", \"title\": \"T\"}, {\"id\": \"b\", \"tit", "Filen tar slut mitt i publikation 2."),
            ("d.json", b"{\n\"id\": \"a\"\n}", "Filen är JSON men ingen lista."),
            ("e.csv", b"namn,titel\na,b\n", "men id, title saknas där."),
            ("f.json", b"", "Filen är tom."),
            ("g.csv", b"\xFF\xFEi\0d\0", "UTF-16"),
        ] {
            let error = import_text(&portal, name, content).await.unwrap_err();
            let said = import::report::failure(&error, Lang::Sv);
            assert!(said.contains(sentence), "{name}: {said}");
            assert!(!import::report::failure(&error, Lang::En).is_empty());
        }
        let error = import_file(&portal.app, "/finns/inte.json".into(), false).await.unwrap_err();
        assert!(matches!(error, ImportError::File(FileProblem::Unreadable(_))), "{error}");
        let report = import_text(&portal, "half.csv", "id,title,year\na,T,2020\nb,U\n").await.unwrap();
        assert!(sentences(&report).contains("Rad 2: Raden har 2 celler men rubrikraden 3."), "{}", sentences(&report));
        assert_eq!(works(&portal.app).await, 0);
    }

    async fn a_rehearsal_writes_nothing_and_odd_fields_are_noted(portal: TestPortal) {
        let rows = json!([
            { "id": "a", "title": "T", "titel": "fel stavat", "publication_type": "Tidning", "price_sek_incl_vat": 10 },
            { "id": "b", "title": "U", "titel": "igen" }
        ]);
        let file = portal.folder.path().join("rows.json");
        std::fs::write(&file, rows.to_string()).unwrap();
        let report = import_file(&portal.app, file, true).await.unwrap();
        assert_eq!((counts(&report), report.note_count), ([2, 0, 0, 0], 3));
        let said = import::report::lines(&report, true, Lang::Sv).join("\n");
        for sentence in ["fältet titel: Fältet är okänt", "visas som övrigt", "går inte att beställa", "Inget är skrivet."] {
            assert!(said.contains(sentence), "{said}");
        }
        assert_eq!(works(&portal.app).await, 0);
    }

    async fn many_rows_go_in_at_once_or_not_at_all(portal: TestPortal) {
        let mut file = Vec::new();
        sample::write(2500, 3, &mut file).unwrap();
        assert_eq!(counts(&import_text(&portal, "sample.json", &file).await.unwrap()), [2500, 0, 0, 0]);
        assert_eq!(counts(&import_text(&portal, "sample.json", &file).await.unwrap()), [0, 0, 2500, 0]);
        // The last row's ISBN is the first one's.
        let mut rows: Vec<Value> = serde_json::from_slice(&file).unwrap();
        for row in &mut rows {
            row["title"] = format!("Ny: {}", row["title"].as_str().unwrap()).into();
        }
        let taken = rows.iter().find_map(|row| row["isbn"].as_array().cloned()).unwrap();
        rows.push(json!({ "id": "last", "title": "Sist", "isbn": taken }));
        let report = import_rows(&portal, Value::from(rows.clone())).await;
        assert_eq!(report.bad_rows, 1);
        assert!(find(&portal.app, "ny").await.is_empty());
        rows.pop();
        assert_eq!(counts(&import_rows(&portal, Value::from(rows)).await), [0, 2500, 0, 0]);
        assert_eq!(works(&portal.app).await, 2500);
        let query = Query { words: "ny".into(), limit: 1, ..Query::default() };
        assert_eq!(search::find(&portal.app, &query).await.unwrap().total, 2500);
    }

    async fn stock_is_held_only_while_there_is_some(portal: TestPortal) {
        let app = &portal.app;
        demo::load(app).await.unwrap();
        let edition = publication(app, "2021/umea-vaxer-tryggt-och-sakert").await.orderable().unwrap().edition().clone();
        let held = async |copies: i64| app.db.write(async |tx| store::stock::hold(tx, &edition, copies, cause()).await).await.unwrap();
        assert!(held(38).await);
        assert!(!held(3).await);
        assert!(held(2).await);
        let stock = async || app.db.read(async |tx| store::for_sale(tx, std::slice::from_ref(&edition), portal::kit::civil::stockholm(app.now()).date).await).await.unwrap().remove(0).orderable.unwrap().stock();
        assert_eq!(stock().await.status(), StockStatus::Out);
        app.db.write(async |tx| store::stock::release(tx, &edition, 1, cause()).await).await.unwrap();
        assert_eq!(stock().await.status(), StockStatus::Few(1));
        app.db.write(async |tx| store::stock::send(tx, &edition, 39, cause()).await).await.unwrap();
        app.db.write(async |tx| store::stock::receive(tx, &edition, 20, cause()).await).await.unwrap();
        assert_eq!((stock().await.on_hand, stock().await.held), (21, 0));
        let refused = app.db.write(async |tx| store::stock::release(tx, &edition, 1, cause()).await).await;
        assert!(matches!(refused, Err(StoreError::Stale(_))));
        assert!(!held(-1).await);
    }

    async fn lists_of_series_subjects_files_and_addresses(portal: TestPortal) {
        let app = &portal.app;
        demo::load(app).await.unwrap();
        app.db.read(async |tx| {
            let series = store::all_series(tx).await?;
            assert_eq!(series.iter().find(|(series, _)| series.name.as_str() == "Rapport").unwrap().1, 55);
            let names: Vec<_> = series.iter().map(|(series, _)| series.name.as_str()).collect();
            assert_eq!((names.first(), names.last()), (Some(&"BRÅ-rapport"), Some(&"Report")));
            let slug = Slug::parse("kortanalys").unwrap();
            assert_eq!(store::series(tx, &slug).await?.unwrap().name.as_str(), "Kortanalys");
            let subjects = store::all_subjects(tx).await?;
            assert_eq!(subjects.iter().find(|(subject, _)| subject.name_sv.as_str() == "unga").unwrap().1, 12);
            assert_eq!(subjects.last().unwrap().0.name_sv.as_str(), "övergrepp i rättssak");
            assert!(store::subject(tx, &Slug::parse("vald-i-nara-relationer").unwrap()).await?.is_some());
            assert!(store::subject(tx, &Slug::parse("finns-inte").unwrap()).await?.is_none());
            let (mut after, mut all) = (String::new(), Vec::new());
            loop {
                let page = store::sitemap(tx, &after, 50).await?;
                let Some(last) = page.last() else { break };
                after = last.path.clone();
                all.extend(page.into_iter().map(|row| row.path));
            }
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 121);
            let path = "2021/umea-vaxer-tryggt-och-sakert";
            let (_, file) = store::file(tx, path, "umea-vaxer-tryggt-och-sakert-exempel.pdf").await?.unwrap();
            assert!(file.size > 1000);
            assert!(store::file(tx, path, "annat.pdf").await?.is_none());
            Ok::<_, StoreError>(())
        }).await.unwrap();
        let latest = search::latest(app, 3).await.unwrap();
        assert_eq!(paths(latest), [
            "2024/forskning-om-alder-och-brott-samt-dess-betydelse-for-brottsprevention",
            "2023/effektuppfoljning-av-sluta-skjut",
            "2023/polisanmalda-hatbrott-2022",
        ]);
    }

    async fn downloads_are_counted_by_month(portal: TestPortal) {
        let app = &portal.app;
        demo::load(app).await.unwrap();
        let seed = publication(app, "2021/umea-vaxer-tryggt-och-sakert").await;
        let edition = seed.downloads().next().unwrap().0.id.clone();
        for month in ["2026-11", "2026-11", "2026-12"] {
            app.db.write(async |tx| store::count_download(tx, &edition, month).await).await.unwrap();
        }
        let counts: Vec<(String, i64)> = app.db.read(async |tx| {
            Ok::<_, StoreError>(sqlx::query_as("SELECT month, count FROM downloads ORDER BY month").fetch_all(tx).await?)
        }).await.unwrap();
        assert_eq!(counts, [("2026-11".to_owned(), 2), ("2026-12".to_owned(), 1)]);
    }

    async fn a_withdrawn_work_is_found_no_more(portal: TestPortal) {
        let app = &portal.app;
        demo::load(app).await.unwrap();
        assert_eq!(find(app, "villainbrott").await, ["odaterad/villainbrott"]);
        app.db.write(async |tx| {
            let revision = store::write::next_revision(tx).await?;
            sqlx::query("UPDATE works SET status = 'withdrawn', withdrawn_reason = 'Felaktig', revision = $1 WHERE slug = 'villainbrott'")
                .bind(revision).execute(tx).await?;
            Ok::<_, StoreError>(())
        }).await.unwrap();
        assert!(find(app, "villainbrott").await.is_empty());
        // The record and the reason stay, and a file does not publish it again.
        demo::load(app).await.unwrap();
        let work = publication(app, "odaterad/villainbrott").await.work;
        assert!(matches!(work.status, portal::catalogue::Status::Withdrawn { reason: Some(_) }));
    }

    async fn facets_narrow_and_pages_go_on(portal: TestPortal) {
        let app = &portal.app;
        demo::load(app).await.unwrap();
        let all = search::find(app, &Query { limit: 50, ..Query::default() }).await.unwrap();
        assert_eq!((all.total, all.ids.len()), (121, 50));
        let count = |choices: &[search::Choice], value: &str| choices.iter().find(|choice| choice.value == value).map(|choice| choice.count);
        assert_eq!(count(&all.facets.kinds, "report"), Some(36));
        assert_eq!(count(&all.facets.subjects, "unga"), Some(12));
        assert_eq!(count(&all.facets.series, "kortanalys"), Some(21));
        assert_eq!(all.facets.kinds[0].value, "report");
        assert_eq!(all.facets.subjects[0].label_sv, "nationella trygghetsundersökningen");
        assert!(all.facets.years.windows(2).all(|two| two[0].value > two[1].value));
        assert!(all.facets.orderable > 0);

        let narrow = Query { kinds: vec![Kind::ShortAnalysis, Kind::Report], years: vec![2020], limit: 50, ..Query::default() };
        let found = search::find(app, &narrow).await.unwrap();
        assert!(found.total > 0 && found.total == found.ids.len() as u64);
        assert_eq!(found.facets.kinds.iter().filter(|choice| choice.chosen).count(), 2);
        let orderable = Query { orderable: true, sort: Sort::Title, limit: 50, ..Query::default() };
        let (found, works) = search::find_listed(app, &orderable).await.unwrap();
        assert!(works.len() as u64 == found.total && works.iter().all(|work| work.orderable().is_some()));
        assert_eq!(works.len() as u64, all.facets.orderable);

        let mut pages = Vec::new();
        for offset in [0, 50, 100] {
            pages.extend(search::find(app, &Query { sort: Sort::Title, offset, limit: 50, ..Query::default() }).await.unwrap().ids);
        }
        assert_eq!(pages.len(), 121);
        pages.sort();
        pages.dedup();
        assert_eq!(pages.len(), 121);
    }

    async fn nothing_found_helps_on(portal: TestPortal) {
        let app = &portal.app;
        demo::load(app).await.unwrap();
        let hints = async |query: Query| search::find(app, &Query { limit: 10, ..query }).await.unwrap().hints;
        let words = |words: &str| Query { words: words.into(), ..Query::default() };
        assert!(matches!(&hints(words("koruption")).await[..], [Hint::Instead { typed, shown }] if typed == "koruption" && shown.starts_with("korruption")));
        let spelled = hints(words("valdtakt")).await;
        assert!(matches!(&spelled[..], [Hint::Spelling { words, .. }] if words.starts_with("våldtäkt")), "{spelled:?}");
        assert!(matches!(&hints(Query { years: vec![1980], ..words("klotter") }).await[..], [Hint::WithoutChoices { count: 1 }]));
        let alone = hints(words("klotter penningtvätt")).await;
        assert!(matches!(&alone[..], [Hint::Word { count: 1, .. }, Hint::Word { count: 1, .. }]), "{alone:?}");
        assert_eq!(hints(words("xyzzyx")).await, []);
    }
}

/// The same questions give the same works in the same order on both databases.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_answer_alike() {
    const QUESTIONS: &[&str] = &[
        "",
        "brottsoffer",
        "brottsoffren",
        "brottsoffrens",
        "våld",
        "vald",
        "våldet",
        "gängvåld",
        "hatbrott",
        "hat brott",
        "kamera",
        "kameraövervakning",
        "övervakning",
        "trygghet",
        "trygghetsundersökningen",
        "undersökning",
        "NTU",
        "skola",
        "skolan",
        "unga",
        "ungdomar",
        "korruption i myndigheter",
        "organiserad brottslighet",
        "narkotika",
        "2016:12",
        "5/2020",
        "1/2020",
        "2019:1",
        "nr 131/14",
        "version 10.0",
        "978-91-85664-85-6",
        "9789185664856",
        "91-38-32220-X",
        "bra-528",
        "urn:nbn:se:bra-754",
        "1100-6676",
        "Lars Korsell",
        "umeå",
        "umea",
        "crime survey",
        "crimes in Sweden",
        "åtal",
        "atal",
        "politiker hot",
        "dödligt våld kvinnor",
        "rapport 2016",
        "e\u{301}",
        "polis & kommun",
        "\u{0}%_'\"*",
    ];
    let mut answers = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let portal = TestPortal::start(engine).await;
        demo::load(&portal.app).await.unwrap();
        let mut found = Vec::new();
        for words in QUESTIONS {
            for sort in [Sort::Relevance, Sort::Newest, Sort::Title] {
                let query = Query { words: (*words).into(), sort, limit: 50, ..Query::default() };
                let (answer, works) = search::find_listed(&portal.app, &query).await.unwrap();
                found.push((words.to_owned(), answer.total, paths(works), answer.facets, answer.hints));
            }
        }
        answers.push(found);
    }
    for (one, other) in answers[0].iter().zip(&answers[1]) {
        assert_eq!(one, other);
    }
}

/// What readers expect to find.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_find_what_they_mean() {
    let portal = TestPortal::start(Engine::Sqlite).await;
    let app = &portal.app;
    demo::load(app).await.unwrap();
    let finds = async |words: &str, path: &str| {
        let found = find(app, words).await;
        assert!(found.iter().any(|found| found == path), "{words} gave {found:#?} without {path}");
    };
    assert_eq!(find(app, "brottsoffer").await, find(app, "brottsoffren").await);
    finds("brottsoffrens", "2020/stod-till-hatbrottsutsatta").await;
    finds("hatbrott", "2020/stod-till-hatbrottsutsatta").await;
    finds("kamera", "2007/kameraovervakning-och-brottsprevention").await;
    finds("övervakning", "2007/kameraovervakning-och-brottsprevention").await;
    finds("undersökning", "2016/skolundersokningen-om-brott").await;
    finds("trygghet", "2019/nationella-trygghetsundersokningen-2018").await;
    finds("livstid", "odaterad/livstidsdomar").await;
    finds("kommun", "2020/kommunernas-brottsforebyggande-arbete-och-identifierade-problem").await;
    finds("Korsell", "2007/korruptionens-struktur-i-sverige").await;
    for isbn in ["978-91-85664-85-6", "9789185664856", "978 91 85664 85 6", "ISBN 91-85664-85-5"] {
        assert_eq!(find(app, isbn).await, ["2007/kameraovervakning-och-brottsprevention"], "{isbn}");
    }
    assert_eq!(find(app, "2016:12").await, ["2016/kriminella-natverk-och-grupperingar"]);
    assert_eq!(find(app, "5/2020").await, ["2020/far-flickor-atalsunderlatelse-lattare-an-pojkar"]);
    assert_eq!(find(app, "BRA-528").await, ["2013/brottsutvecklingen-for-vissa-egendomsbrott-rattfylleri-och-narkotikabrott"]);
    assert_eq!(find(app, "umeå växer").await, ["2021/umea-vaxer-tryggt-och-sakert"]);
    // Å, ä and ö are letters of their own.
    let (violence, elected) = (find(app, "våld").await, find(app, "vald").await);
    assert!(violence.iter().any(|path| path.contains("vald")) && !elected.iter().any(|path| path.contains("vald")), "{elected:?}");
    assert!(find(app, "skjutvapen").await.len() >= 5);
    // The title counts most.
    assert_eq!(find(app, "korruption").await[0], find(app, "korruptionens").await[0]);
    assert!(find(app, "korruption").await[0].contains("korruption") || find(app, "korruption").await[0].contains("corruption"));
}

/// `portal import publications` as an operator runs it: words on standard output, progress and the last word of a refusal
/// on standard error, and an exit code.
#[test]
fn the_command_line_imports_and_refuses() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_portal"))
            .args(arguments)
            .env("PORTAL_DATA", folder.path())
            .env("DATABASE_URL", format!("sqlite://{}", folder.path().join("portal.db").display()))
            .env("PORTAL_LOG", "error")
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (good, said, refused) = run(&["migrate"]);
    assert!(good, "{said}{refused}");
    let example = "demo/import-example.csv";
    let (good, said, _) = run(&["import", "publications", example, "--dry-run"]);
    assert!(good && said.contains("Inget är skrivet. Nya publikationer: 6."), "{said}");
    let (good, said, _) = run(&["import", "publications", example, "--lang", "en"]);
    assert!(good && said.contains("Done. New publications: 6."), "{said}");
    let (good, said, _) = run(&["import", "publications", example]);
    assert!(good && said.contains("Oförändrade: 6."), "{said}");
    let broken = folder.path().join("broken.csv");
    std::fs::write(&broken, "id,title,isbn\na,T,978-91-85664-85-7\n").unwrap();
    let (good, said, refused) = run(&["import", "publications", broken.to_str().unwrap()]);
    assert!(!good && said.contains("Rad 1 (a), fältet isbn: Kontrollsiffran"), "{said}");
    assert!(refused.contains("Inget är importerat. 1 av 1 rader har fel"), "{refused}");
    let many = folder.path().join("many.json");
    let (good, said, refused) = run(&["sample", "publications", "1000", many.to_str().unwrap()]);
    assert!(good, "{said}{refused}");
    let (good, _, progress) = run(&["import", "publications", many.to_str().unwrap()]);
    assert!(good && progress.contains("Kontrollerat 1000 rader") && progress.contains("Skrivit 1000 rader"), "{progress}");
}
