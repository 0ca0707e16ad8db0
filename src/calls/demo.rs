//! Made-up calls for the demonstration: one that is open, one that comes, one that has closed, and one that waits for a colleague's
//! review; with a question that was answered and one that waits. Their names say that they are examples.

use super::actions::{self, Outcome, Refusal, Step};
use super::fields::DEFINITION;
use super::store;
use crate::forms::model::Both;
use crate::kit::{CivilDate, Form, Id, Lang, civil};
use crate::people::demo::someone;
use crate::web::{App, AppError, SignedIn};

/// One made-up call: name in both languages, when it opens and closes in days from today, and how far it has come.
struct Example {
    sv: &'static str,
    en: &'static str,
    scheme: &'static str,
    basis: &'static str,
    applicants: &'static [&'static str],
    summary: (&'static str, &'static str),
    frame: &'static str,
    ceiling: &'static str,
    opens: i64,
    closes: i64,
    published: bool,
}

const EXAMPLES: &[Example] = &[
    Example {
        sv: "Exempel: Stöd för utvärdering av lokalt arbete",
        en: "Example: Support for evaluation of local work",
        scheme: "utvardering",
        basis: "Förordning (2016:1201) 4 a §",
        applicants: &["municipality", "region", "municipal_association", "association", "foundation", "university", "religious_community"],
        summary: (
            "För er som vill veta om ert brottsförebyggande arbete hjälper, och låta andra lära av det.",
            "For those who want to know whether their crime prevention helps, and to let others learn from it.",
        ),
        frame: "5 000 000",
        ceiling: "400 000",
        opens: -20,
        closes: 45,
        published: true,
    },
    Example {
        sv: "Exempel: Statsbidrag till kommuner",
        en: "Example: State grant to municipalities",
        scheme: "kommun",
        basis: "Förordning (2023:442)",
        applicants: &["municipality", "municipal_association"],
        summary: (
            "För kommuner som vill stärka det brottsförebyggande arbetet under ett kalenderår.",
            "For municipalities that want to strengthen their crime prevention during a calendar year.",
        ),
        frame: "50 000 000",
        ceiling: "1 000 000",
        opens: 30,
        closes: 90,
        published: true,
    },
    Example {
        sv: "Exempel: Mot våldsbejakande extremism",
        en: "Example: Against violent extremism",
        scheme: "extremism",
        basis: "Förordning (2019:1282)",
        applicants: &["association", "foundation", "municipality", "region"],
        summary: (
            "För föreningar, stiftelser, kommuner och regioner som förebygger våldsbejakande extremism.",
            "For associations, foundations, municipalities and regions that prevent violent extremism.",
        ),
        frame: "10 000 000",
        ceiling: "600 000",
        opens: -120,
        closes: -30,
        published: true,
    },
    Example {
        sv: "Exempel: Trygga skolvägar",
        en: "Example: Safe ways to school",
        scheme: "annat",
        basis: "Påhittat uppdrag, för att visa hur en utlysning granskas",
        applicants: &["municipality"],
        summary: ("En påhittad utlysning som väntar på en kollegas granskning.", "A made-up call that waits for a colleague’s review."),
        frame: "2 000 000",
        ceiling: "200 000",
        opens: 60,
        closes: 120,
        published: false,
    },
];

/// Lays out the calls, unless there are some. After the made-up staff is there. Where mail really goes out there are none: who is
/// told that one waits for review has no mailbox.
pub async fn load(app: &App) -> Result<(), AppError> {
    if app.config.smtp_url.is_some() || !app.db.read(async |tx| store::calls(tx).await).await?.is_empty() {
        return Ok(());
    }
    let (hanna, hugo) = (someone(app, "hanna@bra.example").await?, someone(app, "hugo@bra.example").await?);
    let today = civil::stockholm(app.now()).date;
    for example in EXAMPLES {
        let call = done(actions::begin(app, &hanna, example.sv).await)?;
        let answers = answers(example, today);
        for section in &DEFINITION.sections {
            let topic = section.key.as_str();
            let seen = actions::seen(&loaded(app, &call).await?.answers, topic);
            done(actions::save_topic(app, &hanna, &call, topic, &seen, &answers).await)?;
        }
        let mut steps = vec![(&hanna, Step::SendForReview)];
        if example.published {
            steps.extend([(&hugo, Step::Approve), (&hanna, Step::Publish { change: Both::default() })]);
        }
        for (who, step) in steps {
            let version = loaded(app, &call).await?.version;
            done(actions::step(app, who, &call, version, &step).await)?;
        }
        if example.opens < 0 && example.closes > 0 {
            ask(app, &hugo, &call).await?;
        }
    }
    Ok(())
}

async fn loaded(app: &App, call: &Id) -> Result<store::Call, AppError> {
    app.db.read(async |tx| store::call(tx, call).await).await?.ok_or(AppError::NotFound)
}

