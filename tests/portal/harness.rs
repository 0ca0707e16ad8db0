//! A whole portal for one test: its own database, its own folder, a clock that stands still, and browsers that keep
//! cookies and speak HTTP over a real socket.
//!
//! A story is written once with `on_both!` and runs on SQLite and on PostgreSQL. The PostgreSQL server is the one that
//! `scripts/with-postgres` started; without it the test fails, since a test that is skipped shows nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use portal::kit::Instant;
use portal::platform::clock::FixedClock;
use portal::platform::config::Config;
use portal::platform::db::{Db, Engine};
use portal::platform::ids::SystemIds;
use portal::server;
use portal::web::App;
use reqwest::header::{HeaderMap, HeaderName, LOCATION};
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, oneshot};

/// Writes each story as two tests, `name::sqlite` and `name::postgres`.
macro_rules! on_both {
    ($( $(#[$meta:meta])* async fn $name:ident($portal:ident: TestPortal) $body:block )*) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn story($portal: $crate::harness::TestPortal) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                story($crate::harness::TestPortal::start(portal::platform::db::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                story($crate::harness::TestPortal::start(portal::platform::db::Engine::Postgres).await).await;
            }
        }
    )* };
}

/// Monday 23 November 2026, 10.00 in Stockholm.
pub const MORNING: &str = "2026-11-23T09:00:00.000Z";

/// A running portal.
pub struct TestPortal {
    pub app: App,
    pub clock: Arc<FixedClock>,
    pub base: String,
    pub folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
}

impl TestPortal {
    /// Starts a portal with an empty, migrated database.
    pub async fn start(engine: Engine) -> Self {
        Self::start_with(engine, |_| {}).await
    }

    /// As [`TestPortal::start`], with settings changed.
    pub async fn start_with(engine: Engine, change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let mut config = Config::embedded(folder.path().to_owned()).unwrap();
        config.base_url.clone_from(&base);
        config.database_url = match engine {
            Engine::Sqlite => config.database_url,
            Engine::Postgres => new_postgres_database().await,
        };
        config.program = env!("CARGO_BIN_EXE_portal").into();
        // Stories change things and look at once.
        config.page_cache = false;
        if let Ok(site) = std::env::var("PORTAL_SITE") {
            config.site = site.into();
        }
        change(&mut config);
        let clock = Arc::new(FixedClock::at(Instant::parse(MORNING).unwrap()));
        let app = server::open_with(config, clock.clone(), Arc::new(SystemIds)).await.unwrap();
        app.db.migrate().await.unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(server::serve(app.clone(), listener, async {
            let _ = stopped.await;
        }));
        Self { app, clock, base, folder, stop: Some(stop) }
    }

    /// A new browser without cookies.
    pub fn browser(&self) -> Browser {
        self.browser_with(HeaderMap::new())
    }

    /// A new browser in another network, as a trusted proxy tells it; the portal needs `proxies` set to 1.
    pub fn browser_from(&self, address: &str) -> Browser {
        self.browser_with([(HeaderName::from_static("x-forwarded-for"), address.parse().unwrap())].into_iter().collect())
    }

    fn browser_with(&self, headers: HeaderMap) -> Browser {
        let jar = Arc::new(reqwest::cookie::Jar::default());
        let client = reqwest::Client::builder().default_headers(headers).cookie_provider(jar.clone());
        let client = client.redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Browser { client, jar, base: self.base.clone() }
    }
}

impl Drop for TestPortal {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// Someone at a screen: keeps cookies, follows a redirect only when told to.
#[derive(Clone)]
pub struct Browser {
    pub client: reqwest::Client,
    jar: Arc<reqwest::cookie::Jar>,
    base: String,
}

impl Browser {
    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        Page::read(self.client.get(self.address(path)).send().await.unwrap()).await
    }

    /// Opens a page with a cookie header of its own: someone who has got hold of a cookie.
    pub async fn get_with_cookie(&self, path: &str, cookie: &str) -> Page {
        Page::read(self.client.get(self.address(path)).header("cookie", cookie).send().await.unwrap()).await
    }

