//! Files by content: a file's name is the SHA-256 of what is in it, so it is written once, never changed, and anyone can
//! tell whether it is whole. They lie in a local folder (`PORTAL_DATA/files`, synced to disk) or in an S3 bucket.
//! What a file is called and who may fetch it is the business of the area that holds its hash.
//!
//! What is made to be fetched once and thrown away, such as a table that someone asked for as a file, lies apart and is named
//! by the id of its row: the same content may be somebody else's to keep, and throwing away must never take theirs.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use data_encoding::HEXLOWER;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, WriteMultipart};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use super::config::Config;
use super::ids::{SharedIds, sha256_hex};
use crate::kit::{Id, Instant};

/// Where uploads lie until their hash is known.
const UNFINISHED: &str = "incoming";

/// Where files lie that are thrown away after a while.
const PASSING: &str = "passing";

/// How much of a file is held in memory while it is stored.
const PIECE: usize = 256 * 1024;

/// What can go wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    #[error("there is no file with this hash")]
    Missing,
    #[error("the text is not a SHA-256 in lower-case hexadecimal")]
    NotAHash,
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    #[error("the upload broke off: {0}")]
    Upload(String),
    #[error("the folder for files cannot be made: {0}")]
    Folder(std::io::Error),
    #[error(transparent)]
    Store(object_store::Error),
}

impl From<object_store::Error> for FilesError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            error => Self::Store(error),
        }
    }
}

/// A file that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub hash: String,
    pub size: u64,
}

/// A file that has come and waits to be judged.
#[derive(Debug)]
pub struct Incoming {
    place: Path,
    pub hash: String,
    pub size: u64,
}

/// How a stored file is offered.
#[derive(Debug, Clone)]
pub struct Download<'a> {
    pub hash: &'a str,
    /// What the browser calls it on disk; any letters.
    pub name: &'a str,
    pub media_type: &'a str,
    /// When the publication got this file, if that is known.
    pub changed: Option<Instant>,
}

/// What the check of a file came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Yes,
    /// The content does not give the name.
    No,
    Missing,
}

/// The files. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    ids: SharedIds,
    place: String,
}

impl Files {
    /// Opens folder or bucket; a bucket is not reached until it is used.
    pub fn open(config: &Config, ids: SharedIds) -> Result<Self, FilesError> {
        if let Some(bucket) = config.files.as_deref().and_then(|place| place.strip_prefix("s3://")) {
            let store = AmazonS3Builder::from_env().with_bucket_name(bucket.trim_end_matches('/')).build()?;
            return Ok(Self::over(Arc::new(store), ids, format!("bucket {bucket}")));
        }
        let folder: PathBuf = config.data.join("files");
        std::fs::create_dir_all(&folder).map_err(FilesError::Folder)?;
        let store = LocalFileSystem::new_with_prefix(&folder)?.with_fsync(true);
        Ok(Self::over(Arc::new(store), ids, format!("folder {}", folder.display())))
    }

    /// Over a store that is open already; `place` says in words where it is.
    pub fn over(store: Arc<dyn ObjectStore>, ids: SharedIds, place: String) -> Self {
        Self { store, ids, place }
    }

