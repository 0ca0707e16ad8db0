//! What the platform promises, on both databases: mail arrives once in effect, jobs are done or seen to be dead, the
//! audit chain shows what was changed, files are whole, old rows go.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use portal::kit::{Email, Id, Instant, Lang};
use portal::platform::audit::{self, Fault, Head};
use portal::platform::config::Config;
use portal::platform::db::{Db, Engine, StoreError, dialect};
use portal::platform::doctor;
use portal::platform::files::{Download, Files, FilesError, Whole};
use portal::platform::ids::{SharedIds, SystemIds, sha256_hex};
use portal::platform::jobs::{self, Handlers, JobError, NewJob};
use portal::platform::mail::Letter;
use portal::platform::outbox::{self, Backlog, Mail};
use portal::platform::rate_limit::{self, Limit, Verdict};
use portal::platform::retention::{self, Kept};
use portal::platform::telemetry;
use portal::platform::worker::Done;
use portal::server;
use portal::web::App;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::bucket::Bucket;
use crate::harness::{TestPortal, run_sql};
use crate::smtp::{Act, Sink, header};

const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

fn a_mail(about: &str) -> Mail {
    let letter = Letter::new(Lang::Sv, "Vi har tagit emot din beställning")
        .paragraph("Tack för din beställning.")
        .link("Se din beställning", format!("https://portal.example.se/bestallning/{about}"));
    Mail {
        kind: "order.placed",
        about: about.to_owned(),
        to: Email::parse("anna@example.se").unwrap(),
        lang: Lang::Sv,
        subject: "Din beställning hos Brå".to_owned(),
        text: letter.text(),
        html: letter.html(),
    }
}

async fn put(app: &App, mail: &Mail) -> bool {
    let now = app.now();
    app.db.write(async |tx| outbox::put(tx, &app.ids, now, mail).await).await.unwrap()
}

async fn backlog(app: &App) -> Backlog {
    app.db.read(async |tx| outbox::backlog(tx).await).await.unwrap()
}

async fn rows(app: &App) -> Vec<outbox::Kept> {
    app.db.read(async |tx| outbox::latest(tx, 100).await).await.unwrap()
}

