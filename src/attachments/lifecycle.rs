//! What may become of an attached file.
//!
//! Only a scanner says that a file is clean, and one that cannot be reached says nothing: the file waits, and whoever attached it is told
//! so. To add an event: a variant and its arm in [`apply`]; the test keeps docs/states/attachment.md in step.

use crate::kit::codes::codes;

codes! {
    /// How far a file has come.
    State {
        /// No scanner is set up here: nobody has looked.
        Unscanned = "unscanned",
        /// It waits for the scanner.
        Waiting = "waiting",
        Approved = "approved",
        /// Something was found: nobody can fetch it.
        Quarantined = "quarantined",
    }
}

impl State {
    /// Whether those who may read what it belongs to can fetch it. Who attached it has it anyway, but a page is no way to spread it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unscanned | Self::Approved)
    }

    /// Whether it counts as attached: a scanner that is down must not cost anybody a deadline.
    pub fn counts(self) -> bool {
        self != Self::Quarantined
    }
}

/// Something that has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Clean,
    Found,
}

/// What a file is after `event`; nothing where that cannot be.
pub fn apply(state: State, event: Event) -> Option<State> {
    match (state, event) {
        (State::Waiting | State::Unscanned, Event::Clean) => Some(State::Approved),
        // A scanner that knows more today may find what it did not yesterday.
        (State::Waiting | State::Unscanned | State::Approved, Event::Found) => Some(State::Quarantined),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_quarantine_and_nothing_is_clean_but_by_the_scanner() {
        for state in State::ALL {
            for event in [Event::Clean, Event::Found] {
                let after = apply(*state, event);
                assert!(*state != State::Quarantined || after.is_none());
                assert!(after != Some(State::Approved) || event == Event::Clean);
                assert!(event != Event::Found || after.is_none_or(|after| !after.is_open()));
            }
        }
    }

    /// The picture in docs/states is drawn from the machine; when it differs, the new one is printed.
    #[test]
    fn the_picture_is_in_step() {
        let mut lines =
            vec!["    [*] --> waiting: attached (scanner set up)".to_owned(), "    [*] --> unscanned: attached (no scanner)".to_owned()];
        for state in State::ALL {
            for (event, name) in [(Event::Clean, "clean"), (Event::Found, "found")] {
                lines.extend(apply(*state, event).map(|after| format!("    {} --> {}: {name}", state.code(), after.code())));
            }
        }
        let picture = format!(
            "# What may become of an attached file\n\nDrawn from `src/attachments/lifecycle.rs` by its test.\n\n```mermaid\nstateDiagram-v2\n{}\n```\n",
            lines.join("\n")
        );
        let kept = std::fs::read_to_string("docs/states/attachment.md").unwrap_or_default();
        assert_eq!(kept, picture, "docs/states/attachment.md is to be:\n{picture}");
    }
}
