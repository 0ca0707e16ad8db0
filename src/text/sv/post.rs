use crate::text::post::Post;

pub const POST: Post = Post {
    title: "E-brev som portalen har skrivit",
    lead: "Portalen visas som demonstration. Breven skickas inte till någon, utan visas här. De nyaste står först.",
    none: "Portalen har inte skrivit något e-brev än. Gör en beställning, så kommer bekräftelsen hit.",
    caption: "E-brev",
    from: "Från",
    to: "Till",
    subject: "Ämne",
    written: "Skrivet",
    state: "Läge",
    status: |code| match code {
        "sent" => "Skickat",
        "dead" => "Kunde inte skickas",
        _ => "Väntar på att skickas",
    },
    content: "Innehåll",
    gone: "Texten finns inte kvar: den togs bort när brevet skickades.",
    back: "Alla e-brev",
};
