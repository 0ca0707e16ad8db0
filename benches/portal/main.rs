//! `make bench`: starts the release server on temporary SQLite databases, drives it over loopback as browsers do, and
//! prints what each page and each order costs beside the goals, with bare servers measured in the same run.
//!
//! Nothing here fails because something is slow: a shared machine would make that a lie. A missed goal is printed as
//! MISSED. Processor time per request is read from `/proc`, so it is the server's alone; ratios compare what ran in
//! turns within this run. To add a figure: measure it below, and add a row to the report. `scripts/bench staff` and
//! `scripts/bench sign-in` measure that part alone.

mod bare;
mod client;
mod process;
mod report;
mod staff;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use portal::kit::Id;
use portal::platform::assets::Assets;
use portal::platform::config::Config;
use portal::{catalogue, server, shop};
use tempfile::TempDir;

use client::Client;
use process::Process;
use report::{Report, kb, mb, millis, ms};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const SMALL: u64 = 1_000;
const LARGE: u64 = 100_000;

/// Each comparison is made so many times, in turns; the median counts.
const ROUNDS: usize = 5;

/// How many browsers ask at once where a rate is measured.
const LANES: usize = 4;

const PUBLICATION: &str = "/publikationer/2021/umea-vaxer-tryggt-och-sakert";
const CATALOGUE: &str = "/publikationer";
const ISBN: &str = "9789189999008";

/// What readers ask: words, compounds, several words, choices, orders, later pages, numbers, and a slip of the finger.
const SEARCHES: &[&str] = &[
    "q=brottsutveckling",
    "q=v%C3%A5ld+skola",
    "q=ungdomsbrott",
    "q=trygghet&typ=report",
    "q=brottsoffer&ar=2010&ar=2011",
    "q=polis+Ume%C3%A5&sortera=nyast",
    "amne=unga&kop=ja",
    "serie=rapport&sida=3",
    "q=vapenkontroll&sprak=en",
    "q=2010%3A500",
    "q=978-91-89999-00-8",
    "q=brotsutvekling",
    "q=hatbrott&amne=hatbrott&sortera=titel",
    "sortera=titel&sida=5",
];

const PERSON: &[(&str, &str)] = &[
    ("namn", "Åsa Öberg"),
    ("epost", "asa.oberg@example.se"),
    ("telefon", ""),
    ("mottagare", ""),
    ("co", ""),
    ("gata", "Storgatan 1"),
    ("postnummer", "90325"),
    ("ort", "Umeå"),
    ("land", "SE"),
];

