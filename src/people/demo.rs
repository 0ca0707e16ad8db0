//! Made-up people for the demonstration: members of staff, one for each kind of work, and applicants. Their addresses lead nowhere
//! (RFC 2606). What the applicants belong to is made up in `organisations::demo`.

use super::actions::today;
use super::model::{Account, Method, RoleRow};
use super::store;
use crate::kit::{Email, Id, Lang, StaffRole};
use crate::platform::db::{StoreError, Tx};
use crate::web::{App, AppError, SignedIn};

/// Name, address, roles.
const STAFF: &[(&str, &str, &[StaffRole])] = &[
    ("Amina Administratör", "amina@bra.example", &[StaffRole::Administrator]),
    ("Regina Registrator", "regina@bra.example", &[StaffRole::Registrar, StaffRole::Archivist]),
    ("Hanna Handläggare", "hanna@bra.example", &[StaffRole::Officer, StaffRole::Presenter]),
    ("Hugo Handläggare", "hugo@bra.example", &[StaffRole::Officer]),
    ("Bo Beslutsfattare", "bo@bra.example", &[StaffRole::Decider]),
    ("Erik Ekonom", "erik@bra.example", &[StaffRole::Economist]),
    ("Rut Redaktör", "rut@bra.example", &[StaffRole::Editor]),
    ("Rasmus Redaktör", "rasmus@bra.example", &[StaffRole::Editor]),
    ("Lars Lager", "lars@bra.example", &[StaffRole::Warehouse]),
    ("Gun Granskare", "gun@granskare.example", &[StaffRole::Reviewer]),
];

/// Applicants: name, address.
const APPLICANTS: &[(&str, &str)] = &[
    ("Frida Företrädare", "frida@exempelby.example"),
    ("Kim Kollega", "kim@exempelby.example"),
    ("Sara Sökande", "sara@trygggranne.example"),
];

fn read(email: &str) -> Result<Email, AppError> {
    Email::parse(email).map_err(|_| AppError::internal("a demonstration address is wrong"))
}

/// Opens the applicants' accounts that are missing.
pub async fn open_applicants(app: &App) -> Result<(), AppError> {
    let now = app.now();
    for (name, email) in APPLICANTS {
        let (id, email) = (app.ids.id(now), read(email)?);
        app.db
            .write(async |tx| {
                if store::account_by_email(tx, &email).await?.is_none() {
                    store::insert_account(tx, &id, &email, name, Lang::Sv, now).await?;
                }
                Ok::<_, StoreError>(())
            })
            .await?;
    }
    Ok(())
}

/// Somebody made up, as if signed in, for what is made up in their name.
pub async fn someone(app: &App, email: &str) -> Result<SignedIn, AppError> {
    let (now, day, email) = (app.now(), today(app), read(email)?);
    let found = app
        .db
        .read(async |tx| {
            let Some(account) = store::account_by_email(tx, &email).await? else { return Ok(None) };
            let roles = store::roles_held(tx, &account.id, day).await?;
            Ok::<_, StoreError>(Some((account, roles)))
        })
        .await?;
    let (account, roles) = found.ok_or_else(|| AppError::internal("somebody of the demonstration is missing"))?;
    Ok(SignedIn {
        session: app.ids.id(now),
        name: account.name,
        email: account.email,
        account: account.id,
        roles: roles.into_iter().collect(),
        method: Method::Demo.code().to_owned(),
        began_at: now,
        proved_at: Some(now),
        ends_at: now,
    })
}

/// Opens the accounts that are missing and gives them their roles.
pub async fn load(app: &App) -> Result<(), AppError> {
    let (now, day) = (app.now(), today(app));
    for (name, email, roles) in STAFF {
        let email = read(email)?;
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

/// The made-up people that can be chosen, each list in the order above.
#[derive(Debug, Clone, Default)]
pub struct MadeUp {
    pub staff: Vec<Account>,
    pub applicants: Vec<Account>,
}

impl MadeUp {
    /// Whoever has been chosen.
    pub fn find(&self, id: &Id) -> Option<&Account> {
        self.staff.iter().chain(&self.applicants).find(|account| account.id == *id)
    }
}

/// Everybody made up who can sign in. One statement.
pub async fn everybody(tx: &mut Tx) -> Result<MadeUp, StoreError> {
    let mut all = store::accounts_like(tx, ".example").await?;
    all.retain(Account::is_active);
    let in_order = |place: &dyn Fn(&Account) -> Option<usize>| {
        let mut some: Vec<Account> = all.iter().filter(|account| place(account).is_some()).cloned().collect();
        some.sort_by_key(|account| place(account));
        some
    };
    let staff = in_order(&|account| STAFF.iter().position(|(_, email, _)| *email == account.email.as_str()));
    let applicants = in_order(&|account| APPLICANTS.iter().position(|(_, email)| *email == account.email.as_str()));
    Ok(MadeUp { staff, applicants })
}
