//! How many statements each page and each form asks of the database, exactly: a page that begins to ask per row, or a
//! reading that is made twice, changes a number here. What connections and transactions say for themselves is not counted,
//! since it differs between the two databases: `BEGIN`, `COMMIT`, settings, locks.
//!
//! To add a page: its line in [`PAGES`]. To add a form: its line in [`FORMS`], and sending it in the story below.
//! A route that lacks its line fails.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock};

use axum::http::Method;
use portal::platform::config::Config;
use portal::server;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::Attributes;
use tracing::{Event, Id, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::access::filled;
use crate::applications::Applied;
use crate::covers::give_cover;
use crate::editor::{begun, changing, fill, press};
use crate::exports::asked_export;
use crate::files::{self, files_page, replace_file};
use crate::harness::{Browser, Page, TestPortal};
use crate::hostile_provider::Provider;
use crate::import_page::{upload, work};
use crate::notices::ending_for as ending;
use crate::openid::{logout_token, sections, there_and_back};
use crate::organisations::{FACTS, Ground, found, orgnr};
use crate::people::{code_in, enter, enter_by_email, enter_with_every_role, link_in, mail_to, one, staffed};
use crate::prices::prices_of;
use crate::register::{Laid, answer, press as press_on, regina, request_of};
use crate::shop::{PERSON, SAMVERKAN, UMEA, agreed, edition, order, pairs, put, stocked, to_review};
use crate::tables::saved_view;

/// Every page: how many statements it makes for someone on the staff who is signed in, has a basket and holds the order's
/// link. One of them is the session, and one the count beside the basket's link, but for the browser's files and the pages
/// that read the basket themselves.
const PAGES: &[(&str, usize)] = &[
    ("/assets/{name}", 0),
    ("/halsa/liv", 2),
    ("/halsa/redo", 3),
    ("/om", 2),
    ("/kontakt", 2),
    ("/tillganglighet", 2),
    ("/tillganglighet/rapportera", 2),
    ("/tillganglighet/rapportera/skickad", 2),
    ("/kakor", 2),
    ("/personuppgifter", 2),
    ("/villkor", 2),
    ("/lattlast", 2),
    ("/komponenter", 2),
    ("/handlaggare/tabeller/{sheet}/kolumner", 3),
    ("/handlaggare/tabeller/{sheet}/ny-vy", 2),
    ("/handlaggare/vyer/{view}", 4),
    ("/handlaggare/vyer/{view}/ta-bort", 4),
    ("/handlaggare/tabeller/{sheet}/exportera", 2),
    ("/handlaggare/exporter", 3),
    ("/handlaggare/exporter/{export}", 3),
    ("/handlaggare/exporter/{export}/fil", 6),
    ("/logga-in", 3),
    ("/logga-in/e-post", 2),
    ("/logga-in/lank/{token}", 2),
    ("/logga-in/openid/{provider}", 20),
    ("/logga-ut", 2),
    ("/bekrafta", 2),
    ("/mina-sidor/nycklar", 4),
    ("/mina-sidor", 7),
    ("/mina-sidor/uppgifter", 3),
    ("/mina-sidor/uppgifter/e-post", 2),
    ("/mina-sidor/uppgifter/e-post/kod", 3),
    ("/mina-sidor/uppgifter/e-post/lank/{token}", 2),
    ("/mina-sidor/aviseringar", 4),
    ("/mina-sidor/aviseringar/e-post", 4),
    ("/avisering/avregistrera/{token}", 2),
    ("/mina-sidor/inloggningar", 3),
    ("/mina-sidor/kvar", 2),
    ("/mina-sidor/inloggningssatt", 3),
    ("/mina-sidor/mina-data", 2),
    ("/mina-sidor/mina-data.json", 19),
    ("/mina-sidor/avsluta", 2),
    ("/handlaggare/anvandare", 8),
    ("/handlaggare/anvandare/ny", 2),
    ("/handlaggare/anvandare/bjud-in", 2),
    ("/handlaggare/anvandare/inbjudan/{invitation}", 4),
    ("/granskare/{token}", 3),
    ("/handlaggare/anvandare/{account}", 8),
    ("/mina-sidor/organisationer", 5),
    ("/organisation/ny", 2),
    ("/organisation/ny/uppgifter", 3),
    ("/organisation/ny/ga-med", 5),
    ("/inbjudan/{token}", 4),
    ("/organisation/{organisation}", 3),
    ("/organisation/{organisation}/uppgifter", 3),
    ("/organisation/{organisation}/personer", 7),
    ("/organisation/{organisation}/personer/{membership}", 5),
    ("/organisation/{organisation}/personer/forfragan/{request}", 5),
    ("/organisation/{organisation}/lamna", 3),
    ("/handlaggare/organisationer", 6),
    ("/handlaggare/organisationer/{organisation}", 8),
    ("/handlaggare/organisationer/{organisation}/forfragan/{request}", 5),
    ("/handlaggare/organisationer/{organisation}/personer/{membership}", 6),
    ("/handlaggare/organisationer/{organisation}/sla-ihop", 3),
    ("/handlaggare/organisationer/{organisation}/avsluta", 3),
    ("/diarium", 4),
    ("/diarium.csv", 3),
    ("/diarium/begar", 2),
    ("/diarium/{number}", 3),
    ("/diarium/{number}/begar", 3),
    ("/diarium/begaran/{token}", 6),
    ("/diarium/begaran/{token}/aterkalla", 6),
    ("/diarium/begaran/{token}/fil/{file}", 6),
    ("/handlaggare/diarium", 5),
    ("/handlaggare/diarium/registrera", 2),
    ("/handlaggare/diarium/handling/{document}", 6),
    ("/handlaggare/diarium/handling/{document}/fil/{file}", 4),
    ("/handlaggare/diarium/handling/{document}/ratta", 6),
    ("/handlaggare/diarium/handling/{document}/sekretess", 6),
    ("/handlaggare/diarium/begaranden", 6),
    ("/handlaggare/diarium/begaranden/{disclosure}", 9),
    ("/handlaggare/diarium/begaranden/{disclosure}/svara", 9),
    ("/demo/post", 3),
    ("/demo/post/{id}", 3),
    ("/handlaggare/utskick", 6),
    ("/handlaggare/utskick/{id}", 3),
    ("/handlaggare/logg", 5),
    ("/handlaggare/gallring", 3),
    ("/handlaggare/publikationer", 7),
    ("/handlaggare/publikationer/ny", 2),
    ("/handlaggare/publikationer/{work}", 7),
    ("/handlaggare/publikationer/{work}/utgavor", 4),
    ("/handlaggare/publikationer/{work}/utgavor/{edition}", 4),
    ("/handlaggare/publikationer/{work}/granska", 8),
    ("/handlaggare/publikationer/{work}/schemalagg", 4),
    ("/handlaggare/publikationer/{work}/avpublicera", 4),
    ("/handlaggare/publikationer/{work}/sammanfoga", 8),
    ("/handlaggare/publikationer/{work}/historik", 6),
    ("/handlaggare/publikationer/{work}/historik/jamfor", 7),
    ("/handlaggare/publikationer/{work}/{topic}", 4),
    ("/", 5),
    ("/publikationer", 5),
    ("/publikationer/atom.xml", 5),
    ("/publikationer/{year}/{slug}", 8),
    ("/publikationer/{year}/{slug}/{file}", 8),
    ("/serier", 3),
    ("/serier/{slug}", 6),
    ("/amnen", 3),
    ("/amnen/{slug}", 6),
    ("/sitemap.xml", 6),
    ("/robots.txt", 2),
    ("/opensearch.xml", 2),
    ("/omslag/{cover}/{width}", 3),
    ("/handlaggare/publikationer/import", 4),
    ("/handlaggare/publikationer/import/{import}", 4),
    ("/handlaggare/publikationer/markdown", 2),
    ("/handlaggare/publikationer/{work}/omslag", 7),
    ("/handlaggare/publikationer/{work}/filer", 7),
    ("/handlaggare/publikationer/{work}/filer/{hash}", 3),
    ("/handlaggare/publikationer/{work}/omslag/{cover}/{width}", 3),
    ("/handlaggare/publikationer/{work}/priser", 6),
    ("/kundkorg", 7),
    ("/kassa", 7),
    ("/kassa/leverans", 7),
    ("/kassa/betalning", 7),
    ("/kassa/faktura", 7),
    ("/kassa/granska", 7),
    ("/kassa/klar/{number}", 4),
    ("/mina-sidor/bestallningar", 4),
    ("/bestallning/{link}", 5),
    ("/bestallning/{link}/andra", 5),
    ("/bestallning/{link}/avbestall", 5),
    ("/bestallning/{link}/angra", 5),
    ("/bestallning/{link}/angra/bekrafta", 5),
    ("/handlaggare/bestallningar", 5),
    ("/handlaggare/bestallningar/plocklista", 3),
    ("/handlaggare/bestallningar/plocklista.pdf", 3),
    ("/handlaggare/bestallningar/{number}", 8),
    ("/handlaggare/bestallningar/{number}/foljesedel", 8),
    ("/handlaggare/bestallningar/{number}/foljesedel.pdf", 8),
    ("/handlaggare/bestallningar/{number}/packa", 8),
    ("/handlaggare/bestallningar/{number}/skicka", 8),
    ("/handlaggare/bestallningar/{number}/levererad", 8),
    ("/handlaggare/bestallningar/{number}/retur", 8),
    ("/handlaggare/bestallningar/{number}/rest", 8),
    ("/handlaggare/bestallningar/{number}/annullera", 8),
    ("/handlaggare/frakt", 4),
    ("/handlaggare/bestallningar/{number}/brev", 9),
    ("/handlaggare/mallar", 4),
    ("/handlaggare/mallar/ny", 2),
    ("/handlaggare/mallar/{template}", 5),
    ("/handlaggare/statistik/forsaljning", 4),
    ("/handlaggare/lager", 6),
    ("/handlaggare/lager/{edition}", 7),
    ("/komponenter/budget", 2),
    ("/utlysningar", 3),
    ("/utlysningar/atom.xml", 3),
    ("/utlysningar/{slug}", 5),
    ("/utlysningar/{slug}/fragor", 4),
    ("/utlysningar/{slug}/kalender.ics", 3),
    ("/utlysningar/{slug}/kan-vi-soka", 3),
    ("/utlysningar/{slug}/stall-en-fraga", 3),
    ("/handlaggare/utlysningar", 3),
    ("/handlaggare/utlysningar/ny", 2),
    ("/handlaggare/utlysningar/{call}", 6),
    ("/handlaggare/utlysningar/{call}/avbryt", 3),
    ("/handlaggare/utlysningar/{call}/del/{topic}", 3),
    ("/handlaggare/utlysningar/{call}/forhandsgranska", 3),
    ("/handlaggare/utlysningar/{call}/fragor", 3),
    ("/handlaggare/utlysningar/{call}/fragor/ny", 3),
    ("/handlaggare/utlysningar/{call}/fragor/ta-bort", 3),
    ("/handlaggare/utlysningar/{call}/fragor/del/{section}", 3),
    ("/handlaggare/utlysningar/{call}/fragor/fraga/{question}", 3),
    ("/handlaggare/utlysningar/{call}/fragelada", 4),
    ("/handlaggare/utlysningar/{call}/fragelada/{question}", 4),
    ("/mina-sidor/ansokningar", 3),
    ("/ansokan/ny", 4),
    ("/ansokan/inbjudan/{token}", 5),
    ("/ansokan/{application}", 13),
    ("/ansokan/{application}/del/{section}", 10),
    ("/ansokan/{application}/filer/{question}", 10),
    ("/ansokan/{application}/fil/{file}", 5),
    ("/ansokan/{application}/historik/{question}", 10),
    ("/ansokan/{application}/konflikt/{question}", 10),
    ("/ansokan/{application}/personer", 8),
    ("/ansokan/{application}/granska", 11),
    ("/ansokan/{application}/underskrift", 11),
    ("/ansokan/{application}/skicka-in", 11),
    ("/ansokan/{application}/kvittens", 12),
    ("/ansokan/{application}/kvittens.pdf", 12),
    ("/ansokan/{application}/utskrift.pdf", 10),
    ("/ansokan/{application}/aterkalla", 4),
    ("/ansokan/{application}/ta-bort", 4),
    ("/handlaggare/ansokningar", 4),
    ("/handlaggare/ansokningar/{number}", 8),
    ("/handlaggare/ansokningar/{number}/fil/{file}", 8),
    ("/handlaggare/utlysningar/{call}/ansokningar", 4),
    ("/handlaggare/utlysningar/{call}/mer-tid", 4),
    ("/handlaggare", 11),
    ("/handlaggare/sok", 2),
];

/// Every form in the order in which the story below sends them, when what was sent is right. The first makes the basket;
/// in those after it one statement is the count, until the basket has become the order.
const FORMS: &[(&str, usize)] = &[
    ("/kundkorg", 6),
    ("/kundkorg", 7),
    ("/kundkorg", 14),
    ("/kassa/leverans", 3),
    ("/kassa/betalning", 3),
    ("/kassa/faktura", 3),
    ("/kassa/granska", 28),
    ("/bestallning/{link}", 9),
    ("/bestallning/{link}/andra", 23),
    ("/bestallning/{link}/avbestall", 25),
    ("/bestallning/{link}/angra", 4),
    ("/bestallning/{link}/angra/bekrafta", 20),
    ("/tillganglighet/rapportera", 3),
    ("/komponenter/budget", 1),
];

/// Signing in and one's own account; then what an administrator does with others', and with mail and log.
const ACCOUNT_FORMS: &[(&str, usize)] = &[
    ("/logga-in", 5),
    ("/logga-in/e-post", 14),
    ("/mina-sidor/uppgifter", 5),
    ("/mina-sidor/aviseringar", 2),
    ("/mina-sidor/aviseringar/e-post", 8),
    ("/avisering/avregistrera/{token}", 7),
    ("/mina-sidor/inloggningar", 2),
    ("/logga-ut", 5),
    ("/logga-in/lank/{token}", 10),
    ("/mina-sidor/uppgifter/e-post", 11),
    ("/mina-sidor/uppgifter/e-post/kod", 15),
    ("/mina-sidor/uppgifter/e-post/lank/{token}", 15),
    ("/mina-sidor/avsluta", 21),
    ("/logga-in/demo", 7),
    ("/bekrafta", 6),
    ("/mina-sidor/nycklar/borja", 4),
    ("/mina-sidor/nycklar", 10),
    ("/bekrafta/nyckel", 3),
    ("/handlaggare/anvandare/ny", 6),
    ("/handlaggare/anvandare/{account}", 8),
    ("/handlaggare/anvandare/bjud-in", 10),
    ("/handlaggare/anvandare/inbjudan/{invitation}", 9),
    ("/granskare/{token}", 17),
    ("/handlaggare/utskick", 2),
    ("/handlaggare/utskick/{id}", 5),
    ("/handlaggare/logg", 7),
    ("/handlaggare/gallring", 3),
    ("/logga-in/openid/{provider}", 3),
    ("/mina-sidor/inloggningssatt", 3),
    ("/logga-in/openid/{provider}/utloggad", 6),
];

/// What Lars in the warehouse does with an order, in the order of the story below.
const BACK_ROOM_FORMS: &[(&str, usize)] = &[
    ("/handlaggare/bestallningar/{number}", 11),
    ("/handlaggare/bestallningar/{number}/packa", 14),
    ("/handlaggare/bestallningar/{number}/skicka", 24),
    ("/handlaggare/bestallningar/{number}/levererad", 14),
    ("/handlaggare/bestallningar/{number}/retur", 24),
    ("/handlaggare/bestallningar/{number}/rest", 23),
    ("/handlaggare/bestallningar/{number}/annullera", 19),
    ("/handlaggare/statistik/forsaljning", 6),
    ("/handlaggare/bestallningar/{number}/brev", 13),
    ("/handlaggare/mallar/ny", 6),
    ("/handlaggare/mallar/{template}", 9),
    ("/handlaggare/lager/{edition}", 13),
    ("/handlaggare/frakt", 6),
    ("/handlaggare/publikationer/{work}/priser", 12),
    ("/handlaggare/publikationer/markdown", 1),
    ("/handlaggare/publikationer/import", 7),
    ("/handlaggare/publikationer/import/{import}", 9),
    ("/handlaggare/publikationer/{work}/filer", 30),
    ("/handlaggare/publikationer/{work}/omslag", 27),
];

/// Views, columns and files of a table, in the order of the story below.
const TABLE_FORMS: &[(&str, usize)] = &[
    ("/handlaggare/tabeller/{sheet}/kolumner", 3),
    ("/handlaggare/tabeller/{sheet}/ny-vy", 7),
    ("/handlaggare/vyer/{view}", 8),
    ("/handlaggare/vyer/{view}/ta-bort", 7),
    ("/handlaggare/tabeller/{sheet}/exportera", 8),
    ("/handlaggare/exporter/{export}", 7),
];

/// An organisation from its number to its end.
const ORGANISATION_FORMS: &[(&str, usize)] = &[
    ("/organisation/ny", 2),
    ("/organisation/ny/uppgifter", 8),
    ("/organisation/{organisation}/uppgifter", 7),
    ("/organisation/ny/ga-med", 13),
    ("/organisation/{organisation}/personer/forfragan/{request}", 12),
    ("/organisation/{organisation}/personer", 15),
    ("/mina-sidor/organisationer", 6),
    ("/inbjudan/{token}", 10),
    ("/organisation/{organisation}/personer/{membership}", 11),
    ("/organisation/{organisation}/lamna", 8),
    ("/handlaggare/organisationer/{organisation}", 11),
    ("/handlaggare/organisationer/{organisation}/forfragan/{request}", 12),
    ("/handlaggare/organisationer/{organisation}/sla-ihop", 27),
    ("/handlaggare/organisationer/{organisation}/avsluta", 11),
    ("/handlaggare/organisationer/{organisation}/personer/{membership}", 9),
];

/// A publication of an editor from its beginning to its end, and another's that is changed.
const EDITOR_FORMS: &[(&str, usize)] = &[
    ("/handlaggare/publikationer/ny", 8),
    ("/handlaggare/publikationer/{work}/{topic}", 12),
    ("/handlaggare/publikationer/{work}/utgavor/{edition}", 14),
    ("/handlaggare/publikationer/{work}", 25),
    ("/handlaggare/publikationer/{work}/granska", 10),
    ("/handlaggare/publikationer/{work}/schemalagg", 13),
    ("/handlaggare/publikationer/{work}/historik/jamfor", 13),
    ("/handlaggare/publikationer/{work}/sammanfoga", 18),
    ("/handlaggare/publikationer/{work}/avpublicera", 18),
];

/// A call from its beginning to a question that is answered.
const CALL_FORMS: &[(&str, usize)] = &[
    ("/handlaggare/utlysningar/ny", 7),
    ("/handlaggare/utlysningar/{call}/del/{topic}", 8),
    ("/handlaggare/utlysningar/{call}/fragor", 8),
    ("/handlaggare/utlysningar/{call}/fragor/ny", 9),
    ("/handlaggare/utlysningar/{call}/fragor/del/{section}", 9),
    ("/handlaggare/utlysningar/{call}/fragor/fraga/{question}", 9),
    ("/handlaggare/utlysningar/{call}/fragor/ta-bort", 8),
    ("/handlaggare/utlysningar/{call}", 8),
    ("/utlysningar/{slug}/stall-en-fraga", 11),
    ("/handlaggare/utlysningar/{call}/fragelada/{question}", 10),
];

/// An application from its beginning to its end.
const APPLICATION_FORMS: &[(&str, usize)] = &[
    ("/ansokan/ny", 10),
    ("/ansokan/{application}/del/{section}", 14),
    ("/ansokan/{application}/del/{section}/spara", 12),
    ("/ansokan/{application}/filer/{question}", 11),
    ("/ansokan/{application}/filer/{question}/ta-bort", 8),
    ("/ansokan/{application}/historik/{question}", 11),
    ("/ansokan/{application}/konflikt/{question}", 12),
    ("/ansokan/{application}/personer", 16),
    ("/ansokan/inbjudan/{token}", 10),
    ("/ansokan/{application}/underskrift", 20),
    ("/ansokan/{application}/skicka-in", 50),
    ("/ansokan/{application}/aterkalla", 25),
    ("/ansokan/{application}/ny-version", 6),
    ("/ansokan/{application}/ta-bort", 10),
    ("/handlaggare/utlysningar/{call}/mer-tid", 12),
];

/// A document from its registration to its correction, and a request for it from its beginning to the decision.
const REGISTER_FORMS: &[(&str, usize)] = &[
    ("/handlaggare/diarium/registrera", 14),
    ("/handlaggare/diarium/handling/{document}/ratta", 15),
    ("/handlaggare/diarium/handling/{document}/sekretess", 14),
    ("/handlaggare/diarium/handling/{document}", 9),
    ("/diarium/{number}/begar", 24),
    ("/handlaggare/diarium/begaranden/{disclosure}", 13),
    ("/handlaggare/diarium/begaranden/{disclosure}/filer", 15),
    ("/handlaggare/diarium/begaranden/{disclosure}/svara", 27),
    ("/diarium/begaran/{token}", 20),
    ("/handlaggare/diarium/begaranden/{disclosure}/svara", 29),
    ("/diarium/begar", 22),
    ("/diarium/begaran/{token}/aterkalla", 17),
];

/// What the statements begin with that store functions make.
const WORK: [&str; 5] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

/// Statements by the reference of the request that they were made for.
static ASKED: LazyLock<Mutex<HashMap<String, Vec<String>>>> = LazyLock::new(Mutex::default);

/// Notes each statement that sqlx logs, by the span of the request around it.
struct Counter;

/// The reference that a request's span carries.
#[derive(Default)]
struct Reference(String);

impl Visit for Reference {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if field.name() == "reference" {
            self.0 = format!("{value:?}");
        }
    }
}

