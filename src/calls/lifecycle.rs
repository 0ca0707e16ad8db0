//! What may happen to a call, and what it is afterwards: what the public reads, and the text that is being written beside it.
//!
//! [`apply`] answers both questions that anyone asks: may this person do this now, and what then? The same function decides which
//! buttons a page shows. Whoever wrote in a text does not approve it. Open and closed are no states but what the clock says of a
//! published call ([`Phase`]). To add an event: a variant, its arm in [`apply`], its name in `text::staff`; the test walks every
//! state with every event and keeps docs/states/call.md in step.

use crate::kit::Instant;

/// What the public reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Public {
    /// Nothing yet.
    Never,
    Published,
    /// Every application has its decision.
    Decided,
    /// All that was granted is reported: nothing more happens.
    Ended,
    /// Called off before its decisions; the reason stands in the newest version.
    Cancelled,
}

/// The text that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Draft {
    None,
    Writing,
    InReview,
    Approved,
}

/// Both at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct State {
    pub public: Public,
    pub draft: Draft,
}

/// Something that has happened, in the past tense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// A text was begun: of something new, or of a change.
    Begun,
    Saved,
    SentForReview,
    /// A colleague sent it back with a comment, or the writer took it back.
    Refused,
    Approved,
    Published,
    Discarded,
    Cancelled,
    Decided,
    Ended,
}

/// Who makes it happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Someone who has written in this text.
    Writer,
    Colleague,
}

/// Why it may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A colleague must do this.
    NotYou,
    /// It is too late, or too early, for this.
    NotNow,
}

/// What the clock says of a call that is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    Coming,
    Open,
    Closed,
}

impl Phase {
    /// A call is open from the instant at which it opens until, and not at, the one at which it closes.
    pub fn at(now: Instant, opens: Instant, closes: Instant) -> Self {
        if now < opens {
            Self::Coming
        } else if now < closes {
            Self::Open
        } else {
            Self::Closed
        }
    }
}

impl State {
    /// Before anything was written.
    pub const NOTHING: Self = Self { public: Public::Never, draft: Draft::None };
}

/// What the call is after `event`. `phase` is that of the version that the public reads, and `None` while there is none.
pub fn apply(state: State, event: Event, actor: Actor, phase: Option<Phase>) -> Result<State, Refusal> {
    let draft = |draft| Ok(State { draft, ..state });
    let public = |public| Ok(State { public, draft: Draft::None });
    let lives = matches!(state.public, Public::Never | Public::Published);
    match event {
        Event::Begun if state.draft == Draft::None && lives => draft(Draft::Writing),
        // What was approved is no longer what was read.
        Event::Saved if state.draft != Draft::None => draft(Draft::Writing),
        Event::SentForReview if state.draft == Draft::Writing => draft(Draft::InReview),
        Event::Refused if matches!(state.draft, Draft::InReview | Draft::Approved) => draft(Draft::Writing),
        Event::Approved if state.draft == Draft::InReview => {
            if actor == Actor::Writer {
                return Err(Refusal::NotYou);
            }
            draft(Draft::Approved)
        }
        Event::Published if state.draft == Draft::Approved && lives => public(Public::Published),
        Event::Discarded if state.draft != Draft::None => draft(Draft::None),
        // Called off, a call takes its unfinished text with it.
        Event::Cancelled if state.public == Public::Published => public(Public::Cancelled),
        Event::Decided if state.public == Public::Published && phase == Some(Phase::Closed) && state.draft == Draft::None => {
            public(Public::Decided)
        }
        Event::Ended if state.public == Public::Decided => public(Public::Ended),
        _ => Err(Refusal::NotNow),
    }
}

impl Public {
    pub const ALL: &[Self] = &[Self::Never, Self::Published, Self::Decided, Self::Ended, Self::Cancelled];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Published => "published",
            Self::Decided => "decided",
            Self::Ended => "ended",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

impl Draft {
    pub const ALL: &[Self] = &[Self::None, Self::Writing, Self::InReview, Self::Approved];

    /// The stored code; nothing is stored where there is no draft.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Writing => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

impl Event {
    pub const ALL: &[Self] = &[
        Self::Begun,
        Self::Saved,
        Self::SentForReview,
        Self::Refused,
        Self::Approved,
        Self::Published,
        Self::Discarded,
        Self::Cancelled,
        Self::Decided,
        Self::Ended,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Saved => "saved",
            Self::SentForReview => "sent_for_review",
            Self::Refused => "refused",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Discarded => "discarded",
            Self::Cancelled => "cancelled",
            Self::Decided => "decided",
            Self::Ended => "ended",
        }
    }

    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }
}

impl Actor {
    pub const ALL: &[Self] = &[Self::Writer, Self::Colleague];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const PHASES: &[Option<Phase>] = &[None, Some(Phase::Coming), Some(Phase::Open), Some(Phase::Closed)];