on_both! {
    /// Without a mail server every message becomes a file, and the row lets go of the secret link.
    async fn mail_is_kept_as_files(portal: TestPortal) {
        let app = &portal.app;
        assert!(put(app, &a_mail("1")).await);
        assert!(!put(app, &a_mail("1")).await, "one mail of a kind about one thing");
        assert_eq!(backlog(app).await, Backlog { waiting: 1, dead: 0 });
        let worker = server::worker(app);
        assert_eq!(worker.drain().await.unwrap(), Done { mail_sent: 1, ..Done::default() });
        assert_eq!(worker.drain().await.unwrap(), Done::default());
        let row = rows(app).await.remove(0);
        assert_eq!((row.status.as_str(), row.text_body.as_str(), row.attempts), ("sent", "", 1));
        assert_eq!(row.sent_at, Some(app.now()));
        let kept = std::fs::read_to_string(portal.folder.path().join(format!("post/{}.eml", row.id))).unwrap().replace("\r\n", "\n");
        assert_eq!(header(&kept, "Message-ID"), format!("<{}@127.0.0.1>", row.id));
        assert_eq!(header(&kept, "To"), "anna@example.se");
        assert_eq!(header(&kept, "Date"), "Mon, 23 Nov 2026 09:00:00 +0000");
        assert_eq!(header(&kept, "Auto-Submitted"), "auto-generated");
        assert!(header(&kept, "Content-Type").starts_with("multipart/alternative"), "{kept}");
        let entries = std::fs::read_dir(portal.folder.path().join("post")).unwrap().count();
        assert_eq!(entries, 1, "no unfinished file lies about");
    }

    /// The mail belongs to the transaction: what is rolled back is never sent.
    async fn no_mail_without_its_transaction(portal: TestPortal) {
        let app = &portal.app;
        let (now, mail) = (app.now(), a_mail("1"));
        let refused: Result<(), StoreError> = app.db.write(async |tx| {
            outbox::put(tx, &app.ids, now, &mail).await?;
            Err(StoreError::Stale("order"))
        }).await;
        assert!(refused.is_err());
        assert_eq!(server::worker(app).drain().await.unwrap(), Done::default());
    }

    /// A worker died with the mail in hand: nobody touches it until its lease is out, then another sends it.
    async fn a_lease_runs_out(portal: TestPortal) {
        let app = &portal.app;
        put(app, &a_mail("1")).await;
        let (claim, now) = (dialect::claim_mail(app.db.engine()), app.now());
        let taken: Option<(Id,)> = app.db.write(async |tx| {
            Ok::<_, StoreError>(sqlx::query_as(claim).bind(now).bind(now.plus_seconds(300)).fetch_optional(tx).await?)
        }).await.unwrap();
        assert!(taken.is_some());
        let worker = server::worker(app);
        portal.clock.advance_seconds(299);
        assert_eq!(worker.drain().await.unwrap(), Done::default());
        portal.clock.advance_seconds(1);
        assert_eq!(worker.drain().await.unwrap().mail_sent, 1);
        assert_eq!(rows(app).await[0].attempts, 2);
    }

    /// Jobs are done, tried again, given up, or wait for a program that knows them.
    async fn jobs_are_done_or_seen_to_be_dead(portal: TestPortal) {
        let app = &portal.app;
        let now = app.now();
        let done = Arc::new(AtomicU32::new(0));
        let counter = done.clone();
        let mut worker = server::worker(app);
        worker.handlers = Handlers::default()
            .on("good", move |_: App, job| {
                let counter = counter.clone();
                async move {
                    assert_eq!(job.payload, json!({"order": 7}));
                    counter.fetch_add(1, Ordering::SeqCst);
                    Ok(())
                }
            })
            .on("weak", async |_, job| if job.attempts < 3 { Err(JobError::Later("not yet".to_owned())) } else { Ok(()) })
            .on("hopeless", async |_, _| Err(JobError::Never("no such order".to_owned())))
            .on("clumsy", async |_, job| if job.attempts == 1 { panic!("slipped") } else { Ok(()) });
        app.db.write(async |tx| {
            for kind in ["good", "weak", "hopeless", "clumsy", "unknown"] {
                let job = NewJob { kind, payload: json!({"order": 7}), due: now, unique_key: Some(kind) };
                assert!(jobs::put(&mut *tx, &app.ids, now, &job).await?);
                assert!(!jobs::put(&mut *tx, &app.ids, now, &job).await?, "the key stands there already");
            }
            let free = NewJob { kind: "good", payload: json!({"order": 7}), due: now.plus_seconds(3600), unique_key: None };
            jobs::put(tx, &app.ids, now, &free).await
        }).await.unwrap();
        assert_eq!(worker.drain().await.unwrap(), Done { jobs_done: 1, jobs_later: 3, jobs_dead: 1, ..Done::default() });
        assert_eq!(done.load(Ordering::SeqCst), 1);
        portal.clock.advance_seconds(60);
        assert_eq!(worker.drain().await.unwrap(), Done { jobs_done: 1, jobs_later: 2, ..Done::default() });
        portal.clock.advance_seconds(300);
        assert_eq!(worker.drain().await.unwrap(), Done { jobs_done: 1, jobs_later: 1, ..Done::default() });
        portal.clock.advance_seconds(10 * 86_400);
        for _ in 0..5 {
            worker.drain().await.unwrap();
            portal.clock.advance_seconds(10 * 86_400);
        }
        let left = app.db.read(async |tx| jobs::backlog(tx).await).await.unwrap();
        assert_eq!(left, Backlog { waiting: 0, dead: 2 }, "the hopeless one and the unknown one");
        assert_eq!(done.load(Ordering::SeqCst), 2);
        let now = app.now();
        assert_eq!(app.db.write(async |tx| jobs::revive(tx, now).await).await.unwrap(), 2);
        assert_eq!(worker.drain().await.unwrap(), Done { jobs_later: 1, jobs_dead: 1, ..Done::default() });
    }

    /// The night's work stands in the queue once, whoever schedules it, and does what it says.
    async fn the_night_is_scheduled_once(portal: TestPortal) {
        let app = &portal.app;
        put(app, &a_mail("1")).await;
        let (one, other) = (server::worker(app), server::worker(app));
        one.drain().await.unwrap();
        portal.clock.advance_seconds(31 * 86_400);
        let (a, b) = tokio::join!(one.schedule(), other.schedule());
        a.unwrap();
        b.unwrap();
        assert_eq!(one.drain().await.unwrap(), Done { jobs_done: 3, ..Done::default() });
        assert!(rows(app).await.is_empty(), "mail that was sent a month ago is gone");
    }

    /// So many times, then no more until a new window; others are not affected.
    async fn attempts_are_counted(portal: TestPortal) {
        let app = &portal.app;
        let limit = Limit { purpose: "checkout", times: 3, seconds: 600 };
        let attempt = async |who: &str| {
            let now = app.now();
            app.db.write(async |tx| rate_limit::check(tx, &limit, who, now).await).await.unwrap()
        };
        portal.clock.advance_seconds(100);
        for _ in 0..3 {
            assert!(attempt("a").await.is_allowed());
        }
        assert_eq!(attempt("a").await, Verdict::Wait { seconds: 500 });
        assert!(attempt("b").await.is_allowed());
        portal.clock.advance_seconds(500);
        assert!(attempt("a").await.is_allowed());
    }

    /// Old rows go, others stay; a dry run counts the same rows and touches none.
    async fn old_rows_go(portal: TestPortal) {
        let app = &portal.app;
        let (old, new) = (app.now(), app.now().plus_days(20));
        let basket = async |status: &'static str, at: Instant| {
            app.db.write(async |tx| {
                sqlx::query("INSERT INTO baskets (id, token_hash, status, answers, created_at, updated_at) VALUES ($1, $1, $2, '{}', $3, $3)")
                    .bind(app.ids.id(at)).bind(status).bind(at).execute(tx).await.map_err(StoreError::from)
            }).await.unwrap();
        };
        basket("open", old).await;
        basket("open", new).await;
        basket("ordered", old).await;
        put(app, &a_mail("sent")).await;
        server::worker(app).drain().await.unwrap();
        put(app, &a_mail("waiting")).await;
        let limit = Limit { purpose: "checkout", times: 1, seconds: 60 };
        app.db.write(async |tx| rate_limit::check(tx, &limit, "a", old).await).await.unwrap();
        portal.clock.advance_seconds(31 * 86_400);
        let dry = app.db.read(async |tx| retention::due(tx, app.now()).await).await.unwrap();
        let rows_of = |table: &str| dry.iter().filter(|swept| swept.table == table).map(|swept| swept.rows).sum::<u64>();
        assert_eq!((rows_of("baskets"), rows_of("outbox"), rows_of("rate_limits"), rows_of("jobs")), (1, 1, 1, 0), "{dry:?}");
        assert_eq!(retention::clean(&app.db, app.now()).await.unwrap(), dry);
        assert!(retention::clean(&app.db, app.now()).await.unwrap().iter().all(|swept| swept.rows == 0));
        let (left,): (i64,) = app.db.read(async |tx| {
            Ok::<_, StoreError>(sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM baskets").fetch_one(tx).await?)
        }).await.unwrap();
        assert_eq!((left, backlog(app).await.waiting), (2, 1));
    }

    /// Every table says what it holds and for how long.
    async fn every_table_has_its_time(portal: TestPortal) {
        let names = dialect::table_names(portal.app.db.engine());
        let tables: Vec<(String,)> = portal.app.db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(names).fetch_all(tx).await?)).await.unwrap();
        let tables: Vec<_> = tables.into_iter().map(|(name,)| name).collect();
        let declared: Vec<_> = retention::TABLES.iter().map(|table| table.name).collect();
        assert_eq!(declared, tables, "each table has one line in retention::TABLES, in order of name");
    }

    /// The chain is whole after many writers, and the database refuses to change it.
    async fn the_audit_chain_is_whole(portal: TestPortal) {
        let app = &portal.app;
        assert_eq!(audit::verify(&app.db, None).await.unwrap().to_string(), "The audit chain is empty and whole.");
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..4 {
            let app = app.clone();
            writers.spawn(async move {
                for n in 0..5 {
                    note(&app, "order.placed", &format!("order:{writer}"), n).await;
                }
            });
        }
        writers.join_all().await;
        let report = audit::verify(&app.db, None).await.unwrap();
        assert_eq!((report.rows, report.fault), (20, None));
        assert_eq!(audit::head(&app.db).await.unwrap(), Some(report.head));
        let events = app.db.read(async |tx| audit::about(tx, "order:2").await).await.unwrap();
        assert_eq!(events.iter().map(|event| event.detail.as_str()).collect::<Vec<_>>(), ["{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}"]);
        for statement in ["UPDATE audit_events SET actor = 'nobody' WHERE seq = 3", "DELETE FROM audit_events WHERE seq = 3"] {
            let refused = app.db.write(async |tx| sqlx::query(statement).execute(tx).await.map(drop).map_err(StoreError::from)).await;
            assert!(refused.unwrap_err().to_string().contains("append-only"), "{statement}");
        }
    }

    /// Someone with the keys to the database changes, replaces, moves or deletes a row: verification says which.
    async fn tampering_is_found(portal: TestPortal) {
        let app = &portal.app;
        for n in 1..=6 {
            note(app, "order.placed", "order:1", n).await;
        }
        let heads: Vec<Head> = app.db.read(async |tx| audit::about(tx, "order:1").await).await.unwrap()
            .into_iter().map(|event| Head { seq: event.seq, hash: event.hash }).collect();
        let url = app.config.database_url.clone();
        let sql = async |statement: &str| run_sql(&url, statement.to_owned()).await;
        let on = if app.db.engine() == Engine::Postgres { " ON audit_events" } else { "" };
        sql(&format!("DROP TRIGGER audit_events_no_update{on}")).await;
        sql(&format!("DROP TRIGGER audit_events_no_delete{on}")).await;
        let fault = async |noted: Option<&Head>| audit::verify(&app.db, noted).await.unwrap().fault;

        for (change, back) in [
            ("detail = '{\"n\":9}'", "detail = '{\"n\":3}'"),
            ("detail = '{\"n\": 3}'", "detail = '{\"n\":3}'"),
            ("actor = 'someone'", "actor = 'anyone'"),
            ("object = 'order:2'", "object = 'order:1'"),
            ("action = 'order.cancelled'", "action = 'order.placed'"),
            ("at = '2026-11-23T08:00:00.000Z'", "at = '2026-11-23T09:00:00.000Z'"),
        ] {
            sql(&format!("UPDATE audit_events SET {change} WHERE seq = 3")).await;
            assert_eq!(fault(None).await, Some(Fault::Changed { seq: 3 }), "{change}");
            sql(&format!("UPDATE audit_events SET {back} WHERE seq = 3")).await;
            assert_eq!(fault(None).await, None, "{back}");
        }
        // A row is written anew with a hash that fits it: the next one does not follow.
        let forged = sha256_hex(format!("[3,\"2026-11-23T09:00:00.000Z\",\"anyone\",\"order.placed\",\"order:1\",{{\"n\":9}},\"{}\"]", heads[1].hash).as_bytes());
        sql(&format!("UPDATE audit_events SET detail = '{{\"n\":9}}', hash = '{forged}' WHERE seq = 3")).await;
        assert_eq!(fault(None).await, Some(Fault::Broken { seq: 4 }));
        sql(&format!("UPDATE audit_events SET detail = '{{\"n\":3}}', hash = '{}' WHERE seq = 3", heads[2].hash)).await;
        // Two rows change places.
        for (from, to) in [(4, 100), (5, 4), (100, 5)] {
            sql(&format!("UPDATE audit_events SET seq = {to} WHERE seq = {from}")).await;
        }
        assert_eq!(fault(None).await, Some(Fault::Broken { seq: 4 }));
        for (from, to) in [(4, 100), (5, 4), (100, 5)] {
            sql(&format!("UPDATE audit_events SET seq = {to} WHERE seq = {from}")).await;
        }
        // The whole chain fits a head that was noted, and no other.
        assert_eq!(fault(Some(&heads[3])).await, None);
        assert_eq!(fault(Some(&Head { seq: 4, hash: forged.clone() })).await, Some(Fault::OtherHead { seq: 4 }));
        // The last row goes, and with it the counter: only the head that was noted knows.
        sql("DELETE FROM audit_events WHERE seq = 6").await;
        assert_eq!(fault(None).await, Some(Fault::CutOff { found: 5, counted: 6 }));
        sql("UPDATE counters SET value = 5 WHERE name = 'audit'").await;
        assert_eq!(fault(None).await, None);
        assert_eq!(fault(Some(&heads[5])).await, Some(Fault::CutOff { found: 5, counted: 6 }));
        // A row in the middle goes.
        sql("DELETE FROM audit_events WHERE seq = 2").await;
        let report = audit::verify(&app.db, None).await.unwrap();
        assert_eq!(report.fault, Some(Fault::Gap { after: 1, found: 3 }));
        assert_eq!(report.head, heads[0]);
        assert!(report.to_string().contains("after event 1 comes event 3: a row was deleted"), "{report}");
    }

    /// Outside demonstration mode the mail is nobody's to read.
    async fn mail_is_private(portal: TestPortal) {
        put(&portal.app, &a_mail("1")).await;
        let id = rows(&portal.app).await[0].id.clone();
        for path in ["/demo/post".to_owned(), format!("/demo/post/{id}"), "/en/demo/post".to_owned()] {
            assert_eq!(portal.browser().get(&path).await.status, 404, "{path}");
        }
    }
}

