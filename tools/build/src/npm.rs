//! The packages of `package-lock.json`, exactly as it names them.

use crate::{Did, Outcome, Place, While, command};
use std::{fs, path::Path, process::Command, time::SystemTime};

/// `npm ci`, when the lock file is newer than what was last installed.
pub fn run(place: &Place) -> Outcome<Did<()>> {
    let wanted = changed(&place.root.join("package-lock.json")).during("Reading package-lock.json")?;
    // npm writes this file last, so an interrupted installation counts as none.
    let installed = changed(&place.root.join("node_modules/.package-lock.json"));
    if installed.is_ok_and(|installed| installed >= wanted) {
        return Ok(Did::Nothing(()));
    }
    command("Installing packages", Command::new("npm").arg("ci").current_dir(&place.root))?;
    Ok(Did::Work(()))
}

fn changed(path: &Path) -> std::io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}
