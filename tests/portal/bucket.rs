//! A bucket for the tests: as much of the S3 protocol as the portal's files need, in memory, on a free port.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use tokio::net::TcpListener;

type Objects = Arc<Mutex<BTreeMap<String, Bytes>>>;

const NAME: &str = "portal";

/// The bucket, and a look into it.
pub struct Bucket {
    pub store: AmazonS3,
    objects: Objects,
}

impl Bucket {
    pub async fn start() -> Self {
        let objects = Objects::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let service = Router::new().fallback(answer).with_state(objects.clone());
        tokio::spawn(async move { axum::serve(listener, service).await });
        let store = AmazonS3Builder::new()
            .with_bucket_name(NAME)
            .with_region("eu-north-1")
            .with_endpoint(endpoint)
            .with_allow_http(true)
            .with_access_key_id("key")
            .with_secret_access_key("secret")
            .build()
            .unwrap();
        Self { store, objects }
    }

    pub fn keys(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }

    pub fn damage(&self, key: &str) {
        self.objects.lock().unwrap().insert(key.to_owned(), Bytes::from_static(b"hullo"));
    }
}

async fn answer(State(objects): State<Objects>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let path = uri.path().trim_start_matches('/');
    let key = path.strip_prefix(NAME).unwrap_or(path).trim_start_matches('/').to_owned();
    let query = uri.query().unwrap_or_default();
    let mut objects = objects.lock().unwrap();
    let reply = |status: StatusCode, body: Bytes| {
        let headers = Response::builder().status(status).header("etag", "\"tag\"");
        headers.header("last-modified", "Mon, 23 Nov 2026 09:00:00 GMT").body(Body::from(body)).unwrap()
    };
    let xml = |text: String| reply(StatusCode::OK, Bytes::from(format!("<?xml version=\"1.0\"?>{text}")));
    match method {
        Method::POST if query.starts_with("delete") => {
            let asked = String::from_utf8(body.to_vec()).unwrap();
            let keys: Vec<_> = asked.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next()).collect();
            objects.retain(|key, _| !keys.contains(&key.as_str()));
            let deleted: String = keys.iter().map(|key| format!("<Deleted><Key>{key}</Key></Deleted>")).collect();
            xml(format!("<DeleteResult>{deleted}</DeleteResult>"))
        }
        Method::POST if query.starts_with("uploads") => {
            xml("<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>".to_owned())
        }
        Method::POST if query.contains("uploadId") => {
            let start = format!("{key}?");
            let parts: Vec<_> =
                objects.range(start.clone()..).take_while(|(part, _)| part.starts_with(&start)).map(|(part, _)| part.clone()).collect();
            let whole: Vec<u8> = parts.iter().flat_map(|part| objects.remove(part).unwrap()).collect();
            objects.insert(key, Bytes::from(whole));
            xml("<CompleteMultipartUploadResult><ETag>tag</ETag></CompleteMultipartUploadResult>".to_owned())
        }
        Method::PUT if query.contains("partNumber=") => {
            let number: u32 = query.split('&').find_map(|part| part.strip_prefix("partNumber=")).unwrap().parse().unwrap();
            objects.insert(format!("{key}?{number:05}"), body);
            reply(StatusCode::OK, Bytes::new())
        }
        Method::PUT => match headers.get("x-amz-copy-source") {
            Some(source) => {
                let source = source.to_str().unwrap().trim_start_matches('/').trim_start_matches(NAME).trim_start_matches('/');
                let source = percent_encoding::percent_decode_str(source).decode_utf8().unwrap().into_owned();
                let content = objects.get(&source).cloned().unwrap();
                objects.insert(key, content);
                xml("<CopyObjectResult><ETag>tag</ETag></CopyObjectResult>".to_owned())
            }
            None if headers.contains_key("if-none-match") && objects.contains_key(&key) => {
                reply(StatusCode::PRECONDITION_FAILED, Bytes::new())
            }
            None => {
                objects.insert(key, body);
                reply(StatusCode::OK, Bytes::new())
            }
        },
        Method::DELETE => {
            objects.retain(|name, _| *name != key && !name.starts_with(&format!("{key}?")));
            reply(StatusCode::NO_CONTENT, Bytes::new())
        }
        Method::GET if query.contains("list-type=2") => {
            let prefix = query.split('&').find_map(|part| part.strip_prefix("prefix=")).unwrap_or_default();
            let prefix = percent_encoding::percent_decode_str(prefix).decode_utf8().unwrap().into_owned();
            let found: String = objects
                .iter()
                .filter(|(key, _)| key.starts_with(&prefix))
                .map(|(key, content)| {
                    let size = content.len();
                    format!("<Contents><Key>{key}</Key><Size>{size}</Size><LastModified>2026-11-23T09:00:00.000Z</LastModified><ETag>tag</ETag></Contents>")
                })
                .collect();
            xml(format!("<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>"))
        }
        Method::GET | Method::HEAD => match objects.get(&key) {
            None => reply(StatusCode::NOT_FOUND, Bytes::new()),
            Some(content) => match headers.get("range") {
                Some(range) => {
                    let range = range.to_str().unwrap().strip_prefix("bytes=").unwrap();
                    let (first, last) = range.split_once('-').unwrap();
                    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
                    let mut response = reply(StatusCode::PARTIAL_CONTENT, content.slice(first..=last));
                    response.headers_mut().insert("content-range", format!("bytes {first}-{last}/{}", content.len()).parse().unwrap());
                    response
                }
                // The length of the body, which an answer to HEAD names although it carries none.
                None => reply(StatusCode::OK, content.clone()),
            },
        },
        _ => reply(StatusCode::METHOD_NOT_ALLOWED, Bytes::new()),
    }
}