    /// Sends a form, as a browser does from a page of the same site.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.client.post(self.address(path)).header("sec-fetch-site", "same-origin");
        Page::read(request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()).await
    }

    /// As [`Browser::post`], with a cookie header of its own: another window of the same visitor.
    pub async fn post_with_cookie(&self, path: &str, fields: &[(&str, &str)], cookie: &str) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.client.post(self.address(path)).header("sec-fetch-site", "same-origin").header("cookie", cookie);
        Page::read(request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await.unwrap()).await
    }

    /// A cookie that this browser holds, as it would send it.
    pub fn cookie(&self, name: &str) -> String {
        let url = self.base.parse().unwrap();
        let all = reqwest::cookie::CookieStore::cookies(&*self.jar, &url).expect("a cookie");
        let all = all.to_str().unwrap().to_owned();
        all.split("; ").find(|cookie| cookie.starts_with(&format!("{name}="))).expect("that cookie").to_owned()
    }

    /// Sends a form and opens the page that it leads to.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, 303, "{path} should have led on, but showed: {}", answer.words());
        self.get(&answer.leads_to()).await
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) }
    }
}

/// What came back.
pub struct Page {
    pub status: u16,
    pub headers: HeaderMap,
    pub html: String,
}

impl Page {
    pub async fn read(response: reqwest::Response) -> Self {
        Self { status: response.status().as_u16(), headers: response.headers().clone(), html: response.text().await.unwrap() }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// The path that a redirect leads to.
    pub fn leads_to(&self) -> String {
        self.headers.get(LOCATION).expect("a redirect").to_str().unwrap().to_owned()
    }

    /// All visible words of `main`, white space folded.
    pub fn words(&self) -> String {
        self.find("main").first().cloned().unwrap_or_else(|| fold(&self.html))
    }

    /// The text of every element that the selector finds, white space folded.
    pub fn find(&self, selector: &str) -> Vec<String> {
        self.each(selector, |element| Some(fold(&element.text().collect::<Vec<_>>().join(" "))))
    }

    /// An attribute of every element that the selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.each(selector, |element| element.value().attr(name).map(str::to_owned))
    }

    /// The value of the input or text area with this name.
    pub fn value(&self, name: &str) -> String {
        self.attributes(&format!("input[name='{name}']"), "value")
            .into_iter()
            .chain(self.find(&format!("textarea[name='{name}']")))
            .next()
            .unwrap_or_default()
    }

    /// The `<title>`.
    pub fn title(&self) -> String {
        self.find("title").concat()
    }

    /// The entries of the error summary.
    pub fn errors(&self) -> Vec<String> {
        self.find(".govuk-error-summary__list li")
    }

    fn each<T>(&self, selector: &str, read: impl Fn(ElementRef<'_>) -> Option<T>) -> Vec<T> {
        let selector = Selector::parse(selector).unwrap();
        Html::parse_document(&self.html).select(&selector).filter_map(read).collect()
    }
}

fn fold(text: &str) -> String {
    // A no-break space is a space to a reader.
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

static DATABASES: AtomicU32 = AtomicU32::new(0);
static TEMPLATE: OnceCell<()> = OnceCell::const_new();

/// A database of its own for one test, copied from a migrated template.
pub async fn new_postgres_database() -> String {
    let server = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL: run the tests with `make test` or `scripts/with-postgres cargo test`");
    let template = format!("portal_template_{}", std::process::id());
    TEMPLATE
        .get_or_init(|| async {
            run_sql(&server, format!("CREATE DATABASE {template}")).await;
            let db = Db::open(&in_database(&server, &template)).await.unwrap();
            db.migrate().await.unwrap();
            db.close().await;
        })
        .await;
    let name = format!("portal_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::SeqCst));
    run_sql(&server, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    in_database(&server, &name)
}

fn in_database(server: &str, name: &str) -> String {
    let (front, _) = server.rsplit_once('/').expect("a database in TEST_POSTGRES_URL");
    format!("{front}/{name}")
}

/// Runs one statement outside the portal's own door, as a database administrator would.
pub async fn run_sql(url: &str, statement: String) {
    use sqlx::Connection;
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