async fn note(app: &App, action: &str, object: &str, n: i64) {
    let now = app.now();
    let detail = json!({ "n": n });
    app.db.write_in_line(async |tx| audit::append(tx, now, "anyone", action, object, &detail).await).await.unwrap();
}

/// A mail server that refuses, stalls and breaks: every mail arrives once in effect, whatever happens on the way.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_arrives_once_in_effect() {
    for engine in BOTH {
        let sink = Sink::start([]).await;
        let portal = TestPortal::start_with(engine, |config| config.smtp_url = Some(sink.url.clone())).await;
        let app = &portal.app;
        let (worker, mut impatient) = (server::worker(app), server::worker(app));
        impatient.mailer = impatient.mailer.with_step(Duration::from_millis(200));
        let hurdles = [
            Act::Greeting("421 busy"),
            Act::Sender("550 we do not know you"),
            Act::Recipient("451 later"),
            Act::Message("451 later"),
            Act::Stall,
            Act::CloseInData,
            Act::CloseAfterMessage,
        ];
        for (number, act) in hurdles.into_iter().enumerate() {
            put(app, &a_mail(&number.to_string())).await;
            sink.then([act]);
            let first = if act == Act::Stall { &impatient } else { &worker };
            assert_eq!(first.drain().await.unwrap(), Done { mail_later: 1, ..Done::default() }, "{act:?}");
            let row = rows(app).await.remove(0);
            assert_eq!((row.status.as_str(), row.attempts, row.due_at), ("waiting", 1, app.now().plus_seconds(60)), "{act:?}");
            assert!(row.last_error.is_some_and(|error| !error.is_empty()), "{act:?}");
            portal.clock.advance_seconds(60);
            assert_eq!(worker.drain().await.unwrap(), Done { mail_sent: 1, ..Done::default() }, "{act:?}");
        }
        let ids: HashSet<String> = sink.message_ids().into_iter().collect();
        let expected: HashSet<String> = rows(app).await.iter().map(|row| format!("<{}@127.0.0.1>", row.id)).collect();
        assert_eq!(ids, expected);
        assert_eq!(sink.message_ids().len(), expected.len() + 1, "the one mail that was taken without a word came twice, under one id");
        let messages = sink.messages();
        let copies: Vec<_> =
            messages.iter().filter(|message| header(message, "Message-ID") == header(&messages[6], "Message-ID")).collect();
        assert_eq!((copies.len(), copies[0]), (2, copies[1]), "and both copies are the same to the last byte");
    }
}

