//! The staff's side: what a page of a table costs among few and among a million orders, and what a file of a hundred
//! thousand rows takes. The orders are made up by the program itself (`portal sample orders`).

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::client::Client;
use super::process::Process;
use super::report::{Report, mb, millis};
use super::{Outcome, Place, ROUNDS, Round, bare, cpu, drive, median, over, ratios, runtime, say, span};

const FEW: u32 = 2_000;
const MANY: u32 = 1_000_000;

const ORDERS: &str = "/handlaggare/bestallningar";

/// What staff ask of the table: as it opens, what waits, words, a buyer, a later page, another order, a span of days.
const TABLES: &[&str] = &[
    "",
    "?leverans=to_pick",
    "?q=anna+ek",
    "?q=provorganisationen+lund",
    "?kopare=private&sida=20",
    "?sortera=kopare&ordning=stigande",
    "?sortera=summa",
    "?fran=2026-01-01&till=2026-03-31",
];

/// Other pages of the back room.
const PAGES: &[(&str, &str)] = &[
    ("where the day begins, with its counts", "/handlaggare"),
    ("picking list", "/handlaggare/bestallningar/plocklista"),
    ("stock", "/handlaggare/lager"),
    ("sales of a year", "/handlaggare/statistik/forsaljning"),
];

/// A file of this many rows, and one of a tenth, so that one sees whether memory grows with it.
const ROWS: i64 = 100_000;

/// Longest wait for a file.
const PATIENCE: Duration = Duration::from_secs(300);

pub fn measure(report: &mut Report) -> Outcome<()> {
    say("Making up 2 000 orders");
    let few = prepare("few", FEW)?.0;
    say("Making up 1 000 000 orders");
    let (many, time) = prepare("many", MANY)?;
    report.note("making up 1 000 000 orders", &format!("{:.0} s", time.as_secs_f64()));
    tables(&few, &many, report)?;
    exports(&many, report)
}

fn prepare(name: &str, orders: u32) -> Outcome<(Place, Duration)> {
    let place = Place::prepare(name, 200)?.0;
    // Lays down the demonstration's staff.
    drop(serve(&place)?);
    let started = Instant::now();
    if !place.command().args(["sample", "orders"]).arg(orders.to_string()).status()?.success() {
        return Err("no orders were made up".into());
    }
    Ok((place, started.elapsed()))
}

/// The portal in demonstration mode, where staff sign in by name.
fn serve(place: &Place) -> Outcome<Process> {
    let mut command: Command = place.command();
    command.arg("demo");
    Process::start(command, &place.folder.path().join("portal.log"))
}

/// Signs in as a member of the staff; gives the cookies.
fn enter(place: &Place, server: &Process, email: &str) -> Outcome<Vec<(String, String)>> {
    let account: String = runtime()?.block_on(async {
        let mut db = bare::open(&place.database()).await?;
        let id = sqlx::query_scalar("SELECT id FROM accounts WHERE email = $1").bind(email).fetch_one(&mut db).await?;
        bare::close(db).await?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(id)
    })?;
    let mut client = server.client()?;
    client.post("/logga-in/demo", &[("konto", &account)])?;
    Ok(client.cookies())
}

/// Asks for pages in turn, as somebody who is signed in.
fn pages(server: &Process, cookies: &[(String, String)], paths: &[String], count: usize) -> Outcome<Round> {
    drive(server, 1, count, |client, number| {
        client.become_visitor("10.0.0.1", cookies);
        client.accepts = "";
        let path = paths.get(number % paths.len()).ok_or("no page")?;
        client.page(path).map(drop)
    })
}

