//! The forms of an import by the page.

/// Names of the forms' fields.
pub mod field {
    pub const FILE: &str = "fil";
    pub const VERSION: &str = "version";
}

/// What is wrong with a file before it is looked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    Missing,
    Empty,
    TooLarge,
    BrokenOff,
}
