//! What machines fetch: an answer that may be kept for a few minutes, and is not sent again to who has it already.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::kit::Instant;
use crate::platform::ids::sha256_hex;

/// A body with its fingerprint; nothing but the fingerprint for who has it already.
pub fn answer(request: &HeaderMap, media_type: &'static str, body: String, changed: Option<Instant>) -> Response {
    let etag = format!("\"{}\"", &sha256_hex(body.as_bytes())[..32]);
    let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| known.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag));
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { body.into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    headers.extend(HeaderValue::from_str(&etag).map(|value| (header::ETAG, value)));
    let changed = changed.and_then(|changed| HeaderValue::from_str(&changed.http_date()).ok());
    headers.extend(changed.map(|value| (header::LAST_MODIFIED, value)));
    response
}