/// A recipient that does not exist is given up at once; a server that never takes it, after eight attempts. Both are seen
/// by operators, and can be sent again once the cause is mended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dead_letters_are_seen() {
    for engine in BOTH {
        let sink = Sink::start([Act::Recipient("550 no such user")]).await;
        let portal = TestPortal::start_with(engine, |config| config.smtp_url = Some(sink.url.clone())).await;
        let app = &portal.app;
        let worker = server::worker(app);
        put(app, &a_mail("nobody")).await;
        assert_eq!(worker.drain().await.unwrap(), Done { mail_dead: 1, ..Done::default() });
        let row = rows(app).await.remove(0);
        assert!(row.last_error.as_deref().is_some_and(|error| error.contains("no such user")), "{row:?}");
        assert!(!row.text_body.is_empty(), "a dead letter can be sent again");

        portal.clock.advance_seconds(1);
        put(app, &a_mail("down")).await;
        sink.then(std::iter::repeat_n(Act::Greeting("421 busy"), 8));
        let mut waits = Vec::new();
        for attempt in 1..=8 {
            let done = worker.drain().await.unwrap();
            assert_eq!(
                done,
                if attempt < 8 { Done { mail_later: 1, ..Done::default() } } else { Done { mail_dead: 1, ..Done::default() } }
            );
            let wait = rows(app).await[0].due_at.since(app.now()) / 1000;
            waits.push(wait);
            assert_eq!(worker.drain().await.unwrap(), Done::default(), "not before its time");
            portal.clock.advance_seconds(wait);
        }
        assert_eq!(waits, [60, 300, 1_800, 7_200, 21_600, 86_400, 86_400, 0]);
        assert_eq!(backlog(app).await, Backlog { waiting: 0, dead: 2 });
        assert!(sink.messages().is_empty());

        let checks = doctor::examine(&app.config).await;
        let queues = checks.iter().find(|check| check.name == "queues").unwrap();
        assert!(queues.to_string().contains("2 mails and 0 jobs were given up"), "{queues}");

        let now = app.now();
        assert_eq!(app.db.write(async |tx| outbox::revive(tx, now).await).await.unwrap(), 2);
        assert_eq!(worker.drain().await.unwrap(), Done { mail_sent: 2, ..Done::default() });
        assert_eq!(sink.messages().len(), 2);
    }
}

