use crate::people::model::NoticeKind;
use crate::text::notices::{ChoiceTexts, EndTexts, NoticeLetterTexts, NoticesTexts};
use crate::text::sv::notices::NOTICES as SWEDISH;

pub const NOTICES: NoticesTexts = NoticesTexts {
    title: "Notices",
    caption: "What has happened, the latest first",
    what: "What",
    when: "When",
    doing: "Do",
    none: "Nothing has happened yet.",
    new: "New",
    unread: |count| match count {
        0 => "You have no unread notices.".to_owned(),
        1 => "You have one unread notice.".to_owned(),
        many => format!("You have {many} unread notices."),
    },
    unread_to_do: |count| if count == 1 { "Read a new notice".to_owned() } else { format!("Read {count} new notices") },
    open: "Show",
    open_which: |sentence| format!("Show: {sentence}"),
    read: "Mark as read",
    read_which: |sentence| format!("Mark as read: {sentence}"),
    read_all: "Mark all as read",
    was_read: "The notice is marked as read.",
    told: |kind, words| {
        let word = |name: &str| words.get(name);
        match kind {
            NoticeKind::Invited => format!("You are invited to {}.", word("organisation")),
            NoticeKind::Asked => format!("{} wants to join {}.", word("who"), word("organisation")),
            NoticeKind::RoleChanged => format!("Your role in {} has changed.", word("organisation")),
            NoticeKind::Removed => format!("You no longer belong to {}.", word("organisation")),
            NoticeKind::Merged => format!("{} has been merged into {}.", word("organisation"), word("into")),
            NoticeKind::Verified => format!("Brå has checked {}.", word("organisation")),
            NoticeKind::Retired => format!("{} has been closed here.", word("organisation")),
            NoticeKind::NewSignIn => match word("browser") {
                "" => "Someone has signed in to your account in a new browser. If it was not you, end that session.".to_owned(),
                browser => format!("Someone has signed in to your account in {browser}. If it was not you, end that session."),
            },
            NoticeKind::ApplicationInvited => format!("You are invited to write in an application from {}.", word("organisation")),
            NoticeKind::SignatureAsked => {
                format!("An application from {} waits for your signature: {}.", word("organisation"), word("title"))
            }
            NoticeKind::ApplicationSigned => format!("An application from {} is signed: {}.", word("organisation"), word("title")),
            NoticeKind::ApplicationReceived => format!("Brå has received application {} from {}.", word("number"), word("organisation")),
            NoticeKind::ApplicationWithdrawn => format!("Application {} from {} is withdrawn.", word("number"), word("organisation")),
            NoticeKind::CallChanged => format!("A call that you have begun to apply under has changed: {}.", word("title")),
            NoticeKind::MoreTime => format!("{} has more time for an application: until {}.", word("organisation"), word("when")),
            NoticeKind::FileQuarantined => format!("A file that you attached holds harmful code and is stopped: {}.", word("file")),
            NoticeKind::LowStock
            | NoticeKind::DraftAwaitsReview
            | NoticeKind::ImportAwaits
            | NoticeKind::CallAwaitsReview
            | NoticeKind::CallQuestion => (SWEDISH.told)(kind, words),
            NoticeKind::DisclosureCame => format!("Någon begär att få ta del av handlingar: {}.", word("number")),
            NoticeKind::DecisionAsked => format!("Någon vill ha ett skriftligt beslut om handlingar: {}.", word("number")),
            NoticeKind::DisclosureLate => format!("En begäran om handlingar har väntat för länge: {}.", word("number")),
        }
    },
    name: |kind| match kind {
        NoticeKind::Invited => "Invitation to an organisation",
        NoticeKind::Asked => "Someone wants to join an organisation",
        NoticeKind::RoleChanged => "Your role in an organisation has changed",
        NoticeKind::Removed => "You no longer belong to an organisation",
        NoticeKind::Merged => "An organisation has been merged into another",
        NoticeKind::Verified => "An organisation has been checked",
        NoticeKind::Retired => "An organisation has been closed",
        NoticeKind::NewSignIn => "Signing in with a new browser",
        NoticeKind::ApplicationInvited => "Invitation to an application",
        NoticeKind::SignatureAsked => "An application waits for your signature",
        NoticeKind::ApplicationSigned => "An application is signed",
        NoticeKind::ApplicationReceived => "Brå has received an application",
        NoticeKind::ApplicationWithdrawn => "An application is withdrawn",
        NoticeKind::CallChanged => "A call has changed",
        NoticeKind::MoreTime => "More time for an application",
        NoticeKind::FileQuarantined => "An attached file is stopped",
        NoticeKind::LowStock
        | NoticeKind::DraftAwaitsReview
        | NoticeKind::ImportAwaits
        | NoticeKind::CallAwaitsReview
        | NoticeKind::CallQuestion => (SWEDISH.name)(kind),
        NoticeKind::DisclosureCame => "En begäran om allmänna handlingar",
        NoticeKind::DecisionAsked => "Någon vill ha ett beslut om handlingar",
        NoticeKind::DisclosureLate => "En begäran om handlingar har väntat för länge",
    },
    mail: |kind| match kind {
        NoticeKind::Invited => "You are invited to an organisation in Brå's portal",
        NoticeKind::Asked => "Someone wants to join your organisation in Brå's portal",
        NoticeKind::RoleChanged => "Your role in an organisation has changed",
        NoticeKind::Removed => "You no longer belong to an organisation",
        NoticeKind::Merged => "Your organisation has been merged into another",
        NoticeKind::Verified => "Brå has checked your organisation",
        NoticeKind::Retired => "Your organisation has been closed in Brå's portal",
        NoticeKind::NewSignIn => "New sign-in to your account in Brå's portal",
        NoticeKind::ApplicationInvited => "You are invited to write in an application in Brå's portal",
        NoticeKind::SignatureAsked => "An application waits for your signature",
        NoticeKind::ApplicationSigned => "An application is signed",
        NoticeKind::ApplicationReceived => "Brå has received your application",
        NoticeKind::ApplicationWithdrawn => "An application is withdrawn",
        NoticeKind::CallChanged => "A call that you have begun to apply under has changed",
        NoticeKind::MoreTime => "You have more time for an application",
        NoticeKind::FileQuarantined => "A file that you attached is stopped",
        NoticeKind::LowStock
        | NoticeKind::DraftAwaitsReview
        | NoticeKind::ImportAwaits
        | NoticeKind::CallAwaitsReview
        | NoticeKind::CallQuestion => (SWEDISH.mail)(kind),
        NoticeKind::DisclosureCame => "En begäran om allmänna handlingar",
        NoticeKind::DecisionAsked => "Någon vill ha ett beslut om handlingar",
        NoticeKind::DisclosureLate => "En begäran om handlingar har väntat för länge",
    },
    letter: NoticeLetterTexts {
        sign_in: "Sign in to read more.",
        read: "Read more in Brå's portal",
        why: "You get this message because you have an account in Brå's portal.",
        choose: "Choose how often you want mail",
        end: |name| format!("Stop mail of the kind “{name}”"),
        end_daily: "Stop the daily mail",
        daily: "Something has happened in Brå's portal",
        of_kind: |name, count| if count == 1 { name.to_owned() } else { format!("{name} ({count})") },
    },
    choices: ChoiceTexts {
        title: "Mail about notices",
        lead: "Everything that happens is listed among your notices. Here you choose whether you want mail as well. Receipts, decisions, invitations and other things that you must have are always sent at once.",
        general: "How often do you want mail?",
        general_hint: "The daily mail comes at seven in the morning, when something has happened.",
        kinds: "If you want to choose for each kind",
        as_general: "As above",
        each: "At once",
        daily: "Gathered once a day",
        never: "Never",
        missing: "Select how often you want mail",
        submit: "Save",
        saved: "Your choice is saved.",
        stale: "Your account has changed in another window since you opened the page. What you chose is in the fields. Save again if it is to apply. This applies now:",
    },
    end: EndTexts {
        title: "Stop mail",
        kind: |name| format!("This is about mail of the kind “{name}”. What happens is still listed among your notices."),
        daily: "This is about the daily mail. What happens is still listed among your notices.",
        submit: "Stop",
        done: "You will get no more such mail",
        unknown: "The link cannot be read",
        unknown_lead: "It may have been cut off on its way. Sign in and choose which mail you want.",
    },
};
