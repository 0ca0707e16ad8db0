//! What the portal is measured against, in the same run: an axum that only hands out bytes from memory, and an sqlx
//! that only runs the statements of an order.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header;
use axum::routing::get;
use axum::serve::ListenerExt;
use bytes::Bytes;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection};
use tokio::net::TcpListener;

use super::Outcome;
use super::process::Process;

/// The argument that makes this program the bare server.
pub const AXUM: &str = "bare-axum";

/// Starts the bare server with the bytes of a page, plain and compressed.
pub fn start_axum(folder: &Path, plain: &[u8], compressed: &[u8]) -> Outcome<Process> {
    std::fs::write(folder.join("plain"), plain)?;
    std::fs::write(folder.join("compressed"), compressed)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(AXUM).arg(folder);
    Process::start(command, &folder.join("bare.log"))
}

/// The bare server itself.
#[expect(clippy::print_stdout, reason = "the line says that it listens")]
pub async fn axum(folder: &Path) -> Outcome<()> {
    let (plain, compressed) = (Bytes::from(std::fs::read(folder.join("plain"))?), Bytes::from(std::fs::read(folder.join("compressed"))?));
    let html = || (header::CONTENT_TYPE, "text/html; charset=utf-8");
    let router = Router::new()
        .route("/plain", get(async move || ([html()], plain)))
        .route("/compressed", get(async move || ([html(), (header::CONTENT_ENCODING, "br")], compressed)));
    let listener = TcpListener::bind(std::env::var("PORTAL_ADDR")?).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    println!("listening");
    Ok(axum::serve(listener, router).await?)
}

/// Opens a database as the portal's writer does.
pub async fn open(file: &Path) -> Outcome<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .pragma("cache_size", "-8000")
        .disable_statement_logging();
    Ok(options.connect().await?)
}

/// The tables that an order writes, and how many rows they hold.
pub async fn rows(db: &mut SqliteConnection) -> Outcome<BTreeMap<&'static str, i64>> {
    let mut rows = BTreeMap::new();
    for (table, count) in [
        ("orders", "SELECT COUNT(*) FROM orders"),
        ("order_lines", "SELECT COUNT(*) FROM order_lines"),
        ("order_events", "SELECT COUNT(*) FROM order_events"),
        ("order_words", "SELECT COUNT(*) FROM order_words"),
        ("stock_movements", "SELECT COUNT(*) FROM stock_movements"),
        ("outbox", "SELECT COUNT(*) FROM outbox"),
        ("audit_events", "SELECT COUNT(*) FROM audit_events"),
        ("rate_limits", "SELECT COUNT(*) FROM rate_limits"),
        ("baskets", "SELECT COUNT(*) FROM baskets"),
    ] {
        rows.insert(table, sqlx::query_scalar(count).fetch_one(&mut *db).await?);
    }
    Ok(rows)
}

/// The texts of a letter that the portal wrote and the words that its order is found by, so that both databases take in the
/// same bytes.
pub struct Letter {
    subject: String,
    text: String,
    html: String,
    words: Vec<String>,
}

pub async fn letter(db: &mut SqliteConnection) -> Outcome<Letter> {
    let row = sqlx::query("SELECT subject, text_body, html_body FROM outbox WHERE text_body <> '' LIMIT 1").fetch_one(&mut *db).await?;
    // The order's own number is added to each order's words below.
    let words = sqlx::query_scalar(
        "SELECT word FROM order_words WHERE number = (SELECT MAX(number) FROM order_words) AND word NOT IN (CAST(number AS TEXT), 'b' || number)",
    )
    .fetch_all(db)
    .await?;
    Ok(Letter { subject: row.try_get(0)?, text: row.try_get(1)?, html: row.try_get(2)?, words })
}

const NOW: &str = "2026-11-23T09:00:00.000Z";

/// Lays `count` baskets with one line ready, and gives their tokens' hashes.
pub async fn baskets(db: &mut SqliteConnection, edition: &str, round: usize, count: usize) -> Outcome<Vec<String>> {
    let mut hashes = Vec::new();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
    for number in 0..count {
        let hash = format!("{round:032x}{number:032x}");
        sqlx::query("INSERT INTO baskets (id, token_hash, status, answers, created_at, updated_at) VALUES ($1, $2, 'open', '{}', $3, $3)")
            .bind(format!("basket-{round}-{number}"))
            .bind(&hash)
            .bind(NOW)
            .execute(&mut *db)
            .await?;
        sqlx::query("INSERT INTO basket_lines (basket_id, edition_id, quantity, price_seen, added_at) VALUES ($1, $2, 1, 9500, $3)")
            .bind(format!("basket-{round}-{number}"))
            .bind(edition)
            .bind(NOW)
            .execute(&mut *db)
            .await?;
        hashes.push(hash);
    }
    sqlx::query("COMMIT").execute(&mut *db).await?;
    Ok(hashes)
}

