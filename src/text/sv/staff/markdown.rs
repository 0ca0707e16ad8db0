use crate::kit::hint::Code;
use crate::text::staff::markdown::MarkdownTexts;

pub const MARKDOWN: MarkdownTexts = MarkdownTexts {
    title: "Skriva med Markdown",
    lead: "Texterna om en publikation skrivs med Markdown: vanlig text med några få tecken som blir rubriker, listor och länkar. Prova längst ner på sidan.",
    caption: "Tecken i Markdown",
    you_write: "Du skriver",
    it_becomes: "Det blir",
    examples: &[
        ("## Resultat", "Rubrik. Börja med två nummertecken. Rubriken under den får tre."),
        ("En tom rad", "Nytt stycke."),
        ("- Första\n- Andra", "Punktlista."),
        ("1. Första\n2. Andra", "Numrerad lista."),
        ("**viktigt**", "Fetstil. Använd sällan."),
        ("*Rapportens titel*", "Kursiv stil, till exempel för titlar."),
        ("[rapporten om grannsamverkan](https://bra.se/)", "Länk. Skriv vart den leder, inte ”klicka här”."),
        ("> Orden från någon annan.", "Citat i ett eget stycke."),
        ("| År | Antal |\n| --- | --- |\n| 2025 | 12 |", "Tabell. Första raden säger vad kolumnerna innehåller."),
    ],
    not_taken: "HTML visas som den är skriven. Bilder visas inte i texter; omslaget laddas upp på en egen sida.",
    try_it: "Prova",
    text: "Text",
    text_hint: "Inget sparas här.",
    lang: "Språk",
    swedish: "Svenska",
    english: "Engelska",
    preview: "Förhandsgranska",
    shown: "Så här ser läsarna texten",
    nothing: "Skriv en text först.",
    hints: "Tips om tillgänglighet",
    no_hints: "Inga tips. Texten går bra att läsa för alla, så långt det går att se automatiskt.",
    hints_lead: "Tipsen hindrar inte att du sparar.",
    at: |line, quote| if quote.is_empty() { format!("Rad {line}: ") } else { format!("Rad {line}, ”{quote}”: ") },
    hint: |code| match code {
        Code::TopHeading => "Börja rubriken med ## i stället för #. Sidans titel är redan den översta rubriken.".to_owned(),
        Code::SkippedLevel { from, to } => {
            let signs = "#".repeat(usize::from(from + 1));
            format!("Rubriken hoppar från nivå {from} till nivå {to}. Skriv {signs} så att nivåerna följer på varandra.")
        }
        Code::EmptyHeading => "Rubriken är tom. Skriv vad avsnittet handlar om, eller ta bort den.".to_owned(),
        Code::VagueLink => "Länken säger inte vart den leder. Skriv till exempel vad rapporten heter.".to_owned(),
        Code::BareAddress => "En webbadress är svår att lyssna på. Skriv [orden som länkas](adressen).".to_owned(),
        Code::Picture { without_text: true } => {
            "Bilder visas inte i texter, och den här har inga ord i stället. Berätta med ord.".to_owned()
        }
        Code::Picture { without_text: false } => "Bilder visas inte i texter. Läsarna ser bara orden inom hakparentes.".to_owned(),
        Code::TableWithoutHead => "Tabellens första rad är tom. Skriv där vad kolumnerna innehåller.".to_owned(),
        Code::LongParagraph { words } => format!("Stycket har {words} ord. Dela det, en tanke i varje stycke."),
        Code::Capitals => "Ord med bara stora bokstäver är svåra att läsa. Skriv dem som vanligt, och **fet** om de är viktiga.".to_owned(),
        Code::OtherLanguage => {
            "Stycket verkar vara på ett annat språk än resten. Då läses det upp fel. Lägg det i fältet för det språket.".to_owned()
        }
    },
};
