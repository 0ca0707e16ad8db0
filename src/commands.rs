//! What each command does. Every command opens the portal from its settings, does one thing and says in words what
//! came of it; the words go to standard output, the log to standard error.

use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::applications;
use crate::calls;
use crate::catalogue::{self, import};
use crate::kit::{Form, Lang};
use crate::log;
use crate::organisations;
use crate::people;
use crate::platform::audit::Head;
use crate::platform::config::Config;
use crate::platform::db::StoreError;
use crate::platform::{audit, doctor, jobs, outbox, retention};
use crate::register;
use crate::server;
use crate::shop;
use crate::text;
use crate::web::App;

type Outcome = Result<(), Box<dyn Error>>;

/// `portal serve`
pub async fn serve(config: Config) -> Outcome {
    let app = open(config).await?;
    listen(app).await
}

/// `portal migrate`
pub async fn migrate(config: Config) -> Outcome {
    open(config).await?.db.migrate().await?;
    say("The database is up to date.");
    Ok(())
}

/// `portal worker`
pub async fn worker(config: Config, once: bool, revive: bool) -> Outcome {
    let app = open(config).await?;
    if revive {
        let now = app.now();
        let revived =
            app.db.write(async |tx| Ok::<_, StoreError>(outbox::revive(&mut *tx, now).await? + jobs::revive(tx, now).await?)).await?;
        say(&format!("{revived} dead letters get a fresh start."));
    }
    let worker = server::worker(&app);
    if once {
        worker.schedule().await?;
        let done = worker.drain().await?;
        say(&format!("Mail: {} sent, {} to be tried again, {} given up.", done.mail_sent, done.mail_later, done.mail_dead));
        say(&format!("Jobs: {} done, {} to be tried again, {} given up.", done.jobs_done, done.jobs_later, done.jobs_dead));
    } else {
        say("The worker is at work.");
        let stop = CancellationToken::new();
        let working = worker.run(stop.clone());
        tokio::pin!(working);
        tokio::select! {
            () = &mut working => {}
            () = stop_signal() => {
                stop.cancel();
                working.await;
            }
        }
    }
    app.db.close().await;
    Ok(())
}

/// `portal import publications`
pub async fn import_publications(config: Config, file: PathBuf, dry_run: bool, lang: Lang) -> Outcome {
    let app = open(config).await?;
    let files = file.parent().unwrap_or(Path::new("")).join("files");
    let request =
        import::Request { source: import::Source::File(file), attachments: import::Attachments::Folder(files), dry_run, two_people: true };
    let outcome = import::publications(&app, &request, &|progress| {
        if let Some(line) = import::report::progress(progress, lang) {
            eprintln!("{line}");
        }
    })
    .await;
    app.db.close().await;
    let report = outcome.map_err(|error| import::report::failure(&error, lang))?;
    let mut lines = import::report::lines(&report, dry_run, lang);
    let last = lines.pop().unwrap_or_default();
    for line in lines {
        say(&line);
    }
    if report.bad_rows > 0 {
        return Err(last.into());
    }
    say(&last);
    Ok(())
}

/// `portal sample publications`
pub fn sample_publications(count: u64, seed: u64, file: &Path) -> Outcome {
    let mut out = BufWriter::new(File::create(file)?);
    catalogue::sample::write(count, seed, &mut out)?;
    Ok(out.flush()?)
}

/// `portal sample orders`
pub async fn sample_orders(config: Config, count: u32, seed: u64) -> Outcome {
    let app = open(config).await?;
    let outcome = shop::sample::write(&app, i64::from(count), seed).await;
    app.db.close().await;
    Ok(outcome?)
}

/// `portal audit verify`
pub async fn audit_verify(config: Config, noted: Option<Head>) -> Outcome {
    let app = open(config).await?;
    let report = audit::verify(&app.db, noted.as_ref()).await?;
    say(&report.to_string());
    app.db.close().await;
    if report.fault.is_some() { Err("the audit chain is broken".into()) } else { Ok(()) }
}

/// `portal cleanup`
pub async fn cleanup(config: Config, dry_run: bool) -> Outcome {
    let app = open(config).await?;
    let (verb, swept) = if dry_run {
        ("would go", app.db.read(async |tx| retention::due(tx, app.now()).await).await?)
    } else {
        ("gone", log::actions::clean_up(&app, true).await?)
    };
    for swept in swept {
        say(&format!("{}: {} {verb} ({}, {} days)", swept.table, swept.rows, swept.what, swept.days));
    }
    app.db.close().await;
    Ok(())
}

/// `portal doctor`
pub async fn doctor(config: Config) -> Outcome {
    let mut checks = doctor::examine(&config).await;
    // What only the areas know, once the ground holds.
    if checks.iter().all(|check| check.outcome.is_ok()) {
        let app = open(config).await?;
        checks.push(shop::doctor::freight(&app).await);
        app.db.close().await;
    }
    for check in &checks {
        say(&check.to_string());
    }
    match checks.iter().filter(|check| check.outcome.is_err()).count() {
        0 => Ok(()),
        1 => Err("1 thing is wrong".into()),
        many => Err(format!("{many} things are wrong").into()),
    }
}

/// `portal admin invite EMAIL NAME`
pub async fn invite_administrator(config: Config, email: &str, name: &str) -> Outcome {
    let form = Form(vec![("epost".to_owned(), email.to_owned()), ("namn".to_owned(), name.to_owned())]);
    let colleague = people::rules::colleague(&form).map_err(|_| "give an e-mail address and a name of at most 100 characters")?;
    let app = open(config).await?;
    let new = people::actions::invite_administrator(&app, &colleague).await?;
    app.db.close().await;
    let words = &text::staff().invitation;
    say(&if new { (words.done)(colleague.email.as_str()) } else { (words.already)(colleague.email.as_str()) });
    Ok(())
}

/// `portal demo`
pub async fn demo(mut config: Config) -> Outcome {
    if config.production {
        return Err("demonstration mode shows everybody's mail to everybody: unset PORTAL_PRODUCTION, or use `portal serve`".into());
    }
    config.demo = true;
    let app = open(config).await?;
    app.db.migrate().await?;
    let report = catalogue::demo::load(&app).await.map_err(|error| import::report::failure(&error, Lang::Sv))?;
    if report.new > 0 {
        say(&(text::import(Lang::Sv).demo_loaded)(report.rows));
    }
    catalogue::demo::load_prices(&app).await?;
    people::demo::load(&app).await?;
    organisations::demo::load(&app).await?;
    register::demo::load(&app).await?;
    shop::demo::load(&app).await?;
    shop::demo::load_orders(&app).await?;
    catalogue::editor::demo::load(&app).await?;
    calls::demo::load(&app).await?;
    applications::demo::load(&app).await?;
    listen(app).await
}

async fn open(config: Config) -> Result<App, Box<dyn Error>> {
    std::fs::create_dir_all(&config.data)?;
    Ok(server::open(config).await?)
}

async fn listen(app: App) -> Outcome {
    let listener = TcpListener::bind(app.config.addr).await.map_err(|error| format!("cannot listen on {}: {error}", app.config.addr))?;
    say(&format!("The portal is open at {}", app.config.base_url));
    server::run(app, listener, stop_signal()).await?;
    Ok(())
}

/// Resolves at the first SIGTERM or Ctrl-C.
async fn stop_signal() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

#[expect(clippy::print_stdout, reason = "this is what the operator asked for")]
fn say(sentence: &str) {
    println!("{sentence}");
}
