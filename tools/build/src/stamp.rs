//! What a step last read, as one hash: when it is the same again, the result still stands.

use crate::{Outcome, Place, While, read, write};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Lower-case hexadecimal SHA-256.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// One hash over the contents and names of `inputs` (files, or folders with all that is in them) and of
/// `settings`. A missing input counts as empty.
pub fn of(place: &Place, inputs: &[&str], settings: &str) -> Outcome<String> {
    let mut files = Vec::new();
    for input in inputs {
        collect(&place.root.join(input), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    digest.update(settings);
    for file in files {
        let bytes = read(&file)?;
        digest.update(file.to_string_lossy().as_bytes());
        digest.update(bytes.len().to_le_bytes());
        digest.update(&bytes);
    }
    Ok(hex(&digest.finalize()))
}

/// All files at or below `path`.
pub fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        let what = format!("Reading the folder {}", path.display());
        for entry in fs::read_dir(path).during(&what)? {
            collect(&entry.during(&what)?.path(), files)?;
        }
    }
    Ok(())
}

/// Whether the step `name` last finished with this stamp.
pub fn matches(place: &Place, name: &str, stamp: &str) -> bool {
    fs::read_to_string(file(place, name)).is_ok_and(|last| last == stamp)
}

/// Called when the step has written its result, never before.
pub fn keep(place: &Place, name: &str, stamp: &str) -> Outcome<()> {
    write(&file(place, name), stamp.as_bytes())
}

fn file(place: &Place, name: &str) -> PathBuf {
    place.work.join(format!("{name}.stamp"))
}
