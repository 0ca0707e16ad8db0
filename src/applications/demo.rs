//! Made-up applications for the demonstration, through the same actions that people use: one that is written by two people, with texts that
//! were saved at once, and one that was signed and sent in. Who applies says in its name that it is an example.

use std::convert::Infallible;

use futures::stream;

use super::actions::submitting::{self, Whole};
use super::actions::{Outcome, Refusal, writing};
use super::model::How;
use super::rules::token;
use super::store;
use crate::attachments;
use crate::kit::{Form, Id, OrgRole, Slug};
use crate::organisations::store::parts;
use crate::people::demo::someone;
use crate::platform::pdf::Letter;
use crate::web::upload::Sent;
use crate::web::{App, AppError, SignedIn};

const CALL: &str = "exempel-stod-for-utvardering-av-lokalt-arbete";

/// Names and values of one topic; `ÅÅÅÅ` stands for the first year of the budget.
type Topic = (&'static str, &'static [(&'static str, &'static str)]);

const BEGUN: &[Topic] = &[
    ("organisation", &[("verksamhet", "Kommunen samordnar det brottsförebyggande arbetet i Exempelby."), ("arbetsplats", "2480")]),
    ("projekt", &[("titel", "Trygga gångvägar (exempel)"), ("period.fran", "snart")]),
    ("problem", &[("problem", "Gångvägarna vid stationen är mörka, och många undviker dem på kvällen.")]),
];

const WHOLE: &[Topic] = &[
    ("organisation", &[("verksamhet", "Föreningen ordnar grannsamverkan och kvällsvandring."), ("arbetsplats", "0180")]),
    (
        "kontaktperson",
        &[
            ("kontakt.namn", "Sara Söderling (påhittad)"),
            ("kontakt.befattning", "Ordförande"),
            ("kontakt.epost", "sara@trygggranne.example"),
            ("foretradare.namn", "Sara Söderling (påhittad)"),
            ("foretradare.befattning", "Ordförande"),
            ("foretradare.epost", "sara@trygggranne.example"),
        ],
    ),
    (
        "projekt",
        &[
            ("titel", "Vuxna på kvällen (exempel)"),
            ("sammanfattning", "Vi utvärderar om kvällsvandring gör att unga känner sig tryggare. Ansökan är påhittad."),
            ("period.fran", "ÅÅÅÅ-01-15"),
            ("period.till", "ÅÅÅÅ-12-15"),
        ],
    ),
    (
        "problem",
        &[
            ("problem", "Unga i området säger att de är oroliga när de går hem på kvällen.\n\nOron är störst på hösten."),
            ("lagesbild", "Skolans enkät, polisens bild och tre samtal med elevrådet."),
        ],
    ),
    (
        "mal",
        &[
            ("syfte", "Att veta om kvällsvandring minskar oron."),
            ("mal.1.mal", "Färre unga är oroliga"),
            ("mal.1.matt", "Skolans enkät"),
            ("mal.1.nar", "ÅÅÅÅ-11-30"),
            ("malgrupp", "Unga 13–16 år i tre bostadsområden."),
            ("metod", "Vuxna vandrar två kvällar i veckan. Två områden jämförs med ett tredje."),
            ("barn", "Elevråden är med och väljer platser och tider."),
        ],
    ),
    ("utvardering", &[("upplagg", "Enkät före och efter, i områden med och utan vandring."), ("akademisk", "nej"), ("etik", "vet-inte")]),
    (
        "tidplan",
        &[
            ("aktiviteter.1.vad", "Enkät före"),
            ("aktiviteter.1.fran", "ÅÅÅÅ-01-15"),
            ("aktiviteter.1.till", "ÅÅÅÅ-02-15"),
            ("aktiviteter.2.vad", "Kvällsvandring"),
            ("aktiviteter.2.fran", "ÅÅÅÅ-03-01"),
            ("aktiviteter.2.till", "ÅÅÅÅ-10-31"),
        ],
    ),
    ("samverkan", &[("parter.1.vem", "Bostadsbolaget (påhittat)"), ("parter.1.roll", "Lånar ut lokal")]),
    ("annat-stod", &[("har-annat", "nej"), ("har-fatt", "nej")]),
    (
        "budget",
        &[
            ("kostnader.arbete.1.funktion", "Samordnare"),
            ("kostnader.arbete.1.lon", "36 000"),
            ("kostnader.arbete.1.andel.ÅÅÅÅ", "40"),
            ("kostnader.arbete.1.manader.ÅÅÅÅ", "11"),
            ("kostnader.lonekostnadspaslag", "38"),
            ("kostnader.overhead", "5"),
            ("kostnader.tjanster.1.vad", "Enkäter"),
            ("kostnader.tjanster.1.belopp.ÅÅÅÅ", "45 000"),
            ("kostnader.egen.1.vad", "Föreningens tid"),
            ("kostnader.egen.1.belopp.ÅÅÅÅ", "30 000"),
            ("motivering", "Samordnaren arbetar mest på kvällar."),
        ],
    ),
    ("forsakran", &[("ekonomisk", "nej"), ("kontroll", "ja"), ("sanning", "ja")]),
];

