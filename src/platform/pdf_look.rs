//! Looking into a PDF that somebody sent. What is in such a file may be made to harm whoever reads it, so a process of its own looks, with
//! little memory and little time, and gives back a handful of facts; if it dies, nothing is known and nothing else has happened.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use lopdf::{Dictionary, Document, Object};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

/// The hidden command that the process of its own runs.
pub const COMMAND: &str = "look-into-pdf";

/// What the process may use: bytes of address space, and seconds.
const MEMORY: u64 = 1024 * 1024 * 1024;
const SECONDS: u64 = 20;

/// The largest file that is looked into.
const MOST_BYTES: u64 = 300 * 1024 * 1024;

/// Pages whose text is looked for.
const MOST_PAGES: usize = 20;

/// What was seen in a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// A password is needed to read it.
    pub locked: bool,
    pub pages: usize,
    /// It says which part is a heading, a paragraph, a table (PDF/UA).
    pub tagged: bool,
    pub title: bool,
    pub language: bool,
    /// There is text on its first pages, and not only pictures of it.
    pub text: bool,
}

/// What the command does: reads a file, writes what it sees. Nothing is written where nothing can be seen.
///
/// # Errors
/// When it cannot read or write at all.
pub fn command() -> std::io::Result<()> {
    rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY)?;
    rlimit::setrlimit(rlimit::Resource::CPU, SECONDS, SECONDS)?;
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes)?;
    if let Some(seen) = look(&bytes) {
        serde_json::to_writer(std::io::stdout().lock(), &seen)?;
        std::io::stdout().lock().flush()?;
    }
    Ok(())
}

/// What is in a PDF, if it can be read at all.
fn look(bytes: &[u8]) -> Option<Seen> {
    let document = Document::load_mem(bytes).ok()?;
    let locked = document.trailer.has(b"Encrypt");
    let catalog = document.catalog().ok();
    let dictionary = |name: &[u8]| catalog.and_then(|catalog| resolved(&document, catalog, name)).and_then(|found| found.as_dict().ok());
    let marked = dictionary(b"MarkInfo").and_then(|info| info.get(b"Marked").ok()).and_then(|marked| marked.as_bool().ok());
    let is_filled = |object: &Object| object.as_str().is_ok_and(|text| text.iter().any(|byte| byte.is_ascii_graphic() || *byte > 127));
    let info =
        document.trailer.get(b"Info").ok().and_then(|info| document.dereference(info).ok()).and_then(|(_, info)| info.as_dict().ok());
    let titled = info.and_then(|info| info.get(b"Title").ok()).is_some_and(is_filled);
    let pages = document.get_pages();
    let text = pages.values().take(MOST_PAGES).any(|page| {
        let content = lopdf::content::Content::decode(&document.get_page_content(*page)).ok();
        content.is_some_and(|content| content.operations.iter().any(|one| matches!(one.operator.as_str(), "Tj" | "TJ" | "'" | "\"")))
    });
    Some(Seen {
        locked,
        pages: pages.len(),
        tagged: marked == Some(true) && dictionary(b"StructTreeRoot").is_some(),
        title: titled || catalog.and_then(|catalog| resolved(&document, catalog, b"Metadata")).is_some_and(has_title),
        language: catalog.and_then(|catalog| catalog.get(b"Lang").ok()).is_some_and(is_filled),
        text,
    })
}

fn resolved<'a>(document: &'a Document, dictionary: &'a Dictionary, name: &[u8]) -> Option<&'a Object> {
    let object = dictionary.get(name).ok()?;
    document.dereference(object).ok().map(|(_, object)| object)
}

/// Whether XMP metadata names a title (ISO 16684-1, `dc:title`).
fn has_title(metadata: &Object) -> bool {
    let Ok(stream) = metadata.as_stream() else { return false };
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let text = String::from_utf8_lossy(&bytes);
    let Some((_, after)) = text.split_once("<dc:title") else { return false };
    let inner = after.split("</dc:title>").next().unwrap_or_default();
    inner.split('>').skip(1).any(|part| !part.split('<').next().unwrap_or_default().trim().is_empty())
}

/// Has a process of its own look into a PDF; nothing when it could see nothing, took too long or died. `program` is this program.
pub async fn look_apart(program: &Path, bytes: &[u8]) -> Option<Seen> {
    let look = async {
        let mut child = Command::new(program)
            .arg(COMMAND)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .ok()?;
        let (mut to, mut from) = (child.stdin.take()?, child.stdout.take()?);
        // One that dies early stops reading: what it said until then counts.
        let _ = to.write_all(bytes).await;
        drop(to);
        let mut said = Vec::new();
        from.read_to_end(&mut said).await.ok()?;
        let ended = child.wait().await.ok()?;
        if ended.success() { serde_json::from_slice(&said).ok() } else { None }
    };
    tokio::time::timeout(Duration::from_secs(2 * SECONDS), look).await.ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::pdf::Letter;

    #[test]
    fn our_own_papers_are_all_that_they_should_be() {
        let letter = Letter {
            lang: "sv",
            sender: "Brå".to_owned(),
            title: "Kvittens".to_owned(),
            facts: Vec::new(),
            parts: vec![(String::new(), vec!["Ansökan har kommit in.".to_owned()])],
            page: "Sida",
        };
        let seen = look(&letter.pdf().unwrap());
        assert_eq!(seen, Some(Seen { locked: false, pages: 1, tagged: true, title: true, language: true, text: true }));
    }

    #[test]
    fn nothing_is_seen_in_nonsense() {
        assert_eq!(look(b""), None);
        assert_eq!(look(b"%PDF-1.7 nonsense"), None);
    }

    #[test]
    fn a_title_in_the_metadata_counts() {
        let with = |text: &str| has_title(&Object::Stream(lopdf::Stream::new(Dictionary::new(), text.as_bytes().to_vec())));
        assert!(with("<dc:title><rdf:Alt><rdf:li xml:lang='sv'>Trygg</rdf:li></rdf:Alt></dc:title>"));
        assert!(!with("<dc:title><rdf:Alt><rdf:li></rdf:li></rdf:Alt></dc:title>") && !with("<a/>"));
    }
}
