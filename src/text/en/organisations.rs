use crate::kit::{EmailError, GiroError, OrgNrError, OrgRole, PeppolError, PostalCodeError};
use crate::organisations::model::{Kind, Status};
use crate::organisations::rules::{Wrong, field};
use crate::text::organisations::{
    EditTexts, FactTexts, InvitedTexts, JoinTexts, LeaveTexts, MemberTexts, MembersTexts, MyOrganisationsTexts, NewOrganisationTexts,
    OneOrganisationTexts, OrganisationMailTexts, Organisations, RequestTexts,
};

use super::site::SITE;

/// What a field asks for, after "Enter".
fn noun(name: &str) -> &'static str {
    match name {
        field::NAME => "the organisation’s name",
        field::STREET => "street address or PO box",
        field::POSTAL_CODE => "postal code",
        field::CITY => "town or city",
        field::MESSAGE => "why you want to join",
        _ => "the answer",
    }
}

fn wrong(name: &str, wrong: Wrong) -> String {
    match wrong {
        Wrong::Missing => format!("Enter {}", noun(name)),
        Wrong::Long(most) => match name {
            field::NAME => format!("Name must be {most} characters or fewer"),
            field::STREET => format!("Street address must be {most} characters or fewer"),
            field::CITY => format!("Town or city must be {most} characters or fewer"),
            _ => format!("The text must be {most} characters or fewer"),
        },
        Wrong::Choose => match name {
            field::KIND => "Choose what kind of organisation it is",
            field::MUNICIPALITY => "Choose a municipality",
            _ => "Choose a role",
        }
        .to_owned(),
        Wrong::Orgnr(error) => match error {
            OrgNrError::Empty => "Enter the Swedish organisation number with 10 digits, such as 202100-0068",
            OrgNrError::Character | OrgNrError::Length => "Organisation number must have 10 digits, such as 202100-0068",
            OrgNrError::NotOrganisation => "The number looks like a personal identity number. Enter the organisation’s number",
            OrgNrError::CheckDigit => "Check the organisation number. The last digit does not fit the others",
        }
        .to_owned(),
        Wrong::Email(EmailError::Empty) => "Enter an e-mail address, such as name@exempelby.se".to_owned(),
        Wrong::Email(error) => (SITE.email)(error).to_owned(),
        Wrong::PostalCode(PostalCodeError::Empty) => "Enter postal code".to_owned(),
        Wrong::PostalCode(_) => "Postal code must have five digits, such as 123 45".to_owned(),
        Wrong::Giro(error) => {
            let (noun, digits) = if name == field::BANKGIRO { ("Bankgiro", "7 or 8") } else { ("Plusgiro", "2 to 8") };
            match error {
                GiroError::CheckDigit => format!("Check the {}. The last digit does not fit the others", noun.to_lowercase()),
                GiroError::Zero => format!("{noun} must begin with another digit than 0"),
                GiroError::Empty | GiroError::Character | GiroError::Length => format!("{noun} must have {digits} digits"),
            }
        }
        Wrong::Peppol(error) => match error {
            PeppolError::Empty | PeppolError::Scheme => "Peppol ID must begin with four digits and a colon, such as 0007:2021000068",
            PeppolError::Length | PeppolError::Character => "Check the Peppol ID. There must be ten digits after 0007:",
            PeppolError::CheckDigit => "Check the Peppol ID. The last digit does not fit the others",
            PeppolError::NotOrganisation => "Enter the organisation’s Peppol ID, not a personal identity number",
        }
        .to_owned(),
    }
}

