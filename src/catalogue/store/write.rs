//! What an import writes.