    type Step = (State, Event, Actor, Option<Phase>, State);

    /// Every state that can be reached, and every step between them.
    fn walk() -> (Vec<State>, Vec<Step>) {
        let (mut states, mut steps, mut next) = (vec![State::NOTHING], Vec::new(), 0);
        while let Some(&state) = states.get(next) {
            next += 1;
            for &event in Event::ALL {
                for &actor in Actor::ALL {
                    for &phase in PHASES.iter().filter(|phase| phase.is_some() == (state.public != Public::Never)) {
                        if let Ok(after) = apply(state, event, actor, phase) {
                            steps.push((state, event, actor, phase, after));
                            if !states.contains(&after) {
                                states.push(after);
                            }
                        }
                    }
                }
            }
        }
        (states, steps)
    }

    #[test]
    fn whoever_wrote_never_approves() {
        let (states, steps) = walk();
        assert!(steps.iter().all(|(_, event, actor, ..)| *event != Event::Approved || *actor == Actor::Colleague));
        // Nothing is published that nobody has approved, and nothing that changed since.
        for (before, event, _, _, after) in &steps {
            assert!(*event != Event::Published || before.draft == Draft::Approved);
            assert!(*event != Event::Saved || after.draft == Draft::Writing);
        }
        assert!(states.iter().all(|state| state.draft == Draft::None || matches!(state.public, Public::Never | Public::Published)));
    }

    #[test]
    fn a_call_is_decided_once_it_has_closed_and_ends_after_that() {
        let published = State { public: Public::Published, draft: Draft::None };
        for phase in [Phase::Coming, Phase::Open] {
            assert_eq!(apply(published, Event::Decided, Actor::Colleague, Some(phase)), Err(Refusal::NotNow));
        }
        let decided = apply(published, Event::Decided, Actor::Writer, Some(Phase::Closed)).unwrap();
        assert_eq!(decided.public, Public::Decided);
        assert_eq!(apply(decided, Event::Cancelled, Actor::Colleague, Some(Phase::Closed)), Err(Refusal::NotNow));
        let ended = apply(decided, Event::Ended, Actor::Colleague, Some(Phase::Closed)).unwrap();
        for &event in Event::ALL {
            assert_eq!(apply(ended, event, Actor::Colleague, Some(Phase::Closed)), Err(Refusal::NotNow), "{event:?}");
        }
    }

    #[test]
    fn the_last_second_belongs_to_the_applicants() {
        let at = |text: &str| Instant::parse(text).unwrap();
        let (opens, closes) = (at("2027-01-10T23:00:00Z"), at("2027-03-01T22:59:00Z"));
        for (now, phase) in [
            ("2027-01-10T22:59:59.999Z", Phase::Coming),
            ("2027-01-10T23:00:00Z", Phase::Open),
            ("2027-03-01T22:58:59.999Z", Phase::Open),
            ("2027-03-01T22:59:00Z", Phase::Closed),
        ] {
            assert_eq!(Phase::at(at(now), opens, closes), phase, "{now}");
        }
    }

    #[test]
    fn codes_lead_back() {
        for one in Public::ALL {
            assert_eq!(Public::of_code(one.code()), Some(*one));
        }
        for one in Draft::ALL {
            assert_eq!(Draft::of_code(one.code()), Some(*one));
        }
        for one in Event::ALL {
            assert_eq!(Event::of_code(one.code()), Some(*one));
        }
    }

    /// The picture in docs/states is drawn from the machine; when it differs, the new one is printed.
    #[test]
    fn the_picture_is_in_step() {
        let (_, steps) = walk();
        let name = |state: State| match (state.public, state.draft) {
            (Public::Never, Draft::None) => "nothing".to_owned(),
            (Public::Never, draft) => draft.code().to_owned(),
            (public, Draft::None) => public.code().to_owned(),
            (public, draft) => format!("{}_{}", public.code(), draft.code()),
        };
        let lines: BTreeSet<String> = steps
            .iter()
            .filter(|(before, _, _, _, after)| before != after)
            .map(|(before, event, .., after)| format!("    {} --> {}: {}", name(*before), name(*after), event.code()))
            .collect();
        let picture = format!(
            "# What may happen to a call\n\nDrawn from `src/calls/lifecycle.rs` by its test. Whoever wrote in a text does not approve it. A call can be \
             decided once it has closed, which the clock says. What the public reads stands first, the text beside it after the \
             underscore.\n\n```mermaid\nstateDiagram-v2\n    [*] --> nothing\n{}\n```\n",
            lines.into_iter().collect::<Vec<_>>().join("\n")
        );
        let kept = std::fs::read_to_string("docs/states/call.md").unwrap_or_default();
        assert_eq!(kept, picture, "docs/states/call.md is to be:\n{picture}");
    }
}
