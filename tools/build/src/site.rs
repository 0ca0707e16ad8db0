//! The finished site: `assets/` with hashed names, compressed copies, and `manifest.json`.
//!
//! A name holds the first ten hexadecimal digits of the SHA-256 of what is in the file, so the server may
//! let browsers keep it for a year. The manifest is written last and leads from logical names to these:
//!
//! ```json
//! { "portal.css": { "path": "/assets/portal-0123456789.css", "type": "text/css; charset=utf-8",
//!                   "size": 101000, "br": 12000, "gz": 14000 } }
//! ```
//!
//! `size`, `br` and `gz` are bytes; `br` and `gz` are there when the file beside it, with `.br` or `.gz`
//! after its name, is. The file of an entry lies at the site's folder followed by `path`.

use crate::{Did, Outcome, Place, While, failure, read, stamp, wasm::Program, write};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, fs, io::Write, path::Path};

/// Sizes in bytes of one file of the site.
pub struct Listed {
    pub name: String,
    pub path: String,
    pub size: usize,
    pub br: Option<usize>,
    pub gz: Option<usize>,
}

impl Listed {
    /// What a browser of today receives.
    pub fn sent(&self) -> usize {
        self.br.or(self.gz).unwrap_or(self.size)
    }
}

const FONT_FOLDER: &str = "node_modules/@fontsource-variable/source-sans-3";

/// The Latin subset has all of Swedish and the languages that we publish in; the licence goes with it.
const FONTS: [(&str, &str); 3] = [
    ("source-sans-3.woff2", "files/source-sans-3-latin-wght-normal.woff2"),
    ("source-sans-3-italic.woff2", "files/source-sans-3-latin-wght-italic.woff2"),
    ("source-sans-3-licence.txt", "LICENSE"),
];

pub fn run(place: &Place, style: Vec<u8>, program: Option<Program>) -> Outcome<Did<Vec<Listed>>> {
    let files = collect(place, style, program)?;
    let mut inputs = vec![place.dev.to_string(), place.out.display().to_string()];
    for (name, bytes) in &files {
        inputs.push(format!("{name} {}", stamp::hash(bytes)));
    }
    let now = stamp::hash(inputs.join("\n").as_bytes());
    let manifest = place.out.join("manifest.json");
    if stamp::matches(place, "site", &now)
        && let Ok(listed) = listed(&manifest)
        && listed.iter().all(|entry| on_disk(place, entry).is_file())
    {
        return Ok(Did::Nothing(listed));
    }

    // Written anew as a whole, so that nothing from an earlier build stays.
    let assets = place.out.join("assets");
    if assets.exists() {
        fs::remove_dir_all(&assets).during(format_args!("Emptying {}", assets.display()))?;
    }
    fs::create_dir_all(&assets).during(format_args!("Creating {}", assets.display()))?;

    let mut entries = Map::new();
    for (name, hashed, bytes) in with_hashed_names(files)? {
        let kind = media_type(&name)?;
        let file = assets.join(&hashed);
        write(&file, &bytes)?;
        let mut entry = json!({ "path": format!("/assets/{hashed}"), "type": kind.name, "size": bytes.len() });
        if kind.compressible {
            for (key, small) in [("br", brotli(&bytes, place.dev)?), ("gz", gzip(&bytes)?)] {
                if small.len() < bytes.len() {
                    write(&file.with_file_name(format!("{hashed}.{key}")), &small)?;
                    entry[key] = json!(small.len());
                }
            }
        }
        entries.insert(name, entry);
    }
    let text = serde_json::to_vec_pretty(&Value::Object(entries)).during("Writing the manifest")?;
    let draft = manifest.with_extension("draft");
    write(&draft, &text)?;
    fs::rename(&draft, &manifest).during("Putting the manifest in place")?;
    stamp::keep(place, "site", &now)?;
    Ok(Did::Work(listed(&manifest)?))
}

fn on_disk(place: &Place, entry: &Listed) -> std::path::PathBuf {
    place.out.join(entry.path.trim_start_matches('/'))
}

/// Every file of the site by its logical name.
fn collect(place: &Place, style: Vec<u8>, program: Option<Program>) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::from([("portal.css".to_owned(), style)]);
    if let Some(Program { glue, wasm }) = program {
        files.insert("portal.js".into(), glue);
        files.insert("portal.wasm".into(), wasm);
    }
    for (name, source) in FONTS {
        files.insert(name.into(), read(&place.root.join(FONT_FOLDER).join(source))?);
    }
    let mut public = Vec::new();
    stamp::collect(&place.root.join("public"), &mut public)?;
    for file in public {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut bytes = read(&file)?;
        if name.ends_with(".js") {
            bytes = without_comments(&bytes);
        }
        if files.insert(name.clone(), bytes).is_some() {
            return failure(format!("Two files of the site are called {name}"));
        }
    }
    Ok(files)
}

