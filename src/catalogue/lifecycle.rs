//! What may happen to a publication, and what it is afterwards: what readers see, and the draft beside it.
//!
//! [`apply`] answers both questions that anyone asks: may this person do this now, and what then? The same function decides
//! which buttons a page shows. An evaluation takes two people: whoever wrote in the draft neither approves nor publishes it. Nothing here reads a clock or a database. To add an event: a variant, its arm in [`apply`], its
//! name in `text::staff`; the test walks every state with every event and keeps docs/states/publication.md in step.

use super::model::Kind;

/// Whether a publication takes two people: an evaluation by its kind, or marked as one of work that Brå supported.
pub fn takes_two(kind: Option<Kind>, funded_evaluation: bool) -> bool {
    funded_evaluation || kind == Some(Kind::Evaluation)
}

/// What readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Public {
    /// Nothing yet.
    Never,
    Published,
    /// The reason in its place.
    Withdrawn,
}

/// The text that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Draft {
    None,
    Writing,
    InReview,
    Approved,
    Scheduled,
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
    /// A draft was begun: of something new, or of a change.
    Begun,
    Saved,
    SentForReview,
    /// Someone sent it back with a comment, or took it back.
    Refused,
    Approved,
    Scheduled,
    Unscheduled,
    /// At its time a scheduled draft could not be published.
    Failed,
    Published,
    Discarded,
    Withdrawn,
    Republished,
}

/// Who makes it happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// An editor who has written in this draft.
    Writer,
    /// Another editor.
    Other,
    /// The portal, when its time has come.
    Portal,
}

/// Why it may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// Someone else must do this.
    NotYou,
    /// It is too late (or too early) for this.
    NotNow,
}

/// What a publication is called in one word; derived from the state, and stored for the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Headline {
    Draft,
    InReview,
    Approved,
    Scheduled,
    Published,
    /// Readers see something, and a change of it is being written.
    Changing,
    Withdrawn,
}

impl State {
    /// Before anything was written, and after a draft of something new was thrown away.
    pub const NOTHING: Self = Self { public: Public::Never, draft: Draft::None };

    /// The one word; `None` when there is nothing.
    pub fn headline(self) -> Option<Headline> {
        Some(match (self.draft, self.public) {
            (Draft::InReview, _) => Headline::InReview,
            (Draft::Approved, _) => Headline::Approved,
            (Draft::Scheduled, _) => Headline::Scheduled,
            (Draft::Writing, Public::Never) => Headline::Draft,
            (Draft::Writing, _) => Headline::Changing,
            (Draft::None, Public::Published) => Headline::Published,
            (Draft::None, Public::Withdrawn) => Headline::Withdrawn,
            (Draft::None, Public::Never) => return None,
        })
    }
}

/// What the publication is after `event`. `two` says that two people are needed.
pub fn apply(state: State, event: Event, actor: Actor, two: bool) -> Result<State, Refusal> {
    let by_portal = matches!(event, Event::Failed) || event == Event::Published && state.draft == Draft::Scheduled;
    if by_portal != (actor == Actor::Portal) {
        // A scheduled draft waits for its time: whoever wants it earlier cancels the time first.
        return Err(if actor == Actor::Portal { Refusal::NotYou } else { Refusal::NotNow });
    }
    let draft = |draft| Ok(State { draft, ..state });
    let published = Ok(State { public: Public::Published, draft: Draft::None });
    let open = matches!(state.draft, Draft::Writing | Draft::InReview | Draft::Approved);
    match event {
        Event::Begun if state.draft == Draft::None => draft(Draft::Writing),
        // What was approved is no longer what was read.
        Event::Saved if open => draft(Draft::Writing),
        Event::SentForReview if state.draft == Draft::Writing => draft(Draft::InReview),
        Event::Refused if matches!(state.draft, Draft::InReview | Draft::Approved) => draft(Draft::Writing),
        Event::Approved if state.draft == Draft::InReview => {
            if actor == Actor::Writer {
                return Err(Refusal::NotYou);
            }
            draft(Draft::Approved)
        }
        Event::Published if actor == Actor::Portal => published,
        Event::Published | Event::Scheduled if open || event == Event::Scheduled && state.draft == Draft::Scheduled => {
            if two && actor == Actor::Writer {
                return Err(Refusal::NotYou);
            }
            if two && !matches!(state.draft, Draft::Approved | Draft::Scheduled) {
                return Err(Refusal::NotNow);
            }
            if event == Event::Scheduled { draft(Draft::Scheduled) } else { published }
        }
        Event::Unscheduled | Event::Failed if state.draft == Draft::Scheduled => draft(Draft::Writing),
        Event::Discarded if open => draft(Draft::None),
        // No clock shows again what somebody withdrew: a draft that had its time gets it anew, from somebody who knows.
        Event::Withdrawn if state.public == Public::Published => {
            let draft = if state.draft == Draft::Scheduled { Draft::Writing } else { state.draft };
            Ok(State { public: Public::Withdrawn, draft })
        }
        Event::Republished if state.public == Public::Withdrawn => Ok(State { public: Public::Published, ..state }),
        _ => Err(Refusal::NotNow),
    }
}