/// How a statement begins: sqlx logs a short one as the summary alone.
#[derive(Default)]
struct Statement(String);

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" && self.0.is_empty() || field.name() == "db.statement" && !value.is_empty() {
            self.0 = value.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect();
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl<S> Layer<S> for Counter
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut reference = Reference::default();
        attributes.record(&mut reference);
        if let Some(span) = context.span(id).filter(|_| !reference.0.is_empty()) {
            span.extensions_mut().insert(reference);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let mut statement = Statement::default();
        event.record(&mut statement);
        if !WORK.iter().any(|word| statement.0.starts_with(word)) {
            return;
        }
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(reference) = span.extensions().get::<Reference>() {
                ASKED.lock().unwrap().entry(reference.0.clone()).or_default().push(statement.0.clone());
            }
        }
    }
}

/// Starts counting, once for the whole test program. Other stories run on beside: only spans and statements are looked at,
/// and theirs stand under references of their own.
fn count() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        let targets = Targets::new().with_target("portal", LevelFilter::INFO).with_target("sqlx::query", LevelFilter::TRACE);
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Counter.with_filter(targets))).unwrap();
    });
}

/// The statements that this answer took.
fn statements(page: &Page) -> Vec<String> {
    ASKED.lock().unwrap().get(page.header("x-request-id")).cloned().unwrap_or_default()
}