#[expect(clippy::print_stderr, reason = "the person at the terminal wants to know")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let outcome = match arguments.iter().position(|argument| argument == bare::AXUM).and_then(|at| arguments.get(at + 1)) {
        Some(folder) => runtime().and_then(|runtime| runtime.block_on(bare::axum(Path::new(folder)))),
        None if arguments.iter().any(|argument| argument == "staff") => alone(staff::measure),
        None if arguments.iter().any(|argument| argument == "sign-in") => {
            alone(|report| sign_in(&Place::prepare("small", SMALL)?.0, report))
        }
        None => bench(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn runtime() -> Outcome<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Only one part, for whoever works on it: printed, and not written down.
#[expect(clippy::print_stdout, reason = "the table is what was asked for")]
fn alone(part: impl FnOnce(&mut Report) -> Outcome<()>) -> Outcome<()> {
    let mut report = Report::default();
    part(&mut report)?;
    println!("{}", report.table(&report::machine()?));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the table is what was asked for")]
fn bench() -> Outcome<()> {
    let mut report = Report::default();
    Assets::load(&site()).map_err(|error| format!("no built site in {}: {error}; run scripts/bench", site().display()))?;
    say("Preparing a catalogue of 1 000 publications");
    let small = Place::prepare("small", SMALL)?.0;
    say("Importing 100 000 publications");
    let (large, import) = Place::prepare("large", LARGE)?;

    pages(&small, &mut report)?;
    searches(&small, &large, &mut report)?;
    // Before the checkouts, which leave mail behind that no worker has sent.
    sign_in(&small, &mut report)?;
    checkouts(&small, &mut report)?;
    staff::measure(&mut report)?;
    starts(&small, &large, &mut report)?;
    sent(&small, &mut report)?;
    let goal = "≤ 60 s, flat memory";
    let measured = format!("{:.1} s, most memory {:.0} MB", import.time.as_secs_f64(), mb(import.most_memory));
    report.at_most("import of 100 000 publications from a file", goal, &measured, import.time.as_secs_f64(), 60.0);

    let table = report.table(&report::machine()?);
    println!("{table}");
    report::write(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md"), &table)
}

#[expect(clippy::print_stderr, reason = "the person at the terminal wants to know what takes so long")]
fn say(what: &str) {
    eprintln!("{what} …");
}

/// A portal's folder: database, files, kept mail.
struct Place {
    folder: TempDir,
    edition: String,
}

/// What the import of the sample took.
struct Import {
    time: Duration,
    most_memory: u64,
}

impl Place {
    /// The demonstration catalogue with stock enough for every order, and `count` made-up publications.
    fn prepare(name: &str, count: u64) -> Outcome<(Self, Import)> {
        // Beside the build, since the usual place for temporary files may lie in memory, where nothing is durable.
        let folder = tempfile::Builder::new().prefix(name).tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let config = Config::embedded(folder.path().to_owned())?;
        let edition = runtime()?.block_on(async {
            let app = server::open(config).await?;
            app.db.migrate().await?;
            catalogue::demo::load(&app).await?;
            shop::demo::load(&app).await.map_err(|error| format!("{error:?}"))?;
            let mut db = bare::open(&folder.path().join("portal.db")).await?;
            let edition: String = sqlx::query_scalar("SELECT id FROM editions WHERE isbn = $1").bind(ISBN).fetch_one(&mut db).await?;
            bare::close(db).await?;
            let id = Id::parse(&edition).map_err(|_| "no id")?;
            shop::actions::receive_stock(&app, "system", &id, 1_000_000).await.map_err(|error| format!("{error:?}"))?;
            app.db.close().await;
            Ok::<_, Box<dyn Error + Send + Sync>>(edition)
        })?;
        let place = Self { folder, edition };
        let import = place.import(count)?;
        Ok((place, import))
    }

    fn import(&self, count: u64) -> Outcome<Import> {
        let sample = self.folder.path().join("sample.json");
        if !self.command().args(["sample", "publications"]).arg(count.to_string()).arg(&sample).status()?.success() {
            return Err("no sample was written".into());
        }
        let started = Instant::now();
        let log = std::fs::File::create(self.folder.path().join("import.log"))?;
        let mut import = self.command().args(["import", "publications"]).arg(&sample).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut most_memory = 0;
        let status = loop {
            if let Some(status) = import.try_wait()? {
                break status;
            }
            most_memory = most_memory.max(process::memory(import.id()).map_or(0, |memory| memory.resident));
            std::thread::sleep(Duration::from_millis(20));
        };
        let time = started.elapsed();
        std::fs::remove_file(&sample)?;
        if status.success() { Ok(Import { time, most_memory }) } else { Err("the import failed".into()) }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("portal.db")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portal"));
        command.current_dir(self.folder.path()).env_clear();
        // One proxy, so that each buyer can have an address of their own.
        command.env("PORTAL_DATA", self.folder.path()).env("PORTAL_SITE", site()).env("PORTAL_PROXIES", "1");
        command
    }

    fn serve(&self, smtp: Option<&str>) -> Outcome<Process> {
        let mut command = self.command();
        command.arg("serve");
        if let Some(smtp) = smtp {
            command.env("SMTP_URL", smtp);
        }
        Process::start(command, &self.folder.path().join("portal.log"))
    }
}

/// What a round of requests took.
struct Round {
    /// One per piece of work, in order of length.
    times: Vec<Duration>,
    wall: Duration,
    /// The server's processor time per piece of work.
    cpu: Duration,
}

impl Round {
    fn percentile(&self, percent: usize) -> Duration {
        self.times.get((self.times.len() * percent / 100).min(self.times.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    #[expect(clippy::cast_precision_loss, reason = "thousands at most")]
    fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.wall.as_secs_f64()
    }
}

/// Does a piece of work `count` times, shared by `lanes` browsers at once.
fn drive(server: &Process, lanes: usize, count: usize, work: impl Fn(&mut Client, usize) -> Outcome<()> + Sync) -> Outcome<Round> {
    let mut clients = (0..lanes).map(|_| server.client()).collect::<Outcome<Vec<_>>>()?;
    let (cpu, started) = (server.cpu()?, Instant::now());
    let times = std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = clients
            .iter_mut()
            .enumerate()
            .map(|(lane, client)| {
                scope.spawn(move || {
                    let mut times = Vec::new();
                    for number in (lane..count).step_by(lanes) {
                        let started = Instant::now();
                        work(client, number)?;
                        times.push(started.elapsed());
                    }
                    Ok::<_, Box<dyn Error + Send + Sync>>(times)
                })
            })
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| "a browser broke off")??);
        }
        Ok::<_, Box<dyn Error + Send + Sync>>(all)
    });
    let (wall, spent) = (started.elapsed(), server.cpu()?.saturating_sub(cpu));
    let mut times = times?;
    times.sort();
    let cpu = spent / u32::try_from(times.len().max(1))?;
    Ok(Round { times, wall, cpu })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The smallest and the largest, which say how far the median can be trusted.
fn span(values: &[f64]) -> String {
    let (least, most) = values.iter().fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(*value), most.max(*value)));
    format!("{least:.2}–{most:.2}")
}