/// Several workers beside each other send each mail once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rivals_send_each_mail_once() {
    for engine in BOTH {
        let sink = Sink::start([]).await;
        let portal = TestPortal::start_with(engine, |config| config.smtp_url = Some(sink.url.clone())).await;
        for number in 0..20 {
            put(&portal.app, &a_mail(&number.to_string())).await;
        }
        let mut rivals = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let worker = server::worker(&portal.app);
            rivals.spawn(async move { worker.drain().await.unwrap().mail_sent });
        }
        assert_eq!(rivals.join_all().await.iter().sum::<u64>(), 20, "{engine:?}");
        let ids = sink.message_ids();
        assert_eq!((ids.len(), ids.into_iter().collect::<HashSet<_>>().len()), (20, 20), "{engine:?}");
    }
}

/// The bell wakes the worker, and it stops when told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bell_wakes_the_worker() {
    let mut sink = Sink::start([]).await;
    let portal = TestPortal::start_with(Engine::Sqlite, |config| config.smtp_url = Some(sink.url.clone())).await;
    let stop = CancellationToken::new();
    let (worker, stopped) = (server::worker(&portal.app), stop.clone());
    let working = tokio::spawn(async move { worker.run(stopped).await });
    put(&portal.app, &a_mail("1")).await;
    portal.app.bell.ring();
    sink.next().await;
    stop.cancel();
    working.await.unwrap();
    assert_eq!(rows(&portal.app).await[0].status, "sent", "what was in hand was finished");
}

/// The whole service stops when told: pages, figures and worker, and what was acknowledged before is kept.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_service_stops_when_told() {
    let mut sink = Sink::start([]).await;
    let portal = TestPortal::start_with(Engine::Sqlite, |config| {
        config.smtp_url = Some(sink.url.clone());
        config.metrics_addr = Some("127.0.0.1:0".parse().unwrap());
    })
    .await;
    let app = server::open(portal.app.config.clone()).await.unwrap();
    put(&app, &a_mail("1")).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server::run(app, listener, async {
        let _ = stopped.await;
    }));
    sink.next().await;
    assert_eq!(reqwest::get(format!("http://{address}/halsa/redo")).await.unwrap().status(), 200);
    stop.send(()).unwrap();
    running.await.unwrap().unwrap();
    assert!(reqwest::get(format!("http://{address}/halsa/redo")).await.is_err(), "nobody listens any more");
    assert_eq!(rows(&portal.app).await[0].status, "sent");
}

/// An operator at the command line: each command says in words what came of it, and fails when something is wrong.
#[test]
fn commands_say_what_came_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let portal = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_portal"))
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .env("PORTAL_DATA", folder.path())
            .env("PORTAL_SITE", folder.path().join("site"))
            .env("PORTAL_LOG", "off")
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (good, said, error) = portal(&["doctor"]);
    assert!(!good && said.contains("WRONG  database: there is no database"), "{said}{error}");
    assert!(error.contains("things are wrong"), "{error}");
    assert_eq!(portal(&["migrate"]), (true, "The database is up to date.\n".to_owned(), String::new()));
    assert_eq!(portal(&["audit", "verify"]), (true, "The audit chain is empty and whole.\n".to_owned(), String::new()));
    let (good, said, _) = portal(&["cleanup"]);
    assert!(good && said.contains("baskets: 0 gone"), "{said}");
    let (good, said, error) = portal(&["audit", "verify"]);
    assert!(good && said.starts_with("The audit chain is whole: 1 events.") && error.is_empty(), "{said}{error}");
    // What the hour of the day has made due is done too, so that the chain may be longer from here on.
    let (good, said, _) = portal(&["worker", "--once", "--retry-dead"]);
    assert!(good && said.contains("0 dead letters get a fresh start.\nMail: 0 sent, 0 to be tried again, 0 given up.\nJobs: "), "{said}");
    let (good, said, error) = portal(&["audit", "verify", "--head", &format!("3:{}", "a".repeat(64))]);
    assert!(!good && said.contains("the last rows were deleted"), "{said}{error}");
    let (good, said, _) = portal(&["cleanup", "--dry-run"]);
    assert!(good && said.contains("baskets: 0 would go"), "{said}");
    let (good, said, _) = portal(&["doctor"]);
    assert!(!good && said.contains("ok     tables: up to date") && said.contains("WRONG  browser assets"), "{said}");
    assert!(said.contains("ok     mail: no SMTP_URL: every mail is kept as a file in"), "{said}");
}

