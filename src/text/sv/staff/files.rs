use crate::catalogue::rules::files::FileError;
use crate::text::staff::files::FilesTexts;

pub const FILES: FilesTexts = FilesTexts {
    title: "Filer",
    lead: |megabytes| {
        format!(
            "En fil är på högst {megabytes} megabyte. Det du ändrar här hör till utkastet. Läsarna ser det när utkastet är publicerat, och den gamla filen sparas då här nedanför."
        )
    },
    none: "Publikationen har ingen digital utgåva. Lägg till en utgåva i form av PDF eller EPUB först.",
    edition: |form, isbn| isbn.map_or_else(|| form.to_owned(), |isbn| format!("{form}, ISBN {isbn}")),
    name: "Fil",
    size: "Storlek",
    fetched: "Hämtad",
    times: |number| if number == "1" { "1 gång".to_owned() } else { format!("{number} gånger") },
    hash: "Kontrollsumma",
    no_file: "Ingen fil",
    choose_first: "Välj fil",
    choose_other: "Välj en annan fil",
    hint: |ending| format!("Filen måste vara en hel {ending}-fil."),
    add: "Ladda upp",
    replace: "Ersätt filen",
    keeps_address: "Den nya filen får samma adress som den gamla, så länkar från andra fungerar som förut.",
    remove: "Ta bort",
    remove_which: |name| format!("filen {name}"),
    added: "Filen är sparad i utkastet.",
    removed: "Filen är borttagen ur utkastet.",
    readers_now: "Läsarna ser nu",
    stale: "Någon annan ändrade utgåvan medan du valde fil. Här är filerna som de är nu. Välj filen igen om den fortfarande ska in.",
    saved: "Det som är sparat",
    yours: "Det du skickade",
    lost: "Filen kom inte med, eftersom du hade loggats ut. Välj den igen.",
    before: "Tidigare filer",
    before_caption: "Filer som utgåvorna har haft förut, den senaste först",
    until: "Till och med",
    by: "Ersattes av",
    error: |error, megabytes| match error {
        FileError::Missing => "Välj en fil".to_owned(),
        FileError::Empty => "Filen är tom. Välj en annan fil".to_owned(),
        FileError::TooLarge => format!("Filen måste vara högst {megabytes} megabyte"),
        FileError::BrokenOff => "Filen kom inte fram hel. Försök igen".to_owned(),
        FileError::Kind => "Filen måste vara en PDF eller en EPUB. Namnet räcker inte, innehållet måste vara det också".to_owned(),
        FileError::OtherForm => "Filen är av ett annat slag än utgåvan. Välj utgåvan som passar filen".to_owned(),
        FileError::Damaged => "Filen är skadad eller avklippt. Skapa den igen och ladda upp den nya".to_owned(),
        FileError::Name => "En annan utgåva har redan en fil med det namnet. Byt namn på filen och försök igen".to_owned(),
    },
};
