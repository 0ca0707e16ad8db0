//! What the form about mail of notices must hold.

use crate::kit::{Errors, Form};
use crate::people::model::NoticeKind;
use crate::people::rules::{Notices, field};

/// The name of a kind's own field.
pub fn field_of(kind: NoticeKind) -> String {
    format!("{}-{}", field::NOTICES, kind.code().replace('.', "-"))
}

/// How often someone wants mail: in general, and about each kind where they said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    pub general: Notices,
    /// None: as in general.
    pub kinds: Vec<(NoticeKind, Option<Notices>)>,
}

/// The kinds that someone can choose about.
pub fn kinds(staff: bool) -> impl Iterator<Item = NoticeKind> {
    NoticeKind::ALL.into_iter().filter(move |kind| !kind.has_own_mail() && (staff || !kind.is_for_staff()))
}

/// Reads the form. The one thing that can be wrong is that nothing is chosen in general.
pub fn chosen(form: &Form, staff: bool) -> Result<Chosen, Errors<()>> {
    let mut errors = Errors::new();
    let general = errors.keep(field::NOTICES, Notices::of_code(form.get(field::NOTICES)).ok_or(()));
    let kinds = kinds(staff).map(|kind| (kind, Notices::of_code(form.get(&field_of(kind))))).collect();
    general.map(|general| Chosen { general, kinds }).ok_or(errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_does_not_work_here_chooses_about_their_own_kinds() {
        let mut form = Form::default();
        assert!(chosen(&form, false).is_err());
        form.set(field::NOTICES, "daily");
        form.set(&field_of(NoticeKind::Removed), "none");
        form.set(&field_of(NoticeKind::LowStock), "none");
        let read = chosen(&form, false).unwrap();
        assert_eq!(read.general, Notices::Daily);
        assert!(read.kinds.contains(&(NoticeKind::Removed, Some(Notices::None))));
        assert!(read.kinds.iter().all(|(kind, _)| !kind.is_for_staff() && !kind.has_own_mail()));
        assert!(chosen(&form, true).unwrap().kinds.contains(&(NoticeKind::LowStock, Some(Notices::None))));
    }
}
