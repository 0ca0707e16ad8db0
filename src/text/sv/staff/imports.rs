use crate::catalogue::rules::imports::FileError;
use crate::text::staff::imports::ImportsTexts;

pub const IMPORTS: ImportsTexts = ImportsTexts {
    title: "Läs in publikationer",
    lead: "Välj en fil med publikationer i CSV eller JSON (en lista, eller en publikation per rad). Filen provläses först, och ingenting ändras förrän du har sett rapporten och bekräftat. Allt i filen läses in, eller ingenting.",
    files: "Fältet pdf måste vara tomt. Filer laddas upp på varje publikation. Ett pris som är nytt i filen gäller från den dag den läses in.",
    choose: "Välj fil",
    hint: |megabytes| format!("CSV eller JSON i UTF-8, högst {megabytes} megabyte."),
    check: "Provläs filen",
    history: "Tidigare filer",
    none: "Ingen fil har lästs in än.",
    name: "Fil",
    state: "Läge",
    stage: |code| match code {
        "checking" => "Provläses",
        "checked" => "Väntar på bekräftelse",
        "refused" => "Måste rättas",
        "importing" => "Läses in",
        "imported" => "Inläst",
        _ => "Gick inte att läsa in",
    },
    uploaded: "Uppladdad av",
    confirmed: "Bekräftad av",
    finished: "Klar",
    by_at: |name, at| format!("{name}, {at}"),
    size: "Storlek",
    hash: "Kontrollsumma",
    report: "Rapport",
    far: |rows| if rows == 1 { "1 rad är provläst.".to_owned() } else { format!("{rows} rader är provlästa.") },
    judged_of: |rows, all| format!("{rows} av {all} rader är kontrollerade igen. Inget är skrivet än."),
    written_of: |rows, all| format!("{rows} av {all} rader är skrivna."),
    progress_label: "Hur långt inläsningen har kommit",
    reading_in: "Läsarna ser allt på en gång när hela filen är inläst. En stor fil kan ta flera minuter, och under tiden kan andra som sparar få vänta.",
    may_leave: "Du kan lämna sidan, som annars hämtas om av sig själv. Arbetet fortsätter, och rapporten finns kvar här.",
    again: "Visa hur långt det har kommit",
    confirm_lead: "Det är precis den här filen som läses in, med kontrollsumman ovan. En stor fil kan ta flera minuter, och under tiden kan andra som sparar få vänta.",
    needs_another: |evaluations| {
        let which = if evaluations == 1 { "en utvärdering".to_owned() } else { format!("{evaluations} utvärderingar") };
        format!("Filen lägger till eller ändrar {which}. En annan redaktör än den som laddade upp filen måste läsa in den.")
    },
    confirm: "Läs in",
    gone: "Filen är borttagen, eftersom den kom för mer än 90 dagar sedan. Ladda upp den igen om den ska läsas in.",
    stale: "Någon annan har redan bekräftat filen, eller så har den ändrat läge. Här är den som den är nu.",
    lost: "Filen kom inte med, eftersom du hade loggats ut. Välj den igen.",
    error: |error, megabytes| match error {
        FileError::Missing => "Välj en fil".to_owned(),
        FileError::Empty => "Filen är tom. Välj en annan fil".to_owned(),
        FileError::TooLarge => format!("Filen måste vara högst {megabytes} megabyte"),
        FileError::BrokenOff => "Filen kom inte fram hel. Försök igen".to_owned(),
    },
};
