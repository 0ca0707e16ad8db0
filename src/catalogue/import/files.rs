//! Files that belong to the rows of an import: found beside the import file, known by their content, and stored before
//! the rows that name them.

use std::collections::HashMap;
use std::path::PathBuf;

use super::ImportError;
use crate::catalogue::model::FileInfo;
use crate::catalogue::rules::Code;
use crate::platform::ids::sha256_hex;
use crate::web::App;

/// Where the files are.
#[derive(Debug, Clone)]
pub enum Attachments {
    Folder(PathBuf),
    /// Built into the program: names and contents.
    Bytes(&'static [(&'static str, &'static [u8])]),
}

impl Attachments {
    /// Finds a file and tells what it is; nothing is stored yet.
    pub(super) async fn look(&self, name: &str) -> Result<FileInfo, Code> {
        let content = self.read(name).await?;
        let media_type = media_type(&content).ok_or(Code::FileKind)?.to_owned();
        let size = i64::try_from(content.len()).map_err(|_| Code::FileUnreadable)?;
        Ok(FileInfo { hash: sha256_hex(&content), name: name.to_owned(), size, media_type })
    }

    async fn read(&self, name: &str) -> Result<Vec<u8>, Code> {
        match self {
            Self::Folder(folder) => tokio::fs::read(folder.join(name)).await.map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Code::FileMissing,
                _ => Code::FileUnreadable,
            }),
            Self::Bytes(files) => files.iter().find(|(own, _)| *own == name).map(|(_, content)| content.to_vec()).ok_or(Code::FileMissing),
        }
    }

    /// Stores the files that the rows name. Storing one twice does nothing: its key is its content.
    pub(super) async fn store(&self, app: &App, files: &HashMap<String, FileInfo>) -> Result<(), ImportError> {
        for (name, info) in files {
            let content = self.read(name).await.map_err(|_| ImportError::ChangedMeanwhile)?;
            let stored = app.files.put(content.into()).await.map_err(|error| ImportError::Files(error.to_string()))?;
            if stored.hash != info.hash {
                return Err(ImportError::ChangedMeanwhile);
            }
        }
        Ok(())
    }
}

/// The type of a file by its first bytes; names tell nothing. `None` for what the catalogue does not offer.
fn media_type(content: &[u8]) -> Option<&'static str> {
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [b'P', b'K', 3, 4, ..] if content.get(30..58) == Some(b"mimetypeapplication/epub+zip") => Some("application/epub+zip"),
        _ => None,
    }
}
