//! An invitation as it is stored.

use sqlx::FromRow;

use crate::kit::{CivilDate, Email, Id, Instant, StaffRole};

/// What a guest is.
pub const ROLE: StaffRole = StaffRole::Reviewer;

/// A mail that asks someone to review.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct GuestInvitation {
    pub id: Id,
    pub email: Email,
    pub name: String,
    pub valid_from: CivilDate,
    /// The last day.
    pub valid_until: CivilDate,
    pub invited_by: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
    pub accepted_by: Option<Id>,
    pub withdrawn_at: Option<Instant>,
}

/// How far an invitation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waits,
    Accepted,
    Withdrawn,
    Expired,
}

impl GuestInvitation {
    pub fn state(&self, now: Instant) -> State {
        match (self.accepted_at, self.withdrawn_at) {
            (Some(_), _) => State::Accepted,
            (None, Some(_)) => State::Withdrawn,
            (None, None) if now < self.expires_at => State::Waits,
            (None, None) => State::Expired,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_waits_until_it_is_answered_taken_back_or_too_old() {
        let at = |text: &str| Instant::parse(text).unwrap();
        let id = Id::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
        let sent = GuestInvitation {
            id: id.clone(),
            email: Email::parse("gun@granskare.example").unwrap(),
            name: "Gun".to_owned(),
            valid_from: CivilDate::parse("2026-12-01").unwrap(),
            valid_until: CivilDate::parse("2026-12-31").unwrap(),
            invited_by: id.clone(),
            created_at: at("2026-11-23T09:00:00Z"),
            expires_at: at("2026-12-07T09:00:00Z"),
            accepted_at: None,
            accepted_by: None,
            withdrawn_at: None,
        };
        assert_eq!(sent.state(at("2026-12-07T08:59:59Z")), State::Waits);
        assert_eq!(sent.state(at("2026-12-07T09:00:00Z")), State::Expired);
        let answered = GuestInvitation { accepted_at: Some(sent.created_at), accepted_by: Some(id), ..sent.clone() };
        assert_eq!(answered.state(at("2027-01-01T00:00:00Z")), State::Accepted);
        let back = GuestInvitation { withdrawn_at: Some(sent.created_at), ..sent };
        assert_eq!(back.state(at("2026-11-24T00:00:00Z")), State::Withdrawn);
    }
}
