//! Made-up documents of the demonstration and a request to see one of them, through the same actions that people use. Each says that
//! it is an example.

use super::actions::{self, ByHand, disclosures, files};
use super::model::{Direction, Facts, Ground, NewFile, Party, Secrecy};
use super::rules::{Ask, FileKind};
use super::store::listing::{self, Narrow};
use crate::kit::{CaseNumber, CivilDate, Email, Id, Lang};
use crate::people::demo as people;
use crate::web::{App, AppError, SignedIn};

fn wrong<E: std::fmt::Debug>(error: E) -> AppError {
    AppError::internal(format!("the demonstration's register: {error:?}"))
}

/// A document: direction, days ago, sort of counterpart, its name, subject.
type Made = (Direction, i64, Party, &'static str, &'static str);

const QUESTION: Made =
    (Direction::Received, 6, Party::Organisation, "Exempelby kommun (exempel)", "Fråga om stöd för att utvärdera grannsamverkan (exempel)");
const REPLY: Made = (Direction::Sent, 5, Party::Organisation, "Exempelby kommun (exempel)", "Svar om stöd för att utvärdera (exempel)");
const NOTE: Made = (Direction::DrawnUp, 5, Party::None, "", "Anteckning från möte om grannsamverkan (exempel)");
const TIP: Made = (Direction::Received, 3, Party::Person, "Påhittad Person", "Uppgifter om ett pågående ärende (exempel)");

/// Registers a few documents and asks to see one, unless anything is registered already. Where mail really goes out there are none.
pub async fn load(app: &App) -> Result<(), AppError> {
    let there = app.db.read(async |tx| listing::total(tx, &Narrow::default()).await).await? > 0;
    if there || app.config.smtp_url.is_some() {
        return Ok(());
    }
    let regina = people::someone(app, "regina@bra.example").await?;
    let today = actions::today(app);
    let text = "Exempel: Kan vi få stöd för att utvärdera vår grannsamverkan?\n".as_bytes().to_vec();
    let file = files::keep_written(app, "fraga.txt".to_owned(), FileKind::Text, text).await?;
    let first = register(app, &regina, today, None, QUESTION, None, Some(file)).await?;
    let case = number_of(app, &first).await?;
    register(app, &regina, today, Some(&case), REPLY, None, None).await?;
    register(app, &regina, today, Some(&case), NOTE, None, None).await?;
    let ground = Ground::parse("35:1").map_err(wrong)?;
    let secrecy = Secrecy { ground, masks_subject: false, masks_counterpart: true };
    register(app, &regina, today, None, TIP, Some(secrecy), None).await?;
    let ask = Ask {
        documents: vec![first],
        wish: "Frågan från kommunen, med bilagor. (Exempel)".to_owned(),
        email: Email::parse("nyfiken@exempel.example").map_err(wrong)?,
        name: None,
    };
    disclosures::ask(app, &app.ids.secret(), &ask, Lang::Sv).await?;
    Ok(())
}

async fn register(
    app: &App,
    who: &SignedIn,
    today: CivilDate,
    case: Option<&CaseNumber>,
    made: Made,
    secrecy: Option<Secrecy>,
    file: Option<NewFile>,
) -> Result<Id, AppError> {
    let (direction, ago, party, counterpart, subject) = made;
    let facts =
        Facts { direction, day: today.plus_days(-ago), party, counterpart: counterpart.to_owned(), subject: subject.to_owned(), secrecy };
    let new = ByHand { key: app.ids.id(app.now()), case: case.cloned(), facts, file };
    actions::register(app, who, &new).await?.map_err(wrong)
}

async fn number_of(app: &App, document: &Id) -> Result<CaseNumber, AppError> {
    let listed = app.db.read(async |tx| listing::one(tx, document).await).await?;
    Ok(listed.ok_or_else(|| wrong("nothing was registered"))?.number)
}
