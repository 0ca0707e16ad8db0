//! What a visitor of the demonstration finds on the editors' desk: a draft that is half written, and an evaluation that waits
//! for another editor. Both are made up, and say so.

use serde_json::{Value, json};

use super::actions::{self, Seen, Step};
use super::store::{self, Narrow};
use crate::catalogue::lifecycle::Headline;
use crate::kit::Email;
use crate::people::store::account_by_email;
use crate::platform::db::StoreError;
use crate::web::{App, AppError, SignedIn};

/// Lays the two on the desk, unless something is being written already. After the made-up staff is there.
pub async fn load(app: &App) -> Result<(), AppError> {
    let email = Email::parse("rut@bra.example").map_err(|_| AppError::internal("a demonstration address is wrong"))?;
    let (account, begun) = app
        .db
        .read(async |tx| {
            let mut begun = 0;
            for state in Headline::ALL.iter().filter(|state| !matches!(state, Headline::Published | Headline::Withdrawn)) {
                begun += store::count_entries(tx, &Narrow { state: Some(*state), ..Narrow::default() }).await?;
            }
            Ok::<_, StoreError>((account_by_email(tx, &email).await?, begun))
        })
        .await?;
    let Some(account) = account.filter(|_| begun == 0) else { return Ok(()) };
    let now = app.now();
    let rut = SignedIn {
        session: app.ids.id(now),
        name: account.name.clone(),
        email: account.email.clone(),
        account: account.id,
        roles: Default::default(),
        method: "demo".to_owned(),
        began_at: now,
        proved_at: None,
        ends_at: now,
    };
    let draft = actions::create(app, &rut, "Exempel: Trygga mötesplatser i mindre kommuner", "report").await?;
    save(app, &rut, &draft, json!({ "summary": "Ett påhittat utkast, för att visa hur redaktionen skriver." }), 1).await?;
    let review = actions::create(app, &rut, "Exempel: Utvärdering av grannsamverkan", "evaluation").await?;
    let filled = json!({
        "date_published": "2026-11", "subtitle": "Slutrapport", "is_funded_evaluation": true,
        "summary": "En påhittad utvärdering som väntar på att en annan redaktör läser den.",
        "body": "## Bakgrund\n\nTexten är påhittad, för att visa hur två redaktörer hjälps åt.",
        "grants": [{ "year": "2025", "text": "Påhittat bidrag till en kommun", "amount_sek": "250000" }]
    });
    save(app, &rut, &review, filled, 1).await?;
    // The mail goes to the other editor, and lies among the demonstration's. Where mail really goes out there is none: they have no
    // mailbox.
    if app.config.smtp_url.is_none() {
        let _ = actions::step(app, &rut, &review, 2, &Step::Send).await?;
    }
    Ok(())
}

async fn save(app: &App, who: &SignedIn, work: &crate::kit::Id, parts: Value, version: i64) -> Result<(), AppError> {
    let parts: Vec<(String, Option<Value>)> =
        parts.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), Some(value.clone()))).collect();
    let _ = actions::save(app, who, work, Seen::Draft(version), &parts).await?;
    Ok(())
}