/// The median of a figure over rounds.
fn over(rounds: &[Round], figure: impl Fn(&Round) -> f64) -> f64 {
    median(rounds.iter().map(figure).collect())
}

/// A figure's ratio, round by round.
fn ratios(these: &[Round], those: &[Round], figure: impl Fn(&Round) -> f64) -> Vec<f64> {
    these.iter().zip(those).map(|(one, other)| figure(one) / figure(other)).collect()
}

fn cpu(round: &Round) -> f64 {
    millis(round.cpu)
}

/// Asks for a page that is rendered anew each time, compressed or not.
fn rendered(server: &Process, path: &str, accepts: &'static str, count: usize) -> Outcome<Round> {
    drive(server, LANES, count, |client, _| {
        client.has_been_here();
        client.accepts = accepts;
        client.page(path).map(drop)
    })
}

/// Asks for a page as a visitor without cookies: it may have been kept.
fn page(server: &Process, path: &str, accepts: &'static str, count: usize) -> Outcome<Round> {
    drive(server, LANES, count, |client, _| {
        client.accepts = accepts;
        client.page(path).map(drop)
    })
}

fn pages(place: &Place, report: &mut Report) -> Outcome<()> {
    say("Pages");
    let portal = place.serve(None)?;
    let mut client = portal.client()?;
    client.page(CATALOGUE)?;
    let compressed = client.page(PUBLICATION)?.body;
    client.accepts = "";
    let plain = client.page(PUBLICATION)?.body;
    let bare = bare::start_axum(place.folder.path(), &plain, &compressed)?;
    rendered(&portal, PUBLICATION, "br", 200)?;
    let (mut publication, mut catalogue, mut start) = (Vec::new(), Vec::new(), Vec::new());
    let (mut publication_br, mut catalogue_br) = (Vec::new(), Vec::new());
    let (mut kept, mut bare_plain, mut kept_br, mut bare_br) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        publication.push(rendered(&portal, PUBLICATION, "", 2_000)?);
        publication_br.push(rendered(&portal, PUBLICATION, "br", 1_500)?);
        catalogue.push(rendered(&portal, CATALOGUE, "", 1_200)?);
        catalogue_br.push(rendered(&portal, CATALOGUE, "br", 800)?);
        start.push(rendered(&portal, "/", "", 1_200)?);
        kept.push(page(&portal, PUBLICATION, "", 15_000)?);
        bare_plain.push(page(&bare, "/plain", "", 15_000)?);
        kept_br.push(page(&portal, PUBLICATION, "br", 5_000)?);
        bare_br.push(page(&bare, "/compressed", "br", 15_000)?);
    }
    let figures = |rounds: &[Round]| format!("{:.2} ms CPU, {:.0}/s", over(rounds, cpu), over(rounds, Round::per_second));
    let goal = "≤ 0.6 ms CPU";
    let mut public = |what: &str, rounds: &[Round]| report.at_most(what, goal, &figures(rounds), over(rounds, cpu), 0.6);
    public("start page, rendered", &start);
    public("publication page, rendered", &publication);
    public("catalogue page with 20 rows, rendered", &catalogue);
    report.note("publication page, rendered and compressed (brotli)", &figures(&publication_br));
    report.note("catalogue page, rendered and compressed (brotli)", &figures(&catalogue_br));
    let goal = "≥ 0.5 × bare axum, same bytes";
    for (what, these, those) in [("plain", &kept, &bare_plain), ("brotli", &kept_br, &bare_br)] {
        let (by_cpu, by_rate) = (median(ratios(those, these, cpu)), median(ratios(these, those, Round::per_second)));
        let measured = format!(
            "{by_cpu:.2} × by CPU, {by_rate:.2} × by rate ({:.3} by {:.3} ms CPU, {:.0} by {:.0}/s)",
            over(these, cpu),
            over(those, cpu),
            over(these, Round::per_second),
            over(those, Round::per_second)
        );
        report.at_least(&format!("publication page, anonymous (kept for a second), {what}"), goal, &measured, by_cpu, 0.5);
    }
    Ok(())
}