/// Fails with the statements of every answer that took another number than its line says.
fn compare(counted: &[(&str, Vec<String>)], lines: &[(&str, usize)]) {
    let unlike: Vec<String> = counted
        .iter()
        .enumerate()
        .map(|(place, (path, asked))| (lines.get(place), (*path, asked.len()), asked))
        .filter(|(line, found, _)| *line != Some(found))
        .map(|(line, found, asked)| format!("{found:?}, but its line says {line:?}:\n    {}\n", asked.join("\n    ")))
        .collect();
    assert!(unlike.is_empty(), "{}", unlike.concat());
    assert_eq!(counted.len(), lines.len(), "lines without an answer");
}

/// The paths of all routes with this method.
fn declared(method: &Method) -> Vec<&'static str> {
    server::routes().declared().iter().filter(|route| route.method == *method).map(|route| route.path).collect()
}

#[test]
fn every_route_has_its_line() {
    let forms = [
        FORMS,
        ACCOUNT_FORMS,
        ORGANISATION_FORMS,
        BACK_ROOM_FORMS,
        TABLE_FORMS,
        EDITOR_FORMS,
        CALL_FORMS,
        APPLICATION_FORMS,
        REGISTER_FORMS,
    ]
    .concat();
    for (method, lines) in [(Method::GET, PAGES), (Method::POST, &forms)] {
        let lacks = |path: &&str| !lines.iter().any(|(line, _)| line == path);
        let lacking: Vec<_> = declared(&method).into_iter().filter(lacks).collect();
        assert!(lacking.is_empty(), "a line for each {method} in tests/portal/statements.rs: {lacking:?}");
    }
}