    /// Where the files lie, in words.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Stores bytes that lie in memory. The same content again is the same file.
    pub async fn put(&self, bytes: Bytes) -> Result<Stored, FilesError> {
        let stored = Stored { hash: sha256_hex(&bytes), size: bytes.len() as u64 };
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.store.put_opts(&location(&stored.hash)?, PutPayload::from_bytes(bytes), options).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(stored),
            Err(error) => Err(error.into()),
        }
    }

    /// Stores a stream of at most `limit` bytes without holding it in memory.
    pub async fn put_stream<E: std::fmt::Display>(
        &self,
        stream: impl Stream<Item = Result<Bytes, E>> + Unpin,
        limit: u64,
    ) -> Result<Stored, FilesError> {
        let incoming = self.receive(stream, limit).await?;
        self.keep(incoming).await
    }

    /// Lays a stream of at most `limit` bytes aside, without holding it in memory, until it has been judged: then it is for
    /// [`Files::keep`] or [`Files::discard`]. One that is forgotten goes with [`Files::sweep`].
    pub async fn receive<E: std::fmt::Display>(
        &self,
        mut stream: impl Stream<Item = Result<Bytes, E>> + Unpin,
        limit: u64,
    ) -> Result<Incoming, FilesError> {
        let unfinished = Path::from(UNFINISHED).join(self.ids.nonce());
        let mut upload = WriteMultipart::new(self.store.put_multipart(&unfinished).await?);
        let mut hasher = Sha256::new();
        let mut size = 0_u64;
        let received = loop {
            match stream.next().await {
                None => break Ok(()),
                Some(Err(error)) => break Err(FilesError::Upload(error.to_string())),
                Some(Ok(bytes)) => {
                    size += bytes.len() as u64;
                    if size > limit {
                        break Err(FilesError::TooLarge(limit));
                    }
                    hasher.update(&bytes);
                    upload.wait_for_capacity(8).await?;
                    upload.put(bytes);
                }
            }
        };
        if let Err(error) = received {
            upload.abort().await?;
            return Err(error);
        }
        upload.finish().await?;
        Ok(Incoming { place: unfinished, hash: HEXLOWER.encode(&hasher.finalize()), size })
    }

    /// A part of what was laid aside.
    pub async fn peek(&self, incoming: &Incoming, range: Range<u64>) -> Result<Bytes, FilesError> {
        let end = range.end.min(incoming.size);
        if range.start >= end {
            return Ok(Bytes::new());
        }
        Ok(self.store.get_range(&incoming.place, range.start..end).await?)
    }

    /// Stores what was laid aside under its hash.
    pub async fn keep(&self, incoming: Incoming) -> Result<Stored, FilesError> {
        let place = location(&incoming.hash)?;
        match self.store.head(&place).await {
            // The content is there already: what came now is a copy.
            Ok(_) => self.store.delete(&incoming.place).await?,
            Err(object_store::Error::NotFound { .. }) => self.store.rename(&incoming.place, &place).await?,
            Err(error) => return Err(error.into()),
        }
        Ok(Stored { hash: incoming.hash, size: incoming.size })
    }

    /// Throws away what was laid aside.
    pub async fn discard(&self, incoming: Incoming) -> Result<(), FilesError> {
        match self.store.delete(&incoming.place).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a stored file. Only `uploads::sweep` knows that nothing names it.
    pub async fn remove(&self, hash: &str) -> Result<(), FilesError> {
        match self.store.delete(&location(hash)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The size of a file, or `None` when there is none.
    pub async fn head(&self, hash: &str) -> Result<Option<u64>, FilesError> {
        match self.store.head(&location(hash)?).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of a range as they come, or of the whole file.
    pub async fn get(&self, hash: &str, range: Option<Range<u64>>) -> Result<BoxStream<'static, object_store::Result<Bytes>>, FilesError> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        Ok(self.store.get_opts(&location(hash)?, options).await?.into_stream())
    }

    /// A whole small file.
    pub async fn read(&self, hash: &str) -> Result<Bytes, FilesError> {
        Ok(self.store.get(&location(hash)?).await?.bytes().await?)
    }

    /// Reads a file and compares it with its name.
    pub async fn check(&self, hash: &str) -> Result<Whole, FilesError> {
        let mut stream = match self.get(hash, None).await {
            Ok(stream) => stream,
            Err(FilesError::Missing) => return Ok(Whole::Missing),
            Err(error) => return Err(error),
        };
        let mut hasher = Sha256::new();
        while let Some(bytes) = stream.try_next().await? {
            hasher.update(&bytes);
        }
        Ok(if HEXLOWER.encode(&hasher.finalize()) == hash { Whole::Yes } else { Whole::No })
    }

    /// The hashes of up to `limit` stored files.
    pub async fn sample(&self, limit: usize) -> Result<Vec<String>, FilesError> {
        let listed = self.store.list(None).try_filter_map(|meta| async move {
            Ok(meta.location.filename().filter(|name| location(name).is_ok_and(|place| place == meta.location)).map(str::to_owned))
        });
        Ok(listed.take(limit).try_collect().await?)
    }

    /// Stores a file of this disk under an id, for a while; its size. What lay there before is replaced.
    pub async fn put_passing(&self, id: &Id, file: &std::path::Path) -> Result<u64, FilesError> {
        let broken = |error: std::io::Error| FilesError::Upload(error.to_string());
        let mut file = tokio::fs::File::open(file).await.map_err(broken)?;
        let mut upload = WriteMultipart::new(self.store.put_multipart(&passing(id)).await?);
        let mut size = 0_u64;
        loop {
            let mut piece = bytes::BytesMut::with_capacity(PIECE);
            let read = match file.read_buf(&mut piece).await {
                Ok(read) => read,
                Err(error) => {
                    upload.abort().await?;
                    return Err(broken(error));
                }
            };
            if read == 0 {
                break;
            }
            size += read as u64;
            upload.wait_for_capacity(8).await?;
            upload.put(piece.freeze());
        }
        upload.finish().await?;
        Ok(size)
    }

    /// A file that was stored for a while, as it comes: always as an attachment, kept in no cache, with no rights in the
    /// portal's name.
    pub async fn answer_passing(&self, id: &Id, name: &str, media_type: &str) -> Result<Response<Body>, FilesError> {
        let found = self.store.get(&passing(id)).await?;
        let size = found.meta.size;
        let mut response = Response::new(Body::from_stream(found.into_stream()));
        let headers = [
            (header::CONTENT_TYPE, media_type.to_owned()),
            (header::CONTENT_LENGTH, size.to_string()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'".to_owned()),
            (header::CONTENT_DISPOSITION, disposition(name)),
        ];
        for (header, value) in headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(header, value);
            }
        }
        Ok(response)
    }

    /// Throws away what was stored for a while and last written before `before`; how many files there were.
    pub async fn sweep_passing(&self, before: Instant) -> Result<u64, FilesError> {
        self.sweep_folder(PASSING, before).await
    }

    /// Removes uploads that were never finished and began before `before`; how many there were.
    pub async fn sweep(&self, before: Instant) -> Result<u64, FilesError> {
        self.sweep_folder(UNFINISHED, before).await
    }

    async fn sweep_folder(&self, folder: &str, before: Instant) -> Result<u64, FilesError> {
        let old: Vec<Path> = self
            .store
            .list(Some(&Path::from(folder)))
            .try_filter_map(|meta| async move { Ok((meta.last_modified.timestamp_millis() < before.millis()).then_some(meta.location)) })
            .try_collect()
            .await?;
        for location in &old {
            self.store.delete(location).await?;
        }
        Ok(old.len() as u64)
    }

    /// Writes a small file and takes it away again, for `portal doctor`.
    pub async fn try_writing(&self) -> Result<(), FilesError> {
        let place = Path::from(UNFINISHED).join(self.ids.nonce());
        self.store.put(&place, PutPayload::from_static(b"portal doctor")).await?;
        self.store.delete(&place).await?;
        Ok(())
    }

    /// Answers a request for a file (RFC 9110): whole, one range, or nothing new. Always as an attachment and without any
    /// rights in the portal's name, since a file may hold anything.
    pub async fn answer(&self, download: &Download<'_>, request: &HeaderMap) -> Result<Response<Body>, FilesError> {
        let size = self.head(download.hash).await?.ok_or(FilesError::Missing)?;
        let etag = format!("\"{}\"", download.hash);
        let modified = download.changed.map(Instant::http_date);
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        let mut set = |name: header::HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        set(header::ACCEPT_RANGES, "bytes");
        set(header::ETAG, &etag);
        set(header::CACHE_CONTROL, "public, no-cache");
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        set(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'");
        set(header::CONTENT_DISPOSITION, &disposition(download.name));
        if let Some(modified) = &modified {
            set(header::LAST_MODIFIED, modified);
        }
        if unchanged(request, &etag, download.changed) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(response);
        }
        set(header::CONTENT_TYPE, download.media_type);
        let asked = text(request, header::RANGE).filter(|_| {
            // The part is asked for only if the rest of it is still this very file.
            text(request, header::IF_RANGE).is_none_or(|known| known == etag || modified.as_deref() == Some(known))
        });
        match asked.map_or(Asked::Whole, |range| read_range(range, size)) {
            Asked::Whole => {
                set(header::CONTENT_LENGTH, &size.to_string());
                *response.body_mut() = Body::from_stream(self.get(download.hash, None).await?);
            }
            Asked::Part(range) => {
                set(header::CONTENT_LENGTH, &(range.end - range.start).to_string());
                set(header::CONTENT_RANGE, &format!("bytes {}-{}/{size}", range.start, range.end - 1));
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                *response.body_mut() = Body::from_stream(self.get(download.hash, Some(range)).await?);
            }
            Asked::Beyond => {
                set(header::CONTENT_RANGE, &format!("bytes */{size}"));
                *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            }
        }
        Ok(response)
    }
}

/// An id is letters, digits and dashes, so nothing else becomes a path.
fn passing(id: &Id) -> Path {
    Path::from(PASSING).join(id.to_string())
}

/// `ab/cd/abcd…`: no folder gets too full, and nothing but a hash becomes a path.
fn location(hash: &str) -> Result<Path, FilesError> {
    let good = hash.len() == 64 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if good { Ok(Path::from(format!("{}/{}/{hash}", &hash[..2], &hash[2..4]))) } else { Err(FilesError::NotAHash) }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

/// RFC 9110 § 13.2.2: If-None-Match decides when it is there, otherwise If-Modified-Since.
fn unchanged(request: &HeaderMap, etag: &str, changed: Option<Instant>) -> bool {
    if let Some(known) = text(request, header::IF_NONE_MATCH) {
        return known == "*" || known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag);
    }
    let since = text(request, header::IF_MODIFIED_SINCE).and_then(|date| httpdate::parse_http_date(date).ok());
    let since = since.and_then(|date| date.duration_since(std::time::UNIX_EPOCH).ok()).and_then(|date| i64::try_from(date.as_secs()).ok());
    matches!((since, changed), (Some(since), Some(changed)) if changed.millis().div_euclid(1000) <= since)
}

#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    Beyond,
}

