//! Questions and answers, in Swedish.

use crate::forms::model::Kind;
use crate::forms::rules::{Missing, Problem};
use crate::kit::money::number_text;
use crate::kit::{DateError, EmailError, Lang, MoneyError, OrgNrError, PhoneError};
use crate::text::forms::{FieldTexts, Forms};

const SV: Lang = Lang::Sv;

fn problem(label: &str, problem: Problem) -> String {
    let about = |says: &str| format!("”{label}” {says}");
    match problem {
        Problem::Missing => format!("Svara på ”{label}”"),
        Problem::Choose => format!("Välj ett svar på ”{label}”"),
        Problem::Confirm => format!("Bekräfta ”{label}”"),
        Problem::Long { most, has } => about(&format!(
            "får vara högst {} tecken. Nu är det {}.",
            number_text(i64::from(most), SV),
            number_text(i64::try_from(has).unwrap_or(i64::MAX), SV)
        )),
        Problem::Day(DateError::Empty) => format!("Ange ett datum för ”{label}”"),
        Problem::Day(DateError::Day | DateError::Month) => about("måste vara ett datum som finns i kalendern"),
        Problem::Day(DateError::Form | DateError::Year | DateError::Clock) => about("måste vara ett datum, till exempel 15 mars 2027"),
        Problem::Clock => about("måste ha ett klockslag, till exempel 23.59"),
        Problem::TooEarly(day) => about(&format!("måste vara {} eller senare", day.long(SV))),
        Problem::TooLate(day) => about(&format!("måste vara {} eller tidigare", day.long(SV))),
        Problem::Turned => about("måste sluta samma dag som den börjar eller senare"),
        Problem::Amount(MoneyError::Empty) => format!("Ange ett belopp för ”{label}”"),
        Problem::Amount(MoneyError::NotANumber) => about("måste vara ett belopp i kronor, till exempel 480 000"),
        Problem::Amount(MoneyError::Negative) => about("måste vara noll kronor eller mer"),
        Problem::Amount(MoneyError::TooManyDecimals) => about("får ha högst två decimaler"),
        Problem::Amount(MoneyError::TooLarge) => about("är större än portalen kan räkna med"),
        Problem::LeastAmount(least) => about(&format!("måste vara minst {}", least.text(SV))),
        Problem::MostAmount(most) => about(&format!("får vara högst {}", most.text(SV))),
        Problem::NotANumber => about("måste vara ett heltal, till exempel 120"),
        Problem::LeastNumber(least) => about(&format!("måste vara minst {}", number_text(least, SV))),
        Problem::MostNumber(most) => about(&format!("får vara högst {}", number_text(most, SV))),
        Problem::NotPercent => about("måste vara en andel i procent, till exempel 40,66"),
        Problem::MostPercent(most) => about(&format!("får vara högst {}", most.text(SV))),
        Problem::Number(error) => match error {
            OrgNrError::Empty => format!("Ange organisationsnummer för ”{label}”"),
            OrgNrError::Character | OrgNrError::Length => "Organisationsnumret måste ha 10 siffror, till exempel 202100-0068".to_owned(),
            OrgNrError::NotOrganisation => "Organisationsnumret måste höra till en organisation och inte till en person".to_owned(),
            OrgNrError::CheckDigit => "Kontrollera organisationsnumret: sista siffran stämmer inte med de andra".to_owned(),
        },
        Problem::Email(EmailError::Empty) => format!("Ange en e-postadress för ”{label}”"),
        Problem::Email(EmailError::SeveralAts) => "Ange bara en e-postadress".to_owned(),
        Problem::Email(_) => "E-postadressen måste se ut så här: namn@exempel.se".to_owned(),
        Problem::Phone(PhoneError::Empty) => format!("Ange ett telefonnummer för ”{label}”"),
        Problem::Phone(_) => "Telefonnumret måste se ut så här: 08-123 45 67".to_owned(),
        Problem::Rows(most) => about(&format!("får ha högst {most} rader")),
        Problem::Part(missing) => match missing {
            Missing::First => format!("Ange första dagen för ”{label}”"),
            Missing::Last => format!("Ange sista dagen för ”{label}”"),
            Missing::Day => format!("Ange dagen för ”{label}”"),
            Missing::Clock => format!("Ange klockslaget för ”{label}”"),
            Missing::Name => format!("Ange namnet för ”{label}”"),
            Missing::Number => format!("Ange organisationsnumret för ”{label}”"),
            Missing::Position => format!("Ange befattningen för ”{label}”"),
            Missing::Email => format!("Ange e-postadressen för ”{label}”"),
            Missing::Cell => format!("Fyll i hela raden i ”{label}”"),
        },
    }
}