/// Runs the statements of one order for each basket, one after the other on one connection: the count of attempts in a
/// transaction of its own, then the order. Gives how long it took.
pub async fn orders(db: &mut SqliteConnection, edition: &str, hashes: &[String], letter: &Letter) -> Outcome<Duration> {
    let started = Instant::now();
    for hash in hashes {
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
        count_attempt(db, hash).await?;
        sqlx::query("COMMIT").execute(&mut *db).await?;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
        order(db, edition, hash, letter).await?;
        sqlx::query("COMMIT").execute(&mut *db).await?;
    }
    Ok(started.elapsed())
}

async fn count_attempt(db: &mut SqliteConnection, hash: &str) -> Outcome<()> {
    sqlx::query(
        "INSERT INTO rate_limits (purpose, subject, window_start, count) VALUES ($1, $2, $3, 1)
         ON CONFLICT (purpose, subject, window_start) DO UPDATE SET count = rate_limits.count + 1 RETURNING count",
    )
    .bind("order")
    .bind(hash)
    .bind(NOW)
    .fetch_one(db)
    .await?;
    Ok(())
}

async fn order(db: &mut SqliteConnection, edition: &str, hash: &str, letter: &Letter) -> Outcome<()> {
    let basket: String =
        sqlx::query("SELECT id, status, answers FROM baskets WHERE token_hash = $1").bind(hash).fetch_one(&mut *db).await?.try_get(0)?;
    sqlx::query("SELECT edition_id, quantity, price_seen FROM basket_lines WHERE basket_id = $1 ORDER BY added_at, edition_id")
        .bind(&basket)
        .fetch_all(&mut *db)
        .await?;
    sqlx::query(
        "SELECT work_id, id, form, isbn, isbn_is_example, pages, price, price_is_example, vat_rate, availability, on_hand, held,
                backorder_allowed, file_hash, file_name, file_size, media_type
         FROM editions WHERE id IN ($1)",
    )
    .bind(edition)
    .fetch_all(&mut *db)
    .await?;
    sqlx::query("SELECT e.id, w.path, w.title, w.number, w.status FROM editions e JOIN works w ON w.id = e.work_id WHERE e.id IN ($1)")
        .bind(edition)
        .fetch_all(&mut *db)
        .await?;
    sqlx::query(
        "SELECT min_copies, price FROM freight_rates
         WHERE valid_from = (SELECT MAX(valid_from) FROM freight_rates WHERE valid_from <= $1) ORDER BY min_copies",
    )
    .bind("2026-11-23")
    .fetch_all(&mut *db)
    .await?;
    sqlx::query("SELECT rate FROM vat_rates WHERE kind = 'freight' AND valid_from <= $1 ORDER BY valid_from DESC LIMIT 1")
        .bind("2026-11-23")
        .fetch_optional(&mut *db)
        .await?;
    sqlx::query("SELECT * FROM orders WHERE basket_id = $1").bind(&basket).fetch_optional(&mut *db).await?;
    let number: i64 = sqlx::query_scalar(
        "INSERT INTO counters (name, value) VALUES ('order_number', 10001)
         ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value",
    )
    .fetch_one(&mut *db)
    .await?;
    let id = format!("order-{hash}");
    let address = r#"{"contact":"Åsa Öberg","co":"","street":"Storgatan 1","postal_code":"903 25","town":"Umeå","country":"SE"}"#;
    sqlx::query(
        "INSERT INTO orders (id, number, basket_id, link_hash, lang, state, fulfilment, payment, invoice, buyer, organisation, orgnr, reference,
                             cost_centre, peppol_id, invoice_by, name, email, phone, delivery_address, invoice_address, gross, net, vat, terms,
                             version, placed_at, withdraw_until, updated_at)
         VALUES ($1, $2, $3, $4, 'sv', 'confirmed', 'to_pick', 'not_due', 'draft', 'private', $5, $6, $7, $8, $9, 'email', $10, $11, $12, $13, $14,
                 14400, 12882, 1518, $15, 1, $16, $17, $16)",
    )
    .bind(&id)
    .bind(number)
    .bind(&basket)
    .bind(hash)
    .bind(None::<String>)
    .bind(None::<String>)
    .bind(None::<String>)
    .bind(None::<String>)
    .bind(None::<String>)
    .bind("Åsa Öberg")
    .bind("asa.oberg@example.se")
    .bind(None::<String>)
    .bind(address)
    .bind(None::<String>)
    .bind("2026-11")
    .bind(NOW)
    .bind(None::<String>)
    .execute(&mut *db)
    .await?;
    sqlx::query("UPDATE editions SET held = held + $2 WHERE id = $1 AND $2 >= 0 AND on_hand - held >= $2")
        .bind(edition)
        .bind(1)
        .execute(&mut *db)
        .await?;
    for (position, kind, edition) in [(1, "goods", Some(edition)), (2, "freight", None)] {
        sqlx::query(
            "INSERT INTO order_lines (order_id, position, kind, edition_id, isbn, title, quantity, unit_price, rate, gross, net, vat, held, backordered)
             VALUES ($1, $2, $3, $4, $5, $6, 1, 9500, 600, 9500, 8962, 538, $7, 0)
             ON CONFLICT (order_id, position) DO UPDATE SET quantity = excluded.quantity, unit_price = excluded.unit_price, gross = excluded.gross,
                 net = excluded.net, vat = excluded.vat, held = excluded.held, backordered = excluded.backordered",
        )
        .bind(&id)
        .bind(position)
        .bind(kind)
        .bind(edition)
        .bind("9789189999008")
        .bind("Umeå växer tryggt och säkert")
        .bind(i64::from(edition.is_some()))
        .execute(&mut *db)
        .await?;
    }
    sqlx::query(
        "INSERT INTO stock_movements (edition_id, position, kind, on_hand, held, made_by, about, reason, at)
         SELECT $1, COALESCE(MAX(position), 0) + 1, 'held', 0, 1, 'consumer', $2, '', $3 FROM stock_movements WHERE edition_id = $1",
    )
    .bind(edition)
    .bind(format!("order:{id}"))
    .bind(NOW)
    .execute(&mut *db)
    .await?;
    let words: Vec<String> = letter.words.iter().cloned().chain([number.to_string(), format!("b{number}")]).collect();
    for words in words.chunks(16) {
        let statement =
            "INSERT INTO order_words (word, number) VALUES ($1, $17), ($2, $17), ($3, $17), ($4, $17), ($5, $17), ($6, $17), ($7, $17),
             ($8, $17), ($9, $17), ($10, $17), ($11, $17), ($12, $17), ($13, $17), ($14, $17), ($15, $17), ($16, $17)
             ON CONFLICT (word, number) DO NOTHING";
        let filled = words.iter().chain(std::iter::repeat(&words[words.len() - 1])).take(16);
        filled.fold(sqlx::query(statement), |query, word| query.bind(word.clone())).bind(number).execute(&mut *db).await?;
    }
    for kind in ["received", "confirmed"] {
        sqlx::query(
            "INSERT INTO order_events (order_id, position, kind, at, actor, detail)
             SELECT $1, COALESCE(MAX(position), 0) + 1, $2, $3, $4, $5 FROM order_events WHERE order_id = $1 RETURNING position",
        )
        .bind(&id)
        .bind(kind)
        .bind(NOW)
        .bind("consumer")
        .bind("{}")
        .fetch_one(&mut *db)
        .await?;
    }
    sqlx::query(
        "INSERT INTO outbox (id, kind, about, recipient, subject, text_body, html_body, lang, status, attempts, due_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $9) ON CONFLICT (kind, about) DO NOTHING",
    )
    .bind(format!("mail-{hash}"))
    .bind("order.placed")
    .bind(&id)
    .bind("asa.oberg@example.se")
    .bind(&letter.subject)
    .bind(&letter.text)
    .bind(&letter.html)
    .bind("sv")
    .bind(NOW)
    .execute(&mut *db)
    .await?;
    let last = sqlx::query("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1").fetch_optional(&mut *db).await?;
    let (last, previous): (i64, String) =
        last.map_or(Ok((0, "0".repeat(64))), |row| Ok::<_, sqlx::Error>((row.try_get(0)?, row.try_get(1)?)))?;
    sqlx::query(
        "INSERT INTO audit_events (seq, at, actor, action, object, detail, previous_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(last + 1)
    .bind(NOW)
    .bind("consumer")
    .bind("order.placed")
    .bind(format!("order:{id}"))
    .bind(r#"{"gross":14400,"lines":2,"number":10001}"#)
    .bind(previous)
    .bind(hash)
    .execute(&mut *db)
    .await?;
    sqlx::query("INSERT INTO counters (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2")
        .bind("audit")
        .bind(last + 1)
        .execute(&mut *db)
        .await?;
    sqlx::query("UPDATE baskets SET status = 'ordered', answers = '{}', updated_at = $2 WHERE id = $1 AND status = 'open'")
        .bind(&basket)
        .bind(NOW)
        .execute(db)
        .await?;
    Ok(())
}

/// Writes and syncs a block again and again: what one durable step costs on this disk.
pub fn sync_time(folder: &Path) -> Outcome<Duration> {
    use std::io::Write;
    let mut file = std::fs::File::create(folder.join("sync"))?;
    let mut times = Vec::new();
    for _ in 0..100 {
        let started = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    times.sort();
    times.get(times.len() / 2).copied().ok_or_else(|| "no times".into())
}

/// Closes the connection, so that the file is whole.
pub async fn close(db: SqliteConnection) -> Outcome<()> {
    Ok(db.close().await?)
}
