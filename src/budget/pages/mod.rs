//! How a budget looks: the fields that ask for it (`fields`), and its figures as table, printed sheet, JSON and rows of a file
//! (`shown`). Both are parts of somebody else's page.

mod fields;
mod shown;

pub use fields::{errors, fields};
pub use shown::{Entry, entries, json, rows, sheet, shown};
