//! What may happen to a request for public documents, and what it is afterwards.
//!
//! [`apply`] answers both questions: may this happen now, and what then? The same function decides which buttons a page shows.
//! To add an event: a variant, its arm in [`apply`], its name in `text::register`; the test walks every state with every event
//! and keeps docs/states/disclosure.md in step.

use crate::kit::codes::codes;

codes! {
    /// Where a request is.
    State {
        Received = "received",
        /// Somebody assesses whether the documents can be given out.
        Assessing = "assessing",
        Released = "released",
        /// Told that some or all of it is kept back, and that a decision can be asked for (OSL 6 kap. 3 §).
        Informed = "informed",
        /// The person wants a decision that can be appealed.
        DecisionAsked = "decision_asked",
        ReleasedInPart = "released_in_part",
        Refused = "refused",
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// Something that has happened, in the past tense.
    Event {
        AssessmentBegun = "assessment_begun",
        Released = "released",
        Informed = "informed",
        DecisionAsked = "decision_asked",
        /// A decision that keeps some of it back.
        ReleasedInPart = "released_in_part",
        /// A decision that keeps all of it back.
        Refused = "refused",
        Withdrawn = "withdrawn",
    }
}

/// Who made it happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Whoever holds the request's link.
    Requester,
    /// The registrar; also for what came by telephone.
    Staff,
}

/// Why it may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// This person may never do this.
    NotYou,
    /// It is too late (or too early) for this.
    NotNow,
}

impl State {
    /// Whether somebody waits for an answer.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Assessing | Self::DecisionAsked)
    }

    /// Whether this may happen now.
    pub fn allows(self, event: Event, actor: Actor) -> bool {
        apply(self, event, actor).is_ok()
    }
}

/// What the request is after `event`.
pub fn apply(state: State, event: Event, actor: Actor) -> Result<State, Refusal> {
    let may = actor == Actor::Staff || matches!(event, Event::DecisionAsked | Event::Withdrawn);
    if !may {
        return Err(Refusal::NotYou);
    }
    match (event, state) {
        (Event::AssessmentBegun, State::Received) => Ok(State::Assessing),
        // What was first kept back may be given out after all, when it is looked at again.
        (Event::Released, State::Assessing | State::DecisionAsked) => Ok(State::Released),
        (Event::Informed, State::Assessing) => Ok(State::Informed),
        (Event::DecisionAsked, State::Informed) => Ok(State::DecisionAsked),
        // Whoever wrote at once that they want a decision need not be told first.
        (Event::DecisionAsked, State::Assessing) if actor == Actor::Staff => Ok(State::DecisionAsked),
        (Event::ReleasedInPart, State::DecisionAsked) => Ok(State::ReleasedInPart),
        (Event::Refused, State::DecisionAsked) => Ok(State::Refused),
        (Event::Withdrawn, state) if state.is_open() => Ok(State::Withdrawn),
        _ => Err(Refusal::NotNow),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const ACTORS: [Actor; 2] = [Actor::Requester, Actor::Staff];

    /// Every step of the matrix that may be taken.
    fn steps() -> Vec<(State, Event, Actor, State)> {
        let mut steps = Vec::new();
        for &state in State::ALL {
            for &event in Event::ALL {
                for actor in ACTORS {
                    if let Ok(after) = apply(state, event, actor) {
                        steps.push((state, event, actor, after));
                    }
                }
            }
        }
        steps
    }

    #[test]
    fn every_state_can_be_reached_and_what_is_over_stays_so() {
        let mut reached = vec![State::Received];
        let mut next = 0;
        while let Some(&state) = reached.get(next) {
            next += 1;
            for (_, _, _, after) in steps().into_iter().filter(|step| step.0 == state) {
                if !reached.contains(&after) {
                    reached.push(after);
                }
            }
        }
        assert!(State::ALL.iter().all(|state| reached.contains(state)), "{reached:?}");
        let over = [State::Released, State::ReleasedInPart, State::Refused, State::Withdrawn];
        assert!(steps().iter().all(|step| !over.contains(&step.0)));
    }

    #[test]
    fn a_decision_keeps_something_back_only_when_it_was_asked_for() {
        for (before, event, actor, after) in steps() {
            if matches!(after, State::ReleasedInPart | State::Refused) {
                assert_eq!((before, actor), (State::DecisionAsked, Actor::Staff), "{event:?}");
            }
            // Nothing is answered before anybody has looked at it.
            if before == State::Received {
                assert!(matches!(event, Event::AssessmentBegun | Event::Withdrawn), "{event:?}");
            }
        }
    }

    #[test]
    fn whoever_asked_can_ask_for_a_decision_and_withdraw_and_nothing_else() {
        for (before, event, actor, _) in steps().into_iter().filter(|step| step.2 == Actor::Requester) {
            assert!(matches!(event, Event::DecisionAsked | Event::Withdrawn), "{before:?} {event:?} {actor:?}");
        }
        assert_eq!(apply(State::Assessing, Event::Released, Actor::Requester), Err(Refusal::NotYou));
        assert!(State::Informed.allows(Event::DecisionAsked, Actor::Requester));
        assert!(!State::Informed.allows(Event::Withdrawn, Actor::Requester));
    }

    #[test]
    fn codes_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::of_code(state.code()), Some(*state));
        }
        for event in Event::ALL {
            assert_eq!(Event::of_code(event.code()), Some(*event));
        }
        let open: Vec<_> = State::ALL.iter().filter(|state| state.is_open()).collect();
        assert_eq!(open, [&State::Received, &State::Assessing, &State::DecisionAsked]);
    }

    /// The diagram in docs is drawn from the machine; `UPDATE_DOCS=1 cargo test` draws it anew.
    #[test]
    fn the_diagram_in_docs_is_true() {
        let lines: BTreeSet<String> =
            steps().iter().map(|(before, event, _, after)| format!("    {before:?} --> {after:?}: {}", event.code())).collect();
        let drawn = format!(
            "# The states of a request for public documents\n\nDrawn from `src/register/lifecycle.rs` by its test.\n\n```mermaid\nstateDiagram-v2\n    [*] --> Received\n{}\n```\n",
            lines.into_iter().collect::<Vec<_>>().join("\n")
        );
        let path = "docs/states/disclosure.md";
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, &drawn).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), drawn, "draw it anew with UPDATE_DOCS=1");
    }
}