/// `(logical name, hashed name, contents)`. The stylesheet comes after the fonts, whose names go into it.
fn with_hashed_names(files: BTreeMap<String, Vec<u8>>) -> Outcome<Vec<(String, String, Vec<u8>)>> {
    let (sheets, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name.ends_with(".css"));
    let mut named: Vec<(String, String, Vec<u8>)> = Vec::new();
    for (name, bytes) in others {
        let hashed = hashed_name(&name, &bytes);
        named.push((name, hashed, bytes));
    }
    for (name, bytes) in sheets {
        let mut css = String::from_utf8(bytes).during(format_args!("Reading {name} as text"))?;
        for (logical, hashed, _) in &named {
            // Quoted or not, as the minifier pleases; always relative to the sheet itself.
            for quote in ["", "\"", "'"] {
                css = css.replace(&format!("url({quote}{logical}{quote})"), &format!("url({hashed})"));
            }
        }
        let bytes = css.into_bytes();
        let hashed = hashed_name(&name, &bytes);
        named.push((name, hashed, bytes));
    }
    Ok(named)
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = stamp::hash(bytes);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{stem}-{}.{extension}", &hash[..10])
}

struct Kind {
    name: &'static str,
    /// False for formats that are compressed in themselves.
    compressible: bool,
}

fn media_type(name: &str) -> Outcome<Kind> {
    let (name, compressible) = match Path::new(name).extension().and_then(|extension| extension.to_str()) {
        Some("css") => ("text/css; charset=utf-8", true),
        Some("js") => ("text/javascript; charset=utf-8", true),
        Some("svg") => ("image/svg+xml", true),
        Some("txt") => ("text/plain; charset=utf-8", true),
        Some("wasm") => ("application/wasm", true),
        Some("png") => ("image/png", false),
        Some("woff2") => ("font/woff2", false),
        _ => return failure(format!("No media type is known for {name}; add it in tools/build/src/site.rs")),
    };
    Ok(Kind { name, compressible })
}

fn brotli(bytes: &[u8], dev: bool) -> Outcome<Vec<u8>> {
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: if dev { 9 } else { 11 }, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &parameters).during("Compressing with Brotli")?;
    Ok(small)
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).during("Compressing with gzip")?;
    encoder.finish().during("Compressing with gzip")
}

/// Removes what is only for readers of the source: lines that are nothing but comment, blank lines and
/// indentation. Line based on purpose, so that it cannot break an expression; a script that is shipped
/// therefore has no text over several lines.
pub fn without_comments(script: &[u8]) -> Vec<u8> {
    let mut lean = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in String::from_utf8_lossy(script).lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.ends_with("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean.into_bytes()
}

/// Reads a manifest back.
fn listed(manifest: &Path) -> Outcome<Vec<Listed>> {
    let text = read(manifest)?;
    let entries: Map<String, Value> = serde_json::from_slice(&text).during("Reading the manifest")?;
    let number = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    Ok(entries
        .iter()
        .map(|(name, entry)| Listed {
            name: name.clone(),
            path: entry.get("path").and_then(Value::as_str).unwrap_or_default().to_owned(),
            size: number(entry, "size").unwrap_or_default(),
            br: number(entry, "br"),
            gz: number(entry, "gz"),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_keeps_its_code_and_loses_its_comments() {
        let script = "// why\nconst a = 'http://x' // kept: not a line of its own\n\n  /** two\n   * lines */\n  go(a)\n/* one */\nend()\n";
        let lean = without_comments(script.as_bytes());
        assert_eq!(String::from_utf8_lossy(&lean), "const a = 'http://x' // kept: not a line of its own\ngo(a)\nend()\n");
    }

    #[test]
    fn the_sheet_names_fonts_by_their_hashed_names() {
        let files = BTreeMap::from([
            ("a.css".to_owned(), b"@font-face{src:url(b.woff2)}@font-face{src:url(\"b.woff2\")}".to_vec()),
            ("b.woff2".to_owned(), b"font".to_vec()),
        ]);
        let named = with_hashed_names(files).expect("text");
        let font = &named[0].1;
        assert_eq!(font.len(), "b-0123456789.woff2".len());
        let sheet = String::from_utf8_lossy(&named[1].2);
        assert_eq!(sheet, format!("@font-face{{src:url({font})}}@font-face{{src:url({font})}}"));
        assert_eq!(named[1].1, hashed_name("a.css", sheet.as_bytes()));
    }

    #[test]
    fn an_unknown_kind_of_file_is_refused() {
        assert!(media_type("x.exe").is_err());
        assert!(media_type("portal.wasm").is_ok_and(|kind| kind.compressible));
    }
}
