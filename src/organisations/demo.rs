//! Made-up organisations of the demonstration and what has happened in them, through the same actions that people use. Each
//! says in its name that it is an example, and its number is one that nobody has been given.

use super::actions::{self, As, Outcome};
use super::model::Status;
use super::rules::{self, Facts, field};
use super::store;
use crate::kit::{Email, Form, Id, Lang, OrgNr, OrgRole};
use crate::people::demo as people;
use crate::platform::db::StoreError;
use crate::web::{App, AppError, SignedIn};

/// An organisation: number, name, kind, code of its municipality, street, postal code, town, address.
type Made = [&'static str; 8];

const MUNICIPALITY: Made =
    ["212099-9004", "Exempelby kommun (exempel)", "municipality", "2480", "Torget 1", "901 84", "Exempelby", "kommunen@exempelby.example"];

const ASSOCIATION: Made = [
    "802099-9010",
    "Föreningen Trygg granne (exempel)",
    "association",
    "0180",
    "Granngatan 7",
    "111 22",
    "Stockholm",
    "info@trygggranne.example",
];

const CLOSED: Made = [
    "222099-9029",
    "Exempelbygdens samordningsförbund (exempel)",
    "municipal_association",
    "2480",
    "Torget 3",
    "901 84",
    "Exempelby",
    "forbundet@exempelby.example",
];

fn wrong<E: std::fmt::Debug>(error: E) -> AppError {
    AppError::internal(format!("the demonstration's organisations: {error:?}"))
}

fn must<T>(outcome: Outcome<T>) -> Result<T, AppError> {
    outcome?.map_err(wrong)
}

fn number(made: &Made) -> Result<OrgNr, AppError> {
    OrgNr::parse(made[0]).map_err(wrong)
}

fn facts(made: &Made) -> Result<Facts, AppError> {
    let names = [field::NAME, field::KIND, field::MUNICIPALITY, field::STREET, field::POSTAL_CODE, field::CITY, field::EMAIL];
    let form = Form(names.into_iter().zip(&made[1..]).map(|(name, value)| (name.to_owned(), (*value).to_owned())).collect());
    rules::facts(&form).map_err(wrong)
}

/// Makes up organisations and what goes on in them, unless they are there already. Where mail really goes out there are none:
/// their people have no mailboxes.
pub async fn load(app: &App) -> Result<(), AppError> {
    people::open_applicants(app).await?;
    let first = number(&MUNICIPALITY)?;
    let there = app.db.read(async |tx| store::organisation_by_orgnr(tx, &first).await).await?.is_some();
    if there || app.config.smtp_url.is_some() {
        return Ok(());
    }
    let frida = people::someone(app, "frida@exempelby.example").await?;
    let kim = people::someone(app, "kim@exempelby.example").await?;
    let sara = people::someone(app, "sara@trygggranne.example").await?;
    let hanna = people::someone(app, "hanna@bra.example").await?;

    // A municipality that staff have checked, with a colleague who edits, one who is asked in, and one who wants in.
    let municipality = must(actions::create(app, &frida, &first, &facts(&MUNICIPALITY)?).await)?;
    let invite = async |email: &str, role| {
        let email = Email::parse(email).map_err(wrong)?;
        must(actions::invite(app, &frida, &municipality, &email, role, Lang::Sv).await)
    };
    invite(kim.email.as_str(), OrgRole::Editor).await?;
    invite("ny.kollega@exempelby.example", OrgRole::Reader).await?;
    let now = app.now();
    let open = app.db.read(async |tx| store::invitations_for(tx, &kim.account, now).await).await?;
    for invitation in open {
        must(actions::answer_invitation(app, &kim, &invitation.id, true).await)?;
    }
    must(actions::set_status(app, &hanna, &municipality, 1, Status::Verified).await)?;
    let why = "Jag samordnar grannsamverkan mellan vår förening och kommunen.";
    must(actions::ask(app, &sara, &first, why).await)?;

    // An association that nobody has checked yet, where Kim was let in and became an editor.
    let association = must(actions::create(app, &sara, &number(&ASSOCIATION)?, &facts(&ASSOCIATION)?).await)?;
    must(actions::ask(app, &kim, &number(&ASSOCIATION)?, "Jag hjälper er att skriva ansökan.").await)?;
    let asked = app.db.read(async |tx| store::open_requests(tx, &association).await).await?;
    for request in asked {
        must(actions::answer(app, &sara, As::Signatory, &association, &request.id, Some(OrgRole::Reader)).await)?;
    }
    let membership = membership_of(app, &association, &kim).await?;
    must(actions::change_role(app, &sara, &association, &membership, 1, OrgRole::Editor).await)?;

    // One that acts no more.
    let closed = must(actions::create(app, &sara, &number(&CLOSED)?, &facts(&CLOSED)?).await)?;
    must(actions::set_status(app, &hanna, &closed, 1, Status::Retired).await)
}

async fn membership_of(app: &App, organisation: &Id, who: &SignedIn) -> Result<Id, AppError> {
    let part = app.db.read(async |tx| Ok::<_, StoreError>(store::part(tx, organisation, &who.account).await?)).await?;
    Ok(part.ok_or_else(|| wrong("nobody was let in"))?.membership)
}