impl Draft {
    pub const ALL: &[Self] = &[Self::None, Self::Writing, Self::InReview, Self::Approved, Self::Scheduled];

    /// The stored code; nothing is stored where there is no draft.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Writing => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
        }
    }

    /// Reads a stored code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|draft| draft.code() == code)
    }
}

impl Headline {
    pub const ALL: &[Self] =
        &[Self::Draft, Self::InReview, Self::Approved, Self::Scheduled, Self::Published, Self::Changing, Self::Withdrawn];

    /// The code in the list's rows and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Changing => "changing",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|headline| headline.code() == code)
    }
}

impl Event {
    pub const ALL: &[Self] = &[
        Self::Begun,
        Self::Saved,
        Self::SentForReview,
        Self::Refused,
        Self::Approved,
        Self::Scheduled,
        Self::Unscheduled,
        Self::Failed,
        Self::Published,
        Self::Discarded,
        Self::Withdrawn,
        Self::Republished,
    ];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Saved => "saved",
            Self::SentForReview => "sent_for_review",
            Self::Refused => "refused",
            Self::Approved => "approved",
            Self::Scheduled => "scheduled",
            Self::Unscheduled => "unscheduled",
            Self::Failed => "failed",
            Self::Published => "published",
            Self::Discarded => "discarded",
            Self::Withdrawn => "withdrawn",
            Self::Republished => "republished",
        }
    }
}

impl Actor {
    pub const ALL: &[Self] = &[Self::Writer, Self::Other, Self::Portal];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    type Step = (State, Event, Actor, bool, State);