/// One range of bytes. What is no such thing, or several at once, is answered with the whole file, as RFC 9110 § 14.2
/// allows; what begins after the end cannot be answered.
fn read_range(text: &str, size: u64) -> Asked {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return Asked::Whole };
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // More digits than a number holds is beyond any file.
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    match (number(first), number(last)) {
        (Some(start), None) if last.is_empty() => {
            if start < size {
                Asked::Part(start..size)
            } else {
                Asked::Beyond
            }
        }
        (Some(start), Some(end)) if end < start => Asked::Whole,
        (Some(start), Some(end)) => {
            if start < size {
                Asked::Part(start..end.saturating_add(1).min(size))
            } else {
                Asked::Beyond
            }
        }
        (None, Some(count)) if first.is_empty() => {
            if count == 0 || size == 0 {
                Asked::Beyond
            } else {
                Asked::Part(size.saturating_sub(count)..size)
            }
        }
        _ => Asked::Whole,
    }
}

/// RFC 6266: a plain name for old programs, and the real one.
fn disposition(name: &str) -> String {
    /// What RFC 8187 § 3.2.1 lets stand as it is, besides letters and digits.
    const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let name: String = name.chars().filter(|c| !c.is_control() && !matches!(c, '/' | '\\')).collect();
    let name = if name.trim().is_empty() { "fil".to_owned() } else { name };
    let plain: String = name
        .chars()
        .map(|c| match c {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'Å' | 'Ä' => 'A',
            'Ö' => 'O',
            'é' => 'e',
            '"' | '%' => '_',
            c if c.is_ascii() => c,
            _ => '_',
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, KEEP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_is_a_path() {
        assert_eq!(location(&"ab".repeat(32)).unwrap().to_string(), format!("ab/ab/{}", "ab".repeat(32)));
        for text in ["", "../../etc/passwd", &"AB".repeat(32), &"å".repeat(32), &"a".repeat(63)] {
            assert!(matches!(location(text), Err(FilesError::NotAHash)), "{text}");
        }
    }

    #[test]
    fn ranges_are_read() {
        for (text, asked) in [
            ("bytes=0-9", Asked::Part(0..10)),
            ("bytes=90-", Asked::Part(90..100)),
            ("bytes=90-1000", Asked::Part(90..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("bytes=0-99999999999999999999999", Asked::Part(0..100)),
            ("bytes=100-", Asked::Beyond),
            ("bytes=99999999999999999999999-", Asked::Beyond),
            ("bytes=-0", Asked::Beyond),
            ("bytes=9-0", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("lines=0-9", Asked::Whole),
        ] {
            assert_eq!(read_range(text, 100), asked, "{text}");
        }
        assert_eq!(read_range("bytes=0-", 0), Asked::Beyond);
    }

    #[test]
    fn names_are_written_for_old_and_new_programs() {
        assert_eq!(
            disposition("Umeå \"växer\".pdf"),
            "attachment; filename=\"Umea _vaxer_.pdf\"; filename*=UTF-8''Ume%C3%A5%20%22v%C3%A4xer%22.pdf"
        );
        assert_eq!(disposition("../a\r\nb.pdf"), "attachment; filename=\"..ab.pdf\"; filename*=UTF-8''..ab.pdf");
        assert_eq!(disposition("\n"), "attachment; filename=\"fil\"; filename*=UTF-8''fil");
    }
}