/// Makes up the applications, unless there are some. After the made-up organisations and calls. Where mail really goes out there are
/// none: their people have no mailboxes.
pub async fn load(app: &App) -> Result<(), AppError> {
    let slug = Slug::parse(CALL).map_err(|_| AppError::internal("the example call has no address"))?;
    let call = app.db.read(async |tx| crate::calls::store::published_by_slug(tx, &slug).await).await?;
    let Some(call) = call.filter(|_| app.config.smtp_url.is_none()) else { return Ok(()) };
    if app.db.read(async |tx| store::any_under(tx, &call.call).await).await? {
        return Ok(());
    }
    let year = call.facts.budget.first_year.to_string();
    let frida = someone(app, "frida@exempelby.example").await?;
    let kim = someone(app, "kim@exempelby.example").await?;
    let sara = someone(app, "sara@trygggranne.example").await?;

    let draft = begin(app, &frida, &slug).await?;
    answer(app, &frida, &draft, BEGUN, &year).await?;
    // Kim had the page open since before Frida wrote.
    let mut form = Form::default();
    form.set(&writing::seen_field("problem"), token(&Form::default()));
    form.set("problem", "Gångvägarna vid stationen är mörka. Hälften av dem som svarat i kommunens enkät undviker dem.");
    done(writing::save(app, &kim, &draft, "problem", &form, How::Saved).await)?;

    let whole = begin(app, &sara, &slug).await?;
    answer(app, &sara, &whole, WHOLE, &year).await?;
    for question in ["behorighet", "bilaga-1"] {
        attach(app, &sara, &whole, question).await?;
    }
    let hash = app
        .db
        .read(async |tx| {
            let Some(seat) = store::seat(tx, &whole, &sara.account).await? else { return Ok(String::new()) };
            Whole::of(tx, &seat.application).await?.written(&seat.application).map(|written| written.hash)
        })
        .await?;
    done(submitting::sign(app, &sara, &whole, &hash).await)?;
    done(submitting::submit(app, &sara, &whole, &hash, false).await)?;
    Ok(())
}

fn done<T>(outcome: Outcome<T>) -> Result<T, AppError> {
    outcome?.map_err(|refusal: Refusal| AppError::internal(format!("an example of an application cannot be made: {refusal:?}")))
}

/// Begins one for the first organisation for which somebody signs.
async fn begin(app: &App, who: &SignedIn, call: &Slug) -> Result<Id, AppError> {
    let parts = app.db.read(async |tx| parts(tx, &who.account).await).await?;
    let part = parts.into_iter().find(|part| part.role == OrgRole::Signatory && part.organisation.status.is_open());
    let part = part.ok_or_else(|| AppError::internal("the demonstration's applicant signs for nobody"))?;
    done(writing::begin(app, who, call, &part.organisation.id).await)
}

async fn answer(app: &App, who: &SignedIn, application: &Id, topics: &[Topic], year: &str) -> Result<(), AppError> {
    for (topic, answers) in topics {
        let mut form = Form::default();
        for (name, value) in *answers {
            let question = name.split('.').next().unwrap_or_default();
            form.set(&writing::seen_field(question), token(&Form::default()));
            form.set(&name.replace("ÅÅÅÅ", year), value.replace("ÅÅÅÅ", year));
        }
        done(writing::save(app, who, application, topic, &form, How::Saved).await)?;
    }
    Ok(())
}

/// A PDF that says that it is made up.
async fn attach(app: &App, who: &SignedIn, application: &Id, question: &str) -> Result<(), AppError> {
    let letter = Letter {
        lang: "sv",
        sender: "Föreningen Trygg granne (exempel)".to_owned(),
        title: "Protokoll (exempel)".to_owned(),
        facts: Vec::new(),
        parts: vec![(String::new(), vec!["Handlingen är påhittad, för att visa hur en bilaga ser ut.".to_owned()])],
        page: "Sida",
    };
    let bytes = letter.pdf().map_err(AppError::internal)?;
    let place = app
        .db
        .read(async |tx| {
            let Some(seat) = store::seat(tx, application, &who.account).await? else { return Ok(None) };
            let asked = store::asked(tx, &seat.application).await?;
            Ok::<_, crate::platform::db::StoreError>(writing::place(&seat, &asked, question))
        })
        .await?;
    // A call may ask for no such document.
    let Some(place) = place else { return Ok(()) };
    let incoming = app.files.receive(stream::iter([Ok::<_, Infallible>(bytes.into())]), place.limit()).await?;
    let sent = Sent { name: "Protokoll.pdf".to_owned(), incoming };
    let kept = attachments::actions::keep(app, who, &place, Ok(sent)).await?;
    let kept = kept.map_err(|error| AppError::internal(format!("an example of a file cannot be attached: {error:?}")))?;
    done(writing::attach(app, who, application, &place, &kept).await)?.map_err(|error| AppError::internal(format!("{error:?}")))
}
