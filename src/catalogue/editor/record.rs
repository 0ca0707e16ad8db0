//! A publication as a row of an import has it: raw answers by the names of `catalogue::rules::FIELDS`, so that the same rules
//! judge what an editor types and what a file brings.
//!
//! What belongs here: a record in parts ([`parts`]), what differs between two, and how two changes of one record become one
//! ([`merge`]). An edition is an object with an `id` of its own; each of its answers is a part by itself.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A publication in raw answers.
pub type Record = Map<String, Value>;

/// The parts of a record by name: `title`, `summary_en`, `editions.0190….price_sek_incl_vat`.
pub type Parts = BTreeMap<String, Value>;

/// The field that holds the editions.
pub const EDITIONS: &str = "editions";

/// Reads a stored record; what cannot be read is empty, and then everything differs.
pub fn read(json: &str) -> Record {
    serde_json::from_str(json).unwrap_or_default()
}

/// As it is stored.
pub fn stored(record: &Record) -> String {
    Value::Object(record.clone()).to_string()
}

/// A record's text, or nothing.
pub fn text<'a>(record: &'a Record, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// A record's yes, or no.
pub fn flag(record: &Record, field: &str) -> bool {
    record.get(field).and_then(Value::as_bool).unwrap_or(false)
}

/// The texts of a list.
pub fn list(record: &Record, field: &str) -> Vec<String> {
    let items = record.get(field).and_then(Value::as_array);
    items.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The objects of a list.
pub fn objects<'a>(record: &'a Record, field: &str) -> Vec<&'a Record> {
    record.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object).collect()
}

/// The edition with this id.
pub fn edition<'a>(record: &'a Record, id: &str) -> Option<&'a Record> {
    objects(record, EDITIONS).into_iter().find(|edition| text(edition, "id") == id)
}

/// The record in parts. The import key is no part: nobody changes it.
pub fn parts(record: &Record) -> Parts {
    let mut parts = Parts::new();
    for (field, value) in record {
        if field == EDITIONS {
            for edition in objects(record, EDITIONS) {
                let id = text(edition, "id");
                parts.extend(edition.iter().filter(|(name, _)| *name != "id").map(|(name, value)| (edition_part(id, name), value.clone())));
            }
        } else if field != "id" && !value.is_null() {
            parts.insert(field.clone(), value.clone());
        }
    }
    parts
}

/// The name of an edition's part.
pub fn edition_part(id: &str, field: &str) -> String {
    format!("{EDITIONS}.{id}.{field}")
}

/// The edition and the field of a part's name, where it is an edition's.
pub fn of_edition(part: &str) -> Option<(&str, &str)> {
    part.strip_prefix(EDITIONS)?.strip_prefix('.')?.split_once('.')
}

/// Puts a part in its place; `None` takes it away. An edition that has no form is no edition.
pub fn set(record: &mut Record, part: &str, value: Option<Value>) {
    let Some((id, field)) = of_edition(part) else {
        match value {
            Some(value) => record.insert(part.to_owned(), value),
            None => record.remove(part),
        };
        return;
    };
    let list = record.entry(EDITIONS).or_insert_with(|| Value::Array(Vec::new()));
    let Value::Array(editions) = list else { return };
    let place = editions.iter().position(|edition| edition.get("id").and_then(Value::as_str) == Some(id));
    match (place, value) {
        (Some(place), None) if field == "form" => {
            editions.remove(place);
        }
        (Some(place), value) => {
            if let Some(edition) = editions.get_mut(place).and_then(Value::as_object_mut) {
                match value {
                    Some(value) => edition.insert(field.to_owned(), value),
                    None => edition.remove(field),
                };
            }
        }
        // What belonged to an edition that is gone is gone with it.
        (None, Some(value)) if field == "form" => editions.push(serde_json::json!({ "id": id, "form": value })),
        (None, _) => {}
    }
    if editions.is_empty() {
        record.remove(EDITIONS);
    }
}

/// The names of all parts that differ, in the order of the names.
pub fn differing(one: &Parts, other: &Parts) -> Vec<String> {
    let mut names: Vec<String> = one.keys().chain(other.keys()).cloned().collect();
    names.sort();
    names.dedup();
    names.retain(|name| one.get(name) != other.get(name));
    names
}

/// Two changes of one record as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub record: Record,
    /// The parts that both changed, each in another way. The record has them as `theirs` has them.
    pub conflicts: Vec<String>,
}

