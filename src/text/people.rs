//! Sentences about accounts: signing in, my pages, and the mail that lets someone in.

use crate::people::rules::{CodeError, KeyError, NameError};

pub struct People {
    pub sign_in: SignInTexts,
    pub link: LinkTexts,
    pub second_factor: SecondFactorTexts,
    pub keys: KeyTexts,
    pub sign_out: SignOutTexts,
    pub mine: MyPagesTexts,
    pub profile: ProfileTexts,
    pub address: AddressTexts,
    pub guest: GuestTexts,
    pub sessions: SessionTexts,
    pub data: OwnDataTexts,
    pub close: CloseTexts,
    pub mail: SignInMailTexts,
    pub code: fn(CodeError) -> &'static str,
    pub name: fn(NameError) -> &'static str,
}

/// Where someone asks to be let in.
pub struct SignInTexts {
    pub title: &'static str,
    pub description: &'static str,
    pub lead: &'static str,
    pub kept: &'static str,
    pub needed: &'static str,
    /// For someone signed in who must show again who they are.
    pub anew: &'static str,
    pub email: &'static str,
    pub email_hint: &'static str,
    pub submit: &'static str,
    pub already: fn(who: &str) -> String,
    pub demo_staff: MadeUpTexts,
    pub demo_applicants: MadeUpTexts,
}

/// A list of the demonstration's made-up people.
pub struct MadeUpTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub choose: &'static str,
    pub missing: &'static str,
}

/// After the mail was sent: its code, and its link.
pub struct LinkTexts {
    pub sent_title: &'static str,
    pub sent: &'static str,
    pub sent_demo: &'static str,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub code_submit: &'static str,
    pub again: &'static str,
    pub again_link: &'static str,
    pub open_title: &'static str,
    pub open_lead: &'static str,
    pub dead_title: &'static str,
    pub dead: &'static str,
    pub other_browser: &'static str,
    pub disabled: &'static str,
}

/// Showing that it is still you, by a second means.
pub struct SecondFactorTexts {
    pub title: &'static str,
    pub why: &'static str,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub submit: &'static str,
    pub provider: fn(name: &str) -> String,
    pub missing: &'static str,
    pub wrong: &'static str,
    pub or_code: &'static str,
    pub lost: &'static str,
    pub none: &'static str,
    pub begin: &'static str,
    pub begun: &'static str,
    pub picture: &'static str,
    pub secret: &'static str,
    pub anew: &'static str,
    pub demo: &'static str,
}

/// Passkeys.
pub struct KeyTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub caption: &'static str,
    pub none: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub since: &'static str,
    pub used: &'static str,
    pub never: &'static str,
    pub remove: &'static str,
    pub remove_which: fn(name: &str) -> String,
    pub add: &'static str,
    pub needs_script: &'static str,
    pub no_name: &'static str,
    pub prove_first: &'static str,
    pub prove: &'static str,
    pub added: &'static str,
    pub removed: &'static str,
    pub last: &'static str,
    pub show: &'static str,
    pub wrong: fn(KeyError) -> &'static str,
    pub mail: FactorMailTexts,
}

/// The mail that tells of a second factor that has changed.
pub struct FactorMailTexts {
    pub subject: &'static str,
    pub added: fn(name: &str) -> String,
    pub removed: fn(name: &str) -> String,
    pub taken: &'static str,
    pub ways_subject: &'static str,
    pub linked: fn(provider: &str) -> String,
    pub unlinked: fn(provider: &str) -> String,
    pub not_you: &'static str,
    pub link: &'static str,
}

pub struct SignOutTexts {
    pub title: &'static str,
    pub lead: fn(who: &str) -> String,
    pub submit: &'static str,
    pub done_title: &'static str,
    pub done: &'static str,
}

