//! Made-up members of staff for the demonstration, one for each kind of work. Their addresses lead nowhere (RFC 2606).

use super::actions::today;
use super::model::{Account, RoleRow};
use super::store;
use crate::kit::{Email, Lang, StaffRole};
use crate::platform::db::{StoreError, Tx};
use crate::web::{App, AppError};

/// Name, address, roles.
const STAFF: &[(&str, &str, &[StaffRole])] = &[
    ("Amina Administratör", "amina@bra.example", &[StaffRole::Administrator]),
    ("Regina Registrator", "regina@bra.example", &[StaffRole::Registrar, StaffRole::Archivist]),
    ("Hanna Handläggare", "hanna@bra.example", &[StaffRole::Officer, StaffRole::Presenter]),
    ("Bo Beslutsfattare", "bo@bra.example", &[StaffRole::Decider]),
    ("Erik Ekonom", "erik@bra.example", &[StaffRole::Economist]),
    ("Rut Redaktör", "rut@bra.example", &[StaffRole::Editor]),
    ("Rasmus Redaktör", "rasmus@bra.example", &[StaffRole::Editor]),
    ("Lars Lager", "lars@bra.example", &[StaffRole::Warehouse]),
    ("Gun Granskare", "gun@granskare.example", &[StaffRole::Reviewer]),
];

/// Opens the accounts that are missing and gives them their roles.
pub async fn load(app: &App) -> Result<(), AppError> {
    let (now, day) = (app.now(), today(app));
    for (name, email, roles) in STAFF {
        let email = Email::parse(email).map_err(|_| AppError::internal("a demonstration address is wrong"))?;
        let id = app.ids.id(now);
        let roles: Vec<RoleRow> = roles
            .iter()
            .map(|role| RoleRow {
                id: app.ids.id(now),
                account_id: id.clone(),
                role: *role,
                valid_from: day,
                valid_until: None,
                given_by: id.clone(),
                given_at: now,
            })
            .collect();
        app.db
            .write(async |tx| {
                if store::account_by_email(tx, &email).await?.is_none() {
                    store::insert_account(tx, &id, &email, name, Lang::Sv, now).await?;
                    for role in &roles {
                        store::insert_role(tx, role).await?;
                    }
                }
                Ok::<_, StoreError>(())
            })
            .await?;
    }
    Ok(())
}

/// The made-up members of staff that can be chosen, in the order above.
pub async fn staff(tx: &mut Tx) -> Result<Vec<Account>, StoreError> {
    let place = |account: &Account| STAFF.iter().position(|(_, email, _)| *email == account.email.as_str());
    let mut all = store::accounts_like(tx, ".example").await?;
    all.retain(|account| place(account).is_some() && account.is_active());
    all.sort_by_key(place);
    Ok(all)
}