fn done<T>(outcome: Outcome<T>) -> Result<T, AppError> {
    outcome?.map_err(|refusal: Refusal| AppError::internal(format!("an example of a call cannot be made: {refusal:?}")))
}

fn answers(example: &Example, today: CivilDate) -> Form {
    let day = |days: i64| today.plus_days(days).text();
    let year = i64::from(today.plus_days(example.closes).year()) + 1;
    let about_sv = "## Vad stödet är till för\n\nTexten är påhittad, för att visa hur en utlysning ser ut. Stödet ges till arbete som \
                    bygger på en lägesbild och som följs upp.\n\n## Vad stödet inte ges till\n\n- löpande verksamhet\n- investeringar och \
                    utlandsresor\n- det som lagen redan kräver\n- det som ett annat statligt stöd betalar";
    let about_en = "## What the support is for\n\nThe text is made up, to show what a call looks like. Support is given to work that builds \
                    on a picture of the situation and is followed up.\n\n## What it is not given to\n\n- running operations\n- investments \
                    and travel abroad\n- what the law already demands\n- what another state grant pays for";
    let mut fields: Vec<(String, String)> = [
        ("namn-sv", example.sv),
        ("namn-en", example.en),
        ("kort-sv", example.summary.0),
        ("kort-en", example.summary.1),
        ("om-sv", about_sv),
        ("om-en", about_en),
        ("stodform", example.scheme),
        ("grund", example.basis),
        ("krav.1.sv", "Bedriver organisationen brottsförebyggande arbete i dag?"),
        ("krav.1.en", "Does the organisation work with crime prevention today?"),
        ("krav.1.varfor-sv", "Stödet ges till organisationer som redan arbetar brottsförebyggande."),
        ("krav.1.varfor-en", "Support is given to organisations that already work with crime prevention."),
        ("krav.2.sv", "Finns en lägesbild att bygga på?"),
        ("krav.2.en", "Is there a picture of the situation to build on?"),
        ("krav.2.varfor-sv", "Insatsen måste bygga på en lägesbild eller kartläggning."),
        ("krav.2.varfor-en", "The work must build on a picture of the situation or a survey."),
        ("oppnar.klockan", "09.00"),
        ("stanger.klockan", "23.59"),
        ("sent", "vags"),
        ("ram", example.frame),
        ("tak", example.ceiling),
        ("en-per", "ja"),
        ("antal-ar", "2"),
        ("lonepalagg", "40,66"),
        ("overhead", "10"),
        ("maste-bifogas.1.sv", "Handling som visar vem som får skriva under"),
        ("maste-bifogas.1.en", "Document that shows who may sign"),
        ("far-bifogas.1.sv", "Lägesbild eller kartläggning"),
        ("far-bifogas.1.en", "Picture of the situation or survey"),
        ("storsta-fil", "20"),
        ("kontakt.namn", "Hanna Handläggare"),
        ("kontakt.befattning", "Handläggare (påhittad)"),
        ("kontakt.epost", "hanna@bra.example"),
        ("tidplan.1.sv", "Frågestund på nätet"),
        ("tidplan.1.en", "Question time online"),
        ("tidplan.2.sv", "Kompletteringar ska ha kommit in"),
        ("tidplan.2.en", "Completions must have come in"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    fields.extend(example.applicants.iter().map(|kind| ("slag".to_owned(), (*kind).to_owned())));
    fields.extend([
        ("oppnar.dag".to_owned(), day(example.opens)),
        ("stanger.dag".to_owned(), day(example.closes)),
        ("beslutsdag".to_owned(), day(example.closes + 90)),
        ("tidplan.1.dag".to_owned(), day(example.closes - 21)),
        ("tidplan.2.dag".to_owned(), day(example.closes + 21)),
        ("forsta-ar".to_owned(), year.to_string()),
    ]);
    Form(fields)
}

/// A question with its answer, and one that waits.
async fn ask(app: &App, officer: &SignedIn, call: &Id) -> Result<(), AppError> {
    let now = app.now();
    let (first, second) = (app.ids.id(now), app.ids.id(now));
    app.db
        .write(async |tx| {
            store::insert_question(tx, &first, call, Lang::Sv, "Kan två kommuner söka tillsammans?", None, now).await?;
            store::insert_question(tx, &second, call, Lang::Sv, "Får vi ta med kostnader för en extern utvärderare?", None, now).await
        })
        .await?;
    let answer = store::Answer {
        status: "published",
        shown: Both::new("Kan två kommuner söka tillsammans?", "Can two municipalities apply together?"),
        answer: Both::new(
            "Ja. En av kommunerna söker och står för ansökan. Beskriv samarbetet under Samverkan.",
            "Yes. One of them applies and answers for the application. Describe the cooperation under Cooperation.",
        ),
    };
    done(actions::answer(app, officer, call, &first, 1, &answer).await)
}