/// In demonstration mode whoever tries the portal reads its mail in the browser, in either language.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_can_be_read_in_demonstration_mode() {
    for engine in BOTH {
        let portal = TestPortal::start_with(engine, |config| config.demo = true).await;
        let browser = portal.browser();
        let empty = browser.get("/demo/post").await;
        assert_eq!(empty.title(), "E-brev som portalen har skrivit – Brå");
        assert!(empty.words().contains("har inte skrivit något e-brev än"), "{}", empty.words());
        put(&portal.app, &a_mail("hemligt")).await;
        server::worker(&portal.app).drain().await.unwrap();
        let list = browser.get("/demo/post").await;
        assert_eq!(list.find("tbody th"), ["Din beställning hos Brå"]);
        assert_eq!(list.find("tbody td"), ["anna@example.se", "23 november 2026 kl. 10.00", "Skickat"]);
        let letter = browser.get(&list.attributes("tbody a", "href")[0]).await;
        assert_eq!(letter.status, 200);
        assert!(letter.words().contains("Tack för din beställning."), "{}", letter.words());
        assert_eq!(letter.attributes("main p a", "href"), ["https://portal.example.se/bestallning/hemligt"]);
        assert_eq!(letter.header("cache-control"), "no-store");
        let english = browser.get("/en/demo/post").await;
        assert_eq!(english.title(), "E-mail that the portal has written – Brå");
        assert!(english.attributes("tbody a", "href")[0].starts_with("/en/demo/post/"));
        for path in ["/demo/post/inget", "/demo/post/01890a5d-ac96-774b-bcce-b302099a8057"] {
            assert_eq!(browser.get(path).await.status, 404, "{path}");
        }
    }
}

/// Prometheus gets the queues and the requests, on an address of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_are_served_on_their_own_address() {
    let portal = TestPortal::start(Engine::Sqlite).await;
    let figures = telemetry::start_metrics().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = CancellationToken::new();
    let serving = tokio::spawn(telemetry::serve_metrics(listener, figures, portal.app.db.clone(), stop.clone()));
    put(&portal.app, &a_mail("1")).await;
    portal.browser().get("/halsa/liv").await;
    let text = reqwest::get(format!("http://{address}/metrics")).await.unwrap().text().await.unwrap();
    for line in ["portal_outbox_waiting 1", "portal_outbox_dead 0", "portal_jobs_waiting 0", "portal_jobs_dead 0"] {
        assert!(text.lines().any(|found| found == line), "{line} is missing in\n{text}");
    }
    assert!(text.contains("portal_requests_total{method=\"GET\",route=\"/halsa/liv\",status=\"200\"}"), "{text}");
    assert_eq!(portal.browser().get("/metrics").await.status, 404, "never on the public address");
    stop.cancel();
    serving.await.unwrap().unwrap();
}

/// The document says what the program does. `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_retention_document_is_up_to_date() {
    let written = retention::document();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write("docs/retention.md", &written).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string("docs/retention.md").unwrap(),
        written,
        "run the tests with UPDATE_DOCS=1 and commit docs/retention.md"
    );
    assert!(retention::TABLES.iter().all(|table| !table.holds.is_empty() && !table.why.is_empty()));
    assert!(retention::TABLES.iter().any(|table| matches!(table.kept, Kept::Days(_))));
}

// ---------------------------------------------------------------------------------------------------------------------
// Files

fn files(folder: &std::path::Path) -> Files {
    let ids: SharedIds = Arc::new(SystemIds);
    Files::open(&Config::embedded(folder.to_owned()).unwrap(), ids).unwrap()
}

