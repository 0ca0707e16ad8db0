use crate::text::staff::organisations::{EndTexts, MergeTexts, RetireTexts, StaffOneTexts, StaffOrganisationTexts};

pub const ORGANISATIONS: StaffOrganisationTexts = StaffOrganisationTexts {
    title: "Organisationer",
    caption: "Organisationer",
    find: "Sök organisation",
    find_hint: "Skriv en del av namnet eller organisationsnumret.",
    any_kind: "Alla slag",
    any_municipality: "Alla kommuner",
    any_status: "Alla lägen",
    asked: "Visa bara dem som någon vill gå med i",
    search: "Sök",
    count: |count| if count == 1 { "1 organisation".to_owned() } else { format!("{count} organisationer") },
    none: "Ingen organisation stämmer med sökningen. Sök på en kortare del av namnet eller välj färre villkor.",
    requests: "Vill gå med",
    one: StaffOneTexts {
        members: "Personer",
        no_members: "Ingen hör till organisationen.",
        nobody_signs: "Ingen kan skriva under för organisationen.",
        became: "Organisationen är sammanslagen med",
        was: "Sammanslagna hit",
        verify: "Markera som kontrollerad",
        verify_lead: "Kontrollera först organisationsnumret, namnet och vem som får skriva under.",
        unverify: "Ta bort kontrollmärkningen",
        unverify_lead: "Organisationen visas som inte kontrollerad tills någon kontrollerar den igen.",
        reopen: "Öppna organisationen igen",
        reopen_lead: "De som hör till organisationen kan ändra igen. Den visas som inte kontrollerad.",
        more: "Fler åtgärder",
        stale: "Någon har ändrat organisationen sedan du öppnade sidan. Läs det som gäller nu och försök igen",
        was_verified: "Organisationen är kontrollerad.",
        was_unverified: "Kontrollmärkningen är borttagen.",
        was_reopened: "Organisationen är öppen igen.",
        was_retired: "Organisationen är avslutad.",
        was_merged: "Organisationerna är sammanslagna.",
        was_let_in: "Personen hör nu till organisationen och har fått ett e-brev.",
        was_refused: "Begäran är avslagen, och personen har fått ett e-brev.",
        was_removed: "Personen hör inte längre till organisationen.",
    },
    end: EndTexts {
        end: "Ta bort",
        end_whose: |name| format!("Ta bort {name}"),
        title: "Ta bort en person ur organisationen",
        lead: |organisation| {
            format!(
                "Personen kommer inte längre åt något för {organisation} och får en avisering om det. Det personen har gjort finns kvar."
            )
        },
        reason: "Skäl",
        reason_hint: "Skriv sakligt. Skälet syns här för handläggare, och för personen själv i filen med egna uppgifter.",
        reason_missing: "Ange varför personen tas bort",
        last: "Personen är den enda som kan skriva under för organisationen. Tas personen bort kan ingen skriva under eller bjuda in någon, förrän en handläggare släpper in en ny behörig företrädare.",
        confirm: "Ja, ta bort personen ändå",
        unconfirmed: "Bekräfta att organisationen blir utan någon som kan skriva under",
        stale: "Någon har ändrat personens roll sedan du öppnade sidan. Läs det som gäller nu och försök igen",
        submit: "Ta bort personen",
        ended: "Borttagna av handläggare",
        was_ended: |name, role, day, by| {
            let name = if name.is_empty() { "En person med avslutat konto" } else { name };
            let by = if by.is_empty() { "en handläggare med avslutat konto" } else { by };
            format!("{name} ({}) togs bort {day} av {by}.", role.to_lowercase())
        },
    },
    merge: MergeTexts {
        title: "Slå ihop med en annan organisation",
        lead: |name| format!("{name} går upp i en annan organisation. Ange numret på den som ska vara kvar."),
        into: "Organisationsnummer för den som ska vara kvar",
        next: "Fortsätt",
        check: "Kontrollera att det är rätt organisationer. Det går inte att ångra.",
        goes: "Går upp i den andra",
        stays: "Är kvar",
        what: |from, into| {
            format!(
                "Personer, inbjudningar och begäranden flyttas från {from} till {into}. {from} finns kvar som uppgift och visar vidare, och numret kan inte läggas till igen."
            )
        },
        submit: "Slå ihop",
        not_into: "Numret måste höra till en annan organisation här som är öppen",
    },
    retire: RetireTexts {
        title: "Avsluta organisationen",
        lead: |name| format!("De som hör till {name} kan läsa men inte ändra något, och ingen kan gå med. Organisationen kan öppnas igen."),
        submit: "Avsluta organisationen",
    },
};
