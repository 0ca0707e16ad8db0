//! The staff's applications.

use crate::calls::model::LateRule;
use crate::text::staff::applications::StaffApplicationsTexts;

pub const APPLICATIONS: StaffApplicationsTexts = StaffApplicationsTexts {
    title: "Ansökningar",
    lead: "Här finns det som har skickats in. Utkast kan bara de sökande läsa.",
    call: "Utlysning",
    closes: "Stänger",
    received: "Inskickade",
    no_calls: "Ingen utlysning är publicerad än.",
    caption: "Ansökningar som har kommit in",
    none: "Ingen ansökan har kommit in.",
    number: "Diarienummer",
    organisation: "Sökande",
    work: "Insats",
    came: "Kom in",
    state: "Läge",
    late: "Sen",
    late_rule: |rule| match rule {
        LateRule::Dismissed => "Ansökan kom för sent och avvisas enligt utlysningen",
        LateRule::Weighed => "Ansökan kom för sent. Avgör om det fanns goda skäl",
        LateRule::Tried => "Ansökan kom för sent och prövas ändå enligt utlysningen",
    },
    signed_by: "Underskriven av",
    fingerprint: "Fingeravtryck (SHA-256)",
    more_time: "Längre tid för en sökande",
    more_time_lead: |closes| {
        format!(
            "Utlysningen stänger {closes}. En organisation kan få längre tid om det finns skäl. De som hör till den får en avisering, och beslutet syns i loggen."
        )
    },
    orgnr: "Organisationsnummer",
    orgnr_hint: "Till exempel 202100-0068",
    orgnr_missing: "Ange organisationsnumret",
    orgnr_wrong: "Kontrollera organisationsnumret. Det ska ha tio siffror",
    orgnr_unknown: "Ingen organisation här har det numret. Be den att lägga till sig i portalen först",
    until_day: "Till och med dag",
    day_wrong: "Ange en dag, till exempel 15 mars 2027",
    clock_wrong: "Ange ett klockslag, till exempel 23.59",
    too_early: "Den nya tiden måste vara senare än nu och senare än när utlysningen stänger",
    reason: "Skäl",
    reason_hint: "Skriv inget om enskilda personer",
    reason_wrong: "Ange skälet, med högst 1 000 tecken",
    give: "Ge längre tid",
    was_given: "Organisationen har fått längre tid.",
    given: "Har fått längre tid",
    until: "Till",
    by: "Beslutat av",
};