    /// Every state that can be reached, and every step between them.
    fn walk() -> (Vec<State>, Vec<Step>) {
        let mut states = vec![State::NOTHING];
        let mut steps = Vec::new();
        let mut next = 0;
        while let Some(&state) = states.get(next) {
            next += 1;
            for &event in Event::ALL {
                for &actor in Actor::ALL {
                    for two in [false, true] {
                        if let Ok(after) = apply(state, event, actor, two) {
                            steps.push((state, event, actor, two, after));
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
    fn all_states_can_be_reached() {
        let (states, _) = walk();
        assert_eq!(states.len(), 15, "three that readers see, with five that are written");
        for state in states {
            assert_eq!(state.headline().is_none(), state == State::NOTHING, "{state:?}");
        }
    }

    /// The whole matrix: who may do what in which state, as a table to be read.
    #[test]
    fn the_matrix() {
        let table: &[(Event, &[Draft])] = &[
            (Event::Begun, &[Draft::None]),
            (Event::Saved, &[Draft::Writing, Draft::InReview, Draft::Approved]),
            (Event::SentForReview, &[Draft::Writing]),
            (Event::Refused, &[Draft::InReview, Draft::Approved]),
            (Event::Approved, &[Draft::InReview]),
            (Event::Scheduled, &[Draft::Writing, Draft::InReview, Draft::Approved, Draft::Scheduled]),
            (Event::Unscheduled, &[Draft::Scheduled]),
            (Event::Failed, &[Draft::Scheduled]),
            (Event::Published, &[Draft::Writing, Draft::InReview, Draft::Approved, Draft::Scheduled]),
            (Event::Discarded, &[Draft::Writing, Draft::InReview, Draft::Approved]),
        ];
        let (states, _) = walk();
        for state in states {
            for &event in Event::ALL {
                let anyone = Actor::ALL.iter().any(|&actor| apply(state, event, actor, false).is_ok());
                let should = match event {
                    Event::Withdrawn => state.public == Public::Published,
                    Event::Republished => state.public == Public::Withdrawn,
                    _ => table.iter().any(|(known, drafts)| *known == event && drafts.contains(&state.draft)),
                };
                assert_eq!(anyone, should, "{event:?} in {state:?}");
            }
        }
    }

    #[test]
    fn where_two_are_needed_no_writer_lets_it_out() {
        let (_, steps) = walk();
        for (state, event, actor, two, after) in steps {
            let ended = state.draft != Draft::None && after.draft == Draft::None;
            let out = ended && event != Event::Discarded && after.public == Public::Published;
            if two && (out || matches!(after.draft, Draft::Approved | Draft::Scheduled) && after.draft != state.draft) {
                assert_ne!(actor, Actor::Writer, "{event:?} in {state:?}");
            }
            // Nothing is let out but what was approved, or what had a time that someone else set.
            if two && out {
                assert!(matches!(state.draft, Draft::Approved | Draft::Scheduled), "{event:?} in {state:?}");
            }
            // Nobody approves their own words, wherever two are needed or not.
            if event == Event::Approved {
                assert_eq!(actor, Actor::Other);
            }
            // The portal does only what it was told to.
            if actor == Actor::Portal {
                assert_eq!(state.draft, Draft::Scheduled, "{event:?}");
            }
        }
    }

    #[test]
    fn what_is_written_never_changes_what_readers_see() {
        let (_, steps) = walk();
        for (state, event, _, _, after) in steps {
            if !matches!(event, Event::Published | Event::Withdrawn | Event::Republished) {
                assert_eq!(state.public, after.public, "{event:?}");
            }
        }
    }

    #[test]
    fn codes_are_read_back() {
        for &draft in Draft::ALL {
            assert_eq!(Draft::parse(draft.code()), Some(draft));
        }
        for &headline in Headline::ALL {
            assert_eq!(Headline::parse(headline.code()), Some(headline));
        }
        let codes: BTreeSet<&str> = Event::ALL.iter().map(|event| event.code()).collect();
        assert_eq!(codes.len(), Event::ALL.len());
    }

    /// The diagram in docs is drawn from the machine; `UPDATE_DOCS=1 cargo test` draws it anew.
    #[test]
    fn the_diagram_in_docs_is_true() {
        let name = |state: State| state.headline().map_or_else(|| "[*]".to_owned(), |headline| format!("{headline:?}"));
        let (_, steps) = walk();
        let lines: BTreeSet<String> = steps
            .into_iter()
            .filter(|(before, _, _, _, after)| before.headline() != after.headline())
            .map(|(before, event, _, _, after)| format!("    {} --> {}: {}", name(before), name(after), event.code()))
            .collect();
        let lines: Vec<String> = lines.into_iter().collect();
        let drawn = format!(
            "# The states of a publication\n\nThe word that the editors read, drawn from `src/catalogue/lifecycle.rs` by its test. Where two people are needed, whoever\nwrote in the draft neither approves, schedules nor publishes it, and it is published from `Approved` or `Scheduled` only.\n\n```mermaid\nstateDiagram-v2\n{}\n```\n",
            lines.join("\n")
        );
        let path = "docs/states/publication.md";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &drawn).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), drawn, "draw it anew with UPDATE_DOCS=1");
    }
}
