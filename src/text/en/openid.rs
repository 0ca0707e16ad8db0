use crate::text::openid::*;

pub const OPENID: OpenId = OpenId {
    with: |provider| format!("Sign in with {provider}"),
    by_mail: "By e-mail",
    for_staff: "For those who work at Brå",
    for_staff_lead: "Sign in with the same account as in your daily work.",
    refused: RefusedTexts {
        title: "You are not signed in",
        again: "To the sign-in page",
        to_ways: "To Ways to sign in",
        dead: "A sign-in is valid for ten minutes and works only once. Begin again from the sign-in page.",
        other_browser: "The sign-in was begun in another browser. Begin again in this one.",
        cancelled: "The sign-in was cancelled. You can try again, or sign in by e-mail.",
        disabled: "The account is blocked. Contact Brå if you want to know why.",
        not_staff: "Nobody on the portal’s staff has your e-mail address. Ask an administrator to add you and give you a role.",
        has_account: |provider| {
            format!(
                "There is already an account with your e-mail address. Sign in by e-mail, then add {provider} under My pages, Ways to sign in."
            )
        },
        no_address: |provider| {
            format!(
                "{provider} does not say which e-mail address you have, and an account needs one. Sign in by e-mail, then add {provider} under My pages, Ways to sign in."
            )
        },
        other_account: |provider| format!("The account you used at {provider} belongs to another account in the portal."),
        silent: |provider| format!("{provider} does not answer at the moment. Try again in a while, or sign in by e-mail."),
        confused: |provider| format!("{provider} answered in a way that we cannot use. Try again in a while, or sign in by e-mail."),
        untrue: |provider| {
            format!("The answer from {provider} could not be trusted, so we did not let you in. Try again, or sign in by e-mail.")
        },
    },
    ways: WaysTexts {
        title: "Ways to sign in",
        lead: "This is how you can sign in.",
        linked: "The way to sign in has been added.",
        removed: "The way to sign in has been removed.",
        mail: |email| format!("With a link or code to {email}"),
        since: |provider, day| format!("With {provider}, since {day}"),
        unknown: "a service that is no longer used",
        remove: "Remove",
        remove_which: |provider| format!("Remove signing in with {provider}"),
        more: "Add a way",
        link: |provider| format!("Add {provider}"),
    },
};
