//! The command line: `portal serve | worker | migrate | demo | import | admin | audit | cleanup | doctor`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use portal::commands;
use portal::kit::Lang;
use portal::platform::audit::Head;
use portal::platform::config::Config;
use portal::platform::{pdf_look, telemetry};

/// Brå's portal: publications to find, read and order.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal, and do the work of the outbox beside it
    Serve,
    /// Send mail and do jobs, without serving pages
    Worker {
        /// Do what is due now, and exit
        #[arg(long)]
        once: bool,
        /// First give mail and jobs that were given up a fresh start
        #[arg(long)]
        retry_dead: bool,
    },
    /// Bring the database up to this version
    Migrate,
    /// Import from a file
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Administrators, who give all other roles
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// The audit chain
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Delete what has been kept long enough (docs/retention.md); the worker does so every night
    Cleanup {
        /// Count only
        #[arg(long)]
        dry_run: bool,
    },
    /// What a process of its own does for the portal: reads a PDF, writes what it sees
    #[command(name = pdf_look::COMMAND, hide = true)]
    LookIntoPdf,
    /// Check settings, database, files and mail, and say in plain words what is wrong
    Doctor,
    /// Migrate, load the demonstration data on the first start, and serve in demonstration mode
    Demo,
    /// Made-up publications and orders, for measuring
    #[command(hide = true)]
    Sample {
        #[command(subcommand)]
        command: SampleCommand,
    },
}

#[derive(Subcommand)]
enum ImportCommand {
    /// Publications, as JSON or CSV (demo/README.md lists the fields). Everything is checked first; one error and nothing is
    /// imported. The same file again changes nothing, and stock is taken from the file only for new editions
    Publications {
        file: PathBuf,
        /// Check everything, write nothing
        #[arg(long)]
        dry_run: bool,
        /// Language of the report: sv or en
        #[arg(long, default_value = "sv", value_parser = |text: &str| Lang::parse(text).map_err(|_| "sv or en"))]
        lang: Lang,
    },
}

#[derive(Subcommand)]
enum SampleCommand {
    /// Write publications as an import file
    Publications {
        count: u64,
        file: PathBuf,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Write orders into the database: only ever into one that is there for measuring
    Orders {
        count: u32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Make someone an administrator, and tell them by mail where to sign in
    Invite { email: String, name: String },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Read the whole chain and say whether anything was changed, deleted or moved
    Verify {
        /// A head that was noted earlier, as this command or the nightly log shows it: number:hash
        #[arg(long)]
        head: Option<Head>,
    },
}

fn main() -> ExitCode {
    // Two crates bring rustls; the process must say which provider it uses before the first connection.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let arguments = Arguments::parse();
    // It needs no settings and no runtime, and gets as little of both as can be.
    if matches!(arguments.command, Command::LookIntoPdf) {
        return if pdf_look::command().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let config = match Config::load() {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    telemetry::start_log(&config.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("the runtime did not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let outcome = runtime.block_on(async {
        match arguments.command {
            Command::Serve => commands::serve(config).await,
            Command::Worker { once, retry_dead } => commands::worker(config, once, retry_dead).await,
            Command::Migrate => commands::migrate(config).await,
            Command::Import { command: ImportCommand::Publications { file, dry_run, lang } } => {
                commands::import_publications(config, file, dry_run, lang).await
            }
            Command::Sample { command: SampleCommand::Publications { count, file, seed } } => {
                commands::sample_publications(count, seed, &file)
            }
            Command::Sample { command: SampleCommand::Orders { count, seed } } => commands::sample_orders(config, count, seed).await,
            Command::Admin { command: AdminCommand::Invite { email, name } } => commands::invite_administrator(config, &email, &name).await,
            Command::Audit { command: AuditCommand::Verify { head } } => commands::audit_verify(config, head).await,
            Command::Cleanup { dry_run } => commands::cleanup(config, dry_run).await,
            Command::Doctor => commands::doctor(config).await,
            Command::Demo => commands::demo(config).await,
            Command::LookIntoPdf => Ok(()),
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