pub const ORGANISATIONS: Organisations = Organisations {
    kind: |kind| match kind {
        Kind::Municipality => "Municipality",
        Kind::Region => "Region",
        Kind::MunicipalAssociation => "Municipal association",
        Kind::StateAgency => "State agency",
        Kind::Association => "Association",
        Kind::Foundation => "Foundation",
        Kind::Company => "Company",
        Kind::University => "University",
        Kind::ReligiousCommunity => "Religious community",
        Kind::Other => "Other",
    },
    role: |role| match role {
        OrgRole::Reader => "Reader",
        OrgRole::Editor => "Editor",
        OrgRole::Signatory => "Authorised signatory",
    },
    role_may: |role| match role {
        OrgRole::Reader => "Sees the organisation’s details and cases.",
        OrgRole::Editor => "Writes applications and reports, and changes the organisation’s details.",
        OrgRole::Signatory => "Signs for the organisation and decides who belongs to it.",
    },
    status: |status| match status {
        Status::Unverified => "Not checked",
        Status::Verified => "Checked",
        Status::Retired => "Closed",
        Status::Merged => "Merged",
    },
    wrong,
    fields: FactTexts {
        orgnr: "Swedish organisation number",
        orgnr_hint: "10 digits, such as 202100\u{2060}-\u{2060}0068",
        name: "Name of the organisation",
        name_hint: "As in the certificate of registration, such as Exempelby kommun.",
        kind: "Kind of organisation",
        kind_choose: "Choose kind",
        municipality: "Municipality",
        municipality_hint: "Where the organisation has its seat.",
        municipality_choose: "Choose municipality",
        address: "Postal address",
        street: "Street address or PO box",
        postal_code: "Postal code",
        city: "Town or city",
        email: "The organisation’s e-mail address",
        email_hint: "The official address, such as registrator@exempelby.se. Not your own.",
        payment: "Payment",
        payment_hint: "Where we pay grants to. You can enter it later.",
        bankgiro: "Bankgiro (optional)",
        bankgiro_short: "Bankgiro",
        plusgiro: "Plusgiro (optional)",
        plusgiro_short: "Plusgiro",
        peppol: "Peppol ID for e-invoices (optional)",
        peppol_short: "Peppol ID",
        peppol_hint: "For example 0007:2021000068",
        status: "State",
        empty: "Not entered",
    },
    mine: MyOrganisationsTexts {
        title: "My organisations",
        none: "You do not belong to any organisation yet. Add the one that you work for, and you can apply for funding for it.",
        caption: "Organisations that you belong to",
        role: "Your role",
        add: "Add an organisation",
        asked_title: "You have asked to join",
        asked: |name, when| format!("{name}, {when}. You get an e-mail when there is an answer."),
        left: "You no longer belong to the organisation.",
        sent: "Your request is sent. You get an e-mail when there is an answer.",
        invited_title: "You are invited",
        invited: |name, role, until| format!("{name}, as {}. The invitation holds until {until}.", role.to_lowercase()),
        accept: "Accept",
        accept_which: |name| format!("Accept the invitation to {name}"),
        decline: "Decline",
        decline_which: |name| format!("Decline the invitation to {name}"),
        declined: "You have declined the invitation.",
        is_invited: |name| format!("Answer the invitation to {name}"),
        wait: |name, count| {
            if count == 1 { format!("Answer a request to join {name}") } else { format!("Answer {count} requests to join {name}") }
        },
    },
    new: NewOrganisationTexts {
        title: "Add an organisation",
        lead: "Enter the organisation’s number, and we see whether it is here already.",
        next: "Continue",
        facts_title: "The organisation’s details",
        facts_lead: "You become the organisation’s authorised signatory here. We check the details before we decide about funding.",
        submit: "Add the organisation",
    },
    join: JoinTexts {
        title: "The organisation is here already",
        lead: |name, orgnr| {
            format!("{name} ({orgnr}) is in the portal already. Ask to join, and whoever represents the organisation answers.")
        },
        who: "Whoever answers sees your name, your e-mail address and what you write.",
        message: "Why do you want to join?",
        message_hint: "Say for example what you work with in the organisation.",
        submit: "Ask to join",
        has_asked: |when| format!("You asked to join on {when} and have no answer yet. You get an e-mail when there is an answer."),
        closed: "The organisation is closed here, so nobody can join it. Contact us if it still exists.",
    },
    one: OneOrganisationTexts {
        unverified: "We have not checked the organisation yet. You can begin an application anyway.",
        retired: "The organisation is closed. You can read what there is, but nothing can be changed. You can leave the organisation whenever you want. Contact us if this is wrong.",
        your_role: |role| format!("Your role: {role}"),
        edit: "Change the details",
        people: "People",
        leave: "Leave the organisation",
        created: "The organisation is added.",
        accepted: "You now belong to the organisation.",
        saved: "The details are saved.",
    },
    edit: EditTexts {
        title: "Change the organisation’s details",
        number_stays: "The organisation number cannot be changed. Contact us if it is wrong.",
        submit: "Save",
        stale: "Someone else changed the details since you opened the page. What you entered is in the fields. Save again if it should hold.",
        holds_now: "This holds now:",
    },
    people: MembersTexts {
        title: "People",
        caption: "People who belong to the organisation",
        name: "Name",
        email: "E-mail address",
        role: "Role",
        since: "Since",
        change: "Change",
        change_whose: |name| format!("Change the role of {name}"),
        you: "you",
        requests: "Want to join",
        request_by: |name, when| format!("{name}, {when}"),
        invitations: "Invited",
        invited: |email, role, until| format!("{email}, {role}. The invitation holds until {until}."),
        expired: |email, role, until| format!("{email}, {role}. The invitation ran out on {until}."),
        send_again: "Send again",
        send_again_to: |email| format!("Send again the invitation to {email}"),
        withdraw: "Take back",
        withdraw_from: |email| format!("Take back the invitation to {email}"),
        invite: "Invite someone",
        invite_lead: "The person gets an e-mail with a link and has to sign in with that very address. The link is valid for 14 days.",
        invite_email: "E-mail address",
        invite_role: "Role",
        invite_submit: "Send the invitation",
        was_sent: "The invitation is sent.",
        was_withdrawn: "The invitation is taken back, and its link is no longer valid.",
        was_changed: "The role is changed.",
        was_removed: "The person no longer belongs to the organisation.",
        was_let_in: "The person now belongs to the organisation and has got an e-mail.",
        was_refused: "The request is refused, and the person has got an e-mail.",
        is_member: "The person belongs to the organisation already",
        is_invited: "The address has an invitation already. Send it again if the e-mail has not arrived",
        dead: "The invitation was used or taken back already",
    },
    member: MemberTexts {
        role: "Role",
        save: "Save the role",
        remove: "Remove the person from the organisation",
        remove_lead: "The person can no longer open the organisation’s details and cases. What the person has done stays.",
        last: "There must be at least one authorised signatory. Give the role to someone else first",
        stale: |role| {
            format!("Someone else changed the role since you opened the page. Now it is {role}. Save again if your choice should hold")
        },
    },
    request: RequestTexts {
        title: "Wants to join the organisation",
        from: "From",
        when: "Sent",
        message: "Message",
        check: "Make sure that you know who it is. The e-mail address is confirmed, but the name is what the person has entered.",
        role: "Role if the person may join",
        approve: "Let the person join",
        refuse: "Refuse",
        answered: "The request is answered already",
        is_member: "The person belongs to the organisation already",
    },
    leave: LeaveTexts {
        title: "Leave the organisation",
        lead: |name| {
            format!("You can no longer open details and cases of {name}. What you have done stays. To come back you need a new invitation.")
        },
        lead_closed: |name| format!("{name} is closed. You can no longer open what is left to read. What you have done stays with us."),
        submit: "Leave the organisation",
        last: "You are the only one who represents the organisation. Make someone else authorised signatory first",
    },
    invited: InvitedTexts {
        title: |name| format!("Invitation to {name}"),
        lead: |role| format!("You are invited to the organisation. Your role will be {role}."),
        submit: "Join",
        dead_title: "The invitation is no longer valid",
        dead: "An invitation is valid for 14 days, can be used once and can be taken back. Ask whoever invited you to send a new one.",
        other_title: "The invitation is for another address",
        other: |who| {
            format!(
                "You are signed in as {who}, but the invitation was sent to another e-mail address. Sign out and sign in with the address that got it, or ask for an invitation to this one."
            )
        },
    },
    mail: OrganisationMailTexts {
        invited_subject: |name| format!("Invitation to {name} in Brå’s portal"),
        invited: |by, name, role| format!("{by} invites you to {name} in Brå’s portal. Your role will be {role}."),
        invited_link: "Answer the invitation",
        invited_how: |email| format!("Sign in with the address {email}. You need no password."),
        invited_until: |clock| format!("The link is valid until {clock}, Swedish time, and can be used once."),
        invited_unknown: "You do not know the organisation? Then you need not do anything.",
        asked_subject: |name| format!("Someone wants to join {name}"),
        asked: |by, name| {
            format!("{by} wants to join {name} in Brå’s portal. You get this e-mail because you are an authorised signatory.")
        },
        asked_check: "Sign in to read what the person writes, and answer.",
        asked_link: "Read and answer",
        answered_subject: |name| format!("Answer to your request to join {name}"),
        approved: |name| format!("You now belong to {name} in Brå’s portal."),
        approved_link: "Open the organisation",
        refused: |name| format!("Your request to join {name} in Brå’s portal is refused."),
        refused_why: "Contact the organisation if you want to know why.",
    },
    last_closes: "You are the only one who represents an organisation. Make someone else authorised signatory before you close the account, or ask us to close the organisation.",
};
