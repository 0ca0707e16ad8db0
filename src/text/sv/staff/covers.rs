use crate::catalogue::rules::covers::CoverError;
use crate::text::staff::covers::CoversTexts;

pub const COVERS: CoversTexts = CoversTexts {
    title: "Omslag",
    none: "Publikationen har inget omslag. Läsarna ser i stället en ruta i Brås färger med slag, nummer och titel.",
    size: "Storlek",
    dots: |width, height| format!("{width} × {height} bildpunkter"),
    alt_sv: "Beskrivning på svenska",
    alt_en: "Beskrivning på engelska",
    alt_hint: "Skriv vad bilden visar i en mening. Den läses upp för den som inte ser bilden.",
    decoration: "Dekoration, läses inte upp",
    decorative: "Bilden är bara dekoration och behöver ingen beskrivning",
    added: "Lades in",
    added_by: |name, at| format!("{name}, {at}"),
    choose: "Välj bild",
    choose_other: "Välj en annan bild (frivilligt)",
    hint: |megabytes| {
        format!("PNG eller JPEG, högst {megabytes} megabyte. Uppgifter i bilden om plats och kamera följer inte med till läsarna.")
    },
    save_first: "Ladda upp omslaget",
    save: "Spara",
    remove: "Ta bort omslaget",
    saved: "Omslaget är sparat.",
    removed: "Omslaget är borttaget.",
    stale: "Någon annan ändrade omslaget medan du skrev. Här är omslaget som det är nu. Det du skrev står kvar. Kontrollera, välj bilden igen om den ska bytas och spara.",
    lost: "Bilden kom inte med, eftersom du hade loggats ut. Välj den igen.",
    error: |error, megabytes| match error {
        CoverError::Missing => "Välj en bild".to_owned(),
        CoverError::Empty => "Filen är tom. Välj en annan bild".to_owned(),
        CoverError::TooLarge => format!("Bilden måste vara högst {megabytes} megabyte"),
        CoverError::BrokenOff => "Bilden kom inte fram hel. Försök igen".to_owned(),
        CoverError::Kind => "Bilden måste vara PNG eller JPEG. Namnet räcker inte, innehållet måste vara det också".to_owned(),
        CoverError::Damaged => "Bilden är skadad eller avklippt. Spara den igen och ladda upp den nya".to_owned(),
        CoverError::TooManyDots => "Bilden har för många bildpunkter. Förminska den till högst 40 miljoner och försök igen".to_owned(),
        CoverError::TooSmall => "Bilden måste vara minst 100 bildpunkter på varje håll".to_owned(),
        CoverError::Stretched => "Bilden får vara högst fyra gånger så hög som bred, eller fyra gånger så bred som hög".to_owned(),
        CoverError::NoSwedish => "Beskriv bilden på svenska, eller ange att den är dekoration".to_owned(),
        CoverError::NoEnglish => "Beskriv bilden på engelska, eller ange att den är dekoration".to_owned(),
        CoverError::LongSwedish => "Beskrivningen på svenska måste vara högst 250 tecken".to_owned(),
        CoverError::LongEnglish => "Beskrivningen på engelska måste vara högst 250 tecken".to_owned(),
        CoverError::Both => "Välj antingen en beskrivning eller att bilden är dekoration".to_owned(),
    },
};