fn stream(parts: &[&'static str]) -> impl futures::Stream<Item = Result<Bytes, std::io::Error>> + Unpin + use<> {
    futures::stream::iter(parts.iter().map(|part| Ok(Bytes::from_static(part.as_bytes()))).collect::<Vec<_>>())
}

/// The same in a folder and in a bucket.
#[tokio::test]
async fn files_are_named_by_their_content() {
    let folder = tempfile::tempdir().unwrap();
    let bucket = Bucket::start().await;
    let in_folder = files(folder.path());
    let in_bucket = Files::over(Arc::new(bucket.store.clone()), Arc::new(SystemIds), "bucket".to_owned());
    for files in [&in_folder, &in_bucket] {
        let stored = files.put(Bytes::from_static(b"hello")).await.unwrap();
        assert_eq!((stored.hash.as_str(), stored.size), (sha256_hex(b"hello").as_str(), 5));
        assert_eq!(files.put(Bytes::from_static(b"hello")).await.unwrap(), stored, "the same content is the same file");
        assert_eq!(files.put_stream(stream(&["hel", "lo"]), 100).await.unwrap(), stored);
        let other = files.put_stream(stream(&["hej ", "du"]), 100).await.unwrap();
        assert_eq!(files.read(&other.hash).await.unwrap(), "hej du");
        assert_eq!(files.head(&stored.hash).await.unwrap(), Some(5));
        assert_eq!(files.head(&"0".repeat(64)).await.unwrap(), None);
        assert!(matches!(files.head("../../etc/passwd").await, Err(FilesError::NotAHash)));
        assert!(matches!(files.read(&"0".repeat(64)).await, Err(FilesError::Missing)));
        assert!(matches!(files.put_stream(stream(&["too ", "long"]), 5).await, Err(FilesError::TooLarge(5))));
        let broken = futures::stream::iter([Ok(Bytes::from_static(b"half")), Err("the line broke")]);
        assert!(matches!(files.put_stream(broken, 100).await, Err(FilesError::Upload(_))));
        let part: Vec<Bytes> = futures::TryStreamExt::try_collect(files.get(&other.hash, Some(4..6)).await.unwrap()).await.unwrap();
        assert_eq!(part.concat(), b"du");
        let mut sample = files.sample(10).await.unwrap();
        sample.sort();
        let mut expected = vec![stored.hash.clone(), other.hash.clone()];
        expected.sort();
        assert_eq!(sample, expected, "neither halves nor copies lie about");

        assert_eq!(files.check(&stored.hash).await.unwrap(), Whole::Yes);
        let key = format!("{}/{}/{}", &stored.hash[..2], &stored.hash[2..4], stored.hash);
        if std::ptr::eq(files, &in_folder) {
            std::fs::write(folder.path().join("files").join(key), b"hullo").unwrap();
        } else {
            bucket.damage(&key);
        }
        assert_eq!(files.check(&stored.hash).await.unwrap(), Whole::No);
        assert_eq!(files.check(&"0".repeat(64)).await.unwrap(), Whole::Missing);
        files.try_writing().await.unwrap();
    }
    assert_eq!(bucket.keys().len(), 2, "nothing unfinished lies in the bucket: {:?}", bucket.keys());
}

/// Uploads that nobody finished go, finished files stay.
#[tokio::test]
async fn unfinished_uploads_go() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let stored = files.put(Bytes::from_static(b"hello")).await.unwrap();
    std::fs::create_dir_all(folder.path().join("files/incoming")).unwrap();
    std::fs::write(folder.path().join("files/incoming/half"), b"half").unwrap();
    assert_eq!(files.sweep(Instant::parse("2000-01-01T00:00:00Z").unwrap()).await.unwrap(), 0);
    assert_eq!(files.sweep(Instant::parse("2100-01-01T00:00:00Z").unwrap()).await.unwrap(), 1);
    assert_eq!(files.check(&stored.hash).await.unwrap(), Whole::Yes);
}

#[tokio::test]
async fn files_are_answered_whole_in_part_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let files = files(folder.path());
    let stored = files.put(Bytes::from_static(b"0123456789")).await.unwrap();
    let changed = Instant::parse("2026-11-23T09:00:00.500Z").unwrap();
    let download = Download { hash: &stored.hash, name: "Umeå växer.pdf", media_type: "application/pdf", changed: Some(changed) };
    let etag = format!("\"{}\"", stored.hash);
    let ask = async |headers: &[(header::HeaderName, &str)]| {
        let request: HeaderMap = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        let response = files.answer(&download, &request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 1000).await.unwrap();
        (parts.status.as_u16(), String::from_utf8(body.to_vec()).unwrap(), parts.headers)
    };
    let (status, body, headers) = ask(&[]).await;
    assert_eq!((status, body.as_str()), (200, "0123456789"));
    for (name, value) in [
        (header::ACCEPT_RANGES, "bytes"),
        (header::ETAG, etag.as_str()),
        (header::CONTENT_LENGTH, "10"),
        (header::CONTENT_TYPE, "application/pdf"),
        (header::LAST_MODIFIED, "Mon, 23 Nov 2026 09:00:00 GMT"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"Umea vaxer.pdf\"; filename*=UTF-8''Ume%C3%A5%20v%C3%A4xer.pdf"),
    ] {
        assert_eq!(headers.get(&name).unwrap(), value, "{name}");
    }
    let range = |text: &'static str| (header::RANGE, text);
    for (range, status, body, content_range) in [
        (range("bytes=0-3"), 206, "0123", "bytes 0-3/10"),
        (range("bytes=-2"), 206, "89", "bytes 8-9/10"),
        (range("bytes=8-100"), 206, "89", "bytes 8-9/10"),
        (range("bytes=10-"), 416, "", "bytes */10"),
    ] {
        let (got, text, headers) = ask(std::slice::from_ref(&range)).await;
        assert_eq!((got, text.as_str(), headers.get(header::CONTENT_RANGE).unwrap().to_str().unwrap()), (status, body, content_range));
    }
    for headers in [
        &[range("bytes=0-1,4-5")][..],
        &[range("bytes=0-3"), (header::IF_RANGE, "\"another\"")],
        &[(header::IF_NONE_MATCH, "\"another\"")],
        &[(header::IF_NONE_MATCH, "\"another\""), (header::IF_MODIFIED_SINCE, "Tue, 24 Nov 2026 09:00:00 GMT")],
        &[(header::IF_MODIFIED_SINCE, "Sun, 22 Nov 2026 09:00:00 GMT")],
    ] {
        assert_eq!(ask(headers).await.0, 200, "{headers:?}");
    }
    assert_eq!(ask(&[range("bytes=0-3"), (header::IF_RANGE, &etag)]).await.0, 206);
    assert_eq!(ask(&[range("bytes=0-3"), (header::IF_RANGE, "Mon, 23 Nov 2026 09:00:00 GMT")]).await.0, 206);
    for headers in [
        &[(header::IF_NONE_MATCH, etag.as_str())][..],
        &[(header::IF_NONE_MATCH, "\"another\", W/\"x\", *")],
        &[(header::IF_MODIFIED_SINCE, "Mon, 23 Nov 2026 09:00:00 GMT")],
    ] {
        let (status, body, answer) = ask(headers).await;
        if headers[0].1.ends_with('*') {
            // A star counts only when it stands alone.
            assert_eq!(status, 200);
        } else {
            assert_eq!((status, body.as_str()), (304, ""), "{headers:?}");
            assert_eq!(answer.get(header::ETAG).unwrap(), etag.as_str());
        }
    }
    let missing = Download { hash: &"0".repeat(64), ..download.clone() };
    assert!(matches!(files.answer(&missing, &HeaderMap::new()).await, Err(FilesError::Missing)));
}

