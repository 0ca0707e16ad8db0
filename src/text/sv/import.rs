use crate::text::import::{FileTexts, Import, NoteTexts, ProblemTexts};

pub const IMPORT: Import = Import {
    checked: |rows| format!("Kontrollerat {rows} rader"),
    written: |rows| format!("Skrivit {rows} rader"),
    done: |new, changed, unchanged| format!("Klart. Nya publikationer: {new}. Ändrade: {changed}. Oförändrade: {unchanged}."),
    dry_run: |new, changed, unchanged| {
        format!("Filen går att importera. Inget är skrivet. Nya publikationer: {new}. Ändrade: {changed}. Oförändrade: {unchanged}.")
    },
    stock_stays: "Lagersaldot för utgåvor som redan fanns är kvar: filens saldo gäller bara nya utgåvor.",
    refused: |bad_rows, rows, problems| {
        format!("Inget är importerat. {bad_rows} av {rows} rader har fel ({problems} fel i allt). Rätta filen och importera den igen.")
    },
    more: |more| format!("… och {more} till."),
    place: |row, key, field| match (key, field) {
        ("", "") => format!("Rad {row}: "),
        ("", field) => format!("Rad {row}, fältet {field}: "),
        (key, "") => format!("Rad {row} ({key}): "),
        (key, field) => format!("Rad {row} ({key}), fältet {field}: "),
    },
    stood: |value| format!(" Där står ”{value}”."),
    note: "Obs! ",
    problem: ProblemTexts {
        not_a_row: "Det här är ingen publikation. Ange ett objekt med fälten mellan { och }.",
        cells: |expected, found| {
            format!(
                "Raden har {found} celler men rubrikraden {expected}. Kontrollera att raden är hel och att text med kommatecken står inom citattecken."
            )
        },
        missing: "Fältet saknas. Fyll i det.",
        too_long: |longest| format!("Texten är för lång. Korta den till högst {longest} tecken."),
        placeholder: |found| {
            format!("Texten är inte färdig: {found} är ett fält som aldrig fyllts i. Skriv den riktiga texten eller ta bort fältet.")
        },
        not_text: "Här måste det stå en text.",
        not_a_list: "Här måste det stå en lista.",
        not_an_object: "Varje del av listan måste vara ett objekt med fälten mellan { och }.",
        not_a_number: "Här måste det stå ett heltal, skrivet med siffror.",
        not_yes_or_no: "Här måste det stå true eller false.",
        bounds: |least, most| format!("Värdet måste ligga mellan {least} och {most}."),
        isbn_characters: "Ett ISBN har bara siffror, bindestreck och ibland ett X sist. Skriv ett nummer i taget.",
        isbn_length: "Ett ISBN har 10 eller 13 siffror. Kontrollera att numret är helt.",
        isbn_prefix: "Ett ISBN med 13 siffror börjar på 978 eller 979.",
        check_digit: |expected| {
            format!(
                "Kontrollsiffran stämmer inte: den skulle vara {expected} om de andra siffrorna är rätt. Jämför med numret i publikationen."
            )
        },
        too_many_isbns: "Ange högst två ISBN, först den tryckta utgåvans och sedan pdf-filens. Har verket fler utgåvor: använd fältet editions.",
        issn_form: "Ett ISSN har åtta tecken, till exempel 1100-6676.",
        urn_form: "En URN skrivs till exempel urn:nbn:se:bra-528.",
        date_form: "Ange datumet som 2021, 2021-03 eller 2021-03-15.",
        years_differ: "Fälten received och received_year säger olika år. Ta bort det ena eller rätta det.",
        price_form: "Ange priset i kronor, till exempel 95 eller 120.50.",
        vat_rate: "Momsen måste vara 0, 6, 12 eller 25 procent.",
        language: "Ange språket med två eller tre bokstäver, till exempel sv eller en.",
        form: "Formen måste vara print, pdf, epub eller web.",
        address: "Ange en hel webbadress som börjar på https:// eller http://.",
        file_name: "Ange bara filens namn, utan mappar.",
        file_missing: "Filen finns inte. Lägg den i mappen files bredvid importfilen.",
        file_unreadable: "Filen går inte att läsa. Kontrollera att den inte är låst.",
        file_kind: "Filen är varken pdf eller epub.",
        repeated: |row| format!("Samma värde finns redan på rad {row}. Ta bort den ena raden eller rätta värdet."),
        taken: |title, key| {
            format!(
                "Värdet tillhör redan ”{title}” ({key}) i katalogen. Kontrollera vilken av publikationerna det gäller och rätta den andra."
            )
        },
    },
    notes: NoteTexts {
        unknown_field: "Fältet är okänt och läses inte. Kontrollera stavningen.",
        unknown_kind: "Publikationstypen är okänd och visas som övrigt.",
        not_for_sale: "Publikationen har ett pris men går inte att beställa, för den saknar ISBN, moms eller uppgift om att den finns i tryck.",
    },
    file: FileTexts {
        unreadable: |reason| format!("Filen går inte att läsa: {reason}"),
        empty: "Filen är tom.",
        not_utf8: |line, byte| {
            format!("Filen är inte skriven i UTF-8: rad {line} (byte {byte}) går inte att läsa. Spara om filen med teckenkodningen UTF-8.")
        },
        utf16: "Filen är skriven i UTF-16. Spara om den med teckenkodningen UTF-8.",
        not_json: |line, column| {
            format!(
                "Filen är inte JSON: det blir fel på rad {line}, tecken {column}. Kontrollera kommatecken, citattecken och klamrar där."
            )
        },
        not_a_list: "Filen är JSON men ingen lista. Sätt [ före den första publikationen och ] efter den sista.",
        cut_off: |row| format!("Filen tar slut mitt i publikation {row}. Hämta eller spara filen på nytt, så att den blir hel."),
        header: |missing| format!("Den första raden måste innehålla fältens namn, men {missing} saknas där."),
        header_twice: |name| format!("Den första raden har fältet {name} två gånger. Ta bort det ena."),
        not_csv: |line| format!("Rad {line} i filen går inte att läsa som CSV. Kontrollera citattecknen där."),
    },
    needs_two: "Inget är importerat: filen har utvärderingar, och den som laddade upp den bekräftade den också. Ladda upp filen igen och låt en annan redaktör bekräfta den.",
    changed_meanwhile: "Inget är importerat: filen eller katalogen ändrades under tiden. Kör importen igen.",
    not_stored: |reason| format!("Inget är importerat: en fil kunde inte sparas ({reason})."),
    demo_loaded: |works| format!("Katalogen innehåller nu {works} publikationer att prova med."),
};
