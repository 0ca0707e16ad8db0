//! Stories of what is deleted in time: the archivist counts what is due, the night takes it, and the page tells what went.

use portal::kit::StaffRole;
use portal::platform::jobs::{self, NewJob};
use portal::platform::retention::{self, JOB};
use portal::server;

use crate::people::{enter, enter_as, one, staffed};

const PAGE: &str = "/handlaggare/gallring";

on_both! {
    async fn the_archivist_sees_what_goes_and_what_went(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let (app, regina) = (&portal.app, portal.browser());
        enter(&portal, &portal.browser(), "anna@example.se").await;
        portal.clock.advance_seconds(3 * 86_400);
        enter_as(&portal, &regina, StaffRole::Archivist).await;
        let page = regina.get(PAGE).await;
        assert!(page.words().contains("Ingen gallring har gjorts än."), "{}", page.words());
        assert_eq!(page.find("tbody tr").len(), retention::sweeps().count(), "each sweep has its line");

        let links = async || one::<i64>(&app.db, "SELECT COUNT(*) FROM sign_in_links").await;
        let before = links().await;
        let page = regina.post(PAGE, &[]).await;
        assert!(page.words().contains("Ingenting är borttaget än."), "{}", page.words());
        let row = page.find("tbody tr").into_iter().find(|row| row.contains("Inloggningslänkar som har gått ut")).unwrap();
        assert!(row.ends_with('1'), "Anna's link is due, Regina came without one: {row}");
        assert_eq!(links().await, before, "counting deletes nothing");

        let job = NewJob { kind: JOB, payload: serde_json::json!({}), due: app.now(), unique_key: None };
        app.db.write(async |tx| jobs::put(tx, &app.ids, app.now(), &job).await).await.unwrap();
        server::worker(app).drain().await.unwrap();
        assert_eq!(links().await, before - 1);
        let page = regina.get(PAGE).await;
        assert!(page.words().contains("Portalen, varje natt"), "{}", page.words());
        assert!(page.words().contains("Inloggningslänkar som har gått ut: 1"), "{}", page.words());
        let gone = one::<String>(&app.db, "SELECT detail FROM audit_events WHERE action = 'cleanup.done'").await;
        let rows = one::<i64>(&app.db, "SELECT CAST(SUM(gone) AS BIGINT) FROM cleanup_rows").await;
        assert_eq!(gone, format!("{{\"rows\":{rows},\"uploads\":0}}"));

        portal::log::actions::clean_up(app, true).await.unwrap();
        let page = regina.get(PAGE).await;
        assert!(page.words().contains("Driften") && page.words().contains("Inget"), "{}", page.words());
    }
}
