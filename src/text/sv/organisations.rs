use crate::kit::{EmailError, GiroError, OrgNrError, OrgRole, PeppolError, PostalCodeError};
use crate::organisations::model::{Kind, Status};
use crate::organisations::rules::{Wrong, field};
use crate::text::organisations::{
    EditTexts, FactTexts, InvitedTexts, JoinTexts, LeaveTexts, MemberTexts, MembersTexts, MyOrganisationsTexts, NewOrganisationTexts,
    OneOrganisationTexts, OrganisationMailTexts, Organisations, RequestTexts,
};

use super::site::SITE;

/// What a field asks for, after "Ange".
fn noun(name: &str) -> &'static str {
    match name {
        field::NAME => "organisationens namn",
        field::STREET => "gatuadress eller box",
        field::POSTAL_CODE => "postnummer",
        field::CITY => "ort",
        field::MESSAGE => "varför du vill gå med",
        _ => "uppgiften",
    }
}

fn wrong(name: &str, wrong: Wrong) -> String {
    match wrong {
        Wrong::Missing => format!("Ange {}", noun(name)),
        Wrong::Long(most) => match name {
            field::NAME => format!("Namnet måste vara högst {most} tecken"),
            field::STREET => format!("Gatuadressen måste vara högst {most} tecken"),
            field::CITY => format!("Orten måste vara högst {most} tecken"),
            _ => format!("Texten måste vara högst {most} tecken"),
        },
        Wrong::Choose => match name {
            field::KIND => "Välj vad för slags organisation det är",
            field::MUNICIPALITY => "Välj en kommun",
            _ => "Välj en roll",
        }
        .to_owned(),
        Wrong::Orgnr(error) => match error {
            OrgNrError::Empty => "Ange organisationsnummer med 10 siffror, till exempel 202100-0068",
            OrgNrError::Character | OrgNrError::Length => "Organisationsnumret måste ha 10 siffror, till exempel 202100-0068",
            OrgNrError::NotOrganisation => "Numret ser ut som ett personnummer. Ange organisationens nummer",
            OrgNrError::CheckDigit => "Kontrollera organisationsnumret. Den sista siffran stämmer inte med de andra",
        }
        .to_owned(),
        // The usual sentence says "your"; here the address is somebody else's.
        Wrong::Email(EmailError::Empty) => "Ange en e-postadress, till exempel namn@exempelby.se".to_owned(),
        Wrong::Email(error) => (SITE.email)(error).to_owned(),
        Wrong::PostalCode(PostalCodeError::Empty) => "Ange postnummer".to_owned(),
        Wrong::PostalCode(_) => "Postnumret måste ha fem siffror, till exempel 123 45".to_owned(),
        Wrong::Giro(error) => {
            let (noun, digits) = if name == field::BANKGIRO { ("Bankgirot", "7 eller 8") } else { ("Plusgirot", "2 till 8") };
            match error {
                GiroError::CheckDigit => {
                    format!("Kontrollera {}. Den sista siffran stämmer inte med de andra", noun.to_lowercase())
                }
                GiroError::Zero => format!("{noun} måste börja med en annan siffra än 0"),
                GiroError::Empty | GiroError::Character | GiroError::Length => format!("{noun} måste ha {digits} siffror"),
            }
        }
        Wrong::Peppol(error) => match error {
            PeppolError::Empty | PeppolError::Scheme => "Peppol-ID måste börja med fyra siffror och kolon, till exempel 0007:2021000068",
            PeppolError::Length | PeppolError::Character => "Kontrollera Peppol-ID. Efter 0007: ska det stå tio siffror",
            PeppolError::CheckDigit => "Kontrollera Peppol-ID. Den sista siffran stämmer inte med de andra",
            PeppolError::NotOrganisation => "Ange organisationens Peppol-ID, inte ett personnummer",
        }
        .to_owned(),
    }
}