fn search(client: &mut Client, number: usize) -> Outcome<()> {
    let query = SEARCHES.get(number % SEARCHES.len()).copied().unwrap_or_default();
    client.has_been_here();
    client.accepts = "";
    client.page(&format!("{CATALOGUE}?{query}")).map(drop)
}

fn searches(small: &Place, large: &Place, report: &mut Report) -> Outcome<()> {
    say("Searches");
    let (few, many) = (small.serve(None)?, large.serve(None)?);
    // The first search waits until the index is built.
    for server in [&few, &many] {
        drive(server, 1, SEARCHES.len() * 2, search)?;
    }
    let (mut at_small, mut at_large) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        at_small.push(drive(&few, 1, SEARCHES.len() * 30, search)?);
        at_large.push(drive(&many, 1, SEARCHES.len() * 30, search)?);
    }
    let p = |rounds: &[Round], percent| over(rounds, |round| millis(round.percentile(percent)));
    let figures = |rounds: &[Round]| format!("{:.2} ms CPU; p50 {:.2} ms, p95 {:.2} ms", over(rounds, cpu), p(rounds, 50), p(rounds, 95));
    report.note("search with facets among 1 000, whole page", &figures(&at_small));
    report.at_most("search with facets among 100 000, whole page", "≤ 3 ms CPU", &figures(&at_large), over(&at_large, cpu), 3.0);
    let all = ratios(&at_large, &at_small, |round| millis(round.percentile(95)));
    let (spread, times) = (span(&all), median(all));
    report.at_most("p95 at 100 000 by p95 at 1 000", "≤ 2", &format!("{times:.2} ({spread})"), times, 2.0);
    let mut each = Vec::new();
    for (number, query) in SEARCHES.iter().enumerate() {
        each.push((cpu(&drive(&many, 1, 60, |client, _| search(client, number))?), *query));
    }
    each.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let slowest: Vec<String> = each.iter().take(3).map(|(time, query)| format!("`{query}` {time:.1} ms")).collect();
    report.note("dearest searches among 100 000", &slowest.join(", "));
    let memory = many.memory()?;
    let measured = format!("{:.0} MB resident, {:.0} MB its own", mb(memory.resident), mb(memory.own));
    report.at_most("memory with 100 000 publications, after the searches", "≤ 80 MB resident", &measured, mb(memory.resident), 80.0);
    Ok(())
}

/// Puts one copy into a new basket.
fn add(client: &mut Client, edition: &str, visitor: usize) -> Outcome<()> {
    client.new_visitor(visitor);
    client.post("/kundkorg", &[("utgava", edition), ("antal", "1")]).map(drop)
}

/// From a full basket to the review, as a private person, every page on the way; gives what the review's form sends.
fn to_review(client: &mut Client, edition: &str) -> Outcome<Review> {
    client.page("/kundkorg")?;
    let (quantity, price) = (format!("antal-{edition}"), format!("pris-{edition}"));
    client.submit("/kundkorg", &[(&quantity, "1"), (&price, "9500"), ("vidare", "ja")])?;
    for (path, fields) in [("/kassa/leverans", PERSON), ("/kassa/betalning", &[("betalare", "privat")])] {
        client.submit(path, fields)?;
    }
    let (_, review) = client.submit("/kassa/faktura", &[("faktura", "epost")])?;
    Ok(Review { shown: review.value("visat")?, check: review.value("kontroll")? })
}

/// What the review's form sends: what this buyer was shown.
struct Review {
    shown: String,
    check: String,
}

impl Review {
    fn fields(&self) -> [(&str, &str); 3] {
        [("visat", &self.shown), ("kontroll", &self.check), ("villkor", "ja")]
    }
}