fn tables(few: &Place, many: &Place, report: &mut Report) -> Outcome<()> {
    say("Staff's tables");
    let (small, large) = (serve(few)?, serve(many)?);
    let (at_few, at_many) = (enter(few, &small, "lars@bra.example")?, enter(many, &large, "lars@bra.example")?);
    let paths: Vec<String> = TABLES.iter().map(|query| format!("{ORDERS}{query}")).collect();
    let each = paths.len() * 20;
    let (mut those, mut these) = (Vec::new(), Vec::new());
    for server in [(&small, &at_few), (&large, &at_many)] {
        pages(server.0, server.1, &paths, paths.len() * 2)?;
    }
    for _ in 0..ROUNDS {
        those.push(pages(&small, &at_few, &paths, each)?);
        these.push(pages(&large, &at_many, &paths, each)?);
    }
    let figures = |rounds: &[Round]| {
        let p = |percent| over(rounds, |round| millis(round.percentile(percent)));
        format!("{:.2} ms CPU; p50 {:.2} ms, p95 {:.2} ms", over(rounds, cpu), p(50), p(95))
    };
    for (what, rounds) in [("2 000", &those), ("1 000 000", &these)] {
        let what = format!("staff's table of {what} orders, 50 rows, searched and put in order");
        report.at_most(&what, "≤ 3 ms CPU", &figures(rounds), over(rounds, cpu), 3.0);
    }
    let all = ratios(&these, &those, |round| millis(round.percentile(95)));
    let (spread, times) = (span(&all), median(all));
    report.at_most("p95 at 1 000 000 orders by p95 at 2 000", "≤ 2", &format!("{times:.2} ({spread})"), times, 2.0);
    let mut dearest = Vec::new();
    for path in &paths {
        dearest.push((cpu(&pages(&large, &at_many, std::slice::from_ref(path), 40)?), path.trim_start_matches(ORDERS)));
    }
    dearest.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let dearest: Vec<String> = dearest.iter().take(3).map(|(time, query)| format!("`{query}` {time:.1} ms")).collect();
    report.note("dearest of them among 1 000 000", &dearest.join(", "));
    let as_editor = enter(many, &large, "rut@bra.example")?;
    for (what, path) in PAGES {
        let who = if path.ends_with("forsaljning") { &as_editor } else { &at_many };
        let round = pages(&large, who, &[(*path).to_owned()], 60)?;
        let measured = format!("{:.2} ms CPU; p95 {:.2} ms", cpu(&round), millis(round.percentile(95)));
        report.note(&format!("{what}, among 1 000 000 orders"), &measured);
    }
    Ok(())
}

/// The day on which the file's rows begin, so that there are so many of them, and how many there are.
fn since(database: &Path, rows: i64) -> Outcome<(String, i64)> {
    runtime()?.block_on(async {
        let mut db = bare::open(database).await?;
        let at: String = sqlx::query_scalar("SELECT placed_at FROM orders ORDER BY placed_at DESC LIMIT 1 OFFSET $1")
            .bind(rows)
            .fetch_one(&mut db)
            .await?;
        let day = at.get(..10).unwrap_or_default().to_owned();
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM orders WHERE placed_at >= $1").bind(&day).fetch_one(&mut db).await?;
        bare::close(db).await?;
        Ok((day, count))
    })
}

fn exports(many: &Place, report: &mut Report) -> Outcome<()> {
    say("Files of rows");
    let mut most = Vec::new();
    for (format, rows) in [("csv", ROWS / 10), ("csv", ROWS), ("xlsx", ROWS)] {
        let (day, count) = since(&many.database(), rows)?;
        let portal = serve(many)?;
        let cookies = enter(many, &portal, "lars@bra.example")?;
        let mut client = portal.client()?;
        client.become_visitor("10.0.0.1", &cookies);
        client.page(ORDERS)?;
        let before = portal.memory()?.resident;
        let (started, spent) = (Instant::now(), portal.cpu()?);
        let form = format!("/handlaggare/tabeller/orders/exportera?fran={day}");
        let address = client.post(&form, &[("format", format), ("kolumner", "alla")])?;
        let bytes = fetched(&mut client, &format!("{address}/fil"), &portal, started)?;
        let grown = mb(bytes.most_memory.saturating_sub(before));
        let time = started.elapsed();
        most.push(grown);
        let measured = format!(
            "{:.1} s, {:.1} s CPU, {:.1} MB; memory grew by {grown:.0} MB to {:.0} MB",
            time.as_secs_f64(),
            portal.cpu()?.saturating_sub(spent).as_secs_f64(),
            mb(bytes.length),
            mb(bytes.most_memory)
        );
        report.note(&format!("file of {count} orders with all columns ({format})"), &measured);
    }
    let by = most.get(1).copied().unwrap_or_default() - most.first().copied().unwrap_or_default();
    report.at_most("memory for ten times the rows (csv)", "flat: ≤ 10 MB more", &format!("{by:.0} MB more"), by, 10.0);
    Ok(())
}

struct Fetched {
    length: u64,
    most_memory: u64,
}

/// Waits until a file is ready, looking at the server's memory meanwhile, and fetches it.
fn fetched(client: &mut Client, path: &str, portal: &Process, started: Instant) -> Outcome<Fetched> {
    let mut most_memory = 0;
    loop {
        most_memory = most_memory.max(portal.memory()?.resident);
        let answer = client.get(path)?;
        if answer.status == 200 {
            return Ok(Fetched { length: u64::try_from(answer.body.len())?, most_memory });
        }
        if started.elapsed() > PATIENCE {
            return Err("the file was not written".into());
        }
        std::thread::sleep(Duration::from_millis(250));
    }
}
