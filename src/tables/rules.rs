//! What may be asked of tables: the name of a view, whom it is shared with, which columns.

use super::model::{ALL, Format};
use crate::kit::{Errors, Form, StaffRole, field as tidy};
use crate::web::sheets::Heading;

/// Names of the fields.
pub mod field {
    pub const NAME: &str = "namn";
    pub const SHARED: &str = "delas";
    pub const FIRST: &str = "forst";
    pub const FILTERS: &str = "filter";
    pub const VERSION: &str = "version";
    pub const COLUMNS: &str = "kolumn";
    pub const FORMAT: &str = "format";
    pub const WHICH: &str = "kolumner";
}

/// How long a view's name may be.
pub const MAX_NAME: usize = 60;

/// How long the filters of a view may be, as they stand in an address.
pub const MAX_QUERY: usize = 2000;

/// What is wrong with a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewError {
    NameMissing,
    NameLong,
    NobodyChosen,
    /// One's own view of this table has the name already.
    NameTaken,
    FiltersLong,
    /// Somebody changed it meanwhile.
    Stale,
}

/// A view as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub name: String,
    pub shared_with: String,
    /// The table is to open with it.
    pub first: bool,
}

/// Reads the form of a view. `shares` says with whom it may be shared.
pub fn view(form: &Form, shares: &[String]) -> Result<Typed, Errors<ViewError>> {
    let mut errors = Errors::new();
    let name = tidy::clean_line(form.get(field::NAME));
    if name.is_empty() {
        errors.push(field::NAME, ViewError::NameMissing);
    } else if tidy::count(&name) > MAX_NAME {
        errors.push(field::NAME, ViewError::NameLong);
    }
    let shared_with = form.get(field::SHARED).to_owned();
    if !shared_with.is_empty() && !shares.contains(&shared_with) {
        errors.push(field::SHARED, ViewError::NobodyChosen);
    }
    if errors.is_empty() { Ok(Typed { name, shared_with, first: form.checked(field::FIRST) }) } else { Err(errors) }
}

/// With whom a table's views may be shared: everybody, or one of the roles that see it.
pub fn shares(sees: &[StaffRole]) -> Vec<String> {
    std::iter::once(ALL.to_owned()).chain(sees.iter().map(|role| role.code().to_owned())).collect()
}

/// The chosen columns in the table's order, with the first always among them; empty when they are the usual ones.
pub fn columns<'a>(headings: &[Heading], chosen: impl Iterator<Item = &'a str>) -> String {
    let chosen: Vec<&str> = chosen.collect();
    let kept: Vec<&Heading> =
        headings.iter().enumerate().filter(|(index, heading)| *index == 0 || chosen.contains(&heading.code)).map(|(_, it)| it).collect();
    let usual = headings.iter().all(|heading| heading.usual == kept.iter().any(|kept| kept.code == heading.code));
    if usual { String::new() } else { kept.iter().map(|heading| heading.code).collect::<Vec<_>>().join(",") }
}

/// The places of the stored columns among the headings; what is stored and no longer there is left out.
pub fn places(headings: &[Heading], stored: &str) -> Vec<usize> {
    let is_in = |(index, heading): &(usize, &Heading)| {
        *index == 0 || if stored.is_empty() { heading.usual } else { stored.split(',').any(|code| code == heading.code) }
    };
    headings.iter().enumerate().filter(is_in).map(|(index, _)| index).collect()
}

/// What a file is to be: its format, and whether all columns are wanted.
pub fn export(form: &Form) -> Option<(Format, bool)> {
    Some((Format::parse(form.get(field::FORMAT))?, form.get(field::WHICH) == "alla"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: [Heading; 3] = [
        Heading { code: "a", label: || "A", usual: true },
        Heading { code: "b", label: || "B", usual: true },
        Heading { code: "c", label: || "C", usual: false },
    ];

    #[test]
    fn columns_keep_the_order_of_the_table() {
        assert_eq!(columns(&HEADINGS, ["c", "b"].into_iter()), "a,b,c");
        assert_eq!(columns(&HEADINGS, ["b"].into_iter()), "", "the usual ones");
        assert_eq!(columns(&HEADINGS, std::iter::empty()), "a", "never none");
        assert_eq!(columns(&HEADINGS, ["x", "c"].into_iter()), "a,c");
        assert_eq!(places(&HEADINGS, ""), [0, 1]);
        assert_eq!(places(&HEADINGS, "a,c,gone"), [0, 2]);
        assert_eq!(places(&HEADINGS, "gone"), [0]);
    }

    #[test]
    fn a_view_has_a_name_and_known_readers() {
        let form =
            |name: &str, with: &str| Form(vec![(field::NAME.to_owned(), name.to_owned()), (field::SHARED.to_owned(), with.to_owned())]);
        let shares = shares(&[StaffRole::Warehouse]);
        assert_eq!(view(&form("  Att  packa ", "warehouse"), &shares).unwrap().name, "Att packa");
        assert_eq!(view(&form("", ""), &shares).unwrap_err().of(field::NAME), Some(&ViewError::NameMissing));
        assert_eq!(view(&form(&"å".repeat(61), ""), &shares).unwrap_err().of(field::NAME), Some(&ViewError::NameLong));
        assert_eq!(view(&form("x", "economist"), &shares).unwrap_err().of(field::SHARED), Some(&ViewError::NobodyChosen));
    }
}