fn checkouts(place: &Place, report: &mut Report) -> Outcome<()> {
    say("Checkouts");
    let edition = place.edition.as_str();
    let runtime = runtime()?;
    let copy = place.folder.path().join("bare.db");
    runtime.block_on(async {
        let db = bare::open(&place.database()).await?;
        bare::close(db).await
    })?;
    std::fs::copy(place.database(), &copy)?;

    // Whole checkouts, one visitor at a time, with the worker beside them that writes each mail into a file.
    let portal = place.serve(None)?;
    let whole = |client: &mut Client, visitor: usize| {
        add(client, edition, visitor)?;
        let review = to_review(client, edition)?;
        let receipt = client.submit("/kassa/granska", &review.fields())?;
        if receipt.0.starts_with("/kassa/klar/") { Ok(()) } else { Err("no receipt".into()) }
    };
    let (mut added, mut bought) = (Vec::new(), Vec::new());
    let mut visitor = 1;
    for _ in 0..ROUNDS {
        added.push(drive(&portal, LANES, 600, |client, number| add(client, edition, visitor + number))?);
        visitor += 600;
        let before = portal.cpu()?;
        let mut round = drive(&portal, 1, 60, |client, number| whole(client, visitor + number))?;
        visitor += 60;
        runtime.block_on(mail_is_sent(&place.database()))?;
        // The letters are part of what a checkout costs.
        round.cpu = portal.cpu()?.saturating_sub(before) / 60;
        bought.push(round);
    }
    drop(portal);

    // Orders alone, as fast as they come. A mail server that never greets keeps the worker still, so that what is
    // measured is what the buyer waits for.
    let silent = std::net::TcpListener::bind("127.0.0.1:0")?;
    let portal = place.serve(Some(&format!("smtp://{}", silent.local_addr()?)))?;
    let (mut portal_rates, mut bare_rates, mut bare_cpu) = (Vec::new(), Vec::new(), Vec::new());
    let mut order_cpu = Vec::new();
    let mut waits = Vec::new();
    for round in 0..ROUNDS {
        let count = 120;
        let mut ready = Vec::new();
        let mut client = portal.client()?;
        for number in 0..count {
            add(&mut client, edition, visitor + number)?;
            let review = to_review(&mut client, edition)?;
            ready.push((client.from.clone(), client.cookies(), review));
        }
        visitor += count;
        let before = runtime.block_on(counted(&place.database()))?;
        let ordered = drive(&portal, LANES, count, |client, number| {
            let (from, cookies, review) = ready.get(number).ok_or("no such buyer")?;
            client.become_visitor(from, cookies);
            client.post("/kassa/granska", &review.fields()).map(drop)
        })?;
        let after = runtime.block_on(counted(&place.database()))?;
        portal_rates.push(ordered.per_second());
        order_cpu.push(cpu(&ordered));
        waits.push(ordered);

        let (rate, spent) = runtime.block_on(async {
            let mut kept = bare::open(&place.database()).await?;
            let letter = bare::letter(&mut kept).await?;
            bare::close(kept).await?;
            let mut db = bare::open(&copy).await?;
            let hashes = bare::baskets(&mut db, edition, round, count).await?;
            let rows = bare::rows(&mut db).await?;
            let spent = process::own_cpu()?;
            let time = bare::orders(&mut db, edition, &hashes, &letter).await?;
            let spent = process::own_cpu()?.saturating_sub(spent);
            let grown = bare::rows(&mut db).await?;
            for (table, rows) in &rows {
                let (here, there) = (grown[table] - rows, after[table] - before[table]);
                if here != there {
                    return Err(format!(
                        "the bare statements are not those of an order any more: {table} grew by {here}, the portal's by {there}"
                    )
                    .into());
                }
            }
            bare::close(db).await?;
            #[expect(clippy::cast_precision_loss, reason = "hundreds")]
            let rate = count as f64 / time.as_secs_f64();
            Ok::<_, Box<dyn Error + Send + Sync>>((rate, millis(spent) / f64::from(u32::try_from(count)?)))
        })?;
        bare_rates.push(rate);
        bare_cpu.push(spent);
    }
    drop(portal);
    drop(silent);

    let figures = |rounds: &[Round]| {
        let wait = |percent| over(rounds, |round| millis(round.percentile(percent)));
        format!("{:.2} ms CPU; p50 {:.1} ms, p95 {:.1} ms", over(rounds, cpu), wait(50), wait(95))
    };
    let measured = format!("{}, {:.0}/s", figures(&added), over(&added, Round::per_second));
    report.note("add to a new basket, durable, four at once", &measured);
    let what = "whole checkout, durable: 15 requests from basket to receipt, pages compressed, letter written and sent";
    report.at_most(what, "≤ 5 ms CPU", &figures(&bought), over(&bought, cpu), 5.0);
    let all: Vec<f64> = portal_rates.iter().zip(&bare_rates).map(|(portal, bare)| portal / bare).collect();
    let (spread, ratio) = (span(&all), median(all));
    let measured = format!(
        "{ratio:.2} × ({spread}; {:.0}/s by {:.0}/s); CPU {:.2} by {:.2} ms",
        median(portal_rates),
        median(bare_rates),
        median(order_cpu),
        median(bare_cpu)
    );
    let goal = "≥ 0.6 × bare sqlx, same statements and fsync";
    report.at_least("complete an order, durable, four at once", goal, &measured, ratio, 0.6);
    report.note("what a buyer waits for the order, four at once", &figures(&waits));
    report.note("one durable write of 4 kB on this disk (p50)", &ms(bare::sync_time(place.folder.path())?));
    Ok(())
}

