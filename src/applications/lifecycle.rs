//! What may happen to an application, and what it is afterwards.
//!
//! [`apply`] answers both questions that anyone asks: may this person do this now, and what then? The same function decides which
//! buttons a page shows. To add an event: a variant, its arm in [`apply`], its name in `text`; the test walks every state with every
//! event and keeps docs/states/application.md in step.

use crate::kit::OrgRole;
use crate::kit::codes::codes;

codes! {
    /// Where an application stands.
    State {
        /// It is written; only its own people can see it.
        Draft = "draft",
        /// It was received and has its number.
        Submitted = "submitted",
        /// The agency has asked for more, and the answers to that are written.
        Completing = "completing",
        /// The organisation has taken it back.
        Withdrawn = "withdrawn",
        /// A draft that was thrown away: never sent in.
        Discarded = "discarded",
    }
}

impl State {
    /// Whether anything in the answers can be changed.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Draft | Self::Completing)
    }

    /// Whether it was received: the staff can read what was sent in.
    pub fn is_received(self) -> bool {
        matches!(self, Self::Submitted | Self::Completing | Self::Withdrawn)
    }
}

codes! {
    /// Something that has happened, in the past tense.
    Event {
        Begun = "begun",
        /// An editor has asked those who sign to do so.
        SignatureAsked = "signature_asked",
        Signed = "signed",
        Submitted = "submitted",
        CompletionAsked = "completion_asked",
        Completed = "completed",
        /// The day for the completion has passed: it is tried as it is.
        CompletionLapsed = "completion_lapsed",
        Withdrawn = "withdrawn",
        Discarded = "discarded",
        /// A draft follows a newer version of its call.
        MovedOn = "moved_on",
    }
}

/// Who makes it happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// One of its own people.
    Applicant(OrgRole),
    Officer,
    /// A day that came.
    Clock,
}

impl Actor {
    pub const ALL: [Self; 5] = [
        Self::Applicant(OrgRole::Reader),
        Self::Applicant(OrgRole::Editor),
        Self::Applicant(OrgRole::Signatory),
        Self::Officer,
        Self::Clock,
    ];

    fn is_at_least(self, least: OrgRole) -> bool {
        matches!(self, Self::Applicant(role) if role >= least)
    }
}

/// Why it may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Somebody else must do this.
    NotYou,
    /// It is too late, or too early, for this.
    NotNow,
}

/// What the application is after `event`; before it was begun there is none.
///
/// # Errors
/// Why not: the state is asked before the person.
pub fn apply(state: Option<State>, event: Event, actor: Actor) -> Result<State, Refusal> {
    use State::{Completing, Discarded, Draft, Submitted, Withdrawn};
    let editor = actor.is_at_least(OrgRole::Editor);
    let signatory = actor.is_at_least(OrgRole::Signatory);
    let (after, may) = match (state, event) {
        (None, Event::Begun) => (Draft, editor),
        (Some(state @ (Draft | Completing)), Event::SignatureAsked) => (state, editor),
        (Some(state @ (Draft | Completing)), Event::Signed) => (state, signatory),
        (Some(Draft), Event::MovedOn) => (Draft, editor),
        (Some(Draft), Event::Submitted) => (Submitted, editor),
        (Some(Draft), Event::Discarded) => (Discarded, editor),
        (Some(Submitted), Event::CompletionAsked) => (Completing, actor == Actor::Officer),
        (Some(Completing), Event::Completed) => (Submitted, editor),
        (Some(Completing), Event::CompletionLapsed) => (Submitted, actor == Actor::Clock),
        (Some(Submitted | Completing), Event::Withdrawn) => (Withdrawn, signatory),
        _ => return Err(Refusal::NotNow),
    };
    if may { Ok(after) } else { Err(Refusal::NotYou) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn every() -> impl Iterator<Item = (Option<State>, Event, Actor)> {
        let states = std::iter::once(None).chain(State::ALL.iter().copied().map(Some));
        states.flat_map(|state| Event::ALL.iter().flat_map(move |&event| Actor::ALL.map(move |actor| (state, event, actor))))
    }

    #[test]
    fn nothing_leaves_an_end() {
        for (state, event, actor) in every() {
            if matches!(state, Some(State::Withdrawn | State::Discarded)) {
                assert_eq!(apply(state, event, actor), Err(Refusal::NotNow), "{state:?} {event:?} {actor:?}");
            }
        }
    }

    #[test]
    fn what_was_received_is_never_a_draft_again_and_never_thrown_away() {
        for (state, event, actor) in every() {
            let received = state.is_some_and(State::is_received);
            if let Ok(after) = apply(state, event, actor) {
                assert!(!received || after.is_received(), "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn readers_change_nothing_and_only_those_who_sign_sign() {
        for (state, event, actor) in every() {
            let done = apply(state, event, actor).is_ok();
            assert!(!done || actor != Actor::Applicant(OrgRole::Reader), "{state:?} {event:?}");
            if matches!(event, Event::Signed | Event::Withdrawn) {
                assert!(!done || actor == Actor::Applicant(OrgRole::Signatory), "{state:?} {event:?} {actor:?}");
            }
        }
    }

    /// The picture in docs/states is drawn from the machine; when it differs, the new one is printed.
    #[test]
    fn the_picture_is_in_step() {
        let name = |state: Option<State>| state.map_or("[*]", State::code);
        let who = |actor| match actor {
            Actor::Applicant(OrgRole::Signatory) => "signatory",
            Actor::Applicant(_) => "editor",
            Actor::Officer => "officer",
            Actor::Clock => "clock",
        };
        // The least of those who may stands for all above.
        let mut seen = BTreeSet::new();
        let mut lines = BTreeSet::new();
        for (state, event, actor) in every() {
            if let Ok(after) = apply(state, event, actor)
                && seen.insert((name(state), event.code()))
            {
                lines.insert(format!("    {} --> {}: {} ({})", name(state), after.code(), event.code(), who(actor)));
            }
        }
        let picture = format!(
            "# What may happen to an application\n\nDrawn from `src/applications/lifecycle.rs` by its test, with the least of those who \
             may do it. What staff do with an application that was received comes on top of this.\n\n```mermaid\nstateDiagram-v2\n{}\n```\n",
            lines.into_iter().collect::<Vec<_>>().join("\n")
        );
        let kept = std::fs::read_to_string("docs/states/application.md").unwrap_or_default();
        assert_eq!(kept, picture, "docs/states/application.md is to be:\n{picture}");
    }
}
