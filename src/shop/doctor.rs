//! What `portal doctor` asks of the shop.

use super::{actions, store};
use crate::platform::doctor::{Check, Wrong};
use crate::web::App;

/// Without a freight table every order would be sent for nothing.
pub async fn freight(app: &App) -> Check {
    let today = actions::today(app);
    let outcome = match app.db.read(async |tx| store::freight(tx, today).await).await {
        Ok(table) if !table.steps.is_empty() => Ok(format!("{} steps, VAT {} %", table.steps.len(), table.rate.percent())),
        Ok(_) => Err(Wrong {
            what: "no freight prices hold today, so orders would be sent for nothing".to_owned(),
            mend: "let an economist lay them down under Frakt (/handlaggare/frakt)".to_owned(),
        }),
        Err(error) => Err(Wrong { what: error.to_string(), mend: "see what is said of the database".to_owned() }),
    };
    Check { name: "freight prices", outcome }
}
