//! Saved views, choices of columns, and files of tables. To add a format: a variant of [`Format`], its writer in `file`, its
//! code in the migration.

use sqlx::FromRow;

use crate::kit::{Id, Instant, StaffRole, StaffRoles};

/// A view of a table that somebody saved.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct View {
    pub id: Id,
    pub sheet: String,
    pub owner_id: Id,
    /// Nobody else, `all`, or the code of a role.
    pub shared_with: String,
    pub name: String,
    pub query: String,
    /// Codes of columns, with commas between; the usual ones when empty.
    pub columns: String,
    pub version: i64,
}

/// The stored word for every member of staff.
pub const ALL: &str = "all";

impl View {
    pub fn is_shared(&self) -> bool {
        !self.shared_with.is_empty()
    }

    /// Whether someone sees it.
    pub fn is_seen_by(&self, account: &Id, roles: StaffRoles) -> bool {
        let holds = || StaffRole::parse(&self.shared_with).is_ok_and(|role| roles.holds(role));
        self.owner_id == *account || self.shared_with == ALL || holds()
    }

    /// Whether someone may take it away: its owner, or an administrator when it is shared.
    pub fn is_removed_by(&self, account: &Id, roles: StaffRoles) -> bool {
        self.owner_id == *account || self.is_shared() && roles.holds(StaffRole::Administrator)
    }
}

/// How somebody looks at a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, FromRow)]
pub struct Choice {
    pub columns: String,
    /// The view that the table opens with.
    pub view_id: Option<Id>,
}

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
}

impl Format {
    pub const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// The stored code, and the ending of the file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// How many rows fit below the head.
    pub const fn most_rows(self) -> i64 {
        match self {
            Self::Csv => i64::MAX,
            Self::Xlsx => 1_048_575,
        }
    }
}

/// A table that somebody asked for as a file.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Export {
    pub id: Id,
    pub account_id: Id,
    pub sheet: String,
    pub query: String,
    pub columns: String,
    pub format: String,
    /// `waiting`, `running`, `ready` or `failed`.
    pub state: String,
    /// Why it failed: `role`, `rows` or `fault`.
    pub fault: String,
    /// How often it was asked for: a job of an earlier time does nothing.
    pub attempt: i64,
    pub rows_done: i64,
    pub rows_total: i64,
    pub size: i64,
    pub created_at: Instant,
    pub done_at: Option<Instant>,
}

/// For how many days a file can be fetched.
pub const DAYS_KEPT: i64 = 7;

impl Export {
    pub fn format(&self) -> Format {
        Format::parse(&self.format).unwrap_or(Format::Csv)
    }

    pub fn is_over(&self) -> bool {
        self.is_ready() || self.has_failed()
    }

    pub fn is_ready(&self) -> bool {
        self.state == "ready"
    }

    pub fn has_failed(&self) -> bool {
        self.state == "failed"
    }

    pub fn ends_at(&self) -> Instant {
        self.created_at.plus_days(DAYS_KEPT)
    }
}