/// The open call of the demonstration: its id, its slug and a question about it.
async fn example_call(portal: &TestPortal) -> (String, String, String) {
    portal::calls::demo::load(&portal.app).await.unwrap();
    let db = &portal.app.db;
    let call: String = one(db, "SELECT call_id FROM call_questions WHERE status = 'open'").await;
    let question: String = one(db, "SELECT id FROM call_questions WHERE status = 'open'").await;
    (call, "exempel-stod-for-utvardering-av-lokalt-arbete".to_owned(), question)
}

on_both! {
    /// In demonstration mode, so that the pages with the portal's mail are there too.
    async fn every_page_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let (eleg, bra) = (Provider::start().await, Provider::start().await);
        let change = |config: &mut Config| (config.demo, config.openid) = (true, sections(&eleg, &bra));
        let portal = TestPortal::start_with(portal.app.db.engine(), change).await;
        let portal = stocked(&portal).await;
        let buyer = portal.browser();
        let link = order(&buyer, portal, UMEA, "1").await;
        let secret = link.rsplit('/').next().unwrap().to_owned();
        // With two titles in it, a page that asks for each by itself shows.
        put(&buyer, portal, UMEA, "3").await;
        put(&buyer, portal, SAMVERKAN, "2").await;
        to_review(&buyer).await;
        let account = enter_with_every_role(portal, &buyer).await;
        buyer.submit("/handlaggare/mallar/ny", crate::back_room_letters::TEMPLATE).await;
        let letter = buyer.get("/demo/post").await.attributes("main a", "href").into_iter().find(|href| href.starts_with("/demo/post/"));
        let letter = letter.unwrap();
        let ground = Ground::lay(portal, &buyer, "amina@bra.example").await;
        let guest = [("namn", "Gun Ek"), ("epost", "gun.ek@universitet.example"), ("till", "2027-01-31")];
        let guest = buyer.post("/handlaggare/anvandare/bjud-in", &guest).await.leads_to();
        let files = files_page(portal).await;
        replace_file(portal, &buyer, &files).await;
        let view = saved_view(&buyer, "Mina").await;
        let file = asked_export(portal, &buyer, "").await;
        let taken = upload(portal, &buyer, "a.json", "[]").await.leads_to();
        let shown = give_cover(portal, &buyer, &files.replace("/filer", "/omslag")).await.1;
        crate::harness::run_sql(&portal.app.config.database_url, "UPDATE covers SET shown_at = added_at".to_owned()).await;
        let work = changing(portal, &buyer).await;
        let (call, slug, asked) = example_call(portal).await;
        let laid = Laid::lay(portal, &buyer).await;
        let applied = Applied::lay(portal, &buyer, "amina@bra.example", &slug).await;
        let mut counted = Vec::new();
        for path in declared(&Method::GET) {
            // It works once, and for whoever left: someone new.
            if path == "/logga-in/openid/{provider}" {
                counted.push((path, statements(&there_and_back(portal, &portal.browser(), &eleg, "anna").await)));
                continue;
            }
            let address = match path {
                path if ground.filled(path).is_some() => ground.filled(path).unwrap(),
                path if laid.filled(path).is_some() => laid.filled(path).unwrap(),
                "/avisering/avregistrera/{token}" => ending(portal, "amina@bra.example").await,
                "/demo/post/{id}" => letter.clone(),
                path if applied.filled(portal, path, &slug).await.is_some() => applied.filled(portal, path, &slug).await.unwrap(),
                path if path.starts_with("/utlysningar/") => path.replace("{slug}", &slug),
                "/handlaggare/utlysningar/{call}/avbryt" => format!("{}?gor=cancelled", path.replace("{call}", &call)),
                "/handlaggare/utlysningar/{call}/fragor/ta-bort" => format!("{}?fraga=metod", path.replace("{call}", &call)),
                path if path.contains("{call}") => {
                    let question = if path.contains("fragelada") { asked.as_str() } else { "metod" };
                    path.replace("{call}", &call).replace("{topic}", "pengar").replace("{section}", "mal").replace("{question}", question)
                }
                path if path.contains("{sheet}") => path.replace("{sheet}", "orders"),
                path if path.contains("{view}") => path.replace("{view}", &view),
                path if path.contains("{export}") => path.replace("/handlaggare/exporter/{export}", &file),
                "/handlaggare/utskick/{id}" => letter.replace("/demo/post", "/handlaggare/utskick"),
                "/handlaggare/anvandare/inbjudan/{invitation}" => guest.clone(),
                // Somebody else's: who opens it learns that it is not theirs.
                "/granskare/{token}" => path.replace("{token}", "A".repeat(43).as_str()),
                "/handlaggare/anvandare/{account}" => path.replace("{account}", &account),
                "/omslag/{cover}/{width}" => format!("/omslag/{}", shown.split("/omslag/").nth(1).unwrap()),
                "/handlaggare/publikationer/{work}/omslag/{cover}/{width}" => shown.clone(),
                "/handlaggare/publikationer/{work}/omslag" => files.replace("/filer", "/omslag"),
                "/handlaggare/publikationer/import/{import}" => taken.clone(),
                "/handlaggare/publikationer/{work}/filer" => files.clone(),
                "/handlaggare/publikationer/{work}/filer/{hash}" => buyer.get(&files).await.attributes("main dd a", "href").swap_remove(0),
                "/handlaggare/publikationer/{work}/priser" => prices_of(portal, UMEA).await,
                "/handlaggare/mallar/{template}" => buyer.get("/handlaggare/mallar").await.attributes("tbody a", "href").concat(),
                path if path.starts_with("/handlaggare/publikationer/{work}") => {
                    let path = path.replace("{edition}", edition(portal, UMEA).await.as_str()).replace("{topic}", "uppgifter");
                    format!("{}{}", path.replace("/handlaggare/publikationer/{work}", &work), if path.ends_with("jamfor") { "?fran=1&till=2" } else { "" })
                }
                "/handlaggare/lager/{edition}" => path.replace("{edition}", edition(portal, UMEA).await.as_str()),
                path => filled(path, &secret),
            };
            // The first reading takes in what changed in the catalogue.
            buyer.get(&address).await;
            let page = buyer.get(&address).await;
            let later = path.starts_with("/handlaggare/bestallningar/{number}/") && page.status == 409;
            let later = later || path == "/granskare/{token}" && page.status == 410;
            assert!(page.status < 400 || path.starts_with("/assets/") || later, "{address}: {}", page.status);
            counted.push((path, statements(&page)));
        }
        compare(&counted, PAGES);
    }

    /// From an empty basket to an order that is called off, and one that is withdrawn from.
    async fn every_form_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let portal = stocked(&portal).await;
        let buyer = portal.browser();
        let (umea, samverkan) = (edition(portal, UMEA).await, edition(portal, SAMVERKAN).await);
        let other = order(&portal.browser(), portal, UMEA, "2").await;
        let mut counted = Vec::new();
        let mut send = async |path: &'static str, link: &str, fields: &[(&str, &str)]| {
            let answer = buyer.post(&path.replace("/bestallning/{link}", link), fields).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.words());
            counted.push((path, statements(&answer)));
            answer
        };
        send("/kundkorg", "", &[("utgava", umea.as_str()), ("antal", "1")]).await;
        send("/kundkorg", "", &[("utgava", samverkan.as_str()), ("antal", "1")]).await;
        send("/kundkorg", "", &[(&format!("antal-{umea}"), "2"), (&format!("antal-{samverkan}"), "2"), ("vidare", "ja")]).await;
        send("/kassa/leverans", "", PERSON).await;
        send("/kassa/betalning", "", &[("betalare", "privat")]).await;
        send("/kassa/faktura", "", &[("faktura", "epost")]).await;
        let review = buyer.get("/kassa/granska").await;
        let receipt = send("/kassa/granska", "", &pairs(&agreed(&review))).await;
        let receipt = buyer.get(&receipt.leads_to()).await;
        let link = receipt.attributes("main a", "href").into_iter().find(|href| href.contains("/bestallning/")).unwrap();
        enter(portal, &buyer, "anna@example.se").await;
        send("/bestallning/{link}", &link, &[("spara", "ja")]).await;
        send("/bestallning/{link}/andra", &link, &[("version", "1"), ("vad", "antal"), ("antal-1", "1"), ("antal-2", "2")]).await;
        send("/bestallning/{link}/avbestall", &link, &[]).await;
        send("/bestallning/{link}/angra", &other, &[]).await;
        send("/bestallning/{link}/angra/bekrafta", &other, &[]).await;
        send("/tillganglighet/rapportera", "", &[("problem", "Knappen syns inte.")]).await;
        // Shows its answer at once, since it keeps nothing.
        counted.push(("/komponenter/budget", statements(&buyer.post("/komponenter/budget", &[]).await)));
        compare(&counted, FORMS);
    }

    /// A call is begun, filled in, put together, published and asked about.
    async fn every_form_of_a_call_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let portal = staffed(portal.app.db.engine()).await;
        let (hanna, hugo) = (portal.browser(), portal.browser());
        enter_by_email(&portal, &hanna, "hanna@bra.example").await;
        enter_by_email(&portal, &hugo, "hugo@bra.example").await;
        let mut counted = Vec::new();
        let mut note = |path: &'static str, answer: &Page| {
            assert_eq!(answer.status, 303, "{path}: {} {:?}", answer.words(), answer.errors());
            counted.push((path, statements(answer)));
        };
        let begun = hanna.post("/handlaggare/utlysningar/ny", &[("namn-sv", "Stöd 2027")]).await;
        note("/handlaggare/utlysningar/ny", &begun);
        let call = begun.leads_to().split('?').next().unwrap().to_owned();
        note("/handlaggare/utlysningar/{call}/del/{topic}", &fill(&hanna, &format!("{call}/del/pengar"), &[("tak", "400 000")]).await);
        crate::calls::written(&hanna, &call).await;
        let questions = format!("{call}/fragor");
        let version = async || hanna.get(&questions).await.value("version");
        let moved = hanna.post(&questions, &[("version", &version().await), ("flytta", "ned:fraga:titel")]).await;
        note("/handlaggare/utlysningar/{call}/fragor", &moved);
        let new = hanna.post(&format!("{questions}/ny"), &[("version", &version().await), ("del", "mal"), ("slag", "day"), ("text", "När?")]).await;
        note("/handlaggare/utlysningar/{call}/fragor/ny", &new);
        note("/handlaggare/utlysningar/{call}/fragor/del/{section}", &fill(&hanna, &format!("{questions}/del/mal"), &[("text-sv", "Mål")]).await);
        note("/handlaggare/utlysningar/{call}/fragor/fraga/{question}", &fill(&hanna, &new.leads_to(), &[("text-en", "When?")]).await);
        let gone = hanna.post(&format!("{questions}/ta-bort"), &[("version", &version().await), ("fraga", "nar")]).await;
        note("/handlaggare/utlysningar/{call}/fragor/ta-bort", &gone);
        press(&hanna, &call, "sent_for_review").await;
        note("/handlaggare/utlysningar/{call}", &press(&hugo, &call, "approved").await);
        press(&hanna, &call, "published").await;
        let asked = portal.browser().post("/utlysningar/stod-2027/stall-en-fraga", &[("fraga", "Får vi?"), ("epost", "asa@exempelby.example")]).await;
        note("/utlysningar/{slug}/stall-en-fraga", &asked);
        let question = hanna.get(&format!("{call}/fragelada")).await.attributes(".app-answered a", "href").concat();
        note("/handlaggare/utlysningar/{call}/fragelada/{question}", &fill(&hanna, &question, &[("svar-sv", "Ja.")]).await);
        compare(&counted, CALL_FORMS);
    }

    /// An application from its beginning to its withdrawal, and a draft that is thrown away.
    async fn every_form_of_an_application_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let (portal, call) = crate::applications::open_call(&portal, false).await;
        let signe = crate::organisations::someone(&portal, "signe@exempelby.example").await;
        let organisation = crate::organisations::found(&signe, &crate::organisations::orgnr(1), &[]).await;
        let rita = crate::organisations::someone(&portal, "rita@larosate.example").await;
        let mut counted = Vec::new();
        let mut note = |path: &'static str, answer: &Page| {
            assert!(answer.status == 303 || answer.status == 200, "{path}: {} {:?}", answer.words(), answer.errors());
            counted.push((path, statements(answer)));
        };
        let begin = [("utlysning", "stod-for-utvardering-2027"), ("organisation", organisation.rsplit('/').next().unwrap())];
        let begun = signe.post("/ansokan/ny", &begin).await;
        note("/ansokan/ny", &begun);
        let application = begun.leads_to().split('?').next().unwrap().to_owned();
        crate::applications::filled(&portal, &signe, &application).await;
        let at = |below: &str| format!("{application}{below}");
        let texts = [("problem", "Rån."), ("lagesbild", "Tolv rån.")];
        note("/ansokan/{application}/del/{section}", &fill(&signe, &at("/del/problem"), &texts).await);
        let seen = signe.get(&at("/del/problem")).await.value("sett.problem");
        let saved = signe.post(&at("/del/problem/spara"), &[("sett.problem", &seen), ("problem", "Rån!")]).await;
        note("/ansokan/{application}/del/{section}/spara", &saved);
        let file = files::body(&[], Some(("b.pdf", crate::applications::PDF)));
        note("/ansokan/{application}/filer/{question}", &files::send(&portal, &signe, &at("/filer/behorighet"), file).await);
        let files = signe.get(&at("/filer/behorighet")).await.attributes("button[name='ta-bort']", "value");
        let gone = signe.post(&at("/filer/behorighet/ta-bort"), &[("ta-bort", files.last().unwrap())]).await;
        note("/ansokan/{application}/filer/{question}/ta-bort", &gone);
        let page = signe.get(&at("/historik/problem")).await;
        let restored = signe.post(&at("/historik/problem"), &[("version", "1"), ("sett", &page.value("sett"))]).await;
        note("/ansokan/{application}/historik/{question}", &restored);
        signe.post(&at("/del/problem"), &[("sett.problem", "0"), ("problem", "Bredvid.")]).await;
        let page = signe.get(&at("/konflikt/problem")).await;
        let chosen = [("version", page.value("version")), ("sett", page.value("sett")), ("val", "andra".to_owned())];
        let chosen: Vec<(&str, &str)> = chosen.iter().map(|(name, value)| (*name, value.as_str())).collect();
        note("/ansokan/{application}/konflikt/{question}", &signe.post(&at("/konflikt/problem"), &chosen).await);
        note("/ansokan/{application}/personer", &signe.post(&at("/personer"), &[("epost", "rita@larosate.example"), ("roll", "editor")]).await);
        let mail = crate::people::latest_mail(&portal, "application.invited", "rita@larosate.example").await.unwrap();
        let link = mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).unwrap().to_owned();
        note("/ansokan/inbjudan/{token}", &rita.post(&link, &[]).await);
        let page = signe.get(&at("/underskrift")).await;
        note("/ansokan/{application}/underskrift", &signe.post(&at("/underskrift"), &[("sett", &page.value("sett")), ("bekrafta", "ja")]).await);
        note("/ansokan/{application}/skicka-in", &crate::applications::sent_in(&signe, &application).await);
        note("/ansokan/{application}/aterkalla", &signe.post(&at("/aterkalla"), &[("skal", "")]).await);
        let second = signe.post("/ansokan/ny", &begin).await.leads_to().split('?').next().unwrap().to_owned();
        note("/ansokan/{application}/ny-version", &signe.post(&format!("{second}/ny-version"), &[]).await);
        note("/ansokan/{application}/ta-bort", &signe.post(&format!("{second}/ta-bort"), &[]).await);
        let hanna = portal.browser();
        enter_by_email(&portal, &hanna, "hanna@bra.example").await;
        let more = [("organisationsnummer", crate::organisations::orgnr(1)), ("dag", "2027-03-02".to_owned()), ("klockan", "12".to_owned()), ("skal", "Sjukdom.".to_owned())];
        let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
        note("/handlaggare/utlysningar/{call}/mer-tid", &hanna.post(&format!("{call}/mer-tid"), &more).await);
        compare(&counted, APPLICATION_FORMS);
    }

    /// From a stranger to an account that is closed; and an administrator who gives a role.
    async fn every_form_of_an_account_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let (eleg, bra) = (Provider::start().await, Provider::start().await);
        let change = |config: &mut Config| (config.demo, config.openid) = (true, sections(&eleg, &bra));
        let portal = TestPortal::start_with(portal.app.db.engine(), change).await;
        let anna = portal.browser();
        let mut counted = Vec::new();
        let mut send = async |browser: &Browser, path: &'static str, address: &str, fields: &[(&str, &str)]| {
            let answer = browser.post(address, fields).await;
            assert!(answer.status < 400, "{path}: {}", answer.words());
            counted.push((path, statements(&answer)));
            answer
        };
        send(&anna, "/logga-in", "/logga-in", &[("epost", "anna@example.se")]).await;
        let code = code_in(&mail_to(&portal, "anna@example.se").await);
        send(&anna, "/logga-in/e-post", "/logga-in/e-post", &[("kod", &code)]).await;
        let profile = [("version", "1"), ("namn", "Anna Ek"), ("sprak", "sv"), ("aviseringar", "each")];
        send(&anna, "/mina-sidor/uppgifter", "/mina-sidor/uppgifter", &profile).await;
        send(&anna, "/mina-sidor/aviseringar", "/mina-sidor/aviseringar", &[("alla", "ja")]).await;
        let often = [("version", "2"), ("aviseringar", "each"), ("aviseringar-sign_in-new", "daily")];
        send(&anna, "/mina-sidor/aviseringar/e-post", "/mina-sidor/aviseringar/e-post", &often).await;
        let address = ending(&portal, "anna@example.se").await;
        send(&anna, "/avisering/avregistrera/{token}", &address, &[]).await;
        send(&anna, "/mina-sidor/inloggningar", "/mina-sidor/inloggningar", &[("alla", "ja")]).await;
        send(&anna, "/logga-ut", "/logga-ut", &[]).await;
        portal.clock.advance_seconds(1);
        anna.post("/logga-in", &[("epost", "anna@example.se")]).await;
        let link = link_in(&mail_to(&portal, "anna@example.se").await);
        send(&anna, "/logga-in/lank/{token}", &link, &[]).await;
        let path = "/mina-sidor/uppgifter/e-post";
        send(&anna, path, path, &[("epost", "anna@ny.example")]).await;
        let code = code_in(&crate::people::latest_mail(&portal, "account.address", "anna@ny.example").await.unwrap());
        send(&anna, "/mina-sidor/uppgifter/e-post/kod", "/mina-sidor/uppgifter/e-post/kod", &[("kod", &code)]).await;
        let mail = crate::address::ask(&portal, &anna, "anna@tredje.example").await;
        let link = crate::address::link_in(&portal, &mail);
        send(&anna, "/mina-sidor/uppgifter/e-post/lank/{token}", &link, &[]).await;
        send(&anna, "/mina-sidor/avsluta", "/mina-sidor/avsluta", &[("bekrafta", "ja")]).await;
        let amina = portal.browser();
        let account = enter_with_every_role(&portal, &amina).await;
        let other = portal.browser();
        send(&other, "/logga-in/demo", "/logga-in/demo", &[("konto", &account)]).await;
        send(&other, "/bekrafta", "/bekrafta", &[]).await;
        // Keys need a portal whose address has a name.
        let named = crate::keys::with_name(portal.app.db.engine()).await;
        let rut = named.browser();
        enter_with_every_role(&named, &rut).await;
        let key = crate::keys::Key::new();
        let asked = send(&rut, "/mina-sidor/nycklar/borja", "/mina-sidor/nycklar/borja", &[("namn", "Dator")]).await;
        let answer = key.made(&asked, &named.app.config.base_url);
        send(&rut, "/mina-sidor/nycklar", "/mina-sidor/nycklar", &[("namn", "Dator"), ("nyckel", &answer)]).await;
        send(&rut, "/bekrafta/nyckel", "/bekrafta/nyckel", &[]).await;
        let nils = [("namn", "Nils Ny"), ("epost", "nils@bra.example")];
        let nils = send(&amina, "/handlaggare/anvandare/ny", "/handlaggare/anvandare/ny", &nils).await.leads_to();
        send(&amina, "/handlaggare/anvandare/{account}", &nils, &[("roll", "editor")]).await;
        let path = "/handlaggare/anvandare/bjud-in";
        let days = [("namn", "Gun Ek"), ("epost", "gun.ek@universitet.example"), ("till", "2027-01-31")];
        let invitation = send(&amina, path, path, &days).await.leads_to();
        portal.clock.advance_seconds(1);
        let path = "/handlaggare/anvandare/inbjudan/{invitation}";
        send(&amina, path, invitation.split('?').next().unwrap(), &[("gor", "igen")]).await;
        let gun = portal.browser();
        enter(&portal, &gun, "gun.ek@universitet.example").await;
        send(&gun, "/granskare/{token}", &crate::guests::link(&portal).await, &[]).await;
        let mail = amina.get("/handlaggare/utskick").await.attributes("tbody a", "href").swap_remove(0);
        send(&amina, "/handlaggare/utskick", "/handlaggare/utskick", &[]).await;
        send(&amina, "/handlaggare/utskick/{id}", &mail, &[("igen", "ja")]).await;
        send(&amina, "/handlaggare/logg", "/handlaggare/logg", &[]).await;
        send(&amina, "/handlaggare/gallring", "/handlaggare/gallring", &[]).await;
        let berta = portal.browser();
        there_and_back(&portal, &berta, &eleg, "berta").await;
        send(&berta, "/logga-in/openid/{provider}", "/logga-in/openid/eleg", &[]).await;
        send(&berta, "/mina-sidor/inloggningssatt", "/mina-sidor/inloggningssatt", &[("koppla", "eleg")]).await;
        let token = logout_token(&portal, &eleg, "berta");
        let out = "/logga-in/openid/{provider}/utloggad";
        send(&portal.browser(), out, &out.replace("{provider}", "eleg"), &[("logout_token", &token)]).await;
        compare(&counted, ACCOUNT_FORMS);
    }

    /// An order from the list to the parcel and back, and the stock behind it.
    async fn every_form_of_the_back_room_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| config.demo = true).await;
        let portal = stocked(&portal).await;
        order(&portal.browser(), portal, UMEA, "3").await;
        order(&portal.browser(), portal, UMEA, "1").await;
        order(&portal.browser(), portal, UMEA, "2").await;
        let lars = portal.browser();
        enter_with_every_role(portal, &lars).await;
        let mut counted = Vec::new();
        let mut send = async |path: &'static str, address: &str, fields: &[(&str, &str)]| {
            let answer = lars.post(address, fields).await;
            assert!(answer.status < 400, "{path}: {}", answer.words());
            counted.push((path, statements(&answer)));
        };
        let address = "/handlaggare/bestallningar/B10001";
        send("/handlaggare/bestallningar/{number}", address, &[("anteckning", "Ringde.")]).await;
        let under = |more: &str| format!("{address}/{more}");
        send("/handlaggare/bestallningar/{number}/packa", &under("packa"), &[("version", "1")]).await;
        send("/handlaggare/bestallningar/{number}/skicka", &under("skicka"), &[("version", "2"), ("antal-1", "3")]).await;
        send("/handlaggare/bestallningar/{number}/levererad", &under("levererad"), &[("version", "3")]).await;
        let back = [("version", "4"), ("tillbaka-1", "2"), ("kassera-1", "1")];
        send("/handlaggare/bestallningar/{number}/retur", &under("retur"), &back).await;
        let rest = [("version", "1"), ("antal-1", "1"), ("skal", "Slut")];
        send("/handlaggare/bestallningar/{number}/rest", "/handlaggare/bestallningar/B10003/rest", &rest).await;
        let other = "/handlaggare/bestallningar/B10002/annullera";
        send("/handlaggare/bestallningar/{number}/annullera", other, &[("version", "1"), ("skal", "Feltryckt")]).await;
        send("/handlaggare/statistik/forsaljning", "/handlaggare/statistik/forsaljning", &[("tabell", "manad")]).await;
        let letter = [("steg", "skicka"), ("nyckel", "01890a5d-ac96-774b-bcce-b302099a8057"), ("amne", "Hej"), ("text", "Hej")];
        send("/handlaggare/bestallningar/{number}/brev", &format!("{address}/brev?mall=eget"), &letter).await;
        let template = crate::back_room_letters::TEMPLATE;
        send("/handlaggare/mallar/ny", "/handlaggare/mallar/ny", template).await;
        let path = lars.get("/handlaggare/mallar").await.attributes("tbody a", "href").concat();
        let template: Vec<_> = template.iter().copied().chain([("version", "1")]).collect();
        send("/handlaggare/mallar/{template}", &path, &template).await;
        let shelf = format!("/handlaggare/lager/{}", edition(portal, UMEA).await);
        send("/handlaggare/lager/{edition}", &shelf, &[("vad", "inleverans"), ("inkomna", "5")]).await;
        let table = [("vad", "priser"), ("antal-1", "1"), ("pris-1", "59"), ("fran", "2027-01-01")];
        send("/handlaggare/frakt", "/handlaggare/frakt", &table).await;
        let prices = prices_of(portal, UMEA).await;
        let umea = edition(portal, UMEA).await;
        let price = [("utgava", umea.as_str()), ("version", "1"), ("pris", "85"), ("fran", "2027-01-01")];
        send("/handlaggare/publikationer/{work}/priser", &prices, &price).await;
        send("/handlaggare/publikationer/markdown", "/handlaggare/publikationer/markdown", &[("text", "Hej")]).await;
        let answer = upload(portal, &lars, "a.json", r#"[{"id":"x","title":"Nytt"}]"#).await;
        counted.push(("/handlaggare/publikationer/import", statements(&answer)));
        work(portal).await;
        let answer = lars.post(&answer.leads_to(), &[("version", "2")]).await;
        counted.push(("/handlaggare/publikationer/import/{import}", statements(&answer)));
        let files = files_page(portal).await;
        counted.push(("/handlaggare/publikationer/{work}/filer", statements(&replace_file(portal, &lars, &files).await)));
        let covers = files.replace("/filer", "/omslag");
        counted.push(("/handlaggare/publikationer/{work}/omslag", statements(&give_cover(portal, &lars, &covers).await.0)));
        compare(&counted, BACK_ROOM_FORMS);
    }

    /// Columns, a view from its beginning to its end, and a file that fails and is asked for again.
    async fn every_form_of_a_table_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| config.demo = true).await;
        let portal = stocked(&portal).await;
        order(&portal.browser(), portal, UMEA, "1").await;
        let lars = portal.browser();
        enter_with_every_role(portal, &lars).await;
        let mut counted = Vec::new();
        let mut send = async |path: &'static str, address: &str, fields: &[(&str, &str)]| {
            let answer = lars.post(address, fields).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.words());
            counted.push((path, statements(&answer)));
            answer.leads_to()
        };
        let under = |page: &str| format!("/handlaggare/tabeller/orders/{page}");
        send("/handlaggare/tabeller/{sheet}/kolumner", &under("kolumner"), &[("kolumn", "kopare")]).await;
        let table = send("/handlaggare/tabeller/{sheet}/ny-vy", &under("ny-vy?status=confirmed"), &[("namn", "Nya")]).await;
        let view = format!("/handlaggare/vyer/{}", table.split("vy=").nth(1).unwrap());
        send("/handlaggare/vyer/{view}", &view, &[("version", "1"), ("namn", "Bekräftade")]).await;
        send("/handlaggare/vyer/{view}/ta-bort", &format!("{view}/ta-bort"), &[]).await;
        let path = "/handlaggare/tabeller/{sheet}/exportera";
        let file = send(path, &under("exportera"), &[("format", "csv"), ("kolumner", "alla")]).await;
        let failed = "UPDATE exports SET state = 'failed', fault = 'fault', done_at = created_at";
        crate::harness::run_sql(&portal.app.config.database_url, failed.to_owned()).await;
        send("/handlaggare/exporter/{export}", &file, &[]).await;
        compare(&counted, TABLE_FORMS);
    }

    /// A publication that is begun, filled, read, planned and changed.
    async fn every_form_of_an_editor_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| config.demo = true).await;
        let portal = stocked(&portal).await;
        let (rut, rasmus) = (portal.browser(), portal.browser());
        enter_with_every_role(portal, &rut).await;
        enter_by_email(portal, &rasmus, "rasmus@bra.example").await;
        let mut counted = Vec::new();
        let mut keep = |path: &'static str, answer: Page| {
            assert_eq!(answer.status, 303, "{path}: {}", answer.words());
            counted.push((path, statements(&answer)));
        };
        let path = "/handlaggare/publikationer/ny";
        keep(path, rut.post(path, &[("title", "Räknad"), ("publication_type", "report")]).await);
        let work = begun(&rut, "Räknad igen", "report").await;
        let path = "/handlaggare/publikationer/{work}/{topic}";
        keep(path, fill(&rut, &format!("{work}/uppgifter"), &[("date_published", "2026")]).await);
        let path = "/handlaggare/publikationer/{work}/utgavor/{edition}";
        keep(path, fill(&rut, &format!("{work}/utgavor/ny"), &[("form", "epub")]).await);
        press(&rut, &work, "skicka").await;
        let review = format!("{work}/granska");
        let version = rasmus.get(&review).await.value("version");
        let approved = rasmus.post(&review, &[("version", &version), ("svar", "ja")]).await;
        let planned = fill(&rut, &format!("{work}/schemalagg"), &[("dag", "2026-12-01"), ("klockslag", "09.00")]).await;
        press(&rut, &work, "stall-in").await;
        keep("/handlaggare/publikationer/{work}", press(&rut, &work, "publicera").await);
        keep("/handlaggare/publikationer/{work}/granska", approved);
        keep("/handlaggare/publikationer/{work}/schemalagg", planned);
        let other = changing(portal, &rut).await;
        let compared = format!("{other}/historik/jamfor?fran=1&till=2");
        let version = rut.get(&compared).await.value("version");
        let path = "/handlaggare/publikationer/{work}/historik/jamfor";
        keep(path, rut.post(&compared, &[("version", &version), ("nummer", "1")]).await);
        let version = rut.get(&other).await.value("version");
        let path = "/handlaggare/publikationer/{work}/sammanfoga";
        keep(path, rut.post(&format!("{other}/sammanfoga"), &[("version", &version)]).await);
        let path = "/handlaggare/publikationer/{work}/avpublicera";
        keep(path, rut.post(&format!("{other}/avpublicera"), &[("skal", "Fel i en tabell.")]).await);
        compare(&counted, EDITOR_FORMS);
    }

    /// A document is registered, corrected, marked and read; it is asked for, and a decision is made.
    async fn every_form_of_the_register_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let portal = crate::people::staffed(portal.app.db.engine()).await;
        let (regina, reader) = (regina(&portal).await, portal.browser());
        let mut counted = Vec::new();
        let mut keep = |path: &'static str, answer: &Page| {
            assert!(answer.status < 400, "{path}: {}", answer.words());
            counted.push((path, statements(answer)));
        };
        let path = "/handlaggare/diarium/registrera";
        let key = regina.get(path).await.value("nyckel");
        let letter: Vec<_> = crate::register::LETTER.iter().copied().chain([("nyckel", key.as_str())]).collect();
        let answered = crate::files::send(&portal, &regina, path, crate::files::body(&letter, Some(("a.txt", b"a")))).await;
        keep(path, &answered);
        let document = answered.leads_to().split('?').next().unwrap().to_owned();
        let correction: Vec<_> =
            crate::register::LETTER.iter().copied().chain([("version", "1"), ("skal", "Fel datum")]).collect();
        let path = "/handlaggare/diarium/handling/{document}/ratta";
        keep(path, &regina.post(&format!("{document}/ratta"), &correction).await);
        let marked = [("version", "2"), ("lagrum", "35:1"), ("doljer", "motpart"), ("skal", "Skyddad")];
        let path = "/handlaggare/diarium/handling/{document}/sekretess";
        keep(path, &regina.post(&format!("{document}/sekretess"), &marked).await);
        keep("/handlaggare/diarium/handling/{document}", &regina.post(&document, &[]).await);
        let form = reader.get("/diarium/2026-00001/begar").await;
        let fields = [("nyckel", form.value("nyckel")), ("epost", "ola@example.se".to_owned()), ("handling", form.value("handling"))];
        keep("/diarium/{number}/begar", &reader.post("/diarium/2026-00001/begar", &pairs(&fields.map(|(name, value)| (name.to_owned(), value)))).await);
        let request = request_of(&portal).await;
        let path = "/handlaggare/diarium/begaranden/{disclosure}";
        keep(path, &press_on(&regina, &request, "borja").await);
        let version = regina.get(&request).await.value("version");
        let masked = crate::files::body(&[("version", &version)], Some(("m.txt", b"m")));
        let path = "/handlaggare/diarium/begaranden/{disclosure}/filer";
        keep(path, &crate::files::send(&portal, &regina, &format!("{request}/filer"), masked).await);
        let path = "/handlaggare/diarium/begaranden/{disclosure}/svara";
        keep(path, &answer(&regina, &request, &[("svar", "informed"), ("text", "Nej"), ("lagrum", "35:1")]).await);
        let mail = crate::people::latest_mail(&portal, "disclosure.confirmed", "ola@example.se").await.unwrap();
        let link = mail.split_whitespace().find_map(|word| word.strip_prefix(&portal.base)).unwrap().to_owned();
        keep("/diarium/begaran/{token}", &reader.post(&link, &[]).await);
        portal.clock.advance_seconds(1);
        keep(path, &answer(&regina, &request, &[("svar", "refused"), ("text", "Nej"), ("lagrum", "35:1")]).await);
        let key = reader.get("/diarium/begar").await.value("nyckel");
        let fields = [("nyckel", key.as_str()), ("epost", "eva@example.se"), ("vad", "Avtalet")];
        let answered = reader.post("/diarium/begar", &fields).await;
        keep("/diarium/begar", &answered);
        let link = answered.leads_to().split('?').next().unwrap().to_owned();
        keep("/diarium/begaran/{token}/aterkalla", &reader.post(&format!("{link}/aterkalla"), &[]).await);
        compare(&counted, REGISTER_FORMS);
    }

    /// From a number to an organisation that is closed.
    async fn every_form_of_an_organisation_asks_as_often_as_it_should(portal: TestPortal) {
        count();
        let portal = TestPortal::start_with(portal.app.db.engine(), |config| config.demo = true).await;
        let amina = portal.browser();
        enter_with_every_role(&portal, &amina).await;
        let ground = Ground::lay(&portal, &amina, "amina@bra.example").await;
        let bo = portal.browser();
        enter(&portal, &bo, "bo@example.se").await;
        let mut counted = Vec::new();
        let mut send = async |browser: &Browser, path: &'static str, address: &str, fields: &[(&str, &str)]| {
            let answer = browser.post(address, fields).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.words());
            counted.push((path, statements(&answer)));
            answer
        };
        let own = async |path: &'static str| ground.filled(path).unwrap();
        send(&bo, "/organisation/ny", "/organisation/ny", &[("organisationsnummer", &orgnr(3))]).await;
        send(&bo, "/organisation/ny/uppgifter", &own("/organisation/ny/uppgifter").await, FACTS).await;
        let mut facts = FACTS.to_vec();
        facts.push(("version", "1"));
        let path = "/organisation/{organisation}/uppgifter";
        send(&amina, path, &own(path).await, &facts).await;
        send(&bo, "/organisation/ny/ga-med", &own("/organisation/ny/ga-med").await, &[("meddelande", "Hej")]).await;
        let path = "/organisation/{organisation}/personer/forfragan/{request}";
        send(&amina, path, &own(path).await, &[("svar", "ja"), ("roll", "signatory")]).await;
        let path = "/organisation/{organisation}/personer";
        send(&amina, path, &own(path).await, &[("epost", "bo@example.se"), ("roll", "reader")]).await;
        let page = bo.get("/mina-sidor/organisationer").await;
        let id = page.attributes("button[name='tacka_nej']", "value").concat();
        send(&bo, "/mina-sidor/organisationer", "/mina-sidor/organisationer", &[("tacka_nej", &id)]).await;
        send(&amina, "/inbjudan/{token}", &ground.invitation, &[]).await;
        let path = "/organisation/{organisation}/personer/{membership}";
        send(&amina, path, &own(path).await, &[("version", "1"), ("roll", "editor")]).await;
        let path = "/organisation/{organisation}/lamna";
        send(&amina, path, &own(path).await, &[]).await;
        let path = "/handlaggare/organisationer/{organisation}";
        send(&amina, path, &own(path).await, &[("version", "2"), ("gor", "kontrollerad")]).await;
        // Bo asks there too, for staff to answer; then it becomes Bo's own, which is closed.
        bo.post(&format!("/organisation/ny/ga-med?organisationsnummer={}", orgnr(1)), &[("meddelande", "Hej")]).await;
        let page = amina.get(&own("/handlaggare/organisationer/{organisation}").await).await;
        let request = page.attributes("main a[href*='forfragan']", "href").concat();
        let path = "/handlaggare/organisationer/{organisation}/forfragan/{request}";
        send(&amina, path, &request, &[("svar", "ja"), ("roll", "reader")]).await;
        let path = "/handlaggare/organisationer/{organisation}/sla-ihop";
        send(&amina, path, &own(path).await, &[("version", "3"), ("organisationsnummer", &orgnr(3))]).await;
        let others = found(&amina, &orgnr(4), &[]).await.replace("/organisation/", "/handlaggare/organisationer/");
        let path = "/handlaggare/organisationer/{organisation}/avsluta";
        send(&amina, path, &format!("{others}/avsluta"), &[("version", "1")]).await;
        let member = amina.get(&others).await.attributes("tbody a", "href").concat();
        let path = "/handlaggare/organisationer/{organisation}/personer/{membership}";
        send(&amina, path, &member, &[("version", "1"), ("skal", "Har slutat.")]).await;
        compare(&counted, ORGANISATION_FORMS);
    }
}
