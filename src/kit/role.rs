//! What people may be: the roles of the agency's staff, and the roles within an organisation that applies.
//!
//! What belongs here: the roles as stable codes. Who holds one is a row in `people`; which page asks for which stands
//! where the route is declared. To add a role: a variant, its code, its name in `text::people`.

/// What a member of staff is trusted with. One person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffRole {
    /// Registrator: keeps the register.
    Registrar,
    /// Handläggare: handles cases.
    Officer,
    /// Sakkunnig granskare: assesses, and may come from outside.
    Reviewer,
    /// Föredragande: presents cases to who decides.
    Presenter,
    /// Beslutsfattare: decides.
    Decider,
    /// Ekonom: pays and invoices.
    Economist,
    /// Redaktör: keeps the catalogue.
    Editor,
    /// Lager: packs and sends orders.
    Warehouse,
    /// Arkivarie: preserves and disposes.
    Archivist,
    /// Administratör: gives roles, sees the log.
    Administrator,
}

impl StaffRole {
    pub const ALL: [Self; 10] = [
        Self::Registrar,
        Self::Officer,
        Self::Reviewer,
        Self::Presenter,
        Self::Decider,
        Self::Economist,
        Self::Editor,
        Self::Warehouse,
        Self::Archivist,
        Self::Administrator,
    ];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Registrar => "registrar",
            Self::Officer => "officer",
            Self::Reviewer => "reviewer",
            Self::Presenter => "presenter",
            Self::Decider => "decider",
            Self::Economist => "economist",
            Self::Editor => "editor",
            Self::Warehouse => "warehouse",
            Self::Archivist => "archivist",
            Self::Administrator => "administrator",
        }
    }

    pub fn parse(code: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.code() == code).ok_or(UnknownRole)
    }
}

/// What a member of an organisation may do there. Each may do what the one before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrgRole {
    /// Läsare: sees.
    Reader,
    /// Redaktör: edits.
    Editor,
    /// Behörig företrädare: signs, and decides who is a member.
    Signatory,
}

impl OrgRole {
    pub const ALL: [Self; 3] = [Self::Reader, Self::Editor, Self::Signatory];

    /// The stored code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Editor => "editor",
            Self::Signatory => "signatory",
        }
    }

    pub fn parse(code: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.code() == code).ok_or(UnknownRole)
    }
}

/// The code names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRole;

text_value!(StaffRole, UnknownRole, code, code);
text_value!(OrgRole, UnknownRole, code, code);

/// The staff roles that one person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StaffRoles(u16);

impl StaffRoles {
    pub const NONE: Self = Self(0);

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn holds(self, role: StaffRole) -> bool {
        self.0 & (1 << role as u16) != 0
    }

    /// True if any of these is held.
    pub fn any_of(self, roles: &[StaffRole]) -> bool {
        roles.iter().any(|role| self.holds(*role))
    }

    pub fn iter(self) -> impl Iterator<Item = StaffRole> {
        StaffRole::ALL.into_iter().filter(move |role| self.holds(*role))
    }
}

impl FromIterator<StaffRole> for StaffRoles {
    fn from_iter<I: IntoIterator<Item = StaffRole>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |bits, role| bits | 1 << role as u16))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_to_their_roles() {
        for role in StaffRole::ALL {
            assert_eq!(StaffRole::parse(role.code()), Ok(role));
        }
        for role in OrgRole::ALL {
            assert_eq!(OrgRole::parse(role.code()), Ok(role));
        }
        assert_eq!(StaffRole::parse("boss"), Err(UnknownRole));
        assert_eq!(OrgRole::parse(""), Err(UnknownRole));
        assert!(OrgRole::Signatory > OrgRole::Editor && OrgRole::Editor > OrgRole::Reader);
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let roles: StaffRoles = [StaffRole::Editor, StaffRole::Warehouse].into_iter().collect();
        assert!(roles.holds(StaffRole::Editor) && !roles.holds(StaffRole::Administrator));
        assert!(roles.any_of(&[StaffRole::Administrator, StaffRole::Warehouse]) && !roles.any_of(&[]));
        assert_eq!(roles.iter().collect::<Vec<_>>(), [StaffRole::Editor, StaffRole::Warehouse]);
        assert!(StaffRoles::NONE.is_empty() && !roles.is_empty());
    }
}
