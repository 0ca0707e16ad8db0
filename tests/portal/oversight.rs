//! Stories of administrators who look after somebody's ways in: which second factors there are, and one session that ends.

use portal::kit::StaffRole;
use portal::platform::audit;

use crate::harness::run_sql;
use crate::people::{enter, enter_as, one, staffed};

on_both! {
    /// Amina sees how far Nils has come with his second step, and ends the one session of his that nobody knows.
    async fn amina_sees_factors_and_ends_one_session(portal: TestPortal) {
        let portal = staffed(portal.app.db.engine()).await;
        let amina = portal.browser();
        enter_as(&portal, &amina, StaffRole::Administrator).await;
        let nils = [("namn", "Nils Ny"), ("epost", "nils@bra.example")];
        let path = amina.post("/handlaggare/anvandare/ny", &nils).await.leads_to();
        assert!(!amina.get(&path).await.words().contains("Andra steget"), "who has no role needs none");
        amina.submit(&path, &[("roll", "editor")]).await;
        assert!(amina.get(&path).await.words().contains("Personen har inte ställt in något andra steg."));

        let (here, there) = (portal.browser(), portal.browser());
        enter(&portal, &there, "nils@bra.example").await;
        enter(&portal, &here, "nils@bra.example").await;
        here.submit("/bekrafta", &[("ny", "ja")]).await;
        assert!(amina.get(&path).await.words().contains("Koden i appen, påbörjad men inte bekräftad"));
        let secret = here.get("/bekrafta").await.find("dd code").concat().replace(' ', "");
        let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
        let now = u64::try_from(portal.app.now().millis() / 1000).unwrap();
        let code = portal::people::actions::codes(&secret).unwrap().generate(now);
        assert_eq!(here.post("/bekrafta", &[("kod", &code)]).await.status, 303);
        let account = path.rsplit('/').next().unwrap();
        let key = format!(
            "INSERT INTO passkeys (id, account_id, credential_id, name, stored, counter, created_at)
             VALUES ('{account}', '{account}', 'abc', 'Arbetsdatorn', '{{}}', 0, '2026-11-20T09:00:00.000Z')"
        );
        run_sql(&portal.app.config.database_url, key).await;
        let page = amina.get(&path).await;
        for words in ["Koden i appen, inställd 23 november 2026", "Nyckeln Arbetsdatorn, tillagd 20 november 2026", "aldrig använd"] {
            assert!(page.words().contains(words), "{words}: {}", page.words());
        }
        assert!(!page.html.contains("abc"), "the key itself is nobody's business");

        let sessions = page.attributes("button[name='avsluta']", "value");
        assert_eq!(sessions.len(), 2);
        assert_eq!(amina.post(&path, &[("avsluta", account)]).await.status, 303, "what is no session of his ends nothing");
        let page = amina.submit(&path, &[("avsluta", &sessions[1])]).await;
        assert!(page.words().contains("Inloggningen är avslutad."), "{}", page.words());
        assert_eq!(page.attributes("button[name='avsluta']", "value"), [sessions[0].clone()]);
        assert_eq!((here.get("/mina-sidor").await.status, there.get("/mina-sidor").await.status), (200, 303));
        // Another person's session is not ended from this page.
        let own: String = one(&portal.app.db, "SELECT s.id FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE a.email = 'amina@bra.example'").await;
        amina.post(&path, &[("avsluta", &own)]).await;
        let page = amina.get("/handlaggare/anvandare?q=amina").await;
        let page = amina.get(&page.attributes("tbody a", "href").concat()).await;
        assert!(page.words().contains("den du använder nu"), "{}", page.words());
        assert_eq!(page.attributes("button[name='avsluta']", "value").len(), 0);
        let ended = "SELECT COUNT(*) FROM audit_events WHERE action = 'session.ended' AND detail LIKE '%ended_by_administrator%'";
        assert_eq!(one::<i64>(&portal.app.db, ended).await, 1);
        assert!(audit::verify(&portal.app.db, None).await.unwrap().fault.is_none());
    }
}
