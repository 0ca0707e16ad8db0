use crate::text::openid::*;

pub const OPENID: OpenId = OpenId {
    with: |provider| format!("Logga in med {provider}"),
    by_mail: "Med e-post",
    for_staff: "För dig som arbetar på Brå",
    for_staff_lead: "Logga in med samma konto som i ditt vanliga arbete.",
    refused: RefusedTexts {
        title: "Du är inte inloggad",
        again: "Till inloggningen",
        to_ways: "Till Inloggningssätt",
        dead: "Inloggningen gäller i tio minuter och kan bara användas en gång. Börja om från inloggningen.",
        other_browser: "Inloggningen började i en annan webbläsare. Börja om i den här.",
        cancelled: "Inloggningen avbröts. Du kan försöka igen, eller logga in med e-post.",
        disabled: "Kontot är spärrat. Kontakta Brå om du vill veta varför.",
        not_staff: "Det finns ingen medarbetare i portalen med din e-postadress. Be en administratör lägga till dig och ge dig en roll.",
        has_account: |provider| {
            format!(
                "Det finns redan ett konto med din e-postadress. Logga in med e-post, och lägg sedan till {provider} under Mina sidor, Inloggningssätt."
            )
        },
        no_address: |provider| {
            format!(
                "{provider} säger inte vilken e-postadress du har, och den behövs för ett konto. Logga in med e-post, och lägg sedan till {provider} under Mina sidor, Inloggningssätt."
            )
        },
        other_account: |provider| format!("Det konto du använde hos {provider} hör ihop med ett annat konto i portalen."),
        silent: |provider| format!("{provider} svarar inte just nu. Försök igen om en stund, eller logga in med e-post."),
        confused: |provider| {
            format!("{provider} svarade på ett sätt som vi inte kan använda. Försök igen om en stund, eller logga in med e-post.")
        },
        untrue: |provider| {
            format!("Svaret från {provider} gick inte att lita på, så vi släppte inte in dig. Försök igen, eller logga in med e-post.")
        },
    },
    ways: WaysTexts {
        title: "Inloggningssätt",
        lead: "Så här kan du logga in.",
        linked: "Inloggningssättet är tillagt.",
        removed: "Inloggningssättet är borttaget.",
        mail: |email| format!("Med en länk eller kod till {email}"),
        since: |provider, day| format!("Med {provider}, sedan {day}"),
        unknown: "en tjänst som inte används längre",
        remove: "Ta bort",
        remove_which: |provider| format!("Ta bort inloggning med {provider}"),
        more: "Lägg till ett sätt",
        link: |provider| format!("Lägg till {provider}"),
    },
};