/// The first of my pages.
pub struct MyPagesTexts {
    pub title: &'static str,
    pub signed_in_as: fn(who: &str) -> String,
    pub name_missing: &'static str,
    pub account: &'static str,
    pub to_do: &'static str,
    pub nothing_to_do: &'static str,
    pub basket: fn(copies: i64) -> String,
    pub mine: &'static str,
    pub profile: &'static str,
    pub sessions: &'static str,
    pub data: &'static str,
    pub close: &'static str,
    pub sign_out: &'static str,
    pub staff: &'static str,
}

pub struct ProfileTexts {
    pub title: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
    pub language: &'static str,
    pub language_hint: &'static str,
    pub swedish: &'static str,
    pub english: &'static str,
    pub submit: &'static str,
    pub saved: &'static str,
    pub stale: &'static str,
    pub holds_now: &'static str,
    pub choose_language: &'static str,
    pub empty: &'static str,
}

/// Changing the address that one signs in with.
pub struct AddressTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub current: &'static str,
    pub new: &'static str,
    pub same: &'static str,
    pub then: &'static str,
    pub submit: &'static str,
    pub sent_title: &'static str,
    pub sent: &'static str,
    pub open_lead: &'static str,
    pub other_browser: &'static str,
    pub taken_title: &'static str,
    pub taken: &'static str,
    pub again: &'static str,
    pub done: &'static str,
    pub mail: AddressMailTexts,
}

/// The mails about it: to the new address, to the holder of a taken one, and to the old.
pub struct AddressMailTexts {
    pub subject: &'static str,
    pub lead: &'static str,
    pub link: &'static str,
    pub not_you: &'static str,
    pub taken_subject: &'static str,
    pub taken: &'static str,
    pub taken_what: &'static str,
    pub taken_link: &'static str,
    pub changed_subject: &'static str,
    pub changed: fn(clock: &str) -> String,
    pub changed_not_you: &'static str,
    pub changed_link: &'static str,
}

/// Being asked to review, for who is asked: the page and the mail.
pub struct GuestTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub period: &'static str,
    pub days: fn(from: &str, until: &str) -> String,
    pub second_factor: &'static str,
    pub submit: &'static str,
    pub other_title: &'static str,
    pub other: fn(who: &str) -> String,
    pub has_role_title: &'static str,
    pub has_role: &'static str,
    pub dead_title: &'static str,
    pub dead: &'static str,
    pub done_title: &'static str,
    pub done: fn(days: &str) -> String,
    pub on: &'static str,
    pub later: &'static str,
    pub mail: GuestMailTexts,
}

pub struct GuestMailTexts {
    pub subject: &'static str,
    pub lead: fn(from: &str, until: &str) -> String,
    pub link: &'static str,
    pub how: fn(email: &str) -> String,
    pub until: fn(clock: &str) -> String,
    pub unknown: &'static str,
}

/// Where one is signed in.
pub struct SessionTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub caption: &'static str,
    pub device: &'static str,
    pub began: &'static str,
    pub last_seen: &'static str,
    pub how: &'static str,
    pub this: &'static str,
    pub end: &'static str,
    pub end_which: fn(device: &str, began: &str) -> String,
    pub end_others: &'static str,
    pub ended: &'static str,
    pub unknown_device: &'static str,
    pub device_on: fn(browser: &str, system: &str) -> String,
    pub by_mail: &'static str,
    pub by_demo: &'static str,
    pub by_provider: &'static str,
}

pub struct OwnDataTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub submit: &'static str,
}

pub struct CloseTexts {
    pub title: &'static str,
    pub lead: &'static str,
    pub kept: &'static str,
    pub confirm: &'static str,
    pub confirm_missing: &'static str,
    pub submit: &'static str,
    pub staff: &'static str,
    pub done_title: &'static str,
    pub done: &'static str,
}

pub struct SignInMailTexts {
    pub subject: &'static str,
    pub lead: &'static str,
    pub link: &'static str,
    pub code: fn(code: &str) -> String,
    pub until: fn(clock: &str) -> String,
    pub not_you: &'static str,
}