/// Brings what `mine` changed of `base` into `theirs`. Without a base nobody knows who changed what, so whatever differs is a
/// conflict.
pub fn merge(base: Option<&Record>, mine: &Record, theirs: &Record) -> Merged {
    let (before, mine, now) = (base.map(parts), parts(mine), parts(theirs));
    let mut merged = Merged { record: theirs.clone(), conflicts: Vec::new() };
    // The forms of editions first: an edition must be there before its other parts find their place.
    let mut names = differing(&mine, &now);
    names.sort_by_key(|name| of_edition(name).is_some_and(|(_, field)| field != "form"));
    for name in names {
        let known = before.as_ref().map(|before| before.get(&name));
        if known == Some(mine.get(&name)) {
            continue;
        }
        if known == Some(now.get(&name)) {
            set(&mut merged.record, &name, mine.get(&name).cloned());
        } else {
            merged.conflicts.push(name);
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn record(value: Value) -> Record {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn each_keeps_what_only_one_changed() {
        let base = record(json!({ "id": "k", "title": "A", "number": "1", "editions": [{ "id": "e", "form": "print", "pages": "10" }] }));
        let mine = record(json!({ "id": "k", "title": "B", "number": "1", "editions": [{ "id": "e", "form": "print", "pages": "10" }] }));
        let theirs = record(
            json!({ "id": "k", "title": "A", "editions": [{ "id": "e", "form": "print", "pages": "12" }, { "id": "f", "form": "pdf" }] }),
        );
        let merged = merge(Some(&base), &mine, &theirs);
        assert_eq!(merged.conflicts, Vec::<String>::new());
        assert_eq!(
            Value::Object(merged.record),
            json!({ "id": "k", "title": "B", "editions": [{ "id": "e", "form": "print", "pages": "12" }, { "id": "f", "form": "pdf" }] })
        );
    }

    #[test]
    fn what_both_changed_is_a_conflict_and_nothing_is_overwritten() {
        let base = record(json!({ "title": "A" }));
        let (mine, theirs) = (record(json!({ "title": "B" })), record(json!({ "title": "C" })));
        let merged = merge(Some(&base), &mine, &theirs);
        assert_eq!((merged.conflicts, text(&merged.record, "title")), (vec!["title".to_owned()], "C"));
        assert_eq!(merge(None, &mine, &theirs).conflicts, ["title"]);
        assert_eq!(merge(None, &mine, &mine).conflicts, Vec::<String>::new());
    }

    #[test]
    fn an_edition_that_one_took_away_is_gone() {
        let base = record(json!({ "editions": [{ "id": "e", "form": "print", "pages": "10" }] }));
        let merged = merge(Some(&base), &Record::new(), &base);
        assert_eq!((merged.record, merged.conflicts), (Record::new(), vec![]));
        // Another wrote in it meanwhile: the one part is a conflict.
        let theirs = record(json!({ "editions": [{ "id": "e", "form": "print", "pages": "12" }] }));
        assert_eq!(merge(Some(&base), &Record::new(), &theirs).conflicts, ["editions.e.pages"]);
    }

    fn small() -> impl Strategy<Value = Record> {
        let value = prop::option::of("[ab]");
        (value.clone(), value.clone(), value.clone(), prop::option::of(value)).prop_map(|(title, number, series, edition)| {
            let mut record = Record::new();
            for (name, value) in [("title", title), ("number", number), ("series", series)] {
                record.extend(value.map(|value| (name.to_owned(), Value::String(value))));
            }
            if let Some(pages) = edition {
                set(&mut record, "editions.e.form", Some(json!("pdf")));
                set(&mut record, "editions.e.pages", pages.map(Value::String));
            }
            record
        })
    }

    proptest! {
        /// Whoever changed nothing takes over all that the other did, and the other way about.
        #[test]
        fn no_change_gives_way(base in small(), other in small()) {
            let merged = merge(Some(&base), &base, &other);
            prop_assert_eq!((parts(&merged.record), merged.conflicts.len()), (parts(&other), 0));
            let merged = merge(Some(&base), &other, &base);
            prop_assert_eq!((parts(&merged.record), merged.conflicts.len()), (parts(&other), 0));
        }

        /// Every part is as one of the two has it, and where only one changed it, as that one does.
        #[test]
        fn nothing_is_lost_or_made_up(base in small(), mine in small(), theirs in small()) {
            let merged = merge(Some(&base), &mine, &theirs);
            let (before, mine, theirs, after) = (parts(&base), parts(&mine), parts(&theirs), parts(&merged.record));
            for name in ["title", "number", "series"] {
                let (old, own, other, new) = (before.get(name), mine.get(name), theirs.get(name), after.get(name));
                let conflict = merged.conflicts.iter().any(|known| known == name);
                prop_assert_eq!(conflict, own != old && other != old && own != other);
                prop_assert_eq!(new, if own == old || conflict { other } else { own });
            }
        }
    }
}
