//! The command line: `portal serve | worker | migrate | demo | import | audit | doctor`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use portal::commands;
use portal::platform::config::Config;
use portal::platform::telemetry;

/// Brå's portal: apply, evaluate, publish and order.
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
    /// Bring the database up to this version
    Migrate,
    /// Migrate, load the demonstration data on the first start, and serve in demonstration mode
    Demo,
}

fn main() -> ExitCode {
    // Two crates bring rustls; the process must say which provider it uses before the first connection.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let arguments = Arguments::parse();
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
            Command::Migrate => commands::migrate(config).await,
            Command::Demo => commands::demo(config).await,
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
