use crate::kit::{EmailError, PhoneError};
use crate::text::site::{ErrorTexts, SessionQuestion, Site};

pub const SITE: Site = Site {
    agency: "Brå",
    agency_long: "Swedish National Council for Crime Prevention",
    portal: "Brå’s portal",
    home: "Home",
    home_label: "Brå, Swedish National Council for Crime Prevention – home page",
    skip_to_content: "Skip to main content",
    navigation_label: "Main menu",
    menu: "Menu",
    publications: "Publications",
    calls: "Calls",
    about: "About the portal",
    contact: "Contact",
    sign_in: "Sign in",
    my_pages: "My pages",
    staff_house: "Case handling",
    brought_back: "You had been signed out when you sent this. What you wrote is still here below: send it once more.",
    basket: |count| if count == 0 { "Basket".to_owned() } else { format!("Basket ({count})") },
    other_language: "På svenska",
    components: "Components",
    back_label: "Back",
    trail_label: "You are here",
    footer_links: "About this website",
    accessibility: "Accessibility",
    cookies: "Cookies",
    personal_data: "Personal data",
    terms: "Terms of purchase",
    register: "Public register",
    demo_tag: "Demonstration",
    demo_notice: "Prices, stock and some ISBNs are examples. Nothing is really sent.",
    demo_mail: "Read the e-mails that the portal has written",
    error_prefix: "Error: ",
    session: SessionQuestion {
        title: "Do you want to continue?",
        soon: "You will be signed out in less than five minutes, since nothing has happened for a while.",
        stay: "Stay signed in",
        leave: "Sign out now",
        over: "You have been signed out. What you wrote on the page is still there: send it as usual, sign in again, and it is in the form.",
        understood: "I understand",
    },
    errors: ErrorTexts {
        bad_request: ("We could not read what you sent", "Go back to the page and try again."),
        forbidden: (
            "You cannot do this from here",
            "The form was sent from another website, or you do not have permission. Open the page again here and send the form once more.",
        ),
        lacks_role: ("You may not open this page", |who| {
            format!("You are signed in as {who}. Change account if you have another one, or ask an administrator for the role you need.")
        }),
        not_found: (
            "Page not found",
            "Check that the address is spelled correctly. If you followed a link in an e-mail, check that the whole link came along.",
        ),
        method: ("The page cannot be used this way", "Go to the home page and find your way from there."),
        gone: ("The publication has been withdrawn", "It used to be here but is no longer shown. Contact us if you need it."),
        too_large: (
            "What you sent is too large",
            "Shorten the text and send it again. What you wrote is still there if you go back in the browser.",
        ),
        too_many: ("Too many attempts in a short time", "Wait a few minutes and try again."),
        internal: (
            "Something went wrong on our side",
            "The fault has been recorded. Try again in a while. What you had saved is still there.",
        ),
        unavailable: ("The portal is busy", "Nothing has been lost. Wait half a minute and try again."),
        reference: |reference| format!("Quote reference {reference} if you contact us."),
        go_home: "Go to the home page",
        go_publications: "Search publications",
    },
    email: |error| match error {
        EmailError::Empty => "Enter your e-mail address",
        EmailError::NoAt | EmailError::Local | EmailError::Domain => {
            "E-mail address must have a name, an @ and a domain, such as name@example.org"
        }
        EmailError::SeveralAts => "Enter one e-mail address only",
        EmailError::Space => "E-mail address must be written without spaces",
        EmailError::NotAscii => "E-mail address must be written without accented letters",
        EmailError::Character => "Remove signs that do not belong in the e-mail address, such as commas or brackets",
        EmailError::TooLong => "E-mail address must be 254 characters or fewer",
    },
    phone: |error| match error {
        PhoneError::Empty | PhoneError::Character => "Enter the phone number in digits, such as +46 70 123 45 67",
        PhoneError::TooShort => "Phone number must have at least 5 digits. Include the area code",
        PhoneError::TooLong => "Phone number must have 15 digits or fewer",
    },
};