pub const ORGANISATIONS: Organisations = Organisations {
    kind: |kind| match kind {
        Kind::Municipality => "Kommun",
        Kind::Region => "Region",
        Kind::MunicipalAssociation => "Kommunalförbund",
        Kind::StateAgency => "Statlig myndighet",
        Kind::Association => "Förening",
        Kind::Foundation => "Stiftelse",
        Kind::Company => "Företag",
        Kind::University => "Universitet eller högskola",
        Kind::ReligiousCommunity => "Trossamfund",
        Kind::Other => "Annat",
    },
    role: |role| match role {
        OrgRole::Reader => "Läsare",
        OrgRole::Editor => "Redaktör",
        OrgRole::Signatory => "Behörig företrädare",
    },
    role_may: |role| match role {
        OrgRole::Reader => "Ser organisationens uppgifter och ärenden.",
        OrgRole::Editor => "Skriver ansökningar och redovisningar och ändrar organisationens uppgifter.",
        OrgRole::Signatory => "Skriver under för organisationen och bestämmer vilka som hör till den.",
    },
    status: |status| match status {
        Status::Unverified => "Inte kontrollerad",
        Status::Verified => "Kontrollerad",
        Status::Retired => "Avslutad",
        Status::Merged => "Sammanslagen",
    },
    wrong,
    fields: FactTexts {
        orgnr: "Organisationsnummer",
        orgnr_hint: "10 siffror, till exempel 202100\u{2060}-\u{2060}0068",
        name: "Organisationens namn",
        name_hint: "Som det står i registreringsbeviset, till exempel Exempelby kommun.",
        kind: "Slags organisation",
        kind_choose: "Välj slag",
        municipality: "Kommun",
        municipality_hint: "Där organisationen har sitt säte.",
        municipality_choose: "Välj kommun",
        address: "Postadress",
        street: "Gatuadress eller box",
        postal_code: "Postnummer",
        city: "Ort",
        email: "Organisationens e-postadress",
        email_hint: "Den officiella adressen, till exempel registrator@exempelby.se. Inte din egen.",
        payment: "Betalning",
        payment_hint: "Dit betalar vi ut bidrag. Du kan ange det senare.",
        bankgiro: "Bankgiro (frivilligt)",
        bankgiro_short: "Bankgiro",
        plusgiro: "Plusgiro (frivilligt)",
        plusgiro_short: "Plusgiro",
        peppol: "Peppol-ID för e-faktura (frivilligt)",
        peppol_short: "Peppol-ID",
        peppol_hint: "Till exempel 0007:2021000068",
        status: "Läge",
        empty: "Inte angivet",
    },
    mine: MyOrganisationsTexts {
        title: "Mina organisationer",
        none: "Du hör inte till någon organisation än. Lägg till den som du arbetar för, så kan du ansöka om bidrag för den.",
        caption: "Organisationer som du hör till",
        role: "Din roll",
        add: "Lägg till en organisation",
        asked_title: "Du har bett att få gå med",
        asked: |name, when| format!("{name}, {when}. Du får ett e-brev när du har fått svar."),
        left: "Du hör inte längre till organisationen.",
        sent: "Din begäran är skickad. Du får ett e-brev när du har fått svar.",
        invited_title: "Du är inbjuden",
        invited: |name, role, until| format!("{name}, som {}. Inbjudan gäller till {until}.", role.to_lowercase()),
        accept: "Tacka ja",
        accept_which: |name| format!("Tacka ja till {name}"),
        decline: "Tacka nej",
        decline_which: |name| format!("Tacka nej till {name}"),
        declined: "Du har tackat nej till inbjudan.",
        is_invited: |name| format!("Svara på inbjudan till {name}"),
        wait: |name, count| {
            if count == 1 {
                format!("Svara på en begäran om att gå med i {name}")
            } else {
                format!("Svara på {count} begäranden om att gå med i {name}")
            }
        },
    },
    new: NewOrganisationTexts {
        title: "Lägg till en organisation",
        lead: "Ange organisationens nummer, så ser vi om den redan finns här.",
        next: "Fortsätt",
        facts_title: "Organisationens uppgifter",
        facts_lead: "Du blir behörig företrädare för organisationen här. Vi kontrollerar uppgifterna innan vi beslutar om bidrag.",
        submit: "Lägg till organisationen",
    },
    join: JoinTexts {
        title: "Organisationen finns redan här",
        lead: |name, orgnr| {
            format!("{name} ({orgnr}) finns redan i portalen. Be att få gå med, så svarar den som företräder organisationen.")
        },
        who: "Den som svarar ser ditt namn, din e-postadress och det du skriver.",
        message: "Varför vill du gå med?",
        message_hint: "Skriv till exempel vad du arbetar med i organisationen.",
        submit: "Be att få gå med",
        has_asked: |when| format!("Du bad att få gå med {when} och har inte fått svar än. Du får ett e-brev när du har fått svar."),
        closed: "Organisationen är avslutad här, så det går inte att gå med. Kontakta oss om den finns kvar.",
    },
    one: OneOrganisationTexts {
        unverified: "Vi har inte kontrollerat organisationen än. Du kan börja på en ansökan ändå.",
        retired: "Organisationen är avslutad. Du kan läsa det som finns, men ingenting kan ändras. Du kan lämna organisationen när du vill. Kontakta oss om det är fel.",
        your_role: |role| format!("Din roll: {role}"),
        edit: "Ändra uppgifterna",
        people: "Personer",
        leave: "Lämna organisationen",
        created: "Organisationen är tillagd.",
        accepted: "Nu hör du till organisationen.",
        saved: "Uppgifterna är sparade.",
    },
    edit: EditTexts {
        title: "Ändra organisationens uppgifter",
        number_stays: "Organisationsnumret kan inte ändras. Kontakta oss om det är fel.",
        submit: "Spara",
        stale: "Någon annan har ändrat uppgifterna sedan du öppnade sidan. Det du skrev står i fälten. Spara igen om det ska gälla.",
        holds_now: "Det här gäller nu:",
    },
    people: MembersTexts {
        title: "Personer",
        caption: "Personer som hör till organisationen",
        name: "Namn",
        email: "E-postadress",
        role: "Roll",
        since: "Sedan",
        change: "Ändra",
        change_whose: |name| format!("Ändra rollen för {name}"),
        you: "du",
        requests: "Vill gå med",
        request_by: |name, when| format!("{name}, {when}"),
        invitations: "Inbjudna",
        invited: |email, role, until| format!("{email}, {role}. Inbjudan gäller till och med {until}."),
        expired: |email, role, until| format!("{email}, {role}. Inbjudan gick ut {until}."),
        send_again: "Skicka igen",
        send_again_to: |email| format!("Skicka igen inbjudan till {email}"),
        withdraw: "Ta tillbaka",
        withdraw_from: |email| format!("Ta tillbaka inbjudan till {email}"),
        invite: "Bjud in någon",
        invite_lead: "Personen får ett e-brev med en länk och behöver logga in med just den adressen. Länken gäller i 14 dagar.",
        invite_email: "E-postadress",
        invite_role: "Roll",
        invite_submit: "Skicka inbjudan",
        was_sent: "Inbjudan är skickad.",
        was_withdrawn: "Inbjudan är tillbakatagen, och länken gäller inte längre.",
        was_changed: "Rollen är ändrad.",
        was_removed: "Personen hör inte längre till organisationen.",
        was_let_in: "Personen hör nu till organisationen och har fått ett e-brev.",
        was_refused: "Begäran är avslagen, och personen har fått ett e-brev.",
        is_member: "Personen hör redan till organisationen",
        is_invited: "Adressen har redan en inbjudan. Skicka den igen om brevet inte har kommit fram",
        dead: "Inbjudan är redan använd eller tillbakatagen",
    },
    member: MemberTexts {
        role: "Roll",
        save: "Spara rollen",
        remove: "Ta bort personen ur organisationen",
        remove_lead: "Personen kommer inte längre åt organisationens uppgifter och ärenden. Det som personen har gjort finns kvar.",
        last: "Det måste finnas minst en behörig företrädare. Ge rollen till någon annan först",
        stale: |role| format!("Någon annan har ändrat rollen sedan du öppnade sidan. Nu är den {role}. Spara igen om ditt val ska gälla"),
    },
    request: RequestTexts {
        title: "Vill gå med i organisationen",
        from: "Från",
        when: "Skickad",
        message: "Meddelande",
        check: "Kontrollera att du vet vem det är. E-postadressen är bekräftad, men namnet har personen skrivit själv.",
        role: "Roll om personen får gå med",
        approve: "Låt personen gå med",
        refuse: "Avslå",
        answered: "Begäran är redan besvarad",
        is_member: "Personen hör redan till organisationen",
    },
    leave: LeaveTexts {
        title: "Lämna organisationen",
        lead: |name| {
            format!(
                "Du kommer inte längre åt uppgifter och ärenden för {name}. Det du har gjort finns kvar. För att komma tillbaka behöver du en ny inbjudan."
            )
        },
        lead_closed: |name| {
            format!("{name} är avslutad. Du kommer inte längre åt det som finns kvar att läsa. Det du har gjort finns kvar hos oss.")
        },
        submit: "Lämna organisationen",
        last: "Du är den enda som företräder organisationen. Gör någon annan till behörig företrädare först",
    },
    invited: InvitedTexts {
        title: |name| format!("Inbjudan till {name}"),
        lead: |role| format!("Du är inbjuden till organisationen. Din roll blir {role}."),
        submit: "Gå med",
        dead_title: "Inbjudan gäller inte längre",
        dead: "En inbjudan gäller i 14 dagar, kan användas en gång och kan tas tillbaka. Be den som bjöd in dig att skicka en ny.",
        other_title: "Inbjudan gäller en annan adress",
        other: |who| {
            format!(
                "Du är inloggad som {who}, men inbjudan skickades till en annan e-postadress. Logga ut och logga in med den adress som fick brevet, eller be om en inbjudan till den här."
            )
        },
    },
    mail: OrganisationMailTexts {
        invited_subject: |name| format!("Inbjudan till {name} i Brås portal"),
        invited: |by, name, role| format!("{by} bjuder in dig till {name} i Brås portal. Din roll blir {role}."),
        invited_link: "Svara på inbjudan",
        invited_how: |email| format!("Logga in med adressen {email}. Du behöver inget lösenord."),
        invited_until: |clock| format!("Länken gäller till {clock}, svensk tid, och kan användas en gång."),
        invited_unknown: "Känner du inte till organisationen? Då behöver du inte göra något.",
        asked_subject: |name| format!("Någon vill gå med i {name}"),
        asked: |by, name| format!("{by} vill gå med i {name} i Brås portal. Du får brevet eftersom du är behörig företrädare."),
        asked_check: "Logga in för att läsa vad personen skriver, och svara.",
        asked_link: "Läs och svara",
        answered_subject: |name| format!("Svar på din begäran att gå med i {name}"),
        approved: |name| format!("Nu hör du till {name} i Brås portal."),
        approved_link: "Öppna organisationen",
        refused: |name| format!("Din begäran att gå med i {name} i Brås portal är avslagen."),
        refused_why: "Kontakta organisationen om du vill veta varför.",
    },
    last_closes: "Du är den enda som företräder en organisation. Gör någon annan till behörig företrädare innan du avslutar kontot, eller be oss avsluta organisationen.",
};
