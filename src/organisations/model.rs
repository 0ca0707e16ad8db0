//! Organisations, memberships, invitations and requests as they are stored.

use sqlx::FromRow;

use crate::kit::{Bankgiro, Email, Id, Instant, Municipality, OrgNr, OrgRole, PeppolId, Plusgiro, PostalCode};

/// A stored code that the program does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a stored code is unknown")]
pub struct UnknownCode;

/// A closed set of stored codes.
macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$what])* $variant,)* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl TryFrom<String> for $name {
            type Error = UnknownCode;

            fn try_from(code: String) -> Result<Self, UnknownCode> {
                Self::of_code(&code).ok_or(UnknownCode)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What sort of organisation it is: calls say which of them may apply.
    Kind {
        Municipality = "municipality",
        Region = "region",
        MunicipalAssociation = "municipal_association",
        StateAgency = "state_agency",
        Association = "association",
        Foundation = "foundation",
        Company = "company",
        University = "university",
        ReligiousCommunity = "religious_community",
        Other = "other",
    }
}

codes! {
    /// How far we know that the organisation is what it says.
    Status {
        /// Nobody has checked yet.
        Unverified = "unverified",
        /// Staff have checked number, name and who signs.
        Verified = "verified",
        /// It acts no more: its members may read, and nobody may change.
        Retired = "retired",
        /// It became another, which `merged_into` names.
        Merged = "merged",
    }
}

impl Status {
    /// Whether its members may change anything.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unverified | Self::Verified)
    }
}

codes! {
    /// What was answered to someone who asked to be let in.
    Outcome {
        Approved = "approved",
        Refused = "refused",
        /// It fell away: the person was let in otherwise, or closed the account.
        Withdrawn = "withdrawn",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Organisation {
    pub id: Id,
    pub orgnr: OrgNr,
    pub name: String,
    #[sqlx(try_from = "String")]
    pub kind: Kind,
    /// Where it has its seat.
    pub municipality: Municipality,
    pub street: String,
    pub postal_code: PostalCode,
    pub city: String,
    pub bankgiro: Option<Bankgiro>,
    pub plusgiro: Option<Plusgiro>,
    pub peppol_id: Option<PeppolId>,
    /// The official address, not a person's.
    pub email: Email,
    #[sqlx(try_from = "String")]
    pub status: Status,
    pub merged_into: Option<Id>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// Someone's part in an organisation.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Membership {
    pub id: Id,
    pub organisation_id: Id,
    pub account_id: Id,
    pub role: OrgRole,
    pub since: Instant,
    /// When it ended.
    pub until: Option<Instant>,
    pub version: i64,
}

/// A mail that asks someone in.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Invitation {
    pub id: Id,
    pub organisation_id: Id,
    pub email: Email,
    pub role: OrgRole,
    pub invited_by: Id,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_at: Option<Instant>,
    pub withdrawn_at: Option<Instant>,
}

impl Invitation {
    /// Whether it still lets anyone in.
    pub fn lives(&self, now: Instant) -> bool {
        self.accepted_at.is_none() && self.withdrawn_at.is_none() && now < self.expires_at
    }
}

/// Someone asks to be let in.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct JoinRequest {
    pub id: Id,
    pub organisation_id: Id,
    pub account_id: Id,
    pub message: String,
    pub created_at: Instant,
    /// The account that answered; none until someone does.
    pub decided_by: Option<String>,
    pub decided_at: Option<Instant>,
    pub outcome: Option<String>,
}

impl JoinRequest {
    pub fn is_open(&self) -> bool {
        self.outcome.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::of_code(kind.code()), Some(*kind));
        }
        for status in Status::ALL {
            assert_eq!(Status::try_from(status.code().to_owned()), Ok(*status));
        }
        assert_eq!(Kind::try_from("club".to_owned()), Err(UnknownCode));
        let open: Vec<_> = Status::ALL.iter().filter(|status| status.is_open()).collect();
        assert_eq!(open, [&Status::Unverified, &Status::Verified]);
    }
}
