//! What the browser gets besides pages: style, scripts, wasm, fonts, icons. The build tool wrote them with
//! content-hashed names, compressed, beside a `manifest.json`; they are read once and served from memory.

use std::collections::HashMap;
use std::path::Path;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Deserialize;

/// The assets of this build. A missing folder gives an empty set: pages work without style, and
/// `portal doctor` says what to do.
#[derive(Debug, Default)]
pub struct Assets {
    /// Logical name, such as `portal.css`, to public path.
    paths: HashMap<String, String>,
    /// Public path to content.
    files: HashMap<String, Asset>,
}

#[derive(Debug)]
struct Asset {
    media_type: String,
    etag: String,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    #[serde(rename = "type")]
    media_type: String,
}

impl Assets {
    /// Reads the folder that the build tool wrote.
    pub fn load(site: &Path) -> std::io::Result<Self> {
        let manifest: HashMap<String, Entry> = serde_json::from_slice(&std::fs::read(site.join("manifest.json"))?)?;
        let mut assets = Self::default();
        for (name, entry) in manifest {
            let file = site.join(entry.path.trim_start_matches('/'));
            let beside = |ending: &str| {
                let mut path = file.clone().into_os_string();
                path.push(ending);
                std::fs::read(path).ok().map(Bytes::from)
            };
            let plain = Bytes::from(std::fs::read(&file)?);
            let asset = Asset {
                media_type: entry.media_type,
                etag: format!("\"{}\"", &super::ids::sha256_hex(&plain)[..16]),
                plain,
                brotli: beside(".br"),
                gzip: beside(".gz"),
            };
            assets.files.insert(entry.path.clone(), asset);
            assets.paths.insert(name, entry.path);
        }
        Ok(assets)
    }

    /// The public path of a logical name, if this build has it.
    pub fn path(&self, name: &str) -> Option<&str> {
        self.paths.get(name).map(String::as_str)
    }

    /// Answers a request for a public path; `None` when there is no such asset.
    pub fn serve(&self, path: &str, request: &HeaderMap) -> Option<Response> {
        let asset = self.files.get(path)?;
        let headers = [
            (header::CONTENT_TYPE, asset.media_type.as_str()),
            // The name holds the content's hash, so the content behind a name never changes.
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (header::ETAG, asset.etag.as_str()),
            (header::VARY, "Accept-Encoding"),
        ];
        if request.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == asset.etag.as_bytes()) {
            return Some((StatusCode::NOT_MODIFIED, headers).into_response());
        }
        let accepts = request.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepted = |coding: &str| accepts.split(',').any(|part| part.split(';').next().is_some_and(|name| name.trim() == coding));
        let (coding, body) = match (&asset.brotli, &asset.gzip) {
            (Some(body), _) if accepted("br") => (Some("br"), body),
            (_, Some(body)) if accepted("gzip") => (Some("gzip"), body),
            _ => (None, &asset.plain),
        };
        let mut response = (headers, body.clone()).into_response();
        if let Some(coding) = coding {
            response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(coding));
        }
        Some(response)
    }
}
