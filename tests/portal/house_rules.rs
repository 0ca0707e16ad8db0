//! The house rules, held by reading the sources: who may know whom, and that clock, randomness and SQL stay behind
//! their doors. A new area goes into [`AREAS`], to the right of those it may know.

use std::path::{Path, PathBuf};

/// Areas in order: each may know only those to its left.
const AREAS: &[&str] = &[
    "about",
    "tables",
    "people",
    "organisations",
    "register",
    "post",
    "log",
    "catalogue",
    "shop",
    "budget",
    "attachments",
    "forms",
    "calls",
    "applications",
    "desk",
];

/// Every Rust file under `folder` with its text, tests inside the file left out.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(folder), &mut found);
    assert!(!found.is_empty(), "no sources under {folder}");
    found
}

/// The rooms that a source names by `crate::room`.
fn rooms_named(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .filter(|room: &String| Path::new("src").join(room).exists() || Path::new("src").join(format!("{room}.rs")).exists())
        .collect()
}

fn offences(folder: &str, may_know: &[&str]) -> Vec<String> {
    sources(folder)
        .into_iter()
        .flat_map(|(path, text)| {
            let own = Path::new(folder).file_name().unwrap().to_str().unwrap().to_owned();
            rooms_named(&text)
                .into_iter()
                .filter(|room| *room != own && !may_know.contains(&room.as_str()))
                .map(|room| format!("{} knows {room}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn each_room_knows_only_whom_it_may() {
    let mut found = offences("src/kit", &[]);
    // A sentence may be about an area's coded values, so `text` knows the rooms that hold them, and no other.
    let sentences = offences("src/text", &["kit"]);
    found.extend(sentences.into_iter().filter(|offence| !AREAS.iter().any(|area| offence.ends_with(&format!("knows {area}")))));
    for (path, text) in sources("src/text") {
        for area in AREAS {
            for rest in text.split(&format!("crate::{area}::")).skip(1) {
                if !["model", "lifecycle", "rules"].iter().any(|room| rest.starts_with(room)) {
                    found.push(format!("{} knows more of {area} than its coded values", path.display()));
                }
            }
        }
    }
    found.extend(offences("src/ui", &["kit", "text"]));
    found.extend(offences("src/platform", &["kit"]));
    found.extend(offences("src/web", &["kit", "text", "ui", "platform"]));
    for (index, area) in AREAS.iter().enumerate() {
        let folder = format!("src/{area}");
        if Path::new(&folder).exists() {
            let mut may = vec!["kit", "text", "ui", "platform", "web"];
            may.extend(&AREAS[..index]);
            found.extend(offences(&folder, &may));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_folder_is_a_known_room() {
    let rooms = ["kit", "text", "ui", "platform", "web"];
    for entry in std::fs::read_dir("src").unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            assert!(rooms.contains(&name.as_str()) || AREAS.contains(&name.as_str()), "src/{name} is no room of the house");
        }
    }
}

/// What may stand only in the files named beside it.
const DOORS: &[(&str, &[&str])] = &[
    ("SystemTime::now", &["src/platform/clock.rs"]),
    ("Zoned::now", &[]),
    ("Timestamp::now", &[]),
    ("getrandom::", &["src/platform/ids.rs"]),
    ("Uuid::now_v7", &[]),
    ("Uuid::new_v4", &[]),
    ("AssertSqlSafe", &[]),
    (".begin_with(", &["src/platform/db/mod.rs"]),
    (".begin()", &[]),
    // Whoever asks another server does so through the door that checks what comes back.
    ("reqwest::", &["src/platform/openid/mod.rs"]),
    // A route can be registered only where it is declared with its access.
    // (The figures' own address has one, which no visitor reaches.)
    (".route(", &["src/web/routes.rs", "src/platform/telemetry.rs"]),
    (".route_service(", &[]),
    (".nest(", &[]),
    (".fallback_service(", &["src/web/layers.rs"]),
];

#[test]
fn clock_randomness_and_transactions_stay_behind_their_doors() {
    let mut found = Vec::new();
    for (path, text) in sources("src") {
        for (call, doors) in DOORS {
            if text.contains(call) && !doors.iter().any(|door| path == Path::new(door)) {
                found.push(format!("{} uses {call}", path.display()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// SQL stands in the platform and in each area's store, nowhere else.
#[test]
fn sql_stands_in_stores_only() {
    let mut found = Vec::new();
    for (path, text) in sources("src") {
        let allowed = path.starts_with("src/platform")
            || path.file_stem().is_some_and(|name| name == "store")
            || path.components().any(|part| part.as_os_str() == "store");
        let sql =
            text.contains("sqlx::query") || ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE "].iter().any(|start| text.contains(start));
        if sql && !allowed {
            found.push(path.display().to_string());
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Only the map of the house and each area's `mod.rs` say which half of the program a room belongs to.
#[test]
fn features_are_named_in_maps_only() {
    let mut found = Vec::new();
    for (path, text) in sources("src") {
        let map = path.file_name().is_some_and(|name| name == "mod.rs" || name == "lib.rs");
        if text.contains("feature = \"ssr\"") && !map {
            found.push(path.display().to_string());
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Each file says what belongs in it.
#[test]
fn every_file_has_a_header() {
    let without: Vec<_> = sources("src")
        .into_iter()
        .filter(|(path, text)| !text.starts_with("//!") && !path.starts_with("src/text/sv") && !path.starts_with("src/text/en"))
        .map(|(path, _)| path)
        .collect();
    assert!(without.is_empty(), "{without:#?}");
}

/// Whatever stands in the audit chain or goes out as a mail has a name in the staff's own words.
#[test]
fn every_event_and_mail_has_a_name() {
    let texts = portal::text::staff();
    let areas: Vec<String> = [
        "access",
        "account",
        "cleanup",
        "cover",
        "disclosure",
        "edition",
        "freight",
        "guest",
        "export",
        "identity",
        "import",
        "mail",
        "membership",
        "notice",
        "order",
        "orders",
        "organisation",
        "passkey",
        "publication",
        "register",
        "role",
        "second_factor",
        "sales",
        "session",
        "stock",
        "template",
        "view",
    ]
    .map(|area| format!("{area}."))
    .to_vec();
    let mut events = std::collections::BTreeSet::new();
    let mut mails = std::collections::BTreeSet::new();
    for (path, text) in sources("src") {
        let letters = path.file_stem().is_some_and(|name| name == "letters");
        // A guard of a statement has the same shape: table and column.
        let lines = text.lines().filter(|line| !line.contains("Stale") && !line.contains("exactly_one"));
        for quoted in lines.flat_map(|line| line.split('"').skip(1).step_by(2)) {
            let code = areas.iter().any(|area| quoted.starts_with(area))
                && quoted.bytes().all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte));
            if code && letters {
                mails.insert(quoted.to_owned());
            } else if code && text.contains("audit::") && !quoted.ends_with('.') {
                events.insert(quoted.to_owned());
            }
        }
    }
    use portal::shop::lifecycle::Event;
    // Invoices and payments have no page yet that lets anybody make these happen.
    let later = [
        Event::Invoiced,
        Event::FellDue,
        Event::Paid,
        Event::Refunded,
        Event::Credited,
        Event::Confirmed { short: true },
        Event::Confirmed { short: false },
    ];
    events.extend(Event::ALL.iter().filter(|event| !later.contains(event)).map(|event| format!("order.{}", event.code())));
    events.extend(portal::catalogue::lifecycle::Event::ALL.iter().map(|event| format!("publication.{}", event.code())));
    events.extend(portal::register::lifecycle::Event::ALL.iter().map(|event| format!("disclosure.{}", event.code())));
    assert!(events.len() > 40 && mails.len() > 5, "{events:?} {mails:?}");
    let nameless: Vec<_> = events.iter().filter(|code| (texts.log.action)(code) == **code).collect();
    assert!(nameless.is_empty(), "give them a name in text/sv/staff.rs, log.action: {nameless:?}");
    let nameless: Vec<_> = mails.iter().filter(|code| (texts.outbox.kind_of)(code) == **code).collect();
    assert!(nameless.is_empty(), "give them a name in text/sv/staff.rs, outbox.kind_of: {nameless:?}");
    let sweeps: Vec<&str> = portal::platform::retention::sweeps().map(|(_, sweep)| sweep.code).collect();
    let once: std::collections::BTreeSet<&str> = sweeps.iter().copied().collect();
    assert_eq!(once.len(), sweeps.len(), "a sweep's code is its own");
    let nameless: Vec<_> = sweeps.iter().filter(|code| (texts.disposal.sweep)(code) == **code).collect();
    assert!(nameless.is_empty(), "give them a name in text/sv/staff.rs, disposal.sweep: {nameless:?}");
}
