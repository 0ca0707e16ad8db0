//! Both databases have the same tables with the same columns.

use portal::platform::db::{Db, Engine, StoreError, dialect};

use crate::harness::TestPortal;

async fn columns(db: &Db) -> Vec<String> {
    let engine = db.engine();
    db.read(async |tx| {
        let tables: Vec<(String,)> = sqlx::query_as(dialect::table_names(engine)).fetch_all(&mut *tx).await?;
        let mut all = Vec::new();
        for (table,) in tables {
            let columns: Vec<(String,)> = sqlx::query_as(dialect::column_names(engine)).bind(table.clone()).fetch_all(&mut *tx).await?;
            all.extend(columns.into_iter().map(|(column,)| format!("{table}.{column}")));
        }
        Ok::<_, StoreError>(all)
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_tables() {
    let sqlite = columns(&TestPortal::start(Engine::Sqlite).await.app.db).await;
    let postgres = columns(&TestPortal::start(Engine::Postgres).await.app.db).await;
    assert!(sqlite.len() > 30, "{sqlite:?}");
    assert_eq!(sqlite, postgres);
}

/// A table that names stored files calls the column `file_hash`, and the sweep of files that nothing names asks it.
#[tokio::test]
async fn every_table_that_names_a_file_is_asked_before_one_is_removed() {
    let portal = TestPortal::start(Engine::Sqlite).await;
    let statement = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND c.name = 'file_hash' AND m.name <> 'uploads' ORDER BY m.name";
    let tables: Vec<(String,)> =
        portal.app.db.read(async |tx| Ok::<_, StoreError>(sqlx::query_as(statement).fetch_all(tx).await?)).await.unwrap();
    let tables: Vec<&str> = tables.iter().map(|(name,)| name.as_str()).collect();
    assert_eq!(tables, portal::platform::uploads::NAMED_IN, "say it in src/platform/uploads.rs");
}

#[test]
fn both_have_the_same_migrations() {
    let names = |engine: &str| {
        let mut names: Vec<_> =
            std::fs::read_dir(format!("migrations/{engine}")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

/// The order in which rivals change one row does not matter: nobody's change is lost, on either engine.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_increment_is_lost() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let portal = TestPortal::start(engine).await;
        let db = &portal.app.db;
        db.write(async |tx| {
            sqlx::query("INSERT INTO counters (name, value) VALUES ('rivals', 0)").execute(tx).await?;
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
        let mut rivals = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let db = db.clone();
            rivals.spawn(async move {
                for _ in 0..5 {
                    db.write_in_line(async |tx| {
                        let (value,): (i64,) =
                            sqlx::query_as("SELECT value FROM counters WHERE name = 'rivals'").fetch_one(&mut *tx).await?;
                        sqlx::query("UPDATE counters SET value = $1 WHERE name = 'rivals'").bind(value + 1).execute(tx).await?;
                        Ok::<_, StoreError>(())
                    })
                    .await
                    .unwrap();
                }
            });
        }
        rivals.join_all().await;
        let total: (i64,) = db
            .read(async |tx| Ok::<_, StoreError>(sqlx::query_as("SELECT value FROM counters WHERE name = 'rivals'").fetch_one(tx).await?))
            .await
            .unwrap();
        assert_eq!(total.0, 40, "{engine:?}");
    }
}