// ---------------------------------------------------------------------------------------------------------------------
// Doctor

fn lines(checks: &[doctor::Check]) -> String {
    checks.iter().map(|check| format!("{check}\n")).collect()
}

/// On a machine where all is well the doctor says so of each thing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_finds_nothing_wrong() {
    for engine in BOTH {
        let mut sink = Sink::start([]).await;
        let portal = TestPortal::start_with(engine, |config| {
            config.smtp_url = Some(sink.url.clone());
            config.site = config.data.join("site");
        })
        .await;
        let site = portal.folder.path().join("site");
        std::fs::create_dir_all(site.join("assets")).unwrap();
        std::fs::write(site.join("assets/portal.css"), "p{}").unwrap();
        std::fs::write(site.join("manifest.json"), r#"{"portal.css": {"path": "/assets/portal.css", "type": "text/css"}}"#).unwrap();
        portal.app.files.put(Bytes::from_static(b"hello")).await.unwrap();
        let checks = doctor::examine(&portal.app.config).await;
        let said = lines(&checks);
        assert!(checks.iter().all(|check| check.outcome.is_ok()), "{said}");
        for words in ["up to date", "takes writes", "1 files read and whole", "answers (not encrypted)", "0 mails and 0 jobs wait"] {
            assert!(said.contains(words), "{words} is missing in\n{said}");
        }
        put(&portal.app, &a_mail("1")).await;
        server::worker(&portal.app).drain().await.unwrap();
        sink.next().await;
        let (left,): (i64,) = portal
            .app
            .db
            .read(async |tx| {
                Ok::<_, StoreError>(
                    sqlx::query_as("SELECT CAST(COUNT(*) AS BIGINT) FROM counters WHERE name = 'doctor'").fetch_one(tx).await?,
                )
            })
            .await
            .unwrap();
        assert_eq!(left, 0, "the trial left nothing behind");
    }
}

/// Each thing that is wrong has its words, and the way to mend it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::embedded(folder.path().join("data")).unwrap();
    config.site = folder.path().join("nowhere");
    // Nobody listens on the discard port.
    config.smtp_url = Some("smtp://127.0.0.1:9".to_owned());
    let said = lines(&doctor::examine(&config).await);
    for words in
        ["WRONG  database: there is no database", "run `portal migrate`", "WRONG  browser assets", "scripts/build run", "WRONG  mail"]
    {
        assert!(said.contains(words), "{words} is missing in\n{said}");
    }
    assert!(!folder.path().join("data/portal.db").exists(), "looking creates nothing");

    let db = Db::open(&config.database_url).await.unwrap();
    db.close().await;
    let said = lines(&doctor::examine(&config).await);
    assert!(said.contains("WRONG  tables: these migrations have not been run: 0001 ground, 0002 catalogue"), "{said}");

    config.production = true;
    config.smtp_url = None;
    let said = lines(&doctor::examine(&config).await);
    assert!(said.contains("WRONG  settings: PORTAL_BASE_URL is not https"), "{said}");
    assert!(said.contains("WRONG  mail: no SMTP_URL: mail is kept as files and reaches nobody"), "{said}");

    let stored = files(&config.data).put(Bytes::from_static(b"hello")).await.unwrap();
    let path = config.data.join(format!("files/{}/{}/{}", &stored.hash[..2], &stored.hash[2..4], stored.hash));
    std::fs::write(path, b"hullo").unwrap();
    let said = lines(&doctor::examine(&config).await);
    assert!(said.contains(&format!("these files are damaged: {}", stored.hash)), "{said}");
    assert!(said.contains("bring them back from the backup"), "{said}");
}
