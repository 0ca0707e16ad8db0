use crate::kit::{EmailError, PhoneError};
use crate::text::site::{ErrorTexts, SessionQuestion, Site};

pub const SITE: Site = Site {
    agency: "Brå",
    agency_long: "Brottsförebyggande rådet",
    portal: "Brås portal",
    home: "Start",
    home_label: "Brå, Brottsförebyggande rådet – till startsidan",
    skip_to_content: "Till innehållet",
    navigation_label: "Huvudmeny",
    menu: "Meny",
    publications: "Publikationer",
    calls: "Utlysningar",
    about: "Om portalen",
    contact: "Kontakt",
    sign_in: "Logga in",
    my_pages: "Mina sidor",
    staff_house: "Handläggning",
    brought_back: "Du hade blivit utloggad när du skickade. Det du skrev finns kvar här nedanför: skicka det en gång till.",
    basket: |count| if count == 0 { "Kundkorg".to_owned() } else { format!("Kundkorg ({count})") },
    other_language: "In English",
    components: "Komponenter",
    back_label: "Tillbaka",
    trail_label: "Här är du",
    footer_links: "Om webbplatsen",
    accessibility: "Tillgänglighet",
    cookies: "Kakor",
    personal_data: "Personuppgifter",
    terms: "Köpvillkor",
    register: "Diarium",
    demo_tag: "Demonstration",
    demo_notice: "Priser, lagersaldon och vissa ISBN är exempel. Inget skickas på riktigt.",
    demo_mail: "Läs de e-brev som portalen har skrivit",
    error_prefix: "Fel: ",
    session: SessionQuestion {
        title: "Vill du fortsätta?",
        soon: "Du loggas ut om mindre än fem minuter, eftersom inget har hänt på ett tag.",
        stay: "Fortsätt vara inloggad",
        leave: "Logga ut nu",
        over: "Du har blivit utloggad. Det du har skrivit på sidan finns kvar: skicka det som vanligt, logga in igen, så finns det i formuläret.",
        understood: "Jag förstår",
    },
    errors: ErrorTexts {
        bad_request: ("Vi kunde inte läsa det du skickade", "Gå tillbaka till sidan och försök igen."),
        forbidden: (
            "Du kan inte göra det här härifrån",
            "Formuläret skickades från en annan webbplats, eller så saknar du behörighet. Öppna sidan på nytt här och skicka formuläret igen.",
        ),
        lacks_role: ("Du har inte behörighet till sidan", |who| {
            format!("Du är inloggad som {who}. Byt konto om du har ett annat, eller be en administratör om rollen som behövs.")
        }),
        not_found: (
            "Sidan finns inte",
            "Kontrollera att adressen är rätt skriven. Har du följt en länk ur ett e-brev: kontrollera att hela länken kom med.",
        ),
        method: ("Sidan kan inte användas så", "Gå till startsidan och leta dig fram därifrån."),
        gone: ("Publikationen är avpublicerad", "Den har funnits här, men visas inte längre. Kontakta oss om du behöver den."),
        too_large: (
            "Det du skickade är för stort",
            "Korta texten och skicka igen. Det du skrev finns kvar om du går tillbaka i webbläsaren.",
        ),
        too_many: ("För många försök på kort tid", "Vänta några minuter och försök igen."),
        internal: ("Något gick fel hos oss", "Felet är registrerat. Försök igen om en stund. Det du hade sparat finns kvar."),
        unavailable: ("Portalen är upptagen", "Ingenting har gått förlorat. Vänta en halv minut och försök igen."),
        reference: |reference| format!("Ange referens {reference} om du kontaktar oss."),
        go_home: "Till startsidan",
        go_publications: "Sök bland publikationer",
    },
    email: |error| match error {
        EmailError::Empty => "Ange din e-postadress",
        EmailError::NoAt | EmailError::Local | EmailError::Domain => {
            "E-postadressen måste ha ett namn, ett @ och en domän, till exempel namn@kommun.se"
        }
        EmailError::SeveralAts => "Ange bara en e-postadress",
        EmailError::Space => "E-postadressen måste skrivas utan mellanslag",
        EmailError::NotAscii => "E-postadressen måste skrivas utan å, ä, ö och andra särskilda bokstäver",
        EmailError::Character => "Ta bort tecken som inte hör till e-postadressen, till exempel komma eller parentes",
        EmailError::TooLong => "E-postadressen måste vara högst 254 tecken",
    },
    phone: |error| match error {
        PhoneError::Empty | PhoneError::Character => "Ange telefonnumret med siffror, till exempel 070-123 45 67",
        PhoneError::TooShort => "Telefonnumret måste ha minst 5 siffror. Ange riktnumret också",
        PhoneError::TooLong => "Telefonnumret måste ha högst 15 siffror",
    },
};
