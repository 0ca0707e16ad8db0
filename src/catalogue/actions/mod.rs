//! What editors do with the catalogue, each in one transaction with its event in the audit chain.
//!
//! To add one: a function in the file of what it is about, its handler in `posts`.

pub mod covers;
pub mod files;
pub mod imports;
pub mod prices;

use crate::catalogue::store::write;
use crate::kit::Id;
use crate::platform::db::{StoreError, Tx};

/// Lets every process that searches see that something about the work has changed.
async fn touch(tx: &mut Tx, work: &Id) -> Result<(), StoreError> {
    let revision = write::next_revision(tx).await?;
    write::set_revision(tx, work, revision).await
}
