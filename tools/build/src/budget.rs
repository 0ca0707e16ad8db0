//! What the portal promises to send at most, in bytes after compression. A page that needs more gets a
//! better idea, not a higher figure.

use crate::{Outcome, failure, kilobytes, site::Listed};

struct Budget {
    what: &'static str,
    most: usize,
    counts: fn(&str) -> bool,
}

const BUDGETS: [Budget; 4] = [
    Budget { what: "style", most: 16_000, counts: |name| name.ends_with(".css") },
    Budget { what: "script", most: 12_000, counts: |name| name.ends_with(".js") },
    Budget { what: "font", most: 60_000, counts: |name| name.ends_with(".woff2") },
    Budget { what: "islands", most: 120_000, counts: |name| name.ends_with(".wasm") },
];

/// Prints every budget and fails when one is exceeded.
pub fn check(listed: &[Listed]) -> Outcome<()> {
    let mut exceeded = Vec::new();
    for Budget { what, most, counts } in BUDGETS {
        let sent: usize = listed.iter().filter(|file| counts(&file.name)).map(Listed::sent).sum();
        let verdict = if sent > most { "  TOO MUCH" } else { "" };
        println!("{what:<9}{:>10} of {:>8}{verdict}", kilobytes(sent), kilobytes(most));
        if sent > most {
            exceeded.push(what);
        }
    }
    if exceeded.is_empty() { Ok(()) } else { failure(format!("Over the budget: {}", exceeded.join(", "))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, sent: usize) -> Listed {
        Listed { name: name.into(), path: String::new(), size: sent * 4, br: Some(sent), gz: None }
    }

    #[test]
    fn scripts_are_counted_together() {
        assert!(check(&[file("boot.js", 6_000), file("portal.js", 6_000)]).is_ok());
        assert!(check(&[file("boot.js", 6_000), file("portal.js", 6_001)]).is_err());
    }
}
