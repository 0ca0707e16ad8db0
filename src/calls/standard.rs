//! The form that a new call begins with: what every application to the agency is asked, as data in `standard.json`. Its sections
//! and questions are also the parts that a form is put together from.

use std::sync::LazyLock;

use crate::forms::model::{Definition, Question, Section};

/// A file that did not read as a form would be an empty one; the test below sees that it does.
static FORM: LazyLock<Definition> = LazyLock::new(|| serde_json::from_str(include_str!("standard.json")).unwrap_or_default());

/// A copy to change.
pub fn form() -> Definition {
    FORM.clone()
}

/// A section that a form can take in.
pub fn section(key: &str) -> Option<&'static Section> {
    FORM.section(key)
}

/// A question that a form can take in.
pub fn question(key: &str) -> Option<&'static Question> {
    FORM.question(key)
}

/// Everything that a form can take in.
pub fn parts() -> &'static Definition {
    &FORM
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::forms::model::Kind;

    #[test]
    fn the_standard_form_can_be_used_as_it_is_in_both_languages() {
        serde_json::from_str::<Definition>(include_str!("standard.json")).unwrap();
        assert_eq!(form().faults(), []);
        assert!(form().questions().count() > 30);
    }

    /// What every application is asked, and each kind that it takes.
    #[test]
    fn it_asks_for_all_that_an_application_needs() {
        for key in [
            "kontakt",
            "foretradare",
            "behorighet",
            "titel",
            "sammanfattning",
            "problem",
            "lagesbild",
            "syfte",
            "mal",
            "malgrupp",
            "metod",
            "barn",
            "upplagg",
            "akademisk",
            "aktiviteter",
            "parter",
            "annat",
            "tidigare",
            "kostnader",
            "de-minimis",
            "sanning",
        ] {
            assert!(question(key).is_some(), "{key}");
        }
        let kinds: BTreeSet<&str> = FORM.questions().map(|question| question.kind.code()).collect();
        for kind in [Kind::Budget, Kind::Organisation, Kind::Person] {
            assert!(kinds.contains(kind.code()));
        }
    }
}
