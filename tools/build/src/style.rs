//! The stylesheet. Sass and lightningcss are npm packages, so a small script drives them.

use crate::{Did, Outcome, Place, command, failure, kilobytes, read, stamp};
use std::process::Command;

/// A minifier that meets a rule it cannot read may drop all that follows without an error. The whole
/// sheet is about 100 kB and ends with the rules for print.
const LEAST: usize = 60_000;
const NEAR_THE_END: &[u8] = b".app-print-only";

/// Returns the minified sheet; the addresses in it are still logical names.
pub fn run(place: &Place) -> Outcome<Did<Vec<u8>>> {
    let now = stamp::of(place, &["style", "tools/build/style.mjs", "package-lock.json"], "")?;
    let sheet = place.work.join("portal.css");
    if stamp::matches(place, "style", &now) && sheet.is_file() {
        return Ok(Did::Nothing(read(&sheet)?));
    }
    command(
        "Compiling the style",
        Command::new("node").args(["tools/build/style.mjs", "style/portal.scss"]).arg(&sheet).current_dir(&place.root),
    )?;
    let css = read(&sheet)?;
    if css.len() < LEAST || !css.windows(NEAR_THE_END.len()).any(|part| part == NEAR_THE_END) {
        return failure(format!("The stylesheet is only {}: part of it was lost on the way", kilobytes(css.len())));
    }
    stamp::keep(place, "style", &now)?;
    Ok(Did::Work(css))
}