fn takes(kind: &Kind) -> String {
    let bounds = |least: Option<String>, most: Option<String>| match (least, most) {
        (Some(least), Some(most)) => format!(", från {least} till {most}"),
        (Some(least), None) => format!(", minst {least}"),
        (None, Some(most)) => format!(", högst {most}"),
        (None, None) => String::new(),
    };
    let days = |earliest: &Option<crate::kit::CivilDate>, latest: &Option<crate::kit::CivilDate>| match (earliest, latest) {
        (Some(earliest), Some(latest)) => format!(", från {} till {}", earliest.long(SV), latest.long(SV)),
        (Some(earliest), None) => format!(", tidigast {}", earliest.long(SV)),
        (None, Some(latest)) => format!(", senast {}", latest.long(SV)),
        (None, None) => String::new(),
    };
    match kind {
        Kind::Short { most } | Kind::Long { most } => format!("Text, högst {} tecken", number_text(i64::from(*most), SV)),
        Kind::Choice { .. } => "Ett av svaren".to_owned(),
        Kind::Several { .. } => "Ett eller flera av svaren".to_owned(),
        Kind::Day { earliest, latest } => format!("Ett datum{}", days(earliest, latest)),
        Kind::Moment => "Ett datum och ett klockslag, svensk tid".to_owned(),
        Kind::Period { earliest, latest } => format!("Första och sista dagen{}", days(earliest, latest)),
        Kind::Amount { least, most } => {
            format!("Ett belopp i kronor{}", bounds(least.map(|sum| sum.text(SV)), most.map(|sum| sum.text(SV))))
        }
        Kind::Number { least, most, unit } => {
            let number = |number: i64| number_text(number, SV);
            let of = if unit.sv.is_empty() { String::new() } else { format!(" ({})", unit.sv) };
            format!("Ett heltal{of}{}", bounds(least.map(number), most.map(number)))
        }
        Kind::Percent { most } => format!("En andel i procent, högst {}", crate::kit::Rate(*most).text(SV)),
        Kind::Organisation => "En organisations namn och organisationsnummer".to_owned(),
        Kind::Person => "Namn, befattning, e-postadress och gärna telefonnummer".to_owned(),
        Kind::Email => "En e-postadress".to_owned(),
        Kind::Municipality { several: false } => "En kommun".to_owned(),
        Kind::Municipality { several: true } => "En eller flera kommuner".to_owned(),
        Kind::File { most: 1 } => "En bifogad fil".to_owned(),
        Kind::File { most } => format!("Högst {most} bifogade filer"),
        Kind::Table { most, .. } => format!("En tabell med högst {most} rader"),
        Kind::Budget => {
            "En budget för varje år: löner, lönekostnadspåslag, overhead, köpta tjänster, övriga kostnader och medfinansiering. \
                         Portalen räknar ut summorna."
                .to_owned()
        }
        Kind::Consent { .. } => "Något att bekräfta".to_owned(),
    }
}

pub const FORMS: Forms = Forms {
    optional: "(frivilligt)",
    problem,
    takes,
    asked_when: |answers, question| match answers {
        [one] => format!("Frågan ställs till dem som svarat ”{one}” på ”{question}”."),
        several => format!("Frågan ställs till dem som svarat något av ”{}” på ”{question}”.", several.join("”, ”")),
    },
    options: "Svaren är:",
    columns: "Kolumnerna är:",
    period: |from, to| format!("{from}–{to}"),
    confirmed: "Bekräftat",
    choose: "Välj",
    choose_municipality: "Välj kommun",
    row: |number| format!("Rad {number}"),
    fields: FieldTexts {
        day_hint: "Till exempel 15 mars 2027 eller 2027-03-15",
        amount_hint: "I kronor, till exempel 480 000",
        percent_hint: "I procent, till exempel 40,66",
        from: "Första dagen",
        to: "Sista dagen",
        day: "Dag",
        clock: "Klockslag",
        clock_hint: "Svensk tid, till exempel 23.59",
        organisation: "Organisationens namn",
        number: "Organisationsnummer",
        number_hint: "10 siffror, till exempel 202100-0068",
        name: "Namn",
        position: "Befattning",
        email: "E-postadress",
        phone: "Telefonnummer (frivilligt)",
        municipalities_hint: "Välj alla som berörs.",
        rows_hint: "Rader som lämnas tomma räknas inte.",
        add_row: "Lägg till en rad",
        remove_row: |number| format!("Ta bort rad {number}"),
    },
};