async fn counted(database: &Path) -> Outcome<std::collections::BTreeMap<&'static str, i64>> {
    let mut db = bare::open(database).await?;
    let rows = bare::rows(&mut db).await?;
    bare::close(db).await?;
    Ok(rows)
}

/// Waits until the worker has nothing left to send.
async fn mail_is_sent(database: &Path) -> Outcome<()> {
    let mut db = bare::open(database).await?;
    let patience = Instant::now();
    loop {
        let waiting: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE status = 'waiting'").fetch_one(&mut db).await?;
        if waiting == 0 {
            return bare::close(db).await;
        }
        if patience.elapsed() > Duration::from_secs(60) {
            return Err("the mail is not sent".into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How many people sign in.
const PEOPLE: usize = 400;

/// What one visitor holds between two rounds: the address they come from, and their cookies.
type Holds = std::sync::Mutex<Vec<(String, Vec<(String, String)>)>>;

/// Asking for a mail, opening its link, and a page with a session: for people who each have a network of their own.
fn sign_in(place: &Place, report: &mut Report) -> Outcome<()> {
    say("Signing in");
    let portal = place.serve(None)?;
    let runtime = runtime()?;
    let held: Holds = std::sync::Mutex::new(vec![Default::default(); PEOPLE]);
    let keep = |client: &Client, number: usize| -> Outcome<()> {
        let mut held = held.lock().map_err(|_| "a browser broke off")?;
        let place = held.get_mut(number).ok_or("nobody has this number")?;
        *place = (client.from.clone(), client.cookies());
        Ok(())
    };
    let become_them = |client: &mut Client, number: usize| -> Outcome<()> {
        let held = held.lock().map_err(|_| "a browser broke off")?;
        let (from, cookies) = held.get(number).ok_or("nobody has this number")?;
        client.become_visitor(from, cookies);
        Ok(())
    };
    let asked = drive(&portal, LANES, PEOPLE, |client, number| {
        client.new_visitor(number);
        client.post("/logga-in", &[("epost", &format!("anna{number}@example.se"))])?;
        keep(client, number)
    })?;
    runtime.block_on(mail_is_sent(&place.database()))?;
    let links = links(place)?;
    let opened = drive(&portal, LANES, PEOPLE, |client, number| {
        become_them(client, number)?;
        client.post(links.get(&number).ok_or("a mail is missing")?, &[])?;
        keep(client, number)
    })?;
    let mut pages = Vec::new();
    for _ in 0..ROUNDS {
        pages.push(drive(&portal, LANES, PEOPLE, |client, number| {
            become_them(client, number)?;
            client.page("/mina-sidor").map(drop)
        })?);
    }
    for (what, round) in [("ask for a sign-in mail, four at once", &asked), ("open its link, a session begins, four at once", &opened)] {
        let measured = format!("p50 {}, p99 {}, {:.0}/s", ms(round.percentile(50)), ms(round.percentile(99)), round.per_second());
        report.note(what, &measured);
    }
    let measured = format!("{:.2} ms CPU, {:.0}/s", over(&pages, cpu), over(&pages, Round::per_second));
    report.note("my pages, signed in, four at once", &measured);
    Ok(())
}

/// The paths of the links in the mails that were kept, by the number of who asked.
fn links(place: &Place) -> Outcome<std::collections::BTreeMap<usize, String>> {
    let mut links = std::collections::BTreeMap::new();
    for file in std::fs::read_dir(place.folder.path().join("post"))? {
        // Long lines are broken softly by an equals sign (RFC 2045 § 6.7).
        let mail = std::fs::read_to_string(file?.path())?.replace("=\r\n", "");
        let number = mail.split("To: anna").nth(1).and_then(|rest| rest.split('@').next()).and_then(|digits| digits.parse().ok());
        let link = mail.find("/logga-in/lank/").and_then(|start| mail.get(start..)).and_then(|rest| rest.split_whitespace().next());
        if let (Some(number), Some(link)) = (number, link) {
            links.insert(number, link.to_owned());
        }
    }
    Ok(links)
}

/// From the start of the process to the last byte of a page.
fn start_to(place: &Place, path: &str) -> Outcome<(Duration, Process)> {
    let started = Instant::now();
    let portal = place.serve(None)?;
    portal.client()?.page(path)?;
    Ok((started.elapsed(), portal))
}

fn starts(small: &Place, large: &Place, report: &mut Report) -> Outcome<()> {
    say("Cold starts");
    let median_of = |place: &Place, path: &str| -> Outcome<f64> {
        let times = (0..5).map(|_| start_to(place, path).map(|(time, _)| millis(time))).collect::<Outcome<Vec<_>>>()?;
        Ok(median(times))
    };
    for (what, place) in [("1 000", small), ("100 000", large)] {
        let time = median_of(place, PUBLICATION)?;
        report.at_most(
            &format!("cold start to a publication page, {what} publications"),
            "≤ 150 ms",
            &format!("{time:.0} ms"),
            time,
            150.0,
        );
    }
    let time = median_of(small, CATALOGUE)?;
    report.at_most("cold start to the catalogue, 1 000 publications", "≤ 150 ms", &format!("{time:.0} ms"), time, 150.0);
    let (time, portal) = start_to(large, CATALOGUE)?;
    let measured = format!("{:.1} s, {:.1} s CPU: the index is built", time.as_secs_f64(), portal.cpu()?.as_secs_f64());
    report.note("cold start to the catalogue, 100 000 publications", &measured);
    let memory = portal.memory()?;
    report.note("memory then", &format!("{:.0} MB resident, {:.0} MB its own", mb(memory.resident), mb(memory.own)));
    drop(portal);
    let (_, portal) = start_to(small, CATALOGUE)?;
    let memory = portal.memory()?;
    report.note("memory with 1 000 publications", &format!("{:.0} MB resident, {:.0} MB its own", mb(memory.resident), mb(memory.own)));
    Ok(())
}

fn sent(place: &Place, report: &mut Report) -> Outcome<()> {
    say("Bytes sent");
    let portal = place.serve(None)?;
    let mut client = portal.client()?;
    client.accepts = "";
    let plain = client.page(PUBLICATION)?.body.len();
    client.accepts = "br";
    let (publication, catalogue) = (client.page(PUBLICATION)?.body.len(), client.page(CATALOGUE)?.body.len());
    report.note("html of the publication page", &format!("{} ({} plain)", kb(publication), kb(plain)));
    report.note("html of the catalogue page", &kb(catalogue));
    let assets = Assets::load(&site())?;
    let mut first_visit = publication;
    for (what, names, goal, most, at_once) in [
        ("style", &["portal.css"][..], "≤ 16 kB", 16_000, true),
        ("font", &["source-sans-3.woff2"], "≤ 60 kB", 60_000, true),
        ("scripts, on pages with an island", &["boot.js", "portal.js"], "≤ 12 kB", 12_000, false),
        ("islands, on pages with an island", &["portal.wasm"], "≤ 120 kB", 120_000, false),
    ] {
        let mut bytes = 0;
        for name in names {
            let path = assets.path(name).ok_or_else(|| format!("the built site has no {name}"))?;
            bytes += client.page(path)?.body.len();
        }
        if at_once {
            first_visit += bytes;
        }
        let shown = kb(bytes);
        #[expect(clippy::cast_precision_loss, reason = "thousands")]
        report.at_most(what, goal, &shown, bytes as f64, f64::from(most));
    }
    report.note("publication page on a first visit: html, style, font", &kb(first_visit));
    Ok(())
}

/// Where the build tool laid what the browser gets.
fn site() -> PathBuf {
    std::env::var("PORTAL_SITE").map_or_else(|_| Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("site"), PathBuf::from)
}
