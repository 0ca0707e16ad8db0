//! What each command does. Every command opens the portal from its settings, does one thing and says in words what
//! came of it; the words go to standard output, the log to standard error.

use std::error::Error;

use tokio::net::TcpListener;

use crate::platform::config::Config;
use crate::server;
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

/// `portal demo`
pub async fn demo(mut config: Config) -> Outcome {
    config.demo = true;
    let app = open(config).await?;
    app.db.migrate().await?;
    listen(app).await
}

async fn open(config: Config) -> Result<App, Box<dyn Error>> {
    std::fs::create_dir_all(&config.data)?;
    Ok(server::open(config).await?)
}

async fn listen(app: App) -> Outcome {
    let listener = TcpListener::bind(app.config.addr).await.map_err(|error| format!("cannot listen on {}: {error}", app.config.addr))?;
    say(&format!("The portal is open at {}", app.config.base_url));
    server::serve(app, listener, stop_signal()).await?;
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
